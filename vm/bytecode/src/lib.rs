//! The contract between compiler and VM: instructions, programs, type descriptors, line tables.
//! Depends on nothing; must never know syntax, goroutines or memory.

pub mod decode;
pub mod disasm;
pub mod lines;
pub mod liveness;
pub mod op;
pub mod operand;
pub mod program;
pub mod typedesc;
pub mod verify;
