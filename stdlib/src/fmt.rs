//! Package fmt.

pub(crate) mod format;
mod printer;

use crate::unicode::tables;
use minigo_vm::native;
use minigo_vm::native::{GoStr, Iface, NativeTable};
use minigo_vm::rtype::Kind;
use printer::{Printer, put, step};

native! {
    fn go_step(gp, p: *mut Printer) -> i64 { step(gp, p) as i64 }
    fn is_nil(gp, v: Iface) -> bool {
        v.data == 0 && v.ty.as_ref().is_some_and(|t| t.kind == Kind::Pointer)
    }
    fn is_space(gp, r: i32) -> bool { tables::is_space(r as u32) }
    /// Kind, address and size of what a pointer points to; slices only of bytes.
    fn target(gp, arg: Iface) -> (i64, *mut u8, usize) {
        match arg.ty.as_ref() {
            Some(ty) if ty.kind == Kind::Pointer => {
                let elem = ty.elem();
                let bytes = elem.kind != Kind::Slice || elem.elem().kind == Kind::Uint8;
                let kind = if bytes { elem.kind } else { Kind::Struct };
                (kind as i64, arg.data as *mut u8, elem.size())
            }
            _ => (0, std::ptr::null_mut(), 0),
        }
    }
    fn go_put(gp, p: *mut Printer, text: GoStr, plain: bool) { put(gp, p, text, plain) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("fmt.isNil", is_nil),
    ("fmt.isSpace", is_space),
    ("fmt.pp.put", go_put),
    ("fmt.pp.step", go_step),
    ("fmt.target", target),
];
