//! Where a compilation's packages come from: the embedded library, read lazily, and the folders of the program's module.
//! The main package is parsed by the driver before the checker asks for anything.

use crate::embed;
use crate::files::Files;
use crate::modules::{self, Module};
use minigo_compiler::check::{Importer, Outline, PackageMode, Resolved, Trees};
use minigo_stdlib::packages;
use minigo_syntax::ast::{Block, Decl, File, NodeIds};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::{Mode, parse_decls, parse_file, parse_func_body};
use minigo_syntax::source::{FileId, Pos, SourceFile, SourceMap, Span, Text};
use minigo_syntax::spelling::nearest;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::version::Version;
use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Sources, trees and node numbers of one compilation.
#[derive(Default)]
pub struct Store {
    /// Owns every tree.
    pub trees: Trees,
    /// Where sources are read from.
    pub files: Files,
    sources: RefCell<SourceMap>,
    ids: RefCell<NodeIds>,
}

impl Store {
    /// An empty store that reads sources from `files`.
    pub fn new(files: Files) -> Store {
        Store {
            files,
            ..Store::default()
        }
    }

    /// Adds a text and parses it whole. The error says that the file is too large.
    pub fn parse(
        &self,
        name: String,
        text: impl Into<Text>,
        mode: Mode,
    ) -> Result<(&File, Vec<Diagnostic>), String> {
        let (tree, diags) = self.parse_owned(name, text, mode)?;
        Ok((self.trees.keep(tree), diags))
    }

    /// Adds a text and parses it whole, for callers that make something else of the tree.
    pub fn parse_owned(
        &self,
        name: String,
        text: impl Into<Text>,
        mode: Mode,
    ) -> Result<(File, Vec<Diagnostic>), String> {
        let file = self.add(name, text)?;
        Ok(parse_file(&file, mode, &mut self.ids.borrow_mut()))
    }

    /// The source of node numbers.
    pub fn ids(&self) -> std::cell::RefMut<'_, NodeIds> {
        self.ids.borrow_mut()
    }

    /// Adds a text.
    pub fn add(&self, name: String, text: impl Into<Text>) -> Result<Arc<SourceFile>, String> {
        self.sources
            .borrow_mut()
            .add(name.clone(), text)
            .map_err(|e| format!("{name}: {e}"))
    }

    /// The sources read so far, for drawing diagnostics and for line tables.
    pub fn sources(&self) -> std::cell::Ref<'_, SourceMap> {
        self.sources.borrow()
    }
}

/// A package that is compiled together with its tests. Everything of the program sees it like that.
///
/// A package of a Go distribution is another than the library's of that path, which the library itself goes on using: it
/// is compiled under the path `std/PATH`.
#[derive(Default)]
pub struct UnderTest<'a> {
    /// Its import path.
    pub path: String,
    /// Its files and those of its internal tests.
    pub files: Vec<&'a File>,
    /// The files of its external tests, which are the package `PATH_test`.
    pub external: Vec<&'a File>,
    /// Whether it belongs to a distribution.
    pub is_std: bool,
}

impl<'a> UnderTest<'a> {
    /// The path that an import of `path` means, if it means the package or its external tests.
    fn resolve(&self, path: &str) -> Option<String> {
        let own = !self.files_of(path)?.is_empty();
        own.then(|| match self.is_std {
            true => format!("std/{path}"),
            false => path.to_string(),
        })
    }

    /// The import path of what is compiled under that one.
    fn real<'p>(&self, path: &'p str) -> &'p str {
        match path.strip_prefix("std/") {
            Some(real) if self.is_std => real,
            _ => path,
        }
    }

    /// The files of the package or of its external tests.
    fn files_of(&self, path: &str) -> Option<&Vec<&'a File>> {
        match path.strip_prefix(self.path.as_str())? {
            "" => Some(&self.files),
            "_test" => Some(&self.external),
            _ => None,
        }
    }
}

/// The importer: finds packages of the library and of the program's module.
pub struct Packages<'a> {
    store: &'a Store,
    module: Option<Module>,
    /// The language version of the module's packages.
    lang: Version,
    /// Import path of the package that the checker calls `main`.
    main_path: String,
    under_test: Option<UnderTest<'a>>,
}

