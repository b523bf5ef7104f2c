package http

import (
	"errors"
	"internal/httphead"
	"log"
	"strconv"
	"strings"
	"time"
)

// Cookie is a cookie, as a response sets it or a request has it.
type Cookie struct {
	Name        string
	Value       string
	Quoted      bool // the value stood in quotes
	Path        string
	Domain      string
	Expires     time.Time
	RawExpires  string
	MaxAge      int // seconds; 0: not said; negative: delete it
	Secure      bool
	HttpOnly    bool
	SameSite    SameSite
	Partitioned bool
	Raw         string
	Unparsed    []string
}

// SameSite says whether a cookie is sent with requests that other sites caused.
type SameSite int

const (
	SameSiteDefaultMode SameSite = iota + 1
	SameSiteLaxMode
	SameSiteStrictMode
	SameSiteNoneMode
)

// ErrNoCookie: the request has no such cookie.
var ErrNoCookie = errors.New("http: named cookie not present")

var (
	errBlankCookie        = errors.New("http: blank cookie")
	errEqualNotFound      = errors.New("http: '=' not found in cookie")
	errInvalidCookieName  = errors.New("http: invalid cookie name")
	errInvalidCookieValue = errors.New("http: invalid cookie value")
)

// SetCookie adds a cookie to a response.
func SetCookie(w ResponseWriter, cookie *Cookie) {
	if v := cookie.String(); v != "" {
		w.Header().Add("Set-Cookie", v)
	}
}

func validValueByte(b byte) bool { return ' ' <= b && b < 0x7f && b != '"' && b != ';' && b != '\\' }

// cleanValue leaves out what a value may not hold, and puts it in quotes if need be.
func cleanValue(v string, quoted bool) string {
	v = clean("Cookie.Value", v, validValueByte)
	if v != "" && (strings.IndexByte(v, ' ') >= 0 || strings.IndexByte(v, ',') >= 0) || quoted {
		return `"` + v + `"`
	}
	return v
}

func validAttributeByte(b byte) bool { return ' ' <= b && b < 0x7f && b != ';' }

// clean leaves out the bytes that are not valid, and says so in the log.
func clean(field, v string, valid func(byte) bool) string {
	ok := true
	for i := range len(v) {
		if !valid(v[i]) {
			if ok {
				log.Printf("net/http: invalid byte %q in %s; dropping invalid bytes", v[i], field)
			}
			ok = false
		}
	}
	if ok {
		return v
	}
	out := make([]byte, 0, len(v))
	for i := range len(v) {
		if valid(v[i]) {
			out = append(out, v[i])
		}
	}
	return string(out)
}

func validDomain(d string) bool {
	d = strings.TrimPrefix(d, ".")
	if d == "" || len(d) > 255 {
		return false
	}
	for label := range strings.SplitSeq(d, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			// IPv6 addresses have no dots.
			return false
		}
		for i := range len(label) {
			c := label[i] | 0x20
			if !('a' <= c && c <= 'z' || '0' <= label[i] && label[i] <= '9' || label[i] == '-') {
				return false
			}
		}
	}
	return true
}

// String returns the cookie as it stands in a header: the name and value alone, or with attributes for a response. It is
// empty for a cookie with an invalid name.
func (c *Cookie) String() string {
	if c == nil || !httphead.IsToken(c.Name) {
		return ""
	}
	var b strings.Builder
	b.WriteString(c.Name)
	b.WriteByte('=')
	b.WriteString(cleanValue(c.Value, c.Quoted))
	if c.Path != "" {
		b.WriteString("; Path=")
		b.WriteString(clean("Cookie.Path", c.Path, validAttributeByte))
	}
	switch {
	case c.Domain == "":
	case validDomain(c.Domain):
		b.WriteString("; Domain=")
		b.WriteString(strings.TrimPrefix(c.Domain, "."))
	default:
		log.Printf("net/http: invalid Cookie.Domain %q; dropping domain attribute", c.Domain)
	}
	if c.Expires.Year() >= 1601 {
		b.WriteString("; Expires=")
		b.WriteString(c.Expires.UTC().Format(TimeFormat))
	}
	if c.MaxAge > 0 {
		b.WriteString("; Max-Age=")
		b.WriteString(strconv.Itoa(c.MaxAge))
	} else if c.MaxAge < 0 {
		b.WriteString("; Max-Age=0")
	}
	if c.HttpOnly {
		b.WriteString("; HttpOnly")
	}
	if c.Secure {
		b.WriteString("; Secure")
	}
	switch c.SameSite {
	case SameSiteNoneMode:
		b.WriteString("; SameSite=None")
	case SameSiteLaxMode:
		b.WriteString("; SameSite=Lax")
	case SameSiteStrictMode:
		b.WriteString("; SameSite=Strict")
	}
	if c.Partitioned {
		b.WriteString("; Partitioned")
	}
	return b.String()
}

