package main

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello, %s! %s %q\n", r.PathValue("name"), r.Pattern, r.URL.Query().Get("q"))
	})
	mux.HandleFunc("POST /echo", func(w http.ResponseWriter, r *http.Request) {
		b, err := io.ReadAll(r.Body)
		w.Header().Set("X-Len", fmt.Sprint(len(b), err))
		w.WriteHeader(http.StatusCreated)
		w.Write(b)
	})
	s := httptest.NewServer(mux)
	defer s.Close()
	show := func(resp *http.Response, err error) {
		if err != nil {
			fmt.Println("error", err)
			return
		}
		b, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		resp.Header.Del("Date")
		fmt.Println(resp.Status, resp.Proto, resp.ContentLength, resp.Header, resp.TransferEncoding, string(b), err)
	}
	for range 3 {
		show(http.Get(s.URL + "/hello/world?q=a+b"))
	}
	show(http.Post(s.URL+"/echo", "text/plain", strings.NewReader("some body")))
	show(http.Post(s.URL+"/echo", "text/plain", io.MultiReader(strings.NewReader("chunked "), strings.NewReader("body"))))
	show(http.Post(s.URL+"/echo", "text/plain", strings.NewReader(strings.Repeat("x", 5000))))
	show(http.Get(s.URL + "/echo"))
	show(http.Get(s.URL + "/nothing"))
	show(http.Head(s.URL + "/hello/x"))
}
