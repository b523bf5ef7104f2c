//! Goldens: what a minigo command prints for a source file, byte for byte.
//!
//! `tests/golden/NAME.go` says the command in its first line, `// minigo: dump -bytecode` (the file is appended), and
//! `NAME.golden` holds standard output, then standard error, then the exit status if it is not 0. Absolute paths of the
//! repository are written as `$ROOT`. `MINIGO_UPDATE=1` rewrites the file; read the diff before committing.

use crate::tools;
use libtest_mimic::Trial;
use std::path::Path;

fn check(path: &Path) -> Result<(), String> {
    let source = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let command =
        tools::directive(&source, "minigo").ok_or("the first line must say // minigo: COMMAND")?;
    let relative = path.strip_prefix(tools::root()).unwrap_or(path);
    let got = tools::run(
        tools::minigo()
            .args(command.split_whitespace())
            .arg(relative),
        b"",
    )?;
    let mut text = got.stdout;
    if !got.stderr.is_empty() {
        text += &format!("--- stderr ---\n{}", got.stderr);
    }
    if got.status != 0 {
        text += &format!("--- exit status {} ---\n", got.status);
    }
    let text = text.replace(&tools::root().display().to_string(), "$ROOT");
    let golden = path.with_extension("golden");
    if std::env::var_os("MINIGO_UPDATE").is_some() {
        return std::fs::write(&golden, text).map_err(|e| e.to_string());
    }
    let want =
        std::fs::read_to_string(&golden).map_err(|e| format!("{}: {e}", golden.display()))?;
    tools::same("output", &want, &text)
}

pub fn trials() -> Vec<Trial> {
    let make = |path: std::path::PathBuf| {
        Trial::test(tools::name_of(&path), move || {
            check(&path).map_err(Into::into)
        })
        .with_kind("golden")
    };
    tools::programs("tests/golden")
        .into_iter()
        .map(make)
        .collect()
}
