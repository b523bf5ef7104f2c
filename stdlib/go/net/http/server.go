// Package http is clients and servers of HTTP/1.1.
package http

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Errors of servers.
var (
	// ErrServerClosed is what Serve returns after Close or Shutdown.
	ErrServerClosed = errors.New("http: Server closed")
	// ErrAbortHandler is a panic value that ends a request without a word in the log.
	ErrAbortHandler = errors.New("net/http: abort Handler")
	// ErrHandlerTimeout is what a handler's writes fail with after TimeoutHandler's time.
	ErrHandlerTimeout = errors.New("http: Handler timeout")
	// ErrHijacked is what using a connection that was taken over fails with.
	ErrHijacked = errors.New("http: connection has been hijacked")
	// ErrWriteAfterFlush is there for old programs.
	ErrWriteAfterFlush = errors.New("unused")
)

// ResponseWriter is what a handler answers with.
type ResponseWriter interface {
	// Header returns the header, which can be changed until something is written.
	Header() Header
	// Write writes part of the body, after the header.
	Write([]byte) (int, error)
	// WriteHeader sends the header with a status.
	WriteHeader(statusCode int)
}

// Flusher is a ResponseWriter that can send what it holds.
type Flusher interface {
	Flush()
}

// Hijacker is a ResponseWriter whose connection can be taken over.
type Hijacker interface {
	Hijack() (net.Conn, *bufio.ReadWriter, error)
}

// CloseNotifier is an old way to learn that the client is gone; the request's context does it better.
type CloseNotifier interface {
	CloseNotify() <-chan bool
}

// Pusher is a ResponseWriter of HTTP/2.
type Pusher interface {
	Push(target string, opts *PushOptions) error
}

// PushOptions is what a Pusher is told.
type PushOptions struct {
	Method string
	Header Header
}

type contextKey struct {
	name string
}

func (k *contextKey) String() string { return "net/http context value " + k.name }

// Keys of a request's context.
var (
	// ServerContextKey: the *Server.
	ServerContextKey = &contextKey{"http-server"}
	// LocalAddrContextKey: the net.Addr that the request came to.
	LocalAddrContextKey = &contextKey{"local-addr"}
)

// ConnState is what a server's connection does.
type ConnState int

const (
	StateNew ConnState = iota
	StateActive
	StateIdle
	StateHijacked
	StateClosed
)

func (c ConnState) String() string {
	return [...]string{"new", "active", "idle", "hijacked", "closed"}[c]
}

// TrailerPrefix marks keys of a response's header that belong into the trailer.
const TrailerPrefix = "Trailer:"

// Server answers requests on connections. The zero value is ready.
type Server struct {
	Addr    string  // "host:port" to listen at; empty: ":http"
	Handler Handler // nil: DefaultServeMux
	// DisableGeneralOptionsHandler passes "OPTIONS *" on to Handler.
	DisableGeneralOptionsHandler bool
	// ReadTimeout is for a whole request, ReadHeaderTimeout for its head.
	ReadTimeout       time.Duration
	ReadHeaderTimeout time.Duration
	// WriteTimeout is from the end of the head to the end of the response.
	WriteTimeout time.Duration
	// IdleTimeout is how long to wait for the next request; 0: ReadTimeout.
	IdleTimeout time.Duration
	// MaxHeaderBytes is how long a head may be; 0: 1 MiB.
	MaxHeaderBytes int
	// ConnState is told what connections do.
	ConnState func(net.Conn, ConnState)
	ErrorLog  *log.Logger
	// BaseContext returns the context of all requests from a listener, ConnContext that of a connection.
	BaseContext func(net.Listener) context.Context
	ConnContext func(ctx context.Context, c net.Conn) context.Context

	shutting    atomic.Bool
	noKeepAlive atomic.Bool
	mu          sync.Mutex
	listeners   map[*net.Listener]bool
	conns       map[*conn]bool
	onShutdown  []func()
	serving     sync.WaitGroup
}

func (s *Server) logf(format string, args ...any) {
	if s.ErrorLog != nil {
		s.ErrorLog.Printf(format, args...)
	} else {
		log.Printf(format, args...)
	}
}

// conn is a connection.
type conn struct {
	server  *Server
	rwc     net.Conn
	remote  string
	in      *connReader
	r       *bufio.Reader
	w       *bufio.Writer
	ctx     context.Context // of all its requests
	cancel  context.CancelFunc
	state   atomic.Int64 // ConnState, and since when in seconds, above
	current *response    // while a handler runs
	pending []byte       // memory for what a response holds back
}

// connReader reads from the connection, and watches it while a handler runs that wants to know when the client goes.
type connReader struct {
	c        *conn
	mu       sync.Mutex
	cond     *sync.Cond
	of       *requestContext // the request under way; nil: the connection may not be watched
	watching bool
	one      [1]byte
	has      bool // one was read while watching
	gone     bool
}

