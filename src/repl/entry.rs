//! What was typed → the parts that it does, one after the other.
//!
//! An entry is a sequence of declarations, statements and expressions in any order. Functions, types, constants and
//! imports that follow each other are one part, so that they may refer to each other; each variable declaration,
//! statement and expression is a part of its own, which sees what came before. A whole program (with a package clause)
//! is one part, as the compiler would read it, and then a call of its `main`.
//!
//! Statements become functions without a name of their own; positions stay those of the text.

use crate::packages::Store;
use minigo_compiler::check::session::{RESULT, Work};
use minigo_syntax::ast::{
    AssignOp, Block, Decl, Expr, ExprKind, File, FuncBody, FuncDecl, FuncType, Ident, NodeIds,
    Stmt, StmtKind,
};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::{Entry, Input, Mode, parse_input};
use minigo_syntax::source::{SourceFile, Span};
use minigo_syntax::symbol::Symbol;
use std::sync::Arc;

/// A part of an entry, for the checker.
#[derive(Clone, Copy)]
pub struct Part {
    /// Its declarations.
    pub file: &'static File,
    /// What else it wants.
    pub work: Work<'static>,
    /// The function that is the part's statement.
    pub call: Option<Symbol>,
    /// Its text.
    pub span: Span,
    /// What kind of thing it is, for the session's history.
    pub kind: PartKind,
}

/// The kinds of parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PartKind {
    /// Declarations.
    Decls,
    /// New variables.
    Define,
    /// An expression.
    Value,
    /// A statement.
    Stmt,
    /// A package of its own: all its declarations.
    Program,
}

/// An entry that was read.
pub enum Read {
    /// These parts.
    Parts(Vec<Part>),
    /// More must follow.
    Unfinished,
    /// Not Go.
    Wrong(Vec<Diagnostic>),
}

/// Reads an entry. `name` is its name in diagnostics. The error says that the text is too large.
pub fn read(store: &'static Store, name: &str, text: &str) -> Result<Read, String> {
    if is_program(text) {
        return read_program(store, name, text);
    }
    let source = store.add(name.to_owned(), text.as_bytes().to_vec())?;
    let input = parse_input(&source, &mut store.ids());
    let entries = match input {
        Input::Complete(entries) => entries,
        Input::Unfinished => return Ok(Read::Unfinished),
        Input::Wrong(diags) => return Ok(Read::Wrong(diags)),
    };
    Ok(Read::Parts(parts(store, &source, entries)))
}

/// Whether the text is a file with a package clause.
pub fn is_program(text: &str) -> bool {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        if let Some(comment) = rest.strip_prefix("//") {
            rest = comment.split_once('\n').map_or("", |p| p.1);
        } else if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |p| p.1);
        } else {
            break;
        }
    }
    rest.strip_prefix("package")
        .is_some_and(|r| r.starts_with([' ', '\t']))
}

fn read_program(store: &'static Store, name: &str, text: &str) -> Result<Read, String> {
    let (mut file, diags) =
        store.parse_owned(name.to_owned(), text.as_bytes().to_vec(), Mode::default())?;
    if !diags.is_empty() {
        return Ok(Read::Wrong(diags));
    }
    let is_main =
        |d: &Decl| matches!(d, Decl::Func(f) if f.recv.is_none() && f.name.name.as_str() == "main");
    let call = file
        .decls
        .iter()
        .any(is_main)
        .then(|| Symbol::intern("main"));
    // The session's package is main, whatever the file says.
    file.name.name = Symbol::intern("main");
    let span = file.span;
    let file: &'static File = store.trees.keep(file);
    Ok(Read::Parts(vec![Part {
        file,
        work: Work::Declare,
        call,
        span,
        kind: PartKind::Program,
    }]))
}

fn parts(store: &'static Store, source: &Arc<SourceFile>, entries: Vec<Entry>) -> Vec<Part> {
    let mut b = Builder {
        store,
        source: source.clone(),
        parts: Vec::new(),
        decls: Vec::new(),
    };
    for entry in entries {
        match entry {
            Entry::Decl(Decl::Var(group)) => {
                b.flush();
                for spec in group.specs {
                    b.define(spec.span, spec.names, spec.ty, spec.values);
                }
            }
            Entry::Decl(decl) => b.decls.push(decl),
            Entry::Expr(e) => {
                b.flush();
                let span = e.span;
                if prints(&e) {
                    let id = store.ids().fresh();
                    b.stmt(Stmt::expr(id, e));
                    continue;
                }
                let e: &'static Expr = store.trees.keep(e);
                b.push(span, Work::Value(e), PartKind::Value);
            }
            Entry::Stmt(stmt) => {
                b.flush();
                b.stmt(stmt);
            }
        }
    }
    b.flush();
    b.parts
}

