//! Structural check of a program: what the VM relies on without looking.
//!
//! A verified function reads and writes only its own frame, jumps only to its own instructions, and names only things
//! that exist. Types of values are not tracked: a wrong slot of the right frame is the emitter's own affair.

use crate::decode::{DecodeError, Decoded, instructions};
use crate::op::Op;
use crate::operand::{FRAME_HEADER, MAP_ITER_SLOTS, Role};
use crate::program::{Func, Program};
use crate::typedesc::{Detail, Kind, TypeIdx};
use std::fmt;

/// A fault in a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Function it is in; empty for faults of the program as a whole.
    pub func: String,
    /// Word index of the instruction, when it is in code.
    pub pc: Option<usize>,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.func.as_str(), self.pc) {
            ("", _) => write!(f, "program: {}", self.what),
            (name, None) => write!(f, "{name}: {}", self.what),
            (name, Some(pc)) => write!(f, "{name}: word {pc}: {}", self.what),
        }
    }
}

impl std::error::Error for Fault {}

/// Checks the whole program; the first fault is reported.
pub fn program(p: &Program) -> Result<(), Fault> {
    let whole = |what: String| Fault {
        func: String::new(),
        pc: None,
        what,
    };
    for (i, t) in p.types.iter().enumerate() {
        check_type(p, i).map_err(|what| whole(format!("type {i} ({}): {what}", t.string)))?;
    }
    if !p.globals_size.is_multiple_of(8) {
        return Err(whole("the globals area ends inside a word".into()));
    }
    let known = p.init.iter().chain(&p.main);
    for &f in known.chain(p.well_known_funcs.iter().map(|(_, f)| f)) {
        if f as usize >= p.funcs.len() {
            return Err(whole(format!("function {f} does not exist")));
        }
    }
    for (name, ty) in &p.well_known {
        if *ty as usize >= p.types.len() {
            return Err(whole(format!("well-known type {name} does not exist")));
        }
    }
    for f in &p.funcs {
        func(p, f)?;
    }
    Ok(())
}

fn check_type(p: &Program, i: usize) -> Result<(), String> {
    let t = &p.types[i];
    let mut refs: Vec<TypeIdx> = t.ptr_to.into_iter().collect();
    let kind_fits = match &t.detail {
        Detail::Basic => !matches!(
            t.kind,
            Kind::Array
                | Kind::Chan
                | Kind::Func
                | Kind::Interface
                | Kind::Map
                | Kind::Pointer
                | Kind::Slice
                | Kind::Struct
        ),
        Detail::Array(e, _) => {
            refs.push(*e);
            t.kind == Kind::Array
        }
        Detail::Chan(e, _) => {
            refs.push(*e);
            t.kind == Kind::Chan
        }
        Detail::Func {
            params, results, ..
        } => {
            refs.extend(params);
            refs.extend(results);
            t.kind == Kind::Func
        }
        Detail::Interface(methods) => {
            refs.extend(methods.iter().map(|m| m.ty));
            if let Some(m) = methods.iter().find(|m| m.sel >= p.selectors) {
                return Err(format!("method {}: no selector {}", m.name, m.sel));
            }
            t.kind == Kind::Interface
        }
        Detail::Map(k, e) => {
            refs.extend([k, e]);
            t.kind == Kind::Map
        }
        Detail::Pointer(e) => {
            refs.push(*e);
            t.kind == Kind::Pointer
        }
        Detail::Slice(e) => {
            refs.push(*e);
            t.kind == Kind::Slice
        }
        Detail::Struct(fields) => {
            refs.extend(fields.iter().map(|f| f.ty));
            t.kind == Kind::Struct
        }
    };
    if !kind_fits {
        return Err(format!("the detail does not fit the kind {:?}", t.kind));
    }
    refs.extend(t.methods.iter().map(|m| m.ty));
    if let Some(r) = refs.iter().find(|&&r| r as usize >= p.types.len()) {
        return Err(format!("refers to type {r}, which does not exist"));
    }
    for m in &t.methods {
        if m.sel >= p.selectors {
            return Err(format!("method {}: no selector {}", m.name, m.sel));
        }
        if let Some(f) = m.func
            && f as usize >= p.funcs.len()
        {
            return Err(format!("method {}: no function {f}", m.name));
        }
    }
    if t.ptrdata > t.size || !t.ptrdata.is_multiple_of(8) {
        return Err(format!(
            "{} bytes with pointers in a size of {}",
            t.ptrdata, t.size
        ));
    }
    let repeated = matches!(t.detail, Detail::Array(..)) && t.ptrmask.is_empty();
    if !repeated && (t.ptrmask.len() as u64) < t.ptrdata.div_ceil(512) {
        return Err("the pointer mask is too short".into());
    }
    if !t.align.is_power_of_two() || t.align > 8 {
        return Err(format!("alignment {}", t.align));
    }
    Ok(())
}

