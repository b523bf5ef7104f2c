//! The syntax tree, each node under the grammar rule it stands for. (Go: cmd/compile/internal/syntax/nodes.go)
//!
//! Invariants:
//!  - Every expression, statement, identifier, field and function has a [`NodeId`] of its own; ids are dense over all
//!    files parsed with one [`NodeIds`], so that facts about nodes live in tables indexed by them.
//!  - `span` covers the node's text from its first byte to behind its last one. Where gc reports a fault elsewhere than
//!    at the first byte, [`Expr::start_pos`] and [`Expr::pos`] say where.
//!  - Types are expressions. `a[T]` is an [`IndexExpr`] whether it indexes or instantiates: the checker decides.
//!  - No path from a root to a leaf is longer than [`MAX_DEPTH`], so recursive walks need bounded stack.
//!
//! Knows nothing of: what a name denotes.

use crate::directive::Directives;
use crate::source::{FileId, Pos, Span};
use crate::symbol::Symbol;
use crate::token::{BinaryOp, LitKind, UnaryOp};
use crate::version::Version;
use std::fmt;

/// The deepest tree the parser builds; deeper nesting is an error. A pass that recurses once per level with frames of
/// up to 20 KB needs a stack of 256 MB.
pub const MAX_DEPTH: u16 = 10_000;

/// The number of a node, dense over a compilation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The id of no node.
    pub const NONE: NodeId = NodeId(0);

    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// Hands out [`NodeId`]s; one for all files of a compilation.
#[derive(Debug)]
pub struct NodeIds {
    next: u32,
}

impl Default for NodeIds {
    fn default() -> NodeIds {
        NodeIds { next: 1 }
    }
}

impl NodeIds {
    pub fn new() -> NodeIds {
        NodeIds::default()
    }

    #[inline]
    pub fn fresh(&mut self) -> NodeId {
        let id = NodeId(self.next);
        self.next = self
            .next
            .checked_add(1)
            .expect("fewer than 2^32 nodes: sources are limited to 4 GB");
        id
    }

    /// How long a table must be to hold every id handed out so far.
    pub fn table_len(&self) -> usize {
        self.next as usize
    }
}

// ----------------------------------------------------------------------------------------------------------------------
// Files

/// `SourceFile = PackageClause ";" { ImportDecl ";" } { TopLevelDecl ";" } .`
#[derive(Debug)]
pub struct File {
    pub id: NodeId,
    pub file: FileId,
    /// The whole file.
    pub span: Span,
    /// The keyword `package`.
    pub package: Pos,
    /// The package's name; blank after a bad package clause, when there are no declarations either.
    pub name: Ident,
    pub decls: Vec<Decl>,
    /// The language version that its `//go:build` line asks for.
    pub version: Option<Version>,
    /// What its `//go:` comments say.
    pub directives: Directives,
    /// All comments in order; in a file parsed with bodies skipped, only those outside of them.
    pub comments: Vec<Comment>,
}

/// A comment with its markers, without the newline that ends a line comment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Comment {
    pub span: Span,
    /// `//` rather than `/* */`.
    pub is_line: bool,
    /// Written like a directive: `//go:…` or `//export …`, without a space.
    pub is_directive: bool,
}

/// `identifier`, where it is declared or used; [`Expr::as_ident`] gives the one that an expression consists of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ident {
    pub id: NodeId,
    pub name: Symbol,
    pub span: Span,
}

impl Ident {
    pub fn as_str(&self) -> &'static str {
        self.name.as_str()
    }

    pub fn is_blank(&self) -> bool {
        self.name.is_blank()
    }

    pub fn pos(&self) -> Pos {
        self.span.lo
    }
}

// ----------------------------------------------------------------------------------------------------------------------
// Declarations

/// `TopLevelDecl = Declaration | FunctionDecl | MethodDecl .`
#[derive(Debug)]
pub enum Decl {
    Import(GenDecl<ImportSpec>),
    Const(GenDecl<ConstSpec>),
    Type(GenDecl<TypeSpec>),
    Var(GenDecl<VarSpec>),
    Func(Box<FuncDecl>),
}

impl Decl {
    pub fn span(&self) -> Span {
        match self {
            Decl::Import(d) => d.span,
            Decl::Const(d) => d.span,
            Decl::Type(d) => d.span,
            Decl::Var(d) => d.span,
            Decl::Func(d) => d.span,
        }
    }
}

