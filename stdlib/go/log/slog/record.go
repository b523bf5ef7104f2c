package slog

import (
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// Record is what a Handler gets: one event. Copies share what they hold; Clone makes one that does not.
type Record struct {
	Time    time.Time // zero: none
	Message string
	Level   Level
	PC      uintptr // of the call that logged, for runtime.CallersFrames

	front  [5]Attr // the first ones
	nFront int
	back   []Attr // the others
}

// NewRecord returns a Record without Attrs.
func NewRecord(t time.Time, level Level, msg string, pc uintptr) Record {
	return Record{Time: t, Message: msg, Level: level, PC: pc}
}

// Clone returns a copy that Attrs can be added to.
func (r Record) Clone() Record {
	r.back = slices.Clip(r.back)
	return r
}

// NumAttrs returns how many Attrs there are.
func (r Record) NumAttrs() int { return r.nFront + len(r.back) }

// Attrs calls f for each Attr until it returns false.
func (r Record) Attrs(f func(Attr) bool) {
	for _, list := range [][]Attr{r.front[:r.nFront], r.back} {
		for _, a := range list {
			if !f(a) {
				return
			}
		}
	}
}

func (r *Record) add(a Attr) {
	switch {
	case a.Value.isEmptyGroup():
	case r.nFront < len(r.front):
		r.front[r.nFront] = a
		r.nFront++
	default:
		r.back = append(r.back, a)
	}
}

// AddAttrs adds Attrs, but no empty groups.
func (r *Record) AddAttrs(attrs ...Attr) {
	// Something behind the end means that a copy was added to.
	if n := len(r.back); cap(r.back) > n && !r.back[:n+1][n].isEmpty() {
		r.back = append(slices.Clip(r.back),
			String("!BUG", "AddAttrs unsafely called on copy of Record made without using Record.Clone"))
	}
	for _, a := range attrs {
		r.add(a)
	}
}

// Add adds Attrs, given as to Logger.Log, but no empty groups.
func (r *Record) Add(args ...any) {
	for len(args) > 0 {
		var a Attr
		a, args = next(args)
		r.add(a)
	}
}

// next takes an Attr, or a key and a value, from a list.
func next(args []any) (Attr, []any) {
	const badKey = "!BADKEY"
	switch x := args[0].(type) {
	case string:
		if len(args) == 1 {
			return String(badKey, x), nil
		}
		return Any(x, args[1]), args[2:]
	case Attr:
		return x, args[1:]
	default:
		return Any(badKey, x), args[1:]
	}
}

func attrs(args []any) (list []Attr) {
	for len(args) > 0 {
		var a Attr
		a, args = next(args)
		list = append(list, a)
	}
	return
}

// Source is a place in the program.
type Source struct {
	Function string `json:"function"`
	File     string `json:"file"`
	Line     int    `json:"line"`
}

func (s *Source) group() Value {
	var as []Attr
	if s.Function != "" {
		as = append(as, String("function", s.Function))
	}
	if s.File != "" {
		as = append(as, String("file", s.File))
	}
	if s.Line != 0 {
		as = append(as, Int("line", s.Line))
	}
	return GroupValue(as...)
}

// Source returns where the event was logged, or nil if that is not known.
func (r Record) Source() *Source {
	if r.PC == 0 {
		return nil
	}
	f, _ := runtime.CallersFrames([]uintptr{r.PC}).Next()
	return &Source{f.Function, f.File, f.Line}
}

// Level is an event's importance.
type Level int

const (
	LevelDebug Level = -4
	LevelInfo  Level = 0
	LevelWarn  Level = 4
	LevelError Level = 8
)

var levelNames = []struct {
	level Level
	name  string
}{{LevelError, "ERROR"}, {LevelWarn, "WARN"}, {LevelInfo, "INFO"}, {LevelDebug, "DEBUG"}}

// String returns the name of the next lower level that has one, and how much higher l is.
func (l Level) String() string {
	for _, n := range levelNames {
		if d := int(l - n.level); d == 0 {
			return n.name
		} else if d > 0 {
			return n.name + "+" + strconv.Itoa(d)
		}
	}
	return "DEBUG" + strconv.Itoa(int(l-LevelDebug))
}

func (l *Level) parse(s string) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("slog: level string %q: %w", s, err)
		}
	}()
	name, offset := s, 0
	if i := strings.IndexAny(s, "+-"); i >= 0 {
		name = s[:i]
		if offset, err = strconv.Atoi(s[i:]); err != nil {
			return err
		}
	}
	for _, n := range levelNames {
		if strings.EqualFold(n.name, name) {
			*l = n.level + Level(offset)
			return nil
		}
	}
	return errors.New("unknown name")
}

// Level returns l, which makes it a Leveler.
func (l Level) Level() Level { return l }

// MarshalJSON returns the name in quotes.
func (l Level) MarshalJSON() ([]byte, error) { return strconv.AppendQuote(nil, l.String()), nil }

// UnmarshalJSON reads a name in quotes.
func (l *Level) UnmarshalJSON(data []byte) error {
	s, err := strconv.Unquote(string(data))
	if err != nil {
		return err
	}
	return l.parse(s)
}

// AppendText appends the name.
func (l Level) AppendText(b []byte) ([]byte, error) { return append(b, l.String()...), nil }

// MarshalText returns the name.
func (l Level) MarshalText() ([]byte, error) { return l.AppendText(nil) }

// UnmarshalText reads a name.
func (l *Level) UnmarshalText(data []byte) error { return l.parse(string(data)) }

// LevelVar is a level that can be changed while it is used. The zero one is LevelInfo.
type LevelVar struct{ val atomic.Int64 }

// Level returns the level.
func (v *LevelVar) Level() Level { return Level(v.val.Load()) }

// Set sets the level.
func (v *LevelVar) Set(l Level) { v.val.Store(int64(l)) }

func (v *LevelVar) String() string { return fmt.Sprintf("LevelVar(%s)", v.Level()) }

// AppendText appends the level's name.
func (v *LevelVar) AppendText(b []byte) ([]byte, error) { return v.Level().AppendText(b) }

// MarshalText returns the level's name.
func (v *LevelVar) MarshalText() ([]byte, error) { return v.AppendText(nil) }

// UnmarshalText sets the level from its name.
func (v *LevelVar) UnmarshalText(data []byte) error {
	var l Level
	if err := l.UnmarshalText(data); err != nil {
		return err
	}
	v.Set(l)
	return nil
}

// Leveler has a level: a Level or a LevelVar.
type Leveler interface{ Level() Level }
