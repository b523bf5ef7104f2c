//! Types and the arena that owns them. (Go: cmd/compile/internal/types2, one file per kind of type)
//!
//! A type is a [`TypeId`], a small copyable handle; [`Types`] answers what stands behind it. A [`Type`] is itself a small
//! copyable value: whatever is longer than two words (fields, signatures, methods, type sets) lies in side tables of the
//! arena and is reached by another handle, so that nothing is cloned while types are compared, printed or completed.
//!
//! Invariants:
//!  - A type never moves and never dies; its handle stays valid for the life of the checker.
//!  - Equal handles mean identical types. Different handles may still mean identical types: ask `Checker::identical`.
//!  - The predeclared basic types have the fixed handles of [`Types::INT`] and its neighbours; `byte` and `rune` have handles
//!    of their own, with the same kind as `uint8` and `int32`, so that messages can say what the source said.
//!  - Defined types, aliases, interfaces and type parameters are filled in after they are created; the checker does that.
//!
//! Knows nothing of: syntax, scopes, errors.

use std::ops::{Index, IndexMut};

use minigo_syntax::source::Pos;

use super::object::{ObjId, ScopeId};

/// Defines a dense handle: a `NonZeroU32` under a name of its own, so that `Option` of it costs nothing.
macro_rules! define_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(std::num::NonZeroU32);

        impl $name {
            /// The handle of the `index`-th entry of its table.
            pub const fn new(index: usize) -> Self {
                match std::num::NonZeroU32::new(index as u32 + 1) {
                    Some(n) => Self(n),
                    None => panic!("too many entries"),
                }
            }

            /// The place in its table.
            pub const fn index(self) -> usize {
                self.0.get() as usize - 1
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.index())
            }
        }
    };
}
pub(crate) use define_id;

define_id!(
    /// A type; [`Types`] says what it is.
    TypeId
);
define_id!(
    /// A struct type's fields and tags.
    StructId
);
define_id!(
    /// A function signature.
    SigId
);
define_id!(
    /// An interface's methods, embedded elements and type set.
    IfaceId
);
define_id!(
    /// A defined type, or an instance of a generic one.
    NamedId
);
define_id!(
    /// A type parameter.
    TypeParamId
);
define_id!(
    /// A declared alias.
    AliasId
);
define_id!(
    /// A union of terms, `~int | string`.
    UnionId
);

/// What a type is. Two words, copied freely.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// A predeclared type, or the type of an untyped constant.
    Basic(Basic),
    /// `[len]elem`; `len` is negative when it could not be determined (an error was reported).
    Array { elem: TypeId, len: i64 },
    /// `[]elem`
    Slice { elem: TypeId },
    /// `struct { … }`
    Struct(StructId),
    /// `*elem`
    Pointer { elem: TypeId },
    /// The results of a call, or the two values of a comma-ok expression. Never a type that the source can spell.
    Tuple(ObjList),
    /// `func(…) …`
    Signature(SigId),
    /// `interface { … }`, also the implicit one around a constraint `~int | string`.
    Interface(IfaceId),
    /// `map[key]elem`
    Map { key: TypeId, elem: TypeId },
    /// `chan elem` and its two directed forms.
    Chan { dir: ChanDir, elem: TypeId },
    /// A defined type or an instance of one.
    Named(NamedId),
    /// A type parameter.
    TypeParam(TypeParamId),
    /// An alias declaration's left side; see through it with `Checker::unalias`.
    Alias(AliasId),
    /// The terms of a constraint element; only inside interfaces.
    Union(UnionId),
}

/// The kinds of basic types.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Basic {
    /// The type of what was already reported.
    Invalid,
    Bool,
    Int,
    Int8,
    Int16,
    Int32,
    Int64,
    Uint,
    Uint8,
    Uint16,
    Uint32,
    Uint64,
    Uintptr,
    Float32,
    Float64,
    Complex64,
    Complex128,
    String,
    UnsafePointer,
    UntypedBool,
    UntypedInt,
    UntypedRune,
    UntypedFloat,
    UntypedComplex,
    UntypedString,
    UntypedNil,
}

