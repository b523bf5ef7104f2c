//! The heap without a scheduler: one or several mutators on the test's own roots.

use super::mheap::Grow;
use super::sizeclasses::*;
use super::span::Span;
use super::world::World;
use super::*;
use std::cell::RefCell;
use std::sync::atomic::AtomicI64;

/// A mutator of its own, and with it a world that always stands still. Roots are the words of `roots`.
struct TestWorld {
    heap: &'static Heap,
    cache: *mut MCache,
    roots: RefCell<Vec<usize>>,
    helpers: usize,
    clock: AtomicI64,
}

// SAFETY: root jobs read `roots` while the only mutator is inside a collection.
unsafe impl Sync for TestWorld {}

impl World for TestWorld {
    fn cache(&self) -> *mut MCache {
        self.cache
    }
    fn can_collect(&self) -> bool {
        true
    }
    unsafe fn with_world_stopped(&self, f: &mut dyn FnMut()) {
        f()
    }
    fn root_jobs(&self) -> usize {
        self.roots.borrow().len().div_ceil(100)
    }
    unsafe fn root_job(&self, job: usize, visit: &mut dyn FnMut(usize, usize)) {
        // SAFETY: nobody changes the roots during a collection.
        let roots = unsafe { &*self.roots.as_ptr() };
        let piece = &roots[job * 100..(job * 100 + 100).min(roots.len())];
        let range = piece.as_ptr_range();
        visit(range.start as usize, range.end as usize);
    }
    fn mark_helpers(&self) -> usize {
        self.helpers
    }
    fn nanotime(&self) -> i64 {
        self.clock.fetch_add(1000, Relaxed)
    }
}

impl TestWorld {
    fn new(helpers: usize) -> TestWorld {
        let heap: &'static Heap = Box::leak(Box::new(Heap::new()));
        // SAFETY: once, at the start.
        unsafe { heap.init(8 << 30, false) };
        heap.debug.verify.store(true, Relaxed);
        heap.debug.poison.store(true, Relaxed);
        TestWorld {
            heap,
            cache: heap.allocmcache(),
            roots: RefCell::new(Vec::new()),
            helpers,
            clock: AtomicI64::new(0),
        }
    }

    /// Without the checks, for what takes long.
    fn quick(helpers: usize) -> TestWorld {
        let w = TestWorld::new(helpers);
        w.heap.debug.verify.store(false, Relaxed);
        w.heap.debug.poison.store(false, Relaxed);
        w
    }

    fn alloc(&self, size: usize, ty: Option<&GcType>) -> *mut usize {
        let ty = ty.map_or(std::ptr::null(), std::ptr::from_ref);
        // SAFETY: the tests' types live as long as their heaps.
        unsafe { self.heap.malloc(self, size, ty, true).cast() }
    }

    /// One value, by the inline path where it serves.
    fn new_object(&self, ty: &GcType) -> *mut usize {
        // SAFETY: as above; the cache is ours.
        let p = unsafe { new_object_fast(&mut *self.cache, ty) };
        if p.is_null() {
            self.alloc(ty.size, Some(ty))
        } else {
            p.cast()
        }
    }

    fn collect(&self) {
        // SAFETY: the roots are what the test says.
        unsafe { self.heap.collect(self, Reason::Forced) };
        self.heap.finish_sweep();
    }

    fn root(&self, p: *mut usize) -> usize {
        self.roots.borrow_mut().push(p as usize);
        self.roots.borrow().len() - 1
    }

    fn stats(&self) -> MemStats {
        self.heap.finish_sweep();
        self.heap.mem_stats()
    }
}

impl Drop for TestWorld {
    fn drop(&mut self) {
        // The heap stays for its helpers, its memory need not.
        self.heap.finish_sweep();
        // SAFETY: the test is over.
        unsafe { os::release(self.heap.arena().lo, self.heap.arena().used.load(Relaxed)) };
    }
}

