// Package hash has the interfaces of hash functions.
package hash

import "io"

// Hash is a running hash. Write never fails.
type Hash interface {
	io.Writer
	Sum(b []byte) []byte // appends the hash of what was written so far
	Reset()
	Size() int      // of what Sum appends
	BlockSize() int // writing multiples of it is best
}

// Hash32 is a hash of 32 bits.
type Hash32 interface {
	Hash
	Sum32() uint32
}

// Hash64 is a hash of 64 bits.
type Hash64 interface {
	Hash
	Sum64() uint64
}

// Cloner is a hash whose state can be copied.
type Cloner interface {
	Hash
	Clone() (Cloner, error)
}

// XOF is a hash with as much output as is read. Nothing can be written after the first Read.
type XOF interface {
	io.Writer
	io.Reader
	Reset()
	BlockSize() int
}
