//! Exact values of constants. (Go: go/constant)
//!
//! Integers are exact at any size, other numbers are fractions as long as those stay small, and 512-bit floats beyond
//! that, so that no expression takes long because of its exponents. An operation whose result would be no number, and any
//! operation on an unknown value, gives the unknown value: an error was reported, or is about to be.
//!
//! Invariants: an integer is [`Value::Int`] whenever it fits, else [`Value::Big`]; a fraction's numerator and denominator
//! stay below 2^[`MAX_EXP`]; the parts of a complex value are integers or real numbers.
//! Knows nothing of: types; callers ask whether a value fits one.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

use minigo_syntax::token::{BinaryOp, LitKind, UnaryOp};
use num_bigint::{BigInt, Sign};
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};

use super::bigfloat::BigFloat;
use super::quote;
use super::scope::IdMap;

/// Fractions are kept while both parts have fewer bits than this.
const MAX_EXP: i64 = 4 << 10;

/// The value of a constant. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// Not known: after an error.
    #[default]
    Unknown,
    Bool(bool),
    /// A string of bytes, not necessarily UTF-8.
    Str(ConstStr),
    Int(i64),
    /// An integer that does not fit 64 bits.
    Big(Rc<BigInt>),
    /// A real number as a fraction.
    Rat(Rc<BigRational>),
    /// A real number too large or too small for a fraction.
    Float(Rc<BigFloat>),
    /// Real and imaginary part.
    Complex(Rc<(Value, Value)>),
}

/// The sorts of values; an operation brings both operands to the larger one.
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Unknown,
    Bool,
    String,
    Int,
    Float,
    Complex,
}

/// A string constant. A chain of `+` is joined when its bytes are first asked for, in one go.
#[derive(Clone)]
pub struct ConstStr {
    len: usize,
    rep: Rc<RefCell<Rope>>,
}

enum Rope {
    Flat(Rc<[u8]>),
    Join(ConstStr, ConstStr),
}

impl ConstStr {
    /// A string of these bytes.
    pub fn new(bytes: &[u8]) -> ConstStr {
        ConstStr {
            len: bytes.len(),
            rep: Rc::new(RefCell::new(Rope::Flat(bytes.into()))),
        }
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it has no bytes.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn join(&self, other: &ConstStr) -> ConstStr {
        ConstStr {
            len: self.len + other.len,
            rep: Rc::new(RefCell::new(Rope::Join(self.clone(), other.clone()))),
        }
    }

    /// Its bytes.
    pub fn bytes(&self) -> Rc<[u8]> {
        if let Rope::Flat(b) = &*self.rep.borrow() {
            return b.clone();
        }
        let bytes: Rc<[u8]> = self.first(self.len).into();
        *self.rep.borrow_mut() = Rope::Flat(bytes.clone());
        bytes
    }

    /// Its first bytes, at least `n` of them if there are so many.
    fn first(&self, n: usize) -> Vec<u8> {
        let n = n.min(self.len);
        let mut bytes = Vec::with_capacity(n);
        // Parts that come again are copied from where they came first: `s + s` of `s + s` … is short, and its string is not.
        let mut seen: IdMap<usize, usize> = IdMap::default();
        // An explicit stack: the chain may be as long as the source.
        let mut todo = vec![self.clone()];
        while let Some(s) = todo.pop()
            && bytes.len() < n
        {
            match &*s.rep.borrow() {
                Rope::Flat(b) => bytes.extend_from_slice(b),
                Rope::Join(l, r) => {
                    let start = bytes.len();
                    match seen.insert(Rc::as_ptr(&s.rep) as *const u8 as usize, start) {
                        Some(first) => bytes.extend_from_within(first..first + s.len),
                        None => {
                            todo.push(r.clone());
                            todo.push(l.clone());
                        }
                    }
                }
            }
        }
        bytes
    }
}

/// Takes long chains apart step by step: dropping them link inside link would need a stack as deep as they are long.
impl Drop for ConstStr {
    fn drop(&mut self) {
        let take = |s: &ConstStr| {
            let joined = Rc::strong_count(&s.rep) == 1 && matches!(*s.rep.borrow(), Rope::Join(..));
            joined.then(|| s.rep.replace(Rope::Flat(Rc::from([]))))
        };
        let mut todo: Vec<Rope> = take(self).into_iter().collect();
        while let Some(rope) = todo.pop() {
            if let Rope::Join(l, r) = &rope {
                todo.extend(take(l));
                todo.extend(take(r));
            }
        }
    }
}

impl fmt::Debug for ConstStr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&quote::quote(&self.bytes()))
    }
}

