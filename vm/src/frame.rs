//! Frame segments of a goroutine; frames never move.
//!
//! A goroutine's frames lie in a chain of segments. Within one, a callee's frame begins inside its caller's, at the
//! window where the caller has put the params. A call whose frame would pass the segment's limit goes on in the next
//! segment: header and params are copied there, the return address leads to `SegReturn`, and that copies the results
//! back to where the caller expects them.
//!
//! Invariants:
//!  - `G::stackguard_real` is the current segment's limit: a frame `[fp, fp + bytes)` lies in the segment when
//!    `fp + bytes <= limit`. Behind the limit there is room for one [adapter](ADAPTER_SLOTS) and three results, so
//!    that trampolines need no check of their own.
//!  - At most one unused segment hangs behind the current one: a call at the boundary in a loop does not allocate each
//!    time, and a deep recursion gives its memory back when it returns.
//!  - `below` is the sum of the sizes of all earlier segments: with it, positions of frames in different segments can
//!    be compared.
//!
//! Knows nothing of: instructions, panics.

use crate::goroutine::VmG;
use crate::interp::{Fp, Gp, Pc, SEG_RETURN};
use crate::load::{
    LoadedSizes, frame_bytes, frame_word, func_at, is_program_func, param_slots, result_slots,
};
use minigo_bytecode::liveness::Liveness;
use minigo_runtime::heap::{
    MAX_SEGMENT, MCache, MIN_SEGMENT, alloc_segment, frames_exactly, free_segment,
};
use std::alloc::Layout;
use std::collections::BTreeMap;
use std::ptr::{copy_nonoverlapping, null, null_mut};
use std::sync::{Mutex, PoisonError};

/// Slots of the frame that stands between a deferred call (or one that a native asked for) and what it returns to:
/// a header and a few words of the trampoline's own.
pub(crate) const ADAPTER_SLOTS: usize = 8;

/// Bytes behind a segment's limit.
const SLACK: usize = 8 * (ADAPTER_SLOTS + 8);

/// Frames beyond this many bytes are a stack overflow. Go's limit is 1,000,000,000 bytes; since its stacks double, a
/// program never gets more than this.
const MAX_DEPTH: usize = 512 << 20;

/// The head of a segment, at its lowest address.
#[repr(C)]
pub(crate) struct Segment {
    prev: *mut Segment,
    next: *mut Segment,
    size: usize,
    /// Bytes of all segments before.
    below: usize,
    /// Where the function in the first frame returns to.
    ret_pc: Pc,
    /// Where its results go.
    results_to: *mut u64,
    n_results: usize,
    unused: usize,
}

const _: () = assert!(size_of::<Segment>() == 64);

impl Segment {
    /// First slot.
    pub(crate) fn base(seg: *mut Segment) -> Fp {
        // SAFETY: slots follow the head; the address is only computed.
        unsafe { seg.add(1).cast() }
    }

    unsafe fn limit(seg: *mut Segment) -> usize {
        // SAFETY: the caller has a segment.
        seg as usize + unsafe { (*seg).size } - SLACK
    }

    unsafe fn contains(seg: *mut Segment, fp: Fp) -> bool {
        // SAFETY: the caller has a segment.
        (fp as usize).wrapping_sub(seg as usize) < unsafe { (*seg).size }
    }
}

/// Where frames of a segment may lie.
///
/// # Safety
/// It is a segment of a goroutine that stands still.
pub(crate) unsafe fn slots_of(seg: *mut Segment) -> std::ops::Range<usize> {
    // SAFETY: as the caller promises.
    Segment::base(seg) as usize..seg as usize + unsafe { (*seg).size }
}

/// The allocation cache of the P that this thread holds.
fn cache() -> *mut MCache {
    // SAFETY: called by whoever runs a goroutine, or on g0 with a P.
    unsafe {
        let mp = minigo_runtime::m::getm();
        (*(*mp).p.load(std::sync::atomic::Ordering::Relaxed)).mcache
    }
}

/// A segment of at least `bytes` bytes of frames.
unsafe fn alloc(bytes: usize, least: usize) -> *mut Segment {
    let need = bytes + size_of::<Segment>() + SLACK;
    let size = need.max(least).next_power_of_two().max(MIN_SEGMENT);
    // SAFETY: the caller holds a P.
    unsafe {
        let at = if size <= MAX_SEGMENT {
            alloc_segment(cache(), size)
        } else {
            std::alloc::alloc(Layout::from_size_align_unchecked(size, 16))
        };
        if at.is_null() {
            minigo_runtime::fatal("out of memory");
        }
        let seg = at.cast::<Segment>();
        seg.write(Segment {
            prev: null_mut(),
            next: null_mut(),
            size,
            below: 0,
            ret_pc: null(),
            results_to: null_mut(),
            n_results: 0,
            unused: 0,
        });
        seg
    }
}

