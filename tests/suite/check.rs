//! `minigo check` and `minigo explain` on the command line: language versions, JSON, patterns, the mode for the type
//! checker's tests.

use crate::cli::{Scratch, check, check_command};
use crate::tools;
use libtest_mimic::Trial;

/// A program that needs Go 1.18, in a module that says which version it has.
fn module(name: &str, go: &str) -> Scratch {
    let dir = Scratch::new(name);
    dir.file("go.mod", format!("module m\n\n{go}\n").as_bytes());
    dir.file(
        "a.go",
        b"package main\n\nfunc f[P any]() {}\n\nfunc main() {}\n",
    );
    dir
}

fn versions_of_modules() -> Result<(), String> {
    let new = module("go126", "go 1.26.1");
    check(&["check", &new.path()], 0, "", "")?;
    let old = module("go117", "go 1.17 // old");
    let text = "type parameter requires go1.18 or later (-lang was set to go1.17; check go.mod)";
    check(&["check", &old.path()], 1, "", text)?;
    check(&["run", &old.path()], 1, "", text)?;
    check(&["check", "-lang=go1.18", &old.path()], 0, "", "")?;
    // Without a go line it is 1.16.
    let none = module("gonone", "");
    check(&["check", &none.path()], 1, "", "-lang was set to go1.16")
}

fn versions_of_files() -> Result<(), String> {
    let dir = Scratch::new("filever");
    let text = b"//go:build go1.21\n\npackage main\n\nfunc main() {\n\tfor range 3 {\n\t}\n}\n";
    let file = dir.file("a.go", text);
    let msg = "a.go:6:12: cannot range over 3 (untyped int constant): requires go1.22 or later (file declares //go:build go1.21)";
    check(&["check", &file], 1, "", msg)
}

fn bad_versions() -> Result<(), String> {
    let dir = Scratch::new("badver");
    let file = dir.file("a.go", b"package main\n\nfunc main() {}\n");
    let max = "invalid value \"go1.99\" for -lang: max known version is \"go1.27\"";
    check(&["check", "-lang=go1.99", &file], 2, "", max)?;
    let like = "invalid value \"1.18\" for -lang: should be something like \"go1.12\"";
    check(&["run", "-lang", "1.18", &file], 2, "", like)
}

fn json() -> Result<(), String> {
    let dir = Scratch::new("json");
    let file = dir.file(
        "a.go",
        b"package main\n\nvar x = \"\\u00e9\" + 1\nvar x int\n\nfunc main() {}\n",
    );
    let first = format!(
        "{{\"file\":\"{file}\",\"line\":3,\"column\":9,\"endLine\":3,\"endColumn\":17,\"severity\":\"error\",\"code\":"
    );
    check(&["check", "-json", &file], 1, &first, "")?;
    let related = format!(
        "\"code\":\"DuplicateDecl\",\"message\":\"x redeclared in this block\",\"related\":[{{\"file\":\"{file}\",\"line\":3,\"column\":5,\"message\":\"other declaration of x\"}}]}}\n"
    );
    check(&["check", "-json", &file], 1, &related, "")
}

fn patterns() -> Result<(), String> {
    let dir = module("patterns", "go 1.27");
    dir.file("lib/lib.go", b"package lib\n\nvar X = y\n");
    dir.file(
        "cmd/c/main.go",
        b"package main\n\nimport \"m/lib\"\n\nfunc main() { _ = lib.X; return 1 }\n",
    );
    dir.file("testdata/x.go", b"package wrong wrong\n");
    dir.file("other/go.mod", b"module other\n");
    dir.file("other/x.go", b"package wrong wrong\n");
    dir.file("lib/lib_test.go", b"package wrong wrong\n");
    let mut command = tools::minigo();
    command.current_dir(dir.path()).args(["check", "./..."]);
    // What is wrong with lib is said once.
    let want = "# m/cmd/c\ncmd/c/main.go:5:33: too many return values\n\thave (number)\n\twant ()\nlib/lib.go:3:9: undefined: y\n";
    check_command(&mut command, b"", 1, "", want)?;
    let mut command = tools::minigo();
    command
        .current_dir(dir.path())
        .args(["check", "lib", "cmd/c"]);
    check_command(
        &mut command,
        b"",
        1,
        "",
        "# m/lib\nlib/lib.go:3:9: undefined: y\n# m/cmd/c\n",
    )?;
    let mut command = tools::minigo();
    command.current_dir(dir.path()).arg("check");
    check_command(&mut command, b"", 0, "", "")?;
    check(
        &["check", "./nothere/..."],
        1,
        "",
        "no such file or directory",
    )
}

