//! Go's packages: sources in Go, leaf natives in Rust.

pub mod packages;
