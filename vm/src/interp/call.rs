//! Calls, returns, go, closures.

use super::mem::NIL_PAGE;
use super::operands::*;
use super::quick::call_native;
use super::{Fp, Gp, Pc, handlers, outlined, save, trap};
use crate::frame::{self, ADAPTER_SLOTS, Call as FrameCall};
use crate::goroutine::{Spawn, VmG, after_native, finish_native, resume_next, spawn};
use crate::load::{self, CODE_HEADER, frame_bytes, frame_word, param_slots, result_slots};
use crate::native::{NativeFn, NativeRet};
use crate::panic::{self, push_defer};
use crate::rtype::Rtype;
use minigo_runtime::heap::{GcType, new_object};
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Mutex, OnceLock};

/// Whether a frame of `bytes` bytes at `fp` needs the slow path: no room in the segment, or a preemption (the guard
/// is 0 then).
#[inline(always)]
unsafe fn no_room(gp: Gp, fp: Fp, bytes: usize) -> bool {
    // SAFETY: the goroutine is the running one.
    unsafe { fp as usize + bytes > (*gp).stackguard0.load(Relaxed) }
}

handlers! {
    fn Call(pc, fp, gp) {
        let entry = near::<u64>(pc);
        let window = fp.add(a(pc));
        if no_room(gp, window, frame_bytes(frame_word(entry))) {
            return trap(pc, fp, gp);
        }
        *window = pc as u64;
        *window.add(1) = fp as u64;
        (entry, window)
    }

    fn CallClosure(pc, fp, gp) {
        let closure = get(fp, b(pc));
        if closure < NIL_PAGE {
            return trap(pc, fp, gp);
        }
        let entry = *(closure as *const Pc);
        let window = fp.add(a(pc));
        if no_room(gp, window, frame_bytes(frame_word(entry))) {
            return trap(pc, fp, gp);
        }
        *window = pc as u64;
        *window.add(1) = fp as u64;
        *window.add(2) = closure;
        (entry, window)
    }

    fn CallIface(pc, fp, gp) {
        let iface = fp.add(b(pc));
        let ty = *iface as *const Rtype;
        if ty.is_null() {
            return trap(pc, fp, gp);
        }
        let entry = (*ty).method_code(c(pc) as u32);
        let word = frame_word(entry);
        let window = fp.add(a(pc));
        if no_room(gp, window, frame_bytes(word)) {
            return trap(pc, fp, gp);
        }
        *window.add(3 + result_slots(word)) = *iface.add(1);
        *window = pc as u64;
        *window.add(1) = fp as u64;
        (entry, window)
    }

    fn CallNative(pc, fp, gp) {
        save(pc, fp, gp);
        call_native(pc, fp, gp)
    }

    fn CallNativeCounted(pc, fp, gp) {
        save(pc, fp, gp);
        let native = *near::<NativeFn>(pc);
        let ret = native(gp, fp.add(a(pc) + 3));
        if ret != NativeRet::Done {
            return after_native(gp, pc, fp, ret);
        }
        counted_behind(pc, fp, gp);
        (pc, fp)
    }

    fn Ret(pc, fp, gp) {
        (*fp as Pc, *fp.add(1) as Fp)
    }

    fn Go(pc, fp, gp) {
        save(pc, fp, gp);
        let entry = near::<u64>(pc);
        go(gp, pc, fp.add(a(pc)), entry, 0);
        (pc, fp)
    }

    fn GoClosure(pc, fp, gp) {
        save(pc, fp, gp);
        let closure = get(fp, b(pc));
        if closure < NIL_PAGE {
            minigo_runtime::fatal("go of nil func value");
        }
        go(gp, pc, fp.add(a(pc)), *(closure as *const Pc), closure);
        (pc, fp)
    }

    fn GoIface(pc, fp, gp) {
        let iface = fp.add(b(pc));
        let ty = *iface as *const Rtype;
        if ty.is_null() {
            return trap(pc, fp, gp);
        }
        save(pc, fp, gp);
        let entry = (*ty).method_code(c(pc) as u32);
        let window = fp.add(a(pc));
        *window.add(3 + result_slots(frame_word(entry))) = *iface.add(1);
        go(gp, pc, window, entry, 0);
        (pc, fp)
    }

    fn Defer(pc, fp, gp) {
        let entry = near::<u64>(pc);
        let word = frame_word(entry);
        let params = fp.add(a(pc) + 3 + result_slots(word));
        push_defer(gp, pc, fp, entry, 0, params, param_slots(word));
        (pc, fp)
    }

    fn DeferClosure(pc, fp, gp) {
        let closure = get(fp, b(pc));
        if closure < NIL_PAGE {
            push_defer(gp, pc, fp, std::ptr::null(), 0, fp, 0);
            return (pc, fp);
        }
        let entry = *(closure as *const Pc);
        let word = frame_word(entry);
        let params = fp.add(a(pc) + 3 + result_slots(word));
        push_defer(gp, pc, fp, entry, closure, params, param_slots(word));
        (pc, fp)
    }

    fn DeferIface(pc, fp, gp) {
        let iface = fp.add(b(pc));
        let ty = *iface as *const Rtype;
        if ty.is_null() {
            return trap(pc, fp, gp);
        }
        let entry = (*ty).method_code(c(pc) as u32);
        let word = frame_word(entry);
        let params = fp.add(a(pc) + 3 + result_slots(word));
        *params = *iface.add(1);
        push_defer(gp, pc, fp, entry, 0, params, param_slots(word));
        (pc, fp)
    }

    fn DeferList(pc, fp, gp) {
        panic::push_defer_list(gp, pc, fp, get(fp, a(pc)));
        (pc, fp)
    }

    fn RunDefers(pc, fp, gp) {
        let d = (*VmG::of(gp)).defers;
        if d.is_null() || (*d).fp != fp {
            return (pc, fp);
        }
        panic::run_defer(pc, fp, gp)
    }

    fn DefersNext(pc, fp, gp) {
        // The adapter's header names the frame and the place behind its RunDefers, which is executed again.
        ((*fp as Pc).sub(1), *fp.add(1) as Fp)
    }

    fn Panic(pc, fp, gp) {
        panic::panic_op(pc, fp, gp)
    }

    fn Recover(pc, fp, gp) {
        *fp.add(a(pc)).cast() = panic::recover(gp, pc, fp);
        (pc, fp)
    }

    fn PanicNext(pc, fp, gp) {
        panic::deferred_call_returned(gp)
    }

    fn TextNext(pc, fp, gp) {
        panic::text_returned(gp, fp)
    }

    fn SegReturn(pc, fp, gp) {
        (frame::leave_segment(gp), fp)
    }

    fn GoExit(pc, fp, gp) {
        minigo_runtime::goexit(gp)
    }

    fn MainBegin(pc, fp, gp) {
        minigo_runtime::thread::lock_main(gp);
        (pc, fp)
    }

    fn MainReady(pc, fp, gp) {
        minigo_runtime::thread::unlock_main(gp);
        minigo_runtime::debug::mark_main("main entered");
        (pc, fp)
    }

    fn MainDone(pc, fp, gp) {
        save(pc, fp, gp);
        minigo_runtime::debug::mark_main("main left");
        minigo_runtime::exit(0)
    }

    fn NoMethod(pc, fp, gp) {
        minigo_runtime::throw("a method was called that the compiler took for unreachable")
    }

    fn NativeNext(pc, fp, gp) {
        native_call_returned(gp, fp)
    }

    fn LoadCap(pc, fp, gp) {
        let closure = *fp.add(2) as *const u64;
        set(fp, a(pc), *closure.add(1 + b(pc)));
        (pc, fp)
    }

    fn LoadCapN(pc, fp, gp) {
        let closure = *fp.add(2) as *const u64;
        std::ptr::copy_nonoverlapping(closure.add(1 + b(pc)), fp.add(a(pc)), c(pc));
        (pc, fp)
    }
}

