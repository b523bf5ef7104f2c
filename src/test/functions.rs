//! What the test files of a package define: tests, benchmarks, fuzz tests, examples; and the main function that runs them.
//! (Go: cmd/go/internal/load/test.go, go/doc/example.go)

use minigo_syntax::ast::{Comment, Decl, Expr, ExprKind, File, FuncBody, FuncDecl};
use minigo_syntax::source::SourceFile;

/// The functions that the main function lists, each with the name under which it imports their package.
#[derive(Debug, Default)]
pub struct Functions {
    tests: Vec<(&'static str, String)>,
    benchmarks: Vec<(&'static str, String)>,
    fuzz: Vec<(&'static str, String)>,
    examples: Vec<Example>,
    main: Option<&'static str>,
    /// The packages that the table mentions.
    used: Vec<&'static str>,
}

#[derive(Debug)]
struct Example {
    package: &'static str,
    name: String,
    output: String,
    unordered: bool,
}

/// The import name of the package under test.
pub const INTERNAL: &str = "_test";
/// The import name of its external tests.
pub const EXTERNAL: &str = "_xtest";

/// Whether a name is the prefix alone, or goes on with anything but a lower-case letter.
fn has_prefix(name: &str, prefix: &str) -> bool {
    let rest = name.strip_prefix(prefix);
    rest.is_some_and(|r| !r.starts_with(char::is_lowercase))
}

/// Whether the function takes one `*testing.WHAT`, as far as can be seen without types.
fn takes(f: &FuncDecl, what: &str) -> bool {
    let [param] = &f.sig.params[..] else {
        return false;
    };
    let ExprKind::Star(pointee) = &param.ty.kind else {
        return false;
    };
    let name = |x: &Expr| match &x.kind {
        ExprKind::Ident(name) => name.as_str() == what,
        ExprKind::Selector(s) => s.sel.name.as_str() == what,
        _ => false,
    };
    param.names.len() <= 1 && f.sig.results.is_empty() && name(pointee)
}

impl Functions {
    /// Adds those of a test file. The error is a text with its position.
    pub fn collect(
        &mut self,
        package: &'static str,
        tree: &File,
        source: &SourceFile,
    ) -> Result<(), String> {
        for decl in &tree.decls {
            let Decl::Func(f) = decl else { continue };
            if f.recv.is_some() {
                continue;
            }
            let name = f.name.name.as_str();
            let check = |var: &str, what: &str| {
                let fault = if !takes(f, what) {
                    format!("must be: func {name}({var} *testing.{what})")
                } else if !f.tparams.is_empty() {
                    "test functions cannot have type parameters".to_string()
                } else {
                    return Ok(());
                };
                let (line, col) = source.line_col(f.span.lo);
                Err(format!(
                    "{}:{line}:{col}: wrong signature for {name}, {fault}",
                    source.name
                ))
            };
            let list = if name == "TestMain" && !takes(f, "T") {
                check("m", "M")?;
                if self.main.replace(package).is_some() {
                    return Err("multiple definitions of TestMain".to_string());
                }
                self.used.push(package);
                continue;
            } else if has_prefix(name, "Test") {
                check("t", "T")?;
                &mut self.tests
            } else if has_prefix(name, "Benchmark") {
                check("b", "B")?;
                &mut self.benchmarks
            } else if has_prefix(name, "Fuzz") {
                check("f", "F")?;
                &mut self.fuzz
            } else {
                if has_prefix(name, "Example") {
                    self.example(package, f, tree, source);
                }
                continue;
            };
            list.push((package, name.to_string()));
            self.used.push(package);
        }
        Ok(())
    }

    /// An example is run if its last comment says what it prints.
    fn example(&mut self, package: &'static str, f: &FuncDecl, tree: &File, source: &SourceFile) {
        let FuncBody::Parsed(body) = &f.body else {
            return;
        };
        if !f.sig.params.is_empty() || !f.sig.results.is_empty() || !f.tparams.is_empty() {
            return;
        }
        let inside: Vec<&Comment> = tree
            .comments
            .iter()
            .filter(|c| body.span.lo <= c.span.lo && c.span.hi <= body.span.hi)
            .collect();
        let Some((output, unordered)) = output(&last_group(&inside, source)) else {
            return;
        };
        self.used.push(package);
        self.examples.push(Example {
            package,
            name: f.name.name.as_str().to_string(),
            output,
            unordered,
        });
    }

    /// The text of the main package for the package with that import path.
    pub fn main_text(&self, path: &str, has_internal: bool, has_external: bool) -> String {
        let mut text = String::from("package main\n\nimport (\n\t\"os\"\n\t\"testing\"\n");
        text += "\t\"testing/internal/testdeps\"\n";
        if self.main.is_some() {
            text += "\t\"reflect\"\n";
        }
        let mut import = |name: &'static str, path: &str| {
            let name = if self.used.contains(&name) { name } else { "_" };
            text += &format!("\t{name} {path:?}\n");
        };
        if has_internal {
            import(INTERNAL, path);
        }
        if has_external {
            import(EXTERNAL, &format!("{path}_test"));
        }
        text += ")\n\n";
        for (var, kind, list) in [
            ("tests", "Test", &self.tests),
            ("benchmarks", "Benchmark", &self.benchmarks),
            ("fuzz", "FuzzTarget", &self.fuzz),
        ] {
            text += &format!("var {var} = []testing.Internal{kind}{{\n");
            for (package, name) in list {
                text += &format!("\t{{{name:?}, {package}.{name}}},\n");
            }
            text += "}\n\n";
        }
        text += "var examples = []testing.InternalExample{\n";
        for e in &self.examples {
            text += &format!(
                "\t{{{:?}, {}.{}, {}, {}}},\n",
                e.name,
                e.package,
                e.name,
                go_string(&e.output),
                e.unordered
            );
        }
        text += &format!("}}\n\nfunc main() {{\n\ttestdeps.Path = {path:?}\n");
        text +=
            "\tm := testing.MainStart(testdeps.TestDeps{}, tests, benchmarks, fuzz, examples)\n";
        match self.main {
            Some(package) => {
                text += &format!("\t{package}.TestMain(m)\n");
                text += "\tos.Exit(int(reflect.ValueOf(m).Elem().FieldByName(\"exitCode\").Int()))\n}\n";
            }
            None => text += "\tos.Exit(m.Run())\n}\n",
        }
        text
    }
}

/// A string literal of Go.
fn go_string(text: &str) -> String {
    let mut out = String::from("\"");
    for &b in text.as_bytes() {
        match b {
            b'"' | b'\\' => out += &format!("\\{}", b as char),
            b' '..=b'~' => out.push(b as char),
            _ => out += &format!("\\x{b:02x}"),
        }
    }
    out + "\""
}

/// The text of the last group of comments: those on lines that follow each other, without their markers.
fn last_group(comments: &[&Comment], source: &SourceFile) -> String {
    let line = |pos| source.line_col(pos).0;
    let mut first = comments.len().saturating_sub(1);
    while first > 0 && line(comments[first].span.lo) <= line(comments[first - 1].span.hi) + 1 {
        first -= 1;
    }
    let mut lines: Vec<String> = Vec::new();
    for comment in comments.get(first..).unwrap_or_default() {
        let text = String::from_utf8_lossy(source.slice(comment.span)).into_owned();
        if comment.is_line {
            if !comment.is_directive {
                let text = &text[2..];
                lines.push(text.strip_prefix(' ').unwrap_or(text).to_string());
            }
        } else {
            let text = text.trim_start_matches("/*").trim_end_matches("*/");
            lines.extend(text.split('\n').map(str::to_string));
        }
    }
    // As in documentation: no space at the ends of lines, one empty line at a time and none at the ends.
    let mut out: Vec<&str> = Vec::new();
    for line in lines.iter().map(|l| l.trim_end()) {
        if !line.is_empty() || out.last().is_some_and(|l| !l.is_empty()) {
            out.push(line);
        }
    }
    while out.last().is_some_and(|l| l.is_empty()) {
        out.pop();
    }
    out.iter().map(|l| format!("{l}\n")).collect()
}

/// What stands behind `Output:` or `Unordered output:` at the beginning of a comment.
fn output(comment: &str) -> Option<(String, bool)> {
    let start = comment.trim_start();
    let lower = start.to_ascii_lowercase();
    let (unordered, skip) = if lower.starts_with("output:") {
        (false, "output:".len())
    } else {
        let rest = lower.strip_prefix("unordered output:")?;
        (true, lower.len() - rest.len())
    };
    let text = start[skip..].trim_start_matches(' ');
    Some((
        text.strip_prefix('\n').unwrap_or(text).to_string(),
        unordered,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use minigo_syntax::ast::NodeIds;
    use minigo_syntax::parser::{Mode, parse_file};
    use minigo_syntax::source::SourceMap;

    fn collect(text: &str) -> Result<Functions, String> {
        let source = SourceMap::new()
            .add("a_test.go", text.to_string())
            .expect("a small file");
        let (tree, _) = parse_file(&source, Mode::default(), &mut NodeIds::new());
        let mut found = Functions::default();
        found.collect(INTERNAL, &tree, &source)?;
        Ok(found)
    }

    #[test]
    fn functions_are_found_by_name_and_signature() {
        let f = collect(
            "package a\nfunc TestA(t *testing.T) {}\nfunc Testify() {}\nfunc Test_b(t *T) {}\nfunc BenchmarkX(b *testing.B) {}\nfunc (r R) TestM() {}\nfunc TestMain(m *testing.M) {}\n",
        )
        .unwrap();
        let names: Vec<_> = f.tests.iter().map(|t| t.1.as_str()).collect();
        assert_eq!(names, ["TestA", "Test_b"]);
        assert_eq!(f.benchmarks.len(), 1);
        assert_eq!(f.main, Some(INTERNAL));
        let e = collect("package a\n\nfunc TestA() {}\n").unwrap_err();
        assert_eq!(
            e,
            "a_test.go:3:1: wrong signature for TestA, must be: func TestA(t *testing.T)"
        );
    }

    #[test]
    fn examples_are_those_with_output() {
        let f = collect(
            "package a\nfunc Example() {\n\tf() // Output: no\n\n\t// Output:\n\t// a \"q\"\n\t//  b\n\t//\n\t//\n\t// c\n}\nfunc ExampleB() {\n\t// UNORDERED output: x\n}\nfunc ExampleC() {\n\tf()\n}\nfunc ExampleD() {\n\t// Output:\n}\n",
        )
        .unwrap();
        let all: Vec<_> = f
            .examples
            .iter()
            .map(|e| (e.name.as_str(), e.output.as_str(), e.unordered))
            .collect();
        assert_eq!(
            all,
            [
                ("Example", "a \"q\"\n b\n\nc\n", false),
                ("ExampleB", "x\n", true),
                ("ExampleD", "", false)
            ]
        );
    }
}
