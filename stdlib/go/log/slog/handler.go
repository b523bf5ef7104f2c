package slog

import (
	"bytes"
	"context"
	"encoding"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"
)

// Handler does something with Records.
type Handler interface {
	Enabled(context.Context, Level) bool
	Handle(context.Context, Record) error
	WithAttrs(attrs []Attr) Handler
	WithGroup(name string) Handler
}

// HandlerOptions are those of TextHandler and JSONHandler.
type HandlerOptions struct {
	AddSource   bool                               // show where it was logged
	Level       Leveler                            // the least level that is shown; nil is LevelInfo
	ReplaceAttr func(groups []string, a Attr) Attr // changes each Attr that is no group; the zero Attr is left out
}

// Keys of what every Record has.
const (
	TimeKey    = "time"
	LevelKey   = "level"
	MessageKey = "msg"
	SourceKey  = "source"
)

// writer is what the handlers have in common.
type writer struct {
	json   bool
	opts   HandlerOptions
	pre    []byte // Attrs of WithAttrs, formatted
	prefix string // of keys, for those groups that pre opened
	groups []string
	opened int // how many of the groups are open at the end of pre
	mu     *sync.Mutex
	w      io.Writer
}

func newWriter(w io.Writer, opts *HandlerOptions, json bool) *writer {
	if opts == nil {
		opts = &HandlerOptions{}
	}
	return &writer{json: json, opts: *opts, mu: new(sync.Mutex), w: w}
}

func (h *writer) enabled(l Level) bool {
	least := LevelInfo
	if h.opts.Level != nil {
		least = h.opts.Level.Level()
	}
	return l >= least
}

func (h *writer) clone() *writer {
	c := *h
	c.pre, c.groups = slices.Clip(h.pre), slices.Clip(h.groups)
	return &c
}

func (h *writer) withAttrs(as []Attr) *writer {
	if emptyGroups(as) == len(as) {
		return h
	}
	c := h.clone()
	l := c.line(c.pre)
	l.prefix = h.prefix
	l.after(len(h.pre))
	start := len(l.buf)
	l.openAll()
	if l.attrs(as) {
		c.pre, c.prefix, c.opened = l.buf, l.prefix, len(c.groups)
	} else {
		c.pre = l.buf[:start]
	}
	return c
}

func (h *writer) withGroup(name string) *writer {
	c := h.clone()
	c.groups = append(c.groups, name)
	return c
}

func (h *writer) handle(r Record) error {
	l := h.line(nil)
	if h.json {
		l.buf = append(l.buf, '{')
	}
	groups := l.groups
	l.groups = nil // what comes first belongs to no group
	replaced := h.opts.ReplaceAttr != nil
	if !r.Time.IsZero() {
		if t := r.Time.Round(0); replaced {
			l.attr(Time(TimeKey, t))
		} else {
			l.key(TimeKey)
			l.time(t)
		}
	}
	if replaced {
		l.attr(Any(LevelKey, r.Level))
	} else {
		l.key(LevelKey)
		l.text(r.Level.String())
	}
	if h.opts.AddSource {
		source := r.Source()
		if source == nil {
			source = &Source{}
		}
		l.attr(Any(SourceKey, source))
	}
	if replaced {
		l.attr(String(MessageKey, r.Message))
	} else {
		l.key(MessageKey)
		l.text(r.Message)
	}
	l.groups = groups
	l.rest(r)
	h.mu.Lock()
	defer h.mu.Unlock()
	_, err := h.w.Write(append(l.buf, '\n'))
	return err
}

// line is a line that is being written.
type line struct {
	h      *writer
	buf    []byte
	sep    string // before the next key
	prefix string // of keys, in text
	groups []string
}

func (h *writer) line(buf []byte) *line {
	return &line{h: h, buf: buf, groups: slices.Clone(h.groups[:h.opened])}
}

