// Templates that are right and wrong, with data of all kinds.
package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
	"text/template/parse"
)

type Item struct {
	Name  string
	Price float64
	Tags  []string
	priv  int
	Next  *Item
	Fn    func(int) int
	Err   func() (int, error)
}

func (i Item) Upper() string                  { return strings.ToUpper(i.Name) }
func (i *Item) Ptr(n int, s ...string) string { return fmt.Sprint(i.Name, n, s) }
func (i Item) Fail() (string, error)          { return "", errors.New("failed") }
func (i Item) Two() (int, int)                { return 1, 2 }
func (i Item) Panics() int                    { panic("boom") }

type Str string

func (s Str) String() string { return "<" + string(s) + ">" }

func main() {
	item := &Item{Name: "a", Price: 2.5, Tags: []string{"x", "y"}, Next: &Item{Name: "b"}, Fn: func(i int) int { return i * 2 }, Err: func() (int, error) { return 0, errors.New("E") }}
	ch := make(chan int, 3)
	ch <- 1
	ch <- 2
	close(ch)
	data := map[string]any{
		"I": item, "V": *item, "L": []int{1, 2, 3}, "E": []int{}, "M": map[string]int{"b": 2, "a": 1}, "S": "str<>&\"'", "N": nil, "Z": 0,
		"T": true, "F": 1.5, "C": 1 + 2i, "St": Str("st"), "NilP": (*Item)(nil), "Ch": ch, "A": [2]int{7, 8}, "U": uint(3), "By": []byte("by"), "Fn": func(s string, n ...int) string { return fmt.Sprint(s, n) },
		"MI": map[int]string{3: "c", 1: "a"}, "Any": any(5), "MM": map[string]map[string]int{"x": {"y": 1}}, "Seq": func(yield func(int) bool) { _ = yield(1) && yield(2) }, "Seq2": func(yield func(int, string) bool) { _ = yield(1, "x") && yield(2, "y") },
		"Err": errors.New("an error"), "IF": []any{1, "a", nil},
	}
	funcs := template.FuncMap{"add": func(a, b int) int { return a + b }, "join": strings.Join, "up": strings.ToUpper, "fail": func() (int, error) { return 0, errors.New("no") }, "vari": func(p string, x ...any) string { return fmt.Sprint(p, len(x), x) }}
	texts := []string{
		"", "plain", "{{.S}}", "{{.S | html}} {{.S|js}} {{.S|urlquery}}", "{{.I.Name}} {{.I.Upper}} {{.V.Upper}} {{.I.Ptr 1}} {{.I.Ptr 1 \"a\" \"b\"}} {{.I.Next.Name}} {{.I.Next.Next}}", "{{.V.Ptr 1}}",
		"{{.I.priv}}", "{{.I.Nope}}", "{{.I.Next.Next.Name}}", "{{.NilP.Name}}", "{{.NilP}}", "{{.N}}", "{{.Missing}}", "{{.Missing.X}}", "{{.N.X}}", "{{.S.X}}", "{{.I.Name.X}}",
		"{{.I.Fail}}", "{{.I.Two}}", "{{.I.Panics}}", "{{call .I.Fn 4}}", "{{call .I.Err}}", "{{.I.Fn 4}}", "{{.I.Fn}}", "{{call .S}}", "{{call .Fn \"a\" 1 2}}", "{{call .N}}", "{{call .Fn}}", "{{call .I.Fn 1 2}}", "{{call .I.Fn \"x\"}}",
		"{{range .L}}{{.}},{{end}}", "{{range $i, $e := .L}}{{$i}}={{$e}} {{end}}", "{{range $e := .L}}{{$e}}{{end}}", "{{range .E}}x{{else}}empty{{end}}", "{{range $k, $v := .M}}{{$k}}:{{$v}} {{end}}", "{{range .M}}{{.}}{{end}}", "{{range .MI}}{{.}}{{end}}", "{{range .Ch}}{{.}};{{else}}none{{end}}", "{{range .A}}{{.}}{{end}}", "{{range 3}}{{.}}{{end}}", "{{range $i := 3}}{{$i}}{{end}}", "{{range $i, $j := 3}}{{$i}}{{end}}", "{{range .Seq}}{{.}}{{end}}", "{{range $a, $b := .Seq2}}{{$a}}{{$b}} {{end}}", "{{range $a := .Seq2}}{{$a}}{{end}}", "{{range .S}}x{{end}}", "{{range .N}}x{{else}}nil{{end}}",
		"{{range .L}}{{if eq . 2}}{{break}}{{end}}{{.}}{{end}}", "{{range .L}}{{if eq . 2}}{{continue}}{{end}}{{.}}{{end}}", "{{break}}", "{{range .L}}{{break x}}{{end}}", "{{$x := 1}}{{range .L}}{{$x = .}}{{end}}{{$x}}", "{{range $x := .L}}{{end}}{{$x}}",
		"{{if .T}}yes{{else}}no{{end}}", "{{if .Z}}1{{else if .F}}2{{else}}3{{end}}", "{{if .N}}a{{else if .Z}}b{{else}}c{{end}}", "{{with .I}}{{.Name}}{{end}}", "{{with .N}}x{{else}}y{{end}}", "{{with .N}}x{{else with .S}}{{.}}{{end}}", "{{with $y := .S}}{{$y}}{{end}}", "{{if and .T .Z}}a{{else}}b{{end}}{{or .Z .S}}{{and 1 2 3}}{{or 0 \"\"}}{{not .T}}",
		"{{and}}", "{{not}}", "{{len .L}} {{len .S}} {{len .M}}", "{{len 3}}", "{{len .N}}", "{{index .L 1}} {{index .M \"a\"}} {{index .MM \"x\" \"y\"}} {{index .S 0}} {{index .M \"zz\"}}", "{{index .L 5}}", "{{index .L -1}}", "{{index .L \"x\"}}", "{{index .M 1}}", "{{index .N 1}}", "{{index 1 1}}", "{{index .L nil}}", "{{slice .L 1}} {{slice .L 1 2}} {{slice .S 1 3}} {{slice .L 0 1 2}}", "{{slice .L 2 1}}", "{{slice .L 9}}", "{{slice .S 0 1 2}}", "{{slice 1}}", "{{slice .A 1}}",
		"{{eq 1 1}} {{eq 1 2 3 1}} {{ne 1 2}} {{lt 1 2}} {{le 2 2}} {{gt \"b\" \"a\"}} {{ge 1.5 1.5}} {{eq .U 3}} {{lt .U 4}} {{eq .N nil}} {{eq .T true}} {{eq .St \"st\"}}", "{{eq 1 \"a\"}}", "{{eq .L .L}}", "{{eq .N .L}}", "{{lt true false}}", "{{lt 1 1.5}}", "{{eq 1}}", "{{eq}}", "{{lt .L 1}}", "{{eq .I .I}} {{eq .A .A}}", "{{eq 'a' 97}}",
		"{{print 1 2 \"a\" \"b\" nil}} {{printf \"%d-%s-%v\" 1 \"x\" .L}} {{println \"hi\"}}", "{{printf \"%d\" 3 | printf \"%s!\"}}", "{{1}} {{1.5}} {{1e3}} {{0x1F}} {{'a'}} {{true}} {{\"q\\n\"}} {{`raw`}} {{1i}} {{1+2i}} {{-5}} {{0b11}} {{1_000}} {{.5}}", "{{nil}}", "{{1 2}}", "{{\"a\" | 1}}", "{{.S | .I.Name}}", "{{99999999999999999999}}", "{{18446744073709551615}}", "{{1e1000}}",
		"{{add 1 2}} {{add 1 2 | add 3}} {{join .I.Tags \"+\"}} {{up \"a\" | printf \"%s%s\" \"b\"}}", "{{add 1}}", "{{add 1 2 3}}", "{{add 1 \"x\"}}", "{{add 1 .S}}", "{{add 1.5 1}}", "{{add 1 nil}}", "{{fail}}", "{{vari \"p\"}} {{vari \"p\" 1 \"a\" nil .L}}", "{{vari}}", "{{up 1}}", "{{up .N}}", "{{up .Any}}", "{{nofunc 1}}",
		"{{- .S -}}", "a  {{- 1 -}}  b", "a {{- /* c */ -}} b", "x{{/* comment */}}y", "{{/* unclosed", "{{/* a */ b}}", "{{", "{{.S", "{{.S}", "{{if .T}}", "{{end}}", "{{else}}", "{{if}}{{end}}", "{{range}}{{end}}", "{{if .T}}a{{else}}b{{else}}c{{end}}", "{{with .T}}{{else if .T}}{{end}}", "{{template \"x\"}}", "{{template x}}", "{{template}}", "{{define \"d\"}}D{{.}}{{end}}{{template \"d\" .S}}", "{{define \"d\"}}", "{{define d}}{{end}}", "{{define \"d\"}}1{{end}}{{define \"d\"}}2{{end}}", "{{block \"b\" .L}}B{{range .}}{{.}}{{end}}{{end}}", "{{define \"r\"}}{{if .}}{{len .}}{{template \"r\" slice . 1}}{{end}}{{end}}{{template \"r\" .S}}",
		"{{$x}}", "{{$x := 1}}{{$x}}{{$x = 2}}{{$x}}", "{{$x = 1}}", "{{$x, $y := 1}}", "{{range $x, 1}}{{end}}", "{{$}}", "{{$.S}}", "{{with .L}}{{$.S}}{{end}}", "{{.}}x{{\"a\"", "{{\"a}}", "{{'a}}", "{{`a}}", "{{(.I).Name}} {{(index .L 0)}} {{(.I.Next).Name}}", "{{(.S}}", "{{.S)}}", "{{()}}", "{{(nil).X}}", "{{1.X}}", "{{true.X}}", "{{\"s\".X}}", "{{.S,}}", "{{.S | }}", "{{| .S}}", "{{.S || .S}}", "{{.a-b}}", "{{x.y}}", "{{#}}", "{{é}}", "{{.S}}\n\n{{ bad }}", "{{.S\n\n\n", "{{\x01}}", "{{3x}}", "{{0x}}", "{{1i2}}", "{{'ab'}}", "{{''}}", "{{:}}", "{{.I.}}", "{{..}}", "{{ . }}{{ .I.Name | printf \"%q\" }}", "{{printf}}", "{{.IF}} {{range .IF}}{{.}},{{end}}", "{{.Err}} {{.By}} {{.St}} {{.C}} {{.F}}", "{{len (printf \"%d\" 12345)}}", "{{with $v := index .L 0}}{{$v}}{{end}}", "{{if eq (len .L) 3}}three{{end}}", "{{html .I.Name .S}}", "{{break}}{{continue}}", "{{.Fn \"a\"}}", "{{.M.a}} {{.M.zz}}", "{{.MM.x.y}} {{.MM.q.y}}", "{{true | not}}", "{{.T | and .S}}", "{{.Z | or .S}}", "{{js \"a'b\\\"\\\\=\u2028\x01é\"}}",
	}
	for i, text := range texts {
		for _, opt := range []string{"missingkey=default", "missingkey=error", "missingkey=zero"} {
			t, err := template.New(fmt.Sprintf("t%d", i)).Funcs(funcs).Option(opt).Parse(text)
			if err != nil {
				fmt.Printf("%q parse: %v\n", text, err)
				break
			}
			var b bytes.Buffer
			if strings.Contains(text, ".Ch}") && opt != "missingkey=default" {
				break
			}
			if text == "{{.}}x{{\"a\"" || text == "{{$}}" || strings.HasPrefix(text, "{{ . }}") || strings.Contains(text, "{{.I}}") {
				break
			}
			err = t.Execute(&b, data)
			fmt.Printf("%q -> %q", text, b.String())
			if err != nil {
				var ee template.ExecError
				fmt.Printf(" err: %v %v", err, errors.As(err, &ee))
			}
			if t.Tree != nil && t.Root != nil {
				fmt.Printf(" tree: %s", t.Root)
			}
			fmt.Println()
		}
	}
	t := template.Must(template.New("root").Delims("<<", ">>").Parse("<<define \"x\">>X<<end>><<.>> {{.}} <<template \"x\">>\n"))
	fmt.Println(t.Execute(os.Stdout, 5), t.DefinedTemplates() != "", t.Lookup("x").Name(), t.Lookup("y"), t.ExecuteTemplate(os.Stdout, "zz", nil))
	c, _ := t.Clone()
	template.Must(c.Parse("<<define \"x\">>Y<<end>>"))
	c.Execute(os.Stdout, 1)
	t.Execute(os.Stdout, 1)
	fmt.Println(template.New("e").Execute(os.Stdout, nil))
	trees, err := parse.Parse("n", "{{if .X}}{{.Y | printf \"%d\"}}{{else}}{{template \"z\" .}}{{end}}{{range $i, $v := .L}}{{$i}}{{break}}{{end}}", "", "", map[string]any{"printf": fmt.Sprintf})
	fmt.Println(trees["n"].Root, err, trees["n"].Copy().Root)
	for _, f := range []func(){func() { template.New("").Option("x") }, func() { template.New("").Funcs(template.FuncMap{"1": 1}) }, func() { template.New("").Funcs(template.FuncMap{"a": 1}) }, func() { template.New("").Funcs(template.FuncMap{"a": func() {}}) }, func() { template.New("").Funcs(template.FuncMap{"a": func() (int, int) { return 1, 1 }}) }, func() { template.Must(template.New("m").Parse("{{")) }} {
		func() {
			defer func() { fmt.Println(recover()) }()
			f()
		}()
	}
	template.HTMLEscape(os.Stdout, []byte("<a>\x00\n"))
	_, err = template.ParseFiles("/nonexistent")
	fmt.Println(err)
	_, err = template.ParseGlob("/nonexistent*")
	fmt.Println(err)
}
