//! Every command and every flag, in one table: the parser, the help texts and the errors come from it.
//!
//! Flags follow the go command's habits: one dash or two, `-name=value` or `-name value`, and the first argument that
//! is no flag ends them.

use minigo_syntax::spelling::nearest;

/// What a flag takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagKind {
    /// Nothing; `-name=false` switches it off.
    Bool,
    /// A value, described by the word shown in help.
    Value(&'static str),
}

/// One flag of a command.
#[derive(Debug, PartialEq, Eq)]
pub struct Flag {
    /// Name without dashes.
    pub name: &'static str,
    /// What it takes.
    pub kind: FlagKind,
    /// One sentence for help.
    pub help: &'static str,
}

/// One command.
#[derive(Debug)]
pub struct Command {
    /// Name as typed.
    pub name: &'static str,
    /// What follows the flags, for the usage line.
    pub args: &'static str,
    /// One line for the list of commands.
    pub summary: &'static str,
    /// A paragraph for `minigo help NAME`.
    pub about: &'static str,
    /// Its flags, in groups that several commands share.
    pub flags: &'static [&'static [Flag]],
}

impl Command {
    /// Whether it executes programs, so that `-e` is one.
    pub fn executes(&self) -> bool {
        self.all_flags().any(|f| f == &TEXT[0])
    }

    /// Every flag of the command.
    pub fn all_flags(&self) -> impl Iterator<Item = &'static Flag> + use<> {
        self.flags.iter().copied().flatten()
    }
}

const fn flag(name: &'static str, help: &'static str) -> Flag {
    Flag {
        name,
        kind: FlagKind::Bool,
        help,
    }
}

const fn value(name: &'static str, what: &'static str, help: &'static str) -> Flag {
    Flag {
        name,
        kind: FlagKind::Value(what),
        help,
    }
}

/// How diagnostics look: of every command that compiles.
const DIAG: &[Flag] = &[value(
    "diag",
    "short|rich",
    "form of diagnostics: one gc-style line each, or with source lines (default: rich on a terminal)",
)];

/// What a program may use: of every command that executes one.
const LIMITS: &[Flag] = &[
    value(
        "max-memory",
        "SIZE",
        "end a program that needs more than SIZE (64MB, 1GB) of memory, with exit status 122",
    ),
    value(
        "max-goroutines",
        "N",
        "end a program that has more than N goroutines at a time, with exit status 121",
    ),
    value(
        "max-output",
        "SIZE",
        "end a program that writes more than SIZE (100KB) to standard output and standard error, with exit status \
         120; it cannot give them to programs that it starts",
    ),
];

/// The bound in time of a program; a test has its own.
const TIMEOUT: &[Flag] = &[value(
    "timeout",
    "D",
    "end a program that runs longer than D (500ms, 10s, 2m), with exit status 124",
)];

/// Of every command that executes a program.
const TEXT: &[Flag] = &[value(
    "e",
    "TEXT",
    "compile TEXT, Go statements and declarations, instead of files; imports need not be written",
)];

/// How a run is repeated: of every command that runs programs in a process of their own.
const SEEDED: &[Flag] = &[
    value(
        "record",
        "FILE",
        "write every choice of a seeded run to FILE (without -seed: of a seed of its own)",
    ),
    value(
        "replay",
        "FILE",
        "make the choices that -record wrote to FILE",
    ),
    value(
        "seed",
        "N",
        "draw every choice from the seed N, in simulated time: the same seed gives the same run",
    ),
    value(
        "seeds",
        "A..B",
        "run with each of these seeds until one deadlocks, panics, does not end within -timeout (60s), or exits with another status than the first",
    ),
];

/// Of every command that compiles programs.
const LANG: &[Flag] = &[value(
    "lang",
    "go1.N",
    "language version (default: that of go.mod, or the latest)",
)];

/// Which files belong to a package: of every command that reads packages.
const TAGS: &[Flag] = &[value(
    "tags",
    "LIST",
    "hold these build tags for true, separated by commas, in //go:build lines",
)];

/// Looking at the scheduler: of every command that runs a program in a process of its own.
const TRACED: &[Flag] = &[value(
    "trace",
    "FILE",
    "write the life of every goroutine, thread and processor to FILE, for Perfetto or chrome://tracing",
)];