impl Value {
    /// A string value.
    pub fn str(bytes: &[u8]) -> Value {
        Value::Str(ConstStr::new(bytes))
    }

    /// An integer value.
    pub fn uint(n: u64) -> Value {
        match i64::try_from(n) {
            Ok(n) => Value::Int(n),
            Err(_) => Value::Big(Rc::new(BigInt::from(n))),
        }
    }

    /// An integer value of any size.
    pub fn big(n: BigInt) -> Value {
        match n.to_i64() {
            Some(n) => Value::Int(n),
            None => Value::Big(Rc::new(n)),
        }
    }

    /// The value of a finite float; unknown for the others.
    pub fn float64(f: f64) -> Value {
        if !f.is_finite() {
            return Value::Unknown;
        }
        float_or_ratio(BigFloat::from_f64(f))
    }

    /// The value of a literal as written; unknown if it is malformed.
    pub fn from_literal(text: &str, kind: LitKind) -> Value {
        match kind {
            LitKind::Int => parse_int(text).map_or(Value::Unknown, Value::big),
            LitKind::Float => parse_float(text).unwrap_or_default(),
            LitKind::Imag => match text.strip_suffix('i').and_then(parse_imag) {
                Some(im) => complex(Value::Int(0), im),
                None => Value::Unknown,
            },
            LitKind::Rune => {
                quote::unquote_char(text).map_or(Value::Unknown, |c| Value::Int(i64::from(c)))
            }
            LitKind::String => quote::unquote(text).map_or(Value::Unknown, |b| Value::str(&b)),
        }
    }

    /// What sort of value it is.
    pub fn kind(&self) -> Kind {
        match self {
            Value::Unknown => Kind::Unknown,
            Value::Bool(_) => Kind::Bool,
            Value::Str(_) => Kind::String,
            Value::Int(_) | Value::Big(_) => Kind::Int,
            Value::Rat(_) | Value::Float(_) => Kind::Float,
            Value::Complex(_) => Kind::Complex,
        }
    }

    /// Whether it is unknown.
    pub fn is_unknown(&self) -> bool {
        matches!(self, Value::Unknown)
    }

    /// Whether it is an integer.
    pub fn is_int(&self) -> bool {
        self.kind() == Kind::Int
    }

    /// The truth value; false for anything else.
    pub fn as_bool(&self) -> bool {
        matches!(self, Value::Bool(true))
    }

    /// The bytes of a string; none for anything else.
    pub fn as_bytes(&self) -> Rc<[u8]> {
        match self {
            Value::Str(s) => s.bytes(),
            _ => Rc::from([]),
        }
    }

