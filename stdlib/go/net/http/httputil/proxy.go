package httputil

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"net/textproto"
	"net/url"
	"strings"
	"sync"
	"time"
)

// ProxyRequest is a request that a ReverseProxy rewrites.
type ProxyRequest struct {
	// In is the request as it came; it may not be changed.
	In *http.Request
	// Out is the request that will be sent.
	Out *http.Request
}

// SetURL directs the request to target: its scheme and host, and its path in front of the request's.
func (r *ProxyRequest) SetURL(target *url.URL) {
	redirect(r.Out, target)
	r.Out.Host = ""
}

// SetXForwarded sets the headers X-Forwarded-For, X-Forwarded-Host and X-Forwarded-Proto.
func (r *ProxyRequest) SetXForwarded() {
	host, _, err := net.SplitHostPort(r.In.RemoteAddr)
	if err == nil {
		if prior := r.Out.Header["X-Forwarded-For"]; len(prior) > 0 {
			host = strings.Join(prior, ", ") + ", " + host
		}
		r.Out.Header.Set("X-Forwarded-For", host)
	} else {
		r.Out.Header.Del("X-Forwarded-For")
	}
	r.Out.Header.Set("X-Forwarded-Host", r.In.Host)
	r.Out.Header.Set("X-Forwarded-Proto", "http")
}

// ReverseProxy passes requests on to another server, and the answers back.
type ReverseProxy struct {
	// Rewrite makes the request that is sent. Either it or Director is set.
	Rewrite func(*ProxyRequest)
	// Director changes the request that is sent. Rewrite does it better.
	Director func(*http.Request)
	// Transport sends the requests; nil: http.DefaultTransport.
	Transport http.RoundTripper
	// FlushInterval is how often what was copied is sent; below zero: at once.
	FlushInterval time.Duration
	ErrorLog      *log.Logger
	BufferPool    BufferPool
	// ModifyResponse changes the response; an error goes to ErrorHandler.
	ModifyResponse func(*http.Response) error
	// ErrorHandler answers when there is no response; nil: 502.
	ErrorHandler func(http.ResponseWriter, *http.Request, error)
}

// BufferPool lends memory for copying.
type BufferPool interface {
	Get() []byte
	Put([]byte)
}

// NewSingleHostReverseProxy returns a proxy that passes everything on to target.
func NewSingleHostReverseProxy(target *url.URL) *ReverseProxy {
	return &ReverseProxy{Director: func(req *http.Request) { redirect(req, target) }}
}

func redirect(req *http.Request, target *url.URL) {
	req.URL.Scheme = target.Scheme
	req.URL.Host = target.Host
	req.URL.Path, req.URL.RawPath = joinPaths(target, req.URL)
	if target.RawQuery == "" || req.URL.RawQuery == "" {
		req.URL.RawQuery = target.RawQuery + req.URL.RawQuery
	} else {
		req.URL.RawQuery = target.RawQuery + "&" + req.URL.RawQuery
	}
}

func join(a, b string) string {
	switch slashA, slashB := strings.HasSuffix(a, "/"), strings.HasPrefix(b, "/"); {
	case slashA && slashB:
		return a + b[1:]
	case !slashA && !slashB:
		return a + "/" + b
	}
	return a + b
}

func joinPaths(a, b *url.URL) (path, raw string) {
	path = join(a.Path, b.Path)
	if a.RawPath != "" || b.RawPath != "" {
		raw = join(a.EscapedPath(), b.EscapedPath())
	}
	return path, raw
}

// hopByHop is what is between two neighbours alone.
var hopByHop = []string{"Connection", "Proxy-Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Te",
	"Trailer", "Transfer-Encoding", "Upgrade"}

func removeHopByHop(h http.Header) {
	for _, line := range h["Connection"] {
		for name := range strings.SplitSeq(line, ",") {
			if name = textproto.TrimString(name); name != "" {
				h.Del(name)
			}
		}
	}
	for _, name := range hopByHop {
		h.Del(name)
	}
}

