//! `cargo build --release && cargo run --release --bin soak -- --minutes 20`: the programs in `programs/` again and again,
//! with 1 to 16 processors, under random preemption, collector stress and random seeds, until the time is over or one
//! of them fails or hangs. A lost wake-up shows as a hang: then the program is asked for all its goroutines (SIGQUIT).
//!
//! `--seed N` repeats the order of the runs (not what happens in them, except in those with `-seed`). With
//! `--features tiny-queues` for both commands run queues hold 4.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// A program that runs longer hangs: they take a second or two.
const HANG: Duration = Duration::from_secs(180);

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut minutes, mut seed) = (1.0, std::process::id() as u64);
    while let Some(arg) = args.next() {
        let value = args.next().unwrap_or_default();
        match (arg.as_str(), value.parse::<f64>()) {
            ("--minutes", Ok(n)) => minutes = n,
            ("--seed", Ok(n)) => seed = n as u64,
            _ => {
                eprintln!("usage: soak [--minutes N] [--seed N]");
                std::process::exit(2);
            }
        }
    }
    let minigo = std::env::current_exe()
        .expect("a path of our own")
        .with_file_name("minigo");
    if !minigo.exists() {
        eprintln!("soak: {} is missing; build it first", minigo.display());
        std::process::exit(2);
    }
    let mut programs: Vec<PathBuf> =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/soak/programs"))
            .expect("the programs are there")
            .flatten()
            .map(|e| e.path())
            .collect();
    programs.sort();
    println!("soak: {minutes} minutes, --seed {seed}");
    let end = Instant::now() + Duration::from_secs_f64(minutes * 60.0);
    let mut random = Random(seed);
    let (mut runs, mut longest) = (0u64, Duration::ZERO);
    while Instant::now() < end {
        let run = Run::draw(&mut random, &programs);
        let began = Instant::now();
        if let Err(fault) = run.execute(&minigo) {
            println!("soak: run {runs} fails: {}\n{fault}", run.describe());
            std::process::exit(1);
        }
        longest = longest.max(began.elapsed());
        runs += 1;
    }
    println!(
        "soak: {runs} runs, the longest {:.1} s, no fault",
        longest.as_secs_f64()
    );
}

/// splitmix64.
struct Random(u64);

impl Random {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 16) % n
    }
}

struct Run {
    program: PathBuf,
    procs: u64,
    debug: &'static str,
    seed: Option<u64>,
    rounds: u64,
}

impl Run {
    fn draw(random: &mut Random, programs: &[PathBuf]) -> Run {
        let program = programs[random.below(programs.len() as u64) as usize].clone();
        let procs = 1 + random.below(16);
        let (debug, rounds) = [
            ("", 200),
            ("schedstress=1", 100),
            ("schedstress=1", 100),
            ("gcstress=1,gcverify=1", 2),
            ("schedstress=1,gcstress=1", 2),
        ][random.below(5) as usize];
        let outside = program.ends_with("calls.go");
        let seeded = !outside && debug.is_empty() && random.below(2) == 0;
        let seed = seeded.then(|| random.below(1 << 32));
        let rounds = if seeded { 10 } else { rounds };
        Run {
            program,
            procs,
            debug,
            seed,
            rounds,
        }
    }

    fn describe(&self) -> String {
        let seed = self.seed.map_or(String::new(), |s| format!(" -seed {s}"));
        format!(
            "GOMAXPROCS={} MINIGO_DEBUG={} minigo run{seed} {} {}",
            self.procs,
            self.debug,
            self.program.display(),
            self.rounds
        )
    }

    fn execute(&self, minigo: &Path) -> Result<(), String> {
        let mut command = Command::new(minigo);
        command.arg("run");
        if let Some(seed) = self.seed {
            command.args(["-seed", &seed.to_string()]);
        }
        command
            .arg(&self.program)
            .arg(self.rounds.to_string())
            .env("GOMAXPROCS", self.procs.to_string())
            .env("MINIGO_DEBUG", self.debug)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|e| e.to_string())?;
        let (mut out, mut err) = (
            child.stdout.take().expect("piped"),
            child.stderr.take().expect("piped"),
        );
        let reader = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = err.read_to_string(&mut text); // what came counts
            text
        });
        let began = Instant::now();
        let mut hangs = false;
        let status = loop {
            match child.try_wait().map_err(|e| e.to_string())? {
                Some(status) => break status,
                None if began.elapsed() > HANG && !hangs => {
                    hangs = true;
                    let _ = Command::new("kill")
                        .args(["-QUIT", &child.id().to_string()])
                        .status();
                }
                None if began.elapsed() > HANG + Duration::from_secs(20) => {
                    let _ = child.kill();
                }
                None => std::thread::sleep(Duration::from_millis(2)),
            }
        };
        let mut text = String::new();
        let _ = out.read_to_string(&mut text); // what came counts
        let err = reader.join().unwrap_or_default();
        if hangs {
            return Err(format!("it hangs:\n{err}"));
        }
        if status.success() && text == "ok\n" {
            Ok(())
        } else {
            Err(format!("{status}\n{text}{err}"))
        }
    }
}
