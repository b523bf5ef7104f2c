package net

import "strconv"

// Lengths of addresses in bytes.
const (
	IPv4len = 4
	IPv6len = 16
)

// IP is an address of 4 or 16 bytes. An IPv4 address can have either length.
type IP []byte

// IPMask says which bits of an address belong to the network.
type IPMask []byte

// IPNet is a network.
type IPNet struct {
	IP   IP
	Mask IPMask
}

var v4InV6Prefix = []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}

// Well-known addresses.
var (
	IPv4bcast     = IPv4(255, 255, 255, 255)
	IPv4allsys    = IPv4(224, 0, 0, 1)
	IPv4allrouter = IPv4(224, 0, 0, 2)
	IPv4zero      = IPv4(0, 0, 0, 0)

	IPv6zero                   = make(IP, IPv6len)
	IPv6unspecified            = make(IP, IPv6len)
	IPv6loopback               = IP{15: 1}
	IPv6interfacelocalallnodes = IP{0: 0xff, 1: 1, 15: 1}
	IPv6linklocalallnodes      = IP{0: 0xff, 1: 2, 15: 1}
	IPv6linklocalallrouters    = IP{0: 0xff, 1: 2, 15: 2}
)

// IPv4 returns the address a.b.c.d, in 16 bytes.
func IPv4(a, b, c, d byte) IP {
	return append(append(make(IP, 0, IPv6len), v4InV6Prefix...), a, b, c, d)
}

// IPv4Mask returns the mask a.b.c.d.
func IPv4Mask(a, b, c, d byte) IPMask { return IPMask{a, b, c, d} }

// CIDRMask returns a mask of ones 1 bits in front of 0 bits, bits in all.
func CIDRMask(ones, bits int) IPMask {
	if bits != 8*IPv4len && bits != 8*IPv6len || ones < 0 || ones > bits {
		return nil
	}
	m := make(IPMask, bits/8)
	for i := range m {
		switch n := ones - 8*i; {
		case n >= 8:
			m[i] = 0xff
		case n > 0:
			m[i] = ^byte(0xff >> uint(n))
		}
	}
	return m
}

func allBytes(b []byte, v byte) bool {
	for _, x := range b {
		if x != v {
			return false
		}
	}
	return true
}

// To4 returns the address in 4 bytes, or nil if it is none of IPv4.
func (ip IP) To4() IP {
	if len(ip) == IPv4len {
		return ip
	}
	if len(ip) == IPv6len && string(ip[:12]) == string(v4InV6Prefix) {
		return ip[12:16]
	}
	return nil
}

// To16 returns the address in 16 bytes, or nil if it is none.
func (ip IP) To16() IP {
	switch len(ip) {
	case IPv4len:
		return IPv4(ip[0], ip[1], ip[2], ip[3])
	case IPv6len:
		return ip
	}
	return nil
}

// Equal reports whether two addresses are the same; the length of an IPv4 address does not matter.
func (ip IP) Equal(x IP) bool {
	if a, b := ip.To4(), x.To4(); a != nil || b != nil {
		return string(a) == string(b)
	}
	return string(ip) == string(x)
}

// IsUnspecified reports whether it is 0.0.0.0 or ::.
func (ip IP) IsUnspecified() bool { return ip.Equal(IPv4zero) || ip.Equal(IPv6unspecified) }

// IsLoopback reports whether it is this machine's own.
func (ip IP) IsLoopback() bool {
	if ip4 := ip.To4(); ip4 != nil {
		return ip4[0] == 127
	}
	return ip.Equal(IPv6loopback)
}

// IsPrivate reports whether it is for private use.
func (ip IP) IsPrivate() bool {
	if p := ip.To4(); p != nil {
		return p[0] == 10 || p[0] == 172 && p[1]&0xf0 == 16 || p[0] == 192 && p[1] == 168
	}
	return len(ip) == IPv6len && ip[0]&0xfe == 0xfc
}

// IsMulticast reports whether it names a group.
func (ip IP) IsMulticast() bool {
	if p := ip.To4(); p != nil {
		return p[0]&0xf0 == 0xe0
	}
	return len(ip) == IPv6len && ip[0] == 0xff
}

