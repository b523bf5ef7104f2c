//! Outlines of library files: which declarations stand where, and what they declare. With them a program reads of a
//! package only the declarations that it uses.
//!
//! An outline is a text, a line for each declaration in order: what it is, where it begins and ends (bytes), its names.
//! `i 20 34` imports (`e` if one of them is for its effects), `c`, `v` and `t` constants, variables and types, `a` types
//! of which one is an alias, `f` a function, `n` an `init` function, `m 90 200 *List Push` a method. What declares only
//! blank names is left out: nobody can mention it.
//!
//! Sources are as gofmt leaves them: a declaration's keyword begins a line, and nothing else does outside of brackets.
//! That all outlines agree with the parser is a test of the command's package (`src/packages.rs`).

use std::fmt::Write;

/// A token, as far as outlines care.
struct Token<'a> {
    text: &'a str,
    lo: usize,
    hi: usize,
    /// Open brackets around it.
    depth: usize,
    /// It is the first of its line.
    first: bool,
}

impl Token<'_> {
    fn is_name(&self) -> bool {
        self.text
            .starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// A line may end a statement behind it.
    fn ends(&self) -> bool {
        self.is_name()
            || self
                .text
                .starts_with(|c: char| c.is_ascii_digit() || "\"`')]}".contains(c))
    }
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let (mut all, mut at, mut depth, mut first) = (Vec::new(), 0, 0usize, true);
    // Where a quoted text that begins here ends.
    let quoted = |from: usize| {
        let (quote, mut i) = (bytes[from], from + 1);
        while i < bytes.len() && bytes[i] != quote {
            i += if bytes[i] == b'\\' && quote != b'`' {
                2
            } else {
                1
            };
        }
        (i + 1).min(bytes.len())
    };
    while at < bytes.len() {
        let rest = &text[at..];
        let until = |end: &str| at + rest.find(end).map_or(rest.len(), |i| i + end.len());
        match bytes[at] {
            b'\n' => {
                first = true;
                at += 1;
                continue;
            }
            b' ' | b'\t' | b'\r' => {
                at += 1;
                continue;
            }
            b'/' if rest.starts_with("//") => {
                at = until("\n") - usize::from(rest.contains('\n'));
                continue;
            }
            b'/' if rest.starts_with("/*") => {
                at = until("*/");
                continue;
            }
            _ => {}
        }
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let hi = match bytes[at] {
            b'"' | b'`' | b'\'' => quoted(at),
            _ => match rest.find(|c| !word(c)).unwrap_or(rest.len()) {
                0 => at + rest.chars().next().map_or(1, char::len_utf8),
                n => at + n,
            },
        };
        let text = &text[at..hi];
        if [")", "]", "}"].contains(&text) {
            depth = depth.saturating_sub(1);
        }
        all.push(Token {
            text,
            lo: at,
            hi,
            depth,
            first,
        });
        if ["(", "[", "{"].contains(&text) {
            depth += 1;
        }
        first = false;
        at = hi;
    }
    all
}

/// The specifications of a declaration: those in its parentheses, or the one without any.
fn specs<'a, 't>(decl: &'a [Token<'t>]) -> Vec<&'a [Token<'t>]> {
    let body = &decl[1..];
    if body.first().is_none_or(|t| t.text != "(") {
        return vec![body];
    }
    let body = &body[1..body.len() - 1];
    let mut found = Vec::new();
    let mut from = 0;
    for i in 1..=body.len() {
        let split = i == body.len()
            || body[i].first && body[i].depth == 1 && body[i].is_name() && body[i - 1].ends();
        if split && from < i {
            found.push(&body[from..i]);
            from = i;
        }
    }
    found
}

/// The names at the beginning of `a, b, c T = …`.
fn names<'a>(spec: &[Token<'a>]) -> Vec<&'a str> {
    let mut found = Vec::new();
    for pair in spec.chunks(2) {
        found.push(pair[0].text);
        if pair.get(1).is_none_or(|t| t.text != ",") {
            break;
        }
    }
    found
}

/// Whether a type's specification is `Name = T` or `Name[P C] = T`.
fn is_alias(spec: &[Token]) -> bool {
    let base = spec[0].depth;
    let mut i = 1;
    if spec.get(1).is_some_and(|t| t.text == "[") {
        i += spec[1..]
            .iter()
            .position(|t| t.depth == base && t.text == "]")
            .unwrap_or(0)
            + 1;
    }
    spec.get(i).is_some_and(|t| t.text == "=")
}

/// A method's receiver and name.
fn method(decl: &[Token]) -> String {
    let close = decl
        .iter()
        .position(|t| t.depth == 0 && t.text == ")")
        .expect("the receiver's end");
    let receiver = &decl[2..close];
    let star = if receiver.iter().any(|t| t.text == "*") {
        "*"
    } else {
        ""
    };
    let end = receiver
        .iter()
        .position(|t| t.text == "[")
        .unwrap_or(receiver.len());
    format!("{star}{} {}", receiver[end - 1].text, decl[close + 1].text)
}

/// The outline of a file.
pub fn outline(text: &str) -> String {
    let tokens = tokens(text);
    let keywords = ["import", "const", "var", "type", "func"];
    let starts: Vec<usize> = (0..tokens.len())
        .filter(|&i| tokens[i].first && tokens[i].depth == 0 && keywords.contains(&tokens[i].text))
        .collect();
    let mut out = String::new();
    for (n, &start) in starts.iter().enumerate() {
        let end = starts.get(n + 1).copied().unwrap_or(tokens.len());
        let decl = &tokens[start..end];
        let mut declared: Vec<&str> = Vec::new();
        let kind = match decl[0].text {
            "import" => match decl.iter().any(|t| t.text == "_") {
                true => 'e',
                false => 'i',
            },
            "func" => match decl.get(1) {
                Some(t) if t.text == "(" => 'm',
                Some(t) if t.text == "init" => 'n',
                _ => 'f',
            },
            keyword => {
                let specs = specs(decl);
                for spec in &specs {
                    declared.extend(match keyword {
                        "type" => vec![spec[0].text],
                        _ => names(spec),
                    });
                }
                match keyword {
                    "const" => 'c',
                    "var" => 'v',
                    _ if specs.iter().any(|s| is_alias(s)) => 'a',
                    _ => 't',
                }
            }
        };
        if "cvta".contains(kind) && declared.iter().all(|&n| n == "_") {
            continue;
        }
        let names = match kind {
            'f' => decl[1].text.to_owned(),
            'm' => method(decl),
            'i' | 'e' | 'n' => String::new(),
            _ => declared.join(" "),
        };
        let (lo, hi) = (decl[0].lo, decl[decl.len() - 1].hi);
        let line = format!("{kind} {lo} {hi} {names}");
        writeln!(out, "{}", line.trim_end()).expect("writing to a string");
    }
    out
}
