//! Channels: the buffer, the waiters, and how a value passes from goroutine to goroutine. (Go: runtime/chan.go)
//!
//! Invariants, whenever `lock` is free:
//!  - `recvq` or `sendq` is empty, except for one goroutine that selects on both ends of an unbuffered channel.
//!  - buffered: `qcount > 0` ⇒ `recvq` is empty; `qcount < dataqsiz` ⇒ `sendq` is empty.
//!
//! A value goes from frame to frame when somebody waits, and through the buffer otherwise. A waiter's frame does not
//! move and its native stack is not needed, so that both ways of parking serve.
//!
//! Locks: a timer's home (for a timer's channel), then `Hchan.lock`, then the scheduler's. No G is readied while a
//! channel is locked.
//! Knows nothing of: element types (only a size and a pointer mask), bytecode, frames.

use crate::g::*;
use crate::heap::{self, GcType};
use crate::lock::Mutex;
use crate::m::getm;
use crate::p::P;
use crate::park::ready;
use crate::sudog::Sudog;
use crate::sync::*;
use crate::time::{Timer, timer_block, timer_maybe_run, timer_unblock};
use std::mem::offset_of;
use std::ptr::null_mut;

/// A channel, in the collected heap. All zeroes but for the sizes is an open, empty channel.
#[repr(C)]
pub struct Hchan {
    /// Values in the buffer. Written under `lock`.
    qcount: AtomicUsize,
    /// Size of the buffer in elements.
    dataqsiz: usize,
    /// The buffer: an object of its own if elements hold pointers, else behind the channel.
    buf: *mut u8,
    lock: Mutex,
    elemsize: u32,
    /// Written under `lock`.
    closed: AtomicU32,
    elemtype: *const GcType,
    /// Next place to send to and to receive from.
    sendx: usize,
    recvx: usize,
    pub(crate) recvq: WaitQ,
    pub(crate) sendq: WaitQ,
    /// The timer that sends here, or null. Set before the channel is known to anyone.
    pub(crate) timer: *mut Timer,
}

/// Waiters, oldest first. (Go: `waitq`)
#[repr(C)]
pub struct WaitQ {
    first: *mut Sudog,
    last: *mut Sudog,
}

/// The outcome of a channel operation.
#[must_use]
pub enum ChanResult {
    /// Send: `true` sent, `false` would block (only with `block == false`).
    /// Receive: the `ok` of `v, ok := <-c`.
    Done(bool),
    /// Receive with `block == false`: nothing there.
    WouldBlock,
    /// Park, then call `chansend_finish` or `chanrecv_finish`.
    Park(Park),
    /// Send on a closed channel: the caller panics with `send on closed channel`.
    Closed,
}

/// Why `close` refuses.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub enum CloseError {
    /// `close of nil channel`
    Nil,
    /// `close of closed channel`
    Closed,
}

const WORDS: usize = size_of::<Hchan>() / 8;
static HCHAN_MASK: u64 = (1 << (offset_of!(Hchan, buf) / 8)) | (1 << (offset_of!(Hchan, timer) / 8));
const _: () = assert!(WORDS <= 64 && size_of::<Hchan>().is_multiple_of(8));
// SAFETY: the mask is static and covers all words.
static HCHAN_TYPE: GcType = unsafe { GcType::new(size_of::<Hchan>(), size_of::<Hchan>(), &raw const HCHAN_MASK) };

/// No allocation is larger. (Go: `maxAlloc`)
const MAX_ALLOC: usize = 1 << 47;

