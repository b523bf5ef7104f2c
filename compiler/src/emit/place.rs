//! Places: where a value lies, and the instructions that load it, store it, or take its address there.
//!
//! A place holds slots that were evaluated already; nothing has been checked yet that a load or store checks itself
//! (nil, bounds), so that a panic happens when the access does.
//!
//! Knows nothing of: syntax.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::Slot;

use super::Emitter;
use crate::layout::{Class, Ty, TyKind};

/// Where a value lies.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// In slots of the frame, in register form; structs and arrays in memory layout.
    Slots(Slot),
    /// In the frame, `off` bytes (less than 8, or any) behind the start of a slot, in memory layout.
    Frame { slot: Slot, off: u32 },
    /// Behind a pointer.
    Mem { base: Slot, off: u32 },
    /// In the globals area.
    Global { off: u32 },
    /// An element of an array that begins at a slot; `check` is the array's length if the index is not checked yet.
    FrameElem {
        slot: Slot,
        index: Slot,
        check: Option<u32>,
    },
    /// An element of the array behind a pointer.
    PtrElem {
        base: Slot,
        index: Slot,
        check: Option<u32>,
    },
    /// An element of a slice whose pointer and length lie at `base`.
    SliceElem { base: Slot, index: Slot },
    /// `off` bytes into an element of `size` bytes of a slice.
    SliceField {
        base: Slot,
        index: Slot,
        size: u32,
        off: u32,
    },
    /// The value for a key in a map.
    MapElem { map: Slot, key: Slot, ty: Ty },
    /// Nowhere: the blank identifier.
    Blank,
}

/// How a value of some size moves between a slot and memory.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Access {
    /// No bytes.
    Nothing,
    /// 1, 2 or 4 bytes, sign-extended or not.
    Narrow(u8, bool),
    /// 8 bytes; whether it may be a pointer.
    Word(bool),
    /// Two words.
    Two,
    /// Three words.
    Three,
    /// So many bytes in memory layout; whether there are pointers among them.
    Bytes(u64, bool),
    /// A copy in memory of its own, of this type.
    Far(Ty),
}

impl Emitter<'_, '_> {
    /// How values of a type are accessed.
    pub fn access(&mut self, ty: Ty) -> Access {
        let l = self.layout(ty);
        match l.class {
            Class::Zero => Access::Nothing,
            Class::Int { bytes: 8, .. } | Class::F64 => Access::Word(false),
            Class::C64 => Access::Bytes(8, false),
            Class::Int { bytes, signed } => Access::Narrow(bytes, signed),
            Class::F32 => Access::Narrow(4, false),
            Class::Ptr => Access::Word(true),
            Class::C128 | Class::Str | Class::Iface => Access::Two,
            Class::Slice => Access::Three,
            Class::Far => Access::Far(ty),
            Class::Agg => match l.size {
                // Words are accessed whole, so they have to be aligned.
                n if l.align < 8 => Access::Bytes(n, false),
                8 => Access::Word(l.pointers),
                16 => Access::Two,
                24 => Access::Three,
                n => Access::Bytes(n, l.pointers),
            },
        }
    }

