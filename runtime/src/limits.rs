//! Bounds that the host of a program sets: memory, time, goroutines, output. Over one of them the program ends, at once
//! and for good: no deferred call runs, nothing recovers, and processes that it started end with it.
//!
//! Where a bound is noticed:
//!  - memory: the heap has it as its hard limit (objects and frames); [`Watched`], the process's allocator, asks for what
//!    natives take in large pieces; and a thread that is none of the scheduler's looks at the whole process every few
//!    milliseconds, so that nothing else adds up unseen;
//!  - time: that same thread, which no loop of the program keeps from running;
//!  - goroutines: at their birth, `newproc`;
//!  - output: where a text leaves for descriptors 1 and 2, or others that are the same file.
//!
//! Must never know: what the program is, where the bounds come from.

use crate::sync::*;
use std::alloc::{GlobalAlloc, Layout, System};
use std::time::{Duration, Instant};

/// What a program may use; `None`: as much as there is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Bytes, beyond what the process had when the program began.
    pub memory: Option<usize>,
    /// Real time.
    pub time: Option<Duration>,
    /// Goroutines at the same time.
    pub goroutines: Option<usize>,
    /// Bytes on standard output and standard error together.
    pub output: Option<u64>,
}

/// The exit status of a program that wrote too much.
pub const OUTPUT_STATUS: i32 = 120;
/// The exit status of a program with too many goroutines.
pub const GOROUTINES_STATUS: i32 = 121;
/// The exit status of a program that needs too much memory.
pub const MEMORY_STATUS: i32 = 122;
/// The exit status of a program that takes too long, as that of timeout(1).
pub const TIME_STATUS: i32 = 124;

/// The bounds in force; 0 stands for none.
static MEMORY: AtomicUsize = AtomicUsize::new(0);
static GOROUTINES: AtomicUsize = AtomicUsize::new(0);
static OUTPUT: AtomicU64 = AtomicU64::new(0);
/// Bytes written so far.
static WRITTEN: AtomicU64 = AtomicU64::new(0);
/// What the process may have in memory all in all.
static RESIDENT: AtomicUsize = AtomicUsize::new(usize::MAX);

/// How often the watching thread looks.
const TICK: Duration = Duration::from_millis(5);
/// Beyond the program's own memory: native stacks, tables of the collector, caches of the C library.
const SLACK: usize = 24 << 20;
/// An allocation of natives that is looked at before it is made.
const LARGE: usize = 1 << 20;
/// How long the end may take: a traceback, a reader of standard error that is slow.
const PATIENCE: Duration = Duration::from_secs(2);

