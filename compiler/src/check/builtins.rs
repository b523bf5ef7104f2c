//! Calls of predeclared functions and those of package unsafe. (Go: types2/builtins.go)
//!
//! The types of the arguments, once they are assigned, say which operation a call is; nothing else is recorded for it. Calls
//! that give constants (`len` of an array, `unsafe.Sizeof`) evaluate nothing.
//!
//! Knows nothing of: how the functions are carried out.

use minigo_syntax::ast::{CallExpr, Expr, ExprKind as Node};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::token::BinaryOp;

use super::{
    Basic, BuiltinId, ChanDir, Checker, LookupResult, Mode, ObjId, Operand, Selection,
    SelectionKind, SigId, Type, TypeId, Types, Value, VarKind,
};

impl<'a> Checker<'a> {
    /// Checks the call of a built-in function; the result goes to `x`. Says false after an error.
    pub(crate) fn builtin(&mut self, x: &mut Operand<'a>, e: &'a Expr, id: BuiltinId) -> bool {
        let Node::Call(call) = &e.kind else {
            return false;
        };
        let (name, least, variadic, _) = id.shape();
        if call.ellipsis.is_some() && id != BuiltinId::Append {
            self.error(
                e,
                Code::InvalidDotDotDot,
                format!("invalid operation: invalid use of ... with built-in {name}"),
            );
            self.use_exprs(&call.args);
            return false;
        }

        // len and cap are constant if nothing must be evaluated for them.
        let outer_call_or_recv = self.env.has_call_or_recv;
        let is_len = matches!(id, BuiltinId::Len | BuiltinId::Cap);
        if is_len {
            self.env.has_call_or_recv = false;
        }
        let ok = self.builtin_call(x, e, call, id, least, variadic);
        if is_len {
            self.env.has_call_or_recv = outer_call_or_recv;
        }
        ok
    }