    /// The part of a place that lies `off` bytes into it. `ty` is the part's type, `whole` the place's.
    pub fn part(&mut self, place: Place, whole: Ty, off: u64, ty: Ty) -> Place {
        match place {
            Place::Slots(base) if self.is_far(whole) => match u32::try_from(off) {
                Ok(off) => Place::Mem { base, off },
                Err(_) => self.far(base, off),
            },
            Place::Slots(slot) => self.frame_part(slot, off, ty),
            Place::Frame { slot, off: o } => self.frame_part(slot, o as u64 + off, ty),
            Place::Mem { base, off: o } => match u32::try_from(o as u64 + off) {
                Ok(off) => Place::Mem { base, off },
                Err(_) => self.far(base, o as u64 + off),
            },
            Place::Global { off: o } => match u32::try_from(o as u64 + off) {
                Ok(off) => Place::Global { off },
                Err(_) => {
                    let base = self.f.slots.alloc(1);
                    self.ins(ins::GlobalAddr(base, o));
                    self.far(base, off)
                }
            },
            Place::SliceElem { base, index } => {
                let size = self.layout(whole).size;
                Place::SliceField {
                    base,
                    index,
                    size: size as u32,
                    off: off as u32,
                }
            }
            Place::SliceField {
                base,
                index,
                size,
                off: o,
            } => Place::SliceField {
                base,
                index,
                size,
                off: o + off as u32,
            },
            Place::FrameElem { .. } | Place::PtrElem { .. } => {
                let base = self.addr(place, whole);
                Place::Mem {
                    base,
                    off: off as u32,
                }
            }
            Place::MapElem { .. } => {
                let tmp = self.tmp(whole);
                self.load(place, whole, tmp);
                self.part(Place::Slots(tmp), whole, off, ty)
            }
            Place::Blank => Place::Blank,
        }
    }

    /// A place farther from its base than an instruction reaches.
    fn far(&mut self, base: Slot, mut off: u64) -> Place {
        const STEP: u32 = 1 << 31;
        let far = self.f.slots.alloc(1);
        let mut from = base;
        while off > u64::from(u32::MAX) {
            self.ins(ins::AddrOff(far, from, STEP, 0));
            off -= u64::from(STEP);
            from = far;
        }
        Place::Mem {
            base: from,
            off: off as u32,
        }
    }

    fn frame_part(&mut self, slot: Slot, off: u64, ty: Ty) -> Place {
        let slot = slot + (off / 8) as Slot;
        let off = (off % 8) as u32;
        if off == 0 && self.layout(ty).size.is_multiple_of(8) {
            Place::Slots(slot)
        } else {
            Place::Frame { slot, off }
        }
    }

    /// Element `index` (a known number within bounds) of an array place.
    pub fn const_elem(&mut self, place: Place, array: Ty, elem: Ty, index: u64) -> Place {
        let size = self.layout(elem).size;
        self.part(place, array, index * size, elem)
    }

    /// Element `index` (a slot, not checked) of an array place.
    pub fn elem(&mut self, place: Place, array: Ty, len: u64, index: Slot) -> Place {
        let Ok(check) = u32::try_from(len) else {
            return self.elem_of_huge(place, array, len, index);
        };
        let check = Some(check);
        match place {
            Place::Slots(base) if self.is_far(array) => Place::PtrElem { base, index, check },
            Place::Slots(slot) => Place::FrameElem { slot, index, check },
            Place::Frame { slot, off: 0 } => Place::FrameElem { slot, index, check },
            Place::Mem { base, off: 0 } => Place::PtrElem { base, index, check },
            Place::Blank => Place::Blank,
            Place::MapElem { .. } => {
                let slot = self.tmp(array);
                self.load(place, array, slot);
                self.elem(Place::Slots(slot), array, len, index)
            }
            _ => {
                let base = self.addr(place, array);
                Place::PtrElem { base, index, check }
            }
        }
    }

    /// An element of an array with more elements than an instruction can tell: the array is taken for a slice.
    fn elem_of_huge(&mut self, place: Place, array: Ty, len: u64, index: Slot) -> Place {
        if matches!(place, Place::Blank) {
            return place;
        }
        let base = self.addr(place, array);
        let slice = self.f.slots.alloc(3);
        self.ins(ins::NilCheck(base));
        self.mov_slots(slice, base, 1);
        self.load_bits(slice + 1, len);
        Place::SliceElem { base: slice, index }
    }

    fn check_index(&mut self, index: Slot, check: Option<u32>) {
        if let Some(len) = check {
            self.ins(ins::CheckIdx(index, len));
        }
    }

