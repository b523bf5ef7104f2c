// Package cipher has the modes in which block ciphers are used.
package cipher

import (
	"crypto/subtle"
	"io"
	"unsafe"
)

// Block is a block cipher.
type Block interface {
	BlockSize() int
	Encrypt(dst, src []byte)
	Decrypt(dst, src []byte)
}

// BlockMode encrypts or decrypts whole blocks, one call after the other.
type BlockMode interface {
	BlockSize() int
	CryptBlocks(dst, src []byte)
}

// Stream combines bytes with a stream of key bytes.
type Stream interface {
	XORKeyStream(dst, src []byte)
}

// fast is a cipher that can do many blocks at once, in modes that it numbers.
type fast interface {
	Blocks(mode int, iv *[16]byte, dst, src []byte)
}

const (
	chainEncrypt = 2
	chainDecrypt = 3
	counterMode  = 4
)

func check(dst, src []byte) {
	if len(dst) < len(src) {
		panic("crypto/cipher: output smaller than input")
	}
	overlap(dst[:len(src)], src)
}

// overlap panics if two slices overlap without beginning at the same place.
func overlap(a, b []byte) {
	if overlaps(a, b) {
		panic("crypto/cipher: invalid buffer overlap")
	}
}

func overlaps(a, b []byte) bool {
	if len(a) == 0 || len(b) == 0 || &a[0] == &b[0] {
		return false
	}
	p, q := uintptr(unsafe.Pointer(&a[0])), uintptr(unsafe.Pointer(&b[0]))
	return p < q+uintptr(len(b)) && q < p+uintptr(len(a))
}

func clone(b []byte) []byte { return append([]byte(nil), b...) }

type cbc struct {
	b    Block
	iv   []byte
	what string
}

type cbcEncrypter struct{ cbc }
type cbcDecrypter struct{ cbc }

// NewCBCEncrypter returns a mode that encrypts in a chain of blocks.
func NewCBCEncrypter(b Block, iv []byte) BlockMode {
	if len(iv) != b.BlockSize() {
		panic("cipher.NewCBCEncrypter: IV length must equal block size")
	}
	return &cbcEncrypter{cbc{b, clone(iv), ""}}
}

// NewCBCDecrypter returns a mode that decrypts a chain of blocks.
func NewCBCDecrypter(b Block, iv []byte) BlockMode {
	if len(iv) != b.BlockSize() {
		panic("cipher.NewCBCDecrypter: IV length must equal block size")
	}
	return &cbcDecrypter{cbc{b, clone(iv), ""}}
}

func (x *cbc) BlockSize() int { return x.b.BlockSize() }

// SetIV begins a new chain.
func (x *cbc) SetIV(iv []byte) {
	if len(iv) != len(x.iv) {
		panic("cipher: incorrect length IV")
	}
	copy(x.iv, iv)
}

func (x *cbc) check(dst, src []byte) {
	if len(src)%x.b.BlockSize() != 0 {
		panic("crypto/cipher: input not full blocks")
	}
	check(dst, src)
}

func (x *cbcEncrypter) CryptBlocks(dst, src []byte) {
	x.check(dst, src)
	if f, ok := x.b.(fast); ok {
		f.Blocks(chainEncrypt, (*[16]byte)(x.iv), dst, src)
		return
	}
	n := x.b.BlockSize()
	for ; len(src) > 0; src, dst = src[n:], dst[n:] {
		for i := range n {
			x.iv[i] ^= src[i]
		}
		x.b.Encrypt(dst[:n], x.iv)
		copy(x.iv, dst[:n])
	}
}

func (x *cbcDecrypter) CryptBlocks(dst, src []byte) {
	x.check(dst, src)
	if f, ok := x.b.(fast); ok {
		f.Blocks(chainDecrypt, (*[16]byte)(x.iv), dst, src)
		return
	}
	n := x.b.BlockSize()
	out := make([]byte, n)
	for ; len(src) > 0; src, dst = src[n:], dst[n:] {
		x.b.Decrypt(out, src[:n])
		for i := range n {
			out[i] ^= x.iv[i]
		}
		copy(x.iv, src[:n])
		copy(dst, out)
	}
}

// keyStream is key bytes, made block by block.
type keyStream struct {
	b    Block
	iv   []byte
	rest []byte // key bytes not used yet
	next func(x *keyStream) []byte
}

