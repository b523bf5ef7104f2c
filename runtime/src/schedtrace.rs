//! `MINIGO_DEBUG=schedtrace=N`: the scheduler on one line per interval, in Go's form; with `scheddetail=1` every P, M
//! and G as well. (Go: `schedtrace` in runtime/proc.go)

use crate::g::*;
use crate::m::M;
use crate::nondet::real_nanotime;
use crate::sched::SCHED;
use crate::sync::*;
use std::fmt::Write as _;
use std::sync::OnceLock;

/// A number, or `nil`.
fn or_nil<T>(p: *mut T, number: impl Fn(*mut T) -> i64) -> String {
    if p.is_null() {
        "nil".to_string()
    } else {
        number(p).to_string()
    }
}

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
                let m = or_nil((*pp).m.load(Relaxed), |mp| (*mp).id);
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
                let p = or_nil(pp, |pp| (*pp).id as i64);
                let goid = |gp: *mut G| (*gp).goid as i64;
                let (g, lockedg) = (or_nil(gp, goid), or_nil((*mp).lockedg, goid));
                // What Go counts in an M and we have no use for is 0.
                let _ = writeln!(
                    out,
                    "  M{}: p={p} curg={g} mallocing=0 throwing=0 preemptoff= locks=0 dying=0 spinning={} blocked={} \
                     lockedg={lockedg}",
                    (*mp).id,
                    (*mp).spinning,
                    pp.is_null() && gp.is_null() && !(*mp).nmsys
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
                let id = |mp: *mut M| (*mp).id;
                let (m, lockedm) = (or_nil((*gp).m, id), or_nil((*gp).lockedm, id));
                let reason = if status == GWAITING {
                    (*gp).waitreason.text()
                } else {
                    ""
                };
                let _ = writeln!(
                    out,
                    "  G{}: status={status}({reason}) m={m} lockedm={lockedm}",
                    (*gp).goid
                );
            }
        });
    }
    out
}