/// A type whose words under `mask` are pointers; leaked.
fn gctype(words: usize, mask: &[u64]) -> &'static GcType {
    let top = mask.iter().rposition(|&m| m != 0);
    let ptrdata = top.map_or(0, |i| (i * 64 + 64 - mask[i].leading_zeros() as usize) * 8);
    let mask: &'static [u64] = Box::leak(mask.to_vec().into_boxed_slice());
    // SAFETY: the mask is leaked and long enough.
    Box::leak(Box::new(unsafe {
        GcType::new(words * 8, ptrdata, mask.as_ptr())
    }))
}

/// A deterministic generator.
struct Rng(u64);

impl Rng {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, n: usize) -> usize {
        (self.next() >> 11) as usize % n
    }
}

#[test]
fn empty_objects_have_one_address() {
    let w = TestWorld::new(0);
    assert_eq!(w.alloc(0, None), zerobase().cast());
    assert_eq!(w.stats().mallocs, 0);
}

#[test]
fn every_size_is_zeroed_aligned_and_found() {
    let w = TestWorld::new(0);
    let one = gctype(1, &[1]);
    for round in 0..2 {
        for size in (1..=600).chain((601..70_000).step_by(61)) {
            for ty in [None, Some(one)] {
                if ty.is_some() && size % 8 != 0 {
                    continue;
                }
                let p = w.alloc(size, ty);
                let bytes = p.cast::<u8>();
                for i in 0..size {
                    // SAFETY: our object.
                    unsafe {
                        assert_eq!(*bytes.add(i), 0, "round {round} size {size} byte {i}");
                        *bytes.add(i) = 0xff;
                    }
                }
                let align = 1 << size.trailing_zeros().min(if size < 16 { 3 } else { 4 });
                assert!((p as usize).is_multiple_of(align), "size {size} at {p:p}");
                let (span, index) = w.heap.arena().find_object(p as usize + size - 1).unwrap();
                // SAFETY: a live span.
                unsafe {
                    assert!(!Span::is_free(span, index));
                    let base = (*span).addr_of(index);
                    assert!(base <= p as usize && p as usize + size <= base + (*span).elem_size);
                }
                // Not to be taken for pointers in the next collection.
                // SAFETY: our object.
                unsafe { bytes.write_bytes(0, size) };
            }
        }
        w.collect();
        assert_eq!(w.stats().heap_objects, 0);
    }
}

#[test]
fn only_reachable_objects_survive_and_the_others_are_reused() {
    let w = TestWorld::new(0);
    let node = gctype(2, &[1]);
    let keep = w.new_object(node);
    w.root(keep);
    for _ in 0..1000 {
        let p = w.new_object(node);
        // SAFETY: our objects.
        unsafe { *p.add(1) = 7 };
    }
    // SAFETY: as above.
    unsafe {
        *keep = w.new_object(node) as usize;
        *keep.add(1) = 42;
    }
    assert_eq!(w.stats().heap_objects, 1002);
    w.collect();
    let s = w.stats();
    assert_eq!((s.heap_objects, s.mallocs, s.frees), (2, 1002, 1000));
    assert_eq!(s.heap_alloc(), 32);
    let in_use = w.heap.in_use();
    for _ in 0..100_000 {
        let p = w.new_object(node);
        // SAFETY: as above.
        let words = unsafe { (*p, *p.add(1)) };
        assert_eq!(words, (0, 0), "reused objects are zeroed");
        if w.heap.live.load(Relaxed) > 100_000 {
            w.collect();
        }
    }
    assert!(w.heap.in_use() <= in_use + (256 << 10));
    // SAFETY: as above.
    assert_eq!(unsafe { *keep.add(1) }, 42);
}

impl MemStats {
    fn heap_alloc(&self) -> u64 {
        self.alloc
    }
}

#[test]
fn interior_pointers_keep_objects_and_others_do_not() {
    let w = TestWorld::new(0);
    for size in [
        16, 24, 48, 128, 576, 1152, 3072, 6784, 27264, 32768, 100_000, 3_000_000,
    ] {
        for at in [0, 1, size / 2, size - 1] {
            w.roots.borrow_mut().clear();
            let p = w.alloc(size, None) as usize;
            let q = w.alloc(size, None) as usize;
            w.roots
                .borrow_mut()
                .extend([p + at, 1, 4096, p - (1 << 40), usize::MAX]);
            w.collect();
            assert_eq!(w.stats().heap_objects, 1, "size {size} offset {at}");
            let _ = q;
        }
    }
}

