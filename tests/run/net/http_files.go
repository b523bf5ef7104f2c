// Files over HTTP with ranges and conditions; cookies, forms with files, media types, headers.
package main

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"os"
	"path/filepath"
	"strings"
	"time"
)

func main() {
	dir, _ := os.MkdirTemp("", "fs")
	defer os.RemoveAll(dir)
	mt := time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC)
	w := func(name, text string) {
		os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0755)
		os.WriteFile(filepath.Join(dir, name), []byte(text), 0644)
		os.Chtimes(filepath.Join(dir, name), mt, mt)
	}
	w("a.txt", "0123456789")
	w("page.html", "<p>hi")
	w("data", "\x89PNG\r\n\x1a\n")
	w("sub/index.html", "index")
	w("list/x y.txt", "1")
	w("list/<b>.js", "2")
	w("list/d/e", "3")
	w("empty", "")
	for _, d := range []string{"", "sub", "list"} {
		os.Chtimes(filepath.Join(dir, d), mt, mt)
	}
	h := http.FileServer(http.Dir(dir))
	do := func(method, path string, header ...string) {
		r := httptest.NewRequest(method, path, nil)
		for i := 0; i < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		rec := httptest.NewRecorder()
		h.ServeHTTP(rec, r)
		body := rec.Body.String()
		if b, ok := strings.CutPrefix(rec.Header().Get("Content-Type"), "multipart/byteranges; boundary="); ok {
			body = strings.ReplaceAll(body, b, "BOUNDARY")
			rec.Header().Set("Content-Type", "multipart")
		}
		fmt.Printf("%s %s %v: %d %v %q\n", method, path, header, rec.Code, rec.Header(), body)
	}
	for _, p := range []string{"/", "/a.txt", "/page.html", "/data", "/sub", "/sub/", "/sub/index.html", "/index.html", "/list/", "/list", "/list/x%20y.txt", "/none", "/a.txt/", "/empty", "/../a.txt", "/list/../a.txt", "//a.txt", "/a.txt%00", "/sub/?q=1", "/sub?q=1"} {
		do("GET", p)
	}
	do("HEAD", "/a.txt")
	do("POST", "/a.txt")
	for _, rg := range []string{"bytes=0-0", "bytes=2-4", "bytes=-3", "bytes=5-", "bytes=0-", "bytes=10-", "bytes=9-20", "bytes=20-30", "bytes=3-2", "bytes=a-b", "bytes=", "bytes=0-1,4-5", "bytes=0-1, -2", "bytes=0-100,0-100", "chars=0-1", "bytes=-0", "bytes=-100", "bytes=1-2,20-30", "bytes= 1 - 2 ", "bytes=0-1,,3-4"} {
		do("GET", "/a.txt", "Range", rg)
	}
	do("HEAD", "/a.txt", "Range", "bytes=1-2")
	do("GET", "/empty", "Range", "bytes=0-1")
	lm := mt.Format(http.TimeFormat)
	later := mt.Add(time.Hour).Format(http.TimeFormat)
	earlier := mt.Add(-time.Hour).Format(http.TimeFormat)
	for _, c := range [][]string{{"If-Modified-Since", lm}, {"If-Modified-Since", later}, {"If-Modified-Since", earlier}, {"If-Modified-Since", "junk"}, {"If-Unmodified-Since", earlier}, {"If-Unmodified-Since", lm}, {"If-None-Match", "*"}, {"If-None-Match", `"x"`}, {"If-Match", `"x"`}, {"If-Match", "*"}, {"Range", "bytes=1-2", "If-Range", lm}, {"Range", "bytes=1-2", "If-Range", earlier}, {"Range", "bytes=1-2", "If-Range", `"x"`}} {
		do("GET", "/a.txt", c...)
	}
	h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Etag", `"v1"`)
		http.ServeContent(w, r, "x.css", mt, strings.NewReader("body{}"))
	})
	for _, c := range [][]string{{}, {"If-None-Match", `"v1"`}, {"If-None-Match", `W/"v1"`}, {"If-None-Match", `"a", "v1"`}, {"If-Match", `"v1"`}, {"If-Match", `"v2"`}, {"If-Range", `"v1"`, "Range", "bytes=0-1"}, {"If-Range", `W/"v1"`, "Range", "bytes=0-1"}} {
		do("GET", "/", c...)
	}
	h = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, filepath.Join(dir, "a.txt")) })
	do("GET", "/x")
	do("GET", "/index.html")
	h = http.FileServerFS(os.DirFS(dir))
	do("GET", "/a.txt")
	do("GET", "/list/")
	do("GET", "/nope")
	_, err := http.Dir(dir).Open("/../x")
	fmt.Println(err != nil)
	_, err = http.FS(os.DirFS(dir)).Open("a.txt")
	fmt.Println(err)
	_ = fs.ErrNotExist
	// cookies
	for _, c := range []string{"a=b", "a=b; Path=/x; Domain=.x.test; Max-Age=10; Secure; HttpOnly; SameSite=Lax", "a=\"q v\"", "a", "=b", "a=b; expires=Mon, 02-Jan-2006 15:04:05 GMT", "a=b; expires=junk", "a=b; max-age=-1", "a=b; max-age=x", "a=b; samesite=weird", "a=b; Partitioned; Foo=bar", "a b=c", "a=b,c", "a=\x80"} {
		k, err := http.ParseSetCookie(c)
		fmt.Printf("%q %+v %v", c, k, err)
		if k != nil {
			fmt.Printf(" %s %v", k, k.Valid())
		}
		fmt.Println()
	}
	ks, err := http.ParseCookie("a=1; b=\"2\"; a=3; c")
	fmt.Println(ks, err)
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Cookie", "a=1; b=2; a=3; bad name=4; x=\"y\"; z=a b")
	fmt.Println(r.Cookies(), r.CookiesNamed("a"))
	_, err = r.Cookie("none")
	fmt.Println(err)
	for _, c := range []*http.Cookie{{Name: "a", Value: "b c"}, {Name: "a", Value: "b,c"}, {Name: "a", Value: "x;y"}, {Name: "a", Value: "q", Quoted: true}, {Name: "", Value: "x"}, {Name: "a b"}, {Name: "a", Domain: "-bad"}, {Name: "a", Domain: ".ok.test"}, {Name: "a", Path: "/x;y"}, {Name: "a", Expires: time.Date(1500, 1, 1, 0, 0, 0, 0, time.UTC)}, {Name: "a", Expires: mt, MaxAge: 5}, {Name: "a", SameSite: http.SameSiteNoneMode}, {Name: "a", Partitioned: true}} {
		fmt.Printf("%q %v\n", c.String(), c.Valid())
	}
	// multipart
	var buf bytes.Buffer
	mw := multipart.NewWriter(&buf)
	mw.SetBoundary("BOUND")
	mw.WriteField("name", "value\r\nmore")
	fw, _ := mw.CreateFormFile("file", `a"b\c.txt`)
	io.WriteString(fw, "content")
	hd := textproto.MIMEHeader{}
	hd.Set("Content-Disposition", `form-data; name="raw"`)
	hd.Set("Content-Type", "image/png")
	pw, _ := mw.CreatePart(hd)
	pw.Write([]byte{1, 2, 3})
	fmt.Println(mw.Close(), mw.FormDataContentType())
	fmt.Printf("%q\n", buf.String())
	req := httptest.NewRequest("POST", "/?name=url", bytes.NewReader(buf.Bytes()))
	req.Header.Set("Content-Type", mw.FormDataContentType())
	fmt.Println(req.ParseMultipartForm(1<<20), req.Form, req.PostForm, len(req.MultipartForm.File))
	f, fh, err := req.FormFile("file")
	b, _ := io.ReadAll(f)
	fmt.Println(fh.Filename, fh.Size, fh.Header, string(b), err)
	_, _, err = req.FormFile("none")
	fmt.Println(err)
	mr := multipart.NewReader(strings.NewReader("preamble\r\n--B\r\nA: 1\r\n\r\none\r\n--B  \r\n\r\ntwo\r\n--B--\r\nepilogue"), "B")
	for {
		p, err := mr.NextPart()
		if err != nil {
			fmt.Println(err)
			break
		}
		b, err := io.ReadAll(p)
		fmt.Printf("%v %q %v %q %q\n", p.Header, b, err, p.FormName(), p.FileName())
	}
	for _, in := range []string{"", "--B", "--B\r\n", "--B\r\nA: 1\r\n\r\nunfinished", "no boundary"} {
		mr := multipart.NewReader(strings.NewReader(in), "B")
		p, err := mr.NextPart()
		if err == nil {
			_, err = io.ReadAll(p)
		}
		fmt.Printf("%q %v\n", in, err)
	}
	for _, ct := range []string{"text/plain", "text/html; charset=utf-8", `multipart/form-data; boundary="a b"`, "text/plain; a=b; a=c", "x", "", "text/", "text/plain; charset", "TEXT/Plain; CHARSET=UTF-8", `a/b; x*=utf-8''%e2%82%ac`, `a/b; x*0="a"; x*1="b"`, "a/b;;", "a/b; x=\"unclosed", "a b/c"} {
		t, p, err := mime.ParseMediaType(ct)
		fmt.Printf("%q %q %v %v\n", ct, t, p, err)
	}
	fmt.Println(mime.FormatMediaType("a/b", map[string]string{"x": "1 2", "a": "b", "u": "ü"}), mime.TypeByExtension(".html"), mime.TypeByExtension(".PNG"), mime.TypeByExtension(".nope"))
	for _, s := range []string{"<html>", "  <!DOCTYPE HTML>x", "GIF89a", "\xff\xd8\xff", "PK\x03\x04", "plain text", "\x00\x01", "", "%!PS-Adobe-", "\xef\xbb\xbfbom", "RIFF    WEBPVP", "\x1f\x8b\x08", "<?xml", "{\"a\":1}", "OggS\x00", "ID3", "\x00\x00\x01\x00"} {
		fmt.Printf("%q %s\n", s, http.DetectContentType([]byte(s)))
	}
	// requests: forms, auth
	req = httptest.NewRequest("POST", "/p?a=1&b=2", strings.NewReader("a=3&c=%41+b"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	fmt.Println(req.FormValue("a"), req.PostFormValue("a"), req.Form, req.PostForm, req.ParseForm())
	req = httptest.NewRequest("POST", "/p?bad=%zz", strings.NewReader("a;b"))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	fmt.Println(req.ParseForm(), req.Form)
	req.SetBasicAuth("u", "p:w")
	fmt.Println(req.BasicAuth())
	req.Header.Set("Authorization", "Basic !!!")
	fmt.Println(req.BasicAuth())
	fmt.Println(req.Referer(), req.UserAgent(), req.ProtoAtLeast(1, 1))
	rec := httptest.NewRecorder()
	rec.WriteString("x")
	rec.Header().Set("After", "1")
	res := rec.Result()
	fmt.Println(res.StatusCode, res.Header, res.ContentLength, rec.Flushed)
	hh := http.Header{}
	hh.Add("x-a", "1")
	hh.Add("X-A", "2")
	hh.Set("b", "3")
	fmt.Println(hh, hh.Values("X-a"), hh.Get("x-A"), hh.Clone())
	var sb strings.Builder
	hh.Write(&sb)
	fmt.Printf("%q\n", sb.String())
}