/// Puts bounds in force, for the rest of the process. The scheduler has been set up.
pub(crate) fn set(limits: Limits) {
    if matches!(limits, Limits { memory: None, time: None, goroutines: None, output: None }) {
        return;
    }
    if let Some(bytes) = limits.memory {
        MEMORY.store(bytes.max(1), Relaxed);
        // Tables and native stacks grow with the heap.
        let all = resident() + bytes + bytes / 4 + SLACK;
        RESIDENT.store(all, Relaxed);
        crate::heap::set_heap_max(bytes.max(1));
    }
    GOROUTINES.store(limits.goroutines.map_or(0, |n| n.max(1)), Relaxed);
    OUTPUT.store(limits.output.map_or(0, |n| n.max(1)), Relaxed);
    // Orphans of the program's processes become ours: they are found at the end.
    #[cfg(target_os = "linux")]
    // SAFETY: a plain system call.
    unsafe {
        libc::prctl(libc::PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    }
    if limits.memory.is_some() || limits.time.is_some() {
        let end = limits.time.map(|d| (Instant::now() + d, d));
        let watch = std::thread::Builder::new().name("limits".to_string());
        if watch.spawn(move || watcher(end)).is_err() {
            crate::fatal("cannot start the thread that watches over the limits");
        }
    }
}

/// What a process that the program starts may have of address space, if memory is bounded.
pub fn child_memory() -> Option<usize> {
    Some(MEMORY.load(Relaxed)).filter(|&n| n > 0)
}

/// Whether output is counted, so that nobody else may be given the descriptors.
pub fn counts_output() -> bool {
    OUTPUT.load(Relaxed) != 0
}

fn watcher(end: Option<(Instant, Duration)>) {
    loop {
        let now = Instant::now();
        if let Some((end, all)) = end
            && now >= end
        {
            exceeded(TIME_STATUS, &format!("the program ran longer than {all:?} (-timeout)"));
        }
        if MEMORY.load(Relaxed) != 0 && resident() > RESIDENT.load(Relaxed) {
            out_of_memory();
        }
        let left = end.map_or(TICK, |(end, _)| end.saturating_duration_since(now));
        let tick = if MEMORY.load(Relaxed) != 0 { TICK } else { left };
        std::thread::sleep(tick.min(left).max(Duration::from_micros(100)));
    }
}

/// What of the process is in memory, in bytes.
fn resident() -> usize {
    let Ok(text) = std::fs::read_to_string("/proc/self/statm") else {
        return 0;
    };
    let pages = text.split(' ').nth(1).and_then(|n| n.parse::<usize>().ok());
    pages.unwrap_or(0) * 4096
}

/// For the heap: is what runs out a bound of ours?
pub(crate) fn bounds_memory() -> bool {
    MEMORY.load(Relaxed) != 0
}

/// The end of a program that needs more memory than it may have.
#[cold]
pub(crate) fn out_of_memory() -> ! {
    let limit = show_size(MEMORY.load(Relaxed) as u64);
    exceeded(MEMORY_STATUS, &format!("the program needs more than {limit} of memory (-max-memory)"))
}

/// For `newproc`: one goroutine more.
#[inline]
pub(crate) fn goroutine_born() {
    let limit = GOROUTINES.load(Relaxed);
    if limit != 0 {
        count_goroutines(limit);
    }
}

#[cold]
fn count_goroutines(limit: usize) {
    if crate::proc::gcount() > limit {
        exceeded(GOROUTINES_STATUS, &format!("the program has more than {limit} goroutines (-max-goroutines)"));
    }
}

/// For whoever writes on the program's behalf: `n` bytes from `from` are about to go to `fd`.
///
/// # Safety
/// `n` bytes can be read at `from`.
#[inline]
pub unsafe fn writing(fd: i32, from: *const u8, n: usize) {
    let limit = OUTPUT.load(Relaxed);
    if limit != 0 {
        // SAFETY: as the caller promises.
        unsafe { count_output(limit, fd, from, n) }
    }
}

#[cold]
unsafe fn count_output(limit: u64, fd: i32, from: *const u8, n: usize) {
    if !is_output(fd) {
        return;
    }
    let before = WRITTEN.fetch_add(n as u64, Relaxed);
    if before + n as u64 > limit {
        let rest = limit.saturating_sub(before).min(n as u64) as usize;
        // SAFETY: as the caller promises. What is lost here is beyond the limit, or has no reader.
        unsafe { libc::write(fd, from.cast(), rest) };
        let limit = show_size(limit);
        exceeded(OUTPUT_STATUS, &format!("the program wrote more than {limit} (-max-output)"));
    }
}

/// Whether a descriptor is standard output or standard error, or a copy of one, or opened anew.
fn is_output(fd: i32) -> bool {
    let id = |fd: i32| {
        // SAFETY: a plain system call on a local.
        unsafe {
            let mut st: libc::stat = std::mem::zeroed();
            (libc::fstat(fd, &mut st) == 0).then_some((st.st_dev, st.st_ino))
        }
    };
    matches!(fd, 1 | 2) || id(fd).is_some_and(|it| Some(it) == id(1) || Some(it) == id(2))
}

fn show_size(bytes: u64) -> String {
    let units = [("GB", 30), ("MB", 20), ("KB", 10)];
    let unit = units.iter().find(|(_, shift)| bytes >= 1 << shift && bytes.is_multiple_of(1 << shift));
    match unit {
        Some((name, shift)) => format!("{} {name}", bytes >> shift),
        None => format!("{bytes} bytes"),
    }
}

/// The end has begun.
static ENDING: AtomicBool = AtomicBool::new(false);

/// For whoever is about to end the process in another way: too late.
pub(crate) fn hold() {
    while ENDING.load(Acquire) {
        std::thread::sleep(PATIENCE);
    }
}

/// Ends the process. Called on any thread, in any state of the runtime: it takes no lock that the program could hold, but
/// for the traceback, which a thread with a watch in its hand stands behind.
#[cold]
fn exceeded(status: i32, text: &str) -> ! {
    if ENDING.swap(true, AcqRel) {
        hold();
    }
    crate::fatal::dying();
    // The process needs some memory to say what happened.
    MEMORY.store(0, Relaxed);
    OUTPUT.store(0, Relaxed);
    say(format!("fatal error: {text}\n").as_bytes());
    kill_descendants();
    let guard = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(PATIENCE);
        exit_now(status);
    });
    if guard.is_ok() {
        let mut trace = Vec::new();
        let gp = crate::m::getg();
        if status == TIME_STATUS {
            crate::stop_world::freeze_the_world();
            some_goroutines(&mut trace);
        } else if !gp.is_null() && status != MEMORY_STATUS {
            trace.push(b'\n');
            crate::fatal::goroutine_header(gp, &mut trace);
            // SAFETY: the running goroutine's own frames.
            unsafe { (crate::hooks::hooks().traceback)(gp, &mut trace) };
        }
        say(&trace);
        crate::fatal::finish(status);
    }
    exit_now(status)
}

