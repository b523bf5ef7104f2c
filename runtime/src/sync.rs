//! Atomics and the kernel's wait-on-a-word: `std` in a build, the model checker's under `cfg(loom)`.
//!
//! Everything in this crate that must be model-checked takes its atomics from here, never from `std` directly.
//! loom treats `SeqCst` accesses as `AcqRel`, but honours `fence(SeqCst)`: store-then-load barriers are therefore
//! written as fences.
//! Knows nothing of: goroutines, threads of the scheduler.

#[cfg(loom)]
pub use loom::sync::atomic::{
    AtomicBool, AtomicI32, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, fence,
};
#[cfg(not(loom))]
pub use std::sync::atomic::{
    AtomicBool, AtomicI32, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize, fence,
};

pub use std::sync::atomic::Ordering;
pub use std::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst};

/// One pause in a spin loop.
#[inline]
pub fn spin_loop() {
    #[cfg(loom)]
    loom::thread::yield_now();
    #[cfg(not(loom))]
    std::hint::spin_loop();
}

/// Gives the rest of this thread's time slice away.
#[inline]
pub fn os_yield() {
    #[cfg(loom)]
    loom::thread::yield_now();
    #[cfg(not(loom))]
    std::thread::yield_now();
}

#[cfg(loom)]
pub use self::modelled::{Futex, Guarded, ShortMutex};
#[cfg(not(loom))]
pub use self::native::{Futex, Guarded};
/// A lock whose own working is not part of a model: there it is the model checker's.
#[cfg(not(loom))]
pub use crate::lock::Mutex as ShortMutex;

#[cfg(not(loom))]
mod native {
    use super::AtomicU32;
    use std::cell::UnsafeCell;
    use std::time::Duration;

    /// What a lock protects. The model checker looks at every access.
    #[repr(transparent)]
    pub struct Guarded<T>(UnsafeCell<T>);

    impl<T> Guarded<T> {
        pub const fn new(value: T) -> Self {
            Guarded(UnsafeCell::new(value))
        }

        /// To be used while the lock is held, or while nobody else has it.
        #[inline(always)]
        pub fn get(&self) -> *mut T {
            self.0.get()
        }
    }

    /// A 32-bit word that threads can sleep on.
    #[repr(transparent)]
    pub struct Futex(pub AtomicU32);

    impl Futex {
        pub const fn new(val: u32) -> Self {
            Futex(AtomicU32::new(val))
        }

        /// Sleeps while the word is `expected`, until a wake, the timeout, or for no reason at all.
        /// Returns `false` if the timeout passed.
        #[cfg(target_os = "linux")]
        pub fn wait(&self, expected: u32, timeout: Option<Duration>) -> bool {
            let ts;
            let tsp = match timeout {
                None => std::ptr::null(),
                Some(d) => {
                    ts = libc::timespec {
                        tv_sec: d.as_secs().min(i32::MAX as u64) as libc::time_t,
                        tv_nsec: d.subsec_nanos() as libc::c_long,
                    };
                    &raw const ts
                }
            };
            // SAFETY: the word outlives the call (`&self`), `tsp` is null or points at `ts`.
            let r = unsafe {
                libc::syscall(
                    libc::SYS_futex,
                    self.0.as_ptr(),
                    libc::FUTEX_WAIT | libc::FUTEX_PRIVATE_FLAG,
                    expected,
                    tsp,
                )
            };
            // SAFETY: errno is this thread's own.
            !(r == -1 && unsafe { *libc::__errno_location() } == libc::ETIMEDOUT)
        }

        /// Wakes up to `n` sleepers.
        #[cfg(target_os = "linux")]
        pub fn wake(&self, n: u32) {
            // SAFETY: waking reads nothing; the kernel only uses the address as a key.
            unsafe {
                libc::syscall(
                    libc::SYS_futex,
                    self.0.as_ptr(),
                    libc::FUTEX_WAKE | libc::FUTEX_PRIVATE_FLAG,
                    n.min(i32::MAX as u32),
                );
            }
        }

