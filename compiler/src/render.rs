//! Diagnostics → text: gc's one line each, or the rich form with source lines. Nobody else names codespan.
//!
//! Which errors are shown is gc's rule (cmd/compile/internal/base/print.go): of those reported, in that order, one syntax
//! error a line and no message twice a line; the first ten of them, sorted by position, and then `too many errors`.
//!
//! Knows nothing of: where the text goes, and whether that is a terminal.

use codespan_reporting::diagnostic::{self as codespan, LabelStyle};
use codespan_reporting::files::{self, Files};
use codespan_reporting::term::{self, Config, Styles, StylesWriter, termcolor};
use minigo_syntax::diag::{Diagnostic, Severity};
use minigo_syntax::source::{FileId, Pos, SourceMap, Span};
use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// How diagnostics look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// `file:line:col: message`, as gc prints.
    Short,
    /// One JSON object on a line each, see [`json`].
    Json,
    /// The message, the source line with the culprit marked, further places, notes.
    Rich { color: bool },
}

/// After so many errors gc gives up.
const MAX_ERRORS: usize = 10;

/// Source lines longer than this are not shown: nobody reads them, and one may be the whole file.
const MAX_LINE: usize = 500;

/// Which diagnostics are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// The first ten.
    Ten,
    /// All. (gc: -e)
    All,
    /// All, also those that gc passes over since they repeat what a line was told already.
    Repeated,
}

/// The text of the diagnostics, given in the order in which they were found. Ends in a newline unless it is empty.
pub fn render(sources: &SourceMap, diagnostics: &[Diagnostic], form: Form, limit: Limit) -> String {
    let (shown, too_many) = select(sources, diagnostics, limit);
    let mut out = String::new();
    match form {
        Form::Short => {
            for d in shown {
                short(&mut out, sources, d);
            }
            if let Some(pos) = too_many {
                place(&mut out, sources, pos);
                out.push_str("too many errors\n");
            }
        }
        Form::Json => {
            for d in shown {
                json(&mut out, sources, d);
            }
        }
        Form::Rich { color } => {
            let files = Texts::new(sources, &shown);
            for d in &shown {
                rich(&mut out, &files, d, color);
            }
            if too_many.is_some() {
                out.push_str("too many errors\n");
            }
        }
    }
    out
}

/// The diagnostics to show, sorted, and where the last one was found if that was one too many.
fn select<'d>(
    sources: &SourceMap,
    diagnostics: &'d [Diagnostic],
    limit: Limit,
) -> (Vec<&'d Diagnostic>, Option<Pos>) {
    let line = |pos: Pos| sources.file_of(pos).map(|f| (f.id, f.line_col(pos).0));
    let mut shown: Vec<&Diagnostic> = Vec::new();
    if let Some(alone) = diagnostics.iter().find(|d| d.placeless) {
        return (vec![alone], None);
    }
    if limit == Limit::Repeated {
        shown.extend(diagnostics);
        shown.sort_by_key(|d| d.pos());
        return (shown, None);
    }
    let mut too_many = None;
    let mut last_syntax = None;
    let mut last_other = None;
    for d in diagnostics {
        let at = line(d.pos());
        if d.message.starts_with("syntax error") {
            if at.is_some() && last_syntax == at {
                continue;
            }
            last_syntax = at;
        } else {
            if at.is_some() && last_other == Some((at, &d.message)) {
                continue;
            }
            last_other = Some((at, &d.message));
        }
        shown.push(d);
        if limit == Limit::Ten && shown.iter().filter(|d| d.is_error()).count() >= MAX_ERRORS {
            too_many = Some(d.pos());
            break;
        }
    }
    shown.sort_by_key(|d| d.pos());
    shown.dedup_by(|a, b| a.pos() == b.pos() && a.message == b.message);
    (shown, too_many)
}

/// `file:line:col: `, or nothing for what stands in no file.
fn place(out: &mut String, sources: &SourceMap, pos: Pos) {
    if let Some(at) = sources.locate(pos) {
        let _ = write!(out, "{at}: ");
    }
}

