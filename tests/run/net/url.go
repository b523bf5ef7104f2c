package main

import (
	"fmt"
	"net/url"
)

func main() {
	for _, s := range []string{"http://example.com/a/b?x=1&y=2#frag", "https://user:pass@host:8080/p%20q?z", "mailto:joe@x.org", "/rel/path?q", "rel/path", "//host/path", "http://[::1]:80/", "http://[fe80::1%25en0]/", "http://a b/", "http://host:port/", "%zz", "http://h/%zz", "a:b:c", "1:2", ":x", "http://h?", "http://h#", "http://h/a%2Fb", "http://h/ä", "http://u@h", "http://u:@h", "*", "", "http:///p", "file:///etc/passwd", "http://host:80:80/", "http://::1/", "http://h/;x,y", "x://h/p?a?b", "http://h/p?a=1;b=2", "http://%41/", "http://h%41/", "magnet:?xt=1", "http://[::1", "http://h/\x7f", "http://h/a b", "/a:b", "a/b:c", "http://ex.com/?q=a+b%20c&q=d", "HTTP://H", "http://h/%E4%BD%A0", "http://us\"er@h/", "http://h:/", "http://[1.2.3.4]/", "http://x[::1]/", "http://[::1]a/", "http:/x", "http:a/b?c", "postgres://u:p@h:5432/db?sslmode=disable", "http://h/?", "http://foo:1234x/", "redis://h1:1,h2:2/", "///x", "http://h/a!b(c)*d'e", "http://h/[x]", "http://h/#a%20b c", "mongodb://a:1,b:2"} {
		u, err := url.Parse(s)
		if err != nil {
			fmt.Printf("%q: error %v\n", s, err)
			continue
		}
		fmt.Printf("%q: %q %q %v %q %q %q %q %q %v %v -> %q | %q %q %q\n", s, u.Scheme, u.Opaque, u.User, u.Host, u.Path, u.RawPath, u.RawQuery, u.Fragment, u.ForceQuery, u.OmitHost, u.String(), u.Hostname(), u.Port(), u.RequestURI())
		fmt.Printf("   %q %v %v\n", u.EscapedPath(), u.IsAbs(), u.Redacted())
		_, err = url.ParseRequestURI(s)
		fmt.Println("  ", err)
	}
	for _, q := range []string{"a=1&b=2&a=3", "a=%zz&b", "a;b=1&c=2", "&&x", "=1", "a=b=c", "%41=%42+c"} {
		v, err := url.ParseQuery(q)
		fmt.Println(q, v, err, v.Encode(), v.Get("a"), v.Has("b"))
	}
	fmt.Println(url.QueryEscape("a b/c?d=e&f+g~ü-_.!*'()"), url.PathEscape("a b/c?d=e&f+g:@$,;"))
	fmt.Println(url.QueryUnescape("a%2"))
	fmt.Println(url.QueryEscape("€"))
	base, _ := url.Parse("http://a/b/c/d;p?q")
	for _, r := range []string{"g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", ";x", "", ".", "./", "..", "../", "../g", "../..", "../../g", "../../../g", "/./g", "/../g", "g.", ".g", "./../g", "g/./h", "g/../h", "http:g", "g;x=1/../y"} {
		u, err := base.Parse(r)
		fmt.Println(r, u, err)
	}
	fmt.Println(url.JoinPath("http://h/a/", "../b", "c/"))
	fmt.Println(base.JoinPath("x", "y").String())
	u := &url.URL{Scheme: "https", User: url.UserPassword("me", "p@ss"), Host: "h.com", Path: "/a b/c", RawQuery: url.Values{"k": {"v 1", "v2"}, "a": {""}}.Encode()}
	fmt.Println(u, u.Redacted())
	fmt.Println((&url.URL{Path: "a:b"}).String(), (&url.URL{Host: "h", Path: "p"}).String())
	e := &url.Error{Op: "Get", URL: "http://x", Err: fmt.Errorf("boom")}
	fmt.Println(e, e.Timeout())
}
