//! A compiled program: everything the VM needs, and nothing of the compiler.

use crate::lines::LineTable;
use crate::typedesc::{FuncIdx, TypeDesc, TypeIdx};

/// A function's flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FuncFlags {
    /// Generated adapter (interface method wrapper, bound method, promoted method, builtin in go/defer): hidden in
    /// tracebacks, and transparent to recover's "called directly by the deferred function".
    pub wrapper: bool,
    /// A wrapper with which a pointer has the methods of what it points at: a nil pointer panics in words of its own.
    pub value_method: bool,
    /// Contains a defer statement: its frame may own defer records and must pass `RunDefers` before `Ret`.
    pub has_defer: bool,
}

/// A compiled function.
#[derive(Clone, Debug)]
pub struct Func {
    /// Name as Go's tracebacks print it: `main.main`, `main.(*T).M`, `main.f.func1`, `main.g[...]`.
    pub name: String,
    /// Index into `Program::files`.
    pub file: u32,
    /// Line of the declaration (runtime.Func.Line, "created by").
    pub line: u32,
    /// Code words; jumps are relative, so code can be placed anywhere.
    pub code: Vec<u64>,
    /// Frame size in slots: header, results, params, locals, temporaries, and of every window (call, go, defer, native)
    /// the header, results and params: whatever this function writes lies below.
    pub frame_slots: u32,
    /// Result slots, from slot 3 on.
    pub result_slots: u16,
    /// Parameter slots (receiver first), behind the results.
    pub param_slots: u16,
    /// Where to go on after a recovered panic: word index of the epilogue that returns the current results. It begins with
    /// `RunDefers`, which runs the deferred calls that the panic has not.
    pub recover_pc: Option<u32>,
    /// Positions.
    pub lines: LineTable,
    /// For calls whose callee is only known when they are made: word index, slots of results and of params in the window.
    /// In ascending order; a call that is not listed may use everything up to the end of the frame.
    pub windows: Vec<(u32, u16, u16)>,
    /// Its func type, when known (reflection, tracebacks of arguments).
    pub ty: Option<TypeIdx>,
    /// Flags.
    pub flags: FuncFlags,
}

/// A compiled program. A REPL loads a program again after appending to its lists: indices never change their meaning.
#[derive(Clone, Debug, Default)]
pub struct Program {
    /// Functions.
    pub funcs: Vec<Func>,
    /// Constants that do not fit an immediate.
    pub consts: Vec<u64>,
    /// String constants (bytes, not necessarily UTF-8).
    pub strings: Vec<Vec<u8>>,
    /// Types.
    pub types: Vec<TypeDesc>,
    /// Names of native functions: `pkg/path.Func`, `pkg/path.Type.Method`.
    pub natives: Vec<String>,
    /// Number of selectors; interface calls name a selector below this.
    pub selectors: u32,
    /// Names of the selectors, for disassembly and error texts.
    pub selector_names: Vec<String>,
    /// Size of the globals area in bytes (8-byte aligned, zeroed at start).
    pub globals_size: u32,
    /// One bit per 8-byte word of the globals area that may hold a pointer.
    pub globals_mask: Vec<u64>,
    /// Names and places of global variables, for debuggers, dumps and the REPL: name, offset, type.
    pub globals: Vec<(String, u32, TypeIdx)>,
    /// Source file names as tracebacks print them (absolute paths).
    pub files: Vec<String>,
    /// Function that initialises all packages in order (package variables, then init functions).
    pub init: Option<FuncIdx>,
    /// `main.main`.
    pub main: Option<FuncIdx>,
    /// Go functions that the VM calls itself, by Go spelling (`runtime.panicText`, `func(v any) (text string, ok bool)`: what the
    /// Error or String method of an uncaught panic's value says, not ok when it has neither).
    pub well_known_funcs: Vec<(String, FuncIdx)>,
    /// Well-known types the VM itself needs to build panics and natives' results, by Go spelling
    /// (`runtime.errorString`, `*runtime.TypeAssertionError`, `*runtime.PanicNilError`, `error`, `string`, `int` …); absent when unreachable.
    pub well_known: Vec<(String, TypeIdx)>,
    /// Which values are too large for slots.
    pub far_bytes: FarBytes,
}

/// Values of more bytes than this are one slot with a pointer to memory of their own, in params, results and wherever
/// else an instruction takes or gives a value of some type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FarBytes(pub u64);

impl Default for FarBytes {
    fn default() -> FarBytes {
        FarBytes(u64::MAX)
    }
}

impl FarBytes {
    /// Slots of a value of so many bytes.
    pub fn slots(self, size: u64) -> u64 {
        if size > self.0 { 1 } else { size.div_ceil(8) }
    }
}
