// Readers of base64 and base32 that get little at a time; table ends that were traps.
package main

import (
	"encoding/base32"
	"encoding/base64"
	"encoding/binary"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing/iotest"
	"text/template"
)

func main() {
	noPad := base32.StdEncoding.WithPadding(base32.NoPadding)
	for _, s := range []string{"foobar", "leasure.", ""} {
		r := base32.NewDecoder(noPad, strings.NewReader(noPad.EncodeToString([]byte(s))))
		buf := make([]byte, 20)
		n, err := r.Read(buf)
		fmt.Printf("%q %v\n", buf[:n], err)
		r = base64.NewDecoder(base64.StdEncoding, iotest.OneByteReader(strings.NewReader(base64.StdEncoding.EncodeToString([]byte(s)))))
		all, err := io.ReadAll(r)
		fmt.Printf("%q %v\n", all, err)
	}
	bad := io.MultiReader(strings.NewReader("Ma======"), iotest.ErrReader(errors.New("bad reader")))
	_, err := io.ReadAll(base32.NewDecoder(base32.StdEncoding, bad))
	fmt.Println(err)
	fmt.Println(binary.Size((*int8)(nil)), binary.Size(new(int8)), binary.Size([]bool{true}))
	for _, s := range []string{"\"field\"\r\r", "a\r", "\"a\r\n\r\"\r\n", "x,y\r\r\n"} {
		recs, err := csv.NewReader(strings.NewReader(s)).ReadAll()
		fmt.Printf("%q %v\n", recs, err)
	}
	t := template.Must(template.New("").Delims("<<", ">>").Parse(`<<if .>>a<<else>>b<<end>><<range .>><<break>><<end>><<template "x" .>>`))
	fmt.Println(t.Root)
	type names struct {
		A map[string]int `xml:"-"`
		B string         `xml:",innerxml"`
	}
	var v names
	fmt.Println(xml.Unmarshal([]byte("<a>\n<b c='d'>]]&gt; x\r\ny</b>\r</a>"), &v))
	fmt.Printf("%q\n", v.B)
	os.Stdout.WriteString(strings.Repeat("=", 3) + "\n")
}
