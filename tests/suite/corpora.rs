//! Two corpora that anyone can install, as yardsticks: Go's own test programs and the type checker's tests.
//!
//! `MINIGO_GOTEST=DIR` names Go's `test` folder (`apt-get install golang-1.19-src`: `/usr/share/go-1.19/test`),
//! `MINIGO_TYPETEST=DIR` the checker's (`src/internal/types/testdata` of any Go distribution). With either set, the
//! suite runs them instead of its own tests and prints a table. `MINIGO_CORPUS=SUBSTRING` narrows the files down,
//! `MINIGO_CORPUS_LIST=1` lists what failed and why. The rules are those of Go's `test/run.go` and of types2's
//! `check_test.go`.

use regex::Regex;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// After this a program hangs.
const HANG: Duration = Duration::from_secs(60);

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
}

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
    let mut command = Command::new(env!("CARGO_BIN_EXE_minigo"));
    command
        .args(args)
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
    }
}

/// Reported errors: line and text, continuation lines joined. `file` restricts to one file's base name.
fn reported(output: &str) -> Vec<(String, usize, usize, String)> {
    let mut all: Vec<(String, usize, usize, String)> = Vec::new();
    for line in output.lines() {
        let mut parts = line.splitn(4, ':');
        let parsed = (|| {
            let file = parts.next()?;
            let base = Path::new(file).file_name()?.to_str()?.to_string();
            let at: usize = parts.next()?.parse().ok()?;
            let col: usize = parts.next()?.parse().ok()?;
            Some((base, at, col, parts.next()?.trim_start().to_string()))
        })();
        match parsed {
            Some(e) if !line.starts_with(['\t', ' ']) => all.push(e),
            _ => {
                if let Some(last) = all.last_mut() {
                    last.3 += "\n";
                    last.3 += line;
                }
            }
        }
    }
    all
}

