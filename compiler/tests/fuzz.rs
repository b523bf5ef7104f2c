//! Broken programs never break the parser or the checker: no panic, no endless work.
//!
//! Programs of this repository are cut off, lose tokens, get them doubled, swapped, and exchanged for tokens of other
//! programs; then they are parsed and checked. `MINIGO_FUZZ=DIR` takes the programs below a folder instead,
//! `MINIGO_FUZZ_ROUNDS=N` makes N broken ones of each, `MINIGO_FUZZ_SEED=N` makes others.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::{Duration, Instant};

use minigo_compiler::check::{Checker, Importer, Resolved, Trees};
use minigo_compiler::render::{Form, Limit, render};
use minigo_syntax::ast::{Block, File, NodeIds};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::lexer;
use minigo_syntax::parser::{Mode, parse_file, parse_func_body};
use minigo_syntax::source::{FileId, Pos, SourceMap, Span};
use minigo_syntax::symbol::Symbol;

/// Nothing takes longer than this, however slow the machine is.
const TOO_LONG: Duration = Duration::from_secs(20);

/// A world without packages.
struct Nothing<'a> {
    trees: &'a Trees,
    sources: Rc<RefCell<(SourceMap, NodeIds)>>,
}

impl<'a> Importer<'a> for Nothing<'a> {
    fn resolve(&mut self, path: &str, _from: Symbol) -> Result<Resolved, String> {
        Err(format!("package {path} is not in std"))
    }

    fn load(&mut self, _path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>) {
        (Vec::new(), Vec::new())
    }

    fn body(&mut self, file: FileId, body: Span) -> (&'a Block, Vec<Diagnostic>) {
        let (map, ids) = &mut *self.sources.borrow_mut();
        let (block, diags) = parse_func_body(map.file(file), body, ids);
        (self.trees.keep(block), diags)
    }

    fn locate(&self, pos: Pos) -> String {
        let sources = self.sources.borrow();
        sources
            .0
            .locate(pos)
            .map_or(String::new(), |l| l.to_string())
    }
}

/// Parses, checks and reports.
fn check(text: Vec<u8>) {
    let trees = Trees::new();
    let sources = Rc::new(RefCell::new((SourceMap::default(), NodeIds::default())));
    let (tree, mut diags) = {
        let (map, ids) = &mut *sources.borrow_mut();
        let file = map.add("a.go", text).expect("a small file");
        parse_file(&file, Mode::default(), ids)
    };
    let mut checker = Checker::new(Box::new(Nothing {
        trees: &trees,
        sources: sources.clone(),
    }));
    checker.report_as_types2();
    checker.check_package("p", vec![trees.keep(tree)]);
    diags.extend(checker.take_diagnostics());
    let sources = sources.borrow();
    for form in [Form::Json, Form::Rich { color: true }] {
        render(&sources.0, &diags, form, Limit::All);
    }
}

/// xorshift64*
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % n.max(1)
    }
}

/// The tokens of a text, with what stands before each.
fn pieces(text: &[u8]) -> Vec<Vec<u8>> {
    let mut map = SourceMap::default();
    let file = map.add("a.go", text.to_vec()).expect("a small file");
    let tokens = lexer::lex(&file, 0, text.len() as u32, false).tokens;
    let mut ends: Vec<usize> = tokens
        .iter()
        .map(|t| file.offset(t.span.hi) as usize)
        .collect();
    ends.push(text.len());
    let mut from = 0;
    let mut cut = |to: usize| {
        let piece = text[from..to.max(from)].to_vec();
        from = to.max(from);
        piece
    };
    ends.into_iter().map(&mut cut).collect()
}

fn broken(pieces: &[Vec<u8>], other: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut pieces = pieces.to_vec();
    let n = pieces.len();
    if random.below(4) == 0 {
        let mut text = pieces.concat();
        text.truncate(random.below(text.len() + 1));
        return text;
    }
    for _ in 0..1 + random.below(3) {
        let i = random.below(n);
        match random.below(5) {
            0 => pieces[i].clear(),
            1 => {
                let copy = pieces[i].clone();
                pieces[i].extend(copy);
            }
            2 => pieces.swap(i, (i + 1) % n),
            3 => pieces[i] = other[random.below(other.len())].clone(),
            _ => {
                let j = random.below(n);
                pieces.swap(i, j);
            }
        }
    }
    pieces.concat()
}

fn gather(dir: &Path, found: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
    let mut entries: Vec<PathBuf> = entries.map(|e| e.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            gather(&path, found);
        } else if path.extension().is_some_and(|x| x == "go") {
            found.push(path);
        }
    }
}

fn env<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn broken_programs_are_refused_in_peace() {
    let mut files = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let rounds = match env::<PathBuf>("MINIGO_FUZZ") {
        Some(dir) => {
            gather(&dir, &mut files);
            20
        }
        None => {
            gather(&root.join("tests/errorcheck"), &mut files);
            gather(&root.join("tests/run/lang"), &mut files);
            gather(&root.join("tests/run/generics"), &mut files);
            4
        }
    };
    assert!(!files.is_empty());
    let rounds = env("MINIGO_FUZZ_ROUNDS").unwrap_or(rounds);
    let mut random = Random(env("MINIGO_FUZZ_SEED").unwrap_or(0x9E37_79B9_7F4A_7C15));
    let work = move || {
        let mut other = pieces(b"package p");
        let mut failures = 0;
        for path in &files {
            let Ok(text) = std::fs::read(path) else {
                continue;
            };
            let own = pieces(&text);
            for round in 0..=rounds {
                let text = match round {
                    0 => text.clone(),
                    _ => broken(&own, &other, &mut random),
                };
                let start = Instant::now();
                let fine = catch_unwind(AssertUnwindSafe(|| check(text.clone()))).is_ok();
                if !fine || start.elapsed() > TOO_LONG {
                    failures += 1;
                    let kept = std::env::temp_dir().join(format!("minigo-fuzz-{failures}.go"));
                    std::fs::write(&kept, &text).expect("the temporary folder is writable");
                    println!("{} broken: kept as {}", path.display(), kept.display());
                }
            }
            other = own;
        }
        failures
    };
    let thread = std::thread::Builder::new().stack_size(1 << 30).spawn(work);
    let failures = thread
        .expect("a thread starts")
        .join()
        .expect("failures are counted");
    assert_eq!(failures, 0);
}
