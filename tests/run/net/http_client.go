// gcstress: slow (what times out in milliseconds says something else)
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
)

func main() {
	var conns atomic.Int32
	mux := http.NewServeMux()
	mux.HandleFunc("/a", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/b?x=1", 302) })
	mux.HandleFunc("/b", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "c", http.StatusMovedPermanently) })
	mux.HandleFunc("/c", func(w http.ResponseWriter, r *http.Request) {
		b, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "final %s %s %q ref=%v auth=%v", r.Method, r.URL, b, r.Referer() != "", r.Header.Get("Authorization") != "")
	})
	mux.HandleFunc("/307", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/c", 307) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", 302) })
	mux.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-r.Context().Done():
		case <-time.After(2 * time.Second):
		}
	})
	mux.HandleFunc("/slowbody", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "begin")
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
		case <-time.After(2 * time.Second):
		}
	})
	mux.HandleFunc("/form", func(w http.ResponseWriter, r *http.Request) {
		err := r.ParseForm()
		fmt.Fprintln(w, err, r.Form.Encode(), r.PostForm.Encode(), r.FormValue("a"), r.PostFormValue("q"), r.Header.Get("Content-Type"))
	})
	mux.HandleFunc("/upload", func(w http.ResponseWriter, r *http.Request) {
		f, h, err := r.FormFile("file")
		if err != nil {
			fmt.Fprintln(w, "err", err)
			return
		}
		b, err := io.ReadAll(f)
		fmt.Fprintf(w, "%s %d %q %v %v %q", h.Filename, h.Size, b, err, r.FormValue("name"), r.MultipartForm.Value)
	})
	mux.HandleFunc("/auth", func(w http.ResponseWriter, r *http.Request) {
		u, p, ok := r.BasicAuth()
		fmt.Fprint(w, u, p, ok)
	})
	mux.HandleFunc("/limit", func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 10)
		_, err := io.ReadAll(r.Body)
		var me *http.MaxBytesError
		fmt.Fprint(w, err, errors.As(err, &me))
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, r *http.Request) {
		r.Header.Del("Accept-Encoding")
		var head strings.Builder
		r.Header.Write(&head)
		fmt.Fprint(w, strings.ReplaceAll(head.String(), "\r\n", "\n"))
		w.Header().Add("X-A", "1")
	})
	s := httptest.NewUnstartedServer(mux)
	s.Config.ConnState = func(c net.Conn, st http.ConnState) {
		if st == http.StateNew {
			conns.Add(1)
		}
	}
	s.Start()
	defer s.Close()
	hide := func(x any) string { return strings.ReplaceAll(fmt.Sprint(x), s.URL[7:], "HOST") }
	show := func(what string, resp *http.Response, err error) {
		if err != nil {
			fmt.Println(what, "error:", hide(err))
			var ue *url.Error
			if errors.As(err, &ue) {
				fmt.Println("   timeout", ue.Timeout(), errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.Is(err, syscall.ECONNREFUSED))
			}
			if resp == nil {
				return
			}
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(what, resp.Status, hide(string(b)), err, hide(resp.Request.URL))
	}
	get := func(path string) {
		resp, err := http.Get(s.URL + path)
		show(path, resp, err)
	}
	get("/a")
	get("/loop")
	get("/zzz")
	resp, err := http.Post(s.URL+"/307", "text/plain", strings.NewReader("body"))
	show("post 307", resp, err)
	resp, err = http.Post(s.URL+"/a", "text/plain", strings.NewReader("body"))
	show("post 302", resp, err)
	resp, err = http.PostForm(s.URL+"/form?a=1&q=url", url.Values{"a": {"2", "3"}, "q": {"x y"}})
	show("form", resp, err)
	c := &http.Client{CheckRedirect: func(req *http.Request, via []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err = c.Get(s.URL + "/a")
	show("last response", resp, err)
	c.CheckRedirect = func(req *http.Request, via []*http.Request) error { return errors.New("no redirects") }
	resp, err = c.Get(s.URL + "/a")
	show("no redirects", resp, err)
	c = &http.Client{Timeout: 50 * time.Millisecond}
	resp, err = c.Get(s.URL + "/slow")
	show("client timeout", resp, err)
	resp, err = c.Get(s.URL + "/slowbody")
	show("body timeout", resp, err)
	ctx, cancel := context.WithCancel(context.Background())
	req, _ := http.NewRequestWithContext(ctx, "GET", s.URL+"/slow", nil)
	time.AfterFunc(20*time.Millisecond, cancel)
	resp, err = http.DefaultClient.Do(req)
	show("canceled", resp, err)
	ctx, cancel = context.WithTimeout(context.Background(), 20*time.Millisecond)
	req, _ = http.NewRequestWithContext(ctx, "GET", s.URL+"/slow", nil)
	resp, err = http.DefaultClient.Do(req)
	show("ctx deadline", resp, err)
	cancel()
	resp, err = http.Get("http://127.0.0.1:1/x")
	show("refused", resp, err)
	_, err = http.Get("foo://x")
	fmt.Println(err)
	_, err = http.Get("http://")
	fmt.Println(err)
	_, err = http.Get(":bad")
	fmt.Println(err)
	u, _ := url.Parse(s.URL)
	resp, err = http.Get("http://me:secret@" + u.Host + "/auth")
	show("auth", resp, err)
	resp, err = http.Get("http://me:secret@" + u.Host + "/nothing/x\x7f")
	fmt.Println(err != nil)
	var buf bytes.Buffer
	mw := multipart.NewWriter(&buf)
	mw.WriteField("name", "value 1")
	fw, _ := mw.CreateFormFile("file", "a b.txt")
	fw.Write([]byte("file content\r\n--not the boundary\r\n"))
	mw.Close()
	resp, err = http.Post(s.URL+"/upload", mw.FormDataContentType(), &buf)
	show("upload", resp, err)
	resp, err = http.Post(s.URL+"/limit", "text/plain", strings.NewReader("0123456789abc"))
	show("limit", resp, err)
	req, _ = http.NewRequest("GET", s.URL+"/headers", nil)
	req.Header.Set("x-custom", "v1")
	req.Header.Add("X-Custom", "v2")
	req.Header.Set("User-Agent", "me")
	req.AddCookie(&http.Cookie{Name: "c", Value: "1"})
	req.AddCookie(&http.Cookie{Name: "d", Value: "2"})
	resp, err = http.DefaultClient.Do(req)
	show("headers", resp, err)
	req.Header.Set("Bad Key", "x")
	_, err = http.DefaultClient.Do(req)
	fmt.Println(hide(err))

	// keep-alive: one connection for many requests, read to the end
	before := conns.Load()
	kc := &http.Client{Transport: &http.Transport{}}
	for range 5 {
		resp, err := kc.Get(s.URL + "/c")
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	fmt.Println("connections:", conns.Load()-before)
	before = conns.Load()
	kc = &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	for range 3 {
		resp, err := kc.Get(s.URL + "/c")
		if err != nil {
			panic(err)
		}
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
	fmt.Println("connections:", conns.Load()-before)

	// files
	dir, _ := os.MkdirTemp("", "httpfs")
	defer os.RemoveAll(dir)
	os.WriteFile(dir+"/a.txt", []byte("0123456789"), 0644)
	os.WriteFile(dir+"/b.json", []byte("{}"), 0644)
	os.Mkdir(dir+"/sub", 0755)
	os.WriteFile(dir+"/sub/index.html", []byte("<h1>index</h1>"), 0644)
	fs := httptest.NewServer(http.StripPrefix("/f", http.FileServer(http.Dir(dir))))
	defer fs.Close()
	for _, p := range []string{"/f/a.txt", "/f/b.json", "/f/", "/f/sub/", "/f/sub", "/f/none", "/f/sub/index.html", "/f/../../etc/passwd"} {
		resp, err := http.Get(fs.URL + p)
		if err != nil {
			fmt.Println(err)
			continue
		}
		b, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(p, resp.Status, resp.Header.Get("Content-Type"), resp.ContentLength, resp.Header.Get("Last-Modified") != "", strings.ReplaceAll(resp.Request.URL.String(), fs.URL, ""), string(b))
	}
	for _, rg := range []string{"bytes=2-4", "bytes=-3", "bytes=5-", "bytes=20-", "bytes=x", "bytes=0-100"} {
		req, _ := http.NewRequest("GET", fs.URL+"/f/a.txt", nil)
		req.Header.Set("Range", rg)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			panic(err)
		}
		b, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		fmt.Println(rg, resp.Status, resp.Header.Get("Content-Range"), string(b))
	}

	// shutdown waits for requests under way
	started, release := make(chan bool), make(chan bool)
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started <- true
		<-release
		fmt.Fprint(w, "done")
	})}
	ln, _ := net.Listen("tcp", "127.0.0.1:0")
	served := make(chan error, 1)
	go func() { served <- srv.Serve(ln) }()
	got := make(chan string)
	go func() {
		resp, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			got <- err.Error()
			return
		}
		b, err := io.ReadAll(resp.Body)
		got <- fmt.Sprint(string(b), err)
	}()
	<-started
	sctx, scancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	fmt.Println("shutdown:", srv.Shutdown(sctx))
	scancel()
	fmt.Println(<-served)
	close(release)
	fmt.Println(<-got)
	fmt.Println("shutdown:", srv.Shutdown(context.Background()))
	fmt.Println(srv.ListenAndServe())
}
