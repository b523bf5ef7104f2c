//! Terminating statements: whether the end of a body can be reached. (Go: types2/return.go)
//!
//! Knows nothing of: types, except whether a call is one of the predeclared `panic`.

use minigo_syntax::ast::{Block, CaseClause, ExprKind as Node, Stmt, StmtKind};
use minigo_syntax::symbol::Symbol;

use super::Checker;

impl<'a> Checker<'a> {
    /// Whether control cannot leave the block at its end.
    pub(crate) fn is_terminating(&self, body: &'a Block) -> bool {
        self.is_terminating_list(&body.stmts)
    }

    /// Only the last statement that is not empty counts.
    fn is_terminating_list(&self, list: &'a [Stmt]) -> bool {
        let last = list.iter().rfind(|s| !matches!(s.kind, StmtKind::Empty));
        last.is_some_and(|s| self.is_terminating_stmt(s, None))
    }

    fn is_terminating_stmt(&self, s: &'a Stmt, label: Option<Symbol>) -> bool {
        match &s.kind {
            StmtKind::Return(_) | StmtKind::Goto(_) | StmtKind::Fallthrough => true,
            // Reported already; whatever it was to be, no second error.
            StmtKind::Bad => true,
            StmtKind::Labeled(l) => self.is_terminating_stmt(&l.stmt, Some(l.label.name)),
            StmtKind::Expr(x) => {
                let x = x.unparen();
                matches!(x.kind, Node::Call(_)) && self.info.is_panic(x.id)
            }
            StmtKind::Block(b) => self.is_terminating(b),
            StmtKind::If(s) => match &s.els {
                Some(els) => self.is_terminating(&s.then) && self.is_terminating_stmt(els, None),
                None => false,
            },
            StmtKind::Switch(s) => self.is_terminating_switch(&s.clauses, label),
            StmtKind::TypeSwitch(s) => self.is_terminating_switch(&s.clauses, label),
            StmtKind::Select(s) => s.clauses.iter().all(|c| {
                self.is_terminating_list(&c.body) && !has_break_list(&c.body, label, true)
            }),
            StmtKind::For(s) => s.cond.is_none() && !has_break_list(&s.body.stmts, label, true),
            StmtKind::Empty
            | StmtKind::Decl(_)
            | StmtKind::Send(_)
            | StmtKind::IncDec(_)
            | StmtKind::Assign(_)
            | StmtKind::Go(_)
            | StmtKind::Defer(_)
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Range(_) => false,
        }
    }

    fn is_terminating_switch(&self, clauses: &'a [CaseClause], label: Option<Symbol>) -> bool {
        clauses.iter().any(|c| c.is_default)
            && clauses
                .iter()
                .all(|c| self.is_terminating_list(&c.body) && !has_break_list(&c.body, label, true))
    }
}

fn has_break_list(list: &[Stmt], label: Option<Symbol>, implicit: bool) -> bool {
    list.iter().any(|s| has_break(s, label, implicit))
}

/// Whether `s` has a `break` that leaves the statement labelled `label` around it, or, if `implicit`, one without a label.
fn has_break(s: &Stmt, label: Option<Symbol>, implicit: bool) -> bool {
    // Inside a statement that takes a plain break itself, only labelled ones count.
    let nested = |list: &[Stmt]| label.is_some() && has_break_list(list, label, false);
    match &s.kind {
        StmtKind::Break(None) => implicit,
        StmtKind::Break(Some(to)) => Some(to.name) == label,
        StmtKind::Labeled(l) => has_break(&l.stmt, label, implicit),
        StmtKind::Block(b) => has_break_list(&b.stmts, label, implicit),
        StmtKind::If(s) => {
            has_break_list(&s.then.stmts, label, implicit)
                || s.els
                    .as_ref()
                    .is_some_and(|els| has_break(els, label, implicit))
        }
        StmtKind::Switch(s) => s.clauses.iter().any(|c| nested(&c.body)),
        StmtKind::TypeSwitch(s) => s.clauses.iter().any(|c| nested(&c.body)),
        StmtKind::Select(s) => s.clauses.iter().any(|c| nested(&c.body)),
        StmtKind::For(s) => nested(&s.body.stmts),
        StmtKind::Range(s) => nested(&s.body.stmts),
        _ => false,
    }
}
