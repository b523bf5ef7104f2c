//! The session as a person sees it: prompt, editing, colours, interrupts. The only file that names rustyline.

use super::commands::{self, Done, Keys};
use super::completion;
use super::highlight::{self, DIM, END};
use super::output;
use super::script::plain;
use super::session::{Outcome, Screen, Session};
use super::values::Shown;
use minigo_compiler::render::Form;
use rustyline::completion::{Candidate, Completer};
use rustyline::error::ReadlineError;
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::{Hint, Hinter};
use rustyline::history::FileHistory;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Behavior, CompletionType, Config, Context, EditMode, Editor, ExternalPrinter, Helper,
};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering::*};

/// What stands before a line to be typed.
const PROMPT: &str = "go> ";
/// Entries that the history keeps.
const HISTORY: usize = 10_000;

/// Ctrl-C was pressed while an entry ran.
static INTERRUPTED: AtomicBool = AtomicBool::new(false);

extern "C" fn on_interrupt(_sig: libc::c_int) {
    INTERRUPTED.store(true, SeqCst);
}

/// Talks to a person until they leave.
pub fn main() -> u8 {
    let dumb = std::env::var_os("TERM")
        .is_none_or(|t| ["", "dumb", "cons25", "emacs"].iter().any(|d| t == *d));
    let color = !dumb && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
    let look = Look { color };
    // The editor comes first, so that what the terminal has to say is known before anything runs.
    let mut editor = match editor(Keys::from_env()) {
        Ok(editor) => editor,
        Err(e) => return crate::cli::fail(&format!("the terminal cannot be used: {e}")),
    };
    if let Ok(mut printer) = editor.create_external_printer() {
        output::take(Box::new(move |text| {
            let _ = printer.print(text);
        }));
    }
    greet(look);
    let session = Rc::new(Opening(RefCell::new(None)));
    editor.set_helper(Some(Assistant {
        session: session.clone(),
        look,
        last: Cell::new(false),
    }));
    let history = history_file();
    if let Some(path) = &history {
        // There is none at the first time.
        let _ = editor.load_history(path);
    }
    catch_interrupts();
    let mut screen = Terminal { look };
    loop {
        output::prompting(true);
        let line = match dumb {
            true => plain_entry(),
            false => editor.readline(PROMPT),
        };
        output::prompting(false);
        let line = match line {
            Ok(line) => line,
            Err(ReadlineError::Interrupted) => continue,
            Err(ReadlineError::Signal(_)) => continue,
            Err(ReadlineError::Eof) => break,
            Err(e) => {
                let _ = crate::cli::fail(&format!("the terminal cannot be read: {e}"));
                break;
            }
        };
        if line.trim().is_empty() {
            continue;
        }
        let _ = editor.add_history_entry(line.trim_end());
        if let Some(path) = &history {
            // A history that cannot be written is none.
            let _ = editor.append_history(path);
        }
        INTERRUPTED.store(false, SeqCst);
        // A fault of ours (the hook has reported it) must not cost the session.
        let answered = catch_unwind(AssertUnwindSafe(|| {
            session.with(|session| answer(session, &line, &mut screen))
        }));
        match answered.unwrap_or(Done::Failed) {
            Done::Quit => break,
            Done::Keys(keys) => {
                use rustyline::config::Configurer;
                editor.set_edit_mode(keys.mode());
            }
            Done::Fine | Done::Failed => {}
        }
    }
    // The program's goroutines end with the process.
    let _ = std::io::stdout().flush();
    std::process::exit(0)
}

/// What [`plain_entry`] reads from.
static PLAIN_INPUT: OnceLock<libc::c_int> = OnceLock::new();

/// Standard input, opened once more so that reading does not block: Ctrl-C has the terminal drop what was typed, also
/// between the poll that saw it and the read.
fn plain_input() -> libc::c_int {
    let flags = libc::O_RDONLY | libc::O_NONBLOCK | libc::O_NOCTTY | libc::O_CLOEXEC;
    let mut name = [0; 256];
    // SAFETY: the buffer is as long as said, and holds a terminated string when the call succeeds.
    let fd = unsafe {
        match libc::ttyname_r(libc::STDIN_FILENO, name.as_mut_ptr(), name.len()) {
            0 => libc::open(name.as_ptr(), flags),
            _ => -1,
        }
    };
    if fd < 0 { libc::STDIN_FILENO } else { fd }
}

