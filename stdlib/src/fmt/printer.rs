//! The verbs: walks the operands of Print, Println and Printf and whatever they contain.
//!
//! The state lies in Go memory (`pp` in fmt/print.go), because printing is interrupted wherever a value has a method to
//! be called: [`step`] then returns what to call, Go calls it, and the next [`step`] goes on. Containers under way are
//! levels of a stack; a level is resumed by its index.
//!
//! Invariants: between two steps everything printed is in `buf`; flags change only when the stack is empty, apart from
//! `ERRORING`, which a level of kind `Bad` sets and clears.

use super::format::{Spec, flag};
use crate::rtypes::{self, ValueRef};
use crate::utf8;
use crate::util::{WordsType, append_bytes};
use minigo_runtime::heap::mallocgc;
use minigo_vm::native::{G, GoSlice, GoStr, Iface};
use minigo_vm::rtype::{Kind, Rtype};
use std::ptr::copy_nonoverlapping;

/// fmt.pp in memory.
#[repr(C)]
pub struct Printer {
    pub buf: GoSlice,
    format: GoStr,
    args: GoSlice,
    stack: GoSlice,
    /// The operand whose method is to be called, and the verb it is called for.
    value: Iface,
    verb: i64,
    /// Next byte of the format. For extra operands: the first of them.
    pos: usize,
    /// Next operand.
    arg: usize,
    mode: i64,
    flags: u64,
    width: i64,
    precision: i64,
    /// Operands of %w.
    wrapped: GoSlice,
}

/// What is being printed: `Printer::mode`.
mod mode {
    pub const PRINT: i64 = 0;
    pub const PRINTLN: i64 = 1;
    pub const PRINTF: i64 = 2;
    pub const EXTRA: i64 = 3;
    pub const DONE: i64 = 4;
}

/// Printing the operand of a wrong verb: no methods are called.
const ERRORING: u64 = 1 << 9;
/// %w is allowed.
const WRAP: u64 = 1 << 10;
/// An argument index was used.
const REORDERED: u64 = 1 << 11;

/// What Go is to do after a step.
#[derive(Clone, Copy, PartialEq, Eq)]
#[repr(i64)]
pub enum Next {
    Done = 0,
    Format = 1,
    GoString = 2,
    Error = 3,
    String = 4,
    /// Call again: much was printed, others may want to run.
    Again = 5,
}

/// fmt.level in memory: a container being printed.
#[repr(C)]
#[derive(Clone, Copy)]
struct Level {
    ty: *const Rtype,
    /// The first element, the struct, or for maps an array of pairs of pointers.
    ptr: *mut u8,
    i: usize,
    n: usize,
    /// Verb, [`RO`] bits, kind.
    state: u64,
}

const LEVEL_BAD: u64 = 0;
const LEVEL_SEQUENCE: u64 = 1;
const LEVEL_MAP: u64 = 2;
const LEVEL_STRUCT: u64 = 3;
const KIND_SHIFT: u64 = 32;

/// How a value was reached through unexported fields: methods are not called on it. (Go: flagStickyRO, flagEmbedRO)
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ro(u64);

impl Ro {
    const NONE: Ro = Ro(0);
    const STICKY: Ro = Ro(1 << 28);
    const EMBED: Ro = Ro(1 << 29);
    const MASK: u64 = 3 << 28;

    /// For elements, and what pointers and interfaces lead to.
    fn inherited(self) -> Ro {
        if self == Ro::NONE {
            Ro::NONE
        } else {
            Ro::STICKY
        }
    }
}

/// How printing one value went.
enum Flow {
    /// It is printed, or a level was pushed that prints it.
    On,
    Call(Next),
}

static LEVEL_GC: WordsType<5> = WordsType::new(0b10);
static POINTER_GC: WordsType<1> = WordsType::new(0b1);

