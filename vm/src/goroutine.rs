//! A goroutine as the VM sees it: its part of G, its first frame, how it goes on after a wait, its end.
//!
//! A goroutine's native stack holds the run loop and nothing else whenever it may wait, so that it is given back then:
//! pc and fp in [`VmG`] are all there is. The `resume_*` functions are where the scheduler re-enters.

use crate::frame;
use crate::interp::{self, Fp, Gp, Pc, operands};
use crate::load::{frame_bytes, frame_word, param_slots, result_slots};
use crate::native::{NativeFn, NativeRet};
use crate::panic::{Defer, PanicRec, release_records, visit_records};
use crate::traceback;
use crate::value::Iface;
use minigo_runtime::fault::Fault;
use minigo_runtime::{G, Hooks, Park};
use std::ptr::{copy_nonoverlapping, null_mut};

/// The VM's part of a G, in `G::ext`. Reported to the collector as a whole, word by word.
#[repr(C)]
pub struct VmG {
    /// Behind the instruction being executed, saved wherever the goroutine may be looked at from outside: calls of
    /// natives, allocation, parks.
    pub(crate) pc: *const u64,
    /// Frame of that instruction.
    pub(crate) fp: *mut u64,
    /// Segment of that frame; kept (with `fp` null) when the goroutine is dead.
    pub(crate) seg: *mut frame::Segment,
    /// Deferred calls, newest first.
    pub(crate) defers: *mut Defer,
    /// Panics (and a Goexit) under way, newest first.
    pub(crate) panics: *mut PanicRec,
    /// Unused records for deferred calls.
    pub(crate) free_defers: *mut Defer,
    /// Value on its way from `native::raise` to the panic.
    pub(crate) panic_value: Iface,
    /// Closure, params, results, counts: on their way from `native::call_go` to the call.
    pub(crate) native_call: [u64; 4],
    /// What a native that parked or called wants to be called afterwards.
    pub(crate) native_finish: Option<NativeFn>,
    /// How a native wants to park.
    pub(crate) native_park: Option<Park>,
    /// The goroutines that led to this one, nearest first; null unless `tracebackancestors` asks for them.
    pub(crate) ancestors: *mut Vec<Ancestor>,
    /// The fault on its way from the signal's handler to the panic.
    pub(crate) fault: Fault,
    /// Faults at any address panic. (`debug.SetPanicOnFault`)
    pub(crate) panic_on_fault: bool,
}

const _: () = assert!(size_of::<VmG>() <= size_of::<[u64; 24]>());

impl VmG {
    /// The VM's part of a goroutine.
    #[inline(always)]
    pub(crate) fn of(gp: *mut G) -> *mut VmG {
        // SAFETY: `ext` is a field of a G, and Gs are never freed.
        unsafe { (&raw mut (*gp).ext).cast() }
    }
}

/// What the runtime asks of the VM.
pub(crate) fn hooks() -> Hooks {
    Hooks {
        scan_g,
        gdead,
        gcreated,
        traceback: traceback::print_goroutine,
        function,
        fault: crate::fault::locate,
        ..Hooks::default()
    }
}

unsafe fn function(gp: *mut G) -> &'static str {
    // SAFETY: the goroutine is the caller's, and at its function's first instruction.
    let pc = unsafe { (*VmG::of(gp)).pc };
    crate::load::func_at(pc).map_or("goroutine", |f| &f.func.name)
}

unsafe fn scan_g(gp: *mut G, visit: &mut dyn FnMut(usize, usize)) {
    // SAFETY: the world is stopped.
    unsafe {
        let vg = VmG::of(gp);
        visit(vg as usize, vg.add(1) as usize);
        frame::visit_frames(gp, visit);
        visit_records(vg, visit);
    }
}

unsafe fn gdead(gp: *mut G) {
    // SAFETY: the goroutine is dead, and ours until we return.
    unsafe {
        crate::session::goroutine_ended((*gp).goid);
        let vg = VmG::of(gp);
        (*vg).pc = null_mut();
        (*vg).fp = null_mut();
        let ancestors = std::mem::replace(&mut (*vg).ancestors, null_mut());
        if !ancestors.is_null() {
            drop(Box::from_raw(ancestors));
        }
        (*vg).panic_value = Iface::NIL;
        (*vg).native_call = [0; 4];
        (*vg).panic_on_fault = false;
        release_records(vg);
        frame::release_segments(gp);
    }
}

/// A function and its params, for a goroutine's first frame.
pub(crate) struct Spawn {
    pub entry: Pc,
    pub context: u64,
    pub params: *const u64,
    /// Bytes of its first segment at least; 0: the usual.
    pub segment: usize,
    /// See [`VmG::ancestors`].
    pub ancestors: *mut Vec<Ancestor>,
}

/// Where a goroutine was when it started another. (Go: `ancestorInfo`)
#[derive(Clone)]
pub(crate) struct Ancestor {
    pub goid: u64,
    /// Behind each call that was under way, innermost first.
    pub pcs: Vec<Pc>,
    pub gopc: u64,
}