func (r *connReader) Read(p []byte) (int, error) {
	if r.has {
		if len(p) == 0 {
			return 0, nil
		}
		r.has = false
		p[0] = r.one[0]
		return 1, nil
	}
	n, err := r.c.rwc.Read(p)
	if err != nil {
		r.lost()
	}
	return n, err
}

// lost ends the request under way: nothing more comes from its client, be it in the middle of a body.
func (r *connReader) lost() {
	r.mu.Lock()
	x := r.of
	r.mu.Unlock()
	if x != nil {
		x.end()
	}
}

// begin allows watching on behalf of a request.
func (r *connReader) begin(x *requestContext) {
	r.mu.Lock()
	r.of = x
	r.mu.Unlock()
}

// watch begins to watch, unless it does already or the request is over.
func (r *connReader) watch(x *requestContext) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.watching || r.has || r.gone || r.of != x {
		return
	}
	r.watching = true
	if r.cond == nil {
		r.cond = sync.NewCond(&r.mu)
	}
	go func() {
		n, err := r.c.rwc.Read(r.one[:])
		r.mu.Lock()
		r.has = n == 1
		r.gone = err != nil && r.of == x // else our own doing
		if r.gone {
			r.mu.Unlock()
			x.end()
			r.mu.Lock()
		}
		r.watching = false
		r.cond.Broadcast()
		r.mu.Unlock()
	}()
}

// stopWatching ends watching before the connection is used otherwise.
func (r *connReader) stopWatching() {
	r.mu.Lock()
	r.of = nil
	for r.watching {
		r.c.rwc.SetReadDeadline(time.Unix(1, 0))
		r.cond.Wait()
		if !r.watching {
			r.c.rwc.SetReadDeadline(time.Time{})
		}
	}
	r.mu.Unlock()
}

// requestContext is a request's context. Most handlers never ask for its end: only then is there a context that can end,
// and the connection is watched.
type requestContext struct {
	context.Context // of the connection
	c               *conn
	body            *body // what must be read before the connection can be watched
	mu              sync.Mutex
	ending          context.Context // below Context; nil until somebody asks
	cancel          context.CancelFunc
	over            bool
}

// Done returns a channel that is closed when the client is gone or the handler has returned.
func (x *requestContext) Done() <-chan struct{} {
	x.mu.Lock()
	if x.ending == nil {
		x.ending, x.cancel = context.WithCancel(x.Context)
		if x.over {
			x.cancel()
		}
	}
	done := x.ending.Done()
	x.mu.Unlock()
	x.watch()
	return done
}

// Err says why the context has ended.
func (x *requestContext) Err() error {
	x.watch()
	x.mu.Lock()
	defer x.mu.Unlock()
	switch {
	case x.ending != nil:
		return x.ending.Err()
	case x.over:
		return context.Canceled
	}
	return x.Context.Err()
}

// Value looks a key up. (By that way, too, contexts find the one above them that they end with.)
func (x *requestContext) Value(key any) any {
	x.mu.Lock()
	ctx := x.Context
	if x.ending != nil {
		ctx = x.ending
	}
	x.mu.Unlock()
	return ctx.Value(key)
}

// watch watches the connection, once the request's body has been read.
func (x *requestContext) watch() {
	if b := x.body; b != nil {
		b.mu.Lock()
		if !b.done {
			b.onEnd = func() { x.c.in.watch(x) }
			b.mu.Unlock()
			return
		}
		b.mu.Unlock()
	}
	x.c.in.watch(x)
}

// end ends it.
func (x *requestContext) end() {
	x.mu.Lock()
	x.over = true
	cancel := x.cancel
	x.mu.Unlock()
	if cancel != nil {
		cancel()
	}
}

func (x *requestContext) String() string { return "net/http request context" }

func (s *Server) handler() Handler {
	if s.Handler == nil {
		return DefaultServeMux
	}
	return s.Handler
}

func (s *Server) maxHeader() int {
	if s.MaxHeaderBytes > 0 {
		return s.MaxHeaderBytes + 4096
	}
	return DefaultMaxHeaderBytes + 4096
}

func (s *Server) headTimeout() time.Duration {
	if s.ReadHeaderTimeout != 0 {
		return s.ReadHeaderTimeout
	}
	return s.ReadTimeout
}

func (s *Server) idleTimeout() time.Duration {
	if s.IdleTimeout != 0 {
		return s.IdleTimeout
	}
	return s.ReadTimeout
}

func (s *Server) keepAlives() bool { return !s.noKeepAlive.Load() && !s.shutting.Load() }

func (c *conn) setState(state ConnState) {
	s := c.server
	switch state {
	case StateNew:
		s.mu.Lock()
		if s.conns == nil {
			s.conns = map[*conn]bool{}
		}
		s.conns[c] = true
		s.mu.Unlock()
	case StateHijacked, StateClosed:
		s.mu.Lock()
		delete(s.conns, c)
		s.mu.Unlock()
	}
	c.state.Store(time.Now().Unix()<<8 | int64(state))
	if s.ConnState != nil {
		s.ConnState(c.rwc, state)
	}
}

