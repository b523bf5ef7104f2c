//! G/M/P scheduler, native stacks, channels, timers, heap and collector. Knows no types and no bytecode.
//!
//! A first day here: `g.rs`, `park.rs`, `proc.rs`, `findrunnable.rs`, then `chan.rs`.
//! Under `cfg(loom)` only what the model checker runs is compiled: `sync`, `note`, `lock`, `runq`, `timers`, `pollsem`,
//! `polldesc`.

#[cfg(not(loom))]
pub mod fatal;
/// Under the model checker a fault is a panic, which it reports with the interleaving.
#[cfg(loom)]
pub mod fatal {
    pub fn throw(msg: &str) -> ! {
        panic!("{msg}")
    }
}
pub mod lock;
pub mod lockrank;
pub mod note;
pub mod polldesc;
pub mod pollsem;
pub mod runq;
pub mod sync;
pub mod timers;

macro_rules! not_modelled {
    ($(mod $name:ident;)*) => { $(#[cfg(not(loom))] pub mod $name;)* };
}

not_modelled! {
    mod chan;
    mod choices;
    mod debug;
    mod fault;
    mod finq;
    mod g;
    mod heap;
    mod hooks;
    mod limits;
    mod m;
    mod netpoll;
    mod nondet;
    mod p;
    mod park;
    mod pools;
    mod proc;
    mod sched;
    mod select;
    mod sema;
    mod session;
    mod signal;
    mod stack;
    mod stop_world;
    mod sudog;
    mod syscall;
    mod thread;
    mod time;
    mod trace;
    mod tracefile;
}

#[cfg(not(loom))]
mod burst;
#[cfg(not(loom))]
mod checkdead;
#[cfg(not(loom))]
mod findrunnable;
#[cfg(not(loom))]
mod linger;
#[cfg(not(loom))]
mod schedtrace;
#[cfg(not(loom))]
mod switch;
#[cfg(not(loom))]
mod sysmon;

#[cfg(not(loom))]
pub use self::surface::*;

/// What other crates call.
#[cfg(not(loom))]
mod surface {
    pub use crate::chan::{
        ChanResult, CloseError, Hchan, chancap, chanlen, chanrecv, chanrecv_finish, chansend,
        chansend_finish, closechan, makechan,
    };
    pub use crate::fatal::{fatal, throw};
    pub use crate::g::{Entry, G, Park, STACK_PREEMPT, Wait, WaitReason};
    pub use crate::hooks::Hooks;
    pub use crate::m::{getg, getp};
    pub use crate::netpoll::{
        Mode, PollDesc, PollErr, PollWait, poll_close, poll_more_events, poll_open, poll_reset,
        poll_set_deadline, poll_unblock, poll_wait, poll_wait_finish,
    };
    pub use crate::park::{
        goexit, gopark, goready, gosched, gosched_released, goyield, goyield_released,
        park_released, preempt_park, preempt_park_released,
    };
    pub use crate::proc::{
        Config, block_on, exit, for_each_g, gcount, gomaxprocs, ncpu, newproc, run_main, schedinit,
        systemstack,
    };
    pub use crate::schedtrace::sched_text;
    pub use crate::select::{Scase, SelectResult, selectgo, selectgo_finish};
    pub use crate::stop_world::{start_the_world, stop_the_world};
    pub use crate::syscall::{entersyscall, exitsyscall};
}