/// Whether an expression is a call of package fmt's printing functions, whose results nobody wants to see.
fn prints(e: &Expr) -> bool {
    let ExprKind::Call(call) = &e.kind else {
        return false;
    };
    let ExprKind::Selector(s) = &call.fun.kind else {
        return false;
    };
    let is_fmt = matches!(s.x.kind, ExprKind::Ident(name) if name.as_str() == "fmt");
    is_fmt
        && s.sel
            .as_str()
            .trim_start_matches('F')
            .to_lowercase()
            .starts_with("print")
}

struct Builder {
    store: &'static Store,
    source: Arc<SourceFile>,
    parts: Vec<Part>,
    /// Declarations that wait for the end of their run.
    decls: Vec<Decl>,
}

impl Builder {
    fn file(&self, decls: Vec<Decl>) -> &'static File {
        let ids = &mut self.store.ids();
        let at = self.source.start();
        self.store.trees.keep(File {
            directives: Default::default(),
            id: ids.fresh(),
            file: self.source.id,
            span: Span::new(at, self.source.end()),
            package: at,
            name: ident("main", at.span(), ids),
            decls,
            version: None,
            comments: Vec::new(),
        })
    }

    fn push(&mut self, span: Span, work: Work<'static>, kind: PartKind) {
        let file = self.file(Vec::new());
        self.parts.push(Part {
            file,
            work,
            call: None,
            span,
            kind,
        });
    }

    fn flush(&mut self) {
        let decls = std::mem::take(&mut self.decls);
        let (Some(first), Some(last)) = (decls.first(), decls.last()) else {
            return;
        };
        let span = Span::new(first.span().lo, last.span().hi);
        let file = self.file(decls);
        self.parts.push(Part {
            file,
            work: Work::Declare,
            call: None,
            span,
            kind: PartKind::Decls,
        });
    }

    fn define(&mut self, span: Span, names: Vec<Ident>, ty: Option<Expr>, values: Vec<Expr>) {
        let trees = &self.store.trees;
        let names: &'static Vec<Ident> = trees.keep(names);
        let ty: &'static Option<Expr> = trees.keep(ty);
        let values: &'static Vec<Expr> = trees.keep(values);
        let work = Work::Define {
            names,
            ty: ty.as_ref(),
            values,
        };
        self.push(span, work, PartKind::Define);
    }

    fn stmt(&mut self, stmt: Stmt) {
        let span = stmt.span;
        let defines = matches!(&stmt.kind, StmtKind::Assign(a)
            if a.op == AssignOp::Define && a.lhs.iter().all(|e| e.as_ident().is_some()));
        match stmt.kind {
            StmtKind::Empty => return,
            StmtKind::Assign(a) if defines => {
                let names = a.lhs.iter().filter_map(Expr::as_ident).collect();
                return self.define(span, names, None, a.rhs);
            }
            _ => {}
        }
        let (decl, name) = self.func(stmt);
        let file = self.file(vec![Decl::Func(Box::new(decl))]);
        self.parts.push(Part {
            file,
            work: Work::Declare,
            call: Some(name),
            span,
            kind: PartKind::Stmt,
        });
    }

    fn func(&self, stmt: Stmt) -> (FuncDecl, Symbol) {
        let ids = &mut self.store.ids();
        let span = stmt.span;
        let at = span.lo;
        let id = ids.fresh();
        let name = format!("{RESULT}f{}", id.index());
        let name = ident(&name, at.span(), ids);
        let decl = FuncDecl {
            id,
            span,
            pos: at,
            recv: None,
            name,
            tparams: Vec::new(),
            sig: FuncType {
                id: ids.fresh(),
                lparen: at,
                span: at.span(),
                params: Vec::new(),
                results: Vec::new(),
            },
            body: FuncBody::Parsed(Block {
                id: ids.fresh(),
                span,
                stmts: vec![stmt],
            }),
        };
        (decl, name.name)
    }
}

fn ident(name: &str, span: Span, ids: &mut NodeIds) -> Ident {
    Ident {
        id: ids.fresh(),
        name: Symbol::intern(name),
        span,
    }
}
