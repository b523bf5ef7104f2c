//! Deferred calls, panics, recover, Goexit. (Go: runtime/panic.go)
//!
//! A goroutine has a chain of deferred calls, newest first; each knows the frame that deferred it. A function that
//! defers passes `RunDefers` before it returns, which runs those of its own frame. A panic runs them all, whoever they
//! belong to, on top of the frame that panicked: frames stay as they are until somebody recovers.
//!
//! Between a deferred call and what it returns to stands an adapter frame: its header says where the stack goes on
//! (for tracebacks), the callee's return address leads to a trampoline (`DefersNext`, `PanicNext`).
//!
//! A panic whose deferred call recovered lets the frame that had deferred it return: it goes on at its function's
//! `recover_pc`, which runs what is still deferred there and returns the current results. Older panics (or a Goexit)
//! whose deferred call is thereby cut off are over too, except that a Goexit goes on.
//!
//! Invariants: `defers` is ordered by depth, deepest first; so is `panics` by `defer_fp`, which is null in a panic
//! that does not run a deferred call.

use crate::errors;
use crate::frame::{self, ADAPTER_SLOTS, Call, Frames};
use crate::goroutine::VmG;
use crate::interp::mem::NIL_PAGE;
use crate::interp::{Fp, Gp, Pc, operands, save};
use crate::load::{self, FuncInfo, PANIC_TEXT, func_before};
use crate::traceback;
use crate::value::{GoStr, Iface};
use minigo_runtime::fault::{Fault, fatal_fault};
use std::alloc::{Layout, alloc, dealloc};
use std::ptr::{copy_nonoverlapping, null, null_mut};
use std::sync::atomic::{AtomicBool, Ordering::*};

// ---- deferred calls ----

/// A deferred call. Its params follow.
#[repr(C)]
pub(crate) struct Defer {
    link: *mut Defer,
    /// The frame that deferred it.
    pub(crate) fp: Fp,
    /// Behind the defer statement.
    pc: Pc,
    /// Code; null for a nil func value, which panics when it is run.
    entry: Pc,
    context: u64,
    /// Param slots in use, and how many there is room for.
    n: usize,
    cap: usize,
}

/// Records have room for this many params at least, so that they can be reused.
const FEW_PARAMS: usize = 4;

impl Defer {
    unsafe fn params(this: *mut Defer) -> *mut u64 {
        // SAFETY: the params follow the record.
        unsafe { this.add(1).cast() }
    }

    fn layout(cap: usize) -> Layout {
        // SAFETY: the size is small, the alignment that of a word.
        unsafe { Layout::from_size_align_unchecked(size_of::<Defer>() + cap * 8, 8) }
    }
}

/// Notes a deferred call of frame `fp`.
///
/// # Safety
/// `gp` is the running goroutine, `pc` behind the defer statement; there are `n` params.
#[allow(clippy::too_many_arguments)]
pub(crate) unsafe fn push_defer(
    gp: Gp,
    pc: Pc,
    fp: Fp,
    entry: Pc,
    context: u64,
    params: *const u64,
    n: usize,
) {
    // SAFETY: as the caller promises; a record has room for its params.
    unsafe {
        let vg = VmG::of(gp);
        let mut d = (*vg).free_defers;
        if n <= FEW_PARAMS && !d.is_null() {
            (*vg).free_defers = (*d).link;
        } else {
            let cap = n.max(FEW_PARAMS);
            d = alloc(Defer::layout(cap)).cast();
            if d.is_null() {
                minigo_runtime::fatal("out of memory");
            }
            (*d).cap = cap;
        }
        (*d).fp = fp;
        (*d).pc = pc;
        (*d).entry = entry;
        (*d).context = context;
        (*d).n = n;
        if n > 0 {
            copy_nonoverlapping(params, Defer::params(d), n);
        }
        (*d).link = (*vg).defers;
        (*vg).defers = d;
    }
}

/// Stands for the code of a record that is a list of calls: see [`push_defer_list`].
static LIST: u64 = 0;

fn is_list(entry: Pc) -> bool {
    std::ptr::eq(entry, &raw const LIST)
}

/// Notes that frame `fp` has deferred what stands on a list when it is run: the address of a slice of func values.
///
/// # Safety
/// As [`push_defer`].
pub(crate) unsafe fn push_defer_list(gp: Gp, pc: Pc, fp: Fp, list: u64) {
    // SAFETY: as the caller promises.
    unsafe { push_defer(gp, pc, fp, &raw const LIST, 0, &raw const list, 1) }
}

