//! Golden files: a text and what becomes of it. `MINIGO_UPDATE=1 cargo test -p minigo-syntax` writes them anew; read the
//! difference before committing it.
//!
//! `golden/NAME.tokens`, `.ast` and `.errors` hold cases of this form:
//!
//! ```text
//! === what is shown
//! the text
//! ---
//! its tokens, tree or errors
//! ```

use minigo_syntax::ast::NodeIds;
use minigo_syntax::dump::{dump_ast, dump_tokens};
use minigo_syntax::parser::{Mode, parse_file};
use minigo_syntax::source::{SourceFile, SourceMap};
use std::fmt::Write;
use std::path::Path;

fn tokens(file: &SourceFile) -> String {
    dump_tokens(file)
}

fn ast(file: &SourceFile) -> String {
    let (tree, errors) = parse_file(file, Mode::default(), &mut NodeIds::new());
    assert!(errors.is_empty(), "{errors:?}");
    dump_ast(file, &tree)
}

fn errors(file: &SourceFile) -> String {
    let (_, errors) = parse_file(file, Mode::default(), &mut NodeIds::new());
    let mut out = String::new();
    for e in errors {
        let (line, col) = file.line_col(e.pos());
        let _ = writeln!(out, "{line}:{col}: {}", e.message);
    }
    out
}

fn check(extension: &str, show: fn(&SourceFile) -> String) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let update = std::env::var_os("MINIGO_UPDATE").is_some();
    let mut wrong = String::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(&folder).expect("golden folder") {
        let path = entry.expect("golden folder").path();
        if path.extension().is_none_or(|e| e != extension) {
            continue;
        }
        let golden = std::fs::read_to_string(&path).expect("golden file");
        let mut fresh = String::new();
        for case in golden.split("=== ").skip(1) {
            let (title, rest) = case.split_once('\n').expect("a title");
            let text = rest.split("\n---\n").next().expect("a text");
            let mut sources = SourceMap::new();
            let file = sources
                .add(title, format!("{text}\n"))
                .expect("a small file");
            let _ = write!(fresh, "=== {title}\n{text}\n---\n{}", show(&file));
            seen += 1;
        }
        if update {
            std::fs::write(&path, fresh).expect("golden file");
        } else if fresh != golden {
            let line = fresh.lines().zip(golden.lines()).position(|(a, b)| a != b);
            let at = line.unwrap_or(fresh.lines().count().min(golden.lines().count()));
            let context = |text: &str| text.lines().skip(at).take(5).collect::<Vec<_>>().join("\n");
            let (want, have) = (context(&golden), context(&fresh));
            let _ = writeln!(
                wrong,
                "{}:{}:\n{want}\nis now:\n{have}\n",
                path.display(),
                at + 1
            );
        }
    }
    assert!(seen > 0, "no golden files *.{extension}");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn tokens_are_as_recorded() {
    check("tokens", tokens);
}

#[test]
fn trees_are_as_recorded() {
    check("ast", ast);
}

#[test]
fn errors_are_as_recorded() {
    check("errors", errors);
}
