//! Declarations: constants, variables, types, functions, methods, and cycles among them. (Go: types2/decl.go, cycles.go)
//!
//! Package-level objects are checked when they are first used, by `obj_decl`. While an object is checked it stands on
//! `obj_path` and its state is `Checking`; meeting such an object again is a cycle, which is fine for types that refer to each
//! other through pointers and the like, and for functions that call each other, and an error otherwise.

use minigo_syntax::ast::{BasicLit, Decl, Expr, ExprKind, Field, Ident, TypeSpec};
use minigo_syntax::codes::Code;
use minigo_syntax::source::{Pos, Span};
use minigo_syntax::symbol::Symbol;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::typestring::{Qualify, TypeWriter};
use super::{
    Checker, DeclId, Error, NamedId, ObjId, ObjState, Object, ObjectKind, Operand, ScopeId, Type,
    TypeId, TypeList, Types, Value, VarKind,
};

impl<'a> Checker<'a> {
    /// Declares an object in a scope, and records it for the identifier. A name that is taken is reported.
    pub(crate) fn declare(
        &mut self,
        scope: ScopeId,
        ident: Option<Ident>,
        obj: ObjId,
        scope_pos: Pos,
    ) {
        let name = self.objs[obj].name;
        if !name.is_blank() {
            if let Some(alt) = self.scopes[scope].insert(name, obj) {
                let mut err = Error::new(Code::DuplicateDecl);
                err.add(
                    self.obj_span(obj),
                    format!("{name} redeclared in this block"),
                );
                self.add_alt_decl(&mut err, alt);
                self.report(err);
                return;
            }
            let o = &mut self.objs[obj];
            o.parent = o.parent.or(Some(scope));
            o.scope_pos = scope_pos;
        }
        if let Some(ident) = ident {
            self.info.record_def(ident.id, obj);
        }
    }

    /// Checks the declaration of a package-level object or a method, if that has not happened yet.
    pub fn obj_decl(&mut self, obj: ObjId) {
        match self.objs[obj].state {
            ObjState::Done => {}
            ObjState::Checking => self.meet_again(obj),
            ObjState::Declared => {
                if self.objs[obj].ty.is_some() {
                    return;
                }
                let Some(decl) = self.objs[obj].decl.or_else(|| self.read_outlined(obj)) else {
                    return;
                };
                self.push_path(obj);
                let d = self.decl(decl);
                let env = self.swap_env(self.file_env(d.pkg, d.file_scope, d.file));
                match self.objs[obj].kind {
                    ObjectKind::Const { .. } => {
                        self.env.decl = Some(decl);
                        let d = self.decl(decl);
                        let (ty, init, inherited, iota) = (d.ty, d.init, d.inherited, d.iota);
                        self.const_decl(obj, ty, init, inherited, iota);
                    }
                    ObjectKind::Var { .. } => {
                        self.env.decl = Some(decl);
                        let d = self.decl(decl);
                        let (lhs, ty, init) = (d.lhs.clone(), d.ty, d.init);
                        self.var_decl(obj, &lhs, ty, init);
                    }
                    ObjectKind::TypeName => {
                        if let Some(tdecl) = self.decl(decl).tdecl {
                            self.type_decl(obj, tdecl);
                            self.collect_methods(obj);
                        }
                    }
                    ObjectKind::Func { .. } => self.func_decl(obj, decl),
                    _ => {}
                }
                self.swap_env(env);
                self.pop_path();
            }
        }
    }

    fn push_path(&mut self, obj: ObjId) {
        self.objs[obj].state = ObjState::Checking;
        self.obj_path.push(obj);
    }

    fn pop_path(&mut self) {
        if let Some(obj) = self.obj_path.pop() {
            self.objs[obj].state = ObjState::Done;
        }
    }

    /// An object that is being checked is used: fine, or a cycle.
    fn meet_again(&mut self, obj: ObjId) {
        let valid = self.valid_cycle(obj);
        let o = &mut self.objs[obj];
        match o.kind {
            ObjectKind::Const { .. } | ObjectKind::Var { .. } if !valid || o.ty.is_none() => {
                o.ty = Some(Types::INVALID);
            }
            ObjectKind::TypeName if !valid => o.ty = Some(Types::INVALID),
            _ => {}
        }
        o.ty = o.ty.or(Some(Types::INVALID));
    }

