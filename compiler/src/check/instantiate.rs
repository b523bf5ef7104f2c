//! Instances of generic types and functions, and whether a type implements an interface. (Go: types2/instantiate.go,
//! context.go)
//!
//! Invariant: for one generic type and identical type arguments there is one instance.

use minigo_syntax::codes::Code;
use minigo_syntax::source::{Pos, Span};

use super::{
    AliasId, Checker, IdMap, ObjState, Object, SigId, Terms, Type, TypeId, TypeList, Types,
};

/// Instances expanded inside the expansion of others, beyond which the expansion is taken to be endless.
pub(crate) const MAX_DEPTH: u32 = 200;

/// The instances made so far, by the hash of the generic type and its arguments.
#[derive(Default)]
pub struct InstanceTable {
    table: IdMap<u64, Vec<(TypeId, TypeList, TypeId)>>,
}

impl<'a> Checker<'a> {
    /// `orig[targs]`; the arguments are not verified. `orig` is a generic defined type, alias or signature.
    pub(crate) fn instance(&mut self, pos: Pos, orig: TypeId, targs: &[TypeId]) -> TypeId {
        let hash = self.instance_hash(orig, targs);
        for (o, list, inst) in self.instances.table.get(&hash).cloned().unwrap_or_default() {
            let list = self.types.list(list).to_vec();
            if o == orig && self.identical_lists(&list, targs) {
                return inst;
            }
        }
        let inst = match self.types.get(orig) {
            Type::Named(n) => {
                let inst = self.new_named_instance(pos, n, targs);
                self.types[inst].ty
            }
            Type::Alias(a) => {
                let n = self.types[a].tparams.len();
                let name = self.objs[self.types[a].obj].name;
                if !self.validate_targ_len(pos.span(), name.as_str(), n, targs.len()) {
                    return Types::INVALID;
                }
                self.new_alias_instance(pos, a, targs)
            }
            Type::Signature(sig) => {
                let n = self.types[sig].tparams.len();
                if n != targs.len() {
                    let name = self.tstr(orig);
                    self.validate_targ_len(pos.span(), &name, n, targs.len());
                    return Types::INVALID;
                }
                self.signature_instance(pos, sig, targs)
            }
            _ => return Types::INVALID,
        };
        let targs = self.types.new_list(targs);
        self.instances
            .table
            .entry(hash)
            .or_default()
            .push((orig, targs, inst));
        inst
    }

    fn signature_instance(&mut self, pos: Pos, sig: SigId, targs: &[TypeId]) -> TypeId {
        let old = self.types[sig];
        let tparams = self.types.list(old.tparams).to_vec();
        let t = self.subst(pos, old.ty, &tparams, targs);
        let new = match self.types.get(t) {
            Type::Signature(s) if s != sig => s,
            _ => self.types.copy_signature(old),
        };
        let data = &mut self.types[new];
        data.tparams = TypeList::EMPTY;
        data.ty
    }

    fn new_alias_instance(&mut self, pos: Pos, orig: AliasId, targs: &[TypeId]) -> TypeId {
        let (tparams, rhs) = (
            self.types[orig].tparams,
            self.types[orig].rhs.unwrap_or(Types::INVALID),
        );
        let list = self.types.list(tparams).to_vec();
        // A generic alias in its own arguments would be expanded for ever.
        let rhs = if self.instance_depth >= MAX_DEPTH {
            Types::INVALID
        } else {
            self.instance_depth += 1;
            let rhs = self.subst(pos, rhs, &list, targs);
            self.instance_depth -= 1;
            rhs
        };
        let decl = &self.objs[self.types[orig].obj];
        let obj = Object::type_name(pos, decl.pkg, decl.name, None);
        let obj = self.objs.add(obj);
        let alias = self.types.new_alias(obj, Some(rhs));
        let targs = self.types.new_list(targs);
        let data = &mut self.types[alias];
        data.orig = orig;
        data.tparams = tparams;
        data.targs = targs;
        let ty = data.ty;
        self.objs[obj].ty = Some(ty);
        self.objs[obj].state = ObjState::Done;
        ty
    }

    fn instance_hash(&self, orig: TypeId, targs: &[TypeId]) -> u64 {
        targs.iter().fold(mix(0, orig.index() as u64), |h, &t| {
            mix(h, self.type_hash(t))
        })
    }

