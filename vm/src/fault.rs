//! Where in the program a fault happened: the VM's answer to a signal. (Go: the runtime looks its pc up in a table)
//!
//! Handlers do not note where they are before they touch memory: that would cost more than the access. So the position is
//! found afterwards. A handler has pc and fp in registers, or, in its callees and in unoptimised builds, in saved
//! registers on the native stack. Every word there that could be a pc is tried with every word that could be the newest
//! frame, nearest first; what the instruction would have accessed, computed again from the frame, must be the address
//! that the kernel names. Instructions that save their position before they call into the runtime, natives above all, are
//! tried last: there one of the operands must lead to the address.
//!
//! If nothing fits, the fault is none of the program's.
//! Runs in a signal's handler: it allocates nothing, locks nothing, and reads only frames, code and the native stack.

use crate::goroutine::VmG;
use crate::interp::operands::*;
use crate::interp::pairs::operation;
use crate::interp::{Fp, Gp, Pc};
use crate::load::{frame_bytes, frame_word, func_before};
use crate::panic;
use crate::rtype::Rtype;
use minigo_bytecode::op::{Op, op_of};
use minigo_runtime::fault::{Fault, Machine};
use minigo_runtime::{Entry, G};
use std::ptr::null_mut;

/// Words of the native stack that are looked at: the frames of a handler and of what it calls to copy memory.
const STACK_WORDS: usize = 512;
/// Candidates that are kept of each kind.
const CANDIDATES: usize = 24;

/// Finds the position, and saves it and the fault in the goroutine.
///
/// # Safety
/// `gp` runs on this thread, which stands where `machine` says.
pub(crate) unsafe fn locate(gp: *mut G, fault: &Fault, machine: &Machine<'_>) -> Option<Entry> {
    // SAFETY: as the caller promises: nobody else changes frames or the saved position.
    unsafe {
        let vg = VmG::of(gp);
        if (*vg).seg.is_null() {
            return None;
        }
        let (pc, fp) = position(vg, fault, machine)?;
        (*vg).pc = pc;
        (*vg).fp = fp;
        (*vg).fault = *fault;
        Some(go_on)
    }
}

/// On the goroutine's native stack, which is empty.
unsafe extern "C" fn go_on(gp: *mut G, _arg: *mut u8) -> ! {
    // SAFETY: `locate` has saved the position.
    unsafe {
        let vg = VmG::of(gp);
        let (pc, fp) = panic::fault(gp as Gp, (*vg).pc, (*vg).fp, (*vg).fault);
        crate::interp::run(pc, fp, gp)
    }
}

/// Values without repetition, in the order in which they were found.
struct Found<T> {
    all: [*const T; CANDIDATES],
    n: usize,
}

impl<T> Found<T> {
    fn new() -> Found<T> {
        Found {
            all: [null_mut::<T>().cast_const(); CANDIDATES],
            n: 0,
        }
    }

    fn add(&mut self, p: *const T) {
        if self.n < CANDIDATES && !self.get().contains(&p) {
            self.all[self.n] = p;
            self.n += 1;
        }
    }

    fn get(&self) -> &[*const T] {
        &self.all[..self.n]
    }
}

unsafe fn position(vg: *mut VmG, fault: &Fault, machine: &Machine<'_>) -> Option<(Pc, Fp)> {
    // SAFETY: as `locate`. Every candidate for a pc lies behind an instruction of loaded code, every candidate for a frame
    // in the goroutine's current segment.
    unsafe {
        let (mut pcs, mut fps) = (Found::<u64>::new(), Found::<u64>::new());
        let stack = &machine.stack[..machine.stack.len().min(STACK_WORDS)];
        let slots = crate::frame::slots_of((*vg).seg);
        for &word in machine.regs.iter().chain(stack) {
            if !word.is_multiple_of(8) {
                continue;
            }
            if slots.contains(&word) {
                fps.add(word as *const u64);
            }
            // Before the instruction, behind it, or behind its second word.
            for end in [word, word.wrapping_add(8), word.wrapping_sub(8)] {
                if is_behind_instruction(end as Pc) {
                    pcs.add(end as Pc);
                }
            }
        }
        let fits = |pc: Pc, fp: Fp| {
            let entry = func_before(pc).map(|f| f.entry);
            entry.is_some_and(|e| fp as usize + frame_bytes(frame_word(e)) <= slots.end)
        };
        for &pc in pcs.get() {
            for &fp in fps.get() {
                let fp = fp.cast_mut();
                if fits(pc, fp) && accesses(pc, fp, fault) == Some(true) {
                    return Some((pc, fp));
                }
            }
        }
        // The saved position last of all that is precise, first of all that is not.
        let saved = ((*vg).pc, (*vg).fp);
        if is_behind_instruction(saved.0)
            && fits(saved.0, saved.1)
            && accesses(saved.0, saved.1, fault).is_none()
            && leads_to(saved.0, saved.1, fault)
        {
            return Some(saved);
        }
        for &pc in pcs.get() {
            for &fp in fps.get() {
                let fp = fp.cast_mut();
                if fits(pc, fp) && accesses(pc, fp, fault).is_none() && leads_to(pc, fp, fault) {
                    return Some((pc, fp));
                }
            }
        }
        None
    }
}

/// Does an instruction's first word end at `pc`?
fn is_behind_instruction(pc: Pc) -> bool {
    if pc.is_null() || !(pc as usize).is_multiple_of(8) {
        return false;
    }
    let Some(f) = func_before(pc) else {
        return false;
    };
    let mut at = f.entry;
    // SAFETY: code is whole instructions, from the entry to beyond `pc`.
    unsafe {
        while at < pc {
            let op = operation(op_of(*at));
            if at.add(1) == pc {
                return true;
            }
            at = at.add(op.info().words());
            if op == Op::JTable {
                at = at.add((*at.sub(1) >> 32) as usize);
            }
        }
    }
    false
}

