//! The command line: bad input of every kind, exit statuses, help texts. Never a Rust panic, a signal or a hang.

use crate::tools;
use libtest_mimic::Trial;
use std::path::PathBuf;

/// A scratch folder that is removed at the end.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Scratch {
        let dir = std::env::temp_dir().join(format!("minigo-cli-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&dir).expect("the temporary folder is writable");
        Scratch(dir)
    }

    /// The folder.
    pub fn path(&self) -> String {
        self.0.display().to_string()
    }

    pub fn file(&self, name: &str, text: &[u8]) -> String {
        let path = self.0.join(name);
        let dir = path.parent().expect("a file lies in a folder");
        std::fs::create_dir_all(dir).expect("the temporary folder is writable");
        std::fs::write(&path, text).expect("the temporary folder is writable");
        path.display().to_string()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0); // a leftover in the temporary folder hurts nobody
    }
}

/// Runs minigo and checks exit status, and that stdout and stderr hold the given texts.
pub fn check(args: &[&str], status: i32, stdout: &str, stderr: &str) -> Result<(), String> {
    check_command(tools::minigo().args(args), b"", status, stdout, stderr)
}

/// The same with standard input.
fn check_input(
    args: &[&str],
    input: &str,
    status: i32,
    stdout: &str,
    stderr: &str,
) -> Result<(), String> {
    let mut command = tools::minigo();
    check_command(command.args(args), input.as_bytes(), status, stdout, stderr)
}

pub fn check_command(
    command: &mut std::process::Command,
    input: &[u8],
    status: i32,
    stdout: &str,
    stderr: &str,
) -> Result<(), String> {
    let got = tools::run(command, input)?;
    let args: Vec<_> = command.get_args().collect();
    let fault = if got.status != status {
        Some(format!("exit status {} instead of {status}", got.status))
    } else if !got.stdout.contains(stdout) || !got.stderr.contains(stderr) {
        Some(format!(
            "lacks {stdout:?} on stdout or {stderr:?} on stderr"
        ))
    } else if got.stderr.contains("panicked at") || got.stderr.contains("internal error") {
        Some("an internal error shows".to_string())
    } else {
        None
    };
    match fault {
        None => Ok(()),
        Some(f) => Err(format!(
            "{args:?}: {f}\n--- stdout ---\n{:.2000}\n--- stderr ---\n{:.2000}",
            got.stdout, got.stderr
        )),
    }
}

/// A module with a program at the top, one below `cmd`, and a package that both use.
fn module(s: &Scratch) {
    s.file("go.mod", b"module example.com/m\n\ngo 1.27\n");
    s.file("m.go", b"package main\n\nimport \"example.com/m/util\"\n\nfunc main() { println(util.Name(\"top\")) }\n");
    s.file("cmd/x/x.go", b"package main\n\nimport \"example.com/m/util\"\n\nfunc main() { println(util.Name(\"x\")) }\n");
    s.file(
        "util/u.go",
        b"package util\n\nfunc Name(s string) string { return \"util of \" + s }\n",
    );
}

/// Runs minigo in the scratch folder.
fn check_in(
    s: &Scratch,
    args: &[&str],
    status: i32,
    stdout: &str,
    stderr: &str,
) -> Result<(), String> {
    let mut command = tools::minigo();
    command.current_dir(&s.0).args(args);
    check_command(&mut command, b"", status, stdout, stderr)
}

const ARCHIVE: &str = "package main

import \"play/deep/util\"

func main() {
	println(util.Name())
}
-- deep/util/u.go --
package util

