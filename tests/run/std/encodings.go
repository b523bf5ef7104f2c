// hex, base64, base32, binary, csv and pem: texts, errors and streams.
package main

import (
	"bytes"
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"io"
	"strings"
)

type point struct {
	X, Y int32
	F    float32
	A    [3]uint16
	_    [2]byte
	B    bool
	C    complex64
}

func main() {
	fmt.Println(hex.EncodeToString([]byte("hello\xff")))
	for _, s := range []string{"68656c6c6f", "6865x", "686", "zz", "68zz", "", "A", "g"} {
		b, err := hex.DecodeString(s)
		fmt.Printf("%q %q %v\n", s, b, err)
	}
	fmt.Print(hex.Dump([]byte("The quick brown fox jumps.\x00\x01")))
	r, err := io.ReadAll(hex.NewDecoder(strings.NewReader("68656c6c6f7")))
	fmt.Printf("%q %v\n", r, err)

	encs := map[string]*base64.Encoding{"std": base64.StdEncoding, "url": base64.URLEncoding, "rawstd": base64.RawStdEncoding,
		"strict": base64.StdEncoding.Strict(), "rawstrict": base64.RawStdEncoding.Strict(), "pad*": base64.StdEncoding.WithPadding('*')}
	for _, name := range []string{"std", "url", "rawstd", "strict", "rawstrict", "pad*"} {
		e := encs[name]
		for _, s := range []string{"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xfb\xff\xfe"} {
			t := e.EncodeToString([]byte(s))
			d, err := e.DecodeString(t)
			fmt.Println(name, t, string(d) == s, err, e.EncodedLen(len(s)), e.DecodedLen(len(t)))
		}
		for _, s := range []string{"Zg==", "Zg=", "Zg", "Z", "Zm9=", "Zh==", "Zm9v\nZg\r\n==\n", "Zm9vZg==Zg==", "====", "Zm 9v", "Zm9v!", "AAAA=", "AA=A", "Zm9vYmF*", "AAAAA"} {
			d, err := e.DecodeString(s)
			fmt.Printf("%s %q %q %v\n", name, s, d, err)
			all, err := io.ReadAll(base64.NewDecoder(e, strings.NewReader(s)))
			fmt.Printf("  %q %v\n", all, err)
		}
	}
	var buf bytes.Buffer
	w := base64.NewEncoder(base64.StdEncoding, &buf)
	for i := range 10 {
		w.Write(bytes.Repeat([]byte{byte(i)}, i))
	}
	w.Close()
	fmt.Println(buf.String())
	for _, e := range []*base32.Encoding{base32.StdEncoding, base32.HexEncoding, base32.StdEncoding.WithPadding(base32.NoPadding)} {
		for _, s := range []string{"", "f", "fo", "foo", "foob", "fooba", "foobar"} {
			t := e.EncodeToString([]byte(s))
			d, err := e.DecodeString(t)
			all, err2 := io.ReadAll(base32.NewDecoder(e, strings.NewReader(t)))
			fmt.Println(t, string(d) == s, err, string(all), err2, e.EncodedLen(len(s)), e.DecodedLen(len(t)))
		}
		for _, s := range []string{"MZXW6===", "MZXW6==", "MZX=====", "M", "MZ!W6===", "MZXW6YTB\nMY======", "MY======MY======", "mzxw6==="} {
			d, err := e.DecodeString(s)
			fmt.Printf("%q %q %v\n", s, d, err)
		}
	}
	p := point{1, -2, 1.5, [3]uint16{1, 2, 3}, [2]byte{}, true, 1 + 2i}
	for _, o := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		var b bytes.Buffer
		fmt.Println(o, binary.Write(&b, o, p), binary.Size(p), binary.Size(&p), binary.Size([]point{p, p}))
		fmt.Printf("%x\n", b.Bytes())
		var q point
		fmt.Println(binary.Read(bytes.NewReader(b.Bytes()), o, &q), q)
		fmt.Println(binary.Read(bytes.NewReader(b.Bytes()[:5]), o, &q), binary.Read(bytes.NewReader(nil), o, &q))
		l := []int16{1, -1, 300}
		x, err := binary.Append(nil, o, l)
		fmt.Printf("%x %v\n", x, err)
		m := make([]int16, 3)
		n, err := binary.Decode(x, o, m)
		fmt.Println(n, err, m)
		n, err = binary.Decode(x[:4], o, m)
		fmt.Println(n, err)
		n, err = binary.Encode(make([]byte, 2), o, uint32(4))
		fmt.Println(n, err)
	}
	fmt.Println(binary.Write(io.Discard, binary.LittleEndian, 1), binary.Write(io.Discard, binary.LittleEndian, struct{ S string }{"x"}))
	fmt.Println(binary.Read(strings.NewReader("xxxxxxxxxxxx"), binary.LittleEndian, 1), binary.Size(1), binary.Size("x"))
	for _, x := range []int64{0, 1, -1, 63, 64, -64, -65, 1 << 40, -1 << 63} {
		b := binary.AppendVarint(nil, x)
		y, n := binary.Varint(b)
		z, err := binary.ReadVarint(bytes.NewReader(b))
		fmt.Printf("%x %d %d %d %v\n", b, y, n, z, err)
	}
	fmt.Println(binary.Uvarint([]byte{0x80}))
	fmt.Println(binary.Uvarint(bytes.Repeat([]byte{0xff}, 12)))
	fmt.Println(binary.ReadUvarint(bytes.NewReader([]byte{0x80})))
	fmt.Println(binary.ReadUvarint(bytes.NewReader(bytes.Repeat([]byte{0xff}, 12))))

	for _, s := range []string{"a,b,c\n1,2,3\n", "a,\"b\"\"x\n y\",c\r\n", "a,b\n1\n", "a\"b,c\n", "\"a\n", "\"a\"b,c\n", "\n\n#x\na;b\n", " a, \"b\"\n", "a,b,\n,,\n", "x\r"} {
		r := csv.NewReader(strings.NewReader(s))
		r.Comment = '#'
		recs, err := r.ReadAll()
		fmt.Printf("%q %q %v %d\n", s, recs, err, r.InputOffset())
		r = csv.NewReader(strings.NewReader(s))
		r.LazyQuotes, r.TrimLeadingSpace, r.FieldsPerRecord, r.Comma = true, true, -1, ';'
		rec, err := r.Read()
		fmt.Printf("  %q %v\n", rec, err)
		for i := range rec {
			fmt.Println(r.FieldPos(i))
		}
	}
	cw := csv.NewWriter(&buf)
	buf.Reset()
	cw.WriteAll([][]string{{"a", "b c", " d", "e\"f", "g\nh", "i,j", `\.`, ""}, {"é"}})
	cw.UseCRLF = true
	cw.Write([]string{"a\nb", "c\rd"})
	cw.Flush()
	fmt.Printf("%q %v\n", buf.String(), cw.Error())
	cw.Comma = '"'
	fmt.Println(cw.Write(nil))

	blk := &pem.Block{Type: "TEST DATA", Headers: map[string]string{"B": "2", "A": "1", "Proc-Type": "4"}, Bytes: bytes.Repeat([]byte("abc"), 30)}
	t := pem.EncodeToMemory(blk)
	fmt.Printf("%s", t)
	b2, rest := pem.Decode(append(append([]byte("junk\n"), t...), "rest\n"...))
	fmt.Println(b2.Type, b2.Headers, len(b2.Bytes), string(rest))
	b2, rest = pem.Decode([]byte("nothing"))
	fmt.Println(b2, string(rest))
}
