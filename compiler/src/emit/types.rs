//! Type descriptors: which types have one, what is in it, and which of its methods are emitted.
//!
//! A type gets a descriptor when code mentions it. Its methods are listed only when a value of it may get into an
//! interface: it is converted to one, or is a part of such a type that reflection can reach. A listed method is emitted
//! when some emitted call selects it.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use minigo_bytecode::typedesc::{
    Detail, Equality, Field, IfaceMethod, Kind, Method, SelIdx, TypeDesc, TypeIdx,
};

use super::Emitter;
use crate::check::{Basic, ChanDir, ObjId, ObjectKind, PkgId, Type};
use crate::instantiate::SetMethod;
use crate::layout::{Class, Ty, TyKind};

/// What is known about descriptors.
#[derive(Default)]
pub struct TypeState {
    index: HashMap<Ty, TypeIdx>,
    /// Descriptors that are not filled in yet.
    queue: Vec<Ty>,
    /// Types that may be in interfaces.
    in_iface: HashSet<Ty>,
    iface_queue: Vec<Ty>,
    /// Listed methods by selector.
    by_sel: HashMap<SelIdx, Vec<Listed>>,
    /// Selectors that are called.
    called: HashSet<SelIdx>,
    pending: Vec<Listed>,
    strings: HashMap<Ty, Rc<str>>,
    /// Whether values are looked at by reflection.
    reflection: bool,
    /// Whether it calls methods by name or number.
    by_name: bool,
    /// Descriptors that were changed after they were made; in a session, since the last input.
    pub touched: HashSet<TypeIdx>,
}

/// A method in a descriptor.
#[derive(Clone, Debug)]
struct Listed {
    idx: TypeIdx,
    at: usize,
    ty: Ty,
    method: SetMethod,
}

/// Natives of package reflect that lead to a method which no code selects.
const BY_NAME: &[&str] = &["reflect.Value.Method", "reflect.rtype.method"];
/// Types that they make values of, and whether the pointer to it is meant.
const REFLECT_TYPES: &[(&str, bool)] = &[("rtype", true), ("ValueError", true), ("Value", false)];

/// Masks longer than this are described by the element.
const MAX_MASK_WORDS: u64 = 64 << 10;

impl Emitter<'_, '_> {
    /// The descriptor of a type.
    pub fn type_idx(&mut self, ty: Ty) -> TypeIdx {
        if let Some(&i) = self.types.index.get(&ty) {
            return i;
        }
        let i = self.prog.types.len() as TypeIdx;
        self.prog.types.push(TypeDesc {
            kind: Kind::Invalid,
            size: 0,
            align: 1,
            ptrdata: 0,
            ptrmask: Vec::new(),
            equality: Equality::None,
            string: String::new(),
            name: String::new(),
            pkg_path: String::new(),
            detail: Detail::Basic,
            methods: Vec::new(),
            ptr_to: None,
        });
        self.types.index.insert(ty, i);
        self.types.queue.push(ty);
        i
    }

    /// The descriptor of a type whose values get into interfaces.
    pub fn iface_type_idx(&mut self, ty: Ty) -> TypeIdx {
        self.reach(ty);
        self.type_idx(ty)
    }

    /// The descriptor of a type that a dynamic type is compared with.
    pub fn assert_type_idx(&mut self, ty: Ty) -> TypeIdx {
        self.type_idx(ty)
    }

    fn reach(&mut self, ty: Ty) {
        if self.types.in_iface.insert(ty) {
            self.types.iface_queue.push(ty);
        }
    }

    /// The selector of an interface's method; `called` when code calls it.
    pub fn iface_selector(&mut self, iface: Ty, method: usize, called: bool) -> u16 {
        let TyKind::Interface(methods) = self.under_kind(iface) else {
            return 0;
        };
        let m = methods[method].clone();
        let sel = self.selector(m.name, m.pkg, m.sig);
        if called && self.types.called.insert(sel) {
            let listed = self.types.by_sel.get(&sel).cloned().unwrap_or_default();
            self.types.pending.extend(listed);
        }
        if sel > u16::MAX as u32 {
            self.error(
                minigo_syntax::source::Pos::NONE,
                "program has more than 65536 interface methods".into(),
            );
        }
        sel as u16
    }