    /// A hash that identical types have in common. Interfaces all have the same one, and so have the type parameters of
    /// generic signatures: neither is looked into.
    pub fn type_hash(&self, t: TypeId) -> u64 {
        let t = self.unalias(t);
        let pair = |tag: u64, t: TypeId| mix(tag, self.type_hash(t));
        let objs = |list: super::ObjList| {
            let types = self.types.objs(list).iter().map(|&o| self.objs.ty(o));
            types.fold(list.len() as u64, |h, t| mix(h, self.type_hash(t)))
        };
        match self.types.get(t) {
            Type::Basic(b) => b as u64,
            Type::Array { elem, len } => mix(pair(100, elem), len as u64),
            Type::Slice { elem } => pair(101, elem),
            Type::Struct(s) => {
                let fields = self.types.objs(self.types[s].fields).iter();
                fields.fold(102, |h, &f| {
                    mix(
                        mix(h, self.objs[f].name.index() as u64),
                        self.type_hash(self.objs.ty(f)),
                    )
                })
            }
            Type::Pointer { elem } => pair(103, elem),
            Type::Tuple(vars) => mix(104, objs(vars)),
            Type::Signature(s) => {
                let s = &self.types[s];
                if s.tparams.is_empty() {
                    mix(mix(105, objs(s.params)), objs(s.results))
                } else {
                    106
                }
            }
            Type::Interface(_) => 107,
            Type::Map { key, elem } => mix(pair(108, key), self.type_hash(elem)),
            Type::Chan { dir, elem } => mix(pair(109, elem), dir as u64),
            Type::Named(n) => {
                let targs = self.types.list(self.types.type_args(n)).iter();
                let h = mix(110, self.types.named_obj(n).index() as u64);
                targs.fold(h, |h, &t| mix(h, self.type_hash(t)))
            }
            Type::TypeParam(p) => mix(111, p.index() as u64),
            Type::Union(_) => 112,
            Type::Alias(_) => 113,
        }
    }

    /// Reports a wrong number of type arguments.
    pub(crate) fn validate_targ_len(
        &mut self,
        at: Span,
        name: &str,
        want: usize,
        got: usize,
    ) -> bool {
        let qual = match got.cmp(&want) {
            std::cmp::Ordering::Less => "not enough",
            std::cmp::Ordering::Greater => "too many",
            std::cmp::Ordering::Equal => return true,
        };
        let msg = format!("{qual} type arguments for type {name}: have {got}, want {want}");
        self.error(at, Code::WrongTypeArgCount, msg);
        false
    }

    /// The first type argument that does not satisfy its constraint, and why.
    pub(crate) fn verify(
        &mut self,
        pos: Pos,
        tparams: &[TypeId],
        targs: &[TypeId],
    ) -> Option<(usize, String)> {
        for (i, &tparam) in tparams.iter().enumerate() {
            let Type::TypeParam(p) = self.types.get(tparam) else {
                continue;
            };
            // A constraint that is no interface becomes one first.
            self.tparam_iface(p);
            let bound = self.types[p].bound;
            let bound = self.subst(pos, bound, tparams, targs);
            let mut cause = String::new();
            if !self.implements(targs[i], bound, true, Some(&mut cause)) {
                return Some((i, cause));
            }
        }
        None
    }

