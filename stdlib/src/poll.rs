//! Package internal/poll: descriptors with locks, deadlines and waiting. (Go: internal/poll/fd_mutex.go, fd_unix.go)
//!
//! One native does a whole operation: it takes the descriptor's read or write lock, tries the system call, parks on the
//! poll descriptor while the kernel says that it would block, and lets go of the lock. What it needs over a park lies in
//! its argument slots. A descriptor that the poller does not watch is used between `entersyscall` and `exitsyscall`; one
//! that it watches is nonblocking, so its calls are short and keep their P.
//!
//! A TCP connection that gave less than there was room for is empty, and whatever comes next is an event (epoll is
//! edge-triggered): the next read then waits without asking the kernel first, which saves a third of the system calls of
//! a server that answers. Not so once the kernel has said something that it says only once (`poll_more_events`). Go asks.

use crate::sys::{CallResult, blocking, result};
use minigo_runtime::sema::{semacquire, semacquire_finish, semrelease};
use minigo_runtime::{
    Mode, PollDesc, PollErr, PollWait, WaitReason, poll_close, poll_more_events, poll_open,
    poll_reset, poll_set_deadline, poll_unblock, poll_wait, poll_wait_finish,
};
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, NativeRet, NativeTable, Wait, park};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::*};

/// poll.FD in memory.
#[repr(C)]
struct Fd {
    /// See [`CLOSED`] and below.
    state: AtomicU64,
    rsema: AtomicU32,
    wsema: AtomicU32,
    /// Signalled when the file is really closed.
    csema: AtomicU32,
    /// See [`BLOCKING`] and [`STD`].
    flags: AtomicU32,
    sysfd: i64,
    /// Null: the poller does not watch it.
    pd: *mut PollDesc,
}

/// Closing: no operation begins any more.
const CLOSED: u64 = 1;
/// Somebody reads, somebody writes.
const RLOCK: u64 = 2;
const WLOCK: u64 = 4;
/// Operations under way, in 20 bits; the file is closed when the last ends.
const REF: u64 = 1 << 3;
const REFS: u64 = ((1 << 20) - 1) << 3;
/// Who waits for the read lock, for the write lock, in 20 bits each.
const RWAITER: u64 = 1 << 23;
const RWAITERS: u64 = ((1 << 20) - 1) << 23;
const WWAITER: u64 = 1 << 43;
const WWAITERS: u64 = ((1 << 20) - 1) << 43;

/// In `flags`: the file has been made blocking behind our back (`os.File.Fd`).
const BLOCKING: u32 = 4;
/// In `flags`: standard output or error. A broken pipe there ends the process.
const STD: u32 = 8;

/// In `flags`: a TCP connection.
const TCP: u32 = 16;
/// In `flags`: the last read took all there was. Under the read lock.
const EMPTY: u32 = 32;

/// Errors that are not the kernel's; package poll gives them their values.
const ERR_CLOSING: i64 = -1;
const ERR_TIMEOUT: i64 = -2;
const ERR_NO_DEADLINE: i64 = -3;
const ERR_NOT_POLLABLE: i64 = -4;
const ERR_UNEXPECTED_EOF: i64 = -5;

fn error_code(e: PollErr) -> i64 {
    match e {
        PollErr::None => 0,
        PollErr::Closing => ERR_CLOSING,
        PollErr::Timeout => ERR_TIMEOUT,
        PollErr::NotPollable => ERR_NOT_POLLABLE,
    }
}

/// What asking for a lock came to.
enum Lock {
    Taken,
    Closed,
    /// Counted as a waiter: acquire the semaphore, then ask again.
    Wait,
}

impl Fd {
    /// Bits of one direction: lock, one waiter, all waiters.
    fn bits(mode: Mode) -> (u64, u64, u64) {
        match mode {
            Mode::Read => (RLOCK, RWAITER, RWAITERS),
            Mode::Write => (WLOCK, WWAITER, WWAITERS),
        }
    }

    fn sema(&self, mode: Mode) -> &AtomicU32 {
        match mode {
            Mode::Read => &self.rsema,
            Mode::Write => &self.wsema,
        }
    }

