//! Package sync/atomic. All operations are sequentially consistent, as Go says.

use crate::rtypes;
use minigo_vm::native;
use minigo_vm::native::{G, Iface, NativeRet, NativeTable, raise_nil_deref, raise_string};
use minigo_vm::rtype::Rtype;
use std::hint::spin_loop;
use std::sync::atomic::{AtomicI32, AtomicI64, AtomicPtr, AtomicU32, AtomicU64, Ordering::*};

/// The variable at an address that the program gave.
///
/// # Safety
/// The address is nil or that of such a variable, which Go code touches as words of the same size only.
unsafe fn at<'a, T>(gp: *mut G, addr: *const T) -> Result<&'a T, NativeRet> {
    // SAFETY: as the caller promises.
    unsafe { addr.as_ref().ok_or_else(|| raise_nil_deref(gp)) }
}

macro_rules! operations {
    ($ty:ty, $atomic:ty, $load:ident $store:ident $swap:ident $cas:ident $($add:ident $and:ident $or:ident)?) => {
        native! {
            fn $load(gp, p: *const $atomic) -> Result<$ty, NativeRet> { Ok(at(gp, p)?.load(SeqCst)) }
            fn $store(gp, p: *const $atomic, v: $ty) -> Result<(), NativeRet> {
                at(gp, p)?.store(v, SeqCst);
                Ok(())
            }
            fn $swap(gp, p: *const $atomic, v: $ty) -> Result<$ty, NativeRet> { Ok(at(gp, p)?.swap(v, SeqCst)) }
            fn $cas(gp, p: *const $atomic, old: $ty, new: $ty) -> Result<bool, NativeRet> {
                Ok(at(gp, p)?.compare_exchange(old, new, SeqCst, SeqCst).is_ok())
            }
            $(
                fn $add(gp, p: *const $atomic, v: $ty) -> Result<$ty, NativeRet> {
                    Ok(at(gp, p)?.fetch_add(v, SeqCst).wrapping_add(v))
                }
                fn $and(gp, p: *const $atomic, v: $ty) -> Result<$ty, NativeRet> { Ok(at(gp, p)?.fetch_and(v, SeqCst)) }
                fn $or(gp, p: *const $atomic, v: $ty) -> Result<$ty, NativeRet> { Ok(at(gp, p)?.fetch_or(v, SeqCst)) }
            )?
        }
    };
}

operations!(i32, AtomicI32, load_i32 store_i32 swap_i32 cas_i32 add_i32 and_i32 or_i32);
operations!(i64, AtomicI64, load_i64 store_i64 swap_i64 cas_i64 add_i64 and_i64 or_i64);
operations!(u32, AtomicU32, load_u32 store_u32 swap_u32 cas_u32 add_u32 and_u32 or_u32);
operations!(u64, AtomicU64, load_u64 store_u64 swap_u64 cas_u64 add_u64 and_u64 or_u64);
// Pointers are words; storing one goes through here, whatever the collector comes to want to know about it.
operations!(u64, AtomicU64, load_ptr store_ptr swap_ptr cas_ptr);

/// atomic.Value in memory: an interface of which the type word is set once.
#[repr(C)]
struct Value {
    ty: AtomicPtr<Rtype>,
    data: AtomicU64,
}

/// Stands in the type word while the first value is being stored.
static STORING: u8 = 0;

fn storing() -> *mut Rtype {
    (&raw const STORING).cast_mut().cast()
}

/// What is stored, or nil.
fn load(v: &Value) -> Iface {
    let ty = v.ty.load(SeqCst);
    if ty.is_null() || ty == storing() {
        return Iface::NIL;
    }
    Iface {
        ty,
        data: v.data.load(SeqCst),
    }
}

