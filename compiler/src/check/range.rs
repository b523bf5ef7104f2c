//! Range clauses. (Go: types2/range.go)

use minigo_syntax::ast::{Expr, RangeStmt, Stmt};
use minigo_syntax::codes::Code;
use minigo_syntax::symbol::Symbol;

use super::{ChanDir, Checker, Mode, ObjId, Operand, Type, TypeId, Types, Value, VarKind};

/// The types of key and value; `None` where the range has none.
type KeyVal = (Option<TypeId>, Option<TypeId>);

impl<'a> Checker<'a> {
    /// `for … range …`, except for the body. Leaves the scope of the variables open.
    pub(super) fn range_clause(&mut self, s: &'a Stmt, r: &'a RangeStmt) {
        let (key, value, extra) = (r.lhs.first(), r.lhs.get(1), r.lhs.get(2));
        let mut x = Operand::new();
        self.env.has_call_or_recv = false;
        self.expr(None, &mut x, &r.x);

        // Only the length of an array is asked for, and nothing must be evaluated for it: the range is one over a constant.
        if x.is_valid()
            && value.is_none()
            && !self.env.has_call_or_recv
            && let Some(len) = self.array_len(x.ty)
        {
            let e = r.x.unparen();
            let len = if len >= 0 {
                Value::Int(len)
            } else {
                Value::Unknown
            };
            self.info.record(e.id, Mode::Constant, Types::INT, &len);
        }

        let mut types: KeyVal = (None, None);
        if x.is_valid() {
            match self.range_key_val(x.ty) {
                Err(cause) => {
                    let mut msg = format!("cannot range over {}", self.xstr(&x));
                    if !cause.is_empty() {
                        msg += ": ";
                        msg += &cause;
                    }
                    self.soft_error(&x, Code::InvalidRangeExpr, msg);
                }
                Ok(kv) => {
                    types = kv;
                    let fault = match (kv, key, value, extra) {
                        ((None, _), Some(key), ..) => {
                            let what = format!(
                                "range over {} permits no iteration variables",
                                self.xstr(&x)
                            );
                            Some((key, what))
                        }
                        ((_, None), _, Some(value), _) => {
                            let what = format!(
                                "range over {} permits only one iteration variable",
                                self.xstr(&x)
                            );
                            Some((value, what))
                        }
                        (_, _, _, Some(extra)) => {
                            let what = "range clause permits at most two iteration variables";
                            Some((extra, what.to_owned()))
                        }
                        _ => None,
                    };
                    if let Some((at, msg)) = fault {
                        self.soft_error(at, Code::InvalidIterVar, msg);
                    }
                }
            }
        }

        // The variables must not be in scope in the range expression.
        self.open_scope(s.span);
        let over_int = self.is_integer(x.ty);
        let sides = [(key, types.0), (value, types.1)];
        if r.define {
            self.range_define(s, r, &mut x, sides, over_int);
        } else if key.is_some() {
            for (lhs, ty) in sides {
                let (Some(lhs), Some(ty)) = (lhs, ty) else {
                    continue;
                };
                if over_int {
                    self.assign_var(lhs, None, Some(&mut x), "range clause");
                    // The variable of the range is of the type of the operand, which it gave a type by assigning it.
                    if x.is_valid() && !self.is_integer(x.ty) {
                        let msg =
                            format!("cannot use iteration variable of type {}", self.tstr(x.ty));
                        self.soft_error(lhs, Code::InvalidRangeExpr, msg);
                    }
                } else {
                    let mut y = Operand::value(ty, Some(lhs));
                    self.assign_var(lhs, None, Some(&mut y), "assignment");
                }
            }
        } else if over_int {
            // for range n: an untyped n needs a type.
            self.assignment(&mut x, None, "range clause");
        }
    }

