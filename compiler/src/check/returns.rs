//! Terminating statements. (Go: types2/return.go)

use minigo_syntax::ast::Block;

use super::Checker;

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn is_terminating(&self, body: &'a Block) -> bool {
        todo!()
    }
}
