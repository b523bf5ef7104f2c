//! Transcripts of `minigo test` in the modules below `tests/gotest`.
//!
//! In each module `transcript.txt` has command lines, `$ test ./...`, each followed by what it prints to standard output,
//! then lines `! …` of standard error, and `[exit N]` if the status is not 0. Times and addresses are written as `T` and
//! `0xN`. `MINIGO_UPDATE=1` rewrites the transcripts; with `MINIGO_GO=1` the real `go` must print the same standard output
//! and exit alike, but for lines that begin with `#$`.

use crate::tools;
use libtest_mimic::Trial;
use regex::Regex;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Takes out what differs from run to run.
fn normal(text: &str) -> String {
    let rules = [
        (r"\d+\.\d+s\b", "T"),
        (r"\(cached\)", "T"),
        (r"0x[0-9a-f]+", "0xN"),
        (r"goroutine \d+", "goroutine N"),
        (r"(\$GOROOT/src/\S+):\d+", "$1:N"),
        (r"(_?testing|_testmain)\.go:\d+", "$1.go:N"),
        (r#""Time":"[^"]*""#, r#""Time":"T""#),
        (r#""Elapsed":[0-9.e-]+"#, r#""Elapsed":0"#),
        (
            r"(?m)^(Benchmark\S+)[ \t]+\d+\t +[0-9.]+ ns/op",
            "$1 N ns/op",
        ),
        (r"[0-9.]+ MB/s", "N MB/s"),
        (r"(N ns/op)\s+", "$1 "),
        (r"(?m)^cpu: .*\n", ""),
        (r"(?m)^(goos|goarch): .*$", "$1: HERE"),
        (r"-test\.shuffle \d{9,}", "-test.shuffle N"),
    ];
    let mut text = text.replace(&tools::root().display().to_string(), "$ROOT");
    for (pattern, with) in rules {
        let regex = Regex::new(pattern).expect("a valid pattern");
        text = regex.replace_all(&text, with).into_owned();
    }
    text
}

/// The words of a command line; quotes keep spaces.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("there is one").push(c),
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

fn transcript(module: &Path, line: &str, command: &mut Command) -> Result<String, String> {
    let got = tools::run(command.current_dir(module), b"")?;
    let mut text = format!("{line}\n{}", normal(&got.stdout));
    for l in normal(&got.stderr).lines() {
        text += &format!("! {l}\n");
    }
    if got.status != 0 {
        text += &format!("[exit {}]\n", got.status);
    }
    Ok(text + "\n")
}

fn check(module: &Path) -> Result<(), String> {
    let path = module.join("transcript.txt");
    let want = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut got = String::new();
    for line in want
        .lines()
        .filter(|l| l.starts_with("$ ") || l.starts_with("#$ "))
    {
        let args = words(line.trim_start_matches(['#', '$', ' ']));
        got += &transcript(module, line, tools::minigo().args(&args))?;
    }
    if std::env::var_os("MINIGO_UPDATE").is_some() {
        return std::fs::write(&path, got).map_err(|e| e.to_string());
    }
    tools::same("transcript", &want, &got)
}

/// The real go must print the same.
fn compare(module: &Path) -> Result<(), String> {
    let path = module.join("transcript.txt");
    let want = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let commands = want.split("\n\n$ ").map(|c| c.trim_start_matches("$ "));
    for command in commands.filter(|c| !c.starts_with("#$")) {
        let line = command.lines().next().unwrap_or_default();
        let args = words(line);
        let mut go = Command::new("go");
        go.arg(&args[0]).arg("-vet=off").args(&args[1..]);
        let got = transcript(module, line, &mut go)?;
        let stdout = |text: &str| -> String {
            let own = |l: &&str| !l.starts_with("! ") && !l.is_empty();
            text.split("\n#$")
                .next()
                .unwrap_or_default()
                .lines()
                .filter(own)
                .map(|l| format!("{l}\n"))
                .collect()
        };
        tools::same(line, &stdout(&got), &stdout(command))?;
    }
    Ok(())
}

/// Packages of the real Go whose own tests must pass, with the same lines.
const STD: &[&str] = &[
    "container/list",
    "container/ring",
    "path",
    "sort",
    "text/tabwriter",
];

fn compare_std(package: &str) -> Result<(), String> {
    let args = ["test", "-v", package];
    let own = tools::run(tools::minigo().args(args), b"")?;
    let go = tools::run(Command::new("go").args(args).arg("-vet=off"), b"")?;
    if own.status != 0 {
        return Err(format!("exit status {}:\n{}", own.status, own.stdout));
    }
    // What tests log may depend on chance.
    let verdicts = |text: &str| -> String {
        let kinds = ["---", "PASS", "FAIL", "ok"];
        let lines = text
            .lines()
            .filter(|l| kinds.iter().any(|k| l.trim_start().starts_with(k)));
        lines.map(|l| format!("{l}\n")).collect()
    };
    tools::same(
        package,
        &verdicts(&normal(&go.stdout)),
        &verdicts(&normal(&own.stdout)),
    )
}

pub fn trials() -> Vec<Trial> {
    let dir = tools::root().join("tests/gotest");
    let entries = std::fs::read_dir(dir).expect("tests/gotest is there");
    let mut modules: Vec<PathBuf> = entries.flatten().map(|e| e.path()).collect();
    modules.sort();
    let with_go = std::env::var_os("MINIGO_GO").is_some();
    let make = |module: PathBuf| {
        let name = tools::name_of(&module);
        let copy = module.clone();
        let own = Trial::test(name.clone(), move || check(&copy).map_err(Into::into));
        let go = with_go.then(|| {
            Trial::test(name + ":go", move || compare(&module).map_err(Into::into)).with_kind("go")
        });
        std::iter::once(own.with_kind("gotest")).chain(go)
    };
    let std = STD.iter().filter(|_| with_go).map(|package| {
        Trial::test(format!("gotest/{package}:go"), || {
            compare_std(package).map_err(Into::into)
        })
        .with_kind("go")
    });
    modules.into_iter().flat_map(make).chain(std).collect()
}
