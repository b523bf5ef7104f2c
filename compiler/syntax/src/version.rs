//! Language versions: `go1.N`, and the version that a file's `//go:build` line asks for. (Go: go/version, go/build/constraint)
//!
//! Only the minor version counts for the language: `go1.21.3` means `go1.21`.

use std::fmt;

/// A version of the language, by its minor number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Version(pub u16);

impl Version {
    /// The version that is implemented.
    pub const LATEST: Version = Version(27);

    /// Reads `go1.18` or `go1.18.3`; also `go1`.
    pub fn parse(text: &str) -> Option<Version> {
        Version::parse_number(text.strip_prefix("go")?)
    }

    /// Reads `1.18` or `1.18.3`, as a `go` line of `go.mod` has it; also `1.18rc1`.
    pub fn parse_number(text: &str) -> Option<Version> {
        let rest = text.strip_prefix('1')?;
        if rest.is_empty() {
            return Some(Version(0));
        }
        let rest = rest.strip_prefix('.')?;
        let n = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (minor, rest) = rest.split_at(n);
        let known = rest.is_empty() || rest.starts_with(['.', 'r', 'b']);
        let leading_zero = minor.len() > 1 && minor.starts_with('0');
        (known && !leading_zero)
            .then(|| minor.parse().ok().map(Version))
            .flatten()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            0 => f.write_str("go1"),
            n => write!(f, "go1.{n}"),
        }
    }
}

/// The expression of the `//go:build` line of a file, which stands before the package clause.
pub fn build_line(text: &[u8]) -> Option<&str> {
    let mut in_comment = false;
    for line in text.split(|&b| b == b'\n') {
        let line = std::str::from_utf8(line).ok()?.trim();
        if in_comment {
            in_comment = !line.contains("*/");
        } else if let Some(rest) = line.strip_prefix("//") {
            if let Some(expr) = rest.strip_prefix("go:build ") {
                return Some(expr);
            }
        } else if line.starts_with("/*") {
            in_comment = !line.contains("*/");
        } else if !line.is_empty() {
            return None;
        }
    }
    None
}

/// The least version that the `//go:build` line of a file implies, if it implies one.
pub fn file_version(text: &[u8]) -> Option<Version> {
    let mut parser = Implied {
        tokens: tokens(build_line(text)?),
        at: 0,
    };
    let least = parser.or(true);
    u16::try_from(least).ok().map(Version)
}

/// The tokens of a build expression.
pub fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        let n = match c {
            '(' | ')' | '!' => 1,
            '|' | '&' if rest.len() > 1 && rest.is_char_boundary(2) => 2,
            '|' | '&' => 1,
            _ => rest
                .find(|c: char| c.is_whitespace() || "()!|&".contains(c))
                .unwrap_or(rest.len()),
        };
        tokens.push(&rest[..n]);
        rest = rest[n..].trim_start();
    }
    tokens
}

/// What an expression says about the version where it holds (`sign`) or does not: the least one, −1 if nothing.
struct Implied<'a> {
    tokens: Vec<&'a str>,
    at: usize,
}

impl Implied<'_> {
    fn next_is(&mut self, token: &str) -> bool {
        let hit = self.tokens.get(self.at) == Some(&token);
        self.at += hit as usize;
        hit
    }

    fn or(&mut self, sign: bool) -> i32 {
        let mut v = self.and(sign);
        while self.next_is("||") {
            let w = self.and(sign);
            v = if sign { v.min(w) } else { v.max(w) };
        }
        v
    }

    fn and(&mut self, sign: bool) -> i32 {
        let mut v = self.not(sign);
        while self.next_is("&&") {
            let w = self.not(sign);
            v = if sign { v.max(w) } else { v.min(w) };
        }
        v
    }

    fn not(&mut self, sign: bool) -> i32 {
        let mut sign = sign;
        while self.next_is("!") {
            sign = !sign;
        }
        if self.next_is("(") {
            let v = self.or(sign);
            self.next_is(")");
            return v;
        }
        let tag = self.tokens.get(self.at).copied().unwrap_or_default();
        self.at += 1;
        match Version::parse(tag) {
            Some(v) if sign => i32::from(v.0),
            _ => -1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_and_shown() {
        let shown = |text| Version::parse(text).map(|v| v.to_string());
        assert_eq!(shown("go1.18").as_deref(), Some("go1.18"));
        assert_eq!(shown("go1.21.3").as_deref(), Some("go1.21"));
        assert_eq!(shown("go1.22rc1").as_deref(), Some("go1.22"));
        assert_eq!(shown("go1").as_deref(), Some("go1"));
        for bad in ["1.18", "go2.0", "go1.", "go1.x", "go1.018", "go", ""] {
            assert_eq!(shown(bad), None, "{bad}");
        }
    }

    #[test]
    fn build_lines_imply_versions() {
        let implied = |expr: &str| {
            let text = format!("// A comment.\n\n//go:build {expr}\n\npackage p\n");
            file_version(text.as_bytes()).map(|v| v.0)
        };
        assert_eq!(implied("go1.18"), Some(18));
        assert_eq!(implied("go1.18 && go1.20"), Some(20));
        assert_eq!(implied("go1.18 || go1.20"), Some(18));
        assert_eq!(implied("linux || go1.20"), None);
        assert_eq!(implied("linux && go1.20"), Some(20));
        assert_eq!(implied("!go1.18"), None);
        assert_eq!(implied("!(!go1.18 || ignore)"), Some(18));
        assert_eq!(file_version(b"package p\n//go:build go1.18\n"), None);
    }
}