func (x *keyStream) XORKeyStream(dst, src []byte) {
	check(dst, src)
	for len(src) > 0 {
		if len(x.rest) == 0 {
			x.rest = x.next(x)
		}
		n := min(len(src), len(x.rest))
		subtle.XORBytes(dst, src[:n], x.rest)
		dst, src, x.rest = dst[n:], src[n:], x.rest[n:]
	}
}

func increase(counter []byte) {
	for i := len(counter) - 1; i >= 0; i-- {
		if counter[i]++; counter[i] != 0 {
			return
		}
	}
}

type ctr struct{ keyStream }

func (x *ctr) XORKeyStream(dst, src []byte) {
	if _, ok := x.b.(fast); ok && len(src) > 0 {
		if len(dst) < len(src) {
			panic("crypto/aes: len(dst) < len(src)")
		}
		if overlaps(dst[:len(src)], src) {
			panic("crypto/aes: invalid buffer overlap")
		}
	}
	x.keyStream.XORKeyStream(dst, src)
}

type ofb struct{ keyStream }

// NewCTR returns the stream of an encrypted counter.
func NewCTR(block Block, iv []byte) Stream {
	if len(iv) != block.BlockSize() {
		if _, ok := block.(fast); ok {
			panic("bad IV length")
		}
		panic("cipher.NewCTR: IV length must equal block size")
	}
	buf := make([]byte, max(512, len(iv)))
	next := func(x *keyStream) []byte {
		n := len(x.iv)
		if f, ok := x.b.(fast); ok {
			clear(buf)
			f.Blocks(counterMode, (*[16]byte)(x.iv), buf, buf)
			return buf
		}
		x.b.Encrypt(buf[:n], x.iv)
		increase(x.iv)
		return buf[:n]
	}
	return &ctr{keyStream{block, clone(iv), nil, next}}
}

// NewOFB returns the stream of an initial value that is encrypted again and again.
func NewOFB(b Block, iv []byte) Stream {
	if len(iv) != b.BlockSize() {
		panic("cipher.NewOFB: IV length must equal block size")
	}
	out := make([]byte, len(iv))
	next := func(x *keyStream) []byte {
		x.b.Encrypt(x.iv, x.iv)
		copy(out, x.iv)
		return out
	}
	return &ofb{keyStream{b, clone(iv), nil, next}}
}

type cfb struct {
	b       Block
	last    []byte // encrypted text, to be encrypted for the next key bytes
	key     []byte
	used    int
	decrypt bool
}

// NewCFBEncrypter returns the stream whose key bytes come from the encrypted text before.
func NewCFBEncrypter(block Block, iv []byte) Stream { return newCFB(block, iv, false) }

// NewCFBDecrypter decrypts what NewCFBEncrypter encrypts.
func NewCFBDecrypter(block Block, iv []byte) Stream { return newCFB(block, iv, true) }

func newCFB(block Block, iv []byte, decrypt bool) Stream {
	n := block.BlockSize()
	if len(iv) != n {
		panic("cipher.newCFB: IV length must equal block size")
	}
	return &cfb{block, clone(iv), make([]byte, n), n, decrypt}
}

func (x *cfb) XORKeyStream(dst, src []byte) {
	check(dst, src)
	for i, c := range src {
		if x.used == len(x.key) {
			x.b.Encrypt(x.key, x.last)
			x.used = 0
		}
		out := c ^ x.key[x.used]
		if x.last[x.used] = out; x.decrypt {
			x.last[x.used] = c
		}
		dst[i] = out
		x.used++
	}
}

// StreamReader reads through a stream.
type StreamReader struct {
	S Stream
	R io.Reader
}

func (r StreamReader) Read(dst []byte) (n int, err error) {
	n, err = r.R.Read(dst)
	r.S.XORKeyStream(dst[:n], dst[:n])
	return
}

// StreamWriter writes through a stream. After a short write it is out of step.
type StreamWriter struct {
	S   Stream
	W   io.Writer
	Err error // not used
}

func (w StreamWriter) Write(src []byte) (n int, err error) {
	c := make([]byte, len(src))
	w.S.XORKeyStream(c, src)
	n, err = w.W.Write(c)
	if n != len(src) && err == nil {
		err = io.ErrShortWrite
	}
	return
}

// Close closes the writer behind it, if that can be closed.
func (w StreamWriter) Close() error {
	if c, ok := w.W.(io.Closer); ok {
		return c.Close()
	}
	return nil
}
