//! The poller on Linux: epoll, edge-triggered, and an eventfd to break a wait. (Go: runtime/netpoll_epoll.go)
//!
//! An event's word is the descriptor's address in the lower 48 bits and the lower 16 bits of its sequence number above;
//! 0 stands for the eventfd.
//! Knows nothing of: who waits, who is woken first.

use super::{Mode, PollDesc, take};
use crate::fatal::throw;
use crate::g::GList;
use crate::sync::*;
use std::ptr::null;

static EPFD: AtomicI32 = AtomicI32::new(-1);
static EVENTFD: AtomicI32 = AtomicI32::new(-1);
/// A break is on its way: further ones need not be sent.
static WAKE_SENT: AtomicU32 = AtomicU32::new(0);

const ADDRESS_BITS: u32 = 48;

fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// Creates the poller.
pub(super) fn netpollinit() {
    // SAFETY: plain system calls.
    unsafe {
        let ep = libc::epoll_create1(libc::EPOLL_CLOEXEC);
        let ev = libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK);
        if ep < 0 || ev < 0 {
            throw(&format!("netpollinit: epoll_create or eventfd failed with {}", errno()));
        }
        let mut event = libc::epoll_event { events: libc::EPOLLIN as u32, u64: 0 };
        if libc::epoll_ctl(ep, libc::EPOLL_CTL_ADD, ev, &mut event) != 0 {
            throw(&format!("netpollinit: epoll_ctl failed with {}", errno()));
        }
        EVENTFD.store(ev, Release);
        EPFD.store(ep, Release);
    }
}

/// Registers a descriptor for all it may ever wait for.
///
/// # Safety
/// `pd` is new, and nobody else knows it.
pub(super) unsafe fn netpollopen(fd: i32, pd: *mut PollDesc) -> Result<(), i32> {
    // SAFETY: descriptors live for ever.
    let tag = unsafe { (*pd).seq.load(Relaxed) } as u64;
    debug_assert!((pd as u64) >> ADDRESS_BITS == 0);
    let events = libc::EPOLLIN | libc::EPOLLOUT | libc::EPOLLRDHUP | libc::EPOLLPRI | libc::EPOLLET;
    let mut event = libc::epoll_event { events: events as u32, u64: pd as u64 | tag << ADDRESS_BITS };
    // SAFETY: the event is copied by the kernel.
    match unsafe { libc::epoll_ctl(EPFD.load(Acquire), libc::EPOLL_CTL_ADD, fd, &mut event) } {
        0 => Ok(()),
        _ => Err(errno()),
    }
}

/// Forgets a descriptor.
pub(super) fn netpollclose(fd: i32) {
    let mut event = libc::epoll_event { events: 0, u64: 0 };
    // SAFETY: as above. A failure means that the kernel has forgotten it already.
    unsafe { libc::epoll_ctl(EPFD.load(Acquire), libc::EPOLL_CTL_DEL, fd, &mut event) };
}

/// Wakes whoever waits.
pub(super) fn netpoll_break() {
    if WAKE_SENT.compare_exchange(0, 1, AcqRel, Relaxed).is_err() {
        return;
    }
    let one = 1u64;
    loop {
        // SAFETY: 8 bytes are written.
        let n = unsafe { libc::write(EVENTFD.load(Acquire), (&raw const one).cast(), 8) };
        // EAGAIN: the counter is full, which wakes as well.
        if n == 8 || errno() == libc::EAGAIN {
            return;
        }
        if errno() != libc::EINTR {
            throw(&format!("netpoll_break: write failed with {}", errno()));
        }
    }
}

/// The kernel's wait with a timeout in nanoseconds, where it has one.
fn wait(events: &mut [libc::epoll_event], delay: i64) -> i32 {
    static NO_NANOSECONDS: AtomicBool = AtomicBool::new(false);
    let ep = EPFD.load(Acquire);
    // SAFETY: the array is as long as said.
    unsafe {
        if delay > 0 && !NO_NANOSECONDS.load(Relaxed) {
            let ts = libc::timespec { tv_sec: delay / 1_000_000_000, tv_nsec: delay % 1_000_000_000 };
            let n = libc::syscall(
                libc::SYS_epoll_pwait2,
                ep,
                events.as_mut_ptr(),
                events.len() as libc::c_int,
                &raw const ts,
                null::<libc::sigset_t>(),
                0usize,
            );
            if n >= 0 || errno() != libc::ENOSYS {
                return n as i32;
            }
            NO_NANOSECONDS.store(true, Relaxed);
        }
        // Rounded up, or the last part of a millisecond would be spent polling.
        let ms = match delay {
            ..=0 => delay.signum() as i32,
            _ => (delay / 1_000_000 + (delay % 1_000_000 != 0) as i64).min(1_000_000_000) as i32,
        };
        libc::epoll_wait(ep, events.as_mut_ptr(), events.len() as libc::c_int, ms)
    }
}

/// See [`super::netpoll`].
///
/// # Safety
/// At most one M at a time calls it with a delay.
pub(super) unsafe fn netpoll(delay: i64) -> GList {
    let mut events = [libc::epoll_event { events: 0, u64: 0 }; 128];
    let mut list = GList::new();
    let n = wait(&mut events, delay);
    if n < 0 {
        // EINTR: the caller looks at the clock, and comes again.
        match errno() {
            libc::EINTR => return list,
            e => throw(&format!("netpoll: epoll_wait failed with {e}")),
        }
    }
    for event in &events[..n as usize] {
        let (flags, word) = (event.events as i32, event.u64);
        if word == 0 {
            // A poll that does not block leaves the break to the one that does.
            if delay != 0 {
                let mut count = 0u64;
                // SAFETY: 8 bytes are read.
                unsafe { libc::read(EVENTFD.load(Acquire), (&raw mut count).cast(), 8) };
                WAKE_SENT.store(0, Release);
            }
            continue;
        }
        let pd = (word & ((1 << ADDRESS_BITS) - 1)) as *mut PollDesc;
        let hup = libc::EPOLLHUP | libc::EPOLLERR;
        // SAFETY: descriptors live for ever.
        unsafe {
            if (*pd).seq.load(Acquire) as u16 != (word >> ADDRESS_BITS) as u16 {
                continue;
            }
            (*pd).set_event_err(flags == libc::EPOLLERR);
            if flags & (libc::EPOLLRDHUP | libc::EPOLLPRI | hup) != 0 {
                (*pd).set_last_word();
            }
            if flags & (libc::EPOLLIN | libc::EPOLLRDHUP | hup) != 0 {
                take(pd, Mode::Read, true, &mut list);
            }
            if flags & (libc::EPOLLOUT | hup) != 0 {
                take(pd, Mode::Write, true, &mut list);
            }
        }
    }
    list
}