    /// The integer, if it is one and fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Value::Int(n) => Some(*n),
            _ => None,
        }
    }

    /// The integer, if it is one and fits.
    pub fn as_u64(&self) -> Option<u64> {
        match self {
            Value::Int(n) => u64::try_from(*n).ok(),
            Value::Big(n) => n.to_u64(),
            _ => None,
        }
    }

    /// The integer, if it is one.
    pub fn as_big(&self) -> Option<BigInt> {
        match self {
            Value::Int(n) => Some(BigInt::from(*n)),
            Value::Big(n) => Some((**n).clone()),
            _ => None,
        }
    }

    /// The nearest `f64` of an integer or real number, perhaps infinite; zero for anything else.
    pub fn to_f64(&self) -> f64 {
        match self {
            Value::Int(n) => *n as f64,
            Value::Big(n) => BigFloat::floats_of_int(n).0,
            Value::Rat(r) => BigFloat::floats_of_ratio(r).0,
            Value::Float(f) => f.to_f64(),
            _ => 0.0,
        }
    }

    /// The nearest `f32` of an integer or real number, perhaps infinite; zero for anything else. Not rounded twice.
    pub fn to_f32(&self) -> f32 {
        match self {
            Value::Int(n) => *n as f32,
            Value::Big(n) => BigFloat::floats_of_int(n).1,
            Value::Rat(r) => BigFloat::floats_of_ratio(r).1,
            Value::Float(f) => f.to_f32(),
            _ => 0.0,
        }
    }

    fn as_float(&self) -> Option<BigFloat> {
        match self {
            Value::Int(n) => Some(BigFloat::from_int(&BigInt::from(*n))),
            Value::Big(n) => Some(BigFloat::from_int(n)),
            Value::Rat(r) => Some(BigFloat::from_ratio(r)),
            Value::Float(f) => Some((**f).clone()),
            _ => None,
        }
    }

    /// How many bits the magnitude of an integer has.
    pub fn bit_len(&self) -> u64 {
        match self {
            Value::Int(n) => 64 - u64::from(n.unsigned_abs().leading_zeros()),
            Value::Big(n) => n.bits(),
            _ => 0,
        }
    }

    /// −1, 0 or 1; for complex values 0 exactly for zero; 1 for anything else.
    pub fn sign(&self) -> i32 {
        match self {
            Value::Int(n) => n.signum() as i32,
            Value::Big(n) => sign_of(n),
            Value::Rat(r) => sign_of(r.numer()),
            Value::Float(f) => f.sign(),
            Value::Complex(c) => c.0.sign() | c.1.sign(),
            _ => 1,
        }
    }

    /// The real part of a number.
    pub fn real(&self) -> Value {
        match self {
            Value::Complex(c) => c.0.clone(),
            Value::Bool(_) | Value::Str(_) => Value::Unknown,
            _ => self.clone(),
        }
    }

    /// The imaginary part of a number.
    pub fn imag(&self) -> Value {
        match self {
            Value::Complex(c) => c.1.clone(),
            Value::Int(_) | Value::Big(_) | Value::Rat(_) | Value::Float(_) => Value::Int(0),
            _ => Value::Unknown,
        }
    }

    /// `re + im i`
    pub fn complex(re: &Value, im: &Value) -> Value {
        if re.is_unknown() || im.is_unknown() {
            Value::Unknown
        } else {
            complex(re.clone(), im.clone())
        }
    }

    /// The same number as an integer; unknown if it is none.
    pub fn to_int(&self) -> Value {
        match self {
            Value::Int(_) | Value::Big(_) => self.clone(),
            Value::Rat(r) if r.is_integer() => Value::big(r.to_integer()),
            // Beyond this it would only be rejected as too large, after much work.
            Value::Float(f) => match f.to_int(MAX_EXP) {
                Some(n) => Value::big(n),
                None => near_int(f).map_or(Value::Unknown, Value::big),
            },
            Value::Complex(c) if c.1.sign() == 0 => c.0.to_int(),
            _ => Value::Unknown,
        }
    }

    /// The same number as a real one; unknown if it is none.
    pub fn to_float(&self) -> Value {
        match self {
            Value::Int(n) => Value::Rat(Rc::new(BigRational::from_integer(BigInt::from(*n)))),
            Value::Big(n) if (n.bits() as i64) < MAX_EXP => {
                Value::Rat(Rc::new(BigRational::from_integer((**n).clone())))
            }
            Value::Big(n) => Value::Float(Rc::new(BigFloat::from_int(n))),
            Value::Rat(_) | Value::Float(_) => self.clone(),
            Value::Complex(c) if c.1.sign() == 0 => c.0.to_float(),
            _ => Value::Unknown,
        }
    }

    /// The same number as a complex one; unknown if it is no number.
    pub fn to_complex(&self) -> Value {
        match self {
            Value::Int(_) | Value::Big(_) | Value::Rat(_) | Value::Float(_) => {
                complex(self.clone(), Value::Int(0))
            }
            Value::Complex(_) => self.clone(),
            _ => Value::Unknown,
        }
    }

    /// `op x`. For `^` of an unsigned type, `bits` is its size; 0 otherwise.
    pub fn unary(op: UnaryOp, x: &Value, bits: u32) -> Value {
        match (op, x) {
            (
                UnaryOp::Plus,
                Value::Int(_) | Value::Big(_) | Value::Rat(_) | Value::Float(_) | Value::Complex(_),
            ) => x.clone(),
            (UnaryOp::Neg, Value::Int(n)) => match n.checked_neg() {
                Some(n) => Value::Int(n),
                None => Value::big(-BigInt::from(*n)),
            },
            (UnaryOp::Neg, Value::Big(n)) => Value::big(-&**n),
            (UnaryOp::Neg, Value::Rat(r)) => Value::Rat(Rc::new(-&**r)),
            (UnaryOp::Neg, Value::Float(f)) => Value::Float(Rc::new(f.neg())),
            (UnaryOp::Neg, Value::Complex(c)) => {
                complex(Value::unary(op, &c.0, 0), Value::unary(op, &c.1, 0))
            }
            (UnaryOp::Xor, Value::Int(n)) if bits == 0 => Value::Int(!n),
            (UnaryOp::Xor, Value::Int(_) | Value::Big(_)) => {
                let n = !x.as_big().unwrap_or_default();
                if bits == 0 {
                    return Value::big(n);
                }
                Value::big(n & ((BigInt::one() << bits) - 1))
            }
            (UnaryOp::Not, Value::Bool(b)) => Value::Bool(!b),
            _ => Value::Unknown,
        }
    }

    /// `x op y`, no comparison and no shift. Division by zero is the caller's to refuse. With `int_div`, `/` truncates.
    pub fn binary(x: &Value, op: BinaryOp, y: &Value, int_div: bool) -> Value {
        match (x, y) {
            (Value::Unknown, _) | (_, Value::Unknown) => Value::Unknown,
            (Value::Bool(a), Value::Bool(b)) => match op {
                BinaryOp::AndAnd => Value::Bool(*a && *b),
                BinaryOp::OrOr => Value::Bool(*a || *b),
                _ => Value::Unknown,
            },
            (Value::Str(a), Value::Str(b)) => match op {
                BinaryOp::Add => Value::Str(a.join(b)),
                _ => Value::Unknown,
            },
            (Value::Int(a), Value::Int(b)) => match small_int(*a, op, *b, int_div) {
                Some(v) => v,
                None => big_int(&BigInt::from(*a), op, &BigInt::from(*b), int_div),
            },
            _ => match x.kind().max(y.kind()) {
                Kind::Int => match (x.as_big(), y.as_big()) {
                    (Some(a), Some(b)) => big_int(&a, op, &b, int_div),
                    _ => Value::Unknown,
                },
                Kind::Float => real(x, op, y),
                Kind::Complex => complex_op(x, op, y),
                _ => Value::Unknown,
            },
        }
    }

    /// `x << s` or `x >> s` for an integer `x`.
    pub fn shift(x: &Value, op: BinaryOp, s: u64) -> Value {
        let Some(n) = x.as_big() else {
            return Value::Unknown;
        };
        if s == 0 {
            return x.clone();
        }
        match op {
            BinaryOp::Shl => Value::big(n << s),
            // Rust's shift of a negative big integer rounds down, as Go's does.
            BinaryOp::Shr => Value::big(n >> s),
            _ => Value::Unknown,
        }
    }

    /// `x op y` for a comparison; false when a value is unknown or they cannot be compared so.
    pub fn compare(x: &Value, op: BinaryOp, y: &Value) -> bool {
        match (x, y) {
            (Value::Unknown, _) | (_, Value::Unknown) => false,
            (Value::Bool(a), Value::Bool(b)) => match op {
                BinaryOp::Eql => a == b,
                BinaryOp::Neq => a != b,
                _ => false,
            },
            (Value::Str(a), Value::Str(b)) => holds(op, a.bytes().cmp(&b.bytes())),
            (Value::Int(a), Value::Int(b)) => holds(op, a.cmp(b)),
            _ => match x.kind().max(y.kind()) {
                Kind::Int => match (x.as_big(), y.as_big()) {
                    (Some(a), Some(b)) => holds(op, a.cmp(&b)),
                    _ => false,
                },
                Kind::Float => match (x.as_ratio(), y.as_ratio()) {
                    (Some(a), Some(b)) => holds(op, a.cmp(&b)),
                    _ => match (x.as_float(), y.as_float()) {
                        (Some(a), Some(b)) => holds(op, a.compare(&b)),
                        _ => false,
                    },
                },
                Kind::Complex => {
                    let eq = Value::compare(&x.real(), BinaryOp::Eql, &y.real())
                        && Value::compare(&x.imag(), BinaryOp::Eql, &y.imag());
                    match op {
                        BinaryOp::Eql => eq,
                        BinaryOp::Neq => !eq,
                        _ => false,
                    }
                }
                _ => false,
            },
        }
    }

    fn as_ratio(&self) -> Option<BigRational> {
        match self {
            Value::Int(n) => Some(BigRational::from_integer(BigInt::from(*n))),
            Value::Big(n) if (n.bits() as i64) < MAX_EXP => {
                Some(BigRational::from_integer((**n).clone()))
            }
            Value::Rat(r) => Some((**r).clone()),
            _ => None,
        }
    }

    /// The value exactly, for dumps: integers and strings in full, others as [`fmt::Display`] has them.
    pub fn exact(&self) -> String {
        match self {
            Value::Str(s) => quote::quote(&s.bytes()),
            Value::Rat(r) if r.is_integer() => r.to_integer().to_string(),
            Value::Rat(r) => format!("{}/{}", r.numer(), r.denom()),
            Value::Complex(c) => format!("({} + {}i)", c.0.exact(), c.1.exact()),
            _ => self.to_string(),
        }
    }
}

