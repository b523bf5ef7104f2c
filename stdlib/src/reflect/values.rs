//! What is in a Value: reading, setting, fields, elements.

use super::call::method_value;
use super::convert::assign;
use super::types::{method_count, overflows_float, overflows_int, overflows_uint};
use super::*;
use minigo_vm::native;
use minigo_vm::native::{new_string, raise_nil_deref};
use minigo_vm::rtype::Kind::*;
use std::sync::atomic::AtomicPtr;

/// complex128 in slots.
#[repr(C)]
#[derive(Clone, Copy)]
struct Complex(f64, f64);

impl Arg for Complex {
    const SLOTS: usize = 2;
    unsafe fn get(at: *const u64) -> Self {
        // SAFETY: two slots, as the caller promises.
        unsafe { *at.cast() }
    }
    unsafe fn put(self, at: *mut u64) {
        // SAFETY: as above.
        unsafe { *at.cast() = self }
    }
}

fn is_int(k: Kind) -> bool {
    matches!(k, Int | Int8 | Int16 | Int32 | Int64)
}

fn is_uint(k: Kind) -> bool {
    matches!(k, Uint | Uint8 | Uint16 | Uint32 | Uint64 | Uintptr)
}

/// The array that a pointer to one points to.
fn array_behind(v: &Val) -> Option<&'static Rtype> {
    let ty = v.ty();
    (ty.kind == Pointer && ty.elem().kind == Array).then(|| ty.elem())
}

/// The number in a float value, whichever its size.
pub(super) unsafe fn float(v: &Val) -> f64 {
    // SAFETY: the caller has seen that it is a float.
    unsafe {
        match v.ty().size() {
            4 => v.get::<f32>() as f64,
            _ => v.get::<f64>(),
        }
    }
}

unsafe fn complex(v: &Val) -> Complex {
    // SAFETY: the caller has seen that it is a complex number.
    unsafe {
        match v.ty().size() {
            8 => {
                let [re, im] = v.get::<[f32; 2]>();
                Complex(re as f64, im as f64)
            }
            _ => v.get(),
        }
    }
}

/// The word that is nil in nil values of this kind.
pub(super) unsafe fn first_word(v: &Val) -> u64 {
    // SAFETY: the caller has seen that it is a pointer, slice, interface …
    unsafe {
        match v.ty().is_direct() {
            true => v.word(),
            false => v.get(),
        }
    }
}

/// The value, but a method value as a func.
unsafe fn func(gp: *mut G, v: &Val, op: &str) -> Result<Val> {
    match v.flag & METHOD {
        0 => Ok(*v),
        // SAFETY: `gp` is the running goroutine.
        _ => unsafe { method_value(gp, v, op) },
    }
}

/// Where a pointer-like value points to. (Go: Value.Pointer, Value.UnsafePointer)
unsafe fn pointer(gp: *mut G, v: &Val, method: &str) -> Result<u64> {
    // SAFETY: kinds tell the layout.
    unsafe {
        Ok(match v.kind() {
            Pointer | Chan | Map | UnsafePointer | Slice | String => first_word(v),
            // The address of its code.
            Func => match func(gp, v, method)?.word() as *const u64 {
                f if f.is_null() => 0,
                f => *f,
            },
            kind => return Err(value_error(gp, method, kind)),
        })
    }
}

/// What an interface holds, or a pointer points to.
pub(super) unsafe fn elem(v: &Val) -> Val {
    // SAFETY: the caller has seen that it is an interface or a pointer.
    unsafe {
        match v.kind() {
            Interface => Val::of(v.get(), v.ro()),
            _ => match v.word() as *const u8 {
                p if p.is_null() => Val::NONE,
                p => Val::at(v.ty().elem(), p, v.flag & RO | ADDR),
            },
        }
    }
}

