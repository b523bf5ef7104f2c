//! Maps: making, looking up, setting, iterating.

use super::convert::assign;
use super::*;
use minigo_vm::equality::Uncomparable;
use minigo_vm::map::{
    MapIter, make_map, map_assign, map_delete, map_get, map_iter_init, map_iter_next, map_len,
};
use minigo_vm::native;
use minigo_vm::native::{alloc_array, raise_plain_error, raise_runtime_error};

/// reflect.MapIter
#[repr(C)]
struct Iter {
    map: Val,
    state: MapIter,
    /// Where the entry's key and value lie.
    key: *const u8,
    value: *const u8,
    stage: u64,
}

/// Stages of an iterator: before the first Next, at an entry, behind the last.
const NEW: u64 = 0;
const AT_ENTRY: u64 = 1;
const EXHAUSTED: u64 = 2;

unsafe fn unhashable(gp: *mut G, ty: Uncomparable) -> NativeRet {
    // SAFETY: `gp` is the running goroutine.
    unsafe { raise_runtime_error(gp, &format!("hash of unhashable type {}", ty.string)) }
}

/// The iterator, which must be at an entry.
unsafe fn at_entry<'a>(gp: *mut G, iter: *mut Iter, method: &str) -> Result<&'a Iter> {
    // SAFETY: the receiver is a MapIter.
    unsafe {
        match (*iter).stage {
            AT_ENTRY => Ok(&*iter),
            NEW => fail(gp, format!("{method} called before Next")),
            _ => fail(gp, format!("{method} called on exhausted iterator")),
        }
    }
}

/// Sets a variable to a key or value of the iterator's map.
unsafe fn set_from(gp: *mut G, v: Val, x: Val, methods: [&str; 2]) -> Result<()> {
    // SAFETY: what is assigned has the variable's type.
    unsafe {
        v.must_be_assignable(gp, methods[0])?;
        let x = assign(gp, x, v.ty(), methods[1])?;
        std::ptr::copy(x.address(), v.word as *mut u8, v.ty().size());
        Ok(())
    }
}

