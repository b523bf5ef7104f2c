//! Checked trees → `Program`, function by function, from what `main` and the `init`s reach.
//!
//! A work list holds the functions that are named by code emitted so far. Types get descriptors when code mentions them;
//! methods are emitted when a type that may be in an interface has them and some reachable call selects them.
//!
//! Code generation is destination-driven: an expression is told the slots its value goes to, and emits its last
//! instruction straight into them. Only that last instruction (or what is safe to see half done) writes the destination.
//!
//! Invariants: every accepted program is fully typed, so nothing here reports a user's error, but for limits that only
//! show here (functions too large, instantiation without end).
//! Must never know: the VM, diagnostics' drawing, files.

mod assign;
mod builtin;
mod call;
mod chan;
mod closure;
mod convert;
mod defer;
mod expr;
mod func;
mod hoist;
mod init;
mod lit;
mod ops;
mod order;
mod place;
mod range;
mod range_func;
pub mod session;
mod stmt;
mod switch;
mod types;
mod wrap;

use std::collections::{HashMap, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use minigo_bytecode::op::Ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_bytecode::program::{FarBytes, Func, FuncFlags, Program};
use minigo_bytecode::typedesc::{FuncIdx, SelIdx, TypeIdx};
use minigo_syntax::ast::{Expr, NodeId};
use minigo_syntax::codes::Code as ErrorCode;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::{Pos, SourceFile, Span};
use minigo_syntax::symbol::Symbol;

use crate::check::{Checker, IdMap, NamedId, ObjId, PackageMode, PkgId, Value};
use crate::escape::Facts;
use crate::instantiate::{Env, Found, FuncInst, SetMethod};
use crate::layout::{Ty, TyTable};

pub use func::{Code, Label, Slots};
pub use place::Place;

/// The emission of one program.
pub struct Emitter<'c, 'a> {
    /// The checker, which still reads and checks library functions on demand.
    pub ck: &'c mut Checker<'a>,
    file_of: &'c dyn Fn(Pos) -> Option<Arc<SourceFile>>,
    /// Run-time types.
    pub tys: TyTable,
    prog: Program,
    /// The function in the making.
    pub f: Fun<'a>,
    work: VecDeque<Work<'a>>,
    diags: Vec<Diagnostic>,

    // What instantiate.rs remembers.
    /// The empty environment.
    pub no_env: Rc<Env>,
    /// Environments of types declared in generic functions.
    pub local_envs: HashMap<Ty, Rc<Env>>,
    /// Environments of function instances.
    pub inst_envs: HashMap<FuncInst, Rc<Env>>,
    /// Look-ups of fields and methods.
    pub found: HashMap<(Ty, Symbol, Option<PkgId>), Option<Found>>,
    /// Declared methods.
    pub declared: HashMap<NamedId, Rc<[ObjId]>>,
    /// Method sets.
    pub method_sets: HashMap<Ty, Rc<[SetMethod]>>,
    /// Declared functions that have a number.
    pub funcs: HashMap<FuncInst, FuncIdx>,

    facts: IdMap<ObjId, Rc<Facts>>,
    wrappers: HashMap<wrap::Wrapper, FuncIdx>,
    consts: HashMap<u64, u32>,
    strings: HashMap<Rc<[u8]>, u32>,
    natives: HashMap<String, u32>,
    selectors: HashMap<(Symbol, Option<PkgId>, Ty), SelIdx>,
    files: HashMap<String, u32>,
    globals: IdMap<ObjId, u32>,
    /// Types of the globals, for the pointer mask.
    global_tys: Vec<(u32, Ty)>,
    types: types::TypeState,
    init: init::InitState,
    /// How many functions deep the chain of instantiations is that led here.
    depth: u32,
    depths: HashMap<FuncIdx, u32>,
    /// The package that grows, in a session.
    session: Option<PkgId>,
    /// Functions and methods of a session that others replace.
    pub replaced: IdMap<ObjId, ObjId>,
    /// Variables larger than this live in the heap.
    pub max_slot_bytes: u64,
    /// Values larger than this are [far](crate::layout::Class::Far).
    pub far_bytes: u64,
    /// The function just made has more slots than instructions can name.
    too_large: Option<(Pos, String)>,
    /// There was a function that was too large even with its variables in the heap.
    crowded: bool,
}

/// What is far to begin with, and then, when a function has more such values at once than its frame has room for. Not
/// below what natives take or give by value.
const FAR_BYTES: [u64; 3] = [64 << 10, 4 << 10, 256];
const MAX_SLOT_BYTES: u64 = 64 << 10;
/// The limit for functions that would be too large otherwise. Not below what closures take copies of.
const FEW_SLOT_BYTES: u64 = 128;

/// A function that has a number and waits for its code.
#[derive(Clone)]
enum Work<'a> {
    /// A declared function or method.
    Decl(FuncIdx, FuncInst),
    /// A function literal.
    Closure(FuncIdx, Box<closure::ClosureWork<'a>>),
    /// Generated code.
    Wrapper(FuncIdx, wrap::Wrapper),
    /// An initialisation of package variables.
    Init(FuncIdx, init::InitWork<'a>),
}

/// How a variable is kept.
#[derive(Clone, Copy, Debug)]
pub enum Var {
    /// In slots from here.
    Slots(Slot),
    /// Behind the pointer in this slot.
    Box(Slot),
}

/// A result of the function in the making.
#[derive(Clone, Copy, Debug)]
pub struct ResultVar {
    ty: Ty,
    /// Where callers find it.
    slot: Slot,
    /// The named variable.
    obj: Option<ObjId>,
}

/// Where `break` and `continue` go.
#[derive(Clone, Copy, Debug)]
struct Target {
    label: Option<Symbol>,
    brk: Label,
    cont: Option<Label>,
}

/// The state of the function in the making.
pub struct Fun<'a> {
    /// Its code.
    pub code: Code,
    /// Its frame.
    pub slots: Slots,
    /// What its type parameters stand for.
    pub env: Rc<Env>,
    vars: IdMap<ObjId, Var>,
    facts: Rc<Facts>,
    results: Vec<ResultVar>,
    result_slots: u32,
    param_slots: u32,
    name: String,
    pkg: Option<PkgId>,
    file: Option<Arc<SourceFile>>,
    file_idx: u32,
    line: u32,
    /// Number of function literals so far, for their names.
    n_closures: u32,
    n_ranges: u32,
    has_defer: bool,
    /// Bound where a function with defers leaves.
    epilogue: Option<Label>,
    targets: Vec<Target>,
    labels: HashMap<Symbol, Label>,
    /// Label of the statement that comes next.
    pending_label: Option<Symbol>,
    /// Slots of a variable that is being assigned: an early write would show.
    guard: (u32, u32),
    /// Variables whose slots change before what is being evaluated is used: they are copied.
    unstable: Vec<ObjId>,
    /// Whether expressions have calls in them, as far as it was asked: see [`Emitter::has_call`].
    calls: IdMap<u32, bool>,
    /// Temporaries with the values of what was evaluated ahead of its turn, see [`order`], and the order they came in.
    kept: HashMap<NodeId, Slot>,
    kept_stack: Vec<NodeId>,
    /// Slots that hold constants while a loop runs, by bits.
    hoisted: HashMap<u64, Slot>,
    loop_depth: u32,
    wrapper: bool,
    /// A wrapper that calls a method of values through a pointer.
    value_method: bool,
    fallthrough: Option<Label>,
    range_body: Option<Rc<range_func::Outer>>,
    ty: Option<TypeIdx>,
    _tree: std::marker::PhantomData<&'a Expr>,
}

impl Fun<'_> {
    fn new(env: Rc<Env>) -> Self {
        Fun {
            code: Code::default(),
            slots: Slots {
                next: FRAME_HEADER as u32,
                max: FRAME_HEADER as u32,
            },
            env,
            vars: IdMap::default(),
            facts: Rc::default(),
            results: Vec::new(),
            result_slots: 0,
            param_slots: 0,
            name: String::new(),
            pkg: None,
            file: None,
            file_idx: 0,
            line: 0,
            n_closures: 0,
            n_ranges: 0,
            has_defer: false,
            epilogue: None,
            targets: Vec::new(),
            labels: HashMap::new(),
            pending_label: None,
            guard: (0, 0),
            unstable: Vec::new(),
            calls: IdMap::default(),
            kept: HashMap::new(),
            kept_stack: Vec::new(),
            hoisted: HashMap::new(),
            loop_depth: 0,
            wrapper: false,
            value_method: false,
            fallthrough: None,
            range_body: None,
            ty: None,
            _tree: std::marker::PhantomData,
        }
    }
}