/// A new channel of `n` elements, or `None` if the size is out of range (`makechan: size out of range`).
///
/// # Safety
/// `gp` is the running goroutine, `elem` lives for ever.
pub unsafe fn makechan(gp: *mut G, elem: *const GcType, n: i64) -> Option<*mut Hchan> {
    // SAFETY: `elem` is a type; new memory is ours.
    unsafe {
        let size = (*elem).size;
        let n = usize::try_from(n).ok()?;
        let bytes = size.checked_mul(n).filter(|&b| b < MAX_ALLOC - size_of::<Hchan>())?;
        if size > u32::MAX as usize {
            return None;
        }
        let c: *mut Hchan;
        if (*elem).noscan() {
            c = heap::mallocgc(gp, size_of::<Hchan>() + bytes, std::ptr::null(), true).cast();
            (*c).buf = c.add(1).cast();
        } else {
            // The buffer first: a collection in between finds it through this stack.
            let buf = if bytes == 0 { null_mut() } else { heap::mallocgc(gp, bytes, elem, true) };
            c = heap::mallocgc(gp, size_of::<Hchan>(), &HCHAN_TYPE, true).cast();
            (*c).buf = buf;
        }
        (*c).elemsize = size as u32;
        (*c).elemtype = elem;
        (*c).dataqsiz = n;
        Some(c)
    }
}

/// `c <- *elem`. After a `Park`, `elem` must stay valid until `chansend_finish`. `gp` may be null on g0 if `block` is
/// false (a timer sends).
///
/// # Safety
/// `gp` is the running goroutine; `c` is null or a channel; `elem` points at a value of its element type.
#[inline]
pub unsafe fn chansend(gp: *mut G, c: *mut Hchan, elem: *const u8, block: bool) -> ChanResult {
    // SAFETY: as the caller promises; the channel's fields are ours under its lock.
    unsafe {
        if c.is_null() {
            return nil_channel(gp, block, WaitReason::ChanSendNilChan, ChanResult::Done(false));
        }
        // Without the lock: a channel that was full and open a moment ago may be said to be so.
        if !block && (*c).closed.load(Acquire) == 0 && full_hint(c) {
            return ChanResult::Done(false);
        }
        (*c).lock.lock();
        let ch = &mut *c;
        if ch.closed.load(Relaxed) != 0 {
            ch.lock.unlock();
            return ChanResult::Closed;
        }
        let sg = ch.recvq.dequeue();
        if !sg.is_null() {
            send_to(ch, sg, elem);
            ch.lock.unlock();
            wake(gp, sg, true);
            return ChanResult::Done(true);
        }
        if ch.qcount.load(Relaxed) < ch.dataqsiz {
            ch.buf_push(elem);
            ch.lock.unlock();
            return ChanResult::Done(true);
        }
        if !block {
            ch.lock.unlock();
            return ChanResult::Done(false);
        }
        ch.sendq.enqueue(own_sudog(gp, c, elem.cast_mut()));
        ChanResult::Park(Park::new(gp, Some(unlock_commit), (&raw mut (*c).lock).cast(), WaitReason::ChanSend))
    }
}

/// After a parked send. `false`: the channel was closed meanwhile, the caller panics with `send on closed channel`.
///
/// # Safety
/// `gp` is the running goroutine and parked with what `chansend` returned.
#[must_use]
#[inline]
pub unsafe fn chansend_finish(gp: *mut G) -> bool {
    // SAFETY: our own sudog, off every queue.
    unsafe {
        debug_assert!((*gp).param == &raw mut (*gp).sudog0);
        (*gp).param = null_mut();
        (*gp).sudog0.c = null_mut();
        (*gp).sudog0.success
    }
}

/// `*elem = <-c`; `elem` may be null to drop the value.
///
/// # Safety
/// As [`chansend`].
#[inline]
pub unsafe fn chanrecv(gp: *mut G, c: *mut Hchan, elem: *mut u8, block: bool) -> ChanResult {
    // SAFETY: as the caller promises; the channel's fields are ours under its lock.
    unsafe {
        if c.is_null() {
            return nil_channel(gp, block, WaitReason::ChanReceiveNilChan, ChanResult::WouldBlock);
        }
        if !(*c).timer.is_null() {
            return recv_timer(gp, c, elem, block);
        }
        // Without the lock: empty first, then open, so that it was both at the time of the second look.
        if !block && empty_hint(c) && (*c).closed.load(Acquire) == 0 {
            return ChanResult::WouldBlock;
        }
        (*c).lock.lock();
        if let Some(done) = recv_locked(gp, c, elem) {
            return done;
        }
        if !block {
            (*c).lock.unlock();
            return ChanResult::WouldBlock;
        }
        recv_park(gp, c, elem)
    }
}

