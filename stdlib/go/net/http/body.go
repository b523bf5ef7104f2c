package http

import (
	"bufio"
	"errors"
	"internal/httphead"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// NoBody is a body without anything in it.
var NoBody = noBody{}

type noBody struct{}

func (noBody) Read([]byte) (int, error)         { return 0, io.EOF }
func (noBody) Close() error                     { return nil }
func (noBody) WriteTo(io.Writer) (int64, error) { return 0, nil }

// Errors of bodies.
var (
	// ErrBodyReadAfterClose: a body was read after it was closed, or after the handler's end.
	ErrBodyReadAfterClose = errors.New("http: invalid Read on closed Body")
	// ErrBodyNotAllowed: something was written where no body can be.
	ErrBodyNotAllowed = errors.New("http: request method or response status code does not allow body")
	// ErrContentLength: more was written than announced.
	ErrContentLength = errors.New("http: wrote more than the declared Content-Length")
	// ErrLineTooLong: a line in a chunked body is too long.
	ErrLineTooLong = errors.New("header line too long")
	// ErrMissingFile: a form has no such file.
	ErrMissingFile = errors.New("http: no such file")
	// ErrNoLocation: a response has no Location.
	ErrNoLocation = errors.New("http: no Location header in response")
	// ErrNotSupported: something cannot be done.
	ErrNotSupported = &ProtocolError{"feature not supported"}
	// ErrMissingBoundary: a form of several parts does not say what is between them.
	ErrMissingBoundary = &ProtocolError{"no multipart boundary param in Content-Type"}
	// ErrNotMultipart: the body is no form of several parts.
	ErrNotMultipart = &ProtocolError{"request Content-Type isn't multipart/form-data"}
	// ErrUnexpectedTrailer and the other two are there for old programs.
	ErrUnexpectedTrailer    = &ProtocolError{"trailer header without chunked transfer encoding"}
	ErrHeaderTooLong        = &ProtocolError{"header too long"}
	ErrMissingContentLength = &ProtocolError{"missing ContentLength in HEAD response"}
)

// ProtocolError is an error of the protocol.
type ProtocolError struct {
	ErrorString string
}

func (e *ProtocolError) Error() string { return e.ErrorString }

// Is relates ErrNotSupported to errors.ErrUnsupported.
func (e *ProtocolError) Is(err error) bool {
	return e == ErrNotSupported && err == errors.ErrUnsupported
}

// body reads a message's body from a connection: so many bytes, chunks, or all until the end.
type body struct {
	mu      sync.Mutex
	src     *bufio.Reader
	left    int64 // of the body or of the chunk; below zero: until the connection ends
	chunked bool
	started bool // the first chunk's size was read
	done    bool // to the end
	err     error
	closed  bool
	trailer *Header // where a trailer goes
	onEnd   func()  // called once, at the body's end
	onRead  func()  // called before the first read
}

func (b *body) Read(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return 0, ErrBodyReadAfterClose
	}
	return b.read(p)
}

func (b *body) read(p []byte) (n int, err error) {
	if b.done {
		return 0, io.EOF
	}
	if b.err != nil {
		return 0, b.err
	}
	if b.onRead != nil {
		b.onRead()
		b.onRead = nil
	}
	if b.chunked && b.left == 0 {
		if err := b.nextChunk(); err != nil {
			return 0, b.fail(err)
		}
		if b.done {
			return 0, io.EOF
		}
	}
	if b.left >= 0 && int64(len(p)) > b.left {
		p = p[:b.left]
	}
	if n, err = b.src.Read(p); n > 0 && b.left >= 0 {
		b.left -= int64(n)
	}
	switch {
	case b.left < 0:
		if err == io.EOF {
			b.finish()
		}
	case err == io.EOF && (b.left > 0 || b.chunked):
		err = io.ErrUnexpectedEOF
	case b.left == 0 && !b.chunked:
		b.finish()
		err = io.EOF
	}
	if err != nil && err != io.EOF {
		b.fail(err)
	}
	return n, err
}

func (b *body) fail(err error) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	b.err = err
	return err
}

func (b *body) finish() {
	b.done = true
	if b.onEnd != nil {
		b.onEnd()
		b.onEnd = nil
	}
}

// maxLine is how long a line with a chunk's size may be.
const maxLine = 4096

