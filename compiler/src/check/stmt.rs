//! Statements and function bodies. (Go: types2/stmt.go)
//!
//! Jumps are not looked at here but in a walk of their own (labels.rs). What is put off while a statement is checked, such as
//! the bodies of function literals, is done at its end.
//!
//! Knows nothing of: package-level declarations.

use std::collections::HashMap;

use minigo_syntax::ast::{
    AssignOp, Block, CaseClause, CommClause, Expr, ExprKind as Node, Ident, SelectStmt, Stmt,
    StmtKind, SwitchStmt, TypeSwitchStmt,
};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Span;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::constant::Kind;
use super::literals::ConstKey;
use super::{
    Checker, DeclId, Environment, Error, ExprKind, Mode, ObjId, ObjectKind, Operand, ScopeId,
    SigId, TypeId, Types, Value, VarKind,
};

/// The constants that cases of a switch had, with their types and places.
type ValueMap = HashMap<ConstKey, Vec<(TypeId, Span)>>;

impl<'a> Checker<'a> {
    /// Checks a body under the signature's scope, for the declaration `decl` (if any) and with `iota` of an enclosing
    /// constant declaration.
    pub(crate) fn func_body(
        &mut self,
        decl: Option<DeclId>,
        sig: SigId,
        body: &'a Block,
        iota: Option<Value>,
    ) {
        let scope = self.types[sig].scope.unwrap_or(self.env.scope);
        let n_scopes = self.scopes.len();
        let env = Environment {
            decl,
            iota,
            sig: Some(sig),
            lang: self.env.lang,
            ..Environment::new(self.env.pkg, scope)
        };
        let outer = self.swap_env(env);
        self.stmt_list(&body.stmts);
        if !self.pkg(self.env.pkg).jumps_checked {
            self.labels(body);
        }
        if !self.types[sig].results.is_empty() && !self.is_terminating(body) {
            self.error(body.rbrace(), Code::MissingReturn, "missing return");
        }
        self.usage(scope, n_scopes);
        self.swap_env(outer);
    }

    /// Reports the variables of a function that nobody uses: those in its own scope and in the scopes opened since there were
    /// `n_scopes`. Among the latter are those of function literals, whose variables have been reported.
    fn usage(&mut self, scope: ScopeId, n_scopes: usize) {
        if !self.is_full() {
            return;
        }
        // One scope after the other, which shows where the limit of errors is reached.
        let mut unused: Vec<ObjId> = Vec::new();
        let inner = (n_scopes..self.scopes.len()).map(ScopeId::new);
        for scope in std::iter::once(scope).chain(inner) {
            let first = unused.len();
            for &(_, obj) in self.scopes[scope].elems() {
                let o = &self.objs[obj];
                if !o.used && o.var_kind() == Some(VarKind::Local) {
                    unused.push(obj);
                }
            }
            unused[first..].sort_by_key(|&obj| self.objs[obj].pos);
        }
        if self.is_session() {
            unused.clear();
        }
        for obj in unused {
            self.objs[obj].used = true;
            let msg = format!("declared and not used: {}", self.objs[obj].name);
            self.soft_error(self.obj_span(obj), Code::UnusedVar, msg);
        }
    }

    fn stmt_list(&mut self, list: &'a [Stmt]) {
        for s in list {
            self.stmt(s);
        }
    }

    fn block(&mut self, b: &'a Block) {
        self.open_scope(b.span);
        self.stmt_list(&b.stmts);
        self.close_scope();
    }

