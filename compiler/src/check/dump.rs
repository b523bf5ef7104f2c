//! What the checker found out about a file, as text: one line for each expression, in source order.
//!
//! `3:7  x + 1  value int` — position, expression, how it may be used, type, and the value of a constant. Identifiers that
//! declare something say what. No handles, no addresses: the text depends on the source alone.

use std::fmt::Write;

use minigo_syntax::ast::{
    Block, CaseClause, Decl, Expr, ExprKind, Field, File, FuncBody, FuncType, Ident, InterfaceElem,
    Stmt, StmtKind,
};
use minigo_syntax::source::{Pos, SourceFile};

use super::typestring::{Qualify, TypeWriter};
use super::{Checker, Mode, SelectionKind};

/// The dump of one file.
pub fn dump_types(check: &Checker<'_>, file: &File, source: &SourceFile) -> String {
    let mut d = Dump {
        check,
        source,
        lines: Vec::new(),
    };
    for decl in &file.decls {
        d.decl(decl);
    }
    // Statements and expressions were visited in the order of the tree, which is not quite that of the text.
    d.lines.sort_by_key(|l| l.0);
    let mut out = String::new();
    for (pos, text) in d.lines {
        let (line, col) = source.line_col(pos);
        _ = writeln!(out, "{line}:{col}\t{text}");
    }
    out
}

struct Dump<'c, 'a> {
    check: &'c Checker<'a>,
    source: &'c SourceFile,
    lines: Vec<(Pos, String)>,
}

impl Dump<'_, '_> {
    fn push(&mut self, pos: Pos, text: String) {
        if self.source.owns(pos) {
            self.lines.push((pos, text));
        }
    }

    fn type_text(&self, t: super::TypeId) -> String {
        self.check.type_string_as(t, Qualify::Name)
    }

    /// An identifier that declares an object.
    fn def(&mut self, ident: Ident) {
        let Some(obj) = self.check.info.def_of(ident.id) else {
            return;
        };
        let kind = self.check.object_kind(obj);
        let mut w = TypeWriter::new(self.check, Qualify::Name);
        if let Some(t) = self.check.objs[obj].ty {
            w.out.push(' ');
            w.typ(t);
        }
        let mut text = format!("{}\t{kind}{}", ident.name, w.out);
        if let Some(val) = self.check.objs[obj].const_val() {
            _ = write!(text, " = {}", val.exact());
        }
        self.push(ident.pos(), text);
    }

    fn expr(&mut self, e: &Expr) {
        if let Some(tv) = self.check.info.get(e.id) {
            let mut text = format!("{}\t{}", e, tv.mode.as_str());
            if tv.mode != Mode::NoValue {
                _ = write!(text, " {}", self.type_text(tv.ty));
            }
            if let Some(val) = tv.val {
                _ = write!(text, " = {}", self.check.info.value(val).exact());
            }
            if let Some(sel) = self.check.info.selection(e.id)
                && !matches!(e.kind, ExprKind::Ident(_))
            {
                let kind = match sel.kind {
                    SelectionKind::FieldVal => "field",
                    SelectionKind::MethodVal => "method",
                    SelectionKind::MethodExpr => "method expression",
                };
                let path: Vec<String> = sel.index.iter().map(u32::to_string).collect();
                let deref = if sel.indirect {
                    " through a pointer"
                } else {
                    ""
                };
                _ = write!(text, " ({kind} {}{deref})", path.join("."));
            }
            if let ExprKind::Ident(_) = e.kind
                && let Some(inst) = self.check.info.instance(e.id)
            {
                let targs = self.check.types.list(inst.targs);
                let targs: Vec<String> = targs.iter().map(|&t| self.type_text(t)).collect();
                _ = write!(text, " instantiated with [{}]", targs.join(", "));
            }
            self.push(e.span.lo, text);
        }
        if let Some(ident) = e.as_ident() {
            self.def(ident);
        }
        match &e.kind {
            ExprKind::CompositeLit(x) => {
                x.ty.iter().for_each(|t| self.expr(t));
                self.exprs(&x.elems);
            }
            ExprKind::KeyValue(x) => {
                self.expr(&x.key);
                self.expr(&x.value);
            }
            ExprKind::FuncLit(x) => {
                self.signature(&x.sig);
                self.block(&x.body);
            }
            ExprKind::Paren(x)
            | ExprKind::Star(x)
            | ExprKind::SliceType(x)
            | ExprKind::Ellipsis(x) => {
                self.expr(x);
            }
            ExprKind::Selector(x) => self.expr(&x.x),
            ExprKind::Index(x) => {
                self.expr(&x.x);
                self.exprs(&x.indices);
            }
            ExprKind::Slice(x) => {
                self.expr(&x.x);
                [&x.lo, &x.hi, &x.max]
                    .into_iter()
                    .flatten()
                    .for_each(|e| self.expr(e));
            }
            ExprKind::TypeAssert(x) => {
                self.expr(&x.x);
                x.ty.iter().for_each(|t| self.expr(t));
            }
            ExprKind::Call(x) => {
                self.expr(&x.fun);
                self.exprs(&x.args);
            }
            ExprKind::Unary(x) => self.expr(&x.x),
            ExprKind::Binary(x) => {
                self.expr(&x.x);
                self.expr(&x.y);
            }
            ExprKind::ArrayType(x) => {
                x.len.iter().for_each(|l| self.expr(l));
                self.expr(&x.elem);
            }
            ExprKind::StructType(x) => self.fields(&x.fields),
            ExprKind::FuncType(x) => self.signature(x),
            ExprKind::InterfaceType(x) => {
                for elem in &x.elems {
                    match elem {
                        InterfaceElem::Method(m) => {
                            self.def(m.name);
                            self.signature(&m.sig);
                        }
                        InterfaceElem::Type(t) => self.expr(t),
                    }
                }
            }
            ExprKind::MapType(x) => {
                self.expr(&x.key);
                self.expr(&x.value);
            }
            ExprKind::ChanType(x) => self.expr(&x.elem),
            ExprKind::Bad | ExprKind::Ident(_) | ExprKind::BasicLit(..) => {}
        }
    }