impl<'a> Packages<'a> {
    /// An importer for the program whose main package lies in `dir`. What it parses is kept in `store`.
    /// `lang` says the version if the command line does.
    pub fn new(store: &'a Store, dir: &Path, lang: Option<Version>) -> Packages<'a> {
        let module = Module::around(&store.files, dir);
        let main_path = module
            .as_ref()
            .and_then(|m| m.import_path(dir))
            .unwrap_or_default();
        let lang = lang
            .or_else(|| module.as_ref().map(Module::version))
            .unwrap_or(Version::LATEST);
        Packages {
            store,
            module,
            lang,
            main_path,
            under_test: None,
        }
    }

    /// An importer for the test program of the package in `dir`.
    pub fn for_test(store: &'a Store, dir: &Path, under: UnderTest<'a>) -> Packages<'a> {
        Packages {
            under_test: Some(under),
            ..Packages::new(store, dir, None)
        }
    }

    /// The language version of the module's packages.
    pub fn lang(&self) -> Version {
        self.lang
    }

    /// The import path of the program's folder, if it lies in a module.
    pub fn main_path(&self) -> &str {
        &self.main_path
    }

    /// The language version of a package in `dir`, which may belong to another module.
    fn lang_of(&self, dir: &Path) -> Version {
        let module = self.module.as_ref();
        if module.is_none_or(|m| m.is_own(dir)) {
            return self.lang;
        }
        let other = Module::around(&self.store.files, dir);
        other.map_or(self.lang, |m| m.version())
    }

    fn folder(&self, path: &str) -> Option<PathBuf> {
        self.module.as_ref()?.folder(&self.store.files, path)
    }
}

/// The name in the package clause of a file, without parsing the rest.
fn package_name(text: &[u8]) -> Option<Symbol> {
    let text = String::from_utf8_lossy(text);
    let clause = text
        .lines()
        .find_map(|l| l.trim_start().strip_prefix("package "))?;
    let end = clause
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(clause.len());
    Some(Symbol::intern(&clause[..end]))
}

