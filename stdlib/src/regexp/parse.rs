//! Go's syntax of regular expressions, into the form that the engine wants. (Go: regexp/syntax, parse.go)
//!
//! The parser accepts and rejects exactly what Go's does, and says the same about what is wrong.

use crate::unicode::tables;
use regex_syntax::hir::{
    Capture, Class, ClassUnicode, ClassUnicodeRange, Dot, Hir, HirKind, Look, Repetition,
};
use std::cell::RefCell;
use std::collections::HashMap;

/// What is wrong: Go's `syntax.ErrorCode`, and the part of the expression it is about.
pub struct Fault {
    pub code: &'static str,
    pub part: String,
}

fn fault<T>(code: &'static str, part: &str) -> Result<T, Fault> {
    Err(Fault {
        code,
        part: part.to_owned(),
    })
}

const CHAR_RANGE: &str = "invalid character class range";
const ESCAPE: &str = "invalid escape sequence";
const NAMED_CAPTURE: &str = "invalid named capture";
const PERL_OP: &str = "invalid or unsupported Perl syntax";
const REPEAT_OP: &str = "invalid nested repetition operator";
const REPEAT_SIZE: &str = "invalid repeat count";
pub const UTF8: &str = "invalid UTF-8";
const BRACKET: &str = "missing closing ]";
const PAREN: &str = "missing closing )";
const REPEAT_ARGUMENT: &str = "missing argument to repetition operator";
const BACKSLASH: &str = "trailing backslash at end of expression";
const UNEXPECTED_PAREN: &str = "unexpected )";
const NESTING: &str = "expression nests too deeply";
pub const LARGE: &str = "expression too large";

/// Limits, as Go has them: the depth of the tree, the instructions of its program, a repeat count, all nested ones.
const MAX_HEIGHT: u32 = 1000;
const MAX_SIZE: u64 = (128 << 20) / 40;
const MAX_REPEAT: i64 = 1000;
/// The ends of ranges in all classes, and characters.
const MAX_RUNES: usize = (128 << 20) / 4;

/// An expression that was understood.
pub struct Parsed {
    pub hir: Hir,
    /// Of the groups, the whole expression first; empty for those without.
    pub names: Vec<String>,
    /// What every match begins with, and whether that is all of it.
    pub prefix: String,
    pub complete: bool,
}

#[derive(Clone, Copy)]
struct Flags {
    fold: bool,
    dot_nl: bool,
    one_line: bool,
    lazy: bool,
}

struct Node {
    hir: Hir,
    height: u32,
    size: u64,
    /// The product of the nested repeat counts.
    repeats: i64,
    prefix: String,
    complete: bool,
}

impl Node {
    fn leaf(hir: Hir) -> Node {
        Node {
            hir,
            height: 1,
            size: 1,
            repeats: 1,
            prefix: String::new(),
            complete: false,
        }
    }
}

/// A group that is open.
struct Open {
    /// The number of a capture.
    capture: Option<u32>,
    outer: Flags,
    alternatives: Vec<Node>,
    items: Vec<Node>,
}

struct Parser<'a> {
    whole: &'a str,
    perl: bool,
    flags: Flags,
    open: Vec<Open>,
    names: Vec<String>,
    runes: usize,
    /// Unicode classes that were made: by name, negated or not, folded or not.
    tables: RefCell<HashMap<(String, bool, bool), ClassUnicode>>,
}

/// A set of characters from ranges; what is no character is left out.
fn class_of(ranges: &[(u32, u32)]) -> ClassUnicode {
    let range = |&(lo, hi): &(u32, u32)| {
        let lo = if (0xd800..0xe000).contains(&lo) {
            0xe000
        } else {
            lo
        };
        let hi = if (0xd800..0xe000).contains(&hi) {
            0xd7ff
        } else {
            hi
        };
        let (lo, hi) = (char::from_u32(lo)?, char::from_u32(hi)?);
        (lo <= hi).then(|| ClassUnicodeRange::new(lo, hi))
    };
    ClassUnicode::new(ranges.iter().filter_map(range))
}