    /// Go: `fdMutex.rwlock`.
    fn lock(&self, mode: Mode) -> Lock {
        let (bit, waiter, _) = Fd::bits(mode);
        let mut old = self.state.load(Relaxed);
        loop {
            if old & CLOSED != 0 {
                return Lock::Closed;
            }
            let free = old & bit == 0;
            let new = if free {
                (old | bit) + REF
            } else {
                old + waiter
            };
            match self.state.compare_exchange_weak(old, new, Acquire, Relaxed) {
                Ok(_) if free => return Lock::Taken,
                Ok(_) => return Lock::Wait,
                Err(now) => old = now,
            }
        }
    }

    /// Whether it is for the caller to close the file. (Go: `fdMutex.rwunlock`)
    unsafe fn unlock(&self, gp: *mut G, mode: Mode) -> bool {
        let (bit, waiter, waiters) = Fd::bits(mode);
        let mut old = self.state.load(Relaxed);
        loop {
            let mut new = (old & !bit) - REF;
            if old & waiters != 0 {
                new -= waiter;
            }
            match self.state.compare_exchange_weak(old, new, Release, Relaxed) {
                Ok(_) => {
                    if old & waiters != 0 {
                        // SAFETY: the caller is the running goroutine.
                        let _ = unsafe { semrelease(gp, self.sema(mode), false) };
                    }
                    return new & (CLOSED | REFS) == CLOSED;
                }
                Err(now) => old = now,
            }
        }
    }

    /// Go: `fdMutex.incref`.
    fn incref(&self) -> bool {
        let add = |s: u64| (s & CLOSED == 0).then(|| s + REF);
        self.state.fetch_update(Acquire, Relaxed, add).is_ok()
    }

    /// Whether it is for the caller to close the file. (Go: `fdMutex.decref`)
    fn decref(&self) -> bool {
        let new = self.state.fetch_sub(REF, AcqRel) - REF;
        new & (CLOSED | REFS) == CLOSED
    }

    /// From here on nobody gets in, and who waits for a lock comes back. (Go: `fdMutex.increfAndClose`)
    unsafe fn incref_and_close(&self, gp: *mut G) -> bool {
        let close =
            |s: u64| (s & CLOSED == 0).then(|| ((s | CLOSED) + REF) & !(RWAITERS | WWAITERS));
        let Ok(old) = self.state.fetch_update(AcqRel, Relaxed, close) else {
            return false;
        };
        for (mode, waiter, waiters) in [
            (Mode::Read, RWAITER, RWAITERS),
            (Mode::Write, WWAITER, WWAITERS),
        ] {
            for _ in 0..(old & waiters) / waiter {
                // SAFETY: the caller is the running goroutine.
                let _ = unsafe { semrelease(gp, self.sema(mode), false) };
            }
        }
        true
    }

    /// The last user is gone. Returns close's error. (Go: `FD.destroy`)
    unsafe fn destroy(&mut self, gp: *mut G) -> i64 {
        // SAFETY: nobody uses the file or its poll descriptor any more.
        unsafe {
            let pd = std::mem::replace(&mut self.pd, null_mut());
            if !pd.is_null() {
                poll_close(pd);
            }
            let fd = std::mem::replace(&mut self.sysfd, -1) as i32;
            let r = blocking(gp, || result(libc::close(fd)));
            let _ = semrelease(gp, &self.csema, false);
            // The kernel has let go of it in any case.
            if r == -libc::EINTR as i64 {
                0
            } else {
                -r.min(0)
            }
        }
    }
}

// ---- operations ----

/// An operation that may wait. Its first two results are a count and an error; the descriptor comes behind the results.
trait Op {
    const MODE: Mode;
    /// Slots of results.
    const RESULTS: usize = 2;
    /// Forget earlier events before the first attempt.
    const RESET: bool = true;

    /// Notes whether the connection was emptied, and waits at once if it was.
    const NOTES_EMPTY: bool = false;

