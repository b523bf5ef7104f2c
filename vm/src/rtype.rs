//! Run-time type descriptors: what an interface's type word points at. (Go: internal/abi `Type`)
//!
//! Invariants: descriptors are immortal and never move; identical Go types have one descriptor, so that identity of
//! types is identity of addresses; everything but the method table and `ptr_to` is fixed once the descriptor is
//! visible. A later load (REPL) may add methods and pointer types: those fields are atomic.
//!
//! Knows nothing of: how descriptors come into being (`load.rs`), comparing and hashing values (`equality.rs`).

use crate::native::NativeFn;
pub use minigo_bytecode::typedesc::{Equality, Kind};
use minigo_runtime::G;
use minigo_runtime::heap::{GcType, mallocgc, new_object};
use std::sync::atomic::{AtomicPtr, Ordering::*};

/// A run-time type descriptor.
#[repr(C)]
pub struct Rtype {
    /// What the collector knows of it; first, so that a descriptor is one. For huge arrays that is their element's
    /// mask: allocate with [`Rtype::alloc_type`].
    pub gc: GcType,
    /// reflect.Kind of the underlying type.
    pub kind: Kind,
    /// How values are compared and hashed.
    pub equality: Equality,
    /// Alignment in bytes.
    pub align: u8,
    /// Func types: the last parameter is `...T`.
    pub variadic: bool,
    /// Values are too large for slots: one slot has a pointer to memory of the value's own.
    /// (bytecode: [`minigo_bytecode::program::FarBytes`])
    pub far: bool,
    /// Hash of the type itself, the same in every run.
    pub hash: u32,
    /// The code for selector `sel` is at `mtab[1 + ((sel * mul) >> shift)]`, with `mul` (low half) and `shift` (high half)
    /// in `mtab[0]`: no collisions among the type's own methods. Replaced as a whole when methods are added.
    pub(crate) mtab: AtomicPtr<u64>,
    pub(crate) methods: AtomicPtr<Vec<Method>>,
    /// Element of arrays, channels, pointers and slices; value of maps. Else null.
    pub elem: *const Rtype,
    /// Key of maps, else null.
    pub key: *const Rtype,
    /// Length of arrays; direction of channels (reflect.ChanDir).
    pub len: u64,
    /// Index in the program.
    pub index: u32,
    /// For maps: what `map.rs` precomputed about the layout of entries.
    pub(crate) map: *const crate::map::MapType,
    pub(crate) ptr_to: AtomicPtr<Rtype>,
    pub(crate) alloc: *const GcType,
    /// Go's spelling with package names, as reflect's String.
    pub string: &'static str,
    /// Name of a defined type with type arguments, without package; empty for literals.
    pub name: &'static str,
    /// Import path of a defined type's package.
    pub pkg_path: &'static str,
    /// Fields of a struct.
    pub fields: &'static [Field],
    /// Methods of an interface type, sorted by name.
    pub imethods: &'static [IfaceMethod],
    /// Parameters of a func type.
    pub params: &'static [*const Rtype],
    /// Results of a func type.
    pub results: &'static [*const Rtype],
}

// SAFETY: immutable but for the atomics; the pointers lead to immortal descriptors and masks.
unsafe impl Send for Rtype {}
// SAFETY: as above.
unsafe impl Sync for Rtype {}

/// A struct field.
pub struct Field {
    /// Name (the type's name when embedded).
    pub name: &'static str,
    /// Import path when unexported, else empty.
    pub pkg_path: &'static str,
    /// Type.
    pub ty: *const Rtype,
    /// Offset in bytes.
    pub offset: usize,
    /// Tag.
    pub tag: &'static str,
    /// Whether it is embedded.
    pub embedded: bool,
}

/// A method of an interface type.
pub struct IfaceMethod {
    /// Name.
    pub name: &'static str,
    /// Import path when unexported, else empty.
    pub pkg_path: &'static str,
    /// Signature without receiver.
    pub ty: *const Rtype,
    /// Selector.
    pub sel: u32,
}

/// A method of a concrete type.
pub struct Method {
    /// Name.
    pub name: &'static str,
    /// Import path when unexported, else empty.
    pub pkg_path: &'static str,
    /// Signature without receiver.
    pub ty: *const Rtype,
    /// Selector.
    pub sel: u32,
    /// Entry of the function that takes the interface's data word as first parameter; null when the program cannot reach it.
    pub code: *const u64,
}