func (l *line) comma() {
	if l.sep = " "; l.h.json {
		l.sep = ","
	}
}

// after sets what comes before the next key, behind something that is n bytes long.
func (l *line) after(n int) {
	if n == 0 {
		return
	}
	if l.comma(); l.h.json && l.buf[len(l.buf)-1] == '{' {
		l.sep = ""
	}
}

// rest writes the Attrs of WithAttrs and of the Record, and closes what is open.
func (l *line) rest(r Record) {
	h := l.h
	if len(h.pre) > 0 {
		l.buf = append(append(l.buf, l.sep...), h.pre...)
		l.after(len(h.pre))
	}
	open := h.opened
	if r.NumAttrs() > 0 {
		l.prefix = h.prefix
		start := len(l.buf)
		l.openAll()
		any := false
		r.Attrs(func(a Attr) bool {
			any = l.attr(a) || any
			return true
		})
		if any {
			open = len(h.groups)
		} else {
			l.buf = l.buf[:start]
		}
	}
	if h.json {
		for range open + 1 {
			l.buf = append(l.buf, '}')
		}
	}
}

func (l *line) openAll() {
	for _, name := range l.h.groups[l.h.opened:] {
		l.open(name)
	}
}

func (l *line) open(name string) {
	if l.h.json {
		l.key(name)
		l.buf = append(l.buf, '{')
		l.sep = ""
	} else {
		l.prefix += name + "."
	}
	l.groups = append(l.groups, name)
}

func (l *line) close(name string) {
	if l.h.json {
		l.buf = append(l.buf, '}')
	} else {
		l.prefix = l.prefix[:len(l.prefix)-len(name)-1]
	}
	l.comma()
	l.groups = l.groups[:len(l.groups)-1]
}

func (l *line) attrs(as []Attr) (any bool) {
	for _, a := range as {
		any = l.attr(a) || any
	}
	return
}

// attr writes an Attr, and reports whether there was something to write.
func (l *line) attr(a Attr) bool {
	a.Value = a.Value.Resolve()
	if replace := l.h.opts.ReplaceAttr; replace != nil && a.Value.Kind() != KindGroup {
		a = replace(l.groups, a)
		a.Value = a.Value.Resolve()
	}
	if a.isEmpty() {
		return false
	}
	if source, ok := a.Value.any.(*Source); ok {
		switch {
		case source == nil || *source == Source{}:
			return false
		case l.h.json:
			a.Value = source.group()
		default:
			a.Value = StringValue(fmt.Sprintf("%s:%d", source.File, source.Line))
		}
	}
	if a.Value.Kind() != KindGroup {
		l.key(a.Key)
		l.value(a.Value)
		return true
	}
	if group := a.Value.group(); len(group) > 0 {
		start := len(l.buf)
		if a.Key != "" {
			l.open(a.Key)
		}
		if !l.attrs(group) {
			l.buf = l.buf[:start]
			return false
		}
		if a.Key != "" {
			l.close(a.Key)
		}
	}
	return true
}

func (l *line) key(key string) {
	l.buf = append(l.buf, l.sep...)
	switch {
	case l.h.json:
		l.text(key)
		l.buf = append(l.buf, ':')
	case l.prefix != "" && key == "":
		l.buf = append(strconv.AppendQuote(l.buf, l.prefix), '=')
	default:
		l.text(l.prefix + key)
		l.buf = append(l.buf, '=')
	}
	l.comma()
}

func (l *line) text(s string) {
	switch {
	case l.h.json:
		l.buf = append(appendJSON(append(l.buf, '"'), s), '"')
	case needsQuotes(s):
		l.buf = strconv.AppendQuote(l.buf, s)
	default:
		l.buf = append(l.buf, s...)
	}
}

