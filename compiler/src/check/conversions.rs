//! Conversions. (Go: types2/conversions.go)

use super::{Checker, Operand, TypeId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn conversion(&mut self, x: &mut Operand<'a>, ty: TypeId) {
        todo!()
    }
}
