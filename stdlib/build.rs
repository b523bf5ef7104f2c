//! Lists `go/**/*.go` as a table, sorted by import path, so that a package is found without reading anything.

#[path = "build_outline.rs"]
mod outline;
#[path = "build_rng.rs"]
mod rng;

use std::fmt::Write;
use std::path::{Path, PathBuf};

fn packages(dir: &Path, found: &mut Vec<(PathBuf, Vec<PathBuf>)>) {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(dir)
        .expect("stdlib/go is readable")
        .flatten()
        .map(|e| e.path())
        .collect();
    entries.sort();
    let files: Vec<PathBuf> = entries
        .iter()
        .filter(|p| p.extension().is_some_and(|x| x == "go"))
        .cloned()
        .collect();
    if !files.is_empty() {
        found.push((dir.to_path_buf(), files));
    }
    for sub in entries.iter().filter(|p| p.is_dir()) {
        packages(sub, found);
    }
}

/// The name in the package clause.
fn package_name(source: &str) -> Option<&str> {
    source
        .lines()
        .find_map(|l| l.strip_prefix("package "))
        .map(|n| n.split_whitespace().next().unwrap_or(n))
}

fn main() {
    let root = Path::new(&std::env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("go");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut found = Vec::new();
    packages(&root, &mut found);
    let mut table: Vec<(String, String)> = Vec::new();
    for (dir, files) in found {
        println!("cargo::rerun-if-changed={}", dir.display());
        let relative = dir.strip_prefix(&root).expect("below the root");
        let path = relative
            .to_str()
            .expect("package paths are ASCII")
            .replace('\\', "/");
        let first = std::fs::read_to_string(&files[0]).expect("a readable source");
        let name = package_name(&first)
            .unwrap_or_else(|| panic!("{}: no package clause", files[0].display()));
        let mut entry = format!("Package {{ path: {path:?}, name: {name:?}, files: &[");
        for f in &files {
            println!("cargo::rerun-if-changed={}", f.display());
            let base = f
                .file_name()
                .and_then(|n| n.to_str())
                .expect("file names are ASCII");
            let source = std::fs::read_to_string(f).expect("a readable source");
            write!(
                entry,
                "Source {{ name: {base:?}, text: include_str!({:?}), outline: {:?} }}, ",
                f.display().to_string(),
                outline::outline(&source)
            )
            .expect("writing to a string");
        }
        entry += "] },\n";
        table.push((path, entry));
    }
    table.sort();
    let mut text = String::from(
        "/// Every package, sorted by import path.\npub static PACKAGES: &[Package] = &[\n",
    );
    text.extend(table.into_iter().map(|(_, entry)| entry));
    text += "];\n";
    let out = Path::new(&std::env::var("OUT_DIR").expect("set by cargo")).join("packages.rs");
    std::fs::write(out, text).expect("OUT_DIR is writable");
    println!("cargo::rerun-if-changed=build_outline.rs");
    println!("cargo::rerun-if-changed=build_rng.rs");
    let out = Path::new(&std::env::var("OUT_DIR").expect("set by cargo")).join("rng_state.rs");
    let state = rng::state();
    let text = format!(
        "/// The state that every seed starts from.\nstatic STATE: [u64; {}] = {state:?};\n",
        state.len()
    );
    std::fs::write(out, text).expect("OUT_DIR is writable");
}
