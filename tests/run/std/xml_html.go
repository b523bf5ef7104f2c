// Values and tokens as XML and back, texts that are wrong; html's escapes.
package main

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"os"
	"reflect"
	"strings"
	"time"
)

type Addr struct {
	City  string
	State string `xml:"state"`
}
type Person struct {
	XMLName xml.Name `xml:"person"`
	Id      int      `xml:"id,attr"`
	First   string   `xml:"name>first"`
	Last    string   `xml:"name>last"`
	Age     int      `xml:"age,omitempty"`
	Height  float32  `xml:"height,omitempty"`
	Married bool
	Addr
	Comment string   `xml:",comment"`
	Emails  []Email  `xml:"email"`
	Groups  []string `xml:"groups>group>value"`
	Ptr     *string  `xml:"ptr"`
	Skip    string   `xml:"-"`
	When    time.Time
	Any     any `xml:"any"`
}
type Email struct {
	Where string `xml:"where,attr"`
	Addr  string `xml:",chardata"`
}
type Inner struct {
	Raw  string     `xml:",innerxml"`
	Attr []xml.Attr `xml:",any,attr"`
}
type CD struct {
	D string `xml:",cdata"`
	A *int   `xml:"a,attr,omitempty"`
}
type AnyT struct {
	X    string
	Rest []Node `xml:",any"`
}
type Node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Kids    []Node     `xml:",any"`
}
type NS struct {
	XMLName xml.Name `xml:"http://a/ root"`
	A       string   `xml:"http://b/ a,attr"`
	B       string   `xml:"http://c/ b"`
	C       string   `xml:"c"`
}
type MX int

func (m MX) MarshalXML(e *xml.Encoder, s xml.StartElement) error {
	s.Attr = append(s.Attr, xml.Attr{Name: xml.Name{Local: "mx"}, Value: fmt.Sprint(int(m))})
	return e.EncodeElement(fmt.Sprint("<", int(m), ">"), s)
}
func (m *MX) UnmarshalXML(d *xml.Decoder, s xml.StartElement) error {
	var v string
	if err := d.DecodeElement(&v, &s); err != nil {
		return err
	}
	_, err := fmt.Sscanf(v, "<%d>", (*int)(m))
	return err
}

type TX struct{ s string }

func (t TX) MarshalText() ([]byte, error) { return []byte("t:" + t.s), nil }
func (t *TX) UnmarshalText(b []byte) error {
	if string(b) == "bad" {
		return errors.New("bad TX")
	}
	t.s = string(b)
	return nil
}

type Uses struct {
	M  MX
	T  TX `xml:"t,attr"`
	T2 TX
	Ms []MX `xml:"ms>m"`
	B  []byte
	Ar [3]int
	F  func() `xml:"-"`
}
type Bad1 struct {
	A string `xml:"x"`
	B string `xml:"x"`
}
type Bad2 struct {
	A string `xml:"x>"`
}
type Bad3 struct {
	A string `xml:"a>b,attr"`
}
type Bad4 struct {
	A string `xml:",attr,chardata"`
}
type Bad5 struct{ C chan int }
type Lazy struct{}

func (Lazy) UnmarshalXML(d *xml.Decoder, s xml.StartElement) error { return nil }

type Gen[T any] struct{ V T }

