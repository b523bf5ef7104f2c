//! `-trace FILE`: whatever way the program ends, the file is JSON, and its events fit together: every arrow's end has a
//! beginning, every life and every wait that begins ends, slices of a processor do not overlap.

use crate::tools;
use libtest_mimic::Trial;
use std::collections::{HashMap, HashSet};
use std::process::Stdio;
use std::time::Duration;

/// Name, program, exit status, and what must occur in the trace.
const CASES: &[(&str, &str, i32, &[&str])] = &[
    (
        "work",
        r#"
        c := make(chan int)
        var mu sync.Mutex
        for i := range 4 {
            go func() {
                mu.Lock()
                time.Sleep(time.Millisecond)
                mu.Unlock()
                c <- i
            }()
        }
        for range 4 {
            fmt.Println(<-c)
        }
        runtime.GC()
        os.ReadFile("/proc/self/stat")
        "#,
        0,
        &[
            "\"create\"",
            "\"G1 runtime.main\"",
            "\"chan receive\"",
            "\"sleep\"",
            "\"timer\"",
            "\"mark\"",
            "world stopped: garbage collection",
            "\"P0\"",
            "\"M0\"",
            "syscall (",
        ],
    ),
    (
        "panic",
        "go func() { select {} }(); time.Sleep(20 * time.Millisecond); panic(1)",
        2,
        &["\"select (no cases)\""],
    ),
    (
        "exit",
        "go func() {}(); time.Sleep(20 * time.Millisecond); os.Exit(7)",
        7,
        &["\"ends\""],
    ),
    (
        "deadlock",
        "go func() { select {} }(); <-make(chan int)",
        2,
        &["\"chan receive\""],
    ),
    (
        "goexit",
        "go func() { time.Sleep(1); os.Exit(5) }(); runtime.Goexit()",
        5,
        &["\"sleep\""],
    ),
    (
        "race",
        "for range 100 { go func() { for range 100 { runtime.Gosched() } }() }; time.Sleep(time.Millisecond)",
        0,
        &["\"yields\""],
    ),
];

pub fn trials() -> Vec<Trial> {
    let mut trials: Vec<Trial> = CASES
        .iter()
        .map(|&(name, program, status, has)| {
            Trial::test(format!("trace/{name}"), move || {
                let path = file(name);
                let got = tools::run(
                    tools::minigo().args(["run", "-trace", &path, "-e", program]),
                    b"",
                )?;
                if got.status != status {
                    return Err(format!("status {}; stderr:\n{}", got.status, got.stderr).into());
                }
                let text = check_file(&path)?;
                let _ = std::fs::remove_file(&path);
                match has.iter().find(|h| !text.contains(**h)) {
                    Some(h) => Err(format!("the trace lacks {h}").into()),
                    None => Ok(()),
                }
            })
        })
        .collect();
    trials.push(Trial::test("trace/interrupted", || {
        interrupted().map_err(Into::into)
    }));
    trials
}

fn file(name: &str) -> String {
    std::env::temp_dir()
        .join(format!("minigo-trace-{}-{name}.json", std::process::id()))
        .display()
        .to_string()
}

/// A signal ends the program; the file is complete all the same, and was all the time.
fn interrupted() -> Result<(), String> {
    use std::os::unix::process::ExitStatusExt;
    let path = file("interrupted");
    let program = "fmt.Println(1); for { go func() {}(); time.Sleep(time.Millisecond) }";
    let mut command = tools::minigo();
    command
        .args(["run", "-trace", &path, "-e", program])
        .stdout(Stdio::piped());
    let mut child = command.spawn().map_err(|e| e.to_string())?;
    let mut out = child.stdout.take().ok_or("no stdout")?;
    let _ = std::io::Read::read(&mut out, &mut [0; 1]); // it runs
    std::thread::sleep(Duration::from_millis(100));
    check_json(&std::fs::read_to_string(&path).map_err(|e| e.to_string())?)?;
    let kill = std::process::Command::new("kill")
        .args(["-TERM", &child.id().to_string()])
        .status();
    kill.map_err(|e| e.to_string())?;
    let status = child.wait().map_err(|e| e.to_string())?;
    if status.signal() != Some(15) {
        return Err(format!("it ended with {status}"));
    }
    let text = check_file(&path)?;
    let _ = std::fs::remove_file(&path);
    if text.contains("\"name\":\"create\"") {
        Ok(())
    } else {
        Err("the trace is empty".to_string())
    }
}

/// Reads a trace and checks it; its text.
pub fn check_file(path: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let events = check_json(&text)?;
    check_events(&events).map_err(|e| format!("{path}: {e}"))?;
    Ok(text)
}

type Object = HashMap<String, Json>;

#[derive(Debug)]
enum Json {
    Object(Object),
    Array(Vec<Json>),
    Text(String),
    Number(f64),
}

