//! The real Go as judge: with `MINIGO_GO=1`, every run test is also built with the `go` on PATH, and its output and exit
//! status must be the stored ones. `MINIGO_GO=update` writes the stored output from it. Without the variable no test.

use crate::{run, tools};
use libtest_mimic::Trial;
use std::path::Path;
use std::process::Command;

fn compare(path: &Path, update: bool) -> Result<(), String> {
    let mut case = run::load(path)?;
    if tools::directive(&case.source, "go").is_some_and(|v| v.starts_with("differs")) {
        return Ok(()); // on purpose, and said so in the program and in README
    }
    let dir = std::env::temp_dir().join(format!(
        "minigo-gotool-{}-{}",
        std::process::id(),
        tools::name_of(path).replace('/', "-")
    ));
    std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let exe = dir.join("program");
    let mut build = Command::new("go");
    build.arg("build").arg("-o").arg(&exe);
    if path.is_dir() {
        build.current_dir(path).arg(".")
    } else {
        build.arg(path)
    };
    let built = tools::run(&mut build, b"")?;
    let result = if built.status != 0 {
        Err(format!("go does not build it:\n{}", built.stderr))
    } else {
        let mut command = Command::new(&exe);
        command.current_dir(tools::root());
        run::prepare(&mut command, &case);
        let got = tools::run(&mut command, &case.input)?;
        if update && tools::comment_block(&case.source, "Output").is_none() {
            std::fs::write(path.with_extension("out"), &got.stdout).map_err(|e| e.to_string())?;
            case.want = Some(got.stdout.clone());
        }
        run::judge(&case, &got)
    };
    let _ = std::fs::remove_dir_all(&dir);
    result
}

pub fn trials() -> Vec<Trial> {
    let Some(mode) = std::env::var_os("MINIGO_GO") else {
        return Vec::new();
    };
    let update = mode == "update";
    let make = |path: std::path::PathBuf| {
        let name = format!("{}:go", tools::name_of(&path));
        Trial::test(name, move || compare(&path, update).map_err(Into::into)).with_kind("go")
    };
    run::cases().into_iter().map(make).collect()
}
