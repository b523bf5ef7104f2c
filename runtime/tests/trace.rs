//! The events of a small program, in a process of its own: nobody else makes any.

mod common;
use common::*;
use minigo_runtime::trace::{Event, What, set_sink};
use minigo_runtime::*;
use std::collections::HashMap;
use std::sync::Mutex;

static EVENTS: Mutex<Vec<Event>> = Mutex::new(Vec::new());

fn take(e: &Event) {
    EVENTS.lock().unwrap().push(*e);
}

#[test]
fn every_goroutine_has_a_life() {
    init(3);
    set_sink(Some(take));
    block_on(|gp| {
        let c = chan(gp, 0);
        for i in 0..20 {
            go(gp, move |gp| send(gp, c, i));
        }
        for _ in 0..20 {
            recv(gp, c);
        }
        // SAFETY: the running goroutine.
        unsafe { gosched(gp) };
        sleep(gp, 1_000_000);
    });
    set_sink(None);
    let events = EVENTS.lock().unwrap();
    // Per goroutine: created once, and from then on each start is preceded by a reason to run.
    let mut runnable: HashMap<u64, bool> = HashMap::new();
    let (mut created, mut parked, mut readied) = (0, 0, 0);
    let mut by_order: Vec<&Event> = events.iter().filter(|e| e.goid != 0).collect();
    // Events of different threads may reach the sink out of order; their clock does not lie.
    by_order.sort_by_key(|e| e.when);
    for e in by_order {
        match e.what {
            What::Create => {
                created += 1;
                assert!(runnable.insert(e.goid, true).is_none());
            }
            What::Ready => {
                readied += 1;
                runnable.insert(e.goid, true);
            }
            What::Yield => {
                runnable.insert(e.goid, true);
            }
            What::Start => assert_eq!(runnable.insert(e.goid, false), Some(true), "{e:?}"),
            What::Park => parked += 1,
            _ => {}
        }
    }
    assert_eq!(created, 21);
    assert_eq!(parked, readied);
    assert!(parked > 0);
}