/// The events of a trace.
fn check_json(text: &str) -> Result<Vec<Object>, String> {
    let mut p = Parser {
        text: text.as_bytes(),
        at: 0,
    };
    let all = p.value()?;
    p.space();
    if p.at < p.text.len() {
        return Err(format!("not JSON: more text at {}", p.at));
    }
    let Json::Object(mut all) = all else {
        return Err("no object".into());
    };
    let Some(Json::Array(events)) = all.remove("traceEvents") else {
        return Err("no traceEvents".into());
    };
    let object = |e| match e {
        Json::Object(o) => Ok(o),
        other => Err(format!("an event is {other:?}")),
    };
    events.into_iter().map(object).collect()
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
}

impl Parser<'_> {
    fn space(&mut self) {
        while self.text.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
    }

    fn next(&mut self) -> Option<u8> {
        self.space();
        self.text.get(self.at).copied()
    }

    fn expect(&mut self, c: u8) -> Result<(), String> {
        if self.next() != Some(c) {
            return Err(format!("not JSON: {:?} expected at {}", c as char, self.at));
        }
        self.at += 1;
        Ok(())
    }

    fn value(&mut self) -> Result<Json, String> {
        match self.next() {
            Some(b'{') => {
                let mut object = Object::new();
                self.list(b'{', b'}', |p| {
                    let key = p.string()?;
                    p.expect(b':')?;
                    object.insert(key, p.value()?);
                    Ok(())
                })?;
                Ok(Json::Object(object))
            }
            Some(b'[') => {
                let mut array = Vec::new();
                self.list(b'[', b']', |p| {
                    array.push(p.value()?);
                    Ok(())
                })?;
                Ok(Json::Array(array))
            }
            Some(b'"') => self.string().map(Json::Text),
            _ => {
                let start = self.at;
                while self
                    .text
                    .get(self.at)
                    .is_some_and(|c| b"+-.0123456789eE".contains(c))
                {
                    self.at += 1;
                }
                let number = std::str::from_utf8(&self.text[start..self.at])
                    .ok()
                    .and_then(|t| t.parse().ok());
                number
                    .map(Json::Number)
                    .ok_or_else(|| format!("not JSON: no value at {start}"))
            }
        }
    }

    fn list(
        &mut self,
        open: u8,
        close: u8,
        mut item: impl FnMut(&mut Self) -> Result<(), String>,
    ) -> Result<(), String> {
        self.expect(open)?;
        if self.next() == Some(close) {
            self.at += 1;
            return Ok(());
        }
        loop {
            item(self)?;
            if self.next() == Some(b',') {
                self.at += 1;
            } else {
                return self.expect(close);
            }
        }
    }

    fn string(&mut self) -> Result<String, String> {
        self.expect(b'"')?;
        let start = self.at;
        while *self.text.get(self.at).ok_or("not JSON: an open string")? != b'"' {
            self.at += 1 + usize::from(self.text[self.at] == b'\\');
        }
        self.at += 1;
        Ok(String::from_utf8_lossy(&self.text[start..self.at - 1]).into_owned())
    }
}

fn check_events(events: &[Object]) -> Result<(), String> {
    let text = |e: &Object, key: &str| match e.get(key) {
        Some(Json::Text(t)) => t.clone(),
        other => format!("{other:?}"),
    };
    let number = |e: &Object, key: &str| match e.get(key) {
        Some(Json::Number(n)) => Ok(*n),
        other => Err(format!("{key} is {other:?} in {e:?}")),
    };
    let mut arrows = HashSet::new();
    let mut ends = Vec::new();
    let mut stages: HashMap<u64, i64> = HashMap::new();
    let mut slices: HashMap<(u64, u64), Vec<(f64, f64)>> = HashMap::new();
    for e in events {
        let id = || number(e, "id").map(|n| n as u64);
        let phase = text(e, "ph");
        if phase != "M" && number(e, "ts")? < 0.0 {
            return Err(format!("before the beginning: {e:?}"));
        }
        match phase.as_str() {
            "s" => {
                if !arrows.insert(id()?) {
                    return Err(format!("two arrows are called {}", id()?));
                }
            }
            "f" => ends.push(id()?),
            "b" => *stages.entry(id()?).or_default() += 1,
            "e" => *stages.entry(id()?).or_default() -= 1,
            "X" => {
                let (ts, dur) = (number(e, "ts")?, number(e, "dur")?);
                let row = (number(e, "pid")? as u64, number(e, "tid")? as u64);
                if dur > 0.0 && row.1 < 10_000 {
                    slices.entry(row).or_default().push((ts, ts + dur));
                }
            }
            "i" | "M" => {}
            other => return Err(format!("unknown phase {other:?}")),
        }
    }
    if let Some(end) = ends.iter().find(|e| !arrows.contains(*e)) {
        return Err(format!("arrow {end} has an end and no beginning"));
    }
    if let Some(s) = stages.iter().find(|s| *s.1 != 0) {
        return Err(format!(
            "goroutine {}: {} more stages begin than end",
            s.0, s.1
        ));
    }
    for (row, mut list) in slices {
        list.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Three decimals of a large number of microseconds are not exact.
        if let Some(w) = list.windows(2).find(|w| w[1].0 < w[0].1 - 0.002) {
            return Err(format!("slices of row {row:?} overlap: {w:?}"));
        }
    }
    Ok(())
}