    /// Checks a statement.
    pub(super) fn stmt(&mut self, s: &'a Stmt) {
        let top = self.n_delayed();
        match &s.kind {
            StmtKind::Bad
            | StmtKind::Empty
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Goto(_)
            | StmtKind::Fallthrough => {}
            StmtKind::Labeled(l) => self.stmt(&l.stmt),
            StmtKind::Decl(d) => self.decl_stmt(d),
            StmtKind::Expr(x) => self.expr_stmt(x),
            StmtKind::Send(_) => self.send_stmt(s),
            StmtKind::IncDec(_) => self.inc_dec_stmt(s),
            StmtKind::Assign(a) => match a.op {
                AssignOp::Assign => self.assign_vars(&a.lhs, &a.rhs),
                AssignOp::Define => self.short_var_decl(a.op_pos, &a.lhs, &a.rhs),
                AssignOp::Op(op) => self.assign_op(s, &a.lhs, &a.rhs, op),
            },
            StmtKind::Go(call) => self.suspended_call("go", call),
            StmtKind::Defer(call) => self.suspended_call("defer", call),
            StmtKind::Return(r) => self.return_stmt(s, &r.results),
            StmtKind::Block(b) => self.block(b),
            StmtKind::If(i) => {
                self.open_scope(s.span);
                if let Some(init) = &i.init {
                    self.stmt(init);
                }
                self.condition(&i.cond, "if");
                self.block(&i.then);
                if let Some(els) = &i.els {
                    self.stmt(els);
                }
                self.close_scope();
            }
            StmtKind::Switch(w) => {
                self.open_scope(s.span);
                if let Some(init) = &w.init {
                    self.stmt(init);
                }
                self.switch_stmt(w);
                self.close_scope();
            }
            StmtKind::TypeSwitch(w) => {
                self.open_scope(s.span);
                if let Some(init) = &w.init {
                    self.stmt(init);
                }
                self.type_switch_stmt(w);
                self.close_scope();
            }
            StmtKind::Select(w) => self.select_stmt(w),
            StmtKind::For(f) => {
                self.open_scope(s.span);
                if let Some(init) = &f.init {
                    self.stmt(init);
                }
                if let Some(cond) = &f.cond {
                    self.condition(cond, "for");
                }
                if let Some(post) = &f.post {
                    self.stmt(post);
                    // The parser has refused a declaration; its variables need not be used.
                    if let StmtKind::Assign(a) = &post.kind
                        && a.op == AssignOp::Define
                    {
                        self.use_exprs(&a.lhs);
                    }
                }
                if !self.allows(22) {
                    self.info.set_shared_loop_vars(f.body.id);
                }
                self.block(&f.body);
                self.close_scope();
            }
            StmtKind::Range(r) => {
                self.range_clause(s, r);
                self.block(&r.body);
                self.close_scope();
            }
        }
        self.process_delayed(top);
    }

    fn condition(&mut self, cond: &'a Expr, what: &str) {
        let mut x = Operand::new();
        self.expr(None, &mut x, cond);
        if x.is_valid() && !self.all_boolean(x.ty) {
            let msg = format!("non-boolean condition in {what} statement");
            self.error(cond, Code::InvalidCond, msg);
        }
    }

    /// An expression that stands as a statement: a call or a receive.
    fn expr_stmt(&mut self, e: &'a Expr) {
        let mut x = Operand::new();
        let kind = self.raw_expr(None, &mut x, e, None, false);
        let (msg, code) = match x.mode {
            Mode::Builtin(_) => ("must be called", Code::UncalledBuiltin),
            Mode::TypExpr => ("is not an expression", Code::NotAnExpr),
            _ if kind == ExprKind::Statement => return,
            _ => ("is not used", Code::UnusedExpr),
        };
        let msg = format!("{} {msg}", self.xstr(&x));
        self.error(&x, code, msg);
    }

    fn send_stmt(&mut self, s: &'a Stmt) {
        let StmtKind::Send(send) = &s.kind else {
            return;
        };
        let (mut ch, mut val) = (Operand::new(), Operand::new());
        self.expr(None, &mut ch, &send.chan);
        self.generic_expr(&mut val, &send.value, None);
        if !ch.is_valid() || !val.is_valid() {
            return;
        }
        if let Some(elem) = self.chan_elem(Some(s.start_pos()), &ch, false) {
            self.assignment(&mut val, Some(elem), "send");
        }
    }

    fn inc_dec_stmt(&mut self, s: &'a Stmt) {
        let StmtKind::IncDec(inc) = &s.kind else {
            return;
        };
        let mut x = Operand::new();
        self.expr(None, &mut x, &inc.x);
        if !x.is_valid() {
            return;
        }
        if !self.all_numeric(x.ty) {
            let op = if inc.inc { "++" } else { "--" };
            let msg = format!(
                "invalid operation: {}{op} (non-numeric type {})",
                self.estr(&inc.x),
                self.tstr(x.ty)
            );
            self.error(&inc.x, Code::NonNumericIncDec, msg);
            return;
        }
        self.assign_var(&inc.x, None, Some(&mut x), "assignment");
    }

    fn assign_op(&mut self, s: &'a Stmt, lhs: &'a [Expr], rhs: &'a [Expr], op: BinaryOp) {
        let ([l], [r]) = (lhs, rhs) else {
            let msg = format!("assignment operation {op}= requires single-valued expressions");
            self.error(s, Code::MultiValAssignOp, msg);
            return;
        };
        let mut x = Operand::new();
        self.binary(&mut x, None, l, r, op);
        self.assign_var(l, None, Some(&mut x), "assignment");
    }

    /// `go f()`, `defer f()`
    fn suspended_call(&mut self, keyword: &str, call: &'a Expr) {
        let code = if keyword == "go" {
            Code::InvalidGo
        } else {
            Code::InvalidDefer
        };
        if !matches!(call.kind, Node::Call(_)) {
            let msg = format!("expression in {keyword} must be function call");
            self.error(call, code, msg);
            self.use_expr(call);
            return;
        }
        let mut x = Operand::new();
        let (msg, code) = match self.raw_expr(None, &mut x, call, None, false) {
            ExprKind::Conversion => ("requires function call, not conversion", code),
            ExprKind::Expression => ("discards result of", Code::UnusedResults),
            ExprKind::Statement => return,
        };
        let msg = format!("{keyword} {msg} {}", self.xstr(&x));
        self.error(&x, code, msg);
    }

