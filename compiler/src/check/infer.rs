//! Type inference: type arguments from function arguments, constraints and untyped constants. (Go: types2/infer.go)

use minigo_syntax::source::Pos;

use super::subst::SubstMap;
use super::types::{ObjList, Term, TypeParamId};
use super::unify::{Unifier, UnifyMode};
use super::{Checker, Error, IdSet, ObjId, Operand, Terms, Type, TypeId, TypeList};

impl<'a> Checker<'a> {
    /// Infers the missing type arguments (`None` in `targs`, or beyond its end) of a call or an assignment of a generic
    /// function, from parameters and arguments, which must match in number. Errors go into `err`; there may be none although
    /// the result is `None`, if an argument is invalid. With `reverse`, the call is made up and messages are turned round.
    #[allow(clippy::too_many_arguments)]
    pub(crate) fn infer(
        &mut self,
        pos: Pos,
        tparams: &[TypeId],
        targs: &[Option<TypeId>],
        params: &[ObjId],
        args: &[Operand<'a>],
        reverse: bool,
        err: &mut Error,
    ) -> Option<Vec<TypeId>> {
        let mut targs = targs.to_vec();
        targs.resize(tparams.len(), None);
        if let Some(all) = targs.iter().copied().collect::<Option<Vec<_>>>() {
            return Some(all);
        }
        if args.iter().any(|a| !a.is_valid()) {
            return None;
        }

        // Parameters whose type arguments are given are compared as assignments later; with the arguments put in, they are
        // no longer looked at here, and messages name the types that were given.
        let known: SubstMap = tparams
            .iter()
            .zip(&targs)
            .filter_map(|(&p, &t)| t.map(|t| (p, t)))
            .collect();
        let params: Vec<TypeId> = params
            .iter()
            .map(|&p| {
                let t = self.objs.ty(p);
                self.subst_map(pos, t, &known)
            })
            .collect();
        let mut u = Unifier::new(self, tparams, &targs);
        // Since Go 1.21 the methods of interfaces count.
        let by_methods = self.allows(21);

        // 1: typed arguments. Untyped ones can only be matched by a parameter that is a type parameter itself.
        let mut untyped: Vec<(usize, TypeParamId)> = Vec::new();
        for (i, arg) in args.iter().enumerate() {
            let par = params[i];
            if !self.is_parameterized(tparams, par) && !self.is_parameterized(tparams, arg.ty) {
                continue;
            }
            if self.is_typed(arg.ty) {
                if !u.unify(self, par, arg.ty, UnifyMode::ASSIGN) {
                    self.infer_mismatch(&u, tparams, par, arg, reverse, err);
                    return None;
                }
            } else if let Type::TypeParam(p) = self.types.get(par)
                && !arg.is_nil()
            {
                untyped.push((i, p));
            }
        }

        // 2: constraints, as long as they tell more.
        loop {
            let before = u.unknowns();
            for &tparam in tparams {
                let Type::TypeParam(p) = self.types.get(tparam) else {
                    continue;
                };
                let tx = u.at(p);
                if let Some((core, single)) = self.core_term(p) {
                    match tx {
                        Some(tx) if !u.unify(self, tx, core.ty, UnifyMode::INEXACT) => {
                            let bound = self.tstr(self.types[p].bound);
                            let (ps, ts) = (self.tstr(tparam), self.tstr(tx));
                            err.add(pos, format!("{ps} (type {ts}) does not satisfy {bound}"));
                            return None;
                        }
                        None if single && !core.tilde => u.set(p, core.ty),
                        _ => {}
                    }
                }
                // The methods of the type must match those of the constraint, which may tell about other type parameters.
                if let Some(tx) = tx
                    && by_methods
                    && !self.is_parameterized(tparams, tx)
                {
                    let mut cause = String::new();
                    let constraint = self.tparam_iface(p);
                    let ok = self.has_all_methods_by(
                        tx,
                        constraint,
                        true,
                        &mut |c, x, y| u.unify(c, x, y, UnifyMode::EXACT),
                        Some(&mut cause),
                    );
                    if !ok {
                        let bound = self.tstr(self.types[p].bound);
                        let (ps, ts) = (self.tstr(tparam), self.tstr(tx));
                        err.add(
                            pos,
                            format!("{ps} (type {ts}) does not satisfy {bound} {cause}"),
                        );
                        return None;
                    }
                }
            }
            if u.unknowns() == before {
                break;
            }
        }

        // 3: untyped arguments: the largest of their default types.
        let mut max_untyped: Vec<(TypeParamId, TypeId)> = Vec::new();
        for (i, p) in untyped {
            if u.at(p).is_some() {
                continue;
            }
            let arg = &args[i];
            match max_untyped.iter_mut().find(|m| m.0 == p) {
                None => max_untyped.push((p, arg.ty)),
                Some((_, max)) => match self.max_type(*max, arg.ty) {
                    Some(t) => *max = t,
                    None => {
                        let (ms, ts) = (self.tstr(*max), self.tstr(arg.ty));
                        let ps = self.tstr(self.types[p].ty);
                        err.add(
                            arg,
                            format!("mismatched types {ms} and {ts} (cannot infer {ps})"),
                        );
                        return None;
                    }
                },
            }
        }
        for (p, t) in max_untyped {
            u.set(p, self.default_type(t));
        }

        // What was found may mention type parameters that were found too.
        let mut inferred = u.inferred(self, tparams);
        self.kill_cycles(tparams, &mut inferred);
        self.simplify(tparams, &targs, &mut inferred);
        for (i, t) in inferred.iter().enumerate() {
            let known = t.is_some_and(|t| !self.is_parameterized(tparams, t));
            if !known && let Type::TypeParam(p) = self.types.get(tparams[i]) {
                let obj = &self.objs[self.types[p].obj];
                let at = self.importer.locate(obj.pos);
                err.add(pos, format!("cannot infer {} (declared at {at})", obj.name));
                return None;
            }
        }
        inferred.into_iter().collect()
    }

    fn infer_mismatch(
        &mut self,
        u: &Unifier,
        tparams: &[TypeId],
        tpar: TypeId,
        arg: &Operand<'a>,
        reverse: bool,
        err: &mut Error,
    ) {
        let targs = u.inferred(self, tparams);
        let expr = arg.expr.map_or(String::new(), |e| self.estr(e));
        let (ts, ps) = (self.tstr(arg.ty), self.tstr(tpar));
        if targs.iter().all(Option::is_none) {
            let list = self.tparams_string(tparams);
            err.add(
                arg,
                format!("type {ts} of {expr} does not match {ps} (cannot infer {list})"),
            );
            return;
        }
        let map: SubstMap = tparams
            .iter()
            .zip(&targs)
            .filter_map(|(&p, &t)| t.map(|t| (p, t)))
            .collect();
        let inferred = self.subst_map(arg.pos(), tpar, &map);
        let msg = if inferred == tpar {
            format!("type {ts} of {expr} does not match {ps}")
        } else {
            let inferred = self.tstr(inferred);
            if reverse {
                format!("inferred type {inferred} for {ps} does not match type {ts} of {expr}")
            } else {
                format!("type {ts} of {expr} does not match inferred type {inferred} for {ps}")
            }
        };
        err.add(arg, msg);
    }

    /// Puts what was found into what was found, until nothing changes.
    fn simplify(
        &mut self,
        tparams: &[TypeId],
        targs: &[Option<TypeId>],
        inferred: &mut [Option<TypeId>],
    ) {
        let mut dirty: Vec<usize> = (0..inferred.len())
            .filter(|&i| inferred[i].is_some() && targs[i].is_none())
            .collect();
        // Each round resolves at least one type parameter; cycles were removed.
        for _ in 0..=tparams.len() {
            if dirty.is_empty() {
                break;
            }
            let map: SubstMap = tparams
                .iter()
                .zip(inferred.iter())
                .filter_map(|(&p, &t)| t.map(|t| (p, t)))
                .collect();
            dirty.retain(|&i| {
                let Some(old) = inferred[i] else { return false };
                let new = self.subst_map(Pos::NONE, old, &map);
                if new == old {
                    return false;
                }
                // A generic function whose type parameters were all replaced is generic no longer.
                if let Type::Signature(sig) = self.types.get(new)
                    && !self.types[sig].tparams.is_empty()
                    && !self.is_parameterized(tparams, new)
                {
                    self.types[sig].tparams = TypeList::EMPTY;
                }
                inferred[i] = Some(new);
                true
            });
        }
    }

    /// Fresh copies of type parameters, and the type that mentions them instead of the given ones. Calls of a generic function
    /// inside itself need them: there the type parameters to be found also stand for themselves. (Go: renameTParams)
    pub(crate) fn rename_tparams(
        &mut self,
        pos: Pos,
        tparams: &[TypeId],
        t: TypeId,
    ) -> (Vec<TypeId>, TypeId) {
        if tparams.is_empty() {
            return (Vec::new(), t);
        }
        let fresh = self.fresh_type_params(tparams);
        let map: SubstMap = tparams.iter().copied().zip(fresh.iter().copied()).collect();
        self.subst_bounds(pos, tparams, &fresh, &map);
        let t = self.subst_map(pos, t, &map);
        (fresh, t)
    }

    /// `T1, T2, and T3`
    pub(crate) fn tparams_string(&self, list: &[TypeId]) -> String {
        let names: Vec<&str> = list
            .iter()
            .map(|&t| match self.types.get(t) {
                Type::TypeParam(p) => self.objs[self.types[p].obj].name.as_str(),
                _ => "",
            })
            .collect();
        match names.as_slice() {
            [] => String::new(),
            [a] => (*a).into(),
            [a, b] => format!("{a} and {b}"),
            [rest @ .., last] => format!("{}, and {last}", rest.join(", ")),
        }
    }

    /// Whether a type mentions one of the type parameters. Type parameters that it declares itself do not count.
    pub(crate) fn is_parameterized(&mut self, tparams: &[TypeId], t: TypeId) -> bool {
        self.is_parameterized_seen(tparams, t, &mut IdSet::default())
    }

    fn is_parameterized_seen(
        &mut self,
        tparams: &[TypeId],
        t: TypeId,
        seen: &mut IdSet<TypeId>,
    ) -> bool {
        let t = self.unalias(t);
        match self.types.get(t) {
            Type::Basic(_) => return false,
            Type::TypeParam(_) => return tparams.contains(&t),
            _ => {}
        }
        if !seen.insert(t) {
            return false;
        }
        match self.types.get(t) {
            Type::Array { elem, .. }
            | Type::Slice { elem }
            | Type::Pointer { elem }
            | Type::Chan { elem, .. } => self.is_parameterized_seen(tparams, elem, seen),
            Type::Map { key, elem } => {
                self.is_parameterized_seen(tparams, key, seen)
                    || self.is_parameterized_seen(tparams, elem, seen)
            }
            Type::Struct(s) => self.any_parameterized(tparams, self.types[s].fields, seen),
            Type::Tuple(vars) => self.any_parameterized(tparams, vars, seen),
            Type::Signature(s) => {
                let s = self.types[s];
                self.any_parameterized(tparams, s.params, seen)
                    || self.any_parameterized(tparams, s.results, seen)
            }
            Type::Interface(i) => {
                let set = self.type_set(i);
                if self.any_parameterized(tparams, set.methods, seen) {
                    return true;
                }
                let Terms::List(list) = set.terms else {
                    return false;
                };
                let terms = self.types.terms(list).to_vec();
                // As types2 has it: every term must mention one.
                !terms.is_empty()
                    && terms
                        .iter()
                        .all(|term| self.is_parameterized_seen(tparams, term.ty, seen))
            }
            Type::Named(n) => {
                let targs = self.types.list(self.types.type_args(n)).to_vec();
                targs
                    .iter()
                    .any(|&t| self.is_parameterized_seen(tparams, t, seen))
            }
            Type::Union(u) => {
                let terms = self.types[u].terms.clone();
                terms
                    .iter()
                    .any(|term| self.is_parameterized_seen(tparams, term.ty, seen))
            }
            _ => false,
        }
    }

    fn any_parameterized(
        &mut self,
        tparams: &[TypeId],
        list: ObjList,
        seen: &mut IdSet<TypeId>,
    ) -> bool {
        (0..list.len()).any(|i| {
            let t = self.objs.ty(self.types.obj(list, i));
            self.is_parameterized_seen(tparams, t, seen)
        })
    }

    /// The single specific type of a type parameter, with `true`, or the underlying type that all its types have in common.
    pub(crate) fn core_term(&mut self, p: TypeParamId) -> Option<(Term, bool)> {
        let terms = self.tparam_terms(p)?;
        if let [single] = terms.as_slice() {
            return Some((*single, true));
        }
        let tilde = terms.iter().any(|t| t.tilde);
        let ty = self.common_under(self.types[p].ty).ok()?;
        Some((Term { tilde, ty }, false))
    }

    /// Forgets what was found for a type parameter if it leads back to the type parameter: putting it in would never end.
    fn kill_cycles(&mut self, tparams: &[TypeId], inferred: &mut [Option<TypeId>]) {
        let mut path = Vec::new();
        for &t in tparams {
            self.find_cycle(tparams, inferred, t, &mut path);
        }
    }

    fn find_cycle(
        &mut self,
        tparams: &[TypeId],
        inferred: &mut [Option<TypeId>],
        t: TypeId,
        path: &mut Vec<TypeId>,
    ) {
        let t = self.unalias(t);
        let tparam = tparams.iter().position(|&p| p == t);
        if path.contains(&t) {
            if let Some(i) = tparam {
                inferred[i] = None;
            }
            return;
        }
        let parts: Vec<TypeId> = match self.types.get(t) {
            Type::Basic(_) | Type::Alias(_) => return,
            Type::TypeParam(_) => tparam.and_then(|i| inferred[i]).into_iter().collect(),
            Type::Array { elem, .. }
            | Type::Slice { elem }
            | Type::Pointer { elem }
            | Type::Chan { elem, .. } => vec![elem],
            Type::Map { key, elem } => vec![key, elem],
            Type::Struct(s) => self.types_of(self.types.objs(self.types[s].fields)),
            Type::Tuple(vars) => self.types_of(self.types.objs(vars)),
            Type::Signature(s) => {
                let mut list = self.types_of(self.types.objs(self.types[s].params));
                list.extend(self.types_of(self.types.objs(self.types[s].results)));
                list
            }
            Type::Union(u) => self.types[u].terms.iter().map(|term| term.ty).collect(),
            Type::Interface(i) => {
                let mut list = self.types_of(self.types.objs(self.types[i].methods));
                list.extend_from_slice(self.types.list(self.types[i].embeddeds));
                list
            }
            Type::Named(n) => self.types.list(self.types.type_args(n)).to_vec(),
        };
        path.push(t);
        for part in parts {
            self.find_cycle(tparams, inferred, part, path);
        }
        path.pop();
    }
}
