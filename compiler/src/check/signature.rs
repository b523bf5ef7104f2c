//! Signatures: receivers, parameters, results. (Go: types2/signature.go)

use minigo_syntax::ast::{Expr, ExprKind, Field, FuncType, Ident};
use minigo_syntax::codes::Code;
use minigo_syntax::source::{Pos, Span};
use minigo_syntax::symbol::Symbol;

use super::resolver::unpack_recv;
use super::{
    Basic, Checker, InstanceInfo, NamedId, ObjId, SigId, Type, TypeId, TypeList, Types, VarKind,
};

impl<'a> Checker<'a> {
    /// Fills in the signature of a function type: of a declaration (with receiver and type parameters) or a literal. Its scope,
    /// a new one inside the current, stays in the signature.
    pub(crate) fn func_type(
        &mut self,
        sig: SigId,
        recv: Option<&'a Field>,
        tparams: &'a [Field],
        ftype: &'a FuncType,
    ) {
        let outer = self.env.scope;
        self.open_scope(ftype.span);
        let scope = self.env.scope;
        self.scopes[scope].is_func = true;
        self.types[sig].scope = Some(scope);

        let mut recv_var = None;
        if let Some(field) = recv {
            let (var, rparams) = self.collect_recv(field, ftype.span.lo);
            recv_var = Some(var);
            self.types[sig].rparams = rparams;
        }
        if !tparams.is_empty() {
            let list = self.declare_type_params(tparams);
            self.types[sig].tparams = list;
            self.collect_bounds(list, tparams);
        }
        let (pnames, params, variadic) = self.collect_params(VarKind::Param, &ftype.params);
        let (rnames, results, _) = self.collect_params(VarKind::Result, &ftype.results);

        // Parameters are declared when all types are known: a type never means a parameter.
        let scope_pos = ftype.span.hi;
        if let (Some(var), Some(name)) = (recv_var, recv.and_then(|f| f.names.first())) {
            self.declare(scope, Some(*name), var, scope_pos);
        }
        for (name, var) in pnames
            .into_iter()
            .zip(&params)
            .chain(rnames.into_iter().zip(&results))
        {
            if name.is_some() {
                self.declare(scope, name, *var, scope_pos);
            }
        }
        self.env.scope = outer;

        let params = self.types.new_objs(&params);
        let results = self.types.new_objs(&results);
        let data = &mut self.types[sig];
        data.recv = recv_var;
        data.params = params;
        data.results = results;
        data.variadic = variadic;
    }

    /// The receiver variable and the type parameters that a generic receiver type names anew.
    fn collect_recv(&mut self, field: &'a Field, scope_pos: Pos) -> (ObjId, TypeList) {
        let (rptr, rbase, targ_exprs) = unpack_recv(&field.ty);
        let mut recv_type = Types::INVALID;
        let mut rparams = TypeList::EMPTY;
        if targ_exprs.is_empty() {
            recv_type = self.var_type(&field.ty);
            // An alias may hide an instantiated type, which cannot have methods of its own.
            let mut t = self.unpointer(recv_type);
            while let Type::Alias(a) = self.types.get(t) {
                let Some(rhs) = self.types[a].rhs else { break };
                t = self.unpointer(rhs);
                let generic = match self.types.get(t) {
                    Type::Named(n) => !self.type_params(n).is_empty(),
                    Type::Alias(a) => !self.types[a].tparams.is_empty(),
                    _ => false,
                };
                if generic {
                    let msg = format!(
                        "cannot define new methods on instantiated type {}",
                        self.tstr(t)
                    );
                    self.error(rbase, Code::InvalidRecv, msg);
                    recv_type = Types::INVALID;
                    break;
                }
            }
        } else {
            let base = self.recv_base_type(rbase);
            let mut tparams: Vec<TypeId> = Vec::new();
            for arg in targ_exprs {
                let name = match arg.as_ident() {
                    Some(name) => name,
                    None => {
                        if !arg.is_bad() {
                            let msg = format!(
                                "receiver type parameter {} must be an identifier",
                                self.estr(arg)
                            );
                            self.error(arg, Code::BadDecl, msg);
                        }
                        Ident {
                            id: arg.id,
                            name: Symbol::BLANK,
                            span: arg.span,
                        }
                    }
                };
                let tparam = self.declare_type_param(name, scope_pos);
                if let Type::TypeParam(p) = self.types.get(tparam) {
                    let obj = self.types[p].obj;
                    self.info.record_use(arg.id, obj);
                }
                self.record_type(arg, tparam);
                tparams.push(tparam);
            }
            rparams = self.types.bind_type_params(&tparams);
            if let Some(base) = base {
                self.verify_version(rbase, 18, |_| "type instantiation".to_owned());
                self.bind_recv_params(base, rbase, &tparams);
                let orig = self.types[base].ty;
                recv_type = self.instance(field.ty.pos(), orig, &tparams);
                if let Some(ident) = recv_ident(rbase) {
                    let info = InstanceInfo {
                        targs: rparams,
                        ty: recv_type,
                    };
                    self.info.record_instance(ident, info);
                }
                if rptr && self.is_valid(recv_type) {
                    recv_type = self.types.new_pointer(recv_type);
                }
                self.record_recv_types(&field.ty, recv_type);
            }
        }

        let name = field.names.first();
        let (pos, sym) = name.map_or((field.span.lo, Symbol::EMPTY), |n| (n.pos(), n.name));
        let recv = self.new_var(VarKind::Recv, pos, sym, Some(recv_type));
        if name.is_none() {
            self.info.record_def(field.id, recv);
        }
        // The type may not be complete yet.
        let at = super::At::at(rbase);
        self.later(move |c| c.valid_recv(at, recv));
        (recv, rparams)
    }

