// Package netip is IP addresses, ports and prefixes as small values that can be compared and be keys of maps.
package netip

import (
	"errors"
	"math/bits"
	"strconv"
	"strings"
	"unique"
)

// Addr is an IPv4 or IPv6 address, the latter perhaps with a zone. The zero Addr is none.
type Addr struct {
	hi, lo uint64 // IPv4 addresses are mapped into IPv6
	kind   unique.Handle[kind]
}

// kind is what an address is besides its bits.
type kind struct {
	v6   bool
	zone string
}

var (
	none   unique.Handle[kind]
	plain4 = unique.Make(kind{})
	plain6 = unique.Make(kind{v6: true})
)

const mapped = 0xffff << 32 // in lo, above an IPv4 address

func from4(n uint32) Addr { return Addr{0, mapped | uint64(n), plain4} }

// AddrFrom4 returns an IPv4 address.
func AddrFrom4(b [4]byte) Addr {
	return from4(uint32(b[0])<<24 | uint32(b[1])<<16 | uint32(b[2])<<8 | uint32(b[3]))
}

// AddrFrom16 returns an IPv6 address, even if it is a mapped IPv4 address.
func AddrFrom16(b [16]byte) Addr { return Addr{load(b[:8]), load(b[8:]), plain6} }

func load(b []byte) (n uint64) {
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n
}

func store(b []byte, n uint64) {
	for i := range b {
		b[len(b)-1-i] = byte(n)
		n >>= 8
	}
}

// AddrFromSlice returns the address in 4 or 16 bytes.
func AddrFromSlice(b []byte) (ip Addr, ok bool) {
	switch len(b) {
	case 4:
		return AddrFrom4([4]byte(b)), true
	case 16:
		return AddrFrom16([16]byte(b)), true
	}
	return Addr{}, false
}

// Addresses with a meaning.
func IPv6LinkLocalAllNodes() Addr   { return Addr{0xff02 << 48, 1, plain6} }
func IPv6LinkLocalAllRouters() Addr { return Addr{0xff02 << 48, 2, plain6} }
func IPv6Loopback() Addr            { return Addr{0, 1, plain6} }
func IPv6Unspecified() Addr         { return Addr{0, 0, plain6} }
func IPv4Unspecified() Addr         { return from4(0) }

// MustParseAddr is like ParseAddr and panics if there is an error.
func MustParseAddr(s string) Addr {
	ip, err := ParseAddr(s)
	if err != nil {
		panic(err)
	}
	return ip
}

type parseAddrError struct {
	in  string
	msg string
	at  string // what was left
}

func (e parseAddrError) Error() string {
	s := "ParseAddr(" + strconv.Quote(e.in) + "): " + e.msg
	if e.at != "" {
		s += " (at " + strconv.Quote(e.at) + ")"
	}
	return s
}

// ParseAddr reads an address: "192.0.2.1", "2001:db8::68", "fe80::1cc0:3e8c:119f:c2e1%ens18".
func ParseAddr(s string) (Addr, error) {
	for i := range len(s) {
		switch s[i] {
		case '.':
			n, err := parse4(s, s)
			if err != nil {
				return Addr{}, err
			}
			return from4(n), nil
		case ':':
			return parse6(s)
		case '%':
			return Addr{}, parseAddrError{in: s, msg: "missing IPv6 address"}
		}
	}
	return Addr{}, parseAddrError{in: s, msg: "unable to parse IP"}
}

// parse4 reads the IPv4 address s, part of in.
func parse4(in, s string) (uint32, error) {
	fail := func(msg, at string) (uint32, error) { return 0, parseAddrError{in, msg, at} }
	var n, field uint32
	digits, dots := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
			if digits == 1 && field == 0 {
				return fail("IPv4 field has octet with leading zero", "")
			}
			field = 10*field + uint32(c-'0')
			digits++
			if field > 255 {
				return fail("IPv4 field has value >255", "")
			}
		case c != '.':
			return fail("unexpected character", s[i:])
		case digits == 0 || i == len(s)-1:
			return fail("IPv4 field must have at least one digit", s[i:])
		case dots == 3:
			return fail("IPv4 address too long", "")
		default:
			n = n<<8 | field
			field, digits = 0, 0
			dots++
		}
	}
	if dots < 3 {
		return fail("IPv4 address too short", "")
	}
	return n<<8 | field, nil
}

