//! `MINIGO_DEBUG=schedtrace=N`: the scheduler on one line per interval, in Go's form; with `scheddetail=1` every P, M
//! and G as well. (Go: `schedtrace` in runtime/proc.go)

use crate::g::*;
use crate::nondet::real_nanotime;
use crate::sched::SCHED;
use crate::sync::*;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// Prints it to standard error.
pub(crate) fn schedtrace(detailed: bool) {
    // Not `eprint!`: a test harness would swallow it.
    let _ = std::io::Write::write_all(&mut std::io::stderr(), text(detailed).as_bytes());
}

/// The scheduler in detail, as text.
pub fn sched_text() -> String {
    text(true)
}

fn text(detailed: bool) -> String {
    static START: OnceLock<i64> = OnceLock::new();
    let now = real_nanotime();
    let start = *START.get_or_init(|| now);
    let mut out = String::new();
    SCHED.lock.lock();
    // SAFETY: the lock is held; fields of Ps, Ms and Gs that change meanwhile are merely old.
    unsafe {
        let mcount = SCHED.mcount();
        let l = SCHED.locked();
        let idle = &SCHED.idle.0;
        let _ = write!(
            out,
            "SCHED {}ms: gomaxprocs={} idleprocs={} threads={mcount} spinningthreads={} needspinning={} idlethreads={} runqueue={}",
            (now - start) / 1_000_000,
            SCHED.nprocs(),
            idle.npidle.load(Relaxed),
            idle.nmspinning.load(Relaxed),
            idle.needspinning.load(Relaxed),
            l.nmidle,
            l.runq.n,
        );
        if detailed {
            let _ = writeln!(
                out,
                " gcwaiting={} nmidlelocked={} stopwait={} sysmonwait={}",
                SCHED.gcwaiting.load(Relaxed),
                l.nmidlelocked,
                l.stopwait,
                SCHED.sysmonwait.load(Relaxed)
            );
        }
        let (mut lens, mut ticks) = (String::new(), String::new());
        for i in 0..SCHED.nprocs() {
            let pp = SCHED.p(i);
            let len = (*pp).runq.len() + !(*pp).runq.runnext.load(Relaxed).is_null() as usize;
            if detailed {
                let mp = (*pp).m.load(Relaxed);
                let m = if mp.is_null() {
                    "nil".to_string()
                } else {
                    (*mp).id.to_string()
                };
                let _ = writeln!(
                    out,
                    "  P{i}: status={} schedtick={} syscalltick={} m={m} runqsize={len} gfreecnt={} timerslen={}",
                    (*pp).status.load(Relaxed),
                    (*pp).schedtick.load(Relaxed),
                    (*pp).syscalltick.load(Relaxed),
                    (*pp).gfree.n,
                    (*pp).timers.len(),
                );
            } else {
                let _ = write!(lens, " {len}");
                let _ = write!(ticks, " {}", (*pp).schedtick.load(Relaxed));
            }
        }
        if detailed {
            let mut mp = SCHED.allm.load(Acquire);
            while !mp.is_null() {
                let pp = (*mp).p.load(Relaxed);
                let gp = (*mp).curg.load(Relaxed);
                let p = if pp.is_null() {
                    "nil".to_string()
                } else {
                    (*pp).id.to_string()
                };
                let g = if gp.is_null() {
                    "nil".to_string()
                } else {
                    (*gp).goid.to_string()
                };
                let lockedg = (*mp).lockedg;
                let lg = if lockedg.is_null() {
                    "nil".to_string()
                } else {
                    (*lockedg).goid.to_string()
                };
                let _ = writeln!(
                    out,
                    "  M{}: p={p} curg={g} spinning={} blocked={} lockedg={lg}",
                    (*mp).id,
                    (*mp).spinning,
                    pp.is_null()
                );
                mp = (*mp).alllink;
            }
        } else {
            let _ = writeln!(out, " [{lens} ] schedticks=[{ticks} ]");
        }
    }
    SCHED.lock.unlock();
    if detailed {
        crate::proc::for_each_g(&mut |gp| {
            // SAFETY: Gs are never freed.
            unsafe {
                let status = readgstatus(gp);
                if status == GDEAD {
                    return;
                }
                let mp = (*gp).m;
                let m = if mp.is_null() {
                    "nil".to_string()
                } else {
                    (*mp).id.to_string()
                };
                let reason = if status == GWAITING {
                    (*gp).waitreason.text()
                } else {
                    ""
                };
                let _ = writeln!(out, "  G{}: status={status}({reason}) m={m}", (*gp).goid);
            }
        });
    }
    out
}
