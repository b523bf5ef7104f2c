// Package httptest tests handlers and clients: a recorder of responses, and a server on a port of its own.
package httptest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
)

// DefaultRemoteAddr is the address of a request that says no other.
const DefaultRemoteAddr = "1.2.3.4"

// NewRequest makes a request as a server receives it. It panics if something is wrong with it.
func NewRequest(method, target string, body io.Reader) *http.Request {
	return NewRequestWithContext(context.Background(), method, target, body)
}

// NewRequestWithContext is like NewRequest, with a context.
func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) *http.Request {
	if method == "" {
		method = "GET"
	}
	req, err := http.ReadRequest(bufio.NewReader(strings.NewReader(method + " " + target + " HTTP/1.0\r\n\r\n")))
	if err != nil {
		panic("invalid NewRequest arguments; " + err.Error())
	}
	req = req.WithContext(ctx)
	req.Proto, req.ProtoMinor, req.Close = "HTTP/1.1", 1, false
	if body != nil {
		switch v := body.(type) {
		case *bytes.Buffer:
			req.ContentLength = int64(v.Len())
		case *bytes.Reader:
			req.ContentLength = int64(v.Len())
		case *strings.Reader:
			req.ContentLength = int64(v.Len())
		default:
			req.ContentLength = -1
			if v == http.NoBody {
				req.ContentLength = 0
			}
		}
		if rc, ok := body.(io.ReadCloser); ok {
			req.Body = rc
		} else {
			req.Body = io.NopCloser(body)
		}
	}
	req.RemoteAddr = "192.0.2.1:1234"
	if req.Host == "" {
		req.Host = "example.com"
	}
	return req
}

// ResponseRecorder is a ResponseWriter that keeps what is written.
type ResponseRecorder struct {
	Code      int
	HeaderMap http.Header
	Body      *bytes.Buffer
	Flushed   bool

	result   *http.Response
	snapshot http.Header
	wrote    bool
}

// NewRecorder returns a ResponseRecorder.
func NewRecorder() *ResponseRecorder {
	return &ResponseRecorder{HeaderMap: make(http.Header), Body: new(bytes.Buffer), Code: 200}
}

// Header returns the header.
func (rw *ResponseRecorder) Header() http.Header {
	if rw.HeaderMap == nil {
		rw.HeaderMap = make(http.Header)
	}
	return rw.HeaderMap
}

func (rw *ResponseRecorder) writeHeader(b []byte, s string) {
	if rw.wrote {
		return
	}
	if len(s) > 512 {
		s = s[:512]
	}
	h := rw.Header()
	if _, has := h["Content-Type"]; !has && h.Get("Transfer-Encoding") == "" {
		if b == nil {
			b = []byte(s)
		}
		h.Set("Content-Type", http.DetectContentType(b))
	}
	rw.WriteHeader(200)
}

// Write keeps part of the body.
func (rw *ResponseRecorder) Write(buf []byte) (int, error) {
	code := rw.Code
	if !rw.wrote {
		code = 200
	}
	if code < 200 || code == 204 || code == 304 {
		return 0, http.ErrBodyNotAllowed
	}
	rw.writeHeader(buf, "")
	if rw.Body != nil {
		rw.Body.Write(buf)
	}
	return len(buf), nil
}

// WriteString keeps part of the body.
func (rw *ResponseRecorder) WriteString(str string) (int, error) { return rw.Write([]byte(str)) }

// WriteHeader keeps the status.
func (rw *ResponseRecorder) WriteHeader(code int) {
	if rw.wrote {
		return
	}
	if code < 100 || code > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %v", code))
	}
	rw.Code = code
	rw.wrote = true
	rw.snapshot = rw.Header().Clone()
}

// Flush notes that it was called.
func (rw *ResponseRecorder) Flush() {
	if !rw.wrote {
		rw.WriteHeader(200)
	}
	rw.Flushed = true
}

