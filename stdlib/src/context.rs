//! Package context.

use minigo_vm::native;
use minigo_vm::native::{GoStr, Iface, NativeTable};

native! {
    fn type_name(gp, v: Iface) -> GoStr {
        if v.ty.is_null() {
            GoStr::EMPTY
        } else {
            let name = (*v.ty).string;
            GoStr { ptr: name.as_ptr(), len: name.len() as i64 }
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[("context.typeName", type_name)];
