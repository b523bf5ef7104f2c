//! Directives: comments that speak to the compiler. `//line` says where a text comes from; `//go:…` stands above the
//! declaration that it is about, and only some kinds of declaration take some kinds of directive.
//! (Go: cmd/compile/internal/syntax/parser.go, noder/noder.go, noder/writer.go)
//!
//! Nothing here changes what a program does: gc's directives steer an optimiser that is not ours. They are read so that a
//! misplaced one is reported.
//!
//! Knows nothing of: types; what a linkname names is looked up by the checker.

use crate::ast::{Comment, Decl, FuncBody};
use crate::codes::Code;
use crate::diag::Diagnostic;
use crate::lexer::Lexeme;
use crate::source::{LineBase, Pos, SourceFile, Span};
use crate::token::Token;

/// `//go:linkname local remote`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linkname {
    /// Behind the `//`, where gc reports what is wrong with it.
    pub at: Pos,
    /// The name in the package.
    pub local: String,
}

/// What the directives of a file say.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Directives {
    /// Names bound to names of other packages.
    pub linknames: Vec<Linkname>,
    /// What is wrong with them, if nothing else is wrong with the program.
    pub late: Vec<Diagnostic>,
}

/// Directives for functions.
const FUNC: &[&str] = &[
    "go:noescape",
    "go:norace",
    "go:nosplit",
    "go:noinline",
    "go:nocheckptr",
    "go:cgo_unsafe_args",
    "go:uintptrkeepalive",
    "go:uintptrescapes",
    "go:registerparams",
];

/// Directives that only the runtime may use.
const RUNTIME: &[&str] = &[
    "go:systemstack",
    "go:nowritebarrier",
    "go:nowritebarrierrec",
    "go:yeswritebarrierrec",
];

/// Where a directive stands.
enum Place {
    Clause,
    Func,
    /// Above another declaration, which takes no directives.
    Decl,
    Nowhere,
}

/// The `//line` and `/*line*/` directives among the comments. Malformed ones are reported, if gc does.
pub fn line_bases(
    file: &SourceFile,
    comments: &[Comment],
    errors: &mut Vec<Diagnostic>,
) -> Vec<LineBase> {
    let mut bases: Vec<LineBase> = Vec::new();
    for c in comments {
        let text = file.slice(c.span);
        let Some(body) = text.get(2..).filter(|t| t.starts_with(b"line ")) else {
            continue;
        };
        let body = match c.is_line {
            true => body,
            false => &body[..body.len().saturating_sub(2)],
        };
        let (line, col) = file.line_col(c.span.lo);
        if c.is_line && col != 1 || body.contains(&b'\n') {
            continue;
        }
        let text = String::from_utf8_lossy(&body["line ".len()..]).into_owned();
        let at = |i: usize| file.pos(file.offset(c.span.lo) + 7 + i as u32);
        let mut bad = |i: usize, what: &str| {
            let msg = format!("invalid {what} number: {}", &text[i..]);
            errors.push(Diagnostic::error(Code::Syntax, at(i).span(), msg));
        };
        // The numbers behind the last colons.
        let number = |t: &str| {
            t.rfind(':')
                .map(|i| (i + 1, t[i + 1..].parse::<u32>().ok()))
        };
        let Some((i, n)) = number(&text) else {
            continue;
        };
        let Some(n) = n else {
            bad(i, "line");
            continue;
        };
        let (name_end, new_line, new_col) = match number(&text[..i - 1]) {
            Some((i2, Some(n2))) => {
                if n == 0 {
                    bad(i, "column");
                    continue;
                }
                (i2 - 1, n2, n)
            }
            _ => (i - 1, n, 0),
        };
        if new_line == 0 || new_line > 1 << 30 {
            bad(name_end + 1, "line");
            continue;
        }
        let name = match &text[..name_end] {
            "" if new_col > 0 => bases.last().map_or(file.name.clone(), |b| b.name.clone()),
            name => beside(&file.name, name),
        };
        // What counts begins behind the comment: on the next line for a line comment.
        let offset = match c.is_line {
            true => file.line_range(line + 1).start as u32,
            false => file.offset(c.span.hi),
        };
        bases.push(LineBase {
            offset,
            name,
            line: new_line,
            col: new_col,
        });
    }
    bases
}

/// A file's name as a directive in another file gives it.
fn beside(file: &str, name: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let joined = match file.rfind('/') {
        Some(i) if !name.starts_with('/') && !name.is_empty() => format!("{}/{name}", &file[..i]),
        _ => name.to_string(),
    };
    for part in joined.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|p| *p != "..") => {
                parts.pop();
            }
            other => parts.push(other),
        }
    }
    let root = if joined.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// Looks at the `//go:` directives of a file.
