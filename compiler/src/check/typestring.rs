//! Go's spelling of types, objects and operands. (Go: types2/typestring.go, object.go, operand.go)
//!
//! Names of other packages are qualified by the package's name, or its quoted path where several packages share a name;
//! names of the package at hand are not qualified.

use std::fmt::Write;

use super::object::{ObjId, ObjectKind, PkgId, VarKind};
use super::operand::{Mode, Operand};
use super::types::{Basic, ChanDir, ObjList, SigId, Type, TypeId, Types};
use super::{Checker, quote};

/// How packages are written in front of names.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Qualify {
    /// As messages do it.
    Relative,
    /// Always by path: for texts that must not depend on where they are made.
    Path,
    /// Always by name, as `%T` prints types at run time.
    Name,
}

/// Writes types into a string.
pub struct TypeWriter<'c, 'a> {
    check: &'c Checker<'a>,
    /// What was written so far.
    pub out: String,
    qualify: Qualify,
    /// Whether parameters are written with their names.
    pub param_names: bool,
    /// Types being written, against printing a type inside itself for ever.
    seen: Vec<TypeId>,
}

impl<'c, 'a> TypeWriter<'c, 'a> {
    /// A writer with parameter names.
    pub fn new(check: &'c Checker<'a>, qualify: Qualify) -> Self {
        TypeWriter {
            check,
            out: String::new(),
            qualify,
            param_names: true,
            seen: Vec::new(),
        }
    }

    fn pkg_prefix(&mut self, pkg: Option<PkgId>) {
        let Some(pkg) = pkg else { return };
        let p = self.check.pkg(pkg);
        match self.qualify {
            Qualify::Relative if pkg == self.check.env.pkg => return,
            Qualify::Relative if self.check.is_ambiguous(p.name) => {
                self.out.push_str(&quote::quote(p.path.as_str().as_bytes()));
            }
            Qualify::Relative | Qualify::Name => self.out.push_str(p.name.as_str()),
            Qualify::Path => self.out.push_str(p.path.as_str()),
        }
        self.out.push('.');
    }

    /// A type's name with its package.
    pub fn type_name(&mut self, obj: ObjId) {
        self.pkg_prefix(self.check.objs[obj].pkg);
        self.out.push_str(self.check.objs[obj].name.as_str());
    }

    /// A type.
    pub fn typ(&mut self, t: TypeId) {
        if self.seen.contains(&t) {
            _ = write!(
                self.out,
                "<cycle to {}>",
                go_type_name(self.check.types.get(t))
            );
            return;
        }
        self.seen.push(t);
        self.typ_inner(t);
        self.seen.pop();
    }