impl Basic {
    const ALL: [Basic; 26] = [
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

    /// The name in messages; for the typed ones also the name in the universe scope (package unsafe for `Pointer`).
    pub fn name(self) -> &'static str {
        match self {
            Basic::Invalid => "invalid type",
            Basic::Bool => "bool",
            Basic::Int => "int",
            Basic::Int8 => "int8",
            Basic::Int16 => "int16",
            Basic::Int32 => "int32",
            Basic::Int64 => "int64",
            Basic::Uint => "uint",
            Basic::Uint8 => "uint8",
            Basic::Uint16 => "uint16",
            Basic::Uint32 => "uint32",
            Basic::Uint64 => "uint64",
            Basic::Uintptr => "uintptr",
            Basic::Float32 => "float32",
            Basic::Float64 => "float64",
            Basic::Complex64 => "complex64",
            Basic::Complex128 => "complex128",
            Basic::String => "string",
            Basic::UnsafePointer => "Pointer",
            Basic::UntypedBool => "untyped bool",
            Basic::UntypedInt => "untyped int",
            Basic::UntypedRune => "untyped rune",
            Basic::UntypedFloat => "untyped float",
            Basic::UntypedComplex => "untyped complex",
            Basic::UntypedString => "untyped string",
            Basic::UntypedNil => "untyped nil",
        }
    }

    /// The typed and untyped forms of `bool`.
    pub fn is_boolean(self) -> bool {
        matches!(self, Basic::Bool | Basic::UntypedBool)
    }

    /// All integers, signed or not, untyped integer and rune constants included.
    pub fn is_integer(self) -> bool {
        (self >= Basic::Int && self <= Basic::Uintptr)
            || matches!(self, Basic::UntypedInt | Basic::UntypedRune)
    }

    /// The unsigned integers.
    pub fn is_unsigned(self) -> bool {
        self >= Basic::Uint && self <= Basic::Uintptr
    }

    /// The floating-point kinds.
    pub fn is_float(self) -> bool {
        matches!(self, Basic::Float32 | Basic::Float64 | Basic::UntypedFloat)
    }

    /// The complex kinds.
    pub fn is_complex(self) -> bool {
        matches!(
            self,
            Basic::Complex64 | Basic::Complex128 | Basic::UntypedComplex
        )
    }

    /// The typed and untyped forms of `string`.
    pub fn is_string(self) -> bool {
        matches!(self, Basic::String | Basic::UntypedString)
    }

    /// Types of constants that have no type yet, and of `nil`.
    pub fn is_untyped(self) -> bool {
        self >= Basic::UntypedBool
    }

    /// Integers, floats and complex numbers.
    pub fn is_numeric(self) -> bool {
        self.is_integer() || self.is_float() || self.is_complex()
    }

    /// What `<` accepts: integers, floats, strings.
    pub fn is_ordered(self) -> bool {
        self.is_integer() || self.is_float() || self.is_string()
    }

    /// What a constant may have as its type.
    pub fn is_const_type(self) -> bool {
        self.is_boolean() || self.is_numeric() || self.is_string()
    }
}

/// The directions of a channel type.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
pub enum ChanDir {
    /// `chan T`
    SendRecv,
    /// `chan<- T`
    SendOnly,
    /// `<-chan T`
    RecvOnly,
}

/// A run of objects (fields, parameters, results, methods) in the arena.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct ObjList {
    start: u32,
    len: u32,
}

impl ObjList {
    /// No objects.
    pub const EMPTY: ObjList = ObjList { start: 0, len: 0 };

    /// How many objects.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// A run of types (type parameters, type arguments, embedded elements) in the arena.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct TypeList {
    start: u32,
    len: u32,
}

impl TypeList {
    /// No types.
    pub const EMPTY: TypeList = TypeList { start: 0, len: 0 };

