//! Packages os and syscall: what the system does for files, environment and process.
//!
//! Calls that may block run between `entersyscall` and `exitsyscall`, so that the goroutine's processor can serve
//! others meanwhile.

use libc::{c_char, c_int};
use minigo_runtime::exit;
use minigo_runtime::nondet::rand64;
use minigo_runtime::syscall::{entersyscall, exitsyscall};
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeTable, new_slice, new_string, new_strings};
use std::ffi::{CString, OsString};
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::sync::{Mutex, OnceLock};

/// The system's error number, 0 for none.
type Errno = u64;

fn errno() -> c_int {
    std::io::Error::last_os_error().raw_os_error().unwrap_or(0)
}

/// Does a system call that may block, again if a signal interrupts it. The result, and the error number if it is negative.
///
/// # Safety
/// `gp` is the running goroutine; `call` touches only memory that stays in place, and nothing of the runtime.
unsafe fn blocking(gp: *mut G, mut call: impl FnMut() -> i64) -> (i64, Errno) {
    // SAFETY: as the caller promises. The error number is read before the thread can change.
    unsafe {
        entersyscall(gp);
        let result = quick(&mut call);
        exitsyscall(gp);
        result
    }
}

/// As [`blocking`], for a call that does not block.
fn quick(mut call: impl FnMut() -> i64) -> (i64, Errno) {
    loop {
        let n = call();
        if n >= 0 {
            return (n, 0);
        }
        match errno() {
            libc::EINTR => {}
            e => return (-1, e as Errno),
        }
    }
}

/// A name as the system wants it. One with a zero byte in it is invalid.
///
/// # Safety
/// The string is alive.
unsafe fn name(s: GoStr) -> Result<CString, Errno> {
    // SAFETY: as the caller promises.
    CString::new(unsafe { s.bytes() }).map_err(|_| libc::EINVAL as Errno)
}

fn status(r: (i64, Errno)) -> Errno {
    r.1
}

// ---- the environment and the arguments ----

/// Variables and their values, in the order in which they were set.
type Environment = Vec<(Vec<u8>, Vec<u8>)>;

static ENV: OnceLock<Mutex<Environment>> = OnceLock::new();

fn env() -> std::sync::MutexGuard<'static, Environment> {
    let bytes = |s: OsString| s.into_vec();
    ENV.get_or_init(|| {
        Mutex::new(
            std::env::vars_os()
                .map(|(k, v)| (bytes(k), bytes(v)))
                .collect(),
        )
    })
    .lock()
    .unwrap_or_else(|e| e.into_inner())
}

static ARGS: OnceLock<Vec<Vec<u8>>> = OnceLock::new();

/// Sets what `os.Args` will be: the program's name and its arguments. Before the program starts.
pub fn set_args(args: Vec<Vec<u8>>) {
    let _ = ARGS.set(args);
}

// ---- texts ----

/// Go's text for an error number: the system's, in lower case.
fn errno_text(e: Errno) -> String {
    if e == 0 {
        return "errno 0".to_owned();
    }
    let mut text = [0 as c_char; 128];
    // SAFETY: the buffer is as long as said; the function writes a terminated string.
    let known = unsafe { libc::strerror_r(e as c_int, text.as_mut_ptr(), text.len()) } == 0;
    // SAFETY: as above.
    let text = unsafe { std::ffi::CStr::from_ptr(text.as_ptr()) }.to_string_lossy();
    if !known || text.starts_with("Unknown error") {
        return format!("errno {e}");
    }
    match e as c_int {
        libc::ENOTSUP => return "operation not supported".to_owned(),
        libc::EIO => return "input/output error".to_owned(),
        _ => {}
    }
    // Words that are names keep their capitals.
    if text.starts_with("RFS") || text.starts_with(".lib") {
        return text.into_owned();
    }
    let mut chars = text.chars();
    chars
        .next()
        .map_or(String::new(), |c| c.to_ascii_lowercase().to_string())
        + chars.as_str()
}

