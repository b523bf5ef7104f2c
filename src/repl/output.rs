//! What the program writes while a prompt stands on the screen.
//!
//! While an entry runs the terminal is the program's, and what it writes goes there at once. While a person types it is
//! the editor's: then output is collected, and a thread of its own hands whole lines to the editor, which puts them above
//! the prompt. Goroutines never wait for the editor, unless they write more than anybody could read.

use std::sync::{Condvar, Mutex, MutexGuard};
use std::time::Duration;

/// Who prints above the prompt.
pub type Printer = Box<dyn FnMut(String) + Send>;

/// A text without a newline at its end is shown after this time.
const PATIENCE: Duration = Duration::from_millis(60);
/// Bytes that wait at most; who writes more waits for the screen.
const MOST_WAITING: usize = 1 << 20;

struct State {
    /// A person types.
    prompting: bool,
    waiting: Vec<u8>,
}

static STATE: Mutex<State> = Mutex::new(State {
    prompting: false,
    waiting: Vec::new(),
});
static CHANGED: Condvar = Condvar::new();

fn state() -> MutexGuard<'static, State> {
    STATE.lock().unwrap_or_else(|e| e.into_inner())
}

/// Takes what the program writes; `printer` is the editor's.
pub fn take(mut printer: Printer) {
    minigo_runtime::session::take_output(taken);
    let serve = move || {
        loop {
            let text = next();
            printer(text);
        }
    };
    // Without the thread, output waits for the end of the line.
    let _ = std::thread::Builder::new()
        .name("output".to_owned())
        .spawn(serve);
}

/// On a thread of the scheduler.
fn taken(fd: i32, text: &[u8]) {
    let mut s = state();
    while s.prompting && s.waiting.len() > MOST_WAITING {
        s = CHANGED.wait(s).unwrap_or_else(|e| e.into_inner());
    }
    if s.prompting {
        s.waiting.extend_from_slice(text);
        CHANGED.notify_all();
        return;
    }
    put(fd, text);
}

fn put(fd: i32, mut text: &[u8]) {
    while !text.is_empty() {
        // SAFETY: the text is ours.
        let n = unsafe { libc::write(fd, text.as_ptr().cast(), text.len()) };
        match n {
            1.. => text = &text[n as usize..],
            _ if std::io::Error::last_os_error().kind() == std::io::ErrorKind::Interrupted => {}
            _ => return,
        }
    }
}

/// Waits for something to print above the prompt.
fn next() -> String {
    let mut s = state();
    loop {
        while !s.prompting || s.waiting.is_empty() {
            s = CHANGED.wait(s).unwrap_or_else(|e| e.into_inner());
        }
        let lines = s.waiting.iter().rposition(|&b| b == b'\n').map(|i| i + 1);
        let n = match lines {
            Some(n) => n,
            None => {
                let before = s.waiting.len();
                s = CHANGED
                    .wait_timeout(s, PATIENCE)
                    .unwrap_or_else(|e| e.into_inner())
                    .0;
                if s.waiting.len() != before || !s.prompting {
                    continue;
                }
                before
            }
        };
        let text: Vec<u8> = s.waiting.drain(..n).collect();
        CHANGED.notify_all();
        return String::from_utf8_lossy(&text).into_owned();
    }
}

/// A prompt is about to be shown, or is gone.
pub fn prompting(on: bool) {
    let mut s = state();
    s.prompting = on;
    if !on {
        let rest = std::mem::take(&mut s.waiting);
        put(1, &rest);
    }
    CHANGED.notify_all();
}
