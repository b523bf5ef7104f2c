//! How a Rust function is called from Go: its arguments, what it may do, how it ends.
//!
//! A native is a leaf: it never calls back into bytecode. It gets one pointer, to consecutive slots in memory layout:
//! **results first, then params** (receiver first), exactly as they lie in the caller's frame. A string takes two
//! slots, a slice three, an interface two, a scalar one in canonical form (signed integers sign-extended, everything
//! else zero-extended, float32 as its bit pattern zero-extended).
//!
//! While it runs, pc and fp are saved in the goroutine, so it may allocate, collect, and block the thread between
//! `entersyscall` and `exitsyscall`. What it holds on the native stack is seen by the collector; what lies in other
//! Rust memory (a `Vec` of Go pointers) is not.
//!
//! A native that has to wait does not block: it returns what the runtime's operation answered by [`park`], and the
//! native stack is given back. When the goroutine runs again, the `finish` function is called with the same argument
//! slots (results may be written then), and may in turn park again.
//!
//! The macro [`crate::native!`] writes the slot arithmetic:
//! ```ignore
//! native! {
//!     /// Go: func Index(s, substr string) int
//!     pub fn index(gp, s: GoStr, substr: GoStr) -> i64 { … }
//! }
//! pub const NATIVES: &NativeTable = &[("strings.Index", index)];
//! ```

use crate::errors;
use crate::goroutine::{Spawn, VmG};
pub use crate::interp::convert::{to_i64, to_u64};
pub use crate::rtype::NativeTable;
use crate::rtype::Rtype;
pub use crate::value::{GoSlice, GoStr, Iface};
use minigo_runtime::heap::{GcType, mallocgc};
pub use minigo_runtime::{G, Park, Wait};
use std::ptr::null;

/// A native function. `args`: results, then params, in consecutive slots.
pub type NativeFn = unsafe extern "C" fn(gp: *mut G, args: *mut u64) -> NativeRet;

/// How a native ended. Payloads lie in the goroutine, put there by the function that made the answer.
#[must_use]
#[repr(u64)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeRet {
    /// The results are in their slots.
    Done = 0,
    /// A Go panic: from [`raise`] and its sisters.
    Panicked = 1,
    /// The goroutine has to wait: from [`park`].
    Parked = 2,
    /// A Go function is to be called now: from [`call_go`].
    Call = 3,
    /// The goroutine ends, running its deferred calls: from [`goexit`].
    Goexit = 4,
    /// The results are there; let others run before going on (`runtime.Gosched`).
    Yield = 5,
}

// ---- waiting ----

/// Waits as `park` says, then calls `finish` with the same argument slots (or just goes on, when there is none).
/// Nothing of the runtime may be called between getting `park` and returning this: locks are held.
///
/// # Safety
/// `gp` is the running goroutine; the caller returns the answer at once.
pub unsafe fn park(gp: *mut G, park: Park, finish: Option<NativeFn>) -> NativeRet {
    // SAFETY: the running goroutine's extension is ours.
    unsafe {
        let vg = VmG::of(gp);
        (*vg).native_park = Some(park);
        (*vg).native_finish = finish;
    }
    NativeRet::Parked
}

/// [`park`]s if `wait` says so, else calls `finish` at once.
///
/// # Safety
/// As [`park`]; `args` is what the native was given.
pub unsafe fn wait(gp: *mut G, args: *mut u64, wait: Wait, finish: Option<NativeFn>) -> NativeRet {
    match (wait, finish) {
        // SAFETY: as the caller promises.
        (Wait::Park(p), _) => unsafe { park(gp, p, finish) },
        // SAFETY: as the caller promises.
        (Wait::Ready, Some(finish)) => unsafe { finish(gp, args) },
        (Wait::Ready, None) => NativeRet::Done,
    }
}

/// Ends the goroutine after its deferred calls. (Go: `runtime.Goexit`)
pub fn goexit() -> NativeRet {
    NativeRet::Goexit
}

/// Go: `debug.SetPanicOnFault`, for the running goroutine. Returns the old setting.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn set_panic_on_fault(gp: *mut G, enabled: bool) -> bool {
    // SAFETY: the running goroutine's extension is ours.
    unsafe { std::mem::replace(&mut (*VmG::of(gp)).panic_on_fault, enabled) }
}

// ---- calling Go ----

