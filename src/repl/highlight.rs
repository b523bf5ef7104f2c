//! Colours for what is being typed, from the language's own tokens, and the bracket that matches the one at the cursor.

use minigo_syntax::lexer::lex;
use minigo_syntax::source::{SourceMap, Span};
use minigo_syntax::token::Token;

/// How a token looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    Keyword,
    Text,
    Number,
    Comment,
    Command,
    Predeclared,
    Match,
    Unmatched,
}

impl Style {
    /// The escape sequence that begins it.
    pub fn begin(self) -> &'static str {
        match self {
            Style::Keyword => "\x1b[35m",
            Style::Text => "\x1b[32m",
            Style::Number => "\x1b[36m",
            Style::Comment => "\x1b[2m",
            Style::Command => "\x1b[34m",
            Style::Predeclared => "\x1b[33m",
            Style::Match => "\x1b[1;4m",
            Style::Unmatched => "\x1b[31m",
        }
    }
}

/// The sequence that ends every style.
pub const END: &str = "\x1b[0m";
/// The sequence for what is said beside the matter.
pub const DIM: &str = "\x1b[2m";

/// The stretches of a text that have a style, in order; `cursor` is where the next character goes.
pub fn styles(text: &str, cursor: usize) -> Vec<(std::ops::Range<usize>, Style)> {
    if text.trim_start().starts_with(':') {
        let end = text.find(char::is_whitespace).unwrap_or(text.len());
        return vec![(0..end, Style::Command)];
    }
    let mut sources = SourceMap::new();
    let Ok(file) = sources.add("input", text.to_owned()) else {
        return Vec::new();
    };
    let lexed = lex(&file, 0, text.len() as u32, false);
    let range = |span: Span| file.offset(span.lo) as usize..file.offset(span.hi) as usize;
    let mut out = Vec::new();
    let mut brackets = Vec::new();
    let mut pairs = Vec::new();
    for t in &lexed.tokens {
        let r = range(t.span);
        let style = match t.tok {
            Token::String | Token::Rune => Style::Text,
            Token::Int | Token::Float | Token::Imag => Style::Number,
            Token::Name if is_predeclared(t.text.as_str()) => Style::Predeclared,
            Token::Lparen | Token::Lbrack | Token::TypeLbrack | Token::Lbrace => {
                brackets.push((t.tok, r));
                continue;
            }
            Token::Rparen | Token::Rbrack | Token::Rbrace => {
                match brackets.pop() {
                    Some((open, at)) if fits(open, t.tok) => pairs.push((at, r)),
                    _ => out.push((r, Style::Unmatched)),
                }
                continue;
            }
            _ if t.tok.is_keyword() => Style::Keyword,
            _ => continue,
        };
        out.push((r, style));
    }
    out.extend(
        lexed
            .comments
            .iter()
            .map(|c| (range(c.span), Style::Comment)),
    );
    for (open, close) in pairs {
        let near = |r: &std::ops::Range<usize>| cursor == r.start || cursor == r.end;
        if near(&open) || near(&close) {
            out.push((open, Style::Match));
            out.push((close, Style::Match));
        }
    }
    out.retain(|(r, _)| {
        !r.is_empty() && text.is_char_boundary(r.start) && text.is_char_boundary(r.end)
    });
    out.sort_by_key(|(r, _)| r.start);
    out
}

fn fits(open: Token, close: Token) -> bool {
    matches!(
        (open, close),
        (Token::Lparen, Token::Rparen)
            | (Token::Lbrack | Token::TypeLbrack, Token::Rbrack)
            | (Token::Lbrace, Token::Rbrace)
    )
}

/// The text with its colours.
pub fn colored(text: &str, cursor: usize) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut at = 0;
    for (range, style) in styles(text, cursor) {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        out.push_str(style.begin());
        out.push_str(&text[range.clone()]);
        out.push_str(END);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether a name means something without being declared.
fn is_predeclared(name: &str) -> bool {
    super::completion::PREDECLARED.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_colours() {
        let text = "x := f(\"a\", 1) // c";
        let found: Vec<(&str, Style)> = styles(text, 0)
            .into_iter()
            .map(|(r, s)| (&text[r], s))
            .collect();
        let wanted = [
            ("\"a\"", Style::Text),
            ("1", Style::Number),
            ("// c", Style::Comment),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn the_matching_bracket_is_marked() {
        let found = styles("f(a[0])", 7);
        let marked: Vec<usize> = found
            .iter()
            .filter(|(_, s)| *s == Style::Match)
            .map(|(r, _)| r.start)
            .collect();
        assert_eq!(marked, [1, 6]);
        assert_eq!(styles("f)", 0), [(1..2, Style::Unmatched)]);
    }

    #[test]
    fn colours_do_not_change_the_text() {
        let text = "for i := range 3 { fmt.Println(\"ä\", i) }";
        let mut plain = colored(text, 3);
        for seq in ["\x1b[35m", "\x1b[32m", "\x1b[36m", "\x1b[1;4m", END] {
            plain = plain.replace(seq, "");
        }
        assert_eq!(plain, text);
    }
}
