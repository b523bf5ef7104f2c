//! The one place where the phases meet: files → trees → checked packages → program → running goroutines.

use crate::modules::{self, error_text};
use crate::packages::{Packages, Store};
use minigo_bytecode::program::Program;
use minigo_compiler::check::{Checker, PkgId};
use minigo_compiler::render::{self, Form};
use minigo_runtime::Config;
use minigo_syntax::ast::File;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::Mode;
use minigo_syntax::source::SourceFile;
use minigo_syntax::symbol::Symbol;
use minigo_vm::Vm;
use std::path::{Path, PathBuf};

/// What stands before the path of a library file in tracebacks.
pub const GOROOT: &str = "$GOROOT";

/// Why there is nothing to run.
#[derive(Debug)]
pub enum Failure {
    /// The command line names nothing that could be compiled; exit status 1.
    Input(String),
    /// The program has errors; they are in the session.
    Errors,
}

/// The Go files that a command line names, and the arguments behind them.
///
/// Files: as many leading arguments as end in `.go`. Otherwise the first argument is a folder.
pub fn inputs(args: &[String]) -> Result<(Vec<PathBuf>, &[String]), String> {
    let n = args
        .iter()
        .take_while(|a| a.ends_with(".go") && !Path::new(a).is_dir())
        .count();
    if n > 0 {
        return Ok((args[..n].iter().map(PathBuf::from).collect(), &args[n..]));
    }
    let Some((dir, rest)) = args.split_first() else {
        return Err("no go files listed".to_string());
    };
    let path = Path::new(dir);
    if !path.is_dir() {
        return Err(match std::fs::metadata(path) {
            Ok(_) => format!("{dir} is neither a .go file nor a folder"),
            Err(e) => format!("{dir}: {}", error_text(&e)),
        });
    }
    Ok((modules::package_files(path)?, rest))
}

/// One compilation.
pub struct Session<'a> {
    store: &'a Store,
    /// The checker, for dumps.
    pub checker: Checker<'a>,
    diags: Vec<Diagnostic>,
}

impl<'a> Session<'a> {
    /// A session for the program in `dir` that keeps sources and trees in `store`.
    pub fn new(store: &'a Store, dir: &Path) -> Session<'a> {
        Session {
            store,
            checker: Checker::new(Box::new(Packages::new(store, dir))),
            diags: Vec::new(),
        }
    }

    /// Reads and parses the files; fails if there is a syntax error.
    pub fn parse(&mut self, files: &[PathBuf]) -> Result<Vec<&'a File>, Failure> {
        let mut trees = Vec::new();
        for path in files {
            let name = path.display().to_string();
            let text = std::fs::read(path)
                .map_err(|e| Failure::Input(format!("open {name}: {}", error_text(&e))))?;
            let parsed = self.store.parse(name, text, Mode::default());
            let (tree, diags) = parsed.map_err(Failure::Input)?;
            self.diags.extend(diags);
            trees.push(tree);
        }
        // gc goes no further than a syntax error; what it finds besides while it parses (a malformed literal, a
        // parenthesized go call) does not keep it from type-checking.
        let is_syntax = |d: &Diagnostic| d.message.starts_with("syntax error");
        if self.diags.iter().any(is_syntax) {
            Err(Failure::Errors)
        } else {
            Ok(trees)
        }
    }

    /// Reads, parses and checks the files as one package.
    pub fn check(&mut self, files: &[PathBuf]) -> Result<PkgId, Failure> {
        let trees = self.parse(files)?;
        let pkg = self.checker.check_package("main", trees);
        self.diags.extend(self.checker.take_diagnostics());
        if self.diags.is_empty() {
            Ok(pkg)
        } else {
            Err(Failure::Errors)
        }
    }

    /// The text that `dump` makes of each of the files.
    pub fn dumped(&self, trees: &[&File], dump: impl Fn(&SourceFile, &File) -> String) -> String {
        let sources = self.store.sources();
        trees
            .iter()
            .map(|tree| dump(sources.file(tree.file), tree))
            .collect()
    }

    /// Compiles a checked package `main` and all that it reaches.
    pub fn compile(&mut self, pkg: PkgId) -> Result<Program, Failure> {
        let package = self.checker.pkg(pkg);
        if package.name.as_str() != "main" {
            let name = package.name;
            return Err(Failure::Input(format!(
                "package {name} is not a main package"
            )));
        }
        let main = self.checker.scopes[package.scope].lookup(Symbol::intern("main"));
        if !main.is_some_and(|obj| self.checker.objs[obj].is_func()) {
            return Err(Failure::Input(
                "function main is undeclared in the main package".to_string(),
            ));
        }
        let store = self.store;
        let file_of = |pos| store.sources().file_of(pos).cloned();
        let compiled = minigo_compiler::compile(&mut self.checker, pkg, &file_of);
        let mut program = compiled.map_err(|diags| {
            self.diags.extend(diags);
            Failure::Errors
        })?;
        // Diagnostics name files as the user did; tracebacks, as Go's, with their whole path.
        for file in program.files.iter_mut().filter(|f| !f.starts_with(GOROOT)) {
            if let Ok(path) = std::path::absolute(&*file) {
                *file = path.display().to_string();
            }
        }
        Ok(program)
    }

    /// Every diagnostic as text: sorted, ten at most unless `all`.
    pub fn rendered(&self, form: Form, all: bool) -> String {
        render::render(&self.store.sources(), &self.diags, form, all)
    }
}

/// Loads a program and runs it on this thread with `os.Args` = `args`; the process ends with the program. Returns, with
/// the reason, only when the program cannot be loaded.
pub fn execute(program: Program, args: Vec<String>) -> String {
    match Vm::load(program, minigo_stdlib::NATIVES) {
        Ok(vm) => {
            minigo_stdlib::set_args(args.into_iter().map(String::into_bytes).collect());
            vm.run_main(Config::default())
        }
        Err(e) => format!("internal error: the program cannot be loaded: {e}"),
    }
}
