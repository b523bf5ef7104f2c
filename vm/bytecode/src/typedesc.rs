//! Type descriptors as the compiler hands them over: plain data, indices instead of pointers.
//!
//! The loader turns each into the VM's immortal run-time descriptor. Identical Go types have one index in a program.

/// Index into `Program::types`.
pub type TypeIdx = u32;
/// Index into `Program::funcs`.
pub type FuncIdx = u32;
/// Index into `Program::selectors`.
pub type SelIdx = u32;

/// reflect.Kind, with its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Kind {
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
    Array,
    Chan,
    Func,
    Interface,
    Map,
    Pointer,
    Slice,
    String,
    Struct,
    UnsafePointer,
}

/// How two values of a type are compared and hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Equality {
    /// Not comparable: func, map, slice, and what contains them.
    None,
    /// Byte by byte over the whole size (no padding, no floats, no strings).
    Memory,
    /// By structure: the loader looks at kind, fields and elements.
    Structural,
}

/// A type.
#[derive(Clone, Debug)]
pub struct TypeDesc {
    /// reflect.Kind of the underlying type.
    pub kind: Kind,
    /// Size in bytes.
    pub size: u64,
    /// Alignment in bytes.
    pub align: u32,
    /// Bytes of the prefix that may hold pointers; 0 for pointer-free types.
    pub ptrdata: u64,
    /// One bit per 8-byte word of `ptrdata`. Arrays whose mask would pass 64 KiB words are described by their element's mask (`elem`) repeated.
    pub ptrmask: Vec<u64>,
    /// Comparison and hashing.
    pub equality: Equality,
    /// Go's spelling with package names, as reflect's String: `main.T`, `[]int`, `map[string]*list.Element`.
    pub string: String,
    /// Name of a defined type without package, with type arguments; empty for type literals.
    pub name: String,
    /// Import path of a defined type's package; empty for predeclared types and literals.
    pub pkg_path: String,
    /// What the kind adds.
    pub detail: Detail,
    /// Method set of the type itself (value receiver view for T, all for *T), sorted by name; only what is reachable has a function.
    pub methods: Vec<Method>,
    /// Descriptor of the pointer to this type, when the program has one.
    pub ptr_to: Option<TypeIdx>,
}

/// Kind-specific part of a descriptor.
#[derive(Clone, Debug)]
pub enum Detail {
    /// Basic types and unsafe.Pointer.
    Basic,
    /// Element and length.
    Array(TypeIdx, u64),
    /// Element and direction: 1 receive, 2 send, 3 both (reflect.ChanDir).
    Chan(TypeIdx, u8),
    /// Signature.
    Func {
        /// Parameter types; the last is a slice when variadic.
        params: Vec<TypeIdx>,
        /// Result types.
        results: Vec<TypeIdx>,
        /// Whether the last parameter is `...T`.
        variadic: bool,
    },
    /// Methods of an interface type, sorted by name.
    Interface(Vec<IfaceMethod>),
    /// Key and element.
    Map(TypeIdx, TypeIdx),
    /// Pointed-to type.
    Pointer(TypeIdx),
    /// Element.
    Slice(TypeIdx),
    /// Fields in order.
    Struct(Vec<Field>),
}

/// A struct field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Name (the type's name when embedded).
    pub name: String,
    /// Import path when unexported, else empty.
    pub pkg_path: String,
    /// Type.
    pub ty: TypeIdx,
    /// Offset in bytes.
    pub offset: u64,
    /// Tag as written, unquoted.
    pub tag: String,
    /// Whether the field is embedded.
    pub embedded: bool,
}

/// A method of an interface type.
#[derive(Clone, Debug)]
pub struct IfaceMethod {
    /// Name.
    pub name: String,
    /// Import path when unexported, else empty.
    pub pkg_path: String,
    /// Signature without receiver.
    pub ty: TypeIdx,
    /// Program-wide selector.
    pub sel: SelIdx,
}

/// A method of a concrete type's method set.
#[derive(Clone, Debug)]
pub struct Method {
    /// Name.
    pub name: String,
    /// Import path when unexported, else empty.
    pub pkg_path: String,
    /// Signature without receiver.
    pub ty: TypeIdx,
    /// Selector, shared with every interface method of the same name and signature.
    pub sel: SelIdx,
    /// The function to call with the interface's data word as first parameter, when the method is reachable.
    /// For receivers larger than a word it is a wrapper that unpacks the value.
    pub func: Option<FuncIdx>,
}