    /// A base and an offset that fits an instruction, for an access of up to `extra` more bytes.
    fn near(&mut self, base: Slot, off: u32, extra: u32) -> (Slot, u16) {
        match u16::try_from(off.saturating_add(extra)) {
            Ok(_) => (base, off as u16),
            Err(_) => {
                let tmp = self.f.slots.alloc(1);
                self.ins(ins::AddrOff(tmp, base, off, 0));
                (tmp, 0)
            }
        }
    }

    /// dst := value at the place, in register form. `dst` may be among the place's own slots.
    pub fn load(&mut self, place: Place, ty: Ty, dst: Slot) {
        let access = self.access(ty);
        let mark = self.f.slots.next;
        match place {
            Place::Slots(src) => self.mov(dst, src, ty),
            Place::MapElem { .. } | Place::Blank => self.load_other(place, ty, dst),
            _ if matches!(access, Access::Far(_)) => {
                let from = self.addr(place, ty);
                self.load_mem(from, 0, access, dst);
            }
            Place::Frame { slot, off } => self.load_frame(slot, off, access, dst),
            Place::Mem { base, off } => self.load_mem(base, off, access, dst),
            Place::Global { off } => self.load_global(off, access, dst),
            Place::FrameElem { slot, index, check } => {
                self.check_index(index, check);
                match access {
                    Access::Nothing => {}
                    Access::Narrow(1, false) => self.ins(ins::FIdxLoad8u(dst, slot, index)),
                    Access::Narrow(1, true) => self.ins(ins::FIdxLoad8s(dst, slot, index)),
                    Access::Narrow(2, false) => self.ins(ins::FIdxLoad16u(dst, slot, index)),
                    Access::Narrow(2, true) => self.ins(ins::FIdxLoad16s(dst, slot, index)),
                    Access::Narrow(_, false) => self.ins(ins::FIdxLoad32u(dst, slot, index)),
                    Access::Narrow(_, true) => self.ins(ins::FIdxLoad32s(dst, slot, index)),
                    Access::Word(_) => self.ins(ins::FIdxLoad64(dst, slot, index)),
                    _ => {
                        let place = Place::FrameElem {
                            slot,
                            index,
                            check: None,
                        };
                        let base = self.addr(place, ty);
                        self.load_mem(base, 0, access, dst);
                    }
                }
            }
            Place::PtrElem { base, index, check } => {
                self.check_index(index, check);
                match access {
                    Access::Nothing => self.ins(ins::NilCheck(base)),
                    Access::Narrow(1, false) => self.ins(ins::PIdxLoad8u(dst, base, index)),
                    Access::Narrow(1, true) => self.ins(ins::PIdxLoad8s(dst, base, index)),
                    Access::Narrow(2, false) => self.ins(ins::PIdxLoad16u(dst, base, index)),
                    Access::Narrow(2, true) => self.ins(ins::PIdxLoad16s(dst, base, index)),
                    Access::Narrow(_, false) => self.ins(ins::PIdxLoad32u(dst, base, index)),
                    Access::Narrow(_, true) => self.ins(ins::PIdxLoad32s(dst, base, index)),
                    Access::Word(_) => self.ins(ins::PIdxLoad64(dst, base, index)),
                    _ => {
                        let place = Place::PtrElem {
                            base,
                            index,
                            check: None,
                        };
                        let base = self.addr(place, ty);
                        self.load_mem(base, 0, access, dst);
                    }
                }
            }
            Place::SliceElem { base, index } => match access {
                Access::Narrow(1, false) => self.ins(ins::IdxLoad8u(dst, base, index)),
                Access::Narrow(1, true) => self.ins(ins::IdxLoad8s(dst, base, index)),
                Access::Narrow(2, false) => self.ins(ins::IdxLoad16u(dst, base, index)),
                Access::Narrow(2, true) => self.ins(ins::IdxLoad16s(dst, base, index)),
                Access::Narrow(_, false) => self.ins(ins::IdxLoad32u(dst, base, index)),
                Access::Narrow(_, true) => self.ins(ins::IdxLoad32s(dst, base, index)),
                Access::Word(_) => self.ins(ins::IdxLoad64(dst, base, index)),
                Access::Two => self.ins(ins::IdxLoad2(dst, base, index)),
                Access::Three => self.ins(ins::IdxLoad3(dst, base, index)),
                Access::Nothing => {
                    self.addr(place, ty);
                }
                Access::Bytes(..) | Access::Far(_) => {
                    let base = self.addr(place, ty);
                    self.load_mem(base, 0, access, dst);
                }
            },
            Place::SliceField {
                base,
                index,
                size,
                off,
            } => match access {
                Access::Word(_) => self.ins(ins::IdxFieldLoad64(dst, base, index, size, off)),
                _ => {
                    let elem = self.f.slots.alloc(1);
                    self.ins(ins::IdxAddr(elem, base, index, size, 0));
                    self.load_mem(elem, off, access, dst);
                }
            },
        }
        self.f.slots.next = mark;
    }