func hexDigit(c byte) int {
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

func parse6(in string) (Addr, error) {
	fail := func(msg, at string) (Addr, error) { return Addr{}, parseAddrError{in, msg, at} }
	s, zone, hasZone := strings.Cut(in, "%")
	if hasZone && zone == "" {
		return fail("zone must be a non-empty string", "")
	}
	var b [16]byte
	gap := -1 // where "::" stands
	i := 0
	if strings.HasPrefix(s, "::") {
		gap = 0
		s = s[2:]
		if s == "" {
			return IPv6Unspecified().WithZone(zone), nil
		}
	}
	for i < 16 {
		end, n := 0, 0
		for ; end < len(s); end++ {
			d := hexDigit(s[end])
			if d < 0 {
				break
			}
			n = n<<4 | d
			if end > 3 {
				return fail("each group must have 4 or less digits", s)
			}
		}
		if end == 0 {
			return fail("each colon-separated field must have at least one digit", s)
		}
		if end < len(s) && s[end] == '.' {
			if gap < 0 && i != 12 {
				return fail("embedded IPv4 address must replace the final 2 fields of the address", s)
			}
			if i+4 > 16 {
				return fail("too many hex fields to fit an embedded IPv4 at the end of the address", s)
			}
			v4, err := parse4(in, s)
			if err != nil {
				return Addr{}, err
			}
			store(b[i:i+4], uint64(v4))
			i += 4
			s = ""
			break
		}
		store(b[i:i+2], uint64(n))
		i += 2
		if s = s[end:]; s == "" {
			break
		}
		if s[0] != ':' {
			return fail("unexpected character, want colon", s)
		}
		if len(s) == 1 {
			return fail("colon must be followed by more characters", s)
		}
		if s = s[1:]; s[0] == ':' {
			if gap >= 0 {
				return fail("multiple :: in address", s)
			}
			gap = i
			if s = s[1:]; s == "" {
				break
			}
		}
	}
	switch {
	case s != "":
		return fail("trailing garbage after address", s)
	case i < 16 && gap < 0:
		return fail("address string too short", "")
	case i < 16:
		n := 16 - i
		copy(b[gap+n:], b[gap:i])
		clear(b[gap : gap+n])
	case gap >= 0:
		return fail("the :: must expand to at least one field of zeros", "")
	}
	return AddrFrom16(b).WithZone(zone), nil
}

// IsValid reports whether it is an address at all.
func (ip Addr) IsValid() bool { return ip.kind != none }

// BitLen returns 32, 128, or 0 for the zero Addr.
func (ip Addr) BitLen() int {
	switch ip.kind {
	case none:
		return 0
	case plain4:
		return 32
	}
	return 128
}

// Zone returns the zone, or nothing.
func (ip Addr) Zone() string {
	if ip.kind == none {
		return ""
	}
	return ip.kind.Value().zone
}

// Compare compares by length, bits and zone.
func (ip Addr) Compare(ip2 Addr) int {
	if a, b := ip.BitLen(), ip2.BitLen(); a != b {
		return order(uint64(a), uint64(b))
	}
	if c := order(ip.hi, ip2.hi); c != 0 {
		return c
	}
	if c := order(ip.lo, ip2.lo); c != 0 {
		return c
	}
	return strings.Compare(ip.Zone(), ip2.Zone())
}

func order(a, b uint64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// Less reports whether ip sorts before ip2.
func (ip Addr) Less(ip2 Addr) bool { return ip.Compare(ip2) < 0 }

// Is4 reports whether it is an IPv4 address.
func (ip Addr) Is4() bool { return ip.kind == plain4 }

// Is4In6 reports whether it is an IPv4 address mapped into IPv6.
func (ip Addr) Is4In6() bool { return ip.Is6() && ip.hi == 0 && ip.lo>>32 == 0xffff }

// Is6 reports whether it is an IPv6 address.
func (ip Addr) Is6() bool { return ip.kind != none && ip.kind != plain4 }

// Unmap returns a mapped IPv4 address as one.
func (ip Addr) Unmap() Addr {
	if ip.Is4In6() {
		ip.kind = plain4
	}
	return ip
}

// WithZone returns the IPv6 address with a zone, or without if it is empty.
func (ip Addr) WithZone(zone string) Addr {
	switch {
	case !ip.Is6():
	case zone == "":
		ip.kind = plain6
	default:
		ip.kind = unique.Make(kind{true, zone})
	}
	return ip
}

func (ip Addr) v4() uint32 { return uint32(ip.lo) }

// byte6 returns a byte of an IPv6 address.
func (ip Addr) byte6(i int) byte {
	if i < 8 {
		return byte(ip.hi >> (56 - 8*i))
	}
	return byte(ip.lo >> (56 - 8*(i-8)))
}

// is says whether a property of the IPv4 or IPv6 address holds; a mapped address is taken as IPv4.
func (ip Addr) is(four func(n uint32) bool, six func(ip Addr) bool) bool {
	switch ip = ip.Unmap(); {
	case ip.Is4():
		return four(ip.v4())
	case ip.Is6():
		return six(ip)
	}
	return false
}

// IsLinkLocalUnicast reports whether it is for the link alone.
func (ip Addr) IsLinkLocalUnicast() bool {
	return ip.is(func(n uint32) bool { return n>>16 == 169<<8|254 }, func(ip Addr) bool { return ip.hi>>54 == 0xfe80>>6 })
}

// IsLoopback reports whether it is this machine.
func (ip Addr) IsLoopback() bool {
	return ip.is(func(n uint32) bool { return n>>24 == 127 }, func(ip Addr) bool { return ip.hi == 0 && ip.lo == 1 })
}

// IsMulticast reports whether it is for many.
func (ip Addr) IsMulticast() bool {
	return ip.is(func(n uint32) bool { return n>>28 == 0xe }, func(ip Addr) bool { return ip.hi>>56 == 0xff })
}

// IsInterfaceLocalMulticast reports whether it is for many on one interface.
func (ip Addr) IsInterfaceLocalMulticast() bool {
	return ip.Is6() && !ip.Is4In6() && ip.hi>>48&0xff0f == 0xff01
}

// IsLinkLocalMulticast reports whether it is for many on the link.
func (ip Addr) IsLinkLocalMulticast() bool {
	return ip.is(func(n uint32) bool { return n>>8 == 224<<16 }, func(ip Addr) bool { return ip.hi>>48&0xff0f == 0xff02 })
}

// IsGlobalUnicast reports whether it is an ordinary address of one machine, private ones included.
func (ip Addr) IsGlobalUnicast() bool {
	if !ip.IsValid() {
		return false
	}
	if u := ip.Unmap(); u.Is4() && (u.v4() == 0 || u.v4() == 0xffffffff) {
		return false
	}
	return ip != IPv6Unspecified() && !ip.IsLoopback() && !ip.IsMulticast() && !ip.IsLinkLocalUnicast()
}

// IsPrivate reports whether it is of a private network.
func (ip Addr) IsPrivate() bool {
	return ip.is(func(n uint32) bool {
		return n>>24 == 10 || n>>20 == 172<<4|1 || n>>16 == 192<<8|168
	}, func(ip Addr) bool { return ip.hi>>57 == 0xfc>>1 })
}

// IsUnspecified reports whether it is 0.0.0.0 or "::".
func (ip Addr) IsUnspecified() bool { return ip == IPv4Unspecified() || ip == IPv6Unspecified() }

// As16 returns the 16 bytes of the address, an IPv4 address mapped.
func (ip Addr) As16() (a [16]byte) {
	store(a[:8], ip.hi)
	store(a[8:], ip.lo)
	return a
}

// As4 returns the four bytes of an IPv4 address; it panics for others.
func (ip Addr) As4() (a [4]byte) {
	switch {
	case ip.Is4() || ip.Is4In6():
		store(a[:], ip.lo&0xffffffff)
		return a
	case ip.kind == none:
		panic("As4 called on IP zero value")
	}
	panic("As4 called on IPv6 address")
}

// AsSlice returns 4 or 16 bytes, nil for the zero Addr.
func (ip Addr) AsSlice() []byte {
	switch {
	case ip.Is4():
		a := ip.As4()
		return a[:]
	case ip.Is6():
		a := ip.As16()
		return a[:]
	}
	return nil
}

// Next returns the address behind ip, the zero Addr behind the last.
func (ip Addr) Next() Addr {
	if ip.Is4() {
		if ip.v4() == 0xffffffff {
			return Addr{}
		}
		ip.lo++
		return ip
	}
	if ip.lo++; ip.lo == 0 {
		if ip.hi++; ip.hi == 0 {
			return Addr{}
		}
	}
	return ip
}

// Prev returns the address in front of ip, the zero Addr in front of the first.
func (ip Addr) Prev() Addr {
	if ip.Is4() {
		if ip.v4() == 0 {
			return Addr{}
		}
		ip.lo--
		return ip
	}
	if ip.hi == 0 && ip.lo == 0 {
		return Addr{}
	}
	if ip.lo == 0 {
		ip.hi--
	}
	ip.lo--
	return ip
}

// String returns the address as ParseAddr reads it, or "invalid IP".
func (ip Addr) String() string {
	if ip.kind == none {
		return "invalid IP"
	}
	return string(ip.AppendTo(nil))
}

// AppendTo appends the address; nothing for the zero Addr.
func (ip Addr) AppendTo(b []byte) []byte {
	switch {
	case ip.Is4():
		return append4(b, ip.v4())
	case ip.Is4In6():
		b = append4(append(b, "::ffff:"...), ip.v4())
		return ip.appendZone(b)
	case ip.Is6():
		return ip.append6(b)
	}
	return b
}

func append4(b []byte, n uint32) []byte {
	for shift := 24; shift >= 0; shift -= 8 {
		b = strconv.AppendUint(b, uint64(n>>shift&0xff), 10)
		if shift > 0 {
			b = append(b, '.')
		}
	}
	return b
}

func (ip Addr) appendZone(b []byte) []byte {
	if z := ip.Zone(); z != "" {
		b = append(append(b, '%'), z...)
	}
	return b
}

// group returns one of the eight numbers of an IPv6 address.
func (ip Addr) group(i int) uint64 {
	if i < 4 {
		return ip.hi >> (48 - 16*i) & 0xffff
	}
	return ip.lo >> (48 - 16*(i-4)) & 0xffff
}

func (ip Addr) append6(b []byte) []byte {
	// The longest run of at least two zeros is left out.
	from, to := 9, 9
	for i := 0; i < 8; i++ {
		j := i
		for j < 8 && ip.group(j) == 0 {
			j++
		}
		if j-i >= 2 && j-i > to-from {
			from, to = i, j
		}
		i = max(i, j-1)
	}
	for i := 0; i < 8; i++ {
		if i == from {
			b = append(b, "::"...)
			if i = to; i >= 8 {
				break
			}
		} else if i > 0 {
			b = append(b, ':')
		}
		b = strconv.AppendUint(b, ip.group(i), 16)
	}
	return ip.appendZone(b)
}

// StringExpanded returns an IPv6 address without anything left out.
func (ip Addr) StringExpanded() string {
	if !ip.Is6() {
		return ip.String()
	}
	const hex = "0123456789abcdef"
	var b []byte
	for i := range 8 {
		if i > 0 {
			b = append(b, ':')
		}
		n := ip.group(i)
		b = append(b, hex[n>>12], hex[n>>8&15], hex[n>>4&15], hex[n&15])
	}
	return string(ip.appendZone(b))
}

// AppendText appends the address; nothing for the zero Addr.
func (ip Addr) AppendText(b []byte) ([]byte, error) { return ip.AppendTo(b), nil }

// MarshalText returns the address; nothing for the zero Addr.
func (ip Addr) MarshalText() ([]byte, error) { return ip.AppendTo([]byte{}), nil }

// UnmarshalText reads an address; nothing is the zero Addr.
func (ip *Addr) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*ip = Addr{}
		return nil
	}
	var err error
	*ip, err = ParseAddr(string(text))
	return err
}