outlined! {
    fn MakeClosure(pc, fp, gp) {
        save(pc, fp, gp);
        let (entry, n) = (near_low::<u64>(pc), high(pc) as usize);
        let closure = if n == 0 {
            entry.sub(CODE_HEADER) as *mut u64
        } else {
            let closure = new_object(gp, &*closure_type(n)).cast::<u64>();
            *closure = entry as u64;
            std::ptr::copy_nonoverlapping(fp.add(b(pc)), closure.add(1), n);
            closure
        };
        set(fp, a(pc), closure as u64);
        (pc.add(1), fp)
    }
}

/// A safepoint of seeded runs behind an instruction that others see the effect of; `pc` is where to go on.
#[inline(always)]
pub(super) unsafe fn counted_behind(pc: Pc, fp: Fp, gp: Gp) {
    if minigo_runtime::nondet::seeded() && minigo_runtime::nondet::safepoint() {
        // SAFETY: as every handler; the native stack holds only the run loop.
        unsafe {
            save(pc, fp, gp);
            minigo_runtime::preempt_park_released(gp, resume_next)
        }
    }
}

/// Starts a goroutine with the params of a window.
#[inline(never)]
unsafe fn go(gp: Gp, pc: Pc, window: Fp, entry: Pc, context: u64) {
    // SAFETY: as every handler.
    unsafe {
        let params = window.add(3 + result_slots(frame_word(entry)));
        spawn(
            gp,
            pc,
            Spawn {
                entry,
                context,
                params,
                segment: 0,
                ancestors: std::ptr::null_mut(),
            },
        );
    }
}

