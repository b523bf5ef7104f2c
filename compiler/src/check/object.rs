//! What a name denotes. (Go: types2/object.go)
//!
//! Objects live in one arena for the whole program and are named by [`ObjId`]. Package-level objects and methods start
//! without a type; `Checker::obj_decl` completes them when somebody needs them.
//!
//! Knows nothing of: syntax beyond positions, how types are checked.

use std::ops::{Index, IndexMut};

use minigo_syntax::source::Pos;
use minigo_syntax::symbol::Symbol;

use super::constant::Value;
use super::types::{TypeId, define_id};
use super::universe::BuiltinId;

define_id!(
    /// An object; [`Objects`] says what it is.
    ObjId
);
define_id!(
    /// A scope.
    ScopeId
);
define_id!(
    /// A package.
    PkgId
);
define_id!(
    /// The declaration of a package-level object or a method.
    DeclId
);

/// A named entity.
#[derive(Clone, Debug)]
pub struct Object {
    /// What sort of entity, and what only that sort has.
    pub kind: ObjectKind,
    /// Its name; empty for anonymous parameters.
    pub name: Symbol,
    /// Its type; `None` until it is known.
    pub ty: Option<TypeId>,
    /// The package it belongs to; `None` in the universe scope.
    pub pkg: Option<PkgId>,
    /// The scope that declares it; `None` for methods and fields.
    pub parent: Option<ScopeId>,
    /// Where its name stands in the declaration.
    pub pos: Pos,
    /// Where its scope begins.
    pub scope_pos: Pos,
    /// For package-level objects, the place in source order, from 1; 0 for all others.
    pub order: u32,
    /// For package-level objects and methods, their declaration.
    pub decl: Option<DeclId>,
    /// How far the declaration is checked.
    pub state: ObjState,
    /// Whether the program uses it: variables, labels, imports.
    pub used: bool,
}

/// How far a package-level object's declaration is checked.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ObjState {
    /// Not begun.
    Declared,
    /// On the checker's object path: meeting it again is a cycle.
    Checking,
    /// Done; its type is set (perhaps to the invalid type).
    Done,
}

/// The sorts of objects.
#[derive(Clone, Debug)]
pub enum ObjectKind {
    /// An import's name in a file.
    PkgName {
        /// The package that was imported.
        imported: PkgId,
    },
    /// A constant and its value; the unknown value until it is checked.
    Const { val: Value },
    /// A type's name: defined type, alias, type parameter or predeclared.
    TypeName,
    /// A variable.
    Var {
        /// Which kind of variable.
        kind: VarKind,
        /// Whether it is an embedded field; its name is then the type's.
        embedded: bool,
        /// The variable of the generic declaration that this one was instantiated from.
        origin: Option<ObjId>,
    },
    /// A function, or a concrete or abstract method.
    Func {
        /// Whether a method's receiver is a pointer, as far as syntax tells; valid until it has a type.
        has_ptr_recv: bool,
        /// The method of the generic type that this one was instantiated from.
        origin: Option<ObjId>,
    },
    /// A label of a function body.
    Label,
    /// A predeclared function.
    Builtin(BuiltinId),
    /// `nil`
    Nil,
}

/// The kinds of variables.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum VarKind {
    /// Package-level.
    Package,
    /// Declared in a function body.
    Local,
    /// A method's receiver.
    Recv,
    /// A parameter.
    Param,
    /// A result.
    Result,
    /// A struct's field.
    Field,
}

impl Object {
    /// An object with what every sort has.
    pub fn new(
        kind: ObjectKind,
        pos: Pos,
        pkg: Option<PkgId>,
        name: Symbol,
        ty: Option<TypeId>,
    ) -> Object {
        Object {
            kind,
            name,
            ty,
            pkg,
            parent: None,
            pos,
            scope_pos: Pos::NONE,
            order: 0,
            decl: None,
            state: ObjState::Declared,
            used: false,
        }
    }

    /// A variable.
    pub fn var(
        kind: VarKind,
        pos: Pos,
        pkg: Option<PkgId>,
        name: Symbol,
        ty: Option<TypeId>,
    ) -> Object {
        let kind = ObjectKind::Var {
            kind,
            embedded: false,
            origin: None,
        };
        Object::new(kind, pos, pkg, name, ty)
    }

    /// A struct's field.
    pub fn field(pos: Pos, pkg: Option<PkgId>, name: Symbol, ty: TypeId, embedded: bool) -> Object {
        let kind = ObjectKind::Var {
            kind: VarKind::Field,
            embedded,
            origin: None,
        };
        Object::new(kind, pos, pkg, name, Some(ty))
    }

    /// A function or method.
    pub fn func(pos: Pos, pkg: Option<PkgId>, name: Symbol, ty: Option<TypeId>) -> Object {
        let kind = ObjectKind::Func {
            has_ptr_recv: false,
            origin: None,
        };
        Object::new(kind, pos, pkg, name, ty)
    }

