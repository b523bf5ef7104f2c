package netip

import (
	"cmp"
	"errors"
	"strconv"
	"strings"
)

// AddrPort is an address and a port.
type AddrPort struct {
	ip   Addr
	port uint16
}

// AddrPortFrom returns an AddrPort.
func AddrPortFrom(ip Addr, port uint16) AddrPort { return AddrPort{ip, port} }

// Addr returns the address.
func (p AddrPort) Addr() Addr { return p.ip }

// Port returns the port.
func (p AddrPort) Port() uint16 { return p.port }

// IsValid reports whether the address is one. Every port is.
func (p AddrPort) IsValid() bool { return p.ip.IsValid() }

// Compare compares by address, then port.
func (p AddrPort) Compare(p2 AddrPort) int {
	if c := p.ip.Compare(p2.ip); c != 0 {
		return c
	}
	return cmp.Compare(p.port, p2.port)
}

// splitAddrPort takes "ip:port" apart; v6 says whether brackets stood around the address.
func splitAddrPort(s string) (ip, port string, v6 bool, err error) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return "", "", false, errors.New("not an ip:port")
	}
	if ip, port = s[:i], s[i+1:]; ip == "" {
		return "", "", false, errors.New("no IP")
	}
	if port == "" {
		return "", "", false, errors.New("no port")
	}
	if ip[0] == '[' {
		if len(ip) < 2 || ip[len(ip)-1] != ']' {
			return "", "", false, errors.New("missing ]")
		}
		ip, v6 = ip[1:len(ip)-1], true
	}
	return ip, port, v6, nil
}

// ParseAddrPort reads "192.0.2.1:80" or "[2001:db8::1]:80".
func ParseAddrPort(s string) (AddrPort, error) {
	ip, port, v6, err := splitAddrPort(s)
	if err != nil {
		return AddrPort{}, err
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil || port[0] == '+' {
		return AddrPort{}, errors.New("invalid port " + strconv.Quote(port) + " parsing " + strconv.Quote(s))
	}
	a, err := ParseAddr(ip)
	switch {
	case err != nil:
		return AddrPort{}, err
	case v6 && a.Is4():
		return AddrPort{}, errors.New("invalid ip:port " + strconv.Quote(s) + ", square brackets can only be used with IPv6 addresses")
	case !v6 && a.Is6():
		return AddrPort{}, errors.New("invalid ip:port " + strconv.Quote(s) + ", IPv6 addresses must be surrounded by square brackets")
	}
	return AddrPort{a, uint16(n)}, nil
}

// MustParseAddrPort is like ParseAddrPort and panics if there is an error.
func MustParseAddrPort(s string) AddrPort {
	p, err := ParseAddrPort(s)
	if err != nil {
		panic(err)
	}
	return p
}

// String returns the text that ParseAddrPort reads, or "invalid AddrPort".
func (p AddrPort) String() string {
	if !p.IsValid() {
		return "invalid AddrPort"
	}
	return string(p.AppendTo(nil))
}

// AppendTo appends the text; nothing for an AddrPort without address.
func (p AddrPort) AppendTo(b []byte) []byte {
	switch {
	case !p.IsValid():
		return b
	case p.ip.Is4():
		b = p.ip.AppendTo(b)
	default:
		b = append(p.ip.AppendTo(append(b, '[')), ']')
	}
	return strconv.AppendUint(append(b, ':'), uint64(p.port), 10)
}

// AppendText appends the text; nothing for an AddrPort without address.
func (p AddrPort) AppendText(b []byte) ([]byte, error) { return p.AppendTo(b), nil }

// MarshalText returns the text.
func (p AddrPort) MarshalText() ([]byte, error) { return p.AppendTo([]byte{}), nil }

// UnmarshalText reads the text.
func (p *AddrPort) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = AddrPort{}
		return nil
	}
	var err error
	*p, err = ParseAddrPort(string(text))
	return err
}

// AppendBinary appends the address in binary form and the port.
func (p AddrPort) AppendBinary(b []byte) ([]byte, error) {
	b, err := p.ip.AppendBinary(b)
	return append(b, byte(p.port), byte(p.port>>8)), err
}

// MarshalBinary returns the address in binary form and the port.
func (p AddrPort) MarshalBinary() ([]byte, error) { return p.AppendBinary([]byte{}) }

// UnmarshalBinary reads what MarshalBinary wrote.
func (p *AddrPort) UnmarshalBinary(b []byte) error {
	if len(b) < 2 {
		return errors.New("unexpected slice size")
	}
	n := len(b) - 2
	var ip Addr
	if err := ip.UnmarshalBinary(b[:n]); err != nil {
		return err
	}
	*p = AddrPort{ip, uint16(b[n]) | uint16(b[n+1])<<8}
	return nil
}

// Prefix is a network: an address and how many of its bits count.
type Prefix struct {
	ip   Addr
	bits uint8 // one more than the number of bits; 0: invalid
}

// PrefixFrom returns a Prefix. The address keeps all its bits but not its zone.
func PrefixFrom(ip Addr, bits int) Prefix {
	p := Prefix{ip: ip.WithZone("")}
	if ip.IsValid() && 0 <= bits && bits <= ip.BitLen() {
		p.bits = uint8(bits) + 1
	}
	return p
}