    fn range_define(
        &mut self,
        s: &'a Stmt,
        r: &'a RangeStmt,
        x: &mut Operand<'a>,
        sides: [(Option<&'a Expr>, Option<TypeId>); 2],
        over_int: bool,
    ) {
        let mut vars: Vec<ObjId> = Vec::new();
        for (lhs, ty) in sides {
            let Some(lhs) = lhs else { continue };
            let obj = if let Some(ident) = lhs.as_ident() {
                let obj = self.new_var(VarKind::Local, ident.pos(), ident.name, None);
                self.info.record_def(ident.id, obj);
                if !ident.is_blank() {
                    vars.push(obj);
                }
                obj
            } else {
                self.error(
                    lhs,
                    Code::InvalidSyntaxTree,
                    format!("invalid syntax tree: cannot declare {}", self.estr(lhs)),
                );
                self.new_var(VarKind::Local, lhs.span.lo, Symbol::BLANK, None)
            };
            let ty = match ty {
                Some(ty) if self.is_valid(ty) => ty,
                _ => {
                    self.objs[obj].ty = Some(Types::INVALID);
                    self.objs[obj].used = true;
                    continue;
                }
            };
            if over_int {
                self.init_var(obj, x, "range clause");
            } else {
                let mut y = Operand::value(ty, Some(lhs));
                self.init_var(obj, &mut y, "assignment");
            }
        }
        if vars.is_empty() {
            self.error(s, Code::NoNewVar, "no new variables on left side of :=");
            return;
        }
        if !self.allows(22) {
            self.info.set_shared_loop_vars(r.body.id);
            for lhs in &r.lhs {
                if let Some(obj) = self.info.def_of(lhs.id) {
                    self.info.record_use(lhs.id, obj);
                    let ty = self.objs.ty(obj);
                    self.record_type_and_value(lhs, Mode::Variable, ty, &Value::Unknown);
                }
            }
        }
        let scope = self.env.scope;
        for obj in vars {
            self.declare(scope, None, obj, r.body.span.lo);
        }
    }

    /// The length of an array, or of the array that a pointer points to.
    pub(super) fn array_len(&mut self, ty: TypeId) -> Option<i64> {
        let u = self.under(ty);
        match self.array_ptr_deref(u) {
            Type::Array { len, .. } => Some(len),
            _ => None,
        }
    }

    /// What a type is, or the array that it points to.
    pub(super) fn array_ptr_deref(&mut self, ty: TypeId) -> Type {
        let ty = self.unalias(ty);
        let t = self.types.get(ty);
        if let Type::Pointer { elem } = t {
            let array = self.under_type(elem);
            if matches!(array, Type::Array { .. }) {
                return array;
            }
        }
        t
    }

    /// The types of key and value of a range over `orig`, or why there is no such range.
    pub(super) fn range_key_val(&mut self, orig: TypeId) -> Result<KeyVal, String> {
        let u = self.common_under_if(orig, |check, term| match term {
            Some((t, u)) => match check.types.get(u) {
                Type::Chan {
                    dir: ChanDir::SendOnly,
                    ..
                } => Err(format!("receive from send-only channel {}", check.tstr(t))),
                _ => Ok(()),
            },
            None => Ok(()),
        })?;
        match self.array_ptr_deref(u) {
            Type::Basic(b) if b.is_string() => Ok((Some(Types::INT), Some(Types::RUNE))),
            Type::Basic(b) if b.is_integer() && self.allows(22) => Ok((Some(orig), None)),
            Type::Basic(b) if b.is_integer() => Err("requires go1.22 or later".to_owned()),
            Type::Array { elem, .. } | Type::Slice { elem } => Ok((Some(Types::INT), Some(elem))),
            Type::Map { key, elem } => Ok((Some(key), Some(elem))),
            Type::Chan { elem, .. } => Ok((Some(elem), None)),
            Type::Signature(_) if !self.allows(23) => Err("requires go1.23 or later".to_owned()),
            Type::Signature(sig) => {
                const SHAPE: &str = "func must be func(yield func(...) bool): ";
                let sig = self.types[sig];
                if sig.params.len() != 1 {
                    return Err(format!("{SHAPE}wrong argument count"));
                }
                if !sig.results.is_empty() {
                    return Err(format!("{SHAPE}unexpected results"));
                }
                let param = self.objs.ty(self.types.obj(sig.params, 0));
                let yield_ty = self
                    .common_under(param)
                    .map_err(|cause| format!("{SHAPE}in yield type, {cause}"))?;
                let Type::Signature(callback) = self.types.get(yield_ty) else {
                    return Err(format!("{SHAPE}argument is not func"));
                };
                let cb = self.types[callback];
                if cb.params.len() > 2 {
                    return Err(format!("{SHAPE}yield func has too many parameters"));
                }
                let result =
                    (cb.results.len() == 1).then(|| self.objs.ty(self.types.obj(cb.results, 0)));
                match result {
                    Some(t) if self.identical(t, Types::BOOL) => {}
                    Some(t) if self.is_boolean(t) => {
                        return Err(format!(
                            "{SHAPE}yield func returns user-defined boolean, not bool"
                        ));
                    }
                    _ => return Err(format!("{SHAPE}yield func does not return bool")),
                }
                if cb.variadic {
                    return Err(format!(
                        "yield func of type {} cannot be variadic",
                        self.tstr(yield_ty)
                    ));
                }
                let param =
                    |i| (i < cb.params.len()).then(|| self.objs.ty(self.types.obj(cb.params, i)));
                Ok((param(0), param(1)))
            }
            _ => Err(String::new()),
        }
    }
}
