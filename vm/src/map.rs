//! Go maps. (Go: internal/runtime/maps, runtime/map.go; the design is our own)
//!
//! A map is a dense array of entries in insertion order, and an index: an open-addressing table of words, each holding
//! 32 bits of a key's hash and the number of its entry. Deleting marks the entry dead in a bitmap behind the array and
//! leaves a tombstone in the index. When the array is full, it is copied: doubled, or, when enough entries are dead,
//! compacted. Up to eight entries there is no index; keys are compared one after the other.
//!
//! Ranging walks the array from a random entry around to it. What that costs under mutation:
//!  - an entry inserted meanwhile stands behind the end that was noted when ranging began: it is not visited;
//!  - a deleted one is dead, and skipped;
//!  - growing without dead entries keeps every entry's number, so ranging goes on in the new array;
//!  - compacting changes numbers, and with them the map's `epoch`. An iterator of an older epoch goes on in the array
//!    that it began with (nobody writes to it any more), and looks each key up in the map for whether it is still there
//!    and for its value. Keys that differ from themselves (NaN) cannot be looked up, nor can they be deleted except by
//!    `clear`, which has its own counter.
//!
//! Invariants: `used <= cap`; index slots in use <= used; the bitmap's bit of an entry is set exactly when it is dead;
//! dead entries are zeroed, so that they keep nothing alive.
//!
//! A writing goroutine sets `WRITING` meanwhile; whoever finds it set ends the program with Go's fatal error.
//!
//! Knows nothing of: instructions, frames.

use crate::equality::{Uncomparable, equal, hash, hash_bytes, hash_word};
use crate::interp::mem::{copy, ld32, ld64, st64, zero};
use crate::rtype::{Equality, Kind, Rtype};
use minigo_runtime::G;
use minigo_runtime::heap::{GcType, mallocgc};
use minigo_runtime::nondet::{Choice, choose, rand64};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

/// What a map type's operations need to know, precomputed by the loader.
pub struct MapType {
    key: &'static Rtype,
    elem: &'static Rtype,
    keys: KeyKind,
    entry_size: usize,
    value_offset: usize,
    /// Keys or values are [far](Rtype::far).
    pub(crate) far: bool,
    entry: GcType,
}

/// How keys are compared and hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KeyKind {
    /// One word, byte by byte.
    Word,
    /// Four bytes, byte by byte.
    Half,
    /// A string.
    Str,
    /// By the key type; hashing cannot fail.
    Any,
    /// By the key type, which contains an interface: hashing can fail.
    Fallible,
}

/// A map's head, in the collected heap. A map value is a pointer to one, or null.
#[repr(C)]
pub struct Hmap {
    count: u64,
    entries: *mut u8,
    index: *mut u64,
    used: u32,
    cap: u32,
    /// Slots of the index less one.
    mask: u32,
    flags: AtomicU32,
    seed: u64,
    epoch: u32,
    clears: u32,
}

/// State of a range loop: eight slots of the frame.
#[repr(C)]
pub struct MapIter {
    map: *mut Hmap,
    /// The array that the numbers belong to, and its capacity.
    entries: *mut u8,
    cap: u64,
    /// Entries seen so far.
    seen: u64,
    start: u32,
    end: u32,
    epoch: u32,
    clears: u32,
    unused: [u64; 2],
}

const _: () =
    assert!(size_of::<MapIter>() == 8 * minigo_bytecode::operand::MAP_ITER_SLOTS as usize);

const WRITING: u32 = 1;
/// Most entries of a map without an index.
const SMALL: u32 = 8;
const TOMBSTONE: u64 = u32::MAX as u64;

static HMAP: GcType = {
    static MASK: u64 = 0b110;
    // SAFETY: the mask is a static of one word.
    unsafe { GcType::new(size_of::<Hmap>(), 24, &raw const MASK) }
};

