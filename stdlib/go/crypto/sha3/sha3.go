// Package sha3 has the SHA-3 hashes and the SHAKE functions, whose output is as long as one likes.
package sha3

import (
	"crypto"
	"errors"
	"hash"
)

func init() {
	crypto.RegisterHash(crypto.SHA3_224, func() hash.Hash { return New224() })
	crypto.RegisterHash(crypto.SHA3_256, func() hash.Hash { return New256() })
	crypto.RegisterHash(crypto.SHA3_384, func() hash.Hash { return New384() })
	crypto.RegisterHash(crypto.SHA3_512, func() hash.Hash { return New512() })
}

// Native: the permutation of the state.
func permute(state *[200]byte)

// sponge is the state: the first rate bytes of it meet input and output.
type sponge struct {
	state   [200]byte
	rate    int
	n       int // position in the first rate bytes
	reading bool
	domain  byte // what ends the input
}

func (s *sponge) reset() { *s = sponge{rate: s.rate, domain: s.domain} }

func (s *sponge) write(p []byte) {
	if s.reading {
		panic("sha3: Write after Read")
	}
	for len(p) > 0 {
		part := s.state[s.n:s.rate]
		n := min(len(part), len(p))
		for i, c := range p[:n] {
			part[i] ^= c
		}
		p = p[n:]
		if s.n += n; s.n == s.rate {
			permute(&s.state)
			s.n = 0
		}
	}
}

func (s *sponge) read(p []byte) {
	if !s.reading {
		s.state[s.n] ^= s.domain
		s.state[s.rate-1] ^= 0x80
		permute(&s.state)
		s.n, s.reading = 0, true
	}
	for len(p) > 0 {
		if s.n == s.rate {
			permute(&s.state)
			s.n = 0
		}
		n := copy(p, s.state[s.n:s.rate])
		s.n += n
		p = p[n:]
	}
}

const (
	magicSHA3   = "sha\x08"
	magicSHAKE  = "sha\x09"
	magicCSHAKE = "sha\x0a"
	stateSize   = 4 + 1 + 200 + 1 + 1
)

func (s *sponge) marshal(b []byte, magic string) []byte {
	b = append(b, magic...)
	b = append(b, byte(s.rate))
	b = append(b, s.state[:]...)
	direction := byte(0)
	if s.reading {
		direction = 1
	}
	return append(b, byte(s.n), direction)
}

func (s *sponge) unmarshal(b []byte, magic string) error {
	if len(b) != stateSize {
		return errors.New("sha3: invalid hash state")
	}
	if string(b[:4]) != magic {
		return errors.New("sha3: invalid hash state identifier")
	}
	if int(b[4]) != s.rate {
		return errors.New("sha3: invalid hash state function")
	}
	copy(s.state[:], b[5:205])
	n, direction := int(b[205]), b[206]
	if n > s.rate || direction > 1 {
		return errors.New("sha3: invalid hash state")
	}
	s.n, s.reading = n, direction == 1
	return nil
}

// SHA3 is a running SHA-3 hash.
type SHA3 struct {
	s    sponge
	size int
}

func newSHA3(size int) *SHA3 { return &SHA3{sponge{rate: 200 - 2*size, domain: 0x06}, size} }

// New224 returns a running SHA3-224 hash.
func New224() *SHA3 { return newSHA3(28) }

// New256 returns a running SHA3-256 hash.
func New256() *SHA3 { return newSHA3(32) }

// New384 returns a running SHA3-384 hash.
func New384() *SHA3 { return newSHA3(48) }

// New512 returns a running SHA3-512 hash.
func New512() *SHA3 { return newSHA3(64) }

func sum(out, data []byte) {
	h := newSHA3(len(out))
	h.s.write(data)
	h.s.read(out)
}

// Sum224 returns the SHA3-224 hash of data.
func Sum224(data []byte) (out [28]byte) {
	sum(out[:], data)
	return
}

// Sum256 returns the SHA3-256 hash of data.
func Sum256(data []byte) (out [32]byte) {
	sum(out[:], data)
	return
}

// Sum384 returns the SHA3-384 hash of data.
func Sum384(data []byte) (out [48]byte) {
	sum(out[:], data)
	return
}

// Sum512 returns the SHA3-512 hash of data.
func Sum512(data []byte) (out [64]byte) {
	sum(out[:], data)
	return
}

func (h *SHA3) lazy() {
	if h.size == 0 {
		*h = *New256()
	}
}

// Write adds to what is hashed.
func (h *SHA3) Write(p []byte) (n int, err error) {
	h.lazy()
	h.s.write(p)
	return len(p), nil
}

// Sum appends the hash.
func (h *SHA3) Sum(b []byte) []byte {
	h.lazy()
	c := h.s
	out := make([]byte, h.size)
	c.read(out)
	return append(b, out...)
}

// Reset forgets what was written.
func (h *SHA3) Reset() {
	h.lazy()
	h.s.reset()
}

