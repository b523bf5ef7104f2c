//! Executes a loaded program on a goroutine. Knows no source text.
//!
//! One program and one scheduler per process: [`Vm`] is a handle to what is loaded, not an owner of it.

pub mod equality;
mod errors;
mod fault;
mod frame;
mod goroutine;
mod image;
mod interp;
mod load;
pub mod made;
pub mod map;
pub mod native;
mod panic;
pub mod rtype;
pub mod session;
#[cfg(feature = "trace")]
mod trace;
mod traceback;
pub mod value;

pub use load::{LoadError, type_at, types};
pub use traceback::{Caller, caller_at, callers, float, float32, stack_text};

use goroutine::{Spawn, start};
use minigo_bytecode::program::Program;
use minigo_runtime::Config;
use native::NativeTable;

/// First segment of goroutine 1, which most programs spend their time in: no call of a shallow stack then meets a
/// segment's end.
const MAIN_SEGMENT: usize = 64 << 10;

/// A loaded program.
#[derive(Clone, Copy, Debug)]
pub struct Vm {
    entry: *const u64,
}

impl Vm {
    /// Loads a program: code and data are placed, natives linked, types built. A program that was loaded before and has
    /// grown since keeps what it had.
    pub fn load(program: Program, natives: &[&NativeTable]) -> Result<Vm, LoadError> {
        let entry = load::load(program, natives)?;
        Ok(Vm { entry })
    }

    /// Runs package initialisation and `main.main` as goroutine 1 on the calling thread, and exits the process with the
    /// program's status. `config.hooks` needs no more than `before_exit`.
    pub fn run_main(self, mut config: Config) -> ! {
        config.hooks = minigo_runtime::Hooks {
            before_exit: config.hooks.before_exit,
            ..goroutine::hooks()
        };
        minigo_runtime::schedinit(config);
        let mut spawn = Spawn {
            entry: self.entry,
            context: 0,
            params: std::ptr::null(),
            segment: MAIN_SEGMENT,
            ancestors: std::ptr::null_mut(),
        };
        // SAFETY: `spawn` is what `start` expects, and this frame stays.
        unsafe { minigo_runtime::run_main(start, (&raw mut spawn).cast()) }
    }
}