func (l *line) value(v Value) {
	defer func() {
		if r := recover(); r != nil {
			// A nil pointer whose method does not expect it is common, and says enough by itself.
			if p := reflect.ValueOf(v.any); p.Kind() == reflect.Pointer && p.IsNil() {
				l.text("<nil>")
				return
			}
			l.text(fmt.Sprintf("!PANIC: %v", r))
		}
	}()
	write := l.textValue
	if l.h.json {
		write = l.jsonValue
	}
	if err := write(v); err != nil {
		l.fail(err)
	}
}

func (l *line) fail(err error) { l.text(fmt.Sprintf("!ERROR:%v", err)) }

func (l *line) time(t time.Time) {
	if l.h.json {
		if y := t.Year(); y < 0 || y >= 10000 {
			l.fail(errors.New("time.Time year outside of range [0,9999]"))
			return
		}
		l.buf = append(t.AppendFormat(append(l.buf, '"'), time.RFC3339Nano), '"')
		return
	}
	l.buf = t.AppendFormat(l.buf, "2006-01-02T15:04:05.000Z07:00")
}

func (l *line) textValue(v Value) error {
	switch v.Kind() {
	case KindString:
		l.text(v.text())
	case KindTime:
		l.time(v.time())
	case KindAny:
		if a, ok := v.any.(encoding.TextAppender); ok {
			b, err := a.AppendText(nil)
			if err != nil {
				return err
			}
			l.text(string(b))
			return nil
		}
		if m, ok := v.any.(encoding.TextMarshaler); ok {
			b, err := m.MarshalText()
			if err != nil {
				return err
			}
			l.text(string(b))
			return nil
		}
		if t := reflect.TypeOf(v.any); t != nil && t.Kind() == reflect.Slice && t.Elem().Kind() == reflect.Uint8 {
			l.buf = strconv.AppendQuote(l.buf, string(reflect.ValueOf(v.any).Bytes()))
			return nil
		}
		l.text(fmt.Sprintf("%+v", v.Any()))
	default:
		l.buf = v.append(l.buf)
	}
	return nil
}

func (l *line) jsonValue(v Value) error {
	switch v.Kind() {
	case KindString:
		l.text(v.text())
	case KindFloat64:
		return l.marshal(v.Float64())
	case KindDuration:
		l.buf = strconv.AppendInt(l.buf, int64(v.Duration()), 10)
	case KindTime:
		l.time(v.time())
	case KindAny:
		a := v.Any()
		_, own := a.(json.Marshaler)
		if err, ok := a.(error); ok && !own {
			l.text(err.Error())
			return nil
		}
		return l.marshal(a)
	default:
		l.buf = v.append(l.buf)
	}
	return nil
}

func (l *line) marshal(v any) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return err
	}
	l.buf = append(l.buf, bytes.TrimSuffix(b.Bytes(), []byte{'\n'})...)
	return nil
}

func needsQuotes(s string) bool {
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf:
			if r <= ' ' || r == '=' || r == '"' || r == 0x7f {
				return true
			}
		case r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r):
			return true
		}
	}
	return s == ""
}

func appendJSON(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, `\n`...)
		case r == '\r':
			b = append(b, `\r`...)
		case r == '\t':
			b = append(b, `\t`...)
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&15])
		case r == '\u2028' || r == '\u2029':
			b = append(append(b, `\u202`...), hex[r&15])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return b
}

// TextHandler writes Records as key=value.
type TextHandler struct{ *writer }

// NewTextHandler returns a TextHandler; nil options are the defaults.
func NewTextHandler(w io.Writer, opts *HandlerOptions) *TextHandler {
	return &TextHandler{newWriter(w, opts, false)}
}