/// The text in messages: short, so strings are cut and floats rounded.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unknown => f.write_str("unknown"),
            Value::Bool(b) => write!(f, "{b}"),
            Value::Str(s) => {
                const MAX: usize = 72;
                // A character has at most four bytes, and what is quoted is not shorter.
                let q = quote::quote(&s.first(4 * MAX));
                match q.char_indices().nth(MAX - 3) {
                    Some((cut, _)) if q.chars().count() > MAX => write!(f, "{}...", &q[..cut]),
                    _ => f.write_str(&q),
                }
            }
            Value::Int(n) => write!(f, "{n}"),
            Value::Big(n) => write!(f, "{n}"),
            Value::Rat(_) | Value::Float(_) => {
                f.write_str(&self.as_float().map_or(String::new(), |x| float_text(&x)))
            }
            Value::Complex(c) => write!(f, "({} + {}i)", c.0, c.1),
        }
    }
}

/// Up to six digits, more only where a fraction would look like an integer.
fn float_text(f: &BigFloat) -> String {
    let x = f.to_f64();
    if (f.sign() == 0) == (x == 0.0) && x.is_finite() {
        let s = quote::format_g(x, Some(6));
        if !f.is_int() && !s.contains('.') {
            return quote::format_g(x, None);
        }
        return s;
    }
    // Out of range of a float64: f = mant × 2^exp, brought to m × 10^e with 1 ≤ |m| < 10.
    let (mut m, exp) = f.mant_exp();
    let d = exp as f64 * std::f64::consts::LOG10_2;
    let mut e = d as i64;
    m *= 10f64.powf(d - e as f64);
    // Six digits may round a little less than 1 up to 1, so the bound lies below it by half a digit.
    if m.abs() < 1.0 - 0.5e-6 {
        m *= 10.0;
        e -= 1;
    } else if m.abs() >= 10.0 {
        m /= 10.0;
        e += 1;
    }
    format!("{}e{e:+}", quote::format_g(m, Some(6)))
}