/// Prints until a method is to be called or all is printed.
///
/// # Safety
/// `gp` is the running goroutine, `p` its printer.
pub unsafe fn step(gp: *mut G, p: *mut Printer) -> Next {
    let mut job = Job {
        gp,
        // SAFETY: a printer belongs to one call, and Go waits for us.
        p: unsafe { &mut *p },
        out: Vec::with_capacity(120),
    };
    // SAFETY: as the caller promises.
    let next = unsafe { job.run() };
    job.flush();
    next
}

/// Prints the result of a method under the verb that it was called for.
///
/// # Safety
/// As [`step`].
pub unsafe fn put(gp: *mut G, p: *mut Printer, text: GoStr, plain: bool) {
    let mut job = Job {
        gp,
        // SAFETY: as above.
        p: unsafe { &mut *p },
        out: Vec::with_capacity(120),
    };
    // SAFETY: the text is alive.
    let text = unsafe { text.bytes() };
    let verb = job.p.verb as u32;
    let spec = job.spec();
    match plain {
        true => spec.string(&mut job.out, text),
        false => {
            string(&spec, &mut job.out, text, verb);
        }
    }
    job.flush();
}

/// Whether the verb is one for text.
fn string(spec: &Spec, out: &mut Vec<u8>, s: &[u8], verb: u32) -> bool {
    match char::from_u32(verb).unwrap_or_default() {
        'v' if spec.has(flag::SHARP_V) => spec.quoted(out, s),
        'v' | 's' => spec.string(out, s),
        'x' => spec.hex(out, s, false),
        'X' => spec.hex(out, s, true),
        'q' => spec.quoted(out, s),
        _ => return false,
    }
    true
}

struct Job<'a> {
    gp: *mut G,
    p: &'a mut Printer,
    out: Vec<u8>,
}

