// Package pbkdf2 derives keys from passwords, as RFC 8018 has it.
package pbkdf2

import (
	"crypto/hmac"
	"crypto/subtle"
	"errors"
	"hash"
)

// Key derives a key by so many iterations.
func Key[Hash hash.Hash](h func() Hash, password string, salt []byte, iter, keyLength int) ([]byte, error) {
	if keyLength <= 0 {
		return nil, errors.New("pbkdf2: keyLength must be larger than 0")
	}
	m := hmac.New(func() hash.Hash { return h() }, []byte(password))
	size := m.Size()
	blocks := (keyLength + size - 1) / size
	if blocks > 1<<32-1 {
		return nil, errors.New("pbkdf2: keyLength too long")
	}
	var out []byte
	for n := uint32(1); len(out) < keyLength; n++ {
		m.Reset()
		m.Write(salt)
		m.Write([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)})
		u := m.Sum(nil)
		t := append([]byte(nil), u...)
		for i := 2; i <= iter; i++ {
			m.Reset()
			m.Write(u)
			u = m.Sum(u[:0])
			subtle.XORBytes(t, t, u)
		}
		out = append(out, t...)
	}
	return out[:keyLength], nil
}
