//! Package errors: the type questions behind Is and As.

use crate::rtypes::{assignable, unpack};
use minigo_vm::native;
use minigo_vm::native::{Iface, NativeTable};
use minigo_vm::rtype::{Kind, Rtype};

fn is_error(ty: &Rtype) -> bool {
    // SAFETY: descriptors are immortal.
    let is_error =
        |name, m: *const Rtype| name == "Error" && unsafe { (*m).string } == "func() string";
    ty.methods().iter().any(|m| is_error(m.name, m.ty))
}

native! {
    fn comparable(gp, v: Iface) -> bool { (*v.ty).comparable() }
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
    ("errors.assignTo", assign_to),
    ("errors.checkTarget", check_target),
    ("errors.comparable_", comparable),
];
