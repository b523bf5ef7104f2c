// Package template is text/template for HTML: what actions write is escaped as the place where it goes to wants it, so
// that data cannot become markup or code. (Go: package html/template, whose documentation has the threat model)
//
// When a template is first executed, its text is followed through HTML, JavaScript, CSS and addresses (transition.go).
// Each action gets the escapers of the context it stands in (escape.go); a template that is used in several contexts is
// copied for each. Templates whose branches end in different contexts are errors (error.go).
package template

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
	"text/template"
	"text/template/parse"
)

// A Template is a template with the others that it may use.
type Template struct {
	escapeErr error // nil until it was escaped, then escapeOK or what is wrong
	text      *template.Template
	Tree      *parse.Tree // as it was parsed, or escaped
	*nameSpace
}

var escapeOK = errors.New("template escaped correctly")

// A nameSpace is what templates that know each other share.
type nameSpace struct {
	mu      sync.Mutex
	set     map[string]*Template
	escaped bool
	esc     *escaper
}

func newSpace() *nameSpace {
	ns := &nameSpace{set: map[string]*Template{}}
	ns.esc = newEscaper(ns)
	return ns
}

// FuncMap has functions by the names under which templates call them.
type FuncMap = template.FuncMap

// New returns an empty template.
func New(name string) *Template {
	t := &Template{text: template.New(name), nameSpace: newSpace()}
	t.set[name] = t
	return t
}

// New returns an empty template that t can use, and that can use t.
func (t *Template) New(name string) *Template {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.add(name)
}

func (t *Template) add(name string) *Template {
	n := &Template{text: t.text.New(name), nameSpace: t.nameSpace}
	if old, ok := n.set[name]; ok {
		*old = *New(old.Name()) // nobody is to use it any more
	}
	n.set[name] = n
	return n
}

// Name returns the name.
func (t *Template) Name() string { return t.text.Name() }

// Templates returns the templates that t knows.
func (t *Template) Templates() []*Template {
	t.mu.Lock()
	defer t.mu.Unlock()
	out := make([]*Template, 0, len(t.set))
	for _, v := range t.set {
		out = append(out, v)
	}
	return out
}

// DefinedTemplates lists the templates that t knows, for messages.
func (t *Template) DefinedTemplates() string { return t.text.DefinedTemplates() }

// Option sets options, as in package text/template.
func (t *Template) Option(opt ...string) *Template {
	t.text.Option(opt...)
	return t
}

// Funcs adds functions, which have to be known before a text that uses them is parsed.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.text.Funcs(funcMap)
	return t
}

// Delims sets what actions begin and end with.
func (t *Template) Delims(left, right string) *Template {
	t.text.Delims(left, right)
	return t
}

// Lookup returns the template of that name, or nil.
func (t *Template) Lookup(name string) *Template {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.set[name]
}

// Must returns t, but panics if there is an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// IsTrue reports whether a value is true for if, and whether that means something.
func IsTrue(val any) (truth, ok bool) { return template.IsTrue(val) }

// ---- executing ----

// Execute writes the template with data to wr.
func (t *Template) Execute(wr io.Writer, data any) error {
	if err := t.escape(); err != nil {
		return err
	}
	return t.text.Execute(wr, data)
}

func (t *Template) escape() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.escaped = true
	if t.escapeErr == nil {
		if t.Tree == nil {
			return fmt.Errorf("template: %q is an incomplete or empty template", t.Name())
		}
		return escapeTemplate(t, t.text.Root, t.Name())
	}
	if t.escapeErr != escapeOK {
		return t.escapeErr
	}
	return nil
}

// ExecuteTemplate executes the template of that name.
func (t *Template) ExecuteTemplate(wr io.Writer, name string, data any) error {
	n, err := t.lookupEscaped(name)
	if err != nil {
		return err
	}
	return n.text.Execute(wr, data)
}

func (t *Template) lookupEscaped(name string) (*Template, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.escaped = true
	n := t.set[name]
	switch {
	case n == nil:
		return nil, fmt.Errorf("html/template: %q is undefined", name)
	case n.escapeErr != nil && n.escapeErr != escapeOK:
		return nil, n.escapeErr
	case n.text.Tree == nil || n.text.Root == nil:
		return nil, fmt.Errorf("html/template: %q is an incomplete template", name)
	case n.escapeErr == nil:
		return n, escapeTemplate(n, n.text.Root, name)
	}
	return n, nil
}

// ---- parsing ----

// mayParse: nothing is parsed any more once something was escaped.
func (t *Template) mayParse() error {
	if t == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.escaped {
		return fmt.Errorf("html/template: cannot Parse after Execute")
	}
	return nil
}