// IsInterfaceLocalMulticast reports whether it names a group on one interface.
func (ip IP) IsInterfaceLocalMulticast() bool {
	return len(ip) == IPv6len && ip[0] == 0xff && ip[1]&0x0f == 1
}

// IsLinkLocalMulticast reports whether it names a group on one link.
func (ip IP) IsLinkLocalMulticast() bool {
	if p := ip.To4(); p != nil {
		return p[0] == 224 && p[1] == 0 && p[2] == 0
	}
	return len(ip) == IPv6len && ip[0] == 0xff && ip[1]&0x0f == 2
}

// IsLinkLocalUnicast reports whether it is valid on one link.
func (ip IP) IsLinkLocalUnicast() bool {
	if p := ip.To4(); p != nil {
		return p[0] == 169 && p[1] == 254
	}
	return len(ip) == IPv6len && ip[0] == 0xfe && ip[1]&0xc0 == 0x80
}

// IsGlobalUnicast reports whether it is an ordinary address of one machine.
func (ip IP) IsGlobalUnicast() bool {
	return (len(ip) == IPv4len || len(ip) == IPv6len) && !ip.Equal(IPv4bcast) && !ip.IsUnspecified() &&
		!ip.IsLoopback() && !ip.IsMulticast() && !ip.IsLinkLocalUnicast()
}

// DefaultMask returns the mask of the address's class, nil for none.
func (ip IP) DefaultMask() IPMask {
	p := ip.To4()
	switch {
	case p == nil:
		return nil
	case p[0] < 0x80:
		return IPMask{255, 0, 0, 0}
	case p[0] < 0xc0:
		return IPMask{255, 255, 0, 0}
	}
	return IPMask{255, 255, 255, 0}
}

// Mask returns the address with all bits cleared that the mask does not have.
func (ip IP) Mask(mask IPMask) IP {
	if len(mask) == IPv6len && len(ip) == IPv4len && allBytes(mask[:12], 0xff) {
		mask = mask[12:]
	}
	if len(mask) == IPv4len && len(ip) == IPv6len {
		if p := ip.To4(); p != nil {
			ip = p
		}
	}
	if len(ip) != len(mask) {
		return nil
	}
	out := make(IP, len(ip))
	for i := range ip {
		out[i] = ip[i] & mask[i]
	}
	return out
}

const hexDigits = "0123456789abcdef"

// String returns the usual form: "192.0.2.1", "2001:db8::1", or "<nil>".
func (ip IP) String() string {
	if len(ip) == 0 {
		return "<nil>"
	}
	if p := ip.To4(); p != nil {
		b := make([]byte, 0, 15)
		for i, x := range p {
			if i > 0 {
				b = append(b, '.')
			}
			b = strconv.AppendUint(b, uint64(x), 10)
		}
		return string(b)
	}
	if len(ip) != IPv6len {
		return "?" + hexString(ip)
	}
	// The longest run of at least two zero groups becomes "::".
	from, to := -1, -1
	for i := 0; i < IPv6len; i += 2 {
		j := i
		for j < IPv6len && ip[j] == 0 && ip[j+1] == 0 {
			j += 2
		}
		if j-i > to-from && j-i > 2 {
			from, to = i, j
		}
		if j > i {
			i = j
		}
	}
	b := make([]byte, 0, 39)
	for i := 0; i < IPv6len; i += 2 {
		if i == from {
			b = append(b, ':', ':')
			i = to
			if i >= IPv6len {
				break
			}
		} else if i > 0 {
			b = append(b, ':')
		}
		b = strconv.AppendUint(b, uint64(ip[i])<<8|uint64(ip[i+1]), 16)
	}
	return string(b)
}

func hexString(b []byte) string {
	s := make([]byte, 0, 2*len(b))
	for _, x := range b {
		s = append(s, hexDigits[x>>4], hexDigits[x&15])
	}
	return string(s)
}

