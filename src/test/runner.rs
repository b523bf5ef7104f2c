//! The process of one package: compiles it with its tests and the main function made for them, and runs that.

use super::functions::{EXTERNAL, Functions, INTERNAL};
use crate::cli;
use crate::constraints;
use crate::driver::{self, Failure, Session, Settings};
use crate::files::Files;
use crate::limits;
use crate::modules;
use crate::packages::{Packages, Store, UnderTest};
use minigo_bytecode::program::Program;
use minigo_compiler::render::{Form, Limit};
use minigo_runtime::Config;
use minigo_runtime::limits::Limits;
use minigo_syntax::ast::File;
use minigo_syntax::codes::Code;
use minigo_syntax::parser::Mode;
use std::io::Write;
use std::path::{Path, PathBuf};

/// The name that the process goes by, `argv[0]`.
pub const RUNNER: &str = "minigo-test";

/// The variable that lets a test program start itself again with `-test` flags: it has what [`Job::parse`] reads.
pub const JOB: &str = "MINIGO_TEST_PACKAGE";

/// The first byte of the output: the program runs and what follows is its own.
pub const RUNS: u8 = b'R';
/// The files cannot be made a package: what follows says why.
pub const SETUP_FAILED: u8 = b'S';
/// The package has errors, which follow.
pub const BUILD_FAILED: u8 = b'B';

/// What to test.
#[derive(Clone, Debug, Default)]
pub struct Job {
    pub dir: PathBuf,
    pub path: String,
    pub diag: String,
    pub is_std: bool,
    /// The build tags of `-tags`.
    pub tags: String,
    /// What the test program may use.
    pub limits: Limits,
    pub files: Vec<PathBuf>,
}

impl Job {
    /// The job as one text.
    pub fn to_text(&self) -> String {
        let files = self.files.iter().map(|f| format!("\n{}", f.display()));
        let (dir, kind) = (self.dir.display(), if self.is_std { "std" } else { "" });
        let limits = limits::to_text(&self.limits);
        let head = format!(
            "{dir}\n{}\n{}\n{kind}\n{}\n{limits}",
            self.path, self.diag, self.tags
        );
        head + &files.collect::<String>()
    }

    /// The other way round.
    pub fn parse(text: &str) -> Option<Job> {
        let mut lines = text.split('\n');
        Some(Job {
            dir: lines.next()?.into(),
            path: lines.next()?.to_string(),
            diag: lines.next()?.to_string(),
            is_std: lines.next()? == "std",
            tags: lines.next()?.to_string(),
            limits: limits::from_text(lines.next()?),
            files: lines.map(PathBuf::from).collect(),
        })
    }

    fn form(&self) -> Form {
        match self.diag.as_str() {
            "color" => Form::Rich { color: true },
            "rich" => Form::Rich { color: false },
            _ => Form::Short,
        }
    }
}

/// Why there is nothing to run.
enum Refusal {
    Setup(String),
    Build(String),
}

/// Tests the package of the job with the program's arguments. Returns only if it cannot be run. With `header`, standard
/// output begins as the other side expects it.
pub fn main(args: &[String], header: bool) -> u8 {
    let text = std::env::var(JOB).unwrap_or_default();
    let Some(job) = Job::parse(&text) else {
        return cli::fail(&format!("{JOB} does not say what to test"));
    };
    constraints::set_tags(&job.tags);
    let say = |kind: u8, text: &str| {
        if header {
            let mut out = std::io::stdout().lock();
            // If nobody listens any more, what follows fails too.
            let _ = out
                .write_all(&[kind])
                .and_then(|()| out.write_all(text.as_bytes()));
            let _ = out.flush();
        } else if kind != RUNS {
            eprint!("{text}");
        }
    };
    let compiled = cli::on_big_stack(|| compile(&job));
    match compiled {
        Ok(Ok(program)) => {
            say(RUNS, "");
            if let Err(e) = std::env::set_current_dir(&job.dir) {
                return cli::fail(&format!("chdir {}: {e}", job.dir.display()));
            }
            let name =
                std::env::current_exe().map_or(RUNNER.to_string(), |p| p.display().to_string());
            let args = std::iter::once(name).chain(args.iter().cloned());
            let config = Config {
                limits: job.limits,
                ..Config::default()
            };
            cli::fail(&driver::execute(program, args.collect(), config))
        }
        Ok(Err(Refusal::Setup(text))) => {
            say(SETUP_FAILED, &text);
            1
        }
        Ok(Err(Refusal::Build(text))) => {
            say(BUILD_FAILED, &text);
            1
        }
        Err(status) => status,
    }
}

