//! `//go:embed`: files become the initial values of package variables. (Go: `go doc embed`)
//!
//! After a file was parsed, the directives in it are matched with its variables, their patterns with the files beside it,
//! and each variable is given a value: `T("…")`, or a call in package embed for a tree of files. The value is parsed as a
//! text of its own, so that no position in the program changes; checker and emitter know nothing of it. What is wrong is
//! said in the words of gc and the go command.

use crate::files::Files;
use crate::packages::Store;
use minigo_syntax::ast::{Decl, Expr, ExprKind, File, GenDecl, VarSpec};
use minigo_syntax::codes::Code;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::Mode;
use minigo_syntax::source::{Pos, SourceFile, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const DIRECTIVE: &[u8] = b"//go:embed";

/// Adds a file of `dir` to the store, parses it, and embeds what it wants.
pub fn parse<'a>(
    store: &'a Store,
    dir: &Path,
    name: String,
    text: Vec<u8>,
) -> Result<(&'a File, Vec<Diagnostic>), String> {
    let embeds = text.windows(DIRECTIVE.len()).any(|w| w == DIRECTIVE);
    if !embeds {
        return store.parse(name, text, Mode::default());
    }
    let (mut tree, mut diags) = store.parse_owned(name, text, Mode::default())?;
    if diags.is_empty() {
        let source = store.sources().file(tree.file).clone();
        diags = embed(store, dir, &source, &mut tree)?;
    }
    Ok((store.trees.keep(tree), diags))
}

/// A directive: where `go:embed` stands, and its patterns with their places.
struct Directive {
    pos: Pos,
    patterns: Vec<(Pos, String)>,
}

/// Where in a file the variable of directives is.
type Place = (usize, usize);

fn error(pos: Pos, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidEmbed, pos.span_of(1), message)
}

fn boxed(pos: Pos, message: impl Into<String>) -> Box<Diagnostic> {
    Box::new(error(pos, message))
}

fn embed(
    store: &Store,
    dir: &Path,
    source: &Arc<SourceFile>,
    tree: &mut File,
) -> Result<Vec<Diagnostic>, String> {
    let mut diags = Vec::new();
    let mut wanted: BTreeMap<Place, Vec<Directive>> = BTreeMap::new();
    for c in tree.comments.iter().filter(|c| c.is_line) {
        let text = source.slice(c.span);
        let Some(args) = text.strip_prefix(DIRECTIVE) else {
            continue;
        };
        if !matches!(args.first(), None | Some(b' ' | b'\t' | b'\r')) {
            continue;
        }
        let pos = Pos(c.span.lo.0 + 2);
        let args_pos = Pos(c.span.lo.0 + DIRECTIVE.len() as u32);
        let (patterns, fault) = patterns(&String::from_utf8_lossy(args), args_pos);
        diags.extend(fault.map(|f| error(pos, f)));
        if patterns.is_empty() {
            diags.push(error(pos, "usage: //go:embed pattern..."));
            continue;
        }
        match variable_behind(tree, source, c.span) {
            Ok(place) => {
                let d = Directive { pos, patterns };
                wanted.entry(place).or_default().push(d);
            }
            Err(message) => diags.push(error(pos, message)),
        }
    }
    let package = package_name(tree);
    for ((decl, spec), directives) in wanted {
        let Decl::Var(vars) = &mut tree.decls[decl] else {
            continue;
        };
        let spec = &mut vars.specs[spec];
        match value(
            &store.files,
            dir,
            source,
            spec,
            &directives,
            package.as_deref(),
        ) {
            Ok(text) => spec.values.extend(parse_value(store, &text)?),
            Err(d) => diags.push(*d),
        }
    }
    diags.sort_by_key(|d| d.span.lo.0);
    Ok(diags)
}

