//! Programs by hand: a small assembler, and running them in a process of their own (a program ends its process).

#![allow(dead_code)]

use minigo_bytecode::lines::LineTable;
use minigo_bytecode::op::Ins;
use minigo_bytecode::program::{Func, FuncFlags, Program};
use minigo_bytecode::typedesc::{Detail, Equality, Field, Kind, Method, TypeDesc};
use minigo_vm::native::{GoStr, NativeTable};
use minigo_vm::{Vm, native};
use std::collections::HashMap;

pub use minigo_bytecode::op::ins;

/// A program in the making.
#[derive(Default)]
pub struct Asm {
    pub p: Program,
}

/// A function in the making. Jumps name labels; the instruction is given distance 0.
#[derive(Default)]
pub struct Body {
    code: Vec<u64>,
    labels: HashMap<&'static str, usize>,
    jumps: Vec<(usize, usize, &'static str)>,
    lines: LineTable,
    recover: Option<u32>,
}

impl Body {
    pub fn op(&mut self, i: Ins) -> &mut Body {
        self.code.push(i.word);
        self.code.extend(i.ext);
        self
    }

    pub fn ops(&mut self, list: &[Ins]) -> &mut Body {
        for &i in list {
            self.op(i);
        }
        self
    }

    pub fn label(&mut self, name: &'static str) -> &mut Body {
        self.labels.insert(name, self.code.len());
        self
    }

    /// A jump whose distance is the third 16-bit operand or the wide one, or the high half of the ext word.
    pub fn jump(&mut self, i: Ins, to: &'static str) -> &mut Body {
        let at = self.code.len();
        self.op(i);
        self.jumps.push((at, self.code.len(), to));
        self
    }

    pub fn line(&mut self, line: u32) -> &mut Body {
        self.lines.push(self.code.len() as u32, line, 1);
        self
    }

    /// The epilogue of a function that defers: here, with windows at `base`.
    pub fn epilogue(&mut self, base: u16) -> &mut Body {
        self.recover = Some(self.code.len() as u32);
        self.op(ins::RunDefers(base)).op(ins::Ret())
    }

    fn finish(mut self) -> (Vec<u64>, LineTable, Option<u32>) {
        use minigo_bytecode::decode::decode;
        use minigo_bytecode::operand::Role;
        for (at, end, name) in std::mem::take(&mut self.jumps) {
            let distance = self.labels[name] as i64 - end as i64;
            let d = decode(&self.code, at).unwrap();
            let in_ext = d.op.info().ext_roles.contains(&Role::Jump32);
            let wide = d.op.info().roles.contains(&Role::Jump32);
            if in_ext {
                let ext = &mut self.code[at + 1];
                *ext = *ext & 0xffff_ffff | (distance as i32 as u32 as u64) << 32;
            } else if wide {
                let word = &mut self.code[at];
                *word = *word & 0xffff_ffff | (distance as i32 as u32 as u64) << 32;
            } else {
                let word = &mut self.code[at];
                *word = *word & 0xffff_ffff_ffff | (distance as i16 as u16 as u64) << 48;
            }
        }
        (self.code, self.lines, self.recover)
    }
}

impl Asm {
    pub fn new() -> Asm {
        let mut a = Asm::default();
        a.p.files.push("/src/main.go".into());
        a
    }

    /// Reserves a function's index, for recursion.
    pub fn declare(&mut self, name: &str, results: u16, params: u16, frame: u32) -> u32 {
        self.p.funcs.push(Func {
            name: name.into(),
            file: 0,
            line: 1,
            code: Vec::new(),
            frame_slots: frame,
            result_slots: results,
            param_slots: params,
            recover_pc: None,
            lines: LineTable::default(),
            windows: Vec::new(),
            ty: None,
            flags: FuncFlags::default(),
        });
        self.p.funcs.len() as u32 - 1
    }