func Name() string { return \"from the archive\" }
";

type Case = (&'static str, fn(&Scratch) -> Result<(), String>);

const CASES: &[Case] = &[
    ("no arguments", |_| {
        check(&["run"], 1, "", "no go files listed")
    }),
    ("unknown command", |_| {
        check(&["rnu"], 2, "", "unknown command; did you mean run?")
    }),
    ("unknown flag", |_| {
        check(
            &["run", "-nope", "x.go"],
            2,
            "",
            "flag provided but not defined: -nope",
        )
    }),
    ("help", |_| check(&["help"], 0, "The commands are:", "")),
    ("help run", |_| {
        check(&["help", "run"], 0, "usage: minigo run", "")
    }),
    ("help unknown", |_| {
        check(&["help", "nope"], 2, "", "unknown help topic")
    }),
    ("version", |_| check(&["version"], 0, "go1.27", "")),
    ("missing file", |s| {
        check(
            &["run", &s.0.join("nope.go").display().to_string()],
            1,
            "",
            "nope.go: no such file or directory",
        )
    }),
    ("missing folder", |s| {
        check(
            &["run", &s.0.join("nope").display().to_string()],
            1,
            "",
            "no such file or directory",
        )
    }),
    ("folder without Go files", |s| {
        check(
            &["run", &s.0.display().to_string()],
            1,
            "",
            "no Go files in",
        )
    }),
    ("not a Go file", |s| {
        check(
            &["run", &s.file("x.txt", b"hello")],
            1,
            "",
            "x.txt is neither a .go file nor a folder",
        )
    }),
    ("empty file", |s| {
        check(
            &["run", &s.file("x.go", b"")],
            1,
            "",
            "x.go:1:1: syntax error: package statement must be first",
        )
    }),
    ("binary garbage", |s| {
        let bytes: Vec<u8> = (0..100_000u32)
            .map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        check(&["run", &s.file("x.go", &bytes)], 1, "", "x.go:1:")
    }),
    ("invalid UTF-8", |s| {
        let text = b"package main\n\nfunc main() {\n\tx := \"a\xffb\"\n\tprintln(x)\n}\n";
        check(
            &["run", &s.file("x.go", text)],
            1,
            "",
            "x.go:4:9: invalid UTF-8 encoding",
        )
    }),
    ("NUL byte", |s| {
        check(
            &[
                "run",
                &s.file("x.go", b"package main\n\x00\nfunc main() {}\n"),
            ],
            1,
            "",
            "x.go:2:1: invalid NUL character",
        )
    }),
    ("byte order mark", |s| {
        check(
            &[
                "run",
                &s.file(
                    "x.go",
                    b"\xef\xbb\xbfpackage main\nfunc main() { print(\"bom\") }\n",
                ),
            ],
            0,
            "",
            "bom",
        )
    }),
    ("a line of 10 MB", |s| {
        let mut text = b"package main\n\nfunc main() { println(len(\"".to_vec();
        text.resize(text.len() + 10_000_000, b'x');
        text.extend_from_slice(b"\")) }\n");
        check(&["run", &s.file("x.go", &text)], 0, "", "10000000")
    }),
    ("a broken line of 10 MB", |s| {
        let mut text = b"package main\n\nfunc main() { x := ".to_vec();
        text.extend("1 + ".repeat(2_500_000).bytes());
        check(&["run", &s.file("x.go", &text)], 1, "", "x.go:")
    }),
    ("deep nesting", |s| {
        let n = 200_000;
        let text = format!(
            "package main\n\nfunc main() {{ println({}1{}) }}\n",
            "(".repeat(n),
            ")".repeat(n)
        );
        check(&["run", &s.file("x.go", text.as_bytes())], 1, "", "x.go:3:")
    }),
    ("deep nesting of blocks", |s| {
        let n = 100_000;
        let text = format!(
            "package main\n\nfunc main() {{ {}{} }}\n",
            "{".repeat(n),
            "}".repeat(n)
        );
        check(&["run", &s.file("x.go", text.as_bytes())], 1, "", "x.go:3:")
    }),
    ("unknown import", |s| {
        check(
            &[
                "run",
                &s.file(
                    "x.go",
                    b"package main\n\nimport \"no/such\"\n\nfunc main() { such.F() }\n",
                ),
            ],
            1,
            "",
            "x.go:3:8: package no/such is not in std",
        )
    }),
    ("no main function", |s| {
        check(
            &["run", &s.file("x.go", b"package main\n")],
            1,
            "",
            "function main is undeclared in the main package",
        )
    }),
    ("not package main", |s| {
        check(
            &["run", &s.file("x.go", b"package lib\n")],
            1,
            "",
            "is not a main package",
        )
    }),
    ("two packages", |s| {
        let a = s.file("a.go", b"package main\nfunc main() {}\n");
        let b = s.file("b.go", b"package other\n");
        check(
            &["run", &a, &b],
            1,
            "",
            "b.go:1:9: package other; expected package main",
        )
    }),
    ("build tags", |s| {
        s.file("go.mod", b"module m\n\ngo 1.27\n");
        s.file(
            "main.go",
            b"package main\n\nfunc main() { println(which) }\n",
        );
        s.file(
            "a.go",
            b"//go:build fast && !slow\n\npackage main\n\nconst which = \"fast\"\n",
        );
        s.file(
            "b.go",
            b"//go:build !fast || slow\n\npackage main\n\nconst which = \"slow\"\n",
        );
        let test = b"//go:build fast\n\npackage main\n\nimport \"testing\"\n\nfunc TestTag(t *testing.T) { t.Log(which) }\n";
        s.file("a_test.go", test);
        let dir = s.path();
        check(&["run", &dir], 0, "", "slow\n")?;
        check(&["run", "-tags", "fast", &dir], 0, "", "fast\n")?;
        check(&["run", "-tags=fast,slow", &dir], 0, "", "slow\n")?;
        check(&["test", &dir], 0, "[no test files]", "")?;
        check(
            &["test", "-v", "-tags", "fast", &dir],
            0,
            "a_test.go:7: fast",
            "",
        )?;
        check(&["check", "-tags", "fast", &dir], 0, "", "")
    }),
    ("the path of an import cycle", |s| {
        s.file("go.mod", b"module m\n\ngo 1.27\n");
        let main = s.file(
            "main.go",
            b"package main\n\nimport \"m/a\"\n\nfunc main() { a.F() }\n",
        );
        s.file(
            "a/a.go",
            b"package a\n\nimport \"m/b\"\n\nfunc F() { b.F() }\n",
        );
        s.file("b/other.go", b"package b\n");
        s.file(
            "b/b.go",
            b"package b\n\nimport \"m/a\"\n\nfunc F() { a.F(); a.G() }\n",
        );
        let tail = "\n\timports m/a from main.go\n\timports m/b from a.go\n\timports m/a from b.go: import cycle not allowed\n";
        let dir = s.path();
        check(&["run", &dir], 1, "", &format!("package m{tail}"))?;
        check(&["check", &main], 1, "", &format!("package m{tail}"))?;
        check(&["check", "-diag=rich", &dir], 1, "", "b/b.go:3:8")?;
        s.file("own/own.go", b"package own\n\nimport _ \"m/own\"\n");
        let own = format!("{dir}/own");
        let want = "package m/own\n\timports m/own from own.go: import cycle not allowed\n";
        check(&["check", &own], 1, "", want)
    }),
    ("several syntax errors", |s| {
        let text =
            b"package main\n\nfunc f() {\n\tx := = 1\n}\n\nfunc g() {\n\tif {\n}\n\nvar = 3\n";
        check(
            &["check", &s.file("x.go", text)],
            1,
            "",
            "x.go:4:7: syntax error: unexpected =",
        )
    }),
    ("ten errors at most", |s| {
        let body: String = (0..30).map(|i| format!("\tundefined{i}()\n")).collect();
        check(
            &[
                "check",
                &s.file(
                    "x.go",
                    format!("package main\n\nfunc main() {{\n{body}}}\n").as_bytes(),
                ),
            ],
            1,
            "",
            "too many errors",
        )
    }),
    ("unused variables scope by scope up to the limit", |s| {
        let body: String = (0..10).map(|i| format!("\tv{i} := {i}\n")).collect();
        let text = format!("package main\n\nfunc main() {{\n\t{{\n\t\tw := 1\n\t}}\n{body}}}\n");
        let file = s.file("x.go", text.as_bytes());
        check(&["check", &file], 1, "", "x.go:16:2: too many errors")
    }),
    ("all errors with -e", |s| {
        let body: String = (0..30).map(|i| format!("\tundefined{i}()\n")).collect();
        check(
            &[
                "check",
                "-e",
                &s.file(
                    "x.go",
                    format!("package main\n\nfunc main() {{\n{body}}}\n").as_bytes(),
                ),
            ],
            1,
            "",
            "undefined: undefined29",
        )
    }),
    ("rich diagnostics on demand", |s| {
        let text = b"package main\n\nfunc main() {\n\tx := 1\n}\n";
        check(
            &["check", "-diag=rich", &s.file("x.go", text)],
            1,
            "",
            "declared and not used: x\n",
        )
    }),
    ("arguments reach the program", |s| {
        let text = b"package main\n\nimport (\"fmt\"; \"os\")\n\nfunc main() { fmt.Println(os.Args[1:], len(os.Args)) }\n";
        check(
            &["run", &s.file("x.go", text), "-a", "--", "b c"],
            0,
            "[-a -- b c] 4\n",
            "",
        )
    }),
    ("a folder is a program", |s| {
        s.file("a.go", b"package main\n\nfunc main() { print(name()) }\n");
        s.file(
            "b.go",
            b"package main\n\nfunc name() string { return \"from b\" }\n",
        );
        s.file("b_test.go", b"package main\n\nfunc broken( {\n");
        check(&["run", &s.0.display().to_string()], 0, "", "from b")
    }),
    ("packages of a module by path", |s| {
        module(s);
        check_in(s, &["run", "."], 0, "", "util of top\n")?;
        check_in(s, &["run", "./cmd/x"], 0, "", "util of x\n")?;
        check_in(s, &["./cmd/x"], 0, "", "util of x\n")?;
        check_in(s, &["run", "example.com/m/cmd/x"], 0, "", "util of x\n")?;
        check_in(s, &["run", "example.com/m"], 0, "", "util of top\n")?;
        check_in(s, &["check", "example.com/m/util"], 0, "", "")?;
        check_in(
            s,
            &["run", "example.com/m/util"],
            1,
            "",
            "package example.com/m/util is not a main package",
        )?;
        check_in(
            s,
            &["run", "example.com/m/none"],
            1,
            "",
            "no required module provides package example.com/m/none",
        )?;
        check_in(
            s,
            &["run", "nowhere"],
            1,
            "",
            "package nowhere is not in std",
        )
    }),
    ("a file instead of a command", |s| {
        let text =
            b"package main\n\nimport \"os\"\n\nfunc main() { println(len(os.Args), os.Args[1]) }\n";
        let file = s.file("x.go", text);
        check(&[&file, "-a"], 0, "", "2 -a\n")?;
        check(&["-diag=short", &file, "b"], 0, "", "2 b\n")
    }),
    ("a script with a first line", |s| {
        let text = "#!/usr/bin/env minigo\npackage main\n\nimport \"os\"\n\nfunc main() { println(os.Args[1]); undefined() }\n";
        let script = s.file("tool", text.as_bytes());
        check(&[&script, "-v"], 1, "", "tool:6:36: undefined: undefined")?;
        s.file("tool", text.replace("undefined()", "os.Exit(3)").as_bytes());
        check(&[&script, "-v"], 3, "", "-v\n")
    }),
    ("signals that the parent ignored", |s| {
        let program = r#"package main
import ("fmt"; "os"; "os/signal"; "syscall")
func main() {
	hup := func() { syscall.Kill(os.Getpid(), syscall.SIGHUP) }
	hup()
	fmt.Print(signal.Ignored(syscall.SIGHUP))
	c := make(chan os.Signal, 1)
	signal.Notify(c, syscall.SIGHUP)
	hup()
	fmt.Print(<-c)
	signal.Reset(syscall.SIGHUP)
	hup()
	fmt.Print(signal.Ignored(syscall.SIGHUP))
}"#;
        let file = s.file("nohup.go", program.as_bytes());
        let mut shell = std::process::Command::new("sh");
        let minigo = tools::minigo().get_program().to_owned();
        shell
            .args(["-c", "trap '' HUP; exec \"$0\" run \"$1\""])
            .arg(minigo)
            .arg(file);
        check_command(&mut shell, b"", 0, "truehangupfalse", "")
    }),
    ("a program from standard input", |_| {
        let text =
            "package main\n\nimport \"os\"\n\nfunc main() { println(len(os.Args)); panic(1) }\n";
        check_input(
            &["run", "-", "a"],
            text,
            2,
            "",
            "2\npanic: 1\n\ngoroutine 1 [running]:\nmain.main()\n\t<stdin>:5",
        )?;
        check_input(&["-"], text, 2, "", "1\n")?;
        check_input(
            &["-"],
            "package main\nfunc main() { x }\n",
            1,
            "",
            "<stdin>:2:15: undefined: x",
        )?;
        check_input(&["-"], ARCHIVE, 0, "", "from the archive\n")
    }),
    ("text on the command line", |_| {
        check(&["-e", "fmt.Println(1+2)"], 0, "3\n", "")?;
        check(
            &["run", "-e", "fmt.Println(os.Args)", "a", "-b"],
            0,
            "[-e a -b]\n",
            "",
        )?;
        check(
            &[
                "-e",
                "x := 2\nfor range x { fmt.Print(strings.Repeat(\"a\", x)) }",
            ],
            0,
            "aaaa",
            "",
        )?;
        check(
            &[
                "-e",
                "func f[T any](x T) T { return x }; type P struct{ x int }; fmt.Println(f(P{4}))",
            ],
            0,
            "{4}\n",
            "",
        )?;
        check(&["-e", "import \"os\"; os.Exit(7)"], 7, "", "")?;
        check(
            &["-e", "fmt.Println(rand.N(1), sort.IsSorted(nil))"],
            2,
            "",
            "panic: runtime error",
        )?;
        check(
            &["-e", "1 + 2"],
            1,
            "",
            "-e:1:1: 1 + 2 (untyped int constant 3) is not used",
        )?;
        check(&["-e", "fmt.Println(y)"], 1, "", "-e:1:13: undefined: y")?;
        check(
            &["-e", "if true {"],
            1,
            "",
            "-e:1:10: syntax error: unexpected EOF, expected }",
        )?;
        check(&["-e", "os := 1; fmt.Println(os)"], 0, "1\n", "")
    }),
    ("an archive of the playground", |s| {
        let file = s.file("share.txtar", ARCHIVE.as_bytes());
        check(&[&file], 0, "", "from the archive\n")?;
        let text = "-- go.mod --\nmodule m\n-- main.go --\npackage main\n\nfunc main() { x }\n-- ../evil.go --\n";
        let file = s.file("evil.txtar", text.as_bytes());
        check(
            &["run", &file],
            1,
            "",
            "invalid file name \"../evil.go\" in archive",
        )?;
        let file = s.file(
            "wrong.txtar",
            text.split("-- ..").next().unwrap_or_default().as_bytes(),
        );
        check(
            &["run", &file],
            1,
            "",
            "wrong.txtar/main.go:3:15: undefined: x",
        )
    }),
    ("environment", |s| {
        module(s);
        check_in(s, &["env"], 0, "GOVERSION='go1.27'\n", "")?;
        check_in(s, &["env", "GOMOD", "NOPE"], 0, "/go.mod\n\n", "")?;
        check_in(s, &["env", "-json", "GOOS"], 0, "{\n\t\"GOOS\": \"", "")
    }),
    ("help topics", |_| {
        check(&["help", "debug"], 0, "schedtrace=N", "")?;
        check(&["help", "status"], 0, "\t122\tmore memory", "")?;
        check(
            &["help", "stats"],
            2,
            "",
            "unknown help topic; did you mean status?",
        )
    }),
    ("manual page", |_| check(&["man"], 0, ".SS minigo test", "")),
    ("completions", |s| {
        check(&["completions", "csh"], 2, "", "say one of bash, zsh, fish")?;
        check(&["completions", "zsh"], 0, "#compdef minigo\n", "")?;
        check(&["completions", "fish"], 0, "complete -c minigo", "")?;
        let script = tools::run(tools::minigo().args(["completions", "bash"]), b"")?.stdout;
        s.file("c.bash", script.as_bytes());
        s.file("main.go", b"package main\n");
        let complete = |line: &str, want: &str| {
            let text = format!(
                "source c.bash; COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}}-1)); _minigo; echo \"${{COMPREPLY[*]}}\""
            );
            let mut bash = std::process::Command::new("bash");
            let got = tools::run(bash.current_dir(&s.0).args(["-c", &text]), b"")?;
            match got.stdout == want && got.stderr.is_empty() {
                true => Ok(()),
                false => Err(format!("{line}: {}{}", got.stdout, got.stderr)),
            }
        };
        if std::process::Command::new("bash")
            .arg("--version")
            .output()
            .is_err()
        {
            return Ok(());
        }
        complete("minigo ru", "run\n")?;
        complete("minigo test -benchm", "-benchmem\n")?;
        complete("minigo run -diag ''", "short rich\n")?;
        complete("minigo run ma", "main.go\n")?;
        complete("minigo help stat", "\n")?;
        complete("minigo completions f", "fish\n")
    }),
    ("wrong limits", |_| {
        check(
            &["run", "-max-memory", "lots", "x.go"],
            2,
            "",
            "invalid value \"lots\" for flag -max-memory",
        )?;
        check(
            &["-timeout=5", "-e", ""],
            2,
            "",
            "invalid value \"5\" for flag -timeout",
        )?;
        check(
            &["-max-goroutines=0", "-e", ""],
            2,
            "",
            "want a positive number",
        )
    }),
    ("a bare file name embeds what lies beside it", |s| {
        s.file(
            "x.go",
            b"package main\nimport _ \"embed\"\n//go:embed note.txt\nvar note string\nfunc main() { print(note) }\n",
        );
        s.file("note.txt", b"beside");
        check_in(s, &["run", "x.go"], 0, "", "beside")
    }),
    ("unknown debug variable", |s| {
        let file = s.file("x.go", b"package main\nfunc main() {}\n");
        let got = tools::run(
            tools::minigo()
                .args(["run", &file])
                .env("MINIGO_DEBUG", "gcstres=1"),
            b"",
        )?;
        if got.status == 2 && got.stderr.contains("gcstres") && got.stderr.contains("gcstress") {
            Ok(())
        } else {
            Err(format!("{} {}", got.status, got.stderr))
        }
    }),
];

pub fn trials() -> Vec<Trial> {
    let make = |&(name, test): &Case| {
        let id = name.replace(' ', "_");
        Trial::test(format!("cli/{id}"), move || {
            test(&Scratch::new(&id_of(name))).map_err(Into::into)
        })
        .with_kind("cli")
    };
    CASES.iter().map(make).collect()
}

fn id_of(name: &str) -> String {
    name.replace(|c: char| !c.is_alphanumeric(), "_")
}
