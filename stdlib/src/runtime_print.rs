//! What the predeclared `print` and `println` are compiled to. (Go: runtime/print.go)
//!
//! The text of one call is collected in the thread, from `printlock` to `printunlock`, and written to standard error in
//! one piece: between the two, generated code has no safepoint, so the goroutine stays on its thread.

use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, Iface, NativeTable};
use minigo_vm::{float, float32};
use std::cell::RefCell;

thread_local! {
    static TEXT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

fn put(bytes: &[u8]) {
    TEXT.with_borrow_mut(|t| t.extend_from_slice(bytes));
}

fn put_complex(re: String, im: String) {
    let sign = if im.starts_with(['+', '-']) { "" } else { "+" };
    put(format!("({re}{sign}{im}i)").as_bytes());
}

native! {
    fn printlock(gp) { TEXT.with_borrow_mut(Vec::clear) }
    fn printunlock(gp) {
        // A closed standard error is nobody's fault.
        TEXT.with_borrow(|t| minigo_runtime::session::write_all(2, t));
    }
    fn printsp(gp) { put(b" ") }
    fn printnl(gp) { put(b"\n") }
    fn printbool(gp, v: bool) { put(if v { b"true" } else { b"false" }) }
    fn printint(gp, v: i64) { put(v.to_string().as_bytes()) }
    fn printuint(gp, v: u64) { put(v.to_string().as_bytes()) }
    fn printfloat64(gp, v: f64) { put(float(v).as_bytes()) }
    fn printfloat32(gp, v: f32) { put(float32(v).as_bytes()) }
    fn printcomplex128(gp, re: f64, im: f64) { put_complex(float(re), float(im)) }
    fn printcomplex64(gp, v: u64) {
        put_complex(float32(f32::from_bits(v as u32)), float32(f32::from_bits((v >> 32) as u32)))
    }
    fn printstring(gp, v: GoStr) { put(v.bytes()) }
    fn printpointer(gp, v: usize) { put(format!("{v:#x}").as_bytes()) }
    fn printslice(gp, v: GoSlice) { put(format!("[{}/{}]{:#x}", v.len, v.cap, v.ptr as usize).as_bytes()) }
    fn printiface(gp, v: Iface) { put(format!("({:#x},{:#x})", v.ty as usize, v.data).as_bytes()) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("runtime.printbool", printbool),
    ("runtime.printcomplex128", printcomplex128),
    ("runtime.printcomplex64", printcomplex64),
    ("runtime.printfloat32", printfloat32),
    ("runtime.printfloat64", printfloat64),
    ("runtime.printiface", printiface),
    ("runtime.printint", printint),
    ("runtime.printlock", printlock),
    ("runtime.printnl", printnl),
    ("runtime.printpointer", printpointer),
    ("runtime.printslice", printslice),
    ("runtime.printsp", printsp),
    ("runtime.printstring", printstring),
    ("runtime.printuint", printuint),
    ("runtime.printunlock", printunlock),
];
