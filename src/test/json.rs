//! `-json`: the output of a test program as a stream of events. (Go: cmd/internal/test2json, `go doc test2json`)
//!
//! In this mode the program puts a byte ^V before every line of the framework, so that what tests print by themselves cannot
//! be mistaken for one.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

const FRAME: u8 = 0x16;
const ERROR_BEGINS: u8 = 0x0f;
const ERROR_ENDS: u8 = 0x0e;
const ESCAPE: u8 = 0x1b;

/// Turns one package's output into events.
#[derive(Debug)]
pub struct Converter {
    package: String,
    /// The test that lines belong to.
    test: String,
    /// What came behind the last newline.
    rest: Vec<u8>,
    /// The results of a test and, behind it, its subtests: what they logged follows, and only then is a result due.
    results: Vec<Event>,
    /// Lines of the framework are marked here: others are plain whatever they look like.
    marked: bool,
    /// Inside the text of an error.
    in_error: bool,
    start: Instant,
    began: bool,
    result: &'static str,
    /// The build that failed, when that is why the package did.
    failed_build: Option<String>,
}

#[derive(Debug, Default)]
struct Event {
    action: &'static str,
    test: String,
    elapsed: Option<f64>,
    output: Option<String>,
    /// Further members in their order.
    more: Vec<(&'static str, String)>,
}

impl Converter {
    /// For the package with that import path.
    pub fn new(package: &str) -> Converter {
        Converter {
            package: package.to_string(),
            test: String::new(),
            rest: Vec::new(),
            results: Vec::new(),
            marked: false,
            in_error: false,
            start: Instant::now(),
            began: false,
            result: "",
            failed_build: None,
        }
    }

    /// The events of some more output.
    pub fn convert(&mut self, text: &[u8]) -> Vec<u8> {
        let mut out = String::new();
        self.begin(&mut out);
        self.rest.extend_from_slice(text);
        let rest = std::mem::take(&mut self.rest);
        let mut lines = rest.split_inclusive(|&b| b == b'\n').peekable();
        while let Some(line) = lines.next() {
            if !line.ends_with(b"\n") && lines.peek().is_none() {
                self.rest = line.to_vec();
            } else {
                self.line(line, &mut out);
            }
        }
        out.into_bytes()
    }

    /// The events of a build that failed; they belong to no package's stream.
    pub fn build_failed(&mut self, build: &str, text: &str) -> Vec<u8> {
        let mut out = String::new();
        let id = quote(build);
        for line in text.split_inclusive('\n') {
            let line = quote(line);
            out +=
                &format!("{{\"ImportPath\":{id},\"Action\":\"build-output\",\"Output\":{line}}}\n");
        }
        out += &format!("{{\"ImportPath\":{id},\"Action\":\"build-fail\"}}\n");
        self.failed_build = Some(build.to_string());
        out.into_bytes()
    }

    /// The events that end the stream.
    pub fn finish(mut self, ok: bool) -> Vec<u8> {
        let mut out = String::new();
        self.begin(&mut out);
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.line(&rest, &mut out);
        }
        self.flush(0, &mut out);
        let action = match (ok, self.result) {
            (true, "skip") => "skip",
            (true, _) => "pass",
            (false, _) => "fail",
        };
        let build = self.failed_build.take().filter(|_| !ok);
        let event = Event {
            action,
            elapsed: Some(self.start.elapsed().as_secs_f64()),
            more: build.map(|b| ("FailedBuild", b)).into_iter().collect(),
            ..Event::default()
        };
        self.write(&event, &mut out);
        out.into_bytes()
    }

    fn begin(&mut self, out: &mut String) {
        if !std::mem::replace(&mut self.began, true) {
            let event = Event {
                action: "start",
                ..Event::default()
            };
            self.write(&event, out);
        }
    }

