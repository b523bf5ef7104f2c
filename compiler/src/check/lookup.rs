//! Fields and methods: finding them through embedding, and what a type lacks of an interface. (Go: types2/lookup.go)

use minigo_syntax::symbol::Symbol;

use super::object::{equal_fold, is_exported};
use super::typestring::{Qualify, TypeWriter};
use super::{Checker, NamedId, ObjId, ObjList, PkgId, StructId, Type, TypeId};

/// What a look-up of a field or method found.
#[derive(Clone, Debug)]
pub struct Lookup {
    /// The field or method. A method's type may not be known yet: ask `obj_decl` first.
    pub obj: ObjId,
    /// The way to it: see [`Selection::index`](super::Selection::index).
    pub index: Vec<u32>,
    /// Whether a pointer is followed on the way.
    pub indirect: bool,
}

/// The outcome of a look-up.
#[derive(Clone, Debug)]
pub enum LookupResult {
    /// It is there.
    Found(Lookup),
    /// Several at the same depth; the path to one of them.
    Ambiguous(Vec<u32>),
    /// A method with a pointer receiver, and the value is not addressable.
    PointerReceiver,
    /// Nothing of that name.
    NotFound,
}

impl LookupResult {
    /// What was found, if that is one thing.
    pub fn found(self) -> Option<Lookup> {
        match self {
            LookupResult::Found(l) => Some(l),
            _ => None,
        }
    }
}

/// How many instances of one generic type are looked into during one look-up.
const MAX_INSTANCES: usize = 10;

/// An embedded type on the way down.
struct Embedded {
    ty: TypeId,
    index: Vec<u32>,
    indirect: bool,
    /// It is embedded several times at this depth, so that what it has is ambiguous.
    multiples: bool,
}

/// Why a method is missing.
enum Missing {
    NotFound,
    WrongName,
    Unexported,
    WrongSig,
    Ambiguous,
    PtrRecv,
    Field,
}

/// Compares the types of two methods.
pub(crate) type Equivalent<'f, 'a> = &'f mut dyn FnMut(&mut Checker<'a>, TypeId, TypeId) -> bool;

impl<'a> Checker<'a> {
    /// Looks for a field or method. Methods of generic types come instantiated.
    pub fn lookup_field_or_method(
        &mut self,
        t: TypeId,
        addressable: bool,
        pkg: Option<PkgId>,
        name: Symbol,
        fold_case: bool,
    ) -> LookupResult {
        // A defined pointer type has fields, but no methods.
        if self.as_named(t).is_some() {
            let u = self.under(t);
            if let Type::Pointer { .. } = self.types.get(u) {
                let result = self.lookup_impl(u, false, pkg, name, fold_case);
                return match &result {
                    LookupResult::Found(l) if self.objs[l.obj].is_func() => LookupResult::NotFound,
                    _ => result,
                };
            }
        }
        self.lookup_impl(t, addressable, pkg, name, fold_case)
    }

