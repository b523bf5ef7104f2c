//! The page allocator: which pages of the arena are in use, and first fit among the others. (Go: runtime/mpagealloc.go)
//!
//! Pages lie in chunks of 512, a bitmap each, and a summary of the free pages: at the start, longest run, at the end. 64
//! chunks make a group with a summary of the same form, so that a search skips 256 MiB at a time. First fit by address
//! keeps the heap dense at its low end, and what is free for long at its high end. Memory is given back from that end: what
//! is allocated next is rarely what was given back last.
//!
//! Invariants: a free page that is not `dirty` reads as zero. Pages that are on their way back to the system are marked
//! used, but counted as `releasing`, not as used: nobody can be given them meanwhile. No chunk above `release_hint` has a
//! free dirty page.
//! Locks: none; the owner of the allocator has one around it.
//! Knows nothing of: spans, addresses (a page is an index).

/// Pages in a chunk.
pub const CHUNK_PAGES: usize = 512;
const WORDS: usize = CHUNK_PAGES / 64;
const GROUP_CHUNKS: usize = 64;

type Bits = [u64; WORDS];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Summary {
    start: usize,
    max: usize,
    end: usize,
}

impl Summary {
    const FREE: Summary = Summary {
        start: CHUNK_PAGES,
        max: CHUNK_PAGES,
        end: CHUNK_PAGES,
    };
}

struct Chunk {
    used: Bits,
    dirty: Bits,
    sum: Summary,
}

/// Which pages are free, and which dirty.
pub struct PageAlloc {
    chunks: Vec<Chunk>,
    groups: Vec<Summary>,
    /// No chunk below this one has a free page.
    hint: usize,
    /// No chunk above this one has a free dirty page.
    release_hint: usize,
    used_pages: usize,
    dirty_free: usize,
    releasing: usize,
}

/// A run of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub page: usize,
    pub n: usize,
}

/// Calls `f` with the mask and the word index of every word that `[page, page + n)` (inside one chunk) touches.
#[inline]
fn for_words(page: usize, n: usize, mut f: impl FnMut(usize, u64)) {
    let (mut at, end) = (page, page + n);
    while at < end {
        let bit = at % 64;
        let len = (64 - bit).min(end - at);
        f(at / 64, (u64::MAX >> (64 - len)) << bit);
        at += len;
    }
}

/// Calls `f` with every run of zero bits; stops when it returns true.
fn zero_runs(bits: &Bits, mut f: impl FnMut(usize, usize) -> bool) {
    let mut run = 0;
    for (i, &word) in bits.iter().enumerate() {
        let (mut x, mut at) = (word, 0);
        while at < 64 {
            let zeros = (x.trailing_zeros() as usize).min(64 - at);
            run += zeros;
            at += zeros;
            if at == 64 {
                break;
            }
            if run > 0 && f(i * 64 + at - run, run) {
                return;
            }
            run = 0;
            x >>= zeros;
            let ones = x.trailing_ones() as usize;
            at += ones;
            x = if ones == 64 { 0 } else { x >> ones };
        }
    }
    if run > 0 {
        f(CHUNK_PAGES - run, run);
    }
}

fn summarize(used: &Bits) -> Summary {
    let mut s = Summary {
        start: 0,
        max: 0,
        end: 0,
    };
    zero_runs(used, |at, len| {
        if at == 0 {
            s.start = len;
        }
        s.max = s.max.max(len);
        if at + len == CHUNK_PAGES {
            s.end = len;
        }
        false
    });
    s
}

/// The highest run of free dirty pages of a chunk, or its last `max` pages.
fn highest_run(c: &Chunk, max: usize) -> Option<(usize, usize)> {
    let free = |w: usize| c.dirty[w] & !c.used[w];
    let w = (0..WORDS).rev().find(|&w| free(w) != 0)?;
    let end = w * 64 + 64 - free(w).leading_zeros() as usize;
    let mut at = end;
    while at > 0 && end - at < max {
        let bit = (at - 1) % 64;
        let n = (free((at - 1) / 64) << (63 - bit)).leading_ones() as usize;
        at -= n;
        if n <= bit {
            break;
        }
    }
    let at = at.max(end - max.min(end));
    Some((at, end - at))
}

impl PageAlloc {
    pub const fn new() -> PageAlloc {
        PageAlloc {
            chunks: Vec::new(),
            groups: Vec::new(),
            hint: 0,
            release_hint: 0,
            used_pages: 0,
            dirty_free: 0,
            releasing: 0,
        }
    }

