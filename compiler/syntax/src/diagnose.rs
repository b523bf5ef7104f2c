//! What is wrong with a text that the grammar does not accept: a second reading by recursive descent, which finds the
//! faults where gc finds them, words them as gc does, and goes on where gc goes on. It also gives the tree of such a text.
//! (Go: cmd/compile/internal/syntax/parser.go)
//!
//! Why not from the automaton: its state and the expected tokens say what could stand there, but gc's messages name the
//! construct it is in (`in argument list; possibly missing comma or )`), and its recovery depends on it too. Correct
//! texts never come here, so this may be slow; on them both readings give the same tree, which the tests compare.
//!
//! The reading recurses once per level of nesting and gives up at [`MAX_DEPTH`]; the parser calls it on a thread with a
//! stack for that.

use crate::ast::*;
use crate::builder::*;
use crate::codes::Code;
use crate::diag::Diagnostic;
use crate::lexer::Lexeme;
use crate::source::{Pos, SourceFile, Span};
use crate::symbol::Symbol;
use crate::token::{BinaryOp, Token};

mod expr;
mod stmt;

pub(crate) struct Diagnoser<'a, 'i> {
    b: Builder<'i>,
    file: &'a SourceFile,
    tokens: &'a [Lexeme],
    at: usize,
    errors: Vec<Diagnostic>,
    /// The lexer's errors, and how many of them are among `errors` already.
    lexical: &'a [Diagnostic],
    n_lexical: usize,
    /// How many functions are around this place: inside of one, recovery stops at the keywords of statements.
    functions: u32,
    /// Whether `{` behind a name opens a block: below zero in the header of a control clause.
    nesting: i32,
    depth: u16,
    /// The text nests too deep: everything behind is passed over.
    gave_up: bool,
    /// The line of the last syntax error: as gc does, one is reported a line.
    last_line: u32,
}

/// A set of tokens.
#[derive(Clone, Copy)]
struct Set(u128);

impl Set {
    const fn of(tokens: &[Token]) -> Set {
        let mut bits = 0;
        let mut i = 0;
        while i < tokens.len() {
            bits |= 1 << tokens[i] as u32;
            i += 1;
        }
        Set(bits)
    }

    fn has(self, tok: Token) -> bool {
        self.0 >> tok as u32 & 1 != 0
    }

    const fn with(self, other: Set) -> Set {
        Set(self.0 | other.0)
    }
}

/// Keywords that begin a statement: reading goes on there.
const STATEMENTS: Set = Set::of(&[
    Token::Break,
    Token::Const,
    Token::Continue,
    Token::Defer,
    Token::Fallthrough,
    Token::For,
    Token::Go,
    Token::Goto,
    Token::If,
    Token::Return,
    Token::Select,
    Token::Switch,
    Token::Type,
    Token::Var,
]);

const DECLARATIONS: Set = Set::of(&[
    Token::Import,
    Token::Const,
    Token::Type,
    Token::Var,
    Token::Func,
]);

const CLOSERS: Set = Set::of(&[Token::Rparen, Token::Rbrack, Token::Rbrace]);

/// Binary operators other than `*`, and `!` and `~`: what gc's scanner calls an operator.
fn is_operator(tok: Token) -> bool {
    matches!(tok, Token::Not | Token::Tilde) || tok != Token::Star && binary_op(tok).is_some()
}

fn binary_op(tok: Token) -> Option<BinaryOp> {
    Some(match tok {
        Token::OrOr => BinaryOp::OrOr,
        Token::AndAnd => BinaryOp::AndAnd,
        Token::Eql => BinaryOp::Eql,
        Token::Neq => BinaryOp::Neq,
        Token::Lss => BinaryOp::Lss,
        Token::Leq => BinaryOp::Leq,
        Token::Gtr => BinaryOp::Gtr,
        Token::Geq => BinaryOp::Geq,
        Token::Add => BinaryOp::Add,
        Token::Sub => BinaryOp::Sub,
        Token::Or => BinaryOp::Or,
        Token::Xor => BinaryOp::Xor,
        Token::Star => BinaryOp::Mul,
        Token::Div => BinaryOp::Div,
        Token::Rem => BinaryOp::Rem,
        Token::And => BinaryOp::And,
        Token::AndNot => BinaryOp::AndNot,
        Token::Shl => BinaryOp::Shl,
        Token::Shr => BinaryOp::Shr,
        _ => return None,
    })
}