    fn builtin_call(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        call: &'a CallExpr,
        id: BuiltinId,
        least: usize,
        variadic: bool,
    ) -> bool {
        use BuiltinId as B;
        // Some take types, or look at the form of their argument.
        let mut args = Vec::new();
        let mut nargs = call.args.len();
        if !matches!(id, B::Make | B::New | B::Offsetof) {
            args = self.expr_list(&call.args);
            nargs = args.len();
            if args.iter().any(|a| !a.is_valid()) {
                return false;
            }
            if let Some(first) = args.first() {
                *x = first.clone();
            }
        }
        let qualifier = if nargs < least {
            "not enough"
        } else if !variadic && nargs > least {
            "too many"
        } else {
            ""
        };
        if !qualifier.is_empty() {
            let msg = format!(
                "invalid operation: {qualifier} arguments for {} (expected {least}, found {nargs})",
                self.estr(e)
            );
            self.error(e, Code::WrongArgCount, msg);
            return false;
        }
        let list = &call.args[..];
        let since = match id {
            B::Clear | B::Min | B::Max => 21,
            B::Add | B::Slice => 17,
            B::SliceData | B::String | B::StringData => 20,
            _ => 0,
        };
        if !self.allows(since) {
            self.verify_version(&call.fun, since, |_| match id {
                B::Clear => "clear".to_owned(),
                B::Min | B::Max => format!("built-in {}", id.name()),
                _ => format!("unsafe.{}", id.name()),
            });
        }
        match id {
            B::Append => self.append_call(x, e, call, &mut args),
            B::Cap | B::Len => self.len_call(x, id),
            B::Clear => self.clear_call(x),
            B::Close => self.close_call(x),
            B::Complex => self.complex_call(x, e, &mut args),
            B::Copy => self.copy_call(x, &mut args),
            B::Delete => self.delete_call(x, &args),
            B::Imag | B::Real => self.real_call(x, id),
            B::Make => self.make_call(x, e, list),
            B::Max | B::Min => self.min_call(x, id, &mut args),
            B::New => self.new_call(x, &call.fun, &list[0]),
            B::Panic => {
                self.info.set_panic(e.id);
                self.assignment(x, Some(Types::EMPTY_INTERFACE), "argument to panic");
                x.is_valid() && no_value(x)
            }
            B::Print | B::Println => {
                let context = if id == B::Print {
                    "argument to built-in print"
                } else {
                    "argument to built-in println"
                };
                for a in &mut args {
                    self.assignment(a, None, context);
                    if !a.is_valid() {
                        return false;
                    }
                }
                no_value(x)
            }
            B::Recover => value(x, Types::EMPTY_INTERFACE),
            B::Add => {
                let ptr = Types::UNSAFE_POINTER;
                self.assignment(x, Some(ptr), "argument to unsafe.Add");
                x.is_valid()
                    && self.is_valid_index(&mut args[1], Code::InvalidUnsafeAdd, "length", true)
                    && value(x, ptr)
            }
            B::Alignof => {
                self.assignment(x, None, "argument to unsafe.Alignof");
                if !x.is_valid() {
                    return false;
                }
                if self.has_var_size(x.ty) {
                    return value(x, Types::UINTPTR);
                }
                let n = self.align_of(x.ty);
                constant(x, n)
            }
            B::Sizeof => {
                self.assignment(x, None, "argument to unsafe.Sizeof");
                if !x.is_valid() {
                    return false;
                }
                if self.has_var_size(x.ty) {
                    return value(x, Types::UINTPTR);
                }
                let n = self.size_of(x.ty);
                if n < 0 {
                    return self.too_large(x);
                }
                constant(x, n)
            }
            B::Offsetof => self.offsetof_call(x, &list[0]),
            B::Slice => {
                let Some(Type::Pointer { elem }) = self.common_type(x.ty) else {
                    let msg = format!("invalid argument: {} is not a pointer", self.xstr(x));
                    self.error(&*x, Code::InvalidUnsafeSlice, msg);
                    return false;
                };
                if !self.is_valid_index(&mut args[1], Code::InvalidUnsafeSlice, "length", false) {
                    return false;
                }
                let ty = self.types.new_slice(elem);
                value(x, ty)
            }
            B::SliceData => {
                let Some(Type::Slice { elem }) = self.common_type(x.ty) else {
                    let msg = format!("invalid argument: {} is not a slice", self.xstr(x));
                    self.error(&*x, Code::InvalidUnsafeSliceData, msg);
                    return false;
                };
                let ty = self.types.new_pointer(elem);
                value(x, ty)
            }
            B::String => {
                let ty = self.types.new_pointer(Types::BYTE);
                self.assignment(x, Some(ty), "argument to unsafe.String");
                x.is_valid()
                    && self.is_valid_index(&mut args[1], Code::InvalidUnsafeString, "length", false)
                    && value(x, Types::STRING)
            }
            B::StringData => {
                self.assignment(x, Some(Types::STRING), "argument to unsafe.StringData");
                if !x.is_valid() {
                    return false;
                }
                let ty = self.types.new_pointer(Types::BYTE);
                value(x, ty)
            }
            B::Assert => {
                if x.mode != Mode::Constant || !self.is_boolean(x.ty) {
                    let msg = format!(
                        "invalid argument: {} is not a boolean constant",
                        self.xstr(x)
                    );
                    self.error(&*x, Code::Test, msg);
                    return false;
                }
                if matches!(x.val, Value::Bool(false)) {
                    let msg = format!("{} failed", self.estr(e));
                    self.error(e, Code::Test, msg);
                }
                true
            }
            B::Trace => {
                if nargs == 0 {
                    x.mode = Mode::NoValue;
                }
                true
            }
        }
    }

    fn common_type(&mut self, ty: TypeId) -> Option<Type> {
        self.common_under(ty).ok().map(|u| self.types.get(u))
    }

    fn too_large(&mut self, x: &Operand<'a>) -> bool {
        let msg = format!("{} is too large", self.xstr(x));
        self.error(x, Code::TypeTooLarge, msg);
        false
    }

    /// Whether a type is a slice of bytes, or a string (then the second is true).
    fn bytes_or_string(&mut self, term: Option<(TypeId, TypeId)>) -> Option<bool> {
        let (_, u) = term?;
        match self.types.get(u) {
            Type::Slice { elem } => self.identical(elem, Types::BYTE).then_some(false),
            Type::Basic(b) if b.is_string() => Some(true),
            _ => None,
        }
    }

