//! Expressions: operators, untyped operands and how they get their types. (Go: types2/expr.go)
//!
//! `raw_expr` checks any expression, top down, into an operand, and records what it found under the expression. Untyped
//! expressions are recorded as such; when an assignment or another operand decides their type, `update_expr_type` walks down
//! again and records the final one, so that what comes behind sees the type each value has at run time. The left operand of a
//! non-constant shift takes part in this: whether it is an integer is known only then.
//!
//! A target, where given, is the signature that a generic function is assigned to. A hint is the type of the elements of an
//! enclosing composite literal, for literals without a type of their own.
//!
//! Knows nothing of: statements.

use minigo_syntax::ast::{Expr, ExprKind as Node, UnaryExpr};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::{Basic, ChanDir, Checker, ExprKind, Mode, Operand, Target, Type, TypeId, Types, Value};

/// Modes that [`Checker::exclude`] refuses.
const NO_VALUE: u8 = 1;
const BUILTIN: u8 = 2;
const TYP_EXPR: u8 = 4;

/// Where gc puts an overflow: at the operator if there is one.
pub(super) fn op_pos(e: Option<&Expr>) -> Pos {
    match e {
        None => Pos::NONE,
        Some(e) => match &e.kind {
            Node::Binary(b) => b.op_pos,
            Node::Unary(_) | Node::Star(_) => e.span.lo,
            _ => e.start_pos(),
        },
    }
}

/// `1st function result`
fn nth_result(n: usize) -> String {
    let ext = match n {
        1 => "st",
        2 => "nd",
        3 => "rd",
        _ => "th",
    };
    format!("{n}{ext} function result")
}

impl<'a> Checker<'a> {
    // ---- doors

    /// Checks an expression that must be a single value.
    pub(crate) fn expr(&mut self, target: Option<&Target>, x: &mut Operand<'a>, e: &'a Expr) {
        self.raw_expr(target, x, e, None, false);
        self.exclude(x, NO_VALUE | BUILTIN | TYP_EXPR);
        self.single_value(x);
    }