    /// dst := value at a place that is none in memory.
    fn load_other(&mut self, place: Place, ty: Ty, dst: Slot) {
        match place {
            Place::MapElem {
                map,
                key,
                ty: map_ty,
            } => {
                let t = self.type_idx(map_ty);
                self.ins(ins::MapGet(dst, map, key, t, 0));
                self.fix_sign(dst, ty);
            }
            _ => self.zero(dst, ty),
        }
    }

    fn load_frame(&mut self, slot: Slot, off: u32, access: Access, dst: Slot) {
        let o = off as u16;
        match access {
            Access::Nothing => {}
            Access::Narrow(1, false) => self.ins(ins::FLoad8u(dst, slot, o)),
            Access::Narrow(1, true) => self.ins(ins::FLoad8s(dst, slot, o)),
            Access::Narrow(2, false) => self.ins(ins::FLoad16u(dst, slot, o)),
            Access::Narrow(2, true) => self.ins(ins::FLoad16s(dst, slot, o)),
            Access::Narrow(_, false) => self.ins(ins::FLoad32u(dst, slot, o)),
            Access::Narrow(_, true) => self.ins(ins::FLoad32s(dst, slot, o)),
            Access::Word(_) => self.fcopy(dst, 0, slot, off, 8),
            Access::Two => self.fcopy(dst, 0, slot, off, 16),
            Access::Three => self.fcopy(dst, 0, slot, off, 24),
            Access::Bytes(n, _) => {
                if n % 8 != 0 {
                    self.ins(ins::LoadImm(dst + (n / 8) as Slot, 0));
                }
                self.fcopy(dst, 0, slot, off, n);
            }
            Access::Far(_) => unreachable!("values of this size are in no frame"),
        }
    }

    /// Copies bytes between parts of the frame.
    fn fcopy(&mut self, dst: Slot, dst_off: u32, src: Slot, src_off: u32, bytes: u64) {
        let mut done = 0;
        while done < bytes {
            let n = (bytes - done).min(0xfff8);
            let d = dst_off + done as u32;
            let s = src_off + done as u32;
            self.ins(ins::FCopy(dst, src, n as u16, d, s));
            done += n;
        }
    }

    fn load_mem(&mut self, base: Slot, off: u32, access: Access, dst: Slot) {
        let mark = self.f.slots.next;
        let (base, o) = self.near(base, off, 0);
        match access {
            Access::Nothing => self.ins(ins::NilCheck(base)),
            Access::Narrow(1, false) => self.ins(ins::Load8u(dst, base, o)),
            Access::Narrow(1, true) => self.ins(ins::Load8s(dst, base, o)),
            Access::Narrow(2, false) => self.ins(ins::Load16u(dst, base, o)),
            Access::Narrow(2, true) => self.ins(ins::Load16s(dst, base, o)),
            Access::Narrow(_, false) => self.ins(ins::Load32u(dst, base, o)),
            Access::Narrow(_, true) => self.ins(ins::Load32s(dst, base, o)),
            Access::Word(_) => self.ins(ins::Load64(dst, base, o)),
            Access::Two => self.ins(ins::Load2(dst, base, o)),
            Access::Three => self.ins(ins::Load3(dst, base, o)),
            Access::Bytes(n, _) => self.ins(ins::LoadN(dst, base, o, n as u32, 0)),
            Access::Far(ty) => {
                let t = self.type_idx(ty);
                let from = self.addr(
                    Place::Mem {
                        base,
                        off: o as u32,
                    },
                    ty,
                );
                self.ins(ins::Clone(dst, from, t, 0));
            }
        }
        self.f.slots.next = mark;
    }

