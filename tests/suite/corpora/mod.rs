//! Two corpora that anyone can install, as yardsticks: Go's own test programs and the type checker's tests.
//!
//! `MINIGO_GOTEST=DIR` names Go's `test` folder (`apt-get install golang-1.19-src`: `/usr/share/go-1.19/test`),
//! `MINIGO_TYPETEST=DIR` the checker's (`src/internal/types/testdata` of any Go distribution). With either set, the
//! suite runs them instead of its own tests and prints a table. `MINIGO_CORPUS=SUBSTRING` narrows the files down,
//! `MINIGO_CORPUS_KIND=errorcheck` those of Go's programs to one kind,
//! `MINIGO_CORPUS_LIST=1` lists what failed and why, `MINIGO_CORPUS_BIN=FILE` takes another build. The rules are those of Go's `test/run.go` and of types2's
//! `check_test.go`.
//!
//! A program that prints nothing may never have run: minigo says on a descriptor of its own when `main.main` begins and
//! ends (`MINIGO_DEBUG=mainmark`), and a program passes only if it did both.
//!
//! Left out is what no implementation of today's language without cgo and assembly can pass, each with its reason:
//! `changed` names the programs that the real Go 1.27 fails as well.
//!
//! `rules` holds the rules of Go's runner, `errorcheck` those for its erroneous programs, `typetest` those of types2.

mod changed;
mod errorcheck;
mod rules;
mod typetest;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// After this a program hangs.
const HANG: Duration = Duration::from_secs(90);

/// What became of one test.
enum Verdict {
    Passed,
    Failed(String),
    /// Not ours to pass, and why.
    LeftOut(String),
    /// A Rust panic, a signal, or no end: never acceptable.
    Crashed(String),
    /// Checker tests: lines as expected, lines in all.
    Lines(usize, usize, String),
}

struct Ran {
    status: i32,
    /// Both streams as one, as Go's runner compares them.
    output: String,
    crash: Option<String>,
    /// Whether `main` began, and came to its end or called `os.Exit`.
    complete: bool,
}

/// The descriptor on which minigo marks the begin and the end of `main`.
const MARK_FD: i32 = 197;

