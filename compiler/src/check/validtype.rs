//! Types that contain themselves. (Go: types2/validtype.go)

use super::{Checker, NamedId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub(crate) fn valid_type(&mut self, named: NamedId) {
        todo!()
    }
}
