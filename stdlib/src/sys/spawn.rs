//! New processes, by posix_spawn: the C library blocks signals and runs the child's side on memory of its own, so that it
//! is safe beside other threads. (Go: syscall.forkExec)

use super::{c_array, c_string, strings};
use minigo_runtime::limits;
use minigo_vm::native::{GoSlice, GoStr};
use std::ffi::CString;
use std::mem::MaybeUninit;

/// Everything that the child needs, in memory of our own.
pub(super) struct Spawn {
    path: CString,
    argv: Vec<CString>,
    env: Vec<CString>,
    dir: Option<CString>,
    fds: Vec<i32>,
    flags: i64,
    pgid: i32,
    /// The limit of open files that the child should start with, if ours was raised.
    file_limit: Option<libc::rlim_t>,
}

/// New session.
const SETSID: i64 = 1;
/// New process group.
const SETPGID: i64 = 2;

impl Spawn {
    #[allow(clippy::too_many_arguments)] // They are the native's.
    pub(super) fn new(
        path: GoStr,
        argv: GoSlice,
        env: GoSlice,
        dir: GoStr,
        fds: GoSlice,
        flags: i64,
        pgid: i64,
        file_limit: Option<libc::rlim_t>,
    ) -> Option<Spawn> {
        let list = |s: &GoSlice| -> Option<Vec<CString>> {
            // SAFETY: the native's signature says what the slices hold.
            unsafe { strings(s) }.iter().map(c_string).collect()
        };
        let fds = match fds.len {
            0 => Vec::new(),
            // SAFETY: a []int.
            n => unsafe { std::slice::from_raw_parts(fds.ptr.cast::<i64>(), n as usize) }
                .iter()
                .map(|&fd| fd as i32)
                .collect(),
        };
        Some(Spawn {
            path: c_string(&path)?,
            argv: list(&argv)?,
            env: list(&env)?,
            dir: match dir.len {
                0 => None,
                _ => Some(c_string(&dir)?),
            },
            fds,
            flags,
            pgid: pgid as i32,
            file_limit,
        })
    }

    /// The child's id, or a negated errno.
    pub(super) fn run(&self) -> i64 {
        // Output that is counted is not handed on to somebody who does not count.
        if limits::counts_output() && self.fds.iter().any(|fd| matches!(fd, 1 | 2)) {
            return -(libc::EPERM as i64);
        }
        // SAFETY: all pointers are to memory of `self` or locals, which outlive the calls.
        unsafe {
            let mut actions = MaybeUninit::<libc::posix_spawn_file_actions_t>::uninit();
            let mut attr = MaybeUninit::<libc::posix_spawnattr_t>::uninit();
            let (actions, attr) = (actions.as_mut_ptr(), attr.as_mut_ptr());
            libc::posix_spawn_file_actions_init(actions);
            libc::posix_spawnattr_init(attr);
            let r = self.spawn(actions, attr);
            libc::posix_spawn_file_actions_destroy(actions);
            libc::posix_spawnattr_destroy(attr);
            r
        }
    }

    unsafe fn spawn(
        &self,
        actions: *mut libc::posix_spawn_file_actions_t,
        attr: *mut libc::posix_spawnattr_t,
    ) -> i64 {
        // SAFETY: both were initialised by the caller.
        unsafe {
            if let Some(dir) = &self.dir {
                libc::posix_spawn_file_actions_addchdir_np(actions, dir.as_ptr());
            }
            // Sources that lie where a target will be are moved out of the way first, above all targets.
            let top = self
                .fds
                .iter()
                .copied()
                .max()
                .unwrap_or(0)
                .max(self.fds.len() as i32)
                + 1;
            let mut from = self.fds.clone();
            for (i, fd) in from.iter_mut().enumerate() {
                if *fd >= 0 && (*fd as usize) < i {
                    libc::posix_spawn_file_actions_adddup2(actions, *fd, top + i as i32);
                    *fd = top + i as i32;
                }
            }
            for (i, &fd) in from.iter().enumerate() {
                match fd {
                    // A copy onto itself takes the close-on-exec mark off.
                    0.. => libc::posix_spawn_file_actions_adddup2(actions, fd, i as i32),
                    _ => libc::posix_spawn_file_actions_addclose(actions, i as i32),
                };
            }
            for (i, &fd) in from.iter().enumerate() {
                if fd == top + i as i32 {
                    libc::posix_spawn_file_actions_addclose(actions, fd);
                }
            }
            let mut flags = libc::POSIX_SPAWN_SETSIGDEF | libc::POSIX_SPAWN_SETSIGMASK;
            if self.flags & SETPGID != 0 {
                flags |= libc::POSIX_SPAWN_SETPGROUP;
                libc::posix_spawnattr_setpgroup(attr, self.pgid);
            }
            if self.flags & SETSID != 0 {
                // POSIX_SPAWN_SETSID of the C library.
                flags |= 0x80;
            }
            let mut set = MaybeUninit::<libc::sigset_t>::uninit();
            libc::sigemptyset(set.as_mut_ptr());
            libc::posix_spawnattr_setsigmask(attr, set.as_ptr());
            // What we ignore or catch for ourselves is nothing to the child.
            libc::sigaddset(set.as_mut_ptr(), libc::SIGPIPE);
            libc::posix_spawnattr_setsigdefault(attr, set.as_ptr());
            libc::posix_spawnattr_setflags(attr, flags as libc::c_short);
            let (argv, env) = (c_array(&self.argv), c_array(&self.env));
            let mut pid = 0;
            match libc::posix_spawn(
                &mut pid,
                self.path.as_ptr(),
                actions,
                attr,
                argv.as_ptr(),
                env.as_ptr(),
            ) {
                0 => {
                    self.restore_file_limit(pid);
                    bound_memory(pid);
                    pid as i64
                }
                e => -(e as i64),
            }
        }
    }

    /// Programs that use `select` break with too many open files, so the child gets the limit that we started with.
    fn restore_file_limit(&self, pid: i32) {
        let Some(cur) = self.file_limit else { return };
        // SAFETY: plain system calls on a local.
        unsafe {
            let mut lim: libc::rlimit = std::mem::zeroed();
            if libc::getrlimit(libc::RLIMIT_NOFILE, &mut lim) == 0 {
                lim.rlim_cur = cur;
                libc::prlimit(pid, libc::RLIMIT_NOFILE, &lim, std::ptr::null_mut());
            }
        }
    }
}

/// A program with bounded memory cannot have others use it on its behalf.
fn bound_memory(pid: i32) {
    let Some(bytes) = limits::child_memory() else {
        return;
    };
    let lim = libc::rlimit {
        rlim_cur: bytes as libc::rlim_t,
        rlim_max: bytes as libc::rlim_t,
    };
    // SAFETY: a plain system call on a local. It fails only if the child has ended.
    unsafe {
        libc::prlimit(pid, libc::RLIMIT_AS, &lim, std::ptr::null_mut());
    }
}