/// Replaces a list on top of the chain by its calls.
unsafe fn expand_lists(gp: Gp) {
    // SAFETY: the goroutine is the running one; a list is the address of a slice, which nobody grows any more.
    unsafe {
        let vg = VmG::of(gp);
        loop {
            let d = (*vg).defers;
            if d.is_null() || !is_list((*d).entry) {
                return;
            }
            (*vg).defers = (*d).link;
            let (pc, fp) = ((*d).pc, (*d).fp);
            let list = *Defer::params(d) as *const u64;
            free_defer(gp, d);
            let (funcs, n) = (*list as *const u64, *list.add(1) as usize);
            for i in 0..n {
                let closure = *funcs.add(i);
                let entry = match closure < NIL_PAGE {
                    true => null(),
                    false => *(closure as *const Pc),
                };
                push_defer(gp, pc, fp, entry, closure, null(), 0);
            }
        }
    }
}

/// Keeps a record for later, or gives it back.
unsafe fn free_defer(gp: Gp, d: *mut Defer) {
    // SAFETY: the record is on no list any more.
    unsafe {
        let vg = VmG::of(gp);
        if (*d).cap == FEW_PARAMS {
            (*d).link = (*vg).free_defers;
            (*vg).free_defers = d;
        } else {
            dealloc(d.cast(), Defer::layout((*d).cap));
        }
    }
}

/// Gives back the records that a dead goroutine kept for reuse.
///
/// # Safety
/// The goroutine is dead and the caller's.
pub(crate) unsafe fn release_records(vg: *mut VmG) {
    // SAFETY: as the caller promises.
    unsafe {
        // A few stay for the next goroutine.
        let mut keep = 4;
        let mut at = &raw mut (*vg).free_defers;
        while !(*at).is_null() && keep > 0 {
            at = &raw mut (**at).link;
            keep -= 1;
        }
        let mut d = std::mem::replace(&mut *at, null_mut());
        while !d.is_null() {
            let next = (*d).link;
            dealloc(d.cast(), Defer::layout((*d).cap));
            d = next;
        }
    }
}

/// Takes the newest deferred call off the chain and enters it above an adapter.
unsafe fn enter_defer(gp: Gp, d: *mut Defer, adapter: Fp, ret_pc: Pc) -> (Pc, Fp) {
    // SAFETY: the goroutine is the running one; the adapter lies above its frames.
    unsafe {
        let call = Call {
            entry: (*d).entry,
            context: (*d).context,
            params: Defer::params(d),
            ret_pc,
            caller_fp: adapter,
            results_to: null_mut(),
        };
        let fp = frame::enter(gp, adapter.add(ADAPTER_SLOTS), &call);
        free_defer(gp, d);
        (call.entry, fp)
    }
}

/// An adapter above frame `fp`, whose function is at `pc`.
pub(crate) unsafe fn push_adapter(gp: Gp, pc: Pc, fp: Fp) -> Fp {
    // SAFETY: the goroutine is the running one, and `fp` its newest frame: behind it there is room for an adapter.
    unsafe {
        let adapter = frame::frame_end(pc, fp);
        *adapter = pc as u64;
        *adapter.add(1) = fp as u64;
        *adapter.add(2) = 0;
        let _ = gp;
        adapter
    }
}

/// `RunDefers`, when there is something to run: the newest call, which comes back to this instruction.
#[inline(never)]
pub(crate) unsafe fn run_defer(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        save(pc, fp, gp);
        let vg = VmG::of(gp);
        let d = loop {
            expand_lists(gp);
            let d = (*vg).defers;
            if d.is_null() || (*d).fp != fp {
                return (pc, fp);
            }
            (*vg).defers = (*d).link;
            if (*d).entry.is_null() {
                free_defer(gp, d);
                return nil_deref(gp, pc, fp);
            }
            match load::info_at((*d).entry).deferred {
                Some(usual) if usual(*Defer::params(d)) => free_defer(gp, d),
                _ => break d,
            }
        };
        let adapter = fp.add(operands::a(pc));
        *adapter = pc as u64;
        *adapter.add(1) = fp as u64;
        enter_defer(gp, d, adapter, load::trampolines().defers_next)
    }
}

// ---- panics ----

