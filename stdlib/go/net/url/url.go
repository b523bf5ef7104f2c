// Package url takes URLs apart and puts them together.
package url

import (
	"errors"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// Error says what was done with which URL, and why it failed.
type Error struct {
	Op  string
	URL string
	Err error
}

func (e *Error) Unwrap() error { return e.Err }
func (e *Error) Error() string { return fmt.Sprintf("%s %q: %s", e.Op, e.URL, e.Err) }

// Timeout reports whether time ran out.
func (e *Error) Timeout() bool {
	t, ok := e.Err.(interface{ Timeout() bool })
	return ok && t.Timeout()
}

// Temporary says little; do not use it.
func (e *Error) Temporary() bool {
	t, ok := e.Err.(interface{ Temporary() bool })
	return ok && t.Temporary()
}

// EscapeError is a percent sign without two hexadecimal digits behind it.
type EscapeError string

func (e EscapeError) Error() string { return fmt.Sprintf("invalid URL escape %q", string(e)) }

// InvalidHostError is a character that no host has.
type InvalidHostError string

func (e InvalidHostError) Error() string {
	return fmt.Sprintf("invalid character %q in host name", string(e))
}

// part is a part of a URL; each has its own rules of what is escaped.
type part int

const (
	inPath part = iota
	inSegment
	inHost
	inZone
	inUser
	inQuery
	inFragment
)

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// escaped reports whether c must be escaped there.
func escaped(c byte, where part) bool {
	if isAlnum(c) || c == '-' || c == '_' || c == '.' || c == '~' {
		return false
	}
	if where == inHost || where == inZone {
		return strings.IndexByte("!$&'()*+,;=:[]<>\"", c) < 0
	}
	if strings.IndexByte("$&+,/:;=?@", c) >= 0 {
		switch where {
		case inPath:
			return c == '?'
		case inSegment:
			return c == '/' || c == ';' || c == ',' || c == '?'
		case inUser:
			return c == '@' || c == '/' || c == '?' || c == ':'
		case inFragment:
			return false
		}
		return true
	}
	if where == inFragment && strings.IndexByte("!()*", c) >= 0 {
		return false
	}
	return true
}

func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

func unescape(s string, where part) (string, error) {
	if strings.IndexByte(s, '%') < 0 && (where != inQuery || strings.IndexByte(s, '+') < 0) && where != inHost && where != inZone {
		return s, nil
	}
	changes := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '%':
			if i+2 >= len(s) || unhex(s[i+1]) < 0 || unhex(s[i+2]) < 0 {
				s = s[i:]
				return "", EscapeError(s[:min(3, len(s))])
			}
			// A host has escapes of other alphabets only, a zone hardly any.
			esc := s[i : i+3]
			if where == inHost && unhex(s[i+1]) < 8 && esc != "%25" {
				return "", EscapeError(esc)
			}
			if where == inZone {
				if v := byte(unhex(s[i+1])<<4 | unhex(s[i+2])); esc != "%25" && v != ' ' && escaped(v, inHost) {
					return "", EscapeError(esc)
				}
			}
			changes = true
			i += 2
		case c == '+':
			changes = changes || where == inQuery
		case (where == inHost || where == inZone) && c < 0x80 && escaped(c, where):
			return "", InvalidHostError(s[i : i+1])
		}
	}
	if !changes {
		return s, nil
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%':
			b = append(b, byte(unhex(s[i+1])<<4|unhex(s[i+2])))
			i += 2
		case c == '+' && where == inQuery:
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return string(b), nil
}

func escape(s string, where part) string {
	n := 0
	for i := range len(s) {
		if escaped(s[i], where) {
			n++
		}
	}
	if n == 0 {
		return s
	}
	const upper = "0123456789ABCDEF"
	b := make([]byte, 0, len(s)+2*n)
	for i := range len(s) {
		switch c := s[i]; {
		case c == ' ' && where == inQuery:
			b = append(b, '+')
		case escaped(c, where):
			b = append(b, '%', upper[c>>4], upper[c&15])
		default:
			b = append(b, c)
		}
	}
	return string(b)
}

