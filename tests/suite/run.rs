//! Run tests: a program, the standard output it must have, and its exit status.
//!
//! Output stands in `NAME.out` beside `NAME.go`, or in the closing `// Output:` comment of an example. Directives among
//! the first comment lines: `// exit: N` (0 without it), `// args: a b`, `// env: K=V`, `// procs: N` (GOMAXPROCS).
//! `NAME.in` or an `// Input:` comment is standard input. Every line of `NAME.stderr` must occur, in that order, in
//! what the program wrote to stderr.

use crate::tools::{self, Outcome};
use libtest_mimic::Trial;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A run test as it stands on disk.
pub struct Case {
    pub source: String,
    pub input: Vec<u8>,
    pub want: Option<String>,
    pub want_stderr: Option<String>,
    pub exit: i32,
}

/// Reads a program and what is expected of it.
pub fn load(path: &Path) -> Result<Case, String> {
    let main = if path.is_dir() {
        path.join("main.go")
    } else {
        path.to_path_buf()
    };
    let source = std::fs::read_to_string(&main).map_err(|e| format!("{}: {e}", main.display()))?;
    let beside = |ext: &str| std::fs::read(path.with_extension(ext)).ok();
    let text = |ext: &str| beside(ext).map(|b| String::from_utf8_lossy(&b).into_owned());
    Ok(Case {
        input: beside("in")
            .or_else(|| tools::comment_block(&source, "Input").map(String::into_bytes))
            .unwrap_or_default(),
        want: text("out").or_else(|| tools::comment_block(&source, "Output")),
        want_stderr: text("stderr"),
        exit: tools::directive(&source, "exit")
            .and_then(|v| v.parse().ok())
            .unwrap_or(0),
        source,
    })
}

/// Adds the program's arguments and environment to a command.
pub fn prepare(command: &mut Command, case: &Case) {
    if let Some(args) = tools::directive(&case.source, "args") {
        command.args(args.split_whitespace());
    }
    if let Some((k, v)) = tools::directive(&case.source, "env")
        .as_ref()
        .and_then(|e| e.split_once('='))
    {
        command.env(k, v);
    }
    if let Some(n) = tools::directive(&case.source, "procs") {
        command.env("GOMAXPROCS", n);
    }
}

/// Compares what a run left behind with what is expected.
pub fn judge(case: &Case, got: &Outcome) -> Result<(), String> {
    if got.status != case.exit {
        let err: String = got.stderr.chars().take(4000).collect();
        return Err(format!(
            "exit status {} instead of {}; stderr:\n{err}",
            got.status, case.exit
        ));
    }
    let want = case
        .want
        .as_ref()
        .ok_or("no expected output: neither NAME.out nor // Output:")?;
    tools::same("stdout", want, &got.stdout)?;
    let Some(want) = &case.want_stderr else {
        return Ok(());
    };
    let mut lines = got.stderr.lines();
    for w in want.lines().filter(|w| !w.is_empty()) {
        if !lines.any(|l| l.contains(w)) {
            return Err(format!(
                "stderr lacks (or has too early) {w:?}; it is:\n{}",
                got.stderr
            ));
        }
    }
    Ok(())
}

/// Runs a program under minigo with extra environment.
pub fn run_case(path: &Path, env: &[(&str, &str)]) -> Result<(), String> {
    let case = load(path)?;
    let mut command = tools::minigo();
    command.arg("run").arg(path);
    prepare(&mut command, &case);
    command.envs(env.iter().copied());
    judge(&case, &tools::run(&mut command, &case.input)?)
}

/// Examples and run tests.
pub fn cases() -> Vec<PathBuf> {
    let mut all = tools::programs("examples");
    all.extend(tools::programs("tests/run"));
    all
}

pub fn trials() -> Vec<Trial> {
    let make = |path: PathBuf| {
        Trial::test(tools::name_of(&path), move || {
            run_case(&path, &[]).map_err(Into::into)
        })
        .with_kind("run")
    };
    cases().into_iter().map(make).collect()
}
