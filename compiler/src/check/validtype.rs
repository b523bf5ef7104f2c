//! Types that contain themselves, which would be infinitely large. (Go: types2/validtype.go)
//!
//! A type that is found valid is marked, so that each declaration is walked once. An instance is walked through its generic
//! type's declaration; where that mentions a type parameter, the walk goes on with the argument, in the context in which the
//! instance was mentioned.

use minigo_syntax::codes::Code;

use super::{Checker, IdMap, IfaceId, NamedId, Type, TypeId, Types};

impl<'a> Checker<'a> {
    /// Reports a type that contains itself, and makes it invalid.
    pub(crate) fn valid_type(&mut self, named: NamedId) {
        let ty = self.types[named].ty;
        self.valid_type_in(ty, &mut Vec::new(), &mut Vec::new());
    }

    /// `nest` are the types that contain `t`; `path` also has those that led to it through type arguments.
    fn valid_type_in(
        &mut self,
        t: TypeId,
        nest: &mut Vec<NamedId>,
        path: &mut Vec<NamedId>,
    ) -> bool {
        let t = self.unalias(t);
        match self.types.get(t) {
            Type::Array { elem, .. } => self.valid_type_in(elem, nest, path),
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                (0..fields.len()).all(|i| {
                    let f = self.objs.ty(self.types.obj(fields, i));
                    self.valid_type_in(f, nest, path)
                })
            }
            Type::Union(u) => {
                let terms = self.types[u].terms.clone();
                terms
                    .iter()
                    .all(|term| self.valid_type_in(term.ty, nest, path))
            }
            Type::Interface(i) => {
                let embeddeds = self.types[i].embeddeds;
                (0..embeddeds.len()).all(|i| {
                    let e = self.types.at(embeddeds, i);
                    self.valid_type_in(e, nest, path)
                })
            }
            Type::Named(n) => {
                let orig = self.types.origin(n);
                // Without arguments, what was valid once is valid everywhere.
                let plain = self.types[n].inst.is_none() && self.types[n].tparams.is_empty();
                if plain && self.types[n].valid {
                    return true;
                }
                if nest
                    .iter()
                    .any(|&e| e == n || self.identical(self.types[e].ty, t))
                {
                    self.types[orig].rhs = Some(Types::INVALID);
                    self.types[orig].underlying = Some(Types::INVALID);
                    if let Some(start) = path
                        .iter()
                        .position(|&p| p == n || self.identical(self.types[p].ty, t))
                    {
                        let cycle: Vec<_> =
                            path[start..].iter().map(|&p| self.types[p].obj).collect();
                        self.cycle_error(&cycle, 0);
                    }
                    return false;
                }
                if path.len() > 1000 {
                    return true;
                }
                let Some(rhs) = self.types[orig].rhs else {
                    return true;
                };
                nest.push(n);
                path.push(n);
                let valid = self.valid_type_in(rhs, nest, path);
                path.pop();
                nest.pop();
                // Inside of another type, a cycle through the outer one may not have been seen from its start.
                if valid
                    && plain
                    && (nest.is_empty()
                        || self.objs[self.types[n].obj].state == super::ObjState::Done)
                {
                    self.types[n].valid = true;
                }
                valid
            }
            Type::TypeParam(_) => {
                // The argument was mentioned where the innermost instance was.
                let Some(inst) = nest.pop() else { return true };
                let tparams = self.types.list(self.type_params(inst)).to_vec();
                let targs = self.types.type_args(inst);
                let valid = match tparams.iter().position(|&p| p == t) {
                    Some(i) if i < targs.len() => {
                        let targ = self.types.at(targs, i);
                        self.valid_type_in(targ, nest, path)
                    }
                    _ => true,
                };
                nest.push(inst);
                valid
            }
            _ => true,
        }
    }
}

impl<'a> Checker<'a> {
    /// Reports interfaces without a name whose methods mention them: such a type could not be written out.
    /// (Go: noder/irgen.go, cycleFinder)
    pub(crate) fn anonymous_interface_cycles(&mut self) {
        let mut cyclic: IdMap<IfaceId, bool> = IdMap::default();
        let mut interfaces = std::mem::take(&mut self.interfaces);
        interfaces.sort();
        for (pos, iface) in interfaces {
            if self.has_interface_cycle(iface, &mut cyclic) {
                let msg = "invalid recursive type: anonymous interface refers to itself (see https://go.dev/issue/56103)";
                self.error(pos, Code::InvalidTypeCycle, msg);
                // One error is enough for all that take part in it.
                cyclic.values_mut().for_each(|c| *c = false);
            }
        }
    }

    fn has_interface_cycle(&mut self, iface: IfaceId, cyclic: &mut IdMap<IfaceId, bool>) -> bool {
        let methods = self.type_set(iface).methods;
        (0..methods.len()).any(|i| {
            let t = self.objs.ty(self.types.obj(methods, i));
            self.visit_for_cycle(t, cyclic)
        })
    }

    fn visit_for_cycle(&mut self, t: TypeId, cyclic: &mut IdMap<IfaceId, bool>) -> bool {
        let t = self.unalias(t);
        let parts = match self.types.get(t) {
            Type::Pointer { elem }
            | Type::Array { elem, .. }
            | Type::Slice { elem }
            | Type::Chan { elem, .. } => vec![elem],
            Type::Map { key, elem } => vec![key, elem],
            Type::Struct(s) => self.types_of(self.types.objs(self.types[s].fields)),
            Type::Tuple(vars) => self.types_of(self.types.objs(vars)),
            Type::Signature(s) => {
                let mut list = self.types_of(self.types.objs(self.types[s].params));
                list.extend(self.types_of(self.types.objs(self.types[s].results)));
                list
            }
            Type::Interface(i) => {
                let data = &self.types[i];
                if data.methods.is_empty() && data.embeddeds.is_empty() {
                    return false;
                }
                if let Some(&c) = cyclic.get(&i) {
                    return c;
                }
                cyclic.insert(i, true);
                let found = self.has_interface_cycle(i, cyclic);
                if !found {
                    cyclic.insert(i, false);
                }
                return found;
            }
            // What has a name ends every cycle.
            _ => return false,
        };
        parts.into_iter().any(|p| self.visit_for_cycle(p, cyclic))
    }
}