/// Emits the program whose `main` package was checked.
pub fn program(
    ck: &mut Checker<'_>,
    main: PkgId,
    file_of: &dyn Fn(Pos) -> Option<Arc<SourceFile>>,
) -> Result<Program, Vec<Diagnostic>> {
    let mut result = None;
    for far_bytes in FAR_BYTES {
        let mut e = Emitter::new(ck, file_of);
        e.set_far_bytes(far_bytes);
        result = Some(e.program(main));
        if !e.crowded {
            break;
        }
    }
    result.expect("there are sizes to try")
}

impl Emitter<'_, '_> {
    fn program(&mut self, main: PkgId) -> Result<Program, Vec<Diagnostic>> {
        self.roots(main);
        loop {
            while let Some(work) = self.work.pop_front() {
                self.run(work);
                if !self.diags.is_empty() {
                    return Err(std::mem::take(&mut self.diags));
                }
            }
            if !self.more_types() {
                break;
            }
        }
        self.finish_init();
        self.finish_globals();
        self.prog.selectors = self.selectors.len() as u32;
        if self.diags.is_empty() {
            Ok(std::mem::take(&mut self.prog))
        } else {
            Err(std::mem::take(&mut self.diags))
        }
    }
}

impl<'c, 'a> Emitter<'c, 'a> {
    fn new(ck: &'c mut Checker<'a>, file_of: &'c dyn Fn(Pos) -> Option<Arc<SourceFile>>) -> Self {
        let no_env: Rc<Env> = Rc::default();
        let mut e = Emitter {
            ck,
            file_of,
            tys: TyTable::new(),
            prog: Program::default(),
            f: Fun::new(no_env.clone()),
            work: VecDeque::new(),
            diags: Vec::new(),
            no_env,
            local_envs: HashMap::new(),
            inst_envs: HashMap::new(),
            found: HashMap::new(),
            declared: HashMap::new(),
            method_sets: HashMap::new(),
            funcs: HashMap::new(),
            facts: IdMap::default(),
            wrappers: HashMap::new(),
            consts: HashMap::new(),
            strings: HashMap::new(),
            natives: HashMap::new(),
            selectors: HashMap::new(),
            files: HashMap::new(),
            globals: IdMap::default(),
            global_tys: Vec::new(),
            types: types::TypeState::default(),
            init: init::InitState::default(),
            depth: 0,
            depths: HashMap::new(),
            max_slot_bytes: MAX_SLOT_BYTES,
            far_bytes: FAR_BYTES[0],
            crowded: false,
            too_large: None,
            session: None,
            replaced: IdMap::default(),
        };
        e.set_far_bytes(FAR_BYTES[0]);
        e
    }