#[test]
fn words_that_hold_no_pointers_are_not_followed() {
    let w = TestWorld::new(0);
    // Word 1 of three may hold a pointer, word 2 looks like one.
    let ty = gctype(3, &[0b010]);
    let arr = w.alloc(3 * 8 * 50, Some(ty));
    w.root(arr);
    for i in 0..50 {
        // SAFETY: our objects.
        unsafe {
            *arr.add(i * 3 + 1) = w.alloc(64, None) as usize;
            *arr.add(i * 3 + 2) = w.alloc(64, None) as usize;
        }
    }
    w.collect();
    assert_eq!(w.stats().heap_objects, 51);
}

/// Allocates an array of `count` values, fills each word with a new object, and checks which survive.
fn check_mask(words: usize, mask: &[u64], count: usize) {
    let w = TestWorld::new(0);
    let ty = gctype(words, mask);
    // Leave stale pointer bits where the object will be.
    let all = gctype(1, &[1]);
    w.alloc(words * 8 * count, Some(all));
    w.collect();
    let p = w.alloc(words * 8 * count, Some(ty));
    w.root(p);
    let mut want = 1;
    for i in 0..words * count {
        let q = w.alloc(16, None);
        // SAFETY: our object.
        unsafe { *p.add(i) = q as usize };
        want += (mask[i % words / 64] >> (i % words % 64) & 1) as usize;
    }
    w.collect();
    assert_eq!(
        w.stats().heap_objects,
        want as u64,
        "{words} words, {count} times"
    );
}

#[test]
fn masks_of_all_shapes_repeat_exactly() {
    for count in [1, 2, 3, 5, 7, 31, 64, 65, 100, 1000] {
        check_mask(1, &[1], count);
        check_mask(2, &[0b10], count);
        check_mask(3, &[0b001], count);
        check_mask(5, &[0b10110], count);
        check_mask(33, &[1 << 32 | 1], count);
    }
    for count in [1, 2, 9, 40] {
        check_mask(64, &[1 << 63 | 5], count);
        check_mask(65, &[6, 1], count);
        check_mask(100, &[1 << 40, 1 << 35], count);
        check_mask(200, &[0, 0, 1 << 63, 1 << 7], count);
        check_mask(
            1000,
            &[u64::MAX, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0],
            count,
        );
    }
}

#[test]
fn random_graphs_against_a_model() {
    for (seed, helpers) in [(1, 0), (2, 0), (3, 1), (4, 3)] {
        random_graph(seed, helpers, 30_000);
    }
}

