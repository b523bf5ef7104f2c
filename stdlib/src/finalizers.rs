//! runtime.SetFinalizer and AddCleanup: what is attached to objects from outside. (Go: runtime/mfinal.go,
//! mcleanup.go)
//!
//! The heap keeps the records and queues them; `runtime/src/finq.rs` lets the two goroutines sleep that call what is queued.

use crate::rtypes::implements;
use crate::util::WordsType;
use minigo_runtime::finq::{Runs, begin, set_system, wait_queued};
use minigo_runtime::heap::{heap, mallocgc};
use minigo_runtime::{Wait, fatal};
use minigo_vm::native;
use minigo_vm::native::{G, GoStr, Iface, NativeRet, NativeTable, call_go, wait};
use minigo_vm::rtype::{Kind, Rtype};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicBool, Ordering::*};

/// A finalizer in the heap: the function, how it takes the object, room for the results behind.
#[repr(C)]
struct Finalizer {
    closure: *const u64,
    /// The parameters: the object's address, behind the type word if the function takes an interface.
    params: [u64; 2],
    nparams: usize,
    nresults: usize,
}

/// Any number of words that may be pointers.
static WORD: WordsType<1> = WordsType::new(1);

/// Objects below this size without pointers may share a block.
const TINY: usize = 16;

/// What is wrong with SetFinalizer's arguments, if anything is; otherwise the function's only parameter, or null to take
/// the finalizer away, or nothing to be done.
fn checked(obj: &Iface, finalizer: &Iface) -> Result<Option<*const Rtype>, String> {
    // SAFETY: type words are null or immortal descriptors.
    let (ty, func) = unsafe { (obj.ty.as_ref(), finalizer.ty.as_ref()) };
    let Some(ty) = ty else {
        return Err("first argument is nil".into());
    };
    if ty.kind != Kind::Pointer {
        return Err(format!("first argument is {}, not pointer", ty.string));
    }
    let Some((base, _)) = heap().object_at(obj.data as usize) else {
        // A package variable lives for ever.
        return if obj.data == 0 {
            Err("pointer not in allocated block".into())
        } else {
            Ok(None)
        };
    };
    let tiny = ty.elem().gc.ptrdata == 0 && ty.elem().size() < TINY;
    if base != obj.data as usize && !tiny {
        return Err("pointer not at beginning of allocated block".into());
    }
    let Some(func) = func else {
        return Ok(Some(null()));
    };
    if func.kind != Kind::Func {
        return Err(format!(
            "second argument is {}, not a function",
            func.string
        ));
    }
    let mismatch = format!("cannot pass {} to finalizer {}", ty.string, func.string);
    if func.variadic {
        return Err(mismatch + " because dotdotdot");
    }
    let &[param] = func.params else {
        return Err(mismatch);
    };
    // SAFETY: descriptors are immortal.
    let to = unsafe { &*param };
    let same = std::ptr::eq(to, ty);
    let unnamed = |t: &Rtype| t.name.is_empty();
    let pointer = to.kind == Kind::Pointer
        && std::ptr::eq(to.elem(), ty.elem())
        && (unnamed(to) || unnamed(ty));
    let interface = to.kind == Kind::Interface && implements(ty, to);
    if same || pointer || interface {
        Ok(Some(param))
    } else {
        Err(mismatch)
    }
}

/// Can the object of these bounds be reached from a cleanup's argument, or from its function?
unsafe fn sees(
    arg: Iface,
    cleanup: *const u64,
    ptr: usize,
    (base, size): (usize, usize),
) -> Option<&'static str> {
    let within = |addr: u64| (base..base + size).contains(&(addr as usize));
    // SAFETY: `arg` is a pointer to the argument, `cleanup` nil or a closure.
    unsafe {
        let arg_type = (*arg.ty).elem();
        if matches!(arg_type.kind, Kind::Pointer | Kind::UnsafePointer) {
            let to = *(arg.data as *const u64);
            if to as usize == ptr {
                return Some("ptr is equal to arg, cleanup will never run");
            }
            if within(to) && size >= TINY {
                return Some("ptr is within arg, cleanup will never run");
            }
        }
        if let Some((at, bytes)) = heap().object_at(cleanup as usize) {
            let words = std::slice::from_raw_parts(at as *const u64, bytes / 8);
            if words.iter().any(|&w| within(w)) {
                return Some("cleanup function closes over ptr, cleanup will never run");
            }
        }
    }
    None
}

