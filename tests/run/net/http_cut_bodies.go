// A request's context ends when its client goes, also in the middle of the body.
package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"time"
)

func main() {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	results := make(chan string)
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked := r.URL.Path == "/before"
		if asked {
			r.Context().Done()
		}
		n, err := io.Copy(io.Discard, r.Body)
		s := fmt.Sprint(asked, " ", n, " ", err, ": ")
		select {
		case <-r.Context().Done():
			results <- s + r.Context().Err().Error()
		case <-time.After(10 * time.Second):
			results <- s + "still waiting"
		}
	}))
	for _, path := range []string{"/", "/before"} {
		for _, rest := range []string{
			"Content-Length: 100\r\n\r\nabc",
			"Content-Length: 3\r\n\r\nabc",
			"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n",
			"Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n0\r\n\r\n",
		} {
			c, err := net.Dial("tcp", l.Addr().String())
			if err != nil {
				panic(err)
			}
			io.WriteString(c, "POST "+path+" HTTP/1.1\r\nHost: x\r\n"+rest)
			c.Close()
			fmt.Println(<-results)
		}
	}
}
