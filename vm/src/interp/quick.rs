//! Natives whose usual case is a few machine instructions: package sync's locks while nobody contends for them, and the
//! operations of sync/atomic.
//!
//! The emitter knows nothing of them: a program has `CallNative`, and the loader writes the operation of [`quick`] in its
//! place (not in seeded runs, where a safepoint lies behind every native). Window and operands stay the same. What is not
//! usual (somebody waits, a nil receiver, a misuse) is left to a native, by [`trap`] and [`call_native`] behind it: to
//! the one of the same name, or, where the handler has changed memory already, to one that goes on from there, whose
//! name ends in [`REST`]; it finds what the memory held before in its slot -1 ([`rest`]).
//!
//! The layout of sync's types is that of stdlib/src/sync.rs: a Mutex begins with its state, a WaitGroup with its
//! counter and waiters. (Go: the parts of internal/sync/mutex.go that are inlined; internal/runtime/atomic)

use super::mem::NIL_PAGE;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, trap};
use crate::goroutine::after_native;
use crate::native::{NativeFn, NativeRet};
use minigo_bytecode::op::Op;
use std::sync::atomic::{
    AtomicI32, AtomicU32, AtomicU64,
    Ordering::{AcqRel, Acquire, Relaxed, Release, SeqCst},
};

/// Calls the native of the instruction before `pc`, whose position is saved.
#[inline(always)]
pub(super) unsafe fn call_native(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        let native = *near::<NativeFn>(pc);
        let ret = native(gp, fp.add(a(pc) + 3));
        if ret != NativeRet::Done {
            return after_native(gp, pc, fp, ret);
        }
        (pc, fp)
    }
}

/// The receiver or address in argument slot `$i`; nil is left to the native.
macro_rules! receiver {
    ($pc:ident, $fp:ident, $gp:ident, $i:literal, $t:ty) => {{
        let addr = get($fp, a($pc) + 3 + $i);
        if addr < NIL_PAGE {
            return trap($pc, $fp, $gp);
        }
        &*(addr as *const $t)
    }};
}

/// Leaves the rest to the native, telling it what the memory held before.
#[inline(always)]
unsafe fn rest(pc: Pc, fp: Fp, gp: Gp, before: u64) -> (Pc, Fp) {
    // SAFETY: as every handler; natives have no use for the header of the window.
    unsafe {
        set(fp, a(pc) + 2, before);
        trap(pc, fp, gp)
    }
}

/// In a Mutex's state: it is locked; a waiter is awake and will try; it is handed from one waiter to the next.
const LOCKED: i32 = 1;
const WOKEN: i32 = 2;
const STARVING: i32 = 4;

/// Taken off an RWMutex's number of readers while there is a writer.
const WRITER: i32 = 1 << 30;

