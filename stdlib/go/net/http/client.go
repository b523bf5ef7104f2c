package http

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"sync"
	"time"
)

// ErrUseLastResponse is what CheckRedirect returns to have the redirect itself as the answer.
var ErrUseLastResponse = errors.New("net/http: use last response")

// ErrSchemeMismatch is there for old programs.
var ErrSchemeMismatch = errors.New("http: server gave HTTP response to HTTPS client")

// RoundTripper sends one request and returns its response.
type RoundTripper interface {
	RoundTrip(*Request) (*Response, error)
}

// CookieJar keeps cookies.
type CookieJar interface {
	SetCookies(u *url.URL, cookies []*Cookie)
	Cookies(u *url.URL) []*Cookie
}

// Client sends requests and follows redirects. The zero value is ready.
type Client struct {
	Transport RoundTripper // nil: DefaultTransport
	// CheckRedirect is asked before a redirect is followed; nil: up to 10.
	CheckRedirect func(req *Request, via []*Request) error
	Jar           CookieJar
	// Timeout is for all, with redirects and the body.
	Timeout time.Duration
}

// DefaultClient is the client of Get, Head and Post.
var DefaultClient = &Client{}

// Get sends a GET.
func Get(url string) (resp *Response, err error) { return DefaultClient.Get(url) }

// Head sends a HEAD.
func Head(url string) (resp *Response, err error) { return DefaultClient.Head(url) }

// Post sends a POST.
func Post(url, contentType string, body io.Reader) (resp *Response, err error) {
	return DefaultClient.Post(url, contentType, body)
}

// PostForm sends a POST with a form.
func PostForm(url string, data url.Values) (resp *Response, err error) {
	return DefaultClient.PostForm(url, data)
}