    fn set_far_bytes(&mut self, n: u64) {
        self.far_bytes = n;
        self.prog.far_bytes = FarBytes(n);
    }
}

impl<'a> Emitter<'_, 'a> {
    fn run(&mut self, work: Work<'a>) {
        let idx = match &work {
            Work::Decl(i, _) | Work::Closure(i, _) | Work::Wrapper(i, _) | Work::Init(i, _) => *i,
        };
        self.depth = self.depths.remove(&idx).unwrap_or(0);
        self.max_slot_bytes = MAX_SLOT_BYTES;
        self.too_large = None;
        self.emit_work(work.clone());
        if self.too_large.is_some() {
            // Once more, with all but the small variables in the heap.
            self.max_slot_bytes = FEW_SLOT_BYTES;
            self.too_large = None;
            self.emit_work(work);
        }
        if let Some((pos, name)) = self.too_large.take() {
            self.crowded = true;
            let why = "its variables take more than 512 KB";
            self.error(pos, format!("function {name} is too large: {why}"));
        }
    }

    fn emit_work(&mut self, work: Work<'a>) {
        match work {
            Work::Decl(idx, inst) => self.emit_decl(idx, inst),
            Work::Closure(idx, w) => self.emit_closure(idx, *w),
            Work::Wrapper(idx, w) => self.emit_wrapper(idx, w),
            Work::Init(idx, w) => self.emit_initializer(idx, w),
        }
    }

    /// A number for a function whose code follows.
    pub fn new_func(&mut self) -> FuncIdx {
        self.prog.funcs.push(Func {
            name: String::new(),
            file: 0,
            line: 0,
            code: Vec::new(),
            frame_slots: 0,
            result_slots: 0,
            param_slots: 0,
            recover_pc: None,
            lines: Default::default(),
            windows: Vec::new(),
            ty: None,
            flags: FuncFlags::default(),
        });
        let idx = self.prog.funcs.len() as u32 - 1;
        self.depths.insert(idx, self.depth);
        idx
    }

    /// Puts a declared function on the work list.
    pub fn enqueue_decl(&mut self, idx: FuncIdx, inst: FuncInst) {
        use crate::instantiate::MAX_DEPTH;
        if !inst.targs.is_empty() {
            let nested = inst
                .targs
                .iter()
                .map(|&t| self.type_depth(t))
                .max()
                .unwrap_or(0);
            if nested > MAX_DEPTH {
                let pos = self.ck.objs[inst.obj].pos;
                let name = self.ck.objs[inst.obj].name;
                self.error(
                    pos,
                    format!("instantiation cycle: {name} is instantiated without end"),
                );
                return;
            }
        }
        self.work.push_back(Work::Decl(idx, inst));
    }

    fn error(&mut self, pos: Pos, message: String) {
        let span = Span { lo: pos, hi: pos };
        self.diags.push(Diagnostic::error(
            ErrorCode::InvalidInstanceCycle,
            span,
            message,
        ));
    }

    // ---- the function in the making

    /// Appends an instruction.
    pub fn ins(&mut self, i: Ins) {
        self.f.code.push(i);
    }

    /// What follows belongs to a position.
    pub fn at(&mut self, pos: Pos) {
        let Some(file) = &self.f.file else { return };
        if pos == Pos::NONE {
            return;
        }
        if file.owns(pos) {
            let at = file.location(pos);
            self.f.code.set_pos(at.line, at.col);
            if file.is_relocated() {
                let file = file.clone();
                let idx = self.file_number(file.location(pos).file);
                self.f.code.set_file(idx);
            }
        }
    }

    /// The number of a source file's name.
    fn file_number(&mut self, name: &str) -> u32 {
        let name = if name.is_empty() { "??" } else { name };
        if let Some(&i) = self.files.get(name) {
            return i;
        }
        let i = self.prog.files.len() as u32;
        self.prog.files.push(name.to_owned());
        self.files.insert(name.to_owned(), i);
        i
    }

    /// Says in which file the function is.
    fn set_file(&mut self, pos: Pos) {
        let file = (self.file_of)(pos);
        if let Some(file) = file {
            let at = file.location(pos);
            self.f.file_idx = self.file_number(at.file);
            self.f.line = at.line;
            self.f.code.set_own_file(self.f.file_idx);
            self.f.file = Some(file);
            self.at(pos);
        }
    }

    /// Ends the function in the making, and puts it under its number. Gives back nothing; the state is spent.
    fn finish_func(&mut self, idx: FuncIdx, recover: Option<Label>) {
        let mut f = std::mem::replace(&mut self.f, Fun::new(self.no_env.clone()));
        f.code.reach();
        let windows = f.code.take_windows();
        let mut marks: Vec<Label> = recover.into_iter().collect();
        let (code, lines, marks) = f.code.finish(&mut marks);
        if f.slots.max > Slot::MAX as u32 {
            let pos = f.file.as_ref().map_or(Pos::NONE, |file| {
                let range = file.line_range(f.line.max(1));
                file.pos(range.start as u32)
            });
            self.too_large = Some((pos, f.name.clone()));
        }
        self.prog.funcs[idx as usize] = Func {
            name: f.name,
            file: f.file_idx,
            line: f.line,
            code,
            frame_slots: f.slots.max,
            result_slots: f.result_slots as u16,
            param_slots: f.param_slots as u16,
            recover_pc: marks.first().copied(),
            lines,
            windows,
            ty: f.ty,
            flags: FuncFlags {
                wrapper: f.wrapper,
                value_method: f.value_method,
                has_defer: f.has_defer,
            },
        };
    }

    /// A temporary for a value of a type.
    pub fn tmp(&mut self, ty: Ty) -> Slot {
        let n = self.slots_of(ty);
        self.f.slots.alloc(n)
    }

    /// Runs something and releases the temporaries it took.
    fn scoped<T>(&mut self, f: impl FnOnce(&mut Self) -> T) -> T {
        let mark = self.f.slots.next;
        let out = f(self);
        self.f.slots.next = mark;
        out
    }

    // ---- what the checker knows about a node

    /// The type of an expression, here.
    pub fn expr_ty(&mut self, e: &Expr) -> Ty {
        let t = self.ck.info.ty(e.id);
        self.ty(t)
    }

    /// The value of a constant expression.
    pub fn const_of(&self, e: &Expr) -> Option<Value> {
        self.ck.info.const_val(e.id).cloned()
    }

    /// The type of a local variable, here.
    fn var_ty(&mut self, obj: ObjId) -> Ty {
        let t = self.ck.objs.ty(obj);
        self.ty(t)
    }

    // ---- pools

    /// The index of a 64-bit constant.
    fn const_idx(&mut self, bits: u64) -> u32 {
        if let Some(&i) = self.consts.get(&bits) {
            return i;
        }
        let i = self.prog.consts.len() as u32;
        self.prog.consts.push(bits);
        self.consts.insert(bits, i);
        i
    }

    /// The index of a string constant.
    fn str_idx(&mut self, bytes: Rc<[u8]>) -> u32 {
        if let Some(&i) = self.strings.get(&bytes) {
            return i;
        }
        let i = self.prog.strings.len() as u32;
        self.prog.strings.push(bytes.to_vec());
        self.strings.insert(bytes, i);
        i
    }

    /// The index of a native function.
    fn native_idx(&mut self, name: &str) -> u32 {
        if let Some(&i) = self.natives.get(name) {
            return i;
        }
        let i = self.prog.natives.len() as u32;
        self.prog.natives.push(name.to_owned());
        self.natives.insert(name.to_owned(), i);
        if name.starts_with("reflect.") {
            self.use_reflection(name);
        }
        i
    }

    /// The number of a selector: what methods of one name and signature share.
    fn selector(&mut self, name: Symbol, pkg: Option<PkgId>, sig: Ty) -> SelIdx {
        let key = (name, pkg, sig);
        if let Some(&i) = self.selectors.get(&key) {
            return i;
        }
        let i = self.selectors.len() as u32;
        self.selectors.insert(key, i);
        self.prog.selector_names.push(name.as_str().to_owned());
        i
    }

    // ---- functions

    /// A declared function's name as tracebacks print it.
    fn func_name(&mut self, inst: &FuncInst) -> String {
        let obj = &self.ck.objs[inst.obj];
        let pkg = obj.pkg.map_or("", |p| self.ck.pkg(p).path.as_str());
        let pkg = self.main_path(obj.pkg, pkg);
        let mut name = obj.name.as_str();
        if name.starts_with(crate::check::session::RESULT) {
            // What was typed at a prompt and has no name.
            name = "input";
        }
        let generic = if inst.targs.is_empty() { "" } else { "[...]" };
        match self.inst_recv_name(inst.obj) {
            Some((recv, true)) => format!("{pkg}.(*{recv}{generic}).{name}"),
            Some((recv, false)) => format!("{pkg}.{recv}{generic}.{name}"),
            None => format!("{pkg}.{name}{generic}"),
        }
    }

    /// The path of a package as linker symbols have it: a program's own package is `main`.
    fn main_path<'s>(&self, pkg: Option<PkgId>, path: &'s str) -> &'s str {
        match pkg {
            Some(p) if self.ck.pkg(p).name.as_str() == "main" => "main",
            _ => path,
        }
    }

    /// The name of a method's receiver type, and whether it is a pointer.
    fn inst_recv_name(&mut self, method: ObjId) -> Option<(String, bool)> {
        use crate::check::Type;
        let t = self.obj_type(method);
        let Type::Signature(sig) = self.ck.types.get(t) else {
            return None;
        };
        let recv = self.ck.types[sig].recv?;
        let t = self.ck.objs.ty(recv);
        let mut t = self.ck.unalias(t);
        let mut ptr = false;
        if let Type::Pointer { elem } = self.ck.types.get(t) {
            t = self.ck.unalias(elem);
            ptr = true;
        }
        let Type::Named(n) = self.ck.types.get(t) else {
            return None;
        };
        let obj = self.ck.types.named_obj(n);
        Some((self.ck.objs[obj].name.as_str().to_owned(), ptr))
    }

    /// The name under which a function without body is looked for: `pkg/path.Func`, `pkg/path.Type.Method`.
    fn native_name(&mut self, obj: ObjId) -> String {
        let o = &self.ck.objs[obj];
        let path = o.pkg.map_or("", |p| self.ck.pkg(p).path.as_str());
        let (name, pos) = (o.name, o.pos);
        // A linkname says that the body is elsewhere; there is nothing that we link with.
        if o.pkg
            .is_some_and(|p| self.ck.pkg(p).mode == PackageMode::Full)
        {
            self.error(pos, "missing function body".to_owned());
        }
        match self.inst_recv_name(obj) {
            Some((recv, _)) => format!("{path}.{recv}.{name}"),
            None => format!("{path}.{name}"),
        }
    }

    /// Whether a function has no body: it is a native.
    fn is_native(&self, obj: ObjId) -> bool {
        self.ck
            .decl_of(obj)
            .and_then(|d| d.fdecl)
            .is_some_and(|d| d.body.is_none())
    }
}
