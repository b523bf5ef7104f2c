//! The trace as a file that chrome://tracing and Perfetto open: Chrome's JSON, one row per P, one per M, one per goroutine.
//!
//!  - Processors: a slice for each run of a goroutine (and for each blocking call), named by the goroutine's function;
//!    arrows lead from who made a goroutine runnable to where it runs.
//!  - Threads: which P each M holds.
//!  - Goroutines: from birth to death, with the waits in between.
//!
//! Each P has a buffer; full ones go to a thread that formats and writes them. What a slice needs is found in its own P's
//! buffer, in order; whatever concerns two Ps is told by identifiers, since buffers reach the file in any order.
//! After each write the file is complete JSON: what follows overwrites its closing brackets.
//!
//! Locks: a buffer's, then the queue to the writer; leaves, taken under any of the scheduler's.
//! Knows nothing of: frames; the names of functions come with the events.

use crate::sched::MAX_PROCS;
use crate::trace::{Event, What, set_sink};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::FileExt;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, OnceLock};
use std::thread::JoinHandle;

/// Events per buffer.
const BUFFER: usize = 4096;
/// Buffers on their way to the writer; whoever fills one more waits.
const QUEUE: usize = 64;

struct Tracer {
    /// One for each P, the first for what happens without any.
    buffers: Vec<Mutex<Vec<Event>>>,
    queue: Mutex<Option<SyncSender<Vec<Event>>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    /// The functions of goroutines, by goid. Never removed: slices of the dead may not be written yet.
    names: Mutex<HashMap<u64, &'static str>>,
    /// When the first event happened: times in the file begin here.
    origin: OnceLock<i64>,
}

static TRACER: OnceLock<Tracer> = OnceLock::new();

fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(|e| e.into_inner())
}

/// Everything that happens from now on goes to the file. Once, before `schedinit`.
pub fn start(path: &str) -> std::io::Result<()> {
    let file = File::create(path)?;
    let (send, receive) = sync_channel(QUEUE);
    let mut writer = Writer::new(file);
    // From here on it is a trace, however the process ends.
    writer.flush();
    let writer = std::thread::Builder::new().name("trace".into()).spawn(move || writer.run(&receive))?;
    let tracer = Tracer {
        buffers: (0..=MAX_PROCS).map(|_| Mutex::new(Vec::new())).collect(),
        queue: Mutex::new(Some(send)),
        writer: Mutex::new(Some(writer)),
        names: Mutex::new(HashMap::new()),
        origin: OnceLock::new(),
    };
    if TRACER.set(tracer).is_ok() {
        crate::signal::keep_files();
        set_sink(Some(take));
    }
    Ok(())
}

fn take(event: &Event) {
    let Some(tracer) = TRACER.get() else { return };
    let event = Event { when: event.when - tracer.origin.get_or_init(|| event.when), ..*event };
    if event.what == What::Create {
        lock(&tracer.names).insert(event.goid, event.name);
    }
    let mut buffer = lock(&tracer.buffers[(event.p + 1) as usize]);
    if buffer.capacity() == 0 {
        buffer.reserve_exact(BUFFER);
    }
    buffer.push(event);
    if buffer.len() == BUFFER {
        let full = std::mem::take(&mut *buffer);
        tracer.send(full);
    }
}

impl Tracer {
    fn send(&self, events: Vec<Event>) {
        if let Some(queue) = &*lock(&self.queue) {
            // A writer that is gone has said why.
            let _ = queue.send(events);
        }
    }
}

/// The process ends: writes what is left.
pub(crate) fn finish() {
    let Some(tracer) = TRACER.get() else { return };
    set_sink(None);
    // Only one thread finds the writer.
    let Some(writer) = lock(&tracer.writer).take() else { return };
    for buffer in &tracer.buffers {
        let rest = std::mem::take(&mut *lock(buffer));
        if !rest.is_empty() {
            tracer.send(rest);
        }
    }
    // Without senders the writer comes to its end.
    *lock(&tracer.queue) = None;
    let _ = writer.join();
}