const SIGNALS: [&str; 31] = [
    "hangup",
    "interrupt",
    "quit",
    "illegal instruction",
    "trace/breakpoint trap",
    "aborted",
    "bus error",
    "floating point exception",
    "killed",
    "user defined signal 1",
    "segmentation fault",
    "user defined signal 2",
    "broken pipe",
    "alarm clock",
    "terminated",
    "stack fault",
    "child exited",
    "continued",
    "stopped (signal)",
    "stopped",
    "stopped (tty input)",
    "stopped (tty output)",
    "urgent I/O condition",
    "CPU time limit exceeded",
    "file size limit exceeded",
    "virtual timer expired",
    "profiling timer expired",
    "window changed",
    "I/O possible",
    "power failure",
    "bad system call",
];

/// What `fdOp` and `pathOp` in os/file.go can be asked for.
mod op {
    pub const SYNC: i64 = 1;
    pub const TRUNCATE: i64 = 2;
    pub const CHMOD: i64 = 3;
    pub const CHOWN: i64 = 4;
    pub const CHDIR: i64 = 5;
    pub const MKDIR: i64 = 6;
    pub const RMDIR: i64 = 7;
    pub const UNLINK: i64 = 8;
    pub const RENAME: i64 = 9;
    pub const LINK: i64 = 10;
    pub const SYMLINK: i64 = 11;
    pub const LCHOWN: i64 = 12;
}

/// A broken pipe behind standard output or error ends the process, as in Go.
pub(crate) fn die_of_broken_pipe() {
    // SAFETY: the default action of the signal is to end the process.
    unsafe {
        libc::signal(libc::SIGPIPE, libc::SIG_DFL);
        libc::raise(libc::SIGPIPE);
    }
}

