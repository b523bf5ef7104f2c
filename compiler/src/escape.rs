//! Which variables outlive their frame, or are shared with a closure: one walk over a function with all functions in it.
//!
//! The walk collects facts; [`Facts::storage`] decides. A variable lives in a heap box of its own when its address is
//! taken, or when a closure refers to it and it may be assigned after the closure was made. A variable that no longer
//! changes is copied into the closure instead. Everything else lives in slots.
//!
//! The body of a range-over-func loop counts as a closure: it becomes one.
//!
//! Conservative in this: an address that is taken at all counts as kept.
//! Knows nothing of: slots, sizes; what a type parameter stands for.

use minigo_syntax::ast::*;
use minigo_syntax::source::{Pos, Span};
use minigo_syntax::token::UnaryOp;
use std::collections::HashMap;
use std::rc::Rc;

use crate::check::{
    BuiltinId, Checker, IdMap, Mode, ObjId, ObjectKind, SelectionKind, Type, VarKind,
};

/// What was seen of one variable.
#[derive(Clone, Debug, Default)]
pub struct VarFacts {
    /// The function (by depth in `Escape::parents`) that declares it.
    owner: u32,
    /// Loops around the declaration.
    loops: u32,
    /// `&x`, a method with pointer receiver, slicing of an array.
    addressed: bool,
    /// Assignments after the declaration, of parts too.
    assigns: Vec<Pos>,
    /// Where closures refer to it, and the start of the outermost loop between declaration and closure.
    captures: Vec<(Pos, Option<Pos>)>,
    /// The post statement, for the variables of a `for` clause: what it assigns belongs to the next iteration's copy.
    post: Option<Span>,
    /// A result: `return` assigns it.
    result: bool,
    /// Declared without a value and perhaps jumped back to.
    has_goto: bool,
}

/// How a variable is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Storage {
    /// In slots; closures get copies.
    Slots,
    /// In a heap object of its own, shared.
    Box,
}

impl VarFacts {
    /// How the variable is kept, if it is not too large for slots or copies.
    pub fn storage(&self) -> Storage {
        if self.addressed {
            return Storage::Box;
        }
        if self.captures.is_empty() {
            return Storage::Slots;
        }
        if self.result || self.has_goto && !self.assigns.is_empty() {
            return Storage::Box;
        }
        let in_post = |p: &Pos| self.post.is_some_and(|s| s.lo <= *p && *p <= s.hi);
        let captured_in_post = self.captures.iter().any(|(p, _)| in_post(p));
        let changes_later = self
            .assigns
            .iter()
            .filter(|p| captured_in_post || !in_post(p))
            .any(|a| {
                self.captures
                    .iter()
                    .any(|(c, around)| *a >= around.unwrap_or(*c))
            });
        if changes_later {
            Storage::Box
        } else {
            Storage::Slots
        }
    }

    /// Whether closures refer to it.
    pub fn is_captured(&self) -> bool {
        !self.captures.is_empty()
    }

    /// Whether it is assigned anywhere after its declaration.
    pub fn is_assigned(&self) -> bool {
        !self.assigns.is_empty()
    }

    /// Whether it is assigned inside a piece of text.
    pub fn is_assigned_in(&self, span: Span) -> bool {
        self.assigns.iter().any(|p| span.lo <= *p && *p < span.hi)
    }
}

/// What was seen of one function literal, loop body of a range over a function, or the whole declaration.
#[derive(Clone, Debug, Default)]
pub struct FnFacts {
    /// Variables of functions around it that it refers to, in order of mention.
    pub captures: Vec<ObjId>,
    /// It has a `defer` of its own.
    pub has_defer: bool,
    /// It has a `recover()`.
    pub has_recover: bool,
    /// A loop body of a range over a function inside it has a `defer`.
    pub defers_in_range_func: bool,
}

/// The facts about one declaration.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    vars: IdMap<ObjId, VarFacts>,
    funcs: HashMap<NodeId, FnFacts>,
}

