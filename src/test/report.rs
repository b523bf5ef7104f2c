//! Runs one package's process and says what came of it, in the words of `go test`.

use super::Options;
use super::json::Converter;
use super::package::Package;
use super::runner::{self, BUILD_FAILED, Job, RUNNER, RUNS, SETUP_FAILED};
use crate::constraints;
use std::io::{Read, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Output that is shown as it comes, or kept until its turn.
#[derive(Debug, Default)]
pub struct Report {
    stream: bool,
    out: Vec<u8>,
    err: String,
    json: Option<Converter>,
}

impl Report {
    /// One that shows everything at once.
    pub fn streaming() -> Report {
        Report {
            stream: true,
            ..Report::default()
        }
    }

    /// Adds to standard output.
    pub fn write(&mut self, bytes: &[u8]) {
        self.out.extend_from_slice(bytes);
        if self.stream {
            self.flush();
        }
    }

    /// Adds a line to standard output.
    pub fn line(&mut self, line: &str) {
        self.write(line.as_bytes());
        self.write(b"\n");
    }

    /// Adds output of a test program, or lines about it.
    fn output(&mut self, text: &[u8]) {
        match &mut self.json {
            Some(json) => {
                let events = json.convert(text);
                self.write(&events);
            }
            None => self.write(text),
        }
    }

    /// Says why there is no test program: the name of what was to be built, and the text.
    fn refusal(&mut self, build: &str, text: &str) {
        match &mut self.json {
            Some(json) => {
                let events = json.build_failed(build, text);
                self.write(&events);
            }
            None if self.stream => eprint!("{text}"),
            None => self.err += text,
        }
    }

    fn flush(&mut self) {
        let mut out = std::io::stdout().lock();
        // A reader that went away is no error of ours.
        let _ = out.write_all(&self.out).and_then(|()| out.flush());
        self.out.clear();
    }

    /// Shows what is left.
    pub fn show(mut self) {
        eprint!("{}", self.err);
        self.flush();
    }
}

/// How long a test program may go on behind its own timeout before it is killed.
const GRACE: Duration = Duration::from_secs(60);

/// Tests a package and reports whether it passed.
pub fn run(package: &Package, options: &Options, report: &mut Report) -> bool {
    report.json = options.json.then(|| Converter::new(&package.path));
    let ok = outcome(package, options, report);
    if let Some(json) = report.json.take() {
        report.write(&json.finish(ok));
    }
    ok
}

fn outcome(package: &Package, options: &Options, report: &mut Report) -> bool {
    let path = &package.path;
    if let Some(fault) = &package.fault {
        report.refusal(path, &format!("# {path}\n{fault}\n"));
        report.output(format!("FAIL\t{path} [setup failed]\n").as_bytes());
        return false;
    }
    if !package.has_tests {
        report.output(format!("?   \t{path}\t[no test files]\n").as_bytes());
        return true;
    }
    let (mut child, mut pipe) = match spawn(package, options) {
        Ok(both) => both,
        Err(e) => {
            report.refusal(path, &format!("minigo: cannot start a test program: {e}\n"));
            report.output(format!("FAIL\t{path} [setup failed]\n").as_bytes());
            return false;
        }
    };
    let mut kind = [0];
    if pipe.read_exact(&mut kind).is_err() || kind[0] != RUNS {
        let mut text = Vec::new();
        let _ = pipe.read_to_end(&mut text); // what there is
        let _ = child.wait();
        let (build, label) = match kind[0] {
            BUILD_FAILED => (format!("{path} [{path}.test]"), "build failed"),
            SETUP_FAILED => (path.clone(), "setup failed"),
            _ => (path.clone(), "build failed"),
        };
        let text = String::from_utf8_lossy(&text);
        report.refusal(&build, &format!("# {build}\n{text}"));
        report.output(format!("FAIL\t{path} [{label}]\n").as_bytes());
        return false;
    }
    let start = Instant::now();
    let live = options.stream;
    let mut output = Vec::new();
    let killed = copy(&mut child, pipe, options, |bytes: &[u8]| {
        if live {
            report.output(bytes);
        }
        output.extend_from_slice(bytes);
    });
    let status = child.wait();
    let took = format!("{:.3}s", start.elapsed().as_secs_f64());
    let ok = status.as_ref().is_ok_and(|s| s.success()) && !killed;
    let silent = options.unread || output.is_empty();
    if ok {
        let none = b"testing: warning: no tests to run\n";
        let note = if !options.unread && output.windows(none.len()).any(|w| w == none) {
            " [no tests to run]"
        } else {
            ""
        };
        if !live && (options.verbose || options.list) {
            report.output(&output);
        }
        report.output(format!("ok  \t{path}\t{took}{note}\n").as_bytes());
        return true;
    }
    if !live {
        report.output(&output);
    }
    if killed {
        let limit = super::show_duration(options.timeout + GRACE);
        report.output(format!("*** Test killed with quit: ran too long ({limit}).\n").as_bytes());
    }
    if silent && let Ok(status) = status {
        let text = match (status.code(), status.signal()) {
            (Some(code), _) => format!("exit status {code}\n"),
            (None, Some(signal)) => format!("signal: {}\n", signal_name(signal)),
            (None, None) => String::new(),
        };
        report.output(text.as_bytes());
    } else if !output.ends_with(b"\n") {
        report.output(b"\n");
    }
    let mark = if options.json { "\x16" } else { "" };
    report.output(format!("{mark}FAIL\t{path}\t{took}\n").as_bytes());
    false
}

fn signal_name(signal: i32) -> String {
    match signal {
        libc::SIGKILL => "killed".to_string(),
        libc::SIGQUIT => "quit".to_string(),
        libc::SIGINT => "interrupt".to_string(),
        libc::SIGTERM => "terminated".to_string(),
        libc::SIGSEGV => "segmentation fault".to_string(),
        libc::SIGABRT => "aborted".to_string(),
        n => format!("signal {n}"),
    }
}

fn spawn(package: &Package, options: &Options) -> std::io::Result<(Child, std::io::PipeReader)> {
    let (reader, writer) = std::io::pipe()?;
    let dir = std::path::absolute(&package.dir)?;
    let job = Job {
        dir: dir.clone(),
        path: package.path.clone(),
        diag: options.diag.clone(),
        is_std: package.is_std,
        tags: constraints::tags(),
        limits: options.limits,
        files: package.files.clone(),
    };
    let mut command = Command::new(std::env::current_exe()?);
    command
        .arg0(RUNNER)
        .args(&options.program)
        .env(runner::JOB, job.to_text())
        .env("PWD", dir)
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer);
    Ok((command.spawn()?, reader))
}

/// Hands over the output as it comes. A program that goes on long after its timeout is killed; the result says so.
fn copy(
    child: &mut Child,
    mut pipe: std::io::PipeReader,
    options: &Options,
    mut sink: impl FnMut(&[u8]),
) -> bool {
    let (send, receive) = std::sync::mpsc::channel::<Vec<u8>>();
    std::thread::spawn(move || {
        let mut buffer = vec![0; 64 << 10];
        while let Ok(n @ 1..) = pipe.read(&mut buffer) {
            if send.send(buffer[..n].to_vec()).is_err() {
                break;
            }
        }
    });
    let end = Instant::now() + options.timeout + GRACE;
    let mut killed = false;
    loop {
        let left = match options.timeout.is_zero() || killed {
            true => Duration::from_secs(3600),
            false => end.saturating_duration_since(Instant::now()),
        };
        match receive.recv_timeout(left) {
            Ok(bytes) => sink(&bytes),
            Err(std::sync::mpsc::RecvTimeoutError::Disconnected) => return killed,
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) if options.timeout.is_zero() => {}
            Err(std::sync::mpsc::RecvTimeoutError::Timeout) => {
                killed = true;
                let _ = child.kill(); // it may have ended just now
            }
        }
    }
}
