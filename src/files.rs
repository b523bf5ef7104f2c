//! Where sources are read from: the disk, and files that exist in memory only (an archive's, standard input, `-e`).
//!
//! A file in memory hides one of the same path on disk. Paths are compared as they are given, so those of memory files are
//! absolute, or names that no disk path has.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The disk, with files of our own in front.
#[derive(Clone, Debug, Default)]
pub struct Files {
    memory: BTreeMap<PathBuf, Vec<u8>>,
}

impl Files {
    /// Adds a file that is not on disk.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<Vec<u8>>) {
        self.memory.insert(path.into(), text.into());
    }

    /// Whether the file is one of those in memory.
    pub fn in_memory(&self, path: &Path) -> bool {
        self.memory.contains_key(path)
    }

    /// The contents of a file as they are.
    pub fn read_raw(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.memory.get(path) {
            Some(text) => Ok(text.clone()),
            None => std::fs::read(path),
        }
    }

    /// The contents of a file. A first line `#!…` becomes a comment of the same length.
    pub fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut text = match self.memory.get(path) {
            Some(text) => text.clone(),
            None => std::fs::read(path)?,
        };
        if text.starts_with(b"#!") {
            text[..2].copy_from_slice(b"//");
        }
        Ok(text)
    }

    /// Whether there is a file of that path.
    pub fn is_file(&self, path: &Path) -> bool {
        self.in_memory(path) || path.is_file()
    }

    /// Whether there is a folder of that path.
    pub fn is_dir(&self, path: &Path) -> bool {
        self.below(path).next().is_some() || path.is_dir()
    }

    /// The files in memory at any depth below a folder.
    fn below<'a>(&'a self, dir: &'a Path) -> impl Iterator<Item = &'a PathBuf> {
        let from = (
            std::ops::Bound::Excluded(dir.to_path_buf()),
            std::ops::Bound::Unbounded,
        );
        let files = self.memory.range(from).map(|(path, _)| path);
        files.take_while(move |path| path.starts_with(dir))
    }

    /// The files and folders directly in a folder, sorted.
    pub fn list(&self, dir: &Path) -> io::Result<Vec<PathBuf>> {
        let entry = |path: &PathBuf| {
            let first = path.strip_prefix(dir).ok()?.components().next()?;
            Some(dir.join(first))
        };
        let mut entries: Vec<PathBuf> = self.below(dir).filter_map(entry).collect();
        match std::fs::read_dir(dir) {
            Ok(on_disk) => entries.extend(on_disk.flatten().map(|e| e.path())),
            Err(e) if entries.is_empty() => return Err(e),
            Err(_) => {}
        }
        entries.sort();
        entries.dedup();
        Ok(entries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_looks_like_a_folder() {
        let mut files = Files::default();
        files.add("/no/such/a.txtar/go.mod", "module m\n");
        files.add("/no/such/a.txtar/util/u.go", "#!shebang\npackage util\n");
        files.add("/no/such/a.txtar/util/v.go", "package util\n");
        let root = Path::new("/no/such/a.txtar");
        assert!(files.is_dir(root) && files.is_dir(&root.join("util")));
        assert!(!files.is_dir(&root.join("go.mod")) && files.is_file(&root.join("go.mod")));
        assert_eq!(
            files.list(root).unwrap(),
            [root.join("go.mod"), root.join("util")]
        );
        assert!(files.list(&root.join("none")).is_err());
        let text = files.read(&root.join("util/u.go")).unwrap();
        assert!(text.starts_with(b"//shebang\n"));
    }
}