/// After a parked receive: the `ok` of `v, ok := <-c`.
///
/// # Safety
/// `gp` is the running goroutine and parked with what `chanrecv` returned.
#[inline]
pub unsafe fn chanrecv_finish(gp: *mut G) -> bool {
    // SAFETY: our own sudog, off every queue; the channel is alive in our frame.
    unsafe {
        debug_assert!((*gp).param == &raw mut (*gp).sudog0);
        let c = (*gp).sudog0.c;
        (*gp).param = null_mut();
        (*gp).sudog0.c = null_mut();
        if !(*c).timer.is_null() {
            timer_unblock((*c).timer);
        }
        (*gp).sudog0.success
    }
}

/// `close(c)`.
///
/// # Safety
/// `gp` is the running goroutine; `c` is null or a channel.
pub unsafe fn closechan(gp: *mut G, c: *mut Hchan) -> Result<(), CloseError> {
    if c.is_null() {
        return Err(CloseError::Nil);
    }
    // SAFETY: the channel's fields are ours under its lock.
    unsafe {
        (*c).lock.lock();
        let ch = &mut *c;
        if ch.closed.load(Relaxed) != 0 {
            ch.lock.unlock();
            return Err(CloseError::Closed);
        }
        // Release: pairs with the Acquire of the lock-free looks.
        ch.closed.store(1, Release);
        let mut woken: *mut Sudog = null_mut();
        let mut last: *mut *mut Sudog = &mut woken;
        loop {
            let sg = ch.recvq.dequeue();
            if sg.is_null() {
                break;
            }
            if !(*sg).elem.is_null() {
                clear(ch, (*sg).elem);
            }
            *last = sg;
            last = &mut (*sg).next;
        }
        loop {
            // They will panic.
            let sg = ch.sendq.dequeue();
            if sg.is_null() {
                break;
            }
            *last = sg;
            last = &mut (*sg).next;
        }
        ch.lock.unlock();
        while !woken.is_null() {
            let sg = woken;
            woken = (*sg).next;
            (*sg).next = null_mut();
            (*sg).elem = null_mut();
            wake(gp, sg, false);
        }
        Ok(())
    }
}

/// `len(c)`; 0 for nil and for a timer's channel, which looks unbuffered since Go 1.23.
///
/// # Safety
/// `c` is null or a channel.
pub unsafe fn chanlen(c: *const Hchan) -> i64 {
    // SAFETY: sizes may be read at any time.
    unsafe { if c.is_null() || !(*c).timer.is_null() { 0 } else { (*c).qcount.load(Relaxed) as i64 } }
}

/// `cap(c)`; 0 for nil and for a timer's channel.
///
/// # Safety
/// `c` is null or a channel.
pub unsafe fn chancap(c: *const Hchan) -> i64 {
    // SAFETY: as above.
    unsafe { if c.is_null() || !(*c).timer.is_null() { 0 } else { (*c).dataqsiz as i64 } }
}

/// Bytes of an element.
///
/// # Safety
/// `c` is a channel.
#[inline]
pub unsafe fn elem_size(c: *const Hchan) -> usize {
    // SAFETY: never changes.
    unsafe { (*c).elemsize as usize }
}

impl Hchan {
    #[inline]
    pub(crate) fn lock(&self) {
        self.lock.lock();
    }

    #[inline]
    pub(crate) fn unlock(&self) {
        self.lock.unlock();
    }

