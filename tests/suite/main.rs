//! The conformance suite: every Go program below `examples/` and `tests/` is one test, so that a name filters.
//!
//! `cargo test --test suite -- chan` runs what has "chan" in its path. Environment variables:
//! - `MINIGO_UPDATE=1` rewrites goldens from our own output (read them in the diff before committing);
//! - `MINIGO_GO=1` also compares every run test with the real `go` on PATH; `MINIGO_GO=update` rewrites `.out` files from it;
//! - `MINIGO_GOTEST=DIR`, `MINIGO_TYPETEST=DIR` run Go's own tests instead, see `corpora.rs`;
//! - `MINIGO_STRESS=1` adds collector stress and scheduler stress runs of every run test (a sample of them always runs).

mod check;
mod cli;
mod corpora;
mod errorcheck;
mod fatals;
mod golden;
mod gotest;
mod gotool;
mod limits;
mod pty;
mod repl;
mod run;
mod seeds;
mod soak;
mod stress;
mod tools;
mod traces;

use libtest_mimic::{Arguments, Trial};

fn main() {
    if corpora::run() {
        return;
    }
    let args = Arguments::from_args();
    let mut trials: Vec<Trial> = Vec::new();
    trials.extend(run::trials());
    trials.extend(stress::trials());
    trials.extend(seeds::trials());
    trials.extend(traces::trials());
    trials.extend(soak::trials());
    trials.extend(errorcheck::trials());
    trials.extend(cli::trials());
    trials.extend(fatals::trials());
    trials.extend(check::trials());
    trials.extend(limits::trials());
    trials.extend(golden::trials());
    trials.extend(repl::trials());
    trials.extend(gotool::trials());
    trials.extend(gotest::trials());
    libtest_mimic::run(&args, trials).exit();
}
