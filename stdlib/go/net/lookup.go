package net

import (
	"context"
	"errors"
	"internal/sys"
	"os"
	"sort"
	"strconv"
	"strings"
)

// Resolver looks names up, by way of the system.
type Resolver struct {
	// PreferGo and the others are there for programs that set them; the system's resolver is used in any case.
	PreferGo     bool
	StrictErrors bool
	Dial         func(ctx context.Context, network, address string) (Conn, error)
}

// DefaultResolver is the resolver of the package's functions.
var DefaultResolver = &Resolver{}

const errNoSuchHost = "no such host"

func notFound(name string) error {
	return &DNSError{Err: errNoSuchHost, Name: name, IsNotFound: true}
}

// Codes of getaddrinfo.
const (
	eaiAgain  = -3
	eaiNoName = -2
	eaiNoData = -5
	eaiSystem = -11
)

func resolveError(code int, name string) error {
	switch code {
	case eaiNoName, eaiNoData:
		return notFound(name)
	case eaiAgain:
		return &DNSError{Err: "Temporary failure in name resolution", Name: name, IsTemporary: true}
	}
	return &DNSError{Err: "server misbehaving", Name: name, IsTemporary: true}
}

// lookupIPs returns the addresses of a host, which may be one itself.
func (r *Resolver) lookupIPs(ctx context.Context, network, host string) ([]IPAddr, error) {
	if host == "" {
		return nil, notFound(host)
	}
	if ip, zone := parseZoned(host); ip != nil {
		return []IPAddr{{ip, zone}}, nil
	}
	family := sys.AF_UNSPEC
	switch network[len(network)-1] {
	case '4':
		family = sys.AF_INET
	case '6':
		family = sys.AF_INET6
	}
	if err := ctx.Err(); err != nil {
		return nil, &DNSError{UnwrapErr: mapErr(err), Err: mapErr(err).Error(), Name: host, IsTimeout: mapErr(err) == errTimeout}
	}
	type answer struct {
		list []byte
		code int
	}
	var a answer
	if ctx.Done() == nil {
		a.list, a.code = sys.Getaddrinfo(host, family)
	} else {
		// The system's resolver cannot be interrupted: it is left alone.
		c := make(chan answer, 1)
		go func() {
			list, code := sys.Getaddrinfo(host, family)
			c <- answer{list, code}
		}()
		select {
		case a = <-c:
		case <-ctx.Done():
			err := mapErr(ctx.Err())
			return nil, &DNSError{UnwrapErr: err, Err: err.Error(), Name: host, IsTimeout: err == errTimeout}
		}
	}
	if a.code != 0 {
		return nil, resolveError(a.code, host)
	}
	var out []IPAddr
next:
	for b := a.list; len(b) >= 20; b = b[20:] {
		ip := IP(b[:16:16])
		for _, old := range out {
			if old.IP.Equal(ip) {
				continue next
			}
		}
		scope := int(b[16]) | int(b[17])<<8 | int(b[18])<<16 | int(b[19])<<24
		out = append(out, IPAddr{ip, zoneName(scope)})
	}
	if len(out) == 0 {
		return nil, notFound(host)
	}
	return out, nil
}

// LookupHost returns the addresses of a host.
func LookupHost(host string) (addrs []string, err error) {
	return DefaultResolver.LookupHost(context.Background(), host)
}

// LookupHost returns the addresses of a host.
func (r *Resolver) LookupHost(ctx context.Context, host string) (addrs []string, err error) {
	ips, err := r.lookupIPs(ctx, "ip", host)
	for _, ip := range ips {
		addrs = append(addrs, ip.String())
	}
	return addrs, err
}

// LookupIP returns the addresses of a host.
func LookupIP(host string) ([]IP, error) {
	return DefaultResolver.LookupIP(context.Background(), "ip", host)
}

// LookupIP returns the addresses of a host; network is "ip", "ip4" or "ip6".
func (r *Resolver) LookupIP(ctx context.Context, network, host string) ([]IP, error) {
	if baseNetwork(network) != "ip" {
		return nil, UnknownNetworkError(network)
	}
	list, err := r.lookupIPs(ctx, network, host)
	var ips []IP
	for _, a := range list {
		if v4 := a.IP.To4() != nil; network == "ip" || v4 == (network == "ip4") {
			ips = append(ips, a.IP)
		}
	}
	if err == nil && len(ips) == 0 {
		err = notFound(host)
	}
	return ips, err
}

