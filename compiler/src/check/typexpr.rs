//! Identifiers and type expressions. (Go: types2/typexpr.go, struct.go, interface.go)

use minigo_syntax::ast::{self, Expr, ExprKind, Ident, InterfaceElem, InterfaceType, StructType};
use minigo_syntax::codes::Code;
use minigo_syntax::source::{Pos, Span};

use super::object::is_valid_name;
use super::types::ChanDir;
use super::{
    At, Basic, Checker, Error, IdMap, Mode, ObjId, ObjState, Object, ObjectKind, Operand, Symbol,
    Type, TypeId, Types, VarKind,
};

impl<'a> Checker<'a> {
    /// What an identifier denotes, as an operand.
    pub(crate) fn ident(&mut self, x: &mut Operand<'a>, e: &'a Expr, want_type: bool) {
        x.invalidate();
        x.expr = Some(e);
        x.ty = Types::INVALID;
        let ExprKind::Ident(name) = e.kind else {
            return;
        };
        let Some((scope, obj)) = self.lookup_scope(name) else {
            if name.is_blank() {
                self.error(e, Code::InvalidBlank, "cannot use _ as value or type");
            } else if is_valid_name(name) {
                let note = self.note_undefined(name);
                let msg = format!("undefined: {name}");
                self.error_with(e, Code::UndeclaredName, msg, note);
            }
            return;
        };
        if !self.allows(18) && (obj == self.universe.any_obj || obj == self.universe.comparable_obj)
        {
            self.verify_version(e, 18, |_| format!("predeclared {name}"));
            return;
        }
        self.info.record_use(e.id, obj);
        let is_type = self.objs[obj].is_type_name();
        let is_local_var = self.objs[obj].is_var() && self.objs[obj].pkg == Some(self.env.pkg);
        if want_type && !is_type {
            let msg = format!("{name} ({}) is not a type", self.object_kind(obj));
            self.error(e, Code::NotAType, msg);
            // It was meant somehow: no second error that it is not used.
            if is_local_var {
                self.objs[obj].used = true;
            }
            return;
        }
        // A type being declared is met again: that may be a cycle even if it has a type already.
        if self.objs[obj].ty.is_none()
            || (is_type && want_type && self.objs[obj].state == ObjState::Checking)
        {
            self.obj_decl(obj);
        }
        let ty = self.objs.ty(obj);
        if !self.dot_imports.is_empty()
            && let Some(&pkg_name) = self.dot_imports.get(&(scope, name))
        {
            self.objs[pkg_name].used = true;
        }
        match &self.objs[obj].kind {
            ObjectKind::PkgName { .. } => {
                let msg = format!("use of package {name} not in selector");
                self.error(e, Code::InvalidPkgUse, msg);
                return;
            }
            ObjectKind::Const { val } => {
                let val = val.clone();
                self.add_decl_dep(obj);
                if !self.is_valid(ty) {
                    return;
                }
                x.val = val;
                if obj == self.universe.iota {
                    let Some(iota) = self.env.iota.clone() else {
                        let msg = "cannot use iota outside constant declaration";
                        self.error(e, Code::InvalidIota, msg);
                        return;
                    };
                    x.val = iota;
                }
                x.mode = Mode::Constant;
            }
            ObjectKind::TypeName => x.mode = Mode::TypExpr,
            ObjectKind::Var { .. } => {
                if is_local_var {
                    self.objs[obj].used = true;
                }
                self.add_decl_dep(obj);
                if !self.is_valid(ty) {
                    return;
                }
                x.mode = Mode::Variable;
            }
            ObjectKind::Func { .. } => {
                self.add_decl_dep(obj);
                x.mode = Mode::Value;
            }
            &ObjectKind::Builtin(id) => x.mode = Mode::Builtin(id),
            ObjectKind::Nil => x.mode = Mode::NilValue,
            ObjectKind::Label => return,
        }
        x.ty = ty;
    }

