//! One function in the making: code words, labels and their patching, frame slots, the line table.
//!
//! Slots above the named locals form a stack: whoever needs a temporary takes it at `next`, and releases it by setting
//! `next` back. Everything from `next` on is dead. A callee's window is taken the same way.
//!
//! Jumps are written with label numbers and patched when the function is finished; a 16-bit jump that does not reach
//! gets a long form (see [`Code::finish`]), so no one else thinks about distances.
//!
//! Knows nothing of: types, syntax.

use minigo_bytecode::lines::LineTable;
use minigo_bytecode::op::{Ins, Op, ins, op_of};
use minigo_bytecode::operand::Slot;

/// A place in the code that jumps go to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label(u32);

const UNBOUND: u32 = u32::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum FixKind {
    /// 16 bits in the c field.
    Short,
    /// 32 bits in the upper half of the word.
    Wide,
    /// 32 bits in the upper half of the ext word.
    Ext,
    /// A whole word of a jump table, counted from the table's end.
    Table { end: u32 },
}

#[derive(Clone, Copy, Debug)]
struct Fixup {
    /// Index of the instruction word (of the table's word).
    at: u32,
    label: Label,
    kind: FixKind,
}

/// Code words with labels.
#[derive(Default, Debug)]
pub struct Code {
    words: Vec<u64>,
    labels: Vec<u32>,
    /// Jumps to each label so far.
    uses: Vec<u32>,
    fixups: Vec<Fixup>,
    lines: LineTable,
    /// Where a label was last bound that something may jump to.
    last_bind: u32,
    /// The last instruction's index, if nothing jumps behind it: what a peephole may look at.
    last: Option<u32>,
    pos: (u32, u32),
    /// The function's file, and that of what follows.
    files: (u32, u32),
    /// See [`Func::windows`](minigo_bytecode::program::Func::windows).
    windows: Vec<(u32, u16, u16)>,
}

impl Code {
    /// Index of the next word.
    pub fn here(&self) -> u32 {
        self.words.len() as u32
    }

    /// What follows belongs to this line and column.
    pub fn set_pos(&mut self, line: u32, col: u32) {
        self.pos = (line, col);
    }

    /// The function is of this file.
    pub fn set_own_file(&mut self, file: u32) {
        self.files = (file, file);
    }

    /// What follows belongs to this file.
    pub fn set_file(&mut self, file: u32) {
        self.files.1 = file;
    }

    /// The call that comes next has so many slots of results and params in its window.
    pub fn note_window(&mut self, results: u32, params: u32) {
        self.windows
            .push((self.here(), results as u16, params as u16));
    }

    /// What [`Code::note_window`] was told.
    pub fn take_windows(&mut self) -> Vec<(u32, u16, u16)> {
        std::mem::take(&mut self.windows)
    }

    /// The index or slice expression here has unsigned bounds: see [`LineTable::unsigned`].
    pub fn mark_unsigned(&mut self, bits: u8) {
        let (line, col) = self.pos;
        self.lines.unsigned.push((line, col, bits));
    }

    /// The line and column that instructions get now.
    pub fn pos(&self) -> (u32, u32) {
        self.pos
    }

    /// Appends an instruction.
    pub fn push(&mut self, i: Ins) {
        let at = self.here();
        if self.pos.0 != 0 {
            self.lines.push(at, self.pos.0, self.pos.1);
            self.lines.push_file(at, self.files.1, self.files.0);
        }
        self.last = Some(at);
        self.words.push(i.word);
        self.words.extend(i.ext);
    }