/// A panic under way, or a Goexit.
pub(crate) struct PanicRec {
    link: *mut PanicRec,
    value: Iface,
    /// What the value's Error or String method said.
    text: Option<GoStr>,
    /// Where it was raised.
    pc: Pc,
    fp: Fp,
    /// Frame of the deferred call being run.
    defer_fp: Fp,
    /// Frame that deferred it, and behind the defer statement.
    target_fp: Fp,
    target_pc: Pc,
    goexit: bool,
    recovered: bool,
    /// The next panic carries the same value: this one is not printed twice.
    repanicked: bool,
    /// Raised by a bad access, which Go reports as a signal.
    signal: Option<Fault>,
    /// All is lost, and texts are being found out by calling methods.
    printing: bool,
}

/// Panics with a value at `pc` in frame `fp`.
///
/// # Safety
/// `gp` is the running goroutine, `fp` its newest frame, `pc` behind an instruction of its function.
#[cold]
pub(crate) unsafe fn raise(gp: Gp, pc: Pc, fp: Fp, value: Iface) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe { start(gp, pc, fp, value, false, None) }
}

unsafe fn start(
    gp: Gp,
    pc: Pc,
    fp: Fp,
    value: Iface,
    goexit: bool,
    signal: Option<Fault>,
) -> (Pc, Fp) {
    // SAFETY: as the callers'.
    unsafe {
        save(pc, fp, gp);
        let vg = VmG::of(gp);
        let link = (*vg).panics;
        (*vg).panics = Box::into_raw(Box::new(PanicRec {
            link,
            value,
            text: None,
            pc,
            fp,
            defer_fp: null_mut(),
            target_fp: null_mut(),
            target_pc: null(),
            goexit,
            recovered: false,
            repanicked: false,
            signal,
            printing: false,
        }));
        unwind(gp)
    }
}

/// Runs the next deferred call on behalf of the newest panic; ends the goroutine or the program when there is none.
unsafe fn unwind(gp: Gp) -> (Pc, Fp) {
    // SAFETY: the goroutine is the running one, its newest frame is where the newest panic was raised.
    unsafe {
        let vg = VmG::of(gp);
        let p = (*vg).panics;
        expand_lists(gp);
        let d = (*vg).defers;
        save((*p).pc, (*p).fp, gp);
        if d.is_null() {
            if !(*p).goexit {
                return uncaught(gp, p);
            }
            while !(*vg).panics.is_null() {
                pop_panic(vg);
            }
            minigo_runtime::goexit(gp);
        }
        (*vg).defers = (*d).link;
        (*p).target_fp = (*d).fp;
        (*p).target_pc = (*d).pc;
        (*p).defer_fp = null_mut();
        if (*d).entry.is_null() {
            free_defer(gp, d);
            return nil_deref(gp, (*p).pc, (*p).fp);
        }
        let adapter = push_adapter(gp, (*p).pc, (*p).fp);
        *adapter.add(PANIC) = p as u64;
        let (pc, fp) = enter_defer(gp, d, adapter, load::trampolines().panic_next);
        (*p).defer_fp = fp;
        (pc, fp)
    }
}

/// Word of the adapter below a deferred call that names the panic which runs it.
const PANIC: usize = 3;

/// How the adapter between a panic and the deferred call that it runs looks in a traceback.
///
/// # Safety
/// `adapter` is such a frame of a goroutine that stands still.
pub(crate) unsafe fn describe_adapter(adapter: Fp) -> String {
    // SAFETY: the panic lives as long as its deferred call.
    unsafe {
        let p = *adapter.add(PANIC) as *const PanicRec;
        if (*p).goexit {
            return "runtime.Goexit()".into();
        }
        let value = (*p).value;
        format!("panic({{{:#x}, {:#x}}})", value.ty as usize, value.data)
    }
}

unsafe fn pop_panic(vg: *mut VmG) {
    // SAFETY: the chain is not empty; records are boxes.
    unsafe {
        let p = Box::from_raw((*vg).panics);
        (*vg).panics = p.link;
    }
}

/// `PanicNext`: a deferred call that a panic had run has returned.
///
/// # Safety
/// As every handler.
pub(crate) unsafe fn deferred_call_returned(gp: Gp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        let p = (*VmG::of(gp)).panics;
        if (*p).recovered {
            recovery(gp, p)
        } else {
            unwind(gp)
        }
    }
}

