package http

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"internal/httphead"
	"internal/sys"
	"io"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"
)

// DefaultMaxIdleConnsPerHost is how many connections to one host are kept, unless it is said otherwise.
const DefaultMaxIdleConnsPerHost = 2

// DefaultTransport is the Transport of DefaultClient.
var DefaultTransport RoundTripper = &Transport{
	Proxy:                 ProxyFromEnvironment,
	DialContext:           (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
	ForceAttemptHTTP2:     true,
	MaxIdleConns:          100,
	IdleConnTimeout:       90 * time.Second,
	TLSHandshakeTimeout:   10 * time.Second,
	ExpectContinueTimeout: 1 * time.Second,
}

// Transport sends requests over connections that it keeps for later ones.
type Transport struct {
	// Proxy returns the proxy for a request, nil for none.
	Proxy func(*Request) (*url.URL, error)
	// DialContext connects.
	DialContext func(ctx context.Context, network, addr string) (net.Conn, error)
	Dial        func(network, addr string) (net.Conn, error)
	// TLSHandshakeTimeout is there for programs that set it.
	TLSHandshakeTimeout time.Duration
	// DisableKeepAlives closes each connection after its request.
	DisableKeepAlives  bool
	DisableCompression bool
	// MaxIdleConns and MaxIdleConnsPerHost are how many connections are kept; 0: all, or 2.
	MaxIdleConns        int
	MaxIdleConnsPerHost int
	// MaxConnsPerHost is how many connections to a host there are at most; 0: any number.
	MaxConnsPerHost int
	// IdleConnTimeout is how long a connection is kept.
	IdleConnTimeout time.Duration
	// ResponseHeaderTimeout is how long to wait for the head of a response.
	ResponseHeaderTimeout time.Duration
	// ExpectContinueTimeout is how long to wait for "100 Continue" before the body is sent anyway.
	ExpectContinueTimeout time.Duration
	ProxyConnectHeader    Header
	// MaxResponseHeaderBytes is how long the head of a response may be.
	MaxResponseHeaderBytes int64
	WriteBufferSize        int
	ReadBufferSize         int
	ForceAttemptHTTP2      bool

	mu      sync.Mutex
	idle    map[string][]*clientConn // the last is the youngest
	idleLen int
	count   map[string]int
	waiting map[string][]chan struct{}
	schemes map[string]RoundTripper
}

// clientConn is a connection to a server.
type clientConn struct {
	t       *Transport
	key     string
	conn    net.Conn
	r       *bufio.Reader
	w       *bufio.Writer
	reused  bool
	proxied bool
	closed  bool
	timer   *time.Timer // closes it when it was idle for too long
	raw     syscall.RawConn
}

// Errors of transports.
var (
	errServerClosedIdle = errors.New("http: server closed idle connection")
	errRequestCanceled  = errors.New("net/http: request canceled")
	// ErrSkipAltProtocol makes a transport do what it would without another for the scheme.
	ErrSkipAltProtocol = errors.New("net/http: skip alternate protocol")
)

// Clone returns a copy of what is set.
func (t *Transport) Clone() *Transport {
	return &Transport{
		Proxy: t.Proxy, DialContext: t.DialContext, Dial: t.Dial, TLSHandshakeTimeout: t.TLSHandshakeTimeout,
		DisableKeepAlives: t.DisableKeepAlives, DisableCompression: t.DisableCompression, MaxIdleConns: t.MaxIdleConns,
		MaxIdleConnsPerHost: t.MaxIdleConnsPerHost, MaxConnsPerHost: t.MaxConnsPerHost, IdleConnTimeout: t.IdleConnTimeout,
		ResponseHeaderTimeout: t.ResponseHeaderTimeout, ExpectContinueTimeout: t.ExpectContinueTimeout,
		ProxyConnectHeader: t.ProxyConnectHeader.Clone(), MaxResponseHeaderBytes: t.MaxResponseHeaderBytes,
		WriteBufferSize: t.WriteBufferSize, ReadBufferSize: t.ReadBufferSize, ForceAttemptHTTP2: t.ForceAttemptHTTP2,
	}
}

// RegisterProtocol has another RoundTripper do requests of a scheme.
func (t *Transport) RegisterProtocol(scheme string, rt RoundTripper) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.schemes == nil {
		t.schemes = map[string]RoundTripper{}
	}
	if t.schemes[scheme] != nil {
		panic("protocol " + scheme + " already registered")
	}
	t.schemes[scheme] = rt
}