/// Calls a Go function value next. Its params are the `nparams` slots at `params`; its `nresults` result slots are
/// copied to `results` afterwards. Then `finish` is called as after a park. Both areas are memory that lives on by
/// itself (the heap, reachable from the native's own argument slots, or those slots).
///
/// # Safety
/// `closure` is a non-nil func value with that many slots; the caller returns the answer at once.
pub unsafe fn call_go(
    gp: *mut G,
    closure: *const u64,
    params: *const u64,
    nparams: usize,
    results: *mut u64,
    nresults: usize,
    finish: Option<NativeFn>,
) -> NativeRet {
    // SAFETY: the running goroutine's extension is ours.
    unsafe {
        let vg = VmG::of(gp);
        (*vg).native_call = [
            closure as u64,
            params as u64,
            results as u64,
            nparams as u64 | (nresults as u64) << 32,
        ];
        (*vg).native_finish = finish;
    }
    NativeRet::Call
}

/// The func value of a method's code: its first param is the interface's data word.
///
/// # Safety
/// The code is a [`crate::rtype::Method`]'s.
pub unsafe fn method_func(code: *const u64) -> *const u64 {
    // SAFETY: the static closure lies before the code.
    unsafe { code.sub(crate::load::CODE_HEADER) }
}

/// The func value of a method whose first param is its receiver, in so many slots.
///
/// # Safety
/// As [`bind_method`].
pub unsafe fn unbound_method(gp: *mut G, code: *const u64, receiver: usize) -> *const u64 {
    // SAFETY: as the caller promises.
    unsafe {
        match receiver {
            1 => method_func(code),
            n => crate::interp::unbind(gp, code, n),
        }
    }
}

/// The func value of a method with its receiver, an interface's data word.
///
/// # Safety
/// As [`method_func`]; `gp` is the running goroutine.
pub unsafe fn bind_method(gp: *mut G, code: *const u64, receiver: u64) -> *const u64 {
    // SAFETY: as the caller promises.
    unsafe { crate::interp::bind(gp, code, receiver) }
}

/// A func value with so many slots of results and params. When called, it calls `handler`, a `func(context, frame
/// unsafe.Pointer)`; the frame is its result slots, to be written, and its param slots behind them.
///
/// # Safety
/// `handler` is such a function; `gp` is the running goroutine.
pub unsafe fn make_func(
    gp: *mut G,
    handler: *const u64,
    context: u64,
    results: usize,
    params: usize,
) -> *const u64 {
    // SAFETY: as the caller promises.
    unsafe {
        let stub = crate::load::frame_stub(results, params);
        crate::interp::closure(gp, stub, [handler as u64, context])
    }
}

/// Starts a goroutine that calls a `func()`. `gp` is the running goroutine, or null on g0.
///
/// # Safety
/// `closure` is a non-nil value of that type.
pub unsafe fn spawn(gp: *mut G, closure: *const u64) {
    // SAFETY: a func value is a pointer to its code's address, which it gets as context.
    unsafe {
        let entry = *closure as *const u64;
        let call = Spawn {
            entry,
            context: closure as u64,
            params: closure, // none
            segment: 0,
            ancestors: std::ptr::null_mut(),
        };
        let behind = match gp.is_null() {
            true => null(),
            false => (*VmG::of(gp)).pc,
        };
        crate::goroutine::spawn(gp, behind, call);
    }
}

// ---- panicking ----

/// Panics with a Go value.
///
/// # Safety
/// `gp` is the running goroutine; the caller returns the answer at once.
pub unsafe fn raise(gp: *mut G, value: Iface) -> NativeRet {
    // SAFETY: the running goroutine's extension is ours.
    unsafe { (*VmG::of(gp)).panic_value = value };
    NativeRet::Panicked
}

/// Panics with a `runtime.Error` whose text is `runtime error: ` + `text`.
///
/// # Safety
/// As [`raise`].
pub unsafe fn raise_runtime_error(gp: *mut G, text: &str) -> NativeRet {
    // SAFETY: as the caller promises.
    unsafe { raise(gp, errors::runtime_error(gp, text)) }
}

/// Panics with a `runtime.Error` whose text is exactly `text`, such as `send on closed channel`.
///
/// # Safety
/// As [`raise`].
pub unsafe fn raise_plain_error(gp: *mut G, text: &str) -> NativeRet {
    // SAFETY: as the caller promises.
    unsafe { raise(gp, errors::plain_error(gp, text)) }
}

/// Panics with a Go string, as `panic("text")` does.
///
/// # Safety
/// As [`raise`].
pub unsafe fn raise_string(gp: *mut G, text: &str) -> NativeRet {
    // SAFETY: as the caller promises.
    unsafe { raise(gp, errors::string_value(gp, text)) }
}

