//! The `MINIGO_DEBUG` variables, in one table with one sentence each. (Go: `dbgvars` in runtime/runtime1.go)
//!
//! `MINIGO_DEBUG=name=value,name=value`; a bare name means 1. Unknown ones are an error that lists the known.
//! Knows nothing of: who reads them.

use crate::sync::*;

/// A variable.
pub struct DebugVar {
    pub name: &'static str,
    /// What it does, in one sentence.
    pub help: &'static str,
    value: AtomicI64,
}

impl DebugVar {
    #[inline]
    pub fn get(&self) -> i64 {
        self.value.load(Relaxed)
    }

    #[inline]
    pub fn on(&self) -> bool {
        self.get() != 0
    }

    pub fn set(&self, v: i64) {
        self.value.store(v, Relaxed);
    }
}

macro_rules! debug_vars {
    ($($ident:ident $name:literal $help:literal)*) => {
        $(
            #[doc = $help]
            pub static $ident: DebugVar = DebugVar { name: $name, help: $help, value: AtomicI64::new(0) };
        )*
        /// All of them, by name.
        pub static VARS: &[&DebugVar] = &[$(&$ident),*];
    };
}

debug_vars! {
    FORCEGC "forcegc" "forcegc=N collects garbage when nobody has for N milliseconds, instead of two minutes."
    GCOFF "gcoff" "gcoff=1 collects garbage only when the program asks for it, or when memory runs out."
    GCSTRESS "gcstress" "gcstress=1 collects garbage at every allocation and checks the heap after each collection."
    GCTRACE "gctrace" "gctrace=1 prints one line per garbage collection."
    GCVERIFY "gcverify" "gcverify=1 walks and checks the whole heap after every collection."
    MAINMARK "mainmark" "mainmark=FD writes a line to file descriptor FD when main.main begins, when it returns, and when the program exits by itself."
    SCAVTRACE "scavtrace" "scavtrace=1 prints one line each time that idle memory has been given back to the system."
    SCHEDDETAIL "scheddetail" "scheddetail=1 with schedtrace=N prints every P, M and G as well."
    SCHEDSTRESS "schedstress" "schedstress=1 runs goroutines in random order and preempts them at random safepoints."
    SCHEDTRACE "schedtrace" "schedtrace=N prints one line about the scheduler every N milliseconds."
    TRACEBACKANCESTORS "tracebackancestors" "tracebackancestors=N shows where the N goroutines before it came from that led to a goroutine."
}

/// Reads `MINIGO_DEBUG`. The error is a complete sentence for the user.
pub fn parse_env() -> Result<(), String> {
    match std::env::var_os("MINIGO_DEBUG") {
        Some(v) => parse(&v.to_string_lossy()),
        None => Ok(()),
    }
}

/// Sets variables from `name=value,…`.
pub fn parse(text: &str) -> Result<(), String> {
    for field in text.split(',').map(str::trim).filter(|f| !f.is_empty()) {
        let (name, value) = field.split_once('=').unwrap_or((field, "1"));
        let Some(var) = VARS.iter().find(|v| v.name == name) else {
            let known: Vec<_> = VARS.iter().map(|v| v.name).collect();
            return Err(format!("MINIGO_DEBUG: unknown variable {name:?}; known are {}", known.join(", ")));
        };
        let Ok(value) = value.parse() else {
            return Err(format!("MINIGO_DEBUG: {name}={value} is not a number; {}", var.help));
        };
        var.set(value);
    }
    Ok(())
}

/// Writes a line to the descriptor of `mainmark`, if there is one: what a test runner can believe, whatever the program
/// prints.
pub fn mark_main(what: &str) {
    use std::io::Write;
    use std::os::fd::FromRawFd;
    if MAINMARK.on() {
        // SAFETY: the user named an open descriptor; it is not closed, because the file is forgotten.
        let mut out = std::mem::ManuallyDrop::new(unsafe { std::fs::File::from_raw_fd(MAINMARK.get() as i32) });
        let _ = writeln!(out, "{what}"); // nobody to tell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_variables_are_an_error_that_lists_the_known() {
        let err = parse("schedtrace=0,nosuch=1").unwrap_err();
        assert!(err.contains("\"nosuch\"") && err.contains("gcstress") && err.contains("schedtrace"), "{err}");
        assert!(parse("scheddetail=x").unwrap_err().contains("is not a number"));
        assert!(parse("").is_ok());
    }

    #[test]
    fn the_table_is_sorted_and_explains_itself() {
        assert!(VARS.is_sorted_by_key(|v| v.name));
        assert!(VARS.iter().all(|v| v.help.starts_with(v.name) && v.help.ends_with('.')));
    }
}