/// The processes that the rows are grouped by.
const PROCESSORS: u32 = 1;
const THREADS: u32 = 2;
const GOROUTINES: u32 = 3;
/// Rows of the first group behind those of the Ps.
const NO_P: i64 = 10_000;
const COLLECTOR: i64 = 10_001;

/// What goes on on a P.
#[derive(Default)]
struct Row {
    /// The slice that is open: since when, which goroutine, and is it a blocking call?
    slice: Option<(i64, u64, bool)>,
    /// The M that holds the P, and since when.
    held: Option<(i64, u64)>,
    named: bool,
}

struct Writer {
    file: File,
    /// Where the closing brackets begin.
    at: u64,
    /// A file that can be written anywhere; else the brackets are written once, at the end.
    seekable: bool,
    failed: bool,
    text: String,
    rows: HashMap<i32, Row>,
    threads: HashMap<u64, ()>,
    /// Lives and waits that began and did not end: +1 and -1, in whatever order they come.
    alive: HashMap<u64, i32>,
    waiting: HashMap<u64, i32>,
    world: Option<(i64, &'static str)>,
    gc: Option<i64>,
    last: i64,
}

const HEAD: &str = "{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n";
const TAIL: &str = "\n]}\n";

impl Writer {
    fn new(file: File) -> Writer {
        let seekable = file.metadata().is_ok_and(|m| m.is_file());
        let mut w = Writer {
            file,
            at: 0,
            seekable,
            failed: false,
            text: HEAD.to_string(),
            rows: HashMap::new(),
            threads: HashMap::new(),
            alive: HashMap::new(),
            waiting: HashMap::new(),
            world: None,
            gc: None,
            last: 0,
        };
        for (pid, name) in [(PROCESSORS, "processors"), (THREADS, "threads"), (GOROUTINES, "goroutines")] {
            let first = if pid == PROCESSORS { "" } else { ",\n" };
            let _ = write!(
                w.text,
                "{first}{{\"ph\":\"M\",\"pid\":{pid},\"name\":\"process_name\",\"args\":{{\"name\":\"{name}\"}}}},\n\
                 {{\"ph\":\"M\",\"pid\":{pid},\"name\":\"process_sort_index\",\"args\":{{\"sort_index\":{pid}}}}}"
            );
        }
        w.row_name(PROCESSORS, NO_P, "no processor");
        w.row_name(PROCESSORS, COLLECTOR, "collector");
        w
    }

    fn run(mut self, queue: &Receiver<Vec<Event>>) {
        while let Ok(events) = queue.recv() {
            for e in &events {
                self.event(e);
            }
            self.flush();
        }
        self.close();
        self.flush();
        if !self.seekable && !self.failed {
            let _ = self.file.write_all(TAIL.as_bytes());
        }
    }

    fn flush(&mut self) {
        if self.failed {
            return;
        }
        let done = if self.seekable {
            let n = self.text.len() as u64;
            self.text.push_str(TAIL);
            let done = self.file.write_all_at(self.text.as_bytes(), self.at);
            self.at += n;
            done
        } else {
            self.file.write_all(self.text.as_bytes())
        };
        self.text.clear();
        if let Err(e) = done {
            self.failed = true;
            let _ = writeln!(std::io::stderr(), "minigo: the trace cannot be written: {e}");
        }
    }

    fn row_name(&mut self, pid: u32, tid: i64, name: &str) {
        let _ = write!(
            self.text,
            ",\n{{\"ph\":\"M\",\"pid\":{pid},\"tid\":{tid},\"name\":\"thread_name\",\"args\":{{\"name\":\"{name}\"}}}},\n\
             {{\"ph\":\"M\",\"pid\":{pid},\"tid\":{tid},\"name\":\"thread_sort_index\",\"args\":{{\"sort_index\":{tid}}}}}"
        );
    }

