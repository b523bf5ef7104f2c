//! G/M/P scheduler, native stacks, channels, timers, heap and collector. Knows no types and no bytecode.

pub mod chan;
pub mod fatal;
pub mod g;
pub mod heap;
pub mod hooks;
pub mod m;
pub mod nondet;
pub mod park;
pub mod proc;
pub mod select;
pub mod sema;
pub mod stack;
pub mod stop_world;
pub mod sudog;
pub mod sync;
pub mod syscall;
pub mod time;

pub use chan::{
    ChanResult, CloseError, Hchan, chancap, chanlen, chanrecv, chanrecv_finish, chansend,
    chansend_finish, closechan, makechan,
};
pub use fatal::{fatal, throw};
pub use g::{Entry, G, Park, STACK_PREEMPT, Wait, WaitReason};
pub use hooks::Hooks;
pub use park::{
    goexit, gopark, goready, gosched, gosched_released, goyield, goyield_released, park_released,
    preempt_park, preempt_park_released,
};
pub use proc::{
    Config, block_on, exit, for_each_g, gcount, getg, gomaxprocs, newproc, run_main, schedinit,
    systemstack,
};
pub use select::{Scase, SelectResult, selectgo, selectgo_finish};
pub use stop_world::{start_the_world, stop_the_world};