fn is_op_assign(tok: Token) -> bool {
    (Token::AddAssign as u8..=Token::ShrAssign as u8).contains(&(tok as u8))
}

/// A token as messages name it.
fn token_name(tok: Token) -> String {
    match tok {
        Token::Comma => "comma".into(),
        Token::Semi => "semicolon or newline".into(),
        tok if tok.is_keyword() => format!("keyword {}", tok.as_str()),
        tok => tok.as_str().into(),
    }
}

impl<'a, 'i> Diagnoser<'a, 'i> {
    pub fn new(
        file: &'a SourceFile,
        tokens: &'a [Lexeme],
        lexical: &'a [Diagnostic],
        ids: &'i mut NodeIds,
    ) -> Self {
        Diagnoser {
            b: Builder::new(ids),
            file,
            tokens,
            at: 0,
            errors: Vec::new(),
            lexical,
            n_lexical: 0,
            functions: 0,
            nesting: 0,
            depth: 0,
            gave_up: false,
            last_line: 0,
        }
    }

    /// The errors of lexer and parser in the order in which gc finds them.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.meet_lexical_errors();
        // Chains of operators nest without recursion here.
        if let Some(span) = self.b.too_deep.filter(|_| !self.gave_up) {
            self.errors.push(too_deep(span));
        }
        self.errors
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Tokens

    fn current(&self) -> Lexeme {
        match self.tokens.get(self.at) {
            Some(t) => *t,
            None => Lexeme {
                tok: Token::Eof,
                text: Symbol::EMPTY,
                span: self.file.end().span(),
            },
        }
    }

    fn tok(&self) -> Token {
        match self.tokens.get(self.at).map(|t| t.tok) {
            Some(Token::TypeLbrack) => Token::Lbrack,
            Some(Token::FuncDecl) => Token::Func,
            Some(tok) => tok,
            None => Token::Eof,
        }
    }

    fn span(&self) -> Span {
        self.current().span
    }

    fn next(&mut self) -> Lexeme {
        let t = self.current();
        self.at = (self.at + 1).min(self.tokens.len());
        t
    }

    fn got(&mut self, tok: Token) -> bool {
        let is = self.tok() == tok;
        if is {
            self.next();
        }
        is
    }

    /// Takes the token if it is the one; else reports it missing, and gives the place where it should be.
    fn want(&mut self, tok: Token) -> Lexeme {
        if self.tok() == tok {
            return self.next();
        }
        self.syntax_error(format!("expected {}", token_name(tok)));
        self.skip_one();
        Lexeme {
            tok,
            text: Symbol::EMPTY,
            span: self.span().lo.span(),
        }
    }