    /// How many types.
    pub fn len(self) -> usize {
        self.len as usize
    }

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// A struct type.
#[derive(Clone, Debug)]
pub struct Struct {
    /// The fields in order; empty until [`Struct::complete`].
    pub fields: ObjList,
    /// The unquoted tags by field; shorter than `fields`, or empty, when the last fields have none.
    pub tags: Vec<Box<[u8]>>,
}

/// A function signature.
#[derive(Copy, Clone, Debug)]
pub struct Signature {
    /// The type of this signature.
    pub ty: TypeId,
    /// Receiver type parameters, in source order.
    pub rparams: TypeList,
    /// Type parameters.
    pub tparams: TypeList,
    /// The scope of parameters and results, for signatures that come from source.
    pub scope: Option<ScopeId>,
    /// The receiver, for methods.
    pub recv: Option<ObjId>,
    /// What became of the receiver of a selected method.
    pub recv_old: RecvOld,
    /// Parameters; the last one of a variadic function has a slice type (or `string`, for `append([]byte, string...)`).
    pub params: ObjList,
    /// Results.
    pub results: ObjList,
    /// Whether the last parameter is `...T`.
    pub variadic: bool,
}

/// Where the receiver of a method value's or method expression's signature went.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum RecvOld {
    /// Not a selected method.
    None,
    /// A method value: the receiver was dropped.
    Dropped(ObjId),
    /// A method expression: the receiver became the first parameter.
    FirstParam,
}

/// An interface type.
#[derive(Clone, Debug)]
pub struct Interface {
    /// The type of this interface.
    pub ty: TypeId,
    /// Methods declared here, sorted.
    pub methods: ObjList,
    /// Embedded elements, in order.
    pub embeddeds: TypeList,
    /// Their positions, parallel to `embeddeds`, or empty.
    pub embed_pos: Vec<Pos>,
    /// Whether it only wraps a constraint literal such as `~int | string`.
    pub implicit: bool,
    /// Whether methods and embedded elements are all set.
    pub complete: bool,
    /// The type set, once computed.
    pub tset: Option<TypeSet>,
}

/// The types that satisfy an interface: all that have the methods, and are in the terms, and are comparable if asked for.
#[derive(Copy, Clone, Debug)]
pub struct TypeSet {
    /// All methods, embedded ones included, sorted by [`sort order`](super::typeset).
    pub methods: ObjList,
    /// The terms.
    pub terms: Terms,
    /// Strictly comparable types only; implies `terms` is [`Terms::All`].
    pub comparable: bool,
}

/// A normalised list of terms.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Terms {
    /// Every type.
    All,
    /// These; none for the empty set.
    List(TermList),
}

/// A run of terms in the arena.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct TermList {
    start: u32,
    len: u32,
}

impl TermList {
    /// No terms.
    pub const EMPTY: TermList = TermList { start: 0, len: 0 };

    /// Whether there are none.
    pub fn is_empty(self) -> bool {
        self.len == 0
    }
}

/// One term of a constraint: `T` or `~T`.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether all types with this underlying type are meant.
    pub tilde: bool,
    /// The type.
    pub ty: TypeId,
}

/// A defined type, or an instance of a generic one.
#[derive(Clone, Debug)]
pub struct Named {
    /// The type of this entry.
    pub ty: TypeId,
    /// The declared name. For instances: a synthetic object with the position of the instantiation; see `origin`.
    pub obj: ObjId,
    /// For an instance, what it is an instance of.
    pub inst: Option<Instance>,
    /// Whether `rhs`, `tparams` are there (for instances: expanded).
    pub unpacked: bool,
    /// The right side of the declaration, possibly another defined type.
    pub rhs: Option<TypeId>,
    /// The underlying type, once known.
    pub underlying: Option<TypeId>,
    /// Type parameters.
    pub tparams: TypeList,
    /// Declared methods in source order; for instances filled on demand, and parallel to the origin's.
    pub methods: Vec<Option<ObjId>>,
    /// Whether it is known not to contain itself.
    pub valid: bool,
    /// Whether its size depends on a type parameter, or is infinite; once asked.
    pub var_size: Option<bool>,
}