// SAFETY: immutable; the pointers lead to immortal code and descriptors.
unsafe impl Send for Method {}
// SAFETY: as above.
unsafe impl Sync for Method {}

impl Rtype {
    /// Size of a value in bytes.
    #[inline(always)]
    pub fn size(&self) -> usize {
        self.gc.size
    }

    /// Size of a value in slots.
    #[inline(always)]
    pub fn slots(&self) -> usize {
        if self.far {
            1
        } else {
            self.gc.size.div_ceil(8)
        }
    }

    /// Whether an interface holds the value itself rather than a pointer to a copy.
    #[inline(always)]
    pub fn is_direct(&self) -> bool {
        self.gc.size <= 8
    }

    /// What to give to the allocator for values of this type.
    #[inline(always)]
    pub fn alloc_type(&self) -> *const GcType {
        self.alloc
    }

    /// A zeroed value of this type.
    ///
    /// # Safety
    /// `gp` is the running goroutine with its position saved.
    #[inline(always)]
    pub(crate) unsafe fn new_value(&'static self, gp: *mut G) -> *mut u8 {
        // SAFETY: as the caller promises; descriptors are immortal.
        unsafe {
            if self.alloc == &raw const self.gc {
                new_object(gp, &self.gc)
            } else {
                mallocgc(gp, self.gc.size, self.alloc, true)
            }
        }
    }

    /// A new copy of the value at an address.
    ///
    /// # Safety
    /// `gp` is the running goroutine with its position saved; there is a value of this type at `src`, and something keeps
    /// it alive.
    pub unsafe fn clone_value(&'static self, gp: *mut G, src: u64) -> u64 {
        // SAFETY: as the caller promises; nothing looks at the new memory before it is filled.
        unsafe {
            if self.size() == 0 {
                return src;
            }
            let zeroed = (*self.alloc).ptrdata != 0;
            let dst = mallocgc(gp, self.gc.size, self.alloc, zeroed) as u64;
            crate::interp::mem::copy(dst, src, self.gc.size);
            dst
        }
    }

    /// What an instruction leaves in slots for a value at an address in memory, or for none (0).
    ///
    /// # Safety
    /// As [`Rtype::clone_value`], if there is one; the type is far.
    #[cold]
    pub(crate) unsafe fn far_value(&'static self, gp: *mut G, src: u64) -> u64 {
        // SAFETY: as the caller promises.
        unsafe {
            match src {
                0 => self.new_value(gp) as u64,
                src => self.clone_value(gp, src),
            }
        }
    }

    /// Its methods, sorted by name.
    pub fn methods(&self) -> &'static [Method] {
        // SAFETY: lists are published whole and immortal.
        unsafe { &*self.methods.load(Acquire) }
    }

    /// The descriptor of the pointer to this type, if the program has one.
    pub fn pointer_type(&self) -> Option<&'static Rtype> {
        // SAFETY: descriptors are immortal.
        unsafe { self.ptr_to.load(Acquire).as_ref() }
    }

    /// The element type.
    pub fn elem(&self) -> &'static Rtype {
        assert!(!self.elem.is_null(), "{} has no element type", self.string);
        // SAFETY: descriptors are immortal.
        unsafe { &*self.elem }
    }

    /// The method for a selector: code that takes the data word as first parameter, or null.
    #[inline(always)]
    pub(crate) fn method_code(&self, sel: u32) -> *const u64 {
        let t = self.mtab.load(Relaxed);
        // SAFETY: tables are published whole and immortal; the hash stays below the table's length.
        unsafe {
            let hash = sel.wrapping_mul(*t as u32) as u64;
            *t.add(1 + (hash >> (*t >> 32)) as usize) as *const u64
        }
    }

    /// For map types: what the operations in [`crate::map`] want.
    pub fn map_type(&self) -> &'static crate::map::MapType {
        assert!(!self.map.is_null(), "{} is no map type", self.string);
        // SAFETY: made by the loader, immortal.
        unsafe { &*self.map }
    }

    /// Whether values of this type can be map keys and compared (an interface type is, its values may not be).
    pub fn comparable(&self) -> bool {
        self.equality != Equality::None
    }
}

impl std::fmt::Debug for Rtype {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.string)
    }
}

/// A table of native functions: Go name (`pkg/path.Func`, `pkg/path.Type.Method`) and code.
pub type NativeTable = [(&'static str, NativeFn)];
