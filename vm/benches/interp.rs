//! Hand-assembled kernels, to see what an instruction costs: `cargo bench -p minigo-vm`, or one of them by name.

#[path = "../tests/asm/mod.rs"]
mod asm;

use asm::{Asm, ins};
use minigo_vm::Vm;
use std::time::Duration;

/// Name, instructions executed (roughly), program.
type Kernel = (&'static str, u64, fn() -> Asm);

const KERNELS: &[Kernel] = &[
    ("loop", 200_000_000, counting_loop),
    ("fib", 134_373_168, fib35),
    ("sieve", 0, sieve),
    ("matmul", 0, matmul),
    ("calls", 60_000_000, closure_calls),
    ("split", 30_000_000, calls_at_a_boundary),
    ("map", 0, map_of_ints),
    ("alloc", 0, allocations),
    ("chan", 0, ping_pong),
    ("spawn", 0, spawn),
];

/// CPU time of all child processes so far: unlike the clock it does not see what else the machine does.
fn children_cpu() -> Duration {
    // SAFETY: the structure is plain data, filled in by the call.
    let usage = unsafe {
        let mut usage = std::mem::zeroed::<libc::rusage>();
        libc::getrusage(libc::RUSAGE_CHILDREN, &mut usage);
        usage
    };
    let time = |t: libc::timeval| {
        Duration::from_secs(t.tv_sec as u64) + Duration::from_micros(t.tv_usec as u64)
    };
    time(usage.ru_utime) + time(usage.ru_stime)
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let Ok(name) = std::env::var("KERNEL") {
        let kernel = KERNELS.iter().find(|k| k.0 == name).expect("a kernel");
        let vm = Vm::load((kernel.2)().p, &[asm::NATIVES]).expect("a good program");
        vm.run_main(minigo_runtime::Config {
            procs: 1,
            ..Default::default()
        });
    }
    for (name, count, _) in KERNELS {
        if args.iter().any(|a| !a.starts_with('-') && a != name) {
            continue;
        }
        let best = (0..5)
            .map(|_| {
                let begin = children_cpu();
                let status = std::process::Command::new(std::env::current_exe().expect("self"))
                    .env("KERNEL", name)
                    .stdout(std::process::Stdio::null())
                    .status()
                    .expect("a process");
                assert!(status.success(), "{name}: {status}");
                children_cpu() - begin
            })
            .min()
            .unwrap_or_default();
        let per = if *count == 0 {
            String::new()
        } else {
            format!(
                "  {:.2} ns an instruction",
                best.as_nanos() as f64 / *count as f64
            )
        };
        println!("{name:<8} {:>8.1} ms{per}", best.as_secs_f64() * 1e3);
    }
}

/// for i := 0; i < 50e6; i++ { s = (s + i) ^ 5 … }
fn counting_loop() -> Asm {
    let mut a = Asm::new();
    let n = a.constant(50_000_000);
    let print = a.native("test.PrintInt");
    a.main(16, |b| {
        b.ops(&[
            ins::LoadConst(3, n),
            ins::LoadImm(4, 0),
            ins::LoadImm(5, 0),
            ins::LoadImm(6, 5),
        ])
        .label("loop")
        .ops(&[
            ins::AddI64(5, 5, 4),
            ins::Xor(5, 5, 6),
            ins::ShrU64Imm(7, 5, 3),
        ])
        .jump(ins::IncLoopLt(4, 3, 0), "loop")
        .ops(&[ins::Mov(11, 5), ins::CallNative(8, print), ins::Ret()]);
    });
    a
}

fn fib35() -> Asm {
    let mut a = Asm::new();
    let print = a.native("test.PrintInt");
    let fib = a.declare("main.fib", 1, 1, 12);
    a.define(fib, |b| {
        b.jump(ins::JGeImm(4, 2, 0), "recurse")
            .ops(&[ins::Mov(3, 4), ins::Ret()])
            .label("recurse")
            .ops(&[
                ins::AddI64Imm(11, 4, -1),
                ins::Call(7, fib),
                ins::Mov(5, 10),
                ins::AddI64Imm(11, 4, -2),
                ins::Call(7, fib),
                ins::AddI64(3, 5, 10),
                ins::Ret(),
            ]);
    });
    a.main(12, |b| {
        b.ops(&[
            ins::LoadImm(7, 35),
            ins::Call(3, fib),
            ins::Mov(10, 6),
            ins::CallNative(7, print),
            ins::Ret(),
        ]);
    });
    a
}

/// Primes below 5,000,000, ten times.
fn sieve() -> Asm {
    let mut a = Asm::new();
    let byte = a.ty(
        "bool",
        minigo_bytecode::typedesc::Kind::Bool,
        1,
        0,
        minigo_bytecode::typedesc::Detail::Basic,
    );
    let n = a.constant(5_000_000);
    let print = a.native("test.PrintInt");
    a.main(24, |b| {
        b.ops(&[
            ins::LoadConst(3, n),
            ins::LoadImm(14, 0),
            ins::LoadImm(15, 1),
        ])
        .label("again")
        .ops(&[
            ins::MakeSlice(4, 3, 3, byte, 0),
            ins::LoadImm(7, 2),
            ins::LoadImm(8, 0),
        ])
        .label("outer")
        .op(ins::IdxLoad8u(9, 4, 7))
        .jump(ins::JTrue(9, 0), "composite")
        .ops(&[ins::AddI64Imm(8, 8, 1), ins::AddI64(10, 7, 7)])
        .jump(ins::JLeI64(3, 10, 0), "composite")
        .label("inner")
        .ops(&[ins::IdxStore8(4, 10, 15), ins::AddI64(10, 10, 7)])
        .jump(ins::LoopLtI64(10, 3, 0), "inner")
        .label("composite")
        .jump(ins::IncLoopLt(7, 3, 0), "outer")
        .jump(ins::IncLoopLtImm(14, 10, 0), "again")
        .ops(&[ins::Mov(19, 8), ins::CallNative(16, print), ins::Ret()]);
    });
    a
}

/// c[i][j] += a[i][k] * b[k][j] for 300 × 300 flat slices.
fn matmul() -> Asm {
    let mut a = Asm::new();
    let f64 = a.ty(
        "float64",
        minigo_bytecode::typedesc::Kind::Float64,
        8,
        0,
        minigo_bytecode::typedesc::Detail::Basic,
    );
    a.main(40, |b| {
        b.ops(&[
            ins::LoadImm(3, 300),
            ins::MulI64(4, 3, 3),
            ins::MakeSlice(5, 4, 4, f64, 0),
            ins::MakeSlice(8, 4, 4, f64, 0),
            ins::MakeSlice(11, 4, 4, f64, 0),
            ins::LoadImm(14, 0),
        ])
        .label("i")
        .op(ins::LoadImm(15, 0))
        .label("j")
        .ops(&[
            ins::LoadImm(16, 0),
            ins::LoadImm(17, 0),
            ins::MulI64(18, 14, 3),
            ins::Mov(19, 15),
        ])
        .label("k")
        .ops(&[
            ins::IdxLoad64(20, 5, 18),
            ins::IdxLoad64(21, 8, 19),
            ins::MulAddF64(17, 20, 21),
            ins::AddI64Imm(18, 18, 1),
            ins::AddI64(19, 19, 3),
        ])
        .jump(ins::IncLoopLt(16, 3, 0), "k")
        .ops(&[
            ins::MulI64(18, 14, 3),
            ins::AddI64(18, 18, 15),
            ins::IdxStore64(11, 18, 17),
        ])
        .jump(ins::IncLoopLt(15, 3, 0), "j")
        .jump(ins::IncLoopLt(14, 3, 0), "i")
        .op(ins::Ret());
    });
    a
}

/// 10,000,000 calls of a closure.
fn closure_calls() -> Asm {
    let mut a = Asm::new();
    let n = a.constant(10_000_000);
    let f = a.func("main.f", 1, 1, 6, |b| {
        b.ops(&[ins::LoadCap(5, 0), ins::AddI64(3, 4, 5), ins::Ret()]);
    });
    a.main(20, |b| {
        b.ops(&[
            ins::LoadConst(3, n),
            ins::LoadImm(4, 0),
            ins::LoadImm(5, 3),
            ins::MakeClosure(6, 5, f, 1),
        ])
        .label("loop")
        .ops(&[ins::Mov(14, 4), ins::CallClosure(10, 6)])
        .jump(ins::IncLoopLt(4, 3, 0), "loop")
        .op(ins::Ret());
    });
    a
}

/// 10,000,000 calls whose frame lies in a new segment each time.
fn calls_at_a_boundary() -> Asm {
    let mut a = Asm::new();
    let n = a.constant(10_000_000);
    let f = a.func("main.f", 1, 1, 40, |b| {
        b.ops(&[ins::AddI64(3, 4, 4), ins::Ret()]);
    });
    let g = a.func("main.g", 0, 1, 215, |b| {
        b.ops(&[ins::LoadConst(4, n), ins::LoadImm(5, 0)])
            .label("loop")
            .ops(&[ins::Mov(210, 5), ins::Call(206, f)])
            .jump(ins::IncLoopLt(5, 4, 0), "loop")
            .ops(&[ins::Send(3, 5), ins::SendDone(), ins::Ret()]);
    });
    let int = a.int();
    let chan = a.chan(int);
    a.main(20, |b| {
        b.ops(&[
            ins::LoadImm(3, 0),
            ins::MakeChan(4, 3, chan, 0),
            ins::Mov(13, 4),
            ins::Go(10, g),
            ins::Recv(5, 4, 6),
            ins::RecvDone(5, 4, 6),
            ins::Ret(),
        ]);
    });
    a
}

/// 1,000,000 keys set and read.
fn map_of_ints() -> Asm {
    let mut a = Asm::new();
    let int = a.int();
    let map = a.map(int, int);
    let n = a.constant(1_000_000);
    a.main(20, |b| {
        b.ops(&[
            ins::LoadConst(3, n),
            ins::LoadImm(4, 0),
            ins::MakeMap(5, 4, map, 0),
            ins::LoadImm(7, 7919),
        ])
        .label("set")
        .ops(&[ins::MulI64(6, 4, 7), ins::MapSet(5, 6, 4, map, 0)])
        .jump(ins::IncLoopLt(4, 3, 0), "set")
        .op(ins::LoadImm(4, 0))
        .label("get")
        .ops(&[ins::MulI64(6, 4, 7), ins::MapGet(8, 5, 6, map, 0)])
        .jump(ins::IncLoopLt(4, 3, 0), "get")
        .op(ins::Ret());
    });
    a
}

/// 20,000,000 objects of 8 bytes.
fn allocations() -> Asm {
    let mut a = Asm::new();
    let int = a.int();
    let n = a.constant(20_000_000);
    a.main(12, |b| {
        b.ops(&[ins::LoadConst(3, n), ins::LoadImm(4, 0)])
            .label("loop")
            .op(ins::New(5, int))
            .jump(ins::IncLoopLt(4, 3, 0), "loop")
            .op(ins::Ret());
    });
    a
}

/// 2,000,000 hops over an unbuffered channel.
fn ping_pong() -> Asm {
    let mut a = Asm::new();
    let int = a.int();
    let chan = a.chan(int);
    let n = a.constant(1_000_000);
    let echo = a.func("main.echo", 0, 2, 8, |b| {
        b.label("loop")
            .ops(&[
                ins::Recv(5, 3, 6),
                ins::RecvDone(5, 3, 6),
                ins::Send(4, 5),
                ins::SendDone(),
            ])
            .jump(ins::Loop(0), "loop")
            .op(ins::Ret());
    });
    a.main(20, |b| {
        b.ops(&[
            ins::LoadImm(3, 0),
            ins::MakeChan(4, 3, chan, 0),
            ins::MakeChan(5, 3, chan, 0),
            ins::Mov(13, 4),
            ins::Mov(14, 5),
            ins::Go(10, echo),
            ins::LoadConst(6, n),
        ])
        .label("loop")
        .ops(&[
            ins::Send(4, 3),
            ins::SendDone(),
            ins::Recv(7, 5, 8),
            ins::RecvDone(7, 5, 8),
        ])
        .jump(ins::IncLoopLt(3, 6, 0), "loop")
        .op(ins::Ret());
    });
    a
}

/// 2,000,000 goroutines, each sending one value.
fn spawn() -> Asm {
    let mut a = Asm::new();
    let int = a.int();
    let chan = a.chan(int);
    let n = a.constant(2_000_000);
    let one = a.func("main.one", 0, 1, 6, |b| {
        b.ops(&[
            ins::LoadImm(4, 1),
            ins::Send(3, 4),
            ins::SendDone(),
            ins::Ret(),
        ]);
    });
    a.main(20, |b| {
        b.ops(&[
            ins::LoadImm(3, 0),
            ins::MakeChan(4, 3, chan, 0),
            ins::LoadConst(6, n),
        ])
        .label("loop")
        .ops(&[
            ins::Mov(13, 4),
            ins::Go(10, one),
            ins::Recv(7, 4, 8),
            ins::RecvDone(7, 4, 8),
        ])
        .jump(ins::IncLoopLt(3, 6, 0), "loop")
        .op(ins::Ret());
    });
    a
}
