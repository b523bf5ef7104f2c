//! Maps against a model: random operations, ranging under mutation, collections in between.

mod asm;

use asm::{Asm, NATIVES, ins};
use minigo_bytecode::typedesc::{Detail, Kind};
use minigo_vm::map::*;
use minigo_vm::native::{G, GoStr, NativeRet, NativeTable, new_string};
use minigo_vm::type_at;
use std::collections::{HashMap, HashSet};

/// A small random generator of our own, so that failures repeat.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }
}

/// How keys of a kind are made from small numbers and put into slots.
trait Keys {
    unsafe fn put(gp: *mut G, n: u64, slots: &mut [u64; 3]);
}

struct Ints;
impl Keys for Ints {
    unsafe fn put(_: *mut G, n: u64, slots: &mut [u64; 3]) {
        slots[0] = n.wrapping_mul(0x1_0000_0001);
    }
}

struct Halves;
impl Keys for Halves {
    unsafe fn put(_: *mut G, n: u64, slots: &mut [u64; 3]) {
        slots[0] = (n as i32 - 50) as i64 as u64;
    }
}

struct Strings;
impl Keys for Strings {
    unsafe fn put(gp: *mut G, n: u64, slots: &mut [u64; 3]) {
        // SAFETY: the goroutine is the running one; a string takes two slots.
        unsafe {
            let s = new_string(gp, format!("key number {n}").as_bytes());
            *slots.as_mut_ptr().cast::<GoStr>() = s;
        }
    }
}

/// Interfaces holding ints.
struct Anys;
impl Keys for Anys {
    unsafe fn put(_: *mut G, n: u64, slots: &mut [u64; 3]) {
        let int = type_at(0).expect("int is the first type");
        *slots = [int as *const _ as u64, n, 0];
    }
}

/// A struct of a string and an int.
struct Structs;
impl Keys for Structs {
    unsafe fn put(gp: *mut G, n: u64, slots: &mut [u64; 3]) {
        // SAFETY: as for strings.
        unsafe { Strings::put(gp, n / 2, slots) };
        slots[2] = n % 2;
    }
}

unsafe fn fuzz<K: Keys>(gp: *mut G, ty: u32, seed: u64) {
    let mut rng = Random(seed);
    let ty = type_at(ty).expect("a type").map_type();
    let universe = [5, 20, 300, 5000][rng.below(4) as usize];
    let mut model: HashMap<u64, u64> = HashMap::new();
    let mut k = [0u64; 3];
    // SAFETY: the goroutine is the running one; the map is on this native stack, keys as the type says.
    unsafe {
        let m = make_map(gp, ty, rng.below(100) as i64);
        for step in 0..6 * universe {
            let n = rng.below(universe);
            K::put(gp, n, &mut k);
            let key = k.as_ptr() as u64;
            match rng.below(10) {
                0..4 => {
                    let v = map_assign(gp, ty, m, key).expect("hashable");
                    *(v as *mut u64) = step;
                    model.insert(n, step);
                }
                4..7 => {
                    map_delete(ty, m, key).expect("hashable");
                    model.remove(&n);
                }
                7..9 => {
                    let v = map_get(ty, m, key).expect("hashable");
                    let got = (v != 0).then(|| *(v as *const u64));
                    assert_eq!(got, model.get(&n).copied());
                }
                _ if rng.below(200) == 0 => {
                    map_clear(m);
                    model.clear();
                }
                _ if rng.below(50) == 0 => minigo_runtime::heap::gc_full(gp),
                _ => {}
            }
            assert_eq!(map_len(m), model.len() as i64);
            if rng.below(universe) == 0 {
                range::<K>(gp, ty, m, &mut model, &mut rng, universe, step);
            }
        }
    }
}

/// Ranges over the map while changing it. Every entry that is there all the time is visited exactly once; none is
/// visited twice; none that was deleted before its turn is visited at all.
unsafe fn range<K: Keys>(
    gp: *mut G,
    ty: &MapType,
    m: *mut Hmap,
    model: &mut HashMap<u64, u64>,
    rng: &mut Random,
    universe: u64,
    step: u64,
) {
    // SAFETY: as in `fuzz`.
    unsafe {
        let mut it = std::mem::zeroed::<MapIter>();
        map_iter_init(&mut it, m);
        let mut throughout: HashSet<u64> = model.keys().copied().collect();
        let mut seen = HashSet::new();
        let mut k = [0u64; 3];
        let mut fresh = HashSet::new();
        while let Some((_, value)) = map_iter_next(ty, &mut it) {
            // Values are unique but for those written under way, so they name the entry.
            let v = *(value as *const u64);
            let n = model.iter().find(|(_, w)| **w == v).map(|(n, _)| *n);
            let n = n.expect("a visited entry is in the map");
            assert!(seen.insert(n) || fresh.contains(&n), "visited twice");
            for _ in 0..rng.below(4) {
                let n = rng.below(universe);
                K::put(gp, n, &mut k);
                if rng.below(2) == 0 {
                    map_delete(ty, m, k.as_ptr() as u64).expect("hashable");
                    model.remove(&n);
                    throughout.remove(&n);
                    fresh.insert(n);
                } else {
                    let v = map_assign(gp, ty, m, k.as_ptr() as u64).expect("hashable");
                    let new = (step + 1) << 32 | (seen.len() as u64) << 16 | n;
                    *(v as *mut u64) = new;
                    model.insert(n, new);
                }
            }
        }
        for n in throughout {
            assert!(seen.contains(&n), "entry {n} was never visited");
        }
    }
}

unsafe extern "C" fn fuzz_all(gp: *mut G, _: *mut u64) -> NativeRet {
    for seed in 0..40 {
        // SAFETY: the types are those of the program below.
        unsafe {
            fuzz::<Ints>(gp, 5, seed);
            fuzz::<Halves>(gp, 6, seed);
            fuzz::<Strings>(gp, 7, seed);
            fuzz::<Anys>(gp, 8, seed);
            fuzz::<Structs>(gp, 9, seed);
        }
    }
    println!("all agree");
    NativeRet::Done
}

const FUZZ: &NativeTable = &[("test.Fuzz", fuzz_all)];

#[test]
fn maps_agree_with_a_model() {
    let build = || {
        let mut a = Asm::new();
        let int = a.int();
        let int32 = a.ty("int32", Kind::Int32, 4, 0, Detail::Basic);
        let string = a.str();
        let any = a.any();
        let fields = vec![Asm::field("s", string, 0), Asm::field("n", int, 16)];
        let pair = a.ty("main.pair", Kind::Struct, 24, 1, Detail::Struct(fields));
        a.p.types[pair as usize].equality = minigo_bytecode::typedesc::Equality::Structural;
        for key in [int, int32, string, any, pair] {
            a.map(key, int);
        }
        let fuzz = a.native("test.Fuzz");
        a.main(8, |b| {
            b.ops(&[ins::CallNative(3, fuzz), ins::Ret()]);
        });
        a
    };
    for stress in ["", "gcstress=1"] {
        if stress.is_empty() || std::env::var_os("SLOW_TESTS").is_some() {
            let o = asm::run_with(
                "maps_agree_with_a_model",
                &[("MINIGO_DEBUG", stress)],
                &[NATIVES, FUZZ],
                build,
            );
            assert_eq!(
                (o.stdout.as_str(), o.status),
                ("all agree\n", Some(0)),
                "{}",
                o.stderr
            );
        }
    }
}
