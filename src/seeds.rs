//! `minigo run -seeds A..B`: the same program under many schedules, until one shows a fault.
//!
//! Each seed runs in a process of its own, so that nothing is left over from the one before; as many at a time as
//! there are cores. What is reported is the lowest failing seed, however many run at once. A run that does not end is a
//! fault, too: with simulated time even a program that sleeps for hours is done soon, so real time decides.

use crate::cli::{compiled, fail, usage_error};
use crate::options::Parsed;
use crate::run::seed;
use minigo_runtime::limits::TIME_STATUS;
use std::io::{IsTerminal, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

/// How long a run may take, unless `-timeout` says.
const PATIENCE: &str = "60s";

/// How a run ended.
struct Run {
    status: i32,
    /// Killed by this signal.
    signal: Option<i32>,
    stderr: Vec<u8>,
}

/// Runs the program with all seeds of the range, both ends included.
pub fn search(parsed: &Parsed, range: &str) -> u8 {
    let (first, last) = match parse(range) {
        Ok(range) => range,
        Err(text) => return usage_error(&format!("minigo run: {text}\n")),
    };
    for other in ["seed", "record", "replay", "trace"] {
        if parsed.value(other).is_some() {
            return usage_error(&format!(
                "minigo run: -seeds and -{other} exclude each other\n"
            ));
        }
    }
    // Errors of the program are reported once.
    let checked = compiled(parsed, |session, input| {
        let pkg = session.check(input)?;
        session.compile(pkg)?;
        Ok(input.stdin.clone())
    });
    let stdin = match checked {
        Ok(stdin) => stdin,
        Err(status) => return status,
    };
    match Search::new(parsed, stdin, first, last).run() {
        Ok(status) => status,
        Err(e) => fail(&format!("-seeds: cannot run the program: {e}")),
    }
}

fn parse(range: &str) -> Result<(u64, u64), String> {
    let (a, b) = range
        .split_once("..")
        .ok_or_else(|| format!("invalid range {range:?} for -seeds: want A..B"))?;
    let (a, b) = (seed(a)?, seed(b)?);
    if a > b {
        return Err(format!("invalid range {range:?} for -seeds: it is empty"));
    }
    Ok((a, b))
}

struct Search {
    /// Flags and arguments of each run, apart from its seed.
    args: Vec<String>,
    /// The program, if it is none of the arguments.
    stdin: Vec<u8>,
    first: u64,
    last: u64,
    /// The next seed to try.
    next: AtomicU64,
    /// The lowest failing seed so far, what is wrong with it, and its run.
    found: Mutex<Option<(u64, String, Run)>>,
}

impl Search {
    fn new(parsed: &Parsed, stdin: Vec<u8>, first: u64, last: u64) -> Search {
        let flags = parsed.flags.iter().filter(|(name, _)| *name != "seeds");
        let mut args: Vec<String> = flags
            .map(|(name, value)| format!("-{name}={value}"))
            .collect();
        if parsed.value("timeout").is_none() {
            args.push(format!("-timeout={PATIENCE}"));
        }
        args.extend_from_slice(&parsed.args);
        Search {
            args,
            stdin,
            first,
            last,
            next: AtomicU64::new(first),
            found: Mutex::new(None),
        }
    }

    fn run(&self) -> std::io::Result<u8> {
        // The others are compared with the first.
        let first = self.one(self.first)?;
        self.next.store(self.first.saturating_add(1), SeqCst);
        let usual = first.status;
        if let Some(fault) = fault(&first, usual) {
            return Ok(self.report(self.first, &fault, &first));
        }
        let workers = std::thread::available_parallelism().map_or(1, |n| n.get());
        let progress = std::io::stderr().is_terminal();
        std::thread::scope(|scope| {
            let workers: Vec<_> = (0..workers)
                .map(|_| scope.spawn(|| self.work(usual, progress)))
                .collect();
            workers.into_iter().try_for_each(|w| {
                w.join()
                    .unwrap_or_else(|_| Err(std::io::Error::other("a fault of ours")))
            })
        })?;
        if progress {
            eprint!("\r\x1b[K");
        }
        if let Some((seed, fault, run)) =
            self.found.lock().unwrap_or_else(|e| e.into_inner()).take()
        {
            return Ok(self.report(seed, &fault, &run));
        }
        eprintln!(
            "minigo: seeds {} to {}: no fault found, exit status {usual} each time",
            self.first, self.last
        );
        Ok(usual as u8)
    }

    /// Tries seeds until there are no more, or a lower one has failed.
    fn work(&self, usual: i32, progress: bool) -> std::io::Result<()> {
        loop {
            let seed = self.next.fetch_add(1, SeqCst);
            let lowest = || self.found.lock().unwrap_or_else(|e| e.into_inner());
            // Behind u64::MAX it begins at 0 again.
            if seed > self.last
                || seed <= self.first
                || lowest().as_ref().is_some_and(|f| f.0 < seed)
            {
                return Ok(());
            }
            if progress {
                eprint!("\rseed {seed} of {}..{}", self.first, self.last);
            }
            let run = self.one(seed)?;
            if let Some(fault) = fault(&run, usual) {
                let mut found = lowest();
                if found.as_ref().is_none_or(|f| seed < f.0) {
                    *found = Some((seed, fault, run));
                }
            }
        }
    }

    fn one(&self, seed: u64) -> std::io::Result<Run> {
        let mut child = Command::new(std::env::current_exe()?)
            .args(["run", "-seed", &seed.to_string()])
            .args(&self.args)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // It reads all of it before anything else, or does not want it.
            let _ = stdin.write_all(&self.stdin);
        }
        let out = child.wait_with_output()?;
        Ok(Run {
            status: out.status.code().unwrap_or(-1),
            signal: out.status.signal(),
            stderr: out.stderr,
        })
    }

    fn report(&self, seed: u64, fault: &str, run: &Run) -> u8 {
        let mut err = std::io::stderr().lock();
        // Nothing can be done about a standard error that does not take it.
        let _ = writeln!(err, "minigo: seed {seed} {fault}");
        let _ = err.write_all(&run.stderr);
        let args: Vec<String> = self.args.iter().map(|a| quoted(a)).collect();
        let _ = writeln!(
            err,
            "minigo: repeat it with: minigo run -seed {seed} {}{}",
            args.join(" "),
            if self.stdin.is_empty() {
                ""
            } else {
                " (and the same standard input)"
            }
        );
        1
    }
}

