//! Calls, arguments, instantiation of generic functions, selectors. (Go: types2/call.go)
//!
//! The type arguments that a call leaves out are inferred from its arguments, which may be generic functions themselves: all
//! their type parameters are solved for together. Constraints are verified later, when the types are complete.
//!
//! Knows nothing of: how inference works.

use minigo_syntax::ast::{CallExpr, Expr, ExprKind as Node, SelectorExpr};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::symbol::Symbol;

use super::assignments::Context;
use super::object::{equal_fold, is_valid_name};
use super::types::RecvOld;
use super::{
    At, Checker, Error, ExprKind, LookupResult, Mode, ObjId, Object, ObjectKind, Operand, PkgId,
    Selection, SelectionKind, SigId, Signature, Target, Type, TypeId, Types, Value, VarKind,
};

/// The type arguments that are given for a generic function, by argument of a call; empty where none are.
type ArgTargs = Vec<Vec<TypeId>>;

impl<'a> Checker<'a> {
    // ---- instantiation

    /// Instantiates the generic function `x` with the type arguments of `inst` (an index expression), and those that the
    /// target lets it infer. Without `infer`, missing arguments are no fault: those that are there are given back, and `x`
    /// stays as it is.
    pub(crate) fn func_inst(
        &mut self,
        target: Option<&Target>,
        pos: Pos,
        x: &mut Operand<'a>,
        inst: Option<&'a Expr>,
        infer: bool,
    ) -> Option<Vec<TypeId>> {
        let mut xlist: &'a [Expr] = &[];
        let mut targs: Vec<TypeId> = Vec::new();
        if let Some(inst) = inst {
            // Without an index expression, the operand keeps its own.
            x.expr = Some(inst);
            if let Node::Index(index) = &inst.kind {
                xlist = &index.indices;
                match self.type_list(xlist) {
                    Some(list) => targs = list,
                    None => {
                        x.invalidate();
                        return None;
                    }
                }
            }
        }
        let Type::Signature(sig_id) = self.types.get(x.ty) else {
            x.invalidate();
            return None;
        };
        let allowed = self.verify_version(pos, 18, |_| "function instantiation".to_owned());
        let sig = self.types[sig_id];
        let (got, want) = (targs.len(), sig.tparams.len());
        if got > want {
            self.error(
                &xlist[got - 1],
                Code::WrongTypeArgCount,
                format!("got {got} type arguments but want {want}"),
            );
            x.invalidate();
            return None;
        }
        if got < want {
            if !infer {
                return Some(targs);
            }
            // The assignment of x to a variable of type T is like the call g(v) of
            //     func g[type parameters of x](x's signature)
            // with a v of type T.
            let mut params = Vec::new();
            let mut args = Vec::new();
            if let Some(target) = target {
                if allowed {
                    self.verify_version(pos, 21, |_| {
                        let how = if inst.is_some() {
                            "partially"
                        } else {
                            "implicitly"
                        };
                        format!("{how} instantiated function in assignment")
                    });
                }
                let generic = self.types.copy_signature(Signature {
                    rparams: super::TypeList::EMPTY,
                    tparams: super::TypeList::EMPTY,
                    scope: None,
                    recv: None,
                    recv_old: RecvOld::None,
                    ..sig
                });
                let ty = self.types[generic].ty;
                params.push(self.new_var(VarKind::Param, x.pos(), Symbol::EMPTY, Some(ty)));
                let dummy = self.dummy_expr(x.pos(), &target.desc);
                args.push(Operand::value(self.types[target.sig].ty, Some(dummy)));
            }
            let reverse = target.is_some();
            let tparams = self.types.list(sig.tparams).to_vec();
            let tuple = self.types.new_tuple(&params);
            let (tparams, tuple) = self.rename_tparams(pos, &tparams, tuple);
            let params = self.tuple_vars(tuple);
            let given: Vec<Option<TypeId>> = targs.iter().copied().map(Some).collect();
            let mut err = Error::new(Code::CannotInferTypeArgs);
            let inferred = self.infer(pos, &tparams, &given, &params, &args, reverse, &mut err);
            match inferred {
                Some(all) => targs = all,
                None => {
                    self.report(err);
                    x.invalidate();
                    return None;
                }
            }
        }
        let sig = self.instantiate_signature(x.pos(), x.expr, sig_id, &targs, xlist);
        x.ty = self.types[sig].ty;
        x.mode = Mode::Value;
        None
    }

