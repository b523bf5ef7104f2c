//! The types that exist at run time, each once, and how their values lie in memory and in slots.
//!
//! A [`Ty`] is a checker type with every type parameter replaced and every alias seen through. Identical Go types have
//! the same `Ty`, so identity is equality of handles, and whatever is known about a type is a table lookup.
//! Sizes, offsets and alignments are gc's for amd64.
//!
//! Invariants:
//!  - `Ty` handles of basic types have the numbers of [`Basic`].
//!  - A defined type's underlying type is filled in when it is first asked for (`Emitter::under`), which is what makes
//!    recursive types possible; layouts are computed on demand after that.
//!
//! Knows nothing of: syntax, scopes, bytecode instructions.

use std::collections::HashMap;
use std::rc::Rc;

use minigo_syntax::symbol::Symbol;

use crate::check::object::PkgId;
use crate::check::types::{Basic, ChanDir, NamedId};

/// A run-time type.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Ty(pub u32);

/// What a type is.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum TyKind {
    /// A predeclared type; `UntypedNil` stands for a `nil` nobody gave a type.
    Basic(Basic),
    /// `*T`
    Pointer(Ty),
    /// `[]T`
    Slice(Ty),
    /// `[n]T`
    Array(Ty, u64),
    /// `map[K]V`
    Map(Ty, Ty),
    /// `chan T`
    Chan(ChanDir, Ty),
    /// `struct { … }`
    Struct(Rc<[StructField]>),
    /// `func(…) …`
    Func(Rc<FuncTy>),
    /// `interface { … }` as its sorted method set.
    Interface(Rc<[IMethod]>),
    /// A defined type.
    Named(Rc<NamedTy>),
    /// Several results.
    Tuple(Rc<[Ty]>),
}

/// A struct's field.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct StructField {
    /// Its name.
    pub name: Symbol,
    /// The package, for names that are not exported.
    pub pkg: Option<PkgId>,
    /// Its type.
    pub ty: Ty,
    /// Whether it is embedded.
    pub embedded: bool,
    /// Its tag, unquoted.
    pub tag: Rc<[u8]>,
}

/// A function type, or a method's signature without receiver.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct FuncTy {
    /// Parameters; the last is a slice if `variadic`.
    pub params: Box<[Ty]>,
    /// Results.
    pub results: Box<[Ty]>,
    /// Whether the last parameter is `...T`.
    pub variadic: bool,
}

/// A method of an interface type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct IMethod {
    /// Its name.
    pub name: Symbol,
    /// The package, for names that are not exported.
    pub pkg: Option<PkgId>,
    /// Its signature.
    pub sig: Ty,
}

/// A defined type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct NamedTy {
    /// The declaration.
    pub origin: NamedId,
    /// Type arguments.
    pub targs: Box<[Ty]>,
    /// The type arguments of the function it is declared in: each instance of that function has its own type.
    pub outer: Box<[Ty]>,
}

/// How a value lies in slots.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// No slot at all: size 0.
    Zero,
    /// One slot: integers and booleans in canonical form.
    Int {
        /// Size in memory.
        bytes: u8,
        /// Whether it is sign-extended.
        signed: bool,
    },
    /// One slot: float32's bits.
    F32,
    /// One slot.
    F64,
    /// One slot: pointers, maps, channels, functions.
    Ptr,
    /// One slot: two float32.
    C64,
    /// Two slots.
    C128,
    /// Two slots: pointer, length.
    Str,
    /// Two slots: type, data.
    Iface,
    /// Three slots: pointer, length, capacity.
    Slice,
    /// Structs and arrays: memory layout over as many slots as they need.
    Agg,
    /// One slot: the pointer to a struct or array that is too large for slots, in memory that belongs to this value
    /// alone. Whoever gets the value may keep the memory and write to it.
    Far,
}

/// Size, alignment, and what follows from them.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Size in bytes.
    pub size: u64,
    /// Alignment in bytes.
    pub align: u32,
    /// Whether it holds pointers.
    pub pointers: bool,
    /// How values lie in slots.
    pub class: Class,
}

impl Layout {
    /// Slots that a value takes.
    pub fn slots(self) -> u32 {
        match self.class {
            Class::Far => 1,
            _ => self.size.div_ceil(8) as u32,
        }
    }
}

/// All run-time types of a program.
pub struct TyTable {
    kinds: Vec<TyKind>,
    index: HashMap<TyKind, Ty>,
    under: Vec<Option<Ty>>,
    layouts: Vec<Option<Layout>>,
    offsets: HashMap<Ty, Rc<[u64]>>,
}

#[allow(missing_docs)]
impl Ty {
    pub const BOOL: Ty = Ty(Basic::Bool as u32);
    pub const INT: Ty = Ty(Basic::Int as u32);
    pub const INT32: Ty = Ty(Basic::Int32 as u32);
    pub const UINT8: Ty = Ty(Basic::Uint8 as u32);
    pub const FLOAT32: Ty = Ty(Basic::Float32 as u32);
    pub const FLOAT64: Ty = Ty(Basic::Float64 as u32);
    pub const STRING: Ty = Ty(Basic::String as u32);
    pub const UNSAFE_POINTER: Ty = Ty(Basic::UnsafePointer as u32);
    /// The empty tuple: no value.
    pub const VOID: Ty = Ty(Basic::UntypedNil as u32 + 1);
    /// `interface{}`
    pub const ANY: Ty = Ty(Basic::UntypedNil as u32 + 2);

    fn idx(self) -> usize {
        self.0 as usize
    }
}

impl Default for TyTable {
    fn default() -> Self {
        TyTable::new()
    }
}

