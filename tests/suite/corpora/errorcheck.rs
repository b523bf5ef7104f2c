//! Programs with mistakes: what they expect in comments against what is reported. (Go: test/run.go, errorCheck)

use super::{Ran, Verdict, minigo};
use std::collections::BTreeSet;
use std::path::Path;

/// Reported errors: line and text, continuation lines joined. `file` restricts to one file's base name.
pub(super) fn reported(output: &str) -> Vec<(String, usize, usize, String)> {
    let mut all: Vec<(String, usize, usize, String)> = Vec::new();
    for line in output.lines() {
        // Behind a //line directive there may be no column.
        let parsed = (|| {
            let (file, rest) = line.split_once(':')?;
            let base = Path::new(file).file_name()?.to_str()?.to_string();
            let (at, rest) = rest.split_once(':')?;
            let (col, text) = match rest.split_once(':') {
                Some((col, text)) if col.parse::<usize>().is_ok() => (col.parse().ok()?, text),
                _ => (0, rest),
            };
            Some((base, at.parse().ok()?, col, text.trim_start().to_string()))
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

/// The lines with `// ERROR` comments.
fn expected(source: &str) -> BTreeSet<usize> {
    let is_expected = |line: &str| {
        // `////` disables an expectation.
        let marked = line.contains("// ERROR ") || line.contains("// GC_ERROR ");
        marked && !line.contains("////")
    };
    let lines = source.lines().enumerate();
    lines
        .filter(|(_, line)| is_expected(line))
        .map(|(i, _)| i + 1)
        .collect()
}

/// Errors against expectations, by file and line: every line that expects one must have one, and no other may. The patterns
/// behind `ERROR` are not looked at, since they know the words of the compilers of Go 1.19, and gc's have changed; our own
/// tests hold ours to those of today.
pub(super) fn compare(files: &[(String, String)], ran: &Ran) -> Verdict {
    let mut wanted = BTreeSet::new();
    for (base, source) in files {
        wanted.extend(expected(source).into_iter().map(|l| (base.clone(), l)));
    }
    let reports = reported(&ran.output);
    let got: BTreeSet<(String, usize)> = reports.iter().map(|r| (r.0.clone(), r.1)).collect();
    let missing = wanted
        .difference(&got)
        .map(|(f, l)| format!("{f}:{l}: missing"));
    let more = got.difference(&wanted).map(|at| {
        let text = reports.iter().find(|r| (&r.0, r.1) == (&at.0, at.1));
        let text = text.and_then(|r| r.3.lines().next()).unwrap_or_default();
        format!("{}:{}: unexpected {text}", at.0, at.1)
    });
    let faults: Vec<String> = missing.chain(more).collect();
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
