//! The one place where the phases meet: files → trees → checked packages → program → running goroutines.

use crate::files::Files;
use crate::modules::{self, Module, error_text};
use crate::packages::{self, Packages, Store};
use crate::{embed, snippet, txtar};
use minigo_bytecode::program::Program;
use minigo_compiler::check::{Checker, PkgId};
use minigo_compiler::render::{self, Form, Limit};
use minigo_runtime::Config;
use minigo_syntax::ast::File;
use minigo_syntax::codes::Code;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::SourceFile;
use minigo_syntax::symbol::Symbol;
use minigo_syntax::version::Version;
use minigo_vm::Vm;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What stands before the path of a library file in tracebacks.
pub const GOROOT: &str = "$GOROOT";

/// The name of the main file of a test program.
pub const TEST_MAIN: &str = "_testmain.go";

/// Why there is nothing to run.
#[derive(Debug)]
pub enum Failure {
    /// The command line names nothing that could be compiled; exit status 1.
    Input(String),
    /// The program has errors; they are in the session.
    Errors,
}

/// What a command line names: a program, or a package to look at.
#[derive(Debug, Default)]
pub struct Input {
    /// Its files.
    pub files: Vec<PathBuf>,
    /// The text of `-e`, which is the whole program.
    pub text: Option<String>,
    /// What was read from standard input, because that is the program.
    pub stdin: Vec<u8>,
    /// The folder that imports are seen from.
    pub dir: PathBuf,
    /// What the program finds in `os.Args[0]`.
    pub name: String,
    /// The arguments behind it.
    pub rest: Vec<String>,
}

impl Input {
    /// The program that is the text itself.
    pub fn text(text: &str, rest: &[String]) -> Input {
        Input {
            text: Some(text.to_string()),
            dir: PathBuf::from("."),
            name: snippet::NAME.to_string(),
            rest: rest.to_vec(),
            ..Input::default()
        }
    }

    /// Finds out what the arguments name. As many leading arguments as end in `.go` are files; otherwise the first is a
    /// folder, an import path, an archive, a file that begins with `#!`, or `-` for standard input. Files that are not
    /// on disk come into `disk`.
    pub fn find(args: &[String], disk: &mut Files) -> Result<Input, String> {
        let n = args
            .iter()
            .take_while(|a| a.ends_with(".go") && !Path::new(a).is_dir())
            .count();
        let Some(first) = args.first() else {
            return Err("no go files listed".to_string());
        };
        let mut input = Input {
            name: first.clone(),
            rest: args[n.max(1)..].to_vec(),
            ..Input::default()
        };
        let path = Path::new(first);
        if first == "-" {
            let mut text = Vec::new();
            std::io::stdin()
                .read_to_end(&mut text)
                .map_err(|e| format!("standard input: {}", error_text(&e)))?;
            input.stdin.clone_from(&text);
            input.single("<stdin>".into(), text, disk)?;
        } else if n == 1 || n == 0 && path.is_file() {
            let text = disk
                .read(path)
                .map_err(|e| format!("open {first}: {}", error_text(&e)))?;
            if n == 0 && txtar::parse(&text).is_none() && !is_script(path) {
                return Err(format!("{first} is neither a .go file nor a folder"));
            }
            input.single(path.to_path_buf(), text, disk)?;
        } else if n > 1 {
            input.files = args[..n].iter().map(PathBuf::from).collect();
            input.dir = folder_of(path);
            let apart = input.files.iter().find(|f| folder_of(f) != input.dir);
            if let Some(other) = apart.map(|f| folder_of(f)) {
                let (one, other) = (input.dir.display(), other.display());
                return Err(format!(
                    "named files must all be in one directory; have {one} and {other}"
                ));
            }
        } else {
            input.dir = package_folder(disk, first)?;
            input.files = modules::package_files(disk, &input.dir)?;
        }
        Ok(input)
    }

