//! The minigo command.

mod check;
mod cli;
mod constraints;
mod driver;
mod dump;
mod files;
mod modules;
mod options;
mod packages;
mod repl;
mod run;
mod seeds;
mod snippet;
mod txtar;

use std::process::ExitCode;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        // A fault of ours never looks like the user's.
        eprintln!(
            "minigo: internal error: {panic}\nThis is a bug in minigo; please report it with the program that shows it."
        );
    }));
    let args: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    ExitCode::from(cli::main(&args))
}
