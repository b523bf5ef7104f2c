//! The REPL: transcripts of whole sessions, and what a person does at a terminal.
//!
//! `tests/repl/NAME.txt` is a session as it looks: lines that begin with `go> ` are typed, and `... ` those that continue
//! them; everything else is what the session answers. `MINIGO_UPDATE=1` rewrites the answers; read the diff before
//! committing. Numbers of goroutines, addresses and offsets are written as `N` and `0x…`.

use crate::pty::Pty;
use crate::tools;
use libtest_mimic::Trial;
use regex::Regex;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const PROMPT: &str = "go> ";
const CONTINUED: &str = "... ";

/// A REPL with a state folder of its own.
fn repl(term: &str, state: &Path) -> Command {
    let mut c = tools::minigo();
    c.env("TERM", term)
        .env("XDG_STATE_HOME", state)
        .env_remove("NO_COLOR")
        .env_remove("MINIGO_KEYS");
    c
}

/// A new folder for what a session remembers.
fn state(name: &str) -> PathBuf {
    let dir = std::env::temp_dir().join(format!("minigo-repl-{}-{name}", std::process::id()));
    // It may be there from an earlier run, or not.
    let _ = std::fs::remove_dir_all(&dir);
    dir
}

// ---- transcripts

/// The entries of a transcript.
fn entries(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(first) = line.strip_prefix(PROMPT) {
            all.push(first.to_owned());
        } else if let Some(more) = line.strip_prefix(CONTINUED)
            && let Some(last) = all.last_mut()
        {
            last.push('\n');
            last.push_str(more);
        }
    }
    all
}

fn transcript(path: &Path) -> Result<(), String> {
    let want = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let entries = entries(&want);
    let name = path
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let state = state(&name);
    let dir = state.join("work");
    std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let mut command = repl("dumb", &state);
    command.current_dir(&dir);
    let mut pty = Pty::start(command, false).map_err(|e| e.to_string())?;
    let mut got = String::new();
    pty.wait(PROMPT)?;
    for entry in &entries {
        let mut lines = entry.lines();
        got.push_str(&format!("{PROMPT}{}\n", lines.next().unwrap_or("")));
        for line in lines {
            got.push_str(&format!("{CONTINUED}{line}\n"));
        }
        pty.send(&format!("{entry}\n"))?;
        if entry == ":quit" {
            break;
        }
        got.push_str(&pty.wait(PROMPT)?);
    }
    pty.send("\x04")?;
    let status = pty.status()?;
    let _ = std::fs::remove_dir_all(&state);
    if status != 0 {
        return Err(format!("exit status {status}"));
    }
    let fixed = [
        (r"goroutine \d+", "goroutine N"),
        (
            r"(?m)^ +\d+ (select|running|sleep)([^\d\n]*)\d+s",
            "    N $1${2}0s",
        ),
        (r"\+0x[0-9a-f]+", "+0x…"),
        (r"0xc[0-9a-f]{9}", "0x…"),
    ];
    for (pattern, text) in fixed {
        let re = Regex::new(pattern).map_err(|e| e.to_string())?;
        got = re.replace_all(&got, text).into_owned();
    }
    if std::env::var_os("MINIGO_UPDATE").is_some() {
        return std::fs::write(path, got).map_err(|e| e.to_string());
    }
    tools::same("transcript", &want, &got)
}

// ---- at the terminal

/// A new prompt. The editor draws the line again, prompt and all, at every key, but without going to a new line.
const NEW_PROMPT: &str = "\ngo> ";

fn session(name: &str) -> Result<(Pty, PathBuf), String> {
    let state = state(name);
    let mut pty = Pty::start(repl("xterm", &state), true).map_err(|e| e.to_string())?;
    pty.wait(PROMPT)?;
    Ok((pty, state))
}

/// Leaves by Ctrl-D, once the prompt is back.
fn leave(mut pty: Pty, state: PathBuf) -> Result<(), String> {
    pty.wait(NEW_PROMPT)?;
    pty.send("\x04")?;
    let status = pty.status()?;
    let _ = std::fs::remove_dir_all(state);
    match status {
        0 => Ok(()),
        status => Err(format!("exit status {status}")),
    }
}

/// A function over two lines, a goroutine that ticks while one types, a panic that costs nothing, Ctrl-C out of a loop.
fn newcomer() -> Result<(), String> {
    let (mut pty, state) = session("newcomer")?;
    pty.send("func add(a, b int) int {\r")?;
    pty.send("return a + b }\r")?;
    pty.wait(NEW_PROMPT)?;
    pty.send("add(40, 2)\r")?;
    pty.wait("42 : int")?;
    pty.send("go func() { for i := 0; ; i++ { time.Sleep(100 * time.Millisecond); fmt.Println(\"tick\", i) } }()\r")?;
    pty.wait("tick 1")?;
    pty.send("x := \"typed ")?;
    pty.wait("tick 4")?;
    pty.send("in peace\"\r")?;
    pty.wait(NEW_PROMPT)?;
    pty.send("len(x)\r")?;
    pty.wait("14 : int")?;
    pty.send("panic(x)\r")?;
    pty.wait("panic: typed in peace")?;
    pty.wait("main.input()")?;
    pty.send("fmt.Println(\"it \" + \"loops\"); for {}\r")?;
    pty.wait("it loops")?;
    pty.send("\x03")?;
    pty.wait("interrupted")?;
    pty.wait("main.input()")?;
    pty.send("x + \"!\"\r")?;
    pty.wait("\"typed in peace!\" : string")?;
    leave(pty, state)
}