// Addr returns the address.
func (p Prefix) Addr() Addr { return p.ip }

// Bits returns how many bits count, or -1.
func (p Prefix) Bits() int { return int(p.bits) - 1 }

// IsValid reports whether the bits are there.
func (p Prefix) IsValid() bool { return p.bits > 0 }

// IsSingleIP reports whether all bits count.
func (p Prefix) IsSingleIP() bool { return p.IsValid() && p.Bits() == p.ip.BitLen() }

// Compare compares by length of address, masked address, bits, and address.
func (p Prefix) Compare(p2 Prefix) int {
	if c := cmp.Compare(p.ip.BitLen(), p2.ip.BitLen()); c != 0 {
		return c
	}
	if c := p.Masked().ip.Compare(p2.Masked().ip); c != 0 {
		return c
	}
	if c := cmp.Compare(p.Bits(), p2.Bits()); c != 0 {
		return c
	}
	return p.ip.Compare(p2.ip)
}

type parsePrefixError struct {
	in  string
	msg string
}

func (e parsePrefixError) Error() string {
	return "netip.ParsePrefix(" + strconv.Quote(e.in) + "): " + e.msg
}

// ParsePrefix reads "192.168.1.0/24" or "2001:db8::/32".
func ParsePrefix(s string) (Prefix, error) {
	fail := func(msg string) (Prefix, error) { return Prefix{}, parsePrefixError{s, msg} }
	i := strings.LastIndexByte(s, '/')
	if i < 0 {
		return fail("no '/'")
	}
	ip, err := ParseAddr(s[:i])
	if err != nil {
		return fail(err.Error())
	}
	if ip.Zone() != "" {
		return fail("IPv6 zones cannot be present in a prefix")
	}
	digits := s[i+1:]
	if len(digits) > 1 && (digits[0] < '1' || digits[0] > '9') {
		return fail("bad bits after slash: " + strconv.Quote(digits))
	}
	bits, err := strconv.Atoi(digits)
	if err != nil {
		return fail("bad bits after slash: " + strconv.Quote(digits))
	}
	if bits < 0 || bits > ip.BitLen() {
		return fail("prefix length out of range")
	}
	return PrefixFrom(ip, bits), nil
}

// MustParsePrefix is like ParsePrefix and panics if there is an error.
func MustParsePrefix(s string) Prefix {
	p, err := ParsePrefix(s)
	if err != nil {
		panic(err)
	}
	return p
}

// Masked returns the prefix with the bits that do not count cleared.
func (p Prefix) Masked() Prefix {
	m, _ := p.ip.Prefix(p.Bits())
	return m
}

// Contains reports whether an address, which has no zone, is in the network.
func (p Prefix) Contains(ip Addr) bool {
	return p.IsValid() && ip.Zone() == "" && ip.IsValid() && p.ip.BitLen() == ip.BitLen() &&
		sharedBits(p.ip, ip) >= p.Bits()
}

// Overlaps reports whether two networks have addresses in common.
func (p Prefix) Overlaps(o Prefix) bool {
	return p.IsValid() && o.IsValid() && p.ip.BitLen() == o.ip.BitLen() &&
		sharedBits(p.ip, o.ip) >= min(p.Bits(), o.Bits())
}

// String returns the text that ParsePrefix reads, or "invalid Prefix".
func (p Prefix) String() string {
	if !p.IsValid() {
		return "invalid Prefix"
	}
	return string(p.AppendTo(nil))
}

// AppendTo appends the text; nothing for the zero Prefix.
func (p Prefix) AppendTo(b []byte) []byte {
	switch {
	case p == (Prefix{}):
		return b
	case !p.IsValid():
		return append(b, "invalid Prefix"...)
	}
	return strconv.AppendInt(append(p.ip.AppendTo(b), '/'), int64(p.Bits()), 10)
}

// AppendText appends the text; nothing for the zero Prefix.
func (p Prefix) AppendText(b []byte) ([]byte, error) { return p.AppendTo(b), nil }

// MarshalText returns the text.
func (p Prefix) MarshalText() ([]byte, error) { return p.AppendTo([]byte{}), nil }

// UnmarshalText reads the text.
func (p *Prefix) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*p = Prefix{}
		return nil
	}
	var err error
	*p, err = ParsePrefix(string(text))
	return err
}

// AppendBinary appends the address in binary form and the bits.
func (p Prefix) AppendBinary(b []byte) ([]byte, error) {
	b, err := p.ip.AppendBinary(b)
	return append(b, uint8(p.Bits())), err
}

// MarshalBinary returns the address in binary form and the bits.
func (p Prefix) MarshalBinary() ([]byte, error) { return p.AppendBinary([]byte{}) }

// UnmarshalBinary reads what MarshalBinary wrote.
func (p *Prefix) UnmarshalBinary(b []byte) error {
	if len(b) < 1 {
		return errors.New("unexpected slice size")
	}
	var ip Addr
	if err := ip.UnmarshalBinary(b[:len(b)-1]); err != nil {
		return err
	}
	*p = PrefixFrom(ip, int(b[len(b)-1]))
	return nil
}