impl Job<'_> {
    fn flush(&mut self) {
        // SAFETY: the printer's buffer is a byte slice of its own.
        self.p.buf = unsafe { append_bytes(self.gp, self.p.buf, &self.out) };
        self.out.clear();
    }

    fn spec(&self) -> Spec {
        Spec {
            flags: self.p.flags & flag::OF_VERB,
            width: self.p.width.max(0) as usize,
            precision: self.p.precision.max(0) as usize,
        }
    }

    fn has(&self, flag: u64) -> bool {
        self.p.flags & flag != 0
    }

    fn clear_flags(&mut self) {
        self.p.flags &= !flag::OF_VERB;
        self.p.width = 0;
        self.p.precision = 0;
    }

    fn say(&mut self, s: &str) {
        self.out.extend(s.as_bytes());
    }

    /// The n-th operand; its value may be looked at in place.
    unsafe fn operand(&self, n: usize) -> *const Iface {
        // SAFETY: n is less than the number of operands.
        unsafe { self.p.args.ptr.cast::<Iface>().add(n) }
    }

    fn operands(&self) -> usize {
        self.p.args.len as usize
    }

    unsafe fn run(&mut self) -> Next {
        // SAFETY: the printer's fields are what fmt/print.go keeps them to be.
        unsafe {
            loop {
                let flow = if self.p.stack.len > 0 {
                    self.resume()
                } else {
                    match self.p.mode {
                        mode::PRINT | mode::PRINTLN => self.next_operand(),
                        mode::PRINTF => self.next_verb(),
                        mode::EXTRA => self.next_extra(),
                        _ => return Next::Done,
                    }
                };
                if let Flow::Call(next) = flow {
                    return next;
                }
                if self.out.len() > 1 << 16 {
                    return Next::Again;
                }
            }
        }
    }

    unsafe fn next_operand(&mut self) -> Flow {
        // SAFETY: indices are below the number of operands.
        unsafe {
            let n = self.p.arg;
            let println = self.p.mode == mode::PRINTLN;
            if n == self.operands() {
                if println {
                    self.out.push(b'\n');
                }
                self.p.mode = mode::DONE;
                return Flow::On;
            }
            let is_string = |n| {
                let a: *const Iface = self.operand(n);
                (*a).ty.as_ref().is_some_and(|t| t.kind == Kind::String)
            };
            if n > 0 && (println || !is_string(n) && !is_string(n - 1)) {
                self.out.push(b' ');
            }
            self.p.arg += 1;
            self.print_arg(n, 'v' as u32)
        }
    }

    unsafe fn next_extra(&mut self) -> Flow {
        let n = self.p.arg;
        if n == self.operands() {
            self.out.push(b')');
            self.p.mode = mode::DONE;
            return Flow::On;
        }
        if n > self.p.pos {
            self.say(", ");
        }
        self.p.arg += 1;
        // SAFETY: the index is below the number of operands.
        unsafe {
            match (*self.operand(n)).ty.as_ref() {
                None => {
                    self.say("<nil>");
                    Flow::On
                }
                Some(ty) => {
                    self.say(ty.string);
                    self.out.push(b'=');
                    self.print_arg(n, 'v' as u32)
                }
            }
        }
    }

    // ---- formats ----

    /// A number in the format: its value if there is one. Too large a one ends the format.
    fn number(format: &[u8], i: &mut usize) -> Option<i64> {
        let mut n = None;
        while let Some(c @ b'0'..=b'9') = format.get(*i) {
            if n.unwrap_or(0) > 1_000_000 {
                *i = format.len();
                return None;
            }
            n = Some(n.unwrap_or(0) * 10 + (c - b'0') as i64);
            *i += 1;
        }
        n
    }

    /// An argument index `[n]`. Whether there was one; `good` becomes false if it was wrong.
    fn index(&mut self, format: &[u8], i: &mut usize, good: &mut bool) -> bool {
        if format.get(*i) != Some(&b'[') {
            return false;
        }
        self.p.flags |= REORDERED;
        let rest = &format[*i..];
        let Some(end) = rest.iter().position(|&c| c == b']') else {
            *i += 1;
            *good = false;
            return false;
        };
        let mut at = 1;
        let n = Self::number(&rest[..end], &mut at).filter(|_| at == end);
        *i += end + 1;
        match n {
            Some(n) if 1 <= n && n as usize <= self.operands() => {
                self.p.arg = n as usize - 1;
                true
            }
            n => {
                *good = false;
                n.is_some()
            }
        }
    }

    /// The operand of a `*`.
    unsafe fn star(&mut self) -> Option<i64> {
        if self.p.arg >= self.operands() {
            return None;
        }
        // SAFETY: the index is below the number of operands.
        let n = unsafe { rtypes::as_int(&*self.operand(self.p.arg)) };
        self.p.arg += 1;
        n.filter(|n| n.unsigned_abs() <= 1_000_000)
    }

    unsafe fn next_verb(&mut self) -> Flow {
        // SAFETY: the format is alive, and indices are below the number of operands.
        unsafe {
            let format = self.p.format.bytes();
            let rest = &format[self.p.pos..];
            let text = memchr::memchr(b'%', rest).unwrap_or(rest.len());
            self.out.extend(&rest[..text]);
            let mut i = self.p.pos + text;
            if i == format.len() {
                return self.end_format();
            }
            i += 1;
            self.clear_flags();
            while let Some(c) = format.get(i) {
                self.p.flags |= match c {
                    b'#' => flag::SHARP,
                    b'0' => flag::ZERO,
                    b'+' => flag::PLUS,
                    b'-' => flag::MINUS,
                    b' ' => flag::SPACE,
                    _ => break,
                };
                i += 1;
            }
            let mut good = true;
            let mut indexed = self.index(format, &mut i, &mut good);
            if format.get(i) == Some(&b'*') {
                i += 1;
                match self.star() {
                    Some(n) => {
                        self.p.width = n.abs();
                        self.p.flags |= flag::WIDTH;
                        if n < 0 {
                            self.p.flags = self.p.flags & !flag::ZERO | flag::MINUS;
                        }
                    }
                    None => self.say("%!(BADWIDTH)"),
                }
                indexed = false;
            } else if let Some(n) = Self::number(format, &mut i) {
                self.p.width = n;
                self.p.flags |= flag::WIDTH;
                good &= !indexed;
            }
            if i + 1 < format.len() && format[i] == b'.' {
                i += 1;
                good &= !indexed;
                indexed = self.index(format, &mut i, &mut good);
                if format.get(i) == Some(&b'*') {
                    i += 1;
                    match self.star() {
                        Some(n) if n >= 0 => {
                            self.p.precision = n;
                            self.p.flags |= flag::PRECISION;
                        }
                        _ => self.say("%!(BADPREC)"),
                    }
                    indexed = false;
                } else {
                    self.p.precision = Self::number(format, &mut i).unwrap_or(0);
                    self.p.flags |= flag::PRECISION;
                }
            }
            if !indexed {
                self.index(format, &mut i, &mut good);
            }
            if i >= format.len() {
                self.p.pos = i;
                self.say("%!(NOVERB)");
                return self.end_format();
            }
            let (verb, n) = utf8::decode(&format[i..]);
            self.p.pos = i + n;
            if verb == '%' as u32 {
                self.out.push(b'%');
                return Flow::On;
            }
            if !good || self.p.arg >= self.operands() {
                self.say("%!");
                utf8::push(&mut self.out, verb);
                self.say(if good { "(MISSING)" } else { "(BADINDEX)" });
                return Flow::On;
            }
            let arg = self.p.arg;
            self.p.arg += 1;
            if verb == 'v' as u32 || verb == 'w' as u32 {
                let f = self.p.flags;
                self.p.flags = f & !(flag::SHARP | flag::PLUS)
                    | if f & flag::SHARP != 0 {
                        flag::SHARP_V
                    } else {
                        0
                    }
                    | if f & flag::PLUS != 0 { flag::PLUS_V } else { 0 };
                if verb == 'w' as u32 && self.p.wrapped.len < self.p.wrapped.cap {
                    *self
                        .p
                        .wrapped
                        .ptr
                        .cast::<usize>()
                        .add(self.p.wrapped.len as usize) = arg;
                    self.p.wrapped.len += 1;
                }
            }
            self.print_arg(arg, verb)
        }
    }

    fn end_format(&mut self) -> Flow {
        self.p.mode = mode::DONE;
        if !self.has(REORDERED) && self.p.arg < self.operands() {
            self.clear_flags();
            self.say("%!(EXTRA ");
            self.p.mode = mode::EXTRA;
            self.p.pos = self.p.arg;
        }
        Flow::On
    }

    // ---- values ----

    unsafe fn print_arg(&mut self, n: usize, verb: u32) -> Flow {
        // SAFETY: an operand's type word is null or a descriptor, and its value is of that type.
        unsafe {
            let arg = self.operand(n);
            let Some(ty) = (*arg).ty.as_ref() else {
                match char::from_u32(verb) {
                    Some('T' | 'v') => self.spec().pad(&mut self.out, b"<nil>"),
                    _ => self.bad_nil(verb),
                }
                return Flow::On;
            };
            let at = rtypes::address(&*arg).cast_mut();
            if verb == 'T' as u32 {
                self.spec().string(&mut self.out, ty.string.as_bytes());
                return Flow::On;
            }
            if verb == 'p' as u32 {
                return self.pointer(ty, at, Ro::NONE, verb);
            }
            if ty.kind == Kind::Struct && ty.name == "Value" && ty.pkg_path == "reflect" {
                return match ValueRef::of(at) {
                    None => {
                        self.say("<invalid reflect.Value>");
                        Flow::On
                    }
                    Some(v) => {
                        let ro = if v.exported { Ro::NONE } else { Ro::STICKY };
                        match self.methods(v.ty, v.ptr, ro, verb) {
                            Some(flow) => flow,
                            None => self.print_value(v.ty, v.ptr, ro, verb, 0),
                        }
                    }
                };
            }
            if ty.kind == Kind::Slice && ty.string == "[]uint8" {
                if self.has(flag::SHARP_V) && verb == 'v' as u32 {
                    self.say("[]byte");
                    return self.sequence(ty, at, Ro::NONE, verb, true);
                }
                return self.print_value(ty, at, Ro::NONE, verb, 0);
            }
            match self.methods(ty, at, Ro::NONE, verb) {
                Some(flow) => flow,
                None => self.print_value(ty, at, Ro::NONE, verb, 0),
            }
        }
    }

    /// Whether printing is a method's business, and then which. (Go: handleMethods)
    unsafe fn methods(
        &mut self,
        ty: &'static Rtype,
        at: *mut u8,
        ro: Ro,
        verb: u32,
    ) -> Option<Flow> {
        if ro != Ro::NONE || self.has(ERRORING) {
            return None;
        }
        let w = verb == 'w' as u32;
        if ty.methods().is_empty() && ty.kind != Kind::Interface {
            // SAFETY: as for print_value.
            return w.then(|| unsafe { self.bad_verb(ty, at, ro, verb) });
        }
        // SAFETY: `at` is a value of that type.
        unsafe {
            let value = rtypes::pack(self.gp, ty, at);
            let dynamic = value.ty.as_ref()?;
            if w && !(self.has(WRAP) && has_method(dynamic, "Error", "func() string")) {
                return Some(self.bad_verb(ty, at, ro, verb));
            }
            let verb = if w { 'v' as u32 } else { verb };
            let next = if has_method(dynamic, "Format", "func(fmt.State, int32)") {
                Next::Format
            } else if self.has(flag::SHARP_V) {
                if !has_method(dynamic, "GoString", "func() string") {
                    return None;
                }
                Next::GoString
            } else {
                if !matches!(char::from_u32(verb), Some('v' | 's' | 'x' | 'X' | 'q')) {
                    return None;
                }
                if has_method(dynamic, "Error", "func() string") {
                    Next::Error
                } else if has_method(dynamic, "String", "func() string") {
                    Next::String
                } else {
                    return None;
                }
            };
            self.p.value = value;
            self.p.verb = verb as i64;
            Some(Flow::Call(next))
        }
    }

    fn bad_nil(&mut self, verb: u32) {
        self.say("%!");
        utf8::push(&mut self.out, verb);
        self.say("(<nil>)");
    }

    /// `%!d(string=hi)`: the value is printed by a level of its own.
    unsafe fn bad_verb(&mut self, ty: &'static Rtype, at: *mut u8, ro: Ro, verb: u32) -> Flow {
        self.say("%!");
        utf8::push(&mut self.out, verb);
        self.out.push(b'(');
        self.say(ty.string);
        self.out.push(b'=');
        self.p.flags |= ERRORING;
        self.push(ty, at, 1, LEVEL_BAD, ro, 'v' as u32);
        Flow::On
    }

    /// Prints a value, or pushes the level that does.
    unsafe fn print_value(
        &mut self,
        ty: &'static Rtype,
        at: *mut u8,
        ro: Ro,
        verb: u32,
        depth: usize,
    ) -> Flow {
        // SAFETY: `at` is a value of that type, laid out as its kind says.
        unsafe {
            if depth > 0
                && let Some(flow) = self.methods(ty, at, ro, verb)
            {
                return flow;
            }
            let spec = self.spec();
            let c = char::from_u32(verb).unwrap_or_default();
            let done = match ty.kind {
                Kind::Bool => {
                    let text: &[u8] = if *at != 0 { b"true" } else { b"false" };
                    let good = matches!(c, 't' | 'v');
                    if good {
                        spec.pad(&mut self.out, text);
                    }
                    good
                }
                Kind::Int | Kind::Int8 | Kind::Int16 | Kind::Int32 | Kind::Int64 => {
                    integer(&spec, &mut self.out, rtypes::load_word(ty, at), true, verb)
                }
                Kind::Uint
                | Kind::Uint8
                | Kind::Uint16
                | Kind::Uint32
                | Kind::Uint64
                | Kind::Uintptr => {
                    integer(&spec, &mut self.out, rtypes::load_word(ty, at), false, verb)
                }
                Kind::Float32 => float(&spec, &mut self.out, *at.cast::<f32>() as f64, 32, c),
                Kind::Float64 => float(&spec, &mut self.out, *at.cast::<f64>(), 64, c),
                Kind::Complex64 => {
                    let [re, im] = *at.cast::<[f32; 2]>();
                    complex(spec, &mut self.out, re as f64, im as f64, 32, c)
                }
                Kind::Complex128 => {
                    let [re, im] = *at.cast::<[f64; 2]>();
                    complex(spec, &mut self.out, re, im, 64, c)
                }
                Kind::String => {
                    let s = *at.cast::<GoStr>();
                    string(&spec, &mut self.out, s.bytes(), verb)
                }
                Kind::Array | Kind::Slice => return self.sequence(ty, at, ro, verb, false),
                Kind::Map => return self.map(ty, at, ro, verb),
                Kind::Struct => {
                    if self.has(flag::SHARP_V) {
                        self.say(ty.string);
                    }
                    self.out.push(b'{');
                    self.push(ty, at, ty.fields.len(), LEVEL_STRUCT, ro, verb);
                    return Flow::On;
                }
                Kind::Interface => {
                    let inner = at.cast::<Iface>();
                    return match (*inner).ty.as_ref() {
                        Some(dynamic) => {
                            let at = rtypes::address(&*inner).cast_mut();
                            self.print_value(dynamic, at, ro.inherited(), verb, depth + 1)
                        }
                        None => {
                            if self.has(flag::SHARP_V) {
                                self.say(ty.string);
                                self.say("(nil)");
                            } else {
                                self.say("<nil>");
                            }
                            Flow::On
                        }
                    };
                }
                Kind::Pointer => {
                    let to = *at.cast::<*mut u8>();
                    if depth == 0 && !to.is_null() {
                        let elem = &*ty.elem;
                        if matches!(
                            elem.kind,
                            Kind::Array | Kind::Slice | Kind::Struct | Kind::Map
                        ) {
                            self.out.push(b'&');
                            return self.print_value(elem, to, ro.inherited(), verb, 1);
                        }
                    }
                    return self.pointer(ty, at, ro, verb);
                }
                _ => return self.pointer(ty, at, ro, verb),
            };
            match done {
                true => Flow::On,
                false => self.bad_verb(ty, at, ro, verb),
            }
        }
    }

    /// Arrays and slices. `named`: the type is already printed.
    unsafe fn sequence(
        &mut self,
        ty: &'static Rtype,
        at: *mut u8,
        ro: Ro,
        verb: u32,
        named: bool,
    ) -> Flow {
        // SAFETY: `at` is an array or a slice of that type.
        unsafe {
            let (ptr, n) = match ty.kind {
                Kind::Array => (at, ty.len as usize),
                _ => {
                    let s = *at.cast::<GoSlice>();
                    (s.ptr, s.len as usize)
                }
            };
            let text = matches!(char::from_u32(verb), Some('s' | 'q' | 'x' | 'X'));
            if text && ty.elem().kind == Kind::Uint8 {
                let bytes: &[u8] = match n {
                    0 => &[],
                    _ => std::slice::from_raw_parts(ptr, n),
                };
                let spec = Spec {
                    flags: self.p.flags & flag::OF_VERB & !flag::SHARP_V,
                    ..self.spec()
                };
                string(&spec, &mut self.out, bytes, verb);
                return Flow::On;
            }
            if self.has(flag::SHARP_V) {
                if !named {
                    self.say(ty.string);
                }
                if ty.kind == Kind::Slice && ptr.is_null() {
                    self.say("(nil)");
                    return Flow::On;
                }
                self.out.push(b'{');
            } else {
                self.out.push(b'[');
            }
            self.push(ty, ptr, n, LEVEL_SEQUENCE, ro, verb);
            Flow::On
        }
    }

    unsafe fn map(&mut self, ty: &'static Rtype, at: *mut u8, ro: Ro, verb: u32) -> Flow {
        // SAFETY: `at` is a map of that type; the array of pointers is new.
        unsafe {
            let map = *at.cast::<*mut u8>();
            if self.has(flag::SHARP_V) {
                self.say(ty.string);
                if map.is_null() {
                    self.say("(nil)");
                    return Flow::On;
                }
                self.out.push(b'{');
            } else {
                self.say("map[");
            }
            let mut entries = rtypes::map_entries(ty, map);
            let key = &*ty.key;
            entries.sort_by(|a, b| rtypes::compare(key, a.0, b.0));
            let n = entries.len();
            let pairs = mallocgc(self.gp, (n * 16).max(16), POINTER_GC.get(), true);
            copy_nonoverlapping(entries.as_ptr().cast::<u8>(), pairs, n * 16);
            self.push(ty, pairs, 2 * n, LEVEL_MAP, ro, verb);
            Flow::On
        }
    }

    unsafe fn pointer(&mut self, ty: &'static Rtype, at: *mut u8, ro: Ro, verb: u32) -> Flow {
        use Kind::*;
        if !matches!(ty.kind, Chan | Func | Map | Pointer | Slice | UnsafePointer) {
            // SAFETY: as for print_value.
            return unsafe { self.bad_verb(ty, at, ro, verb) };
        }
        // SAFETY: all of these begin with a pointer. A func value's identity is that of its code.
        let u = unsafe {
            let word = *at.cast::<u64>();
            match ty.kind {
                Func if word != 0 => *(word as *const u64),
                _ => word,
            }
        };
        let spec = self.spec();
        let hex = |out: &mut Vec<u8>, sharp| {
            let flags = spec.flags & !flag::SHARP | if sharp { flag::SHARP } else { 0 };
            Spec { flags, ..spec }.integer(out, u, 16, false, 'v' as u32);
        };
        match char::from_u32(verb).unwrap_or_default() {
            'v' if spec.has(flag::SHARP_V) => {
                self.out.push(b'(');
                self.say(ty.string);
                self.say(")(");
                match u {
                    0 => self.say("nil"),
                    _ => hex(&mut self.out, true),
                }
                self.out.push(b')');
            }
            'v' if u == 0 => spec.pad(&mut self.out, b"<nil>"),
            'v' | 'p' => hex(&mut self.out, !spec.has(flag::SHARP)),
            'b' | 'o' | 'd' | 'x' | 'X' => {
                integer(&spec, &mut self.out, u, false, verb);
            }
            // SAFETY: as for print_value.
            _ => return unsafe { self.bad_verb(ty, at, ro, verb) },
        }
        Flow::On
    }

    // ---- levels ----

    fn push(&mut self, ty: *const Rtype, ptr: *mut u8, n: usize, kind: u64, ro: Ro, verb: u32) {
        let s = &mut self.p.stack;
        // SAFETY: the stack is a slice of levels of the printer's own; the new memory is larger.
        unsafe {
            if s.len == s.cap {
                let cap = (s.cap * 2).max(4);
                let new = mallocgc(
                    self.gp,
                    cap as usize * size_of::<Level>(),
                    LEVEL_GC.get(),
                    true,
                );
                if s.len > 0 {
                    copy_nonoverlapping(s.ptr, new, s.len as usize * size_of::<Level>());
                }
                s.ptr = new;
                s.cap = cap;
            }
            let state = verb as u64 | ro.0 | kind << KIND_SHIFT;
            *s.ptr.cast::<Level>().add(s.len as usize) = Level {
                ty,
                ptr,
                i: 0,
                n,
                state,
            };
            s.len += 1;
        }
    }

    /// Goes on with the innermost container: its next element, or its end.
    unsafe fn resume(&mut self) -> Flow {
        // SAFETY: a level's type is a descriptor, and its memory is what its kind says.
        unsafe {
            let level = self
                .p
                .stack
                .ptr
                .cast::<Level>()
                .add(self.p.stack.len as usize - 1);
            let Level {
                ty,
                ptr,
                i,
                n,
                state,
            } = *level;
            let ty: &'static Rtype = &*ty;
            let kind = state >> KIND_SHIFT;
            let go = self.has(flag::SHARP_V);
            if i == n {
                self.out.push(match kind {
                    LEVEL_BAD => {
                        self.p.flags &= !ERRORING;
                        b')'
                    }
                    LEVEL_STRUCT => b'}',
                    _ if go => b'}',
                    _ => b']',
                });
                self.p.stack.len -= 1;
                return Flow::On;
            }
            (*level).i += 1;
            let verb = (state & 0x1f_ffff) as u32;
            let ro = Ro(state & Ro::MASK);
            let value_of_pair = kind == LEVEL_MAP && i % 2 == 1;
            if value_of_pair {
                self.out.push(b':');
            } else if i > 0 {
                self.say(if go { ", " } else { " " });
            }
            match kind {
                LEVEL_BAD => self.print_value(ty, ptr, ro, verb, 0),
                LEVEL_STRUCT => {
                    let f = &ty.fields[i];
                    if self.has(flag::PLUS_V | flag::SHARP_V) && !f.name.is_empty() {
                        self.say(f.name);
                        self.out.push(b':');
                    }
                    let ro = match (ro == Ro::STICKY, f.pkg_path.is_empty(), f.embedded) {
                        (true, ..) | (_, false, false) => Ro::STICKY,
                        (_, false, true) => Ro::EMBED,
                        _ => Ro::NONE,
                    };
                    self.print_value(&*f.ty, ptr.add(f.offset), ro, verb, 1)
                }
                LEVEL_MAP => {
                    let ty = if value_of_pair { &*ty.elem } else { &*ty.key };
                    let at = *ptr.cast::<*mut u8>().add(i);
                    self.print_value(ty, at, ro.inherited(), verb, 1)
                }
                _ => {
                    let elem = ty.elem();
                    self.print_value(elem, ptr.add(i * elem.size()), ro.inherited(), verb, 1)
                }
            }
        }
    }
}

