//! A Go distribution on this machine, if there is one: its packages can be tested as they stand.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The `src` folder of the distribution: of `GOROOT`, or of the `go` command on PATH.
pub fn src() -> Option<PathBuf> {
    let valid = |root: PathBuf| {
        let src = root.join("src");
        src.join("container/list").is_dir().then_some(src)
    };
    if let Some(root) = std::env::var_os("GOROOT") {
        return valid(root.into());
    }
    let path = std::env::var_os("PATH")?;
    let go = std::env::split_paths(&path)
        .map(|dir| dir.join("go"))
        .find(|go| go.is_file())?;
    let real = go.canonicalize().ok();
    let beside = real.and_then(|go| Some(go.parent()?.parent()?.to_path_buf()));
    beside.and_then(valid).or_else(|| {
        // It is started through something else: it knows itself.
        let out = Command::new(go).args(["env", "GOROOT"]).output().ok()?;
        valid(PathBuf::from(String::from_utf8(out.stdout).ok()?.trim()))
    })
}

/// The import path of a folder of a distribution, which is the module `std`.
pub fn import_path(module: &str, path: &str) -> Option<String> {
    match module {
        "std" => path.strip_prefix("std/").map(str::to_string),
        _ => None,
    }
}

/// The folder of a package of the distribution.
pub fn folder(path: &str) -> Option<PathBuf> {
    let looks_like =
        !path.is_empty() && !path.starts_with(['.', '/']) && !path.split('/').next()?.contains('.');
    let dir = src().filter(|_| looks_like)?.join(Path::new(path));
    dir.is_dir().then_some(dir)
}