    fn exprs(&mut self, list: &[Expr]) {
        list.iter().for_each(|e| self.expr(e));
    }

    fn fields(&mut self, list: &[Field]) {
        for f in list {
            f.names.iter().for_each(|&n| self.def(n));
            self.expr(&f.ty);
        }
    }

    fn signature(&mut self, sig: &FuncType) {
        self.fields(&sig.params);
        self.fields(&sig.results);
    }

    fn decl(&mut self, decl: &Decl) {
        match decl {
            Decl::Import(_) => {}
            Decl::Const(group) => {
                for s in &group.specs {
                    s.names.iter().for_each(|&n| self.def(n));
                    s.ty.iter().for_each(|t| self.expr(t));
                    self.exprs(&s.values);
                }
            }
            Decl::Var(group) => {
                for s in &group.specs {
                    s.names.iter().for_each(|&n| self.def(n));
                    s.ty.iter().for_each(|t| self.expr(t));
                    self.exprs(&s.values);
                }
            }
            Decl::Type(group) => {
                for s in &group.specs {
                    self.def(s.name);
                    self.fields(&s.tparams);
                    self.expr(&s.ty);
                }
            }
            Decl::Func(f) => {
                self.def(f.name);
                self.fields(f.recv.as_slice());
                self.fields(&f.tparams);
                self.signature(&f.sig);
                if let FuncBody::Parsed(body) = &f.body {
                    self.block(body);
                }
            }
        }
    }

    fn block(&mut self, b: &Block) {
        b.stmts.iter().for_each(|s| self.stmt(s));
    }

    fn clauses(&mut self, list: &[CaseClause]) {
        for c in list {
            self.exprs(&c.exprs);
            c.body.iter().for_each(|s| self.stmt(s));
        }
    }

    fn stmt(&mut self, s: &Stmt) {
        match &s.kind {
            StmtKind::Bad
            | StmtKind::Empty
            | StmtKind::Break(_)
            | StmtKind::Continue(_)
            | StmtKind::Goto(_)
            | StmtKind::Fallthrough => {}
            StmtKind::Labeled(s) => self.stmt(&s.stmt),
            StmtKind::Decl(d) => self.decl(d),
            StmtKind::Expr(e) | StmtKind::Go(e) | StmtKind::Defer(e) => self.expr(e),
            StmtKind::Send(s) => {
                self.expr(&s.chan);
                self.expr(&s.value);
            }
            StmtKind::IncDec(s) => self.expr(&s.x),
            StmtKind::Assign(s) => {
                self.exprs(&s.lhs);
                self.exprs(&s.rhs);
            }
            StmtKind::Return(s) => self.exprs(&s.results),
            StmtKind::Block(b) => self.block(b),
            StmtKind::If(s) => {
                s.init.iter().for_each(|s| self.stmt(s));
                self.expr(&s.cond);
                self.block(&s.then);
                s.els.iter().for_each(|s| self.stmt(s));
            }
            StmtKind::Switch(s) => {
                s.init.iter().for_each(|s| self.stmt(s));
                s.tag.iter().for_each(|e| self.expr(e));
                self.clauses(&s.clauses);
            }
            StmtKind::TypeSwitch(s) => {
                s.init.iter().for_each(|s| self.stmt(s));
                self.expr(&s.x);
                self.clauses(&s.clauses);
            }
            StmtKind::Select(s) => {
                for c in &s.clauses {
                    c.comm.iter().for_each(|s| self.stmt(s));
                    c.body.iter().for_each(|s| self.stmt(s));
                }
            }
            StmtKind::For(s) => {
                s.init.iter().for_each(|s| self.stmt(s));
                s.cond.iter().for_each(|e| self.expr(e));
                s.post.iter().for_each(|s| self.stmt(s));
                self.block(&s.body);
            }
            StmtKind::Range(s) => {
                self.exprs(&s.lhs);
                self.expr(&s.x);
                self.block(&s.body);
            }
        }
    }
}