// MarshalText returns the text of String, nothing for an address of length 0.
func (ip IP) MarshalText() ([]byte, error) {
	if len(ip) == 0 {
		return []byte(""), nil
	}
	if len(ip) != IPv4len && len(ip) != IPv6len {
		return nil, &AddrError{Err: "invalid IP address", Addr: hexString(ip)}
	}
	return []byte(ip.String()), nil
}

// AppendText appends the text of String.
func (ip IP) AppendText(b []byte) ([]byte, error) {
	text, err := ip.MarshalText()
	return append(b, text...), err
}

// UnmarshalText reads what ParseIP reads.
func (ip *IP) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*ip = nil
		return nil
	}
	x := ParseIP(string(text))
	if x == nil {
		return &ParseError{Type: "IP address", Text: string(text)}
	}
	*ip = x
	return nil
}

// Size returns the number of leading ones and the length; 0, 0 if the ones are not all in front.
func (m IPMask) Size() (ones, bits int) {
	for i, x := range m {
		if x == 0xff {
			ones += 8
			continue
		}
		for ; x&0x80 != 0; x <<= 1 {
			ones++
		}
		if x != 0 || !allBytes(m[i+1:], 0) {
			return 0, 0
		}
		break
	}
	return ones, 8 * len(m)
}

// String returns the mask in hexadecimal.
func (m IPMask) String() string {
	if len(m) == 0 {
		return "<nil>"
	}
	return hexString(m)
}

func (n *IPNet) numbers() (ip IP, m IPMask) {
	if ip = n.IP.To4(); ip == nil {
		if ip = n.IP; len(ip) != IPv6len {
			return nil, nil
		}
	}
	m = n.Mask
	switch {
	case len(m) == len(ip):
	case len(m) == IPv6len && len(ip) == IPv4len:
		m = m[12:]
	default:
		return nil, nil
	}
	return ip, m
}

// Contains reports whether an address is in the network.
func (n *IPNet) Contains(ip IP) bool {
	base, m := n.numbers()
	if x := ip.To4(); x != nil {
		ip = x
	}
	if len(ip) != len(base) {
		return false
	}
	for i := range base {
		if base[i]&m[i] != ip[i]&m[i] {
			return false
		}
	}
	return true
}

// Network returns "ip+net".
func (n *IPNet) Network() string { return "ip+net" }

// String returns the form "192.0.2.0/24".
func (n *IPNet) String() string {
	if n == nil {
		return "<nil>"
	}
	ip, m := n.numbers()
	if ip == nil || m == nil {
		return "<nil>"
	}
	ones, bits := m.Size()
	if bits == 0 {
		return ip.String() + "/" + m.String()
	}
	return ip.String() + "/" + strconv.Itoa(ones)
}

// ParseIP reads an address in the form "192.0.2.1", "2001:db8::1" or "::ffff:192.0.2.1"; nil if it is none.
func ParseIP(s string) IP {
	ip, zone := parseZoned(s)
	if zone != "" {
		return nil
	}
	return ip
}

// parseZoned reads an address that may have a zone behind a percent sign.
func parseZoned(s string) (ip IP, zone string) {
	for i := range len(s) {
		switch s[i] {
		case '.':
			var b [4]byte
			if !parse4(s, b[:]) {
				return nil, ""
			}
			return IPv4(b[0], b[1], b[2], b[3]), ""
		case ':':
			return parse6(s)
		case '%':
			return nil, ""
		}
	}
	return nil, ""
}

func parse4(s string, to []byte) bool {
	for i := range 4 {
		if i > 0 {
			if s == "" || s[0] != '.' {
				return false
			}
			s = s[1:]
		}
		n, digits := 0, 0
		for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
			n = 10*n + int(s[digits]-'0')
			if digits++; n > 255 {
				return false
			}
		}
		if digits == 0 || digits > 1 && s[0] == '0' {
			return false
		}
		to[i] = byte(n)
		s = s[digits:]
	}
	return s == ""
}

