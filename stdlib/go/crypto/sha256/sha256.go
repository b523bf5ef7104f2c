// Package sha256 has the hashes SHA-224 and SHA-256.
package sha256

import (
	"crypto"
	"hash"
	"internal/blockhash"
)

func init() {
	crypto.RegisterHash(crypto.SHA224, New224)
	crypto.RegisterHash(crypto.SHA256, New)
}

// Size is a SHA-256 hash's size.
const Size = 32

// Size224 is a SHA-224 hash's size.
const Size224 = 28

// BlockSize is what is hashed together.
const BlockSize = 64

// New returns a running SHA-256 hash.
func New() hash.Hash { return blockhash.New(blockhash.SHA256) }

// New224 returns a running SHA-224 hash.
func New224() hash.Hash { return blockhash.New(blockhash.SHA224) }

// Sum256 returns the SHA-256 hash of data.
func Sum256(data []byte) (sum [Size]byte) {
	blockhash.Sum(blockhash.SHA256, data, sum[:])
	return
}

// Sum224 returns the SHA-224 hash of data.
func Sum224(data []byte) (sum [Size224]byte) {
	blockhash.Sum(blockhash.SHA224, data, sum[:])
	return
}