handlers! {
    fn MutexLock(pc, fp, gp) {
        let state = receiver!(pc, fp, gp, 0, AtomicI32);
        if let Err(old) = state.compare_exchange(0, LOCKED, Acquire, Relaxed) {
            // It may be free although others wait.
            let free = old & (LOCKED | STARVING) == 0;
            if !free || state.compare_exchange(old, old | LOCKED, Acquire, Relaxed).is_err() {
                return trap(pc, fp, gp);
            }
        }
        (pc, fp)
    }

    fn MutexTryLock(pc, fp, gp) {
        let state = receiver!(pc, fp, gp, 1, AtomicI32);
        let old = state.load(Relaxed);
        let locked = old & (LOCKED | STARVING) == 0
            && state.compare_exchange(old, old | LOCKED, Acquire, Relaxed).is_ok();
        set(fp, a(pc) + 3, locked as u64);
        (pc, fp)
    }

    fn MutexUnlock(pc, fp, gp) {
        let state = receiver!(pc, fp, gp, 0, AtomicI32);
        let old = state.fetch_sub(LOCKED, Release);
        if old != LOCKED && old & (LOCKED | WOKEN | STARVING) != LOCKED | WOKEN {
            return rest(pc, fp, gp, old as u64);
        }
        (pc, fp)
    }

    fn RwRLock(pc, fp, gp) {
        let readers = &receiver!(pc, fp, gp, 0, [AtomicI32; 6])[READERS];
        let old = readers.fetch_add(1, Acquire);
        if old < 0 {
            return rest(pc, fp, gp, old as u64);
        }
        (pc, fp)
    }

    fn RwRUnlock(pc, fp, gp) {
        let readers = &receiver!(pc, fp, gp, 0, [AtomicI32; 6])[READERS];
        let old = readers.fetch_sub(1, Release);
        if old <= 0 {
            return rest(pc, fp, gp, old as u64);
        }
        (pc, fp)
    }

    fn RwAwait(pc, fp, gp) {
        let readers = &receiver!(pc, fp, gp, 0, [AtomicI32; 6])[READERS];
        let old = readers.fetch_sub(WRITER, AcqRel);
        if old != 0 {
            return rest(pc, fp, gp, old as u64);
        }
        (pc, fp)
    }

    fn RwAdmit(pc, fp, gp) {
        let readers = &receiver!(pc, fp, gp, 0, [AtomicI32; 6])[READERS];
        let old = readers.fetch_add(WRITER, AcqRel);
        if old != -WRITER {
            return rest(pc, fp, gp, old as u64);
        }
        (pc, fp)
    }

    // A WaitGroup has its counter in the upper half of a word, and the number of those who wait in the lower. Usual is a
    // counter that does not become negative, and nobody to wake.
    fn WgAdd(pc, fp, gp) {
        let state = receiver!(pc, fp, gp, 0, AtomicU64);
        let delta = get(fp, a(pc) + 4);
        let old = state.fetch_add(delta << 32, AcqRel);
        let new = old.wrapping_add(delta << 32);
        if (new as i64) < 0 || new as u32 != 0 {
            return rest(pc, fp, gp, old);
        }
        (pc, fp)
    }

    fn WgDone(pc, fp, gp) {
        let state = receiver!(pc, fp, gp, 0, AtomicU64);
        let old = state.fetch_sub(1 << 32, AcqRel);
        let new = old.wrapping_sub(1 << 32);
        if (new as i64) < 1 << 32 && new != 0 {
            return rest(pc, fp, gp, old);
        }
        (pc, fp)
    }
}

/// Which word of an RWMutex is its number of readers.
const READERS: usize = 4;

/// `|word, x, y| result`, for atomic words; x and y are the params behind the address.
macro_rules! atomics {
    ($($name:ident $t:ty: |$w:ident, $x:ident, $y:ident| $e:expr;)*) => { handlers! { $(
        fn $name(pc, fp, gp) {
            let $w = receiver!(pc, fp, gp, 1, $t);
            let args = fp.add(a(pc) + 3);
            let ($x, $y) = (args.add(2), args.add(3));
            *args = $e;
            (pc, fp)
        }
    )* } };
}

atomics! {
    AtomicLoad32s AtomicI32: |w, x, y| w.load(SeqCst) as i64 as u64;
    AtomicLoad32u AtomicU32: |w, x, y| w.load(SeqCst) as u64;
    AtomicLoad64 AtomicU64: |w, x, y| w.load(SeqCst);
    AtomicSwap32s AtomicI32: |w, x, y| w.swap(*x as i32, SeqCst) as i64 as u64;
    AtomicSwap32u AtomicU32: |w, x, y| w.swap(*x as u32, SeqCst) as u64;
    AtomicSwap64 AtomicU64: |w, x, y| w.swap(*x, SeqCst);
    AtomicCas32 AtomicU32: |w, x, y| w.compare_exchange(*x as u32, *y as u32, SeqCst, SeqCst).is_ok() as u64;
    AtomicCas64 AtomicU64: |w, x, y| w.compare_exchange(*x, *y, SeqCst, SeqCst).is_ok() as u64;
    AtomicAdd32s AtomicI32: |w, x, y| w.fetch_add(*x as i32, SeqCst).wrapping_add(*x as i32) as i64 as u64;
    AtomicAdd32u AtomicU32: |w, x, y| w.fetch_add(*x as u32, SeqCst).wrapping_add(*x as u32) as u64;
    AtomicAdd64 AtomicU64: |w, x, y| w.fetch_add(*x, SeqCst).wrapping_add(*x);
    AtomicAnd32s AtomicI32: |w, x, y| w.fetch_and(*x as i32, SeqCst) as i64 as u64;
    AtomicAnd32u AtomicU32: |w, x, y| w.fetch_and(*x as u32, SeqCst) as u64;
    AtomicAnd64 AtomicU64: |w, x, y| w.fetch_and(*x, SeqCst);
    AtomicOr32s AtomicI32: |w, x, y| w.fetch_or(*x as i32, SeqCst) as i64 as u64;
    AtomicOr32u AtomicU32: |w, x, y| w.fetch_or(*x as u32, SeqCst) as u64;
    AtomicOr64 AtomicU64: |w, x, y| w.fetch_or(*x, SeqCst);
}

