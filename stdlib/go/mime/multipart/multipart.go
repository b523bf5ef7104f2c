// Package multipart is bodies of several parts: forms with files.
package multipart

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"mime"
	"net/textproto"
	"os"
	"path"
	"strings"
)

// Part is one part: a head, and a body to be read.
type Part struct {
	Header textproto.MIMEHeader

	r           *Reader
	left        []byte // read, but not given out yet
	end         error
	params      map[string]string
	disposition string
}

// Reader reads the parts of a body.
type Reader struct {
	r        *bufio.Reader
	mid      []byte // CR LF, two hyphens, the boundary
	part     *Part
	started  bool
	finished bool
}

// ErrMessageTooLarge: a form is larger than allowed.
var ErrMessageTooLarge = errors.New("multipart: message too large")

// NewReader returns a Reader of a body whose parts are separated by a boundary.
func NewReader(r io.Reader, boundary string) *Reader {
	return &Reader{r: bufio.NewReaderSize(r, 16<<10), mid: []byte("\r\n--" + boundary)}
}

func (p *Part) parse() {
	p.disposition, p.params, _ = mime.ParseMediaType(p.Header.Get("Content-Disposition"))
	if p.params == nil {
		p.params = map[string]string{}
	}
}

// FormName returns the name that the part has in a form.
func (p *Part) FormName() string {
	if p.params == nil {
		p.parse()
	}
	if p.disposition != "form-data" {
		return ""
	}
	return p.params["name"]
}

// FileName returns the name of the part's file, without directories.
func (p *Part) FileName() string {
	if p.params == nil {
		p.parse()
	}
	name := p.params["filename"]
	if name == "" {
		return ""
	}
	return path.Base(name)
}

// Close reads what is left of the part.
func (p *Part) Close() error {
	io.Copy(io.Discard, p)
	return nil
}

// Read reads the part's body.
func (p *Part) Read(b []byte) (int, error) {
	for len(p.left) == 0 {
		if p.end != nil {
			return 0, p.end
		}
		p.fill()
	}
	n := copy(b, p.left)
	p.left = p.left[n:]
	return n, nil
}

// fill takes data from the body, up to the next boundary.
func (p *Part) fill() {
	r := p.r
	b, err := r.r.Peek(max(r.r.Buffered(), 1))
	if len(b) == 0 {
		p.end = err
		if err == io.EOF {
			p.end = io.ErrUnexpectedEOF
		}
		return
	}
	for {
		i := bytes.Index(b, r.mid)
		switch {
		case i > 0:
			p.take(b[:i])
			return
		case i == 0 && len(b) < len(r.mid)+2:
			// Is it the boundary, or does it only begin so?
			more, err := r.r.Peek(len(r.mid) + 2)
			if len(more) < len(r.mid)+2 && err != nil {
				p.end = io.ErrUnexpectedEOF
				return
			}
			b = more
			continue
		case i == 0:
			if c := b[len(r.mid)]; c == '-' || c == '\r' || c == '\n' || c == ' ' || c == '\t' {
				p.end = io.EOF
				return
			}
			p.take(b[:len(r.mid)])
			return
		}
		// Perhaps it begins at the end of what is there.
		keep := 0
		for k := min(len(b), len(r.mid)-1); k > 0; k-- {
			if bytes.HasSuffix(b, r.mid[:k]) {
				keep = k
				break
			}
		}
		if keep < len(b) {
			p.take(b[:len(b)-keep])
			return
		}
		more, err := r.r.Peek(len(b) + 1)
		if len(more) == len(b) && err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			p.end = err
			return
		}
		b, _ = r.r.Peek(r.r.Buffered())
	}
}

func (p *Part) take(b []byte) {
	p.left = append([]byte(nil), b...)
	p.r.r.Discard(len(b))
}

// NextPart returns the next part; behind the last, io.EOF.
func (r *Reader) NextPart() (*Part, error) { return r.NextRawPart() }

