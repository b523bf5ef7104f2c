//! Goroutines in Rust for the tests: closures, blocking channel operations that keep the native stack, and the released
//! form of parking under a small state machine.
#![allow(dead_code)]

use minigo_runtime::heap::GcType;
use minigo_runtime::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Sets the runtime up once for the test binary; tests share it.
pub fn init(procs: usize) {
    debug::parse_env().unwrap();
    schedinit(Config {
        procs,
        embedded: true,
        ..Config::default()
    });
}

// SAFETY: pointer-free.
pub static U64: GcType = unsafe { GcType::new(8, 0, std::ptr::null()) };

/// A raw pointer that may travel.
pub struct Ptr<T>(pub *mut T);
impl<T> Clone for Ptr<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Ptr<T> {}
// SAFETY: the tests keep what it points at alive.
unsafe impl<T> Send for Ptr<T> {}
// SAFETY: as above.
unsafe impl<T> Sync for Ptr<T> {}

/// A channel of u64 that several goroutines share. Kept alive by `keep`.
pub type Chan = Ptr<Hchan>;

pub fn chan(gp: *mut G, n: i64) -> Chan {
    // SAFETY: the running goroutine; the type is static.
    let c = unsafe { makechan(gp, &U64, n) }.expect("a small channel");
    keep(c);
    Ptr(c)
}

/// Keeps a channel alive for the rest of the test run: closures of other goroutines lie outside the collected heap.
fn keep(c: *mut Hchan) {
    let root = Box::leak(Box::new(c as usize));
    let lo = (root as *const usize).cast::<u8>();
    // SAFETY: leaked.
    unsafe { heap::add_root_range(lo, lo.add(8), std::ptr::null()) };
}

/// `c <- v`, keeping the native stack. Panics on a closed channel, as Go does.
pub fn send(gp: *mut G, c: Chan, v: u64) {
    // SAFETY: the running goroutine; `v` outlives the wait because the stack is kept.
    unsafe {
        match chansend(gp, c.0, (&raw const v).cast(), true) {
            ChanResult::Done(_) => {}
            ChanResult::Park(park) => {
                gopark(gp, park);
                assert!(chansend_finish(gp), "send on closed channel");
            }
            _ => panic!("send on closed channel"),
        }
    }
}

/// `v, ok := <-c`.
pub fn recv(gp: *mut G, c: Chan) -> Option<u64> {
    let mut v = 0u64;
    // SAFETY: as `send`.
    unsafe {
        let ok = match chanrecv(gp, c.0, (&raw mut v).cast(), true) {
            ChanResult::Done(ok) => ok,
            ChanResult::Park(park) => {
                gopark(gp, park);
                chanrecv_finish(gp)
            }
            _ => unreachable!(),
        };
        ok.then_some(v)
    }
}

/// `select` over sends and receives; the index of the chosen case in `sends` then `recvs`, and what was received.
pub fn select(
    gp: *mut G,
    sends: &[(Chan, u64)],
    recvs: &[Chan],
    block: bool,
) -> (i32, Option<u64>) {
    let mut vals: Vec<u64> = sends
        .iter()
        .map(|s| s.1)
        .chain(recvs.iter().map(|_| 0))
        .collect();
    let base = vals.as_mut_ptr();
    let mut cases: Vec<Scase> = sends
        .iter()
        .map(|s| s.0)
        .chain(recvs.iter().copied())
        .enumerate()
        .map(|(i, c)| Scase {
            c: c.0,
            elem: base.wrapping_add(i).cast(),
        })
        .collect();
    let mut order = vec![0u16; 2 * cases.len()];
    let (cp, op) = (cases.as_mut_ptr(), order.as_mut_ptr());
    // SAFETY: the vectors outlive the wait because the stack is kept.
    let r = unsafe {
        match selectgo(gp, cp, op, sends.len(), recvs.len(), block) {
            SelectResult::Park(park) => {
                gopark(gp, park);
                selectgo_finish(gp, cp, op, sends.len(), recvs.len())
            }
            r => r,
        }
    };
    match r {
        SelectResult::Done(i, ok) => (i, ok.then(|| vals[i as usize])),
        SelectResult::SendOnClosed => panic!("send on closed channel"),
        SelectResult::Park(_) => unreachable!(),
    }
}

pub fn close(gp: *mut G, c: Chan) {
    // SAFETY: the running goroutine.
    unsafe { closechan(gp, c.0) }.expect("an open channel");
}

pub fn sleep(gp: *mut G, ns: i64) {
    // SAFETY: the running goroutine.
    unsafe {
        if let Wait::Park(park) = time::time_sleep(gp, ns) {
            gopark(gp, park);
        }
    }
}

/// `go f()`.
pub fn go<F: FnOnce(*mut G) + Send + 'static>(gp: *mut G, f: F) {
    let arg = Box::into_raw(Box::new(f));
    // SAFETY: the entry takes the box.
    unsafe { newproc(gp, entry::<F>, arg.cast(), 0) };
}

unsafe extern "C" fn entry<F: FnOnce(*mut G)>(gp: *mut G, arg: *mut u8) -> ! {
    run::<F>(gp, arg);
    // SAFETY: the running goroutine.
    unsafe { goexit(gp) }
}

fn run<F: FnOnce(*mut G)>(gp: *mut G, arg: *mut u8) {
    // SAFETY: the box of `go`.
    let f = unsafe { Box::from_raw(arg.cast::<F>()) };
    if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| f(gp))).is_err() {
        eprintln!("a goroutine panicked");
        std::process::abort();
    }
}

/// The safepoint of a loop: yields if asked to.
#[inline]
pub fn safepoint(gp: *mut G) {
    // SAFETY: the running goroutine.
    unsafe {
        if (*gp).preempt_requested() {
            preempt_park(gp);
        }
    }
}

/// A wait group on a semaphore.
pub struct WaitGroup {
    n: AtomicUsize,
    sema: std::sync::atomic::AtomicU32,
}

impl WaitGroup {
    pub fn new(n: usize) -> &'static WaitGroup {
        Box::leak(Box::new(WaitGroup {
            n: AtomicUsize::new(n),
            sema: 0.into(),
        }))
    }

    pub fn done(&self, gp: *mut G) {
        if self.n.fetch_sub(1, Ordering::AcqRel) == 1 {
            // SAFETY: the semaphore is leaked.
            unsafe {
                let _ = sema::semrelease(gp, &self.sema, false);
            }
        }
    }

    pub fn wait(&self, gp: *mut G) {
        acquire(gp, &self.sema, WaitReason::SyncWaitGroupWait);
    }
}

/// Takes a unit of a semaphore, keeping the native stack.
pub fn acquire(gp: *mut G, sema: &std::sync::atomic::AtomicU32, reason: WaitReason) {
    // SAFETY: the semaphore outlives the wait.
    unsafe {
        let mut w = sema::semacquire(gp, sema, false, reason);
        while let Wait::Park(park) = w {
            gopark(gp, park);
            w = sema::semacquire_finish(gp);
        }
    }
}
