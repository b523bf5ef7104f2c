//! Defined types and their lazy completion. (Go: types2/named.go)
//!
//! A declared type gets its right side, type parameters and methods while its declaration is checked. An instance of a generic
//! type begins as nothing but the generic type and the arguments; its right side is substituted when somebody asks for its
//! underlying type, its methods one by one when somebody asks for them. So types may refer to instances of themselves.

use super::object::{ObjId, Object, ObjectKind};
use super::types::{Instance, RecvOld};
use super::{Checker, NamedId, Symbol, Type, TypeId, TypeList, Types};
use minigo_syntax::source::Pos;

impl<'a> Checker<'a> {
    /// An instance of a generic type that is not expanded yet. (Go: newNamedInstance)
    pub(crate) fn new_named_instance(
        &mut self,
        pos: Pos,
        orig: NamedId,
        targs: &[TypeId],
    ) -> NamedId {
        let decl = &self.objs[self.types[orig].obj];
        let obj = Object::type_name(pos, decl.pkg, decl.name, None);
        let obj = self.objs.add(obj);
        let targs = self.types.new_list(targs);
        let named = self.types.new_named(obj, Some(Instance { orig, targs }));
        self.objs[obj].ty = Some(self.types[named].ty);
        self.objs[obj].state = super::ObjState::Done;
        named
    }

    /// Makes type parameters and right side of an instance available. (Go: Named.unpack)
    pub(crate) fn unpack(&mut self, n: NamedId) {
        let Some(inst) = self.types[n].inst else {
            return;
        };
        if self.types[n].unpacked {
            return;
        }
        self.types[n].unpacked = true;
        let rhs = self.expand_rhs(n, inst);
        let tparams = self.types[inst.orig].tparams;
        let named = &mut self.types[n];
        named.tparams = tparams;
        named.rhs = rhs;
        // The generic type's right side may not be there yet; then another attempt follows.
        named.unpacked = rhs.is_some();
    }

    fn expand_rhs(&mut self, n: NamedId, inst: Instance) -> Option<TypeId> {
        let orig_rhs = self.types[inst.orig].rhs?;
        let tparams = self.types.list(self.types[inst.orig].tparams).to_vec();
        let targs = self.types.list(inst.targs).to_vec();
        if tparams.len() != targs.len() {
            return Some(Types::INVALID);
        }
        // A type whose expansion needs an ever larger instance of itself would be expanded for ever.
        if self.instance_depth >= super::instantiate::MAX_DEPTH {
            return Some(Types::INVALID);
        }
        self.instance_depth += 1;
        let pos = self.objs[self.types[n].obj].pos;
        let rhs = self.subst(pos, orig_rhs, &tparams, &targs);
        self.instance_depth -= 1;
        // The methods of an interface have the interface's type as their receivers.
        if let Type::Interface(iface) = self.types.get(rhs) {
            let (orig_ty, ty) = (self.types[inst.orig].ty, self.types[n].ty);
            let methods = self.types.objs(self.types[iface].methods).to_vec();
            if let Some(methods) = self.replace_recv_type(&methods, orig_ty, ty) {
                let methods = self.types.new_objs(&methods);
                let iface = if rhs == orig_rhs {
                    // Nothing was substituted, so the interface still belongs to the generic type.
                    let copy = self.types.new_interface();
                    let embeddeds = self.types[iface].embeddeds;
                    self.types[copy].embeddeds = embeddeds;
                    self.types[copy].complete = true;
                    copy
                } else {
                    iface
                };
                let data = &mut self.types[iface];
                data.methods = methods;
                data.tset = None;
                return Some(data.ty);
            }
        }
        Some(rhs)
    }