unsafe fn free(seg: *mut Segment) {
    // SAFETY: nobody uses the segment any more.
    unsafe {
        let size = (*seg).size;
        if size <= MAX_SEGMENT {
            free_segment(cache(), seg.cast(), size);
        } else {
            std::alloc::dealloc(seg.cast(), Layout::from_size_align_unchecked(size, 16));
        }
    }
}

/// Makes `seg` the current segment of a goroutine.
unsafe fn enter_segment(gp: Gp, seg: *mut Segment) {
    // SAFETY: the caller owns the goroutine, or runs on it.
    unsafe {
        (*VmG::of(gp)).seg = seg;
        (*gp).set_stackguard(Segment::limit(seg));
    }
}

/// Readies the first segment of a goroutine that does not run yet, for a function of that many frame bytes. It has at
/// least `least` bytes.
///
/// # Safety
/// The goroutine is the caller's.
pub(crate) unsafe fn first_segment(gp: Gp, bytes: usize, least: usize) -> Fp {
    // SAFETY: as the caller promises.
    unsafe {
        let vg = VmG::of(gp);
        let mut seg = (*vg).seg;
        let fits = |seg| Segment::base(seg) as usize + bytes <= Segment::limit(seg);
        if !seg.is_null() && (!fits(seg) || (*seg).size < least) {
            free(seg);
            seg = null_mut();
        }
        if seg.is_null() {
            seg = alloc(bytes, least);
        }
        enter_segment(gp, seg);
        Segment::base(seg)
    }
}

/// Gives back all segments but a small first one, which the next goroutine will use.
///
/// # Safety
/// The goroutine is dead and the caller's.
pub(crate) unsafe fn release_segments(gp: Gp) {
    // SAFETY: as the caller promises.
    unsafe {
        let vg = VmG::of(gp);
        let mut seg = (*vg).seg;
        if seg.is_null() {
            return;
        }
        while !(*seg).next.is_null() {
            seg = (*seg).next;
        }
        while !(*seg).prev.is_null() {
            let prev = (*seg).prev;
            free(seg);
            seg = prev;
        }
        (*seg).next = null_mut();
        if (*seg).size > MIN_SEGMENT {
            free(seg);
            seg = null_mut();
        }
        (*vg).seg = seg;
    }
}

/// The params of a call and where they come from.
pub(crate) struct Call {
    /// First word of the callee's code.
    pub entry: Pc,
    /// Closure object, or 0.
    pub context: u64,
    /// The param slots.
    pub params: *const u64,
    /// Where the callee returns to.
    pub ret_pc: Pc,
    /// The caller's frame.
    pub caller_fp: Fp,
    /// Where the results go when the callee runs in a segment of its own; null: nowhere.
    pub results_to: *mut u64,
}

/// Makes a call whose window begins at `window`, there or in a new segment. The answer is the callee's frame.
///
/// # Safety
/// `gp` is the running goroutine with its position saved; the window lies in the current segment or its slack.
pub(crate) unsafe fn enter(gp: Gp, window: Fp, call: &Call) -> Fp {
    // SAFETY: as the caller promises; the frame is checked to fit.
    unsafe {
        let vg = VmG::of(gp);
        let word = frame_word(call.entry);
        let bytes = frame_bytes(word);
        let (results, params) = (result_slots(word), param_slots(word));
        let fits = window as usize + bytes <= Segment::limit((*vg).seg);
        let (fp, ret_pc) = if fits {
            (window, call.ret_pc)
        } else {
            let seg = next_segment(gp, bytes);
            (*seg).ret_pc = call.ret_pc;
            (*seg).results_to = call.results_to;
            (*seg).n_results = if call.results_to.is_null() {
                0
            } else {
                results
            };
            enter_segment(gp, seg);
            (Segment::base(seg), SEG_RETURN.as_ptr())
        };
        std::ptr::copy(call.params, fp.add(3 + results), params);
        *fp = ret_pc as u64;
        *fp.add(1) = call.caller_fp as u64;
        *fp.add(2) = call.context;
        fp
    }
}

