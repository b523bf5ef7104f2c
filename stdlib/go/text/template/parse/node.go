package parse

import (
	"fmt"
	"strconv"
	"strings"
)

// A Node is a part of a parsed template. String gives its text.
type Node interface {
	Type() NodeType
	String() string
	Copy() Node
	Position() Pos
	tree() *Tree
	writeTo(*strings.Builder)
}

// NodeType says what a node is.
type NodeType int

// Pos is where a node begins in the template's text.
type Pos int

// Position returns p.
func (p Pos) Position() Pos { return p }

// Type returns t.
func (t NodeType) Type() NodeType { return t }

const (
	NodeText       NodeType = iota // plain text
	NodeAction                     // an action that is no control structure
	NodeBool                       // true or false
	NodeChain                      // field accesses behind a term
	NodeCommand                    // an element of a pipeline
	NodeDot                        // .
	nodeElse                       // else; not in the tree
	nodeEnd                        // end; not in the tree
	NodeField                      // .name.name
	NodeIdentifier                 // the name of a function
	NodeIf                         // if
	NodeList                       // nodes in a row
	NodeNil                        // nil
	NodeNumber                     // a number
	NodePipe                       // a pipeline
	NodeRange                      // range
	NodeString                     // a string
	NodeTemplate                   // template
	NodeVariable                   // $name.name
	NodeWith                       // with
	NodeComment                    // a comment
	NodeBreak                      // break
	NodeContinue                   // continue
)

// written gives the text of a node that writes itself.
func written(n Node) string {
	var b strings.Builder
	n.writeTo(&b)
	return b.String()
}

// left and right are what actions begin and end with.
func (t *Tree) left() string {
	if t == nil || t.leftDelim == "" {
		return leftDef
	}
	return t.leftDelim
}

func (t *Tree) right() string {
	if t == nil || t.rightDelim == "" {
		return rightDef
	}
	return t.rightDelim
}

// ListNode is nodes in a row.
type ListNode struct {
	NodeType
	Pos
	tr    *Tree
	Nodes []Node
}

func (t *Tree) newList(pos Pos) *ListNode { return &ListNode{NodeType: NodeList, Pos: pos, tr: t} }

func (l *ListNode) append(n Node) { l.Nodes = append(l.Nodes, n) }

func (l *ListNode) tree() *Tree { return l.tr }

func (l *ListNode) String() string { return written(l) }

func (l *ListNode) writeTo(b *strings.Builder) {
	for _, n := range l.Nodes {
		n.writeTo(b)
	}
}

// CopyList is Copy with its own type; nil gives nil.
func (l *ListNode) CopyList() *ListNode {
	if l == nil {
		return nil
	}
	c := l.tr.newList(l.Pos)
	for _, n := range l.Nodes {
		c.append(n.Copy())
	}
	return c
}

func (l *ListNode) Copy() Node { return l.CopyList() }

// TextNode is plain text.
type TextNode struct {
	NodeType
	Pos
	tr   *Tree
	Text []byte
}

func (t *TextNode) String() string { return fmt.Sprintf("%s", t.Text) }

func (t *TextNode) writeTo(b *strings.Builder) { b.Write(t.Text) }

func (t *TextNode) tree() *Tree { return t.tr }

func (t *TextNode) Copy() Node {
	c := *t
	c.Text = append([]byte{}, t.Text...)
	return &c
}

// CommentNode is a comment.
type CommentNode struct {
	NodeType
	Pos
	tr   *Tree
	Text string
}

func (c *CommentNode) String() string { return written(c) }

func (c *CommentNode) writeTo(b *strings.Builder) { b.WriteString(c.tr.left() + c.Text + c.tr.right()) }

func (c *CommentNode) tree() *Tree { return c.tr }

func (c *CommentNode) Copy() Node {
	d := *c
	return &d
}

