// Pages whose actions stand in all kinds of places.
package main

import (
	"errors"
	"fmt"
	"html/template"
	"os"
	"strings"
)

type Str struct{ s string }

func (s Str) String() string { return "<" + s.s + ">" }

type J struct{}

func (J) MarshalJSON() ([]byte, error) { return []byte(`{"j":"</script>"}`), nil }

type Bad struct{}

func (Bad) MarshalJSON() ([]byte, error) { return nil, errors.New("*/ <!-- </script>") }

func main() {
	p := "ptr<"
	data := map[string]any{
		"H": "<b>&\"'+`</b>", "T": template.HTML("<i class=\"x\">ok &amp; <b>z</b></i>"), "U": "javascript:alert(1)", "U2": "http://a/b?c=d&e=f g#h\"'", "U3": template.URL("javascript:ok(' ')"),
		"JS": template.JS("f(1)"), "JSS": template.JSStr("a\\x20'b\""), "CSS": template.CSS("color: red; x(y)"), "Attr": template.HTMLAttr(` dir="ltr"`), "Set": template.Srcset("a.png 2x, b.png"),
		"N": 5, "F": 1.5, "Neg": -3, "L": []any{1, "a<", nil, true}, "M": map[string]int{"a<b": 1}, "Nil": nil, "S": Str{"s"}, "P": &p, "PS": &Str{"q"}, "J": J{}, "Bad": Bad{}, "B": true, "E": "", "Sp": "a b=c`d>e", "O": struct{ X, Y int }{1, 2}, "LS": "\u2028\u2029\x00\x07", "Name": "OnClick", "Name2": "Title", "Ch": make(chan int), "Expr": "expression(x)", "Css2": "1px", "Css3": "a;b", "List": []string{"a", "b"}, "Path": "/a b/c%20d%zz", "SrcS": "a.png 1x, javascript:x 2x, http://x/ y-z", "Er": errors.New("e<r"),
	}
	pages := []string{
		`{{.H}} {{.T}} {{.N}} {{.S}} {{.P}} {{.PS}} {{.Nil}} {{.L}} {{.Er}} {{.LS}}`,
		`<p title="{{.H}}" class='{{.H}}' id={{.Sp}} data-x="{{.T}}" alt={{.T}} {{.Name2}}="x" {{.Name}}="y" {{.Attr}}>`,
		`<p {{.H}}>`, `<p title={{.E}}>`, `<p title={{.LS}}>`, `<p x{{.N}}y="a">`, `<p a="{{.N}}{{.H}}b">`,
		`<a href="{{.U}}">{{.U}}</a><a href='{{.U2}}'></a><a href={{.U2}}></a><a href="{{.U3}}"></a><a href="/x/{{.H}}?q={{.H}}&r={{.U2}}#{{.H}}">`, `<a href="/{{.Path}}/{{.U2}}">`, `<a href="{{if .B}}/a?{{else}}/b{{end}}{{.H}}">`, `<a href="x{{if .B}}/a{{else}}/b{{end}}{{.H}}">`, `<img src="{{.U}}" srcset="{{.SrcS}}" data-src="{{.U}}"><img srcset="{{.Set}}, {{.U2}}">`, `<form action="{{.U}}" onsubmit="f({{.H}}, '{{.H}}')">`,
		`<script>var a = {{.H}}, b = {{.N}}, c = {{.L}}, d = {{.M}}, e = {{.Nil}}, f = {{.JS}}, g = {{.JSS}}, h = {{.J}}, i = {{.Bad}}, j = {{.O}}, k = {{.S}}, l = {{.P}}, m = {{.F}}{{.Neg}}, n = {{.LS}}, o = {{.Ch}}, p={{.T}};</script>`,
		`<script>var a = "{{.H}} {{.JSS}}", b = '{{.H}}', c = ` + "`{{.H}} ${ {{.H}} + `{{.N}}` } x`" + `, d = /{{.H}}[{{.H}}]/g, e = /{{.E}}/;</script>`, `<script>x = {{.N}} / 2; y = 1 / {{.N}}; z = a++ / {{.N}}; w = return /{{.H}}/;</script>`, `<script>{{if .B}}x = 1{{else}}y ={{end}} /{{.H}}/</script>`, `<script>// {{.H}}
x /* {{.H}} */ <!-- {{.H}}
--> y
#!z
a.#p / {{.N}}</script>`, `<script>"</script>{{.H}}`, `<script>'\{{.H}}'</script>`, `<script>/[{{.H}}</script>`, `<script type="text/template">{{.H}}</script><script type="module">{{.H}}</script><script type="application/json">{"a":{{.H}}}</script><script type="{{.H}}">`, `<script>var s = "<script><!--</scrip" + '</SCRIPT>';</script>{{.H}}`,
		`<style>p { color: {{.H}}; width: {{.Css2}}; x: {{.Css3}}; y: {{.CSS}}; z: {{.Expr}}; background: url({{.U2}}); a: url("{{.U}}"); b: url('/x?{{.H}}'); c: "{{.H}}"; d: '{{.N}}' } /* {{.H}} */ // {{.H}}
q { {{.N}} }</style>`, `<p style="color: {{.Css2}}; background: url({{.U2}}) {{.H}}">`, `<style>"\{{.N}}"</style>`, `<style>p{x:"a{{.H}}}</style>`,
		`<!-- {{.H}} -->a<!-- b -->c<!--{{if .B}}x{{end}}-->`, `<!DOCTYPE html><title>{{.H}} <b> {{.T}}</title><textarea>{{.T}}{{.H}}</textarea> a < b << <3 </ >`, `<title>x</title ><textarea></textareax>{{.H}}</textarea>`,
		`<meta http-equiv="refresh" content="0; url={{.U}}"><meta content="{{.H}}">`, `{{if .B}}<p title="{{end}}`, `{{if .B}}<b>{{else}}<b {{end}}`, `{{range .List}}<b {{end}}`, `<p {{if .B}}title="x"{{end}} {{if .N}}checked{{end}}>{{.H}}`, `<p title={{if .B}}{{.H}}{{end}}>`, `{{range .List}}<a href="?x={{.}}">{{.}}</a>{{end}}`, `<script>{{range .List}}{{.}},{{end}}</script>`, `<script>{{range $i, $x := .List}}{{if $i}},{{end}}{{$x}}{{end}}</script>`, `{{range .List}}{{if eq . "b"}}{{break}}{{end}}<b>{{.}}</b>{{end}}`, `{{range .List}}<b {{if eq . "b"}}{{continue}}{{end}}>{{end}}`, `<p`, `<p title="`, `<p title=`, `<script>`, `<style>a{`, `<p "x">`, `<p a=b'c>{{.H}}`, `<p a=b{{.H}}">`, `<a b='c'd>`, `<p a"b="c">`,
		`{{.H | html}} {{.H | html | print}}`, `{{html .H .N}} {{.H | urlquery}} {{.H | printf "%s!"}}`, `<a href="{{.H | urlquery}}">{{.H | html}}</a>`, `<p title={{.H | html}}>`, `{{.H | js}}`, `{{with $x := .H}}{{$x}}{{end}}{{$y := .H}}<p title="{{$y}}">`, `{{define "d"}}<b>{{.}}</b>{{end}}{{template "d" .H}}<p title="{{template "d" .H}}">`, `{{define "v"}}{{.}}{{end}}{{template "v" .H}}<p title="{{template "v" .H}}"><script>x = {{template "v" .H}}; y = "{{template "v" .H}}"</script><a href="{{template "v" .U}}?{{template "v" .U}}">`, `{{define "r"}}{{if .}}<i>{{.}}</i>{{template "r" ""}}{{end}}{{end}}{{template "r" .H}}`, `{{define "r"}}<p {{if .}}{{template "r" ""}}{{end}}{{end}}{{template "r" .H}}`, `{{template "nope"}}`, `{{define "o"}}<p title="{{end}}{{template "o"}}x{{.H}}">`, `{{block "bl" .H}}<u>{{.}}</u>{{end}}`, `<a onclick='f({{.L}}, "{{.H}}")' href='#' onx={{.N}}>`, `<svg:a xlink:href="{{.U}}" xmlns:x="{{.U}}">`, `<INPUT VALUE="{{.H}}" TYPE={{.N}}>`, `<p	title
= "{{.H}}">`, `a &amp; {{.H}} &lt;`, "", `{{/* c */}}x`, `<a href="&#106;avascript:{{.H}}">`, `<p style='x: "{{.H}}"'>`, `<a title="{{.T}}{{.JS}}{{.U3}}">`,
	}
	for i, page := range pages {
		t, err := template.New(fmt.Sprintf("t%d", i)).Parse(page)
		if err != nil {
			fmt.Printf("%s\n parse: %v\n", page, err)
			continue
		}
		var b strings.Builder
		err = t.Execute(&b, data)
		fmt.Printf("%s\n %s\n", page, b.String())
		var te *template.Error
		if errors.As(err, &te) {
			fmt.Println(" code", te.ErrorCode, te.Name, te.Line)
		}
		if err != nil {
			fmt.Printf(" err: %v\n", err)
			fmt.Println(t.Execute(&b, data))
		}
	}
	t := template.Must(template.New("root").Funcs(template.FuncMap{"up": strings.ToUpper}).Parse(`{{define "x"}}<b>{{. | up}}</b>{{end}}<p>{{template "x" .}}`))
	c, err := t.Clone()
	fmt.Println(err, t.Execute(os.Stdout, "<a"))
	_, err = t.Parse("x")
	fmt.Println(err)
	_, err = t.Clone()
	fmt.Println(err)
	template.Must(c.Parse(`{{define "x"}}<i>{{.}}</i>{{end}}`))
	fmt.Println(c.Execute(os.Stdout, "<a"), c.ExecuteTemplate(os.Stdout, "x", "<q>"), c.ExecuteTemplate(os.Stdout, "zz", 1), c.Lookup("x").Name(), c.Lookup("y"))
	fmt.Println(template.New("e").Execute(os.Stdout, nil), len(t.Templates()))
	fmt.Println(template.HTMLEscapeString("<a>'"), template.JSEscapeString("'a'<"), template.URLQueryEscaper("a b&", 1), template.HTMLEscaper("<", 1), template.JSEscaper("<", "'"))
	_, err = template.ParseFiles()
	fmt.Println(err)
	_, err = template.ParseGlob("/nonexistent*")
	fmt.Println(err)
}
