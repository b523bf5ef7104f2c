//! Which files of a folder belong to a package here: name suffixes and `//go:build` lines. (Go: go/build/constraint)

use minigo_syntax::version;
use std::sync::OnceLock;

/// The tags of `-tags`. Set once, before the first file is looked at.
static TAGS: OnceLock<Vec<String>> = OnceLock::new();

/// Holds the tags of a list for true, separated by commas (or by spaces, as the go command once wanted it).
pub fn set_tags(list: &str) {
    let tags = list.split([',', ' ']).filter(|t| !t.is_empty());
    let _ = TAGS.set(tags.map(String::from).collect());
}

/// The list that [`set_tags`] was given.
pub fn tags() -> String {
    TAGS.get().map_or(String::new(), |tags| tags.join(","))
}

/// Whether a file takes part in a build for this machine, by its name and its constraint line.
pub fn holds(name: &str, text: &[u8]) -> bool {
    by_name(name) && version::build_line(text).is_none_or(|line| Parser::new(line).eval())
}

/// The operating systems and architectures that file names and tags may stand for.
const OPERATING_SYSTEMS: &[&str] = &[
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "illumos",
    "ios",
    "js",
    "linux",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const ARCHITECTURES: &[&str] = &[
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
    "ppc64le", "riscv64", "s390x", "wasm",
];

/// `*_GOOS`, `*_GOARCH` and `*_GOOS_GOARCH` before the extension.
fn by_name(name: &str) -> bool {
    let stem = name.strip_suffix(".go").unwrap_or(name);
    let stem = stem.strip_suffix("_test").unwrap_or(stem);
    // What stands before the first underscore is a name, whatever it is called.
    let Some((_, suffix)) = stem.split_once('_') else {
        return true;
    };
    let parts: Vec<&str> = suffix.split('_').collect();
    let (last, before) = (
        parts[parts.len() - 1],
        parts.len().checked_sub(2).map(|i| parts[i]),
    );
    if ARCHITECTURES.contains(&last) {
        return tag(last) && before.is_none_or(|os| !OPERATING_SYSTEMS.contains(&os) || tag(os));
    }
    !OPERATING_SYSTEMS.contains(&last) || tag(last)
}

/// Whether a build tag is set.
fn tag(name: &str) -> bool {
    let arch = match std::env::consts::ARCH {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    };
    if TAGS
        .get()
        .is_some_and(|tags| tags.iter().any(|t| t == name))
    {
        return true;
    }
    match name {
        "minigo" | "gc" => true, // programs that ask for the compiler mean the language as gc has it
        "unix" => cfg!(unix),
        "darwin" => cfg!(target_os = "macos"),
        "ignore" => false,
        _ if name == std::env::consts::OS || name == arch => true,
        _ => name
            .strip_prefix("go1.")
            .and_then(|v| v.parse::<u32>().ok())
            .is_some_and(|v| v <= 27),
    }
}

/// `||`, `&&`, `!`, parentheses and tags.
struct Parser<'a> {
    tokens: Vec<&'a str>,
    at: usize,
}

impl<'a> Parser<'a> {
    fn new(text: &'a str) -> Parser<'a> {
        Parser {
            tokens: version::tokens(text),
            at: 0,
        }
    }

    fn next_is(&mut self, token: &str) -> bool {
        let hit = self.tokens.get(self.at) == Some(&token);
        self.at += hit as usize;
        hit
    }

    fn eval(&mut self) -> bool {
        let mut value = self.and();
        while self.next_is("||") {
            value |= self.and();
        }
        value
    }

    fn and(&mut self) -> bool {
        let mut value = self.not();
        while self.next_is("&&") {
            value &= self.not();
        }
        value
    }

    fn not(&mut self) -> bool {
        if self.next_is("!") {
            return !self.not();
        }
        if self.next_is("(") {
            let value = self.eval();
            self.next_is(")");
            return value;
        }
        let value = self.tokens.get(self.at).is_some_and(|t| tag(t));
        self.at += 1;
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_where_a_file_belongs() {
        assert!(holds("a.go", b"package a"));
        assert!(holds("linux.go", b"package a"));
        assert_eq!(holds("a_linux.go", b""), cfg!(target_os = "linux"));
        assert!(!holds("a_windows.go", b""));
        assert!(!holds("a_plan9_amd64.go", b""));
        assert!(!holds("a_windows_test.go", b""));
        assert!(holds("a_helper.go", b""));
    }

    #[test]
    fn build_lines_are_evaluated() {
        let file = |expr: &str| format!("// Copyright\n\n//go:build {expr}\n\npackage a\n");
        assert!(!holds("a.go", file("ignore").as_bytes()));
        assert!(holds(
            "a.go",
            file("!ignore && (windows || unix)").as_bytes()
        ));
        assert!(holds("a.go", file("go1.18").as_bytes()));
        assert!(!holds("a.go", file("go1.99||cgo").as_bytes()));
        assert!(holds("a.go", b"package a\n\n//go:build ignore\n"));
    }
}