    /// Fills in descriptors and emits methods until nothing is new. Reports whether there is more code to emit.
    pub fn more_types(&mut self) -> bool {
        loop {
            if let Some(ty) = self.types.queue.pop() {
                self.describe(ty);
            } else if let Some(ty) = self.types.iface_queue.pop() {
                self.list_methods(ty);
            } else if let Some(l) = self.types.pending.pop() {
                let func = self.entry_func(l.ty, &l.method.found);
                self.prog.types[l.idx as usize].methods[l.at].func = Some(func);
                self.types.touched.insert(l.idx);
            } else {
                break;
            }
        }
        !self.work.is_empty()
    }

    fn describe(&mut self, ty: Ty) {
        let idx = self.types.index[&ty] as usize;
        let l = self.layout(ty);
        let mut d = TypeDesc {
            kind: Kind::Invalid,
            size: l.size,
            align: l.align,
            ptrdata: 0,
            ptrmask: Vec::new(),
            equality: self.equality(ty),
            string: self.type_string(ty).to_string(),
            name: String::new(),
            pkg_path: String::new(),
            detail: Detail::Basic,
            methods: std::mem::take(&mut self.prog.types[idx].methods),
            ptr_to: self.prog.types[idx].ptr_to,
        };
        (d.ptrdata, d.ptrmask) = self.pointer_mask(ty);
        match self.tys.kind(ty).clone() {
            TyKind::Named(n) => {
                let obj = self.ck.types[n.origin].obj;
                let o = &self.ck.objs[obj];
                let (name, pkg) = (o.name, o.pkg);
                d.name = name.as_str().to_owned();
                d.name.push_str(&self.targs_string(&n.outer, &n.targs));
                if let Some(p) = pkg {
                    d.pkg_path = self
                        .main_path(Some(p), self.ck.pkg(p).path.as_str())
                        .to_owned();
                }
            }
            TyKind::Basic(b) => d.name = b.name().to_owned(),
            _ => {}
        }
        match self.under_kind(ty) {
            TyKind::Basic(b) => d.kind = basic_kind(b),
            TyKind::Pointer(elem) => {
                d.kind = Kind::Pointer;
                let elem = self.type_idx(elem);
                d.detail = Detail::Pointer(elem);
                if matches!(self.tys.kind(ty), TyKind::Pointer(_)) {
                    self.prog.types[elem as usize].ptr_to = Some(idx as TypeIdx);
                    self.types.touched.insert(elem);
                }
            }
            TyKind::Slice(elem) => {
                d.kind = Kind::Slice;
                d.detail = Detail::Slice(self.type_idx(elem));
            }
            TyKind::Array(elem, len) => {
                d.kind = Kind::Array;
                d.detail = Detail::Array(self.type_idx(elem), len);
            }
            TyKind::Map(k, v) => {
                d.kind = Kind::Map;
                d.detail = Detail::Map(self.type_idx(k), self.type_idx(v));
            }
            TyKind::Chan(dir, elem) => {
                d.kind = Kind::Chan;
                let dir = match dir {
                    ChanDir::RecvOnly => 1,
                    ChanDir::SendOnly => 2,
                    ChanDir::SendRecv => 3,
                };
                d.detail = Detail::Chan(self.type_idx(elem), dir);
            }
            TyKind::Func(f) => {
                d.kind = Kind::Func;
                d.detail = Detail::Func {
                    params: f.params.iter().map(|&t| self.type_idx(t)).collect(),
                    results: f.results.iter().map(|&t| self.type_idx(t)).collect(),
                    variadic: f.variadic,
                };
            }
            TyKind::Interface(methods) => {
                d.kind = Kind::Interface;
                let methods = methods
                    .iter()
                    .map(|m| IfaceMethod {
                        name: m.name.as_str().to_owned(),
                        pkg_path: self.pkg_path(m.pkg),
                        ty: self.type_idx(m.sig),
                        sel: self.selector(m.name, m.pkg, m.sig),
                    })
                    .collect();
                d.detail = Detail::Interface(methods);
            }
            TyKind::Struct(fields) => {
                d.kind = Kind::Struct;
                let offsets = self.offsets_of(ty);
                let fields = fields
                    .iter()
                    .zip(offsets.iter())
                    .map(|(f, &offset)| Field {
                        name: f.name.as_str().to_owned(),
                        pkg_path: self.pkg_path(f.pkg),
                        ty: self.type_idx(f.ty),
                        offset,
                        tag: String::from_utf8_lossy(&f.tag).into_owned(),
                        embedded: f.embedded,
                    })
                    .collect();
                d.detail = Detail::Struct(fields);
            }
            TyKind::Tuple(_) | TyKind::Named(_) => {}
        }
        // While this one was made, a pointer to it may have been described.
        d.ptr_to = d.ptr_to.or(self.prog.types[idx].ptr_to);
        self.prog.types[idx] = d;
        if self.types.in_iface.contains(&ty) {
            self.reach_parts(ty);
        }
    }

