//! Expressions and simple statements as text, in the form in which gc quotes them in messages: on one line, with the
//! insides of function and composite literals left out. (Go: syntax.String, the printer's ShortForm)

use crate::ast::*;
use std::fmt::{Display, Formatter, Result};

impl Display for Ident {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        f.pad(self.as_str())
    }
}

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.kind {
            ExprKind::Bad => f.write_str("<bad expr>"),
            ExprKind::Ident(name) => f.write_str(name.as_str()),
            ExprKind::BasicLit(_, text) => f.write_str(text.as_str()),
            ExprKind::CompositeLit(x) => {
                if let Some(ty) = &x.ty {
                    ty.fmt(f)?;
                }
                f.write_str(if x.elems.is_empty() { "{}" } else { "{…}" })
            }
            ExprKind::KeyValue(x) => write!(f, "{}: {}", x.key, x.value),
            ExprKind::FuncLit(x) => {
                let body = if x.body.stmts.is_empty() {
                    "{}"
                } else {
                    "{…}"
                };
                write!(f, "func{} {body}", Signature(&x.sig))
            }
            ExprKind::Paren(x) => write!(f, "({x})"),
            ExprKind::Selector(x) => write!(f, "{}.{}", x.x, x.sel),
            ExprKind::Index(x) => write!(f, "{}[{}]", x.x, List(&x.indices)),
            ExprKind::Slice(x) => {
                write!(f, "{}[", x.x)?;
                write_opt(f, &x.lo)?;
                f.write_str(":")?;
                write_opt(f, &x.hi)?;
                if x.max.is_some() {
                    f.write_str(":")?;
                    write_opt(f, &x.max)?;
                }
                f.write_str("]")
            }
            ExprKind::TypeAssert(x) => match &x.ty {
                Some(ty) => write!(f, "{}.({ty})", x.x),
                None => write!(f, "{}.(type)", x.x),
            },
            ExprKind::Call(x) => {
                let dots = if x.ellipsis.is_some() { "..." } else { "" };
                write!(f, "{}({}{dots})", x.fun, List(&x.args))
            }
            ExprKind::Star(x) => write!(f, "*{x}"),
            ExprKind::Unary(x) => write!(f, "{}{}", x.op, x.x),
            ExprKind::Binary(x) => write!(f, "{} {} {}", x.x, x.op, x.y),
            ExprKind::ArrayType(x) => match &x.len {
                Some(len) => write!(f, "[{len}]{}", x.elem),
                None => write!(f, "[...]{}", x.elem),
            },
            ExprKind::SliceType(elem) => write!(f, "[]{elem}"),
            ExprKind::StructType(x) => {
                f.write_str("struct{")?;
                for (i, field) in x.fields.iter().enumerate() {
                    f.write_str(if i > 0 { "; " } else { "" })?;
                    write_field(f, field)?;
                }
                f.write_str("}")
            }
            ExprKind::FuncType(sig) => write!(f, "func{}", Signature(sig)),
            ExprKind::InterfaceType(x) => {
                f.write_str("interface{")?;
                for (i, elem) in x.elems.iter().enumerate() {
                    f.write_str(if i > 0 { "; " } else { "" })?;
                    match elem {
                        InterfaceElem::Method(m) => write!(f, "{}{}", m.name, Signature(&m.sig))?,
                        InterfaceElem::Type(x) => x.fmt(f)?,
                    }
                }
                f.write_str("}")
            }
            ExprKind::MapType(x) => write!(f, "map[{}]{}", x.key, x.value),
            ExprKind::ChanType(x) => match x.dir {
                ChanDir::Recv => write!(f, "<-chan {}", x.elem),
                ChanDir::Send => write!(f, "chan<- {}", x.elem),
                // `chan <-chan T` would read as a channel to send `chan T` on.
                ChanDir::Both => match &x.elem.kind {
                    ExprKind::ChanType(e) if e.dir == ChanDir::Recv => {
                        write!(f, "chan ({})", x.elem)
                    }
                    _ => write!(f, "chan {}", x.elem),
                },
            },
            ExprKind::Ellipsis(x) => write!(f, "...{x}"),
        }
    }
}

