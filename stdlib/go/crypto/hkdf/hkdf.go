// Package hkdf derives keys from a secret, as RFC 5869 has it.
package hkdf

import (
	"crypto/hmac"
	"errors"
	"hash"
)

// Extract makes a key of fixed length from a secret and a salt, which may be nil.
func Extract[H hash.Hash](h func() H, secret, salt []byte) ([]byte, error) {
	if salt == nil {
		salt = make([]byte, h().Size())
	}
	m := hmac.New(func() hash.Hash { return h() }, salt)
	m.Write(secret)
	return m.Sum(nil), nil
}

// Expand makes a key of any length from such a key and what it is for.
func Expand[H hash.Hash](h func() H, pseudorandomKey []byte, info string, keyLength int) ([]byte, error) {
	if keyLength > h().Size()*255 {
		return nil, errors.New("hkdf: requested key length too large")
	}
	var out, last []byte
	m := hmac.New(func() hash.Hash { return h() }, pseudorandomKey)
	for n := byte(1); len(out) < keyLength; n++ {
		m.Reset()
		m.Write(last)
		m.Write([]byte(info))
		m.Write([]byte{n})
		last = m.Sum(nil)
		out = append(out, last...)
	}
	return out[:keyLength], nil
}

// Key is Extract and Expand.
func Key[Hash hash.Hash](h func() Hash, secret, salt []byte, info string, keyLength int) ([]byte, error) {
	if keyLength > h().Size()*255 {
		return nil, errors.New("hkdf: requested key length too large")
	}
	key, err := Extract(h, secret, salt)
	if err != nil {
		return nil, err
	}
	return Expand(h, key, info, keyLength)
}
