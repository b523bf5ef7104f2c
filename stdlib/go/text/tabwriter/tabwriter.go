// Package tabwriter aligns columns of text. Cells end with a tab; those above and below each other, in lines that
// follow each other, are a column, which is as wide as its widest cell.
package tabwriter

import (
	"fmt"
	"io"
	"unicode/utf8"
)

const (
	FilterHTML          uint = 1 << iota // HTML tags have no width, entities the width of a character
	StripEscape                          // leave out the Escape characters
	AlignRight                           // put the padding before the text
	DiscardEmptyColumns                  // columns of empty cells that end with vertical tabs have no width
	TabIndent                            // pad leading empty cells with tabs
	Debug                                // show column borders
)

// Escape brackets text that is passed through.
const Escape = '\xff'

type cell struct {
	text  []byte
	width int  // in characters
	hard  bool // ended with a horizontal tab
}

// Writer is a filter that aligns columns.
type Writer struct {
	to                          io.Writer
	minwidth, tabwidth, padding int
	pad                         byte
	flags                       uint

	lines   [][]cell // the last one is not complete
	text    []byte   // the cell that is being read
	width   int      // its width up to counted
	counted int      // bytes of text that width covers
	until   byte     // what ends the escaped text that is being read, or 0
	columns []int    // widths of the columns left of the block that is laid out
	out     []byte   // what was laid out
}

// NewWriter returns a Writer; its arguments are those of Init.
func NewWriter(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	return new(Writer).Init(output, minwidth, tabwidth, padding, padchar, flags)
}

// Init begins anew. A cell is at least minwidth wide, padding included; a tab is tabwidth wide; if padchar is a tab,
// cells are as wide as a number of tabs, and aligned to the left.
func (b *Writer) Init(output io.Writer, minwidth, tabwidth, padding int, padchar byte, flags uint) *Writer {
	if minwidth < 0 || tabwidth < 0 || padding < 0 {
		panic("negative minwidth, tabwidth, or padding")
	}
	if padchar == '\t' {
		flags &^= AlignRight
	}
	b.to, b.minwidth, b.tabwidth, b.padding, b.pad, b.flags = output, minwidth, tabwidth, padding, padchar, flags
	b.reset()
	return b
}

func (b *Writer) reset() {
	b.lines = append(b.lines[:0], nil)
	b.text, b.width, b.counted, b.until = nil, 0, 0, 0
	b.columns, b.out = b.columns[:0], b.out[:0]
}

// count adds the characters that were read to the cell's width.
func (b *Writer) count() {
	b.width += utf8.RuneCount(b.text[b.counted:])
	b.counted = len(b.text)
}

// endCell puts the cell into its line, and returns how many that one has now.
func (b *Writer) endCell(hard bool) int {
	line := &b.lines[len(b.lines)-1]
	*line = append(*line, cell{b.text, b.width, hard})
	b.text, b.width, b.counted = b.text[len(b.text):], 0, 0
	return len(*line)
}

func (b *Writer) endEscape() {
	switch b.until {
	case Escape:
		b.count()
		if b.flags&StripEscape == 0 {
			b.width -= 2
		}
	case ';':
		b.width++
	}
	b.counted = len(b.text)
	b.until = 0
}

// fill pads a text to the width of its cell.
func (b *Writer) fill(text, cell int, tabs bool) {
	pad, n := b.pad, cell-text
	if pad == '\t' || tabs {
		if b.tabwidth == 0 {
			return
		}
		whole := (cell + b.tabwidth - 1) / b.tabwidth * b.tabwidth
		if whole < text {
			panic("internal error")
		}
		pad, n = '\t', (whole-text+b.tabwidth-1)/b.tabwidth
	}
	for range n {
		b.out = append(b.out, pad)
	}
}

