//! Assignments and initialisations. (Go: types2/assignments.go)
//!
//! Knows nothing of: statements other than assignments and `return`.

use minigo_syntax::ast::{Expr, ExprKind as Node, Stmt};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::symbol::Symbol;

use super::{
    At, Basic, Checker, Error, IdSet, Mode, ObjId, ObjectKind, Operand, Target, Type, TypeId,
    Types, VarKind,
};

/// What a value is used for, as messages say it. The text is made only when there is a message.
#[derive(Copy, Clone)]
pub(super) enum Context<'e> {
    Text(&'e str),
    /// An argument of a call of this function.
    ArgumentTo(&'e Expr),
}

fn measure(n: usize, unit: &str) -> String {
    format!("{n} {unit}{}", if n == 1 { "" } else { "s" })
}

/// Whether the one expression is a call: its values are counted only after it is checked.
fn is_call(rhs: &[Expr]) -> bool {
    matches!(rhs, [e] if matches!(e.unparen().kind, Node::Call(_)))
}

impl<'a> Checker<'a> {
    pub(super) fn context_text(&self, context: Context<'_>) -> String {
        match context {
            Context::Text(text) => text.to_owned(),
            Context::ArgumentTo(fun) => format!("argument to {}", self.estr(fun)),
        }
    }

    /// Whether `x` may be assigned to a variable of type `ty`, and gives it that type if it is untyped. Without a type, an
    /// untyped operand gets its default type. `context` says what the assignment is.
    pub(crate) fn assignment(&mut self, x: &mut Operand<'a>, ty: Option<TypeId>, context: &str) {
        self.assign_in(x, ty, Context::Text(context));
    }

    pub(super) fn assign_in(
        &mut self,
        x: &mut Operand<'a>,
        ty: Option<TypeId>,
        context: Context<'_>,
    ) {
        self.single_value(x);
        match x.mode {
            Mode::Invalid => return,
            Mode::Constant
            | Mode::Variable
            | Mode::MapIndex
            | Mode::Value
            | Mode::NilValue
            | Mode::CommaOk => {}
            Mode::NoValue | Mode::Builtin(_) | Mode::TypExpr => {
                let msg = format!(
                    "cannot assign {} to {} in {}",
                    self.xstr(x),
                    ty.map_or("<nil>".to_owned(), |t| self.tstr(t)),
                    self.context_text(context)
                );
                self.error(&*x, Code::IncompatibleAssign, msg);
                x.invalidate();
                return;
            }
        }

        if self.is_untyped(x.ty) {
            let target = match ty {
                None if x.is_nil() => {
                    let msg = format!("use of untyped nil in {}", self.context_text(context));
                    self.error(&*x, Code::UntypedNilUse, msg);
                    x.invalidate();
                    return;
                }
                // An interface gets a value of the default type.
                Some(t) if x.is_nil() || !self.is_non_type_param_interface(t) => t,
                _ => self.default_type(x.ty),
            };
            match self.implicit_type_and_value(x, target) {
                Err(code) => {
                    let mut msg = format!(
                        "cannot use {} as {} value in {}",
                        self.xstr(x),
                        self.tstr(target),
                        self.context_text(context)
                    );
                    let code = match code {
                        Code::TruncatedFloat => {
                            msg += " (truncated)";
                            code
                        }
                        Code::NumericOverflow => {
                            msg += " (overflows)";
                            code
                        }
                        _ => Code::IncompatibleAssign,
                    };
                    self.error(&*x, code, msg);
                    x.invalidate();
                    return;
                }
                Ok((new_ty, val)) => {
                    if let Some(val) = val {
                        if let Some(e) = x.expr {
                            self.update_expr_val(e, &val);
                        }
                        x.val = val;
                    }
                    if new_ty != x.ty {
                        x.ty = new_ty;
                        if let Some(e) = x.expr {
                            self.update_expr_type(e, new_ty, false);
                        }
                    }
                }
            }
        }

        // A generic function needs its type arguments, which the type that it is assigned to may give.
        if let Type::Signature(sig) = self.types.get(x.ty)
            && !self.types[sig].tparams.is_empty()
        {
            let target = ty.and_then(|t| self.target_sig(t)).map(|sig| Target {
                sig,
                desc: self.context_text(context),
            });
            self.non_generic(target.as_ref(), x);
            if !x.is_valid() {
                return;
            }
        } else {
            self.non_generic(None, x);
            if !x.is_valid() {
                return;
            }
        }

        let Some(ty) = ty else { return };
        if x.ty == ty {
            return;
        }
        let mut cause = String::new();
        if let Err(code) = self.assignable_to(x, ty, &mut cause) {
            let mut msg = format!(
                "cannot use {} as {} value in {}",
                self.xstr(x),
                self.tstr(ty),
                self.context_text(context)
            );
            if !cause.is_empty() {
                msg += ": ";
                msg += &cause;
            }
            self.error(&*x, code, msg);
            x.invalidate();
        }
    }

    /// Gives a constant its value, and its type if it has none.
    pub(crate) fn init_const(&mut self, lhs: ObjId, x: &mut Operand<'a>) {
        let lhs_ty = self.objs[lhs].ty;
        let wrong =
            !x.is_valid() || !self.is_valid(x.ty) || lhs_ty.is_some_and(|t| !self.is_valid(t));
        if wrong || x.mode != Mode::Constant {
            if !wrong {
                let msg = format!("{} is not constant", self.xstr(x));
                self.error(&*x, Code::InvalidConstInit, msg);
            }
            if lhs_ty.is_none() {
                self.objs[lhs].ty = Some(Types::INVALID);
            }
            return;
        }
        let ty = lhs_ty.unwrap_or(x.ty);
        self.objs[lhs].ty = Some(ty);
        self.assignment(x, Some(ty), "constant declaration");
        if x.is_valid()
            && let ObjectKind::Const { val } = &mut self.objs[lhs].kind
        {
            *val = x.val.clone();
        }
    }

    /// Initialises a variable, and gives it the type of the value if it has none.
    pub(crate) fn init_var(&mut self, lhs: ObjId, x: &mut Operand<'a>, context: &str) {
        let lhs_ty = self.objs[lhs].ty;
        if !x.is_valid() || !self.is_valid(x.ty) || lhs_ty.is_some_and(|t| !self.is_valid(t)) {
            if lhs_ty.is_none() {
                self.objs[lhs].ty = Some(Types::INVALID);
            }
            x.invalidate();
            return;
        }
        let ty = match lhs_ty {
            Some(ty) => ty,
            None => {
                let mut ty = x.ty;
                if self.is_untyped(ty) {
                    if ty == Types::UNTYPED_NIL {
                        let msg = format!("use of untyped nil in {context}");
                        self.error(&*x, Code::UntypedNilUse, msg);
                        self.objs[lhs].ty = Some(Types::INVALID);
                        x.invalidate();
                        return;
                    }
                    ty = self.default_type(ty);
                }
                self.objs[lhs].ty = Some(ty);
                ty
            }
        };
        self.assignment(x, Some(ty), context);
    }

    /// The type of what stands on the left of an assignment: `None` for the blank identifier, the invalid type after an error.
    fn lhs_var(&mut self, lhs: &'a Expr) -> Option<TypeId> {
        let ident = lhs.unparen().as_ident();
        if ident.is_some_and(|i| i.is_blank()) {
            return None;
        }
        // Assigning to a variable is no use of it.
        let var = ident.and_then(|i| self.local_var(i.name));
        let was_used = var.is_some_and(|v| self.objs[v].used);
        let mut x = Operand::new();
        self.expr(None, &mut x, lhs);
        if let Some(v) = var {
            self.objs[v].used = was_used;
        }
        if !x.is_valid() || !self.is_valid(x.ty) {
            return Some(Types::INVALID);
        }
        if matches!(x.mode, Mode::Variable | Mode::MapIndex) {
            return Some(x.ty);
        }
        if let Some(Node::Selector(sel)) = x.expr.map(|e| &e.kind) {
            let mut op = Operand::new();
            self.expr(None, &mut op, &sel.x);
            if op.mode == Mode::MapIndex {
                let msg = format!("cannot assign to struct field {} in map", self.xexpr(&x));
                self.error(&x, Code::UnaddressableFieldAssign, msg);
                return Some(Types::INVALID);
            }
        }
        let msg = format!(
            "cannot assign to {} (neither addressable nor a map index expression)",
            self.xexpr(&x)
        );
        self.error(&x, Code::UnassignableOperand, msg);
        Some(Types::INVALID)
    }

    /// The variable of this package that a name denotes.
    pub(super) fn local_var(&self, name: Symbol) -> Option<ObjId> {
        let obj = self.lookup(name)?;
        let o = &self.objs[obj];
        (o.is_var() && o.pkg == Some(self.env.pkg)).then_some(obj)
    }

    /// `lhs = rhs`, where the right side is either an expression or an operand `x` that was checked already.
    pub(super) fn assign_var(
        &mut self,
        lhs: &'a Expr,
        rhs: Option<&'a Expr>,
        x: Option<&mut Operand<'a>>,
        context: &str,
    ) {
        let ty = self.lhs_var(lhs);
        if ty.is_some_and(|t| !self.is_valid(t)) {
            if let Some(x) = x {
                x.invalidate();
            } else if let Some(rhs) = rhs {
                self.use_expr(rhs);
            }
            return;
        }
        let mut fresh = Operand::new();
        let x = match (x, rhs) {
            (Some(x), _) => x,
            (None, Some(rhs)) => {
                let target = match ty {
                    Some(t) => match self.under_type(t) {
                        Type::Signature(sig) => Some(Target {
                            sig,
                            desc: self.estr(lhs),
                        }),
                        _ => None,
                    },
                    None => None,
                };
                self.expr(target.as_ref(), &mut fresh, rhs);
                &mut fresh
            }
            (None, None) => return,
        };
        let context = if ty.is_none() && context == "assignment" {
            "assignment to _ identifier"
        } else {
            context
        };
        self.assignment(x, ty, context);
    }

    /// `(int, string, number)`: the types of a list of values or variables.
    pub(crate) fn types_summary(
        &mut self,
        list: &[TypeId],
        variadic: bool,
        has_dots: bool,
    ) -> String {
        let mut res: Vec<String> = Vec::with_capacity(list.len());
        for (i, &t) in list.iter().enumerate() {
            let is_last = i + 1 == list.len();
            let mut s = if !self.is_valid(t) {
                "unknown type".to_owned()
            } else if self.is_untyped(t) {
                match self.types.get(t) {
                    Type::Basic(b) if b.is_numeric() => "number".to_owned(),
                    Type::Basic(Basic::UntypedBool) => "bool".to_owned(),
                    Type::Basic(Basic::UntypedString) => "string".to_owned(),
                    _ => "nil".to_owned(),
                }
            } else if is_last
                && variadic
                && let Type::Slice { elem } = self.types.get(t)
            {
                self.tstr(elem)
            } else {
                self.tstr(t)
            };
            if is_last && variadic {
                s.insert_str(0, "...");
            } else if is_last && has_dots {
                s += "...";
            }
            res.push(s);
        }
        format!("({})", res.join(", "))
    }

    /// Reports that `l` variables cannot take `r` values.
    pub(crate) fn assign_error(&mut self, rhs: &'a [Expr], l: usize, r: usize) {
        let Some(first) = rhs.first() else { return };
        let vars = measure(l, "variable");
        let vals = measure(r, "value");
        let msg = match &first.unparen().kind {
            Node::Call(call) if rhs.len() == 1 => format!(
                "assignment mismatch: {vars} but {} returns {vals}",
                self.estr(&call.fun)
            ),
            _ => format!("assignment mismatch: {vars} but {vals}"),
        };
        self.error(first, Code::WrongAssignCount, msg);
    }

    fn return_error(&mut self, stmt: &'a Stmt, lhs: &[ObjId], rhs: &[Operand<'a>]) {
        let (l, r) = (lhs.len(), rhs.len());
        let (at, qualifier) = if r > l {
            (rhs[l].at(), "too many")
        } else if r > 0 {
            (rhs[r - 1].at(), "not enough")
        } else {
            (stmt.at(), "not enough")
        };
        let have: Vec<TypeId> = rhs.iter().map(|x| x.ty).collect();
        let want: Vec<TypeId> = lhs.iter().map(|&v| self.objs.ty(v)).collect();
        let mut err = Error::new(Code::WrongResultCount);
        err.add(at, format!("{qualifier} return values"));
        let have = self.types_summary(&have, false, false);
        err.add(Pos::NONE, format!("have {have}"));
        let want = self.types_summary(&want, false, false);
        err.add(Pos::NONE, format!("want {want}"));
        self.report(err);
    }

    /// Initialises variables; in a return statement these are the results.
    pub(crate) fn init_vars(
        &mut self,
        lhs: &[ObjId],
        rhs: &'a [Expr],
        return_stmt: Option<&'a Stmt>,
    ) {
        let (l, r) = (lhs.len(), rhs.len());
        let context = if return_stmt.is_some() {
            "return statement"
        } else if l > 1 {
            "multiple assignment"
        } else {
            "assignment"
        };
        if l == r && !is_call(rhs) {
            for (&v, e) in lhs.iter().zip(rhs) {
                let target = self.objs[v].ty.and_then(|t| self.target_sig(t)).map(|sig| {
                    let name = self.objs[v].name.as_str();
                    let desc = if return_stmt.is_some() && name.is_empty() {
                        "result variable"
                    } else {
                        name
                    };
                    Target {
                        sig,
                        desc: desc.to_owned(),
                    }
                });
                let mut x = Operand::new();
                self.expr(target.as_ref(), &mut x, e);
                self.init_var(v, &mut x, context);
            }
            return;
        }
        let [first] = rhs else {
            // Whatever the numbers are, evaluate the expressions; complain about the numbers only if they are right.
            if self.use_exprs(rhs) {
                match return_stmt {
                    Some(stmt) => {
                        let rhs = self.expr_list(rhs);
                        self.return_error(stmt, lhs, &rhs);
                    }
                    None => self.assign_error(rhs, l, r),
                }
            }
            self.invalidate_untyped_vars(lhs);
            return;
        };
        let (mut values, comma_ok) = self.multi_expr(first, l == 2 && return_stmt.is_none());
        if values.len() == l {
            for (&v, x) in lhs.iter().zip(&mut values) {
                self.init_var(v, x, context);
            }
            if comma_ok {
                self.record_comma_ok(first, &values);
            }
            return;
        }
        if values.first().is_some_and(|x| x.is_valid()) {
            match return_stmt {
                Some(stmt) => self.return_error(stmt, lhs, &values),
                None => self.assign_error(rhs, l, values.len()),
            }
        }
        self.invalidate_untyped_vars(lhs);
    }

    fn invalidate_untyped_vars(&mut self, vars: &[ObjId]) {
        for &v in vars {
            let ty = &mut self.objs[v].ty;
            ty.get_or_insert(Types::INVALID);
        }
    }

    /// Records the types of both values of a comma-ok expression.
    fn record_comma_ok(&mut self, e: &'a Expr, values: &[Operand<'a>]) {
        let [a, b] = values else { return };
        if !a.is_valid() || !b.is_valid() {
            return;
        }
        let pos = e.pos();
        let v0 = self.new_var(VarKind::Local, pos, Symbol::EMPTY, Some(a.ty));
        let v1 = self.new_var(VarKind::Local, pos, Symbol::EMPTY, Some(b.ty));
        let tuple = self.types.new_tuple(&[v0, v1]);
        let mut e = e;
        loop {
            self.info.set_ty(e.id, tuple);
            match &e.kind {
                Node::Paren(inner) => e = inner,
                _ => return,
            }
        }
    }

    /// `lhs = rhs`
    pub(super) fn assign_vars(&mut self, lhs: &'a [Expr], rhs: &'a [Expr]) {
        let (l, r) = (lhs.len(), rhs.len());
        let context = if l > 1 {
            "multiple assignment"
        } else {
            "assignment"
        };
        if l == r && !is_call(rhs) {
            for (v, e) in lhs.iter().zip(rhs) {
                self.assign_var(v, Some(e), None, context);
            }
            return;
        }
        let [first] = rhs else {
            let ok_lhs = self.use_lhs(lhs);
            let ok_rhs = self.use_exprs(rhs);
            if ok_lhs && ok_rhs {
                self.assign_error(rhs, l, r);
            }
            return;
        };
        let (mut values, comma_ok) = self.multi_expr(first, l == 2);
        if values.len() == l {
            for (v, x) in lhs.iter().zip(&mut values) {
                self.assign_var(v, None, Some(x), context);
            }
            if comma_ok {
                self.record_comma_ok(first, &values);
            }
            return;
        }
        if values.first().is_some_and(|x| x.is_valid()) {
            self.assign_error(rhs, l, values.len());
        }
        self.use_lhs(lhs);
    }

    /// `lhs := rhs`
    pub(super) fn short_var_decl(&mut self, pos: Pos, lhs: &'a [Expr], rhs: &'a [Expr]) {
        let top = self.n_delayed();
        let scope = self.env.scope;
        let mut seen: IdSet<Symbol> = IdSet::default();
        let mut vars: Vec<ObjId> = Vec::with_capacity(lhs.len());
        let mut new_vars: Vec<ObjId> = Vec::new();
        let mut has_err = false;
        for e in lhs {
            let mut var = None;
            match e.as_ident() {
                None => {
                    self.use_lhs(std::slice::from_ref(e));
                    let msg = format!("non-name {} on left side of :=", self.estr(e));
                    self.error(e, Code::BadDecl, msg);
                    has_err = true;
                }
                Some(ident) if !ident.is_blank() && !seen.insert(ident.name) => {
                    let msg = format!("{} repeated on left side of :=", ident.name);
                    self.error(e, Code::RepeatedDecl, msg);
                    has_err = true;
                }
                Some(ident) => match self.scopes[scope].lookup(ident.name) {
                    // Declared in this scope already: an assignment.
                    Some(alt) => {
                        self.info.record_use(ident.id, alt);
                        if self.objs[alt].is_var() {
                            var = Some(alt);
                        } else {
                            let msg = format!("cannot assign to {}", self.estr(e));
                            self.error(e, Code::UnassignableOperand, msg);
                            has_err = true;
                        }
                    }
                    None => {
                        let obj = self.new_var(VarKind::Local, ident.pos(), ident.name, None);
                        if !ident.is_blank() {
                            new_vars.push(obj);
                        }
                        self.info.record_def(ident.id, obj);
                        var = Some(obj);
                    }
                },
            }
            // A stand-in for what is no variable.
            let var = match var {
                Some(var) => var,
                None => self.new_var(VarKind::Local, e.pos(), Symbol::BLANK, None),
            };
            vars.push(var);
        }

        self.init_vars(&vars, rhs, None);
        // Function literals on the right side must not see the new variables.
        self.process_delayed(top);

        if new_vars.is_empty() && !has_err {
            self.soft_error(pos, Code::NoNewVar, "no new variables on left side of :=");
            return;
        }
        let scope_pos = rhs.last().map_or(pos, |e| e.span.hi);
        for obj in new_vars {
            self.declare(scope, None, obj, scope_pos);
        }
    }
}