// NextRawPart is like NextPart.
func (r *Reader) NextRawPart() (*Part, error) {
	if r.part != nil {
		r.part.Close()
		r.part = nil
	}
	if r.finished {
		return nil, io.EOF
	}
	if len(r.mid) == len("\r\n--") {
		return nil, errors.New("multipart: boundary is empty")
	}
	boundary := r.mid[2:]
	for {
		line, err := r.r.ReadSlice('\n')
		if err == io.EOF && bytes.HasPrefix(bytes.TrimRight(line, " \t\r\n"), boundary) &&
			string(bytes.TrimRight(line[len(boundary):], " \t\r\n")) == "--" {
			r.finished = true
			return nil, io.EOF
		}
		if err != nil {
			return nil, fmt.Errorf("multipart: NextPart: %w", err)
		}
		rest, ok := bytes.CutPrefix(line, boundary)
		if ok {
			switch string(bytes.TrimRight(rest, " \t\r\n")) {
			case "":
				r.started = true
				h, err := textproto.NewReader(r.r).ReadMIMEHeader()
				if err != nil {
					return nil, err
				}
				r.part = &Part{Header: h, r: r}
				// An empty body: the boundary follows at once, without a line end of its own.
				if b, _ := r.r.Peek(len(boundary)); bytes.Equal(b, boundary) {
					r.part.end = io.EOF
				}
				return r.part, nil
			case "--":
				r.finished = true
				return nil, io.EOF
			}
		}
		if r.started && len(bytes.TrimRight(line, "\r\n")) > 0 {
			return nil, fmt.Errorf("multipart: expecting a new Part; got line %q", line)
		}
		// Text in front of the first part, or the line end behind a body.
	}
}

// Form is a form: values, and files.
type Form struct {
	Value map[string][]string
	File  map[string][]*FileHeader
}

// FileHeader is a file of a form.
type FileHeader struct {
	Filename string
	Header   textproto.MIMEHeader
	Size     int64

	content []byte
	tmp     string
}

// File is a file of a form, opened.
type File interface {
	io.Reader
	io.ReaderAt
	io.Seeker
	io.Closer
}

type memoryFile struct {
	*bytes.Reader
}

func (memoryFile) Close() error { return nil }

// Open opens the file.
func (h *FileHeader) Open() (File, error) {
	if h.tmp == "" {
		return memoryFile{bytes.NewReader(h.content)}, nil
	}
	return os.Open(h.tmp)
}

// RemoveAll removes files that were put on the disk.
func (f *Form) RemoveAll() error {
	var first error
	for _, list := range f.File {
		for _, h := range list {
			if h.tmp != "" {
				err := os.Remove(h.tmp)
				if err != nil && !errors.Is(err, os.ErrNotExist) && first == nil {
					first = err
				}
			}
		}
	}
	return first
}

const (
	valueMemory = 10 << 20
	maxParts    = 1000
	maxHeaders  = 10000
)

// ReadForm reads a form. Up to maxMemory bytes of its files are kept in memory.
func (r *Reader) ReadForm(maxMemory int64) (_ *Form, err error) {
	form := &Form{Value: map[string][]string{}, File: map[string][]*FileHeader{}}
	defer func() {
		if err != nil {
			form.RemoveAll()
		}
	}()
	values := maxMemory + valueMemory
	headers := 0
	for n := 0; ; n++ {
		p, err := r.NextPart()
		if err == io.EOF {
			return form, nil
		}
		if err != nil {
			return nil, err
		}
		if headers += len(p.Header); n >= maxParts || headers > maxHeaders {
			return nil, ErrMessageTooLarge
		}
		name := p.FormName()
		if name == "" {
			continue
		}
		values -= int64(len(name)) + 100
		if p.FileName() == "" {
			b, err := io.ReadAll(io.LimitReader(p, max(values, 0)+1))
			if err != nil {
				return nil, err
			}
			if values -= int64(len(b)); values < 0 {
				return nil, ErrMessageTooLarge
			}
			form.Value[name] = append(form.Value[name], string(b))
			continue
		}
		h := &FileHeader{Filename: p.FileName(), Header: p.Header}
		b, err := io.ReadAll(io.LimitReader(p, max(maxMemory, 0)+1))
		if err != nil {
			return nil, err
		}
		if int64(len(b)) <= maxMemory {
			h.content, h.Size = b, int64(len(b))
			maxMemory -= h.Size
			values -= h.Size
		} else {
			f, err := os.CreateTemp("", "multipart-")
			if err != nil {
				return nil, err
			}
			h.tmp = f.Name()
			form.File[name] = append(form.File[name], h)
			h.Size, err = io.Copy(f, io.MultiReader(bytes.NewReader(b), p))
			if e := f.Close(); err == nil {
				err = e
			}
			if err != nil {
				return nil, err
			}
			continue
		}
		form.File[name] = append(form.File[name], h)
	}
}

