//! Text form of a program, for dumps and golden files: names, labels and source lines, no raw addresses.
//!
//! Slots are printed as `r5`, ranges known from the role as `r5:2`. Jumps name a label `L1`, numbered in order of
//! place. A name stands behind the instruction where an operand is an index.

use crate::decode::{Decoded, instructions};
use crate::operand::Role;
use crate::program::{Func, Program};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Gives the text of a source line: file name and 1-based line.
pub type SourceLine<'a> = dyn Fn(&str, u32) -> Option<String> + 'a;

/// The whole program, function by function.
pub fn program(p: &Program, source: &SourceLine) -> String {
    let mut out = String::new();
    for f in &p.funcs {
        out.push_str(&func(p, f, source));
        out.push('\n');
    }
    out
}

/// One function.
pub fn func(p: &Program, f: &Func, source: &SourceLine) -> String {
    let mut out = String::new();
    let flags = match (f.flags.wrapper, f.flags.has_defer) {
        (true, true) => ", wrapper, defers",
        (true, false) => ", wrapper",
        (false, true) => ", defers",
        (false, false) => "",
    };
    let _ = writeln!(
        out,
        "func {}: frame {}, results {}, params {}{flags}",
        f.name, f.frame_slots, f.result_slots, f.param_slots
    );
    let labels = labels(f);
    let file = p.files.get(f.file as usize).map_or("?", |s| s.as_str());
    let short = file.rsplit('/').next().unwrap_or(file);
    let mut last_line = 0;
    for item in instructions(&f.code) {
        let d = match item {
            Ok(d) => d,
            Err((pc, e)) => {
                let _ = writeln!(out, "    !! word {pc}: {e:?}");
                break;
            }
        };
        if let Some(e) = f.lines.lookup(d.pc as u32)
            && e.line != last_line
        {
            last_line = e.line;
            let _ = match source(file, e.line) {
                Some(text) => writeln!(out, "  ; {short}:{}  {}", e.line, text.trim()),
                None => writeln!(out, "  ; {short}:{}", e.line),
            };
        }
        if let Some(n) = labels.get(&(d.pc as i64)) {
            let _ = writeln!(out, "  L{n}:");
        }
        if f.recover_pc == Some(d.pc as u32) {
            out.push_str("  recover:\n");
        }
        let _ = writeln!(out, "    {}", instruction(p, &d, &labels));
    }
    if let Some(n) = labels.get(&(f.code.len() as i64)) {
        let _ = writeln!(out, "  L{n}:");
    }
    out
}