/// The group of `\d`, `[:alpha:]` …, by its name.
fn group(name: &str) -> Option<&'static [(u32, u32)]> {
    Some(match name {
        "d" | "digit" => &[(0x30, 0x39)],
        "s" => &[(9, 10), (12, 13), (32, 32)],
        "w" | "word" => &[(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)],
        "alnum" => &[(0x30, 0x39), (0x41, 0x5a), (0x61, 0x7a)],
        "alpha" => &[(0x41, 0x5a), (0x61, 0x7a)],
        "ascii" => &[(0, 0x7f)],
        "blank" => &[(9, 9), (32, 32)],
        "cntrl" => &[(0, 0x1f), (0x7f, 0x7f)],
        "graph" => &[(0x21, 0x7e)],
        "lower" => &[(0x61, 0x7a)],
        "print" => &[(0x20, 0x7e)],
        "punct" => &[(0x21, 0x2f), (0x3a, 0x40), (0x5b, 0x60), (0x7b, 0x7e)],
        "space" => &[(9, 13), (32, 32)],
        "upper" => &[(0x41, 0x5a)],
        "xdigit" => &[(0x30, 0x39), (0x41, 0x46), (0x61, 0x66)],
        _ => return None,
    })
}

/// Names of Unicode tables are compared without case and marks.
fn canonical(name: &str) -> String {
    let marks = |c: &char| !matches!(c, '_' | '-' | ' ');
    let mut letters = name.chars().filter(marks);
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first
        .into_iter()
        .chain(letters.map(|c| c.to_ascii_lowercase()))
        .collect()
}

fn unicode_ranges(name: &str) -> Option<Vec<(u32, u32)>> {
    let name = canonical(name);
    match name.as_str() {
        "Any" => return Some(vec![(0, 0x10ffff)]),
        "Ascii" => return Some(vec![(0, 0x7f)]),
        "Lc" => return tables::table("LC"),
        _ => {}
    }
    let scripts = tables::names("Scripts");
    let script = || scripts.iter().find(|s| canonical(s) == name).copied();
    if tables::names("Categories").contains(&name.as_str()) {
        return tables::table(&name);
    }
    let aliases = tables::names("CategoryAliases");
    let alias = aliases.chunks_exact(2).find(|a| canonical(a[0]) == name);
    match alias {
        Some(a) => tables::table(a[1]),
        None => tables::table(script()?),
    }
}

fn first_char(s: &str) -> Option<(char, &str)> {
    let c = s.chars().next()?;
    Some((c, &s[c.len_utf8()..]))
}

/// The front part of `s` that ends where `rest`, a tail of it, begins.
fn upto<'a>(s: &'a str, rest: &str) -> &'a str {
    &s[..s.len() - rest.len()]
}

impl<'a> Parser<'a> {
    fn top(&mut self) -> &mut Open {
        self.open.last_mut().expect("the outermost group is open")
    }

    fn push(&mut self, node: Node) {
        self.top().items.push(node);
    }

    fn look(&mut self, look: Look) {
        self.push(Node::leaf(Hir::look(look)));
    }

    fn set(&mut self, class: ClassUnicode) {
        self.runes += 2 * class.ranges().len();
        self.push(Node::leaf(Hir::class(Class::Unicode(class))));
    }

    /// A character; `r` may be what is none, which nothing matches.
    fn literal(&mut self, r: u32) {
        let Some(c) = char::from_u32(r) else {
            return self.push(Node::leaf(Hir::fail()));
        };
        if self.flags.fold {
            let mut class = class_of(&[(r, r)]);
            class.case_fold_simple();
            if class.ranges().len() > 1 || class.ranges().iter().any(|r| r.start() != r.end()) {
                return self.set(class);
            }
        }
        let hir = Hir::literal(c.to_string().into_bytes());
        if c == '\u{fffd}' {
            // It is matched by bytes that are no UTF-8 too.
            return self.push(Node::leaf(hir));
        }
        self.push(Node {
            prefix: c.to_string(),
            complete: true,
            ..Node::leaf(hir)
        });
    }

    fn concat(items: Vec<Node>) -> Node {
        let mut n = Node {
            size: 0,
            complete: true,
            ..Node::leaf(Hir::empty())
        };
        let several = items.len() > 1;
        let mut hirs = Vec::with_capacity(items.len());
        for item in items {
            n.height = n.height.max(item.height + u32::from(several));
            n.size += item.size;
            n.repeats = n.repeats.max(item.repeats);
            if n.complete {
                n.prefix += &item.prefix;
                n.complete = item.complete;
            }
            hirs.push(item.hir);
        }
        n.size = n.size.max(1);
        n.hir = Hir::concat(hirs);
        n
    }

