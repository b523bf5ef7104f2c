//! `minigo repl`, and `minigo` alone: a session on a terminal, or a script on standard input.
//!
//! `session.rs` takes entries and gives what happened; it knows no terminal. `terminal.rs` is the one on which a person
//! types, `script.rs` the one without a person.

mod commands;
mod completion;
mod entry;
mod highlight;
mod inquiry;
mod output;
mod saving;
mod script;
mod session;
mod terminal;
mod values;

use std::io::IsTerminal;

/// The stack of the session's thread, which compiles: see `cli.rs`.
const STACK: usize = 1 << 30;

/// Runs a session; returns the exit status.
pub fn main() -> u8 {
    if let Err(text) = minigo_runtime::debug::parse_env() {
        return crate::cli::usage_error(&format!("{text}\n"));
    }
    let name = std::env::args().next().unwrap_or_default();
    minigo_stdlib::set_args(vec![name.into_bytes()]);
    let on_terminal = std::io::stdin().is_terminal();
    let serve = move || match on_terminal {
        true => terminal::main(),
        false => script::main(),
    };
    let thread = std::thread::Builder::new().stack_size(STACK).spawn(serve);
    match thread {
        Ok(thread) => thread.join().unwrap_or(2), // the panic has been reported
        Err(e) => crate::cli::fail(&format!("cannot start a thread: {e}")),
    }
}

/// Writes to standard error what ends goroutines.
fn report(text: &[u8]) {
    minigo_runtime::session::write_all(2, text);
}
