package main

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing/iotest"
	"time"
)

func main() {
	var big bytes.Buffer
	for i := range 60000 {
		fmt.Fprintf(&big, "line %d of text %x\n", i, i*i*7919)
	}
	texts := []string{"", "a", "hello, hello, hello world", strings.Repeat("ab", 40000), big.String()}
	for _, t := range texts {
		for level := -3; level <= 10; level++ {
			var b bytes.Buffer
			w, err := flate.NewWriter(&b, level)
			if err != nil {
				fmt.Println(err)
				continue
			}
			io.WriteString(w, t[:len(t)/2])
			w.Flush()
			io.WriteString(w, t[len(t)/2:])
			fmt.Println(w.Close(), b.Len() < len(t)*11/10+100)
			b.WriteString("rest")
			r := flate.NewReader(&b)
			out, err := io.ReadAll(r)
			rest, _ := io.ReadAll(&b)
			fmt.Println(len(out), string(out) == t, err, string(rest), r.Close())
		}
		for _, wrap := range []func([]byte) io.Reader{
			func(b []byte) io.Reader { return bytes.NewReader(b) },
			func(b []byte) io.Reader { return bufio.NewReader(bytes.NewReader(b)) },
			func(b []byte) io.Reader { return iotest.OneByteReader(bytes.NewReader(b)) },
			func(b []byte) io.Reader { return struct{ flate.Reader }{bytes.NewReader(b)} },
		} {
			if len(t) > 100000 {
				continue
			}
			var b bytes.Buffer
			zw := gzip.NewWriter(&b)
			zw.Name = "näme"
			zw.Comment = "comment"
			zw.Extra = []byte("extra")
			zw.ModTime = time.Unix(1e9, 0)
			io.WriteString(zw, t)
			fmt.Println(zw.Close(), zw.Close())
			zw.Reset(&b)
			io.WriteString(zw, "second")
			zw.Close()
			b.WriteString("")
			zr, err := gzip.NewReader(wrap(b.Bytes()))
			fmt.Println(err, zr.Name, zr.Comment, string(zr.Extra), zr.ModTime.Unix(), zr.OS)
			out, err := io.ReadAll(zr)
			fmt.Println(len(out), crc32.ChecksumIEEE(out), err, string(out) == t+"second")
			r := wrap(b.Bytes())
			zr.Reset(r)
			zr.Multistream(false)
			out, err = io.ReadAll(zr)
			fmt.Println(len(out), err, string(out) == t)
			if _, ok := r.(io.ByteReader); ok {
				fmt.Println(zr.Reset(r))
				out, err = io.ReadAll(zr)
				fmt.Println(string(out), err)
			}
			c := bytes.Clone(b.Bytes())
			c[len(c)-9] ^= 1
			zr, _ = gzip.NewReader(wrap(c))
			_, err = io.ReadAll(zr)
			fmt.Println(err)
			zr, err = gzip.NewReader(wrap(c[:len(c)-3]))
			_, err = io.ReadAll(zr)
			fmt.Println(err)
			b.Reset()
			vw := zlib.NewWriter(&b)
			io.WriteString(vw, t)
			vw.Flush()
			fmt.Println(vw.Close(), hex.EncodeToString(b.Bytes()[:2]))
			vr, err := zlib.NewReader(wrap(b.Bytes()))
			out, err2 := io.ReadAll(vr)
			fmt.Println(err, err2, string(out) == t, vr.Close())
			c = bytes.Clone(b.Bytes())
			c[len(c)-1] ^= 1
			vr, _ = zlib.NewReader(wrap(c))
			_, err = io.ReadAll(vr)
			fmt.Println(err)
		}
	}
	_, err := gzip.NewReader(strings.NewReader(""))
	fmt.Println(err)
	_, err = gzip.NewReader(strings.NewReader("not gzip at all"))
	fmt.Println(err)
	_, err = gzip.NewReader(strings.NewReader("\x1f\x8b\x08"))
	fmt.Println(err)
	_, err = zlib.NewReader(strings.NewReader("xx"))
	fmt.Println(err)
	_, err = zlib.NewReader(strings.NewReader(""))
	fmt.Println(err)
	_, err = io.ReadAll(flate.NewReader(strings.NewReader("")))
	fmt.Println(err)
	_, err = io.ReadAll(flate.NewReader(strings.NewReader("\xff\xff\xff")))
	fmt.Println(err != nil)
	_, err = gzip.NewWriterLevel(nil, 12)
	fmt.Println(err)
	_, err = zlib.NewWriterLevel(nil, 12)
	fmt.Println(err)
	zw := gzip.NewWriter(io.Discard)
	zw.Name = "日本"
	_, err = zw.Write([]byte("x"))
	fmt.Println(err)
	// made by other programs
	for _, h := range []string{"1f8b08000000000000ff4bcc2bcb4cc94c56c84d2c28a9e4020000ffff010000ffff", "1f8b0808a0e0435f0003782e747874004b4c4a06006a3a6a350300000000"} {
		b, _ := hex.DecodeString(h)
		zr, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			fmt.Println(err)
			continue
		}
		out, err := io.ReadAll(zr)
		fmt.Printf("%q %v %q\n", out, err, zr.Name)
	}
	dict := []byte("hello world dictionary")
	var b bytes.Buffer
	dw, _ := zlib.NewWriterLevelDict(&b, 9, dict)
	io.WriteString(dw, "hello dictionary world")
	dw.Close()
	data := b.Bytes()
	vr, err := zlib.NewReaderDict(bytes.NewReader(data), dict)
	out, err2 := io.ReadAll(vr)
	fmt.Println(string(out), err, err2)
	_, err = zlib.NewReader(bytes.NewReader(data))
	fmt.Println(err)
	raw, _ := hex.DecodeString("cb00535450480112")
	fr := flate.NewReaderDict(bytes.NewReader(raw), dict)
	out, err = io.ReadAll(fr)
	fmt.Println(len(out) > 0, err != nil)
	fmt.Println(flate.CorruptInputError(5), flate.InternalError("x"))
	fw, _ := flate.NewWriter(&b, 1)
	fw.Close()
	_, err = fw.Write([]byte("x"))
	fmt.Println(err, fw.Close(), fw.Flush())
}