/// Which generic type with which arguments.
#[derive(Copy, Clone, Debug)]
pub struct Instance {
    /// The generic type.
    pub orig: NamedId,
    /// The type arguments.
    pub targs: TypeList,
}

/// A type parameter.
#[derive(Clone, Debug)]
pub struct TypeParam {
    /// The type of this entry.
    pub ty: TypeId,
    /// The declared name.
    pub obj: ObjId,
    /// Its place in the list that declares it; −1 until bound.
    pub index: i32,
    /// The constraint as declared; eventually an interface.
    pub bound: TypeId,
}

/// An alias declaration.
#[derive(Clone, Debug)]
pub struct Alias {
    /// The type of this entry.
    pub ty: TypeId,
    /// The declared name.
    pub obj: ObjId,
    /// The generic alias this is an instance of; itself when it is not one.
    pub orig: AliasId,
    /// Type parameters.
    pub tparams: TypeList,
    /// Type arguments.
    pub targs: TypeList,
    /// The right side; not there while the declaration is being checked.
    pub rhs: Option<TypeId>,
    /// The first type behind all aliases, once known.
    pub actual: Option<TypeId>,
}

/// A union of terms as written.
#[derive(Clone, Debug)]
pub struct Union {
    /// The terms in source order, not normalised.
    pub terms: Vec<Term>,
    /// The type set, once computed: `None` inside if the union is invalid.
    pub tset: Option<Option<Terms>>,
}

/// All types of a program.
#[derive(Debug)]
pub struct Types {
    types: Vec<Type>,
    objs: Vec<ObjId>,
    lists: Vec<TypeId>,
    terms: Vec<Term>,
    structs: Vec<Struct>,
    signatures: Vec<Signature>,
    interfaces: Vec<Interface>,
    nameds: Vec<Named>,
    tparams: Vec<TypeParam>,
    aliases: Vec<Alias>,
    unions: Vec<Union>,
    /// The pointer type to each type, if it was asked for; parallel to `types`, grown on demand.
    pointers: Vec<Option<TypeId>>,
    /// The same for slices.
    slices: Vec<Option<TypeId>>,
}

/// Index of `byte` among the fixed handles; `rune` follows.
const BYTE_INDEX: usize = Basic::ALL.len();

impl Types {
    pub const INVALID: TypeId = TypeId::new(Basic::Invalid as usize);
    pub const BOOL: TypeId = TypeId::new(Basic::Bool as usize);
    pub const INT: TypeId = TypeId::new(Basic::Int as usize);
    pub const INT8: TypeId = TypeId::new(Basic::Int8 as usize);
    pub const INT16: TypeId = TypeId::new(Basic::Int16 as usize);
    pub const INT32: TypeId = TypeId::new(Basic::Int32 as usize);
    pub const INT64: TypeId = TypeId::new(Basic::Int64 as usize);
    pub const UINT: TypeId = TypeId::new(Basic::Uint as usize);
    pub const UINT8: TypeId = TypeId::new(Basic::Uint8 as usize);
    pub const UINT16: TypeId = TypeId::new(Basic::Uint16 as usize);
    pub const UINT32: TypeId = TypeId::new(Basic::Uint32 as usize);
    pub const UINT64: TypeId = TypeId::new(Basic::Uint64 as usize);
    pub const UINTPTR: TypeId = TypeId::new(Basic::Uintptr as usize);
    pub const FLOAT32: TypeId = TypeId::new(Basic::Float32 as usize);
    pub const FLOAT64: TypeId = TypeId::new(Basic::Float64 as usize);
    pub const COMPLEX64: TypeId = TypeId::new(Basic::Complex64 as usize);
    pub const COMPLEX128: TypeId = TypeId::new(Basic::Complex128 as usize);
    pub const STRING: TypeId = TypeId::new(Basic::String as usize);
    pub const UNSAFE_POINTER: TypeId = TypeId::new(Basic::UnsafePointer as usize);
    pub const UNTYPED_BOOL: TypeId = TypeId::new(Basic::UntypedBool as usize);
    pub const UNTYPED_INT: TypeId = TypeId::new(Basic::UntypedInt as usize);
    pub const UNTYPED_RUNE: TypeId = TypeId::new(Basic::UntypedRune as usize);
    pub const UNTYPED_FLOAT: TypeId = TypeId::new(Basic::UntypedFloat as usize);
    pub const UNTYPED_COMPLEX: TypeId = TypeId::new(Basic::UntypedComplex as usize);
    pub const UNTYPED_STRING: TypeId = TypeId::new(Basic::UntypedString as usize);
    pub const UNTYPED_NIL: TypeId = TypeId::new(Basic::UntypedNil as usize);
    /// `byte`, identical to `uint8` but printed as written.
    pub const BYTE: TypeId = TypeId::new(BYTE_INDEX);
    /// `rune`, identical to `int32` but printed as written.
    pub const RUNE: TypeId = TypeId::new(BYTE_INDEX + 1);
    /// The empty tuple: the type of a call without results.
    pub const EMPTY_TUPLE: TypeId = TypeId::new(BYTE_INDEX + 2);
    /// `interface{}`; the interface behind `any`.
    pub const EMPTY_INTERFACE: TypeId = TypeId::new(BYTE_INDEX + 3);

