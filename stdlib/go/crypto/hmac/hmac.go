// Package hmac authenticates messages with a key and a hash.
package hmac

import (
	"crypto/subtle"
	"errors"
	"hash"
)

type hmac struct {
	inner, outer hash.Hash
	ipad, opad   []byte
}

// New returns a running HMAC. h has to return a new hash with each call.
func New(h func() hash.Hash, key []byte) hash.Hash {
	m := &hmac{inner: h(), outer: h()}
	func() {
		defer func() { recover() }() // hashes may be of a type that cannot be compared
		if m.inner == m.outer {
			m = nil
		}
	}()
	if m == nil {
		panic("crypto/hmac: hash generation function does not produce unique values")
	}
	size := m.inner.BlockSize()
	if len(key) > size {
		m.outer.Write(key)
		key = m.outer.Sum(nil)
	}
	m.ipad, m.opad = make([]byte, size), make([]byte, size)
	copy(m.ipad, key)
	copy(m.opad, key)
	for i := range size {
		m.ipad[i] ^= 0x36
		m.opad[i] ^= 0x5c
	}
	m.inner.Write(m.ipad)
	return m
}

func (m *hmac) Write(p []byte) (int, error) { return m.inner.Write(p) }
func (m *hmac) Size() int                   { return m.outer.Size() }
func (m *hmac) BlockSize() int              { return m.inner.BlockSize() }

func (m *hmac) Reset() {
	m.inner.Reset()
	m.inner.Write(m.ipad)
}

func (m *hmac) Sum(b []byte) []byte {
	n := len(b)
	b = m.inner.Sum(b)
	m.outer.Reset()
	m.outer.Write(m.opad)
	m.outer.Write(b[n:])
	return m.outer.Sum(b[:n])
}

// Clone copies the state, if that of the hash can be copied.
func (m *hmac) Clone() (hash.Cloner, error) {
	c := *m
	for _, h := range []*hash.Hash{&c.inner, &c.outer} {
		cloner, ok := (*h).(hash.Cloner)
		if !ok {
			return nil, errors.ErrUnsupported
		}
		clone, err := cloner.Clone()
		if err != nil {
			return nil, errors.ErrUnsupported
		}
		*h = clone
	}
	return &c, nil
}

// Equal compares two sums without telling by its time how much is equal.
func Equal(mac1, mac2 []byte) bool { return subtle.ConstantTimeCompare(mac1, mac2) == 1 }
