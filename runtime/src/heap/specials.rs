//! What is attached to objects from outside: finalizers, cleanups, weak pointers. (Go: `special` in runtime/mheap.go, runtime/mfinal.go)
//!
//! Records are kept by address. After marking, each record of an unmarked object takes effect:
//!  - weak: its cell is cleared, so that no weak pointer brings the object back (a cell that no weak pointer holds goes,
//!    and its record with it);
//!  - finalizer: the object and all it reaches are marked once more, and the record is queued: the object dies later,
//!    unless its finalizer stores it somewhere. Not if another object with a finalizer reaches it: that one goes first
//!    (so a cycle of such objects, or one that refers to itself, is never finalized);
//!  - cleanup: queued when the object dies for good, that is, when no finalizer revived it.
//!
//! `data` of a record is the VM's: a heap object with the function and its arguments. It is a root until the record has
//! been taken from the queue.
//! Locks: the table's own; a leaf.
//! Knows nothing of: how finalizers are run.

use super::span::Span;
use super::{Heap, Relaxed, lock};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// A record.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
enum Special {
    /// Runs `data` with the object.
    Finalizer { data: usize },
    /// Runs `data` after the object.
    Cleanup { id: u64, data: usize },
    /// Clears the cell.
    Weak { cell: usize },
}

/// What is to be run.
#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub struct Queued {
    /// The object of a finalizer; null for a cleanup.
    pub object: *mut u8,
    /// As given at registration.
    pub data: *mut u8,
}

/// All records, and the queue.
pub struct Specials {
    // Ordered, so that a repeated run queues in the same order.
    table: BTreeMap<usize, Vec<Special>>,
    /// Finalizers to be run.
    queue: VecDeque<Queued>,
    /// Cleanups to be run.
    cleanups: VecDeque<Queued>,
    next_id: u64,
}

// SAFETY: addresses; what is behind them is touched by owners of the world only.
unsafe impl Send for Specials {}

impl Specials {
    pub const fn new() -> Specials {
        Specials {
            table: BTreeMap::new(),
            queue: VecDeque::new(),
            cleanups: VecDeque::new(),
            next_id: 1,
        }
    }

    /// Words to mark from.
    pub fn roots(&self) -> Vec<usize> {
        let mut words = Vec::new();
        for s in self.table.values().flatten() {
            match *s {
                Special::Finalizer { data } | Special::Cleanup { data, .. } => words.push(data),
                Special::Weak { .. } => {}
            }
        }
        for q in self.queue.iter().chain(&self.cleanups) {
            words.extend([q.object as usize, q.data as usize]);
        }
        words
    }

    /// Is there nothing to do after marking?
    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// Objects that are about to be finalized, unless others that are refer to them.
    fn unmarked_with_finalizer(&self, heap: &Heap) -> Vec<usize> {
        let finalizer = |s: &Special| matches!(s, Special::Finalizer { .. });
        let with = self.table.iter().filter(|(_, list)| list.iter().any(finalizer));
        with.map(|(&object, _)| object).filter(|&o| !heap.is_marked(o)).collect()
    }

    /// After marking: clears weak cells and queues finalizers of unmarked objects. Returns what must be marked on.
    pub fn after_mark(&mut self, heap: &Heap) -> Vec<usize> {
        let mut revived = Vec::new();
        for (&object, list) in &mut self.table {
            if heap.is_marked(object) {
                continue;
            }
            let mut kept = Vec::new();
            for s in list.drain(..) {
                match s {
                    Special::Weak { cell } => {
                        // SAFETY: the cell belongs to the record while the object lives; it is marked, or free and
                        // not swept yet.
                        unsafe { (*(cell as *const AtomicUsize)).store(0, Ordering::Relaxed) }
                    }
                    Special::Finalizer { data } => {
                        revived.push(object);
                        self.queue.push_back(Queued {
                            object: object as *mut u8,
                            data: data as *mut u8,
                        });
                    }
                    Special::Cleanup { .. } => kept.push(s),
                }
            }
            *list = kept;
        }
        revived
    }

    /// After the revived ones have been marked: queues the cleanups of what is dead for good. Returns whether anything
    /// is queued.
    pub fn after_revival(&mut self, heap: &Heap) -> bool {
        self.table.retain(|&object, list| {
            if heap.is_marked(object) {
                // A cell that no weak pointer holds any more is about to be freed.
                list.retain(|s| !matches!(*s, Special::Weak { cell } if !heap.is_marked(cell)));
            } else {
                for s in list.drain(..) {
                    if let Special::Cleanup { data, .. } = s {
                        self.cleanups.push_back(Queued {
                            object: std::ptr::null_mut(),
                            data: data as *mut u8,
                        });
                    }
                }
            }
            !list.is_empty()
        });
        !self.queue.is_empty() || !self.cleanups.is_empty()
    }
}

/// Whether anybody can tell when an object dies.
static OBSERVED: AtomicBool = AtomicBool::new(false);

/// A program has asked for the collection that runs, and may look at what is left.
pub(super) static ASKED_FOR: AtomicBool = AtomicBool::new(false);

/// Should frames be scanned exactly, by what is live in them, since finalizers, cleanups or weak pointers exist, or the
/// program has asked for this collection (or the collector is under stress)? Otherwise what a stale slot keeps alive is
/// not worth the look.
pub fn frames_exactly() -> bool {
    is_observed() || ASKED_FOR.load(Ordering::Relaxed) || crate::debug::GCSTRESS.on()
}