/// Objects with an id and random pointers among each other, mirrored in a plain vector.
fn random_graph(seed: u64, helpers: usize, steps: usize) {
    struct Obj {
        addr: usize,
        words: usize,
        edges: Vec<Option<usize>>,
        live: bool,
    }
    let w = TestWorld::new(helpers);
    let mut rng = Rng(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let all = gctype(1, &[1]);
    let mut objs: Vec<Obj> = Vec::new();
    let mut roots: Vec<usize> = Vec::new();
    for step in 0..steps {
        // A new object: word 0 holds its id (shifted: no address), the others pointers.
        let words = match rng.below(100) {
            0 => 1 + rng.below(40_000),
            1..5 => 1 + rng.below(4000),
            5..20 => 1 + rng.below(200),
            _ => 1 + rng.below(10),
        };
        let addr = w.alloc(words * 8, Some(all)) as usize;
        let id = objs.len();
        // SAFETY: our object.
        unsafe { *(addr as *mut usize) = id << 1 | 1 };
        objs.push(Obj {
            addr,
            words,
            edges: vec![None; words.min(50)],
            live: true,
        });
        // Linked from somewhere that is alive, or rooted; or lost at once.
        match rng.below(3) {
            0 => roots.push(id),
            1 if !roots.is_empty() => {
                let from = roots[rng.below(roots.len())];
                let n = objs[from].edges.len();
                if n > 1 {
                    let e = 1 + rng.below(n - 1);
                    objs[from].edges[e] = Some(id);
                    // Anywhere inside the target.
                    let inside = addr + rng.below(words * 8);
                    // SAFETY: rooted, so alive.
                    unsafe { *(objs[from].addr as *mut usize).add(e) = inside };
                }
            }
            _ => {}
        }
        if rng.below(50) == 0 && !roots.is_empty() {
            let i = rng.below(roots.len());
            roots.swap_remove(i);
        }
        // Edges among the reachable, cycles included.
        if roots.len() > 1 && rng.below(4) == 0 {
            let (a, b) = (roots[rng.below(roots.len())], roots[rng.below(roots.len())]);
            let n = objs[a].edges.len();
            if n > 1 {
                let e = 1 + rng.below(n - 1);
                objs[a].edges[e] = Some(b);
                // SAFETY: both rooted.
                unsafe { *(objs[a].addr as *mut usize).add(e) = objs[b].addr };
            }
        }
        if rng.below(200) == 0 {
            roots.truncate(20);
        }
        *w.roots.borrow_mut() = roots.iter().map(|&r| objs[r].addr).collect();
        if step % 3000 != 2999 {
            continue;
        }
        w.collect();
        let mut reach = vec![false; objs.len()];
        let mut todo: Vec<usize> = roots.clone();
        while let Some(o) = todo.pop() {
            if !std::mem::replace(&mut reach[o], true) {
                assert!(objs[o].live, "object {o} was lost before");
                todo.extend(objs[o].edges.iter().flatten());
            }
        }
        for id in 0..objs.len() {
            if !reach[id] {
                objs[id].live = false;
                continue;
            }
            let o = &objs[id];
            // SAFETY: reachable, so alive.
            let word = |i: usize| unsafe { *(o.addr as *const usize).add(i) };
            assert_eq!(
                word(0),
                id << 1 | 1,
                "object {id} of {} words was overwritten",
                o.words
            );
            for (e, target) in o.edges.iter().enumerate().skip(1) {
                let v = word(e);
                match *target {
                    None => assert_eq!(v, 0),
                    Some(t) => {
                        assert!((objs[t].addr..objs[t].addr + objs[t].words * 8).contains(&v))
                    }
                }
            }
        }
        let count = reach.iter().filter(|r| **r).count();
        assert_eq!(w.stats().heap_objects, count as u64);
    }
}

#[test]
fn a_long_list_needs_no_stack() {
    for helpers in [0, 1] {
        let w = TestWorld::quick(helpers);
        let node = gctype(2, &[0b10]);
        w.heap.pacer.percent.store(-1, Relaxed);
        w.heap.update_pacer();
        let mut head = std::ptr::null_mut();
        const N: usize = 3_000_000;
        for i in 0..N {
            let p = w.new_object(node);
            // SAFETY: our object.
            unsafe {
                *p = i;
                *p.add(1) = head as usize;
            }
            head = p;
        }
        w.root(head);
        w.collect();
        assert_eq!(w.stats().heap_objects, N as u64);
        let mut n = 0;
        while !head.is_null() {
            // SAFETY: all alive.
            unsafe {
                assert_eq!(*head, N - 1 - n);
                head = *head.add(1) as *mut usize;
            }
            n += 1;
        }
        w.roots.borrow_mut().clear();
        w.collect();
        assert_eq!(w.stats().heap_objects, 0);
    }
}

#[test]
fn churn_stays_small() {
    let w = TestWorld::quick(1);
    // A window of live objects of mixed sizes, everything else garbage: 2 GB through 10 MB.
    let one = gctype(1, &[1]);
    let mut rng = Rng(7);
    w.roots.borrow_mut().resize(4000, 0);
    let mut total = 0;
    while total < 2 << 30 {
        let size = 8 * (1 + rng.below(600));
        let p = w.alloc(size, if rng.below(2) == 0 { Some(one) } else { None });
        let i = rng.below(4000);
        w.roots.borrow_mut()[i] = p as usize;
        total += size;
    }
    let s = w.stats();
    assert!(s.heap_sys < 40 << 20, "{} MB for 10 MB", s.heap_sys >> 20);
    assert!(s.num_gc > 50);
    assert!(s.total_alloc > 2 << 30);
}

#[test]
fn memory_of_the_dead_goes_back_to_the_system() {
    let w = TestWorld::quick(0);
    let mut held = Vec::new();
    for _ in 0..2000 {
        held.push(w.root(w.alloc(20_000, None)));
    }
    w.roots.borrow_mut().clear();
    w.collect();
    assert!(w.stats().heap_released < 8 << 20, "not at once");
    // The scheduler's watcher would do this; the thread takes its time then.
    w.heap.wake_scavenger();
    let begin = std::time::Instant::now();
    while w.heap.in_memory() > 8 << 20 && begin.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let s = w.stats();
    let (idle, released) = (s.heap_idle, s.heap_released);
    assert!(idle >= 40 << 20 && released <= idle && released > 32 << 20, "{idle} {released}");
    // What is left is the program's to take, or to be given back at once.
    w.heap.scavenge_all();
    let s = w.stats();
    assert_eq!(s.heap_released, s.heap_idle);
}

#[test]
fn what_the_next_cycle_needs_is_kept() {
    let w = TestWorld::quick(0);
    for _ in 0..5 {
        for _ in 0..10_000 {
            w.alloc(1000, None);
        }
        w.collect();
    }
    w.heap.scavenge_to_goal();
    let kept = w.heap.in_memory();
    assert!(kept >= 4 << 20, "{kept}: all that a cycle needs is gone");
}

#[test]
fn above_the_memory_limit_fresh_pages_are_paid_for() {
    let w = TestWorld::quick(0);
    w.heap.pacer.percent.store(-1, Relaxed);
    w.heap.pacer.limit.store(16 << 20, Relaxed);
    w.heap.update_pacer();
    // Small objects leave holes that large ones do not fit into.
    let mut rng = Rng(3);
    for round in 0..20 {
        for _ in 0..400 {
            let p = w.alloc(9000 + 8 * rng.below(2000), None);
            if rng.below(8) == 0 && w.roots.borrow().len() < 300 {
                w.root(p);
            }
        }
        w.alloc(2 << 20, None);
        let held = w.heap.in_memory();
        assert!(held <= 24 << 20, "round {round}: {} KB", held >> 10);
    }
}

#[test]
fn large_objects_are_scanned_in_pieces_and_freed() {
    let w = TestWorld::new(1);
    let ty = gctype(3, &[0b001]);
    let n = 100_000;
    let big = w.alloc(n * 24, Some(ty));
    w.root(big);
    for i in 0..n {
        let p = w.alloc(16, None);
        // SAFETY: our object.
        unsafe { *big.add(i * 3) = p as usize };
    }
    w.collect();
    assert_eq!(w.stats().heap_objects, n as u64 + 1);
    w.roots.borrow_mut().clear();
    w.collect();
    assert_eq!(w.stats().heap_objects, 0);
    assert_eq!(w.heap.in_use(), 0);
}

#[test]
fn tiny_objects_share_blocks() {
    let w = TestWorld::new(0);
    let mut blocks = std::collections::HashSet::new();
    for _ in 0..1000 {
        let p = w.alloc(4, None);
        // SAFETY: our object.
        unsafe {
            assert_eq!(*p.cast::<u32>(), 0);
            *p.cast::<u32>() = !0;
        }
        blocks.insert(p as usize & !15);
    }
    assert_eq!(blocks.len(), 250);
    let s = w.stats();
    assert!(s.mallocs >= 1000, "{}", s.mallocs);
}

#[test]
fn stress_collects_at_every_allocation() {
    let w = TestWorld::new(0);
    w.heap.set_debug(HeapDebug {
        stress: 1,
        verify: true,
        ..Default::default()
    });
    let node = gctype(4, &[1]);
    for i in 0..300 {
        let p = w.new_object(node);
        if i % 3 == 0 {
            w.root(p);
        }
        w.alloc(3, None);
        w.alloc(100_000, None);
    }
    let s = w.stats();
    assert_eq!(s.num_gc, 900);
    assert!(s.heap_objects <= 103, "{}", s.heap_objects);
}

#[test]
fn the_hard_limit_is_kept_while_garbage_can_be_found() {
    let w = TestWorld::quick(0);
    w.heap.heap_max.store(32 << 20, Relaxed);
    w.heap.pacer.percent.store(-1, Relaxed);
    w.heap.update_pacer();
    for _ in 0..200 {
        w.alloc(10 << 20, None);
        w.alloc(30_000, None);
    }
    assert!(w.heap.in_use() <= 32 << 20);
    assert!(w.stats().num_gc > 20);
}

#[test]
fn finalizers_revive_once_and_cleanups_follow() {
    let w = TestWorld::new(0);
    let node = gctype(2, &[1]);
    let (obj, child) = (w.new_object(node), w.new_object(node));
    // SAFETY: our objects.
    unsafe { *obj = child as usize };
    let (fin, clean) = (w.new_object(node), w.new_object(node));
    assert!(w.heap.set_finalizer(obj.cast(), fin.cast()));
    assert!(!w.heap.set_finalizer(obj.cast(), fin.cast()));
    w.heap.add_cleanup(obj.cast(), clean.cast());
    let cell = w.alloc(16, None);
    assert_eq!(w.heap.weak_cell(obj.cast(), cell.cast()), cell.cast());
    let cell_root = w.root(cell);
    let root = w.root(obj);
    w.collect();
    assert_eq!(w.stats().heap_objects, 5);
    assert_eq!(w.heap.queued(), [false, false]);
    // SAFETY: the cell is alive.
    assert_eq!(unsafe { *cell }, obj as usize);

    w.roots.borrow_mut()[root] = 0;
    w.collect();
    assert_eq!(w.stats().heap_objects, 5, "revived, with what it reaches");
    // SAFETY: as above.
    assert_eq!(unsafe { *cell }, 0);
    assert_eq!(w.heap.queued(), [true, false]);
    let q = w.heap.next_finalizer().unwrap();
    assert_eq!((q.object, q.data), (obj.cast(), fin.cast()));
    assert_eq!(w.heap.next_finalizer(), None);
    w.roots.borrow_mut()[cell_root] = 0;
    w.collect();
    let q = w.heap.next_cleanup().unwrap();
    assert!(q.object.is_null() && q.data == clean.cast());
    w.collect();
    assert_eq!(w.stats().heap_objects, 0);
}

#[test]
fn segments_are_aligned_dense_and_given_back() {
    let w = TestWorld::quick(0);
    let mut all = Vec::new();
    // SAFETY: the cache is ours, and each segment is freed once.
    unsafe {
        for i in 0..20_000 {
            let size = MIN_SEGMENT << if i % 100 == 0 { i / 100 % 8 } else { 0 };
            let p = w.heap.alloc_segment(w.cache, size);
            assert!((p as usize).is_multiple_of(size));
            assert_eq!(w.heap.arena().find_object(p as usize + size / 2), None);
            p.write_bytes(0xaa, size);
            all.push((p, size));
        }
        let asked: usize = all.iter().map(|a| a.1).sum();
        let used = w.heap.in_use();
        assert!(used < asked + asked / 20 + (2 << 20), "{used} for {asked}");
        let mut seen: Vec<_> = all.clone();
        seen.sort();
        assert!(
            seen.windows(2)
                .all(|p| p[0].0 as usize + p[0].1 <= p[1].0 as usize)
        );
        for (p, size) in all {
            w.heap.free_segment(w.cache, p, size);
        }
        assert!(w.heap.in_use() < 4 << 20, "{} kept", w.heap.in_use());
        w.heap.freemcache(w.cache);
    }
    assert_eq!(w.heap.in_use(), 0);
}

#[test]
fn pages_are_used_again_after_spans_die() {
    let w = TestWorld::quick(0);
    for class in 1..NUM_CLASSES {
        let span = w.heap.alloc_span(class << 1, Grow::Yes).unwrap();
        // SAFETY: the span is ours, and alive until it is freed.
        unsafe {
            assert_eq!(Span::count_free(span), (*span).nelems as usize);
            w.heap.free_span(span);
        }
    }
    assert_eq!(w.heap.in_use(), 0);
    assert_eq!(lock(&w.heap.pages).alloc.check(), None);
}

/// Several mutators, each on a thread with a cache of its own; one that collects waits until the others stand still.
#[test]
fn several_mutators_allocate_and_sweep_together() {
    use std::sync::{Arc, Barrier, RwLock};
    let heap: &'static Heap = Box::leak(Box::new(Heap::new()));
    // SAFETY: once, at the start.
    unsafe { heap.init(4 << 30, false) };
    heap.debug.verify.store(true, Relaxed);
    heap.debug.poison.store(true, Relaxed);
    let node = gctype(3, &[0b11]);

    /// The world lock: mutators hold it for reading, a collector for writing.
    struct Threads {
        world: RwLock<()>,
        roots: Vec<Mutex<Vec<usize>>>,
    }
    struct Mutator {
        cache: *mut MCache,
        shared: Arc<Threads>,
    }
    // SAFETY: used by its thread, and for the roots by markers while the world is stopped.
    unsafe impl Sync for Mutator {}
    impl World for Mutator {
        fn cache(&self) -> *mut MCache {
            self.cache
        }
        fn can_collect(&self) -> bool {
            // Collected between allocations, below.
            false
        }
        unsafe fn with_world_stopped(&self, f: &mut dyn FnMut()) {
            let _stopped = self.shared.world.write().unwrap();
            f()
        }
        fn root_jobs(&self) -> usize {
            self.shared.roots.len()
        }
        unsafe fn root_job(&self, job: usize, visit: &mut dyn FnMut(usize, usize)) {
            let roots = lock(&self.shared.roots[job]);
            let r = roots.as_ptr_range();
            visit(r.start as usize, r.end as usize);
        }
        fn mark_helpers(&self) -> usize {
            1
        }
        fn nanotime(&self) -> i64 {
            0
        }
    }
    const THREADS: usize = 4;
    let shared = Arc::new(Threads {
        world: RwLock::new(()),
        roots: (0..THREADS).map(|_| Mutex::new(vec![0; 500])).collect(),
    });
    let start = Arc::new(Barrier::new(THREADS));
    let threads: Vec<_> = (0..THREADS)
        .map(|t| {
            let (shared, start) = (shared.clone(), start.clone());
            std::thread::spawn(move || {
                let m = Mutator {
                    cache: heap.allocmcache(),
                    shared: shared.clone(),
                };
                let mut rng = Rng(t as u64 + 99);
                start.wait();
                for step in 0..100_000usize {
                    {
                        let _running = shared.world.read().unwrap();
                        // SAFETY: the thread's own cache; no collection while the world lock is held.
                        unsafe {
                            let mut p = new_object_fast(&mut *m.cache, node);
                            if p.is_null() {
                                p = heap.malloc(&m, 24, node, true);
                            }
                            let p = p.cast::<usize>();
                            assert_eq!((*p, *p.add(1)), (0, 0));
                            let mut roots = lock(&shared.roots[t]);
                            let i = rng.below(500);
                            *p = roots[i];
                            *p.add(2) = t << 40 | step;
                            // Chains of up to a few objects, cut now and then.
                            if rng.below(4) == 0 {
                                *p = 0;
                            }
                            roots[i] = p as usize;
                            if rng.below(100) == 0 {
                                heap.malloc(&m, 1 + rng.below(100_000), std::ptr::null(), true);
                            }
                            let mut q = roots[rng.below(500)] as *const usize;
                            while !q.is_null() {
                                assert_eq!(*q.add(2) >> 40, t);
                                q = *q as *const usize;
                            }
                        }
                    }
                    if step % 5000 == t * 1000 {
                        // SAFETY: the world lock stops the others.
                        unsafe { heap.collect(&m, Reason::Forced) };
                    }
                }
            })
        })
        .collect();
    for t in threads {
        t.join().unwrap();
    }
    heap.finish_sweep();
    assert_eq!(heap.sweepers.load(Relaxed), 0);
}