// Writer writes parts.
type Writer struct {
	w        io.Writer
	boundary string
	part     *part
	any      bool
}

type part struct {
	w      *Writer
	closed bool
	err    error
}

func (p *part) Write(b []byte) (int, error) {
	if p.closed {
		return 0, errors.New("multipart: can't write to finished part")
	}
	n, err := p.w.w.Write(b)
	if err != nil {
		p.err = err
	}
	return n, err
}

// NewWriter returns a Writer with a random boundary.
func NewWriter(w io.Writer) *Writer {
	b := ""
	for range 4 {
		b += fmt.Sprintf("%016x", rand.Uint64())
	}
	return &Writer{w: w, boundary: b[:60]}
}

// Boundary returns the boundary.
func (w *Writer) Boundary() string { return w.boundary }

// SetBoundary sets the boundary, before the first part.
func (w *Writer) SetBoundary(boundary string) error {
	if w.part != nil || w.any {
		return errors.New("mime: SetBoundary called after write")
	}
	if len(boundary) < 1 || len(boundary) > 70 {
		return errors.New("mime: invalid boundary length")
	}
	for i := range len(boundary) {
		c := boundary[i]
		if 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || strings.IndexByte("'()+_,-./:=?", c) >= 0 ||
			c == ' ' && i != len(boundary)-1 {
			continue
		}
		return errors.New("mime: invalid boundary character")
	}
	w.boundary = boundary
	return nil
}

// FormDataContentType returns the header Content-Type of the form.
func (w *Writer) FormDataContentType() string {
	b := w.boundary
	if strings.ContainsAny(b, `()<>@,;:\"/[]?= `) {
		b = `"` + b + `"`
	}
	return "multipart/form-data; boundary=" + b
}

// CreatePart begins a part.
func (w *Writer) CreatePart(header textproto.MIMEHeader) (io.Writer, error) {
	if w.part != nil {
		w.part.closed = true
		if w.part.err != nil {
			return nil, w.part.err
		}
	}
	var b bytes.Buffer
	if w.any {
		b.WriteString("\r\n")
	}
	fmt.Fprintf(&b, "--%s\r\n", w.boundary)
	for _, k := range sorted(header) {
		for _, v := range header[k] {
			fmt.Fprintf(&b, "%s: %s\r\n", k, v)
		}
	}
	b.WriteString("\r\n")
	if _, err := w.w.Write(b.Bytes()); err != nil {
		return nil, err
	}
	w.any = true
	w.part = &part{w: w}
	return w.part, nil
}

func sorted(h textproto.MIMEHeader) []string {
	var keys []string
	for k := range h {
		i := len(keys)
		keys = append(keys, k)
		for ; i > 0 && keys[i-1] > k; i-- {
			keys[i] = keys[i-1]
		}
		keys[i] = k
	}
	return keys
}

var quoteEscaper = strings.NewReplacer("\\", "\\\\", `"`, "\\\"", "\r", "%0D", "\n", "%0A")

// FileContentDisposition returns the header Content-Disposition of a file.
func FileContentDisposition(fieldname, filename string) string {
	return fmt.Sprintf(`form-data; name="%s"; filename="%s"`, quoteEscaper.Replace(fieldname), quoteEscaper.Replace(filename))
}

// CreateFormFile begins a part with a file.
func (w *Writer) CreateFormFile(fieldname, filename string) (io.Writer, error) {
	return w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {FileContentDisposition(fieldname, filename)},
		"Content-Type":        {"application/octet-stream"},
	})
}

// CreateFormField begins a part with a value.
func (w *Writer) CreateFormField(fieldname string) (io.Writer, error) {
	return w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="%s"`, quoteEscaper.Replace(fieldname))},
	})
}

// WriteField writes a part with a value.
func (w *Writer) WriteField(fieldname, value string) error {
	p, err := w.CreateFormField(fieldname)
	if err != nil {
		return err
	}
	_, err = p.Write([]byte(value))
	return err
}

// Close writes the end.
func (w *Writer) Close() error {
	if w.part != nil {
		w.part.closed = true
		w.part = nil
	}
	_, err := fmt.Fprintf(w.w, "\r\n--%s--\r\n", w.boundary)
	return err
}