    /// The type that `e` denotes; the invalid type after an error.
    pub(crate) fn typ(&mut self, e: &'a Expr) -> TypeId {
        self.declared_type(e, None)
    }

    /// The same, of a variable: no constraint interface.
    pub(crate) fn var_type(&mut self, e: &'a Expr) -> TypeId {
        let t = self.declared_type(e, None);
        self.valid_var_type(e, t);
        t
    }

    pub(crate) fn valid_var_type(&mut self, e: &'a Expr, t: TypeId) {
        // What cannot become an interface when it is complete needs no later look.
        if !matches!(
            self.types.get(t),
            Type::Named(_) | Type::Alias(_) | Type::Interface(_)
        ) || self.is_type_param(t)
        {
            return;
        }
        if let Type::Named(n) = self.types.get(t)
            && let Some(u) = self.types[n].underlying
            && !matches!(self.types.get(u), Type::Interface(_))
        {
            return;
        }
        let at = e.at();
        self.later(move |c| {
            let Type::Interface(iface) = c.under_type(t) else { return };
            let set = c.type_set(iface);
            if set.comparable {
                let msg = format!(
                    "cannot use type {} outside a type constraint: interface is (or embeds) comparable",
                    c.tstr(t)
                );
                c.soft_error(at, Code::MisplacedConstraintIface, msg);
            } else if set.terms != super::Terms::All {
                let msg = format!(
                    "cannot use type {} outside a type constraint: interface contains type constraints",
                    c.tstr(t)
                );
                c.soft_error(at, Code::MisplacedConstraintIface, msg);
            }
        });
    }

    /// The type that `e` denotes, if it is the right side of the declaration of `def`.
    pub(crate) fn declared_type(&mut self, e: &'a Expr, def: Option<ObjId>) -> TypeId {
        let mut t = self.typ_internal(e, def);
        if self.is_generic(t) {
            let msg = format!(
                "cannot use generic type {} without instantiation",
                self.tstr(t)
            );
            self.error(e, Code::WrongTypeArgCount, msg);
            t = Types::INVALID;
        }
        self.record_type(e, t);
        t
    }

    /// The type that `e` denotes, which must be generic and without its arguments.
    pub(crate) fn generic_type(&mut self, e: &'a Expr, cause: &mut String) -> TypeId {
        let mut t = self.typ_internal(e, None);
        if self.is_valid(t) && !self.is_generic(t) {
            *cause = format!("{} is not a generic type", self.tstr(t));
            t = Types::INVALID;
        }
        self.record_type(e, t);
        t
    }

