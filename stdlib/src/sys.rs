//! Package internal/sys: the system calls that packages syscall, os and net are made of.
//!
//! A result below zero is a negated errno. Calls that can take long run between `entersyscall` and `exitsyscall`; those
//! that only look something up keep their P.

mod resolve;
mod spawn;

use minigo_runtime::{entersyscall, exitsyscall};
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeTable, new_bytes, new_string};
use std::ffi::CString;
use std::ptr::null_mut;

/// Not negative: success; else a negated errno.
pub(crate) type CallResult = i64;

pub(crate) fn errno() -> i32 {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// The answer of a system call, with errno in it.
pub(crate) fn result<T: TryInto<i64>>(r: T) -> CallResult {
    match r.try_into() {
        Ok(n) if n >= 0 => n,
        _ => -(errno() as i64),
    }
}

/// Runs what may take long without the P. `f` touches nothing of the runtime, and errno is read in it: afterwards the
/// goroutine may be on another thread.
///
/// # Safety
/// `gp` is the running goroutine.
pub(crate) unsafe fn blocking<T>(gp: *mut G, f: impl FnOnce() -> T) -> T {
    // SAFETY: as the caller promises.
    unsafe {
        entersyscall(gp);
        let r = f();
        exitsyscall(gp);
        r
    }
}

/// A C string; `None` if there is a NUL in it.
fn c_string(s: &GoStr) -> Option<CString> {
    // SAFETY: a param of the running native is reachable.
    CString::new(unsafe { s.bytes() }).ok()
}

const EINVAL: CallResult = -(libc::EINVAL as i64);

type SockFn = unsafe extern "C" fn(i32, *mut libc::sockaddr, *mut libc::socklen_t) -> i32;

/// getsockname and its sister: the address goes to `buf`; its length is returned.
unsafe fn name_of(f: SockFn, fd: i64, buf: GoSlice) -> CallResult {
    let mut len = buf.len as libc::socklen_t;
    // SAFETY: the slice is writable memory.
    match result(unsafe { f(fd as i32, buf.ptr.cast(), &mut len) }) {
        0 => (len as i64).min(buf.len),
        e => e,
    }
}

/// Raises the soft limit of open files to the hard one, once, as programs that are started later get the old one.
/// (Go: package os's adjustFileLimit)
fn raise_file_limit() {
    use std::sync::Once;
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // SAFETY: plain system calls on a local.
        unsafe {
            let mut lim: libc::rlimit = std::mem::zeroed();
            if libc::getrlimit(libc::RLIMIT_NOFILE, &mut lim) == 0 && lim.rlim_cur < lim.rlim_max {
                let _ = OLD_FILE_LIMIT.set(lim.rlim_cur);
                lim.rlim_cur = lim.rlim_max;
                libc::setrlimit(libc::RLIMIT_NOFILE, &lim);
            }
        }
    });
}

static OLD_FILE_LIMIT: std::sync::OnceLock<libc::rlim_t> = std::sync::OnceLock::new();