fn holds(op: BinaryOp, order: Ordering) -> bool {
    match op {
        BinaryOp::Eql => order.is_eq(),
        BinaryOp::Neq => order.is_ne(),
        BinaryOp::Lss => order.is_lt(),
        BinaryOp::Leq => order.is_le(),
        BinaryOp::Gtr => order.is_gt(),
        BinaryOp::Geq => order.is_ge(),
        _ => false,
    }
}

/// The operation within 64 bits; `None` if it leaves them.
fn small_int(a: i64, op: BinaryOp, b: i64, int_div: bool) -> Option<Value> {
    Some(Value::Int(match op {
        BinaryOp::Add => a.checked_add(b)?,
        BinaryOp::Sub => a.checked_sub(b)?,
        BinaryOp::Mul => a.checked_mul(b)?,
        BinaryOp::Div if int_div => a.checked_div(b)?,
        BinaryOp::Rem => a.checked_rem(b)?,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::AndNot => a & !b,
        _ => return None,
    }))
}

fn big_int(a: &BigInt, op: BinaryOp, b: &BigInt, int_div: bool) -> Value {
    if b.is_zero() && matches!(op, BinaryOp::Div | BinaryOp::Rem) {
        return Value::Unknown;
    }
    Value::big(match op {
        BinaryOp::Add => a + b,
        BinaryOp::Sub => a - b,
        BinaryOp::Mul => a * b,
        BinaryOp::Div if int_div => a / b,
        BinaryOp::Div => return ratio(BigRational::new(a.clone(), b.clone())),
        BinaryOp::Rem => a % b,
        BinaryOp::And => a & b,
        BinaryOp::Or => a | b,
        BinaryOp::Xor => a ^ b,
        BinaryOp::AndNot => a & !b,
        _ => return Value::Unknown,
    })
}