impl MapType {
    pub(crate) fn new(key: &'static Rtype, elem: &'static Rtype) -> MapType {
        let align = elem.align.max(1) as usize;
        let value_offset = key.size().next_multiple_of(align);
        let entry_size = (value_offset + elem.size()).next_multiple_of(8).max(8);
        MapType {
            key,
            elem,
            keys: key_kind(key),
            entry_size,
            value_offset,
            far: key.far || elem.far,
            entry: entry_type(key, elem, value_offset, entry_size),
        }
    }
}

fn key_kind(key: &Rtype) -> KeyKind {
    match (key.equality, key.size()) {
        (Equality::Memory, 8) if key.align == 8 => KeyKind::Word,
        (Equality::Memory, 4) if key.align == 4 => KeyKind::Half,
        _ if key.kind == Kind::String => KeyKind::Str,
        _ if contains_interface(key) => KeyKind::Fallible,
        _ => KeyKind::Any,
    }
}

fn contains_interface(ty: &Rtype) -> bool {
    match ty.kind {
        Kind::Interface => true,
        Kind::Array => contains_interface(ty.elem()),
        // SAFETY: descriptors are immortal.
        Kind::Struct => ty
            .fields
            .iter()
            .any(|f| contains_interface(unsafe { &*f.ty })),
        _ => false,
    }
}

/// The collector's view of an entry: the key's words, then the value's.
fn entry_type(key: &Rtype, elem: &Rtype, value_offset: usize, size: usize) -> GcType {
    let mut mask = vec![0u64; size.div_ceil(512).max(1)];
    let mut ptrdata = 0;
    for (ty, offset) in [(key, 0), (elem, value_offset)] {
        for word in 0..ty.size() / 8 {
            if pointer_at(ty, word) {
                let i = offset / 8 + word;
                mask[i / 64] |= 1 << (i % 64);
                ptrdata = (i + 1) * 8;
            }
        }
    }
    if ptrdata == 0 {
        // SAFETY: no pointers, no mask.
        return unsafe { GcType::new(size, 0, null()) };
    }
    // SAFETY: the mask has a bit for every word and is leaked.
    unsafe { GcType::new(size, ptrdata, Vec::leak(mask).as_ptr()) }
}

/// Whether word `word` of a value may be a pointer. Huge arrays repeat their element's mask.
pub(crate) fn pointer_at(ty: &Rtype, word: usize) -> bool {
    // SAFETY: descriptors and masks are immortal; a mask covers `ptrdata`.
    unsafe {
        let gc = &*ty.alloc_type();
        let word = if gc.size == 0 {
            word
        } else {
            word % (gc.size / 8).max(1)
        };
        word * 8 < gc.ptrdata && *gc.mask.add(word / 64) >> (word % 64) & 1 != 0
    }
}

// ---- the head and its parts ----

/// `make(map, hint)`.
///
/// # Safety
/// `gp` is the running goroutine.
pub unsafe fn make_map(gp: *mut G, ty: &MapType, hint: i64) -> *mut Hmap {
    // SAFETY: the new object has the head's layout, and zero is an empty map.
    unsafe {
        let m = mallocgc(gp, size_of::<Hmap>(), &raw const HMAP, true).cast::<Hmap>();
        (*m).seed = rand64();
        if hint > SMALL as i64 {
            // An absurd hint is no reason to fail: the map will grow as it is filled.
            let cap = capacity_for(hint.min(1 << 27) as u32);
            if let Some(bytes) = array_bytes(ty, cap)
                && bytes < 1 << 40
            {
                resize(gp, ty, m, cap);
            }
        }
        m
    }
}

/// Number of entries; 0 for nil.
///
/// # Safety
/// `m` is null or a map.
#[inline(always)]
pub unsafe fn map_len(m: *const Hmap) -> i64 {
    if m.is_null() {
        return 0;
    }
    // SAFETY: as the caller promises.
    unsafe { (*m).count as i64 }
}

