package http

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"internal/httphead"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// Request is a request: one that a server received, or one that a client will send.
type Request struct {
	Method string // empty: GET
	URL    *url.URL

	Proto      string // "HTTP/1.1"
	ProtoMajor int
	ProtoMinor int

	Header Header
	// Body is never nil in a server. A client's is closed by the transport.
	Body io.ReadCloser
	// GetBody returns the body anew, for redirects.
	GetBody func() (io.ReadCloser, error)
	// ContentLength is the body's, -1 if it is not known.
	ContentLength    int64
	TransferEncoding []string
	// Close says that the connection ends with this request.
	Close bool
	// Host is where the request is for.
	Host string

	// Form is the parameters of URL and body, PostForm those of the body, after ParseForm.
	Form     url.Values
	PostForm url.Values
	// MultipartForm is a form with files, after ParseMultipartForm.
	MultipartForm *multipart.Form
	// Trailer is what comes behind the body.
	Trailer Header

	// RemoteAddr is the address that the request came from.
	RemoteAddr string
	// RequestURI is the target as it stood in the first line. A client may not set it.
	RequestURI string
	// Cancel is another way to end a client's request. A context does it better.
	Cancel <-chan struct{}
	// Response is the redirect that caused this request.
	Response *Response
	// Pattern is that of the ServeMux that matched.
	Pattern string

	ctx     context.Context
	values  []string // of the pattern's wildcards
	pattern *pattern
	other   map[string]string // set by SetPathValue
}

// Context returns the request's context: a server's ends when the client is gone or the handler returns.
func (r *Request) Context() context.Context {
	if r.ctx != nil {
		return r.ctx
	}
	return context.Background()
}

// WithContext returns a shallow copy with another context.
func (r *Request) WithContext(ctx context.Context) *Request {
	if ctx == nil {
		panic("nil context")
	}
	c := new(Request)
	*c = *r
	c.ctx = ctx
	return c
}

// Clone returns a deep copy with another context. The body is the same.
func (r *Request) Clone(ctx context.Context) *Request {
	c := r.WithContext(ctx)
	c.URL = r.URL.Clone()
	c.Header = r.Header.Clone()
	c.Trailer = r.Trailer.Clone()
	if r.TransferEncoding != nil {
		c.TransferEncoding = append([]string(nil), r.TransferEncoding...)
	}
	c.Form = r.Form.Clone()
	c.PostForm = r.PostForm.Clone()
	c.values = append([]string(nil), r.values...)
	if r.other != nil {
		c.other = map[string]string{}
		for k, v := range r.other {
			c.other[k] = v
		}
	}
	return c
}

// ProtoAtLeast reports whether the protocol's version is at least that.
func (r *Request) ProtoAtLeast(major, minor int) bool {
	return r.ProtoMajor > major || r.ProtoMajor == major && r.ProtoMinor >= minor
}

// UserAgent returns the header User-Agent.
func (r *Request) UserAgent() string { return r.Header.get("User-Agent") }

// Referer returns the header Referer.
func (r *Request) Referer() string { return r.Header.get("Referer") }

// Cookies returns the request's cookies.
func (r *Request) Cookies() []*Cookie { return readCookies(r.Header, "") }

// CookiesNamed returns the cookies of one name.
func (r *Request) CookiesNamed(name string) []*Cookie {
	if name == "" {
		return []*Cookie{}
	}
	return readCookies(r.Header, name)
}

// Cookie returns the cookie of one name, or ErrNoCookie.
func (r *Request) Cookie(name string) (*Cookie, error) {
	if name != "" {
		for _, c := range readCookies(r.Header, name) {
			return c, nil
		}
	}
	return nil, ErrNoCookie
}

// AddCookie adds a cookie to a request that will be sent.
func (r *Request) AddCookie(c *Cookie) {
	s := c.Name + "=" + cleanValue(c.Value, c.Quoted)
	if old := r.Header.get("Cookie"); old != "" {
		s = old + "; " + s
	}
	r.Header.Set("Cookie", s)
}

