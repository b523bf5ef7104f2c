//! Channels: the buffer, the waiters, and how a value passes from goroutine to goroutine. (Go: runtime/chan.go)

use crate::g::*;
use crate::heap::GcType;

/// A channel, in the collected heap.
#[repr(C)]
pub struct Hchan {
    pub qcount: u32,
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
    /// Send on a closed channel: the caller panics.
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

/// A new channel of `n` elements, or `None` if the size is out of range (`makechan: size out of range`).
///
/// # Safety
/// `gp` is the running goroutine, `elem` lives for ever.
pub unsafe fn makechan(gp: *mut G, elem: *const GcType, n: i64) -> Option<*mut Hchan> {
    let _ = (gp, elem, n);
    todo!()
}

/// `c <- *elem`. After a `Park`, `elem` must stay valid until `chansend_finish`.
///
/// # Safety
/// `gp` is the running goroutine; `c` is null or a channel; `elem` points at a value of its element type.
pub unsafe fn chansend(gp: *mut G, c: *mut Hchan, elem: *const u8, block: bool) -> ChanResult {
    let _ = (gp, c, elem, block);
    todo!()
}

/// After a parked send. `false`: the channel was closed meanwhile, the caller panics with `send on closed channel`.
///
/// # Safety
/// `gp` is the running goroutine and parked with what `chansend` returned.
#[must_use]
pub unsafe fn chansend_finish(gp: *mut G) -> bool {
    let _ = gp;
    todo!()
}

/// `*elem = <-c`; `elem` may be null to drop the value.
///
/// # Safety
/// As [`chansend`].
pub unsafe fn chanrecv(gp: *mut G, c: *mut Hchan, elem: *mut u8, block: bool) -> ChanResult {
    let _ = (gp, c, elem, block);
    todo!()
}

/// After a parked receive: the `ok` of `v, ok := <-c`.
///
/// # Safety
/// `gp` is the running goroutine and parked with what `chanrecv` returned.
pub unsafe fn chanrecv_finish(gp: *mut G) -> bool {
    let _ = gp;
    todo!()
}

/// `close(c)`.
///
/// # Safety
/// `gp` is the running goroutine; `c` is null or a channel.
pub unsafe fn closechan(gp: *mut G, c: *mut Hchan) -> Result<(), CloseError> {
    let _ = (gp, c);
    todo!()
}

/// `len(c)`; 0 for nil.
///
/// # Safety
/// `c` is null or a channel.
pub unsafe fn chanlen(c: *const Hchan) -> i64 {
    let _ = c;
    todo!()
}

/// `cap(c)`; 0 for nil.
///
/// # Safety
/// `c` is null or a channel.
pub unsafe fn chancap(c: *const Hchan) -> i64 {
    let _ = c;
    todo!()
}
