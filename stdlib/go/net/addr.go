package net

import (
	"context"
	"strconv"
)

// TCPAddr is an end of a TCP connection.
type TCPAddr struct {
	IP   IP
	Port int
	Zone string // of an IPv6 address that is valid on one link
}

// UDPAddr is an end of UDP.
type UDPAddr struct {
	IP   IP
	Port int
	Zone string
}

// IPAddr is a machine.
type IPAddr struct {
	IP   IP
	Zone string
}

// UnixAddr is the name of a Unix socket.
type UnixAddr struct {
	Name string
	Net  string
}

func ipString(ip IP, zone string) string {
	if len(ip) == 0 {
		return ""
	}
	if zone != "" {
		return ip.String() + "%" + zone
	}
	return ip.String()
}

func (a *TCPAddr) Network() string { return "tcp" }
func (a *UDPAddr) Network() string { return "udp" }
func (a *IPAddr) Network() string  { return "ip" }

// Network returns "unix", "unixgram" or "unixpacket".
func (a *UnixAddr) Network() string { return a.Net }

func (a *TCPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(ipString(a.IP, a.Zone), strconv.Itoa(a.Port))
}

func (a *UDPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return JoinHostPort(ipString(a.IP, a.Zone), strconv.Itoa(a.Port))
}

func (a *IPAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return ipString(a.IP, a.Zone)
}

func (a *UnixAddr) String() string {
	if a == nil {
		return "<nil>"
	}
	return a.Name
}

// JoinHostPort returns "host:port", with brackets around a host that has colons in it.
func JoinHostPort(host, port string) string {
	if hasColon(host) {
		return "[" + host + "]:" + port
	}
	return host + ":" + port
}

// SplitHostPort takes "host:port", "[host]:port" or "[host%zone]:port" apart.
func SplitHostPort(hostport string) (host, port string, err error) {
	fail := func(why string) (string, string, error) {
		return "", "", &AddrError{Err: why, Addr: hostport}
	}
	last := -1
	for i := range len(hostport) {
		if hostport[i] == ':' {
			last = i
		}
	}
	if last < 0 {
		return fail("missing port in address")
	}
	rest := 0 // where a bracket may no longer be opened
	if hostport[0] == '[' {
		end := -1
		for i := range len(hostport) {
			if hostport[i] == ']' {
				end = i
				break
			}
		}
		switch {
		case end < 0:
			return fail("missing ']' in address")
		case end+1 == len(hostport):
			return fail("missing port in address")
		case end+1 != last:
			if hostport[end+1] == ':' {
				return fail("too many colons in address")
			}
			return fail("missing port in address")
		}
		host = hostport[1:end]
		rest = end + 1
		for i := 1; i < end; i++ {
			if hostport[i] == '[' {
				return fail("unexpected '[' in address")
			}
		}
	} else {
		host = hostport[:last]
		if hasColon(host) {
			return fail("too many colons in address")
		}
	}
	for i := rest; i < len(hostport); i++ {
		if hostport[i] == '[' {
			return fail("unexpected '[' in address")
		}
		if hostport[i] == ']' {
			return fail("unexpected ']' in address")
		}
	}
	return host, hostport[last+1:], nil
}

// inetAddr is an address that a host and a port came to.
type inetAddr struct {
	ip   IP
	zone string
	port int
}

func (a inetAddr) addr(network string) Addr {
	if network[0] == 'u' {
		return &UDPAddr{IP: a.ip, Port: a.port, Zone: a.zone}
	}
	return &TCPAddr{IP: a.ip, Port: a.port, Zone: a.zone}
}

// baseNetwork returns the family of networks that a name belongs to: "tcp", "udp", "ip", "unix…", or nothing.
func baseNetwork(network string) string {
	switch network {
	case "tcp", "tcp4", "tcp6":
		return "tcp"
	case "udp", "udp4", "udp6":
		return "udp"
	case "ip", "ip4", "ip6":
		return "ip"
	case "unix", "unixgram", "unixpacket":
		return network
	}
	return ""
}

// resolveInet looks up "host:port". An empty host is one address without an IP.
func resolveInet(ctx context.Context, r *Resolver, network, address string) ([]inetAddr, error) {
	host, portName := address, ""
	port := 0
	var err error
	if network[0] != 'i' {
		if address == "" {
			return []inetAddr{{}}, nil
		}
		if host, portName, err = SplitHostPort(address); err != nil {
			return nil, err
		}
		if port, err = r.LookupPort(ctx, network, portName); err != nil {
			return nil, err
		}
	}
	if host == "" {
		return []inetAddr{{port: port}}, nil
	}
	ips, err := r.lookupIPs(ctx, network, host)
	if err != nil {
		return nil, err
	}
	// An IPv6 address that is unspecified stands for IPv4's too.
	if len(ips) == 1 && ips[0].IP.Equal(IPv6unspecified) && network[len(network)-1] != '6' && network[len(network)-1] != '4' {
		ips = append(ips, IPAddr{IP: IPv4zero})
	}
	var out []inetAddr
	for _, ip := range ips {
		v4 := ip.IP.To4() != nil
		switch network[len(network)-1] {
		case '4':
			if !v4 {
				continue
			}
		case '6':
			if v4 {
				continue
			}
		}
		out = append(out, inetAddr{ip.IP, ip.Zone, port})
	}
	if len(out) == 0 {
		return nil, &AddrError{Err: errNoSuitableAddress.Error(), Addr: host}
	}
	return out, nil
}

// preferred returns the first address of IPv4, or the first.
func preferred(list []inetAddr, literal6 bool) inetAddr {
	if !literal6 {
		for _, a := range list {
			if a.ip == nil || a.ip.To4() != nil {
				return a
			}
		}
	}
	return list[0]
}

func resolveOne(base, network, address string) (inetAddr, error) {
	if baseNetwork(network) != base {
		return inetAddr{}, UnknownNetworkError(network)
	}
	list, err := resolveInet(context.Background(), DefaultResolver, network, address)
	if err != nil {
		return inetAddr{}, err
	}
	return preferred(list, len(address) > 0 && address[0] == '['), nil
}

// ResolveTCPAddr looks up the address of a TCP end.
func ResolveTCPAddr(network, address string) (*TCPAddr, error) {
	if network == "" {
		network = "tcp"
	}
	a, err := resolveOne("tcp", network, address)
	if err != nil {
		return nil, err
	}
	return &TCPAddr{IP: a.ip, Port: a.port, Zone: a.zone}, nil
}

// ResolveUDPAddr looks up the address of a UDP end.
func ResolveUDPAddr(network, address string) (*UDPAddr, error) {
	if network == "" {
		network = "udp"
	}
	a, err := resolveOne("udp", network, address)
	if err != nil {
		return nil, err
	}
	return &UDPAddr{IP: a.ip, Port: a.port, Zone: a.zone}, nil
}

// ResolveIPAddr looks up the address of a machine.
func ResolveIPAddr(network, address string) (*IPAddr, error) {
	if network == "" {
		network = "ip"
	}
	a, err := resolveOne("ip", network, address)
	if err != nil {
		return nil, err
	}
	return &IPAddr{IP: a.ip, Zone: a.zone}, nil
}

// ResolveUnixAddr makes the address of a Unix socket.
func ResolveUnixAddr(network, address string) (*UnixAddr, error) {
	switch network {
	case "unix", "unixgram", "unixpacket":
		return &UnixAddr{Name: address, Net: network}, nil
	}
	return nil, UnknownNetworkError(network)
}
