// net/http/httputil: a reverse proxy in front of a server, and dumps.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sort"
	"strings"
)

func main() {
	back := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/base/upgrade":
			c, rw, _ := w.(http.Hijacker).Hijack()
			fmt.Fprintf(rw, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: %s\r\n\r\n", r.Header.Get("Upgrade"))
			rw.Flush()
			l, _ := rw.ReadString('\n')
			fmt.Fprintf(c, "you said %q", l)
			c.Close()
			return
		case "/base/trailer":
			w.Header().Set("Trailer", "X-T")
			io.WriteString(w, "body")
			w.(http.Flusher).Flush()
			w.Header().Set("X-T", "end")
			return
		case "/base/cut":
			w.Header().Set("Content-Length", "100")
			io.WriteString(w, "short")
			return
		case "/base/stream":
			for i := range 3 {
				fmt.Fprintln(w, i)
				w.(http.Flusher).Flush()
			}
			return
		}
		b, _ := io.ReadAll(r.Body)
		var keys []string
		for k := range r.Header {
			if k != "Accept-Encoding" && k != "User-Agent" && k != "X-Forwarded-Host" {
				keys = append(keys, k+"="+strings.Join(r.Header[k], "|"))
			}
		}
		sort.Strings(keys)
		w.Header().Set("Connection", "X-Hop")
		w.Header().Set("X-Hop", "1")
		w.Header().Set("X-Back", "yes")
		w.WriteHeader(202)
		fmt.Fprintf(w, "%s %s %t %q %v", r.Method, r.URL, strings.HasPrefix(r.Host, "127."), b, keys)
	}))
	defer back.Close()
	target, _ := url.Parse(back.URL + "/base?t=1")
	quiet := log.New(io.Discard, "", 0)
	for i, p := range []*httputil.ReverseProxy{
		httputil.NewSingleHostReverseProxy(target),
		{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target); r.SetXForwarded(); r.Out.Header.Set("X-Added", "1") }},
		{Rewrite: func(r *httputil.ProxyRequest) { r.SetURL(target) }, ModifyResponse: func(r *http.Response) error {
			if r.StatusCode == 202 {
				return errors.New("do not like it")
			}
			return nil
		}, ErrorHandler: func(w http.ResponseWriter, r *http.Request, err error) { http.Error(w, "handler: "+err.Error(), 599) }},
		{Rewrite: func(r *httputil.ProxyRequest) { u, _ := url.Parse("http://127.0.0.1:1"); r.SetURL(u) }},
		{},
	} {
		p.ErrorLog = quiet
		front := httptest.NewUnstartedServer(p)
		front.Config.ErrorLog = quiet
		front.Start()
		do := func(method, path, body string, header ...string) {
			req, _ := http.NewRequest(method, front.URL+path, strings.NewReader(body))
			for i := 0; i < len(header); i += 2 {
				req.Header.Add(header[i], header[i+1])
			}
			resp, err := http.DefaultClient.Do(req)
			if err != nil {
				fmt.Println(i, path, "failed")
				return
			}
			b, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			resp.Header.Del("Date")
			fmt.Println(i, method, path, resp.Status, resp.Header, resp.Trailer, string(b), err)
		}
		do("GET", "/x?y=2", "")
		do("POST", "/a%2Fb", "posted", "X-Mine", "1", "Connection", "X-Drop", "X-Drop", "1", "X-Forwarded-For", "1.2.3.4", "Te", "trailers")
		do("GET", "/q?a=1;b=2&c=%zz", "")
		do("GET", "/trailer", "")
		do("GET", "/cut", "")
		do("GET", "/stream", "")
		if i < 2 {
			c, _ := net.Dial("tcp", front.Listener.Addr().String())
			io.WriteString(c, "GET /upgrade HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: chat\r\n\r\n")
			r := bufio.NewReader(c)
			resp, err := http.ReadResponse(r, nil)
			fmt.Println(resp.Status, resp.Header, err)
			io.WriteString(c, "hello\n")
			text := make([]byte, len(`you said "hello\n"`))
			_, err = io.ReadFull(r, text)
			fmt.Println(string(text), err)
			c.Close()
		}
		front.Close()
	}
	// dumps
	req, _ := http.NewRequest("POST", "http://host.test/p?q", strings.NewReader("body"))
	req.Header.Set("X-B", "2")
	req.Header.Set("User-Agent", "me")
	req.Header.Set("Accept-Encoding", "x")
	for _, body := range []bool{true, false} {
		d, err := httputil.DumpRequestOut(req, body)
		fmt.Printf("%q %v\n", d, err)
		d, err = httputil.DumpRequest(req, body)
		fmt.Printf("%q %v\n", d, err)
		in, _ := http.ReadRequest(bufio.NewReader(strings.NewReader("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n3\r\nabc\r\n0\r\n\r\n")))
		d, err = httputil.DumpRequest(in, body)
		fmt.Printf("%q %v\n", d, err)
		resp := &http.Response{StatusCode: 200, ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{"X": {"1"}}, Body: io.NopCloser(strings.NewReader("answer")), ContentLength: 6}
		d, err = httputil.DumpResponse(resp, body)
		fmt.Printf("%q %v\n", d, err)
		b, _ := io.ReadAll(resp.Body)
		fmt.Printf("%q\n", b)
	}
	b, err := io.ReadAll(httputil.NewChunkedReader(strings.NewReader("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n")))
	fmt.Printf("%q %v\n", b, err)
	b, err = io.ReadAll(httputil.NewChunkedReader(strings.NewReader("3\r\nabcX")))
	fmt.Printf("%q %v\n", b, err)
	var sb strings.Builder
	w := httputil.NewChunkedWriter(&sb)
	io.WriteString(w, "hello")
	w.Close()
	fmt.Printf("%q\n", sb.String())
}
