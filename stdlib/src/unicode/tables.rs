//! Questions about code points, answered from the data of `data.rs`, which is read when the first question about
//! something beyond Latin-1 comes.

use super::data;
use std::sync::OnceLock;

/// Categories in bit sets: bit `i` stands for the `i`-th of these.
const NAMES: [&str; 30] = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi",
    "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "-",
];

pub const LU: u32 = 1;
pub const LL: u32 = 1 << 1;
pub const LT: u32 = 1 << 2;
pub const LETTER: u32 = 0x1f;
pub const MARK: u32 = 0x7 << 5;
pub const ND: u32 = 1 << 8;
pub const NUMBER: u32 = 0x7 << 8;
pub const PUNCT: u32 = 0x7f << 11;
pub const SYMBOL: u32 = 0xf << 18;
pub const ZS: u32 = 1 << 22;
pub const PRINT: u32 = LETTER | MARK | NUMBER | PUNCT | SYMBOL;

/// Code points below this are looked up directly.
const DIRECT: usize = 0x2000;

struct Categories {
    direct: Vec<u8>,
    /// First code point and category of each run.
    runs: Vec<(u32, u8)>,
}

/// Splits `12Lu` into length and name; the length 1 is left out.
fn run(item: &str) -> (u32, &str) {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    (item[..digits].parse().unwrap_or(1), &item[digits..])
}

fn categories() -> &'static Categories {
    static TABLE: OnceLock<Categories> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut runs = Vec::with_capacity(4200);
        let mut at = 0;
        for item in data::CATEGORIES.split(' ') {
            let (n, name) = run(item);
            let cat = NAMES.iter().position(|&x| x == name).expect("a category");
            runs.push((at, cat as u8));
            at += n;
        }
        let mut direct = vec![0; DIRECT];
        for (i, &(start, cat)) in runs.iter().enumerate() {
            let end = runs.get(i + 1).map_or(DIRECT, |r| r.0 as usize).min(DIRECT);
            if start as usize >= DIRECT {
                break;
            }
            direct[start as usize..end].fill(cat);
        }
        Categories { direct, runs }
    })
}

/// The category of a code point as a set of one; empty beyond U+10FFFF.
pub fn category(c: u32) -> u32 {
    let t = categories();
    if let Some(&cat) = t.direct.get(c as usize) {
        return 1 << cat;
    }
    if c > 0x10ffff {
        return 0;
    }
    1 << t.runs[t.runs.partition_point(|r| r.0 <= c) - 1].1
}

/// Go: unicode.IsLetter
pub fn is_letter(c: u32) -> bool {
    if c < 0x80 {
        return (c | 0x20).wrapping_sub(b'a' as u32) < 26;
    }
    category(c) & LETTER != 0
}

/// Go: unicode.IsDigit
pub fn is_digit(c: u32) -> bool {
    if c < 0x80 {
        return c.wrapping_sub(b'0' as u32) < 10;
    }
    category(c) & ND != 0
}

/// Go: unicode.IsUpper
pub fn is_upper(c: u32) -> bool {
    if c < 0x80 {
        return c.wrapping_sub(b'A' as u32) < 26;
    }
    category(c) & LU != 0
}

/// Go: unicode.IsLower
pub fn is_lower(c: u32) -> bool {
    if c < 0x80 {
        return c.wrapping_sub(b'a' as u32) < 26;
    }
    category(c) & LL != 0
}

/// Go: unicode.IsSpace
pub fn is_space(c: u32) -> bool {
    matches!(c, 0x20 | 9..=13)
        || c >= 0x85
            && matches!(
                c,
                0x85 | 0xa0 | 0x1680 | 0x2000..=0x200a | 0x2028 | 0x2029 | 0x202f | 0x205f | 0x3000
            )
}

/// Go: unicode.IsControl
pub fn is_control(c: u32) -> bool {
    c < 0x20 || (0x7f..0xa0).contains(&c)
}

/// Go: unicode.IsPrint, strconv.IsPrint
pub fn is_print(c: u32) -> bool {
    if c < 0x7f {
        return c >= 0x20;
    }
    category(c) & PRINT != 0
}

/// Go: unicode.IsGraphic, strconv.IsGraphic
pub fn is_graphic(c: u32) -> bool {
    is_print(c) || category(c) & ZS != 0
}

/// Simple case mappings of the code points `lo..=hi`: distances to upper, lower and title case.
#[derive(Clone, Copy)]
pub struct CaseRange {
    pub lo: u32,
    pub hi: u32,
    pub delta: [i32; 3],
}

/// As a distance: upper and lower case alternate.
pub const UPPER_LOWER: i32 = 0x110000;

pub fn case_ranges() -> &'static [CaseRange] {
    static TABLE: OnceLock<Vec<CaseRange>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut prev = 0;
        let item = |s: &str| {
            let mut parts = s.split(' ');
            let (lo, hi) = range(parts.next().expect("a range"), &mut prev);
            let mut delta = || match parts.next().expect("a distance") {
                "~" => UPPER_LOWER,
                d => d.parse().expect("a number"),
            };
            let delta = [delta(), delta(), delta()];
            CaseRange { lo, hi, delta }
        };
        data::CASES.split(',').map(item).collect()
    })
}

