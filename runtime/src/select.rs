//! `select`: lock order, its passes. (Go: runtime/select.go)
//!
//! All channels are locked, in address order. Pass 1 looks, in random order, for a case that can go on. If there is
//! none, pass 2 queues a sudog on every channel and parks; the commit unlocks. Pass 3, after the wake-up
//! ([`selectgo_finish`]), locks again and takes the other sudogs off. Between 2 and 3 whoever wins
//! `g.select_done` wakes the goroutine; the losers pass its sudogs by.
//!
//! The order of the cases lies in memory of the caller's frame, because the native stack is given back in between.
//! Locks: as in `chan.rs`; the homes of timers are visited while no channel is locked.

use crate::chan::{self, ChanResult, Hchan, WaitQ};
use crate::g::*;
use crate::m::getp;
use crate::nondet::{Choice, choose_on};
use crate::sudog::{Sudog, acquire_sudog, release_sudog};
use crate::sync::*;
use crate::time::{timer_block, timer_maybe_run, timer_unblock};
use std::ptr::null_mut;

/// One case. Sends stand before receives in the array; `default` is `block == false`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Scase {
    /// Null: a case that is never ready.
    pub c: *mut Hchan,
    /// Where the value is, or goes to; may be null for a receive that drops it.
    pub elem: *mut u8,
}

/// The outcome of a `select`.
#[must_use]
pub enum SelectResult {
    /// Case `idx` was done (index into the array), `recv_ok` if it was a receive. `idx` is -1 for `default`.
    Done(i32, bool),
    /// Park, then call `selectgo_finish` with the same arrays.
    Park(Park),
    /// A send case on a closed channel was chosen: the caller panics with `send on closed channel`.
    SendOnClosed,
}

/// The cases under their two orders.
struct Cases<'a> {
    all: &'a mut [Scase],
    nsends: usize,
    /// Indices of the cases with a channel: in the order of looking, and by address.
    poll: &'a mut [u16],
    lock: &'a mut [u16],
}

/// Chooses a case. The cases lie at `cases[..nsends + nrecvs]`; `order` is scratch memory for `2 * (nsends + nrecvs)`
/// entries. Both must be in memory that survives giving the native stack back (the caller's frame), and stay
/// untouched until `selectgo_finish`.
///
/// # Safety
/// `gp` is the running goroutine; the arrays are as described.
pub unsafe fn selectgo(
    gp: *mut G,
    cases: *mut Scase,
    order: *mut u16,
    nsends: usize,
    nrecvs: usize,
    block: bool,
) -> SelectResult {
    // SAFETY: as the caller promises.
    unsafe {
        let n = nsends + nrecvs;
        if n == 1 && !block {
            return select_nb(gp, *cases, nsends == 1);
        }
        let (all, order) = arrays(cases, order, n);
        let (poll, lock) = order.split_at_mut(n);
        let rng = &mut (*getp(gp)).rng;
        let mut norder = 0;
        let mut timers = false;
        for (i, case) in all.iter().enumerate() {
            if case.c.is_null() {
                continue;
            }
            if !(*case.c).timer.is_null() {
                timers = true;
                timer_maybe_run((*case.c).timer);
            }
            // A random permutation, built by insertion.
            let j = choose_on(rng, Choice::Select, norder as u32 + 1) as usize;
            poll[norder] = poll[j];
            poll[j] = i as u16;
            norder += 1;
        }
        let lock = &mut lock[..norder];
        sort_by_address(all, &poll[..norder], lock);
        let mut cs = Cases { all, nsends, poll: &mut poll[..norder], lock };

        cs.lock_all();
        if let Some(done) = cs.look(gp) {
            return done;
        }
        if !block {
            cs.unlock_all();
            return SelectResult::Done(-1, false);
        }
        if timers {
            // Homes of timers are locked before channels, hence the second look.
            cs.unlock_all();
            cs.each_timer(|t| timer_block(t));
            cs.lock_all();
            if let Some(done) = cs.look(gp) {
                cs.each_timer(|t| timer_unblock(t));
                return done;
            }
        }
        cs.enqueue(gp);
        let reason = if n == 0 { WaitReason::SelectNoCases } else { WaitReason::Select };
        SelectResult::Park(Park::new(gp, Some(selparkcommit), null_mut(), reason))
    }
}

