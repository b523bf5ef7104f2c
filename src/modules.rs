//! Modules on disk: which folder an import path stands for. (Go: `go help modules`, `go help packages`)
//!
//! A module is the folder of the nearest `go.mod` above the program. Its packages are found by path below it, those of
//! other modules through `replace` lines that name folders and in `vendor/`; nothing is ever downloaded.

use crate::constraints;
use crate::files::Files;
use minigo_syntax::version::Version;
use std::path::{Path, PathBuf};

/// A module.
#[derive(Clone, Debug, Default)]
pub struct Module {
    /// Its folder.
    pub root: PathBuf,
    /// The path in its `module` line.
    pub path: String,
    /// The language version in its `go` line.
    pub lang: Option<Version>,
    /// Module paths and the folders that stand in for them.
    replaced: Vec<(String, PathBuf)>,
}

impl Module {
    /// The module that `dir` lies in, if any.
    pub fn around(disk: &Files, dir: &Path) -> Option<Module> {
        let dir = std::path::absolute(dir).ok()?;
        let root = dir.ancestors().find(|d| disk.is_file(&d.join("go.mod")))?;
        let text = disk.read(&root.join("go.mod")).ok()?;
        let text = String::from_utf8_lossy(&text);
        let mut module = Module {
            root: root.to_path_buf(),
            ..Module::default()
        };
        let mut block = String::new();
        for line in text.lines() {
            let line = line.split("//").next().unwrap_or("").trim();
            let (verb, rest) = match block.as_str() {
                "" => line.split_once(char::is_whitespace).unwrap_or((line, "")),
                _ if line == ")" => {
                    block.clear();
                    continue;
                }
                verb => (verb, line),
            };
            if rest.trim() == "(" {
                block = verb.to_string();
                continue;
            }
            match verb {
                "module" => module.path = rest.trim().trim_matches('"').to_string(),
                "go" => module.lang = Version::parse_number(rest.trim()),
                "replace" => module.replace(rest),
                _ => {}
            }
        }
        Some(module)
    }

    fn replace(&mut self, line: &str) {
        let Some((from, to)) = line.split_once("=>") else {
            return;
        };
        let (Some(from), Some(to)) = (from.split_whitespace().next(), to.split_whitespace().next())
        else {
            return;
        };
        if to.starts_with(['.', '/']) {
            self.replaced.push((from.to_string(), self.root.join(to)));
        }
    }

    /// Whether a folder of the program lies in it.
    pub fn is_own(&self, dir: &Path) -> bool {
        dir.starts_with(&self.root)
    }

    /// The language version of its packages. (Go: `go help go.mod`: without a `go` line, 1.16)
    pub fn version(&self) -> Version {
        const WITHOUT_LINE: Version = Version(16);
        self.lang.unwrap_or(WITHOUT_LINE)
    }

    /// The folder of a package of this module or of one it knows the place of.
    pub fn folder(&self, disk: &Files, path: &str) -> Option<PathBuf> {
        let below = |prefix: &str, root: &Path| {
            let rest = path.strip_prefix(prefix)?;
            (rest.is_empty() || rest.starts_with('/'))
                .then(|| root.join(rest.trim_start_matches('/')))
        };
        let own = below(&self.path, &self.root).filter(|d| disk.is_dir(d));
        own.or_else(|| {
            self.replaced
                .iter()
                .find_map(|(from, root)| below(from, root))
                .filter(|d| disk.is_dir(d))
        })
        .or_else(|| Some(self.root.join("vendor").join(path)).filter(|d| disk.is_dir(d)))
    }

    /// The import path of a folder of this module.
    pub fn import_path(&self, dir: &Path) -> Option<String> {
        let dir = std::path::absolute(dir).ok()?;
        let rest = dir.strip_prefix(&self.root).ok()?;
        let rest = rest
            .components()
            .filter_map(|c| c.as_os_str().to_str())
            .filter(|c| *c != ".")
            .collect::<Vec<_>>();
        Some(
            std::iter::once(self.path.as_str())
                .chain(rest)
                .collect::<Vec<_>>()
                .join("/"),
        )
    }
}

