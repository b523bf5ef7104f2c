//! Walking over code: words back to instructions, driven by the instruction table.

use crate::op::{Op, a_of, b_of, c_of, low_of, op_of, wide_of};
use crate::operand::Role;

/// One operand of a decoded instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operand {
    /// Name in the table.
    pub name: &'static str,
    /// Role in the table.
    pub role: Role,
    /// Value; immediates and distances sign-extended.
    pub value: i64,
}

/// One decoded instruction.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// Word index of the instruction.
    pub pc: usize,
    /// Operation.
    pub op: Op,
    /// Operands, those of the ext word behind the others.
    pub operands: Vec<Operand>,
    /// Targets of a `JTable`, as word indices.
    pub table: Vec<i64>,
    /// Word index behind the whole instruction.
    pub end: usize,
}

impl Decoded {
    /// The operand of this name. The name must be one of the operation's.
    pub fn get(&self, name: &str) -> i64 {
        match self.operands.iter().find(|o| o.name == name) {
            Some(o) => o.value,
            None => panic!("{} has no operand {name}", self.op.info().name),
        }
    }

    /// Where the instruction may jump to, as word indices.
    pub fn targets(&self) -> impl Iterator<Item = i64> + '_ {
        let jumps = self
            .operands
            .iter()
            .filter(|o| matches!(o.role, Role::Jump16 | Role::Jump32));
        jumps
            .map(|o| self.end as i64 + o.value)
            .chain(self.table.iter().copied())
    }
}

/// What is wrong with a word that is no instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecodeError {
    /// No operation has this number.
    UnknownOp(u16),
    /// The code ends inside the instruction.
    Truncated(Op),
}

fn sign(role: Role, raw: u32) -> i64 {
    match role {
        Role::I16 | Role::Jump16 => raw as u16 as i16 as i64,
        Role::I32 | Role::Jump32 => raw as i32 as i64,
        _ => raw as i64,
    }
}

/// Decodes the instruction that begins at word `pc`, which is below `code.len()`.
pub fn decode(code: &[u64], pc: usize) -> Result<Decoded, DecodeError> {
    let word = code[pc];
    let op = *Op::ALL
        .get(op_of(word) as usize)
        .ok_or(DecodeError::UnknownOp(op_of(word)))?;
    let info = op.info();
    let mut operands = Vec::with_capacity(5);
    let narrow = [a_of(word), b_of(word), c_of(word)];
    for (i, (&role, &name)) in info.roles.iter().zip(info.fields).enumerate() {
        let raw = if role.is_wide() {
            wide_of(word)
        } else {
            narrow[i] as u32
        };
        let value = sign(role, raw);
        operands.push(Operand { name, role, value });
    }
    let mut end = pc + info.words();
    if let [lo, hi] = *info.ext_roles {
        let ext = *code.get(pc + 1).ok_or(DecodeError::Truncated(op))?;
        for (role, name, raw) in [
            (lo, info.ext_fields[0], low_of(ext)),
            (hi, info.ext_fields[1], wide_of(ext)),
        ] {
            let value = sign(role, raw);
            operands.push(Operand { name, role, value });
        }
    }
    let mut table = Vec::new();
    if op == Op::JTable {
        let n = wide_of(word) as usize;
        let rows = code
            .get(end..)
            .and_then(|rest| rest.get(..n))
            .ok_or(DecodeError::Truncated(op))?;
        end += n;
        table.extend(rows.iter().map(|&off| end as i64 + off as i64));
    }
    Ok(Decoded {
        pc,
        op,
        operands,
        table,
        end,
    })
}

/// All instructions of a function, up to the first fault.
pub fn instructions(code: &[u64]) -> impl Iterator<Item = Result<Decoded, (usize, DecodeError)>> {
    let mut pc = 0;
    let mut failed = false;
    std::iter::from_fn(move || {
        if failed || pc >= code.len() {
            return None;
        }
        match decode(code, pc) {
            Ok(d) => {
                pc = d.end;
                Some(Ok(d))
            }
            Err(e) => {
                failed = true;
                Some(Err((pc, e)))
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::op::ins;

    #[test]
    fn a_table_belongs_to_its_instruction() {
        let code = [
            ins::JTable(3, 2).word,
            1,
            -3i64 as u64,
            ins::Ret().word,
            ins::Ret().word,
        ];
        let d = decode(&code, 0).unwrap();
        assert_eq!((d.end, d.table), (3, vec![4, 0]));
        assert_eq!(instructions(&code).count(), 3);
    }

    #[test]
    fn truncated_code_is_an_error() {
        let ext = ins::AddrOff(3, 4, 8, 0);
        assert_eq!(
            decode(&[ext.word], 0).unwrap_err(),
            DecodeError::Truncated(Op::AddrOff)
        );
        assert_eq!(
            decode(&[0xffff], 0).unwrap_err(),
            DecodeError::UnknownOp(0xffff)
        );
    }
}