/// The segment behind the current one, large enough for a frame of `bytes` bytes.
unsafe fn next_segment(gp: Gp, bytes: usize) -> *mut Segment {
    // SAFETY: the goroutine is the running one.
    unsafe {
        let cur = (*VmG::of(gp)).seg;
        let spare = (*cur).next;
        if !spare.is_null() {
            if Segment::base(spare) as usize + bytes <= Segment::limit(spare) {
                return spare;
            }
            (*cur).next = null_mut();
            free(spare);
        }
        let below = (*cur).below + (*cur).size;
        // Twice what there is, so that deep recursion takes few segments.
        let seg = alloc(bytes, ((*cur).size * 2).min(MAX_SEGMENT));
        if below + (*seg).size > MAX_DEPTH {
            stack_overflow(gp);
        }
        (*seg).below = below;
        (*seg).prev = cur;
        (*cur).next = seg;
        seg
    }
}

#[cold]
unsafe fn stack_overflow(gp: Gp) -> ! {
    // SAFETY: the goroutine is the running one.
    let vg = unsafe { &*VmG::of(gp) };
    let (lo, sp) = (vg.seg as usize, vg.fp as usize);
    // SAFETY: the current segment.
    let hi = lo + unsafe { (*vg.seg).size };
    eprintln!("runtime: goroutine stack exceeds 1000000000-byte limit");
    eprintln!("runtime: sp={sp:#x} stack=[{lo:#x}, {hi:#x}]");
    minigo_runtime::fatal("stack overflow")
}

/// Leaves the current segment, whose first function has returned: the results are copied back. The answer is where to
/// go on; the caller's frame pointer is in its header.
///
/// # Safety
/// `gp` is the running goroutine, and the first frame of its current segment has returned.
pub(crate) unsafe fn leave_segment(gp: Gp) -> Pc {
    // SAFETY: as the caller promises.
    unsafe {
        let seg = (*VmG::of(gp)).seg;
        let n = (*seg).n_results;
        if n != 0 {
            copy_nonoverlapping(Segment::base(seg).add(3), (*seg).results_to, n);
        }
        go_back_to(gp, (*seg).prev);
        (*seg).ret_pc
    }
}

/// Makes an earlier segment the current one; what lies behind it is freed, except for one segment.
unsafe fn go_back_to(gp: Gp, seg: *mut Segment) {
    // SAFETY: the goroutine is the running one, and no frame behind `seg` is used any more.
    unsafe {
        let spare = (*seg).next;
        if !spare.is_null() {
            let mut rest = std::mem::replace(&mut (*spare).next, null_mut());
            while !rest.is_null() {
                let next = (*rest).next;
                free(rest);
                rest = next;
            }
        }
        enter_segment(gp, seg);
    }
}

/// Drops all frames above `fp`, after a recovered panic.
///
/// # Safety
/// `gp` is the running goroutine, `fp` one of its frames.
pub(crate) unsafe fn unwind_to(gp: Gp, fp: Fp) {
    // SAFETY: as the caller promises.
    unsafe {
        let mut seg = (*VmG::of(gp)).seg;
        while !Segment::contains(seg, fp) {
            seg = (*seg).prev;
        }
        go_back_to(gp, seg);
    }
}

/// How deep a frame lies, in bytes from the goroutine's first.
///
/// # Safety
/// `fp` is a frame (or window) of the goroutine.
pub(crate) unsafe fn depth(gp: Gp, fp: Fp) -> usize {
    // SAFETY: as the caller promises.
    unsafe {
        let mut seg = (*VmG::of(gp)).seg;
        while !Segment::contains(seg, fp) {
            seg = (*seg).prev;
        }
        (*seg).below + (fp as usize - seg as usize)
    }
}

/// The end of a frame, where a window above it can begin.
///
/// # Safety
/// `pc` is behind an instruction of the function whose frame is `fp`.
pub(crate) unsafe fn frame_end(pc: Pc, fp: Fp) -> Fp {
    match func_at(pc) {
        // SAFETY: the address lies in the frame's segment or is its limit.
        Some(f) => unsafe { fp.add(f.func.frame_slots as usize) },
        None => fp,
    }
}

/// Walks over a goroutine's frames, newest first.
pub(crate) struct Frames {
    pc: Pc,
    fp: Fp,
    seg: *mut Segment,
}

impl Frames {
    /// From the goroutine's saved position.
    ///
    /// # Safety
    /// The goroutine does not run, or is the running one with its position saved.
    pub(crate) unsafe fn of(gp: Gp) -> Frames {
        // SAFETY: as the caller promises.
        unsafe {
            let vg = VmG::of(gp);
            Frames::from(gp, (*vg).pc, (*vg).fp)
        }
    }

