package http

import (
	"fmt"
	"net"
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Handler answers requests.
type Handler interface {
	ServeHTTP(ResponseWriter, *Request)
}

// HandlerFunc makes a function a Handler.
type HandlerFunc func(ResponseWriter, *Request)

// ServeHTTP calls f.
func (f HandlerFunc) ServeHTTP(w ResponseWriter, r *Request) { f(w, r) }

// ServeMux passes a request to the handler whose pattern fits best: [METHOD ][HOST]/[PATH], with wildcards {name},
// {name...} for all the rest, and {$} for the end.
type ServeMux struct {
	mu    sync.RWMutex
	hosts map[string]*methods
	all   []*pattern
}

// methods is the trees of one host, by method.
type methods struct {
	any *node // without a method
	of  map[string]*node
}

// node is a place in a tree of paths.
type node struct {
	pattern *pattern // it ends here
	handler Handler
	literal map[string]*node
	wild    *node
	multi   *node
}

// NewServeMux returns a new ServeMux.
func NewServeMux() *ServeMux { return new(ServeMux) }

// DefaultServeMux is the ServeMux of Handle and HandleFunc.
var DefaultServeMux = &defaultServeMux

var defaultServeMux ServeMux

// Handle registers a handler in DefaultServeMux.
func Handle(pattern string, handler Handler) { DefaultServeMux.register(pattern, handler) }

// HandleFunc registers a function in DefaultServeMux.
func HandleFunc(pattern string, handler func(ResponseWriter, *Request)) {
	DefaultServeMux.registerFunc(pattern, handler)
}

// Handle registers a handler. A pattern that matches the same requests as another panics.
func (mux *ServeMux) Handle(pattern string, handler Handler) { mux.register(pattern, handler) }

// HandleFunc registers a function.
func (mux *ServeMux) HandleFunc(pattern string, handler func(ResponseWriter, *Request)) {
	mux.registerFunc(pattern, handler)
}

func (mux *ServeMux) registerFunc(pattern string, f func(ResponseWriter, *Request)) {
	if f == nil {
		panic("http: nil handler")
	}
	mux.add(pattern, HandlerFunc(f))
}

func (mux *ServeMux) register(pattern string, h Handler) { mux.add(pattern, h) }

func (mux *ServeMux) add(text string, h Handler) {
	if text == "" {
		panic("http: invalid pattern")
	}
	if h == nil {
		panic("http: nil handler")
	}
	if f, ok := h.(HandlerFunc); ok && f == nil {
		panic("http: nil handler")
	}
	p, err := parsePattern(text)
	if err != nil {
		panic(fmt.Sprintf("parsing %q: %v", text, err))
	}
	if _, file, line, ok := runtime.Caller(3); ok {
		p.loc = fmt.Sprintf("%s:%d", file, line)
	} else {
		p.loc = "unknown location"
	}
	mux.mu.Lock()
	defer mux.mu.Unlock()
	for _, q := range mux.all {
		if why := conflict(p, q); why != "" {
			panic(fmt.Sprintf("pattern %q (registered at %s) conflicts with pattern %q (registered at %s):\n%s",
				p, p.loc, q, q.loc, why))
		}
	}
	mux.all = append(mux.all, p)
	if mux.hosts == nil {
		mux.hosts = map[string]*methods{}
	}
	m := mux.hosts[p.host]
	if m == nil {
		m = &methods{of: map[string]*node{}}
		mux.hosts[p.host] = m
	}
	n := m.any
	if p.method != "" {
		n = m.of[p.method]
	}
	if n == nil {
		n = new(node)
		if p.method != "" {
			m.of[p.method] = n
		} else {
			m.any = n
		}
	}
	for _, s := range p.segments {
		var next **node
		switch {
		case s.multi:
			next = &n.multi
		case s.wild:
			next = &n.wild
		default:
			if n.literal == nil {
				n.literal = map[string]*node{}
			}
			child := n.literal[s.text]
			if child == nil {
				child = new(node)
				n.literal[s.text] = child
			}
			n = child
			continue
		}
		if *next == nil {
			*next = new(node)
		}
		n = *next
	}
	n.pattern, n.handler = p, h
}

// match looks a path up below n. The values of wildcards are appended to values.
func (n *node) match(path string, values []string) (*node, []string) {
	if n == nil {
		return nil, nil
	}
	if path == "" {
		if n.pattern != nil {
			return n, values
		}
		return nil, nil
	}
	one, rest := "/", ""
	if path != "/" {
		i := strings.IndexByte(path[1:], '/')
		if i < 0 {
			one = path[1:]
		} else {
			one, rest = path[1:1+i], path[1+i:]
		}
		one = pathUnescape(one)
	}
	if child := n.literal[one]; child != nil {
		if found, v := child.match(rest, values); found != nil {
			return found, v
		}
	}
	// A wildcard does not match the end behind a slash.
	if n.wild != nil && path != "/" {
		if found, v := n.wild.match(rest, append(values, one)); found != nil {
			return found, v
		}
	}
	if m := n.multi; m != nil && m.pattern != nil {
		if m.pattern.last().name != "" {
			values = append(values, pathUnescape(path[1:]))
		}
		return m, values
	}
	return nil, nil
}

func (m *methods) match(method, path string) (*node, []string) {
	if m == nil {
		return nil, nil
	}
	if len(m.of) > 0 {
		if n, v := m.of[method].match(path, nil); n != nil {
			return n, v
		}
		if method == "HEAD" {
			if n, v := m.of["GET"].match(path, nil); n != nil {
				return n, v
			}
		}
	}
	return m.any.match(path, nil)
}

func (mux *ServeMux) match(host, method, path string) (*node, []string) {
	if host != "" && (len(mux.hosts) > 1 || mux.hosts[""] == nil) {
		if n, v := mux.hosts[host].match(method, path); n != nil {
			return n, v
		}
	}
	return mux.hosts[""].match(method, path)
}

// exact reports whether a pattern that ends in a slash matched a path that does, not one below it.
func exact(n *node, path string) bool {
	if n == nil {
		return false
	}
	if !n.pattern.last().multi {
		return true
	}
	if path == "" || path[len(path)-1] != '/' {
		return false
	}
	return len(n.pattern.segments) == strings.Count(path, "/")
}

// allowed returns the methods that a path has a handler for.
func (mux *ServeMux) allowed(host, path string) []string {
	set := map[string]bool{}
	look := func(m *methods, path string) {
		if m == nil {
			return
		}
		for name, n := range m.of {
			if found, _ := n.match(path, nil); found != nil {
				set[name] = true
			}
		}
	}
	both := func(path string) {
		if host != "" {
			look(mux.hosts[host], path)
		}
		look(mux.hosts[""], path)
	}
	both(path)
	if !strings.HasSuffix(path, "/") {
		both(path + "/")
	}
	if set["GET"] {
		set["HEAD"] = true
	}
	var list []string
	for name := range set {
		list = append(list, name)
	}
	slices.Sort(list)
	return list
}

func cleanPath(p string) string {
	if p == "" {
		return "/"
	}
	if p[0] != '/' {
		p = "/" + p
	}
	// Most are clean.
	if !strings.Contains(p, "//") && !strings.Contains(p, "/.") {
		return p
	}
	np := path.Clean(p)
	if p[len(p)-1] == '/' && np != "/" {
		np += "/"
	}
	return np
}

func stripPort(host string) string {
	if strings.IndexByte(host, ':') < 0 {
		return host
	}
	h, _, err := net.SplitHostPort(host)
	if err != nil {
		return host
	}
	return h
}

// find returns what a request is to be answered by, with the pattern and the values of its wildcards.
func (mux *ServeMux) find(r *Request) (h Handler, text string, p *pattern, values []string) {
	mux.mu.RLock()
	defer mux.mu.RUnlock()
	host, escaped := r.URL.Host, r.URL.EscapedPath()
	path := escaped
	if r.Method == "CONNECT" {
		if n, _, to := mux.matchOrRedirect(host, r.Method, path, r.URL); to != nil {
			return RedirectHandler(to.String(), StatusTemporaryRedirect), n.pattern.text, nil, nil
		}
		n, v, _ := mux.matchOrRedirect(r.Host, r.Method, path, nil)
		if n != nil {
			return n.handler, n.pattern.text, n.pattern, v
		}
	} else {
		host = stripPort(r.Host)
		path = cleanPath(path)
		n, v, to := mux.matchOrRedirect(host, r.Method, path, r.URL)
		if to != nil {
			return RedirectHandler(to.String(), StatusTemporaryRedirect), n.pattern.text, nil, nil
		}
		if path != escaped {
			text := ""
			if n != nil {
				text = n.pattern.text
			}
			u := &url.URL{Path: pathUnescape(path), RawQuery: r.URL.RawQuery}
			return RedirectHandler(u.String(), StatusTemporaryRedirect), text, nil, nil
		}
		if n != nil {
			return n.handler, n.pattern.text, n.pattern, v
		}
	}
	if list := mux.allowed(host, path); len(list) > 0 {
		return HandlerFunc(func(w ResponseWriter, r *Request) {
			w.Header().Set("Allow", strings.Join(list, ", "))
			Error(w, StatusText(StatusMethodNotAllowed), StatusMethodNotAllowed)
		}), "", nil, nil
	}
	return NotFoundHandler(), "", nil, nil
}

// matchOrRedirect looks for a handler; if there is none, but one for the path with a slash behind it, it returns that
// URL.
func (mux *ServeMux) matchOrRedirect(host, method, path string, u *url.URL) (*node, []string, *url.URL) {
	n, v := mux.match(host, method, path)
	if u != nil && !exact(n, path) && !strings.HasSuffix(path, "/") && path != "" {
		if m, _ := mux.match(host, method, path+"/"); exact(m, path+"/") {
			return m, nil, &url.URL{Path: cleanPath(u.Path) + "/", RawQuery: u.RawQuery}
		}
	}
	return n, v, nil
}

// Handler returns the handler for a request, and the pattern that matched.
func (mux *ServeMux) Handler(r *Request) (h Handler, pattern string) {
	h, pattern, _, _ = mux.find(r)
	return h, pattern
}

// ServeHTTP passes the request on.
func (mux *ServeMux) ServeHTTP(w ResponseWriter, r *Request) {
	if r.RequestURI == "*" {
		if r.ProtoAtLeast(1, 1) {
			w.Header().Set("Connection", "close")
		}
		w.WriteHeader(StatusBadRequest)
		return
	}
	var h Handler
	h, r.Pattern, r.pattern, r.values = mux.find(r)
	h.ServeHTTP(w, r)
}

// ---- handlers ----

var htmlReplacer = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// Error answers with a text and a status. The handler should return then.
func Error(w ResponseWriter, error string, code int) {
	h := w.Header()
	h.Del("Content-Length")
	h["Content-Type"] = []string{"text/plain; charset=utf-8"}
	h["X-Content-Type-Options"] = []string{"nosniff"}
	w.WriteHeader(code)
	fmt.Fprintln(w, error)
}

// NotFound answers that there is no such page.
func NotFound(w ResponseWriter, r *Request) { Error(w, "404 page not found", StatusNotFound) }

// NotFoundHandler returns a Handler that answers with NotFound.
func NotFoundHandler() Handler { return HandlerFunc(NotFound) }

// StripPrefix takes a prefix off the path and passes the request on.
func StripPrefix(prefix string, h Handler) Handler {
	if prefix == "" {
		return h
	}
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		p, ok := strings.CutPrefix(r.URL.Path, prefix)
		raw, rawOK := strings.CutPrefix(r.URL.RawPath, prefix)
		if !ok || r.URL.RawPath != "" && !rawOK {
			NotFound(w, r)
			return
		}
		c := *r
		u := *r.URL
		u.Path = p
		if r.URL.RawPath != "" {
			u.RawPath = raw
		}
		c.URL = &u
		h.ServeHTTP(w, &c)
	})
}