/// `keyword Spec` or `keyword "(" { Spec ";" } ")"`.
#[derive(Debug)]
pub struct GenDecl<S> {
    /// From the keyword.
    pub span: Span,
    /// Written with parentheses.
    pub grouped: bool,
    pub specs: Vec<S>,
}

/// `ImportSpec = [ "." | PackageName ] ImportPath .`
#[derive(Debug)]
pub struct ImportSpec {
    pub id: NodeId,
    pub span: Span,
    /// The name given here; `.` for a dot import.
    pub name: Option<Ident>,
    pub path: BasicLit,
}

/// `ConstSpec = IdentifierList [ [ Type ] "=" ExpressionList ] .`
#[derive(Debug)]
pub struct ConstSpec {
    pub span: Span,
    pub names: Vec<Ident>,
    pub ty: Option<Expr>,
    /// Empty where the values of an earlier line are repeated.
    pub values: Vec<Expr>,
}

/// `TypeSpec = identifier [ TypeParams ] [ "=" ] Type .`
#[derive(Debug)]
pub struct TypeSpec {
    /// The scope of the type parameters.
    pub id: NodeId,
    pub span: Span,
    pub name: Ident,
    pub tparams: Vec<Field>,
    /// The `=` of an alias declaration.
    pub assign: Option<Pos>,
    pub ty: Expr,
}

/// `VarSpec = IdentifierList ( Type [ "=" ExpressionList ] | "=" ExpressionList ) .`
#[derive(Debug)]
pub struct VarSpec {
    pub span: Span,
    pub names: Vec<Ident>,
    pub ty: Option<Expr>,
    pub values: Vec<Expr>,
}

/// `FunctionDecl = "func" FunctionName [ TypeParams ] Signature [ FunctionBody ] .`
/// `MethodDecl = "func" Receiver MethodName [ TypeParams ] Signature [ FunctionBody ] .`
#[derive(Debug)]
pub struct FuncDecl {
    /// The function's scope: receiver, type parameters, parameters and results.
    pub id: NodeId,
    /// From the keyword `func` to the end of the body.
    pub span: Span,
    /// Behind the keyword, at the receiver's `(` or the name: gc's position of the declaration.
    pub pos: Pos,
    /// The receiver list: one field of at most one name; more is a fault reported here already.
    pub recv: Option<Field>,
    pub name: Ident,
    pub tparams: Vec<Field>,
    pub sig: FuncType,
    pub body: FuncBody,
}

#[derive(Debug)]
pub enum FuncBody {
    Parsed(Block),
    /// Passed over, braces included; [`parse_func_body`](crate::parser::parse_func_body) reads it when it is needed.
    Skipped(Span),
    /// A declaration without body: implemented outside Go.
    None,
}

impl FuncBody {
    pub fn is_none(&self) -> bool {
        matches!(self, FuncBody::None)
    }

    /// The body, braces included.
    pub fn span(&self) -> Option<Span> {
        match self {
            FuncBody::Parsed(b) => Some(b.span),
            FuncBody::Skipped(span) => Some(*span),
            FuncBody::None => None,
        }
    }
}

// ----------------------------------------------------------------------------------------------------------------------
// Fields and parameters

/// `FieldDecl = (IdentifierList Type | EmbeddedField) [ Tag ] .`
/// `ParameterDecl = [ IdentifierList ] [ "..." ] Type .`
/// `TypeParamDecl = IdentifierList TypeConstraint .`
///
/// Names that share a type share a field: `a, b int` is one, `a int, b int` are two.
#[derive(Debug)]
pub struct Field {
    pub id: NodeId,
    pub span: Span,
    /// Empty for an embedded field and for an unnamed parameter.
    pub names: Vec<Ident>,
    /// [`ExprKind::Ellipsis`] for a variadic parameter.
    pub ty: Expr,
    pub tag: Option<BasicLit>,
}

/// A literal as it is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct BasicLit {
    pub id: NodeId,
    pub kind: LitKind,
    pub text: Symbol,
    pub span: Span,
}

// ----------------------------------------------------------------------------------------------------------------------
// Expressions

pub struct Expr {
    pub id: NodeId,
    pub(crate) depth: u16,
    pub span: Span,
    pub kind: ExprKind,
}