fn short(out: &mut String, sources: &SourceMap, d: &Diagnostic) {
    if !d.placeless {
        place(out, sources, d.pos());
    }
    out.push_str(&d.message);
    for other in &d.related {
        out.push_str("\n\t");
        place(out, sources, other.span.lo);
        out.push_str(&other.message);
    }
    out.push('\n');
}

/// `{"file":…,"line":…,"column":…,"endLine":…,"endColumn":…,"severity":"error","code":…,"message":…}`, and, where there
/// are any, `"related"` (objects with a place and a message) and `"notes"` (texts). Lines and columns count from 1,
/// columns in bytes; the end lies behind the last byte. What stands in no file has no place.
fn json(out: &mut String, sources: &SourceMap, d: &Diagnostic) {
    let place = |out: &mut String, span: Span| {
        if let Some(at) = sources.locate(span.lo) {
            let _ = write!(out, "\"file\":{},\"line\":{},", Quoted(at.file), at.line);
            let _ = write!(out, "\"column\":{},", at.col);
        }
    };
    out.push('{');
    place(out, d.span);
    if let Some(end) = sources.locate(d.span.hi).filter(|_| d.span.is_known()) {
        let _ = write!(out, "\"endLine\":{},\"endColumn\":{},", end.line, end.col);
    }
    let severity = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let _ = write!(
        out,
        "\"severity\":\"{severity}\",\"code\":\"{}\",\"message\":{}",
        d.code,
        Quoted(&d.message)
    );
    if !d.related.is_empty() {
        out.push_str(",\"related\":[");
        for (i, other) in d.related.iter().enumerate() {
            out.push_str(if i > 0 { ",{" } else { "{" });
            place(out, other.span);
            let _ = write!(out, "\"message\":{}}}", Quoted(&other.message));
        }
        out.push(']');
    }
    if !d.notes.is_empty() {
        out.push_str(",\"notes\":[");
        for (i, note) in d.notes.iter().enumerate() {
            let _ = write!(out, "{}{}", if i > 0 { "," } else { "" }, Quoted(note));
        }
        out.push(']');
    }
    out.push_str("}\n");
}

/// A text as a JSON string.
struct Quoted<'a>(&'a str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                '\t' => f.write_str("\\t")?,
                c if c.is_control() => write!(f, "\\u{:04x}", c as u32)?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

fn rich(out: &mut String, files: &Texts, d: &Diagnostic, color: bool) {
    let severity = match d.severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
    };
    // What gc continues on further lines belongs below the source text.
    let mut lines = d.message.split('\n');
    let headline = lines.next().unwrap_or_default();
    let details: Vec<&str> = lines.map(|l| l.trim_start_matches('\t')).collect();
    let mut drawn = codespan::Diagnostic::new(severity)
        .with_code(d.code)
        .with_message(headline);
    if !details.is_empty() {
        drawn = drawn.with_note(details.join("\n"));
    }
    let mut hidden = Vec::new();
    let mut label = |style, span: Span, message: &str| match files.visible(span) {
        Some((file, range)) => drawn
            .labels
            .push(codespan::Label::new(style, file, range).with_message(message)),
        None => hidden.push((span.lo, message.to_string())),
    };
    label(
        LabelStyle::Primary,
        d.span,
        d.label.as_deref().unwrap_or_default(),
    );
    for other in d.related.iter().chain(&d.labels) {
        label(LabelStyle::Secondary, other.span, &other.message);
    }
    for (pos, message) in hidden {
        let mut note = String::new();
        place(&mut note, files.sources, pos);
        note.push_str(&message);
        let note = note.trim_end_matches([' ', ':']);
        if !note.is_empty() {
            drawn.notes.push(note.to_string());
        }
    }
    drawn.notes.extend(d.notes.iter().cloned());
    let mut bytes = Vec::new();
    let config = Config::default();
    let drawing = if color {
        let styles = Styles::default();
        let mut writer = StylesWriter::new(termcolor::Ansi::new(&mut bytes), &styles);
        term::emit_to_write_style(&mut writer, &config, files, &drawn)
    } else {
        term::emit_to_io_write(&mut bytes, &config, files, &drawn)
    };
    match drawing {
        Ok(()) => out.push_str(&String::from_utf8_lossy(&bytes)),
        // A diagnostic must be seen, even if its drawing fails.
        Err(_) => short(out, files.sources, d),
    }
}

