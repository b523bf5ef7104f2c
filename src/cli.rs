//! What each command does.

use crate::driver::{Failure, Input, Session};
use crate::files::Files;
use crate::options::{self, Parsed};
use crate::packages::Store;
use crate::{check, completions, constraints, dump, env, explain, man, repl, run, test};
use minigo_compiler::render::{Form, Limit};
use minigo_runtime::stack;
use std::io::{IsTerminal, Write};

/// The version of the Go language that is implemented.
pub const LANGUAGE: &str = "go1.27";

/// Runs the command line `args` (without the program's name) and returns the exit status.
pub fn main(args: &[String]) -> u8 {
    if args.is_empty() {
        return repl::main();
    }
    let parsed = match options::parse(args) {
        Ok(parsed) => parsed,
        Err(text) => return usage_error(&text),
    };
    if let Some(list) = parsed.value("tags") {
        constraints::set_tags(list);
    }
    match parsed.command.name {
        "run" => run::run(&parsed),
        "repl" => repl::main(),
        "check" => check::check(&parsed),
        "explain" => explain::explain(&parsed),
        "dump" => dump(&parsed),
        "test" => test::test(&parsed),
        "env" => env::env(&parsed),
        "man" => print(&man::page()),
        "completions" => completions(&parsed),
        "version" => print(&format!(
            "minigo version {} {LANGUAGE} {}/{}\n",
            env!("CARGO_PKG_VERSION"),
            std::env::consts::OS,
            goarch()
        )),
        _ => help(&parsed),
    }
}

/// The architecture under Go's name.
pub fn goarch() -> &'static str {
    match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}

fn help(parsed: &Parsed) -> u8 {
    match parsed.args.first() {
        None => print(&options::usage()),
        Some(name) => match options::help(name) {
            Ok(text) => print(&text),
            Err(text) => usage_error(&text),
        },
    }
}

fn completions(parsed: &Parsed) -> u8 {
    match parsed
        .args
        .first()
        .and_then(|shell| completions::script(shell))
    {
        Some(text) => print(&text),
        None => usage_error(&format!(
            "minigo completions: say one of {}\n",
            completions::SHELLS.join(", ")
        )),
    }
}

/// Writes to stdout; a reader that went away is no error of ours.
pub fn print(text: &str) -> u8 {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => 0,
        Err(_) => 1,
    }
}

/// Says that the command line is wrong.
pub fn usage_error(text: &str) -> u8 {
    eprint!("{text}");
    2
}

/// Says why there is nothing to do.
pub fn fail(text: &str) -> u8 {
    eprintln!("minigo: {text}");
    1
}

/// The form of diagnostics that the flags or the terminal ask for.
pub fn form(parsed: &Parsed) -> Result<Form, String> {
    match parsed.value("diag") {
        Some("short") => Ok(Form::Short),
        Some("rich") => Ok(Form::Rich { color: false }),
        Some(other) => Err(format!(
            "invalid value {other:?} for flag -diag: want short or rich\n"
        )),
        None if std::io::stderr().is_terminal() => Ok(Form::Rich {
            color: std::env::var_os("NO_COLOR").is_none(),
        }),
        None => Ok(Form::Short),
    }
}

/// The stack for compiling: enough for passes that recurse once per level of the deepest tree the parser
/// builds, with the frames of a debug build. Only what is used is ever touched.
const COMPILER_STACK: usize = 1 << 30;

/// Finds the files that the arguments name and does `then` with them on a stack fit for compiling; errors are reported
/// here, and the exit status is the error.
pub fn compiled<T>(
    parsed: &Parsed,
    then: impl FnOnce(&mut Session<'_>, &Input) -> Result<T, Failure>,
) -> Result<T, u8> {
    let form = form(parsed).map_err(|text| usage_error(&text))?;
    let settings = check::settings(parsed).map_err(|text| usage_error(&text))?;
    let mut files = Files::default();
    let input = match parsed.value("e").filter(|_| parsed.command.executes()) {
        Some(text) => Input::text(text, &parsed.args),
        None => Input::find(&parsed.args, &mut files).map_err(|text| fail(&text))?,
    };
    let compile = || {
        // Never freed: the program runs right behind, or the process ends.
        let store: &Store = Box::leak(Box::new(Store::new(files)));
        let session = Box::leak(Box::new(Session::new(store, &input.dir, settings)));
        match then(session, &input) {
            Ok(result) => Ok(result),
            Err(Failure::Input(text)) => Err(fail(&text)),
            Err(Failure::Errors) => {
                eprint!("{}", session.rendered(form, Limit::Ten));
                Err(1)
            }
        }
    };
    on_big_stack(compile)?
}

/// Does something that compiles, on a stack that is deep enough. The error is the exit status; why has been said.
pub fn on_big_stack<T>(work: impl FnOnce() -> T) -> Result<T, u8> {
    let work = std::panic::AssertUnwindSafe(|| stack::on_stack(COMPILER_STACK, work));
    match std::panic::catch_unwind(work) {
        Ok(Ok(result)) => Ok(result),
        Ok(Err(e)) => Err(fail(&format!("no room for a stack: {e}"))),
        Err(_) => Err(2), // the panic has been reported
    }
}

fn dump(parsed: &Parsed) -> u8 {
    let stages = ["tokens", "ast", "types", "bytecode"];
    let asked: Vec<&str> = stages.into_iter().filter(|s| parsed.is_set(s)).collect();
    let [stage] = asked[..] else {
        return usage_error("minigo dump: say one of -tokens, -ast, -types, -bytecode\n");
    };
    dump::dump(parsed, stage)
}
