// Package cookiejar keeps cookies in memory for clients of net/http, by RFC 6265.
package cookiejar

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// PublicSuffixList knows the domains under which anybody can register: no cookie may be set for all of those.
type PublicSuffixList interface {
	// PublicSuffix returns the public suffix of a domain in lower case: for "foo.bar.co.uk" it is "co.uk".
	PublicSuffix(domain string) string
	// String says where the list comes from.
	String() string
}

// Options is for New.
type Options struct {
	// PublicSuffixList: without one, a cookie can be set for a whole top-level domain but one of a single label.
	PublicSuffixList PublicSuffixList
}

// Jar is an http.CookieJar.
type Jar struct {
	list PublicSuffixList
	mu   sync.Mutex
	// Cookies by their site (the public suffix and one label more), then by domain, path and name.
	sites map[string]map[string]entry
	next  uint64 // number of the next new cookie
}

// entry is a cookie that is kept.
type entry struct {
	name, value      string
	quoted           bool
	domain, path     string
	secure, httpOnly bool
	hostOnly         bool // for this one host, not those below it
	sameSite         string
	persistent       bool
	expires          time.Time
	created          time.Time
	number           uint64 // order of creation
}

func (e *entry) id() string { return e.domain + ";" + e.path + ";" + e.name }

// New returns an empty jar.
func New(o *Options) (*Jar, error) {
	j := &Jar{sites: map[string]map[string]entry{}}
	if o != nil {
		j.list = o.PublicSuffixList
	}
	return j, nil
}

var (
	errNoHost     = errors.New("cookiejar: no host name available (IP only)")
	errBadDomain  = errors.New("cookiejar: illegal cookie domain attribute")
	errBadCookie  = errors.New("cookiejar: malformed cookie domain attribute")
	foreverIsLong = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)
)

func isIP(host string) bool {
	if strings.ContainsAny(host, ":%") {
		return true
	}
	return net.ParseIP(host) != nil
}

// hostOf returns the canonical name of a URL's host, and whether there is one.
func hostOf(u *url.URL) (string, bool) {
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	for i := range len(host) {
		if host[i] >= 0x80 {
			return "", false // it would have to be encoded first
		}
	}
	return host, u.Host != ""
}

// site returns what cookies are sorted by: the registrable domain.
func (j *Jar) site(host string) string {
	if isIP(host) {
		return host
	}
	if j.list == nil {
		i := strings.LastIndexByte(host, '.')
		if i <= 0 {
			return host
		}
		return host[strings.LastIndexByte(host[:i], '.')+1:]
	}
	suffix := j.list.PublicSuffix(host)
	if suffix == host {
		return host
	}
	i := len(host) - len(suffix)
	if i <= 0 || host[i-1] != '.' {
		return host // the list is wrong
	}
	return host[strings.LastIndexByte(host[:i-1], '.')+1:]
}

// below reports whether host is a name below domain.
func below(host, domain string) bool {
	return len(host) > len(domain) && strings.HasSuffix(host, domain) && host[len(host)-len(domain)-1] == '.'
}

func (e *entry) matches(https bool, host, path string) bool {
	if e.domain != host && (e.hostOnly || isIP(host) || !below(host, e.domain)) {
		return false
	}
	if path != e.path {
		if !strings.HasPrefix(path, e.path) || e.path[len(e.path)-1] != '/' && path[len(e.path)] != '/' {
			return false
		}
	}
	return https || !e.secure
}

// Cookies returns the cookies to send in a request.
func (j *Jar) Cookies(u *url.URL) []*http.Cookie { return j.cookies(u, time.Now()) }

