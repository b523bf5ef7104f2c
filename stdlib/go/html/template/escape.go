package template

import (
	"bytes"
	"fmt"
	"maps"
	"regexp"
	"text/template"
	"text/template/parse"
)

// escapeTemplate adds escapers to the actions of a template, and of those that it uses.
func escapeTemplate(t *Template, n parse.Node, name string) error {
	c, _ := t.esc.tree(context{}, n, name, 0)
	var err error
	if c.err != nil {
		err, c.err.Name = c.err, name
	} else if c.state != inText {
		err = &Error{ErrEndContext, nil, name, 0, fmt.Sprintf("ends in a non-text context: %v", c)}
	}
	if err != nil {
		if n := t.set[name]; n != nil {
			n.escapeErr = err
			n.text.Tree, n.Tree = nil, nil
		}
		return err
	}
	t.esc.commit()
	if n := t.set[name]; n != nil {
		n.escapeErr = escapeOK
		n.Tree = n.text.Tree
	}
	return nil
}

// The escapers' names in pipelines.
const prefix = "_html_template_"

var funcMap = template.FuncMap{
	prefix + "attrescaper":      attrEscaper,
	prefix + "commentescaper":   commentEscaper,
	prefix + "cssescaper":       cssEscaper,
	prefix + "cssvaluefilter":   cssValueFilter,
	prefix + "htmlnamefilter":   htmlNameFilter,
	prefix + "htmlescaper":      htmlEscaper,
	prefix + "jsregexpescaper":  jsRegexpEscaper,
	prefix + "jsstrescaper":     jsStrEscaper,
	prefix + "jstmpllitescaper": jsTemplateEscaper,
	prefix + "jsvalescaper":     jsValueEscaper,
	prefix + "nospaceescaper":   nospaceEscaper,
	prefix + "rcdataescaper":    rcdataEscaper,
	prefix + "srcsetescaper":    srcsetEscaper,
	prefix + "urlescaper":       urlEscaper,
	prefix + "urlfilter":        urlFilter,
	prefix + "urlnormalizer":    urlNormalizer,
	"_eval_args_":               evalArgs,
}

// evalArgs prints arguments as text/template's own escapers do.
func evalArgs(args ...any) string {
	if len(args) == 1 {
		if s, ok := args[0].(string); ok {
			return s
		}
	}
	for i, a := range args {
		args[i] = indirect(a, stringerType, errorType)
	}
	return fmt.Sprint(args...)
}

// An escaper finds out what is to be changed. Trees are changed only when everything is known to be right.
type escaper struct {
	ns      *nameSpace
	output  map[string]context            // behind each template that was seen
	derived map[string]*template.Template // copies for other contexts
	called  map[string]bool

	actions   map[*parse.ActionNode][]string
	templates map[*parse.TemplateNode]string
	texts     map[*parse.TextNode][]byte

	loop *loop
}

// A loop is where break and continue leave a range.
type loop struct {
	outer             *loop
	breaks, continues []context
}

func newEscaper(ns *nameSpace) *escaper {
	return &escaper{ns, map[string]context{}, map[string]*template.Template{}, map[string]bool{},
		map[*parse.ActionNode][]string{}, map[*parse.TemplateNode]string{}, map[*parse.TextNode][]byte{}, nil}
}

// node returns the context behind a node that stands in c.
func (e *escaper) node(c context, n parse.Node) context {
	switch n := n.(type) {
	case *parse.ActionNode:
		return e.action(c, n)
	case *parse.BreakNode:
		c.n = n
		e.loop.breaks = append(e.loop.breaks, c)
		return context{state: inDead}
	case *parse.CommentNode:
		return c
	case *parse.ContinueNode:
		c.n = n
		e.loop.continues = append(e.loop.continues, c)
		return context{state: inDead}
	case *parse.IfNode:
		return e.branch(c, &n.BranchNode, "if")
	case *parse.ListNode:
		return e.list(c, n)
	case *parse.RangeNode:
		return e.branch(c, &n.BranchNode, "range")
	case *parse.TemplateNode:
		c, name := e.tree(c, n, n.Name, n.Line)
		if name != n.Name {
			e.templates[n] = name
		}
		return c
	case *parse.TextNode:
		return e.text(c, n)
	case *parse.WithNode:
		return e.branch(c, &n.BranchNode, "with")
	}
	panic("escaping " + n.String() + " is unimplemented")
}

// predefined are escapers of text/template that people write themselves.
var predefined = map[string]bool{"html": true, "urlquery": true}

