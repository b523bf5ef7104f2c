//! A session whose entries come from standard input: no prompts, values to standard output, everything else to standard
//! error, and the first entry that fails ends it with exit status 1 (or with the status that it asked for).

use super::commands::{self, Done};
use super::session::{Failed, Outcome, Screen, Session};
use super::values::Shown;
use minigo_compiler::render::Form;
use std::io::Write;
use std::path::Path;

/// Reads standard input to its end, entry by entry.
pub fn main() -> u8 {
    let mut session = match Session::open(Path::new("."), super::report) {
        Ok(session) => session,
        Err(text) => {
            eprint!("{text}");
            return 2;
        }
    };
    let mut screen = Plain;
    let mut entry = String::new();
    for line in std::io::stdin().lines() {
        let line = match line {
            Ok(line) => line,
            Err(e) => return crate::cli::fail(&format!("standard input: {e}")),
        };
        entry.push_str(&line);
        entry.push('\n');
        // A program is one entry to its end.
        if super::entry::is_program(&entry) || Session::is_unfinished(&entry) {
            continue;
        }
        if commands::is_command(&entry) {
            match commands::run(&mut session, &entry, &mut screen) {
                Done::Fine | Done::Keys(_) => entry.clear(),
                Done::Failed => return 1,
                Done::Quit => return 0,
            }
            continue;
        }
        match status(session.enter(&entry, &mut screen)) {
            None => entry.clear(),
            Some(status) => return status,
        }
    }
    // What is still unfinished will not become better.
    let outcome = match entry.trim() {
        "" => Outcome::Done,
        _ => session.enter(&entry, &mut screen),
    };
    match outcome {
        Outcome::Unfinished => {
            eprintln!("{}: unexpected end of input", session.next_name());
            1
        }
        outcome => status(outcome).unwrap_or(0),
    }
}

/// The exit status that an outcome leads to, if it ends the script.
fn status(outcome: Outcome) -> Option<u8> {
    match outcome {
        Outcome::Done | Outcome::Unfinished => None,
        Outcome::Wrong | Outcome::Failed(Failed::Died) => Some(1),
        Outcome::Failed(Failed::Exited(code)) => Some(code as u8),
    }
}

/// Standard output and standard error.
struct Plain;

impl Screen for Plain {
    fn note(&mut self, _text: &str) {}

    fn error(&mut self, text: &str) {
        eprint!("{text}");
    }

    fn value(&mut self, value: &Shown) {
        self.text(&format!("{}\n", plain(value)));
    }

    fn text(&mut self, text: &str) {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    fn form(&self) -> Form {
        Form::Short
    }

    fn width(&self) -> usize {
        100
    }

    fn interrupted(&mut self) -> bool {
        false
    }
}

/// A value without colours: `42 : int`, and a remark behind `//`.
pub fn plain(value: &Shown) -> String {
    let mut line = value.value.clone();
    if let Some(ty) = &value.ty {
        line.push_str(&format!(" : {ty}"));
    }
    if let Some(remark) = &value.remark {
        line.push_str(&format!("  // {}", remark.replace('\n', "\n// ")));
    }
    line
}
