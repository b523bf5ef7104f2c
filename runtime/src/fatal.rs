//! The ends that nobody recovers from: Go's fatal errors, and faults of our own. (Go: `throw`, `fatal`)

/// A fault of the runtime itself.
#[cold]
pub fn throw(msg: &str) -> ! {
    eprintln!("minigo: internal error: runtime: {msg}");
    std::process::abort()
}

/// A fatal error of the program: `fatal error: MSG`, every goroutine's traceback, exit status 2.
#[cold]
pub fn fatal(msg: &str) -> ! {
    let _ = msg;
    todo!()
}