    fn load_global(&mut self, off: u32, access: Access, dst: Slot) {
        match access {
            Access::Nothing => {}
            Access::Word(_) => self.ins(ins::GLoad64(dst, off)),
            Access::Two => self.ins(ins::GLoad2(dst, off)),
            Access::Three => self.ins(ins::GLoad3(dst, off)),
            Access::Narrow(..) | Access::Bytes(..) | Access::Far(_) => {
                let mark = self.f.slots.next;
                let base = self.f.slots.alloc(1);
                self.ins(ins::GlobalAddr(base, off));
                self.load_mem(base, 0, access, dst);
                self.f.slots.next = mark;
            }
        }
    }

    /// place := value at `src`, which is in register form.
    pub fn store(&mut self, place: Place, ty: Ty, src: Slot) {
        let access = self.access(ty);
        let mark = self.f.slots.next;
        match place {
            Place::Slots(dst) => self.mov(dst, src, ty),
            Place::MapElem {
                map,
                key,
                ty: map_ty,
            } => {
                let t = self.type_idx(map_ty);
                if matches!(access, Access::Far(_)) {
                    let to = self.addr(place, ty);
                    self.store_mem(to, 0, access, src);
                } else {
                    self.ins(ins::MapSet(map, key, src, t, 0));
                }
            }
            Place::Blank => {}
            _ if matches!(access, Access::Far(_)) => {
                let to = self.addr(place, ty);
                self.store_mem(to, 0, access, src);
            }
            Place::Frame { slot, off } => self.store_frame(slot, off, access, src),
            Place::Mem { base, off } => self.store_mem(base, off, access, src),
            Place::Global { off } => self.store_global(off, access, src),
            Place::FrameElem { slot, index, check } => {
                self.check_index(index, check);
                match access {
                    Access::Nothing => {}
                    Access::Narrow(1, _) => self.ins(ins::FIdxStore8(slot, index, src)),
                    Access::Narrow(2, _) => self.ins(ins::FIdxStore16(slot, index, src)),
                    Access::Narrow(..) => self.ins(ins::FIdxStore32(slot, index, src)),
                    Access::Word(_) => self.ins(ins::FIdxStore64(slot, index, src)),
                    _ => {
                        let place = Place::FrameElem {
                            slot,
                            index,
                            check: None,
                        };
                        let base = self.addr(place, ty);
                        self.store_mem(base, 0, access, src);
                    }
                }
            }
            Place::PtrElem { base, index, check } => {
                self.check_index(index, check);
                match access {
                    Access::Nothing => self.ins(ins::NilCheck(base)),
                    Access::Narrow(1, _) => self.ins(ins::PIdxStore8(base, index, src)),
                    Access::Narrow(2, _) => self.ins(ins::PIdxStore16(base, index, src)),
                    Access::Narrow(..) => self.ins(ins::PIdxStore32(base, index, src)),
                    Access::Word(false) => self.ins(ins::PIdxStore64(base, index, src)),
                    Access::Word(true) => self.ins(ins::PIdxStorePtr(base, index, src)),
                    _ => {
                        let place = Place::PtrElem {
                            base,
                            index,
                            check: None,
                        };
                        let base = self.addr(place, ty);
                        self.store_mem(base, 0, access, src);
                    }
                }
            }
            Place::SliceElem { base, index } => match access {
                Access::Nothing => {
                    self.addr(place, ty);
                }
                Access::Narrow(1, _) => self.ins(ins::IdxStore8(base, index, src)),
                Access::Narrow(2, _) => self.ins(ins::IdxStore16(base, index, src)),
                Access::Narrow(..) => self.ins(ins::IdxStore32(base, index, src)),
                Access::Word(false) => self.ins(ins::IdxStore64(base, index, src)),
                Access::Word(true) => self.ins(ins::IdxStorePtr(base, index, src)),
                Access::Two => self.ins(ins::IdxStore2(base, index, src)),
                Access::Three => self.ins(ins::IdxStore3(base, index, src)),
                Access::Bytes(..) | Access::Far(_) => {
                    let base = self.addr(place, ty);
                    self.store_mem(base, 0, access, src);
                }
            },
            Place::SliceField {
                base,
                index,
                size,
                off,
            } => match access {
                Access::Word(false) => {
                    self.ins(ins::IdxFieldStore64(base, index, src, size, off));
                }
                _ => {
                    let elem = self.f.slots.alloc(1);
                    self.ins(ins::IdxAddr(elem, base, index, size, 0));
                    self.store_mem(elem, off, access, src);
                }
            },
        }
        self.f.slots.next = mark;
    }

