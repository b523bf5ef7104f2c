//! Hand-assembled programs, each in a process of its own.

mod asm;

use asm::{Asm, check, ins, run};
use minigo_bytecode::typedesc::{Detail, Kind};

/// fib(n) in slots: result 3, param 4.
fn fib(a: &mut Asm) -> u32 {
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
    fib
}

#[test]
fn calls_return_results() {
    check("calls_return_results", "6765\n", || {
        let mut a = Asm::new();
        let fib = fib(&mut a);
        let print = a.native("test.PrintInt");
        a.main(12, |b| {
            b.ops(&[
                ins::LoadImm(7, 20),
                ins::Call(3, fib),
                ins::Mov(10, 6),
                ins::CallNative(7, print),
                ins::Ret(),
            ]);
        });
        a
    });
}

/// sum(n) = n + sum(n-1), as deep as n.
fn sum(a: &mut Asm) -> u32 {
    let sum = a.declare("main.sum", 1, 1, 10);
    a.define(sum, |b| {
        b.jump(ins::JNeImm(4, 0, 0), "more")
            .ops(&[ins::LoadImm(3, 0), ins::Ret()])
            .label("more")
            .line(7)
            .ops(&[
                ins::AddI64Imm(9, 4, -1),
                ins::Call(5, sum),
                ins::AddI64(3, 4, 8),
                ins::Ret(),
            ]);
    });
    sum
}

fn call_sum(n: i32) -> Asm {
    let mut a = Asm::new();
    let sum = sum(&mut a);
    let print = a.native("test.PrintInt");
    a.main(12, |b| {
        b.line(3);
        b.ops(&[
            ins::LoadImm(7, n),
            ins::Call(3, sum),
            ins::Mov(10, 6),
            ins::CallNative(7, print),
            ins::Ret(),
        ]);
    });
    a
}

#[test]
fn a_million_frames() {
    check("a_million_frames", "500000500000\n", || call_sum(1_000_000));
}

#[test]
fn runaway_recursion_is_gos_stack_overflow() {
    let o = run("runaway_recursion_is_gos_stack_overflow", &[], || {
        call_sum(-1)
    });
    assert_eq!(o.status, Some(2));
    let first: Vec<&str> = o.stderr.lines().collect();
    assert_eq!(
        first[0],
        "runtime: goroutine stack exceeds 1000000000-byte limit"
    );
    assert_eq!(first[2], "fatal error: stack overflow");
    assert!(
        o.stderr
            .contains("goroutine 1 [running]:\nmain.sum(...)\n\t/src/main.go:7 +0x"),
        "{}",
        o.stderr
    );
    assert!(o.stderr.contains("frames elided..."));
    assert!(o.stderr.contains("main.main()\n\t/src/main.go:3 +0x"));
}

#[test]
fn frames_survive_collections_at_segment_boundaries() {
    // Each level keeps a heap object and checks it after the call.
    check(
        "frames_survive_collections_at_segment_boundaries",
        "300\n",
        || {
            let mut a = Asm::new();
            let int = a.int();
            let gc = a.native("test.GC");
            let print = a.native("test.PrintInt");
            let f = a.declare("main.f", 1, 1, 12);
            a.define(f, |b| {
                b.ops(&[ins::New(5, int), ins::Store64(5, 0, 4)])
                    .jump(ins::JNeImm(4, 0, 0), "more")
                    .ops(&[ins::CallNative(6, gc), ins::LoadImm(3, 0), ins::Ret()])
                    .label("more")
                    .ops(&[
                        ins::AddI64Imm(10, 4, -1),
                        ins::Call(6, f),
                        ins::Load64(5, 5, 0),
                        ins::SubI64(5, 5, 4),
                        ins::AddI64(3, 9, 5),
                        ins::AddI64Imm(3, 3, 1),
                        ins::Ret(),
                    ]);
            });
            a.main(12, |b| {
                b.ops(&[
                    ins::LoadImm(7, 300),
                    ins::Call(3, f),
                    ins::Mov(10, 6),
                    ins::CallNative(7, print),
                    ins::Ret(),
                ]);
            });
            a
        },
    );
}

