package main

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"
	"uuid"
)

func main() {
	b := make([]byte, 64)
	n, err := rand.Read(b)
	fmt.Println(n, err, !bytes.Equal(b, make([]byte, 64)))
	for _, m := range []int64{1, 2, 10, 256, 257, 1 << 40} {
		x, err := rand.Int(rand.Reader, big.NewInt(m))
		fmt.Println(x.Sign() >= 0 && x.Cmp(big.NewInt(m)) < 0, err)
		x, err = rand.Int(bytes.NewReader(bytes.Repeat([]byte{0x5a, 0x01}, 30)), big.NewInt(m))
		fmt.Println(x, err)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		rand.Int(rand.Reader, big.NewInt(0))
	}()
	_, err = rand.Int(strings.NewReader(""), big.NewInt(5))
	fmt.Println(err)
	for _, n := range []int{2, 3, 9, 64, 200} {
		p, err := rand.Prime(rand.Reader, n)
		fmt.Println(p.BitLen(), err, p.ProbablyPrime(10))
	}
	_, err = rand.Prime(rand.Reader, 1)
	fmt.Println(err)
	t := rand.Text()
	fmt.Println(len(t), strings.Trim(t, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == "")
	u := uuid.New()
	fmt.Println(len(u.String()), u.String()[14], u != uuid.NewV4(), uuid.Nil(), uuid.Max())
	a, c := uuid.NewV7(), uuid.NewV7()
	fmt.Println(a.String()[14], a.Compare(c), c.Compare(a), a.Compare(a))
	for _, s := range []string{"f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "{F81D4FAE-7dec-11d0-a765-00a0c91e6bf6}", "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "URN:UUID:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "f81d4fae7dec11d0a76500a0c91e6bf6", "", "f81d4fae-7dec-11d0-a765-00a0c91e6bfg", "f81d4fae_7dec-11d0-a765-00a0c91e6bf6", "{f81d4fae7dec11d0a76500a0c91e6bf6}"} {
		u, err := uuid.Parse(s)
		fmt.Println(u, err)
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		uuid.MustParse("x")
	}()
	x, err := u.MarshalText()
	var v uuid.UUID
	fmt.Println(v.UnmarshalText(x), v == u, err, v.UnmarshalText(nil))
}