/// The patterns of a directive, between quotes or blanks, and what is wrong.
fn patterns(args: &str, start: Pos) -> (Vec<(Pos, String)>, Option<String>) {
    let mut found = Vec::new();
    let mut at = 0;
    loop {
        let rest = &args[at..];
        at += rest.len() - rest.trim_start().len();
        let rest = &args[at..];
        let pos = Pos(start.0 + at as u32);
        let invalid = || {
            Some(format!(
                "invalid quoted string in //go:embed: {}",
                rest.trim_end()
            ))
        };
        let len = match rest.bytes().next() {
            None => return (found, None),
            Some(b'`') => match rest[1..].find('`') {
                None => return (Vec::new(), invalid()),
                Some(end) => {
                    found.push((pos, rest[1..=end].to_owned()));
                    end + 2
                }
            },
            Some(b'"') => {
                let mut escaped = false;
                let end = rest[1..].bytes().position(|c| {
                    let end = c == b'"' && !escaped;
                    escaped = c == b'\\' && !escaped;
                    end
                });
                let Some(end) = end else {
                    return (Vec::new(), invalid());
                };
                let Some(text) = unquote(&rest[1..=end]) else {
                    return (Vec::new(), invalid());
                };
                found.push((pos, text));
                end + 2
            }
            Some(_) => {
                let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
                found.push((pos, rest[..len].to_owned()));
                len
            }
        };
        at += len;
        if !args[at..].is_empty() && !args[at..].starts_with(char::is_whitespace) {
            return (Vec::new(), invalid());
        }
    }
}

/// A Go string of which patterns need the simple escapes.
fn unquote(s: &str) -> Option<String> {
    let mut out = String::new();
    let mut chars = s.chars();
    while let Some(c) = chars.next() {
        out.push(match c {
            '\\' => match chars.next()? {
                c @ ('\\' | '"') => c,
                't' => '\t',
                'n' => '\n',
                _ => return None,
            },
            c => c,
        });
    }
    Some(out)
}

/// The variable that a directive stands in front of.
fn variable_behind(tree: &File, source: &SourceFile, comment: Span) -> Result<Place, &'static str> {
    const MISPLACED: &str = "misplaced go:embed directive";
    for (i, decl) in tree.decls.iter().enumerate() {
        if decl.span().hi.0 <= comment.lo.0 {
            continue;
        }
        let inside = decl.span().lo.0 < comment.lo.0;
        return match decl {
            Decl::Var(vars) if inside && vars.grouped => spec_behind(vars, comment)
                .map(|spec| (i, spec))
                .ok_or(MISPLACED),
            Decl::Var(vars) if !inside && !vars.grouped => Ok((i, 0)),
            Decl::Func(_) if inside && followed_by_var(source, comment) => {
                Err("go:embed cannot apply to var inside func")
            }
            _ => Err(MISPLACED),
        };
    }
    Err(MISPLACED)
}

fn spec_behind(vars: &GenDecl<VarSpec>, comment: Span) -> Option<usize> {
    let i = vars.specs.iter().position(|s| s.span.hi.0 > comment.lo.0)?;
    (vars.specs[i].span.lo.0 > comment.lo.0).then_some(i)
}

/// Whether the next line that is no comment begins with `var`.
fn followed_by_var(source: &SourceFile, comment: Span) -> bool {
    let behind = &source.bytes()[source.offset(comment.hi) as usize..];
    let text = String::from_utf8_lossy(behind);
    let line = text
        .lines()
        .map(str::trim)
        .find(|l| !l.is_empty() && !l.starts_with("//"));
    line.is_some_and(|l| l.starts_with("var ") || l.starts_with("var\t"))
}

/// The name under which the file knows package embed: "." and "_" too.
fn package_name(tree: &File) -> Option<String> {
    let imports = tree.decls.iter().filter_map(|d| match d {
        Decl::Import(d) => Some(&d.specs),
        _ => None,
    });
    let spec = imports
        .flatten()
        .find(|s| s.path.text.as_str().trim_matches(['"', '`']) == "embed")?;
    Some(
        spec.name
            .map_or("embed".to_owned(), |n| n.as_str().to_owned()),
    )
}