func upgrade(h http.Header) string {
	for _, line := range h["Connection"] {
		for token := range strings.SplitSeq(line, ",") {
			if strings.EqualFold(textproto.TrimString(token), "upgrade") {
				return h.Get("Upgrade")
			}
		}
	}
	return ""
}

func (p *ReverseProxy) logf(format string, args ...any) {
	if p.ErrorLog != nil {
		p.ErrorLog.Printf(format, args...)
	} else {
		log.Printf(format, args...)
	}
}

func (p *ReverseProxy) fail(w http.ResponseWriter, r *http.Request, err error) {
	if p.ErrorHandler != nil {
		p.ErrorHandler(w, r, err)
		return
	}
	p.logf("http: proxy error: %v", err)
	w.WriteHeader(http.StatusBadGateway)
}

// ServeHTTP passes a request on.
func (p *ReverseProxy) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	transport := p.Transport
	if transport == nil {
		transport = http.DefaultTransport
	}
	ctx, cancel := context.WithCancel(req.Context())
	defer cancel()
	out := req.Clone(ctx)
	if req.ContentLength == 0 {
		out.Body = nil
	}
	if out.Body != nil {
		defer out.Body.Close()
	}
	if out.Header == nil {
		out.Header = make(http.Header)
	}
	if (p.Director != nil) == (p.Rewrite != nil) {
		p.fail(w, req, errors.New("ReverseProxy must have exactly one of Director or Rewrite set"))
		return
	}
	if p.Director != nil {
		p.Director(out)
	}
	out.Close = false
	protocol := upgrade(out.Header)
	trailers := false
	for _, line := range out.Header["Te"] {
		trailers = trailers || strings.Contains(strings.ToLower(line), "trailers")
	}
	removeHopByHop(out.Header)
	if trailers {
		out.Header.Set("Te", "trailers")
	}
	if protocol != "" {
		out.Header.Set("Connection", "Upgrade")
		out.Header.Set("Upgrade", protocol)
	}
	if p.Rewrite != nil {
		// What the client says of itself is not believed.
		for _, name := range []string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto"} {
			out.Header.Del(name)
		}
		out.URL.RawQuery = cleanQuery(out.URL.RawQuery)
		pr := &ProxyRequest{In: req, Out: out}
		p.Rewrite(pr)
		out = pr.Out
	} else if client, _, err := net.SplitHostPort(req.RemoteAddr); err == nil {
		prior, ok := out.Header["X-Forwarded-For"]
		if !ok || prior != nil {
			if len(prior) > 0 {
				client = strings.Join(prior, ", ") + ", " + client
			}
			out.Header.Set("X-Forwarded-For", client)
		}
	}
	if _, ok := out.Header["User-Agent"]; !ok {
		out.Header.Set("User-Agent", "") // not ours
	}
	out.RequestURI = ""
	resp, err := transport.RoundTrip(out)
	if err != nil {
		p.fail(w, out, err)
		return
	}
	if resp.StatusCode == http.StatusSwitchingProtocols {
		if p.modify(w, resp, out) {
			p.switchProtocols(w, out, resp, protocol)
		}
		return
	}
	removeHopByHop(resp.Header)
	if !p.modify(w, resp, out) {
		return
	}
	h := w.Header()
	for k, v := range resp.Header {
		for _, x := range v {
			h.Add(k, x)
		}
	}
	announced := len(resp.Trailer)
	if announced > 0 {
		names := make([]string, 0, announced)
		for k := range resp.Trailer {
			names = append(names, k)
		}
		h.Add("Trailer", strings.Join(names, ", "))
	}
	w.WriteHeader(resp.StatusCode)
	if err := p.copy(w, resp); err != nil {
		resp.Body.Close()
		if req.Context().Value(http.ServerContextKey) == nil {
			p.logf("suppressing panic for copyResponse error in test; copy error: %v", err)
			return
		}
		// The answer is cut short: the connection has to be.
		panic(http.ErrAbortHandler)
	}
	resp.Body.Close() // now the trailer is there
	if len(resp.Trailer) > 0 {
		http.NewResponseController(w).Flush()
	}
	for k, v := range resp.Trailer {
		if len(resp.Trailer) != announced {
			k = http.TrailerPrefix + k
		}
		for _, x := range v {
			h.Add(k, x)
		}
	}
}