/// Every command, in the order of the help text.
pub static COMMANDS: &[Command] = &[
    Command {
        name: "run",
        args: "FILE.go...|DIR|PACKAGE|ARCHIVE.txtar|- [arguments]",
        summary: "compile and run a program at once",
        about: "Compiles the named files, the package in DIR or with the import path PACKAGE in the module at hand, the \
                files of a txtar archive as the Go playground shares them, or what - reads from standard input, and runs \
                the program with the arguments that follow. 'minigo FILE.go' is short for 'minigo run FILE.go', and so \
                is a first line '#!/usr/bin/env minigo' in an executable file. The exit status is the program's own; 2 \
                after a panic or fatal error, 1 when it does not compile. With a seed the program runs on one processor in \
                simulated time, and everything that is left open (which goroutine is next and for how long, which case \
                of a select, the order of a map, random numbers) is drawn from the seed: the same seed gives the same \
                run. Sockets, pipes, files and signals are beyond its control.",
        flags: &[TEXT, TIMEOUT, LIMITS, SEEDED, TRACED, LANG, TAGS, DIAG],
    },
    Command {
        name: "repl",
        args: "",
        summary: "talk to Go: also minigo without arguments",
        about: "Reads declarations, statements and expressions from a terminal and runs each at once; :help at the prompt \
                tells the rest. When standard input is no terminal it is a script: no prompts, and exit status 1 at the \
                first error.",
        flags: &[],
    },
    Command {
        name: "check",
        args: "[FILE.go...|DIR...|PACKAGE|DIR/...]",
        summary: "report errors without running",
        about: "Parses and type-checks the named files, the package in DIR, or all packages at and below DIR, and reports \
                what is wrong, ten errors of a package at most. Without arguments it checks the package in the current \
                folder. The exit status is 1 when there are errors.",
        flags: &[
            &[
                flag("e", "report all errors, not only the first ten"),
                flag(
                    "json",
                    "print one JSON object for each error: file, line, column, endLine, endColumn, severity, code, message, related, notes",
                ),
                flag(
                    "typetest",
                    "report as the type checker's own tests (src/internal/types/testdata) want it: every error, also behind \
                     syntax errors; assert and trace are predeclared; the first line may be a comment with -lang=go1.N",
                ),
            ],
            LANG,
            TAGS,
            DIAG,
        ],
    },
    Command {
        name: "explain",
        args: "[CODE...]",
        summary: "say what the code of a diagnostic means",
        about: "Prints what the codes mean that stand in brackets in diagnostics, with a program that has the mistake; without \
                arguments, the list of all codes.",
        flags: &[],
    },
    Command {
        name: "dump",
        args: "FILE.go...|DIR|PACKAGE",
        summary: "show a stage of compilation",
        about: "Prints what a stage of the compiler made of the program.",
        flags: &[
            &[
                flag("tokens", "the tokens, inserted semicolons included"),
                flag("ast", "the syntax tree"),
                flag("types", "the type of every expression"),
                flag(
                    "bytecode",
                    "the instructions of every function of the program",
                ),
                value(
                    "func",
                    "NAME",
                    "with -bytecode: only functions whose name contains NAME (default: those of package main)",
                ),
            ],
            TAGS,
            DIAG,
        ],
    },
    Command {
        name: "test",
        args: "[FILE_test.go...|PACKAGES] [-args ARGUMENTS]",
        summary: "run the tests of packages",
        about: "Compiles each package together with its _test.go files and runs their tests, examples and, with -bench, \
                benchmarks, as 'go test' does and with its output. PACKAGES are folders or import paths, './...' is all \
                below; without them it is the package in the current folder. Flags may stand behind packages; unknown \
                ones go to the test program, as does everything behind -args. The exit status is 1 when a test fails. \
                Fuzz tests run with their seeds.",
        flags: &[
            &[
                value("bench", "REGEXP", "run benchmarks that match ('.' for all)"),
                flag("benchmem", "show allocations of benchmarks"),
                value(
                    "benchtime",
                    "T",
                    "run each benchmark for the time T (default: 1s), or N times if T is Nx",
                ),
                value("count", "N", "run everything N times"),
                value(
                    "cpu",
                    "LIST",
                    "run everything with each GOMAXPROCS of the list 1,2,4",
                ),
                flag("failfast", "start no more tests after a failure"),
                flag("fullpath", "show whole paths of files in messages of tests"),
                flag("json", "write events as 'go test -json' does"),
                value("list", "REGEXP", "list what matches, run nothing"),
                value(
                    "p",
                    "N",
                    "test N packages at a time (default: one per core)",
                ),
                value(
                    "parallel",
                    "N",
                    "run N parallel tests of a package at a time (default: GOMAXPROCS)",
                ),
                value(
                    "run",
                    "REGEXP",
                    "run tests and examples that match, subtests by levels A/B",
                ),
                flag("short", "tell long tests to take less time"),
                value(
                    "shuffle",
                    "off|on|N",
                    "run tests in random order, that of the seed N",
                ),
                value("skip", "REGEXP", "do not run what matches"),
                value(
                    "timeout",
                    "D",
                    "panic when a package takes longer than D (default: 10m, 0: no limit)",
                ),
                flag("v", "say which tests run, and show what they log"),
                flag("artifacts", "keep what tests write into T.ArtifactDir"),
                value("outputdir", "DIR", "where to keep it"),
            ],
            LIMITS,
            TAGS,
            DIAG,
        ],
    },
    Command {
        name: "env",
        args: "[NAME...]",
        summary: "print what compilations and programs take from their surroundings",
        about: "Prints variables with their values as assignments for a shell, or the values of those that are named.",
        flags: &[&[flag("json", "print an object instead")]],
    },
    Command {
        name: "completions",
        args: "bash|zsh|fish",
        summary: "print a script that teaches a shell the commands and flags",
        about: "Prints a completion script: 'source <(minigo completions bash)' in bash, 'minigo completions fish | source' \
                in fish; in zsh the script goes into a folder of $fpath as the file _minigo.",
        flags: &[],
    },
    Command {
        name: "man",
        args: "",
        summary: "print the manual page",
        about: "Prints the manual page: 'minigo man | man -l -' shows it, 'minigo man > minigo.1' makes a file of it.",
        flags: &[],
    },
    Command {
        name: "version",
        args: "",
        summary: "print minigo's version and the language version",
        about: "Prints minigo's version, the version of the Go language it implements, and the platform.",
        flags: &[],
    },
    Command {
        name: "help",
        args: "[COMMAND]",
        summary: "explain a command",
        about: "Lists the commands, or explains one with its flags.",
        flags: &[],
    },
];