impl Facts {
    /// What was seen of a variable.
    pub fn var(&self, obj: ObjId) -> Option<&VarFacts> {
        self.vars.get(&obj)
    }

    /// What was seen of a function literal (its expression's id), a loop (its statement's id), or the whole
    /// (`NodeId::NONE`).
    pub fn func(&self, id: NodeId) -> &FnFacts {
        static NOTHING: FnFacts = FnFacts {
            captures: Vec::new(),
            has_defer: false,
            has_recover: false,
            defers_in_range_func: false,
        };
        self.funcs.get(&id).unwrap_or(&NOTHING)
    }
}

/// Looks at a function declaration.
pub fn function(
    ck: &mut Checker<'_>,
    recv: Option<&Field>,
    sig: &FuncType,
    body: &Block,
) -> Rc<Facts> {
    let mut w = Walk::new(ck);
    w.params(recv.into_iter().chain(&sig.params), VarKind::Param);
    w.params(&sig.results, VarKind::Result);
    w.block(body);
    w.finish()
}

/// Looks at an initialiser of package variables.
pub fn initializer(ck: &mut Checker<'_>, rhs: &Expr) -> Rc<Facts> {
    let mut w = Walk::new(ck);
    w.expr(rhs);
    w.finish()
}

/// Whether a type is ranged over by calling it.
pub fn is_range_func(ck: &mut Checker<'_>, x: &Expr) -> bool {
    let t = ck.info.ty(x.id);
    match ck.under_type(t) {
        Type::Signature(_) => true,
        // A constraint: all its types have to be functions, or none is.
        Type::Interface(iface) => {
            let set = ck.type_set(iface);
            match set.terms {
                crate::check::Terms::List(l) => {
                    let first = ck.types.terms(l).first().map(|t| t.ty);
                    first.is_some_and(|t| matches!(ck.under_type(t), Type::Signature(_)))
                }
                crate::check::Terms::All => false,
            }
        }
        _ => false,
    }
}

struct Level {
    id: NodeId,
    is_range: bool,
    facts: FnFacts,
}

struct Walk<'w, 'a> {
    ck: &'w mut Checker<'a>,
    facts: Facts,
    levels: Vec<Level>,
    /// The loops around the current statement, as their starts.
    loops: Vec<Pos>,
    has_goto: bool,
}

impl<'w, 'a> Walk<'w, 'a> {
    fn new(ck: &'w mut Checker<'a>) -> Self {
        let top = Level {
            id: NodeId::NONE,
            is_range: false,
            facts: FnFacts::default(),
        };
        Walk {
            ck,
            facts: Facts::default(),
            levels: vec![top],
            loops: Vec::new(),
            has_goto: false,
        }
    }

    fn finish(mut self) -> Rc<Facts> {
        while let Some(l) = self.levels.pop() {
            self.facts.funcs.insert(l.id, l.facts);
        }
        if self.has_goto {
            for v in self.facts.vars.values_mut() {
                v.has_goto = true;
            }
        }
        Rc::new(self.facts)
    }

    fn declare(&mut self, id: NodeId) {
        if let Some(obj) = self.ck.info.def_of(id) {
            self.declare_obj(obj);
        }
    }

    fn declare_obj(&mut self, obj: ObjId) {
        let owner = self.levels.len() as u32 - 1;
        let loops = self.loops.len() as u32;
        let v = self.facts.vars.entry(obj).or_default();
        v.owner = owner;
        v.loops = loops;
    }