    fn line(&mut self, line: &[u8], out: &mut String) {
        // A mark in the middle of a line: the test printed something without a newline before.
        let mark = (0..line.len()).find(|&i| line[i] == FRAME && (i == 0 || line[i - 1] != ESCAPE));
        let (saw_mark, line) = match mark {
            Some(at) => {
                self.output(&line[..at], false, out);
                (true, &line[at + 1..])
            }
            None => (false, line),
        };
        if self.marked && !saw_mark {
            self.output(line, false, out);
            return;
        }
        let text = String::from_utf8_lossy(line).into_owned();
        let body = text.trim_end_matches('\n').trim_end_matches('\r');
        if matches!(body, "PASS" | "FAIL") || body.starts_with("FAIL\t") {
            self.flush(0, out);
            self.marked = saw_mark;
            self.output(line, true, out);
            return;
        }
        if body.starts_with("?   \t")
            && body.ends_with("\t[no test files]")
            && self.results.is_empty()
        {
            self.result = "skip";
        }
        if let Some(event) = update(body) {
            self.marked = saw_mark;
            self.flush(0, out);
            self.test = event.test.clone();
            match event.action {
                "name" => {}
                "pause" => {
                    self.output(line, true, out);
                    self.write(&event, out);
                }
                _ => {
                    self.write(&event, out);
                    self.output(line, true, out);
                }
            }
            return;
        }
        let trimmed = body.trim_start_matches("    ");
        let depth = (body.len() - trimmed.len()) / 4;
        match report(trimmed) {
            Some(event) if depth <= self.results.len() => {
                self.marked = saw_mark;
                self.flush(depth, out);
                self.test = event.test.clone();
                self.results.push(event);
                self.output(line, true, out);
            }
            Some(_) => self.output(line, false, out),
            None => {
                // The indentation tells which of the reported tests logged it.
                if let Some(r) = depth.checked_sub(1).and_then(|d| self.results.get(d)) {
                    self.test = r.test.clone();
                }
                self.output(line, false, out);
            }
        }
    }

    /// The results at that depth and deeper, innermost first: their output is over.
    fn flush(&mut self, depth: usize, out: &mut String) {
        self.test.clear();
        while self.results.len() > depth {
            let Some(event) = self.results.pop() else {
                break;
            };
            self.write(&event, out);
        }
    }

    /// Output events, with the texts of errors apart.
    fn output(&mut self, line: &[u8], framing: bool, out: &mut String) {
        let mut text = Vec::new();
        let mut kind = match (framing, self.in_error) {
            (true, _) => Some("frame"),
            (false, true) => Some("error-continue"),
            (false, false) => None,
        };
        let mut bytes = line.iter().copied().peekable();
        while let Some(b) = bytes.next() {
            match b {
                ESCAPE => text.extend(bytes.next()),
                ERROR_BEGINS => {
                    self.output_event(&mut text, kind, out);
                    self.in_error = true;
                    kind = Some("error");
                }
                ERROR_ENDS => {
                    text.extend(bytes.next_if_eq(&b'\n'));
                    self.output_event(&mut text, kind, out);
                    self.in_error = false;
                    kind = None;
                }
                _ => text.push(b),
            }
        }
        self.output_event(&mut text, kind, out);
    }

    fn output_event(&self, text: &mut Vec<u8>, kind: Option<&str>, out: &mut String) {
        if text.is_empty() {
            return;
        }
        let event = Event {
            action: "output",
            test: self.test.clone(),
            output: Some(String::from_utf8_lossy(text).into_owned()),
            more: kind
                .map(|k| ("OutputType", k.to_string()))
                .into_iter()
                .collect(),
            ..Event::default()
        };
        text.clear();
        self.write(&event, out);
    }

    fn write(&self, e: &Event, out: &mut String) {
        *out += &format!("{{\"Time\":\"{}\",\"Action\":{}", now(), quote(e.action));
        *out += &format!(",\"Package\":{}", quote(&self.package));
        if !e.test.is_empty() {
            *out += &format!(",\"Test\":{}", quote(&e.test));
        }
        if let Some(elapsed) = e.elapsed {
            let rounded = (elapsed * 1000.0).round() / 1000.0;
            *out += &format!(",\"Elapsed\":{rounded}");
        }
        if let Some(output) = &e.output {
            *out += &format!(",\"Output\":{}", quote(output));
        }
        for (name, value) in &e.more {
            *out += &format!(",\"{name}\":{}", quote(value));
        }
        *out += "}\n";
    }
}

/// `=== RUN   TestX` and its kind.
fn update(line: &str) -> Option<Event> {
    let rest = line.strip_prefix("=== ")?;
    let (word, name) = rest.split_once(' ').unwrap_or((rest, ""));
    let action = match word {
        "RUN" => "run",
        "PAUSE" => "pause",
        "CONT" => "cont",
        "NAME" => "name",
        "PASS" => "pass",
        "FAIL" => "fail",
        "SKIP" => "skip",
        "ATTR" => "attr",
        "ARTIFACTS" => "artifacts",
        _ => return None,
    };
    let name = name.trim();
    let (test, rest) = match action {
        "attr" | "artifacts" => name.split_once(' ').unwrap_or((name, "")),
        _ => (name, ""),
    };
    let more = match action {
        "attr" => {
            let (key, value) = rest.split_once(' ').unwrap_or((rest, ""));
            vec![("Key", key.to_string()), ("Value", value.to_string())]
        }
        "artifacts" => vec![("Path", rest.to_string())],
        _ => Vec::new(),
    };
    Some(Event {
        action,
        test: test.to_string(),
        more,
        ..Event::default()
    })
}

