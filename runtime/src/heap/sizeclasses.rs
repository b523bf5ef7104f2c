//! Size classes: which object sizes exist, and how many pages a span of each has. (Go: runtime/sizeclasses.go)
//!
//! The table is computed at compile time by one rule. Candidate sizes grow in steps of about an eighth of the size; a span
//! takes the fewest pages whose unusable tail is at most an eighth; candidates that would fit the same number of objects into
//! the same pages are one class, with the largest size that still fits. The sizes that come out are those of Go, and have to be:
//! `append` rounds capacities up to them, so `cap` shows them to every program.
//!
//! Knows nothing of: spans, types, who allocates.

/// Log2 of the page size of the heap, which is not the page size of the system.
pub const PAGE_SHIFT: usize = 13;
/// The heap hands out pages of this size.
pub const PAGE_SIZE: usize = 1 << PAGE_SHIFT;
/// Number of size classes; class 0 stands for large objects, which have a span each.
pub const NUM_CLASSES: usize = 68;
/// Number of span classes: a size class and whether its objects can hold pointers.
pub const NUM_SPAN_CLASSES: usize = NUM_CLASSES * 2;
/// Larger objects have a span of their own.
pub const MAX_SMALL_SIZE: usize = 32 << 10;
/// Pointer-free objects below this size share a block of this size.
pub const TINY_SIZE: usize = 16;
/// Go puts a header of this size before objects with pointers above this limit. Ours have none, but capacities tell of it.
const GO_HEADER: usize = 8;
const GO_HEADER_ABOVE: usize = 512;

const SMALL_STEP: usize = 8;
const SMALL_LIMIT: usize = 1024;
const LARGE_STEP: usize = 128;

struct Tables {
    size: [u32; NUM_CLASSES],
    pages: [u8; NUM_CLASSES],
    magic: [u32; NUM_CLASSES],
    class_of_small: [u8; SMALL_LIMIT / SMALL_STEP + 1],
    class_of_large: [u8; (MAX_SMALL_SIZE - SMALL_LIMIT) / LARGE_STEP + 1],
}

/// Pages of a span for objects of `size` bytes: the fewest that waste at most an eighth at the end.
const fn span_pages(size: usize) -> usize {
    let mut bytes = PAGE_SIZE;
    while bytes % size > bytes / 8 {
        bytes += PAGE_SIZE;
    }
    bytes / PAGE_SIZE
}

/// Distance from one candidate size to the next.
const fn step_above(size: usize) -> usize {
    let pow2 = 1 << size.ilog2();
    if pow2 >= 2048 {
        256
    } else if pow2 >= 128 {
        pow2 / 8
    } else if pow2 >= 32 {
        16
    } else {
        8
    }
}

const fn compute() -> Tables {
    let mut t = Tables {
        size: [0; NUM_CLASSES],
        pages: [0; NUM_CLASSES],
        magic: [0; NUM_CLASSES],
        class_of_small: [0; SMALL_LIMIT / SMALL_STEP + 1],
        class_of_large: [0; (MAX_SMALL_SIZE - SMALL_LIMIT) / LARGE_STEP + 1],
    };
    let mut n = 1;
    let mut size = 8;
    while size <= MAX_SMALL_SIZE {
        let pages = span_pages(size);
        let fits = pages * PAGE_SIZE / size;
        let same = n > 1
            && pages == t.pages[n - 1] as usize
            && fits == t.pages[n - 1] as usize * PAGE_SIZE / t.size[n - 1] as usize;
        if same {
            n -= 1;
        }
        t.size[n] = size as u32;
        t.pages[n] = pages as u8;
        n += 1;
        size += step_above(size);
    }
    assert!(n == NUM_CLASSES);
    let mut c = 1;
    while c < NUM_CLASSES {
        let bytes = t.pages[c] as usize * PAGE_SIZE;
        let objects = bytes / t.size[c] as usize;
        let widest = (bytes / objects) & !(LARGE_STEP - 1);
        if widest > t.size[c] as usize {
            t.size[c] = widest as u32;
        }
        // Exact for every offset inside a span: the tests try them all.
        t.magic[c] = (u32::MAX / t.size[c]) + 1;
        c += 1;
    }
    let mut class = 1;
    let mut i = 1;
    while i < t.class_of_small.len() {
        while (t.size[class] as usize) < i * SMALL_STEP {
            class += 1;
        }
        t.class_of_small[i] = class as u8;
        i += 1;
    }
    let mut i = 0;
    while i < t.class_of_large.len() {
        while (t.size[class] as usize) < SMALL_LIMIT + i * LARGE_STEP {
            class += 1;
        }
        t.class_of_large[i] = class as u8;
        i += 1;
    }
    t
}