/// What a variable's type makes of files.
enum Kind {
    Tree(&'static str),
    /// One file: the type's text, and whether it needs parentheses to convert to it.
    One(String),
}

/// Types that are no text, for which gc's words are needed.
const OTHERS: [&str; 19] = [
    "bool",
    "byte",
    "complex64",
    "complex128",
    "error",
    "float32",
    "float64",
    "int",
    "int8",
    "int16",
    "int32",
    "int64",
    "rune",
    "uint",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "uintptr",
];

fn kind(ty: &Expr, source: &SourceFile, package: &str) -> Result<Kind, String> {
    let text = String::from_utf8_lossy(source.slice(ty.span)).into_owned();
    let shown = match text.as_str() {
        "byte" => "uint8",
        "rune" => "int32",
        other => other,
    };
    match &ty.kind {
        ExprKind::Selector(s)
            if s.sel.as_str() == "FS" && s.x.as_ident().is_some_and(|x| x.as_str() == package) =>
        {
            Ok(Kind::Tree("."))
        }
        ExprKind::Ident(name) if package == "." && name.as_str() == "FS" => Ok(Kind::Tree("")),
        ExprKind::Ident(name) if OTHERS.contains(&name.as_str()) => {
            Err(format!("go:embed cannot apply to var of type {shown}"))
        }
        ExprKind::Ident(_) | ExprKind::Selector(_) => Ok(Kind::One(text)),
        ExprKind::SliceType(elem) if elem.as_ident().is_some_and(|e| !is_other(e.as_str())) => {
            Ok(Kind::One(text))
        }
        _ => Err(format!("go:embed cannot apply to var of type {shown}")),
    }
}

/// Whether a slice of this type is no text.
fn is_other(elem: &str) -> bool {
    elem == "string" || OTHERS.contains(&elem) && !matches!(elem, "byte" | "uint8")
}

/// The text of the value that a variable gets.
fn value(
    files: &Files,
    dir: &Path,
    source: &SourceFile,
    spec: &VarSpec,
    directives: &[Directive],
    package: Option<&str>,
) -> Result<String, Box<Diagnostic>> {
    let at = directives[0].pos;
    let Some(package) = package else {
        let message =
            "go:embed requires import \"embed\" (or import _ \"embed\", if package is not used)";
        return Err(boxed(at, message));
    };
    if spec.names.len() > 1 {
        return Err(boxed(at, "go:embed cannot apply to multiple vars"));
    }
    if !spec.values.is_empty() {
        return Err(boxed(at, "go:embed cannot apply to var with initializer"));
    }
    let Some(ty) = &spec.ty else {
        return Err(boxed(at, "go:embed cannot apply to var without type"));
    };
    let mut found = BTreeSet::new();
    for (pos, pattern) in directives.iter().flat_map(|d| &d.patterns) {
        let fault = |message: String| boxed(*pos, format!("pattern {pattern}: {message}"));
        found.extend(resolve(files, dir, pattern).map_err(fault)?);
    }
    let name = spec.names[0].span.lo;
    let kind = kind(ty, source, package).map_err(|message| boxed(name, message))?;
    let read = |file: &String| {
        let fault = |e: std::io::Error| {
            boxed(
                name,
                format!("embed {file}: {}", crate::modules::error_text(&e)),
            )
        };
        files.read_raw(&dir.join(file)).map_err(fault)
    };
    match kind {
        Kind::One(text) if found.len() > 1 => Err(boxed(
            name,
            format!("invalid go:embed: multiple files for type {text}"),
        )),
        Kind::One(text) => {
            let data = found.first().map_or(Ok(Vec::new()), read)?;
            Ok(format!("({text})({})", quoted(&data)))
        }
        Kind::Tree(dot) => {
            let mut data = Vec::new();
            let mut folders = BTreeSet::new();
            for file in &found {
                let parents = Path::new(file).ancestors().skip(1);
                folders.extend(
                    parents
                        .filter(|p| !p.as_os_str().is_empty())
                        .map(Path::to_path_buf),
                );
                let text = read(file)?;
                data.extend_from_slice(format!("{file}\0{}\0", text.len()).as_bytes());
                data.extend_from_slice(&text);
            }
            for folder in folders {
                data.extend_from_slice(format!("{}/\0{}\0", folder.display(), 0).as_bytes());
            }
            let package = if dot.is_empty() { "" } else { package };
            Ok(format!("{package}{dot}Embedded__({})", quoted(&data)))
        }
    }
}

/// A Go string of these bytes, on one line.
fn quoted(data: &[u8]) -> String {
    let mut out = String::with_capacity(data.len() + data.len() / 8 + 2);
    out.push('"');
    for &b in data {
        match b {
            b'"' | b'\\' => out.extend(['\\', char::from(b)]),
            b'\n' => out.push_str("\\n"),
            0x20..0x7f => out.push(char::from(b)),
            _ => out.push_str(&format!("\\x{b:02x}")),
        }
    }
    out.push('"');
    out
}

/// Parses a value in a text of its own.
fn parse_value(store: &Store, text: &str) -> Result<Vec<Expr>, String> {
    let text = format!("package p\nvar _ = {text}\n");
    let (mut tree, _) =
        store.parse_owned("<embed>".to_owned(), text.into_bytes(), Mode::default())?;
    Ok(match tree.decls.pop() {
        Some(Decl::Var(mut d)) => d.specs.pop().map_or(Vec::new(), |s| s.values),
        _ => Vec::new(),
    })
}

// ---- patterns ----

/// The files, relative to `dir`, that a pattern means.
fn resolve(files: &Files, dir: &Path, pattern: &str) -> Result<Vec<String>, String> {
    let (hidden, glob) = match pattern.strip_prefix("all:") {
        Some(rest) => (true, rest),
        None => (false, pattern),
    };
    let valid = |part: &str| !matches!(part, "" | "." | "..");
    if !glob.split('/').all(valid) || matches(glob.as_bytes(), b"").is_err() {
        return Err("invalid pattern syntax".to_owned());
    }
    let mut found = vec![PathBuf::new()];
    for part in glob.split('/') {
        let mut next = Vec::new();
        for folder in &found {
            let entries = files.list(&dir.join(folder)).unwrap_or_default();
            for name in entries.iter().filter_map(|e| e.file_name()?.to_str()) {
                if matches(part.as_bytes(), name.as_bytes()) == Ok(true) {
                    next.push(folder.join(name));
                }
            }
        }
        found = next;
    }
    let mut out = Vec::new();
    for path in found {
        let shown = path.display().to_string();
        let full = dir.join(&path);
        let is_dir = files.is_dir(&full);
        let what = if is_dir { "directory" } else { "file" };
        for part in path.ancestors().filter(|p| !p.as_os_str().is_empty()) {
            if files.is_file(&dir.join(part).join("go.mod")) {
                return Err(format!("cannot embed {what} {shown}: in different module"));
            }
            let name = part
                .file_name()
                .and_then(|n| n.to_str())
                .unwrap_or_default();
            if bad_name(name) {
                return Err(format!("cannot embed {what} {shown}: invalid name {name}"));
            }
        }
        if is_dir {
            let before = out.len();
            walk(files, dir, &path, hidden, &mut out);
            if out.len() == before {
                return Err(format!(
                    "cannot embed directory {shown}: contains no embeddable files"
                ));
            }
        } else if is_regular(files, &full) {
            out.push(shown);
        } else {
            return Err(format!("cannot embed irregular file {shown}"));
        }
    }
    match out.is_empty() {
        true => Err("no matching files found".to_owned()),
        false => Ok(out),
    }
}

fn bad_name(name: &str) -> bool {
    matches!(name, "" | ".bzr" | ".hg" | ".git" | ".svn")
}

fn is_regular(files: &Files, path: &Path) -> bool {
    files.in_memory(path) || std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file())
}

