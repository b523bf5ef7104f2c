//! The minigo command.

mod cli;
mod constraints;
mod driver;
mod dump;
mod modules;
mod options;
mod packages;

/// Trees nest as deep as `ast::MAX_DEPTH`, and the compiler recurses along: more than the stack that a process begins with.
/// Untouched pages of it cost nothing.
const STACK: usize = 512 << 20;

fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let status = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new()
            .name("main".into())
            .stack_size(STACK)
            .spawn_scoped(scope, || cli::main(&args));
        match thread {
            Ok(thread) => thread.join().unwrap_or(2),
            // Where address space is scarce, the stack at hand must do.
            Err(_) => cli::main(&args),
        }
    });
    std::process::ExitCode::from(status)
}