    /// The common element type of the slices in `x`'s type set, or why it has none.
    fn slice_elem(&mut self, x: &Operand<'a>) -> Result<TypeId, String> {
        let mut common: Option<TypeId> = None;
        for term in self.typeset(x.ty) {
            let Some(Type::Slice { elem }) = term.map(|(_, u)| self.types.get(u)) else {
                let have = if x.is_nil() {
                    "untyped nil".to_owned()
                } else {
                    self.xstr(x)
                };
                return Err(format!("argument must be a slice; have {have}"));
            };
            match common {
                None => common = Some(elem),
                Some(c) if !self.identical(c, elem) => {
                    return Err(format!(
                        "mismatched slice element types {} and {} in {}",
                        self.tstr(c),
                        self.tstr(elem),
                        self.xstr(x)
                    ));
                }
                Some(_) => {}
            }
        }
        Ok(common.unwrap_or(Types::INVALID))
    }

    fn is_byte_slice(&mut self, x: &Operand<'a>) -> bool {
        let bytes = self.types.new_slice(Types::BYTE);
        self.assignable_to(x, bytes, &mut String::new()).is_ok()
    }

    /// Gives an untyped string its default type.
    fn finish_untyped(&mut self, x: &Operand<'a>) {
        if self.is_untyped(x.ty)
            && let Some(e) = x.expr
        {
            let ty = self.default_type(x.ty);
            self.update_expr_type(e, ty, true);
        }
    }

