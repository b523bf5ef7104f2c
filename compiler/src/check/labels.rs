//! Labels and jumps: where `break`, `continue`, `goto` and `fallthrough` lead.
//! (Go: cmd/compile/internal/syntax/branches.go, which gc uses instead of types2/labels.go)
//!
//! A second walk over each body. Labels of a function share one name space; a `goto` may go backwards anywhere outwards, and
//! forwards within its block or outwards, if no variable is declared on the way. So forward jumps are collected, and matched
//! when the label comes. Labels are recorded under their identifiers, so that a jump's label denotes the label's object.
//!
//! Knows nothing of: types.

use minigo_syntax::ast::{
    AssignOp, AssignStmt, Block, Decl, ExprKind, File, FuncBody, Ident, LabeledStmt, NodeId, Stmt,
    StmtKind,
};
use minigo_syntax::codes::Code;
use minigo_syntax::source::Pos;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::walk::{Node, inspect};

use super::{Checker, IdMap, ObjId, Object, ObjectKind};

/// What a plain `break` leaves.
#[derive(Copy, Clone, PartialEq)]
enum Breaks {
    Nothing,
    Loop,
    Switch { n_clauses: usize },
    TypeSwitch,
    Select,
}

/// Where plain jumps go.
#[derive(Copy, Clone)]
struct Targets {
    breaks: Breaks,
    in_loop: bool,
    /// The place of the clause whose statements these are, directly.
    clause: Option<usize>,
}

/// A label of the function.
struct Label<'a> {
    obj: ObjId,
    stmt: &'a LabeledStmt,
    /// The block that declares it, by number and start.
    block: u32,
    start: Pos,
}

/// A block that is open.
struct Open {
    number: u32,
    start: Pos,
    /// The label of the statement that it belongs to.
    label: Option<NodeId>,
}

struct Labels<'a> {
    all: IdMap<Symbol, Label<'a>>,
    /// The blocks around, outermost first.
    open: Vec<Open>,
    n_blocks: u32,
}

/// The jumps of one block whose labels have not come yet.
#[derive(Default)]
struct Jumps<'a> {
    fwd: Vec<&'a Ident>,
    /// Those of them that jump over `decl`.
    bad: Vec<NodeId>,
    /// The last declaration of variables: its place and how messages call it.
    decl: Option<(Pos, VarName<'a>)>,
}

#[derive(Copy, Clone)]
enum VarName<'a> {
    Name(Symbol),
    Lhs(&'a AssignStmt),
}

impl<'a> Jumps<'a> {
    fn record_var_decl(&mut self, pos: Pos, name: VarName<'a>) {
        self.decl = Some((pos, name));
        self.bad = self.fwd.iter().map(|l| l.id).collect();
    }
}

impl<'a> Checker<'a> {
    /// Checks the jumps of all functions of a file, as gc does while it parses, whatever else is wrong with the file. Only
    /// functions with syntax errors of their own are left out.
    pub fn branches(&mut self, file: &'a File) {
        let mut bodies: Vec<&'a Block> = Vec::new();
        inspect(Node::File(file), &mut |node| {
            match node {
                Node::Decl(Decl::Func(f)) => {
                    if let FuncBody::Parsed(body) = &f.body {
                        bodies.push(body);
                    }
                }
                Node::Expr(e) => {
                    if let ExprKind::FuncLit(lit) = &e.kind {
                        bodies.push(&lit.body);
                    }
                }
                _ => {}
            }
            true
        });
        // The order in which they are complete.
        bodies.sort_by_key(|b| b.span.hi);
        for body in bodies {
            let broken = |&at: &Pos| body.span.lo <= at && at <= body.span.hi;
            if self.parse_errors.iter().any(broken) {
                continue;
            }
            self.labels(body);
        }
    }

    /// Checks the jumps of a body.
    pub(crate) fn labels(&mut self, body: &'a Block) {
        let mut labels = Labels {
            all: IdMap::default(),
            open: Vec::new(),
            n_blocks: 0,
        };
        let targets = Targets {
            breaks: Breaks::Nothing,
            in_loop: false,
            clause: None,
        };
        let left = self.block_branches(&mut labels, targets, None, body.span.lo, &body.stmts);
        // What is left jumps to labels that are not there, or not outwards.
        for jump in left {
            let name = jump.name;
            match labels.all.get(&name) {
                Some(label) => {
                    self.objs[label.obj].used = true;
                    let mut msg = format!("goto {name} jumps into block");
                    if !self.as_types2 {
                        msg = format!("{msg} starting at {}", self.place(label.start));
                    }
                    self.error(jump, Code::JumpIntoBlock, msg);
                }
                None => {
                    let how = self.declared();
                    self.error(
                        jump,
                        Code::UndeclaredLabel,
                        format!("label {name} not {how}"),
                    );
                }
            }
        }
        let mut unused: Vec<_> = labels
            .all
            .values()
            .filter(|l| !self.objs[l.obj].used)
            .map(|l| l.stmt.label)
            .collect();
        unused.sort_by_key(|l| l.span.lo);
        if self.is_session() {
            unused.clear();
        }
        let how = self.declared();
        for label in unused {
            self.soft_error(
                label,
                Code::UnusedLabel,
                format!("label {} {how} and not used", label.name),
            );
        }
    }

