//! The example of every error code triggers the code.

use minigo_compiler::check::{Checker, Importer, Resolved, Trees};
use minigo_syntax::ast::{Block, File, NodeIds};
use minigo_syntax::codes::Code;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::{self, Mode};
use minigo_syntax::source::{FileId, Pos, SourceMap, Span};
use minigo_syntax::symbol::Symbol;
use std::fmt::Write;

/// No packages but unsafe, which is the checker's own.
struct Nothing;

impl<'a> Importer<'a> for Nothing {
    fn resolve(&mut self, path: &str, _from: Symbol) -> Result<Resolved, String> {
        Err(format!("package {path} is not in std"))
    }

    fn load(&mut self, _path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>) {
        unreachable!("nothing was resolved")
    }

    fn body(&mut self, _file: FileId, _body: Span) -> (&'a Block, Vec<Diagnostic>) {
        unreachable!("no body was passed over")
    }

    fn locate(&self, _pos: Pos) -> String {
        String::new()
    }
}

fn codes_of(text: &str) -> Vec<Code> {
    let file = SourceMap::new()
        .add("x.go", text.to_string())
        .expect("a small file");
    let (tree, mut errors) = parser::parse_file(&file, Mode::default(), &mut NodeIds::new());
    if errors.is_empty() {
        let trees = Trees::default();
        let tree = trees.keep(tree);
        let mut checker = Checker::new(Box::new(Nothing));
        checker.check_package("p", vec![tree]);
        errors = checker.take_diagnostics();
    }
    errors.iter().map(|e| e.code).collect()
}

#[test]
fn examples_trigger_their_codes() {
    let mut wrong = String::new();
    for code in Code::ALL {
        assert!(code.meaning().ends_with('.'), "{code}");
        if code.example().is_empty() {
            continue;
        }
        let found = codes_of(&format!("package p\n{}\n", code.example()));
        if !found.contains(code) {
            let _ = writeln!(wrong, "{code}: {found:?}\n\t{}", code.example());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