/// The slow way of the call instructions: the frame goes into a new segment.
pub(crate) unsafe fn call_in_new_segment(
    gp: Gp,
    pc: Pc,
    fp: Fp,
    entry: Pc,
    context: u64,
) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        let window = fp.add(a(pc));
        let call = FrameCall {
            entry,
            context,
            params: window.add(3 + result_slots(frame_word(entry))),
            ret_pc: pc,
            caller_fp: fp,
            results_to: window.add(3),
        };
        (entry, frame::enter(gp, window, &call))
    }
}

// ---- Go functions called by natives ----

/// Words of the adapter behind its header: where the results go, and how many they are; 0 when they are there already.
const RESULTS_TO: usize = 3;
const N_RESULTS: usize = 4;
/// The native's `finish`: natives that the function calls have theirs in the goroutine meanwhile.
const FINISH: usize = 5;

/// Calls what `native::call_go` asked for, above the frame of the native's caller.
pub(crate) unsafe fn call_from_native(gp: Gp, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as every handler; the native has vouched for closure, params and results.
    unsafe {
        let vg = VmG::of(gp);
        let [closure, params, results, counts] = std::mem::take(&mut (*vg).native_call);
        let (nparams, nresults) = (counts as u32 as usize, (counts >> 32) as usize);
        let entry = *(closure as *const Pc);
        let word = frame_word(entry);
        if (param_slots(word), result_slots(word)) != (nparams, nresults) {
            minigo_runtime::throw("a native calls a function with the wrong number of slots");
        }
        let adapter = panic::push_adapter(gp, pc, fp);
        let window = adapter.add(ADAPTER_SLOTS);
        let call = FrameCall {
            entry,
            context: closure,
            params: params as *const u64,
            ret_pc: load::trampolines().native_next,
            caller_fp: adapter,
            results_to: results as *mut u64,
        };
        let callee = frame::enter(gp, window, &call);
        *adapter.add(RESULTS_TO) = results;
        *adapter.add(FINISH).cast() = (*vg).native_finish.take();
        *adapter.add(N_RESULTS) = if callee == window { nresults as u64 } else { 0 };
        (entry, callee)
    }
}

unsafe fn native_call_returned(gp: Gp, adapter: Fp) -> (Pc, Fp) {
    // SAFETY: the frame is the adapter that `call_from_native` made.
    unsafe {
        let n = *adapter.add(N_RESULTS) as usize;
        let results = adapter.add(ADAPTER_SLOTS + 3);
        std::ptr::copy(results, *adapter.add(RESULTS_TO) as *mut u64, n);
        (*VmG::of(gp)).native_finish = *adapter.add(FINISH).cast::<Option<NativeFn>>();
        finish_native(gp, *adapter as Pc, *adapter.add(1) as Fp)
    }
}

// ---- closures ----

/// The collector's view of a closure object with `n` captured slots, each of which may be a pointer.
pub(crate) fn closure_type(n: usize) -> *const GcType {
    static SMALL: [OnceLock<GcType>; 32] = [const { OnceLock::new() }; 32];
    static LARGE: Mutex<Vec<(usize, usize)>> = Mutex::new(Vec::new());
    let make = |n: usize| {
        let words = n + 1;
        let mut mask = vec![u64::MAX; words.div_ceil(64)];
        mask[0] ^= 1;
        if !words.is_multiple_of(64) {
            mask[words / 64] &= (1 << (words % 64)) - 1;
        }
        // SAFETY: the mask has a bit for every word and is leaked.
        unsafe { GcType::new(words * 8, words * 8, Vec::leak(mask).as_ptr()) }
    };
    if let Some(place) = SMALL.get(n) {
        return place.get_or_init(|| make(n));
    }
    let mut large = LARGE.lock().unwrap_or_else(|e| e.into_inner());
    if let Some((_, ty)) = large.iter().find(|(m, _)| *m == n) {
        return *ty as *const GcType;
    }
    let ty = Box::leak(Box::new(make(n))) as *const GcType;
    large.push((n, ty as usize));
    ty
}