/// The smallest capacity that holds `n` entries: 8, or five eighths of an index size.
fn capacity_for(n: u32) -> u32 {
    if n <= SMALL {
        return SMALL;
    }
    let slots = (n as u64 * 8).div_ceil(5).next_power_of_two();
    (slots / 8 * 5).min(u32::MAX as u64 - 1) as u32
}

fn index_slots(cap: u32) -> usize {
    (cap as usize / 5 * 8).next_power_of_two()
}

/// Bytes of an array of `cap` entries and its bitmap, in whole entries.
fn array_bytes(ty: &MapType, cap: u32) -> Option<usize> {
    let bitmap = (cap as usize).div_ceil(64) * 8;
    let extra = bitmap.div_ceil(ty.entry_size);
    (cap as usize + extra).checked_mul(ty.entry_size)
}

#[inline(always)]
fn entry_at(ty: &MapType, entries: *mut u8, i: u32) -> u64 {
    entries as u64 + i as u64 * ty.entry_size as u64
}

/// Address of the bitmap word for entry `i`.
#[inline(always)]
fn dead_word(ty: &MapType, entries: *mut u8, cap: u32, i: u32) -> u64 {
    entry_at(ty, entries, cap) + (i / 64) as u64 * 8
}

#[inline(always)]
unsafe fn is_dead(ty: &MapType, entries: *mut u8, cap: u32, i: u32) -> bool {
    // SAFETY: the bitmap lies behind the entries.
    unsafe { ld64(dead_word(ty, entries, cap, i)) >> (i % 64) & 1 != 0 }
}

/// Gives the map a new array (and index) of `cap` entries, with the live entries copied in order.
unsafe fn resize(gp: *mut G, ty: &MapType, m: *mut Hmap, cap: u32) {
    // SAFETY: the caller has a map of this type and is its only writer; what is allocated stays reachable from this
    // native stack until it hangs in the map.
    unsafe {
        let Some(bytes) = array_bytes(ty, cap) else {
            minigo_runtime::fatal("out of memory");
        };
        let new = mallocgc(gp, bytes, &raw const ty.entry, true);
        let index = if cap > SMALL {
            mallocgc(gp, index_slots(cap) * 8, null(), true).cast::<u64>()
        } else {
            null_mut()
        };
        let (old, used) = ((*m).entries, (*m).used);
        let compacting = (*m).count != used as u64;
        let mut renumbered = Vec::new();
        if !compacting {
            copy(new as u64, old as u64, used as usize * ty.entry_size);
        } else {
            renumbered.resize(used as usize, 0u32);
            let mut n = 0;
            for i in 0..used {
                if !is_dead(ty, old, (*m).cap, i) {
                    renumbered[i as usize] = n;
                    copy(entry_at(ty, new, n), entry_at(ty, old, i), ty.entry_size);
                    n += 1;
                }
            }
        }
        if !index.is_null() {
            let mask = index_slots(cap) as u32 - 1;
            if (*m).index.is_null() {
                for i in 0..(*m).count as u32 {
                    // These keys were hashed before, so they can be again.
                    if let Ok(h) = hash_key(ty, entry_at(ty, new, i), (*m).seed) {
                        index_insert(index, mask, h, i);
                    }
                }
            } else {
                for i in 0..=(*m).mask as usize {
                    let slot = *(*m).index.add(i);
                    let low = slot & u32::MAX as u64;
                    if low != 0 && low != TOMBSTONE {
                        let i = low as u32 - 1;
                        let i = if compacting {
                            renumbered[i as usize]
                        } else {
                            i
                        };
                        index_insert(index, mask, (slot >> 32) as u32, i);
                    }
                }
            }
            (*m).mask = mask;
        }
        if compacting {
            (*m).epoch = (*m).epoch.wrapping_add(1);
            (*m).used = (*m).count as u32;
        }
        (*m).entries = new;
        (*m).index = index;
        (*m).cap = cap;
    }
}