    fn typ_internal(&mut self, e: &'a Expr, def: Option<ObjId>) -> TypeId {
        match &e.kind {
            ExprKind::Bad => {}
            ExprKind::Ident(_) | ExprKind::Selector(_) => {
                let mut x = Operand::new();
                if let ExprKind::Ident(_) = e.kind {
                    self.ident(&mut x, e, true);
                } else {
                    self.selector(&mut x, e, true);
                }
                match x.mode {
                    Mode::TypExpr => return x.ty,
                    Mode::Invalid => {}
                    Mode::NoValue => {
                        let msg = format!("{} used as type", self.xstr(&x));
                        self.error(&x, Code::NotAType, msg);
                    }
                    _ => {
                        let msg = format!("{} is not a type", self.xstr(&x));
                        self.error(&x, Code::NotAType, msg);
                    }
                }
            }
            ExprKind::Index(x) => {
                self.verify_version(e, 18, |_| "type instantiation".to_owned());
                return self.instantiated_type(&x.x, &x.indices);
            }
            ExprKind::Paren(x) => return self.declared_type(x, def),
            ExprKind::ArrayType(a) => {
                let len = match &a.len {
                    Some(len) => self.array_length(len),
                    None => {
                        let msg = "invalid use of [...] array (outside a composite literal)";
                        self.error(e, Code::BadDotDotDotSyntax, msg);
                        -1
                    }
                };
                let elem = self.var_type(&a.elem);
                if len >= 0 {
                    let ty = self.types.new_array(elem, len);
                    // Nested arrays get large without a large length.
                    if len > 1 << 10 && self.is_full() {
                        self.sized.push((e.at(), ty));
                    }
                    return ty;
                }
            }
            ExprKind::SliceType(elem) => {
                let elem = self.var_type(elem);
                return self.types.new_slice(elem);
            }
            ExprKind::Ellipsis(_) => {
                self.error(e, Code::InvalidSyntaxTree, "invalid use of ...");
            }
            ExprKind::StructType(s) => return self.struct_type(s),
            ExprKind::Star(x) => {
                let elem = self.var_type(x);
                if !self.is_valid(elem) {
                    return Types::INVALID;
                }
                return self.types.new_pointer(elem);
            }
            ExprKind::FuncType(f) => {
                let sig = self.types.new_signature();
                self.func_type(sig, None, &[], f);
                return self.types[sig].ty;
            }
            ExprKind::InterfaceType(i) => return self.interface_type(e.span, i, def),
            ExprKind::MapType(m) => {
                let key = self.var_type(&m.key);
                let elem = self.var_type(&m.value);
                let basic = matches!(self.types.get(key), Type::Basic(_) | Type::Pointer { .. });
                if !basic {
                    let at = m.key.at();
                    self.later(move |c| {
                        if c.is_valid(key) && !c.comparable(key) {
                            let mut msg = format!("invalid map key type {}", c.tstr(key));
                            if c.is_type_param(key) {
                                msg.push_str(" (missing comparable constraint)");
                            }
                            c.error(at, Code::IncomparableMapKey, msg);
                        }
                    });
                }
                return self.types.new_map(key, elem);
            }
            ExprKind::ChanType(c) => {
                let dir = match c.dir {
                    ast::ChanDir::Both => ChanDir::SendRecv,
                    ast::ChanDir::Send => ChanDir::SendOnly,
                    ast::ChanDir::Recv => ChanDir::RecvOnly,
                };
                let elem = self.var_type(&c.elem);
                let ty = self.types.new_chan(dir, elem);
                if self.is_full() {
                    self.sized.push((e.at(), ty));
                }
                return ty;
            }
            _ => {
                let msg = format!("{} is not a type", self.estr(e));
                self.error(e, Code::NotAType, msg);
                self.use_expr(e);
            }
        }
        Types::INVALID
    }

    fn instantiated_type(&mut self, x: &'a Expr, args: &'a [Expr]) -> TypeId {
        let mut cause = String::new();
        let generic = self.generic_type(x, &mut cause);
        if !cause.is_empty() {
            let list: Vec<String> = args.iter().map(|a| self.estr(a)).collect();
            let msg = format!(
                "invalid operation: {}[{}] ({cause})",
                self.estr(x),
                list.join(", ")
            );
            self.error(x, Code::NotAGenericType, msg);
        }
        if !self.is_valid(generic) {
            return Types::INVALID;
        }
        let Some(targs) = self.type_list(args) else {
            return Types::INVALID;
        };
        let inst = self.instance(x.pos(), generic, &targs);
        if !self.is_valid(inst) && !matches!(self.types.get(inst), Type::Alias(_)) {
            return Types::INVALID;
        }
        // Constraints may not be complete yet.
        let env_pkg = self.env.pkg;
        self.later(move |c| {
            c.record_instance(x, &targs, inst);
            let (tparams, obj) = match c.types.get(generic) {
                Type::Named(n) => (c.type_params(n), c.types.named_obj(n)),
                Type::Alias(a) => (c.types[a].tparams, c.types[a].obj),
                _ => return,
            };
            let tparams = c.types.list(tparams).to_vec();
            let name = c.objs[obj].name;
            let at = Span::new(x.pos(), x.span.hi.max(x.pos()));
            if !c.validate_targ_len(at, name.as_str(), tparams.len(), targs.len()) {
                return;
            }
            match c.verify(x.pos(), &tparams, &targs) {
                Some((i, why)) => {
                    let at = args.get(i).map_or(at, |a| a.at());
                    c.soft_error(at, Code::InvalidTypeArg, why);
                }
                None => c.mono_instance(env_pkg, x.pos(), &tparams, &targs, Some(args)),
            }
        });
        inst
    }

