//! Visiting a tree: every node, its children in source order, each child with the part it plays.
//!
//! [`Node::children`] is the one place that knows what is below a node; [`inspect`] and the dump are made from it.

use crate::ast::*;

/// A borrowed node of any kind.
#[derive(Clone, Copy, Debug)]
pub enum Node<'a> {
    File(&'a File),
    Decl(&'a Decl),
    ImportSpec(&'a ImportSpec),
    ConstSpec(&'a ConstSpec),
    TypeSpec(&'a TypeSpec),
    VarSpec(&'a VarSpec),
    Field(&'a Field),
    /// A signature that is part of a declaration, literal or method; as a type it is an expression.
    FuncType(&'a FuncType),
    Method(&'a MethodElem),
    /// A name that is no expression: one declared, selected or jumped to.
    Ident(Ident),
    BasicLit(BasicLit),
    Expr(&'a Expr),
    Stmt(&'a Stmt),
    Block(&'a Block),
    CaseClause(&'a CaseClause),
    CommClause(&'a CommClause),
}

/// Calls `f` for a node and all nodes below it, parents first. Where `f` says false, nothing below is visited.
/// Recurses once per level. (Go: syntax.Inspect)
pub fn inspect<'a>(node: Node<'a>, f: &mut impl FnMut(Node<'a>) -> bool) {
    if f(node) {
        node.children(&mut |_, child| inspect_dyn(child, f));
    }
}

fn inspect_dyn<'a>(node: Node<'a>, f: &mut dyn FnMut(Node<'a>) -> bool) {
    if f(node) {
        node.children(&mut |_, child| inspect_dyn(child, f));
    }
}

impl<'a> Node<'a> {
    /// Calls `f` for each child with its role, in source order.
    pub fn children(self, f: &mut dyn FnMut(&'static str, Node<'a>)) {
        match self {
            Node::File(file) => {
                f("name", Node::Ident(file.name));
                file.decls.iter().for_each(|d| f("", Node::Decl(d)));
            }
            Node::Decl(decl) => match decl {
                Decl::Import(d) => d.specs.iter().for_each(|s| f("", Node::ImportSpec(s))),
                Decl::Const(d) => d.specs.iter().for_each(|s| f("", Node::ConstSpec(s))),
                Decl::Type(d) => d.specs.iter().for_each(|s| f("", Node::TypeSpec(s))),
                Decl::Var(d) => d.specs.iter().for_each(|s| f("", Node::VarSpec(s))),
                Decl::Func(d) => {
                    if let Some(recv) = &d.recv {
                        f("recv", Node::Field(recv));
                    }
                    f("name", Node::Ident(d.name));
                    d.tparams.iter().for_each(|p| f("tparam", Node::Field(p)));
                    f("sig", Node::FuncType(&d.sig));
                    if let FuncBody::Parsed(body) = &d.body {
                        f("body", Node::Block(body));
                    }
                }
            },
            Node::ImportSpec(s) => {
                if let Some(name) = s.name {
                    f("name", Node::Ident(name));
                }
                f("path", Node::BasicLit(s.path));
            }
            Node::ConstSpec(s) => value_spec(&s.names, &s.ty, &s.values, f),
            Node::VarSpec(s) => value_spec(&s.names, &s.ty, &s.values, f),
            Node::TypeSpec(s) => {
                f("name", Node::Ident(s.name));
                s.tparams.iter().for_each(|p| f("tparam", Node::Field(p)));
                f("type", Node::Expr(&s.ty));
            }
            Node::Field(x) => {
                x.names.iter().for_each(|n| f("name", Node::Ident(*n)));
                f("type", Node::Expr(&x.ty));
                if let Some(tag) = x.tag {
                    f("tag", Node::BasicLit(tag));
                }
            }
            Node::FuncType(sig) => signature(sig, f),
            Node::Method(m) => {
                f("name", Node::Ident(m.name));
                f("sig", Node::FuncType(&m.sig));
            }
            Node::Ident(_) | Node::BasicLit(_) => {}
            Node::Expr(x) => expr_children(x, f),
            Node::Stmt(s) => stmt_children(s, f),
            Node::Block(b) => stmts(&b.stmts, f),
            Node::CaseClause(c) => {
                exprs("case", &c.exprs, f);
                stmts(&c.body, f);
            }
            Node::CommClause(c) => {
                opt_stmt("case", &c.comm, f);
                stmts(&c.body, f);
            }
        }
    }
}

type Visit<'v, 'a> = &'v mut dyn FnMut(&'static str, Node<'a>);

fn exprs<'a>(role: &'static str, list: &'a [Expr], f: Visit<'_, 'a>) {
    list.iter().for_each(|x| f(role, Node::Expr(x)));
}

fn stmts<'a>(list: &'a [Stmt], f: Visit<'_, 'a>) {
    list.iter().for_each(|s| f("", Node::Stmt(s)));
}

fn opt_expr<'a>(role: &'static str, x: &'a Option<Expr>, f: Visit<'_, 'a>) {
    x.iter().for_each(|x| f(role, Node::Expr(x)));
}

fn opt_stmt<'a>(role: &'static str, s: &'a Option<Stmt>, f: Visit<'_, 'a>) {
    s.iter().for_each(|s| f(role, Node::Stmt(s)));
}

fn value_spec<'a>(names: &[Ident], ty: &'a Option<Expr>, values: &'a [Expr], f: Visit<'_, 'a>) {
    names.iter().for_each(|n| f("name", Node::Ident(*n)));
    opt_expr("type", ty, f);
    exprs("value", values, f);
}

fn signature<'a>(sig: &'a FuncType, f: Visit<'_, 'a>) {
    sig.params.iter().for_each(|p| f("param", Node::Field(p)));
    sig.results.iter().for_each(|p| f("result", Node::Field(p)));
}

fn expr_children<'a>(x: &'a Expr, f: Visit<'_, 'a>) {
    match &x.kind {
        ExprKind::Bad | ExprKind::Ident(_) | ExprKind::BasicLit(..) => {}
        ExprKind::CompositeLit(x) => {
            opt_expr("type", &x.ty, f);
            exprs("elem", &x.elems, f);
        }
        ExprKind::KeyValue(x) => {
            f("key", Node::Expr(&x.key));
            f("value", Node::Expr(&x.value));
        }
        ExprKind::FuncLit(x) => {
            f("sig", Node::FuncType(&x.sig));
            f("body", Node::Block(&x.body));
        }
        ExprKind::Paren(x) | ExprKind::Star(x) | ExprKind::SliceType(x) | ExprKind::Ellipsis(x) => {
            f("", Node::Expr(x))
        }
        ExprKind::Selector(x) => {
            f("x", Node::Expr(&x.x));
            f("sel", Node::Ident(x.sel));
        }
        ExprKind::Index(x) => {
            f("x", Node::Expr(&x.x));
            exprs("index", &x.indices, f);
        }
        ExprKind::Slice(x) => {
            f("x", Node::Expr(&x.x));
            opt_expr("lo", &x.lo, f);
            opt_expr("hi", &x.hi, f);
            opt_expr("max", &x.max, f);
        }
        ExprKind::TypeAssert(x) => {
            f("x", Node::Expr(&x.x));
            opt_expr("type", &x.ty, f);
        }
        ExprKind::Call(x) => {
            f("fun", Node::Expr(&x.fun));
            exprs("arg", &x.args, f);
        }
        ExprKind::Unary(x) => f("x", Node::Expr(&x.x)),
        ExprKind::Binary(x) => {
            f("x", Node::Expr(&x.x));
            f("y", Node::Expr(&x.y));
        }
        ExprKind::ArrayType(x) => {
            opt_expr("len", &x.len, f);
            f("elem", Node::Expr(&x.elem));
        }
        ExprKind::StructType(x) => x.fields.iter().for_each(|p| f("field", Node::Field(p))),
        ExprKind::FuncType(sig) => signature(sig, f),
        ExprKind::InterfaceType(x) => x.elems.iter().for_each(|elem| match elem {
            InterfaceElem::Method(m) => f("method", Node::Method(m)),
            InterfaceElem::Type(x) => f("embedded", Node::Expr(x)),
        }),
        ExprKind::MapType(x) => {
            f("key", Node::Expr(&x.key));
            f("value", Node::Expr(&x.value));
        }
        ExprKind::ChanType(x) => f("elem", Node::Expr(&x.elem)),
    }
}

fn stmt_children<'a>(s: &'a Stmt, f: Visit<'_, 'a>) {
    match &s.kind {
        StmtKind::Bad | StmtKind::Empty | StmtKind::Fallthrough => {}
        StmtKind::Labeled(s) => {
            f("label", Node::Ident(s.label));
            f("", Node::Stmt(&s.stmt));
        }
        StmtKind::Decl(d) => f("", Node::Decl(d)),
        StmtKind::Expr(x) => f("", Node::Expr(x)),
        StmtKind::Send(s) => {
            f("chan", Node::Expr(&s.chan));
            f("value", Node::Expr(&s.value));
        }
        StmtKind::IncDec(s) => f("x", Node::Expr(&s.x)),
        StmtKind::Assign(s) => {
            exprs("lhs", &s.lhs, f);
            exprs("rhs", &s.rhs, f);
        }
        StmtKind::Go(x) | StmtKind::Defer(x) => f("call", Node::Expr(x)),
        StmtKind::Return(s) => exprs("result", &s.results, f),
        StmtKind::Break(label) | StmtKind::Continue(label) => {
            label.iter().for_each(|l| f("label", Node::Ident(**l)));
        }
        StmtKind::Goto(label) => f("label", Node::Ident(**label)),
        StmtKind::Block(b) => f("", Node::Block(b)),
        StmtKind::If(s) => {
            opt_stmt("init", &s.init, f);
            f("cond", Node::Expr(&s.cond));
            f("then", Node::Block(&s.then));
            opt_stmt("else", &s.els, f);
        }
        StmtKind::Switch(s) => {
            opt_stmt("init", &s.init, f);
            opt_expr("tag", &s.tag, f);
            s.clauses.iter().for_each(|c| f("", Node::CaseClause(c)));
        }
        StmtKind::TypeSwitch(s) => {
            opt_stmt("init", &s.init, f);
            s.bind.iter().for_each(|n| f("bind", Node::Ident(*n)));
            f("x", Node::Expr(&s.x));
            s.clauses.iter().for_each(|c| f("", Node::CaseClause(c)));
        }
        StmtKind::Select(s) => s.clauses.iter().for_each(|c| f("", Node::CommClause(c))),
        StmtKind::For(s) => {
            opt_stmt("init", &s.init, f);
            opt_expr("cond", &s.cond, f);
            opt_stmt("post", &s.post, f);
            f("body", Node::Block(&s.body));
        }
        StmtKind::Range(s) => {
            exprs("lhs", &s.lhs, f);
            f("x", Node::Expr(&s.x));
            f("body", Node::Block(&s.body));
        }
    }
}
