//! Statements, and the frames of functions around them.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_bytecode::typedesc::FuncIdx;
use minigo_syntax::ast::*;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::token::BinaryOp;

use super::{Emitter, Fun, Label, Place, ResultVar, Target, Var};
use crate::check::ObjId;
use crate::escape::{self, Storage};
use crate::instantiate::FuncInst;
use crate::layout::{Class, Ty};

impl<'a> Emitter<'_, 'a> {
    // ---- functions

    /// Emits a declared function or method.
    pub fn emit_decl(&mut self, idx: FuncIdx, inst: FuncInst) {
        let env = self.inst_env(&inst);
        let obj = inst.obj;
        self.ck.ensure_body(obj);
        let Some(fdecl) = self.ck.decl_of(obj).and_then(|d| d.fdecl) else {
            return;
        };
        let body = match (&fdecl.body, self.ck.decl_of(obj).and_then(|d| d.body)) {
            (_, Some(b)) => b,
            (FuncBody::Parsed(b), None) => b,
            _ => return,
        };
        let facts = match self.facts.get(&obj) {
            Some(f) => f.clone(),
            None => {
                let f = escape::function(self.ck, fdecl.recv.as_ref(), &fdecl.sig, body);
                self.facts.insert(obj, f.clone());
                f
            }
        };
        self.f = Fun::new(env);
        self.f.facts = facts;
        self.f.name = self.func_name(&inst);
        if self.ck.objs[obj].name.as_str() == "init" && fdecl.recv.is_none() {
            let n = self.init_number(obj);
            self.f.name.push_str(&format!(".{n}"));
        }
        self.f.pkg = self.ck.objs[obj].pkg;
        self.set_file(fdecl.span.lo);
        self.f.has_defer = self.f.facts.func(NodeId::NONE).has_defer;
        let sig_ty = self.inst_sig(&inst);
        self.f.ty = Some(self.type_idx(sig_ty));
        let sig = self.func_ty(sig_ty);
        let mut param_tys: Vec<Ty> = Vec::new();
        let mut params = Vec::new();
        if let Some(recv) = &fdecl.recv {
            params.extend(self.param_objs(std::slice::from_ref(recv)));
            param_tys.extend(self.inst_recv(&inst));
        }
        params.extend(self.param_objs(&fdecl.sig.params));
        param_tys.extend(sig.params.iter());
        let results = self.param_objs(&fdecl.sig.results);
        self.declare_frame(&sig.results, &results, &param_tys, &params);
        self.leave_room_for_successor();
        self.box_params(&params);
        self.body(idx, body);
    }

    /// The variables of a parameter list, one per value.
    pub fn param_objs(&self, fields: &[Field]) -> Vec<Option<ObjId>> {
        let mut out = Vec::new();
        for f in fields {
            if f.names.is_empty() {
                out.push(self.ck.info.def_of(f.id));
            }
            out.extend(f.names.iter().map(|n| self.ck.info.def_of(n.id)));
        }
        out
    }

    /// Lays out results and params behind the frame's header.
    pub fn declare_frame(
        &mut self,
        result_tys: &[Ty],
        results: &[Option<ObjId>],
        param_tys: &[Ty],
        params: &[Option<ObjId>],
    ) {
        for (i, &ty) in result_tys.iter().enumerate() {
            let slot = self.tmp(ty);
            let obj = results
                .get(i)
                .copied()
                .flatten()
                .filter(|&o| !self.ck.objs[o].name.as_str().is_empty());
            self.f.results.push(ResultVar { ty, slot, obj });
        }
        self.f.result_slots = self.f.slots.next - FRAME_HEADER as u32;
        let first = self.f.slots.next;
        for (i, &ty) in param_tys.iter().enumerate() {
            let slot = self.tmp(ty);
            if let Some(&Some(obj)) = params.get(i) {
                let var = if self.is_far(ty) {
                    Var::Box(slot)
                } else {
                    Var::Slots(slot)
                };
                self.f.vars.insert(obj, var);
            }
        }
        self.f.param_slots = self.f.slots.next - first;
        if self.f.has_defer {
            self.f.epilogue = Some(self.f.code.label());
        }
    }

    /// Moves params that closures share into boxes, and gives named results their zero values.
    pub fn box_params(&mut self, params: &[Option<ObjId>]) {
        let named = self.f.results.iter().any(|r| r.obj.is_some());
        if (named || self.f.has_defer) && self.f.result_slots > 0 {
            let n = self.f.result_slots;
            match n {
                1 => self.ins(ins::LoadImm(FRAME_HEADER, 0)),
                n => self.ins(ins::Zero(FRAME_HEADER, n)),
            }
        }
        for i in 0..self.f.results.len() {
            let r = self.f.results[i];
            let Some(obj) = r.obj else {
                if self.f.has_defer && self.is_far(r.ty) {
                    // What is returned after a recovered panic.
                    self.zero(r.slot, r.ty);
                }
                continue;
            };
            if self.storage(obj, r.ty) == Storage::Box {
                let t = self.type_idx(r.ty);
                let ptr = self.f.slots.alloc(1);
                self.ins(ins::New(ptr, t));
                self.f.vars.insert(obj, Var::Box(ptr));
            } else {
                self.f.vars.insert(obj, Var::Slots(r.slot));
            }
        }
        for &obj in params.iter().flatten() {
            let Some(&Var::Slots(slot)) = self.f.vars.get(&obj) else {
                continue;
            };
            let ty = self.var_ty(obj);
            // A parameter that is too large for slots lies in them all the same; only sharing matters here.
            let shared = self
                .f
                .facts
                .var(obj)
                .is_some_and(|v| v.storage() == Storage::Box)
                || self.f.facts.var(obj).is_some_and(|v| v.is_captured())
                    && self.storage(obj, ty) == Storage::Box;
            if shared {
                let t = self.type_idx(ty);
                let ptr = self.f.slots.alloc(1);
                self.ins(ins::New(ptr, t));
                self.store(Place::Mem { base: ptr, off: 0 }, ty, slot);
                self.f.vars.insert(obj, Var::Box(ptr));
            }
        }
    }

    /// The statements of a function, its end, and the function put in its place.
    pub fn body(&mut self, idx: FuncIdx, body: &'a Block) {
        self.stmts(&body.stmts);
        // A function with defers runs on into its end.
        if !self.f.code.is_dead() && self.f.epilogue.is_none() {
            self.at(body.rbrace());
            self.leave();
        }
        let recover = self.epilogue(body.rbrace());
        self.finish_func(idx, recover);
    }

    /// Leaves the function; the results are in their variables. Deferred calls run here, and belong to this line.
    pub fn leave(&mut self) {
        if self.f.epilogue.is_some() {
            self.run_defers();
        }
        self.load_results();
        self.ins(ins::Ret());
    }

    fn run_defers(&mut self) {
        let base = self.f.slots.next;
        self.f.slots.touch(base + FRAME_HEADER as u32);
        self.ins(ins::RunDefers(base as Slot));
    }

    fn load_results(&mut self) {
        for i in 0..self.f.results.len() {
            let r = self.f.results[i];
            if let Some(obj) = r.obj
                && let Some(&Var::Box(p)) = self.f.vars.get(&obj)
            {
                let shared = self
                    .f
                    .facts
                    .var(obj)
                    .is_some_and(|v| v.is_captured() || v.storage() == Storage::Box);
                if self.is_far(r.ty) && !shared {
                    // Nobody else will write to the variable.
                    self.mov_slots(r.slot, p, 1);
                    continue;
                }
                self.load(Place::Mem { base: p, off: 0 }, r.ty, r.slot);
            }
        }
    }

    /// The end of a function with defers: where a recovered panic goes on.
    pub fn epilogue(&mut self, pos: minigo_syntax::source::Pos) -> Option<Label> {
        let l = self.f.epilogue?;
        self.at(pos);
        self.f.code.bind_target(l);
        self.run_defers();
        self.load_results();
        self.ins(ins::Ret());
        Some(l)
    }

    // ---- statements

    /// A list of statements; their variables end with it.
    pub fn block(&mut self, stmts: &'a [Stmt]) {
        let mark = self.f.slots.next;
        self.stmts(stmts);
        self.f.slots.next = mark;
    }

    /// A list of statements whose variables live on.
    pub fn stmts(&mut self, stmts: &'a [Stmt]) {
        for s in stmts {
            // What cannot be reached has no code; only a label makes it reachable again.
            if self.f.code.is_dead() && !matches!(s.kind, StmtKind::Labeled(_)) {
                continue;
            }
            self.stmt(s);
        }
    }

    /// One statement.
    pub fn stmt(&mut self, s: &'a Stmt) {
        self.at(s.pos());
        if !matches!(
            s.kind,
            StmtKind::For(_)
                | StmtKind::Range(_)
                | StmtKind::Switch(_)
                | StmtKind::TypeSwitch(_)
                | StmtKind::Select(_)
        ) {
            self.f.pending_label = None;
        }
        let (mark, kept) = (self.f.slots.next, self.n_kept());
        self.order_stmt(s);
        let ordered = self.n_kept() > kept;
        match &s.kind {
            StmtKind::Bad | StmtKind::Empty => {}
            StmtKind::Labeled(l) => {
                let label = self.goto_label(l.label.name);
                self.f.code.bind_target(label);
                self.f.pending_label = Some(l.label.name);
                self.stmt(&l.stmt);
                self.f.pending_label = None;
            }
            StmtKind::Decl(d) => {
                if let Decl::Var(d) = &**d {
                    for spec in &d.specs {
                        self.var_spec(spec);
                    }
                }
            }
            StmtKind::Expr(e) => self.scoped(|s| s.expr_stmt(e)),
            StmtKind::Send(x) => self.scoped(|s| s.send_stmt(x)),
            StmtKind::IncDec(x) => {
                let op = if x.inc { BinaryOp::Add } else { BinaryOp::Sub };
                self.scoped(|s| s.op_assign(op, &x.x, None, x.op_pos));
            }
            StmtKind::Assign(a) => match a.op {
                AssignOp::Define => self.assign_stmt(a),
                _ => self.scoped(|s| s.assign_stmt(a)),
            },
            StmtKind::Go(e) => {
                let start = s.pos();
                self.scoped(|s| s.go_stmt(e, start));
            }
            StmtKind::Defer(e) => self.scoped(|s| s.defer_stmt(e)),
            StmtKind::Return(r) => self.scoped(|s| s.return_stmt(&r.results)),
            StmtKind::Break(l) => self.branch(l.as_ref().map(|i| i.name), false),
            StmtKind::Continue(l) => self.branch(l.as_ref().map(|i| i.name), true),
            StmtKind::Goto(l) => self.goto_stmt(l.name),
            StmtKind::Fallthrough => {
                if let Some(l) = self.f.fallthrough {
                    self.f.code.jmp(l);
                }
            }
            StmtKind::Block(b) => self.block(&b.stmts),
            StmtKind::If(x) => self.if_stmt(x),
            StmtKind::Switch(x) => self.switch_stmt(x),
            StmtKind::TypeSwitch(x) => self.type_switch_stmt(x),
            StmtKind::Select(x) => self.select_stmt(x),
            StmtKind::For(x) => self.for_stmt(x),
            StmtKind::Range(x) => self.range_stmt(s, x),
        }
        self.forget(kept);
        let declares = match &s.kind {
            StmtKind::Decl(_) => true,
            StmtKind::Assign(a) => a.op == AssignOp::Define,
            _ => false,
        };
        if ordered && !declares {
            self.f.slots.next = mark;
        }
    }

    /// Puts the calls of a simple statement in gc's order. Calls, conditions and the heads of other statements do that
    /// for themselves.
    fn order_stmt(&mut self, s: &'a Stmt) {
        match &s.kind {
            StmtKind::Expr(e) => self.order(&[(e, None)]),
            StmtKind::Send(x) => {
                let t = self.expr_ty(&x.chan);
                let elem = self.chan_elem(t);
                self.order_send(&x.chan, &x.value, elem);
            }
            StmtKind::Assign(a) if matches!(a.op, AssignOp::Op(_)) => {}
            StmtKind::Assign(a) if a.lhs.len() != a.rhs.len() => {}
            StmtKind::Assign(a) => {
                let define = a.op == AssignOp::Define;
                if let ([l], [r]) = (&a.lhs[..], &a.rhs[..]) {
                    if define && l.as_ident().is_some() || self.is_blank_ident(l) {
                        self.order(&[(r, None)]);
                    } else {
                        self.order_assign(l, r);
                    }
                    return;
                }
                let mut left = Vec::new();
                let mut right = Vec::new();
                for (l, r) in a.lhs.iter().zip(&a.rhs) {
                    let is_new = define && self.ck.info.def_of(l.id).is_some();
                    if is_new || self.is_blank_ident(l) {
                        right.push((r, None));
                    } else {
                        left.push(l);
                        let ty = self.lhs_ty(l);
                        right.push((r, Some(ty)));
                    }
                }
                self.order_many(&left, &right);
            }
            StmtKind::Return(r) => {
                let results = self.f.results.clone();
                let items: Vec<_> =
                    match results.len() == r.results.len() && self.f.range_body.is_none() {
                        true => r
                            .results
                            .iter()
                            .zip(results)
                            .map(|(e, r)| (e, Some(r.ty)))
                            .collect(),
                        false => r.results.iter().map(|e| (e, None)).collect(),
                    };
                self.order(&items);
            }
            _ => {}
        }
    }

    fn is_blank_ident(&self, e: &Expr) -> bool {
        e.as_ident().is_some_and(|i| i.is_blank())
    }

    fn expr_stmt(&mut self, e: &'a Expr) {
        self.discard(e);
    }

    fn if_stmt(&mut self, x: &'a IfStmt) {
        let mark = self.f.slots.next;
        if let Some(init) = &x.init {
            self.stmt(init);
        }
        if x.els.is_none()
            && let [only] = &x.then.stmts[..]
            && let Some(to) = self.jump_target(only)
        {
            // `if c { continue }`
            self.at(x.cond.pos());
            self.jump_if(&x.cond, true, to);
            self.f.slots.next = mark;
            return;
        }
        let (els, end) = (self.f.code.label(), self.f.code.label());
        let known = self.const_of(&x.cond).map(|v| v.as_bool());
        if known != Some(false) {
            self.at(x.cond.pos());
            self.jump_if(&x.cond, false, els);
            self.block(&x.then.stmts);
            if x.els.is_some() && known.is_none() && !self.f.code.is_dead() {
                self.f.code.jmp(end);
            }
        }
        self.f.code.bind(els);
        if let Some(s) = &x.els
            && known != Some(true)
        {
            self.stmt(s);
        }
        self.f.code.bind(end);
        self.f.slots.next = mark;
    }

    /// Enters a statement that `break` leaves, and perhaps `continue` goes on with.
    pub fn push_target(&mut self, brk: Label, cont: Option<Label>) {
        let label = self.f.pending_label.take();
        self.f.targets.push(Target { label, brk, cont });
    }

    /// Where `break` or `continue` goes in the function in the making.
    fn branch_target(&self, label: Option<Symbol>, cont: bool) -> Option<Label> {
        let target = self.f.targets.iter().rev().find(|t| match label {
            Some(l) => t.label == Some(l) && (!cont || t.cont.is_some()),
            None => !cont || t.cont.is_some(),
        })?;
        if cont { target.cont } else { Some(target.brk) }
    }

    /// Where a statement goes that does nothing but go somewhere.
    fn jump_target(&self, s: &Stmt) -> Option<Label> {
        match &s.kind {
            StmtKind::Break(l) => self.branch_target(l.as_ref().map(|i| i.name), false),
            StmtKind::Continue(l) => self.branch_target(l.as_ref().map(|i| i.name), true),
            _ => None,
        }
    }

    /// `break` and `continue`
    pub fn branch(&mut self, label: Option<Symbol>, cont: bool) {
        match self.branch_target(label, cont) {
            Some(to) => self.f.code.jmp(to),
            None => self.leave_range_body(label, cont),
        }
    }

    fn goto_label(&mut self, name: Symbol) -> Label {
        if let Some(&l) = self.f.labels.get(&name) {
            return l;
        }
        let l = self.f.code.label();
        self.f.labels.insert(name, l);
        l
    }

    /// `goto`
    pub fn goto_stmt(&mut self, name: Symbol) {
        if self.goto_leaves_range_body(name) {
            return;
        }
        let l = self.goto_label(name);
        if self.f.code.is_bound(l) {
            self.f.code.push_jump(ins::Loop(0), l);
        } else {
            self.f.code.jmp(l);
        }
    }

    // ---- return

    fn return_stmt(&mut self, values: &'a [Expr]) {
        if self.f.range_body.is_some() {
            return self.return_from_range_body(values);
        }
        self.store_results(values);
        self.leave();
    }

    /// Puts the values of a return statement into the results.
    pub fn store_results(&mut self, values: &'a [Expr]) {
        let results = self.f.results.clone();
        if values.is_empty() {
            return;
        }
        if values.len() == 1 && results.len() > 1 {
            let got = self.several(&values[0], results.len());
            let same = got.iter().zip(&results).all(|(&(_, from), r)| {
                from == r.ty || !self.tys_is_iface(r.ty) || self.tys_is_iface(from)
            });
            let boxed = results.iter().any(|r| self.result_box(r).is_some());
            if same
                && !boxed
                && let Some(first) = got.first()
            {
                let n = self.f.result_slots;
                self.mov_slots(FRAME_HEADER, first.0, n);
                return;
            }
            for (&(v, from), r) in got.iter().zip(&results) {
                self.store_result(r, v, from);
            }
            return;
        }
        // A result must not change while another return value is computed from it, or while a panic can still make the
        // old values the ones that are returned.
        let objs: Vec<ObjId> = results.iter().filter_map(|r| r.obj).collect();
        let alone = values.len() == 1;
        let careful = if alone {
            self.f.has_defer || !objs.is_empty() && self.mentions_any(&values[0], &objs)
        } else {
            // A call may also look at results that closures share.
            let shared = results.iter().any(|r| self.result_box(r).is_some());
            self.f.has_defer && values.iter().any(|v| self.has_effects(v))
                || values.iter().any(|v| self.mentions_any(v, &objs))
                || shared && values.iter().any(|v| self.has_call(v))
        };
        if alone {
            let r = results[0];
            match self.result_box(&r) {
                Some(p) => {
                    let v = self.value(&values[0], r.ty);
                    self.store(Place::Mem { base: p, off: 0 }, r.ty, v);
                }
                None => {
                    let old = self.f.guard;
                    if careful {
                        self.f.guard = (r.slot as u32, r.slot as u32 + self.slots_of(r.ty));
                    }
                    self.value_to(&values[0], r.ty, r.slot);
                    self.f.guard = old;
                }
            }
            return;
        }
        if !careful {
            for (v, r) in values.iter().zip(&results) {
                match self.result_box(r) {
                    Some(p) => {
                        let v = self.value(v, r.ty);
                        self.store(Place::Mem { base: p, off: 0 }, r.ty, v);
                    }
                    None => self.value_to(v, r.ty, r.slot),
                }
            }
            return;
        }
        let mut done = Vec::with_capacity(values.len());
        for (v, r) in values.iter().zip(&results) {
            // Named results change while the others are stored: take copies.
            self.f.unstable = objs.clone();
            let slot = self.value(v, r.ty);
            self.f.unstable.clear();
            done.push(slot);
        }
        for (slot, r) in done.into_iter().zip(&results) {
            self.store_result(r, slot, r.ty);
        }
    }

    fn tys_is_iface(&self, ty: Ty) -> bool {
        self.tys
            .known_layout(ty)
            .is_some_and(|l| l.class == Class::Iface)
    }

    /// The box of a result that closures share.
    fn result_box(&self, r: &ResultVar) -> Option<Slot> {
        match self.f.vars.get(&r.obj?) {
            Some(&Var::Box(p)) => Some(p),
            _ => None,
        }
    }

    /// A result := value of type `from`.
    pub fn store_result(&mut self, r: &ResultVar, v: Slot, from: Ty) {
        let mark = self.f.slots.next;
        match self.result_box(r) {
            Some(p) => {
                let mut v = v;
                if from != r.ty {
                    let t = self.tmp(r.ty);
                    self.assign_convert(v, from, r.ty, t);
                    v = t;
                }
                self.store(Place::Mem { base: p, off: 0 }, r.ty, v);
            }
            None => self.assign_convert(v, from, r.ty, r.slot),
        }
        self.f.slots.next = mark;
    }

    // ---- for

    fn for_stmt(&mut self, x: &'a ForStmt) {
        let mark = self.f.slots.next;
        let label = self.f.pending_label.take();
        if let Some(init) = &x.init {
            self.stmt(init);
        }
        self.f.pending_label = label;
        let hoisted = self.enter_loop(&[
            super::hoist::Part::Expr(x.cond.as_ref()),
            super::hoist::Part::Stmt(x.post.as_ref()),
            super::hoist::Part::Block(&x.body),
        ]);
        let (brk, cont) = (self.f.code.label(), self.f.code.label());
        self.push_target(brk, Some(cont));
        let cond = x
            .cond
            .as_ref()
            .filter(|c| self.const_of(c).is_none_or(|v| !v.as_bool()));
        match cond {
            None => {
                let top = self.f.code.label_here();
                self.block(&x.body.stmts);
                self.f.code.bind(cont);
                if !self.f.code.is_dead() {
                    self.next_iteration(x);
                    self.post(x);
                    self.f.code.push_jump(ins::Loop(0), top);
                }
            }
            Some(cond) => {
                let counted = self.counted(x, cond);
                let test = self.f.code.label();
                if counted.is_some() || !self.is_complex_cond(cond) {
                    if !self.starts_true(x, cond) {
                        self.at(cond.pos());
                        self.jump_if(cond, false, brk);
                    }
                } else {
                    self.f.code.jmp(test);
                }
                let top = self.f.code.label_here();
                self.block(&x.body.stmts);
                self.f.code.bind(cont);
                if !self.f.code.is_dead() || self.f.code.is_used(test) {
                    match counted {
                        Some((i, n, or_equal)) => self.count_and_loop(i, n, or_equal, top, cond),
                        None => {
                            if !self.f.code.is_dead() {
                                self.next_iteration(x);
                                self.post(x);
                            }
                            self.f.code.bind(test);
                            self.at(cond.pos());
                            self.loop_if(cond, top);
                        }
                    }
                }
            }
        }
        self.f.targets.pop();
        self.leave_loop(hoisted);
        self.f.code.bind(brk);
        self.f.slots.next = mark;
    }

    fn post(&mut self, x: &'a ForStmt) {
        if let Some(post) = &x.post {
            self.stmt(post);
        }
    }

    /// Whether a condition is too long to be written twice.
    fn is_complex_cond(&mut self, cond: &Expr) -> bool {
        match &cond.unparen().kind {
            ExprKind::Binary(x) => {
                matches!(x.op, BinaryOp::AndAnd | BinaryOp::OrOr)
                    || self.has_call(&x.x)
                    || self.has_call(&x.y)
            }
            ExprKind::Ident(_) => false,
            _ => true,
        }
    }

    /// The variables of a `for` clause that closures share are new ones in each iteration.
    fn next_iteration(&mut self, x: &'a ForStmt) {
        if self.ck.info.shares_loop_vars(x.body.id) {
            return;
        }
        let Some(init) = &x.init else { return };
        let StmtKind::Assign(a) = &init.kind else {
            return;
        };
        if a.op != AssignOp::Define {
            return;
        }
        for l in &a.lhs {
            let Some(obj) = self.ck.info.def_of(l.id) else {
                continue;
            };
            if !self
                .f
                .facts
                .var(obj)
                .is_some_and(|v| v.is_captured() || v.storage() == Storage::Box)
            {
                continue;
            }
            if let Some(&Var::Box(p)) = self.f.vars.get(&obj) {
                let ty = self.var_ty(obj);
                let t = self.type_idx(ty);
                let mark = self.f.slots.next;
                let v = self.tmp(ty);
                self.load(Place::Mem { base: p, off: 0 }, ty, v);
                if self.is_far(ty) {
                    self.mov_slots(p, v, 1);
                } else {
                    self.ins(ins::New(p, t));
                    self.store(Place::Mem { base: p, off: 0 }, ty, v);
                }
                self.f.slots.next = mark;
            }
        }
    }

    /// For `i < n` (or `i <= n`) and `i++` with an int i in a slot: the slot, the limit, and which of both.
    fn counted(&mut self, x: &'a ForStmt, cond: &'a Expr) -> Option<(Slot, &'a Expr, bool)> {
        let ExprKind::Binary(b) = &cond.unparen().kind else {
            return None;
        };
        let (i, n, or_equal) = match b.op {
            BinaryOp::Lss => (&b.x, &b.y, false),
            BinaryOp::Leq => (&b.x, &b.y, true),
            BinaryOp::Gtr => (&b.y, &b.x, false),
            BinaryOp::Geq => (&b.y, &b.x, true),
            _ => return None,
        };
        let StmtKind::IncDec(post) = &x.post.as_ref()?.kind else {
            return None;
        };
        if !post.inc {
            return None;
        }
        let (i, p) = (i.unparen(), post.x.unparen());
        if !matches!(i.kind, ExprKind::Ident(_)) || !matches!(p.kind, ExprKind::Ident(_)) {
            return None;
        }
        let obj = self.ck.info.use_of(i.id)?;
        if self.ck.info.use_of(p.id) != Some(obj) {
            return None;
        }
        let Some(&Var::Slots(slot)) = self.f.vars.get(&obj) else {
            return None;
        };
        let ty = self.var_ty(obj);
        if self.class(ty)
            != (Class::Int {
                bytes: 8,
                signed: true,
            })
        {
            return None;
        }
        if self.has_call(n) || self.mentions(n, obj) {
            return None;
        }
        Some((slot, n, or_equal))
    }

    fn count_and_loop(&mut self, i: Slot, n: &'a Expr, or_equal: bool, top: Label, cond: &Expr) {
        self.at(cond.pos());
        let mark = self.f.slots.next;
        let jump = match self.small_const(n) {
            Some(c) if or_equal => ins::IncLoopLeImm(i, c, 0),
            Some(c) => ins::IncLoopLtImm(i, c, 0),
            None => {
                let n = self.expr(n);
                if or_equal {
                    ins::IncLoopLe(i, n, 0)
                } else {
                    ins::IncLoopLt(i, n, 0)
                }
            }
        };
        self.f.code.push_jump(jump, top);
        self.f.slots.next = mark;
    }

    /// Whether a loop's condition holds at the start for certain: constant bounds.
    fn starts_true(&mut self, x: &'a ForStmt, cond: &'a Expr) -> bool {
        let Some(init) = &x.init else { return false };
        let StmtKind::Assign(a) = &init.kind else {
            return false;
        };
        let ExprKind::Binary(b) = &cond.unparen().kind else {
            return false;
        };
        let (Some(limit), ExprKind::Ident(_)) = (self.int_const(&b.y), &b.x.unparen().kind) else {
            return false;
        };
        let obj = self.ck.info.use_of(b.x.unparen().id);
        for (l, r) in a.lhs.iter().zip(&a.rhs) {
            let here = self.ck.info.obj_of(match l.as_ident() {
                Some(i) => i,
                None => return false,
            });
            if here.is_some() && here == obj {
                let Some(start) = self.int_const(r) else {
                    return false;
                };
                let ty = self.expr_ty(&b.x);
                if self.is_unsigned_word(ty) {
                    return false;
                }
                return match b.op {
                    BinaryOp::Lss => start < limit,
                    BinaryOp::Leq => start <= limit,
                    BinaryOp::Gtr => start > limit,
                    BinaryOp::Geq => start >= limit,
                    BinaryOp::Neq => start != limit,
                    _ => false,
                };
            }
        }
        false
    }
}
