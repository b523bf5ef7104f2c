// What a server answers to requests of all kinds, to the byte: methods, versions, framing, bad heads, pipelining, hijacking.
package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"time"
)

func hide(s string) string {
	out := ""
	for {
		a, b, ok := strings.Cut(s, "Date: ")
		out += a
		if !ok {
			return out
		}
		out += "Date: D"
		_, s, _ = strings.Cut(b, "GMT")
	}
}

func main() {
	log.SetFlags(0)
	log.SetOutput(io.Discard)
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s host=%s cl=%d te=%v close=%v body=%q err=%v trailer=%v", r.Method, r.RequestURI, r.Host, r.ContentLength, r.TransferEncoding, r.Close, b, err, r.Trailer)
	})
	mux.HandleFunc("/h", func(w http.ResponseWriter, r *http.Request) {
		r.Header.WriteSubset(w, nil)
	})
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("x", 2500))
	})
	mux.HandleFunc("/none", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/204", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(204) })
	mux.HandleFunc("/304", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"x"`)
		w.WriteHeader(304)
		_, err := w.Write([]byte("x"))
		log.Println("write", err)
	})
	mux.HandleFunc("/flush", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte("one"))
		w.(http.Flusher).Flush()
		w.Write([]byte("two"))
	})
	mux.HandleFunc("/trailer", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-A, X-B")
		w.Write([]byte("one"))
		w.Header().Set("X-A", "1")
		w.Header().Set("X-B", "2")
		w.Header().Set("X-C", "3")
		w.Header().Set(http.TrailerPrefix+"X-D", "4")
	})
	mux.HandleFunc("/cl", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "3")
		n, err := w.Write([]byte("onetwo"))
		log.Println("cl", n, err)
	})
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "30")
		w.Write([]byte("onetwo"))
	})
	mux.HandleFunc("/twice", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(201)
		w.WriteHeader(202)
	})
	mux.HandleFunc("/103", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "a")
		w.WriteHeader(103)
		w.WriteHeader(201)
		w.Write([]byte("done"))
	})
	mux.HandleFunc("/close", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		w.Write([]byte("bye"))
	})
	mux.HandleFunc("/noread", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("nr")) })
	mux.HandleFunc("/te", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Transfer-Encoding", "identity")
		w.Write([]byte("ident"))
	})
	mux.HandleFunc("/err", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "1")
		w.Header().Set("Etag", "x")
		http.Error(w, "bad <thing>", 418)
	})
	mux.HandleFunc("/code", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(599) })
	mux.HandleFunc("/badhdr", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Y", "a\r\nb: c")
		w.Header()["bad key"] = []string{"x"}
		w.Header()["lower"] = []string{"x"}
		w.Write([]byte("<html>"))
	})
	mux.HandleFunc("/redir", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/a?b=c&d", 302) })
	mux.HandleFunc("/redir2", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "../x y", 301) })
	mux.HandleFunc("/nf", http.NotFound)
	mux.HandleFunc("/hijack", func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			log.Println(err)
			return
		}
		_, err = w.Write([]byte("x"))
		log.Println("after hijack", err)
		rw.WriteString("HTTP/1.1 299 mine\r\n\r\n")
		rw.Flush()
		l, err := rw.ReadString('\n')
		fmt.Fprintf(c, "got %q %v", l, err)
		c.Close()
	})
	mux.HandleFunc("/ctx", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Context().Err()) })
	mux.HandleFunc("GET /m/{id}/x/{rest...}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.PathValue("id"), "|", r.PathValue("rest"), "|", r.Pattern)
	})
	mux.HandleFunc("POST /m/{id}/x/{rest...}", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/dir/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "dir ", r.URL.Path) })
	mux.HandleFunc("/exact/{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "exact") })
	mux.HandleFunc("example.com/hosted", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hosted") })
	srv := &http.Server{Handler: mux, MaxHeaderBytes: 2000}
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go srv.Serve(l)
	ask := func(name, in string) {
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			panic(err)
		}
		defer c.Close()
		go func() {
			io.WriteString(c, in)
			time.Sleep(50 * time.Millisecond)
			c.(*net.TCPConn).CloseWrite()
		}()
		b, err := io.ReadAll(bufio.NewReader(c))
		if err != nil {
			err = fmt.Errorf("ERR")
		}
		s := hide(string(b))
		if len(s) > 700 {
			s = s[:300] + "..." + s[len(s)-100:] + fmt.Sprint(len(s))
		}
		fmt.Printf("### %s\n%q %v\n", name, s, err)
	}
	for _, p := range []string{"/", "/h", "/none", "/204", "/304", "/flush", "/trailer", "/cl", "/short", "/twice", "/103", "/close", "/te", "/err", "/code", "/badhdr", "/redir", "/redir2", "/nf", "/ctx", "/m/1/x/", "/m/a%2fb/x/c/d", "/m//x/", "/dir", "/dir?x=1", "/dir/a/../b", "/exact/", "/exact/z", "/exact", "//a//b", "/hosted", "*", "http://other.com/abs?x", "/%zz", "nope", "/a b", "/?a;b", "/#frag"} {
		for _, m := range []string{"GET", "HEAD"} {
			ask(m+" 1.1 "+p, m+" "+p+" HTTP/1.1\r\nHost: h\r\n\r\n")
		}
		ask("GET 1.0 "+p, "GET "+p+" HTTP/1.0\r\n\r\n")
	}
	ask("1.0 keep", "GET /none HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /big HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
	ask("1.0 keep cl", "GET /cl HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
	ask("pipelined", strings.Repeat("GET /ctx HTTP/1.1\r\nHost: h\r\n\r\n", 3)+"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET /none HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")
	ask("post cl", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello")
	ask("post chunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\n\r\n5\r\nhello\r\n3;ext=1\r\nabc\r\n0\r\nX-T: v\r\nX-U: w\r\n\r\n")
	ask("chunk bad size", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")
	ask("chunk lf", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n")
	ask("chunk bad end", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n")
	ask("chunk huge", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nhelloXX0\r\n\r\n")
	ask("te gzip", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	ask("te gzip, chunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	ask("te twice", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	ask("te Chunked", "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	ask("cl twice same", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello")
	ask("cl twice", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello1")
	ask("cl neg", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: -5\r\n\r\nhello")
	ask("cl plus", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\nhello")
	ask("cl empty", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: \r\n\r\nhello")
	ask("cl list", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5, 5\r\n\r\nhello")
	ask("cl big", "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999999999999999999\r\n\r\nhello")
	ask("no host", "GET / HTTP/1.1\r\n\r\n")
	ask("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
	ask("bad host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n")
	ask("empty host", "GET / HTTP/1.1\r\nHost: \r\n\r\n")
	ask("obsfold", "GET /h HTTP/1.1\r\nHost: a\r\nX-A: 1\r\n 2\r\n\r\n")
	ask("obsfold empty", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n")
	ask("obsfold first", "GET /h HTTP/1.1\r\n X-A: 1\r\nHost: a\r\n\r\n")
	ask("bare lf", "GET /h HTTP/1.1\nHost: a\nX-A: 1\n\n")
	ask("bare cr", "GET /h HTTP/1.1\r\nHost: a\r\nX-A: 1\r2\r\n\r\n")
	ask("nul", "GET /h HTTP/1.1\r\nHost: a\r\nX-A: 1\x002\r\n\r\n")
	ask("space name", "GET /h HTTP/1.1\r\nHost: a\r\nX-A : 1\r\n\r\n")
	ask("empty name", "GET /h HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n")
	ask("no colon", "GET /h HTTP/1.1\r\nHost: a\r\nfoo\r\n\r\n")
	ask("bad name", "GET /h HTTP/1.1\r\nHost: a\r\nf(o)o: 1\r\n\r\n")
	ask("utf8", "GET /h HTTP/1.1\r\nHost: a\r\nX-A: \xff\xfeä\r\n\r\n")
	ask("tabs", "GET /h HTTP/1.1\r\nHost: a\r\nX-A:\t 1\t2 \t\r\nx-a: 3\r\nX-B:\r\n\r\n")
	ask("version 2", "GET /h HTTP/2.0\r\nHost: a\r\n\r\n")
	ask("version 1.2", "GET /h HTTP/1.2\r\nHost: a\r\n\r\n")
	ask("version 0.9", "GET /h HTTP/0.9\r\nHost: a\r\n\r\n")
	ask("version junk", "GET /h HTTZ/1.1\r\nHost: a\r\n\r\n")
	ask("version long", "GET /h HTTP/1.10\r\nHost: a\r\n\r\n")
	ask("no version", "GET /h\r\n\r\n")
	ask("garbage", "garbage\r\n\r\n")
	ask("empty", "")
	ask("crlf first", "\r\nGET /h HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("partial", "GET /h HTTP/1.1\r\nHo")
	ask("method", "FOO / HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("bad method", "FO(O / HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("tls", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
	ask("options *", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("get *", "GET * HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("connect", "CONNECT foo:80 HTTP/1.1\r\nHost: foo:80\r\n\r\n")
	ask("405", "PUT /m/1/x/ HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("too large", "GET /h HTTP/1.1\r\nHost: a\r\nX: "+strings.Repeat("a", 9000)+"\r\n\r\n")
	ask("large uri", "GET /h"+strings.Repeat("a", 9000)+" HTTP/1.1\r\nHost: a\r\n\r\n")
	ask("expect", "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc")
	ask("expect noread", "POST /noread HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc")
	ask("expect other", "POST / HTTP/1.1\r\nHost: a\r\nExpect: 200-ok\r\nContent-Length: 3\r\n\r\nabc")
	ask("noread small", "POST /noread HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabcGET /none HTTP/1.1\r\nHost: h\r\n\r\n")
	ask("noread large", "POST /noread HTTP/1.1\r\nHost: a\r\nContent-Length: 300000\r\n\r\n"+strings.Repeat("a", 300000)+"GET /none HTTP/1.1\r\nHost: h\r\n\r\n")
	ask("hijack", "GET /hijack HTTP/1.1\r\nHost: a\r\n\r\nfor you\n")
	ask("hosted", "GET /hosted HTTP/1.1\r\nHost: example.com:80\r\n\r\n")
	ask("multi header", "GET /h HTTP/1.1\r\nHost: a\r\nCookie: a=b\r\nCookie: c=d\r\nUser-Agent: x\r\nReferer: y\r\nConnection: keep-alive\r\nPragma: no-cache\r\n\r\n")
}