// Get sends a GET.
func (c *Client) Get(url string) (resp *Response, err error) {
	req, err := NewRequest("GET", url, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(req)
}

// Head sends a HEAD.
func (c *Client) Head(url string) (resp *Response, err error) {
	req, err := NewRequest("HEAD", url, nil)
	if err != nil {
		return nil, err
	}
	return c.Do(req)
}

// Post sends a POST.
func (c *Client) Post(url, contentType string, body io.Reader) (resp *Response, err error) {
	req, err := NewRequest("POST", url, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", contentType)
	return c.Do(req)
}

// PostForm sends a POST with a form.
func (c *Client) PostForm(url string, data url.Values) (resp *Response, err error) {
	return c.Post(url, "application/x-www-form-urlencoded", strings.NewReader(data.Encode()))
}

func (c *Client) transport() RoundTripper {
	if c.Transport != nil {
		return c.Transport
	}
	return DefaultTransport
}

// CloseIdleConnections closes connections that are kept for later.
func (c *Client) CloseIdleConnections() {
	if t, ok := c.transport().(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

func closeBody(r *Request) {
	if r.Body != nil {
		r.Body.Close()
	}
}

// methodName is how an error names a method: "Get".
func methodName(method string) string {
	if method == "" {
		return "Get"
	}
	return method[:1] + strings.ToLower(method[1:])
}

// shownURL is a URL as errors show it: without its password.
func shownURL(u *url.URL) string {
	if _, ok := u.User.Password(); ok {
		return strings.Replace(u.String(), u.User.String()+"@", u.User.Username()+":***@", 1)
	}
	return u.String()
}

// timeoutError is the error of a client's Timeout.
type timeoutError struct {
	err string
}

func (e *timeoutError) Error() string        { return e.err }
func (e *timeoutError) Timeout() bool        { return true }
func (e *timeoutError) Temporary() bool      { return true }
func (e *timeoutError) Is(target error) bool { return target == context.DeadlineExceeded }

// Do sends a request and follows redirects. The response's body must be closed.
func (c *Client) Do(req *Request) (*Response, error) {
	if req.URL == nil {
		closeBody(req)
		return nil, &url.Error{Op: methodName(req.Method), Err: errors.New("http: nil Request.URL")}
	}
	var deadline time.Time
	if c.Timeout > 0 {
		deadline = time.Now().Add(c.Timeout)
	}
	var via []*Request
	fail := func(err error) error {
		// The URL of the last request, without its password.
		shown := shownURL(req.URL)
		if len(via) > 0 && via[len(via)-1].Response != nil {
			shown = shownURL(via[len(via)-1].Response.Request.URL)
		}
		return &url.Error{Op: methodName(via0(via, req).Method), URL: shown, Err: err}
	}
	var resp *Response
	for {
		if len(via) > 0 {
			next, err := c.redirect(via, resp)
			if err != nil {
				if err == ErrUseLastResponse {
					return resp, nil
				}
				discard(resp)
				if next == nil {
					return nil, fail(err)
				}
				// As always, a response comes with the error.
				e := fail(err).(*url.Error)
				e.URL = resp.Header.get("Location")
				return resp, e
			}
			discard(resp)
			req = next
		}
		via = append(via, req)
		var err error
		resp, err = c.send(req, deadline)
		if err != nil {
			if !deadline.IsZero() && !time.Now().Before(deadline) {
				err = &timeoutError{err.Error() + " (Client.Timeout exceeded while awaiting headers)"}
			}
			return nil, &url.Error{Op: methodName(via[0].Method), URL: shownURL(req.URL), Err: err}
		}
		if !isRedirect(resp) {
			return resp, nil
		}
	}
}

func via0(via []*Request, req *Request) *Request {
	if len(via) > 0 {
		return via[0]
	}
	return req
}

// discard reads a little of a body so that its connection can be used again.
func discard(resp *Response) {
	const enough = 2 << 10
	if resp.ContentLength == -1 || resp.ContentLength <= enough {
		io.CopyN(io.Discard, resp.Body, enough)
	}
	resp.Body.Close()
}

func isRedirect(resp *Response) bool {
	switch resp.StatusCode {
	case 301, 302, 303, 307, 308:
		if resp.StatusCode >= 307 {
			r := resp.Request
			if resp.Header.get("Location") == "" {
				return false
			}
			if r.GetBody == nil && r.outgoingLength() != 0 {
				return false // the body cannot be sent again
			}
			return true
		}
		return resp.Header.get("Location") != ""
	}
	return false
}

// redirect returns the request that a redirect asks for.
func (c *Client) redirect(via []*Request, resp *Response) (*Request, error) {
	last := via[len(via)-1]
	u, err := last.URL.Parse(resp.Header.get("Location"))
	if err != nil {
		return nil, fmt.Errorf("failed to parse Location header %q: %v", resp.Header.get("Location"), err)
	}
	host := ""
	if via[0].Host != "" && via[0].Host != via[0].URL.Host && u.Host == via[0].URL.Host {
		host = via[0].Host
	}
	method := via[0].Method
	withBody := resp.StatusCode == 307 || resp.StatusCode == 308
	if withBody {
		method = last.Method
	} else {
		method = last.Method
		if method != "GET" && method != "HEAD" {
			method = "GET"
		}
	}
	req := &Request{
		Method: method, Response: resp, URL: u, Header: make(Header), Host: host,
		ctx: via[0].ctx, Cancel: via[0].Cancel, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
	}
	if withBody && via[0].GetBody != nil {
		if req.Body, err = via[0].GetBody(); err != nil {
			return nil, err
		}
		req.GetBody = via[0].GetBody
		req.ContentLength = via[0].ContentLength
	}
	sensitive := sameSite(via[0].URL, u)
	for k, v := range via[0].Header {
		switch k {
		case "Authorization", "Www-Authenticate", "Cookie", "Cookie2", "Proxy-Authorization", "Proxy-Authenticate":
			if !sensitive {
				continue
			}
			if k == "Cookie" && c.Jar != nil {
				continue
			}
		case "Content-Encoding", "Content-Language", "Content-Location", "Content-Type", "Content-Length":
			if !withBody {
				continue
			}
		}
		req.Header[k] = v
	}
	if ref := last.URL; !(ref.Scheme == "https" && u.Scheme == "http") {
		if via[0].Header.get("Referer") == "" {
			r := *ref
			r.User = nil
			r.Fragment, r.RawFragment = "", ""
			req.Header.Set("Referer", r.String())
		}
	}
	if c.CheckRedirect != nil {
		err = c.CheckRedirect(req, via)
	} else if len(via) >= 10 {
		err = errors.New("stopped after 10 redirects")
	}
	return req, err
}

// sameSite reports whether what was meant for one host may be sent to another: the same or one below it.
func sameSite(from, to *url.URL) bool {
	a, b := strings.ToLower(from.Hostname()), strings.ToLower(to.Hostname())
	return a == b || strings.HasSuffix(b, "."+a) && strings.IndexByte(a, ':') < 0
}

// send sends one request.
func (c *Client) send(req *Request, deadline time.Time) (*Response, error) {
	if c.Jar != nil {
		for _, cookie := range c.Jar.Cookies(req.URL) {
			if req.Header == nil {
				req.Header = Header{}
			}
			req.AddCookie(cookie)
		}
	}
	if req.RequestURI != "" {
		closeBody(req)
		return nil, errors.New("http: Request.RequestURI can't be set in client requests")
	}
	if req.Header == nil {
		req.Header = make(Header)
	}
	out := req
	if u := req.URL.User; u != nil && req.Header.get("Authorization") == "" {
		out = req.WithContext(req.Context())
		out.Header = req.Header.Clone()
		password, _ := u.Password()
		out.Header.Set("Authorization", "Basic "+basicAuth(u.Username(), password))
	}
	var cancel context.CancelFunc
	if !deadline.IsZero() {
		ctx, stop := context.WithDeadline(req.Context(), deadline)
		cancel = stop
		out = out.WithContext(ctx)
	}
	resp, err := c.transport().RoundTrip(out)
	if err != nil {
		if cancel != nil {
			cancel()
		}
		return nil, err
	}
	if resp == nil {
		return nil, fmt.Errorf("http: RoundTripper implementation (%T) returned a nil *Response with a nil error", c.transport())
	}
	if resp.Body == nil {
		resp.Body = NoBody
	}
	if resp.Request == nil || resp.Request == out {
		resp.Request = req
	}
	if c.Jar != nil {
		if list := resp.Cookies(); len(list) > 0 {
			c.Jar.SetCookies(req.URL, list)
		}
	}
	if cancel != nil {
		resp.Body = &timedBody{ReadCloser: resp.Body, stop: cancel, deadline: deadline}
	}
	return resp, nil
}

// timedBody is a body under a client's Timeout.
type timedBody struct {
	io.ReadCloser
	stop     context.CancelFunc
	deadline time.Time
	once     sync.Once
}

func (b *timedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	if err != nil && err != io.EOF && !time.Now().Before(b.deadline) {
		err = &timeoutError{err.Error() + " (Client.Timeout or context cancellation while reading body)"}
	}
	if err != nil {
		b.once.Do(b.stop)
	}
	return n, err
}

func (b *timedBody) Close() error {
	err := b.ReadCloser.Close()
	b.once.Do(b.stop)
	return err
}