/// Something to read about besides the commands.
#[derive(Debug)]
pub struct Topic {
    /// Name as typed behind `help`.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The text, in lines that need no wrapping.
    pub text: fn() -> String,
}

/// What `minigo help` explains besides the commands.
pub static TOPICS: &[Topic] = &[
    Topic {
        name: "debug",
        title: "Looking inside",
        text: || {
            let vars = minigo_runtime::debug::VARS.iter();
            let list: String = vars.map(|v| format!("\t{}\n", v.help)).collect();
            format!(
                "The environment variable MINIGO_DEBUG is a list name=value,name=value of:\n\n{list}"
            )
        },
    },
    Topic {
        name: "status",
        title: "Exit status",
        text: || {
            use minigo_runtime::limits::{
                GOROUTINES_STATUS, MEMORY_STATUS, OUTPUT_STATUS, TIME_STATUS,
            };
            format!(
                "A program's own status is minigo's. Besides that:\n\n\
                 \t1\tthe program does not compile, or a test failed\n\
                 \t2\ta panic, a fatal error, or wrong usage of minigo\n\
                 \t{OUTPUT_STATUS}\tmore output than -max-output\n\
                 \t{GOROUTINES_STATUS}\tmore goroutines than -max-goroutines\n\
                 \t{MEMORY_STATUS}\tmore memory than -max-memory\n\
                 \t{TIME_STATUS}\tmore time than -timeout\n"
            )
        },
    },
];