/// The first few goroutines: there may be a million.
fn some_goroutines(out: &mut Vec<u8>) {
    const SHOWN: usize = 10;
    let mut n = 0;
    crate::proc::for_each_g(&mut |gp| {
        let status = crate::g::readgstatus(gp);
        // SAFETY: Gs are never freed.
        if unsafe { (*gp).system } || matches!(status, crate::g::GDEAD | crate::g::GIDLE) {
            return;
        }
        n += 1;
        if n > SHOWN {
            return;
        }
        out.push(b'\n');
        crate::fatal::goroutine_header(gp, out);
        if status == crate::g::GRUNNING {
            out.extend_from_slice(b"\tgoroutine running on other thread; stack unavailable\n");
        } else {
            // SAFETY: the hook copes with goroutines in any state.
            unsafe { (crate::hooks::hooks().traceback)(gp, out) };
        }
    });
    if n > SHOWN {
        out.extend_from_slice(format!("\n...and {} more goroutines\n", n - SHOWN).as_bytes());
    }
}

/// Writes to standard error as long as it takes something: a reader that does not read must not keep the program alive.
fn say(mut text: &[u8]) {
    while !text.is_empty() {
        let piece = &text[..text.len().min(libc::PIPE_BUF)];
        // SAFETY: plain system calls on locals.
        let n = unsafe {
            let mut poll = libc::pollfd { fd: 2, events: libc::POLLOUT, revents: 0 };
            if libc::poll(&mut poll, 1, 1000) != 1 {
                return;
            }
            libc::write(2, piece.as_ptr().cast(), piece.len())
        };
        if n <= 0 {
            return;
        }
        text = &text[n as usize..];
    }
}

fn exit_now(status: i32) -> ! {
    // SAFETY: the end.
    unsafe { libc::_exit(status) }
}

/// Kills every process that descends from this one. New ones may be born meanwhile: it is done until none is left, or
/// often enough.
fn kill_descendants() {
    for _ in 0..20 {
        let mut killed = false;
        for pid in descendants() {
            // SAFETY: a plain system call.
            killed |= unsafe { libc::kill(pid, libc::SIGKILL) } == 0;
        }
        if !killed {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn descendants() -> Vec<i32> {
    let mut parents = Vec::new();
    for entry in std::fs::read_dir("/proc").into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(pid) = name.to_str().and_then(|n| n.parse::<i32>().ok()) else { continue };
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{pid}/stat")) else { continue };
        // pid (name) state parent …; the name may contain anything.
        let mut fields = stat.rsplit(')').next().unwrap_or("").split_whitespace();
        let (state, parent) = (fields.next().unwrap_or("Z"), fields.next());
        if state != "Z"
            && let Some(parent) = parent.and_then(|p| p.parse::<i32>().ok())
        {
            parents.push((pid, parent));
        }
    }
    let mut found = vec![std::process::id() as i32];
    let mut i = 0;
    while i < found.len() {
        let of = found[i];
        found.extend(parents.iter().filter(|(_, parent)| *parent == of).map(|(pid, _)| *pid));
        i += 1;
    }
    found.split_off(1)
}

/// The process's allocator, with a look at large pieces.
pub struct Watched;

#[inline]
fn look(size: usize) {
    if size >= LARGE && MEMORY.load(Relaxed) != 0 {
        look_closely(size);
    }
}

#[cold]
fn look_closely(size: usize) {
    if size > RESIDENT.load(Relaxed).saturating_sub(resident()) {
        out_of_memory();
    }
}

// SAFETY: everything is the system's allocator's.
unsafe impl GlobalAlloc for Watched {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        look(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }
    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        look(layout.size());
        // SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }
    #[inline]
    unsafe fn dealloc(&self, ptr: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(ptr, layout) }
    }
    #[inline]
    unsafe fn realloc(&self, ptr: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        look(size.saturating_sub(layout.size()));
        // SAFETY: as the caller promises.
        unsafe { System.realloc(ptr, layout, size) }
    }
}
