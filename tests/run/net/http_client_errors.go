// gcstress: slow (what times out in milliseconds says something else)
// What clients make of requests, redirects, timeouts and servers that misbehave, with the texts of errors.
package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

var host string

func clean(s string) string {
	s = strings.ReplaceAll(s, host, "HOST")
	// ephemeral client ports
	for {
		i := strings.Index(s, "127.0.0.1:")
		if i < 0 {
			return s
		}
		j := i + len("127.0.0.1:")
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		s = s[:i] + "IP:PORT" + s[j:]
	}
}

func show(name string, resp *http.Response, err error) {
	if err != nil {
		var ue *url.Error
		t := errors.As(err, &ue) && ue.Timeout()
		fmt.Println(name, "ERR", clean(err.Error()), t, errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled))
		if resp == nil {
			return
		}
	}
	b, e := io.ReadAll(resp.Body)
	resp.Body.Close()
	resp.Header.Del("Date")
	if len(b) > 200 {
		b = append(b[:100], fmt.Sprint(len(b))...)
	}
	fmt.Println(name, resp.Status, resp.Proto, resp.ContentLength, resp.TransferEncoding, resp.Close, resp.Uncompressed, clean(fmt.Sprint(resp.Header)), resp.Trailer, clean(fmt.Sprintf("%q", b)), e, clean(resp.Request.Method+" "+resp.Request.URL.String()))
}

// a server that answers each connection with fixed bytes
func canned(text string) (string, func()) {
	l, _ := net.Listen("tcp", "127.0.0.1:0")
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				r := bufio.NewReader(c)
				req, err := http.ReadRequest(r)
				if err == nil {
					io.Copy(io.Discard, req.Body)
				}
				io.WriteString(c, text)
				c.Close()
			}()
		}
	}()
	return "http://" + l.Addr().String(), func() { l.Close() }
}