    pub fn define(&mut self, f: u32, build: impl FnOnce(&mut Body)) {
        let mut b = Body::default();
        build(&mut b);
        let (code, lines, recover) = b.finish();
        let func = &mut self.p.funcs[f as usize];
        func.flags.has_defer = recover.is_some();
        (func.code, func.lines, func.recover_pc) = (code, lines, recover);
    }

    pub fn func(
        &mut self,
        name: &str,
        results: u16,
        params: u16,
        frame: u32,
        build: impl FnOnce(&mut Body),
    ) -> u32 {
        let f = self.declare(name, results, params, frame);
        self.define(f, build);
        f
    }

    pub fn main(&mut self, frame: u32, build: impl FnOnce(&mut Body)) {
        let f = self.func("main.main", 0, 0, frame, build);
        self.p.main = Some(f);
    }

    pub fn string(&mut self, s: &str) -> u32 {
        self.p.strings.push(s.as_bytes().to_vec());
        self.p.strings.len() as u32 - 1
    }

    pub fn constant(&mut self, v: u64) -> u32 {
        self.p.consts.push(v);
        self.p.consts.len() as u32 - 1
    }

    pub fn native(&mut self, name: &str) -> u32 {
        if let Some(i) = self.p.natives.iter().position(|n| n == name) {
            return i as u32;
        }
        self.p.natives.push(name.into());
        self.p.natives.len() as u32 - 1
    }

    pub fn ty(&mut self, string: &str, kind: Kind, size: u64, mask: u64, detail: Detail) -> u32 {
        let equality = match kind {
            Kind::Func | Kind::Map | Kind::Slice => Equality::None,
            Kind::String | Kind::Interface | Kind::Float64 | Kind::Float32 => Equality::Structural,
            _ => Equality::Memory,
        };
        let ptrdata = 8 * (64 - mask.leading_zeros() as u64);
        self.p.types.push(TypeDesc {
            kind,
            size,
            align: size.clamp(1, 8).next_power_of_two().min(8) as u32,
            ptrdata,
            ptrmask: if mask == 0 { vec![] } else { vec![mask] },
            equality,
            string: string.into(),
            name: String::new(),
            pkg_path: String::new(),
            detail,
            methods: Vec::new(),
            ptr_to: None,
        });
        self.p.types.len() as u32 - 1
    }

    pub fn int(&mut self) -> u32 {
        self.ty("int", Kind::Int, 8, 0, Detail::Basic)
    }

    pub fn str(&mut self) -> u32 {
        self.ty("string", Kind::String, 16, 1, Detail::Basic)
    }

    pub fn any(&mut self) -> u32 {
        self.ty(
            "interface {}",
            Kind::Interface,
            16,
            2,
            Detail::Interface(vec![]),
        )
    }

    pub fn map(&mut self, k: u32, e: u32) -> u32 {
        self.ty("map", Kind::Map, 8, 1, Detail::Map(k, e))
    }

    pub fn chan(&mut self, e: u32) -> u32 {
        self.ty("chan", Kind::Chan, 8, 1, Detail::Chan(e, 3))
    }

    pub fn field(name: &str, ty: u32, offset: u64) -> Field {
        Field {
            name: name.into(),
            pkg_path: String::new(),
            ty,
            offset,
            tag: String::new(),
            embedded: false,
        }
    }

    pub fn method(name: &str, ty: u32, sel: u32, func: u32) -> Method {
        Method {
            name: name.into(),
            pkg_path: String::new(),
            ty,
            sel,
            func: Some(func),
        }
    }

    pub fn well_known(&mut self, name: &str, ty: u32) {
        self.p.well_known.push((name.into(), ty));
    }

