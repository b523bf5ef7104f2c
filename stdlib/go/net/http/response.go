package http

import (
	"bufio"
	"fmt"
	"internal/httphead"
	"io"
	"net/url"
	"strconv"
	"strings"
)

// Response is a response that a client received.
type Response struct {
	Status     string // "200 OK"
	StatusCode int
	Proto      string
	ProtoMajor int
	ProtoMinor int

	Header Header
	// Body is never nil. It must be closed; when it was read to the end the connection can be used again.
	Body io.ReadCloser
	// ContentLength is the body's, -1 if it is not known.
	ContentLength    int64
	TransferEncoding []string
	// Close says that the connection ends with the response.
	Close bool
	// Uncompressed says that the body was compressed on its way.
	Uncompressed bool
	// Trailer is what came behind the body, once that was read.
	Trailer Header
	// Request is what this is the response to.
	Request *Request
}

// Cookies returns the cookies that the response sets.
func (r *Response) Cookies() []*Cookie { return readSetCookies(r.Header) }

// Location returns the header Location, as seen from the request.
func (r *Response) Location() (*url.URL, error) {
	l := r.Header.get("Location")
	if l == "" {
		return nil, ErrNoLocation
	}
	if r.Request != nil && r.Request.URL != nil {
		return r.Request.URL.Parse(l)
	}
	return url.Parse(l)
}

// ProtoAtLeast reports whether the protocol's version is at least that.
func (r *Response) ProtoAtLeast(major, minor int) bool {
	return r.ProtoMajor > major || r.ProtoMajor == major && r.ProtoMinor >= minor
}

// ReadResponse reads the response to a request (nil: to a GET).
func ReadResponse(r *bufio.Reader, req *Request) (*Response, error) {
	return readResponse(r, req, 10<<20)
}

func readResponse(r *bufio.Reader, req *Request, limit int) (*Response, error) {
	head, err := readHead(r, limit)
	if err != nil {
		if err == io.EOF {
			err = io.ErrUnexpectedEOF
		}
		if line, _, _ := strings.Cut(head, "\n"); err == io.ErrUnexpectedEOF && line != "" && !strings.Contains(line, " ") {
			err = malformedError("malformed HTTP response " + strconv.Quote(strings.TrimSuffix(line, "\r")))
		}
		return nil, err
	}
	fields, bad := httphead.Split(head, httphead.Response)
	if bad != 0 && bad != httphead.BadFirstLine {
		return nil, malformed(fields, bad)
	}
	line := fields[0]
	proto, status, ok := strings.Cut(line, " ")
	if !ok || bad != 0 {
		return nil, malformedError("malformed HTTP response " + strconv.Quote(line))
	}
	resp := &Response{Proto: proto, Status: strings.TrimLeft(status, " "), Request: req}
	code, _, _ := strings.Cut(resp.Status, " ")
	if len(code) != 3 {
		return nil, malformedError("malformed HTTP status code " + strconv.Quote(code))
	}
	if resp.StatusCode, err = strconv.Atoi(code); err != nil || resp.StatusCode < 0 {
		return nil, malformedError("malformed HTTP status code " + strconv.Quote(code))
	}
	if resp.ProtoMajor, resp.ProtoMinor, ok = ParseHTTPVersion(proto); !ok {
		return nil, malformedError("malformed HTTP version " + strconv.Quote(proto))
	}
	resp.Header = makeHeader(fields[1:])
	method := "GET"
	if req != nil && req.Method != "" {
		method = req.Method
	}
	resp.Close = closesAfter(resp.ProtoMajor, resp.ProtoMinor, resp.Header)
	if resp.Close && resp.ProtoAtLeast(1, 1) {
		delete(resp.Header, "Connection") // the field says it
	}
	noBodyAtAll := method == "HEAD" || !bodyAllowed(resp.StatusCode)
	if noBodyAtAll {
		resp.ContentLength = 0
		if te := resp.Header["Transfer-Encoding"]; te != nil {
			resp.TransferEncoding = te
			delete(resp.Header, "Transfer-Encoding")
			resp.ContentLength = -1
		}
		if cl := resp.Header.get("Content-Length"); cl != "" {
			n, err := parseLength(cl)
			if err != nil {
				return nil, err
			}
			if method == "HEAD" {
				resp.ContentLength = n
			}
		} else if method == "HEAD" {
			resp.ContentLength = -1
		}
		resp.Body = NoBody
		return resp, nil
	}
	if resp.Header.has("Transfer-Encoding") && resp.ProtoAtLeast(1, 1) {
		// Some servers send both. Nobody else's response can hide behind ours: the connection is not used again.
		if resp.Header.has("Content-Length") {
			delete(resp.Header, "Content-Length")
			resp.Close = true
		}
	}
	length, chunked, err := framing(resp.Header, resp.ProtoMajor, resp.ProtoMinor)
	if err != nil {
		return nil, err
	}
	resp.ContentLength = length
	switch {
	case chunked:
		resp.TransferEncoding = []string{"chunked"}
		resp.Trailer = announcedTrailer(resp.Header, true)
		resp.Body = &body{src: r, chunked: true, trailer: &resp.Trailer}
	case length == 0:
		resp.Body = NoBody
	case length > 0:
		resp.Body = &body{src: r, left: length}
	default:
		resp.Close = true
		resp.Body = &body{src: r, left: -1}
	}
	return resp, nil
}

