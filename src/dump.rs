//! `minigo dump`: what each stage made of the program, as text.

use crate::cli;
use crate::options::Parsed;
use minigo_bytecode::disasm;
use minigo_bytecode::program::Program;
use minigo_compiler::check::dump::dump_types;
use minigo_syntax::dump::{dump_ast, dump_tokens};

/// Prints the stage that was asked for.
pub fn dump(parsed: &Parsed, stage: &str) -> u8 {
    let text = cli::compiled(parsed, |session, input| match stage {
        "tokens" => {
            let trees = session.parse(input)?;
            Ok(session.dumped(&trees, |source, _| dump_tokens(source)))
        }
        "ast" => {
            let trees = session.parse(input)?;
            Ok(session.dumped(&trees, dump_ast))
        }
        "types" => {
            let pkg = session.check(input)?;
            let trees = &session.checker.pkg(pkg).files;
            Ok(session.dumped(trees, |source, tree| {
                dump_types(&session.checker, tree, source)
            }))
        }
        _ => {
            let pkg = session.check(input)?;
            Ok(bytecode(&session.compile(pkg)?, parsed.value("func")))
        }
    });
    match text {
        Ok(text) => cli::print(&text),
        Err(status) => status,
    }
}

/// The functions whose name contains `filter`, or those of package main.
fn bytecode(program: &Program, filter: Option<&str>) -> String {
    let line_of = |file: &str, line: u32| {
        let text = std::fs::read_to_string(file).ok()?;
        text.lines().nth(line as usize - 1).map(str::to_string)
    };
    let wanted = |name: &str| match filter {
        Some(part) => name.contains(part),
        None => name.starts_with("main."),
    };
    let shown = program.funcs.iter().filter(|f| wanted(&f.name));
    shown
        .map(|f| disasm::func(program, f, &line_of))
        .collect::<Vec<_>>()
        .join("\n")
}
