//! The collector with real goroutines: objects that only stacks, channels, timers or other goroutines know of survive.

use minigo_runtime::heap::{self, GcType, HeapDebug};
use minigo_runtime::*;
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

fn start() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        schedinit(Config {
            procs: 4,
            embedded: true,
            ..Config::default()
        });
        heap::heap_debug(HeapDebug {
            verify: true,
            ..HeapDebug::default()
        });
        heap::set_gc_percent(20);
    });
}

/// A node: next, value.
static NODE: GcType = {
    static MASK: u64 = 1;
    // SAFETY: one immortal word of mask.
    unsafe { GcType::new(16, 8, &raw const MASK) }
};

/// A word that is a pointer.
static POINTER: GcType = {
    static MASK: u64 = 1;
    // SAFETY: as above.
    unsafe { GcType::new(8, 8, &raw const MASK) }
};

/// A list of `n` nodes with the values 0..n, allocated one by one.
///
/// # Safety
/// `gp` is the running goroutine.
unsafe fn list(gp: *mut G, n: usize) -> *mut usize {
    let mut head: *mut usize = std::ptr::null_mut();
    for i in (0..n).rev() {
        // SAFETY: as the caller promises; the list is reachable from this stack.
        unsafe {
            let p = heap::new_object(gp, &NODE).cast::<usize>();
            assert_eq!((*p, *p.add(1)), (0, 0));
            *p = head as usize;
            *p.add(1) = i;
            head = p;
        }
    }
    head
}

/// Are the values 0..n still there?
///
/// # Safety
/// `p` is a list.
unsafe fn check(mut p: *const usize, n: usize) {
    for i in 0..n {
        // SAFETY: as the caller promises.
        unsafe {
            assert_eq!(*p.add(1), i);
            p = *p as *const usize;
        }
    }
    assert!(p.is_null());
}

/// # Safety
/// `gp` is the running goroutine, `c` a channel of pointers.
unsafe fn send(gp: *mut G, c: *mut Hchan, v: *mut usize) {
    // SAFETY: as the caller promises; `v` stays in place while parked.
    unsafe {
        match chansend(gp, c, (&raw const v).cast(), true) {
            ChanResult::Done(_) => {}
            ChanResult::Park(park) => {
                gopark(gp, park);
                assert!(chansend_finish(gp));
            }
            _ => panic!("send"),
        }
    }
}

/// # Safety
/// As [`send`].
unsafe fn recv(gp: *mut G, c: *mut Hchan) -> *mut usize {
    let mut v: *mut usize = std::ptr::null_mut();
    // SAFETY: as above.
    unsafe {
        match chanrecv(gp, c, (&raw mut v).cast(), true) {
            ChanResult::Done(_) => {}
            ChanResult::Park(park) => {
                gopark(gp, park);
                chanrecv_finish(gp);
            }
            _ => panic!("recv"),
        }
    }
    v
}

/// What a worker is given: a heap object of four words.
#[repr(C)]
struct Job {
    inbox: *mut Hchan,
    outbox: *mut Hchan,
    rounds: usize,
    left: *const AtomicUsize,
}

static JOB: GcType = {
    static MASK: u64 = 0b11;
    // SAFETY: one immortal word of mask.
    unsafe { GcType::new(32, 16, &raw const MASK) }
};

/// Receives lists, checks them, makes new ones, sends them on.
unsafe extern "C" fn worker(gp: *mut G, arg: *mut u8) -> ! {
    // SAFETY: started with a job; the goroutine runs.
    unsafe {
        let job = arg.cast::<Job>();
        for round in 0..(*job).rounds {
            let n = 1 + round % 50;
            let mine = list(gp, n);
            let theirs = recv(gp, (*job).inbox);
            check(theirs, *theirs.add(1) + len(theirs));
            send(gp, (*job).outbox, mine);
            // After the wait, perhaps on another thread, what the stack kept is still there.
            let kept = list(gp, 20);
            gosched(gp);
            check(kept, 20);
        }
        (*(*job).left).fetch_sub(1, SeqCst);
        goexit(gp)
    }
}

/// # Safety
/// `p` is a list.
unsafe fn len(mut p: *const usize) -> usize {
    let mut n = 0;
    while !p.is_null() {
        n += 1;
        // SAFETY: as the caller promises.
        p = unsafe { *p } as *const usize;
    }
    n
}

fn ring(workers: usize, rounds: usize) {
    start();
    block_on(|gp| {
        // SAFETY: the running goroutine; everything is reachable from this stack.
        unsafe {
            let left = AtomicUsize::new(workers);
            let cap = 1;
            let first = makechan(gp, &POINTER, cap).unwrap();
            let mut inbox = first;
            for i in 0..workers {
                let outbox = if i + 1 == workers {
                    first
                } else {
                    makechan(gp, &POINTER, cap).unwrap()
                };
                let job = heap::new_object(gp, &JOB).cast::<Job>();
                job.write(Job {
                    inbox,
                    outbox,
                    rounds,
                    left: &left,
                });
                newproc(gp, worker, job.cast(), 0);
                inbox = outbox;
            }
            // One list goes round.
            let seed = list(gp, 7);
            send(gp, first, seed);
            while left.load(SeqCst) > 0 {
                list(gp, 100);
                gosched(gp);
            }
            let last = recv(gp, first);
            check(last, len(last));
        }
    });
}