// Size is the number of bytes that Sum appends.
func (h *SHA3) Size() int {
	h.lazy()
	return h.size
}

// BlockSize is the number of bytes that are hashed together.
func (h *SHA3) BlockSize() int {
	h.lazy()
	return h.s.rate
}

// Clone returns a hash that goes on independently.
func (h *SHA3) Clone() (hash.Cloner, error) { return new(*h), nil }

// AppendBinary appends the state.
func (h *SHA3) AppendBinary(p []byte) ([]byte, error) {
	h.lazy()
	return h.s.marshal(p, magicSHA3), nil
}

// MarshalBinary returns the state.
func (h *SHA3) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// UnmarshalBinary takes over a state.
func (h *SHA3) UnmarshalBinary(data []byte) error {
	h.lazy()
	return h.s.unmarshal(data, magicSHA3)
}

// SHAKE is a running SHAKE or cSHAKE function.
type SHAKE struct {
	s     sponge
	start []byte // what cSHAKE begins with
}

func newSHAKE(rate int) *SHAKE { return &SHAKE{s: sponge{rate: rate, domain: 0x1f}} }

// NewSHAKE128 returns a running SHAKE128 function.
func NewSHAKE128() *SHAKE { return newSHAKE(168) }

// NewSHAKE256 returns a running SHAKE256 function.
func NewSHAKE256() *SHAKE { return newSHAKE(136) }

// encode is the number with how many bytes it takes before it.
func encode(v uint64) []byte {
	var b []byte
	for shift := 56; shift >= 0; shift -= 8 {
		if c := byte(v >> shift); len(b) > 0 || c != 0 || shift == 0 {
			b = append(b, c)
		}
	}
	return append([]byte{byte(len(b))}, b...)
}

func newCSHAKE(rate int, N, S []byte) *SHAKE {
	h := newSHAKE(rate)
	if len(N) == 0 && len(S) == 0 {
		return h
	}
	h.s.domain = 0x04
	b := encode(uint64(rate))
	for _, part := range [][]byte{N, S} {
		b = append(b, encode(uint64(len(part))*8)...)
		b = append(b, part...)
	}
	for len(b)%rate != 0 {
		b = append(b, 0)
	}
	h.start = b
	h.s.write(b)
	return h
}

// NewCSHAKE128 returns cSHAKE128 for a function's name and a customization.
func NewCSHAKE128(N, S []byte) *SHAKE { return newCSHAKE(168, N, S) }

// NewCSHAKE256 returns cSHAKE256 for a function's name and a customization.
func NewCSHAKE256(N, S []byte) *SHAKE { return newCSHAKE(136, N, S) }

// SumSHAKE128 returns so many bytes of SHAKE128.
func SumSHAKE128(data []byte, length int) []byte { return sumSHAKE(NewSHAKE128(), data, length) }

// SumSHAKE256 returns so many bytes of SHAKE256.
func SumSHAKE256(data []byte, length int) []byte { return sumSHAKE(NewSHAKE256(), data, length) }

func sumSHAKE(h *SHAKE, data []byte, length int) []byte {
	out := make([]byte, length)
	h.s.write(data)
	h.s.read(out)
	return out
}

func (h *SHAKE) lazy() {
	if h.s.rate == 0 {
		*h = *NewSHAKE256()
	}
}

// Write adds input. It panics after Read.
func (h *SHAKE) Write(p []byte) (n int, err error) {
	h.lazy()
	h.s.write(p)
	return len(p), nil
}

// Read reads output.
func (h *SHAKE) Read(p []byte) (n int, err error) {
	h.lazy()
	h.s.read(p)
	return len(p), nil
}

// Reset begins anew.
func (h *SHAKE) Reset() {
	h.lazy()
	h.s.reset()
	h.s.write(h.start)
}

// BlockSize is the number of bytes that are taken together.
func (h *SHAKE) BlockSize() int {
	h.lazy()
	return h.s.rate
}

func (h *SHAKE) magic() string {
	if h.start != nil {
		return magicCSHAKE
	}
	return magicSHAKE
}

// AppendBinary appends the state.
func (h *SHAKE) AppendBinary(p []byte) ([]byte, error) {
	h.lazy()
	p = h.s.marshal(p, h.magic())
	return append(p, h.start...), nil
}

// MarshalBinary returns the state.
func (h *SHAKE) MarshalBinary() ([]byte, error) { return h.AppendBinary(nil) }

// UnmarshalBinary takes over a state.
func (h *SHAKE) UnmarshalBinary(data []byte) error {
	h.lazy()
	if len(data) < stateSize {
		return errors.New("sha3: invalid hash state")
	}
	if err := h.s.unmarshal(data[:stateSize], h.magic()); err != nil {
		return err
	}
	if len(data) > stateSize {
		h.start = append([]byte(nil), data[stateSize:]...)
	}
	return nil
}
