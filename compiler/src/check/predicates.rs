//! Predicates on types: what they are, whether two are the same, what may be assigned. (Go: types2/predicates.go, operand.go)
//!
//! `is_…` asks about the underlying type and is false for type parameters; `all_…` asks about every type of the type set.

use minigo_syntax::codes::Code;

use super::object::ObjId;
use super::types::{ObjList, TypeParamId};
use super::{
    Basic, ChanDir, Checker, IfaceId, Mode, NamedId, Operand, SigId, Terms, Type, TypeId, Types,
};

/// How two types are compared.
#[derive(Copy, Clone, Default)]
struct Comparer {
    /// Tags of struct fields do not matter.
    ignore_tags: bool,
}

/// Pairs of interfaces being compared, innermost last: a pair met again is taken to be identical.
type Pairs = Vec<(IfaceId, IfaceId)>;

impl<'a> Checker<'a> {
    /// Whether it is not the invalid type.
    pub fn is_valid(&self, t: TypeId) -> bool {
        let mut t = t;
        while let Type::Alias(a) = self.types.get(t) {
            match self.types[a].rhs {
                Some(rhs) => t = rhs,
                // Its declaration is being checked: nothing is wrong with it so far.
                None => return true,
            }
        }
        t != Types::INVALID
    }

    fn is_basic(&mut self, t: TypeId, f: impl Fn(Basic) -> bool) -> bool {
        match self.types.get(t) {
            Type::Basic(b) => f(b),
            Type::Named(_) | Type::Alias(_) => {
                let u = self.under(t);
                matches!(self.types.get(u), Type::Basic(b) if f(b))
            }
            _ => false,
        }
    }

    /// The basic type underneath.
    pub fn as_basic(&mut self, t: TypeId) -> Option<Basic> {
        match self.under_type(t) {
            Type::Basic(b) => Some(b),
            _ => None,
        }
    }

