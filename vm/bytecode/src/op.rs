//! The instruction table. The enum, the encoder, the decoder's field positions, the disassembler's and the
//! verifier's view all come from the one macro [`for_each_op`].
//!
//! Encoding: a 64-bit word is `op:16 | a:16 | b:16 | c:16` (op in the low bits). 16-bit operands fill a, b, c in
//! order; a 32-bit operand always takes bits 32..64 (b and c together). Instructions with `ext` are followed by a
//! second word that holds two 32-bit operands, the first in the low half. Jumps count words from the end of the whole
//! instruction (after its ext word).
//!
//! Values in slots are canonical: signed integers sign-extended, unsigned ones, bools and float32 bit patterns
//! zero-extended to 64 bits. Whenever memory shorter than a slot is copied into a slot by an instruction that does
//! not know signedness (channel receive, map lookup, LoadN …) the rest of the slot is zeroed; the emitter then adds
//! `Sext*` for signed narrow types. Whenever a slot is copied to narrower memory its low bytes are stored.
//!
//! "nil" in the failure notes means Go's nil-dereference panic.

use crate::operand::{Role, arg};

/// Calls the macro `$m` with the whole instruction table.
#[macro_export]
macro_rules! for_each_op {
    ($m:path) => {
        $m! {
        // ---- moves and constants ----
        /// dst := src
        Mov = { dst: W, src: R };
        /// dst[0..2] := src[0..2]
        Mov2 = { dst: W2, src: R2 };
        /// dst[0..3] := src[0..3]
        Mov3 = { dst: W3, src: R3 };
        /// dst[0..n] := src[0..n]; the ranges may overlap.
        MovN = { dst: WN, src: RN, n: U16 };
        /// dst := imm
        LoadImm = { dst: W, imm: I32 };
        /// dst := consts[k]
        LoadConst = { dst: W, k: Const };
        /// dst[0..2] := pointer and length of strings[k]
        LoadStr = { dst: W2, k: Str };
        /// dst[0..n] := 0
        Zero = { dst: WN, n: U32 };
        /// dst := address of the static closure object of a function
        LoadFunc = { dst: W, func: Func };
        /// dst := run-time type descriptor (an interface's type word)
        LoadType = { dst: W, ty: Type };
        /// dst := address of the frame slot (frames never move)
        FrameAddr = { dst: W, slot: RN };
        /// dst := src sign-extended from 8 bits
        Sext8 = { dst: W, src: R };
        /// dst := src sign-extended from 16 bits
        Sext16 = { dst: W, src: R };
        /// dst := src sign-extended from 32 bits
        Sext32 = { dst: W, src: R };
        /// dst := src zero-extended from 8 bits
        Zext8 = { dst: W, src: R };
        /// dst := src zero-extended from 16 bits
        Zext16 = { dst: W, src: R };
        /// dst := src zero-extended from 32 bits
        Zext32 = { dst: W, src: R };

        // ---- integers: 64-bit, wrapping ----
        /// dst := a + b
        AddI64 = { dst: W, a: R, b: R };
        /// dst := a - b
        SubI64 = { dst: W, a: R, b: R };
        /// dst := a * b
        MulI64 = { dst: W, a: R, b: R };
        /// dst := a / b, truncated; MIN / -1 = MIN. Panics: integer divide by zero. Also right for narrow signed operands up to the final Sext.
        DivI64 = { dst: W, a: R, b: R };
        /// dst := a % b. Panics: integer divide by zero.
        RemI64 = { dst: W, a: R, b: R };
        /// dst := a / b, unsigned. Panics: integer divide by zero.
        DivU64 = { dst: W, a: R, b: R };
        /// dst := a % b, unsigned. Panics: integer divide by zero.
        RemU64 = { dst: W, a: R, b: R };
        /// dst := a & b
        And = { dst: W, a: R, b: R };
        /// dst := a | b
        Or = { dst: W, a: R, b: R };
        /// dst := a ^ b
        Xor = { dst: W, a: R, b: R };
        /// dst := a &^ b
        AndNot = { dst: W, a: R, b: R };
        /// dst := a << b; 0 when b (unsigned) >= 64
        Shl = { dst: W, a: R, b: R };
        /// dst := a >> b arithmetic; sign fill when b (unsigned) >= 64
        ShrI64 = { dst: W, a: R, b: R };
        /// dst := a >> b logical; 0 when b (unsigned) >= 64
        ShrU64 = { dst: W, a: R, b: R };
        /// dst := -a
        NegI64 = { dst: W, a: R };
        /// dst := ^a
        Not = { dst: W, a: R };
        /// Panics: negative shift amount, when src < 0.
        CheckShift = { src: R };
        /// dst := a + imm
        AddI64Imm = { dst: W, a: R, imm: I16 };
        /// dst := a * imm
        MulI64Imm = { dst: W, a: R, imm: I16 };
        /// dst := a / imm, truncated; imm is neither 0 nor -1
        DivI64Imm = { dst: W, a: R, imm: I16 };
        /// dst := a % imm; imm is neither 0 nor -1
        RemI64Imm = { dst: W, a: R, imm: I16 };
        /// dst := a & imm (sign-extended)
        AndImm = { dst: W, a: R, imm: I16 };
        /// dst := a << imm, 0 <= imm < 64
        ShlImm = { dst: W, a: R, imm: U16 };
        /// dst := a >> imm arithmetic, 0 <= imm < 64
        ShrI64Imm = { dst: W, a: R, imm: U16 };
        /// dst := a >> imm logical, 0 <= imm < 64
        ShrU64Imm = { dst: W, a: R, imm: U16 };

        // ---- integers: 32 and 8 bits in one instruction (other widths: the 64-bit one, then Sext/Zext) ----
        /// dst := int32(a + b)
        AddI32 = { dst: W, a: R, b: R };
        /// dst := int32(a - b)
        SubI32 = { dst: W, a: R, b: R };
        /// dst := int32(a * b)
        MulI32 = { dst: W, a: R, b: R };
        /// dst := int32(a + imm)
        AddI32Imm = { dst: W, a: R, imm: I16 };
        /// dst := uint32(a + b)
        AddU32 = { dst: W, a: R, b: R };
        /// dst := uint32(a - b)
        SubU32 = { dst: W, a: R, b: R };
        /// dst := uint32(a * b)
        MulU32 = { dst: W, a: R, b: R };
        /// dst := uint32(a + imm)
        AddU32Imm = { dst: W, a: R, imm: I16 };
        /// dst := uint32(a << imm), 0 <= imm < 32
        ShlU32Imm = { dst: W, a: R, imm: U16 };
        /// dst := uint8(a + b)
        AddU8 = { dst: W, a: R, b: R };
        /// dst := uint8(a - b)
        SubU8 = { dst: W, a: R, b: R };
        /// dst := uint8(a + imm)
        AddU8Imm = { dst: W, a: R, imm: I16 };

        // ---- floats ----
        /// dst := a + b
        AddF64 = { dst: W, a: R, b: R };
        /// dst := a - b
        SubF64 = { dst: W, a: R, b: R };
        /// dst := a * b
        MulF64 = { dst: W, a: R, b: R };
        /// dst := a / b
        DivF64 = { dst: W, a: R, b: R };
        /// dst := -a
        NegF64 = { dst: W, a: R };
        /// acc := acc + a*b, both roundings kept
        MulAddF64 = { acc: RW, a: R, b: R };
        /// acc := acc - a*b, both roundings kept
        MulSubF64 = { acc: RW, a: R, b: R };
        /// dst := math.Sqrt(a)
        SqrtF64 = { dst: W, a: R };
        /// dst := math.Abs(a)
        AbsF64 = { dst: W, a: R };
        /// dst := a + b
        AddF32 = { dst: W, a: R, b: R };
        /// dst := a - b
        SubF32 = { dst: W, a: R, b: R };
        /// dst := a * b
        MulF32 = { dst: W, a: R, b: R };
        /// dst := a / b
        DivF32 = { dst: W, a: R, b: R };
        /// dst := -a
        NegF32 = { dst: W, a: R };

        // ---- complex: complex128 is two slots (re, im); complex64 is one slot in memory layout (re low, im high) ----
        /// dst := a + b
        AddC128 = { dst: W2, a: R2, b: R2 };
        /// dst := a - b
        SubC128 = { dst: W2, a: R2, b: R2 };
        /// dst := a * b
        MulC128 = { dst: W2, a: R2, b: R2 };
        /// dst := a / b (Go's complex division: infinities and NaNs as in runtime/complex.go)
        DivC128 = { dst: W2, a: R2, b: R2 };
        /// dst := a == b
        EqC128 = { dst: W, a: R2, b: R2 };
        /// dst := a + b
        AddC64 = { dst: W, a: R, b: R };
        /// dst := a - b
        SubC64 = { dst: W, a: R, b: R };
        /// dst := a * b
        MulC64 = { dst: W, a: R, b: R };
        /// dst := a / b, computed in complex128
        DivC64 = { dst: W, a: R, b: R };
        /// dst := a == b
        EqC64 = { dst: W, a: R, b: R };
        /// dst := complex128(src)
        CvtC64C128 = { dst: W2, src: R };
        /// dst := complex64(src)
        CvtC128C64 = { dst: W, src: R2 };
        /// dst := complex64 of two float32 slots (also builds the value of the builtin complex)
        MakeC64 = { dst: W, re: R, im: R };
        /// dst := real part of a complex64 as float32
        RealC64 = { dst: W, src: R };
        /// dst := imaginary part of a complex64 as float32
        ImagC64 = { dst: W, src: R };

        // ---- conversions between numbers ----
        /// dst := float64(int64)
        CvtI64F64 = { dst: W, src: R };
        /// dst := float64(uint64)
        CvtU64F64 = { dst: W, src: R };
        /// dst := float32(int64)
        CvtI64F32 = { dst: W, src: R };
        /// dst := float32(uint64)
        CvtU64F32 = { dst: W, src: R };
        /// dst := int64(float64), as Go on amd64 does for values out of range
        CvtF64I64 = { dst: W, src: R };
        /// dst := uint64(float64), as Go on amd64 does for values out of range
        CvtF64U64 = { dst: W, src: R };
        /// dst := float32(float64)
        CvtF64F32 = { dst: W, src: R };
        /// dst := float64(float32)
        CvtF32F64 = { dst: W, src: R };

        // ---- comparisons to bool ----
        /// dst := a == b
        EqI64 = { dst: W, a: R, b: R };
        /// dst := a != b
        NeI64 = { dst: W, a: R, b: R };
        /// dst := a < b
        LtI64 = { dst: W, a: R, b: R };
        /// dst := a <= b
        LeI64 = { dst: W, a: R, b: R };
        /// dst := a < b, unsigned
        LtU64 = { dst: W, a: R, b: R };
        /// dst := a <= b, unsigned
        LeU64 = { dst: W, a: R, b: R };
        /// dst := a == b
        EqF64 = { dst: W, a: R, b: R };
        /// dst := a != b
        NeF64 = { dst: W, a: R, b: R };
        /// dst := a < b
        LtF64 = { dst: W, a: R, b: R };
        /// dst := a <= b
        LeF64 = { dst: W, a: R, b: R };
        /// dst := a == b
        EqF32 = { dst: W, a: R, b: R };
        /// dst := a != b
        NeF32 = { dst: W, a: R, b: R };
        /// dst := a < b
        LtF32 = { dst: W, a: R, b: R };
        /// dst := a <= b
        LeF32 = { dst: W, a: R, b: R };
        /// dst := !a, for bools
        NotBool = { dst: W, a: R };
        /// dst := a == b, for strings
        StrEq = { dst: W, a: R2, b: R2 };
        /// dst := a < b, for strings
        StrLt = { dst: W, a: R2, b: R2 };
        /// dst := a <= b, for strings
        StrLe = { dst: W, a: R2, b: R2 };
        /// dst := a == b, for two interfaces. Panics: comparing uncomparable type.
        IfaceEq = { dst: W, a: R2, b: R2 };
        /// dst := a == b for two values of type ty in memory layout in the frame. Panics: comparing uncomparable type (inside interfaces).
        EqVal = { dst: W, a: RN, b: RN } ext { ty: Type, unused: U32 };
        /// dst := *a == *b for two values of type ty in memory. Panics: nil; comparing uncomparable type.
        EqMem = { dst: W, a: R, b: R } ext { ty: Type, unused: U32 };
        /// dst := min(a, b)
        MinI64 = { dst: W, a: R, b: R };
        /// dst := max(a, b)
        MaxI64 = { dst: W, a: R, b: R };
        /// dst := min(a, b), unsigned
        MinU64 = { dst: W, a: R, b: R };
        /// dst := max(a, b), unsigned
        MaxU64 = { dst: W, a: R, b: R };
        /// dst := min(a, b); NaN wins, -0 < 0
        MinF64 = { dst: W, a: R, b: R };
        /// dst := max(a, b); NaN wins, -0 < 0
        MaxF64 = { dst: W, a: R, b: R };
        /// dst := min(a, b); NaN wins, -0 < 0
        MinF32 = { dst: W, a: R, b: R };
        /// dst := max(a, b); NaN wins, -0 < 0
        MaxF32 = { dst: W, a: R, b: R };

        // ---- jumps; targets may lie before or behind, but only Loop* poll for preemption: every back-edge uses one ----
        /// pc += off
        Jmp = { off: Jump32 };
        /// if a { pc += off }
        JTrue = { a: R, off: Jump32 };
        /// if !a { pc += off }
        JFalse = { a: R, off: Jump32 };
        /// if a == b { pc += off }
        JEqI64 = { a: R, b: R, off: Jump16 };
        /// if a != b { pc += off }
        JNeI64 = { a: R, b: R, off: Jump16 };
        /// if a < b { pc += off }
        JLtI64 = { a: R, b: R, off: Jump16 };
        /// if a <= b { pc += off }
        JLeI64 = { a: R, b: R, off: Jump16 };
        /// if a < b unsigned { pc += off }
        JLtU64 = { a: R, b: R, off: Jump16 };
        /// if a <= b unsigned { pc += off }
        JLeU64 = { a: R, b: R, off: Jump16 };
        /// if a == imm { pc += off }
        JEqImm = { a: R, imm: I16, off: Jump16 };
        /// if a != imm { pc += off }
        JNeImm = { a: R, imm: I16, off: Jump16 };
        /// if a < imm { pc += off }
        JLtImm = { a: R, imm: I16, off: Jump16 };
        /// if a <= imm { pc += off }
        JLeImm = { a: R, imm: I16, off: Jump16 };
        /// if a > imm { pc += off }
        JGtImm = { a: R, imm: I16, off: Jump16 };
        /// if a >= imm { pc += off }
        JGeImm = { a: R, imm: I16, off: Jump16 };
        /// if a == b { pc += off }
        JEqF64 = { a: R, b: R, off: Jump16 };
        /// if !(a == b) { pc += off }
        JNeF64 = { a: R, b: R, off: Jump16 };
        /// if a < b { pc += off }
        JLtF64 = { a: R, b: R, off: Jump16 };
        /// if a <= b { pc += off }
        JLeF64 = { a: R, b: R, off: Jump16 };
        /// if !(a < b) { pc += off }
        JNotLtF64 = { a: R, b: R, off: Jump16 };
        /// if !(a <= b) { pc += off }
        JNotLeF64 = { a: R, b: R, off: Jump16 };
        /// if a == b { pc += off }, for strings
        JStrEq = { a: R2, b: R2, off: Jump16 };
        /// if a != b { pc += off }, for strings
        JStrNe = { a: R2, b: R2, off: Jump16 };
        /// if the interface's dynamic type is ty { pc += off }; ty is concrete
        JType = { iface: R2, off: Jump32 } ext { ty: Type, unused: U32 };
        /// if the interface's dynamic type is not ty { pc += off }; ty is concrete
        JNotType = { iface: R2, off: Jump32 } ext { ty: Type, unused: U32 };
        /// pc += table[a] when 0 <= a < n (n words follow, each a Jump from the end of the table), else falls behind the table.
        JTable = { a: R, n: U32 };
        /// if the sync.Once that `once` points at is done { pc += off }; nil is not
        JDone = { once: R, off: Jump32 };
        /// Safepoint; pc += off
        Loop = { off: Jump32 };
        /// Safepoint; if a { pc += off }
        LoopTrue = { a: R, off: Jump32 };
        /// Safepoint; if !a { pc += off }
        LoopFalse = { a: R, off: Jump32 };
        /// Safepoint; if a < b { pc += off }
        LoopLtI64 = { a: R, b: R, off: Jump16 };
        /// Safepoint; if a <= b { pc += off }
        LoopLeI64 = { a: R, b: R, off: Jump16 };
        /// Safepoint; if a < b unsigned { pc += off }
        LoopLtU64 = { a: R, b: R, off: Jump16 };
        /// Safepoint; if a == b { pc += off }
        LoopEqI64 = { a: R, b: R, off: Jump16 };
        /// Safepoint; if a != b { pc += off }
        LoopNeI64 = { a: R, b: R, off: Jump16 };
        /// Safepoint; if a < imm { pc += off }
        LoopLtImm = { a: R, imm: I16, off: Jump16 };
        /// Safepoint; if a <= imm { pc += off }
        LoopLeImm = { a: R, imm: I16, off: Jump16 };
        /// Safepoint; if a > imm { pc += off }
        LoopGtImm = { a: R, imm: I16, off: Jump16 };
        /// Safepoint; if a >= imm { pc += off }
        LoopGeImm = { a: R, imm: I16, off: Jump16 };
        /// Safepoint; if a != imm { pc += off }
        LoopNeImm = { a: R, imm: I16, off: Jump16 };
        /// Safepoint; if a < b { pc += off }, float64
        LoopLtF64 = { a: R, b: R, off: Jump16 };
        /// Safepoint; i := i + 1; if i < n { pc += off }
        IncLoopLt = { i: RW, n: R, off: Jump16 };
        /// Safepoint; i := i + 1; if i <= n { pc += off }
        IncLoopLe = { i: RW, n: R, off: Jump16 };
        /// Safepoint; i := i + 1; if i < imm { pc += off }
        IncLoopLtImm = { i: RW, imm: I16, off: Jump16 };
        /// Safepoint; i := i + 1; if i <= imm { pc += off }
        IncLoopLeImm = { i: RW, imm: I16, off: Jump16 };

        // ---- memory through pointers; off in bytes. All panic: nil (base below 4096) ----
        /// dst := uint8 at base+off
        Load8u = { dst: W, base: R, off: U16 };
        /// dst := int8 at base+off
        Load8s = { dst: W, base: R, off: U16 };
        /// dst := uint16 at base+off
        Load16u = { dst: W, base: R, off: U16 };
        /// dst := int16 at base+off
        Load16s = { dst: W, base: R, off: U16 };
        /// dst := uint32 (or float32) at base+off
        Load32u = { dst: W, base: R, off: U16 };
        /// dst := int32 at base+off
        Load32s = { dst: W, base: R, off: U16 };
        /// dst := 8 bytes at base+off
        Load64 = { dst: W, base: R, off: U16 };
        /// dst[0..2] := 16 bytes at base+off
        Load2 = { dst: W2, base: R, off: U16 };
        /// dst[0..3] := 24 bytes at base+off
        Load3 = { dst: W3, base: R, off: U16 };
        /// dst := `bytes` bytes at base+off, in memory layout; the rest of the last slot is zeroed
        LoadN = { dst: WN, base: R, off: U16 } ext { bytes: U32, unused: U32 };
        /// byte at base+off := src
        Store8 = { base: R, off: U16, src: R };
        /// 2 bytes at base+off := src
        Store16 = { base: R, off: U16, src: R };
        /// 4 bytes at base+off := src
        Store32 = { base: R, off: U16, src: R };
        /// 8 bytes without pointers at base+off := src
        Store64 = { base: R, off: U16, src: R };
        /// 8 bytes that may be a pointer at base+off := src (the place for a write barrier)
        StorePtr = { base: R, off: U16, src: R };
        /// 16 bytes at base+off := src[0..2] (string, interface; holds pointers)
        Store2 = { base: R, off: U16, src: R2 };
        /// 24 bytes at base+off := src[0..3] (slice; holds pointers)
        Store3 = { base: R, off: U16, src: R3 };
        /// `bytes` bytes at base+off := src in memory layout; pointers = 1 when the type holds pointers
        StoreN = { base: R, off: U16, src: RN } ext { bytes: U32, pointers: U32 };
        /// *dst := *src for a value of type ty; the places may be the same. Panics: nil, for either.
        CopyMem = { dst: R, src: R } ext { ty: Type, unused: U32 };
        /// *dst := zero value of ty
        ZeroMem = { dst: R } ext { ty: Type, unused: U32 };
        /// bytes at dst := the bytes of strings[k]: the elements of a constant table. dst is never nil.
        CopyStr = { dst: R, k: Str };
        /// dst := base + off. Panics: nil base.
        AddrOff = { dst: W, base: R } ext { off: U32, unused: U32 };
        /// Panics: nil, when base is.
        NilCheck = { base: R };

        // ---- parts of structs and arrays that lie in the frame in memory layout; off in bytes from the slot ----
        /// dst := uint8 at slot+off
        FLoad8u = { dst: W, slot: RN, off: U16 };
        /// dst := int8 at slot+off
        FLoad8s = { dst: W, slot: RN, off: U16 };
        /// dst := uint16 at slot+off
        FLoad16u = { dst: W, slot: RN, off: U16 };
        /// dst := int16 at slot+off
        FLoad16s = { dst: W, slot: RN, off: U16 };
        /// dst := uint32 at slot+off
        FLoad32u = { dst: W, slot: RN, off: U16 };
        /// dst := int32 at slot+off
        FLoad32s = { dst: W, slot: RN, off: U16 };
        /// byte at slot+off := src
        FStore8 = { slot: WN, off: U16, src: R };
        /// 2 bytes at slot+off := src
        FStore16 = { slot: WN, off: U16, src: R };
        /// 4 bytes at slot+off := src
        FStore32 = { slot: WN, off: U16, src: R };
        /// `bytes` bytes at slot dst + dst_off := `bytes` bytes at slot src + src_off (parts of structs not aligned to slots); the rest is untouched.
        FCopy = { dst: WN, src: RN, bytes: U16 } ext { dst_off: U32, src_off: U32 };

        // ---- arrays in the frame: element index of the array at slot; index checked before by CheckIdx ----
        /// dst := uint8 element
        FIdxLoad8u = { dst: W, slot: RN, index: R };
        /// dst := int8 element
        FIdxLoad8s = { dst: W, slot: RN, index: R };
        /// dst := uint16 element
        FIdxLoad16u = { dst: W, slot: RN, index: R };
        /// dst := int16 element
        FIdxLoad16s = { dst: W, slot: RN, index: R };
        /// dst := uint32 element
        FIdxLoad32u = { dst: W, slot: RN, index: R };
        /// dst := int32 element
        FIdxLoad32s = { dst: W, slot: RN, index: R };
        /// dst := 8-byte element
        FIdxLoad64 = { dst: W, slot: RN, index: R };
        /// 1-byte element := src
        FIdxStore8 = { slot: WN, index: R, src: R };
        /// 2-byte element := src
        FIdxStore16 = { slot: WN, index: R, src: R };
        /// 4-byte element := src
        FIdxStore32 = { slot: WN, index: R, src: R };
        /// 8-byte element := src
        FIdxStore64 = { slot: WN, index: R, src: R };
        /// dst := address of the element of `size` bytes of the array at slot (for use before the frame is left)
        FIdxAddr = { dst: W, slot: RN, index: R } ext { size: U32, unused: U32 };

        // ---- arrays behind a pointer; index checked before by CheckIdx. All panic: nil ----
        /// Panics: index out of range, unless 0 <= index < len.
        CheckIdx = { index: R, len: U32 };
        /// dst := uint8 element
        PIdxLoad8u = { dst: W, base: R, index: R };
        /// dst := int8 element
        PIdxLoad8s = { dst: W, base: R, index: R };
        /// dst := uint16 element
        PIdxLoad16u = { dst: W, base: R, index: R };
        /// dst := int16 element
        PIdxLoad16s = { dst: W, base: R, index: R };
        /// dst := uint32 element
        PIdxLoad32u = { dst: W, base: R, index: R };
        /// dst := int32 element
        PIdxLoad32s = { dst: W, base: R, index: R };
        /// dst := 8-byte element
        PIdxLoad64 = { dst: W, base: R, index: R };
        /// 1-byte element := src
        PIdxStore8 = { base: R, index: R, src: R };
        /// 2-byte element := src
        PIdxStore16 = { base: R, index: R, src: R };
        /// 4-byte element := src
        PIdxStore32 = { base: R, index: R, src: R };
        /// 8-byte element without pointers := src
        PIdxStore64 = { base: R, index: R, src: R };
        /// 8-byte element that may be a pointer := src
        PIdxStorePtr = { base: R, index: R, src: R };
        /// dst := address of the element of `size` bytes
        PIdxAddr = { dst: W, base: R, index: R } ext { size: U32, unused: U32 };

        // ---- slices and strings: base is (pointer, length …). All panic: index out of range ----
        /// dst := uint8 element (also bytes of strings: only two slots are read)
        IdxLoad8u = { dst: W, base: R2, index: R };
        /// dst := int8 element
        IdxLoad8s = { dst: W, base: R2, index: R };
        /// dst := uint16 element
        IdxLoad16u = { dst: W, base: R2, index: R };
        /// dst := int16 element
        IdxLoad16s = { dst: W, base: R2, index: R };
        /// dst := uint32 element
        IdxLoad32u = { dst: W, base: R2, index: R };
        /// dst := int32 element
        IdxLoad32s = { dst: W, base: R2, index: R };
        /// dst := 8-byte element
        IdxLoad64 = { dst: W, base: R2, index: R };
        /// dst[0..2] := 16-byte element
        IdxLoad2 = { dst: W2, base: R2, index: R };
        /// dst[0..3] := 24-byte element
        IdxLoad3 = { dst: W3, base: R2, index: R };
        /// 1-byte element := src
        IdxStore8 = { base: R2, index: R, src: R };
        /// 2-byte element := src
        IdxStore16 = { base: R2, index: R, src: R };
        /// 4-byte element := src
        IdxStore32 = { base: R2, index: R, src: R };
        /// 8-byte element without pointers := src
        IdxStore64 = { base: R2, index: R, src: R };
        /// 8-byte element that may be a pointer := src
        IdxStorePtr = { base: R2, index: R, src: R };
        /// 16-byte element := src[0..2]
        IdxStore2 = { base: R2, index: R, src: R2 };
        /// 24-byte element := src[0..3]
        IdxStore3 = { base: R2, index: R, src: R3 };
        /// dst := address of the element of `size` bytes
        IdxAddr = { dst: W, base: R2, index: R } ext { size: U32, unused: U32 };
        /// dst := 8 bytes at offset off in the element of `size` bytes
        IdxFieldLoad64 = { dst: W, base: R2, index: R } ext { size: U32, off: U32 };
        /// 8 bytes without pointers at offset off in the element of `size` bytes := src
        IdxFieldStore64 = { base: R2, index: R, src: R } ext { size: U32, off: U32 };
        /// dst := base[lo:hi:max]. base, lo, hi, max lie in a row: args[0..3] slice, args[3] lo, args[4] hi, args[5] max.
        /// flags: 1 lo given, 2 hi given, 4 max given, 8 the operand was an array (texts say length). Panics: slice bounds out of range.
        Slice = { dst: W3, args: RN, flags: U16 } ext { size: U32, unused: U32 };
        /// dst := s[lo:hi]; args[0..2] string, args[2] lo, args[3] hi; flags 1 lo given, 2 hi given. Panics: slice bounds out of range.
        SliceStr = { dst: W2, args: RN, flags: U16 };
        /// dst := append(slice, one element in memory layout at src); ty is the element type
        Append = { dst: W3, slice: R3, src: RN } ext { ty: Type, unused: U32 };
        /// As Append, for elements of 8 bytes
        Append64 = { dst: W3, slice: R3, src: R } ext { ty: Type, unused: U32 };
        /// As Append, for elements of 1 byte
        Append8 = { dst: W3, slice: R3, src: R } ext { ty: Type, unused: U32 };
        /// dst := append(slice, n elements); they lie at src, each in ceil(size/8) slots
        AppendN = { dst: W3, slice: R3, src: RN } ext { ty: Type, n: U32 };
        /// dst := append(a, b...); b is a slice of the same element type, or a string when ty is byte-sized (only 2 slots are read)
        AppendSlice = { dst: W3, a: R3, b: R2 } ext { ty: Type, unused: U32 };
        /// dst := copy(to, from), the number copied; from may be a string; ty is the element type
        Copy = { dst: W, to: R3, from: R2 } ext { ty: Type, unused: U32 };
        /// Zeroes all elements.
        ClearSlice = { slice: R3 } ext { ty: Type, unused: U32 };
        /// dst := make([]ty, len, cap). Panics: makeslice: len out of range, cap out of range.
        MakeSlice = { dst: W3, len: R, cap: R } ext { ty: Type, unused: U32 };
        /// dst := pointer to the array under a slice, for conversions to arrays and array pointers. Panics: cannot convert slice with length x to array or pointer to array with length n.
        SliceToArray = { dst: W, slice: R3 } ext { len: U32, unused: U32 };

        // ---- strings ----
        /// dst := a + b
        Concat = { dst: W2, a: R2, b: R2 };
        /// dst := the n strings at args, joined
        ConcatN = { dst: W2, args: RN, n: U16 };
        /// dst[0] := rune at byte index, dst[1] := its width in bytes; 0 <= index < len holds
        RuneAt = { dst: W2, s: R2, index: R };
        /// dst := string(bytes)
        StrFromBytes = { dst: W2, src: R3 };
        /// dst := []byte(string)
        BytesFromStr = { dst: W3, src: R2 };
        /// dst := string(runes)
        StrFromRunes = { dst: W2, src: R3 };
        /// dst := []rune(string)
        RunesFromStr = { dst: W3, src: R2 };
        /// dst := string(rune); src is any integer as int64
        StrFromRune = { dst: W2, src: R };

        // ---- globals; off in bytes ----
        /// dst := address of the global
        GlobalAddr = { dst: W, off: Global };
        /// dst := 8-byte global
        GLoad64 = { dst: W, off: Global };
        /// dst[0..2] := 16-byte global
        GLoad2 = { dst: W2, off: Global };
        /// dst[0..3] := 24-byte global
        GLoad3 = { dst: W3, off: Global };
        /// 8-byte global := src
        GStore64 = { src: R, off: Global };
        /// 16-byte global := src[0..2]
        GStore2 = { src: R2, off: Global };
        /// 24-byte global := src[0..3]
        GStore3 = { src: R3, off: Global };

        // ---- allocation and closures ----
        /// dst := address of a new zero value of ty
        New = { dst: W, ty: Type };
        /// dst := address of a new copy of the value of ty at the address in src. Panics: nil.
        Clone = { dst: W, src: R } ext { ty: Type, unused: U32 };
        /// dst := a new closure object of func with n captured slots copied from captures
        MakeClosure = { dst: W, captures: RN } ext { func: Func, n: U32 };
        /// dst := captured slot number index of the running closure
        LoadCap = { dst: W, index: U16 };
        /// dst[0..n] := captured slots index..index+n
        LoadCapN = { dst: WN, index: U16, n: U16 };

        // ---- calls: the callee's frame starts at slot `base`: header (3), results, params. Results are read there afterwards ----
        /// Calls a function.
        Call = { base: Window, func: Func };
        /// Calls a func value. Panics: nil.
        CallClosure = { base: Window, closure: R };
        /// Calls method sel of the interface's dynamic type; the data word becomes the first param (written by the call). Panics: nil.
        CallIface = { base: Window, iface: R2, sel: Sel };
        /// Calls a Rust leaf. It sees results and params from slot base + 3 on.
        CallNative = { base: Window, native: Native };
        /// Returns; the results are in slots 3..
        Ret = { };
        /// go f(args): starts a goroutine with the window's params.
        Go = { base: Window, func: Func };
        /// go closure(args). Fatal: go of nil func value.
        GoClosure = { base: Window, closure: R };
        /// go iface.method(args). Panics: nil.
        GoIface = { base: Window, iface: R2, sel: Sel };
        /// defer f(args): the params are copied into a defer record of this frame.
        Defer = { base: Window, func: Func };
        /// defer closure(args); a nil closure panics when it is run.
        DeferClosure = { base: Window, closure: R };
        /// defer iface.method(args). Panics: nil.
        DeferIface = { base: Window, iface: R2, sel: Sel };
        /// Defers the calls on a list that loops over functions fill: `list` points to a slice of funcs. They are made last
        /// first, as if this function had deferred them one by one.
        DeferList = { list: R };
        /// Runs this frame's deferred calls, last first, with windows at base; then goes on.
        RunDefers = { base: Window };
        /// panic(v). A nil interface becomes *runtime.PanicNilError.
        Panic = { value: R2 };
        /// dst := recover()
        Recover = { dst: W2 };

        // ---- interfaces ----
        /// dst := interface of a value of a type larger than 8 bytes: copied to the heap. (Smaller ones: LoadType and Mov.)
        MakeIface = { dst: W2, src: RN } ext { ty: Type, unused: U32 };
        /// dst := interface of the string constant strings[k]; ty is string, or a type defined by it
        StrIface = { dst: W2, k: Str } ext { ty: Type, unused: U32 };
        /// dst := value of concrete type ty. Panics: interface conversion. iface_ty is the static type, for the text.
        AssertType = { dst: WN, iface: R2 } ext { ty: Type, iface_ty: Type };
        /// dst := value of concrete type ty or its zero value; ok := whether it was one
        AssertTypeOk = { dst: WN, iface: R2, ok: W } ext { ty: Type, iface_ty: Type };
        /// dst := the same value if its type implements interface ty. Panics: interface conversion.
        AssertIface = { dst: W2, iface: R2 } ext { ty: Type, iface_ty: Type };
        /// dst := the same value or nil; ok := whether its type implements interface ty
        AssertIfaceOk = { dst: W2, iface: R2, ok: W } ext { ty: Type, iface_ty: Type };
        /// dst := closure of the bound method sel of an interface value (x.M as a value). Panics: nil.
        IfaceMethodValue = { dst: W, iface: R2, sel: Sel };

        // ---- maps; ty is the map type; keys and values lie in memory layout in slots ----
        /// dst := make(ty, hint)
        MakeMap = { dst: W, hint: R } ext { ty: Type, unused: U32 };
        /// dst := m[key] or the zero value. Panics: hash of unhashable type.
        MapGet = { dst: WN, map: R, key: RN } ext { ty: Type, unused: U32 };
        /// dst := m[key] or zero; slot ok := whether present
        MapGetOk = { dst: WN, map: R, key: RN } ext { ty: Type, ok: U32 };
        /// dst := address of the value for key, inserted when missing (valid until the next map operation). Panics: assignment to entry in nil map; hash of unhashable type.
        MapAddr = { dst: W, map: R, key: RN } ext { ty: Type, unused: U32 };
        /// m[key] := src. Panics as MapAddr.
        MapSet = { map: R, key: RN, src: RN } ext { ty: Type, unused: U32 };
        /// delete(m, key). Panics: hash of unhashable type.
        MapDelete = { map: R, key: RN } ext { ty: Type, unused: U32 };
        /// dst := len(m)
        MapLen = { dst: W, map: R };
        /// clear(m)
        MapClear = { map: R } ext { ty: Type, unused: U32 };
        /// Starts ranging over m, with MAP_ITER_SLOTS slots of state at iter.
        MapIterInit = { iter: WN, map: R } ext { ty: Type, unused: U32 };
        /// key, value := next entry, or pc += off (ext) when there is none. A slot number of 0 means not wanted.
        MapIterNext = { iter: WN, key: WN, value: WN } ext { ty: Type, off: Jump32 };

        // ---- channels and select. An operation that may park is two instructions: when it has to wait, the goroutine resumes at the second, which finishes it; when it does not, the second is skipped ----
        /// dst := make(chan ty, size); ty is the channel type. Panics: makechan: size out of range.
        MakeChan = { dst: W, size: R } ext { ty: Type, unused: U32 };
        /// ch <- value in memory layout at src. Panics: send on closed channel. Must be followed by SendDone.
        Send = { ch: R, src: RN };
        /// ch <- value in memory at the address in addr. Panics as Send. Must be followed by SendDone.
        SendAt = { ch: R, addr: R };
        /// Second half of Send.
        SendDone = { };
        /// dst := <-ch, bytes of the last slot beyond the element zeroed. Must be followed by RecvDone.
        Recv = { dst: WN, ch: R, ok: W };
        /// Second half of Recv: sets ok.
        RecvDone = { dst: WN, ch: R, ok: W };
        /// The memory at the address in addr := <-ch. Must be followed by RecvAtDone.
        RecvAt = { addr: R, ch: R, ok: W };
        /// Second half of RecvAt: sets ok.
        RecvAtDone = { addr: R, ch: R, ok: W };
        /// close(ch). Panics: close of nil channel, close of closed channel.
        Close = { ch: R };
        /// dst := len(ch)
        ChanLen = { dst: W, ch: R };
        /// dst := cap(ch)
        ChanCap = { dst: W, ch: R };
        /// select over nsends + nrecvs cases at `cases`: each two slots (channel, address of the element's slots, 0 = not
        /// wanted), sends first, then as many scratch slots as there are cases. dst := index of the chosen case or -1 for
        /// default; dst+1 := received ok. Slots that receive must be zeroed before. Must be followed by SelectDone.
        Select = { cases: RN, nsends: U16, nrecvs: U16 } ext { dst: U32, has_default: U32 };
        /// Second half of Select.
        SelectDone = { cases: RN, nsends: U16, nrecvs: U16 } ext { dst: U32, has_default: U32 };

        // ---- the VM's own: never in a Program ----
        /// Return trampoline of a frame that begins a segment: copies the results back and leaves the segment.
        SegReturn = { };
        /// Return trampoline of a goroutine's first frame.
        GoExit = { };
        /// Does what the instruction recorded in the goroutine found no quick way for: raises its panic, grows the frame
        /// stack, answers a preemption.
        Trap = { };
        /// `CallNative` of a seeded run: a safepoint behind it. The loader puts it in its place.
        CallNativeCounted = { base: Window, native: Native };
        // Natives whose usual case is an instruction; the loader puts it in the place of `CallNative`
        // (vm/src/interp/quick.rs). Window and native are the same: what is not usual is left to the native.
        /// sync.Mutex.Lock of an unlocked mutex.
        MutexLock = { base: Window, native: Native };
        /// sync.Mutex.TryLock.
        MutexTryLock = { base: Window, native: Native };
        /// sync.Mutex.Unlock of a mutex for which nobody waits.
        MutexUnlock = { base: Window, native: Native };
        /// sync.RWMutex.RLock while there is no writer.
        RwRLock = { base: Window, native: Native };
        /// sync.RWMutex.RUnlock while there is no writer.
        RwRUnlock = { base: Window, native: Native };
        /// sync.RWMutex.awaitReaders while there is no reader.
        RwAwait = { base: Window, native: Native };
        /// sync.RWMutex.admitReaders while there is no reader.
        RwAdmit = { base: Window, native: Native };
        /// sync.WaitGroup.Add that wakes nobody.
        WgAdd = { base: Window, native: Native };
        /// sync.WaitGroup.Done that wakes nobody.
        WgDone = { base: Window, native: Native };
        /// result := *addr, int32
        AtomicLoad32s = { base: Window, native: Native };
        /// result := *addr, uint32
        AtomicLoad32u = { base: Window, native: Native };
        /// result := *addr, 8 bytes
        AtomicLoad64 = { base: Window, native: Native };
        /// *addr := value, 4 bytes
        AtomicStore32 = { base: Window, native: Native };
        /// *addr := value, 8 bytes
        AtomicStore64 = { base: Window, native: Native };
        /// result, *addr := *addr, value, int32
        AtomicSwap32s = { base: Window, native: Native };
        /// result, *addr := *addr, value, uint32
        AtomicSwap32u = { base: Window, native: Native };
        /// result, *addr := *addr, value, 8 bytes
        AtomicSwap64 = { base: Window, native: Native };
        /// result := whether *addr was old and is new, 4 bytes
        AtomicCas32 = { base: Window, native: Native };
        /// result := whether *addr was old and is new, 8 bytes
        AtomicCas64 = { base: Window, native: Native };
        /// *addr += delta; result := *addr, int32
        AtomicAdd32s = { base: Window, native: Native };
        /// *addr += delta; result := *addr, uint32
        AtomicAdd32u = { base: Window, native: Native };
        /// *addr += delta; result := *addr, 8 bytes
        AtomicAdd64 = { base: Window, native: Native };
        /// result, *addr := *addr, *addr & mask, int32
        AtomicAnd32s = { base: Window, native: Native };
        /// result, *addr := *addr, *addr & mask, uint32
        AtomicAnd32u = { base: Window, native: Native };
        /// result, *addr := *addr, *addr & mask, 8 bytes
        AtomicAnd64 = { base: Window, native: Native };
        /// result, *addr := *addr, *addr | mask, int32
        AtomicOr32s = { base: Window, native: Native };
        /// result, *addr := *addr, *addr | mask, uint32
        AtomicOr32u = { base: Window, native: Native };
        /// result, *addr := *addr, *addr | mask, 8 bytes
        AtomicOr64 = { base: Window, native: Native };
        /// Return trampoline of a deferred call run by a panic or Goexit: goes on unwinding.
        PanicNext = { };
        /// Return trampoline of a deferred call run by `RunDefers`: goes on with it.
        DefersNext = { };
        /// Return trampoline of a Go function that a native had called: copies the results to where the native wants them.
        NativeNext = { };
        /// Return trampoline of `runtime.panicText`.
        TextNext = { };
        /// Begin of goroutine 1: it is wired to the main thread while packages are initialised.
        MainBegin = { };
        /// They are initialised: goroutine 1 may run anywhere, unless an init function has wired it.
        MainReady = { };
        /// End of goroutine 1: the program exits.
        MainDone = { };
        /// A method that the type lacks: a fault of the compiler.
        NoMethod = { };
                }
    };
}

