//! Clock, random numbers, every "pick any": the one place that a seeded run replaces.

/// Nanoseconds of a clock that only goes forward. (Go: `nanotime`)
pub fn nanotime() -> i64 {
    todo!()
}

/// Seconds and nanoseconds since 1970. (Go: `walltime`)
pub fn walltime() -> (i64, i32) {
    todo!()
}

/// A random number, cheap, thread-safe: not for secrets. (Go: `cheaprand`, `rand`)
pub fn rand64() -> u64 {
    todo!()
}

/// A number below `n`. (Go: `cheaprandn`)
pub fn randn(n: u32) -> u32 {
    ((rand64() as u32 as u64 * n as u64) >> 32) as u32
}
