use minigo_syntax::{ast::NodeIds, parser::*, source::SourceMap};
fn main() {
    for path in std::io::stdin().lines() {
        let path = path.unwrap();
        let mut map = SourceMap::new();
        let f = map
            .add(path.clone(), std::fs::read(&path).unwrap())
            .unwrap();
        let (_file, errs) = parse_file(&f, Mode::default(), &mut NodeIds::new());

        for e in errs {
            let (l, c) = f.line_col(e.pos());
            println!("{}:{}:{}: {}", path, l, c, e.message);
        }
    }
}