handlers! {
    fn AtomicStore32(pc, fp, gp) {
        receiver!(pc, fp, gp, 0, AtomicU32).store(get(fp, a(pc) + 4) as u32, SeqCst);
        (pc, fp)
    }

    fn AtomicStore64(pc, fp, gp) {
        receiver!(pc, fp, gp, 0, AtomicU64).store(get(fp, a(pc) + 4), SeqCst);
        (pc, fp)
    }
}

/// Does the usual case of a deferred call without params behind its receiver, or nothing.
pub(crate) type Deferred = unsafe fn(receiver: u64) -> bool;

/// What [`Deferred`] calls of functions are that are nothing but this operation: `defer mu.Unlock()`.
pub(crate) fn deferred(op: Op) -> Option<Deferred> {
    /// Changes a word as `change` says, if that is usual.
    unsafe fn try_change(receiver: u64, word: usize, change: fn(i32) -> Option<i32>) -> bool {
        if receiver < NIL_PAGE {
            return false;
        }
        // SAFETY: the receiver is a lock that has such a word.
        let word = unsafe { &*(receiver as *const AtomicI32).add(word) };
        let old = word.load(Relaxed);
        change(old).is_some_and(|new| word.compare_exchange(old, new, Release, Relaxed).is_ok())
    }
    unsafe fn unlock(mutex: u64) -> bool {
        // SAFETY: it is a mutex.
        unsafe { try_change(mutex, 0, |old| (old == LOCKED).then_some(0)) }
    }
    unsafe fn read_unlock(rw: u64) -> bool {
        // SAFETY: it is an RWMutex.
        unsafe { try_change(rw, READERS, |n| (n > 0).then_some(n - 1)) }
    }
    match op {
        Op::MutexUnlock => Some(unlock),
        Op::RwRUnlock => Some(read_unlock),
        _ => None,
    }
}

/// Ends the names of natives that go on where an instruction of this module could not.
pub(crate) const REST: &str = "/rest";

/// The operation in whose place `CallNative` of this native stands, if there is one.
pub(crate) fn quick(native: &str) -> Option<Op> {
    let sync = native.strip_prefix("sync")?;
    if let Some(name) = sync.strip_prefix('.') {
        return Some(match name {
            "Mutex.Lock" => Op::MutexLock,
            "Mutex.TryLock" => Op::MutexTryLock,
            "Mutex.Unlock" => Op::MutexUnlock,
            "RWMutex.RLock" => Op::RwRLock,
            "RWMutex.RUnlock" => Op::RwRUnlock,
            "RWMutex.awaitReaders" => Op::RwAwait,
            "RWMutex.admitReaders" => Op::RwAdmit,
            "WaitGroup.Add" => Op::WgAdd,
            "WaitGroup.Done" => Op::WgDone,
            _ => return None,
        });
    }
    // Methods (`Int32.Add`) and functions (`AddInt32`).
    let name = sync.strip_prefix("/atomic.")?;
    const TYPES: [&str; 7] = [
        "Int32", "Uint32", "Int64", "Uint64", "Uintptr", "Pointer", "Bool",
    ];
    let (ty, op) = TYPES.iter().find_map(|&ty| {
        let op = match name.strip_prefix(ty) {
            Some(method) => method.strip_prefix('.')?,
            None => name.strip_suffix(ty)?,
        };
        Some((ty, op))
    })?;
    let by_width = |s: Op, u: Op, w: Op| match ty {
        "Int32" => s,
        "Uint32" | "Bool" => u,
        _ => w,
    };
    Some(match op {
        "Load" => by_width(Op::AtomicLoad32s, Op::AtomicLoad32u, Op::AtomicLoad64),
        "Store" => by_width(Op::AtomicStore32, Op::AtomicStore32, Op::AtomicStore64),
        "Swap" => by_width(Op::AtomicSwap32s, Op::AtomicSwap32u, Op::AtomicSwap64),
        "CompareAndSwap" => by_width(Op::AtomicCas32, Op::AtomicCas32, Op::AtomicCas64),
        "Add" => by_width(Op::AtomicAdd32s, Op::AtomicAdd32u, Op::AtomicAdd64),
        "And" => by_width(Op::AtomicAnd32s, Op::AtomicAnd32u, Op::AtomicAnd64),
        "Or" => by_width(Op::AtomicOr32s, Op::AtomicOr32u, Op::AtomicOr64),
        _ => return None,
    })
}
