package main

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"encoding"
	"fmt"
	"hash"
	"hash/adler32"
	"hash/crc32"
	"hash/crc64"
	"hash/fnv"
	"hash/maphash"
	"io"
	"runtime"
	"strings"
	"unique"
	"weak"
)

func try(name string, f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println(name, "panic:", r)
		}
	}()
	f()
}

func main() {
	texts := []string{"", "a", "abc", "message digest", strings.Repeat("0123456789", 13), strings.Repeat("x", 63), strings.Repeat("x", 64), strings.Repeat("y", 111), strings.Repeat("y", 112), strings.Repeat("z", 5000)}
	hs := map[string]func() hash.Hash{
		"md5": md5.New, "sha1": sha1.New, "sha256": sha256.New, "sha224": sha256.New224, "sha512": sha512.New, "sha384": sha512.New384,
		"sha512_224": sha512.New512_224, "sha512_256": sha512.New512_256,
		"sha3_224": func() hash.Hash { return sha3.New224() }, "sha3_256": func() hash.Hash { return sha3.New256() },
		"sha3_384": func() hash.Hash { return sha3.New384() }, "sha3_512": func() hash.Hash { return sha3.New512() },
		"adler": func() hash.Hash { return adler32.New() }, "crc32": func() hash.Hash { return crc32.NewIEEE() },
		"crcC": func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Castagnoli)) }, "crcK": func() hash.Hash { return crc32.New(crc32.MakeTable(crc32.Koopman)) },
		"crc64i": func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ISO)) }, "crc64e": func() hash.Hash { return crc64.New(crc64.MakeTable(crc64.ECMA)) },
		"fnv32": func() hash.Hash { return fnv.New32() }, "fnv32a": func() hash.Hash { return fnv.New32a() }, "fnv64": func() hash.Hash { return fnv.New64() },
		"fnv64a": func() hash.Hash { return fnv.New64a() }, "fnv128": func() hash.Hash { return fnv.New128() }, "fnv128a": func() hash.Hash { return fnv.New128a() },
		"hmac": func() hash.Hash { return hmac.New(sha256.New, []byte("key")) }, "hmaclong": func() hash.Hash { return hmac.New(md5.New, make([]byte, 100)) },
	}
	for _, n := range []string{"md5", "sha1", "sha256", "sha224", "sha512", "sha384", "sha512_224", "sha512_256", "sha3_224", "sha3_256", "sha3_384", "sha3_512", "adler", "crc32", "crcC", "crcK", "crc64i", "crc64e", "fnv32", "fnv32a", "fnv64", "fnv64a", "fnv128", "fnv128a", "hmac", "hmaclong"} {
		h := hs[n]()
		fmt.Println(n, h.Size(), h.BlockSize())
		for _, t := range texts {
			h.Reset()
			io.WriteString(h, t)
			fmt.Printf("%x ", h.Sum(nil))
			h.Write([]byte(t[:len(t)/3]))
			h.Write([]byte(t[len(t)/3:]))
			fmt.Printf("%x\n", h.Sum([]byte{1}))
		}
		if m, ok := h.(encoding.BinaryMarshaler); ok {
			b, err := m.MarshalBinary()
			fmt.Printf("%d %x %v\n", len(b), b, err)
			g := hs[n]()
			u := g.(encoding.BinaryUnmarshaler)
			fmt.Println(u.UnmarshalBinary(b))
			fmt.Printf("%x\n", g.Sum(nil))
			fmt.Println(u.UnmarshalBinary(b[1:]), u.UnmarshalBinary(b[:len(b)-1]))
		}
		if c, ok := h.(hash.Cloner); ok {
			d, err := c.Clone()
			d.Write([]byte("more"))
			fmt.Printf("%x %x %v\n", h.Sum(nil), d.Sum(nil), err)
		}
	}
	fmt.Printf("%x\n%x\n%x\n%x\n%x\n%x\n", md5.Sum([]byte("q")), sha1.Sum([]byte("q")), sha256.Sum256([]byte("q")), sha256.Sum224([]byte("q")), sha512.Sum512([]byte("q")), sha512.Sum512_256([]byte("q")))
	fmt.Printf("%x %x\n", sha3.Sum256([]byte("x")), sha3.SumSHAKE128([]byte("x"), 200))
	s := sha3.NewCSHAKE256([]byte("fn"), []byte("custom"))
	s.Write([]byte("data"))
	b := make([]byte, 300)
	s.Read(b[:10])
	s.Read(b[10:])
	fmt.Printf("%x\n", b)
	try("shake", func() { s.Write(nil); s.Write([]byte("x")) })
	fmt.Println(crc32.ChecksumIEEE([]byte("hello")), crc32.Update(5, crc32.IEEETable, []byte("x")), crc64.Checksum([]byte("hello"), crc64.MakeTable(123)), adler32.Checksum([]byte("hello")), crc32.Checksum([]byte("hello"), crc32.MakeTable(77)))
	for h := crypto.Hash(0); h < 22; h++ {
		fmt.Println(h, h.Available())
		try("size", func() { fmt.Println(h.Size()) })
		try("new", func() { x := h.New(); x.Write([]byte("abc")); fmt.Printf("%x\n", x.Sum(nil)) })
	}
	try("hmac", func() { x := md5.New(); hmac.New(func() hash.Hash { return x }, nil) })
	fmt.Println(hmac.Equal([]byte("a"), []byte("a")), hmac.Equal([]byte("a"), []byte("b")), hmac.Equal(nil, nil))
	fmt.Println(subtle.ConstantTimeCompare([]byte("ab"), []byte("ac")), subtle.ConstantTimeEq(-1, -1), subtle.ConstantTimeEq(1, 2), subtle.ConstantTimeByteEq(255, 255), subtle.ConstantTimeByteEq(0, 255), subtle.ConstantTimeSelect(1, 5, 6), subtle.ConstantTimeSelect(0, 5, 6), subtle.ConstantTimeLessOrEq(3, 3), subtle.ConstantTimeLessOrEq(4, 3))
	d := make([]byte, 4)
	fmt.Println(subtle.XORBytes(d, []byte{1, 2, 3}, []byte{255, 255, 255, 255}), d)
	try("xor", func() { subtle.XORBytes(d[:1], d, d) })
	try("xor", func() { subtle.XORBytes(d[1:], d[:3], d[:3]) })
	try("copy", func() { subtle.ConstantTimeCopy(1, d, d[1:]) })

	seed := maphash.MakeSeed()
	for _, t := range texts {
		var h maphash.Hash
		h.SetSeed(seed)
		h.WriteString(t)
		var g maphash.Hash
		g.SetSeed(seed)
		for i := range len(t) {
			g.WriteByte(t[i])
		}
		fmt.Println(h.Sum64() == g.Sum64(), h.Sum64() == maphash.String(seed, t), h.Sum64() == maphash.Bytes(seed, []byte(t)))
	}
	type key struct {
		a int
		b string
		c any
	}
	fmt.Println(maphash.Comparable(seed, key{1, "x", 2.5}) == maphash.Comparable(seed, key{1, "x", 2.5}), maphash.Comparable(seed, key{1, "x", 2.5}) == maphash.Comparable(seed, key{1, "y", 2.5}), maphash.Comparable(seed, 0.0) == maphash.Comparable(seed, 0.0*-1))
	try("maphash", func() { maphash.Comparable[any](seed, []int{}) })
	try("maphash", func() { maphash.String(maphash.Seed{}, "") })
	var hasher maphash.Hasher[string] = maphash.ComparableHasher[string]{}
	fmt.Println(hasher.Equal("a", "a"))

	a, c := unique.Make("hello"), unique.Make(strings.Clone("hello"))
	fmt.Println(a == c, a.Value(), unique.Make("x") == a, unique.Make(key{1, "q", nil}) == unique.Make(key{1, "q", nil}), unique.Make[any](1) == unique.Make[any](1), unique.Make[any](1) == unique.Make[any](int8(1)))
	type big struct{ x [100]int }
	p := new(big)
	w1, w2, w3 := weak.Make(p), weak.Make(p), weak.Make(&p.x[3])
	fmt.Println(w1 == w2, w1.Value() == p, w3.Value() == &p.x[3], weak.Make(&p.x[3]) == w3, weak.Make(&p.x[4]) == w3, weak.Make[int](nil).Value() == nil)
	runtime.KeepAlive(p)
	runtime.KeepAlive(p)
}