/// The files below a folder, without hidden ones unless they are wanted.
fn walk(files: &Files, dir: &Path, folder: &Path, hidden: bool, out: &mut Vec<String>) {
    for entry in files.list(&dir.join(folder)).unwrap_or_default() {
        let Some(name) = entry.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        if bad_name(name) || !hidden && name.starts_with(['.', '_']) {
            continue;
        }
        let path = folder.join(name);
        if is_regular(files, &entry) {
            out.push(path.display().to_string());
        } else if files.is_dir(&entry)
            && !entry.is_symlink()
            && !files.is_file(&entry.join("go.mod"))
        {
            walk(files, dir, &path, hidden, out);
        }
    }
}

/// Whether a name matches a pattern of `*`, `?`, `[a-z]` and `\x`; an error if the pattern is wrong.
/// (Go: `path.Match`, of a single element)
fn matches(pattern: &[u8], name: &[u8]) -> Result<bool, ()> {
    match pattern {
        [] => Ok(name.is_empty()),
        [b'*', rest @ ..] => {
            let mut any = false;
            for i in 0..=name.len() {
                any |= matches(rest, &name[i..])?;
            }
            Ok(any)
        }
        [b'[', rest @ ..] => {
            let (negated, mut rest) = match rest {
                [b'^', rest @ ..] => (true, rest),
                _ => (false, rest),
            };
            let c = name.first().copied();
            let (mut hit, mut first) = (false, true);
            loop {
                match rest {
                    [b']', ..] if !first => break,
                    _ => {}
                }
                let (low, after) = class_char(rest)?;
                let (high, after) = match after {
                    [b'-', after @ ..] => class_char(after)?,
                    _ => (low, after),
                };
                rest = after;
                hit |= c.is_some_and(|c| low <= c && c <= high);
                first = false;
            }
            let tail = matches(&rest[1..], name.get(1..).unwrap_or_default())?;
            Ok(c.is_some() && hit != negated && tail)
        }
        [b'\\'] => Err(()),
        [b'\\', c, rest @ ..] | [c, rest @ ..] => {
            let literal = pattern[0] == b'\\' || *c != b'?';
            let tail = matches(rest, name.get(1..).unwrap_or_default())?;
            Ok(tail && name.first().is_some_and(|n| !literal || n == c))
        }
    }
}

