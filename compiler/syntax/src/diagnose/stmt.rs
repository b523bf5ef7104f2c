//! Statements.

use super::*;
use crate::print::List;

/// What stands between the keyword of a control clause and its brace.
#[derive(Default)]
struct Header {
    init: Option<Stmt>,
    cond: Option<Stmt>,
    post: Option<Stmt>,
    range: Option<Box<RangeClause>>,
}

/// A simple statement, or the range clause that may stand in its place.
enum Simple {
    Stmt(Stmt),
    Range(Box<RangeClause>),
}

impl Diagnoser<'_, '_> {
    fn simple_stmt(&mut self, lhs: Option<Vec<Expr>>) -> Stmt {
        match self.simple(lhs, Token::Semi) {
            Simple::Stmt(s) => s,
            Simple::Range(r) => self.b.bad_stmt(r.x.span),
        }
    }

    /// `keyword` is that of the header it stands in: range clauses are for `for`, guards for `switch`.
    fn simple(&mut self, lhs: Option<Vec<Expr>>, keyword: Token) -> Simple {
        if keyword == Token::For && self.tok() == Token::Range {
            return Simple::Range(self.range_clause(Vec::new(), None));
        }
        let mut lhs = match lhs {
            Some(lhs) => lhs,
            None => self.expr_list(),
        };
        let op = self.current();
        Simple::Stmt(match self.tok() {
            Token::Assign | Token::Define => {
                self.next();
                if keyword == Token::For && self.tok() == Token::Range {
                    return Simple::Range(self.range_clause(lhs, Some(op)));
                }
                let rhs = self.expr_list();
                self.b.assign(lhs, op, rhs)
            }
            _ if lhs.len() > 1 => {
                self.syntax_error("expected := or = or comma");
                self.advance(Set::of(&[Token::Semi, Token::Rbrace]));
                let x = lhs.swap_remove(0);
                self.b.expr_stmt(x)
            }
            tok => {
                let x = lhs.pop().expect("a list has an element");
                match tok {
                    Token::Inc | Token::Dec => {
                        self.next();
                        self.b.inc_dec(x, op)
                    }
                    Token::Arrow => {
                        self.next();
                        let value = self.expr();
                        self.b.send(x, op, value)
                    }
                    tok if is_op_assign(tok) => {
                        self.next();
                        let y = self.expr();
                        self.b.assign(vec![x], op, vec![y])
                    }
                    _ => self.b.expr_stmt(x),
                }
            }
        })
    }

    fn range_clause(&mut self, lhs: Vec<Expr>, op: Option<Lexeme>) -> Box<RangeClause> {
        let range = self.next();
        let x = self.expr();
        Box::new(RangeClause { lhs, op, range, x })
    }

    fn labeled(&mut self, label: Lexeme) -> Option<Stmt> {
        let colon = self.want(Token::Colon);
        if self.tok() == Token::Rbrace {
            let stmt = self.b.empty_stmt(colon.span.hi);
            return Some(self.b.labeled(label, colon, stmt));
        }
        match self.stmt_or_none() {
            Some(mut stmt) => {
                if let StmtKind::Empty = stmt.kind {
                    stmt.span = colon.span.hi.span();
                }
                Some(self.b.labeled(label, colon, stmt))
            }
            None => {
                self.syntax_error_at(colon.span, "missing statement after label");
                None
            }
        }
    }

    /// `{ … }`; `context` says behind what it is missing if it is.
    pub(super) fn block(&mut self, context: &str) -> Block {
        let mut l = self.current();
        if !self.got(Token::Lbrace) {
            l.span = l.span.lo.span();
            self.syntax_error(format!("expected {{ after {context}"));
            self.advance(Set::of(&[Token::Name, Token::Rbrace]));
            let r = self.current();
            if self.got(Token::Rbrace) {
                return self.b.block(l, Vec::new(), r);
            }
        }
        let stmts = self.nested(Self::stmt_list);
        let r = self.want(Token::Rbrace);
        self.b.block(l, stmts, r)
    }

    fn stmt_list(&mut self) -> Vec<Stmt> {
        let mut list = Vec::new();
        while !matches!(
            self.tok(),
            Token::Eof | Token::Rbrace | Token::Case | Token::Default
        ) {
            let Some(stmt) = self.stmt_or_none() else {
                break;
            };
            if !matches!(stmt.kind, StmtKind::Empty) {
                list.push(stmt);
            }
            if !self.got(Token::Semi) && self.tok() != Token::Rbrace {
                self.syntax_error("at end of statement");
                self.advance(Set::of(&[
                    Token::Semi,
                    Token::Rbrace,
                    Token::Case,
                    Token::Default,
                ]));
                self.got(Token::Semi);
            }
        }
        list
    }

    pub(super) fn stmt_or_none(&mut self) -> Option<Stmt> {
        self.nested(Self::stmt_here)
    }

