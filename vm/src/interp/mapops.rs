//! Map instructions.

use super::mem::*;
use super::operands::*;
use super::{Fp, Gp, Pc, handlers, outlined, save};
use crate::equality::Uncomparable;
use crate::map::*;
use crate::panic;
use crate::rtype::Rtype;

/// Map type, map and key address of most instructions: type in the ext word.
#[inline(always)]
unsafe fn map_type(pc: Pc) -> &'static MapType {
    // SAFETY: the verifier has seen a map type, for which the loader made this.
    unsafe { &*(*near_low::<Rtype>(pc)).map }
}

#[inline(always)]
unsafe fn map_at(fp: Fp, slot: usize) -> *mut Hmap {
    // SAFETY: a slot of the frame that holds a map.
    unsafe { get(fp, slot) as *mut Hmap }
}

#[inline(always)]
unsafe fn key_at(fp: Fp, slot: usize) -> u64 {
    // SAFETY: slots of the frame.
    unsafe { fp.add(slot) as u64 }
}

handlers! {
    fn MapLen(pc, fp, gp) {
        set(fp, a(pc), map_len(map_at(fp, b(pc))) as u64);
        (pc, fp)
    }
}

outlined! {
    fn MakeMap(pc, fp, gp) {
        save(pc, fp, gp);
        set(fp, a(pc), make_map(gp, map_type(pc), get(fp, b(pc)) as i64) as u64);
        (pc.add(1), fp)
    }

    fn MapGet(pc, fp, gp) {
        save(pc, fp, gp);
        let ty = map_type(pc);
        if ty.far {
            return far_get(pc, fp, gp, false);
        }
        let m = map_at(fp, b(pc));
        match map_get(ty, m, key_at(fp, c(pc))) {
            Ok(value) => {
                load_or_zero(fp.add(a(pc)), value, ty.elem().size());
                (pc.add(1), fp)
            }
            Err(ty) => unhashable_for(m, pc, fp, gp, ty),
        }
    }

    fn MapGetOk(pc, fp, gp) {
        save(pc, fp, gp);
        let ty = map_type(pc);
        if ty.far {
            return far_get(pc, fp, gp, true);
        }
        let m = map_at(fp, b(pc));
        match map_get(ty, m, key_at(fp, c(pc))) {
            Ok(value) => {
                load_or_zero(fp.add(a(pc)), value, ty.elem().size());
                set(fp, high(pc) as usize, (value != 0) as u64);
                (pc.add(1), fp)
            }
            Err(ty) => unhashable_for(m, pc, fp, gp, ty),
        }
    }

    fn MapAddr(pc, fp, gp) {
        save(pc, fp, gp);
        let m = map_at(fp, b(pc));
        if m.is_null() {
            return nil_map(pc, fp, gp);
        }
        let ty = map_type(pc);
        let key = match ty.far {
            true => far_key_at(ty, fp, c(pc)),
            false => key_at(fp, c(pc)),
        };
        match map_assign(gp, ty, m, key) {
            Ok(value) => {
                set(fp, a(pc), value);
                (pc.add(1), fp)
            }
            Err(ty) => unhashable(pc, fp, gp, ty),
        }
    }

    fn MapSet(pc, fp, gp) {
        save(pc, fp, gp);
        let (ty, m) = (map_type(pc), map_at(fp, a(pc)));
        if m.is_null() {
            return nil_map(pc, fp, gp);
        }
        let key = match ty.far {
            true => far_key_at(ty, fp, b(pc)),
            false => key_at(fp, b(pc)),
        };
        match map_assign(gp, ty, m, key) {
            Ok(value) => {
                copy(value, fp.add(c(pc)) as u64, ty.elem().size());
                (pc.add(1), fp)
            }
            Err(ty) => unhashable(pc, fp, gp, ty),
        }
    }

    fn MapDelete(pc, fp, gp) {
        save(pc, fp, gp);
        let (ty, m) = (map_type(pc), map_at(fp, a(pc)));
        let key = match ty.far {
            true => far_key_at(ty, fp, b(pc)),
            false => key_at(fp, b(pc)),
        };
        match map_delete(ty, m, key) {
            Ok(()) => (pc.add(1), fp),
            Err(ty) => unhashable_for(m, pc, fp, gp, ty),
        }
    }

    fn MapClear(pc, fp, gp) {
        save(pc, fp, gp);
        map_clear(map_at(fp, a(pc)));
        (pc.add(1), fp)
    }

    fn MapIterInit(pc, fp, gp) {
        map_iter_init(fp.add(a(pc)).cast(), map_at(fp, b(pc)));
        (pc.add(1), fp)
    }

    fn MapIterNext(pc, fp, gp) {
        save(pc, fp, gp);
        let ty = map_type(pc);
        match map_iter_next(ty, fp.add(a(pc)).cast()) {
            Some((key, value)) => {
                let (k, v) = (b(pc), c(pc));
                if ty.far {
                    if k != 0 {
                        entry_to(ty.key(), fp.add(k), key, gp);
                    }
                    if v != 0 {
                        entry_to(ty.elem(), fp.add(v), value, gp);
                    }
                    return (pc.add(1), fp);
                }
                if k != 0 {
                    load_value(fp.add(k), key, ty.key().size());
                }
                if v != 0 {
                    load_value(fp.add(v), value, ty.elem().size());
                }
                (pc.add(1), fp)
            }
            None => (pc.add(1).offset(high(pc) as i32 as isize), fp),
        }
    }
}