    /// A program of one file, which may be an archive.
    fn single(&mut self, path: PathBuf, text: Vec<u8>, disk: &mut Files) -> Result<(), String> {
        let Some(files) = txtar::parse(&text) else {
            self.dir = folder_of(&path);
            if !path.is_file() {
                disk.add(path.clone(), text);
            }
            self.files = vec![path];
            return Ok(());
        };
        let shown = path.display();
        if !files.iter().any(|(name, _)| name == "go.mod") {
            disk.add(absolute(&path).join("go.mod"), "module play\n\ngo 1.27\n");
        }
        for (name, text) in files {
            if !txtar::is_local(&name) {
                return Err(format!("{shown}: invalid file name {name:?} in archive"));
            }
            disk.add(absolute(&path).join(name), text);
        }
        self.dir = absolute(&path);
        self.files = modules::package_files(disk, &self.dir)
            .map_err(|_| format!("no Go files at the top of {shown}"))?;
        Ok(())
    }
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> PathBuf {
    let dir = path.parent().filter(|d| !d.as_os_str().is_empty());
    dir.unwrap_or(Path::new(".")).to_path_buf()
}

/// Whether a file says in its first line that we are to run it.
fn is_script(path: &Path) -> bool {
    let mut start = [0; 2];
    std::fs::File::open(path).is_ok_and(|mut f| f.read_exact(&mut start).is_ok()) && start == *b"#!"
}

/// The folder of the package that an argument names, by path or by import path.
pub fn package_folder(disk: &Files, name: &str) -> Result<PathBuf, String> {
    let path = Path::new(name);
    let is_path = name.starts_with(['.', '/']);
    if path.is_dir() {
        return Ok(path.to_path_buf());
    }
    if !is_path
        && let Some(dir) = Module::around(disk, Path::new(".")).and_then(|m| m.folder(disk, name))
    {
        return Ok(dir);
    }
    if let Err(e) = std::fs::metadata(path)
        && (is_path || e.kind() != std::io::ErrorKind::NotFound)
    {
        return Err(format!("{name}: {}", error_text(&e)));
    }
    if minigo_stdlib::packages::find(name).is_some() {
        return Err(format!("package {name} is not a main package"));
    }
    Err(packages::not_found(name))
}

/// What the flags say about a compilation.
#[derive(Debug, Default, Clone, Copy)]
pub struct Settings {
    /// The language version, if it is not that of `go.mod`.
    pub lang: Option<Version>,
    /// Whether to report as the type checker's own tests want it, also behind syntax errors.
    pub as_types2: bool,
}

/// One compilation.
pub struct Session<'a> {
    store: &'a Store,
    /// The checker, for dumps.
    pub checker: Checker<'a>,
    settings: Settings,
    /// Import path of the program's package, if it lies in a module.
    path: String,
    diags: Vec<Diagnostic>,
}

impl<'a> Session<'a> {
    /// A session for the program in `dir` that keeps sources and trees in `store`.
    pub fn new(store: &'a Store, dir: &Path, settings: Settings) -> Session<'a> {
        Session::with(store, Packages::new(store, dir, settings.lang), settings)
    }

    /// A session with an importer of the caller's.
    pub fn with(store: &'a Store, packages: Packages<'a>, settings: Settings) -> Session<'a> {
        let (lang, path) = (packages.lang(), packages.main_path().to_string());
        let mut checker = Checker::new(Box::new(packages));
        checker.set_lang(lang);
        if !path.is_empty() {
            checker.set_main_path(&path);
        }
        if settings.as_types2 {
            checker.report_as_types2();
        }
        Session {
            store,
            checker,
            settings,
            path,
            diags: Vec::new(),
        }
    }

    /// Adds errors that were found elsewhere.
    pub fn report(&mut self, diags: Vec<Diagnostic>) {
        self.diags.extend(diags);
    }

    /// Whether one of the errors is of that kind.
    pub fn has(&self, code: Code) -> bool {
        self.diags.iter().any(|d| d.code == code)
    }