/// Panics with Go's nil-dereference error.
///
/// # Safety
/// As [`raise`].
pub unsafe fn raise_nil_deref(gp: *mut G) -> NativeRet {
    // SAFETY: as the caller promises.
    unsafe { raise(gp, errors::nil_deref(gp)) }
}

// ---- allocating ----

/// `size` bytes without pointers; zeroed if asked. Null for 0 bytes.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn alloc_bytes(gp: *mut G, size: usize, zero: bool) -> *mut u8 {
    if size == 0 {
        return std::ptr::null_mut();
    }
    // SAFETY: as the caller promises; a null type means pointer-free.
    unsafe { mallocgc(gp, size, null(), zero) }
}

/// A zeroed value of a Go type.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn alloc(gp: *mut G, ty: &'static Rtype) -> *mut u8 {
    // SAFETY: as the caller promises.
    unsafe { ty.new_value(gp) }
}

/// `n` zeroed values of a Go type in a row.
///
/// # Safety
/// `gp` is the running goroutine; `n * size` fits the address space.
pub unsafe fn alloc_array(gp: *mut G, ty: &Rtype, n: usize) -> *mut u8 {
    // SAFETY: as the caller promises; descriptors are immortal.
    unsafe { mallocgc(gp, ty.size() * n, ty.alloc_type(), true) }
}

/// A string with a copy of these bytes.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn new_string(gp: *mut G, bytes: &[u8]) -> GoStr {
    // SAFETY: the memory is new and large enough.
    unsafe {
        let ptr = alloc_bytes(gp, bytes.len(), false);
        if !bytes.is_empty() {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), ptr, bytes.len());
        }
        GoStr {
            ptr,
            len: bytes.len() as i64,
        }
    }
}

/// A `[]byte` with a copy of these bytes; not nil, even when empty.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn new_bytes(gp: *mut G, bytes: &[u8]) -> GoSlice {
    // SAFETY: the memory is new and large enough.
    unsafe {
        let s = make_bytes(gp, bytes.len());
        if !bytes.is_empty() {
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), s.ptr, bytes.len());
        }
        s
    }
}

/// `make([]byte, len)`.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn make_bytes(gp: *mut G, len: usize) -> GoSlice {
    // SAFETY: a null type means pointer-free.
    let ptr = unsafe { mallocgc(gp, len.max(1), null(), true) };
    GoSlice {
        ptr,
        len: len as i64,
        cap: len as i64,
    }
}

/// A `[]string` of copies; not nil, even when empty.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn new_strings<S: AsRef<[u8]>>(gp: *mut G, items: &[S]) -> GoSlice {
    static STRING_GC: GcTypeBox = GcTypeBox::string();
    // SAFETY: the slice is kept alive by our own stack while its strings are made.
    unsafe {
        let n = items.len();
        let ptr = mallocgc(gp, n.max(1) * 16, STRING_GC.get(), true).cast::<GoStr>();
        for (i, item) in items.iter().enumerate() {
            *ptr.add(i) = new_string(gp, item.as_ref());
        }
        GoSlice {
            ptr: ptr.cast(),
            len: n as i64,
            cap: n as i64,
        }
    }
}

/// A slice of pointer-free values (`[]int`, `[]float64`, `[]rune` …) with a copy of these.
///
/// # Safety
/// `gp` is the running goroutine; `T` has the element type's layout and holds no Go pointers.
pub unsafe fn new_slice<T: Copy>(gp: *mut G, items: &[T]) -> GoSlice {
    // SAFETY: the memory is new and large enough.
    unsafe {
        let ptr = mallocgc(gp, size_of_val(items).max(8), null(), true);
        std::ptr::copy_nonoverlapping(items.as_ptr(), ptr.cast::<T>(), items.len());
        GoSlice {
            ptr,
            len: items.len() as i64,
            cap: items.len() as i64,
        }
    }
}

/// A descriptor of 16 bytes of which the first word is a pointer: a string, for the collector.
struct GcTypeBox(GcType);

impl GcTypeBox {
    const fn string() -> GcTypeBox {
        static MASK: u64 = 1;
        // SAFETY: the mask is a static of one word.
        GcTypeBox(unsafe { GcType::new(16, 8, &raw const MASK) })
    }

    const fn get(&self) -> *const GcType {
        &raw const self.0
    }
}

