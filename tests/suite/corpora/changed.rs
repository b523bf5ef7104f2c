//! Programs written for Go 1.19 that the real Go 1.27 fails as well, because the language or the library has changed.
//!
//! To ask again: build each with the real Go and compare its output, as Go's runner would.

use std::path::Path;

const PRINT: &str = "println's form of floats has changed";
const LOOPS: &str = "loop variables are per iteration since Go 1.22";
const TEXT: &str = "a run-time error's text has changed";
const CYCLES: &str = "anonymous interfaces may not refer to themselves since Go 1.20";
const RELATIVE: &str = "the go command makes the names of files absolute";
const INFER: &str = "inference has changed";

const CHANGED: &[(&str, &str)] = &[
    ("closure2.go", LOOPS),
    ("escape.go", LOOPS),
    ("convert4.go", TEXT),
    ("fixedbugs/issue29190.go", TEXT),
    ("deferprint.go", PRINT),
    ("goprint.go", PRINT),
    ("print.go", PRINT),
    ("fixedbugs/bug409.go", PRINT),
    ("fixedbugs/issue35576.go", PRINT),
    ("fixedbugs/issue6899.go", PRINT),
    ("ken/cplx0.go", PRINT),
    ("typeparam/typeswitch5.go", PRINT),
    ("fixedbugs/bug398.go", CYCLES),
    ("fixedbugs/issue16369.go", CYCLES),
    ("typeparam/issue53762.go", INFER),
    ("fixedbugs/issue53309.go", INFER),
    ("fixedbugs/issue18149.go", RELATIVE),
    ("fixedbugs/issue22662.go", RELATIVE),
    ("winbatch.go", "reads the sources of Go's distribution"),
    ("heapsampling.go", "the sampling of the heap has changed"),
    (
        "fixedbugs/issue31636.go",
        "packages are initialised in the order of their paths since Go 1.21",
    ),
    (
        "typeparam/nested.go",
        "names of types declared in functions have changed",
    ),
];

/// Programs that end before `main` begins, by `os.Exit`.
pub(super) const ENDS_IN_INIT: &[&str] = &["fixedbugs/issue5963.go"];

/// Why a program is left out.
pub(super) fn why(path: &Path) -> Option<&'static str> {
    let folder = std::env::var_os("MINIGO_GOTEST")?;
    let name = path.strip_prefix(folder).ok()?;
    let found = CHANGED.iter().find(|(n, _)| Path::new(n) == name);
    found.map(|(_, why)| *why)
}

/// The folders that Go's runner looks into.
pub(super) const FOLDERS: &[&str] = &[
    "",
    "ken",
    "chan",
    "interface",
    "syntax",
    "dwarf",
    "fixedbugs",
    "codegen",
    "runtime",
    "abi",
    "typeparam",
    "typeparam/mdempsky",
];
