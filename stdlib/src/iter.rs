//! Package iter.

use minigo_vm::native;
use minigo_vm::native::{NativeRet, NativeTable};

native! {
    fn goexit(gp) -> Result<(), NativeRet> { Err(native::goexit()) }
}

pub(crate) const NATIVES: &NativeTable = &[("iter.goexit", goexit)];