func (c *conn) getState() (ConnState, int64) {
	x := c.state.Load()
	return ConnState(x & 0xff), x >> 8
}

// serve answers the requests of one connection.
func (c *conn) serve() {
	defer func() {
		if e := recover(); e != nil && e != ErrAbortHandler {
			buf := make([]byte, 64<<10)
			buf = buf[:runtime.Stack(buf, false)]
			c.server.logf("http: panic serving %v: %v\n%s", c.remote, e, buf)
		}
		w := c.current
		if w != nil {
			// The handler has panicked.
			w.done = true
			w.ctx.end()
			c.in.stopWatching()
		}
		if w == nil || !w.hijacked {
			c.w.Flush()
			c.rwc.Close()
			c.setState(StateClosed)
		}
		c.cancel()
	}()
	s := c.server
	for first := true; ; first = false {
		if !first {
			if d := s.idleTimeout(); d > 0 {
				c.rwc.SetReadDeadline(time.Now().Add(d))
			}
		} else if d := s.headTimeout(); d > 0 {
			c.rwc.SetReadDeadline(time.Now().Add(d))
		}
		if _, err := c.r.Peek(1); err != nil {
			return
		}
		if !first {
			c.setState(StateActive)
		}
		start := time.Time{}
		if s.ReadTimeout > 0 || s.headTimeout() > 0 || s.idleTimeout() > 0 {
			start = time.Now()
			if d := s.headTimeout(); d > 0 {
				c.rwc.SetReadDeadline(start.Add(d))
			} else {
				c.rwc.SetReadDeadline(time.Time{})
			}
		}
		req, err := readRequest(c.r, s.maxHeader(), true)
		if first && err == nil {
			c.setState(StateActive)
		}
		if err != nil {
			c.refuse(err)
			return
		}
		if !start.IsZero() {
			if s.ReadTimeout > 0 {
				c.rwc.SetReadDeadline(start.Add(s.ReadTimeout))
			} else {
				c.rwc.SetReadDeadline(time.Time{})
			}
		}
		if s.WriteTimeout > 0 {
			c.rwc.SetWriteDeadline(time.Now().Add(s.WriteTimeout))
		}
		if req.ProtoMajor != 1 {
			c.refuse(statusError{StatusHTTPVersionNotSupported, "unsupported protocol version"})
			return
		}
		req.RemoteAddr = c.remote
		w := newResponse(c, req)
		req.ctx = &w.ctx
		c.current = w
		c.in.begin(&w.ctx)
		again := c.handle(w, req)
		c.pending = w.pending
		if w.hijacked {
			return
		}
		c.current = nil
		if !again {
			return
		}
	}
}

// handle answers a request, and reports whether the connection can be used again.
func (c *conn) handle(w *response, req *Request) bool {
	if e, ok := req.Header["Expect"]; ok {
		if anyHasToken(e, "100-continue") {
			if b, ok := req.Body.(*body); ok && req.ProtoAtLeast(1, 1) && req.ContentLength != 0 {
				w.expects = true
				b.onRead = func() {
					w.expects = false
					if !w.sent {
						c.w.WriteString("HTTP/1.1 100 Continue\r\n\r\n")
						c.w.Flush()
					}
				}
			}
		} else if len(e) > 0 && e[0] != "" {
			w.Header().Set("Connection", "close")
			w.WriteHeader(StatusExpectationFailed)
			c.in.stopWatching()
			w.finish()
			return false
		}
	}
	h := c.server.handler()
	if req.RequestURI == "*" && req.Method == "OPTIONS" && !c.server.DisableGeneralOptionsHandler {
		h = HandlerFunc(func(w ResponseWriter, r *Request) { w.Header().Set("Content-Length", "0") })
	}
	h.ServeHTTP(w, req)
	w.done = true
	w.ctx.end()
	if w.hijacked {
		return false
	}
	c.in.stopWatching()
	w.finish()
	if w.werr != nil || !w.reusable() {
		if w.mustLinger {
			c.lingerClose()
		}
		return false
	}
	c.setState(StateIdle)
	return c.server.keepAlives()
}

// lingerClose ends writing and gives the client time to read the answer before it sees that what it sends is not
// wanted.
func (c *conn) lingerClose() {
	c.w.Flush()
	if t, ok := c.rwc.(interface{ CloseWrite() error }); ok {
		t.CloseWrite()
	}
	time.Sleep(500 * time.Millisecond)
}

// statusError is an error that is answered with a status of its own.
type statusError struct {
	code int
	text string
}

func (e statusError) Error() string { return StatusText(e.code) + ": " + e.text }