    fn store_frame(&mut self, slot: Slot, off: u32, access: Access, src: Slot) {
        let o = off as u16;
        match access {
            Access::Nothing => {}
            Access::Narrow(1, _) => self.ins(ins::FStore8(slot, o, src)),
            Access::Narrow(2, _) => self.ins(ins::FStore16(slot, o, src)),
            Access::Narrow(..) => self.ins(ins::FStore32(slot, o, src)),
            Access::Word(_) => self.fcopy(slot, off, src, 0, 8),
            Access::Two => self.fcopy(slot, off, src, 0, 16),
            Access::Three => self.fcopy(slot, off, src, 0, 24),
            Access::Bytes(n, _) => self.fcopy(slot, off, src, 0, n),
            Access::Far(_) => unreachable!("values of this size are in no frame"),
        }
    }

    /// Stores behind a pointer.
    pub fn store_mem(&mut self, base: Slot, off: u32, access: Access, src: Slot) {
        let mark = self.f.slots.next;
        let (base, o) = self.near(base, off, 0);
        match access {
            Access::Nothing => self.ins(ins::NilCheck(base)),
            Access::Narrow(1, _) => self.ins(ins::Store8(base, o, src)),
            Access::Narrow(2, _) => self.ins(ins::Store16(base, o, src)),
            Access::Narrow(..) => self.ins(ins::Store32(base, o, src)),
            Access::Word(false) => self.ins(ins::Store64(base, o, src)),
            Access::Word(true) => self.ins(ins::StorePtr(base, o, src)),
            Access::Two => self.ins(ins::Store2(base, o, src)),
            Access::Three => self.ins(ins::Store3(base, o, src)),
            Access::Bytes(n, ptrs) => self.ins(ins::StoreN(base, o, src, n as u32, ptrs as u32)),
            Access::Far(ty) => {
                let t = self.type_idx(ty);
                let to = self.addr(
                    Place::Mem {
                        base,
                        off: o as u32,
                    },
                    ty,
                );
                self.ins(ins::CopyMem(to, src, t, 0));
            }
        }
        self.f.slots.next = mark;
    }

    fn store_global(&mut self, off: u32, access: Access, src: Slot) {
        match access {
            Access::Nothing => {}
            Access::Word(_) => self.ins(ins::GStore64(src, off)),
            Access::Two => self.ins(ins::GStore2(src, off)),
            Access::Three => self.ins(ins::GStore3(src, off)),
            Access::Narrow(..) | Access::Bytes(..) | Access::Far(_) => {
                let mark = self.f.slots.next;
                let base = self.f.slots.alloc(1);
                self.ins(ins::GlobalAddr(base, off));
                self.store_mem(base, 0, access, src);
                self.f.slots.next = mark;
            }
        }
    }