fn real(x: &Value, op: BinaryOp, y: &Value) -> Value {
    if op == BinaryOp::Div && y.sign() == 0 {
        return Value::Unknown;
    }
    if let (Some(a), Some(b)) = (x.as_ratio(), y.as_ratio()) {
        return ratio(match op {
            BinaryOp::Add => a + b,
            BinaryOp::Sub => a - b,
            BinaryOp::Mul => a * b,
            BinaryOp::Div => a / b,
            _ => return Value::Unknown,
        });
    }
    let (Some(a), Some(b)) = (x.as_float(), y.as_float()) else {
        return Value::Unknown;
    };
    float(match op {
        BinaryOp::Add => a.add(&b),
        BinaryOp::Sub => a.add(&b.neg()),
        BinaryOp::Mul => a.mul(&b),
        BinaryOp::Div => a.quo(&b),
        _ => return Value::Unknown,
    })
}

fn complex_op(x: &Value, op: BinaryOp, y: &Value) -> Value {
    use BinaryOp::{Add, Div, Mul, Sub};
    let (a, b, c, d) = (x.real(), x.imag(), y.real(), y.imag());
    let calc = |x: &Value, op, y: &Value| Value::binary(x, op, y, false);
    let (re, im) = match op {
        Add | Sub => (calc(&a, op, &c), calc(&b, op, &d)),
        Mul => {
            let re = calc(&calc(&a, Mul, &c), Sub, &calc(&b, Mul, &d));
            let im = calc(&calc(&b, Mul, &c), Add, &calc(&a, Mul, &d));
            (re, im)
        }
        Div => {
            // (ac+bd)/s + (bc-ad)/s i, with s = cc + dd
            let s = calc(&calc(&c, Mul, &c), Add, &calc(&d, Mul, &d));
            let re = calc(&calc(&a, Mul, &c), Add, &calc(&b, Mul, &d));
            let im = calc(&calc(&b, Mul, &c), Sub, &calc(&a, Mul, &d));
            (calc(&re, Div, &s), calc(&im, Div, &s))
        }
        _ => return Value::Unknown,
    };
    Value::complex(&re, &im)
}

fn sign_of(n: &BigInt) -> i32 {
    match n.sign() {
        Sign::Minus => -1,
        Sign::NoSign => 0,
        Sign::Plus => 1,
    }
}

fn complex(re: Value, im: Value) -> Value {
    Value::Complex(Rc::new((re, im)))
}

fn is_small(n: &BigInt) -> bool {
    (n.bits() as i64) < MAX_EXP
}

fn ratio(r: BigRational) -> Value {
    if is_small(r.numer()) && is_small(r.denom()) {
        Value::Rat(Rc::new(r))
    } else {
        float(BigFloat::from_ratio(&r))
    }
}

fn float(f: BigFloat) -> Value {
    if f.sign() == 0 {
        Value::Rat(Rc::new(BigRational::zero()))
    } else if f.is_inf() {
        Value::Unknown
    } else {
        Value::Float(Rc::new(f))
    }
}

fn float_or_ratio(f: BigFloat) -> Value {
    match f.to_ratio(MAX_EXP) {
        Some(r) => ratio(r),
        None => float(f),
    }
}

