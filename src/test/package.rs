//! Which packages the arguments mean. (Go: `go help packages`)

use crate::driver::package_folder;
use crate::files::Files;
use crate::goroot;
use crate::modules::{self, Module};
use std::path::{Path, PathBuf};

/// A package to test.
#[derive(Clone, Debug, Default)]
pub struct Package {
    /// Its folder.
    pub dir: PathBuf,
    /// Its import path, as reports show it.
    pub path: String,
    /// Its files where the arguments name them; otherwise all in the folder.
    pub files: Vec<PathBuf>,
    /// Whether there are tests.
    pub has_tests: bool,
    /// Whether it belongs to a Go distribution.
    pub is_std: bool,
    /// Why it cannot be tested.
    pub fault: Option<String>,
}

/// The package that files on the command line make up.
const NAMELESS: &str = "command-line-arguments";

/// The packages that patterns name: paths, import paths, both with `...`; or a list of files. None means the current folder.
pub fn expand(disk: &Files, patterns: &[String]) -> Result<Vec<Package>, String> {
    if patterns.is_empty() {
        return Ok(vec![in_folder(disk, PathBuf::from("."))]);
    }
    if patterns
        .iter()
        .all(|p| p.ends_with(".go") && !Path::new(p).is_dir())
    {
        let files: Vec<PathBuf> = patterns.iter().map(PathBuf::from).collect();
        if let Some(missing) = files.iter().find(|f| !disk.is_file(f)) {
            return Err(format!("no required file {}", missing.display()));
        }
        let dir = files[0].parent().filter(|d| !d.as_os_str().is_empty());
        return Ok(vec![Package {
            dir: dir.unwrap_or(Path::new(".")).to_path_buf(),
            path: NAMELESS.to_string(),
            has_tests: patterns.iter().any(|p| p.ends_with("_test.go")),
            files,
            ..Package::default()
        }]);
    }
    let mut found: Vec<Package> = Vec::new();
    for pattern in patterns {
        let before = found.len();
        match pattern.find("...") {
            None => found.push(match package_folder(disk, pattern) {
                Ok(dir) => in_folder(disk, dir),
                Err(_) if goroot::folder(pattern).is_some() => {
                    in_folder(disk, goroot::folder(pattern).unwrap_or_default())
                }
                Err(fault) => Package {
                    path: pattern.clone(),
                    fault: Some(fault),
                    ..Package::default()
                },
            }),
            Some(at) => {
                let is_path = pattern.starts_with(['.', '/']);
                // The folder that everything that matches lies below.
                let fixed = pattern[..at]
                    .rfind('/')
                    .map_or("", |slash| &pattern[..slash]);
                let module = Module::around(disk, Path::new("."));
                let root = match (is_path, module) {
                    (true, _) if fixed.is_empty() => PathBuf::from("."),
                    (true, _) => PathBuf::from(fixed),
                    (false, Some(module)) if fixed.is_empty() => module.root,
                    (false, Some(module)) => match module.folder(disk, fixed) {
                        Some(dir) => dir,
                        None => continue,
                    },
                    (false, None) => continue,
                };
                let mut folders = Vec::new();
                walk(disk, &root, true, &mut folders);
                let wanted = |p: &Package| match is_path {
                    true => matches(clean(pattern), clean(&p.dir.display().to_string())),
                    false => matches(pattern, &p.path),
                };
                found.extend(
                    folders
                        .into_iter()
                        .map(|d| in_folder(disk, d))
                        .filter(wanted),
                );
            }
        }
        if found.len() == before {
            eprintln!("minigo: warning: {pattern:?} matched no packages");
        }
    }
    let mut seen = std::collections::HashSet::new();
    found.retain(|p| p.fault.is_some() || seen.insert(p.path.clone()));
    Ok(found)
}

fn clean(path: &str) -> &str {
    let path = path.strip_prefix("./").unwrap_or(path);
    if path == "." { "" } else { path }
}

/// Whether a path matches a pattern; `...` stands for anything, and `/...` at the end also for nothing.
fn matches(pattern: &str, path: &str) -> bool {
    if pattern == "..." || pattern.strip_suffix("/...") == Some(path) {
        return true;
    }
    let mut parts = pattern.split("...");
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else {
        return rest.is_empty();
    };
    for part in middle {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.ends_with(last)
}

/// The folders with Go files at and below one, without those that patterns never mean.
fn walk(disk: &Files, dir: &Path, is_root: bool, found: &mut Vec<PathBuf>) {
    let name = dir.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let hidden = name.starts_with(['.', '_']) || matches!(name, "testdata" | "vendor");
    if !is_root && (hidden || disk.is_file(&dir.join("go.mod"))) {
        return;
    }
    let Ok(entries) = disk.list(dir) else { return };
    let is_go = |p: &&PathBuf| p.extension().is_some_and(|x| x == "go") && disk.is_file(p);
    if entries.iter().find(is_go).is_some() {
        let all = modules::package_files(disk, dir).is_ok();
        if all || modules::test_files(disk, dir).is_ok_and(|t| !t.is_empty()) {
            found.push(dir.to_path_buf());
        }
    }
    for entry in entries {
        let is_link = entry.symlink_metadata().is_ok_and(|m| m.is_symlink());
        if !is_link && disk.is_dir(&entry) {
            walk(disk, &entry, false, found);
        }
    }
}

fn in_folder(disk: &Files, dir: PathBuf) -> Package {
    let module = Module::around(disk, &dir);
    let path = module.as_ref().and_then(|m| m.import_path(&dir));
    let std_path = path
        .as_ref()
        .zip(module)
        .and_then(|(path, m)| goroot::import_path(&m.path, path));
    let is_std = std_path.is_some();
    let path = std_path.or(path).unwrap_or_else(|| {
        let absolute = std::path::absolute(&dir).unwrap_or_default();
        let name = absolute.file_name().and_then(|n| n.to_str());
        name.unwrap_or(NAMELESS).to_string()
    });
    let tests = modules::test_files(disk, &dir).unwrap_or_default();
    let fault = match modules::package_files(disk, &dir) {
        Err(text) if tests.is_empty() => Some(text),
        _ => None,
    };
    Package {
        has_tests: !tests.is_empty(),
        dir,
        path,
        files: Vec::new(),
        is_std,
        fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_match_anything() {
        assert!(matches("...", "a/b"));
        assert!(matches("a/...", "a") && matches("a/...", "a/b/c") && !matches("a/...", "ab"));
        assert!(matches("a...", "ab/c") && matches(".../c", "a/b/c") && !matches(".../c", "a/cd"));
        assert!(matches("a/.../d", "a/b/c/d") && !matches("a/.../d", "a/b"));
    }

    #[test]
    fn a_pattern_walks_a_module() {
        let mut disk = Files::default();
        for file in [
            "go.mod",
            "a.go",
            "x/x_test.go",
            "testdata/t.go",
            "_h/h.go",
            "n/go.mod",
            "n/n.go",
        ] {
            disk.add(format!("/virtual/m/{file}"), "module m\npackage p\n");
        }
        let found = expand(&disk, &["/virtual/m/...".to_string()]).unwrap();
        let paths: Vec<_> = found
            .iter()
            .map(|p| (p.path.as_str(), p.has_tests))
            .collect();
        assert_eq!(paths, [("m", false), ("m/x", true)]);
    }
}
