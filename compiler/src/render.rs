//! Diagnostics → text: gc's short form, or source lines with labels. The only file that names codespan-reporting.
//!
//! Must never know: how errors are found, where the text goes.

use codespan_reporting::diagnostic::{Diagnostic as Drawing, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::{self, Files};
use codespan_reporting::term::termcolor::{Buffer, WriteColor};
use codespan_reporting::term::{self, Config, Styles, StylesWriter};
use minigo_syntax::diag::{Diagnostic, Severity};
use minigo_syntax::source::{SourceFile, SourceMap, Span};
use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

/// How diagnostics are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `file:line:col: message`, one a line, as gc prints them.
    Short,
    /// With the source line and labels.
    Rich {
        /// With ANSI colours.
        color: bool,
    },
}

/// Errors reported before giving up, as in gc.
const MOST_ERRORS: usize = 10;

/// The widest source line that is still drawn; longer ones fall back to the short form.
const WIDEST_LINE: usize = 2_000;

/// All diagnostics as text: sorted by position, each said once, ten errors at most unless `all`.
pub fn render(sources: &SourceMap, diags: &[Diagnostic], form: Form, all: bool) -> String {
    let mut sorted: Vec<&Diagnostic> = diags.iter().collect();
    sorted.sort_by_key(|d| d.pos());
    let line = |d: &Diagnostic| {
        sources
            .locate(d.pos())
            .map(|l| (l.file.to_string(), l.line))
    };
    sorted.dedup_by(|b, a| a.message == b.message && line(a) == line(b));
    let mut text = String::new();
    for (i, d) in sorted.iter().enumerate() {
        if i == MOST_ERRORS && !all {
            text += "too many errors\n";
            break;
        }
        match form {
            Form::Short => short(&mut text, sources, d),
            Form::Rich { color } => rich(&mut text, sources, d, color),
        }
    }
    text
}

fn short(text: &mut String, sources: &SourceMap, d: &Diagnostic) {
    if let Some(at) = sources.locate(d.pos()) {
        let _ = write!(text, "{at}: "); // writing to a String cannot fail
    }
    *text += &d.message;
    text.push('\n');
    for r in &d.related {
        match sources.locate(r.span.lo) {
            Some(at) => _ = writeln!(text, "\t{at}: {}", r.message),
            None => _ = writeln!(text, "\t{}", r.message),
        }
    }
}

fn rich(text: &mut String, sources: &SourceMap, d: &Diagnostic, color: bool) {
    let places = std::iter::once(d.span).chain(d.related.iter().chain(&d.labels).map(|l| l.span));
    let drawable = |span: Span| {
        sources
            .file_of(span.lo)
            .is_some_and(|f| f.line_range(f.line_col(span.lo).0).len() <= WIDEST_LINE)
    };
    if !places.into_iter().all(drawable) {
        return short(text, sources, d);
    }
    let (head, rest) = d.message.split_once('\n').unwrap_or((&d.message, ""));
    let label = |style: LabelStyle, span: Span, message: &str| {
        let file = sources.file_of(span.lo)?;
        let start = file.offset(span.lo) as usize;
        // A label that spans lines draws all of them: the first line is enough to find the place.
        let line_end = file.line_range(file.line_col(span.lo).0).end;
        let end = (file.offset(span.hi.max(span.lo)) as usize).clamp(start, line_end.max(start));
        Some(Label::new(style, file.id.0 as usize, start..end).with_message(message))
    };
    let primary = label(
        LabelStyle::Primary,
        d.span,
        d.label.as_deref().unwrap_or(""),
    );
    let others = d
        .related
        .iter()
        .chain(&d.labels)
        .filter_map(|l| label(LabelStyle::Secondary, l.span, &l.message));
    let notes = rest
        .lines()
        .map(|l| l.trim_start().to_string())
        .chain(d.notes.iter().cloned());
    let level = match d.severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
    };
    let drawing = Drawing::new(level)
        .with_message(head)
        .with_code(d.code.name())
        .with_labels(primary.into_iter().chain(others).collect())
        .with_notes(notes.collect());
    let mut buffer = if color {
        Buffer::ansi()
    } else {
        Buffer::no_color()
    };
    if draw(&mut buffer, sources, &drawing).is_ok() {
        *text += &String::from_utf8_lossy(buffer.as_slice());
    } else {
        short(text, sources, d);
    }
}

