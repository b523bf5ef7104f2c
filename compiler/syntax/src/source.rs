//! Source files and positions: byte offsets in, `file:line:column` out.
//!
//! All files of a [`SourceMap`] share one position space: a file with `n` bytes owns the positions `base ..= base + n`
//! (the last one is its end of file), so a [`Pos`] is 4 bytes and a [`Span`] 8, and neither needs a file beside it.
//! Position 0 belongs to no file and means "no position". (Go: go/token/position.go; gc's are file, line and column.)
//!
//! Invariants: bases grow with the file's index; a file never changes once added.
//! A file may say of parts of itself that they come from elsewhere (`//line`); what is shown to users heeds that, and
//! [`SourceFile::line_col`] does not.
//! Knows nothing of: tokens, packages.

use std::fmt;
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// A byte position in the global position space; 0 is [`Pos::NONE`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Pos(pub u32);

impl Pos {
    /// The position of what stands in no source text.
    pub const NONE: Pos = Pos(0);

    /// Reports whether the position lies in a file.
    pub fn is_known(self) -> bool {
        self.0 != 0
    }

    /// The empty span at this position.
    pub fn span(self) -> Span {
        Span { lo: self, hi: self }
    }

    /// The span of `len` bytes that starts here.
    pub fn span_of(self, len: u32) -> Span {
        Span {
            lo: self,
            hi: Pos(self.0 + len),
        }
    }
}

impl fmt::Debug for Pos {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}", self.0)
    }
}

/// A half-open range of positions, `lo .. hi`, within one file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    pub lo: Pos,
    pub hi: Pos,
}

impl Span {
    /// The span of what stands in no source text.
    pub const NONE: Span = Span {
        lo: Pos::NONE,
        hi: Pos::NONE,
    };

    pub fn new(lo: Pos, hi: Pos) -> Span {
        Span { lo, hi }
    }

    /// Reports whether the span lies in a file.
    pub fn is_known(self) -> bool {
        self.lo.is_known()
    }

    /// The smallest span that holds both; an unknown one adds nothing.
    pub fn to(self, other: Span) -> Span {
        if !self.is_known() {
            return other;
        }
        if !other.is_known() {
            return self;
        }
        Span {
            lo: self.lo.min(other.lo),
            hi: self.hi.max(other.hi),
        }
    }

    pub fn len(self) -> u32 {
        self.hi.0 - self.lo.0
    }

    pub fn is_empty(self) -> bool {
        self.lo == self.hi
    }

    pub fn contains(self, pos: Pos) -> bool {
        self.lo <= pos && pos < self.hi
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@{}..{}", self.lo.0, self.hi.0)
    }
}

/// The index of a file in its [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// A file's bytes: embedded in the program, or read at run time.
#[derive(Clone, Debug)]
pub enum Text {
    Static(&'static [u8]),
    Owned(Arc<[u8]>),
}

impl Text {
    pub fn bytes(&self) -> &[u8] {
        match self {
            Text::Static(b) => b,
            Text::Owned(b) => b,
        }
    }
}

impl From<&'static str> for Text {
    fn from(s: &'static str) -> Text {
        Text::Static(s.as_bytes())
    }
}

impl From<&'static [u8]> for Text {
    fn from(b: &'static [u8]) -> Text {
        Text::Static(b)
    }
}

impl From<Vec<u8>> for Text {
    fn from(b: Vec<u8>) -> Text {
        Text::Owned(b.into())
    }
}

impl From<String> for Text {
    fn from(s: String) -> Text {
        Text::Owned(s.into_bytes().into())
    }
}

/// One file: its name as diagnostics show it, its bytes (not necessarily UTF-8), its place in the position space.
#[derive(Debug)]
pub struct SourceFile {
    pub id: FileId,
    pub name: String,
    text: Text,
    base: u32,
    /// Offsets of the first byte of every line; made when a line is first asked for.
    lines: OnceLock<Vec<u32>>,
    /// Where parts come from, in order.
    line_bases: OnceLock<Vec<LineBase>>,
}

/// A `//line` directive: from here on, the text comes from another place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineBase {
    /// Where it begins to count.
    pub offset: u32,
    pub name: String,
    pub line: u32,
    /// 0 if columns are not known.
    pub col: u32,
}

impl SourceFile {
    pub fn bytes(&self) -> &[u8] {
        self.text.bytes()
    }

    /// The position of the first byte.
    pub fn start(&self) -> Pos {
        Pos(self.base)
    }

    /// The position behind the last byte.
    pub fn end(&self) -> Pos {
        Pos(self.base + self.bytes().len() as u32)
    }

    /// The position of the byte at `offset`.
    pub fn pos(&self, offset: u32) -> Pos {
        Pos(self.base + offset)
    }

    /// The offset of a position of this file.
    pub fn offset(&self, pos: Pos) -> u32 {
        debug_assert!(self.owns(pos), "{pos:?} is not in {}", self.name);
        pos.0 - self.base
    }

    /// Reports whether the position lies in this file, its end included.
    pub fn owns(&self, pos: Pos) -> bool {
        self.start() <= pos && pos <= self.end()
    }

