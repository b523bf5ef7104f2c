// Package aes has the block cipher AES.
package aes

import (
	"crypto/cipher"
	"strconv"
	"unsafe"
)

// BlockSize is AES's block size.
const BlockSize = 16

// KeySizeError is the length of a key that is none of 16, 24 and 32.
type KeySizeError int

func (k KeySizeError) Error() string { return "crypto/aes: invalid key size " + strconv.Itoa(int(k)) }

type block struct{ key []byte }

// Native, for whole blocks. Modes: 0 encrypts each block, 1 decrypts it; 2 and 3 do so in a chain (CBC) that begins
// with iv, and 4 adds the encrypted counter iv (CTR); they leave in iv what the next block begins with.
func crypt(key []byte, mode int, iv *[16]byte, dst, src []byte)

// NewCipher returns the cipher for a key of 16, 24 or 32 bytes.
func NewCipher(key []byte) (cipher.Block, error) {
	switch len(key) {
	case 16, 24, 32:
		return &block{append([]byte(nil), key...)}, nil
	}
	return nil, KeySizeError(len(key))
}

func (c *block) BlockSize() int { return BlockSize }

func (c *block) one(mode int, dst, src []byte) {
	if len(src) < BlockSize {
		panic("crypto/aes: input not full block")
	}
	if len(dst) < BlockSize {
		panic("crypto/aes: output not full block")
	}
	d, s := uintptr(unsafe.Pointer(&dst[0])), uintptr(unsafe.Pointer(&src[0]))
	if d != s && d < s+BlockSize && s < d+BlockSize {
		panic("crypto/aes: invalid buffer overlap")
	}
	crypt(c.key, mode, nil, dst[:BlockSize], src[:BlockSize])
}

func (c *block) Encrypt(dst, src []byte) { c.one(0, dst, src) }
func (c *block) Decrypt(dst, src []byte) { c.one(1, dst, src) }

// Blocks encrypts or decrypts many blocks: for package cipher.
func (c *block) Blocks(mode int, iv *[16]byte, dst, src []byte) { crypt(c.key, mode, iv, dst, src) }