/// The integer that a rounded number was meant to be: a computation in 512 bits may miss it by its last bits.
fn near_int(f: &BigFloat) -> Option<BigInt> {
    let r = f.to_ratio(MAX_EXP)?;
    let n = r.round();
    let miss = (&r - &n).abs();
    let scale = BigRational::from_integer(BigInt::one() << (super::bigfloat::PREC - 12));
    (miss * scale <= n.abs()).then(|| n.to_integer())
}

/// The digits of a literal without underscores, its prefix removed, and its base.
fn digits_and_base(text: &str) -> (String, u32) {
    let clean = text.replace('_', "");
    let (base, skip) = match clean.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, 2),
        [b'0', b'o' | b'O', ..] => (8, 2),
        [b'0', b'b' | b'B', ..] => (2, 2),
        [b'0', _, ..] => (8, 1),
        _ => (10, 0),
    };
    (clean[skip..].to_owned(), base)
}

fn parse_int(text: &str) -> Option<BigInt> {
    let (digits, base) = digits_and_base(text);
    BigInt::parse_bytes(digits.as_bytes(), base)
}

/// Digits in front of `i`: any number literal, except that a leading zero does not make it octal.
fn parse_imag(text: &str) -> Option<Value> {
    let bytes = text.as_bytes();
    let decimal = !(bytes.len() > 1 && bytes[0] == b'0' && bytes[1].is_ascii_alphabetic());
    if decimal || matches!(bytes[1], b'x' | b'X') {
        parse_float(text)
    } else {
        parse_int(text).map(Value::big)
    }
}

/// The value of a decimal or hexadecimal float literal; `None` if it is malformed or infinite.
fn parse_float(text: &str) -> Option<Value> {
    let clean = text.replace('_', "").to_ascii_lowercase();
    let (base, rest, mark) = match clean.strip_prefix("0x") {
        Some(rest) => (16, rest, 'p'),
        None => (10, clean.as_str(), 'e'),
    };
    let (mantissa, exp) = match rest.split_once(mark) {
        Some((m, e)) => (m, parse_exponent(e)?),
        None => (rest, 0),
    };
    let (whole, frac) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = BigInt::parse_bytes(format!("{whole}{frac}").as_bytes(), base)?;
    let frac = frac.len() as i64;
    let (exp10, exp2) = if base == 10 {
        (exp - frac, 0)
    } else {
        (0, exp - 4 * frac)
    };
    if digits.is_zero() {
        return Some(Value::Rat(Rc::new(BigRational::zero())));
    }
    let top = digits.bits() as i64 + exp10.saturating_mul(10) / 3 + exp2;
    if top.abs() < MAX_EXP + 64 && exp10.abs() < 12_000 && exp2.abs() < 40_000 {
        let mut r = BigRational::from_integer(digits);
        let scale = BigRational::from_integer(
            BigInt::from(10).pow(exp10.unsigned_abs() as u32) << exp2.unsigned_abs(),
        );
        // Only one of the exponents differs from zero.
        if exp10 + exp2 < 0 {
            r /= scale;
        } else {
            r *= scale;
        }
        return Some(ratio(r));
    }
    match float(BigFloat::from_decimal(&digits, exp10, exp2)) {
        Value::Unknown => None,
        v => Some(v),
    }
}

