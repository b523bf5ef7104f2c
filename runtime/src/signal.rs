//! Signals: what happens at their arrival, and how a program receives them. (Go: runtime/sigqueue.go, signal_unix.go)
//!
//! Most signals keep the system's default action, which is Go's, too: `SIGINT`, `SIGTERM` and `SIGHUP` end the process.
//! At the start a handler is installed for those where Go differs: `SIGQUIT` prints all goroutines and exits with status
//! 2; the ones that Go only notifies of, such as `SIGUSR1`, do nothing.
//! A program that asks for a signal ([`enable`]) has it put in `pending`, and a descriptor that the poller watches becomes
//! readable; one goroutine takes signals out by [`recv`].
//!
//! A handler runs on any thread at any moment, on the thread's alternate stack: it does nothing but set words, write to a
//! descriptor and wake a futex.
//! Knows nothing of: channels that signals are sent on.

use crate::netpoll::{Mode, PollDesc, PollErr, PollWait, poll_open, poll_reset, poll_wait, poll_wait_finish};
use crate::g::{G, Park};
use crate::sync::*;
use std::ptr::null_mut;

/// Signals are below this number.
const NSIG: i32 = 65;

/// A set of signals.
struct Set([AtomicU64; 2]);

impl Set {
    const fn new() -> Set {
        Set([AtomicU64::new(0), AtomicU64::new(0)])
    }
    fn has(&self, sig: i32) -> bool {
        self.0[sig as usize / 64].load(SeqCst) >> (sig % 64) & 1 != 0
    }
    fn add(&self, sig: i32) {
        self.0[sig as usize / 64].fetch_or(1 << (sig % 64), SeqCst);
    }
    fn remove(&self, sig: i32) {
        self.0[sig as usize / 64].fetch_and(!(1 << (sig % 64)), SeqCst);
    }
    /// Takes one out.
    fn take(&self) -> Option<i32> {
        for (i, word) in self.0.iter().enumerate() {
            let bits = word.load(SeqCst);
            if bits != 0 {
                let bit = bits.trailing_zeros();
                word.fetch_and(!(1 << bit), SeqCst);
                return Some(64 * i as i32 + bit as i32);
            }
        }
        None
    }
}

/// The program wants them.
static WANTED: Set = Set::new();
/// They came, and were not received yet.
static PENDING: Set = Set::new();
/// The program ignores them, or its parent had before it.
static IGNORED: Set = Set::new();
/// Of `SIGINT` and `SIGHUP`, those that the parent had ignored: nobody is to lose a program behind `nohup`.
static INHERITED: Set = Set::new();
/// Becomes readable when there are pending ones; -1: nobody has asked for any.
static EVENTS: AtomicI32 = AtomicI32::new(-1);
/// Its poll descriptor.
static EVENTS_PD: AtomicPtr<PollDesc> = AtomicPtr::new(null_mut());
/// `SIGQUIT` came: sysmon prints everything.
static QUIT: AtomicBool = AtomicBool::new(false);

/// One of [`ENDING`] came: sysmon ends the process.
static ENDED_BY: AtomicI32 = AtomicI32::new(0);
/// [`ENDING`] have our handler.
static FILES: AtomicBool = AtomicBool::new(false);

/// Those by which users and systems end programs.
const ENDING: [i32; 3] = [libc::SIGINT, libc::SIGTERM, libc::SIGHUP];

/// Those that Go tells the program of, and otherwise drops. `SIGPIPE`: a write fails, and what then, the writer decides.
const DROPPED: [i32; 9] = [
    libc::SIGUSR1,
    libc::SIGUSR2,
    libc::SIGPIPE,
    libc::SIGALRM,
    libc::SIGXCPU,
    libc::SIGXFSZ,
    libc::SIGVTALRM,
    libc::SIGPROF,
    libc::SIGIO,
];

extern "C" fn handler(sig: libc::c_int) {
    // SAFETY: errno is this thread's own, and must be left as it was.
    let saved = unsafe { *libc::__errno_location() };
    if !deliver(sig) {
        if sig == libc::SIGQUIT {
            QUIT.store(true, SeqCst);
            crate::sched::SCHED.sysmonnote.wakeup_once();
        } else if ENDING.contains(&sig) {
            ENDED_BY.store(sig, SeqCst);
            crate::sched::SCHED.sysmonnote.wakeup_once();
        }
    }
    // SAFETY: as above.
    unsafe { *libc::__errno_location() = saved };
}

/// Puts a signal that the program wants where it will find it. `false`: it does not want it. For handlers.
pub(crate) fn deliver(sig: i32) -> bool {
    let wanted = WANTED.has(sig);
    if wanted {
        PENDING.add(sig);
        let one = 1u64;
        // SAFETY: 8 bytes are written.
        unsafe { libc::write(EVENTS.load(SeqCst), (&raw const one).cast(), 8) };
    }
    wanted
}

fn set_action(sig: i32, action: libc::sighandler_t) {
    if crate::fault::owns(sig) {
        return;
    }
    // SAFETY: the action is valid; the handler keeps to what handlers may do.
    unsafe {
        let mut sa: libc::sigaction = std::mem::zeroed();
        sa.sa_sigaction = action;
        sa.sa_flags = libc::SA_RESTART | libc::SA_ONSTACK;
        libc::sigfillset(&mut sa.sa_mask);
        libc::sigaction(sig, &sa, null_mut());
    }
}