#[test]
fn goroutines_pass_values_over_a_channel() {
    check("goroutines_pass_values_over_a_channel", "500500\n", || {
        let mut a = Asm::new();
        let int = a.int();
        let chan = a.chan(int);
        let print = a.native("test.PrintInt");
        let producer = a.func("main.producer", 0, 1, 6, |b| {
            b.op(ins::LoadImm(4, 1))
                .label("loop")
                .ops(&[ins::Send(3, 4), ins::SendDone()])
                .jump(ins::IncLoopLeImm(4, 1000, 0), "loop")
                .ops(&[ins::Close(3), ins::Ret()]);
        });
        a.main(16, |b| {
            b.ops(&[
                ins::LoadImm(3, 0),
                ins::MakeChan(4, 3, chan, 0),
                ins::Mov(11, 4),
                ins::Go(8, producer),
                ins::LoadImm(5, 0),
            ])
            .label("loop")
            .ops(&[ins::Recv(6, 4, 7), ins::RecvDone(6, 4, 7)])
            .jump(ins::JFalse(7, 0), "done")
            .op(ins::AddI64(5, 5, 6))
            .jump(ins::Loop(0), "loop")
            .label("done")
            .ops(&[ins::Mov(11, 5), ins::CallNative(8, print), ins::Ret()]);
        });
        a
    });
}

#[test]
fn select_takes_whatever_is_ready() {
    check("select_takes_whatever_is_ready", "30\n-1\n", || {
        let mut a = Asm::new();
        let int = a.int();
        let chan = a.chan(int);
        let print = a.native("test.PrintInt");
        let send10 = a.func("main.send10", 0, 2, 7, |b| {
            // for i := 0; i < 10; i++ { ch <- v }
            b.op(ins::LoadImm(5, 0))
                .label("loop")
                .ops(&[ins::Send(3, 4), ins::SendDone()])
                .jump(ins::IncLoopLtImm(5, 10, 0), "loop")
                .op(ins::Ret());
        });
        a.main(32, |b| {
            b.ops(&[
                ins::LoadImm(3, 0),
                ins::MakeChan(4, 3, chan, 0),
                ins::MakeChan(5, 3, chan, 0),
                ins::Mov(23, 4),
                ins::LoadImm(24, 1),
                ins::Go(20, send10),
                ins::Mov(23, 5),
                ins::LoadImm(24, 2),
                ins::Go(20, send10),
                ins::LoadImm(6, 0),
                ins::LoadImm(7, 0),
            ])
            .label("loop")
            .ops(&[
                ins::Mov(10, 4),
                ins::FrameAddr(11, 8),
                ins::Mov(12, 5),
                ins::FrameAddr(13, 9),
                ins::Zero(8, 2),
                ins::Select(10, 0, 2, 16, 0),
                ins::SelectDone(10, 0, 2, 16, 0),
                ins::AddI64(6, 6, 8),
                ins::AddI64(6, 6, 9),
            ])
            .jump(ins::IncLoopLtImm(7, 20, 0), "loop")
            .ops(&[
                ins::Mov(23, 6),
                ins::CallNative(20, print),
                ins::Select(10, 0, 2, 16, 1),
                ins::SelectDone(10, 0, 2, 16, 1),
                ins::Mov(23, 16),
                ins::CallNative(20, print),
                ins::Ret(),
            ]);
        });
        a
    });
}

