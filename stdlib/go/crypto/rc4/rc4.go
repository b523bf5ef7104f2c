// Package rc4 has the stream cipher RC4, which is broken: no use where security matters.
package rc4

import "strconv"

// Cipher is a key stream.
type Cipher struct {
	s    [256]byte
	i, j uint8
}

// KeySizeError is the length of a key that is not from 1 to 256.
type KeySizeError int

func (k KeySizeError) Error() string { return "crypto/rc4: invalid key size " + strconv.Itoa(int(k)) }

// NewCipher returns the cipher for a key of 1 to 256 bytes.
func NewCipher(key []byte) (*Cipher, error) {
	if len(key) < 1 || len(key) > 256 {
		return nil, KeySizeError(len(key))
	}
	c := new(Cipher)
	for i := range c.s {
		c.s[i] = byte(i)
	}
	var j uint8
	for i := range c.s {
		j += c.s[i] + key[i%len(key)]
		c.s[i], c.s[j] = c.s[j], c.s[i]
	}
	return c, nil
}

// Reset makes the cipher useless.
//
// Deprecated: copies of the key may remain elsewhere.
func (c *Cipher) Reset() { *c = Cipher{} }

// XORKeyStream combines src with the key stream.
func (c *Cipher) XORKeyStream(dst, src []byte) {
	if len(src) == 0 {
		return
	}
	_ = dst[len(src)-1]
	for k, v := range src {
		c.i++
		c.j += c.s[c.i]
		c.s[c.i], c.s[c.j] = c.s[c.j], c.s[c.i]
		dst[k] = v ^ c.s[c.s[c.i]+c.s[c.j]]
	}
}