/// A slice with `n` more elements, zeroed where new, as `append` makes room for them; `None` when there would be too many.
///
/// # Safety
/// `gp` is the running goroutine; the slice's elements have type `ty`, and it is reachable.
pub unsafe fn extend_slice(gp: *mut G, s: GoSlice, n: i64, ty: &Rtype) -> Option<GoSlice> {
    // SAFETY: as the caller promises.
    unsafe { crate::interp::slice::extend(gp, s, n, ty).map(|e| e.0) }
}

// ---- arguments ----

/// A native's argument slots, by index: results first, then params.
#[derive(Clone, Copy)]
pub struct Args(pub *mut u64);

impl Args {
    /// Reads a value that begins at slot `i`.
    ///
    /// # Safety
    /// The function's signature has a value of this type there.
    #[inline(always)]
    pub unsafe fn get<T: Arg>(self, i: usize) -> T {
        // SAFETY: as the caller promises.
        unsafe { T::get(self.0.add(i)) }
    }

    /// Writes a value that begins at slot `i`.
    ///
    /// # Safety
    /// As [`Args::get`].
    #[inline(always)]
    pub unsafe fn set<T: Arg>(self, i: usize, v: T) {
        // SAFETY: as the caller promises.
        unsafe { v.put(self.0.add(i)) }
    }
}

/// A Rust type that stands for a Go type in argument slots.
pub trait Arg: Sized {
    /// Slots it takes.
    const SLOTS: usize;
    /// Reads it.
    ///
    /// # Safety
    /// A value of this type begins at `at`.
    unsafe fn get(at: *const u64) -> Self;
    /// Writes it.
    ///
    /// # Safety
    /// There are `SLOTS` slots at `at`.
    unsafe fn put(self, at: *mut u64);
}

macro_rules! scalar_arg {
    ($($t:ty: $v:ident => $from:expr, $to:expr;)*) => { $(
        impl Arg for $t {
            const SLOTS: usize = 1;
            #[inline(always)]
            unsafe fn get(at: *const u64) -> Self {
                // SAFETY: the caller promises a slot.
                let $v = unsafe { *at };
                $from
            }
            #[inline(always)]
            unsafe fn put(self, at: *mut u64) {
                let $v = self;
                // SAFETY: the caller promises a slot.
                unsafe { *at = $to };
            }
        }
    )* };
}

scalar_arg! {
    i64: v => v as i64, v as u64;
    i32: v => v as i32, v as i64 as u64;
    i16: v => v as i16, v as i64 as u64;
    i8: v => v as i8, v as i64 as u64;
    u64: v => v, v;
    usize: v => v as usize, v as u64;
    u32: v => v as u32, v as u64;
    u16: v => v as u16, v as u64;
    u8: v => v as u8, v as u64;
    bool: v => v as u8 != 0, v as u64;
    f64: v => f64::from_bits(v), v.to_bits();
    f32: v => f32::from_bits(v as u32), v.to_bits() as u64;
}

impl<T> Arg for *mut T {
    const SLOTS: usize = 1;
    #[inline(always)]
    unsafe fn get(at: *const u64) -> Self {
        // SAFETY: the caller promises a slot.
        unsafe { *at as *mut T }
    }
    #[inline(always)]
    unsafe fn put(self, at: *mut u64) {
        // SAFETY: the caller promises a slot.
        unsafe { *at = self as u64 };
    }
}

impl<T> Arg for *const T {
    const SLOTS: usize = 1;
    #[inline(always)]
    unsafe fn get(at: *const u64) -> Self {
        // SAFETY: the caller promises a slot.
        unsafe { *at as *const T }
    }
    #[inline(always)]
    unsafe fn put(self, at: *mut u64) {
        // SAFETY: the caller promises a slot.
        unsafe { *at = self as u64 };
    }
}

macro_rules! plain_arg {
    ($($t:ty)*) => { $(
        impl Arg for $t {
            const SLOTS: usize = size_of::<$t>() / 8;
            #[inline(always)]
            unsafe fn get(at: *const u64) -> Self {
                // SAFETY: the type is plain words, and the caller promises as many slots.
                unsafe { *at.cast::<$t>() }
            }
            #[inline(always)]
            unsafe fn put(self, at: *mut u64) {
                // SAFETY: as above.
                unsafe { *at.cast::<$t>() = self };
            }
        }
    )* };
}

plain_arg! { GoStr GoSlice Iface }

/// What a function written with [`crate::native!`] may return: one result, a tuple of them, or a `Result` of
/// either with a [`NativeRet`] in the error case (from [`raise`], [`park`] …).
pub trait Results {
    /// Slots of the results.
    const SLOTS: usize;
    /// Writes them and says how the native ended.
    ///
    /// # Safety
    /// The result slots begin at `at`.
    unsafe fn finish(self, at: *mut u64) -> NativeRet;
}

