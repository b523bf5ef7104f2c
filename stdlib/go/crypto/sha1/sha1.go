// Package sha1 has the SHA-1 hash, which is broken: no use where security matters.
package sha1

import (
	"crypto"
	"hash"
	"internal/blockhash"
)

func init() {
	crypto.RegisterHash(crypto.SHA1, New)
}

// Size is a hash's size.
const Size = 20

// BlockSize is what is hashed together.
const BlockSize = 64

// New returns a running SHA-1 hash.
func New() hash.Hash { return blockhash.New(blockhash.SHA1) }

// Sum returns the SHA-1 hash of data.
func Sum(data []byte) (sum [Size]byte) {
	blockhash.Sum(blockhash.SHA1, data, sum[:])
	return
}
