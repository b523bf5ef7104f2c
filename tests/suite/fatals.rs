//! Fatal errors of the runtime, each by a program of a line: the text and exit status 2, as with the real Go.

use crate::tools;
use libtest_mimic::Trial;
use std::process::Stdio;

/// Name, statements, and what standard error begins with behind `fatal error: `.
const CASES: &[(&str, &str, &str)] = &[
    (
        "finalizer/nil",
        "runtime.SetFinalizer(nil, nil)",
        "runtime.SetFinalizer: first argument is nil\n",
    ),
    (
        "finalizer/no pointer",
        "runtime.SetFinalizer(5, nil)",
        "runtime.SetFinalizer: first argument is int, not pointer\n",
    ),
    (
        "finalizer/nil pointer",
        "runtime.SetFinalizer((*int)(nil), nil)",
        "runtime.SetFinalizer: pointer not in allocated block\n",
    ),
    (
        "finalizer/inside",
        "p := new([4]string); runtime.SetFinalizer(&p[1], nil)",
        "runtime.SetFinalizer: pointer not at beginning of allocated block\n",
    ),
    (
        "finalizer/no function",
        "runtime.SetFinalizer(new([9]int), 7)",
        "runtime.SetFinalizer: second argument is int, not a function\n",
    ),
    (
        "finalizer/variadic",
        "runtime.SetFinalizer(new([9]int), func(...*[9]int) {})",
        "runtime.SetFinalizer: cannot pass *[9]int to finalizer func(...*[9]int) because dotdotdot\n",
    ),
    (
        "finalizer/two parameters",
        "runtime.SetFinalizer(new([9]int), func(a, b int) {})",
        "runtime.SetFinalizer: cannot pass *[9]int to finalizer func(int, int)\n",
    ),
    (
        "finalizer/wrong type",
        "runtime.SetFinalizer(new([9]int), func(*int) {})",
        "runtime.SetFinalizer: cannot pass *[9]int to finalizer func(*int)\n",
    ),
    (
        "finalizer/wrong interface",
        "runtime.SetFinalizer(new([9]int), func(error) {})",
        "runtime.SetFinalizer: cannot pass *[9]int to finalizer func(error)\n",
    ),
    (
        "finalizer/twice",
        "p := new([9]int); runtime.SetFinalizer(p, func(any) {}); runtime.SetFinalizer(p, func(any) {})",
        "runtime.SetFinalizer: finalizer already set\n",
    ),
    ("go nil", "var f func(); go f()", "go of nil func value\n"),
    (
        "deadlock",
        "select {}",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [select (no cases)]:\n",
    ),
    (
        "deadlock/finalizers do not count",
        "runtime.SetFinalizer(new([9]int), func(any) {}); runtime.AddCleanup(new([9]int), func(int) {}, 1); runtime.GC(); <-(chan int)(nil)",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive (nil chan)]:\n",
    ),
    (
        "goexit",
        "runtime.Goexit()",
        "no goroutines (main called runtime.Goexit) - deadlock!\n",
    ),
    (
        "deadlock/locked",
        "runtime.LockOSThread(); make(chan int) <- 1",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan send, locked to thread]:\n",
    ),
    (
        "deadlock/goexit and others",
        "go func() { var mu sync.Mutex; mu.Lock(); mu.Lock() }(); runtime.Goexit()",
        "all goroutines are asleep - deadlock!\n",
    ),
    (
        "deadlock/mutex",
        "var mu sync.Mutex; mu.Lock(); mu.Lock()",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.Mutex.Lock]:\n",
    ),
    (
        "deadlock/reader",
        "var rw sync.RWMutex; rw.Lock(); rw.RLock()",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.RWMutex.RLock]:\n",
    ),
    (
        "deadlock/writer",
        "var rw sync.RWMutex; rw.RLock(); rw.Lock()",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.RWMutex.Lock]:\n",
    ),
    (
        "deadlock/group",
        "var wg sync.WaitGroup; wg.Add(2); wg.Done(); wg.Wait()",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.WaitGroup.Wait]:\n",
    ),
    (
        "deadlock/once",
        "var once sync.Once; once.Do(func() { once.Do(func() {}) })",
        "all goroutines are asleep - deadlock!\n\ngoroutine 1 [sync.Mutex.Lock]:\n",
    ),
    (
        "unlock/mutex",
        "var mu sync.Mutex; mu.Unlock()",
        "sync: unlock of unlocked mutex\n",
    ),
    (
        "unlock/twice",
        "mu := new(sync.Mutex); mu.Lock(); mu.Unlock(); defer mu.Unlock()",
        "sync: unlock of unlocked mutex\n",
    ),
    (
        "unlock/embedded",
        "var s struct { n int; sync.Mutex }; sync.Locker(&s).Unlock()",
        "sync: unlock of unlocked mutex\n",
    ),
    (
        "unlock/writer",
        "var rw sync.RWMutex; rw.RLock(); rw.Unlock()",
        "sync: Unlock of unlocked RWMutex\n",
    ),
    (
        "unlock/reader",
        "var rw sync.RWMutex; rw.RLock(); rw.RUnlock(); rw.RUnlock()",
        "sync: RUnlock of unlocked RWMutex\n",
    ),
    (
        "unlock/reader of a writer",
        "var rw sync.RWMutex; rw.Lock(); rw.RUnlock()",
        "sync: RUnlock of unlocked RWMutex\n",
    ),
];

