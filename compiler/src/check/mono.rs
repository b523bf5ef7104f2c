//! Instantiation without end: generic functions that call themselves with ever larger type arguments. (Go: types2/mono.go)
//!
//! A graph whose vertices are type parameters, and types declared inside generic functions. An edge says that one is
//! instantiated with the other: weight 0 for the type parameter itself, 1 for a type made from it. A cycle of positive weight
//! needs infinitely many instances.

use minigo_syntax::ast::Expr;
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;

use super::types::TypeParamId;
use super::{Checker, Error, IdMap, NamedId, ObjId, PkgId, Type, TypeId};

/// The graph.
#[derive(Default)]
pub(crate) struct Graph {
    vertices: Vec<Vertex>,
    edges: Vec<Edge>,
    /// For copies of type parameters (of receivers, and renamed ones), the original.
    canon: IdMap<TypeParamId, TypeParamId>,
    index: IdMap<ObjId, Option<usize>>,
    /// Edges up to here are known to be on no cycle.
    checked: usize,
}

struct Vertex {
    /// Weight of the heaviest path known to lead here.
    weight: u32,
    /// The last edge of that path.
    pre: usize,
    /// Its length.
    len: usize,
    obj: ObjId,
}

struct Edge {
    dst: usize,
    src: usize,
    weight: u32,
    pos: Pos,
    ty: TypeId,
}

impl<'a> Checker<'a> {
    /// Notes that a type parameter stands for another one.
    pub(crate) fn mono_canon(&mut self, copy: TypeParamId, orig: TypeParamId) {
        let orig = self.mono.canon.get(&orig).copied().unwrap_or(orig);
        self.mono.canon.insert(copy, orig);
    }

    /// Notes an instantiation.
    pub(crate) fn mono_instance(
        &mut self,
        pkg: PkgId,
        pos: Pos,
        tparams: &[TypeId],
        targs: &[TypeId],
        exprs: Option<&[Expr]>,
    ) {
        for (i, (&tparam, &targ)) in tparams.iter().zip(targs).enumerate() {
            let pos = exprs.and_then(|e| e.get(i)).map_or(pos, Expr::start_pos);
            let Type::TypeParam(p) = self.types.get(tparam) else {
                continue;
            };
            // Imported generic code cannot call back into this package.
            if self.objs[self.types[p].obj].pkg == Some(pkg) {
                self.mono_assign(pkg, pos, p, targ, targ, 0);
            }
        }
    }

    fn mono_assign(
        &mut self,
        pkg: PkgId,
        pos: Pos,
        p: TypeParamId,
        targ: TypeId,
        t: TypeId,
        depth: u32,
    ) {
        if depth > 100 {
            return;
        }
        let t = self.unalias(t);
        let parts: Vec<TypeId> = match self.types.get(t) {
            Type::TypeParam(q) => {
                let src = self.mono_vertex(q);
                self.mono_flow(pos, p, src, targ, t);
                return;
            }
            Type::Named(n) => {
                if let Some(src) = self.mono_local_type(pkg, self.types.origin(n)) {
                    self.mono_flow(pos, p, src, targ, t);
                }
                self.types.list(self.types.type_args(n)).to_vec()
            }
            Type::Array { elem, .. }
            | Type::Slice { elem }
            | Type::Pointer { elem }
            | Type::Chan { elem, .. } => vec![elem],
            Type::Map { key, elem } => vec![key, elem],
            Type::Interface(i) => {
                let methods = self.type_set(i).methods;
                self.types_of(self.types.objs(methods))
            }
            Type::Signature(s) => {
                let mut list = self.types_of(self.types.objs(self.types[s].params));
                list.extend(self.types_of(self.types.objs(self.types[s].results)));
                list
            }
            Type::Struct(s) => self.types_of(self.types.objs(self.types[s].fields)),
            _ => return,
        };
        for part in parts {
            self.mono_assign(pkg, pos, p, targ, part, depth + 1);
        }
    }

    fn mono_flow(&mut self, pos: Pos, p: TypeParamId, src: usize, targ: TypeId, t: TypeId) {
        let weight = u32::from(t != self.unalias(targ));
        let dst = self.mono_vertex(p);
        self.mono.edges.push(Edge {
            dst,
            src,
            weight,
            pos,
            ty: targ,
        });
    }

