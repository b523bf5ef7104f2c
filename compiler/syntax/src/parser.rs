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
use crate::directive::{self, Directives};
use crate::grammar::StartParser;
use crate::lexer::{self, Lexed, Lexeme};
use crate::lookahead;
use crate::source::{Pos, SourceFile, Span};
use crate::symbol::Symbol;
use crate::token::Token;
use crate::version;
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
    let (clause, decls, mut errors) =
        match run(Token::StartFile, file.start(), &lexed.tokens, &mut b) {
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
    let mut directives = Directives::default();
    let speaks =
        |c: &Comment| c.is_directive || !c.is_line && file.slice(c.span).starts_with(b"/*line ");
    if !mode.skip_bodies && lexed.comments.iter().any(speaks) {
        let bases = directive::line_bases(file, &lexed.comments, &mut errors);
        file.set_line_bases(bases);
        directives = directive::check(
            file,
            &lexed.comments,
            &lexed.tokens,
            package,
            &decls,
            &mut errors,
        );
    }
    let span = Span::new(file.start(), file.end());
    (
        File {
            directives,
            id,
            file: file.id,
            span,
            package,
            name,
            decls,
            version: version::file_version(file.bytes()),
            comments: lexed.comments,
        },
        errors,
    )
}

/// Parses top-level declarations from the middle of a file, bodies passed over.
pub fn parse_decls(
    file: &SourceFile,
    extent: Span,
    ids: &mut NodeIds,
) -> (Vec<Decl>, Vec<Diagnostic>) {
    let mut lexed = lex(file, file.offset(extent.lo), extent.hi, true);
    // As if it were a file of its own.
    let token = |tok, text| Lexeme {
        tok,
        text: Symbol::intern(text),
        span: extent.lo.span(),
    };
    let clause = [
        token(Token::Package, "package"),
        token(Token::Name, "p"),
        token(Token::Semi, "\n"),
    ];
    lexed.tokens.splice(0..0, clause);
    let mut b = Builder::new(ids);
    match run(Token::StartFile, extent.lo, &lexed.tokens, &mut b) {
        Ok(Started::File { decls, .. }) if !b.is_dubious() && lexed.errors.is_empty() => {
            (decls, Vec::new())
        }
        _ => {
            let ((_, decls), errors) = diagnose(file, &lexed, ids, |d| d.file());
            (decls, errors)
        }
    }
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

/// Parses a text of imports, declarations and statements in any order, which becomes a program by what its caller puts
/// around them. Other than [`parse_input`] it takes the text as all there is.
pub fn parse_stmts(file: &SourceFile, ids: &mut NodeIds) -> (Vec<Stmt>, Vec<Diagnostic>) {
    let mut lexed = lex(file, 0, file.end(), false);
    lookahead::mark_func_decls(&mut lexed.tokens);
    let mut b = Builder::new(ids);
    match run(Token::StartInput, file.start(), &lexed.tokens, &mut b) {
        Ok(Started::Input(stmts)) if !b.is_dubious() && lexed.errors.is_empty() => {
            (stmts, Vec::new())
        }
        _ => diagnose(file, &lexed, ids, |d| d.input()),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dump::dump_ast;
    use crate::source::SourceMap;

    /// The texts of the golden trees.
    fn texts() -> Vec<&'static str> {
        let cases = include_str!("../tests/golden/grammar.ast")
            .split("=== ")
            .skip(1);
        cases
            .map(|c| {
                c.split_once('\n')
                    .expect("a title")
                    .1
                    .split("\n---\n")
                    .next()
                    .expect("a text")
            })
            .collect()
    }

    fn source(text: &str) -> std::sync::Arc<SourceFile> {
        SourceMap::new()
            .add("x.go", text.to_string())
            .expect("a small file")
    }

    #[test]
    fn both_readings_give_the_same_tree() {
        for text in texts() {
            let file = source(text);
            let (tree, errors) = parse_file(&file, Mode::default(), &mut NodeIds::new());
            assert!(errors.is_empty(), "{errors:?}");
            let lexed = lex(&file, 0, file.end(), false);
            let ((_, decls), errors) = diagnose(&file, &lexed, &mut NodeIds::new(), |d| d.file());
            assert!(errors.is_empty(), "{errors:?}");
            let expected = dump_ast(&file, &tree);
            let found = dump_ast(&file, &File { decls, ..tree });
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn a_skipped_body_parses_later_to_the_same_tree() {
        let tricky = "package p\nfunc f() struct{ x int } { g(`}`, \"}\", '}', '\\'') /* } */ // }\n}\nvar x = 1\nfunc g()\n";
        for text in texts().into_iter().chain([tricky]) {
            let file = source(text);
            let mut ids = NodeIds::new();
            let (whole, _) = parse_file(&file, Mode::default(), &mut ids);
            let (mut tree, errors) = parse_file(&file, Mode { skip_bodies: true }, &mut ids);
            assert!(errors.is_empty(), "{errors:?}");
            for decl in &mut tree.decls {
                let Decl::Func(f) = decl else {
                    continue;
                };
                assert!(!matches!(f.body, FuncBody::Parsed(_)));
                if let FuncBody::Skipped(span) = f.body {
                    let (body, errors) = parse_func_body(&file, span, &mut ids);
                    assert!(errors.is_empty(), "{errors:?}");
                    f.body = FuncBody::Parsed(body);
                }
            }
            assert_eq!(dump_ast(&file, &tree), dump_ast(&file, &whole));
        }
    }

    #[test]
    fn a_fault_in_a_skipped_body_is_found_later() {
        let file = source("package p\nfunc f() { x y }\n");
        let mut ids = NodeIds::new();
        let (tree, errors) = parse_file(&file, Mode { skip_bodies: true }, &mut ids);
        assert!(errors.is_empty());
        let Decl::Func(f) = &tree.decls[0] else {
            panic!("a function");
        };
        let (_, errors) = parse_func_body(&file, f.body.span().expect("a body"), &mut ids);
        let messages: Vec<_> = errors.iter().map(|e| &e.message).collect();
        assert_eq!(
            messages,
            ["syntax error: unexpected name y at end of statement"]
        );
    }

    #[test]
    fn every_node_has_an_id_of_its_own() {
        let mut ids = NodeIds::new();
        let mut seen = std::collections::HashSet::new();
        for text in texts() {
            let (tree, _) = parse_file(&source(text), Mode::default(), &mut ids);
            crate::walk::inspect(crate::walk::Node::File(&tree), &mut |node| {
                use crate::walk::Node;
                let id = match node {
                    Node::Expr(x) => x.id,
                    Node::Stmt(s) => s.id,
                    Node::Ident(x) => x.id,
                    Node::Field(x) => x.id,
                    Node::Block(x) => x.id,
                    Node::CaseClause(x) => x.id,
                    Node::CommClause(x) => x.id,
                    Node::BasicLit(x) => x.id,
                    _ => return true,
                };
                assert!(id != NodeId::NONE && id.index() < ids.table_len());
                assert!(seen.insert(id), "{id:?} twice");
                true
            });
        }
        assert!(seen.len() * 10 > ids.table_len() * 8, "ids are dense");
    }

    #[test]
    fn common_slips_get_a_note() {
        let notes = |text| {
            let (_, errors) = parse_file(&source(text), Mode::default(), &mut NodeIds::new());
            errors.into_iter().flat_map(|e| e.notes).collect::<Vec<_>>()
        };
        assert_eq!(
            notes("package p\nfunc f() { if x = 1 {} }\n"),
            ["to compare, write =="]
        );
        assert_eq!(
            notes("package p\nfunc f()\n{\n}\n"),
            ["the opening brace belongs on the same line"]
        );
        assert_eq!(notes("package p\nvar x int = 1 2\n"), [""; 0]);
    }

    /// `+` complete, `.` unfinished, `-` wrong.
    fn check_input(expected: char, text: &str) {
        let file = source(text);
        let found = match parse_input(&file, &mut NodeIds::new()) {
            Input::Complete(_) => '+',
            Input::Unfinished => '.',
            Input::Wrong(errors) => {
                assert!(!errors.is_empty());
                '-'
            }
        };
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn inputs_are_complete_unfinished_or_wrong() {
        for text in [
            "",
            "\n",
            "1 + 2",
            "x := 1; y := 2\nx + y\n",
            "import \"fmt\"",
            "func f(a int) int { return a }",
            "func (t T) m() {}\nfunc g[P any]() {}",
            "func(x int) m {}",
            "func() {}()",
            "type T[P any] struct {\n}\nvar x T[int]",
            "if x {\n}",
            "for {}",
            "// a comment",
        ] {
            check_input('+', text);
        }
        for text in [
            "1 +",
            "f(\n",
            "f(1,\n",
            "if x {\n",
            "func f() {\n\tx := 1\n",
            "type T struct {\n",
            "x :=",
            "`abc\n",
            "/* abc\n",
            "x := []int{\n\t1,\n",
            "switch x {\ncase 1:\n",
        ] {
            check_input('.', text);
        }
        for text in [
            "1 2",
            ")",
            "x := := 1",
            "f(1\n",
            "\"abc\n",
            "if {",
            "func f() {}}",
            "'ab' +",
            "import 5",
        ] {
            check_input('-', text);
        }
    }

    #[test]
    fn entries_are_told_apart() {
        let file = source("import \"fmt\"\nvar x = 1\nfunc f() {}\nx\nx++\n");
        let Input::Complete(entries) = parse_input(&file, &mut NodeIds::new()) else {
            panic!("complete");
        };
        let kinds: String = entries
            .iter()
            .map(|e| match e {
                Entry::Decl(_) => 'd',
                Entry::Stmt(_) => 's',
                Entry::Expr(_) => 'e',
            })
            .collect();
        assert_eq!(kinds, "dddes");
    }
}
