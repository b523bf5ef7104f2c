// Package jsontext has the type of raw JSON values.
package jsontext

import (
	"bytes"
	"errors"
	"internal/jsonwire"
)

// Value is a text of one JSON value, perhaps with blanks around it.
type Value []byte

// Clone returns a copy.
func (v Value) Clone() Value { return bytes.Clone(v) }

// String returns the text, "null" if there is none.
func (v Value) String() string {
	if v == nil {
		return "null"
	}
	return string(v)
}

// IsValid reports whether the text is a JSON value.
func (v Value) IsValid() bool {
	_, text := jsonwire.Check(v)
	return text == ""
}

// Kind returns the kind of the value by its first character.
func (v Value) Kind() Kind {
	v = bytes.TrimLeft(v, " \n\r\t")
	if len(v) == 0 {
		return 0
	}
	switch c := v[0]; {
	case c == '-' || '0' <= c && c <= '9':
		return '0'
	case bytes.IndexByte([]byte("nft\"{}[],:"), c) >= 0:
		return Kind(c)
	}
	return 0
}

// MarshalJSON returns v, null if it is nil.
func (v Value) MarshalJSON() ([]byte, error) {
	if v == nil {
		return []byte("null"), nil
	}
	return v, nil
}

// UnmarshalJSON makes *v a copy of b.
func (v *Value) UnmarshalJSON(b []byte) error {
	if v == nil {
		return errors.New("jsontext.Value: UnmarshalJSON on nil pointer")
	}
	*v = append((*v)[:0], b...)
	return nil
}

// A Kind is a kind of value: one of n, f, t, ", 0, { and [.
type Kind byte

func (k Kind) String() string {
	switch k {
	case 'n':
		return "null"
	case 'f':
		return "false"
	case 't':
		return "true"
	case '"':
		return "string"
	case '0':
		return "number"
	case '{', '}', '[', ']':
		return string(k)
	}
	return "<invalid>"
}