func (e *escaper) action(c context, n *parse.ActionNode) context {
	if len(n.Pipe.Decl) != 0 {
		return c // it writes nothing
	}
	c = nudge(c)
	for i, cmd := range n.Pipe.Cmds {
		id, ok := cmd.Args[0].(*parse.IdentifierNode)
		if ok && predefined[id.Ident] &&
			(i < len(n.Pipe.Cmds)-1 || c.state == inAttr && c.delim == delimSpace && id.Ident == "html") {
			return failed(ErrPredefinedEscaper, n, n.Line, "predefined escaper %q disallowed in template", id.Ident)
		}
	}
	var names []string
	add := func(name string) { names = append(names, prefix+name) }
	switch c.state {
	case inError:
		return c
	case inURL, inCSSDouble, inCSSSingle, inCSSDoubleURL, inCSSSingleURL, inCSSURL:
		switch c.urlPart {
		case urlNone, urlPath:
			if c.urlPart == urlNone {
				add("urlfilter")
			}
			if c.state == inCSSDouble || c.state == inCSSSingle {
				add("cssescaper")
			} else {
				add("urlnormalizer")
			}
		case urlQuery:
			add("urlescaper")
		case urlUnknown:
			return failed(ErrAmbigContext, n, n.Line, "%s appears in an ambiguous context within a URL", n)
		}
	case inMetaContentURL:
		add("urlfilter")
	case inJS:
		add("jsvalescaper")
		c.slash = slashDivide // a / behind a value divides
	case inJSDouble, inJSSingle:
		add("jsstrescaper")
	case inJSTemplate:
		add("jstmpllitescaper")
	case inJSRegexp:
		add("jsregexpescaper")
	case inCSS:
		add("cssvaluefilter")
	case inText:
		add("htmlescaper")
	case inRCDATA:
		add("rcdataescaper")
	case inAttrName, inTag:
		c.state = inAttrName
		add("htmlnamefilter")
	case inSrcset:
		add("srcsetescaper")
	case inAttr, inMetaContent: // what the delimiter wants is enough
	default:
		if !c.state.isComment() {
			panic("unexpected state " + c.state.String())
		}
		add("commentescaper")
	}
	switch c.delim {
	case delimNone:
	case delimSpace:
		add("nospaceescaper")
	default:
		add("attrescaper")
	}
	e.actions[n] = names
	return c
}

// nudge is the context that a value makes of one where an attribute's name or value may begin.
func nudge(c context) context {
	switch c.state {
	case inTag:
		c.state = inAttrName
	case beforeValue:
		c.state, c.delim, c.attr = values[c.attr], delimSpace, attrNone
	case afterName:
		c.state, c.attr = inAttrName, attrNone
	}
	return c
}

// join is the context behind two branches.
func join(a, b context, n parse.Node, name string) context {
	switch {
	case a.state == inError || b.state == inDead:
		return a
	case b.state == inError || a.state == inDead:
		return b
	case a.same(b):
		return a
	}
	c := a
	if c.urlPart = b.urlPart; c.same(b) {
		c.urlPart = urlUnknown
		return c
	}
	c = a
	if c.slash = b.slash; c.same(b) {
		c.slash = slashUnknown
		return c
	}
	// <p title={{if .C}}{{.}}{{end}}> has an empty value on one way.
	if c, d := nudge(a), nudge(b); !c.same(a) || !d.same(b) {
		if j := join(c, d, n, name); j.state != inError {
			return j
		}
	}
	return failed(ErrBranchEnd, n, 0, "{{%s}} branches end in different contexts: %v, %v", name, a, b)
}

func (e *escaper) branch(c context, n *parse.BranchNode, name string) context {
	loops := name == "range"
	if loops {
		e.loop = &loop{outer: e.loop}
	}
	c0 := e.list(c.clone(), n.List)
	if loops {
		if c0.state != inError {
			c0 = leave(c0, e.loop)
		}
		e.loop = e.loop.outer
		if c0.state == inError {
			return c0
		}
		// The body may begin where it ends.
		e.loop = &loop{outer: e.loop}
		again, _ := e.tryList(c0, n.List, nil)
		c0 = join(c0, again, n, name)
		if c0.state == inError {
			e.loop = e.loop.outer
			c0.err.Line = n.Line
			c0.err.Description = "on range loop re-entry: " + c0.err.Description
			return c0
		}
		c0 = leave(c0, e.loop)
		e.loop = e.loop.outer
		if c0.state == inError {
			return c0
		}
	}
	return join(c0, e.list(c.clone(), n.ElseList), n, name)
}

