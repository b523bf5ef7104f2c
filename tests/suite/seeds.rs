//! Seeded runs: every program below `tests/seeds/` must repeat itself under a seed, to the byte: output, exit status,
//! recording and trace; and its recording replayed must do the same.
//!
//! Directives: `// seeds: A..B FAULT` says what `-seeds A..B` must find (`deadlocks`, `panics`, `exits with status`, or
//! `no fault`); `// differs` that some seeds must lead to different outputs; `// says: TEXT` what stderr must hold.

use crate::tools::{self, Outcome};
use crate::traces;
use libtest_mimic::Trial;
use std::path::{Path, PathBuf};

/// Seeds that each program is tried with.
const SEEDS: [&str; 3] = ["1", "2", "77"];

pub fn trials() -> Vec<Trial> {
    let make = |path: PathBuf| {
        Trial::test(tools::name_of(&path), move || {
            check(&path).map_err(Into::into)
        })
        .with_kind("seeds")
    };
    tools::programs("tests/seeds")
        .into_iter()
        .map(make)
        .collect()
}

fn run(flags: &[&str], path: &Path) -> Result<Outcome, String> {
    tools::run(tools::minigo().arg("run").args(flags).arg(path), b"")
}

fn check(path: &Path) -> Result<(), String> {
    let source = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let scratch = std::env::temp_dir().join(format!("minigo-seeds-{}-{stem}", std::process::id()));
    std::fs::create_dir_all(&scratch).map_err(|e| e.to_string())?;
    let file = |name: &str| scratch.join(name).display().to_string();
    let mut outputs = Vec::new();
    for seed in SEEDS {
        let first = run(
            &[
                "-seed",
                seed,
                "-record",
                &file("1"),
                "-trace",
                &file("1.json"),
            ],
            path,
        )?;
        let second = run(
            &[
                "-seed",
                seed,
                "-record",
                &file("2"),
                "-trace",
                &file("2.json"),
            ],
            path,
        )?;
        same(&format!("seed {seed} again"), &first, &second)?;
        same_files(&file("1"), &file("2"))?;
        same_files(&file("1.json"), &file("2.json"))?;
        traces::check_file(&file("1.json"))?;
        let replayed = run(&["-replay", &file("1"), "-record", &file("2")], path)?;
        same(&format!("seed {seed} replayed"), &first, &replayed)?;
        same_files(&file("1"), &file("2"))?;
        if first.stderr.contains("internal error") {
            return Err(format!("seed {seed}:\n{}", first.stderr));
        }
        if let Some(says) = tools::directive(&source, "says")
            && !first.stderr.contains(&says)
        {
            return Err(format!(
                "seed {seed}: stderr lacks {says:?}:\n{}",
                first.stderr
            ));
        }
        if first.status != 0
            && !first
                .stderr
                .ends_with(&format!("-seed {seed} repeats this run\n"))
        {
            return Err(format!(
                "seed {seed}: the end does not name the seed:\n{}",
                first.stderr
            ));
        }
        outputs.push(first.stdout);
    }
    let _ = std::fs::remove_dir_all(&scratch); // a leftover in the temporary folder hurts nobody
    if source.lines().any(|l| l == "// differs") && outputs.iter().all(|o| *o == outputs[0]) {
        return Err(format!(
            "all seeds lead to the same output:\n{}",
            outputs[0]
        ));
    }
    let Some(seeds) = tools::directive(&source, "seeds") else {
        return Ok(());
    };
    let (range, fault) = seeds.split_once(' ').ok_or("// seeds: A..B FAULT")?;
    let found = run(&["-seeds", range], path)?;
    let status = if fault == "no fault" { 0 } else { 1 };
    if found.status != status || !found.stderr.contains(fault) {
        return Err(format!(
            "-seeds {range}: status {}, stderr:\n{}",
            found.status, found.stderr
        ));
    }
    Ok(())
}

fn same(what: &str, a: &Outcome, b: &Outcome) -> Result<(), String> {
    tools::same(&format!("{what}: stdout"), &a.stdout, &b.stdout)?;
    tools::same(&format!("{what}: stderr"), &a.stderr, &b.stderr)?;
    if a.status != b.status {
        return Err(format!("{what}: exit status {} and {}", a.status, b.status));
    }
    Ok(())
}

fn same_files(a: &str, b: &str) -> Result<(), String> {
    let read = |path: &str| std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"));
    tools::same("the file", &read(a)?, &read(b)?)
}