/// One case and a default: the channel operation itself, which does not park. (Go: `selectnbsend`, `selectnbrecv`)
#[inline]
unsafe fn select_nb(gp: *mut G, case: Scase, send: bool) -> SelectResult {
    // SAFETY: as `selectgo` demands.
    let done = unsafe {
        match send {
            true => chan::chansend(gp, case.c, case.elem, false),
            false => chan::chanrecv(gp, case.c, case.elem, false),
        }
    };
    match done {
        ChanResult::Done(false) if send => SelectResult::Done(-1, false),
        ChanResult::Done(ok) => SelectResult::Done(0, ok && !send),
        ChanResult::WouldBlock => SelectResult::Done(-1, false),
        ChanResult::Closed => SelectResult::SendOnClosed,
        ChanResult::Park(_) => crate::fatal::throw("select with default parks"),
    }
}

/// After a parked `select`: what happened. Never `Park`.
///
/// # Safety
/// As [`selectgo`], with the same arguments.
pub unsafe fn selectgo_finish(
    gp: *mut G,
    cases: *mut Scase,
    order: *mut u16,
    nsends: usize,
    nrecvs: usize,
) -> SelectResult {
    // SAFETY: as the caller promises.
    unsafe {
        let n = nsends + nrecvs;
        let (all, order) = arrays(cases, order, n);
        let (poll, lock) = order.split_at_mut(n);
        let norder = all.iter().filter(|c| !c.c.is_null()).count();
        let mut cs = Cases { all, nsends, poll: &mut poll[..norder], lock: &mut lock[..norder] };
        cs.lock_all();
        let done = cs.dequeue(gp);
        cs.unlock_all();
        cs.each_timer(|t| timer_unblock(t));
        match done {
            Some((i, success)) if i < nsends && !success => SelectResult::SendOnClosed,
            Some((i, success)) => SelectResult::Done(i as i32, success && i >= nsends),
            None => crate::fatal::throw("selectgo: bad wakeup"),
        }
    }
}

/// Writes `from` to `to` in the order of the channels' addresses.
#[inline]
fn sort_by_address(all: &[Scase], from: &[u16], to: &mut [u16]) {
    let addr = |i: u16| all[i as usize].c as usize;
    if from.len() > 16 {
        to.copy_from_slice(from);
        to.sort_unstable_by_key(|&i| addr(i));
        return;
    }
    for (n, &i) in from.iter().enumerate() {
        let mut j = n;
        while j > 0 && addr(to[j - 1]) > addr(i) {
            to[j] = to[j - 1];
            j -= 1;
        }
        to[j] = i;
    }
}

/// The caller's arrays as slices.
unsafe fn arrays<'a>(cases: *mut Scase, order: *mut u16, n: usize) -> (&'a mut [Scase], &'a mut [u16]) {
    if n == 0 {
        return (&mut [], &mut []);
    }
    // SAFETY: as `selectgo` demands.
    unsafe { (std::slice::from_raw_parts_mut(cases, n), std::slice::from_raw_parts_mut(order, 2 * n)) }
}

/// Go: `selparkcommit`. Unlocks every channel once. After the last unlock the goroutine may run, and its sudogs with it.
unsafe fn selparkcommit(gp: *mut G, _lock: *mut u8) -> bool {
    // SAFETY: the sudogs in lock order; each is protected by a channel that is still locked.
    unsafe {
        let mut last: *mut Hchan = null_mut();
        let mut sg = (*gp).waiting;
        while !sg.is_null() {
            if (*sg).c != last && !last.is_null() {
                (*last).unlock();
            }
            last = (*sg).c;
            sg = (*sg).waitlink;
        }
        if !last.is_null() {
            (*last).unlock();
        }
    }
    true
}

