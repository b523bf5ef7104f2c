package http

import (
	"internal/httphead"
	"io"
	"slices"
	"strings"
	"time"
)

// Header is the keys and values of a message's head. Keys are in canonical form.
type Header map[string][]string

// CanonicalHeaderKey returns a key in canonical form: "accept-encoding" becomes "Accept-Encoding".
func CanonicalHeaderKey(s string) string { return httphead.Canonical(s) }

// Add adds a value to a key.
func (h Header) Add(key, value string) {
	key = httphead.Canonical(key)
	h[key] = append(h[key], value)
}

// Set replaces all values of a key.
func (h Header) Set(key, value string) { h[httphead.Canonical(key)] = []string{value} }

// Get returns a key's first value, or nothing.
func (h Header) Get(key string) string {
	if h == nil {
		return ""
	}
	return h.get(httphead.Canonical(key))
}

// get is like Get for a key in canonical form.
func (h Header) get(key string) string {
	if v := h[key]; len(v) > 0 {
		return v[0]
	}
	return ""
}

func (h Header) has(key string) bool {
	_, ok := h[key]
	return ok
}

// Values returns all values of a key, not copied.
func (h Header) Values(key string) []string {
	if h == nil {
		return nil
	}
	return h[httphead.Canonical(key)]
}

// Del deletes a key.
func (h Header) Del(key string) { delete(h, httphead.Canonical(key)) }

// Clone returns a copy.
func (h Header) Clone() Header {
	if h == nil {
		return nil
	}
	c := make(Header, len(h))
	for k, v := range h {
		c[k] = slices.Clone(v)
	}
	return c
}

// Write writes the header as it stands in a message.
func (h Header) Write(w io.Writer) error { return h.WriteSubset(w, nil) }

// WriteSubset writes the header without the keys that exclude has as true.
func (h Header) WriteSubset(w io.Writer, exclude map[string]bool) error {
	_, err := w.Write(h.appendTo(nil, func(key string) bool { return exclude[key] }))
	return err
}

// appendTo appends the header, ordered by key, in the form that it has in a message.
func (h Header) appendTo(b []byte, excluded func(key string) bool) []byte {
	keys := make([]string, 0, 16)
	for k := range h {
		if excluded == nil || !excluded(k) {
			keys = append(keys, k)
		}
	}
	if len(keys) > 1 {
		slices.Sort(keys)
	}
	for _, k := range keys {
		if !httphead.IsToken(k) {
			continue // it would be another message
		}
		for _, v := range h[k] {
			b = append(b, k...)
			b = append(b, ": "...)
			b = appendValue(b, v)
			b = append(b, "\r\n"...)
		}
	}
	return b
}

// appendValue appends a value without line ends and without space around it.
func appendValue(b []byte, v string) []byte {
	if strings.IndexByte(v, '\n') >= 0 || strings.IndexByte(v, '\r') >= 0 {
		v = strings.ReplaceAll(strings.ReplaceAll(v, "\n", " "), "\r", " ")
	}
	return append(b, strings.Trim(v, " \t")...)
}

// makeHeader puts the pairs of a head into a Header.
func makeHeader(fields []string) Header {
	h := make(Header, len(fields)/2)
	for i := 0; i+1 < len(fields); i += 2 {
		k := fields[i]
		if old, ok := h[k]; ok {
			h[k] = append(old, fields[i+1])
		} else {
			h[k] = fields[i+1 : i+2 : i+2]
		}
	}
	return h
}

// hasToken reports whether a value that is a list with commas has a token.
func hasToken(v, token string) bool {
	for v != "" {
		var one string
		one, v, _ = strings.Cut(v, ",")
		if strings.EqualFold(strings.Trim(one, " \t"), token) {
			return true
		}
	}
	return false
}

func anyHasToken(values []string, token string) bool {
	for _, v := range values {
		if hasToken(v, token) {
			return true
		}
	}
	return false
}

// TimeFormat is the form of times in headers. The time must be in UTC.
const TimeFormat = "Mon, 02 Jan 2006 15:04:05 GMT"

// ParseTime reads a time in one of the three forms that headers may have.
func ParseTime(text string) (t time.Time, err error) {
	for _, layout := range []string{TimeFormat, time.RFC850, time.ANSIC} {
		if t, err = time.Parse(layout, text); err == nil {
			return
		}
	}
	return
}
