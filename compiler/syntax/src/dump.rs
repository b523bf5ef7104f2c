//! Tokens and trees as text, for `minigo dump` and for golden tests: a line each, with line and column.

use crate::ast::*;
use crate::lexer;
use crate::source::{Pos, SourceFile};
use crate::token::Token;
use crate::walk::Node;
use std::fmt::Write;

/// The tokens of a file, the inserted semicolons among them, each with its place.
pub fn dump_tokens(file: &SourceFile) -> String {
    let mut out = String::new();
    let lexed = lexer::lex(file, 0, file.bytes().len() as u32, false);
    for t in &lexed.tokens {
        let (line, col) = file.line_col(t.span.lo);
        let kind = format!("{:?}", t.tok).to_lowercase();
        let text = match t.tok {
            Token::Semi => match file.bytes().get(file.offset(t.span.lo) as usize) {
                Some(b';') => ";",
                Some(_) => "newline",
                None => "end of file",
            },
            Token::Name => t.text.as_str(),
            tok if tok.is_literal() => t.text.as_str(),
            tok => tok.as_str(),
        };
        let _ = writeln!(out, "{:<8} {kind:<12} {text}", format!("{line}:{col}"));
    }
    out
}

/// The tree of a file: a node a line, with its place, its kind and what is its own; children are indented, and say which
/// part they play. Recurses once per level.
pub fn dump_ast(source: &SourceFile, file: &File) -> String {
    let mut d = Dumper {
        source,
        out: String::new(),
        indent: 0,
    };
    d.node("", Node::File(file));
    d.out
}

struct Dumper<'a> {
    source: &'a SourceFile,
    out: String,
    indent: usize,
}

impl Dumper<'_> {
    fn node(&mut self, role: &'static str, node: Node) {
        let (pos, text) = describe(node);
        let (line, col) = self.source.line_col(pos);
        let role = if role.is_empty() {
            String::new()
        } else {
            format!("{role}: ")
        };
        let _ = write!(
            self.out,
            "{:<8} {:width$}{role}{text}",
            format!("{line}:{col}"),
            "",
            width = self.indent * 2
        );
        self.out.push('\n');
        self.indent += 1;
        node.children(&mut |role, child| self.node(role, child));
        self.indent -= 1;
    }
}

/// A node's place, its kind and what is its own.
fn describe(node: Node) -> (Pos, String) {
    match node {
        Node::File(x) => (x.span.lo, "File".into()),
        Node::Decl(x) => {
            let text = match x {
                Decl::Import(d) => group("Import", d.grouped),
                Decl::Const(d) => group("Const", d.grouped),
                Decl::Type(d) => group("Type", d.grouped),
                Decl::Var(d) => group("Var", d.grouped),
                Decl::Func(d) => match d.body {
                    FuncBody::Parsed(_) => "Func",
                    FuncBody::Skipped(_) => "Func, body skipped",
                    FuncBody::None => "Func, no body",
                }
                .into(),
            };
            (x.span().lo, text)
        }
        Node::ImportSpec(x) => (x.span.lo, "ImportSpec".into()),
        Node::ConstSpec(x) => (x.span.lo, "ConstSpec".into()),
        Node::TypeSpec(x) => (
            x.span.lo,
            if x.assign.is_some() {
                "TypeSpec ="
            } else {
                "TypeSpec"
            }
            .into(),
        ),
        Node::VarSpec(x) => (x.span.lo, "VarSpec".into()),
        Node::Field(x) => (x.span.lo, "Field".into()),
        Node::FuncType(x) => (x.span.lo, "FuncType".into()),
        Node::Method(x) => (x.name.span.lo, "Method".into()),
        Node::Ident(x) => (x.span.lo, x.name.to_string()),
        Node::BasicLit(x) => (x.span.lo, format!("{:?} {}", x.kind, x.text)),
        Node::Expr(x) => (x.span.lo, describe_expr(x)),
        Node::Stmt(x) => (x.span.lo, describe_stmt(x)),
        Node::Block(x) => (x.span.lo, "Block".into()),
        Node::CaseClause(x) => (
            x.span.lo,
            if x.is_default { "Default" } else { "Case" }.into(),
        ),
        Node::CommClause(x) => (
            x.span.lo,
            if x.comm.is_none() { "Default" } else { "Case" }.into(),
        ),
    }
}

