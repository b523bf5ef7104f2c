// What json writes, and what it says about texts that are wrong.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

type In struct {
	A int
	B bool
	C string
	D float64
}
type T struct {
	S  In             `json:",string"`
	M  map[string]int `json:",string"`
	L  []int          `json:",string"`
	P  *int           `json:",string"`
	PP **int          `json:",string"`
	I  any            `json:",string"`
}
type MT struct{ v int }

func (m MT) MarshalJSON() ([]byte, error) { return []byte(" { \"a\" : \"<x>\\u003c\u2028\" } "), nil }

type ME struct{}

func (m ME) MarshalJSON() ([]byte, error) { return nil, errors.New("oops") }

type MB struct{}

func (m MB) MarshalJSON() ([]byte, error) { return []byte("{x"), nil }

type MT2 struct{}

func (m MT2) MarshalText() ([]byte, error) { return nil, errors.New("txt") }

type PM struct{ X int }

func (p *PM) MarshalJSON() ([]byte, error) { return []byte(`"pm"`), nil }

type N struct{ P *N }

func main() {
	x := 1
	px := &x
	show := func(v any) {
		b, err := json.Marshal(v)
		fmt.Printf("%s | %v | %T\n", b, err, err)
		b2, err2 := json.MarshalIndent(v, ">", "  ")
		if err2 == nil {
			fmt.Println(string(b2))
		}
	}
	show(T{M: map[string]int{"a": 1}, L: []int{1}, P: px, PP: &px, I: 1})
	show(MT{})
	show(ME{})
	show(MB{})
	show(MT2{})
	show(&MT2{})
	show(PM{})
	show(&PM{})
	show([]PM{{}})
	show([1]PM{})
	show(map[string]PM{"a": {}})
	show(map[bool]int{true: 1})
	show(map[float64]int{1.5: 1})
	show(map[int]int{2: 1, 1: 3})
	show(map[any]int{"a": 1})
	show(map[struct{}]int{{}: 1})
	show(map[time.Duration]int{2: 1})
	show(func() {})
	show(make(chan int))
	show(complex(1, 2))
	n := &N{}
	n.P = n
	show(n)
	m := map[string]any{}
	m["m"] = m
	show(m)
	show(time.Duration(5))
	show(time.Date(2020, 1, 2, 3, 4, 5, 6, time.UTC))
	show(time.Date(10000, 1, 2, 3, 4, 5, 6, time.UTC))
	show([]byte(nil))
	show([]byte{})
	show([3]byte{1, 2, 3})
	show("a\x80b\u2028<>&\x7f\x01\b\f")
	show(json.Number("12"))
	show(json.Number(""))
	show(json.Number("x"))
	show(json.RawMessage("{ \"a\":1}"))
	show(json.RawMessage(nil))
	show(json.RawMessage("{ \"a\":1"))
	show(1e20)
	show(1e21)
	show(1e-6)
	show(1e-7)
	show(float32(3.4e38))
	show(float32(0.1))
	show(-0.0)
	show(struct {
		A int `json:"a b"`
		B int `json:"é"`
		C int `json:"a'b"`
		D int `json:"\"q"`
		E int `json:"x:y/z"`
		F int `json:"-,"`
		G int `json:",omitempty,string"`
		H int `json:"'h'"`
	}{})
	for _, s := range []string{"nul", "-", "1e", "\"abc", "\"a\\", "\"a\\u12", "[", "[1", "{\"a\"", "{\"a\":", "{\"a\":1,", " ", "tru", "1.", "\"a\\x\"", "\"a\\u12G4\"", "\"\xff\"", "[1}", "{\"a\":1]", "{\"a\":1,}", "{1:2}", "{\"a\" 1}", "-x", "1.x", "1ex", "01", "é", "\xff", "[1 2]", "nulx", "\"a\\u1", "\"a\\u1\"", "\"a\tb\"", strings.Repeat("[", 10001), "{}}", "\"\\`\""} {
		var v any
		err := json.Unmarshal([]byte(s), &v)
		var se *json.SyntaxError
		if errors.As(err, &se) {
			fmt.Printf("%.20q: %v @%d\n", s, err, se.Offset)
		} else {
			fmt.Printf("%.20q: %v %q\n", s, err, v)
		}
		err = json.NewDecoder(strings.NewReader(s)).Decode(&v)
		if errors.As(err, &se) {
			fmt.Printf("  dec: %v @%d\n", err, se.Offset)
		} else {
			fmt.Printf("  dec: %v\n", err)
		}
	}
}
