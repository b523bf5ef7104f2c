//! The type checker's tests: every file or folder is a package, its mistakes are expected in comments behind the token at
//! fault. (Go: cmd/compile/internal/types2/check_test.go)
//!
//! Measured by line: a line is right if what is reported there is what is expected there, error by error, and lines of
//! which neither says anything do not count.

use super::errorcheck::reported;
use super::{Verdict, minigo};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// An expected error: part of its text, or a pattern.
enum Expected {
    Part(String),
    Pattern(String),
}

impl Expected {
    fn matches(&self, text: &str) -> bool {
        match self {
            Expected::Part(part) => text.contains(part.as_str()),
            Expected::Pattern(p) => Regex::new(p).is_ok_and(|r| r.is_match(text)),
        }
    }

    fn text(&self) -> &str {
        match self {
            Expected::Part(text) | Expected::Pattern(text) => text,
        }
    }
}

/// Every comment of a source with the line of the token before it.
fn comments(source: &str) -> Vec<(usize, &str)> {
    let bytes = source.as_bytes();
    let mut all = Vec::new();
    let (mut i, mut line, mut token_line) = (0, 1, 1);
    let newlines = |from: usize, to: usize| bytes[from..to].iter().filter(|b| **b == b'\n').count();
    while i < bytes.len() {
        let rest = &source.as_bytes()[i..];
        // Literals end on the line that they begin on, but for raw strings.
        let end = match bytes[i] {
            b'\n' => {
                line += 1;
                i += 1;
                continue;
            }
            b if b.is_ascii_whitespace() => {
                i += 1;
                continue;
            }
            b'/' if rest.starts_with(b"//") => {
                let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
                all.push((token_line, &source[i + 2..i + end]));
                i += end;
                continue;
            }
            b'/' if rest.starts_with(b"/*") => {
                let end = source[i + 2..].find("*/").map_or(rest.len(), |n| n + 4);
                let text = &source[i + 2..i + end];
                all.push((token_line, text.strip_suffix("*/").unwrap_or(text)));
                line += newlines(i, i + end);
                i += end;
                continue;
            }
            b'`' => source[i + 1..].find('`').map_or(rest.len(), |n| n + 2),
            quote @ (b'"' | b'\'') => {
                let mut n = 1;
                while n < rest.len() && rest[n] != quote && rest[n] != b'\n' {
                    n += 1 + usize::from(rest[n] == b'\\');
                }
                (n + usize::from(rest.get(n) == Some(&quote))).min(rest.len())
            }
            _ => 1,
        };
        token_line = line;
        line += newlines(i, i + end);
        i += end;
    }
    all
}

/// The text of a Go string literal.
fn unquote(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('`') {
        return Some(raw.strip_suffix('`')?.to_string());
    }
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut chars = inner.chars();
    while let Some(c) = chars.next() {
        text.push(match c {
            '\\' => match chars.next()? {
                'n' => '\n',
                't' => '\t',
                other => other,
            },
            c => c,
        });
    }
    Some(text)
}

fn expected(comment: &str) -> Option<Expected> {
    if let Some(rest) = comment.strip_prefix(" ERROR ") {
        return unquote(rest.trim()).map(Expected::Part);
    }
    let rest = comment.strip_prefix(" ERRORx ")?;
    unquote(rest.trim()).map(Expected::Pattern)
}

/// One file or folder of the type checker's tests.
pub(super) fn type_test(path: &Path) -> Option<(String, Verdict)> {
    let root = std::env::var("MINIGO_TYPETEST").ok()?;
    let kind = path.strip_prefix(root).ok()?.components().next()?;
    let kind = kind.as_os_str().to_str()?.to_string();
    let mut files: Vec<PathBuf> = if path.is_dir() {
        let entries = std::fs::read_dir(path).ok()?.flatten().map(|e| e.path());
        entries
            .filter(|p| p.extension().is_some_and(|x| x == "go"))
            .collect()
    } else {
        vec![path.to_path_buf()]
    };
    files.sort();
    let mut wanted: BTreeMap<(String, usize), Vec<Expected>> = BTreeMap::new();
    for f in &files {
        let source = String::from_utf8_lossy(&std::fs::read(f).ok()?).into_owned();
        let base = f.file_name()?.to_str()?;
        if source.starts_with("// -fakeImportC") {
            return Some((kind, Verdict::LeftOut("cgo".into())));
        }
        for (line, text) in comments(&source) {
            if let Some(e) = expected(text) {
                wanted.entry((base.to_string(), line)).or_default().push(e);
            }
        }
    }
    let dir = path.parent()?;
    let mut args = vec![
        "check".to_string(),
        "-typetest".into(),
        "-diag=short".into(),
    ];
    let shown = |f: &PathBuf| f.strip_prefix(dir).unwrap_or(f).display().to_string();
    args.extend(files.iter().map(shown));
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ran = minigo(&args, dir);
    if let Some(why) = ran.crash {
        return Some((kind, Verdict::Crashed(why)));
    }
    let mut got: BTreeMap<(String, usize), Vec<String>> = BTreeMap::new();
    for (base, line, _, text) in reported(&ran.output) {
        got.entry((base, line)).or_default().push(text);
    }
    let lines: BTreeSet<(String, usize)> = wanted.keys().chain(got.keys()).cloned().collect();
    let mut good = 0;
    let mut faults = Vec::new();
    for key in &lines {
        let patterns = wanted.get(key).map_or(&[][..], |p| p);
        let mut texts = got.get(key).cloned().unwrap_or_default();
        // Every reported error uses up one that is expected.
        let missing: Vec<&str> = patterns
            .iter()
            .filter(|p| {
                let hit = texts.iter().position(|t| p.matches(t));
                hit.map(|i| texts.remove(i)).is_none()
            })
            .map(Expected::text)
            .collect();
        if missing.is_empty() && texts.is_empty() {
            good += 1;
        } else {
            faults.push(format!(
                "{}:{}: want {missing:?} got {texts:?}",
                key.0, key.1
            ));
        }
    }
    let faults = faults.join("\n    ");
    Some((kind, Verdict::Lines(good, lines.len(), faults)))
}