/// An exponent's digits; too many are clamped, since the value is zero or infinite anyway.
fn parse_exponent(text: &str) -> Option<i64> {
    let (neg, digits) = match text.as_bytes().first()? {
        b'-' => (true, &text[1..]),
        b'+' => (false, &text[1..]),
        _ => (false, text),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let n = digits.parse::<i64>().unwrap_or(i64::MAX).min(1 << 40);
    Some(if neg { -n } else { n })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lit(text: &str) -> Value {
        let kind = if text.ends_with('i') && !text.starts_with("0x") {
            LitKind::Imag
        } else if !text.starts_with("0x") && text.contains(['.', 'e']) || text.contains('p') {
            LitKind::Float
        } else {
            LitKind::Int
        };
        Value::from_literal(text, kind)
    }

    #[test]
    fn literals_have_their_values() {
        for (text, want) in [
            ("0", "0"),
            ("0755", "493"),
            ("0o17", "15"),
            ("0b1_01", "5"),
            ("0xFF", "255"),
            (
                "123456789012345678901234567890",
                "123456789012345678901234567890",
            ),
            ("1.5", "1.5"),
            ("1e3", "1000"),
            ("0x1p-2", "0.25"),
            ("0x.8p1", "1"),
            ("1e100", "1e+100"),
            ("1e5000", "1e+5000"),
            ("1e-5000", "1e-5000"),
            ("9.99999951e10000", "1e+10001"),
            ("2.5i", "(0 + 2.5i)"),
            ("010i", "(0 + 10i)"),
            ("0b11i", "(0 + 3i)"),
            ("1e99999999999999999999", "unknown"),
            ("3.14159265358979", "3.14159"),
            ("100000000.5", "1.000000005e+08"),
        ] {
            assert_eq!(lit(text).to_string(), want, "{text}");
        }
    }

    #[test]
    fn arithmetic_is_exact() {
        use BinaryOp::*;
        let calc = |a: &str, op, b: &str| Value::binary(&lit(a), op, &lit(b), true).to_string();
        assert_eq!(calc("9223372036854775807", Add, "1"), "9223372036854775808");
        assert_eq!(calc("7", Div, "2"), "3");
        assert_eq!(calc("1.0", Div, "3.0"), "0.333333");
        assert_eq!(calc("1e10000", Mul, "1e-10000"), "1");
        assert_eq!(calc("1i", Mul, "1i"), "(-1 + 0i)");
        assert_eq!(calc("12", AndNot, "4"), "8");
        let third = Value::binary(&Value::Int(1), Div, &Value::Int(3), false);
        let one = Value::binary(&third, Mul, &Value::Int(3), false);
        assert!(Value::compare(&one, Eql, &Value::Int(1)));
        assert_eq!(
            Value::shift(&Value::Int(1), Shl, 100).to_string(),
            (1u128 << 100).to_string()
        );
        assert_eq!(Value::shift(&Value::Int(-5), Shr, 1).to_string(), "-3");
        assert_eq!(
            Value::unary(UnaryOp::Xor, &Value::Int(1), 8).to_string(),
            "254"
        );
        assert_eq!(
            Value::unary(UnaryOp::Neg, &Value::Int(i64::MIN), 0).to_string(),
            "9223372036854775808"
        );
    }

    #[test]
    fn conversions_between_kinds() {
        assert_eq!(lit("4.0").to_int().as_i64(), Some(4));
        assert!(lit("4.5").to_int().is_unknown());
        assert_eq!(lit("1e300").to_int().bit_len(), 997);
        assert_eq!(Value::float64(0.1).to_f64(), 0.1);
        assert_eq!(lit("0.1").to_f32(), 0.1f32);
        assert_eq!(lit("1e400").to_f64(), f64::INFINITY);
        // One below the middle between the largest float64 and the next power of two.
        let max = Value::shift(&Value::Int((1 << 53) - 1), BinaryOp::Shl, 971);
        let half = Value::shift(&Value::Int(1), BinaryOp::Shl, 970);
        let sum = Value::binary(&max, BinaryOp::Add, &half, false);
        let below = Value::binary(&sum, BinaryOp::Sub, &Value::Int(1), false);
        assert_eq!(sum.to_f64(), f64::INFINITY);
        assert_eq!(below.to_f64(), f64::MAX);
        assert_eq!(below.to_float().to_f64(), f64::MAX);
        assert_eq!(lit("0.0").to_f64(), 0.0);
    }

    #[test]
    fn long_chains_of_strings_join_once() {
        let piece = Value::str(b"abc");
        let mut all = Value::str(b"");
        for _ in 0..20_000 {
            all = Value::binary(&all, BinaryOp::Add, &piece, false);
        }
        assert_eq!(all.as_bytes().len(), 60_000);
        assert!(all.to_string().ends_with("ab..."), "{all}");
        let mut doubled = Value::str(b"ab");
        for _ in 0..26 {
            doubled = Value::binary(&doubled, BinaryOp::Add, &doubled, false);
        }
        assert_eq!(doubled.to_string().len(), 72);
        assert_eq!(&doubled.as_bytes()[(1 << 27) - 3..], b"bab");
    }
}