func main() {
	ptr := "p<>&"
	p := Person{Id: 7, First: "A", Last: "B & <C>", Married: true, Addr: Addr{"X", "Y\t\n\r\"'"}, Comment: " c ", Emails: []Email{{"w", "a@b"}, {"h", ""}}, Groups: []string{"g1", "g2"}, Ptr: &ptr, When: time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC), Any: 5}
	show := func(v any) {
		b, err := xml.Marshal(v)
		fmt.Printf("%s %v\n", b, err)
		b, err = xml.MarshalIndent(v, ">", "  ")
		fmt.Printf("%s %v\n", b, err)
	}
	one := 1
	for _, v := range []any{p, &p, Person{}, Inner{Raw: "<a>x</a>"}, CD{D: "a]]>b", A: &one}, CD{}, AnyT{X: "x", Rest: []Node{{XMLName: xml.Name{Local: "q"}, Text: "t", Kids: []Node{{XMLName: xml.Name{Local: "k"}}}}}}, NS{A: "a", B: "b", C: "c"}, Uses{M: 3, T: TX{"x"}, Ms: []MX{1, 2}, B: []byte("by<"), Ar: [3]int{1, 2, 3}}, 5, "s", true, []int{1, 2}, 1.5, nil, (*Person)(nil), Bad1{}, Bad2{}, Bad3{}, Bad4{}, Bad5{}, map[string]int{}, func() {}, Gen[int]{3}, struct{ A int }{1}, []byte("x"), "\x01\xff\u00e9", TX{"a"}, MX(2), struct {
		XMLName xml.Name `xml:"z"`
		C       string   `xml:",comment"`
	}{C: "a--b"}, struct {
		XMLName xml.Name `xml:"z"`
		C       string   `xml:",comment"`
	}{C: "ab-"}} {
		show(v)
	}
	docs := []string{
		`<person id="3"><name><first>F</first><last>L&amp;&#65;&#x42;</last></name><age> 42 </age><height>1.5</height><Married>true</Married><City>C</City><state>S</state><!-- com --><email where="w">e1</email><email>e2</email><groups><group><value>a</value><value>b</value></group></groups><ptr>pp</ptr><When>2020-01-02T03:04:05Z</When><unknown><x/></unknown></person>`,
		`<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE x [<!ENTITY a "b">]><person/>`, `<other/>`, `<person><age>x</age></person>`, `<person><Married>maybe</Married></person>`, `<person id="x"/>`, `<person>`, `<person></other>`, `<person`, `<person id=3/>`, `<person id/>`, `<person id="a<b"/>`, `<person>&bad;</person>`, `<person>& x</person>`, `<person>]]></person>`, `<person><![CDATA[x</person>`, `<person><![CDAT[x]]></person>`, `<person><!-- a -- b --></person>`, `<person><!- x></person>`, `</person>`, `<person><a></b></person>`, `<1/>`, `<a:b:c/>`, `<p er son/>`, "<person>\x01</person>", "<person>\xff</person>", `<?xml version="1.1"?><person/>`, `<?xml version="1.0" encoding="latin1"?><person/>`, ``, `text`, `<person/ >`, `<person></person x>`, `<?`, `<!`, `<person a="1" a="2"/>`, `<a:person xmlns:a="u"/>`, `<person xmlns="u"/>`, "<person>\n\n<x></y></person>",
	}
	for _, doc := range docs {
		var q Person
		err := xml.Unmarshal([]byte(doc), &q)
		fmt.Printf("%.60q %T %v\n", doc, err, err)
		if q.Ptr != nil {
			fmt.Println(*q.Ptr)
			q.Ptr = nil
		}
		fmt.Printf("  %+v\n", q)
	}
	un := func(doc string, v any) {
		err := xml.Unmarshal([]byte(doc), v)
		if p := reflect.ValueOf(v); p.Kind() == reflect.Pointer && !p.IsNil() {
			fmt.Printf("%T %+v %v\n", v, p.Elem(), err)
		} else {
			fmt.Printf("%T %v\n", v, err)
		}
	}
	un(`<x a="1" b:c="2"><y>t<z/></y>u</x>`, new(Inner))
	un(`<x><D>no</D>te<![CDATA[<xt>]]></x>`, new(CD))
	un(`<x><X>1</X><q a="b">t<k/>u</q><r/></x>`, new(AnyT))
	un(`<root xmlns="http://a/" xmlns:b="http://b/" b:a="A"><b xmlns="http://c/">B</b><c>C</c></root>`, new(NS))
	un(`<root b="1"/>`, new(NS))
	un(`<Uses t="tt"><M>&lt;5></M><T2>x</T2><ms><m>&lt;1></m><m>&lt;2></m></ms><B>bytes</B></Uses>`, new(Uses))
	un(`<Uses t="bad"/>`, new(Uses))
	un(`<x>12</x>`, new(int))
	un(`<x>a</x>`, new(int))
	un(`<x>300</x>`, new(int8))
	un(`<x></x>`, new(float64))
	un(`<x>s</x>`, new(string))
	un(`<x>s</x>`, new([]byte))
	un(`<x>1</x>`, new([]int))
	un(`<x>1</x>`, new(map[string]int))
	un(`<x><y/></x>`, new(Lazy))
	un(`<x/>`, 5)
	un(`<x/>`, (*int)(nil))
	un(`<x/>`, new(Bad1))
	un(`<a xmlns:p="u1"><p:b p:c="d" xmlns:p="u2"/><p:e/></a>`, new(Node))
	d := xml.NewDecoder(strings.NewReader("<?xml version='1.0'?>\n<!DOCTYPE a <b \"<\" <!-- c --> > >\n<a x='1' xmlns:n='u' n:y=\"2\">t&lt;\r\nu<!--c--><n:b/><?pi data?><![CDATA[<>]]></a>\n"))
	for {
		off := d.InputOffset()
		t, err := d.Token()
		l, c := d.InputPos()
		fmt.Printf("%d %d:%d %T", off, l, c, t)
		switch t := t.(type) {
		case xml.CharData:
			fmt.Printf(" %q", string(t))
		case xml.Comment:
			fmt.Printf(" %q", string(t))
		case xml.Directive:
			fmt.Printf(" %q", string(t))
		case xml.ProcInst:
			fmt.Printf(" %s %q", t.Target, string(t.Inst))
		default:
			fmt.Printf(" %v", t)
		}
		fmt.Println(err)
		if err != nil {
			break
		}
	}
	d = xml.NewDecoder(strings.NewReader(`<html><br><p class=x checked>a&nbsp;b&copy;&unknown; & c<img src=a.png></p></HTML>`))
	d.Strict, d.AutoClose, d.Entity = false, xml.HTMLAutoClose, xml.HTMLEntity
	for {
		t, err := d.Token()
		if b, ok := t.(xml.CharData); ok {
			t = string(b)
		}
		fmt.Printf("%T %v %v\n", t, t, err)
		if err != nil {
			break
		}
	}
	d = xml.NewDecoder(strings.NewReader(`<a><p:b c="d"/></x>`))
	for {
		t, err := d.RawToken()
		fmt.Printf("%T %v %v\n", t, t, err)
		if err != nil {
			break
		}
	}
	var b bytes.Buffer
	e := xml.NewEncoder(&b)
	e.Indent("", " ")
	for _, t := range []xml.Token{xml.ProcInst{"xml", []byte(`version="1.0"`)}, xml.StartElement{xml.Name{"u", "a"}, []xml.Attr{{xml.Name{"http://x/y/", "q"}, "v<"}, {xml.Name{"http://z/y", "r"}, "w"}, {xml.Name{"", ""}, "x"}}}, xml.CharData("t<\n>"), xml.Comment("c"), xml.StartElement{xml.Name{"", "b"}, nil}, xml.EndElement{xml.Name{"", "b"}}, xml.EndElement{xml.Name{"", "zz"}}, xml.EndElement{xml.Name{"q", "a"}}, xml.EndElement{xml.Name{"u", "a"}}, xml.EndElement{xml.Name{"", "a"}}, xml.Comment("a-->b"), xml.ProcInst{"xml", nil}, xml.ProcInst{"1", nil}, xml.ProcInst{"x", []byte("?>")}, xml.Directive("DOCTYPE a"), xml.Directive("<"), xml.Directive("a <b> 'x>' <!-- > -->"), 5, xml.StartElement{}, xml.EndElement{}, xml.StartElement{Name: xml.Name{Local: "open"}}} {
		if err := e.EncodeToken(t); err != nil {
			fmt.Println(err)
		}
	}
	fmt.Println(e.Flush(), e.Close(), b.String())
	fmt.Println(e.EncodeToken(xml.CharData("x")))
	xml.EscapeText(os.Stdout, []byte("<a b=\"c\">&'\n\t\r\x02é</a>\n"))
	fmt.Println()
	fmt.Println(xml.NewEncoder(io.Discard).EncodeElement(1, xml.StartElement{}), xml.Header)
	fmt.Println(len(xml.HTMLEntity), xml.HTMLEntity["nbsp"] == "\u00a0", xml.HTMLEntity["euro"])
	for _, s := range []string{"a<b>&'\"c", "&lt;&gt;&amp;&#39;&quot;&#34;", "&eacute;&eacute &notit; &notin; &not &ampx &amp;lt;", "&#65;&#x41;&#X41;&#65&#x41 &#0;&#x110000;&#xD800;&#128;&#x9F;&#1 &#; &#x; &#xz &# & &a", "&NotEqualTilde;&fjlig;&copy&reg;x&COPY;&hearts;", "&zzzz;&;&&amp", "&CounterClockwiseContourIntegral;&ltcc;&lt;c&ltc", "no entities", ""} {
		fmt.Printf("%q %q\n", html.EscapeString(s), html.UnescapeString(s))
	}
}