/// A parsed command line.
#[derive(Debug)]
pub struct Parsed {
    /// The command.
    pub command: &'static Command,
    /// Flags given, in order; the last of a name counts.
    pub flags: Vec<(&'static str, String)>,
    /// Everything behind the flags.
    pub args: Vec<String>,
    /// What a test program is given: unknown flags, and what stands behind `-args`.
    pub passed: Vec<String>,
}

impl Parsed {
    /// Whether a boolean flag was switched on.
    pub fn is_set(&self, name: &str) -> bool {
        self.value(name).is_some_and(|v| v == "true")
    }

    /// Value of a flag, when given.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.flags
            .iter()
            .rev()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| v.as_str())
    }
}

/// Parses the arguments behind the program's name. The error is the text for stderr; the exit status is then 2.
pub fn parse(args: &[String]) -> Result<Parsed, String> {
    let Some((name, rest)) = args.split_first() else {
        return Err(usage());
    };
    let name = match name.as_str() {
        "-h" | "-help" | "--help" => "help",
        "-version" | "--version" => "version",
        other => other,
    };
    // A file instead of a command is run, as are flags of run: the short forms, and what `#!` lines lead to.
    let is_program = |name: &str| {
        name.ends_with(".go") || name.contains('/') || std::path::Path::new(name).is_file()
    };
    let is_flag = |name: &str| name.starts_with('-');
    let known = COMMANDS.iter().find(|c| c.name == name);
    let (command, rest) = match known {
        Some(command) => (Some(command), rest),
        None if is_flag(name) || is_program(name) => (Some(find("run")), args),
        None => (None, rest),
    };
    let Some(command) = command else {
        let near = nearest(name, COMMANDS.iter().map(|c| c.name));
        let hint = near
            .map(|n| format!("; did you mean {n}?"))
            .unwrap_or_default();
        return Err(format!(
            "minigo {name}: unknown command{hint}\nRun 'minigo help' for usage.\n"
        ));
    };
    let mut parsed = Parsed {
        command,
        flags: Vec::new(),
        args: Vec::new(),
        passed: Vec::new(),
    };
    // The go command takes flags of tests anywhere.
    let is_test = command.name == "test";
    let mut rest = rest.iter();
    while let Some(arg) = rest.next() {
        if arg == "--" {
            break;
        }
        let Some(text) = arg
            .strip_prefix("--")
            .or_else(|| arg.strip_prefix('-'))
            .filter(|t| !t.is_empty())
        else {
            parsed.args.push(arg.clone());
            if is_test {
                continue;
            }
            break;
        };
        let (flag_name, inline) = match text.split_once('=') {
            Some((n, v)) => (n, Some(v.to_string())),
            None => (text, None),
        };
        if matches!(flag_name, "h" | "help") {
            return Ok(Parsed {
                command: find("help"),
                flags: Vec::new(),
                args: vec![command.name.to_string()],
                passed: Vec::new(),
            });
        }
        let flag_name = match flag_name.strip_prefix("test.") {
            Some(name) if is_test => name,
            _ => flag_name,
        };
        if is_test && flag_name == "args" {
            parsed.passed.extend(rest.by_ref().cloned());
            break;
        }
        let Some(flag) = command.all_flags().find(|f| f.name == flag_name) else {
            let near = nearest(flag_name, command.all_flags().map(|f| f.name));
            if is_test && near.is_none() {
                parsed.passed.push(arg.clone());
                continue;
            }
            let hint = near
                .map(|n| format!("; did you mean -{n}?"))
                .unwrap_or_default();
            return Err(format!(
                "flag provided but not defined: -{flag_name}{hint}\n{}Run 'minigo help {}' for details.\n",
                usage_line(command),
                command.name
            ));
        };
        let value = match (flag.kind, inline) {
            (FlagKind::Bool, None) => "true".to_string(),
            (FlagKind::Bool, Some(v)) => match v.as_str() {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => "true".to_string(),
                "0" | "f" | "F" | "false" | "FALSE" | "False" => "false".to_string(),
                _ => {
                    return Err(format!(
                        "invalid boolean value {v:?} for -{flag_name}: parse error\n"
                    ));
                }
            },
            (FlagKind::Value(_), Some(v)) => v,
            (FlagKind::Value(_), None) => match rest.next() {
                Some(v) => v.clone(),
                None => {
                    return Err(format!(
                        "flag needs an argument: -{flag_name}\n{}",
                        usage_line(command)
                    ));
                }
            },
        };
        parsed.flags.push((flag.name, value));
    }
    parsed.args.extend(rest.cloned());
    Ok(parsed)
}

