//! Tokens → tree: the doors through which everybody parses. Parsing never fails: there is a tree, and a list of errors.
//!
//! The grammar's automaton reads what is correct. When it stops, or a node is doubtful, `diagnose` reads the tokens once
//! more in gc's way and says what is wrong in gc's words; its tree is returned then, with gaps where the faults are.
//!
//! Knows nothing of: how the automaton is made. (Nobody else names lalrpop.)

use crate::ast::*;
use crate::builder::{Builder, Started};
use crate::diag::Diagnostic;
use crate::diagnose::Diagnoser;
use crate::grammar::StartParser;
use crate::lexer::{self, Lexed, Lexeme};
use crate::lookahead;
use crate::source::{Pos, SourceFile, Span};
use crate::symbol::Symbol;
use crate::token::Token;
use lalrpop_util::ParseError;
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
    let mut lexed = lex(file, 0, file.end(), mode.skip_bodies);
    let id = ids.fresh();
    let mut b = Builder::new(ids);
    let (clause, decls, errors) = match run(Token::StartFile, file.start(), &lexed.tokens, &mut b) {
        Ok(Started::File {
            package,
            name,
            decls,
        }) if !b.is_dubious() && lexed.errors.is_empty() => {
            (Some((package, name)), decls, Vec::new())
        }
        _ => {
            if mode.skip_bodies {
                // The fault's extent may reach into a body.
                lexed = lex(file, 0, file.end(), false);
            }
            let ((clause, decls), errors) = diagnose(file, &lexed, ids, |d| d.file());
            (clause, decls, errors)
        }
    };
    let (package, name) = match clause {
        Some((package, name)) => (
            package.span.lo,
            Ident {
                id: ids.fresh(),
                name: name.text,
                span: name.span,
            },
        ),
        None => (
            file.start(),
            Ident {
                id: ids.fresh(),
                name: Symbol::BLANK,
                span: file.start().span(),
            },
        ),
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
    let mut lexed = lex(file, file.offset(body.lo), body.hi, false);
    // The `}` is the body's last token; the semicolon that the lexer inserts behind it belongs to the declaration.
    lexed.tokens.pop_if(|t| t.tok == Token::Semi);
    let mut b = Builder::new(ids);
    match run(Token::StartBody, body.lo, &lexed.tokens, &mut b) {
        Ok(Started::Body(block)) if !b.is_dubious() && lexed.errors.is_empty() => {
            (block, Vec::new())
        }
        _ => diagnose(file, &lexed, ids, |d| d.body()),
    }
}

/// Parses what was typed at a prompt: declarations, statements and expressions in any order.
pub fn parse_input(file: &SourceFile, ids: &mut NodeIds) -> Input {
    let mut lexed = lex(file, 0, file.end(), false);
    if lexed.unfinished {
        return Input::Unfinished;
    }
    lookahead::mark_func_decls(&mut lexed.tokens);
    let mut b = Builder::new(ids);
    match run(Token::StartInput, file.start(), &lexed.tokens, &mut b) {
        Ok(Started::Input(stmts)) if !b.is_dubious() && lexed.errors.is_empty() => {
            Input::Complete(stmts.into_iter().map(Entry::from).collect())
        }
        // Only where the text itself ends, not at a semicolon that its last newline stands for, can more text help.
        Err(Stop::End) if lexed.errors.is_empty() => Input::Unfinished,
        _ => Input::Wrong(diagnose(file, &lexed, ids, |d| d.input()).1),
    }
}

fn lex(file: &SourceFile, from: u32, to: Pos, skip_bodies: bool) -> Lexed {
    let mut lexed = lexer::lex(file, from, file.offset(to), skip_bodies);
    lookahead::mark_type_params(&mut lexed.tokens);
    lexed
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

/// The automaton met a token that could not stand there, or the end of the text.
enum Stop {
    Token,
    End,
}

/// Lets the automaton read the tokens behind a start token.
fn run(start: Token, at: Pos, tokens: &[Lexeme], b: &mut Builder) -> Result<Started, Stop> {
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
            ParseError::UnrecognizedToken { .. } => Stop::Token,
            _ => Stop::End,
        })
}

/// Has a text read that the automaton refused, or met with doubt. The errors are those of both lexer and parser. There may
/// be none: gc takes any type for an operand, which is left to the checker to refuse.
fn diagnose<T: Send>(
    file: &SourceFile,
    lexed: &Lexed,
    ids: &mut NodeIds,
    read: fn(&mut Diagnoser) -> T,
) -> (T, Vec<Diagnostic>) {
    /// Enough for trees as deep as [`MAX_DEPTH`] in a debug build.
    const STACK: usize = 512 << 20;

    let tokens = &lexed.tokens;
    let lexical = &lexed.errors;
    let mut work = || {
        let mut d = Diagnoser::new(file, tokens, lexical, ids);
        let tree = read(&mut d);
        (tree, d.finish())
    };
    let shallow = tokens.len() < 250;
    if shallow {
        work()
    } else {
        std::thread::scope(|scope| {
            let thread = std::thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, &mut work);
            thread
                .map(|t| {
                    t.join()
                        .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                })
                .ok()
        })
        .unwrap_or_else(&mut work)
    }
}
