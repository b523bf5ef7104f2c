//! An operand: what is known about an expression while it is checked. (Go: types2/operand.go)

use minigo_syntax::ast::Expr;
use minigo_syntax::source::Pos;

use super::constant::Value;
use super::types::{TypeId, Types};
use super::universe::BuiltinId;

/// How an operand may be used.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Wrong, and reported. Whatever uses it stays silent.
    Invalid,
    /// A call without results.
    NoValue,
    /// A built-in function; it can only be called.
    Builtin(BuiltinId),
    /// A type.
    TypExpr,
    /// A constant; its value stands in the operand.
    Constant,
    /// An addressable variable.
    Variable,
    /// A map element: assignable, not addressable, comma-ok on the right side.
    MapIndex,
    /// A computed value.
    Value,
    /// `nil`
    NilValue,
    /// A value that may be asked for with a comma-ok: a type assertion or a receive.
    CommaOk,
}

impl Mode {
    /// The words in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Mode::Invalid => "invalid operand",
            Mode::NoValue => "no value",
            Mode::Builtin(_) => "built-in",
            Mode::TypExpr => "type",
            Mode::Constant => "constant",
            Mode::Variable => "variable",
            Mode::MapIndex => "map index expression",
            Mode::Value => "value",
            Mode::NilValue => "nil",
            Mode::CommaOk => "comma, ok expression",
        }
    }
}

/// What is known about an expression. A fresh one is invalid.
#[derive(Clone, Debug)]
pub struct Operand<'a> {
    /// How it may be used.
    pub mode: Mode,
    /// The expression, for messages and recording.
    pub expr: Option<&'a Expr>,
    /// Its type; the invalid type where it has none.
    pub ty: TypeId,
    /// The value of a constant; unknown for anything else.
    pub val: Value,
}

impl Default for Operand<'_> {
    fn default() -> Self {
        Operand {
            mode: Mode::Invalid,
            expr: None,
            ty: Types::INVALID,
            val: Value::Unknown,
        }
    }
}

impl<'a> Operand<'a> {
    /// An invalid operand, to be filled.
    pub fn new() -> Operand<'a> {
        Operand::default()
    }

    /// A value of type `ty` that no expression stands for, or `expr` does.
    pub fn value(ty: TypeId, expr: Option<&'a Expr>) -> Operand<'a> {
        Operand {
            mode: Mode::Value,
            expr,
            ty,
            val: Value::Unknown,
        }
    }

    /// Whether no error was reported for it.
    pub fn is_valid(&self) -> bool {
        self.mode != Mode::Invalid
    }

    /// Marks it as wrong.
    pub fn invalidate(&mut self) {
        self.mode = Mode::Invalid;
    }

    /// Whether it is the untyped or typed `nil`.
    pub fn is_nil(&self) -> bool {
        self.mode == Mode::NilValue
    }

    /// Where gc says the expression is (its operator, parenthesis, dot…). Errors stand at the first byte instead: pass
    /// the operand itself to the error functions.
    pub fn pos(&self) -> Pos {
        self.expr.map_or(Pos::NONE, Expr::pos)
    }
}