/// Reads an entry from a terminal that cannot move its cursor: whole lines, as the system edits them. Ctrl-C drops what
/// was typed so far.
fn plain_entry() -> rustyline::Result<String> {
    INTERRUPTED.store(false, SeqCst);
    print!("{PROMPT}");
    std::io::stdout().flush()?;
    let mut typed: Vec<u8> = Vec::new();
    let fd = *PLAIN_INPUT.get_or_init(plain_input);
    loop {
        let mut stdin = libc::pollfd {
            fd,
            events: libc::POLLIN,
            revents: 0,
        };
        // The signal may have gone to another thread: a look now and then finds what it left.
        // SAFETY: one descriptor.
        let ready = unsafe { libc::poll(&mut stdin, 1, 50) };
        if INTERRUPTED.swap(false, SeqCst) {
            println!();
            return Err(ReadlineError::Interrupted);
        }
        if ready <= 0 {
            continue;
        }
        // One byte at a time: what follows the entry may be meant for the program.
        let mut byte = 0_u8;
        // SAFETY: room for one.
        match unsafe { libc::read(fd, (&raw mut byte).cast(), 1) } {
            1 => typed.push(byte),
            0 if typed.is_empty() => return Err(ReadlineError::Eof),
            0 => {}
            _ => match std::io::Error::last_os_error().kind() {
                std::io::ErrorKind::Interrupted | std::io::ErrorKind::WouldBlock => continue,
                _ => return Err(ReadlineError::Eof),
            },
        }
        if byte == b'\n' || byte == 0 {
            let text = String::from_utf8_lossy(&typed);
            let text = text.trim_end_matches(['\n', '\r']);
            if byte == 0 || !Session::is_unfinished(text) {
                return Ok(text.to_string());
            }
        }
    }
}

/// Does what a line says.
fn answer(session: &mut Session, line: &str, screen: &mut Terminal) -> Done {
    if commands::is_command(line) {
        return commands::run(session, line, screen);
    }
    if session.enter(line, screen) == Outcome::Unfinished {
        let text = format!("{}: unexpected end of input\n", session.next_name());
        screen.error(&text);
    }
    Done::Fine
}

fn greet(look: Look) {
    let text = format!(
        "minigo {} ({}). :help helps, Ctrl-D leaves.",
        env!("CARGO_PKG_VERSION"),
        crate::cli::LANGUAGE
    );
    println!("{}", look.dim(&text));
}

impl Keys {
    fn mode(self) -> EditMode {
        match self {
            Keys::Emacs => EditMode::Emacs,
            Keys::Vi => EditMode::Vi,
        }
    }

    /// As `EDITOR`'s kin would have it: `MINIGO_KEYS=vi`.
    fn from_env() -> Keys {
        match std::env::var("MINIGO_KEYS").as_deref() {
            Ok("vi") => Keys::Vi,
            _ => Keys::Emacs,
        }
    }
}

fn editor(keys: Keys) -> rustyline::Result<Editor<Assistant, FileHistory>> {
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .edit_mode(keys.mode())
        .behavior(Behavior::Stdio)
        .tab_stop(4)
        .indent_size(4)
        .bracketed_paste(true)
        .build();
    Editor::with_config(config)
}

/// Where what was typed is remembered: the user's state folder.
fn history_file() -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = PathBuf::from(std::env::var_os(name)?);
        path.is_absolute().then_some(path)
    };
    let state = absolute("XDG_STATE_HOME")
        .or_else(|| Some(absolute("HOME")?.join(".local").join("state")))?;
    let dir = state.join("minigo");
    std::fs::create_dir_all(&dir).ok()?;
    Some(dir.join("history"))
}

/// Ctrl-C ends what runs, never us.
fn catch_interrupts() {
    // SAFETY: the handler stores a word.
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_interrupt as extern "C" fn(libc::c_int) as libc::sighandler_t;
        action.sa_flags = libc::SA_RESTART | libc::SA_ONSTACK;
        libc::sigaction(libc::SIGINT, &action, std::ptr::null_mut());
    }
}

/// How things look.
#[derive(Clone, Copy)]
struct Look {
    color: bool,
}

impl Look {
    fn dim(self, text: &str) -> String {
        match self.color {
            true => format!("{DIM}{text}{END}"),
            false => text.to_owned(),
        }
    }
}

/// The terminal as a screen.
struct Terminal {
    look: Look,
}

impl Screen for Terminal {
    fn note(&mut self, text: &str) {
        println!("{}", self.look.dim(text));
    }

    fn error(&mut self, text: &str) {
        let _ = std::io::stdout().flush();
        eprint!("{text}");
    }