macro_rules! roles {
    ($($k:ident)*) => { &[$(Role::$k),*] };
}

macro_rules! define_ops {
    ($( $(#[doc = $doc:literal])* $name:ident = { $($f:ident : $k:ident),* } $(ext { $xf:ident : $xk:ident, $yf:ident : $yk:ident })? ; )*) => {
        /// The operation of an instruction word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Op { $( $(#[doc = $doc])* $name, )* }

        impl Op {
            /// Every operation, in the order of their numbers.
            pub const ALL: &'static [Op] = &[$(Op::$name),*];
            /// Number of operations.
            pub const COUNT: usize = Op::ALL.len();

            /// Static description of the operation.
            pub const fn info(self) -> &'static OpInfo { &INFOS[self as usize] }

            /// Whether the operation is the VM's own, never in a program.
            pub const fn is_internal(self) -> bool { self as u16 >= Op::SegReturn as u16 }
        }

        static INFOS: [OpInfo; Op::COUNT] = [$(
            OpInfo {
                name: stringify!($name),
                fields: &[$(stringify!($f)),*],
                roles: roles!($($k)*),
                ext_fields: &[$(stringify!($xf), stringify!($yf))?],
                ext_roles: &[$(Role::$xk, Role::$yk)?],
            },
        )*];

        /// Constructors, one per operation: `ins::AddI64(dst, a, b)`.
        #[allow(non_snake_case, missing_docs)]
        pub mod ins {
            use super::*;
            $(
                $(#[doc = $doc])*
                pub fn $name($($f: arg::$k,)* $($xf: arg::$xk, $yf: arg::$yk)?) -> Ins {
                    #[allow(unused_mut)]
                    let mut e = Encoder::new(Op::$name);
                    $( e.put(Role::$k, $f as u32); )*
                    $( e.ext($xf as u32, $yf as u32); )?
                    e.ins
                }
            )*
        }
    };
}

/// What the table says about one operation.
pub struct OpInfo {
    /// Name as in [`Op`].
    pub name: &'static str,
    /// Operand names, in order.
    pub fields: &'static [&'static str],
    /// Operand roles, in order.
    pub roles: &'static [Role],
    /// Names of the two ext operands, or empty.
    pub ext_fields: &'static [&'static str],
    /// Roles of the two ext operands, or empty.
    pub ext_roles: &'static [Role],
}

impl OpInfo {
    /// Words the instruction takes: 1, or 2 with ext (a `JTable`'s targets not counted).
    pub const fn words(&self) -> usize {
        if self.ext_roles.is_empty() { 1 } else { 2 }
    }
}

/// One encoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ins {
    /// The instruction word.
    pub word: u64,
    /// The second word, when the operation has one.
    pub ext: Option<u64>,
}

