//! The packages' sources, embedded: `stdlib/go/<import path>/*.go`.

/// One package of the library.
#[derive(Debug)]
pub struct Package {
    /// Import path.
    pub path: &'static str,
    /// Name in its package clauses.
    pub name: &'static str,
    /// File names and texts.
    pub files: &'static [(&'static str, &'static str)],
}

include!(concat!(env!("OUT_DIR"), "/packages.rs"));

/// The package with that import path.
pub fn find(path: &str) -> Option<&'static Package> {
    PACKAGES
        .binary_search_by_key(&path, |p| p.path)
        .ok()
        .map(|i| &PACKAGES[i])
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
                    .all(|(_, text)| text.contains(&format!("package {}", p.name))),
                "{}",
                p.path
            );
        }
        assert!(find("no/such").is_none());
    }
}