const _: () = assert!(size_of::<Expr>() == 32);
const _: () = assert!(size_of::<ExprKind>() == 16);

#[derive(Debug)]
pub enum ExprKind {
    /// Stands for what could not be parsed; reported already.
    Bad,

    // Operand = Literal | OperandName | "(" Expression ")" .
    Ident(Symbol),
    BasicLit(LitKind, Symbol),
    CompositeLit(Box<CompositeLit>),
    /// `key: value`, only as an element of a composite literal.
    KeyValue(Box<KeyValueExpr>),
    FuncLit(Box<FuncLit>),
    Paren(Box<Expr>),

    // PrimaryExpr
    Selector(Box<SelectorExpr>),
    Index(Box<IndexExpr>),
    Slice(Box<SliceExpr>),
    TypeAssert(Box<TypeAssertExpr>),
    Call(Box<CallExpr>),

    // Expression
    /// `*x`: indirection or pointer type.
    Star(Box<Expr>),
    Unary(Box<UnaryExpr>),
    Binary(Box<BinaryExpr>),

    // TypeLit
    ArrayType(Box<ArrayType>),
    SliceType(Box<Expr>),
    StructType(Box<StructType>),
    FuncType(Box<FuncType>),
    InterfaceType(Box<InterfaceType>),
    MapType(Box<MapType>),
    ChanType(Box<ChanType>),
    /// `...T`, only as the type of a parameter.
    Ellipsis(Box<Expr>),
}

/// `CompositeLit = LiteralType LiteralValue .`
#[derive(Debug)]
pub struct CompositeLit {
    /// `None` where the type of an element is elided.
    pub ty: Option<Expr>,
    pub elems: Vec<Expr>,
    pub lbrace: Pos,
    pub rbrace: Pos,
}

/// `KeyedElement = Key ":" Element .`
#[derive(Debug)]
pub struct KeyValueExpr {
    pub key: Expr,
    pub colon: Pos,
    pub value: Expr,
}

/// `FunctionLit = "func" Signature FunctionBody .`
#[derive(Debug)]
pub struct FuncLit {
    pub sig: FuncType,
    pub body: Block,
}

/// `Selector = "." identifier .`
#[derive(Debug)]
pub struct SelectorExpr {
    pub x: Expr,
    pub dot: Pos,
    pub sel: Ident,
}

/// `Index = "[" Expression "]" .` `TypeArgs = "[" TypeList [ "," ] "]" .`
#[derive(Debug)]
pub struct IndexExpr {
    pub x: Expr,
    pub lbrack: Pos,
    pub indices: Vec<Expr>,
}

/// `Slice = "[" [ Expression ] ":" [ Expression ] "]" | "[" [ Expression ] ":" Expression ":" Expression "]" .`
#[derive(Debug)]
pub struct SliceExpr {
    pub x: Expr,
    pub lbrack: Pos,
    pub lo: Option<Expr>,
    pub hi: Option<Expr>,
    pub max: Option<Expr>,
    /// Written with two colons.
    pub full: bool,
}

/// `TypeAssertion = "." "(" Type ")" .`
#[derive(Debug)]
pub struct TypeAssertExpr {
    pub x: Expr,
    pub dot: Pos,
    /// `None` for `x.(type)` outside of a type switch's header, which the checker refuses.
    pub ty: Option<Expr>,
}

/// `Arguments = "(" [ ExpressionList [ "..." ] [ "," ] ] ")" .` Calls and conversions.
#[derive(Debug)]
pub struct CallExpr {
    pub fun: Expr,
    pub lparen: Pos,
    pub args: Vec<Expr>,
    /// The `...` behind the last argument.
    pub ellipsis: Option<Pos>,
    pub rparen: Pos,
}

/// `unary_op UnaryExpr`, except `*x`.
#[derive(Debug)]
pub struct UnaryExpr {
    pub op: UnaryOp,
    pub x: Expr,
}

/// `Expression binary_op Expression`
#[derive(Debug)]
pub struct BinaryExpr {
    pub op: BinaryOp,
    pub op_pos: Pos,
    pub x: Expr,
    pub y: Expr,
}

/// `ArrayType = "[" ArrayLength "]" ElementType .`
#[derive(Debug)]
pub struct ArrayType {
    /// `None` for `[...]T`.
    pub len: Option<Expr>,
    pub elem: Expr,
}

