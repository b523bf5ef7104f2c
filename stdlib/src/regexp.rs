//! Package regexp: Go's syntax and rules over a matching engine that runs in linear time too.
//!
//! The engine looks at UTF-8; in Go an invalid byte counts as U+FFFD. So a text with such bytes is matched in a copy
//! that has U+FFFD for them, and the positions are translated back.
//!
//! Expressions are never freed: each is made once, and Go keeps its address.

mod parse;

use minigo_vm::native;
use minigo_vm::native::{GoSlice, GoStr, NativeTable, new_slice, new_string, new_strings};
use parse::{Fault, LARGE, Parsed, UTF8};
use regex_automata::meta;
use regex_automata::nfa::thompson::{self, pikevm::PikeVM};
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, MatchKind};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, OnceLock};

/// A compiled expression.
struct Regex {
    parsed: Parsed,
    engine: meta::Regex,
    /// For leftmost-longest matches, made when first needed.
    longest: OnceLock<Option<PikeVM>>,
}

type Known = HashMap<(Vec<u8>, bool), &'static Regex>;

static KNOWN: LazyLock<Mutex<Known>> = LazyLock::new(Mutex::default);

/// How large the engine's program may get; Go's own limits come first.
const PROGRAM_LIMIT: usize = 512 << 20;

fn compile(expr: &[u8], perl: bool) -> Result<&'static Regex, Fault> {
    let key = (expr.to_vec(), perl);
    let known = KNOWN.lock().unwrap_or_else(|e| e.into_inner());
    if let Some(re) = known.get(&key) {
        return Ok(re);
    }
    drop(known);
    let Ok(text) = std::str::from_utf8(expr) else {
        return Err(Fault {
            code: UTF8,
            part: String::new(),
        });
    };
    let parsed = parse::parse(text, perl)?;
    let config = meta::Config::new()
        .nfa_size_limit(Some(PROGRAM_LIMIT))
        .utf8_empty(true);
    let engine = meta::Builder::new()
        .configure(config)
        .build_from_hir(&parsed.hir)
        .map_err(|_| Fault {
            code: LARGE,
            part: text.to_owned(),
        })?;
    let re = Box::leak(Box::new(Regex {
        parsed,
        engine,
        longest: OnceLock::new(),
    }));
    KNOWN
        .lock()
        .unwrap_or_else(|e| e.into_inner())
        .insert(key, re);
    Ok(re)
}

/// A text in UTF-8, with the way back to the original's positions where it had to be changed.
struct Text<'a> {
    bytes: Cow<'a, [u8]>,
    origin: Option<Vec<usize>>,
    original: &'a [u8],
}

impl<'a> Text<'a> {
    fn new(b: &'a [u8]) -> Text<'a> {
        if std::str::from_utf8(b).is_ok() {
            return Text {
                bytes: Cow::Borrowed(b),
                origin: None,
                original: b,
            };
        }
        let mut bytes = Vec::with_capacity(b.len() + 8);
        let mut origin = Vec::with_capacity(b.len() + 8);
        let mut at = 0;
        while at < b.len() {
            let (r, n) = crate::utf8::decode(&b[at..]);
            let from = bytes.len();
            crate::utf8::push(&mut bytes, r);
            origin.resize(bytes.len(), at);
            debug_assert!(origin.len() - from <= 4);
            at += n;
        }
        origin.push(b.len());
        Text {
            bytes: Cow::Owned(bytes),
            origin: Some(origin),
            original: b,
        }
    }

    fn to_origin(&self, at: usize) -> i64 {
        self.origin.as_ref().map_or(at, |o| o[at]) as i64
    }

    /// The length of the character at `at`, 0 at the end.
    fn width(&self, at: usize) -> usize {
        match at < self.bytes.len() {
            true => crate::utf8::decode(&self.bytes[at..]).1,
            false => 0,
        }
    }
}

impl Regex {
    fn longest(&self) -> Option<&PikeVM> {
        let make = || {
            let nfa = thompson::Compiler::new()
                .build_from_hir(&self.parsed.hir)
                .ok()?;
            let config = PikeVM::config().match_kind(MatchKind::All);
            PikeVM::builder().configure(config).build_from_nfa(nfa).ok()
        };
        self.longest.get_or_init(make).as_ref()
    }