    /// Panics as a load would, without loading much.
    pub fn touch(&mut self, place: Place, ty: Ty) {
        let mark = self.f.slots.next;
        match place {
            Place::Slots(_) | Place::Frame { .. } | Place::Global { .. } | Place::Blank => {}
            Place::Mem { base, .. } => self.ins(ins::NilCheck(base)),
            Place::MapElem { .. } => {
                let dst = self.tmp(ty);
                self.load(place, ty, dst);
            }
            _ => {
                self.addr(place, ty);
            }
        }
        self.f.slots.next = mark;
    }

    /// A slot with the address of a place; a fresh temporary, unless the place is a pointer's target itself. The address
    /// of a part of the frame is good until the frame is left.
    pub fn addr(&mut self, place: Place, ty: Ty) -> Slot {
        match place {
            Place::Mem { base, off: 0 } => base,
            Place::Slots(base) if self.is_far(ty) => base,
            _ => {
                let dst = self.f.slots.alloc(1);
                self.addr_to(place, ty, dst);
                dst
            }
        }
    }

    /// dst := address of the place.
    pub fn addr_to(&mut self, place: Place, ty: Ty, dst: Slot) {
        match place {
            Place::Slots(slot) if self.is_far(ty) => self.mov_slots(dst, slot, 1),
            Place::Slots(slot) => self.ins(ins::FrameAddr(dst, slot)),
            Place::Frame { slot, off } => {
                self.ins(ins::FrameAddr(dst, slot));
                if off != 0 {
                    self.ins(ins::AddI64Imm(dst, dst, off as i16));
                }
            }
            Place::Mem { base, off: 0 } => {
                // Go panics when the address of a field of nil is taken, and `&*p` of nil is nil.
                if dst != base {
                    self.ins(ins::Mov(dst, base));
                }
            }
            Place::Mem { base, off } => self.ins(ins::AddrOff(dst, base, off, 0)),
            Place::Global { off } => self.ins(ins::GlobalAddr(dst, off)),
            Place::FrameElem { slot, index, check } => {
                self.check_index(index, check);
                let size = self.layout(ty).size;
                self.ins(ins::FIdxAddr(dst, slot, index, size as u32, 0));
            }
            Place::PtrElem { base, index, check } => {
                self.check_index(index, check);
                let size = self.layout(ty).size;
                self.ins(ins::PIdxAddr(dst, base, index, size as u32, 0));
            }
            Place::SliceElem { base, index } => {
                let size = self.layout(ty).size;
                self.ins(ins::IdxAddr(dst, base, index, size as u32, 0));
            }
            Place::SliceField {
                base,
                index,
                size,
                off,
            } => {
                self.ins(ins::IdxAddr(dst, base, index, size, 0));
                if off != 0 {
                    self.ins(ins::AddrOff(dst, dst, off, 0));
                }
            }
            Place::MapElem {
                map,
                key,
                ty: map_ty,
            } => {
                let t = self.type_idx(map_ty);
                self.ins(ins::MapAddr(dst, map, key, t, 0));
            }
            Place::Blank => self.ins(ins::LoadImm(dst, 0)),
        }
    }

    /// The slot in which a place's value lies in register form already.
    pub fn in_slot(&self, place: Place) -> Option<Slot> {
        match place {
            Place::Slots(s) => Some(s),
            _ => None,
        }
    }

    /// A slot with the value at a place: its own, or a fresh temporary. Everything from `mark` on is released but the
    /// result.
    pub fn load_from(&mut self, place: Place, ty: Ty, mark: u32) -> Slot {
        if let Some(slot) = self.in_slot(place) {
            return slot;
        }
        let n = self.slots_of(ty);
        let dst = mark as Slot;
        // The place's own slots may lie where the result goes: an instruction reads before it writes.
        self.f.slots.next = self.f.slots.next.max(mark + n);
        self.f.slots.touch(mark + n);
        self.load(place, ty, dst);
        self.f.slots.next = mark + n;
        dst
    }

