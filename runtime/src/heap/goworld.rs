//! The heap's [`World`] as the scheduler provides it: its stop, its goroutines, their stacks.
//!
//! What of a goroutine is read, by state:
//!  - dead or never used: nothing;
//!  - in a blocking call: its native stack above where it was at `entersyscall`, and the registers saved then in its M;
//!  - the one that collects: its native stack as `systemstack` left it, with its registers on top;
//!  - all others: their native stack, if they have one, above the saved stack pointer, which the switch pushed the
//!    registers on.
//!
//! And always the frames that the VM reports, and the few words of the descriptor that may refer to the heap.
//! Knows nothing of: frames (the hook does), marking.

use super::mcache::MCache;
use super::world::World;
use super::{Relaxed, lock};
use crate::g::*;
use crate::m::{getm, getp};
use crate::proc::ncpu;
use crate::sched::SCHED;
use crate::{hooks, nondet, stop_world, time};
use std::ptr::null_mut;
use std::sync::Mutex;
use std::sync::atomic::{AtomicPtr, Ordering::Acquire};

/// The running goroutine; null: the caller is on a g0 stack.
#[derive(Clone, Copy)]
pub struct GoWorld {
    gp: *mut G,
}

// SAFETY: marking threads use it while the world is stopped, for reading.
unsafe impl Sync for GoWorld {}

/// Where Gs lie, as of the collection under way: (address of the first, how many).
static CHUNKS: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());

impl GoWorld {
    #[inline(always)]
    pub fn new(gp: *mut G) -> GoWorld {
        GoWorld { gp }
    }
}

#[cold]
fn cache_on_g0() -> *mut MCache {
    // SAFETY: the caller is on a thread of the scheduler that holds a P.
    unsafe { (*(*getm()).p.load(Relaxed)).mcache }
}

impl World for GoWorld {
    #[inline(always)]
    fn cache(&self) -> *mut MCache {
        if self.gp.is_null() {
            return cache_on_g0();
        }
        // SAFETY: a running goroutine has an M, that has a P, and that a cache.
        unsafe { (*getp(self.gp)).mcache }
    }

    fn can_collect(&self) -> bool {
        !self.gp.is_null()
    }

    unsafe fn with_world_stopped(&self, f: &mut dyn FnMut()) {
        unsafe extern "C" fn call(arg: *mut u8) {
            // SAFETY: `arg` is the reference below, alive until `systemstack` returns.
            unsafe { (*arg.cast::<&mut dyn FnMut()>())() }
        }
        let mut f = f;
        // SAFETY: `gp` is the running goroutine, by the caller's promise. On g0 nothing parks.
        unsafe {
            stop_world::stop_the_world(self.gp, WaitReason::GarbageCollection);
            crate::proc::systemstack(self.gp, call, (&raw mut f).cast());
            stop_world::start_the_world(self.gp);
        }
    }

    fn root_jobs(&self) -> usize {
        let mut chunks = lock(&CHUNKS);
        SCHED.allg_lock.lock();
        // SAFETY: the lock is held.
        chunks.clone_from(unsafe { SCHED.allg() });
        SCHED.allg_lock.unlock();
        chunks.len() + 1
    }

    unsafe fn root_job(&self, job: usize, visit: &mut dyn FnMut(usize, usize)) {
        let chunk = lock(&CHUNKS).get(job).copied();
        let Some((first, n)) = chunk else {
            // The last job: timers that are set, pools.
            time::each_timer(&mut |t| visit_slice(&[t as usize], visit));
            crate::pools::visit(&mut |words| visit_slice(words, visit));
            return;
        };
        let now = nondet::nanotime();
        for i in 0..n {
            // SAFETY: Gs are never freed, and the world is stopped.
            unsafe { visit_g((first as *mut G).add(i), now, visit) };
        }
    }

    fn mark_helpers(&self) -> usize {
        if nondet::seeded() {
            return 0;
        }
        ncpu().min(SCHED.nprocs()).min(MAX_MARKERS) - 1
    }

    fn specials_queued(&self) {
        crate::finq::wake();
    }

    fn before_mark(&self) {
        crate::pools::empty();
    }

    fn nanotime(&self) -> i64 {
        nondet::nanotime()
    }
}

/// More threads than this do not make marking faster.
const MAX_MARKERS: usize = 16;

fn visit_slice(words: &[usize], visit: &mut dyn FnMut(usize, usize)) {
    let r = words.as_ptr_range();
    visit(r.start as usize, r.end as usize);
}

/// # Safety
/// `gp` is a G, and the world is stopped.
unsafe fn visit_g(gp: *mut G, now: i64, visit: &mut dyn FnMut(usize, usize)) {
    // SAFETY: as the caller promises; a goroutine in a blocking call changes nothing that is read here, and cannot come
    // back before the world starts again.
    unsafe {
        let g = &mut *gp;
        let status = readgstatus(gp);
        if matches!(status, GIDLE | GDEAD) {
            return;
        }
        // Roughly when it began to wait: reading the clock at every park would cost more than the park.
        if matches!(status, GWAITING | GSYSCALL) && g.waitsince == 0 {
            g.waitsince = now;
        }
        if let Some(stack) = g.stack {
            // The call may be over by now, with no P to go on: then `exitsyscall0`, which waits for nobody, has saved the
            // stack pointer in `sched`, made the goroutine runnable and taken its M away, in this order.
            let mp = match status {
                GSYSCALL => AtomicPtr::from_ptr(&raw mut g.m).load(Acquire),
                _ => null_mut(),
            };
            let sp = if mp.is_null() {
                g.sched.sp
            } else {
                visit_slice(&(*mp).syscallregs, visit);
                g.syscallsp
            };
            if sp != 0 {
                visit(sp, stack.hi());
            }
        }
        visit_slice(&[g.sched.ctxt as usize, g.timer as usize], visit);
        (hooks::hooks().scan_g)(gp, visit);
    }
}