/// Simple statements in full, others by their keyword.
impl Display for Stmt {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match &self.kind {
            StmtKind::Expr(x) => x.fmt(f),
            StmtKind::Send(s) => write!(f, "{} <- {}", s.chan, s.value),
            StmtKind::IncDec(s) => write!(f, "{}{}", s.x, if s.inc { "++" } else { "--" }),
            StmtKind::Assign(s) => {
                let op = match s.op {
                    AssignOp::Assign => "",
                    AssignOp::Define => ":",
                    AssignOp::Op(op) => op.as_str(),
                };
                write!(f, "{} {op}= {}", List(&s.lhs), List(&s.rhs))
            }
            StmtKind::Go(x) => write!(f, "go {x}"),
            StmtKind::Defer(x) => write!(f, "defer {x}"),
            StmtKind::Return(s) if s.results.is_empty() => f.write_str("return"),
            StmtKind::Return(s) => write!(f, "return {}", List(&s.results)),
            StmtKind::Break(None) => f.write_str("break"),
            StmtKind::Break(Some(label)) => write!(f, "break {label}"),
            StmtKind::Continue(None) => f.write_str("continue"),
            StmtKind::Continue(Some(label)) => write!(f, "continue {label}"),
            StmtKind::Goto(label) => write!(f, "goto {label}"),
            StmtKind::Fallthrough => f.write_str("fallthrough"),
            StmtKind::Labeled(s) => write!(f, "{}: {}", s.label, s.stmt),
            StmtKind::Bad => f.write_str("<bad stmt>"),
            StmtKind::Empty => Ok(()),
            StmtKind::Decl(_) => f.write_str("declaration"),
            StmtKind::Block(_) => f.write_str("{…}"),
            StmtKind::If(_) => f.write_str("if"),
            StmtKind::Switch(_) | StmtKind::TypeSwitch(_) => f.write_str("switch"),
            StmtKind::Select(_) => f.write_str("select"),
            StmtKind::For(_) | StmtKind::Range(_) => f.write_str("for"),
        }
    }
}

/// Expressions separated by commas.
pub struct List<'a>(pub &'a [Expr]);

impl Display for List<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        for (i, x) in self.0.iter().enumerate() {
            f.write_str(if i > 0 { ", " } else { "" })?;
            x.fmt(f)?;
        }
        Ok(())
    }
}

/// Parameters and results, as they follow `func`.
pub struct Signature<'a>(pub &'a FuncType);

impl Display for Signature<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        write_params(f, &self.0.params)?;
        match &self.0.results[..] {
            [] => Ok(()),
            [one] if one.names.is_empty() => write!(f, " {}", one.ty),
            results => {
                f.write_str(" ")?;
                write_params(f, results)
            }
        }
    }
}

fn write_params(f: &mut Formatter<'_>, params: &[Field]) -> Result {
    f.write_str("(")?;
    for (i, param) in params.iter().enumerate() {
        f.write_str(if i > 0 { ", " } else { "" })?;
        write_field(f, param)?;
    }
    f.write_str(")")
}

fn write_field(f: &mut Formatter<'_>, field: &Field) -> Result {
    for (i, name) in field.names.iter().enumerate() {
        f.write_str(if i > 0 { ", " } else { "" })?;
        f.write_str(name.as_str())?;
    }
    if !field.names.is_empty() {
        f.write_str(" ")?;
    }
    field.ty.fmt(f)?;
    match &field.tag {
        Some(tag) => write!(f, " {}", tag.text),
        None => Ok(()),
    }
}

fn write_opt(f: &mut Formatter<'_>, x: &Option<Expr>) -> Result {
    x.as_ref().map_or(Ok(()), |x| x.fmt(f))
}