/// `--- FAIL: TestX (0.00s)` and its kind.
fn report(line: &str) -> Option<Event> {
    let rest = line.strip_prefix("--- ")?;
    let (word, rest) = rest.split_once(": ")?;
    let action = match word {
        "PASS" => "pass",
        "FAIL" => "fail",
        "SKIP" => "skip",
        "BENCH" => "bench",
        _ => return None,
    };
    let (name, time) = rest.split_once(" (").unwrap_or((rest, ""));
    Some(Event {
        action,
        test: name.trim().to_string(),
        elapsed: time.strip_suffix("s)").and_then(|t| t.parse().ok()),
        ..Event::default()
    })
}

/// The time as events have it: RFC 3339 with nanoseconds, in UTC.
fn now() -> String {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    let (days, second) = (since.as_secs() / 86400, since.as_secs() % 86400);
    // Days since 1970-01-01 into a date: eras of 400 years that begin in March.
    let z = days + 719_468;
    let (era, of_era) = (z / 146_097, z % 146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let m = (5 * of_year + 2) / 153;
    let day = of_year - (153 * m + 2) / 5 + 1;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = year + era * 400 + u64::from(month <= 2);
    format!(
        "{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{:09}Z",
        second / 3600,
        second / 60 % 60,
        second % 60,
        since.subsec_nanos()
    )
}

/// A JSON string, with the characters escaped that Go's encoder escapes.
pub fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out += "\\\"",
            '\\' => out += "\\\\",
            '\n' => out += "\\n",
            '\r' => out += "\\r",
            '\t' => out += "\\t",
            '\u{8}' => out += "\\b",
            '\u{c}' => out += "\\f",
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\0'..='\x1f' => {
                out += &format!("\\u{:04x}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events of an output, without times.
    fn events(text: &str, ok: bool) -> Vec<String> {
        let mut c = Converter::new("p");
        let mut all = c.convert(text.as_bytes());
        all.extend(c.finish(ok));
        let all = String::from_utf8(all).unwrap();
        let body = |l: &str| {
            let l = l.split_once(",\"Action\":").unwrap().1;
            let l = l.replace(",\"Package\":\"p\"", "");
            l.split(",\"Elapsed\"")
                .next()
                .unwrap()
                .trim_end_matches('}')
                .to_string()
        };
        all.lines().map(body).collect()
    }

    #[test]
    fn lines_become_events() {
        let text = "\x16=== RUN   TestA\nhello\x16=== RUN   TestA/b\n    \x0fa.go:1: bad\x0e\n\x16--- FAIL: TestA (0.01s)\n\x16    --- FAIL: TestA/b (0.00s)\n\x16FAIL\n\x16FAIL\tp\t0.1s\n";
        assert_eq!(
            events(text, false),
            [
                "\"start\"",
                "\"run\",\"Test\":\"TestA\"",
                "\"output\",\"Test\":\"TestA\",\"Output\":\"=== RUN   TestA\\n\",\"OutputType\":\"frame\"",
                "\"output\",\"Test\":\"TestA\",\"Output\":\"hello\"",
                "\"run\",\"Test\":\"TestA/b\"",
                "\"output\",\"Test\":\"TestA/b\",\"Output\":\"=== RUN   TestA/b\\n\",\"OutputType\":\"frame\"",
                "\"output\",\"Test\":\"TestA/b\",\"Output\":\"    \"",
                "\"output\",\"Test\":\"TestA/b\",\"Output\":\"a.go:1: bad\\n\",\"OutputType\":\"error\"",
                "\"output\",\"Test\":\"TestA\",\"Output\":\"--- FAIL: TestA (0.01s)\\n\",\"OutputType\":\"frame\"",
                "\"output\",\"Test\":\"TestA/b\",\"Output\":\"    --- FAIL: TestA/b (0.00s)\\n\",\"OutputType\":\"frame\"",
                "\"fail\",\"Test\":\"TestA/b\"",
                "\"fail\",\"Test\":\"TestA\"",
                "\"output\",\"Output\":\"FAIL\\n\",\"OutputType\":\"frame\"",
                "\"output\",\"Output\":\"FAIL\\tp\\t0.1s\\n\",\"OutputType\":\"frame\"",
                "\"fail\"",
            ]
        );
    }

    #[test]
    fn times_are_dates() {
        let t = now();
        assert!(
            t.starts_with("20") && t.ends_with('Z') && t.len() == 30,
            "{t}"
        );
    }
}