func parse6(s string) (IP, string) {
	zone := ""
	for i := range len(s) {
		if s[i] == '%' {
			if i+1 == len(s) {
				return nil, ""
			}
			s, zone = s[:i], s[i+1:]
			break
		}
	}
	ip := make(IP, IPv6len)
	gap := -1
	if len(s) >= 2 && s[0] == ':' && s[1] == ':' {
		gap = 0
		if s = s[2:]; s == "" {
			return ip, zone
		}
	}
	i := 0
	for i < IPv6len {
		n, digits := 0, 0
		for digits < len(s) {
			d := hexValue(s[digits])
			if d < 0 {
				break
			}
			n = 16*n + d
			if digits++; digits > 4 {
				return nil, ""
			}
		}
		if digits == 0 {
			return nil, ""
		}
		if digits < len(s) && s[digits] == '.' {
			if gap < 0 && i != IPv6len-4 || i+4 > IPv6len || !parse4(s, ip[i:i+4]) {
				return nil, ""
			}
			s = ""
			i += 4
			break
		}
		ip[i], ip[i+1] = byte(n>>8), byte(n)
		i += 2
		if s = s[digits:]; s == "" {
			break
		}
		if s[0] != ':' || len(s) == 1 {
			return nil, ""
		}
		s = s[1:]
		if s[0] == ':' {
			if gap >= 0 {
				return nil, ""
			}
			gap = i
			if s = s[1:]; s == "" {
				break
			}
		}
	}
	if s != "" {
		return nil, ""
	}
	if i < IPv6len {
		if gap < 0 {
			return nil, ""
		}
		n := IPv6len - i
		copy(ip[gap+n:], ip[gap:i])
		clear(ip[gap : gap+n])
	} else if gap >= 0 {
		return nil, ""
	}
	return ip, zone
}

func hexValue(c byte) int {
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

// ParseCIDR reads the form "192.0.2.1/24": the address, and the network that it is in.
func ParseCIDR(s string) (IP, *IPNet, error) {
	for i := range len(s) {
		if s[i] != '/' {
			continue
		}
		addr, mask := s[:i], s[i+1:]
		ip := ParseIP(addr)
		bits := 8 * IPv6len
		if ip4 := ip.To4(); ip4 != nil && !hasColon(addr) {
			bits = 8 * IPv4len
		}
		n, err := strconv.Atoi(mask)
		if ip == nil || err != nil || n < 0 || n > bits || mask[0] == '+' || mask[0] == '-' {
			break
		}
		m := CIDRMask(n, bits)
		return ip.To16(), &IPNet{IP: ip.Mask(m), Mask: m}, nil
	}
	return nil, nil, &ParseError{Type: "CIDR address", Text: s}
}

func hasColon(s string) bool {
	for i := range len(s) {
		if s[i] == ':' {
			return true
		}
	}
	return false
}

// HardwareAddr is the address of a network card.
type HardwareAddr []byte

// String returns the bytes in hexadecimal, with colons between them.
func (a HardwareAddr) String() string {
	if len(a) == 0 {
		return ""
	}
	s := make([]byte, 0, 3*len(a)-1)
	for i, x := range a {
		if i > 0 {
			s = append(s, ':')
		}
		s = append(s, hexDigits[x>>4], hexDigits[x&15])
	}
	return string(s)
}

// ParseMAC reads an address of 6, 8 or 20 bytes, with colons or hyphens between bytes or dots between pairs.
func ParseMAC(s string) (HardwareAddr, error) {
	bad := &AddrError{Err: "invalid MAC address", Addr: s}
	step := 3
	if len(s) > 4 && s[4] == '.' {
		step = 5
	}
	if len(s) < 14 || (len(s)+1)%step != 0 {
		return nil, bad
	}
	sep := s[step-1]
	if step == 3 && sep != ':' && sep != '-' {
		return nil, bad
	}
	var hw HardwareAddr
	for i := 0; i < len(s); i += step {
		for j := i; j < i+step-1; j += 2 {
			hi, lo := hexValue(s[j]), hexValue(s[j+1])
			if hi < 0 || lo < 0 {
				return nil, bad
			}
			hw = append(hw, byte(hi<<4|lo))
		}
		if end := i + step - 1; end < len(s) && s[end] != sep {
			return nil, bad
		}
	}
	if n := len(hw); n != 6 && n != 8 && n != 20 {
		return nil, bad
	}
	return hw, nil
}
