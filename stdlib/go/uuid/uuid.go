// Package uuid makes and reads universally unique identifiers, as RFC 9562 has them.
package uuid

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"strings"
	"sync"
	"time"
)

// UUID is a universally unique identifier.
type UUID [16]byte

// Nil returns the UUID of zeros.
func Nil() UUID { return UUID{} }

// Max returns the UUID of ones.
func Max() (u UUID) {
	for i := range u {
		u[i] = 0xff
	}
	return
}

// New returns a new UUID.
func New() UUID { return NewV4() }

func (u *UUID) mark(version byte) {
	u[6] = u[6]&0x0f | version<<4
	u[8] = u[8]&0x3f | 0x80
}

// NewV4 returns a random UUID.
func NewV4() (u UUID) {
	rand.Read(u[:])
	u.mark(4)
	return
}

var last struct {
	sync.Mutex
	at int64 // milliseconds, and 12 bits of their fraction
}

// NewV7 returns a UUID that begins with the time. Each is greater than the one before, unless the clock goes back.
func NewV7() (u UUID) {
	rand.Read(u[8:])
	now := time.Now()
	ms := now.UnixMilli()
	at := ms<<12 | (now.UnixNano()-ms*1e6)<<12/1e6
	last.Lock()
	if at <= last.at && last.at-at < 1<<24 {
		at = last.at + 1
	}
	last.at = at
	last.Unlock()
	for i := range 6 {
		u[i] = byte(at >> (52 - 8*i))
	}
	u[6], u[7] = byte(at>>8&0x0f), byte(at)
	u.mark(7)
	return
}

var errInvalid = errors.New("invalid uuid")

// Parse reads a UUID in its usual form, with or without braces or urn:uuid: around it, or as 32 digits.
func Parse(s string) (u UUID, err error) {
	digits := s
	switch len(s) {
	case 36 + len("{}"):
		if s[0] == '{' && s[37] == '}' {
			digits = s[1:37]
		}
	case 36 + len("urn:uuid:"):
		if strings.HasPrefix(s, "urn:uuid:") {
			digits = s[9:]
		}
	}
	if len(digits) == 36 && digits[8] == '-' && digits[13] == '-' && digits[18] == '-' && digits[23] == '-' {
		digits = digits[:8] + digits[9:13] + digits[14:18] + digits[19:23] + digits[24:]
	}
	if len(digits) == 32 {
		if _, err = hex.Decode(u[:], []byte(digits)); err == nil {
			return u, nil
		}
	}
	return UUID{}, errInvalid
}

// MustParse is Parse that panics.
func MustParse(s string) UUID {
	u, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return u
}

// String returns the usual form.
func (u UUID) String() string {
	b, _ := u.AppendText(nil)
	return string(b)
}

// AppendText appends the usual form.
func (u UUID) AppendText(b []byte) ([]byte, error) {
	for i, part := range [][]byte{u[:4], u[4:6], u[6:8], u[8:10], u[10:]} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, part)
	}
	return b, nil
}

// MarshalText returns the usual form.
func (u UUID) MarshalText() ([]byte, error) { return u.AppendText(nil) }

// UnmarshalText reads what Parse reads.
func (u *UUID) UnmarshalText(b []byte) error {
	v, err := Parse(string(b))
	if err == nil {
		*u = v
	}
	return err
}

// Compare returns -1, 0 or +1 as u is before, equal to or behind v.
func (u UUID) Compare(v UUID) int { return bytes.Compare(u[:], v[:]) }