// Redirect answers that the page is elsewhere; the URL may be relative to the request's path.
func Redirect(w ResponseWriter, r *Request, target string, code int) {
	if u, err := url.Parse(target); err == nil && u.Scheme == "" && u.Host == "" {
		old := r.URL.Path
		if old == "" {
			old = "/"
		}
		if target == "" || target[0] != '/' {
			dir, _ := path.Split(old)
			target = dir + target
		}
		query := ""
		if i := strings.IndexByte(target, '?'); i >= 0 {
			target, query = target[:i], target[i:]
		}
		slash := strings.HasSuffix(target, "/")
		target = path.Clean(target)
		if slash && !strings.HasSuffix(target, "/") {
			target += "/"
		}
		target += query
	}
	h := w.Header()
	had := h.has("Content-Type")
	h.Set("Location", hexNonASCII(target))
	if !had && (r.Method == "GET" || r.Method == "HEAD") {
		h.Set("Content-Type", "text/html; charset=utf-8")
	}
	w.WriteHeader(code)
	if !had && r.Method == "GET" {
		fmt.Fprintln(w, "<a href=\""+htmlReplacer.Replace(target)+"\">"+StatusText(code)+"</a>.\n")
	}
}

func hexNonASCII(s string) string {
	out := []byte(nil)
	for i := range len(s) {
		if s[i] < 0x80 {
			out = append(out, s[i])
		} else {
			out = fmt.Appendf(out, "%%%02X", s[i])
		}
	}
	return string(out)
}

// RedirectHandler returns a Handler that redirects all requests.
func RedirectHandler(url string, code int) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) { Redirect(w, r, url, code) })
}

// MaxBytesHandler returns a Handler that passes requests on with bodies of at most n bytes.
func MaxBytesHandler(h Handler, n int64) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		c := *r
		c.Body = MaxBytesReader(w, r.Body, n)
		h.ServeHTTP(w, &c)
	})
}

// AllowQuerySemicolons returns a Handler that passes requests on with semicolons in the query replaced by ampersands.
func AllowQuerySemicolons(h Handler) Handler {
	return HandlerFunc(func(w ResponseWriter, r *Request) {
		if strings.Contains(r.URL.RawQuery, ";") {
			c := *r
			u := *r.URL
			u.RawQuery = strings.ReplaceAll(u.RawQuery, ";", "&")
			c.URL = &u
			r = &c
		}
		h.ServeHTTP(w, r)
	})
}
