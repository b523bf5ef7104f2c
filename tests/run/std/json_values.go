// What json stores in values of all kinds; streams of values and tokens.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"net"
	"os"
	"strings"
	"time"
)

type Inner struct {
	A int
	B string `json:"bee"`
}
type emb struct{ X int }
type Emb2 struct{ Y int }
type Rec struct {
	Name string `json:"name"`
	Kids []*Rec `json:"kids,omitempty"`
}
type Color int

func (c *Color) UnmarshalText(b []byte) error {
	if string(b) == "red" {
		*c = 1
		return nil
	}
	return fmt.Errorf("bad color %q", b)
}
func (c Color) MarshalText() ([]byte, error) { return []byte("c" + fmt.Sprint(int(c))), nil }

type UJ struct{ s string }

func (u *UJ) UnmarshalJSON(b []byte) error {
	u.s = "<" + string(b) + ">"
	if strings.Contains(u.s, "bad") {
		return errors.New("bad UJ")
	}
	return nil
}

type T struct {
	emb
	*Emb2
	I    int
	I8   int8
	U8   uint8
	U    uint
	F    float64
	F32  float32
	S    string
	B    bool
	P    *int
	L    []int
	A    [2]int
	M    map[string]int
	MI   map[int]string
	In   Inner
	PIn  *Inner
	Any  any
	R    json.RawMessage
	N    json.Number
	C    Color
	CM   map[Color]int
	U2   UJ
	PU   *UJ
	By   []byte
	Q    int    `json:"q,string"`
	QS   string `json:"qs,string"`
	QB   *bool  `json:"qb,string"`
	Dash int    `json:"-"`
	St   fmt.Stringer
	D    time.Duration
	Ch   chan int
	Z    time.Time `json:",omitzero"`
}

type pe struct{ *emb }