/// `StructType = "struct" "{" { FieldDecl ";" } "}" .`
#[derive(Debug)]
pub struct StructType {
    pub fields: Vec<Field>,
}

/// `Signature = Parameters [ Result ] .`
#[derive(Debug)]
pub struct FuncType {
    /// The function's scope where no declaration or literal has one.
    pub id: NodeId,
    /// The `(` of the parameters, gc's position of a function type.
    pub lparen: Pos,
    /// From `(` to the end of the results.
    pub span: Span,
    pub params: Vec<Field>,
    pub results: Vec<Field>,
}

/// `InterfaceType = "interface" "{" { InterfaceElem ";" } "}" .`
#[derive(Debug)]
pub struct InterfaceType {
    pub elems: Vec<InterfaceElem>,
}

/// `InterfaceElem = MethodElem | TypeElem .`
#[derive(Debug)]
pub enum InterfaceElem {
    Method(Box<MethodElem>),
    /// A type, or a union: [`BinaryOp::Or`] over types and [`UnaryOp::Tilde`] terms.
    Type(Expr),
}

/// `MethodElem = MethodName Signature .`
#[derive(Debug)]
pub struct MethodElem {
    pub name: Ident,
    pub sig: FuncType,
}

/// `MapType = "map" "[" KeyType "]" ElementType .`
#[derive(Debug)]
pub struct MapType {
    pub key: Expr,
    pub value: Expr,
}

/// `ChannelType = ( "chan" | "chan" "<-" | "<-" "chan" ) ElementType .`
#[derive(Debug)]
pub struct ChanType {
    pub dir: ChanDir,
    pub elem: Expr,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChanDir {
    Both,
    /// `chan<- T`
    Send,
    /// `<-chan T`
    Recv,
}

impl Expr {
    /// An identifier that stands in no text, without an id of its own: what a message names where there is no expression.
    pub fn name(name: Symbol, span: Span) -> Expr {
        Expr {
            id: NodeId::NONE,
            depth: 1,
            span,
            kind: ExprKind::Ident(name),
        }
    }

    /// The identifier that the expression consists of.
    pub fn as_ident(&self) -> Option<Ident> {
        match self.kind {
            ExprKind::Ident(name) => Some(Ident {
                id: self.id,
                name,
                span: self.span,
            }),
            _ => None,
        }
    }

    /// The literal that the expression consists of.
    pub fn as_basic_lit(&self) -> Option<BasicLit> {
        match self.kind {
            ExprKind::BasicLit(kind, text) => Some(BasicLit {
                id: self.id,
                kind,
                text,
                span: self.span,
            }),
            _ => None,
        }
    }

    pub fn is_bad(&self) -> bool {
        matches!(self.kind, ExprKind::Bad)
    }

    /// The expression inside all parentheses around it.
    pub fn unparen(&self) -> &Expr {
        let mut e = self;
        while let ExprKind::Paren(x) = &e.kind {
            e = x;
        }
        e
    }

    /// Where gc says the node is: at the operator of a binary expression, at the `(` of a call, at the `.` of a selector,
    /// at the `[` of an index, at the `{` of a composite literal, at the first byte of anything else. Call instructions
    /// get their line from it. (Go: Node.Pos)
    pub fn pos(&self) -> Pos {
        match &self.kind {
            ExprKind::CompositeLit(x) => x.lbrace,
            ExprKind::KeyValue(x) => x.colon,
            ExprKind::Selector(x) => x.dot,
            ExprKind::Index(x) => x.lbrack,
            ExprKind::Slice(x) => x.lbrack,
            ExprKind::TypeAssert(x) => x.dot,
            ExprKind::Call(x) => x.lparen,
            ExprKind::Binary(x) => x.op_pos,
            ExprKind::FuncType(x) => x.lparen,
            _ => self.span.lo,
        }
    }