/// The newest panic is over: the frame that deferred the recovering call returns.
unsafe fn recovery(gp: Gp, p: *mut PanicRec) -> (Pc, Fp) {
    // SAFETY: the goroutine is the running one; frames stand until they are unwound here.
    unsafe {
        let vg = VmG::of(gp);
        let (fp, pc) = ((*p).target_fp, (*p).target_pc);
        let level = frame::depth(gp, fp);
        pop_panic(vg);
        loop {
            let q = (*vg).panics;
            if q.is_null() {
                break;
            }
            // Without a frame its deferred call was a nil function, which raised what has just been recovered.
            let cut_off = (*q).defer_fp.is_null() || frame::depth(gp, (*q).defer_fp) > level;
            if !cut_off {
                break;
            }
            if (*q).goexit {
                // What was recovered happened in a deferred call of a Goexit, which goes on.
                frame::unwind_to(gp, (*q).fp);
                return unwind(gp);
            }
            pop_panic(vg);
        }
        frame::unwind_to(gp, fp);
        let info = func_before(pc).and_then(|f| Some((f, f.func.recover_pc?)));
        let Some((f, recover_pc)) = info else {
            minigo_runtime::throw("a function that defers has no place to recover to");
        };
        (f.entry.add(recover_pc as usize), fp)
    }
}

/// `recover()` in frame `fp`: the newest panic's value, if this is the deferred call that it runs.
///
/// # Safety
/// As every handler.
pub(crate) unsafe fn recover(gp: Gp, pc: Pc, fp: Fp) -> Iface {
    // SAFETY: as the caller promises.
    unsafe {
        let p = (*VmG::of(gp)).panics;
        if p.is_null() || (*p).goexit || (*p).recovered {
            return Iface::NIL;
        }
        // Wrappers between the deferred call and the function that recovers do not count. With `defer recover()` the
        // wrapper is recover itself, which the frame that deferred it calls, unless a panic does.
        let mut caller_found = false;
        for (at, frame) in Frames::from(gp, pc, fp) {
            // What calls the function that a reflect.MakeFunc is made of is one as well, but tracebacks show it.
            let is_wrapper =
                |f: &FuncInfo| f.func.flags.wrapper || f.func.name == "reflect.callMade";
            let wrapper = func_before(at).is_some_and(is_wrapper);
            if !wrapper && caller_found {
                break;
            }
            caller_found |= !wrapper;
            if frame == (*p).defer_fp {
                if !caller_found {
                    break;
                }
                (*p).recovered = true;
                return (*p).value;
            }
        }
        Iface::NIL
    }
}

/// `Panic`.
///
/// # Safety
/// As every handler.
pub(crate) unsafe fn panic_op(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        save(pc, fp, gp);
        let mut value = *fp.add(operands::a(pc)).cast::<Iface>();
        if value.is_nil() {
            value = errors::panic_nil_error(gp);
        }
        raise(gp, pc, fp, value)
    }
}

/// Runs all deferred calls, then ends the goroutine. (Go: `runtime.Goexit`)
///
/// # Safety
/// As [`raise`].
pub(crate) unsafe fn goexit(gp: Gp, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe { start(gp, pc, fp, Iface::NIL, true, None) }
}

/// Somebody outside wants the goroutine to end: as [`goexit`].
///
/// # Safety
/// As [`raise`].
#[cold]
pub(crate) unsafe fn cancelled(gp: Gp, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        // Deferred calls run, until the next request.
        (*gp).cancelled.store(false, Relaxed);
        (*gp).stackguard0.store((*gp).stackguard_real, Relaxed);
        goexit(gp, pc, fp)
    }
}

/// Ends the goroutine on the spot: neither deferred calls nor the rest of the native stack matter any more.
///
/// # Safety
/// As [`raise`]; on the goroutine's own native stack.
pub(crate) unsafe fn abandon(gp: Gp) -> ! {
    // SAFETY: as the caller promises.
    unsafe {
        let vg = VmG::of(gp);
        while !(*vg).defers.is_null() {
            let d = (*vg).defers;
            (*vg).defers = (*d).link;
            free_defer(gp, d);
        }
        while !(*vg).panics.is_null() {
            pop_panic(vg);
        }
        minigo_runtime::goexit(gp)
    }
}

