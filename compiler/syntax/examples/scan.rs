use minigo_syntax::{ast::NodeIds, parser::*, source::SourceMap};
#[repr(C)]
struct Ts {
    s: i64,
    n: i64,
}
unsafe extern "C" {
    fn clock_gettime(c: i32, t: *mut Ts) -> i32;
}
struct Instant(u128);
impl Instant {
    fn now() -> Instant {
        let mut t = Ts { s: 0, n: 0 };
        unsafe {
            clock_gettime(3, &mut t);
        }
        Instant(t.s as u128 * 1_000_000_000 + t.n as u128)
    }
    fn elapsed(&self) -> std::time::Duration {
        std::time::Duration::from_nanos((Self::now().0 - self.0) as u64)
    }
}
fn main() {
    let mut map = SourceMap::new();
    let mut args = std::env::args().skip(1);
    let skip = args.next().unwrap() == "skip";
    let files: Vec<_> = std::io::stdin()
        .lines()
        .map(|l| {
            let l = l.unwrap();
            let b = std::fs::read(&l).unwrap();
            map.add(l, b).unwrap()
        })
        .collect();
    for _ in 0..3 {
        let mut ids = NodeIds::new();
        let mut total = 0;
        let mut bad = 0;
        let mut times = [0u128; 2];
        for f in &files {
            let t = Instant::now();
            let l = minigo_syntax::lexer::lex(f, 0, f.bytes().len() as u32, skip);
            times[0] += t.elapsed().as_nanos();
            drop(l);
            let t = Instant::now();
            let (file, errs) = parse_file(f, Mode { skip_bodies: skip }, &mut ids);
            if !errs.is_empty() || file.decls.is_empty() {
                bad += 1;
            }
            std::mem::forget(file);
            times[1] += t.elapsed().as_nanos();
            total += f.bytes().len();
        }
        println!(
            "{} files {} bytes, {} bad, lex {:.1} MB/s, parse {:.1} MB/s, nodes {}",
            files.len(),
            total,
            bad,
            total as f64 * 1e3 / times[0] as f64,
            total as f64 * 1e3 / times[1] as f64,
            ids.table_len()
        );
    }
}
