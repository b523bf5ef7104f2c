//! Literals: basic, function and composite ones. (Go: types2/literals.go)
//!
//! The body of a function literal is checked later, when the statement around it is done: by then the variables that it
//! mentions have their types.
//!
//! Knows nothing of: how values are laid out.

use std::collections::{BTreeMap, HashMap, HashSet};

use minigo_syntax::ast::{CompositeLit, Expr, ExprKind as Node};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::token::LitKind;

use super::constant::Kind;
use super::expr::op_pos;
use super::{Checker, LookupResult, Mode, ObjId, Operand, StructId, Type, TypeId, Types, Value};

/// A constant as a key of a map: equal constants of a type have equal keys.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum ConstKey {
    Bool(bool),
    Int(i64),
    Uint(u64),
    /// The bits of a float that is no integer.
    Float(u64),
    Complex(u64, u64),
    Str(std::rc::Rc<[u8]>),
}

impl ConstKey {
    fn int(v: &Value) -> Option<ConstKey> {
        v.as_i64()
            .map(ConstKey::Int)
            .or_else(|| v.as_u64().map(ConstKey::Uint))
    }

    /// The key of a constant; numbers that are equal have equal keys, whatever their kind. `None` for integers that no
    /// type holds.
    pub(super) fn of(v: &Value) -> Option<ConstKey> {
        match v.kind() {
            Kind::Unknown => None,
            Kind::Bool => Some(ConstKey::Bool(v.as_bool())),
            Kind::String => Some(ConstKey::Str(v.as_bytes())),
            Kind::Int => ConstKey::int(v),
            Kind::Float | Kind::Complex => {
                let f = v.to_float();
                if f.is_unknown() {
                    let bits = |part: Value| part.to_f64().to_bits();
                    return Some(ConstKey::Complex(bits(v.real()), bits(v.imag())));
                }
                let i = f.to_int();
                if i.is_int() {
                    return ConstKey::int(&i);
                }
                Some(ConstKey::Float(f.to_f64().to_bits()))
            }
        }
    }
}

/// The fields that a struct literal has set, by their paths: none may lie inside another.
#[derive(Default)]
struct Paths(BTreeMap<Vec<u32>, ObjId>);

impl Paths {
    /// Adds a path; if it is the same as an earlier one, leads through it, or to something around it, gives back that one.
    fn insert(&mut self, path: &[u32], field: ObjId) -> Option<(ObjId, usize)> {
        for n in 1..=path.len() {
            if let Some(&alt) = self.0.get(&path[..n]) {
                return Some((alt, n));
            }
        }
        let inside = self.0.range(path.to_vec()..).next();
        if let Some((alt, &field)) = inside
            && alt.starts_with(path)
        {
            return Some((field, alt.len()));
        }
        self.0.insert(path.to_vec(), field);
        None
    }
}

/// Whether a text has the form of a floating-point number.
fn is_number_text(text: &str) -> bool {
    let text = text.trim_end_matches('i').to_ascii_lowercase();
    let (digits, exp) = match text.strip_prefix("0x") {
        Some(hex) => match hex.split_once('p') {
            Some(parts) => parts,
            None => return false,
        },
        None => text.split_once('e').unwrap_or((&text, "0")),
    };
    let is_exp = |e: &str| {
        let e = e.strip_prefix(['+', '-']).unwrap_or(e);
        !e.is_empty() && e.bytes().all(|b| b.is_ascii_digit() || b == b'_')
    };
    let is_hex = text.starts_with("0x");
    // Octal numbers with other digits, which the lexer has refused.
    let is_octal =
        text.len() > 1 && text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    if is_octal && text.contains(['8', '9']) {
        return false;
    }
    let is_digit =
        |b: u8| b == b'.' || b == b'_' || b.is_ascii_digit() || is_hex && b.is_ascii_hexdigit();
    is_exp(exp) && digits.bytes().all(is_digit)
}

