// Package crypto has names and interfaces that cryptographic packages share.
package crypto

import (
	"hash"
	"io"
	"strconv"
)

// Hash names a hash function that may be implemented by another package.
type Hash uint

const (
	MD4 Hash = 1 + iota
	MD5
	SHA1
	SHA224
	SHA256
	SHA384
	SHA512
	MD5SHA1
	RIPEMD160
	SHA3_224
	SHA3_256
	SHA3_384
	SHA3_512
	SHA512_224
	SHA512_256
	BLAKE2s_256
	BLAKE2b_256
	BLAKE2b_384
	BLAKE2b_512
	MLDSAMu // no function: the mark of a message that was hashed as ML-DSA wants it
	count
)

var known = [count]struct {
	name string
	size int
	new  func() hash.Hash
}{
	MD4:         {name: "MD4", size: 16},
	MD5:         {name: "MD5", size: 16},
	SHA1:        {name: "SHA-1", size: 20},
	SHA224:      {name: "SHA-224", size: 28},
	SHA256:      {name: "SHA-256", size: 32},
	SHA384:      {name: "SHA-384", size: 48},
	SHA512:      {name: "SHA-512", size: 64},
	MD5SHA1:     {name: "MD5+SHA1", size: 36},
	RIPEMD160:   {name: "RIPEMD-160", size: 20},
	SHA3_224:    {name: "SHA3-224", size: 28},
	SHA3_256:    {name: "SHA3-256", size: 32},
	SHA3_384:    {name: "SHA3-384", size: 48},
	SHA3_512:    {name: "SHA3-512", size: 64},
	SHA512_224:  {name: "SHA-512/224", size: 28},
	SHA512_256:  {name: "SHA-512/256", size: 32},
	BLAKE2s_256: {name: "BLAKE2s-256", size: 32},
	BLAKE2b_256: {name: "BLAKE2b-256", size: 32},
	BLAKE2b_384: {name: "BLAKE2b-384", size: 48},
	BLAKE2b_512: {name: "BLAKE2b-512", size: 64},
	MLDSAMu:     {name: "ML-DSA μ message representative", size: 64},
}

// HashFunc makes a Hash usable as SignerOpts.
func (h Hash) HashFunc() Hash { return h }

func (h Hash) String() string {
	if h > 0 && h < count {
		return known[h].name
	}
	return "unknown hash value " + strconv.Itoa(int(h))
}

// Size is the length of a hash in bytes.
func (h Hash) Size() int {
	if h > 0 && h < count {
		return known[h].size
	}
	panic("crypto: Size of unknown hash function")
}

// New returns a running hash. It panics if the package that has it is not linked in.
func (h Hash) New() hash.Hash {
	if h.Available() {
		return known[h].new()
	}
	panic("crypto: requested hash function unavailable: " + h.String())
}

// Available reports whether the hash function is linked in.
func (h Hash) Available() bool { return h < count && known[h].new != nil }

// RegisterHash is called by the packages that implement hash functions.
func RegisterHash(h Hash, f func() hash.Hash) {
	if h >= count {
		panic("crypto: RegisterHash of unknown hash function")
	}
	known[h].new = f
}

// PublicKey is a public key of any kind. Those of this library have Equal(x crypto.PublicKey) bool.
type PublicKey any

// PrivateKey is a private key of any kind. Those of this library have Public() crypto.PublicKey and
// Equal(x crypto.PrivateKey) bool.
type PrivateKey any

// Signer is a private key that can sign.
type Signer interface {
	Public() PublicKey
	Sign(rand io.Reader, digest []byte, opts SignerOpts) (signature []byte, err error)
}

// SignerOpts says how to sign: with which hash, or 0 when there was none.
type SignerOpts interface {
	HashFunc() Hash
}

// MessageSigner is a Signer that can hash the message itself.
type MessageSigner interface {
	Signer
	SignMessage(rand io.Reader, msg []byte, opts SignerOpts) (signature []byte, err error)
}

// SignMessage signs a message with SignMessage if the signer has it, and otherwise the message's hash.
func SignMessage(signer Signer, rand io.Reader, msg []byte, opts SignerOpts) (signature []byte, err error) {
	if m, ok := signer.(MessageSigner); ok {
		return m.SignMessage(rand, msg, opts)
	}
	if f := opts.HashFunc(); f != 0 {
		h := f.New()
		h.Write(msg)
		msg = h.Sum(nil)
	}
	return signer.Sign(rand, msg, opts)
}

// Decrypter is a private key that can decrypt.
type Decrypter interface {
	Public() PublicKey
	Decrypt(rand io.Reader, msg []byte, opts DecrypterOpts) (plaintext []byte, err error)
}

// DecrypterOpts says how to decrypt.
type DecrypterOpts any

// Encapsulator is a public key that can send a shared key.
type Encapsulator interface {
	Bytes() []byte
	Encapsulate() (sharedKey, ciphertext []byte)
}

// Decapsulator is the private key that such a shared key is sent to.
type Decapsulator interface {
	Encapsulator() Encapsulator
	Decapsulate(ciphertext []byte) (sharedKey []byte, err error)
}
