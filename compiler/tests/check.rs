//! The type checker on small programs: `// ERROR "text"` stands on the line of each expected error, and `.*` in the text
//! stands for anything. Every error must be expected, and every expected one reported.
//!
//! A source may hold several packages: `-- path --` on a line of its own begins one that others may import.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use minigo_compiler::check::{
    Checker, Importer, PackageMode, PkgId, Resolved, Trees, dump::dump_types,
};
use minigo_syntax::ast::{Block, File, NodeIds};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::{self, Mode};
use minigo_syntax::source::{FileId, Pos, SourceMap, Span};
use minigo_syntax::symbol::Symbol;

#[derive(Default)]
struct Sources {
    map: SourceMap,
    ids: NodeIds,
}

/// Packages from texts. `lib/…` packages are lazy, others full.
struct Texts<'a> {
    trees: &'a Trees,
    sources: Rc<RefCell<Sources>>,
    packages: HashMap<String, String>,
}

fn parse<'a>(
    trees: &'a Trees,
    sources: &RefCell<Sources>,
    name: &str,
    text: &str,
    skip_bodies: bool,
) -> (&'a File, Vec<Diagnostic>) {
    let Sources { map, ids } = &mut *sources.borrow_mut();
    let file = map.add(name, text.to_owned()).unwrap();
    let (tree, diags) = parser::parse_file(&file, Mode { skip_bodies }, ids);
    (trees.keep(tree), diags)
}

impl<'a> Importer<'a> for Texts<'a> {
    fn resolve(&mut self, path: &str, _from: Symbol) -> Result<Resolved, String> {
        if !self.packages.contains_key(path) {
            return Err(format!("package {path} is not in std"));
        }
        let name = path.rsplit('/').next().unwrap();
        let mode = if path.starts_with("lib/") { PackageMode::Lazy } else { PackageMode::Full };
        Ok(Resolved { path: Symbol::intern(path), name: Symbol::intern(name), mode })
    }

    fn load(&mut self, path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>) {
        let text = &self.packages[path.as_str()];
        let lazy = path.as_str().starts_with("lib/");
        let (file, diags) = parse(self.trees, &self.sources, &format!("{path}.go"), text, lazy);
        (vec![file], diags)
    }

    fn body(&mut self, file: FileId, body: Span) -> (&'a Block, Vec<Diagnostic>) {
        let Sources { map, ids } = &mut *self.sources.borrow_mut();
        let (block, diags) = parser::parse_func_body(map.file(file), body, ids);
        (self.trees.keep(block), diags)
    }

    fn locate(&self, pos: Pos) -> String {
        self.sources.borrow().map.locate(pos).map_or(String::new(), |l| l.to_string())
    }
}

struct Outcome {
    /// Each error as `file:line: message`, continuations behind it.
    errors: Vec<(String, u32, String)>,
    dump: String,
}

/// Checks the first package of a source, and whatever it imports, with a function that asks for more.
fn run(src: &str, then: impl FnOnce(&mut Checker<'_>, PkgId)) -> Outcome {
    let trees = Trees::new();
    let sources = Rc::new(RefCell::new(Sources::default()));
    let mut packages = HashMap::new();
    let mut sections = src.split("\n-- ");
    let main = sections.next().unwrap();
    for section in sections {
        let (path, text) = section.split_once(" --\n").unwrap();
        packages.insert(path.to_owned(), text.to_owned());
    }
    let importer = Texts { trees: &trees, sources: sources.clone(), packages };
    let (file, diags) = parse(&trees, &sources, "main.go", main, false);
    assert!(diags.is_empty(), "syntax: {diags:?}");
    let mut checker = Checker::new(Box::new(importer));
    let pkg = checker.check_package("main", vec![file]);
    then(&mut checker, pkg);
    let diags = checker.take_diagnostics();
    let map = &sources.borrow().map;
    let errors = diags
        .into_iter()
        .map(|d| {
            let at = map.locate(d.pos()).expect("an error stands somewhere");
            let mut msg = d.message;
            for r in d.related {
                let at = map.locate(r.span.lo).map_or(String::new(), |l| format!("{l}: "));
                msg.push_str(&format!("\n\t{at}{}", r.message));
            }
            (at.file.to_owned(), at.line, msg)
        })
        .collect();
    let dump = dump_types(&checker, file, map.file(file.file));
    Outcome { errors, dump }
}

/// Whether `text` occurs in `msg`, where `.*` stands for anything.
fn matches(text: &str, msg: &str) -> bool {
    let mut rest = msg;
    text.split(".*").all(|part| match rest.find(part) {
        Some(i) => {
            rest = &rest[i + part.len()..];
            true
        }
        None => false,
    })
}

/// Checks a source against its `// ERROR` comments.
#[track_caller]
fn check(src: &str) {
    let outcome = run(src, |_, _| ());
    let mut wanted: Vec<(String, u32, &str)> = Vec::new();
    let (mut file, mut line) = ("main.go".to_owned(), 0);
    for text in src.lines() {
        line += 1;
        if let Some(path) = text.strip_prefix("-- ").and_then(|t| t.strip_suffix(" --")) {
            (file, line) = (format!("{path}.go"), 0);
        }
        if let Some((_, comment)) = text.split_once("// ERROR ") {
            for want in comment.split('"').skip(1).step_by(2) {
                wanted.push((file.clone(), line, want));
            }
        }
    }
    let mut problems = Vec::new();
    for (file, line, msg) in outcome.errors {
        let found = wanted.iter().position(|w| w.0 == file && w.1 == line && matches(w.2, &msg));
        match found {
            Some(i) => drop(wanted.remove(i)),
            None => problems.push(format!("unexpected: {file}:{line}: {msg}")),
        }
    }
    problems.extend(wanted.iter().map(|w| format!("missing: {}:{}: {}", w.0, w.1, w.2)));
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