native! {
    fn open(gp, path: GoStr, flags: i64, perm: i64) -> (i64, Errno) {
        match name(path) {
            Ok(path) => blocking(gp, || {
                libc::open(path.as_ptr(), flags as c_int | libc::O_CLOEXEC, perm as libc::mode_t) as i64
            }),
            Err(e) => (-1, e),
        }
    }
    fn read(gp, fd: i64, p: GoSlice) -> (i64, Errno) {
        if p.len == 0 {
            return (0, 0);
        }
        blocking(gp, || libc::read(fd as c_int, p.ptr.cast(), p.len.min(1 << 30) as usize) as i64)
    }
    fn write(gp, fd: i64, p: GoSlice) -> (i64, Errno) {
        blocking(gp, || minigo_runtime::session::write(fd as c_int, p.ptr.cast_const(), p.len.min(1 << 30) as usize) as i64)
    }
    fn seek(gp, fd: i64, off: i64, whence: i64) -> (i64, Errno) {
        quick(|| libc::lseek(fd as c_int, off, whence as c_int))
    }
    fn close(gp, fd: i64) -> Errno { status(blocking(gp, || close_once(fd as c_int))) }
    fn fd_op(gp, op: i64, fd: i64, x: i64, y: i64) -> Errno {
        let fd = fd as c_int;
        status(blocking(gp, || match op {
            op::SYNC => libc::fsync(fd) as i64,
            op::TRUNCATE => libc::ftruncate(fd, x) as i64,
            op::CHMOD => libc::fchmod(fd, x as libc::mode_t) as i64,
            op::CHOWN => libc::fchown(fd, x as u32, y as u32) as i64,
            op::CHDIR => libc::fchdir(fd) as i64,
            _ => -1,
        }))
    }
    fn path_op(gp, op: i64, a: GoStr, b: GoStr, x: i64, y: i64) -> Errno {
        let (a, b) = match (name(a), name(b)) {
            (Ok(a), Ok(b)) => (a, b),
            (Err(e), _) | (_, Err(e)) => return e,
        };
        let (a, b) = (a.as_ptr(), b.as_ptr());
        status(blocking(gp, || {
            (match op {
                op::TRUNCATE => libc::truncate(a, x),
                op::CHMOD => libc::chmod(a, x as libc::mode_t),
                op::CHOWN => libc::chown(a, x as u32, y as u32),
                op::LCHOWN => libc::lchown(a, x as u32, y as u32),
                op::CHDIR => libc::chdir(a),
                op::MKDIR => libc::mkdir(a, x as libc::mode_t),
                op::RMDIR => libc::rmdir(a),
                op::UNLINK => libc::unlink(a),
                op::RENAME => libc::rename(a, b),
                op::LINK => libc::link(a, b),
                op::SYMLINK => libc::symlink(a, b),
                _ => -1,
            }) as i64
        }))
    }
    fn stat(gp, fd: i64, path: GoStr, follow: bool, st: *mut libc::stat) -> Errno {
        let path_name = match name(path) {
            Ok(p) => p,
            Err(e) => return e,
        };
        status(blocking(gp, || {
            (match (path.len, follow) {
                (0, _) => libc::fstat(fd as c_int, st),
                (_, true) => libc::stat(path_name.as_ptr(), st),
                (_, false) => libc::lstat(path_name.as_ptr(), st),
            }) as i64
        }))
    }
    fn read_dir(gp, fd: i64) -> (GoStr, Errno) {
        let mut entries = Vec::new();
        let (_, e) = blocking(gp, || list_dir(fd as c_int, &mut entries));
        match e {
            0 => (new_string(gp, &entries), 0),
            e => (GoStr::EMPTY, e),
        }
    }
    fn readlink(gp, path: GoStr) -> (GoStr, Errno) {
        let path = match name(path) {
            Ok(p) => p,
            Err(e) => return (GoStr::EMPTY, e),
        };
        let mut target = vec![0u8; 4096];
        let (n, e) = blocking(gp, || {
            libc::readlink(path.as_ptr(), target.as_mut_ptr().cast(), target.len()) as i64
        });
        match e {
            0 => (new_string(gp, &target[..n as usize]), 0),
            e => (GoStr::EMPTY, e),
        }
    }
    fn set_times(gp, path: GoStr, asec: i64, ansec: i64, msec: i64, mnsec: i64) -> Errno {
        let path = match name(path) {
            Ok(p) => p,
            Err(e) => return e,
        };
        let times = [(asec, ansec), (msec, mnsec)].map(|(s, n)| libc::timespec { tv_sec: s, tv_nsec: n });
        status(blocking(gp, || libc::utimensat(libc::AT_FDCWD, path.as_ptr(), times.as_ptr(), 0) as i64))
    }
    fn getwd(gp) -> (GoStr, Errno) {
        match std::env::current_dir() {
            Ok(dir) => (new_string(gp, dir.as_os_str().as_bytes()), 0),
            Err(e) => (GoStr::EMPTY, e.raw_os_error().unwrap_or(libc::EIO) as Errno),
        }
    }
    fn executable(gp) -> GoStr {
        let path = std::env::current_exe().unwrap_or_default();
        new_string(gp, path.as_os_str().as_bytes())
    }
    fn hostname(gp) -> GoStr {
        let mut name = [0u8; 256];
        libc::gethostname(name.as_mut_ptr().cast(), name.len() - 1);
        let end = name.iter().position(|&c| c == 0).unwrap_or(0);
        new_string(gp, &name[..end])
    }
    fn groups(gp) -> GoSlice {
        let mut ids = vec![0 as libc::gid_t; 256];
        let n = libc::getgroups(ids.len() as c_int, ids.as_mut_ptr()).max(0);
        let ids: Vec<i64> = ids[..n as usize].iter().map(|&id| id as i64).collect();
        new_slice(gp, &ids)
    }
    fn args(gp) -> GoSlice { new_strings(gp, ARGS.get().map_or(&[], Vec::as_slice)) }
    fn random(gp) -> GoStr { new_string(gp, (rand64() as u32).to_string().as_bytes()) }
    fn getenv(gp, key: GoStr) -> (GoStr, bool) {
        let found = env().iter().find(|v| v.0 == key.bytes()).map(|v| v.1.clone());
        match found {
            Some(value) => (new_string(gp, &value), true),
            None => (GoStr::EMPTY, false),
        }
    }
    fn setenv(gp, key: GoStr, value: GoStr) {
        let value = value.bytes().to_vec();
        let mut env = env();
        match env.iter_mut().find(|v| v.0 == key.bytes()) {
            Some(v) => v.1 = value,
            None => env.push((key.bytes().to_vec(), value)),
        }
    }
    fn unsetenv(gp, key: GoStr) { env().retain(|v| v.0 != key.bytes()) }
    fn clearenv(gp) { env().clear() }
    fn environ(gp) -> GoSlice {
        let all: Vec<Vec<u8>> = env().iter().map(|(k, v)| [k, &b"="[..], v].concat()).collect();
        new_strings(gp, &all)
    }
    fn go_exit(gp, code: i64) { exit(code as i32) }
    fn getpid(gp) -> i64 { libc::getpid() as i64 }
    fn getppid(gp) -> i64 { libc::getppid() as i64 }
    fn getuid(gp) -> i64 { libc::getuid() as i64 }
    fn geteuid(gp) -> i64 { libc::geteuid() as i64 }
    fn getgid(gp) -> i64 { libc::getgid() as i64 }
    fn getegid(gp) -> i64 { libc::getegid() as i64 }
    fn kill(gp, pid: i64, sig: i64) -> Errno { status(quick(|| libc::kill(pid as c_int, sig as c_int) as i64)) }
    fn errno_string(gp, e: u64) -> GoStr { new_string(gp, errno_text(e).as_bytes()) }
    fn signal_string(gp, s: i64) -> GoStr {
        match usize::try_from(s - 1).ok().and_then(|i| SIGNALS.get(i)) {
            Some(text) => GoStr::from_static(text),
            None => new_string(gp, format!("signal {s}").as_bytes()),
        }
    }
}