/// Waits until the type word is settled, and makes it `ty` if it was not. `Some(old)`: the type was set before, its data
/// is now `data`. `None`: this was the first value.
fn exchange(v: &Value, new: Iface) -> Result<Option<Iface>, ()> {
    loop {
        let ty = v.ty.load(SeqCst);
        if ty.is_null() {
            if v.ty.compare_exchange(ty, storing(), SeqCst, SeqCst).is_ok() {
                v.data.store(new.data, SeqCst);
                v.ty.store(new.ty.cast_mut(), SeqCst);
                return Ok(None);
            }
        } else if ty == storing() {
            spin_loop(); // for two stores: a native is not interrupted
        } else if !std::ptr::eq(ty, new.ty) {
            return Err(());
        } else {
            let data = v.data.swap(new.data, SeqCst);
            return Ok(Some(Iface { ty, data }));
        }
    }
}

native! {
    fn value_load(gp, v: *const Value) -> Result<Iface, NativeRet> { Ok(load(at(gp, v)?)) }
    fn value_store(gp, v: *const Value, val: Iface) -> Result<(), NativeRet> {
        let v = at(gp, v)?;
        if val.is_nil() {
            return Err(raise_string(gp, "sync/atomic: store of nil value into Value"));
        }
        match exchange(v, val) {
            Ok(_) => Ok(()),
            Err(()) => Err(raise_string(gp, "sync/atomic: store of inconsistently typed value into Value")),
        }
    }
    fn value_swap(gp, v: *const Value, new: Iface) -> Result<Iface, NativeRet> {
        let v = at(gp, v)?;
        if new.is_nil() {
            return Err(raise_string(gp, "sync/atomic: swap of nil value into Value"));
        }
        match exchange(v, new) {
            Ok(old) => Ok(old.unwrap_or(Iface::NIL)),
            Err(()) => Err(raise_string(gp, "sync/atomic: swap of inconsistently typed value into Value")),
        }
    }
    fn value_replace(gp, v: *const Value, old: Iface, new: Iface) -> bool {
        let v = &*v;
        if old.is_nil() {
            if v.ty.compare_exchange(std::ptr::null_mut(), storing(), SeqCst, SeqCst).is_err() {
                return false;
            }
            v.data.store(new.data, SeqCst);
            v.ty.store(new.ty.cast_mut(), SeqCst);
            return true;
        }
        v.data.compare_exchange(old.data, new.data, SeqCst, SeqCst).is_ok()
    }
    fn same_type(gp, a: Iface, b: Iface) -> bool { rtypes::same_type(&a, &b) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("sync/atomic.AddInt32", add_i32),
    ("sync/atomic.AddInt64", add_i64),
    ("sync/atomic.AddUint32", add_u32),
    ("sync/atomic.AddUint64", add_u64),
    ("sync/atomic.AddUintptr", add_u64),
    ("sync/atomic.AndInt32", and_i32),
    ("sync/atomic.AndInt64", and_i64),
    ("sync/atomic.AndUint32", and_u32),
    ("sync/atomic.AndUint64", and_u64),
    ("sync/atomic.AndUintptr", and_u64),
    ("sync/atomic.Bool.CompareAndSwap", cas_u32),
    ("sync/atomic.Bool.Load", load_u32),
    ("sync/atomic.Bool.Store", store_u32),
    ("sync/atomic.Bool.Swap", swap_u32),
    ("sync/atomic.CompareAndSwapInt32", cas_i32),
    ("sync/atomic.CompareAndSwapInt64", cas_i64),
    ("sync/atomic.CompareAndSwapPointer", cas_ptr),
    ("sync/atomic.CompareAndSwapUint32", cas_u32),
    ("sync/atomic.CompareAndSwapUint64", cas_u64),
    ("sync/atomic.CompareAndSwapUintptr", cas_u64),
    ("sync/atomic.Int32.Add", add_i32),
    ("sync/atomic.Int32.And", and_i32),
    ("sync/atomic.Int32.CompareAndSwap", cas_i32),
    ("sync/atomic.Int32.Load", load_i32),
    ("sync/atomic.Int32.Or", or_i32),
    ("sync/atomic.Int32.Store", store_i32),
    ("sync/atomic.Int32.Swap", swap_i32),
    ("sync/atomic.Int64.Add", add_i64),
    ("sync/atomic.Int64.And", and_i64),
    ("sync/atomic.Int64.CompareAndSwap", cas_i64),
    ("sync/atomic.Int64.Load", load_i64),
    ("sync/atomic.Int64.Or", or_i64),
    ("sync/atomic.Int64.Store", store_i64),
    ("sync/atomic.Int64.Swap", swap_i64),
    ("sync/atomic.LoadInt32", load_i32),
    ("sync/atomic.LoadInt64", load_i64),
    ("sync/atomic.LoadPointer", load_ptr),
    ("sync/atomic.LoadUint32", load_u32),
    ("sync/atomic.LoadUint64", load_u64),
    ("sync/atomic.LoadUintptr", load_u64),
    ("sync/atomic.OrInt32", or_i32),
    ("sync/atomic.OrInt64", or_i64),
    ("sync/atomic.OrUint32", or_u32),
    ("sync/atomic.OrUint64", or_u64),
    ("sync/atomic.OrUintptr", or_u64),
    ("sync/atomic.Pointer.CompareAndSwap", cas_ptr),
    ("sync/atomic.Pointer.Load", load_ptr),
    ("sync/atomic.Pointer.Store", store_ptr),
    ("sync/atomic.Pointer.Swap", swap_ptr),
    ("sync/atomic.StoreInt32", store_i32),
    ("sync/atomic.StoreInt64", store_i64),
    ("sync/atomic.StorePointer", store_ptr),
    ("sync/atomic.StoreUint32", store_u32),
    ("sync/atomic.StoreUint64", store_u64),
    ("sync/atomic.StoreUintptr", store_u64),
    ("sync/atomic.SwapInt32", swap_i32),
    ("sync/atomic.SwapInt64", swap_i64),
    ("sync/atomic.SwapPointer", swap_ptr),
    ("sync/atomic.SwapUint32", swap_u32),
    ("sync/atomic.SwapUint64", swap_u64),
    ("sync/atomic.SwapUintptr", swap_u64),
    ("sync/atomic.Uint32.Add", add_u32),
    ("sync/atomic.Uint32.And", and_u32),
    ("sync/atomic.Uint32.CompareAndSwap", cas_u32),
    ("sync/atomic.Uint32.Load", load_u32),
    ("sync/atomic.Uint32.Or", or_u32),
    ("sync/atomic.Uint32.Store", store_u32),
    ("sync/atomic.Uint32.Swap", swap_u32),
    ("sync/atomic.Uint64.Add", add_u64),
    ("sync/atomic.Uint64.And", and_u64),
    ("sync/atomic.Uint64.CompareAndSwap", cas_u64),
    ("sync/atomic.Uint64.Load", load_u64),
    ("sync/atomic.Uint64.Or", or_u64),
    ("sync/atomic.Uint64.Store", store_u64),
    ("sync/atomic.Uint64.Swap", swap_u64),
    ("sync/atomic.Uintptr.Add", add_u64),
    ("sync/atomic.Uintptr.And", and_u64),
    ("sync/atomic.Uintptr.CompareAndSwap", cas_u64),
    ("sync/atomic.Uintptr.Load", load_u64),
    ("sync/atomic.Uintptr.Or", or_u64),
    ("sync/atomic.Uintptr.Store", store_u64),
    ("sync/atomic.Uintptr.Swap", swap_u64),
    ("sync/atomic.Value.Load", value_load),
    ("sync/atomic.Value.Store", value_store),
    ("sync/atomic.Value.Swap", value_swap),
    ("sync/atomic.Value.replace", value_replace),
    ("sync/atomic.sameType", same_type),
];