/// A part of a value, `offset` bytes into it.
unsafe fn part(v: &Val, ty: &'static Rtype, offset: usize, flag: u64) -> Val {
    // SAFETY: the part lies inside.
    unsafe {
        let at = v.address().add(offset);
        match v.is_indirect() {
            true => Val::at(ty, at, flag | v.flag & ADDR),
            false => Val::direct(ty, load_word(ty, at), flag),
        }
    }
}

pub(super) unsafe fn field(v: &Val, i: usize) -> Val {
    let f = &v.ty().fields[i];
    let ro = match (f.pkg_path.is_empty(), f.embedded) {
        (true, _) => 0,
        (_, true) => EMBED_RO,
        (_, false) => STICKY_RO,
    };
    // SAFETY: fields lie inside their structs; descriptors are immortal.
    unsafe { part(v, &*f.ty, f.offset, v.flag & STICKY_RO | ro) }
}

/// An element of an array.
pub(super) unsafe fn array_elem(v: &Val, i: usize) -> Val {
    let ty = v.ty().elem();
    // SAFETY: the caller has seen that there is such an element.
    unsafe { part(v, ty, i * ty.size(), v.ro()) }
}

pub(super) unsafe fn len(gp: *mut G, v: &Val) -> Result<i64> {
    // SAFETY: kinds tell the layout.
    unsafe {
        Ok(match v.kind() {
            Slice => v.slice().len,
            String => v.string().len,
            Array => v.ty().len as i64,
            Map => minigo_vm::map::map_len(v.word() as *const _),
            Chan => minigo_runtime::chanlen(v.word() as *const _),
            Pointer => match array_behind(v) {
                Some(array) => array.len as i64,
                None => {
                    return fail(
                        gp,
                        "reflect: call of reflect.Value.Len on ptr to non-array Value",
                    );
                }
            },
            kind => return Err(value_error(gp, "reflect.Value.Len", kind)),
        })
    }
}

/// `v.Set(x)`
pub(super) unsafe fn set(gp: *mut G, v: &Val, x: Val) -> Result<()> {
    // SAFETY: what is assigned has the variable's type.
    unsafe {
        v.must_be_assignable(gp, "reflect.Value.Set")?;
        x.must_be_exported(gp, "reflect.Value.Set")?;
        let x = assign(gp, x, v.ty(), "reflect.Set")?;
        std::ptr::copy(x.address(), v.word as *mut u8, v.ty().size());
        Ok(())
    }
}

/// Checks a setter's receiver: a variable of one of the kinds.
unsafe fn settable(gp: *mut G, v: &Val, is: impl Fn(Kind) -> bool, method: &str) -> Result<()> {
    // SAFETY: `gp` is the running goroutine.
    unsafe {
        v.must_be_assignable(gp, method)?;
        match is(v.kind()) {
            true => Ok(()),
            false => Err(value_error(gp, method, v.kind())),
        }
    }
}

/// Checks that a value is of one of the kinds.
unsafe fn of_kind(gp: *mut G, v: &Val, is: impl Fn(Kind) -> bool, method: &str) -> Result<()> {
    match is(v.kind()) {
        true => Ok(()),
        // SAFETY: `gp` is the running goroutine.
        false => Err(unsafe { value_error(gp, method, v.kind()) }),
    }
}

/// Writes the low bytes of a word into a variable of that size.
unsafe fn store_word(v: &Val, word: u64) {
    // SAFETY: the caller has seen that it can be set; little-endian.
    unsafe { copy_nonoverlapping((&raw const word).cast(), v.word as *mut u8, v.ty().size()) };
}

/// Go: `Value.Interface`
pub(super) unsafe fn interface(gp: *mut G, v: &Val, method: &str) -> Result<Iface> {
    // SAFETY: the value lies where it says.
    unsafe {
        if v.ty.is_null() {
            return Err(value_error(gp, method, Invalid));
        }
        if v.flag & RO != 0 {
            let text = "cannot return value obtained from unexported field or method";
            return fail(gp, format!("{method}: {text}"));
        }
        Ok(func(gp, v, "Interface")?.pack(gp))
    }
}