    fn append_call(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        call: &'a CallExpr,
        args: &mut [Operand<'a>],
    ) -> bool {
        let elem = match self.slice_elem(x) {
            Ok(elem) => elem,
            Err(cause) => {
                self.error(&*x, Code::InvalidAppend, format!("invalid append: {cause}"));
                return false;
            }
        };
        // append([]byte, string...)
        if args.len() == 2 && call.ellipsis.is_some() && self.is_byte_slice(x) {
            let terms = self.typeset(args[1].ty);
            let mut has_string = false;
            let mut all = true;
            for term in terms {
                match self.bytes_or_string(term) {
                    Some(is_string) => has_string |= is_string,
                    None => all = false,
                }
            }
            if all && has_string {
                self.finish_untyped(&args[1]);
                x.mode = Mode::Value;
                return true;
            }
        }
        let slice = self.types.new_slice(elem);
        let sig = self.synthetic_sig(&[x.ty, slice]);
        self.arguments(e, sig, Vec::new(), &[], args, &[]);
        x.mode = Mode::Value;
        true
    }

    /// A variadic signature with these parameters and no results.
    fn synthetic_sig(&mut self, params: &[TypeId]) -> SigId {
        let params: Vec<ObjId> = params
            .iter()
            .map(|&t| self.new_var(VarKind::Param, Pos::NONE, Symbol::EMPTY, Some(t)))
            .collect();
        let params = self.types.new_objs(&params);
        let sig = self.types.new_signature();
        self.types[sig].params = params;
        self.types[sig].variadic = true;
        sig
    }

    fn len_call(&mut self, x: &mut Operand<'a>, id: BuiltinId) -> bool {
        let is_len = id == BuiltinId::Len;
        let mut mode = Mode::Invalid;
        let mut val = Value::Unknown;
        let u = self.under(x.ty);
        match self.array_ptr_deref(u) {
            Type::Basic(b) if b.is_string() && is_len => {
                mode = Mode::Value;
                if x.mode == Mode::Constant {
                    mode = Mode::Constant;
                    if let Value::Str(s) = &x.val {
                        val = Value::Int(s.len() as i64);
                    }
                }
            }
            Type::Array { len, .. } => {
                mode = Mode::Value;
                if !self.env.has_call_or_recv {
                    mode = Mode::Constant;
                    if len >= 0 {
                        val = Value::Int(len);
                    }
                }
            }
            Type::Slice { .. } | Type::Chan { .. } => mode = Mode::Value,
            Type::Map { .. } if is_len => mode = Mode::Value,
            Type::Interface(_) if self.is_type_param(x.ty) => {
                let terms = self.typeset(x.ty);
                let all = terms.into_iter().all(|term| match term {
                    None => false,
                    Some((_, u)) => match self.array_ptr_deref(u) {
                        Type::Basic(b) => b.is_string() && is_len,
                        Type::Array { .. } | Type::Slice { .. } | Type::Chan { .. } => true,
                        Type::Map { .. } => is_len,
                        _ => false,
                    },
                });
                if all {
                    mode = Mode::Value;
                }
            }
            _ => {}
        }
        if mode == Mode::Invalid {
            if self.is_valid(u) {
                let code = if is_len {
                    Code::InvalidLen
                } else {
                    Code::InvalidCap
                };
                let msg = format!(
                    "invalid argument: {} for built-in {}",
                    self.xstr(x),
                    id.name()
                );
                self.error(&*x, code, msg);
            }
            return false;
        }
        self.finish_untyped(x);
        x.mode = mode;
        x.ty = Types::INT;
        x.val = val;
        true
    }

    fn clear_call(&mut self, x: &mut Operand<'a>) -> bool {
        for term in self.typeset(x.ty) {
            let t = term.map(|(_, u)| self.types.get(u));
            if !matches!(t, Some(Type::Map { .. } | Type::Slice { .. })) {
                let msg = format!(
                    "invalid argument: cannot clear {}: argument must be (or constrained by) map or slice",
                    self.xstr(x)
                );
                self.error(&*x, Code::InvalidClear, msg);
                return false;
            }
        }
        no_value(x)
    }

    fn close_call(&mut self, x: &mut Operand<'a>) -> bool {
        for term in self.typeset(x.ty) {
            let what = match term.map(|(_, u)| self.types.get(u)) {
                Some(Type::Chan {
                    dir: ChanDir::RecvOnly,
                    ..
                }) => "receive-only channel",
                Some(Type::Chan { .. }) => continue,
                _ => "non-channel",
            };
            let msg = format!("invalid operation: cannot close {what} {}", self.xstr(x));
            self.error(&*x, Code::InvalidClose, msg);
            return false;
        }
        no_value(x)
    }

    fn complex_call(&mut self, x: &mut Operand<'a>, e: &'a Expr, args: &mut [Operand<'a>]) -> bool {
        let y = &mut args[1];
        match (self.is_untyped(x.ty), self.is_untyped(y.ty)) {
            (false, false) => {}
            (true, false) => self.convert_untyped(x, y.ty),
            (false, true) => self.convert_untyped(y, x.ty),
            (true, true) if x.mode == Mode::Constant && y.mode == Mode::Constant => {
                // Both become floats if they are real numbers.
                for z in [&mut *x, &mut *y] {
                    if self.is_numeric(z.ty) && z.val.imag().sign() == 0 {
                        z.ty = Types::UNTYPED_FLOAT;
                    }
                }
            }
            (true, true) => {
                // A shift that is not constant: there is no float to shift, so this fails with the right message.
                self.convert_untyped(x, Types::FLOAT64);
                self.convert_untyped(y, Types::FLOAT64);
            }
        }
        if !x.is_valid() || !y.is_valid() {
            return false;
        }
        if !self.identical(x.ty, y.ty) {
            let msg = format!(
                "invalid operation: {} (mismatched types {} and {})",
                self.estr(e),
                self.tstr(x.ty),
                self.tstr(y.ty)
            );
            self.error(&*x, Code::InvalidComplex, msg);
            return false;
        }
        let result = self.apply_type_func(x, BuiltinId::Complex, |b| match b {
            Basic::Float32 => Some(Types::COMPLEX64),
            Basic::Float64 => Some(Types::COMPLEX128),
            Basic::UntypedFloat => Some(Types::UNTYPED_COMPLEX),
            _ => None,
        });
        let Some(result) = result else {
            let msg = format!(
                "invalid argument: arguments have type {}, expected floating-point",
                self.tstr(x.ty)
            );
            self.error(&*x, Code::InvalidComplex, msg);
            return false;
        };
        if x.mode == Mode::Constant && y.mode == Mode::Constant {
            x.val = Value::complex(&x.val.to_float(), &y.val.to_float());
        } else {
            x.mode = Mode::Value;
        }
        x.ty = result;
        true
    }

    fn real_call(&mut self, x: &mut Operand<'a>, id: BuiltinId) -> bool {
        if self.is_untyped(x.ty) {
            if x.mode == Mode::Constant {
                // A number without imaginary part is a complex one too.
                if self.is_numeric(x.ty) {
                    x.ty = Types::UNTYPED_COMPLEX;
                }
            } else {
                self.convert_untyped(x, Types::COMPLEX128);
                if !x.is_valid() {
                    return false;
                }
            }
        }
        let result = self.apply_type_func(x, id, |b| match b {
            Basic::Complex64 => Some(Types::FLOAT32),
            Basic::Complex128 => Some(Types::FLOAT64),
            Basic::UntypedComplex => Some(Types::UNTYPED_FLOAT),
            _ => None,
        });
        let is_real = id == BuiltinId::Real;
        let Some(result) = result else {
            let code = if is_real {
                Code::InvalidReal
            } else {
                Code::InvalidImag
            };
            let msg = format!(
                "invalid argument: argument has type {}, expected complex type",
                self.tstr(x.ty)
            );
            self.error(&*x, code, msg);
            return false;
        };
        if x.mode == Mode::Constant {
            x.val = if is_real { x.val.real() } else { x.val.imag() };
        } else {
            x.mode = Mode::Value;
        }
        x.ty = result;
        true
    }

    /// The result type that `f` gives for the type of `x`; `None` if there is none. Type parameters are not supported, as in
    /// gc, which says so if all types of the type set would be fine.
    fn apply_type_func(
        &mut self,
        x: &Operand<'a>,
        id: BuiltinId,
        f: impl Fn(Basic) -> Option<TypeId>,
    ) -> Option<TypeId> {
        let result = |check: &mut Self, t: TypeId| match check.under_type(t) {
            Type::Basic(b) => f(b),
            _ => None,
        };
        let Some(tp) = self.as_type_param(x.ty) else {
            return result(self, x.ty);
        };
        for term in self.tparam_terms(tp)? {
            result(self, term.ty)?;
        }
        let code = match id {
            BuiltinId::Real => Code::InvalidReal,
            BuiltinId::Imag => Code::InvalidImag,
            _ => Code::InvalidComplex,
        };
        let msg = format!(
            "{} not supported as argument to built-in {} for go1.18 (see go.dev/issue/50937)",
            self.xstr(x),
            id.name()
        );
        self.soft_error(x, code, msg);
        Some(Types::INVALID)
    }

    fn copy_call(&mut self, x: &mut Operand<'a>, args: &mut [Operand<'a>]) -> bool {
        let y = &args[1];
        let dst = match self.slice_elem(x) {
            Ok(elem) => elem,
            Err(cause) => {
                self.error(&*x, Code::InvalidCopy, format!("invalid copy: {cause}"));
                return false;
            }
        };
        // copy([]byte, string)
        let special = self.is_byte_slice(x) && {
            let terms = self.typeset(y.ty);
            terms
                .into_iter()
                .all(|term| self.bytes_or_string(term).is_some())
        };
        if !special {
            let src = match self.slice_elem(y) {
                Ok(elem) => elem,
                // A string is a source of bytes, which must match all the same.
                Err(_) if self.all_string(y.ty) => Types::BYTE,
                Err(cause) => {
                    self.error(y, Code::InvalidCopy, format!("invalid copy: {cause}"));
                    return false;
                }
            };
            if !self.identical(dst, src) {
                let msg = format!(
                    "invalid copy: arguments {} and {} have different element types {} and {}",
                    self.xstr(x),
                    self.xstr(y),
                    self.tstr(dst),
                    self.tstr(src)
                );
                self.error(&*x, Code::InvalidCopy, msg);
                return false;
            }
        }
        self.finish_untyped(&args[1]);
        value(x, Types::INT)
    }

    fn delete_call(&mut self, x: &mut Operand<'a>, args: &[Operand<'a>]) -> bool {
        let mut key: Option<TypeId> = None;
        for term in self.typeset(x.ty) {
            let Some(Type::Map { key: k, .. }) = term.map(|(_, u)| self.types.get(u)) else {
                let msg = format!("invalid argument: {} is not a map", self.xstr(x));
                self.error(&*x, Code::InvalidDelete, msg);
                return false;
            };
            if key.is_some_and(|key| !self.identical(k, key)) {
                let msg = format!(
                    "invalid argument: maps of {} must have identical key types",
                    self.xstr(x)
                );
                self.error(&*x, Code::InvalidDelete, msg);
                return false;
            }
            key = Some(k);
        }
        *x = args[1].clone();
        self.assignment(x, key, "argument to delete");
        x.is_valid() && no_value(x)
    }