    fn mono_vertex(&mut self, p: TypeParamId) -> usize {
        let p = self.mono.canon.get(&p).copied().unwrap_or(p);
        let obj = self.types[p].obj;
        if let Some(&Some(i)) = self.mono.index.get(&obj) {
            return i;
        }
        let i = self.mono.add_vertex(obj);
        self.mono.index.insert(obj, Some(i));
        i
    }

    /// A type declared in a generic function has its type parameters as if they were its own.
    fn mono_local_type(&mut self, pkg: PkgId, named: NamedId) -> Option<usize> {
        let obj = self.types[named].obj;
        let root = self.pkg(pkg).scope;
        if self.objs[obj].pkg != Some(pkg) || self.objs[obj].parent == Some(root) {
            return None;
        }
        if let Some(&i) = self.mono.index.get(&obj) {
            return i;
        }
        let mut vertex = None;
        let pos = self.objs[obj].pos;
        let mut next = self.objs[obj].parent;
        while let Some(scope) = next {
            if scope == root {
                break;
            }
            for (_, elem) in self.scopes[scope].elems().to_vec() {
                let e = &self.objs[elem];
                if e.is_type_name()
                    && e.pos < pos
                    && let Some(Type::TypeParam(p)) = e.ty.map(|t| self.types.get(t))
                    && self.types[p].obj == elem
                {
                    let dst = *vertex.get_or_insert_with(|| self.mono.add_vertex(obj));
                    let (src, ty) = (self.mono_vertex(p), self.types[p].ty);
                    self.mono.edges.push(Edge {
                        dst,
                        src,
                        weight: 1,
                        pos,
                        ty,
                    });
                }
            }
            next = self.scopes[scope].parent;
        }
        self.mono.index.insert(obj, vertex);
        vertex
    }

    /// Reports a cycle of instantiations that would need infinitely many of them.
    pub(crate) fn monomorph(&mut self) {
        if self.mono.checked == self.mono.edges.len() {
            return;
        }
        let graph = &mut self.mono;
        graph.checked = graph.edges.len();
        // Bellman-Ford for the heaviest paths: one that gets as long as there are vertices runs in a circle.
        let mut again = true;
        while again {
            again = false;
            for i in 0..graph.edges.len() {
                let Edge {
                    src, dst, weight, ..
                } = graph.edges[i];
                let (w, len) = (
                    graph.vertices[src].weight + weight,
                    graph.vertices[src].len + 1,
                );
                if w <= graph.vertices[dst].weight {
                    continue;
                }
                let n = graph.vertices.len();
                let d = &mut graph.vertices[dst];
                d.pre = i;
                d.len = len;
                if len >= n {
                    self.report_instance_loop(dst);
                    return;
                }
                d.weight = w;
                again = true;
            }
        }
    }

    fn report_instance_loop(&mut self, v: usize) {
        let mut v = v;
        let mut stack: Vec<usize> = Vec::new();
        while !stack.contains(&v) {
            stack.push(v);
            v = self.mono.edges[self.mono.vertices[v].pre].src;
        }
        let start = stack.iter().position(|&s| s == v).unwrap_or(0);
        let mut err = Error::new(Code::InvalidInstanceCycle);
        err.add(
            self.obj_span(self.mono.vertices[v].obj),
            "instantiation cycle:",
        );
        for &v in &stack[start..] {
            let edge = &self.mono.edges[self.mono.vertices[v].pre];
            let obj = &self.objs[self.mono.vertices[edge.dst].obj];
            let verb = match obj.ty.map(|t| self.types.get(t)) {
                Some(Type::TypeParam(_)) => "instantiated as",
                _ => "implicitly parameterized by",
            };
            err.add(
                edge.pos,
                format!("{} {verb} {}", obj.name, self.tstr(edge.ty)),
            );
        }
        self.report(err);
    }
}

impl Graph {
    fn add_vertex(&mut self, obj: ObjId) -> usize {
        self.vertices.push(Vertex {
            weight: 0,
            pre: 0,
            len: 0,
            obj,
        });
        self.vertices.len() - 1
    }
}