// refuse answers something that is no request.
func (c *conn) refuse(err error) {
	const headers = "\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
	say := func(code int, text string) {
		public := strconv.Itoa(code) + " " + StatusText(code) + text
		c.rwc.SetWriteDeadline(time.Now().Add(5 * time.Second))
		io.WriteString(c.rwc, "HTTP/1.1 "+public+headers+public)
		c.lingerClose()
	}
	switch e := err.(type) {
	case unsupportedEncoding:
		// The text is not the client's own, which could be anything.
		io.WriteString(c.rwc, "HTTP/1.1 501 Not Implemented"+headers+"Unsupported transfer encoding")
		return
	case statusError:
		say(e.code, ": "+e.text)
		return
	case badRequest:
		say(StatusBadRequest, ": "+string(e))
		return
	case malformedError, *url.Error:
		say(StatusBadRequest, "")
		return
	}
	switch err {
	case errHeadTooLarge:
		say(StatusRequestHeaderFieldsTooLarge, "")
	case io.ErrUnexpectedEOF:
		say(StatusBadRequest, "")
	}
	// Else the connection has ended or is too slow.
}

// ---- the response ----

// errHandlerDone is what those get who kept a ResponseWriter.
var errHandlerDone = errors.New("http: the handler has returned")

// holdBack is how much of a response is held back until its length is known.
const holdBack = 2048

// response is the ResponseWriter of a request, and its context.
type response struct {
	ctx      requestContext
	c        *conn
	req      *Request
	header   Header
	head     Header // as it was when it was written
	status   int
	wrote    bool // WriteHeader was called
	sent     bool // the head is on its way
	done     bool // the handler has returned
	hijacked bool
	chunked  bool
	close    bool
	expects  bool  // the client waits for "100 Continue"
	length   int64 // announced; -1
	written  int64
	pending  []byte
	werr     error

	mustLinger bool // the client may still be sending
	tooLarge   bool
	trailers   []string
	deadlines  bool
}

func newResponse(c *conn, req *Request) *response {
	w := &response{c: c, req: req, header: Header{}, length: -1, pending: c.pending[:0]}
	w.ctx.Context, w.ctx.c = c.ctx, c
	w.ctx.body, _ = req.Body.(*body)
	return w
}

// Header returns the header.
func (w *response) Header() Header {
	if w.wrote && w.head == nil {
		// From here on changes are for the trailer alone.
		w.head = w.header.Clone()
	}
	return w.header
}

// WriteHeader sends the header with a status.
func (w *response) WriteHeader(code int) {
	if w.hijacked {
		w.c.server.logf("http: response.WriteHeader on hijacked connection from %s", w.caller())
		return
	}
	if w.wrote {
		w.c.server.logf("http: superfluous response.WriteHeader call from %s", w.caller())
		return
	}
	if code < 100 || code > 999 {
		panic(fmt.Sprintf("invalid WriteHeader code %v", code))
	}
	if code >= 100 && code <= 199 && code != StatusSwitchingProtocols {
		// Something in front of the response.
		if code == StatusContinue {
			w.expects = false
		}
		w.c.w.Write(appendStatusLine(nil, w.req, code))
		w.c.w.Write(w.header.appendTo(nil, func(k string) bool { return k == "Content-Length" || k == "Transfer-Encoding" }))
		w.c.w.WriteString("\r\n")
		w.c.w.Flush()
		return
	}
	w.wrote = true
	w.status = code
	if cl := w.header.get("Content-Length"); cl != "" {
		if n, err := strconv.ParseInt(cl, 10, 64); err == nil && n >= 0 {
			w.length = n
		} else {
			w.c.server.logf("http: invalid Content-Length of %q", cl)
			w.header.Del("Content-Length")
		}
	}
}

func (w *response) caller() string {
	for skip := 2; ; skip++ {
		pc, file, line, ok := runtime.Caller(skip)
		if !ok {
			return "unknown"
		}
		name := ""
		if f := runtime.FuncForPC(pc); f != nil {
			name = f.Name()
		}
		if !strings.HasPrefix(name, "net/http.") {
			if i := strings.LastIndexByte(file, '/'); i >= 0 {
				file = file[i+1:]
			}
			return fmt.Sprintf("%s (%s:%d)", name, file, line)
		}
	}
}

// Write writes part of the body.
func (w *response) Write(p []byte) (int, error) { return w.write(len(p), p, "") }

// WriteString writes part of the body.
func (w *response) WriteString(s string) (int, error) { return w.write(len(s), nil, s) }

func (w *response) write(n int, p []byte, s string) (int, error) {
	if w.hijacked {
		if n > 0 {
			w.c.server.logf("http: response.Write on hijacked connection from %s", w.caller())
		}
		return 0, ErrHijacked
	}
	if w.done {
		return 0, errHandlerDone
	}
	if !w.wrote {
		w.WriteHeader(StatusOK)
	}
	if n == 0 {
		return 0, nil
	}
	if !bodyAllowed(w.status) {
		return 0, ErrBodyNotAllowed
	}
	w.written += int64(n)
	if w.length >= 0 && w.written > w.length {
		return 0, ErrContentLength
	}
	if len(w.pending)+n <= holdBack {
		if s != "" {
			w.pending = append(w.pending, s...)
		} else {
			w.pending = append(w.pending, p...)
		}
		return n, nil
	}
	if s != "" {
		p = []byte(s)
	}
	if !w.sent {
		// The type is guessed from all that is there.
		first := w.pending
		if len(first) < sniffLen {
			first = append(first[:len(first):len(first)], p[:min(n, sniffLen)]...)
		}
		w.sendHead(first)
	}
	w.emit(w.pending)
	w.pending = w.pending[:0]
	if n <= holdBack/2 {
		w.pending = append(w.pending, p...)
	} else {
		w.emit(p)
	}
	return n, w.werr
}