fn action(sig: i32) -> libc::sighandler_t {
    // SAFETY: the action is written to a local; for numbers that have none it stays the default.
    unsafe {
        let mut sa: libc::sigaction = std::mem::zeroed();
        libc::sigaction(sig, std::ptr::null(), &mut sa);
        sa.sa_sigaction
    }
}

fn handler_address() -> libc::sighandler_t {
    handler as extern "C" fn(libc::c_int) as libc::sighandler_t
}

/// The action of a signal that the program does not want.
fn set_default(sig: i32) {
    if INHERITED.has(sig) {
        return set_action(sig, libc::SIG_IGN);
    }
    let ends = ENDING.contains(&sig) && FILES.load(SeqCst);
    let ours = sig == libc::SIGQUIT || DROPPED.contains(&sig) || ends;
    set_action(sig, if ours { handler_address() } else { libc::SIG_DFL });
}

/// A file is being written that is to be complete even when one of [`ENDING`] ends the process.
pub(crate) fn keep_files() {
    FILES.store(true, SeqCst);
}

/// Installs the handlers of a process that is ours alone.
pub(crate) fn init() {
    for sig in (1..NSIG).filter(|&sig| action(sig) == libc::SIG_IGN) {
        IGNORED.add(sig);
        if [libc::SIGINT, libc::SIGHUP].contains(&sig) {
            INHERITED.add(sig);
        }
    }
    set_default(libc::SIGQUIT);
    crate::fault::init();
    DROPPED.iter().for_each(|&sig| set_default(sig));
    if FILES.load(SeqCst) {
        ENDING.iter().filter(|&&sig| !ignored(sig)).for_each(|&sig| set_default(sig));
    }
}

/// For sysmon: was printing everything asked for? Then this ends the process.
pub(crate) fn check_quit() {
    if QUIT.load(SeqCst) {
        crate::fatal::quit("SIGQUIT: quit");
    }
    let sig = ENDED_BY.load(SeqCst);
    if sig != 0 {
        crate::fatal::last_words(128 + sig);
        set_action(sig, libc::SIG_DFL);
        // SAFETY: the process ends by the signal, as it would have without us.
        unsafe { libc::raise(sig) };
    }
}

fn valid(sig: i32) -> bool {
    (1..NSIG).contains(&sig) && sig != libc::SIGKILL && sig != libc::SIGSTOP
}

/// From now on the signal is received by [`recv`]. (Go: `signal_enable`)
pub fn enable(sig: i32) {
    // Also for a number that is no signal: who asks for all begins with 0, and starts the receiver behind it.
    if EVENTS.load(SeqCst) < 0 {
        // SAFETY: a plain system call.
        let fd = unsafe { libc::eventfd(0, libc::EFD_CLOEXEC | libc::EFD_NONBLOCK) };
        match poll_open(fd) {
            Ok(pd) if EVENTS_PD.compare_exchange(null_mut(), pd, SeqCst, SeqCst).is_ok() => EVENTS.store(fd, SeqCst),
            // Another did it at the same time; package os/signal sees to it that this does not happen.
            Ok(_) => {}
            Err(e) => crate::fatal::throw(&format!("signals cannot be received: errno {e}")),
        }
    }
    if valid(sig) {
        IGNORED.remove(sig);
        WANTED.add(sig);
        set_action(sig, handler_address());
    }
}

/// The default action of a signal that the program wanted is restored; one that it ignores stays ignored, as in Go.
/// (Go: `signal_disable`, `sigdisable`)
pub fn disable(sig: i32) {
    if valid(sig) && WANTED.has(sig) {
        WANTED.remove(sig);
        set_default(sig);
    }
}

/// The signal does nothing. (Go: `signal_ignore`)
pub fn ignore(sig: i32) {
    if valid(sig) {
        IGNORED.add(sig);
        WANTED.remove(sig);
        set_action(sig, libc::SIG_IGN);
    }
}

/// Was the signal told to do nothing, by the program or by its parent? (Go: `signal_ignored`)
pub fn ignored(sig: i32) -> bool {
    (1..NSIG).contains(&sig) && IGNORED.has(sig)
}

/// What receiving comes to.
pub enum Received {
    Signal(i32),
    /// Park, then call [`recv_finish`].
    Park(Park),
}

/// The next signal that the program wants. One goroutine calls it, after the first [`enable`]. (Go: `signal_recv`)
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn recv(gp: *mut G) -> Received {
    let pd = EVENTS_PD.load(SeqCst);
    // SAFETY: as the caller promises; the descriptor is never closed.
    unsafe {
        loop {
            let err = poll_reset(pd, Mode::Read);
            debug_assert!(err == PollErr::None);
            let mut count = 0u64;
            libc::read(EVENTS.load(SeqCst), (&raw mut count).cast(), 8);
            if let Some(sig) = PENDING.take() {
                return Received::Signal(sig);
            }
            if let PollWait::Park(park) = poll_wait(gp, pd, Mode::Read) {
                return Received::Park(park);
            }
        }
    }
}

/// After the park.
///
/// # Safety
/// As [`recv`].
pub unsafe fn recv_finish(gp: *mut G) -> Received {
    // SAFETY: as the caller promises.
    unsafe {
        match poll_wait_finish(gp, EVENTS_PD.load(SeqCst), Mode::Read) {
            PollWait::Park(park) => Received::Park(park),
            PollWait::Done(_) => recv(gp),
        }
    }
}
