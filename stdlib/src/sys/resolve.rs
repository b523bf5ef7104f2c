//! Names and addresses, by the C library's resolver, which blocks and wants a deep stack; network interfaces.

use super::blocking;
use minigo_runtime::systemstack;
use minigo_vm::native::G;
use std::ffi::{CStr, CString};
use std::fmt::Write;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::ptr::{null, null_mut};

/// Runs `f` on the thread's own stack, without the P.
unsafe fn on_thread<F: FnOnce()>(gp: *mut G, f: F) {
    struct Call<F> {
        gp: *mut G,
        f: Option<F>,
    }
    unsafe extern "C" fn enter<F: FnOnce()>(call: *mut u8) {
        // SAFETY: `call` is the caller's.
        unsafe { (*call.cast::<Call<F>>()).f.take().expect("called once")() }
    }
    let mut call = Call { gp, f: Some(f) };
    // SAFETY: the call outlives the switch; `gp` is the running goroutine.
    unsafe {
        blocking(gp, || {
            systemstack(call.gp, enter::<F>, (&raw mut call).cast());
        })
    }
}

/// An address as 16 bytes and a scope id.
fn push_address(out: &mut Vec<u8>, addr: *const libc::sockaddr) {
    // SAFETY: the family tells what it is.
    unsafe {
        match (*addr).sa_family as i32 {
            libc::AF_INET => {
                let a = &*addr.cast::<libc::sockaddr_in>();
                out.extend([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]);
                out.extend(a.sin_addr.s_addr.to_ne_bytes());
                out.extend([0; 4]);
            }
            libc::AF_INET6 => {
                let a = &*addr.cast::<libc::sockaddr_in6>();
                out.extend(a.sin6_addr.s6_addr);
                out.extend(a.sin6_scope_id.to_ne_bytes());
            }
            _ => {}
        }
    }
}

/// All addresses of a host; an EAI_ code if there are none.
///
/// # Safety
/// `gp` is the running goroutine.
pub(super) unsafe fn addresses(gp: *mut G, host: &CString, family: i32) -> Result<Vec<u8>, i64> {
    let mut found = Err(libc::EAI_FAIL as i64);
    let lookup = || {
        // SAFETY: the list is freed by the library's own function.
        unsafe {
            let mut hints: libc::addrinfo = std::mem::zeroed();
            hints.ai_family = family;
            hints.ai_socktype = libc::SOCK_STREAM;
            let mut list = null_mut();
            let e = libc::getaddrinfo(host.as_ptr(), null(), &hints, &mut list);
            if e != 0 {
                found = Err(e as i64);
                return;
            }
            let mut out = Vec::new();
            let mut at = list;
            while let Some(info) = at.as_ref() {
                push_address(&mut out, info.ai_addr);
                at = info.ai_next;
            }
            libc::freeaddrinfo(list);
            found = Ok(out);
        }
    };
    // SAFETY: as the caller promises.
    unsafe { on_thread(gp, lookup) };
    found
}

/// The name of an address of 4 or 16 bytes.
///
/// # Safety
/// `gp` is the running goroutine.
pub(super) unsafe fn name(gp: *mut G, addr: &[u8]) -> Result<Vec<u8>, i64> {
    let mut found = Err(libc::EAI_NONAME as i64);
    let lookup = || {
        let mut host = [0 as libc::c_char; 1025];
        // SAFETY: the socket address is as long as said, the buffer too.
        let e = unsafe {
            let (p, n) = (host.as_mut_ptr(), host.len() as libc::socklen_t);
            match addr.len() {
                4 => {
                    let mut sa: libc::sockaddr_in = std::mem::zeroed();
                    sa.sin_family = libc::AF_INET as libc::sa_family_t;
                    sa.sin_addr.s_addr = u32::from_ne_bytes([addr[0], addr[1], addr[2], addr[3]]);
                    let len = size_of_val(&sa) as libc::socklen_t;
                    libc::getnameinfo(
                        (&raw const sa).cast(),
                        len,
                        p,
                        n,
                        null_mut(),
                        0,
                        libc::NI_NAMEREQD,
                    )
                }
                16 => {
                    let mut sa: libc::sockaddr_in6 = std::mem::zeroed();
                    sa.sin6_family = libc::AF_INET6 as libc::sa_family_t;
                    sa.sin6_addr.s6_addr.copy_from_slice(addr);
                    let len = size_of_val(&sa) as libc::socklen_t;
                    libc::getnameinfo(
                        (&raw const sa).cast(),
                        len,
                        p,
                        n,
                        null_mut(),
                        0,
                        libc::NI_NAMEREQD,
                    )
                }
                _ => libc::EAI_FAMILY,
            }
        };
        found = match e {
            // SAFETY: the library has put a NUL behind the name.
            0 => Ok(unsafe { CStr::from_ptr(host.as_ptr()) }.to_bytes().to_vec()),
            e => Err(e as i64),
        };
    };
    // SAFETY: as the caller promises.
    unsafe { on_thread(gp, lookup) };
    found
}

/// `INDEX NAME FLAGS MTU MAC|- ` for each interface, then `INDEX + ADDRESS/BITS` for each of its addresses.
pub(super) fn interfaces() -> String {
    let mut out = String::new();
    let mut list: *mut libc::ifaddrs = null_mut();
    // SAFETY: the list is freed by the library's own function.
    unsafe {
        if libc::getifaddrs(&mut list) != 0 {
            return out;
        }
        let mut at = list;
        while let Some(ifa) = at.as_ref() {
            at = ifa.ifa_next;
            let name = CStr::from_ptr(ifa.ifa_name).to_string_lossy();
            let index = libc::if_nametoindex(ifa.ifa_name);
            let Some(addr) = ifa.ifa_addr.as_ref() else {
                continue;
            };
            match addr.sa_family as i32 {
                libc::AF_PACKET => {
                    let ll = &*ifa.ifa_addr.cast::<libc::sockaddr_ll>();
                    let mac = &ll.sll_addr[..(ll.sll_halen as usize).min(8)];
                    let mac = match mac.iter().all(|&b| b == 0) {
                        true => "-".to_owned(),
                        false => mac
                            .iter()
                            .map(|b| format!("{b:02x}"))
                            .collect::<Vec<_>>()
                            .join(":"),
                    };
                    let mtu = std::fs::read_to_string(format!("/sys/class/net/{name}/mtu"))
                        .unwrap_or_default();
                    let mtu: u32 = mtu.trim().parse().unwrap_or(0);
                    let _ = writeln!(out, "{index} {name} {} {mtu} {mac}", ifa.ifa_flags);
                }
                libc::AF_INET => {
                    let ip = |a: *mut libc::sockaddr| {
                        u32::from_be((*a.cast::<libc::sockaddr_in>()).sin_addr.s_addr)
                    };
                    let bits = ifa.ifa_netmask.as_mut().map_or(32, |m| ip(m).count_ones());
                    let _ = writeln!(out, "{index} + {}/{bits}", Ipv4Addr::from(ip(ifa.ifa_addr)));
                }
                libc::AF_INET6 => {
                    let ip = |a: *mut libc::sockaddr| {
                        u128::from_be_bytes((*a.cast::<libc::sockaddr_in6>()).sin6_addr.s6_addr)
                    };
                    let bits = ifa.ifa_netmask.as_mut().map_or(128, |m| ip(m).count_ones());
                    let _ = writeln!(out, "{index} + {}/{bits}", Ipv6Addr::from(ip(ifa.ifa_addr)));
                }
                _ => {}
            }
        }
        libc::freeifaddrs(list);
    }
    out
}
