//! Programs that try to use more than they may: each ends with its limit's fatal error and exit status, soon, and the
//! process never holds much more memory than it was given.

use crate::tools;
use libtest_mimic::Trial;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MEMORY: (i32, &str) = (
    122,
    "fatal error: the program needs more than 64 MB of memory (-max-memory)\n",
);
const TIME: (i32, &str) = (
    124,
    "fatal error: the program ran longer than 300ms (-timeout)\n",
);
const GOROUTINES: (i32, &str) = (
    121,
    "fatal error: the program has more than 1000 goroutines (-max-goroutines)\n",
);
const OUTPUT: (i32, &str) = (
    120,
    "fatal error: the program wrote more than 100 KB (-max-output)\n",
);

/// A name, the limit that is to strike, and the statements (or declarations) of the program.
const CASES: &[(&str, (i32, &str), &str)] = &[
    (
        "one huge allocation",
        MEMORY,
        "b := make([]byte, 1<<33); b[0] = 1; println(len(b))",
    ),
    (
        "many small allocations",
        MEMORY,
        "type N struct{ next *N; x [3]int }; var l *N; for { l = &N{next: l} }",
    ),
    (
        "deep recursion",
        MEMORY,
        "func f(a [100]int) int { return f(a) + a[0] }; func main() { f([100]int{}) }",
    ),
    (
        "a string that doubles",
        MEMORY,
        "s := \"x\"; for { s += s }",
    ),
    (
        "a growing map",
        MEMORY,
        "m := map[int]string{}; for i := 0; ; i++ { m[i] = strconv.Itoa(i) }",
    ),
    (
        "append",
        MEMORY,
        "var s []int; for i := 0; ; i++ { s = append(s, i) }",
    ),
    (
        "append of itself",
        MEMORY,
        "s := []byte{1}; for { s = append(s, s...) }",
    ),
    (
        "channels with buffers",
        MEMORY,
        "var all []chan [1024]byte; for { all = append(all, make(chan [1024]byte, 100)) }",
    ),
    (
        "one giant channel",
        MEMORY,
        "c := make(chan [65535]byte, 1<<20); println(cap(c))",
    ),
    (
        "strings.Repeat",
        MEMORY,
        "println(len(strings.Repeat(\"abc\", 1<<30)))",
    ),
    (
        "a wide format",
        MEMORY,
        "println(len(fmt.Sprintf(\"%*d\", 1_000_000, 1))); var all []string; for { all = append(all, fmt.Sprintf(\"%*d\", 1_000_000, 1)) }",
    ),
    (
        "a builder",
        MEMORY,
        "var b strings.Builder; for { b.WriteString(\"some text that goes on and on\") }",
    ),
    (
        "a buffer",
        MEMORY,
        "var b bytes.Buffer; for { fmt.Fprintf(&b, \"%d %v\", 1, []int{1, 2, 3}) }",
    ),
    (
        "goroutines with big stacks",
        MEMORY,
        "func f(n int, a [64]int) int { if n == 0 { time.Sleep(time.Hour); return 0 }; return f(n-1, a) + a[0] }; func main() { for { go f(100, [64]int{}); runtime.Gosched() } }",
    ),
    (
        "who recovers",
        MEMORY,
        "func f() { defer func() { recover(); f() }(); _ = make([]byte, 1<<32) }; func main() { f() }",
    ),
    (
        "who defers",
        MEMORY,
        "defer func() { for { println(\"still here\") } }(); b := make([]int, 1<<31); println(len(b))",
    ),
    (
        "big numbers",
        MEMORY,
        "x := strings.Repeat(\"9\", 1<<20); var all []string; for i := 0; ; i++ { all = append(all, strconv.Quote(x)) }",
    ),
    (
        "timers",
        MEMORY,
        "for { time.AfterFunc(time.Hour, func() {}) }",
    ),
    (
        "one goroutine among many that work and wait",
        MEMORY,
        "func main() { l, err := net.Listen(\"tcp\", \"127.0.0.1:0\"); if err != nil { panic(err) }; var wg sync.WaitGroup; for range 20 { wg.Add(2); go func() { c, err := net.Dial(\"tcp\", l.Addr().String()); wg.Done(); if err == nil { io.Copy(io.Discard, c) } }(); go func() { c, err := l.Accept(); wg.Done(); if err == nil { defer c.Close(); select {} } }(); go func() { for i := 0; ; i++ { if i%1000 == 0 { runtime.Gosched() } } }(); go func() { time.Sleep(time.Hour) }() }; wg.Wait(); go func() { defer func() { recover() }(); var all [][]byte; for { all = append(all, make([]byte, 10000)); all[len(all)-1][9] = 1 } }(); select {} }",
    ),
    ("an empty loop", TIME, "for {}"),
    (
        "loops on all processors",
        TIME,
        "for range 8 { go func() { for {} }() }; select {}",
    ),
    ("a sleep", TIME, "time.Sleep(time.Hour)"),
    (
        "who recovers in time",
        TIME,
        "func f() { defer func() { recover(); f() }(); for { panic(1) } }; func main() { for { f() } }",
    ),
    (
        "who ignores signals",
        TIME,
        "signal.Ignore(); c := make(chan os.Signal, 1); signal.Notify(c); for { <-c }",
    ),
    (
        "a process that hangs",
        TIME,
        "exec.Command(\"sleep\", \"1000\").Run()",
    ),
    (
        "a million goroutines",
        GOROUTINES,
        "for range 1_000_000 { go func() { select {} }() }",
    ),
    (
        "goroutines that beget",
        GOROUTINES,
        "func f() { for { go f() } }; func main() { f() }",
    ),
    (
        "goroutines and recover",
        GOROUTINES,
        "func f() { defer func() { recover(); go f() }(); go f(); go f(); panic(1) }; func main() { f(); select {} }",
    ),
    (
        "endless output",
        OUTPUT,
        "for { fmt.Println(\"again and again\") }",
    ),
    (
        "one large output",
        OUTPUT,
        "os.Stdout.WriteString(strings.Repeat(\"x\", 1<<20))",
    ),
    (
        "output by println",
        OUTPUT,
        "for { println(\"again and again\") }",
    ),
    (
        "output through another name",
        OUTPUT,
        "f, err := os.OpenFile(\"/proc/self/fd/1\", os.O_WRONLY, 0); if err != nil { panic(err) }; for { f.WriteString(\"again and again\") }",
    ),
    (
        "output from many goroutines",
        OUTPUT,
        "for range 8 { go func() { for { fmt.Println(1) } }() }; select {}",
    ),
    (
        "panics that recover",
        OUTPUT,
        "func f() { defer func() { fmt.Println(recover()); f() }(); panic(\"text\") }; func main() { f() }",
    ),
];