    fn tuple_vars(&self, tuple: TypeId) -> Vec<ObjId> {
        match self.types.get(tuple) {
            Type::Tuple(vars) => self.types.objs(vars).to_vec(),
            _ => Vec::new(),
        }
    }

    /// The signature with its type parameters replaced; recorded for `e`. `xlist` are the expressions of the first type
    /// arguments.
    fn instantiate_signature(
        &mut self,
        pos: Pos,
        e: Option<&'a Expr>,
        sig: SigId,
        targs: &[TypeId],
        xlist: &'a [Expr],
    ) -> SigId {
        let ty = self.types[sig].ty;
        let inst_ty = self.instance(pos, ty, targs);
        let inst = match self.types.get(inst_ty) {
            Type::Signature(inst) => inst,
            _ => return sig,
        };
        if let Some(e) = e {
            self.record_instance(e, targs, inst_ty);
        }
        let tparams = self.types.list(self.types[sig].tparams).to_vec();
        let targs = targs.to_vec();
        let pkg = self.env.pkg;
        self.later(move |check| match check.verify(pos, &tparams, &targs) {
            Some((i, msg)) => {
                // Best at the argument that is wrong.
                let pos = xlist.get(i).map_or(pos, Expr::start_pos);
                check.soft_error(pos, Code::InvalidTypeArg, msg);
            }
            None => check.mono_instance(pkg, pos, &tparams, &targs, Some(xlist)),
        });
        inst
    }

    // ---- calls

