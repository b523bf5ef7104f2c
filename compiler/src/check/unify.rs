//! Unification: finding types for type parameters that make two types match. (Go: types2/unify.go)
//!
//! Type parameters that were found to stand for the same type share a slot.

use super::types::{ObjList, TypeParamId};
use super::{ChanDir, Checker, IfaceId, LookupResult, SigId, Type, TypeId};

/// Nesting beyond which unification gives up; only malicious types get there.
const DEPTH_LIMIT: u32 = 100;

/// How types are compared.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnifyMode {
    /// An assignment: at the top types may match inexactly, elements must match exactly.
    pub assign: bool,
    /// Types must be identical; otherwise defined types match type literals, channel directions are ignored, and an
    /// interface matches what implements it.
    pub exact: bool,
}

impl UnifyMode {
    pub const INEXACT: UnifyMode = UnifyMode {
        assign: false,
        exact: false,
    };
    pub const ASSIGN: UnifyMode = UnifyMode {
        assign: true,
        exact: false,
    };
    pub const EXACT: UnifyMode = UnifyMode {
        assign: false,
        exact: true,
    };
}

/// The type parameters to be found and what was found for them.
pub(crate) struct Unifier {
    /// Each type parameter and its slot.
    handles: Vec<(TypeParamId, usize)>,
    slots: Vec<Option<TypeId>>,
    depth: u32,
    /// Interfaces being compared.
    pairs: Vec<(IfaceId, IfaceId)>,
}

impl Unifier {
    /// Begins with the types that are known.
    pub fn new(check: &Checker<'_>, tparams: &[TypeId], targs: &[Option<TypeId>]) -> Unifier {
        let mut u = Unifier {
            handles: Vec::new(),
            slots: Vec::new(),
            depth: 0,
            pairs: Vec::new(),
        };
        for (i, &t) in tparams.iter().enumerate() {
            if let Type::TypeParam(p) = check.types.get(t) {
                u.handles.push((p, u.slots.len()));
                u.slots.push(targs.get(i).copied().flatten());
            }
        }
        u
    }

    fn slot(&self, p: TypeParamId) -> Option<usize> {
        self.handles.iter().find(|h| h.0 == p).map(|h| h.1)
    }

    /// What was found for a type parameter.
    pub fn at(&self, p: TypeParamId) -> Option<TypeId> {
        self.slot(p).and_then(|s| self.slots[s])
    }

    /// Sets the type of a type parameter.
    pub fn set(&mut self, p: TypeParamId, t: TypeId) {
        if let Some(s) = self.slot(p) {
            self.slots[s] = Some(t);
        }
    }

    /// How many type parameters have no type yet.
    pub fn unknowns(&self) -> usize {
        self.handles
            .iter()
            .filter(|h| self.slots[h.1].is_none())
            .count()
    }

    /// What was found for each of the type parameters.
    pub fn inferred(&self, check: &Checker<'_>, tparams: &[TypeId]) -> Vec<Option<TypeId>> {
        let at = |&t: &TypeId| match check.types.get(t) {
            Type::TypeParam(p) => self.at(p),
            _ => None,
        };
        tparams.iter().map(at).collect()
    }

    /// Makes two type parameters share their slot; impossible if both have types.
    fn join(&mut self, x: TypeParamId, y: TypeParamId) -> bool {
        let (Some(sx), Some(sy)) = (self.slot(x), self.slot(y)) else {
            return false;
        };
        if sx == sy {
            return true;
        }
        let (from, to) = match (self.slots[sx], self.slots[sy]) {
            (Some(_), Some(_)) => return false,
            (Some(_), None) => (sy, sx),
            _ => (sx, sy),
        };
        for h in &mut self.handles {
            if h.1 == from {
                h.1 = to;
            }
        }
        true
    }

    fn bound(&self, check: &Checker<'_>, t: TypeId) -> Option<TypeParamId> {
        check.as_type_param(t).filter(|&p| self.slot(p).is_some())
    }