    /// Reads and parses the files; fails if there is a syntax error.
    pub fn parse(&mut self, input: &Input) -> Result<Vec<&'a File>, Failure> {
        let mut trees = Vec::new();
        if let Some(text) = &input.text {
            let (tree, diags) = snippet::parse(self.store, text).map_err(Failure::Input)?;
            self.diags.extend(diags);
            trees.push(tree);
        }
        for path in &input.files {
            let name = match self.store.files.in_memory(path) {
                true => packages::shown(path),
                false => path.display().to_string(),
            };
            let text = self
                .store
                .files
                .read(path)
                .map_err(|e| Failure::Input(format!("open {name}: {}", error_text(&e))))?;
            // The parent of a bare name is empty, which is no folder's name.
            let dir = match path.parent() {
                Some(dir) if dir != Path::new("") => dir,
                _ => Path::new("."),
            };
            let parsed = embed::parse(self.store, dir, name, text);
            let (tree, diags) = parsed.map_err(Failure::Input)?;
            self.diags.extend(diags);
            trees.push(tree);
        }
        // gc goes no further than a syntax error; what it finds besides while it parses (a malformed literal, a
        // parenthesized go call) does not keep it from type-checking.
        let is_syntax = |d: &Diagnostic| d.message.starts_with("syntax error");
        self.checker
            .set_parse_errors(self.diags.iter().map(|d| d.span.lo).collect());
        if !self.settings.as_types2 && self.diags.iter().any(is_syntax) {
            for tree in trees {
                self.checker.branches(tree);
            }
            self.diags.extend(self.checker.take_diagnostics());
            Err(Failure::Errors)
        } else {
            Ok(trees)
        }
    }

    /// Reads, parses and checks the files as one package.
    pub fn check(&mut self, input: &Input) -> Result<PkgId, Failure> {
        let trees = self.parse(input)?;
        let name = trees.first().map_or("main", |t| t.name.as_str());
        let path = match name {
            "main" => name,
            _ if self.settings.as_types2 => name,
            _ if self.path.is_empty() => "command-line-arguments",
            _ => self.path.as_str(),
        };
        let path = path.to_string();
        self.check_trees(&path, trees)
    }

    /// Checks parsed files as the package with that path.
    pub fn check_trees(&mut self, path: &str, trees: Vec<&'a File>) -> Result<PkgId, Failure> {
        self.checker
            .set_parse_errors(self.diags.iter().map(|d| d.span.lo).collect());
        let pkg = self.checker.check_package(path, trees);
        let found = self.checker.take_diagnostics();
        let sources = self.store.sources();
        let written = |d: &Diagnostic| {
            let file = sources.file_of(d.span.lo);
            file.is_none_or(|f| f.name != snippet::IMPORTS)
        };
        self.diags.extend(found.into_iter().filter(written));
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
            let path = match self.path.as_str() {
                "" => "command-line-arguments",
                path => path,
            };
            return Err(Failure::Input(format!(
                "package {path} is not a main package"
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
        let invented = |name: &str| {
            name.starts_with(GOROOT)
                || name.starts_with('<')
                || name == "??"
                || [snippet::NAME, TEST_MAIN].contains(&name)
        };
        for file in program.files.iter_mut().filter(|f| !invented(f)) {
            if let Ok(path) = std::path::absolute(&*file) {
                *file = path.display().to_string();
            }
        }
        Ok(program)
    }

    /// The diagnostics as text, those of them that gc shows.
    pub fn rendered(&self, form: Form, limit: Limit) -> String {
        render::render(&self.store.sources(), &self.diags, form, limit)
    }
}

/// Loads a program and runs it on this thread with `os.Args` = `args`; the process ends with the program. Returns, with
/// the reason, only when the program cannot be loaded.
pub fn execute(program: Program, args: Vec<String>, config: Config) -> String {
    minigo_runtime::nondet::init(config.seed);
    match Vm::load(program, minigo_stdlib::NATIVES) {
        Ok(vm) => {
            minigo_stdlib::set_args(args.into_iter().map(String::into_bytes).collect());
            vm.run_main(config)
        }
        Err(e) => format!("internal error: the program cannot be loaded: {e}"),
    }
}