/// Checks one function of a program.
pub fn func(p: &Program, f: &Func) -> Result<(), Fault> {
    let fault = |pc: Option<usize>, what: String| Fault {
        func: f.name.clone(),
        pc,
        what,
    };
    let own = FRAME_HEADER as u32 + f.result_slots as u32 + f.param_slots as u32;
    if f.frame_slots < own {
        let what = format!("a frame of {} slots has no room for {own}", f.frame_slots);
        return Err(fault(None, what));
    }
    if f.file as usize >= p.files.len() && !p.files.is_empty() {
        return Err(fault(None, format!("no file {}", f.file)));
    }
    let mut code = Vec::new();
    let mut starts = vec![false; f.code.len() + 1];
    for item in instructions(&f.code) {
        let d = item.map_err(|(pc, e)| {
            fault(
                Some(pc),
                match e {
                    DecodeError::UnknownOp(n) => format!("no operation {n}"),
                    DecodeError::Truncated(op) => format!("{op:?} is cut off"),
                },
            )
        })?;
        starts[d.pc] = true;
        code.push(d);
    }
    for (i, d) in code.iter().enumerate() {
        let at = |what: String| fault(Some(d.pc), format!("{:?}: {what}", d.op));
        check_operands(p, f, d).map_err(at)?;
        check_ranges(p, f, d).map_err(at)?;
        for t in d.targets() {
            let inside = usize::try_from(t).ok().and_then(|t| starts.get(t));
            if inside != Some(&true) {
                return Err(at(format!(
                    "jumps to word {t}, where no instruction begins"
                )));
            }
            if matches!(
                code[code.partition_point(|c| (c.pc as i64) < t)].op,
                Op::SendDone | Op::RecvDone | Op::RecvAtDone | Op::SelectDone
            ) {
                return Err(at("jumps to the second half of an operation".into()));
            }
        }
        check_pair(i.checked_sub(1).map(|i| &code[i]), d, code.get(i + 1)).map_err(at)?;
        if matches!(
            d.op,
            Op::Defer | Op::DeferClosure | Op::DeferIface | Op::DeferList
        ) && !f.flags.has_defer
        {
            return Err(at("in a function not marked has_defer".into()));
        }
    }
    match code.last() {
        None => return Err(fault(None, "no code".into())),
        Some(d) if matches!(d.op, Op::Ret | Op::Jmp | Op::Loop | Op::Panic) => {}
        Some(d) => {
            return Err(fault(
                Some(d.pc),
                format!("runs off the end with {:?}", d.op),
            ));
        }
    }
    if f.flags.has_defer {
        let at = f
            .recover_pc
            .and_then(|pc| code.iter().find(|d| d.pc == pc as usize));
        if at.map(|d| d.op) != Some(Op::RunDefers) {
            return Err(fault(None, "recover_pc does not name a RunDefers".into()));
        }
    }
    Ok(())
}

/// Each operand by itself.
fn check_operands(p: &Program, f: &Func, d: &Decoded) -> Result<(), String> {
    if d.op.is_internal() {
        return Err("an operation of the VM's own".into());
    }
    for o in &d.operands {
        let v = o.value as u64;
        let exists = |n: usize| {
            if v < n as u64 {
                Ok(())
            } else {
                Err(format!("{} {v}: there are {n}", o.name))
            }
        };
        match o.role {
            Role::Const => exists(p.consts.len())?,
            Role::Str => exists(p.strings.len())?,
            Role::Type => exists(p.types.len())?,
            Role::Func => exists(p.funcs.len())?,
            Role::Native => exists(p.natives.len())?,
            Role::Sel => exists(p.selectors as usize)?,
            Role::Global => exists(p.globals_size as usize + 1)?,
            Role::Window => slots(f, o.name, v, FRAME_HEADER as u64)?,
            _ => {}
        }
        let optional = d.op == Op::MapIterNext && v == 0 && matches!(o.name, "key" | "value");
        if let Some(n) = o.role.slots() {
            slots(f, o.name, v, n as u64)?;
        } else if matches!(o.role, Role::RN | Role::WN) && !optional {
            slots(f, o.name, v, 0)?;
        }
    }
    Ok(())
}