// QueryEscape escapes a text so that it can stand in a query.
func QueryEscape(s string) string { return escape(s, inQuery) }

// QueryUnescape undoes QueryEscape.
func QueryUnescape(s string) (string, error) { return unescape(s, inQuery) }

// PathEscape escapes a text so that it can be one segment of a path.
func PathEscape(s string) string { return escape(s, inSegment) }

// PathUnescape undoes PathEscape.
func PathUnescape(s string) (string, error) { return unescape(s, inSegment) }

// URL is a URL's parts:
//
//	[scheme:][//[userinfo@]host][/]path[?query][#fragment]
//
// or, if there is no slash behind the scheme:
//
//	scheme:opaque[?query][#fragment]
type URL struct {
	Scheme      string
	Opaque      string
	User        *Userinfo
	Host        string // host or host:port
	Path        string // not escaped
	Fragment    string // not escaped
	RawQuery    string // without the question mark
	RawPath     string // the path as it was, if Path escaped would differ
	RawFragment string
	ForceQuery  bool // a question mark even if RawQuery is empty
	OmitHost    bool // no slashes for an empty host
}

// Userinfo is a user's name and perhaps a password.
type Userinfo struct {
	username    string
	password    string
	passwordSet bool
}

// User returns a Userinfo without password.
func User(username string) *Userinfo { return &Userinfo{username, "", false} }

// UserPassword returns a Userinfo with password.
func UserPassword(username, password string) *Userinfo { return &Userinfo{username, password, true} }

// Username returns the name.
func (u *Userinfo) Username() string {
	if u == nil {
		return ""
	}
	return u.username
}

// Password returns the password, and whether there is one.
func (u *Userinfo) Password() (string, bool) {
	if u == nil {
		return "", false
	}
	return u.password, u.passwordSet
}

// String returns "name" or "name:password", escaped.
func (u *Userinfo) String() string {
	if u == nil || u.username == "" && u.password == "" && !u.passwordSet {
		return ""
	}
	s := escape(u.username, inUser)
	if u.passwordSet {
		s += ":" + escape(u.password, inUser)
	}
	return s
}

// splitScheme takes the scheme off.
func splitScheme(s string) (scheme, rest string, err error) {
	for i := range len(s) {
		c := s[i]
		switch {
		case 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z':
		case '0' <= c && c <= '9' || c == '+' || c == '-' || c == '.':
			if i == 0 {
				return "", s, nil
			}
		case c == ':':
			if i == 0 {
				return "", "", errors.New("missing protocol scheme")
			}
			return s[:i], s[i+1:], nil
		default:
			return "", s, nil
		}
	}
	return "", s, nil
}

// Parse reads a URL, which may be relative.
func Parse(rawURL string) (*URL, error) {
	s, fragment, _ := strings.Cut(rawURL, "#")
	u, err := parse(s, false)
	if err != nil {
		return nil, &Error{"parse", s, err}
	}
	if fragment != "" {
		if err := u.setFragment(fragment); err != nil {
			return nil, &Error{"parse", rawURL, err}
		}
	}
	return u, nil
}

// ParseRequestURI reads a URL as a request has it: absolute, or a path that begins with a slash; without a fragment.
func ParseRequestURI(rawURL string) (*URL, error) {
	u, err := parse(rawURL, true)
	if err != nil {
		return nil, &Error{"parse", rawURL, err}
	}
	return u, nil
}