    fn event(&mut self, e: &Event) {
        self.last = self.last.max(e.when);
        if e.p >= 0 && !std::mem::replace(&mut self.rows.entry(e.p).or_default().named, true) {
            self.row_name(PROCESSORS, e.p as i64, &format!("P{}", e.p));
        }
        match e.what {
            What::Create => {
                self.arrow('s', e);
                self.instant(e, "create", &format!("\"g\":{},\"by\":{}", e.goid, e.arg));
                *self.alive.entry(e.goid).or_default() += 1;
                let name = format!("G{} {}", e.goid, name_of(e.goid));
                self.stage('b', e.when, e.goid, &name);
            }
            What::Start => {
                self.end_slice(e, "");
                self.row(e.p).slice = Some((e.when, e.goid, false));
                if e.waking != 0 {
                    self.arrow('f', e);
                }
            }
            What::Park => {
                self.end_slice(e, e.name);
                *self.waiting.entry(e.goid).or_default() += 1;
                self.stage('b', e.when, e.goid, e.name);
            }
            What::Ready => {
                self.arrow('s', e);
                if e.arg == 0 {
                    self.slice(PROCESSORS, tid(e.p), (e.when, e.when), "ready", &format!("\"g\":{}", e.goid));
                }
                *self.waiting.entry(e.goid).or_default() -= 1;
                self.stage('e', e.when, e.goid, e.name);
            }
            What::Yield => self.end_slice(e, if e.arg == 1 { "preempted" } else { "yields" }),
            What::End => {
                self.end_slice(e, "ends");
                *self.alive.entry(e.goid).or_default() -= 1;
                let name = format!("G{} {}", e.goid, name_of(e.goid));
                self.stage('e', e.when, e.goid, &name);
            }
            What::Syscall => {
                self.end_slice(e, "syscall");
                self.row(e.p).slice = Some((e.when, e.goid, true));
            }
            What::SyscallExit if e.p >= 0 => {
                self.end_slice(e, "");
                self.row(e.p).slice = Some((e.when, e.goid, false));
            }
            What::SyscallExit => self.instant(e, "syscall exit without a P", &format!("\"g\":{}", e.goid)),
            What::Retake => {
                self.end_slice(e, "retaken");
                self.instant(e, "retake", "");
                self.release(e);
            }
            What::Preempt => self.instant(e, "preempt request", ""),
            What::Steal => self.instant(e, "steal", &format!("\"g\":{},\"from\":\"P{}\"", e.goid, e.arg)),
            What::Timer => {
                self.slice(PROCESSORS, tid(e.p), (e.when, e.when), "timer", &format!("\"late_ns\":{}", e.arg));
            }
            What::ProcStart => {
                self.release(e);
                self.row(e.p).held = Some((e.when, e.arg));
            }
            What::ProcStop => {
                self.end_slice(e, "");
                self.release(e);
            }
            What::StopWorld => self.world = Some((e.when, e.name)),
            What::StartWorld => {
                if let Some((since, why)) = self.world.take() {
                    self.slice(PROCESSORS, COLLECTOR, (since, e.when), &format!("world stopped: {why}"), "");
                }
            }
            What::Gc => {
                if let Some(since) = self.gc.take() {
                    let phase = if e.arg == 1 { "mark" } else { "begin to sweep" };
                    self.slice(PROCESSORS, COLLECTOR, (since, e.when), phase, "");
                }
                if e.arg < 2 {
                    self.gc = Some(e.when);
                }
            }
        }
    }

    fn row(&mut self, p: i32) -> &mut Row {
        self.rows.entry(p).or_default()
    }

    /// Whatever runs on the P of `e` ends there, for the reason `why`.
    fn end_slice(&mut self, e: &Event, why: &str) {
        if let Some((since, goid, call)) = self.row(e.p).slice.take() {
            self.run_slice(e.p, (since, e.when), goid, call, e.m, why);
        }
    }

    fn run_slice(&mut self, p: i32, span: (i64, i64), goid: u64, call: bool, m: i32, why: &str) {
        let name = name_of(goid);
        let name = if call { format!("syscall ({name})") } else { name.to_string() };
        let why = if why.is_empty() { String::new() } else { format!(",\"until\":\"{}\"", escaped(why)) };
        self.slice(PROCESSORS, p as i64, span, &name, &format!("\"g\":{goid},\"m\":{m}{why}"));
    }

    /// The M of the P of `e` has it no more.
    fn release(&mut self, e: &Event) {
        if let Some((since, m)) = self.row(e.p).held.take() {
            self.hold_slice(e.p, (since, e.when), m);
        }
    }

