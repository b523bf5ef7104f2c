// Package encoding names the interfaces by which types turn themselves into bytes and text, and back.
package encoding

// BinaryMarshaler: a type that has a binary form.
type BinaryMarshaler interface {
	MarshalBinary() (data []byte, err error)
}

// BinaryUnmarshaler: a type that is read from its binary form. It copies what it keeps of data.
type BinaryUnmarshaler interface {
	UnmarshalBinary(data []byte) error
}

// BinaryAppender: a type that appends its binary form to a slice.
type BinaryAppender interface {
	AppendBinary(b []byte) ([]byte, error)
}

// TextMarshaler: a type that has a textual form in UTF-8.
type TextMarshaler interface {
	MarshalText() (text []byte, err error)
}

// TextUnmarshaler: a type that is read from its textual form. It copies what it keeps of text.
type TextUnmarshaler interface {
	UnmarshalText(text []byte) error
}

// TextAppender: a type that appends its textual form to a slice.
type TextAppender interface {
	AppendText(b []byte) ([]byte, error)
}