pub fn check(
    file: &SourceFile,
    comments: &[Comment],
    tokens: &[Lexeme],
    package: Pos,
    decls: &[Decl],
    errors: &mut Vec<Diagnostic>,
) -> Directives {
    let mut found = Directives::default();
    let is_go = |c: &&Comment| c.is_directive && file.slice(c.span).starts_with(b"//go:");
    for c in comments.iter().filter(is_go) {
        let at = file.pos(file.offset(c.span.lo) + 2);
        let span = Span::new(at, c.span.hi);
        let error = |msg: &str| Diagnostic::error(Code::MisplacedDirective, span, msg);
        let text = String::from_utf8_lossy(&file.slice(c.span)[2..]).into_owned();
        let verb = text.split(' ').next().unwrap_or_default();
        let (line, _) = file.line_col(c.span.lo);
        let start = file.line_range(line).start as u32;
        let before = &file.bytes()[start as usize..file.offset(c.span.lo) as usize];
        if !before.trim_ascii().is_empty() {
            errors.push(error("misplaced compiler directive"));
            continue;
        }
        let next = tokens.partition_point(|t| t.span.lo < c.span.hi);
        let place = place(&tokens[next..], package, decls);
        let words: Vec<&str> = text.split_whitespace().collect();
        match verb {
            "go:linkname" if text.starts_with("go:linkname ") => match words.get(1) {
                Some(local) if words.len() <= 3 => found.linknames.push(Linkname {
                    at,
                    local: local.to_string(),
                }),
                _ => errors.push(error("usage: //go:linkname localname [linkname]")),
            },
            // Whoever reads the files looks at these.
            "go:embed" => {}
            _ if verb.starts_with("go:cgo_") && verb != "go:cgo_import_dynamic" => {
                errors.push(error(&format!(
                    "//{text} only allowed in cgo-generated code"
                )));
            }
            "go:build" => match place {
                Place::Clause => {}
                Place::Func | Place::Decl => {
                    found.late.push(error("misplaced compiler directive"));
                }
                Place::Nowhere => errors.push(error("misplaced compiler directive")),
            },
            _ if RUNTIME.contains(&verb) => {
                errors.push(error(&format!("//{verb} only allowed in runtime")));
            }
            _ if FUNC.contains(&verb) => {
                match place {
                    Place::Func => {}
                    Place::Clause | Place::Decl => {
                        found.late.push(error("misplaced compiler directive"));
                    }
                    Place::Nowhere => errors.push(error("misplaced compiler directive")),
                }
                if verb == "go:uintptrkeepalive" {
                    let msg = format!("//{verb} is only allowed in the standard library");
                    errors.push(error(&msg));
                }
                if verb == "go:noescape"
                    && let Some(Decl::Func(f)) = decl_at(tokens.get(next), decls)
                    && !matches!(f.body, FuncBody::None)
                {
                    let msg = "can only use //go:noescape with external func implementations";
                    let span = Span::new(f.pos, f.name.span.hi);
                    let late = Diagnostic::error(Code::MisplacedDirective, span, msg);
                    found.late.push(late);
                }
            }
            _ => {}
        }
    }
    found
}

/// The declaration that begins with a token.
fn decl_at<'a>(next: Option<&Lexeme>, decls: &'a [Decl]) -> Option<&'a Decl> {
    let next = next?.span.lo;
    let i = decls.partition_point(|d| d.span().lo < next);
    decls.get(i).filter(|d| d.span().lo == next)
}

/// Where a directive stands before these tokens.
fn place(next: &[Lexeme], package: Pos, decls: &[Decl]) -> Place {
    let Some(token) = next.first() else {
        return Place::Nowhere;
    };
    if token.span.lo <= package {
        return Place::Clause;
    }
    match decl_at(Some(token), decls) {
        Some(Decl::Func(_)) => Place::Func,
        Some(d) if is_group(d) => Place::Nowhere,
        Some(_) => Place::Decl,
        None if begins_spec(token.span.lo, decls) => Place::Decl,
        // A declaration in a function.
        None => match (token.tok, next.get(1).map(|t| t.tok)) {
            (Token::Const | Token::Type | Token::Var, group) if group != Some(Token::Lparen) => {
                Place::Decl
            }
            _ => Place::Nowhere,
        },
    }
}

/// Whether a specification of a group begins here.
fn begins_spec(at: Pos, decls: &[Decl]) -> bool {
    let after = decls.partition_point(|d| d.span().lo <= at);
    let Some(decl) = after.checked_sub(1).map(|i| &decls[i]) else {
        return false;
    };
    match decl {
        Decl::Import(d) => d.specs.iter().any(|s| s.span.lo == at),
        Decl::Const(d) => d.specs.iter().any(|s| s.span.lo == at),
        Decl::Type(d) => d.specs.iter().any(|s| s.span.lo == at),
        Decl::Var(d) => d.specs.iter().any(|s| s.span.lo == at),
        Decl::Func(_) => false,
    }
}

fn is_group(d: &Decl) -> bool {
    match d {
        Decl::Import(d) => d.grouped,
        Decl::Const(d) => d.grouped,
        Decl::Type(d) => d.grouped,
        Decl::Var(d) => d.grouped,
        Decl::Func(_) => false,
    }
}