// chunkLine reads a line of a chunked body, which must end with CR LF.
func (b *body) chunkLine() (string, error) {
	line, err := b.src.ReadSlice('\n')
	if err != nil {
		if err == bufio.ErrBufferFull {
			err = ErrLineTooLong
		}
		return "", err
	}
	if len(line) >= maxLine {
		return "", ErrLineTooLong
	}
	if len(line) < 2 || line[len(line)-2] != '\r' {
		return "", errors.New("chunked line ends with bare LF")
	}
	return string(line[:len(line)-2]), nil
}

var errMalformedChunk = errors.New("malformed chunked encoding")

func (b *body) nextChunk() error {
	if b.started {
		line, err := b.chunkLine()
		if err != nil {
			return err
		}
		if line != "" {
			return errMalformedChunk
		}
	}
	b.started = true
	line, err := b.chunkLine()
	if err != nil {
		return err
	}
	size, _, _ := strings.Cut(line, ";")
	size = strings.TrimRight(size, " \t")
	if size == "" || len(size) > 16 {
		if size == "" {
			return errors.New("empty hex number for chunk length")
		}
		return errors.New("http chunk length too large")
	}
	n := uint64(0)
	for i := range len(size) {
		d := -1
		switch c := size[i]; {
		case '0' <= c && c <= '9':
			d = int(c - '0')
		case 'a' <= c && c <= 'f':
			d = int(c-'a') + 10
		case 'A' <= c && c <= 'F':
			d = int(c-'A') + 10
		}
		if d < 0 {
			return errors.New("invalid byte in chunk length")
		}
		n = n<<4 | uint64(d)
	}
	if n > 1<<62 {
		return errors.New("http chunk length too large")
	}
	b.left = int64(n)
	if n == 0 {
		return b.readTrailer()
	}
	return nil
}

func (b *body) readTrailer() error {
	head, err := readHead(b.src, DefaultMaxHeaderBytes)
	if err != nil {
		if err == errHeadTooLarge {
			err = errors.New("http: suspiciously long trailer after chunked body")
		}
		return err
	}
	if len(head) > 2 {
		fields, bad := httphead.Split(head, httphead.NoLine)
		if bad != 0 {
			return malformed(fields, bad)
		}
		if b.trailer != nil {
			for i := 0; i < len(fields); i += 2 {
				if forbiddenTrailer(fields[i]) {
					continue
				}
				if *b.trailer == nil {
					*b.trailer = make(Header)
				}
				b.trailer.Add(fields[i], fields[i+1])
			}
		}
	}
	b.finish()
	return nil
}

// forbiddenTrailer reports whether a key says how the message is to be read, which cannot be known at its end.
func forbiddenTrailer(key string) bool {
	return key == "Transfer-Encoding" || key == "Content-Length" || key == "Trailer"
}

// drain reads up to limit bytes of what is left, and reports whether that was all.
func (b *body) drain(limit int64) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.done {
		return true
	}
	if b.err != nil || !b.chunked && (b.left < 0 || b.left > limit) {
		return false
	}
	buf := make([]byte, 4096)
	for limit > 0 {
		n, err := b.read(buf)
		if err != nil {
			return err == io.EOF
		}
		limit -= int64(n)
	}
	return false
}

func (b *body) atEnd() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.done
}

// Close ends reading. What is left is the connection's business.
func (b *body) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	return nil
}

// ---- heads ----

// DefaultMaxHeaderBytes is how long the head of a message may be, unless it is said otherwise.
const DefaultMaxHeaderBytes = 1 << 20

var errHeadTooLarge = errors.New("http: head of message too large")

// readHead reads the head of a message with its empty line. What there is of it comes with an error.
func readHead(r *bufio.Reader, limit int) (string, error) {
	if _, err := r.Peek(1); err != nil {
		return "", err
	}
	b, _ := r.Peek(r.Buffered())
	if end := httphead.End(b, 0); end > 0 {
		if end > limit {
			return "", errHeadTooLarge
		}
		head := string(b[:end])
		r.Discard(end)
		return head, nil
	}
	var head []byte
	for {
		old := len(head)
		head = append(head, b...)
		if end := httphead.End(head, max(0, old-3)); end > 0 {
			if end > limit {
				return "", errHeadTooLarge
			}
			r.Discard(end - old)
			return string(head[:end]), nil
		}
		r.Discard(len(b))
		if len(head) > limit {
			return "", errHeadTooLarge
		}
		if _, err := r.Peek(1); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return string(head), err
		}
		b, _ = r.Peek(r.Buffered())
	}
}

// malformedError is what is wrong with a head.
type malformedError string

func (e malformedError) Error() string { return string(e) }

