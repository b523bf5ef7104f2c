// Package rand has random numbers that nobody can guess.
package rand

import (
	"errors"
	"internal/sysrand"
	"io"
	"math/big"
)

type reader struct{}

func (*reader) Read(b []byte) (n int, err error) {
	sysrand.Read(b)
	return len(b), nil
}

// Reader is the system's source of random bytes.
var Reader io.Reader = &reader{}

func fatal(text string)

// Read fills b. It never fails: if Reader does, the program ends.
func Read(b []byte) (n int, err error) {
	if _, err = io.ReadFull(Reader, b); err != nil {
		fatal("crypto/rand: failed to read random data (see https://go.dev/issue/66821): " + err.Error())
	}
	return len(b), nil
}

// Text returns a random text of 26 letters and digits.
func Text() string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
	b := make([]byte, 26)
	Read(b)
	for i, c := range b {
		b[i] = alphabet[c%32]
	}
	return string(b)
}

// draw fills b with so many random bits.
func draw(r io.Reader, b []byte, bits int) error {
	if _, err := io.ReadFull(r, b); err != nil {
		return err
	}
	if unused := len(b)*8 - bits; len(b) > 0 {
		b[0] &= 0xff >> unused
	}
	return nil
}

// Int returns a number from 0 to max-1, all alike likely.
func Int(rand io.Reader, max *big.Int) (n *big.Int, err error) {
	if max.Sign() <= 0 {
		panic("crypto/rand: argument to Int is <= 0")
	}
	n = new(big.Int)
	bits := n.Sub(max, big.NewInt(1)).BitLen()
	if bits == 0 {
		return
	}
	b := make([]byte, (bits+7)/8)
	for {
		if err = draw(rand, b, bits); err != nil {
			return nil, err
		}
		if n.SetBytes(b).Cmp(max) < 0 {
			return
		}
	}
}

// Prime returns a number of so many bits that is very likely prime. Its two highest bits are set.
func Prime(r io.Reader, bits int) (*big.Int, error) {
	if bits < 2 {
		return nil, errors.New("crypto/rand: prime size must be at least 2-bit")
	}
	b := make([]byte, (bits+7)/8)
	p := new(big.Int)
	for {
		if err := draw(r, b, bits); err != nil {
			return nil, err
		}
		p.SetBytes(b)
		p.SetBit(p, bits-1, 1).SetBit(p, bits-2, 1).SetBit(p, 0, 1)
		if p.ProbablyPrime(20) {
			return p, nil
		}
	}
}