fn draw(
    buffer: &mut impl WriteColor,
    sources: &SourceMap,
    drawing: &Drawing<usize>,
) -> Result<(), files::Error> {
    let config = Config {
        tab_width: 4,
        ..Config::default()
    };
    let styles = Styles::default();
    term::emit_to_write_style(
        &mut StylesWriter::new(buffer, &styles),
        &config,
        &Adapter(sources),
        drawing,
    )
}

/// The source map as codespan wants to see it.
struct Adapter<'a>(&'a SourceMap);

impl Adapter<'_> {
    fn file(&self, id: usize) -> Result<&SourceFile, files::Error> {
        self.0
            .files()
            .get(id)
            .map(|f| &**f)
            .ok_or(files::Error::FileMissing)
    }
}

impl<'a> Files<'a> for Adapter<'_> {
    type FileId = usize;
    type Name = String;
    type Source = Cow<'a, str>;

    fn name(&'a self, id: usize) -> Result<String, files::Error> {
        Ok(self.file(id)?.name.clone())
    }

    fn source(&'a self, id: usize) -> Result<Cow<'a, str>, files::Error> {
        Ok(match std::str::from_utf8(self.file(id)?.bytes()) {
            Ok(text) => Cow::Borrowed(text),
            // Offsets must stay: each byte that is no UTF-8 becomes one ASCII character.
            Err(_) => Cow::Owned(
                self.file(id)?
                    .bytes()
                    .iter()
                    .map(|&b| if b.is_ascii() { b as char } else { '?' })
                    .collect(),
            ),
        })
    }

    fn line_index(&'a self, id: usize, offset: usize) -> Result<usize, files::Error> {
        let file = self.file(id)?;
        Ok(file.line_col(file.pos(offset as u32)).0 as usize - 1)
    }

    fn line_range(&'a self, id: usize, line: usize) -> Result<Range<usize>, files::Error> {
        let file = self.file(id)?;
        let max = file.n_lines() as usize;
        if line >= max {
            return Err(files::Error::LineTooLarge { given: line, max });
        }
        let start = file.line_range(line as u32 + 1).start;
        let end = if line + 1 < max {
            file.line_range(line as u32 + 2).start
        } else {
            file.bytes().len()
        };
        Ok(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minigo_syntax::codes::Code;

    fn sources() -> SourceMap {
        let mut map = SourceMap::new();
        map.add(
            "a.go",
            "package main\n\nfunc main() {\n\tx := 1\n\ty := é\n}\n",
        )
        .expect("small");
        map
    }

    fn at(map: &SourceMap, lo: u32, hi: u32) -> Span {
        let f = &map.files()[0];
        Span::new(f.pos(lo), f.pos(hi))
    }

    #[test]
    fn the_short_form_is_gcs() {
        let map = sources();
        let b = Diagnostic::error(Code::Syntax, at(&map, 37, 38), "undefined: é");
        let a = Diagnostic::error(Code::Syntax, at(&map, 29, 30), "declared and not used: x")
            .with_related(at(&map, 14, 18), "other declaration of x");
        let text = render(&map, &[b.clone(), a.clone(), b], Form::Short, false);
        assert_eq!(
            text,
            "a.go:4:2: declared and not used: x\n\ta.go:3:1: other declaration of x\na.go:5:2: undefined: é\n"
        );
    }

    #[test]
    fn ten_errors_are_enough() {
        let map = sources();
        let many: Vec<_> = (0..20)
            .map(|i| Diagnostic::error(Code::Syntax, at(&map, i, i), format!("e{i}")))
            .collect();
        assert_eq!(render(&map, &many, Form::Short, false).lines().count(), 11);
        assert!(render(&map, &many, Form::Short, false).ends_with("too many errors\n"));
        assert_eq!(render(&map, &many, Form::Short, true).lines().count(), 20);
    }

    #[test]
    fn the_rich_form_shows_the_line() {
        let map = sources();
        let d = Diagnostic::error(Code::Syntax, at(&map, 29, 30), "declared and not used: x")
            .with_label("here");
        let text = render(&map, &[d], Form::Rich { color: false }, false);
        assert!(
            text.contains("x := 1") && text.contains("^ here") && text.contains("a.go:4:2"),
            "{text}"
        );
    }
}
