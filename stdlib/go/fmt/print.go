// Package fmt formats and reads values, in the manner of C's printf and scanf.
package fmt

import (
	"errors"
	"io"
	"os"
	"unsafe"
)

// State is the printer as a [Formatter] sees it.
type State interface {
	// Write writes text.
	Write(b []byte) (n int, err error)
	// Width returns the width, and whether one was given.
	Width() (wid int, ok bool)
	// Precision returns the precision, and whether one was given.
	Precision() (prec int, ok bool)
	// Flag reports whether the flag c was given.
	Flag(c int) bool
}

// Formatter prints itself under any verb.
type Formatter interface {
	Format(f State, verb rune)
}

// Stringer has a text of its own for %v, %s and the like.
type Stringer interface {
	String() string
}

// GoStringer has a text of its own for %#v.
type GoStringer interface {
	GoString() string
}

// pp is a call of a printing function. The natives work on it (stdlib/src/fmt/printer.rs has the same layout): they print
// everything but what has methods of its own; those are called from here.
type pp struct {
	buf       []byte
	format    string
	args      []any
	stack     []level // containers being printed
	value     any     // the operand whose method is to be called
	verb      int     // and the verb it is called for
	pos       int     // next byte of format
	arg       int     // next operand
	mode      int
	flags     uint
	width     int
	precision int
	wrapped   []int // operands of %w

	panicking bool // printing what a method panicked with
}

type level struct {
	typ, ptr unsafe.Pointer
	i, n     int
	state    uint
}

// What is printed.
const (
	modePrint = iota
	modePrintln
	modePrintf
)

// Flags.
const (
	flagWidth = 1 << iota
	flagPrecision
	flagMinus
	flagPlus
	flagSharp
	flagSpace
	flagZero
	flagPlusV
	flagSharpV
	_
	flagWrap      // %w is allowed
	flagReordered // an argument index was used
	flagsOfVerb   = flagWidth<<9 - 1
)

// What [pp.step] wants to be done next.
const (
	stepDone = iota
	stepFormat
	stepGoString
	stepError
	stepString
)

// step prints until a method must be called or all is done.
func (p *pp) step() int

// put prints the result of a method under the verb it was called for; plain as by %s.
func (p *pp) put(s string, plain bool)

func (p *pp) run() []byte {
	for {
		next := p.step()
		if next == stepDone {
			return p.buf
		}
		if next <= stepString {
			p.call(next)
		}
	}
}

func (p *pp) call(next int) {
	defer p.catch(p.value, p.verb, next)
	switch next {
	case stepFormat:
		p.value.(Formatter).Format(p, rune(p.verb))
	case stepGoString:
		p.put(p.value.(GoStringer).GoString(), true)
	case stepError:
		p.put(p.value.(error).Error(), false)
	case stepString:
		p.put(p.value.(Stringer).String(), false)
	}
}

// isNil reports whether v is a nil pointer.
func isNil(v any) bool

// catch prints a method's panic.
func (p *pp) catch(v any, verb, method int) {
	err := recover()
	if err == nil {
		return
	}
	if isNil(v) {
		p.buf = append(p.buf, "<nil>"...)
		return
	}
	if p.panicking {
		panic(err)
	}
	q := pp{args: []any{err}, panicking: true}
	p.buf = append(p.buf, "%!"+string(rune(verb))+"(PANIC="...)
	switch method {
	case stepFormat:
		p.buf = append(p.buf, "Format"...)
	case stepGoString:
		p.buf = append(p.buf, "GoString"...)
	case stepError:
		p.buf = append(p.buf, "Error"...)
	default:
		p.buf = append(p.buf, "String"...)
	}
	p.buf = append(p.buf, " method: "...)
	p.buf = append(append(p.buf, q.run()...), ')')
}

// Write implements [State].
func (p *pp) Write(b []byte) (n int, err error) {
	p.buf = append(p.buf, b...)
	return len(b), nil
}

// WriteString serves io.WriteString on a [State].
func (p *pp) WriteString(s string) (n int, err error) {
	p.buf = append(p.buf, s...)
	return len(s), nil
}

// Width implements [State].
func (p *pp) Width() (wid int, ok bool) { return p.width, p.flags&flagWidth != 0 }

