// Patterns of http.ServeMux: which are wrong, which conflict (with the texts of the panics), which one wins.
package main

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
)

// place takes the folder off the places where patterns were registered.
func place(s string) string {
	for {
		i := strings.Index(s, "at /")
		if i < 0 {
			return s
		}
		j := strings.Index(s[i:], ".go:")
		k := strings.LastIndexByte(s[:i+j], '/')
		s = s[:i+3] + s[k+1:]
	}
}

func main() {
	h := func(name string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "%s|%s|%s|%s|%s", name, r.Pattern, r.PathValue("a"), r.PathValue("b"), r.PathValue("rest"))
		}
	}
	for _, ps := range [][]string{
		{"/"}, {""}, {"GET"}, {"GET /"}, {"GET  /"}, {"get /"}, {" /"}, {"/ "}, {"G(T /"}, {"/{"}, {"/{}"}, {"/{a"}, {"/a}"}, {"/{a}b"}, {"/b{a}"}, {"/{a...}/x"}, {"/{$}x"}, {"/{$}/x"}, {"/{a}/{a}"}, {"/{1}"}, {"/{a-b}"}, {"/{a..}"}, {"/{...}"}, {"/{a...}"}, {"x"}, {"host"}, {"host/"}, {"{host}/"}, {"GET host/x"}, {"host:80/x"}, {"/a//b"}, {"/a/../b"}, {"/a/./b"}, {"/%61"}, {"/%zz"}, {"/a%2fb"}, {"/\x7f"},
		{"/a", "/a"}, {"/a", "GET /a"}, {"GET /a", "HEAD /a"}, {"GET /a", "POST /a"}, {"/{a}", "/{b}"}, {"/{a}", "/x"}, {"/{a}/x", "/x/{a}"}, {"/{a}/", "/x/{b}"}, {"GET /", "/x"}, {"GET /x", "/{a}"}, {"/x/", "/{a}/y"}, {"/x/{a...}", "/x/"}, {"/{$}", "/"}, {"/x/{$}", "/x/{a}"}, {"h/x", "/x"}, {"h/{a}", "/x"}, {"GET /x/", "/x/y"}, {"POST /{a}", "/x"}, {"/a/{b}/c", "/a/b/{c}"}, {"/a/{b}", "/{a}/b"}, {"/{a}/{rest...}", "/x/{b}"}, {"GET /{a}", "GET /{b}"},
	} {
		func() {
			defer func() {
				e := recover()
				s := place(fmt.Sprint(e))
				fmt.Printf("%q: %s\n", ps, s)
			}()
			m := http.NewServeMux()
			for _, p := range ps {
				m.HandleFunc(p, h(p))
			}
		}()
	}
	func() {
		defer func() { fmt.Println(recover()) }()
		http.NewServeMux().Handle("/x", nil)
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		http.NewServeMux().HandleFunc("/x", nil)
	}()
	m := http.NewServeMux()
	for _, p := range []string{"/", "/{$}", "GET /a/{a}", "POST /a/{a}", "/a/{a}/x", "/a/fixed", "/a/{a}/{rest...}", "/dir/", "GET /dir/get", "/dir/sub/{$}", "example.com/", "example.com/a/{b}", "GET example.com/only", "/x/{a}/y/{b}", "DELETE /only/delete", "/tree/{a}/", "/esc/{a}/end", "GET /head", "CONNECT /con"} {
		func() {
			defer func() {
				if e := recover(); e != nil {
					fmt.Println(place(fmt.Sprint(e)))
				}
			}()
			m.HandleFunc(p, h(p))
		}()
	}
	for _, t := range []string{"GET /", "GET /zzz", "GET /a/1", "POST /a/1", "PUT /a/1", "HEAD /a/1", "GET /a/fixed", "GET /a/fixed/", "GET /a/1/x", "GET /a/1/x/", "GET /a/1/2/3", "GET /a/", "GET /a", "GET /dir", "POST /dir", "GET /dir/", "GET /dir/get", "POST /dir/get", "GET /dir/sub", "GET /dir/sub/", "GET /dir/sub/x", "GET http://example.com/", "GET http://example.com/a/7", "GET http://example.com/only", "POST http://example.com/only", "GET http://example.com:8080/a/7", "GET /x/1/y/2", "GET /x//y/2", "GET /x/1//y/2", "GET /x/1/../y", "GET /x/%2F/y/%20", "GET /only/delete", "DELETE /only/delete", "GET /tree/1", "GET /tree/1/", "GET /tree/1/2", "GET /esc/a%2Fb/end", "GET /esc/a/b/end", "GET /head", "HEAD /head", "POST /head", "OPTIONS /head", "GET /dir?x=1", "GET //dir", "GET /./dir", "CONNECT /con", "CONNECT /con/"} {
		method, target, _ := strings.Cut(t, " ")
		r := httptest.NewRequest(method, target, nil)
		w := httptest.NewRecorder()
		_, pattern := m.Handler(r)
		m.ServeHTTP(w, r)
		fmt.Printf("%s -> %d %q %v %q %q\n", t, w.Code, pattern, w.Header()["Location"], w.Header().Get("Allow"), w.Body.String())
	}
	// nested
	inner := http.NewServeMux()
	inner.HandleFunc("GET /b/{b}", h("inner"))
	outer := http.NewServeMux()
	outer.Handle("/api/", http.StripPrefix("/api", inner))
	for _, p := range []string{"/api/b/1", "/api/c", "/api", "/nope"} {
		w := httptest.NewRecorder()
		outer.ServeHTTP(w, httptest.NewRequest("GET", p, nil))
		fmt.Println(p, w.Code, w.Header()["Location"], w.Body.String())
	}
}