// ProxyFromEnvironment returns the proxy that HTTP_PROXY and NO_PROXY say.
func ProxyFromEnvironment(req *Request) (*url.URL, error) {
	host := req.URL.Hostname()
	if req.URL.Scheme != "http" || host == "localhost" {
		return nil, nil
	}
	if ip := net.ParseIP(host); ip != nil && ip.IsLoopback() {
		return nil, nil
	}
	p := os.Getenv("HTTP_PROXY")
	if p == "" {
		p = os.Getenv("http_proxy")
	}
	if p == "" || os.Getenv("REQUEST_METHOD") != "" {
		return nil, nil
	}
	no := os.Getenv("NO_PROXY")
	if no == "" {
		no = os.Getenv("no_proxy")
	}
	for one := range strings.SplitSeq(no, ",") {
		one = strings.ToLower(strings.TrimSpace(one))
		if one == "" {
			continue
		}
		if one == "*" || one == host || strings.HasSuffix(host, "."+strings.TrimPrefix(one, ".")) {
			return nil, nil
		}
	}
	u, err := url.Parse(p)
	if err != nil || u.Scheme == "" || u.Host == "" {
		if u, e := url.Parse("http://" + p); e == nil {
			return u, nil
		}
		return nil, fmt.Errorf("invalid proxy address %q: %v", p, err)
	}
	return u, nil
}

// ProxyURL returns a Proxy function that always returns the same.
func ProxyURL(fixedURL *url.URL) func(*Request) (*url.URL, error) {
	return func(*Request) (*url.URL, error) { return fixedURL, nil }
}

func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = "80"
		if u.Scheme == "https" {
			port = "443"
		}
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// replayable reports whether a request can be sent twice without harm.
func (r *Request) replayable() bool {
	if r.Body == nil || r.Body == NoBody || r.GetBody != nil {
		switch r.Method {
		case "", "GET", "HEAD", "OPTIONS", "TRACE":
			return true
		}
		return r.Header.has("Idempotency-Key") || r.Header.has("X-Idempotency-Key")
	}
	return false
}

// RoundTrip sends one request and returns its response.
func (t *Transport) RoundTrip(req *Request) (*Response, error) {
	if req.URL == nil {
		closeBody(req)
		return nil, errors.New("http: nil Request.URL")
	}
	if req.Header == nil {
		closeBody(req)
		return nil, errors.New("http: nil Request.Header")
	}
	t.mu.Lock()
	other := t.schemes[req.URL.Scheme]
	t.mu.Unlock()
	if other != nil {
		if resp, err := other.RoundTrip(req); err != ErrSkipAltProtocol {
			return resp, err
		}
	}
	for k, list := range req.Header {
		if !httphead.IsToken(k) {
			closeBody(req)
			return nil, fmt.Errorf("net/http: invalid header field name %q", k)
		}
		for _, v := range list {
			if !httphead.IsValue(v) {
				closeBody(req)
				return nil, fmt.Errorf("net/http: invalid header field value for %q", k)
			}
		}
	}
	switch {
	case req.URL.Scheme == "https":
		closeBody(req)
		return nil, errors.New("net/http: HTTPS is not supported")
	case req.URL.Scheme != "http":
		closeBody(req)
		return nil, badScheme(req.URL.Scheme)
	case req.Method != "" && !httphead.IsToken(req.Method):
		closeBody(req)
		return nil, fmt.Errorf("net/http: invalid method %q", req.Method)
	case req.URL.Host == "":
		closeBody(req)
		return nil, errors.New("http: no Host in request URL")
	}
	ctx := req.Context()
	if req.Cancel != nil {
		sub, cancel := context.WithCancelCause(ctx)
		go func() {
			select {
			case <-req.Cancel:
				cancel(errRequestCanceled)
			case <-sub.Done():
			}
		}()
		ctx = sub
	}
	var proxy *url.URL
	if t.Proxy != nil {
		var err error
		if proxy, err = t.Proxy(req); err != nil {
			closeBody(req)
			return nil, err
		}
	}
	for {
		if err := context.Cause(ctx); err != nil {
			closeBody(req)
			return nil, err
		}
		c, err := t.connect(ctx, req, proxy)
		if err != nil {
			closeBody(req)
			return nil, err
		}
		resp, again, err := c.roundTrip(ctx, req)
		if err == nil {
			return resp, nil
		}
		if !again {
			return nil, err
		}
		if req.Body != nil && req.Body != NoBody {
			if req.GetBody == nil {
				return nil, err
			}
			body, e := req.GetBody()
			if e != nil {
				return nil, e
			}
			again := *req
			again.Body = body
			req = &again
		}
	}
}

