// A gzip reader at the end of its input: Reset says so, and Close is still allowed.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
)

func main() {
	var b bytes.Buffer
	for _, text := range []string{"first", "second"} {
		w := gzip.NewWriter(&b)
		w.Name = text + ".txt"
		io.WriteString(w, text)
		w.Close()
	}
	r, err := gzip.NewReader(&b)
	for err == nil {
		r.Multistream(false)
		text, _ := io.ReadAll(r)
		fmt.Println(r.Name, string(text))
		err = r.Reset(&b)
	}
	fmt.Println(err, r.Close())
}