/// Closes a descriptor; an interrupted call has closed it, too.
fn close_once(fd: c_int) -> i64 {
    // SAFETY: a descriptor is a number; who closes one that is not theirs is the program's business.
    match unsafe { libc::close(fd) } {
        -1 if errno() == libc::EINTR => 0,
        n => n as i64,
    }
}

/// Appends a directory's entries, but not `.` and `..`, each as type, name and a zero byte.
fn list_dir(fd: c_int, out: &mut Vec<u8>) -> i64 {
    let mut buffer = [0u64; 4096];
    loop {
        // SAFETY: the buffer is as long as said, and aligned for the entries.
        let n = unsafe {
            libc::syscall(
                libc::SYS_getdents64,
                fd,
                buffer.as_mut_ptr(),
                size_of_val(&buffer),
            )
        };
        if n <= 0 {
            return n;
        }
        let mut at = 0;
        while at < n as usize {
            // SAFETY: the kernel has written whole entries: inode 8, offset 8, length 2, type 1, name.
            let (len, kind, name) = unsafe {
                let entry = buffer.as_ptr().cast::<u8>().add(at);
                let name = std::ffi::CStr::from_ptr(entry.add(19).cast());
                (
                    *entry.add(16).cast::<u16>(),
                    *entry.add(18),
                    name.to_bytes(),
                )
            };
            if name != b"." && name != b".." {
                out.push(if kind == libc::DT_UNKNOWN {
                    b'?'
                } else {
                    b'0' + kind
                });
                out.extend(name);
                out.push(0);
            }
            at += len as usize;
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("os.args", args),
    ("os.executable", executable),
    ("os.fdOp", fd_op),
    ("os.getwd", getwd),
    ("os.groups", groups),
    ("os.hostname", hostname),
    ("os.open", open),
    ("os.pathOp", path_op),
    ("os.random", random),
    ("os.readDir", read_dir),
    ("os.readlink", readlink),
    ("os.seek", seek),
    ("os.setTimes", set_times),
    ("os.stat", stat),
    ("syscall.Clearenv", clearenv),
    ("syscall.Environ", environ),
    ("syscall.Errno.Error", errno_string),
    ("syscall.Exit", go_exit),
    ("syscall.Getegid", getegid),
    ("syscall.Geteuid", geteuid),
    ("syscall.Getgid", getgid),
    ("syscall.Getpid", getpid),
    ("syscall.Getppid", getppid),
    ("syscall.Getuid", getuid),
    ("syscall.Signal.String", signal_string),
    ("syscall.close_", close),
    ("syscall.getenv", getenv),
    ("syscall.kill", kill),
    ("syscall.open", open),
    ("syscall.read", read),
    ("syscall.setenv", setenv),
    ("syscall.unsetenv", unsetenv),
    ("syscall.write", write),
];