/// The files' texts as a terminal may show them: what is no character, or could steer the terminal, is a `?`, one for each
/// byte, so that offsets stay.
struct Texts<'a> {
    sources: &'a SourceMap,
    texts: HashMap<FileId, Cow<'a, str>>,
}

impl<'a> Texts<'a> {
    fn new(sources: &'a SourceMap, shown: &[&Diagnostic]) -> Texts<'a> {
        let mut texts = HashMap::new();
        for d in shown {
            let others = d.related.iter().chain(&d.labels).map(|l| l.span.lo);
            for pos in std::iter::once(d.pos()).chain(others) {
                if let Some(file) = sources.file_of(pos) {
                    texts
                        .entry(file.id)
                        .or_insert_with(|| printable(file.bytes()));
                }
            }
        }
        Texts { sources, texts }
    }

    /// The part of a span on its first line, if that line can be shown.
    fn visible(&self, span: Span) -> Option<(FileId, Range<usize>)> {
        let file = self.sources.file_of(span.lo)?;
        let (line, _) = file.line_col(span.lo);
        let range = file.line_range(line);
        if range.len() > MAX_LINE {
            return None;
        }
        let lo = file.offset(span.lo) as usize;
        let hi = file.offset(span.hi.min(file.end()).max(span.lo)) as usize;
        Some((file.id, lo..hi.min(range.end.max(lo))))
    }
}

fn printable(bytes: &[u8]) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() && c != '\n' && c != '\t' && c != '\r';
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.contains(steers) => Cow::Borrowed(text),
        _ => {
            let mut text = String::with_capacity(bytes.len());
            for chunk in bytes.utf8_chunks() {
                for c in chunk.valid().chars() {
                    if steers(c) {
                        text.extend(std::iter::repeat_n('?', c.len_utf8()));
                    } else {
                        text.push(c);
                    }
                }
                text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
            }
            Cow::Owned(text)
        }
    }
}