// leave joins the contexts in which a loop is left.
func leave(c context, l *loop) context {
	for _, b := range l.breaks {
		if c = join(c, b, b.n, "range"); c.state == inError {
			c.err.Line = b.n.(*parse.BreakNode).Line
			c.err.Description = "at range loop break: " + c.err.Description
			return c
		}
	}
	for _, b := range l.continues {
		if c = join(c, b, b.n, "range"); c.state == inError {
			c.err.Line = b.n.(*parse.ContinueNode).Line
			c.err.Description = "at range loop continue: " + c.err.Description
			return c
		}
	}
	return c
}

func (e *escaper) list(c context, l *parse.ListNode) context {
	if l == nil {
		return c
	}
	for _, n := range l.Nodes {
		if c = e.node(c, n); c.state == inDead {
			break
		}
	}
	return c
}

// tryList is list, but what it found out is kept only if keep says so.
func (e *escaper) tryList(c context, l *parse.ListNode, keep func(*escaper, context) bool) (context, bool) {
	t := newEscaper(e.ns)
	t.loop = e.loop
	maps.Copy(t.output, e.output)
	c = t.list(c, l)
	ok := keep != nil && keep(t, c)
	if ok {
		maps.Copy(e.output, t.output)
		maps.Copy(e.derived, t.derived)
		maps.Copy(e.called, t.called)
		maps.Copy(e.actions, t.actions)
		maps.Copy(e.templates, t.templates)
		maps.Copy(e.texts, t.texts)
	}
	return c, ok
}

// tree escapes the template of that name in c. It returns the context behind it, and the name of its copy for c.
func (e *escaper) tree(c context, n parse.Node, name string, line int) (context, string) {
	own := c.mangle(name)
	e.called[own] = true
	if out, ok := e.output[own]; ok {
		return out, own
	}
	t := e.lookup(name)
	if t == nil {
		if e.ns.set[name] != nil {
			return failed(ErrNoSuchTemplate, n, line, "%q is an incomplete or empty template", name), own
		}
		return failed(ErrNoSuchTemplate, n, line, "no such template %q", name), own
	}
	if own != name {
		d := e.lookup(own)
		if d == nil {
			d = template.New(own)
			d.Tree = &parse.Tree{Name: own, Root: t.Root.CopyList()}
			e.derived[own] = d
		}
		t = d
	}
	// A template that uses itself is assumed to end in the context it begins in, then in the one that came out.
	out, ok := e.body(c, t)
	if !ok {
		if second, ok2 := e.body(out, t); ok2 {
			out, ok = second, true
		}
	}
	if !ok && out.state != inError {
		out = failed(ErrOutputContext, t.Tree.Root, 0, "cannot compute output context for template %s", t.Name())
	}
	return out, own
}

// body escapes a template, if it ends in the context that is assumed for it.
func (e *escaper) body(c context, t *template.Template) (context, bool) {
	e.output[t.Name()] = c
	return e.tryList(c, t.Tree.Root, func(tried *escaper, out context) bool {
		return out.state != inError && (!tried.called[t.Name()] || c.same(out))
	})
}

func (e *escaper) any() *Template {
	for _, t := range e.ns.set {
		return t
	}
	panic("no templates in name space")
}

func (e *escaper) lookup(name string) *template.Template {
	if t := e.any().text.Lookup(name); t != nil {
		return t
	}
	return e.derived[name]
}

// commit changes the trees.
func (e *escaper) commit() {
	for name := range e.output {
		e.lookup(name).Funcs(funcMap)
	}
	t := e.any()
	for _, d := range e.derived {
		if _, err := t.text.AddParseTree(d.Name(), d.Tree); err != nil {
			panic("error adding derived template")
		}
	}
	for n, names := range e.actions {
		addEscapers(n.Pipe, names)
	}
	for n, name := range e.templates {
		n.Name = name
	}
	for n, text := range e.texts {
		n.Text = text
	}
	clear(e.called)
	clear(e.actions)
	clear(e.templates)
	clear(e.texts)
}

// ---- pipelines ----

// equivalent escapers need not follow one another.
var equivalent = map[string]string{
	prefix + "attrescaper":   "html",
	prefix + "htmlescaper":   "html",
	prefix + "rcdataescaper": "html",
	prefix + "urlescaper":    "urlquery",
	prefix + "urlnormalizer": "urlquery",
}

func normal(name string) string {
	if n := equivalent[name]; n != "" {
		return n
	}
	return name
}

// redundant escapers do nothing behind those that they are listed for.
var redundant = map[string][]string{
	prefix + "commentescaper":   {prefix + "attrescaper", prefix + "htmlescaper"},
	prefix + "cssescaper":       {prefix + "attrescaper"},
	prefix + "jsregexpescaper":  {prefix + "attrescaper"},
	prefix + "jsstrescaper":     {prefix + "attrescaper"},
	prefix + "jstmpllitescaper": {prefix + "attrescaper"},
	prefix + "urlescaper":       {prefix + "urlnormalizer"},
}