// emit puts part of the body on the connection.
func (w *response) emit(p []byte) {
	if len(p) == 0 || w.req.Method == "HEAD" || w.werr != nil {
		return
	}
	if w.chunked {
		_, w.werr = chunkWriter{w.c.w}.Write(p)
	} else {
		_, w.werr = w.c.w.Write(p)
	}
}

func appendStatusLine(b []byte, req *Request, code int) []byte {
	if req.ProtoAtLeast(1, 1) {
		b = append(b, "HTTP/1.1 "...)
	} else {
		b = append(b, "HTTP/1.0 "...)
	}
	b = strconv.AppendInt(b, int64(code), 10)
	b = append(b, ' ')
	if text := StatusText(code); text != "" {
		b = append(b, text...)
	} else {
		b = append(b, "status code "...)
		b = strconv.AppendInt(b, int64(code), 10)
	}
	return append(b, "\r\n"...)
}

// date is the header Date, made once a second.
var date atomic.Pointer[dateText]

type dateText struct {
	second int64
	text   string
}

func currentDate() string {
	now := time.Now()
	d := date.Load()
	if d == nil || d.second != now.Unix() {
		d = &dateText{now.Unix(), now.UTC().Format(TimeFormat)}
		date.Store(d)
	}
	return d.text
}

// bodyLimit is how much of a request's body is read and dropped so that the connection can be used again.
const bodyLimit = 256 << 10

// sendHead writes the head. first is the body's beginning; if the handler is done, it is all of it.
func (w *response) sendHead(first []byte) {
	w.sent = true
	h := w.head
	if h == nil {
		h = w.header
	}
	req := w.req
	isHead := req.Method == "HEAD"
	for k := range h {
		if strings.HasPrefix(k, TrailerPrefix) {
			w.trailers = append(w.trailers, k)
		}
	}
	for _, line := range h["Trailer"] {
		for k := range strings.SplitSeq(line, ",") {
			if k = CanonicalHeaderKey(strings.Trim(k, " \t")); k != "" && !forbiddenTrailer(k) {
				w.trailers = append(w.trailers, k)
			}
		}
	}
	te := h.get("Transfer-Encoding")
	hasTE := te != ""
	length := w.length
	setLength := false
	// All is known.
	if w.done && len(w.trailers) == 0 && length < 0 && !hasTE && !h.has("Content-Length") && bodyAllowed(w.status) &&
		(!isHead || len(first) > 0) {
		length, setLength = int64(len(first)), true
	}
	connection := ""
	keep := w.c.server.keepAlives()
	if !req.ProtoAtLeast(1, 1) && !req.Close && keep && (length >= 0 || isHead || !bodyAllowed(w.status)) {
		connection = "keep-alive"
	}
	if req.Close || !keep || w.tooLarge || req.Method == "CONNECT" || anyHasToken(h["Connection"], "close") {
		w.close = true
	}
	// What the client still sends is read first: it may not read before it has sent all.
	if b, ok := req.Body.(*body); ok && !w.close {
		switch {
		case w.expects:
			w.close = true // it will not send it
		case !b.drain(bodyLimit):
			w.close = true
			w.mustLinger = true
		}
	} else if ok && !b.atEnd() && !w.expects {
		w.mustLinger = true
	}
	contentType := ""
	if bodyAllowed(w.status) && !h.has("Content-Type") && h.get("Content-Encoding") == "" && !hasTE && len(first) > 0 {
		contentType = DetectContentType(first)
	}
	chunking := false
	dropLength := false
	switch {
	case isHead || !bodyAllowed(w.status):
	case hasTE && te != "chunked":
		// The handler does it itself; the end of the body is the end of the connection.
		w.close = true
		dropLength = true
	case length >= 0:
	case req.ProtoAtLeast(1, 1):
		w.chunked, chunking = true, true
		dropLength = true
	default:
		w.close = true
	}
	if w.status == StatusNoContent || w.status < 200 {
		hasTE = true // never in such a response
	}
	if w.close {
		connection = ""
		if req.ProtoAtLeast(1, 1) && !anyHasToken(h["Connection"], "close") {
			connection = "close"
		}
	}
	b := make([]byte, 0, 512)
	b = appendStatusLine(b, req, w.status)
	b = h.appendTo(b, func(k string) bool {
		switch k {
		case "Content-Length":
			return dropLength
		case "Transfer-Encoding":
			return chunking || hasTE && (te == "chunked" || te == "identity") || w.status == StatusNoContent
		case "Connection":
			return connection != ""
		}
		return strings.HasPrefix(k, TrailerPrefix) || len(w.trailers) > 0 && w.isTrailer(k)
	})
	if !h.has("Date") {
		b = append(b, "Date: "...)
		b = append(b, currentDate()...)
		b = append(b, "\r\n"...)
	}
	if setLength {
		b = append(b, "Content-Length: "...)
		b = strconv.AppendInt(b, length, 10)
		b = append(b, "\r\n"...)
		w.length = length
	}
	if contentType != "" {
		b = append(b, "Content-Type: "...)
		b = append(b, contentType...)
		b = append(b, "\r\n"...)
	}
	if connection != "" {
		b = append(b, "Connection: "...)
		b = append(b, connection...)
		b = append(b, "\r\n"...)
	}
	if chunking {
		b = append(b, "Transfer-Encoding: chunked\r\n"...)
	}
	b = append(b, "\r\n"...)
	_, w.werr = w.c.w.Write(b)
}

