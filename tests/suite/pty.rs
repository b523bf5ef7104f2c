//! A program on a pseudo-terminal, as a person at a keyboard has it.

use std::io::{Read, Write};
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Patience with a loaded machine.
const HANG: Duration = Duration::from_secs(60);

/// A running program and the terminal that it believes to have.
pub struct Pty {
    child: Child,
    master: std::fs::File,
    arriving: Receiver<Vec<u8>>,
    /// Everything it has written.
    pub seen: String,
    /// How much of it was looked at.
    at: usize,
}

impl Pty {
    /// Starts a program on a terminal of 100 columns and 30 lines. Without `echo` the terminal does not repeat what is
    /// typed.
    pub fn start(mut command: Command, echo: bool) -> std::io::Result<Pty> {
        let (mut master, mut slave) = (-1, -1);
        let size = libc::winsize {
            ws_row: 30,
            ws_col: 100,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        // SAFETY: descriptors and size are locals; what is opened becomes owned at once.
        let (master, slave) = unsafe {
            let null = std::ptr::null_mut();
            if libc::openpty(&mut master, &mut slave, null, null.cast(), &size) != 0 {
                return Err(std::io::Error::last_os_error());
            }
            libc::fcntl(master, libc::F_SETFD, libc::FD_CLOEXEC);
            (
                std::fs::File::from_raw_fd(master),
                OwnedFd::from_raw_fd(slave),
            )
        };
        if !echo {
            // SAFETY: the attributes are a local's.
            unsafe {
                let mut t: libc::termios = std::mem::zeroed();
                libc::tcgetattr(slave.as_raw_fd(), &mut t);
                t.c_lflag &= !libc::ECHO;
                libc::tcsetattr(slave.as_raw_fd(), libc::TCSANOW, &t);
            }
        }
        command
            .stdin(slave.try_clone()?)
            .stdout(slave.try_clone()?)
            .stderr(slave);
        // SAFETY: only async-signal-safe calls between fork and exec.
        unsafe {
            command.pre_exec(|| {
                libc::setsid();
                libc::ioctl(0, libc::TIOCSCTTY, 0);
                Ok(())
            });
        }
        let child = command.spawn()?;
        drop(command);
        let mut reader = master.try_clone()?;
        let (sender, arriving) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    break;
                }
            }
        });
        Ok(Pty {
            child,
            master,
            arriving,
            seen: String::new(),
            at: 0,
        })
    }

    /// Types something.
    pub fn send(&mut self, keys: &str) -> Result<(), String> {
        self.master
            .write_all(keys.as_bytes())
            .map_err(|e| format!("the terminal takes no keys: {e}"))
    }

    /// Waits until the program has written this, behind what was waited for before; gives what stands in between.
    /// Escape sequences do not count.
    pub fn wait(&mut self, text: &str) -> Result<String, String> {
        let until = Instant::now() + HANG;
        loop {
            let (plain, places) = plain_with_places(&self.seen[self.at..]);
            if let Some(i) = plain.find(text) {
                self.at += places[i + text.len() - 1];
                return Ok(plain[..i].to_owned());
            }
            let left = until.saturating_duration_since(Instant::now());
            match self.arriving.recv_timeout(left) {
                Ok(bytes) => self.seen.push_str(&String::from_utf8_lossy(&bytes)),
                Err(_) => {
                    return Err(format!(
                        "{text:?} never came; the terminal shows:\n{}",
                        plain
                    ));
                }
            }
        }
    }

    /// Waits for a while, and gives what came.
    pub fn settle(&mut self, time: Duration) -> String {
        let until = Instant::now() + time;
        while let left = until.saturating_duration_since(Instant::now())
            && !left.is_zero()
        {
            if let Ok(bytes) = self.arriving.recv_timeout(left) {
                self.seen.push_str(&String::from_utf8_lossy(&bytes));
            }
        }
        plain(&self.seen[self.at..])
    }

    /// Makes the window another size.
    pub fn resize(&self, columns: u16, lines: u16) {
        let size = libc::winsize {
            ws_row: lines,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        // SAFETY: the size is a local. The kernel sends SIGWINCH.
        unsafe { libc::ioctl(self.master.as_raw_fd(), libc::TIOCSWINSZ, &size) };
    }

    /// Waits for its end, and gives the exit status.
    pub fn status(&mut self) -> Result<i32, String> {
        let until = Instant::now() + HANG;
        loop {
            match self.child.try_wait() {
                Ok(Some(status)) => return Ok(status.code().unwrap_or(-1)),
                Ok(None) if Instant::now() < until => {
                    std::thread::sleep(Duration::from_millis(10));
                }
                _ => return Err("it does not end".to_owned()),
            }
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        // It has ended, or must not outlive the test.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Without escape sequences and carriage returns.
pub fn plain(text: &str) -> String {
    plain_with_places(text).0
}

/// As [`plain`], and for each byte of it where what comes behind it begins in the text.
fn plain_with_places(text: &str) -> (String, Vec<usize>) {
    let mut out = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '\r' => {}
            '\x1b' => {
                if chars.next_if(|c| c.1 == '[').is_some() {
                    for (_, c) in chars.by_ref() {
                        if c.is_ascii_alphabetic() || c == '~' {
                            break;
                        }
                    }
                } else {
                    chars.next();
                }
            }
            c => {
                out.push(c);
                places.extend(std::iter::repeat_n(at + c.len_utf8(), c.len_utf8()));
            }
        }
    }
    (out, places)
}