func parse(s string, request bool) (*URL, error) {
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return nil, errors.New("net/url: invalid control character in URL")
		}
	}
	if s == "" && request {
		return nil, errors.New("empty url")
	}
	u := new(URL)
	if s == "*" {
		u.Path = "*"
		return u, nil
	}
	var rest string
	var err error
	if u.Scheme, rest, err = splitScheme(s); err != nil {
		return nil, err
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if q := strings.IndexByte(rest, '?'); q >= 0 {
		if q == len(rest)-1 {
			u.ForceQuery = true
		}
		rest, u.RawQuery = rest[:q], rest[q+1:]
	}
	if !strings.HasPrefix(rest, "/") {
		if u.Scheme != "" {
			u.Opaque = rest
			return u, nil
		}
		if request {
			return nil, errors.New("invalid URI for request")
		}
		if segment, _, _ := strings.Cut(rest, "/"); strings.IndexByte(segment, ':') >= 0 {
			return nil, errors.New("first path segment in URL cannot contain colon")
		}
	}
	if strings.HasPrefix(rest, "//") && (u.Scheme != "" || !request && !strings.HasPrefix(rest, "///")) {
		authority := rest[2:]
		rest = ""
		if i := strings.IndexByte(authority, '/'); i >= 0 {
			authority, rest = authority[:i], authority[i:]
		}
		if u.User, u.Host, err = parseAuthority(u.Scheme, authority); err != nil {
			return nil, err
		}
	} else if u.Scheme != "" && strings.HasPrefix(rest, "/") {
		u.OmitHost = true
	}
	if err := u.setPath(rest); err != nil {
		return nil, err
	}
	return u, nil
}

func parseAuthority(scheme, s string) (*Userinfo, string, error) {
	i := strings.LastIndexByte(s, '@')
	host, err := parseHost(scheme, s[i+1:])
	if err != nil || i < 0 {
		return nil, host, err
	}
	info := s[:i]
	for k := range len(info) {
		if c := info[k]; !isAlnum(c) && strings.IndexByte("-._:~!$&'()*+,;=%@", c) < 0 {
			return nil, "", errors.New("net/url: invalid userinfo")
		}
	}
	name, password, has := strings.Cut(info, ":")
	if name, err = unescape(name, inUser); err != nil {
		return nil, "", err
	}
	if !has {
		return User(name), host, nil
	}
	if password, err = unescape(password, inUser); err != nil {
		return nil, "", err
	}
	return UserPassword(name, password), host, nil
}

// validPort reports whether s is empty or a colon with digits.
func validPort(s string) bool {
	return s == "" || s[0] == ':' && strings.Trim(s[1:], "0123456789") == ""
}

func parseHost(scheme, host string) (string, error) {
	if open := strings.LastIndexByte(host, '['); open > 0 {
		return "", errors.New("invalid IP-literal")
	} else if open == 0 {
		end := strings.LastIndexByte(host, ']')
		if end < 0 {
			return "", errors.New("missing ']' in host")
		}
		if port := host[end+1:]; !validPort(port) {
			return "", fmt.Errorf("invalid port %q after host", port)
		}
		inner := host[1:end]
		zone := ""
		if z := strings.Index(inner, "%25"); z >= 0 {
			zone = inner[z:]
			inner = inner[:z]
			var err error
			if zone, err = unescape(zone, inZone); err != nil {
				return "", err
			}
		}
		inner, err := unescape(inner, inHost)
		if err != nil {
			return "", err
		}
		if strings.IndexByte(inner, '.') > 0 && strings.Trim(inner, ".0123456789") == "" {
			return "", errors.New("invalid IP-literal")
		}
		if !isIPv6(inner) {
			return "", errors.New("invalid host: " + parseAddrError(inner, zone))
		}
		rest, err := unescape(host[end:], inHost)
		if err != nil {
			return "", err
		}
		return "[" + inner + zone + rest, nil
	}
	if i := strings.IndexByte(host, ':'); i >= 0 {
		last := strings.LastIndexByte(host, ':')
		if last != i && (scheme == "http" || scheme == "https") {
			return "", fmt.Errorf("invalid port %q after host", host[i:])
		}
		if !validPort(host[last:]) {
			return "", fmt.Errorf("invalid port %q after host", host[last:])
		}
	}
	return unescape(host, inHost)
}