    // ---- the rest with `lock` held ----

    #[inline]
    pub(crate) fn is_closed(&self) -> bool {
        self.closed.load(Relaxed) != 0
    }

    #[inline]
    pub(crate) fn has_value(&self) -> bool {
        self.qcount.load(Relaxed) > 0
    }

    #[inline]
    pub(crate) fn has_room(&self) -> bool {
        self.qcount.load(Relaxed) < self.dataqsiz
    }

    #[inline]
    fn slot(&self, i: usize) -> *mut u8 {
        // SAFETY: `i < dataqsiz`.
        unsafe { self.buf.add(i * self.elemsize as usize) }
    }

    /// Go: the part of `chansend` that fills the buffer.
    #[inline]
    pub(crate) unsafe fn buf_push(&mut self, elem: *const u8) {
        // SAFETY: there is room.
        unsafe { copy(self.slot(self.sendx), elem, self.elemsize) };
        self.sendx = if self.sendx + 1 == self.dataqsiz { 0 } else { self.sendx + 1 };
        self.qcount.store(self.qcount.load(Relaxed) + 1, Release);
    }

    #[inline]
    pub(crate) unsafe fn buf_pop(&mut self, elem: *mut u8) {
        // SAFETY: there is a value.
        unsafe {
            let qp = self.slot(self.recvx);
            if !elem.is_null() {
                copy(elem, qp, self.elemsize);
            }
            if !(*self.elemtype).noscan() {
                clear(self, qp);
            }
        }
        self.recvx = if self.recvx + 1 == self.dataqsiz { 0 } else { self.recvx + 1 };
        self.qcount.store(self.qcount.load(Relaxed) - 1, Release);
    }
}

/// Would a send block? A hint without the lock.
unsafe fn full_hint(c: *const Hchan) -> bool {
    // SAFETY: a channel; a racing word is read, as a hint.
    unsafe {
        if (*c).dataqsiz == 0 {
            (&raw const (*c).recvq.first).read_volatile().is_null()
        } else {
            (*c).qcount.load(Relaxed) == (*c).dataqsiz
        }
    }
}

/// Would a receive from the open channel block? A hint without the lock.
unsafe fn empty_hint(c: *const Hchan) -> bool {
    // SAFETY: as above.
    unsafe {
        if (*c).dataqsiz == 0 {
            (&raw const (*c).sendq.first).read_volatile().is_null()
        } else {
            (*c).qcount.load(Acquire) == 0
        }
    }
}

#[cold]
unsafe fn nil_channel(gp: *mut G, block: bool, reason: WaitReason, would_block: ChanResult) -> ChanResult {
    if block {
        // SAFETY: the running goroutine.
        ChanResult::Park(unsafe { Park::new(gp, None, null_mut(), reason) })
    } else {
        would_block
    }
}

/// Copies an element; nearly all are a word or two.
#[inline(always)]
unsafe fn copy(dst: *mut u8, src: *const u8, size: u32) {
    // SAFETY: both are places for an element, and they do not overlap.
    unsafe {
        match size {
            8 => dst.cast::<u64>().write_unaligned(src.cast::<u64>().read_unaligned()),
            16 => dst.cast::<[u64; 2]>().write_unaligned(src.cast::<[u64; 2]>().read_unaligned()),
            0 => {}
            _ => std::ptr::copy_nonoverlapping(src, dst, size as usize),
        }
    }
}

/// Zeroes an element's place.
pub(crate) unsafe fn clear(ch: &Hchan, elem: *mut u8) {
    // SAFETY: a place for an element.
    unsafe { std::ptr::write_bytes(elem, 0, ch.elemsize as usize) }
}