    fn return_stmt(&mut self, s: &'a Stmt, results: &'a [Expr]) {
        let Some(sig) = self.env.sig else { return };
        let list = self.types[sig].results;
        let vars = self.types.objs(list).to_vec();
        let named = vars
            .first()
            .is_some_and(|&v| self.objs[v].name != Symbol::EMPTY);
        if !(results.is_empty() && named) {
            self.init_vars(&vars, results, Some(s));
            return;
        }
        // A plain return needs the results to be visible.
        for v in vars {
            let name = self.objs[v].name;
            if let Some(alt) = self.lookup(name)
                && alt != v
            {
                let mut err = Error::new(Code::OutOfScopeResult);
                err.add(s, format!("result parameter {name} not in scope at return"));
                let inner = format!("inner declaration of {}", self.ostr(v));
                err.add(self.obj_span(alt), inner);
                self.report(err);
            }
        }
    }

    // ---- switch

    fn multiple_defaults(&mut self, defaults: impl Iterator<Item = Span>) {
        let mut first: Option<Span> = None;
        for span in defaults {
            match first {
                None => first = Some(span),
                Some(first) => {
                    let at = self.place(first.lo);
                    self.error(
                        span,
                        Code::DuplicateDefault,
                        format!("multiple defaults (first at {at})"),
                    );
                }
            }
        }
    }

    fn switch_stmt(&mut self, w: &'a SwitchStmt) {
        let mut x = Operand::new();
        match &w.tag {
            Some(tag) => {
                self.expr(None, &mut x, tag);
                // With a default type: cases are converted to it.
                self.assignment(&mut x, None, "switch expression");
                if x.is_valid() && !self.comparable(x.ty) && !self.has_nil(x.ty) {
                    let msg = format!(
                        "cannot switch on {} ({} is not comparable)",
                        self.xstr(&x),
                        self.tstr(x.ty)
                    );
                    self.error(&x, Code::InvalidExprSwitch, msg);
                    x.invalidate();
                }
            }
            None => {
                // As if the tag were `true`.
                let pos = w.clauses.first().map_or(w.rbrace, |c| c.span.lo);
                x.mode = Mode::Constant;
                x.ty = Types::BOOL;
                x.val = Value::Bool(true);
                x.expr = Some(self.dummy_expr(pos, "true"));
            }
        }
        self.multiple_defaults(w.clauses.iter().filter(|c| c.is_default).map(|c| c.span));
        let mut seen = ValueMap::new();
        for clause in &w.clauses {
            self.case_values(&mut x, &clause.exprs, &mut seen);
            self.open_scope(clause.span);
            self.stmt_list(&clause.body);
            self.close_scope();
        }
    }

    fn case_values(&mut self, x: &mut Operand<'a>, values: &'a [Expr], seen: &mut ValueMap) {
        for e in values {
            let mut v = Operand::new();
            self.expr(None, &mut v, e);
            if !x.is_valid() || !v.is_valid() {
                continue;
            }
            self.convert_untyped(&mut v, x.ty);
            if !v.is_valid() {
                continue;
            }
            // Comparing changes the operand.
            let mut res = v.clone();
            self.comparison(&mut res, x, BinaryOp::Eql, true);
            if !res.is_valid() || v.mode != Mode::Constant {
                continue;
            }
            // Only numbers and strings can be duplicates; `case true, true` is no fault.
            let key = match v.val.kind() {
                Kind::Int | Kind::Float | Kind::String => ConstKey::of(&v.val),
                _ => None,
            };
            let Some(key) = key else { continue };
            let earlier = seen.get(&key).cloned().unwrap_or_default();
            let previous = earlier
                .into_iter()
                .find(|&(ty, _)| self.identical(ty, v.ty));
            if let Some((_, span)) = previous {
                let mut err = Error::new(Code::DuplicateCase);
                err.add(
                    &v,
                    format!("duplicate case {} in expression switch", self.xstr(&v)),
                );
                err.add(span, "previous case");
                self.report(err);
                continue;
            }
            let at = e.pos().span();
            seen.entry(key).or_default().push((v.ty, at));
        }
    }