    /// `=`, or `:=` with a complaint.
    fn got_assign(&mut self) -> Option<Lexeme> {
        match self.tok() {
            Token::Define => {
                self.syntax_error("expected =");
                Some(self.next())
            }
            Token::Assign => Some(self.next()),
            _ => None,
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Errors

    /// The lexer is one token ahead: its faults up to the current token were found before.
    fn meet_lexical_errors(&mut self) {
        let at_end = self.tok() == Token::Eof;
        // What a literal lacks is missing right behind it.
        let end = Pos(self.span().hi.0 + u32::from(self.tok().is_literal()));
        let rest = &self.lexical[self.n_lexical..];
        let met = rest.iter().take_while(|e| at_end || e.pos() < end);
        self.n_lexical += met.clone().count();
        self.errors.extend(met.cloned());
    }

    fn had_error(&mut self) -> bool {
        self.meet_lexical_errors();
        !self.errors.is_empty()
    }

    fn error_at(&mut self, span: Span, message: impl Into<String>) {
        if !self.gave_up {
            self.meet_lexical_errors();
            self.errors
                .push(Diagnostic::error(Code::Syntax, span, message));
        }
    }

    fn error(&mut self, message: impl Into<String>) {
        self.error_at(self.span(), message);
    }

    fn syntax_error(&mut self, message: impl AsRef<str>) {
        self.syntax_error_at(self.span(), message);
    }

    /// Messages that begin with "in", "at", "after" or "expected" tell what was met instead.
    fn syntax_error_at(&mut self, span: Span, message: impl AsRef<str>) {
        if self.tok() == Token::Eof && self.had_error() {
            return;
        }
        let message = message.as_ref();
        let met = if ["in ", "at ", "after "]
            .iter()
            .any(|p| message.starts_with(p))
        {
            format!("unexpected {} {message}", self.describe_current())
        } else if message.starts_with("expected ") {
            format!("unexpected {}, {message}", self.describe_current())
        } else {
            message.into()
        };
        let (line, _) = self.file.line_col(span.lo);
        if line != self.last_line {
            self.last_line = line;
            let n_errors = self.errors.len();
            self.error_at(span, format!("syntax error: {met}"));
            if let Some(note) = remedy(&met)
                && let Some(error) = self.errors[n_errors..].last_mut()
            {
                error.notes.push(note.into());
            }
        }
    }

    fn describe_current(&self) -> String {
        let t = self.current();
        match self.tok() {
            Token::Name => format!("name {}", t.text),
            Token::Semi => self.semi_name(t).into(),
            tok if tok.is_literal() => format!("literal {}", t.text),
            tok => match tok {
                Token::Comma => "comma".into(),
                tok if tok.is_keyword() => format!("keyword {}", tok.as_str()),
                tok => tok.as_str().into(),
            },
        }
    }

    /// What a semicolon is in the text.
    fn semi_name(&self, semi: Lexeme) -> &'static str {
        match self
            .file
            .bytes()
            .get(self.file.offset(semi.span.lo) as usize)
        {
            Some(b';') => "semicolon",
            Some(_) => "newline",
            None => "EOF",
        }
    }

    /// Passes over tokens up to one of `follow`, or, inside a function, to one that begins a statement.
    fn advance(&mut self, follow: Set) {
        let follow = if self.functions > 0 {
            follow.with(STATEMENTS)
        } else {
            follow
        };
        while self.tok() != Token::Eof && !follow.has(self.tok()) {
            self.next();
        }
    }

    fn skip_one(&mut self) {
        self.next();
    }

    /// Counts a level of nesting for the time of `read`.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MAX_DEPTH && !self.gave_up {
            self.errors.push(too_deep(self.span()));
            self.gave_up = true;
            self.at = self.tokens.len();
        }
        self.depth += 1;
        let x = read(self);
        self.depth -= 1;
        x
    }

    fn bad_expr(&mut self) -> Expr {
        let pos = self.span().lo;
        self.b.bad_expr(pos.span())
    }

    /// A name that stands for a missing one.
    fn missing_name(&self) -> Lexeme {
        Lexeme {
            tok: Token::Name,
            text: Symbol::BLANK,
            span: self.span().lo.span(),
        }
    }

    /// The end of what was read last.
    fn last_end(&self) -> Pos {
        self.at
            .checked_sub(1)
            .map_or(self.file.start(), |i| self.tokens[i].span.hi)
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Files and declarations

    /// The package clause and the declarations, as far as they could be read.
    pub fn file(&mut self) -> (Option<(Lexeme, Lexeme)>, Vec<Decl>) {
        let package = self.current();
        if !self.got(Token::Package) {
            self.syntax_error("package statement must be first");
            return (None, Vec::new());
        }
        let name = self.name();
        self.want(Token::Semi);
        let clause = (name.text != Symbol::BLANK || !self.had_error()).then_some((package, name));
        let mut decls: Vec<Decl> = Vec::new();
        if self.had_error() {
            return (clause, decls);
        }
        let mut prev = Token::Import;
        while self.tok() != Token::Eof {
            if self.tok() == Token::Import && prev != Token::Import {
                self.syntax_error("imports must appear before other declarations");
            }
            prev = self.tok();
            match self.tok() {
                Token::Import | Token::Const | Token::Type | Token::Var => {
                    let decl = self.declaration();
                    decls.push(decl);
                }
                Token::Func => {
                    let decl = self.func_decl();
                    decls.push(decl);
                }
                tok => {
                    let bodyless = matches!(decls.last(), Some(Decl::Func(f)) if f.body.is_none());
                    if tok == Token::Lbrace && bodyless {
                        self.syntax_error("unexpected semicolon or newline before {");
                    } else {
                        self.syntax_error("non-declaration statement outside function body");
                    }
                    self.advance(DECLARATIONS);
                    continue;
                }
            }
            if self.tok() != Token::Eof && !self.got(Token::Semi) {
                self.syntax_error("after top level declaration");
                self.advance(DECLARATIONS);
            }
        }
        (clause, decls)
    }

    /// One body of a function, from brace to brace.
    pub fn body(&mut self) -> Block {
        self.func_body()
    }

    /// What was typed at a prompt: statements, imports and functions.
    pub fn input(&mut self) -> Vec<Stmt> {
        let mut entries = Vec::new();
        while self.tok() != Token::Eof {
            let entry = match self.current().tok {
                Token::Import => {
                    let decl = self.declaration();
                    Some(self.b.decl_stmt(Box::new(decl)))
                }
                Token::FuncDecl => {
                    let decl = self.func_decl();
                    Some(self.b.decl_stmt(Box::new(decl)))
                }
                Token::Semi => {
                    self.next();
                    continue;
                }
                _ => {
                    // As in a function: recovery stops at statements.
                    self.functions += 1;
                    let stmt = self.stmt_or_none();
                    self.functions -= 1;
                    stmt
                }
            };
            match entry {
                Some(entry) => entries.push(entry),
                None => {
                    self.syntax_error("expected statement");
                    self.skip_one();
                    self.advance(Set::of(&[Token::Semi]));
                }
            }
            if self.tok() != Token::Eof && !self.got(Token::Semi) {
                self.syntax_error("at end of statement");
                self.advance(Set::of(&[Token::Semi]));
                self.got(Token::Semi);
            }
        }
        entries
    }

    /// `import`, `const`, `type` or `var`, with one spec or a group.
    fn declaration(&mut self) -> Decl {
        let keyword = self.next();
        match keyword.tok {
            Token::Import => {
                let specs = self.specs(keyword, Self::import_spec);
                Decl::Import(self.b.gen_decl(keyword, specs))
            }
            Token::Const => {
                let specs = self.specs(keyword, Self::const_spec);
                Decl::Const(self.b.gen_decl(keyword, specs))
            }
            Token::Type => {
                let specs = self.specs(keyword, Self::type_spec);
                Decl::Type(self.b.gen_decl(keyword, specs))
            }
            _ => {
                let specs = self.specs(keyword, Self::var_spec);
                Decl::Var(self.b.gen_decl(keyword, specs))
            }
        }
    }

    fn specs<S>(&mut self, keyword: Lexeme, read: fn(&mut Self) -> Option<Box<S>>) -> Specs<S> {
        let mut list = Vec::new();
        let grouped = self.got(Token::Lparen);
        if grouped {
            self.list("grouped declaration", Token::Semi, Token::Rparen, |p| {
                list.extend(read(p).map(|s| *s));
                false
            });
        } else {
            list.extend(read(self).map(|s| *s));
        }
        let end = self.last_end().max(keyword.span.hi);
        Specs {
            span: Span::new(keyword.span.lo, end),
            grouped,
            list,
        }
    }

    fn import_spec(&mut self) -> Option<Box<ImportSpec>> {
        let name = match self.tok() {
            Token::Name | Token::Dot => Some(self.next()),
            _ => None,
        };
        let path = self.current();
        if !path.tok.is_literal() {
            self.syntax_error("missing import path");
            self.advance(Set::of(&[Token::Semi, Token::Rparen]));
            return None;
        }
        self.next();
        let is_malformed = self
            .lexical
            .iter()
            .any(|e| path.span.lo <= e.pos() && e.pos() <= path.span.hi);
        if path.tok != Token::String && !is_malformed {
            self.syntax_error_at(path.span, "import path must be a string");
        }
        Some(self.b.import_spec(name, path))
    }

    fn const_spec(&mut self) -> Option<Box<ConstSpec>> {
        let names = self.name_list();
        let mut ty = None;
        let mut values = Vec::new();
        if !matches!(self.tok(), Token::Eof | Token::Semi | Token::Rparen) {
            ty = self.type_or_none();
            if self.got_assign().is_some() {
                values = self.expr_list();
            }
        }
        Some(self.b.const_spec(names, ty, values))
    }

    fn var_spec(&mut self) -> Option<Box<VarSpec>> {
        let names = self.name_list();
        let mut ty = None;
        let mut values = Vec::new();
        if self.got_assign().is_some() {
            values = self.expr_list();
        } else {
            ty = Some(self.type_());
            if self.got_assign().is_some() {
                values = self.expr_list();
            }
        }
        Some(self.b.var_spec(names, ty, values))
    }

    fn type_spec(&mut self) -> Option<Box<TypeSpec>> {
        let name = self.name();
        let mut tparams = Vec::new();
        let mut assign = None;
        let ty;
        if self.tok() == Token::Lbrack {
            let lbrack = self.next();
            match self.tok() {
                Token::Name => {
                    // An array length or type parameters: read an expression, then see what it can be.
                    let first = self.next();
                    let mut x = self.b.name(first);
                    // `P [` begins a slice or array constraint: no length is an index expression.
                    if self.tok() != Token::Lbrack {
                        self.nesting += 1;
                        let x1 = self.operand_tail(x);
                        x = self.binary_from(x1, 0);
                        self.nesting -= 1;
                    }
                    let comma = self.tok() == Token::Comma;
                    match self.split_name(x, comma) {
                        Ok((pname, ptype)) if ptype.is_some() || self.tok() != Token::Rbrack => {
                            tparams = self
                                .param_list(Some((pname, ptype)), Token::Rbrack, true, false)
                                .fields;
                            assign = self.got_assign();
                            ty = self.type_or_none();
                        }
                        Ok((pname, _)) => {
                            let len = self.b.name(pname);
                            ty = Some(self.array_type(lbrack, Some(len)));
                        }
                        Err(len) => ty = Some(self.array_type(lbrack, Some(len))),
                    }
                }
                Token::Rbrack => {
                    self.next();
                    let elem = self.type_();
                    ty = Some(self.b.slice_type(lbrack, elem));
                }
                _ => ty = Some(self.array_type(lbrack, None)),
            }
        } else {
            assign = self.got_assign();
            ty = self.type_or_none();
        }
        let ty = match ty {
            Some(ty) => ty,
            None => {
                let bad = self.bad_expr();
                self.syntax_error("in type declaration");
                self.advance(Set::of(&[Token::Semi, Token::Rparen]));
                bad
            }
        };
        Some(self.b.type_spec(name, tparams, assign, ty))
    }

    /// Splits an expression into a type parameter's name and its constraint, if it reads as both: `P *C` where C can
    /// only be a type, or `force` says so. A lone name has no constraint.
    fn split_name(&mut self, x: Expr, force: bool) -> Result<(Lexeme, Option<Expr>), Expr> {
        let name_of = |x: &Expr| match x.kind {
            ExprKind::Ident(text) => Some(Lexeme {
                tok: Token::Name,
                text,
                span: x.span,
            }),
            _ => None,
        };
        if let Some(name) = name_of(&x) {
            return Ok((name, None));
        }
        match &x.kind {
            ExprKind::Binary(op) if op.op == BinaryOp::Mul => {
                let Some(name) = name_of(&op.x) else {
                    return Err(x);
                };
                if !force && !is_type_elem(&op.y) {
                    return Err(x);
                }
                let ExprKind::Binary(op) = x.kind else {
                    unreachable!("seen above");
                };
                let star = Lexeme {
                    tok: Token::Star,
                    text: Symbol::EMPTY,
                    span: op.op_pos.span_of(1),
                };
                Ok((name, Some(self.b.unary(star, op.y))))
            }
            ExprKind::Binary(op) if op.op == BinaryOp::Or => {
                let force = force || is_type_elem(&op.y);
                if !can_split(&op.x, force) {
                    return Err(x);
                }
                let ExprKind::Binary(op) = x.kind else {
                    unreachable!("seen above");
                };
                match self.split_name(op.x, force) {
                    Ok((name, Some(left))) => {
                        Ok((name, Some(self.b.binary(left, op.op, op.op_pos, op.y))))
                    }
                    Ok((name, None)) => {
                        // Unreachable by `can_split`; a lone name is harmless.
                        Ok((name, None))
                    }
                    Err(x) => Err(x),
                }
            }
            ExprKind::Call(call) => {
                let Some(name) = name_of(&call.fun) else {
                    return Err(x);
                };
                let fits = call.args.len() == 1 && call.ellipsis.is_none();
                if !fits || !force && !is_type_elem(&call.args[0]) {
                    return Err(x);
                }
                let ExprKind::Call(mut call) = x.kind else {
                    unreachable!("seen above");
                };
                Ok((name, call.args.pop().map(unparen)))
            }
            _ => Err(x),
        }
    }

    fn func_decl(&mut self) -> Decl {
        let func = self.next();
        let mut recv = None;
        if self.tok() == Token::Lparen {
            let l = self.next();
            let mut list = self.param_list(None, Token::Rparen, false, false);
            list.span = Span::new(l.span.lo, list.span.hi);
            let n: usize = list.fields.iter().map(|f| f.names.len().max(1)).sum();
            match n {
                0 => self.error("method has no receiver"),
                1 => {}
                _ => self.error("method has multiple receivers"),
            }
            recv = Some(Box::new(list));
        }
        let (name, tparams, sig);
        if self.tok() == Token::Name {
            name = self.next();
            (tparams, sig) = self.func_type("");
        } else {
            name = self.missing_name();
            let params = Box::new(Params {
                span: name.span,
                fields: Vec::new(),
            });
            tparams = Vec::new();
            sig = self.b.signature(params, None);
            self.syntax_error(if recv.is_some() {
                "expected name"
            } else {
                "expected name or ("
            });
            self.advance(Set::of(&[Token::Lbrace, Token::Semi]));
        }
        let body = match self.tok() {
            Token::Lbrace => FuncBody::Parsed(self.func_body()),
            Token::SkippedBody => FuncBody::Skipped(self.next().span),
            _ => FuncBody::None,
        };
        Decl::Func(self.b.func_decl(func, recv, name, tparams, sig, body))
    }

    fn func_body(&mut self) -> Block {
        self.functions += 1;
        let body = self.block("");
        self.functions -= 1;
        body
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Common productions

    /// `{ f sep } close`, the last `sep` optional. `f` says when no further element may follow. Gives the closing token's
    /// place.
    fn list(
        &mut self,
        context: &str,
        sep: Token,
        close: Token,
        mut read: impl FnMut(&mut Self) -> bool,
    ) -> Lexeme {
        let mut done = false;
        while self.tok() != Token::Eof && self.tok() != close && !done {
            done = read(self);
            if !self.got(sep) && self.tok() != close {
                let (sep, close_name) = (token_name(sep), token_name(close));
                self.syntax_error(format!(
                    "in {context}; possibly missing {sep} or {close_name}"
                ));
                self.advance(CLOSERS);
                if self.tok() != close {
                    return Lexeme {
                        tok: close,
                        text: Symbol::EMPTY,
                        span: self.span().lo.span(),
                    };
                }
            }
        }
        let at = Lexeme {
            tok: close,
            text: Symbol::EMPTY,
            span: self.span(),
        };
        self.want(close);
        at
    }

    fn name(&mut self) -> Lexeme {
        if self.tok() == Token::Name {
            return self.next();
        }
        let name = self.missing_name();
        self.syntax_error("expected name");
        self.skip_one();
        name
    }

    fn name_list(&mut self) -> Vec<Lexeme> {
        let mut names = vec![self.name()];
        while self.got(Token::Comma) {
            names.push(self.name());
        }
        names
    }

    fn qualified_name(&mut self, first: Option<Lexeme>) -> Expr {
        let first = match first {
            Some(name) => name,
            None if self.tok() == Token::Name => self.next(),
            None => {
                let name = self.missing_name();
                self.syntax_error("expected name");
                self.advance(Set::of(&[Token::Dot, Token::Semi, Token::Rbrace]));
                name
            }
        };
        let mut x = self.b.name(first);
        if self.tok() == Token::Dot {
            let dot = self.next();
            let sel = self.name();
            x = self.b.selector(x, dot, sel);
        }
        if self.tok() == Token::Lbrack {
            let l = self.next();
            let list = if self.tok() == Token::Rbrack {
                self.syntax_error("expected type argument list");
                vec![self.bad_expr()]
            } else {
                self.type_list(true).0
            };
            let r = self.want(Token::Rbrack);
            x = self.b.index(x, Bracketed::list(l, list, r));
        }
        x
    }

    fn expr_list(&mut self) -> Vec<Expr> {
        let mut list = vec![self.expr()];
        while self.got(Token::Comma) {
            list.push(self.expr());
        }
        list
    }

    /// One or more types, of which the first may be any expression unless `strict`; whether there was a comma.
    fn type_list(&mut self, strict: bool) -> (Vec<Expr>, bool) {
        self.nesting += 1;
        let mut list = vec![if strict { self.type_() } else { self.expr() }];
        let mut comma = false;
        while self.got(Token::Comma) {
            comma = true;
            match self.type_or_none() {
                Some(ty) => list.push(ty),
                None => break,
            }
        }
        self.nesting -= 1;
        (list, comma)
    }
}

/// What helps against a slip that people from other languages make, told by gc's message.
fn remedy(message: &str) -> Option<&'static str> {
    let has = |part| message.contains(part);
    Some(if message.starts_with("cannot use assignment") {
        "to compare, write =="
    } else if has("unexpected newline in") && has("possibly missing comma") {
        "where a list goes on behind a line break, the line must end in a comma"
    } else if has("before {") || has("unexpected newline, expected {") {
        "the opening brace belongs on the same line"
    } else if message.starts_with("unexpected keyword else") || message.starts_with("else must") {
        "write } else { or } else if on one line"
    } else if message.starts_with("non-declaration statement") {
        "outside of functions there are only declarations: import, const, type, var, func"
    } else if has("unexpected ++") || has("unexpected --") {
        "x++ and x-- are statements, not expressions"
    } else if message == "unexpected :=, expected =" {
        "behind const, type and var write ="
    } else {
        return None;
    })
}

fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::error(Code::TooDeep, span, "exceeded max nesting depth")
}

/// Whether `split_name` would find a name and a constraint.
fn can_split(x: &Expr, force: bool) -> bool {
    match &x.kind {
        ExprKind::Binary(op) if op.op == BinaryOp::Mul => {
            matches!(op.x.kind, ExprKind::Ident(_)) && (force || is_type_elem(&op.y))
        }
        ExprKind::Binary(op) if op.op == BinaryOp::Or => {
            can_split(&op.x, force || is_type_elem(&op.y))
        }
        ExprKind::Call(call) => {
            matches!(call.fun.kind, ExprKind::Ident(_))
                && call.args.len() == 1
                && call.ellipsis.is_none()
                && (force || is_type_elem(&call.args[0]))
        }
        _ => false,
    }
}

/// Reports whether the expression can only be a type or a union, by its form.
fn is_type_elem(x: &Expr) -> bool {
    match &x.kind {
        ExprKind::ArrayType(_)
        | ExprKind::SliceType(_)
        | ExprKind::StructType(_)
        | ExprKind::FuncType(_)
        | ExprKind::InterfaceType(_)
        | ExprKind::MapType(_)
        | ExprKind::ChanType(_) => true,
        ExprKind::Binary(op) => is_type_elem(&op.x) || is_type_elem(&op.y),
        ExprKind::Unary(op) => op.op == crate::token::UnaryOp::Tilde || is_type_elem(&op.x),
        ExprKind::Star(x) | ExprKind::Paren(x) => is_type_elem(x),
        _ => false,
    }
}