    /// Ends the innermost group.
    fn close(&mut self) -> Result<(Node, Open), Fault> {
        let mut group = self.open.pop().expect("a group is open");
        let last = Self::concat(std::mem::take(&mut group.items));
        let mut n = match group.alternatives.is_empty() {
            true => last,
            false => {
                let mut all = std::mem::take(&mut group.alternatives);
                all.push(last);
                let mut n = Node::leaf(Hir::empty());
                n.size = all.len() as u64 - 1;
                for a in &all {
                    n.height = n.height.max(a.height + 1);
                    n.size += a.size;
                    n.repeats = n.repeats.max(a.repeats);
                }
                n.hir = Hir::alternation(all.into_iter().map(|a| a.hir).collect());
                n
            }
        };
        if let Some(index) = group.capture {
            // Nameless: in Go, several groups may have the same name.
            n.hir = Hir::capture(Capture {
                index,
                name: None,
                sub: Box::new(n.hir),
            });
            n.height += 1;
            n.size += 2;
        }
        self.limits(&n)?;
        Ok((n, group))
    }

    fn limits(&self, n: &Node) -> Result<(), Fault> {
        if n.height > MAX_HEIGHT {
            return fault(NESTING, self.whole);
        }
        if n.size > MAX_SIZE {
            return fault(LARGE, self.whole);
        }
        Ok(())
    }

    fn open_group(&mut self, name: Option<String>) {
        let capture = name.map(|name| {
            self.names.push(name);
            self.names.len() as u32 - 1
        });
        self.open.push(Open {
            capture,
            outer: self.flags,
            alternatives: vec![],
            items: vec![],
        });
    }

