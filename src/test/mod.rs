//! `minigo test`: finds packages, runs the tests of each in a process of its own, and reports as `go test` does. (Go:
//! cmd/go/internal/test)
//!
//! The process of a package is this program once more, called [`RUNNER`]: it compiles the package with its tests and a
//! main function made for them, and runs it. Its standard output begins with a byte that says how far it came.

mod functions;
mod json;
mod package;
mod report;
mod runner;

pub use crate::limits::show_duration;
pub use json::quote as json_string;
pub use runner::{JOB, RUNNER, main as runner};

use crate::cli;
use crate::files::Files;
use crate::limits::limits;
use crate::options::Parsed;
use minigo_compiler::render::Form;
use minigo_runtime::limits::Limits;
use package::Package;
use report::Report;
use std::sync::mpsc;
use std::time::Duration;

/// What the flags ask for, as far as it concerns this side.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The arguments of the test programs: `-test.name=value` and what stands behind `-args`.
    program: Vec<String>,
    /// The form of diagnostics, for the runner.
    diag: String,
    /// What each of them may use.
    limits: Limits,
    verbose: bool,
    list: bool,
    json: bool,
    /// Whether output appears as it is made.
    stream: bool,
    /// Whether it is not even looked at, as without arguments.
    unread: bool,
    /// How many packages are tested at the same time.
    jobs: usize,
    timeout: Duration,
}

/// Runs the command.
pub fn test(parsed: &Parsed) -> u8 {
    let (mut options, patterns) = match options(parsed) {
        Ok(both) => both,
        Err(text) => return cli::usage_error(&text),
    };
    options.unread = patterns.is_empty() || parsed.value("bench").is_some_and(|v| !v.is_empty());
    let packages = match package::expand(&Files::default(), &patterns) {
        Ok(packages) => packages,
        Err(text) => return cli::fail(&text),
    };
    if packages.is_empty() {
        return cli::fail("no packages to test");
    }
    // Nobody can tell whose output it is when it is all shown at once.
    let one_by_one = packages.len() == 1 || options.jobs == 1;
    options.stream =
        options.unread || options.json || (options.verbose || options.list) && one_by_one;
    let ok = run_all(&packages, &options);
    let mut report = Report::default();
    if !ok && !patterns.is_empty() && !options.json {
        report.line("FAIL");
    }
    report.show();
    u8::from(!ok)
}

/// Tests the packages, several at a time, and reports in their order.
fn run_all(packages: &[Package], options: &Options) -> bool {
    let jobs = if options.stream { 1 } else { options.jobs };
    let queue = std::sync::Mutex::new(packages.iter().enumerate());
    let next = || match queue.lock() {
        Ok(mut queue) => queue.next(),
        Err(_) => None,
    };
    let (done, results) = mpsc::channel();
    let mut ok = true;
    std::thread::scope(|scope| {
        for _ in 0..jobs.min(packages.len()) {
            let done = done.clone();
            scope.spawn(move || {
                while let Some((i, package)) = next() {
                    let mut report = match options.stream {
                        true => Report::streaming(),
                        false => Report::default(),
                    };
                    let passed = report::run(package, options, &mut report);
                    if done.send((i, passed, report)).is_err() {
                        break;
                    }
                }
            });
        }
        drop(done);
        let mut waiting: Vec<Option<Report>> = packages.iter().map(|_| None).collect();
        let mut shown = 0;
        for (i, passed, report) in results {
            ok &= passed;
            waiting[i] = Some(report);
            while let Some(report) = waiting.get_mut(shown).and_then(Option::take) {
                report.show();
                shown += 1;
            }
        }
    });
    ok
}

/// Flags that belong to the test program, under the names that it has for them.
const PROGRAM_FLAGS: &[&str] = &[
    "bench",
    "benchmem",
    "benchtime",
    "count",
    "cpu",
    "failfast",
    "fullpath",
    "list",
    "parallel",
    "run",
    "short",
    "shuffle",
    "skip",
    "timeout",
    "artifacts",
    "outputdir",
];

/// Divides the flags between this side and the test programs.
fn options(parsed: &Parsed) -> Result<(Options, Vec<String>), String> {
    let mut o = Options {
        verbose: parsed.is_set("v"),
        list: parsed.value("list").is_some(),
        json: parsed.is_set("json"),
        jobs: std::thread::available_parallelism().map_or(1, usize::from),
        timeout: Duration::from_secs(600),
        limits: limits(parsed)?,
        diag: match cli::form(parsed)? {
            Form::Short | Form::Json => "short",
            Form::Rich { color: false } => "rich",
            Form::Rich { color: true } => "color",
        }
        .to_string(),
        ..Options::default()
    };
    if let Some(text) = parsed.value("p") {
        o.jobs = text.parse().ok().filter(|&n| n > 0).ok_or_else(|| {
            format!("invalid value {text:?} for flag -p: want a positive number\n")
        })?;
    }
    o.program.push("-test.paniconexit0".to_string());
    match parsed.value("timeout") {
        Some(text) => {
            o.timeout = crate::limits::duration(text).ok_or_else(|| {
                format!("invalid value {text:?} for flag -timeout: parse error\n")
            })?;
        }
        None => o.program.push("-test.timeout=10m0s".to_string()),
    }
    for &name in PROGRAM_FLAGS {
        if let Some(value) = parsed.value(name) {
            o.program.push(format!("-test.{name}={value}"));
        }
    }
    match (o.json, o.verbose) {
        (true, _) => o.program.push("-test.v=test2json".to_string()),
        (false, true) => o.program.push("-test.v=true".to_string()),
        _ => {}
    }
    o.program.extend(parsed.passed.iter().cloned());
    Ok((o, parsed.args.clone()))
}