unsafe fn index_insert(index: *mut u64, mask: u32, h: u32, i: u32) {
    // SAFETY: positions stay below the mask; there is always a free slot.
    unsafe {
        let mut at = h & mask;
        while *index.add(at as usize) != 0 {
            at = (at + 1) & mask;
        }
        *index.add(at as usize) = (h as u64) << 32 | (i as u64 + 1);
    }
}

/// Makes room for one more entry.
#[inline(never)]
unsafe fn grow(gp: *mut G, ty: &MapType, m: *mut Hmap) {
    // SAFETY: as the caller's.
    unsafe {
        let (count, cap) = ((*m).count as u32, (*m).cap);
        // With a quarter dead, compacting frees enough.
        let wanted = if count < cap - cap / 4 {
            cap
        } else {
            cap.saturating_mul(2)
        };
        if cap > 1 << 31 {
            minigo_runtime::fatal("out of memory");
        }
        resize(gp, ty, m, capacity_for(wanted.max(1)));
    }
}

// ---- keys ----

#[inline(always)]
unsafe fn hash_key(ty: &MapType, key: u64, seed: u64) -> Result<u32, Uncomparable> {
    // SAFETY: the caller has a key of this type there.
    let h = unsafe {
        match ty.keys {
            KeyKind::Word => hash_word(ld64(key), seed),
            KeyKind::Half => hash_word(ld32(key) as u64, seed),
            KeyKind::Str => hash_bytes(ld64(key), ld64(key + 8) as usize, seed),
            KeyKind::Any | KeyKind::Fallible => hash(ty.key, key, seed)?,
        }
    };
    Ok((h >> 32) as u32)
}

#[inline(always)]
unsafe fn keys_equal(ty: &MapType, a: u64, b: u64) -> bool {
    // SAFETY: the caller has keys of this type there.
    unsafe {
        match ty.keys {
            KeyKind::Word => ld64(a) == ld64(b),
            KeyKind::Half => ld32(a) == ld32(b),
            KeyKind::Str => {
                let n = ld64(a + 8);
                n == ld64(b + 8) && {
                    let (p, q) = (ld64(a) as *const u8, ld64(b) as *const u8);
                    // The pointer of an empty string may be null, of which no slice is made.
                    n == 0
                        || p == q
                        || std::slice::from_raw_parts(p, n as usize)
                            == std::slice::from_raw_parts(q, n as usize)
                }
            }
            // A key in the map was hashed, so it can be compared.
            KeyKind::Any | KeyKind::Fallible => equal(ty.key, a, b) == Ok(true),
        }
    }
}

impl PartialEq for Rtype {
    fn eq(&self, other: &Rtype) -> bool {
        std::ptr::eq(self, other)
    }
}

/// Where a key is.
enum Found {
    /// Entry number, and slot of the index when there is one.
    At(u32, u32),
    /// Its hash (0 without an index).
    Missing(u32),
}

/// Looks a key up.
#[inline(always)]
unsafe fn find(ty: &MapType, m: *mut Hmap, key: u64) -> Result<Found, Uncomparable> {
    // SAFETY: the caller has a map of this type and a key; numbers in the index are below `used`.
    unsafe {
        let entries = (*m).entries;
        let index = (*m).index;
        if index.is_null() {
            if ty.keys == KeyKind::Fallible {
                hash_key(ty, key, 0)?;
            }
            for i in 0..(*m).used {
                if keys_equal(ty, entry_at(ty, entries, i), key)
                    && !is_dead(ty, entries, (*m).cap, i)
                {
                    return Ok(Found::At(i, 0));
                }
            }
            return Ok(Found::Missing(0));
        }
        let h = hash_key(ty, key, (*m).seed)?;
        let mask = (*m).mask;
        let mut at = h & mask;
        loop {
            let slot = *index.add(at as usize);
            if slot == 0 {
                return Ok(Found::Missing(h));
            }
            let low = slot & u32::MAX as u64;
            if (slot >> 32) as u32 == h && low != TOMBSTONE {
                let i = low as u32 - 1;
                if keys_equal(ty, entry_at(ty, entries, i), key) {
                    return Ok(Found::At(i, at));
                }
            }
            at = (at + 1) & mask;
        }
    }
}