fn interrupts() -> Result<(), String> {
    let (mut pty, state) = session("interrupts")?;
    for entry in [
        "<-make(chan int)\r",
        "time.Sleep(time.Hour)\r",
        "select { case <-time.After(time.Hour): }\r",
    ] {
        pty.send("go func() { for { time.Sleep(time.Second) } }()\r")?;
        pty.wait(NEW_PROMPT)?;
        pty.send("fmt.Println(\"it \" + \"waits\"); ")?;
        pty.send(entry)?;
        pty.wait("it waits")?;
        pty.send("\x03")?;
        pty.wait("interrupted")?;
        pty.wait(NEW_PROMPT)?;
    }
    // At the prompt it drops the line.
    pty.send("what is this")?;
    pty.send("\x03")?;
    pty.wait(NEW_PROMPT)?;
    pty.send("6 * 7\r")?;
    pty.wait("42 : int")?;
    leave(pty, state)
}

fn completes() -> Result<(), String> {
    let (mut pty, state) = session("completes")?;
    pty.send("strings.ToUpp\t")?;
    pty.wait("strings.ToUpper")?;
    pty.send("(\"a\")\r")?;
    pty.wait("\"A\" : string")?;
    pty.send("type Person struct { FirstName string }\r")?;
    pty.wait(NEW_PROMPT)?;
    pty.send("pers := Person{\"Ann\"}\r")?;
    pty.wait(NEW_PROMPT)?;
    pty.send("per\t.Fi\t\r")?;
    pty.wait("\"Ann\" : string")?;
    pty.send("strings.Cut(")?;
    pty.wait("after string, found bool)")?;
    pty.send("\x03")?;
    leave(pty, state)
}

fn remembers() -> Result<(), String> {
    let state = state("remembers");
    for keys in ["11 * 11\r", "\x1b[A\r"] {
        let mut pty = Pty::start(repl("xterm", &state), true).map_err(|e| e.to_string())?;
        pty.wait(PROMPT)?;
        pty.send(keys)?;
        pty.wait("121 : int")?;
        pty.wait(NEW_PROMPT)?;
        pty.send("\x04")?;
        pty.status()?;
    }
    let history = std::fs::read_to_string(state.join("minigo/history"));
    let _ = std::fs::remove_dir_all(state);
    match history {
        Ok(text) if text.contains("11 * 11") => Ok(()),
        other => Err(format!("the history holds {other:?}")),
    }
}

fn pastes() -> Result<(), String> {
    let (mut pty, state) = session("pastes")?;
    let program = "package main\n\nimport \"fmt\"\n\nfunc twice(n int) int {\n\treturn 2 * n\n}\n\nfunc main() {\n\tfmt.Println(\"twice is\", twice(21))\n}\n";
    pty.send(&format!("\x1b[200~{program}\x1b[201~"))?;
    pty.send("\r")?;
    pty.wait("twice is 42")?;
    pty.send("twice(4)\r")?;
    pty.wait("8 : int")?;
    leave(pty, state)
}

fn resizes() -> Result<(), String> {
    let (mut pty, state) = session("resizes")?;
    pty.send("1000 + ")?;
    pty.resize(40, 10);
    pty.settle(Duration::from_millis(100));
    pty.send("337\r")?;
    pty.wait("1337 : int")?;
    leave(pty, state)
}

/// A background goroutine's panic ends that goroutine only.
fn background() -> Result<(), String> {
    let (mut pty, state) = session("background")?;
    pty.send("go func() { time.Sleep(200 * time.Millisecond); panic(\"behind your back\") }()\r")?;
    pty.wait(NEW_PROMPT)?;
    pty.wait("panic: behind your back")?;
    pty.send("2 * 3\r")?;
    pty.wait("6 : int")?;
    leave(pty, state)
}

// ---- scripts

struct Script {
    input: &'static str,
    stdout: &'static str,
    stderr: &'static str,
    status: i32,
}

fn script(s: &Script) -> Result<(), String> {
    let got = tools::run(&mut tools::minigo(), s.input.as_bytes())?;
    tools::same("standard output", s.stdout, &got.stdout)?;
    if !got.stderr.contains(s.stderr) || s.stderr.is_empty() != got.stderr.is_empty() {
        return Err(format!(
            "standard error is {:?}, wanted {:?}",
            got.stderr, s.stderr
        ));
    }
    match got.status == s.status {
        true => Ok(()),
        false => Err(format!("exit status {}, wanted {}", got.status, s.status)),
    }
}

