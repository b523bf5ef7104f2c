//! Where a compilation's packages come from: the embedded library, read lazily. The program's own files are parsed by
//! the driver before the checker asks for anything.

use minigo_compiler::check::{Importer, PackageMode, Resolved, Trees};
use minigo_stdlib::packages;
use minigo_syntax::ast::{Block, File, NodeIds};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::{Mode, parse_file, parse_func_body};
use minigo_syntax::source::{FileId, Pos, SourceFile, SourceMap, Span, Text};
use minigo_syntax::symbol::Symbol;
use std::cell::RefCell;
use std::sync::Arc;

/// Sources, trees and node numbers of one compilation.
#[derive(Default)]
pub struct Store {
    /// Owns every tree.
    pub trees: Trees,
    sources: RefCell<SourceMap>,
    ids: RefCell<NodeIds>,
}

impl Store {
    /// Adds a text and parses it whole. The error says that the file is too large.
    pub fn parse(
        &self,
        name: String,
        text: impl Into<Text>,
        mode: Mode,
    ) -> Result<(&File, Vec<Diagnostic>), String> {
        let file = self.add(name, text)?;
        let (tree, diags) = parse_file(&file, mode, &mut self.ids.borrow_mut());
        Ok((self.trees.keep(tree), diags))
    }

    fn add(&self, name: String, text: impl Into<Text>) -> Result<Arc<SourceFile>, String> {
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

/// The importer: finds packages of the library.
pub struct Library<'a> {
    store: &'a Store,
}

impl<'a> Library<'a> {
    /// An importer that keeps what it parses in `store`.
    pub fn new(store: &'a Store) -> Library<'a> {
        Library { store }
    }
}

impl<'a> Importer<'a> for Library<'a> {
    fn resolve(&mut self, path: &str, _from: Symbol) -> Result<Resolved, String> {
        let package = packages::find(path).ok_or_else(|| match path.split('/').next() {
            Some(first) if first.contains('.') => {
                format!("no required module provides package {path}")
            }
            _ => format!("package {path} is not in std"),
        })?;
        Ok(Resolved {
            path: Symbol::intern(path),
            name: Symbol::intern(package.name),
            mode: PackageMode::Lazy,
        })
    }

    fn load(&mut self, path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>) {
        let Some(package) = packages::find(path.as_str()) else {
            return (Vec::new(), Vec::new());
        };
        let (mut files, mut diags) = (Vec::new(), Vec::new());
        for (name, text) in package.files {
            let name = format!("{}/src/{}/{name}", crate::driver::GOROOT, package.path);
            // Too large is impossible: the sources are ours.
            if let Ok((file, mut errors)) =
                self.store.parse(name, *text, Mode { skip_bodies: true })
            {
                files.push(file);
                diags.append(&mut errors);
            }
        }
        (files, diags)
    }

    fn body(&mut self, file: FileId, body: Span) -> (&'a Block, Vec<Diagnostic>) {
        let source = self.store.sources.borrow().file(file).clone();
        let (block, diags) = parse_func_body(&source, body, &mut self.store.ids.borrow_mut());
        (self.store.trees.keep(block), diags)
    }

    fn locate(&self, pos: Pos) -> String {
        self.store
            .sources()
            .locate(pos)
            .map(|at| at.to_string())
            .unwrap_or_default()
    }
}