#[test]
fn a_busy_goroutine_is_preempted_on_one_processor() {
    let build = || {
        let mut a = Asm::new();
        a.p.globals_size = 8;
        let print = a.native("test.PrintInt");
        let nap = a.native("test.Sleep");
        let other = a.func("main.other", 0, 0, 4, |b| {
            b.ops(&[ins::LoadImm(3, 1), ins::GStore64(3, 0), ins::Ret()]);
        });
        // for g == 0 {}, then the same by calls instead of loops
        a.main(12, |b| {
            b.op(ins::Go(6, other))
                .label("loop")
                .op(ins::GLoad64(3, 0))
                .jump(ins::LoopFalse(3, 0), "loop")
                .ops(&[
                    ins::LoadImm(9, 1000),
                    ins::CallNative(6, nap),
                    ins::Mov(9, 3),
                    ins::CallNative(6, print),
                    ins::Ret(),
                ]);
        });
        a
    };
    let o = run(
        "a_busy_goroutine_is_preempted_on_one_processor",
        &[("PROCS", "1")],
        build,
    );
    assert_eq!(
        (o.stdout.as_str(), o.status),
        ("1\n", Some(0)),
        "{}",
        o.stderr
    );
}

#[test]
fn everybody_asleep_is_a_deadlock() {
    let o = run("everybody_asleep_is_a_deadlock", &[], || {
        let mut a = Asm::new();
        let int = a.int();
        let chan = a.chan(int);
        a.main(8, |b| {
            b.line(4)
                .ops(&[ins::LoadImm(3, 0), ins::MakeChan(4, 3, chan, 0)])
                .line(5)
                .ops(&[ins::Recv(5, 4, 6), ins::RecvDone(5, 4, 6), ins::Ret()]);
        });
        a
    });
    assert_eq!(o.status, Some(2));
    let expected = "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/src/main.go:5 +0x20\n";
    assert_eq!(o.stderr, expected);
}

// ---- panics ----

/// main: defers `handler` (no params), then panics with the string.
fn panicking(handler: impl FnOnce(&mut Asm, u32) -> u32) -> Asm {
    let mut a = Asm::new();
    let string = a.str();
    a.well_known("string", string);
    let text = a.string("boom");
    let handler = handler(&mut a, string);
    let print = a.native("test.PrintInt");
    let f = a.func("main.f", 1, 0, 14, |b| {
        b.line(10)
            .ops(&[ins::LoadImm(3, 7), ins::Defer(9, handler)])
            .line(11)
            .ops(&[
                ins::LoadStr(4, text),
                ins::MakeIface(6, 4, string, 0),
                ins::Panic(6),
            ])
            .epilogue(9);
    });
    a.main(12, |b| {
        b.line(20).ops(&[
            ins::Call(3, f),
            ins::Mov(10, 6),
            ins::CallNative(7, print),
            ins::Ret(),
        ]);
    });
    a
}

#[test]
fn recover_makes_the_deferring_function_return() {
    check(
        "recover_makes_the_deferring_function_return",
        "boom\n7\n",
        || {
            panicking(|a, string| {
                let print = a.native("test.PrintStr");
                a.func("main.handler", 0, 0, 12, |b| {
                    b.ops(&[
                        ins::Recover(3),
                        ins::AssertType(9, 3, string, string),
                        ins::CallNative(6, print),
                        ins::Ret(),
                    ]);
                })
            })
        },
    );
}

#[test]
fn recover_in_a_callee_of_the_deferred_function_is_nil() {
    let o = run(
        "recover_in_a_callee_of_the_deferred_function_is_nil",
        &[],
        || {
            panicking(|a, _| {
                let inner = a.func("main.inner", 0, 0, 8, |b| {
                    b.ops(&[ins::Recover(3), ins::Ret()]);
                });
                a.func("main.handler", 0, 0, 8, |b| {
                    b.ops(&[ins::Call(4, inner), ins::Ret()]);
                })
            })
        },
    );
    assert_eq!(o.status, Some(2));
    assert!(
        o.stderr
            .starts_with("panic: boom\n\ngoroutine 1 [running]:\nmain.f()\n\t/src/main.go:11 +0x"),
        "{}",
        o.stderr
    );
}