    /// Copies methods whose receivers have type `old`, with receivers of type `new`; `None` if there are none.
    pub(crate) fn replace_recv_type(
        &mut self,
        methods: &[ObjId],
        old: TypeId,
        new: TypeId,
    ) -> Option<Vec<ObjId>> {
        let mut copied = None;
        for (i, &m) in methods.iter().enumerate() {
            let Type::Signature(sig) = self.types.get(self.objs.ty(m)) else {
                continue;
            };
            let sig = self.types[sig];
            let Some(recv) = sig.recv else { continue };
            if self.objs[recv].ty == Some(old) {
                let copy = self.types.copy_signature(sig);
                self.types[copy].recv = Some(self.clone_var(recv, new));
                let ty = self.types[copy].ty;
                let m = self.clone_func(m, ty);
                copied.get_or_insert_with(|| methods.to_vec())[i] = m;
            }
        }
        copied
    }

    /// A copy of a variable with another type.
    pub(crate) fn clone_var(&mut self, v: ObjId, ty: TypeId) -> ObjId {
        let mut copy = self.objs[v].clone();
        copy.ty = Some(ty);
        if let ObjectKind::Var { origin, .. } = &mut copy.kind {
            *origin = Some(origin.unwrap_or(v));
        }
        self.objs.add(copy)
    }

    /// A copy of a method with another signature.
    pub(crate) fn clone_func(&mut self, f: ObjId, ty: TypeId) -> ObjId {
        let mut copy = self.objs[f].clone();
        copy.ty = Some(ty);
        copy.state = super::ObjState::Done;
        if let ObjectKind::Func { origin, .. } = &mut copy.kind {
            *origin = Some(origin.unwrap_or(f));
        }
        self.objs.add(copy)
    }

    /// The underlying type of a defined type; the invalid type as long as its declaration is not checked that far.
    pub(crate) fn named_underlying(&mut self, n: NamedId) -> TypeId {
        if let Some(u) = self.types[n].underlying {
            return u;
        }
        let mut path = vec![n];
        let mut next = n;
        let u = loop {
            self.unpack(next);
            let Some(rhs) = self.types[next].rhs else {
                return Types::INVALID;
            };
            let rhs = self.unalias(rhs);
            let Type::Named(m) = self.types.get(rhs) else {
                break rhs;
            };
            if let Some(u) = self.types[m].underlying {
                break u;
            }
            if path.contains(&m) {
                // Reported as an invalid recursive type.
                break Types::INVALID;
            }
            path.push(m);
            next = m;
        };
        // An alias that is still being declared looks invalid now, and may turn out not to be.
        if u == Types::INVALID && !self.obj_path.is_empty() {
            return u;
        }
        for n in path {
            self.types[n].underlying = Some(u);
        }
        u
    }

    /// How many methods are declared for the type.
    pub fn num_methods(&self, named: NamedId) -> usize {
        self.types[self.types.origin(named)].methods.len()
    }

    /// A declared method by its place, instantiated if the type is. Its own type may not be known yet; see `obj_decl`.
    pub fn method(&mut self, named: NamedId, i: usize) -> ObjId {
        let orig = self.types.origin(named);
        let Some(Some(method)) = self.types[orig].methods.get(i).copied() else {
            unreachable!("a declared type has all its methods");
        };
        if orig == named {
            return method;
        }
        let n = self.types[orig].methods.len();
        let methods = &mut self.types[named].methods;
        methods.resize(n, None);
        if let Some(m) = methods[i] {
            return m;
        }
        let m = self.expand_method(named, method);
        self.types[named].methods[i] = Some(m);
        m
    }

    fn expand_method(&mut self, named: NamedId, orig: ObjId) -> ObjId {
        self.obj_decl(orig);
        let Type::Signature(sig) = self.types.get(self.objs.ty(orig)) else {
            return orig;
        };
        let old = self.types[sig];
        let rtpars = self.types.list(old.rparams).to_vec();
        let rtargs = self.types.list(self.types.type_args(named)).to_vec();
        let mut new = sig;
        if rtpars.len() == rtargs.len() {
            let t = self.subst(self.objs[orig].pos, old.ty, &rtpars, &rtargs);
            if let Type::Signature(s) = self.types.get(t) {
                new = s;
            }
        }
        if new == sig {
            new = self.types.copy_signature(old);
        }
        let ty = self.types[named].ty;
        let rtype = if self.has_ptr_recv(orig) {
            self.types.new_pointer(ty)
        } else {
            ty
        };
        let recv = old.recv.map(|r| self.clone_var(r, rtype));
        let data = &mut self.types[new];
        data.recv = recv;
        data.recv_old = RecvOld::None;
        data.rparams = TypeList::EMPTY;
        let sig_ty = data.ty;
        self.clone_func(orig, sig_ty)
    }