const SCRIPTS: &[(&str, Script)] = &[
    (
        "values",
        Script {
            input: "x := 20\nfunc f(n int) int {\n\treturn n + 1\n}\nf(2*x) + 1\nfmt.Println(\"printed\")\n",
            stdout: "42 : int\nprinted\n",
            stderr: "",
            status: 0,
        },
    ),
    (
        "documentation",
        Script {
            input: ":doc strings.Builder.Len\ntype T struct{}\nfunc (t *T) m(x int) {}\n:doc T.m\nlen(os.Args)\n",
            stdout: "func (b *strings.Builder) Len() int\n    Len returns the number of bytes written.\nfunc (t *T) m(x int)\n1 : int\n",
            stderr: "",
            status: 0,
        },
    ),
    (
        "the-first-error-ends-it",
        Script {
            input: "1\nundefinedName\n2\n",
            stdout: "1 : int\n",
            stderr: "input[2]:1:1: undefined: undefinedName",
            status: 1,
        },
    ),
    (
        "a-panic-ends-it",
        Script {
            input: "var p *int\n*p\n2\n",
            stdout: "",
            stderr: "panic: runtime error: invalid memory address or nil pointer dereference",
            status: 1,
        },
    ),
    (
        "a-deadlock-ends-it",
        Script {
            input: "ch := make(chan int)\n<-ch\n2\n",
            stdout: "",
            stderr: "fatal error: all goroutines are asleep - deadlock!",
            status: 1,
        },
    ),
    (
        "a-mutex-locked-twice",
        Script {
            input: "var mu sync.Mutex\nmu.Lock()\nmu.Lock()\n2\n",
            stdout: "",
            stderr: "fatal error: all goroutines are asleep - deadlock!",
            status: 1,
        },
    ),
    (
        "exit-status",
        Script {
            input: "os.Exit(7)\n2\n",
            stdout: "",
            stderr: "exit status 7",
            status: 7,
        },
    ),
    (
        "a-whole-program",
        Script {
            input: "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"main ran\") }\n",
            stdout: "main ran\n",
            stderr: "",
            status: 0,
        },
    ),
    (
        "unfinished",
        Script {
            input: "1\nfunc f() {\n",
            stdout: "1 : int\n",
            stderr: "unexpected end of input",
            status: 1,
        },
    ),
];

/// An entry after thousands of others costs what the first cost.
fn many_entries() -> Result<(), String> {
    let mut input = String::new();
    for i in 0..3000 {
        input.push_str(&format!("var v{i} = {i}\n"));
    }
    input.push_str("v0 + v2999\nfunc f() int { return v7 * 6 }\nf()\n");
    let got = tools::run(&mut tools::minigo(), input.as_bytes())?;
    tools::same("standard output", "2999 : int\n42 : int\n", &got.stdout)
}

/// A terminal that cannot move its cursor: Ctrl-C drops a half-typed entry, ends what runs, and costs nothing else.
fn dumb() -> Result<(), String> {
    let state = state("dumb");
    let mut pty = Pty::start(repl("dumb", &state), true).map_err(|e| e.to_string())?;
    pty.wait(PROMPT)?;
    pty.send("x := 40\n")?;
    pty.wait(PROMPT)?;
    pty.send("if x > 1 {\n\x03")?;
    pty.wait(PROMPT)?;
    pty.send("x + 2\n")?;
    pty.wait("42 : int")?;
    pty.wait(PROMPT)?;
    pty.send("fmt.Println(\"it \" + \"loops\"); for {}\n")?;
    pty.wait("it loops")?;
    pty.send("\x03")?;
    pty.wait("interrupted")?;
    pty.wait(PROMPT)?;
    pty.send("func f() int {\nreturn x\n}\n")?;
    pty.wait(PROMPT)?;
    pty.send("f()\n")?;
    pty.wait("40 : int")?;
    leave(pty, state)
}

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = Vec::new();
    let dir = tools::root().join("tests/repl");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(dir)
        .map(|d| d.flatten().map(|e| e.path()).collect())
        .unwrap_or_default();
    paths.sort();
    for path in paths {
        if path.extension().is_some_and(|x| x == "txt") {
            let name = tools::name_of(&path);
            trials.push(Trial::test(name, move || {
                transcript(&path).map_err(Into::into)
            }));
        }
    }
    for (name, s) in SCRIPTS {
        trials.push(Trial::test(
            format!("tests/repl/script/{name}"),
            move || script(s).map_err(Into::into),
        ));
    }
    type Session = fn() -> Result<(), String>;
    let terminal: [(&str, Session); 9] = [
        ("dumb", dumb),
        ("newcomer", newcomer),
        ("interrupts", interrupts),
        ("completes", completes),
        ("remembers", remembers),
        ("pastes", pastes),
        ("resizes", resizes),
        ("background", background),
        ("many-entries", many_entries),
    ];
    for (name, test) in terminal {
        trials.push(Trial::test(
            format!("tests/repl/terminal/{name}"),
            move || test().map_err(Into::into),
        ));
    }
    trials
}
