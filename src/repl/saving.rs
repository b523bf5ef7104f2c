//! `:save`: a program that compiles.
//!
//! What was typed over time need not fit together any more: a statement may have meant a variable that was since declared
//! anew with another type. The whole is checked as a program; parts that are at fault become comments, until the rest is
//! right.

use crate::packages::{Packages, Store};
use minigo_compiler::check::Checker;
use minigo_syntax::parser::Mode;
use minigo_syntax::source::Pos;
use std::path::Path;

/// How often parts are taken out before what is left is given up as it is.
const MOST_ROUNDS: usize = 50;

/// Writes declarations and statements, with those commented out that keep the rest from being a program.
pub fn settle(
    mut decls: Vec<String>,
    mut body: Vec<String>,
    write: impl Fn(&[String], &[String]) -> String,
) -> String {
    let mut text = write(&decls, &body);
    for _ in 0..MOST_ROUNDS {
        let lines = wrong_lines(&text);
        if lines.is_empty() {
            break;
        }
        let mut changed = false;
        // An import that nothing needs any more, before anything else.
        let imports: Vec<usize> = lines
            .iter()
            .copied()
            .filter(|&l| {
                line(&text, l).is_some_and(|t| t.starts_with("\t\"") || is_named_import(t))
            })
            .collect();
        if !imports.is_empty() {
            let kept: Vec<&str> = text
                .lines()
                .enumerate()
                .filter(|(i, _)| !imports.contains(i))
                .map(|p| p.1)
                .collect();
            text = format!("{}\n", kept.join("\n"));
            continue;
        }
        for parts in [&mut body, &mut decls] {
            for part in parts.iter_mut().filter(|p| !p.starts_with("//")) {
                let at = text.find(part.as_str()).map(|i| text[..i].lines().count());
                let first = part.lines().next().unwrap_or("");
                let hit = lines.iter().any(|&l| {
                    line(&text, l).is_some_and(|t| part.lines().any(|p| p.trim() == t.trim()))
                        || at.is_some_and(|a| l >= a && l < a + part.lines().count())
                });
                if hit && !first.is_empty() {
                    *part = part.lines().map(|l| format!("// {l}\n")).collect();
                    part.truncate(part.trim_end().len());
                    changed = true;
                }
            }
            if changed {
                break;
            }
        }
        if !changed {
            break;
        }
        text = write(&decls, &body);
    }
    text
}

fn line(text: &str, number: usize) -> Option<&str> {
    text.lines().nth(number)
}

fn is_named_import(line: &str) -> bool {
    line.starts_with('\t')
        && line.ends_with('"')
        && line.matches('"').count() == 2
        && !line.contains('(')
}

/// The lines, from 0, that the checker complains about.
fn wrong_lines(text: &str) -> Vec<usize> {
    let store = Store::default();
    let Ok((tree, diags)) = store.parse(
        "saved.go".to_owned(),
        text.as_bytes().to_vec(),
        Mode::default(),
    ) else {
        return Vec::new();
    };
    let mut all = diags;
    if all.is_empty() {
        let mut checker = Checker::new(Box::new(Packages::new(&store, Path::new("."), None)));
        checker.check_package("main", vec![tree]);
        all = checker.take_diagnostics();
    }
    let sources = store.sources();
    let line_of = |pos: Pos| {
        let file = sources.file_of(pos).filter(|f| f.id == tree.file)?;
        Some(file.line_col(pos).0 as usize - 1)
    };
    let mut lines: Vec<usize> = all.iter().filter_map(|d| line_of(d.pos())).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}
