// Package mime knows types of content: their names, parameters and the endings of files.
package mime

import (
	"errors"
	"fmt"
	"internal/httphead"
	"maps"
	"slices"
	"strings"
	"sync"
)

// ErrInvalidMediaParameter: the type is right, its parameters are not.
var ErrInvalidMediaParameter = errors.New("mime: invalid media parameter")

// Types by ending.
var builtin = map[string]string{
	".ai": "application/postscript", ".apk": "application/vnd.android.package-archive", ".apng": "image/apng",
	".avif": "image/avif", ".bin": "application/octet-stream", ".bmp": "image/bmp", ".com": "application/octet-stream",
	".css": "text/css; charset=utf-8", ".csv": "text/csv; charset=utf-8", ".doc": "application/msword",
	".docx":  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	".ehtml": "text/html; charset=utf-8", ".eml": "message/rfc822", ".eps": "application/postscript",
	".exe": "application/octet-stream", ".flac": "audio/flac", ".gif": "image/gif", ".gz": "application/gzip",
	".htm": "text/html; charset=utf-8", ".html": "text/html; charset=utf-8", ".ico": "image/vnd.microsoft.icon",
	".ics": "text/calendar; charset=utf-8", ".jfif": "image/jpeg", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
	".js": "text/javascript; charset=utf-8", ".json": "application/json", ".m4a": "audio/mp4", ".mjs": "text/javascript; charset=utf-8",
	".mp3": "audio/mpeg", ".mp4": "video/mp4", ".oga": "audio/ogg", ".ogg": "audio/ogg", ".ogv": "video/ogg",
	".opus": "audio/ogg", ".pdf": "application/pdf", ".pjp": "image/jpeg", ".pjpeg": "image/jpeg", ".png": "image/png",
	".ppt":  "application/vnd.ms-powerpoint",
	".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
	".ps":   "application/postscript", ".rdf": "application/rdf+xml", ".rtf": "application/rtf",
	".shtml": "text/html; charset=utf-8", ".svg": "image/svg+xml", ".text": "text/plain; charset=utf-8", ".tif": "image/tiff",
	".tiff": "image/tiff", ".txt": "text/plain; charset=utf-8", ".vtt": "text/vtt; charset=utf-8", ".wasm": "application/wasm",
	".wav": "audio/wav", ".webm": "audio/webm", ".webp": "image/webp", ".xbl": "text/xml; charset=utf-8",
	".xbm": "image/x-xbitmap", ".xht": "application/xhtml+xml", ".xhtml": "application/xhtml+xml",
	".xls": "application/vnd.ms-excel", ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
	".xml": "text/xml; charset=utf-8", ".xsl": "text/xml; charset=utf-8", ".zip": "application/zip",
}

var added struct {
	sync.RWMutex
	types map[string]string
}

// TypeByExtension returns the type of files that end so (with the dot), or nothing.
func TypeByExtension(ext string) string {
	added.RLock()
	defer added.RUnlock()
	for _, e := range []string{ext, strings.ToLower(ext)} {
		if t, ok := added.types[e]; ok {
			return t
		}
		if t, ok := builtin[e]; ok {
			return t
		}
	}
	return ""
}