    /// Pages handed out.
    pub fn used_pages(&self) -> usize {
        self.used_pages
    }

    /// Free pages that still have memory behind them.
    pub fn dirty_free(&self) -> usize {
        self.dirty_free
    }

    /// All pages there are.
    pub fn total_pages(&self) -> usize {
        self.chunks.len() * CHUNK_PAGES
    }

    /// Adds clean chunks at the end.
    pub fn grow(&mut self, chunks: usize) {
        self.hint = self.hint.min(self.chunks.len());
        for _ in 0..chunks {
            let zero = [0; WORDS];
            self.chunks.push(Chunk {
                used: zero,
                dirty: zero,
                sum: Summary::FREE,
            });
            let group = (self.chunks.len() - 1) / GROUP_CHUNKS;
            if group == self.groups.len() {
                self.groups.push(Summary {
                    start: 0,
                    max: 0,
                    end: 0,
                });
            }
            self.summarize_group(group);
        }
    }

    /// The free pages at the very end: what a growth would be added to.
    pub fn free_at_end(&self) -> usize {
        let mut n = 0;
        for c in self.chunks.iter().rev() {
            n += c.sum.end;
            if c.sum.end < CHUNK_PAGES {
                break;
            }
        }
        n
    }

    /// Takes `n` pages, the first on a multiple of `align` (a power of two, at most a chunk). Says whether they may hold
    /// anything but zeros. `None`: grow first.
    pub fn alloc(&mut self, n: usize, align: usize) -> Option<(Run, bool)> {
        let page = if align <= 1 {
            self.find(n)?
        } else {
            self.find_aligned(n, align)?
        };
        let mut was_dirty = false;
        let mut dirty_taken = 0;
        self.update(page, n, |c, w, mask| {
            debug_assert_eq!(c.used[w] & mask, 0);
            c.used[w] |= mask;
            dirty_taken += (c.dirty[w] & mask).count_ones() as usize;
            was_dirty |= c.dirty[w] & mask != 0;
            c.dirty[w] |= mask;
        });
        self.used_pages += n;
        self.dirty_free -= dirty_taken;
        while self.hint < self.chunks.len() && self.chunks[self.hint].sum.max == 0 {
            self.hint += 1;
        }
        Some((Run { page, n }, was_dirty))
    }

    /// Takes a run back.
    pub fn free(&mut self, run: Run) {
        self.update(run.page, run.n, |c, w, mask| {
            debug_assert_eq!(c.used[w] & mask, mask);
            c.used[w] &= !mask;
        });
        self.used_pages -= run.n;
        self.dirty_free += run.n;
        self.hint = self.hint.min(run.page / CHUNK_PAGES);
        self.release_hint = self.release_hint.max((run.page + run.n - 1) / CHUNK_PAGES);
    }

    /// Is the page handed out? For checks.
    pub fn is_used(&self, page: usize) -> bool {
        self.chunks[page / CHUNK_PAGES].used[page % CHUNK_PAGES / 64] >> (page % 64) & 1 == 1
    }

    /// Takes free dirty pages to give them back to the system: the highest there are, at most `max` in a row (of one
    /// chunk). They are nobody's until [`PageAlloc::end_release`]. `None`: every free page is clean.
    pub fn begin_release(&mut self, max: usize) -> Option<Run> {
        if self.dirty_free == 0 {
            return None;
        }
        let run = loop {
            let ci = self.release_hint;
            if let Some((at, n)) = highest_run(&self.chunks[ci], max) {
                break Run { page: ci * CHUNK_PAGES + at, n };
            }
            // Some chunk has one, so this is not the first.
            self.release_hint -= 1;
        };
        self.update(run.page, run.n, |c, w, mask| c.used[w] |= mask);
        self.dirty_free -= run.n;
        self.releasing += run.n;
        Some(run)
    }

    /// The pages have been given back: they are free, and clean.
    pub fn end_release(&mut self, run: Run) {
        self.update(run.page, run.n, |c, w, mask| {
            c.used[w] &= !mask;
            c.dirty[w] &= !mask;
        });
        self.releasing -= run.n;
        self.hint = self.hint.min(run.page / CHUNK_PAGES);
    }

