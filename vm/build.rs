//! Chooses the run loop: handlers in tail position need an optimising compiler (see `src/interp/mod.rs`).

fn main() {
    println!("cargo::rustc-check-cfg=cfg(tail_calls)");
    println!("cargo::rerun-if-changed=build.rs");
    let optimised = std::env::var("OPT_LEVEL").is_ok_and(|level| level != "0");
    let forced = std::env::var_os("CARGO_FEATURE_MATCH_LOOP").is_some();
    if optimised && !forced {
        println!("cargo::rustc-cfg=tail_calls");
    }
}