    fn typ_inner(&mut self, t: TypeId) {
        let types = &self.check.types;
        match types.get(t) {
            Type::Basic(b) => match t {
                Types::BYTE => self.out.push_str("byte"),
                Types::RUNE => self.out.push_str("rune"),
                _ if b == Basic::UnsafePointer => {
                    self.pkg_prefix(Some(Checker::UNSAFE));
                    self.out.push_str("Pointer");
                }
                _ => self.out.push_str(b.name()),
            },
            Type::Array { elem, len } => {
                _ = write!(self.out, "[{len}]");
                self.typ(elem);
            }
            Type::Slice { elem } => {
                self.out.push_str("[]");
                self.typ(elem);
            }
            Type::Struct(s) => {
                self.out.push_str("struct{");
                let fields = types[s].fields;
                for i in 0..fields.len() {
                    if i > 0 {
                        self.out.push_str("; ");
                    }
                    let f = &self.check.objs[types.obj(fields, i)];
                    if !f.is_embedded() {
                        self.out.push_str(f.name.as_str());
                        self.out.push(' ');
                    }
                    self.typ(f.ty.unwrap_or(Types::INVALID));
                    let tag = types.tag(s, i);
                    if !tag.is_empty() {
                        self.out.push(' ');
                        self.out.push_str(&quote::quote(tag));
                    }
                }
                self.out.push('}');
            }
            Type::Pointer { elem } => {
                self.out.push('*');
                self.typ(elem);
            }
            Type::Tuple(vars) => self.tuple(vars, false),
            Type::Signature(sig) => {
                self.out.push_str("func");
                self.signature(sig);
            }
            Type::Union(u) => {
                for (i, term) in types[u].terms.iter().enumerate() {
                    if i > 0 {
                        self.out.push_str(" | ");
                    }
                    if term.tilde {
                        self.out.push('~');
                    }
                    self.typ(term.ty);
                }
            }
            Type::Interface(i) => {
                let iface = &types[i];
                if iface.tset.is_some_and(|s| s.comparable)
                    && iface.methods.is_empty()
                    && iface.embeddeds.is_empty()
                {
                    self.out.push_str("interface{comparable}");
                    return;
                }
                if iface.implicit {
                    if iface.methods.is_empty() && iface.embeddeds.len() == 1 {
                        self.typ(types.at(iface.embeddeds, 0));
                        return;
                    }
                    self.out.push_str("/* implicit */ ");
                }
                self.out.push_str("interface{");
                let mut first = true;
                for &m in types.objs(iface.methods) {
                    if !std::mem::take(&mut first) {
                        self.out.push_str("; ");
                    }
                    let m = &self.check.objs[m];
                    self.out.push_str(m.name.as_str());
                    if let Some(Type::Signature(sig)) = m.ty.map(|t| types.get(t)) {
                        self.signature(sig);
                    }
                }
                for &t in types.list(iface.embeddeds) {
                    if !std::mem::take(&mut first) {
                        self.out.push_str("; ");
                    }
                    self.typ(t);
                }
                self.out.push('}');
            }
            Type::Map { key, elem } => {
                self.out.push_str("map[");
                self.typ(key);
                self.out.push(']');
                self.typ(elem);
            }
            Type::Chan { dir, elem } => {
                self.out.push_str(match dir {
                    ChanDir::SendRecv => "chan ",
                    ChanDir::SendOnly => "chan<- ",
                    ChanDir::RecvOnly => "<-chan ",
                });
                let receives = matches!(
                    types.get(elem),
                    Type::Chan {
                        dir: ChanDir::RecvOnly,
                        ..
                    }
                );
                if dir == ChanDir::SendRecv && receives {
                    self.out.push('(');
                    self.typ(elem);
                    self.out.push(')');
                } else {
                    self.typ(elem);
                }
            }
            Type::Named(n) => {
                let named = &types[n];
                self.type_name(types.named_obj(n));
                match named.inst {
                    Some(inst) => self.type_list(types.list(inst.targs)),
                    None if !named.tparams.is_empty() => {
                        self.tparam_list(types.list(named.tparams))
                    }
                    None => {}
                }
            }
            Type::TypeParam(p) => {
                let name = self.check.objs[types[p].obj].name;
                self.out.push_str(name.as_str());
                if self.qualify == Qualify::Relative
                    && self.check.scopes[self.check.universe.scope]
                        .lookup(name)
                        .is_some()
                {
                    let at = self.check.place(self.check.objs[types[p].obj].pos);
                    self.out
                        .push_str(&format!(" /* with {name} declared at {at} */"));
                }
            }
            Type::Alias(a) => {
                let alias = &types[a];
                self.type_name(alias.obj);
                if !alias.targs.is_empty() {
                    self.type_list(types.list(alias.targs));
                } else if !alias.tparams.is_empty() {
                    self.tparam_list(types.list(alias.tparams));
                }
            }
        }
    }

    fn type_list(&mut self, list: &[TypeId]) {
        self.out.push('[');
        for (i, &t) in list.iter().enumerate() {
            if i > 0 {
                self.out.push_str(if self.qualify == Qualify::Relative {
                    ", "
                } else {
                    ","
                });
            }
            self.typ(t);
        }
        self.out.push(']');
    }

