//! What may stand where the cursor is: names, members, commands, files; and the signature of the function being called.
//! Knows no terminal.

use super::commands;
use super::session::Session;
use minigo_stdlib::packages;

/// Go's keywords that a line may begin with or contain.
const KEYWORDS: &[&str] = &[
    "break",
    "case",
    "chan",
    "const",
    "continue",
    "default",
    "defer",
    "else",
    "fallthrough",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "package",
    "range",
    "return",
    "select",
    "struct",
    "switch",
    "type",
    "var",
];

/// Names that the language gives a meaning to.
pub const PREDECLARED: &[&str] = &[
    "any",
    "append",
    "bool",
    "byte",
    "cap",
    "clear",
    "close",
    "comparable",
    "complex",
    "complex128",
    "complex64",
    "copy",
    "delete",
    "error",
    "false",
    "float32",
    "float64",
    "imag",
    "int",
    "int16",
    "int32",
    "int64",
    "int8",
    "iota",
    "len",
    "make",
    "max",
    "min",
    "new",
    "nil",
    "panic",
    "print",
    "println",
    "real",
    "recover",
    "rune",
    "string",
    "true",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "uintptr",
];

/// What could stand from the first offset to the cursor.
pub fn complete(session: &mut Session, line: &str, cursor: usize) -> (usize, Vec<String>) {
    let before = &line[..cursor];
    if let Some(command) = before.strip_prefix(':') {
        return match command.split_once(char::is_whitespace) {
            None => {
                let all = commands::NAMES.iter().map(|c| format!(":{}", c.name));
                (0, all.filter(|c| c.starts_with(before)).collect())
            }
            Some(("load" | "save", path)) => files(path.trim_start(), cursor),
            Some(("doc" | "type" | "time" | "dump", _)) => names(session, before),
            Some(_) => (cursor, Vec::new()),
        };
    }
    names(session, before)
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Where the name that ends at the cursor begins.
fn name_start(before: &str) -> usize {
    before
        .char_indices()
        .rev()
        .take_while(|&(_, c)| is_name(c))
        .last()
        .map_or(before.len(), |(i, _)| i)
}

fn names(session: &mut Session, before: &str) -> (usize, Vec<String>) {
    let start = name_start(before);
    let prefix = &before[start..];
    if let Some(path) = before[..start].strip_suffix('.') {
        let x = &path[operand_start(path)..];
        let mut members = session.members(x);
        members.retain(|m| m.starts_with(prefix));
        members.sort();
        members.dedup();
        return (start, members);
    }
    if in_text(before) && before.trim_start().starts_with("import") {
        let start = before.rfind(['"', '`']).map_or(start, |i| i + 1);
        let paths = packages::PACKAGES.iter().map(|p| p.path);
        let public = paths.filter(|p| !p.split('/').any(|part| part == "internal"));
        let fitting = public.filter(|p| p.starts_with(&before[start..]));
        return (start, fitting.map(str::to_owned).collect());
    }
    if in_text(before) || prefix.is_empty() {
        return (start, Vec::new());
    }
    let mut all: Vec<String> = session
        .names()
        .into_iter()
        .chain(KEYWORDS.iter().chain(PREDECLARED).map(|s| s.to_string()))
        .chain(
            packages::PACKAGES
                .iter()
                .filter(|p| !p.path.split('/').any(|part| part == "internal"))
                .map(|p| p.name.to_owned()),
        )
        .filter(|name| name.starts_with(prefix))
        .collect();
    all.sort();
    all.dedup();
    (start, all)
}

/// Whether the text ends inside a string.
fn in_text(before: &str) -> bool {
    let mut quote = None;
    let mut chars = before.chars();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '"' | '`' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            (Some('"' | '\''), '\\') => {
                chars.next();
            }
            (Some('"' | '\''), '\n') => quote = None,
            _ => {}
        }
    }
    quote.is_some()
}

/// Where the operand that ends here begins: `a.b`, `f(x)[0].c`.
fn operand_start(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut i = bytes.len();
    loop {
        let end = i;
        while i > 0 && matches!(bytes[i - 1], b')' | b']') {
            let mut depth = 0;
            while i > 0 {
                i -= 1;
                match bytes[i] {
                    b')' | b']' | b'}' => depth += 1,
                    b'(' | b'[' | b'{' => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
        }
        i = name_start(&text[..i]);
        if i == end {
            return i;
        }
        if i > 0 && bytes[i - 1] == b'.' {
            i -= 1;
        } else {
            return i;
        }
    }
}

fn files(prefix: &str, cursor: usize) -> (usize, Vec<String>) {
    let start = cursor - prefix.len();
    let (dir, name) = match prefix.rfind('/') {
        Some(i) => prefix.split_at(i + 1),
        None => ("", prefix),
    };
    let Ok(entries) = std::fs::read_dir(if dir.is_empty() { "." } else { dir }) else {
        return (start, Vec::new());
    };
    let mut found: Vec<String> = entries
        .flatten()
        .filter_map(|e| {
            let file = e.file_name().into_string().ok()?;
            let hidden = file.starts_with('.') && !name.starts_with('.');
            if !file.starts_with(name) || hidden {
                return None;
            }
            let slash = if e.path().is_dir() { "/" } else { "" };
            Some(format!("{dir}{file}{slash}"))
        })
        .collect();
    found.sort();
    (start, found)
}

/// The function whose arguments are being typed at the end of the line, as a declaration.
pub fn signature(session: &mut Session, line: &str) -> Option<String> {
    if line.starts_with(':') || in_text(line) {
        return None;
    }
    let mut depth = 0;
    let open = line.char_indices().rev().find_map(|(i, c)| {
        match c {
            ')' | ']' | '}' => depth += 1,
            '(' if depth == 0 => return Some(i),
            '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
        None
    })?;
    let fun = line[..open].trim_end();
    let x = &fun[operand_start(fun)..];
    if x.is_empty() || KEYWORDS.contains(&x) {
        return None;
    }
    session.signature(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_begin_where_selecting_them_begins() {
        for (text, x) in [
            ("a", "a"),
            ("x + a.b", "a.b"),
            ("f(g(1), 2).c", "f(g(1), 2).c"),
            ("if m[\"k\"]", "m[\"k\"]"),
            ("return strings", "strings"),
        ] {
            assert_eq!(&text[operand_start(text)..], x);
        }
    }

    #[test]
    fn texts_are_not_completed() {
        assert!(in_text("fmt.Println(\"hello wor"));
        assert!(!in_text("fmt.Println(\"hello\", wor"));
        assert!(in_text("`a\nb"));
    }
}