    /// One system call.
    ///
    /// # Safety
    /// The slots are those of this operation.
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult;

    /// Notes success in the slots. `Ok(true)`: done, `Ok(false)`: once more, or an error.
    ///
    /// # Safety
    /// As `attempt`.
    unsafe fn progress(args: *mut u64, n: CallResult) -> Result<bool, i64> {
        // SAFETY: the count is the first result.
        unsafe { *args = n as u64 };
        Ok(true)
    }
}

unsafe fn fd_of<O: Op>(args: *mut u64) -> *mut Fd {
    // SAFETY: behind the results lies the receiver.
    unsafe { *args.add(O::RESULTS) as *mut Fd }
}

/// The native itself.
unsafe extern "C" fn start<O: Op>(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the slots are those of this operation.
    unsafe {
        for i in 0..O::RESULTS {
            *args.add(i) = 0;
        }
        if fd_of::<O>(args).is_null() {
            return native::raise_nil_deref(gp);
        }
        lock::<O>(gp, args)
    }
}

unsafe fn lock<O: Op>(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the descriptor is alive: the argument slot refers to it.
    unsafe {
        let fd = &*fd_of::<O>(args);
        loop {
            match fd.lock(O::MODE) {
                Lock::Taken => break,
                Lock::Closed => {
                    *args.add(1) = ERR_CLOSING as u64;
                    return NativeRet::Done;
                }
                Lock::Wait => {
                    let sema = fd.sema(O::MODE);
                    if let Wait::Park(p) = semacquire(gp, sema, false, WaitReason::Semacquire) {
                        return park(gp, p, Some(lock_resumed::<O>));
                    }
                }
            }
        }
        if O::MODE == Mode::Read && fd.flags.load(Relaxed) & (EMPTY | BLOCKING) == EMPTY {
            if O::NOTES_EMPTY {
                if slice::<O>(args, 0).len > 0 && poll_more_events(fd.pd) {
                    fd.flags.fetch_and(!EMPTY, Relaxed);
                    return would_block::<O>(gp, args);
                }
            } else {
                // It may use up the event that the next read would wait for.
                fd.flags.fetch_and(!EMPTY, Relaxed);
            }
        }
        if O::RESET && !fd.pd.is_null() {
            let e = poll_reset(fd.pd, O::MODE);
            if e != PollErr::None {
                return end::<O>(gp, args, error_code(e));
            }
        }
        attempts::<O>(gp, args)
    }
}

unsafe extern "C" fn lock_resumed<O: Op>(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `semacquire`.
    unsafe {
        match semacquire_finish(gp) {
            Wait::Park(p) => park(gp, p, Some(lock_resumed::<O>)),
            Wait::Ready => lock::<O>(gp, args),
        }
    }
}

unsafe fn attempts<O: Op>(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the lock is ours, so the file stays open.
    unsafe {
        let fd = fd_of::<O>(args);
        let (sysfd, mut pd) = ((*fd).sysfd as i32, (*fd).pd);
        if (*fd).flags.load(Relaxed) & BLOCKING != 0 {
            pd = null_mut();
        }
        loop {
            let n = if pd.is_null() {
                blocking(gp, || O::attempt(sysfd, args))
            } else {
                O::attempt(sysfd, args)
            };
            if n >= 0 {
                match O::progress(args, n) {
                    Ok(true) => {
                        if O::NOTES_EMPTY && (*fd).flags.load(Relaxed) & (TCP | BLOCKING) == TCP {
                            note_empty::<O>(fd, args, n);
                        }
                        return end::<O>(gp, args, 0);
                    }
                    Ok(false) => continue,
                    Err(e) => return end::<O>(gp, args, e),
                }
            }
            match -n as i32 {
                libc::EINTR => {}
                libc::EAGAIN if !pd.is_null() => match poll_wait(gp, pd, O::MODE) {
                    PollWait::Park(p) => return park(gp, p, Some(woken::<O>)),
                    PollWait::Done(PollErr::None) => {}
                    PollWait::Done(e) => return end::<O>(gp, args, error_code(e)),
                },
                e => {
                    if e == libc::EPIPE && (*fd).flags.load(Relaxed) & STD != 0 {
                        crate::os::die_of_broken_pipe();
                    }
                    return end::<O>(gp, args, e as i64);
                }
            }
        }
    }
}