    /// Type parameters with their constraints; a constraint that several in a row share is written once.
    pub fn tparam_list(&mut self, list: &[TypeId]) {
        self.out.push('[');
        let mut prev = None;
        for (i, &t) in list.iter().enumerate() {
            let bound = match self.check.types.get(t) {
                Type::TypeParam(p) => Some(self.check.types[p].bound),
                _ => None,
            };
            if i > 0 {
                if let Some(p) = prev
                    && bound != prev
                {
                    self.out.push(' ');
                    self.typ(p);
                }
                self.out.push_str(", ");
            }
            prev = bound;
            self.typ(t);
        }
        if let Some(p) = prev {
            self.out.push(' ');
            self.typ(p);
        }
        self.out.push(']');
    }

    fn tuple(&mut self, vars: ObjList, variadic: bool) {
        self.out.push('(');
        let types = &self.check.types;
        for (i, &v) in types.objs(vars).iter().enumerate() {
            if i > 0 {
                self.out.push_str(", ");
            }
            let v = &self.check.objs[v];
            let ty = v.ty.unwrap_or(Types::INVALID);
            if self.param_names && !v.name.as_str().is_empty() {
                self.out.push_str(v.name.as_str());
                self.out.push(' ');
            }
            if variadic && i == vars.len() - 1 {
                if let Type::Slice { elem } = types.get(ty) {
                    self.out.push_str("...");
                    self.typ(elem);
                } else {
                    // The second argument of append([]byte, string...).
                    self.typ(ty);
                    self.out.push_str("...");
                }
            } else {
                self.typ(ty);
            }
        }
        self.out.push(')');
    }

    /// Parameters and results, without `func`.
    pub fn signature(&mut self, sig: SigId) {
        let types = &self.check.types;
        let sig = types[sig];
        if !sig.tparams.is_empty() {
            self.tparam_list(types.list(sig.tparams));
        }
        self.tuple(sig.params, sig.variadic);
        match types.objs(sig.results) {
            [] => {}
            [r] if !self.param_names || self.check.objs[*r].name.as_str().is_empty() => {
                self.out.push(' ');
                self.typ(self.check.objs.ty(*r));
            }
            _ => {
                self.out.push(' ');
                self.tuple(sig.results, false);
            }
        }
    }

    /// A function's name with its receiver or package.
    pub fn func_name(&mut self, obj: ObjId) {
        let f = &self.check.objs[obj];
        if let Some(Type::Signature(sig)) = f.ty.map(|t| self.check.types.get(t)) {
            match self.check.types[sig].recv {
                Some(recv) => {
                    let recv = self.check.objs.ty(recv);
                    self.out.push('(');
                    if let Type::Interface(_) = self.check.types.get(recv) {
                        self.out.push_str("interface");
                    } else {
                        self.typ(recv);
                    }
                    self.out.push_str(").");
                }
                None => self.pkg_prefix(f.pkg),
            }
        }
        self.out.push_str(f.name.as_str());
    }
}

/// What kind of type it is, in one word.
pub fn go_type_name(t: Type) -> &'static str {
    match t {
        Type::Basic(_) => "Basic",
        Type::Array { .. } => "Array",
        Type::Slice { .. } => "Slice",
        Type::Struct(_) => "Struct",
        Type::Pointer { .. } => "Pointer",
        Type::Tuple(_) => "Tuple",
        Type::Signature(_) => "Func",
        Type::Interface(_) => "Interface",
        Type::Map { .. } => "Map",
        Type::Chan { .. } => "Chan",
        Type::Named(_) => "Named",
        Type::TypeParam(_) => "TypeParam",
        Type::Alias(_) => "Alias",
        Type::Union(_) => "Union",
    }
}

impl<'a> Checker<'a> {
    fn is_ambiguous(&self, name: minigo_syntax::symbol::Symbol) -> bool {
        self.ambiguous_names
            .get(&name)
            .is_some_and(|paths| paths.len() > 1)
    }

    /// A type as seen from the package at hand.
    pub fn type_string(&self, t: TypeId) -> String {
        self.type_string_as(t, Qualify::Relative)
    }

    /// A type with its packages written in a given way.
    pub fn type_string_as(&self, t: TypeId, qualify: Qualify) -> String {
        let mut w = TypeWriter::new(self, qualify);
        w.typ(t);
        w.out
    }