    fn pkg_path(&self, pkg: Option<PkgId>) -> String {
        pkg.map_or(String::new(), |p| {
            self.main_path(pkg, self.ck.pkg(p).path.as_str()).to_owned()
        })
    }

    /// Notes that a native of package reflect is called.
    pub fn use_reflection(&mut self, native: &str) {
        if !self.types.reflection {
            self.types.reflection = true;
            self.type_idx(Ty::UINT8);
            if let Some(reflect) = self.ck.library_package("reflect") {
                for &(name, ptr) in REFLECT_TYPES {
                    if let Some(obj) = self
                        .ck
                        .package_member(reflect, minigo_syntax::symbol::Symbol::intern(name))
                    {
                        let t = self.obj_type(obj);
                        let ty = self.ty(t);
                        let ty = if ptr { self.tys.pointer(ty) } else { ty };
                        self.iface_type_idx(ty);
                    }
                }
            }
            // From now on there are more parts: those of func types.
            let mut before: Vec<Ty> = self.types.in_iface.iter().copied().collect();
            before.sort_unstable();
            for ty in before {
                self.reach_parts(ty);
            }
        }
        if BY_NAME.contains(&native) && !self.types.by_name {
            self.types.by_name = true;
            let listed = self.types.by_sel.values().flatten();
            let exported = listed.filter(|l| l.method.pkg.is_none());
            let mut exported: Vec<Listed> = exported.cloned().collect();
            exported.sort_unstable_by_key(|l| (l.idx, l.at));
            self.types.pending.extend(exported);
        }
    }

    /// What reflection reaches from a value of a type.
    fn reach_parts(&mut self, ty: Ty) {
        match self.under_kind(ty) {
            TyKind::Pointer(t) | TyKind::Slice(t) | TyKind::Array(t, _) | TyKind::Chan(_, t) => {
                self.reach(t);
            }
            TyKind::Map(k, v) => {
                self.reach(k);
                self.reach(v);
            }
            TyKind::Struct(fields) => {
                for f in fields.iter() {
                    self.reach(f.ty);
                }
            }
            TyKind::Func(f) if self.types.reflection => {
                for &t in f.params.iter().chain(f.results.iter()) {
                    self.reach(t);
                }
            }
            _ => {}
        }
    }

