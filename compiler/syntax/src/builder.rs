//! Makes nodes: gives them ids and spans, bounds their depth, and settles what a grammar rule cannot (which names of a
//! parameter list are types, how operators bind, what `<-chan T` means). Used by the grammar and by `diagnose`.
//!
//! The grammar accepts a little more than Go, where that keeps it free of conflicts. An action that meets such a thing
//! sets `doubtful`; the parser then lets `diagnose` look at the file and say what is wrong.

// The automaton's stack holds one enum over all kinds of values: big ones travel in boxes.
#![allow(clippy::boxed_local)]

use crate::ast::*;
use crate::lexer::Lexeme;
use crate::source::{Pos, Span};
use crate::symbol::Symbol;
use crate::token::{BinaryOp, LitKind, Token, UnaryOp};

pub(crate) struct Builder<'a> {
    pub ids: &'a mut NodeIds,
    /// Something was accepted that may be no Go.
    pub doubtful: bool,
    /// The first node that nests too deep; it became [`ExprKind::Bad`] or [`StmtKind::Bad`].
    pub too_deep: Option<Span>,
    /// Where the last `~` stood.
    last_tilde: Pos,
}

/// One entry of a parameter list, before it is known whether a lone name names a parameter or a type.
#[derive(Debug)]
pub(crate) enum Param {
    Name(Lexeme),
    Type(Expr),
    Named(Box<(Lexeme, Expr)>),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ParamKind {
    /// Parameters: the last one may be variadic.
    Params,
    /// Type parameters: each must have a name.
    TypeParams,
}

/// Operands and operators of one precedence climb: what is left of an expression once all that must bind has bound.
#[derive(Debug)]
pub(crate) struct Chain {
    operands: Vec<Expr>,
    ops: Vec<(BinaryOp, Pos)>,
}

/// What the grammar's start rules give.
#[derive(Debug)]
pub(crate) enum Started {
    File {
        package: Lexeme,
        name: Lexeme,
        decls: Vec<Decl>,
    },
    Body(Block),
    Input(Vec<Stmt>),
}

/// `( "case" list | "default" ) ":"`
#[derive(Debug)]
pub(crate) struct CaseHead {
    pub keyword: Lexeme,
    pub exprs: Vec<Expr>,
    pub colon: Lexeme,
}

/// `( "case" SimpleStmt | "default" ) ":"`
#[derive(Debug)]
pub(crate) struct CommHead {
    pub keyword: Lexeme,
    pub comm: Option<Stmt>,
    pub colon: Lexeme,
}

/// `[` list `]`
#[derive(Debug)]
pub(crate) struct Bracketed {
    pub lbrack: Pos,
    pub list: Vec<Expr>,
    pub end: Pos,
}

impl Bracketed {
    pub fn list(l: Lexeme, list: Vec<Expr>, r: Lexeme) -> Bracketed {
        Bracketed {
            lbrack: l.span.lo,
            list,
            end: r.span.hi,
        }
    }

    pub fn one(l: Lexeme, x: Expr, r: Lexeme) -> Bracketed {
        Bracketed::list(l, vec![x], r)
    }

    pub fn more(l: Lexeme, x: Expr, mut rest: Vec<Expr>, r: Lexeme) -> Bracketed {
        rest.insert(0, x);
        Bracketed::list(l, rest, r)
    }
}

fn max_depth<'e>(list: impl IntoIterator<Item = &'e Expr>) -> u16 {
    list.into_iter().map(|x| x.depth).max().unwrap_or(0)
}

fn fields_depth(fields: &[Field]) -> u16 {
    max_depth(fields.iter().map(|f| &f.ty))
}

fn sig_depth(sig: &FuncType) -> u16 {
    fields_depth(&sig.params).max(fields_depth(&sig.results))
}

fn block_depth(list: &[Stmt]) -> u16 {
    list.iter().map(|s| s.depth).max().unwrap_or(0)
}

fn opt_depth(s: &Option<Stmt>) -> u16 {
    s.as_ref().map_or(0, |s| s.depth)
}

fn opt_expr_depth(x: &Option<Expr>) -> u16 {
    x.as_ref().map_or(0, |x| x.depth)
}

