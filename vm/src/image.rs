//! The loaded image: one reserved stretch of address space that holds code, constants, globals and descriptors.
//!
//! Everything in it lies less than 2 GiB from everything else, so that a loaded instruction names what it needs by a
//! 32-bit distance in bytes from itself: no table look-up at run time. What is placed stays where it is for ever, and
//! later loads place more behind it.
//!
//! Knows nothing of: what is placed in it.

use std::sync::Mutex;

/// Address space reserved, if the system gives that much; memory is used only for what is placed.
const RESERVED: usize = 0x7fff_0000;
/// The smallest reservation worth trying.
const LEAST: usize = 64 << 20;

/// Where it would like to be, so that a repeated run prints the same addresses.
const HINT: usize = 0xb0_0000_0000;

struct Image {
    base: usize,
    size: usize,
    used: usize,
}

static IMAGE: Mutex<Option<Image>> = Mutex::new(None);

/// The image has no room for a placement of this many bytes.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Full(pub usize);

/// Places `bytes` zeroed bytes, 16-byte aligned, for ever.
pub(crate) fn place(bytes: usize) -> Result<*mut u8, Full> {
    let mut guard = IMAGE.lock().unwrap_or_else(|e| e.into_inner());
    if guard.is_none() {
        *guard = Some(reserve()?);
    }
    let Some(image) = guard.as_mut() else {
        return Err(Full(bytes));
    };
    let need = bytes.checked_next_multiple_of(16).ok_or(Full(bytes))?;
    if need > image.size - image.used {
        return Err(Full(bytes));
    }
    let at = image.base + image.used;
    image.used += need;
    Ok(at as *mut u8)
}

fn reserve() -> Result<Image, Full> {
    let mut size = RESERVED;
    while size >= LEAST {
        // SAFETY: a fresh private mapping, at the hint if that is free, else at an address of the kernel's choice.
        let base = unsafe {
            libc::mmap(
                HINT as *mut libc::c_void,
                size,
                libc::PROT_READ | libc::PROT_WRITE,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE,
                -1,
                0,
            )
        };
        if base != libc::MAP_FAILED {
            return Ok(Image {
                base: base as usize,
                size,
                used: 0,
            });
        }
        size /= 2;
    }
    Err(Full(LEAST))
}
