package http

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/textproto"
	"net/url"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FileSystem opens files by names with slashes.
type FileSystem interface {
	Open(name string) (File, error)
}

// File is a file of a FileSystem.
type File interface {
	io.Closer
	io.Reader
	io.Seeker
	Readdir(count int) ([]fs.FileInfo, error)
	Stat() (fs.FileInfo, error)
}

var errBadFileName = errors.New("http: invalid or unsafe file path")

// Dir is a FileSystem: a directory of the system's.
type Dir string

// Open opens a file below the directory.
func (d Dir) Open(name string) (File, error) {
	dir := string(d)
	if dir == "" {
		dir = "."
	}
	if strings.IndexByte(name, 0) >= 0 {
		return nil, errBadFileName
	}
	f, err := os.Open(dir + path.Clean("/"+name))
	if err != nil {
		return nil, err
	}
	return f, nil
}

// FS makes a fs.FS a FileSystem.
func FS(fsys fs.FS) FileSystem { return ioFS{fsys} }

type ioFS struct {
	fsys fs.FS
}

type ioFile struct {
	fs.File
}

func (f ioFS) Open(name string) (File, error) {
	if name == "/" {
		name = "."
	} else {
		name = strings.TrimPrefix(name, "/")
	}
	file, err := f.fsys.Open(name)
	if err != nil {
		return nil, err
	}
	return ioFile{file}, nil
}

func (f ioFile) Seek(offset int64, whence int) (int64, error) {
	s, ok := f.File.(io.Seeker)
	if !ok {
		return 0, errors.New("io.File missing Seek method")
	}
	return s.Seek(offset, whence)
}

func (f ioFile) Readdir(count int) ([]fs.FileInfo, error) {
	d, ok := f.File.(fs.ReadDirFile)
	if !ok {
		return nil, errors.New("io.File directory missing ReadDir method")
	}
	entries, err := d.ReadDir(count)
	var list []fs.FileInfo
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			list = append(list, info)
		}
	}
	return list, err
}

// FileServer returns a Handler that answers with files below root.
func FileServer(root FileSystem) Handler { return &fileHandler{root} }

// FileServerFS returns a Handler that answers with files below root.
func FileServerFS(root fs.FS) Handler { return FileServer(FS(root)) }

type fileHandler struct {
	root FileSystem
}

func (f *fileHandler) ServeHTTP(w ResponseWriter, r *Request) {
	p := r.URL.Path
	if !strings.HasPrefix(p, "/") {
		p = "/" + p
		r.URL.Path = p
	}
	serveFile(w, r, f.root, path.Clean(p), true)
}

// ServeFile answers with a file or a directory's index.
func ServeFile(w ResponseWriter, r *Request, name string) {
	for s := range strings.SplitSeq(r.URL.Path, "/") {
		if s == ".." {
			serveError(w, "invalid URL path", StatusBadRequest)
			return
		}
	}
	dir, file := path.Split(name)
	serveFile(w, r, Dir(dir), file, false)
}

// ServeFileFS answers with a file of fsys.
func ServeFileFS(w ResponseWriter, r *Request, fsys fs.FS, name string) {
	for s := range strings.SplitSeq(r.URL.Path, "/") {
		if s == ".." {
			serveError(w, "invalid URL path", StatusBadRequest)
			return
		}
	}
	serveFile(w, r, FS(fsys), name, false)
}

func serveError(w ResponseWriter, text string, code int) {
	h := w.Header()
	for _, k := range []string{"Cache-Control", "Content-Encoding", "Etag", "Last-Modified"} {
		delete(h, k)
	}
	Error(w, text, code)
}

func fileError(w ResponseWriter, err error) {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		serveError(w, "404 page not found", StatusNotFound)
	case errors.Is(err, errBadFileName):
		serveError(w, "404 page not found", StatusNotFound)
	case errors.Is(err, fs.ErrPermission):
		serveError(w, "403 Forbidden", StatusForbidden)
	default:
		serveError(w, "500 Internal Server Error", StatusInternalServerError)
	}
}

func localRedirect(w ResponseWriter, r *Request, to string) {
	if q := r.URL.RawQuery; q != "" {
		to += "?" + q
	}
	w.Header().Set("Location", to)
	w.WriteHeader(StatusMovedPermanently)
}

const indexPage = "/index.html"

func serveFile(w ResponseWriter, r *Request, root FileSystem, name string, redirect bool) {
	if strings.HasSuffix(r.URL.Path, indexPage) {
		localRedirect(w, r, "./")
		return
	}
	f, err := root.Open(name)
	if err != nil {
		fileError(w, err)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		fileError(w, err)
		return
	}
	if redirect {
		p := r.URL.Path
		if slash := p[len(p)-1] == '/'; info.IsDir() && !slash {
			localRedirect(w, r, path.Base(p)+"/")
			return
		} else if !info.IsDir() && slash {
			localRedirect(w, r, "../"+path.Base(p))
			return
		}
	}
	if info.IsDir() {
		p := r.URL.Path
		if p == "" || p[len(p)-1] != '/' {
			localRedirect(w, r, path.Base(p)+"/")
			return
		}
		if index, err := root.Open(strings.TrimSuffix(name, "/") + indexPage); err == nil {
			defer index.Close()
			if i, err := index.Stat(); err == nil {
				f, info = index, i
			}
		}
	}
	if info.IsDir() {
		if unmodified(r, info.ModTime()) {
			writeNotModified(w)
			return
		}
		setModified(w, info.ModTime())
		listDir(w, f)
		return
	}
	serveContent(w, r, info.Name(), info.ModTime(), func() (int64, error) { return info.Size(), nil }, f)
}