#[test]
fn a_wrapper_is_transparent_to_recover() {
    check("a_wrapper_is_transparent_to_recover", "7\n", || {
        panicking(|a, _| {
            let inner = a.func("main.inner", 0, 0, 8, |b| {
                b.ops(&[ins::Recover(3), ins::Ret()]);
            });
            let w = a.func("main.wrapper", 0, 0, 8, |b| {
                b.ops(&[ins::Call(4, inner), ins::Ret()]);
            });
            a.p.funcs[w as usize].flags.wrapper = true;
            w
        })
    });
}

#[test]
fn a_panic_in_a_deferred_call_shows_both() {
    let o = run("a_panic_in_a_deferred_call_shows_both", &[], || {
        panicking(|a, string| {
            let text = a.string("again");
            a.func("main.handler", 0, 0, 10, |b| {
                b.line(30).ops(&[
                    ins::Recover(3),
                    ins::LoadStr(5, text),
                    ins::MakeIface(7, 5, string, 0),
                    ins::Panic(7),
                ]);
            })
        })
    });
    assert_eq!(o.status, Some(2));
    let start = "panic: boom [recovered]\n\tpanic: again\n\ngoroutine 1 [running]:\nmain.handler()\n\t/src/main.go:30 +0x";
    assert!(o.stderr.starts_with(start), "{}", o.stderr);
    assert!(o.stderr.contains("main.f()\n\t/src/main.go:11 +0x"));
    assert!(o.stderr.contains("main.main()\n\t/src/main.go:20 +0x"));
}

#[test]
fn runtime_errors_have_gos_texts() {
    for (case, expected) in [
        (
            "index",
            "panic: runtime error: index out of range [5] with length 3\n\n",
        ),
        (
            "negative",
            "panic: runtime error: index out of range [-1]\n\n",
        ),
        ("divide", "panic: runtime error: integer divide by zero\n\n"),
        (
            "nil",
            "panic: runtime error: invalid memory address or nil pointer dereference\n[signal SIGSEGV: segmentation violation code=0x1 addr=0xc pc=0x",
        ),
        (
            "slice",
            "panic: runtime error: slice bounds out of range [2:1]\n\n",
        ),
        ("close", "panic: close of nil channel\n\n"),
        ("native", "panic: runtime error: from a native\n\n"),
        (
            "nilfunc",
            "panic: runtime error: invalid memory address or nil pointer dereference\n[",
        ),
        ("nilmap", "panic: assignment to entry in nil map\n\n"),
    ] {
        let o = run("runtime_errors_have_gos_texts", &[("CASE", case)], || {
            let mut a = Asm::new();
            let int = a.int();
            let map = a.map(int, int);
            let fail = a.native("test.Fail");
            let case = std::env::var("CASE").unwrap();
            a.main(16, |b| {
                b.ops(&[ins::Zero(3, 10), ins::LoadImm(4, 3)]);
                match case.as_str() {
                    "index" => b.ops(&[ins::LoadImm(6, 5), ins::IdxLoad64(7, 3, 6)]),
                    "negative" => b.ops(&[ins::LoadImm(6, -1), ins::IdxStore8(3, 6, 7)]),
                    "divide" => b.op(ins::RemI64(7, 4, 6)),
                    "nil" => b.op(ins::Load32s(7, 6, 12)),
                    "slice" => b.ops(&[
                        ins::LoadImm(6, 2),
                        ins::LoadImm(7, 1),
                        ins::LoadImm(5, 3),
                        ins::Slice(9, 3, 3, 8, 0),
                    ]),
                    "close" => b.op(ins::Close(7)),
                    "native" => b.op(ins::CallNative(8, fail)),
                    "nilfunc" => b.op(ins::CallClosure(8, 7)),
                    "nilmap" => b.op(ins::MapSet(7, 8, 9, map, 0)),
                    _ => unreachable!(),
                };
                b.op(ins::Ret());
            });
            a
        });
        assert_eq!(o.status, Some(2), "{case}: {}", o.stderr);
        assert!(o.stderr.starts_with(expected), "{case}: {}", o.stderr);
    }
}