    /// Tries to make two types match, and finds types for type parameters on the way.
    pub fn unify<'a>(
        &mut self,
        c: &mut Checker<'a>,
        x: TypeId,
        y: TypeId,
        mode: UnifyMode,
    ) -> bool {
        self.depth += 1;
        let same = self.depth <= DEPTH_LIMIT && self.nify(c, x, y, mode);
        self.depth -= 1;
        same
    }

    fn nify<'a>(&mut self, c: &mut Checker<'a>, x: TypeId, y: TypeId, mode: UnifyMode) -> bool {
        let (mut x, mut y) = (x, y);
        if x == y || c.unalias(x) == c.unalias(y) {
            return true;
        }
        // If there is a defined type, one is in y; if there is a type parameter to be found, one is in x.
        if c.as_named(x).is_some() || self.bound(c, y).is_some() {
            std::mem::swap(&mut x, &mut y);
        }
        // A defined type matches a type literal by what is underneath.
        if !mode.exact && c.as_named(y).is_some() && c.is_type_lit(x) && !c.is_interface(x) {
            y = c.under(y);
            if x == y || c.unalias(x) == c.unalias(y) {
                return true;
            }
        }
        match (self.bound(c, x), self.bound(c, y)) {
            (Some(px), Some(py)) => {
                if self.join(px, py) {
                    return true;
                }
                return match (self.at(px), self.at(py)) {
                    (Some(x), Some(y)) => self.unify(c, x, y, mode),
                    _ => false,
                };
            }
            (Some(px), None) => {
                let Some(known) = self.at(px) else {
                    self.set(px, y);
                    return true;
                };
                return self.unify(c, known, y, mode) && self.choose(c, px, known, y, mode);
            }
            _ => {}
        }

        // An interface matches what has its methods.
        if !mode.exact {
            let (xi, yi) = (as_interface(c, x), as_interface(c, y));
            if let (Some(xi), Some(yi)) = (xi, yi) {
                return self.unify_interfaces(c, xi, yi);
            }
            if let Some(iface) = xi.or(yi) {
                let other = if xi.is_some() { y } else { x };
                return self.unify_methods(c, iface, other);
            }
        }

        // A type parameter that is not to be found, if there is one, is in x.
        if c.is_type_param(y) {
            std::mem::swap(&mut x, &mut y);
        }
        let elem_mode = UnifyMode {
            exact: mode.exact || mode.assign,
            ..mode
        };
        let y_orig = y;
        let (x, y) = (c.unalias(x), c.unalias(y));
        match (c.types.get(x), c.types.get(y)) {
            (Type::Basic(a), Type::Basic(b)) => a == b,
            (Type::Array { elem: a, len: n }, Type::Array { elem: b, len: m }) => {
                (n < 0 || m < 0 || n == m) && self.unify(c, a, b, elem_mode)
            }
            (Type::Slice { elem: a }, Type::Slice { elem: b })
            | (Type::Pointer { elem: a }, Type::Pointer { elem: b }) => {
                self.unify(c, a, b, elem_mode)
            }
            (Type::Struct(a), Type::Struct(b)) => {
                let (fs, gs) = (c.types[a].fields, c.types[b].fields);
                fs.len() == gs.len()
                    && (0..fs.len()).all(|i| {
                        let (f, g) = (c.types.obj(fs, i), c.types.obj(gs, i));
                        let (fo, go) = (&c.objs[f], &c.objs[g]);
                        fo.is_embedded() == go.is_embedded()
                            && c.types.tag(a, i) == c.types.tag(b, i)
                            && fo.same_id(go.pkg, go.name, false)
                            && {
                                let (f, g) = (c.objs.ty(f), c.objs.ty(g));
                                self.unify(c, f, g, elem_mode)
                            }
                    })
            }
            (Type::Signature(a), Type::Signature(b)) => self.unify_signatures(c, a, b, elem_mode),
            (Type::Interface(a), Type::Interface(b)) => {
                let (s, t) = (c.type_set(a), c.type_set(b));
                if s.comparable != t.comparable
                    || s.methods.len() != t.methods.len()
                    || !c.terms_equal(s.terms, t.terms)
                {
                    return false;
                }
                if self.pairs.contains(&(a, b)) || self.pairs.contains(&(b, a)) {
                    return true;
                }
                self.pairs.push((a, b));
                let same = (0..s.methods.len()).all(|i| {
                    let (f, g) = (c.types.obj(s.methods, i), c.types.obj(t.methods, i));
                    let go = &c.objs[g];
                    c.objs[f].same_id(go.pkg, go.name, false) && {
                        let (f, g) = (c.objs.ty(f), c.objs.ty(g));
                        self.unify(c, f, g, UnifyMode::EXACT)
                    }
                });
                self.pairs.pop();
                same
            }
            (Type::Map { key: k, elem: a }, Type::Map { key: l, elem: b }) => {
                self.unify(c, k, l, elem_mode) && self.unify(c, a, b, elem_mode)
            }
            (Type::Chan { dir: d, elem: a }, Type::Chan { dir: e, elem: b }) => {
                (!mode.exact || d == e) && self.unify(c, a, b, elem_mode)
            }
            (Type::Named(a), Type::Named(b)) => {
                // Arguments before origins: what they tell makes better messages even if the origins differ.
                let (s, t) = (c.types.type_args(a), c.types.type_args(b));
                s.len() == t.len()
                    && (0..s.len()).all(|i| {
                        let (s, t) = (c.types.at(s, i), c.types.at(t, i));
                        self.unify(c, s, t, mode)
                    })
                    && c.types.named_obj(a) == c.types.named_obj(b)
            }
            (Type::TypeParam(_), _) => match c.common_under(x) {
                // All its types have this structure.
                Ok(core) => self.unify(c, core, y_orig, UnifyMode::ASSIGN),
                Err(_) => false,
            },
            _ => false,
        }
    }

    /// The type parameter has a type that matches `y`; which of the two it keeps.
    fn choose<'a>(
        &mut self,
        c: &mut Checker<'a>,
        p: TypeParamId,
        x: TypeId,
        y: TypeId,
        mode: UnifyMode,
    ) -> bool {
        let (xi, yi) = (as_interface(c, x), as_interface(c, y));
        let (xn, yn) = (c.as_named(x).is_some(), c.as_named(y).is_some());
        match (xi, yi) {
            (Some(xi), Some(yi)) => {
                if xn && yn {
                    // Which name would be the right one is not known.
                    return c.identical(x, y);
                }
                if c.type_set(xi).methods.len() != c.type_set(yi).methods.len() {
                    return false;
                }
            }
            // Either could be meant, and the choice would depend on the order.
            (Some(_), None) | (None, Some(_)) => return false,
            (None, None) => {}
        }
        if !mode.exact && !xn {
            // A defined type wins over a literal, a directed channel over one that is not.
            let directed =
                matches!(c.under_type(y), Type::Chan { dir, .. } if dir != ChanDir::SendRecv);
            if yn || directed {
                self.set(p, y);
            }
        }
        true
    }

    fn unify_interfaces<'a>(&mut self, c: &mut Checker<'a>, a: IfaceId, b: IfaceId) -> bool {
        let (s, t) = (c.type_set(a), c.type_set(b));
        if s.comparable != t.comparable || !c.terms_equal(s.terms, t.terms) {
            return false;
        }
        if self.pairs.contains(&(a, b)) || self.pairs.contains(&(b, a)) {
            return true;
        }
        // One must have all the methods of the other.
        let (few, many) = if s.methods.len() <= t.methods.len() {
            (s.methods, t.methods)
        } else {
            (t.methods, s.methods)
        };
        self.pairs.push((a, b));
        let same = (0..few.len()).all(|i| {
            let m = c.types.obj(few, i);
            let (pkg, name) = (c.objs[m].pkg, c.objs[m].name);
            c.find_method(many, pkg, name, false)
                .is_some_and(|(_, other)| {
                    let (x, y) = (c.objs.ty(m), c.objs.ty(other));
                    self.unify(c, x, y, UnifyMode::EXACT)
                })
        });
        self.pairs.pop();
        same
    }

    fn unify_methods<'a>(&mut self, c: &mut Checker<'a>, iface: IfaceId, t: TypeId) -> bool {
        let methods = c.type_set(iface).methods;
        (0..methods.len()).all(|i| {
            let m = c.types.obj(methods, i);
            let (pkg, name) = (c.objs[m].pkg, c.objs[m].name);
            let LookupResult::Found(l) = c.lookup_field_or_method(t, false, pkg, name, false)
            else {
                return false;
            };
            if !c.objs[l.obj].is_func() {
                return false;
            }
            c.obj_decl(l.obj);
            let (x, y) = (c.objs.ty(m), c.objs.ty(l.obj));
            // A generic method implements nothing.
            let generic =
                matches!(c.types.get(y), Type::Signature(s) if !c.types[s].tparams.is_empty());
            !generic && self.unify(c, x, y, UnifyMode::EXACT)
        })
    }

    fn unify_signatures<'a>(
        &mut self,
        c: &mut Checker<'a>,
        a: SigId,
        b: SigId,
        mode: UnifyMode,
    ) -> bool {
        let (a, b) = (c.types[a], c.types[b]);
        a.variadic == b.variadic
            && self.unify_vars(c, a.params, b.params, mode)
            && self.unify_vars(c, a.results, b.results, mode)
    }

    fn unify_vars<'a>(
        &mut self,
        c: &mut Checker<'a>,
        a: ObjList,
        b: ObjList,
        mode: UnifyMode,
    ) -> bool {
        a.len() == b.len()
            && (0..a.len()).all(|i| {
                let (v, w) = (c.objs.ty(c.types.obj(a, i)), c.objs.ty(c.types.obj(b, i)));
                self.unify(c, v, w, mode)
            })
    }
}

/// The interface underneath a type that is no type parameter.
fn as_interface(c: &mut Checker<'_>, t: TypeId) -> Option<IfaceId> {
    if c.is_type_param(t) {
        return None;
    }
    match c.under_type(t) {
        Type::Interface(i) => Some(i),
        _ => None,
    }
}