impl<'a> Importer<'a> for Packages<'a> {
    fn resolve(&mut self, path: &str, from: Symbol) -> Result<Resolved, String> {
        let mut trusted = false;
        if let Some(under) = &self.under_test {
            // The library has packages of its own; the main function is ours.
            let is_ours = packages::find(from.as_str()).is_some();
            if !is_ours && let Some(id) = under.resolve(path) {
                let files = under.files_of(path).into_iter().flatten();
                let name = files.map(|f| f.name.name).next();
                return Ok(Resolved {
                    path: Symbol::intern(&id),
                    name: name.unwrap_or(Symbol::BLANK),
                    mode: PackageMode::Full,
                    lang: self.lang,
                });
            }
            trusted = from.as_str() == "main" || under.is_std;
        }
        let from = if from.as_str() == "main" {
            self.main_path.as_str()
        } else {
            // External tests may import what their package may.
            let own = self.under_test.as_ref().map(|u| u.path.as_str());
            match from.as_str().strip_suffix("_test") {
                Some(path) if own == Some(path) => path,
                _ => from.as_str(),
            }
        };
        if path == "C" {
            return Err("cgo is not supported".to_string());
        }
        if let Some(package) = packages::find(path) {
            let internal = path.split('/').any(|p| p == "internal");
            if internal && !trusted && packages::find(from).is_none() {
                return Err(format!("use of internal package {path} not allowed"));
            }
            let name = Symbol::intern(package.name);
            return Ok(Resolved {
                path: Symbol::intern(path),
                name,
                mode: PackageMode::Lazy,
                lang: Version::LATEST,
            });
        }
        let Some(dir) = self.folder(path) else {
            return Err(not_found(path));
        };
        if !modules::internal_allowed(path, from) {
            return Err(format!("use of internal package {path} not allowed"));
        }
        let files = modules::package_files(&self.store.files, &dir)?;
        let names = files
            .iter()
            .filter_map(|f| package_name(&self.store.files.read(f).ok()?));
        let name = names
            .into_iter()
            .next()
            .unwrap_or_else(|| Symbol::intern("_"));
        if name.as_str() == "main" {
            return Err(format!(
                "import \"{path}\" is a program, not an importable package"
            ));
        }
        Ok(Resolved {
            path: Symbol::intern(path),
            name,
            mode: PackageMode::Full,
            lang: self.lang_of(&dir),
        })
    }

    fn load(&mut self, path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>) {
        let under = self.under_test.as_ref();
        if let Some(files) = under.and_then(|u| u.files_of(u.real(path.as_str()))) {
            return (files.clone(), Vec::new());
        }
        let (mut files, mut diags) = (Vec::new(), Vec::new());
        let mut keep = |parsed: Result<(&'a File, Vec<Diagnostic>), String>| {
            // A file that is too large was said to be missing; its package then lacks names.
            if let Ok((file, mut errors)) = parsed {
                files.push(file);
                diags.append(&mut errors);
            }
        };
        if let Some(Ok(paths)) = self
            .folder(path.as_str())
            .map(|dir| modules::package_files(&self.store.files, &dir))
        {
            for file in paths {
                if let Ok(text) = self.store.files.read(&file) {
                    let dir = file.parent().unwrap_or(Path::new(""));
                    keep(embed::parse(self.store, dir, shown(&file), text));
                }
            }
        }
        (files, diags)
    }

    fn outlines(&mut self, path: Symbol) -> Option<Vec<Outline<'a>>> {
        let package = packages::find(path.as_str())?;
        let outlines = package.files.iter().filter_map(|f| {
            let name = format!("{}/src/{}/{}", crate::driver::GOROOT, package.path, f.name);
            // A file that does not fit any more was said to be missing; its package then lacks names.
            let file = self.store.add(name, f.text).ok()?;
            Some(Outline {
                file: file.id,
                span: Span::new(file.start(), file.end()),
                text: f.outline,
            })
        });
        Some(outlines.collect())
    }

    fn decls(&mut self, file: FileId, extent: Span) -> (&'a [Decl], Vec<Diagnostic>) {
        let source = self.store.sources.borrow().file(file).clone();
        let (decls, diags) = parse_decls(&source, extent, &mut self.store.ids.borrow_mut());
        (self.store.trees.keep(decls), diags)
    }

    fn body(&mut self, file: FileId, body: Span) -> (&'a Block, Vec<Diagnostic>) {
        let source = self.store.sources.borrow().file(file).clone();
        let (block, diags) = parse_func_body(&source, body, &mut self.store.ids.borrow_mut());
        (self.store.trees.keep(block), diags)
    }

    fn package_named(&self, name: &str) -> Option<String> {
        let found = packages::PACKAGES
            .iter()
            .filter(|p| p.name == name && is_public(p.path));
        // The shortest path is the best known: math/rand rather than math/rand/v2.
        found
            .map(|p| p.path)
            .min_by_key(|p| p.len())
            .map(str::to_string)
    }

    fn similar_path(&self, path: &str) -> Option<String> {
        let paths = packages::PACKAGES
            .iter()
            .map(|p| p.path)
            .filter(|p| is_public(p));
        nearest(path, paths).map(str::to_string)
    }

    fn locate(&self, pos: Pos) -> String {
        self.store
            .sources()
            .locate(pos)
            .map(|at| at.to_string())
            .unwrap_or_default()
    }
}

/// Whether programs may import a package of the library.
fn is_public(path: &str) -> bool {
    !path.split('/').any(|p| p == "internal")
}

/// What gc says of an import path that leads nowhere.
pub fn not_found(path: &str) -> String {
    let first = path.split('/').next().unwrap_or(path);
    let malformed = |why: &str| format!("malformed import path \"{path}\": {why}");
    if path.starts_with('/') {
        format!("\"{path}\" is not a package path; see 'go help packages'")
    } else if first == "." || first == ".." {
        format!(
            "\"{path}\" is relative, but relative import paths are not supported in module mode"
        )
    } else if path.starts_with('-') {
        malformed("leading dash")
    } else if path.contains("//") {
        malformed("double slash")
    } else if path.ends_with('/') {
        malformed("trailing slash")
    } else if let Some(part) = path.split('/').find(|p| matches!(*p, "." | "..")) {
        malformed(&format!("invalid path element \"{part}\""))
    } else if first.contains('.') {
        format!("no required module provides package {path}")
    } else {
        format!("package {path} is not in std")
    }
}