struct Encoder {
    ins: Ins,
    next: u32,
}

impl Encoder {
    fn new(op: Op) -> Encoder {
        Encoder {
            ins: Ins {
                word: op as u16 as u64,
                ext: None,
            },
            next: 16,
        }
    }

    fn put(&mut self, role: Role, value: u32) {
        if role.is_wide() {
            self.ins.word |= (value as u64) << 32;
            self.next = 64;
        } else {
            self.ins.word |= ((value & 0xffff) as u64) << self.next;
            self.next += 16;
        }
    }

    fn ext(&mut self, lo: u32, hi: u32) {
        self.ins.ext = Some(lo as u64 | (hi as u64) << 32);
    }
}

for_each_op!(define_ops);

/// Operation number of a word (not checked against [`Op::COUNT`]).
#[inline(always)]
pub const fn op_of(word: u64) -> u16 {
    word as u16
}
/// First 16-bit operand.
#[inline(always)]
pub const fn a_of(word: u64) -> u16 {
    (word >> 16) as u16
}
/// Second 16-bit operand.
#[inline(always)]
pub const fn b_of(word: u64) -> u16 {
    (word >> 32) as u16
}
/// Third 16-bit operand.
#[inline(always)]
pub const fn c_of(word: u64) -> u16 {
    (word >> 48) as u16
}
/// The 32-bit operand of a word, or the second operand of an ext word.
#[inline(always)]
pub const fn wide_of(word: u64) -> u32 {
    (word >> 32) as u32
}
/// The first operand of an ext word.
#[inline(always)]
pub const fn low_of(word: u64) -> u32 {
    word as u32
}