    /// The same; the result may be a generic function.
    pub(crate) fn generic_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr, hint: Option<TypeId>) {
        self.raw_expr(None, x, e, hint, true);
        self.exclude(x, NO_VALUE | BUILTIN | TYP_EXPR);
        self.single_value(x);
    }

    /// Checks an expression that may have several values: a call, or, if allowed, a comma-ok expression. Says whether it is
    /// the latter.
    pub(crate) fn multi_expr(
        &mut self,
        e: &'a Expr,
        allow_comma_ok: bool,
    ) -> (Vec<Operand<'a>>, bool) {
        let mut x = Operand::new();
        self.raw_expr(None, &mut x, e, None, false);
        self.exclude(&mut x, NO_VALUE | BUILTIN | TYP_EXPR);
        if x.is_valid()
            && let Type::Tuple(vars) = self.types.get(x.ty)
        {
            let mut list = Vec::with_capacity(vars.len());
            for i in 0..vars.len() {
                let ty = self.objs.ty(self.types.obj(vars, i));
                let dummy = self.dummy_expr(e.start_pos(), &nth_result(i + 1));
                list.push(Operand::value(ty, Some(dummy)));
            }
            return (list, false);
        }
        let comma_ok = allow_comma_ok && matches!(x.mode, Mode::MapIndex | Mode::CommaOk);
        if !comma_ok {
            return (vec![x], false);
        }
        let dummy = self.dummy_expr(e.start_pos(), "ok value of (comma, ok) expression");
        (
            vec![x, Operand::value(Types::UNTYPED_BOOL, Some(dummy))],
            true,
        )
    }

    /// Checks an expression or a type.
    pub(crate) fn expr_or_type(&mut self, x: &mut Operand<'a>, e: &'a Expr, allow_generic: bool) {
        self.raw_expr(None, x, e, None, allow_generic);
        self.exclude(x, NO_VALUE);
        self.single_value(x);
    }

    /// Checks any expression and records it.
    pub(crate) fn raw_expr(
        &mut self,
        target: Option<&Target>,
        x: &mut Operand<'a>,
        e: &'a Expr,
        hint: Option<TypeId>,
        allow_generic: bool,
    ) -> ExprKind {
        let kind = self.expr_internal(target, x, e, hint);
        if !allow_generic {
            self.non_generic(target, x);
        }
        self.record(x);
        kind
    }

    /// An expression that stands for something without text of its own: what a message calls it.
    ///
    /// It lives as long as the process, like the texts of symbols: operands outlive any place where it could be kept.
    pub(super) fn dummy_expr(&mut self, pos: Pos, text: &str) -> &'a Expr {
        Box::leak(Box::new(Expr::name(Symbol::intern(text), pos.span())))
    }

    /// The text of an operand's expression.
    pub(super) fn xexpr(&self, x: &Operand<'a>) -> String {
        x.expr.map_or(String::new(), |e| self.estr(e))
    }

    /// The signature that a generic function assigned to a variable of type `ty` must match.
    pub(crate) fn new_target(&mut self, ty: Option<TypeId>, desc: &str) -> Option<Target> {
        let sig = self.target_sig(ty?)?;
        Some(Target {
            sig,
            desc: desc.to_owned(),
        })
    }

    pub(super) fn target_sig(&mut self, ty: TypeId) -> Option<super::SigId> {
        let u = match self.types.get(ty) {
            // Most types that are assigned to are no functions; find out without looking at type sets.
            Type::Signature(sig) => return Some(sig),
            Type::Basic(_) | Type::Pointer { .. } | Type::Slice { .. } | Type::Map { .. } => {
                return None;
            }
            _ => self.common_under(ty).ok()?,
        };
        match self.types.get(u) {
            Type::Signature(sig) => Some(sig),
            _ => None,
        }
    }

    // ---- restrictions on operands

    /// Refuses a generic function or type, after trying to infer the type arguments from the target.
    pub(super) fn non_generic(&mut self, target: Option<&Target>, x: &mut Operand<'a>) {
        if !x.is_valid() || x.mode == Mode::NoValue {
            return;
        }
        let what = match self.types.get(x.ty) {
            Type::Alias(_) | Type::Named(_) if self.is_generic(x.ty) => "type",
            Type::Signature(sig) if !self.types[sig].tparams.is_empty() => {
                if target.is_some() {
                    let pos = x.pos();
                    self.func_inst(target, pos, x, None, true);
                    return;
                }
                "function"
            }
            _ => return,
        };
        self.error(
            &*x,
            Code::WrongTypeArgCount,
            format!(
                "cannot use generic {what} {} without instantiation",
                self.xexpr(x)
            ),
        );
        x.invalidate();
        x.ty = Types::INVALID;
    }

    fn exclude(&mut self, x: &mut Operand<'a>, modes: u8) {
        let (msg, code) = match x.mode {
            Mode::NoValue if modes & NO_VALUE != 0 => {
                let msg = if modes & TYP_EXPR != 0 {
                    "used as value"
                } else {
                    "used as value or type"
                };
                (msg, Code::TooManyValues)
            }
            Mode::Builtin(_) if modes & BUILTIN != 0 => ("must be called", Code::UncalledBuiltin),
            Mode::TypExpr if modes & TYP_EXPR != 0 => ("is not an expression", Code::NotAnExpr),
            _ => return,
        };
        self.error(&*x, code, format!("{} {msg}", self.xstr(x)));
        x.invalidate();
    }

    /// Refuses no value, as `expr` does, and a predeclared function; types are fine.
    pub(super) fn exclude_no_value_and_builtin(&mut self, x: &mut Operand<'a>) {
        self.exclude(x, NO_VALUE | BUILTIN);
    }

    /// Refuses everything that is no value, but lets several values pass.
    pub(super) fn exclude_non_values(&mut self, x: &mut Operand<'a>) {
        self.exclude(x, NO_VALUE | BUILTIN | TYP_EXPR);
    }

    /// Refuses several values.
    pub(crate) fn single_value(&mut self, x: &mut Operand<'a>) {
        if x.mode == Mode::Value && matches!(self.types.get(x.ty), Type::Tuple(_)) {
            self.error(
                &*x,
                Code::TooManyValues,
                format!("multiple-value {} in single-value context", self.xstr(x)),
            );
            x.invalidate();
        }
    }

    // ---- the dispatcher

    fn expr_internal(
        &mut self,
        target: Option<&Target>,
        x: &mut Operand<'a>,
        e: &'a Expr,
        hint: Option<TypeId>,
    ) -> ExprKind {
        x.invalidate();
        x.ty = Types::INVALID;
        let mut kind = ExprKind::Expression;
        match &e.kind {
            Node::Bad => {}
            Node::Ident(_) => self.ident(x, e, false),
            Node::BasicLit(..) => self.basic_lit(x, e),
            Node::FuncLit(_) => self.func_lit(x, e),
            Node::CompositeLit(_) => self.composite_lit(x, e, hint),
            Node::Paren(inner) => {
                let kind = self.raw_expr(None, x, inner, None, false);
                x.expr = Some(e);
                return kind;
            }
            Node::Selector(_) => self.selector(x, e, false),
            Node::Index(_) => {
                if self.index_expr(x, e) {
                    self.func_inst(target, e.pos(), x, Some(e), true);
                }
            }
            Node::Slice(_) => self.slice_expr(x, e),
            Node::TypeAssert(_) => self.type_assert_expr(x, e),
            Node::Call(_) => return self.call_expr(x, e),
            Node::Star(inner) => self.star_expr(x, inner),
            Node::Unary(u) => {
                self.unary(x, e, u);
                if x.is_valid() && u.op == UnaryOp::Recv {
                    kind = ExprKind::Statement;
                }
            }
            Node::Binary(b) => self.binary(x, Some(e), &b.x, &b.y, b.op),
            Node::KeyValue(_) => {
                self.error(
                    e,
                    Code::InvalidSyntaxTree,
                    "invalid syntax tree: no key:value expected",
                );
            }
            Node::Ellipsis(_) => {
                self.error(
                    e,
                    Code::InvalidSyntaxTree,
                    "invalid syntax tree: invalid use of ...",
                );
            }
            Node::ArrayType(_)
            | Node::SliceType(_)
            | Node::StructType(_)
            | Node::FuncType(_)
            | Node::InterfaceType(_)
            | Node::MapType(_)
            | Node::ChanType(_) => {
                x.mode = Mode::TypExpr;
                x.ty = self.typ(e);
            }
        }
        x.expr = Some(e);
        if !x.is_valid() {
            // What is wrong already needs no complaint that it is unused.
            return ExprKind::Statement;
        }
        kind
    }

    /// `*x`
    fn star_expr(&mut self, x: &mut Operand<'a>, inner: &'a Expr) {
        self.expr_or_type(x, inner, false);
        match x.mode {
            Mode::Invalid => {}
            Mode::TypExpr => {
                self.valid_var_type(inner, x.ty);
                x.ty = self.types.new_pointer(x.ty);
            }
            _ => {
                let mut base = None;
                let ty = x.ty;
                for term in self.typeset(ty) {
                    let elem = match term.map(|(_, u)| self.types.get(u)) {
                        Some(Type::Pointer { elem }) => elem,
                        _ => {
                            self.error(
                                &*x,
                                Code::InvalidIndirection,
                                format!("invalid operation: cannot indirect {}", self.xstr(x)),
                            );
                            x.invalidate();
                            return;
                        }
                    };
                    if let Some(base) = base
                        && !self.identical(elem, base)
                    {
                        self.error(
                            &*x,
                            Code::InvalidIndirection,
                            format!(
                                "invalid operation: pointers of {} must have identical base types",
                                self.xstr(x)
                            ),
                        );
                        x.invalidate();
                        return;
                    }
                    base = Some(elem);
                }
                let base = base.unwrap_or(Types::INVALID);
                if !self.is_complete(base) {
                    x.invalidate();
                    return;
                }
                x.mode = Mode::Variable;
                x.ty = base;
            }
        }
    }

    /// `x.(T)`
    fn type_assert_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        let Node::TypeAssert(assert) = &e.kind else {
            return;
        };
        let Some(ty) = &assert.ty else {
            self.error(
                e,
                Code::InvalidSyntaxTree,
                "invalid syntax tree: use of .(type) outside type switch",
            );
            self.use_expr(&assert.x);
            x.invalidate();
            return;
        };
        self.expr(None, x, &assert.x);
        if !x.is_valid() {
            return;
        }
        if self.is_type_param(x.ty) {
            self.error(
                &*x,
                Code::InvalidAssert,
                format!(
                    "invalid operation: cannot use type assertion on type parameter value {}",
                    self.xstr(x)
                ),
            );
            x.invalidate();
            return;
        }
        if !matches!(self.under_type(x.ty), Type::Interface(_)) {
            self.error(
                &*x,
                Code::InvalidAssert,
                format!("invalid operation: {} is not an interface", self.xstr(x)),
            );
            x.invalidate();
            return;
        }
        let ty = self.var_type(ty);
        if !self.is_valid(ty) || !self.is_complete(ty) {
            x.invalidate();
            return;
        }
        self.type_assertion(e, x, ty, false);
        x.mode = Mode::CommaOk;
        x.ty = ty;
    }

    /// Reports an assertion of `x` to `ty` that cannot succeed.
    pub(super) fn type_assertion(
        &mut self,
        e: &'a Expr,
        x: &Operand<'a>,
        ty: TypeId,
        type_switch: bool,
    ) {
        let mut cause = String::new();
        if self.assertable_to(x.ty, ty, &mut cause) {
            return;
        }
        let (es, ts) = (self.estr(e), self.tstr(ty));
        let msg = if type_switch {
            format!(
                "impossible type switch case: {es}\n\t{} cannot have dynamic type {ts} {cause}",
                self.xstr(x)
            )
        } else {
            format!(
                "impossible type assertion: {es}\n\t{ts} does not implement {} {cause}",
                self.tstr(x.ty)
            )
        };
        self.error(e, Code::ImpossibleAssert, msg);
    }

    // ---- unary operators

    fn unary(&mut self, x: &mut Operand<'a>, e: &'a Expr, u: &'a UnaryExpr) {
        self.expr(None, x, &u.x);
        if !x.is_valid() {
            return;
        }
        let mut op = u.op;
        match op {
            UnaryOp::Addr => {
                let is_lit = matches!(u.x.unparen().kind, Node::CompositeLit(_));
                if !is_lit && x.mode != Mode::Variable {
                    self.error(
                        &*x,
                        Code::UnaddressableOperand,
                        format!("invalid operation: cannot take address of {}", self.xstr(x)),
                    );
                    x.invalidate();
                    return;
                }
                x.mode = Mode::Value;
                x.ty = self.types.new_pointer(x.ty);
                return;
            }
            UnaryOp::Recv => {
                match self.chan_elem(x.expr.map(|e| e.start_pos()), x, true) {
                    Some(elem) if self.is_complete(elem) => {
                        x.mode = Mode::CommaOk;
                        x.ty = elem;
                        self.env.has_call_or_recv = true;
                    }
                    _ => x.invalidate(),
                }
                return;
            }
            UnaryOp::Tilde => {
                if !self.all_integer(x.ty) {
                    self.error(
                        e,
                        Code::UndefinedOp,
                        "cannot use ~ outside of interface or type constraint",
                    );
                    x.invalidate();
                    return;
                }
                self.error(
                    e,
                    Code::UndefinedOp,
                    "cannot use ~ outside of interface or type constraint (use ^ for bitwise complement)",
                );
                op = UnaryOp::Xor;
            }
            UnaryOp::Plus | UnaryOp::Neg | UnaryOp::Not | UnaryOp::Xor => {}
        }
        let allowed = match op {
            UnaryOp::Not => self.all_boolean(x.ty),
            UnaryOp::Xor => self.all_integer(x.ty),
            _ => self.all_numeric(x.ty),
        };
        if !allowed {
            self.undefined_op(x, op.as_str());
            return;
        }
        if x.mode == Mode::Constant {
            if x.val.is_unknown() {
                return;
            }
            let bits = if self.is_unsigned(x.ty) {
                (self.size_of(x.ty) * 8) as u32
            } else {
                0
            };
            x.val = Value::unary(op, &x.val, bits);
            x.expr = Some(e);
            self.overflow(x, op_pos(x.expr));
            return;
        }
        x.mode = Mode::Value;
    }

    fn undefined_op(&mut self, x: &mut Operand<'a>, op: &str) {
        self.error(
            &*x,
            Code::UndefinedOp,
            format!(
                "invalid operation: operator {op} not defined on {}",
                self.xstr(x)
            ),
        );
        x.invalidate();
    }

    /// The element type of a channel that is received from or sent to; `None` after an error at `pos`.
    pub(super) fn chan_elem(
        &mut self,
        pos: Option<Pos>,
        x: &Operand<'a>,
        recv: bool,
    ) -> Option<TypeId> {
        let result = self.common_under_if(x.ty, |check, term| {
            let Some((t, u)) = term else {
                return Err("no specific channel type".to_owned());
            };
            match check.types.get(u) {
                Type::Chan { dir, .. } if recv && dir == ChanDir::SendOnly => {
                    Err(format!("send-only channel {}", check.tstr(t)))
                }
                Type::Chan { dir, .. } if !recv && dir == ChanDir::RecvOnly => {
                    Err(format!("receive-only channel {}", check.tstr(t)))
                }
                Type::Chan { .. } => Ok(()),
                _ => Err(format!("non-channel {}", check.tstr(t))),
            }
        });
        let cause = match result {
            Ok(u) => match self.types.get(u) {
                Type::Chan { elem, .. } => return Some(elem),
                _ => return None,
            },
            Err(cause) => cause,
        };
        let (verb, code) = if recv {
            ("receive from", Code::InvalidReceive)
        } else {
            ("send to", Code::InvalidSend)
        };
        let xs = self.xstr(x);
        let msg = if self.is_type_param(x.ty) {
            format!("invalid operation: cannot {verb} {xs}: {cause}")
        } else {
            format!("invalid operation: cannot {verb} {cause} {xs}")
        };
        self.error(pos.unwrap_or(Pos::NONE), code, msg);
        None
    }

    // ---- untyped operands

    /// Gives an untyped expression, and those below it that share its type, the type `ty`; for good if `is_final` or if the
    /// type is a typed one.
    pub(crate) fn update_expr_type(&mut self, e: &'a Expr, ty: TypeId, is_final: bool) {
        let Some(old) = self.info.untyped(e.id) else {
            return;
        };
        match &e.kind {
            Node::Paren(inner) => self.update_expr_type(inner, ty, is_final),
            // A constant's operands keep the types they have: only the value matters.
            Node::Unary(u) if old.val.is_none() => self.update_expr_type(&u.x, ty, is_final),
            Node::Binary(b) if old.val.is_none() => {
                if b.op.is_comparison() {
                    // The result's type says nothing about the operands'.
                } else if b.op.is_shift() {
                    // The count has its type from elsewhere.
                    self.update_expr_type(&b.x, ty, is_final);
                } else {
                    self.update_expr_type(&b.x, ty, is_final);
                    self.update_expr_type(&b.y, ty, is_final);
                }
            }
            _ => {}
        }
        if !is_final && self.is_untyped(ty) {
            let ty = self.under(ty);
            self.info.set_ty(e.id, ty);
            return;
        }
        // From here on the expression counts as typed.
        self.info.set_ty(e.id, ty);
        if old.is_lhs {
            self.info.set_is_lhs(e.id, false);
            if !self.all_integer(ty) {
                self.error(
                    e,
                    Code::InvalidShiftOperand,
                    format!(
                        "invalid operation: shifted operand {} (type {}) must be integer",
                        self.estr(e),
                        self.tstr(ty)
                    ),
                );
                return;
            }
        }
        let mut val = Value::Unknown;
        if let Some(id) = old.val {
            // A parent was given a type, and with it this constant, whose value must fit.
            val = self.info.value(id).clone();
            let mut c = Operand {
                mode: old.mode,
                expr: Some(e),
                ty: old.ty,
                val: val.clone(),
            };
            self.convert_untyped(&mut c, ty);
            if !c.is_valid() {
                return;
            }
            if self.is_typed(ty) && c.mode == Mode::Constant {
                val = c.val;
            }
        }
        self.info.record(e.id, old.mode, ty, &val);
    }

    /// Changes the value recorded for an untyped constant.
    pub(crate) fn update_expr_val(&mut self, e: &'a Expr, val: &Value) {
        if self.info.untyped(e.id).is_some() {
            self.info.set_val(e.id, val);
        }
    }

    /// The type that an untyped operand has when it is used as `target`, and its value rounded to that.
    pub(crate) fn implicit_type_and_value(
        &mut self,
        x: &Operand<'a>,
        target: TypeId,
    ) -> Result<(TypeId, Option<Value>), Code> {
        const BAD: Code = Code::InvalidUntypedConversion;
        if !x.is_valid() || self.is_typed(x.ty) || !self.is_valid(target) {
            return Ok((x.ty, None));
        }
        if self.is_untyped(target) {
            return self.max_type(x.ty, target).map(|t| (t, None)).ok_or(BAD);
        }
        if x.is_nil() {
            return if self.has_nil(target) {
                Ok((target, None))
            } else {
                Err(BAD)
            };
        }
        match self.under_type(target) {
            Type::Basic(b) => {
                if x.mode == Mode::Constant {
                    let basic = Types::basic(b);
                    let val = self.representation(x, basic)?;
                    return Ok((target, Some(val)));
                }
                // Untyped values that are no constants: comparisons, and shifts that are not constant.
                let ok = match self.types.get(x.ty) {
                    Type::Basic(Basic::UntypedBool) => b.is_boolean(),
                    Type::Basic(
                        Basic::UntypedInt
                        | Basic::UntypedRune
                        | Basic::UntypedFloat
                        | Basic::UntypedComplex,
                    ) => b.is_numeric(),
                    Type::Basic(Basic::UntypedString) => b.is_string(),
                    _ => false,
                };
                if !ok {
                    return Err(BAD);
                }
            }
            Type::Interface(iface) => {
                if self.is_type_param(target) {
                    for term in self.typeset(target) {
                        let Some((_, u)) = term else { return Err(BAD) };
                        self.implicit_type_and_value(x, u).map_err(|_| BAD)?;
                    }
                } else {
                    let tset = self.type_set(iface);
                    if !tset.methods.is_empty()
                        || tset.comparable
                        || tset.terms != super::Terms::All
                    {
                        return Err(BAD);
                    }
                    return Ok((self.default_type(x.ty), None));
                }
            }
            _ => return Err(BAD),
        }
        Ok((target, None))
    }

    // ---- binary operators

    /// Brings two operands to one type if one of them is untyped. (Go: matchTypes)
    pub(crate) fn match_types(&mut self, x: &mut Operand<'a>, y: &mut Operand<'a>) {
        if !self.may_convert(x, y) {
            return;
        }
        self.convert_untyped(x, y.ty);
        if !x.is_valid() {
            return;
        }
        self.convert_untyped(y, x.ty);
        if !y.is_valid() {
            x.invalidate();
        }
    }

    /// Whether converting an untyped operand to the other's type can succeed; if not, the mismatch is the better message.
    fn may_convert(&mut self, x: &Operand<'a>, y: &Operand<'a>) -> bool {
        if self.is_typed(x.ty) && self.is_typed(y.ty) {
            return false;
        }
        if self.all_numeric(x.ty) != self.all_numeric(y.ty) {
            return false;
        }
        if self.is_non_type_param_interface(x.ty) || self.is_non_type_param_interface(y.ty) {
            return true;
        }
        if self.all_boolean(x.ty) != self.all_boolean(y.ty)
            || self.all_string(x.ty) != self.all_string(y.ty)
        {
            return false;
        }
        if x.is_nil() {
            return self.has_nil(y.ty);
        }
        if y.is_nil() {
            return self.has_nil(x.ty);
        }
        let is_pointer = |check: &mut Self, t| matches!(check.under_type(t), Type::Pointer { .. });
        !is_pointer(self, x.ty) && !is_pointer(self, y.ty)
    }

    /// `lhs op rhs`; `e` is the whole expression, or `None` for `lhs op= rhs`.
    pub(crate) fn binary(
        &mut self,
        x: &mut Operand<'a>,
        e: Option<&'a Expr>,
        lhs: &'a Expr,
        rhs: &'a Expr,
        op: BinaryOp,
    ) {
        let mut y = Operand::new();
        self.expr(None, x, lhs);
        self.expr(None, &mut y, rhs);
        if !x.is_valid() {
            return;
        }
        if !y.is_valid() {
            x.invalidate();
            x.expr = y.expr;
            return;
        }
        if op.is_shift() {
            self.shift(x, &mut y, e, op);
            return;
        }
        self.match_types(x, &mut y);
        if !x.is_valid() {
            return;
        }
        if op.is_comparison() {
            self.comparison(x, &mut y, op, false);
            return;
        }
        if !self.identical(x.ty, y.ty) {
            // Only an invalid type is silent: it was reported.
            if self.is_valid(x.ty) && self.is_valid(y.ty) {
                let what = match e {
                    Some(e) => self.estr(e),
                    None => format!("{} {op}= {}", self.estr(lhs), self.estr(rhs)),
                };
                self.error(
                    &*x,
                    Code::MismatchedTypes,
                    format!(
                        "invalid operation: {what} (mismatched types {} and {})",
                        self.tstr(x.ty),
                        self.tstr(y.ty)
                    ),
                );
            }
            x.invalidate();
            return;
        }
        let allowed = match op {
            BinaryOp::Add => self.all_numeric_or_string(x.ty),
            BinaryOp::Sub | BinaryOp::Mul | BinaryOp::Div => self.all_numeric(x.ty),
            BinaryOp::AndAnd | BinaryOp::OrOr => self.all_boolean(x.ty),
            _ => self.all_integer(x.ty),
        };
        if !allowed {
            self.undefined_op(x, op.as_str());
            return;
        }
        let both_const = x.mode == Mode::Constant && y.mode == Mode::Constant;
        if matches!(op, BinaryOp::Div | BinaryOp::Rem) && y.mode == Mode::Constant {
            let by_int = x.mode == Mode::Constant || self.all_integer(x.ty);
            if by_int && y.val.sign() == 0 && !y.val.is_unknown() {
                self.error(&y, Code::DivByZero, "invalid operation: division by zero");
                x.invalidate();
                return;
            }
            // A complex divisor may be so small that its square is zero.
            if both_const && self.is_complex(x.ty) {
                let square = |v: Value| Value::binary(&v, BinaryOp::Mul, &v, false);
                let is_zero = |v: Value| !v.is_unknown() && v.sign() == 0;
                if is_zero(square(y.val.real())) && is_zero(square(y.val.imag())) {
                    self.error(&y, Code::DivByZero, "invalid operation: division by zero");
                    x.invalidate();
                    return;
                }
            }
        }
        if both_const {
            if x.val.is_unknown() || y.val.is_unknown() {
                x.val = Value::Unknown;
                return;
            }
            let int_div = op == BinaryOp::Div && self.is_integer(x.ty);
            x.val = Value::binary(&x.val, op, &y.val, int_div);
            x.expr = e;
            self.overflow(x, op_pos(x.expr));
            return;
        }
        x.mode = Mode::Value;
    }

    /// `x op y` for a comparison; the result is an untyped boolean. With `switch_case`, `y` is what a switch is on and `x` one
    /// of its cases.
    pub(crate) fn comparison(
        &mut self,
        x: &mut Operand<'a>,
        y: &mut Operand<'a>,
        op: BinaryOp,
        switch_case: bool,
    ) {
        if !self.is_valid(x.ty) || !self.is_valid(y.ty) {
            x.invalidate();
            return;
        }
        let op = if switch_case { BinaryOp::Eql } else { op };
        match self.comparison_fault(x, y, op) {
            None => {
                if x.mode == Mode::Constant && y.mode == Mode::Constant {
                    x.val = Value::Bool(Value::compare(&x.val, op, &y.val));
                } else {
                    x.mode = Mode::Value;
                    // The operands will not be seen again as parts of this expression: their types are final.
                    for z in [&*x, &*y] {
                        if let Some(e) = z.expr {
                            let ty = self.default_type(z.ty);
                            self.update_expr_type(e, ty, true);
                        }
                    }
                }
                x.ty = Types::UNTYPED_BOOL;
            }
            Some((code, at_y, cause)) => {
                let (xs, ys) = (self.xexpr(x), self.xexpr(y));
                if switch_case {
                    let msg = format!("invalid case {xs} in switch on {ys} ({cause})");
                    self.error(&*x, code, msg);
                } else {
                    let msg = format!("invalid operation: {xs} {op} {ys} ({cause})");
                    if at_y {
                        self.error(&*y, code, msg);
                    } else {
                        self.error(&*x, code, msg);
                    }
                }
                x.invalidate();
            }
        }
    }

    /// Why two operands cannot be compared, and whether the second one is to blame.
    fn comparison_fault(
        &mut self,
        x: &Operand<'a>,
        y: &Operand<'a>,
        op: BinaryOp,
    ) -> Option<(Code, bool, String)> {
        let mut ignored = String::new();
        if self.assignable_to(x, y.ty, &mut ignored).is_err()
            && self.assignable_to(y, x.ty, &mut ignored).is_err()
        {
            let cause = format!(
                "mismatched types {} and {}",
                self.tstr(x.ty),
                self.tstr(y.ty)
            );
            return Some((Code::MismatchedTypes, true, cause));
        }
        let at_y = match op {
            BinaryOp::Eql | BinaryOp::Neq => {
                if x.is_nil() || y.is_nil() {
                    let ty = if x.is_nil() { y.ty } else { x.ty };
                    if self.has_nil(ty) {
                        return None;
                    }
                    true
                } else if !self.comparable(x.ty) {
                    match self.incomparable_cause(x.ty) {
                        cause if cause.is_empty() => false,
                        cause => return Some((Code::UndefinedOp, false, cause)),
                    }
                } else if !self.comparable(y.ty) {
                    match self.incomparable_cause(y.ty) {
                        cause if cause.is_empty() => true,
                        cause => return Some((Code::UndefinedOp, true, cause)),
                    }
                } else {
                    return None;
                }
            }
            _ => {
                if !self.all_ordered(x.ty) {
                    false
                } else if !self.all_ordered(y.ty) {
                    true
                } else {
                    return None;
                }
            }
        };
        let (x_is_param, y_is_param) = (self.is_type_param(x.ty), self.is_type_param(y.ty));
        if x_is_param || y_is_param {
            let at_y = at_y || !x_is_param;
            let ty = if at_y { y.ty } else { x.ty };
            let cause = format!("type parameter {} cannot use operator {op}", self.tstr(ty));
            return Some((Code::UndefinedOp, at_y, cause));
        }
        let ty = if at_y { y.ty } else { x.ty };
        let what = match self.composite_kind(ty) {
            "" => self.tstr(ty),
            kind => kind.to_owned(),
        };
        let cause = format!("operator {op} not defined on {what}");
        Some((Code::UndefinedOp, at_y, cause))
    }

    fn incomparable_cause(&mut self, ty: TypeId) -> String {
        match self.under_type(ty) {
            Type::Slice { .. } | Type::Signature(_) | Type::Map { .. } => {
                format!("{} can only be compared to nil", self.composite_kind(ty))
            }
            _ => self.comparable_type(ty, true).err().unwrap_or_default(),
        }
    }

    /// `x op y` for a shift; `e` is the whole expression unless it is an assignment operation.
    fn shift(
        &mut self,
        x: &mut Operand<'a>,
        y: &mut Operand<'a>,
        e: Option<&'a Expr>,
        op: BinaryOp,
    ) {
        let xval = if x.mode == Mode::Constant {
            x.val.to_int()
        } else {
            Value::Unknown
        };
        if !(self.all_integer(x.ty) || self.is_untyped(x.ty) && xval.is_int()) {
            self.shifted_operand_error(x);
            return;
        }

        // A constant count may be any untyped constant that a uint can hold; others must be integers.
        let mut yval = Value::Unknown;
        if y.mode == Mode::Constant {
            yval = y.val.to_int();
            if yval.is_int() && yval.sign() < 0 {
                self.error(
                    &*y,
                    Code::InvalidShiftCount,
                    format!("invalid operation: negative shift count {}", self.xstr(y)),
                );
                x.invalidate();
                return;
            }
            if self.is_untyped(y.ty) {
                // The caller cares for the value only, not for the type.
                self.representable(y, Types::UINT);
                if !y.is_valid() {
                    x.invalidate();
                    return;
                }
            }
        } else if self.is_untyped(y.ty) {
            self.convert_untyped(y, Types::UINT);
            if !y.is_valid() {
                x.invalidate();
                return;
            }
        } else if !self.all_integer(y.ty) {
            self.shift_count_error(x, y);
            return;
        } else if !self.allows(13) && !self.all_unsigned(y.ty) {
            self.verify_version(&*y, 13, |c| {
                format!("invalid operation: signed shift count {}", c.xstr(y))
            });
            x.invalidate();
            return;
        }

        if x.mode == Mode::Constant {
            if y.mode == Mode::Constant {
                if x.val.is_unknown() || y.val.is_unknown() {
                    x.val = Value::Unknown;
                    if !self.is_integer(x.ty) {
                        x.ty = Types::UNTYPED_INT;
                    }
                    return;
                }
                // Large enough for the smallest float64 to be written as a shift.
                const SHIFT_BOUND: u64 = 1023 - 1 + 52;
                let count = match yval.as_u64() {
                    Some(n) if n <= SHIFT_BOUND => n,
                    _ => {
                        self.error(
                            &*y,
                            Code::InvalidShiftCount,
                            format!("invalid operation: invalid shift count {}", self.xstr(y)),
                        );
                        x.invalidate();
                        return;
                    }
                };
                if !self.is_integer(x.ty) {
                    x.ty = Types::UNTYPED_INT;
                }
                x.val = Value::shift(&xval, op, count);
                x.expr = e;
                self.overflow(x, op_pos(x.expr));
                return;
            }
            // The operand gets the type that it would have if there were no shift; checked when that is known.
            if self.is_untyped(x.ty) {
                if let Some(e) = x.expr
                    && self.info.untyped(e.id).is_some()
                {
                    self.info.set_is_lhs(e.id, true);
                }
                x.mode = Mode::Value;
                return;
            }
        }
        if !self.all_integer(x.ty) {
            self.shifted_operand_error(x);
            return;
        }
        x.mode = Mode::Value;
    }

    fn shifted_operand_error(&mut self, x: &mut Operand<'a>) {
        self.error(
            &*x,
            Code::InvalidShiftOperand,
            format!(
                "invalid operation: shifted operand {} must be integer",
                self.xstr(x)
            ),
        );
        x.invalidate();
    }

    fn shift_count_error(&mut self, x: &mut Operand<'a>, y: &Operand<'a>) {
        self.error(
            y,
            Code::InvalidShiftCount,
            format!(
                "invalid operation: shift count {} must be integer",
                self.xstr(y)
            ),
        );
        x.invalidate();
    }

    /// What an overflowing operation is called.
    pub(crate) fn op_name(&self, e: &Expr) -> String {
        let name = match &e.kind {
            Node::Unary(u) if u.op == UnaryOp::Xor => "bitwise complement",
            Node::Binary(b) => match b.op {
                BinaryOp::Add => "addition",
                BinaryOp::Sub => "subtraction",
                BinaryOp::Xor => "bitwise XOR",
                BinaryOp::Mul => "multiplication",
                BinaryOp::Shl => "shift",
                _ => "",
            },
            _ => "",
        };
        name.to_owned()
    }
}
