//! Bytes → tokens with spans. Inserts semicolons by Go's rule, keeps comments aside, and reports what is no token in gc's
//! words. (Go: cmd/compile/internal/syntax/scanner.go, source.go)
//!
//! logos (in `token`) says which token begins at a byte; the bodies of literals, comments and names beyond ASCII are read
//! here. NUL bytes, byte order marks and invalid UTF-8 are reported by a pass of their own over the whole text, and then
//! passed over. Lexing never fails: a malformed literal is a token of its kind plus an error.
//!
//! Invariants: spans ascend and do not overlap; every span lies in the file. The interner is locked while a file is lexed.
//! Knows nothing of: grammar, except where a top-level function's body begins when bodies are to be skipped.

use crate::ast::Comment;
use crate::codes::Code;
use crate::diag::Diagnostic;
use crate::source::{Pos, SourceFile, Span};
use crate::symbol::{self, Interner, Symbol};
use crate::token::Token;
use crate::unicode;
use logos::Logos;
use memchr::{memchr, memmem};

/// A token in its place. The text of names and literals is interned; other tokens have an empty one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lexeme {
    pub tok: Token,
    pub text: Symbol,
    pub span: Span,
}

const _: () = assert!(size_of::<Lexeme>() == 16);

/// The outcome of lexing.
#[derive(Debug)]
pub struct Lexed {
    /// Without an end marker.
    pub tokens: Vec<Lexeme>,
    pub comments: Vec<Comment>,
    /// In the order of their positions.
    pub errors: Vec<Diagnostic>,
    /// Whether the text ends inside a raw string or a comment, which another line could end.
    pub unfinished: bool,
}

/// Lexes the part of a file from `from` to `to` (offsets).
pub fn lex(file: &SourceFile, from: u32, to: u32, skip_bodies: bool) -> Lexed {
    let text = &file.bytes()[..to as usize];
    let mut lexer = Lexer {
        text,
        base: file.start().0,
        at: from as usize,
        // Measured over Go's own sources: a token takes 4 to 8 bytes.
        out: Lexed {
            tokens: Vec::with_capacity(
                (to - from) as usize / if skip_bodies { 16 } else { 5 } + 16,
            ),
            comments: Vec::new(),
            errors: Vec::new(),
            unfinished: false,
        },
        symbols: symbol::lock(),
    };
    if from == 0 && text.starts_with(BOM) {
        lexer.at = BOM.len();
    }
    let dirty = lexer.check_encoding(from as usize);
    lexer.run(skip_bodies);
    if dirty {
        lexer.out.errors.sort_by_key(|e| e.span.lo);
    }
    lexer.out
}

const BOM: &[u8] = "\u{feff}".as_bytes();

struct Lexer<'a> {
    text: &'a [u8],
    base: u32,
    at: usize,
    out: Lexed,
    symbols: Interner,
}

