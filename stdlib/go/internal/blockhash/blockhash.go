// Package blockhash is what the hashes of the MD5 and SHA families have in common: the frame that collects blocks, and
// the state's form as bytes. What a block does to the state is native.
package blockhash

import (
	"errors"
	"hash"
	"math/bits"
)

// Kind is one of the hashes.
type Kind int

const (
	MD5 Kind = iota
	SHA1
	SHA224
	SHA256
	SHA384
	SHA512
	SHA512_224
	SHA512_256
)

// Native: one block after another; and a whole hash at once. The words of the small hashes are the low halves.
func blocks(kind Kind, state *[8]uint64, p []byte)

type props struct {
	name, magic       string
	size, block, word int
	words             int // of state
	initial           [8]uint64
}

var table = [...]*props{
	MD5:  {"crypto/md5", "md5\x01", 16, 64, 4, 4, [8]uint64{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476}},
	SHA1: {"crypto/sha1", "sha\x01", 20, 64, 4, 5, [8]uint64{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0}},
	SHA224: {"crypto/sha256", "sha\x02", 28, 64, 4, 8, [8]uint64{0xc1059ed8, 0x367cd507, 0x3070dd17, 0xf70e5939,
		0xffc00b31, 0x68581511, 0x64f98fa7, 0xbefa4fa4}},
	SHA256: {"crypto/sha256", "sha\x03", 32, 64, 4, 8, [8]uint64{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
		0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19}},
	SHA384: {"crypto/sha512", "sha\x04", 48, 128, 8, 8, [8]uint64{0xcbbb9d5dc1059ed8, 0x629a292a367cd507,
		0x9159015a3070dd17, 0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511, 0xdb0c2e0d64f98fa7,
		0x47b5481dbefa4fa4}},
	SHA512: {"crypto/sha512", "sha\x07", 64, 128, 8, 8, [8]uint64{0x6a09e667f3bcc908, 0xbb67ae8584caa73b,
		0x3c6ef372fe94f82b, 0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f, 0x1f83d9abfb41bd6b,
		0x5be0cd19137e2179}},
	SHA512_224: {"crypto/sha512", "sha\x05", 28, 128, 8, 8, [8]uint64{0x8c3d37c819544da2, 0x73e1996689dcd4d6,
		0x1dfab7ae32ff9c82, 0x679dd514582f9fcf, 0x0f6d2b697bd44da8, 0x77e36f7304c48942, 0x3f9d85a86a1d36c8,
		0x1112e6ad91d692a1}},
	SHA512_256: {"crypto/sha512", "sha\x06", 32, 128, 8, 8, [8]uint64{0x22312194fc2bf72c, 0x9f555fa3c84c64c2,
		0x2393b86b6f53b151, 0x963877195940eabd, 0x96283ee2a88effe3, 0xbe5e1e2553863992, 0x2b0199fc2c85b8aa,
		0x0eb72ddc81c52ca2}},
}

// Digest is a running hash.
type Digest struct {
	kind  Kind
	n     int // bytes in rest
	len   uint64
	state [8]uint64
	rest  [128]byte
}

// New returns a hash of nothing yet.
func New(kind Kind) *Digest {
	return &Digest{kind: kind, state: table[kind].initial}
}

// Reset forgets what was written.
func (d *Digest) Reset() { *d = Digest{kind: d.kind, state: table[d.kind].initial} }

// Size is the number of bytes that Sum appends.
func (d *Digest) Size() int { return table[d.kind].size }

// BlockSize is the number of bytes that are hashed together.
func (d *Digest) BlockSize() int { return table[d.kind].block }

// Write adds to what is hashed.
func (d *Digest) Write(p []byte) (int, error) {
	size := table[d.kind].block
	n := len(p)
	d.len += uint64(n)
	if d.n > 0 {
		m := copy(d.rest[d.n:size], p)
		p = p[m:]
		if d.n += m; d.n < size {
			return n, nil
		}
		blocks(d.kind, &d.state, d.rest[:size])
		d.n = 0
	}
	if whole := len(p) &^ (size - 1); whole > 0 {
		blocks(d.kind, &d.state, p[:whole])
		p = p[whole:]
	}
	d.n = copy(d.rest[:], p)
	return n, nil
}

// WriteString adds to what is hashed.
func (d *Digest) WriteString(s string) (int, error) { return d.Write([]byte(s)) }

func appendWord(b []byte, v uint64, size int) []byte {
	for shift := 8*size - 8; shift >= 0; shift -= 8 {
		b = append(b, byte(v>>shift))
	}
	return b
}

// Sum appends the hash.
func (d *Digest) Sum(b []byte) []byte {
	c := *d
	p := table[d.kind]
	c.rest[c.n] = 0x80
	lengthSize := 2 * p.word
	clear(c.rest[c.n+1 : p.block])
	if c.n+1 > p.block-lengthSize {
		blocks(c.kind, &c.state, c.rest[:p.block])
		clear(c.rest[:p.block])
	}
	length := c.len << 3
	if c.kind == MD5 {
		length = bits.ReverseBytes64(length)
	} else if p.word == 8 {
		appendWord(c.rest[:p.block-16], c.len>>61, 8)
	}
	appendWord(c.rest[:p.block-8], length, 8)
	blocks(c.kind, &c.state, c.rest[:p.block])
	var out [64]byte
	o := out[:0]
	for _, w := range c.state[:p.words] {
		if c.kind == MD5 {
			w = uint64(bits.ReverseBytes32(uint32(w)))
		}
		o = appendWord(o, w, p.word)
	}
	return append(b, o[:p.size]...)
}

// Sum puts the hash of data into out.
func Sum(kind Kind, data, out []byte) {
	d := Digest{kind: kind, state: table[kind].initial}
	d.Write(data)
	d.Sum(out[:0])
}

// Clone returns a hash that goes on independently.
func (d *Digest) Clone() (hash.Cloner, error) { return new(*d), nil }

// AppendBinary appends the state.
func (d *Digest) AppendBinary(b []byte) ([]byte, error) {
	p := table[d.kind]
	b = append(b, p.magic...)
	for _, w := range d.state[:p.words] {
		b = appendWord(b, w, p.word)
	}
	b = append(b, d.rest[:d.n]...)
	b = append(b, make([]byte, p.block-d.n)...)
	return appendWord(b, d.len, 8), nil
}

// MarshalBinary returns the state.
func (d *Digest) MarshalBinary() ([]byte, error) { return d.AppendBinary(nil) }

// UnmarshalBinary takes over a state.
func (d *Digest) UnmarshalBinary(b []byte) error {
	p := table[d.kind]
	if len(b) < len(p.magic) || string(b[:len(p.magic)]) != p.magic {
		return errors.New(p.name + ": invalid hash state identifier")
	}
	if len(b) != len(p.magic)+p.words*p.word+p.block+8 {
		return errors.New(p.name + ": invalid hash state size")
	}
	b = b[len(p.magic):]
	take := func(size int) (v uint64) {
		for _, c := range b[:size] {
			v = v<<8 | uint64(c)
		}
		b = b[size:]
		return v
	}
	for i := range p.words {
		d.state[i] = take(p.word)
	}
	copy(d.rest[:], b[:p.block])
	b = b[p.block:]
	d.len = take(8)
	d.n = int(d.len % uint64(p.block))
	return nil
}