impl<'a> Checker<'a> {
    /// A number, rune or string.
    pub(crate) fn basic_lit(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        let Node::BasicLit(kind, text) = e.kind else {
            return;
        };
        let text = text.as_str();
        let ty = match kind {
            LitKind::Int => Types::UNTYPED_INT,
            LitKind::Float => Types::UNTYPED_FLOAT,
            LitKind::Imag => Types::UNTYPED_COMPLEX,
            LitKind::Rune => Types::UNTYPED_RUNE,
            LitKind::String => Types::UNTYPED_STRING,
        };
        let is_number = matches!(kind, LitKind::Int | LitKind::Float | LitKind::Imag);
        // Nobody writes such numbers, and working them out takes long.
        const LIMIT: usize = 10_000;
        if is_number && text.len() > LIMIT {
            self.error(
                e,
                Code::InvalidConstVal,
                format!(
                    "excessively long constant: {}... ({} chars)",
                    text.get(..10).unwrap_or_default(),
                    text.len()
                ),
            );
            return;
        }
        if is_number && !self.allows(13) {
            self.number_form(e, kind, text);
        }
        let inside = |at: &Pos| e.span.lo <= *at && *at <= e.span.hi;
        if self.parse_errors.iter().any(inside) {
            // It has no value, though one could be made of it.
            return;
        }
        let val = Value::from_literal(text, kind);
        if val.is_unknown() {
            // Whatever else is wrong with a literal, the lexer has said.
            if is_number && is_number_text(text) {
                self.error(
                    e,
                    Code::InvalidConstVal,
                    format!("malformed constant: {text}"),
                );
            }
            return;
        }
        x.mode = Mode::Constant;
        x.ty = ty;
        x.val = val;
        x.expr = Some(e);
        self.overflow(x, op_pos(x.expr));
    }

    /// Reports a number in a form that came with Go 1.13.
    fn number_form(&mut self, e: &'a Expr, kind: LitKind, text: &str) {
        let radix = text.strip_prefix('0').and_then(|t| t.chars().next());
        let what = match radix.map(|c| c.to_ascii_lowercase()) {
            _ if text.contains('_') => "underscore in numeric literal",
            Some('b') => "binary literal",
            Some('o') => "0o/0O-style octal literal",
            Some('x') if kind != LitKind::Int => "hexadecimal floating-point literal",
            _ => return,
        };
        self.verify_version(e, 13, |_| what.to_owned());
    }

    /// `func(…) … { … }`
    pub(crate) fn func_lit(&mut self, x: &mut Operand<'a>, e: &'a Expr) {
        let Node::FuncLit(lit) = &e.kind else { return };
        let sig = self.types.new_signature();
        self.func_type(sig, None, &[], &lit.sig);
        let ty = self.types[sig].ty;
        let decl = self.env.decl;
        let iota = self.env.iota.clone();
        if self.is_full() {
            self.frames.push((e.span.lo, sig));
        }
        self.later(move |check| {
            check.func_body(decl, sig, &lit.body, iota);
        });
        x.mode = Mode::Value;
        x.ty = ty;
    }

    /// `T{…}`, or `{…}` inside another, which takes its type from `hint`.
    pub(crate) fn composite_lit(&mut self, x: &mut Operand<'a>, e: &'a Expr, hint: Option<TypeId>) {
        let Node::CompositeLit(lit) = &e.kind else {
            return;
        };
        let mut ty;
        let mut base;
        let mut open_array = None;
        match (&lit.ty, hint) {
            (Some(te), _) => {
                if let Node::ArrayType(array) = &te.kind
                    && array.len.is_none()
                {
                    // [...]T: complete once the elements are counted.
                    let elem = self.var_type(&array.elem);
                    ty = self.types.new_array(elem, -1);
                    open_array = Some(te);
                } else {
                    ty = self.typ(te);
                }
                base = ty;
            }
            (None, Some(hint)) => {
                ty = hint;
                base = hint;
                if let Ok(u) = self.common_under(base)
                    && let (elem, true) = self.deref(u)
                {
                    base = elem;
                }
            }
            (None, None) => {
                self.error(e, Code::UntypedLit, "missing type in composite literal");
                ty = Types::INVALID;
                base = ty;
            }
        }
        if !self.is_complete(base) {
            x.invalidate();
            return;
        }
        let u = self.common_under(base).ok();
        match u.map(|u| self.types.get(u)) {
            Some(Type::Struct(s)) => self.struct_lit(x, e, lit, s, base, u.unwrap_or(base)),
            Some(Type::Array { elem, len }) => {
                let n = self.indexed_elts(&lit.elems, elem, len);
                if let Some(te) = open_array {
                    ty = self.types.new_array(elem, n);
                    self.record_type(te, ty);
                }
            }
            Some(Type::Slice { elem }) => {
                self.indexed_elts(&lit.elems, elem, -1);
            }
            Some(Type::Map { key, elem }) => self.map_lit(x, lit, key, elem),
            utyp => {
                // Evaluate the elements, so that variables count as used.
                for elem in &lit.elems {
                    match &elem.kind {
                        Node::KeyValue(kv) => self.use_expr(&kv.value),
                        _ => self.use_expr(elem),
                    };
                }
                if u.is_none_or(|u| self.is_valid(u)) {
                    let qualifier = if lit.ty.is_none() { " element" } else { "" };
                    let cause = if utyp.is_none() {
                        " (no common underlying type)"
                    } else {
                        ""
                    };
                    self.error(
                        e,
                        Code::InvalidLit,
                        format!(
                            "invalid composite literal{qualifier} type {}{cause}",
                            self.tstr(ty)
                        ),
                    );
                    x.invalidate();
                    return;
                }
            }
        }
        x.mode = Mode::Value;
        x.ty = ty;
    }

