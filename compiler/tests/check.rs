//! The type checker on small programs: `// ERROR "text"` stands on the line of each expected error, and `.*` in the text
//! stands for anything. Every error must be expected, and every expected one reported.
//!
//! A source may hold several packages: `-- path --` on a line of its own begins one that others may import.

#[path = "check/exprs.rs"]
mod exprs;

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use minigo_compiler::check::session::Work;
use minigo_compiler::check::{
    Checker, Importer, PackageMode, PkgId, Resolved, Trees, dump::dump_types,
};
use minigo_syntax::ast::{Block, File, NodeIds};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::parser::{self, Mode};
use minigo_syntax::source::{FileId, Pos, SourceMap, Span};
use minigo_syntax::symbol::Symbol;
use minigo_syntax::version::Version;

#[derive(Default)]
struct Sources {
    map: SourceMap,
    ids: NodeIds,
}

/// Packages from texts. `lib/…` packages are lazy, others full.
struct Texts<'a> {
    trees: &'a Trees,
    sources: Rc<RefCell<Sources>>,
    packages: HashMap<String, String>,
}

fn parse<'a>(
    trees: &'a Trees,
    sources: &RefCell<Sources>,
    name: &str,
    text: &str,
    skip_bodies: bool,
) -> (&'a File, Vec<Diagnostic>) {
    let Sources { map, ids } = &mut *sources.borrow_mut();
    let file = map.add(name, text.to_owned()).unwrap();
    let (tree, diags) = parser::parse_file(&file, Mode { skip_bodies }, ids);
    (trees.keep(tree), diags)
}

impl<'a> Importer<'a> for Texts<'a> {
    fn resolve(&mut self, path: &str, _from: Symbol) -> Result<Resolved, String> {
        if !self.packages.contains_key(path) {
            return Err(format!("package {path} is not in std"));
        }
        let name = path.rsplit('/').next().unwrap();
        let mode = if path.starts_with("lib/") {
            PackageMode::Lazy
        } else {
            PackageMode::Full
        };
        Ok(Resolved {
            path: Symbol::intern(path),
            name: Symbol::intern(name),
            mode,
            lang: Version::LATEST,
        })
    }

    fn load(&mut self, path: Symbol) -> (Vec<&'a File>, Vec<Diagnostic>) {
        let text = &self.packages[path.as_str()];
        let lazy = path.as_str().starts_with("lib/");
        let (file, diags) = parse(self.trees, &self.sources, &format!("{path}.go"), text, lazy);
        (vec![file], diags)
    }

    fn body(&mut self, file: FileId, body: Span) -> (&'a Block, Vec<Diagnostic>) {
        let Sources { map, ids } = &mut *self.sources.borrow_mut();
        let (block, diags) = parser::parse_func_body(map.file(file), body, ids);
        (self.trees.keep(block), diags)
    }

    fn locate(&self, pos: Pos) -> String {
        self.sources
            .borrow()
            .map
            .locate(pos)
            .map_or(String::new(), |l| l.to_string())
    }
}

struct Outcome {
    /// Each error as `file:line: message`, continuations behind it.
    errors: Vec<(String, u32, String)>,
    dump: String,
}