impl Lexer<'_> {
    fn span(&self, lo: usize, hi: usize) -> Span {
        Span::new(Pos(self.base + lo as u32), Pos(self.base + hi as u32))
    }

    fn error(&mut self, lo: usize, hi: usize, message: impl Into<String>) {
        let span = self.span(lo, hi.min(self.text.len()));
        self.out
            .errors
            .push(Diagnostic::error(Code::Syntax, span, message));
    }

    /// The byte at an offset, 0 behind the end.
    fn byte(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    /// The character at an offset and its length; `None` for a malformed one or the end.
    fn char_at(&self, at: usize) -> Option<(char, usize)> {
        let rest = &self.text[at.min(self.text.len())..];
        let head = &rest[..rest.len().min(4)];
        let valid = match std::str::from_utf8(head) {
            Ok(s) => s,
            Err(e) => std::str::from_utf8(&head[..e.valid_up_to()]).unwrap_or(""),
        };
        valid.chars().next().map(|c| (c, c.len_utf8()))
    }

    /// Reports what may stand nowhere in a source text; whether there was any.
    fn check_encoding(&mut self, from: usize) -> bool {
        let text = &self.text[from..];
        let valid = std::str::from_utf8(text);
        // 0xEF begins a byte order mark, and little else in Go sources.
        if valid.is_ok() && !text.contains(&0) && !text.contains(&BOM[0]) {
            return false;
        }
        let mut at = from;
        let mut found = false;
        while at < self.text.len() {
            let (len, message) = match self.char_at(at) {
                Some(('\0', _)) => (1, "invalid NUL character"),
                Some(('\u{feff}', len)) if at > 0 => (len, "invalid BOM in the middle of the file"),
                Some((_, len)) => {
                    at += len;
                    continue;
                }
                None => (1, "invalid UTF-8 encoding"),
            };
            self.error(at, at + len, message);
            found = true;
            at += len;
        }
        found
    }

    fn push(&mut self, tok: Token, text: Symbol, lo: usize, hi: usize) {
        let span = self.span(lo, hi);
        self.out.tokens.push(Lexeme { tok, text, span });
    }

    fn run(&mut self, skip_bodies: bool) {
        // Whether a newline here stands for a semicolon.
        let mut nlsemi = false;
        let mut decls = skip_bodies.then(DeclTracker::default);
        let text = self.text;
        let mut tokens = Token::lexer(&text[self.at..]);
        let start = self.at;
        while let Some(tok) = tokens.next() {
            let lo = start + tokens.span().start;
            let hi = start + tokens.span().end;
            self.at = hi;
            let (tok, sym) = match tok {
                Ok(Token::Newline) => {
                    if nlsemi {
                        self.push(Token::Semi, Symbol::EMPTY, lo, hi);
                        nlsemi = false;
                        if let Some(d) = &mut decls {
                            d.note(Token::Semi);
                        }
                    }
                    continue;
                }
                Ok(Token::LineComment) => {
                    self.line_comment(lo);
                    tokens.bump(self.at - hi);
                    continue;
                }
                Ok(Token::BlockComment) => {
                    let spans_lines = self.block_comment(lo);
                    tokens.bump(self.at - hi);
                    if spans_lines && nlsemi {
                        self.push(Token::Semi, Symbol::EMPTY, lo, lo);
                        nlsemi = false;
                        if let Some(d) = &mut decls {
                            d.note(Token::Semi);
                        }
                    }
                    continue;
                }
                Ok(Token::Name) => {
                    if self.name_goes_on(hi) {
                        self.long_name();
                    }
                    (Token::Name, self.symbols.intern_bytes(&text[lo..self.at]))
                }
                Ok(Token::Int) => {
                    let kind = self.number(lo);
                    (kind, self.symbols.intern_bytes(&text[lo..self.at]))
                }
                Ok(Token::String) => {
                    if text[lo] == b'"' {
                        self.string(lo);
                    } else {
                        self.raw_string(lo);
                    }
                    (Token::String, self.symbols.intern_bytes(&text[lo..self.at]))
                }
                Ok(Token::Rune) => {
                    self.rune(lo);
                    (Token::Rune, self.symbols.intern_bytes(&text[lo..self.at]))
                }
                Ok(Token::Lbrace) if decls.as_ref().is_some_and(DeclTracker::at_body) => {
                    match end_of_block(text, lo) {
                        Some(end) => {
                            self.at = end;
                            (Token::SkippedBody, Symbol::EMPTY)
                        }
                        None => (Token::Lbrace, Symbol::EMPTY),
                    }
                }
                Ok(tok) if tok.is_keyword() && self.name_goes_on(hi) => {
                    self.long_name();
                    (Token::Name, self.symbols.intern_bytes(&text[lo..self.at]))
                }
                Ok(tok) => (tok, Symbol::EMPTY),
                Err(()) => {
                    // logos may have taken several bytes; take them one at a time.
                    match self.stray(lo) {
                        Some(sym) => (Token::Name, sym),
                        None => {
                            if self.at > hi {
                                tokens.bump(self.at - hi);
                            }
                            continue;
                        }
                    }
                }
            };
            if self.at > hi {
                tokens.bump(self.at - hi);
            }
            self.push(tok, sym, lo, self.at);
            nlsemi = tok.ends_statement();
            if let Some(d) = &mut decls {
                d.note(tok);
            }
        }
        if nlsemi {
            let end = text.len();
            self.push(Token::Semi, Symbol::EMPTY, end, end);
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Comments

    fn comment(&mut self, lo: usize, is_line: bool) {
        let mut hi = self.at;
        if is_line && hi > lo && self.text[hi - 1] == b'\r' {
            hi -= 1;
        }
        let is_directive = is_line && is_directive(&self.text[lo + 2..hi]);
        let span = self.span(lo, hi);
        self.out.comments.push(Comment {
            span,
            is_line,
            is_directive,
        });
    }

    fn line_comment(&mut self, lo: usize) {
        let rest = &self.text[self.at..];
        self.at += memchr(b'\n', rest).unwrap_or(rest.len());
        self.comment(lo, true);
    }

    /// Reports whether the comment spans lines, so that it counts as a newline.
    fn block_comment(&mut self, lo: usize) -> bool {
        let rest = &self.text[self.at..];
        match memmem::find(rest, b"*/") {
            Some(n) => {
                self.at += n + 2;
                self.comment(lo, false);
            }
            None => {
                self.at = self.text.len();
                self.out.unfinished = true;
                self.error(lo, self.text.len(), "comment not terminated");
            }
        }
        self.text[lo..self.at].contains(&b'\n')
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Names

    /// Reports whether a name in ASCII may have only been the beginning of one: what follows is beyond it, or a NUL, which
    /// is reported and passed over.
    fn name_goes_on(&self, at: usize) -> bool {
        self.text.get(at).is_some_and(|b| *b >= 0x80 || *b == 0)
    }

    /// Reads on in a name, at a byte that is not ASCII.
    fn long_name(&mut self) {
        while self.at < self.text.len() {
            let b = self.text[self.at];
            if b.is_ascii_alphanumeric() || b == b'_' || b == 0 {
                self.at += 1;
            } else if b < 0x80 {
                break;
            } else {
                match self.char_at(self.at) {
                    Some((c, len)) => {
                        if !unicode::is_letter(c) && !unicode::is_digit(c) && c != '\u{feff}' {
                            let message =
                                format!("invalid character {} in identifier", code_point(c));
                            self.error(self.at, self.at + len, message);
                        }
                        self.at += len;
                    }
                    None => self.at += 1,
                }
            }
        }
    }

    /// A byte that begins no token of the table: a letter beyond ASCII begins a name, anything else is passed over.
    fn stray(&mut self, lo: usize) -> Option<Symbol> {
        self.at = lo;
        match self.char_at(lo) {
            Some(('\0' | '\u{feff}', len)) => {
                self.at += len;
                None
            }
            Some((c, len)) if c.is_ascii() => {
                self.error(lo, lo + len, format!("invalid character {}", code_point(c)));
                self.at += len;
                None
            }
            Some((c, len)) => {
                if unicode::is_digit(c) {
                    let message = format!("identifier cannot begin with digit {}", code_point(c));
                    self.error(lo, lo + len, message);
                    self.at += len;
                }
                self.long_name();
                let text = &self.text[lo..self.at];
                Some(self.symbols.intern_bytes(text))
            }
            None => {
                self.at += 1;
                None
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Numbers

    /// Reads a number that begins at `lo`, and says of which kind it is.
    fn number(&mut self, lo: usize) -> Token {
        self.at = lo;
        let mut ok = true;
        let mut kind = Token::Int;
        let mut base = 10;
        // The letter of the prefix, `0` for an octal without letter, 0 for none.
        let mut prefix = 0;
        let mut digits = Digits::default();
        let mut seen_point = self.text[lo] == b'.';
        if seen_point {
            self.at += 1;
        } else {
            if self.text[lo] == b'0' {
                self.at += 1;
                prefix = self.byte(self.at).to_ascii_lowercase();
                base = match prefix {
                    b'x' => 16,
                    b'o' => 8,
                    b'b' => 2,
                    _ => 0,
                };
                if base != 0 {
                    self.at += 1;
                } else {
                    (base, prefix) = (8, b'0');
                    digits.any = true;
                }
            }
            self.digits(base, &mut digits);
            if self.byte(self.at) == b'.' {
                if prefix == b'o' || prefix == b'b' {
                    let message = format!("invalid radix point in {} literal", base_name(base));
                    self.error(self.at, self.at + 1, message);
                    ok = false;
                }
                self.at += 1;
                seen_point = true;
            }
        }
        if seen_point {
            kind = Token::Float;
            self.digits(base, &mut digits);
        }
        if !digits.any && ok {
            self.error(
                self.at,
                self.at + 1,
                format!("{} literal has no digits", base_name(base)),
            );
            ok = false;
        }
        let e = self.byte(self.at);
        match e.to_ascii_lowercase() {
            b'e' | b'p' => {
                let needs = match e.to_ascii_lowercase() {
                    b'e' if prefix != 0 && prefix != b'0' => Some("decimal"),
                    b'p' if prefix != b'x' => Some("hexadecimal"),
                    _ => None,
                };
                if let (Some(needs), true) = (needs, ok) {
                    let message = format!("'{}' exponent requires {needs} mantissa", e as char);
                    self.error(self.at, self.at + 1, message);
                    ok = false;
                }
                self.at += 1;
                kind = Token::Float;
                if matches!(self.byte(self.at), b'+' | b'-') {
                    self.at += 1;
                }
                let mut exponent = Digits {
                    separators: digits.separators,
                    ..Digits::default()
                };
                self.digits(10, &mut exponent);
                digits.separators = exponent.separators;
                if !exponent.any && ok {
                    self.error(self.at, self.at + 1, "exponent has no digits");
                    ok = false;
                }
            }
            _ if prefix == b'x' && kind == Token::Float && ok => {
                self.error(
                    self.at,
                    self.at + 1,
                    "hexadecimal mantissa requires a 'p' exponent",
                );
                ok = false;
            }
            _ => {}
        }
        if self.byte(self.at) == b'i' {
            kind = Token::Imag;
            self.at += 1;
        }
        if let (Token::Int, Some(at), true) = (kind, digits.invalid, ok) {
            let digit = self.text[at] as char;
            self.error(
                at,
                at + 1,
                format!("invalid digit '{digit}' in {} literal", base_name(base)),
            );
            ok = false;
        }
        if digits.separators
            && ok
            && let Some(i) = misplaced_separator(&self.text[lo..self.at])
        {
            self.error(lo + i, lo + i + 1, "'_' must separate successive digits");
        }
        kind
    }

    fn digits(&mut self, base: u32, digits: &mut Digits) {
        loop {
            let b = self.byte(self.at);
            match b {
                b'_' => digits.separators = true,
                b'0'..=b'9' => {
                    digits.any = true;
                    if u32::from(b - b'0') >= base && digits.invalid.is_none() {
                        digits.invalid = Some(self.at);
                    }
                }
                b'a'..=b'f' | b'A'..=b'F' if base == 16 => digits.any = true,
                _ => return,
            }
            self.at += 1;
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Strings and runes

    fn string(&mut self, lo: usize) {
        loop {
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return;
                }
                Some(b'\\') => {
                    self.at += 1;
                    self.escape(b'"');
                }
                Some(b'\n') => return self.error(self.at, self.at + 1, "newline in string"),
                Some(_) => self.at += 1,
                None => return self.error(lo, self.text.len(), "string not terminated"),
            }
        }
    }

    fn raw_string(&mut self, lo: usize) {
        let rest = &self.text[self.at..];
        match memchr(b'`', rest) {
            Some(n) => self.at += n + 1,
            None => {
                self.at = self.text.len();
                self.out.unfinished = true;
                self.error(lo, self.text.len(), "string not terminated");
            }
        }
    }

    fn rune(&mut self, lo: usize) {
        let mut ok = true;
        let mut n = 0;
        loop {
            match self.text.get(self.at) {
                Some(b'\'') => {
                    if ok && n == 0 {
                        self.error(self.at, self.at + 1, "empty rune literal or unescaped '");
                    } else if ok && n != 1 {
                        self.error(lo, self.at + 1, "more than one character in rune literal");
                    }
                    self.at += 1;
                    return;
                }
                Some(b'\\') => {
                    self.at += 1;
                    ok &= self.escape(b'\'');
                }
                Some(b'\n') => {
                    if ok {
                        self.error(self.at, self.at + 1, "newline in rune literal");
                    }
                    return;
                }
                Some(_) => self.at += self.char_at(self.at).map_or(1, |(_, len)| len),
                None => {
                    if ok {
                        self.error(lo, self.text.len(), "rune literal not terminated");
                    }
                    return;
                }
            }
            n += 1;
        }
    }

    /// Reads an escape behind its backslash, and reports whether it is well-formed.
    fn escape(&mut self, quote: u8) -> bool {
        let (n, base, max) = match self.text.get(self.at) {
            Some(b'a' | b'b' | b'f' | b'n' | b'r' | b't' | b'v' | b'\\') => {
                self.at += 1;
                return true;
            }
            Some(b) if *b == quote => {
                self.at += 1;
                return true;
            }
            Some(b'0'..=b'7') => (3, 8, 255),
            Some(b'x') => (2, 16, 255),
            Some(b'u') => (4, 16, 0x10ffff),
            Some(b'U') => (8, 16, 0x10ffff),
            // The caller reports the missing end.
            None => return true,
            Some(_) => {
                self.error(self.at, self.at + 1, "unknown escape");
                return false;
            }
        };
        if base == 16 {
            self.at += 1;
        }
        let mut value: u32 = 0;
        for _ in 0..n {
            let Some((c, len)) = self.char_at(self.at) else {
                return self.at >= self.text.len();
            };
            match c.to_digit(base) {
                Some(d) => value = value.wrapping_mul(base).wrapping_add(d),
                None => {
                    let message = format!(
                        "invalid character {} in {} escape",
                        quoted(c),
                        base_name(base)
                    );
                    self.error(self.at, self.at + len, message);
                    return false;
                }
            }
            self.at += len;
        }
        // gc reports these two behind the escape.
        if value > max && base == 8 {
            self.error(
                self.at,
                self.at + 1,
                format!("octal escape value {value} > 255"),
            );
            return false;
        }
        if value > max || (0xd800..0xe000).contains(&value) {
            let message = format!("escape is invalid Unicode code point U+{value:04X}");
            self.error(self.at, self.at + 1, message);
            return false;
        }
        true
    }
}

#[derive(Default)]
struct Digits {
    any: bool,
    separators: bool,
    /// Where the first digit stands that the base does not have.
    invalid: Option<usize>,
}

/// The index of the first `_` in a number that does not stand between digits.
fn misplaced_separator(number: &[u8]) -> Option<usize> {
    let mut is_hex = false;
    // What the last byte was: a digit, a separator, or something else. A prefix counts as a digit.
    let mut last = b'.';
    let mut from = 0;
    if let [b'0', letter, ..] = number {
        let letter = letter.to_ascii_lowercase();
        if matches!(letter, b'x' | b'o' | b'b') {
            is_hex = letter == b'x';
            last = b'0';
            from = 2;
        }
    }
    for (i, b) in number.iter().enumerate().skip(from) {
        let this = match b {
            b'_' => b'_',
            b if b.is_ascii_digit() || is_hex && b.is_ascii_hexdigit() => b'0',
            _ => b'.',
        };
        if this == b'_' && last != b'0' {
            return Some(i);
        }
        if this == b'.' && last == b'_' {
            return Some(i - 1);
        }
        last = this;
    }
    (last == b'_').then(|| number.len() - 1)
}

fn base_name(base: u32) -> &'static str {
    match base {
        2 => "binary",
        8 => "octal",
        10 => "decimal",
        _ => "hexadecimal",
    }
}

/// Reports whether a character has a shape. (Go: unicode.IsPrint)
fn is_printable(c: char) -> bool {
    // Behind a letter, the standard library escapes exactly what is not printable, and quotes.
    c == ' '
        || (c.is_ascii_graphic() || !c.is_ascii() && format!("a{c}").escape_debug().eq(['a', c]))
}

/// `U+0040 '@'`, as Go's `%#U` prints it.
fn code_point(c: char) -> String {
    let n = c as u32;
    if is_printable(c) {
        format!("U+{n:04X} '{c}'")
    } else {
        format!("U+{n:04X}")
    }
}

/// A character in single quotes, as Go's `%q` prints it.
fn quoted(c: char) -> String {
    match c {
        '\'' => r"'\''".into(),
        '\\' => r"'\\'".into(),
        '\n' => r"'\n'".into(),
        '\t' => r"'\t'".into(),
        '\r' => r"'\r'".into(),
        '\x07' => r"'\a'".into(),
        '\x08' => r"'\b'".into(),
        '\x0b' => r"'\v'".into(),
        '\x0c' => r"'\f'".into(),
        c if is_printable(c) => format!("'{c}'"),
        c if (c as u32) < 0x80 => format!(r"'\x{:02x}'", c as u32),
        c if (c as u32) < 0x10000 => format!(r"'\u{:04x}'", c as u32),
        c => format!(r"'\U{:08x}'", c as u32),
    }
}

/// Reports whether the text behind `//` is a directive: `go:name`, `export name`, `line name`.
fn is_directive(text: &[u8]) -> bool {
    if text.starts_with(b"line ") || text.starts_with(b"export ") || text.starts_with(b"extern ") {
        return true;
    }
    let is_word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
    match text.iter().position(|b| *b == b':') {
        Some(colon) if colon > 0 => {
            text[..colon].iter().all(is_word) && text.get(colon + 1).is_some_and(is_word)
        }
        _ => false,
    }
}

// ----------------------------------------------------------------------------------------------------------------------
// Skipping function bodies

/// Follows the top-level declarations, to know the brace that opens a function's body.
#[derive(Default)]
struct DeclTracker {
    depth: u32,
    last: Option<Token>,
    in_signature: bool,
}

impl DeclTracker {
    fn note(&mut self, tok: Token) {
        match tok {
            Token::Lparen | Token::Lbrack | Token::Lbrace => self.depth += 1,
            Token::Rparen | Token::Rbrack | Token::Rbrace => {
                self.depth = self.depth.saturating_sub(1)
            }
            Token::Func if self.depth == 0 && self.last.is_none_or(|t| t == Token::Semi) => {
                self.in_signature = true
            }
            Token::Semi | Token::SkippedBody if self.depth == 0 => self.in_signature = false,
            _ => {}
        }
        self.last = Some(tok);
    }

    /// Reports whether a `{` here would open a body.
    fn at_body(&self) -> bool {
        self.in_signature
            && self.depth == 0
            && !matches!(self.last, Some(Token::Struct | Token::Interface))
    }
}

/// The offset behind the `}` that closes the `{` at `open`; strings, runes and comments count for nothing.
fn end_of_block(text: &[u8], open: usize) -> Option<usize> {
    /// The bytes that mean something here.
    static STOPS: [bool; 256] = {
        let mut stops = [false; 256];
        let mut i = 0;
        while i < 6 {
            stops[b"{}\"'`/"[i] as usize] = true;
            i += 1;
        }
        stops
    };
    let mut depth = 0u32;
    let mut at = open;
    loop {
        let b = loop {
            let b = *text.get(at)?;
            at += 1;
            if STOPS[b as usize] {
                break b;
            }
        };
        match b {
            b'{' => depth += 1,
            b'}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            b'`' => at += memchr(b'`', &text[at..])? + 1,
            b'/' => match text.get(at)? {
                b'/' => at += memchr(b'\n', &text[at..])?,
                b'*' => at += memmem::find(&text[at + 1..], b"*/")? + 3,
                _ => {}
            },
            quote => loop {
                let c = *text.get(at)?;
                at += 1;
                match c {
                    b'\\' => at += 1,
                    b'\n' => break,
                    c if c == quote => break,
                    _ => {}
                }
            },
        }
    }
}
