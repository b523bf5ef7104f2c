//! Executes a loaded program on a goroutine. Knows no source text.

mod errors;
mod goroutine;
mod map;
pub mod native;
pub mod rtype;
pub mod value;