// BasicAuth returns the name and password of the header Authorization.
func (r *Request) BasicAuth() (username, password string, ok bool) {
	auth := r.Header.get("Authorization")
	const prefix = "Basic "
	if len(auth) < len(prefix) || !strings.EqualFold(auth[:len(prefix)], prefix) {
		return "", "", false
	}
	c, ok := decode64(auth[len(prefix):])
	if !ok {
		return "", "", false
	}
	username, password, ok = strings.Cut(c, ":")
	if !ok {
		return "", "", false
	}
	return username, password, true
}

// SetBasicAuth sets the header Authorization.
func (r *Request) SetBasicAuth(username, password string) {
	r.Header.Set("Authorization", "Basic "+basicAuth(username, password))
}

func basicAuth(username, password string) string {
	return encode64(username + ":" + password)
}

const digits64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func encode64(s string) string {
	var b []byte
	for i := 0; i < len(s); i += 3 {
		group := s[i:min(i+3, len(s))]
		n := 0
		for k := range 3 {
			n <<= 8
			if k < len(group) {
				n |= int(group[k])
			}
		}
		for k := range 4 {
			if k > len(group) {
				b = append(b, '=')
			} else {
				b = append(b, digits64[n>>(18-6*k)&63])
			}
		}
	}
	return string(b)
}

func decode64(s string) (string, bool) {
	if len(s)%4 != 0 {
		return "", false
	}
	var b []byte
	for i := 0; i < len(s); i += 4 {
		n, digits := 0, 0
		for k := range 4 {
			d := strings.IndexByte(digits64, s[i+k])
			if d < 0 {
				if s[i+k] != '=' || i+4 != len(s) || k < 2 {
					return "", false
				}
				d = 0
			} else if digits != k {
				return "", false // behind an equals sign
			} else {
				digits++
			}
			n = n<<6 | d
		}
		group := []byte{byte(n >> 16), byte(n >> 8), byte(n)}
		b = append(b, group[:digits-1]...)
	}
	return string(b), true
}

// PathValue returns what a wildcard of the pattern matched.
func (r *Request) PathValue(name string) string {
	if i := r.wildcard(name); i >= 0 {
		return r.values[i]
	}
	return r.other[name]
}

// SetPathValue sets what PathValue returns.
func (r *Request) SetPathValue(name, value string) {
	if i := r.wildcard(name); i >= 0 {
		r.values[i] = value
		return
	}
	if r.other == nil {
		r.other = map[string]string{}
	}
	r.other[name] = value
}

func (r *Request) wildcard(name string) int {
	if r.pattern == nil {
		return -1
	}
	i := 0
	for _, s := range r.pattern.segments {
		if s.wild && s.name != "" {
			if s.name == name {
				return i
			}
			i++
		}
	}
	return -1
}

// ---- reading ----

// ParseHTTPVersion reads "HTTP/1.1".
func ParseHTTPVersion(vers string) (major, minor int, ok bool) {
	switch vers {
	case "HTTP/1.1":
		return 1, 1, true
	case "HTTP/1.0":
		return 1, 0, true
	}
	if len(vers) != len("HTTP/X.Y") || !strings.HasPrefix(vers, "HTTP/") || vers[6] != '.' ||
		vers[5] < '0' || vers[5] > '9' || vers[7] < '0' || vers[7] > '9' {
		return 0, 0, false
	}
	return int(vers[5] - '0'), int(vers[7] - '0'), true
}

// parseTarget reads the target of a request.
func parseTarget(method, target string) (*url.URL, error) {
	if end := httphead.PlainPath(target); end > 0 {
		u := &url.URL{Path: target[:end]}
		if end < len(target) {
			u.RawQuery = target[end+1:]
			u.ForceQuery = u.RawQuery == ""
		}
		return u, nil
	}
	// CONNECT has an address alone.
	authority := method == "CONNECT" && !strings.HasPrefix(target, "/")
	if authority {
		target = "http://" + target
	}
	u, err := url.ParseRequestURI(target)
	if err == nil && authority {
		u.Scheme = ""
	}
	return u, err
}

// ReadRequest reads a request.
func ReadRequest(b *bufio.Reader) (*Request, error) {
	r, err := readRequest(b, DefaultMaxHeaderBytes, false)
	if err == errHeadTooLarge {
		err = ErrHeaderTooLong
	}
	return r, err
}

