use minigo_syntax::{ast::*, parser::*, source::*, walk::*};
fn main() {
    for path in std::io::stdin().lines() {
        let path = path.unwrap();
        let mut map = SourceMap::new();
        let f = map.add(path.clone(), std::fs::read(&path).unwrap()).unwrap();
        let (file, errs) = parse_file(&f, Mode::default(), &mut NodeIds::new());
        if !errs.is_empty() { continue; }
        let mut ls = vec![];
        inspect(Node::File(&file), &mut |n| {
            let (k, p, s) = match n {
                Node::Expr(x) => (match &x.kind {
                    ExprKind::Call(_) => "Call", ExprKind::Selector(_) => "Selector", ExprKind::Index(_) => "Index", ExprKind::Slice(_) => "Slice",
                    ExprKind::CompositeLit(_) => "Composite", ExprKind::KeyValue(_) => "KeyValue", ExprKind::TypeAssert(t) if t.ty.is_some() => "Assert",
                    ExprKind::FuncLit(_) => "FuncLit", ExprKind::Paren(_) => "Paren", ExprKind::StructType(_) => "Struct", ExprKind::MapType(_) => "Map", ExprKind::ChanType(_) => "Chan",
                    ExprKind::ArrayType(_) => "Array", ExprKind::SliceType(_) => "SliceType", ExprKind::Binary(_) => "Binary", ExprKind::Unary(_) | ExprKind::Star(_) => "Unary", _ => return true }, x.pos(), x.start_pos()),
                Node::Stmt(x) => (match &x.kind { StmtKind::IncDec(_) => "IncDec", StmtKind::Assign(_) => "Assign", StmtKind::Send(_) => "Send", StmtKind::Labeled(_) => "Labeled", StmtKind::If(_) => "If", StmtKind::Return(_) => "Return", StmtKind::Go(_) | StmtKind::Defer(_) => "CallStmt", StmtKind::Switch(_) | StmtKind::TypeSwitch(_) => "Switch", _ => return true }, x.pos(), x.start_pos()),
                Node::Decl(Decl::Func(d)) => ("FuncDecl", d.pos, d.pos),
                Node::CaseClause(c) => ("Case", c.span.lo, c.span.lo),
                _ => return true,
            };
            let (l, c) = f.line_col(p); let (l2, c2) = f.line_col(s);
            ls.push(format!("{k} {l}:{c} {l2}:{c2}"));
            true
        });
        ls.sort();
        println!("{path}");
        for l in ls { println!("{l}"); }
    }
}