    /// A label that is not bound yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(UNBOUND);
        self.uses.push(0);
        Label(self.labels.len() as u32 - 1)
    }

    /// A label bound here, for jumps from behind.
    pub fn label_here(&mut self) -> Label {
        let l = self.label();
        self.bind_target(l);
        l
    }

    /// Binds a label that only jumps from before go to: without any, nothing is reachable by it.
    pub fn bind(&mut self, l: Label) {
        debug_assert_eq!(self.labels[l.0 as usize], UNBOUND, "bound twice");
        self.drop_jump_to(l);
        self.labels[l.0 as usize] = self.here();
        if self.uses[l.0 as usize] != 0 {
            self.last_bind = self.here();
            self.last = None;
        }
    }

    /// Takes back a `Jmp` to the next word.
    fn drop_jump_to(&mut self, l: Label) {
        let here = self.here();
        if here == 0 || self.last_bind == here {
            return;
        }
        if let Some(f) = self.fixups.last()
            && f.at + 1 == here
            && f.label == l
            && f.kind == FixKind::Wide
            && op_of(self.words[f.at as usize]) == Op::Jmp as u16
        {
            self.fixups.pop();
            self.words.pop();
            self.uses[l.0 as usize] -= 1;
            // Running on reaches the label now.
            self.last_bind = here - 1;
        }
    }

    /// Binds a label that jumps from behind may go to as well.
    pub fn bind_target(&mut self, l: Label) {
        self.bind(l);
        self.last_bind = self.here();
        self.last = None;
    }

    /// Whether a label is bound.
    pub fn is_bound(&self, l: Label) -> bool {
        self.labels[l.0 as usize] != UNBOUND
    }

    /// Whether any jump goes to a label.
    pub fn is_used(&self, l: Label) -> bool {
        self.uses[l.0 as usize] != 0
    }

    /// Appends a jumping instruction made with distance 0. The jump field is found by the operation's roles.
    pub fn push_jump(&mut self, i: Ins, to: Label) {
        use minigo_bytecode::operand::Role;
        let at = self.here();
        let info = Op::ALL[op_of(i.word) as usize].info();
        let kind = if info.roles.contains(&Role::Jump16) {
            FixKind::Short
        } else if info.roles.contains(&Role::Jump32) {
            FixKind::Wide
        } else {
            debug_assert!(info.ext_roles.contains(&Role::Jump32));
            FixKind::Ext
        };
        self.push(i);
        self.fixups.push(Fixup {
            at,
            label: to,
            kind,
        });
        self.uses[to.0 as usize] += 1;
        self.last = None;
    }

    /// Goes to a label before which or behind which it may lie, without a safepoint.
    pub fn jmp(&mut self, to: Label) {
        self.push_jump(ins::Jmp(0), to);
    }

    /// A `JTable` and its targets.
    pub fn jump_table(&mut self, index: Slot, targets: &[Label]) {
        self.push(ins::JTable(index, targets.len() as u32));
        let end = self.here() + targets.len() as u32;
        for &label in targets {
            let at = self.here();
            self.fixups.push(Fixup {
                at,
                label,
                kind: FixKind::Table { end },
            });
            self.uses[label.0 as usize] += 1;
            self.words.push(0);
        }
        self.last = None;
    }

    /// Whether the end of the code cannot be reached by running on: the last instruction always leaves.
    pub fn is_dead(&self) -> bool {
        let here = self.here();
        if here == self.last_bind {
            return false;
        }
        match (self.last, self.fixups.last()) {
            (Some(at), _) => {
                let op = op_of(self.words[at as usize]);
                op == Op::Ret as u16 || op == Op::Panic as u16
            }
            (None, Some(f)) if f.at + 1 == here => {
                let op = op_of(self.words[f.at as usize]);
                f.kind == FixKind::Wide && (op == Op::Jmp as u16 || op == Op::Loop as u16)
            }
            _ => false,
        }
    }

    /// Where a label ended up; `None` if it was never bound.
    fn target(labels: &[u32], l: Label) -> u32 {
        let t = labels[l.0 as usize];
        debug_assert_ne!(t, UNBOUND, "jump to a label that is bound nowhere");
        t
    }

    /// Lengthens jumps until all reach. Places in the code do not move any more.
    pub fn reach(&mut self) {
        self.thread_jumps();
        loop {
            let far: Vec<u32> = self
                .fixups
                .iter()
                .filter(|f| f.kind == FixKind::Short)
                .filter(|f| {
                    let d = Self::target(&self.labels, f.label) as i64 - (f.at as i64 + 1);
                    i16::try_from(d).is_err()
                })
                .map(|f| f.at)
                .collect();
            if far.is_empty() {
                break;
            }
            self.lengthen(&far);
        }
    }

    /// Patches all jumps. Gives the words, the lines, and where `marks` ended up.
    ///
    /// A 16-bit jump that does not reach is followed by two jumps: one over the other, and the other to the target; the
    /// instruction itself then goes over the first. That moves everything behind it, so it is repeated until all fit.
    pub fn finish(mut self, marks: &mut [Label]) -> (Vec<u64>, LineTable, Vec<u32>) {
        self.reach();
        for f in &self.fixups {
            let target = Self::target(&self.labels, f.label) as i64;
            let at = f.at as usize;
            match f.kind {
                FixKind::Short => {
                    let d = (target - (at as i64 + 1)) as i16;
                    self.words[at] =
                        self.words[at] & 0x0000_ffff_ffff_ffff | (d as u16 as u64) << 48;
                }
                FixKind::Wide => {
                    let words = Op::ALL[op_of(self.words[at]) as usize].info().words();
                    let d = (target - (at + words) as i64) as i32;
                    self.words[at] = self.words[at] & 0xffff_ffff | (d as u32 as u64) << 32;
                }
                FixKind::Ext => {
                    let d = (target - (at as i64 + 2)) as i32;
                    self.words[at + 1] = self.words[at + 1] & 0xffff_ffff | (d as u32 as u64) << 32;
                }
                FixKind::Table { end } => self.words[at] = (target - end as i64) as u64,
            }
        }
        let marks = marks
            .iter()
            .map(|&m| Self::target(&self.labels, m))
            .collect();
        (self.words, self.lines, marks)
    }

    /// A jump to a `Jmp` goes where that one goes.
    fn thread_jumps(&mut self) {
        let mut jmps: Vec<(u32, Label)> = self
            .fixups
            .iter()
            .filter(|f| {
                op_of(self.words[f.at as usize]) == Op::Jmp as u16 && f.kind == FixKind::Wide
            })
            .map(|f| (f.at, f.label))
            .collect();
        jmps.sort_unstable_by_key(|j| j.0);
        if jmps.is_empty() {
            return;
        }
        for i in 0..self.fixups.len() {
            let mut label = self.fixups[i].label;
            for _ in 0..8 {
                let t = self.labels[label.0 as usize];
                match jmps.binary_search_by_key(&t, |j| j.0) {
                    Ok(j) if jmps[j].1 != label => label = jmps[j].1,
                    _ => break,
                }
            }
            self.fixups[i].label = label;
        }
    }

    fn lengthen(&mut self, far: &[u32]) {
        let mut far = far.to_vec();
        far.sort_unstable();
        // Every index moves by two words for each lengthened instruction before it.
        let moved = |at: u32| at + 2 * far.partition_point(|&f| f < at) as u32;
        let mut words = Vec::with_capacity(self.words.len() + 2 * far.len());
        for (i, &w) in self.words.iter().enumerate() {
            words.push(w);
            if far.binary_search(&(i as u32)).is_ok() {
                words.push(ins::Jmp(0).word);
                words.push(ins::Jmp(0).word);
            }
        }
        for l in self.labels.iter_mut().filter(|l| **l != UNBOUND) {
            *l = moved(*l);
        }
        for e in &mut self.lines.entries {
            e.pc = moved(e.pc);
        }
        for f in &mut self.lines.files {
            f.0 = moved(f.0);
        }
        for w in &mut self.windows {
            w.0 = moved(w.0);
        }
        let mut more = Vec::new();
        for f in &mut self.fixups {
            let is_far = f.kind == FixKind::Short && far.binary_search(&f.at).is_ok();
            f.at = moved(f.at);
            if let FixKind::Table { end } = &mut f.kind {
                *end = moved(*end);
            }
            if is_far {
                let target = f.label;
                let over = Label(self.labels.len() as u32);
                self.labels.push(f.at + 3);
                let long = Label(self.labels.len() as u32);
                self.labels.push(f.at + 2);
                f.label = long;
                more.push(Fixup {
                    at: f.at + 1,
                    label: over,
                    kind: FixKind::Wide,
                });
                more.push(Fixup {
                    at: f.at + 2,
                    label: target,
                    kind: FixKind::Wide,
                });
            }
        }
        self.fixups.extend(more);
        self.words = words;
    }
}