/// Whether the build constraint of a file holds for linux/amd64 without cgo.
fn build_holds(source: &str) -> bool {
    let Some(expr) = source
        .lines()
        .take(40)
        .find_map(|l| l.strip_prefix("//go:build "))
    else {
        return true;
    };
    fn or(t: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> bool {
        let mut v = and(t);
        while t.next_if(|x| x == "||").is_some() {
            let r = and(t);
            v |= r;
        }
        v
    }
    fn and(t: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> bool {
        let mut v = not(t);
        while t.next_if(|x| x == "&&").is_some() {
            let r = not(t);
            v &= r;
        }
        v
    }
    fn not(t: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> bool {
        match t.next().as_deref() {
            Some("!") => !not(t),
            Some("(") => {
                let v = or(t);
                t.next();
                v
            }
            Some(tag) => {
                matches!(tag, "linux" | "amd64" | "unix" | "gc") || tag.starts_with("go1.")
            }
            None => false,
        }
    }
    let spaced = expr
        .replace('!', " ! ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<String> = spaced.split_whitespace().map(String::from).collect();
    or(&mut tokens.into_iter().peekable())
}

/// Patterns of `// ERROR` comments by line; `LINE` in a pattern stands for the line's number.
fn expected(source: &str) -> Vec<(usize, String)> {
    let head = Regex::new(r"// (?:GC_)?ERROR (.*)").expect("a fixed pattern");
    let quoted = Regex::new(r#""([^"]*)"|`([^`]*)`"#).expect("a fixed pattern");
    let relative = Regex::new(r"LINE(([+-])([0-9]+))?").expect("a fixed pattern");
    let mut all = Vec::new();
    for (i, line) in source.lines().enumerate() {
        if line.contains("////") {
            continue; // a disabled expectation
        }
        let Some(c) = head.captures(line) else {
            continue;
        };
        for q in quoted.captures_iter(&c[1]) {
            let pattern = q.get(1).or(q.get(2)).map_or("", |m| m.as_str());
            let pattern = relative.replace_all(pattern, |c: &regex::Captures<'_>| {
                let n: isize = c.get(3).and_then(|m| m.as_str().parse().ok()).unwrap_or(0);
                let n = if c.get(2).is_some_and(|m| m.as_str() == "-") {
                    -n
                } else {
                    n
                };
                format!(":{}", i as isize + 1 + n)
            });
            all.push((i + 1, pattern.into_owned()));
        }
    }
    all
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

/// Errors against expectations, per file, as Go's runner does it.
fn errorcheck(files: &[(String, String)], ran: &Ran) -> Verdict {
    let mut got = reported(&ran.output);
    let mut faults = Vec::new();
    for (base, source) in files {
        for (line, pattern) in expected(source) {
            let Ok(re) = Regex::new(&pattern) else {
                faults.push(format!("{base}:{line}: unusable pattern {pattern}"));
                continue;
            };
            let before = got.len();
            got.retain(|(f, l, _, text)| !(f == base && *l == line && re.is_match(text)));
            if got.len() == before {
                faults.push(format!("{base}:{line}: missing {pattern:?}"));
            }
        }
    }
    faults.extend(
        got.iter().map(|(f, l, c, t)| {
            format!("{f}:{l}:{c}: unexpected {}", t.lines().next().unwrap_or(""))
        }),
    );
    if faults.is_empty() {
        Verdict::Passed
    } else {
        Verdict::Failed(faults.join(" | ").chars().take(400).collect())
    }
}

/// A package folder as a module of its own in scratch space: every file group a package, `./x` rewritten to `test/x`.
fn as_module(dir: &Path, single_files: bool) -> Option<(PathBuf, Vec<String>)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .ok()?
        .flatten()
        .map(|e| e.path())
        .collect();
    files.retain(|p| p.extension().is_some_and(|x| x == "go"));
    files.sort();
    let relative = Regex::new(r#"(?m)^(\s*(?:import\s+)?[\w.]*\s*)"\./([\w/]+)""#).ok()?;
    let clause = Regex::new(r"(?m)^package (\w+)").ok()?;
    let module = scratch("module");
    std::fs::write(module.join("go.mod"), "module test\n\ngo 1.27\n").ok()?;
    let mut groups: Vec<(String, String)> = Vec::new(); // package name, folder
    let mut order = Vec::new();
    for f in files {
        let source = std::fs::read_to_string(&f).ok()?;
        if !build_holds(&source) {
            continue;
        }
        let name = clause.captures(&source)?[1].to_string();
        let stem = f.file_stem()?.to_str()?.to_string();
        let known = groups
            .iter()
            .find(|(n, _)| *n == name && !single_files)
            .map(|(_, folder)| folder.clone());
        let folder = known.unwrap_or_else(|| {
            groups.push((name.clone(), stem.clone()));
            order.push(stem.clone());
            stem.clone()
        });
        let text = relative.replace_all(&source, "${1}\"test/${2}\"");
        std::fs::create_dir_all(module.join(&folder)).ok()?;
        std::fs::write(module.join(&folder).join(f.file_name()?), text.as_bytes()).ok()?;
    }
    Some((module, order))
}

fn expect_output(ran: &Ran, golden: &Path) -> Verdict {
    let want = std::fs::read_to_string(golden).unwrap_or_default();
    if ran.status != 0 {
        return Verdict::Failed(format!(
            "exit status {}: {}",
            ran.status,
            first_lines(&ran.output)
        ));
    }
    if ran.output != want {
        let n = want
            .lines()
            .zip(ran.output.lines())
            .take_while(|(a, b)| a == b)
            .count();
        let at = |s: &str| {
            s.lines()
                .nth(n)
                .unwrap_or("<end>")
                .chars()
                .take(120)
                .collect::<String>()
        };
        return Verdict::Failed(format!(
            "output line {}: want {:?}, got {:?}",
            n + 1,
            at(&want),
            at(&ran.output)
        ));
    }
    Verdict::Passed
}

fn accepted(ran: &Ran) -> Verdict {
    if ran.status == 0 {
        Verdict::Passed
    } else {
        Verdict::Failed(first_lines(&ran.output))
    }
}

/// One of Go's test programs.
fn go_test(path: &Path) -> Option<(String, Verdict)> {
    let source = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    let first = source
        .lines()
        .find(|l| !l.trim().is_empty() && !l.starts_with("//go:build"))?;
    let action = first.strip_prefix("//")?.trim();
    let mut words = action.split_whitespace();
    let kind = words.next()?.to_string();
    let args: Vec<&str> = words.collect();
    let dir = path.parent()?;
    let file = path.file_name()?.to_str()?;
    let verdict = |ran: Ran, then: &dyn Fn(&Ran) -> Verdict| match &ran.crash {
        Some(why) => Verdict::Crashed(why.clone()),
        None => then(&ran),
    };
    let known = [
        "run",
        "errorcheck",
        "compile",
        "build",
        "rundir",
        "compiledir",
        "errorcheckdir",
        "runoutput",
        "buildrun",
    ];
    if !known.contains(&kind.as_str()) {
        let tools = [
            "asmcheck",
            "runindir",
            "builddir",
            "buildrundir",
            "errorcheckandrundiag",
            "errorcheckoutput",
            "errorcheckwithauto",
            "skip",
        ];
        return tools.contains(&kind.as_str()).then(|| {
            (
                kind,
                Verdict::LeftOut("tests the go tool or gc's own output".into()),
            )
        });
    }
    let why_not = if !build_holds(&source) {
        Some("build constraint")
    } else if source.contains("import \"C\"") {
        Some("cgo")
    } else if kind == "errorcheck"
        && args.iter().any(|a| {
            [
                "-m",
                "-live",
                "-d=",
                "-race",
                "-N",
                "-wb",
                "-smallframes",
                "-std",
                "-+",
            ]
            .iter()
            .any(|p| a.starts_with(p))
        })
    {
        Some("compiler-internal diagnostics")
    } else if kind == "run"
        && args
            .iter()
            .any(|a| a.starts_with("-race") || a.starts_with("-goexperiment") || a.contains("-d="))
    {
        Some("compiler flags")
    } else if source.contains("\"cmd/")
        || source.contains("\"go/build\"")
        || source.contains("\"runtime/pprof\"")
    {
        Some("imports the toolchain")
    } else if source.contains("exec.Command(\"go\"")
        || source.contains("\"go\", \"tool\"")
        || source.contains("testenv")
    {
        Some("runs the go tool")
    } else {
        None
    };
    if let Some(why) = why_not {
        return Some((kind, Verdict::LeftOut(why.into())));
    }
    let folder = path.with_extension("dir");
    let v = match kind.as_str() {
        "run" | "buildrun" => {
            let mut all = vec!["run", file];
            all.extend(args.iter().filter(|a| !a.starts_with('-')));
            verdict(minigo(&all, dir), &|r| {
                expect_output(r, &path.with_extension("out"))
            })
        }
        "compile" | "build" => verdict(minigo(&["check", file], dir), &accepted),
        "errorcheck" => {
            let files = [(file.to_string(), source.clone())];
            verdict(minigo(&["check", "-e", "-diag=short", file], dir), &|r| {
                errorcheck(&files, r)
            })
        }
        "runoutput" => {
            let ran = minigo(&["run", file], dir);
            if ran.crash.is_some() || ran.status != 0 {
                verdict(ran, &accepted)
            } else {
                let s = scratch("program");
                let generated = s.join("x.go");
                std::fs::write(&generated, &ran.output).ok()?;
                let v = verdict(minigo(&["run", "x.go"], &s), &|r| {
                    expect_output(r, &path.with_extension("out"))
                });
                let _ = std::fs::remove_dir_all(&s);
                v
            }
        }
        _ => {
            let Some((module, packages)) = as_module(&folder, args.contains(&"-s")) else {
                return Some((kind, Verdict::LeftOut("unusual folder".into())));
            };
            let last = packages.last()?.clone();
            let v = match kind.as_str() {
                "rundir" => verdict(minigo(&["run", &format!("./{last}")], &module), &|r| {
                    expect_output(r, &path.with_extension("out"))
                }),
                "compiledir" => packages
                    .iter()
                    .map(|p| verdict(minigo(&["check", &format!("./{p}")], &module), &accepted))
                    .find(|v| !matches!(v, Verdict::Passed))
                    .unwrap_or(Verdict::Passed),
                _ => packages
                    .iter()
                    .map(|p| {
                        let files: Vec<(String, String)> = std::fs::read_dir(module.join(p))
                            .into_iter()
                            .flatten()
                            .flatten()
                            .map(|e| {
                                (
                                    e.file_name().to_string_lossy().into_owned(),
                                    std::fs::read_to_string(e.path()).unwrap_or_default(),
                                )
                            })
                            .collect();
                        verdict(
                            minigo(&["check", "-e", "-diag=short", &format!("./{p}")], &module),
                            &|r| errorcheck(&files, r),
                        )
                    })
                    .find(|v| !matches!(v, Verdict::Passed))
                    .unwrap_or(Verdict::Passed),
            };
            let _ = std::fs::remove_dir_all(&module);
            v
        }
    };
    Some((kind, v))
}

/// One file or folder of the type checker's tests, measured by line.
fn type_test(path: &Path) -> Option<(String, Verdict)> {
    let kind = path
        .strip_prefix(std::env::var("MINIGO_TYPETEST").ok()?)
        .ok()?
        .components()
        .next()?
        .as_os_str()
        .to_str()?
        .to_string();
    let mut files: Vec<PathBuf> = if path.is_dir() {
        std::fs::read_dir(path)
            .ok()?
            .flatten()
            .map(|e| e.path())
            .filter(|p| p.extension().is_some_and(|x| x == "go"))
            .collect()
    } else {
        vec![path.to_path_buf()]
    };
    files.sort();
    let comment =
        Regex::new(r#"(?s)(?:/\*|//) (ERROR|ERRORx) ("(?:[^"\\\n]|\\.)*"|`[^`]*`)"#).ok()?;
    let blocks = Regex::new(r#"(?s)/\*.*?\*/"#).ok()?;
    // (file, line) → patterns
    let mut wanted: BTreeMap<(String, usize), Vec<(bool, String)>> = BTreeMap::new();
    let mut flags: Vec<String> = Vec::new();
    for f in &files {
        let source = String::from_utf8_lossy(&std::fs::read(f).ok()?).into_owned();
        let base = f.file_name()?.to_str()?.to_string();
        if let Some(line) = source.lines().next().and_then(|l| l.strip_prefix("// -")) {
            for flag in format!("-{line}").split_whitespace() {
                match flag {
                    _ if flag.starts_with("-lang=") => flags.push(flag.to_string()),
                    _ => return Some((kind, Verdict::LeftOut(format!("flag {flag}")))),
                }
            }
        }
        for c in comment.captures_iter(&source) {
            let raw = &c[2];
            let pattern = if raw.starts_with('`') {
                raw.trim_matches('`').to_string()
            } else {
                raw[1..raw.len() - 1]
                    .replace("\\\"", "\"")
                    .replace("\\\\", "\\")
                    .replace("\\n", "\n")
                    .replace("\\t", "\t")
            };
            // The error is reported at the token before the comment: the last line above it with code on it.
            let before = &source[..c.get(0)?.start()];
            let code = blocks
                .replace_all(before, |c: &regex::Captures<'_>| {
                    "\n".repeat(c[0].matches('\n').count()) + " "
                })
                .into_owned();
            let line = code.trim_end().lines().count().max(1);
            wanted
                .entry((base.clone(), line))
                .or_default()
                .push((&c[1] == "ERRORx", pattern));
        }
    }
    let dir = path.parent()?;
    let mut args: Vec<String> = vec!["check".into(), "-e".into(), "-diag=short".into()];
    args.extend(flags);
    args.extend(
        files
            .iter()
            .map(|f| f.strip_prefix(dir).unwrap_or(f).display().to_string()),
    );
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let ran = minigo(&args, dir);
    if let Some(why) = ran.crash {
        return Some((kind, Verdict::Crashed(why)));
    }
    let mut got: BTreeMap<(String, usize), Vec<String>> = BTreeMap::new();
    for (base, line, _, text) in reported(&ran.output) {
        got.entry((base, line)).or_default().push(text);
    }
    let lines: std::collections::BTreeSet<(String, usize)> =
        wanted.keys().chain(got.keys()).cloned().collect();
    let mut good = 0;
    let mut faults = Vec::new();
    for key in &lines {
        let patterns = wanted.get(key).cloned().unwrap_or_default();
        let texts = got.get(key).cloned().unwrap_or_default();
        let hit = |(re, p): &(bool, String), t: &str| {
            if *re {
                Regex::new(p).is_ok_and(|r| r.is_match(t))
            } else {
                t.contains(p.as_str())
            }
        };
        let ok = patterns.len() == texts.len()
            && patterns.iter().all(|p| texts.iter().any(|t| hit(p, t)))
            && texts.iter().all(|t| patterns.iter().any(|p| hit(p, t)));
        if ok {
            good += 1;
        } else if faults.len() < 4 {
            let want: Vec<&String> = patterns.iter().map(|(_, p)| p).collect();
            faults.push(
                format!("{}:{}: want {want:?} got {texts:?}", key.0, key.1)
                    .chars()
                    .take(300)
                    .collect::<String>(),
            );
        }
    }
    Some((kind, Verdict::Lines(good, lines.len(), faults.join(" | "))))
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
            go_test,
        );
    }
    if let Some(root) = &types {
        measure(
            "the type checker's tests, by line",
            &gather(Path::new(root), true),
            type_test,
        );
    }
    go.is_some() || types.is_some()
}
