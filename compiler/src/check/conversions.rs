//! Conversions. (Go: types2/conversions.go)

use minigo_syntax::codes::Code;

use super::{Basic, Checker, Mode, Operand, Type, TypeId, Types, Value};

impl<'a> Checker<'a> {
    /// Converts `x` to type `ty`.
    pub(crate) fn conversion(&mut self, x: &mut Operand<'a>, ty: TypeId) {
        let const_arg = x.mode == Mode::Constant;
        let mut cause = String::new();
        let ok = if const_arg && self.is_const_type(ty) {
            match self.const_converted(x, ty) {
                Some(val) => {
                    x.val = val;
                    true
                }
                None => {
                    // The message shows the value in the form that was tried.
                    let as_int = x.val.to_int();
                    if self.is_integer(ty) && as_int.is_int() {
                        x.val = as_int;
                    }
                    if self.is_integer(x.ty) && self.is_integer(ty) {
                        self.error(
                            &*x,
                            Code::InvalidConversion,
                            format!("constant {} overflows {}", x.val, self.tstr(ty)),
                        );
                        x.invalidate();
                        return;
                    }
                    // gc's message has the integer it tried.
                    if self.is_integer(ty) && x.val.to_int().is_int() {
                        x.val = x.val.to_int();
                    }
                    false
                }
            }
        } else if const_arg && self.is_type_param(ty) {
            // Every type of the type set must be able to hold the constant; the result is no constant.
            let ok = self.const_converts_to_all(x, ty, &mut cause);
            x.mode = Mode::Value;
            ok
        } else {
            let ok = self.convertible_to(x, ty, &mut cause);
            if ok {
                x.mode = Mode::Value;
            }
            ok
        };
        if !ok {
            let mut msg = format!("cannot convert {} to type {}", self.xstr(x), self.tstr(ty));
            if !cause.is_empty() {
                msg += ": ";
                msg += &cause;
            }
            self.error(&*x, Code::InvalidConversion, msg);
            x.invalidate();
            return;
        }
        // The argument's type is final now.
        if self.is_untyped(x.ty) {
            let mut is_final = ty;
            if x.ty == Types::UNTYPED_NIL {
                // It has the type it is converted to.
            } else if self.is_non_type_param_interface(ty) || const_arg && !self.is_const_type(ty) {
                // Converting to an interface or a type parameter: the value has its default type first.
                is_final = self.default_type(x.ty);
            } else if x.mode == Mode::Constant && self.is_integer(x.ty) && self.all_string(ty) {
                // The constant itself is no string.
                is_final = x.ty;
            }
            if let Some(e) = x.expr {
                self.update_expr_type(e, is_final, true);
            }
        }
        x.ty = ty;
    }

    /// The constant `x` converted to a type, if it can be, and stays constant, there.
    fn const_converted(&mut self, x: &Operand<'a>, ty: TypeId) -> Option<Value> {
        let Type::Basic(b) = self.under_type(ty) else {
            return None;
        };
        if let Some(val) = self.representable_const(&x.val, b) {
            return Some(val);
        }
        if !b.is_string() || !self.is_integer(x.ty) {
            return None;
        }
        let c = x
            .val
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .and_then(char::from_u32)
            .unwrap_or(char::REPLACEMENT_CHARACTER);
        Some(Value::str(c.encode_utf8(&mut [0; 4]).as_bytes()))
    }

    fn const_converts_to_all(&mut self, x: &Operand<'a>, ty: TypeId, cause: &mut String) -> bool {
        for term in self.typeset(ty) {
            let Some((_, u)) = term else {
                *cause = format!("{} does not contain specific types", self.tstr(ty));
                return false;
            };
            if self.is_string(x.ty) && self.is_bytes_or_runes(u) {
                continue;
            }
            if self.const_converted(x, u).is_none() {
                *cause = if self.is_integer(x.ty) && self.is_integer(u) {
                    format!(
                        "constant {} overflows {} (in {})",
                        x.val,
                        self.tstr(u),
                        self.tstr(ty)
                    )
                } else {
                    format!(
                        "cannot convert {} to type {} (in {})",
                        self.xstr(x),
                        self.tstr(u),
                        self.tstr(ty)
                    )
                };
                return false;
            }
        }
        true
    }

