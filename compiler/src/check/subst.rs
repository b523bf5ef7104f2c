//! Substitution of type parameters. (Go: types2/subst.go)
//!
//! Types in which nothing is replaced come back as they are, with the same handle. Defined types are entered only through
//! their type arguments: an instance with other arguments is another instance, expanded when it is looked at.

use minigo_syntax::source::Pos;

use super::types::{ObjList, Term};
use super::{Checker, ObjId, ObjState, Object, SigId, Type, TypeId, Types};

/// What each type parameter is replaced by.
pub(crate) type SubstMap = Vec<(TypeId, TypeId)>;

impl<'a> Checker<'a> {
    /// The type with `targs` for `tparams`.
    pub fn subst(&mut self, pos: Pos, t: TypeId, tparams: &[TypeId], targs: &[TypeId]) -> TypeId {
        let map: SubstMap = tparams.iter().copied().zip(targs.iter().copied()).collect();
        self.subst_map(pos, t, &map)
    }

    /// The same with the replacements as pairs.
    pub(crate) fn subst_map(&mut self, pos: Pos, t: TypeId, map: &[(TypeId, TypeId)]) -> TypeId {
        if map.is_empty() {
            return t;
        }
        match self.types.get(t) {
            Type::Basic(_) => t,
            Type::TypeParam(_) => map.iter().find(|m| m.0 == t).map_or(t, |m| m.1),
            Type::Alias(a) => {
                let alias = &self.types[a];
                let (orig, targs) = (alias.orig, alias.targs);
                let n = self.types[orig].tparams.len();
                if n == 0 {
                    return t;
                }
                if targs.len() != n {
                    return Types::INVALID;
                }
                let targs = self.types.list(targs).to_vec();
                match self.subst_list(pos, &targs, map) {
                    Some(targs) => {
                        let orig = self.types[orig].ty;
                        self.instance(pos, orig, &targs)
                    }
                    None => t,
                }
            }
            Type::Array { elem, len } => {
                let e = self.subst_map(pos, elem, map);
                if e == elem {
                    t
                } else {
                    self.types.new_array(e, len)
                }
            }
            Type::Slice { elem } => {
                let e = self.subst_map(pos, elem, map);
                if e == elem {
                    t
                } else {
                    self.types.new_slice(e)
                }
            }
            Type::Pointer { elem } => {
                let e = self.subst_map(pos, elem, map);
                if e == elem {
                    t
                } else {
                    self.types.new_pointer(e)
                }
            }
            Type::Map { key, elem } => {
                let k = self.subst_map(pos, key, map);
                let e = self.subst_map(pos, elem, map);
                if k == key && e == elem {
                    t
                } else {
                    self.types.new_map(k, e)
                }
            }
            Type::Chan { dir, elem } => {
                let e = self.subst_map(pos, elem, map);
                if e == elem {
                    t
                } else {
                    self.types.new_chan(dir, e)
                }
            }
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                let new = self.subst_objs(pos, fields, map);
                if new == fields {
                    return t;
                }
                let tags = self.types[s].tags.clone();
                let new = self.types.objs(new).to_vec();
                self.types.new_struct(&new, tags)
            }
            Type::Tuple(vars) => {
                let new = self.subst_objs(pos, vars, map);
                if new == vars {
                    t
                } else {
                    self.types.new_tuple_of(new)
                }
            }
            Type::Signature(sig) => self.subst_signature(pos, sig, map),
            Type::Union(u) => {
                let terms = self.types[u].terms.clone();
                let new: Vec<Term> = (terms.iter())
                    .map(|term| Term {
                        ty: self.subst_map(pos, term.ty, map),
                        ..*term
                    })
                    .collect();
                if new == terms {
                    t
                } else {
                    self.types.new_union(new)
                }
            }
            Type::Interface(i) => {
                if !self.types[i].complete {
                    return t;
                }
                let (methods, embeddeds) = (self.types[i].methods, self.types[i].embeddeds);
                let new_methods = self.subst_objs(pos, methods, map);
                let list = self.types.list(embeddeds).to_vec();
                let new_list = self.subst_list(pos, &list, map);
                if new_methods == methods && new_list.is_none() {
                    return t;
                }
                let iface = self.types.new_interface();
                let new_embeddeds = new_list.map_or(embeddeds, |l| self.types.new_list(&l));
                let (embed_pos, implicit) =
                    (self.types[i].embed_pos.clone(), self.types[i].implicit);
                let ty = self.types[iface].ty;
                let list = self.types.objs(new_methods).to_vec();
                let methods = match self.replace_recv_type(&list, t, ty) {
                    Some(list) => self.types.new_objs(&list),
                    None => new_methods,
                };
                let data = &mut self.types[iface];
                data.methods = methods;
                data.embeddeds = new_embeddeds;
                data.embed_pos = embed_pos;
                data.implicit = implicit;
                data.complete = true;
                ty
            }
            Type::Named(n) => {
                let orig = self.types.origin(n);
                let n_params = self.types[orig].tparams.len();
                if n_params == 0 {
                    return t;
                }
                let targs = self.types.type_args(n);
                if targs.len() != n_params {
                    return Types::INVALID;
                }
                let targs = self.types.list(targs).to_vec();
                match self.subst_list(pos, &targs, map) {
                    Some(targs) => {
                        let orig = self.types[orig].ty;
                        self.instance(pos, orig, &targs)
                    }
                    None => t,
                }
            }
        }
    }

    fn subst_signature(&mut self, pos: Pos, sig: SigId, map: &[(TypeId, TypeId)]) -> TypeId {
        let old = self.types[sig];
        let mut tparams = old.tparams;
        let fresh_map;
        let mut map = map;
        if !tparams.is_empty() {
            let list = self.types.list(tparams).to_vec();
            let instantiating = map.iter().any(|m| m.0 == list[0]);
            if !instantiating {
                let same = self.subst_objs(pos, old.params, map) == old.params
                    && self.subst_objs(pos, old.results, map) == old.results
                    && list.iter().all(|&t| {
                        let Type::TypeParam(p) = self.types.get(t) else {
                            return true;
                        };
                        let bound = self.types[p].bound;
                        self.subst_map(pos, bound, map) == bound
                    });
                if same {
                    return old.ty;
                }
                // The signature declares type parameters of its own; their constraints may change, so they become others.
                let mut inner = map.to_vec();
                let fresh = self.fresh_type_params(&list);
                inner.extend(list.iter().copied().zip(fresh.iter().copied()));
                self.subst_bounds(pos, &list, &fresh, &inner);
                tparams = self.types.new_list(&fresh);
                fresh_map = inner;
                map = &fresh_map;
            }
        }
        let params = self.subst_objs(pos, old.params, map);
        let results = self.subst_objs(pos, old.results, map);
        if params == old.params && results == old.results && tparams == old.tparams {
            return old.ty;
        }
        let new = self.types.copy_signature(old);
        let data = &mut self.types[new];
        data.tparams = tparams;
        data.params = params;
        data.results = results;
        data.scope = None;
        data.ty
    }

    /// Copies of type parameters, without constraints yet.
    pub(crate) fn fresh_type_params(&mut self, list: &[TypeId]) -> Vec<TypeId> {
        let mut fresh = Vec::with_capacity(list.len());
        for &t in list {
            let Type::TypeParam(p) = self.types.get(t) else {
                fresh.push(t);
                continue;
            };
            let (index, decl) = (self.types[p].index, &self.objs[self.types[p].obj]);
            let obj = Object::type_name(decl.pos, decl.pkg, decl.name, None);
            let obj = self.objs.add(obj);
            let new = self.types.new_type_param(obj, Types::INVALID);
            self.types[new].index = index;
            let ty = self.types[new].ty;
            self.objs[obj].ty = Some(ty);
            self.objs[obj].state = ObjState::Done;
            self.mono_canon(new, p);
            fresh.push(ty);
        }
        fresh
    }

    /// Gives copies of type parameters the constraints of the originals, with replacements made.
    pub(crate) fn subst_bounds(
        &mut self,
        pos: Pos,
        list: &[TypeId],
        fresh: &[TypeId],
        map: &[(TypeId, TypeId)],
    ) {
        for (&t, &f) in list.iter().zip(fresh) {
            if let (Type::TypeParam(p), Type::TypeParam(q)) = (self.types.get(t), self.types.get(f))
            {
                let bound = self.types[p].bound;
                self.types[q].bound = self.subst_map(pos, bound, map);
            }
        }
    }

    /// The list with replacements made; `None` if there is nothing to replace.
    pub(crate) fn subst_list(
        &mut self,
        pos: Pos,
        list: &[TypeId],
        map: &[(TypeId, TypeId)],
    ) -> Option<Vec<TypeId>> {
        let new: Vec<TypeId> = list.iter().map(|&t| self.subst_map(pos, t, map)).collect();
        (new != list).then_some(new)
    }

    /// Fields, parameters or methods with replacements made in their types; the same list if there is nothing to replace.
    fn subst_objs(&mut self, pos: Pos, list: ObjList, map: &[(TypeId, TypeId)]) -> ObjList {
        let mut new: Option<Vec<ObjId>> = None;
        for i in 0..list.len() {
            let obj = self.types.obj(list, i);
            let old = self.objs.ty(obj);
            let t = self.subst_map(pos, old, map);
            if t != old {
                let copy = if self.objs[obj].is_func() {
                    self.clone_func(obj, t)
                } else {
                    self.clone_var(obj, t)
                };
                new.get_or_insert_with(|| self.types.objs(list).to_vec())[i] = copy;
            }
        }
        new.map_or(list, |new| self.types.new_objs(&new))
    }

    /// Parameters with other type parameters.
    pub(crate) fn subst_vars(
        &mut self,
        list: ObjList,
        tparams: &[TypeId],
        targs: &[TypeId],
    ) -> ObjList {
        let map: SubstMap = tparams.iter().copied().zip(targs.iter().copied()).collect();
        self.subst_objs(Pos::NONE, list, &map)
    }
}