/// A file's name in diagnostics: relative to the working directory when it lies below it.
pub fn shown(file: &Path) -> String {
    let here = std::env::current_dir().ok();
    let relative = here.and_then(|h| file.strip_prefix(h).ok().map(Path::to_path_buf));
    relative
        .unwrap_or_else(|| file.to_path_buf())
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use minigo_syntax::ast::{ExprKind, Ident};

    fn joined<'i>(names: impl Iterator<Item = &'i Ident>) -> String {
        let names: Vec<&str> = names.map(|n| n.as_str()).collect();
        names.join(" ")
    }

    /// The outline's line for a declaration, as the tree has it.
    fn line(decl: &Decl) -> Option<String> {
        let (kind, names) = match decl {
            Decl::Import(d) => {
                let blank = |n: &Option<Ident>| n.is_some_and(|n| n.is_blank());
                let effects = d.specs.iter().any(|s| blank(&s.name));
                (if effects { 'e' } else { 'i' }, String::new())
            }
            Decl::Const(d) => ('c', joined(d.specs.iter().flat_map(|s| &s.names))),
            Decl::Var(d) => ('v', joined(d.specs.iter().flat_map(|s| &s.names))),
            Decl::Type(d) => {
                let alias = d.specs.iter().any(|s| s.assign.is_some());
                let names = joined(d.specs.iter().map(|s| &s.name));
                (if alias { 'a' } else { 't' }, names)
            }
            Decl::Func(f) => match &f.recv {
                None if f.name.as_str() == "init" => ('n', String::new()),
                None => ('f', f.name.as_str().to_owned()),
                Some(recv) => {
                    let (star, mut base) = match &recv.ty.unparen().kind {
                        ExprKind::Star(x) => ("*", x.unparen()),
                        _ => ("", recv.ty.unparen()),
                    };
                    if let ExprKind::Index(x) = &base.kind {
                        base = &x.x;
                    }
                    let ExprKind::Ident(recv) = base.kind else {
                        return None;
                    };
                    ('m', format!("{star}{recv} {}", f.name.as_str()))
                }
            },
        };
        let only_blanks = !names.is_empty() && names.split(' ').all(|n| n == "_");
        (!only_blanks).then(|| format!("{kind} {names}"))
    }

    #[test]
    fn outlines_tell_what_the_parser_finds() {
        for package in packages::PACKAGES {
            for source in package.files {
                let store = Store::default();
                let file = store.add(source.name.to_owned(), source.text).unwrap();
                let mode = Mode { skip_bodies: true };
                let (tree, _) = parse_file(&file, mode, &mut store.ids());
                let expected: Vec<String> = tree.decls.iter().filter_map(line).collect();
                let mut found = Vec::new();
                for line in source.outline.lines() {
                    let words: Vec<&str> = line.splitn(4, ' ').collect();
                    let names = words.get(3).unwrap_or(&"");
                    found.push(format!("{} {names}", words[0]));
                    // What is read in its place is the declaration alone, and whole.
                    let at = |i: usize| Pos(file.start().0 + words[i].parse::<u32>().unwrap());
                    let extent = Span::new(at(1), at(2));
                    let (decls, errors) = parse_decls(&file, extent, &mut store.ids());
                    assert!(errors.is_empty(), "{}: {line}", source.name);
                    let again: Vec<String> = decls.iter().filter_map(self::line).collect();
                    assert_eq!(again, found[found.len() - 1..], "{}", source.name);
                    assert_eq!(decls[0].span(), extent, "{}: {line}", source.name);
                }
                assert_eq!(found, expected, "{}/{}", package.path, source.name);
            }
        }
    }
}