    /// Where gc reports a fault of the whole expression: its first byte, except that a slice expression is reported at
    /// its `[` and a function type behind `func`. (Go: syntax.StartPos)
    pub fn start_pos(&self) -> Pos {
        let mut e = self;
        loop {
            e = match &e.kind {
                ExprKind::Slice(x) => return x.lbrack,
                ExprKind::FuncType(x) => return x.lparen,
                ExprKind::CompositeLit(x) => match &x.ty {
                    Some(ty) => ty,
                    None => return x.lbrace,
                },
                ExprKind::KeyValue(x) => &x.key,
                ExprKind::Selector(x) => &x.x,
                ExprKind::Index(x) => &x.x,
                ExprKind::TypeAssert(x) => &x.x,
                ExprKind::Call(x) => &x.fun,
                ExprKind::Binary(x) => &x.x,
                _ => return e.span.lo,
            }
        }
    }
}

// ----------------------------------------------------------------------------------------------------------------------
// Statements

pub struct Stmt {
    pub id: NodeId,
    pub(crate) depth: u16,
    pub span: Span,
    pub kind: StmtKind,
}

const _: () = assert!(size_of::<Stmt>() == 32);

#[derive(Debug)]
pub enum StmtKind {
    /// Stands for what could not be parsed; reported already.
    Bad,
    Empty,
    Labeled(Box<LabeledStmt>),
    Decl(Box<Decl>),

    // SimpleStmt
    Expr(Box<Expr>),
    Send(Box<SendStmt>),
    IncDec(Box<IncDecStmt>),
    Assign(Box<AssignStmt>),