/// `n` slots from `v` on belong to the frame, and not to its header.
fn slots(f: &Func, name: &str, v: u64, n: u64) -> Result<(), String> {
    if v < FRAME_HEADER as u64 {
        return Err(format!("{name}: slot {v} belongs to the header"));
    }
    if v + n > f.frame_slots as u64 {
        return Err(format!(
            "{name}: slots {v}..{} in a frame of {}",
            v + n,
            f.frame_slots
        ));
    }
    Ok(())
}

/// Operands whose extent the rest of the instruction determines.
fn check_ranges(p: &Program, f: &Func, d: &Decoded) -> Result<(), String> {
    let get = |name: &str| d.get(name) as u64;
    let range = |name: &str, n: u64| slots(f, name, get(name), n);
    let slots_of = |t: u64| p.far_bytes.slots(p.types[t as usize].size);
    let type_slots = |name: &str| slots_of(get(name));
    let bytes_at = |name: &str, off: u64, n: u64| slots(f, name, get(name), (off + n).div_ceil(8));
    let map = || match p.types[get("ty") as usize].detail {
        Detail::Map(k, e) => Ok((slots_of(k as u64), slots_of(e as u64))),
        _ => Err(format!(
            "{} is no map type",
            p.types[get("ty") as usize].string
        )),
    };
    match d.op {
        Op::MovN => {
            range("dst", get("n"))?;
            range("src", get("n"))?;
        }
        Op::Zero => range("dst", get("n"))?,
        Op::EqVal => {
            range("a", type_slots("ty"))?;
            range("b", type_slots("ty"))?;
        }
        Op::LoadN => bytes_at("dst", 0, get("bytes"))?,
        Op::StoreN => bytes_at("src", 0, get("bytes"))?,
        Op::FLoad8u | Op::FLoad8s => bytes_at("slot", get("off"), 1)?,
        Op::FLoad16u | Op::FLoad16s => bytes_at("slot", get("off"), 2)?,
        Op::FLoad32u | Op::FLoad32s => bytes_at("slot", get("off"), 4)?,
        Op::FStore8 => bytes_at("slot", get("off"), 1)?,
        Op::FStore16 => bytes_at("slot", get("off"), 2)?,
        Op::FStore32 => bytes_at("slot", get("off"), 4)?,
        Op::FCopy => {
            bytes_at("dst", get("dst_off"), get("bytes"))?;
            bytes_at("src", get("src_off"), get("bytes"))?;
        }
        Op::Slice => range("args", 3)?,
        Op::SliceStr => range("args", 2)?,
        Op::Append => range("src", type_slots("ty"))?,
        Op::AppendN => range("src", get("n") * type_slots("ty"))?,
        Op::ConcatN => range("args", 2 * get("n"))?,
        Op::MakeClosure => range("captures", get("n"))?,
        Op::LoadCapN => range("dst", get("n"))?,
        Op::MakeIface => range("src", type_slots("ty"))?,
        Op::AssertType | Op::AssertTypeOk => range("dst", type_slots("ty"))?,
        Op::MapGet => {
            let (k, e) = map()?;
            range("key", k)?;
            range("dst", e)?;
        }
        Op::MapGetOk => {
            let (k, e) = map()?;
            range("key", k)?;
            range("dst", e)?;
            range("ok", 1)?;
        }
        Op::MapAddr | Op::MapDelete => range("key", map()?.0)?,
        Op::MapSet => {
            let (k, e) = map()?;
            range("key", k)?;
            range("src", e)?;
        }
        Op::MakeMap | Op::MapClear => _ = map()?,
        Op::MapIterInit => {
            map()?;
            range("iter", MAP_ITER_SLOTS as u64)?;
        }
        Op::MapIterNext => {
            let (k, e) = map()?;
            range("iter", MAP_ITER_SLOTS as u64)?;
            if get("key") != 0 {
                range("key", k)?;
            }
            if get("value") != 0 {
                range("value", e)?;
            }
        }
        Op::Select | Op::SelectDone => {
            range("cases", 3 * (get("nsends") + get("nrecvs")))?;
            range("dst", 2)?;
        }
        Op::Call | Op::Go | Op::Defer => {
            let callee = &p.funcs[get("func") as usize];
            let n = callee.result_slots as u64 + callee.param_slots as u64;
            range("base", FRAME_HEADER as u64 + n)?;
        }
        Op::ShlImm | Op::ShrI64Imm | Op::ShrU64Imm if get("imm") >= 64 => {
            return Err(format!("shift by {}", get("imm")));
        }
        Op::ShlU32Imm if get("imm") >= 32 => return Err(format!("shift by {}", get("imm"))),
        Op::DivI64Imm | Op::RemI64Imm if matches!(d.get("imm"), 0 | -1) => {
            return Err(format!("division by the immediate {}", d.get("imm")));
        }
        _ => {}
    }
    Ok(())
}