    /// Whether a type's name is an alias for the type rather than its declared name.
    pub fn is_alias(&self, obj: ObjId) -> bool {
        let o = &self.objs[obj];
        let Some(t) = o.ty else { return false };
        match self.types.get(t) {
            Type::Basic(b) => {
                b != Basic::UnsafePointer
                    && (o.pkg.is_some()
                        || t == Types::BYTE
                        || t == Types::RUNE
                        || o.name.as_str() != b.name())
            }
            Type::Named(n) => self.types.named_obj(n) != obj,
            Type::TypeParam(p) => self.types[p].obj != obj,
            _ => true,
        }
    }

    /// An object with its type, as messages show it.
    pub fn object_string(&self, obj: ObjId) -> String {
        let o = &self.objs[obj];
        let mut w = TypeWriter::new(self, Qualify::Relative);
        let mut ty = o.ty;
        let is_type_param = matches!(ty.map(|t| self.types.get(t)), Some(Type::TypeParam(_)));
        match &o.kind {
            ObjectKind::PkgName { imported } => {
                _ = write!(w.out, "package {}", o.name);
                let path = self.pkg(*imported).path;
                if path != o.name {
                    _ = write!(w.out, " ({})", quote::quote(path.as_str().as_bytes()));
                }
                return w.out;
            }
            ObjectKind::Const { .. } => w.out.push_str("const"),
            ObjectKind::TypeName if is_type_param => w.out.push_str("type parameter"),
            ObjectKind::TypeName => w.out.push_str("type"),
            ObjectKind::Var {
                kind: VarKind::Field,
                ..
            } => w.out.push_str("field"),
            ObjectKind::Var { .. } => w.out.push_str("var"),
            ObjectKind::Func { .. } => {
                w.out.push_str("func ");
                w.func_name(obj);
                if let Some(Type::Signature(sig)) = ty.map(|t| self.types.get(t)) {
                    w.signature(sig);
                }
                return w.out;
            }
            ObjectKind::Label => {
                w.out.push_str("label");
                ty = None;
            }
            ObjectKind::Builtin(_) => {
                w.out.push_str("builtin");
                ty = None;
            }
            ObjectKind::Nil => return "nil".into(),
        }
        w.out.push(' ');
        if let Some(pkg) = o.pkg
            && self.scopes[self.pkg(pkg).scope].lookup(o.name) == Some(obj)
        {
            w.pkg_prefix(o.pkg);
        }
        w.out.push_str(o.name.as_str());
        let Some(mut t) = ty else { return w.out };
        if o.is_type_name() {
            match self.types.get(t) {
                Type::Basic(_) => return w.out,
                Type::Named(n) if !self.types[n].tparams.is_empty() => {
                    w.tparam_list(self.types.list(self.types[n].tparams));
                }
                Type::Alias(a) if !self.types[a].tparams.is_empty() => {
                    w.tparam_list(self.types.list(self.types[a].tparams));
                }
                _ => {}
            }
            t = match self.types.get(t) {
                Type::Alias(a) => {
                    w.out.push_str(" =");
                    self.types[a].rhs.unwrap_or(Types::INVALID)
                }
                _ if self.is_alias(obj) => {
                    w.out.push_str(" =");
                    t
                }
                Type::TypeParam(p) => self.types[p].bound,
                Type::Named(n) => self.types[n]
                    .underlying
                    .or(self.types[n].rhs)
                    .unwrap_or(Types::INVALID),
                _ => t,
            };
        }
        w.out.push(' ');
        w.typ(t);
        w.out
    }