    /// Appends the positions of the first match from `from` on, `ncap` of them; reports whether there is one.
    fn find(
        &self,
        text: &[u8],
        from: usize,
        ncap: usize,
        longest: bool,
        caps: &mut Captures,
        out: &mut Vec<Option<usize>>,
    ) -> bool {
        let input = Input::new(text).range(from..);
        out.clear();
        if longest {
            let Some(first) = self.engine.search(&input) else {
                return false;
            };
            let Some(vm) = self.longest() else {
                return false;
            };
            let input = input.range(first.start()..).anchored(Anchored::Yes);
            let mut slots = vec![None; self.parsed.names.len() * 2];
            if vm
                .search_slots(&mut vm.create_cache(), &input, &mut slots)
                .is_none()
            {
                return false;
            }
            out.extend(slots.iter().take(ncap).map(|s| s.map(|s| s.get())));
            return true;
        }
        if ncap <= 2 {
            let Some(m) = self.engine.search(&input) else {
                return false;
            };
            out.extend([Some(m.start()), Some(m.end())]);
            return true;
        }
        self.engine.search_captures(&input, caps);
        if !caps.is_match() {
            return false;
        }
        for group in 0..ncap / 2 {
            let span = caps.get_group(group);
            out.extend([span.map(|s| s.start), span.map(|s| s.end)]);
        }
        true
    }

    /// The positions of up to `n` matches one after the other, -1 where a group has none. For replacing, an empty match
    /// counts unless another ended there.
    fn matches(
        &self,
        text: &Text,
        n: i64,
        ncap: usize,
        longest: bool,
        replacing: bool,
    ) -> Vec<i64> {
        let mut out = Vec::new();
        let mut caps = self.engine.create_captures();
        let mut spans = Vec::new();
        let end = text.bytes.len();
        let (mut pos, mut previous, mut found) = (0, None, 0);
        while pos <= end && (n < 0 || found < n) {
            if !self.find(&text.bytes, pos, ncap, longest, &mut caps, &mut spans) {
                break;
            }
            let (from, to) = (spans[0].unwrap_or(0), spans[1].unwrap_or(0));
            let width = text.width(pos);
            let accept = match replacing {
                true => to > previous.unwrap_or(0) || from == 0,
                false => to != pos || Some(from) != previous,
            };
            pos = match replacing {
                true if pos + width > to => pos + width,
                true if pos + 1 > to => pos + 1,
                false if to == pos && width > 0 => pos + width,
                false if to == pos => end + 1,
                _ => to,
            };
            previous = Some(to);
            if accept {
                found += 1;
                out.extend(spans.iter().map(|s| s.map_or(-1, |s| text.to_origin(s))));
            }
        }
        debug_assert!(text.original.len() <= text.bytes.len());
        out
    }
}

/// # Safety
/// Go hands back what `Compile` gave it.
unsafe fn regex(handle: usize) -> &'static Regex {
    // SAFETY: compiled expressions live for ever.
    unsafe { &*(handle as *const Regex) }
}

native! {
    fn compile_expr(gp, expr: GoStr, perl: bool) -> (usize, GoSlice, GoStr, GoStr) {
        match compile(expr.bytes(), perl) {
            Ok(re) => {
                let handle = std::ptr::from_ref(re) as usize;
                (handle, new_strings(gp, &re.parsed.names), new_string(gp, b""), new_string(gp, b""))
            }
            Err(f) => {
                let none = GoSlice { ptr: std::ptr::null_mut(), len: 0, cap: 0 };
                let part = match f.code {
                    UTF8 if f.part.is_empty() => invalid_part(expr.bytes()),
                    _ => f.part.as_bytes(),
                };
                (0, none, new_string(gp, f.code.as_bytes()), new_string(gp, part))
            }
        }
    }
    fn is_match(gp, handle: usize, text: GoStr) -> bool {
        let text = Text::new(text.bytes());
        regex(handle).engine.is_match(Input::new(&text.bytes))
    }
    fn matches(gp, handle: usize, text: GoStr, n: i64, ncap: usize, longest: bool, replacing: bool) -> GoSlice {
        let found = regex(handle).matches(&Text::new(text.bytes()), n, ncap, longest, replacing);
        new_slice(gp, &found)
    }
    fn literal_prefix(gp, handle: usize) -> (GoStr, bool) {
        let parsed = &regex(handle).parsed;
        (new_string(gp, parsed.prefix.as_bytes()), parsed.complete)
    }
}

/// From the first invalid byte on.
fn invalid_part(expr: &[u8]) -> &[u8] {
    match std::str::from_utf8(expr) {
        Ok(_) => b"",
        Err(e) => &expr[e.valid_up_to()..],
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("regexp.compileExpr", compile_expr),
    ("regexp.isMatch", is_match),
    ("regexp.literalPrefix", literal_prefix),
    ("regexp.matches", matches),
];
