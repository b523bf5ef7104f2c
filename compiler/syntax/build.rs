//! Makes the parser from the grammar, when the grammar has changed.

fn main() {
    println!("cargo:rerun-if-changed=src/grammar.lalrpop");
    if let Err(e) = lalrpop::process_src() {
        eprintln!("{e}");
        std::process::exit(1);
    }
}
