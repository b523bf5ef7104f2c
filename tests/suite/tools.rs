//! What the kinds of tests share: finding programs, their directives, running a process, comparing texts.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A process that runs longer than this hangs. Not a performance check: generous enough for a stressed, loaded machine.
const HANG: Duration = Duration::from_secs(300);

/// The repository's root folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary under test.
pub fn minigo() -> Command {
    let mut c = Command::new(env!("CARGO_BIN_EXE_minigo"));
    c.env_remove("MINIGO_DEBUG")
        .env_remove("GOMAXPROCS")
        .current_dir(root());
    c
}

/// All `.go` files directly or deeper below `dir` (relative to the root), sorted. A folder that holds a `go.mod` is
/// one program and is listed as the folder.
pub fn programs(dir: &str) -> Vec<PathBuf> {
    fn walk(dir: &Path, found: &mut Vec<PathBuf>) {
        let Ok(entries) = std::fs::read_dir(dir) else {
            return;
        };
        for path in entries.flatten().map(|e| e.path()) {
            if path.is_dir() {
                if path.join("go.mod").exists() {
                    found.push(path)
                } else {
                    walk(&path, found)
                }
            } else if path.extension().is_some_and(|x| x == "go") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(dir), &mut found);
    found.sort();
    found
}

/// Test name of a program: its path from the root without extension.
pub fn name_of(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .with_extension("")
        .display()
        .to_string()
}

/// Value of a `// key: value` line among a program's first comment lines.
pub fn directive(source: &str, key: &str) -> Option<String> {
    source
        .lines()
        .take_while(|l| l.starts_with("//") || l.trim().is_empty())
        .find_map(|l| {
            l.strip_prefix("//")?
                .trim_start()
                .strip_prefix(key)?
                .strip_prefix(':')
        })
        .map(|v| v.trim().to_string())
}

/// The text of a comment block that starts with `// title:` and runs to the next line that is no comment.
pub fn comment_block(source: &str, title: &str) -> Option<String> {
    let head = format!("// {title}:");
    let mut lines = source.lines().skip_while(|l| *l != head);
    lines.next()?;
    let text: Vec<&str> = lines
        .map_while(|l| l.strip_prefix("//"))
        .map(|l| l.strip_prefix(' ').unwrap_or(l))
        .collect();
    Some(text.iter().map(|l| format!("{l}\n")).collect())
}

/// What a finished process left behind.
pub struct Outcome {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

/// Runs `command` with `input` on standard input. A process killed by a signal has status 128 + signal, and one that
/// hangs is killed and reported as an error.
pub fn run(command: &mut Command, input: &[u8]) -> Result<Outcome, String> {
    use std::os::unix::process::ExitStatusExt;
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("cannot start {command:?}: {e}"))?;
    let mut stdin = child.stdin.take().ok_or("no stdin")?;
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input); // a program need not read its input
    });
    let mut out = child.stdout.take().ok_or("no stdout")?;
    let mut err = child.stderr.take().ok_or("no stderr")?;
    let out = std::thread::spawn(move || {
        let mut b = Vec::new();
        let _ = out.read_to_end(&mut b);
        b
    });
    let err = std::thread::spawn(move || {
        let mut b = Vec::new();
        let _ = err.read_to_end(&mut b);
        b
    });
    let start = Instant::now();
    let status = loop {
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > HANG => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("hangs: no end after {HANG:?}: {command:?}"));
            }
            None => std::thread::sleep(Duration::from_millis(2)),
        }
    };
    writer.join().map_err(|_| "writer panicked")?;
    let text = |b: Vec<u8>| String::from_utf8_lossy(&b).into_owned();
    Ok(Outcome {
        status: status
            .code()
            .or(status.signal().map(|s| 128 + s))
            .unwrap_or(-1),
        stdout: text(out.join().map_err(|_| "reader panicked")?),
        stderr: text(err.join().map_err(|_| "reader panicked")?),
    })
}

/// Equal, or an error that shows the first differing line and both texts.
pub fn same(what: &str, want: &str, got: &str) -> Result<(), String> {
    if want == got {
        return Ok(());
    }
    let line = want
        .lines()
        .zip(got.lines())
        .take_while(|(w, g)| w == g)
        .count();
    let at = |s: &str| s.lines().nth(line).unwrap_or("<end>").to_string();
    Err(format!(
        "{what} differs at line {}\n  want: {}\n  got:  {}\n--- all of it ---\n{}",
        line + 1,
        at(want),
        at(got),
        got.chars().take(6000).collect::<String>()
    ))
}