impl Cases<'_> {
    /// Go: `sellock`.
    unsafe fn lock_all(&self) {
        let mut last = null_mut();
        for &i in &*self.lock {
            let c = self.all[i as usize].c;
            if c != last {
                last = c;
                // SAFETY: channels of live cases.
                unsafe { (*c).lock() };
            }
        }
    }

    /// Go: `selunlock`.
    unsafe fn unlock_all(&self) {
        let mut last = null_mut();
        for &i in self.lock.iter().rev() {
            let c = self.all[i as usize].c;
            if c != last {
                last = c;
                // SAFETY: as above.
                unsafe { (*c).unlock() };
            }
        }
    }

    unsafe fn each_timer(&self, f: impl Fn(*mut crate::time::Timer)) {
        for case in self.all.iter() {
            // SAFETY: as above; `timer` does not change.
            let t = if case.c.is_null() { null_mut() } else { unsafe { (*case.c).timer } };
            if !t.is_null() {
                f(t);
            }
        }
    }

    /// Pass 1. Everything is unlocked if a case was done.
    unsafe fn look(&mut self, gp: *mut G) -> Option<SelectResult> {
        for k in 0..self.poll.len() {
            let i = self.poll[k] as usize;
            let Scase { c, elem } = self.all[i];
            // SAFETY: all channels are locked.
            unsafe {
                let ch = &mut *c;
                if i >= self.nsends {
                    let sg = ch.sendq.dequeue();
                    if !sg.is_null() {
                        chan::recv_from(ch, sg, elem);
                        self.unlock_all();
                        chan::wake(gp, sg, true);
                        return Some(SelectResult::Done(i as i32, true));
                    }
                    if ch.has_value() {
                        ch.buf_pop(elem);
                        self.unlock_all();
                        return Some(SelectResult::Done(i as i32, true));
                    }
                    if ch.is_closed() {
                        self.unlock_all();
                        if !elem.is_null() {
                            chan::clear(ch, elem);
                        }
                        return Some(SelectResult::Done(i as i32, false));
                    }
                } else {
                    if ch.is_closed() {
                        self.unlock_all();
                        return Some(SelectResult::SendOnClosed);
                    }
                    let sg = ch.recvq.dequeue();
                    if !sg.is_null() {
                        chan::send_to(ch, sg, elem);
                        self.unlock_all();
                        chan::wake(gp, sg, true);
                        return Some(SelectResult::Done(i as i32, false));
                    }
                    if ch.has_room() {
                        ch.buf_push(elem);
                        self.unlock_all();
                        return Some(SelectResult::Done(i as i32, false));
                    }
                }
            }
        }
        None
    }

    fn queue(&self, i: usize) -> *mut WaitQ {
        // SAFETY: a channel of a live case; only the address is taken.
        unsafe {
            let c = self.all[i].c;
            if i < self.nsends { &raw mut (*c).sendq } else { &raw mut (*c).recvq }
        }
    }

    /// Pass 2.
    unsafe fn enqueue(&mut self, gp: *mut G) {
        // SAFETY: all channels are locked; the sudogs are ours.
        unsafe {
            let pp = getp(gp);
            let mut next: *mut *mut Sudog = &raw mut (*gp).waiting;
            for (k, &i) in self.lock.iter().enumerate() {
                let sg = if k == 0 { &raw mut (*gp).sudog0 } else { acquire_sudog(pp) };
                (*sg).g = gp;
                (*sg).is_select = true;
                (*sg).elem = self.all[i as usize].elem;
                (*sg).c = self.all[i as usize].c;
                (*sg).success = false;
                (*sg).waitlink = null_mut();
                *next = sg;
                next = &raw mut (*sg).waitlink;
                (*self.queue(i as usize)).enqueue(sg);
            }
            *next = null_mut();
            (*gp).param = null_mut();
            (*gp).select_done.store(0, Relaxed);
        }
    }

    /// Pass 3: takes the sudogs off; which case woke us, and whether by a value.
    unsafe fn dequeue(&mut self, gp: *mut G) -> Option<(usize, bool)> {
        // SAFETY: all channels are locked; the sudogs are ours.
        unsafe {
            let woke = (*gp).param;
            (*gp).param = null_mut();
            let pp = getp(gp);
            let mut done = None;
            let mut sg = std::mem::replace(&mut (*gp).waiting, null_mut());
            for k in 0..self.lock.len() {
                let i = self.lock[k] as usize;
                if sg == woke {
                    done = Some((i, (*sg).success));
                } else {
                    (*self.queue(i)).dequeue_sudog(sg);
                }
                let next = (*sg).waitlink;
                (*sg).waitlink = null_mut();
                (*sg).is_select = false;
                (*sg).elem = null_mut();
                (*sg).c = null_mut();
                (*sg).prev = null_mut();
                if k > 0 {
                    release_sudog(pp, sg);
                }
                sg = next;
            }
            (*gp).select_done.store(0, Relaxed);
            done
        }
    }
}
