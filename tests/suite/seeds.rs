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
    let mut trials: Vec<Trial> = tools::programs("tests/seeds")
        .into_iter()
        .map(make)
        .collect();
    let one = |name: &str, f: fn() -> Result<(), String>| {
        Trial::test(format!("seeds: {name}"), move || f().map_err(Into::into)).with_kind("seeds")
    };
    trials.push(one("a run that does not end", endless));
    trials.push(one("a program from standard input", standard_input));
    trials
}

/// Waits for ever if an update is lost.
const LIVELOCK: &str = "package main
import (\"runtime\"; \"sync\")
func main() {
	n := 0
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { v := n; runtime.Gosched(); n = v + 1 })
	}
	wg.Wait()
	for n != 2 { runtime.Gosched() }
}
";

fn minigo(args: &[&str], stdin: &str) -> Result<Outcome, String> {
    tools::run(tools::minigo().args(args), stdin.as_bytes())
}

fn endless() -> Result<(), String> {
    let args = ["run", "-seeds", "1..200", "-timeout", "4s", "-"];
    let found = minigo(&args, LIVELOCK)?;
    let seed = found
        .stderr
        .strip_prefix("minigo: seed ")
        .and_then(|rest| rest.split_once(" does not end:\n"))
        .filter(|_| found.status == 1)
        .ok_or_else(|| format!("status {}, stderr:\n{}", found.status, found.stderr))?
        .0;
    let repeat = format!(
        "repeat it with: minigo run -seed {seed} -timeout=4s - (and the same standard input)\n"
    );
    if !found.stderr.ends_with(&repeat) {
        return Err(format!("no {repeat:?} in:\n{}", found.stderr));
    }
    // It is that seed, not a slow machine: somewhere in the last loop.
    let again = minigo(&["run", "-seed", seed, "-timeout", "1s", "-"], LIVELOCK)?;
    if again.status != 124 || !again.stderr.contains(":10") {
        return Err(format!(
            "seed {seed}: status {}, stderr:\n{}",
            again.status, again.stderr
        ));
    }
    Ok(())
}

fn standard_input() -> Result<(), String> {
    let fine = "package main; import (\"fmt\"; \"io\"; \"os\")\n\
        func main() { rest, err := io.ReadAll(os.Stdin); fmt.Println(len(rest), err) }";
    let found = minigo(&["run", "-seeds", "5..9", "-"], fine)?;
    let want = "minigo: seeds 5 to 9: no fault found, exit status 0 each time\n";
    if found.status != 0 || found.stderr != want {
        return Err(format!(
            "status {}, stderr:\n{}",
            found.status, found.stderr
        ));
    }
    let found = minigo(
        &["run", "-seeds", "5..9", "-"],
        "package main; func main() { x }",
    )?;
    if found.status != 1 || !found.stderr.contains("undefined: x") || found.stderr.contains("seed")
    {
        return Err(format!(
            "status {}, stderr:\n{}",
            found.status, found.stderr
        ));
    }
    Ok(())
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