fn runs(which: i64) -> Runs {
    if which == 0 {
        Runs::Finalizers
    } else {
        Runs::Cleanups
    }
}

native! {
    fn first_use(gp, which: i64) -> bool {
        static STARTED: [AtomicBool; 2] = [const { AtomicBool::new(false) }; 2];
        let started = &STARTED[which as usize];
        let first = !started.load(Relaxed) && !started.swap(true, Relaxed);
        if first {
            begin(runs(which));
        }
        first
    }
    fn set_finalizer(gp, obj: Iface, finalizer: Iface) {
        let throw = |what: &str| fatal(&format!("runtime.SetFinalizer: {what}"));
        let object = obj.data as *mut u8;
        let param = match checked(&obj, &finalizer) {
            Err(fault) => throw(&fault),
            Ok(None) => return,
            Ok(Some(param)) => param,
        };
        if param.is_null() {
            heap().remove_finalizer(object);
            return;
        }
        let nresults = (*finalizer.ty).results.iter().map(|&t| (*t).slots()).sum();
        let bytes = size_of::<Finalizer>() + 8 * nresults;
        let f: *mut Finalizer = mallocgc(gp, bytes, WORD.get(), true).cast();
        let (ty, nparams) = match (*param).kind {
            Kind::Interface => (obj.ty as u64, 2),
            _ => (0, 1),
        };
        // The object is added when the finalizer is called: here it would keep itself alive.
        *f = Finalizer { closure: finalizer.data as *const u64, params: [ty, 0], nparams, nresults };
        if !heap().set_finalizer(object, f.cast()) {
            throw("finalizer already set");
        }
    }
    fn next_finalizer(gp) -> (*mut u8, *mut u8) {
        let next = heap().next_finalizer();
        if next.is_some() {
            set_system(gp, false);
        }
        next.map_or((null_mut(), null_mut()), |q| (q.object, q.data))
    }
    fn next_cleanup(gp) -> *mut u8 {
        let next = heap().next_cleanup();
        if next.is_some() {
            set_system(gp, false);
        }
        next.map_or(null_mut(), |q| q.data)
    }
    fn add_cleanup(gp, ptr: *mut u8, arg: Iface, cleanup: *const u64, call: *mut u8) -> (u64, GoStr) {
        let Some(bounds) = heap().object_at(ptr as usize) else {
            return (0, GoStr::EMPTY);
        };
        match sees(arg, cleanup, ptr as usize, bounds) {
            Some(fault) => (0, GoStr::from_static(fault)),
            None => (heap().add_cleanup(ptr, call), GoStr::EMPTY),
        }
    }
    fn stop_cleanup(gp, ptr: usize, id: u64) { heap().stop_cleanup(ptr as *mut u8, id); }
}

/// Go: func waitQueued(which int)
unsafe extern "C" fn wait_for(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the only slot is which; each kind has one goroutine.
    unsafe {
        let w: Wait = wait_queued(gp, runs(*args as i64));
        wait(gp, args, w, None)
    }
}

/// Go: func callFinalizer(obj, f unsafe.Pointer)
unsafe extern "C" fn call_finalizer(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the slots are an object and its finalizer, which stays alive through this frame.
    unsafe {
        let f = *args.add(1) as *mut Finalizer;
        (*f).params[(*f).nparams - 1] = *args;
        let results = f.add(1).cast();
        call_go(
            gp,
            (*f).closure,
            (*f).params.as_ptr(),
            (*f).nparams,
            results,
            (*f).nresults,
            None,
        )
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("runtime.addCleanup", add_cleanup),
    ("runtime.callFinalizer", call_finalizer),
    ("runtime.firstUse", first_use),
    ("runtime.nextCleanup", next_cleanup),
    ("runtime.nextFinalizer", next_finalizer),
    ("runtime.setFinalizer", set_finalizer),
    ("runtime.stopCleanup", stop_cleanup),
    ("runtime.waitQueued", wait_for),
];