    /// The value of an array length, −1 if it is wrong.
    fn array_length(&mut self, e: &'a Expr) -> i64 {
        // A lone name that is no constant may have been meant as a type parameter: `type T[P any] …` lacks its constraint.
        if let ExprKind::Ident(name) = e.kind {
            match self.lookup(name) {
                None => {
                    let msg = format!("undefined array length {name} or missing type constraint");
                    self.error(e, Code::InvalidArrayLen, msg);
                    return -1;
                }
                Some(obj) if !self.objs[obj].is_const() => {
                    self.error(
                        e,
                        Code::InvalidArrayLen,
                        format!("invalid array length {name}"),
                    );
                    return -1;
                }
                Some(_) => {}
            }
        }
        let mut x = Operand::new();
        self.expr(None, &mut x, e);
        if x.mode != Mode::Constant {
            if x.is_valid() {
                let msg = format!("array length {} must be constant", self.xstr(&x));
                self.error(&x, Code::InvalidArrayLen, msg);
            }
            return -1;
        }
        let is_integer = self.is_integer(x.ty);
        if (self.is_untyped(x.ty) || is_integer)
            && let Some(n) = x.val.to_int().as_i64()
            && n >= 0
        {
            return n;
        }
        let xs = self.xstr(&x);
        let msg = if is_integer {
            format!("invalid array length {xs}")
        } else {
            format!("array length {xs} must be integer")
        };
        self.error(&x, Code::InvalidArrayLen, msg);
        -1
    }

    /// The types of a list; `None` if one is invalid.
    pub(crate) fn type_list(&mut self, list: &'a [Expr]) -> Option<Vec<TypeId>> {
        let types: Vec<TypeId> = list.iter().map(|e| self.var_type(e)).collect();
        types.iter().all(|&t| self.is_valid(t)).then_some(types)
    }

    fn struct_type(&mut self, s: &'a StructType) -> TypeId {
        let mut fields: Vec<ObjId> = Vec::new();
        let mut tags: Vec<Box<[u8]>> = Vec::new();
        let mut seen: IdMap<Symbol, ObjId> = IdMap::default();
        for f in &s.fields {
            let ty = self.var_type(&f.ty);
            let tag = f.tag.as_ref().map(|t| self.tag(t)).unwrap_or_default();
            let mut add = |c: &mut Self, ident: Ident, ty: TypeId, embedded: bool| {
                let fld = Object::field(ident.pos(), Some(c.env.pkg), ident.name, ty, embedded);
                let fld = c.objs.add(fld);
                if !ident.is_blank() {
                    if let Some(&alt) = seen.get(&ident.name) {
                        let mut err = Error::new(Code::DuplicateDecl);
                        err.add(ident, format!("{} redeclared", ident.name));
                        c.add_alt_decl(&mut err, alt);
                        c.report(err);
                        return;
                    }
                    seen.insert(ident.name, fld);
                }
                if !tag.is_empty() {
                    tags.resize(fields.len(), Box::default());
                    tags.push(tag.clone());
                }
                fields.push(fld);
                c.info.record_def(ident.id, fld);
            };
            for &name in &f.names {
                add(self, name, ty, false);
            }
            if f.names.is_empty() {
                let pos = f.ty.start_pos();
                match embedded_field_ident(&f.ty) {
                    Some(name) => {
                        add(self, name, ty, true);
                        let at = Span::new(pos, f.ty.span.hi.max(pos));
                        self.later(move |c| c.check_embedded(at, ty));
                    }
                    None => {
                        if !f.ty.is_bad() {
                            let msg = format!("invalid embedded field type {}", self.estr(&f.ty));
                            self.error(&f.ty, Code::InvalidSyntaxTree, msg);
                        }
                        let blank = Ident {
                            id: f.id,
                            name: Symbol::BLANK,
                            span: f.ty.span,
                        };
                        add(self, blank, Types::INVALID, true);
                    }
                }
            }
        }
        self.types.new_struct(&fields, tags)
    }