func (w *response) isTrailer(key string) bool {
	for _, t := range w.trailers {
		if t == key {
			return true
		}
	}
	return false
}

// finish ends the response.
func (w *response) finish() {
	w.done = true
	if !w.wrote {
		w.WriteHeader(StatusOK)
	}
	if !w.sent {
		w.sendHead(w.pending)
	}
	w.emit(w.pending)
	w.pending = w.pending[:0]
	if w.chunked && w.req.Method != "HEAD" && w.werr == nil {
		w.werr = chunkWriter{w.c.w}.end(w.trailer())
	}
	if err := w.c.w.Flush(); w.werr == nil {
		w.werr = err
	}
	if w.req.MultipartForm != nil {
		w.req.MultipartForm.RemoveAll()
	}
	w.req.Body.Close()
}

func (w *response) trailer() Header {
	if len(w.trailers) == 0 {
		// Keys with the prefix may have come since the head was sent.
		found := false
		for k := range w.header {
			found = found || strings.HasPrefix(k, TrailerPrefix)
		}
		if !found {
			return nil
		}
	}
	t := Header{}
	for k, v := range w.header {
		if name, ok := strings.CutPrefix(k, TrailerPrefix); ok {
			t[CanonicalHeaderKey(name)] = v
		}
	}
	for _, k := range w.trailers {
		if v := w.header[k]; v != nil && !strings.HasPrefix(k, TrailerPrefix) {
			t[k] = v
		}
	}
	return t
}

// reusable reports whether another request can follow.
func (w *response) reusable() bool {
	if w.close || w.tooLarge {
		return false
	}
	if w.req.Method != "HEAD" && w.length >= 0 && bodyAllowed(w.status) && w.length != w.written {
		return false // less than was announced
	}
	if b, ok := w.req.Body.(*body); ok && !b.done {
		return false
	}
	return true
}

func (w *response) requestTooLarge() {
	w.tooLarge = true
	if !w.wrote {
		w.header.Set("Connection", "close")
	}
}

// Flush sends what is held back.
func (w *response) Flush() { w.FlushError() }

// FlushError sends what is held back.
func (w *response) FlushError() error {
	if w.hijacked {
		return ErrHijacked
	}
	if w.done {
		return errHandlerDone
	}
	if !w.wrote {
		w.WriteHeader(StatusOK)
	}
	if !w.sent {
		w.sendHead(w.pending)
	}
	w.emit(w.pending)
	w.pending = w.pending[:0]
	if err := w.c.w.Flush(); w.werr == nil {
		w.werr = err
	}
	return w.werr
}

// Hijack takes the connection over: the server does nothing with it any more.
func (w *response) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	if w.done {
		panic("net/http: Hijack called after ServeHTTP finished")
	}
	if w.hijacked {
		return nil, nil, ErrHijacked
	}
	c := w.c
	c.in.stopWatching()
	if w.wrote && !w.sent {
		w.FlushError()
	}
	w.hijacked = true
	c.rwc.SetDeadline(time.Time{})
	if c.in.has {
		c.r.Peek(c.r.Buffered() + 1) // what was read while watching belongs to the new owner
	}
	c.setState(StateHijacked)
	return c.rwc, bufio.NewReadWriter(c.r, bufio.NewWriter(c.rwc)), nil
}

// CloseNotify returns a channel that is sent on when the client is gone.
func (w *response) CloseNotify() <-chan bool {
	ch := make(chan bool, 1)
	done := w.ctx.Done()
	go func() {
		<-done
		ch <- true
	}()
	return ch
}

// SetReadDeadline sets the time after which reading the body fails.
func (w *response) SetReadDeadline(t time.Time) error { return w.c.rwc.SetReadDeadline(t) }

// SetWriteDeadline sets the time after which writing fails.
func (w *response) SetWriteDeadline(t time.Time) error { return w.c.rwc.SetWriteDeadline(t) }

// EnableFullDuplex does nothing: the body can be read while the response is written.
func (w *response) EnableFullDuplex() error { return nil }