fn packages_that_are_no_programs() -> Result<(), String> {
    let dir = Scratch::new("lib");
    let file = dir.file(
        "a.go",
        b"package lib\n\ntype T int\n\nfunc F() T { return \"\" }\n",
    );
    let text = "cannot use \"\" (untyped string constant) as T value in return statement";
    check(&["check", &file], 1, "", text)
}

fn tests_of_the_checker() -> Result<(), String> {
    let dir = Scratch::new("typetest");
    let text = b"// -lang=go1.17\n\npackage p\n\nvar _ = assert(1 == 2)\n\nfunc f() {\n\tx y\n\tvar a any\n}\n\nfunc g() {\nL:\n}\n";
    let file = dir.file("a.go", text);
    let want = format!(
        "{file}:5:9: assert(1 == 2) failed\n{file}:8:2: undefined: x\n{file}:8:4: syntax error: unexpected name y at end of statement\n"
    );
    check(&["check", "-typetest", &file], 1, "", &want)?;
    check(
        &["check", "-typetest", &file],
        1,
        "",
        "predeclared any requires go1.18 or later\n",
    )?;
    check(
        &["check", "-typetest", &file],
        1,
        "",
        "label L declared and not used",
    )?;
    check(&["check", &file], 1, "", "syntax error: unexpected name y")
}

fn explanations() -> Result<(), String> {
    check(
        &["explain", "UnusedVar"],
        0,
        "A local variable is declared and not used.",
        "",
    )?;
    check(
        &["explain", "unusedvar", "BadImportPath"],
        0,
        "import \"a b\"",
        "",
    )?;
    check(&["explain"], 0, "\nUnusedVar ", "")?;
    let near = "minigo explain UnusedVars: unknown code; did you mean UnusedVar?";
    check(&["explain", "UnusedVars"], 2, "", near)
}

fn suggestions() -> Result<(), String> {
    let dir = Scratch::new("suggest");
    let text = b"package main\n\nimport \"fmt\"\n\nfunc main() {\n\tfmt.Printn(1)\n\tstrings.ToUpper(fmt.Sprint(null))\n\tlabel := 1\n\t_ = labl\n}\n";
    let file = dir.file("a.go", text);
    let rich = |note: &str| check(&["check", "-diag=rich", &file], 1, "", note);
    rich("did you mean fmt.Println?")?;
    rich("to use the package, add import \"strings\"")?;
    rich("in Go it is nil")?;
    rich("did you mean label?")?;
    // gc's own lines stay as they are.
    let short = format!("{file}:6:6: undefined: fmt.Printn\n{file}:7:2: undefined: strings\n");
    check(&["check", "-diag=short", &file], 1, "", &short)
}

fn cgo() -> Result<(), String> {
    let dir = Scratch::new("cgo");
    let file = dir.file(
        "a.go",
        b"package main\n\nimport \"C\"\n\nfunc main() { C.f() }\n",
    );
    check(&["check", &file], 1, "", "a.go:3:8: cgo is not supported\n")
}

fn line_directives() -> Result<(), String> {
    let dir = Scratch::new("line");
    let text = b"package main\n\n//line gen/x.y:10\nvar a int = \"\"\n/*line :20:5*/var b int = \"\"\n\nfunc main() {\n//line z.y:7\n\tpanic(1)\n}\n";
    let file = dir.file("a.go", text);
    let base = dir.path();
    let want = format!(
        "{base}/gen/x.y:10: cannot use \"\" (untyped string constant) as int value in variable declaration\n{base}/gen/x.y:20:17: cannot"
    );
    check(&["check", &file], 1, "", &want)?;
    let file = dir.file(
        "b.go",
        b"package main\n\n//line x.y:41\nfunc main() {\n\tpanic(1)\n}\n",
    );
    check(&["run", &file], 2, "", "/x.y:42")
}

/// The trials of this file.
pub fn trials() -> Vec<Trial> {
    type Test = fn() -> Result<(), String>;
    let all: [(&str, Test); 11] = [
        ("versions_of_modules", versions_of_modules),
        ("versions_of_files", versions_of_files),
        ("bad_versions", bad_versions),
        ("json", json),
        ("patterns", patterns),
        (
            "packages_that_are_no_programs",
            packages_that_are_no_programs,
        ),
        ("tests_of_the_checker", tests_of_the_checker),
        ("explanations", explanations),
        ("suggestions", suggestions),
        ("cgo", cgo),
        ("line_directives", line_directives),
    ];
    all.into_iter()
        .map(|(name, test)| {
            Trial::test(format!("check/{name}"), move || test().map_err(Into::into))
                .with_kind("cli")
        })
        .collect()
}
