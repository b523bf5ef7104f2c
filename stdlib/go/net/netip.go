package net

import (
	"context"
	"net/netip"
	"syscall"
)

// addrPort returns the address as netip has it: an IPv4 address in 16 bytes stays one that is mapped.
func (a inetAddr) addrPort() netip.AddrPort {
	ip, _ := netip.AddrFromSlice(a.ip)
	return netip.AddrPortFrom(ip.WithZone(a.zone), uint16(a.port))
}

// AddrPort returns the address as netip has it.
func (a *TCPAddr) AddrPort() netip.AddrPort {
	if a == nil {
		return netip.AddrPort{}
	}
	return inetAddr{a.IP, a.Zone, a.Port}.addrPort()
}

// TCPAddrFromAddrPort returns the TCPAddr of an address that netip has.
func TCPAddrFromAddrPort(addr netip.AddrPort) *TCPAddr {
	return &TCPAddr{IP: addr.Addr().AsSlice(), Zone: addr.Addr().Zone(), Port: int(addr.Port())}
}

// AddrPort returns the address as netip has it.
func (a *UDPAddr) AddrPort() netip.AddrPort {
	if a == nil {
		return netip.AddrPort{}
	}
	return inetAddr{a.IP, a.Zone, a.Port}.addrPort()
}

// UDPAddrFromAddrPort returns the UDPAddr of an address that netip has.
func UDPAddrFromAddrPort(addr netip.AddrPort) *UDPAddr {
	return &UDPAddr{IP: addr.Addr().AsSlice(), Zone: addr.Addr().Zone(), Port: int(addr.Port())}
}

// ReadFromUDPAddrPort reads one packet.
func (c *UDPConn) ReadFromUDPAddrPort(b []byte) (n int, addr netip.AddrPort, err error) {
	n, from, err := c.ReadFromUDP(b)
	if from != nil {
		addr = from.AddrPort()
		if c.fd.family == syscall.AF_INET {
			addr = netip.AddrPortFrom(addr.Addr().Unmap(), addr.Port())
		}
	}
	return n, addr, err
}

// ReadMsgUDPAddrPort reads one packet; there is nothing beside it.
func (c *UDPConn) ReadMsgUDPAddrPort(b, oob []byte) (n, oobn, flags int, addr netip.AddrPort, err error) {
	n, addr, err = c.ReadFromUDPAddrPort(b)
	return n, 0, 0, addr, err
}

// WriteToUDPAddrPort sends one packet.
func (c *UDPConn) WriteToUDPAddrPort(b []byte, addr netip.AddrPort) (int, error) {
	if !c.ok() {
		return 0, syscall.EINVAL
	}
	return c.writeTo(b, UDPAddrFromAddrPort(addr))
}

// WriteMsgUDPAddrPort sends one packet, with nothing beside it.
func (c *UDPConn) WriteMsgUDPAddrPort(b, oob []byte, addr netip.AddrPort) (n, oobn int, err error) {
	if c.fd.connected {
		n, err = c.Write(b)
	} else {
		n, err = c.WriteToUDPAddrPort(b, addr)
	}
	return n, 0, err
}

// LookupNetIP returns the addresses of a host; network is "ip", "ip4" or "ip6".
func (r *Resolver) LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error) {
	ips, err := r.LookupIP(ctx, network, host)
	var out []netip.Addr
	for _, ip := range ips {
		if a, ok := netip.AddrFromSlice(ip); ok {
			if network != "ip6" {
				a = a.Unmap()
			}
			out = append(out, a)
		}
	}
	return out, err
}