func main() {
	docs := []string{
		`{"X":1,"Y":2,"I":3,"I8":4,"U8":5,"U":6,"F":1.5,"F32":2.5,"S":"s\u00e9\ud83d\ude00\ud800x\/","B":true,"P":7,"L":[1,2,3],"A":[1],"M":{"a":1},"MI":{"1":"x"},"In":{"A":1,"bee":"b"},"PIn":{"a":2},"Any":{"x":[1,"a",null,true,1e3]},"R":{ "raw" : 1 },"N":12.50,"C":"red","CM":{"red":1},"U2":{"a":1},"PU":[1],"By":"aGk=","q":"12","qs":"\"in\"","qb":"true","D":5,"Dash":1}`,
		`{"i":1,"s":"fold","ſ":"kelvin","BEE":1,"IN":{"BEE":"z"}}`,
		`{"I":"x"}`, `{"I":1.5}`, `{"I8":300}`, `{"U8":-1}`, `{"U":-1}`, `{"F":"x"}`, `{"F32":1e39}`, `{"F":1e400}`, `{"S":1}`, `{"B":"x"}`, `{"B":1}`, `{"P":"x"}`,
		`{"L":[1,"x",3]}`, `{"L":{"a":1}}`, `{"L":"x"}`, `{"A":[1,2,3]}`, `{"A":"x"}`, `{"M":{"a":"x","b":2}}`, `{"M":[1]}`, `{"MI":{"x":"y"}}`, `{"In":[1]}`, `{"In":{"A":"x"}}`, `{"PIn":{"A":[]}}`,
		`{"N":"12"}`, `{"N":"x"}`, `{"N":true}`, `{"C":"blue"}`, `{"C":1}`, `{"CM":{"blue":1}}`, `{"U2":"bad"}`, `{"By":"!!"}`, `{"By":[1,2]}`, `{"By":1}`, `{"q":1}`, `{"q":"x"}`, `{"q":"1.5"}`, `{"q":null}`, `{"q":"null"}`, `{"qs":"x"}`, `{"qs":"\"a"}`, `{"qs":"\"a\"b"}`, `{"qs":""}`, `{"qb":"maybe"}`, `{"qb":"null"}`, `{"qb":true}`, `{"qb":null}`,
		`{"St":1}`, `{"St":null}`, `{"D":"5s"}`, `{"Ch":1}`, `{"Ch":null}`, `null`, `[]`, `"x"`, `{"I":null,"S":null,"L":null,"M":null,"P":null,"In":null,"Any":null,"A":null,"R":null,"U2":null,"PU":null}`,
		`{"In":{"A":1},"L":["x"],"I":"y"}`, `{"Z":"2020-01-02T03:04:05Z"}`, `{"Z":"nope"}`, `{"Z":1}`, `{"Z":null}`, `{"a/b~c":1,"M":{"a/b~c":"x"}}`, `{"Any":{"a":[1,{"b":1e999}]}}`,
	}
	for _, doc := range docs {
		var t T
		err := json.Unmarshal([]byte(doc), &t)
		fmt.Printf("%s\n  %T %v\n", doc, err, err)
		var ute *json.UnmarshalTypeError
		if errors.As(err, &ute) {
			fmt.Printf("  %q %v %d %q %q %v\n", ute.Value, ute.Type, ute.Offset, ute.Struct, ute.Field, ute.Err)
		}
		t.Emb2, t.P, t.PIn, t.PU, t.QB = nil, nil, nil, nil, nil
		fmt.Printf("  %+v\n", t)
		t.Ch = nil
	}
	for _, v := range []any{nil, T{}, 1, (*T)(nil), new(int), new(any), new([]int), new([2]string), new(map[bool]int), new(map[float64]int), new(map[any]int), &pe{}} {
		for _, doc := range []string{`{"1":2,"X":1}`, `[1,2,3]`, `12`} {
			err := json.Unmarshal([]byte(doc), v)
			fmt.Printf("%T %v ", v, err)
			b, err := json.Marshal(v)
			if _, ok := v.(T); !ok {
				fmt.Printf("%s %v\n", b, err)
			} else {
				fmt.Println(err)
			}
		}
	}
	x := 5
	var iface any = &x
	fmt.Println(json.Unmarshal([]byte("7"), &iface), x, json.Unmarshal([]byte("null"), &iface), iface)
	l := []int{1, 2, 3, 4}
	fmt.Println(json.Unmarshal([]byte("[9]"), &l), l, cap(l))
	m := map[string]*Inner{"a": {A: 1, B: "keep"}}
	fmt.Println(json.Unmarshal([]byte(`{"a":{"A":2}}`), &m), *m["a"])
	dec := json.NewDecoder(strings.NewReader(`{"a":1} [1,2] "x" 12 null {"b":{"c":[true,{"d":1.5}]}} tru`))
	for {
		var v any
		err := dec.Decode(&v)
		fmt.Println(v, err, dec.InputOffset(), dec.More())
		if err != nil {
			break
		}
	}
	dec = json.NewDecoder(strings.NewReader(` [ {"a" : 1 , "b":[ ] } , "x" , -1.5e3, true ] `))
	for {
		tok, err := dec.Token()
		fmt.Printf("%T %v %v %d %v ", tok, tok, err, dec.InputOffset(), dec.More())
		fmt.Println(dec.InputOffset())
		if err != nil {
			break
		}
	}
	for _, s := range []string{`[1 2]`, `{"a" 1}`, `{"a":1 "b"}`, `{1:2}`, `[1,]`, `{"a":1,}`, `]`, `[}`, `{]`, `[tru`, `{"a"`, `["abc`, `[1`} {
		dec = json.NewDecoder(strings.NewReader(s))
		dec.UseNumber()
		for range 6 {
			tok, err := dec.Token()
			fmt.Printf("%v %v;", tok, err)
			if err != nil {
				fmt.Printf(" %T", err)
				break
			}
		}
		fmt.Println()
	}
	dec = json.NewDecoder(strings.NewReader(`[{"name":"a"},{"name":"b","kids":[{"name":"c"}]}] rest`))
	dec.Token()
	for dec.More() {
		var r Rec
		fmt.Println(dec.Decode(&r), r.Name, len(r.Kids))
	}
	fmt.Println(dec.Token())
	rest, _ := io.ReadAll(dec.Buffered())
	fmt.Printf("%q\n", rest)
	dec = json.NewDecoder(strings.NewReader(`{"A":1,"zz":2}`))
	dec.DisallowUnknownFields()
	var in Inner
	fmt.Println(dec.Decode(&in), in)
	dec = json.NewDecoder(strings.NewReader(`{"A":12345678901234567890}`))
	dec.UseNumber()
	var any1 any
	fmt.Println(dec.Decode(&any1), any1)
	enc := json.NewEncoder(os.Stdout)
	enc.SetIndent("", " ")
	enc.SetEscapeHTML(false)
	enc.Encode(map[string]any{"<": []any{}, "b": map[string]any{}, "c": []int{1}, "d": "é&"})

	_ = net.IPv4zero
	out, err := json.Marshal(T{C: 3, CM: map[Color]int{1: 2}, N: "5", R: json.RawMessage(`{ "x" : [ ] }`), Any: []any{1, int8(2), uint64(3), float32(1.1), "x", Inner{}, &in, map[int]int{1: 2}, [2]bool{true}, struct{}{}}})
	fmt.Println(string(out), err)
	out, err = json.MarshalIndent(Rec{"a", []*Rec{{"b", nil}}}, "", "\t")
	fmt.Println(string(out), err)
	type O struct {
		A int            `json:"a,omitempty"`
		B string         `json:"b,omitempty"`
		C []int          `json:"c,omitempty"`
		D map[string]int `json:"d,omitempty"`
		E *int           `json:"e,omitempty"`
		F any            `json:"f,omitempty"`
		G bool           `json:"g,omitempty"`
		H [0]int         `json:"h,omitempty"`
		I struct{}       `json:"i,omitempty"`
		J struct{}       `json:"j,omitzero"`
		K time.Time      `json:"k,omitzero"`
		L float64        `json:"l,omitempty"`
		M [2]int         `json:"m,omitzero"`
	}
	out, err = json.Marshal(O{})
	fmt.Println(string(out), err)
	fmt.Println(json.Valid([]byte(`{"a":[1,2]}`)), json.Valid([]byte(`{`)))
}
