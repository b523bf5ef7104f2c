//! What Go's runner does with each kind of its test programs. (Go: test/run.go)

use super::{Ran, Verdict, changed, errorcheck, first_lines, minigo, scratch};
use regex::Regex;
use std::path::{Path, PathBuf};

/// Whether the build constraint of a file holds for linux/amd64 without cgo.
fn build_holds(source: &str) -> bool {
    let Some(expr) = source
        .lines()
        .take(40)
        .find_map(|l| l.strip_prefix("//go:build "))
    else {
        return true;
    };
    fn or(t: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> bool {
        let mut v = and(t);
        while t.next_if(|x| x == "||").is_some() {
            let r = and(t);
            v |= r;
        }
        v
    }
    fn and(t: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> bool {
        let mut v = not(t);
        while t.next_if(|x| x == "&&").is_some() {
            let r = not(t);
            v &= r;
        }
        v
    }
    fn not(t: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> bool {
        match t.next().as_deref() {
            Some("!") => !not(t),
            Some("(") => {
                let v = or(t);
                t.next();
                v
            }
            Some(tag) => {
                matches!(tag, "linux" | "amd64" | "unix" | "gc") || tag.starts_with("go1.")
            }
            None => false,
        }
    }
    let spaced = expr
        .replace('!', " ! ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let tokens: Vec<String> = spaced.split_whitespace().map(String::from).collect();
    or(&mut tokens.into_iter().peekable())
}

/// A package folder as a module of its own in scratch space: every file group a package, `./x` rewritten to `test/x`.
fn as_module(dir: &Path, single_files: bool) -> Option<(PathBuf, Vec<String>)> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(dir)
        .ok()?
        .flatten()
        .map(|e| e.path())
        .collect();
    files.retain(|p| p.extension().is_some_and(|x| x == "go"));
    files.sort();
    let relative = Regex::new(r#"(?m)^(\s*(?:import\s+)?[\w.]*\s*)"\./([\w/]+)""#).ok()?;
    let clause = Regex::new(r"(?m)^package (\w+)").ok()?;
    let module = scratch("module");
    std::fs::write(module.join("go.mod"), "module test\n\ngo 1.27\n").ok()?;
    let mut groups: Vec<(String, String)> = Vec::new(); // package name, folder
    let mut order = Vec::new();
    for f in files {
        let source = std::fs::read_to_string(&f).ok()?;
        if !build_holds(&source) {
            continue;
        }
        let name = clause.captures(&source)?[1].to_string();
        let stem = f.file_stem()?.to_str()?.to_string();
        let known = groups
            .iter()
            .find(|(n, _)| *n == name && !single_files)
            .map(|(_, folder)| folder.clone());
        let folder = known.unwrap_or_else(|| {
            groups.push((name.clone(), stem.clone()));
            order.push(stem.clone());
            stem.clone()
        });
        let text = relative.replace_all(&source, "${1}\"test/${2}\"");
        std::fs::create_dir_all(module.join(&folder)).ok()?;
        // No test files of a module: Go's runner names files one by one.
        let base = f.file_name()?.to_str()?.replace("_test.go", "_test_.go");
        std::fs::write(module.join(&folder).join(base), text.as_bytes()).ok()?;
    }
    Some((module, order))
}

fn expect_output(ran: &Ran, golden: &Path) -> Verdict {
    let want = std::fs::read_to_string(golden).unwrap_or_default();
    let errors = errorcheck::reported(&ran.output);
    if ran.status == 1
        && !errors.is_empty()
        && errors.iter().all(|e| e.3 == "missing function body")
    {
        return Verdict::LeftOut("functions in assembly".into());
    }
    if ran.status != 0 {
        return Verdict::Failed(format!(
            "exit status {}: {}",
            ran.status,
            first_lines(&ran.output)
        ));
    }
    if !ran.complete {
        return Verdict::Failed("main was not entered and left".into());
    }
    if ran.output != want {
        let n = want
            .lines()
            .zip(ran.output.lines())
            .take_while(|(a, b)| a == b)
            .count();
        let at = |s: &str| {
            s.lines()
                .nth(n)
                .unwrap_or("<end>")
                .chars()
                .take(120)
                .collect::<String>()
        };
        return Verdict::Failed(format!(
            "output line {}: want {:?}, got {:?}",
            n + 1,
            at(&want),
            at(&ran.output)
        ));
    }
    Verdict::Passed
}

fn accepted(ran: &Ran) -> Verdict {
    let errors = errorcheck::reported(&ran.output);
    if ran.status == 0 {
        Verdict::Passed
    } else if !errors.is_empty() && errors.iter().all(|e| e.3 == "missing function body") {
        Verdict::LeftOut("functions in assembly".into())
    } else {
        Verdict::Failed(first_lines(&ran.output))
    }
}

/// One of Go's test programs.
pub(super) fn go_test(path: &Path) -> Option<(String, Verdict)> {
    let source = String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned();
    let first = source
        .lines()
        .find(|l| !l.trim().is_empty() && !l.starts_with("//go:build"))?;
    let action = first.strip_prefix("//")?.trim();
    let mut words = action.split_whitespace();
    let kind = words.next()?.to_string();
    if std::env::var("MINIGO_CORPUS_KIND").is_ok_and(|only| only != kind) {
        return None;
    }
    let args: Vec<&str> = words.collect();
    let dir = path.parent()?;
    let file = path.file_name()?.to_str()?;
    let verdict = |ran: Ran, then: &dyn Fn(&Ran) -> Verdict| match &ran.crash {
        Some(why) => Verdict::Crashed(why.clone()),
        None => then(&ran),
    };
    let known = [
        "run",
        "errorcheck",
        "compile",
        "build",
        "rundir",
        "compiledir",
        "errorcheckdir",
        "runoutput",
        "buildrun",
    ];
    if !known.contains(&kind.as_str()) {
        let tools = [
            "asmcheck",
            "runindir",
            "builddir",
            "buildrundir",
            "errorcheckandrundiag",
            "errorcheckoutput",
            "errorcheckwithauto",
            "skip",
        ];
        return tools.contains(&kind.as_str()).then(|| {
            (
                kind,
                Verdict::LeftOut("tests the go tool or gc's own output".into()),
            )
        });
    }
    let why_not = if let Some(why) = changed::why(path) {
        Some(why)
    } else if !build_holds(&source) {
        Some("build constraint")
    } else if source.contains("import \"C\"") {
        Some("cgo")
    } else if kind.starts_with("errorcheck") && errorcheck::is_internal(&args) {
        Some("compiler-internal diagnostics")
    } else if kind == "run"
        && args
            .iter()
            .any(|a| a.starts_with("-race") || a.starts_with("-goexperiment") || a.contains("-d="))
    {
        Some("compiler flags")
    } else if source.contains("\"cmd/")
        || source.contains("\"go/build\"")
        || source.contains("\"runtime/pprof\"")
    {
        Some("imports the toolchain")
    } else if source.contains("exec.Command(\"go\"")
        || source.contains("\"go\", \"tool\"")
        || source.contains("testenv")
    {
        Some("runs the go tool")
    } else {
        None
    };
    if let Some(why) = why_not {
        return Some((kind, Verdict::LeftOut(why.into())));
    }
    let folder = path.with_extension("dir");
    let v = match kind.as_str() {
        "run" | "buildrun" => {
            let mut all = vec!["run", file];
            all.extend(args.iter().filter(|a| !a.starts_with('-')));
            let mut ran = minigo(&all, dir);
            ran.complete |= changed::ENDS_IN_INIT.iter().any(|n| path.ends_with(n));
            verdict(ran, &|r| expect_output(r, &path.with_extension("out")))
        }
        "compile" | "build" => verdict(minigo(&["check", file], dir), &accepted),
        "errorcheck" => verdict(errorcheck::report(file, &args, dir), &|r| {
            errorcheck::compare(&[(file.to_string(), source.clone())], r)
        }),
        "runoutput" => {
            let mut all = vec!["run", file];
            all.extend(args.iter().filter(|a| a.ends_with(".go")));
            let ran = minigo(&all, dir);
            if ran.crash.is_some() || ran.status != 0 {
                verdict(ran, &accepted)
            } else {
                let s = scratch("program");
                let generated = s.join("x.go");
                std::fs::write(&generated, &ran.output).ok()?;
                let v = verdict(minigo(&["run", "x.go"], &s), &|r| {
                    expect_output(r, &path.with_extension("out"))
                });
                let _ = std::fs::remove_dir_all(&s);
                v
            }
        }
        _ => {
            let Some((module, packages)) = as_module(&folder, args.contains(&"-s")) else {
                return Some((kind, Verdict::LeftOut("unusual folder".into())));
            };
            let last = packages.last()?.clone();
            let v = match kind.as_str() {
                "rundir" => verdict(minigo(&["run", &format!("./{last}")], &module), &|r| {
                    expect_output(r, &path.with_extension("out"))
                }),
                "compiledir" => packages
                    .iter()
                    .map(|p| verdict(minigo(&["check", &format!("./{p}")], &module), &accepted))
                    .find(|v| !matches!(v, Verdict::Passed))
                    .unwrap_or(Verdict::Passed),
                _ => packages
                    .iter()
                    .map(|p| {
                        verdict(
                            errorcheck::report(&format!("./{p}"), &args, &module),
                            &|r| errorcheck::compare(&errorcheck::sources(&module.join(p)), r),
                        )
                    })
                    .find(|v| !matches!(v, Verdict::Passed))
                    .unwrap_or(Verdict::Passed),
            };
            let _ = std::fs::remove_dir_all(&module);
            v
        }
    };
    Some((kind, v))
}
