// net/netip: parsing with its errors, properties, order, text and binary forms, networks.
package main

import (
	"fmt"
	"net/netip"
	"slices"
)

func main() {
	texts := []string{"", "1.2.3.4", "0.0.0.0", "255.255.255.255", "1.2.3", "1.2.3.4.5", "01.2.3.4", "256.1.1.1", "1..2.3", ".1.2.3", "1.2.3.", "1.2.3.x", "x", "1%2", "::", "::1", "1::", "fe80::1%eth0", "fe80::1%", "::%x", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:9", "1:2:3:4::5:6:7:8", "1::2::3", "12345::", "g::", "1:", ":1", "1:2", "::ffff:1.2.3.4", "::ffff:1.2.3.4%z", "::1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "1:1.2.3.4", "::1.2.3", "::1.2.3.400", "2001:db8:0:0:1:0:0:1", "2001:0:0:1::", "1:0:0:2:0:0:0:3", "0:0:1:0:0:1:0:0", "ff02::1", "ff01::1", "fc00::1", "10.1.2.3", "172.16.0.1", "172.32.0.1", "192.168.1.1", "127.0.0.1", "169.254.1.1", "224.0.0.1", "224.0.1.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0.0.0.0", "1:2:3:4:5:6:7:8x", "1:2:3:4:5:6:7:8:", ":::", "1:::2", "fe80::1%a%b", "::FFFF:aBcD", " 1.2.3.4", "1.2.3.4 ", "[::1]"}
	var all []netip.Addr
	for _, t := range texts {
		a, err := netip.ParseAddr(t)
		fmt.Printf("%q %v %v\n", t, a, err)
		if err != nil {
			continue
		}
		all = append(all, a)
		bin, _ := a.MarshalBinary()
		txt, _ := a.MarshalText()
		var b, c netip.Addr
		fmt.Println("  ", b.UnmarshalBinary(bin), c.UnmarshalText(txt), a == b, a == c, a.BitLen(), a.Zone(), a.Is4(), a.Is6(), a.Is4In6(), a.Unmap(), a.StringExpanded(), a.As16(), a.AsSlice(), string(txt))
		fmt.Println("  ", a.IsGlobalUnicast(), a.IsInterfaceLocalMulticast(), a.IsLinkLocalMulticast(), a.IsLinkLocalUnicast(), a.IsLoopback(), a.IsMulticast(), a.IsPrivate(), a.IsUnspecified(), a.Next(), a.Prev(), a.WithZone("q"), a.WithZone(""))
		for _, n := range []int{-1, 0, 5, 24, 32, 33, 64, 100, 128, 129} {
			p, err := a.Prefix(n)
			fmt.Print(p, err, " ")
		}
		fmt.Println()
	}
	slices.SortFunc(all, netip.Addr.Compare)
	fmt.Println(all)
	var zero netip.Addr
	fmt.Println(zero, zero.IsValid(), zero.Less(all[0]), zero.BitLen(), zero.AsSlice() == nil, zero.Next(), zero.Prev(), zero.Zone() == "", zero.IsPrivate(), zero.IsUnspecified())
	func() {
		defer func() { fmt.Println(recover()) }()
		netip.MustParseAddr("::1").As4()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		zero.As4()
	}()
	func() {
		defer func() { fmt.Println(recover()) }()
		netip.MustParseAddr("nope")
	}()
	for _, t := range []string{"", ":", "1.2.3.4", "1.2.3.4:80", "1.2.3.4:99999", "1.2.3.4:+1", "1.2.3.4:x", "1.2.3.4:", ":80", "[::1]:80", "::1:80", "[1.2.3.4]:80", "[::1:80", "[fe80::1%x]:1", "[]:1", "[", "x:1", "1.2.3.4:0080"} {
		p, err := netip.ParseAddrPort(t)
		b, _ := p.MarshalBinary()
		var q netip.AddrPort
		fmt.Printf("%q %v %v %v %v %v %v %v\n", t, p, err, p.IsValid(), p.Addr(), p.Port(), q.UnmarshalBinary(b), p == q)
	}
	var nets []netip.Prefix
	for _, t := range []string{"", "1.2.3.4", "1.2.3.4/24", "1.2.3.4/33", "1.2.3.4/-1", "1.2.3.4/08", "1.2.3.4/", "1.2.3.4/x", "1.2.3.4/+8", "::/0", "2001:db8::1/32", "2001:db8::1/129", "fe80::1%z/64", "x/8", "10.0.0.0/8", "10.1.0.0/16", "::ffff:1.2.3.4/120", "0.0.0.0/0", "1.2.3.4/32"} {
		p, err := netip.ParsePrefix(t)
		b, _ := p.MarshalBinary()
		x, _ := p.MarshalText()
		var q netip.Prefix
		fmt.Printf("%q %v %v %v %v %v %v %v %v %s\n", t, p, err, p.IsValid(), p.Addr(), p.Bits(), p.IsSingleIP(), p.Masked(), q.UnmarshalBinary(b), x)
		nets = append(nets, p)
	}
	for _, p := range nets {
		for _, q := range nets {
			fmt.Print(b2(p.Overlaps(q)), p.Compare(q))
		}
		for _, a := range all {
			fmt.Print(b2(p.Contains(a)))
		}
		fmt.Println()
	}
	fmt.Println(netip.PrefixFrom(netip.MustParseAddr("1.2.3.4"), 40), netip.PrefixFrom(zero, 3), netip.PrefixFrom(netip.MustParseAddr("fe80::1%x"), 10))
	m := map[netip.AddrPort]int{netip.MustParseAddrPort("[::1]:1"): 1}
	fmt.Println(m[netip.AddrPortFrom(netip.IPv6Loopback(), 1)], netip.IPv6LinkLocalAllNodes(), netip.IPv6LinkLocalAllRouters(), netip.IPv4Unspecified(), netip.IPv6Unspecified())
	fmt.Println(netip.AddrFromSlice([]byte{1, 2, 3, 4}))
	fmt.Println(netip.AddrFromSlice([]byte{1, 2, 3}))
	fmt.Printf("%v %+v %s %q\n", netip.MustParseAddr("1.2.3.4"), netip.MustParsePrefix("1.2.3.4/8"), netip.MustParseAddrPort("1.2.3.4:5"), netip.MustParseAddr("::"))
}

func b2(b bool) string {
	if b {
		return "+"
	}
	return "-"
}
