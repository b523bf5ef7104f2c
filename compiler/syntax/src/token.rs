//! The token table: spelling, precedence, and after which tokens a newline ends a statement.
//! (Go: cmd/compile/internal/syntax/tokens.go)
//!
//! logos decides which token begins at a byte. What cannot be told by a small automaton alone (the forms of numbers,
//! escapes, letters beyond ASCII) is finished by the lexer, which also words the errors.

use logos::Logos;
use std::fmt;

/// A token's kind. The payload (an identifier's or literal's text) lies beside it in the lexer's output.
#[derive(Logos, Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[logos(utf8 = false)]
#[logos(skip r"[ \t\r]+")]
#[repr(u8)]
pub enum Token {
    /// The end of the input.
    Eof,

    // names and literals
    #[regex("[A-Za-z_][A-Za-z_0-9]*")]
    Name,
    #[regex("[0-9]")]
    #[regex(r"\.[0-9]")]
    Int,
    Float,
    Imag,
    #[token("'")]
    Rune,
    #[token("\"")]
    #[token("`")]
    String,

    // operators
    #[token("||")]
    OrOr,
    #[token("&&")]
    AndAnd,
    #[token("==")]
    Eql,
    #[token("!=")]
    Neq,
    #[token("<")]
    Lss,
    #[token("<=")]
    Leq,
    #[token(">")]
    Gtr,
    #[token(">=")]
    Geq,
    #[token("+")]
    Add,
    #[token("-")]
    Sub,
    #[token("|")]
    Or,
    #[token("^")]
    Xor,
    #[token("*")]
    Star,
    #[token("/")]
    Div,
    #[token("%")]
    Rem,
    #[token("&")]
    And,
    #[token("&^")]
    AndNot,
    #[token("<<")]
    Shl,
    #[token(">>")]
    Shr,
    #[token("!")]
    Not,
    #[token("~")]
    Tilde,
    #[token("<-")]
    Arrow,

    // assignments
    #[token("+=")]
    AddAssign,
    #[token("-=")]
    SubAssign,
    #[token("|=")]
    OrAssign,
    #[token("^=")]
    XorAssign,
    #[token("*=")]
    MulAssign,
    #[token("/=")]
    DivAssign,
    #[token("%=")]
    RemAssign,
    #[token("&=")]
    AndAssign,
    #[token("&^=")]
    AndNotAssign,
    #[token("<<=")]
    ShlAssign,
    #[token(">>=")]
    ShrAssign,
    #[token("++")]
    Inc,
    #[token("--")]
    Dec,
    #[token("=")]
    Assign,
    #[token(":=")]
    Define,

    // delimiters
    #[token("(")]
    Lparen,
    #[token("[")]
    Lbrack,
    /// The `[` that opens the type parameters of a type declaration; the lexer's look-ahead tells it from an array's.
    TypeLbrack,
    #[token("{")]
    Lbrace,
    #[token(")")]
    Rparen,
    #[token("]")]
    Rbrack,
    #[token("}")]
    Rbrace,
    #[token(",")]
    Comma,
    /// `;`, or a newline or the end of the input that stands for one.
    #[token(";")]
    Semi,
    #[token(":")]
    Colon,
    #[token(".")]
    Dot,
    #[token("...")]
    DotDotDot,

    // keywords
    #[token("break")]
    Break,
    #[token("case")]
    Case,
    #[token("chan")]
    Chan,
    #[token("const")]
    Const,
    #[token("continue")]
    Continue,
    #[token("default")]
    Default,
    #[token("defer")]
    Defer,
    #[token("else")]
    Else,
    #[token("fallthrough")]
    Fallthrough,
    #[token("for")]
    For,
    #[token("func")]
    Func,
    #[token("go")]
    Go,
    #[token("goto")]
    Goto,
    #[token("if")]
    If,
    #[token("import")]
    Import,
    #[token("interface")]
    Interface,
    #[token("map")]
    Map,
    #[token("package")]
    Package,
    #[token("range")]
    Range,
    #[token("return")]
    Return,
    #[token("select")]
    Select,
    #[token("struct")]
    Struct,
    #[token("switch")]
    Switch,
    #[token("type")]
    Type,
    #[token("var")]
    Var,

    // what the lexer handles itself and never hands on
    #[token("\n")]
    Newline,
    #[token("//")]
    LineComment,
    #[token("/*")]
    BlockComment,

    // made by the lexer
    /// A function body passed over.
    SkippedBody,
    /// The `func` of a declaration typed at a prompt, where a function literal could stand too.
    FuncDecl,
    /// Begin a file, a function body, a REPL input: they select the grammar's start rule.
    StartFile,
    StartBody,
    StartInput,
}

impl Token {
    /// Reports whether a newline behind the token stands for a semicolon.
    pub fn ends_statement(self) -> bool {
        use Token::*;
        matches!(
            self,
            Name | Int
                | Float
                | Imag
                | Rune
                | String
                | Break
                | Continue
                | Fallthrough
                | Return
                | Inc
                | Dec
                | Rparen
                | Rbrack
                | Rbrace
                | SkippedBody
        )
    }

    pub fn is_literal(self) -> bool {
        matches!(
            self,
            Token::Int | Token::Float | Token::Imag | Token::Rune | Token::String
        )
    }

