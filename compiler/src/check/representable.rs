//! Whether a constant fits a type. (Go: types2/const.go)

use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;

use super::{Basic, Checker, Operand, TypeId, Value};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn overflow(&mut self, x: &mut Operand<'a>, op_pos: Pos) {
        todo!()
    }

    /// Whether the value fits the basic type `ty`, and the value rounded to it.
    pub(crate) fn representable_const(&self, x: &Value, ty: Basic) -> Option<Value> {
        todo!()
    }

    pub(crate) fn representable(&mut self, x: &mut Operand<'a>, ty: TypeId) {
        todo!()
    }

    pub(crate) fn representation(&mut self, x: &Operand<'a>, ty: TypeId) -> Result<Value, Code> {
        todo!()
    }

    pub(crate) fn invalid_conversion(&mut self, code: Code, x: &Operand<'a>, target: TypeId) {
        todo!()
    }

    pub(crate) fn convert_untyped(&mut self, x: &mut Operand<'a>, target: TypeId) {
        todo!()
    }
}