    /// The first `n` words of a multi-word value at a place (pointer and length of a slice), in slots.
    pub fn load_words(&mut self, place: Place, ty: Ty, n: u32, mark: u32) -> Slot {
        let prefix = match place {
            Place::Slots(slot) => return slot,
            Place::Mem { .. } | Place::Global { .. } if n == 2 => Some(Access::Two),
            Place::Mem { .. } | Place::Global { .. } | Place::SliceField { .. } if n == 1 => {
                Some(Access::Word(true))
            }
            _ => None,
        };
        let Some(access) = prefix else {
            return self.load_from(place, ty, mark);
        };
        let dst = mark as Slot;
        self.f.slots.next = self.f.slots.next.max(mark + n);
        self.f.slots.touch(mark + n);
        match place {
            Place::Mem { base, off } => self.load_mem(base, off, access, dst),
            Place::Global { off } => self.load_global(off, access, dst),
            Place::SliceField {
                base,
                index,
                size,
                off,
            } => {
                self.ins(ins::IdxFieldLoad64(dst, base, index, size, off));
            }
            _ => {}
        }
        self.f.slots.next = mark + n;
        dst
    }

    /// dst := src for a value of a type.
    pub fn mov(&mut self, dst: Slot, src: Slot, ty: Ty) {
        let n = self.slots_of(ty);
        self.mov_slots(dst, src, n);
    }

    /// Copies `n` slots.
    pub fn mov_slots(&mut self, dst: Slot, src: Slot, n: u32) {
        if dst == src {
            return;
        }
        match n {
            0 => {}
            1 => self.ins(ins::Mov(dst, src)),
            2 => self.ins(ins::Mov2(dst, src)),
            3 => self.ins(ins::Mov3(dst, src)),
            n => self.ins(ins::MovN(dst, src, n as u16)),
        }
    }

    /// dst := zero value of a type.
    pub fn zero(&mut self, dst: Slot, ty: Ty) {
        if self.is_far(ty) {
            let t = self.type_idx(ty);
            self.ins(ins::New(dst, t));
            return;
        }
        match self.slots_of(ty) {
            0 => {}
            1 => self.ins(ins::LoadImm(dst, 0)),
            n => self.ins(ins::Zero(dst, n)),
        }
    }

    /// Makes a narrow signed value canonical after a copy that zero-extended it.
    pub fn fix_sign(&mut self, dst: Slot, ty: Ty) {
        match self.layout(ty).class {
            Class::Int {
                bytes: 1,
                signed: true,
            } => self.ins(ins::Sext8(dst, dst)),
            Class::Int {
                bytes: 2,
                signed: true,
            } => self.ins(ins::Sext16(dst, dst)),
            Class::Int {
                bytes: 4,
                signed: true,
            } => self.ins(ins::Sext32(dst, dst)),
            _ => {}
        }
    }

    /// Whether a place's address can be had without moving the value: it lies in memory.
    pub fn is_memory(&self, place: Place) -> bool {
        matches!(
            place,
            Place::Mem { .. }
                | Place::Global { .. }
                | Place::PtrElem { .. }
                | Place::SliceElem { .. }
                | Place::SliceField { .. }
        )
    }

    /// *dst := *src, both in memory.
    pub fn copy_mem(&mut self, dst: Place, src: Place, ty: Ty) {
        let mark = self.f.slots.next;
        let d = self.addr(dst, ty);
        let s = self.addr(src, ty);
        let t = self.type_idx(ty);
        self.ins(ins::CopyMem(d, s, t, 0));
        self.f.slots.next = mark;
    }

    /// Whether a type's values are arrays or structs in memory layout.
    pub fn is_agg(&mut self, ty: Ty) -> bool {
        self.under(ty);
        matches!(
            self.tys.under_kind(ty),
            TyKind::Struct(_) | TyKind::Array(..)
        )
    }
}