/// One instruction, with jump targets as labels.
fn instruction(p: &Program, d: &Decoded, labels: &BTreeMap<i64, usize>) -> String {
    let label = |pc: i64| match labels.get(&pc) {
        Some(n) => format!("L{n}"),
        None => format!("word {pc}"),
    };
    let mut text = String::new();
    let mut notes = Vec::new();
    for o in &d.operands {
        if o.name == "unused" {
            continue;
        }
        if !text.is_empty() {
            text.push_str(", ");
        }
        let v = o.value;
        let i = v as usize;
        match o.role {
            Role::R | Role::W | Role::RW | Role::RN | Role::WN => _ = write!(text, "r{v}"),
            Role::R2 | Role::W2 => _ = write!(text, "r{v}:2"),
            Role::R3 | Role::W3 => _ = write!(text, "r{v}:3"),
            Role::Window => _ = write!(text, "w{v}"),
            Role::Jump16 | Role::Jump32 => {
                _ = write!(text, "-> {}", label(d.end as i64 + v));
            }
            Role::I16 | Role::I32 | Role::U16 | Role::U32 => {
                _ = write!(text, "{}={v}", o.name);
            }
            Role::Sel => {
                let name = p.selector_names.get(i).map_or("?", |s| s.as_str());
                _ = write!(text, ".{name}");
            }
            Role::Global => {
                _ = write!(text, "g+{v}");
                if let Some((name, off, _)) =
                    p.globals.iter().rev().find(|(_, off, _)| *off as i64 <= v)
                {
                    notes.push(if *off as i64 == v {
                        name.clone()
                    } else {
                        format!("{name}+{}", v - *off as i64)
                    });
                }
            }
            Role::Const => match p.consts.get(i) {
                Some(c) => _ = write!(text, "{:#x}", c),
                None => _ = write!(text, "const {v}?"),
            },
            Role::Str => match p.strings.get(i) {
                Some(s) => _ = write!(text, "{}", quoted(s)),
                None => _ = write!(text, "string {v}?"),
            },
            Role::Type => match p.types.get(i) {
                Some(t) => _ = write!(text, "{}", t.string),
                None => _ = write!(text, "type {v}?"),
            },
            Role::Func => match p.funcs.get(i) {
                Some(f) => _ = write!(text, "{}", f.name),
                None => _ = write!(text, "func {v}?"),
            },
            Role::Native => match p.natives.get(i) {
                Some(n) => _ = write!(text, "{n}"),
                None => _ = write!(text, "native {v}?"),
            },
        }
    }
    for &t in &d.table {
        let _ = write!(text, " {}", label(t));
    }
    let mut line = format!("{:<14} {text}", d.op.info().name);
    if !notes.is_empty() {
        let _ = write!(line, "  ; {}", notes.join(", "));
    }
    line.truncate(line.trim_end().len());
    line
}

fn labels(f: &Func) -> BTreeMap<i64, usize> {
    let mut map: BTreeMap<i64, usize> = BTreeMap::new();
    for d in instructions(&f.code).flatten() {
        for t in d.targets() {
            map.insert(t, 0);
        }
    }
    for (n, label) in map.values_mut().enumerate() {
        *label = n + 1;
    }
    map
}

/// A string constant as it may stand on a line; long ones are cut.
fn quoted(bytes: &[u8]) -> String {
    const SHOWN: usize = 40;
    let cut = &bytes[..bytes.len().min(SHOWN)];
    let mut s = String::from("\"");
    for chunk in cut.utf8_chunks() {
        s.extend(chunk.valid().escape_debug());
        for b in chunk.invalid() {
            let _ = write!(s, "\\x{b:02x}");
        }
    }
    s.push('"');
    if bytes.len() > SHOWN {
        let _ = write!(s, "...({} bytes)", bytes.len());
    }
    s
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::LineTable;
    use crate::op::ins;
    use crate::program::FuncFlags;

    #[test]
    fn labels_names_and_lines_are_shown() {
        let mut lines = LineTable::default();
        lines.push(0, 3, 1);
        lines.push(2, 4, 1);
        let f = Func {
            name: "main.f".into(),
            file: 0,
            line: 2,
            code: vec![
                ins::LoadStr(4, 0).word,
                ins::LoadImm(3, 10).word,
                ins::IncLoopLtImm(3, 5, -2).word,
                ins::Call(6, 0).word,
                ins::Ret().word,
            ],
            frame_slots: 9,
            result_slots: 0,
            param_slots: 0,
            recover_pc: None,
            lines,
            windows: Vec::new(),
            ty: None,
            flags: FuncFlags::default(),
        };
        let p = Program {
            funcs: vec![f],
            strings: vec![b"hi\n\xff".to_vec()],
            files: vec!["/x/main.go".into()],
            ..Program::default()
        };
        let text = program(&p, &|_, line| (line == 4).then(|| "\tf()".to_string()));
        let expected = "\
func main.f: frame 9, results 0, params 0
  ; main.go:3
    LoadStr        r4:2, \"hi\\n\\xff\"
  L1:
    LoadImm        r3, imm=10
  ; main.go:4  f()
    IncLoopLtImm   r3, imm=5, -> L1
    Call           w6, main.f
    Ret

";
        assert_eq!(text, expected);
    }
}