#[test]
fn goexit_runs_deferred_calls_and_ends_the_goroutine() {
    check(
        "goexit_runs_deferred_calls_and_ends_the_goroutine",
        "1\n2\n",
        || {
            let mut a = Asm::new();
            let int = a.int();
            let chan = a.chan(int);
            let print = a.native("test.PrintInt");
            let exit = a.native("test.Goexit");
            let last = a.func("main.last", 0, 1, 10, |b| {
                b.ops(&[
                    ins::LoadImm(7, 1),
                    ins::CallNative(4, print),
                    ins::Send(3, 7),
                    ins::SendDone(),
                    ins::Ret(),
                ]);
            });
            let g = a.func("main.g", 0, 1, 10, |b| {
                b.ops(&[
                    ins::Mov(7, 3),
                    ins::Defer(4, last),
                    ins::CallNative(4, exit),
                    ins::LoadImm(7, 99),
                    ins::CallNative(4, print),
                ])
                .epilogue(4);
            });
            a.main(12, |b| {
                b.ops(&[
                    ins::LoadImm(3, 0),
                    ins::MakeChan(4, 3, chan, 0),
                    ins::Mov(11, 4),
                    ins::Go(8, g),
                    ins::Recv(5, 4, 6),
                    ins::RecvDone(5, 4, 6),
                    ins::AddI64Imm(11, 5, 1),
                    ins::CallNative(8, print),
                    ins::Ret(),
                ]);
            });
            a
        },
    );
}

#[test]
fn deferred_calls_run_last_first_over_segment_boundaries() {
    // f(n): defers print(n), recurses; prints come back in ascending order.
    let expected: String = (0..200).map(|i| format!("{i}\n")).collect();
    check(
        "deferred_calls_run_last_first_over_segment_boundaries",
        &expected,
        || {
            let mut a = Asm::new();
            let print = a.native("test.PrintInt");
            let show = a.func("main.show", 0, 1, 9, |b| {
                b.ops(&[ins::Mov(7, 3), ins::CallNative(4, print), ins::Ret()]);
            });
            let f = a.declare("main.f", 0, 1, 9);
            a.define(f, |b| {
                b.jump(ins::JLtImm(3, 0, 0), "done")
                    .ops(&[
                        ins::Mov(7, 3),
                        ins::Defer(4, show),
                        ins::AddI64Imm(7, 3, -1),
                        ins::Call(4, f),
                    ])
                    .label("done")
                    .epilogue(4);
            });
            a.main(8, |b| {
                b.ops(&[ins::LoadImm(6, 199), ins::Call(3, f), ins::Ret()]);
            });
            a
        },
    );
}