impl<'a> Files<'a> for Texts<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<&'a str, files::Error> {
        Ok(&self.sources.file(id).name)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, files::Error> {
        self.texts
            .get(&id)
            .map(|t| &**t)
            .ok_or(files::Error::FileMissing)
    }

    fn line_index(&'a self, id: FileId, byte: usize) -> Result<usize, files::Error> {
        let file = self.sources.file(id);
        let end = file.bytes().len();
        Ok(file.line_col(file.pos(byte.min(end) as u32)).0 as usize - 1)
    }

    /// In bytes, as gc counts.
    fn column_number(
        &'a self,
        id: FileId,
        line: usize,
        byte: usize,
    ) -> Result<usize, files::Error> {
        Ok(byte - self.line_range(id, line)?.start + 1)
    }

    /// With its line break, as codespan wants.
    fn line_range(&'a self, id: FileId, line: usize) -> Result<Range<usize>, files::Error> {
        let file = self.sources.file(id);
        let max = file.n_lines() as usize;
        if line >= max {
            return Err(files::Error::LineTooLarge { given: line, max });
        }
        let start = file.line_range(line as u32 + 1).start;
        let end = if line + 1 == max {
            file.bytes().len()
        } else {
            file.line_range(line as u32 + 2).start
        };
        Ok(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minigo_syntax::codes::Code;

    const RICH: Form = Form::Rich { color: false };

    /// Renders errors given as offset, length and message.
    fn check(text: &str, errors: &[(u32, u32, &str)], form: Form, limit: Limit, expected: &str) {
        let mut sources = SourceMap::new();
        let file = sources.add("./a.go", text.to_string()).unwrap();
        let error = |&(at, len, message): &(u32, u32, &str)| {
            Diagnostic::error(Code::Syntax, file.pos(at).span_of(len), message)
        };
        let errors: Vec<Diagnostic> = errors.iter().map(error).collect();
        assert_eq!(render(&sources, &errors, form, limit), expected);
    }

    #[test]
    fn short_form_is_sorted_and_says_nothing_twice() {
        check(
            "aaaa\nbbbb\n",
            &[
                (6, 1, "second"),
                (1, 1, "first"),
                (1, 1, "syntax error: one"),
                (2, 1, "syntax error: two on a line"),
                (6, 1, "second"),
            ],
            Form::Short,
            Limit::Ten,
            "./a.go:1:2: first\n./a.go:1:2: syntax error: one\n./a.go:2:2: second\n",
        );
    }

    #[test]
    fn ten_errors_are_enough() {
        let errors: Vec<_> = (0..12).map(|i| (i * 2, 1, "x")).collect();
        let text = "x\n".repeat(20);
        let mut expected: String = (1..=10).map(|l| format!("./a.go:{l}:1: x\n")).collect();
        expected.push_str("./a.go:10:1: too many errors\n");
        check(&text, &errors, Form::Short, Limit::Ten, &expected);
        let expected: String = (1..=12).map(|l| format!("./a.go:{l}:1: x\n")).collect();
        check(&text, &errors, Form::Short, Limit::All, &expected);
    }

    #[test]
    fn related_places_follow_in_both_forms() {
        let mut sources = SourceMap::new();
        let file = sources.add("a.go", "var x int\nvar x string\n").unwrap();
        let d = Diagnostic::error(
            Code::DuplicateDecl,
            file.pos(14).span_of(1),
            "x redeclared in this block",
        )
        .with_related(file.pos(4).span_of(1), "other declaration of x")
        .with_note("rename one of them");
        let d = [d];
        assert_eq!(
            render(&sources, &d, Form::Short, Limit::Ten),
            "a.go:2:5: x redeclared in this block\n\ta.go:1:5: other declaration of x\n"
        );
        let expected = "\
error[DuplicateDecl]: x redeclared in this block
  ┌─ a.go:2:5
  │
1 │ var x int
  │     - other declaration of x
2 │ var x string
  │     ^
  │
  = rename one of them

";
        assert_eq!(render(&sources, &d, RICH, Limit::Ten), expected);
        assert!(render(&sources, &d, Form::Rich { color: true }, Limit::Ten).contains("\x1b["));
    }

    #[test]
    fn rich_form_survives_what_is_no_text() {
        let mut sources = SourceMap::new();
        let bytes = b"\xff\x1b[31m\xe4x\n\tsecond line\n".to_vec();
        let file = sources.add("a.go", bytes).unwrap();
        let whole = Span::new(file.start(), file.end());
        let d = [
            Diagnostic::error(Code::Syntax, whole, "bad\n\thave (int)\n\twant ()"),
            Diagnostic::error(Code::Syntax, file.end().span(), "unexpected end"),
            Diagnostic::error(Code::Syntax, Span::NONE, "nowhere"),
        ];
        let expected = "\
error[Syntax]: nowhere

error[Syntax]: bad
  ┌─ a.go:1:1
  │
1 │ ??[31m?x
  │ ^^^^^^^^
  │
  = have (int)
    want ()

error[Syntax]: unexpected end
  ┌─ a.go:3:1
  │
3 │ 
  │ ^

";
        assert_eq!(render(&sources, &d, RICH, Limit::Ten), expected);
    }

    #[test]
    fn a_line_without_end_is_not_shown() {
        let text = "x".repeat(10_000_000);
        check(
            &text,
            &[(9_999_999, 1, "bad")],
            RICH,
            Limit::Ten,
            "error[Syntax]: bad\n = ./a.go:1:10000000\n\n",
        );
    }
}
