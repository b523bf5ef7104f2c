package cipher

import (
	"crypto/subtle"
	"errors"
	"internal/sysrand"
)

// AEAD encrypts and authenticates, and authenticates additional data.
type AEAD interface {
	NonceSize() int
	Overhead() int // how much longer the encrypted text is
	Seal(dst, nonce, plaintext, additionalData []byte) []byte
	Open(dst, nonce, ciphertext, additionalData []byte) ([]byte, error)
}

const (
	gcmBlock = 16
	gcmNonce = 12
	gcmTag   = 16
)

var errOpen = errors.New("cipher: message authentication failed")

type gcm struct {
	b          Block
	h          [16]byte // what the hash multiplies by
	nonce, tag int
	random     bool // the nonce is drawn, and stands before the encrypted text
}

// Native: adds data, filled up to whole blocks, to the hash.
func ghash(h, sum *[16]byte, data []byte)

// NewGCM returns Galois counter mode.
func NewGCM(cipher Block) (AEAD, error) { return newGCM(cipher, gcmNonce, gcmTag) }

// NewGCMWithNonceSize is for protocols with nonces of another length than 12.
func NewGCMWithNonceSize(cipher Block, size int) (AEAD, error) { return newGCM(cipher, size, gcmTag) }

// NewGCMWithTagSize is for protocols with tags of another length than 16.
func NewGCMWithTagSize(cipher Block, tagSize int) (AEAD, error) {
	return newGCM(cipher, gcmNonce, tagSize)
}

// NewGCMWithRandomNonce draws nonces itself, and puts them before the encrypted text.
func NewGCMWithRandomNonce(cipher Block) (AEAD, error) {
	if _, ok := cipher.(fast); !ok {
		return nil, errors.New("cipher: NewGCMWithRandomNonce requires aes.Block")
	}
	a, err := newGCM(cipher, gcmNonce, gcmTag)
	if err != nil {
		return nil, err
	}
	a.(*gcm).random = true
	return a, nil
}

func newGCM(b Block, nonce, tag int) (AEAD, error) {
	if tag < 12 || tag > gcmBlock {
		return nil, errors.New("cipher: incorrect tag size given to GCM")
	}
	if nonce <= 0 {
		return nil, errors.New("cipher: the nonce can't have zero length")
	}
	if b.BlockSize() != gcmBlock {
		return nil, errors.New("cipher: NewGCM requires 128-bit block cipher")
	}
	g := &gcm{b: b, nonce: nonce, tag: tag}
	b.Encrypt(g.h[:], g.h[:])
	return g, nil
}

func (g *gcm) NonceSize() int {
	if g.random {
		return 0
	}
	return g.nonce
}

func (g *gcm) Overhead() int {
	if g.random {
		return g.nonce + g.tag
	}
	return g.tag
}

// extend returns dst with n bytes more, and these.
func extend(dst []byte, n int) (all, tail []byte) {
	if total := len(dst) + n; cap(dst) >= total {
		all = dst[:total]
	} else {
		all = make([]byte, total)
		copy(all, dst)
	}
	return all, all[len(dst):]
}

func (g *gcm) start(nonce []byte) (counter [16]byte) {
	if len(nonce) == gcmNonce {
		copy(counter[:], nonce)
		counter[15] = 1
		return
	}
	ghash(&g.h, &counter, nonce)
	g.lengths(&counter, 0, len(nonce))
	return
}

func (g *gcm) lengths(sum *[16]byte, a, b int) {
	var block [16]byte
	for i := range 8 {
		block[i] = byte(uint64(a) * 8 >> (56 - 8*i))
		block[8+i] = byte(uint64(b) * 8 >> (56 - 8*i))
	}
	ghash(&g.h, sum, block[:])
}

// crypt encrypts or decrypts: only the last 4 bytes of the counter count.
func (g *gcm) crypt(counter [16]byte, dst, src []byte) {
	var key [16]byte
	for len(src) > 0 {
		increase(counter[12:])
		n := min(gcmBlock, len(src))
		if f, ok := g.b.(fast); ok && n == gcmBlock {
			left := 1<<32 - (uint64(counter[12])<<24 | uint64(counter[13])<<16 | uint64(counter[14])<<8 | uint64(counter[15]))
			n = min(len(src), int(left)*gcmBlock) &^ (gcmBlock - 1)
			c := counter
			f.Blocks(counterMode, &c, dst[:n], src[:n])
			steps := uint32(n/gcmBlock - 1)
			for i := range 4 {
				shift := 24 - 8*i
				v := uint32(counter[12])<<24 | uint32(counter[13])<<16 | uint32(counter[14])<<8 | uint32(counter[15])
				key[i] = byte((v + steps) >> shift)
			}
			copy(counter[12:], key[:4])
		} else {
			g.b.Encrypt(key[:], counter[:])
			subtle.XORBytes(dst, src[:n], key[:])
		}
		dst, src = dst[n:], src[n:]
	}
}

func (g *gcm) sign(start [16]byte, text, data []byte) (tag [16]byte) {
	var sum [16]byte
	ghash(&g.h, &sum, data)
	ghash(&g.h, &sum, text)
	g.lengths(&sum, len(data), len(text))
	g.b.Encrypt(tag[:], start[:])
	subtle.XORBytes(tag[:], tag[:], sum[:])
	return
}

const tooLarge = (1<<32 - 2) * gcmBlock

func (g *gcm) Seal(dst, nonce, plaintext, data []byte) []byte {
	if g.random {
		if len(nonce) != 0 {
			panic("crypto/cipher: non-empty nonce passed to GCMWithRandomNonce")
		}
		nonce = make([]byte, g.nonce)
		sysrand.Read(nonce)
		plaintext = clone(plaintext)
		dst = append(dst, nonce...)
	}
	if len(nonce) != g.nonce {
		panic("crypto/cipher: incorrect nonce length given to GCM")
	}
	if uint64(len(plaintext)) > tooLarge {
		panic("crypto/cipher: message too large for GCM")
	}
	all, out := extend(dst, len(plaintext)+g.tag)
	overlap(out, plaintext)
	start := g.start(nonce)
	g.crypt(start, out, plaintext)
	tag := g.sign(start, out[:len(plaintext)], data)
	copy(out[len(plaintext):], tag[:])
	return all
}

func (g *gcm) Open(dst, nonce, ciphertext, data []byte) ([]byte, error) {
	if g.random {
		if len(nonce) != 0 {
			panic("crypto/cipher: non-empty nonce passed to GCMWithRandomNonce")
		}
		if len(ciphertext) < g.nonce+g.tag {
			return nil, errOpen
		}
		nonce, ciphertext = clone(ciphertext[:g.nonce]), clone(ciphertext[g.nonce:])
	}
	if len(nonce) != g.nonce {
		panic("crypto/cipher: incorrect nonce length given to GCM")
	}
	if len(ciphertext) < g.tag || uint64(len(ciphertext)) > tooLarge+uint64(g.tag) {
		return nil, errOpen
	}
	text, tag := ciphertext[:len(ciphertext)-g.tag], ciphertext[len(ciphertext)-g.tag:]
	all, out := extend(dst, len(text))
	overlap(out, text)
	start := g.start(nonce)
	want := g.sign(start, text, data)
	if subtle.ConstantTimeCompare(want[:g.tag], tag) != 1 {
		clear(out)
		return nil, errOpen
	}
	g.crypt(start, out, text)
	return all, nil
}