/// `n` bytes were read.
unsafe fn note_empty<O: Op>(fd: *mut Fd, args: *mut u64, n: CallResult) {
    // SAFETY: the read lock is ours.
    unsafe {
        if n > 0 && n < slice::<O>(args, 0).len {
            (*fd).flags.fetch_or(EMPTY, Relaxed);
        }
    }
}

/// The lock is ours, and an attempt would come to nothing.
unsafe fn would_block<O: Op>(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the poller watches the file.
    unsafe {
        match poll_wait(gp, (*fd_of::<O>(args)).pd, O::MODE) {
            PollWait::Park(p) => park(gp, p, Some(woken::<O>)),
            PollWait::Done(PollErr::None) => attempts::<O>(gp, args),
            PollWait::Done(e) => end::<O>(gp, args, error_code(e)),
        }
    }
}

unsafe extern "C" fn woken<O: Op>(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `poll_wait`, and still hold the lock.
    unsafe {
        match poll_wait_finish(gp, (*fd_of::<O>(args)).pd, O::MODE) {
            PollWait::Park(p) => park(gp, p, Some(woken::<O>)),
            PollWait::Done(PollErr::None) => attempts::<O>(gp, args),
            PollWait::Done(e) => end::<O>(gp, args, error_code(e)),
        }
    }
}

unsafe fn end<O: Op>(gp: *mut G, args: *mut u64, error: i64) -> NativeRet {
    // SAFETY: the lock is ours.
    unsafe {
        let fd = fd_of::<O>(args);
        if (*fd).unlock(gp, O::MODE) {
            (*fd).destroy(gp);
        }
        *args.add(1) = error as u64;
        NativeRet::Done
    }
}

/// A slice among the params: `i` slots behind the descriptor.
unsafe fn slice<O: Op>(args: *mut u64, i: usize) -> GoSlice {
    // SAFETY: the operation's signature has a slice there.
    unsafe { native::Args(args).get(O::RESULTS + 1 + i) }
}

unsafe fn word<O: Op>(args: *mut u64, i: usize) -> i64 {
    // SAFETY: the operation's signature has a number there.
    unsafe { *args.add(O::RESULTS + 1 + i) as i64 }
}

/// No more than this in one call, as some kernels refuse more. (Go: `maxRW`)
const MAX_RW: usize = 1 << 30;

/// func (fd *FD) read(p []byte) (n, errno int)
struct Read;
impl Op for Read {
    const MODE: Mode = Mode::Read;
    const NOTES_EMPTY: bool = true;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: the slice is writable memory.
        unsafe {
            let p = slice::<Read>(args, 0);
            if p.len == 0 {
                return 0;
            }
            result(libc::read(fd, p.ptr.cast(), (p.len as usize).min(MAX_RW)))
        }
    }
}

/// func (fd *FD) pread(p []byte, off int64) (n, errno int)
struct Pread;
impl Op for Pread {
    const MODE: Mode = Mode::Read;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: as for `Read`.
        unsafe {
            let p = slice::<Pread>(args, 0);
            let n = (p.len as usize).min(MAX_RW);
            result(libc::pread(fd, p.ptr.cast(), n, word::<Pread>(args, 3)))
        }
    }
}

/// The rest of what is to be written, given the count so far.
unsafe fn rest<O: Op>(args: *mut u64) -> (*const libc::c_void, usize) {
    // SAFETY: the count is at most the slice's length.
    unsafe {
        let (p, done) = (slice::<O>(args, 0), *args as usize);
        (
            p.ptr.wrapping_add(done).cast(),
            (p.len as usize - done).min(MAX_RW),
        )
    }
}