pub fn trials() -> Vec<Trial> {
    let make = |&(name, program, text): &(&'static str, &'static str, &'static str)| {
        Trial::test(format!("fatal/{name}"), move || {
            let got = tools::run(tools::minigo().args(["run", "-e", program]), b"")?;
            let want = format!("fatal error: {text}");
            if got.status == 2 && got.stderr.starts_with(&want) {
                return Ok(());
            }
            Err(format!(
                "want status 2 and {want:?}; got {} and:\n{}",
                got.status, got.stderr
            )
            .into())
        })
    };
    let mut trials: Vec<Trial> = CASES.iter().map(make).collect();
    trials.push(Trial::test("fatal/sigquit", || quit().map_err(Into::into)));
    trials.push(Trial::test("debug/tracebackancestors", || {
        ancestors().map_err(Into::into)
    }));
    trials.push(Trial::test("debug/schedtrace", || {
        schedtrace().map_err(Into::into)
    }));
    trials.push(Trial::test("debug/forcegc", || {
        forcegc().map_err(Into::into)
    }));
    trials
}

/// Every pattern matches, in this order, in the lines of `text`.
fn lines_match(text: &str, patterns: &[&str]) -> Result<(), String> {
    let mut lines = text.lines();
    for p in patterns {
        let re = regex::Regex::new(&format!("^(?:{p})$")).map_err(|e| e.to_string())?;
        if !lines.any(|l| re.is_match(l)) {
            return Err(format!(
                "no line (or too early) is {p:?}; the text is:\n{text}"
            ));
        }
    }
    Ok(())
}

/// SIGQUIT shows every goroutine: state, reason, thread, where it is and where it comes from.
fn quit() -> Result<(), String> {
    let program = r#"
        var mu sync.Mutex
        mu.Lock()
        go func() { mu.Lock() }()
        go func() { for {} }()
        go func() { runtime.LockOSThread(); time.Sleep(time.Hour) }()
        c := make(chan bool)
        go func() { select { case <-c: case c <- true: } }()
        time.Sleep(50 * time.Millisecond)
        fmt.Println("ready")
        <-c
        <-c
    "#;
    let mut command = tools::minigo();
    command
        .args(["run", "-e", program])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| e.to_string())?;
    let mut out = child.stdout.take().ok_or("no stdout")?;
    let _ = std::io::Read::read(&mut out, &mut [0; 1]); // it is ready
    let kill = std::process::Command::new("kill")
        .args(["-QUIT", &child.id().to_string()])
        .status();
    kill.map_err(|e| e.to_string())?;
    let got = child.wait_with_output().map_err(|e| e.to_string())?;
    let text = String::from_utf8_lossy(&got.stderr);
    if got.status.code() != Some(2) || !text.starts_with("SIGQUIT: quit\n") {
        return Err(format!("{}: {text}", got.status));
    }
    for block in [
        &[
            "goroutine 1 \\[chan receive\\]:",
            r"main\.main\(\)",
            r"\t.*:\d+ \+0x[0-9a-f]+",
        ][..],
        &[
            "goroutine \\d+ \\[sync.Mutex.Lock\\]:",
            r"main\.main\.func1\(\)",
            r"created by main\.main in goroutine 1",
            r"\t.*:\d+ .*",
        ],
        &["goroutine \\d+ \\[(running|runnable)\\]:", ".*"],
        &[
            "goroutine \\d+ \\[sleep, locked to thread\\]:",
            r"main\.main\.func3\(\)",
        ],
    ] {
        lines_match(&text, block)?;
    }
    Ok(())
}

