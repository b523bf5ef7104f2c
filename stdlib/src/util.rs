//! What natives of several packages need: growing Go slices, allocating words.

use minigo_runtime::heap::{GcType, mallocgc, round_up_size};
use minigo_runtime::systemstack;
use minigo_vm::native::{G, GoSlice};
use std::ptr::{copy_nonoverlapping, null};
use std::sync::OnceLock;

/// `append(s, bytes...)` for a `[]byte`, with Go's growth.
///
/// # Safety
/// `gp` is the running goroutine, `s` a byte slice; `bytes` is not moved by a collection (nothing is).
pub(crate) unsafe fn append_bytes(gp: *mut G, s: GoSlice, bytes: &[u8]) -> GoSlice {
    let len = s.len as usize + bytes.len();
    let mut to = s;
    if len > s.cap as usize {
        let cap = round_up_size(grown_cap(s.cap as usize, len), true);
        // SAFETY: a null type means pointer-free; the old elements fit into the new memory.
        unsafe {
            to.ptr = mallocgc(gp, cap, null(), false);
            if s.len > 0 {
                copy_nonoverlapping(s.ptr, to.ptr, s.len as usize);
            }
            // What append leaves beyond its length is readable by reslicing, so it is cleared.
            to.ptr.add(len).write_bytes(0, cap - len);
        }
        to.cap = cap as i64;
    }
    if !bytes.is_empty() {
        // SAFETY: there is room for them behind the old elements, and they do not overlap what nobody has seen.
        unsafe { std::ptr::copy(bytes.as_ptr(), to.ptr.add(s.len as usize), bytes.len()) };
    }
    to.len = len as i64;
    to
}

/// Go's rule for the capacity after append, before rounding to a size class. (Go: nextslicecap)
fn grown_cap(old: usize, len: usize) -> usize {
    if len > 2 * old {
        return len;
    }
    if old < 256 {
        return 2 * old;
    }
    let mut cap = old;
    while cap < len {
        cap += (cap + 3 * 256) >> 2;
    }
    cap
}

/// Runs `f` on the thread's own stack, which is deeper than a goroutine's. `f` must not allocate from Go's heap, nor wait.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn on_deep_stack<R>(gp: *mut G, f: impl FnOnce() -> R) -> R {
    struct Call<F, R> {
        f: Option<F>,
        result: Option<R>,
    }
    unsafe extern "C" fn enter<F: FnOnce() -> R, R>(call: *mut u8) {
        // SAFETY: `call` is the caller's, who waits.
        let call = unsafe { &mut *call.cast::<Call<F, R>>() };
        call.result = call.f.take().map(|f| f());
    }
    fn entry<F: FnOnce() -> R, R>(_: &Call<F, R>) -> unsafe extern "C" fn(*mut u8) {
        enter::<F, R>
    }
    let mut call = Call {
        f: Some(f),
        result: None,
    };
    let enter = entry(&call);
    // SAFETY: the call outlives the switch; `gp` is the running goroutine.
    unsafe { systemstack(gp, enter, (&raw mut call).cast()) };
    call.result.expect("the function was called")
}

/// What the collector is to know of `N` words: which of them are pointers.
pub(crate) struct WordsType<const N: usize> {
    mask: u64,
    ty: OnceLock<GcType>,
}

impl<const N: usize> WordsType<N> {
    pub(crate) const fn new(mask: u64) -> Self {
        WordsType {
            mask,
            ty: OnceLock::new(),
        }
    }

    pub(crate) fn get(&'static self) -> *const GcType {
        self.ty.get_or_init(|| {
            let ptrdata = 8 * (64 - self.mask.leading_zeros() as usize);
            // SAFETY: the mask is one static word, which covers the pointers.
            unsafe { GcType::new(N * 8, ptrdata, &raw const self.mask) }
        })
    }
}