impl<'a> Builder<'a> {
    pub fn new(ids: &'a mut NodeIds) -> Builder<'a> {
        Builder {
            ids,
            doubtful: false,
            too_deep: None,
            last_tilde: Pos::NONE,
        }
    }

    /// Reports whether `diagnose` must have a look.
    pub fn is_dubious(&self) -> bool {
        self.doubtful || self.too_deep.is_some()
    }

    /// A node whose deepest child is `below` deep.
    #[inline]
    pub fn expr(&mut self, span: Span, below: u16, kind: ExprKind) -> Expr {
        if below >= MAX_DEPTH {
            self.too_deep.get_or_insert(span);
            return self.bad_expr(span);
        }
        Expr {
            id: self.ids.fresh(),
            depth: below + 1,
            span,
            kind,
        }
    }

    #[inline]
    pub fn stmt(&mut self, span: Span, below: u16, kind: StmtKind) -> Stmt {
        if below >= MAX_DEPTH {
            self.too_deep.get_or_insert(span);
            return self.bad_stmt(span);
        }
        Stmt {
            id: self.ids.fresh(),
            depth: below + 1,
            span,
            kind,
        }
    }

    pub fn bad_expr(&mut self, span: Span) -> Expr {
        Expr {
            id: self.ids.fresh(),
            depth: 1,
            span,
            kind: ExprKind::Bad,
        }
    }

    pub fn bad_stmt(&mut self, span: Span) -> Stmt {
        Stmt {
            id: self.ids.fresh(),
            depth: 1,
            span,
            kind: StmtKind::Bad,
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Names and literals

    pub fn ident(&mut self, name: Lexeme) -> Ident {
        Ident {
            id: self.ids.fresh(),
            name: name.text,
            span: name.span,
        }
    }

    pub fn idents(&mut self, names: Vec<Lexeme>) -> Vec<Ident> {
        names.into_iter().map(|n| self.ident(n)).collect()
    }

    #[inline]
    pub fn name(&mut self, name: Lexeme) -> Expr {
        self.expr(name.span, 0, ExprKind::Ident(name.text))
    }

    fn lit_kind(tok: Token) -> LitKind {
        match tok {
            Token::Int => LitKind::Int,
            Token::Float => LitKind::Float,
            Token::Imag => LitKind::Imag,
            Token::Rune => LitKind::Rune,
            _ => LitKind::String,
        }
    }

    pub fn literal(&mut self, lit: Lexeme) -> Expr {
        self.expr(
            lit.span,
            0,
            ExprKind::BasicLit(Self::lit_kind(lit.tok), lit.text),
        )
    }

    pub fn basic_lit(&mut self, lit: Lexeme) -> BasicLit {
        BasicLit {
            id: self.ids.fresh(),
            kind: Self::lit_kind(lit.tok),
            text: lit.text,
            span: lit.span,
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Expressions

    pub fn paren(&mut self, l: Lexeme, x: Expr, r: Lexeme) -> Expr {
        self.expr(l.span.to(r.span), x.depth, ExprKind::Paren(Box::new(x)))
    }

    pub fn selector(&mut self, x: Expr, dot: Lexeme, sel: Lexeme) -> Expr {
        let sel = self.ident(sel);
        let node = SelectorExpr {
            x,
            dot: dot.span.lo,
            sel,
        };
        self.expr(
            node.x.span.to(sel.span),
            node.x.depth,
            ExprKind::Selector(Box::new(node)),
        )
    }

    pub fn type_assert(&mut self, x: Expr, dot: Lexeme, ty: Option<Expr>, rparen: Lexeme) -> Expr {
        let depth = x.depth.max(opt_expr_depth(&ty));
        let span = x.span.to(rparen.span);
        self.expr(
            span,
            depth,
            ExprKind::TypeAssert(Box::new(TypeAssertExpr {
                x,
                dot: dot.span.lo,
                ty,
            })),
        )
    }

    pub fn index(&mut self, x: Expr, indices: Bracketed) -> Expr {
        let depth = x.depth.max(max_depth(&indices.list));
        let span = Span::new(x.span.lo, indices.end);
        let node = IndexExpr {
            x,
            lbrack: indices.lbrack,
            indices: indices.list,
        };
        self.expr(span, depth, ExprKind::Index(Box::new(node)))
    }

    /// `bounds` are low, high and maximum.
    pub fn slice(
        &mut self,
        x: Expr,
        l: Lexeme,
        bounds: [Option<Expr>; 3],
        full: bool,
        r: Lexeme,
    ) -> Expr {
        let depth = bounds
            .iter()
            .map(opt_expr_depth)
            .max()
            .unwrap_or(0)
            .max(x.depth);
        let span = x.span.to(r.span);
        let [lo, hi, max] = bounds;
        let node = SliceExpr {
            x,
            lbrack: l.span.lo,
            lo,
            hi,
            max,
            full,
        };
        self.expr(span, depth, ExprKind::Slice(Box::new(node)))
    }

    pub fn call(
        &mut self,
        fun: Expr,
        l: Lexeme,
        args: Vec<Expr>,
        ellipsis: Option<Lexeme>,
        r: Lexeme,
    ) -> Expr {
        let depth = fun.depth.max(max_depth(&args));
        let span = fun.span.to(r.span);
        let ellipsis = ellipsis.map(|e| e.span.lo);
        let node = CallExpr {
            fun,
            lparen: l.span.lo,
            args,
            ellipsis,
            rparen: r.span.lo,
        };
        self.expr(span, depth, ExprKind::Call(Box::new(node)))
    }

    pub fn literal_value(&mut self, l: Lexeme, elems: Vec<Expr>, r: Lexeme) -> Box<CompositeLit> {
        Box::new(CompositeLit {
            ty: None,
            elems,
            lbrace: l.span.lo,
            rbrace: r.span.lo,
        })
    }

    pub fn composite(&mut self, ty: Option<Expr>, mut value: Box<CompositeLit>) -> Expr {
        let depth = opt_expr_depth(&ty).max(max_depth(&value.elems));
        let lo = ty.as_ref().map_or(value.lbrace, |t| t.span.lo);
        value.ty = ty;
        self.expr(
            Span::new(lo, Pos(value.rbrace.0 + 1)),
            depth,
            ExprKind::CompositeLit(value),
        )
    }

    /// A composite literal of which the grammar took any operand as its type.
    pub fn composite_of(&mut self, ty: Expr, value: Box<CompositeLit>) -> Expr {
        let can_be_type = match &ty.kind {
            ExprKind::Ident(_) | ExprKind::Selector(_) => true,
            ExprKind::Index(_) => !is_value(&ty),
            _ => false,
        };
        self.doubtful |= !can_be_type;
        self.composite(Some(ty), value)
    }

    pub fn key_value(&mut self, key: Expr, colon: Lexeme, value: Expr) -> Expr {
        let span = key.span.to(value.span);
        let depth = key.depth.max(value.depth);
        let node = KeyValueExpr {
            key,
            colon: colon.span.lo,
            value,
        };
        self.expr(span, depth, ExprKind::KeyValue(Box::new(node)))
    }

    pub fn func_lit(&mut self, func: Lexeme, sig: Box<FuncType>, body: Block) -> Expr {
        let depth = sig_depth(&sig).max(block_depth(&body.stmts));
        let span = func.span.to(body.span);
        self.expr(
            span,
            depth,
            ExprKind::FuncLit(Box::new(FuncLit { sig: *sig, body })),
        )
    }

    pub fn unary(&mut self, op: Lexeme, x: Expr) -> Expr {
        let span = op.span.to(x.span);
        let depth = x.depth;
        let unary_op = match op.tok {
            Token::Star => return self.expr(span, depth, ExprKind::Star(Box::new(x))),
            Token::Arrow if matches!(x.kind, ExprKind::ChanType(_)) => {
                let mut chan = x;
                if receive_only(&mut chan).is_err() {
                    self.doubtful = true;
                }
                chan.span = span;
                return chan;
            }
            Token::Add => UnaryOp::Plus,
            Token::Sub => UnaryOp::Neg,
            Token::Not => UnaryOp::Not,
            Token::Xor => UnaryOp::Xor,
            Token::And => UnaryOp::Addr,
            Token::Tilde => {
                self.last_tilde = span.lo;
                UnaryOp::Tilde
            }
            _ => UnaryOp::Recv,
        };
        // Parentheses around the literal of `&(T{})` mean nothing.
        let x = if unary_op == UnaryOp::Addr {
            unparen(x)
        } else {
            x
        };
        self.expr(
            span,
            depth,
            ExprKind::Unary(Box::new(UnaryExpr { op: unary_op, x })),
        )
    }

    pub fn binary(&mut self, x: Expr, op: BinaryOp, op_pos: Pos, y: Expr) -> Expr {
        let span = x.span.to(y.span);
        let depth = x.depth.max(y.depth);
        self.expr(
            span,
            depth,
            ExprKind::Binary(Box::new(BinaryExpr { op, op_pos, x, y })),
        )
    }

    pub fn new_chain(&mut self, x: Expr, op: (BinaryOp, Pos), y: Expr) -> Box<Chain> {
        Box::new(Chain {
            operands: vec![x, y],
            ops: vec![op],
        })
    }

    /// Adds an operator and its right operand: whatever to the left binds at least as tight binds first.
    pub fn extend_chain(&mut self, mut c: Box<Chain>, op: (BinaryOp, Pos), y: Expr) -> Box<Chain> {
        self.bind(&mut c, op.0.precedence());
        c.ops.push(op);
        c.operands.push(y);
        c
    }

    pub fn end_chain(&mut self, mut c: Box<Chain>) -> Expr {
        self.bind(&mut c, 0);
        c.operands.pop().expect("a chain has operands")
    }

    fn bind(&mut self, c: &mut Chain, precedence: u8) {
        while let Some((op, pos)) = c.ops.pop_if(|(op, _)| op.precedence() >= precedence) {
            let y = c.operands.pop().expect("an operator has a right operand");
            let x = c.operands.pop().expect("an operator has a left operand");
            let z = self.binary(x, op, pos, y);
            c.operands.push(z);
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Types

    pub fn array_type(&mut self, l: Lexeme, len: Option<Expr>, elem: Expr) -> Expr {
        let span = l.span.to(elem.span);
        let depth = opt_expr_depth(&len).max(elem.depth);
        self.expr(
            span,
            depth,
            ExprKind::ArrayType(Box::new(ArrayType { len, elem })),
        )
    }

    pub fn slice_type(&mut self, l: Lexeme, elem: Expr) -> Expr {
        self.expr(
            l.span.to(elem.span),
            elem.depth,
            ExprKind::SliceType(Box::new(elem)),
        )
    }

    pub fn map_type(&mut self, m: Lexeme, key: Expr, value: Expr) -> Expr {
        let span = m.span.to(value.span);
        let depth = key.depth.max(value.depth);
        self.expr(
            span,
            depth,
            ExprKind::MapType(Box::new(MapType { key, value })),
        )
    }

    /// A channel type that begins at `first`, the keyword or the arrow.
    pub fn chan_type(&mut self, first: Lexeme, dir: ChanDir, elem: Expr) -> Expr {
        let span = first.span.to(elem.span);
        self.expr(
            span,
            elem.depth,
            ExprKind::ChanType(Box::new(ChanType { dir, elem })),
        )
    }

    pub fn ellipsis(&mut self, dots: Lexeme, elem: Expr) -> Expr {
        self.expr(
            dots.span.to(elem.span),
            elem.depth,
            ExprKind::Ellipsis(Box::new(elem)),
        )
    }

    pub fn func_type(&mut self, func: Lexeme, sig: Box<FuncType>) -> Expr {
        self.expr(
            func.span.to(sig.span),
            sig_depth(&sig),
            ExprKind::FuncType(sig),
        )
    }

    pub fn struct_type(&mut self, keyword: Lexeme, fields: Vec<Field>, r: Lexeme) -> Expr {
        let depth = fields_depth(&fields);
        self.expr(
            keyword.span.to(r.span),
            depth,
            ExprKind::StructType(Box::new(StructType { fields })),
        )
    }

    pub fn interface_type(
        &mut self,
        keyword: Lexeme,
        elems: Vec<InterfaceElem>,
        r: Lexeme,
    ) -> Expr {
        let depth = elems.iter().map(|e| match e {
            InterfaceElem::Method(m) => sig_depth(&m.sig),
            InterfaceElem::Type(x) => x.depth,
        });
        let depth = depth.max().unwrap_or(0);
        let node = InterfaceType { elems };
        self.expr(
            keyword.span.to(r.span),
            depth,
            ExprKind::InterfaceType(Box::new(node)),
        )
    }

    /// A signature: `params` with its parentheses' positions, and the results with the end of their text.
    pub fn signature(
        &mut self,
        params: Box<Params>,
        results: Option<Box<Params>>,
    ) -> Box<FuncType> {
        let end = results.as_ref().map_or(params.span, |r| r.span);
        let span = params.span.to(end);
        Box::new(FuncType {
            id: self.ids.fresh(),
            lparen: params.span.lo,
            span,
            params: params.fields,
            results: results.map_or_else(Vec::new, |r| r.fields),
        })
    }

    /// The result list that a lone type stands for.
    pub fn single_result(&mut self, ty: Expr) -> Box<Params> {
        let span = ty.span;
        let field = Field {
            id: self.ids.fresh(),
            span,
            names: Vec::new(),
            ty,
            tag: None,
        };
        Box::new(Params {
            span,
            fields: vec![field],
        })
    }

    /// `( … )`, whose use as parameters, results or receiver is settled by [`Builder::as_results`].
    pub fn params(&mut self, l: Lexeme, list: Vec<Param>, r: Lexeme) -> Box<Params> {
        let span = l.span.to(r.span);
        Box::new(Params {
            span,
            fields: self.group_params(list, ParamKind::Params),
        })
    }

    /// A parenthesised list in the place of results or a receiver: nothing is variadic there.
    pub fn as_results(&mut self, params: Box<Params>) -> Box<Params> {
        self.doubtful |= params
            .fields
            .iter()
            .any(|f| matches!(f.ty.kind, ExprKind::Ellipsis(_)));
        params
    }

    /// Makes fields of a list: if no entry has a name and a type, lone names are types; else they share the type of the
    /// next entry that has one.
    pub fn group_params(&mut self, list: Vec<Param>, kind: ParamKind) -> Vec<Field> {
        let any_named = list.iter().any(|p| matches!(p, Param::Named(_)));
        let mut fields = Vec::with_capacity(list.len());
        let mut names: Vec<Ident> = Vec::new();
        for param in list {
            let ty = match param {
                Param::Name(name) if any_named || kind == ParamKind::TypeParams => {
                    names.push(self.ident(name));
                    continue;
                }
                Param::Name(name) => self.name(name),
                Param::Type(ty) => {
                    self.doubtful |= any_named || kind == ParamKind::TypeParams;
                    ty
                }
                Param::Named(named) => {
                    self.doubtful |= is_open_array(&named.1);
                    names.push(self.ident(named.0));
                    named.1
                }
            };
            let names = std::mem::take(&mut names);
            let span = names.first().map_or(ty.span, |n| n.span.to(ty.span));
            fields.push(Field {
                id: self.ids.fresh(),
                span,
                names,
                ty,
                tag: None,
            });
        }
        if let (Some(first), Some(last)) = (names.first(), names.last()) {
            // No type follows these.
            self.doubtful = true;
            let span = first.span.to(last.span);
            let ty = self.bad_expr(last.span.hi.span());
            fields.push(Field {
                id: self.ids.fresh(),
                span,
                names,
                ty,
                tag: None,
            });
        }
        if let Some((last, init)) = fields.split_last() {
            let variadic = |f: &Field| matches!(f.ty.kind, ExprKind::Ellipsis(_));
            self.doubtful |= init.iter().any(variadic);
            if variadic(last) {
                self.doubtful |= kind != ParamKind::Params || last.names.len() > 1;
            }
        }
        fields
    }

    pub fn field(&mut self, names: Vec<Lexeme>, ty: Expr, tag: Option<Lexeme>) -> Box<Field> {
        self.doubtful |= names.len() == 1 && is_open_array(&ty);
        let names = self.idents(names);
        let tag = tag.map(|t| self.basic_lit(t));
        let span = names
            .first()
            .map_or(ty.span, |n| n.span.to(ty.span))
            .to(tag.map_or(Span::NONE, |t| t.span));
        Box::new(Field {
            id: self.ids.fresh(),
            span,
            names,
            ty,
            tag,
        })
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Declarations

    pub fn import_spec(&mut self, name: Option<Lexeme>, path: Lexeme) -> Box<ImportSpec> {
        let name = name.map(|n| match n.tok {
            Token::Dot => Ident {
                id: self.ids.fresh(),
                name: Symbol::intern("."),
                span: n.span,
            },
            _ => self.ident(n),
        });
        let path = self.basic_lit(path);
        let span = name.map_or(path.span, |n| n.span.to(path.span));
        Box::new(ImportSpec {
            id: self.ids.fresh(),
            span,
            name,
            path,
        })
    }

    pub fn const_spec(
        &mut self,
        names: Vec<Lexeme>,
        ty: Option<Expr>,
        values: Vec<Expr>,
    ) -> Box<ConstSpec> {
        let names = self.idents(names);
        let span = spec_span(&names, ty.as_ref(), &values);
        Box::new(ConstSpec {
            span,
            names,
            ty,
            values,
        })
    }

    pub fn var_spec(
        &mut self,
        names: Vec<Lexeme>,
        ty: Option<Expr>,
        values: Vec<Expr>,
    ) -> Box<VarSpec> {
        let names = self.idents(names);
        let span = spec_span(&names, ty.as_ref(), &values);
        Box::new(VarSpec {
            span,
            names,
            ty,
            values,
        })
    }

    pub fn type_spec(
        &mut self,
        name: Lexeme,
        tparams: Vec<Field>,
        assign: Option<Lexeme>,
        ty: Expr,
    ) -> Box<TypeSpec> {
        let name = self.ident(name);
        let span = name.span.to(ty.span);
        Box::new(TypeSpec {
            id: self.ids.fresh(),
            span,
            name,
            tparams,
            assign: assign.map(|a| a.span.lo),
            ty,
        })
    }

    pub fn gen_decl<S>(&mut self, keyword: Lexeme, specs: Specs<S>) -> GenDecl<S> {
        GenDecl {
            span: keyword.span.to(specs.span),
            grouped: specs.grouped,
            specs: specs.list,
        }
    }

    pub fn func_decl(
        &mut self,
        func: Lexeme,
        recv: Option<Box<Params>>,
        name: Lexeme,
        tparams: Vec<Field>,
        sig: Box<FuncType>,
        body: FuncBody,
    ) -> Box<FuncDecl> {
        let pos = recv.as_ref().map_or(name.span.lo, |r| r.span.lo);
        let span = func.span.to(sig.span).to(body.span().unwrap_or(Span::NONE));
        let recv = recv.and_then(|list| {
            let mut fields = list.fields;
            self.doubtful |= fields.len() != 1 || fields[0].names.len() > 1;
            fields.truncate(1);
            fields.pop()
        });
        let name = self.ident(name);
        Box::new(FuncDecl {
            id: self.ids.fresh(),
            span,
            pos,
            recv,
            name,
            tparams,
            sig: *sig,
            body,
        })
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Statements

    pub fn block(&mut self, l: Lexeme, stmts: Vec<Stmt>, r: Lexeme) -> Block {
        Block {
            id: self.ids.fresh(),
            span: l.span.to(r.span),
            stmts,
        }
    }

    pub fn block_stmt(&mut self, block: Block) -> Stmt {
        self.stmt(
            block.span,
            block_depth(&block.stmts),
            StmtKind::Block(Box::new(block)),
        )
    }

    pub fn empty_stmt(&mut self, pos: Pos) -> Stmt {
        self.stmt(pos.span(), 0, StmtKind::Empty)
    }

    pub fn labeled(&mut self, label: Lexeme, colon: Lexeme, stmt: Stmt) -> Stmt {
        let label = self.ident(label);
        let span = label.span.to(stmt.span);
        let depth = stmt.depth;
        let node = LabeledStmt {
            label,
            colon: colon.span.lo,
            stmt,
        };
        self.stmt(span, depth, StmtKind::Labeled(Box::new(node)))
    }

    pub fn expr_stmt(&mut self, x: Expr) -> Stmt {
        self.stmt(x.span, x.depth, StmtKind::Expr(Box::new(x)))
    }

    /// A simple statement that stands by itself, which may begin with any operator but `~`.
    pub fn simple_stmt(&mut self, s: Stmt) -> Stmt {
        self.doubtful |= s.span.lo == self.last_tilde;
        s
    }

    pub fn send(&mut self, chan: Expr, arrow: Lexeme, value: Expr) -> Stmt {
        let span = chan.span.to(value.span);
        let depth = chan.depth.max(value.depth);
        let node = SendStmt {
            chan,
            arrow: arrow.span.lo,
            value,
        };
        self.stmt(span, depth, StmtKind::Send(Box::new(node)))
    }

    pub fn inc_dec(&mut self, x: Expr, op: Lexeme) -> Stmt {
        let span = x.span.to(op.span);
        let depth = x.depth;
        let node = IncDecStmt {
            x,
            op_pos: op.span.lo,
            inc: op.tok == Token::Inc,
        };
        self.stmt(span, depth, StmtKind::IncDec(Box::new(node)))
    }

    pub fn assign(&mut self, lhs: Vec<Expr>, op: Lexeme, rhs: Vec<Expr>) -> Stmt {
        let depth = max_depth(&lhs).max(max_depth(&rhs));
        let span = lhs
            .first()
            .map_or(op.span, |x| x.span)
            .to(rhs.last().map_or(op.span, |x| x.span));
        let node = AssignStmt {
            op: assign_op(op.tok),
            op_pos: op.span.lo,
            lhs,
            rhs,
        };
        self.stmt(span, depth, StmtKind::Assign(Box::new(node)))
    }

    pub fn decl_stmt(&mut self, decl: Box<Decl>) -> Stmt {
        let specs_depth = match &*decl {
            Decl::Const(d) => d
                .specs
                .iter()
                .map(|s| opt_expr_depth(&s.ty).max(max_depth(&s.values)))
                .max(),
            Decl::Var(d) => d
                .specs
                .iter()
                .map(|s| opt_expr_depth(&s.ty).max(max_depth(&s.values)))
                .max(),
            Decl::Type(d) => d
                .specs
                .iter()
                .map(|s| fields_depth(&s.tparams).max(s.ty.depth))
                .max(),
            Decl::Import(_) => None,
            Decl::Func(d) => {
                let body = match &d.body {
                    FuncBody::Parsed(b) => block_depth(&b.stmts),
                    _ => 0,
                };
                Some(sig_depth(&d.sig).max(body))
            }
        };
        self.stmt(decl.span(), specs_depth.unwrap_or(0), StmtKind::Decl(decl))
    }

    pub fn go_or_defer(&mut self, keyword: Lexeme, call: Expr) -> Stmt {
        self.doubtful |= matches!(call.kind, ExprKind::Paren(_));
        let span = keyword.span.to(call.span);
        let depth = call.depth;
        let call = Box::new(call);
        let kind = if keyword.tok == Token::Go {
            StmtKind::Go(call)
        } else {
            StmtKind::Defer(call)
        };
        self.stmt(span, depth, kind)
    }

    pub fn return_stmt(&mut self, keyword: Lexeme, results: Vec<Expr>) -> Stmt {
        let span = keyword
            .span
            .to(results.last().map_or(keyword.span, |x| x.span));
        let depth = max_depth(&results);
        self.stmt(
            span,
            depth,
            StmtKind::Return(Box::new(ReturnStmt { results })),
        )
    }

    pub fn branch(&mut self, keyword: Lexeme, label: Option<Lexeme>) -> Stmt {
        let span = keyword.span.to(label.map_or(keyword.span, |l| l.span));
        let label = label.map(|l| Box::new(self.ident(l)));
        let kind = match (keyword.tok, label) {
            (Token::Break, label) => StmtKind::Break(label),
            (Token::Continue, label) => StmtKind::Continue(label),
            (Token::Goto, Some(label)) => StmtKind::Goto(label),
            (Token::Fallthrough, _) => StmtKind::Fallthrough,
            _ => StmtKind::Bad,
        };
        self.stmt(span, 0, kind)
    }

    pub fn if_stmt(
        &mut self,
        keyword: Lexeme,
        init: Option<Stmt>,
        cond: Expr,
        then: Block,
        els: Option<Stmt>,
    ) -> Stmt {
        let span = keyword.span.to(els.as_ref().map_or(then.span, |e| e.span));
        let depth = opt_depth(&init)
            .max(cond.depth)
            .max(block_depth(&then.stmts))
            .max(opt_depth(&els));
        self.stmt(
            span,
            depth,
            StmtKind::If(Box::new(IfStmt {
                init,
                cond,
                then,
                els,
            })),
        )
    }

    /// `tag` is what stands before the brace: an expression, or the guard of a type switch.
    pub fn switch_stmt(
        &mut self,
        keyword: Lexeme,
        init: Option<Stmt>,
        tag: Option<Stmt>,
        body: Box<Clauses<CaseClause>>,
    ) -> Stmt {
        let span = keyword.span.to(body.span);
        let clauses = body.list;
        let (lbrace, rbrace) = (body.span.lo, Pos(body.span.hi.0 - 1));
        let depth = clauses
            .iter()
            .map(|c| max_depth(&c.exprs).max(block_depth(&c.body)))
            .max()
            .unwrap_or(0);
        let depth = depth.max(opt_depth(&init)).max(opt_depth(&tag));
        let (bind, tag) = match tag {
            None => (None, None),
            Some(tag) => match tag.kind {
                StmtKind::Expr(x) => (None, Some(*x)),
                StmtKind::Assign(mut a)
                    if a.op == AssignOp::Define && a.lhs.len() == 1 && a.rhs.len() == 1 =>
                {
                    let bind = a.lhs[0].as_ident();
                    let x = a.rhs.pop().expect("one value");
                    let is_guard = matches!(&x.kind, ExprKind::TypeAssert(t) if t.ty.is_none());
                    self.doubtful |= bind.is_none() || !is_guard;
                    (bind, Some(x))
                }
                _ => {
                    self.doubtful = true;
                    (None, None)
                }
            },
        };
        let kind = match tag {
            Some(Expr {
                kind: ExprKind::TypeAssert(guard),
                ..
            }) if guard.ty.is_none() => {
                let TypeAssertExpr { x, dot, .. } = *guard;
                StmtKind::TypeSwitch(Box::new(TypeSwitchStmt {
                    init,
                    bind,
                    x,
                    dot,
                    lbrace,
                    clauses,
                    rbrace,
                }))
            }
            tag => StmtKind::Switch(Box::new(SwitchStmt {
                init,
                tag,
                lbrace,
                clauses,
                rbrace,
            })),
        };
        self.stmt(span, depth, kind)
    }

    pub fn case_clause(&mut self, head: Box<CaseHead>, body: Vec<Stmt>) -> Box<CaseClause> {
        let span = head
            .keyword
            .span
            .to(body.last().map_or(head.colon.span, |s| s.span));
        Box::new(CaseClause {
            id: self.ids.fresh(),
            span,
            is_default: head.keyword.tok == Token::Default,
            exprs: head.exprs,
            colon: head.colon.span.lo,
            body,
        })
    }

    pub fn comm_clause(&mut self, head: Box<CommHead>, body: Vec<Stmt>) -> Box<CommClause> {
        let CommHead {
            keyword,
            comm,
            colon,
        } = *head;
        let span = keyword.span.to(body.last().map_or(colon.span, |s| s.span));
        Box::new(CommClause {
            id: self.ids.fresh(),
            span,
            comm,
            colon: colon.span.lo,
            body,
        })
    }

    pub fn select_stmt(&mut self, keyword: Lexeme, body: Box<Clauses<CommClause>>) -> Stmt {
        let depth = body
            .list
            .iter()
            .map(|c| opt_depth(&c.comm).max(block_depth(&c.body)))
            .max()
            .unwrap_or(0);
        let span = keyword.span.to(body.span);
        let (lbrace, rbrace) = (body.span.lo, Pos(body.span.hi.0 - 1));
        self.stmt(
            span,
            depth,
            StmtKind::Select(Box::new(SelectStmt {
                lbrace,
                clauses: body.list,
                rbrace,
            })),
        )
    }

    pub fn for_stmt(
        &mut self,
        keyword: Lexeme,
        init: Option<Stmt>,
        cond: Option<Expr>,
        post: Option<Stmt>,
        body: Block,
    ) -> Stmt {
        self.doubtful |= matches!(&post, Some(Stmt { kind: StmtKind::Assign(a), .. }) if a.op == AssignOp::Define);
        let span = keyword.span.to(body.span);
        let depth = opt_depth(&init)
            .max(opt_expr_depth(&cond))
            .max(opt_depth(&post))
            .max(block_depth(&body.stmts));
        self.stmt(
            span,
            depth,
            StmtKind::For(Box::new(ForStmt {
                init,
                cond,
                post,
                body,
            })),
        )
    }

    pub fn range_stmt(&mut self, keyword: Lexeme, clause: Box<RangeClause>, body: Block) -> Stmt {
        let RangeClause { lhs, op, range, x } = *clause;
        let span = keyword.span.to(body.span);
        let depth = max_depth(&lhs).max(x.depth).max(block_depth(&body.stmts));
        let define = op.is_some_and(|op| op.tok == Token::Define);
        let op_pos = op.map(|op| op.span.lo);
        let node = RangeStmt {
            lhs,
            define,
            op_pos,
            range: range.span.lo,
            x,
            body,
        };
        self.stmt(span, depth, StmtKind::Range(Box::new(node)))
    }
}

/// A parenthesised list of parameters or results, or the one result that needs no parentheses.
#[derive(Debug)]
pub(crate) struct Params {
    pub span: Span,
    pub fields: Vec<Field>,
}

/// The specs of a declaration, one or a parenthesised group.
#[derive(Debug)]
pub(crate) struct Specs<S> {
    pub span: Span,
    pub grouped: bool,
    pub list: Vec<S>,
}

impl<S> Specs<S> {
    /// `( … )`, up to its last parenthesis.
    pub fn group(list: Vec<S>, r: Lexeme) -> Specs<S> {
        Specs {
            span: r.span,
            grouped: true,
            list,
        }
    }
}

impl<S: HasSpan> From<Box<S>> for Specs<S> {
    fn from(spec: Box<S>) -> Specs<S> {
        Specs {
            span: spec.span(),
            grouped: false,
            list: vec![*spec],
        }
    }
}

pub(crate) trait HasSpan {
    fn span(&self) -> Span;
}

macro_rules! has_span {
    ($($ty:ident)*) => {
        $(impl HasSpan for $ty {
            fn span(&self) -> Span {
                self.span
            }
        })*
    };
}

has_span!(ImportSpec ConstSpec VarSpec TypeSpec);

/// `{ … }` of a switch or select.
#[derive(Debug)]
pub(crate) struct Clauses<C> {
    pub span: Span,
    pub list: Vec<C>,
}

impl<C> Clauses<C> {
    pub fn new(l: Lexeme, list: Vec<C>, r: Lexeme) -> Box<Clauses<C>> {
        Box::new(Clauses {
            span: l.span.to(r.span),
            list,
        })
    }
}

/// `[ list ( "=" | ":=" ) ] "range" x`
#[derive(Debug)]
pub(crate) struct RangeClause {
    pub lhs: Vec<Expr>,
    pub op: Option<Lexeme>,
    pub range: Lexeme,
    pub x: Expr,
}

fn spec_span(names: &[Ident], ty: Option<&Expr>, values: &[Expr]) -> Span {
    let names = names
        .first()
        .map_or(Span::NONE, |n| n.span)
        .to(names.last().map_or(Span::NONE, |n| n.span));
    names
        .to(ty.map_or(Span::NONE, |t| t.span))
        .to(values.last().map_or(Span::NONE, |v| v.span))
}

pub(crate) fn unparen(mut x: Expr) -> Expr {
    while let ExprKind::Paren(inner) = x.kind {
        x = *inner;
    }
    x
}

/// Makes `<-chan T` of a `chan T` behind an arrow: `<-(chan<- (chan T))` means `<-chan (<-chan T)`. Fails where the
/// arrow that moves inwards meets a receive-only channel, or no channel at all.
pub(crate) fn receive_only(x: &mut Expr) -> Result<(), ()> {
    let mut x = x;
    loop {
        let ExprKind::ChanType(c) = &mut x.kind else {
            return Err(());
        };
        match std::mem::replace(&mut c.dir, ChanDir::Recv) {
            ChanDir::Both => return Ok(()),
            ChanDir::Recv => return Err(()),
            ChanDir::Send => x = &mut c.elem,
        }
    }
}

/// `[...]T`, which gc's parser refuses behind the name of a parameter or field, where it may be an index.
fn is_open_array(x: &Expr) -> bool {
    matches!(&x.kind, ExprKind::ArrayType(a) if a.len.is_none())
}

/// Reports whether the expression can be no type, by its form alone. (Go: isValue)
pub(crate) fn is_value(x: &Expr) -> bool {
    match &x.kind {
        ExprKind::BasicLit(..)
        | ExprKind::CompositeLit(_)
        | ExprKind::FuncLit(_)
        | ExprKind::Slice(_)
        | ExprKind::TypeAssert(_)
        | ExprKind::Call(_)
        | ExprKind::Unary(_)
        | ExprKind::Binary(_) => true,
        ExprKind::Paren(x) => is_value(x),
        ExprKind::Index(x) => is_value(&x.x) || x.indices.len() == 1 && is_value(&x.indices[0]),
        _ => false,
    }
}

pub(crate) fn assign_op(tok: Token) -> AssignOp {
    let op = match tok {
        Token::Assign => return AssignOp::Assign,
        Token::Define => return AssignOp::Define,
        Token::AddAssign => BinaryOp::Add,
        Token::SubAssign => BinaryOp::Sub,
        Token::OrAssign => BinaryOp::Or,
        Token::XorAssign => BinaryOp::Xor,
        Token::MulAssign => BinaryOp::Mul,
        Token::DivAssign => BinaryOp::Div,
        Token::RemAssign => BinaryOp::Rem,
        Token::AndAssign => BinaryOp::And,
        Token::AndNotAssign => BinaryOp::AndNot,
        Token::ShlAssign => BinaryOp::Shl,
        _ => BinaryOp::Shr,
    };
    AssignOp::Op(op)
}
