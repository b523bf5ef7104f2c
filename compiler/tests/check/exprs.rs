//! What is recorded about expressions for those who generate code, and rules that one program of their own shows best.

use super::{check, run};

/// Checks a body of `main` (with declarations in front of it) and gives the dump of its lines without their positions.
#[track_caller]
fn facts(decls: &str, body: &str) -> String {
    let src = format!("package main\n{decls}\nfunc main() {{\n{body}\n}}\n");
    let outcome = run(&src, |_, _| ());
    assert_eq!(outcome.errors, []);
    let first = decls.lines().count() + 3;
    let last = first + body.lines().count();
    let line_of = |l: &str| l.split(':').next().and_then(|n| n.parse::<usize>().ok());
    let lines = outcome.dump.lines().filter(|l| {
        let line = line_of(l).unwrap_or(0);
        line >= first && line < last
    });
    let texts = lines.filter_map(|l| {
        l.split_once('\t')
            .map(|(_, text)| text.replace('\t', " = "))
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn has(dump: &str, wanted: &[&str]) {
    for want in wanted {
        assert!(dump.lines().any(|l| l == *want), "no {want:?} in\n{dump}");
    }
}

#[test]
fn untyped_constants_get_their_final_types_and_values() {
    let dump = facts(
        "func take(f float32, e any, s string) {}",
        "var x uint8 = 1<<3 + 'a'
take(2, 3, \"a\"+\"b\")
var f float64 = 1
_ = f + 2.0 == 3 && x > 5
_ = []rune{1.0, 'x'}",
    );
    has(
        &dump,
        &[
            "1 << 3 + 'a' = constant uint8 = 105",
            "2 = constant float32 = 2",
            "3 = constant int = 3",
            "\"a\" + \"b\" = constant string = \"ab\"",
            "2.0 = constant float64 = 2",
            "5 = constant uint8 = 5",
            "1.0 = constant rune = 1",
        ],
    );
}

#[test]
fn shifted_operands_have_the_type_of_their_context() {
    let dump = facts(
        "var s uint",
        "var a int64 = 1 << s
var b = 1<<s != 0
var c = []int{2.0 << s}
var d = uint8(4 << s)
var e any = 8 << s
_, _, _, _, _ = a, b, c, d, e",
    );
    has(
        &dump,
        &[
            "1 << s = value int64",
            "1 = constant int64 = 1",
            "2.0 << s = value int",
            "2.0 = constant int = 2",
            "4 = constant uint8 = 4",
            "8 << s = value int",
        ],
    );
}

#[test]
fn comma_ok_expressions_are_recorded_with_both_values() {
    let dump = facts(
        "type yes bool\nvar m map[string]int\nvar ch chan string\nvar e any",
        "v, ok := m[\"a\"]
s, ok := (<-ch)
var b yes
_, b = e.(int)
_ = m[\"b\"]
_, _, _, _ = v, ok, s, b",
    );
    has(
        &dump,
        &[
            "m[\"a\"] = map index expression (int, bool)",
            "(<-ch) = comma, ok expression (string, bool)",
            "<-ch = comma, ok expression (string, bool)",
            "e.(int) = comma, ok expression (int, main.yes)",
            "m[\"b\"] = map index expression int",
        ],
    );
}

#[test]
fn nil_has_the_type_it_is_used_as() {
    let dump = facts(
        "func f(p *int, e error) {}",
        "f(nil, nil)
var s []int
_ = s == nil
s = nil",
    );
    has(
        &dump,
        &["nil = nil *int", "nil = nil error", "nil = nil []int"],
    );
}

#[test]
fn functions_are_recorded_as_instantiated() {
    let dump = facts(
        "func id[T any](x T) T { return x }
func apply[T, U any](x T, f func(T) U) (u U) { return f(x) }
type box[T any] struct{ v T }
func (b box[T]) get() T { return b.v }",
        "_ = id(1) + 2
_ = apply(1.5, id)
var f func(string) string = id
_ = box[bool]{}.get()
_ = f",
    );
    has(
        &dump,
        &[
            "id(1) = value int",
            "apply(1.5, id) = value float64",
            "box[bool]{}.get() = value bool",
        ],
    );
    let typed = |what: &str| {
        dump.lines()
            .any(|l| l.starts_with("id = ") && l.contains(what))
    };
    assert!(typed("func(x int) int"), "{dump}");
    assert!(typed("func(x float64) float64"), "{dump}");
    assert!(typed("func(x string) string"), "{dump}");
}

#[test]
fn a_range_over_an_array_for_its_length_evaluates_nothing() {
    let dump = facts(
        "var a [3]int\nfunc f() [2]int { return [2]int{} }",
        "for i := range a { _ = i }
for i := range f() { _ = i }
for i := range 10 { _ = i }
for range int8(5) {}",
    );
    has(
        &dump,
        &[
            "a = constant int = 3",
            "f() = value [2]int",
            "10 = constant int = 10",
            "int8(5) = constant int8 = 5",
        ],
    );
}

#[test]
fn selectors_say_how_they_select() {
    let dump = facts(
        "type in struct{ a int }
func (*in) m() {}
type out struct {
	x int
	*in
}",
        "var o out
_ = o.a
o.m()
_ = out.m
_ = o.m",
    );
    for want in ["o.a = variable int (field 1.0 through a pointer)", "o.m = "] {
        assert!(dump.lines().any(|l| l.starts_with(want)), "{dump}");
    }
}

#[test]
fn operands_reported_once_stay_silent() {
    check(
        r#"package main

func f(x int) int { return x }

func main() {
	a := undefined + 1 // ERROR "undefined: undefined"
	b := a * 2
	_ = f(b) + f(a.x)
	c := f("x") // ERROR "cannot use "
	_ = c + 1
	var d []missing // ERROR "undefined: missing"
	for _, e := range d {
		e.f()
	}
	_ = d[0].x + 1
	g := func() nowhere { return 1 } // ERROR "undefined: nowhere"
	g().h()
}
"#,
    );
}

#[test]
fn variables_of_nested_functions_are_reported_once() {
    check(
        r#"package main

var global = func() int {
	inPackage := 1 // ERROR "declared and not used: inPackage"
	return 2
}()

func main() {
	func() {
		a := 1 // ERROR "declared and not used: a"
		func() {
			b := 1 // ERROR "declared and not used: b"
			c := 2
			_ = func() { _ = c }
		}()
	}()
	d := 1
	go func() { d = 2 }()
	e := 0 // ERROR "declared and not used: e"
	func() { e = 1 }()
	_ = func(unusedParam int) (unusedResult int) { return 1 }
	_ = d
}
"#,
    );
}

#[test]
fn the_three_shapes_of_range_over_functions() {
    check(
        r#"package main

type seq[V any] func(yield func(V) bool)

func none(yield func() bool)             {}
func one(yield func(int) bool)           {}
func two(yield func(int, string) bool)   {}
func of[V any](v ...V) seq[V]            { return nil }

func main() {
	for range none {
	}
	for i := range one {
		_ = i + 1
	}
	for i, s := range two {
		_, _ = i+1, s+"a"
	}
	for v := range of("a", "b") {
		_ = v + "c"
	}
	for v := range of(1) {
		_ = v + "c" // ERROR "mismatched types int and untyped string"
	}
	for range two {
	}
	for i := range none { // ERROR "permits no iteration variables"
		_ = i
	}
}
"#,
    );
}

#[test]
fn new_takes_values() {
    check(
        r#"package main

type t struct{ a int }

func main() {
	var p *int = new(5)
	var q *t = new(t{1})
	r := new("a")
	*r = "b"
	var s *int64 = new(int64(1))
	*new(p) = nil
	var u *int8 = new(1) // ERROR "cannot use new(1)"
	_, _, _, _, _ = p, q, r, s, u
}
"#,
    );
}

#[test]
fn promoted_fields_in_struct_literals() {
    check(
        r#"package main

type point struct{ x, y int }
type shape struct {
	point
	name string
}

func main() {
	_ = shape{x: 1, y: 2, name: "s"}
	_ = shape{x: 1, point: point{}} // ERROR "cannot specify embedded field point and enclosed promoted field x"
	_ = shape{x: "a"} // ERROR "as int value in struct literal"
}
"#,
    );
}