/// The goroutine's own sudog, for everything but `select`.
#[inline]
unsafe fn own_sudog(gp: *mut G, c: *mut Hchan, elem: *mut u8) -> *mut Sudog {
    // SAFETY: a goroutine waits on one thing at a time.
    unsafe {
        let sg = &raw mut (*gp).sudog0;
        (*sg).g = gp;
        (*sg).elem = elem;
        (*sg).c = c;
        (*sg).is_select = false;
        (*gp).param = null_mut();
        sg
    }
}

/// The commit of a single lock: the waiter is on its queue.
pub(crate) unsafe fn unlock_commit(_gp: *mut G, lock: *mut u8) -> bool {
    // SAFETY: `lock` is the mutex that the parking goroutine holds.
    unsafe { (*lock.cast::<Mutex>()).unlock() };
    true
}

/// Hands a value to a receiver that waits. (Go: `send`, `sendDirect`)
#[inline]
pub(crate) unsafe fn send_to(ch: &Hchan, sg: *mut Sudog, elem: *const u8) {
    // SAFETY: the receiver is parked, its place is ours until it is readied.
    unsafe {
        if !(*sg).elem.is_null() {
            copy((*sg).elem, elem, ch.elemsize);
            (*sg).elem = null_mut();
        }
    }
}

/// Takes a value from a sender that waits; with a buffer, the oldest value, and the sender's goes behind. (Go: `recv`)
#[inline]
pub(crate) unsafe fn recv_from(ch: &mut Hchan, sg: *mut Sudog, elem: *mut u8) {
    // SAFETY: the sender is parked, its place is ours until it is readied.
    unsafe {
        if ch.dataqsiz == 0 {
            if !elem.is_null() {
                copy(elem, (*sg).elem, ch.elemsize);
            }
        } else {
            let qp = ch.slot(ch.recvx);
            if !elem.is_null() {
                copy(elem, qp, ch.elemsize);
            }
            copy(qp, (*sg).elem, ch.elemsize);
            ch.recvx = if ch.recvx + 1 == ch.dataqsiz { 0 } else { ch.recvx + 1 };
            ch.sendx = ch.recvx;
        }
        (*sg).elem = null_mut();
    }
}

/// Readies the waiter, no lock being held.
#[inline]
pub(crate) unsafe fn wake(gp: *mut G, sg: *mut Sudog, success: bool) {
    // SAFETY: dequeued, so ours.
    unsafe {
        let waiter = (*sg).g;
        (*sg).success = success;
        (*waiter).param = sg;
        ready(current_p(gp), waiter, true);
    }
}

/// The P we run on.
#[inline]
pub(crate) unsafe fn current_p(gp: *mut G) -> *mut P {
    // SAFETY: the running goroutine has an M; without one this is g0 of the thread's M.
    unsafe {
        let mp = if gp.is_null() { getm() } else { (*gp).m };
        (*mp).p.load(Relaxed)
    }
}

/// A receive that need not wait; the lock is released then.
#[inline]
unsafe fn recv_locked(gp: *mut G, c: *mut Hchan, elem: *mut u8) -> Option<ChanResult> {
    // SAFETY: the lock is held.
    unsafe {
        let ch = &mut *c;
        let sg = ch.sendq.dequeue();
        if !sg.is_null() {
            recv_from(ch, sg, elem);
            ch.lock.unlock();
            wake(gp, sg, true);
            return Some(ChanResult::Done(true));
        }
        if ch.has_value() {
            ch.buf_pop(elem);
            ch.lock.unlock();
            return Some(ChanResult::Done(true));
        }
        if ch.is_closed() {
            ch.lock.unlock();
            if !elem.is_null() {
                clear(ch, elem);
            }
            return Some(ChanResult::Done(false));
        }
        None
    }
}

#[inline]
unsafe fn recv_park(gp: *mut G, c: *mut Hchan, elem: *mut u8) -> ChanResult {
    // SAFETY: the lock is held.
    unsafe {
        (*c).recvq.enqueue(own_sudog(gp, c, elem));
        ChanResult::Park(Park::new(gp, Some(unlock_commit), (&raw mut (*c).lock).cast(), WaitReason::ChanReceive))
    }
}

