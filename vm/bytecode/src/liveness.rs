//! Which slots of a frame the rest of its function still reads: what the collector must look at when it wants to know
//! exactly (finalizers, cleanups and weak pointers can tell), instead of taking a stale slot for a reference.
//! (Go: the stack maps of cmd/compile/internal/liveness)
//!
//! A backward data-flow analysis over the code. In doubt a slot is live: an operand whose extent the instruction does
//! not tell reads to the end of the frame and writes nothing, and what lies in the frame for others to write
//! (`FrameAddr`) is live from there on everywhere.
//!
//! Relied upon, of the emitter: nothing above the window of a call outlives it. A call clobbers all of that, so what is
//! there before the call matters only as params of it.
//!
//! A deferred call may recover a panic of any instruction: with defers, the recovery point follows everything.
//!
//! Knows nothing of: goroutines, segments, how a suspended position is saved.

use crate::decode::{Decoded, decode};
use crate::op::Op;
use crate::operand::{FRAME_HEADER, MAP_ITER_SLOTS, Role, SLOT_CONTEXT};
use crate::program::Func;

/// What the analysis asks of the rest of the program.
pub trait Sizes {
    /// Slots of a value of the type with this index.
    fn type_slots(&self, ty: u32) -> usize;
    /// Slots of the key of the map type with this index.
    fn key_slots(&self, map: u32) -> usize;
    /// Slots of results and of params of a function, if known.
    fn func_slots(&self, func: u32) -> Option<(usize, usize)>;
    /// Slots of results and of what a native keeps in its window, if known.
    fn native_slots(&self, native: u32) -> Option<(usize, usize)>;
}

/// Analyses larger than this many bits are not made: functions that long are tables.
const MAX_BITS: usize = 64 << 20;

/// The result for one function.
#[derive(Debug)]
pub struct Liveness {
    /// Words of bits for each instruction.
    stride: usize,
    /// For each instruction, what is live when it begins; the last row is empty.
    rows: Vec<u64>,
    code: Vec<Ins>,
    /// For each word of code the instruction it belongs to.
    of_word: Vec<u32>,
    frame: usize,
    /// Live everywhere from here on.
    exposed: usize,
}

#[derive(Debug)]
struct Ins {
    start: u32,
    /// Window of a call: what is above does not outlive the instruction.
    clobbers: Option<u16>,
    /// Ranges read.
    reads: Vec<(u16, u16)>,
    /// Ranges written whole.
    kills: Vec<(u16, u16)>,
    next: Vec<u32>,
}

struct Bits<'a>(&'a mut [u64]);

impl Bits<'_> {
    fn set(&mut self, lo: usize, hi: usize) {
        (lo..hi).for_each(|i| self.0[i / 64] |= 1 << (i % 64));
    }

    fn clear(&mut self, lo: usize, hi: usize) {
        (lo..hi).for_each(|i| self.0[i / 64] &= !(1 << (i % 64)));
    }
}

impl Liveness {
    /// Analyses a function; `None` if it is too large, or holds instructions that are not a program's.
    pub fn of(f: &Func, sizes: &dyn Sizes) -> Option<Liveness> {
        let frame = f.frame_slots as usize;
        let mut code = Vec::new();
        let mut of_word = vec![0; f.code.len()];
        let mut exposed = frame;
        let mut pc = 0;
        while pc < f.code.len() {
            let d = decode(&f.code, pc).ok()?;
            if d.op.is_internal() {
                return None;
            }
            if d.op == Op::FrameAddr {
                exposed = exposed.min(d.get("slot") as usize);
            }
            of_word[pc..d.end].fill(code.len() as u32);
            code.push(effects(f, &d, sizes));
            pc = d.end;
        }
        let stride = frame.div_ceil(64);
        if stride * 64 * (code.len() + 1) > MAX_BITS {
            return None;
        }
        // Targets are words so far.
        let recover = f.recover_pc.map(|pc| of_word[pc as usize]);
        let n = code.len() as u32;
        for ins in &mut code {
            for t in &mut ins.next {
                *t = of_word.get(*t as usize).copied().unwrap_or(n);
            }
            ins.next.extend(recover);
        }
        let rows = vec![0; stride * (code.len() + 1)];
        let mut l = Liveness {
            stride,
            rows,
            code,
            of_word,
            frame,
            exposed,
        };
        l.solve();
        Some(l)
    }

    fn solve(&mut self) {
        let mut live = vec![0; self.stride];
        let mut changed = true;
        while changed {
            changed = false;
            for i in (0..self.code.len()).rev() {
                self.out(i, &mut live);
                let ins = &self.code[i];
                let mut bits = Bits(&mut live);
                if let Some(base) = ins.clobbers {
                    bits.clear(base as usize, self.frame);
                }
                ins.kills
                    .iter()
                    .for_each(|&(lo, hi)| bits.clear(lo as usize, hi as usize));
                ins.reads
                    .iter()
                    .for_each(|&(lo, hi)| bits.set(lo as usize, hi as usize));
                let row = &mut self.rows[i * self.stride..][..self.stride];
                if *row != live[..] {
                    row.copy_from_slice(&live);
                    changed = true;
                }
            }
        }
    }

