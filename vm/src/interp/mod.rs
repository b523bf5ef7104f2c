//! The run loop: fetch, dispatch; nothing else.
//!
//! A handler is a function `(pc, fp, gp) -> (pc, fp)` named like its instruction. `pc` points behind the instruction
//! word, so operands are read at small negative distances ([`operands`]); an ext word is at `pc` itself. There are two
//! loops over the same handlers, both made from the instruction table:
//!  - optimised builds: a table of functions, each of which runs a handler and ends in a call of the next one. The
//!    compiler makes these sibling calls as long as a handler keeps nothing on the native stack;
//!  - unoptimised builds (and the feature `match-loop`): one `match` in a loop, because there they would be real calls.
//!
//! The loader joins frequent pairs of instructions ([`pairs`]), so that one dispatch serves two.
//!
//! What keeps the loop fast:
//!  - A hot handler calls nothing. What it cannot do at once it leaves to [`trap`]: pc and fp are saved and the next
//!    instruction is `Trap`, whose handler looks at the saved pc, decodes the instruction again and does it the slow
//!    way (`slow.rs`): panics, grows frames, answers preemption, allocates.
//!  - A conditional jump has an empty `asm!` in its taken arm: else the compiler computes pc by a conditional move, and
//!    the next instruction's fetch waits for the comparison.
//!  - Handlers that call into the runtime are `outlined!`: with something of their own on the native stack they would
//!    not end in a sibling call.
//!  - Handlers that allocate or may park save pc and fp first ([`save`]): the collector and tracebacks start there.
//!
//! Memory that other goroutines can see is accessed by relaxed atomic words ([`mem`]), so that a racing Go program is no
//! undefined behaviour of ours.

mod arith;
mod call;
mod chan;
pub(crate) mod convert;
mod iface;
mod index;
mod jump;
mod mapops;
pub(crate) mod mem;
mod memory;
pub(crate) mod operands;
pub(crate) mod pairs;
pub(crate) mod quick;
pub(crate) mod slice;
mod slow;
mod string;

pub(crate) use call::call_from_native;
pub(crate) use iface::{bind, closure, forget_answers, unbind};

use crate::goroutine::VmG;
use minigo_bytecode::for_each_op;
use minigo_bytecode::op::Op;
use minigo_runtime::G;

/// Address of an instruction word.
pub(crate) type Pc = *const u64;
/// A frame: address of its slot 0.
pub(crate) type Fp = *mut u64;
/// The running goroutine.
pub(crate) type Gp = *mut G;

/// Every handler, by the name of its instruction.
mod ops {
    pub(crate) use super::arith::*;
    pub(crate) use super::call::*;
    pub(crate) use super::chan::*;
    pub(crate) use super::convert::*;
    pub(crate) use super::iface::*;
    pub(crate) use super::index::*;
    pub(crate) use super::jump::*;
    pub(crate) use super::mapops::*;
    pub(crate) use super::memory::*;
    pub(crate) use super::quick::*;
    pub(crate) use super::slice::*;
    pub(crate) use super::slow::*;
    pub(crate) use super::string::*;
}