// PipeNode is a pipeline, perhaps with variables that get its value.
type PipeNode struct {
	NodeType
	Pos
	tr       *Tree
	Line     int
	IsAssign bool // = instead of :=
	Decl     []*VariableNode
	Cmds     []*CommandNode
}

func (p *PipeNode) append(c *CommandNode) { p.Cmds = append(p.Cmds, c) }

func (p *PipeNode) String() string { return written(p) }

func (p *PipeNode) writeTo(b *strings.Builder) {
	for i, v := range p.Decl {
		if i > 0 {
			b.WriteString(", ")
		}
		v.writeTo(b)
	}
	switch {
	case len(p.Decl) == 0:
	case p.IsAssign:
		b.WriteString(" = ")
	default:
		b.WriteString(" := ")
	}
	for i, c := range p.Cmds {
		if i > 0 {
			b.WriteString(" | ")
		}
		c.writeTo(b)
	}
}

func (p *PipeNode) tree() *Tree { return p.tr }

// CopyPipe is Copy with its own type; nil gives nil.
func (p *PipeNode) CopyPipe() *PipeNode {
	if p == nil {
		return nil
	}
	c := *p
	c.Decl, c.Cmds = nil, nil
	for _, v := range p.Decl {
		c.Decl = append(c.Decl, v.Copy().(*VariableNode))
	}
	for _, cmd := range p.Cmds {
		c.append(cmd.Copy().(*CommandNode))
	}
	return &c
}

func (p *PipeNode) Copy() Node { return p.CopyPipe() }

// ActionNode is an action that writes a value, or sets variables.
type ActionNode struct {
	NodeType
	Pos
	tr   *Tree
	Line int
	Pipe *PipeNode
}

func (a *ActionNode) String() string { return written(a) }

func (a *ActionNode) writeTo(b *strings.Builder) {
	b.WriteString(a.tr.left())
	a.Pipe.writeTo(b)
	b.WriteString(a.tr.right())
}

func (a *ActionNode) tree() *Tree { return a.tr }

func (a *ActionNode) Copy() Node {
	c := *a
	c.Pipe = a.Pipe.CopyPipe()
	return &c
}

// CommandNode is an element of a pipeline: an operand, or a function with its arguments.
type CommandNode struct {
	NodeType
	Pos
	tr   *Tree
	Args []Node
}

func (c *CommandNode) append(n Node) { c.Args = append(c.Args, n) }

func (c *CommandNode) String() string { return written(c) }

func (c *CommandNode) writeTo(b *strings.Builder) {
	for i, n := range c.Args {
		if i > 0 {
			b.WriteByte(' ')
		}
		if p, ok := n.(*PipeNode); ok {
			b.WriteByte('(')
			p.writeTo(b)
			b.WriteByte(')')
			continue
		}
		n.writeTo(b)
	}
}

func (c *CommandNode) tree() *Tree { return c.tr }

func (c *CommandNode) Copy() Node {
	if c == nil {
		return c
	}
	d := *c
	d.Args = nil
	for _, n := range c.Args {
		d.append(n.Copy())
	}
	return &d
}

// IdentifierNode is the name of a function.
type IdentifierNode struct {
	NodeType
	Pos
	tr    *Tree
	Ident string
}

// NewIdentifier returns a node without place and tree.
func NewIdentifier(ident string) *IdentifierNode {
	return &IdentifierNode{NodeType: NodeIdentifier, Ident: ident}
}

// SetPos sets the place and returns the node.
func (i *IdentifierNode) SetPos(pos Pos) *IdentifierNode {
	i.Pos = pos
	return i
}

// SetTree sets the tree and returns the node.
func (i *IdentifierNode) SetTree(t *Tree) *IdentifierNode {
	i.tr = t
	return i
}

func (i *IdentifierNode) String() string { return i.Ident }

func (i *IdentifierNode) writeTo(b *strings.Builder) { b.WriteString(i.Ident) }

func (i *IdentifierNode) tree() *Tree { return i.tr }

func (i *IdentifierNode) Copy() Node {
	c := *i
	return &c
}