        /// Without a futex: a table of condition variables, keyed by the word's address.
        #[cfg(not(target_os = "linux"))]
        pub fn wait(&self, expected: u32, timeout: Option<Duration>) -> bool {
            let (m, cv) = bucket(self);
            let guard = m.lock().unwrap_or_else(|e| e.into_inner());
            if self.0.load(super::SeqCst) != expected {
                return true;
            }
            match timeout {
                None => {
                    drop(cv.wait(guard));
                    true
                }
                Some(d) => match cv.wait_timeout(guard, d) {
                    Ok((_, t)) => !t.timed_out(),
                    Err(_) => true,
                },
            }
        }

        #[cfg(not(target_os = "linux"))]
        pub fn wake(&self, _n: u32) {
            let (m, cv) = bucket(self);
            drop(m.lock());
            cv.notify_all();
        }
    }

    #[cfg(not(target_os = "linux"))]
    fn bucket(f: &Futex) -> &'static (std::sync::Mutex<()>, std::sync::Condvar) {
        const EMPTY: (std::sync::Mutex<()>, std::sync::Condvar) =
            (std::sync::Mutex::new(()), std::sync::Condvar::new());
        static TABLE: [(std::sync::Mutex<()>, std::sync::Condvar); 64] = [const { EMPTY }; 64];
        let addr = f as *const Futex as usize;
        &TABLE[(addr >> 3) % 64]
    }
}

#[cfg(loom)]
mod modelled {
    use super::AtomicU32;
    use crate::lockrank::LockRank;
    use std::time::Duration;

    /// What a lock protects: every access is taken for a writing one, and must not meet another.
    pub struct Guarded<T> {
        value: std::cell::UnsafeCell<T>,
        access: loom::cell::UnsafeCell<()>,
    }

    impl<T> Guarded<T> {
        pub fn new(value: T) -> Self {
            Guarded {
                value: std::cell::UnsafeCell::new(value),
                access: loom::cell::UnsafeCell::new(()),
            }
        }

        pub fn get(&self) -> *mut T {
            self.access.with_mut(|_| ());
            self.value.get()
        }
    }

    /// The interface of [`crate::lock::Mutex`] on the model checker's lock: without spinning there is less to try.
    pub struct ShortMutex(loom::sync::Mutex<bool>, loom::sync::Condvar);

    impl ShortMutex {
        pub fn new(_rank: LockRank) -> Self {
            ShortMutex(loom::sync::Mutex::new(false), loom::sync::Condvar::new())
        }

        pub fn lock(&self) {
            let mut held = self.0.lock().unwrap();
            while *held {
                held = self.1.wait(held).unwrap();
            }
            *held = true;
        }

        pub fn try_lock(&self) -> bool {
            !std::mem::replace(&mut *self.0.lock().unwrap(), true)
        }

        pub fn unlock(&self) {
            assert!(std::mem::replace(&mut *self.0.lock().unwrap(), false));
            self.1.notify_one();
        }

        /// For assertions; a look of its own would be another step to try.
        pub fn is_locked(&self) -> bool {
            true
        }
    }

    /// The futex as the model checker sees it: the check of the word and falling asleep are one step.
    pub struct Futex(pub AtomicU32, loom::sync::Mutex<()>, loom::sync::Condvar);

    impl Futex {
        pub fn new(val: u32) -> Self {
            Futex(
                AtomicU32::new(val),
                loom::sync::Mutex::new(()),
                loom::sync::Condvar::new(),
            )
        }

        pub fn wait(&self, expected: u32, timeout: Option<Duration>) -> bool {
            if timeout.is_some() {
                // It may always have passed.
                super::os_yield();
                return false;
            }
            let guard = self.1.lock().unwrap();
            if self.0.load(super::SeqCst) == expected {
                drop(self.2.wait(guard).unwrap());
            }
            true
        }

        pub fn wake(&self, _n: u32) {
            drop(self.1.lock().unwrap());
            self.2.notify_all();
        }
    }
}