    /// What is live behind instruction `i`.
    fn out(&self, i: usize, live: &mut [u64]) {
        live.fill(0);
        for &n in &self.code[i].next {
            self.add_row(n as usize, live);
        }
    }

    fn add_row(&self, i: usize, live: &mut [u64]) {
        let row = &self.rows[i * self.stride..][..self.stride];
        live.iter_mut().zip(row).for_each(|(l, r)| *l |= r);
    }

    /// The live slots of a frame that is suspended with its position `pc` words behind the function's first: behind an
    /// instruction's first word, its whole, or where it has jumped to. Reported as ranges `[lo, hi)`, in order.
    ///
    /// # Panics
    /// If `pc` is not inside the function or at its end.
    pub fn at(&self, pc: usize, visit: &mut dyn FnMut(usize, usize)) {
        let mut live = vec![0; self.stride];
        let i = self.of_word[pc - 1] as usize;
        let ins = &self.code[i];
        self.out(i, &mut live);
        if let Some(base) = ins.clobbers {
            // A call in progress, or one that will be executed once more: what it reads is live, its params among that,
            // and what outlives it lies below its window.
            let mut bits = Bits(&mut live);
            bits.clear(base as usize, self.frame);
            ins.reads
                .iter()
                .for_each(|&(lo, hi)| bits.set(lo as usize, hi as usize));
        } else {
            self.add_row(i, &mut live);
        }
        if let Some(&at) = self.of_word.get(pc)
            && self.code[at as usize].start as usize == pc
            && ins.clobbers.is_none()
        {
            self.add_row(at as usize, &mut live);
        }
        Bits(&mut live).set(self.exposed, self.frame);
        let is_live = |s: usize| live[s / 64] >> (s % 64) & 1 != 0;
        let mut s = 0;
        while s < self.frame {
            let lo = s;
            while s < self.frame && is_live(s) {
                s += 1;
            }
            if s > lo {
                visit(lo, s);
            }
            s += 1;
        }
    }
}