// VariableNode is a variable, perhaps with fields: $x.Name.
type VariableNode struct {
	NodeType
	Pos
	tr    *Tree
	Ident []string // the variable with its $, then the fields
}

func (v *VariableNode) String() string { return written(v) }

func (v *VariableNode) writeTo(b *strings.Builder) { b.WriteString(strings.Join(v.Ident, ".")) }

func (v *VariableNode) tree() *Tree { return v.tr }

func (v *VariableNode) Copy() Node {
	c := *v
	c.Ident = append([]string{}, v.Ident...)
	return &c
}

// DotNode is the dot.
type DotNode struct {
	NodeType
	Pos
	tr *Tree
}

func (d *DotNode) Type() NodeType { return NodeDot }

func (d *DotNode) String() string { return "." }

func (d *DotNode) writeTo(b *strings.Builder) { b.WriteByte('.') }

func (d *DotNode) tree() *Tree { return d.tr }

func (d *DotNode) Copy() Node {
	c := *d
	return &c
}

// NilNode is nil.
type NilNode struct {
	NodeType
	Pos
	tr *Tree
}

func (n *NilNode) Type() NodeType { return NodeNil }

func (n *NilNode) String() string { return "nil" }

func (n *NilNode) writeTo(b *strings.Builder) { b.WriteString("nil") }

func (n *NilNode) tree() *Tree { return n.tr }

func (n *NilNode) Copy() Node {
	c := *n
	return &c
}

// FieldNode is fields of the dot: .A.B.
type FieldNode struct {
	NodeType
	Pos
	tr    *Tree
	Ident []string
}

func (f *FieldNode) String() string { return written(f) }

func (f *FieldNode) writeTo(b *strings.Builder) {
	for _, id := range f.Ident {
		b.WriteString("." + id)
	}
}

func (f *FieldNode) tree() *Tree { return f.tr }

func (f *FieldNode) Copy() Node {
	c := *f
	c.Ident = append([]string{}, f.Ident...)
	return &c
}

// ChainNode is fields of a term: (pipeline).A.B.
type ChainNode struct {
	NodeType
	Pos
	tr    *Tree
	Node  Node
	Field []string
}

// Add adds a field, which begins with a dot.
func (c *ChainNode) Add(field string) {
	if len(field) == 0 || field[0] != '.' {
		panic("no dot in field")
	}
	if field = field[1:]; field == "" {
		panic("empty field")
	}
	c.Field = append(c.Field, field)
}

func (c *ChainNode) String() string { return written(c) }

func (c *ChainNode) writeTo(b *strings.Builder) {
	if p, ok := c.Node.(*PipeNode); ok {
		b.WriteByte('(')
		p.writeTo(b)
		b.WriteByte(')')
	} else {
		c.Node.writeTo(b)
	}
	for _, f := range c.Field {
		b.WriteString("." + f)
	}
}

func (c *ChainNode) tree() *Tree { return c.tr }

func (c *ChainNode) Copy() Node {
	d := *c
	d.Field = append([]string{}, c.Field...)
	return &d
}

// BoolNode is true or false.
type BoolNode struct {
	NodeType
	Pos
	tr   *Tree
	True bool
}

func (b *BoolNode) String() string { return strconv.FormatBool(b.True) }

func (b *BoolNode) writeTo(sb *strings.Builder) { sb.WriteString(b.String()) }

func (b *BoolNode) tree() *Tree { return b.tr }

func (b *BoolNode) Copy() Node {
	c := *b
	return &c
}

// NumberNode is a number, with its value as each kind of number that can hold it.
type NumberNode struct {
	NodeType
	Pos
	tr         *Tree
	IsInt      bool
	IsUint     bool
	IsFloat    bool
	IsComplex  bool
	Int64      int64
	Uint64     uint64
	Float64    float64
	Complex128 complex128
	Text       string
}