    /// The bytes of a span of this file.
    pub fn slice(&self, span: Span) -> &[u8] {
        &self.bytes()[self.offset(span.lo) as usize..self.offset(span.hi) as usize]
    }

    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let newlines = self
                .bytes()
                .iter()
                .enumerate()
                .filter(|(_, b)| **b == b'\n');
            std::iter::once(0)
                .chain(newlines.map(|(i, _)| i as u32 + 1))
                .collect()
        })
    }

    /// Line and column of a position, both from 1; columns count bytes, as gc's do.
    pub fn line_col(&self, pos: Pos) -> (u32, u32) {
        let offset = self.offset(pos);
        let lines = self.lines();
        let line = lines.partition_point(|start| *start <= offset) - 1;
        (line as u32 + 1, offset - lines[line] + 1)
    }

    /// Says where parts of the file come from; heeded once.
    pub fn set_line_bases(&self, bases: Vec<LineBase>) {
        let _ = self.line_bases.set(bases); // parsing again finds the same
    }

    /// Whether the file has `//line` directives.
    pub fn has_line_bases(&self) -> bool {
        self.line_bases.get().is_some_and(|b| !b.is_empty())
    }

    /// Whether `//line` directives say that parts of the file come from elsewhere.
    pub fn is_relocated(&self) -> bool {
        self.line_bases.get().is_some_and(|b| !b.is_empty())
    }

    /// File, line and column of a position as users see them. Column 0: not known.
    pub fn location(&self, pos: Pos) -> Location<'_> {
        let (line, col) = self.line_col(pos);
        let bases = self.line_bases.get().map_or(&[][..], |b| b);
        let after = bases.partition_point(|b| b.offset <= self.offset(pos));
        let Some(base) = after.checked_sub(1).map(|i| &bases[i]) else {
            return Location {
                file: &self.name,
                line,
                col,
            };
        };
        let (base_line, base_col) = self.line_col(self.pos(base.offset));
        Location {
            file: &base.name,
            line: base.line + (line - base_line),
            col: match base.col {
                0 => 0,
                c if line == base_line => c + (col - base_col),
                _ => col,
            },
        }
    }

    pub fn n_lines(&self) -> u32 {
        self.lines().len() as u32
    }

    /// The offsets of line `line` (from 1), without its line break; empty beyond the last line.
    pub fn line_range(&self, line: u32) -> std::ops::Range<usize> {
        let lines = self.lines();
        let bytes = self.bytes();
        let Some(start) = lines.get(line as usize - 1).map(|l| *l as usize) else {
            return bytes.len()..bytes.len();
        };
        let mut end = lines
            .get(line as usize)
            .map_or(bytes.len(), |next| *next as usize - 1);
        if end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        start..end
    }
}

/// A position made readable; column 0 is not known, and not shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Location<'a> {
    pub file: &'a str,
    pub line: u32,
    pub col: u32,
}

impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        match self.col {
            0 => Ok(()),
            col => write!(f, ":{col}"),
        }
    }
}

/// Why a file could not be added.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLarge;

impl fmt::Display for TooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("source files exceed 4 GB in total")
    }
}

impl std::error::Error for TooLarge {}

/// Every file of a compilation.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<Arc<SourceFile>>,
}

impl SourceMap {
    pub fn new() -> SourceMap {
        SourceMap::default()
    }

    /// Adds a file under the name that diagnostics show.
    pub fn add(
        &mut self,
        name: impl Into<String>,
        text: impl Into<Text>,
    ) -> Result<Arc<SourceFile>, TooLarge> {
        let text = text.into();
        let base = self.files.last().map_or(1, |f| f.end().0 + 1);
        let len = u32::try_from(text.bytes().len()).map_err(|_| TooLarge)?;
        // One position stays free behind the end, so that the next file's base fits too.
        base.checked_add(len)
            .and_then(|end| end.checked_add(1))
            .ok_or(TooLarge)?;
        let id = FileId(self.files.len() as u32);
        let file = Arc::new(SourceFile {
            id,
            name: name.into(),
            text,
            base,
            lines: OnceLock::new(),
            line_bases: OnceLock::new(),
        });
        self.files.push(file.clone());
        Ok(file)
    }

    pub fn files(&self) -> &[Arc<SourceFile>] {
        &self.files
    }

    pub fn file(&self, id: FileId) -> &Arc<SourceFile> {
        &self.files[id.0 as usize]
    }

    /// The file that owns a position.
    pub fn file_of(&self, pos: Pos) -> Option<&Arc<SourceFile>> {
        let after = self.files.partition_point(|f| f.start() <= pos);
        let file = self.files.get(after.checked_sub(1)?)?;
        file.owns(pos).then_some(file)
    }

    /// File, line and column of a position.
    pub fn locate(&self, pos: Pos) -> Option<Location<'_>> {
        let file = self.file_of(pos)?;
        Some(file.location(pos))
    }

    /// The file's name without its folders, and the line: what a traceback prints.
    pub fn base_name(&self, pos: Pos) -> Option<&str> {
        let file = self.file_of(pos)?;
        Path::new(&file.name).file_name().and_then(|n| n.to_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_map_back_to_file_line_and_byte_column() {
        let mut map = SourceMap::new();
        let a = map.add("a.go", "package a\n\nvar é = 1\r\n").unwrap();
        let b = map.add("dir/b.go", "x").unwrap();
        let at = |pos| map.locate(pos).map(|l| l.to_string());
        assert_eq!(at(a.pos(0)).as_deref(), Some("a.go:1:1"));
        assert_eq!(at(a.pos(9)).as_deref(), Some("a.go:1:10"));
        assert_eq!(at(a.pos(11)).as_deref(), Some("a.go:3:1"));
        assert_eq!(at(a.pos(18)).as_deref(), Some("a.go:3:8"));
        assert_eq!(at(a.end()).as_deref(), Some("a.go:4:1"));
        assert_eq!(at(b.pos(0)).as_deref(), Some("dir/b.go:1:1"));
        assert_eq!(at(b.end()).as_deref(), Some("dir/b.go:1:2"));
        assert_eq!(at(Pos::NONE), None);
        assert_eq!(map.base_name(b.pos(0)), Some("b.go"));
        assert_eq!(a.line_range(3), 11..21);
        assert_eq!(a.line_range(9), 23..23);
        const { assert!(size_of::<Span>() == 8) };
    }
}
