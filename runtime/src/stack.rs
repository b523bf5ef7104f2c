//! Native stacks: mapping (the only file that names memmap2), guard page, reuse. (Go: runtime/stack.go, without growing)
//!
//! Stacks are carved size-aligned from slabs of [`SLAB_STACKS`], as they are needed; a slab is mapped once and never
//! unmapped. Each P keeps a few free ones ([`StackCache`]), the rest lie in one pool. Goroutines that wait at a bytecode
//! safepoint hold none, so that few are alive even among a million goroutines.
//!
//! The lowest page of each is a guard where the kernel can do that inside a mapping (`MADV_GUARD_INSTALL`, Linux 6.13);
//! a mapping per guard would run into `vm.max_map_count` at some 32,000 stacks. Elsewhere a word at the low end is
//! checked each time a stack is given back.
//! Knows nothing of: goroutines.

use crate::lock::Mutex;
use crate::lockrank::LockRank;
use crate::sync::*;
use memmap2::MmapOptions;
use std::cell::UnsafeCell;
use std::num::NonZeroUsize;

/// Bytes reserved per native stack; the kernel commits them as they are touched.
pub const STACK_SIZE: usize = 64 << 10;
/// Stacks per mapping.
const SLAB_STACKS: usize = 64;
/// Stacks that a P keeps.
const CACHE_SIZE: usize = 32;
/// Free stacks in the pool that keep their memory; those beyond give it back to the kernel.
const POOL_WARM: usize = 128;
/// At the low end of a stack without a guard page.
const CANARY: u64 = 0x6d69_6e69_676f_2121;

/// One native stack, [`STACK_SIZE`] bytes, aligned to its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct NativeStack {
    /// Lowest address (the guard page, where there is one).
    pub lo: NonZeroUsize,
}

impl NativeStack {
    /// One past the highest address.
    #[inline]
    pub fn hi(self) -> usize {
        self.lo.get() + STACK_SIZE
    }

    /// Does the address lie on this stack?
    #[inline]
    pub fn contains(self, addr: usize) -> bool {
        addr.wrapping_sub(self.lo.get()) < STACK_SIZE
    }
}

/// A P's free stacks, last used on top.
pub struct StackCache {
    n: usize,
    free: [usize; CACHE_SIZE],
}

impl StackCache {
    pub const fn new() -> Self {
        StackCache { n: 0, free: [0; CACHE_SIZE] }
    }

    #[inline]
    pub fn get(&mut self) -> NativeStack {
        if self.n == 0 {
            self.refill();
        }
        self.n -= 1;
        NativeStack { lo: NonZeroUsize::new(self.free[self.n]).expect("a stack's address") }
    }

    #[inline]
    pub fn put(&mut self, stack: NativeStack) {
        check_canary(stack);
        if self.n == CACHE_SIZE {
            self.spill(CACHE_SIZE / 2);
        }
        self.free[self.n] = stack.lo.get();
        self.n += 1;
    }

    #[cold]
    #[inline(never)]
    fn refill(&mut self) {
        POOL.lock.lock();
        // SAFETY: the pool's lock is held.
        let stacks = unsafe { &mut *POOL.stacks.get() };
        while self.n < CACHE_SIZE / 2 {
            let Some(lo) = stacks.free.pop() else { break };
            self.free[self.n] = lo;
            self.n += 1;
        }
        if self.n == 0 {
            self.free[0] = stacks.carve();
            self.n = 1;
        }
        POOL.lock.unlock();
    }

    /// Gives the `n` least recently used back to the pool.
    #[cold]
    #[inline(never)]
    fn spill(&mut self, n: usize) {
        POOL.lock.lock();
        // SAFETY: the pool's lock is held.
        let pool = unsafe { &mut (*POOL.stacks.get()).free };
        for &lo in &self.free[..n] {
            if pool.len() >= POOL_WARM {
                cool(lo);
            }
            pool.push(lo);
        }
        POOL.lock.unlock();
        self.free.copy_within(n..self.n, 0);
        self.n -= n;
    }

    /// Gives all back: the P goes away.
    pub fn flush(&mut self) {
        self.spill(self.n);
    }
}

impl Default for StackCache {
    fn default() -> Self {
        Self::new()
    }
}

struct Pool {
    lock: Mutex,
    stacks: UnsafeCell<Stacks>,
}

/// All stacks that no P has.
struct Stacks {
    free: Vec<usize>,
    /// The part of the newest slab that was never used: from, to.
    fresh: (usize, usize),
}

// SAFETY: `stacks` is touched only under `lock`.
unsafe impl Sync for Pool {}

static POOL: Pool = Pool {
    lock: Mutex::new(LockRank::Stacks),
    stacks: UnsafeCell::new(Stacks { free: Vec::new(), fresh: (0, 0) }),
};

/// Whether the kernel puts guard pages into a mapping: 0 unknown, 1 yes, 2 no.
static GUARDS: AtomicU32 = AtomicU32::new(0);

#[inline]
fn check_canary(stack: NativeStack) {
    if GUARDS.load(Relaxed) == 2 {
        // SAFETY: the lowest word of a mapped stack that nobody runs on.
        if unsafe { *(stack.lo.get() as *const u64) } != CANARY {
            crate::fatal::throw("a native stack overflowed");
        }
    }
}