    pub fn is_keyword(self) -> bool {
        (Token::Break as u8..=Token::Var as u8).contains(&(self as u8))
    }

    /// The token's spelling; a description for those that have many.
    pub fn as_str(self) -> &'static str {
        use Token::*;
        match self {
            Eof => "EOF",
            Name => "name",
            Int | Float | Imag | Rune | String => "literal",
            OrOr => "||",
            AndAnd => "&&",
            Eql => "==",
            Neq => "!=",
            Lss => "<",
            Leq => "<=",
            Gtr => ">",
            Geq => ">=",
            Add => "+",
            Sub => "-",
            Or => "|",
            Xor => "^",
            Star => "*",
            Div => "/",
            Rem => "%",
            And => "&",
            AndNot => "&^",
            Shl => "<<",
            Shr => ">>",
            Not => "!",
            Tilde => "~",
            Arrow => "<-",
            AddAssign => "+=",
            SubAssign => "-=",
            OrAssign => "|=",
            XorAssign => "^=",
            MulAssign => "*=",
            DivAssign => "/=",
            RemAssign => "%=",
            AndAssign => "&=",
            AndNotAssign => "&^=",
            ShlAssign => "<<=",
            ShrAssign => ">>=",
            Inc => "++",
            Dec => "--",
            Assign => "=",
            Define => ":=",
            Lparen => "(",
            Lbrack | TypeLbrack => "[",
            Lbrace => "{",
            Rparen => ")",
            Rbrack => "]",
            Rbrace => "}",
            Comma => ",",
            Semi => ";",
            Colon => ":",
            Dot => ".",
            DotDotDot => "...",
            Break => "break",
            Case => "case",
            Chan => "chan",
            Const => "const",
            Continue => "continue",
            Default => "default",
            Defer => "defer",
            Else => "else",
            Fallthrough => "fallthrough",
            For => "for",
            Func | FuncDecl => "func",
            Go => "go",
            Goto => "goto",
            If => "if",
            Import => "import",
            Interface => "interface",
            Map => "map",
            Package => "package",
            Range => "range",
            Return => "return",
            Select => "select",
            Struct => "struct",
            Switch => "switch",
            Type => "type",
            Var => "var",
            Newline => "newline",
            LineComment | BlockComment => "comment",
            SkippedBody => "function body",
            StartFile => "start of file",
            StartBody => "start of body",
            StartInput => "start of input",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LitKind {
    Int,
    Float,
    Imag,
    Rune,
    String,
}

/// Operators with two operands, in the order of their precedences.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[repr(u8)]
pub enum BinaryOp {
    OrOr,
    AndAnd,
    Eql,
    Neq,
    Lss,
    Leq,
    Gtr,
    Geq,
    Add,
    Sub,
    Or,
    Xor,
    Mul,
    Div,
    Rem,
    And,
    AndNot,
    Shl,
    Shr,
}

impl BinaryOp {
    pub fn as_str(self) -> &'static str {
        use BinaryOp::*;
        match self {
            OrOr => "||",
            AndAnd => "&&",
            Eql => "==",
            Neq => "!=",
            Lss => "<",
            Leq => "<=",
            Gtr => ">",
            Geq => ">=",
            Add => "+",
            Sub => "-",
            Or => "|",
            Xor => "^",
            Mul => "*",
            Div => "/",
            Rem => "%",
            And => "&",
            AndNot => "&^",
            Shl => "<<",
            Shr => ">>",
        }
    }

    /// 1 binds loosest (`||`), 5 tightest (`*`).
    pub fn precedence(self) -> u8 {
        use BinaryOp::*;
        match self {
            OrOr => 1,
            AndAnd => 2,
            Eql | Neq | Lss | Leq | Gtr | Geq => 3,
            Add | Sub | Or | Xor => 4,
            Mul | Div | Rem | And | AndNot | Shl | Shr => 5,
        }
    }

    /// `==`, `!=`, `<`, `<=`, `>`, `>=`
    pub fn is_comparison(self) -> bool {
        self.precedence() == 3
    }

    /// `<<`, `>>`
    pub fn is_shift(self) -> bool {
        matches!(self, BinaryOp::Shl | BinaryOp::Shr)
    }

    /// `&&`, `||`
    pub fn is_logical(self) -> bool {
        matches!(self, BinaryOp::AndAnd | BinaryOp::OrOr)
    }
}

impl fmt::Display for BinaryOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Operators with one operand, except `*`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum UnaryOp {
    /// `+x`
    Plus,
    /// `-x`
    Neg,
    /// `!x`
    Not,
    /// `^x`
    Xor,
    /// `&x`
    Addr,
    /// `<-x`
    Recv,
    /// `~T`, only in a type element
    Tilde,
}

impl UnaryOp {
    pub fn as_str(self) -> &'static str {
        match self {
            UnaryOp::Plus => "+",
            UnaryOp::Neg => "-",
            UnaryOp::Not => "!",
            UnaryOp::Xor => "^",
            UnaryOp::Addr => "&",
            UnaryOp::Recv => "<-",
            UnaryOp::Tilde => "~",
        }
    }
}

impl fmt::Display for UnaryOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}