fn debug(var: &str, program: &str) -> Result<tools::Outcome, String> {
    tools::run(
        tools::minigo()
            .env("MINIGO_DEBUG", var)
            .args(["run", "-e", program]),
        b"",
    )
}

fn ancestors() -> Result<(), String> {
    let program = "go func() { go func() { panic(7) }(); select {} }(); select {}";
    let got = debug("tracebackancestors=5", program)?;
    let all = [
        "panic: 7",
        r"goroutine \d+ \[running\]:",
        r"main\.main\.func1\.1\(\)",
        r"created by main\.main\.func1 in goroutine \d+",
        r"\[originating from goroutine \d+\]:",
        r"main\.main\.func1\(\.\.\.\)",
        r"created by main\.main",
        r"\[originating from goroutine 1\]:",
        r"main\.main\(\.\.\.\)",
    ];
    lines_match(&got.stderr, &all)?;
    let one = debug("tracebackancestors=1", program)?;
    if one.stderr.matches("originating").count() == 1 {
        Ok(())
    } else {
        Err(one.stderr)
    }
}

fn schedtrace() -> Result<(), String> {
    let program = "go func() { select {} }(); time.Sleep(400 * time.Millisecond)";
    let got = debug("schedtrace=20", program)?;
    let head = r"SCHED \d+ms: gomaxprocs=\d+ idleprocs=\d+ threads=\d+ spinningthreads=\d+ needspinning=\d+ idlethreads=\d+ runqueue=\d+ ";
    let short = format!(r"{head}\[( \d+)+ \] schedticks=\[( \d+)+ \]");
    lines_match(&got.stderr, &[&short, &short])?;
    let got = debug("schedtrace=20,scheddetail=1", program)?;
    lines_match(
        &got.stderr,
        &[
            &format!(
                "{head}gcwaiting=false nmidlelocked=-?\\d+ stopwait=0 sysmonwait=(true|false)"
            ),
            r"  P0: status=\d schedtick=\d+ syscalltick=\d+ m=(nil|\d+) runqsize=\d+ gfreecnt=\d+ timerslen=\d+",
            r"  M0: p=(nil|\d+) curg=(nil|\d+) mallocing=0 throwing=0 preemptoff= locks=0 dying=0 spinning=(true|false) blocked=(true|false) lockedg=nil",
            r"  G1: status=4\(sleep\) m=nil lockedm=nil",
            r"  G\d+: status=4\(select \(no cases\)\) m=nil lockedm=nil",
        ],
    )
}

/// An idle program collects now and then, and gives its unused memory back.
fn forcegc() -> Result<(), String> {
    let program = r#"
        x := make([]byte, 50<<20)
        for i := range x { x[i] = 1 }
        x = nil
        var m runtime.MemStats
        for m.HeapReleased < 40<<20 {
            time.Sleep(20 * time.Millisecond)
            runtime.ReadMemStats(&m)
        }
        fmt.Println(m.NumGC >= 2, m.NumForcedGC >= 2)
    "#;
    let got = debug("forcegc=50", program)?;
    tools::same("stdout", "true true\n", &got.stdout)
}