// ---- operations ----

/// Address of the value for a key, or 0.
///
/// # Safety
/// `m` is null or a map of this type; `key` is the address of a key in memory layout.
#[inline]
pub unsafe fn map_get(ty: &MapType, m: *mut Hmap, key: u64) -> Result<u64, Uncomparable> {
    // SAFETY: as the caller promises.
    unsafe {
        if m.is_null() || (*m).count == 0 {
            // An unhashable key panics even here.
            if ty.keys == KeyKind::Fallible {
                hash_key(ty, key, 0)?;
            }
            return Ok(0);
        }
        if (*m).flags.load(Relaxed) & WRITING != 0 {
            minigo_runtime::fatal("concurrent map read and map write");
        }
        Ok(match find(ty, m, key)? {
            Found::At(i, _) => entry_at(ty, (*m).entries, i) + ty.value_offset as u64,
            Found::Missing(_) => 0,
        })
    }
}

/// Marks the map as being written for as long as it lives.
struct Writing(*mut Hmap);

impl Writing {
    unsafe fn new(m: *mut Hmap) -> Writing {
        // SAFETY: the caller has a map. Two relaxed accesses, no read-modify-write: the check is a best effort.
        unsafe {
            if (*m).flags.load(Relaxed) & WRITING != 0 {
                minigo_runtime::fatal("concurrent map writes");
            }
            (*m).flags.store(WRITING, Relaxed);
        }
        Writing(m)
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        // SAFETY: as in `new`; the map is reachable from the caller's frame.
        unsafe {
            if (*self.0).flags.load(Relaxed) & WRITING == 0 {
                minigo_runtime::fatal("concurrent map writes");
            }
            (*self.0).flags.store(0, Relaxed);
        }
    }
}

/// Address of the value for a key, which is inserted with a zero value when missing. Valid until the next operation.
///
/// # Safety
/// As [`map_get`], with a map that is not null; `gp` is the running goroutine with its position saved.
pub unsafe fn map_assign(
    gp: *mut G,
    ty: &MapType,
    m: *mut Hmap,
    key: u64,
) -> Result<u64, Uncomparable> {
    // SAFETY: as the caller promises.
    unsafe {
        let writing = Writing::new(m);
        let i = match find(ty, m, key) {
            Err(ty) => return Err(ty),
            Ok(Found::At(i, _)) => {
                // Equal keys may differ: +0 and -0, strings at different places.
                if !matches!(ty.keys, KeyKind::Word | KeyKind::Half) {
                    copy(entry_at(ty, (*m).entries, i), key, ty.key.size());
                }
                i
            }
            Ok(Found::Missing(mut h)) => {
                if (*m).used == (*m).cap {
                    let was_small = (*m).index.is_null();
                    grow(gp, ty, m);
                    if was_small && !(*m).index.is_null() {
                        h = hash_key(ty, key, (*m).seed)?;
                    }
                }
                let i = (*m).used;
                if !(*m).index.is_null() {
                    index_insert((*m).index, (*m).mask, h, i);
                }
                copy(entry_at(ty, (*m).entries, i), key, ty.key.size());
                (*m).used = i + 1;
                (*m).count += 1;
                i
            }
        };
        drop(writing);
        Ok(entry_at(ty, (*m).entries, i) + ty.value_offset as u64)
    }
}

/// `delete(m, key)`.
///
/// # Safety
/// As [`map_get`].
pub unsafe fn map_delete(ty: &MapType, m: *mut Hmap, key: u64) -> Result<(), Uncomparable> {
    // SAFETY: as the caller promises.
    unsafe {
        if m.is_null() || (*m).count == 0 {
            if ty.keys == KeyKind::Fallible {
                hash_key(ty, key, 0)?;
            }
            return Ok(());
        }
        let _writing = Writing::new(m);
        if let Found::At(i, slot) = find(ty, m, key)? {
            if !(*m).index.is_null() {
                *(*m).index.add(slot as usize) = TOMBSTONE;
            }
            let word = dead_word(ty, (*m).entries, (*m).cap, i);
            st64(word, ld64(word) | 1 << (i % 64));
            zero(entry_at(ty, (*m).entries, i), ty.entry_size);
            (*m).count -= 1;
        }
        Ok(())
    }
}