// Parse makes text the body of t, and of the templates that it defines.
func (t *Template) Parse(text string) (*Template, error) {
	if err := t.mayParse(); err != nil {
		return nil, err
	}
	parsed, err := t.text.Parse(text)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, v := range parsed.Templates() {
		n := t.set[v.Name()]
		if n == nil {
			n = t.add(v.Name())
		}
		n.text, n.Tree = v, v.Tree
	}
	return t, nil
}

// AddParseTree makes a tree a template of that name.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	if err := t.mayParse(); err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	text, err := t.text.AddParseTree(name, tree)
	if err != nil {
		return nil, err
	}
	n := &Template{text: text, Tree: text.Tree, nameSpace: t.nameSpace}
	t.set[name] = n
	return n, nil
}

// Clone returns a copy of t and of the templates it knows, none of which may have been executed.
func (t *Template) Clone() (*Template, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	executed := fmt.Errorf("html/template: cannot Clone %q after it has executed", t.Name())
	if t.escapeErr != nil {
		return nil, executed
	}
	text, err := t.text.Clone()
	if err != nil {
		return nil, err
	}
	ns := newSpace()
	ns.set[text.Name()] = &Template{text: text, Tree: text.Tree, nameSpace: ns}
	for _, x := range text.Templates() {
		if src := t.set[x.Name()]; src == nil || src.escapeErr != nil {
			return nil, executed
		}
		x.Tree = x.Tree.Copy()
		ns.set[x.Name()] = &Template{text: x, Tree: x.Tree, nameSpace: ns}
	}
	return ns.set[text.Name()], nil
}

// ---- files ----

// ParseFiles parses files into templates of their names without the folders; the first is returned.
func ParseFiles(filenames ...string) (*Template, error) { return parseFiles(nil, readOS, filenames) }

// ParseFiles parses files into templates that t knows, named as the files without the folders.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	return parseFiles(t, readOS, filenames)
}

func parseFiles(t *Template, read func(string) (string, []byte, error), filenames []string) (*Template, error) {
	if err := t.mayParse(); err != nil {
		return nil, err
	}
	if len(filenames) == 0 {
		return nil, fmt.Errorf("html/template: no files named in call to ParseFiles")
	}
	for _, filename := range filenames {
		name, text, err := read(filename)
		if err != nil {
			return nil, err
		}
		if t == nil {
			t = New(name)
		}
		n := t
		if name != t.Name() {
			n = t.New(name)
		}
		if _, err := n.Parse(string(text)); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// ParseGlob is ParseFiles for the files that match a pattern.
func ParseGlob(pattern string) (*Template, error) { return (*Template)(nil).ParseGlob(pattern) }

// ParseGlob is ParseFiles for the files that match a pattern.
func (t *Template) ParseGlob(pattern string) (*Template, error) {
	if err := t.mayParse(); err != nil {
		return nil, err
	}
	filenames, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(filenames) == 0 {
		return nil, fmt.Errorf("html/template: pattern matches no files: %#q", pattern)
	}
	return parseFiles(t, readOS, filenames)
}

// ParseFS is ParseFiles for the files of fsys that match patterns.
func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	return (*Template)(nil).ParseFS(fsys, patterns...)
}

// ParseFS is ParseFiles for the files of fsys that match patterns.
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	var filenames []string
	for _, pattern := range patterns {
		list, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, err
		}
		if len(list) == 0 {
			return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
		}
		filenames = append(filenames, list...)
	}
	read := func(file string) (string, []byte, error) {
		text, err := fs.ReadFile(fsys, file)
		return path.Base(file), text, err
	}
	return parseFiles(t, read, filenames)
}

func readOS(file string) (string, []byte, error) {
	text, err := os.ReadFile(file)
	return filepath.Base(file), text, err
}

// ---- as in package text/template ----

// HTMLEscape writes b without characters that mean something in HTML.
func HTMLEscape(w io.Writer, b []byte) { template.HTMLEscape(w, b) }

// HTMLEscapeString returns s without characters that mean something in HTML.
func HTMLEscapeString(s string) string { return template.HTMLEscapeString(s) }

// HTMLEscaper returns what its arguments print without characters that mean something in HTML.
func HTMLEscaper(args ...any) string { return template.HTMLEscaper(args...) }

// JSEscape writes b as it may stand in a string of JavaScript.
func JSEscape(w io.Writer, b []byte) { template.JSEscape(w, b) }

// JSEscapeString returns s as it may stand in a string of JavaScript.
func JSEscapeString(s string) string { return template.JSEscapeString(s) }

// JSEscaper returns what its arguments print as it may stand in a string of JavaScript.
func JSEscaper(args ...any) string { return template.JSEscaper(args...) }

// URLQueryEscaper returns what its arguments print as it may stand in the query of an address.
func URLQueryEscaper(args ...any) string { return template.URLQueryEscaper(args...) }
