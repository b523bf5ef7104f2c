//! Diagnostics as plain data: what is wrong, where, and what else the reader should see. Drawing them is `render`'s.
//!
//! `message` is gc's text without position: one line, or several joined by `"\n\t"` where gc continues a message
//! (`have (int)`, `want (string)`). `related` are places that gc prints below the message with their positions; `labels`
//! and `notes` are ours, and appear only in the rich form.

use crate::codes::Code;
use crate::source::{Pos, Span};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Severity {
    Error,
    Warning,
}

/// A further place with its text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

#[derive(Clone, PartialEq, Eq, Debug)]
#[must_use = "a diagnostic must be handed on to be seen"]
pub struct Diagnostic {
    pub severity: Severity,
    pub code: Code,
    pub message: String,
    /// The culprit; its start is the position that gc reports.
    pub span: Span,
    /// A few words drawn beside the culprit in the rich form.
    pub label: Option<String>,
    /// Places that belong to the message, printed in both forms (`other declaration of x`).
    pub related: Vec<Label>,
    /// Places that help, in the rich form only.
    pub labels: Vec<Label>,
    /// How to fix it, or why it is so; in the rich form only.
    pub notes: Vec<String>,
    /// gc calls these soft errors: the program is typed all the same (unused variables and imports).
    pub soft: bool,
    /// It is about packages, so that the go command prints it alone and without a place.
    pub placeless: bool,
}

impl Diagnostic {
    pub fn error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Error,
            code,
            message: message.into(),
            span,
            label: None,
            related: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            soft: false,
            placeless: false,
        }
    }

    /// The same in a message that stands alone, without its place.
    pub fn without_place(mut self) -> Diagnostic {
        self.placeless = true;
        self
    }

    pub fn soft_error(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            soft: true,
            ..Diagnostic::error(code, span, message)
        }
    }

    pub fn warning(code: Code, span: Span, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            severity: Severity::Warning,
            ..Diagnostic::error(code, span, message)
        }
    }

    /// gc's position of the diagnostic.
    pub fn pos(&self) -> Pos {
        self.span.lo
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    pub fn with_label(mut self, text: impl Into<String>) -> Diagnostic {
        self.label = Some(text.into());
        self
    }

    pub fn with_related(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.related.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    pub fn with_place(mut self, span: Span, message: impl Into<String>) -> Diagnostic {
        self.labels.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    pub fn with_note(mut self, text: impl Into<String>) -> Diagnostic {
        self.notes.push(text.into());
        self
    }
}
