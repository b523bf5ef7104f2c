//! Package reflect: values and types as Go code sees them at run time.
//!
//! A `reflect.Value` is three words: the type, the value or its address, and flags. A value of at most 8 bytes that is
//! not a variable lies in the second word itself, in canonical form, as in an interface; everything else is pointed
//! at. What is pointed at is the program's variable when [`ADDR`] is set, else an immutable copy that may be shared.
//!
//! A method value is its receiver with [`METHOD`] and the method's number above [`METHOD_SHIFT`]: among the exported
//! methods of a concrete type, or all methods of an interface type.
//!
//! Failures panic as in Go: with a `*reflect.ValueError`, or with a string.

pub(crate) mod call;
pub(crate) mod chans;
pub(crate) mod convert;
pub(crate) mod equal;
pub(crate) mod lists;
pub(crate) mod maps;
pub(crate) mod types;
pub(crate) mod values;

use crate::rtypes::{FLAG_INDIR as INDIR, FLAG_RO as RO, load_word, pack};
use minigo_vm::native::{
    Arg, G, GoSlice, GoStr, Iface, NativeRet, NativeTable, alloc, raise, raise_string,
};
use minigo_vm::rtype::{Field, Kind, Rtype};
use std::ptr::{copy_nonoverlapping, null};
use std::sync::atomic::{AtomicPtr, Ordering::*};

/// Reached through an unexported field that is not embedded.
const STICKY_RO: u64 = 1 << 5;
/// Reached through an unexported embedded field.
const EMBED_RO: u64 = 1 << 6;
/// The value is a variable of the program: it has an address, and can be set unless it is read-only.
const ADDR: u64 = 1 << 8;
const METHOD: u64 = 1 << 9;
const METHOD_SHIFT: u32 = 10;

type Result<T, E = NativeRet> = std::result::Result<T, E>;

/// reflect.Value
#[repr(C)]
#[derive(Clone, Copy)]
pub(crate) struct Val {
    ty: *const Rtype,
    word: u64,
    flag: u64,
}

impl Arg for Val {
    const SLOTS: usize = 3;
    unsafe fn get(at: *const u64) -> Self {
        // SAFETY: plain words, of which the caller promises as many.
        unsafe { *at.cast() }
    }
    unsafe fn put(self, at: *mut u64) {
        // SAFETY: as above.
        unsafe { *at.cast() = self }
    }
}

impl Val {
    /// The zero Value.
    const NONE: Val = Val {
        ty: null(),
        word: 0,
        flag: 0,
    };

    /// A value in canonical form.
    fn direct(ty: &Rtype, word: u64, flag: u64) -> Val {
        Val { ty, word, flag }
    }

    /// The value at an address.
    fn at(ty: &Rtype, at: *const u8, flag: u64) -> Val {
        Val {
            ty,
            word: at as u64,
            flag: flag | INDIR,
        }
    }

    /// What an interface holds; for nil the zero Value.
    fn of(v: Iface, flag: u64) -> Val {
        // SAFETY: a type word is null or a descriptor.
        match unsafe { v.ty.as_ref() } {
            None => Val::NONE,
            Some(ty) if ty.is_direct() => Val::direct(ty, v.data, flag),
            Some(ty) => Val::at(ty, v.data as *const u8, flag),
        }
    }

    /// A copy of the value at an address.
    ///
    /// # Safety
    /// There is a value of that type; `gp` is the running goroutine.
    unsafe fn copy(gp: *mut G, ty: &'static Rtype, from: *const u8, flag: u64) -> Val {
        // SAFETY: as the caller promises; the new object is as large as the value.
        unsafe {
            if ty.is_direct() {
                return Val::direct(ty, load_word(ty, from), flag);
            }
            let to = alloc(gp, ty);
            copy_nonoverlapping(from, to, ty.size());
            Val::at(ty, to, flag)
        }
    }

    fn kind(&self) -> Kind {
        // SAFETY: a type word is null or a descriptor.
        match unsafe { self.ty.as_ref() } {
            None => Kind::Invalid,
            Some(_) if self.flag & METHOD != 0 => Kind::Func,
            Some(ty) => ty.kind,
        }
    }

