//! The predeclared names. (Go: types2/universe.go)

use minigo_syntax::source::{Pos, Span};
use minigo_syntax::symbol::Symbol;

use super::constant::Value;
use super::object::{ObjId, ObjState, Object, ObjectKind, Objects, PkgId, ScopeId, VarKind};
use super::scope::Scopes;
use super::types::{Basic, ObjList, Terms, Type, TypeId, TypeSet, Types};

/// The predeclared functions and those of package unsafe.
#[derive(Copy, Clone, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum BuiltinId {
    Append,
    Cap,
    Clear,
    Close,
    Complex,
    Copy,
    Delete,
    Imag,
    Len,
    Make,
    Max,
    Min,
    New,
    Panic,
    Print,
    Println,
    Real,
    Recover,
    /// `unsafe.Add` and so on.
    Add,
    Alignof,
    Offsetof,
    Sizeof,
    Slice,
    SliceData,
    String,
    StringData,
    /// Of the checker's own tests: the argument must be true.
    Assert,
    /// Of the checker's own tests: the first argument.
    Trace,
}

/// What kind of expression a call is, when it stands as a statement.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// A conversion; never a statement.
    Conversion,
    /// An expression whose value must be used.
    Expression,
    /// An expression that may stand as a statement.
    Statement,
}

impl BuiltinId {
    /// All of them.
    pub const ALL: [BuiltinId; 26] = [
        BuiltinId::Append,
        BuiltinId::Cap,
        BuiltinId::Clear,
        BuiltinId::Close,
        BuiltinId::Complex,
        BuiltinId::Copy,
        BuiltinId::Delete,
        BuiltinId::Imag,
        BuiltinId::Len,
        BuiltinId::Make,
        BuiltinId::Max,
        BuiltinId::Min,
        BuiltinId::New,
        BuiltinId::Panic,
        BuiltinId::Print,
        BuiltinId::Println,
        BuiltinId::Real,
        BuiltinId::Recover,
        BuiltinId::Add,
        BuiltinId::Alignof,
        BuiltinId::Offsetof,
        BuiltinId::Sizeof,
        BuiltinId::Slice,
        BuiltinId::SliceData,
        BuiltinId::String,
        BuiltinId::StringData,
    ];

    /// Name, least number of arguments, whether there may be more, and what a call is as a statement.
    pub fn shape(self) -> (&'static str, usize, bool, ExprKind) {
        use ExprKind::{Expression, Statement};
        match self {
            BuiltinId::Append => ("append", 1, true, Expression),
            BuiltinId::Cap => ("cap", 1, false, Expression),
            BuiltinId::Clear => ("clear", 1, false, Statement),
            BuiltinId::Close => ("close", 1, false, Statement),
            BuiltinId::Complex => ("complex", 2, false, Expression),
            BuiltinId::Copy => ("copy", 2, false, Statement),
            BuiltinId::Delete => ("delete", 2, false, Statement),
            BuiltinId::Imag => ("imag", 1, false, Expression),
            BuiltinId::Len => ("len", 1, false, Expression),
            BuiltinId::Make => ("make", 1, true, Expression),
            BuiltinId::Max => ("max", 1, true, Expression),
            BuiltinId::Min => ("min", 1, true, Expression),
            BuiltinId::New => ("new", 1, false, Expression),
            BuiltinId::Panic => ("panic", 1, false, Statement),
            BuiltinId::Print => ("print", 0, true, Statement),
            BuiltinId::Println => ("println", 0, true, Statement),
            BuiltinId::Real => ("real", 1, false, Expression),
            BuiltinId::Recover => ("recover", 0, false, Statement),
            BuiltinId::Add => ("Add", 2, false, Expression),
            BuiltinId::Alignof => ("Alignof", 1, false, Expression),
            BuiltinId::Offsetof => ("Offsetof", 1, false, Expression),
            BuiltinId::Sizeof => ("Sizeof", 1, false, Expression),
            BuiltinId::Slice => ("Slice", 2, false, Expression),
            BuiltinId::SliceData => ("SliceData", 1, false, Expression),
            BuiltinId::String => ("String", 2, false, Expression),
            BuiltinId::StringData => ("StringData", 1, false, Expression),
            BuiltinId::Assert => ("assert", 1, false, Statement),
            BuiltinId::Trace => ("trace", 0, true, Expression),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.shape().0
    }

    fn is_unsafe(self) -> bool {
        self >= BuiltinId::Add && self <= BuiltinId::StringData
    }
}

impl PartialOrd for BuiltinId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        (*self as u8).partial_cmp(&(*other as u8))
    }
}

/// The universe scope and what others look for in it.
#[derive(Debug)]
pub struct Universe {
    /// The scope.
    pub scope: ScopeId,
    /// The scope of package unsafe.
    pub unsafe_scope: ScopeId,
    /// `error`
    pub error: TypeId,
    /// `any`, an alias
    pub any: TypeId,
    /// `comparable`
    pub comparable: TypeId,
    /// The object `any`.
    pub any_obj: ObjId,
    /// The object `comparable`.
    pub comparable_obj: ObjId,
    /// The object `iota`.
    pub iota: ObjId,
    /// The object `nil`.
    pub nil: ObjId,
    /// The method `Error` of `error`.
    pub error_method: ObjId,
}