/// Programs that stay within the limits.
const MODEST: &[(&str, &str)] = &[
    (
        "garbage is no use of memory",
        "n := 0; for i := range 20000 { b := make([]byte, 20000); n += len(b) + i }; fmt.Println(n)",
    ),
    (
        "goroutines one after the other",
        "for range 20000 { c := make(chan int); go func() { c <- 1 }(); <-c }; fmt.Println(\"done\")",
    ),
    (
        "a status of its own",
        "fmt.Println(strings.Repeat(\"x\", 50000)); os.Exit(0)",
    ),
];

const FLAGS: [&str; 3] = [
    "-max-memory=64MB",
    "-max-goroutines=1000",
    "-max-output=100KB",
];

struct End {
    status: i32,
    stderr: String,
    /// The most memory that the process had.
    peak: u64,
    took: Duration,
}

/// Runs a program and watches its memory.
fn run(text: &str, flags: &[&str]) -> Result<End, String> {
    let mut command: Command = tools::minigo();
    let start = Instant::now();
    let mut child = command
        .args(flags)
        .args(["-e", text])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| e.to_string())?;
    let mut stderr = child.stderr.take().ok_or("no stderr")?;
    let reader = std::thread::spawn(move || {
        let mut text = Vec::new();
        let _ = std::io::Read::read_to_end(&mut stderr, &mut text);
        String::from_utf8_lossy(&text).into_owned()
    });
    let mut peak = 0;
    let status = loop {
        let path = format!("/proc/{}/status", child.id());
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let kb = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<u64>().ok());
        peak = peak.max(kb.unwrap_or(0) << 10);
        match child.try_wait().map_err(|e| e.to_string())? {
            Some(status) => break status,
            None if start.elapsed() > Duration::from_secs(120) => {
                let _ = child.kill();
                return Err("it goes on for ever".to_string());
            }
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    Ok(End {
        status: status
            .code()
            .unwrap_or_else(|| 128 + status.signal().unwrap_or(0)),
        stderr: reader.join().unwrap_or_default(),
        peak,
        took: start.elapsed(),
    })
}