    fn struct_lit(
        &mut self,
        x: &mut Operand<'a>,
        e: &'a Expr,
        lit: &'a CompositeLit,
        s: StructId,
        base: TypeId,
        utyp: TypeId,
    ) {
        let Some(first) = lit.elems.first() else {
            return;
        };
        if matches!(first.kind, Node::KeyValue(_)) {
            self.keyed_struct_lit(x, lit, base, utyp);
            return;
        }
        let fields = self.types[s].fields;
        let pkg = Some(self.env.pkg);
        for (i, elem) in lit.elems.iter().enumerate() {
            if matches!(elem.kind, Node::KeyValue(_)) {
                self.error(
                    elem,
                    Code::MixedStructLit,
                    "mixture of field:value and value elements in struct literal",
                );
                continue;
            }
            self.generic_expr(x, elem, None);
            if i >= fields.len() {
                self.error(
                    &*x,
                    Code::InvalidStructLit,
                    format!(
                        "too many values in struct literal of type {}",
                        self.tstr(base)
                    ),
                );
                break;
            }
            let field = self.types.obj(fields, i);
            let f = &self.objs[field];
            if !f.is_exported() && f.pkg != pkg {
                let msg = format!(
                    "implicit assignment to unexported field {} in struct literal of type {}",
                    f.name,
                    self.tstr(base)
                );
                self.error(&*x, Code::UnexportedLitField, msg);
                continue;
            }
            let ty = self.objs.ty(field);
            self.assignment(x, Some(ty), "struct literal");
        }
        if lit.elems.len() < fields.len() {
            let hidden = self.types.objs(fields).iter().any(|&f| {
                let f = &self.objs[f];
                !f.is_exported() && f.pkg != pkg
            });
            let hint = if hidden {
                " (type has unexported fields - use key:value pairs)"
            } else {
                ""
            };
            let at = if lit.rbrace.is_known() {
                lit.rbrace
            } else {
                e.start_pos()
            };
            self.error(
                at,
                Code::InvalidStructLit,
                format!(
                    "too few values in struct literal of type {}{hint}",
                    self.tstr(base)
                ),
            );
        }
    }

    fn keyed_struct_lit(
        &mut self,
        x: &mut Operand<'a>,
        lit: &'a CompositeLit,
        base: TypeId,
        utyp: TypeId,
    ) {
        let pkg = Some(self.env.pkg);
        let mut visited = Paths::default();
        for elem in &lit.elems {
            let Node::KeyValue(kv) = &elem.kind else {
                self.error(
                    elem,
                    Code::MixedStructLit,
                    "mixture of field:value and value elements in struct literal",
                );
                continue;
            };
            // Whatever the key is, evaluate the value.
            self.generic_expr(x, &kv.value, None);
            let Some(key) = kv.key.as_ident() else {
                self.error(
                    elem,
                    Code::InvalidLitField,
                    format!(
                        "invalid field name {} in struct literal",
                        self.estr(&kv.key)
                    ),
                );
                continue;
            };
            let found = self.lookup_field_or_method(utyp, false, pkg, key.name, false);
            let LookupResult::Found(found) = found else {
                let alt = match self.lookup_field_or_method(utyp, false, pkg, key.name, true) {
                    LookupResult::Found(alt) => Some(alt.obj),
                    _ => None,
                };
                let msg = self.lookup_error(base, key.name, alt, true);
                let note = self.note_selector(utyp, key.name);
                self.error_with(&kv.key, Code::MissingLitField, msg, note);
                continue;
            };
            let field = found.obj;
            if !self.objs[field].is_var() {
                self.error(
                    &kv.key,
                    Code::MissingLitField,
                    format!("{} is not a field", self.estr(&kv.key)),
                );
                continue;
            }
            if found.index.len() > 1
                && !self.allows(27)
                && !self.verify_version(&kv.key, 27, |c| {
                    let path = c.field_path(utyp, &found.index);
                    let base = c.tstr(base);
                    format!("use of promoted field {path} in struct literal of type {base}")
                })
            {
                continue;
            }
            if found.indirect {
                self.error(
                    &kv.key,
                    Code::InvalidLitField,
                    format!(
                        "invalid implicit pointer indirection to reach {}",
                        self.estr(&kv.key)
                    ),
                );
                continue;
            }
            self.info.record_use(key.id, field);
            let ty = self.objs.ty(field);
            self.assignment(x, Some(ty), "struct literal");
            if let Some((alt, n)) = visited.insert(&found.index, field) {
                let (f, a) = (self.objs[field].name, self.objs[alt].name);
                let msg = if field == alt {
                    format!("duplicate field name {f} in struct literal")
                } else if n < found.index.len() {
                    format!("cannot specify promoted field {f} and enclosing embedded field {a}")
                } else {
                    format!("cannot specify embedded field {f} and enclosed promoted field {a}")
                };
                self.error(elem, Code::DuplicateLitField, msg);
            }
        }
    }

