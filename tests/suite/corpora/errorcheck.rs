//! Programs with mistakes: what they expect in comments against what is reported. (Go: test/run.go, errorCheck)

use super::{Ran, Verdict, minigo};
use regex::Regex;
use std::path::Path;

/// Reported errors: line and text, continuation lines joined. `file` restricts to one file's base name.
pub(super) fn reported(output: &str) -> Vec<(String, usize, usize, String)> {
    let mut all: Vec<(String, usize, usize, String)> = Vec::new();
    for line in output.lines() {
        let mut parts = line.splitn(4, ':');
        let parsed = (|| {
            let file = parts.next()?;
            let base = Path::new(file).file_name()?.to_str()?.to_string();
            let at: usize = parts.next()?.parse().ok()?;
            let col: usize = parts.next()?.parse().ok()?;
            Some((base, at, col, parts.next()?.trim_start().to_string()))
        })();
        match parsed {
            Some(e) if !line.starts_with(['\t', ' ']) => all.push(e),
            _ => {
                if let Some(last) = all.last_mut() {
                    last.3 += "\n";
                    last.3 += line;
                }
            }
        }
    }
    all
}

/// Patterns of `// ERROR` comments by line; `LINE` in a pattern stands for the line's number.
fn expected(source: &str) -> Vec<(usize, String)> {
    let head = Regex::new(r"// (?:GC_)?ERROR (.*)").expect("a fixed pattern");
    let quoted = Regex::new(r#""([^"]*)"|`([^`]*)`"#).expect("a fixed pattern");
    let relative = Regex::new(r"LINE(([+-])([0-9]+))?").expect("a fixed pattern");
    let mut all = Vec::new();
    for (i, line) in source.lines().enumerate() {
        if line.contains("////") {
            continue; // a disabled expectation
        }
        let Some(c) = head.captures(line) else {
            continue;
        };
        for q in quoted.captures_iter(&c[1]) {
            let pattern = q.get(1).or(q.get(2)).map_or("", |m| m.as_str());
            let pattern = relative.replace_all(pattern, |c: &regex::Captures<'_>| {
                let n: isize = c.get(3).and_then(|m| m.as_str().parse().ok()).unwrap_or(0);
                let n = if c.get(2).is_some_and(|m| m.as_str() == "-") {
                    -n
                } else {
                    n
                };
                format!(":{}", i as isize + 1 + n)
            });
            all.push((i + 1, pattern.into_owned()));
        }
    }
    all
}

/// Errors against expectations, per file, as Go's runner does it.
pub(super) fn compare(files: &[(String, String)], ran: &Ran) -> Verdict {
    let mut got = reported(&ran.output);
    let mut faults = Vec::new();
    for (base, source) in files {
        for (line, pattern) in expected(source) {
            let Ok(re) = Regex::new(&pattern) else {
                faults.push(format!("{base}:{line}: unusable pattern {pattern}"));
                continue;
            };
            let before = got.len();
            got.retain(|(f, l, _, text)| !(f == base && *l == line && re.is_match(text)));
            if got.len() == before {
                faults.push(format!("{base}:{line}: missing {pattern:?}"));
            }
        }
    }
    faults.extend(
        got.iter().map(|(f, l, c, t)| {
            format!("{f}:{l}:{c}: unexpected {}", t.lines().next().unwrap_or(""))
        }),
    );
    if faults.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Failed(faults.join(" | ").chars().take(400).collect())
    }
}

/// Whether the flags of a test ask for diagnostics about gc's own work: escape analysis, inlining, liveness, bounds checks.
pub(super) fn is_internal(args: &[&str]) -> bool {
    const INTERNAL: &[&str] = &[
        "-m",
        "-live",
        "-d=",
        "-race",
        "-N",
        "-wb",
        "-smallframes",
        "-std",
        "-+",
    ];
    args.iter()
        .any(|a| INTERNAL.iter().any(|p| a.starts_with(p)))
}

/// What `minigo check` says of a file or package folder, seen from `dir`.
pub(super) fn report(what: &str, args: &[&str], dir: &Path) -> Ran {
    let mut all = vec!["check", "-e", "-diag=short"];
    all.extend(args.iter().filter(|a| a.starts_with("-lang=")));
    all.push(what);
    minigo(&all, dir)
}

/// Names and texts of the files in a folder.
pub(super) fn sources(dir: &Path) -> Vec<(String, String)> {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    entries
        .map(|e| {
            (
                e.file_name().to_string_lossy().into_owned(),
                std::fs::read_to_string(e.path()).unwrap_or_default(),
            )
        })
        .collect()
}