// cleanQuery drops what the next server may read in another way.
func cleanQuery(q string) string {
	if _, err := url.ParseQuery(q); err == nil {
		return q
	}
	v, _ := url.ParseQuery(q)
	return v.Encode()
}

func (p *ReverseProxy) modify(w http.ResponseWriter, resp *http.Response, req *http.Request) bool {
	if p.ModifyResponse == nil {
		return true
	}
	if err := p.ModifyResponse(resp); err != nil {
		resp.Body.Close()
		p.fail(w, req, err)
		return false
	}
	return true
}

// interval is how often a response is flushed.
func (p *ReverseProxy) interval(resp *http.Response) time.Duration {
	if t, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); t == "text/event-stream" || resp.ContentLength == -1 {
		return -1
	}
	return p.FlushInterval
}

func (p *ReverseProxy) copy(w http.ResponseWriter, resp *http.Response) error {
	var to io.Writer = w
	if d := p.interval(resp); d != 0 {
		f := &flusher{w: w, rc: http.NewResponseController(w), interval: d}
		defer f.stop()
		f.rc.Flush() // the header
		to = f
	}
	var buf []byte
	if p.BufferPool != nil {
		buf = p.BufferPool.Get()
		defer func() { p.BufferPool.Put(buf) }()
	}
	if len(buf) == 0 {
		buf = make([]byte, 32<<10)
	}
	for {
		n, err := resp.Body.Read(buf)
		if err != nil && err != io.EOF && err != context.Canceled {
			p.logf("httputil: ReverseProxy read error during body copy: %v", err)
		}
		if n > 0 {
			m, werr := to.Write(buf[:n])
			if werr != nil {
				return werr
			}
			if m != n {
				return io.ErrShortWrite
			}
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// flusher sends what is written to it after a time, or at once.
type flusher struct {
	w        io.Writer
	rc       *http.ResponseController
	interval time.Duration
	mu       sync.Mutex
	timer    *time.Timer
	pending  bool
}

func (f *flusher) Write(p []byte) (n int, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	n, err = f.w.Write(p)
	switch {
	case f.interval < 0:
		f.rc.Flush()
	case f.pending:
	case f.timer == nil:
		f.timer = time.AfterFunc(f.interval, f.flush)
		f.pending = true
	default:
		f.timer.Reset(f.interval)
		f.pending = true
	}
	return n, err
}

func (f *flusher) flush() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.pending {
		f.rc.Flush()
		f.pending = false
	}
}

func (f *flusher) stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.pending = false
	if f.timer != nil {
		f.timer.Stop()
	}
}

// switchProtocols joins both connections from here on.
func (p *ReverseProxy) switchProtocols(w http.ResponseWriter, req *http.Request, resp *http.Response, asked string) {
	if got := upgrade(resp.Header); !strings.EqualFold(asked, got) {
		p.fail(w, req, fmt.Errorf("backend tried to switch protocol %q when %q was requested", got, asked))
		return
	}
	back, ok := resp.Body.(io.ReadWriteCloser)
	if !ok {
		p.fail(w, req, errors.New("internal error: 101 switching protocols response with non-writable body"))
		return
	}
	defer back.Close()
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		p.fail(w, req, fmt.Errorf("Hijack failed on protocol switch: %v", err))
		return
	}
	defer conn.Close()
	h := w.Header()
	for k, v := range resp.Header {
		h[k] = v
	}
	resp.Header = h
	resp.Body = nil
	if err := resp.Write(rw); err != nil {
		p.logf("response write: %v", err)
		return
	}
	if err := rw.Flush(); err != nil {
		p.logf("response flush: %v", err)
		return
	}
	// The end of one direction is passed on; the other may last longer.
	done := make(chan error, 2)
	join := func(to io.Writer, from io.Reader) {
		_, err := io.Copy(to, from)
		if half, ok := to.(interface{ CloseWrite() error }); ok && err == nil {
			err = half.CloseWrite()
		}
		done <- err
	}
	go join(back, rw)
	go join(conn, back)
	if <-done == nil {
		<-done
	}
}
