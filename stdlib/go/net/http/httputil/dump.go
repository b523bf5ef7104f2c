// Package httputil is for programs that look into HTTP or pass it on: dumps, and a reverse proxy.
package httputil

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// drain reads a body and returns two copies of it.
func drain(b io.ReadCloser) (one, two io.ReadCloser, err error) {
	if b == nil || b == http.NoBody {
		return http.NoBody, http.NoBody, nil
	}
	data, err := io.ReadAll(b)
	if err == nil {
		err = b.Close()
	}
	if err != nil {
		return nil, b, err
	}
	return io.NopCloser(bytes.NewReader(data)), io.NopCloser(bytes.NewReader(data)), nil
}

// dumpConn is a connection to nowhere: it keeps the request and answers with an empty response.
type dumpConn struct {
	bytes.Buffer
	answer *io.PipeReader
}

func (c *dumpConn) Read(p []byte) (int, error)       { return c.answer.Read(p) }
func (c *dumpConn) Close() error                     { return nil }
func (c *dumpConn) LocalAddr() net.Addr              { return nil }
func (c *dumpConn) RemoteAddr() net.Addr             { return nil }
func (c *dumpConn) SetDeadline(time.Time) error      { return nil }
func (c *dumpConn) SetReadDeadline(time.Time) error  { return nil }
func (c *dumpConn) SetWriteDeadline(time.Time) error { return nil }

// DumpRequestOut returns a client's request as it will be sent, with what the transport adds.
func DumpRequestOut(req *http.Request, body bool) ([]byte, error) {
	out := *req
	save := req.Body
	if !body {
		// As many bytes as there would be, or a chunked body, cut off afterwards.
		if req.Body != nil && req.Body != http.NoBody {
			out.Body = io.NopCloser(io.LimitReader(zeros{}, max(out.ContentLength, 1)))
		}
	} else {
		var err error
		if out.Body, save, err = drain(req.Body); err != nil {
			return nil, err
		}
		if req.Body == nil {
			out.Body, save = nil, nil
		}
	}
	defer func() { req.Body = save }()
	if out.URL.Scheme == "https" {
		u := *req.URL
		u.Scheme = "http"
		out.URL = &u
	}
	pr, pw := io.Pipe()
	defer pr.Close()
	c := &dumpConn{answer: pr}
	t := &http.Transport{Dial: func(network, addr string) (net.Conn, error) { return answering{c, pw}, nil }}
	defer t.CloseIdleConnections()
	if _, err := t.RoundTrip(&out); err != nil {
		pw.Close()
		return nil, err
	}
	dump := c.Bytes()
	if !body {
		if i := bytes.Index(dump, []byte("\r\n\r\n")); i >= 0 {
			dump = dump[:i+4]
		}
	}
	return dump, nil
}

// answering answers when the whole request has been written to it.
type answering struct {
	*dumpConn
	answer *io.PipeWriter
}

func (a answering) Write(p []byte) (int, error) {
	n, err := a.dumpConn.Write(p)
	r := bufio.NewReader(bytes.NewReader(a.Bytes()))
	if req, e := http.ReadRequest(r); e == nil {
		if _, e = io.Copy(io.Discard, req.Body); e == nil {
			go io.WriteString(a.answer, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")
		}
	}
	return n, err
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

func valueOr(value, other string) string {
	if value != "" {
		return value
	}
	return other
}

// without is what a dump leaves out of the header, as it has written it already.
var without = map[string]bool{"Host": true, "Transfer-Encoding": true, "Trailer": true}

// DumpRequest returns a request as a server has received it. The order and form of its header are not kept.
func DumpRequest(req *http.Request, body bool) ([]byte, error) {
	save := req.Body
	defer func() { req.Body = save }()
	var err error
	if body && req.Body != nil {
		if save, req.Body, err = drain(req.Body); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	target := req.RequestURI
	if target == "" {
		target = req.URL.RequestURI()
	}
	fmt.Fprintf(&b, "%s %s HTTP/%d.%d\r\n", valueOr(req.Method, "GET"), target, req.ProtoMajor, req.ProtoMinor)
	if !strings.HasPrefix(req.RequestURI, "http://") && !strings.HasPrefix(req.RequestURI, "https://") {
		host := req.Host
		if host == "" && req.URL != nil {
			host = req.URL.Host
		}
		if host != "" {
			fmt.Fprintf(&b, "Host: %s\r\n", host)
		}
	}
	chunked := len(req.TransferEncoding) > 0 && req.TransferEncoding[0] == "chunked"
	if len(req.TransferEncoding) > 0 {
		fmt.Fprintf(&b, "Transfer-Encoding: %s\r\n", strings.Join(req.TransferEncoding, ","))
	}
	if err = req.Header.WriteSubset(&b, without); err != nil {
		return nil, err
	}
	b.WriteString("\r\n")
	if req.Body != nil && body {
		var to io.Writer = &b
		if chunked {
			to = NewChunkedWriter(to)
		}
		_, err = io.Copy(to, req.Body)
		if chunked {
			to.(io.Closer).Close()
			b.WriteString("\r\n")
		}
	}
	return b.Bytes(), err
}

// errNoBody stands in for a body that is not dumped.
var errNoBody = errors.New("sentinel error value")

type failingBody struct{}

func (failingBody) Read([]byte) (int, error) { return 0, errNoBody }
func (failingBody) Close() error             { return nil }

// DumpResponse returns a response as a server would send it.
func DumpResponse(resp *http.Response, body bool) ([]byte, error) {
	var b bytes.Buffer
	var err error
	save, length := resp.Body, resp.ContentLength
	switch {
	case !body:
		if resp.ContentLength == 0 {
			resp.Body = http.NoBody
		} else {
			resp.Body = failingBody{}
		}
	case resp.Body == nil:
		resp.Body = http.NoBody
	default:
		if save, resp.Body, err = drain(resp.Body); err != nil {
			return nil, err
		}
	}
	err = resp.Write(&b)
	if errors.Is(err, errNoBody) {
		err = nil
	}
	resp.Body, resp.ContentLength = save, length
	return b.Bytes(), err
}

// ErrLineTooLong is the error of a chunked body with a line that is too long.
var ErrLineTooLong = http.ErrLineTooLong

// NewChunkedReader returns a reader of a chunked body.
func NewChunkedReader(r io.Reader) io.Reader {
	head := strings.NewReader("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
	resp, err := http.ReadResponse(bufio.NewReader(io.MultiReader(head, r)), &http.Request{Method: "GET", URL: &url.URL{}})
	if err != nil {
		return failing{err}
	}
	return resp.Body
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// NewChunkedWriter returns a writer that makes a chunk of each Write. Close writes the last, without what ends the trailer.
func NewChunkedWriter(w io.Writer) io.WriteCloser { return &chunkedWriter{w} }

type chunkedWriter struct {
	w io.Writer
}

func (c *chunkedWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if _, err := fmt.Fprintf(c.w, "%x\r\n", len(p)); err != nil {
		return 0, err
	}
	n, err := c.w.Write(p)
	if err == nil {
		_, err = io.WriteString(c.w, "\r\n")
	}
	return n, err
}

func (c *chunkedWriter) Close() error {
	_, err := io.WriteString(c.w, "0\r\n")
	return err
}