    /// What kind of thing an object is, in words.
    pub(crate) fn object_kind(&self, obj: ObjId) -> &'static str {
        let o = &self.objs[obj];
        match &o.kind {
            ObjectKind::PkgName { .. } => "package name",
            ObjectKind::Const { .. } => "constant",
            ObjectKind::TypeName => {
                if self.is_alias(obj) {
                    "type alias"
                } else if matches!(o.ty.map(|t| self.types.get(t)), Some(Type::TypeParam(_))) {
                    "type parameter"
                } else {
                    "defined type"
                }
            }
            ObjectKind::Var { kind, .. } => match kind {
                VarKind::Package => "package-level variable",
                VarKind::Local => "local variable",
                VarKind::Recv => "receiver",
                VarKind::Param => "parameter",
                VarKind::Result => "result variable",
                VarKind::Field => "struct field",
            },
            ObjectKind::Func { .. } => match o.ty.map(|t| self.types.get(t)) {
                Some(Type::Signature(sig)) if self.types[sig].recv.is_some() => "method",
                _ => "function",
            },
            ObjectKind::Label => "label",
            ObjectKind::Builtin(_) => "built-in function",
            ObjectKind::Nil => "untyped nil",
        }
    }

    /// An operand with its mode, value and type: `x (variable of type int)`.
    pub(crate) fn operand_string(&self, x: &Operand<'a>) -> String {
        if x.mode == Mode::NilValue {
            return match x.ty {
                Types::INVALID => "nil (with invalid type)".into(),
                Types::UNTYPED_NIL => "nil".into(),
                t => format!("nil (of type {})", self.type_string(t)),
            };
        }
        let expr = match (x.expr, x.mode) {
            (Some(e), _) => e.to_string(),
            (None, Mode::Builtin(id)) => id.name().into(),
            (None, Mode::TypExpr) => self.type_string(x.ty),
            (None, Mode::Constant) => x.val.to_string(),
            _ => String::new(),
        };
        let mut out = String::new();
        if !expr.is_empty() {
            out.push_str(&expr);
            out.push_str(" (");
        }
        let mut has_type = false;
        if !matches!(
            x.mode,
            Mode::Invalid | Mode::NoValue | Mode::Builtin(_) | Mode::TypExpr
        ) {
            match self.types.get(x.ty) {
                Type::Basic(b) if b.is_untyped() => {
                    out.push_str(b.name());
                    out.push(' ');
                }
                _ => has_type = true,
            }
        }
        out.push_str(x.mode.as_str());
        if x.mode == Mode::Constant {
            let val = x.val.to_string();
            if val != expr {
                out.push(' ');
                out.push_str(&val);
            }
        }
        if has_type {
            self.operand_type(&mut out, x.ty);
        }
        if !expr.is_empty() {
            out.push(')');
        }
        out
    }

    fn operand_type(&self, out: &mut String, t: TypeId) {
        if self.unalias(t) == Types::INVALID {
            out.push_str(" with invalid type");
            return;
        }
        out.push_str(" of ");
        if self.is_generic(t) {
            out.push_str("generic ");
        }
        let actual = self.types.get(self.unalias(t));
        let tparam = match actual {
            Type::TypeParam(p) => Some(p),
            _ => None,
        };
        if tparam.is_none()
            && let Type::Alias(_) | Type::Named(_) = self.types.get(t)
        {
            let u = self.safe_under(t);
            let what = match self.types.get(u) {
                Type::Basic(b) => b.name(),
                _ => composite_kind(self.types.get(u)),
            };
            out.push_str(what);
            out.push(' ');
        }
        out.push_str("type ");
        out.push_str(&self.type_string(t));
        if let Some(p) = tparam {
            out.push_str(" constrained by ");
            out.push_str(&self.type_string(self.types[p].bound));
            if self.has_empty_typeset(t) {
                out.push_str(" with empty type set");
            }
        }
    }

    /// `struct`, `pointer`, `func`… for a composite type, empty for a basic one.
    pub(crate) fn composite_kind(&mut self, t: TypeId) -> &'static str {
        let u = self.under(t);
        composite_kind(self.types.get(u))
    }
}

fn composite_kind(t: Type) -> &'static str {
    match t {
        Type::Array { .. } => "array",
        Type::Slice { .. } => "slice",
        Type::Struct(_) => "struct",
        Type::Pointer { .. } => "pointer",
        Type::Signature(_) => "func",
        Type::Interface(_) => "interface",
        Type::Map { .. } => "map",
        Type::Chan { .. } => "chan",
        Type::Tuple(_) => "tuple",
        Type::Union(_) => "union",
        _ => "",
    }
}
