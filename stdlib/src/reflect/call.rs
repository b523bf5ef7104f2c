//! Calling: functions, methods, functions made of Go closures over Values.

use super::chans::{alloc_words, check};
use super::convert::{assign, directly_assignable, implements};
use super::maps::own_value_type;
use super::types::exported_methods;
use super::*;
use minigo_vm::native;
use minigo_vm::native::{Args, alloc_array, bind_method, call_go, make_func, method_func};

/// A method value's parts.
struct Method {
    /// Func type without receiver.
    ty: &'static Rtype,
    code: *const u64,
    receiver: u64,
}

unsafe fn method_of(gp: *mut G, v: &Val, op: &str) -> Result<Method> {
    let i = (v.flag >> METHOD_SHIFT) as usize;
    // SAFETY: the number was checked when the method value was made.
    unsafe {
        let find = |t: &Rtype, sel: u32| {
            let m = t.methods().iter().find(|m| m.sel == sel);
            m.map_or(null(), |m| m.code)
        };
        let (ty, code, receiver, name) = match v.ty() {
            t if t.kind == Kind::Interface => {
                let m = &t.imethods[i];
                if !m.pkg_path.is_empty() {
                    return fail(gp, format!("reflect: {op} of unexported method"));
                }
                let dynamic: Iface = v.get();
                let Some(t) = dynamic.ty.as_ref() else {
                    return fail(
                        gp,
                        format!("reflect: {op} of method on nil interface value"),
                    );
                };
                (m.ty, find(t, m.sel), dynamic.data, m.name)
            }
            t => {
                let Some(m) = exported_methods(t).nth(i) else {
                    return fail(gp, "reflect: internal error: invalid method index");
                };
                let receiver = match t.is_direct() {
                    true => v.word(),
                    false => v.word,
                };
                (m.ty, m.code, receiver, m.name)
            }
        };
        match code.is_null() {
            true => fail(gp, format!("reflect: method {name} is not in the program")),
            false => Ok(Method {
                ty: &*ty,
                code,
                receiver,
            }),
        }
    }
}

/// A method value as a func that has its receiver inside.
pub(super) unsafe fn method_value(gp: *mut G, v: &Val, op: &str) -> Result<Val> {
    // SAFETY: the code is a method's.
    unsafe {
        let m = method_of(gp, v, op)?;
        let f = bind_method(gp, m.code, m.receiver);
        Ok(Val::direct(m.ty, f as u64, v.flag & RO))
    }
}

fn slots(list: &[*const Rtype]) -> usize {
    // SAFETY: descriptors are immortal.
    list.iter().map(|&t| unsafe { (*t).slots() }).sum()
}

/// Writes a value into slots, in canonical form. Answers where the next one goes.
unsafe fn put(gp: *mut G, v: &Val, to: *mut u64) -> *mut u64 {
    // SAFETY: there is room for it; the last word was zero.
    unsafe {
        let ty = v.ty();
        match ty.size() {
            0 => {}
            1..=8 => *to = v.word(),
            _ if ty.far => *to = ty.clone_value(gp, v.address() as u64),
            n => copy_nonoverlapping(v.address(), to.cast(), n),
        }
        to.add(ty.slots())
    }
}

/// A `[]Value` of copies of what lies in slots.
unsafe fn values(gp: *mut G, types: &[*const Rtype], mut from: *const u64) -> GoSlice {
    // SAFETY: values of the types lie there; the list is reachable from this stack.
    unsafe {
        if types.is_empty() {
            return GoSlice::NIL;
        }
        let list = alloc_array(gp, own_value_type(), types.len()).cast::<Val>();
        for (i, &ty) in types.iter().enumerate() {
            let at = if (*ty).far { *from as *const u64 } else { from };
            *list.add(i) = Val::copy(gp, &*ty, at.cast(), 0);
            from = from.add((*ty).slots());
        }
        let n = types.len() as i64;
        GoSlice {
            ptr: list.cast(),
            len: n,
            cap: n,
        }
    }
}

unsafe fn can_assign(v: &Val, to: &'static Rtype) -> bool {
    match v.flag & METHOD {
        0 => directly_assignable(v.ty(), to) || implements(v.ty(), to),
        // Assigning tells.
        _ => true,
    }
}

/// Checks the arguments of a call and lays them out. Answers the frame: params, then room for results.
unsafe fn frame(
    gp: *mut G,
    ty: &'static Rtype,
    receiver: Option<u64>,
    args: &[Val],
    spread: bool,
) -> Result<*mut u64> {
    let op = if spread { "CallSlice" } else { "Call" };
    // SAFETY: the frame has room for everything; descriptors are immortal.
    unsafe {
        let wrong = |what: &str| fail(gp, format!("reflect: {op} {what}"));
        if spread && !ty.variadic {
            return wrong("of non-variadic function");
        }
        let listed = ty.variadic && !spread;
        let n = ty.params.len() - listed as usize;
        if args.len() < n {
            return wrong("with too few input arguments");
        }
        if !listed && args.len() > n {
            return wrong("with too many input arguments");
        }
        for v in args {
            if v.ty.is_null() {
                return wrong("using zero Value argument");
            }
            v.must_be_exported(gp, &format!("reflect.Value.{op}"))?;
        }
        for (v, &to) in args.iter().zip(&ty.params[..n]) {
            if !can_assign(v, &*to) {
                return wrong(&format!("using {} as type {}", v.ty().string, (*to).string));
            }
        }
        let words = slots(ty.params) + slots(ty.results) + receiver.is_some() as usize;
        let frame = alloc_words(gp, words);
        let mut at = frame;
        if let Some(word) = receiver {
            *at = word;
            at = at.add(1);
        }
        for (v, &to) in args.iter().zip(&ty.params[..n]) {
            at = put(gp, &assign(gp, *v, &*to, "reflect.Value.Call")?, at);
        }
        if listed {
            let elem = (*ty.params[n]).elem();
            let rest = &args[n..];
            if let Some(v) = rest.iter().find(|v| !can_assign(v, elem)) {
                let what = format!("{} as type {} in {op}", v.ty().string, elem.string);
                return fail(gp, format!("reflect: cannot use {what}"));
            }
            let list = alloc_array(gp, elem, rest.len());
            let len = rest.len() as i64;
            *at.cast() = GoSlice {
                ptr: list,
                len,
                cap: len,
            };
            for (i, v) in rest.iter().enumerate() {
                let v = assign(gp, *v, elem, "reflect.Value.Call")?;
                copy_nonoverlapping(v.address(), list.add(i * elem.size()), elem.size());
            }
        }
        Ok(frame)
    }
}