    fn make_call(&mut self, x: &mut Operand<'a>, e: &'a Expr, list: &'a [Expr]) -> bool {
        let arg0 = &list[0];
        let ty = self.var_type(arg0);
        if !self.is_valid(ty) {
            return false;
        }
        let u = self.common_under_if(ty, |check, term| {
            match term.map(|(_, u)| check.types.get(u)) {
                Some(Type::Slice { .. } | Type::Map { .. } | Type::Chan { .. }) => Ok(()),
                None => Err("no specific type".to_owned()),
                Some(_) => Err("type must be slice, map, or channel".to_owned()),
            }
        });
        let u = match u {
            Ok(u) => self.types.get(u),
            Err(cause) => {
                let msg = format!("invalid argument: cannot make {}: {cause}", self.estr(arg0));
                self.error(arg0, Code::InvalidMake, msg);
                return false;
            }
        };
        let least = if matches!(u, Type::Slice { .. }) {
            2
        } else {
            1
        };
        let n = list.len();
        if n < least || least + 1 < n {
            let msg = format!(
                "invalid operation: {} expects {least} or {} arguments; found {n}",
                self.estr(e),
                least + 1
            );
            self.error(e, Code::WrongArgCount, msg);
            return false;
        }
        let mut sizes = Vec::new();
        for arg in &list[1..] {
            let (_, size) = self.index(arg, -1);
            if size >= 0 {
                sizes.push(size);
            }
        }
        if let [len, cap] = sizes[..]
            && len > cap
        {
            self.error(
                &list[1],
                Code::SwappedMakeArgs,
                "invalid argument: length and capacity swapped",
            );
        }
        value(x, ty)
    }