/// Where the key for an instruction lies.
#[cold]
unsafe fn far_key_at(ty: &MapType, fp: Fp, slot: usize) -> u64 {
    // SAFETY: the slot of a far key holds its address.
    unsafe {
        match ty.key().far {
            true => get(fp, slot),
            false => key_at(fp, slot),
        }
    }
}

/// An entry's key or value into slots.
unsafe fn entry_to(ty: &'static Rtype, dst: *mut u64, value: u64, gp: Gp) {
    // SAFETY: the verifier has seen enough slots for a value of this type; the map keeps the entry alive.
    unsafe {
        match ty.far {
            true => *dst = ty.far_value(gp, value),
            false => load_or_zero(dst, value, ty.size()),
        }
    }
}

/// `MapGet` and `MapGetOk` of maps with far keys or values.
#[cold]
unsafe fn far_get(pc: Pc, fp: Fp, gp: Gp, with_ok: bool) -> (Pc, Fp) {
    // SAFETY: as every handler; the position is saved.
    unsafe {
        let (ty, m) = (map_type(pc), map_at(fp, b(pc)));
        match map_get(ty, m, far_key_at(ty, fp, c(pc))) {
            Ok(value) => {
                entry_to(ty.elem(), fp.add(a(pc)), value, gp);
                if with_ok {
                    set(fp, high(pc) as usize, (value != 0) as u64);
                }
                (pc.add(1), fp)
            }
            Err(ty) => unhashable_for(m, pc, fp, gp, ty),
        }
    }
}

/// The value at an address into slots, or zeros when there is none.
#[inline(always)]
unsafe fn load_or_zero(dst: *mut u64, value: u64, size: usize) {
    // SAFETY: the verifier has seen enough slots for a value of this size.
    unsafe {
        if value == 0 {
            zero(dst as u64, size.next_multiple_of(8));
        } else {
            load_value(dst, value, size);
        }
    }
}

/// Looking something up in an empty map, Go finds the fault in another place, and words it differently.
#[cold]
unsafe fn unhashable_for(m: *const Hmap, pc: Pc, fp: Fp, gp: Gp, ty: Uncomparable) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        if map_len(m) != 0 {
            return unhashable(pc, fp, gp, ty);
        }
        let text = format!("hash of unhashable type: {}", ty.string);
        panic::plain_error(gp, pc, fp, &text)
    }
}

#[cold]
unsafe fn unhashable(pc: Pc, fp: Fp, gp: Gp, ty: Uncomparable) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe {
        panic::runtime_error(
            gp,
            pc,
            fp,
            &format!("hash of unhashable type {}", ty.string),
        )
    }
}

#[cold]
unsafe fn nil_map(pc: Pc, fp: Fp, gp: Gp) -> (Pc, Fp) {
    // SAFETY: as every handler.
    unsafe { panic::plain_error(gp, pc, fp, "assignment to entry in nil map") }
}
