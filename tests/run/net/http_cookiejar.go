// Cookie jars: domains, paths, expiry, order; through a client and by hand.
package main

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"time"
)

type suffixes struct{}

func (suffixes) PublicSuffix(d string) string {
	if strings.HasSuffix(d, "co.uk") {
		return "co.uk"
	}
	return d[strings.LastIndexByte(d, '.')+1:]
}
func (suffixes) String() string { return "test" }

func main() {
	for _, o := range []*cookiejar.Options{nil, {PublicSuffixList: suffixes{}}} {
		j, _ := cookiejar.New(o)
		set := func(u string, cookies ...string) {
			p, err := url.Parse(u)
			if err != nil {
				panic(err)
			}
			h := http.Header{}
			for _, c := range cookies {
				h.Add("Set-Cookie", c)
			}
			j.SetCookies(p, (&http.Response{Header: h}).Cookies())
		}
		get := func(u string) {
			p, _ := url.Parse(u)
			fmt.Println(u, j.Cookies(p))
		}
		set("http://www.host.test/a/b", "plain=1", "rooted=2; path=/", "deep=3; path=/a/b/c", "dom=4; domain=host.test", "dotdom=5; domain=.host.test; path=/", "secure=6; secure; path=/", "gone=7; max-age=-1", "old=8; expires=Mon, 01 Jan 2001 00:00:00 GMT", "long=9; max-age=1000; path=/", "q=\"quoted\"; path=/")
		set("http://www.host.test/", "other=1; domain=other.test", "tld=1; domain=test", "sub=1; domain=x.www.host.test", "bad=1; domain=..host.test", "bad2=1; domain=host.test.", "relpath=1; path=a")
		for _, u := range []string{"http://www.host.test/", "http://www.host.test/a", "http://www.host.test/a/", "http://www.host.test/a/b/c", "http://www.host.test/a/b/cd", "https://www.host.test/", "http://host.test/", "http://x.www.host.test/a/b/c/d", "http://nothost.test/", "http://WWW.HOST.TEST:8080/", "ftp://www.host.test/", "http://www.host.test./"} {
			get(u)
		}
		set("http://www.host.test/", "rooted=new; path=/", "long=; max-age=-1; path=/")
		get("http://www.host.test/")
		set("http://127.0.0.1/", "ip=1", "ipd=2; domain=127.0.0.1", "no=3; domain=0.0.1")
		get("http://127.0.0.1/")
		get("http://0.0.1/")
		set("http://www.shop.co.uk/", "suffix=1; domain=co.uk", "reg=2; domain=shop.co.uk")
		get("http://www.shop.co.uk/")
		get("http://evil.co.uk/")
		set("http://co.uk/", "self=1; domain=co.uk")
		get("http://co.uk/")
		get("http://a.co.uk/")
		set("http://single/", "s=1; domain=single", "t=2")
		get("http://single/")
		get("http://sub.single/")
	}
	j, _ := cookiejar.New(nil)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fmt.Println(r.URL.Path, r.Cookies())
		switch r.URL.Path {
		case "/login":
			http.SetCookie(w, &http.Cookie{Name: "session", Value: "abc", Path: "/", HttpOnly: true})
			http.Redirect(w, r, "/home", http.StatusFound)
		case "/logout":
			http.SetCookie(w, &http.Cookie{Name: "session", Path: "/", MaxAge: -1})
		case "/short":
			http.SetCookie(w, &http.Cookie{Name: "short", Value: "x", Path: "/", Expires: time.Now().Add(time.Hour)})
		}
	}))
	defer s.Close()
	c := &http.Client{Jar: j}
	for _, p := range []string{"/first", "/login", "/again", "/logout", "/short", "/last"} {
		r, err := c.Get(s.URL + p)
		if err != nil {
			fmt.Println(err)
			continue
		}
		r.Body.Close()
	}
}
