package main

import (
	"fmt"
	"net"
)

func main() {
	for _, s := range []string{"1.2.3.4", "1.2.3", "01.2.3.4", "256.1.1.1", "::", "::1", "1::", "2001:db8::1", "fe80::1%eth0",
		"::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1::2::3", "12345::", "1:2:3:4:5:6:1.2.3.4", ":::", "", "1.2.3.4.5", "a::g", "1:0:0:2:0:0:0:3", "0:0:1::", "::1.2.3.4", "1:2:3:4:5:6:7:8:9", ":1", "1:", "1:0:2:0:3:0:4:0"} {
		ip := net.ParseIP(s)
		fmt.Println(s, ip, len(ip), ip.To4() != nil)
	}
	for _, s := range []string{"10.1.2.3/8", "192.168.1.1/24", "2001:db8::/32", "1.2.3.4/33", "1.2.3.4", "::1/128", "1.2.3.4/-1", "1.2.3.4/08", "::ffff:1.2.3.4/120"} {
		ip, n, err := net.ParseCIDR(s)
		fmt.Println(s, ip, n, err)
	}
	_, n, _ := net.ParseCIDR("10.1.2.3/8")
	fmt.Println(n.Contains(net.ParseIP("10.200.1.1")), n.Contains(net.ParseIP("11.0.0.1")), n.Mask, n.Mask.String())
	ones, bits := n.Mask.Size()
	fmt.Println(ones, bits, net.CIDRMask(20, 32), net.IPv4Mask(255, 255, 0, 0), net.IPv4(1, 2, 3, 4).DefaultMask())
	for _, s := range []string{"a:1", "[::1]:80", "[::1%lo]:80", ":80", "host", "[::1]", "::1:80", "[a]b:1", "a]:1", "[a:1", "[[::1]]:2", "x:", "[::1]:80:"} {
		h, p, err := net.SplitHostPort(s)
		fmt.Printf("%q %q %q %v\n", s, h, p, err)
	}
	fmt.Println(net.JoinHostPort("::1", "80"), net.JoinHostPort("h", "http"))
	for _, s := range []string{"00:11:22:33:44:55", "00-11-22-33-44-55", "0011.2233.4455", "00:11:22:33:44", "zz:11:22:33:44:55", "02:00:5e:10:00:00:00:01"} {
		m, err := net.ParseMAC(s)
		fmt.Println(m, err)
	}
	ip := net.ParseIP("192.168.1.77")
	fmt.Println(ip.IsPrivate(), ip.IsLoopback(), ip.IsMulticast(), ip.IsGlobalUnicast(), ip.Mask(net.CIDRMask(24, 32)), ip.Equal(net.IPv4(192, 168, 1, 77).To4()))
	fmt.Println(net.IPv6loopback.IsLoopback(), net.IPv4bcast, net.IPv6linklocalallnodes, net.IP{1, 2}, net.IP(nil))
	a, err := net.ResolveTCPAddr("tcp", "127.0.0.1:http")
	fmt.Println(a, err, a.Network())
	u, err := net.ResolveUDPAddr("udp4", ":53")
	fmt.Println(u, err, u.IP == nil)
	x, err := net.ResolveUnixAddr("unix", "/tmp/x")
	fmt.Println(x, err)
	p, err := net.LookupPort("tcp", "https")
	fmt.Println(p, err)
	fmt.Println((*net.TCPAddr)(nil), &net.TCPAddr{Port: 3}, &net.UDPAddr{IP: net.IPv6loopback, Port: 3, Zone: "z"})
	addrs, err := net.LookupHost("127.0.0.1")
	fmt.Println(addrs, err)
	text, err := net.IPv4(1, 2, 3, 4).MarshalText()
	fmt.Println(string(text), err)
	var back net.IP
	fmt.Println(back.UnmarshalText([]byte("::5")), back, back.UnmarshalText([]byte("x")))
}