/// Operations in two halves stand together and agree.
fn check_pair(
    before: Option<&Decoded>,
    d: &Decoded,
    after: Option<&Decoded>,
) -> Result<(), String> {
    let second = match d.op {
        Op::Send | Op::SendAt => Op::SendDone,
        Op::Recv => Op::RecvDone,
        Op::RecvAt => Op::RecvAtDone,
        Op::Select => Op::SelectDone,
        Op::SendDone | Op::RecvDone | Op::RecvAtDone | Op::SelectDone => {
            return match before {
                Some(b)
                    if matches!(
                        b.op,
                        Op::Send | Op::SendAt | Op::Recv | Op::RecvAt | Op::Select
                    ) =>
                {
                    Ok(())
                }
                _ => Err("without its first half".into()),
            };
        }
        _ => return Ok(()),
    };
    match after {
        Some(a) if a.op == second => {
            if second != Op::SendDone && a.operands != d.operands {
                return Err(format!("{second:?} has other operands"));
            }
            Ok(())
        }
        _ => Err(format!("not followed by {second:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::LineTable;
    use crate::op::{Ins, ins};
    use crate::program::FuncFlags;

    fn check(code: &[Ins], expected: &str) {
        let mut words = Vec::new();
        for i in code {
            words.push(i.word);
            words.extend(i.ext);
        }
        let f = Func {
            name: "f".into(),
            file: 0,
            line: 1,
            code: words,
            frame_slots: 10,
            result_slots: 1,
            param_slots: 2,
            recover_pc: None,
            lines: LineTable::default(),
            windows: Vec::new(),
            ty: None,
            flags: FuncFlags::default(),
        };
        let p = Program {
            funcs: vec![f],
            consts: vec![7],
            ..Program::default()
        };
        let got = program(&p)
            .err()
            .map_or("ok".to_string(), |e| e.to_string());
        assert_eq!(got, expected);
    }

    #[test]
    fn what_the_vm_relies_on_is_checked() {
        check(&[ins::AddI64(3, 4, 9), ins::Ret()], "ok");
        check(
            &[ins::AddI64(3, 4, 10), ins::Ret()],
            "f: word 0: AddI64: b: slots 10..11 in a frame of 10",
        );
        check(
            &[ins::Mov2(2, 4), ins::Ret()],
            "f: word 0: Mov2: dst: slot 2 belongs to the header",
        );
        check(&[ins::Jmp(-1)], "ok");
        check(
            &[ins::AddrOff(3, 4, 8, 0), ins::Jmp(-2)],
            "f: word 2: Jmp: jumps to word 1, where no instruction begins",
        );
        check(&[ins::Mov(3, 4)], "f: word 0: runs off the end with Mov");
        check(&[ins::LoadConst(3, 0), ins::Ret()], "ok");
        check(
            &[ins::LoadConst(3, 1), ins::Ret()],
            "f: word 0: LoadConst: k 1: there are 1",
        );
        check(
            &[ins::Call(5, 0), ins::Ret()],
            "f: word 0: Call: base: slots 5..11 in a frame of 10",
        );
        check(
            &[ins::Send(3, 4), ins::Ret()],
            "f: word 0: Send: not followed by SendDone",
        );
        check(
            &[ins::Recv(3, 4, 5), ins::RecvDone(3, 4, 6), ins::Ret()],
            "f: word 0: Recv: RecvDone has other operands",
        );
        check(
            &[ins::Defer(4, 0), ins::Ret()],
            "f: word 0: Defer: in a function not marked has_defer",
        );
        check(
            &[ins::Trap(), ins::Ret()],
            "f: word 0: Trap: an operation of the VM's own",
        );
    }
}