    /// Lists the methods of a type that may be in an interface.
    fn list_methods(&mut self, ty: Ty) {
        self.reach_parts(ty);
        if self.is_iface(ty) {
            return;
        }
        let (base, is_ptr) = match self.tys.kind(ty) {
            TyKind::Pointer(elem) => (*elem, true),
            _ => (ty, false),
        };
        if is_ptr && (self.is_iface(base) || self.pointee(base).is_some()) {
            return;
        }
        let set = self.method_set(base);
        if set.is_empty() {
            return;
        }
        let idx = self.type_idx(ty);
        if !is_ptr {
            // An addressable value's pointer has more methods; reflection finds it through the value.
            let ptr = self.tys.pointer(ty);
            self.iface_type_idx(ptr);
        }
        let mut methods = Vec::new();
        for m in set.iter().filter(|m| is_ptr || m.on_value) {
            let sig = self.found_sig(&m.found);
            let sel = self.selector(m.name, m.pkg, sig);
            let listed = Listed {
                idx,
                at: methods.len(),
                ty,
                method: m.clone(),
            };
            let by_name = self.types.by_name && m.pkg.is_none();
            if self.types.called.contains(&sel) || by_name {
                self.types.pending.push(listed.clone());
            }
            self.types.by_sel.entry(sel).or_default().push(listed);
            methods.push(Method {
                name: m.name.as_str().to_owned(),
                pkg_path: self.pkg_path(m.pkg),
                ty: self.type_idx(sig),
                sel,
                func: None,
            });
        }
        self.prog.types[idx as usize].methods = methods;
        self.types.touched.insert(idx);
    }

    /// Lists the methods of types once more that may be in interfaces and that `changed` accepts.
    pub fn list_again(&mut self, changed: &mut dyn FnMut(&mut Self, Ty) -> bool) {
        let all: Vec<Ty> = self.types.in_iface.iter().copied().collect();
        for ty in all {
            if !changed(self, ty) {
                continue;
            }
            if let Some(&idx) = self.types.index.get(&ty) {
                for listed in self.types.by_sel.values_mut() {
                    listed.retain(|l| l.idx != idx);
                }
                self.prog.types[idx as usize].methods.clear();
                self.types.touched.insert(idx);
            }
            self.types.iface_queue.push(ty);
        }
    }

    // ---- comparing

    fn equality(&mut self, ty: Ty) -> Equality {
        match self.under_kind(ty) {
            TyKind::Basic(b) => match b {
                Basic::Float32
                | Basic::Float64
                | Basic::Complex64
                | Basic::Complex128
                | Basic::String => Equality::Structural,
                _ => Equality::Memory,
            },
            TyKind::Pointer(_) | TyKind::Chan(..) => Equality::Memory,
            TyKind::Interface(_) => Equality::Structural,
            TyKind::Slice(_) | TyKind::Map(..) | TyKind::Func(_) => Equality::None,
            TyKind::Array(elem, _) => self.equality(elem),
            TyKind::Struct(fields) => {
                let mut all = Equality::Memory;
                let mut bytes = 0;
                for f in fields.iter() {
                    bytes += self.layout(f.ty).size;
                    match self.equality(f.ty) {
                        Equality::None => return Equality::None,
                        Equality::Structural => all = Equality::Structural,
                        Equality::Memory => {}
                    }
                    if f.name.is_blank() {
                        all = Equality::Structural;
                    }
                }
                if bytes == self.layout(ty).size {
                    all
                } else {
                    Equality::Structural
                }
            }
            TyKind::Tuple(_) | TyKind::Named(_) => Equality::None,
        }
    }

    // ---- pointers

    /// Bytes up to the last pointer, and a bit per word of them.
    pub fn pointer_mask(&mut self, ty: Ty) -> (u64, Vec<u64>) {
        let l = self.layout(ty);
        if !l.pointers {
            return (0, Vec::new());
        }
        if l.size / 8 > MAX_MASK_WORDS && matches!(self.under_kind(ty), TyKind::Array(..)) {
            return (l.size, Vec::new());
        }
        let mut mask = vec![0u64; (l.size / 8).div_ceil(64) as usize];
        self.mark_pointers(ty, 0, &mut mask);
        let last = mask
            .iter()
            .enumerate()
            .rev()
            .find(|(_, w)| **w != 0)
            .map_or(0, |(i, w)| i as u64 * 64 + 64 - w.leading_zeros() as u64);
        mask.truncate(last.div_ceil(64) as usize);
        (last * 8, mask)
    }