// LookupIPAddr returns the addresses of a host.
func (r *Resolver) LookupIPAddr(ctx context.Context, host string) ([]IPAddr, error) {
	return r.lookupIPs(ctx, "ip", host)
}

// LookupAddr returns the names of an address.
func LookupAddr(addr string) (names []string, err error) {
	return DefaultResolver.LookupAddr(context.Background(), addr)
}

// LookupAddr returns the names of an address.
func (r *Resolver) LookupAddr(ctx context.Context, addr string) (names []string, err error) {
	ip := ParseIP(addr)
	if ip == nil {
		return nil, &DNSError{Err: "unrecognized address", Name: addr}
	}
	if ip4 := ip.To4(); ip4 != nil {
		ip = ip4
	}
	name, code := sys.Getnameinfo(ip)
	if code != 0 {
		return nil, resolveError(code, addr)
	}
	if strings.Contains(name, ".") && !strings.HasSuffix(name, ".") {
		name += "."
	}
	return []string{name}, nil
}

// LookupCNAME returns the host's name itself: the system's resolver does not tell another.
func LookupCNAME(host string) (cname string, err error) {
	if _, err := LookupHost(host); err != nil {
		return "", err
	}
	if !strings.HasSuffix(host, ".") {
		host += "."
	}
	return host, nil
}

// Ports that programs name; the others are in /etc/services.
var ports = map[string]int{
	"domain": 53, "ftp": 21, "http": 80, "https": 443, "imap": 143, "imap2": 143, "imap3": 220, "imaps": 993,
	"pop3": 110, "pop3s": 995, "smtp": 25, "ssh": 22, "submissions": 465, "telnet": 23,
}

// LookupPort returns the number of a port that may be given by name.
func LookupPort(network, service string) (port int, err error) {
	return DefaultResolver.LookupPort(context.Background(), network, service)
}

// LookupPort returns the number of a port that may be given by name.
func (r *Resolver) LookupPort(ctx context.Context, network, service string) (port int, err error) {
	if service == "" {
		return 0, nil
	}
	digits := service
	if digits[0] == '+' || digits[0] == '-' {
		digits = digits[1:]
	}
	if strings.Trim(digits, "0123456789") == "" && digits != "" {
		n, err := strconv.Atoi(service)
		if err != nil || n < 0 || n > 65535 {
			return 0, &AddrError{Err: "invalid port", Addr: service}
		}
		return n, nil
	}
	base := ""
	switch baseNetwork(network) {
	case "tcp":
		base = "tcp"
	case "udp":
		base = "udp"
	case "ip":
		base = "tcp"
	default:
		if network != "" {
			return 0, &AddrError{Err: "unknown network", Addr: network}
		}
	}
	name := strings.ToLower(service)
	if n, ok := ports[name]; ok && base != "udp" || ok && name == "domain" {
		return n, nil
	}
	if n, ok := readServices(base, name); ok {
		return n, nil
	}
	return 0, &DNSError{Err: "unknown port", Name: network + "/" + service, IsNotFound: true}
}

func readServices(proto, name string) (int, bool) {
	text, err := os.ReadFile("/etc/services")
	if err != nil {
		return 0, false
	}
	for _, line := range strings.Split(string(text), "\n") {
		line, _, _ = strings.Cut(line, "#")
		f := strings.Fields(line)
		if len(f) < 2 {
			continue
		}
		number, p, _ := strings.Cut(f[1], "/")
		if proto != "" && p != proto {
			continue
		}
		for i, alias := range f {
			if i != 1 && strings.EqualFold(alias, name) {
				n, err := strconv.Atoi(number)
				return n, err == nil
			}
		}
	}
	return 0, false
}

// ---- interfaces ----

// Interface is a network interface.
type Interface struct {
	Index        int
	MTU          int
	Name         string
	HardwareAddr HardwareAddr
	Flags        Flags
}