    /// A type's name.
    pub fn type_name(pos: Pos, pkg: Option<PkgId>, name: Symbol, ty: Option<TypeId>) -> Object {
        Object::new(ObjectKind::TypeName, pos, pkg, name, ty)
    }

    /// A constant whose value is not known yet.
    pub fn constant(
        pos: Pos,
        pkg: Option<PkgId>,
        name: Symbol,
        ty: Option<TypeId>,
        val: Value,
    ) -> Object {
        Object::new(ObjectKind::Const { val }, pos, pkg, name, ty)
    }

    /// Whether other packages may use it: its name begins with an upper-case letter.
    pub fn is_exported(&self) -> bool {
        is_exported(self.name)
    }

    /// Whether it is a variable of any kind.
    pub fn is_var(&self) -> bool {
        matches!(self.kind, ObjectKind::Var { .. })
    }

    /// The kind of a variable; `None` if it is none.
    pub fn var_kind(&self) -> Option<VarKind> {
        match self.kind {
            ObjectKind::Var { kind, .. } => Some(kind),
            _ => None,
        }
    }

    /// Whether it is a struct's field.
    pub fn is_field(&self) -> bool {
        self.var_kind() == Some(VarKind::Field)
    }

    /// Whether it is an embedded field.
    pub fn is_embedded(&self) -> bool {
        matches!(self.kind, ObjectKind::Var { embedded: true, .. })
    }

    /// Whether it is a function or method.
    pub fn is_func(&self) -> bool {
        matches!(self.kind, ObjectKind::Func { .. })
    }

    /// Whether it is a type's name.
    pub fn is_type_name(&self) -> bool {
        matches!(self.kind, ObjectKind::TypeName)
    }

    /// Whether it is a constant.
    pub fn is_const(&self) -> bool {
        matches!(self.kind, ObjectKind::Const { .. })
    }

    /// A constant's value.
    pub fn const_val(&self) -> Option<&Value> {
        match &self.kind {
            ObjectKind::Const { val } => Some(val),
            _ => None,
        }
    }

    /// The generic object that a field or method was instantiated from.
    pub fn origin(&self) -> Option<ObjId> {
        match self.kind {
            ObjectKind::Var { origin, .. } | ObjectKind::Func { origin, .. } => origin,
            _ => None,
        }
    }

    /// Whether initialisation order follows uses of it.
    pub fn is_dependency(&self) -> bool {
        matches!(
            self.kind,
            ObjectKind::Const { .. } | ObjectKind::Var { .. } | ObjectKind::Func { .. }
        )
    }

    /// Whether the name `name`, written in package `pkg`, means this field or method. Names that are not exported differ
    /// between packages; with `fold_case` only letters count, not their case, and packages do not matter.
    pub fn same_id(&self, pkg: Option<PkgId>, name: Symbol, fold_case: bool) -> bool {
        if self.name == name {
            return self.pkg == pkg || fold_case || is_exported(name);
        }
        fold_case && equal_fold(self.name.as_str(), name.as_str())
    }
}

/// Whether a name begins with an upper-case letter.
pub fn is_exported(name: Symbol) -> bool {
    let s = name.as_str();
    match s.as_bytes().first() {
        Some(b) if b.is_ascii() => b.is_ascii_uppercase(),
        _ => s.chars().next().is_some_and(char::is_uppercase),
    }
}

/// Whether a name has only letters and digits; what else stood in it, the lexer has reported.
pub fn is_valid_name(name: Symbol) -> bool {
    name.as_str()
        .chars()
        .all(|c| c == '_' || c.is_alphanumeric())
}

/// Whether two names differ in nothing but case.
pub fn equal_fold(a: &str, b: &str) -> bool {
    let mut xs = a.chars().flat_map(char::to_lowercase);
    let mut ys = b.chars().flat_map(char::to_lowercase);
    loop {
        match (xs.next(), ys.next()) {
            (None, None) => return true,
            (x, y) if x == y => {}
            _ => return false,
        }
    }
}

/// All objects of a program.
#[derive(Debug, Default)]
pub struct Objects {
    objs: Vec<Object>,
}

impl Objects {
    /// Adds an object.
    pub fn add(&mut self, obj: Object) -> ObjId {
        self.objs.push(obj);
        ObjId::new(self.objs.len() - 1)
    }

    /// How many there are; handles below this are valid.
    pub fn len(&self) -> usize {
        self.objs.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.objs.is_empty()
    }

    /// The type of an object, the invalid type if it has none yet.
    pub fn ty(&self, obj: ObjId) -> TypeId {
        self[obj].ty.unwrap_or(super::types::Types::INVALID)
    }
}

impl Index<ObjId> for Objects {
    type Output = Object;
    #[inline]
    fn index(&self, id: ObjId) -> &Object {
        &self.objs[id.index()]
    }
}

impl IndexMut<ObjId> for Objects {
    #[inline]
    fn index_mut(&mut self, id: ObjId) -> &mut Object {
        &mut self.objs[id.index()]
    }
}
