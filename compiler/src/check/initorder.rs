//! Initialisation order of package variables, and cycles in it. (Go: types2/initorder.go)
//!
//! A variable is initialised when everything that its initialiser depends on is: variables it mentions, and those mentioned by
//! functions it mentions. Of those that are ready, the one declared first is next.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};

use minigo_syntax::codes::Code;

use super::{Checker, DeclId, Error, IdMap, IdSet, Initializer, ObjId, PkgId};

impl<'a> Checker<'a> {
    /// Computes the order for the objects of a full package, and reports cycles.
    pub(crate) fn init_order(&mut self, pkg: PkgId, objects: &[ObjId]) {
        let order = self.order_of(objects, true);
        self.pkg_mut(pkg).init_order.extend(order);
    }

    /// The initialisations of a lazy package's variables that `reachable` accepts, in the order of execution. Everything
    /// reachable must be checked by now.
    pub fn lazy_init_order(
        &mut self,
        pkg: PkgId,
        reachable: &mut dyn FnMut(ObjId) -> bool,
    ) -> Vec<Initializer<'a>> {
        let objects: Vec<ObjId> = (self.pkg(pkg).objects.iter().copied())
            .filter(|&o| self.objs[o].is_func() || reachable(o))
            .collect();
        self.order_of(&objects, false)
    }

    fn order_of(&mut self, objects: &[ObjId], report: bool) -> Vec<Initializer<'a>> {
        let is_value = |c: &Self, o: ObjId| c.objs[o].is_var() || c.objs[o].is_const();
        let members: IdSet<ObjId> = objects.iter().copied().collect();
        let values: Vec<ObjId> = objects
            .iter()
            .copied()
            .filter(|&o| is_value(self, o))
            .collect();
        let place: IdMap<ObjId, usize> = values.iter().enumerate().map(|(i, &o)| (o, i)).collect();

        // For each value, the values it depends on: directly, or through functions.
        let mut via: Via<'_> = Via {
            members: &members,
            place: &place,
            found: IdMap::default(),
        };
        let mut n_deps: Vec<usize> = Vec::with_capacity(values.len());
        let mut dependents: Vec<Vec<usize>> = vec![Vec::new(); values.len()];
        let mut deps_of: Vec<Vec<usize>> = Vec::with_capacity(values.len());
        for (i, &v) in values.iter().enumerate() {
            let deps = via.deps(self, v);
            for &d in &deps {
                dependents[d].push(i);
            }
            n_deps.push(deps.len());
            deps_of.push(deps.into_iter().collect());
        }

        // Constants first, then whatever has the fewest open dependencies, by source order.
        let key = |c: &Self, i: usize, n: usize| {
            (c.objs[values[i]].is_var(), n, c.objs[values[i]].order, i)
        };
        let mut queue: BinaryHeap<Reverse<(bool, usize, u32, usize)>> = (0..values.len())
            .map(|i| Reverse(key(self, i, n_deps[i])))
            .collect();
        let mut done = vec![false; values.len()];
        let mut emitted: IdSet<DeclId> = IdSet::default();
        let mut order = Vec::new();
        while let Some(Reverse((_, n, _, i))) = queue.pop() {
            if done[i] || n != n_deps[i] {
                continue;
            }
            done[i] = true;
            let v = values[i];
            if n > 0 && report {
                // Nothing is ready, so this one depends on itself, or on a cycle that is found from another one.
                let mut seen = IdSet::default();
                if let Some(path) = self.find_path(&members, v, v, &mut seen) {
                    self.report_init_cycle(&path);
                }
            }
            for &d in &dependents[i] {
                n_deps[d] = n_deps[d].saturating_sub(1);
                if !done[d] {
                    queue.push(Reverse(key(self, d, n_deps[d])));
                }
            }
            let Some(decl) = self.objs[v].decl.filter(|_| self.objs[v].is_var()) else {
                continue;
            };
            let info = self.decl(decl);
            let Some(rhs) = info.init else { continue };
            if emitted.insert(decl) {
                let lhs = if info.lhs.is_empty() {
                    vec![v]
                } else {
                    info.lhs.clone()
                };
                order.push(Initializer { lhs, rhs });
            }
        }
        order
    }

    /// A path of dependencies, last step first: the object that depends on `to`, … up to what `from` depends on.
    fn find_path(
        &self,
        members: &IdSet<ObjId>,
        from: ObjId,
        to: ObjId,
        seen: &mut IdSet<ObjId>,
    ) -> Option<Vec<ObjId>> {
        // Depth first without recursion: chains of functions may be long.
        let mut stack: Vec<(ObjId, Vec<ObjId>, usize)> = Vec::new();
        let sorted_deps = |o: ObjId| {
            let mut deps: Vec<ObjId> = self.decl_of(o).map_or(Vec::new(), |d| d.deps.clone());
            deps.retain(|d| members.contains(d));
            deps.sort_by_key(|&d| self.objs[d].order);
            deps
        };
        seen.insert(from);
        stack.push((from, sorted_deps(from), 0));
        while let Some((_, deps, next)) = stack.last_mut() {
            let Some(&d) = deps.get(*next) else {
                stack.pop();
                continue;
            };
            *next += 1;
            if d == to {
                let mut path = vec![d];
                path.extend(stack.iter().skip(1).rev().map(|s| s.0));
                return Some(path);
            }
            if seen.insert(d) {
                stack.push((d, sorted_deps(d), 0));
            }
        }
        None
    }

    fn report_init_cycle(&mut self, cycle: &[ObjId]) {
        let mut obj = cycle[0];
        let name = self.objs[obj].name;
        if cycle.len() == 1 {
            let msg = format!("initialization cycle: {name} refers to itself");
            self.error(self.obj_span(obj), Code::InvalidInitCycle, msg);
            return;
        }
        let mut err = Error::new(Code::InvalidInitCycle);
        err.add(
            self.obj_span(obj),
            format!("initialization cycle for {name}"),
        );
        for &next in cycle.iter().rev() {
            let msg = format!("{} refers to {}", self.objs[obj].name, self.objs[next].name);
            err.add(self.obj_span(obj), msg);
            obj = next;
        }
        self.report(err);
    }
}

/// Looks through functions.
struct Via<'p> {
    members: &'p IdSet<ObjId>,
    place: &'p IdMap<ObjId, usize>,
    /// For each function, its mentions that count, once it was looked at.
    found: IdMap<ObjId, Vec<ObjId>>,
}

impl Via<'_> {
    fn mentions(&mut self, c: &Checker<'_>, obj: ObjId) -> &[ObjId] {
        self.found.entry(obj).or_insert_with(|| {
            let deps = c.decl_of(obj).map_or(&[][..], |d| &d.deps);
            deps.iter()
                .copied()
                .filter(|d| self.members.contains(d))
                .collect()
        })
    }

    /// The values that `v` depends on, itself among them if there is a cycle through functions or a direct one.
    fn deps(&mut self, c: &Checker<'_>, v: ObjId) -> BTreeSet<usize> {
        let mut deps = BTreeSet::new();
        let mut seen: IdSet<ObjId> = IdSet::default();
        let mut todo: Vec<ObjId> = self.mentions(c, v).to_vec();
        while let Some(d) = todo.pop() {
            if let Some(&i) = self.place.get(&d) {
                deps.insert(i);
            } else if seen.insert(d) {
                todo.extend_from_slice(self.mentions(c, d));
            }
        }
        deps
    }
}