macro_rules! tuple_results {
    ($($($t:ident $v:ident),*;)*) => { $(
        impl<$($t: Arg),*> Results for ($($t,)*) {
            const SLOTS: usize = 0 $(+ $t::SLOTS)*;
            #[inline(always)]
            #[allow(unused_variables, unused_mut, unused_assignments)]
            unsafe fn finish(self, at: *mut u64) -> NativeRet {
                let ($($v,)*) = self;
                let mut i = 0;
                $(
                    // SAFETY: as the caller promises; the offsets add up to SLOTS.
                    unsafe { $v.put(at.add(i)) };
                    i += $t::SLOTS;
                )*
                NativeRet::Done
            }
        }
    )* };
}

tuple_results! {
    ;
    A a, B b;
    A a, B b, C c;
    A a, B b, C c, D d;
    A a, B b, C c, D d, E e;
}

impl<T: Arg> Results for T {
    const SLOTS: usize = T::SLOTS;
    #[inline(always)]
    unsafe fn finish(self, at: *mut u64) -> NativeRet {
        // SAFETY: as the caller promises.
        unsafe { self.put(at) };
        NativeRet::Done
    }
}

impl<T: Results> Results for Result<T, NativeRet> {
    const SLOTS: usize = T::SLOTS;
    #[inline(always)]
    unsafe fn finish(self, at: *mut u64) -> NativeRet {
        match self {
            // SAFETY: as the caller promises.
            Ok(v) => unsafe { v.finish(at) },
            Err(ret) => ret,
        }
    }
}

/// Defines native functions with their params and results spelled as Rust types; see the module's text. The bodies
/// are unsafe code: what they may do is what the module says. `gp` names the running goroutine.
#[macro_export]
macro_rules! native {
    ($($(#[$meta:meta])* $vis:vis fn $name:ident($gp:ident $(, $p:ident : $t:ty)* $(,)?) $(-> $r:ty)? $body:block)*) => { $(
        $(#[$meta])*
        ///
        /// # Safety
        /// Called by the VM alone: `gp` is the running goroutine, `args` its argument slots for this signature.
        #[allow(unused_variables, unused_mut, unused_assignments, unused_unsafe, clippy::undocumented_unsafe_blocks)]
        $vis unsafe extern "C" fn $name($gp: *mut $crate::native::G, args: *mut u64) -> $crate::native::NativeRet {
            type __R = $crate::__native_result!($($r)?);
            let mut at = <__R as $crate::native::Results>::SLOTS;
            $(
                // SAFETY: the emitter lays out the slots by the Go declaration that this signature mirrors.
                let $p = unsafe { <$t as $crate::native::Arg>::get(args.add(at)) };
                at += <$t as $crate::native::Arg>::SLOTS;
            )*
            #[allow(clippy::redundant_closure_call)]
            // SAFETY: a native may do what its module says.
            let result: __R = unsafe { (|| -> __R { $body })() };
            // SAFETY: the results are the first slots.
            unsafe { $crate::native::Results::finish(result, args) }
        }
    )* };
}

/// The result type of a function without `->` is the empty tuple.
#[doc(hidden)]
#[macro_export]
macro_rules! __native_result {
    () => {
        ()
    };
    ($r:ty) => {
        $r
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    native! {
        /// Two params in one and two slots, two results.
        fn count(gp, b: u8, s: GoStr) -> (i64, bool) {
            let n = s.bytes().iter().filter(|&&x| x == b).count();
            (n as i64, n > 0)
        }
        /// No result.
        fn forget(gp, x: i32) {
            assert_eq!(x, -3);
        }
        /// Ends otherwise.
        fn leave(gp) -> Result<i64, NativeRet> {
            Err(goexit())
        }
    }

    #[test]
    fn the_macro_lays_out_results_before_params() {
        let text = "banana";
        let mut slots = [0, 0, b'a' as u64, text.as_ptr() as u64, 6];
        let gp = std::ptr::null_mut();
        // SAFETY: the slots are as the signature says, and the goroutine is not looked at.
        unsafe {
            assert_eq!(count(gp, slots.as_mut_ptr()), NativeRet::Done);
            assert_eq!(slots[..2], [3, 1]);
            assert_eq!(forget(gp, [-3i64 as u64].as_mut_ptr()), NativeRet::Done);
            assert_eq!(leave(gp, [0].as_mut_ptr()), NativeRet::Goexit);
        }
    }
}