    fn min_call(&mut self, x: &mut Operand<'a>, id: BuiltinId, args: &mut [Operand<'a>]) -> bool {
        let (op, context) = if id == BuiltinId::Max {
            (BinaryOp::Gtr, "argument to built-in max")
        } else {
            (BinaryOp::Lss, "argument to built-in min")
        };
        for (i, a) in args.iter_mut().enumerate() {
            if !self.all_ordered(a.ty) {
                let msg = format!("invalid argument: {} cannot be ordered", self.xstr(a));
                self.error(&*a, Code::InvalidMinMaxOperand, msg);
                return false;
            }
            if i == 0 {
                continue;
            }
            self.match_types(x, a);
            if !x.is_valid() {
                return false;
            }
            if !self.identical(x.ty, a.ty) {
                let msg = format!(
                    "invalid argument: mismatched types {} (previous argument) and {} (type of {})",
                    self.tstr(x.ty),
                    self.tstr(a.ty),
                    self.xexpr(a)
                );
                self.error(&*a, Code::MismatchedTypes, msg);
                return false;
            }
            if x.mode == Mode::Constant && a.mode == Mode::Constant {
                if Value::compare(&a.val, op, &x.val) {
                    *x = a.clone();
                }
            } else {
                x.mode = Mode::Value;
            }
        }
        if x.mode != Mode::Constant {
            x.mode = Mode::Value;
            // Untyped operands that are no constants need a type.
            self.assignment(x, Some(Types::EMPTY_INTERFACE), context);
            if !x.is_valid() {
                return false;
            }
        }
        // All arguments have the type of the result, also those that came before it was known.
        for a in args {
            if let Some(e) = a.expr {
                self.update_expr_type(e, x.ty, true);
            }
        }
        true
    }

    fn new_call(&mut self, x: &mut Operand<'a>, fun: &'a Expr, arg: &'a Expr) -> bool {
        self.expr_or_type(x, arg, false);
        self.exclude_no_value_and_builtin(x);
        match x.mode {
            Mode::Invalid => return false,
            Mode::TypExpr => self.valid_var_type(arg, x.ty),
            _ => {
                self.verify_version(fun, 26, |c| format!("new({})", c.estr(arg)));
                if self.is_untyped(x.ty) {
                    self.assignment(x, None, "argument to new");
                    if !x.is_valid() {
                        return false;
                    }
                }
            }
        }
        let ty = self.types.new_pointer(x.ty);
        value(x, ty)
    }

    fn offsetof_call(&mut self, x: &mut Operand<'a>, arg: &'a Expr) -> bool {
        let Node::Selector(s) = &arg.unparen().kind else {
            let msg = format!(
                "invalid argument: {} is not a selector expression",
                self.estr(arg)
            );
            self.error(arg, Code::BadOffsetofSyntax, msg);
            self.use_expr(arg);
            return false;
        };
        self.expr(None, x, &s.x);
        if !x.is_valid() {
            return false;
        }
        let base = self.deref_struct_ptr(x.ty);
        let sel = s.sel.name;
        let pkg = Some(self.env.pkg);
        let (obj, index, indirect) = match self.lookup_field_or_method(base, false, pkg, sel, false)
        {
            LookupResult::Found(f) => (f.obj, f.index, f.indirect),
            _ => {
                let msg = format!(
                    "invalid argument: {} has no single field {sel}",
                    self.tstr(base)
                );
                self.error(&*x, Code::MissingFieldOrMethod, msg);
                return false;
            }
        };
        if !self.objs[obj].is_var() {
            let msg = format!("invalid argument: {} is a method value", self.estr(arg));
            self.error(arg, Code::InvalidOffsetof, msg);
            return false;
        }
        if indirect {
            let msg = format!(
                "invalid argument: field {sel} is embedded via a pointer in {}",
                self.tstr(base)
            );
            self.error(&*x, Code::InvalidOffsetof, msg);
            return false;
        }
        let e = arg.unparen();
        self.info.record_use(s.sel.id, obj);
        self.info.record_selection(
            e.id,
            Selection {
                kind: SelectionKind::FieldVal,
                recv: base,
                obj,
                index: index.clone().into(),
                indirect: false,
            },
        );
        let mode = if x.mode == Mode::Variable {
            Mode::Variable
        } else {
            Mode::Value
        };
        let ty = self.objs.ty(obj);
        self.record_type_and_value(e, mode, ty, &Value::Unknown);
        if self.has_var_size(base) {
            return value(x, Types::UINTPTR);
        }
        let mut offset = 0i64;
        let mut ty = base;
        for i in index {
            let Type::Struct(s) = self.under_type(ty) else {
                break;
            };
            let offsets = self.offsets_of(s);
            let here = offsets.get(i as usize).copied().unwrap_or(0);
            offset = match offset.checked_add(here) {
                Some(n) if n >= 0 && here >= 0 => n,
                _ => return self.too_large(x),
            };
            let field = self.types.obj(self.types[s].fields, i as usize);
            ty = self.objs.ty(field);
        }
        constant(x, offset)
    }
}

fn no_value(x: &mut Operand<'_>) -> bool {
    x.mode = Mode::NoValue;
    true
}

fn value(x: &mut Operand<'_>, ty: TypeId) -> bool {
    x.mode = Mode::Value;
    x.ty = ty;
    true
}

/// A constant of type uintptr.
fn constant(x: &mut Operand<'_>, n: i64) -> bool {
    x.mode = Mode::Constant;
    x.ty = Types::UINTPTR;
    x.val = Value::Int(n);
    true
}