native! {
    fn make(gp, t: Iface, n: i64) -> Result<Val> {
        let t = need_type(gp, t)?;
        match t.kind {
            Kind::Map => Ok(Val::direct(t, make_map(gp, t.map_type(), n) as u64, 0)),
            _ => fail(gp, "reflect.MakeMapWithSize of non-map type"),
        }
    }
    fn index(gp, v: Val, key: Val) -> Result<Val> {
        let method = "reflect.Value.MapIndex";
        v.must_be(gp, Kind::Map, method)?;
        if key.ty.is_null() {
            return Err(value_error(gp, method, Kind::Invalid));
        }
        let (ty, flags) = (v.ty().map_type(), v.flag | key.flag);
        let key = assign(gp, key, ty.key(), method)?;
        match map_get(ty, v.word() as *mut _, key.address() as u64) {
            Ok(0) => Ok(Val::NONE),
            Ok(at) => {
                let ro = if flags & RO == 0 { 0 } else { STICKY_RO };
                Ok(Val::copy(gp, ty.elem(), at as *const u8, ro))
            }
            Err(ty) => Err(unhashable(gp, ty)),
        }
    }
    fn set_index(gp, v: Val, key: Val, elem: Val) -> Result<()> {
        let method = "reflect.Value.SetMapIndex";
        v.must_be(gp, Kind::Map, method)?;
        v.must_be_exported(gp, method)?;
        key.must_be_exported(gp, method)?;
        let (ty, map) = (v.ty().map_type(), v.word() as *mut _);
        let key = assign(gp, key, ty.key(), method)?;
        if elem.ty.is_null() {
            let done = map_delete(ty, map, key.address() as u64);
            return done.map_err(|ty| unhashable(gp, ty));
        }
        elem.must_be_exported(gp, method)?;
        let elem = assign(gp, elem, ty.elem(), method)?;
        if map.is_null() {
            return Err(raise_plain_error(gp, "assignment to entry in nil map"));
        }
        match map_assign(gp, ty, map, key.address() as u64) {
            Ok(at) => {
                std::ptr::copy(elem.address(), at as *mut u8, ty.elem().size());
                Ok(())
            }
            Err(ty) => Err(unhashable(gp, ty)),
        }
    }
    fn keys(gp, v: Val) -> Result<GoSlice> {
        v.must_be(gp, Kind::Map, "reflect.Value.MapKeys")?;
        let (ty, map) = (v.ty().map_type(), v.word() as *mut _);
        let value_type = own_value_type();
        let n = map_len(map) as usize;
        let list = alloc_array(gp, value_type, n).cast::<Val>();
        let mut state = std::mem::MaybeUninit::<MapIter>::uninit();
        map_iter_init(state.as_mut_ptr(), map);
        let mut found = 0;
        while found < n && let Some((key, _)) = map_iter_next(ty, state.as_mut_ptr()) {
            *list.add(found) = Val::copy(gp, ty.key(), key as *const u8, v.ro());
            found += 1;
        }
        Ok(GoSlice { ptr: list.cast(), len: found as i64, cap: n as i64 })
    }
    fn next(gp, iter: *mut Iter) -> Result<bool> {
        let it = &mut *iter;
        if it.map.ty.is_null() {
            let text = "an iterator that does not have an associated map Value";
            return fail(gp, format!("MapIter.Next called on {text}"));
        }
        match it.stage {
            NEW => map_iter_init(&mut it.state, it.map.word() as *mut _),
            AT_ENTRY => {}
            _ => return fail(gp, "MapIter.Next called on exhausted iterator"),
        }
        match map_iter_next(it.map.ty().map_type(), &mut it.state) {
            Some((key, value)) => {
                (it.key, it.value) = (key as *const u8, value as *const u8);
                it.stage = AT_ENTRY;
            }
            None => {
                (it.key, it.value) = (null(), null());
                it.stage = EXHAUSTED;
            }
        }
        Ok(it.stage == AT_ENTRY)
    }
    fn key(gp, iter: *mut Iter) -> Result<Val> {
        let it = at_entry(gp, iter, "MapIter.Key")?;
        Ok(Val::copy(gp, it.map.ty().map_type().key(), it.key, it.map.ro()))
    }
    fn value(gp, iter: *mut Iter) -> Result<Val> {
        let it = at_entry(gp, iter, "MapIter.Value")?;
        Ok(Val::copy(gp, it.map.ty().elem(), it.value, it.map.ro()))
    }
    fn set_key(gp, v: Val, iter: *mut Iter) -> Result<()> {
        let it = at_entry(gp, iter, "reflect: Value.SetIterKey")?;
        let x = Val::at(it.map.ty().map_type().key(), it.key, it.map.ro());
        x.must_be_exported(gp, "reflect.Value.SetIterKey")?;
        set_from(gp, v, x, ["reflect.Value.SetIterKey", "reflect.MapIter.SetKey"])
    }
    fn set_value(gp, v: Val, iter: *mut Iter) -> Result<()> {
        let it = at_entry(gp, iter, "reflect: Value.SetIterValue")?;
        let x = Val::at(it.map.ty().elem(), it.value, it.map.ro());
        x.must_be_exported(gp, "reflect.Value.SetIterValue")?;
        set_from(gp, v, x, ["reflect.Value.SetIterValue", "reflect.MapIter.SetValue"])
    }
}

/// The type of Values, for lists of them.
pub(super) fn own_value_type() -> &'static Rtype {
    static TYPE: AtomicPtr<Rtype> = AtomicPtr::new(std::ptr::null_mut());
    own_type(&TYPE, "reflect.Value")
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.MakeMapWithSize", make),
    ("reflect.MapIter.Key", key),
    ("reflect.MapIter.Next", next),
    ("reflect.MapIter.Value", value),
    ("reflect.Value.MapIndex", index),
    ("reflect.Value.MapKeys", keys),
    ("reflect.Value.SetIterKey", set_key),
    ("reflect.Value.SetIterValue", set_value),
    ("reflect.Value.SetMapIndex", set_index),
];