func (u *URL) setPath(p string) error {
	path, err := unescape(p, inPath)
	if err != nil {
		return err
	}
	u.Path, u.RawPath = path, ""
	if p != path || strings.IndexFunc(p, func(r rune) bool { return r >= 0x80 || escaped(byte(r), inPath) }) >= 0 {
		if escape(path, inPath) != p {
			u.RawPath = p
		}
	}
	return nil
}

func (u *URL) setFragment(f string) error {
	fragment, err := unescape(f, inFragment)
	if err != nil {
		return err
	}
	u.Fragment, u.RawFragment = fragment, ""
	if escape(fragment, inFragment) != f {
		u.RawFragment = f
	}
	return nil
}

// validEncoded reports whether s is escaped, if not in our own way.
func validEncoded(s string, where part) bool {
	for i := range len(s) {
		if c := s[i]; strings.IndexByte("!$&'()*+,;=:@[]%", c) < 0 && escaped(c, where) {
			return false
		}
	}
	return true
}

// EscapedPath returns the path escaped: RawPath, if that is a way to write Path.
func (u *URL) EscapedPath() string {
	if u.RawPath != "" && validEncoded(u.RawPath, inPath) {
		if p, err := unescape(u.RawPath, inPath); err == nil && p == u.Path {
			return u.RawPath
		}
	}
	if u.Path == "*" {
		return "*"
	}
	return escape(u.Path, inPath)
}

// EscapedFragment returns the fragment escaped: RawFragment, if that is a way to write Fragment.
func (u *URL) EscapedFragment() string {
	if u.RawFragment != "" && validEncoded(u.RawFragment, inFragment) {
		if f, err := unescape(u.RawFragment, inFragment); err == nil && f == u.Fragment {
			return u.RawFragment
		}
	}
	return escape(u.Fragment, inFragment)
}

// String puts the parts together.
func (u *URL) String() string {
	var b strings.Builder
	if u.Scheme != "" {
		b.WriteString(u.Scheme)
		b.WriteByte(':')
	}
	if u.Opaque != "" {
		b.WriteString(u.Opaque)
	} else {
		if u.Scheme != "" || u.Host != "" || u.User != nil {
			if !(u.OmitHost && u.Host == "" && u.User == nil) {
				if u.Host != "" || u.Path != "" || u.User != nil {
					b.WriteString("//")
				}
				if u.User != nil {
					b.WriteString(u.User.String())
					b.WriteByte('@')
				}
				b.WriteString(escape(u.Host, inHost))
			}
		}
		p := u.EscapedPath()
		if p != "" && p[0] != '/' && u.Host != "" {
			b.WriteByte('/')
		}
		if b.Len() == 0 {
			// A colon in the first segment would look like a scheme.
			if segment, _, _ := strings.Cut(p, "/"); strings.IndexByte(segment, ':') >= 0 {
				b.WriteString("./")
			}
		}
		b.WriteString(p)
	}
	if u.ForceQuery || u.RawQuery != "" {
		b.WriteByte('?')
		b.WriteString(u.RawQuery)
	}
	if u.Fragment != "" {
		b.WriteByte('#')
		b.WriteString(u.EscapedFragment())
	}
	return b.String()
}

// Redacted is like String with the password replaced.
func (u *URL) Redacted() string {
	if u == nil {
		return ""
	}
	r := *u
	if _, has := r.User.Password(); has {
		r.User = UserPassword(r.User.Username(), "xxxxx")
	}
	return r.String()
}

// Values are parameters: those of a query or a form.
type Values map[string][]string

