//! Packages errors and context: questions about types.

use crate::rtypes::{assignable, unpack};
use minigo_vm::native;
use minigo_vm::native::{GoStr, Iface, NativeTable};
use minigo_vm::rtype::{Kind, Rtype};

fn is_error(ty: &Rtype) -> bool {
    // SAFETY: descriptors are immortal.
    let is_error =
        |name, m: *const Rtype| name == "Error" && unsafe { (*m).string } == "func() string";
    ty.methods().iter().any(|m| is_error(m.name, m.ty))
}

native! {
    fn comparable(gp, v: Iface) -> bool { (*v.ty).comparable() }
    fn type_name(gp, v: Iface) -> GoStr {
        GoStr::from_static(v.ty.as_ref().map_or("<nil>", |t| t.string))
    }
    fn check_target(gp, target: Iface) -> i64 {
        let ty = &*target.ty;
        if ty.kind != Kind::Pointer || target.data == 0 {
            return 1;
        }
        match ty.elem().kind == Kind::Interface || is_error(ty.elem()) {
            true => 0,
            false => 2,
        }
    }
    fn assign_to(gp, err: Iface, target: Iface) -> bool {
        let to = (*target.ty).elem();
        if err.is_nil() || !assignable(&*err.ty, to) {
            return false;
        }
        match to.kind {
            Kind::Interface => *(target.data as *mut Iface) = err,
            _ => unpack(&err, target.data as *mut u8),
        }
        true
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("context.comparable_", comparable),
    ("context.typeName", type_name),
    ("errors.assignTo", assign_to),
    ("errors.checkTarget", check_target),
    ("errors.comparable_", comparable),
    ("fmt.typeName", type_name),
];
