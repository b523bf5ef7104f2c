//! Poll descriptors: pipes and sockets, deadlines, closing under waiters, and blocking calls beside running goroutines.

mod common;
use common::*;
use minigo_runtime::*;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering::*};
use std::time::{Duration, Instant};

/// A nonblocking descriptor in the poller's hands.
#[derive(Clone, Copy)]
struct Fd {
    fd: i32,
    pd: Ptr<PollDesc>,
}

fn last_errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap()
}

impl Fd {
    fn new(fd: i32) -> Fd {
        // SAFETY: plain system call.
        unsafe { libc::fcntl(fd, libc::F_SETFL, libc::O_NONBLOCK) };
        Fd {
            fd,
            pd: Ptr(poll_open(fd).expect("a pollable descriptor")),
        }
    }

    fn pair() -> (Fd, Fd) {
        let mut fds = [0; 2];
        // SAFETY: room for two.
        unsafe {
            assert_eq!(
                libc::socketpair(libc::AF_UNIX, libc::SOCK_STREAM, 0, fds.as_mut_ptr()),
                0
            )
        };
        (Fd::new(fds[0]), Fd::new(fds[1]))
    }

    fn pipe() -> (Fd, Fd) {
        let mut fds = [0; 2];
        // SAFETY: room for two.
        unsafe { assert_eq!(libc::pipe(fds.as_mut_ptr()), 0) };
        (Fd::new(fds[0]), Fd::new(fds[1]))
    }

    fn wait(self, gp: *mut G, mode: Mode) -> PollErr {
        // SAFETY: the descriptor is open; the native stack is kept.
        unsafe {
            let mut w = poll_wait(gp, self.pd.0, mode);
            loop {
                match w {
                    PollWait::Done(e) => return e,
                    PollWait::Park(park) => {
                        gopark(gp, park);
                        w = poll_wait_finish(gp, self.pd.0, mode);
                    }
                }
            }
        }
    }

    fn io(self, gp: *mut G, mode: Mode, mut op: impl FnMut() -> isize) -> Result<usize, PollErr> {
        // SAFETY: the descriptor is open.
        let e = unsafe { poll_reset(self.pd.0, mode) };
        if e != PollErr::None {
            return Err(e);
        }
        loop {
            let n = op();
            if n >= 0 {
                return Ok(n as usize);
            }
            assert_eq!(last_errno(), libc::EAGAIN);
            let e = self.wait(gp, mode);
            if e != PollErr::None {
                return Err(e);
            }
        }
    }

    fn read(self, gp: *mut G, buf: &mut [u8]) -> Result<usize, PollErr> {
        // SAFETY: the buffer is as long as said.
        self.io(gp, Mode::Read, || unsafe {
            libc::read(self.fd, buf.as_mut_ptr().cast(), buf.len())
        })
    }

    fn write(self, gp: *mut G, mut buf: &[u8]) -> Result<(), PollErr> {
        while !buf.is_empty() {
            // SAFETY: the buffer is as long as said.
            let n = self.io(gp, Mode::Write, || unsafe {
                libc::write(self.fd, buf.as_ptr().cast(), buf.len())
            })?;
            buf = &buf[n..];
        }
        Ok(())
    }

    fn deadline(self, gp: *mut G, ns: i64) {
        // SAFETY: the descriptor is open.
        unsafe { poll_set_deadline(gp, self.pd.0, ns, &[Mode::Read, Mode::Write]) }
    }

    fn evict(self) {
        // SAFETY: once per descriptor.
        unsafe { poll_unblock(self.pd.0) }
    }

    fn close(self) {
        // SAFETY: nobody uses it any more.
        unsafe {
            poll_close(self.pd.0);
            libc::close(self.fd);
        }
    }
}

const MS: i64 = 1_000_000;

