package main

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/subtle"
	"fmt"
	"io"
)

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		}
	}()
	f()
}

// slow hides that the block is AES.
type slow struct{ cipher.Block }

func main() {
	seq := func(n int) []byte {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte(i * 7)
		}
		return b
	}
	for _, n := range []int{0, 15, 16, 24, 32, 33} {
		b, err := aes.NewCipher(seq(n))
		fmt.Println(n, err)
		if err != nil {
			continue
		}
		iv := seq(16)
		for _, b := range []cipher.Block{b, slow{b}} {
			out := make([]byte, 16)
			b.Encrypt(out, seq(16))
			fmt.Printf("%x ", out)
			b.Decrypt(out, out)
			fmt.Printf("%x\n", out)
			text := seq(160)
			buf := make([]byte, 160)
			m := cipher.NewCBCEncrypter(b, iv)
			m.CryptBlocks(buf[:48], text[:48])
			m.CryptBlocks(buf[48:], text[48:])
			fmt.Printf("cbc %x %d\n", buf, m.BlockSize())
			d := cipher.NewCBCDecrypter(b, iv)
			d.CryptBlocks(buf[:32], buf[:32])
			d.CryptBlocks(buf[32:], buf[32:])
			fmt.Println(bytes.Equal(buf, text))
			for i, mk := range []func(cipher.Block, []byte) cipher.Stream{cipher.NewCTR, cipher.NewOFB, cipher.NewCFBEncrypter, cipher.NewCFBDecrypter} {
				s := mk(b, iv)
				big := seq(600)
				s.XORKeyStream(big[:5], big[:5])
				s.XORKeyStream(big[5:540], big[5:540])
				s.XORKeyStream(big[540:], big[540:])
				fmt.Printf("stream %d %x\n", i, big)
			}
			s := cipher.NewCTR(b, bytes.Repeat([]byte{255}, 16))
			s.XORKeyStream(buf, buf)
			fmt.Printf("wrap %x\n", buf)
			var w bytes.Buffer
			sw := cipher.StreamWriter{S: cipher.NewCTR(b, iv), W: &w}
			sw.Write([]byte("hello stream"))
			fmt.Println(sw.Close())
			r := cipher.StreamReader{S: cipher.NewCTR(b, iv), R: &w}
			all, err := io.ReadAll(r)
			fmt.Println(string(all), err)
			for _, mk := range []func() (cipher.AEAD, error){
				func() (cipher.AEAD, error) { return cipher.NewGCM(b) },
				func() (cipher.AEAD, error) { return cipher.NewGCMWithNonceSize(b, 16) },
				func() (cipher.AEAD, error) { return cipher.NewGCMWithNonceSize(b, 0) },
				func() (cipher.AEAD, error) { return cipher.NewGCMWithTagSize(b, 13) },
				func() (cipher.AEAD, error) { return cipher.NewGCMWithTagSize(b, 3) },
			} {
				g, err := mk()
				fmt.Println(err)
				if err != nil {
					continue
				}
				fmt.Println(g.NonceSize(), g.Overhead())
				for _, k := range []int{0, 1, 16, 33, 100} {
					nonce := seq(g.NonceSize())
					c := g.Seal([]byte("pre"), nonce, seq(k), []byte("additional"))
					fmt.Printf("%x\n", c)
					p, err := g.Open(nil, nonce, c[3:], []byte("additional"))
					fmt.Println(bytes.Equal(p, seq(k)), err)
					p, err = g.Open(nil, nonce, c[3:], []byte("additionaL"))
					fmt.Println(p, err)
				}
				try("nonce", func() { g.Seal(nil, nil, nil, nil) })
				_, err = g.Open(nil, seq(g.NonceSize()), nil, nil)
				fmt.Println(err)
			}
		}
		try("short", func() { b.Encrypt(make([]byte, 16), make([]byte, 3)) })
		try("short", func() { b.Decrypt(make([]byte, 3), make([]byte, 16)) })
		try("overlap", func() { x := make([]byte, 30); b.Decrypt(x, x[1:]) })
		try("iv", func() { cipher.NewCBCEncrypter(b, nil) })
		try("iv", func() { cipher.NewCBCDecrypter(b, nil) })
		try("iv", func() { cipher.NewCTR(b, nil) })
		try("iv", func() { cipher.NewOFB(b, nil) })
		try("iv", func() { cipher.NewCFBDecrypter(b, nil) })
		try("full", func() { cipher.NewCBCEncrypter(b, iv).CryptBlocks(iv, iv[:3]) })
		try("small", func() { cipher.NewCBCEncrypter(b, iv).CryptBlocks(nil, iv) })
		try("small", func() { cipher.NewCTR(b, iv).XORKeyStream(nil, iv) })
		try("overlap", func() { cipher.NewCTR(b, iv).XORKeyStream(iv[1:], iv[:8]) })
		if n == 16 {
			g, err := cipher.NewGCMWithRandomNonce(b)
			fmt.Println(g.NonceSize(), g.Overhead(), err)
			c := g.Seal(nil, nil, []byte("secret"), nil)
			p, err := g.Open(nil, nil, c, nil)
			fmt.Println(len(c), string(p), err)
		}
	}
	_ = subtle.ConstantTimeEq
}
