//! Whether a constant fits a type, and the conversion of untyped operands. (Go: types2/const.go)

use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;

use super::constant::Kind;
use super::{Basic, Checker, Mode, Operand, TypeId, Value};

impl<'a> Checker<'a> {
    /// Checks that the constant `x`, just computed, fits its type; untyped ones must not be huge.
    pub(crate) fn overflow(&mut self, x: &mut Operand<'a>, op_pos: Pos) {
        if x.val.is_unknown() {
            self.error(
                op_pos,
                Code::InvalidConstVal,
                "constant result is not representable",
            );
            return;
        }
        if self.is_typed(x.ty) {
            let u = self.under(x.ty);
            self.representable(x, u);
            return;
        }
        if x.val.is_int() && x.val.bit_len() > 512 {
            let mut op = x.expr.map_or(String::new(), |e| self.op_name(e));
            if !op.is_empty() {
                op.push(' ');
            }
            self.error(
                op_pos,
                Code::InvalidConstVal,
                format!("constant {op}overflow"),
            );
            x.val = Value::Unknown;
            return;
        }
        const MAX_LEN: usize = 2_000_000_000;
        if let Value::Str(s) = &x.val
            && s.len() > MAX_LEN
        {
            let len = s.len();
            let msg = format!("constant string too long ({len} bytes > {MAX_LEN} bytes)");
            self.error(op_pos, Code::InvalidConstVal, msg);
            x.val = Value::Unknown;
        }
    }

    /// Whether the value fits the basic type `ty`, and the value rounded to it.
    pub(crate) fn representable_const(&self, x: &Value, ty: Basic) -> Option<Value> {
        if x.is_unknown() {
            return Some(Value::Unknown);
        }
        if ty.is_integer() {
            let n = x.to_int();
            let fits = match (&n, ty) {
                (Value::Unknown, _) => false,
                (_, Basic::UntypedInt | Basic::UntypedRune) => true,
                (Value::Int(n), _) => {
                    let (min, max) = match ty {
                        Basic::Int8 => (i64::from(i8::MIN), i64::from(i8::MAX)),
                        Basic::Int16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
                        Basic::Int32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
                        Basic::Uint8 => (0, i64::from(u8::MAX)),
                        Basic::Uint16 => (0, i64::from(u16::MAX)),
                        Basic::Uint32 => (0, i64::from(u32::MAX)),
                        Basic::Uint | Basic::Uint64 | Basic::Uintptr => (0, i64::MAX),
                        _ => (i64::MIN, i64::MAX),
                    };
                    (min..=max).contains(n)
                }
                (n, Basic::Uint | Basic::Uint64 | Basic::Uintptr) => n.as_u64().is_some(),
                _ => false,
            };
            return fits.then_some(n);
        }
        if ty.is_float() {
            return round_float(&x.to_float(), ty);
        }
        if ty.is_complex() {
            let x = x.to_complex();
            let part = match ty {
                Basic::Complex64 => Basic::Float32,
                Basic::Complex128 => Basic::Float64,
                _ => return (!x.is_unknown()).then_some(x),
            };
            let re = round_float(&x.real().to_float(), part)?;
            let im = round_float(&x.imag().to_float(), part)?;
            return Some(Value::complex(&re, &im));
        }
        let fits = (ty.is_string() && x.kind() == Kind::String)
            || (ty.is_boolean() && x.kind() == Kind::Bool);
        fits.then(|| x.clone())
    }

    /// Checks that the constant `x` fits the basic type `ty`, and rounds it; reports and invalidates it otherwise.
    pub(crate) fn representable(&mut self, x: &mut Operand<'a>, ty: TypeId) {
        match self.representation(x, ty) {
            Ok(val) => x.val = val,
            Err(code) => {
                self.invalid_conversion(code, x, ty);
                x.invalidate();
            }
        }
    }

    /// The value of the constant `x` in the basic type `ty`, or what sort of error it is.
    pub(crate) fn representation(&mut self, x: &Operand<'a>, ty: TypeId) -> Result<Value, Code> {
        let Some(basic) = self.as_basic(ty) else {
            return Err(Code::InvalidConstVal);
        };
        if let Some(val) = self.representable_const(&x.val, basic) {
            return Ok(val);
        }
        if self.is_numeric(x.ty) && basic.is_numeric() {
            // numeric conversion : error msg
            // integer -> integer : overflows
            // integer -> float   : overflows (actually not possible)
            // float   -> integer : truncated
            // float   -> float   : overflows
            if !self.is_integer(x.ty) && basic.is_integer() {
                return Err(Code::TruncatedFloat);
            }
            return Err(Code::NumericOverflow);
        }
        Err(Code::InvalidConstVal)
    }

    /// Reports that `x` cannot become a `target`.
    pub(crate) fn invalid_conversion(&mut self, code: Code, x: &Operand<'a>, target: TypeId) {
        let (xs, ts) = (self.xstr(x), self.tstr(target));
        let msg = match code {
            Code::TruncatedFloat => format!("{xs} truncated to {ts}"),
            Code::NumericOverflow => format!("{xs} overflows {ts}"),
            _ => format!("cannot convert {xs} to type {ts}"),
        };
        self.error(x, code, msg);
    }

    /// Gives an untyped operand the type `target`, or reports that it cannot have it.
    pub(crate) fn convert_untyped(&mut self, x: &mut Operand<'a>, target: TypeId) {
        let (ty, val) = match self.implicit_type_and_value(x, target) {
            Ok(converted) => converted,
            Err(code) => {
                let t = if self.is_type_param(target) {
                    target
                } else {
                    self.safe_under(target)
                };
                self.invalid_conversion(code, x, t);
                x.invalidate();
                return;
            }
        };
        if let Some(val) = val {
            x.val = val;
            if let (Some(e), Mode::Constant) = (x.expr, x.mode) {
                let val = x.val.clone();
                self.update_expr_val(e, &val);
            }
        }
        if ty != x.ty {
            x.ty = ty;
            if let Some(e) = x.expr {
                self.update_expr_type(e, ty, false);
            }
        }
    }
}

/// The real number rounded to a float type, unless it is none or overflows.
fn round_float(x: &Value, ty: Basic) -> Option<Value> {
    let rounded = match (x, ty) {
        (Value::Unknown, _) => return None,
        (_, Basic::Float32) => f64::from(x.to_f32()),
        (_, Basic::Float64) => x.to_f64(),
        _ => return Some(x.clone()),
    };
    rounded.is_finite().then(|| Value::float64(rounded))
}