fn compile(job: &Job) -> Result<Program, Refusal> {
    let store: &Store = Box::leak(Box::new(Store::new(Files::default())));
    let (files, tests) = match job.files.is_empty() {
        true => (
            modules::package_files(&store.files, &job.dir).unwrap_or_default(),
            modules::test_files(&store.files, &job.dir).map_err(Refusal::Setup)?,
        ),
        false => job
            .files
            .iter()
            .cloned()
            .partition(|f| !f.display().to_string().ends_with("_test.go")),
    };
    let mut diags = Vec::new();
    let mut parse = |path: &PathBuf| -> Result<&'static File, Refusal> {
        let name = shown(path);
        let text = store.files.read(path);
        let text = text
            .map_err(|e| Refusal::Setup(format!("open {name}: {}\n", modules::error_text(&e))))?;
        let (tree, found) = crate::embed::parse(store, &job.dir, name, text)
            .map_err(|e| Refusal::Setup(e + "\n"))?;
        diags.extend(found);
        Ok(tree)
    };
    let mut inside = files
        .iter()
        .map(&mut parse)
        .collect::<Result<Vec<_>, _>>()?;
    let own_name = inside.first().map(|t| t.name.name);
    let trees = tests
        .iter()
        .map(&mut parse)
        .collect::<Result<Vec<_>, _>>()?;
    let is_external =
        |t: &&File| own_name != Some(t.name.name) && t.name.name.as_str().ends_with("_test");
    let (external, internal): (Vec<&File>, Vec<&File>) = trees.into_iter().partition(is_external);
    let settings = Settings::default();
    let packages = |under: UnderTest<'static>| Packages::for_test(store, &job.dir, under);
    if diags.iter().any(|d| d.message.starts_with("syntax error")) {
        let mut session = Session::with(store, packages(UnderTest::default()), settings);
        session.report(diags);
        return Err(Refusal::Setup(session.rendered(job.form(), Limit::Ten)));
    }
    let mut found = Functions::default();
    for (name, trees) in [(INTERNAL, &internal), (EXTERNAL, &external)] {
        for tree in trees {
            let source = store.sources().file(tree.file).clone();
            found
                .collect(name, tree, &source)
                .map_err(|e| Refusal::Setup(e + "\n"))?;
        }
    }
    inside.extend(internal);
    let main = found.main_text(&job.path, !inside.is_empty(), !external.is_empty());
    let under = UnderTest {
        path: job.path.clone(),
        files: inside,
        external,
        is_std: job.is_std,
    };
    let mut session = Session::with(store, packages(under), settings);
    session.report(diags);
    let (main, _) = store
        .parse(driver::TEST_MAIN.to_string(), main, Mode::default())
        .map_err(Refusal::Setup)?;
    let refuse = |session: &Session<'_>, failure| match failure {
        Failure::Input(text) => Refusal::Build(text + "\n"),
        Failure::Errors if session.has(Code::BrokenImport) => {
            Refusal::Setup(session.rendered(job.form(), Limit::Ten))
        }
        Failure::Errors => Refusal::Build(session.rendered(job.form(), Limit::Ten)),
    };
    let pkg = session
        .check_trees("main", vec![main])
        .map_err(|f| refuse(&session, f))?;
    session.compile(pkg).map_err(|f| refuse(&session, f))
}

/// A file's name in diagnostics, as the go command shows it: below the working directory, and `./a.go` directly in it.
fn shown(path: &Path) -> String {
    let name = crate::packages::shown(path);
    let name = name.strip_prefix("./").unwrap_or(&name);
    if name.contains('/') {
        name.to_string()
    } else {
        format!("./{name}")
    }
}