#[test]
fn closures_methods_and_natives_call_go() {
    check(
        "closures_methods_and_natives_call_go",
        "42\n15\n15\n30\n",
        || {
            let mut a = Asm::new();
            let int = a.int();
            let print = a.native("test.PrintInt");
            let apply = a.native("test.Apply");
            // func(x int) int { return x + captured }
            let add = a.func("main.main.func1", 1, 1, 6, |b| {
                b.ops(&[ins::LoadCap(5, 0), ins::AddI64(3, 4, 5), ins::Ret()]);
            });
            // func (r T) Plus(x int) int, receiver in a word
            let plus = a.func("main.T.Plus", 1, 2, 6, |b| {
                b.ops(&[ins::AddI64(3, 4, 5), ins::Ret()]);
            });
            let sig = a.ty(
                "func(int) int",
                Kind::Func,
                8,
                1,
                Detail::Func {
                    params: vec![int],
                    results: vec![int],
                    variadic: false,
                },
            );
            let t = a.ty("main.T", Kind::Int, 8, 0, Detail::Basic);
            a.p.selectors = 3;
            a.p.selector_names = vec!["A".into(), "B".into(), "Plus".into()];
            a.p.types[t as usize].methods = vec![Asm::method("Plus", sig, 2, plus)];
            a.main(24, |b| {
                b.ops(&[
                    // add(40)(2)
                    ins::LoadImm(3, 40),
                    ins::MakeClosure(4, 3, add, 1),
                    ins::LoadImm(14, 2),
                    ins::CallClosure(10, 4),
                    ins::CallNative(10, print),
                    // T(10).Plus(5) through an interface
                    ins::LoadType(6, t),
                    ins::LoadImm(7, 10),
                    ins::LoadImm(15, 5),
                    ins::CallIface(10, 6, 2),
                    ins::CallNative(10, print),
                    // f := iface.Plus; f(5)
                    ins::IfaceMethodValue(8, 6, 2),
                    ins::LoadImm(14, 5),
                    ins::CallClosure(10, 8),
                    ins::CallNative(10, print),
                    // a native that calls f(5)
                    ins::Mov(14, 8),
                    ins::LoadImm(15, 5),
                    ins::CallNative(10, apply),
                    ins::CallNative(10, print),
                    ins::Ret(),
                ]);
            });
            a
        },
    );
}

#[test]
fn maps_grow_and_are_ranged_over() {
    check(
        "maps_grow_and_are_ranged_over",
        "1000\n499500\n999000\n500\n",
        || {
            let mut a = Asm::new();
            let int = a.int();
            let map = a.map(int, int);
            let print = a.native("test.PrintInt");
            a.main(28, |b| {
                b.ops(&[
                    ins::LoadImm(3, 0),
                    ins::MakeMap(4, 3, map, 0),
                    ins::LoadImm(5, 0),
                ])
                .label("fill")
                .ops(&[ins::ShlImm(6, 5, 1), ins::MapSet(4, 5, 6, map, 0)])
                .jump(ins::IncLoopLtImm(5, 1000, 0), "fill")
                .ops(&[
                    ins::MapLen(23, 4),
                    ins::CallNative(20, print),
                    ins::Zero(7, 2),
                    ins::MapIterInit(9, 4, map, 0),
                ])
                .label("range")
                .jump(ins::MapIterNext(9, 17, 18, map, 0), "done")
                .ops(&[ins::AddI64(7, 7, 17), ins::AddI64(8, 8, 18)])
                // Odd keys are deleted under way.
                .op(ins::AndImm(19, 17, 1))
                .jump(ins::JFalse(19, 0), "even")
                .op(ins::MapDelete(4, 17, map, 0))
                .label("even")
                .jump(ins::Loop(0), "range")
                .label("done")
                .ops(&[
                    ins::Mov(23, 7),
                    ins::CallNative(20, print),
                    ins::Mov(23, 8),
                    ins::CallNative(20, print),
                    ins::MapLen(23, 4),
                    ins::CallNative(20, print),
                    ins::Ret(),
                ]);
            });
            a
        },
    );
}

#[test]
fn appended_slices_grow_by_gos_rule() {
    let expected: String = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 848, 1280]
        .map(|c| format!("{c}\n"))
        .concat();
    check("appended_slices_grow_by_gos_rule", &expected, || {
        let mut a = Asm::new();
        let int = a.int();
        let print = a.native("test.PrintInt");
        a.main(20, |b| {
            b.op(ins::Zero(3, 6))
                .label("loop")
                .op(ins::Append64(3, 3, 6, int, 0))
                .jump(ins::JEqI64(5, 7, 0), "same")
                .ops(&[ins::Mov(7, 5), ins::Mov(13, 5), ins::CallNative(10, print)])
                .label("same")
                .jump(ins::IncLoopLtImm(6, 1000, 0), "loop")
                .op(ins::Ret());
        });
        a
    });
}

