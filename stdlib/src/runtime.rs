//! Packages runtime and runtime/debug.

use minigo_runtime::{gcount, gomaxprocs, heap, proc, thread};
use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, Iface, NativeRet, NativeTable};

/// Frames of the runtime itself that a program sees around its own, though there are none: their addresses are the
/// first multiples of [`FRAME_STEP`], where no program lies.
const OUTER_FRAMES: &[(&str, &str, i64)] = &[
    ("runtime.Callers", "$GOROOT/src/runtime/extern.go", 1),
    ("runtime.main", "$GOROOT/src/runtime/proc.go", 1),
    ("runtime.goexit", "$GOROOT/src/runtime/asm.s", 1),
];
const FRAME_STEP: u64 = 16;

native! {
    fn scrub(gp) { std::hint::black_box(&mut [0u64; 1024]); }
    fn collect(gp) -> bool {
        heap::gc_full(gp);
        heap::is_observed()
    }
    fn goexit(gp) -> Result<(), NativeRet> { Err(native::goexit()) }
    fn gosched(gp) -> Result<(), NativeRet> { Err(NativeRet::Yield) }
    fn go_gomaxprocs(gp, n: i64) -> i64 { gomaxprocs(gp, n) }
    fn num_cpu(gp) -> usize { proc::ncpu() }
    fn num_goroutine(gp) -> usize { gcount() }
    fn keep_alive(gp, x: Iface) {}
    fn set_traceback(gp, level: GoStr) { minigo_runtime::fatal::set_traceback(&String::from_utf8_lossy(level.bytes())) }
    fn lock_os_thread(gp) { thread::lock_os_thread(gp) }
    fn unlock_os_thread(gp) { thread::unlock_os_thread(gp) }
    fn callers(gp, skip: i64, pcs: GoSlice) -> i64 {
        let mut frames = vec![FRAME_STEP];
        frames.extend(minigo_vm::callers(gp).iter().map(|f| f.pc));
        if (*gp).goid == 1 {
            frames.push(2 * FRAME_STEP);
        }
        frames.push(3 * FRAME_STEP);
        let mut n = 0;
        for (to, &pc) in pcs.elems_mut::<u64>().iter_mut().zip(frames.iter().skip(skip.max(0) as usize)) {
            *to = pc;
            n += 1;
        }
        n
    }
    fn pc_info(gp, pc: usize) -> (GoStr, GoStr, i64, usize) {
        // A program may look one byte before a return address.
        let outer = (pc as u64).div_ceil(FRAME_STEP) as usize;
        if let Some(&(name, file, line)) = OUTER_FRAMES.get(outer.wrapping_sub(1)) {
            let entry = outer * FRAME_STEP as usize;
            return (GoStr::from_static(name), GoStr::from_static(file), line, entry);
        }
        match minigo_vm::caller_at(pc as u64) {
            Some(c) => (GoStr::from_static(c.name), GoStr::from_static(c.file), c.line as i64, c.entry as usize),
            None => (GoStr::EMPTY, GoStr::EMPTY, 0, 0),
        }
    }
    fn stack(gp, buf: GoSlice, all: bool) -> i64 {
        let text = minigo_vm::stack_text(gp, all);
        let buf = buf.bytes_mut();
        let n = text.len().min(buf.len());
        buf[..n].copy_from_slice(&text[..n]);
        n as i64
    }
    /// The fields of MemStats up to PauseTotalNs; returns the two numbers of collections.
    fn mem_stats(gp, to: *mut [u64; 24]) -> (u64, u64) {
        let s = heap::read_mem_stats(gp);
        *to = [
            s.alloc, s.total_alloc, s.sys, 0, s.mallocs, s.frees, s.alloc, s.heap_sys, s.heap_idle, s.heap_inuse,
            s.heap_released, s.mallocs.wrapping_sub(s.frees), s.stack_inuse, s.stack_inuse, 0, 0, 0, 0, 0, s.gc_sys, 0,
            s.next_gc, s.last_gc, s.pause_total_ns,
        ];
        (s.num_gc as u64, s.num_forced_gc as u64)
    }
    fn set_gc_percent(gp, percent: i64) -> i64 {
        heap::set_gc_percent(percent.clamp(-1, i32::MAX as i64) as i32) as i64
    }
    fn set_panic_on_fault(gp, enabled: bool) -> bool { native::set_panic_on_fault(gp, enabled) }
    fn set_memory_limit(gp, limit: i64) -> i64 { heap::set_memory_limit(limit) }
    fn free_os_memory(gp) {
        heap::gc_full(gp);
        heap::scavenge();
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("runtime.Callers", callers),
    ("runtime.GOMAXPROCS", go_gomaxprocs),
    ("runtime.Goexit", goexit),
    ("runtime.Gosched", gosched),
    ("runtime.KeepAlive", keep_alive),
    ("runtime.LockOSThread", lock_os_thread),
    ("runtime.NumCPU", num_cpu),
    ("runtime.NumGoroutine", num_goroutine),
    ("runtime.Stack", stack),
    ("runtime.UnlockOSThread", unlock_os_thread),
    ("runtime.collect", collect),
    ("runtime.memStats", mem_stats),
    ("runtime.pcInfo", pc_info),
    ("runtime.scrub", scrub),
    ("runtime/debug.FreeOSMemory", free_os_memory),
    ("runtime/debug.SetGCPercent", set_gc_percent),
    ("runtime/debug.SetMemoryLimit", set_memory_limit),
    ("runtime/debug.SetPanicOnFault", set_panic_on_fault),
    ("runtime/debug.SetTraceback", set_traceback),
];