// Enabled reports whether the level is shown.
func (h *TextHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

// Handle writes a Record as a line.
func (h *TextHandler) Handle(_ context.Context, r Record) error { return h.handle(r) }

// WithAttrs returns a TextHandler that adds Attrs to each Record.
func (h *TextHandler) WithAttrs(attrs []Attr) Handler { return &TextHandler{h.withAttrs(attrs)} }

// WithGroup returns a TextHandler that puts the name before keys.
func (h *TextHandler) WithGroup(name string) Handler { return &TextHandler{h.withGroup(name)} }

// JSONHandler writes Records as JSON objects.
type JSONHandler struct{ *writer }

// NewJSONHandler returns a JSONHandler; nil options are the defaults.
func NewJSONHandler(w io.Writer, opts *HandlerOptions) *JSONHandler {
	return &JSONHandler{newWriter(w, opts, true)}
}

// Enabled reports whether the level is shown.
func (h *JSONHandler) Enabled(_ context.Context, level Level) bool { return h.enabled(level) }

// Handle writes a Record as a line.
func (h *JSONHandler) Handle(_ context.Context, r Record) error { return h.handle(r) }

// WithAttrs returns a JSONHandler that adds Attrs to each Record.
func (h *JSONHandler) WithAttrs(attrs []Attr) Handler { return &JSONHandler{h.withAttrs(attrs)} }

// WithGroup returns a JSONHandler that puts Attrs into an object of that name.
func (h *JSONHandler) WithGroup(name string) Handler { return &JSONHandler{h.withGroup(name)} }

// defaultHandler writes through package log.
type defaultHandler struct {
	*writer
	output func(pc uintptr, data []byte) error
}

func (*defaultHandler) Enabled(_ context.Context, l Level) bool { return l >= logLoggerLevel.Level() }

func (h *defaultHandler) Handle(ctx context.Context, r Record) error {
	l := h.line([]byte(r.Level.String() + " " + r.Message))
	l.sep = " "
	l.rest(r)
	return h.output(r.PC, l.buf)
}

func (h *defaultHandler) WithAttrs(as []Attr) Handler {
	return &defaultHandler{h.withAttrs(as), h.output}
}

func (h *defaultHandler) WithGroup(name string) Handler {
	return &defaultHandler{h.withGroup(name), h.output}
}

// DiscardHandler handles nothing.
var DiscardHandler Handler = discardHandler{}

type discardHandler struct{}

func (discardHandler) Enabled(context.Context, Level) bool  { return false }
func (discardHandler) Handle(context.Context, Record) error { return nil }
func (d discardHandler) WithAttrs([]Attr) Handler           { return d }
func (d discardHandler) WithGroup(string) Handler           { return d }

// MultiHandler hands Records to several Handlers.
type MultiHandler struct{ to []Handler }

// NewMultiHandler returns a MultiHandler.
func NewMultiHandler(handlers ...Handler) *MultiHandler { return &MultiHandler{slices.Clone(handlers)} }

// Enabled reports whether one of the Handlers is.
func (h *MultiHandler) Enabled(ctx context.Context, l Level) bool {
	return slices.ContainsFunc(h.to, func(h Handler) bool { return h.Enabled(ctx, l) })
}

// Handle hands the Record to the Handlers that are enabled, and joins their errors.
func (h *MultiHandler) Handle(ctx context.Context, r Record) error {
	var errs []error
	for _, to := range h.to {
		if to.Enabled(ctx, r.Level) {
			errs = append(errs, to.Handle(ctx, r.Clone()))
		}
	}
	return errors.Join(errs...)
}

func (h *MultiHandler) each(f func(Handler) Handler) Handler {
	m := &MultiHandler{slices.Clone(h.to)}
	for i, to := range m.to {
		m.to[i] = f(to)
	}
	return m
}

// WithAttrs calls WithAttrs of all Handlers.
func (h *MultiHandler) WithAttrs(attrs []Attr) Handler {
	return h.each(func(h Handler) Handler { return h.WithAttrs(attrs) })
}

// WithGroup calls WithGroup of all Handlers.
func (h *MultiHandler) WithGroup(name string) Handler {
	return h.each(func(h Handler) Handler { return h.WithGroup(name) })
}