func (t *Tree) newNumber(pos Pos, text string, k kind) (*NumberNode, error) {
	n := &NumberNode{NodeType: NodeNumber, Pos: pos, tr: t, Text: text}
	switch {
	case k == tokChar:
		r, _, tail, err := strconv.UnquoteChar(text[1:], text[0])
		if err != nil {
			return nil, err
		}
		if tail != "'" {
			return nil, fmt.Errorf("malformed character constant: %s", text)
		}
		n.IsInt, n.Int64 = true, int64(r)
		n.IsUint, n.Uint64 = true, uint64(r)
		n.IsFloat, n.Float64 = true, float64(r)
		return n, nil
	case k == tokComplex:
		if _, err := fmt.Sscan(text, &n.Complex128); err != nil {
			return nil, err
		}
		n.IsComplex = true
		n.simplify()
		return n, nil
	case text[len(text)-1] == 'i':
		if f, err := strconv.ParseFloat(text[:len(text)-1], 64); err == nil {
			n.IsComplex, n.Complex128 = true, complex(0, f)
			n.simplify()
			return n, nil
		}
	}
	if u, err := strconv.ParseUint(text, 0, 64); err == nil {
		n.IsUint, n.Uint64 = true, u
	}
	if i, err := strconv.ParseInt(text, 0, 64); err == nil {
		n.IsInt, n.Int64 = true, i
		if i == 0 { // also -0
			n.IsUint, n.Uint64 = true, 0
		}
	}
	switch {
	case n.IsInt:
		n.IsFloat, n.Float64 = true, float64(n.Int64)
	case n.IsUint:
		n.IsFloat, n.Float64 = true, float64(n.Uint64)
	default:
		f, err := strconv.ParseFloat(text, 64)
		if err != nil {
			break
		}
		if !strings.ContainsAny(text, ".eEpP") {
			return nil, fmt.Errorf("integer overflow: %q", text)
		}
		n.IsFloat, n.Float64 = true, f
		if float64(int64(f)) == f {
			n.IsInt, n.Int64 = true, int64(f)
		}
		if float64(uint64(f)) == f {
			n.IsUint, n.Uint64 = true, uint64(f)
		}
	}
	if !n.IsInt && !n.IsUint && !n.IsFloat {
		return nil, fmt.Errorf("illegal number syntax: %q", text)
	}
	return n, nil
}

// simplify finds out whether a complex number is a simpler one.
func (n *NumberNode) simplify() {
	if imag(n.Complex128) != 0 {
		return
	}
	n.IsFloat, n.Float64 = true, real(n.Complex128)
	n.IsInt = float64(int64(n.Float64)) == n.Float64
	if n.IsInt {
		n.Int64 = int64(n.Float64)
	}
	n.IsUint = float64(uint64(n.Float64)) == n.Float64
	if n.IsUint {
		n.Uint64 = uint64(n.Float64)
	}
}

func (n *NumberNode) String() string { return n.Text }

func (n *NumberNode) writeTo(b *strings.Builder) { b.WriteString(n.Text) }

func (n *NumberNode) tree() *Tree { return n.tr }

func (n *NumberNode) Copy() Node {
	c := *n
	return &c
}

// StringNode is a string.
type StringNode struct {
	NodeType
	Pos
	tr     *Tree
	Quoted string // as it is written
	Text   string
}

func (s *StringNode) String() string { return s.Quoted }

func (s *StringNode) writeTo(b *strings.Builder) { b.WriteString(s.Quoted) }

func (s *StringNode) tree() *Tree { return s.tr }

func (s *StringNode) Copy() Node {
	c := *s
	return &c
}

// endNode is {{end}}.
type endNode struct {
	NodeType
	Pos
	tr *Tree
}

func (e *endNode) String() string { return e.tr.left() + "end" + e.tr.right() }

func (e *endNode) writeTo(b *strings.Builder) { b.WriteString(e.String()) }

func (e *endNode) tree() *Tree { return e.tr }

func (e *endNode) Copy() Node {
	c := *e
	return &c
}

