//! Fatal errors of the runtime, each by a program of a line: the text and exit status 2, as with the real Go.

use crate::tools;
use libtest_mimic::Trial;

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
    CASES.iter().map(make).collect()
}