macro_rules! raisers {
    ($($(#[$doc:meta])* $name:ident = $make:ident;)*) => { $(
        $(#[$doc])*
        ///
        /// # Safety
        /// As [`raise`].
        #[cold]
        #[inline(never)]
        pub(crate) unsafe fn $name(gp: Gp, pc: Pc, fp: Fp, text: &str) -> (Pc, Fp) {
            // SAFETY: as the caller promises.
            unsafe {
                save(pc, fp, gp);
                let value = errors::$make(gp, text);
                raise(gp, pc, fp, value)
            }
        }
    )* };
}

raisers! {
    /// Panics with `runtime error: ` + text.
    runtime_error = runtime_error;
    /// Panics with `runtime error: ` + text about an index or slice bounds.
    bounds_error = bounds_error;
    /// Panics with a runtime.Error whose text is as it is.
    plain_error = plain_error;
}

/// Panics as for a nil dereference.
///
/// # Safety
/// As [`raise`].
#[cold]
#[inline(never)]
pub(crate) unsafe fn nil_deref(gp: Gp, pc: Pc, fp: Fp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe { nil_deref_at(gp, pc, fp, 0) }
}

/// What a wrapper says when a method of values is called with a nil pointer. (Go: `panicwrap`)
fn value_method(f: &FuncInfo) -> Option<String> {
    if !f.func.flags.value_method {
        return None;
    }
    // `pkg.(*T).M`
    let (pkg, rest) = f.func.name.split_once("(*")?;
    let (ty, method) = rest.rsplit_once(").")?;
    Some(format!(
        "value method {pkg}{ty}.{method} called using nil *{ty} pointer"
    ))
}

/// Panics as for a dereference of a bad address.
///
/// # Safety
/// As [`raise`].
#[cold]
#[inline(never)]
pub(crate) unsafe fn nil_deref_at(gp: Gp, pc: Pc, fp: Fp, addr: u64) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        save(pc, fp, gp);
        if let Some(text) = func_before(pc).and_then(value_method) {
            return plain_error(gp, pc, fp, &text);
        }
        let value = errors::nil_deref(gp);
        let fault = Fault {
            sig: 11,
            code: 1,
            addr,
        };
        start(gp, pc, fp, value, false, Some(fault))
    }
}

/// What becomes of a fault that the hardware found: a panic if it is like a nil dereference, or if the goroutine wants
/// one; else the end. (Go: `sigpanic`)
///
/// # Safety
/// As [`raise`].
pub(crate) unsafe fn fault(gp: Gp, pc: Pc, fp: Fp, fault: Fault) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        if fault.is_nil() {
            return nil_deref_at(gp, pc, fp, fault.addr);
        }
        save(pc, fp, gp);
        if !(*VmG::of(gp)).panic_on_fault {
            fatal_fault(&fault, pc as usize)
        }
        let value = errors::bad_address(gp, fault.addr);
        start(gp, pc, fp, value, false, Some(fault))
    }
}

/// Reports what deferred calls and panics refer to.
///
/// # Safety
/// The goroutine stands still.
pub(crate) unsafe fn visit_records(vg: *mut VmG, visit: &mut dyn FnMut(usize, usize)) {
    // SAFETY: as the caller promises.
    unsafe {
        let mut d = (*vg).defers;
        while !d.is_null() {
            let end = Defer::params(d).add((*d).n);
            visit(&raw const (*d).context as usize, end as usize);
            d = (*d).link;
        }
        let mut p = (*vg).panics;
        while !p.is_null() {
            visit(p as usize, p.add(1) as usize);
            p = (*p).link;
        }
    }
}

// ---- nobody recovered ----

/// Finds out the texts of all panics under way, newest first, by calling Go; then prints and exits.
unsafe fn uncaught(gp: Gp, top: *mut PanicRec) -> (Pc, Fp) {
    // SAFETY: the goroutine is the running one, its newest frame is where the newest panic was raised.
    unsafe {
        let before = (*top).link;
        if !before.is_null() && (*before).printing {
            let what = match Iface::string((*top).value) {
                Some(text) => text.into_owned(),
                None => format!("type {}", (*(*top).value.ty).string),
            };
            minigo_runtime::fatal(&format!("panic while printing panic value: {what}"));
        }
        (*top).printing = true;
        let mut p = top;
        while !p.is_null() {
            let link = (*p).link;
            let same = |a: Iface, b: Iface| a.ty == b.ty && a.data == b.data;
            if !link.is_null() && same((*link).value, (*p).value) {
                (*link).repanicked = true;
            } else if (*p).text.is_none() && has_methods((*p).value) {
                return ask_for_text(gp, top, p);
            }
            p = link;
        }
        print_and_exit(gp, top)
    }
}

unsafe fn has_methods(v: Iface) -> bool {
    // SAFETY: type words are null or immortal descriptors.
    unsafe { v.ty.as_ref() }.is_some_and(|ty| !ty.methods().is_empty())
}

