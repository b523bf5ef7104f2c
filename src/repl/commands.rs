//! The commands that begin with a colon.

use super::entry::{self, PartKind};
use super::session::{Outcome, Screen, Session};
use super::values::Shown;
use minigo_bytecode::disasm;
use minigo_vm::session as vm;
use std::fmt::Write;

/// A command.
#[derive(Debug)]
pub struct Command {
    /// What is typed behind the colon.
    pub name: &'static str,
    /// What follows it.
    pub args: &'static str,
    /// One line for `:help`.
    pub help: &'static str,
    run: fn(&mut Session, &str, &mut dyn Screen) -> Done,
}

/// What becomes of the session.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// It goes on.
    Fine,
    /// It goes on, but the command could not be done.
    Failed,
    /// It is over.
    Quit,
    /// The keys of this editor are wanted.
    Keys(Keys),
}

/// Ways to edit a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Keys {
    Emacs,
    Vi,
}

/// Every command.
pub const NAMES: &[Command] = &[
    command("help", "", "this list", help),
    command(
        "type",
        "EXPR",
        "the type of an expression, without evaluating it",
        type_of,
    ),
    command(
        "doc",
        "NAME",
        "what a name is: strings, strings.Cut, a type, a method",
        doc,
    ),
    command(
        "load",
        "FILE",
        "read a file: a program is declared and its main runs",
        load,
    ),
    command(
        "save",
        "FILE",
        "write what still stands as a Go program",
        save,
    ),
    command("list", "", "what was typed and still stands", list),
    command("vars", "", "the variables and their values", vars),
    command(
        "goroutines",
        "",
        "every goroutine: state, position, who started it",
        goroutines,
    ),
    command(
        "sched",
        "",
        "the scheduler's processors, threads and queues",
        sched,
    ),
    command(
        "time",
        "EXPR",
        "run something and say how long it took",
        time,
    ),
    command(
        "dump",
        "bytecode FUNC",
        "the instructions that a function was compiled to",
        dump,
    ),
    command("set", "vi|emacs", "the keys for editing", set),
    command("undo", "", "forget what the last entry declared", undo),
    command("reset", "", "forget everything", reset),
    command("quit", "", "leave, as Ctrl-D does", quit),
];

const fn command(
    name: &'static str,
    args: &'static str,
    help: &'static str,
    run: fn(&mut Session, &str, &mut dyn Screen) -> Done,
) -> Command {
    Command {
        name,
        args,
        help,
        run,
    }
}

/// Runs a line that begins with a colon. A command may be abbreviated as long as one is meant.
pub fn run(session: &mut Session, line: &str, screen: &mut dyn Screen) -> Done {
    let line = line.trim().trim_start_matches(':');
    let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let exact = NAMES.iter().find(|c| c.name == name);
    let mut like = NAMES.iter().filter(|c| c.name.starts_with(name));
    let found = exact.or_else(|| like.next().filter(|_| !name.is_empty()));
    let Some(command) = found else {
        screen.error(&format!("unknown command :{name}; :help lists all\n"));
        return Done::Failed;
    };
    let rest = rest.trim();
    if rest.is_empty() && !command.args.is_empty() {
        screen.error(&format!("usage: :{} {}\n", command.name, command.args));
        return Done::Failed;
    }
    (command.run)(session, rest, screen)
}

fn help(_: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    let mut text = String::from(
        "Type Go: declarations, statements, expressions. What is unfinished goes on in the next line.\n\
         _ is the last result. Packages of the library import themselves.\n\n",
    );
    for c in NAMES {
        let usage = format!(":{} {}", c.name, c.args);
        let _ = writeln!(text, "  {usage:<22}{}", c.help);
    }
    text.push_str(
        "\n  Tab completes, Ctrl-R searches the history, Ctrl-C drops the line or stops what runs, Ctrl-D leaves.\n",
    );
    screen.text(&text);
    Done::Fine
}

fn type_of(session: &mut Session, expr: &str, screen: &mut dyn Screen) -> Done {
    match session.type_of(expr) {
        Ok(types) => {
            screen.text(&format!("{}\n", types.join(", ")));
            Done::Fine
        }
        Err(diags) => {
            session.complain(&diags, screen);
            Done::Failed
        }
    }
}

fn doc(session: &mut Session, name: &str, screen: &mut dyn Screen) -> Done {
    match session.doc(name) {
        Some(text) => {
            screen.text(&text);
            Done::Fine
        }
        None => {
            screen.error(&format!("nothing is known of {name}\n"));
            Done::Failed
        }
    }
}

fn outcome(outcome: Outcome) -> Done {
    match outcome {
        Outcome::Done => Done::Fine,
        _ => Done::Failed,
    }
}