    fn type_switch_stmt(&mut self, w: &'a TypeSwitchStmt) {
        let mut bind: Option<Ident> = w.bind;
        if let Some(ident) = bind
            && ident.is_blank()
        {
            self.soft_error(ident, Code::NoNewVar, "no new variable on left side of :=");
            bind = None;
        }
        let mut x = Operand::new();
        self.expr(None, &mut x, &w.x);
        let mut subject = None;
        if x.is_valid() {
            if self.is_type_param(x.ty) {
                let msg = format!(
                    "cannot use type switch on type parameter value {}",
                    self.xstr(&x)
                );
                self.error(&x, Code::InvalidTypeSwitch, msg);
            } else if self.is_interface(x.ty) {
                subject = Some(&x);
            } else {
                let msg = format!("{} is not an interface", self.xstr(&x));
                self.error(&x, Code::InvalidTypeSwitch, msg);
            }
        }
        self.multiple_defaults(w.clauses.iter().filter(|c| c.is_default).map(|c| c.span));
        let mut vars: Vec<ObjId> = Vec::new();
        let mut seen: Vec<(Option<TypeId>, &'a Expr)> = Vec::new();
        for clause in &w.clauses {
            let ty = self.case_types(subject, clause, &mut seen);
            self.open_scope(clause.span);
            if let Some(ident) = bind {
                let obj = self.new_var(VarKind::Local, ident.pos(), ident.name, Some(ty));
                let scope = self.env.scope;
                self.declare(scope, None, obj, clause.colon);
                self.info.record_def(clause.id, obj);
                vars.push(obj);
            }
            self.stmt_list(&clause.body);
            self.close_scope();
        }
        // The symbol is one variable to the reader: one use in any clause is enough.
        if let Some(ident) = bind {
            let used = vars.iter().any(|&v| self.objs[v].used);
            for v in vars {
                self.objs[v].used = true;
            }
            if !used && self.is_full() && !self.is_session() {
                self.soft_error(
                    ident,
                    Code::UnusedVar,
                    format!("{} declared and not used", ident.name),
                );
            }
        }
    }

    /// Checks the types of a clause and gives the type that the symbol has there.
    fn case_types(
        &mut self,
        x: Option<&Operand<'a>>,
        clause: &'a CaseClause,
        seen: &mut Vec<(Option<TypeId>, &'a Expr)>,
    ) -> TypeId {
        // The last case's type; nil has none.
        let mut last = None;
        for e in &clause.exprs {
            let ty = if self.is_nil_expr(e) {
                self.expr(None, &mut Operand::new(), e);
                None
            } else {
                let ty = self.var_type(e);
                last = Some(ty);
                if !self.is_valid(ty) {
                    continue;
                }
                Some(ty)
            };
            last = ty;
            let previous = seen.iter().copied().find(|&(other, _)| match (other, ty) {
                (None, None) => true,
                (Some(a), Some(b)) => self.identical(a, b),
                _ => false,
            });
            if let Some((_, other)) = previous {
                let what = ty.map_or("nil".to_owned(), |t| self.tstr(t));
                let mut err = Error::new(Code::DuplicateCase);
                err.add(e, format!("duplicate case {what} in type switch"));
                err.add(other, "previous case");
                self.report(err);
                continue;
            }
            seen.push((ty, e));
            if let (Some(x), Some(ty)) = (x, ty) {
                self.type_assertion(e, x, ty, true);
            }
        }
        match last {
            Some(ty) if clause.exprs.len() == 1 => ty,
            _ => x.map_or(Types::INVALID, |x| x.ty),
        }
    }

    /// Whether the expression is the predeclared `nil`.
    fn is_nil_expr(&self, e: &Expr) -> bool {
        let obj = e.unparen().as_ident().and_then(|i| self.lookup(i.name));
        obj.is_some_and(|obj| matches!(self.objs[obj].kind, ObjectKind::Nil))
    }

    // ---- select

    fn select_stmt(&mut self, w: &'a SelectStmt) {
        let defaults = w.clauses.iter().filter(|c| c.comm.is_none());
        self.multiple_defaults(defaults.map(|c| c.span));
        for clause in &w.clauses {
            if let Some(comm) = &clause.comm
                && !is_communication(comm)
            {
                self.error(
                    comm,
                    Code::InvalidSelectCase,
                    "select case must be send or receive (possibly with assignment)",
                );
                continue;
            }
            self.comm_clause(clause);
        }
    }

    fn comm_clause(&mut self, clause: &'a CommClause) {
        self.open_scope(clause.span);
        if let Some(comm) = &clause.comm {
            self.stmt(comm);
        }
        self.stmt_list(&clause.body);
        self.close_scope();
    }
}

/// Whether a statement is a send, or a receive whose values are used, assigned or declared.
fn is_communication(s: &Stmt) -> bool {
    let rhs = match &s.kind {
        StmtKind::Send(_) => return true,
        StmtKind::Expr(x) => x,
        StmtKind::Assign(a) => match &a.rhs[..] {
            [x] => x,
            _ => return false,
        },
        _ => return false,
    };
    matches!(&rhs.unparen().kind, Node::Unary(u) if u.op == UnaryOp::Recv)
}
