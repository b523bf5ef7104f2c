//! The type checker's tests: every file or folder is a package, its mistakes are expected in comments behind the token at
//! fault. (Go: cmd/compile/internal/types2/check_test.go)

use super::errorcheck::reported;
use super::{Verdict, minigo};
use regex::Regex;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

/// One file or folder of the type checker's tests, measured by line.
pub(super) fn type_test(path: &Path) -> Option<(String, Verdict)> {
    let kind = path
        .strip_prefix(std::env::var("MINIGO_TYPETEST").ok()?)
        .ok()?
        .components()
        .next()?
        .as_os_str()
        .to_str()?
        .to_string();
    let mut files: Vec<PathBuf> = if path.is_dir() {
        std::fs::read_dir(path)
            .ok()?
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|x| x == "go"))
            .collect()
    } else {
        vec![path.to_path_buf()]
    };
    files.sort();
    let comment =
        Regex::new(r#"(?s)(?:/\*|//) (ERROR|ERRORx) ("(?:[^"\\\n]|\\.)*"|`[^`]*`)"#).ok()?;
    let blocks = Regex::new(r#"(?s)/\*.*?\*/"#).ok()?;
    // (file, line) → patterns
    let mut wanted: BTreeMap<(String, usize), Vec<(bool, String)>> = BTreeMap::new();
    let mut flags: Vec<String> = Vec::new();
    for f in &files {
        let source = String::from_utf8_lossy(&std::fs::read(f).ok()?).into_owned();
        let base = f.file_name()?.to_str()?.to_string();
        if let Some(line) = source.lines().next().and_then(|l| l.strip_prefix("// -")) {
            for flag in format!("-{line}").split_whitespace() {
                match flag {
                    _ if flag.starts_with("-lang=") => flags.push(flag.to_string()),
                    _ => return Some((kind, Verdict::LeftOut(format!("flag {flag}")))),
                }
            }
        }
        for c in comment.captures_iter(&source) {
            let raw = &c[2];
            let pattern = if raw.starts_with('`') {
                raw.trim_matches('`').to_string()
            } else {
                raw[1..raw.len() - 1]
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\")
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
            };
            // The error is reported at the token before the comment: the last line above it with code on it.
            let before = &source[..c.get(0)?.start()];
            let code = blocks
                .replace_all(before, |c: &regex::Captures<'_>| {
                    "\n".repeat(c[0].matches('\n').count()) + " "
                })
                .into_owned();
            let line = code.trim_end().lines().count().max(1);
            wanted
                .entry((base.clone(), line))
                .or_default()
                .push((&c[1] == "ERRORx", pattern));
        }
    }
    let dir = path.parent()?;
    let mut args: Vec<String> = vec!["check".into(), "-e".into(), "-diag=short".into()];
    args.extend(flags);
    args.extend(
        files
            .iter()
            .map(|f| f.strip_prefix(dir).unwrap_or(f).display().to_string()),
    );
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ran = minigo(&args, dir);
    if let Some(why) = ran.crash {
        return Some((kind, Verdict::Crashed(why)));
    }
    let mut got: BTreeMap<(String, usize), Vec<String>> = BTreeMap::new();
    for (base, line, _, text) in reported(&ran.output) {
        got.entry((base, line)).or_default().push(text);
    }
    let lines: std::collections::BTreeSet<(String, usize)> =
        wanted.keys().chain(got.keys()).cloned().collect();
    let mut good = 0;
    let mut faults = Vec::new();
    for key in &lines {
        let patterns = wanted.get(key).cloned().unwrap_or_default();
        let texts = got.get(key).cloned().unwrap_or_default();
        let hit = |(re, p): &(bool, String), t: &str| {
            if *re {
                Regex::new(p).is_ok_and(|r| r.is_match(t))
            } else {
                t.contains(p.as_str())
            }
        };
        let ok = patterns.len() == texts.len()
            && patterns.iter().all(|p| texts.iter().any(|t| hit(p, t)))
            && texts.iter().all(|t| patterns.iter().any(|p| hit(p, t)));
        if ok {
            good += 1;
        } else if faults.len() < 4 {
            let want: Vec<&String> = patterns.iter().map(|(_, p)| p).collect();
            faults.push(
                format!("{}:{}: want {want:?} got {texts:?}", key.0, key.1)
                    .chars()
                    .take(300)
                    .collect::<String>(),
            );
        }
    }
    Some((kind, Verdict::Lines(good, lines.len(), faults.join(" | "))))
}