func badScheme(s string) error { return fmt.Errorf("unsupported protocol scheme %q", s) }

// connect returns a connection for a request: one that is kept, or a new one.
func (t *Transport) connect(ctx context.Context, req *Request, proxy *url.URL) (*clientConn, error) {
	addr := hostPort(req.URL)
	key := addr
	if proxy != nil {
		addr = hostPort(proxy)
		key = proxy.String() + "|"
	}
	for {
		if c := t.takeIdle(key); c != nil {
			return c, nil
		}
		wait := t.reserve(key)
		if wait == nil {
			break
		}
		select {
		case <-wait:
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		}
	}
	conn, err := t.dial(ctx, addr)
	if err != nil {
		t.unreserve(key)
		if proxy != nil {
			err = &net.OpError{Op: "proxyconnect", Net: "tcp", Err: err}
		}
		return nil, err
	}
	size := t.ReadBufferSize
	if size <= 0 {
		size = 4 << 10
	}
	c := &clientConn{t: t, key: key, conn: conn, proxied: proxy != nil}
	c.r = bufio.NewReaderSize(conn, size)
	c.w = bufio.NewWriter(conn)
	if s, ok := conn.(syscall.Conn); ok {
		c.raw, _ = s.SyscallConn()
	}
	return c, nil
}

func (t *Transport) dial(ctx context.Context, addr string) (net.Conn, error) {
	if t.DialContext != nil {
		c, err := t.DialContext(ctx, "tcp", addr)
		if c == nil && err == nil {
			err = errors.New("net/http: Transport.DialContext hook returned (nil, nil)")
		}
		return c, err
	}
	if t.Dial != nil {
		c, err := t.Dial("tcp", addr)
		if c == nil && err == nil {
			err = errors.New("net/http: Transport.Dial hook returned (nil, nil)")
		}
		return c, err
	}
	var d net.Dialer
	return d.DialContext(ctx, "tcp", addr)
}