    fn hold_slice(&mut self, p: i32, span: (i64, i64), m: u64) {
        if self.threads.insert(m, ()).is_none() {
            self.row_name(THREADS, m as i64, &format!("M{m}"));
        }
        self.slice(THREADS, m as i64, span, &format!("P{p}"), "");
    }

    fn slice(&mut self, pid: u32, tid: i64, (from, to): (i64, i64), name: &str, args: &str) {
        let _ = write!(
            self.text,
            ",\n{{\"ph\":\"X\",\"pid\":{pid},\"tid\":{tid},\"ts\":{},\"dur\":{},\"name\":\"{}\",\"args\":{{{args}}}}}",
            micros(from),
            micros(to - from),
            escaped(name)
        );
    }

    fn instant(&mut self, e: &Event, name: &str, args: &str) {
        let _ = write!(
            self.text,
            ",\n{{\"ph\":\"i\",\"s\":\"t\",\"pid\":{PROCESSORS},\"tid\":{},\"ts\":{},\"name\":\"{name}\",\"args\":{{{args}}}}}",
            tid(e.p),
            micros(e.when)
        );
    }

    /// One end of the arrow from who made a goroutine runnable to where it runs.
    fn arrow(&mut self, end: char, e: &Event) {
        let id = e.goid << 24 | (e.waking >> 1 & 0xff_ffff) as u64;
        let bind = if end == 'f' { ",\"bp\":\"e\"" } else { "" };
        let _ = write!(
            self.text,
            ",\n{{\"ph\":\"{end}\"{bind},\"pid\":{PROCESSORS},\"tid\":{},\"ts\":{},\"id\":{id},\"cat\":\"wake\",\"name\":\"wake\"}}",
            tid(e.p),
            micros(e.when)
        );
    }

    /// A life or a wait of a goroutine begins or ends.
    fn stage(&mut self, end: char, when: i64, goid: u64, name: &str) {
        let _ = write!(
            self.text,
            ",\n{{\"ph\":\"{end}\",\"pid\":{GOROUTINES},\"ts\":{},\"id\":{goid},\"cat\":\"goroutine\",\"name\":\"{}\"}}",
            micros(when),
            escaped(name)
        );
    }

    /// What has not ended ends here.
    fn close(&mut self) {
        let now = self.last;
        let mut rows: Vec<_> = std::mem::take(&mut self.rows).into_iter().collect();
        rows.sort_by_key(|r| r.0);
        for (p, row) in rows {
            if let Some((since, goid, call)) = row.slice {
                self.run_slice(p, (since, now), goid, call, row.held.map_or(-1, |h| h.1 as i32), "end of the trace");
            }
            if let Some((since, m)) = row.held {
                self.hold_slice(p, (since, now), m);
            }
        }
        if let Some((since, why)) = self.world.take() {
            self.slice(PROCESSORS, COLLECTOR, (since, now), &format!("world stopped: {why}"), "");
        }
        for open in [std::mem::take(&mut self.waiting), std::mem::take(&mut self.alive)] {
            let mut open: Vec<_> = open.into_iter().filter(|o| o.1 > 0).collect();
            open.sort();
            for (goid, _) in open {
                self.stage('e', now, goid, "");
            }
        }
    }
}

/// The row of a P, or of none.
fn tid(p: i32) -> i64 {
    if p < 0 { NO_P } else { p as i64 }
}

fn name_of(goid: u64) -> &'static str {
    TRACER.get().and_then(|t| lock(&t.names).get(&goid).copied()).unwrap_or("goroutine")
}

/// Chrome's unit.
fn micros(ns: i64) -> String {
    // Another thread may have looked at the clock just before the first event.
    let ns = ns.max(0);
    format!("{}.{:03}", ns / 1000, ns % 1000)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_json() {
        assert_eq!(escaped("f[struct { A int \"x\\y\" }]\n"), "f[struct { A int \\\"x\\\\y\\\" }]\\u000a");
        assert_eq!(micros(1_234_567), "1234.567");
        assert_eq!(micros(5), "0.005");
    }
}
