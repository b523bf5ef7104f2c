//! Pairs of instructions that one handler executes: the loader's own saving of dispatches.
//!
//! When two instructions of a pair follow each other, the loader changes the operation number of the first, and nothing
//! else: both words keep their places and operands. The pair's handler runs the first instruction's body and, if that
//! did not jump or trap, the second's. A jump to the second instruction finds it as it was, and what a trap or a
//! return address refers to is the word of the instruction that is meant. A program knows nothing of pairs: they are
//! numbered behind its operations, and a JIT translates the program, not what was loaded.
//!
//! The first instruction has one word and no side way but a jump or a trap; the second may be any. Chosen by counting
//! which instructions follow each other in the benchmark and example programs.
//!
//! Knows nothing of: what the instructions do.

use minigo_bytecode::op::Op;

/// Calls the macro with all pairs, grouped by the first instruction.
macro_rules! for_each_pair {
    ($m:path) => {
        $m! {
            Mov: Mov Mov2 LoadImm Ret Call CallClosure CallIface CallNative Load64 AddI64Imm AddI64 Jmp Loop;
            Mov2: Mov Mov2 LoadImm Ret Call CallNative Load64;
            Mov3: Mov Ret Call Load64;
            LoadImm: Mov LoadImm Ret Call CallNative Jmp Loop JLeI64 Store64;
            AddI64Imm: Mov LoadImm Call AddI64Imm AddI64 Store64 Load64 IdxLoad64 RemI64Imm Jmp Loop LoopLtI64 LoopNeImm;
            AddI64: Mov Ret AddI64Imm AddI64 IdxLoad64 Store64 IncLoopLt IncLoopLtImm LoopLtI64 LoopLeI64;
            SubI64: Mov Ret AddI64 IdxLoad64;
            MulI64: AddI64 Mov;
            MulI64Imm: AddI64;
            RemI64Imm: JEqImm JNeImm AddI64 CheckIdx;
            AndImm: JEqImm JNeImm;
            Xor: AddI64 Xor;
            Load64: Load64 Load2 Store64 StorePtr AddI64 AddI64Imm AddF64 SubF64 MulF64 MulAddF64 MulSubF64 JEqImm JNeImm JEqI64 JNeI64 JLtI64 Call Mov Ret;
            Load2: Mov Mov2 Load64 Call;
            Load3: Mov Call;
            Store64: Load64 Store64 LoadImm Mov AddI64Imm Ret Loop IncLoopLt IncLoopLtImm;
            StorePtr: Load64 StorePtr AddI64Imm Ret;
            IdxLoad64: IdxLoad64 IdxStore64 Load64 AddI64 MulF64 MulAddF64 Mov JLtI64;
            IdxStore64: IdxStore64 AddI64Imm IncLoopLt IncLoopLtImm Loop;
            IdxLoad8u: IdxLoad8u JTrue JFalse JEqImm JNeImm;
            IdxStore8: AddI64 AddI64Imm IncLoopLt;
            AddF64: AddF64 MulF64 Store64 Ret;
            SubF64: SubF64 MulF64 Load64 Ret;
            MulF64: MulF64 AddF64 SubF64 DivF64 MulAddF64 MulSubF64 Store64 Ret;
            MulAddF64: MulAddF64 IdxStore64 Store64 IncLoopLt;
            MulSubF64: Store64;
            SqrtF64: MulF64;
            CheckIdx: PIdxAddr PIdxLoad8u PIdxLoad64 PIdxStore64 FIdxLoad64 FIdxStore64;
            PIdxLoad8u: JTrue JFalse;
            GLoad64: AddI64Imm Load64 Mov;
            JTrue: Mov LoadImm Load64 AddI64Imm;
            JFalse: Mov LoadImm Load64 AddI64 AddI64Imm;
            JEqImm: Mov LoadImm Load64 JEqImm;
            JNeImm: Mov LoadImm Load64 AddI64Imm JEqImm;
            JLtImm: Mov LoadImm AddI64Imm;
            JGeImm: Mov LoadImm AddI64Imm;
            JLeI64: Mov LoadImm AddI64Imm;
            JLtI64: Mov LoadImm;
        }
    };
}
pub(super) use for_each_pair;

macro_rules! list_pairs {
    ($($first:ident: $($second:ident)*;)*) => {
        const PAIRS: &[(Op, Op)] = &[$($((Op::$first, Op::$second),)*)*];
    };
}
for_each_pair!(list_pairs);

/// Operation numbers in loaded code.
pub(super) const NUMBERS: usize = Op::COUNT + PAIRS.len();

/// The operation that a number in loaded code stands for; of a pair, the first.
#[inline(always)]
pub(crate) fn operation(number: u16) -> Op {
    match (number as usize).checked_sub(Op::COUNT) {
        None => Op::ALL[number as usize],
        Some(i) => PAIRS[i].0,
    }
}

/// Where the pairs of each first instruction begin.
static GROUPS: [(u16, u16); Op::COUNT] = {
    let mut groups = [(0, 0); Op::COUNT];
    let mut i = 0;
    while i < PAIRS.len() {
        let first = PAIRS[i].0 as usize;
        assert!(
            Op::ALL[first].info().words() == 1,
            "the first of a pair has one word"
        );
        if groups[first].1 == 0 {
            groups[first].0 = i as u16;
        }
        groups[first].1 = i as u16 + 1;
        i += 1;
    }
    groups
};

/// The number of the pair that two operations make, if the loop at hand knows it.
pub(crate) fn pair(first: Op, second: u16) -> Option<u16> {
    if !cfg!(tail_calls) {
        return None;
    }
    let (from, to) = GROUPS[first as usize];
    let at = (from..to).find(|&i| PAIRS[i as usize].1 as u16 == second)?;
    Some(Op::COUNT as u16 + at)
}