/// Whether package `from` may import `path`: what lies below a folder `internal` is for those around that folder.
pub fn internal_allowed(path: &str, from: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let Some(at) = parts.iter().rposition(|p| *p == "internal") else {
        return true;
    };
    let parent = parts[..at].join("/");
    parent.is_empty() || from == parent || from.starts_with(&format!("{parent}/"))
}

/// The Go files of a folder that make up its package here, sorted, tests left out. The error is a text for the user.
pub fn package_files(disk: &Files, dir: &Path) -> Result<Vec<PathBuf>, String> {
    let (files, excluded) = go_files(disk, dir, false)?;
    let shown = dir.display();
    match (files.is_empty(), excluded) {
        (false, _) => Ok(files),
        (true, true) => Err(format!("build constraints exclude all Go files in {shown}")),
        (true, false) => Err(format!("no Go files in {shown}")),
    }
}

/// The test files of a folder, sorted; there may be none.
pub fn test_files(disk: &Files, dir: &Path) -> Result<Vec<PathBuf>, String> {
    Ok(go_files(disk, dir, true)?.0)
}

/// The files that are tests or those that are not, and whether there are others that constraints exclude.
fn go_files(disk: &Files, dir: &Path, tests: bool) -> Result<(Vec<PathBuf>, bool), String> {
    let entries = disk
        .list(dir)
        .map_err(|e| format!("open {}: {}", dir.display(), error_text(&e)))?;
    let mut files = Vec::new();
    let mut excluded = false;
    for path in entries {
        let Some(name) = path.file_name().and_then(|n| n.to_str()) else {
            continue;
        };
        if !name.ends_with(".go")
            || name.ends_with("_test.go") != tests
            || name.starts_with(['_', '.'])
            || !disk.is_file(&path)
        {
            continue;
        }
        // What cannot be read is kept: reading it again reports why.
        if disk
            .read(&path)
            .is_ok_and(|text| !constraints::holds(name, &text))
        {
            excluded = true;
        } else {
            files.push(path);
        }
    }
    Ok((files, excluded))
}

/// An operating-system error in Go's words.
pub fn error_text(e: &std::io::Error) -> String {
    match e.kind() {
        std::io::ErrorKind::NotFound => "no such file or directory".to_string(),
        std::io::ErrorKind::PermissionDenied => "permission denied".to_string(),
        std::io::ErrorKind::IsADirectory => "is a directory".to_string(),
        _ => {
            let text = e.to_string();
            text.split(" (os error")
                .next()
                .unwrap_or(&text)
                .to_lowercase()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn internal_packages_are_for_their_neighbours() {
        assert!(internal_allowed("a/b", "x"));
        assert!(internal_allowed("m/internal/x", "m/cmd"));
        assert!(internal_allowed("m/internal/x", "m"));
        assert!(!internal_allowed("m/a/internal/x", "m/b"));
        assert!(!internal_allowed("m/internal", "mm"));
    }

    #[test]
    fn paths_become_folders_and_back() {
        let root = std::env::temp_dir().join(format!("minigo-modules-{}", std::process::id()));
        std::fs::create_dir_all(root.join("util/deep")).unwrap();
        std::fs::create_dir_all(root.join("vendor/other.org/lib")).unwrap();
        std::fs::create_dir_all(root.join("near")).unwrap();
        let text = "module example.org/m // name\n\ngo 1.27\n\nreplace (\n\tfar.org/x v1.0.0 => ./near\n)\n";
        std::fs::write(root.join("go.mod"), text).unwrap();
        let disk = Files::default();
        let m = Module::around(&disk, &root.join("util/deep")).unwrap();
        assert_eq!(m.path, "example.org/m");
        assert_eq!(
            m.folder(&disk, "example.org/m/util"),
            Some(root.join("util"))
        );
        assert_eq!(m.folder(&disk, "example.org/mutil"), None);
        assert_eq!(
            m.folder(&disk, "far.org/x"),
            Some(root.join("./near").join(""))
        );
        assert_eq!(
            m.folder(&disk, "other.org/lib"),
            Some(root.join("vendor/other.org/lib"))
        );
        assert_eq!(
            m.import_path(&root.join("util")).as_deref(),
            Some("example.org/m/util")
        );
        assert_eq!(m.import_path(&root).as_deref(), Some("example.org/m"));
        std::fs::remove_dir_all(&root).unwrap();
    }
}