/// Defines handlers. The bodies are unsafe code throughout.
///
/// What makes them sound is the same for all: code is verified when it is loaded, so operands name slots of the
/// current frame and things that exist; frames and code never move; the goroutine is the running one.
macro_rules! handlers {
    ($($(#[$meta:meta])* fn $name:ident($pc:ident, $fp:ident, $gp:ident) $body:block)*) => { $(
        $(#[$meta])*
        #[inline(always)]
        #[allow(non_snake_case, unused_variables, unused_unsafe)]
        pub(crate) unsafe fn $name($pc: Pc, $fp: Fp, $gp: Gp) -> (Pc, Fp) {
            // SAFETY: see the macro.
            unsafe { $body }
        }
    )* };
}
pub(crate) use handlers;

/// Defines handlers whose bodies are functions of their own: those that call into the runtime and keep something on
/// the native stack meanwhile. Expanded into the threaded loop they would end in real calls, one on top of the other.
macro_rules! outlined {
    ($($(#[$meta:meta])* fn $name:ident($pc:ident, $fp:ident, $gp:ident) $body:block)*) => { $(
        $(#[$meta])*
        #[inline(always)]
        #[allow(non_snake_case)]
        pub(crate) unsafe fn $name(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
            #[inline(never)]
            #[allow(unused_variables, unused_unsafe)]
            unsafe fn body($pc: Pc, $fp: Fp, $gp: Gp) -> (Pc, Fp) {
                // SAFETY: see `handlers`.
                unsafe { $body }
            }
            // SAFETY: as above.
            unsafe { body(pc, fp, gp) }
        }
    )* };
}
pub(crate) use outlined;

/// Instructions that the VM returns to rather than a program containing them.
macro_rules! internal_words {
    ($($name:ident: $op:ident),*) => { $(
        pub(crate) static $name: [u64; 1] = [Op::$op as u16 as u64];
    )* };
}
internal_words!(TRAP: Trap, SEG_RETURN: SegReturn, GO_EXIT: GoExit);

/// Leaves the instruction before `pc` to its slow path.
#[inline(always)]
pub(crate) unsafe fn trap(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    std::hint::cold_path();
    // SAFETY: the goroutine is the running one.
    unsafe { save(pc, fp, gp) };
    (TRAP.as_ptr(), fp)
}

/// Makes the goroutine's position known to the collector and to tracebacks. `pc` lies behind the instruction.
#[inline(always)]
pub(crate) unsafe fn save(pc: Pc, fp: Fp, gp: Gp) {
    // SAFETY: the extension of the running goroutine is ours.
    unsafe {
        let vg = VmG::of(gp);
        (*vg).pc = pc;
        (*vg).fp = fp;
    }
}

#[cfg(tail_calls)]
mod threaded {
    use super::*;

    type Handler = unsafe extern "C" fn(Pc, Fp, Gp);

    /// Fetches the next instruction and goes to its handler.
    #[inline(always)]
    unsafe fn next(pc: Pc, fp: Fp, gp: Gp) {
        #[cfg(feature = "trace")]
        // SAFETY: the goroutine is the running one.
        unsafe {
            crate::trace::step(pc, fp, gp)
        };
        // SAFETY: pc is at an instruction of loaded code, so its number is below the table's length.
        unsafe {
            let op = *pc.cast::<u16>() as usize;
            let handler = *TABLE.as_ptr().add(op);
            handler(pc.add(1), fp, gp)
        }
    }

    macro_rules! table {
        ($( $(#[doc = $doc:literal])* $name:ident = { $($f:ident : $k:ident),* } $(ext { $xf:ident : $xk:ident, $yf:ident : $yk:ident })? ; )*) => {
            $(
                #[allow(non_snake_case)]
                unsafe extern "C" fn $name(pc: Pc, fp: Fp, gp: Gp) {
                    // SAFETY: as every handler.
                    unsafe {
                        let (pc, fp) = ops::$name(pc, fp, gp);
                        next(pc, fp, gp)
                    }
                }
            )*
            const SINGLE: [Handler; Op::COUNT] = [$($name),*];
        };
    }
    for_each_op!(table);

    /// Runs two instructions, the second unless the first went elsewhere.
    macro_rules! paired {
        ($($first:ident: $($second:ident)*;)*) => {
            /// Handlers of pairs, by their first instruction.
            mod pair {
                $(
                    #[allow(non_snake_case)]
                    pub(super) mod $first {
                        use super::super::*;
                        $(
                            pub(in super::super) unsafe extern "C" fn $second(pc: Pc, fp: Fp, gp: Gp) {
                                // SAFETY: as every handler; the word at pc is the second instruction.
                                unsafe {
                                    let (mut to, mut frame) = ops::$first(pc, fp, gp);
                                    if to == pc {
                                        (to, frame) = ops::$second(pc.add(1), fp, gp);
                                    }
                                    next(to, frame, gp)
                                }
                            }
                        )*
                    }
                )*
            }
            const PAIRED: &[Handler] = &[$($(pair::$first::$second),*),*];
        };
    }
    pairs::for_each_pair!(paired);

    static TABLE: [Handler; pairs::NUMBERS] = {
        let mut all: [Handler; pairs::NUMBERS] = [SINGLE[0]; pairs::NUMBERS];
        let mut i = 0;
        while i < pairs::NUMBERS {
            all[i] = if i < Op::COUNT {
                SINGLE[i]
            } else {
                PAIRED[i - Op::COUNT]
            };
            i += 1;
        }
        all
    };

    pub(super) unsafe fn run(pc: Pc, fp: Fp, gp: Gp) -> ! {
        // SAFETY: as the caller promises.
        unsafe { next(pc, fp, gp) };
        unreachable!("the run loop is left by goexit, parks and exits only")
    }
}

#[cfg(not(tail_calls))]
mod matching {
    use super::*;

    macro_rules! match_loop {
        ($( $(#[doc = $doc:literal])* $name:ident = { $($f:ident : $k:ident),* } $(ext { $xf:ident : $xk:ident, $yf:ident : $yk:ident })? ; )*) => {
            #[allow(non_upper_case_globals)]
            pub(super) unsafe fn run(mut pc: Pc, mut fp: Fp, gp: Gp) -> ! {
                $( const $name: u16 = Op::$name as u16; )*
                loop {
                    // SAFETY: pc is at an instruction of loaded code; then as every handler.
                    unsafe {
                        #[cfg(feature = "trace")]
                        crate::trace::step(pc, fp, gp);
                        let op = *pc.cast::<u16>();
                        pc = pc.add(1);
                        (pc, fp) = match op {
                            $( $name => one::$name(pc, fp, gp), )*
                            _ => unreachable!("no operation {op}"),
                        };
                    }
                }
            }

            /// Handlers as real functions, so that the loop's own frame stays small in unoptimised builds.
            #[allow(non_snake_case)]
            mod one {
                use super::*;
                $(
                    #[cfg_attr(debug_assertions, inline(never))]
                    pub(super) unsafe fn $name(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
                        // SAFETY: as every handler.
                        unsafe { ops::$name(pc, fp, gp) }
                    }
                )*
            }
        };
    }
    for_each_op!(match_loop);
}

/// Runs the goroutine from `pc` in frame `fp` on this native stack, until it parks, exits, or ends the process.
///
/// # Safety
/// `gp` is the running goroutine, `fp` its topmost frame, and `pc` an instruction of that frame's function.
pub(crate) unsafe fn run(pc: Pc, fp: Fp, gp: Gp) -> ! {
    #[cfg(tail_calls)]
    use threaded as chosen;

    #[cfg(not(tail_calls))]
    use matching as chosen;

    // SAFETY: as the caller promises.
    unsafe { chosen::run(pc, fp, gp) }
}