// ResponseController does what a ResponseWriter may be able to do besides.
type ResponseController struct {
	rw ResponseWriter
}

// NewResponseController returns one for a ResponseWriter, or what that wraps.
func NewResponseController(rw ResponseWriter) *ResponseController { return &ResponseController{rw} }

// with calls f with each writer that is wrapped, until it says that it did something.
func (c *ResponseController) with(f func(rw ResponseWriter) (bool, error)) error {
	rw := c.rw
	for {
		if done, err := f(rw); done {
			return err
		}
		u, ok := rw.(interface{ Unwrap() ResponseWriter })
		if !ok {
			return fmt.Errorf("%w", ErrNotSupported)
		}
		rw = u.Unwrap()
	}
}

// Flush sends what is held back.
func (c *ResponseController) Flush() error {
	return c.with(func(rw ResponseWriter) (bool, error) {
		switch t := rw.(type) {
		case interface{ FlushError() error }:
			return true, t.FlushError()
		case Flusher:
			t.Flush()
			return true, nil
		}
		return false, nil
	})
}

// Hijack takes the connection over.
func (c *ResponseController) Hijack() (conn net.Conn, rw *bufio.ReadWriter, err error) {
	err = c.with(func(w ResponseWriter) (bool, error) {
		t, ok := w.(Hijacker)
		if !ok {
			return false, nil
		}
		var err error
		conn, rw, err = t.Hijack()
		return true, err
	})
	return conn, rw, err
}

// SetReadDeadline sets the time after which reading the body fails.
func (c *ResponseController) SetReadDeadline(deadline time.Time) error {
	return c.with(func(rw ResponseWriter) (bool, error) {
		t, ok := rw.(interface{ SetReadDeadline(time.Time) error })
		if !ok {
			return false, nil
		}
		return true, t.SetReadDeadline(deadline)
	})
}

// SetWriteDeadline sets the time after which writing fails.
func (c *ResponseController) SetWriteDeadline(deadline time.Time) error {
	return c.with(func(rw ResponseWriter) (bool, error) {
		t, ok := rw.(interface{ SetWriteDeadline(time.Time) error })
		if !ok {
			return false, nil
		}
		return true, t.SetWriteDeadline(deadline)
	})
}

// EnableFullDuplex lets the body be read while the response is written.
func (c *ResponseController) EnableFullDuplex() error {
	return c.with(func(rw ResponseWriter) (bool, error) {
		t, ok := rw.(interface{ EnableFullDuplex() error })
		if !ok {
			return false, nil
		}
		return true, t.EnableFullDuplex()
	})
}

// ---- the server ----

// onceListener can be closed twice.
type onceListener struct {
	net.Listener
	once sync.Once
	err  error
}

func (l *onceListener) Close() error {
	l.once.Do(func() { l.err = l.Listener.Close() })
	return l.err
}

// ListenAndServe listens at s.Addr and answers requests.
func (s *Server) ListenAndServe() error {
	if s.shutting.Load() {
		return ErrServerClosed
	}
	addr := s.Addr
	if addr == "" {
		addr = ":http"
	}
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return s.Serve(ln)
}

// Serve answers requests on the listener's connections, until Close or Shutdown.
func (s *Server) Serve(l net.Listener) error {
	origin := l
	ol := &onceListener{Listener: l}
	defer ol.Close()
	l = ol
	s.mu.Lock()
	if s.shutting.Load() {
		s.mu.Unlock()
		return ErrServerClosed
	}
	if s.listeners == nil {
		s.listeners = map[*net.Listener]bool{}
	}
	s.listeners[&l] = true
	s.serving.Add(1)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		delete(s.listeners, &l)
		s.mu.Unlock()
		s.serving.Done()
	}()
	base := context.Background()
	if s.BaseContext != nil {
		if base = s.BaseContext(origin); base == nil {
			panic("BaseContext returned a nil context")
		}
	}
	ctx := context.WithValue(base, ServerContextKey, s)
	var delay time.Duration
	for {
		rwc, err := l.Accept()
		if err != nil {
			if s.shutting.Load() {
				return ErrServerClosed
			}
			if ne, ok := err.(net.Error); ok && ne.Temporary() {
				// Out of descriptors, say: it may pass.
				delay = min(max(2*delay, 5*time.Millisecond), time.Second)
				s.logf("http: Accept error: %v; retrying in %v", err, delay)
				time.Sleep(delay)
				continue
			}
			return err
		}
		delay = 0
		connCtx := ctx
		if s.ConnContext != nil {
			if connCtx = s.ConnContext(connCtx, rwc); connCtx == nil {
				panic("ConnContext returned nil")
			}
		}
		c := newConn(s, rwc, connCtx)
		c.setState(StateNew)
		go c.serve()
	}
}

