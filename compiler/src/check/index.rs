//! Index and slice expressions. (Go: types2/index.go)
//!
//! Knows nothing of: instantiation beyond telling it from indexing.

use minigo_syntax::ast::{Expr, ExprKind as Node, IndexExpr};
use minigo_syntax::codes::Code;

use super::{Basic, Checker, Mode, Operand, Type, TypeId, Types};

impl<'a> Checker<'a> {
    /// `x[i]`. Says true if `x` is a generic function instead: the caller instantiates it.
    pub(crate) fn index_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) -> bool {
        let Node::Index(ie) = &e.kind else {
            return false;
        };
        self.expr_or_type(x, &ie.x, true);
        match x.mode {
            Mode::Invalid => {
                self.use_exprs(&ie.indices);
                return false;
            }
            Mode::TypExpr => {
                // A generic type.
                x.invalidate();
                x.ty = self.var_type(e);
                if self.is_valid(x.ty) {
                    x.mode = Mode::TypExpr;
                }
                return false;
            }
            Mode::Value => {
                if let Type::Signature(sig) = self.under_type(x.ty)
                    && !self.types[sig].tparams.is_empty()
                {
                    return true;
                }
            }
            _ => {}
        }
        self.non_generic(None, x);
        if !x.is_valid() {
            return false;
        }
        if !self.is_complete(x.ty) {
            x.invalidate();
            return false;
        }
        let inner = match self.under_type(x.ty) {
            Type::Pointer { elem } | Type::Map { elem, .. } => Some(elem),
            _ => None,
        };
        if inner.is_some_and(|t| !self.is_complete(t)) {
            x.invalidate();
            return false;
        }

        // The length where it is known, else -1.
        let mut length = -1i64;
        let mut valid = false;
        match self.under_type(x.ty) {
            Type::Basic(b) if b.is_string() => {
                valid = true;
                if x.mode == Mode::Constant {
                    length = string_len(x);
                }
                // A byte even of a constant string is no constant.
                x.mode = Mode::Value;
                x.ty = Types::BYTE;
            }
            Type::Array { elem, len } => {
                valid = true;
                length = len;
                if x.mode != Mode::Variable {
                    x.mode = Mode::Value;
                }
                x.ty = elem;
            }
            Type::Pointer { elem } => {
                if let Type::Array { elem, len } = self.under_type(elem) {
                    valid = true;
                    length = len;
                    x.mode = Mode::Variable;
                    x.ty = elem;
                }
            }
            Type::Slice { elem } => {
                valid = true;
                x.mode = Mode::Variable;
                x.ty = elem;
            }
            Type::Map { key, elem } => {
                self.map_index(x, e, ie, key, elem);
                return false;
            }
            Type::Interface(_) if self.is_type_param(x.ty) => {
                if let Some((key, elem, mode, len)) = self.index_type_set(x) {
                    if let Some(key) = key {
                        self.map_index(x, e, ie, key, elem);
                        return false;
                    }
                    valid = true;
                    length = len;
                    x.mode = mode;
                    x.ty = elem;
                }
            }
            _ => {}
        }
        if !valid {
            self.error(
                e.pos(),
                Code::NonSliceableOperand,
                format!("cannot index {}", self.xstr(x)),
            );
            self.use_exprs(&ie.indices);
            x.invalidate();
            return false;
        }
        match self.single_index(e, ie) {
            Some(index) => {
                self.index(index, length);
            }
            None => x.invalidate(),
        }
        false
    }

    fn map_index(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        ie: &'a IndexExpr,
        key_ty: TypeId,
        elem: TypeId,
    ) {
        let Some(index) = self.single_index(e, ie) else {
            x.invalidate();
            return;
        };
        let mut key = Operand::new();
        self.generic_expr(&mut key, index, None);
        self.assignment(&mut key, Some(key_ty), "map index");
        // Whether the key was right or not, the element is known.
        x.mode = Mode::MapIndex;
        x.ty = elem;
        x.expr = Some(e);
    }

    /// What indexing a value of a type parameter's type gives, if all types in its type set agree: the key type if they are
    /// maps, the element type, the mode, and the least length.
    fn index_type_set(&mut self, x: &Operand<'a>) -> Option<(Option<TypeId>, TypeId, Mode, i64)> {
        let mut result: Option<(Option<TypeId>, TypeId, i64)> = None;
        let mut mode = Mode::Variable;
        for term in self.typeset(x.ty) {
            let (_, u) = term?;
            let (key, elem, len) = match self.types.get(u) {
                Type::Basic(b) if b.is_string() => {
                    mode = Mode::Value;
                    (None, Types::BYTE, -1)
                }
                Type::Array { elem, len } => {
                    if x.mode != Mode::Variable {
                        mode = Mode::Value;
                    }
                    (None, elem, len)
                }
                Type::Pointer { elem } => match self.under_type(elem) {
                    Type::Array { elem, len } => (None, elem, len),
                    _ => return None,
                },
                Type::Slice { elem } => (None, elem, -1),
                Type::Map { key, elem } => (Some(key), elem, -1),
                _ => return None,
            };
            let Some((key0, elem0, len0)) = &mut result else {
                result = Some((key, elem, len));
                continue;
            };
            let same_key = match (*key0, key) {
                (None, None) => true,
                (Some(a), Some(b)) => self.identical(a, b),
                _ => false,
            };
            if !same_key || !self.identical(*elem0, elem) {
                return None;
            }
            if len >= 0 && len < *len0 {
                *len0 = len;
            }
        }
        result.map(|(key, elem, len)| (key, elem, mode, len))
    }

    /// `x[i:j]`, `x[i:j:k]`
    pub(crate) fn slice_expr(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        let Node::Slice(se) = &e.kind else { return };
        let parts = [&se.lo, &se.hi, &se.max];
        self.expr(None, x, &se.x);
        if !x.is_valid() {
            for part in parts.into_iter().flatten() {
                self.use_expr(part);
            }
            return;
        }

        // All types of a type set must agree, where strings count as slices of bytes.
        let mut common: Option<(TypeId, TypeId)> = None;
        let mut has_string = false;
        for term in self.typeset(x.ty) {
            let Some((t, mut u)) = term else {
                self.error(
                    &*x,
                    Code::NonSliceableOperand,
                    format!(
                        "cannot slice {}: no specific type in {}",
                        self.xstr(x),
                        self.tstr(x.ty)
                    ),
                );
                x.invalidate();
                return;
            };
            if self.is_string(u) {
                u = self.types.new_slice(Types::BYTE);
                has_string = true;
            }
            match common {
                None => common = Some((t, u)),
                Some((ct, cu)) => {
                    if !self.identical(cu, u) {
                        self.error(
                            &*x,
                            Code::NonSliceableOperand,
                            format!(
                                "cannot slice {}: {} and {} have different underlying types",
                                self.xstr(x),
                                self.tstr(ct),
                                self.tstr(t)
                            ),
                        );
                        x.invalidate();
                        return;
                    }
                }
            }
        }
        let mut cu = common.map_or(Types::INVALID, |(_, u)| u);
        if has_string {
            cu = Types::STRING;
            if !self.is_type_param(x.ty) {
                cu = self.under(x.ty);
            }
        }
        if let Type::Pointer { elem } = self.under_type(x.ty)
            && !self.is_complete(elem)
        {
            x.invalidate();
            return;
        }

        let mut length = -1i64;
        let mut valid = false;
        match self.types.get(cu) {
            Type::Basic(b) if b.is_string() => {
                if se.full {
                    let at = se.max.as_ref().unwrap_or(e);
                    self.error(
                        at,
                        Code::InvalidSliceExpr,
                        "invalid operation: 3-index slice of string",
                    );
                    x.invalidate();
                    return;
                }
                valid = true;
                if x.mode == Mode::Constant {
                    length = string_len(x);
                }
                if b == Basic::UntypedString {
                    x.ty = Types::STRING;
                }
            }
            Type::Array { elem, len } => {
                valid = true;
                length = len;
                if x.mode != Mode::Variable {
                    self.error(
                        &*x,
                        Code::NonSliceableOperand,
                        format!("cannot slice unaddressable value {}", self.xstr(x)),
                    );
                    x.invalidate();
                    return;
                }
                x.ty = self.types.new_slice(elem);
            }
            Type::Pointer { elem } => {
                if let Type::Array { elem, len } = self.under_type(elem) {
                    valid = true;
                    length = len;
                    x.ty = self.types.new_slice(elem);
                }
            }
            Type::Slice { .. } => valid = true,
            _ => {}
        }
        if !valid {
            self.error(
                &*x,
                Code::NonSliceableOperand,
                format!("cannot slice {}", self.xstr(x)),
            );
            for part in parts.into_iter().flatten() {
                self.use_expr(part);
            }
            x.invalidate();
            return;
        }
        x.mode = Mode::Value;
        if se.full && (se.hi.is_none() || se.max.is_none()) {
            // The parser has reported it.
            x.invalidate();
            return;
        }

        let mut bounds = [-1i64; 3];
        for (i, part) in parts.into_iter().enumerate() {
            bounds[i] = match part {
                Some(part) => {
                    let max = if length >= 0 {
                        length.saturating_add(1)
                    } else {
                        -1
                    };
                    self.index(part, max).1
                }
                None if i == 0 => 0,
                None => length,
            };
        }
        // Constant bounds must be in order.
        for i in 0..2 {
            for j in i + 1..3 {
                let (a, b) = (bounds[i], bounds[j]);
                if a > 0 && b >= 0 && b < a {
                    let at = parts[j].as_ref().unwrap_or(e);
                    self.error(
                        at,
                        Code::SwappedSliceIndices,
                        format!("invalid slice indices: {b} < {a}"),
                    );
                    return;
                }
            }
        }
    }

    /// The one index of an index expression.
    fn single_index(&mut self, e: &'a Expr, ie: &'a IndexExpr) -> Option<&'a Expr> {
        let Some(index) = ie.indices.first() else {
            self.error(
                e,
                Code::InvalidSyntaxTree,
                format!(
                    "invalid syntax tree: missing index for {}",
                    self.estr(&ie.x)
                ),
            );
            return None;
        };
        if let Some(second) = ie.indices.get(1) {
            self.error(
                second,
                Code::InvalidIndex,
                "invalid operation: more than one index",
            );
        }
        Some(index)
    }

    /// Checks an index that must be below `max` (unless that is negative). Gives its type, and its value if it is constant,
    /// else -1; the invalid type after an error.
    pub(super) fn index(&mut self, index: &'a Expr, max: i64) -> (TypeId, i64) {
        const BAD: (TypeId, i64) = (Types::INVALID, -1);
        let mut x = Operand::new();
        self.expr(None, &mut x, index);
        if !self.is_valid_index(&mut x, Code::InvalidIndex, "index", false) {
            return BAD;
        }
        if x.mode != Mode::Constant {
            return (x.ty, -1);
        }
        let Some(v) = x.val.as_i64() else { return BAD };
        if max >= 0 && v >= max {
            self.error(
                &x,
                Code::InvalidIndex,
                format!("invalid argument: index {v} out of bounds [0:{max}]"),
            );
            return BAD;
        }
        (x.ty, v)
    }

    /// Whether an operand can be an index, a length or a capacity; an error calls it `what`.
    pub(crate) fn is_valid_index(
        &mut self,
        x: &mut Operand<'a>,
        code: Code,
        what: &str,
        allow_negative: bool,
    ) -> bool {
        if !x.is_valid() {
            return false;
        }
        // The default type of an index is int.
        self.convert_untyped(x, Types::INT);
        if !x.is_valid() {
            return false;
        }
        let fault = if !self.all_integer(x.ty) {
            "must be integer"
        } else if x.mode != Mode::Constant {
            return true;
        } else if !allow_negative && x.val.sign() < 0 {
            "must not be negative"
        } else {
            match self.representable_const(&x.val, Basic::Int) {
                Some(val) => {
                    x.val = val;
                    return true;
                }
                None => "overflows int",
            }
        };
        let msg = format!("invalid argument: {what} {} {fault}", self.xstr(x));
        self.error(&*x, code, msg);
        false
    }
}

fn string_len(x: &Operand<'_>) -> i64 {
    match &x.val {
        super::Value::Str(s) => s.len() as i64,
        _ => -1,
    }
}