const _: () = assert!(Op::COUNT < 1024);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_land_in_their_fields() {
        let i = ins::AddI64(1, 2, 3);
        assert_eq!(
            (op_of(i.word), a_of(i.word), b_of(i.word), c_of(i.word)),
            (Op::AddI64 as u16, 1, 2, 3)
        );
        let i = ins::LoadImm(7, -2);
        assert_eq!((a_of(i.word), wide_of(i.word) as i32), (7, -2));
        let i = ins::Jmp(-5);
        assert_eq!(wide_of(i.word) as i32, -5);
        let i = ins::JLtImm(1, -3, -4);
        assert_eq!((b_of(i.word) as i16, c_of(i.word) as i16), (-3, -4));
        let i = ins::MapIterNext(9, 10, 11, 12, -13);
        assert_eq!(
            i.ext.map(|x| (low_of(x), wide_of(x) as i32)),
            Some((12, -13))
        );
    }

    #[test]
    fn wide_operands_come_last_and_do_not_overlap() {
        for op in Op::ALL {
            let info = op.info();
            let wide = info.roles.iter().position(|r| r.is_wide());
            if let Some(at) = wide {
                assert!(
                    at + 1 == info.roles.len() && at <= 1,
                    "{}: a 32-bit operand is last and leaves b and c free",
                    info.name
                );
            } else {
                assert!(info.roles.len() <= 3, "{}", info.name);
            }
        }
    }
}