// readRequest reads a request with a head of at most limit bytes. A server wants a proper Host besides.
func readRequest(b *bufio.Reader, limit int, server bool) (*Request, error) {
	head, err := readHead(b, limit)
	if err != nil {
		if ne, ok := err.(net.Error); ok && ne.Timeout() && head != "" {
			err = io.ErrUnexpectedEOF // it began, and deserves an answer
		}
		return nil, err
	}
	fields, bad := httphead.Split(head, httphead.Request)
	if bad == httphead.BadFirstLine {
		return nil, malformedError("malformed HTTP request " + strconv.Quote(fields[0]))
	}
	if bad == httphead.BadHeaderName {
		if name, _, _ := strings.Cut(fields[0], ":"); name != "" && httphead.IsToken(strings.ReplaceAll(name, " ", "")) {
			return nil, badRequest("invalid header name")
		}
	}
	if bad != 0 {
		return nil, malformed(fields, bad)
	}
	r := &Request{Method: fields[0], RequestURI: fields[1], Proto: fields[2]}
	if !httphead.IsToken(r.Method) {
		return nil, malformedError("invalid method " + strconv.Quote(r.Method))
	}
	ok := false
	if r.ProtoMajor, r.ProtoMinor, ok = ParseHTTPVersion(r.Proto); !ok {
		return nil, malformedError("malformed HTTP version " + strconv.Quote(r.Proto))
	}
	if r.URL, err = parseTarget(r.Method, r.RequestURI); err != nil {
		return nil, err
	}
	r.Header = makeHeader(fields[3:])
	hosts := r.Header["Host"]
	if len(hosts) > 1 {
		return nil, malformedError("too many Host headers")
	}
	if r.URL.Host != "" {
		r.Host = r.URL.Host
	} else if len(hosts) == 1 {
		r.Host = hosts[0]
	}
	if len(hosts) == 1 {
		if server && !validHost(hosts[0]) {
			return nil, badRequest("malformed Host header")
		}
		delete(r.Header, "Host")
	} else if server && r.ProtoAtLeast(1, 1) && r.Method != "CONNECT" {
		return nil, badRequest("missing required Host header")
	}
	if p := r.Header["Pragma"]; len(p) > 0 && p[0] == "no-cache" && !r.Header.has("Cache-Control") {
		r.Header["Cache-Control"] = []string{"no-cache"}
	}
	r.Close = closesAfter(r.ProtoMajor, r.ProtoMinor, r.Header)
	length, chunked, err := framing(r.Header, r.ProtoMajor, r.ProtoMinor)
	if err != nil {
		return nil, err
	}
	switch {
	case chunked:
		r.ContentLength = -1
		r.TransferEncoding = []string{"chunked"}
		r.Trailer = announcedTrailer(r.Header, true)
		r.Body = &body{src: b, chunked: true, trailer: &r.Trailer}
	case length > 0:
		r.ContentLength = length
		r.Body = &body{src: b, left: length}
	default:
		r.Body = NoBody
	}
	return r, nil
}

// badRequest is an error that the client is told.
type badRequest string

func (e badRequest) Error() string { return "Bad Request: " + string(e) }

func validHost(h string) bool {
	for i := range len(h) {
		c := h[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("!$%&()*+,-.:;=['\\]_~", c) >= 0) {
			return false
		}
	}
	return true
}

// ---- forms ----

const (
	maxFormSize      = 10 << 20
	defaultMaxMemory = 32 << 20
)

// ParseForm reads the parameters of the URL and, for POST, PUT and PATCH, of the body.
func (r *Request) ParseForm() error {
	var err error
	if r.PostForm == nil {
		if r.Method == "POST" || r.Method == "PUT" || r.Method == "PATCH" {
			r.PostForm, err = r.parsePostForm()
		}
		if r.PostForm == nil {
			r.PostForm = make(url.Values)
		}
	}
	if r.Form == nil {
		r.Form = make(url.Values)
		for k, v := range r.PostForm {
			r.Form[k] = append(r.Form[k], v...)
		}
		if r.URL != nil {
			q, e := url.ParseQuery(r.URL.RawQuery)
			if err == nil {
				err = e
			}
			for k, v := range q {
				r.Form[k] = append(r.Form[k], v...)
			}
		}
	}
	return err
}