    /// Applies `f` to the words of a run, then renews the summaries above them.
    fn update(&mut self, page: usize, n: usize, mut f: impl FnMut(&mut Chunk, usize, u64)) {
        let (mut at, end) = (page, page + n);
        let mut changed = false;
        while at < end {
            let ci = at / CHUNK_PAGES;
            let len = (CHUNK_PAGES - at % CHUNK_PAGES).min(end - at);
            let c = &mut self.chunks[ci];
            for_words(at % CHUNK_PAGES, len, |w, mask| f(c, w, mask));
            let sum = summarize(&c.used);
            changed |= sum != c.sum;
            c.sum = sum;
            at += len;
            if changed && (at >= end || (ci + 1).is_multiple_of(GROUP_CHUNKS)) {
                self.summarize_group(ci / GROUP_CHUNKS);
                changed = false;
            }
        }
    }

    fn group_chunks(&self, group: usize) -> std::ops::Range<usize> {
        group * GROUP_CHUNKS..((group + 1) * GROUP_CHUNKS).min(self.chunks.len())
    }

    fn summarize_group(&mut self, group: usize) {
        let range = self.group_chunks(group);
        let pages = range.len() * CHUNK_PAGES;
        let (mut run, mut max, mut start) = (0, 0, None);
        for c in &self.chunks[range] {
            if c.sum.start == CHUNK_PAGES {
                run += CHUNK_PAGES;
                continue;
            }
            run += c.sum.start;
            start.get_or_insert(run);
            max = max.max(run).max(c.sum.max);
            run = c.sum.end;
        }
        self.groups[group] = Summary {
            start: start.unwrap_or(pages),
            max: max.max(run),
            end: run,
        };
    }

    /// First page of the lowest free run of at least `n` pages.
    fn find(&self, n: usize) -> Option<usize> {
        let mut ci = self.hint;
        // Free pages that end where chunk `ci` starts.
        let mut run = 0;
        while ci < self.chunks.len() {
            if ci.is_multiple_of(GROUP_CHUNKS) {
                let g = &self.groups[ci / GROUP_CHUNKS];
                let chunks = self.group_chunks(ci / GROUP_CHUNKS).len();
                if g.max < n && run + g.start < n {
                    run = if g.start == chunks * CHUNK_PAGES {
                        run + g.start
                    } else {
                        g.end
                    };
                    ci += chunks;
                    continue;
                }
            }
            let c = &self.chunks[ci];
            if run + c.sum.start >= n {
                return Some(ci * CHUNK_PAGES - run);
            }
            if c.sum.max >= n {
                let mut found = None;
                zero_runs(&c.used, |at, len| {
                    if len >= n {
                        found = Some(at);
                    }
                    len >= n
                });
                return found.map(|at| ci * CHUNK_PAGES + at);
            }
            run = if c.sum.start == CHUNK_PAGES {
                run + CHUNK_PAGES
            } else {
                c.sum.end
            };
            ci += 1;
        }
        None
    }

    /// The same with alignment, inside one chunk.
    fn find_aligned(&self, n: usize, align: usize) -> Option<usize> {
        debug_assert!(n <= CHUNK_PAGES && align <= CHUNK_PAGES);
        for ci in self.hint..self.chunks.len() {
            let c = &self.chunks[ci];
            if c.sum.max < n {
                continue;
            }
            let mut found = None;
            zero_runs(&c.used, |at, len| {
                let up = at.next_multiple_of(align);
                if up + n <= at + len {
                    found = Some(up);
                }
                found.is_some()
            });
            if let Some(at) = found {
                return Some(ci * CHUNK_PAGES + at);
            }
        }
        None
    }