fn scratch(tag: &str) -> PathBuf {
    static N: AtomicUsize = AtomicUsize::new(0);
    let n = N.fetch_add(1, Ordering::Relaxed);
    let dir = std::env::temp_dir().join(format!("minigo-corpus-{}-{tag}-{n}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("the temporary folder is writable");
    dir
}

/// Runs minigo with both streams into one file, under a time and a memory limit.
fn minigo(args: &[&str], dir: &Path) -> Ran {
    use std::os::unix::process::{CommandExt, ExitStatusExt};
    let scratch = scratch("out");
    let path = scratch.join("output");
    let out = std::fs::File::create(&path).expect("the temporary folder is writable");
    let err = out.try_clone().expect("a file can be shared");
    let mark_path = scratch.join("marks");
    let marks = std::fs::File::create(&mark_path).expect("the temporary folder is writable");
    let mark_fd = std::os::fd::AsRawFd::as_raw_fd(&marks);
    let binary = std::env::var_os("MINIGO_CORPUS_BIN");
    let mut command = Command::new(binary.unwrap_or_else(|| env!("CARGO_BIN_EXE_minigo").into()));
    // SAFETY: dup2 is all that happens between fork and exec, and it may happen there.
    unsafe {
        command.pre_exec(move || match libc::dup2(mark_fd, MARK_FD) {
            -1 => Err(std::io::Error::last_os_error()),
            _ => Ok(()),
        });
    }
    command
        .args(args)
        .env("MINIGO_DEBUG", format!("mainmark={MARK_FD}"))
        .env("GOOS", "linux")
        .env("GOARCH", "amd64")
        .current_dir(dir)
        .stdin(Stdio::null())
        .stdout(out)
        .stderr(err)
        .process_group(0);
    let mut child = command.spawn().expect("minigo starts");
    let start = Instant::now();
    let mut hung = false;
    let status = loop {
        match child.try_wait().expect("a child can be waited for") {
            Some(s) => break s,
            None if start.elapsed() > HANG => {
                hung = true;
                let _ = child.kill(); // it may have ended just now
                break child.wait().expect("a killed child ends");
            }
            None => std::thread::sleep(Duration::from_millis(1)),
        }
    };
    let output = String::from_utf8_lossy(&std::fs::read(&path).unwrap_or_default()).into_owned();
    let marks = std::fs::read_to_string(&mark_path).unwrap_or_default();
    let mut marks = marks.lines();
    let complete =
        marks.next() == Some("main entered") && marks.any(|m| m == "main left" || m == "exit");
    let _ = std::fs::remove_dir_all(&scratch);
    let crash = if hung {
        Some(format!("no end after {HANG:?}"))
    } else if let Some(s) = status.signal() {
        Some(format!("signal {s}"))
    } else if output.contains("panicked at") || output.contains("internal error") {
        let line = output
            .lines()
            .find(|l| l.contains("panicked at") || l.contains("internal error"));
        Some(line.unwrap_or_default().chars().take(150).collect())
    } else {
        None
    };
    Ran {
        status: status.code().unwrap_or(-1),
        output,
        crash,
        complete,
    }
}

fn first_lines(s: &str) -> String {
    s.lines()
        .take(4)
        .collect::<Vec<_>>()
        .join(" / ")
        .chars()
        .take(300)
        .collect()
}
fn gather(root: &Path, type_tests: bool) -> Vec<PathBuf> {
    fn walk(dir: &Path, type_tests: bool, depth: usize, found: &mut Vec<PathBuf>) {
        let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)
            .into_iter()
            .flatten()
            .flatten()
            .map(|e| e.path())
            .collect();
        entries.sort();
        for p in entries {
            if p.is_dir() {
                if type_tests && depth == 1 {
                    found.push(p); // a folder is one package
                } else if p.extension().is_none_or(|x| x != "dir") {
                    walk(&p, type_tests, depth + 1, found);
                }
            } else if p.extension().is_some_and(|x| x == "go") {
                found.push(p);
            }
        }
    }
    let mut found = Vec::new();
    walk(root, type_tests, 0, &mut found);
    if !type_tests {
        found.retain(|p| {
            let folder = p.parent().and_then(|d| d.strip_prefix(root).ok());
            folder.is_some_and(|d| changed::FOLDERS.iter().any(|f| Path::new(f) == d))
        });
    }
    if let Ok(part) = std::env::var("MINIGO_CORPUS") {
        found.retain(|p| p.display().to_string().contains(&part));
    }
    found
}

#[derive(Default)]
struct Row {
    passed: usize,
    failed: usize,
    crashed: usize,
    left_out: BTreeMap<String, usize>,
}

fn measure(
    title: &str,
    files: &[PathBuf],
    test: impl Fn(&Path) -> Option<(String, Verdict)> + Sync,
) {
    let rows: Mutex<BTreeMap<String, Row>> = Mutex::default();
    let notes: Mutex<Vec<String>> = Mutex::default();
    let next = AtomicUsize::new(0);
    std::thread::scope(|s| {
        for _ in 0..std::thread::available_parallelism().map_or(1, |n| n.get()) {
            s.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some((kind, verdict)) = test(path) else {
                        continue;
                    };
                    let mut rows = rows.lock().expect("no test panics");
                    let row = rows.entry(kind.clone()).or_default();
                    let note = match verdict {
                        Verdict::Passed => {
                            row.passed += 1;
                            None
                        }
                        Verdict::Failed(why) => {
                            row.failed += 1;
                            Some(("FAIL", why))
                        }
                        Verdict::Crashed(why) => {
                            row.crashed += 1;
                            Some(("CRASH", why))
                        }
                        Verdict::LeftOut(why) => {
                            *row.left_out.entry(why).or_default() += 1;
                            None
                        }
                        Verdict::Lines(good, all, why) => {
                            row.passed += good;
                            row.failed += all - good;
                            (good < all).then_some(("LINES", why))
                        }
                    };
                    if let Some((word, why)) = note {
                        notes
                            .lock()
                            .expect("no test panics")
                            .push(format!("{word} {kind} {}: {why}", path.display()));
                    }
                }
            });
        }
    });
    let mut notes = notes.into_inner().expect("no test panics");
    notes.sort();
    if std::env::var_os("MINIGO_CORPUS_LIST").is_some() {
        notes.iter().for_each(|n| println!("{n}"));
    } else {
        notes
            .iter()
            .filter(|n| n.starts_with("CRASH"))
            .for_each(|n| println!("{n}"));
    }
    println!(
        "\n{title}\n{:<16} {:>7} {:>7} {:>8} {:>9} {:>8}",
        "kind", "passed", "failed", "crashed", "left out", "%"
    );
    for (kind, r) in rows.into_inner().expect("no test panics") {
        let left: usize = r.left_out.values().sum();
        let share = 100.0 * r.passed as f64 / (r.passed + r.failed + r.crashed).max(1) as f64;
        let why: Vec<String> = r.left_out.iter().map(|(w, n)| format!("{n} {w}")).collect();
        println!(
            "{kind:<16} {:>7} {:>7} {:>8} {left:>9} {share:>7.1}%  {}",
            r.passed,
            r.failed,
            r.crashed,
            why.join(", ")
        );
    }
}

/// Runs the corpora that the environment names; false when it names none.
pub fn run() -> bool {
    let go = std::env::var_os("MINIGO_GOTEST");
    let types = std::env::var_os("MINIGO_TYPETEST");
    if let Some(root) = &go {
        measure(
            "Go's test programs",
            &gather(Path::new(root), false),
            rules::go_test,
        );
    }
    if let Some(root) = &types {
        measure(
            "the type checker's tests, by line",
            &gather(Path::new(root), true),
            typetest::type_test,
        );
    }
    go.is_some() || types.is_some()
}