/// The ancestors of a goroutine that `gp` is about to start. (Go: `saveAncestors`)
unsafe fn ancestors(gp: Gp) -> *mut Vec<Ancestor> {
    let most = minigo_runtime::debug::TRACEBACKANCESTORS.get();
    if most <= 0 || gp.is_null() {
        return null_mut();
    }
    // SAFETY: the running goroutine with its position saved.
    unsafe {
        let own = Ancestor {
            goid: (*gp).goid,
            pcs: frame::Frames::of(gp)
                .map(|(pc, _)| pc)
                .take(ANCESTOR_FRAMES)
                .collect(),
            gopc: (*gp).gopc,
        };
        let older = (*VmG::of(gp))
            .ancestors
            .as_ref()
            .into_iter()
            .flatten()
            .cloned();
        Box::into_raw(Box::new(
            std::iter::once(own)
                .chain(older)
                .take(most as usize)
                .collect(),
        ))
    }
}

/// Frames kept of each ancestor.
const ANCESTOR_FRAMES: usize = 50;

/// The new goroutine takes over its params, so that the collector sees them from the moment it exists.
unsafe fn gcreated(gp: *mut G) {
    // SAFETY: the goroutine is ours until we return; `ctxt` is what `spawn` gave to `newproc`, whose caller waits.
    unsafe {
        if (*gp).startpc != start as *const () as usize {
            return;
        }
        let spawn = &*(*gp).sched.ctxt.cast::<Spawn>();
        let word = frame_word(spawn.entry);
        let fp = frame::first_segment(gp, frame_bytes(word), spawn.segment);
        *fp = interp::GO_EXIT.as_ptr() as u64;
        *fp.add(1) = 0;
        *fp.add(2) = spawn.context;
        copy_nonoverlapping(
            spawn.params,
            fp.add(3 + result_slots(word)),
            param_slots(word),
        );
        let vg = VmG::of(gp);
        (*vg).pc = spawn.entry;
        (*vg).fp = fp;
        (*vg).ancestors = spawn.ancestors;
    }
}

/// Starts a goroutine. (Go: the `go` statement)
///
/// # Safety
/// `gp` is the running goroutine with its position saved, `pc` behind the statement.
pub(crate) unsafe fn spawn(gp: Gp, pc: Pc, mut call: Spawn) {
    // SAFETY: `gcreated` has copied everything out of `call` when `newproc` returns.
    unsafe {
        call.ancestors = ancestors(gp);
        minigo_runtime::newproc(gp, start, (&raw mut call).cast(), pc as u64)
    };
}

/// First function of every goroutine.
pub(crate) unsafe extern "C" fn start(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: `gcreated` has set the position.
    unsafe {
        let vg = VmG::of(gp);
        interp::run((*vg).pc, (*vg).fp, gp)
    }
}

/// Goes on behind the instruction at which the goroutine left.
pub(crate) unsafe extern "C" fn resume_next(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: the position was saved before the park.
    unsafe {
        let vg = VmG::of(gp);
        interp::run((*vg).pc, (*vg).fp, gp)
    }
}

/// Executes the instruction at which the goroutine left once more.
pub(crate) unsafe extern "C" fn resume_again(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: the position was saved before the park, behind the instruction's first word.
    unsafe {
        let vg = VmG::of(gp);
        interp::run((*vg).pc.sub(1), (*vg).fp, gp)
    }
}

/// Goes on with a native that had parked.
pub(crate) unsafe extern "C" fn resume_native(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: the position was saved before the park, behind a `CallNative`.
    unsafe {
        let vg = VmG::of(gp);
        let (pc, fp) = finish_native(gp, (*vg).pc, (*vg).fp);
        interp::run(pc, fp, gp)
    }
}

/// Calls what a native wants to be called after a park or a Go call, and acts on its answer.
///
/// # Safety
/// `gp` is the running goroutine, `pc` behind the `CallNative` of frame `fp`.
pub(crate) unsafe fn finish_native(gp: Gp, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        let vg = VmG::of(gp);
        match (*vg).native_finish.take() {
            Some(finish) => {
                interp::save(pc, fp, gp);
                let ret = finish(gp, fp.add(operands::a(pc) + 3));
                after_native(gp, pc, fp, ret)
            }
            None => (pc, fp),
        }
    }
}

/// Acts on a native's answer.
///
/// # Safety
/// As [`finish_native`], with the position saved.
pub(crate) unsafe fn after_native(gp: Gp, pc: Pc, fp: Fp, ret: NativeRet) -> (Pc, Fp) {
    // SAFETY: as the caller promises; the native has put the answer's payload into the goroutine.
    unsafe {
        let vg = VmG::of(gp);
        match ret {
            NativeRet::Done => (pc, fp),
            NativeRet::Panicked => {
                let value = std::mem::replace(&mut (*vg).panic_value, Iface::NIL);
                crate::panic::raise(gp, pc, fp, value)
            }
            NativeRet::Parked => {
                let Some(park) = (*vg).native_park.take() else {
                    minigo_runtime::throw("a native parked without saying how")
                };
                minigo_runtime::park_released(gp, park, resume_native)
            }
            NativeRet::Call => crate::interp::call_from_native(gp, pc, fp),
            NativeRet::Goexit => crate::panic::goexit(gp, pc, fp),
            NativeRet::Yield => minigo_runtime::gosched_released(gp, resume_next),
        }
    }
}
