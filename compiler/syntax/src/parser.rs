//! Tokens → tree: the doors through which everybody parses. Parsing never fails: there is a tree, and a list of errors.
//!
//! The grammar's automaton reads what is correct. When it stops, or a node is doubtful, `diagnose` reads the tokens once
//! more in gc's way and says what is wrong in gc's words; its tree is returned then, with gaps where the faults are.
//!
//! Knows nothing of: how the automaton is made. (Nobody else names lalrpop.)

use crate::ast::*;
use crate::builder::{Builder, Started};
use crate::codes::Code;
use crate::diag::Diagnostic;
use crate::grammar::StartParser;
use crate::lexer::{self, Lexeme};
use crate::lookahead;
use crate::source::{Pos, SourceFile, Span};
use crate::symbol::Symbol;
use crate::token::Token;
use std::sync::OnceLock;

/// How a file is parsed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mode {
    /// Pass over the bodies of top-level functions; they become [`FuncBody::Skipped`](crate::ast::FuncBody::Skipped).
    pub skip_bodies: bool,
}

/// One entry of a REPL input.
#[derive(Debug)]
pub enum Entry {
    /// An import or a declaration (of a function too).
    Decl(Decl),
    Stmt(Stmt),
    /// An expression that stands as a statement: its value is what the user wants to see.
    Expr(Expr),
}

/// What a REPL input turned out to be.
#[derive(Debug)]
pub enum Input {
    Complete(Vec<Entry>),
    /// Correct as far as it goes: read another line and try again.
    Unfinished,
    Wrong(Vec<Diagnostic>),
}

/// Parses a whole file. (Go: syntax.Parse)
pub fn parse_file(file: &SourceFile, mode: Mode, ids: &mut NodeIds) -> (File, Vec<Diagnostic>) {
    let mut lexed = lexer::lex(file, 0, file.bytes().len() as u32, mode.skip_bodies);
    lookahead::mark_type_params(&mut lexed.tokens);
    let id = ids.fresh();
    let mut b = Builder::new(ids);
    let mut errors = lexed.errors;
    let (package, name, decls) = match run(Token::StartFile, file.start(), &lexed.tokens, &mut b) {
        Ok(Started::File {
            package,
            name,
            decls,
        }) if !b.is_dubious() => (package.span.lo, b.ident(name), decls),
        outcome => {
            errors.push(fault(outcome.err(), file, &lexed.tokens, &b));
            (
                file.start(),
                Ident {
                    id: b.ids.fresh(),
                    name: Symbol::BLANK,
                    span: file.start().span(),
                },
                Vec::new(),
            )
        }
    };
    let span = Span::new(file.start(), file.end());
    (
        File {
            id,
            file: file.id,
            span,
            package,
            name,
            decls,
            comments: lexed.comments,
        },
        errors,
    )
}

/// Parses the body of a function that [`Mode::skip_bodies`] passed over, from its `{` to its `}`.
pub fn parse_func_body(
    file: &SourceFile,
    body: Span,
    ids: &mut NodeIds,
) -> (Block, Vec<Diagnostic>) {
    let mut lexed = lexer::lex(file, file.offset(body.lo), file.offset(body.hi), false);
    // The `}` is the body's last token; what the lexer inserts behind it belongs to the declaration.
    lexed.tokens.pop_if(|t| t.tok == Token::Semi);
    lookahead::mark_type_params(&mut lexed.tokens);
    let mut b = Builder::new(ids);
    let mut errors = lexed.errors;
    match run(Token::StartBody, body.lo, &lexed.tokens, &mut b) {
        Ok(Started::Body(block)) if !b.is_dubious() => (block, errors),
        outcome => {
            errors.push(fault(outcome.err(), file, &lexed.tokens, &b));
            (
                Block {
                    id: b.ids.fresh(),
                    span: body,
                    stmts: Vec::new(),
                },
                errors,
            )
        }
    }
}

/// Parses what was typed at a prompt: declarations, statements and expressions in any order.
pub fn parse_input(file: &SourceFile, ids: &mut NodeIds) -> Input {
    let mut lexed = lexer::lex(file, 0, file.bytes().len() as u32, false);
    if lexed.unfinished {
        return Input::Unfinished;
    }
    lookahead::mark_type_params(&mut lexed.tokens);
    lookahead::mark_func_decls(&mut lexed.tokens);
    let mut b = Builder::new(ids);
    let mut errors = lexed.errors;
    match run(Token::StartInput, file.start(), &lexed.tokens, &mut b) {
        Ok(Started::Input(stmts)) if !b.is_dubious() && errors.is_empty() => {
            Input::Complete(stmts.into_iter().map(Entry::from).collect())
        }
        Err(pos) if pos >= file.end() || lexed.tokens.last().is_some_and(|t| pos >= t.span.lo) => {
            Input::Unfinished
        }
        outcome => {
            errors.push(fault(outcome.err(), file, &lexed.tokens, &b));
            Input::Wrong(errors)
        }
    }
}

impl From<Stmt> for Entry {
    fn from(stmt: Stmt) -> Entry {
        match stmt.kind {
            StmtKind::Decl(d) => Entry::Decl(*d),
            StmtKind::Expr(x) => Entry::Expr(*x),
            _ => Entry::Stmt(stmt),
        }
    }
}

fn fault(at: Option<Pos>, file: &SourceFile, tokens: &[Lexeme], b: &Builder) -> Diagnostic {
    if let Some(span) = b.too_deep {
        return Diagnostic::error(Code::TooDeep, span, "exceeded max nesting depth");
    }
    let pos = at.filter(|p| p.is_known()).unwrap_or(file.end());
    let tok = tokens.iter().find(|t| t.span.lo >= pos);
    let span = tok.map_or(file.end().span(), |t| t.span);
    let what = tok.map_or("EOF", |t| t.tok.as_str());
    Diagnostic::error(
        Code::Syntax,
        span,
        format!("syntax error: unexpected {what}"),
    )
}

/// Lets the automaton read the tokens behind a start token. On a fault: the position where it stopped.
fn run(start: Token, at: Pos, tokens: &[Lexeme], b: &mut Builder) -> Result<Started, Pos> {
    static AUTOMATON: OnceLock<StartParser> = OnceLock::new();
    let first = Lexeme {
        tok: start,
        text: Symbol::EMPTY,
        span: at.span(),
    };
    let tokens = std::iter::once(first).chain(tokens.iter().copied());
    AUTOMATON
        .get_or_init(StartParser::new)
        .parse(b, tokens.map(|t| Ok((t.span.lo, t, t.span.hi))))
        .map_err(|e| match e {
            lalrpop_util::ParseError::UnrecognizedToken { token, .. } => token.0,
            lalrpop_util::ParseError::UnrecognizedEof { location, .. } => location,
            _ => Pos::NONE,
        })
}