    /// Reports an embedded field whose type cannot be embedded.
    fn check_embedded(&mut self, at: Span, ty: TypeId) {
        let (t, is_ptr) = self.deref(ty);
        let (code, msg) = match self.under_type(t) {
            Type::Basic(Basic::UnsafePointer) => (
                Code::InvalidPtrEmbed,
                "embedded field type cannot be unsafe.Pointer",
            ),
            Type::Pointer { .. } => (
                Code::InvalidPtrEmbed,
                "embedded field type cannot be a pointer",
            ),
            Type::Interface(_) if self.is_type_param(t) => (
                Code::MisplacedTypeParam,
                "embedded field type cannot be a (pointer to a) type parameter",
            ),
            Type::Interface(_) if is_ptr => (
                Code::InvalidPtrEmbed,
                "embedded field type cannot be a pointer to an interface",
            ),
            _ => return,
        };
        self.error(at, code, msg);
    }

    fn interface_type(&mut self, span: Span, i: &'a InterfaceType, def: Option<ObjId>) -> TypeId {
        if i.elems.is_empty() {
            return Types::EMPTY_INTERFACE;
        }
        let iface = self.types.new_interface();
        let ty = self.types[iface].ty;
        // The receiver of a declared interface's methods has the declared type.
        let recv_ty = def
            .and_then(|d| self.objs[d].ty)
            .and_then(|t| self.as_named(t))
            .map_or(ty, |n| self.types[n].ty);
        let mut methods: Vec<ObjId> = Vec::new();
        let mut embeddeds: Vec<TypeId> = Vec::new();
        let mut embed_pos: Vec<Pos> = Vec::new();
        for elem in &i.elems {
            match elem {
                InterfaceElem::Type(e) => {
                    let pos = self.start_of(e);
                    embeddeds.push(self.parse_union(e));
                    embed_pos.push(pos);
                }
                InterfaceElem::Method(m) => {
                    if m.name.is_blank() {
                        let msg = "methods must have a unique non-blank name";
                        self.error(m.name, Code::BlankIfaceMethod, msg);
                        continue;
                    }
                    let sig = self.types.new_signature();
                    self.func_type(sig, None, &[], &m.sig);
                    let recv =
                        self.new_var(VarKind::Recv, m.name.pos(), Symbol::EMPTY, Some(recv_ty));
                    self.types[sig].recv = Some(recv);
                    let sig_ty = self.types[sig].ty;
                    let mut method =
                        Object::func(m.name.pos(), Some(self.env.pkg), m.name.name, Some(sig_ty));
                    method.state = ObjState::Done;
                    let method = self.objs.add(method);
                    self.info.record_def(m.name.id, method);
                    methods.push(method);
                }
            }
        }
        self.sort_methods(&mut methods);
        let methods = self.types.new_objs(&methods);
        let embeddeds = self.types.new_list(&embeddeds);
        let data = &mut self.types[iface];
        data.methods = methods;
        data.embeddeds = embeddeds;
        data.embed_pos = embed_pos;
        data.complete = true;
        if self.is_full() {
            self.interfaces.push((span.lo, iface));
        }
        self.later(move |c| {
            c.type_set(iface);
        });
        ty
    }
}

/// The name of an embedded field: that of its type.
fn embedded_field_ident(e: &Expr) -> Option<Ident> {
    match &e.kind {
        ExprKind::Ident(_) => e.as_ident(),
        ExprKind::Star(x) => match x.kind {
            ExprKind::Star(_) => None,
            _ => embedded_field_ident(x),
        },
        ExprKind::Selector(s) => Some(s.sel),
        ExprKind::Index(x) => embedded_field_ident(&x.x),
        _ => None,
    }
}
