//! `minigo check`: what is wrong with packages, without running them.

use crate::cli;
use crate::driver::{Failure, Input, Session, Settings};
use crate::files::Files;
use crate::modules::{self, Module};
use crate::options::Parsed;
use crate::packages::Store;
use minigo_compiler::render::{Form, Limit};
use minigo_syntax::version::Version;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// Checks what the command line names; gives the exit status.
pub fn check(parsed: &Parsed) -> u8 {
    checked(parsed).unwrap_or_else(|status| status)
}

fn checked(parsed: &Parsed) -> Result<u8, u8> {
    let form = match parsed.is_set("json") {
        true => Form::Json,
        false => cli::form(parsed).map_err(|text| cli::usage_error(&text))?,
    };
    let mut settings = settings(parsed).map_err(|text| cli::usage_error(&text))?;
    settings.as_types2 = parsed.is_set("typetest");
    let limit = match (settings.as_types2, parsed.is_set("e")) {
        (true, _) => Limit::Repeated,
        (false, true) => Limit::All,
        (false, false) => Limit::Ten,
    };
    let patterns = parsed.args.iter().any(|a| a.contains("..."));
    let dirs = parsed.args.iter().all(|a| Path::new(a).is_dir());
    if !patterns && (parsed.args.len() < 2 || !dirs) {
        let mut files = Files::default();
        let input = match parsed.args.is_empty() {
            true => Input::find(&[".".to_string()], &mut files),
            false => Input::find(&parsed.args, &mut files),
        };
        let input = input.map_err(|text| cli::fail(&text))?;
        if settings.as_types2 && settings.lang.is_none() {
            settings.lang = first_line_lang(&files, &input);
        }
        // Taking the trees apart would take as long as parsing them: the process ends without.
        return one(files, &input, settings, form, limit, |text| -> u8 {
            show(form, &text);
            std::process::exit(!text.is_empty() as i32)
        });
    }

    let mut seen = HashSet::new();
    let mut status = 0;
    for dir in folders(&parsed.args).map_err(|text| cli::fail(&text))? {
        let mut files = Files::default();
        let name = dir.display().to_string();
        let input = Input::find(&[name], &mut files).map_err(|text| cli::fail(&text));
        match input.and_then(|input| one(files, &input, settings, form, limit, |text| text)) {
            Ok(text) => {
                // What is wrong with a package is told again by those that import it.
                let blocks = split(&text);
                let fresh: String = blocks.filter(|b| seen.insert(b.to_string())).collect();
                if !fresh.is_empty() && form != Form::Json {
                    eprintln!("# {}", package_name(&dir));
                }
                show(form, &fresh);
                status |= !text.is_empty() as u8;
            }
            Err(failed) => status |= failed,
        }
    }
    Ok(status)
}

/// The settings that `-lang` asks for. The error is the text about wrong usage.
pub fn settings(parsed: &Parsed) -> Result<Settings, String> {
    let lang = match parsed.value("lang") {
        None => None,
        Some(text) => Some(lang(text)?),
    };
    Ok(Settings {
        lang,
        ..Settings::default()
    })
}

/// Reads a value of `-lang`.
fn lang(text: &str) -> Result<Version, String> {
    match Version::parse(text) {
        Some(v) if v.to_string() != text => Err(format!(
            "invalid value {text:?} for -lang: should be something like \"go1.12\"\n"
        )),
        Some(v) if v > Version::LATEST => Err(format!(
            "invalid value {text:?} for -lang: max known version is \"{}\"\n",
            Version::LATEST
        )),
        Some(v) => Ok(v),
        None => Err(format!(
            "invalid value {text:?} for -lang: should be something like \"go1.12\"\n"
        )),
    }
}

/// The version that a checker's test asks for in its first line: `// -lang=go1.17`.
fn first_line_lang(disk: &Files, input: &Input) -> Option<Version> {
    let text = disk.read(input.files.first()?).ok()?;
    let text = String::from_utf8_lossy(&text);
    let flags = text.lines().next()?.strip_prefix("//")?;
    let mut flags = flags.split_whitespace();
    flags.find_map(|f| Version::parse(f.strip_prefix("-lang=")?))
}

/// Does something with the text of the diagnostics of one package, while all that belongs to it is still there.
fn one<T>(
    files: Files,
    input: &Input,
    settings: Settings,
    form: Form,
    limit: Limit,
    then: impl FnOnce(String) -> T,
) -> Result<T, u8> {
    cli::on_big_stack(move || {
        let store = Store::new(files);
        let mut session = Session::new(&store, &input.dir, settings);
        match session.check(input) {
            Ok(_) => Ok(then(String::new())),
            Err(Failure::Errors) => Ok(then(session.rendered(form, limit))),
            Err(Failure::Input(text)) => Err(cli::fail(&text)),
        }
    })?
}

fn show(form: Form, text: &str) {
    match form {
        Form::Json => {
            cli::print(text);
        }
        _ => eprint!("{text}"),
    }
}

/// The diagnostics of a text: lines that begin one, with those that continue it.
fn split(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let next = rest.match_indices('\n').map(|(i, _)| i + 1);
        let end = next
            .into_iter()
            .find(|&i| !rest[i..].starts_with(['\t', ' ', '\n']))
            .unwrap_or(rest.len());
        let (block, tail) = rest.split_at(end);
        rest = tail;
        Some(block)
    })
}

/// How a heading names the package in a folder.
fn package_name(dir: &Path) -> String {
    let module = Module::around(&Files::default(), dir);
    module
        .and_then(|m| m.import_path(dir))
        .unwrap_or_else(|| dir.display().to_string())
}

/// The folders with packages that patterns such as `./...` name. (Go: `go help packages`)
fn folders(patterns: &[String]) -> Result<Vec<PathBuf>, String> {
    let mut all = Vec::new();
    for pattern in patterns {
        let Some((root, rest)) = pattern.split_once("...") else {
            all.push(PathBuf::from(pattern));
            continue;
        };
        if !rest.is_empty() {
            return Err(format!("pattern {pattern}: only a final ... is supported"));
        }
        let root = Path::new(if root.is_empty() { "." } else { root });
        if !root.is_dir() {
            return Err(format!(
                "pattern {pattern}: lstat {}: no such file or directory",
                root.display()
            ));
        }
        let before = all.len();
        walk(root, true, &mut all);
        if all.len() == before {
            eprintln!("minigo: warning: {pattern:?} matched no packages");
        }
    }
    Ok(all)
}

/// Adds the folders with packages at and below `dir`. Folders that begin with `.` or `_`, `testdata`, `vendor` and other
/// modules are passed over.
fn walk(dir: &Path, is_root: bool, found: &mut Vec<PathBuf>) {
    let name = dir.file_name().and_then(|n| n.to_str()).unwrap_or("");
    let hidden = name.starts_with(['.', '_']) || matches!(name, "testdata" | "vendor");
    if !is_root && (hidden || dir.join("go.mod").is_file()) {
        return;
    }
    if modules::package_files(&Files::default(), dir).is_ok() {
        // Files are named as those that import the package name them.
        let short = dir
            .strip_prefix("./")
            .ok()
            .filter(|d| d.components().next().is_some());
        found.push(short.unwrap_or(dir).to_path_buf());
    }
    let mut inner: Vec<PathBuf> = std::fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.is_dir() && !p.is_symlink())
        .collect();
    inner.sort();
    for dir in inner {
        walk(&dir, false, found);
    }
}
