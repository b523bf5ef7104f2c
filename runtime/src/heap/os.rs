//! Address space from the kernel: reserve, commit, give back. (Go: runtime/mem_linux.go)
//!
//! A reservation is mapped `PROT_NONE`, which costs nothing and counts against no limit; committing makes a part of it
//! readable and writable, and is where the kernel may refuse. Not `MAP_NORESERVE`: with it the kernel would refuse nothing
//! and kill later.

/// Reserves `len` bytes, at `hint` if that is free (0: anywhere). Zero-filled once committed.
pub fn reserve(hint: usize, len: usize) -> Option<usize> {
    // SAFETY: a fresh private mapping; the hint never replaces an existing one without MAP_FIXED.
    let p = unsafe {
        libc::mmap(
            hint as *mut libc::c_void,
            len,
            libc::PROT_NONE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS,
            -1,
            0,
        )
    };
    (p != libc::MAP_FAILED).then_some(p as usize)
}

/// Makes a part of a reservation usable. `false`: the kernel has no memory to promise.
///
/// # Safety
/// `[addr, addr + len)` lies in a reservation and is page-aligned.
pub unsafe fn commit(addr: usize, len: usize) -> bool {
    // SAFETY: as the caller promises; making pages accessible invalidates nothing.
    unsafe {
        libc::mprotect(
            addr as *mut libc::c_void,
            len,
            libc::PROT_READ | libc::PROT_WRITE,
        ) == 0
    }
}

/// Gives the memory behind committed pages back; they read as zero afterwards.
///
/// # Safety
/// `[addr, addr + len)` is committed, page-aligned, and nobody needs its contents.
pub unsafe fn release(addr: usize, len: usize) {
    // SAFETY: as the caller promises.
    unsafe { libc::madvise(addr as *mut libc::c_void, len, libc::MADV_DONTNEED) };
}

/// Bytes of physical memory, or a guess.
pub fn physical_memory() -> usize {
    // SAFETY: sysconf reads system constants.
    let (pages, size) = unsafe {
        (
            libc::sysconf(libc::_SC_PHYS_PAGES),
            libc::sysconf(libc::_SC_PAGESIZE),
        )
    };
    if pages <= 0 || size <= 0 {
        8 << 30
    } else {
        pages as usize * size as usize
    }
}

/// Writes `text` to standard error without allocating.
pub fn write_stderr(text: &[u8]) {
    let mut rest = text;
    while !rest.is_empty() {
        // SAFETY: the buffer is valid for its length.
        let n = unsafe { libc::write(2, rest.as_ptr().cast(), rest.len()) };
        if n <= 0 {
            return;
        }
        rest = &rest[n as usize..];
    }
}

const _: () = assert!(
    size_of::<*const ()>() == 8,
    "the heap is laid out for 64-bit addresses"
);