// Get returns a key's first value, or nothing.
func (v Values) Get(key string) string {
	if list := v[key]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// Set replaces all values of a key.
func (v Values) Set(key, value string) { v[key] = []string{value} }

// Add adds a value to a key.
func (v Values) Add(key, value string) { v[key] = append(v[key], value) }

// Del deletes a key.
func (v Values) Del(key string) { delete(v, key) }

// Has reports whether there is such a key.
func (v Values) Has(key string) bool {
	_, ok := v[key]
	return ok
}

// Clone returns a copy.
func (v Values) Clone() Values {
	if v == nil {
		return nil
	}
	c := make(Values, len(v))
	for k, list := range v {
		c[k] = slices.Clone(list)
	}
	return c
}

// Encode returns "a=1&b=2", escaped, ordered by key.
func (v Values) Encode() string {
	var b strings.Builder
	for _, k := range slices.Sorted(maps.Keys(v)) {
		key := QueryEscape(k)
		for _, value := range v[k] {
			if b.Len() > 0 {
				b.WriteByte('&')
			}
			b.WriteString(key)
			b.WriteByte('=')
			b.WriteString(QueryEscape(value))
		}
	}
	return b.String()
}

// ParseQuery reads "a=1&b=2". With an error it returns what could be read.
func ParseQuery(query string) (Values, error) {
	m := make(Values)
	var first error
	note := func(err error) {
		if first == nil {
			first = err
		}
	}
	for query != "" {
		var key string
		key, query, _ = strings.Cut(query, "&")
		if strings.IndexByte(key, ';') >= 0 {
			note(errors.New("invalid semicolon separator in query"))
			continue
		}
		if key == "" {
			continue
		}
		key, value, _ := strings.Cut(key, "=")
		key, err := QueryUnescape(key)
		if err != nil {
			note(err)
			continue
		}
		if value, err = QueryUnescape(value); err != nil {
			note(err)
			continue
		}
		m[key] = append(m[key], value)
	}
	return m, first
}

// IsAbs reports whether there is a scheme.
func (u *URL) IsAbs() bool { return u.Scheme != "" }

// Query returns the parameters; bad ones are left out.
func (u *URL) Query() Values {
	v, _ := ParseQuery(u.RawQuery)
	return v
}

// RequestURI returns what stands in the first line of a request.
func (u *URL) RequestURI() string {
	s := u.Opaque
	if s == "" {
		if s = u.EscapedPath(); s == "" {
			s = "/"
		}
	} else if strings.HasPrefix(s, "//") {
		s = u.Scheme + ":" + s
	}
	if u.ForceQuery || u.RawQuery != "" {
		s += "?" + u.RawQuery
	}
	return s
}

func splitPort(host string) (string, string) {
	port := ""
	if i := strings.LastIndexByte(host, ':'); i >= 0 && validPort(host[i:]) {
		host, port = host[:i], host[i+1:]
	}
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	return host, port
}

// Hostname returns the host without port and brackets.
func (u *URL) Hostname() string {
	host, _ := splitPort(u.Host)
	return host
}

// Port returns the host's port, or nothing.
func (u *URL) Port() string {
	_, port := splitPort(u.Host)
	return port
}

// Parse reads a URL that may be relative to u.
func (u *URL) Parse(ref string) (*URL, error) {
	r, err := Parse(ref)
	if err != nil {
		return nil, err
	}
	return u.ResolveReference(r), nil
}

// resolvePath returns ref as seen from base, without dots.
func resolvePath(base, ref string) string {
	full := ref
	if ref == "" {
		full = base
	} else if ref[0] != '/' {
		full = base[:strings.LastIndexByte(base, '/')+1] + ref
	}
	if full == "" {
		return ""
	}
	var out []string
	segments := strings.Split(strings.TrimPrefix(full, "/"), "/")
	slash := false // at the end
	for i, s := range segments {
		last := i == len(segments)-1
		switch s {
		case ".":
			slash = last
		case "..":
			if len(out) > 0 {
				out = out[:len(out)-1]
			}
			slash = last
		default:
			out = append(out, s)
		}
	}
	r := "/" + strings.Join(out, "/")
	if slash && r != "/" {
		r += "/"
	}
	if len(r) > 1 && r[1] == '/' {
		// Two slashes would begin a host.
		r = "/" + strings.TrimLeft(r, "/")
	}
	return r
}

// ResolveReference returns ref as seen from u.
func (u *URL) ResolveReference(ref *URL) *URL {
	r := *ref
	if ref.Scheme == "" {
		r.Scheme = u.Scheme
	}
	if ref.Scheme != "" || ref.Host != "" || ref.User != nil {
		r.setPath(resolvePath(ref.EscapedPath(), ""))
		return &r
	}
	if ref.Opaque != "" {
		r.User, r.Host, r.Path = nil, "", ""
		return &r
	}
	if ref.Path == "" && !ref.ForceQuery && ref.RawQuery == "" {
		r.RawQuery = u.RawQuery
		if ref.Fragment == "" {
			r.Fragment, r.RawFragment = u.Fragment, u.RawFragment
		}
	}
	if ref.Path == "" && u.Opaque != "" {
		r.Opaque, r.User, r.Host, r.Path = u.Opaque, nil, "", ""
		return &r
	}
	r.Host, r.User = u.Host, u.User
	r.setPath(resolvePath(u.EscapedPath(), ref.EscapedPath()))
	return &r
}

// JoinPath returns u with elements added to its path, which is cleaned.
func (u *URL) JoinPath(elem ...string) *URL {
	r, _ := u.joinPath(elem)
	return r
}

func (u *URL) joinPath(elem []string) (*URL, error) {
	elem = append([]string{u.EscapedPath()}, elem...)
	var p string
	if !strings.HasPrefix(elem[0], "/") {
		// So that no dots lead out of it.
		elem[0] = "/" + elem[0]
		p = path.Join(elem...)[1:]
	} else {
		p = path.Join(elem...)
	}
	if strings.HasSuffix(elem[len(elem)-1], "/") && !strings.HasSuffix(p, "/") {
		p += "/"
	}
	r := *u
	err := r.setPath(p)
	return &r, err
}

// JoinPath returns a URL with elements added to its path.
func JoinPath(base string, elem ...string) (result string, err error) {
	u, err := Parse(base)
	if err != nil {
		return "", err
	}
	r, err := u.joinPath(elem)
	if err != nil {
		return "", err
	}
	return r.String(), nil
}

// MarshalBinary returns the text of String.
func (u *URL) MarshalBinary() (text []byte, err error) { return []byte(u.String()), nil }

// UnmarshalBinary reads what Parse reads.
func (u *URL) UnmarshalBinary(text []byte) error {
	x, err := Parse(string(text))
	if err != nil {
		return err
	}
	*u = *x
	return nil
}

// Clone returns a copy.
func (u *URL) Clone() *URL {
	if u == nil {
		return nil
	}
	c := *u
	if u.User != nil {
		user := *u.User
		c.User = &user
	}
	return &c
}

// isIPv6 reports whether s is an IPv6 address.
func isIPv6(s string) bool {
	groups, gap := 0, false
	for i := 0; i < len(s); {
		if strings.HasPrefix(s[i:], "::") {
			if gap {
				return false
			}
			gap = true
			if i += 2; i == len(s) {
				break
			}
		} else if i > 0 {
			if s[i] != ':' {
				return false
			}
			i++
		}
		n := i
		for n < len(s) && unhex(s[n]) >= 0 {
			n++
		}
		if n < len(s) && s[n] == '.' {
			parts := strings.Split(s[i:], ".")
			for _, p := range parts {
				if len(p) == 0 || len(p) > 3 || strings.Trim(p, "0123456789") != "" || len(p) > 1 && p[0] == '0' ||
					len(p) == 3 && p > "255" {
					return false
				}
			}
			if len(parts) != 4 {
				return false
			}
			groups += 2
			break
		}
		if n == i || n-i > 4 {
			return false
		}
		groups++
		i = n
	}
	return groups == 8 && !gap || groups < 8 && gap
}

func parseAddrError(inner, zone string) string {
	return fmt.Sprintf("ParseAddr(%q): unable to parse IP", inner+zone)
}