    /// Whether a value that is no constant can be converted to a type.
    pub(super) fn convertible_to(
        &mut self,
        x: &Operand<'a>,
        ty: TypeId,
        cause: &mut String,
    ) -> bool {
        if self.assignable_to(x, ty, cause).is_ok() {
            return true;
        }
        let orig = ty;
        let (v, t) = (self.unalias(x.ty), self.unalias(ty));
        let (vu, tu) = (self.under(v), self.under(t));
        let (vp, tp) = (self.as_type_param(v), self.as_type_param(t));
        if vp.is_none() && tp.is_none() && self.identical_ignore_tags(vu, tu) {
            return true;
        }
        // Pointers that have no name, to types that differ in tags only.
        if let (Type::Pointer { elem: a }, Type::Pointer { elem: b }) =
            (self.types.get(v), self.types.get(t))
            && !self.is_type_param(a)
            && !self.is_type_param(b)
        {
            let (au, bu) = (self.under(a), self.under(b));
            if self.identical_ignore_tags(au, bu) {
                return true;
            }
        }
        if !self.allows(20)
            && let Some(since) = self.slice_to_array(vu, tu)
            && !self.allows(since)
        {
            let what = if since == 17 {
                "array pointer"
            } else {
                "array"
            };
            let msg = format!("conversion of slice to {what} requires go1.{since} or later");
            *cause = msg;
            return false;
        }
        if self.underlying_convertible(vu, tu) {
            return true;
        }

        // What is left depends on the type sets of type parameters.
        let explain = |cause: &mut String, mut msg: String| {
            if !cause.is_empty() {
                msg += "\n\t";
                msg += cause;
            }
            *cause = msg;
        };
        match (vp, tp) {
            (None, None) => false,
            (Some(vp), Some(tp)) => {
                let (Some(vs), Some(ts)) = (self.tparam_terms(vp), self.tparam_terms(tp)) else {
                    return false;
                };
                for vt in vs {
                    let x = Operand {
                        ty: vt.ty,
                        ..x.clone()
                    };
                    for tt in &ts {
                        if !self.convertible_to(&x, tt.ty, cause) {
                            let msg = format!(
                                "cannot convert {} (in {}) to type {} (in {})",
                                self.tstr(vt.ty),
                                self.tstr(v),
                                self.tstr(tt.ty),
                                self.tstr(t)
                            );
                            explain(cause, msg);
                            return false;
                        }
                    }
                }
                true
            }
            (Some(vp), None) => {
                let Some(vs) = self.tparam_terms(vp) else {
                    return false;
                };
                for vt in vs {
                    let x = Operand {
                        ty: vt.ty,
                        ..x.clone()
                    };
                    if !self.convertible_to(&x, t, cause) {
                        let msg = format!(
                            "cannot convert {} (in {}) to type {}",
                            self.tstr(vt.ty),
                            self.tstr(v),
                            self.tstr(orig)
                        );
                        explain(cause, msg);
                        return false;
                    }
                }
                true
            }
            (None, Some(tp)) => {
                let Some(ts) = self.tparam_terms(tp) else {
                    return false;
                };
                for tt in ts {
                    if !self.convertible_to(x, tt.ty, cause) {
                        let msg = format!(
                            "cannot convert {} to type {} (in {})",
                            self.tstr(x.ty),
                            self.tstr(tt.ty),
                            self.tstr(t)
                        );
                        explain(cause, msg);
                        return false;
                    }
                }
                true
            }
        }
    }

    /// Whether values are converted from one underlying type to another, other than identical, one.
    fn underlying_convertible(&mut self, v: TypeId, t: TypeId) -> bool {
        match (self.types.get(v), self.types.get(t)) {
            (Type::Basic(a), Type::Basic(b)) => {
                let real = |b: Basic| b.is_integer() || b.is_float();
                real(a) && real(b)
                    || a.is_complex() && b.is_complex()
                    || a.is_integer() && b.is_string()
                    || a == Basic::Uintptr && b == Basic::UnsafePointer
                    || a == Basic::UnsafePointer && b == Basic::Uintptr
            }
            (Type::Slice { .. }, Type::Basic(b)) => b.is_string() && self.is_bytes_or_runes(v),
            (Type::Basic(a), Type::Slice { .. }) => a.is_string() && self.is_bytes_or_runes(t),
            (Type::Pointer { .. }, Type::Basic(Basic::UnsafePointer))
            | (Type::Basic(Basic::UnsafePointer), Type::Pointer { .. }) => true,
            (Type::Slice { elem: a }, Type::Array { elem: b, .. }) => self.identical(a, b),
            (Type::Slice { elem: a }, Type::Pointer { elem }) => match self.under_type(elem) {
                Type::Array { elem: b, .. } => self.identical(a, b),
                _ => false,
            },
            _ => false,
        }
    }

    /// The version that brought the conversion, if it is one from a slice to an array or a pointer to one.
    fn slice_to_array(&mut self, v: TypeId, t: TypeId) -> Option<u16> {
        if !matches!(self.types.get(v), Type::Slice { .. }) || !self.underlying_convertible(v, t) {
            return None;
        }
        match self.types.get(t) {
            Type::Array { .. } => Some(20),
            Type::Pointer { .. } => Some(17),
            _ => None,
        }
    }

    fn is_bytes_or_runes(&mut self, ty: TypeId) -> bool {
        match self.under_type(ty) {
            Type::Slice { elem } => matches!(
                self.under_type(elem),
                Type::Basic(Basic::Uint8 | Basic::Int32)
            ),
            _ => false,
        }
    }
}
