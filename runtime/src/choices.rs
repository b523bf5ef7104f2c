//! The choices of a seeded run: drawn from the seed, or read from a recording; written to a recording if one is asked for.
//!
//! A recording is text: `minigo choices 1 seed N`, then one line per choice: what it was about, out of how many, and
//! which (`run 3 1`); out of 0 means any number of 64 bits. So a schedule can be read, compared and edited.
//! Replayed, each choice must be asked for as it was recorded, else the program or its input has changed. When the
//! recording ends, the rest is drawn.
//!
//! Locks: its own; a leaf.
//! Knows nothing of: what is chosen.

use crate::nondet::{Choice, Rng};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::sync::{Mutex, MutexGuard, OnceLock};

/// The first line's beginning.
const HEAD: &str = "minigo choices 1 seed ";

struct State {
    rng: Rng,
    /// How many choices there were.
    n: u64,
    record: Option<BufWriter<File>>,
    replay: Option<std::vec::IntoIter<(String, u32, u64)>>,
}

static STATE: Mutex<Option<State>> = Mutex::new(None);
/// What [`record_to`] and [`replay_from`] were given.
static RECORD: Mutex<Option<File>> = Mutex::new(None);
static REPLAY: OnceLock<Vec<(String, u32, u64)>> = OnceLock::new();

fn lock<T>(m: &Mutex<T>) -> MutexGuard<'_, T> {
    m.lock().unwrap_or_else(|e| e.into_inner())
}

/// The choices of the run that begins will be written to the file. Before `schedinit`, with a seed.
pub fn record_to(path: &str) -> std::io::Result<()> {
    *lock(&RECORD) = Some(File::create(path)?);
    crate::signal::keep_files();
    Ok(())
}

/// The choices of the run that begins are those of the file. Returns its seed, for `Config::seed`. The error is a
/// sentence for the user.
pub fn replay_from(path: &str) -> Result<u64, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{path}: {e}"))?;
    let mut lines = text.lines();
    let head = lines.next().and_then(|l| l.strip_prefix(HEAD));
    let Some(seed) = head.and_then(|s| s.parse().ok()) else {
        return Err(format!("{path} is no recording of choices: it should begin with {HEAD:?} and a number"));
    };
    let mut choices = Vec::new();
    for (i, line) in lines.enumerate() {
        match parse(line) {
            Some(c) => choices.push(c),
            None => return Err(format!("{path}:{}: no choice: {line:?}", i + 2)),
        }
    }
    let _ = REPLAY.set(choices);
    Ok(seed)
}

fn parse(line: &str) -> Option<(String, u32, u64)> {
    let mut words = line.split(' ');
    let (kind, n, value) = (words.next()?, words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    let fits = n == 0 || value < n as u64;
    (words.next().is_none() && fits).then(|| (kind.to_string(), n, value))
}

/// A seeded run begins.
pub(crate) fn begin(seed: u64, rng: Rng) {
    let record = lock(&RECORD).take().map(|f| {
        let mut w = BufWriter::with_capacity(1 << 16, f);
        let _ = writeln!(w, "{HEAD}{seed}");
        w
    });
    let replay = REPLAY.get().map(|r| r.clone().into_iter());
    *lock(&STATE) = Some(State { rng, n: 0, record, replay });
}

/// The next choice: below `n`, or any number if that is 0.
pub(crate) fn draw(kind: Choice, n: u32) -> u64 {
    let mut guard = lock(&STATE);
    let Some(s) = guard.as_mut() else {
        crate::fatal::throw("a choice before the seed is known");
    };
    s.n += 1;
    let value = match s.replay.as_mut().and_then(Iterator::next) {
        Some((was, of, value)) if was == kind.name() && of == n => value,
        Some((was, of, _)) => {
            let i = s.n;
            drop(guard);
            diverged(i, &was, of, kind, n)
        }
        None if n == 0 => s.rng.next_u64(),
        None => s.rng.below(n) as u64,
    };
    if let Some(w) = &mut s.record {
        // A full disk must not change the run.
        let _ = writeln!(w, "{} {n} {value}", kind.name());
    }
    value
}

fn diverged(i: u64, was: &str, of: u32, kind: Choice, n: u32) -> ! {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(
        err,
        "minigo: the replay diverges at choice {i}: the recording has {was:?} out of {of}, the program asks for {:?} \
         out of {n}; the program, its input or its environment has changed",
        kind.name()
    );
    std::process::exit(2)
}

/// The process ends: what is recorded goes to the file.
pub(crate) fn finish() {
    // Whoever holds the lock may be the one who ends the process.
    if let Ok(mut guard) = STATE.try_lock()
        && let Some(w) = guard.as_mut().and_then(|s| s.record.as_mut())
    {
        let _ = w.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_recording() {
        assert_eq!(parse("run 3 1"), Some(("run".to_string(), 3, 1)));
        assert_eq!(parse("program 0 18446744073709551615"), Some(("program".to_string(), 0, u64::MAX)));
        for bad in ["", "run", "run 3", "run 3 3", "run 3 1 1", "run x 1"] {
            assert_eq!(parse(bad), None, "{bad:?}");
        }
    }
}
