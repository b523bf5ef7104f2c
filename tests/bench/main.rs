//! `cargo run --release --bin benches [-- NAME… --rounds N]`: real processes of minigo and of binaries built by the
//! real Go, alternating in one run, outputs compared, medians and their ratio reported.
//!
//! CPU programs are compared by CPU time (user + system), start-up by wall time, programs that print
//! `metric UNIT VALUE` on stderr by that value. Without a `go` on PATH only minigo's own figures are printed.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// What is compared.
#[derive(Clone, Copy, PartialEq)]
enum Measure {
    /// CPU seconds of the process.
    Cpu,
    /// Wall-clock milliseconds from start to exit.
    Wall,
    /// The program's own `metric` line.
    Metric,
}

/// Program, what is compared, and the ratio to real Go that the project holds itself to.
const BENCHES: &[(&str, Measure, f64)] = &[
    ("fib", Measure::Cpu, 12.0),
    ("sieve", Measure::Cpu, 12.0),
    ("nbody", Measure::Cpu, 12.0),
    ("matmul", Measure::Cpu, 12.0),
    ("bintrees", Measure::Cpu, 12.0),
    ("mapints", Measure::Cpu, 12.0),
    ("strings", Measure::Cpu, 12.0),
    ("pingpong", Measure::Metric, 0.3),
    ("spawn", Measure::Metric, 0.5),
    ("ring", Measure::Metric, 0.7),
    ("primesieve", Measure::Metric, 0.7),
    ("skynet", Measure::Metric, 0.7),
    ("select4", Measure::Metric, 1.0),
    ("buffered", Measure::Metric, 1.0),
    ("mutex", Measure::Metric, 1.0),
    ("pool", Measure::Metric, 1.0),
    ("parked", Measure::Metric, 0.95),
    ("sleepers", Measure::Cpu, 1.0),
    ("tcpecho", Measure::Metric, 1.0),
    ("twocores", Measure::Metric, 1.1),
    ("hello", Measure::Wall, f64::INFINITY),
];

struct Sample {
    value: f64,
    unit: String,
    stdout: Vec<u8>,
}

fn sample(command: &mut Command, measure: Measure) -> Result<Sample, String> {
    let children_cpu = || {
        // SAFETY: getrusage only writes the struct it is given, which is all zeroes before.
        unsafe {
            let mut u: libc::rusage = std::mem::zeroed();
            libc::getrusage(libc::RUSAGE_CHILDREN, &mut u);
            let s = |t: libc::timeval| t.tv_sec as f64 + t.tv_usec as f64 / 1e6;
            s(u.ru_utime) + s(u.ru_stime)
        }
    };
    let cpu_before = children_cpu();
    let start = Instant::now();
    let out = command
        .stdin(Stdio::null())
        .output()
        .map_err(|e| format!("{command:?}: {e}"))?;
    let wall = start.elapsed().as_secs_f64();
    let cpu = children_cpu() - cpu_before;
    let stderr = String::from_utf8_lossy(&out.stderr);
    if !out.status.success() {
        return Err(format!("{command:?}: {}\n{stderr}", out.status));
    }
    let (value, unit) = match measure {
        Measure::Cpu => (cpu, "s CPU".to_string()),
        Measure::Wall => (wall * 1e3, "ms".to_string()),
        Measure::Metric => {
            let line = stderr
                .lines()
                .find_map(|l| l.strip_prefix("metric "))
                .ok_or("no metric line")?;
            let (unit, value) = line.split_once(' ').ok_or("metric line without value")?;
            (
                value.parse().map_err(|_| format!("bad metric {value:?}"))?,
                unit.to_string(),
            )
        }
    };
    Ok(Sample {
        value,
        unit,
        stdout: out.stdout,
    })
}

fn median(mut v: Vec<f64>) -> f64 {
    v.sort_by(f64::total_cmp);
    v[v.len() / 2]
}

fn build_go(source: &Path, dir: &Path) -> Option<PathBuf> {
    let exe = dir.join(source.file_stem()?);
    let built = Command::new("go")
        .arg("build")
        .arg("-o")
        .arg(&exe)
        .arg(source)
        .output()
        .ok()?;
    built.status.success().then_some(exe)
}

/// Runs one benchmark; returns the ratio when there is a real Go.
fn bench(
    name: &str,
    measure: Measure,
    rounds: usize,
    minigo: &Path,
    scratch: &Path,
) -> Result<Option<f64>, String> {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/bench/programs")
        .join(name)
        .with_extension("go");
    let go = build_go(&source, scratch);
    let (mut ours, mut theirs, mut unit) = (Vec::new(), Vec::new(), String::new());
    for _ in 0..rounds {
        let mut command = Command::new(minigo);
        command.arg0("minigo").arg("run").arg(&source);
        let s = sample(&mut command, measure)?;
        ours.push(s.value);
        unit = s.unit;
        if let Some(go) = &go {
            let g = sample(&mut Command::new(go), measure)?;
            if g.stdout != s.stdout {
                return Err(format!("{name}: outputs differ"));
            }
            theirs.push(g.value);
        }
    }
    let m = median(ours);
    if theirs.is_empty() {
        println!("{name:<12} {m:>12.3} {unit:<16}");
        return Ok(None);
    }
    let g = median(theirs);
    println!("{name:<12} {m:>12.3} {g:>12.3} {unit:<16} {:>8.2}x", m / g);
    Ok(Some(m / g))
}

fn main() -> ExitCode {
    let mut names: Vec<String> = Vec::new();
    let mut rounds = 5;
    let mut args = std::env::args().skip(1);
    while let Some(a) = args.next() {
        match a.as_str() {
            "--rounds" => rounds = args.next().and_then(|n| n.parse().ok()).unwrap_or(5).max(1),
            _ => names.push(a),
        }
    }
    let minigo = std::env::current_exe()
        .expect("the running binary has a path")
        .with_file_name("minigo");
    if !minigo.exists() {
        eprintln!(
            "benches: {} is missing: cargo build --release first",
            minigo.display()
        );
        return ExitCode::from(2);
    }
    let scratch = std::env::temp_dir().join(format!("minigo-benches-{}", std::process::id()));
    if let Err(e) = std::fs::create_dir_all(&scratch) {
        eprintln!("benches: {}: {e}", scratch.display());
        return ExitCode::from(2);
    }
    println!(
        "{:<12} {:>12} {:>12} {:<16} {:>9}",
        "program", "minigo", "go", "", "ratio"
    );
    let (mut cpu, mut failed) = (Vec::new(), false);
    for &(name, measure, limit) in BENCHES {
        if !names.is_empty() && !names.iter().any(|n| n == name) {
            continue;
        }
        match bench(name, measure, rounds, &minigo, &scratch) {
            Ok(Some(ratio)) => {
                if measure == Measure::Cpu {
                    cpu.push(ratio);
                }
                if ratio > limit {
                    println!("{:<12} above its limit of {limit}x", "");
                }
            }
            Ok(None) => {}
            Err(e) => {
                failed = true;
                println!("{name:<12} failed: {e}");
            }
        }
    }
    if !cpu.is_empty() {
        let geomean = (cpu.iter().map(|r| r.ln()).sum::<f64>() / cpu.len() as f64).exp();
        println!("CPU programs, geometric mean: {geomean:.2}x");
    }
    let _ = std::fs::remove_dir_all(&scratch);
    if failed {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}
