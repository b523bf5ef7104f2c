//! One line per executed instruction on standard error: goroutine, function, line, instruction, and the slots it
//! names with their values before. Only with the feature `trace`.

use crate::interp::{Fp, Gp, Pc};
use crate::load::func_at;
use minigo_bytecode::decode::decode;
use minigo_bytecode::operand::Role;
use std::fmt::Write;

/// Shows the instruction at `pc`, which is about to be executed.
///
/// # Safety
/// `gp` is the running goroutine, `fp` its newest frame, `pc` an instruction.
pub(crate) unsafe fn step(pc: Pc, fp: Fp, gp: Gp) {
    // SAFETY: as the caller promises; no instruction is longer than two words but a table, which is not shown.
    unsafe {
        let next = pc.add(1);
        let Some(f) = func_at(next) else {
            return;
        };
        let at = (pc as usize - f.entry as usize) / 8;
        let Ok(d) = decode(&f.func.code, at) else {
            return;
        };
        let mut line = format!(
            "g{} {}:{} {:<14}",
            (*gp).goid,
            f.func.name,
            f.line_before(next),
            d.op.info().name
        );
        for o in d.operands.iter().filter(|o| o.name != "unused") {
            let _ = write!(line, " {}=", o.name);
            let slot = || *fp.add(o.value as usize);
            let _ = match o.role {
                Role::R | Role::R2 | Role::R3 | Role::RN | Role::RW => {
                    write!(line, "r{}({:#x})", o.value, slot())
                }
                Role::W | Role::W2 | Role::W3 | Role::WN => write!(line, "r{}", o.value),
                _ => write!(line, "{}", o.value),
            };
        }
        eprintln!("{line}");
    }
}