fn strikes(text: &str, (status, message): (i32, &str)) -> Result<(), String> {
    let timeout = if status == 124 {
        "-timeout=300ms"
    } else {
        "-timeout=60s"
    };
    let only = match status {
        121 => "-max-goroutines=1000",
        // A limit that none of these programs reaches beside its time.
        120 | 124 => "-max-output=100KB",
        _ => "-max-memory=64MB",
    };
    let end = run(text, &[only, timeout])?;
    let shown: String = end.stderr.chars().take(2000).collect();
    if end.status != status || !end.stderr.contains(message) {
        return Err(format!("exit status {}, stderr:\n{shown}", end.status));
    }
    // What a debug build needs to compile comes on top.
    if status == 122 && end.peak > 250 << 20 {
        return Err(format!("the process had {} MB", end.peak >> 20));
    }
    if status == 124 && end.took > Duration::from_secs(30) {
        return Err(format!("it took {:?}", end.took));
    }
    Ok(())
}

fn stays(text: &str) -> Result<(), String> {
    let end = run(text, &FLAGS)?;
    match end.status {
        0 => Ok(()),
        status => Err(format!("exit status {status}, stderr:\n{}", end.stderr)),
    }
}

/// Nothing that a program started outlives it when it is over its time.
fn no_orphans() -> Result<(), String> {
    let mark = format!("98765.{}", std::process::id());
    let text =
        format!("exec.Command(\"sh\", \"-c\", \"sleep {mark} & sleep {mark} & wait\").Run()");
    let end = run(&text, &["-timeout=300ms"])?;
    if end.status != 124 {
        return Err(format!(
            "exit status {}, stderr:\n{}",
            end.status, end.stderr
        ));
    }
    for entry in std::fs::read_dir("/proc")
        .map_err(|e| e.to_string())?
        .flatten()
    {
        let line = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
        if line.starts_with(b"sleep") && String::from_utf8_lossy(&line).contains(&mark) {
            return Err("a process is left".to_string());
        }
    }
    Ok(())
}

pub fn trials() -> Vec<Trial> {
    let id = |name: &str| format!("limits/{}", name.replace(' ', "_"));
    let strike = |&(name, limit, text): &(&'static str, (i32, &'static str), &'static str)| {
        Trial::test(id(name), move || strikes(text, limit).map_err(Into::into))
    };
    let modest = |&(name, text): &(&'static str, &'static str)| {
        Trial::test(id(name), move || stays(text).map_err(Into::into))
    };
    let mut all: Vec<Trial> = CASES.iter().map(strike).collect();
    all.extend(MODEST.iter().map(modest));
    all.push(Trial::test(id("no orphans"), || {
        no_orphans().map_err(Into::into)
    }));
    all.into_iter().map(|t| t.with_kind("limits")).collect()
}