func (r *Request) parsePostForm() (url.Values, error) {
	if r.Body == nil {
		return nil, errors.New("missing form body")
	}
	ct := r.Header.get("Content-Type")
	if ct == "" {
		ct = "application/octet-stream"
	}
	ct, _, err := mime.ParseMediaType(ct)
	if ct != "application/x-www-form-urlencoded" {
		return nil, err
	}
	var from io.Reader = r.Body
	limit := int64(1<<63 - 1)
	if _, limited := r.Body.(*maxBytesReader); !limited {
		limit = maxFormSize
		from = io.LimitReader(r.Body, maxFormSize+1)
	}
	b, e := io.ReadAll(from)
	if e != nil {
		if err == nil {
			err = e
		}
		return nil, err
	}
	if int64(len(b)) > limit {
		return nil, errors.New("http: POST too large")
	}
	v, e := url.ParseQuery(string(b))
	if err == nil {
		err = e
	}
	return v, err
}

var multipartByReader = &multipart.Form{}

// MultipartReader returns a reader of the parts of a form with files, instead of ParseMultipartForm.
func (r *Request) MultipartReader() (*multipart.Reader, error) {
	if r.MultipartForm == multipartByReader {
		return nil, errors.New("http: MultipartReader called twice")
	}
	if r.MultipartForm != nil {
		return nil, errors.New("http: multipart handled by ParseMultipartForm")
	}
	r.MultipartForm = multipartByReader
	return r.multipartReader(true)
}

func (r *Request) multipartReader(mixed bool) (*multipart.Reader, error) {
	ct := r.Header.get("Content-Type")
	if ct == "" {
		return nil, ErrNotMultipart
	}
	if r.Body == nil {
		return nil, errors.New("missing form body")
	}
	t, params, err := mime.ParseMediaType(ct)
	if err != nil || !(t == "multipart/form-data" || mixed && t == "multipart/mixed") {
		return nil, ErrNotMultipart
	}
	boundary, ok := params["boundary"]
	if !ok {
		return nil, ErrMissingBoundary
	}
	return multipart.NewReader(r.Body, boundary), nil
}

// ParseMultipartForm reads a form with files; of the files up to maxMemory bytes are kept in memory.
func (r *Request) ParseMultipartForm(maxMemory int64) error {
	if r.MultipartForm == multipartByReader {
		return errors.New("http: multipart handled by MultipartReader")
	}
	var formErr error
	if r.Form == nil {
		formErr = r.ParseForm()
	}
	if r.MultipartForm != nil {
		return nil
	}
	mr, err := r.multipartReader(false)
	if err != nil {
		return err
	}
	f, err := mr.ReadForm(maxMemory)
	if err != nil {
		return err
	}
	if r.PostForm == nil {
		r.PostForm = make(url.Values)
	}
	for k, v := range f.Value {
		r.Form[k] = append(r.Form[k], v...)
		r.PostForm[k] = append(r.PostForm[k], v...)
	}
	r.MultipartForm = f
	return formErr
}

// FormValue returns a parameter's first value.
func (r *Request) FormValue(key string) string {
	if r.Form == nil {
		r.ParseMultipartForm(defaultMaxMemory)
	}
	return r.Form.Get(key)
}

// PostFormValue returns the first value of a parameter in the body.
func (r *Request) PostFormValue(key string) string {
	if r.PostForm == nil {
		r.ParseMultipartForm(defaultMaxMemory)
	}
	return r.PostForm.Get(key)
}

// FormFile returns the first file of a name in a form.
func (r *Request) FormFile(key string) (multipart.File, *multipart.FileHeader, error) {
	if r.MultipartForm == multipartByReader {
		return nil, nil, errors.New("http: multipart handled by MultipartReader")
	}
	if r.MultipartForm == nil {
		if err := r.ParseMultipartForm(defaultMaxMemory); err != nil {
			return nil, nil, err
		}
	}
	if r.MultipartForm != nil && r.MultipartForm.File != nil {
		if list := r.MultipartForm.File[key]; len(list) > 0 {
			f, err := list[0].Open()
			return f, list[0], err
		}
	}
	return nil, nil, ErrMissingFile
}