// Precision implements [State].
func (p *pp) Precision() (prec int, ok bool) { return p.precision, p.flags&flagPrecision != 0 }

// Flag implements [State].
func (p *pp) Flag(b int) bool {
	var f uint
	switch b {
	case '-':
		f = flagMinus
	case '+':
		f = flagPlus | flagPlusV
	case '#':
		f = flagSharp | flagSharpV
	case ' ':
		f = flagSpace
	case '0':
		f = flagZero
	}
	return p.flags&f != 0
}

func formatted(format string, a []any) []byte {
	return (&pp{mode: modePrintf, format: format, args: a}).run()
}

func joined(mode int, a []any) []byte { return (&pp{mode: mode, args: a}).run() }

// text makes a string of b, which nobody else holds.
func text(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// Fprintf formats by a format and writes to w.
func Fprintf(w io.Writer, format string, a ...any) (n int, err error) {
	return w.Write(formatted(format, a))
}

// Printf formats by a format and writes to standard output.
func Printf(format string, a ...any) (n int, err error) {
	return Fprintf(os.Stdout, format, a...)
}

// Sprintf formats by a format.
func Sprintf(format string, a ...any) string { return text(formatted(format, a)) }

// Appendf formats by a format and appends.
func Appendf(b []byte, format string, a ...any) []byte { return append(b, formatted(format, a)...) }

// Fprint formats operands as by %v and writes to w. A space is put between two if neither is a string.
func Fprint(w io.Writer, a ...any) (n int, err error) { return w.Write(joined(modePrint, a)) }

// Print is [Fprint] to standard output.
func Print(a ...any) (n int, err error) { return Fprint(os.Stdout, a...) }

// Sprint formats as [Print] does.
func Sprint(a ...any) string { return text(joined(modePrint, a)) }

// Append formats as [Print] does and appends.
func Append(b []byte, a ...any) []byte { return append(b, joined(modePrint, a)...) }

// Fprintln formats operands as by %v with spaces between them and a newline, and writes to w.
func Fprintln(w io.Writer, a ...any) (n int, err error) { return w.Write(joined(modePrintln, a)) }

// Println is [Fprintln] to standard output.
func Println(a ...any) (n int, err error) { return Fprintln(os.Stdout, a...) }

// Sprintln formats as [Println] does.
func Sprintln(a ...any) string { return text(joined(modePrintln, a)) }

// Appendln formats as [Println] does and appends.
func Appendln(b []byte, a ...any) []byte { return append(b, joined(modePrintln, a)...) }

// FormatString returns the format, `%` and all, that a [Formatter] was called for.
func FormatString(state State, verb rune) string {
	b := []byte{'%'}
	for _, c := range " +-#0" {
		if state.Flag(int(c)) {
			b = append(b, byte(c))
		}
	}
	if w, ok := state.Width(); ok {
		b = Append(b, w)
	}
	if p, ok := state.Precision(); ok {
		b = Append(append(b, '.'), p)
	}
	return string(b) + string(verb)
}

type wrapError struct {
	msg string
	err error
}

func (e *wrapError) Error() string { return e.msg }
func (e *wrapError) Unwrap() error { return e.err }

type wrapErrors struct {
	msg  string
	errs []error
}

func (e *wrapErrors) Error() string   { return e.msg }
func (e *wrapErrors) Unwrap() []error { return e.errs }

// Errorf formats an error. It wraps the operands of %w.
func Errorf(format string, a ...any) (err error) {
	p := &pp{mode: modePrintf, format: format, args: a, flags: flagWrap, wrapped: make([]int, 0, len(format)/2)}
	s := text(p.run())
	switch len(p.wrapped) {
	case 0:
		return errors.New(s)
	case 1:
		e := &wrapError{msg: s}
		e.err, _ = a[p.wrapped[0]].(error)
		return e
	}
	e := &wrapErrors{msg: s}
	if p.flags&flagReordered != 0 { // in the operands' order, each once
		in := make([]bool, len(a))
		for _, n := range p.wrapped {
			in[n] = true
		}
		p.wrapped = p.wrapped[:0]
		for n, in := range in {
			if in {
				p.wrapped = append(p.wrapped, n)
			}
		}
	}
	for _, n := range p.wrapped {
		if err, ok := a[n].(error); ok {
			e.errs = append(e.errs, err)
		}
	}
	return e
}
