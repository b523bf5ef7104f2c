//! Package iter.

use minigo_runtime::finq::set_system;
use minigo_vm::native;
use minigo_vm::native::{NativeRet, NativeTable};

native! {
    fn goexit(gp) -> Result<(), NativeRet> { Err(native::goexit()) }

    fn leave(gp) { set_system(gp, true) }
}

pub(crate) const NATIVES: &NativeTable = &[("iter.goexit", goexit), ("iter.leave", leave)];