/// Slots read and written, and successors as words.
fn effects(f: &Func, d: &Decoded, sizes: &dyn Sizes) -> Ins {
    let frame = f.frame_slots as usize;
    let get = |name: &str| d.get(name) as usize;
    let ty = || sizes.type_slots(get("ty") as u32);
    let (mut reads, mut kills) = (Vec::new(), Vec::new());
    for o in &d.operands {
        let slot = o.value as usize;
        let known = match (d.op, o.name) {
            (Op::MovN | Op::Zero | Op::LoadCapN, _) => Some(get("n")),
            (Op::EqVal | Op::Append | Op::MakeIface, "a" | "b" | "src") => Some(ty()),
            (Op::LoadN | Op::StoreN, _) => Some(get("bytes").div_ceil(8)),
            (
                Op::FLoad8u
                | Op::FLoad8s
                | Op::FLoad16u
                | Op::FLoad16s
                | Op::FLoad32u
                | Op::FLoad32s,
                "slot",
            ) => Some(get("off") / 8 + 1),
            (Op::FCopy, "src") => Some((get("src_off") + get("bytes")).div_ceil(8)),
            (Op::Slice, "args") => Some(6.min(frame - slot)),
            (Op::SliceStr, "args") => Some(4.min(frame - slot)),
            (Op::AppendN, "src") => Some(get("n") * ty()),
            (Op::ConcatN, "args") => Some(2 * get("n")),
            (Op::MakeClosure, "captures") => Some(get("n")),
            (Op::MapGet | Op::MapGetOk | Op::MapAddr | Op::MapDelete | Op::MapSet, "key") => {
                Some(sizes.key_slots(get("ty") as u32))
            }
            (Op::Select | Op::SelectDone, "cases") => Some(3 * (get("nsends") + get("nrecvs"))),
            // Filled in by FrameAddr's reader or writer; live everywhere.
            (Op::FrameAddr, "slot") => Some(0),
            _ => None,
        };
        let add = |list: &mut Vec<(u16, u16)>, n: usize| {
            list.push((slot as u16, (slot + n).min(frame) as u16))
        };
        match o.role {
            Role::R | Role::RW => add(&mut reads, 1),
            Role::R2 => add(&mut reads, 2),
            Role::R3 => add(&mut reads, 3),
            Role::RN => add(&mut reads, known.unwrap_or(frame)),
            Role::W => add(&mut kills, 1),
            Role::W2 => add(&mut kills, 2),
            Role::W3 => add(&mut kills, 3),
            Role::WN if matches!(d.op, Op::MovN | Op::Zero | Op::LoadCapN | Op::LoadN) => {
                add(&mut kills, known.unwrap_or(0))
            }
            Role::WN if d.op == Op::MapIterNext && o.name == "iter" => {
                add(&mut reads, MAP_ITER_SLOTS as usize)
            }
            _ => {}
        }
    }
    if matches!(d.op, Op::LoadCap | Op::LoadCapN) {
        reads.push((SLOT_CONTEXT, SLOT_CONTEXT + 1));
    }
    if d.op == Op::Ret {
        reads.push((FRAME_HEADER, FRAME_HEADER + f.result_slots));
    }
    let base = d
        .operands
        .iter()
        .find(|o| o.role == Role::Window)
        .map(|o| o.value as u16);
    if let Some(base) = base {
        let sizes = match d.op {
            Op::Call | Op::Go | Op::Defer => sizes.func_slots(get("func") as u32),
            Op::CallNative => sizes.native_slots(get("native") as u32),
            Op::RunDefers => Some((0, 0)),
            _ => {
                let at = f.windows.binary_search_by_key(&(d.pc as u32), |w| w.0);
                at.ok().map(|i| {
                    let (_, results, params) = f.windows[i];
                    (results as usize, params as usize)
                })
            }
        };
        let first = (base + FRAME_HEADER) as usize;
        let (results, params) = sizes.unwrap_or((0, frame));
        let at = |slot: usize| slot.min(frame) as u16;
        reads.push((at(first + results), at(first + results + params)));
    }
    let calls = !matches!(
        d.op,
        Op::Go | Op::GoClosure | Op::GoIface | Op::Defer | Op::DeferClosure | Op::DeferIface
    );
    let mut next: Vec<u32> = d.targets().map(|t| t as u32).collect();
    if !matches!(d.op, Op::Ret | Op::Jmp | Op::Loop | Op::Panic) {
        next.push(d.end as u32);
    }
    Ins {
        start: d.pc as u32,
        clobbers: base.filter(|_| calls),
        reads,
        kills,
        next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::LineTable;
    use crate::op::{self, ins};
    use crate::program::FuncFlags;

    struct NoTypes;

    impl Sizes for NoTypes {
        fn type_slots(&self, _: u32) -> usize {
            1
        }
        fn key_slots(&self, _: u32) -> usize {
            1
        }
        fn func_slots(&self, func: u32) -> Option<(usize, usize)> {
            Some((0, func as usize))
        }
        fn native_slots(&self, _: u32) -> Option<(usize, usize)> {
            None
        }
    }

    fn live(code: &[op::Ins], recover_pc: Option<u32>, pc: usize) -> Vec<(usize, usize)> {
        let code = code
            .iter()
            .flat_map(|i| std::iter::once(i.word).chain(i.ext))
            .collect();
        let f = Func {
            name: "f".into(),
            file: 0,
            line: 1,
            code,
            frame_slots: 16,
            result_slots: 1,
            param_slots: 2,
            recover_pc,
            lines: LineTable::default(),
            windows: Vec::new(),
            ty: None,
            flags: FuncFlags::default(),
        };
        let mut ranges = Vec::new();
        let l = Liveness::of(&f, &NoTypes).expect("a small function");
        l.at(pc, &mut |lo, hi| ranges.push((lo, hi)));
        ranges
    }

    #[test]
    fn a_variable_dies_with_its_last_read() {
        let code = [
            ins::New(6, 0),
            ins::Mov(11, 6),
            ins::Call(8, 1),
            ins::Call(8, 0),
            ins::Ret(),
        ];
        // In the first call its param is live, the variable is not any more; in the second nothing but the result.
        assert_eq!(live(&code, None, 3), [(3, 4), (11, 12)]);
        assert_eq!(live(&code, None, 4), [(3, 4)]);
    }

    #[test]
    fn a_loop_keeps_what_its_next_round_reads() {
        let code = [
            ins::New(6, 0),
            ins::Call(8, 0),
            ins::Mov(7, 6),
            ins::Loop(-3),
            ins::Ret(),
        ];
        assert_eq!(live(&code, None, 2), [(6, 7)]);
    }

    #[test]
    fn what_the_recovery_point_reads_is_live_in_every_call() {
        let code = [
            ins::New(6, 0),
            ins::Call(8, 0),
            ins::Ret(),
            ins::Mov(3, 6),
            ins::Ret(),
        ];
        assert_eq!(live(&code, None, 2), [(3, 4)]);
        assert_eq!(live(&code, Some(3), 2), [(3, 4), (6, 7)]);
    }

    #[test]
    fn slots_whose_address_is_known_are_always_live() {
        let code = [ins::FrameAddr(4, 12), ins::Call(6, 0), ins::Ret()];
        assert_eq!(live(&code, None, 2), [(3, 4), (12, 16)]);
    }
}