    /// Whether `v` implements the interface `t`; with `constraint`, as a type argument does.
    pub fn implements(
        &mut self,
        v: TypeId,
        t: TypeId,
        constraint: bool,
        mut cause: Option<&mut String>,
    ) -> bool {
        let (vu, tu) = (self.under(v), self.under(t));
        if !self.is_valid(vu) || !self.is_valid(tu) {
            return true;
        }
        if let Type::Pointer { elem } = self.types.get(vu) {
            let base = self.under(elem);
            if !self.is_valid(base) {
                return true;
            }
        }
        let verb = if constraint { "satisfy" } else { "implement" };
        let Type::Interface(ti) = self.types.get(tu) else {
            if let Some(cause) = cause {
                let (vs, ts) = (self.tstr(v), self.tstr(t));
                let detail = if self.is_interface_ptr(tu) {
                    self.interface_ptr_error(t)
                } else {
                    format!("{ts} is not an interface")
                };
                *cause = format!("{vs} does not {verb} {ts} ({detail})");
            }
            return false;
        };
        let tset = self.type_set(ti);
        if tset.methods.is_empty() && tset.terms == Terms::All && !tset.comparable {
            return true;
        }
        let vset = match self.types.get(vu) {
            Type::Interface(vi) => Some(self.type_set(vi)),
            _ => None,
        };
        // The empty set is a subset of every other.
        let is_empty = |terms: Terms| matches!(terms, Terms::List(l) if l.is_empty());
        if vset.is_some_and(|s| is_empty(s.terms)) {
            return true;
        }
        if is_empty(tset.terms) {
            if let Some(cause) = cause {
                *cause = format!("cannot {verb} {} (empty type set)", self.tstr(t));
            }
            return false;
        }
        if !self.has_all_methods(v, t, true, cause.as_deref_mut()) {
            if let Some(cause) = cause {
                *cause = format!("{} does not {verb} {} {cause}", self.tstr(v), self.tstr(t));
            }
            return false;
        }
        let Terms::List(list) = tset.terms else {
            return self.implements_comparable(v, tset.comparable, constraint, cause);
        };
        if let Some(vset) = vset {
            if !self.terms_subset(vset.terms, tset.terms) {
                if let Some(cause) = cause {
                    *cause = format!("{} does not {verb} {}", self.tstr(v), self.tstr(t));
                }
                return false;
            }
        } else if !self.terms_include(tset.terms, v) {
            if let Some(cause) = cause {
                let terms = self.types.terms(list).to_vec();
                // Would a ~ have helped?
                let alt = terms.iter().find(|term| {
                    !term.tilde && {
                        let u = self.under(term.ty);
                        self.identical(term.ty, u) && self.identical(term.ty, vu)
                    }
                });
                let alt = alt.map(|term| term.ty);
                let (vs, ts) = (self.tstr(v), self.tstr(t));
                let detail = match alt {
                    Some(alt) => format!("possibly missing ~ for {} in {ts}", self.tstr(alt)),
                    None if self.mentions(tu, v) => {
                        format!("{ts} mentions {vs}, but {vs} is not in the type set of {ts}")
                    }
                    None => {
                        let texts: Vec<String> =
                            terms.iter().map(|&t| self.term_string(t)).collect();
                        format!("{vs} missing in {}", texts.join(" | "))
                    }
                };
                *cause = format!("{vs} does not {verb} {ts} ({detail})");
            }
            return false;
        }
        let comparable = self.types.terms(list).to_vec();
        let comparable = comparable
            .iter()
            .all(|t| self.comparable_type(t.ty, false).is_ok());
        self.implements_comparable(v, comparable, constraint, cause)
    }

    fn implements_comparable(
        &mut self,
        v: TypeId,
        wanted: bool,
        constraint: bool,
        cause: Option<&mut String>,
    ) -> bool {
        if !wanted || self.comparable_type(v, false).is_ok() {
            return true;
        }
        if constraint && self.comparable_type(v, true).is_ok() {
            if !self.allows(20)
                && let Some(cause) = cause
            {
                *cause = format!(
                    "{} to satisfy comparable requires go1.20 or later",
                    self.tstr(v)
                );
            }
            return self.allows(20);
        }
        if let Some(cause) = cause {
            let verb = if constraint { "satisfy" } else { "implement" };
            *cause = format!("{} does not {verb} comparable", self.tstr(v));
        }
        false
    }

    /// Whether a constraint names a type anywhere among its embedded elements.
    fn mentions(&mut self, t: TypeId, v: TypeId) -> bool {
        match self.types.get(t) {
            Type::Interface(i) => {
                let list = self.types.list(self.types[i].embeddeds).to_vec();
                list.iter().any(|&e| self.mentions(e, v))
            }
            Type::Union(u) => {
                let terms = self.types[u].terms.clone();
                terms.iter().any(|term| self.mentions(term.ty, v))
            }
            _ => self.identical(t, v),
        }
    }
}

fn mix(h: u64, x: u64) -> u64 {
    (h.rotate_left(5) ^ x).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
