// Eval parses arithmetic expressions into a tree of nodes that share an interface, then evaluates,
// prints and differentiates them.
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"strconv"
	"strings"
)

type env map[string]float64

type expr interface {
	eval(env) (float64, error)
	derive(name string) expr
	fmt.Stringer
}

type (
	number   float64
	variable string
	binary   struct {
		op   byte
		l, r expr
	}
	call struct {
		name string
		arg  expr
	}
)

var errDivision = errors.New("division by zero")

type undefinedError struct{ name string }

func (e undefinedError) Error() string { return "undefined: " + e.name }

func (n number) eval(env) (float64, error) { return float64(n), nil }
func (n number) derive(string) expr        { return number(0) }
func (n number) String() string            { return strconv.FormatFloat(float64(n), 'g', -1, 64) }

func (v variable) eval(e env) (float64, error) {
	if x, ok := e[string(v)]; ok {
		return x, nil
	}
	return 0, undefinedError{string(v)}
}
func (v variable) derive(name string) expr {
	if string(v) == name {
		return number(1)
	}
	return number(0)
}
func (v variable) String() string { return string(v) }

func (b binary) eval(e env) (float64, error) {
	l, err := b.l.eval(e)
	if err != nil {
		return 0, err
	}
	r, err := b.r.eval(e)
	if err != nil {
		return 0, err
	}
	switch b.op {
	case '+':
		return l + r, nil
	case '-':
		return l - r, nil
	case '*':
		return l * r, nil
	case '/':
		if r == 0 {
			return 0, fmt.Errorf("in %v: %w", b, errDivision)
		}
		return l / r, nil
	case '^':
		return math.Pow(l, r), nil
	}
	return 0, fmt.Errorf("unknown operator %q", b.op)
}

func (b binary) derive(name string) expr {
	l, r := b.l.derive(name), b.r.derive(name)
	switch b.op {
	case '+', '-':
		return simplify(binary{b.op, l, r})
	case '*':
		return simplify(binary{'+', simplify(binary{'*', l, b.r}), simplify(binary{'*', b.l, r})})
	case '^':
		if n, ok := b.r.(number); ok {
			return simplify(binary{'*', binary{'*', n, simplify(binary{'^', b.l, n - 1})}, l})
		}
	}
	return call{"d/d" + name, b}
}

func (b binary) String() string { return fmt.Sprintf("(%v %c %v)", b.l, b.op, b.r) }

var functions = map[string]func(float64) float64{"sqrt": math.Sqrt, "abs": math.Abs, "floor": math.Floor}

func (c call) eval(e env) (float64, error) {
	x, err := c.arg.eval(e)
	if err != nil {
		return 0, err
	}
	f, ok := functions[c.name]
	if !ok {
		return 0, undefinedError{c.name + "()"}
	}
	return f(x), nil
}
func (c call) derive(name string) expr { return call{"d/d" + name, c} }
func (c call) String() string          { return fmt.Sprintf("%s(%v)", c.name, c.arg) }

func simplify(b binary) expr {
	l, lok := b.l.(number)
	r, rok := b.r.(number)
	switch {
	case lok && rok:
		v, _ := b.eval(nil)
		return number(v)
	case b.op == '*' && (lok && l == 0 || rok && r == 0):
		return number(0)
	case b.op == '*' && lok && l == 1, b.op == '+' && lok && l == 0:
		return b.r
	case b.op == '*' && rok && r == 1, b.op == '^' && rok && r == 1, b.op == '+' && rok && r == 0:
		return b.l
	}
	return b
}

type parser struct {
	rest string
}

var precedence = map[byte]int{'+': 1, '-': 1, '*': 2, '/': 2, '^': 3}

func (p *parser) next() byte {
	p.rest = strings.TrimLeft(p.rest, " ")
	if p.rest == "" {
		return 0
	}
	return p.rest[0]
}

func (p *parser) expr(min int) (expr, error) {
	left, err := p.operand()
	for err == nil {
		op := p.next()
		prec := precedence[op]
		if prec <= min {
			break
		}
		p.rest = p.rest[1:]
		if op == '^' {
			prec--
		}
		var right expr
		if right, err = p.expr(prec); err == nil {
			left = binary{op, left, right}
		}
	}
	return left, err
}

func (p *parser) operand() (expr, error) {
	c := p.next()
	length := func(ok func(byte) bool) int {
		n := 0
		for n < len(p.rest) && ok(p.rest[n]) {
			n++
		}
		return n
	}
	switch {
	case c >= '0' && c <= '9':
		n := length(func(c byte) bool { return c >= '0' && c <= '9' || c == '.' })
		f, err := strconv.ParseFloat(p.rest[:n], 64)
		p.rest = p.rest[n:]
		return number(f), err
	case c >= 'a' && c <= 'z':
		n := length(func(c byte) bool { return c >= 'a' && c <= 'z' })
		name := p.rest[:n]
		p.rest = p.rest[n:]
		if p.next() == '(' {
			arg, err := p.operand()
			return call{name, arg}, err
		}
		return variable(name), nil
	case c == '(':
		p.rest = p.rest[1:]
		e, err := p.expr(0)
		if err == nil && p.next() != ')' {
			err = errors.New("missing )")
		} else if err == nil {
			p.rest = p.rest[1:]
		}
		return e, err
	case c == '-':
		p.rest = p.rest[1:]
		e, err := p.operand()
		return binary{'-', number(0), e}, err
	case c == 0:
		return nil, errors.New("unexpected end")
	}
	return nil, fmt.Errorf("unexpected %q", c)
}

func main() {
	vars := env{"x": 3, "y": 0.5}
	sources := []string{"1 + 2 * 3", "(1 + 2) * 3 ^ 2 ^ 0.5", "x*x + 2*x + y", "sqrt(x + 6) / (y - 0.5)", "2 * z", "-x ^ 2", "tan(x)", "1 + * 2", "(1"}
	if len(os.Args) > 1 {
		sources = os.Args[1:]
	}
	for _, src := range sources {
		p := &parser{rest: src}
		e, err := p.expr(0)
		if err != nil {
			fmt.Printf("%-24s syntax error: %v\n", src, err)
			continue
		}
		v, err := e.eval(vars)
		var undef undefinedError
		switch {
		case errors.As(err, &undef):
			fmt.Printf("%-24s nobody knows %s\n", src, undef.name)
		case errors.Is(err, errDivision):
			fmt.Printf("%-24s %v\n", src, err)
		default:
			fmt.Printf("%-24s = %.4g   d/dx %v\n", src, v, e.derive("x"))
		}
	}
}

// Output:
// 1 + 2 * 3                = 7   d/dx 0
// (1 + 2) * 3 ^ 2 ^ 0.5    = 14.19   d/dx ((1 + 2) * d/dx((3 ^ (2 ^ 0.5))))
// x*x + 2*x + y            = 15.5   d/dx ((x + x) + 2)
// sqrt(x + 6) / (y - 0.5)  in (sqrt((x + 6)) / (y - 0.5)): division by zero
// 2 * z                    nobody knows z
// -x ^ 2                   = 9   d/dx ((2 * (0 - x)) * -1)
// tan(x)                   nobody knows tan()
// 1 + * 2                  syntax error: unexpected '*'
// (1                       syntax error: missing )