static TABLES: Tables = compute();

/// The class of objects of `size` bytes, `1 <= size <= MAX_SMALL_SIZE`.
#[inline(always)]
pub const fn size_to_class(size: usize) -> usize {
    if size <= SMALL_LIMIT {
        TABLES.class_of_small[size.div_ceil(SMALL_STEP)] as usize
    } else {
        TABLES.class_of_large[(size - SMALL_LIMIT).div_ceil(LARGE_STEP)] as usize
    }
}

/// Bytes of an object of `class`.
#[inline(always)]
pub const fn class_to_size(class: usize) -> usize {
    TABLES.size[class] as usize
}

/// Pages of a span of `class`.
pub const fn class_to_pages(class: usize) -> usize {
    TABLES.pages[class] as usize
}

/// Multiplied with an offset into a span, its upper 32 bits are the object's index.
pub const fn class_to_magic(class: usize) -> u32 {
    TABLES.magic[class]
}

/// Go: roundupsize. The bytes a program gets to see when it asks for `size`; what `append` makes capacities of.
pub fn round_up_size(size: usize, noscan: bool) -> usize {
    if size <= MAX_SMALL_SIZE - GO_HEADER {
        let header = if !noscan && size > GO_HEADER_ABOVE {
            GO_HEADER
        } else {
            0
        };
        return if size == 0 {
            0
        } else {
            class_to_size(size_to_class(size + header)) - header
        };
    }
    // Large objects take whole pages; at the end of the address space the caller's overflow check decides.
    size.checked_add(PAGE_SIZE - 1)
        .map_or(size, |s| s & !(PAGE_SIZE - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_that_cap_shows() {
        // Figures any Go program prints: cap of a growing []byte, []int64 and so on.
        for size in [
            8, 16, 24, 32, 48, 64, 80, 576, 704, 896, 2688, 3072, 3200, 3456, 4864, 6784, 6912,
            9472, 27264, 32768,
        ] {
            assert_eq!(class_to_size(size_to_class(size)), size);
        }
        assert_eq!(round_up_size(5, true), 8);
        assert_eq!(round_up_size(40, false), 48);
        assert_eq!(round_up_size(832 * 8, true), 848 * 8);
        assert_eq!(round_up_size(832 * 8, false), 848 * 8 - 8);
        assert_eq!(round_up_size(32768, true), 32768);
        assert_eq!(round_up_size(32760, false), 32760);
        assert_eq!(round_up_size(32769, true), 40960);
        assert_eq!(round_up_size(0, true), 0);
    }

    #[test]
    fn every_size_gets_the_smallest_class_that_holds_it() {
        for size in 1..=MAX_SMALL_SIZE {
            let c = size_to_class(size);
            assert!(
                class_to_size(c) >= size && class_to_size(c - 1) < size,
                "size {size} class {c}"
            );
        }
    }

    #[test]
    fn waste_is_bounded() {
        for c in 1..NUM_CLASSES {
            let bytes = class_to_pages(c) * PAGE_SIZE;
            assert!(bytes % class_to_size(c) <= bytes / 8, "class {c}");
            assert!(bytes / class_to_size(c) <= 1024);
        }
    }

    #[test]
    fn the_magic_number_divides_exactly() {
        for c in 1..NUM_CLASSES {
            let size = class_to_size(c);
            for offset in 0..class_to_pages(c) * PAGE_SIZE {
                assert_eq!(
                    ((offset as u64 * class_to_magic(c) as u64) >> 32) as usize,
                    offset / size,
                    "class {c} offset {offset}"
                );
            }
        }
    }
}