    fn lookup_impl(
        &mut self,
        t: TypeId,
        addressable: bool,
        pkg: Option<PkgId>,
        name: Symbol,
        fold_case: bool,
    ) -> LookupResult {
        if name.is_blank() {
            return LookupResult::NotFound;
        }
        let (ty, is_ptr) = self.deref(t);
        // A pointer to an interface has no methods, not even the interface's.
        if is_ptr && self.is_interface(ty) {
            return LookupResult::NotFound;
        }
        let mut current = vec![Embedded {
            ty,
            index: Vec::new(),
            indirect: is_ptr,
            multiples: false,
        }];
        let mut seen: Vec<NamedId> = Vec::new();
        while !current.is_empty() {
            let mut next: Vec<Embedded> = Vec::new();
            let mut found: Option<Lookup> = None;
            // Finding a second one at the same depth makes it ambiguous.
            let add = |found: &mut Option<Lookup>, e: &Embedded, i: usize, obj: ObjId| {
                let mut index = e.index.clone();
                index.push(i as u32);
                if found.is_some() || e.multiples {
                    return Err(LookupResult::Ambiguous(index));
                }
                *found = Some(Lookup {
                    obj,
                    index,
                    indirect: e.indirect,
                });
                Ok(())
            };
            for e in &current {
                if let Some(named) = self.as_named(e.ty) {
                    // A type seen before was seen at a depth where it shadows this one, or is a cycle.
                    if seen
                        .iter()
                        .any(|&s| s == named || self.identical_named(s, named))
                    {
                        continue;
                    }
                    // Instances that embed ever larger instances of themselves are reported as such, but later.
                    let orig = self.types.origin(named);
                    let same = seen.iter().filter(|&&s| self.types.origin(s) == orig);
                    if same.count() >= MAX_INSTANCES {
                        continue;
                    }
                    seen.push(named);
                    if let Some((i, m)) = self.named_method(named, pkg, name, fold_case) {
                        if let Err(ambiguous) = add(&mut found, e, i, m) {
                            return ambiguous;
                        }
                        continue;
                    }
                }
                match self.under_type(e.ty) {
                    Type::Struct(s) => {
                        let fields = self.types[s].fields;
                        for i in 0..fields.len() {
                            let f = self.types.obj(fields, i);
                            let fld = &self.objs[f];
                            if fld.same_id(pkg, name, fold_case) {
                                if let Err(ambiguous) = add(&mut found, e, i, f) {
                                    return ambiguous;
                                }
                                continue;
                            }
                            if found.is_none() && fld.is_embedded() {
                                let (ty, is_ptr) = self.deref(self.objs.ty(f));
                                // Only defined types, interfaces and structs have something to find.
                                let mut index = e.index.clone();
                                index.push(i as u32);
                                let indirect = e.indirect || is_ptr;
                                next.push(Embedded {
                                    ty,
                                    index,
                                    indirect,
                                    multiples: e.multiples,
                                });
                            }
                        }
                    }
                    Type::Interface(iface) => {
                        let methods = self.type_set(iface).methods;
                        if let Some((i, m)) = self.find_method(methods, pkg, name, fold_case)
                            && let Err(ambiguous) = add(&mut found, e, i, m)
                        {
                            return ambiguous;
                        }
                    }
                    _ => {}
                }
            }
            if let Some(l) = found {
                if self.objs[l.obj].is_func()
                    && !l.indirect
                    && !addressable
                    && self.has_ptr_recv(l.obj)
                {
                    return LookupResult::PointerReceiver;
                }
                return LookupResult::Found(l);
            }
            current = self.consolidate(next);
        }
        LookupResult::NotFound
    }

    fn identical_named(&mut self, a: NamedId, b: NamedId) -> bool {
        self.types[a].inst.is_some() && self.types[b].inst.is_some() && {
            let (a, b) = (self.types[a].ty, self.types[b].ty);
            self.identical(a, b)
        }
    }

    /// A method declared for a type itself.
    fn named_method(
        &mut self,
        named: NamedId,
        pkg: Option<PkgId>,
        name: Symbol,
        fold_case: bool,
    ) -> Option<(usize, ObjId)> {
        let obj = self.types.named_obj(named);
        // The methods of a type of a lazy package belong to it from the moment its declaration is checked.
        if self.types[self.types.origin(named)].methods.is_empty() {
            return None;
        }
        if self.objs[obj].pkg != pkg && !is_exported(name) && !fold_case {
            return None;
        }
        let i = self.method_index(named, name, fold_case)?;
        Some((i, self.method(named, i)))
    }

    /// A method among those of a type set.
    pub(crate) fn find_method(
        &self,
        methods: ObjList,
        pkg: Option<PkgId>,
        name: Symbol,
        fold_case: bool,
    ) -> Option<(usize, ObjId)> {
        let methods = self.types.objs(methods);
        let i = methods
            .iter()
            .position(|&m| self.objs[m].same_id(pkg, name, fold_case))?;
        Some((i, methods[i]))
    }

    /// Merges the types that are embedded several times at one depth.
    fn consolidate(&mut self, list: Vec<Embedded>) -> Vec<Embedded> {
        let mut result: Vec<Embedded> = Vec::with_capacity(list.len());
        for e in list {
            match (0..result.len()).find(|&i| self.identical(result[i].ty, e.ty)) {
                Some(i) => result[i].multiples = true,
                None => result.push(e),
            }
        }
        result
    }