    /// Its type; the receiver's, when it is a method value.
    fn ty(&self) -> &'static Rtype {
        assert!(!self.ty.is_null(), "the zero Value has no type");
        // SAFETY: not null, so it is a descriptor.
        unsafe { &*self.ty }
    }

    fn is_indirect(&self) -> bool {
        self.flag & INDIR != 0
    }

    /// Where it lies: perhaps in this very structure.
    fn address(&self) -> *const u8 {
        match self.is_indirect() {
            true => self.word as *const u8,
            false => (&raw const self.word).cast(),
        }
    }

    /// The value of a type of at most 8 bytes, in canonical form.
    unsafe fn word(&self) -> u64 {
        match self.is_indirect() {
            // SAFETY: the value lies there.
            true => unsafe { load_word(self.ty(), self.word as *const u8) },
            false => self.word,
        }
    }

    /// The value, by the Rust type that has its layout.
    unsafe fn get<T: Copy>(&self) -> T {
        // SAFETY: the caller knows the kind.
        unsafe { self.address().cast::<T>().read_unaligned() }
    }

    /// The flags that what is reached through this value inherits.
    fn ro(&self) -> u64 {
        match self.flag & RO {
            0 => 0,
            _ => STICKY_RO,
        }
    }

    /// The value in an interface; an interface variable gives its content.
    unsafe fn pack(&self, gp: *mut G) -> Iface {
        let shared = self.is_indirect() && self.flag & ADDR == 0;
        // SAFETY: the value is not the zero Value, and lies at its address.
        unsafe {
            match self.ty() {
                ty if shared && !ty.is_direct() && ty.kind != Kind::Interface => Iface {
                    ty,
                    data: self.word,
                },
                ty => pack(gp, ty, self.address()),
            }
        }
    }

    unsafe fn string(&self) -> GoStr {
        // SAFETY: the caller has seen that it is a string.
        unsafe { self.get() }
    }

    unsafe fn slice(&self) -> GoSlice {
        // SAFETY: the caller has seen that it is a slice.
        unsafe { self.get() }
    }

    /// Writes a variable.
    unsafe fn store<T: Copy>(&self, v: T) {
        // SAFETY: the caller has seen that it can be set and has this layout.
        unsafe { (self.word as *mut T).write_unaligned(v) }
    }

    // ---- what must be ----

    /// Panics unless the value has this kind. `method` is what Go's text names.
    unsafe fn must_be(&self, gp: *mut G, kind: Kind, method: &str) -> Result<()> {
        match self.kind() == kind {
            true => Ok(()),
            // SAFETY: `gp` is the running goroutine.
            false => Err(unsafe { value_error(gp, method, self.kind()) }),
        }
    }

    /// Panics unless the value may be handed out.
    unsafe fn must_be_exported(&self, gp: *mut G, method: &str) -> Result<()> {
        // SAFETY: `gp` is the running goroutine.
        unsafe {
            if self.ty.is_null() {
                return Err(value_error(gp, method, Kind::Invalid));
            }
            if self.flag & RO != 0 {
                let text = "using value obtained using unexported field";
                return fail(gp, format!("reflect: {method} {text}"));
            }
            Ok(())
        }
    }

    /// Panics unless the value is a variable that may be set.
    unsafe fn must_be_assignable(&self, gp: *mut G, method: &str) -> Result<()> {
        // SAFETY: `gp` is the running goroutine.
        unsafe {
            self.must_be_exported(gp, method)?;
            match self.flag & ADDR {
                0 => fail(gp, format!("reflect: {method} using unaddressable value")),
                _ => Ok(()),
            }
        }
    }
}

/// Panics with a string.
unsafe fn fail<T>(gp: *mut G, text: impl AsRef<str>) -> Result<T> {
    // SAFETY: `gp` is the running goroutine.
    Err(unsafe { raise_string(gp, text.as_ref()) })
}

/// Panics with a `*reflect.ValueError`.
unsafe fn value_error(gp: *mut G, method: &str, kind: Kind) -> NativeRet {
    static TYPE: AtomicPtr<Rtype> = AtomicPtr::new(std::ptr::null_mut());
    #[repr(C)]
    struct ValueError {
        method: GoStr,
        kind: u64,
    }
    let ty = own_type(&TYPE, "*reflect.ValueError");
    // SAFETY: the new object has the layout of what the type points to.
    unsafe {
        let method = minigo_vm::native::new_string(gp, method.as_bytes());
        let e = alloc(gp, ty.elem()).cast::<ValueError>();
        let kind = kind as u64;
        *e = ValueError { method, kind };
        raise(gp, Iface { ty, data: e as u64 })
    }
}

/// A type that the compiler gives to every program that uses this package.
fn own_type(known: &AtomicPtr<Rtype>, string: &str) -> &'static Rtype {
    // SAFETY: what is stored is a descriptor.
    if let Some(ty) = unsafe { known.load(Acquire).as_ref() } {
        return ty;
    }
    let found = minigo_vm::types().find(|t| t.string == string);
    let ty = found.unwrap_or_else(|| minigo_runtime::fatal(&format!("reflect: no type {string}")));
    known.store(ty as *const Rtype as *mut Rtype, Release);
    ty
}

/// The type of the values in `reflect.Type`s.
fn own_rtype() -> &'static Rtype {
    static TYPE: AtomicPtr<Rtype> = AtomicPtr::new(std::ptr::null_mut());
    own_type(&TYPE, "*reflect.rtype")
}

/// A type as a `reflect.Type`.
fn type_value(t: *const Rtype) -> Iface {
    match t.is_null() {
        true => Iface::NIL,
        false => Iface {
            ty: own_rtype(),
            data: t as u64,
        },
    }
}

/// The type that a `reflect.Type` is. Types of the program's own have one embedded.
unsafe fn type_of(t: Iface) -> Option<&'static Rtype> {
    // SAFETY: type words are null or descriptors; fields lie inside their structs.
    unsafe {
        if std::ptr::eq(t.ty, own_rtype()) {
            return (t.data as *const Rtype).as_ref();
        }
        let mut v = Val::of(t, 0);
        if v.kind() == Kind::Pointer {
            v = values::elem(&v);
        }
        if v.kind() != Kind::Struct {
            return None;
        }
        let fields = v.ty().fields;
        let embedded = |f: &Field| f.embedded && (*f.ty).kind == Kind::Interface;
        let i = fields.iter().position(embedded)?;
        type_of(values::field(&v, i).get())
    }
}

/// The type that a `reflect.Type` is, or a nil dereference.
unsafe fn need_type(gp: *mut G, t: Iface) -> Result<&'static Rtype> {
    // SAFETY: `gp` is the running goroutine.
    unsafe { type_of(t).ok_or_else(|| minigo_vm::native::raise_nil_deref(gp)) }
}