// ---- making and writing ----

// NewRequest makes a request for a client.
func NewRequest(method, url string, body io.Reader) (*Request, error) {
	return NewRequestWithContext(context.Background(), method, url, body)
}

// NewRequestWithContext makes a request for a client, which ends with the context.
func NewRequestWithContext(ctx context.Context, method, target string, body io.Reader) (*Request, error) {
	if method == "" {
		method = "GET"
	}
	if !httphead.IsToken(method) {
		return nil, fmt.Errorf("net/http: invalid method %q", method)
	}
	if ctx == nil {
		return nil, errors.New("net/http: nil Context")
	}
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	rc, ok := body.(io.ReadCloser)
	if !ok && body != nil {
		rc = io.NopCloser(body)
	}
	u.Host = removeEmptyPort(u.Host)
	r := &Request{
		ctx: ctx, Method: method, URL: u, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: make(Header), Body: rc, Host: u.Host,
	}
	switch v := body.(type) {
	case *bytes.Buffer:
		r.ContentLength = int64(v.Len())
		data := v.Bytes()
		r.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	case *bytes.Reader:
		r.ContentLength = int64(v.Len())
		snapshot := *v
		r.GetBody = func() (io.ReadCloser, error) {
			c := snapshot
			return io.NopCloser(&c), nil
		}
	case *strings.Reader:
		r.ContentLength = int64(v.Len())
		snapshot := *v
		r.GetBody = func() (io.ReadCloser, error) {
			c := snapshot
			return io.NopCloser(&c), nil
		}
	}
	if r.GetBody != nil && r.ContentLength == 0 {
		r.Body = NoBody
		r.GetBody = func() (io.ReadCloser, error) { return NoBody, nil }
	}
	return r, nil
}

func removeEmptyPort(host string) string {
	if strings.LastIndexByte(host, ':') > strings.LastIndexByte(host, ']') {
		return strings.TrimSuffix(host, ":")
	}
	return host
}

const defaultUserAgent = "Go-http-client/1.1"

// outgoingLength returns how long a body is that will be sent, -1 if that is not known.
func (r *Request) outgoingLength() int64 {
	if r.Body == nil || r.Body == NoBody {
		return 0
	}
	if r.ContentLength != 0 {
		return r.ContentLength
	}
	return -1
}

var errMissingHost = errors.New("http: Request.Write on Request with no Host or URL set")

// appendHead appends the head that the request is sent with.
func (r *Request) appendHead(b []byte, proxy bool, extra Header) ([]byte, error) {
	host := r.Host
	if host == "" {
		if r.URL == nil || r.URL.Host == "" {
			return nil, errMissingHost
		}
		host = r.URL.Host
	}
	if i := strings.IndexByte(host, '%'); i >= 0 && host[0] == '[' {
		// A zone is nothing to the other end.
		if j := strings.LastIndexByte(host, ']'); j > i {
			host = host[:i] + host[j:]
		}
	}
	if i := strings.IndexAny(host, "/ "); i >= 0 {
		host = host[:i]
	}
	if !validHost(host) {
		return nil, errors.New("http: invalid Host header")
	}
	method := r.Method
	if method == "" {
		method = "GET"
	}
	target := r.URL.RequestURI()
	if proxy && r.URL.Scheme != "" && r.URL.Opaque == "" {
		target = r.URL.Scheme + "://" + host + target
	} else if method == "CONNECT" && r.URL.Path == "" {
		target = host
		if r.URL.Opaque != "" {
			target = r.URL.Opaque
		}
	}
	for i := range len(target) {
		if target[i] < ' ' || target[i] == 0x7f {
			return nil, errors.New("net/http: can't write control character in Request.URL")
		}
	}
	b = append(b, method...)
	b = append(b, ' ')
	b = append(b, target...)
	b = append(b, " HTTP/1.1\r\nHost: "...)
	b = append(b, host...)
	b = append(b, "\r\n"...)
	agent := defaultUserAgent
	if r.Header.has("User-Agent") {
		agent = r.Header.get("User-Agent")
	}
	if agent != "" {
		b = append(b, "User-Agent: "...)
		b = appendValue(b, agent)
		b = append(b, "\r\n"...)
	}
	if r.Close && !anyHasToken(r.Header["Connection"], "close") {
		b = append(b, "Connection: close\r\n"...)
	}
	switch n := r.outgoingLength(); {
	case n > 0:
		b = append(b, "Content-Length: "...)
		b = strconv.AppendInt(b, n, 10)
		b = append(b, "\r\n"...)
	case n < 0:
		b = append(b, "Transfer-Encoding: chunked\r\n"...)
		if len(r.Trailer) > 0 {
			b = append(b, "Trailer: "+strings.Join(sortedKeys(r.Trailer), ",")+"\r\n"...)
		}
	case method == "POST" || method == "PUT" || method == "PATCH":
		b = append(b, "Content-Length: 0\r\n"...)
	}
	b = r.Header.appendTo(b, func(key string) bool {
		switch key {
		case "Host", "User-Agent", "Content-Length", "Transfer-Encoding", "Trailer":
			return true
		}
		return false
	})
	if extra != nil {
		b = extra.appendTo(b, nil)
	}
	return append(b, "\r\n"...), nil
}