    fn value(&mut self, value: &Shown) {
        if !self.look.color {
            println!("{}", plain(value));
            return;
        }
        let mut line = highlight::colored(&value.value, usize::MAX);
        if let Some(ty) = &value.ty {
            line.push_str(&self.look.dim(&format!(" : {ty}")));
        }
        if let Some(remark) = &value.remark {
            line.push_str(
                &self
                    .look
                    .dim(&format!("  // {}", remark.replace('\n', "\n// "))),
            );
        }
        println!("{line}");
    }

    fn text(&mut self, text: &str) {
        print!("{text}");
        let _ = std::io::stdout().flush();
    }

    fn form(&self) -> Form {
        Form::Rich {
            color: self.look.color,
        }
    }

    fn width(&self) -> usize {
        // SAFETY: the size is written to a local.
        unsafe {
            let mut size: libc::winsize = std::mem::zeroed();
            match libc::ioctl(1, libc::TIOCGWINSZ, &mut size) {
                0 if size.ws_col > 0 => size.ws_col as usize,
                _ => 80,
            }
        }
    }

    fn interrupted(&mut self) -> bool {
        INTERRUPTED.swap(false, SeqCst)
    }
}

/// The session, opened when it is first needed: the prompt stands before.
struct Opening(RefCell<Option<Session>>);

impl Opening {
    fn with<T>(&self, f: impl FnOnce(&mut Session) -> T) -> T {
        let mut session = self.0.borrow_mut();
        f(session.get_or_insert_with(|| {
            Session::open(Path::new("."), super::report).unwrap_or_else(|text| {
                eprint!("{text}");
                std::process::exit(2)
            })
        }))
    }
}

/// What helps while a line is typed.
struct Assistant {
    session: Rc<Opening>,
    look: Look,
    /// The line is drawn for the last time.
    last: Cell<bool>,
}

impl Helper for Assistant {}

/// A completion.
pub struct Word(String);

impl Candidate for Word {
    fn display(&self) -> &str {
        &self.0
    }

    fn replacement(&self) -> &str {
        &self.0
    }
}

impl Completer for Assistant {
    type Candidate = Word;

    fn complete(
        &self,
        line: &str,
        pos: usize,
        _: &Context<'_>,
    ) -> rustyline::Result<(usize, Vec<Word>)> {
        // At the beginning of a line Tab indents.
        let start = line[..pos].rfind('\n').map_or(0, |i| i + 1);
        if line[start..pos].trim().is_empty() {
            return Ok((pos, vec![Word("\t".to_owned())]));
        }
        let (start, words) = self.session.with(|s| completion::complete(s, line, pos));
        Ok((start, words.into_iter().map(Word).collect()))
    }
}

/// A function's signature behind the line.
pub struct Signature(String);

impl Hint for Signature {
    fn display(&self) -> &str {
        &self.0
    }

    fn completion(&self) -> Option<&str> {
        None
    }
}

impl Hinter for Assistant {
    type Hint = Signature;

    fn hint(&self, line: &str, pos: usize, _: &Context<'_>) -> Option<Signature> {
        if pos < line.len() || !line.contains('(') {
            return None;
        }
        let text = self.session.with(|s| completion::signature(s, line))?;
        Some(Signature(format!("    {text}")))
    }
}

impl Highlighter for Assistant {
    fn highlight<'l>(&self, line: &'l str, pos: usize) -> Cow<'l, str> {
        match self.look.color {
            true => {
                let cursor = if self.last.get() { usize::MAX } else { pos };
                Cow::Owned(highlight::colored(line, cursor))
            }
            false => Cow::Borrowed(line),
        }
    }

    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(
        &'s self,
        prompt: &'p str,
        _default: bool,
    ) -> Cow<'b, str> {
        match self.look.color {
            true => Cow::Owned(format!("\x1b[1m{prompt}{END}")),
            false => Cow::Borrowed(prompt),
        }
    }

    fn highlight_hint<'h>(&self, hint: &'h str) -> Cow<'h, str> {
        Cow::Owned(self.look.dim(hint))
    }

    fn highlight_char(&self, _line: &str, _pos: usize, kind: CmdKind) -> bool {
        // The last drawing of a line is the one that stays.
        self.last.set(kind == CmdKind::ForcedRefresh);
        self.look.color
    }
}

impl Validator for Assistant {
    fn validate(&self, ctx: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        Ok(match Session::is_unfinished(ctx.input()) {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}