// Flags is what an interface is and does.
type Flags uint

const (
	FlagUp Flags = 1 << iota
	FlagBroadcast
	FlagLoopback
	FlagPointToPoint
	FlagMulticast
	FlagRunning
)

// String names the flags, with bars between them.
func (f Flags) String() string {
	s := ""
	for i, name := range []string{"up", "broadcast", "loopback", "pointtopoint", "multicast", "running"} {
		if f>>uint(i)&1 != 0 {
			if s != "" {
				s += "|"
			}
			s += name
		}
	}
	if s == "" {
		return "0"
	}
	return s
}

type interfaceInfo struct {
	Interface
	addrs []Addr
}

func readInterfaces() []interfaceInfo {
	var list []interfaceInfo
	at := map[int]int{}
	for _, line := range strings.Split(sys.Interfaces(), "\n") {
		f := strings.Fields(line)
		if len(f) < 3 {
			continue
		}
		index, _ := strconv.Atoi(f[0])
		if f[1] == "+" {
			ip, n, err := ParseCIDR(f[2])
			if i, ok := at[index]; ok && err == nil {
				if ip4 := ip.To4(); ip4 != nil && len(n.Mask) == IPv4len {
					ip = ip4.To16()
				}
				list[i].addrs = append(list[i].addrs, &IPNet{IP: ip, Mask: n.Mask})
			}
			continue
		}
		bits, _ := strconv.Atoi(f[2])
		mtu, _ := strconv.Atoi(f[3])
		i := Interface{Index: index, MTU: mtu, Name: f[1]}
		for k, bit := range []int{0x1, 0x2, 0x8, 0x10, 0x1000, 0x40} {
			if bits&bit != 0 {
				i.Flags |= 1 << uint(k)
			}
		}
		if f[4] != "-" {
			i.HardwareAddr, _ = ParseMAC(f[4])
		}
		at[index] = len(list)
		list = append(list, interfaceInfo{Interface: i})
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Index < list[j].Index })
	return list
}

// Interfaces returns the interfaces of this machine.
func Interfaces() ([]Interface, error) {
	var out []Interface
	for _, i := range readInterfaces() {
		out = append(out, i.Interface)
	}
	return out, nil
}

// InterfaceAddrs returns the addresses of all interfaces.
func InterfaceAddrs() ([]Addr, error) {
	var out []Addr
	for _, i := range readInterfaces() {
		out = append(out, i.addrs...)
	}
	return out, nil
}

// InterfaceByName returns the interface with a name.
func InterfaceByName(name string) (*Interface, error) {
	for _, i := range readInterfaces() {
		if i.Name == name {
			return &i.Interface, nil
		}
	}
	return nil, &OpError{Op: "route", Net: "ip+net", Err: noInterface{}}
}

// InterfaceByIndex returns the interface with an index.
func InterfaceByIndex(index int) (*Interface, error) {
	if index <= 0 {
		return nil, &OpError{Op: "route", Net: "ip+net", Err: errBadInterfaceIndex}
	}
	for _, i := range readInterfaces() {
		if i.Index == index {
			return &i.Interface, nil
		}
	}
	return nil, &OpError{Op: "route", Net: "ip+net", Err: noInterface{}}
}

var errBadInterfaceIndex = errors.New("invalid network interface index")

type noInterface struct{}

func (noInterface) Error() string { return "no such network interface" }

// Addrs returns the addresses of the interface.
func (ifi *Interface) Addrs() ([]Addr, error) {
	for _, i := range readInterfaces() {
		if i.Index == ifi.Index {
			return i.addrs, nil
		}
	}
	return nil, nil
}

// zoneName returns the name of a scope: that of an interface.
func zoneName(index int) string {
	if index == 0 {
		return ""
	}
	if i, err := InterfaceByIndex(index); err == nil {
		return i.Name
	}
	return strconv.Itoa(index)
}

func zoneIndex(name string) int {
	if name == "" {
		return 0
	}
	if i, err := InterfaceByName(name); err == nil {
		return i.Index
	}
	n, _ := strconv.Atoi(name)
	return n
}
