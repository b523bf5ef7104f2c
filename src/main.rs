//! The minigo command.

mod cli;
mod constraints;
mod driver;
mod dump;
mod modules;
mod options;
mod packages;

fn main() -> std::process::ExitCode {
    let args: Vec<String> = std::env::args_os()
        .skip(1)
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    std::process::ExitCode::from(cli::main(&args))
}
