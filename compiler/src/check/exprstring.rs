//! Expressions as text in messages. (Go: syntax/printer.go, short form)
//!
//! One line, spaced as gc spaces it; the bodies of function literals and the elements of composite literals are `…`.

use minigo_syntax::ast::{ChanDir, Expr, ExprKind, Field, FuncType, InterfaceElem};

/// The text of an expression.
pub fn expr_string(e: &Expr) -> String {
    let mut out = String::new();
    expr(&mut out, e);
    out
}

fn expr(out: &mut String, e: &Expr) {
    match &e.kind {
        ExprKind::Bad => out.push_str("<bad expr>"),
        ExprKind::Ident(name) => out.push_str(name.as_str()),
        ExprKind::BasicLit(_, text) => out.push_str(text.as_str()),
        ExprKind::CompositeLit(x) => {
            if let Some(ty) = &x.ty {
                expr(out, ty);
            }
            out.push_str(if x.elems.is_empty() { "{}" } else { "{…}" });
        }
        ExprKind::KeyValue(x) => {
            expr(out, &x.key);
            out.push_str(": ");
            expr(out, &x.value);
        }
        ExprKind::FuncLit(x) => {
            out.push_str("func");
            signature(out, &x.sig);
            out.push_str(if x.body.stmts.is_empty() {
                " {}"
            } else {
                " {…}"
            });
        }
        ExprKind::Paren(x) => {
            out.push('(');
            expr(out, x);
            out.push(')');
        }
        ExprKind::Selector(x) => {
            expr(out, &x.x);
            out.push('.');
            out.push_str(x.sel.as_str());
        }
        ExprKind::Index(x) => {
            expr(out, &x.x);
            out.push('[');
            exprs(out, &x.indices);
            out.push(']');
        }
        ExprKind::Slice(x) => {
            expr(out, &x.x);
            out.push('[');
            for (i, part) in [&x.lo, &x.hi, &x.max].into_iter().enumerate() {
                if i == 1 || (i == 2 && part.is_some()) {
                    out.push(':');
                }
                if let Some(part) = part {
                    expr(out, part);
                }
            }
            out.push(']');
        }
        ExprKind::TypeAssert(x) => {
            expr(out, &x.x);
            out.push_str(".(");
            match &x.ty {
                Some(ty) => expr(out, ty),
                None => out.push_str("type"),
            }
            out.push(')');
        }
        ExprKind::Call(x) => {
            expr(out, &x.fun);
            out.push('(');
            exprs(out, &x.args);
            if x.ellipsis.is_some() {
                out.push_str("...");
            }
            out.push(')');
        }
        ExprKind::Star(x) => {
            out.push('*');
            expr(out, x);
        }
        ExprKind::Unary(x) => {
            out.push_str(x.op.as_str());
            expr(out, &x.x);
        }
        ExprKind::Binary(x) => {
            expr(out, &x.x);
            out.push(' ');
            out.push_str(x.op.as_str());
            out.push(' ');
            expr(out, &x.y);
        }
        ExprKind::ArrayType(x) => {
            out.push('[');
            match &x.len {
                Some(len) => expr(out, len),
                None => out.push_str("..."),
            }
            out.push(']');
            expr(out, &x.elem);
        }
        ExprKind::SliceType(x) => {
            out.push_str("[]");
            expr(out, x);
        }
        ExprKind::StructType(x) => {
            out.push_str("struct{");
            for (i, f) in x.fields.iter().enumerate() {
                if i > 0 {
                    out.push_str("; ");
                }
                field(out, f);
                if let Some(tag) = &f.tag {
                    out.push(' ');
                    out.push_str(tag.text.as_str());
                }
            }
            out.push('}');
        }
        ExprKind::FuncType(x) => {
            out.push_str("func");
            signature(out, x);
        }
        ExprKind::InterfaceType(x) => {
            out.push_str("interface{");
            for (i, elem) in x.elems.iter().enumerate() {
                if i > 0 {
                    out.push_str("; ");
                }
                match elem {
                    InterfaceElem::Method(m) => {
                        out.push_str(m.name.as_str());
                        signature(out, &m.sig);
                    }
                    InterfaceElem::Type(ty) => expr(out, ty),
                }
            }
            out.push('}');
        }
        ExprKind::MapType(x) => {
            out.push_str("map[");
            expr(out, &x.key);
            out.push(']');
            expr(out, &x.value);
        }
        ExprKind::ChanType(x) => {
            out.push_str(match x.dir {
                ChanDir::Both => "chan ",
                ChanDir::Send => "chan<- ",
                ChanDir::Recv => "<-chan ",
            });
            // `chan (<-chan T)` would read as `(chan<-) chan T` without its parentheses.
            let receives = matches!(&x.elem.kind, ExprKind::ChanType(e) if e.dir == ChanDir::Recv);
            if x.dir == ChanDir::Both && receives {
                out.push('(');
                expr(out, &x.elem);
                out.push(')');
            } else {
                expr(out, &x.elem);
            }
        }
        ExprKind::Ellipsis(x) => {
            out.push_str("...");
            expr(out, x);
        }
    }
}

fn exprs(out: &mut String, list: &[Expr]) {
    for (i, e) in list.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        expr(out, e);
    }
}

fn field(out: &mut String, f: &Field) {
    for (i, name) in f.names.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        out.push_str(name.as_str());
    }
    if !f.names.is_empty() {
        out.push(' ');
    }
    expr(out, &f.ty);
}

fn fields(out: &mut String, list: &[Field]) {
    out.push('(');
    for (i, f) in list.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        field(out, f);
    }
    out.push(')');
}

fn signature(out: &mut String, sig: &FuncType) {
    fields(out, &sig.params);
    match sig.results.as_slice() {
        [] => {}
        [f] if f.names.is_empty() => {
            out.push(' ');
            expr(out, &f.ty);
        }
        list => {
            out.push(' ');
            fields(out, list);
        }
    }
}