/// Whether the instruction before `pc` accesses the fault's address. `None`: the table below does not say.
unsafe fn accesses(pc: Pc, fp: Fp, fault: &Fault) -> Option<bool> {
    // SAFETY: as `position`: operands name slots of the frame, ext words exist.
    unsafe {
        let slot = |i: usize| get(fp, i);
        let hit = |base: u64, bytes: u64| {
            if fault.has_no_address() {
                return base as i64 >> 47 != 0 && base as i64 >> 47 != -1;
            }
            fault.addr.wrapping_sub(base) < bytes.max(1)
        };
        let load = |n: u64| hit(slot(b(pc)).wrapping_add(c(pc) as u64), n);
        let store = |n: u64| hit(slot(a(pc)).wrapping_add(b(pc) as u64), n);
        let idx_load = |n: u64| hit(slot(b(pc)).wrapping_add(slot(c(pc)).wrapping_mul(n)), n);
        let idx_store = |n: u64| hit(slot(a(pc)).wrapping_add(slot(b(pc)).wrapping_mul(n)), n);
        let text = |i: usize| hit(slot(i), slot(i + 1));
        let op = operation(op_of(*pc.sub(1)));
        let answer = match op {
            Op::Load8u | Op::Load8s => load(1),
            Op::Load16u | Op::Load16s => load(2),
            Op::Load32u | Op::Load32s => load(4),
            Op::Load64 => load(8),
            Op::Load2 => load(16),
            Op::Load3 => load(24),
            Op::LoadN => load(low(pc) as u64),
            Op::Store8 => store(1),
            Op::Store16 => store(2),
            Op::Store32 => store(4),
            Op::Store64 | Op::StorePtr => store(8),
            Op::Store2 => store(16),
            Op::Store3 => store(24),
            Op::StoreN => store(low(pc) as u64),
            Op::IdxLoad8u | Op::IdxLoad8s | Op::PIdxLoad8u | Op::PIdxLoad8s => idx_load(1),
            Op::IdxLoad16u | Op::IdxLoad16s | Op::PIdxLoad16u | Op::PIdxLoad16s => idx_load(2),
            Op::IdxLoad32u | Op::IdxLoad32s | Op::PIdxLoad32u | Op::PIdxLoad32s => idx_load(4),
            Op::IdxLoad64 | Op::PIdxLoad64 => idx_load(8),
            Op::IdxLoad2 => idx_load(16),
            Op::IdxLoad3 => idx_load(24),
            Op::IdxStore8 | Op::PIdxStore8 => idx_store(1),
            Op::IdxStore16 | Op::PIdxStore16 => idx_store(2),
            Op::IdxStore32 | Op::PIdxStore32 => idx_store(4),
            Op::IdxStore64 | Op::IdxStorePtr | Op::PIdxStore64 | Op::PIdxStorePtr => idx_store(8),
            Op::IdxStore2 => idx_store(16),
            Op::IdxStore3 => idx_store(24),
            Op::IdxFieldLoad64 => {
                let at = slot(c(pc)).wrapping_mul(low(pc) as u64) + high(pc) as u64;
                hit(slot(b(pc)).wrapping_add(at), 8)
            }
            Op::IdxFieldStore64 => {
                let at = slot(b(pc)).wrapping_mul(low(pc) as u64) + high(pc) as u64;
                hit(slot(a(pc)).wrapping_add(at), 8)
            }
            Op::CopyMem | Op::EqMem => {
                let n = (*near_low::<Rtype>(pc)).size() as u64;
                let second = if op == Op::EqMem { c(pc) } else { a(pc) };
                hit(slot(b(pc)), n) || hit(slot(second), n)
            }
            Op::ZeroMem => hit(slot(a(pc)), (*near_low::<Rtype>(pc)).size() as u64),
            Op::Clone => hit(slot(b(pc)), (*near_low::<Rtype>(pc)).size() as u64),
            Op::StrEq | Op::StrLt | Op::StrLe => text(b(pc)) || text(c(pc)),
            Op::JStrEq | Op::JStrNe => text(a(pc)) || text(b(pc)),
            _ => return None,
        };
        Some(answer)
    }
}

/// Slots behind an operand that may belong to it: arguments of a call.
const WINDOW: usize = 16;

/// Whether one of the operands is, or begins a row of slots with, an address not far below that of the fault.
unsafe fn leads_to(pc: Pc, fp: Fp, fault: &Fault) -> bool {
    let Some(f) = func_before(pc) else {
        return false;
    };
    // SAFETY: as `position`; slots are inside the frame.
    unsafe {
        let slots = frame_bytes(frame_word(f.entry)) / 8;
        for operand in [a(pc), b(pc), c(pc)] {
            for i in operand..(operand + WINDOW).min(slots) {
                let at = get(fp, i);
                // Behind an address there is often a length.
                let len = if i + 1 < slots { get(fp, i + 1) } else { 0 };
                let far = if len < 1 << 40 { len.max(4096) } else { 4096 };
                let refused =
                    fault.has_no_address() && at as i64 >> 47 != 0 && at as i64 >> 47 != -1;
                if at >= 4096 && fault.addr.wrapping_sub(at) < far || refused {
                    return true;
                }
            }
        }
        // A nil pointer that a native followed.
        fault.is_nil() && operation(op_of(*pc.sub(1))) == Op::CallNative
    }
}