func newConn(s *Server, rwc net.Conn, ctx context.Context) *conn {
	c := &conn{server: s, rwc: rwc}
	if a := rwc.RemoteAddr(); a != nil {
		c.remote = a.String()
	}
	ctx = context.WithValue(ctx, LocalAddrContextKey, rwc.LocalAddr())
	c.ctx, c.cancel = context.WithCancel(ctx)
	c.in = &connReader{c: c}
	c.r = bufio.NewReader(c.in)
	c.w = bufio.NewWriter(rwc)
	return c
}

// closeListeners closes all listeners. The lock is held.
func (s *Server) closeListeners() error {
	var first error
	for l := range s.listeners {
		if err := (*l).Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

// Close closes all listeners and connections at once.
func (s *Server) Close() error {
	s.shutting.Store(true)
	s.mu.Lock()
	err := s.closeListeners()
	s.mu.Unlock()
	s.serving.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.rwc.Close()
		delete(s.conns, c)
	}
	return err
}

// Shutdown closes the listeners, lets requests under way end and closes their connections. The context limits how long
// that may take.
func (s *Server) Shutdown(ctx context.Context) error {
	s.shutting.Store(true)
	s.mu.Lock()
	err := s.closeListeners()
	for _, f := range s.onShutdown {
		go f()
	}
	s.mu.Unlock()
	s.serving.Wait()
	wait := time.Millisecond
	timer := time.NewTimer(wait)
	defer timer.Stop()
	for {
		if s.closeIdle() {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-timer.C:
			wait = min(2*wait, 500*time.Millisecond)
			timer.Reset(wait)
		}
	}
}

// closeIdle closes connections that do nothing, and reports whether there are no others.
func (s *Server) closeIdle() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	quiet := true
	for c := range s.conns {
		state, since := c.getState()
		if state == StateNew && since < time.Now().Unix()-5 {
			state = StateIdle // it has sent nothing for seconds
		}
		if state != StateIdle || since == 0 {
			quiet = false
			continue
		}
		c.rwc.Close()
		delete(s.conns, c)
	}
	return quiet
}

// RegisterOnShutdown has f called when Shutdown is.
func (s *Server) RegisterOnShutdown(f func()) {
	s.mu.Lock()
	s.onShutdown = append(s.onShutdown, f)
	s.mu.Unlock()
}

// SetKeepAlivesEnabled says whether connections are used for more than one request.
func (s *Server) SetKeepAlivesEnabled(v bool) {
	s.noKeepAlive.Store(!v)
	if !v {
		s.closeIdle()
	}
}

// Serve answers requests on the listener's connections.
func Serve(l net.Listener, handler Handler) error {
	s := &Server{Handler: handler}
	return s.Serve(l)
}

// ListenAndServe listens at an address and answers requests.
func ListenAndServe(addr string, handler Handler) error {
	s := &Server{Addr: addr, Handler: handler}
	return s.ListenAndServe()
}

// ---- a limit of time for handlers ----

// TimeoutHandler returns a Handler that passes requests on and answers 503 with a text if that takes too long.
func TimeoutHandler(h Handler, dt time.Duration, msg string) Handler {
	return &timeoutHandler{h, msg, dt}
}

type timeoutHandler struct {
	handler Handler
	msg     string
	dt      time.Duration
}

func (h *timeoutHandler) ServeHTTP(w ResponseWriter, r *Request) {
	ctx, cancel := context.WithTimeout(r.Context(), h.dt)
	defer cancel()
	r = r.WithContext(ctx)
	done := make(chan struct{})
	panicked := make(chan any, 1)
	tw := &timeoutWriter{h: make(Header), code: StatusOK}
	go func() {
		defer func() {
			if p := recover(); p != nil {
				panicked <- p
			}
		}()
		h.handler.ServeHTTP(tw, r)
		close(done)
	}()
	select {
	case p := <-panicked:
		panic(p)
	case <-done:
		tw.mu.Lock()
		defer tw.mu.Unlock()
		to := w.Header()
		for k, v := range tw.h {
			to[k] = v
		}
		w.WriteHeader(tw.code)
		w.Write(tw.buf)
	case <-ctx.Done():
		tw.mu.Lock()
		defer tw.mu.Unlock()
		if tw.err = ctx.Err(); tw.err == context.DeadlineExceeded {
			tw.err = ErrHandlerTimeout
		}
		w.WriteHeader(StatusServiceUnavailable)
		msg := h.msg
		if msg == "" {
			msg = "<html><head><title>Timeout</title></head><body><h1>Timeout</h1></body></html>"
		}
		io.WriteString(w, msg)
	}
}

type timeoutWriter struct {
	mu    sync.Mutex
	h     Header
	buf   []byte
	code  int
	wrote bool
	err   error
}

func (w *timeoutWriter) Header() Header { return w.h }

func (w *timeoutWriter) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err != nil {
		return 0, w.err
	}
	w.wrote = true
	w.buf = append(w.buf, p...)
	return len(p), nil
}

func (w *timeoutWriter) WriteHeader(code int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.err == nil && !w.wrote {
		w.wrote = true
		w.code = code
	}
}