/// Whether there were finalizers, cleanups or weak pointers.
pub fn is_observed() -> bool {
    OBSERVED.load(Ordering::Relaxed)
}

impl Heap {
    /// Is `addr` in a marked object? Everything outside the heap is.
    pub(super) fn is_marked(&self, addr: usize) -> bool {
        self.arena()
            .find_object(addr)
            // SAFETY: the world is stopped.
            .is_none_or(|(span, index)| unsafe { Span::is_marked(span, index) })
    }

    /// Attaches a finalizer to the object at `object`. `false`: it has one already.
    pub fn set_finalizer(&self, object: *mut u8, data: *mut u8) -> bool {
        OBSERVED.store(true, Ordering::Relaxed);
        let mut specials = lock(&self.specials);
        let list = specials.table.entry(object as usize).or_default();
        if list.iter().any(|s| matches!(s, Special::Finalizer { .. })) {
            return false;
        }
        list.push(Special::Finalizer {
            data: data as usize,
        });
        true
    }

    /// Removes the finalizer. `false`: there was none.
    pub fn remove_finalizer(&self, object: *mut u8) -> bool {
        self.remove_special(object as usize, |s| matches!(s, Special::Finalizer { .. }))
    }

    /// The object that an address points into: where it begins, and how many bytes it has. `None`: outside the heap.
    pub fn object_at(&self, addr: usize) -> Option<(usize, usize)> {
        let (span, i) = self.arena().find_object(addr)?;
        // SAFETY: the caller's object is live.
        unsafe { Some(((*span).addr_of(i), (*span).elem_size)) }
    }

    /// Attaches a cleanup to the object that `object` points into. Returns its id.
    pub fn add_cleanup(&self, object: *mut u8, data: *mut u8) -> u64 {
        OBSERVED.store(true, Ordering::Relaxed);
        let base = self.object_at(object as usize).map_or(object as usize, |o| o.0);
        let mut specials = lock(&self.specials);
        let id = specials.next_id;
        specials.next_id += 1;
        specials
            .table
            .entry(base)
            .or_default()
            .push(Special::Cleanup {
                id,
                data: data as usize,
            });
        id
    }

    /// Removes a cleanup that has not been queued yet.
    pub fn stop_cleanup(&self, object: *mut u8, id: u64) -> bool {
        let base = self.object_at(object as usize).map_or(object as usize, |o| o.0);
        self.remove_special(
            base,
            |s| matches!(s, Special::Cleanup { id: i, .. } if *i == id),
        )
    }

    fn remove_special(&self, object: usize, which: impl Fn(&Special) -> bool) -> bool {
        let mut specials = lock(&self.specials);
        let Some(list) = specials.table.get_mut(&object) else {
            return false;
        };
        let Some(at) = list.iter().position(which) else {
            return false;
        };
        list.remove(at);
        if list.is_empty() {
            specials.table.remove(&object);
        }
        true
    }

    /// The cell of weak pointers to `object`: a heap object of one word, which is cleared when `object` dies. If there is
    /// none yet, `fresh` becomes it (8 pointer-free bytes of the heap, not tiny).
    pub fn weak_cell(&self, object: *mut u8, fresh: *mut u8) -> *mut u8 {
        OBSERVED.store(true, Ordering::Relaxed);
        let mut specials = lock(&self.specials);
        let list = specials.table.entry(object as usize).or_default();
        for s in list.iter() {
            if let Special::Weak { cell } = *s {
                return cell as *mut u8;
            }
        }
        // SAFETY: the caller's own new object.
        unsafe { (*fresh.cast::<AtomicUsize>()).store(object as usize, Ordering::Relaxed) };
        list.push(Special::Weak {
            cell: fresh as usize,
        });
        fresh
    }

    /// The next finalizer to run.
    pub fn next_finalizer(&self) -> Option<Queued> {
        lock(&self.specials).queue.pop_front()
    }

    /// The next cleanup to run.
    pub fn next_cleanup(&self) -> Option<Queued> {
        lock(&self.specials).cleanups.pop_front()
    }

    /// Is a finalizer waiting to be run, is a cleanup?
    pub fn queued(&self) -> [bool; 2] {
        let specials = lock(&self.specials);
        [!specials.queue.is_empty(), !specials.cleanups.is_empty()]
    }

    /// With the world stopped, after marking: lets the records take effect.
    pub(super) fn mark_specials(&self, shared: &super::mark::Shared<'_>) {
        let mut specials = lock(&self.specials);
        if specials.is_empty() {
            return;
        }
        // What an object with a finalizer refers to stays, but not for its own sake the object itself.
        for object in specials.unmarked_with_finalizer(self) {
            let mut marker = super::mark::Marker::new(shared);
            if let Some((span, index)) = self.arena().find_object(object) {
                // SAFETY: the world is stopped, and the object not freed.
                unsafe {
                    if !(*span).noscan() {
                        let base = (*span).addr_of(index);
                        marker.scan_range(base, base + (*span).elem_size);
                    }
                }
            }
            marker.run_from(&[]);
        }
        let revived = specials.after_mark(self);
        if !revived.is_empty() {
            super::mark::Marker::new(shared).run_from(&revived);
        }
        let any = specials.after_revival(self);
        self.queued.store(any, Relaxed);
    }
}