    Go(Box<Expr>),
    Defer(Box<Expr>),
    Return(Box<ReturnStmt>),
    Break(Option<Box<Ident>>),
    Continue(Option<Box<Ident>>),
    Goto(Box<Ident>),
    Fallthrough,
    Block(Box<Block>),
    If(Box<IfStmt>),
    Switch(Box<SwitchStmt>),
    TypeSwitch(Box<TypeSwitchStmt>),
    Select(Box<SelectStmt>),
    For(Box<ForStmt>),
    Range(Box<RangeStmt>),
}

/// `Block = "{" StatementList "}" .`
#[derive(Debug)]
pub struct Block {
    pub id: NodeId,
    /// Braces included.
    pub span: Span,
    pub stmts: Vec<Stmt>,
}

impl Block {
    /// The closing brace, where gc reports a missing return.
    pub fn rbrace(&self) -> Pos {
        Pos(self.span.hi.0.saturating_sub(1).max(self.span.lo.0))
    }
}

/// `LabeledStmt = Label ":" Statement .`
#[derive(Debug)]
pub struct LabeledStmt {
    pub label: Ident,
    /// gc's position of the statement.
    pub colon: Pos,
    pub stmt: Stmt,
}

/// `SendStmt = Channel "<-" Expression .`
#[derive(Debug)]
pub struct SendStmt {
    pub chan: Expr,
    pub arrow: Pos,
    pub value: Expr,
}

/// `IncDecStmt = Expression ( "++" | "--" ) .`
#[derive(Debug)]
pub struct IncDecStmt {
    pub x: Expr,
    pub op_pos: Pos,
    /// `++` rather than `--`.
    pub inc: bool,
}

/// `Assignment = ExpressionList assign_op ExpressionList .` `ShortVarDecl = IdentifierList ":=" ExpressionList .`
#[derive(Debug)]
pub struct AssignStmt {
    pub op: AssignOp,
    pub op_pos: Pos,
    /// Any expressions; of a declaration too, where the checker refuses what is no identifier.
    pub lhs: Vec<Expr>,
    pub rhs: Vec<Expr>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AssignOp {
    /// `=`
    Assign,
    /// `:=`
    Define,
    /// `op=`; one operand on each side.
    Op(BinaryOp),
}

/// `ReturnStmt = "return" [ ExpressionList ] .`
#[derive(Debug)]
pub struct ReturnStmt {
    pub results: Vec<Expr>,
}

/// `IfStmt = "if" [ SimpleStmt ";" ] Expression Block [ "else" ( IfStmt | Block ) ] .`
///
/// The statement's id is the scope of `init`.
#[derive(Debug)]
pub struct IfStmt {
    pub init: Option<Stmt>,
    pub cond: Expr,
    pub then: Block,
    /// A block or another `if`.
    pub els: Option<Stmt>,
}

/// `ExprSwitchStmt = "switch" [ SimpleStmt ";" ] [ Expression ] "{" { ExprCaseClause } "}" .`
///
/// The statement's id is the scope of `init`.
#[derive(Debug)]
pub struct SwitchStmt {
    pub init: Option<Stmt>,
    pub tag: Option<Expr>,
    pub lbrace: Pos,
    pub clauses: Vec<CaseClause>,
    pub rbrace: Pos,
}

/// `TypeSwitchStmt = "switch" [ SimpleStmt ";" ] [ identifier ":=" ] PrimaryExpr "." "(" "type" ")" "{" … "}" .`
///
/// The statement's id is the scope of `init`.
#[derive(Debug)]
pub struct TypeSwitchStmt {
    pub init: Option<Stmt>,
    /// The symbol declared anew in each clause, under the clause's id.
    pub bind: Option<Ident>,
    pub x: Expr,
    /// The `.` of `.(type)`.
    pub dot: Pos,
    pub lbrace: Pos,
    pub clauses: Vec<CaseClause>,
    pub rbrace: Pos,
}

/// `( "case" ( ExpressionList | TypeList ) | "default" ) ":" StatementList`
#[derive(Debug)]
pub struct CaseClause {
    /// The clause's scope, and the implicit object of a type switch.
    pub id: NodeId,
    pub span: Span,
    pub is_default: bool,
    /// Empty for `default`.
    pub exprs: Vec<Expr>,
    pub colon: Pos,
    pub body: Vec<Stmt>,
}

/// `SelectStmt = "select" "{" { CommClause } "}" .`
#[derive(Debug)]
pub struct SelectStmt {
    pub lbrace: Pos,
    pub clauses: Vec<CommClause>,
    pub rbrace: Pos,
}

/// `CommClause = ( "case" ( SendStmt | RecvStmt ) | "default" ) ":" StatementList .`
#[derive(Debug)]
pub struct CommClause {
    /// The clause's scope.
    pub id: NodeId,
    pub span: Span,
    /// Any simple statement, of which the checker refuses all but sends and receives; `None` for `default`.
    pub comm: Option<Stmt>,
    pub colon: Pos,
    pub body: Vec<Stmt>,
}

/// `ForStmt = "for" [ Condition | [ SimpleStmt ] ";" [ Condition ] ";" [ SimpleStmt ] ] Block .`
///
/// The statement's id is the scope of `init`.
#[derive(Debug)]
pub struct ForStmt {
    pub init: Option<Stmt>,
    pub cond: Option<Expr>,
    pub post: Option<Stmt>,
    pub body: Block,
}

/// `"for" [ ( ExpressionList "=" | IdentifierList ":=" ) ] "range" Expression Block`
///
/// The statement's id is the scope of the variables.
#[derive(Debug)]
pub struct RangeStmt {
    /// Key and value; more than two are refused by the checker.
    pub lhs: Vec<Expr>,
    /// `:=` rather than `=`.
    pub define: bool,
    /// The `=` or `:=`, if there is one.
    pub op_pos: Option<Pos>,
    /// The keyword `range`, gc's position of the clause.
    pub range: Pos,
    pub x: Expr,
    pub body: Block,
}

impl Stmt {
    /// An expression as a statement.
    pub fn expr(id: NodeId, e: Expr) -> Stmt {
        Stmt {
            id,
            depth: e.depth.saturating_add(1),
            span: e.span,
            kind: StmtKind::Expr(Box::new(e)),
        }
    }

    /// Where gc says the node is: at the operator of an assignment or a send, at the colon behind a label, at the first
    /// byte of anything else. (Go: Node.Pos)
    pub fn pos(&self) -> Pos {
        match &self.kind {
            StmtKind::Labeled(s) => s.colon,
            StmtKind::Expr(x) => x.pos(),
            StmtKind::Send(s) => s.arrow,
            StmtKind::IncDec(s) => s.op_pos,
            StmtKind::Assign(s) => s.op_pos,
            _ => self.span.lo,
        }
    }

    /// Where gc reports a fault of the whole statement. (Go: syntax.StartPos)
    pub fn start_pos(&self) -> Pos {
        match &self.kind {
            StmtKind::Labeled(s) => s.colon,
            StmtKind::Expr(x) => x.pos(),
            StmtKind::Send(s) => s.chan.start_pos(),
            StmtKind::IncDec(s) => s.x.start_pos(),
            StmtKind::Assign(s) => s.lhs.first().map_or(s.op_pos, Expr::start_pos),
            _ => self.span.lo,
        }
    }
}

impl fmt::Debug for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.id)?;
        self.kind.fmt(f)
    }
}

impl fmt::Debug for Stmt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} ", self.id)?;
        self.kind.fmt(f)
    }
}
