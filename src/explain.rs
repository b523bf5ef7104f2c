//! `minigo explain`: what a code in a diagnostic means, with a program that has the mistake.

use crate::cli;
use crate::options::Parsed;
use minigo_syntax::codes::Code;
use minigo_syntax::spelling::nearest;

/// Prints the codes that are asked for, or the list of all.
pub fn explain(parsed: &Parsed) -> u8 {
    if parsed.args.is_empty() {
        return cli::print(&list());
    }
    let mut text = String::new();
    for name in &parsed.args {
        let Some(code) = find(name) else {
            let names = Code::ALL.iter().map(|c| c.name());
            let hint = nearest(name, names)
                .map(|n| format!("; did you mean {n}?"))
                .unwrap_or_default();
            return cli::usage_error(&format!(
                "minigo explain {name}: unknown code{hint}\nRun 'minigo explain' for the list.\n"
            ));
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text += &about(code);
    }
    cli::print(&text)
}

/// The code of a name; case does not matter, nor brackets around it.
fn find(name: &str) -> Option<Code> {
    let name = name.trim_matches(['[', ']']);
    let all = Code::ALL.iter().copied();
    all.into_iter()
        .find(|c| c.name().eq_ignore_ascii_case(name))
}

fn list() -> String {
    let width = Code::ALL.iter().map(|c| c.name().len()).max().unwrap_or(0);
    let line = |c: &Code| format!("{:<width$}  {}\n", c.name(), c.meaning());
    let mut text: String = Code::ALL.iter().map(line).collect();
    text += "\nUse \"minigo explain CODE\" for an example.\n";
    text
}

fn about(code: Code) -> String {
    let mut text = format!("{}\n\n{}\n", code.name(), code.meaning());
    let example = code.example();
    if !example.is_empty() {
        text += "\nExample of a file with this mistake:\n\n    package p\n\n";
        for line in example.lines() {
            text += &format!("    {line}\n");
        }
    }
    text
}