/// What is wrong with a run, if anything is.
fn fault(run: &Run, usual: i32) -> Option<String> {
    if let Some(signal) = run.signal {
        return Some(format!("is killed by signal {signal}"));
    }
    let text = String::from_utf8_lossy(&run.stderr);
    let says = |what: &str| text.lines().any(|l| l.starts_with(what));
    if run.status == TIME_STATUS && says("fatal error: the program ran longer than") {
        return Some("does not end:".to_string());
    }
    if run.status == 2 {
        let fatal = text.lines().find_map(|l| l.strip_prefix("fatal error: "));
        match fatal {
            Some(what) if what.ends_with("deadlock!") => {
                return Some("deadlocks (exit status 2):".to_string());
            }
            Some(_) => return Some("ends with a fatal error (exit status 2):".to_string()),
            None if says("panic: ") => return Some("panics (exit status 2):".to_string()),
            None => {}
        }
    }
    (run.status != usual).then(|| {
        format!(
            "exits with status {}, not {usual} as the first did:",
            run.status
        )
    })
}

/// As a shell would take it for one word.
fn quoted(arg: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,+@%".contains(c);
    if !arg.is_empty() && arg.chars().all(plain) {
        arg.to_string()
    } else {
        format!("'{}'", arg.replace('\'', r"'\''"))
    }
}
