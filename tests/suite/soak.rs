//! The programs of the soak, each a few times and shortly: 1, 3 and 16 processors, random preemption, seeds.
//! `tests/soak/main.rs` runs them for as long as one wants.

use crate::tools;
use libtest_mimic::Trial;
use std::path::{Path, PathBuf};

/// Name, flags, environment.
type Kind = (
    &'static str,
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

const KINDS: &[Kind] = &[
    (
        "1",
        &[],
        &[("GOMAXPROCS", "1"), ("MINIGO_DEBUG", "schedstress=1")],
    ),
    (
        "3",
        &[],
        &[("GOMAXPROCS", "3"), ("MINIGO_DEBUG", "schedstress=1")],
    ),
    (
        "16",
        &[],
        &[("GOMAXPROCS", "16"), ("MINIGO_DEBUG", "schedstress=1")],
    ),
    ("seed", &["-seed", "5"], &[]),
];

pub fn trials() -> Vec<Trial> {
    let mut trials = Vec::new();
    for path in tools::programs("tests/soak/programs") {
        for kind in KINDS {
            // Sockets are beyond what a seed controls.
            if kind.0 == "seed" && path.ends_with("calls.go") {
                continue;
            }
            let path = path.clone();
            let name = format!("{}:{}", tools::name_of(&path), kind.0);
            trials.push(
                Trial::test(name, move || check(&path, kind).map_err(Into::into)).with_kind("soak"),
            );
        }
    }
    trials
}

fn check(path: &Path, (_, flags, env): &Kind) -> Result<(), String> {
    let path: PathBuf = path.to_path_buf();
    let mut command = tools::minigo();
    command
        .arg("run")
        .args(*flags)
        .arg(path)
        .arg("3")
        .envs(env.iter().copied());
    let got = tools::run(&mut command, b"")?;
    if got.status == 0 && got.stdout == "ok\n" {
        Ok(())
    } else {
        Err(format!("{}\n{}{}", got.status, got.stdout, got.stderr))
    }
}