// AppendBinary appends the bytes and the zone.
func (ip Addr) AppendBinary(b []byte) ([]byte, error) {
	return append(append(b, ip.AsSlice()...), ip.Zone()...), nil
}

// MarshalBinary returns the bytes and the zone.
func (ip Addr) MarshalBinary() ([]byte, error) { return ip.AppendBinary([]byte{}) }

// UnmarshalBinary reads what MarshalBinary wrote.
func (ip *Addr) UnmarshalBinary(b []byte) error {
	switch n := len(b); {
	case n == 0:
		*ip = Addr{}
	case n == 4:
		*ip = AddrFrom4([4]byte(b))
	case n >= 16:
		*ip = AddrFrom16([16]byte(b[:16])).WithZone(string(b[16:]))
	default:
		return errors.New("unexpected slice size")
	}
	return nil
}

// Prefix returns the network of so many bits that ip is in.
func (ip Addr) Prefix(b int) (Prefix, error) {
	if b < 0 {
		return Prefix{}, errors.New("negative Prefix bits")
	}
	if ip.kind == none {
		return Prefix{}, nil
	}
	have := ip.BitLen()
	if b > have {
		version := "IPv6"
		if have == 32 {
			version = "IPv4"
		}
		return Prefix{}, errors.New("prefix length " + strconv.Itoa(b) + " too large for " + version)
	}
	return PrefixFrom(ip.WithZone("").masked(b), b), nil
}

// masked clears all but the first n bits.
func (ip Addr) masked(n int) Addr {
	if ip.Is4() {
		n += 96
	}
	if n < 64 {
		ip.hi &^= ^uint64(0) >> n
		ip.lo = 0
	} else {
		ip.lo &^= ^uint64(0) >> (n - 64)
	}
	return ip
}

// sharedBits returns how many leading bits two addresses of the same length share.
func sharedBits(a, b Addr) int {
	n := bits.LeadingZeros64(a.hi ^ b.hi)
	if n == 64 {
		n += bits.LeadingZeros64(a.lo ^ b.lo)
	}
	if a.Is4() {
		n -= 96
	}
	return n
}