/// The frame's slots.
#[derive(Clone, Copy, Debug)]
pub struct Slots {
    /// The first dead slot.
    pub next: u32,
    /// The most that was ever in use.
    pub max: u32,
}

impl Slots {
    /// Takes `n` slots.
    pub fn alloc(&mut self, n: u32) -> Slot {
        let at = self.next;
        self.grow_to(at + n);
        at as Slot
    }

    /// Makes everything below `end` taken.
    pub fn grow_to(&mut self, end: u32) {
        self.next = end;
        self.max = self.max.max(end);
    }

    /// Notes that slots below `end` are touched without taking them.
    pub fn touch(&mut self, end: u32) {
        self.max = self.max.max(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use minigo_bytecode::op::{b_of, c_of, wide_of};

    #[test]
    fn jumps_count_from_the_end_of_the_instruction() {
        let mut c = Code::default();
        let top = c.label_here();
        let out = c.label();
        c.push_jump(ins::JLtImm(3, 5, 0), out);
        c.push_jump(ins::Loop(0), top);
        c.bind(out);
        c.push(ins::Ret());
        let (words, _, _) = c.finish(&mut []);
        assert_eq!(c_of(words[0]) as i16, 1);
        assert_eq!(b_of(words[0]), 5);
        assert_eq!(wide_of(words[1]) as i32, -2);
    }

    #[test]
    fn a_jump_that_does_not_reach_gets_a_long_form() {
        let mut c = Code::default();
        let out = c.label();
        c.push_jump(ins::JEqImm(3, 0, 0), out);
        for _ in 0..40_000 {
            c.push(ins::Mov(4, 5));
        }
        c.bind(out);
        c.push(ins::Ret());
        let (words, _, _) = c.finish(&mut []);
        assert_eq!(c_of(words[0]), 1, "over the next jump");
        assert_eq!(wide_of(words[1]) as i32, 1, "over the long one");
        assert_eq!(wide_of(words[2]) as i32, 40_000);
    }

    #[test]
    fn a_jump_to_a_jump_goes_to_its_target() {
        let mut c = Code::default();
        let (a, b) = (c.label(), c.label());
        c.push_jump(ins::JTrue(3, 0), a);
        c.push(ins::Ret());
        c.bind(a);
        c.jmp(b);
        c.push(ins::Ret());
        c.bind(b);
        c.push(ins::Ret());
        let (words, _, _) = c.finish(&mut []);
        assert_eq!(wide_of(words[0]) as i32, 3);
    }
}