func (j *Jar) cookies(u *url.URL, now time.Time) (out []*http.Cookie) {
	host, ok := hostOf(u)
	if !ok {
		return nil
	}
	path := u.Path
	if path == "" {
		path = "/"
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	site := j.site(host)
	kept := j.sites[site]
	var found []entry
	for id, e := range kept {
		if e.persistent && !e.expires.After(now) {
			delete(kept, id)
			continue
		}
		if e.matches(u.Scheme == "https", host, path) {
			found = append(found, e)
		}
	}
	if kept != nil && len(kept) == 0 {
		delete(j.sites, site)
	}
	// Longer paths first, then older cookies.
	slices.SortFunc(found, func(a, b entry) int {
		if c := cmp.Compare(len(b.path), len(a.path)); c != 0 {
			return c
		}
		if c := a.created.Compare(b.created); c != 0 {
			return c
		}
		return cmp.Compare(a.number, b.number)
	})
	for _, e := range found {
		out = append(out, &http.Cookie{Name: e.name, Value: e.value, Quoted: e.quoted})
	}
	return out
}

// SetCookies keeps the cookies of a response.
func (j *Jar) SetCookies(u *url.URL, cookies []*http.Cookie) { j.setCookies(u, cookies, time.Now()) }

func (j *Jar) setCookies(u *url.URL, cookies []*http.Cookie, now time.Time) {
	if len(cookies) == 0 {
		return
	}
	host, ok := hostOf(u)
	if !ok {
		return
	}
	path := "/"
	if i := strings.LastIndexByte(u.Path, '/'); i > 0 && u.Path[0] == '/' {
		path = u.Path[:i]
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	site := j.site(host)
	kept := j.sites[site]
	for _, c := range cookies {
		e, remove, err := j.entry(c, now, path, host)
		if err != nil {
			continue
		}
		id := e.id()
		if remove {
			delete(kept, id)
			continue
		}
		if kept == nil {
			kept = map[string]entry{}
			j.sites[site] = kept
		}
		if old, ok := kept[id]; ok {
			e.created, e.number = old.created, old.number
		} else {
			e.created, e.number = now, j.next
			j.next++
		}
		kept[id] = e
	}
	if kept != nil && len(kept) == 0 {
		delete(j.sites, site)
	}
}

// entry makes an entry of a cookie that host has set.
func (j *Jar) entry(c *http.Cookie, now time.Time, path, host string) (e entry, remove bool, err error) {
	e = entry{name: c.Name, value: c.Value, quoted: c.Quoted, path: c.Path, secure: c.Secure, httpOnly: c.HttpOnly}
	if e.path == "" || e.path[0] != '/' {
		e.path = path
	}
	if e.domain, e.hostOnly, err = j.domain(host, c.Domain); err != nil {
		return e, false, err
	}
	switch {
	case c.MaxAge < 0:
		return e, true, nil
	case c.MaxAge > 0:
		e.expires = now.Add(time.Duration(c.MaxAge) * time.Second)
		e.persistent = true
	case c.Expires.IsZero():
		e.expires = foreverIsLong
	default:
		if !c.Expires.After(now) {
			return e, true, nil
		}
		e.expires = c.Expires
		e.persistent = true
	}
	switch c.SameSite {
	case http.SameSiteDefaultMode:
		e.sameSite = "SameSite"
	case http.SameSiteStrictMode:
		e.sameSite = "SameSite=Strict"
	case http.SameSiteLaxMode:
		e.sameSite = "SameSite=Lax"
	}
	return e, false, nil
}

// domain returns what domain a cookie of host with an attribute Domain is for.
func (j *Jar) domain(host, attribute string) (domain string, hostOnly bool, err error) {
	if attribute == "" {
		return host, true, nil
	}
	if isIP(host) {
		if host != attribute {
			return "", false, errNoHost
		}
		return host, true, nil
	}
	domain = strings.TrimPrefix(attribute, ".")
	if domain == "" || domain[0] == '.' || domain[len(domain)-1] == '.' {
		return "", false, errBadCookie
	}
	for i := range len(domain) {
		if domain[i] >= 0x80 {
			return "", false, fmt.Errorf("%w: %q", errBadCookie, attribute)
		}
	}
	domain = strings.ToLower(domain)
	if j.list != nil {
		if suffix := j.list.PublicSuffix(domain); suffix != "" && !below(domain, suffix) {
			if host == domain {
				// The suffix itself is a host: the cookie is for it alone.
				return host, true, nil
			}
			return "", false, errBadDomain
		}
	}
	if host != domain && !below(host, domain) {
		return "", false, errBadDomain
	}
	return domain, false, nil
}