/// A receive from a timer's channel: the timer may be due without having run, and must run by itself while we wait.
#[cold]
#[inline(never)]
unsafe fn recv_timer(gp: *mut G, c: *mut Hchan, elem: *mut u8, block: bool) -> ChanResult {
    // SAFETY: as `chanrecv`; the timer is as alive as its channel.
    unsafe {
        let t = (*c).timer;
        timer_maybe_run(t);
        (*c).lock.lock();
        if let Some(done) = recv_locked(gp, c, elem) {
            return done;
        }
        (*c).lock.unlock();
        if !block {
            return ChanResult::WouldBlock;
        }
        // The timer's lock comes before ours, hence the second look.
        timer_block(t);
        (*c).lock.lock();
        if let Some(done) = recv_locked(gp, c, elem) {
            timer_unblock(t);
            return done;
        }
        recv_park(gp, c, elem)
    }
}

/// Empties the buffer of a timer's channel; whether there was a value. The timer's home is locked. (Go:
/// `timerchandrain`)
pub(crate) unsafe fn drain(c: *mut Hchan) -> bool {
    // SAFETY: a channel; its fields are ours under its lock.
    unsafe {
        if (*c).qcount.load(Acquire) == 0 {
            return false;
        }
        let mut any = false;
        (*c).lock.lock();
        while (*c).has_value() {
            any = true;
            (*c).buf_pop(null_mut());
        }
        (*c).lock.unlock();
        any
    }
}

impl WaitQ {
    #[inline]
    pub(crate) unsafe fn enqueue(&mut self, sg: *mut Sudog) {
        // SAFETY: the channel's lock is held; `sg` is on no queue.
        unsafe {
            (*sg).next = null_mut();
            (*sg).prev = self.last;
            if self.last.is_null() {
                self.first = sg;
            } else {
                (*self.last).next = sg;
            }
            self.last = sg;
        }
    }

    /// The oldest waiter that is still to be woken, or null.
    #[inline]
    pub(crate) unsafe fn dequeue(&mut self) -> *mut Sudog {
        loop {
            let sg = self.first;
            if sg.is_null() {
                return sg;
            }
            // SAFETY: the channel's lock is held; sudogs on the queue are alive.
            unsafe {
                self.first = (*sg).next;
                if self.first.is_null() {
                    self.last = null_mut();
                } else {
                    (*self.first).prev = null_mut();
                    (*sg).next = null_mut();
                }
                // A goroutine in a `select` may be on other queues too: whoever sets the flag wakes it. If we lose, its
                // own clean-up finds this sudog already gone.
                if (*sg).is_select && (*(*sg).g).select_done.compare_exchange(0, 1, AcqRel, Relaxed).is_err() {
                    continue;
                }
            }
            return sg;
        }
    }

    /// Whether `sg` is on it.
    pub(crate) unsafe fn holds(&self, sg: *mut Sudog) -> bool {
        let mut at = self.first;
        while !at.is_null() && at != sg {
            // SAFETY: the channel's lock is held; sudogs on the queue are alive.
            at = unsafe { (*at).next };
        }
        !at.is_null()
    }

    /// Takes `sg` off, wherever it is; it may be gone already. (Go: `dequeueSudoG`)
    pub(crate) unsafe fn dequeue_sudog(&mut self, sg: *mut Sudog) {
        // SAFETY: as above.
        unsafe {
            let (prev, next) = ((*sg).prev, (*sg).next);
            if prev.is_null() && next.is_null() && self.first != sg {
                return;
            }
            if prev.is_null() {
                self.first = next;
            } else {
                (*prev).next = next;
            }
            if next.is_null() {
                self.last = prev;
            } else {
                (*next).prev = prev;
            }
            (*sg).prev = null_mut();
            (*sg).next = null_mut();
        }
    }
}
