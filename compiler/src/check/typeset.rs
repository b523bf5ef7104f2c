//! Type sets of interfaces: all their methods, and the types that their terms admit. (Go: types2/typeset.go, termlist.go,
//! typeterm.go, union.go)
//!
//! Methods are sorted: exported before others, by name, and for names that are not exported by package path.

use std::cmp::Ordering;

use minigo_syntax::ast::{Expr, ExprKind};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::token::{BinaryOp, UnaryOp};

use super::object::ObjId;
use super::types::{ObjList, TermList, UnionId};
use super::typestring::Qualify;
use super::{At, Basic, Checker, Error, IfaceId, Term, Terms, Type, TypeId, TypeSet, Types};

/// More terms than this are refused.
const MAX_TERMS: usize = 100;

impl<'a> Checker<'a> {
    /// The type set of an interface, computed on demand. Of one that is not complete yet: all types.
    pub fn type_set(&mut self, iface: IfaceId) -> TypeSet {
        let top = TypeSet {
            methods: ObjList::EMPTY,
            terms: Terms::All,
            comparable: false,
        };
        let data = &self.types[iface];
        if let Some(tset) = data.tset {
            return tset;
        }
        if !data.complete {
            return top;
        }
        // An interface that embeds itself meets this one; the cycle is reported elsewhere.
        self.types[iface].tset = Some(top);
        let data = &self.types[iface];
        let (methods, embeddeds) = (data.methods, data.embeddeds);
        let embed_pos = data.embed_pos.clone();

        let mut all: Vec<(ObjId, Pos)> = Vec::new();
        for i in 0..methods.len() {
            let m = self.types.obj(methods, i);
            self.add_method(&mut all, m, self.objs[m].pos, true);
        }
        let mut terms = Terms::All;
        let mut comparable = false;
        for i in 0..embeddeds.len() {
            let t = self.types.at(embeddeds, i);
            let pos = embed_pos.get(i).copied().unwrap_or(Pos::NONE);
            let u = if self.is_type_param(t) {
                Types::INVALID
            } else {
                self.under(t)
            };
            let (embedded, comp) = match self.types.get(u) {
                Type::Interface(e) => {
                    let set = self.type_set(e);
                    if pos.is_known()
                        && !self.allows(18)
                        && self.is_imported_constraint(t)
                        && !self.verify_embedding(pos, t, "constraint interface")
                    {
                        continue;
                    }
                    for j in 0..set.methods.len() {
                        let m = self.types.obj(set.methods, j);
                        self.add_method(&mut all, m, pos, false);
                    }
                    (set.terms, set.comparable)
                }
                Type::Union(_) if !self.verify_embedding(pos, t, "interface element") => continue,
                Type::Union(u) => match self.union_terms_at(u, pos) {
                    Some(terms) => (terms, false),
                    None => continue,
                },
                Type::Basic(Basic::Invalid) => continue,
                _ if !self.verify_embedding(pos, t, "non-interface type") => continue,
                _ => (
                    self.term_list(&[Term {
                        tilde: false,
                        ty: t,
                    }]),
                    false,
                ),
            };
            (terms, comparable) = self.intersect_terms(terms, comparable, embedded, comp);
        }
        let mut methods: Vec<ObjId> = all.into_iter().map(|m| m.0).collect();
        self.sort_methods(&mut methods);
        let set = TypeSet {
            methods: self.types.new_objs(&methods),
            terms,
            comparable,
        };
        self.types[iface].tset = Some(set);
        set
    }

    /// Whether the language version has constraints: something else than methods in an interface.
    fn verify_embedding(&mut self, pos: Pos, t: TypeId, what: &str) -> bool {
        !pos.is_known()
            || self.verify_version(pos, 18, |c| format!("embedding {what} {}", c.tstr(t)))
    }

    /// Whether a type is a constraint that another package declares.
    pub(crate) fn is_imported_constraint(&mut self, t: TypeId) -> bool {
        let Some(named) = self.as_named(t) else {
            return false;
        };
        let pkg = self.objs[self.types[named].obj].pkg;
        if pkg.is_none() || pkg == Some(self.env.pkg) {
            return false;
        }
        let Type::Interface(i) = self.under_type(t) else {
            return false;
        };
        let set = self.type_set(i);
        set.comparable || set.terms != Terms::All
    }

