//! The manual page, from the tables that also make the help texts.

use crate::options::{COMMANDS, FlagKind, TOPICS};
use minigo_runtime::debug;

/// The page, as input for man(7) macros.
pub fn page() -> String {
    let mut out = format!(
        ".TH MINIGO 1 \"\" \"minigo {}\" \"User Commands\"\n.SH NAME\nminigo \\- run Go source at once\n",
        env!("CARGO_PKG_VERSION")
    );
    out += ".SH SYNOPSIS\n.B minigo\n.I COMMAND\n[flags] [arguments]\n.br\n.B minigo\n.I FILE.go\n[arguments]\n.br\n.B minigo\n";
    out += ".SH DESCRIPTION\nminigo compiles Go source to bytecode and executes it: no toolchain, no build step, no temporary \
            files. Without arguments, on a terminal, it is an interactive session. Flags are written with one dash or two, \
            as \\-name=value or \\-name value.\n.SH COMMANDS\n";
    for c in COMMANDS {
        out += &format!(
            ".SS minigo {} {}\n{}\n",
            escape(c.name),
            escape(c.args),
            escape(c.about)
        );
        for f in c.all_flags() {
            out += &format!(".TP\n.B \\-{}", escape(f.name));
            if let FlagKind::Value(v) = f.kind {
                out += &format!(" \\fI{}\\fR", escape(v));
            }
            out += &format!("\n{}\n", escape(f.help));
        }
    }
    for t in TOPICS {
        out += &format!(".SH {}\n{}\n", t.title.to_uppercase(), escape(&(t.text)()));
    }
    out += ".SH ENVIRONMENT\n.TP\n.B MINIGO_DEBUG\nA list name=value,name=value:\n";
    for v in debug::VARS {
        out += &format!(".RS\n.TP\n.B {}\n{}\n.RE\n", escape(v.name), escape(v.help));
    }
    out += ".TP\n.B GOMAXPROCS, GOGC, GOMEMLIMIT\nas with programs that the go command builds.\n\
            .TP\n.B NO_COLOR\nif set, nothing is coloured.\n";
    out
}

/// Text that man does not take for instructions.
fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let lines: Vec<String> = text
        .lines()
        .map(|l| match l.starts_with(['.', '\'']) {
            true => format!("\\&{l}"),
            false => l.to_string(),
        })
        .collect();
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_has_everything() {
        let page = page();
        for c in COMMANDS {
            assert!(page.contains(&format!(".SS minigo {}", escape(c.name))));
            assert!(c.all_flags().all(|f| page.contains(&escape(f.help))));
        }
        let macros = [".TH", ".SH", ".SS", ".TP", ".B", ".I", ".br", ".RS", ".RE"];
        for line in page.lines().filter(|l| l.starts_with('.')) {
            assert!(macros.contains(&line.split(' ').next().unwrap()), "{line}");
        }
    }
}