    /// The names of the fields on the way to a promoted one.
    fn field_path(&self, strukt: TypeId, index: &[u32]) -> String {
        let mut names = Vec::new();
        let mut ty = strukt;
        for &i in index {
            let mut t = self.unalias(ty);
            if let Type::Pointer { elem } = self.types.get(t) {
                t = self.unalias(elem);
            }
            let under = self.as_named(t).and_then(|n| self.types[n].underlying);
            let Type::Struct(s) = self.types.get(under.unwrap_or(t)) else {
                break;
            };
            let fields = self.types.objs(self.types[s].fields);
            let Some(&field) = fields.get(i as usize) else {
                break;
            };
            names.push(self.objs[field].name.as_str());
            ty = self.objs.ty(field);
        }
        names.join(".")
    }

    fn map_lit(
        &mut self,
        x: &mut Operand<'a>,
        lit: &'a CompositeLit,
        key_ty: TypeId,
        elem_ty: TypeId,
    ) {
        // Constants of different types are different keys where the key type is an interface.
        let by_type = self.is_non_type_param_interface(key_ty);
        let mut visited: HashMap<ConstKey, Vec<TypeId>> = HashMap::with_capacity(lit.elems.len());
        for elem in &lit.elems {
            let Node::KeyValue(kv) = &elem.kind else {
                self.error(elem, Code::MissingLitKey, "missing key in map literal");
                continue;
            };
            self.generic_expr(x, &kv.key, Some(key_ty));
            self.assignment(x, Some(key_ty), "map literal");
            if !x.is_valid() {
                continue;
            }
            if x.mode == Mode::Constant
                && let Some(key) = ConstKey::of(&x.val)
            {
                let seen = visited.entry(key).or_default();
                let duplicate = if by_type {
                    let seen = seen.clone();
                    seen.into_iter().any(|t| self.identical(t, x.ty))
                } else {
                    !seen.is_empty()
                };
                if duplicate {
                    self.error(
                        &*x,
                        Code::DuplicateLitKey,
                        format!("duplicate key {} in map literal", x.val),
                    );
                    continue;
                }
                if let Some(key) = ConstKey::of(&x.val) {
                    visited.entry(key).or_default().push(x.ty);
                }
            }
            self.generic_expr(x, &kv.value, Some(elem_ty));
            self.assignment(x, Some(elem_ty), "map literal");
        }
    }

    /// Checks the elements of an array (of `len` elements) or slice (`len` negative) and gives the largest index + 1.
    fn indexed_elts(&mut self, elems: &'a [Expr], ty: TypeId, len: i64) -> i64 {
        let mut visited: HashSet<i64> = HashSet::new();
        // Without keys no index can come twice.
        let keyed = elems.iter().any(|e| matches!(e.kind, Node::KeyValue(_)));
        let (mut index, mut max) = (0i64, 0i64);
        for elem in elems {
            let mut valid = false;
            let mut value = elem;
            if let Node::KeyValue(kv) = &elem.kind {
                let (kty, i) = self.index(&kv.key, len);
                if self.is_valid(kty) {
                    if i >= 0 {
                        index = i;
                        valid = true;
                    } else {
                        self.error(
                            elem,
                            Code::InvalidLitIndex,
                            format!("index {} must be integer constant", self.estr(&kv.key)),
                        );
                    }
                }
                value = &kv.value;
            } else if len >= 0 && index >= len {
                self.error(
                    elem,
                    Code::OversizeArrayLit,
                    format!("index {index} is out of bounds (>= {len})"),
                );
            } else {
                valid = true;
            }
            if valid && keyed && !visited.insert(index) {
                self.error(
                    elem,
                    Code::DuplicateLitKey,
                    format!("duplicate index {index} in array or slice literal"),
                );
            }
            index = index.saturating_add(1);
            max = max.max(index);
            let mut x = Operand::new();
            self.generic_expr(&mut x, value, Some(ty));
            self.assignment(&mut x, Some(ty), "array or slice literal");
        }
        max
    }
}
