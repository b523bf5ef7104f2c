//! Reporting: what a message is about, and when it stays unsaid. (Go: types2/errors.go)

use minigo_syntax::ast::{Expr, Ident, Stmt};
use minigo_syntax::codes::Code;
use minigo_syntax::diag::{Diagnostic, Label};
use minigo_syntax::source::{Pos, Span};

use super::Checker;
use super::object::ObjId;
use super::operand::Operand;
use super::types::TypeId;

/// What an error can be about. Its span begins where gc reports it.
pub trait At {
    /// The span.
    fn at(&self) -> Span;
}

impl At for Pos {
    fn at(&self) -> Span {
        self.span()
    }
}

impl At for Span {
    fn at(&self) -> Span {
        *self
    }
}

impl At for Ident {
    fn at(&self) -> Span {
        self.span
    }
}

impl At for Expr {
    fn at(&self) -> Span {
        let lo = self.start_pos();
        Span::new(lo, self.span.hi.max(lo))
    }
}

impl At for Stmt {
    fn at(&self) -> Span {
        let lo = self.start_pos();
        Span::new(lo, self.span.hi.max(lo))
    }
}

impl At for Operand<'_> {
    fn at(&self) -> Span {
        self.expr.map_or(Span::NONE, |e| e.at())
    }
}

impl<T: At + ?Sized> At for &T {
    fn at(&self) -> Span {
        (**self).at()
    }
}

impl<T: At + ?Sized> At for &mut T {
    fn at(&self) -> Span {
        (**self).at()
    }
}

/// An error in the making: a message with its place, and further messages with theirs.
pub struct Error {
    code: Code,
    soft: bool,
    parts: Vec<(Span, String)>,
    note: Option<String>,
}

impl Error {
    /// An error that says nothing yet.
    pub fn new(code: Code) -> Error {
        Error {
            code,
            soft: false,
            parts: Vec::new(),
            note: None,
        }
    }

    /// Adds a message. The first is the error itself, those after it continue it.
    pub fn add(&mut self, at: impl At, msg: impl Into<String>) {
        self.parts.push((at.at(), msg.into()));
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Puts a text in front of the error itself.
    pub fn prefix(&mut self, text: &str) {
        if let Some((_, msg)) = self.parts.first_mut() {
            msg.insert_str(0, text);
        }
    }

    /// Adds what may help, for the rich form.
    pub fn note(&mut self, note: Option<String>) {
        self.note = note;
    }

    /// Marks it as one of those after which a program is typed all the same.
    pub fn soft(mut self) -> Error {
        self.soft = true;
        self
    }
}

impl<'a> Checker<'a> {
    /// Reports an error.
    pub(crate) fn error(&mut self, at: impl At, code: Code, msg: impl Into<String>) {
        let mut err = Error::new(code);
        err.add(at, msg);
        self.report(err);
    }

    /// Reports an error with a note that may help.
    pub(crate) fn error_with(
        &mut self,
        at: impl At,
        code: Code,
        msg: impl Into<String>,
        note: Option<String>,
    ) {
        let mut err = Error::new(code);
        err.add(at, msg);
        err.note(note);
        self.report(err);
    }

    /// Reports an error after which the program is typed all the same.
    pub(crate) fn soft_error(&mut self, at: impl At, code: Code, msg: impl Into<String>) {
        let mut err = Error::new(code).soft();
        err.add(at, msg);
        self.report(err);
    }

    /// The span of an object's name in its declaration.
    pub(crate) fn obj_span(&self, obj: ObjId) -> Span {
        let o = &self.objs[obj];
        if o.pos.is_known() {
            o.pos.span_of(o.name.as_str().len() as u32)
        } else {
            Span::NONE
        }
    }

    /// A position as messages show it, `file:line:col`; where possible, name a place in a label instead.
    pub(crate) fn place(&self, pos: Pos) -> String {
        self.importer.locate(pos)
    }

    fn same_line(&self, a: Pos, b: Pos) -> bool {
        let (a, b) = (self.place(a), self.place(b));
        let line = |at: &str| at.rsplit_once(':').map(|p| p.0.to_owned());
        // Behind a //line directive there may be no column.
        a == b || a.matches(':').count() > 1 && line(&a) == line(&b)
    }

    /// Adds the other declaration of a name, unless it is predeclared.
    pub(crate) fn add_alt_decl(&self, err: &mut Error, obj: ObjId) {
        let span = self.obj_span(obj);
        if span.is_known() {
            err.add(
                span,
                format!("other declaration of {}", self.objs[obj].name),
            );
        }
    }

    /// Reports an error in the making.
    pub(crate) fn report(&mut self, err: Error) {
        let mut parts = err.parts.into_iter();
        let Some((mut span, mut msg)) = parts.next() else {
            return;
        };
        // Messages about what is wrong already only follow another one.
        let follows = |what: &str| msg.find(what).is_some_and(|i| i > 0);
        if self.has_errors && (follows("invalid operand") || follows("invalid type")) {
            return;
        }
        // An error in a repeated constant expression belongs to the constant that repeats it.
        if self.env.errpos.is_known() {
            span = self.env.errpos.span();
        }
        if let Some(hint) = self.version_hint(&msg) {
            msg.push_str(&hint);
        }
        // gc says the same thing about a line only once.
        if let Some(last) = self.diags.last()
            && !self.as_types2
            && last.message == msg
            && span.is_known()
            && self.same_line(last.span.lo, span.lo)
        {
            return;
        }
        let mut related = Vec::new();
        for (span, text) in parts {
            if span.is_known() {
                related.push(Label {
                    span,
                    message: text,
                });
            } else {
                msg.push_str("\n\t");
                msg.push_str(&text);
            }
        }
        let mut diag = Diagnostic::error(err.code, span, msg);
        diag.soft = err.soft;
        diag.related = related;
        diag.notes.extend(err.note);
        self.has_errors = true;
        self.diags.push(diag);
    }

    /// Reports a diagnostic that is complete already, such as a syntax error in a body parsed late.
    pub(crate) fn push_diagnostic(&mut self, diag: Diagnostic) {
        self.has_errors |= diag.is_error();
        self.diags.push(diag);
    }

    /// The text of a type in a message: `self.types.…` spelled as seen from the package at hand.
    pub(crate) fn tstr(&self, t: TypeId) -> String {
        self.type_string(t)
    }

    /// The text of an expression in a message.
    pub(crate) fn estr(&self, e: &Expr) -> String {
        e.to_string()
    }

    /// The text of an operand in a message: `x (variable of type int)`.
    pub(crate) fn xstr(&self, x: &Operand<'a>) -> String {
        self.operand_string(x)
    }

    /// The text of an object in a message: `func f(x int)`.
    pub(crate) fn ostr(&self, obj: ObjId) -> String {
        self.object_string(obj)
    }
}