// Result returns what was written as a client receives it.
func (rw *ResponseRecorder) Result() *http.Response {
	if rw.result != nil {
		return rw.result
	}
	if rw.snapshot == nil {
		rw.snapshot = rw.HeaderMap.Clone()
	}
	res := &http.Response{StatusCode: rw.Code, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: rw.snapshot}
	rw.result = res
	if res.StatusCode == 0 {
		res.StatusCode = 200
	}
	res.Status = fmt.Sprintf("%03d %s", res.StatusCode, http.StatusText(res.StatusCode))
	if rw.Body != nil {
		res.Body = io.NopCloser(bytes.NewReader(rw.Body.Bytes()))
	} else {
		res.Body = http.NoBody
	}
	res.ContentLength = -1
	if cl := res.Header.Get("Content-Length"); cl != "" {
		n := int64(0)
		if _, err := fmt.Sscan(cl, &n); err == nil {
			res.ContentLength = n
		}
	}
	if names, ok := rw.snapshot["Trailer"]; ok {
		res.Trailer = make(http.Header)
		for _, k := range strings.Split(strings.Join(names, ","), ",") {
			k = http.CanonicalHeaderKey(strings.TrimSpace(k))
			if v, ok := rw.HeaderMap[k]; ok {
				res.Trailer[k] = append([]string(nil), v...)
			}
		}
	}
	for k, v := range rw.HeaderMap {
		if name, ok := strings.CutPrefix(k, http.TrailerPrefix); ok {
			if res.Trailer == nil {
				res.Trailer = make(http.Header)
			}
			for _, one := range v {
				res.Trailer.Add(name, one)
			}
		}
	}
	return res
}

// Server is a server on a port of this machine.
type Server struct {
	URL      string // http://ipaddr:port
	Listener net.Listener
	Config   *http.Server

	mu     sync.Mutex
	conns  map[net.Conn]http.ConnState
	wg     sync.WaitGroup
	closed bool
	client *http.Client
}

// NewServer starts a server.
func NewServer(handler http.Handler) *Server {
	s := NewUnstartedServer(handler)
	s.Start()
	return s
}

// NewUnstartedServer returns a server that is to be started by Start.
func NewUnstartedServer(handler http.Handler) *Server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		if l, err = net.Listen("tcp6", "[::1]:0"); err != nil {
			panic(fmt.Sprintf("httptest: failed to listen on a port: %v", err))
		}
	}
	return &Server{Listener: l, Config: &http.Server{Handler: handler}}
}

// Start starts the server.
func (s *Server) Start() {
	if s.URL != "" {
		panic("Server already started")
	}
	s.client = &http.Client{Transport: &http.Transport{}}
	s.URL = "http://" + s.Listener.Addr().String()
	s.conns = map[net.Conn]http.ConnState{}
	old := s.Config.ConnState
	s.Config.ConnState = func(c net.Conn, state http.ConnState) {
		s.mu.Lock()
		switch state {
		case http.StateNew:
			if s.closed {
				c.Close()
			}
			s.wg.Add(1)
			s.conns[c] = state
		case http.StateActive, http.StateIdle:
			if _, ok := s.conns[c]; ok {
				s.conns[c] = state
				if s.closed && state == http.StateIdle {
					c.Close()
				}
			}
		case http.StateHijacked, http.StateClosed:
			if _, ok := s.conns[c]; ok {
				delete(s.conns, c)
				s.wg.Done()
			}
		}
		s.mu.Unlock()
		if old != nil {
			old(c, state)
		}
	}
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		s.Config.Serve(s.Listener)
	}()
}

// Close stops the server, and waits for requests under way.
func (s *Server) Close() {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		s.Listener.Close()
		s.Config.SetKeepAlivesEnabled(false)
		for c, state := range s.conns {
			if state == http.StateIdle || state == http.StateNew {
				c.Close()
			}
		}
		if t, ok := http.DefaultTransport.(interface{ CloseIdleConnections() }); ok {
			t.CloseIdleConnections()
		}
		if s.client != nil {
			s.client.CloseIdleConnections()
		}
	}
	s.mu.Unlock()
	s.wg.Wait()
}

// CloseClientConnections closes all connections.
func (s *Server) CloseClientConnections() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.Close()
	}
}

// Client returns a client for the server.
func (s *Server) Client() *http.Client { return s.client }
