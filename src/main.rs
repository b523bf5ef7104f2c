//! The minigo command.

mod check;
mod cli;
mod completions;
mod constraints;
mod driver;
mod dump;
mod embed;
mod env;
mod explain;
mod files;
mod goroot;
mod limits;
mod man;
mod modules;
mod options;
mod packages;
mod repl;
mod run;
mod seeds;
mod snippet;
mod test;
mod txtar;

use std::process::ExitCode;

/// Programs may be given bounds; natives allocate on their behalf.
#[global_allocator]
static ALLOCATOR: minigo_runtime::limits::Watched = minigo_runtime::limits::Watched;

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
    // A test program is this one under another name, or started again by its own tests.
    if std::env::args_os()
        .next()
        .is_some_and(|name| name == test::RUNNER)
    {
        return ExitCode::from(test::runner(&args, true));
    }
    let is_restart = args.first().is_some_and(|a| a.starts_with("-test."));
    if is_restart && std::env::var_os(test::JOB).is_some() {
        return ExitCode::from(test::runner(&args, false));
    }
    ExitCode::from(cli::main(&args))
}
