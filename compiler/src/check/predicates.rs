//! Predicates on types. (Go: types2/predicates.go)

use minigo_syntax::codes::Code;

use super::{Basic, Checker, NamedId, Operand, TypeId, TypeParamId};

#[allow(unused_variables)]
impl<'a> Checker<'a> {
    pub fn is_valid(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_boolean(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_integer(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_unsigned(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_float(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_complex(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_numeric(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_string(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_integer_or_float(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_const_type(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_boolean(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_integer(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_unsigned(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_numeric(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_string(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_ordered(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn all_numeric_or_string(&mut self, t: TypeId) -> bool {
        todo!()
    }

    /// Whether every type of the type set is a basic type that `f` accepts.
    pub(crate) fn all_basic(&mut self, t: TypeId, f: impl Fn(Basic) -> bool) -> bool {
        todo!()
    }

    /// Whether it is predeclared, defined, or a type parameter.
    pub(crate) fn has_name(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn is_type_lit(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_typed(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_untyped(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub(crate) fn is_untyped_numeric(&mut self, t: TypeId) -> bool {
        todo!()
    }

    /// Whether the underlying type is an interface; true for type parameters.
    pub fn is_interface(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_non_type_param_interface(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn is_type_param(&mut self, t: TypeId) -> bool {
        todo!()
    }

    /// The type parameter that `t` is.
    pub(crate) fn as_type_param(&mut self, t: TypeId) -> Option<TypeParamId> {
        todo!()
    }

    /// The defined type that `t` is, seen through aliases.
    pub fn as_named(&mut self, t: TypeId) -> Option<NamedId> {
        todo!()
    }

    pub(crate) fn has_empty_typeset(&mut self, t: TypeId) -> bool {
        todo!()
    }

    /// Whether it is a generic type that was not instantiated.
    pub(crate) fn is_generic(&mut self, t: TypeId) -> bool {
        todo!()
    }

    /// Whether `==` works on it; with `dynamic`, interfaces count although they may panic.
    pub fn comparable(&mut self, t: TypeId) -> bool {
        todo!()
    }

    /// The same with strict rules unless `dynamic`; the error is the cause, perhaps empty.
    pub(crate) fn comparable_type(&mut self, t: TypeId, dynamic: bool) -> Result<(), String> {
        todo!()
    }

    /// Whether `nil` is one of its values.
    pub(crate) fn has_nil(&mut self, t: TypeId) -> bool {
        todo!()
    }

    pub fn identical(&mut self, x: TypeId, y: TypeId) -> bool {
        todo!()
    }

    pub fn identical_ignore_tags(&mut self, x: TypeId, y: TypeId) -> bool {
        todo!()
    }

    /// The type that an untyped constant has when nothing else is asked for; other types as they are.
    pub fn default_type(&mut self, t: TypeId) -> TypeId {
        todo!()
    }

    /// The larger of two untyped numeric types; `None` if there is no such thing.
    pub(crate) fn max_type(&mut self, x: TypeId, y: TypeId) -> Option<TypeId> {
        todo!()
    }

    /// Whether `x` may be assigned to a variable of type `ty`; the code and the cause otherwise.
    pub(crate) fn assignable_to(
        &mut self,
        x: &Operand<'a>,
        ty: TypeId,
        cause: &mut String,
    ) -> Result<(), Code> {
        todo!()
    }
}
