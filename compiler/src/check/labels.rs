//! Labels and jumps. (Go: types2/labels.go)

use minigo_syntax::ast::Block;

use super::Checker;

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn labels(&mut self, body: &'a Block) {
        todo!()
    }
}
