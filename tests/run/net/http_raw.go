package main

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
)

var srv *http.Server

func handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s host=%s len=%d body=%q err=%v te=%v\n", r.Method, r.URL, r.Proto, r.Host, r.ContentLength, b, err, r.TransferEncoding)
	})
	mux.HandleFunc("/stream", func(w http.ResponseWriter, r *http.Request) {
		for i := range 3 {
			fmt.Fprintf(w, "part %d\n", i)
			w.(http.Flusher).Flush()
		}
	})
	mux.HandleFunc("/big", func(w http.ResponseWriter, r *http.Request) {
		w.Write([]byte(strings.Repeat("0123456789", 300)))
	})
	mux.HandleFunc("/empty", func(w http.ResponseWriter, r *http.Request) {})
	mux.HandleFunc("/nocontent", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(204)
		_, err := w.Write([]byte("x"))
		w.Header().Set("late", "1")
		_ = err
	})
	mux.HandleFunc("/notmod", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(304) })
	mux.HandleFunc("/short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10")
		w.Write([]byte("short"))
	})
	mux.HandleFunc("/long", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "3")
		w.Write([]byte("toolong"))
	})
	mux.HandleFunc("/html", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "<html><body>hi</body></html>")
	})
	mux.HandleFunc("/close", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Connection", "close")
		fmt.Fprint(w, "bye")
	})
	mux.HandleFunc("/panic", func(w http.ResponseWriter, r *http.Request) { panic("oops") })
	mux.HandleFunc("/nobody", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "not read") })
	mux.HandleFunc("/hijack", func(w http.ResponseWriter, r *http.Request) {
		c, rw, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		rw.WriteString("RAW HELLO\r\n")
		rw.Flush()
		line, _ := rw.ReadString('\n')
		fmt.Fprintf(c, "you said %q\n", line)
		c.Close()
	})
	mux.HandleFunc("/trailer", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-Sum")
		fmt.Fprint(w, "data")
		w.Header().Set("X-Sum", "42")
		w.Header().Set(http.TrailerPrefix+"X-Extra", "7")
	})
	mux.HandleFunc("/early", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Link", "</a.css>")
		w.WriteHeader(103)
		w.WriteHeader(200)
		fmt.Fprint(w, "ok")
	})
	mux.HandleFunc("/cookie", func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b c", Path: "/", MaxAge: 60, HttpOnly: true, SameSite: http.SameSiteLaxMode})
		for _, c := range r.Cookies() {
			fmt.Fprintln(w, c.Name, c.Value)
		}
	})
	return mux
}

var answers []chan string

func talk(addr, what, in string) {
	c := make(chan string, 1)
	answers = append(answers, c)
	go func() { c <- say(addr, what, in) }()
}

func say(addr, what, in string) string {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		panic(err)
	}
	defer c.Close()
	io.WriteString(c, in)
	c.(*net.TCPConn).CloseWrite()
	b, err := io.ReadAll(c)
	out := string(b)
	var lines []string
	sc := bufio.NewScanner(strings.NewReader(out))
	for sc.Scan() {
		l := sc.Text()
		if strings.HasPrefix(l, "Date: ") {
			l = "Date: X"
		}
		lines = append(lines, l)
	}
	if err != nil {
		lines = append(lines, "error")
	}
	return fmt.Sprintf("=== %s\n%s\n", what, strings.Join(lines, "\n"))
}

func main() {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	srv = &http.Server{Handler: handler(), MaxHeaderBytes: 2000, ErrorLog: log.New(io.Discard, "", 0)}
	go srv.Serve(ln)
	a := ln.Addr().String()
	h := "Host: x\r\n"
	talk(a, "get", "GET /a/b?c=d HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "pipelined", "GET /1 HTTP/1.1\r\n"+h+"\r\nGET /2 HTTP/1.1\r\n"+h+"\r\nGET /3 HTTP/1.1\r\n"+h+"Connection: close\r\n\r\n")
	talk(a, "1.0", "GET / HTTP/1.0\r\n\r\n")
	talk(a, "1.0 keepalive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
	talk(a, "1.0 stream", "GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
	talk(a, "no host", "GET / HTTP/1.1\r\n\r\n")
	talk(a, "two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")
	talk(a, "bad host", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n")
	talk(a, "garbage", "garbage\r\n\r\n")
	talk(a, "bad version", "GET / HTTP/9.9\r\n"+h+"\r\n")
	talk(a, "bad header", "GET / HTTP/1.1\r\n"+h+"Bad Header: x\r\n\r\n")
	talk(a, "space before colon", "GET / HTTP/1.1\r\n"+h+"Bad : x\r\n\r\n")
	talk(a, "no colon", "GET / HTTP/1.1\r\n"+h+"Bad\r\n\r\n")
	talk(a, "nul", "GET / HTTP/1.1\r\n"+h+"A: \x00\r\n\r\n")
	talk(a, "too large", "GET / HTTP/1.1\r\n"+h+"A: "+strings.Repeat("x", 8000)+"\r\n\r\n")
	talk(a, "post", "POST / HTTP/1.1\r\n"+h+"Content-Length: 5\r\n\r\nhelloGET /next HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "chunked", "POST / HTTP/1.1\r\n"+h+"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\nGET /next HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "bad chunk", "POST / HTTP/1.1\r\n"+h+"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n")
	talk(a, "bad te", "POST / HTTP/1.1\r\n"+h+"Transfer-Encoding: gzip\r\n\r\n")
	talk(a, "bad cl", "POST / HTTP/1.1\r\n"+h+"Content-Length: +5\r\n\r\nhello")
	talk(a, "two cl", "POST / HTTP/1.1\r\n"+h+"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello")
	talk(a, "same cl", "POST / HTTP/1.1\r\n"+h+"Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello")
	talk(a, "expect", "POST / HTTP/1.1\r\n"+h+"Expect: 100-continue\r\nContent-Length: 5\r\n\r\nhello")
	talk(a, "expect other", "POST / HTTP/1.1\r\n"+h+"Expect: something\r\nContent-Length: 5\r\n\r\nhello")
	talk(a, "unread body", "POST /nobody HTTP/1.1\r\n"+h+"Content-Length: 5\r\n\r\nhelloGET /next HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "stream", "GET /stream HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "big", "GET /big HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "head big", "HEAD /big HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "head", "HEAD /html HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "head stream", "HEAD /stream HTTP/1.1\r\n"+h+"\r\n")
	for _, p := range []string{"empty", "nocontent", "notmod", "short", "long", "html", "close", "panic", "trailer", "early"} {
		talk(a, p, "GET /"+p+" HTTP/1.1\r\n"+h+"\r\n")
	}
	talk(a, "hijack", "GET /hijack HTTP/1.1\r\n"+h+"\r\nhello there\r\n")
	talk(a, "cookie", "GET /cookie HTTP/1.1\r\n"+h+"Cookie: x=1; y=\"2 3\"; bad\r\n\r\n")
	talk(a, "options", "OPTIONS * HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "absolute", "GET http://other/x HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "redirect", "GET /a/../b HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "lf only", "GET / HTTP/1.1\nHost: x\n\n")
	talk(a, "folded", "GET / HTTP/1.1\r\n"+h+"A: b\r\n c\r\n\r\n")
	talk(a, "bad uri", "GET /%zz HTTP/1.1\r\n"+h+"\r\n")
	talk(a, "bad method", "G{T / HTTP/1.1\r\n"+h+"\r\n")
	for _, c := range answers {
		fmt.Print(<-c)
	}
}
