//! Address space from the kernel: reserve, commit, give back. (Go: runtime/mem_linux.go)
//!
//! A reservation is mapped `PROT_NONE`, which costs nothing and counts against no limit; committing makes a part of it
//! readable and writable, and is where the kernel may refuse. Not `MAP_NORESERVE`: with it the kernel would refuse nothing
//! and kill later.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

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

/// Makes a part of a reservation usable, to whole pages of the system. `false`: the kernel has no memory to promise.
///
/// # Safety
/// `[addr, addr + len)` lies in a reservation, and so do the pages it touches.
pub unsafe fn commit(addr: usize, len: usize) -> bool {
    let page = system_page();
    let (addr, len) = {
        let lo = addr & !(page - 1);
        (lo, (addr + len - lo).next_multiple_of(page))
    };
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
/// `[addr, addr + len)` is committed, and nobody needs its contents.
pub unsafe fn release(addr: usize, len: usize) {
    // Only whole pages of the system can be given back; what is cut off must read as zero all the same.
    let page = system_page();
    let (lo, hi) = (addr.next_multiple_of(page), (addr + len) & !(page - 1));
    // SAFETY: as the caller promises.
    unsafe {
        if lo >= hi {
            std::ptr::write_bytes(addr as *mut u8, 0, len);
            return;
        }
        std::ptr::write_bytes(addr as *mut u8, 0, lo - addr);
        std::ptr::write_bytes(hi as *mut u8, 0, addr + len - hi);
        let start = lo as *mut libc::c_void;
        #[cfg(target_os = "linux")]
        libc::madvise(start, hi - lo, libc::MADV_DONTNEED);
        // Elsewhere the advice does not promise zeros: a fresh mapping does.
        #[cfg(not(target_os = "linux"))]
        libc::mmap(
            start,
            hi - lo,
            libc::PROT_READ | libc::PROT_WRITE,
            libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED,
            -1,
            0,
        );
    }
}

/// Bytes of a page of the system.
fn system_page() -> usize {
    static PAGE: AtomicUsize = AtomicUsize::new(0);
    let known = PAGE.load(Relaxed);
    if known != 0 {
        return known;
    }
    // SAFETY: sysconf reads a system constant.
    let page = unsafe { libc::sysconf(libc::_SC_PAGESIZE) }.max(4096) as usize;
    PAGE.store(page, Relaxed);
    page
}

/// CPU time that the calling thread has used.
pub fn thread_cpu_time() -> Duration {
    let mut ts = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: writes to a local. The clock always exists.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut ts) };
    Duration::new(ts.tv_sec as u64, ts.tv_nsec as u32)
}

/// Bytes of physical memory, or a guess.
pub fn physical_memory() -> usize {
    // SAFETY: sysconf reads system constants.
    let pages = unsafe { libc::sysconf(libc::_SC_PHYS_PAGES) };
    if pages <= 0 {
        8 << 30
    } else {
        pages as usize * system_page()
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