/// `clear(m)`.
///
/// # Safety
/// `m` is null or a map.
pub unsafe fn map_clear(m: *mut Hmap) {
    // SAFETY: as the caller promises.
    unsafe {
        if m.is_null() || (*m).used == 0 {
            return;
        }
        let _writing = Writing::new(m);
        (*m).count = 0;
        (*m).entries = null_mut();
        (*m).index = null_mut();
        (*m).used = 0;
        (*m).cap = 0;
        (*m).epoch = (*m).epoch.wrapping_add(1);
        (*m).clears = (*m).clears.wrapping_add(1);
    }
}

/// Whether somebody is changing the map just now: it must not be looked at.
///
/// # Safety
/// `m` is null or a map.
pub unsafe fn map_is_busy(m: *const Hmap) -> bool {
    // SAFETY: as the caller promises.
    unsafe { !m.is_null() && (*m).flags.load(Relaxed) & WRITING != 0 }
}

/// Begins ranging over a map.
///
/// # Safety
/// `m` is null or a map, `it` has room for an iterator.
pub unsafe fn map_iter_init(it: *mut MapIter, m: *mut Hmap) {
    // SAFETY: as the caller promises.
    unsafe {
        let mut new = MapIter {
            map: m,
            entries: null_mut(),
            cap: 0,
            seen: 0,
            start: 0,
            end: 0,
            epoch: 0,
            clears: 0,
            unused: [0; 2],
        };
        if !m.is_null() && (*m).count != 0 {
            new.entries = (*m).entries;
            new.cap = (*m).cap as u64;
            new.end = (*m).used;
            new.epoch = (*m).epoch;
            new.clears = (*m).clears;
            if new.end > 1 {
                new.start = choose(Choice::Map, new.end);
            }
        }
        it.write(new);
    }
}

/// The next entry: addresses of key and value, or nothing at the end.
///
/// # Safety
/// `it` was begun on a map of this type.
pub unsafe fn map_iter_next(ty: &MapType, it: *mut MapIter) -> Option<(u64, u64)> {
    // SAFETY: as the caller promises.
    unsafe {
        let it = &mut *it;
        let m = it.map;
        while it.seen < it.end as u64 {
            if (*m).flags.load(Relaxed) & WRITING != 0 {
                minigo_runtime::fatal("concurrent map iteration and map write");
            }
            if (*m).clears != it.clears {
                return None;
            }
            let i = it.start as u64 + it.seen;
            let i = if i >= it.end as u64 {
                i - it.end as u64
            } else {
                i
            } as u32;
            it.seen += 1;
            if (*m).epoch == it.epoch {
                let (entries, cap) = ((*m).entries, (*m).cap);
                if is_dead(ty, entries, cap, i) {
                    continue;
                }
                let key = entry_at(ty, entries, i);
                return Some((key, key + ty.value_offset as u64));
            }
            // The map was compacted since: this array is history, the map itself knows.
            if is_dead(ty, it.entries, it.cap as u32, i) {
                continue;
            }
            let key = entry_at(ty, it.entries, i);
            if let Ok(Found::At(now, _)) = find(ty, m, key) {
                let key = entry_at(ty, (*m).entries, now);
                return Some((key, key + ty.value_offset as u64));
            }
            if !keys_equal(ty, key, key) {
                return Some((key, key + ty.value_offset as u64));
            }
        }
        None
    }
}

impl MapType {
    /// Type of the values.
    pub fn elem(&self) -> &'static Rtype {
        self.elem
    }

    /// Type of the keys.
    pub fn key(&self) -> &'static Rtype {
        self.key
    }
}
