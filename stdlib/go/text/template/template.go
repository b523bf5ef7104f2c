// Package template writes texts in which actions are replaced by data.
package template

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"text/template/parse"
)

// common is what templates that know each other share.
type common struct {
	mu         sync.RWMutex
	tmpl       map[string]*Template
	missingKey missingKey
	parseFuncs FuncMap
	execFuncs  map[string]reflect.Value
}

// A Template is a template with the others that it may use.
type Template struct {
	name string
	*parse.Tree
	*common
	leftDelim  string
	rightDelim string
}

// New returns an empty template.
func New(name string) *Template {
	t := &Template{name: name}
	t.init()
	return t
}

func (t *Template) init() {
	if t.common == nil {
		t.common = &common{
			tmpl:       map[string]*Template{},
			parseFuncs: FuncMap{},
			execFuncs:  map[string]reflect.Value{},
		}
	}
}

// Name returns the name.
func (t *Template) Name() string { return t.name }

// New returns an empty template that t can use, and that can use t.
func (t *Template) New(name string) *Template {
	t.init()
	return &Template{name: name, common: t.common, leftDelim: t.leftDelim, rightDelim: t.rightDelim}
}

// Clone returns a copy of t and of the templates it knows. The trees are shared.
func (t *Template) Clone() (*Template, error) {
	c := t.copy(nil)
	c.init()
	if t.common == nil {
		return c, nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	c.missingKey = t.missingKey
	for name, other := range t.tmpl {
		if name == t.name {
			c.tmpl[name] = c
		} else {
			c.tmpl[name] = other.copy(c.common)
		}
	}
	maps.Copy(c.parseFuncs, t.parseFuncs)
	maps.Copy(c.execFuncs, t.execFuncs)
	return c, nil
}

func (t *Template) copy(c *common) *Template {
	return &Template{name: t.name, Tree: t.Tree, common: c, leftDelim: t.leftDelim, rightDelim: t.rightDelim}
}

// AddParseTree makes a tree a template of that name, which is t itself if it is t's name.
func (t *Template) AddParseTree(name string, tree *parse.Tree) (*Template, error) {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	n := t
	if name != t.name {
		n = t.New(name)
	}
	if old := t.tmpl[name]; old == nil || old.Tree == nil || !parse.IsEmptyTree(tree.Root) {
		t.tmpl[name] = n
		n.Tree = tree
	} else if n.Tree == nil {
		n.Tree = tree
	}
	return n, nil
}

// Templates returns the templates that t knows, t among them once it was parsed.
func (t *Template) Templates() []*Template {
	if t.common == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	out := make([]*Template, 0, len(t.tmpl))
	for _, v := range t.tmpl {
		out = append(out, v)
	}
	return out
}

// DefinedTemplates lists the templates that t knows, for messages.
func (t *Template) DefinedTemplates() string {
	if t.common == nil {
		return ""
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	var names []string
	for name, v := range t.tmpl {
		if v.Tree != nil && v.Root != nil {
			names = append(names, fmt.Sprintf("%q", name))
		}
	}
	if names == nil {
		return ""
	}
	return "; defined templates are: " + strings.Join(names, ", ")
}

// Delims sets what actions begin and end with; "" is {{ or }}.
func (t *Template) Delims(left, right string) *Template {
	t.init()
	t.leftDelim, t.rightDelim = left, right
	return t
}

// Funcs adds functions, which have to be known before a text that uses them is parsed.
func (t *Template) Funcs(funcMap FuncMap) *Template {
	t.init()
	t.mu.Lock()
	defer t.mu.Unlock()
	addValueFuncs(t.execFuncs, funcMap)
	maps.Copy(t.parseFuncs, funcMap)
	return t
}

// Lookup returns the template of that name, or nil.
func (t *Template) Lookup(name string) *Template {
	if t.common == nil {
		return nil
	}
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.tmpl[name]
}

// Parse makes text the body of t, and of the templates that it defines.
func (t *Template) Parse(text string) (*Template, error) {
	t.init()
	t.mu.RLock()
	trees, err := parse.Parse(t.name, text, t.leftDelim, t.rightDelim, t.parseFuncs, builtins())
	t.mu.RUnlock()
	if err != nil {
		return nil, err
	}
	for name, tree := range trees {
		if _, err := t.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	return t, nil
}

// missingKey says what a map gives for a key that it lacks.
type missingKey int

const (
	mapInvalid missingKey = iota // no value
	mapZero                      // the zero value
	mapError                     // an error
)

// Option sets options: "missingkey=default", "missingkey=zero" or "missingkey=error".
func (t *Template) Option(opt ...string) *Template {
	t.init()
	for _, o := range opt {
		switch o {
		case "":
			panic("empty option string")
		case "missingkey=default", "missingkey=invalid":
			t.missingKey = mapInvalid
		case "missingkey=zero":
			t.missingKey = mapZero
		case "missingkey=error":
			t.missingKey = mapError
		default:
			panic("unrecognized option: " + o)
		}
	}
	return t
}

// ---- files ----

// Must returns t, but panics if there is an error.
func Must(t *Template, err error) *Template {
	if err != nil {
		panic(err)
	}
	return t
}

// ParseFiles parses files into templates of their names without the folders; the first is returned.
func ParseFiles(filenames ...string) (*Template, error) { return parseFiles(nil, readOS, filenames) }

// ParseFiles parses files into templates that t knows, named as the files without the folders.
func (t *Template) ParseFiles(filenames ...string) (*Template, error) {
	t.init()
	return parseFiles(t, readOS, filenames)
}

func parseFiles(t *Template, read func(string) (string, []byte, error), filenames []string) (*Template, error) {
	if len(filenames) == 0 {
		return nil, fmt.Errorf("template: no files named in call to ParseFiles")
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
func ParseGlob(pattern string) (*Template, error) { return parseGlob(nil, pattern) }

// ParseGlob is ParseFiles for the files that match a pattern.
func (t *Template) ParseGlob(pattern string) (*Template, error) {
	t.init()
	return parseGlob(t, pattern)
}

func parseGlob(t *Template, pattern string) (*Template, error) {
	filenames, err := filepath.Glob(pattern)
	if err != nil {
		return nil, err
	}
	if len(filenames) == 0 {
		return nil, fmt.Errorf("template: pattern matches no files: %#q", pattern)
	}
	return parseFiles(t, readOS, filenames)
}

// ParseFS is ParseFiles for the files of fsys that match patterns.
func ParseFS(fsys fs.FS, patterns ...string) (*Template, error) { return parseFS(nil, fsys, patterns) }

// ParseFS is ParseFiles for the files of fsys that match patterns.
func (t *Template) ParseFS(fsys fs.FS, patterns ...string) (*Template, error) {
	t.init()
	return parseFS(t, fsys, patterns)
}

func parseFS(t *Template, fsys fs.FS, patterns []string) (*Template, error) {
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