fn class_char(s: &[u8]) -> Result<(u8, &[u8]), ()> {
    match s {
        [] | [b'-' | b']', ..] | [b'\\'] => Err(()),
        [b'\\', c, rest @ ..] | [c, rest @ ..] => match rest {
            [] => Err(()),
            _ => Ok((*c, rest)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_in_path_match() {
        let cases: &[(&str, &str, Result<bool, ()>)] = &[
            ("*.txt", "a.txt", Ok(true)),
            ("*.txt", "a.txtx", Ok(false)),
            ("a?c", "abc", Ok(true)),
            ("[a-c]*", "bx", Ok(true)),
            ("[^a-c]*", "bx", Ok(false)),
            ("\\*", "*", Ok(true)),
            ("[", "a", Err(())),
            ("[]a]", "a", Err(())),
            ("a\\", "a", Err(())),
        ];
        for (pattern, name, want) in cases {
            assert_eq!(
                matches(pattern.as_bytes(), name.as_bytes()),
                *want,
                "{pattern} {name}"
            );
        }
    }

    #[test]
    fn arguments_stand_between_quotes_or_blanks() {
        let texts =
            |s: &str| -> Vec<String> { patterns(s, Pos(1)).0.into_iter().map(|p| p.1).collect() };
        assert_eq!(texts(" a.txt  b/*.c "), ["a.txt", "b/*.c"]);
        assert_eq!(texts(" \"a b\" `c d`"), ["a b", "c d"]);
        assert_eq!(
            patterns(" \"a", Pos(1)).1.as_deref(),
            Some("invalid quoted string in //go:embed: \"a")
        );
    }
}