/// Calls `runtime.panicText` for one of them.
unsafe fn ask_for_text(gp: Gp, top: *mut PanicRec, p: *mut PanicRec) -> (Pc, Fp) {
    // SAFETY: as `uncaught`; the function has an interface for a param and three result slots.
    unsafe {
        let entry = PANIC_TEXT.load(Acquire);
        if entry.is_null() {
            (*p).text = Some(plain_text((*p).value));
            return uncaught(gp, top);
        }
        let adapter = push_adapter(gp, (*top).pc, (*top).fp);
        *adapter.add(3) = p as u64;
        let window = adapter.add(ADAPTER_SLOTS);
        let call = Call {
            entry,
            context: 0,
            params: (&raw const (*p).value).cast(),
            ret_pc: load::trampolines().text_next,
            caller_fp: adapter,
            // The segment's slack has room for them.
            results_to: window.add(3),
        };
        (entry, frame::enter(gp, window, &call))
    }
}

/// `TextNext`.
///
/// # Safety
/// As every handler; `adapter` is what `ask_for_text` made.
pub(crate) unsafe fn text_returned(gp: Gp, adapter: Fp) -> (Pc, Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        let p = *adapter.add(3) as *mut PanicRec;
        let results = adapter.add(ADAPTER_SLOTS + 3);
        (*p).text = Some(if *results.add(2) != 0 {
            *results.cast::<GoStr>()
        } else {
            plain_text((*p).value)
        });
        uncaught(gp, (*VmG::of(gp)).panics)
    }
}

/// The text without calling any method.
unsafe fn plain_text(v: Iface) -> GoStr {
    // SAFETY: the value is well-formed.
    let text = unsafe { traceback::panic_value(v) };
    GoStr::from_static(String::leak(text))
}

unsafe fn print_and_exit(gp: Gp, top: *mut PanicRec) -> ! {
    if crate::session::is_on() {
        // SAFETY: as `uncaught`; a session outlives its goroutines.
        unsafe {
            let text = death_notice(gp, top);
            crate::session::died(gp, crate::session::Ending::Panicked, &text);
            abandon(gp)
        }
    }
    static DYING: AtomicBool = AtomicBool::new(false);
    if DYING.swap(true, AcqRel) {
        // Another goroutine is ending the process.
        loop {
            std::thread::sleep(std::time::Duration::from_secs(1));
        }
    }
    // SAFETY: as `uncaught`.
    unsafe {
        (minigo_runtime::hooks::hooks().before_exit)();
        let mut out = death_notice(gp, top);
        minigo_runtime::fatal::traceback_others(&mut out, gp);
        use std::io::Write;
        // Nothing can be done about a standard error that does not take it.
        let _ = std::io::stderr().write_all(&out);
        minigo_runtime::exit(2)
    }
}

/// The panics and the traceback of a goroutine that dies of them.
unsafe fn death_notice(gp: Gp, top: *mut PanicRec) -> Vec<u8> {
    // SAFETY: as `uncaught`.
    unsafe {
        let mut out = Vec::new();
        let mut signal = None;
        print_panics(top, &mut out, &mut signal);
        if let Some((fault, pc)) = signal {
            let line: String = Fault::line(&fault, pc as usize);
            out.extend(line.bytes());
            out.push(b'\n');
        }
        out.extend(format!("\ngoroutine {} [running]:\n", (*gp).goid).bytes());
        save((*top).pc, (*top).fp, gp);
        traceback::print_goroutine(gp, &mut out);
        out
    }
}

/// Oldest first, each newer one indented. (Go: `printpanics`)
unsafe fn print_panics(p: *mut PanicRec, out: &mut Vec<u8>, signal: &mut Option<(Fault, Pc)>) {
    // SAFETY: the chain of the running goroutine.
    unsafe {
        if let Some(fault) = (*p).signal {
            *signal = Some((fault, (*p).pc));
        }
        let link = (*p).link;
        if !link.is_null() {
            print_panics(link, out, signal);
            if (*link).repanicked {
                return;
            }
            if !(*link).goexit {
                out.push(b'\t');
            }
        }
        if (*p).goexit {
            return;
        }
        out.extend(b"panic: ");
        match (*p).text {
            Some(text) => out.extend(traceback::indented(text.bytes())),
            None => out.extend(traceback::panic_value((*p).value).bytes()),
        }
        if (*p).recovered && (*p).repanicked {
            out.extend(b" [recovered, repanicked]");
        } else if (*p).recovered {
            out.extend(b" [recovered]");
        }
        out.push(b'\n');
    }
}
