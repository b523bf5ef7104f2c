//! Operand roles: what each 16- or 32-bit field of an instruction stands for.
//!
//! The verifier, the disassembler and the encoder are driven by these roles, so an operand that is read as two
//! consecutive slots says so in its role and nowhere else.

/// Index of an 8-byte slot in the current frame.
pub type Slot = u16;

/// How many slots the frame header takes: return pc, caller's fp, closure context.
pub const FRAME_HEADER: u16 = 3;
/// Header slot that holds the address of the instruction to return to.
pub const SLOT_RET_PC: u16 = 0;
/// Header slot that holds the caller's frame pointer.
pub const SLOT_CALLER_FP: u16 = 1;
/// Header slot that holds the closure object of the running function (unset in direct calls).
pub const SLOT_CONTEXT: u16 = 2;
/// Slots that a map iterator occupies in the frame.
pub const MAP_ITER_SLOTS: u16 = 8;

/// The role of one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Slot read.
    R,
    /// Two consecutive slots read (string, interface, complex128).
    R2,
    /// Three consecutive slots read (slice).
    R3,
    /// Slots read whose number the instruction itself determines (by type, by count, by callee).
    RN,
    /// Slot written.
    W,
    /// Two consecutive slots written.
    W2,
    /// Three consecutive slots written.
    W3,
    /// Slots written whose number the instruction itself determines.
    WN,
    /// Slot read and written.
    RW,
    /// First slot of the callee's frame (its header).
    Window,
    /// Signed 16-bit immediate.
    I16,
    /// Unsigned 16-bit immediate (a byte offset, a count, flags).
    U16,
    /// Signed 16-bit distance in instruction words from the *next* instruction word after this instruction.
    Jump16,
    /// Selector id (see `Program::selectors`).
    Sel,
    /// Signed 32-bit immediate.
    I32,
    /// Unsigned 32-bit immediate.
    U32,
    /// Signed 32-bit distance, as `Jump16`.
    Jump32,
    /// Index into `Program::consts`.
    Const,
    /// Index into `Program::strings`.
    Str,
    /// Index into `Program::types`.
    Type,
    /// Index into `Program::funcs`.
    Func,
    /// Index into `Program::natives`.
    Native,
    /// Byte offset into the globals area.
    Global,
}

impl Role {
    /// Whether the operand takes the 32-bit field (bits 32..64 of a word) rather than a 16-bit one.
    pub const fn is_wide(self) -> bool {
        matches!(
            self,
            Role::I32
                | Role::U32
                | Role::Jump32
                | Role::Const
                | Role::Str
                | Role::Type
                | Role::Func
                | Role::Native
                | Role::Global
        )
    }

    /// Number of slots touched, when it does not depend on the rest of the instruction.
    pub const fn slots(self) -> Option<u16> {
        match self {
            Role::R | Role::W | Role::RW => Some(1),
            Role::R2 | Role::W2 => Some(2),
            Role::R3 | Role::W3 => Some(3),
            _ => None,
        }
    }
}

/// Rust types of encoder arguments, one per role, so that the constructors in `op.rs` are typed.
#[allow(missing_docs)]
pub mod arg {
    pub type R = u16;
    pub type R2 = u16;
    pub type R3 = u16;
    pub type RN = u16;
    pub type W = u16;
    pub type W2 = u16;
    pub type W3 = u16;
    pub type WN = u16;
    pub type RW = u16;
    pub type Window = u16;
    pub type I16 = i16;
    pub type U16 = u16;
    pub type Jump16 = i16;
    pub type Sel = u16;
    pub type I32 = i32;
    pub type U32 = u32;
    pub type Jump32 = i32;
    pub type Const = u32;
    pub type Str = u32;
    pub type Type = u32;
    pub type Func = u32;
    pub type Native = u32;
    pub type Global = u32;
}