    fn params<'f>(&mut self, fields: impl IntoIterator<Item = &'f Field>, kind: VarKind) {
        for f in fields {
            for name in &f.names {
                if let Some(obj) = self.ck.info.def_of(name.id) {
                    self.declare_obj(obj);
                    if kind == VarKind::Result {
                        self.facts.vars.entry(obj).or_default().result = true;
                    }
                }
            }
            if f.names.is_empty() {
                self.declare(f.id);
            }
        }
    }

    /// Enters a function literal or loop body, walks it, and tells the functions around it what it refers to.
    fn nested(&mut self, id: NodeId, is_range: bool, walk: impl FnOnce(&mut Self)) {
        self.levels.push(Level {
            id,
            is_range,
            facts: FnFacts::default(),
        });
        walk(self);
        let level = self.levels.pop().expect("pushed above");
        let depth = self.levels.len() as u32;
        for &obj in &level.facts.captures {
            // Captured from further out: the function in between has to have it too.
            if self
                .facts
                .vars
                .get(&obj)
                .is_some_and(|v| v.owner < depth - 1)
            {
                let outer = &mut self.levels[depth as usize - 1].facts.captures;
                if !outer.contains(&obj) {
                    outer.push(obj);
                }
            }
        }
        self.facts.funcs.insert(level.id, level.facts);
    }

    fn local_var(&self, id: NodeId) -> Option<ObjId> {
        let obj = self.ck.info.use_of(id)?;
        match self.ck.objs[obj].kind {
            ObjectKind::Var { kind, .. } if kind != VarKind::Package && kind != VarKind::Field => {
                Some(obj)
            }
            _ => None,
        }
    }

    fn use_var(&mut self, id: NodeId, pos: Pos) {
        let Some(obj) = self.local_var(id) else {
            return;
        };
        let depth = self.levels.len() as u32 - 1;
        let Some(v) = self.facts.vars.get_mut(&obj) else {
            return;
        };
        if v.owner == depth {
            return;
        }
        let around = self.loops.get(v.loops as usize).copied();
        v.captures.push((pos, around));
        let captures = &mut self.levels[depth as usize].facts.captures;
        if !captures.contains(&obj) {
            captures.push(obj);
        }
    }

    /// The variable whose memory `e` is part of.
    fn root(&mut self, e: &Expr) -> Option<ObjId> {
        match &e.kind {
            ExprKind::Paren(x) => self.root(x),
            ExprKind::Ident(_) => self.local_var(e.id),
            ExprKind::Selector(s) => {
                if let Some(sel) = self.ck.info.selection(e.id) {
                    if sel.indirect {
                        return None;
                    }
                    return self.root(&s.x);
                }
                None
            }
            ExprKind::Index(x) => {
                let t = self.ck.info.ty(x.x.id);
                match self.ck.under_type(t) {
                    Type::Array { .. } | Type::Interface(_) => self.root(&x.x),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn assigned(&mut self, e: &Expr, at: Pos) {
        if let Some(obj) = self.root(e)
            && let Some(v) = self.facts.vars.get_mut(&obj)
        {
            v.assigns.push(at);
        }
    }

    fn address(&mut self, e: &Expr) {
        if let Some(obj) = self.root(e)
            && let Some(v) = self.facts.vars.get_mut(&obj)
        {
            v.addressed = true;
        }
    }

    fn exprs(&mut self, es: &[Expr]) {
        for e in es {
            self.expr(e);
        }
    }

    fn opt(&mut self, e: &Option<Expr>) {
        if let Some(e) = e {
            self.expr(e);
        }
    }

    fn expr(&mut self, e: &Expr) {
        match &e.kind {
            ExprKind::Ident(_) => self.use_var(e.id, e.span.lo),
            ExprKind::CompositeLit(x) => self.exprs(&x.elems),
            ExprKind::KeyValue(x) => {
                // Field names of struct literals denote no variables.
                self.expr(&x.key);
                self.expr(&x.value);
            }
            ExprKind::FuncLit(x) => {
                self.nested(e.id, false, |w| {
                    w.params(&x.sig.params, VarKind::Param);
                    w.params(&x.sig.results, VarKind::Result);
                    w.block(&x.body);
                });
            }
            ExprKind::Paren(x) | ExprKind::Star(x) => self.expr(x),
            ExprKind::Selector(x) => {
                self.expr(&x.x);
                let Some(sel) = self.ck.info.selection(e.id) else {
                    return;
                };
                if sel.kind == SelectionKind::MethodVal && !sel.indirect {
                    let (recv, obj) = (sel.recv, sel.obj);
                    if !self.is_pointer(recv) && self.ptr_method(obj) {
                        self.address(&x.x);
                    }
                }
            }
            ExprKind::Index(x) => {
                self.expr(&x.x);
                self.exprs(&x.indices);
            }
            ExprKind::Slice(x) => {
                self.expr(&x.x);
                self.opt(&x.lo);
                self.opt(&x.hi);
                self.opt(&x.max);
                let t = self.ck.info.ty(x.x.id);
                // A type parameter's values are sliced in place only if they can be arrays.
                let elsewhere = self.ck.under_is(t, |ck, under| {
                    under.is_some_and(|u| !matches!(ck.under_type(u), Type::Array { .. }))
                });
                if !elsewhere {
                    self.address(&x.x);
                }
            }
            ExprKind::TypeAssert(x) => self.expr(&x.x),
            ExprKind::Call(x) => {
                self.expr(&x.fun);
                self.exprs(&x.args);
                if let Some(tv) = self.ck.info.get(x.fun.id)
                    && tv.mode == Mode::Builtin(BuiltinId::Recover)
                {
                    self.level().facts.has_recover = true;
                }
            }
            ExprKind::Unary(x) => {
                self.expr(&x.x);
                if x.op == UnaryOp::Addr {
                    self.address(&x.x);
                }
            }
            ExprKind::Binary(x) => {
                // Long chains lean to the left.
                let mut spine = vec![&x.y];
                let mut left = &x.x;
                while let ExprKind::Binary(b) = &left.kind {
                    spine.push(&b.y);
                    left = &b.x;
                }
                self.expr(left);
                for y in spine.into_iter().rev() {
                    self.expr(y);
                }
            }
            ExprKind::Bad
            | ExprKind::BasicLit(..)
            | ExprKind::ArrayType(_)
            | ExprKind::SliceType(_)
            | ExprKind::StructType(_)
            | ExprKind::FuncType(_)
            | ExprKind::InterfaceType(_)
            | ExprKind::MapType(_)
            | ExprKind::ChanType(_)
            | ExprKind::Ellipsis(_) => {}
        }
    }

    fn is_pointer(&mut self, t: crate::check::TypeId) -> bool {
        matches!(self.ck.under_type(t), Type::Pointer { .. })
    }

    /// Whether a method has a pointer receiver.
    fn ptr_method(&mut self, method: ObjId) -> bool {
        let method = self.ck.objs[method].origin().unwrap_or(method);
        let t = self.ck.objs.ty(method);
        let Type::Signature(sig) = self.ck.types.get(t) else {
            return false;
        };
        let Some(recv) = self.ck.types[sig].recv else {
            return false;
        };
        let t = self.ck.objs.ty(recv);
        let t = self.ck.unalias(t);
        matches!(self.ck.types.get(t), Type::Pointer { .. })
    }

    fn level(&mut self) -> &mut Level {
        self.levels.last_mut().expect("the whole is a level")
    }

    fn block(&mut self, b: &Block) {
        self.stmts(&b.stmts);
    }

    fn stmts(&mut self, stmts: &[Stmt]) {
        for s in stmts {
            self.stmt(s);
        }
    }

    fn opt_stmt(&mut self, s: &Option<Stmt>) {
        if let Some(s) = s {
            self.stmt(s);
        }
    }

    /// The left side of an assignment or definition.
    fn target(&mut self, e: &Expr, define: bool, at: Pos) {
        if define
            && let ExprKind::Ident(_) = e.kind
            && self.ck.info.def_of(e.id).is_some()
        {
            self.declare(e.id);
            return;
        }
        self.expr(e);
        self.assigned(e, at);
    }

    fn looped(&mut self, start: Pos, walk: impl FnOnce(&mut Self)) {
        self.loops.push(start);
        walk(self);
        self.loops.pop();
    }

    fn stmt(&mut self, s: &Stmt) {
        match &s.kind {
            StmtKind::Bad
            | StmtKind::Empty
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Fallthrough => {}
            StmtKind::Goto(_) => self.has_goto = true,
            StmtKind::Labeled(l) => self.stmt(&l.stmt),
            StmtKind::Decl(d) => {
                if let Decl::Var(d) = &**d {
                    for spec in &d.specs {
                        self.exprs(&spec.values);
                        for name in &spec.names {
                            self.declare(name.id);
                        }
                    }
                }
            }
            StmtKind::Expr(e) => self.expr(e),
            StmtKind::Send(x) => {
                self.expr(&x.chan);
                self.expr(&x.value);
            }
            StmtKind::IncDec(x) => {
                self.expr(&x.x);
                self.assigned(&x.x, x.op_pos);
            }
            StmtKind::Assign(x) => {
                self.exprs(&x.rhs);
                // It happens after the right side: a function literal there is made before.
                let at = x.rhs.last().map_or(x.op_pos, |r| Pos(r.span.hi.0 - 1));
                for l in &x.lhs {
                    self.target(l, x.op == AssignOp::Define, at);
                }
            }
            StmtKind::Go(e) => self.expr(e),
            StmtKind::Defer(e) => {
                self.expr(e);
                if self.level().is_range {
                    for l in self.levels.iter_mut().rev() {
                        if l.is_range {
                            l.facts.has_defer = true;
                        } else {
                            l.facts.has_defer = true;
                            l.facts.defers_in_range_func = true;
                            break;
                        }
                    }
                } else {
                    self.level().facts.has_defer = true;
                }
            }
            StmtKind::Return(r) => self.exprs(&r.results),
            StmtKind::Block(b) => self.block(b),
            StmtKind::If(x) => {
                self.opt_stmt(&x.init);
                self.expr(&x.cond);
                self.block(&x.then);
                self.opt_stmt(&x.els);
            }
            StmtKind::Switch(x) => {
                self.opt_stmt(&x.init);
                self.opt(&x.tag);
                for c in &x.clauses {
                    self.exprs(&c.exprs);
                    self.stmts(&c.body);
                }
            }
            StmtKind::TypeSwitch(x) => {
                self.opt_stmt(&x.init);
                self.expr(&x.x);
                for c in &x.clauses {
                    self.declare(c.id);
                    self.stmts(&c.body);
                }
            }
            StmtKind::Select(x) => {
                for c in &x.clauses {
                    self.opt_stmt(&c.comm);
                    self.stmts(&c.body);
                }
            }
            StmtKind::For(x) => {
                self.opt_stmt(&x.init);
                let post = x.post.as_ref().map(|p| p.span);
                if let (Some(init), Some(_)) = (&x.init, post)
                    && let StmtKind::Assign(a) = &init.kind
                    && a.op == AssignOp::Define
                    && !self.ck.info.shares_loop_vars(x.body.id)
                {
                    for l in &a.lhs {
                        if let Some(obj) = self.ck.info.def_of(l.id)
                            && let Some(v) = self.facts.vars.get_mut(&obj)
                        {
                            v.post = post;
                            // The variable is a new one in each iteration.
                            v.loops += 1;
                        }
                    }
                }
                self.looped(s.span.lo, |w| {
                    w.opt(&x.cond);
                    w.block(&x.body);
                    w.opt_stmt(&x.post);
                });
            }
            StmtKind::Range(x) => {
                self.expr(&x.x);
                if is_range_func(self.ck, &x.x) {
                    self.nested(s.id, true, |w| {
                        for l in &x.lhs {
                            w.target(l, x.define, x.range);
                        }
                        w.looped(s.span.lo, |w| w.block(&x.body));
                    });
                    return;
                }
                let shared = self.ck.info.shares_loop_vars(x.body.id);
                if shared {
                    for l in &x.lhs {
                        self.target(l, true, x.range);
                    }
                }
                self.looped(s.span.lo, |w| {
                    for l in &x.lhs {
                        w.target(l, x.define && !shared, x.range);
                    }
                    w.block(&x.body);
                });
            }
        }
    }
}