#[test]
fn bytes_go_to_and_fro() {
    init(4);
    block_on(|gp| {
        const PAIRS: usize = 50;
        const ROUNDS: usize = 200;
        let wg = WaitGroup::new(2 * PAIRS);
        for _ in 0..PAIRS {
            let (a, b) = Fd::pair();
            go(gp, move |gp| {
                let mut buf = [0; 8];
                for k in 0..ROUNDS {
                    a.write(gp, &(k as u64).to_ne_bytes()).unwrap();
                    assert_eq!(a.read(gp, &mut buf), Ok(8));
                    assert_eq!(u64::from_ne_bytes(buf), k as u64 + 1);
                }
                a.evict();
                a.close();
                wg.done(gp);
            });
            go(gp, move |gp| {
                let mut buf = [0; 8];
                loop {
                    match b.read(gp, &mut buf).unwrap() {
                        0 => break,
                        n => assert_eq!(n, 8),
                    }
                    b.write(gp, &(u64::from_ne_bytes(buf) + 1).to_ne_bytes())
                        .unwrap();
                }
                b.evict();
                b.close();
                wg.done(gp);
            });
        }
        wg.wait(gp);
    });
}

#[test]
fn a_full_pipe_makes_the_writer_wait() {
    init(4);
    block_on(|gp| {
        let (r, w) = Fd::pipe();
        let wg = WaitGroup::new(1);
        go(gp, move |gp| {
            let data: Vec<u8> = (0..1_000_000u32).map(|i| (i % 251) as u8).collect();
            w.write(gp, &data).unwrap();
            w.evict();
            w.close();
            wg.done(gp);
        });
        let mut got = 0u32;
        let mut buf = [0; 1000];
        loop {
            let n = r.read(gp, &mut buf).unwrap();
            if n == 0 {
                break;
            }
            for &b in &buf[..n] {
                assert_eq!(b, (got % 251) as u8);
                got += 1;
            }
        }
        assert_eq!(got, 1_000_000);
        wg.wait(gp);
        r.evict();
        r.close();
    });
}

#[test]
fn deadlines_cancel_waits_and_can_be_moved() {
    init(4);
    block_on(|gp| {
        let (a, b) = Fd::pair();
        let mut buf = [0; 8];
        let start = Instant::now();
        a.deadline(gp, 20 * MS);
        assert_eq!(a.read(gp, &mut buf), Err(PollErr::Timeout));
        assert!(start.elapsed() >= Duration::from_millis(20));
        // It stays expired, without waiting.
        assert_eq!(a.read(gp, &mut buf), Err(PollErr::Timeout));
        // None: reading works again.
        a.deadline(gp, 0);
        b.write(gp, b"x").unwrap();
        assert_eq!(a.read(gp, &mut buf), Ok(1));
        // One in the past.
        a.deadline(gp, -1);
        assert_eq!(a.read(gp, &mut buf), Err(PollErr::Timeout));
        // A deadline that is put off while somebody waits does not wake it early.
        // (The first one is far off: on a loaded machine the goroutine that moves it may be late.)
        a.deadline(gp, 1000 * MS);
        let start = Instant::now();
        go(gp, move |gp| {
            sleep(gp, 2 * MS);
            a.deadline(gp, 1100 * MS);
        });
        assert_eq!(a.read(gp, &mut buf), Err(PollErr::Timeout));
        assert!(
            start.elapsed() >= Duration::from_millis(1050),
            "{:?}",
            start.elapsed()
        );
        // And one in the past, set by another, wakes at once.
        a.deadline(gp, 0);
        go(gp, move |gp| {
            sleep(gp, 2 * MS);
            a.deadline(gp, -1);
        });
        assert_eq!(a.read(gp, &mut buf), Err(PollErr::Timeout));
        for f in [a, b] {
            f.evict();
            f.close();
        }
    });
}

#[test]
fn closing_wakes_everybody() {
    init(4);
    block_on(|gp| {
        for round in 0..200 {
            let (a, b) = Fd::pair();
            let wg = WaitGroup::new(2);
            go(gp, move |gp| {
                let mut buf = [0; 8];
                assert_eq!(a.read(gp, &mut buf), Err(PollErr::Closing));
                wg.done(gp);
            });
            go(gp, move |gp| {
                let full = vec![0u8; 4 << 20];
                assert_eq!(a.write(gp, &full), Err(PollErr::Closing));
                wg.done(gp);
            });
            if round % 4 != 0 {
                sleep(gp, (round % 7) * 50_000);
            }
            a.evict();
            wg.wait(gp);
            a.close();
            b.evict();
            b.close();
        }
    });
}