    /// The first method of interface `t` that `v` lacks, and whether it has one with another type or a pointer receiver.
    /// `equivalent` compares method types. `is_static` demands all methods of an interface `v` too, not only
    /// that those it has fit.
    pub(crate) fn missing_method_by(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
        equivalent: Equivalent<'_, 'a>,
        cause: Option<&mut String>,
    ) -> Option<(ObjId, bool)> {
        let Type::Interface(iface) = self.under_type(t) else {
            return None;
        };
        let methods = self.type_set(iface).methods;
        let mut missing = None;
        if methods.is_empty() {
            return None;
        }
        let v_methods = match self.under_type(v) {
            Type::Interface(i) => Some(self.type_set(i).methods),
            _ => None,
        };
        for i in 0..methods.len() {
            let m = self.types.obj(methods, i);
            let (pkg, name) = (self.objs[m].pkg, self.objs[m].name);
            let (state, f) = match v_methods {
                Some(v_methods) => match self.find_method(v_methods, pkg, name, false) {
                    None if !is_static => continue,
                    None => (Missing::NotFound, None),
                    Some((_, f)) => {
                        if equivalent(self, self.objs.ty(f), self.objs.ty(m)) {
                            continue;
                        }
                        (Missing::WrongSig, Some(f))
                    }
                },
                None => match self.lookup_impl(v, false, pkg, name, false) {
                    LookupResult::Found(l) if self.objs[l.obj].is_func() => {
                        self.obj_decl(l.obj);
                        if equivalent(self, self.objs.ty(l.obj), self.objs.ty(m)) {
                            continue;
                        }
                        (Missing::WrongSig, Some(l.obj))
                    }
                    LookupResult::Found(_) => (Missing::Field, None),
                    LookupResult::Ambiguous(_) => (Missing::Ambiguous, None),
                    LookupResult::PointerReceiver => (Missing::PtrRecv, None),
                    LookupResult::NotFound => {
                        let other = self.lookup_impl(v, false, pkg, name, true).found();
                        match other.filter(|l| self.objs[l.obj].is_func()) {
                            Some(l) if self.objs[l.obj].name == name => {
                                (Missing::Unexported, Some(l.obj))
                            }
                            Some(l) => (Missing::WrongName, Some(l.obj)),
                            None => (Missing::NotFound, None),
                        }
                    }
                },
            };
            missing = Some((m, state, f));
            break;
        }
        let (m, state, f) = missing?;
        if let Some(cause) = cause {
            if let Some(f) = f {
                self.obj_decl(f);
            }
            *cause = self.missing_cause(v, t, m, &state, f);
        }
        Some((m, matches!(state, Missing::WrongSig | Missing::PtrRecv)))
    }

    fn missing_cause(
        &mut self,
        v: TypeId,
        t: TypeId,
        m: ObjId,
        state: &Missing,
        f: Option<ObjId>,
    ) -> String {
        let name = self.objs[m].name;
        match (state, f) {
            (Missing::WrongName, Some(f)) => {
                let (have, want) = (self.func_string(f, false), self.func_string(m, false));
                format!("(missing method {name})\n\t\thave {have}\n\t\twant {want}")
            }
            (Missing::Unexported, _) => format!("(unexported method {name})"),
            (Missing::WrongSig, Some(f)) => {
                let (mut have, mut want) = (self.func_string(f, false), self.func_string(m, false));
                if have == want {
                    // The difference lies in packages that the short form does not show.
                    have = self.func_string(f, true);
                    want = self.func_string(m, true);
                }
                if have == want {
                    return format!("(wrong type for method {name})");
                }
                format!("(wrong type for method {name})\n\t\thave {have}\n\t\twant {want}")
            }
            (Missing::Ambiguous, _) => format!("(ambiguous selector {}.{name})", self.tstr(v)),
            (Missing::PtrRecv, _) => format!("(method {name} has pointer receiver)"),
            (Missing::Field, _) => format!("({}.{name} is a field, not a method)", self.tstr(v)),
            _ if self.is_interface_ptr(v) => format!("({})", self.interface_ptr_error(v)),
            _ if self.is_interface_ptr(t) => format!("({})", self.interface_ptr_error(t)),
            _ => format!("(missing method {name})"),
        }
    }

    /// Whether `v` has all methods of interface `t`. `is_static` demands it of an interface `v` too.
    pub(crate) fn has_all_methods(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
        cause: Option<&mut String>,
    ) -> bool {
        self.has_all_methods_by(v, t, is_static, &mut |c, x, y| c.identical(x, y), cause)
    }

    /// The same with another comparison of method types.
    pub(crate) fn has_all_methods_by(
        &mut self,
        v: TypeId,
        t: TypeId,
        is_static: bool,
        equivalent: Equivalent<'_, 'a>,
        cause: Option<&mut String>,
    ) -> bool {
        // Of what is wrong we know nothing: assume the best.
        !self.is_valid(v)
            || self
                .missing_method_by(v, t, is_static, equivalent, cause)
                .is_none()
            || self.has_invalid_embedded(v, &mut Vec::new())
    }

    fn has_invalid_embedded(&mut self, t: TypeId, seen: &mut Vec<StructId>) -> bool {
        let t = self.deref_struct_ptr(t);
        let Type::Struct(s) = self.under_type(t) else {
            return false;
        };
        if seen.contains(&s) {
            return false;
        }
        seen.push(s);
        let fields = self.types[s].fields;
        (0..fields.len()).any(|i| {
            let f = self.types.obj(fields, i);
            let t = self.objs.ty(f);
            self.objs[f].is_embedded() && (!self.is_valid(t) || self.has_invalid_embedded(t, seen))
        })
    }

