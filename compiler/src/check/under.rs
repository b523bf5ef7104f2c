//! Underlying types, and the types that a type parameter stands for. (Go: types2/under.go)

use super::types::{Term, Terms, Type, TypeId, TypeParamId, Types};
use super::{ChanDir, Checker};

impl<'a> Checker<'a> {
    /// The type without aliases around it; the invalid type for an alias that is not complete.
    #[inline]
    pub fn unalias(&self, mut t: TypeId) -> TypeId {
        while let Type::Alias(a) = self.types.get(t) {
            let alias = &self.types[a];
            match alias.actual.or(alias.rhs) {
                Some(next) => t = next,
                None => return Types::INVALID,
            }
        }
        t
    }

    /// The underlying type; of a type parameter, its constraint interface.
    pub fn under(&mut self, t: TypeId) -> TypeId {
        match self.types.get(t) {
            Type::Named(n) => self.named_underlying(n),
            Type::Alias(_) => {
                let t = self.unalias(t);
                self.under(t)
            }
            Type::TypeParam(p) => self.tparam_iface(p),
            _ => t,
        }
    }

    /// What the underlying type is.
    pub fn under_type(&mut self, t: TypeId) -> Type {
        let u = self.under(t);
        self.types.get(u)
    }

    /// The underlying type as far as it is known, without completing anything: for messages. Of an instance that is not
    /// expanded, that of the generic type.
    pub(crate) fn safe_under(&self, t: TypeId) -> TypeId {
        let mut t = self.unalias(t);
        // A chain of declarations is no longer than there are types, unless it is a cycle.
        for _ in 0..self.types.len() {
            let Type::Named(n) = self.types.get(t) else {
                return t;
            };
            let named = &self.types[n];
            if let Some(u) = named.underlying {
                return u;
            }
            let rhs = named
                .rhs
                .or_else(|| named.inst.and_then(|i| self.types[i.orig].rhs));
            let Some(rhs) = rhs else {
                return Types::INVALID;
            };
            t = self.unalias(rhs);
        }
        Types::INVALID
    }

    /// Calls `f` with each (type, underlying type) of the specific types of `t`'s type set, as long as it says true; with
    /// `None` if there are no specific types. For a type that is no type parameter, that is the type itself.
    pub(crate) fn all(
        &mut self,
        t: TypeId,
        mut f: impl FnMut(&mut Checker<'a>, Option<(TypeId, TypeId)>) -> bool,
    ) -> bool {
        let Some(p) = self.as_type_param(t) else {
            let u = self.under(t);
            return f(self, Some((t, u)));
        };
        let Some(terms) = self.tparam_terms(p) else {
            return f(self, None);
        };
        for term in terms {
            let u = self.unalias(term.ty);
            let u = if term.tilde { u } else { self.under(u) };
            if !f(self, Some((term.ty, u))) {
                return false;
            }
        }
        true
    }

    /// The pairs that [`Checker::all`] goes through.
    pub(crate) fn typeset(&mut self, t: TypeId) -> Vec<Option<(TypeId, TypeId)>> {
        let mut pairs = Vec::new();
        self.all(t, |_, pair| {
            pairs.push(pair);
            true
        });
        pairs
    }

    /// Calls `f` with each underlying type of the type set.
    pub(crate) fn under_is(
        &mut self,
        t: TypeId,
        mut f: impl FnMut(&mut Checker<'a>, Option<TypeId>) -> bool,
    ) -> bool {
        self.all(t, |c, pair| f(c, pair.map(|p| p.1)))
    }

    /// The common underlying type of the type set, or why there is none. (Go: commonUnder with a nil condition)
    pub(crate) fn common_under(&mut self, t: TypeId) -> Result<TypeId, String> {
        if !self.is_type_param(t) {
            return Ok(self.under(t));
        }
        self.common_under_if(t, |_, _| Ok(()))
    }

    /// The same, if each pair of type and underlying type meets a condition, which gives an error text otherwise. Channels
    /// may differ in direction, and the most restricted one is it. (Go: commonUnder)
    pub(crate) fn common_under_if(
        &mut self,
        t: TypeId,
        mut cond: impl FnMut(&mut Checker<'a>, Option<(TypeId, TypeId)>) -> Result<(), String>,
    ) -> Result<TypeId, String> {
        let mut common: Option<(TypeId, TypeId)> = None;
        for pair in self.typeset(t) {
            cond(self, pair)?;
            let Some((t, u)) = pair else {
                return Err("no specific type".into());
            };
            let Some((ct, cu)) = common else {
                common = Some((t, u));
                continue;
            };
            if let (
                Type::Chan {
                    dir: cdir,
                    elem: celem,
                },
                Type::Chan { dir, elem },
            ) = (self.types.get(cu), self.types.get(u))
            {
                if !self.identical(celem, elem) {
                    let (ct, t) = (self.tstr(ct), self.tstr(t));
                    return Err(format!(
                        "channels {ct} and {t} have different element types"
                    ));
                }
                if cdir == dir {
                    // nothing to choose
                } else if cdir == ChanDir::SendRecv {
                    common = Some((t, u));
                } else if dir != ChanDir::SendRecv {
                    let (ct, t) = (self.tstr(ct), self.tstr(t));
                    return Err(format!("channels {ct} and {t} have conflicting directions"));
                }
                continue;
            }
            if !self.identical(cu, u) {
                let (ct, t) = (self.tstr(ct), self.tstr(t));
                return Err(format!("{ct} and {t} have different underlying types"));
            }
        }
        common.map(|c| c.1).ok_or_else(|| "no specific type".into())
    }

    /// The interface that constrains a type parameter. A constraint that is no interface is wrapped into one.
    pub(crate) fn tparam_iface(&mut self, p: TypeParamId) -> TypeId {
        let bound = self.types[p].bound;
        let bound_is_tparam = self.is_type_param(bound);
        let u = if bound_is_tparam {
            Types::INVALID
        } else {
            self.under(bound)
        };
        match self.types.get(u) {
            // Reported where the constraint stands.
            Type::Basic(super::Basic::Invalid) => Types::EMPTY_INTERFACE,
            Type::Interface(_) => u,
            _ => {
                let iface = self.types.new_interface();
                let embeddeds = self.types.new_list(&[bound]);
                let data = &mut self.types[iface];
                data.embeddeds = embeddeds;
                data.complete = true;
                data.implicit = true;
                let ty = data.ty;
                self.types[p].bound = ty;
                ty
            }
        }
    }

    /// The terms of a type parameter's type set; `None` if there are no specific types.
    pub(crate) fn tparam_terms(&mut self, p: TypeParamId) -> Option<Vec<Term>> {
        let iface = self.tparam_iface(p);
        let Type::Interface(iface) = self.types.get(iface) else {
            return None;
        };
        match self.type_set(iface).terms {
            Terms::List(list) if !list.is_empty() => Some(self.types.terms(list).to_vec()),
            _ => None,
        }
    }
}