    fn recv_base_type(&mut self, rbase: &'a Expr) -> Option<NamedId> {
        let mut cause = String::new();
        let t = self.generic_type(rbase, &mut cause);
        match self.types.get(t) {
            Type::Named(n) => return Some(n),
            Type::Alias(_) if self.is_valid(t) => {
                let msg = format!(
                    "cannot define new methods on generic alias type {}",
                    self.tstr(t)
                );
                self.error(rbase, Code::InvalidRecv, msg);
            }
            _ if !cause.is_empty() => self.error(rbase, Code::InvalidRecv, cause),
            _ => {}
        }
        None
    }

    /// The receiver's type parameters get the constraints of the type's.
    fn bind_recv_params(&mut self, base: NamedId, rbase: &'a Expr, tparams: &[TypeId]) {
        let base_params = self.types.list(self.type_params(base)).to_vec();
        if base_params.len() != tparams.len() {
            let got = measure(tparams.len(), "type parameter");
            let msg = format!(
                "receiver declares {got}, but receiver base type declares {}",
                base_params.len()
            );
            self.error(rbase, Code::BadRecv, msg);
            return;
        }
        for (&from, &to) in base_params.iter().zip(tparams) {
            let (Type::TypeParam(from), Type::TypeParam(to)) =
                (self.types.get(from), self.types.get(to))
            else {
                continue;
            };
            self.mono_canon(to, from);
            let bound = self.types[from].bound;
            let bound = self.subst(
                self.objs[self.types[to].obj].pos,
                bound,
                &base_params,
                tparams,
            );
            self.types[to].bound = bound;
        }
    }

    fn unpointer(&self, mut t: TypeId) -> TypeId {
        while let Type::Pointer { elem } = self.types.get(t) {
            t = elem;
        }
        t
    }

    /// Records the parts of a receiver type that was put together here.
    fn record_recv_types(&mut self, e: &'a Expr, t: TypeId) {
        let (mut e, mut t) = (e, t);
        loop {
            self.record_type(e, t);
            match &e.kind {
                ExprKind::Paren(x) => e = x,
                ExprKind::Star(x) => {
                    let Type::Pointer { elem } = self.types.get(t) else {
                        return;
                    };
                    e = x;
                    t = elem;
                }
                _ => return,
            }
        }
    }

    /// Names (one for each parameter, perhaps none) and variables of a parameter list, and whether the last is variadic.
    fn collect_params(
        &mut self,
        kind: VarKind,
        list: &'a [Field],
    ) -> (Vec<Option<Ident>>, Vec<ObjId>, bool) {
        let (mut names, mut vars) = (Vec::new(), Vec::new());
        let mut variadic = false;
        for (i, field) in list.iter().enumerate() {
            let mut ftype = &field.ty;
            if let ExprKind::Ellipsis(elem) = &ftype.kind {
                ftype = elem;
                if kind == VarKind::Param && i == list.len() - 1 && field.names.len() <= 1 {
                    variadic = true;
                }
                // Elsewhere the parser has reported it.
            }
            let mut ty = self.var_type(ftype);
            if variadic {
                ty = self.types.new_slice(ty);
                self.record_type(&field.ty, ty);
            }
            for &name in &field.names {
                vars.push(self.new_var(kind, name.pos(), name.name, Some(ty)));
                names.push(Some(name));
            }
            if field.names.is_empty() {
                let var = self.new_var(kind, field.span.lo, Symbol::EMPTY, Some(ty));
                self.info.record_def(field.id, var);
                vars.push(var);
                names.push(None);
            }
        }
        (names, vars, variadic)
    }

    /// Reports a receiver whose type cannot have methods.
    fn valid_recv(&mut self, at: Span, recv: ObjId) {
        let recv_ty = self.objs.ty(recv);
        let (rtype, _) = self.deref(recv_ty);
        let t = self.unalias(rtype);
        if !self.is_valid(t) {
            return;
        }
        match self.types.get(t) {
            Type::Named(n) => {
                if self.objs[self.types.named_obj(n)].pkg != Some(self.env.pkg) {
                    let msg = format!(
                        "cannot define new methods on non-local type {}",
                        self.tstr(rtype)
                    );
                    self.error(at, Code::InvalidRecv, msg);
                    return;
                }
                let cause = match self.under_type(t) {
                    Type::Basic(Basic::UnsafePointer) => "unsafe.Pointer",
                    Type::Pointer { .. } | Type::Interface(_) => "pointer or interface type",
                    _ => return,
                };
                let msg = format!("invalid receiver type {} ({cause})", self.tstr(rtype));
                self.error(at, Code::InvalidRecv, msg);
            }
            Type::Basic(_) => {
                let msg = format!(
                    "cannot define new methods on non-local type {}",
                    self.tstr(rtype)
                );
                self.error(at, Code::InvalidRecv, msg);
            }
            _ => {
                let msg = format!("invalid receiver type {}", self.tstr(recv_ty));
                self.error(at, Code::InvalidRecv, msg);
            }
        }
    }
}

fn recv_ident(e: &Expr) -> Option<minigo_syntax::ast::NodeId> {
    match &e.kind {
        ExprKind::Ident(_) => Some(e.id),
        ExprKind::Selector(s) => Some(s.sel.id),
        _ => None,
    }
}

/// `1 value`, `2 values`
pub(crate) fn measure(n: usize, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}