/// Whether the verb is one for integers.
fn integer(spec: &Spec, out: &mut Vec<u8>, v: u64, signed: bool, verb: u32) -> bool {
    match char::from_u32(verb).unwrap_or_default() {
        'v' if spec.has(flag::SHARP_V) && !signed => {
            let flags = spec.flags | flag::SHARP;
            Spec { flags, ..*spec }.integer(out, v, 16, false, verb);
        }
        'v' | 'd' => spec.integer(out, v, 10, signed, verb),
        'b' => spec.integer(out, v, 2, signed, verb),
        'o' | 'O' => spec.integer(out, v, 8, signed, verb),
        'x' | 'X' => spec.integer(out, v, 16, signed, verb),
        'c' => spec.character(out, v),
        'q' => spec.quoted_character(out, v),
        'U' => spec.unicode(out, v),
        _ => return false,
    }
    true
}

/// Whether the verb is one for floats.
fn float(spec: &Spec, out: &mut Vec<u8>, f: f64, bits: u32, verb: char) -> bool {
    match verb {
        'v' => spec.float(out, f, bits, b'g', -1),
        'b' | 'g' | 'G' | 'x' | 'X' => spec.float(out, f, bits, verb as u8, -1),
        'f' | 'e' | 'E' => spec.float(out, f, bits, verb as u8, 6),
        'F' => spec.float(out, f, bits, b'f', 6),
        _ => return false,
    }
    true
}

/// Whether the verb is one for floats.
fn complex(mut spec: Spec, out: &mut Vec<u8>, re: f64, im: f64, bits: u32, verb: char) -> bool {
    let start = out.len();
    out.push(b'(');
    if !float(&spec, out, re, bits, verb) {
        out.truncate(start);
        return false;
    }
    spec.flags |= flag::PLUS;
    float(&spec, out, im, bits, verb);
    out.extend(b"i)");
    true
}

fn has_method(ty: &Rtype, name: &str, signature: &str) -> bool {
    let methods = ty.methods();
    match methods.binary_search_by(|m| m.name.cmp(name)) {
        // SAFETY: descriptors are immortal.
        Ok(i) => unsafe { (*methods[i].ty).string == signature },
        Err(_) => false,
    }
}
