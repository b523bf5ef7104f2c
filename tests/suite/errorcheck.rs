//! Error tests: programs that must not compile, with `// ERROR "regexp"` on every line where an error is reported.
//!
//! As in Go's own test runner: each reported error must be expected on its line, each expectation must be met, and
//! several quoted patterns on a line stand for several errors there. Back quotes work too.

use crate::tools;
use libtest_mimic::Trial;
use regex::Regex;
use std::path::Path;

/// The expectations of a source text: line number and pattern.
fn expectations(source: &str) -> Result<Vec<(usize, String)>, String> {
    let quoted = Regex::new(r#""((?:[^"\\]|\\.)*)"|`([^`]*)`"#).map_err(|e| e.to_string())?;
    let mut all = Vec::new();
    for (i, line) in source.lines().enumerate() {
        let Some((_, patterns)) = line.split_once("// ERROR ") else {
            continue;
        };
        let before = all.len();
        for c in quoted.captures_iter(patterns) {
            let raw = c.get(2).map(|m| m.as_str().to_string());
            let pattern = raw.unwrap_or_else(|| c[1].replace("\\\"", "\"").replace("\\\\", "\\"));
            all.push((i + 1, pattern));
        }
        if all.len() == before {
            return Err(format!("line {}: ERROR without a quoted pattern", i + 1));
        }
    }
    if all.is_empty() {
        Err("no // ERROR line: such a test cannot fail".into())
    } else {
        Ok(all)
    }
}

fn check(path: &Path) -> Result<(), String> {
    let source = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let mut wanted = expectations(&source)?;
    let got = tools::run(tools::minigo().args(["check", "-e"]).arg(path), b"")?;
    if got.status != 1 {
        return Err(format!(
            "exit status {} instead of 1\n{}",
            got.status, got.stderr
        ));
    }
    let position = Regex::new(r"^(.*?\.go):(\d+):(\d+): (.*)$").map_err(|e| e.to_string())?;
    let mut faults = Vec::new();
    // An indented line continues the message above it.
    for line in got.stderr.lines().filter(|l| !l.starts_with('\t')) {
        let Some(c) = position.captures(line) else {
            continue;
        };
        let at: usize = c[2].parse().map_err(|_| "bad line number")?;
        let hit = wanted
            .iter()
            .position(|(l, p)| *l == at && Regex::new(p).is_ok_and(|re| re.is_match(&c[4])));
        match hit {
            Some(i) => drop(wanted.remove(i)),
            None => faults.push(format!("unexpected: {line}")),
        }
    }
    faults.extend(
        wanted
            .iter()
            .map(|(l, p)| format!("missing at line {l}: {p}")),
    );
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

pub fn trials() -> Vec<Trial> {
    let make = |path: std::path::PathBuf| {
        Trial::test(tools::name_of(&path), move || {
            check(&path).map_err(Into::into)
        })
        .with_kind("errorcheck")
    };
    tools::programs("tests/errorcheck")
        .into_iter()
        .map(make)
        .collect()
}