// ExtensionsByType returns the endings of files of a type, in order.
func ExtensionsByType(typ string) ([]string, error) {
	want, _, err := ParseMediaType(typ)
	if err != nil {
		return nil, err
	}
	added.RLock()
	defer added.RUnlock()
	var out []string
	for _, m := range []map[string]string{builtin, added.types} {
		for ext, t := range m {
			if base, _, _ := strings.Cut(t, ";"); base == want && !slices.Contains(out, ext) {
				out = append(out, ext)
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// AddExtensionType sets the type of files that end so.
func AddExtensionType(ext, typ string) error {
	if !strings.HasPrefix(ext, ".") {
		return fmt.Errorf("mime: extension %q missing leading dot", ext)
	}
	base, params, err := ParseMediaType(typ)
	if err != nil {
		return err
	}
	if strings.HasPrefix(base, "text/") && params["charset"] == "" {
		params["charset"] = "utf-8"
		typ = FormatMediaType(base, params)
	}
	added.Lock()
	defer added.Unlock()
	if added.types == nil {
		added.types = map[string]string{}
	}
	added.types[ext] = typ
	added.types[strings.ToLower(ext)] = typ
	return nil
}

// FormatMediaType puts a type and its parameters together; nothing if they are invalid.
func FormatMediaType(t string, param map[string]string) string {
	major, sub, ok := strings.Cut(t, "/")
	if !httphead.IsToken(major) || ok && !httphead.IsToken(sub) {
		return ""
	}
	b := strings.ToLower(t)
	for _, k := range slices.Sorted(maps.Keys(param)) {
		if !httphead.IsToken(k) {
			return ""
		}
		v := param[k]
		b += "; " + strings.ToLower(k)
		if needsEncoding(v) {
			b += "*=utf-8''"
			for i := range len(v) {
				if c := v[i]; c <= ' ' || c >= 0x7f || c == '*' || c == '\'' || c == '%' || !httphead.IsToken(v[i:i+1]) {
					b += fmt.Sprintf("%%%02X", c)
				} else {
					b += v[i : i+1]
				}
			}
			continue
		}
		b += "="
		if httphead.IsToken(v) {
			b += v
			continue
		}
		b += `"`
		for i := range len(v) {
			if v[i] == '"' || v[i] == '\\' {
				b += `\`
			}
			b += v[i : i+1]
		}
		b += `"`
	}
	return b
}

func needsEncoding(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < ' ' || c > '~') && c != '\t' {
			return true
		}
	}
	return false
}

func skipSpace(s string) string { return strings.TrimLeft(s, " \t\r\n") }

func cutToken(s string) (token, rest string) {
	n := 0
	for n < len(s) && httphead.IsToken(s[n:n+1]) {
		n++
	}
	return s[:n], s[n:]
}

// cutValue takes a token or a text in quotes off.
func cutValue(s string) (value, rest string) {
	if s == "" {
		return "", s
	}
	if s[0] != '"' {
		return cutToken(s)
	}
	var b []byte
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '"':
			return string(b), s[i+1:]
		case c == '\\' && i+1 < len(s) && s[i+1] < 0x80 && !httphead.IsToken(s[i+1:i+2]):
			// Of characters that need it; others are paths of another system.
			b = append(b, s[i+1])
			i++
		case c == '\r' || c == '\n':
			return "", s
		default:
			b = append(b, c)
		}
	}
	return "", s
}

// ParseMediaType takes a type and its parameters apart. Names are in lower case.
func ParseMediaType(v string) (mediatype string, params map[string]string, err error) {
	base, _, _ := strings.Cut(v, ";")
	mediatype = strings.TrimSpace(strings.ToLower(base))
	typ, rest := cutToken(mediatype)
	switch {
	case typ == "":
		return "", nil, errors.New("mime: no media type")
	case rest == "":
	case rest[0] != '/':
		return "", nil, errors.New("mime: expected slash after first token")
	default:
		sub, rest := cutToken(rest[1:])
		if sub == "" {
			return "", nil, errors.New("mime: expected token after slash")
		}
		if rest != "" {
			return "", nil, errors.New("mime: unexpected content after media subtype")
		}
	}
	params = map[string]string{}
	parts := map[string]map[string]string{} // of parameters in several pieces
	v = v[len(base):]
	for v != "" {
		v = skipSpace(v)
		if v == "" {
			break
		}
		key, value, rest := cutParam(v)
		if key == "" {
			if strings.TrimSpace(rest) == ";" {
				break // one semicolon too many at the end
			}
			return mediatype, nil, ErrInvalidMediaParameter
		}
		into := params
		if base, _, ok := strings.Cut(key, "*"); ok {
			if into = parts[base]; into == nil {
				into = map[string]string{}
				parts[base] = into
			}
		}
		if old, dup := into[key]; dup && old != value {
			return "", nil, errors.New("mime: duplicate parameter name")
		}
		into[key] = value
		v = rest
	}
	for key, pieces := range parts {
		if whole, ok := pieces[key+"*"]; ok {
			if s, ok := decode(whole); ok {
				params[key] = s
			}
			continue
		}
		s, valid := "", false
		for n := 0; ; n++ {
			name := fmt.Sprintf("%s*%d", key, n)
			if piece, ok := pieces[name]; ok {
				valid = true
				s += piece
				continue
			}
			piece, ok := pieces[name+"*"]
			if !ok {
				break
			}
			valid = true
			if n == 0 {
				if d, ok := decode(piece); ok {
					s += d
				}
			} else if d, err := unescape(piece); err == nil {
				s += d
			}
		}
		if valid {
			params[key] = s
		}
	}
	return mediatype, params, nil
}

func cutParam(v string) (key, value, rest string) {
	rest = skipSpace(v)
	if !strings.HasPrefix(rest, ";") {
		return "", "", v
	}
	key, rest = cutToken(skipSpace(rest[1:]))
	if key == "" {
		return "", "", v
	}
	rest = skipSpace(rest)
	if !strings.HasPrefix(rest, "=") {
		return "", "", v
	}
	rest = skipSpace(rest[1:])
	value, after := cutValue(rest)
	if value == "" && after == rest {
		return "", "", v
	}
	return strings.ToLower(key), value, after
}

// decode reads charset'language'text with escapes.
func decode(s string) (string, bool) {
	f := strings.SplitN(s, "'", 3)
	if len(f) != 3 {
		return "", false
	}
	if c := strings.ToLower(f[0]); c != "us-ascii" && c != "utf-8" {
		return "", false
	}
	d, err := unescape(f[2])
	return d, err == nil
}

func unescape(s string) (string, error) {
	var b []byte
	for i := 0; i < len(s); i++ {
		if s[i] != '%' {
			b = append(b, s[i])
			continue
		}
		if i+2 >= len(s) {
			return "", errors.New("mime: bogus characters after %")
		}
		hi, lo := strings.IndexByte(hex, s[i+1]|0x20), strings.IndexByte(hex, s[i+2]|0x20)
		if hi < 0 || lo < 0 {
			return "", errors.New("mime: bogus characters after %")
		}
		b = append(b, byte(hi<<4|lo))
		i += 2
	}
	return string(b), nil
}

const hex = "0123456789abcdef"