    /// Sets the bits of a value's pointers, `off` bytes into a mask.
    pub fn mark_pointers(&mut self, ty: Ty, off: u64, mask: &mut [u64]) {
        let l = self.layout(ty);
        if !l.pointers {
            return;
        }
        let mut set = |word: u64| mask[(word / 64) as usize] |= 1 << (word % 64);
        match l.class {
            Class::Ptr | Class::Str | Class::Slice => set(off / 8),
            Class::Iface => {
                set(off / 8);
                set(off / 8 + 1);
            }
            Class::Agg | Class::Far => match self.under_kind(ty) {
                TyKind::Array(elem, len) => {
                    let size = self.layout(elem).size;
                    for i in 0..len {
                        self.mark_pointers(elem, off + i * size, mask);
                    }
                }
                TyKind::Struct(fields) => {
                    let offsets = self.offsets_of(ty);
                    for (f, o) in fields.iter().zip(offsets.iter()) {
                        self.mark_pointers(f.ty, off + o, mask);
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }

    // ---- spelling

    /// A type as reflect's String spells it.
    pub fn type_string(&mut self, ty: Ty) -> Rc<str> {
        if let Some(s) = self.types.strings.get(&ty) {
            return s.clone();
        }
        let mut out = String::new();
        self.write_type(ty, &mut out, false);
        let s: Rc<str> = out.into();
        self.types.strings.insert(ty, s.clone());
        s
    }

    /// Type arguments in brackets: first those of the function that the type is declared in.
    fn targs_string(&mut self, outer: &[Ty], targs: &[Ty]) -> String {
        if outer.is_empty() && targs.is_empty() {
            return String::new();
        }
        let mut out = String::from("[");
        for (i, &t) in outer.iter().chain(targs).enumerate() {
            if i > 0 {
                out.push(if i == outer.len() { ';' } else { ',' });
            }
            self.write_type(t, &mut out, true);
        }
        out.push(']');
        out
    }

    /// The number of a type that is declared in a function, among those of its package.
    fn local_number(&self, obj: ObjId) -> Option<usize> {
        let o = &self.ck.objs[obj];
        let pkg = o.pkg?;
        let scope = &self.ck.scopes[self.ck.pkg(pkg).scope];
        if scope.lookup(o.name) == Some(obj) {
            return None;
        }
        let mut before = 0;
        for i in 0..self.ck.objs.len() {
            let id = ObjId::new(i);
            let other = &self.ck.objs[id];
            let defines = matches!(other.kind, ObjectKind::TypeName)
                && other.pkg == Some(pkg)
                && other.pos < o.pos
                && scope.lookup(other.name) != Some(id)
                && other.ty.is_some_and(|t| {
                    matches!(self.ck.types.get(t), Type::Named(n) if self.ck.types.named_obj(n) == id)
                });
            before += defines as usize;
        }
        Some(before + 1)
    }

    /// Type arguments (`full`) are spelled as the linker has them: with their packages' whole paths.
    fn write_type(&mut self, ty: Ty, out: &mut String, full: bool) {
        match self.tys.kind(ty).clone() {
            TyKind::Basic(b) => {
                out.push_str(if b == Basic::UnsafePointer {
                    "unsafe.Pointer"
                } else {
                    b.name()
                });
            }
            TyKind::Named(n) => {
                let obj = self.ck.types[n.origin].obj;
                let o = &self.ck.objs[obj];
                if let Some(p) = o.pkg {
                    let pkg = self.ck.pkg(p);
                    let name = if full {
                        self.main_path(Some(p), pkg.path.as_str())
                    } else {
                        pkg.name.as_str()
                    };
                    out.push_str(name);
                    out.push('.');
                }
                out.push_str(o.name.as_str());
                let targs = self.targs_string(&n.outer, &n.targs);
                out.push_str(&targs);
                if full && let Some(n) = self.local_number(obj) {
                    out.push_str(&format!("·{n}"));
                }
            }
            TyKind::Pointer(t) => {
                out.push('*');
                self.write_type(t, out, full);
            }
            TyKind::Slice(t) => {
                out.push_str("[]");
                self.write_type(t, out, full);
            }
            TyKind::Array(t, n) => {
                out.push_str(&format!("[{n}]"));
                self.write_type(t, out, full);
            }
            TyKind::Map(k, v) => {
                out.push_str("map[");
                self.write_type(k, out, full);
                out.push(']');
                self.write_type(v, out, full);
            }
            TyKind::Chan(dir, t) => {
                let inner_recv = matches!(self.tys.kind(t), TyKind::Chan(ChanDir::RecvOnly, _));
                match dir {
                    ChanDir::SendRecv if inner_recv => {
                        out.push_str("chan (");
                        self.write_type(t, out, full);
                        out.push(')');
                        return;
                    }
                    ChanDir::SendRecv => out.push_str("chan "),
                    ChanDir::SendOnly => out.push_str("chan<- "),
                    ChanDir::RecvOnly => out.push_str("<-chan "),
                }
                self.write_type(t, out, full);
            }
            TyKind::Func(_) => {
                out.push_str("func");
                self.write_sig(ty, out, full);
            }
            TyKind::Interface(methods) => {
                out.push_str("interface {");
                for (i, m) in methods.iter().enumerate() {
                    out.push_str(if i > 0 { "; " } else { " " });
                    if let Some(p) = m.pkg {
                        out.push_str(self.ck.pkg(p).name.as_str());
                        out.push('.');
                    }
                    out.push_str(m.name.as_str());
                    self.write_sig(m.sig, out, full);
                }
                out.push_str(if methods.is_empty() { "}" } else { " }" });
            }
            TyKind::Struct(fields) => {
                out.push_str("struct {");
                for (i, f) in fields.iter().enumerate() {
                    out.push_str(if i > 0 { "; " } else { " " });
                    if !f.embedded {
                        if full && let Some(p) = f.pkg {
                            out.push_str(self.main_path(Some(p), self.ck.pkg(p).path.as_str()));
                            out.push('.');
                        }
                        out.push_str(f.name.as_str());
                        out.push(' ');
                    }
                    self.write_type(f.ty, out, full);
                    if !f.tag.is_empty() {
                        out.push(' ');
                        out.push_str(&crate::check::quote::quote(&f.tag));
                    }
                }
                out.push_str(if fields.is_empty() { "}" } else { " }" });
            }
            TyKind::Tuple(_) => out.push_str("()"),
        }
    }

    fn write_sig(&mut self, sig: Ty, out: &mut String, full: bool) {
        let f = self.func_ty(sig);
        out.push('(');
        for (i, &p) in f.params.iter().enumerate() {
            if i > 0 {
                out.push_str(", ");
            }
            if f.variadic && i + 1 == f.params.len() {
                out.push_str("...");
                let elem = self.slice_elem(p);
                self.write_type(elem, out, full);
            } else {
                self.write_type(p, out, full);
            }
        }
        out.push(')');
        match &f.results[..] {
            [] => {}
            [r] => {
                out.push(' ');
                self.write_type(*r, out, full);
            }
            results => {
                out.push_str(" (");
                for (i, &r) in results.iter().enumerate() {
                    if i > 0 {
                        out.push_str(", ");
                    }
                    self.write_type(r, out, full);
                }
                out.push(')');
            }
        }
    }
}

fn basic_kind(b: Basic) -> Kind {
    match b {
        Basic::Bool | Basic::UntypedBool => Kind::Bool,
        Basic::Int | Basic::UntypedInt => Kind::Int,
        Basic::Int8 => Kind::Int8,
        Basic::Int16 => Kind::Int16,
        Basic::Int32 | Basic::UntypedRune => Kind::Int32,
        Basic::Int64 => Kind::Int64,
        Basic::Uint => Kind::Uint,
        Basic::Uint8 => Kind::Uint8,
        Basic::Uint16 => Kind::Uint16,
        Basic::Uint32 => Kind::Uint32,
        Basic::Uint64 => Kind::Uint64,
        Basic::Uintptr => Kind::Uintptr,
        Basic::Float32 => Kind::Float32,
        Basic::Float64 | Basic::UntypedFloat => Kind::Float64,
        Basic::Complex64 => Kind::Complex64,
        Basic::Complex128 | Basic::UntypedComplex => Kind::Complex128,
        Basic::String | Basic::UntypedString => Kind::String,
        Basic::UnsafePointer | Basic::UntypedNil => Kind::UnsafePointer,
        Basic::Invalid => Kind::Invalid,
    }
}