func listDir(w ResponseWriter, f File) {
	list, err := f.Readdir(-1)
	if err != nil {
		serveError(w, "Error reading directory", StatusInternalServerError)
		return
	}
	slices.SortFunc(list, func(a, b fs.FileInfo) int { return strings.Compare(a.Name(), b.Name()) })
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n")
	for _, i := range list {
		name := i.Name()
		if i.IsDir() {
			name += "/"
		}
		u := url.URL{Path: name}
		fmt.Fprintf(w, "<a href=\"%s\">%s</a>\n", u.String(), htmlReplacer.Replace(name))
	}
	fmt.Fprintf(w, "</pre>\n")
}

func setModified(w ResponseWriter, t time.Time) {
	if !t.IsZero() && t.Unix() != 0 {
		w.Header().Set("Last-Modified", t.UTC().Format(TimeFormat))
	}
}

func unmodified(r *Request, t time.Time) bool {
	if r.Method != "GET" && r.Method != "HEAD" {
		return false
	}
	since := r.Header.get("If-Modified-Since")
	if since == "" || t.IsZero() || t.Unix() == 0 {
		return false
	}
	s, err := ParseTime(since)
	return err == nil && !t.Truncate(time.Second).After(s)
}

func writeNotModified(w ResponseWriter) {
	h := w.Header()
	delete(h, "Content-Type")
	delete(h, "Content-Length")
	delete(h, "Content-Encoding")
	if h.get("Etag") != "" {
		delete(h, "Last-Modified")
	}
	w.WriteHeader(StatusNotModified)
}

// ServeContent answers with content, or the parts of it that the request asks for.
func ServeContent(w ResponseWriter, req *Request, name string, modtime time.Time, content io.ReadSeeker) {
	size := func() (int64, error) {
		n, err := content.Seek(0, io.SeekEnd)
		if err != nil {
			return 0, errors.New("seeker can't seek")
		}
		if _, err = content.Seek(0, io.SeekStart); err != nil {
			return 0, errors.New("seeker can't seek")
		}
		return n, nil
	}
	serveContent(w, req, name, modtime, size, content)
}

// etagMatch reports whether a list of tags has one.
func etagMatch(list, tag string, weak bool) bool {
	for one := range strings.SplitSeq(list, ",") {
		one = strings.Trim(one, " \t")
		if one == "*" {
			return true
		}
		if weak {
			one, tag = strings.TrimPrefix(one, "W/"), strings.TrimPrefix(tag, "W/")
		} else if strings.HasPrefix(one, "W/") {
			continue
		}
		if one == tag && tag != "" {
			return true
		}
	}
	return false
}

// precondition answers if the request's conditions are not met; else it returns the ranges to be sent.
func precondition(w ResponseWriter, r *Request, modtime time.Time) (done bool, ranges string) {
	tag := w.Header().get("Etag")
	known := !modtime.IsZero() && modtime.Unix() != 0
	if im := r.Header.get("If-Match"); im != "" {
		if !etagMatch(im, tag, false) {
			w.WriteHeader(StatusPreconditionFailed)
			return true, ""
		}
	} else if ius := r.Header.get("If-Unmodified-Since"); ius != "" && known {
		if t, err := ParseTime(ius); err == nil && modtime.Truncate(time.Second).After(t) {
			w.WriteHeader(StatusPreconditionFailed)
			return true, ""
		}
	}
	if inm := r.Header.get("If-None-Match"); inm != "" {
		if etagMatch(inm, tag, true) {
			if r.Method == "GET" || r.Method == "HEAD" {
				writeNotModified(w)
			} else {
				w.WriteHeader(StatusPreconditionFailed)
			}
			return true, ""
		}
	} else if unmodified(r, modtime) {
		writeNotModified(w)
		return true, ""
	}
	ranges = r.Header.get("Range")
	if ranges != "" {
		if ir := r.Header.get("If-Range"); ir != "" && (r.Method == "GET" || r.Method == "HEAD") {
			if ir[0] == '"' || strings.HasPrefix(ir, "W/") {
				if ir != tag || ir[0] == 'W' {
					ranges = ""
				}
			} else if t, err := ParseTime(ir); err != nil || !known || t.Unix() != modtime.Unix() {
				ranges = ""
			}
		}
	}
	return false, ranges
}

type byteRange struct {
	start, length int64
}

func (b byteRange) contentRange(size int64) string {
	return fmt.Sprintf("bytes %d-%d/%d", b.start, b.start+b.length-1, size)
}