    /// A call or a conversion.
    pub(crate) fn call_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) -> ExprKind {
        let Node::Call(call) = &e.kind else {
            return ExprKind::Statement;
        };
        // The type arguments of a generic function wait for the arguments.
        let mut inst: Option<&'a Expr> = None;
        if matches!(call.fun.kind, Node::Index(_)) {
            if self.index_expr(x, &call.fun) {
                inst = Some(&call.fun);
            }
            x.expr = Some(&call.fun);
            self.record(x);
        } else {
            self.expr_or_type(x, &call.fun, true);
        }
        match x.mode {
            Mode::Invalid => {
                self.use_exprs(&call.args);
                x.expr = Some(e);
                ExprKind::Statement
            }
            Mode::TypExpr => {
                self.conversion_call(x, e, call);
                x.expr = Some(e);
                ExprKind::Conversion
            }
            Mode::Builtin(id) => {
                if !self.builtin(x, e, id) {
                    x.invalidate();
                }
                x.expr = Some(e);
                if x.is_valid() && x.mode != Mode::Constant {
                    self.env.has_call_or_recv = true;
                }
                id.shape().3
            }
            _ => {
                self.function_call(x, e, call, inst);
                x.expr = Some(e);
                ExprKind::Statement
            }
        }
    }

    /// `T(x)`
    fn conversion_call(&mut self, x: &mut Operand<'a>, e: &'a Expr, call: &'a CallExpr) {
        self.non_generic(None, x);
        if !x.is_valid() {
            return;
        }
        let ty = x.ty;
        x.invalidate();
        if !self.is_complete(ty) {
            return;
        }
        match &call.args[..] {
            [] => {
                let msg = format!("missing argument in conversion to {}", self.tstr(ty));
                self.error(e, Code::WrongArgCount, msg);
            }
            [arg] => {
                let target = self.new_target(Some(ty), "conversion");
                self.expr(target.as_ref(), x, arg);
                if !x.is_valid() {
                    return;
                }
                if let Type::Interface(iface) = self.under_type(ty)
                    && !self.is_type_param(ty)
                {
                    let tset = self.type_set(iface);
                    if tset.comparable || tset.terms != super::Terms::All {
                        let msg = format!(
                            "cannot use interface {} in conversion (contains specific type constraints or is comparable)",
                            self.tstr(ty)
                        );
                        // As in gc, the operand stays what it is.
                        self.error(e, Code::MisplacedConstraintIface, msg);
                        return;
                    }
                }
                if call.ellipsis.is_some() {
                    let msg = format!("invalid use of ... in conversion to {}", self.tstr(ty));
                    self.error(arg, Code::BadDotDotDotSyntax, msg);
                    return;
                }
                self.conversion(x, ty);
            }
            [.., last] => {
                self.use_exprs(&call.args);
                let msg = format!("too many arguments in conversion to {}", self.tstr(ty));
                self.error(last, Code::WrongArgCount, msg);
            }
        }
    }

    fn function_call(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        call: &'a CallExpr,
        inst: Option<&'a Expr>,
    ) {
        let callee = match self.types.get(x.ty) {
            Type::Signature(sig) => Ok(sig),
            _ => self
                .common_under_if(x.ty, |check, term| match term {
                    Some((t, u)) if !matches!(check.types.get(u), Type::Signature(_)) => {
                        Err(format!("{} is not a function", check.tstr(t)))
                    }
                    _ => Ok(()),
                })
                .and_then(|u| match self.types.get(u) {
                    Type::Signature(sig) => Ok(sig),
                    _ => Err(format!("{} is not a function", self.tstr(x.ty))),
                }),
        };
        let mut sig = match callee {
            Ok(sig) => sig,
            Err(cause) => {
                let msg = format!("invalid operation: cannot call {}: {cause}", self.xstr(x));
                self.error(&*x, Code::InvalidCall, msg);
                self.use_exprs(&call.args);
                x.invalidate();
                return;
            }
        };
        let was_generic = !self.types[sig].tparams.is_empty();

        let mut xlist: &'a [Expr] = &[];
        let mut targs: Vec<TypeId> = Vec::new();
        if let Some(inst) = inst
            && let Node::Index(index) = &inst.kind
        {
            xlist = &index.indices;
            let Some(list) = self.type_list(xlist) else {
                self.use_exprs(&call.args);
                x.invalidate();
                return;
            };
            targs = list;
            let (got, want) = (targs.len(), self.types[sig].tparams.len());
            if got > want {
                self.error(
                    &xlist[want],
                    Code::WrongTypeArgCount,
                    format!("got {got} type arguments but want {want}"),
                );
                self.use_exprs(&call.args);
                x.invalidate();
                return;
            }
            // All are given: instantiate at once, so that errors in arguments speak of the instance.
            if got == want && want > 0 {
                self.verify_version(inst, 18, |_| "function instantiation".to_owned());
                sig = self.instantiate_signature(inst.pos(), Some(inst), sig, &targs, xlist);
                targs = Vec::new();
                xlist = &[];
            }
        }

        let (mut args, atargs) = self.generic_expr_list(&call.args);
        sig = self.arguments(e, sig, targs, xlist, &mut args, &atargs);
        let ty = self.types[sig].ty;
        if was_generic && self.types[sig].tparams.is_empty() {
            self.record_type_and_value(&call.fun, Mode::Value, ty, &Value::Unknown);
        }

        let results = self.types[sig].results;
        match results.len() {
            0 => x.mode = Mode::NoValue,
            1 => {
                let ty = self.objs.ty(self.types.obj(results, 0));
                x.mode = Mode::Value;
                if !self.is_complete(ty) {
                    x.invalidate();
                    return;
                }
                x.ty = ty;
            }
            _ => {
                x.mode = Mode::Value;
                x.ty = self.types.new_tuple_of(results);
            }
        }
        self.env.has_call_or_recv = true;

        // Without type arguments, a result that depends on them says nothing.
        if x.mode == Mode::Value && !self.types[sig].tparams.is_empty() {
            let tparams = self.types.list(self.types[sig].tparams).to_vec();
            if self.is_parameterized(&tparams, x.ty) {
                x.invalidate();
            }
        }
    }

    /// Checks a list of expressions; one call may give several operands.
    pub(crate) fn expr_list(&mut self, list: &'a [Expr]) -> Vec<Operand<'a>> {
        if let [e] = list {
            return self.multi_expr(e, false).0;
        }
        let mut operands = Vec::with_capacity(list.len());
        for e in list {
            let mut x = Operand::new();
            self.expr(None, &mut x, e);
            operands.push(x);
        }
        operands
    }

    /// The same; operands may be generic functions without type arguments, or with only some, which are given beside them.
    fn generic_expr_list(&mut self, list: &'a [Expr]) -> (Vec<Operand<'a>>, ArgTargs) {
        let mut operands = Vec::with_capacity(list.len());
        let mut all_targs = ArgTargs::new();
        // Before Go 1.21, arguments had to be instantiated completely.
        let infer = !self.allows(21);
        for (i, e) in list.iter().enumerate() {
            let mut x = Operand::new();
            let is_index = matches!(e.kind, Node::Index(_));
            if is_index && self.index_expr(&mut x, e) {
                let pos = x.pos();
                match self.func_inst(None, pos, &mut x, Some(e), infer) {
                    Some(targs) => {
                        all_targs.resize(list.len(), Vec::new());
                        all_targs[i] = targs;
                        x.expr = Some(e);
                    }
                    None => self.record(&x),
                }
            } else if is_index {
                // An ordinary index expression: it was checked just now.
                x.expr = Some(e);
                self.record(&x);
                self.exclude_non_values(&mut x);
                self.single_value(&mut x);
            } else if list.len() == 1 {
                self.raw_expr(None, &mut x, e, None, true);
                self.exclude_non_values(&mut x);
                if x.is_valid()
                    && let Type::Tuple(vars) = self.types.get(x.ty)
                {
                    let vars = self.types.objs(vars);
                    let value = |&v| Operand::value(self.objs.ty(v), Some(e));
                    return (vars.iter().map(value).collect(), all_targs);
                }
            } else if infer {
                self.expr(None, &mut x, e);
            } else {
                self.generic_expr(&mut x, e, None);
            }
            operands.push(x);
        }
        (operands, all_targs)
    }

    /// Checks the arguments of a call against a signature, infers what type arguments are missing, and gives the signature that
    /// is called: instantiated, unless there was an error.
    pub(super) fn arguments(
        &mut self,
        e: &'a Expr,
        sig: SigId,
        targs: Vec<TypeId>,
        xlist: &'a [Expr],
        args: &mut [Operand<'a>],
        atargs: &[Vec<TypeId>],
    ) -> SigId {
        let Node::Call(call) = &e.kind else {
            return sig;
        };
        let data = self.types[sig];
        let nargs = args.len();
        let mut npars = data.params.len();
        let ddd = call.ellipsis.is_some();
        let mut params: Vec<ObjId> = self.types.objs(data.params).to_vec();
        let mut adjusted = false;
        if data.variadic {
            if ddd {
                if call.args.len() == 1 && nargs > 1 {
                    let msg = format!(
                        "cannot use ... with {nargs}-valued {}",
                        self.estr(&call.args[0])
                    );
                    self.error(e, Code::InvalidDotDotDot, msg);
                    return sig;
                }
            } else if nargs + 1 >= npars {
                // One parameter for each argument that the last one takes.
                if let Some(last) = params.pop() {
                    let elem = match self.types.get(self.objs.ty(last)) {
                        Type::Slice { elem } => elem,
                        _ => Types::INVALID,
                    };
                    if params.len() < nargs {
                        let o = &self.objs[last];
                        let (pos, pkg, name) = (o.pos, o.pkg, o.name);
                        let one = Object::var(VarKind::Param, pos, pkg, name, Some(elem));
                        let one = self.new_obj(one);
                        params.resize(nargs, one);
                    }
                }
                adjusted = true;
                npars = nargs;
            } else {
                npars -= 1;
            }
        } else if ddd {
            let msg = format!(
                "cannot use ... in call to non-variadic {}",
                self.estr(&call.fun)
            );
            self.error(e, Code::NonVariadicDotDotDot, msg);
            return sig;
        }

        if nargs != npars {
            let (at, qualifier) = if nargs > npars {
                (args[npars].at(), "too many")
            } else if nargs > 0 {
                (args[nargs - 1].at(), "not enough")
            } else {
                (e.at(), "not enough")
            };
            let have: Vec<TypeId> = args.iter().map(|x| x.ty).collect();
            let want: Vec<TypeId> = self
                .types
                .objs(data.params)
                .iter()
                .map(|&p| self.objs.ty(p))
                .collect();
            let mut err = Error::new(Code::WrongArgCount);
            err.add(
                at,
                format!("{qualifier} arguments in call to {}", self.estr(&call.fun)),
            );
            let have = self.types_summary(&have, false, ddd);
            err.add(Pos::NONE, format!("have {have}"));
            let want = self.types_summary(&want, data.variadic, false);
            err.add(Pos::NONE, format!("want {want}"));
            self.report(err);
            return sig;
        }

        // The type parameters to solve for: the callee's, then those of generic arguments. They are renamed, since a function
        // may be called in its own body, and be an argument twice.
        let mut tparams: Vec<TypeId> = Vec::new();
        let mut given: Vec<Option<TypeId>> = targs.into_iter().map(Some).collect();
        let n = data.tparams.len();
        if n > 0 {
            if matches!(call.fun.kind, Node::Index(_)) {
                self.verify_version(&call.fun, 18, |_| "function instantiation".to_owned());
            } else {
                self.verify_version(e, 18, |_| "implicit function instantiation".to_owned());
            }
            let own = self.types.list(data.tparams).to_vec();
            let tuple = self.types.new_tuple(&params);
            let (renamed, tuple) = self.rename_tparams(call.lparen, &own, tuple);
            params = self.tuple_vars(tuple);
            tparams = renamed;
            given.resize(tparams.len(), None);
        }
        let mut generic_args: Vec<(usize, usize)> = Vec::new();
        for (i, arg) in args.iter_mut().enumerate() {
            let Type::Signature(asig) = self.types.get(arg.ty) else {
                continue;
            };
            let asig = self.types[asig];
            if asig.tparams.is_empty() || !arg.is_valid() {
                continue;
            }
            let own = self.types.list(asig.tparams).to_vec();
            let plain = self.types.copy_signature(Signature {
                tparams: super::TypeList::EMPTY,
                ..asig
            });
            let plain = self.types[plain].ty;
            let (renamed, ty) = self.rename_tparams(call.lparen, &own, plain);
            let Type::Signature(new) = self.types.get(ty) else {
                continue;
            };
            let new = self.types.copy_signature(self.types[new]);
            self.types[new].tparams = self.types.new_list(&renamed);
            arg.ty = self.types[new].ty;
            tparams.extend(renamed);
            given.extend(atargs.get(i).into_iter().flatten().copied().map(Some));
            given.resize(tparams.len(), None);
            generic_args.push((i, own.len()));
        }
        if let Some(&(i, _)) = generic_args.first() {
            self.verify_version(&args[i], 21, |_| {
                "implicitly instantiated function as argument".to_owned()
            });
        }

        let mut rsig = sig;
        if !tparams.is_empty() {
            let mut err = Error::new(Code::CannotInferTypeArgs);
            let inferred = self.infer(
                call.lparen,
                &tparams,
                &given,
                &params,
                args,
                false,
                &mut err,
            );
            let Some(targs) = inferred else {
                if !err.is_empty() {
                    err.prefix(&format!("in call to {}, ", self.estr(&call.fun)));
                    self.report(err);
                }
                return sig;
            };
            if n > 0 {
                rsig = self.instantiate_signature(
                    call.lparen,
                    Some(&call.fun),
                    sig,
                    &targs[..n],
                    xlist,
                );
                if adjusted {
                    let tuple = self.types.new_tuple(&params);
                    let tuple = self.subst(call.lparen, tuple, &tparams[..n], &targs[..n]);
                    params = self.tuple_vars(tuple);
                } else {
                    let list = self.types[rsig].params;
                    params = self.types.objs(list).to_vec();
                }
            }
            let mut j = n;
            for (i, len) in generic_args {
                let arg = &mut args[i];
                if let Type::Signature(asig) = self.types.get(arg.ty) {
                    let inst = self.instantiate_signature(
                        call.lparen,
                        arg.expr,
                        asig,
                        &targs[j..j + len],
                        &[],
                    );
                    arg.ty = self.types[inst].ty;
                    self.record(arg);
                }
                j += len;
            }
        }

        for (arg, &param) in args.iter_mut().zip(&params) {
            let ty = self.objs.ty(param);
            self.assign_in(arg, Some(ty), Context::ArgumentTo(&call.fun));
        }
        rsig
    }

    // ---- selectors

    /// `x.f`: a field, a method, a name of a package.
    pub(crate) fn selector(&mut self, x: &mut Operand<'a>, e: &'a Expr, want_type: bool) {
        let Node::Selector(sel) = &e.kind else {
            return;
        };
        if !self.select(x, e, sel, want_type) {
            x.invalidate();
            x.ty = Types::INVALID;
        }
        x.expr = Some(e);
    }

    fn select(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        s: &'a SelectorExpr,
        want_type: bool,
    ) -> bool {
        let name = s.sel.name;
        // Names of packages appear nowhere else, so there is no mode for them.
        if let Some(ident) = s.x.as_ident()
            && let Some(obj) = self.lookup(ident.name)
            && let ObjectKind::PkgName { imported } = self.objs[obj].kind
        {
            self.info.record_use(ident.id, obj);
            self.objs[obj].used = true;
            return self.select_package_member(x, e, s, imported);
        }

        self.expr_or_type(x, &s.x, false);
        match x.mode {
            Mode::Invalid => return false,
            Mode::Builtin(_) => {
                let msg = format!("invalid use of {} in selector expression", self.xstr(x));
                self.error(e.pos(), Code::UncalledBuiltin, msg);
                return false;
            }
            _ => {}
        }
        if !self.is_complete(x.ty) {
            return false;
        }
        // What follows gives no type.
        if want_type {
            let msg = format!("{} is not a type", self.estr(e));
            self.error(s.sel, Code::NotAType, msg);
            return false;
        }
        if let Type::Pointer { elem } = self.under_type(x.ty)
            && !self.is_complete(elem)
        {
            return false;
        }

        let pkg = Some(self.env.pkg);
        let addressable = x.mode == Mode::Variable;
        let found = self.lookup_field_or_method(x.ty, addressable, pkg, name, false);
        let found = match found {
            LookupResult::Found(found) => found,
            other => {
                let u = self.under(x.ty);
                if self.is_valid(u) {
                    self.selector_error(x, s, &other);
                }
                return false;
            }
        };
        let selection = |kind, recv, obj| Selection {
            kind,
            recv,
            obj,
            index: found.index.clone().into(),
            indirect: found.indirect,
        };
        let obj = found.obj;
        self.info.record_use(s.sel.id, obj);
        if self.objs[obj].is_var() {
            if x.mode == Mode::TypExpr {
                let msg = format!(
                    "operand for field selector {name} must be value of type {}",
                    self.tstr(x.ty)
                );
                self.error(&s.x, Code::MissingFieldOrMethod, msg);
                return false;
            }
            let sel = selection(SelectionKind::FieldVal, x.ty, obj);
            self.info.record_selection(e.id, sel);
            x.mode = if addressable || found.indirect {
                Mode::Variable
            } else {
                Mode::Value
            };
            x.ty = self.objs.ty(obj);
            return true;
        }

        self.obj_decl(obj);
        self.add_decl_dep(obj);
        let method_ty = self.objs.ty(obj);
        let Type::Signature(sig) = self.types.get(method_ty) else {
            return false;
        };
        let sig = self.types[sig];
        if x.mode == Mode::TypExpr {
            let sel = selection(SelectionKind::MethodExpr, x.ty, obj);
            self.info.record_selection(e.id, sel);
            let Some(recv) = sig.recv else {
                self.error(
                    e,
                    Code::InvalidDeclCycle,
                    "illegal cycle in method declaration",
                );
                return false;
            };
            // The receiver becomes the first parameter, with a name if the others have names.
            let mut params = self.types.objs(sig.params).to_vec();
            let named = params
                .first()
                .is_some_and(|&p| self.objs[p].name != Symbol::EMPTY);
            let r = &self.objs[recv];
            let recv_name = match (named, r.name) {
                (false, _) => Symbol::EMPTY,
                (true, Symbol::EMPTY) => Symbol::BLANK,
                (true, name) => name,
            };
            let (pos, pkg) = (r.pos, r.pkg);
            let first = Object::var(VarKind::Param, pos, pkg, recv_name, Some(x.ty));
            params.insert(0, self.new_obj(first));
            let new = self.types.new_signature();
            let params = self.types.new_objs(&params);
            let data = &mut self.types[new];
            data.tparams = sig.tparams;
            data.recv_old = RecvOld::FirstParam;
            data.params = params;
            data.results = sig.results;
            data.variadic = sig.variadic;
            x.ty = data.ty;
        } else {
            let sel = selection(SelectionKind::MethodVal, x.ty, obj);
            self.info.record_selection(e.id, sel);
            let new = self.types.copy_signature(Signature {
                recv: None,
                recv_old: sig.recv.map_or(RecvOld::None, RecvOld::Dropped),
                ..sig
            });
            x.ty = self.types[new].ty;
        }
        x.mode = Mode::Value;
        true
    }

    /// `pkg.Name`
    fn select_package_member(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        s: &'a SelectorExpr,
        pkg: PkgId,
    ) -> bool {
        let name = s.sel.name;
        let Some(obj) = self.package_member(pkg, name) else {
            if !self.pkg(pkg).fake && is_valid_name(name) {
                // Perhaps only its letters have the wrong case.
                let scope = self.pkg(pkg).scope;
                let alt = self.scopes[scope]
                    .elems()
                    .iter()
                    .map(|&(alt, _)| alt)
                    .filter(|&alt| super::is_exported(alt))
                    .find(|alt| equal_fold(alt.as_str(), name.as_str()));
                let mut msg = format!("undefined: {}", self.estr(e));
                if let Some(alt) = alt {
                    msg += &format!(" (but have {alt})");
                }
                let note = self.note_member(pkg, name);
                self.error_with(s.sel, Code::UndeclaredImportedName, msg, note);
            }
            return false;
        };
        if !self.objs[obj].is_exported() {
            let msg = format!("name {name} not exported by package {}", self.pkg(pkg).name);
            self.error(s.sel, Code::UnexportedName, msg);
        }
        self.info.record_use(s.sel.id, obj);
        self.add_decl_dep(obj);
        let o = &self.objs[obj];
        x.ty = o.ty.unwrap_or(Types::INVALID);
        x.mode = match &o.kind {
            ObjectKind::Const { val } => {
                x.val = val.clone();
                Mode::Constant
            }
            ObjectKind::TypeName => Mode::TypExpr,
            ObjectKind::Var { .. } => Mode::Variable,
            ObjectKind::Func { .. } => Mode::Value,
            ObjectKind::Builtin(id) => {
                x.mode = Mode::Builtin(*id);
                return true;
            }
            ObjectKind::PkgName { .. } | ObjectKind::Label | ObjectKind::Nil => return false,
        };
        // What is wrong with it was reported where it is declared.
        self.is_valid(x.ty)
    }

    /// Reports that there is no such field or method.
    fn selector_error(&mut self, x: &Operand<'a>, s: &'a SelectorExpr, why: &LookupResult) {
        let name = s.sel.name;
        let (xs, ts) = (self.xexpr(x), self.tstr(x.ty));
        match why {
            LookupResult::Ambiguous(_) => {
                let msg = format!("ambiguous selector {xs}.{name}");
                self.error(s.sel, Code::AmbiguousSelector, msg);
            }
            LookupResult::PointerReceiver => {
                let msg = if x.mode == Mode::TypExpr {
                    format!(
                        "invalid method expression {ts}.{name} (needs pointer receiver (*{ts}).{name})"
                    )
                } else {
                    format!("cannot call pointer method {name} on {ts}")
                };
                self.error(s.sel, Code::InvalidMethodExpr, msg);
            }
            LookupResult::NotFound | LookupResult::Found(_) => {
                let why = if self.is_interface_ptr(x.ty) {
                    self.interface_ptr_error(x.ty)
                } else {
                    let pkg = Some(self.env.pkg);
                    let addressable = x.mode == Mode::Variable;
                    let alt = match self.lookup_field_or_method(x.ty, addressable, pkg, name, true)
                    {
                        LookupResult::Found(alt) => Some(alt.obj),
                        _ => None,
                    };
                    self.lookup_error(x.ty, name, alt, false)
                };
                let msg = format!("{xs}.{name} undefined ({why})");
                let note = self.note_selector(x.ty, name);
                self.error_with(s.sel, Code::MissingFieldOrMethod, msg, note);
            }
        }
    }

    // ---- evaluation in the presence of other errors

    /// Checks expressions whose values do not matter because of another error, so that what they mention counts as used. Says
    /// whether they are right.
    pub(crate) fn use_exprs(&mut self, list: &'a [Expr]) -> bool {
        let mut ok = true;
        for e in list {
            ok &= self.use1(e, false);
        }
        ok
    }

    /// The same for one.
    pub(crate) fn use_expr(&mut self, e: &'a Expr) -> bool {
        self.use1(e, false)
    }

    /// The same for what stands on the left of an assignment: variables there are not used by that.
    pub(crate) fn use_lhs(&mut self, list: &'a [Expr]) -> bool {
        let mut ok = true;
        for e in list {
            ok &= self.use1(e, true);
        }
        ok
    }

    fn use1(&mut self, e: &'a Expr, lhs: bool) -> bool {
        let mut x = Operand::new();
        let n = e.unparen();
        match n.as_ident() {
            Some(ident) if ident.is_blank() => return true,
            Some(ident) => {
                let var = if lhs {
                    self.local_var(ident.name)
                } else {
                    None
                };
                let was_used = var.is_some_and(|v| self.objs[v].used);
                self.expr_or_type(&mut x, n, true);
                if let Some(v) = var {
                    self.objs[v].used = was_used;
                }
            }
            None => {
                self.raw_expr(None, &mut x, e, None, true);
            }
        }
        x.is_valid()
    }
}
