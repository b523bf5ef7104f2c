// Package md5 has the MD5 hash, which is broken: no use where security matters.
package md5

import (
	"crypto"
	"hash"
	"internal/blockhash"
)

func init() {
	crypto.RegisterHash(crypto.MD5, New)
}

// Size is a hash's size.
const Size = 16

// BlockSize is what is hashed together.
const BlockSize = 64

// New returns a running MD5 hash.
func New() hash.Hash { return blockhash.New(blockhash.MD5) }

// Sum returns the MD5 hash of data.
func Sum(data []byte) (sum [Size]byte) {
	blockhash.Sum(blockhash.MD5, data, sum[:])
	return
}
