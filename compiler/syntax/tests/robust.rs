//! Whatever the text is: no panic, no hang, no overflow of the stack, and something to say about it.

use minigo_syntax::ast::{File, NodeIds};
use minigo_syntax::dump::dump_tokens;
use minigo_syntax::parser::{Mode, parse_file, parse_input};
use minigo_syntax::source::SourceMap;

fn parse(text: impl Into<Vec<u8>>) -> (File, Vec<String>) {
    let file = SourceMap::new().add("x.go", text.into()).expect("a file");
    let (tree, errors) = parse_file(&file, Mode::default(), &mut NodeIds::new());
    (tree, errors.into_iter().map(|e| e.message).collect())
}

fn golden_texts() -> Vec<String> {
    let files = [
        include_str!("golden/grammar.ast"),
        include_str!("golden/syntax.errors"),
    ];
    let cases = files.iter().flat_map(|f| f.split("=== ").skip(1));
    cases
        .map(|c| {
            c.split_once('\n')
                .unwrap()
                .1
                .split("\n---\n")
                .next()
                .unwrap()
                .to_string()
        })
        .collect()
}

#[test]
fn a_text_may_end_anywhere() {
    for text in golden_texts() {
        for end in 0..text.len() {
            parse(&text.as_bytes()[..end]);
        }
    }
}

#[test]
fn a_text_may_be_mangled() {
    // A small generator of our own: the same texts each time.
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut random = move |n: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % n as u64) as usize
    };
    let texts = golden_texts();
    let pieces: [&[u8]; 24] = [
        b"(",
        b")",
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b";",
        b"\n",
        b"func",
        b"type T[",
        b"...",
        b"<-",
        b"chan",
        b"case",
        b"if",
        b"\xff",
        b"\0",
        b"\"",
        b"'",
        b"`",
        b"/*",
        "é".as_bytes(),
        b"0x",
    ];
    for round in 0..3000 {
        let mut text = texts[round % texts.len()].clone().into_bytes();
        for _ in 0..=random(3) {
            let at = random(text.len() + 1);
            match random(3) {
                0 => drop(text.splice(at..at, pieces[random(pieces.len())].iter().copied())),
                1 => drop(text.drain(at..(at + random(5)).min(text.len()))),
                _ => {
                    let from = random(text.len() + 1);
                    let piece = text[from..(from + random(30)).min(text.len())].to_vec();
                    text.splice(at..at, piece);
                }
            }
        }
        parse(text.clone());
        let file = SourceMap::new().add("x.go", text).expect("a file");
        parse_input(&file, &mut NodeIds::new());
        dump_tokens(&file);
    }
}

/// `inner` within `n` pairs of `open` and `close`.
fn nest(before: &str, open: &str, inner: &str, close: &str, after: &str, n: usize) -> String {
    format!(
        "package p\n{before}{}{inner}{}{after}\n",
        open.repeat(n),
        close.repeat(n)
    )
}

#[test]
fn nesting_is_bounded_by_an_error_not_by_the_stack() {
    let kinds = [
        ("var x = ", "(", "1", ")", ""),
        ("var x = ", "- ", "1", "", ""),
        ("var x = ", "<-", "c", "", ""),
        ("var x = ", "f(", "1", ")", ""),
        ("var x = ", "a[", "1", "]", ""),
        ("var x = ", "[]T{", "", "}", ""),
        ("var x = T", "{", "", "}", ""),
        ("var x = ", "func() { _ = ", "1", " }", ""),
        ("var x = 1", " + 1", "", "", ""),
        ("var x = x", ".f", "", "", ""),
        ("var x = f", "()", "", "", ""),
        ("var x = 1", " + (1", "", ")", ""),
        ("var x ", "[]", "int", "", ""),
        ("var x ", "*", "int", "", ""),
        ("var x ", "map[int]", "int", "", ""),
        ("var x ", "chan ", "int", "", ""),
        ("var x ", "func() ", "int", "", ""),
        ("var x ", "func(", "int", ")", ""),
        ("var x ", "struct { x ", "int", " }", ""),
        ("var x ", "interface { ", "int", " }", ""),
        ("var x ", "(", "int", ")", ""),
        ("var x ", "T[", "int", "]", ""),
        ("func f() ", "{", "", "}", ""),
        ("func f() { ", "if x { ", "", " }", " }"),
        ("func f() { if x {}", " else if x {}", "", "", " }"),
        ("func f() { ", "for { ", "", " }", " }"),
        ("func f() { ", "switch { case x: ", "", " }", " }"),
        ("func f() { ", "L: ", "x()", "", " }"),
    ];
    for (before, open, inner, close, after) in kinds {
        // Deep, but bearable: no error, and the tree can be dropped on an ordinary stack.
        let (_, errors) = parse(nest(before, open, inner, close, after, 2_000));
        assert!(errors.is_empty(), "{before}{open}: {errors:?}");
        for (close, depth) in [(close, 100_000), ("", 100_000), (close, 10_050)] {
            let (_, errors) = parse(nest(before, open, inner, close, after, depth));
            let parens_of_types = close == ")" && inner == "int" && open == "(";
            assert!(!errors.is_empty() || parens_of_types, "{before}{open}");
        }
    }
}

#[test]
fn long_lines_and_lists_are_no_matter() {
    let (tree, errors) = parse(format!(
        "package p\nvar x = []int{{{}}}\n",
        "1, ".repeat(1_000_000)
    ));
    assert!(errors.is_empty());
    assert_eq!(tree.decls.len(), 1);
    let (_, errors) = parse(format!(
        "package p\nvar x = \"{}\"\n",
        "x".repeat(10_000_000)
    ));
    assert!(errors.is_empty());
    let (_, errors) = parse("x".repeat(10_000_000));
    assert_eq!(errors, ["syntax error: package statement must be first"]);
    let (_, errors) = parse("(".repeat(10_000_000));
    assert_eq!(errors, ["syntax error: package statement must be first"]);
    let (_, errors) = parse(format!("package p\n/*{}", "*".repeat(5_000_000)));
    assert_eq!(errors, ["comment not terminated"]);
    let (_, errors) = parse(vec![0xff; 1_000]);
    assert_eq!(errors[0], "invalid UTF-8 encoding");
}
