// Package pem reads and writes keys, certificates and the like as text between BEGIN and END lines. (RFC 7468)
package pem

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"slices"
	"strings"
)

// A Block is one such text.
type Block struct {
	Type    string            // what stands behind BEGIN, such as RSA PRIVATE KEY
	Headers map[string]string // may be nil
	Bytes   []byte
}

var begin, end = []byte("-----BEGIN "), []byte("-----END ")

var dashes = []byte("-----")

// line takes the first line off data, without its end and trailing blanks.
func line(data []byte) (first, rest []byte) {
	first, rest, _ = bytes.Cut(data, []byte("\n"))
	return bytes.TrimRight(first, " \t\r"), rest
}

// Decode finds the next block in data. It returns the block and what is behind it, or nil and data.
func Decode(data []byte) (p *Block, rest []byte) {
	rest = data
	for {
		var at int
		if bytes.HasPrefix(rest, begin) {
			at = 0
		} else if i := bytes.Index(rest, []byte("\n-----BEGIN ")); i >= 0 {
			at = i + 1
		} else {
			return nil, data
		}
		rest = rest[at+len(begin):]
		first, body := line(rest)
		if !bytes.HasSuffix(first, dashes) {
			continue
		}
		kind := first[:len(first)-len(dashes)]
		p := &Block{Headers: map[string]string{}, Type: string(kind)}
		for {
			l, next := line(body)
			key, value, ok := bytes.Cut(l, []byte(":"))
			if !ok || len(next) == 0 {
				break
			}
			p.Headers[string(bytes.TrimSpace(key))] = string(bytes.TrimSpace(value))
			body = next
		}
		var stop, after int
		if len(p.Headers) == 0 && bytes.HasPrefix(body, end) {
			stop, after = 0, len(end)
		} else if i := bytes.Index(body, []byte("\n-----END ")); i >= 0 {
			stop, after = i, i+1+len(end)
		} else {
			continue
		}
		tail := body[after:]
		if !bytes.HasPrefix(tail, kind) || !bytes.HasPrefix(tail[len(kind):], dashes) {
			continue
		}
		l, behind := line(tail[len(kind)+len(dashes):])
		if len(l) != 0 {
			continue
		}
		text := slices.DeleteFunc(slices.Clone(body[:stop]), func(c byte) bool { return c == ' ' || c == '\t' })
		p.Bytes = make([]byte, base64.StdEncoding.DecodedLen(len(text)))
		n, err := base64.StdEncoding.Decode(p.Bytes, text)
		if err != nil {
			continue
		}
		p.Bytes = p.Bytes[:n]
		return p, behind
	}
}

// Encode writes a block to out.
func Encode(out io.Writer, b *Block) error {
	for k := range b.Headers {
		if strings.Contains(k, ":") {
			return errors.New("pem: cannot encode a header key that contains a colon")
		}
	}
	var buf bytes.Buffer
	buf.WriteString("-----BEGIN " + b.Type + "-----\n")
	if len(b.Headers) > 0 {
		const procType = "Proc-Type"
		var keys []string
		for k := range b.Headers {
			if k != procType {
				keys = append(keys, k)
			}
		}
		slices.Sort(keys)
		if _, ok := b.Headers[procType]; ok {
			keys = slices.Insert(keys, 0, procType)
		}
		for _, k := range keys {
			buf.WriteString(k + ": " + b.Headers[k] + "\n")
		}
		buf.WriteString("\n")
	}
	text := base64.StdEncoding.EncodeToString(b.Bytes)
	for len(text) > 0 {
		n := min(64, len(text))
		buf.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	buf.WriteString("-----END " + b.Type + "-----\n")
	_, err := out.Write(buf.Bytes())
	return err
}

// EncodeToMemory returns the text of a block, or nil if its headers are wrong.
func EncodeToMemory(b *Block) []byte {
	var buf bytes.Buffer
	if Encode(&buf, b) != nil {
		return nil
	}
	return buf.Bytes()
}