/// The func type that a call is of, and whether there is a receiver.
unsafe fn signature(gp: *mut G, v: &Val) -> Result<(&'static Rtype, Option<Method>)> {
    // SAFETY: the kind was checked.
    unsafe {
        match v.flag & METHOD {
            0 => Ok((v.ty(), None)),
            _ => {
                let m = method_of(gp, v, "Call")?;
                Ok((m.ty, Some(m)))
            }
        }
    }
}

/// func (v Value) Call(in []Value) []Value
unsafe fn start_call(gp: *mut G, args: *mut u64, spread: bool) -> NativeRet {
    // SAFETY: as the signature says; slot 0 keeps the frame alive.
    unsafe {
        let (v, list): (Val, GoSlice) = (Args(args).get(3), Args(args).get(6));
        let method = ["reflect.Value.Call", "reflect.Value.CallSlice"][spread as usize];
        check!(v.must_be(gp, Kind::Func, method));
        check!(v.must_be_exported(gp, method));
        let (ty, m) = check!(signature(gp, &v));
        let (closure, receiver) = match m {
            Some(m) => (method_func(m.code), Some(m.receiver)),
            None => (v.word() as *const u64, None),
        };
        if closure.is_null() {
            return raise_string(gp, "reflect.Value.Call: call of nil function");
        }
        let frame = check!(frame(gp, ty, receiver, list.elems(), spread));
        *args = frame as u64;
        let params = slots(ty.params) + receiver.is_some() as usize;
        let (results, n) = (frame.add(params), slots(ty.results));
        call_go(gp, closure, frame, params, results, n, Some(called))
    }
}

unsafe extern "C" fn called(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: slot 0 holds the frame, the params are as they were.
    unsafe {
        let v: Val = Args(args).get(3);
        let (ty, m) = check!(signature(gp, &v));
        let params = slots(ty.params) + m.is_some() as usize;
        let frame = *args as *const u64;
        Args(args).set(0, values(gp, ty.results, frame.add(params)));
        NativeRet::Done
    }
}

unsafe extern "C" fn call(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: as the callee.
    unsafe { start_call(gp, args, false) }
}

unsafe extern "C" fn call_slice(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: as the callee.
    unsafe { start_call(gp, args, true) }
}

native! {
    fn method(gp, v: Val, i: i64) -> Result<Val> {
        let method = "reflect.Value.Method";
        if v.ty.is_null() {
            return Err(value_error(gp, method, Kind::Invalid));
        }
        let n = super::types::method_count(v.ty());
        if v.flag & METHOD != 0 || i as u64 >= n as u64 {
            return fail(gp, "reflect: Method index out of range");
        }
        if v.kind() == Kind::Interface && super::values::first_word(&v) == 0 {
            return fail(gp, "reflect: Method on nil interface value");
        }
        let flag = v.ro() | v.flag & INDIR | METHOD | (i as u64) << METHOD_SHIFT;
        Ok(Val { flag, ..v })
    }
    /// A func of type `t` that calls `handler(context, frame)`.
    fn make(gp, t: *const Rtype, context: u64, handler: *const u64) -> Val {
        let t = &*t;
        let f = make_func(gp, handler, context, slots(t.results), slots(t.params));
        Val::direct(t, f as u64, 0)
    }
    /// The params in the frame of such a func.
    fn frame_params(gp, t: *const Rtype, frame: *const u64) -> GoSlice {
        let t = &*t;
        values(gp, t.params, frame.add(slots(t.results)))
    }
    /// Writes the results into it; the closure is for what goes wrong.
    fn frame_return(gp, t: *const Rtype, frame: *mut u64, results: GoSlice, closure: *const u64) -> Result<()> {
        let types = (*t).results;
        let results = results.elems::<Val>();
        if results.len() != types.len() {
            return fail(gp, "reflect: wrong return count from function created by MakeFunc");
        }
        let name = || minigo_vm::caller_at(*closure).map_or("closure", |c| c.name);
        let wrong = |what| fail(gp, format!("reflect: function created by MakeFunc using {} {what}", name()));
        let mut at = frame;
        for (v, &to) in results.iter().zip(types) {
            if v.ty.is_null() {
                return wrong("returned zero Value");
            }
            if v.flag & RO != 0 {
                return wrong("returned value obtained from unexported field");
            }
            let v = assign(gp, *v, &*to, "reflect.MakeFunc")?;
            if let Some(last) = (*to).slots().checked_sub(1) {
                *at.add(last) = 0;
            }
            at = put(gp, &v, at);
        }
        Ok(())
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.Value.Call", call),
    ("reflect.Value.CallSlice", call_slice),
    ("reflect.Value.Method", method),
    ("reflect.frameParams", frame_params),
    ("reflect.frameReturn", frame_return),
    ("reflect.makeFunc", make),
];