native! {
    fn call(gp, trap: i64, a1: u64, a2: u64, a3: u64, a4: u64, a5: u64, a6: u64) -> (u64, u64) {
        blocking(gp, || {
            let r = libc::syscall(trap as libc::c_long, a1, a2, a3, a4, a5, a6);
            if r == -1 { (u64::MAX, errno() as u64) } else { (r as u64, 0) }
        })
    }
    fn close(gp, fd: i64) -> i64 { blocking(gp, || result(libc::close(fd as i32))) }
    fn pipe(gp, flags: i64) -> (i64, i64) {
        let mut fds = [0; 2];
        match result(libc::pipe2(fds.as_mut_ptr(), flags as i32)) {
            0 => (fds[0] as i64, fds[1] as i64),
            e => (e, -1),
        }
    }
    fn fcntl(gp, fd: i64, cmd: i64, arg: i64) -> i64 { result(libc::fcntl(fd as i32, cmd as i32, arg as libc::c_long)) }
    fn dup2(gp, from: i64, to: i64) -> i64 { result(libc::dup2(from as i32, to as i32)) }

    fn socket(gp, domain: i64, kind: i64, proto: i64) -> i64 {
        raise_file_limit();
        result(libc::socket(domain as i32, kind as i32 | libc::SOCK_CLOEXEC | libc::SOCK_NONBLOCK, proto as i32))
    }
    fn socketpair(gp, domain: i64, kind: i64, proto: i64) -> (i64, i64) {
        let mut fds = [0; 2];
        match result(libc::socketpair(domain as i32, kind as i32, proto as i32, fds.as_mut_ptr())) {
            0 => (fds[0] as i64, fds[1] as i64),
            e => (e, -1),
        }
    }
    fn bind(gp, fd: i64, addr: GoSlice) -> i64 {
        result(libc::bind(fd as i32, addr.ptr.cast(), addr.len as libc::socklen_t))
    }
    fn connect(gp, fd: i64, addr: GoSlice) -> i64 {
        result(libc::connect(fd as i32, addr.ptr.cast(), addr.len as libc::socklen_t))
    }
    fn listen(gp, fd: i64, backlog: i64) -> i64 { result(libc::listen(fd as i32, backlog as i32)) }
    fn getsockname(gp, fd: i64, buf: GoSlice) -> i64 { name_of(libc::getsockname, fd, buf) }
    fn getpeername(gp, fd: i64, buf: GoSlice) -> i64 { name_of(libc::getpeername, fd, buf) }
    /// Looks at what can be read from a socket without waiting or taking it: 0 at the end.
    fn peek(gp, fd: i64) -> i64 {
        let mut b = 0u8;
        result(libc::recv(fd as i32, (&raw mut b).cast(), 1, libc::MSG_PEEK | libc::MSG_DONTWAIT))
    }
    fn shutdown(gp, fd: i64, how: i64) -> i64 { result(libc::shutdown(fd as i32, how as i32)) }
    fn getsockopt_int(gp, fd: i64, level: i64, name: i64) -> (i64, i64) {
        let mut value = 0i32;
        let mut len = 4;
        let at = (&raw mut value).cast();
        let e = result(libc::getsockopt(fd as i32, level as i32, name as i32, at, &mut len));
        (value as i64, -e)
    }
    fn setsockopt(gp, fd: i64, level: i64, name: i64, value: GoSlice) -> i64 {
        let len = value.len as libc::socklen_t;
        result(libc::setsockopt(fd as i32, level as i32, name as i32, value.ptr.cast(), len))
    }
    fn setsockopt_int(gp, fd: i64, level: i64, name: i64, value: i64) -> i64 {
        let value = value as i32;
        result(libc::setsockopt(fd as i32, level as i32, name as i32, (&raw const value).cast(), 4))
    }

    fn mkfifo(gp, path: GoStr, mode: i64) -> i64 {
        c_string(&path).map_or(EINVAL, |p| result(libc::mkfifo(p.as_ptr(), mode as libc::mode_t)))
    }
    fn flock(gp, fd: i64, how: i64) -> i64 { blocking(gp, || result(libc::flock(fd as i32, how as i32))) }
    fn umask(gp, mask: i64) -> i64 { libc::umask(mask as libc::mode_t) as i64 }
    fn fsync(gp, fd: i64) -> i64 { blocking(gp, || result(libc::fsync(fd as i32))) }

    fn getrlimit(gp, resource: i64, lim: *mut libc::rlimit) -> i64 { result(libc::getrlimit(resource as _, lim)) }
    fn setrlimit(gp, resource: i64, lim: *mut libc::rlimit) -> i64 { result(libc::setrlimit(resource as _, lim)) }
    /// A descriptor that becomes readable when the process ends.
    fn pidfd_open(gp, pid: i64) -> i64 { result(libc::syscall(libc::SYS_pidfd_open, pid as libc::pid_t, 0)) }
    /// The child's id and wait status. `usage`: user and system time in microseconds, largest resident set in KiB.
    fn wait4(gp, pid: i64, options: i64, usage: *mut [i64; 3]) -> (i64, i64) {
        let mut status = 0;
        let (r, ru) = blocking(gp, || {
            let mut ru: libc::rusage = std::mem::zeroed();
            (result(libc::wait4(pid as i32, &mut status, options as i32, &mut ru)), ru)
        });
        if let Some(to) = usage.as_mut() {
            let micros = |t: libc::timeval| t.tv_sec * 1_000_000 + t.tv_usec;
            *to = [micros(ru.ru_utime), micros(ru.ru_stime), ru.ru_maxrss];
        }
        (r, status as i64)
    }
    /// A new process: `fds[i]` becomes its descriptor i, -1 stays closed. `flags`: 1 new session, 2 new process group
    /// `pgid`.
    fn spawn(
        gp, path: GoStr, argv: GoSlice, env: GoSlice, dir: GoStr, fds: GoSlice, flags: i64, pgid: i64,
    ) -> i64 {
        let old_limit = OLD_FILE_LIMIT.get().copied();
        match spawn::Spawn::new(path, argv, env, dir, fds, flags, pgid, old_limit) {
            Some(spawn) => blocking(gp, || spawn.run()),
            None => EINVAL,
        }
    }

    /// Addresses of a host, 16 bytes and a scope id of 4 bytes each, in the system's order; else an EAI_ code. Family 0: all.
    fn getaddrinfo(gp, host: GoStr, family: i64) -> (GoSlice, i64) {
        let Some(host) = c_string(&host) else { return (GoSlice::NIL, libc::EAI_NONAME as i64) };
        match resolve::addresses(gp, &host, family as i32) {
            Ok(bytes) => (new_bytes(gp, &bytes), 0),
            Err(e) => (GoSlice::NIL, e),
        }
    }
    /// The host name of an address, 4 or 16 bytes.
    fn getnameinfo(gp, addr: GoSlice) -> (GoStr, i64) {
        match resolve::name(gp, addr.bytes()) {
            Ok(name) => (new_string(gp, &name), 0),
            Err(e) => (GoStr::EMPTY, e),
        }
    }
    /// The network interfaces and their addresses, one line each; see `resolve::interfaces`.
    fn interfaces(gp) -> GoStr { new_string(gp, resolve::interfaces().as_bytes()) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("internal/sys.Call", call),
    ("internal/sys.Bind", bind),
    ("internal/sys.Close", close),
    ("internal/sys.Connect", connect),
    ("internal/sys.Dup2", dup2),
    ("internal/sys.Fcntl", fcntl),
    ("internal/sys.Flock", flock),
    ("internal/sys.Fsync", fsync),
    ("internal/sys.Getaddrinfo", getaddrinfo),
    ("internal/sys.Getnameinfo", getnameinfo),
    ("internal/sys.Getpeername", getpeername),
    ("internal/sys.Getrlimit", getrlimit),
    ("internal/sys.Getsockname", getsockname),
    ("internal/sys.GetsockoptInt", getsockopt_int),
    ("internal/sys.Interfaces", interfaces),
    ("internal/sys.Listen", listen),
    ("internal/sys.Mkfifo", mkfifo),
    ("internal/sys.Peek", peek),
    ("internal/sys.PidfdOpen", pidfd_open),
    ("internal/sys.Pipe", pipe),
    ("internal/sys.Setrlimit", setrlimit),
    ("internal/sys.Setsockopt", setsockopt),
    ("internal/sys.SetsockoptInt", setsockopt_int),
    ("internal/sys.Shutdown", shutdown),
    ("internal/sys.Socket", socket),
    ("internal/sys.Socketpair", socketpair),
    ("internal/sys.Spawn", spawn),
    ("internal/sys.Umask", umask),
    ("internal/sys.Wait4", wait4),
];

/// Elements of a `[]string`.
///
/// # Safety
/// `s` is one.
unsafe fn strings<'a>(s: &GoSlice) -> &'a [GoStr] {
    if s.len == 0 {
        return &[];
    }
    // SAFETY: as the caller promises.
    unsafe { std::slice::from_raw_parts(s.ptr.cast(), s.len as usize) }
}

/// Pointers to C strings, with the null behind the last.
fn c_array(items: &[CString]) -> Vec<*mut libc::c_char> {
    items
        .iter()
        .map(|s| s.as_ptr().cast_mut())
        .chain([null_mut()])
        .collect()
}