    /// `println(slot)` for an int, with the window at `base`.
    pub fn println(&mut self, b: &mut Body, base: u16, slot: u16) {
        let n = self.native("test.PrintInt");
        b.ops(&[ins::Mov(base + 3, slot), ins::CallNative(base, n)]);
    }
}

native! {
    fn print_int(gp, x: i64) {
        println!("{x}");
    }
    fn print_str(gp, s: GoStr) {
        println!("{}", s.text());
    }
    fn collect(gp) {
        minigo_runtime::heap::gc_full(gp);
    }
    fn yield_now(gp) -> Result<(), minigo_vm::native::NativeRet> {
        Err(minigo_vm::native::NativeRet::Yield)
    }
    fn goexit(gp) -> Result<(), minigo_vm::native::NativeRet> {
        Err(minigo_vm::native::goexit())
    }
    fn fail(gp) -> Result<(), minigo_vm::native::NativeRet> {
        Err(minigo_vm::native::raise_runtime_error(gp, "from a native"))
    }
    fn call_twice_the_int(gp, result: i64, f: *const u64) {}
}

/// `func Sleep(ns int)`
unsafe extern "C" fn sleep(gp: *mut native::G, args: *mut u64) -> native::NativeRet {
    // SAFETY: one param; nothing to finish.
    unsafe {
        let w = minigo_runtime::time::time_sleep(gp, *args as i64);
        native::wait(gp, args, w, None)
    }
}

/// `func Apply(f func(int) int, x int) int`: calls f(x), and doubles what it returned.
unsafe extern "C" fn apply(gp: *mut native::G, args: *mut u64) -> native::NativeRet {
    unsafe extern "C" fn double(_: *mut native::G, args: *mut u64) -> native::NativeRet {
        // SAFETY: the result slot.
        unsafe { *args *= 2 };
        native::NativeRet::Done
    }
    // SAFETY: result, f, x.
    unsafe {
        native::call_go(
            gp,
            *args.add(1) as *const u64,
            args.add(2),
            1,
            args,
            1,
            Some(double),
        )
    }
}

pub const NATIVES: &NativeTable = &[
    ("test.PrintInt", print_int),
    ("test.PrintStr", print_str),
    ("test.GC", collect),
    ("test.Yield", yield_now),
    ("test.Goexit", goexit),
    ("test.Fail", fail),
    ("test.Sleep", sleep),
    ("test.Apply", apply),
];

/// What a program printed and how it ended.
#[derive(Debug, PartialEq, Eq)]
pub struct Outcome {
    pub stdout: String,
    pub stderr: String,
    pub status: Option<i32>,
}

/// Set in the process that runs the program.
const CHILD: &str = "MINIGO_VM_TEST_CHILD";

/// Runs the program in a process of its own: this test binary, with only the test `name`.
pub fn run(name: &str, env: &[(&str, &str)], build: impl FnOnce() -> Asm) -> Outcome {
    run_with(name, env, &[NATIVES], build)
}

/// The same with natives of the caller's.
pub fn run_with(
    name: &str,
    env: &[(&str, &str)],
    natives: &[&NativeTable],
    build: impl FnOnce() -> Asm,
) -> Outcome {
    if std::env::var_os(CHILD).is_some() {
        let procs = std::env::var("PROCS").ok().and_then(|s| s.parse().ok());
        let asm = build();
        let vm = Vm::load(asm.p, natives).unwrap_or_else(|e| panic!("{e}"));
        vm.run_main(minigo_runtime::Config {
            procs: procs.unwrap_or(2),
            ..Default::default()
        });
    }
    let out = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture", "--test-threads=1", "-q"])
        .env(CHILD, "1")
        .envs(env.iter().copied())
        .output()
        .unwrap();
    let text = |b: Vec<u8>| String::from_utf8(b).unwrap();
    // The test harness says how many tests it runs.
    let stdout = text(out.stdout);
    let stdout = stdout
        .trim_start_matches('\n')
        .trim_start_matches("running 1 test\n");
    Outcome {
        stdout: stdout.to_string(),
        stderr: text(out.stderr),
        status: out.status.code(),
    }
}

/// Expects a good end and this output.
#[track_caller]
pub fn check(name: &str, expected: &str, build: impl FnOnce() -> Asm) {
    let o = run(name, &[], build);
    assert_eq!(
        (o.stdout.as_str(), o.status),
        (expected, Some(0)),
        "stderr:\n{}",
        o.stderr
    );
}