/// Deadlines, data and closing at random times against a reader: it always comes back, and never with the wrong answer.
#[test]
fn stress_of_all_that_can_happen() {
    init(4);
    block_on(|gp| {
        const N: usize = 64;
        let wg = WaitGroup::new(2 * N);
        for i in 0..N {
            let (a, b) = Fd::pair();
            let closed = Box::leak(Box::new(AtomicBool::new(false)));
            let closed: &'static AtomicBool = closed;
            go(gp, move |gp| {
                let mut buf = [0; 64];
                let mut timeouts = 0;
                loop {
                    match a.read(gp, &mut buf) {
                        Ok(_) => {}
                        Err(PollErr::Timeout) => {
                            timeouts += 1;
                            a.deadline(gp, if timeouts % 3 == 0 { 0 } else { 300_000 });
                        }
                        Err(PollErr::Closing) => break,
                        Err(e) => panic!("{e:?}"),
                    }
                }
                assert!(closed.load(SeqCst));
                a.close();
                wg.done(gp);
            });
            go(gp, move |gp| {
                let mut x = i as u64 * 0x9e37_79b9 + 1;
                for _ in 0..100 {
                    x ^= x << 13;
                    x ^= x >> 7;
                    x ^= x << 17;
                    match x % 4 {
                        0 => b.write(gp, b"hello").unwrap(),
                        1 => a.deadline(gp, (x % 500_000) as i64 + 1),
                        2 => a.deadline(gp, -1),
                        _ => sleep(gp, (x % 300_000) as i64),
                    }
                }
                closed.store(true, SeqCst);
                a.evict();
                b.evict();
                b.close();
                wg.done(gp);
            });
        }
        wg.wait(gp);
    });
}

/// 100 goroutines blocked in reads that the kernel cannot watch: those that compute go on.
#[test]
fn blocking_calls_do_not_stop_others() {
    init(2);
    block_on(|gp| {
        const N: usize = 100;
        static BACK: AtomicUsize = AtomicUsize::new(0);
        static WORK: AtomicU64 = AtomicU64::new(0);
        let wg = WaitGroup::new(N);
        let mut writers = Vec::new();
        for _ in 0..N {
            let mut fds = [0; 2];
            // SAFETY: room for two.
            unsafe { assert_eq!(libc::pipe(fds.as_mut_ptr()), 0) };
            writers.push(fds[1]);
            go(gp, move |gp| {
                let mut b = 0u8;
                // SAFETY: between the two nothing of the runtime is touched.
                unsafe {
                    entersyscall(gp);
                    assert_eq!(libc::read(fds[0], (&raw mut b).cast(), 1), 1);
                    exitsyscall(gp);
                    libc::close(fds[0]);
                }
                BACK.fetch_add(1, SeqCst);
                wg.done(gp);
            });
        }
        let stop: &'static AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
        for _ in 0..3 {
            go(gp, move |gp| {
                while !stop.load(Relaxed) {
                    WORK.fetch_add(1, Relaxed);
                    safepoint(gp);
                }
            });
        }
        sleep(gp, 30 * MS);
        let before = WORK.load(Relaxed);
        // On a loaded machine that may take its time.
        while WORK.load(Relaxed) == before {
            sleep(gp, MS);
        }
        assert_eq!(BACK.load(SeqCst), 0);
        for w in writers {
            // SAFETY: one byte is written.
            unsafe {
                assert_eq!(libc::write(w, [7u8].as_ptr().cast(), 1), 1);
                libc::close(w);
            }
        }
        wg.wait(gp);
        stop.store(true, Relaxed);
        assert_eq!(BACK.load(SeqCst), N);
    });
}