fn find(name: &str) -> &'static Command {
    COMMANDS
        .iter()
        .find(|c| c.name == name)
        .expect("the table has this command")
}

fn usage_line(c: &Command) -> String {
    let flags = if c.flags.is_empty() { "" } else { " [flags]" };
    let args = if c.args.is_empty() {
        String::new()
    } else {
        format!(" {}", c.args)
    };
    format!("usage: minigo {}{flags}{args}\n", c.name)
}

/// The text of `minigo help`.
pub fn usage() -> String {
    let mut text = String::from(
        "minigo runs Go source at once.\n\nUsage:\n\n\tminigo COMMAND [flags] [arguments]\n\nThe commands are:\n\n",
    );
    for c in COMMANDS {
        text += &format!("\t{:<11} {}\n", c.name, c.summary);
    }
    text += "\nUse \"minigo help COMMAND\" for the flags of a command. Further topics:\n\n";
    for t in TOPICS {
        text += &format!("\t{:<11} {}\n", t.name, t.title.to_lowercase());
    }
    text
}

/// The text of `minigo help NAME`, or an error text for an unknown name.
pub fn help(name: &str) -> Result<String, String> {
    if let Some(t) = TOPICS.iter().find(|t| t.name == name) {
        return Ok(format!("{}\n\n{}", t.title, (t.text)()));
    }
    let Some(c) = COMMANDS.iter().find(|c| c.name == name) else {
        let known = COMMANDS
            .iter()
            .map(|c| c.name)
            .chain(TOPICS.iter().map(|t| t.name));
        let hint = nearest(name, known).map(|n| format!("; did you mean {n}?"));
        return Err(format!(
            "minigo help {name}: unknown help topic{}\nRun 'minigo help'.\n",
            hint.unwrap_or_default()
        ));
    };
    let mut text = format!("{}\n{}\n", usage_line(c), wrap(c.about));
    if !c.flags.is_empty() {
        text += "\nFlags:\n\n";
    }
    for f in c.all_flags() {
        let value = match f.kind {
            FlagKind::Bool => String::new(),
            FlagKind::Value(v) => format!(" {v}"),
        };
        text += &format!("\t-{}{value}\n\t\t{}\n", f.name, f.help);
    }
    Ok(text)
}

fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split_whitespace() {
        if width > 0 && width + 1 + word.len() > 80 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out += word;
        width += word.len();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse_line(line: &str) -> Result<Parsed, String> {
        parse(&line.split(' ').map(String::from).collect::<Vec<_>>())
    }

    #[test]
    fn flags_end_at_the_first_argument() {
        let p = parse_line("run --diag=short main.go -x --y").unwrap();
        assert_eq!(p.value("diag"), Some("short"));
        assert_eq!(p.args, ["main.go", "-x", "--y"]);
        let p = parse_line("check -e -diag rich .").unwrap();
        assert!(p.is_set("e"));
        assert_eq!((p.value("diag"), p.args.len()), (Some("rich"), 1));
    }

    #[test]
    fn slips_are_named() {
        assert!(
            parse_line("rnu x.go")
                .unwrap_err()
                .contains("did you mean run?")
        );
        assert!(
            parse_line("dump -bytcode x.go")
                .unwrap_err()
                .contains("did you mean -bytecode?")
        );
        assert!(
            parse_line("run -diag")
                .unwrap_err()
                .contains("flag needs an argument: -diag")
        );
        assert!(
            parse_line("check -e=maybe .")
                .unwrap_err()
                .contains("invalid boolean value")
        );
        assert!(
            parse_line("zzzzzz")
                .unwrap_err()
                .contains("unknown command\n")
        );
    }

    #[test]
    fn every_command_has_its_help() {
        for c in COMMANDS {
            assert!(help(c.name).unwrap().contains(c.name));
            assert!(usage().contains(c.summary));
        }
        assert_eq!(parse_line("run -h").unwrap().command.name, "help");
    }
}
