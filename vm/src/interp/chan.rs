//! Channel operations and select. Types end here: the runtime knows sizes only.
//!
//! An operation that has to wait gives the native stack back and goes on at its second half; one that need not skips
//! it.

use super::call::counted_behind;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, outlined, save};
use crate::goroutine::resume_next;
use crate::panic;
use crate::rtype::Rtype;
use minigo_runtime::chan::elem_size;
use minigo_runtime::{
    ChanResult, CloseError, Hchan, Scase, SelectResult, chancap, chanlen, chanrecv,
    chanrecv_finish, chansend, chansend_finish, closechan, makechan, park_released, selectgo,
    selectgo_finish,
};

#[inline(always)]
unsafe fn chan_at(fp: Fp, slot: usize) -> *mut Hchan {
    // SAFETY: a slot of the frame that holds a channel.
    unsafe { get(fp, slot) as *mut Hchan }
}

handlers! {
    fn ChanLen(pc, fp, gp) {
        set(fp, a(pc), chanlen(chan_at(fp, b(pc))) as u64);
        (pc, fp)
    }

    fn ChanCap(pc, fp, gp) {
        set(fp, a(pc), chancap(chan_at(fp, b(pc))) as u64);
        (pc, fp)
    }
}

outlined! {
    fn MakeChan(pc, fp, gp) {
        save(pc, fp, gp);
        let ty = &*near_low::<Rtype>(pc);
        match makechan(gp, &raw const ty.elem().gc, get(fp, b(pc)) as i64) {
            Some(c) => {
                set(fp, a(pc), c as u64);
                (pc.add(1), fp)
            }
            None => panic::plain_error(gp, pc, fp, "makechan: size out of range"),
        }
    }

    fn Send(pc, fp, gp) {
        save(pc, fp, gp);
        match chansend(gp, chan_at(fp, a(pc)), fp.add(b(pc)).cast(), true) {
            ChanResult::Done(_) | ChanResult::WouldBlock => {
                counted_behind(pc.add(1), fp, gp);
                (pc.add(1), fp)
            }
            ChanResult::Park(park) => park_released(gp, park, resume_next),
            ChanResult::Closed => send_on_closed(pc, fp, gp),
        }
    }

    fn SendAt(pc, fp, gp) {
        save(pc, fp, gp);
        match chansend(gp, chan_at(fp, a(pc)), get(fp, b(pc)) as *mut u8, true) {
            ChanResult::Done(_) | ChanResult::WouldBlock => {
                counted_behind(pc.add(1), fp, gp);
                (pc.add(1), fp)
            }
            ChanResult::Park(park) => park_released(gp, park, resume_next),
            ChanResult::Closed => send_on_closed(pc, fp, gp),
        }
    }

    fn SendDone(pc, fp, gp) {
        if !chansend_finish(gp) {
            return send_on_closed(pc, fp, gp);
        }
        (pc, fp)
    }

    fn Recv(pc, fp, gp) {
        save(pc, fp, gp);
        let (ch, dst) = (chan_at(fp, b(pc)), fp.add(a(pc)));
        if !ch.is_null() {
            let size = elem_size(ch);
            if !size.is_multiple_of(8) {
                *dst.add(size / 8) = 0;
            }
        }
        match chanrecv(gp, ch, dst.cast(), true) {
            ChanResult::Done(ok) => {
                set(fp, c(pc), ok as u64);
                counted_behind(pc.add(1), fp, gp);
                (pc.add(1), fp)
            }
            ChanResult::WouldBlock | ChanResult::Closed => (pc.add(1), fp),
            ChanResult::Park(park) => park_released(gp, park, resume_next),
        }
    }

    fn RecvDone(pc, fp, gp) {
        set(fp, c(pc), chanrecv_finish(gp) as u64);
        (pc, fp)
    }

    fn RecvAt(pc, fp, gp) {
        save(pc, fp, gp);
        match chanrecv(gp, chan_at(fp, b(pc)), get(fp, a(pc)) as *mut u8, true) {
            ChanResult::Done(ok) => {
                set(fp, c(pc), ok as u64);
                counted_behind(pc.add(1), fp, gp);
                (pc.add(1), fp)
            }
            ChanResult::WouldBlock | ChanResult::Closed => (pc.add(1), fp),
            ChanResult::Park(park) => park_released(gp, park, resume_next),
        }
    }

    fn RecvAtDone(pc, fp, gp) {
        set(fp, c(pc), chanrecv_finish(gp) as u64);
        (pc, fp)
    }

    fn Close(pc, fp, gp) {
        save(pc, fp, gp);
        match closechan(gp, chan_at(fp, a(pc))) {
            Ok(()) => (pc, fp),
            Err(CloseError::Nil) => panic::plain_error(gp, pc, fp, "close of nil channel"),
            Err(CloseError::Closed) => panic::plain_error(gp, pc, fp, "close of closed channel"),
        }
    }

    fn Select(pc, fp, gp) {
        // Behind the ext word, so that the second half is next.
        save(pc.add(1), fp, gp);
        let (cases, order, sends, recvs) = select_operands(pc, fp);
        match selectgo(gp, cases, order, sends, recvs, high(pc) == 0) {
            SelectResult::Done(index, ok) => {
                chosen(pc, fp, index, ok);
                counted_behind(pc.add(3), fp, gp);
                (pc.add(3), fp)
            }
            SelectResult::Park(park) => park_released(gp, park, resume_next),
            SelectResult::SendOnClosed => send_on_closed(pc, fp, gp),
        }
    }

    fn SelectDone(pc, fp, gp) {
        let (cases, order, sends, recvs) = select_operands(pc, fp);
        match selectgo_finish(gp, cases, order, sends, recvs) {
            SelectResult::Done(index, ok) => {
                chosen(pc, fp, index, ok);
                (pc.add(1), fp)
            }
            _ => send_on_closed(pc, fp, gp),
        }
    }
}

/// The cases and the scratch area behind them.
#[inline(always)]
unsafe fn select_operands(pc: Pc, fp: Fp) -> (*mut Scase, *mut u16, usize, usize) {
    // SAFETY: the verifier has seen three slots for each case.
    unsafe {
        let (cases, sends, recvs) = (fp.add(a(pc)), b(pc), c(pc));
        let order = cases.add(2 * (sends + recvs));
        (cases.cast(), order.cast(), sends, recvs)
    }
}

#[inline(always)]
unsafe fn chosen(pc: Pc, fp: Fp, index: i32, ok: bool) {
    // SAFETY: the verifier has seen two slots for the result.
    unsafe {
        let dst = low(pc) as usize;
        set(fp, dst, index as i64 as u64);
        set(fp, dst + 1, ok as u64);
    }
}

#[cold]
unsafe fn send_on_closed(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe { panic::plain_error(gp, pc, fp, "send on closed channel") }
}