// elseNode is {{else}}.
type elseNode struct {
	NodeType
	Pos
	tr   *Tree
	Line int
}

func (e *elseNode) String() string { return e.tr.left() + "else" + e.tr.right() }

func (e *elseNode) writeTo(b *strings.Builder) { b.WriteString(e.String()) }

func (e *elseNode) tree() *Tree { return e.tr }

func (e *elseNode) Copy() Node {
	c := *e
	return &c
}

// BranchNode is what if, range and with have in common.
type BranchNode struct {
	NodeType
	Pos
	tr       *Tree
	Line     int
	Pipe     *PipeNode
	List     *ListNode
	ElseList *ListNode // may be nil
}

func (b *BranchNode) String() string { return written(b) }

func (b *BranchNode) writeTo(sb *strings.Builder) {
	name := ""
	switch b.NodeType {
	case NodeIf:
		name = "if"
	case NodeRange:
		name = "range"
	case NodeWith:
		name = "with"
	default:
		panic("unknown branch type")
	}
	left, right := b.tr.left(), b.tr.right()
	sb.WriteString(left + name + " ")
	b.Pipe.writeTo(sb)
	sb.WriteString(right)
	b.List.writeTo(sb)
	if b.ElseList != nil {
		sb.WriteString(left + "else" + right)
		b.ElseList.writeTo(sb)
	}
	sb.WriteString(left + "end" + right)
}

func (b *BranchNode) tree() *Tree { return b.tr }

func (b *BranchNode) copy() BranchNode {
	c := *b
	c.Pipe, c.List, c.ElseList = b.Pipe.CopyPipe(), b.List.CopyList(), b.ElseList.CopyList()
	return c
}

func (b *BranchNode) Copy() Node {
	switch b.NodeType {
	case NodeIf:
		return &IfNode{b.copy()}
	case NodeRange:
		return &RangeNode{b.copy()}
	case NodeWith:
		return &WithNode{b.copy()}
	}
	panic("unknown branch type")
}

// IfNode is {{if}}.
type IfNode struct{ BranchNode }

// RangeNode is {{range}}.
type RangeNode struct{ BranchNode }

// WithNode is {{with}}.
type WithNode struct{ BranchNode }

// BreakNode is {{break}}.
type BreakNode struct {
	tr *Tree
	NodeType
	Pos
	Line int
}

func (b *BreakNode) Copy() Node {
	c := *b
	return &c
}

func (b *BreakNode) String() string { return b.tr.left() + "break" + b.tr.right() }

func (b *BreakNode) tree() *Tree { return b.tr }

func (b *BreakNode) writeTo(sb *strings.Builder) { sb.WriteString(b.String()) }

// ContinueNode is {{continue}}.
type ContinueNode struct {
	tr *Tree
	NodeType
	Pos
	Line int
}

func (c *ContinueNode) Copy() Node {
	d := *c
	return &d
}

func (c *ContinueNode) String() string { return c.tr.left() + "continue" + c.tr.right() }

func (c *ContinueNode) tree() *Tree { return c.tr }

func (c *ContinueNode) writeTo(b *strings.Builder) { b.WriteString(c.String()) }

// TemplateNode is {{template}}.
type TemplateNode struct {
	NodeType
	Pos
	tr   *Tree
	Line int
	Name string
	Pipe *PipeNode // the dot for the template; may be nil
}

func (t *TemplateNode) String() string { return written(t) }

func (t *TemplateNode) writeTo(b *strings.Builder) {
	b.WriteString(t.tr.left() + "template " + strconv.Quote(t.Name))
	if t.Pipe != nil {
		b.WriteByte(' ')
		t.Pipe.writeTo(b)
	}
	b.WriteString(t.tr.right())
}

func (t *TemplateNode) tree() *Tree { return t.tr }

func (t *TemplateNode) Copy() Node {
	c := *t
	c.Pipe = t.Pipe.CopyPipe()
	return &c
}