/// Checks the first package of a source, and whatever it imports, with a function that asks for more.
fn run(src: &str, then: impl FnOnce(&mut Checker<'_>, PkgId)) -> Outcome {
    let trees = Trees::new();
    let sources = Rc::new(RefCell::new(Sources::default()));
    let mut packages = HashMap::new();
    let mut sections = src.split("\n-- ");
    let main = sections.next().unwrap();
    for section in sections {
        let (path, text) = section.split_once(" --\n").unwrap();
        packages.insert(path.to_owned(), text.to_owned());
    }
    let importer = Texts {
        trees: &trees,
        sources: sources.clone(),
        packages,
    };
    let (file, diags) = parse(&trees, &sources, "main.go", main, false);
    assert!(diags.is_empty(), "syntax: {diags:?}");
    let mut checker = Checker::new(Box::new(importer));
    let pkg = checker.check_package("main", vec![file]);
    then(&mut checker, pkg);
    let diags = checker.take_diagnostics();
    let map = &sources.borrow().map;
    let errors = diags
        .into_iter()
        .map(|d| {
            let at = map.locate(d.pos()).expect("an error stands somewhere");
            let mut msg = d.message;
            for r in d.related {
                let at = map
                    .locate(r.span.lo)
                    .map_or(String::new(), |l| format!("{l}: "));
                msg.push_str(&format!("\n\t{at}{}", r.message));
            }
            (at.file.to_owned(), at.line, msg)
        })
        .collect();
    let dump = dump_types(&checker, file, map.file(file.file));
    Outcome { errors, dump }
}

/// Whether `text` occurs in `msg`, where `.*` stands for anything.
fn matches(text: &str, msg: &str) -> bool {
    let mut rest = msg;
    text.split(".*").all(|part| match rest.find(part) {
        Some(i) => {
            rest = &rest[i + part.len()..];
            true
        }
        None => false,
    })
}

/// Checks a source against its `// ERROR` comments.
#[track_caller]
fn check(src: &str) {
    let outcome = run(src, |_, _| ());
    let mut wanted: Vec<(String, u32, &str)> = Vec::new();
    let (mut file, mut line) = ("main.go".to_owned(), 0);
    for text in src.lines() {
        line += 1;
        if let Some(path) = text.strip_prefix("-- ").and_then(|t| t.strip_suffix(" --")) {
            (file, line) = (format!("{path}.go"), 0);
        }
        if let Some((_, comment)) = text.split_once("// ERROR ") {
            for want in comment.split('"').skip(1).step_by(2) {
                wanted.push((file.clone(), line, want));
            }
        }
    }
    let mut problems = Vec::new();
    for (file, line, msg) in outcome.errors {
        let found = wanted
            .iter()
            .position(|w| w.0 == file && w.1 == line && matches(w.2, &msg));
        match found {
            Some(i) => drop(wanted.remove(i)),
            None => problems.push(format!("unexpected: {file}:{line}: {msg}")),
        }
    }
    problems.extend(
        wanted
            .iter()
            .map(|w| format!("missing: {}:{}: {}", w.0, w.1, w.2)),
    );
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn unused_and_redeclared_names() {
    check(
        r#"package main

import "lib/a"
import b "lib/a" // ERROR "imported as b and not used"
import "lib/c" // ERROR "imported and not used"
import _ "lib/c"

var x = a.X
var x int // ERROR "x redeclared in this block.*main.go:8:5: other declaration of x"
type T struct { a, a int } // ERROR "a redeclared.*other declaration of a"
func (T) m() {}
func (T) m() {} // ERROR "method T.m already declared at main.go:11:10"
func (T) a() {} // ERROR "field and method with the same name a.*other declaration of a"
func a() {} // ERROR "a already declared through import of package a"

func main() {
	y := 1 // ERROR "declared and not used: y"
	var z int // ERROR "declared and not used: z"
	z = 2
	_ = undefined // ERROR "undefined: undefined"
	var main int
	_ = main
	{
		x := x
		_ = x
	}
}

-- lib/a --
package a

var X = 1

-- lib/c --
package c
"#,
    );
}

#[test]
fn missing_methods_are_explained() {
    check(
        r#"package main

type I interface{ M(int) string }
type A struct{}
type B struct{}
func (*B) M(int) string { return "" }
type C struct{}
func (C) M(string) string { return "" }
type D struct{}
func (D) m(int) string { return "" }
type E struct{ M int }
type F struct{ B }

func main() {
	var i I
	i = A{} // ERROR "cannot use A{} (value of struct type A) as I value in assignment: A does not implement I (missing method M)"
	i = B{} // ERROR "B does not implement I (method M has pointer receiver)"
	i = &B{}
	i = C{} // ERROR "(wrong type for method M).*have M(string) string.*want M(int) string"
	i = D{} // ERROR "(missing method M).*have m(int) string.*want M(int) string"
	i = E{} // ERROR "(E.M is a field, not a method)"
	i = F{} // ERROR "F does not implement I (method M has pointer receiver)"
	i = &F{}
	i = &i // ERROR "type *I is pointer to interface, not interface"
	_ = i.(A) // ERROR "impossible type assertion: i.(A).*A does not implement I (missing method M)"
	var j interface{ I; N() } = i // ERROR "I does not implement interface{N(); I} (missing method N)"
	_ = j
}
"#,
    );
}

#[test]
fn cycles_are_shown_with_their_path() {
    check(
        r#"package main

type T struct { f T } // ERROR "invalid recursive type: T refers to itself"
type A struct { b B } // ERROR "invalid recursive type A.*main.go:4:6: A refers to B.*main.go:5:6: B refers to A"
type B [2]A
type P struct { next *P }
type L []L
type X Y // ERROR "invalid recursive type X.*X refers to Y.*Y refers to X"
type Y X
type Z = Z // ERROR "invalid recursive type: Z refers to itself"
type I interface { I } // ERROR "invalid recursive type"

var a = b // ERROR "initialization cycle for a.*main.go:13:5: a refers to b.*main.go:14:5: b refers to f.*main.go:16:6: f refers to a"
var b = f()
var c = c // ERROR "initialization cycle: c refers to itself"
func f() int { return a }

const k = l // ERROR "initialization cycle"
const l = k

type G[P any] struct { f *G[P] }
type H[P any] struct { f H[P] } // ERROR "invalid recursive type: H[P] refers to itself"

func main() {
	type T struct { f T } // ERROR "invalid recursive type: T refers to itself"
	var _ T
	var _ P
}
"#,
    );
}

#[test]
fn constants_are_exact() {
    check(
        r#"package main

const (
	big = 1 << 100
	small = big >> 98
	f = 1.0 / 3
	one = f * 3
	huge = 1e1000000 / 1e999999
)
const (
	a, b = iota, iota * 10
	c, d
	_, _
	e, g // ok
)
const x uint8 = 256 // ERROR "cannot use 256 (untyped int constant) as uint8 value in constant declaration (overflows)"
const y int = 1.5 // ERROR "cannot use 1.5 (untyped float constant) as int value in constant declaration (truncated)"
const z = 1 / 0 // ERROR "invalid operation: division by zero"
const w int8 = -128
const v = -w // ERROR "-w (constant 128 of type int8) overflows int8"
const s = "abc" + "def"
const m, n = 1 // ERROR "missing init expr for n"
const o = 1, 2 // ERROR "extra init expr 2"
const p = len([10]int{})
const q = 10000000000 << 600 // ERROR "constant shift overflow"

func main() {
	var _ [small]int = [4]int{}
	var _ [one]int = [1]int{}
	var _ [huge]int = [10]int{}
	var _ [d]int = [10]int{}
	var _ [g]int = [30]int{}
	var _ [len(s)]int = [6]int{}
	var _ [p]int = [10]int{}
	_ = e + c + a + b
	var u uint = big // ERROR "cannot use big (untyped int constant 1267650600228229401496703205376) as uint value in variable declaration (overflows)"
	_ = u
}
"#,
    );
}

#[test]
fn types_that_cannot_be() {
    check(
        r#"package main

type M map[[]int]string // ERROR "invalid map key type []int"
type S struct { *int }
type T struct{}
type U struct { *I } // ERROR "embedded field type cannot be a pointer to an interface"
type I interface { m(); m() } // ERROR "duplicate method m"
type J interface { ~int | string }
var j J // ERROR "cannot use type J outside a type constraint: interface contains type constraints"
var k interface { comparable } // ERROR "cannot use type interface{comparable} outside a type constraint: interface is (or embeds) comparable"
type A [n]int // ERROR "invalid array length n"
type B [-1]int // ERROR "invalid array length -1 (untyped int constant)"
type C [1.5]int // ERROR "array length 1.5 (untyped float constant) must be integer"
type D [undefined]int // ERROR "undefined array length undefined or missing type constraint"
var n = 3
func (int) m() {} // ERROR "cannot define new methods on non-local type int"
func (*I) n() {} // ERROR "invalid receiver type I (pointer or interface type)"
func f(x int, x string) {} // ERROR "x redeclared in this block"
func init() int { return 1 } // ERROR "func init must have no arguments and no return values"
var init = 1 // ERROR "cannot declare init - must be func"
type E f // ERROR "f (function) is not a type"
var v n.x // ERROR "n.x is not a type"

func main(x int) {} // ERROR "func main must have no arguments and no return values"
"#,
    );
}

#[test]
fn generic_declarations() {
    check(
        r#"package main

type Number interface { ~int | ~float64 }
type List[T any] struct { head *node[T]; n int }
type node[T any] struct { val T; next *node[T] }
func (l *List[T]) Push(x T) { l.head = &node[T]{x, l.head}; l.n++ }
func (l List[T]) Map[U any](f func(T) U) List[U] {
	var r List[U]
	for n := l.head; n != nil; n = n.next { r.Push(f(n.val)) }
	return r
}
func Sum[T Number](xs ...T) (s T) { for _, x := range xs { s += x }; return }
func Map[K comparable, V any](m map[K]V) []K { return nil }
func Apply[S ~[]E, E any](s S, f func(E)) {}
type Set[T comparable] = map[T]bool
type MyInt int

func main() {
	var l List[string]
	l.Push("x")
	l.Push(1) // ERROR "cannot use 1 (untyped int constant) as string value in argument to l.Push"
	var m List[int] = l.Map(func(s string) int { return len(s) })
	_ = m
	_ = Sum(1, 2.5)
	_ = Sum[MyInt](1)
	_ = Sum("a") // ERROR "string does not satisfy Number (string missing in ~int | ~float64)"
	_ = Sum[string] // ERROR "string does not satisfy Number"
	_ = Map(map[string]int{})
	_ = Sum // ERROR "cannot use generic function Sum without instantiation"
	var _ List // ERROR "cannot use generic type List[T any] without instantiation"
	var _ List[int, int] // ERROR "too many type arguments for type List: have 2, want 1"
	var _ Set[func()] // ERROR "func() does not satisfy comparable"
	var f func(int, int) = pair
	_ = f
	Apply([]int{}, func(x int) {})
	_ = Zero() // ERROR "in call to Zero, cannot infer T (declared at main.go:40:11)"
	_ = new(1 + 2)
}

func Zero[T any]() (z T) { return }
func pair[A, B any](A, B) {}
"#,
    );
}

#[test]
fn what_is_reported_only_if_all_else_is_right() {
    check(
        "package main\nfunc loop[T any](x T) { loop[*T](nil) } // ERROR \"instantiation cycle:.*T instantiated as *T\"\nfunc main() {}",
    );
    check(
        r#"package main

type A [1 << 50]byte // ERROR "type [1125899906842624]byte larger than address space"
type B [1 << 40][1 << 40]int // ERROR "larger than address space"
type C chan [1 << 16]byte // ERROR "channel element type too large (>64kB)"
type D chan [1 << 15]byte
type G[P any] struct { a [1 << 20]P; c chan [1 << 20]P }

func main() {}
"#,
    );
    check("package main\nfunc g() // ERROR \"missing function body\"\nfunc main() {}");
    check(
        "package main\ntype T interface { m() interface { T } } // ERROR \"anonymous interface refers to itself\"\nfunc main() {}",
    );
}

#[test]
fn packages_import_each_other() {
    check(
        r#"package main

import (
	"x/y"
	"lib/lazy"
	"nowhere" // ERROR "package nowhere is not in std"
)

func main() {
	_ = y.Exported + y.hidden // ERROR "name hidden not exported by package y"
	_ = y.Missing // ERROR "undefined: y.Missing"
	_ = nowhere.Anything
	var t lazy.T
	_ = t.Get() + t.f // ERROR "cannot refer to unexported field f"
	_ = lazy.Table["x"].F()
}

-- x/y --
package y

import "x/z"

var Exported = z.Z + "" // ERROR "mismatched types int and untyped string"
var hidden int

-- x/z --
package z

const Z int = 1

-- lib/lazy --
package lazy

type T struct { f int }
func (t *T) Get() int { return t.helper() }
func (t *T) helper() int { return t.f }
type U struct{}
func (U) F() string { return "" }
var Table = map[string]U{"x": {}}
func Wrong() { var unused int; return 1 }
"#,
    );
}

#[test]
fn lazy_bodies_are_checked_when_asked_for() {
    let src = r#"package main

import "lib/a"

var X = a.F()

func main() {}

-- lib/a --
package a

var v1 = v2 + 1
var v2 = g()
var unreached = missing
func F() int { return g() + v1 }
func g() int { return 1 }
func bad() int { return "" }
"#;
    let outcome = run(src, |c, pkg| {
        let x = c.package_member(pkg, Symbol::intern("X")).unwrap();
        let f = c.decl_of(x).unwrap().deps[0];
        assert!(c.ensure_body(f).is_some());
        let deps: Vec<String> = c
            .decl_of(f)
            .unwrap()
            .deps
            .iter()
            .map(|&d| c.objs[d].name.to_string())
            .collect();
        assert_eq!(deps, ["g", "v1"]);
        let a = c.package_by_path("lib/a").unwrap();
        let v1 = c.package_member(a, Symbol::intern("v1")).unwrap();
        let mut reached = vec![v1];
        reached.extend(c.decl_of(v1).unwrap().deps.clone());
        let order: Vec<String> = c
            .lazy_init_order(a, &mut |o| reached.contains(&o))
            .iter()
            .map(|i| c.objs[i.lhs[0]].name.to_string())
            .collect();
        assert_eq!(order, ["v2", "v1"]);
    });
    assert_eq!(outcome.errors, []);
    let wrong = run(src, |c, _| {
        let a = c.package_by_path("lib/a").unwrap();
        let bad = c.package_member(a, Symbol::intern("bad")).unwrap();
        c.ensure_body(bad);
    });
    assert_eq!(wrong.errors.len(), 1);
    assert_eq!(
        (wrong.errors[0].0.as_str(), wrong.errors[0].1),
        ("lib/a.go", 8)
    );
}

#[test]
fn variables_are_initialised_in_the_order_of_dependencies() {
    let src = r#"package main

var (
	a = c + b
	b = f()
	c = 1
	d, e = g()
)
func f() int { c++; return e }
func g() (int, int) { return 1, 2 }
func main() {}
"#;
    run(src, |c, pkg| {
        let order: Vec<Vec<String>> = c
            .pkg(pkg)
            .init_order
            .iter()
            .map(|i| i.lhs.iter().map(|&v| c.objs[v].name.to_string()).collect())
            .collect();
        assert_eq!(order, [vec!["c"], vec!["d", "e"], vec!["b"], vec!["a"]]);
    });
}

#[test]
fn inputs_of_a_session_see_earlier_ones() {
    let trees = Trees::new();
    let sources = Rc::new(RefCell::new(Sources::default()));
    let importer = Texts {
        trees: &trees,
        sources: sources.clone(),
        packages: HashMap::new(),
    };
    let mut c = Checker::new(Box::new(importer));
    let input = |text: &str| {
        parse(
            &trees,
            &sources,
            "input",
            &format!("package main\n{text}"),
            false,
        )
        .0
    };
    let pkg = c.open_session();
    let mut inits = 0;
    macro_rules! check {
        ($text:expr) => {{
            let ext = c.extend_package(input($text), Work::Declare);
            inits += ext.as_ref().map_or(0, |e| e.init_order.len());
            ext.map(|e| e.objects.len())
        }};
    }
    let n = check!("type T struct { x int }\nvar v = T{1}");
    assert_eq!(n, Some(2));
    let n = check!("func (t T) Get() int { return t.x }\nvar w = v.Get()");
    assert_eq!(n, Some(2));
    assert_eq!(check!("var v = undefined"), None);
    assert_eq!(c.take_diagnostics().len(), 1);
    // A name declared again is another object; what was declared before keeps the old one.
    let n = check!("var v = \"s\" + v2()\nfunc v2() string { return \"\" }");
    assert_eq!(n, Some(2));
    // So is a method; and what nobody uses is no error.
    let n = check!("func (t T) Get() string { a := 1; return \"\" }");
    assert_eq!(n, Some(1), "{:?}", c.take_diagnostics());
    let n = check!("var u string = v + T{}.Get()\nvar n int = w");
    assert_eq!(n, Some(2), "{:?}", c.take_diagnostics());
    assert_eq!(c.pkg(pkg).init_order.len(), 5);
    assert_eq!(inits, 5);
}

#[test]
fn an_input_that_is_taken_back_leaves_names_as_they_were() {
    let trees = Trees::new();
    let sources = Rc::new(RefCell::new(Sources::default()));
    let importer = Texts {
        trees: &trees,
        sources: sources.clone(),
        packages: HashMap::new(),
    };
    let mut c = Checker::new(Box::new(importer));
    let input = |text: &str| {
        parse(
            &trees,
            &sources,
            "input",
            &format!("package main\n{text}"),
            false,
        )
        .0
    };
    c.open_session();
    assert!(
        c.extend_package(input("type T int\nvar v T"), Work::Declare)
            .is_some()
    );
    let ext = c.extend_package(input("var v = \"s\"\nfunc (T) M() {}"), Work::Declare);
    c.retract(ext.expect("a correct input"));
    assert!(
        c.extend_package(input("var w T = v"), Work::Declare)
            .is_some(),
        "{:?}",
        c.take_diagnostics()
    );
    assert!(
        c.extend_package(input("var m = v.M"), Work::Declare)
            .is_none()
    );
}

#[test]
fn the_dump_tells_types_values_and_selections() {
    let outcome = run(
        r#"package main

type T struct{ p *int }

func f(t *T, x float64) bool {
	return *t.p > 1<<3 && x == 2
}

func main() {}
"#,
        |_, _| (),
    );
    assert_eq!(outcome.errors, []);
    let wanted = "3:6\tT\tdefined type main.T
3:8\tstruct{p *int}\ttype struct{p *int}
3:16\tp\tstruct field *int
3:18\t*int\ttype *int
3:19\tint\ttype int
5:6\tf\tfunction func(t *main.T, x float64) bool
5:8\tt\tparameter *main.T
5:10\t*T\ttype *main.T
5:11\tT\ttype main.T
5:14\tx\tparameter float64
5:16\tfloat64\ttype float64
5:25\tbool\ttype bool
6:9\t*t.p > 1 << 3 && x == 2\tvalue bool
6:9\t*t.p > 1 << 3\tvalue bool
6:9\t*t.p\tvariable int
6:10\tt.p\tvariable *int (field 0 through a pointer)
6:10\tt\tvariable *main.T
6:16\t1 << 3\tconstant int = 8
6:16\t1\tconstant untyped int = 1
6:19\t3\tconstant untyped int = 3
6:24\tx == 2\tvalue bool
6:24\tx\tvariable float64
6:29\t2\tconstant float64 = 2
9:6\tmain\tfunction func()
";
    assert_eq!(outcome.dump, wanted);
}