// writeBody writes the body, and closes it.
func (r *Request) writeBody(w *bufio.Writer) error {
	n := r.outgoingLength()
	if n == 0 {
		if r.Body != nil {
			return r.Body.Close()
		}
		return nil
	}
	var err error
	if n < 0 {
		c := chunkWriter{w}
		if _, err = io.Copy(c, r.Body); err == nil {
			err = c.end(r.Trailer)
		}
	} else {
		var got int64
		got, err = io.Copy(writerOnly{w}, io.LimitReader(r.Body, n))
		if err == nil {
			more, e := io.Copy(io.Discard, r.Body)
			if got += more; e != nil {
				err = e
			} else if got != n {
				err = fmt.Errorf("http: ContentLength=%d with Body length %d", n, got)
			}
		}
	}
	if e := r.Body.Close(); err == nil {
		err = e
	}
	return err
}

type writerOnly struct {
	io.Writer
}

// Write writes the request as a client sends it.
func (r *Request) Write(w io.Writer) error { return r.write(w, false) }

// WriteProxy is like Write with the whole URL in the first line.
func (r *Request) WriteProxy(w io.Writer) error { return r.write(w, true) }

func (r *Request) write(w io.Writer, proxy bool) error {
	head, err := r.appendHead(nil, proxy, nil)
	if err != nil {
		return err
	}
	bw, ok := w.(*bufio.Writer)
	if !ok {
		bw = bufio.NewWriter(w)
	}
	bw.Write(head)
	if err := r.writeBody(bw); err != nil {
		return err
	}
	if !ok {
		return bw.Flush()
	}
	return nil
}

// maxBytesReader is a body that may not be longer than so much.
type maxBytesReader struct {
	w    ResponseWriter
	r    io.ReadCloser
	max  int64
	left int64
	err  error
}

// MaxBytesError is the error of a body that is longer than MaxBytesReader allows.
type MaxBytesError struct {
	Limit int64
}

func (e *MaxBytesError) Error() string { return "http: request body too large" }

// MaxBytesReader returns a body that fails behind n bytes; the connection is closed then.
func MaxBytesReader(w ResponseWriter, r io.ReadCloser, n int64) io.ReadCloser {
	n = max(n, 0)
	return &maxBytesReader{w: w, r: r, max: n, left: n}
}

func (l *maxBytesReader) Read(p []byte) (n int, err error) {
	if l.err != nil {
		return 0, l.err
	}
	if len(p) == 0 {
		return 0, nil
	}
	if int64(len(p))-1 > l.left {
		p = p[:l.left+1]
	}
	n, err = l.r.Read(p)
	if int64(n) <= l.left {
		l.left -= int64(n)
		l.err = err
		return n, err
	}
	n = int(l.left)
	l.left = 0
	if t, ok := l.w.(interface{ requestTooLarge() }); ok {
		t.requestTooLarge()
	}
	l.err = &MaxBytesError{l.max}
	return n, l.err
}

func (l *maxBytesReader) Close() error { return l.r.Close() }