// Valid reports what is wrong with the cookie.
func (c *Cookie) Valid() error {
	if c == nil {
		return errors.New("http: nil Cookie")
	}
	if !httphead.IsToken(c.Name) {
		return errors.New("http: invalid Cookie.Name")
	}
	if !c.Expires.IsZero() && c.Expires.Year() < 1601 {
		return errors.New("http: invalid Cookie.Expires")
	}
	for i := range len(c.Value) {
		if !validValueByte(c.Value[i]) {
			return errors.New("http: invalid byte " + strconv.QuoteRune(rune(c.Value[i])) + " in Cookie.Value")
		}
	}
	for i := range len(c.Path) {
		if !validAttributeByte(c.Path[i]) {
			return errors.New("http: invalid byte " + strconv.QuoteRune(rune(c.Path[i])) + " in Cookie.Path")
		}
	}
	if c.Domain != "" && !validDomain(c.Domain) {
		return errors.New("http: invalid Cookie.Domain")
	}
	if c.Partitioned && !c.Secure {
		return errors.New("http: partitioned cookies must be set with Secure")
	}
	return nil
}

func parseValue(raw string, quotes bool) (value string, quoted, ok bool) {
	if quotes && len(raw) > 1 && raw[0] == '"' && raw[len(raw)-1] == '"' {
		raw, quoted = raw[1:len(raw)-1], true
	}
	for i := range len(raw) {
		if !validValueByte(raw[i]) {
			return "", quoted, false
		}
	}
	return raw, quoted, true
}

// ParseCookie reads a Cookie header.
func ParseCookie(line string) ([]*Cookie, error) {
	parts := strings.Split(strings.Trim(line, " \t"), ";")
	if len(parts) == 1 && parts[0] == "" {
		return nil, errBlankCookie
	}
	var out []*Cookie
	for _, p := range parts {
		name, value, found := strings.Cut(strings.Trim(p, " \t"), "=")
		if !found {
			return nil, errEqualNotFound
		}
		if !httphead.IsToken(name) {
			return nil, errInvalidCookieName
		}
		value, quoted, ok := parseValue(value, true)
		if !ok {
			return nil, errInvalidCookieValue
		}
		out = append(out, &Cookie{Name: name, Value: value, Quoted: quoted})
	}
	return out, nil
}

// readCookies returns the cookies of Cookie headers, all or those of one name. Bad ones are left out.
func readCookies(h Header, only string) []*Cookie {
	out := []*Cookie{}
	for _, line := range h["Cookie"] {
		for p := range strings.SplitSeq(line, ";") {
			p = strings.Trim(p, " \t")
			if p == "" {
				continue
			}
			name, value, _ := strings.Cut(p, "=")
			name = strings.Trim(name, " \t")
			if !httphead.IsToken(name) || only != "" && only != name {
				continue
			}
			if value, quoted, ok := parseValue(value, true); ok {
				out = append(out, &Cookie{Name: name, Value: value, Quoted: quoted})
			}
		}
	}
	return out
}

// ParseSetCookie reads a Set-Cookie header.
func ParseSetCookie(line string) (*Cookie, error) {
	parts := strings.Split(strings.Trim(line, " \t"), ";")
	if len(parts) == 1 && parts[0] == "" {
		return nil, errBlankCookie
	}
	name, value, ok := strings.Cut(strings.Trim(parts[0], " \t"), "=")
	if !ok {
		return nil, errEqualNotFound
	}
	name = strings.Trim(name, " \t")
	if !httphead.IsToken(name) {
		return nil, errInvalidCookieName
	}
	value, quoted, ok := parseValue(value, true)
	if !ok {
		return nil, errInvalidCookieValue
	}
	c := &Cookie{Name: name, Value: value, Quoted: quoted, Raw: line}
	for _, p := range parts[1:] {
		p = strings.Trim(p, " \t")
		if p == "" {
			continue
		}
		attr, val, _ := strings.Cut(p, "=")
		val, _, ok := parseValue(val, false)
		if !ok {
			c.Unparsed = append(c.Unparsed, p)
			continue
		}
		switch strings.ToLower(attr) {
		case "samesite":
			switch strings.ToLower(val) {
			case "lax":
				c.SameSite = SameSiteLaxMode
			case "strict":
				c.SameSite = SameSiteStrictMode
			case "none":
				c.SameSite = SameSiteNoneMode
			default:
				c.SameSite = SameSiteDefaultMode
			}
			continue
		case "secure":
			c.Secure = true
			continue
		case "httponly":
			c.HttpOnly = true
			continue
		case "partitioned":
			c.Partitioned = true
			continue
		case "domain":
			c.Domain = val
			continue
		case "path":
			c.Path = val
			continue
		case "max-age":
			secs, err := strconv.Atoi(val)
			if err != nil || secs != 0 && val[0] == '0' {
				break
			}
			if secs <= 0 {
				secs = -1
			}
			c.MaxAge = secs
			continue
		case "expires":
			c.RawExpires = val
			t, err := time.Parse(time.RFC1123, val)
			if err != nil {
				if t, err = time.Parse("Mon, 02-Jan-2006 15:04:05 MST", val); err != nil {
					c.Expires = time.Time{}
					break
				}
			}
			c.Expires = t.UTC()
			continue
		}
		c.Unparsed = append(c.Unparsed, p)
	}
	return c, nil
}

func readSetCookies(h Header) []*Cookie {
	out := []*Cookie{}
	for _, line := range h["Set-Cookie"] {
		if c, err := ParseSetCookie(line); err == nil {
			out = append(out, c)
		}
	}
	return out
}