    /// Whether a method has a pointer receiver; known from the syntax before its type is.
    pub fn has_ptr_recv(&self, method: ObjId) -> bool {
        let m = &self.objs[method];
        if let Some(Type::Signature(sig)) = m.ty.map(|t| self.types.get(t))
            && let Some(recv) = self.types[sig].recv
        {
            let t = self.unalias(self.objs.ty(recv));
            return matches!(self.types.get(t), Type::Pointer { .. });
        }
        matches!(
            m.kind,
            ObjectKind::Func {
                has_ptr_recv: true,
                ..
            }
        )
    }

    /// The place of a method among those declared for a type.
    pub(crate) fn method_index(
        &self,
        named: NamedId,
        name: Symbol,
        fold_case: bool,
    ) -> Option<usize> {
        if name.is_blank() {
            return None;
        }
        let orig = self.types.origin(named);
        self.types[orig].methods.iter().flatten().position(|&m| {
            let m = self.objs[m].name;
            m == name || (fold_case && super::object::equal_fold(m.as_str(), name.as_str()))
        })
    }

    /// The type parameters of a generic type or an instance of one.
    pub fn type_params(&self, named: NamedId) -> TypeList {
        self.types[self.types.origin(named)].tparams
    }

    /// Whether a type is complete, that is, its underlying type can be found; reports the cycle otherwise.
    /// (Go: isComplete)
    pub(crate) fn is_complete(&mut self, t: TypeId) -> bool {
        let mut t = t;
        // Each step follows a declaration; there are not more of them than there are declarations being checked.
        for _ in 0..=self.types.len() {
            let (obj, rhs) = match self.types.get(t) {
                Type::Named(n) if self.types[n].inst.is_none() => {
                    (self.types[n].obj, self.types[n].rhs)
                }
                Type::Alias(a) => (self.types[a].obj, self.types[a].rhs),
                _ => return true,
            };
            if let Some(i) = self.obj_path.iter().position(|&o| o == obj) {
                let cycle = self.obj_path[i..].to_vec();
                let start = self.first_in_source(&cycle);
                self.cycle_error(&cycle, start);
                return false;
            }
            match rhs {
                Some(rhs) => t = rhs,
                None => return false,
            }
        }
        true
    }

    /// Whether the size of a type depends on type parameters, or is infinite by a cycle that is reported here.
    /// (Go: hasVarSize)
    pub(crate) fn has_var_size(&mut self, t: TypeId) -> bool {
        let t = self.unalias(t);
        match self.types.get(t) {
            Type::Named(n) => {
                if let Some(known) = self.types[n].var_size {
                    return known;
                }
                let obj = self.types[n].obj;
                if let Some(i) = self.obj_path.iter().position(|&o| o == obj) {
                    let cycle = self.obj_path[i..].to_vec();
                    let start = self.first_in_source(&cycle);
                    self.cycle_error(&cycle, start);
                    return true;
                }
                if self.obj_path.len() > 5000 {
                    return true;
                }
                self.unpack(n);
                let Some(rhs) = self.types[n].rhs else {
                    return false;
                };
                self.obj_path.push(obj);
                let var_size = self.has_var_size(rhs);
                self.obj_path.pop();
                self.types[n].var_size = Some(var_size);
                var_size
            }
            Type::Array { elem, .. } => self.has_var_size(elem),
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                (0..fields.len()).any(|i| {
                    let f = self.objs.ty(self.types.obj(fields, i));
                    self.has_var_size(f)
                })
            }
            Type::TypeParam(_) => true,
            _ => false,
        }
    }
}