/// Goes on until all is written.
unsafe fn wrote<O: Op>(args: *mut u64, n: CallResult) -> Result<bool, i64> {
    // SAFETY: the count is the first result.
    unsafe {
        *args += n as u64;
        let len = slice::<O>(args, 0).len;
        if n == 0 && len != 0 {
            return Err(ERR_UNEXPECTED_EOF);
        }
        Ok(*args as i64 == len)
    }
}

/// func (fd *FD) write(p []byte) (n, errno int)
struct Write;
impl Op for Write {
    const MODE: Mode = Mode::Write;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: the slice is readable memory.
        unsafe {
            let (ptr, n) = rest::<Write>(args);
            result(minigo_runtime::session::write(fd, ptr.cast(), n))
        }
    }
    unsafe fn progress(args: *mut u64, n: CallResult) -> Result<bool, i64> {
        // SAFETY: as promised to us.
        unsafe { wrote::<Write>(args, n) }
    }
}

/// func (fd *FD) pwrite(p []byte, off int64) (n, errno int)
struct Pwrite;
impl Op for Pwrite {
    const MODE: Mode = Mode::Write;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: as for `Write`.
        unsafe {
            let (ptr, n) = rest::<Pwrite>(args);
            let off = word::<Pwrite>(args, 3) + *args as i64;
            minigo_runtime::limits::writing(fd, ptr.cast(), n);
            result(libc::pwrite(fd, ptr, n, off))
        }
    }
    unsafe fn progress(args: *mut u64, n: CallResult) -> Result<bool, i64> {
        // SAFETY: as promised to us.
        unsafe { wrote::<Pwrite>(args, n) }
    }
}

/// func (fd *FD) recvfrom(p []byte, flags int, addr []byte) (n, errno, alen int)
struct RecvFrom;
impl Op for RecvFrom {
    const MODE: Mode = Mode::Read;
    const RESULTS: usize = 3;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: both slices are writable memory.
        unsafe {
            let (p, flags) = (slice::<Self>(args, 0), word::<Self>(args, 3) as i32);
            let addr = slice::<Self>(args, 4);
            let mut alen = addr.len as libc::socklen_t;
            let n = libc::recvfrom(
                fd,
                p.ptr.cast(),
                (p.len as usize).min(MAX_RW),
                flags,
                addr.ptr.cast(),
                &mut alen,
            );
            let n = result(n);
            *args.add(2) = (alen as i64).min(addr.len) as u64;
            n
        }
    }
}

/// func (fd *FD) sendto(p []byte, flags int, addr []byte) (n, errno int)
struct SendTo;
impl Op for SendTo {
    const MODE: Mode = Mode::Write;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: both slices are readable memory.
        unsafe {
            let (p, flags) = (slice::<Self>(args, 0), word::<Self>(args, 3) as i32);
            let addr = slice::<Self>(args, 4);
            let to = if addr.len == 0 { null_mut() } else { addr.ptr };
            let alen = addr.len as libc::socklen_t;
            let n = p.len as usize;
            result(libc::sendto(
                fd,
                p.ptr.cast(),
                n,
                flags | libc::MSG_NOSIGNAL,
                to.cast(),
                alen,
            ))
        }
    }
}

/// func (fd *FD) accept(addr []byte) (sysfd, errno, alen int)
struct Accept;
impl Op for Accept {
    const MODE: Mode = Mode::Read;
    const RESULTS: usize = 3;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: the slice is writable memory.
        unsafe {
            let addr = slice::<Self>(args, 0);
            let mut alen = addr.len as libc::socklen_t;
            let flags = libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK;
            let n = result(libc::accept4(fd, addr.ptr.cast(), &mut alen, flags));
            *args.add(2) = (alen as i64).min(addr.len) as u64;
            // Aborted before we came to it: as if it had never been there.
            if n == -libc::ECONNABORTED as i64 {
                -libc::EINTR as i64
            } else {
                n
            }
        }
    }
}

/// func (fd *FD) waitWrite() (n, errno int): until a connection is there, or has failed. The event may have come before,
/// so it is not forgotten at the start.
struct WaitWrite;
impl Op for WaitWrite {
    const MODE: Mode = Mode::Write;
    const RESET: bool = false;
    unsafe fn attempt(_fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: the first result tells whether we have waited.
        unsafe {
            let waited = std::mem::replace(&mut *args, 1);
            if waited == 0 { -libc::EAGAIN as i64 } else { 0 }
        }
    }
}