    /// Whether a value of interface type `v` can have dynamic type `t`; the cause otherwise. (Go: assertableTo)
    pub(crate) fn assertable_to(&mut self, v: TypeId, t: TypeId, cause: &mut String) -> bool {
        // An interface may be implemented by a type that has other methods, too.
        self.is_interface(t) || self.has_all_methods(t, v, false, Some(cause))
    }

    pub(crate) fn is_interface_ptr(&mut self, t: TypeId) -> bool {
        match self.under_type(t) {
            Type::Pointer { elem } => self.is_interface(elem),
            _ => false,
        }
    }

    pub(crate) fn interface_ptr_error(&mut self, t: TypeId) -> String {
        let ts = self.tstr(t);
        match self.under_type(t) {
            Type::Pointer { elem } if self.is_type_param(elem) => {
                format!("type {ts} is pointer to type parameter, not type parameter")
            }
            _ => format!("type {ts} is pointer to interface, not interface"),
        }
    }

    /// A method with its parameter types; with `pkg_info`, packages are written as paths.
    pub(crate) fn func_string(&self, f: ObjId, pkg_info: bool) -> String {
        let qualify = if pkg_info {
            Qualify::Path
        } else {
            Qualify::Relative
        };
        let mut w = TypeWriter::new(self, qualify);
        w.param_names = false;
        w.out.push_str(self.objs[f].name.as_str());
        if let Type::Signature(sig) = self.types.get(self.objs.ty(f)) {
            w.signature(sig);
        }
        w.out
    }

    /// The element type of a pointer, or the type itself; whether it was a pointer.
    pub fn deref(&self, t: TypeId) -> (TypeId, bool) {
        match self.types.get(self.unalias(t)) {
            Type::Pointer { elem } => (elem, true),
            _ => (t, false),
        }
    }

    /// The struct behind a pointer to one, or the type itself.
    pub(crate) fn deref_struct_ptr(&mut self, t: TypeId) -> TypeId {
        if let Type::Pointer { elem } = self.under_type(t)
            && let Type::Struct(_) = self.under_type(elem)
        {
            return elem;
        }
        t
    }

    /// The message for a selector that is not there, with what may have been meant: `obj` has the same name but for case.
    pub(crate) fn lookup_error(
        &mut self,
        t: TypeId,
        sel: Symbol,
        obj: Option<ObjId>,
        struct_lit: bool,
    ) -> String {
        enum Case {
            Missing,
            Misspelled,
            Unexported,
            Inaccessible,
        }
        let mut case = Case::Missing;
        let (mut alt, mut what) = ("", "object");
        if let Some(obj) = obj {
            let o = &self.objs[obj];
            alt = o.name.as_str();
            what = if o.is_var() {
                "field"
            } else if o.is_func() {
                "method"
            } else {
                "object"
            };
            if o.pkg == Some(self.env.pkg) {
                case = Case::Misspelled;
            } else if is_exported(sel) {
                if o.is_exported() {
                    case = Case::Misspelled;
                } else if tail(sel.as_str()) == tail(alt) {
                    case = Case::Unexported;
                }
            } else if o.is_exported() {
                if tail(sel.as_str()) == tail(alt) {
                    case = Case::Misspelled;
                }
            } else if sel == o.name {
                case = Case::Inaccessible;
            }
            debug_assert!(equal_fold(sel.as_str(), alt));
        }
        let ts = self.tstr(t);
        if struct_lit {
            let unknown = format!("unknown field {sel} in struct literal of type {ts}");
            return match case {
                Case::Missing => unknown,
                Case::Misspelled => format!("{unknown}, but does have {alt}"),
                Case::Unexported => format!("{unknown}, but does have unexported {alt}"),
                Case::Inaccessible => {
                    format!("cannot refer to unexported field {alt} in struct literal of type {ts}")
                }
            };
        }
        let unknown = format!("type {ts} has no field or method {sel}");
        match case {
            Case::Missing => unknown,
            Case::Misspelled => format!("{unknown}, but does have {what} {alt}"),
            Case::Unexported => format!("{unknown}, but does have unexported {what} {alt}"),
            Case::Inaccessible => format!("cannot refer to unexported {what} {alt}"),
        }
    }
}

/// A name without its first letter.
fn tail(s: &str) -> &str {
    let mut chars = s.chars();
    chars.next();
    chars.as_str()
}
