//! Decisions that need more than one token of look-ahead, made over the token list before the grammar sees it.
//!
//! Knows nothing of: the tree.

use crate::lexer::Lexeme;
use crate::token::Token;

/// Turns the `[` of each type parameter list of a type declaration into [`Token::TypeLbrack`].
///
/// Behind `type T [` an array length or a list of type parameters may follow. As gc does, the text is read as an
/// expression: `P`, `P * C`, `P (C)` could be both, and become type parameters if a comma follows or a part of them
/// can only be a type. (Go: syntax.parser.typeDecl, extractName)
pub(crate) fn mark_type_params(tokens: &mut [Lexeme]) {
    let mut at = 0;
    while at < tokens.len() {
        if tokens[at].tok != Token::Type {
            at += 1;
            continue;
        }
        at += 1;
        if tok(tokens, at) == Token::Lparen {
            // A group: each spec begins behind the parenthesis or a semicolon at this level. (Declarations nested in a
            // spec have a `type` of their own, which the loop reaches all the same.)
            let mut depth = 0;
            let mut spec = at + 1;
            while spec < tokens.len() {
                mark_spec(tokens, spec);
                loop {
                    match tok(tokens, spec) {
                        Token::Semi if depth == 0 => break,
                        t if opens(t) => depth += 1,
                        t if closes(t) => depth -= 1,
                        _ => {}
                    }
                    if depth < 0 || spec >= tokens.len() {
                        break;
                    }
                    spec += 1;
                }
                if depth < 0 {
                    break;
                }
                spec += 1;
            }
        } else {
            mark_spec(tokens, at);
        }
    }
}

/// Marks the `func` of a method declaration or a named function at the beginning of a statement at the outermost level.
pub(crate) fn mark_func_decls(tokens: &mut [Lexeme]) {
    let mut depth = 0;
    let mut begins = true;
    for at in 0..tokens.len() {
        let t = tokens[at].tok;
        if t == Token::Func && depth == 0 && begins {
            let name = match tok(tokens, at + 1) {
                Token::Name => at + 1,
                Token::Lparen => skip_brackets(tokens, at + 1),
                _ => at,
            };
            // `func (r T) m(` declares a method; `func(r T) m {` is a literal with a result.
            let is_decl = tok(tokens, name) == Token::Name
                && (name == at + 1
                    || matches!(tok(tokens, name + 1), Token::Lparen | Token::Lbrack));
            if is_decl {
                tokens[at].tok = Token::FuncDecl;
            }
        }
        if opens(t) {
            depth += 1;
        } else if closes(t) {
            depth -= 1;
        }
        begins = t == Token::Semi;
    }
}

fn tok(tokens: &[Lexeme], at: usize) -> Token {
    tokens.get(at).map_or(Token::Eof, |t| t.tok)
}

fn opens(t: Token) -> bool {
    matches!(
        t,
        Token::Lparen | Token::Lbrack | Token::TypeLbrack | Token::Lbrace
    )
}

fn closes(t: Token) -> bool {
    matches!(t, Token::Rparen | Token::Rbrack | Token::Rbrace)
}

/// The index behind the bracket that closes the one at `at`.
fn skip_brackets(tokens: &[Lexeme], at: usize) -> usize {
    let mut depth = 0;
    for (i, t) in tokens.iter().enumerate().skip(at) {
        if opens(t.tok) {
            depth += 1;
        } else if closes(t.tok) {
            depth -= 1;
            if depth == 0 {
                return i + 1;
            }
        }
    }
    tokens.len()
}

/// Marks the `[` of the spec whose name stands at `name`, if it opens type parameters.
fn mark_spec(tokens: &mut [Lexeme], name: usize) {
    let is_generic = tok(tokens, name) == Token::Name
        && tok(tokens, name + 1) == Token::Lbrack
        && tok(tokens, name + 2) == Token::Name
        && opens_type_params(tokens, name + 3);
    if is_generic {
        tokens[name + 1].tok = Token::TypeLbrack;
    }
}

/// Whether `[P` before `at` begins type parameters.
fn opens_type_params(tokens: &[Lexeme], at: usize) -> bool {
    use Token::*;
    match tok(tokens, at) {
        // `P[` begins a slice or array constraint: an index or slice expression is never constant.
        Lbrack => true,
        // An array length.
        Rbrack | Dot | Lbrace => false,
        Star => {
            let (end, is_type) = scan_operand(tokens, at + 1);
            is_type || tok(tokens, end) == Comma
        }
        Lparen => {
            let end = skip_brackets(tokens, at);
            let (_, is_type) = scan_operand(tokens, at + 1);
            match tok(tokens, end) {
                Comma => true,
                Rbrack => is_type,
                Or => {
                    let (end, more) = scan_operand(tokens, end + 1);
                    is_type || more || tok(tokens, end) == Comma
                }
                _ => false,
            }
        }
        // Another operator: a length.
        OrOr | AndAnd | Eql | Neq | Lss | Leq | Gtr | Geq | Add | Sub | Or | Xor | Div | Rem
        | And | AndNot | Shl | Shr => false,
        // A constraint, a comma, or a fault.
        _ => true,
    }
}

/// Reads up to the `]`, `)` or `,` that ends the operand at `at`; says where it is, and whether a part of the operand can
/// only be a type. Arguments and indices do not count.
fn scan_operand(tokens: &[Lexeme], mut at: usize) -> (usize, bool) {
    use Token::*;
    let mut is_type = false;
    let mut depth = 0;
    // Whether the token before ends an operand, so that a bracket applies to it.
    let mut after_operand = false;
    loop {
        match tok(tokens, at) {
            Eof | Semi => return (at, is_type),
            Comma | Rbrack | Rparen if depth == 0 => return (at, is_type),
            Lparen | Lbrack | Lbrace if after_operand => {
                at = skip_brackets(tokens, at);
                continue;
            }
            Lbrack | Tilde | Struct | Interface | Func | Map | Chan => {
                is_type = true;
                if tok(tokens, at) == Lbrack {
                    // The type's own length; its element follows.
                    at = skip_brackets(tokens, at);
                    after_operand = false;
                    continue;
                }
                after_operand = matches!(tok(tokens, at), Struct | Interface | Func | Map);
            }
            Lparen => {
                depth += 1;
                after_operand = false;
            }
            Rparen => {
                depth -= 1;
                after_operand = true;
            }
            t => after_operand = t == Name || t.is_literal() || closes(t),
        }
        at += 1;
    }
}