// Write writes the response as a server sends it.
func (r *Response) Write(w io.Writer) error {
	text := strings.TrimPrefix(r.Status, strconv.Itoa(r.StatusCode)+" ")
	if text == "" {
		if text = StatusText(r.StatusCode); text == "" {
			text = "status code " + strconv.Itoa(r.StatusCode)
		}
	}
	bw := bufio.NewWriter(w)
	fmt.Fprintf(bw, "HTTP/%d.%d %03d %s\r\n", r.ProtoMajor, r.ProtoMinor, r.StatusCode, text)
	length := r.ContentLength
	from := io.Reader(r.Body)
	if length == 0 && r.Body != nil && r.Body != NoBody {
		var one [1]byte
		if n, _ := r.Body.Read(one[:]); n > 0 {
			length = -1
			from = io.MultiReader(strings.NewReader(string(one[:])), r.Body)
		}
	}
	allowed := bodyAllowed(r.StatusCode) && (r.Request == nil || r.Request.Method != "HEAD")
	chunked := len(r.TransferEncoding) > 0 && r.TransferEncoding[0] == "chunked"
	if length < 0 && !chunked && r.ProtoAtLeast(1, 1) && !r.Uncompressed && !r.Close && allowed {
		r.Close = true
	}
	if r.Close {
		bw.WriteString("Connection: close\r\n")
	}
	switch {
	case chunked:
		bw.WriteString("Transfer-Encoding: chunked\r\n")
	case length > 0 || length == 0 && bodyAllowed(r.StatusCode):
		fmt.Fprintf(bw, "Content-Length: %d\r\n", length)
	}
	bw.Write(r.Header.appendTo(nil, func(key string) bool {
		return key == "Content-Length" || key == "Transfer-Encoding" || key == "Trailer" || r.Close && key == "Connection"
	}))
	bw.WriteString("\r\n")
	if r.Body != nil {
		if allowed {
			var err error
			if chunked {
				c := chunkWriter{bw}
				if _, err = io.Copy(c, from); err == nil {
					err = c.end(r.Trailer)
				}
			} else if length > 0 {
				_, err = io.CopyN(bw, from, length)
			} else {
				_, err = io.Copy(bw, from)
			}
			if err != nil {
				bw.Flush()
				return err
			}
		}
		r.Body.Close()
	}
	return bw.Flush()
}
