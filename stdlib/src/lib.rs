//! Go's packages: sources in Go, leaf natives in Rust.
//!
//! A function without a body in `go/<import path>/*.go` is a native, bound by its name: `import/path.Func`. The table
//! here lists all of them, so that the loader can say at start what is missing.

mod bytes;
mod context;
mod crypto;
mod deflate;
mod encoding;
mod errors;
mod finalizers;
mod fmt;
mod hash;
mod httphead;
mod iter;
mod jsonwire;
mod math;
mod math_big;
mod math_rand;
mod os;
pub mod packages;
mod poll;
mod reflect;
mod regexp;
mod rtypes;
mod runtime;
mod runtime_print;
mod signal;
mod sort;
mod strconv;
mod strings;
mod sync;
mod sync_atomic;
mod sys;
mod text;
mod time;
mod unicode;
mod unicode_utf8;
mod utf8;
mod util;
mod weak;

pub use os::set_args;

use minigo_vm::native::NativeTable;

/// The natives of all packages, one table each.
pub const NATIVES: &[&NativeTable] = &[
    bytes::NATIVES,
    context::NATIVES,
    encoding::NATIVES,
    crypto::NATIVES,
    deflate::NATIVES,
    errors::NATIVES,
    finalizers::NATIVES,
    fmt::NATIVES,
    hash::NATIVES,
    httphead::NATIVES,
    iter::NATIVES,
    jsonwire::NATIVES,
    math::NATIVES,
    math_big::NATIVES,
    math_rand::NATIVES,
    os::NATIVES,
    poll::NATIVES,
    reflect::call::NATIVES,
    reflect::chans::NATIVES,
    reflect::convert::NATIVES,
    reflect::equal::NATIVES,
    reflect::lists::NATIVES,
    reflect::maps::NATIVES,
    reflect::types::NATIVES,
    reflect::values::NATIVES,
    regexp::NATIVES,
    runtime::NATIVES,
    runtime_print::NATIVES,
    signal::NATIVES,
    sort::NATIVES,
    strconv::NATIVES,
    strings::NATIVES,
    sync::NATIVES,
    sync_atomic::NATIVES,
    sys::NATIVES,
    time::NATIVES,
    unicode::NATIVES,
    unicode_utf8::NATIVES,
    weak::NATIVES,
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Functions without a body in the Go sources: declarations that end on their first line without a brace.
    fn declared() -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        for package in packages::PACKAGES {
            for file in package.files {
                for line in file
                    .text
                    .lines()
                    .filter(|l| l.starts_with("func ") && !l.contains(['{', '}']))
                {
                    let rest = &line[5..];
                    let (receiver, rest) = match rest.strip_prefix('(') {
                        Some(r) => r.split_once(") ").expect("a method's name"),
                        None => ("", rest),
                    };
                    let name = &rest[..rest.find(['(', '[']).expect("parameters")];
                    // Without type parameters.
                    let receiver = receiver.split('[').next().unwrap_or(receiver);
                    match receiver.rsplit([' ', '*']).next().filter(|t| !t.is_empty()) {
                        Some(ty) => names.insert(format!("{}.{ty}.{name}", package.path)),
                        None => names.insert(format!("{}.{name}", package.path)),
                    };
                }
            }
        }
        names
    }

    #[test]
    fn every_native_is_declared_and_every_declaration_bound() {
        let bound: BTreeSet<String> = NATIVES
            .iter()
            .flat_map(|t| t.iter())
            // Those that go on where an instruction stopped have the native's name.
            .map(|n| n.0.strip_suffix("/rest").unwrap_or(n.0).to_owned())
            .collect();
        let declared = declared();
        let missing: Vec<_> = declared.difference(&bound).collect();
        let unknown: Vec<_> = bound.difference(&declared).collect();
        assert!(
            missing.is_empty() && unknown.is_empty(),
            "missing: {missing:?}\nunknown: {unknown:?}"
        );
    }
}