fn group(keyword: &str, grouped: bool) -> String {
    if grouped {
        format!("{keyword} (…)")
    } else {
        keyword.into()
    }
}

fn describe_expr(x: &Expr) -> String {
    match &x.kind {
        ExprKind::Bad => "Bad".into(),
        ExprKind::Ident(name) => format!("Ident {name}"),
        ExprKind::BasicLit(kind, text) => format!("{kind:?} {text}"),
        ExprKind::CompositeLit(_) => "CompositeLit".into(),
        ExprKind::KeyValue(_) => "KeyValue".into(),
        ExprKind::FuncLit(_) => "FuncLit".into(),
        ExprKind::Paren(_) => "Paren".into(),
        ExprKind::Selector(_) => "Selector".into(),
        ExprKind::Index(_) => "Index".into(),
        ExprKind::Slice(x) => if x.full { "Slice, full" } else { "Slice" }.into(),
        ExprKind::TypeAssert(x) => if x.ty.is_none() {
            "TypeAssert (type)"
        } else {
            "TypeAssert"
        }
        .into(),
        ExprKind::Call(x) => if x.ellipsis.is_some() {
            "Call ..."
        } else {
            "Call"
        }
        .into(),
        ExprKind::Star(_) => "Star".into(),
        ExprKind::Unary(x) => format!("Unary {}", x.op),
        ExprKind::Binary(x) => format!("Binary {}", x.op),
        ExprKind::ArrayType(x) => if x.len.is_none() {
            "ArrayType [...]"
        } else {
            "ArrayType"
        }
        .into(),
        ExprKind::SliceType(_) => "SliceType".into(),
        ExprKind::StructType(_) => "StructType".into(),
        ExprKind::FuncType(_) => "FuncType".into(),
        ExprKind::InterfaceType(_) => "InterfaceType".into(),
        ExprKind::MapType(_) => "MapType".into(),
        ExprKind::ChanType(x) => match x.dir {
            ChanDir::Both => "ChanType",
            ChanDir::Send => "ChanType <- send",
            ChanDir::Recv => "ChanType <- receive",
        }
        .into(),
        ExprKind::Ellipsis(_) => "Ellipsis".into(),
    }
}

fn describe_stmt(s: &Stmt) -> String {
    match &s.kind {
        StmtKind::Bad => "Bad",
        StmtKind::Empty => "Empty",
        StmtKind::Labeled(_) => "Labeled",
        StmtKind::Decl(_) => "DeclStmt",
        StmtKind::Expr(_) => "ExprStmt",
        StmtKind::Send(_) => "Send",
        StmtKind::IncDec(s) => {
            if s.inc {
                "IncDec ++"
            } else {
                "IncDec --"
            }
        }
        StmtKind::Assign(s) => {
            return match s.op {
                AssignOp::Assign => "Assign =".into(),
                AssignOp::Define => "Assign :=".into(),
                AssignOp::Op(op) => format!("Assign {op}="),
            };
        }
        StmtKind::Go(_) => "Go",
        StmtKind::Defer(_) => "Defer",
        StmtKind::Return(_) => "Return",
        StmtKind::Break(_) => "Break",
        StmtKind::Continue(_) => "Continue",
        StmtKind::Goto(_) => "Goto",
        StmtKind::Fallthrough => "Fallthrough",
        StmtKind::Block(_) => "BlockStmt",
        StmtKind::If(_) => "If",
        StmtKind::Switch(_) => "Switch",
        StmtKind::TypeSwitch(_) => "TypeSwitch",
        StmtKind::Select(_) => "Select",
        StmtKind::For(_) => "For",
        StmtKind::Range(s) => match (s.op_pos, s.define) {
            (None, _) => "Range",
            (_, true) => "Range :=",
            (_, false) => "Range =",
        },
    }
    .into()
}