func main() {
	log.SetOutput(io.Discard)
	var conns atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/echo", func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		r.Header.Del("Accept-Encoding")
		fmt.Fprintf(w, "%s %d %v %q %v %v %v", r.Method, r.ContentLength, r.TransferEncoding, b, err, r.Header, r.Trailer)
	})
	for _, code := range []int{301, 302, 303, 307, 308} {
		mux.HandleFunc(fmt.Sprintf("/r%d", code), func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: "c", Value: fmt.Sprint(code)})
			http.Redirect(w, r, "/echo?from="+r.Method, code)
		})
	}
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", 302) })
	mux.HandleFunc("/noloc", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(302) })
	mux.HandleFunc("/badloc", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "http://%zz")
		w.WriteHeader(302)
	})
	mux.HandleFunc("/schemeloc", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "ftp://x/y")
		w.WriteHeader(302)
	})
	mux.HandleFunc("/trail", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Trailer", "X-T")
		io.WriteString(w, "body")
		w.(http.Flusher).Flush()
		w.Header().Set("X-T", "end")
	})
	mux.HandleFunc("/slowbody", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "start")
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(5 * time.Second):
		}
	})
	mux.HandleFunc("/panic", func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/panicmid", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, strings.Repeat("x", 5000))
		w.(http.Flusher).Flush()
		panic(http.ErrAbortHandler)
	})
	mux.HandleFunc("/early", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(413); io.WriteString(w, "too big") })
	mux.HandleFunc("/basic", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Header["Authorization"]) })
	mux.HandleFunc("/max", func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 5)
		b, err := io.ReadAll(r.Body)
		if err != nil {
			http.Error(w, err.Error(), 413)
			return
		}
		w.Write(b)
	})
	mux.Handle("/timeout", http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		<-r.Context().Done()
		time.Sleep(20 * time.Millisecond)
		_, err := io.WriteString(w, "late")
		log.Println("late write:", err)
	}), 30*time.Millisecond, "too late"))
	mux.Handle("/intime", http.TimeoutHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-A", "b")
		w.WriteHeader(201)
		io.WriteString(w, "fine")
	}), time.Minute, "too late"))
	srv := httptest.NewUnstartedServer(mux)
	srv.Config.ConnState = func(c net.Conn, s http.ConnState) {
		if s == http.StateNew {
			conns.Add(1)
		}
	}
	srv.Start()
	host = strings.TrimPrefix(srv.URL, "http://")
	c := srv.Client()
	get := func(p string) { r, err := c.Get(srv.URL + p); show("GET "+p, r, err) }
	for _, p := range []string{"/echo", "/r301", "/r302", "/r303", "/r307", "/r308", "/loop", "/noloc", "/badloc", "/schemeloc", "/trail", "/panic", "/panicmid", "/none", "/timeout", "/intime", "/echo#frag"} {
		get(p)
		for _, m := range []string{"POST", "HEAD", "PUT", "DELETE"} {
			if len(p) == 5 || p == "/loop" {
				req, _ := http.NewRequest(m, srv.URL+p, strings.NewReader("hi"))
				req.Header.Set("X-Mine", "1")
				req.Header.Set("Content-Type", "text/x")
				r, err := c.Do(req)
				show(m+" "+p, r, err)
			}
		}
	}
	fmt.Println("conns", conns.Load() > 0)
	// bodies
	for i, b := range []io.Reader{nil, http.NoBody, strings.NewReader(""), bytes.NewReader([]byte("x")), bytes.NewBufferString("buf"), io.LimitReader(strings.NewReader("chunked body"), 7), io.MultiReader()} {
		r, err := c.Post(srv.URL+"/echo", "text/plain", b)
		show(fmt.Sprint("POST body ", i), r, err)
	}
	r, err := c.PostForm(srv.URL+"/echo", url.Values{"a": {"1", "2"}, "b": {"ü&"}})
	show("form", r, err)
	req, _ := http.NewRequest("POST", srv.URL+"/echo", io.LimitReader(strings.NewReader("trailed"), 7))
	req.Trailer = http.Header{"X-T": nil}
	req.Body = struct {
		io.Reader
		io.Closer
	}{io.TeeReader(req.Body, trailerSetter{req}), req.Body}
	r, err = c.Do(req)
	show("req trailer", r, err)
	req, _ = http.NewRequest("POST", srv.URL+"/echo", strings.NewReader("abc"))
	req.ContentLength = 10
	r, err = c.Do(req)
	show("body too short", r, err)
	req, _ = http.NewRequest("POST", srv.URL+"/echo", strings.NewReader("abcdef"))
	req.ContentLength = 3
	r, err = c.Do(req)
	show("body too long", r, err)
	req, _ = http.NewRequest("POST", srv.URL+"/echo", errReader{})
	r, err = c.Do(req)
	show("body fails", r, err)
	req, _ = http.NewRequest("POST", srv.URL+"/early", bytes.NewReader(make([]byte, 100<<10)))
	r, err = c.Do(req)
	show("early", r, err)
	req, _ = http.NewRequest("POST", srv.URL+"/max", strings.NewReader("123456789"))
	r, err = c.Do(req)
	show("max", r, err)
	req, _ = http.NewRequest("PUT", srv.URL+"/echo", strings.NewReader("continue?"))
	req.Header.Set("Expect", "100-continue")
	r, err = c.Do(req)
	show("expect", r, err)
	req, _ = http.NewRequest("PUT", srv.URL+"/early", strings.NewReader("continue?"))
	req.Header.Set("Expect", "100-continue")
	r, err = c.Do(req)
	show("expect early", r, err)
	// users
	r, err = c.Get(strings.Replace(srv.URL, "http://", "http://us%20er:pa:ss@", 1) + "/basic")
	show("basic", r, err)
	r, err = c.Get(strings.Replace(srv.URL, "http://", "http://user:secret@", 1) + "/panic")
	show("basic err", r, err)
	// contexts
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond)
	req, _ = http.NewRequestWithContext(ctx, "GET", srv.URL+"/slow", nil)
	r, err = c.Do(req)
	show("ctx timeout", r, err)
	cancel()
	ctx, cancel = context.WithTimeout(context.Background(), 300*time.Millisecond)
	req, _ = http.NewRequestWithContext(ctx, "GET", srv.URL+"/slowbody", nil)
	r, err = c.Do(req)
	show("ctx timeout body", r, err)
	cancel()
	ctx, cancel = context.WithCancel(context.Background())
	time.AfterFunc(20*time.Millisecond, cancel)
	req, _ = http.NewRequestWithContext(ctx, "GET", srv.URL+"/slow", nil)
	r, err = c.Do(req)
	show("ctx cancel", r, err)
	ctx, cancelCause := context.WithCancelCause(context.Background())
	time.AfterFunc(20*time.Millisecond, func() { cancelCause(errors.New("my cause")) })
	req, _ = http.NewRequestWithContext(ctx, "GET", srv.URL+"/slow", nil)
	r, err = c.Do(req)
	show("ctx cause", r, err)
	r, err = c.Do(req)
	show("ctx done already", r, err)
	ct := *c
	ct.Timeout = 300 * time.Millisecond
	r, err = ct.Get(srv.URL + "/slow")
	show("client timeout", r, err)
	r, err = ct.Get(srv.URL + "/slowbody")
	show("client timeout body", r, err)
	tr := &http.Transport{ResponseHeaderTimeout: 300 * time.Millisecond}
	r, err = (&http.Client{Transport: tr}).Get(srv.URL + "/slow")
	show("header timeout", r, err)
	tr = &http.Transport{DialContext: func(ctx context.Context, n, a string) (net.Conn, error) { return nil, errors.New("no dial") }}
	r, err = (&http.Client{Transport: tr}).Get(srv.URL + "/slow")
	show("dial", r, err)
	// redirect policy
	cr := *c
	cr.CheckRedirect = func(req *http.Request, via []*http.Request) error { return http.ErrUseLastResponse }
	r, err = cr.Get(srv.URL + "/r302")
	show("last", r, err)
	cr.CheckRedirect = func(req *http.Request, via []*http.Request) error {
		return fmt.Errorf("no %s %d %v", clean(req.URL.String()), len(via), req.Response.StatusCode)
	}
	r, err = cr.Get(srv.URL + "/r302")
	show("policy", r, err)
	// bad responses
	for _, t := range []string{"", "garbage", "garbage\r\n\r\n", "HTTP/1.1 abc OK\r\n\r\n", "HTTP/1.1 99 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 200\r\n\r\nno reason", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nshort", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n5\r\nab", "HTTP/1.1 200 OK\r\nbad header\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nold", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nok", "HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n", "ICY 200 OK\r\n\r\n", "HTTP/1.1 200 OK\nContent-Length: 2\n\nlf", "HTTP/1.1 200 OK\r\nX: 1\r\n folded\r\nContent-Length: 2\r\n\r\nok", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokEXTRA", "HTTP/1.1 408 Request Timeout\r\n\r\n", "HTTP/1.1 200 OK\r\nX:" + strings.Repeat("a", 11<<20) + "\r\n\r\n"} {
		u, stop := canned(t)
		r, err := (&http.Client{Transport: &http.Transport{}}).Get(u)
		if len(t) > 40 {
			t = t[:40]
		}
		show(fmt.Sprintf("canned %q", t), r, err)
		stop()
	}
	// requests that cannot be sent
	for _, u := range []string{"http://[::1", "http://a b/", "http:///x", "foo", "", "ftp://x", "http://127.0.0.1:1/", "http://127.0.0.1:99999/", "http://127.0.0.1:x/", "unix://x"} {
		r, err := c.Get(u)
		show("get "+u, r, err)
	}
	_, err = http.NewRequest("BAD METHOD", "http://x", nil)
	fmt.Println(err)
	req, err = http.NewRequest("", "http://x", nil)
	fmt.Println(req.Method, err)
	req, _ = http.NewRequest("GET", srv.URL+"/echo", nil)
	req.Header["Bad Name"] = []string{"x"}
	r, err = c.Do(req)
	show("bad header", r, err)
	req, _ = http.NewRequest("GET", srv.URL+"/echo", nil)
	req.Header.Set("X", "a\nb")
	r, err = c.Do(req)
	show("bad value", r, err)
	req, _ = http.NewRequest("GET", srv.URL+"/echo", nil)
	req.Host = "bad host/"
	r, err = c.Do(req)
	show("bad host", r, err)
	req, _ = http.NewRequest("GET", srv.URL+"/echo", nil)
	req.RequestURI = "/x"
	r, err = c.Do(req)
	show("requesturi", r, err)
	req, _ = http.NewRequest("GET", srv.URL+"/echo", nil)
	req.Close = true
	req.Header.Set("User-Agent", "")
	req.AddCookie(&http.Cookie{Name: "a", Value: "b c"})
	r, err = c.Do(req)
	show("close", r, err)
	_, err = c.Do(&http.Request{})
	fmt.Println(err)
	_, err = http.DefaultTransport.RoundTrip(&http.Request{URL: &url.URL{Scheme: "http", Host: "x"}})
	fmt.Println(err)
	var dump bytes.Buffer
	req, _ = http.NewRequest("POST", "http://u:p@host:80/p?q#f", strings.NewReader("body"))
	req.Header.Set("B", "2")
	req.Header.Set("A", "1")
	fmt.Println(req.Write(&dump), fmt.Sprintf("%q", dump.String()))
	dump.Reset()
	req, _ = http.NewRequest("POST", "http://host/p?q#f", io.LimitReader(strings.NewReader("body"), 3))
	fmt.Println(req.WriteProxy(&dump), fmt.Sprintf("%q", dump.String()))
	// parallel use and reuse
	conns.Store(0)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			for range 5 {
				r, err := c.Get(srv.URL + "/echo")
				if err != nil {
					fmt.Println(err)
					return
				}
				io.Copy(io.Discard, r.Body)
				r.Body.Close()
			}
		})
	}
	wg.Wait()
	srv.Close()
	_, err = c.Get(srv.URL)
	fmt.Println(clean(err.Error()))
}

type trailerSetter struct{ r *http.Request }

func (t trailerSetter) Write(p []byte) (int, error) {
	t.r.Trailer.Set("X-T", "sent")
	return len(p), nil
}

type errReader struct{}

func (errReader) Read([]byte) (int, error) { return 0, errors.New("cannot read") }