impl TyTable {
    /// The table with the predeclared types.
    pub fn new() -> TyTable {
        let mut t = TyTable {
            kinds: Vec::new(),
            index: HashMap::new(),
            under: Vec::new(),
            layouts: Vec::new(),
            offsets: HashMap::new(),
        };
        for b in 0..=Basic::UntypedNil as u8 {
            let basic = BASICS[b as usize];
            let ty = t.intern(TyKind::Basic(basic));
            debug_assert_eq!(ty.0, b as u32);
        }
        let void = t.intern(TyKind::Tuple(Rc::new([])));
        let any = t.intern(TyKind::Interface(Rc::new([])));
        debug_assert!(void == Ty::VOID && any == Ty::ANY);
        t
    }

    /// The handle of a type.
    pub fn intern(&mut self, kind: TyKind) -> Ty {
        if let Some(&ty) = self.index.get(&kind) {
            return ty;
        }
        let ty = Ty(self.kinds.len() as u32);
        let under = if matches!(kind, TyKind::Named(_)) {
            None
        } else {
            Some(ty)
        };
        self.index.insert(kind.clone(), ty);
        self.kinds.push(kind);
        self.under.push(under);
        self.layouts.push(None);
        ty
    }

    /// What a type is.
    pub fn kind(&self, ty: Ty) -> &TyKind {
        &self.kinds[ty.idx()]
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The underlying type, once it was set.
    pub fn known_under(&self, ty: Ty) -> Option<Ty> {
        self.under[ty.idx()]
    }

    /// Says what a defined type is underneath.
    pub fn set_under(&mut self, ty: Ty, under: Ty) {
        self.under[ty.idx()] = Some(under);
    }

    /// The underlying type.
    pub fn under(&self, ty: Ty) -> Ty {
        self.under[ty.idx()].expect("Emitter::under comes first")
    }

    /// What the underlying type is.
    pub fn under_kind(&self, ty: Ty) -> &TyKind {
        self.kind(self.under(ty))
    }

    /// A layout that was computed before.
    pub fn known_layout(&self, ty: Ty) -> Option<Layout> {
        self.layouts[ty.idx()]
    }

    /// Keeps a layout.
    pub fn set_layout(&mut self, ty: Ty, layout: Layout) {
        self.layouts[ty.idx()] = Some(layout);
    }

    /// Field offsets that were computed before.
    pub fn known_offsets(&self, ty: Ty) -> Option<Rc<[u64]>> {
        self.offsets.get(&ty).cloned()
    }

    /// Keeps a struct's field offsets.
    pub fn set_offsets(&mut self, ty: Ty, offsets: Rc<[u64]>) {
        self.offsets.insert(ty, offsets);
    }

    /// `*T`
    pub fn pointer(&mut self, elem: Ty) -> Ty {
        self.intern(TyKind::Pointer(elem))
    }

    /// `[]T`
    pub fn slice(&mut self, elem: Ty) -> Ty {
        self.intern(TyKind::Slice(elem))
    }

    /// `[n]T`
    pub fn array(&mut self, elem: Ty, len: u64) -> Ty {
        self.intern(TyKind::Array(elem, len))
    }
}

/// Basic kinds by number.
const BASICS: [Basic; 26] = [
    Basic::Invalid,
    Basic::Bool,
    Basic::Int,
    Basic::Int8,
    Basic::Int16,
    Basic::Int32,
    Basic::Int64,
    Basic::Uint,
    Basic::Uint8,
    Basic::Uint16,
    Basic::Uint32,
    Basic::Uint64,
    Basic::Uintptr,
    Basic::Float32,
    Basic::Float64,
    Basic::Complex64,
    Basic::Complex128,
    Basic::String,
    Basic::UnsafePointer,
    Basic::UntypedBool,
    Basic::UntypedInt,
    Basic::UntypedRune,
    Basic::UntypedFloat,
    Basic::UntypedComplex,
    Basic::UntypedString,
    Basic::UntypedNil,
];

/// The layout of a basic type.
pub fn basic_layout(b: Basic) -> Layout {
    let int = |bytes: u8, signed| Layout {
        size: bytes as u64,
        align: bytes as u32,
        pointers: false,
        class: Class::Int { bytes, signed },
    };
    let other = |size: u64, align: u32, pointers, class| Layout {
        size,
        align,
        pointers,
        class,
    };
    match b {
        Basic::Bool | Basic::UntypedBool | Basic::Uint8 => int(1, false),
        Basic::Int8 => int(1, true),
        Basic::Int16 => int(2, true),
        Basic::Uint16 => int(2, false),
        Basic::Int32 | Basic::UntypedRune => int(4, true),
        Basic::Uint32 => int(4, false),
        Basic::Int | Basic::Int64 | Basic::UntypedInt => int(8, true),
        Basic::Uint | Basic::Uint64 | Basic::Uintptr => int(8, false),
        Basic::Float32 => other(4, 4, false, Class::F32),
        Basic::Float64 | Basic::UntypedFloat => other(8, 8, false, Class::F64),
        Basic::Complex64 => other(8, 4, false, Class::C64),
        Basic::Complex128 | Basic::UntypedComplex => other(16, 8, false, Class::C128),
        Basic::String | Basic::UntypedString => other(16, 8, true, Class::Str),
        Basic::UnsafePointer | Basic::UntypedNil => other(8, 8, true, Class::Ptr),
        Basic::Invalid => other(0, 1, false, Class::Zero),
    }
}

/// `n` rounded up to a multiple of `align`.
pub fn align_up(n: u64, align: u32) -> u64 {
    let a = align.max(1) as u64;
    n.div_ceil(a) * a
}