fn load(session: &mut Session, path: &str, screen: &mut dyn Screen) -> Done {
    let text = match std::fs::read(path) {
        Ok(text) => String::from_utf8_lossy(&text).into_owned(),
        Err(e) => {
            screen.error(&format!(
                "open {path}: {}\n",
                crate::modules::error_text(&e)
            ));
            return Done::Failed;
        }
    };
    let result = session.enter_named(path, &text, screen);
    if result == Outcome::Unfinished {
        screen.error(&format!("{path}: unexpected end of file\n"));
    }
    outcome(result)
}

fn save(session: &mut Session, path: &str, screen: &mut dyn Screen) -> Done {
    let text = session.program_text();
    match std::fs::write(path, text) {
        Ok(()) => {
            screen.note(&format!("wrote {path}"));
            Done::Fine
        }
        Err(e) => {
            screen.error(&format!("{path}: {}\n", crate::modules::error_text(&e)));
            Done::Failed
        }
    }
}

fn list(session: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    let mut text = String::new();
    for entered in &session.entries {
        let mut first = true;
        for part in entered.parts.iter().filter(|p| !p.text.is_empty()) {
            let stands = part.names.is_empty() || part.names.iter().any(|n| session.stands(n));
            if !stands || part.kind == PartKind::Value {
                continue;
            }
            for line in part.text.lines() {
                let number = match std::mem::take(&mut first) {
                    true => format!("[{}]", entered.number),
                    false => String::new(),
                };
                let _ = writeln!(text, "{number:>5} {line}");
            }
        }
    }
    screen.text(&text);
    Done::Fine
}

fn vars(session: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    for (name, obj) in session.variables() {
        let width = screen.width().saturating_sub(name.len() + 3);
        if let Some(shown) = session.shown(obj, None, width) {
            screen.value(&Shown {
                value: format!("{name} = {}", shown.value),
                ..shown
            });
        }
    }
    Done::Fine
}

fn goroutines(_: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    let all = vm::goroutines();
    let mut text = String::new();
    for g in &all {
        let age = g.waited.map_or(String::new(), |ns| format!(" {}", age(ns)));
        let _ = writeln!(
            text,
            "{:>5} {:<16}{age:<5} {}",
            g.id,
            g.state,
            super::values::type_name(&g.at)
        );
        if !g.creator.is_empty() {
            let _ = writeln!(
                text,
                "{:29} started by {}",
                "",
                super::values::type_name(&g.creator)
            );
        }
    }
    if all.is_empty() {
        text.push_str("no goroutine is alive\n");
    }
    screen.text(&text);
    Done::Fine
}

fn age(ns: i64) -> String {
    match ns / 1_000_000_000 {
        s @ ..60 => format!("{s}s"),
        s @ ..3600 => format!("{}m", s / 60),
        s => format!("{}h", s / 3600),
    }
}

fn sched(_: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    screen.text(&minigo_runtime::sched_text());
    Done::Fine
}

fn time(session: &mut Session, expr: &str, screen: &mut dyn Screen) -> Done {
    let result = session.enter(expr, screen);
    if result == Outcome::Unfinished {
        screen.error("unexpected end of input\n");
    }
    if matches!(result, Outcome::Done | Outcome::Failed(_)) {
        screen.text(&format!("took {:?}\n", session.took));
    }
    outcome(result)
}

fn dump(session: &mut Session, args: &str, screen: &mut dyn Screen) -> Done {
    let Some(name) = args
        .strip_prefix("bytecode")
        .map(str::trim)
        .filter(|n| !n.is_empty())
    else {
        screen.error("usage: :dump bytecode FUNC\n");
        return Done::Failed;
    };
    let Some(func) = session.function(name) else {
        screen.error(&format!("{name} is no function without type parameters\n"));
        return Done::Failed;
    };
    let line_of = |file: &str, line: u32| session.line_of(file, line);
    let program = session.growing.program();
    screen.text(&disasm::func(
        program,
        &program.funcs[func as usize],
        &line_of,
    ));
    Done::Fine
}

fn set(_: &mut Session, keys: &str, screen: &mut dyn Screen) -> Done {
    match keys {
        "vi" => Done::Keys(Keys::Vi),
        "emacs" => Done::Keys(Keys::Emacs),
        _ => {
            screen.error("usage: :set vi|emacs\n");
            Done::Failed
        }
    }
}

fn undo(session: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    match session.undo() {
        Some(number) => {
            screen.note(&format!(
                "input[{number}] is forgotten; what it did is done"
            ));
            Done::Fine
        }
        None => {
            screen.error("there is nothing to undo\n");
            Done::Failed
        }
    }
}

fn reset(session: &mut Session, _: &str, screen: &mut dyn Screen) -> Done {
    while session.undo().is_some() {}
    screen.note("everything is forgotten; goroutines go on");
    Done::Fine
}

fn quit(_: &mut Session, _: &str, _: &mut dyn Screen) -> Done {
    Done::Quit
}

/// Whether a text is a command.
pub fn is_command(text: &str) -> bool {
    text.trim_start().starts_with(':') && !entry::is_program(text)
}