#[test]
fn lists_go_round_a_ring_of_goroutines() {
    ring(20, 200);
}

#[test]
fn collections_by_several_goroutines_at_once() {
    start();
    static LEFT: AtomicUsize = AtomicUsize::new(8);
    unsafe extern "C" fn collector(gp: *mut G, _arg: *mut u8) -> ! {
        // SAFETY: the running goroutine.
        unsafe {
            for i in 0..50 {
                let l = list(gp, 200);
                if i % 5 == 0 {
                    heap::gc_full(gp);
                }
                check(l, 200);
            }
            LEFT.fetch_sub(1, SeqCst);
            goexit(gp)
        }
    }
    block_on(|gp| {
        // SAFETY: the running goroutine.
        unsafe {
            for _ in 0..8 {
                newproc(gp, collector, std::ptr::null_mut(), 0);
            }
            while LEFT.load(SeqCst) > 0 {
                gosched(gp);
            }
            let stats = heap::read_mem_stats(gp);
            assert!(
                stats.num_gc >= 80 && stats.num_forced_gc >= 80,
                "{}",
                stats.num_gc
            );
            assert!(stats.heap_objects < stats.mallocs);
        }
    });
}

#[test]
fn segments_come_from_any_p() {
    start();
    block_on(|gp| {
        // SAFETY: the running goroutine, which has a P.
        unsafe {
            let cache = (*getp(gp)).mcache;
            let seg = heap::alloc_segment(cache, heap::MIN_SEGMENT);
            assert!(!seg.is_null() && heap::find_object(seg as usize).is_none());
            gosched(gp);
            heap::free_segment((*getp(gp)).mcache, seg, heap::MIN_SEGMENT);
        }
    });
}

#[test]
fn every_allocation_collects_under_stress() {
    start();
    heap::heap_debug(HeapDebug {
        stress: 1,
        verify: true,
        ..HeapDebug::default()
    });
    ring(4, 4);
    heap::heap_debug(HeapDebug {
        verify: true,
        ..HeapDebug::default()
    });
}

#[test]
fn blocking_calls_keep_what_their_stack_holds() {
    start();
    static IN: AtomicUsize = AtomicUsize::new(0);
    static OUT: AtomicUsize = AtomicUsize::new(0);
    unsafe extern "C" fn caller(gp: *mut G, _arg: *mut u8) -> ! {
        // SAFETY: the running goroutine.
        unsafe {
            for n in 0..20 {
                let l = list(gp, 50 + n);
                entersyscall(gp);
                IN.fetch_add(1, SeqCst);
                while OUT.load(SeqCst) <= n {
                    std::thread::yield_now();
                }
                exitsyscall(gp);
                check(l, 50 + n);
            }
            goexit(gp)
        }
    }
    block_on(|gp| {
        // SAFETY: the running goroutine.
        unsafe {
            for _ in 0..3 {
                newproc(gp, caller, std::ptr::null_mut(), 0);
            }
            for n in 1..=20 {
                while IN.load(SeqCst) < 3 * n {
                    gosched(gp);
                }
                heap::gc_full(gp);
                // Their memory would be given out here if it had been freed.
                for _ in 0..100 {
                    list(gp, 50);
                }
                OUT.store(n, SeqCst);
            }
        }
    });
}

/// Runs one of the `child_` tests below in a process of its own. Returns its exit status and its standard error.
fn child(test: &str) -> (Option<i32>, String) {
    let out = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("MINIGO_TEST_CHILD", "1")
        .output()
        .unwrap();
    (
        out.status.code(),
        String::from_utf8_lossy(&out.stderr).into_owned(),
    )
}

fn is_child() -> bool {
    std::env::var_os("MINIGO_TEST_CHILD").is_some()
}

#[test]
fn child_small_objects() {
    if !is_child() {
        return;
    }
    start();
    heap::set_heap_max(64 << 20);
    block_on(|gp| {
        // SAFETY: the running goroutine.
        unsafe {
            list(gp, usize::MAX >> 1);
        }
    });
}

#[test]
fn child_large_object() {
    if !is_child() {
        return;
    }
    start();
    // SAFETY: the running goroutine.
    block_on(|gp| unsafe {
        heap::mallocgc(gp, 1 << 44, std::ptr::null(), true);
    });
}

#[test]
fn running_out_of_memory_is_a_fatal_error_in_gos_form() {
    for (test, block) in [
        ("child_small_objects", "8192-byte"),
        ("child_large_object", "17592186044416-byte"),
    ] {
        let (status, text) = child(test);
        assert_eq!(status, Some(2), "{text}");
        let first = format!("runtime: out of memory: cannot allocate {block} block (");
        assert!(text.contains(&first), "{text}");
        assert!(
            text.contains(" in use)\nfatal error: out of memory\n"),
            "{text}"
        );
    }
}
