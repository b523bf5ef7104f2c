package main

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"crypto/rc4"
	"crypto/sha1"
	"crypto/sha256"
	"fmt"
)

func main() {
	for _, n := range []int{0, 1, 20, 33, 100} {
		k, err := hkdf.Key(sha256.New, []byte("secret"), []byte("salt"), "info", n)
		fmt.Printf("%x %v\n", k, err)
		k, err = hkdf.Key(sha1.New, []byte("secret"), nil, "", n)
		fmt.Printf("%x %v\n", k, err)
		k, err = pbkdf2.Key(sha1.New, "password", []byte("salt"), 5, n)
		fmt.Printf("%x %v\n", k, err)
		k, err = pbkdf2.Key(sha256.New, "", nil, 1, n)
		fmt.Printf("%x %v\n", k, err)
	}
	_, err := hkdf.Key(sha256.New, nil, nil, "", 9000)
	fmt.Println(err)
	p, err := hkdf.Extract(sha256.New, []byte("s"), []byte("x"))
	fmt.Printf("%x %v\n", p, err)
	c, err := rc4.NewCipher([]byte("Key"))
	b := []byte("Plaintext and more")
	c.XORKeyStream(b[:5], b[:5])
	c.XORKeyStream(b[5:], b[5:])
	fmt.Printf("%x %v\n", b, err)
	_, err = rc4.NewCipher(nil)
	fmt.Println(err)
}
