// Package maphash has hashes for hash tables: fast, and different in every process.
package maphash

import (
	"hash"
	"math/rand/v2"
)

// Seed makes a hash function.
type Seed struct{ s uint64 }

// Native: of bytes, and of a value as maps hash it.
func hashBytes(seed uint64, b []byte) uint64
func hashString(seed uint64, s string) uint64
func hashValue(seed uint64, v any) uint64

// MakeSeed returns a new seed.
func MakeSeed() Seed {
	for {
		if s := rand.Uint64(); s != 0 {
			return Seed{s}
		}
	}
}

func (s Seed) check() {
	if s.s == 0 {
		panic("maphash: use of uninitialized Seed")
	}
}

// Bytes returns the hash of b.
func Bytes(seed Seed, b []byte) uint64 {
	seed.check()
	for ; len(b) > bufSize; b = b[bufSize:] {
		seed.s = hashBytes(seed.s, b[:bufSize])
	}
	return hashBytes(seed.s, b)
}

// String returns the hash of s.
func String(seed Seed, s string) uint64 {
	seed.check()
	for ; len(s) > bufSize; s = s[bufSize:] {
		seed.s = hashString(seed.s, s[:bufSize])
	}
	return hashString(seed.s, s)
}

// Comparable returns the hash of v.
func Comparable[T comparable](seed Seed, v T) uint64 {
	var h Hash
	h.SetSeed(seed)
	WriteComparable(&h, v)
	return h.Sum64()
}

// WriteComparable adds x to what is hashed.
func WriteComparable[T comparable](h *Hash, x T) {
	h.lazy()
	v := hashValue(h.seed.s, x)
	var b [8]byte
	for i := range b {
		b[i] = byte(v >> (8 * i))
	}
	h.Write(b[:])
}

const bufSize = 128

// Hash is a running hash. The zero one gets a seed of its own when it is first used.
type Hash struct {
	_     [0]func()
	seed  Seed
	state Seed // of the full buffers before
	buf   [bufSize]byte
	n     int
}

func (h *Hash) lazy() {
	if h.state.s == 0 {
		if h.seed.s == 0 {
			h.seed = MakeSeed()
		}
		h.state = h.seed
	}
}

// WriteByte adds a byte; it never fails.
func (h *Hash) WriteByte(b byte) error {
	h.Write([]byte{b})
	return nil
}

// Write adds bytes; it never fails.
func (h *Hash) Write(b []byte) (int, error) {
	h.lazy()
	size := len(b)
	for len(b) > 0 {
		if h.n == bufSize {
			h.state.s = hashBytes(h.state.s, h.buf[:])
			h.n = 0
		}
		n := copy(h.buf[h.n:], b)
		h.n += n
		b = b[n:]
	}
	return size, nil
}

// WriteString adds a string; it never fails.
func (h *Hash) WriteString(s string) (int, error) { return h.Write([]byte(s)) }

// Seed returns the seed.
func (h *Hash) Seed() Seed {
	h.lazy()
	return h.seed
}

// SetSeed begins anew with another seed.
func (h *Hash) SetSeed(seed Seed) {
	seed.check()
	h.seed, h.state, h.n = seed, seed, 0
}

// Reset begins anew with the same seed.
func (h *Hash) Reset() {
	h.lazy()
	h.state, h.n = h.seed, 0
}

// Sum64 returns the hash.
func (h *Hash) Sum64() uint64 {
	h.lazy()
	return hashBytes(h.state.s, h.buf[:h.n])
}

// Sum appends the hash.
func (h *Hash) Sum(b []byte) []byte {
	for x, shift := h.Sum64(), 56; shift >= 0; shift -= 8 {
		b = append(b, byte(x>>shift))
	}
	return b
}

// Size is 8.
func (h *Hash) Size() int { return 8 }

// BlockSize is the size of the buffer.
func (h *Hash) BlockSize() int { return bufSize }

// Clone returns a hash that goes on independently.
func (h *Hash) Clone() (hash.Cloner, error) {
	h.lazy()
	return new(*h), nil
}

// Hasher is what a hash table needs to know of its elements.
type Hasher[T any] interface {
	Hash(*Hash, T)
	Equal(x, y T) bool
}

// ComparableHasher is the Hasher that agrees with ==.
type ComparableHasher[T comparable] struct {
	_ [0]func(T)
}

func (ComparableHasher[T]) Hash(h *Hash, v T) { WriteComparable(h, v) }

func (ComparableHasher[T]) Equal(x, y T) bool { return x == y }