impl Stacks {
    /// A stack that nobody has used.
    fn carve(&mut self) -> usize {
        if self.fresh.0 == self.fresh.1 {
            let lo = map_slab();
            self.fresh = (lo, lo + SLAB_STACKS * STACK_SIZE);
        }
        let lo = self.fresh.0;
        self.fresh.0 += STACK_SIZE;
        if !install_guard(lo) {
            // SAFETY: the lowest word of a stack that is ours.
            unsafe { *(lo as *mut u64) = CANARY };
        }
        lo
    }
}

/// Maps room for [`SLAB_STACKS`]; gives the lowest address.
fn map_slab() -> usize {
    let len = (SLAB_STACKS + 1) * STACK_SIZE;
    let map = match MmapOptions::new().len(len).no_reserve_swap().map_anon() {
        Ok(map) => map,
        Err(e) => crate::fatal::throw(&format!("cannot map native stacks: {e}")),
    };
    // Stacks live as long as the process.
    let base = std::mem::ManuallyDrop::new(map).as_ptr() as usize;
    #[cfg(target_os = "linux")]
    // SAFETY: advice about a mapping that is ours; a huge page would commit 2 MiB for one touched stack.
    unsafe {
        libc::madvise(base as *mut libc::c_void, len, libc::MADV_NOHUGEPAGE);
    }
    base.next_multiple_of(STACK_SIZE)
}

#[cfg(target_os = "linux")]
fn install_guard(lo: usize) -> bool {
    const MADV_GUARD_INSTALL: libc::c_int = 102;
    if GUARDS.load(Relaxed) == 2 {
        return false;
    }
    // SAFETY: sysconf reads a constant.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) } as usize;
    // SAFETY: the lowest page of a stack that nobody uses yet.
    let ok = unsafe { libc::madvise(lo as *mut libc::c_void, page, MADV_GUARD_INSTALL) } == 0;
    GUARDS.store(if ok { 1 } else { 2 }, Relaxed);
    ok
}

#[cfg(not(target_os = "linux"))]
fn install_guard(_lo: usize) -> bool {
    GUARDS.store(2, Relaxed);
    false
}

/// Gives the memory of a free stack back to the kernel. Guards survive that; the canary is written anew.
fn cool(lo: usize) {
    #[cfg(target_os = "linux")]
    // SAFETY: nobody runs on a free stack, its contents are dead.
    unsafe {
        libc::madvise(lo as *mut libc::c_void, STACK_SIZE, libc::MADV_DONTNEED);
        if GUARDS.load(Relaxed) == 2 {
            *(lo as *mut u64) = CANARY;
        }
    }
    #[cfg(not(target_os = "linux"))]
    let _ = lo;
}

/// Calls `f` on a stack of that many bytes of its own and returns. Only what is used of it is ever touched; it is gone
/// afterwards. Panics of `f` pass through.
///
/// # Errors
/// There is no room for the stack in the address space.
pub fn on_stack<R>(bytes: usize, f: impl FnOnce() -> R) -> std::io::Result<R> {
    struct Call<F, R> {
        f: Option<F>,
        result: Option<std::thread::Result<R>>,
    }
    unsafe extern "C" fn enter<F: FnOnce() -> R, R>(call: *mut u8) {
        // SAFETY: `call` is the caller's, who waits.
        let call = unsafe { &mut *call.cast::<Call<F, R>>() };
        // No panic may cross the switch.
        let f = call.f.take();
        call.result = f.map(|f| std::panic::catch_unwind(std::panic::AssertUnwindSafe(f)));
    }
    fn entry<F: FnOnce() -> R, R>(_: &Call<F, R>) -> unsafe extern "C" fn(*mut u8) {
        enter::<F, R>
    }
    let mut map = MmapOptions::new().len(bytes).no_reserve_swap().map_anon()?;
    let lo = map.as_mut_ptr();
    // SAFETY: the lowest pages of a mapping that is ours: what overflows the stack must not write below it.
    unsafe { libc::mprotect(lo.cast(), 64 << 10, libc::PROT_NONE) };
    #[cfg(target_os = "linux")]
    // SAFETY: advice about the same mapping; a huge page would be cleared for a few calls.
    unsafe {
        libc::madvise(lo.cast(), bytes, libc::MADV_NOHUGEPAGE);
    }
    let hi = (lo as usize + bytes) & !15;
    let mut call = Call { f: Some(f), result: None };
    let enter = entry(&call);
    let mut save = crate::g::Gobuf { sp: 0, pc: 0, g: std::ptr::null_mut(), ctxt: std::ptr::null_mut() };
    // SAFETY: `hi` is the aligned top of an unused stack, which outlives the call, as `call` and `save` do.
    unsafe { crate::switch::systemstack_call(&raw mut save, hi, enter, (&raw mut call).cast()) };
    match call.result {
        Some(Ok(result)) => Ok(result),
        Some(Err(panic)) => std::panic::resume_unwind(panic),
        None => unreachable!("the function was called"),
    }
}

#[cfg(all(test, not(loom)))]
mod tests {
    use super::*;

    #[test]
    fn work_on_a_stack_of_its_own_returns_and_panics_as_any_other() {
        fn deep(n: usize) -> usize {
            let room = std::hint::black_box([n; 100]);
            if n == 0 { 0 } else { deep(n - 1) + room[n % 100] / n }
        }
        assert_eq!(on_stack(256 << 20, || deep(100_000)).ok(), Some(100_000));
        let panic = std::panic::catch_unwind(|| on_stack(1 << 20, || std::panic::panic_any(42)));
        assert_eq!(panic.err().and_then(|p| p.downcast::<i32>().ok()), Some(Box::new(42)));
    }
}