    /// Adds a method to those of an interface, or reports that there is another one of that name. `explicit` ones must be
    /// new; embedded ones may repeat if they are the same.
    fn add_method(&mut self, all: &mut Vec<(ObjId, Pos)>, m: ObjId, pos: Pos, explicit: bool) {
        let (pkg, name) = (self.objs[m].pkg, self.objs[m].name);
        let Some(&(other, other_pos)) = all
            .iter()
            .find(|o| self.objs[o.0].same_id(pkg, name, false))
        else {
            all.push((m, pos));
            return;
        };
        let duplicate = move |c: &mut Checker<'a>| {
            let mut err = Error::new(Code::DuplicateDecl);
            err.add(pos, format!("duplicate method {name}"));
            err.add(other_pos, format!("other declaration of method {name}"));
            c.report(err);
        };
        if explicit {
            duplicate(self);
        } else if m != other || !self.allows(14) {
            // Their types may not be complete yet.
            self.later(move |c| {
                let (x, y) = (c.objs.ty(m), c.objs.ty(other));
                if !c.identical(x, y) || !c.allows(14) && pos.is_known() {
                    duplicate(c);
                }
            });
        }
    }

    /// Sorts methods as type sets have them.
    pub(crate) fn sort_methods(&self, methods: &mut [ObjId]) {
        methods.sort_by(|&a, &b| self.compare_methods(a, b));
    }

    /// The order of methods in type sets.
    pub fn compare_methods(&self, a: ObjId, b: ObjId) -> Ordering {
        let (a, b) = (&self.objs[a], &self.objs[b]);
        let (ea, eb) = (a.is_exported(), b.is_exported());
        let path = |pkg: Option<super::PkgId>| pkg.map_or("", |p| self.pkg(p).path.as_str());
        eb.cmp(&ea)
            .then_with(|| a.name.as_str().cmp(b.name.as_str()))
            .then_with(|| {
                if ea {
                    Ordering::Equal
                } else {
                    path(a.pkg).cmp(path(b.pkg))
                }
            })
    }

    /// The normalised terms of a union; `None` if it is invalid.
    pub(crate) fn union_terms(&mut self, u: UnionId) -> Option<Terms> {
        self.union_terms_at(u, Pos::NONE)
    }

    fn union_terms_at(&mut self, u: UnionId, pos: Pos) -> Option<Terms> {
        if let Some(terms) = self.types[u].tset {
            return terms;
        }
        // Met again by a cycle, it has no terms.
        self.types[u].tset = Some(Some(Terms::List(TermList::EMPTY)));
        let mut all: Vec<Term> = Vec::new();
        for term in self.types[u].terms.clone() {
            let under = self.under(term.ty);
            match self.types.get(under) {
                Type::Interface(i) => match self.type_set(i).terms {
                    Terms::All => {
                        self.types[u].tset = Some(Some(Terms::All));
                        return Some(Terms::All);
                    }
                    Terms::List(list) => all.extend_from_slice(self.types.terms(list)),
                },
                Type::Basic(Basic::Invalid) => continue,
                // ~T of a T that is not its own underlying type admits nothing.
                _ if term.tilde && !self.identical(term.ty, under) => continue,
                _ => all.push(term),
            }
            all = self.normalize(all);
            if all.len() > MAX_TERMS {
                if pos.is_known() {
                    let msg = format!(
                        "cannot handle more than {MAX_TERMS} union terms (implementation limitation)"
                    );
                    self.error(pos, Code::InvalidUnion, msg);
                }
                self.types[u].tset = Some(None);
                return None;
            }
        }
        let terms = self.term_list(&all);
        self.types[u].tset = Some(Some(terms));
        Some(terms)
    }

    fn term_list(&mut self, terms: &[Term]) -> Terms {
        Terms::List(self.types.new_terms(terms))
    }

    fn disjoint(&mut self, x: Term, y: Term) -> bool {
        let xt = if y.tilde { self.under(x.ty) } else { x.ty };
        let yt = if x.tilde { self.under(y.ty) } else { y.ty };
        !self.identical(xt, yt)
    }

    /// Whether every type of `x` is one of `y`.
    fn subsumed(&mut self, x: Term, y: Term) -> bool {
        !self.disjoint(x, y) && (!x.tilde || y.tilde)
    }

    /// Removes terms that others include.
    fn normalize(&mut self, terms: Vec<Term>) -> Vec<Term> {
        let mut result: Vec<Term> = Vec::new();
        let mut used = vec![false; terms.len()];
        for i in 0..terms.len() {
            if used[i] {
                continue;
            }
            let mut x = terms[i];
            for j in i + 1..terms.len() {
                if !used[j] && !self.disjoint(x, terms[j]) {
                    if !x.tilde && terms[j].tilde {
                        x = terms[j];
                    }
                    used[j] = true;
                }
            }
            result.push(x);
        }
        result
    }

    fn intersect_terms(&mut self, x: Terms, xcomp: bool, y: Terms, ycomp: bool) -> (Terms, bool) {
        let mut comp = xcomp || ycomp;
        let terms = match (x, y) {
            (Terms::All, t) | (t, Terms::All) => t,
            (Terms::List(a), Terms::List(b)) => {
                let (xs, ys) = (self.types.terms(a).to_vec(), self.types.terms(b).to_vec());
                let mut both = Vec::new();
                for &x in &xs {
                    for &y in &ys {
                        if !self.disjoint(x, y) {
                            both.push(if !x.tilde || y.tilde { x } else { y });
                        }
                    }
                }
                let both = self.normalize(both);
                self.term_list(&both)
            }
        };
        let Terms::List(list) = terms else {
            return (terms, comp);
        };
        if !comp {
            return (terms, false);
        }
        comp = false;
        // Only strictly comparable types remain.
        let kept: Vec<Term> = (self.types.terms(list).to_vec().into_iter())
            .filter(|t| self.comparable_type(t.ty, false).is_ok())
            .collect();
        (self.term_list(&kept), comp)
    }

    /// Whether each admits what the other admits.
    pub(crate) fn terms_equal(&mut self, x: Terms, y: Terms) -> bool {
        self.terms_subset(x, y) && self.terms_subset(y, x)
    }

    /// Whether `y` admits all that `x` admits.
    pub(crate) fn terms_subset(&mut self, x: Terms, y: Terms) -> bool {
        match (x, y) {
            (_, Terms::All) => true,
            (Terms::All, Terms::List(_)) => false,
            (Terms::List(a), Terms::List(b)) => {
                let (xs, ys) = (self.types.terms(a).to_vec(), self.types.terms(b).to_vec());
                xs.iter().all(|&x| ys.iter().any(|&y| self.subsumed(x, y)))
            }
        }
    }

    /// Whether the terms admit a type.
    pub(crate) fn terms_include(&mut self, terms: Terms, t: TypeId) -> bool {
        match terms {
            Terms::All => true,
            Terms::List(list) => {
                let terms = self.types.terms(list).to_vec();
                terms.iter().any(|x| {
                    let u = if x.tilde { self.under(t) } else { t };
                    self.identical(x.ty, u)
                })
            }
        }
    }

    /// The text of a term. As in gc, packages are always named, by path.
    pub(crate) fn term_string(&self, term: Term) -> String {
        let ty = self.type_string_as(term.ty, Qualify::Path);
        format!("{}{ty}", if term.tilde { "~" } else { "" })
    }

    // ---- union expressions

    /// A constraint element: a type, `~T`, or several joined by `|`. (Go: parseUnion)
    pub(crate) fn parse_union(&mut self, e: &'a Expr) -> TypeId {
        let mut operators = Vec::new();
        let mut parts = Vec::new();
        flatten_union(e, &mut operators, &mut parts);
        let mut terms: Vec<(Term, &'a Expr)> = Vec::new();
        let mut u = Types::INVALID;
        let mut invalid = false;
        let n_parts = parts.len();
        for (i, &part) in parts.iter().enumerate() {
            let term = self.parse_tilde(part);
            if n_parts == 1 && !term.tilde {
                return term.ty;
            }
            if terms.len() < MAX_TERMS {
                terms.push((term, part));
                // Every `|` is recorded with the union of what stands left of it and the term right of it.
                u = self.types.new_union(terms.iter().map(|t| t.0).collect());
            } else if !invalid {
                let msg = format!(
                    "cannot handle more than {MAX_TERMS} union terms (implementation limitation)"
                );
                self.error(part, Code::InvalidUnion, msg);
                u = Types::INVALID;
                invalid = true;
            }
            if i > 0 {
                self.record_type(operators[i - 1], u);
            }
        }
        if invalid {
            return Types::INVALID;
        }
        // Whether terms are allowed depends on their underlying types, which may not be complete.
        self.later(move |c| c.check_terms(&terms));
        u
    }

    fn check_terms(&mut self, terms: &[(Term, &'a Expr)]) {
        for (i, &(term, at)) in terms.iter().enumerate() {
            if !self.is_valid(term.ty) {
                continue;
            }
            let u = self.under(term.ty);
            let iface = match self.types.get(u) {
                Type::Interface(i) => Some(i),
                _ => None,
            };
            if term.tilde {
                let ts = self.tstr(term.ty);
                if iface.is_some() {
                    let msg = format!("invalid use of ~ ({ts} is an interface)");
                    self.error(at, Code::InvalidUnion, msg);
                    continue;
                }
                if !self.identical(u, term.ty) {
                    let msg = format!(
                        "invalid use of ~ (underlying type of {ts} is {})",
                        self.tstr(u)
                    );
                    self.error(at, Code::InvalidUnion, msg);
                    continue;
                }
            }
            let text = self.term_string(term);
            if let Some(iface) = iface {
                let set = self.type_set(iface);
                if !set.methods.is_empty() {
                    let msg = format!("cannot use {text} in union ({text} contains methods)");
                    self.error(at, Code::InvalidUnion, msg);
                } else if term.ty == self.universe.comparable {
                    self.error(at, Code::InvalidUnion, "cannot use comparable in union");
                } else if set.comparable {
                    let msg = format!("cannot use {text} in union ({text} embeds comparable)");
                    self.error(at, Code::InvalidUnion, msg);
                }
                continue;
            }
            let overlap = terms[..i].iter().find(|(other, _)| {
                self.is_valid(other.ty)
                    && !self.is_interface(other.ty)
                    && !self.disjoint(*other, term)
            });
            if let Some(&(other, _)) = overlap {
                let msg = format!("overlapping terms {text} and {}", self.term_string(other));
                self.soft_error(at, Code::InvalidUnion, msg);
            }
        }
    }

    fn parse_tilde(&mut self, e: &'a Expr) -> Term {
        let (x, tilde) = match &e.kind {
            ExprKind::Unary(u) if u.op == UnaryOp::Tilde => (&u.x, true),
            _ => (e, false),
        };
        let mut ty = self.typ(x);
        if self.is_type_param(ty) {
            if tilde {
                let msg = format!("type in term {} cannot be a type parameter", self.estr(e));
                self.error(x, Code::MisplacedTypeParam, msg);
            } else {
                self.error(
                    x,
                    Code::MisplacedTypeParam,
                    "term cannot be a type parameter",
                );
            }
            ty = Types::INVALID;
        }
        let term = Term { tilde, ty };
        if tilde {
            let u = self.types.new_union(vec![term]);
            self.record_type(e, u);
        }
        term
    }

    /// Where an embedded element is reported.
    pub(crate) fn start_of(&self, e: &Expr) -> Pos {
        e.at().lo
    }
}

fn flatten_union<'a>(e: &'a Expr, operators: &mut Vec<&'a Expr>, parts: &mut Vec<&'a Expr>) {
    // The left side is as deep as there are terms: walk down, then collect on the way up.
    let mut spine = Vec::new();
    let mut e = e;
    while let ExprKind::Binary(b) = &e.kind
        && b.op == BinaryOp::Or
    {
        spine.push((e, &b.y));
        e = &b.x;
    }
    parts.push(e);
    for (op, y) in spine.into_iter().rev() {
        operators.push(op);
        parts.push(y);
    }
}
