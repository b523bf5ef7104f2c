//! The run tests again, with the collector at every allocation and with the scheduler shaken.
//!
//! A sample (every program whose name's hash falls in it) always runs, so that a plain `cargo test` stays short; with
//! `MINIGO_STRESS=1` all of them do. A program that says `// stress: none` and why is left out; one that says
//! `// gcstress: slow` (or another kind) is not in the sample, and `none` leaves it out of that kind.

use crate::{run, tools};
use libtest_mimic::Trial;
use std::path::{Path, PathBuf};

/// Kind, environment.
const KINDS: &[(&str, &[(&str, &str)])] = &[
    ("gcstress", &[("MINIGO_DEBUG", "gcstress=1,gcverify=1")]),
    (
        "schedstress",
        &[("MINIGO_DEBUG", "schedstress=1"), ("GOMAXPROCS", "7")],
    ),
    ("oneproc", &[("GOMAXPROCS", "1")]),
];

fn sampled(path: &Path, kind: usize) -> bool {
    let sum: usize = tools::name_of(path)
        .bytes()
        .fold(kind, |h, b| (h * 31 + b as usize) % 1009);
    sum.is_multiple_of(5)
}

pub fn trials() -> Vec<Trial> {
    let all = std::env::var_os("MINIGO_STRESS").is_some();
    let mut trials = Vec::new();
    for (k, &(kind, env)) in KINDS.iter().enumerate() {
        for path in run::cases() {
            let says = |key: &str, word: &str| {
                run::load(&path).is_ok_and(|c| {
                    tools::directive(&c.source, key).is_some_and(|v| v.starts_with(word))
                })
            };
            let sampled = sampled(&path, k) && !says(kind, "slow");
            if says("stress", "none") || says(kind, "none") || !(all || sampled) {
                continue;
            }
            trials.push(trial(path, kind, env));
        }
    }
    trials
}

fn trial(path: PathBuf, kind: &str, env: &'static [(&'static str, &'static str)]) -> Trial {
    let name = format!("{}:{kind}", tools::name_of(&path));
    Trial::test(name, move || run::run_case(&path, env).map_err(Into::into)).with_kind("stress")
}