impl Universe {
    /// Declares `assert` and `trace`, which only the checker's own tests have.
    pub fn declare_test_funcs(&mut self, objs: &mut Objects, scopes: &mut Scopes) {
        for id in [BuiltinId::Assert, BuiltinId::Trace] {
            let name = Symbol::intern(id.name());
            let kind = ObjectKind::Builtin(id);
            let mut obj = Object::new(kind, Pos::NONE, None, name, Some(Types::INVALID));
            obj.state = ObjState::Done;
            obj.parent = Some(self.scope);
            let id = objs.add(obj);
            scopes[self.scope].insert(name, id);
        }
    }

    /// Declares everything; `unsafe_pkg` is the package that the names of unsafe belong to.
    pub fn declare(
        types: &mut Types,
        objs: &mut Objects,
        scopes: &mut Scopes,
        unsafe_pkg: PkgId,
    ) -> Universe {
        let scope = scopes.add(None, Span::NONE);
        let unsafe_scope = scopes.add(Some(scope), Span::NONE);
        let mut def = |objs: &mut Objects, mut obj: Object, in_unsafe: bool| -> ObjId {
            obj.state = ObjState::Done;
            let name = obj.name;
            if in_unsafe {
                obj.pkg = Some(unsafe_pkg);
            }
            let scope = if in_unsafe { unsafe_scope } else { scope };
            obj.parent = Some(scope);
            let id = objs.add(obj);
            scopes[scope].insert(name, id);
            id
        };
        let type_name =
            |name: &str, ty| Object::type_name(Pos::NONE, None, Symbol::intern(name), ty);

        for i in Basic::Bool as usize..=Basic::UnsafePointer as usize {
            let ty = TypeId::new(i);
            if let Type::Basic(b) = types.get(ty) {
                def(
                    objs,
                    type_name(b.name(), Some(ty)),
                    b == Basic::UnsafePointer,
                );
            }
        }
        def(objs, type_name("byte", Some(Types::BYTE)), false);
        def(objs, type_name("rune", Some(Types::RUNE)), false);

        // type error interface { Error() string }
        let error_obj = def(objs, type_name("error", None), false);
        let error = types.new_named(error_obj, None);
        let error_ty = types[error].ty;
        objs[error_obj].ty = Some(error_ty);
        let recv = objs.add(Object::var(
            VarKind::Recv,
            Pos::NONE,
            None,
            Symbol::EMPTY,
            Some(error_ty),
        ));
        let res = objs.add(Object::var(
            VarKind::Result,
            Pos::NONE,
            None,
            Symbol::EMPTY,
            Some(Types::STRING),
        ));
        let sig = types.new_signature();
        types[sig].recv = Some(recv);
        types[sig].results = types.new_objs(&[res]);
        let mut method = Object::func(
            Pos::NONE,
            None,
            Symbol::intern("Error"),
            Some(types[sig].ty),
        );
        method.state = ObjState::Done;
        let error_method = objs.add(method);
        let iface = types.new_interface();
        let methods = types.new_objs(&[error_method]);
        let data = &mut types[iface];
        data.methods = methods;
        data.complete = true;
        data.tset = Some(TypeSet {
            methods,
            terms: Terms::All,
            comparable: false,
        });
        let iface_ty = data.ty;
        types[error].rhs = Some(iface_ty);
        types[error].underlying = Some(iface_ty);

        // type any = interface{}
        let any_obj = def(objs, type_name("any", None), false);
        let any = types.new_alias(any_obj, Some(Types::EMPTY_INTERFACE));
        types[any].actual = Some(Types::EMPTY_INTERFACE);
        let any = types[any].ty;
        objs[any_obj].ty = Some(any);

        // type comparable interface { all comparable types }
        let comparable_obj = def(objs, type_name("comparable", None), false);
        let comparable = types.new_named(comparable_obj, None);
        let comparable_ty = types[comparable].ty;
        objs[comparable_obj].ty = Some(comparable_ty);
        let iface = types.new_interface();
        let data = &mut types[iface];
        data.complete = true;
        data.tset = Some(TypeSet {
            methods: ObjList::EMPTY,
            terms: Terms::All,
            comparable: true,
        });
        let iface_ty = data.ty;
        types[comparable].rhs = Some(iface_ty);
        types[comparable].underlying = Some(iface_ty);

        let mut constant = |name: &str, ty, val| {
            def(
                objs,
                Object::constant(Pos::NONE, None, Symbol::intern(name), Some(ty), val),
                false,
            )
        };
        constant("true", Types::UNTYPED_BOOL, Value::Bool(true));
        constant("false", Types::UNTYPED_BOOL, Value::Bool(false));
        let iota = constant("iota", Types::UNTYPED_INT, Value::Int(0));

        let nil = Symbol::intern("nil");
        let nil = def(
            objs,
            Object::new(
                ObjectKind::Nil,
                Pos::NONE,
                None,
                nil,
                Some(Types::UNTYPED_NIL),
            ),
            false,
        );

        for id in BuiltinId::ALL {
            let name = Symbol::intern(id.name());
            let obj = Object::new(
                ObjectKind::Builtin(id),
                Pos::NONE,
                None,
                name,
                Some(Types::INVALID),
            );
            def(objs, obj, id.is_unsafe());
        }

        Universe {
            scope,
            unsafe_scope,
            error: error_ty,
            any,
            comparable: comparable_ty,
            any_obj,
            comparable_obj,
            iota,
            nil,
            error_method,
        }
    }
}
