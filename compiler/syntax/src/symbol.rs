//! Interned names: a [`Symbol`] is 4 bytes, comparing two compares numbers, and the text lives for the whole process.
//!
//! One table for all threads. Interning takes a lock (the lexer holds it for a whole file); reading a symbol's text
//! takes none: texts lie in chunks that double in size and never move.
//!
//! Invariant: a `Symbol` leaves this module only after its text was written and `Inner::len` grew, under the lock.

use std::fmt;
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// An interned name or literal text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(u32);

const FIRST_CHUNK_BITS: u32 = 10;
const N_CHUNKS: usize = 22;

/// Chunk `i` holds `1024 << i` texts; null until its first text is written.
static CHUNKS: [AtomicPtr<&'static str>; N_CHUNKS] =
    [const { AtomicPtr::new(std::ptr::null_mut()) }; N_CHUNKS];

static INTERNER: Mutex<Inner> = Mutex::new(Inner {
    table: Vec::new(),
    len: 0,
    arena: &mut [],
});

/// The chunk of a symbol and the index in it.
fn place(sym: u32) -> (usize, usize) {
    let n = sym + (1 << FIRST_CHUNK_BITS);
    let bits = n.ilog2();
    (
        (bits - FIRST_CHUNK_BITS) as usize,
        (n - (1 << bits)) as usize,
    )
}

impl Symbol {
    /// The symbol of the empty text.
    pub const EMPTY: Symbol = Symbol(0);
    /// The blank identifier `_`.
    pub const BLANK: Symbol = Symbol(1);

    /// The symbol of a text; equal texts have equal symbols.
    pub fn intern(text: &str) -> Symbol {
        lock().intern(text)
    }

    pub fn as_str(self) -> &'static str {
        let (chunk, idx) = place(self.0);
        // Acquire: pairs with the Release in `Interner::intern`, which publishes the chunk after filling its texts
        // with "". The text itself is ordered by whatever handed us the symbol, which came from under the lock.
        let texts = CHUNKS[chunk].load(Ordering::Acquire);
        if texts.is_null() {
            // Nothing was interned yet: it is one of the constants.
            return if self == Symbol::EMPTY { "" } else { "_" };
        }
        // SAFETY: every other symbol exists only if its text was written into this chunk (module invariant); chunks are leaked,
        // never move, and a written text never changes.
        unsafe { *texts.add(idx) }
    }

    /// A dense number, for tables indexed by symbol.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    pub fn is_blank(self) -> bool {
        self == Symbol::BLANK
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl From<&str> for Symbol {
    fn from(text: &str) -> Symbol {
        Symbol::intern(text)
    }
}

struct Inner {
    /// Open addressing over `(hash, symbol + 1)`; 0 is a free place. The length is a power of two.
    table: Vec<(u32, u32)>,
    len: u32,
    /// What is left of the block that texts are copied into.
    arena: &'static mut [u8],
}

/// The locked table. Do not intern through [`Symbol::intern`] while holding one.
pub(crate) struct Interner(MutexGuard<'static, Inner>);

pub(crate) fn lock() -> Interner {
    // A panic cannot leave the table half changed: nothing between its writes can panic.
    let mut interner = Interner(INTERNER.lock().unwrap_or_else(PoisonError::into_inner));
    if interner.0.len == 0 {
        interner.intern("");
        interner.intern("_");
    }
    interner
}

fn hash(text: &[u8]) -> u32 {
    const K: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut h = text.len() as u64;
    let mut words = text.chunks_exact(8);
    for w in &mut words {
        h = (h.rotate_left(5) ^ u64::from_le_bytes(w.try_into().expect("chunks of 8")))
            .wrapping_mul(K);
    }
    let mut last = 0;
    for b in words.remainder() {
        last = last << 8 | u64::from(*b);
    }
    h = (h.rotate_left(5) ^ last).wrapping_mul(K);
    (h >> 32) as u32
}

impl Interner {
    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        self.intern_bytes(text.as_bytes())
    }

    /// The symbol of a piece of source text; where that is no UTF-8, of its readable form.
    pub(crate) fn intern_bytes(&mut self, text: &[u8]) -> Symbol {
        let inner = &mut *self.0;
        if inner.len as usize * 2 >= inner.table.len() {
            inner.grow();
        }
        let h = hash(text);
        let mask = inner.table.len() - 1;
        let mut i = h as usize & mask;
        loop {
            let (h2, sym) = inner.table[i];
            if sym == 0 {
                break;
            }
            if h2 == h && Symbol(sym - 1).as_str().as_bytes() == text {
                return Symbol(sym - 1);
            }
            i = (i + 1) & mask;
        }
        let sym = inner.len;
        let text = inner.keep(&String::from_utf8_lossy(text));
        let (chunk, idx) = place(sym);
        let mut texts = CHUNKS[chunk].load(Ordering::Relaxed);
        if texts.is_null() {
            let fresh: Vec<&'static str> = vec![""; 1 << (FIRST_CHUNK_BITS as usize + chunk)];
            texts = Box::leak(fresh.into_boxed_slice()).as_mut_ptr();
            // Release: pairs with the Acquire in `Symbol::as_str`.
            CHUNKS[chunk].store(texts, Ordering::Release);
        }
        // SAFETY: `idx` is inside the chunk by `place`; nobody reads this element yet, because no symbol for it exists.
        unsafe { *texts.add(idx) = text };
        inner.table[i] = (h, sym + 1);
        inner.len += 1;
        Symbol(sym)
    }
}

impl Inner {
    fn grow(&mut self) {
        let len = (self.table.len() * 2).max(4096);
        let old = std::mem::replace(&mut self.table, vec![(0, 0); len]);
        for (h, sym) in old.into_iter().filter(|(_, sym)| *sym != 0) {
            let mut i = h as usize & (len - 1);
            while self.table[i].1 != 0 {
                i = (i + 1) & (len - 1);
            }
            self.table[i] = (h, sym);
        }
    }

    /// Copies a text to where it stays for ever.
    fn keep(&mut self, text: &str) -> &'static str {
        const BLOCK: usize = 1 << 16;
        if text.len() > BLOCK / 4 {
            return Box::leak(text.to_owned().into_boxed_str());
        }
        if self.arena.len() < text.len() {
            self.arena = Box::leak(vec![0; BLOCK].into_boxed_slice());
        }
        let (copy, rest) = std::mem::take(&mut self.arena).split_at_mut(text.len());
        self.arena = rest;
        copy.copy_from_slice(text.as_bytes());
        std::str::from_utf8(copy).expect("a copy of a str")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_texts_have_equal_symbols_on_all_threads() {
        assert_eq!(Symbol::EMPTY.as_str(), "");
        assert_eq!(Symbol::intern("_"), Symbol::BLANK);
        let make = || {
            (0..5000)
                .map(|i| Symbol::intern(&format!("name{i}")))
                .collect::<Vec<_>>()
        };
        let other = std::thread::spawn(make);
        let ours = make();
        assert_eq!(ours, other.join().unwrap());
        for (i, sym) in ours.iter().enumerate() {
            assert_eq!(sym.as_str(), format!("name{i}"));
        }
        let long = "x".repeat(100_000);
        assert_eq!(Symbol::intern(&long).as_str(), long);
    }

    #[test]
    fn places_fill_chunks_in_order() {
        assert_eq!(place(0), (0, 0));
        assert_eq!(place(1023), (0, 1023));
        assert_eq!(place(1024), (1, 0));
        assert_eq!(place(1024 + 2047), (1, 2047));
        assert_eq!(place(1024 + 2048), (2, 0));
        assert_eq!(place(u32::MAX - 1024).0, N_CHUNKS - 1);
    }
}