// reserve counts a new connection; if there are too many, it returns a channel that says when to try again.
func (t *Transport) reserve(key string) chan struct{} {
	if t.MaxConnsPerHost <= 0 {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.count == nil {
		t.count = map[string]int{}
		t.waiting = map[string][]chan struct{}{}
	}
	if t.count[key] < t.MaxConnsPerHost {
		t.count[key]++
		return nil
	}
	ch := make(chan struct{})
	t.waiting[key] = append(t.waiting[key], ch)
	return ch
}

func (t *Transport) unreserve(key string) {
	if t.MaxConnsPerHost <= 0 {
		return
	}
	t.mu.Lock()
	t.count[key]--
	t.wake(key)
	t.mu.Unlock()
}

// wake lets those try again who wait for a connection. The lock is held.
func (t *Transport) wake(key string) {
	for _, ch := range t.waiting[key] {
		close(ch)
	}
	delete(t.waiting, key)
}

// takeIdle returns a connection that is kept, the youngest.
func (t *Transport) takeIdle(key string) *clientConn {
	for {
		t.mu.Lock()
		list := t.idle[key]
		if len(list) == 0 {
			t.mu.Unlock()
			return nil
		}
		c := list[len(list)-1]
		list[len(list)-1] = nil
		t.idle[key] = list[:len(list)-1]
		t.idleLen--
		t.mu.Unlock()
		if c.timer != nil {
			c.timer.Stop()
		}
		if c.alive() {
			c.reused = true
			return c
		}
		c.close()
	}
}

// alive reports whether an idle connection can still be used: nothing came and it was not closed.
func (c *clientConn) alive() bool {
	if c.r.Buffered() > 0 || c.closed {
		return false
	}
	if c.raw == nil {
		return true
	}
	ok := false
	err := c.raw.Control(func(fd uintptr) { ok = sys.Peek(int(fd)) == -sys.EAGAIN })
	return ok && err == nil
}

func (c *clientConn) close() {
	t := c.t
	t.mu.Lock()
	closed := c.closed
	c.closed = true
	t.mu.Unlock()
	if !closed {
		c.conn.Close()
		t.unreserve(c.key)
	}
}

// keep puts the connection aside for later requests.
func (c *clientConn) keep() {
	t := c.t
	perHost := t.MaxIdleConnsPerHost
	if perHost == 0 {
		perHost = DefaultMaxIdleConnsPerHost
	}
	t.mu.Lock()
	if t.DisableKeepAlives || perHost < 0 || len(t.idle[c.key]) >= perHost || c.closed {
		t.mu.Unlock()
		c.close()
		return
	}
	if t.idle == nil {
		t.idle = map[string][]*clientConn{}
	}
	var oldest *clientConn
	if t.MaxIdleConns > 0 && t.idleLen >= t.MaxIdleConns {
		for key, list := range t.idle {
			if len(list) > 0 {
				oldest = list[0]
				t.idle[key] = list[1:]
				t.idleLen--
				break
			}
		}
	}
	t.idle[c.key] = append(t.idle[c.key], c)
	t.idleLen++
	if t.IdleConnTimeout > 0 {
		if c.timer == nil {
			c.timer = time.AfterFunc(t.IdleConnTimeout, c.expire)
		} else {
			c.timer.Reset(t.IdleConnTimeout)
		}
	}
	t.wake(c.key)
	t.mu.Unlock()
	if oldest != nil {
		oldest.close()
	}
}

// expire closes the connection if it is still idle.
func (c *clientConn) expire() {
	t := c.t
	t.mu.Lock()
	list := t.idle[c.key]
	for i, x := range list {
		if x == c {
			t.idle[c.key] = append(list[:i:i], list[i+1:]...)
			t.idleLen--
			t.mu.Unlock()
			c.close()
			return
		}
	}
	t.mu.Unlock()
}

// CloseIdleConnections closes connections that are kept for later.
func (t *Transport) CloseIdleConnections() {
	t.mu.Lock()
	all := t.idle
	t.idle = nil
	t.idleLen = 0
	t.mu.Unlock()
	for _, list := range all {
		for _, c := range list {
			if c.timer != nil {
				c.timer.Stop()
			}
			c.close()
		}
	}
}

// CancelRequest does nothing: use a context.
func (t *Transport) CancelRequest(req *Request) {}

// roundTrip sends a request over the connection. again: another connection may do better, and trying does no harm.
func (c *clientConn) roundTrip(ctx context.Context, req *Request) (_ *Response, again bool, err error) {
	t := c.t
	sent := false // the server may have seen the request
	var extra Header
	if t.DisableKeepAlives && !req.Close && !anyHasToken(req.Header["Connection"], "close") {
		extra = Header{"Connection": {"close"}}
	}
	if c.proxied && req.URL.User == nil {
		if p, e := t.Proxy(req); e == nil && p != nil && p.User != nil {
			password, _ := p.User.Password()
			if extra == nil {
				extra = Header{}
			}
			extra.Set("Proxy-Authorization", "Basic "+basicAuth(p.User.Username(), password))
		}
	}
	head, err := req.appendHead(c.w.AvailableBuffer(), c.proxied, extra)
	if err != nil {
		closeBody(req)
		c.keep()
		return nil, false, err
	}
	// The context's end closes the connection, which ends whatever goes on there.
	var stop func() bool
	if ctx.Done() != nil {
		stop = context.AfterFunc(ctx, func() { c.conn.Close() })
	}
	fail := func(err error) (*Response, bool, error) {
		if stop != nil {
			stop()
		}
		c.close()
		if e := context.Cause(ctx); e != nil {
			return nil, false, e
		}
		// An old connection may have been closed at the other end just now.
		return nil, c.reused && (!sent || req.replayable()), err
	}
	_, err = c.w.Write(head)
	hasBody := req.outgoingLength() != 0
	written := make(chan error, 1)
	proceed := make(chan bool, 1) // may the body be sent?
	expects := hasBody && anyHasToken(req.Header["Expect"], "100-continue")
	if err == nil {
		if !hasBody {
			closeBody(req)
			err = c.w.Flush()
			written <- err
		} else {
			if expects {
				err = c.w.Flush()
			}
			// Beside us: the response may come before all is sent.
			go func() {
				if expects {
					timeout := t.ExpectContinueTimeout
					var timer <-chan time.Time
					if timeout > 0 {
						tm := time.NewTimer(timeout)
						defer tm.Stop()
						timer = tm.C
					}
					select {
					case ok := <-proceed:
						if !ok {
							closeBody(req)
							written <- nil
							return
						}
					case <-timer:
					}
				}
				err := req.writeBody(c.w)
				if err == nil {
					err = c.w.Flush()
				}
				if err != nil {
					// The response will not come either.
					c.conn.SetReadDeadline(time.Unix(1, 0))
				}
				written <- err
			}()
		}
	}
	if err != nil {
		return fail(err)
	}
	sent = true
	if t.ResponseHeaderTimeout > 0 {
		c.conn.SetReadDeadline(time.Now().Add(t.ResponseHeaderTimeout))
	}
	limit := 10 << 20
	if t.MaxResponseHeaderBytes > 0 {
		limit = int(t.MaxResponseHeaderBytes)
	}
	var resp *Response
	var continued bool
	for {
		if _, err := c.r.Peek(1); err != nil {
			if c.reused && err == io.EOF {
				err = errServerClosedIdle
			}
			return fail(c.readError(err, written))
		}
		resp, err = readResponse(c.r, req, limit)
		if err != nil {
			if err == errHeadTooLarge {
				err = fmt.Errorf("net/http: server response headers exceeded %d bytes; aborted", limit)
			}
			switch err {
			case io.EOF, io.ErrUnexpectedEOF:
			default:
				if _, ok := err.(net.Error); !ok {
					err = fmt.Errorf("net/http: HTTP/1.x transport connection broken: %w", err)
				}
			}
			return fail(c.readError(err, written))
		}
		if resp.StatusCode == StatusContinue && expects && !continued {
			continued = true
			proceed <- true
		}
		if resp.StatusCode >= 200 || resp.StatusCode == StatusSwitchingProtocols {
			break
		}
	}
	if expects && !continued {
		proceed <- false
	}
	if t.ResponseHeaderTimeout > 0 {
		c.conn.SetReadDeadline(time.Time{})
	}
	if resp.StatusCode == StatusSwitchingProtocols {
		if stop != nil {
			stop()
		}
		resp.Body = &switched{c}
		return resp, false, nil
	}
	done := func(reusable bool) {
		if stop != nil && !stop() {
			reusable = false
		}
		if reusable {
			select {
			case err := <-written:
				reusable = err == nil
			default:
				reusable = false // the request is still being sent
			}
		}
		if reusable && !resp.Close && !req.Close && !(expects && !continued) {
			c.keep()
		} else {
			c.close()
		}
	}
	b, ok := resp.Body.(*body)
	if !ok {
		if hasBody && !expects {
			// Give the end of the request a moment.
			select {
			case err := <-written:
				written <- err
			case <-time.After(50 * time.Millisecond):
			}
		}
		done(true)
		return resp, false, nil
	}
	resp.Body = &responseBody{body: b, ctx: ctx, done: done}
	return resp, false, nil
}

// readError is the error of a response that did not come.
func (c *clientConn) readError(err error, written chan error) error {
	if ne, ok := err.(net.Error); ok && ne.Timeout() {
		select {
		case werr := <-written:
			if werr != nil {
				return werr
			}
		default:
		}
		if c.t.ResponseHeaderTimeout > 0 {
			return &timeoutError{"net/http: timeout awaiting response headers"}
		}
	}
	return err
}

// responseBody gives the connection back when the body has been read.
type responseBody struct {
	*body
	ctx  context.Context
	done func(reusable bool)
	once sync.Once
}

func (b *responseBody) Read(p []byte) (int, error) {
	n, err := b.body.Read(p)
	if err != nil {
		if err == ErrBodyReadAfterClose {
			return n, errReadOnClosedResBody
		}
		if err != io.EOF {
			if e := context.Cause(b.ctx); e != nil {
				err = e
			}
		}
		b.once.Do(func() { b.done(err == io.EOF) })
	}
	return n, err
}

var errReadOnClosedResBody = errors.New("http: read on closed response body")

func (b *responseBody) Close() error {
	// A little that is left is cheaper to read than a new connection.
	b.once.Do(func() { b.done(b.body.atEnd()) })
	return b.body.Close()
}

// switched is a connection that speaks another protocol from here on.
type switched struct {
	c *clientConn
}

func (s *switched) Read(p []byte) (int, error)  { return s.c.r.Read(p) }
func (s *switched) Write(p []byte) (int, error) { return s.c.conn.Write(p) }

// CloseWrite ends writing, if the connection can do that.
func (s *switched) CloseWrite() error {
	if half, ok := s.c.conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

func (s *switched) Close() error {
	s.c.close()
	return nil
}