native! {
    fn value_of(gp, v: Iface) -> Val { Val::of(v, 0) }
    fn kind(gp, v: Val) -> u64 { v.kind() as u64 }
    fn is_valid(gp, v: Val) -> bool { !v.ty.is_null() }
    fn value_type(gp, v: Val) -> Result<Iface> {
        if v.ty.is_null() {
            return Err(value_error(gp, "reflect.Value.Type", Invalid));
        }
        match v.flag & METHOD {
            0 => Ok(type_value(v.ty)),
            _ => {
                let (t, i) = (v.ty(), (v.flag >> METHOD_SHIFT) as usize);
                Ok(type_value(match t.kind {
                    Interface => t.imethods[i].ty,
                    _ => super::types::exported_methods(t).nth(i).map_or(null(), |m| m.ty),
                }))
            }
        }
    }
    fn get_interface(gp, v: Val) -> Result<Iface> { interface(gp, &v, "reflect.Value.Interface") }
    fn assert_interface(gp, v: Val) -> Result<Iface> { interface(gp, &v, "reflect.TypeAssert") }
    fn can_addr(gp, v: Val) -> bool { v.flag & ADDR != 0 }
    fn can_set(gp, v: Val) -> bool { v.flag & (ADDR | RO) == ADDR }
    fn can_interface(gp, v: Val) -> Result<bool> {
        match v.ty.is_null() {
            true => Err(value_error(gp, "reflect.Value.CanInterface", Invalid)),
            false => Ok(v.flag & RO == 0),
        }
    }
    fn can_int(gp, v: Val) -> bool { is_int(v.kind()) }
    fn can_uint(gp, v: Val) -> bool { is_uint(v.kind()) }
    fn can_float(gp, v: Val) -> bool { matches!(v.kind(), Float32 | Float64) }
    fn can_complex(gp, v: Val) -> bool { matches!(v.kind(), Complex64 | Complex128) }

    fn get_bool(gp, v: Val) -> Result<bool> {
        v.must_be(gp, Bool, "reflect.Value.Bool")?;
        Ok(v.word() != 0)
    }
    fn get_int(gp, v: Val) -> Result<i64> {
        of_kind(gp, &v, is_int, "reflect.Value.Int")?;
        Ok(v.word() as i64)
    }
    fn get_uint(gp, v: Val) -> Result<u64> {
        of_kind(gp, &v, is_uint, "reflect.Value.Uint")?;
        Ok(v.word())
    }
    fn get_float(gp, v: Val) -> Result<f64> {
        of_kind(gp, &v, |k| matches!(k, Float32 | Float64), "reflect.Value.Float")?;
        Ok(float(&v))
    }
    fn get_complex(gp, v: Val) -> Result<Complex> {
        of_kind(gp, &v, |k| matches!(k, Complex64 | Complex128), "reflect.Value.Complex")?;
        Ok(complex(&v))
    }
    fn get_string(gp, v: Val) -> Result<GoStr> {
        Ok(match v.kind() {
            String => v.string(),
            Invalid => GoStr::from_static("<invalid Value>"),
            _ => {
                let ty = func(gp, &v, "String")?.ty().string;
                new_string(gp, format!("<{ty} Value>").as_bytes())
            }
        })
    }
    fn bytes(gp, v: Val) -> Result<GoSlice> {
        match v.kind() {
            Slice if v.ty().elem().kind == Uint8 => Ok(v.slice()),
            Slice => fail(gp, "reflect.Value.Bytes of non-byte slice"),
            Array if v.ty().elem().kind != Uint8 => fail(gp, "reflect.Value.Bytes of non-byte array"),
            Array if v.flag & ADDR == 0 => {
                fail(gp, "reflect.Value.Bytes of unaddressable byte array")
            }
            Array => {
                let n = v.ty().len as i64;
                Ok(GoSlice { ptr: v.word as *mut u8, len: n, cap: n })
            }
            kind => Err(value_error(gp, "reflect.Value.Bytes", kind)),
        }
    }
    fn interface_data(gp, v: Val) -> Result<(u64, u64)> {
        v.must_be(gp, Interface, "reflect.Value.InterfaceData")?;
        let [ty, data] = v.get::<[u64; 2]>();
        Ok((ty, data))
    }

    fn is_nil(gp, v: Val) -> Result<bool> {
        match v.kind() {
            Func if v.flag & METHOD != 0 => Ok(false),
            Chan | Func | Map | Pointer | UnsafePointer | Interface | Slice => Ok(first_word(&v) == 0),
            kind => Err(value_error(gp, "reflect.Value.IsNil", kind)),
        }
    }
    fn get_pointer(gp, v: Val) -> Result<u64> { pointer(gp, &v, "reflect.Value.Pointer") }
    fn unsafe_pointer(gp, v: Val) -> Result<u64> { pointer(gp, &v, "reflect.Value.UnsafePointer") }
    fn unsafe_addr(gp, v: Val) -> Result<u64> {
        if v.ty.is_null() {
            return Err(value_error(gp, "reflect.Value.UnsafeAddr", Invalid));
        }
        match v.flag & ADDR {
            0 => fail(gp, "reflect.Value.UnsafeAddr of unaddressable value"),
            _ => Ok(v.word),
        }
    }
    fn addr(gp, v: Val) -> Result<Val> {
        match v.flag & ADDR {
            0 => fail(gp, "reflect.Value.Addr of unaddressable value"),
            _ => Ok(Val::direct(minigo_vm::made::pointer_to(v.ty()), v.word, v.flag & RO)),
        }
    }
    fn get_elem(gp, v: Val) -> Result<Val> {
        of_kind(gp, &v, |k| matches!(k, Interface | Pointer), "reflect.Value.Elem")?;
        Ok(elem(&v))
    }
    fn indirect(gp, v: Val) -> Val {
        match v.kind() {
            Pointer => elem(&v),
            _ => v,
        }
    }
    fn num_field(gp, v: Val) -> Result<i64> {
        v.must_be(gp, Struct, "reflect.Value.NumField")?;
        Ok(v.ty().fields.len() as i64)
    }
    fn num_method(gp, v: Val) -> Result<i64> {
        match v.ty.is_null() {
            true => Err(value_error(gp, "reflect.Value.NumMethod", Invalid)),
            false if v.flag & METHOD != 0 => Ok(0),
            false => Ok(method_count(v.ty()) as i64),
        }
    }
    fn get_field(gp, v: Val, i: usize) -> Result<Val> {
        v.must_be(gp, Struct, "reflect.Value.Field")?;
        match i < v.ty().fields.len() {
            true => Ok(field(&v, i)),
            false => fail(gp, "reflect: Field index out of range"),
        }
    }
    fn index(gp, v: Val, i: usize) -> Result<Val> {
        static BYTE: AtomicPtr<Rtype> = AtomicPtr::new(std::ptr::null_mut());
        match v.kind() {
            Array if i >= v.ty().len as usize => fail(gp, "reflect: array index out of range"),
            Array => Ok(array_elem(&v, i)),
            Slice => {
                let (s, ty) = (v.slice(), v.ty().elem());
                if i >= s.len as usize {
                    return fail(gp, "reflect: slice index out of range");
                }
                Ok(Val::at(ty, s.ptr.add(i * ty.size()), v.ro() | ADDR))
            }
            String => match v.string().bytes().get(i) {
                Some(&b) => Ok(Val::direct(own_type(&BYTE, "uint8"), b as u64, v.ro())),
                None => fail(gp, "reflect: string index out of range"),
            },
            kind => Err(value_error(gp, "reflect.Value.Index", kind)),
        }
    }
    fn get_len(gp, v: Val) -> Result<i64> { len(gp, &v) }
    fn cap(gp, v: Val) -> Result<i64> {
        match v.kind() {
            Slice => Ok(v.slice().cap),
            Array => Ok(v.ty().len as i64),
            Chan => Ok(minigo_runtime::chancap(v.word() as *const _)),
            Pointer => match array_behind(&v) {
                Some(array) => Ok(array.len as i64),
                None => fail(gp, "reflect: call of reflect.Value.Cap on ptr to non-array Value"),
            },
            kind => Err(value_error(gp, "reflect.Value.Cap", kind)),
        }
    }

    fn set_value(gp, v: Val, x: Val) -> Result<()> { set(gp, &v, x) }
    fn set_zero(gp, v: Val) -> Result<()> {
        v.must_be_assignable(gp, "reflect.Value.SetZero")?;
        (v.word as *mut u8).write_bytes(0, v.ty().size());
        Ok(())
    }
    fn set_bool(gp, v: Val, x: bool) -> Result<()> {
        settable(gp, &v, |k| k == Bool, "reflect.Value.SetBool")?;
        store_word(&v, x as u64);
        Ok(())
    }
    fn set_int(gp, v: Val, x: i64) -> Result<()> {
        settable(gp, &v, is_int, "reflect.Value.SetInt")?;
        store_word(&v, x as u64);
        Ok(())
    }
    fn set_uint(gp, v: Val, x: u64) -> Result<()> {
        settable(gp, &v, is_uint, "reflect.Value.SetUint")?;
        store_word(&v, x);
        Ok(())
    }
    fn set_float(gp, v: Val, x: f64) -> Result<()> {
        settable(gp, &v, |k| matches!(k, Float32 | Float64), "reflect.Value.SetFloat")?;
        match v.ty().size() {
            4 => v.store(x as f32),
            _ => v.store(x),
        }
        Ok(())
    }
    fn set_complex(gp, v: Val, x: Complex) -> Result<()> {
        let is = |k| matches!(k, Complex64 | Complex128);
        settable(gp, &v, is, "reflect.Value.SetComplex")?;
        match v.ty().size() {
            8 => v.store([x.0 as f32, x.1 as f32]),
            _ => v.store(x),
        }
        Ok(())
    }
    fn set_string(gp, v: Val, x: GoStr) -> Result<()> {
        settable(gp, &v, |k| k == String, "reflect.Value.SetString")?;
        v.store(x);
        Ok(())
    }
    fn set_bytes(gp, v: Val, x: GoSlice) -> Result<()> {
        settable(gp, &v, |k| k == Slice, "reflect.Value.SetBytes")?;
        if v.ty().elem().kind != Uint8 {
            return fail(gp, "reflect.Value.SetBytes of non-byte slice");
        }
        v.store(x);
        Ok(())
    }
    fn set_pointer(gp, v: Val, x: u64) -> Result<()> {
        settable(gp, &v, |k| k == UnsafePointer, "reflect.Value.SetPointer")?;
        v.store(x);
        Ok(())
    }

    fn overflow_int(gp, v: Val, x: i64) -> Result<bool> {
        of_kind(gp, &v, is_int, "reflect.Value.OverflowInt")?;
        Ok(overflows_int(v.ty(), x))
    }
    fn overflow_uint(gp, v: Val, x: u64) -> Result<bool> {
        of_kind(gp, &v, is_uint, "reflect.Value.OverflowUint")?;
        Ok(overflows_uint(v.ty(), x))
    }
    fn overflow_float(gp, v: Val, x: f64) -> Result<bool> {
        of_kind(gp, &v, |k| matches!(k, Float32 | Float64), "reflect.Value.OverflowFloat")?;
        Ok(overflows_float(v.ty(), x))
    }
    fn overflow_complex(gp, v: Val, x: Complex) -> Result<bool> {
        let is = |k| matches!(k, Complex64 | Complex128);
        of_kind(gp, &v, is, "reflect.Value.OverflowComplex")?;
        let small = v.ty().size() == 8;
        let over = |x: f64| small && x.is_finite() && x.abs() > f32::MAX as f64;
        Ok(over(x.0) || over(x.1))
    }

    fn zero(gp, t: Iface) -> Result<Val> {
        match type_of(t) {
            None => fail(gp, "reflect: Zero(nil)"),
            Some(ty) if ty.is_direct() => Ok(Val::direct(ty, 0, 0)),
            Some(ty) => Ok(Val::at(ty, alloc(gp, ty), 0)),
        }
    }
    fn new(gp, t: Iface) -> Result<Val> {
        match type_of(t) {
            None => fail(gp, "reflect: New(nil)"),
            Some(ty) => Ok(Val::direct(minigo_vm::made::pointer_to(ty), alloc(gp, ty) as u64, 0)),
        }
    }
    fn new_at(gp, t: Iface, p: u64) -> Result<Val> {
        match type_of(t) {
            None => Err(raise_nil_deref(gp)),
            Some(ty) => Ok(Val::direct(minigo_vm::made::pointer_to(ty), p, 0)),
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.ValueOf", value_of),
    ("reflect.Indirect", indirect),
    ("reflect.New", new),
    ("reflect.NewAt", new_at),
    ("reflect.Zero", zero),
    ("reflect.assertInterface", assert_interface),
    ("reflect.Value.Addr", addr),
    ("reflect.Value.Bool", get_bool),
    ("reflect.Value.Bytes", bytes),
    ("reflect.Value.CanAddr", can_addr),
    ("reflect.Value.CanComplex", can_complex),
    ("reflect.Value.CanFloat", can_float),
    ("reflect.Value.CanInt", can_int),
    ("reflect.Value.CanInterface", can_interface),
    ("reflect.Value.CanSet", can_set),
    ("reflect.Value.CanUint", can_uint),
    ("reflect.Value.Cap", cap),
    ("reflect.Value.Complex", get_complex),
    ("reflect.Value.Elem", get_elem),
    ("reflect.Value.Field", get_field),
    ("reflect.Value.Float", get_float),
    ("reflect.Value.Index", index),
    ("reflect.Value.Int", get_int),
    ("reflect.Value.Interface", get_interface),
    ("reflect.Value.InterfaceData", interface_data),
    ("reflect.Value.IsNil", is_nil),
    ("reflect.Value.IsValid", is_valid),
    ("reflect.Value.Kind", kind),
    ("reflect.Value.Len", get_len),
    ("reflect.Value.NumField", num_field),
    ("reflect.Value.NumMethod", num_method),
    ("reflect.Value.OverflowComplex", overflow_complex),
    ("reflect.Value.OverflowFloat", overflow_float),
    ("reflect.Value.OverflowInt", overflow_int),
    ("reflect.Value.OverflowUint", overflow_uint),
    ("reflect.Value.Pointer", get_pointer),
    ("reflect.Value.Set", set_value),
    ("reflect.Value.SetBool", set_bool),
    ("reflect.Value.SetBytes", set_bytes),
    ("reflect.Value.SetComplex", set_complex),
    ("reflect.Value.SetFloat", set_float),
    ("reflect.Value.SetInt", set_int),
    ("reflect.Value.SetPointer", set_pointer),
    ("reflect.Value.SetString", set_string),
    ("reflect.Value.SetUint", set_uint),
    ("reflect.Value.SetZero", set_zero),
    ("reflect.Value.String", get_string),
    ("reflect.Value.Type", value_type),
    ("reflect.Value.Uint", get_uint),
    ("reflect.Value.UnsafeAddr", unsafe_addr),
    ("reflect.Value.UnsafePointer", unsafe_pointer),
];