// lay writes the lines from..to with the columns' widths that are known.
func (b *Writer) lay(from, to int) {
	for i := from; i < to; i++ {
		tabs := b.flags&TabIndent != 0
		for j, c := range b.lines[i] {
			if j > 0 && b.flags&Debug != 0 {
				b.out = append(b.out, '|')
			}
			inColumn := j < len(b.columns)
			switch {
			case len(c.text) == 0:
				if inColumn {
					b.fill(c.width, b.columns[j], tabs)
				}
				continue
			case b.flags&AlignRight == 0:
				b.out = append(b.out, c.text...)
				if inColumn {
					b.fill(c.width, b.columns[j], false)
				}
			default:
				if inColumn {
					b.fill(c.width, b.columns[j], false)
				}
				b.out = append(b.out, c.text...)
			}
			tabs = false
		}
		if i+1 == len(b.lines) {
			b.out = append(b.out, b.text...)
		} else {
			b.out = append(b.out, '\n')
		}
	}
}

// format lays out a block of lines that share the columns whose widths are known: each run of lines that have one
// column more is a block of its own.
func (b *Writer) format(from, to int) {
	column := len(b.columns)
	inColumn := func(i int) bool { return column < len(b.lines[i])-1 }
	for i := from; i < to; i++ {
		if !inColumn(i) {
			continue
		}
		b.lay(from, i)
		from = i
		width, empty := b.minwidth, true
		for ; i < to && inColumn(i); i++ {
			c := b.lines[i][column]
			width = max(width, c.width+b.padding)
			empty = empty && c.width == 0 && !c.hard
		}
		if empty && b.flags&DiscardEmptyColumns != 0 {
			width = 0
		}
		b.columns = append(b.columns, width)
		b.format(from, i)
		b.columns = b.columns[:column]
		from = i
	}
	b.lay(from, to)
}

// send writes what was laid out.
func (b *Writer) send() error {
	if len(b.out) == 0 {
		return nil
	}
	n, err := b.to.Write(b.out)
	if n != len(b.out) && err == nil {
		err = io.ErrShortWrite
	}
	b.out = b.out[:0]
	return err
}

func (b *Writer) flush() error {
	if len(b.text) > 0 {
		if b.until != 0 {
			b.endEscape()
		}
		b.endCell(false)
	}
	b.format(0, len(b.lines))
	if err := b.send(); err != nil {
		return err
	}
	b.reset()
	return nil
}

// rename says where a panic of the output came from.
func rename(op string) {
	if e := recover(); e != nil {
		panic(fmt.Sprintf("tabwriter: panic during %s (%v)", op, e))
	}
}

// Flush writes what is buffered. It belongs behind the last Write.
func (b *Writer) Flush() error {
	defer rename("Flush")
	defer b.reset()
	return b.flush()
}

// Write takes text. Errors are those of the output.
func (b *Writer) Write(buf []byte) (n int, err error) {
	defer rename("Write")
	take := func(i int) {
		b.text = append(b.text, buf[n:i]...)
		n = i
	}
	for i, ch := range buf {
		if b.until != 0 {
			if ch == b.until {
				if ch == Escape && b.flags&StripEscape != 0 {
					take(i)
				} else {
					take(i + 1)
				}
				n = i + 1
				b.endEscape()
			}
			continue
		}
		switch ch {
		case '\t', '\v', '\n', '\f':
			take(i)
			b.count()
			n = i + 1
			cells := b.endCell(ch == '\t')
			if ch == '\t' || ch == '\v' {
				break
			}
			b.lines = append(b.lines, nil)
			if ch == '\f' || cells == 1 {
				// A line without columns ends all columns, so what came before can go.
				if err := b.flush(); err != nil {
					return n, err
				}
				if ch == '\f' && b.flags&Debug != 0 {
					b.out = append(b.out, "---\n"...)
					if err := b.send(); err != nil {
						return n, err
					}
				}
			}
		case Escape:
			take(i)
			b.count()
			if b.flags&StripEscape != 0 {
				n++
			}
			b.until = Escape
		case '<', '&':
			if b.flags&FilterHTML != 0 {
				take(i)
				b.count()
				if b.until = '>'; ch == '&' {
					b.until = ';'
				}
			}
		}
	}
	take(len(buf))
	return n, nil
}
