// Package parse turns the text of templates into trees, for packages text/template and html/template.
package parse

import (
	"bytes"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Tree is a template that was parsed.
type Tree struct {
	Name      string
	ParseName string // of the template whose text it is in, for errors
	Root      *ListNode
	Mode      Mode
	text      string

	leftDelim, rightDelim string
	*parser               // while it is being parsed
}

// A parser is the state of parsing, which the trees of one text share, but for what belongs to a template.
type parser struct {
	funcs      []map[string]any
	lex        *lexer
	tokens     [3]token // looked at already
	peeked     int
	vars       []string
	set        map[string]*Tree
	actionLine int // where the action began
	ranges     int // that are open
	depth      int // of parentheses
}

// A Mode is a set of flags.
type Mode uint

const (
	ParseComments Mode = 1 << iota // comments are nodes too
	SkipFuncCheck                  // functions need not be known
)

const maxDepth = 10000

// New returns an empty tree.
func New(name string, funcs ...map[string]any) *Tree {
	return &Tree{Name: name, parser: &parser{funcs: funcs}}
}

// Copy returns a copy.
func (t *Tree) Copy() *Tree {
	if t == nil {
		return nil
	}
	return &Tree{Name: t.Name, ParseName: t.ParseName, Root: t.Root.CopyList(), text: t.text,
		leftDelim: t.leftDelim, rightDelim: t.rightDelim}
}

// Parse parses a text; the trees that it defines are in the map by their names.
func Parse(name, text, leftDelim, rightDelim string, funcs ...map[string]any) (map[string]*Tree, error) {
	set := make(map[string]*Tree)
	t := New(name)
	t.text = text
	_, err := t.Parse(text, leftDelim, rightDelim, set, funcs...)
	return set, err
}

// failure is what parsing panics with.
type failure struct{ err error }

// Parse parses a text into t. The templates that it defines are added to treeSet.
func (t *Tree) Parse(text, leftDelim, rightDelim string, treeSet map[string]*Tree, funcs ...map[string]any) (tree *Tree, err error) {
	defer func() {
		t.parser = nil
		if e := recover(); e != nil {
			f, ok := e.(failure)
			if !ok {
				panic(e)
			}
			tree, err = nil, f.err
		}
	}()
	if leftDelim == "" {
		leftDelim = leftDef
	}
	if rightDelim == "" {
		rightDelim = rightDef
	}
	t.ParseName, t.text = t.Name, text
	t.leftDelim, t.rightDelim = leftDelim, rightDelim
	lex := &lexer{input: text, left: leftDelim, right: rightDelim, line: 1, startLine: 1}
	t.begin(funcs, lex, treeSet)
	t.parse()
	t.add()
	return t, nil
}

// inner returns a tree for a template inside of t's text.
func (t *Tree) inner(name string) *Tree {
	n := New(name)
	n.text, n.Mode, n.ParseName = t.text, t.Mode, t.ParseName
	n.leftDelim, n.rightDelim = t.leftDelim, t.rightDelim
	n.begin(t.funcs, t.lex, t.set)
	return n
}

func (t *Tree) begin(funcs []map[string]any, lex *lexer, set map[string]*Tree) {
	t.Root = nil
	t.parser = &parser{funcs: funcs, lex: lex, set: set, vars: []string{"$"}}
	lex.comments = t.Mode&ParseComments != 0
	lex.breakOK, lex.continueOK = !t.hasFunction("break"), !t.hasFunction("continue")
}

// add puts the tree into the set.
func (t *Tree) add() {
	old := t.set[t.Name]
	if old == nil || IsEmptyTree(old.Root) {
		t.set[t.Name] = t
		return
	}
	if !IsEmptyTree(t.Root) {
		t.errorf("template: multiple definition of template %q", t.Name)
	}
}

// IsEmptyTree reports whether there is nothing but blanks and comments.
func IsEmptyTree(n Node) bool {
	switch n := n.(type) {
	case nil, *CommentNode:
		return true
	case *ListNode:
		for _, x := range n.Nodes {
			if !IsEmptyTree(x) {
				return false
			}
		}
		return true
	case *TextNode:
		return len(bytes.TrimSpace(n.Text)) == 0
	case *ActionNode, *IfNode, *RangeNode, *TemplateNode, *WithNode:
		return false
	}
	panic("unknown node: " + n.String())
}

// ErrorContext returns where a node stands, and its text.
func (t *Tree) ErrorContext(n Node) (location, context string) {
	tree := n.tree()
	if tree == nil {
		tree = t
	}
	before := tree.text[:n.Position()]
	line := 1 + strings.Count(before, "\n")
	column := len(before) - (strings.LastIndexByte(before, '\n') + 1)
	return fmt.Sprintf("%s:%d:%d", tree.ParseName, line, column), n.String()
}

// ---- errors ----

func (t *Tree) errorf(format string, args ...any) {
	t.Root = nil
	text := fmt.Sprintf(format, args...)
	panic(failure{errors.New(fmt.Sprintf("template: %s:%d: ", t.ParseName, t.tokens[0].line) + text)})
}

func (t *Tree) unexpected(tok token, context string) {
	if tok.kind == tokError {
		extra := ""
		if t.actionLine != 0 && t.actionLine != tok.line {
			extra = fmt.Sprintf(" in action started at %s:%d", t.ParseName, t.actionLine)
			if strings.HasSuffix(tok.text, " action") {
				extra = strings.TrimPrefix(extra, " in action")
			}
		}
		t.errorf("%s%s", tok, extra)
	}
	t.errorf("unexpected %s in %s", tok, context)
}

// ---- tokens ----

func (t *Tree) next() token {
	if t.peeked > 0 {
		t.peeked--
	} else {
		t.tokens[0] = t.lex.token()
	}
	return t.tokens[t.peeked]
}

func (t *Tree) backup() { t.peeked++ }

func (t *Tree) peek() token {
	tok := t.next()
	t.backup()
	return tok
}

// nextToken is the next token that is no blank.
func (t *Tree) nextToken() token {
	for {
		if tok := t.next(); tok.kind != tokSpace {
			return tok
		}
	}
}

func (t *Tree) peekToken() token {
	tok := t.nextToken()
	t.backup()
	return tok
}

func (t *Tree) expect(k kind, context string) token {
	tok := t.nextToken()
	if tok.kind != k {
		t.unexpected(tok, context)
	}
	return tok
}

// ---- lists ----

func (t *Tree) parse() {
	t.Root = t.newList(t.peek().pos)
	for t.peek().kind != tokEOF {
		if t.peek().kind == tokLeft {
			left := t.next()
			if t.nextToken().kind == tokDefine {
				t.inner("definition").definition()
				continue
			}
			t.tokens[1] = left
			t.peeked = 2
		}
		switch n := t.textOrAction(); n.Type() {
		case nodeEnd, nodeElse:
			t.errorf("unexpected %s", n)
		default:
			t.Root.append(n)
		}
	}
}

// definition parses what stands behind {{define.
func (t *Tree) definition() {
	const context = "define clause"
	t.Name = t.templateName(t.nextToken(), context)
	t.expect(tokRight, context)
	var end Node
	t.Root, end = t.list()
	if end.Type() != nodeEnd {
		t.errorf("unexpected %s in %s", end, context)
	}
	t.add()
	t.parser = nil
}

// list parses nodes up to {{end}} or {{else}}, which it returns too.
func (t *Tree) list() (list *ListNode, next Node) {
	list = t.newList(t.peekToken().pos)
	for t.peekToken().kind != tokEOF {
		n := t.textOrAction()
		if k := n.Type(); k == nodeEnd || k == nodeElse {
			return list, n
		}
		list.append(n)
	}
	t.errorf("unexpected EOF")
	return nil, nil
}

func (t *Tree) textOrAction() Node {
	switch tok := t.nextToken(); tok.kind {
	case tokText:
		return &TextNode{tr: t, NodeType: NodeText, Pos: tok.pos, Text: []byte(tok.text)}
	case tokLeft:
		t.actionLine = tok.line
		n := t.action()
		t.actionLine = 0
		return n
	case tokComment:
		return &CommentNode{tr: t, NodeType: NodeComment, Pos: tok.pos, Text: tok.text}
	default:
		t.unexpected(tok, "input")
	}
	return nil
}

// action parses what stands behind {{.
func (t *Tree) action() Node {
	switch tok := t.nextToken(); tok.kind {
	case tokBlock:
		return t.block()
	case tokBreak:
		t.loopControl("break")
		return &BreakNode{tr: t, NodeType: NodeBreak, Pos: tok.pos, Line: tok.line}
	case tokContinue:
		t.loopControl("continue")
		return &ContinueNode{tr: t, NodeType: NodeContinue, Pos: tok.pos, Line: tok.line}
	case tokElse:
		// Behind else, if and with begin a structure that ends with this one.
		if tok = t.peekToken(); tok.kind != tokIf && tok.kind != tokWith {
			tok = t.expect(tokRight, "else")
		}
		return &elseNode{tr: t, NodeType: nodeElse, Pos: tok.pos, Line: tok.line}
	case tokEnd:
		return &endNode{tr: t, NodeType: nodeEnd, Pos: t.expect(tokRight, "end").pos}
	case tokIf:
		return &IfNode{t.branch(NodeIf, "if")}
	case tokRange:
		return &RangeNode{t.branch(NodeRange, "range")}
	case tokWith:
		return &WithNode{t.branch(NodeWith, "with")}
	case tokTemplate:
		const context = "template clause"
		tok = t.nextToken()
		n := &TemplateNode{tr: t, NodeType: NodeTemplate, Pos: tok.pos, Line: tok.line, Name: t.templateName(tok, context)}
		if t.nextToken().kind != tokRight {
			t.backup()
			n.Pipe = t.pipeline(context, tokRight)
		}
		return n
	}
	t.backup()
	tok := t.peek()
	return &ActionNode{tr: t, NodeType: NodeAction, Pos: tok.pos, Line: tok.line, Pipe: t.pipeline("command", tokRight)}
}

func (t *Tree) loopControl(word string) {
	if tok := t.nextToken(); tok.kind != tokRight {
		t.unexpected(tok, "{{"+word+"}}")
	}
	if t.ranges == 0 {
		t.errorf("{{%s}} outside {{range}}", word)
	}
}

func (t *Tree) templateName(tok token, context string) string {
	if tok.kind != tokString && tok.kind != tokRawString {
		t.unexpected(tok, context)
	}
	name, err := strconv.Unquote(tok.text)
	if err != nil {
		t.errorf("%s", err)
	}
	return name
}

// branch parses an if, range or with up to its end.
func (t *Tree) branch(k NodeType, word string) BranchNode {
	vars := len(t.vars)
	pipe := t.pipeline(word, tokRight)
	if k == NodeRange {
		t.ranges++
	}
	list, next := t.list()
	if k == NodeRange {
		t.ranges--
	}
	var elseList *ListNode
	if next.Type() == nodeElse {
		switch tok := t.peek(); {
		case k == NodeIf && tok.kind == tokIf:
			t.next()
			elseList = t.newList(next.Position())
			elseList.append(&IfNode{t.branch(NodeIf, "if")})
		case k == NodeWith && tok.kind == tokWith:
			t.next()
			elseList = t.newList(next.Position())
			elseList.append(&WithNode{t.branch(NodeWith, "with")})
		default:
			if elseList, next = t.list(); next.Type() != nodeEnd {
				t.errorf("expected end; found %s", next)
			}
		}
	}
	t.vars = t.vars[:vars]
	return BranchNode{tr: t, NodeType: k, Pos: pipe.Pos, Line: pipe.Line, Pipe: pipe, List: list, ElseList: elseList}
}

// block parses what stands behind {{block: a definition, and its use.
func (t *Tree) block() Node {
	const context = "block clause"
	tok := t.nextToken()
	name := t.templateName(tok, context)
	pipe := t.pipeline(context, tokRight)
	b := t.inner(name)
	var end Node
	b.Root, end = b.list()
	if end.Type() != nodeEnd {
		t.errorf("unexpected %s in %s", end, context)
	}
	b.add()
	b.parser = nil
	return &TemplateNode{tr: t, NodeType: NodeTemplate, Pos: tok.pos, Line: tok.line, Name: name, Pipe: pipe}
}

// ---- pipelines ----

func (t *Tree) pipeline(context string, end kind) *PipeNode {
	first := t.peekToken()
	pipe := &PipeNode{tr: t, NodeType: NodePipe, Pos: first.pos, Line: first.line}
	t.declarations(pipe, context)
	for {
		switch tok := t.nextToken(); tok.kind {
		case end:
			if len(pipe.Cmds) == 0 {
				t.errorf("missing value for %s", context)
			}
			for i, c := range pipe.Cmds[1:] {
				switch c.Args[0].Type() {
				case NodeBool, NodeDot, NodeNil, NodeNumber, NodeString:
					t.errorf("non executable command in pipeline stage %d", i+2)
				}
			}
			return pipe
		case tokBool, tokChar, tokComplex, tokDot, tokField, tokIdent, tokNumber, tokNil, tokRawString, tokString,
			tokVariable, tokLeftParen:
			t.backup()
			pipe.append(t.command())
		default:
			t.unexpected(tok, context)
		}
	}
}

// declarations parses variables at the beginning of a pipeline.
func (t *Tree) declarations(pipe *PipeNode, context string) {
	for {
		v := t.peekToken()
		if v.kind != tokVariable {
			return
		}
		t.next()
		// A variable may also be the first operand: then it is put back, with the blank behind it.
		behind := t.peek()
		next := t.peekToken()
		switch {
		case next.kind == tokAssign || next.kind == tokDeclare:
			pipe.IsAssign = next.kind == tokAssign
			t.nextToken()
			t.declare(pipe, v)
			return
		case next.kind == tokOther && next.text == ",":
			t.nextToken()
			t.declare(pipe, v)
			if context != "range" || len(pipe.Decl) >= 2 {
				t.errorf("too many declarations in %s", context)
			}
			switch t.peekToken().kind {
			case tokVariable, tokRight, tokRightParen:
				continue
			}
			t.errorf("range can only initialize variables")
		case behind.kind == tokSpace:
			t.tokens[1], t.tokens[2] = behind, v
			t.peeked = 3
		default:
			t.tokens[1] = v
			t.peeked = 2
		}
		return
	}
}

func (t *Tree) declare(pipe *PipeNode, v token) {
	pipe.Decl = append(pipe.Decl, t.newVariable(v.pos, v.text))
	t.vars = append(t.vars, v.text)
}

func (t *Tree) newVariable(pos Pos, name string) *VariableNode {
	return &VariableNode{tr: t, NodeType: NodeVariable, Pos: pos, Ident: strings.Split(name, ".")}
}

// command parses operands up to a | or the end of the pipeline.
func (t *Tree) command() *CommandNode {
	cmd := &CommandNode{tr: t, NodeType: NodeCommand, Pos: t.peekToken().pos}
	for {
		t.peekToken()
		if n := t.operand(); n != nil {
			cmd.append(n)
		}
		switch tok := t.next(); tok.kind {
		case tokSpace:
			continue
		case tokRight, tokRightParen:
			t.backup()
		case tokPipe:
		default:
			t.unexpected(tok, "operand")
		}
		if len(cmd.Args) == 0 {
			t.errorf("empty command")
		}
		return cmd
	}
}

// operand parses a term with fields behind it, or returns nil.
func (t *Tree) operand() Node {
	n := t.term()
	if n == nil || t.peek().kind != tokField {
		return n
	}
	chain := &ChainNode{tr: t, NodeType: NodeChain, Pos: t.peek().pos, Node: n}
	for t.peek().kind == tokField {
		chain.Add(t.next().text)
	}
	switch n.Type() {
	case NodeField:
		return t.newField(chain.Pos, chain.String())
	case NodeVariable:
		return t.newVariable(chain.Pos, chain.String())
	case NodeBool, NodeString, NodeNumber, NodeNil, NodeDot:
		t.errorf("unexpected . after term %q", n.String())
	}
	return chain
}

func (t *Tree) newField(pos Pos, text string) *FieldNode {
	return &FieldNode{tr: t, NodeType: NodeField, Pos: pos, Ident: strings.Split(text[1:], ".")}
}

// term parses an operand without fields behind it, or returns nil.
func (t *Tree) term() Node {
	tok := t.nextToken()
	switch tok.kind {
	case tokIdent:
		if t.Mode&SkipFuncCheck == 0 && !t.hasFunction(tok.text) {
			t.errorf("function %q not defined", tok.text)
		}
		return NewIdentifier(tok.text).SetTree(t).SetPos(tok.pos)
	case tokDot:
		return &DotNode{tr: t, NodeType: NodeDot, Pos: tok.pos}
	case tokNil:
		return &NilNode{tr: t, NodeType: NodeNil, Pos: tok.pos}
	case tokVariable:
		v := t.newVariable(tok.pos, tok.text)
		for _, name := range t.vars {
			if name == v.Ident[0] {
				return v
			}
		}
		t.errorf("undefined variable %q", v.Ident[0])
	case tokField:
		return t.newField(tok.pos, tok.text)
	case tokBool:
		return &BoolNode{tr: t, NodeType: NodeBool, Pos: tok.pos, True: tok.text == "true"}
	case tokChar, tokComplex, tokNumber:
		n, err := t.newNumber(tok.pos, tok.text, tok.kind)
		if err != nil {
			t.errorf("%s", err)
		}
		return n
	case tokLeftParen:
		if t.depth >= maxDepth {
			t.errorf("max expression depth exceeded")
		}
		t.depth++
		pipe := t.pipeline("parenthesized pipeline", tokRightParen)
		t.depth--
		return pipe
	case tokString, tokRawString:
		s, err := strconv.Unquote(tok.text)
		if err != nil {
			t.errorf("%s", err)
		}
		return &StringNode{tr: t, NodeType: NodeString, Pos: tok.pos, Quoted: tok.text, Text: s}
	}
	t.backup()
	return nil
}

func (t *Tree) hasFunction(name string) bool {
	for _, m := range t.funcs {
		if m[name] != nil {
			return true
		}
	}
	return false
}