    /// Whether the cycle that leads back to `obj` is none to complain about here; reports it otherwise.
    fn valid_cycle(&mut self, obj: ObjId) -> bool {
        let Some(start) = self.obj_path.iter().position(|&o| o == obj) else {
            return true;
        };
        let cycle = self.obj_path[start..].to_vec();
        let (mut n_values, mut n_types) = (0, 0);
        for &o in &cycle {
            match self.objs[o].kind {
                ObjectKind::Const { .. } | ObjectKind::Var { .. } => n_values += 1,
                ObjectKind::TypeName => {
                    // A cycle through a list of type parameters is found when the constraint is complete.
                    if self.env.in_tparam_list
                        && self.objs[o].ty.is_some_and(|t| self.is_generic(t))
                    {
                        return true;
                    }
                    if !self.is_alias(o) {
                        n_types += 1;
                    }
                }
                _ => {}
            }
        }
        // Only constants and variables: the order of initialisation tells whether it is a cycle.
        if n_values == cycle.len() {
            return true;
        }
        // Types and functions only, with a defined type among them: whether sizes are finite is found out later.
        if n_values == 0 && n_types > 0 {
            return true;
        }
        let start = self.first_in_source(&cycle);
        self.cycle_error(&cycle, start);
        false
    }

    /// Reports a cycle of declarations, beginning with the object at `start`.
    pub(crate) fn cycle_error(&mut self, cycle: &[ObjId], start: usize) {
        let name = |c: &Checker<'a>, obj: ObjId| {
            let o = &c.objs[obj];
            let mut w = TypeWriter::new(c, Qualify::Relative);
            match o.ty.and_then(|t| c.as_named(t)) {
                Some(n) if c.types[n].inst.is_some() => w.typ(c.types[n].ty),
                _ => w.type_name(obj),
            }
            w.out
        };
        let Some(&first) = cycle.get(start) else {
            return;
        };
        let is_type = self.objs[first].is_type_name();
        // Whoever looks through an alias of the cycle must not run round it.
        if let Some(Type::Alias(a)) = self.objs[first].ty.map(|t| self.types.get(t)) {
            self.types[a].rhs = Some(Types::INVALID);
            self.types[a].actual = Some(Types::INVALID);
        }
        let first_name = name(self, first);
        let span = self.obj_span(first);
        if cycle.len() == 1 {
            let what = if is_type {
                "invalid recursive type:"
            } else {
                "invalid cycle in declaration:"
            };
            let msg = format!("{what} {first_name} refers to itself");
            self.error(span, Code::InvalidDeclCycle, msg);
            return;
        }
        let mut err = Error::new(Code::InvalidDeclCycle);
        let what = if is_type {
            "invalid recursive type"
        } else {
            "invalid cycle in declaration of"
        };
        err.add(span, format!("{what} {first_name}"));
        let mut obj = first;
        for i in 0..cycle.len() {
            let next = cycle[(start + i + 1) % cycle.len()];
            let msg = format!("{} refers to {}", name(self, obj), name(self, next));
            err.add(self.obj_span(obj), msg);
            obj = next;
        }
        self.report(err);
    }

    /// The place of the object that is declared first.
    pub(crate) fn first_in_source(&self, cycle: &[ObjId]) -> usize {
        (0..cycle.len())
            .min_by_key(|&i| self.objs[cycle[i]].pos)
            .unwrap_or(0)
    }

    /// Reports type names whose declarations lead back to them without any type literal between: `type A B; type B A`.
    pub(crate) fn direct_cycles(&mut self, objects: &[ObjId]) {
        // Names on the path at hand have their place on it, names that were followed to the end have none.
        let mut place: super::IdMap<ObjId, Option<usize>> = Default::default();
        for &obj in objects {
            let mut path: Vec<ObjId> = Vec::new();
            let mut next = Some(obj).filter(|&o| self.objs[o].is_type_name());
            while let Some(obj) = next {
                match place.get(&obj) {
                    Some(None) => break,
                    Some(&Some(start)) => {
                        let cycle = path[start..].to_vec();
                        let o = &mut self.objs[obj];
                        o.ty = Some(Types::INVALID);
                        o.state = ObjState::Done;
                        let start = self.first_in_source(&cycle);
                        self.cycle_error(&cycle, start);
                        break;
                    }
                    None => {}
                }
                place.insert(obj, Some(path.len()));
                path.push(obj);
                let decl = self.decl_of(obj);
                next = decl
                    .and_then(|d| Some((d.pkg, d.tdecl?)))
                    .and_then(|(pkg, tdecl)| {
                        let ExprKind::Ident(rhs) = tdecl.ty.kind else {
                            return None;
                        };
                        let obj = self.scopes[self.pkg(pkg).scope].lookup(rhs)?;
                        self.objs[obj].is_type_name().then_some(obj)
                    });
            }
            for obj in path {
                place.insert(obj, None);
            }
        }
    }

    fn const_decl(
        &mut self,
        obj: ObjId,
        ty: Option<&'a Expr>,
        init: Option<&'a Expr>,
        inherited: bool,
        iota: i64,
    ) {
        let saved = (self.env.iota.replace(Value::Int(iota)), self.env.errpos);
        self.env.errpos = Pos::NONE;
        self.const_decl_at(obj, ty, init, inherited);
        (self.env.iota, self.env.errpos) = saved;
    }

    fn const_decl_at(
        &mut self,
        obj: ObjId,
        ty: Option<&'a Expr>,
        init: Option<&'a Expr>,
        inherited: bool,
    ) {
        if let Some(ty) = ty {
            let t = self.typ(ty);
            if !self.is_const_type(t) {
                // A type whose underlying type is invalid was reported.
                let u = self.under(t);
                if self.is_valid(u) {
                    let msg = format!("invalid constant type {}", self.tstr(t));
                    self.error(ty, Code::InvalidConstType, msg);
                }
                self.objs[obj].ty = Some(Types::INVALID);
                return;
            }
            self.objs[obj].ty = Some(t);
        }
        let mut x = Operand::new();
        if let Some(init) = init {
            if inherited {
                // The expression stands elsewhere: its mistakes belong to this constant.
                self.env.errpos = self.objs[obj].pos;
            }
            self.expr(None, &mut x, init);
        }
        self.init_const(obj, &mut x);
    }

    fn var_decl(
        &mut self,
        obj: ObjId,
        lhs: &[ObjId],
        ty: Option<&'a Expr>,
        init: Option<&'a Expr>,
    ) {
        if let Some(ty) = ty {
            self.objs[obj].ty = Some(self.var_type(ty));
        }
        let Some(init) = init else {
            if ty.is_none() {
                self.objs[obj].ty = Some(Types::INVALID);
            }
            return;
        };
        if lhs.len() <= 1 {
            let mut x = Operand::new();
            let name = self.objs[obj].name;
            let target = self.new_target(self.objs[obj].ty, name.as_str());
            self.expr(target.as_ref(), &mut x, init);
            self.init_var(obj, &mut x, "variable declaration");
            return;
        }
        if ty.is_some() {
            let t = self.objs[obj].ty;
            for &v in lhs {
                self.objs[v].ty = t;
            }
        }
        self.init_vars(lhs, std::slice::from_ref(init), None);
    }

    fn type_decl(&mut self, obj: ObjId, tdecl: &'a TypeSpec) {
        // First of what is put off: whether the type contains itself decides whether others may look at it.
        self.later(move |c| {
            if let Some(n) = c.objs[obj].ty.and_then(|t| c.as_named(t)) {
                c.valid_type(n);
            }
            if !c.allows(18)
                && let Some(rhs) = c.objs[obj]
                    .ty
                    .and_then(|t| c.as_named(t))
                    .and_then(|n| c.types[n].rhs)
                && c.is_imported_constraint(rhs)
            {
                c.verify_version(&tdecl.ty, 18, |c| {
                    format!("using type constraint {}", c.tstr(rhs))
                });
            }
        });

        let tparam0 = tdecl.tparams.first();
        if tdecl.assign.is_some() {
            let allowed = tparam0.is_none_or(|t| {
                self.verify_version(t.span, 23, |_| "generic type alias".to_owned())
            });
            if allowed {
                self.verify_version(tdecl.name, 9, |_| "type alias".to_owned());
            }
            let alias = self.types.new_alias(obj, None);
            let ty = self.types[alias].ty;
            self.objs[obj].ty = Some(ty);
            let scope = self.env.scope;
            let mut tparams = TypeList::EMPTY;
            if !tdecl.tparams.is_empty() {
                self.open_scope(tdecl.span);
                tparams = self.declare_type_params(&tdecl.tparams);
                self.types[alias].tparams = tparams;
                self.collect_bounds(tparams, &tdecl.tparams);
            }
            let rhs = self.declared_type(&tdecl.ty, Some(obj));
            self.env.scope = scope;
            let rhs = if self.types.list(tparams).contains(&rhs) {
                let msg = "cannot use type parameter declared in alias declaration as RHS";
                self.error(&tdecl.ty, Code::MisplacedTypeParam, msg);
                Types::INVALID
            } else {
                rhs
            };
            // A cycle may have made it invalid in the meantime.
            let actual = self.unalias(rhs);
            let data = &mut self.types[alias];
            if data.rhs.is_none() {
                data.rhs = Some(rhs);
                data.actual = (actual != Types::INVALID || rhs == Types::INVALID).then_some(actual);
            }
            return;
        }

        if let Some(t) = tparam0 {
            self.verify_version(t.span, 18, |_| "type parameter".to_owned());
        }
        let named = self.types.new_named(obj, None);
        self.objs[obj].ty = Some(self.types[named].ty);
        let scope = self.env.scope;
        if !tdecl.tparams.is_empty() {
            self.open_scope(tdecl.span);
            let tparams = self.declare_type_params(&tdecl.tparams);
            self.types[named].tparams = tparams;
            self.collect_bounds(tparams, &tdecl.tparams);
        }
        let rhs = self.declared_type(&tdecl.ty, Some(obj));
        self.env.scope = scope;
        self.types[named].rhs = Some(rhs);
        if self.is_type_param(rhs) {
            let msg = "cannot use a type parameter as RHS in type declaration";
            self.error(&tdecl.ty, Code::MisplacedTypeParam, msg);
            self.types[named].rhs = Some(Types::INVALID);
        }
    }

    /// Declares the type parameters of a list, without their constraints: those may mention all of them.
    pub(crate) fn declare_type_params(&mut self, list: &'a [Field]) -> TypeList {
        let scope_pos = list.first().map_or(Pos::NONE, |f| f.span.lo);
        let names = list.iter().flat_map(|f| f.names.iter());
        let tparams: Vec<TypeId> = names
            .map(|&name| self.declare_type_param(name, scope_pos))
            .collect();
        self.types.bind_type_params(&tparams)
    }

    /// Checks the constraints of type parameters that were just declared.
    pub(crate) fn collect_bounds(&mut self, tparams: TypeList, list: &'a [Field]) {
        // Cycles through the list are looked for when the constraints are complete.
        let outer = std::mem::replace(&mut self.env.in_tparam_list, true);
        let mut i = 0;
        for f in list {
            let mut bound = self.bound(&f.ty);
            if self.is_type_param(bound) {
                // An interface that embeds a type parameter would be refused; so is the parameter alone.
                let msg = "cannot use a type parameter as constraint";
                self.error(&f.ty, Code::MisplacedTypeParam, msg);
                bound = Types::INVALID;
            }
            for _ in &f.names {
                if let Type::TypeParam(p) = self.types.get(self.types.at(tparams, i)) {
                    self.types[p].bound = bound;
                }
                i += 1;
            }
        }
        self.env.in_tparam_list = outer;
    }

    /// A constraint. A literal such as `~int | string` stands for an interface around it.
    fn bound(&mut self, e: &'a Expr) -> TypeId {
        let is_literal = match &e.kind {
            ExprKind::Unary(u) => u.op == UnaryOp::Tilde,
            ExprKind::Binary(b) => b.op == BinaryOp::Or,
            _ => false,
        };
        if !is_literal {
            return self.typ(e);
        }
        let elem = self.parse_union(e);
        let iface = self.types.new_interface();
        let embeddeds = self.types.new_list(&[elem]);
        let pos = self.start_of(e);
        let data = &mut self.types[iface];
        data.embeddeds = embeddeds;
        data.embed_pos = vec![pos];
        data.complete = true;
        data.implicit = true;
        let ty = data.ty;
        self.later(move |c| {
            c.type_set(iface);
        });
        ty
    }

    /// Declares one type parameter, with an invalid constraint for the time being.
    pub(crate) fn declare_type_param(&mut self, name: Ident, scope_pos: Pos) -> TypeId {
        let obj = Object::type_name(name.pos(), Some(self.env.pkg), name.name, None);
        let obj = self.objs.add(obj);
        self.objs[obj].state = ObjState::Done;
        let tparam = self.types.new_type_param(obj, Types::INVALID);
        let ty = self.types[tparam].ty;
        self.objs[obj].ty = Some(ty);
        self.declare(self.env.scope, Some(name), obj, scope_pos);
        ty
    }

    /// Gives a type the methods that were collected for it.
    pub(crate) fn collect_methods(&mut self, obj: ObjId) {
        let Some(methods) = self.methods.remove(&obj) else {
            return;
        };
        let base = self.objs[obj].ty.and_then(|t| self.as_named(t));
        if let Some(base) = base {
            self.later(move |c| c.check_field_uniqueness(base));
        }
        let mut seen: Vec<ObjId> = base.map_or(Vec::new(), |b| {
            self.types[b].methods.iter().flatten().copied().collect()
        });
        let mut by_name: super::IdMap<Symbol, ObjId> =
            seen.iter().map(|&m| (self.objs[m].name, m)).collect();
        if let Some(base) = base {
            self.note_methods(base);
        }
        for m in methods {
            let name = self.objs[m].name;
            if let Some(&alt) = by_name.get(&name) {
                if self.of_earlier_input(alt) {
                    self.replace_method(alt, m);
                    seen.iter_mut().filter(|s| **s == alt).for_each(|s| *s = m);
                    by_name.insert(name, m);
                    continue;
                }
                let (tname, span) = (self.objs[obj].name, self.obj_span(m));
                let at = self.importer.locate(self.objs[alt].pos);
                let msg = format!("method {tname}.{name} already declared at {at}");
                self.error(span, Code::DuplicateMethod, msg);
                continue;
            }
            by_name.insert(name, m);
            seen.push(m);
        }
        if let Some(base) = base {
            self.types[base].methods = seen.into_iter().map(Some).collect();
        }
    }

    fn check_field_uniqueness(&mut self, base: NamedId) {
        let ty = self.types[base].ty;
        let Type::Struct(s) = self.under_type(ty) else {
            return;
        };
        let fields = self.types.objs(self.types[s].fields).to_vec();
        for fld in fields {
            let name = self.objs[fld].name;
            let Some(i) = self.method_index(base, name, false) else {
                continue;
            };
            let Some(Some(alt)) = self.types[base].methods.get(i).copied() else {
                continue;
            };
            // Struct fields come first in the reader's mind, so the method is what is wrong.
            let mut err = Error::new(Code::DuplicateFieldAndMethod);
            err.add(
                self.obj_span(alt),
                format!("field and method with the same name {name}"),
            );
            self.add_alt_decl(&mut err, fld);
            self.report(err);
        }
    }

    fn func_decl(&mut self, obj: ObjId, decl: DeclId) {
        let Some(fdecl) = self.decl(decl).fdecl else {
            return;
        };
        let sig = self.types.new_signature();
        // Set before its parts are checked: a cycle finds a signature.
        self.objs[obj].ty = Some(self.types[sig].ty);
        self.func_type(sig, fdecl.recv.as_ref(), &fdecl.tparams, &fdecl.sig);
        if let Some(scope) = self.types[sig].scope {
            self.scopes[scope].span = fdecl.span;
        }
        let has_body = !fdecl.body.is_none();
        if !fdecl.tparams.is_empty() && !has_body {
            let span = Span::new(fdecl.pos, fdecl.span.hi);
            self.soft_error(
                span,
                Code::BadDecl,
                "generic function is missing function body",
            );
        }
        if has_body && self.is_full() {
            self.frames.push((fdecl.pos, sig));
            self.later(move |c| {
                c.check_body(obj);
            });
        }
    }

    /// A declaration in a function body.
    pub(crate) fn decl_stmt(&mut self, d: &'a Decl) {
        match d {
            Decl::Const(group) => {
                let (mut ty, mut values, mut has_last) = (None, [].as_slice(), false);
                for (iota, s) in group.specs.iter().enumerate() {
                    let top = self.n_delayed();
                    // A line without type and values repeats those of the last one that has some.
                    let mut inherited = true;
                    if s.ty.is_some() || !s.values.is_empty() {
                        (ty, values, has_last) = (s.ty.as_ref(), s.values.as_slice(), true);
                        inherited = false;
                    } else if !has_last {
                        has_last = true;
                        inherited = false;
                    }
                    let mut lhs = Vec::with_capacity(s.names.len());
                    for (i, name) in s.names.iter().enumerate() {
                        let obj = Object::constant(
                            name.pos(),
                            Some(self.env.pkg),
                            name.name,
                            None,
                            Value::Unknown,
                        );
                        let obj = self.objs.add(obj);
                        self.const_decl(obj, ty, values.get(i), inherited, iota as i64);
                        self.objs[obj].state = ObjState::Done;
                        lhs.push(obj);
                    }
                    self.arity(s.span.lo, &s.names, values, true, inherited);
                    // Function literals in the values do not see the new names.
                    self.process_delayed(top);
                    for (&name, obj) in s.names.iter().zip(lhs) {
                        self.declare(self.env.scope, Some(name), obj, s.span.hi);
                    }
                }
            }
            Decl::Var(group) => {
                for s in &group.specs {
                    let top = self.n_delayed();
                    let lhs: Vec<ObjId> = s
                        .names
                        .iter()
                        .map(|name| self.new_var(VarKind::Local, name.pos(), name.name, None))
                        .collect();
                    let n_values = s.values.len();
                    for (i, &obj) in lhs.iter().enumerate() {
                        if n_values == 1 && lhs.len() > 1 {
                            // One call for all of them.
                            self.var_decl(obj, &lhs, s.ty.as_ref(), s.values.first());
                            break;
                        }
                        self.var_decl(obj, &[], s.ty.as_ref(), s.values.get(i));
                    }
                    if s.ty.is_none() || n_values > 0 {
                        self.arity(s.span.lo, &s.names, &s.values, false, false);
                    }
                    self.process_delayed(top);
                    for (&name, obj) in s.names.iter().zip(lhs) {
                        self.objs[obj].state = ObjState::Done;
                        self.declare(self.env.scope, Some(name), obj, s.span.hi);
                    }
                }
            }
            Decl::Type(group) => {
                for s in &group.specs {
                    let obj =
                        Object::type_name(s.name.pos(), Some(self.env.pkg), s.name.name, None);
                    let obj = self.objs.add(obj);
                    // A type is in scope in its own declaration.
                    self.declare(self.env.scope, Some(s.name), obj, s.name.pos());
                    self.push_path(obj);
                    self.type_decl(obj, s);
                    self.pop_path();
                }
            }
            Decl::Import(_) | Decl::Func(_) => {}
        }
    }

    /// Reports names without values and values without names.
    pub(crate) fn arity(
        &mut self,
        pos: Pos,
        names: &[Ident],
        inits: &'a [Expr],
        is_const: bool,
        inherited: bool,
    ) {
        let (l, r) = (names.len(), inits.len());
        if l < r {
            let n = &inits[l];
            if inherited {
                let at = self.importer.locate(n.pos());
                self.error(
                    pos,
                    Code::WrongAssignCount,
                    format!("extra init expr at {at}"),
                );
            } else {
                let msg = format!("extra init expr {}", self.estr(n));
                self.error(n, Code::WrongAssignCount, msg);
            }
        } else if l > r && (is_const || r != 1) {
            // With one value, it may be a call with several results: only its type can tell.
            let n = names[r];
            self.error(
                n,
                Code::WrongAssignCount,
                format!("missing init expr for {}", n.name),
            );
        }
    }

    /// The bytes of a struct tag.
    pub(crate) fn tag(&mut self, lit: &BasicLit) -> Box<[u8]> {
        match Value::from_literal(lit.text.as_str(), lit.kind) {
            Value::Str(s) => s.bytes().as_ref().into(),
            _ => Box::default(),
        }
    }
}
