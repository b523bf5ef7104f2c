//! The packages' sources, embedded: `stdlib/go/<import path>/*.go`.

/// One package of the library.
#[derive(Debug)]
pub struct Package {
    /// Import path.
    pub path: &'static str,
    /// Name in its package clauses.
    pub name: &'static str,
    /// Its files.
    pub files: &'static [Source],
}

/// A file of a package.
#[derive(Debug)]
pub struct Source {
    /// Its name, without a folder.
    pub name: &'static str,
    /// What stands in it.
    pub text: &'static str,
    /// Which declarations stand where: see `build_outline.rs`.
    pub outline: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// The package with that import path.
pub fn find(path: &str) -> Option<&'static Package> {
    #[cfg(debug_assertions)]
    if let Some(table) = folder::packages() {
        return table.get(path);
    }
    PACKAGES
        .binary_search_by_key(&path, |p| p.path)
        .ok()
        .map(|i| &PACKAGES[i])
}

#[cfg(debug_assertions)]
#[path = "../build_outline.rs"]
mod outline;

/// In debug builds `MINIGO_STDLIB` names a folder that is read in place of the embedded sources, so that a package can be
/// written without building anew.
#[cfg(debug_assertions)]
mod folder {
    use super::{Package, Source, outline};
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::OnceLock;

    static FOLDER: OnceLock<Option<BTreeMap<String, Package>>> = OnceLock::new();

    pub(super) fn packages() -> Option<&'static BTreeMap<String, Package>> {
        let read = || {
            let root = std::env::var_os("MINIGO_STDLIB")?;
            let mut found = BTreeMap::new();
            add(Path::new(&root), String::new(), &mut found);
            Some(found)
        };
        FOLDER.get_or_init(read).as_ref()
    }

    fn add(dir: &Path, path: String, found: &mut BTreeMap<String, Package>) {
        let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
        let mut entries: Vec<_> = entries.map(|e| e.path()).collect();
        entries.sort();
        let mut files: Vec<Source> = Vec::new();
        for entry in entries {
            let Some(name) = entry.file_name().and_then(|n| n.to_str()) else {
                continue;
            };
            if entry.is_dir() {
                let below = match path.as_str() {
                    "" => name.to_owned(),
                    _ => format!("{path}/{name}"),
                };
                add(&entry, below, found);
            } else if name.ends_with(".go")
                && let Ok(text) = std::fs::read_to_string(&entry)
            {
                files.push(Source {
                    name: name.to_owned().leak(),
                    outline: outline::outline(&text).leak(),
                    text: text.leak(),
                });
            }
        }
        let clause = files
            .first()
            .and_then(|f| f.text.lines().find_map(|l| l.strip_prefix("package ")));
        if let Some(name) = clause.and_then(|c| c.split_whitespace().next()) {
            let package = Package {
                path: path.clone().leak(),
                name: name.to_owned().leak(),
                files: files.leak(),
            };
            found.insert(path, package);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_found_by_path() {
        assert!(PACKAGES.is_sorted_by_key(|p| p.path));
        for p in PACKAGES {
            assert!(std::ptr::eq(find(p.path).unwrap(), p));
            assert!(
                p.files
                    .iter()
                    .all(|f| f.text.contains(&format!("package {}", p.name))),
                "{}",
                p.path
            );
        }
        assert!(find("no/such").is_none());
    }
}