func malformed(fields []string, bad int) error {
	line := ""
	if len(fields) > 0 {
		line = fields[0]
	}
	if bad == httphead.BadFirstLine {
		return malformedError("malformed HTTP message " + strconv.Quote(line))
	}
	if !strings.Contains(line, ":") {
		return malformedError("malformed MIME header: missing colon: " + strconv.Quote(line))
	}
	return malformedError("malformed MIME header line: " + line)
}

// ---- how long a body is ----

var errConflictingLength = malformedError("conflicting Content-Length and Transfer-Encoding")

// unsupportedEncoding is a Transfer-Encoding that is not chunked.
type unsupportedEncoding string

func (e unsupportedEncoding) Error() string {
	return "unsupported transfer encoding: " + strconv.Quote(string(e))
}

// framing finds out how a message's body is delimited. What it uses is taken out of the header. length is -1 if it is not
// said.
func framing(h Header, major, minor int) (length int64, chunked bool, err error) {
	length = -1
	if te, ok := h["Transfer-Encoding"]; ok {
		if major < 1 || major == 1 && minor < 1 {
			return 0, false, malformedError("Transfer-Encoding in an HTTP/1.0 message")
		}
		if len(te) != 1 {
			return 0, false, unsupportedEncoding(strings.Join(te, ", "))
		}
		if !strings.EqualFold(te[0], "chunked") {
			return 0, false, unsupportedEncoding(te[0])
		}
		if h.has("Content-Length") {
			return 0, false, errConflictingLength
		}
		delete(h, "Transfer-Encoding")
		return -1, true, nil
	}
	if cl, ok := h["Content-Length"]; ok {
		for _, v := range cl[1:] {
			if v != cl[0] {
				return 0, false, malformedError("http: message cannot contain multiple Content-Length headers; got " +
					quoteAll(cl))
			}
		}
		if len(cl) > 1 {
			h["Content-Length"] = cl[:1]
		}
		if length, err = parseLength(cl[0]); err != nil {
			return 0, false, err
		}
	}
	return length, false, nil
}

func quoteAll(list []string) string {
	s := "["
	for i, v := range list {
		if i > 0 {
			s += " "
		}
		s += strconv.Quote(v)
	}
	return s + "]"
}

func parseLength(s string) (int64, error) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, malformedError("bad Content-Length " + strconv.Quote(s))
	}
	n, err := strconv.ParseInt(s, 10, 63)
	if err != nil {
		return 0, malformedError("bad Content-Length " + strconv.Quote(s))
	}
	return n, nil
}

// announcedTrailer takes the header "Trailer" apart: the keys that will come.
func announcedTrailer(h Header, chunked bool) Header {
	list, ok := h["Trailer"]
	if !ok {
		return nil
	}
	if !chunked {
		return nil
	}
	delete(h, "Trailer")
	var t Header
	for _, line := range list {
		for key := range strings.SplitSeq(line, ",") {
			if key = CanonicalHeaderKey(strings.Trim(key, " \t")); key != "" && !forbiddenTrailer(key) {
				if t == nil {
					t = Header{}
				}
				t[key] = nil
			}
		}
	}
	return t
}

// closesAfter reports whether the connection ends with a message.
func closesAfter(major, minor int, h Header) bool {
	if major < 1 {
		return true
	}
	conn := h["Connection"]
	if major == 1 && minor == 0 {
		return anyHasToken(conn, "close") || !anyHasToken(conn, "keep-alive")
	}
	return conn != nil && anyHasToken(conn, "close")
}

// bodyAllowed reports whether a response with that status has a body.
func bodyAllowed(status int) bool {
	return (status < 100 || status > 199) && status != 204 && status != 304
}

// chunkWriter writes a body in chunks.
type chunkWriter struct {
	w *bufio.Writer
}

func (c chunkWriter) Write(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	var size [18]byte
	c.w.Write(append(strconv.AppendInt(size[:0], int64(len(p)), 16), "\r\n"...))
	n, err := c.w.Write(p)
	if err != nil {
		return n, err
	}
	_, err = c.w.WriteString("\r\n")
	return n, err
}

// end writes the last chunk and the trailer.
func (c chunkWriter) end(trailer Header) error {
	c.w.WriteString("0\r\n")
	if trailer != nil {
		c.w.Write(trailer.appendTo(nil, nil))
	}
	_, err := c.w.WriteString("\r\n")
	return err
}

// sortedKeys returns a header's keys in order.
func sortedKeys(h Header) []string {
	keys := make([]string, 0, len(h))
	for k := range h {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