#[test]
fn nothing_piles_up_on_the_native_stack() {
    // Handlers that do not end in sibling calls overflow 64 KiB long before 20,000 rounds.
    check("nothing_piles_up_on_the_native_stack", "20000\n", || {
        let mut a = Asm::new();
        let int = a.int();
        let string = a.str();
        let any = a.any();
        let map = a.map(int, int);
        let chan = a.chan(int);
        let print = a.native("test.PrintInt");
        let hi = a.string("hi \u{20ac}");
        let nothing = a.func("main.nothing", 0, 1, 6, |b| {
            b.op(ins::Ret());
        });
        let defers = a.func("main.defers", 0, 0, 10, |b| {
            b.op(ins::Defer(4, nothing)).epilogue(4);
        });
        a.main(60, |b| {
            b.ops(&[
                ins::Zero(3, 50),
                ins::LoadImm(4, 1),
                ins::MakeChan(5, 4, chan, 0),
                ins::MakeMap(6, 3, map, 0),
                ins::LoadStr(7, hi),
            ])
            .label("loop")
            .ops(&[
                ins::Send(5, 4),
                ins::SendDone(),
                ins::Recv(9, 5, 10),
                ins::RecvDone(9, 5, 10),
                ins::Mov(50, 5),
                ins::FrameAddr(51, 4),
                ins::Select(50, 1, 0, 11, 1),
                ins::SelectDone(50, 1, 0, 11, 1),
                ins::Recv(9, 5, 10),
                ins::RecvDone(9, 5, 10),
                ins::ChanLen(9, 5),
                ins::MapSet(6, 4, 4, map, 0),
                ins::MapGet(9, 6, 4, map, 0),
                ins::MapGetOk(9, 6, 4, map, 10),
                ins::MapAddr(9, 6, 4, map, 0),
                ins::MapIterInit(20, 6, map, 0),
                ins::MapIterNext(20, 11, 12, map, 0),
                ins::MapIterNext(20, 11, 12, map, 0),
                ins::MapDelete(6, 4, map, 0),
                ins::MapClear(6, map, 0),
                ins::MapLen(9, 6),
                ins::New(9, int),
                ins::MakeClosure(9, 3, nothing, 2),
                ins::MakeIface(11, 7, string, 0),
                ins::IfaceEq(13, 11, 11),
                ins::AssertType(14, 11, string, any),
                ins::AssertTypeOk(14, 11, 16, int, any),
                ins::AssertIface(14, 11, any, any),
                ins::AssertIfaceOk(14, 11, 16, any, any),
                ins::EqVal(9, 7, 7, string, 0),
                ins::Concat(30, 7, 7),
                ins::ConcatN(30, 7, 1),
                ins::StrEq(9, 7, 30),
                ins::StrLt(9, 7, 30),
                ins::StrFromRune(30, 4),
                ins::BytesFromStr(32, 7),
                ins::StrFromBytes(30, 32),
                ins::RunesFromStr(32, 7),
                ins::StrFromRunes(30, 32),
                ins::MakeSlice(32, 4, 4, int, 0),
                ins::Append(35, 32, 4, int, 0),
                ins::AppendN(35, 32, 4, int, 1),
                ins::AppendSlice(35, 32, 32, int, 0),
                ins::Append64(35, 32, 4, int, 0),
                ins::Copy(9, 35, 32, int, 0),
                ins::ClearSlice(35, int, 0),
                ins::Call(40, defers),
                ins::Go(40, nothing),
                ins::StrEq(9, 7, 7),
            ])
            .jump(ins::JStrEq(7, 7, 0), "next")
            .label("next")
            .op(ins::AddI64Imm(17, 17, 1))
            .op(ins::LoadImm(18, 20_000))
            .jump(ins::LoopNeI64(17, 18, 0), "loop")
            .ops(&[ins::Mov(43, 17), ins::CallNative(40, print), ins::Ret()]);
        });
        a
    });
}