    fn stmt_here(&mut self) -> Option<Stmt> {
        let first = self.current();
        Some(match self.tok() {
            Token::Name => {
                let lhs = self.expr_list();
                if let ([x], Token::Colon) = (&lhs[..], self.tok())
                    && let Some(label) = x.as_ident()
                {
                    return self.labeled(Lexeme {
                        tok: Token::Name,
                        text: label.name,
                        span: label.span,
                    });
                }
                self.simple_stmt(Some(lhs))
            }
            Token::Var | Token::Const | Token::Type => {
                let decl = self.declaration();
                self.b.decl_stmt(Box::new(decl))
            }
            Token::Lbrace => {
                let block = self.block("");
                self.b.block_stmt(block)
            }
            Token::Add
            | Token::Sub
            | Token::Star
            | Token::And
            | Token::Xor
            | Token::Not
            | Token::Func
            | Token::Lparen
            | Token::Lbrack
            | Token::Struct
            | Token::Map
            | Token::Chan
            | Token::Interface
            | Token::Arrow => self.simple_stmt(None),
            tok if tok.is_literal() => self.simple_stmt(None),
            Token::For => self.for_stmt(),
            Token::Switch => self.switch_stmt(),
            Token::Select => self.select_stmt(),
            Token::If => self.if_stmt(),
            Token::Fallthrough => {
                self.next();
                self.b.branch(first, None)
            }
            Token::Break | Token::Continue => {
                self.next();
                let label = (self.tok() == Token::Name).then(|| self.next());
                self.b.branch(first, label)
            }
            Token::Go | Token::Defer => {
                self.next();
                let mut x = self.primary();
                if let ExprKind::Paren(_) = x.kind {
                    let message = format!(
                        "expression in {} must not be parenthesized",
                        first.tok.as_str()
                    );
                    self.error_at(x.span, message);
                    x = unparen(x);
                }
                self.b.go_or_defer(first, x)
            }
            Token::Goto => {
                self.next();
                let label = self.name();
                self.b.branch(first, Some(label))
            }
            Token::Return => {
                self.next();
                let results = match self.tok() {
                    Token::Semi | Token::Rbrace => Vec::new(),
                    _ => self.expr_list(),
                };
                self.b.return_stmt(first, results)
            }
            Token::Semi => self.b.empty_stmt(first.span.lo),
            _ => return None,
        })
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Control clauses

    fn header(&mut self, keyword: Token) -> Header {
        let mut header = Header::default();
        if self.tok() == Token::Lbrace {
            if keyword == Token::If {
                self.syntax_error("missing condition in if statement");
            }
            return header;
        }
        let outer = std::mem::replace(&mut self.nesting, -1);
        self.header_clauses(keyword, &mut header);
        self.nesting = outer;
        header
    }

    fn header_clauses(&mut self, keyword: Token, header: &mut Header) {
        let mut init = None;
        if self.tok() != Token::Semi {
            if self.got(Token::Var) {
                let message = format!(
                    "var declaration not allowed in {} initializer",
                    keyword.as_str()
                );
                self.syntax_error(message);
            }
            match self.simple(None, keyword) {
                Simple::Stmt(s) => init = Some(s),
                Simple::Range(r) => {
                    header.range = Some(r);
                    return;
                }
            }
        }
        let mut semi = None;
        let mut cond = None;
        if self.tok() == Token::Lbrace {
            cond = init;
        } else {
            header.init = init;
            if self.tok() == Token::Semi {
                semi = Some(self.next());
            } else {
                self.want(Token::Lbrace);
                if self.tok() != Token::Lbrace {
                    self.advance(Set::of(&[Token::Lbrace, Token::Rbrace]));
                }
            }
            if keyword == Token::For {
                if self.tok() != Token::Semi {
                    if self.tok() == Token::Lbrace {
                        self.syntax_error("expected for loop condition");
                        return;
                    }
                    cond = Some(self.simple_stmt(None));
                }
                self.want(Token::Semi);
                if self.tok() != Token::Lbrace {
                    let post = self.simple_stmt(None);
                    if let StmtKind::Assign(a) = &post.kind
                        && a.op == AssignOp::Define
                    {
                        let span = a.op_pos.span_of(2);
                        self.syntax_error_at(span, "cannot declare in post statement of for loop");
                    }
                    header.post = Some(post);
                }
            } else if self.tok() != Token::Lbrace {
                cond = match self.simple(None, keyword) {
                    Simple::Stmt(s) => Some(s),
                    Simple::Range(_) => None,
                };
            }
        }
        match cond {
            None => {
                if let (Token::If, Some(semi)) = (keyword, semi) {
                    match self.semi_name(semi) {
                        "semicolon" => {
                            self.syntax_error_at(semi.span, "missing condition in if statement")
                        }
                        name => {
                            let message = format!("unexpected {name}, expected {{ after if clause");
                            self.syntax_error_at(semi.span, message);
                        }
                    }
                }
            }
            Some(s) => {
                let is_guard = keyword == Token::Switch && is_guard(&s);
                if !is_guard && !matches!(s.kind, StmtKind::Expr(_)) {
                    let text = match &s.kind {
                        // `=` for `==` is a common slip: show where it is.
                        StmtKind::Assign(a) if a.op == AssignOp::Assign => {
                            format!("assignment {} = {}", emphasized(&a.lhs), emphasized(&a.rhs))
                        }
                        _ => s.to_string(),
                    };
                    self.syntax_error_at(s.pos().span(), format!("cannot use {text} as value"));
                }
                header.cond = Some(s);
            }
        }
    }

    /// The condition as an expression; what is none was reported.
    fn condition(&mut self, cond: Option<Stmt>) -> Option<Expr> {
        let cond = cond?;
        Some(match cond.kind {
            StmtKind::Expr(x) => *x,
            _ => self.b.bad_expr(cond.span),
        })
    }

    fn for_stmt(&mut self) -> Stmt {
        let keyword = self.next();
        let header = self.header(Token::For);
        let body = self.block("for clause");
        if let Some(clause) = header.range {
            return self.b.range_stmt(keyword, clause, body);
        }
        let cond = self.condition(header.cond);
        self.b
            .for_stmt(keyword, header.init, cond, header.post, body)
    }

    fn if_stmt(&mut self) -> Stmt {
        self.nested(|p| {
            let keyword = p.next();
            let header = p.header(Token::If);
            let cond = match p.condition(header.cond) {
                Some(cond) => cond,
                None => p.bad_expr(),
            };
            let then = p.block("if clause");
            let mut els = None;
            if p.got(Token::Else) {
                match p.tok() {
                    Token::If => els = Some(p.if_stmt()),
                    Token::Lbrace => {
                        let block = p.block("");
                        els = Some(p.b.block_stmt(block));
                    }
                    _ => {
                        p.syntax_error("else must be followed by if or statement block");
                        p.advance(Set::of(&[Token::Name, Token::Rbrace]));
                    }
                }
            }
            p.b.if_stmt(keyword, header.init, cond, then, els)
        })
    }

    fn switch_stmt(&mut self) -> Stmt {
        let keyword = self.next();
        let header = self.header(Token::Switch);
        let body = self.clauses("missing { after switch clause", Self::case_clause);
        self.b.switch_stmt(keyword, header.init, header.cond, body)
    }

    fn select_stmt(&mut self) -> Stmt {
        let keyword = self.next();
        let body = self.clauses("missing { after select clause", Self::comm_clause);
        self.b.select_stmt(keyword, body)
    }

    fn clauses<C>(&mut self, missing: &str, read: fn(&mut Self) -> Box<C>) -> Box<Clauses<C>> {
        let mut l = self.current();
        if !self.got(Token::Lbrace) {
            l.span = l.span.lo.span();
            self.syntax_error(missing);
            self.advance(Set::of(&[Token::Case, Token::Default, Token::Rbrace]));
        }
        let mut list = Vec::new();
        while !matches!(self.tok(), Token::Eof | Token::Rbrace) {
            list.push(*read(self));
        }
        let mut r = self.want(Token::Rbrace);
        if r.span.is_empty() {
            // A missing brace: the clauses' span must not end before it begins.
            r.span = r.span.lo.max(l.span.hi).span_of(1);
        }
        Clauses::new(l, list, r)
    }

    fn clause_head<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> (Lexeme, Option<T>, Lexeme) {
        let keyword = self.current();
        let mut list = None;
        match self.tok() {
            Token::Case => {
                self.next();
                list = Some(read(self));
            }
            Token::Default => {
                self.next();
            }
            _ => {
                self.syntax_error("expected case or default or }");
                self.advance(Set::of(&[
                    Token::Colon,
                    Token::Case,
                    Token::Default,
                    Token::Rbrace,
                ]));
            }
        }
        let colon = self.want(Token::Colon);
        (keyword, list, colon)
    }

    fn case_clause(&mut self) -> Box<CaseClause> {
        let (keyword, exprs, colon) = self.clause_head(Self::expr_list);
        let body = self.nested(Self::stmt_list);
        let head = CaseHead {
            keyword,
            exprs: exprs.unwrap_or_default(),
            colon,
        };
        self.b.case_clause(Box::new(head), body)
    }

    fn comm_clause(&mut self) -> Box<CommClause> {
        let (keyword, comm, colon) = self.clause_head(|p| p.simple_stmt(None));
        let body = self.nested(Self::stmt_list);
        self.b.comm_clause(
            Box::new(CommHead {
                keyword,
                comm,
                colon,
            }),
            body,
        )
    }
}

/// `x := y.(type)`
fn is_guard(s: &Stmt) -> bool {
    match &s.kind {
        StmtKind::Assign(a) => {
            a.op == AssignOp::Define
                && matches!(&a.lhs[..], [x] if x.as_ident().is_some())
                && matches!(&a.rhs[..], [Expr { kind: ExprKind::TypeAssert(t), .. }] if t.ty.is_none())
        }
        _ => false,
    }
}

/// One side of an assignment; in parentheses if it has an operator of its own.
fn emphasized(list: &[Expr]) -> String {
    match list {
        [
            Expr {
                kind: ExprKind::Binary(_),
                ..
            },
        ] => format!("({})", List(list)),
        _ => List(list).to_string(),
    }
}