func identifier(cmd *parse.CommandNode) string {
	if id, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return id.Ident
	}
	return ""
}

func command(name string, pos parse.Pos) *parse.CommandNode {
	return &parse.CommandNode{NodeType: parse.NodeCommand,
		Args: []parse.Node{parse.NewIdentifier(name).SetTree(nil).SetPos(pos)}}
}

func appendCommand(cmds []*parse.CommandNode, cmd *parse.CommandNode) []*parse.CommandNode {
	if n := len(cmds); n != 0 {
		for _, r := range redundant[identifier(cmds[n-1])] {
			if r == identifier(cmd) {
				return cmds
			}
		}
	}
	return append(cmds, cmd)
}

// addEscapers adds escapers to a pipeline, unless it ends with one that does the same.
func addEscapers(p *parse.PipeNode, names []string) {
	if len(names) == 0 {
		return
	}
	n := len(p.Cmds)
	if n > 0 {
		last := p.Cmds[n-1]
		if own := identifier(last); predefined[own] {
			if n == 1 && len(last.Args) > 1 {
				// {{html a b}} becomes {{_eval_args_ a b | html}}.
				last.Args[0] = parse.NewIdentifier("_eval_args_").SetTree(nil).SetPos(last.Args[0].Position())
				p.Cmds = appendCommand(p.Cmds, command(own, p.Position()))
				n++
			}
			same := false
			for i, name := range names {
				if normal(own) == normal(name) {
					names[i] = own
					same = true
				}
			}
			if same {
				n-- // it comes again where it belongs
			}
		}
	}
	cmds := make([]*parse.CommandNode, n, n+len(names))
	there := map[string]bool{}
	for i, cmd := range p.Cmds[:n] {
		cmds[i] = cmd
		if id := identifier(cmd); id != "" {
			there[normal(id)] = true
		}
	}
	for _, name := range names {
		if !there[normal(name)] {
			cmds = appendCommand(cmds, command(name, p.Position()))
		}
	}
	p.Cmds = cmds
}

// ---- text ----

var scriptTag = regexp.MustCompile("(?i)<(script|/script|!--)")

// text follows a text. Comments are left out, and a < that begins no tag is escaped.
func (e *escaper) text(c context, n *parse.TextNode) context {
	s := n.Text
	var b bytes.Buffer
	written := 0
	for i := 0; i != len(s); {
		d, n := afterText(c, s[i:])
		end := i + n
		if c.state == inText || c.state == inRCDATA {
			stop := end
			if d.state != c.state {
				if j := bytes.LastIndexByte(s[i:end], '<'); j >= 0 {
					stop = i + j
				}
			}
			for j := i; j < stop; j++ {
				if s[j] == '<' && !isDoctype(s[j:]) {
					b.Write(s[written:j])
					b.WriteString("&lt;")
					written = j + 1
				}
			}
		} else if c.state.isComment() && c.delim == delimNone {
			switch {
			case c.state == inJSBlockComment && bytes.ContainsAny(s[written:end], "\n\r\u2028\u2029"):
				b.WriteByte('\n') // a line's end may matter to the script
			case c.state == inJSBlockComment || c.state == inCSSBlockComment:
				b.WriteByte(' ')
			}
			written = end
		}
		if c.state != d.state && d.state.isComment() && d.delim == delimNone {
			mark := 2
			switch d.state {
			case inHTMLComment, inJSOpenComment:
				mark = 4
			case inJSCloseComment:
				mark = 3
			}
			b.Write(s[written : end-mark])
			written = end
		}
		if c.state.isLiteral() && scriptTag.Match(s[i:end]) {
			b.Write(s[written:i])
			b.Write(scriptTag.ReplaceAll(s[i:end], []byte("\\x3C$1")))
			written = end
		}
		if i == end && c.state == d.state {
			panic(fmt.Sprintf("infinite loop from %v to %v on %q..%q", c, d, s[:i], s[i:]))
		}
		c, i = d, end
	}
	if written != 0 && c.state != inError {
		if !c.state.isComment() || c.delim != delimNone {
			b.Write(s[written:])
		}
		e.texts[n] = b.Bytes()
	}
	return c
}

func isDoctype(s []byte) bool {
	const doctype = "<!DOCTYPE"
	return len(s) >= len(doctype) && bytes.EqualFold(s[:len(doctype)], []byte(doctype))
}