    /// From a frame of the goroutine.
    ///
    /// # Safety
    /// As [`Frames::of`]; `pc` is behind an instruction of the function whose frame is `fp`, or null.
    pub(crate) unsafe fn from(gp: Gp, pc: Pc, fp: Fp) -> Frames {
        // SAFETY: as the caller promises.
        unsafe {
            let mut seg = (*VmG::of(gp)).seg;
            while !seg.is_null() && !Segment::contains(seg, fp) {
                seg = (*seg).prev;
            }
            Frames { pc, fp, seg }
        }
    }
}

impl Iterator for Frames {
    /// Position behind the call or instruction, and frame.
    type Item = (Pc, Fp);

    fn next(&mut self) -> Option<(Pc, Fp)> {
        if self.pc.is_null() || self.fp.is_null() || self.seg.is_null() {
            return None;
        }
        let this = (self.pc, self.fp);
        // SAFETY: frames of a goroutine that stands still; headers are written by calls alone.
        unsafe {
            let (mut ret, caller) = (*self.fp as Pc, *self.fp.add(1) as Fp);
            if ret == SEG_RETURN.as_ptr() {
                ret = (*self.seg).ret_pc;
                self.seg = (*self.seg).prev;
            }
            (self.pc, self.fp) = (ret, caller);
        }
        Some(this)
    }
}

/// Reports what of a goroutine's frames the collector must look at: the used parts of its segments, or, if it matters
/// ([`frames_exactly`]), the live slots alone.
///
/// # Safety
/// The goroutine does not run, or is the running one with its position saved.
pub(crate) unsafe fn visit_frames(gp: Gp, visit: &mut dyn FnMut(usize, usize)) {
    // SAFETY: as the caller promises.
    unsafe {
        let vg = VmG::of(gp);
        let mut seg = (*vg).seg;
        if seg.is_null() || (*vg).fp.is_null() {
            return;
        }
        if frames_exactly() {
            return visit_live(gp, visit);
        }
        // A callee's frame covers its caller's tail, so the newest frame ends the used part. What an earlier segment
        // holds behind the window that left it is unknown, but not much.
        let mut end = frame_end((*vg).pc, (*vg).fp) as usize;
        while !seg.is_null() {
            let (lo, hi) = (Segment::base(seg) as usize, seg as usize + (*seg).size);
            visit(lo, end.clamp(lo, hi));
            seg = (*seg).prev;
            end = usize::MAX;
        }
    }
}

/// Frame by frame. What is not a frame of the program's functions, or stands at its function's entry, is reported up to
/// the next newer frame.
unsafe fn visit_live(gp: Gp, visit: &mut dyn FnMut(usize, usize)) {
    // SAFETY: as `visit_frames`.
    unsafe {
        let mut frames = Frames::of(gp);
        let mut newer: Fp = null_mut();
        loop {
            let seg = frames.seg;
            let Some((pc, fp)) = frames.next() else { break };
            let limit = seg as usize + (*seg).size;
            // Where the newer frame begins, its function's params begin: it is asked whether they are live.
            let end = match Segment::contains(seg, newer) {
                true => newer as usize,
                false => limit,
            };
            match live_ranges(pc) {
                Some(ranges) => {
                    for &(lo, hi) in ranges {
                        let (lo, hi) = (fp.add(lo) as usize, fp.add(hi) as usize);
                        visit(lo.min(end), hi.min(end));
                    }
                }
                None => visit(fp as usize, end),
            }
            newer = fp;
        }
    }
}

/// The live slots of a frame at this position, analysed when they are first asked for; `None` for what is no position
/// within a function of the program.
fn live_ranges(pc: Pc) -> Option<&'static [(usize, usize)]> {
    type Ranges = Option<&'static [(usize, usize)]>;
    static FUNCS: Mutex<BTreeMap<usize, Option<&'static Liveness>>> = Mutex::new(BTreeMap::new());
    static KNOWN: Mutex<BTreeMap<usize, Ranges>> = Mutex::new(BTreeMap::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    *known.entry(pc as usize).or_insert_with(|| {
        let f = func_at(pc).filter(|f| pc > f.entry && is_program_func(f))?;
        let mut funcs = FUNCS.lock().unwrap_or_else(PoisonError::into_inner);
        let live = funcs
            .entry(f.entry as usize)
            .or_insert_with(|| Some(Box::leak(Box::new(Liveness::of(f.func, &LoadedSizes)?))));
        let mut ranges = Vec::new();
        let at = (pc as usize - f.entry as usize) / 8;
        (*live)?.at(at, &mut |lo, hi| ranges.push((lo, hi)));
        Some(Vec::leak(ranges))
    })
}