fn hex(s: &str) -> u32 {
    u32::from_str_radix(s, 16).expect("a hexadecimal number")
}

/// Reads `lo+len`, relative to the end of the previous range.
fn range(s: &str, prev: &mut u32) -> (u32, u32) {
    let (lo, n) = s.split_once('+').unwrap_or((s, "0"));
    let lo = *prev + hex(lo);
    *prev = lo + hex(n);
    (lo, *prev)
}

/// Go: unicode.To. `case` is 0 for upper, 1 for lower, 2 for title case.
pub fn to_case(case: usize, c: u32) -> u32 {
    if c < 0x80 {
        let letter = (c | 0x20).wrapping_sub(b'a' as u32) < 26;
        return match (letter, case) {
            (true, 1) => c | 0x20,
            (true, _) => c & !0x20,
            _ => c,
        };
    }
    let table = case_ranges();
    let i = table.partition_point(|r| r.hi < c);
    match table.get(i) {
        Some(r) if r.lo <= c => match r.delta[case] {
            UPPER_LOWER => r.lo + ((c - r.lo) & !1 | case as u32 & 1),
            d => c.wrapping_add_signed(d),
        },
        _ => c,
    }
}

/// Go: unicode.SimpleFold
pub fn simple_fold(c: u32) -> u32 {
    if c < 0x80 && !matches!(c | 0x20, 0x6b | 0x73) {
        return match c {
            0x41..=0x5a => c | 0x20,
            0x61..=0x7a => c & !0x20,
            _ => c,
        };
    }
    static TABLE: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let pair = |s: &str| {
            let (from, to) = s.split_once(' ').expect("a pair");
            (hex(from), hex(to))
        };
        data::ORBITS.split(',').map(pair).collect()
    });
    if let Ok(i) = table.binary_search_by_key(&c, |p| p.0) {
        return table[i].1;
    }
    match to_case(1, c) {
        l if l != c => l,
        _ => to_case(0, c),
    }
}

/// Whether two code points are equal under simple folding.
pub fn fold_eq(a: u32, b: u32) -> bool {
    if a == b {
        return true;
    }
    let mut c = simple_fold(a);
    while c != a {
        if c == b {
            return true;
        }
        c = simple_fold(c);
    }
    false
}

/// The ranges of a table by Go's name for it; those of case folding have `Fold` before the name.
pub fn table(name: &str) -> Option<Vec<(u32, u32)>> {
    if let Some(name) = name.strip_prefix("Fold") {
        let (_, set) = data::FOLDS.iter().find(|t| t.0 == name)?;
        return Some(parse_set(set));
    }
    if let Some(ranges) = category_table(name) {
        return Some(ranges);
    }
    if let Some((_, set)) = data::PROPERTIES.iter().find(|t| t.0 == name) {
        return Some(parse_set(set));
    }
    let i = data::SCRIPT_NAMES.split(' ').position(|n| n == name)?;
    let code = [b'A' + (i / 26) as u8, b'a' + (i % 26) as u8];
    Some(join_runs(data::SCRIPTS, |n| n.as_bytes() == code))
}

fn category_table(name: &str) -> Option<Vec<(u32, u32)>> {
    let wanted = |n: &str| match name {
        "LC" => matches!(n, "Lu" | "Ll" | "Lt"),
        "Cn" => n == "-",
        "C" => n == "-" || n.starts_with('C'),
        "Cc" | "Cf" | "Cs" | "Co" => n == name,
        _ => name.len() <= 2 && n.starts_with(name),
    };
    let known = NAMES.iter().any(|n| wanted(n));
    known.then(|| join_runs(data::CATEGORIES, wanted))
}

fn join_runs(runs: &str, wanted: impl Fn(&str) -> bool) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut at = 0;
    for item in runs.split(' ') {
        let (n, name) = run(item);
        if wanted(name) {
            match ranges.last_mut() {
                Some(last) if last.1 + 1 == at => last.1 = at + n - 1,
                _ => ranges.push((at, at + n - 1)),
            }
        }
        at += n;
    }
    ranges
}

fn parse_set(set: &str) -> Vec<(u32, u32)> {
    let mut prev = 0;
    set.split(' ').map(|s| range(s, &mut prev)).collect()
}

/// The names of a group of tables, as Go's maps of that name have them.
pub fn names(group: &str) -> Vec<&'static str> {
    match group {
        "Categories" => {
            let mut v: Vec<&str> = NAMES[..29].to_vec();
            v.extend(["Cn", "LC", "C", "L", "M", "N", "P", "S", "Z"]);
            v
        }
        "Scripts" => data::SCRIPT_NAMES.split(' ').collect(),
        "Properties" => data::PROPERTIES.iter().map(|p| p.0).collect(),
        "FoldCategory" => data::FOLDS
            .iter()
            .map(|p| p.0)
            .filter(|n| n.len() <= 2)
            .collect(),
        "FoldScript" => data::FOLDS
            .iter()
            .map(|p| p.0)
            .filter(|n| n.len() > 2)
            .collect(),
        "CategoryAliases" => data::ALIASES.split([' ', ',']).collect(),
        _ => Vec::new(),
    }
}