// header is the header of the range as one part of several.
func (b byteRange) header(ctype string, size int64) textproto.MIMEHeader {
	return textproto.MIMEHeader{"Content-Range": {b.contentRange(size)}, "Content-Type": {ctype}}
}

var errNoOverlap = errors.New("invalid range: failed to overlap")

// parseRange reads "bytes=0-99,-5".
func parseRange(s string, size int64) ([]byteRange, error) {
	if s == "" {
		return nil, nil
	}
	s, ok := strings.CutPrefix(s, "bytes=")
	if !ok {
		return nil, errors.New("invalid range")
	}
	var out []byteRange
	outside := false
	for one := range strings.SplitSeq(s, ",") {
		if one = strings.Trim(one, " \t"); one == "" {
			continue
		}
		from, to, ok := strings.Cut(one, "-")
		if !ok {
			return nil, errors.New("invalid range")
		}
		from, to = strings.Trim(from, " \t"), strings.Trim(to, " \t")
		var r byteRange
		if from == "" {
			// The last so many bytes.
			if to == "" || to[0] == '-' {
				return nil, errors.New("invalid range")
			}
			n, err := strconv.ParseInt(to, 10, 64)
			if n < 0 || err != nil {
				return nil, errors.New("invalid range")
			}
			n = min(n, size)
			r = byteRange{size - n, n}
		} else {
			n, err := strconv.ParseInt(from, 10, 64)
			if err != nil || n < 0 {
				return nil, errors.New("invalid range")
			}
			if n >= size {
				outside = true
				continue
			}
			r.start = n
			if to == "" {
				r.length = size - n
			} else {
				m, err := strconv.ParseInt(to, 10, 64)
				if err != nil || n > m {
					return nil, errors.New("invalid range")
				}
				r.length = min(m, size-1) - n + 1
			}
		}
		out = append(out, r)
	}
	if outside && len(out) == 0 {
		return nil, errNoOverlap
	}
	return out, nil
}

func serveContent(w ResponseWriter, r *Request, name string, modtime time.Time, sizeOf func() (int64, error), content io.ReadSeeker) {
	setModified(w, modtime)
	done, rangeText := precondition(w, r, modtime)
	if done {
		return
	}
	code := StatusOK
	types, have := w.Header()["Content-Type"]
	ctype := ""
	if !have {
		if ctype = mime.TypeByExtension(path.Ext(name)); ctype == "" {
			var buf [sniffLen]byte
			n, _ := io.ReadFull(content, buf[:])
			ctype = DetectContentType(buf[:n])
			if _, err := content.Seek(0, io.SeekStart); err != nil {
				serveError(w, "seeker can't seek", StatusInternalServerError)
				return
			}
		}
		w.Header().Set("Content-Type", ctype)
	} else if len(types) > 0 {
		ctype = types[0]
	}
	size, err := sizeOf()
	if err != nil {
		serveError(w, err.Error(), StatusInternalServerError)
		return
	}
	sendSize := size
	var send io.Reader = content
	ranges, err := parseRange(rangeText, size)
	if err == errNoOverlap && size == 0 {
		ranges, err = nil, nil
	}
	if err != nil {
		if err == errNoOverlap {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes */%d", size))
		}
		serveError(w, err.Error(), StatusRequestedRangeNotSatisfiable)
		return
	}
	sum := int64(0)
	for _, one := range ranges {
		sum += one.length
	}
	var parts *multipart.Writer
	switch {
	case sum > size:
		// More than the whole: then that.
	case len(ranges) == 1:
		one := ranges[0]
		if _, err := content.Seek(one.start, io.SeekStart); err != nil {
			serveError(w, err.Error(), StatusRequestedRangeNotSatisfiable)
			return
		}
		sendSize = one.length
		code = StatusPartialContent
		w.Header().Set("Content-Range", one.contentRange(size))
	case len(ranges) > 1:
		var count counter
		parts = multipart.NewWriter(&count)
		for _, one := range ranges {
			parts.CreatePart(one.header(ctype, size))
		}
		parts.Close()
		boundary := parts.Boundary()
		parts = multipart.NewWriter(w)
		parts.SetBoundary(boundary)
		sendSize = int64(count) + sum
		code = StatusPartialContent
		w.Header().Set("Content-Type", "multipart/byteranges; boundary="+boundary)
	}
	w.Header().Set("Accept-Ranges", "bytes")
	if w.Header().get("Content-Encoding") == "" {
		w.Header().Set("Content-Length", strconv.FormatInt(sendSize, 10))
	}
	w.WriteHeader(code)
	switch {
	case r.Method == "HEAD":
	case parts == nil:
		io.CopyN(w, send, sendSize)
	default:
		for _, one := range ranges {
			part, err := parts.CreatePart(one.header(ctype, size))
			if err == nil {
				_, err = content.Seek(one.start, io.SeekStart)
			}
			if err == nil {
				_, err = io.CopyN(part, content, one.length)
			}
			if err != nil {
				return
			}
		}
		parts.Close()
	}
}

// counter counts what is written to it.
type counter int64

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