    /// Recomputes everything that is cached. For verify mode. Returns what is wrong.
    pub fn check(&self) -> Option<String> {
        let (mut used, mut dirty_free) = (0, 0);
        for (i, c) in self.chunks.iter().enumerate() {
            if c.sum != summarize(&c.used) {
                return Some(format!("page chunk {i}: stale summary"));
            }
            for w in 0..WORDS {
                used += c.used[w].count_ones() as usize;
                dirty_free += (c.dirty[w] & !c.used[w]).count_ones() as usize;
            }
            if i > self.release_hint && (0..WORDS).any(|w| c.dirty[w] & !c.used[w] != 0) {
                return Some(format!(
                    "page chunk {i}: free dirty pages above the hint {}",
                    self.release_hint
                ));
            }
            if c.sum.max > 0 && i < self.hint {
                return Some(format!(
                    "page chunk {i}: free pages below the hint {}",
                    self.hint
                ));
            }
        }
        if used != self.used_pages + self.releasing || dirty_free != self.dirty_free {
            return Some(format!(
                "pages: {used} used and {dirty_free} dirty, counted {} (and {} on the way) and {}",
                self.used_pages, self.releasing, self.dirty_free
            ));
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A small deterministic generator; tests need no better.
    fn next(seed: &mut u64) -> u64 {
        *seed ^= *seed << 13;
        *seed ^= *seed >> 7;
        *seed ^= *seed << 17;
        *seed
    }

    fn groups_agree(p: &mut PageAlloc) {
        for g in 0..p.groups.len() {
            let old = p.groups[g];
            p.summarize_group(g);
            assert_eq!(old, p.groups[g], "group {g}");
        }
    }

    #[test]
    fn random_runs_against_a_model() {
        let mut p = PageAlloc::new();
        p.grow(130);
        let mut model = vec![false; p.total_pages()];
        let mut live: Vec<Run> = Vec::new();
        let mut seed = 42;
        for step in 0..20_000 {
            if next(&mut seed) % 5 < 3 || live.is_empty() {
                let n = match next(&mut seed) % 20 {
                    0 => 1 + next(&mut seed) as usize % 3000,
                    1..5 => 1 + next(&mut seed) as usize % 100,
                    _ => 1 + next(&mut seed) as usize % 4,
                };
                let align = if n <= 64 && next(&mut seed).is_multiple_of(4) {
                    n.next_power_of_two()
                } else {
                    1
                };
                let got = p.alloc(n, align);
                if align == 1 {
                    let first = model
                        .windows(n.min(model.len()))
                        .position(|w| w.iter().all(|u| !u));
                    // The window search is slow: only now and then.
                    if step % 500 == 0 {
                        assert_eq!(got.map(|g| g.0.page), first, "first fit of {n}");
                    }
                }
                if let Some((run, _)) = got {
                    assert!(run.page % align == 0);
                    for m in &mut model[run.page..run.page + n] {
                        assert!(!*m);
                        *m = true;
                    }
                    live.push(run);
                }
            } else {
                let i = next(&mut seed) as usize % live.len();
                let run = live.swap_remove(i);
                model[run.page..run.page + run.n].fill(false);
                p.free(run);
            }
            if step % 1000 == 0 {
                assert_eq!(p.check(), None);
                groups_agree(&mut p);
                let (dirty, mut given) = (p.dirty_free(), 0);
                while given < dirty / 2 {
                    let run = p.begin_release(1 + next(&mut seed) as usize % 600).unwrap();
                    assert!(model[run.page..run.page + run.n].iter().all(|u| !u));
                    assert_eq!(p.check(), None);
                    p.end_release(run);
                    given += run.n;
                }
                assert_eq!(p.dirty_free(), dirty - given);
                assert_eq!(p.check(), None);
            }
        }
    }

    #[test]
    fn only_pages_that_were_touched_need_zeroing() {
        let mut p = PageAlloc::new();
        p.grow(1);
        let (a, dirty) = p.alloc(3, 1).unwrap();
        assert!(!dirty);
        p.free(a);
        let (b, dirty) = p.alloc(4, 1).unwrap();
        assert!(dirty, "three of the four were used before");
        p.free(b);
        let run = p.begin_release(3).unwrap();
        assert_eq!(run, Run { page: 1, n: 3 }, "the highest first");
        assert_eq!(p.alloc(4, 1).unwrap().0.page, 4, "what is on its way is nobody's");
        p.end_release(run);
        assert!(p.alloc(1, 1).unwrap().1, "page 0 was used before");
        assert!(!p.alloc(3, 1).unwrap().1);
    }

    #[test]
    fn what_is_given_back_is_whole_runs_from_the_top() {
        let mut p = PageAlloc::new();
        p.grow(2);
        let all = p.alloc(2 * CHUNK_PAGES, 1).unwrap().0;
        p.free(all);
        let low = p.alloc(100, 1).unwrap().0;
        assert_eq!(low.page, 0);
        let mut runs = Vec::new();
        while let Some(run) = p.begin_release(usize::MAX) {
            runs.push((run.page, run.n));
            p.end_release(run);
        }
        assert_eq!(runs, [(CHUNK_PAGES, CHUNK_PAGES), (100, CHUNK_PAGES - 100)]);
        assert_eq!((p.dirty_free(), p.releasing, p.check()), (0, 0, None));
    }
}