    pub fn is_boolean(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_boolean)
    }

    pub fn is_integer(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_integer)
    }

    pub fn is_unsigned(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_unsigned)
    }

    pub fn is_float(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_float)
    }

    pub fn is_complex(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_complex)
    }

    pub fn is_numeric(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_numeric)
    }

    pub fn is_string(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_string)
    }

    pub fn is_integer_or_float(&mut self, t: TypeId) -> bool {
        self.is_basic(t, |b| b.is_integer() || b.is_float())
    }

    pub fn is_const_type(&mut self, t: TypeId) -> bool {
        self.is_basic(t, Basic::is_const_type)
    }

    pub(crate) fn all_boolean(&mut self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_boolean)
    }

    pub(crate) fn all_integer(&mut self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_integer)
    }

    pub(crate) fn all_unsigned(&mut self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_unsigned)
    }

    pub(crate) fn all_numeric(&mut self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_numeric)
    }

    pub(crate) fn all_string(&mut self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_string)
    }

    pub(crate) fn all_ordered(&mut self, t: TypeId) -> bool {
        self.all_basic(t, Basic::is_ordered)
    }

    pub(crate) fn all_numeric_or_string(&mut self, t: TypeId) -> bool {
        self.all_basic(t, |b| b.is_numeric() || b.is_string())
    }

    /// Whether every type of the type set is a basic type that `f` accepts.
    pub(crate) fn all_basic(&mut self, t: TypeId, f: impl Fn(Basic) -> bool) -> bool {
        match self.as_type_param(t) {
            None => self.is_basic(t, f),
            Some(p) => match self.tparam_terms(p) {
                None => false,
                Some(terms) => terms.iter().all(|term| self.is_basic(term.ty, &f)),
            },
        }
    }

    /// Whether it is predeclared, defined, or a type parameter.
    pub(crate) fn has_name(&self, t: TypeId) -> bool {
        matches!(
            self.types.get(self.unalias(t)),
            Type::Basic(_) | Type::Named(_) | Type::TypeParam(_)
        )
    }

    /// Whether it is neither defined nor a type parameter.
    pub(crate) fn is_type_lit(&self, t: TypeId) -> bool {
        !matches!(
            self.types.get(self.unalias(t)),
            Type::Named(_) | Type::TypeParam(_)
        )
    }

    pub fn is_typed(&self, t: TypeId) -> bool {
        !self.is_untyped(t)
    }

    pub fn is_untyped(&self, t: TypeId) -> bool {
        matches!(self.types.get(t), Type::Basic(b) if b.is_untyped())
    }

    pub(crate) fn is_untyped_numeric(&self, t: TypeId) -> bool {
        matches!(self.types.get(t), Type::Basic(b) if b.is_untyped() && b.is_numeric())
    }

    /// Whether the underlying type is an interface; true for type parameters.
    pub fn is_interface(&mut self, t: TypeId) -> bool {
        matches!(self.under_type(t), Type::Interface(_))
    }

    pub fn is_non_type_param_interface(&mut self, t: TypeId) -> bool {
        !self.is_type_param(t) && self.is_interface(t)
    }

    pub fn is_type_param(&self, t: TypeId) -> bool {
        self.as_type_param(t).is_some()
    }

    /// The type parameter that `t` is.
    pub(crate) fn as_type_param(&self, t: TypeId) -> Option<TypeParamId> {
        match self.types.get(t) {
            Type::TypeParam(p) => Some(p),
            Type::Alias(_) => match self.types.get(self.unalias(t)) {
                Type::TypeParam(p) => Some(p),
                _ => None,
            },
            _ => None,
        }
    }

    /// The defined type that `t` is, seen through aliases.
    pub fn as_named(&self, t: TypeId) -> Option<NamedId> {
        match self.types.get(self.unalias(t)) {
            Type::Named(n) => Some(n),
            _ => None,
        }
    }

    /// The signature that `t` is, without looking underneath.
    pub fn as_signature(&self, t: TypeId) -> Option<SigId> {
        match self.types.get(t) {
            Type::Signature(s) => Some(s),
            _ => None,
        }
    }

    /// Whether a type parameter's constraint is known to admit no type.
    pub(crate) fn has_empty_typeset(&self, t: TypeId) -> bool {
        let Some(p) = self.as_type_param(t) else {
            return false;
        };
        let u = self.safe_under(self.types[p].bound);
        let Type::Interface(i) = self.types.get(u) else {
            return false;
        };
        self.types[i]
            .tset
            .is_some_and(|s| matches!(s.terms, Terms::List(l) if l.is_empty()))
    }

    /// Whether it is a generic type that was not instantiated.
    pub(crate) fn is_generic(&self, t: TypeId) -> bool {
        if let Type::Alias(a) = self.types.get(t) {
            let alias = &self.types[a];
            if !alias.tparams.is_empty() && alias.targs.is_empty() {
                return true;
            }
        }
        self.as_named(t).is_some_and(|n| {
            let named = &self.types[n];
            named.inst.is_none() && !named.tparams.is_empty()
        })
    }

    /// Whether `==` works on it, if need be with a panic on what an interface holds.
    pub fn comparable(&mut self, t: TypeId) -> bool {
        self.comparable_type(t, true).is_ok()
    }

    /// Whether `==` works on it, without panics unless `dynamic`; the error is the cause, perhaps empty.
    pub(crate) fn comparable_type(&mut self, t: TypeId, dynamic: bool) -> Result<(), String> {
        self.comparable_seen(t, dynamic, &mut Vec::new())
    }

    fn comparable_seen(
        &mut self,
        t: TypeId,
        dynamic: bool,
        seen: &mut Vec<TypeId>,
    ) -> Result<(), String> {
        let u = self.under_type(t);
        match u {
            Type::Basic(b) if b != Basic::UntypedNil => return Ok(()),
            Type::Pointer { .. } | Type::Chan { .. } => return Ok(()),
            Type::Struct(_) | Type::Array { .. } | Type::Interface(_) => {}
            _ => return Err(String::new()),
        }
        // A cycle can only come back through what is being looked at; it decides nothing.
        if seen.contains(&t) {
            return Ok(());
        }
        seen.push(t);
        match u {
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                for i in 0..fields.len() {
                    let f = self.objs.ty(self.types.obj(fields, i));
                    if self.comparable_seen(f, dynamic, seen).is_err() {
                        return Err(format!(
                            "struct containing {} cannot be compared",
                            self.tstr(f)
                        ));
                    }
                }
                Ok(())
            }
            Type::Array { elem, .. } => match self.comparable_seen(elem, dynamic, seen) {
                Ok(()) => Ok(()),
                Err(_) => Err(format!("{} cannot be compared", self.tstr(t))),
            },
            Type::Interface(i) => {
                if dynamic && !self.is_type_param(t) {
                    return Ok(());
                }
                let set = self.type_set(i);
                let comparable = match set.terms {
                    Terms::All => set.comparable,
                    Terms::List(l) => {
                        let terms = self.types.terms(l).to_vec();
                        !terms.is_empty()
                            && terms
                                .iter()
                                .all(|term| self.comparable_seen(term.ty, false, seen).is_ok())
                    }
                };
                if comparable {
                    return Ok(());
                }
                Err(match set.terms {
                    Terms::List(l) if l.is_empty() => "empty type set".into(),
                    _ => "incomparable types in type set".into(),
                })
            }
            _ => Ok(()),
        }
    }

    /// Whether `nil` is one of its values.
    pub(crate) fn has_nil(&mut self, t: TypeId) -> bool {
        match self.under_type(t) {
            Type::Basic(b) => b == Basic::UnsafePointer,
            Type::Slice { .. }
            | Type::Pointer { .. }
            | Type::Signature(_)
            | Type::Map { .. }
            | Type::Chan { .. } => true,
            Type::Interface(_) => {
                !self.is_type_param(t) || self.under_is(t, |c, u| u.is_some_and(|u| c.has_nil(u)))
            }
            _ => false,
        }
    }

    /// Whether two types are the same type.
    pub fn identical(&mut self, x: TypeId, y: TypeId) -> bool {
        x == y || self.identical_by(Comparer::default(), x, y, &mut Vec::new())
    }

    /// The same without regard to the tags of struct fields.
    pub fn identical_ignore_tags(&mut self, x: TypeId, y: TypeId) -> bool {
        let comparer = Comparer { ignore_tags: true };
        x == y || self.identical_by(comparer, x, y, &mut Vec::new())
    }

    fn identical_by(&mut self, cmp: Comparer, x: TypeId, y: TypeId, pairs: &mut Pairs) -> bool {
        let (x, y) = (self.unalias(x), self.unalias(y));
        if x == y {
            return true;
        }
        match (self.types.get(x), self.types.get(y)) {
            (Type::Basic(a), Type::Basic(b)) => a == b,
            (Type::Array { elem: a, len: n }, Type::Array { elem: b, len: m }) => {
                // An unknown length was reported already.
                (n < 0 || m < 0 || n == m) && self.identical_by(cmp, a, b, pairs)
            }
            (Type::Slice { elem: a }, Type::Slice { elem: b })
            | (Type::Pointer { elem: a }, Type::Pointer { elem: b }) => {
                self.identical_by(cmp, a, b, pairs)
            }
            (Type::Struct(a), Type::Struct(b)) => {
                let (fs, gs) = (self.types[a].fields, self.types[b].fields);
                if fs.len() != gs.len() {
                    return false;
                }
                for i in 0..fs.len() {
                    let f = &self.objs[self.types.obj(fs, i)];
                    let g = &self.objs[self.types.obj(gs, i)];
                    if f.is_embedded() != g.is_embedded()
                        || !f.same_id(g.pkg, g.name, false)
                        || (!cmp.ignore_tags && self.types.tag(a, i) != self.types.tag(b, i))
                    {
                        return false;
                    }
                    let (f, g) = (
                        f.ty.unwrap_or(Types::INVALID),
                        g.ty.unwrap_or(Types::INVALID),
                    );
                    if !self.identical_by(cmp, f, g, pairs) {
                        return false;
                    }
                }
                true
            }
            (Type::Tuple(a), Type::Tuple(b)) => self.identical_vars(cmp, a, b, pairs),
            (Type::Signature(a), Type::Signature(b)) => self.identical_sigs(cmp, a, b, pairs),
            (Type::Union(a), Type::Union(b)) => {
                let (a, b) = (self.union_terms(a), self.union_terms(b));
                match (a, b) {
                    (Some(a), Some(b)) => self.terms_equal(a, b),
                    _ => a.is_none() && b.is_none(),
                }
            }
            (Type::Interface(a), Type::Interface(b)) => {
                let (s, t) = (self.type_set(a), self.type_set(b));
                if s.comparable != t.comparable
                    || s.methods.len() != t.methods.len()
                    || !self.terms_equal(s.terms, t.terms)
                {
                    return false;
                }
                if pairs.contains(&(a, b)) || pairs.contains(&(b, a)) {
                    return true;
                }
                pairs.push((a, b));
                let mut same = true;
                for i in 0..s.methods.len() {
                    let f = &self.objs[self.types.obj(s.methods, i)];
                    let g = &self.objs[self.types.obj(t.methods, i)];
                    if !f.same_id(g.pkg, g.name, false) {
                        same = false;
                        break;
                    }
                    let (f, g) = (
                        f.ty.unwrap_or(Types::INVALID),
                        g.ty.unwrap_or(Types::INVALID),
                    );
                    if !self.identical_by(cmp, f, g, pairs) {
                        same = false;
                        break;
                    }
                }
                pairs.pop();
                same
            }
            (Type::Map { key: k, elem: a }, Type::Map { key: l, elem: b }) => {
                self.identical_by(cmp, k, l, pairs) && self.identical_by(cmp, a, b, pairs)
            }
            (Type::Chan { dir: d, elem: a }, Type::Chan { dir: e, elem: b }) => {
                d == e && self.identical_by(cmp, a, b, pairs)
            }
            (Type::Named(a), Type::Named(b)) => {
                if self.types.named_obj(a) != self.types.named_obj(b) {
                    return false;
                }
                let (s, t) = (self.types.type_args(a), self.types.type_args(b));
                // Without arguments, one declaration is one type.
                s.len() == t.len()
                    && (0..s.len()).all(|i| {
                        let (s, t) = (self.types.at(s, i), self.types.at(t, i));
                        self.identical_by(cmp, s, t, pairs)
                    })
            }
            _ => false,
        }
    }

    fn identical_vars(&mut self, cmp: Comparer, a: ObjList, b: ObjList, pairs: &mut Pairs) -> bool {
        a.len() == b.len()
            && (0..a.len()).all(|i| {
                let v = self.objs.ty(self.types.obj(a, i));
                let w = self.objs.ty(self.types.obj(b, i));
                self.identical_by(cmp, v, w, pairs)
            })
    }

    fn identical_sigs(&mut self, cmp: Comparer, a: SigId, b: SigId, pairs: &mut Pairs) -> bool {
        let (mut a, b) = (self.types[a], self.types[b]);
        if a.variadic != b.variadic
            || a.tparams.len() != b.tparams.len()
            || a.params.len() != b.params.len()
            || a.results.len() != b.results.len()
        {
            return false;
        }
        if !a.tparams.is_empty() {
            // Generic signatures are the same if renaming the type parameters makes them so.
            let xs = self.types.list(a.tparams).to_vec();
            let ys = self.types.list(b.tparams).to_vec();
            for (&x, &y) in xs.iter().zip(&ys) {
                let (Type::TypeParam(p), Type::TypeParam(q)) =
                    (self.types.get(x), self.types.get(y))
                else {
                    return false;
                };
                let bound = self.types[p].bound;
                let bound = self.subst(minigo_syntax::source::Pos::NONE, bound, &xs, &ys);
                let want = self.types[q].bound;
                if !self.identical_by(cmp, bound, want, pairs) {
                    return false;
                }
            }
            a.params = self.subst_vars(a.params, &xs, &ys);
            a.results = self.subst_vars(a.results, &xs, &ys);
        }
        self.identical_vars(cmp, a.params, b.params, pairs)
            && self.identical_vars(cmp, a.results, b.results, pairs)
    }

    /// Whether two lists of types are the same, one by one.
    pub(crate) fn identical_lists(&mut self, xs: &[TypeId], ys: &[TypeId]) -> bool {
        xs.len() == ys.len() && xs.iter().zip(ys).all(|(&x, &y)| self.identical(x, y))
    }

    /// The type that an untyped constant has when nothing else is asked for; other types as they are.
    pub fn default_type(&self, t: TypeId) -> TypeId {
        match t {
            Types::UNTYPED_BOOL => Types::BOOL,
            Types::UNTYPED_INT => Types::INT,
            Types::UNTYPED_RUNE => Types::RUNE,
            Types::UNTYPED_FLOAT => Types::FLOAT64,
            Types::UNTYPED_COMPLEX => Types::COMPLEX128,
            Types::UNTYPED_STRING => Types::STRING,
            _ => t,
        }
    }

    /// The larger of two untyped numeric types, or the type if both are the same; `None` if there is no such thing.
    pub(crate) fn max_type(&self, x: TypeId, y: TypeId) -> Option<TypeId> {
        if x == y {
            return Some(x);
        }
        (self.is_untyped_numeric(x) && self.is_untyped_numeric(y)).then(|| x.max(y))
    }

    /// Whether `x` may be assigned to a variable of type `ty`; the code, and the cause in `cause`, otherwise.
    pub(crate) fn assignable_to(
        &mut self,
        x: &Operand<'a>,
        ty: TypeId,
        cause: &mut String,
    ) -> Result<(), Code> {
        if x.mode == Mode::Invalid || !self.is_valid(ty) || !self.is_valid(x.ty) {
            return Ok(());
        }
        let orig = ty;
        let (v, t) = (self.unalias(x.ty), self.unalias(ty));
        if self.identical(v, t) {
            return Ok(());
        }
        let (vu, tu) = (self.under(v), self.under(t));
        let (vp, tp) = (self.as_type_param(v), self.as_type_param(t));

        // x is an untyped value that the type, or every type of the type parameter, can represent
        if self.is_untyped(vu) {
            let fits = match tp {
                Some(tp) => match self.tparam_terms(tp) {
                    None => false,
                    Some(terms) => terms
                        .iter()
                        .all(|term| self.implicit_type_and_value(x, term.ty).is_ok()),
                },
                None => self.implicit_type_and_value(x, t).is_ok(),
            };
            return if fits {
                Ok(())
            } else {
                Err(Code::IncompatibleAssign)
            };
        }

        // identical underlying types, one of them without a name, and no type parameters
        // (The order matters: comparing computes type sets, and of an interface that contains itself the first one computed is
        // the one that is complete.)
        if self.identical(vu, tu)
            && (!self.has_name(v) || !self.has_name(t))
            && vp.is_none()
            && tp.is_none()
        {
            return Ok(());
        }

        // an interface that v implements; a pointer to one only for the sake of the cause
        let is_iface = matches!(self.types.get(tu), Type::Interface(_)) && tp.is_none();
        if is_iface || self.is_interface_ptr(tu) {
            if self.implements(v, t, false, Some(&mut *cause)) {
                return Ok(());
            }
            if vp.is_none() {
                return Err(Code::InvalidIfaceAssign);
            }
            cause.clear();
        }

        // an interface that a type assertion would turn into t
        if matches!(self.types.get(vu), Type::Interface(_))
            && vp.is_none()
            && self.implements(t, v, false, None)
        {
            *cause = "need type assertion".into();
            return Err(Code::IncompatibleAssign);
        }

        // a bidirectional channel to one of the same elements, one of the types without a name
        if let (
            Type::Chan {
                dir: ChanDir::SendRecv,
                elem: a,
            },
            Type::Chan { elem: b, .. },
        ) = (self.types.get(vu), self.types.get(tu))
            && self.identical(a, b)
        {
            return if !self.has_name(v) || !self.has_name(t) {
                Ok(())
            } else {
                Err(Code::InvalidChanAssign)
            };
        }

        let explain = |c: &Checker<'a>, cause: &mut String, from, to, p| {
            let mut msg = format!("cannot assign {} to {}", from, to);
            msg = match p {
                (Some(t), true) => format!("cannot assign {from} (in {}) to {to}", c.tstr(t)),
                (Some(t), false) => format!("{msg} (in {})", c.tstr(t)),
                _ => msg,
            };
            if !cause.is_empty() {
                msg.push_str("\n\t");
                msg.push_str(cause);
            }
            *cause = msg;
        };

        // x has no named type and is assignable to every type of the type parameter
        if let (Some(p), false) = (tp, self.has_name(v)) {
            let Some(terms) = self.tparam_terms(p) else {
                return Err(Code::IncompatibleAssign);
            };
            for term in terms {
                if let Err(code) = self.assignable_to(x, term.ty, cause) {
                    let (from, to) = (self.tstr(x.ty), self.tstr(term.ty));
                    explain(self, cause, from, to, (Some(t), false));
                    return Err(code);
                }
            }
            return Ok(());
        }

        // every type of the type parameter v is assignable to t, which has no name
        if let (Some(p), false) = (vp, self.has_name(t)) {
            let Some(terms) = self.tparam_terms(p) else {
                return Err(Code::IncompatibleAssign);
            };
            for term in terms {
                let y = Operand {
                    ty: term.ty,
                    ..x.clone()
                };
                if let Err(code) = self.assignable_to(&y, t, cause) {
                    let (from, to) = (self.tstr(term.ty), self.tstr(orig));
                    explain(self, cause, from, to, (Some(v), true));
                    return Err(code);
                }
            }
            return Ok(());
        }
        Err(Code::IncompatibleAssign)
    }

    /// The types of objects.
    pub(crate) fn types_of(&self, list: &[ObjId]) -> Vec<TypeId> {
        list.iter().map(|&o| self.objs.ty(o)).collect()
    }
}
