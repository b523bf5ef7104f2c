// An HTTP server's life: panics of handlers, states, timeouts, Shutdown, Close, contexts, and clients that go away.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"time"
)

type syncBuf struct {
	mu sync.Mutex
	bytes.Buffer
}

func (b *syncBuf) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.Buffer.Write(p)
}
func (b *syncBuf) take() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.String()
	b.Reset()
	return s
}

func main() {
	var logs syncBuf
	states := make(chan string, 1000)
	base := func(h http.HandlerFunc) *httptest.Server {
		s := httptest.NewUnstartedServer(h)
		s.Config.ErrorLog = log.New(&logs, "", 0)
		return s
	}
	first := func() string {
		s := logs.take()
		l, _, _ := strings.Cut(s, "\n")
		if i := strings.Index(l, "127.0.0.1:"); i >= 0 {
			j := i + 10
			for j < len(l) && l[j] >= '0' && l[j] <= '9' {
				j++
			}
			l = l[:i] + "ADDR" + l[j:]
		}
		return l
	}
	// wait waits for a line of the log.
	wait := func() string {
		for {
			if l := first(); l != "" {
				return l
			}
			time.Sleep(time.Millisecond)
		}
	}
	// panics
	s := base(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/err":
			panic(errors.New("an error"))
		case "/str":
			panic("a string")
		case "/abort":
			panic(http.ErrAbortHandler)
		case "/nil":
			var p *int
			*p = 1
		case "/after":
			w.WriteHeader(200)
			w.(http.Flusher).Flush()
			panic("after")
		}
	})
	s.Start()
	for _, p := range []string{"/err", "/str", "/abort", "/nil", "/after"} {
		r, err := http.Get(s.URL + p)
		if err == nil {
			_, err = io.ReadAll(r.Body)
			fmt.Println(p, r.Status, err)
		} else {
			fmt.Println(p, err != nil)
		}
		if p != "/abort" {
			fmt.Println(wait())
		}
	}
	s.Close()
	// states
	s = base(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/hijack" {
			c, _, _ := w.(http.Hijacker).Hijack()
			c.Close()
		}
	})
	s.Config.ConnState = func(c net.Conn, st http.ConnState) { states <- st.String() }
	s.Start()
	c, _ := net.Dial("tcp", s.Listener.Addr().String())
	io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	buf := make([]byte, 1000)
	c.Read(buf)
	io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
	io.Copy(io.Discard, c)
	for range 5 {
		fmt.Print(<-states, " ")
	}
	fmt.Println()
	c, _ = net.Dial("tcp", s.Listener.Addr().String())
	io.WriteString(c, "GET /hijack HTTP/1.1\r\nHost: x\r\n\r\n")
	io.Copy(io.Discard, c)
	for range 3 {
		fmt.Print(<-states, " ")
	}
	fmt.Println(len(states))
	s.Config.ConnState = nil
	// timeouts
	timeouts := func(name string, set func(*http.Server), talk func(c net.Conn)) {
		s := base(func(w http.ResponseWriter, r *http.Request) {
			b, err := io.ReadAll(r.Body)
			if r.URL.Path == "/slow" {
				time.Sleep(time.Second)
			}
			to := err != nil && strings.Contains(err.Error(), "timeout")
			n, werr := io.WriteString(w, fmt.Sprint(len(b), to))
			_, _ = n, werr
			if r.URL.Path == "/slow" {
				werr = http.NewResponseController(w).Flush()
				logs.Write([]byte(fmt.Sprint("flush failed: ", werr != nil, "\n")))
			}
		})
		set(s.Config)
		s.Start()
		c, _ := net.Dial("tcp", s.Listener.Addr().String())
		talk(c)
		b, err := io.ReadAll(c)
		text := string(b)
		if i := strings.Index(text, "\r\n\r\n"); i >= 0 {
			st, _, _ := strings.Cut(text, "\r\n")
			text = st + " ... " + text[i+4:]
		}
		fmt.Println(name, fmt.Sprintf("%q", text), err != nil, first())
		c.Close()
		s.Close()
	}
	d := 400 * time.Millisecond
	timeouts("header", func(s *http.Server) { s.ReadHeaderTimeout = d }, func(c net.Conn) { io.WriteString(c, "GET / HTT") })
	timeouts("header nothing", func(s *http.Server) { s.ReadHeaderTimeout = d }, func(c net.Conn) {})
	timeouts("read body", func(s *http.Server) { s.ReadTimeout = d }, func(c net.Conn) {
		io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
	})
	timeouts("write", func(s *http.Server) { s.WriteTimeout = d }, func(c net.Conn) { io.WriteString(c, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n") })
	timeouts("idle", func(s *http.Server) { s.IdleTimeout = d }, func(c net.Conn) {
		io.WriteString(c, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
	})
	timeouts("idle by read", func(s *http.Server) { s.ReadTimeout = d }, func(c net.Conn) {
		io.WriteString(c, "GET /x HTTP/1.1\r\nHost: x\r\n\r\n")
	})
	timeouts("second header", func(s *http.Server) { s.ReadHeaderTimeout = d }, func(c net.Conn) {
		io.WriteString(c, "GET /x HTTP/1.1\r\nHost: x\r\n\r\nGET /y")
	})
	// shutdown
	started, release := make(chan bool, 10), make(chan bool)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		<-release
		io.WriteString(w, "done")
	}), ErrorLog: log.New(&logs, "", 0)}
	called := make(chan bool, 1)
	srv.RegisterOnShutdown(func() { called <- true })
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	idle, _ := net.Dial("tcp", ln.Addr().String())
	io.WriteString(idle, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")
	<-started
	go func() { release <- true }()
	idle.Read(buf)
	got := make(chan string)
	go func() {
		r, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			got <- err.Error()
			return
		}
		b, err := io.ReadAll(r.Body)
		got <- fmt.Sprint(string(b), err, r.Close)
	}()
	<-started
	down := make(chan error)
	go func() { down <- srv.Shutdown(context.Background()) }()
	fmt.Println(<-called, <-served)
	n, err := idle.Read(buf)
	fmt.Println(n, err)
	_, err = net.Dial("tcp", ln.Addr().String())
	fmt.Println(err != nil)
	release <- true
	fmt.Println(<-got, <-down)
	fmt.Println(srv.Serve(ln), srv.ListenAndServe(), srv.Shutdown(context.Background()))
	// close
	srv = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		<-r.Context().Done()
		started <- true
	})}
	ln, _ = net.Listen("tcp", "127.0.0.1:0")
	go func() { served <- srv.Serve(ln) }()
	go func() {
		_, err := http.Get("http://" + ln.Addr().String())
		got <- fmt.Sprint(err != nil)
	}()
	<-started
	fmt.Println(srv.Close(), <-served, <-got, <-started)
	// the client goes away
	s = base(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		<-r.Context().Done()
		fmt.Println("gone", r.Context().Err(), context.Cause(r.Context()))
		started <- true
	})
	s.Start()
	c, _ = net.Dial("tcp", s.Listener.Addr().String())
	io.WriteString(c, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
	<-started
	c.Close()
	<-started
	s.Close()
	// contexts
	type key struct{}
	srv = &http.Server{
		BaseContext: func(l net.Listener) context.Context { return context.WithValue(context.Background(), key{}, "base") },
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, "conn", fmt.Sprint(ctx.Value(key{}), "+conn"))
		},
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			sv := r.Context().Value(http.ServerContextKey).(*http.Server)
			la := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
			ctx, cancel := context.WithTimeout(r.Context(), time.Hour)
			defer cancel()
			fmt.Fprint(w, r.Context().Value("conn"), ctx.Value(key{}), sv != nil, la.Network(), ctx.Err())
		}),
	}
	ln, _ = net.Listen("tcp", "127.0.0.1:0")
	go srv.Serve(ln)
	r, err := http.Get("http://" + ln.Addr().String())
	b, _ := io.ReadAll(r.Body)
	fmt.Println(string(b), err)
	srv.Close()
	srv.SetKeepAlivesEnabled(false)
	_, err = (&http.Client{}).Get("https://127.0.0.1:1/")
	fmt.Println(err != nil)
	fmt.Println(http.ListenAndServe("bad addr", nil))
	fmt.Println(http.ListenAndServe("127.0.0.1:99999", nil))
	fmt.Println(http.StatusText(418), http.StatusText(999) == "", http.CanonicalHeaderKey("x-foo-BAR"), http.DetectContentType([]byte("%PDF-1.")), http.TimeFormat)
	tm, err := http.ParseTime("Sunday, 06-Nov-94 08:49:37 GMT")
	fmt.Println(tm, err)
	maj, min, ok := http.ParseHTTPVersion("HTTP/1.1")
	fmt.Println(maj, min, ok)
}
