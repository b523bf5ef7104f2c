// Package sha512 has the hashes SHA-384, SHA-512, SHA-512/224 and SHA-512/256.
package sha512

import (
	"crypto"
	"hash"
	"internal/blockhash"
)

func init() {
	crypto.RegisterHash(crypto.SHA384, New384)
	crypto.RegisterHash(crypto.SHA512, New)
	crypto.RegisterHash(crypto.SHA512_224, New512_224)
	crypto.RegisterHash(crypto.SHA512_256, New512_256)
}

// Size is a SHA-512 hash's size.
const Size = 64

// Size224 is a SHA-512/224 hash's size.
const Size224 = 28

// Size256 is a SHA-512/256 hash's size.
const Size256 = 32

// Size384 is a SHA-384 hash's size.
const Size384 = 48

// BlockSize is what is hashed together.
const BlockSize = 128

// New returns a running SHA-512 hash.
func New() hash.Hash { return blockhash.New(blockhash.SHA512) }

// New384 returns a running SHA-384 hash.
func New384() hash.Hash { return blockhash.New(blockhash.SHA384) }

// New512_224 returns a running SHA-512/224 hash.
func New512_224() hash.Hash { return blockhash.New(blockhash.SHA512_224) }

// New512_256 returns a running SHA-512/256 hash.
func New512_256() hash.Hash { return blockhash.New(blockhash.SHA512_256) }

// Sum512 returns the SHA-512 hash of data.
func Sum512(data []byte) (sum [Size]byte) {
	blockhash.Sum(blockhash.SHA512, data, sum[:])
	return
}

// Sum384 returns the SHA-384 hash of data.
func Sum384(data []byte) (sum [Size384]byte) {
	blockhash.Sum(blockhash.SHA384, data, sum[:])
	return
}

// Sum512_224 returns the SHA-512/224 hash of data.
func Sum512_224(data []byte) (sum [Size224]byte) {
	blockhash.Sum(blockhash.SHA512_224, data, sum[:])
	return
}

// Sum512_256 returns the SHA-512/256 hash of data.
func Sum512_256(data []byte) (sum [Size256]byte) {
	blockhash.Sum(blockhash.SHA512_256, data, sum[:])
	return
}
