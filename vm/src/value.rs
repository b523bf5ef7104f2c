//! Go values as they lie in slots and memory, for Rust code: strings, slices, interfaces.
//!
//! These are views: plain words without ownership. The memory behind them is kept alive by whatever frame, native
//! stack or heap object holds the same pointer, and never moves.

use crate::rtype::Rtype;

/// A string: two slots.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct GoStr {
    /// First byte; anything when `len` is 0.
    pub ptr: *const u8,
    /// Length in bytes.
    pub len: i64,
}

impl GoStr {
    /// The empty string.
    pub const EMPTY: GoStr = GoStr {
        ptr: std::ptr::null(),
        len: 0,
    };

    /// A Go string over immortal bytes.
    pub const fn from_static(s: &'static str) -> GoStr {
        GoStr {
            ptr: s.as_ptr(),
            len: s.len() as i64,
        }
    }

    /// Its bytes.
    ///
    /// # Safety
    /// The string is reachable for as long as the result is used.
    #[inline(always)]
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: a non-empty Go string points at `len` immutable bytes, alive by the caller's promise.
        unsafe { std::slice::from_raw_parts(self.ptr, self.len as usize) }
    }

    /// Its text, with U+FFFD for what is not UTF-8.
    ///
    /// # Safety
    /// As [`GoStr::bytes`].
    pub unsafe fn text<'a>(self) -> std::borrow::Cow<'a, str> {
        // SAFETY: as the caller promises.
        String::from_utf8_lossy(unsafe { self.bytes() })
    }
}

/// A slice: three slots. Lengths count elements.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct GoSlice {
    /// First element; null for a nil slice.
    pub ptr: *mut u8,
    /// Number of elements.
    pub len: i64,
    /// Number of elements that fit.
    pub cap: i64,
}

impl GoSlice {
    /// The nil slice.
    pub const NIL: GoSlice = GoSlice {
        ptr: std::ptr::null_mut(),
        len: 0,
        cap: 0,
    };

    /// The elements of a `[]byte`.
    ///
    /// # Safety
    /// It is a slice of byte-sized elements, reachable for as long as the result is used, and the program does not
    /// write to it meanwhile.
    #[inline(always)]
    pub unsafe fn bytes<'a>(self) -> &'a [u8] {
        // SAFETY: as the caller promises.
        unsafe { self.elems::<u8>() }
    }

    /// The elements of a `[]byte`, to be written.
    ///
    /// # Safety
    /// As [`GoSlice::bytes`], and nobody reads it meanwhile.
    #[inline(always)]
    pub unsafe fn bytes_mut<'a>(self) -> &'a mut [u8] {
        // SAFETY: as the caller promises.
        unsafe { self.elems_mut::<u8>() }
    }

    /// The elements, as values of a Rust type with the element type's layout.
    ///
    /// # Safety
    /// As [`GoSlice::bytes`], for a slice whose elements are laid out as `T`.
    #[inline(always)]
    pub unsafe fn elems<'a, T: Copy>(self) -> &'a [T] {
        if self.len == 0 {
            return &[];
        }
        // SAFETY: a non-empty slice points at `len` elements, alive by the caller's promise.
        unsafe { std::slice::from_raw_parts(self.ptr.cast::<T>(), self.len as usize) }
    }

    /// As [`GoSlice::elems`], to be written.
    ///
    /// # Safety
    /// As [`GoSlice::bytes_mut`].
    #[inline(always)]
    pub unsafe fn elems_mut<'a, T: Copy>(self) -> &'a mut [T] {
        if self.len == 0 {
            return &mut [];
        }
        // SAFETY: as above, and exclusive by the caller's promise.
        unsafe { std::slice::from_raw_parts_mut(self.ptr.cast::<T>(), self.len as usize) }
    }
}

/// An interface value of any interface type: two slots.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Iface {
    /// Dynamic type; null for a nil interface.
    pub ty: *const Rtype,
    /// The value itself in canonical form when its type has at most 8 bytes, else a pointer to an immutable copy.
    pub data: u64,
}

impl Iface {
    /// The nil interface.
    pub const NIL: Iface = Iface {
        ty: std::ptr::null(),
        data: 0,
    };

    /// The text of a plain string in an interface.
    ///
    /// # Safety
    /// The value is well-formed and reachable.
    pub unsafe fn string<'a>(self) -> Option<std::borrow::Cow<'a, str>> {
        // SAFETY: type words are null or immortal descriptors; a string is larger than a word, so it is pointed at.
        unsafe {
            let ty = self.ty.as_ref()?;
            (ty.kind == crate::rtype::Kind::String && ty.pkg_path.is_empty())
                .then(|| (*(self.data as *const GoStr)).text())
        }
    }

    /// Whether it is the nil interface (a nil pointer in an interface is not).
    pub fn is_nil(self) -> bool {
        self.ty.is_null()
    }
}