    /// gc and types2 differ in what happens to labels.
    fn declared(&self) -> &'static str {
        if self.as_types2 {
            "declared"
        } else {
            "defined"
        }
    }

    /// Checks the jumps of a block, and gives back those whose labels did not come in it.
    fn block_branches(
        &mut self,
        labels: &mut Labels<'a>,
        targets: Targets,
        label: Option<NodeId>,
        start: Pos,
        stmts: &'a [Stmt],
    ) -> Vec<&'a Ident> {
        labels.n_blocks += 1;
        labels.open.push(Open {
            number: labels.n_blocks,
            start,
            label,
        });
        let mut jumps = Jumps::default();
        let n = stmts
            .iter()
            .rposition(|s| !matches!(s.kind, StmtKind::Empty))
            .map_or(0, |i| i + 1);
        for (i, s) in stmts[..n].iter().enumerate() {
            self.stmt_branches(labels, &mut jumps, targets, i + 1 == n, s);
        }
        labels.open.pop();
        jumps.fwd
    }

    fn stmt_branches(
        &mut self,
        labels: &mut Labels<'a>,
        jumps: &mut Jumps<'a>,
        targets: Targets,
        is_last: bool,
        s: &'a Stmt,
    ) {
        let mut s = s;
        let mut label = None;
        while let StmtKind::Labeled(l) = &s.kind {
            if !l.label.is_blank() {
                self.declare_label(labels, jumps, l);
                label = Some(l.label.id);
            }
            s = &l.stmt;
        }
        // The statements of a block inside this one.
        let inner = |breaks, in_loop, clause| Targets {
            breaks,
            in_loop,
            clause,
        };
        match &s.kind {
            StmtKind::Decl(d) => {
                if let Decl::Var(d) = &**d
                    && let Some(name) = d.specs.first().and_then(|spec| spec.names.first())
                {
                    jumps.record_var_decl(name.pos(), VarName::Name(name.name));
                }
            }
            StmtKind::Assign(a) if a.op == AssignOp::Define => {
                jumps.record_var_decl(a.op_pos, VarName::Lhs(a));
            }
            StmtKind::Break(None) if targets.breaks == Breaks::Nothing => {
                let msg = if self.as_types2 {
                    "break not in for, switch, or select statement"
                } else {
                    "break is not in a loop, switch, or select"
                };
                self.error(s, Code::MisplacedBreak, msg);
            }
            StmtKind::Continue(None) if !targets.in_loop => {
                let msg = if self.as_types2 {
                    "continue not in for statement"
                } else {
                    "continue is not in a loop"
                };
                self.error(s, Code::MisplacedContinue, msg);
            }
            StmtKind::Fallthrough => {
                let msg = match (targets.breaks, targets.clause) {
                    (Breaks::TypeSwitch, _) => "cannot fallthrough in type switch",
                    (Breaks::Switch { n_clauses }, Some(i)) if is_last => {
                        if i + 1 != n_clauses {
                            return;
                        }
                        "cannot fallthrough final case in switch"
                    }
                    _ => "fallthrough statement out of place",
                };
                self.error(s, Code::MisplacedFallthrough, msg);
            }
            StmtKind::Break(Some(to)) => self.labelled_jump(labels, to, "break", |s| {
                matches!(
                    s.kind,
                    StmtKind::Switch(_)
                        | StmtKind::TypeSwitch(_)
                        | StmtKind::Select(_)
                        | StmtKind::For(_)
                        | StmtKind::Range(_)
                )
            }),
            StmtKind::Continue(Some(to)) => self.labelled_jump(labels, to, "continue", |s| {
                matches!(s.kind, StmtKind::For(_) | StmtKind::Range(_))
            }),
            StmtKind::Goto(to) => {
                let target = labels.all.get(&to.name).map(|l| (l.obj, l.block));
                if let Some((obj, block)) = target {
                    self.objs[obj].used = true;
                    self.info.record_use(to.id, obj);
                    if labels.open.iter().any(|b| b.number == block) {
                        return;
                    }
                }
                jumps.fwd.push(to);
            }
            StmtKind::Block(b) => {
                let t = inner(targets.breaks, targets.in_loop, None);
                let left = self.block_branches(labels, t, label, b.span.lo, &b.stmts);
                jumps.fwd.extend(left);
            }
            StmtKind::If(i) => {
                let t = inner(targets.breaks, targets.in_loop, None);
                let then = &i.then;
                let left = self.block_branches(labels, t, label, then.span.lo, &then.stmts);
                jumps.fwd.extend(left);
                if let Some(els) = &i.els {
                    let els = std::slice::from_ref(els);
                    let left = self.block_branches(labels, t, label, els[0].pos(), els);
                    jumps.fwd.extend(left);
                }
            }
            StmtKind::For(f) => {
                let t = inner(Breaks::Loop, true, None);
                let left = self.block_branches(labels, t, label, f.body.span.lo, &f.body.stmts);
                jumps.fwd.extend(left);
            }
            StmtKind::Range(f) => {
                let t = inner(Breaks::Loop, true, None);
                let left = self.block_branches(labels, t, label, f.body.span.lo, &f.body.stmts);
                jumps.fwd.extend(left);
            }
            StmtKind::Switch(w) => {
                let n_clauses = w.clauses.len();
                for (i, c) in w.clauses.iter().enumerate() {
                    let t = inner(Breaks::Switch { n_clauses }, targets.in_loop, Some(i));
                    let left = self.block_branches(labels, t, label, c.span.lo, &c.body);
                    jumps.fwd.extend(left);
                }
            }
            StmtKind::TypeSwitch(w) => {
                for (i, c) in w.clauses.iter().enumerate() {
                    let t = inner(Breaks::TypeSwitch, targets.in_loop, Some(i));
                    let left = self.block_branches(labels, t, label, c.span.lo, &c.body);
                    jumps.fwd.extend(left);
                }
            }
            StmtKind::Select(w) => {
                for c in &w.clauses {
                    let t = inner(Breaks::Select, targets.in_loop, None);
                    let left = self.block_branches(labels, t, label, c.span.lo, &c.body);
                    jumps.fwd.extend(left);
                }
            }
            _ => {}
        }
    }

    fn declare_label(
        &mut self,
        labels: &mut Labels<'a>,
        jumps: &mut Jumps<'a>,
        l: &'a LabeledStmt,
    ) {
        let name = l.label.name;
        let obj = match labels.all.get(&name) {
            Some(alt) => {
                let at = self.place(alt.stmt.label.pos());
                let obj = alt.obj;
                let msg = if self.as_types2 {
                    format!("label {name} already declared")
                } else {
                    format!("label {name} already defined at {at}")
                };
                self.error(l.label, Code::DuplicateLabel, msg);
                obj
            }
            None => {
                let pkg = Some(self.env.pkg);
                let obj = Object::new(ObjectKind::Label, l.label.pos(), pkg, name, None);
                let obj = self.new_obj(obj);
                let (block, start) = labels
                    .open
                    .last()
                    .map_or((0, Pos::NONE), |b| (b.number, b.start));
                let label = Label {
                    obj,
                    stmt: l,
                    block,
                    start,
                };
                labels.all.insert(name, label);
                self.info.record_def(l.label.id, obj);
                obj
            }
        };
        // The jumps that were waiting for it.
        let (here, rest) = std::mem::take(&mut jumps.fwd)
            .into_iter()
            .partition::<Vec<_>, _>(|jump| jump.name == name);
        jumps.fwd = rest;
        for jump in here {
            self.objs[obj].used = true;
            self.info.record_use(jump.id, obj);
            if let Some((pos, var)) = jumps.decl
                && jumps.bad.contains(&jump.id)
            {
                let var = match var {
                    VarName::Name(name) => name.as_str().to_owned(),
                    VarName::Lhs(a) => {
                        let names: Vec<String> = a.lhs.iter().map(|e| self.estr(e)).collect();
                        names.join(", ")
                    }
                };
                let at = self.place(pos);
                let msg = if self.as_types2 {
                    let line = at.rsplit(':').nth(1).unwrap_or_default();
                    format!("goto {name} jumps over variable declaration at line {line}")
                } else {
                    format!("goto {name} jumps over declaration of {var} at {at}")
                };
                self.error(jump, Code::JumpOverDecl, msg);
            }
        }
    }

    /// `break L`, `continue L`: the statement labelled L must be around, and one that takes such a jump.
    fn labelled_jump(
        &mut self,
        labels: &Labels<'a>,
        to: &'a Ident,
        what: &str,
        takes_it: impl Fn(&Stmt) -> bool,
    ) {
        let Some(label) = labels.all.get(&to.name) else {
            let msg = if self.as_types2 {
                format!("invalid {what} label {}", to.name)
            } else {
                format!("{what} label not defined: {}", to.name)
            };
            self.error(to, Code::UndeclaredLabel, msg);
            return;
        };
        // Even if it cannot be jumped to.
        self.objs[label.obj].used = true;
        let id = label.stmt.label.id;
        let encloses = labels.open.iter().any(|b| b.label == Some(id));
        if encloses && takes_it(&label.stmt.stmt) {
            self.info.record_use(to.id, label.obj);
        } else {
            self.error(
                to,
                Code::MisplacedLabel,
                format!("invalid {what} label {}", to.name),
            );
        }
    }
}
