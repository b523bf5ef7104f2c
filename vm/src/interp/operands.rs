//! Reading operands of the instruction before `pc`, and slots of a frame.

use super::{Fp, Pc};

/// First 16-bit operand.
#[inline(always)]
pub(crate) unsafe fn a(pc: Pc) -> usize {
    // SAFETY: the word before pc is an instruction.
    unsafe { *pc.cast::<u16>().sub(3) as usize }
}

/// Second 16-bit operand.
#[inline(always)]
pub(crate) unsafe fn b(pc: Pc) -> usize {
    // SAFETY: as `a`.
    unsafe { *pc.cast::<u16>().sub(2) as usize }
}

/// Third 16-bit operand.
#[inline(always)]
pub(crate) unsafe fn c(pc: Pc) -> usize {
    // SAFETY: as `a`.
    unsafe { *pc.cast::<u16>().sub(1) as usize }
}

/// Second operand as a signed number.
#[inline(always)]
pub(crate) unsafe fn ib(pc: Pc) -> i64 {
    // SAFETY: as `a`.
    unsafe { *pc.cast::<i16>().sub(2) as i64 }
}

/// Third operand as a signed number.
#[inline(always)]
pub(crate) unsafe fn ic(pc: Pc) -> i64 {
    // SAFETY: as `a`.
    unsafe { *pc.cast::<i16>().sub(1) as i64 }
}

/// The 32-bit operand.
#[inline(always)]
pub(crate) unsafe fn wide(pc: Pc) -> u32 {
    // SAFETY: as `a`.
    unsafe { *pc.cast::<u32>().sub(1) }
}

/// The 32-bit operand as a signed number.
#[inline(always)]
pub(crate) unsafe fn iwide(pc: Pc) -> i64 {
    // SAFETY: as `a`.
    unsafe { *pc.cast::<i32>().sub(1) as i64 }
}

/// First operand of the ext word at `pc`.
#[inline(always)]
pub(crate) unsafe fn low(pc: Pc) -> u32 {
    // SAFETY: the instruction has an ext word.
    unsafe { *pc.cast::<u32>() }
}

/// Second operand of the ext word at `pc`.
#[inline(always)]
pub(crate) unsafe fn high(pc: Pc) -> u32 {
    // SAFETY: as `low`.
    unsafe { *pc.cast::<u32>().add(1) }
}

/// What the distance in the 32-bit operand leads to (constants, strings, types, functions, natives, globals).
#[inline(always)]
pub(crate) unsafe fn near<T>(pc: Pc) -> *const T {
    // SAFETY: the loader wrote a distance to something in the image.
    unsafe { pc.cast::<u8>().offset(iwide(pc) as isize).cast() }
}

/// As [`near`], for the first operand of the ext word.
#[inline(always)]
pub(crate) unsafe fn near_low<T>(pc: Pc) -> *const T {
    // SAFETY: as `near`.
    unsafe { pc.cast::<u8>().offset(low(pc) as i32 as isize).cast() }
}

/// As [`near`], for the second operand of the ext word.
#[inline(always)]
pub(crate) unsafe fn near_high<T>(pc: Pc) -> *const T {
    // SAFETY: as `near`.
    unsafe { pc.cast::<u8>().offset(high(pc) as i32 as isize).cast() }
}

/// Value of a slot.
#[inline(always)]
pub(crate) unsafe fn get(fp: Fp, slot: usize) -> u64 {
    // SAFETY: slot of the current frame.
    unsafe { *fp.add(slot) }
}

/// Sets a slot.
#[inline(always)]
pub(crate) unsafe fn set(fp: Fp, slot: usize, v: u64) {
    // SAFETY: slot of the current frame.
    unsafe { *fp.add(slot) = v }
}

/// Value of a slot as a float64.
#[inline(always)]
pub(crate) unsafe fn getf(fp: Fp, slot: usize) -> f64 {
    // SAFETY: slot of the current frame.
    f64::from_bits(unsafe { get(fp, slot) })
}

/// Sets a slot to a float64.
#[inline(always)]
pub(crate) unsafe fn setf(fp: Fp, slot: usize, v: f64) {
    // SAFETY: slot of the current frame.
    unsafe { set(fp, slot, v.to_bits()) }
}

/// Value of a slot as a float32.
#[inline(always)]
pub(crate) unsafe fn getf32(fp: Fp, slot: usize) -> f32 {
    // SAFETY: slot of the current frame.
    f32::from_bits(unsafe { get(fp, slot) } as u32)
}

/// Sets a slot to a float32.
#[inline(always)]
pub(crate) unsafe fn setf32(fp: Fp, slot: usize, v: f32) {
    // SAFETY: slot of the current frame.
    unsafe { set(fp, slot, v.to_bits() as u64) }
}