    /// An arena with the predeclared types.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Types {
        let mut types = Types {
            types: Basic::ALL.iter().map(|&b| Type::Basic(b)).collect(),
            objs: Vec::new(),
            lists: Vec::new(),
            terms: Vec::new(),
            structs: Vec::new(),
            signatures: Vec::new(),
            interfaces: Vec::new(),
            nameds: Vec::new(),
            tparams: Vec::new(),
            aliases: Vec::new(),
            unions: Vec::new(),
            pointers: Vec::new(),
            slices: Vec::new(),
        };
        let byte = types.add(Type::Basic(Basic::Uint8));
        let rune = types.add(Type::Basic(Basic::Int32));
        let tuple = types.add(Type::Tuple(ObjList::EMPTY));
        let empty = types.new_interface();
        let iface = &mut types[empty];
        iface.complete = true;
        iface.tset = Some(TypeSet {
            methods: ObjList::EMPTY,
            terms: Terms::All,
            comparable: false,
        });
        let empty = iface.ty;
        debug_assert!(
            byte == Self::BYTE
                && rune == Self::RUNE
                && tuple == Self::EMPTY_TUPLE
                && empty == Self::EMPTY_INTERFACE
        );
        types
    }

    fn add(&mut self, t: Type) -> TypeId {
        self.types.push(t);
        TypeId::new(self.types.len() - 1)
    }

    /// What `t` is.
    #[inline]
    pub fn get(&self, t: TypeId) -> Type {
        self.types[t.index()]
    }

    /// How many types there are; handles below this are valid.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether there are none, which never happens.
    pub fn is_empty(&self) -> bool {
        self.types.is_empty()
    }

    /// The handle of a basic type.
    pub fn basic(kind: Basic) -> TypeId {
        TypeId::new(kind as usize)
    }

    /// The objects of a list.
    #[inline]
    pub fn objs(&self, list: ObjList) -> &[ObjId] {
        &self.objs[list.start as usize..(list.start + list.len) as usize]
    }

    /// The `i`-th object of a list.
    #[inline]
    pub fn obj(&self, list: ObjList, i: usize) -> ObjId {
        self.objs(list)[i]
    }

    /// The types of a list.
    #[inline]
    pub fn list(&self, list: TypeList) -> &[TypeId] {
        &self.lists[list.start as usize..(list.start + list.len) as usize]
    }

    /// The `i`-th type of a list.
    #[inline]
    pub fn at(&self, list: TypeList, i: usize) -> TypeId {
        self.list(list)[i]
    }

    /// The terms of a list.
    pub fn terms(&self, list: TermList) -> &[Term] {
        &self.terms[list.start as usize..(list.start + list.len) as usize]
    }

    /// Stores objects as a list.
    pub fn new_objs(&mut self, objs: &[ObjId]) -> ObjList {
        if objs.is_empty() {
            return ObjList::EMPTY;
        }
        let start = self.objs.len() as u32;
        self.objs.extend_from_slice(objs);
        ObjList {
            start,
            len: objs.len() as u32,
        }
    }

    /// Stores types as a list.
    pub fn new_list(&mut self, types: &[TypeId]) -> TypeList {
        if types.is_empty() {
            return TypeList::EMPTY;
        }
        let start = self.lists.len() as u32;
        self.lists.extend_from_slice(types);
        TypeList {
            start,
            len: types.len() as u32,
        }
    }

    /// Stores terms as a list.
    pub fn new_terms(&mut self, terms: &[Term]) -> TermList {
        let start = self.terms.len() as u32;
        self.terms.extend_from_slice(terms);
        TermList {
            start,
            len: terms.len() as u32,
        }
    }

    /// `[len]elem`
    pub fn new_array(&mut self, elem: TypeId, len: i64) -> TypeId {
        self.add(Type::Array { elem, len })
    }

    /// `[]elem`; the same handle each time.
    pub fn new_slice(&mut self, elem: TypeId) -> TypeId {
        if let Some(&Some(t)) = self.slices.get(elem.index()) {
            return t;
        }
        let t = self.add(Type::Slice { elem });
        set_at(&mut self.slices, elem.index(), t);
        t
    }

    /// `*elem`; the same handle each time.
    pub fn new_pointer(&mut self, elem: TypeId) -> TypeId {
        if let Some(&Some(t)) = self.pointers.get(elem.index()) {
            return t;
        }
        let t = self.add(Type::Pointer { elem });
        set_at(&mut self.pointers, elem.index(), t);
        t
    }

    /// `map[key]elem`
    pub fn new_map(&mut self, key: TypeId, elem: TypeId) -> TypeId {
        self.add(Type::Map { key, elem })
    }

    /// `chan elem` in the given direction.
    pub fn new_chan(&mut self, dir: ChanDir, elem: TypeId) -> TypeId {
        self.add(Type::Chan { dir, elem })
    }

    /// The type of several values.
    pub fn new_tuple(&mut self, vars: &[ObjId]) -> TypeId {
        if vars.is_empty() {
            return Self::EMPTY_TUPLE;
        }
        let vars = self.new_objs(vars);
        self.add(Type::Tuple(vars))
    }

    /// The type of several values that are a list already, such as a signature's results.
    pub fn new_tuple_of(&mut self, vars: ObjList) -> TypeId {
        if vars.is_empty() {
            Self::EMPTY_TUPLE
        } else {
            self.add(Type::Tuple(vars))
        }
    }

    /// A struct type with these fields; `tags` may be shorter than `fields`.
    pub fn new_struct(&mut self, fields: &[ObjId], tags: Vec<Box<[u8]>>) -> TypeId {
        let fields = self.new_objs(fields);
        self.structs.push(Struct { fields, tags });
        self.add(Type::Struct(StructId::new(self.structs.len() - 1)))
    }

    /// A signature without anything; fill it through `types[sig]`.
    pub fn new_signature(&mut self) -> SigId {
        let id = SigId::new(self.signatures.len());
        let ty = self.add(Type::Signature(id));
        self.signatures.push(Signature {
            ty,
            rparams: TypeList::EMPTY,
            tparams: TypeList::EMPTY,
            scope: None,
            recv: None,
            recv_old: RecvOld::None,
            params: ObjList::EMPTY,
            results: ObjList::EMPTY,
            variadic: false,
        });
        id
    }

    /// A signature like `sig`, with a type of its own.
    pub fn copy_signature(&mut self, sig: Signature) -> SigId {
        let id = SigId::new(self.signatures.len());
        let ty = self.add(Type::Signature(id));
        self.signatures.push(Signature { ty, ..sig });
        id
    }

    /// An interface without anything, not complete.
    pub fn new_interface(&mut self) -> IfaceId {
        let id = IfaceId::new(self.interfaces.len());
        let ty = self.add(Type::Interface(id));
        self.interfaces.push(Interface {
            ty,
            methods: ObjList::EMPTY,
            embeddeds: TypeList::EMPTY,
            embed_pos: Vec::new(),
            implicit: false,
            complete: false,
            tset: None,
        });
        id
    }

    /// A defined type named by `obj`, without a right side.
    pub fn new_named(&mut self, obj: ObjId, inst: Option<Instance>) -> NamedId {
        let id = NamedId::new(self.nameds.len());
        let ty = self.add(Type::Named(id));
        self.nameds.push(Named {
            ty,
            obj,
            inst,
            unpacked: inst.is_none(),
            rhs: None,
            underlying: None,
            tparams: TypeList::EMPTY,
            methods: Vec::new(),
            valid: false,
            var_size: None,
        });
        id
    }

    /// A type parameter named by `obj`, not bound to a list.
    pub fn new_type_param(&mut self, obj: ObjId, bound: TypeId) -> TypeParamId {
        let id = TypeParamId::new(self.tparams.len());
        let ty = self.add(Type::TypeParam(id));
        self.tparams.push(TypeParam {
            ty,
            obj,
            index: -1,
            bound,
        });
        id
    }

    /// An alias named by `obj`.
    pub fn new_alias(&mut self, obj: ObjId, rhs: Option<TypeId>) -> AliasId {
        let id = AliasId::new(self.aliases.len());
        let ty = self.add(Type::Alias(id));
        self.aliases.push(Alias {
            ty,
            obj,
            orig: id,
            tparams: TypeList::EMPTY,
            targs: TypeList::EMPTY,
            rhs,
            actual: None,
        });
        id
    }

    /// A union of terms.
    pub fn new_union(&mut self, terms: Vec<Term>) -> TypeId {
        self.unions.push(Union { terms, tset: None });
        self.add(Type::Union(UnionId::new(self.unions.len() - 1)))
    }

    /// Numbers the type parameters of a list in order.
    pub fn bind_type_params(&mut self, tparams: &[TypeId]) -> TypeList {
        for (i, &t) in tparams.iter().enumerate() {
            if let Type::TypeParam(p) = self.get(t) {
                self[p].index = i as i32;
            }
        }
        self.new_list(tparams)
    }

    /// The generic type of an instance, or the type itself.
    pub fn origin(&self, named: NamedId) -> NamedId {
        self[named].inst.map_or(named, |inst| inst.orig)
    }

    /// The name that was declared, also for an instance.
    pub fn named_obj(&self, named: NamedId) -> ObjId {
        self[self.origin(named)].obj
    }

    /// The type arguments of an instance.
    pub fn type_args(&self, named: NamedId) -> TypeList {
        self[named].inst.map_or(TypeList::EMPTY, |inst| inst.targs)
    }

    /// The tag of a struct's field.
    pub fn tag(&self, s: StructId, field: usize) -> &[u8] {
        self[s].tags.get(field).map_or(&[], |t| t)
    }
}

fn set_at(table: &mut Vec<Option<TypeId>>, index: usize, t: TypeId) {
    if table.len() <= index {
        table.resize(index + 1, None);
    }
    table[index] = Some(t);
}

macro_rules! index_by {
    ($id:ident, $data:ident, $table:ident) => {
        impl Index<$id> for Types {
            type Output = $data;
            #[inline]
            fn index(&self, id: $id) -> &$data {
                &self.$table[id.index()]
            }
        }
        impl IndexMut<$id> for Types {
            #[inline]
            fn index_mut(&mut self, id: $id) -> &mut $data {
                &mut self.$table[id.index()]
            }
        }
    };
}
index_by!(StructId, Struct, structs);
index_by!(SigId, Signature, signatures);
index_by!(IfaceId, Interface, interfaces);
index_by!(NamedId, Named, nameds);
index_by!(TypeParamId, TypeParam, tparams);
index_by!(AliasId, Alias, aliases);
index_by!(UnionId, Union, unions);

const _: () = assert!(size_of::<Type>() <= 24 && size_of::<Option<TypeId>>() == 4);