    /// `*`, `+`, `?` or `{min,max}` (max -1: any number) at the beginning of `before`, `after` is behind it.
    fn repeat(
        &mut self,
        (min, max, counted): (i64, i64, bool),
        before: &'a str,
        mut after: &'a str,
        last: &str,
    ) -> Result<&'a str, Fault> {
        let mut lazy = self.flags.lazy;
        if self.perl {
            if let Some(rest) = after.strip_prefix('?') {
                after = rest;
                lazy = !lazy;
            }
            if !last.is_empty() {
                return fault(REPEAT_OP, upto(last, after));
            }
        }
        let Some(sub) = self.top().items.pop() else {
            return fault(REPEAT_ARGUMENT, upto(before, after));
        };
        let count = if max < 0 { min } else { max };
        let size = match (counted, min, max) {
            (false, 0, -1) | (true, 0, -1) => 2 + sub.size,
            (false, ..) => 1 + sub.size,
            (true, _, -1) => 1 + min as u64 * sub.size,
            _ => max as u64 * sub.size + (max - min) as u64,
        };
        let repeats = match counted {
            true if max == 0 => 1,
            true => count.max(1) * sub.repeats,
            false => sub.repeats,
        };
        if counted && count >= 2 && repeats > MAX_REPEAT {
            return fault(REPEAT_SIZE, upto(before, after));
        }
        let exact = sub.complete && min == max;
        let n = Node {
            height: sub.height + 1,
            size: size.max(1),
            repeats,
            prefix: match sub.complete {
                true => sub.prefix.repeat(min as usize),
                false if min > 0 => sub.prefix,
                false => String::new(),
            },
            complete: exact,
            hir: Hir::repetition(Repetition {
                min: min as u32,
                max: (max >= 0).then_some(max as u32),
                greedy: !lazy,
                sub: Box::new(sub.hir),
            }),
        };
        self.limits(&n)?;
        self.push(n);
        Ok(after)
    }

    /// `{n}`, `{n,}` or `{n,m}`; numbers that are far too large are -2.
    fn counts(s: &str) -> Option<(i64, i64, &str)> {
        fn int(s: &str) -> Option<(i64, &str)> {
            let n = s.bytes().take_while(u8::is_ascii_digit).count();
            if n == 0 || n > 1 && s.starts_with('0') {
                return None;
            }
            Some((
                s[..n]
                    .parse()
                    .ok()
                    .filter(|&v| v < 1_000_000_000)
                    .unwrap_or(-2),
                &s[n..],
            ))
        }
        let (min, s) = int(s.strip_prefix('{')?)?;
        let (max, s) = match s.strip_prefix(',') {
            None => (min, s),
            Some(rest) if rest.starts_with('}') => (-1, rest),
            Some(rest) => int(rest)?,
        };
        // A number that is too large makes the whole count wrong.
        let min = if max == -2 { -2 } else { min };
        Some((min, max, s.strip_prefix('}')?))
    }

    /// `(?…`
    fn perl_group(&mut self, s: &'a str) -> Result<&'a str, Fault> {
        let b = s.as_bytes();
        let start = match b {
            [_, _, b'P', b'<', _, ..] => 4,
            [_, _, b'<', _, ..] => 3,
            _ => 0,
        };
        if start > 0 {
            let Some(end) = s.find('>') else {
                return fault(NAMED_CAPTURE, s);
            };
            let name = &s[start..end];
            if name.is_empty() || !name.chars().all(|c| c == '_' || c.is_ascii_alphanumeric()) {
                return fault(NAMED_CAPTURE, &s[..=end]);
            }
            self.open_group(Some(name.to_owned()));
            return Ok(&s[end + 1..]);
        }
        let mut t = &s[2..];
        let mut flags = self.flags;
        let (mut on, mut seen) = (true, false);
        while let Some((c, rest)) = first_char(t) {
            t = rest;
            match c {
                'i' => flags.fold = on,
                'm' => flags.one_line = !on,
                's' => flags.dot_nl = on,
                'U' => flags.lazy = on,
                '-' if on => {
                    on = false;
                    seen = false;
                    continue;
                }
                ':' | ')' if on || seen => {
                    if c == ':' {
                        self.open_group(None);
                    }
                    self.flags = flags;
                    return Ok(t);
                }
                _ => break,
            }
            seen = true;
        }
        fault(PERL_OP, upto(s, t))
    }

    /// A character behind a backslash, and what follows it.
    fn escape(&self, s: &'a str) -> Result<(u32, &'a str), Fault> {
        let Some((c, mut t)) = first_char(&s[1..]) else {
            return fault(BACKSLASH, "");
        };
        match c {
            '0'..='7' if c == '0' || matches!(t.as_bytes().first(), Some(b'0'..=b'7')) => {
                let mut r = c as u32 - 0x30;
                for _ in 1..3 {
                    let Some(d @ b'0'..=b'7') = t.as_bytes().first() else {
                        break;
                    };
                    r = r * 8 + u32::from(d - b'0');
                    t = &t[1..];
                }
                return Ok((r, t));
            }
            'x' => {
                let Some((first, rest)) = first_char(t) else {
                    return fault(ESCAPE, upto(s, t));
                };
                t = rest;
                if first == '{' {
                    let mut r = 0;
                    let mut digits = 0;
                    while let Some((c, rest)) = first_char(t) {
                        t = rest;
                        match c.to_digit(16) {
                            Some(d) if r * 16 + d <= 0x10ffff => r = r * 16 + d,
                            None if c == '}' && digits > 0 => return Ok((r, t)),
                            _ => break,
                        }
                        digits += 1;
                    }
                    return fault(ESCAPE, upto(s, t));
                }
                if let Some((second, rest)) = first_char(t) {
                    t = rest;
                    if let (Some(x), Some(y)) = (first.to_digit(16), second.to_digit(16)) {
                        return Ok((x * 16 + y, t));
                    }
                }
            }
            'a' => return Ok((7, t)),
            'f' => return Ok((12, t)),
            'n' => return Ok((10, t)),
            'r' => return Ok((13, t)),
            't' => return Ok((9, t)),
            'v' => return Ok((11, t)),
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => return Ok((c as u32, t)),
            _ => {}
        }
        fault(ESCAPE, upto(s, t))
    }

    /// Ranges as a set, under the flags and negated if wanted.
    fn item(&self, ranges: &[(u32, u32)], negated: bool) -> ClassUnicode {
        let mut class = class_of(ranges);
        if self.flags.fold {
            class.case_fold_simple();
        }
        if negated {
            class.negate();
        }
        class
    }

    /// `\d` and its like at the beginning of `s`.
    fn perl_class(&self, s: &'a str) -> Option<(ClassUnicode, &'a str)> {
        let c = match s.as_bytes() {
            [b'\\', c, ..] if self.perl => char::from(*c),
            _ => return None,
        };
        if !matches!(c, 'd' | 's' | 'w' | 'D' | 'S' | 'W') {
            return None;
        }
        let ranges = group(&c.to_ascii_lowercase().to_string())?;
        Some((self.item(ranges, c.is_ascii_uppercase()), &s[2..]))
    }

    /// `\pN`, `\p{Name}` at the beginning of `s`.
    fn unicode_class(&self, s: &'a str) -> Result<Option<(ClassUnicode, &'a str)>, Fault> {
        let mut negated = match s.as_bytes() {
            [b'\\', b'p', ..] if self.perl => false,
            [b'\\', b'P', ..] if self.perl => true,
            _ => return Ok(None),
        };
        let Some((c, mut t)) = first_char(&s[2..]) else {
            return fault(CHAR_RANGE, s);
        };
        let mut name = upto(&s[2..], t);
        let mut part = upto(s, t);
        if c == '{' {
            let Some(end) = s.find('}') else {
                return fault(CHAR_RANGE, s);
            };
            (part, t) = (&s[..=end], &s[end + 1..]);
            name = &s[3..end];
        }
        if let Some(rest) = name.strip_prefix('^') {
            negated = !negated;
            name = rest;
        }
        let key = (canonical(name), negated, self.flags.fold);
        let known = self.tables.borrow().get(&key).cloned();
        if let Some(class) = known {
            return Ok(Some((class, t)));
        }
        let class = match key.0.as_str() {
            "Assigned" => {
                let unassigned = tables::table("Cn").unwrap_or_default();
                self.item(&unassigned, !negated)
            }
            _ => match unicode_ranges(name) {
                Some(ranges) => self.item(&ranges, negated),
                None => return fault(CHAR_RANGE, part),
            },
        };
        self.tables.borrow_mut().insert(key, class.clone());
        Ok(Some((class, t)))
    }

    fn class_char(&self, s: &'a str, class: &str) -> Result<(u32, &'a str), Fault> {
        match first_char(s) {
            None => fault(BRACKET, class),
            Some(('\\', _)) => self.escape(s),
            Some((c, rest)) => Ok((c as u32, rest)),
        }
    }

    /// `[…]`
    fn class(&mut self, s: &'a str) -> Result<&'a str, Fault> {
        let mut t = &s[1..];
        let mut set = ClassUnicode::empty();
        let negated = t.starts_with('^');
        if negated {
            t = &t[1..];
            if !self.perl {
                set.union(&class_of(&[(10, 10)]));
            }
        }
        let mut first = true;
        while first || !t.starts_with(']') {
            if t.starts_with('-') && !self.perl && !first && !t[1..].starts_with(']') {
                let n = t[1..].chars().next().map_or(0, char::len_utf8);
                return fault(CHAR_RANGE, &t[..1 + n]);
            }
            first = false;
            if t.len() > 2
                && t.starts_with("[:")
                && let Some(end) = t[2..].find(":]")
            {
                let name = &t[2..2 + end];
                let inverted = name.starts_with('^');
                let known = group(name.trim_start_matches('^'))
                    .filter(|_| name.len() > 1 && !name.starts_with("^^"));
                let Some(ranges) = known else {
                    return fault(CHAR_RANGE, &t[..end + 4]);
                };
                set.union(&self.item(ranges, inverted));
                t = &t[end + 4..];
                continue;
            }
            if let Some((class, rest)) = self.unicode_class(t)? {
                set.union(&class);
                t = rest;
                continue;
            }
            if let Some((class, rest)) = self.perl_class(t) {
                set.union(&class);
                t = rest;
                continue;
            }
            let (lo, rest) = self.class_char(t, s)?;
            let range = t;
            t = rest;
            let mut hi = lo;
            if t.len() >= 2 && t.starts_with('-') && !t[1..].starts_with(']') {
                (hi, t) = self.class_char(&t[1..], s)?;
                if hi < lo {
                    return fault(CHAR_RANGE, upto(range, t));
                }
            }
            set.union(&self.item(&[(lo, hi)], false));
        }
        if negated {
            set.negate();
        }
        self.set(set);
        Ok(&t[1..])
    }

    /// What begins with a backslash, outside of `[]`.
    fn backslash(&mut self, t: &'a str) -> Result<&'a str, Fault> {
        if self.perl && t.len() >= 2 {
            match t.as_bytes()[1] {
                b'A' => self.look(Look::Start),
                b'b' => self.look(Look::WordAscii),
                b'B' => self.look(Look::WordAsciiNegate),
                b'z' => self.look(Look::End),
                b'C' => return fault(ESCAPE, &t[..2]),
                b'Q' => {
                    let (text, rest) = t[2..].split_once("\\E").unwrap_or((&t[2..], ""));
                    text.chars().for_each(|c| self.literal(c as u32));
                    return Ok(rest);
                }
                _ => {
                    let class = match self.unicode_class(t)? {
                        Some(class) => Some(class),
                        None => self.perl_class(t),
                    };
                    if let Some((class, rest)) = class {
                        self.set(class);
                        return Ok(rest);
                    }
                    let (r, rest) = self.escape(t)?;
                    self.literal(r);
                    return Ok(rest);
                }
            }
            return Ok(&t[2..]);
        }
        let (r, rest) = self.escape(t)?;
        self.literal(r);
        Ok(rest)
    }

    fn all(&mut self) -> Result<(), Fault> {
        let mut t = self.whole;
        let mut last = "";
        while let Some((c, rest)) = first_char(t) {
            let mut repeat = "";
            match c {
                '(' if self.perl && rest.starts_with('?') => t = self.perl_group(t)?,
                '(' => {
                    self.open_group(Some(String::new()));
                    t = rest;
                }
                '|' => {
                    let group = self.top();
                    let items = std::mem::take(&mut group.items);
                    group.alternatives.push(Self::concat(items));
                    t = rest;
                }
                ')' => {
                    if self.open.len() == 1 {
                        return fault(UNEXPECTED_PAREN, self.whole);
                    }
                    let (node, group) = self.close()?;
                    self.flags = group.outer;
                    self.push(node);
                    t = rest;
                }
                '^' => {
                    self.look(if self.flags.one_line {
                        Look::Start
                    } else {
                        Look::StartLF
                    });
                    t = rest;
                }
                '$' => {
                    self.look(if self.flags.one_line {
                        Look::End
                    } else {
                        Look::EndLF
                    });
                    t = rest;
                }
                '.' => {
                    let dot = if self.flags.dot_nl {
                        Dot::AnyChar
                    } else {
                        Dot::AnyCharExceptLF
                    };
                    self.push(Node::leaf(Hir::dot(dot)));
                    t = rest;
                }
                '[' => t = self.class(t)?,
                '*' | '+' | '?' => {
                    let range = match c {
                        '*' => (0, -1, false),
                        '+' => (1, -1, false),
                        _ => (0, 1, false),
                    };
                    repeat = t;
                    t = self.repeat(range, t, rest, last)?;
                }
                '{' => match Self::counts(t) {
                    None => {
                        self.literal('{' as u32);
                        t = rest;
                    }
                    Some((min, max, after)) => {
                        if !(0..=MAX_REPEAT).contains(&min)
                            || max > MAX_REPEAT
                            || max >= 0 && min > max
                        {
                            return fault(REPEAT_SIZE, upto(t, after));
                        }
                        repeat = t;
                        t = self.repeat((min, max, true), t, after, last)?;
                    }
                },
                '\\' => t = self.backslash(t)?,
                c => {
                    self.literal(c as u32);
                    t = rest;
                }
            }
            if self.runes > MAX_RUNES {
                return fault(LARGE, self.whole);
            }
            last = repeat;
        }
        if self.open.len() > 1 {
            return fault(PAREN, self.whole);
        }
        Ok(())
    }
}

/// Understands an expression, in Perl's or in POSIX's manner.
pub fn parse(s: &str, perl: bool) -> Result<Parsed, Fault> {
    let flags = Flags {
        fold: false,
        dot_nl: false,
        one_line: perl,
        lazy: false,
    };
    let mut p = Parser {
        whole: s,
        perl,
        flags,
        open: vec![],
        names: vec![],
        runes: 0,
        tables: RefCell::default(),
    };
    p.open_group(Some(String::new())); // group 0 is the whole
    p.all()?;
    let anchored = p.open[0].alternatives.is_empty()
        && matches!(
            p.open[0].items.first().map(|n| n.hir.kind()),
            Some(HirKind::Look(Look::Start))
        );
    let (mut prefix, mut complete) = (String::new(), false);
    if anchored {
        // Go knows the prefix of such an expression when nothing else follows it, or when it is anchored at its end too.
        let items = &p.open[0].items[1..];
        let plain = items.iter().take_while(|n| n.complete);
        let ends = items
            .last()
            .is_some_and(|n| matches!(n.hir.kind(), HirKind::Look(Look::End)));
        if ends || plain.clone().count() == items.len() {
            prefix = plain.clone().map(|n| n.prefix.as_str()).collect();
            complete = ends && plain.count() == items.len() - 1 && !prefix.is_empty();
        }
    }
    p.open[0].capture = None;
    let (node, _) = p.close()?;
    if !anchored {
        (prefix, complete) = (node.prefix, node.complete);
    }
    Ok(Parsed {
        hir: node.hir,
        names: p.names,
        prefix,
        complete,
    })
}