/// func (fd *FD) waitRead() (n, errno int)
struct WaitRead;
impl Op for WaitRead {
    const MODE: Mode = Mode::Read;
    const RESET: bool = false;
    unsafe fn attempt(fd: i32, args: *mut u64) -> CallResult {
        // SAFETY: as for `WaitWrite`.
        unsafe { WaitWrite::attempt(fd, args) }
    }
}

// ---- the rest ----

/// func (fd *FD) close() (errno int). The caller comes back when the file is really closed, if the poller watches it.
unsafe extern "C" fn close(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the slots are result and receiver.
    unsafe {
        let Some(fd) = (*args.add(1) as *mut Fd).as_mut() else {
            return native::raise_nil_deref(gp);
        };
        *args = 0;
        if !fd.incref_and_close(gp) {
            *args = ERR_CLOSING as u64;
            return NativeRet::Done;
        }
        let watched = !fd.pd.is_null();
        if watched {
            // Whoever waits comes back, and gives up its reference.
            poll_unblock(fd.pd);
        }
        if fd.decref() {
            *args = fd.destroy(gp) as u64;
        }
        if !watched {
            return NativeRet::Done;
        }
        match semacquire(gp, &fd.csema, false, WaitReason::Semacquire) {
            Wait::Park(p) => park(gp, p, Some(closed)),
            Wait::Ready => NativeRet::Done,
        }
    }
}

unsafe extern "C" fn closed(gp: *mut G, _args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `semacquire`.
    unsafe {
        match semacquire_finish(gp) {
            Wait::Park(p) => park(gp, p, Some(closed)),
            Wait::Ready => NativeRet::Done,
        }
    }
}

native! {
    /// Has the poller watch the file, which is nonblocking.
    fn open(gp, fd: *mut Fd) -> i64 {
        match poll_open((*fd).sysfd as i32) {
            Ok(pd) => {
                (*fd).pd = pd;
                0
            }
            Err(errno) => errno as i64,
        }
    }
    fn incref(gp, fd: *mut Fd) -> i64 {
        if (*fd).incref() { 0 } else { ERR_CLOSING }
    }
    fn decref(gp, fd: *mut Fd) {
        if (*fd).decref() {
            (*fd).destroy(gp);
        }
    }
    /// Deadline of the directions in `modes` (1: read, 2: write), relative to now; 0: none.
    fn set_deadline(gp, fd: *mut Fd, ns: i64, modes: i64) -> i64 {
        if !(*fd).incref() {
            return ERR_CLOSING;
        }
        let mut error = 0;
        if (*fd).pd.is_null() {
            error = ERR_NO_DEADLINE;
        } else {
            let modes: &[Mode] = match modes {
                1 => &[Mode::Read],
                2 => &[Mode::Write],
                _ => &[Mode::Read, Mode::Write],
            };
            poll_set_deadline(gp, (*fd).pd, ns, modes);
        }
        if (*fd).decref() {
            (*fd).destroy(gp);
        }
        error
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("internal/poll.FD.accept", start::<Accept>),
    ("internal/poll.FD.close", close),
    ("internal/poll.FD.decref", decref),
    ("internal/poll.FD.incref", incref),
    ("internal/poll.FD.open", open),
    ("internal/poll.FD.pread", start::<Pread>),
    ("internal/poll.FD.pwrite", start::<Pwrite>),
    ("internal/poll.FD.read", start::<Read>),
    ("internal/poll.FD.recvfrom", start::<RecvFrom>),
    ("internal/poll.FD.sendto", start::<SendTo>),
    ("internal/poll.FD.setDeadline", set_deadline),
    ("internal/poll.FD.waitRead", start::<WaitRead>),
    ("internal/poll.FD.waitWrite", start::<WaitWrite>),
    ("internal/poll.FD.write", start::<Write>),
];
