//! Generated functions: what stands between a caller and a method when the receiver has to be found or unpacked, and
//! what makes a function of something that is none.

use minigo_bytecode::op::ins;
use minigo_bytecode::operand::{FRAME_HEADER, Slot};
use minigo_bytecode::typedesc::FuncIdx;

use super::range_func::ThunkCallee;
use super::{Emitter, Fun, Place, Work};
use crate::check::BuiltinId;
use crate::instantiate::{Found, FuncInst, What};
use crate::layout::{Class, FuncTy, Ty, TyKind};

/// What a generated function is for.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Wrapper {
    /// A native as a func value.
    Native(FuncInst),
    /// A method with its receiver, of this type, in the closure.
    Bound { inst: FuncInst, recv: Ty },
    /// `T.M`: the receiver is the first parameter.
    MethodExpr {
        recv: Ty,
        found: Found,
        targs: Box<[Ty]>,
    },
    /// A method table's entry: the interface's data word is the first parameter, and holds a value of this type.
    Entry { ty: Ty, found: Found },
    /// A predeclared function in a `go` or `defer` statement.
    Builtin(BuiltinId, Box<[Ty]>),
    /// A call whose parts lie in the closure: a `defer` in a loop over a function.
    Thunk {
        callee: ThunkCallee,
        results: u32,
        params: u32,
    },
}

impl Emitter<'_, '_> {
    /// The number of a generated function.
    pub fn wrapper(&mut self, w: Wrapper) -> FuncIdx {
        if let Some(&idx) = self.wrappers.get(&w) {
            return idx;
        }
        let idx = self.new_func();
        self.wrappers.insert(w.clone(), idx);
        self.work.push_back(Work::Wrapper(idx, w));
        idx
    }

    /// Emits a generated function.
    pub fn emit_wrapper(&mut self, idx: FuncIdx, w: Wrapper) {
        self.f = Fun::new(self.no_env.clone());
        self.f.wrapper = true;
        match w {
            Wrapper::Native(inst) => self.native_wrapper(inst),
            Wrapper::Bound { inst, recv } => self.bound_wrapper(inst, recv),
            Wrapper::MethodExpr { recv, found, targs } => {
                let sig = match found.what {
                    What::Method { recv, obj, .. } => {
                        let inst = self.method_inst(recv, obj, &targs);
                        self.inst_sig(&inst)
                    }
                    _ => self.found_sig(&found),
                };
                let sig = self.func_ty(sig);
                self.wrapper_frame(&sig, Some(recv));
                self.f.name = self.wrapper_name(recv, &found);
                let place = Place::Slots(FRAME_HEADER + self.f.result_slots as Slot);
                self.forward(place, recv, &found, &targs, &sig);
            }
            Wrapper::Entry { ty, found } => {
                let sig = self.found_sig(&found);
                let sig = self.func_ty(sig);
                self.wrapper_frame(&sig, Some(Ty::UNSAFE_POINTER));
                self.f.name = self.wrapper_name(ty, &found);
                let word = FRAME_HEADER + self.f.result_slots as Slot;
                let place = if self.layout(ty).size <= 8 {
                    Place::Slots(word)
                } else {
                    Place::Mem { base: word, off: 0 }
                };
                self.forward(place, ty, &found, &[], &sig);
            }
            Wrapper::Builtin(b, tys) => self.builtin_wrapper(b, &tys),
            Wrapper::Thunk {
                callee,
                results,
                params,
            } => self.thunk(callee, results, params),
        }
        self.finish_func(idx, None);
    }

    fn wrapper_name(&mut self, recv: Ty, found: &Found) -> String {
        let name = match found.what {
            What::Method { obj, .. } => self.ck.objs[obj].name.as_str().to_owned(),
            What::Abstract { iface, method } => match self.under_kind(iface) {
                TyKind::Interface(m) => m[method].name.as_str().to_owned(),
                _ => String::new(),
            },
            What::Field(_) => String::new(),
        };
        let t = self.type_string(recv);
        match t.strip_prefix('*') {
            Some(elem) => match elem.rsplit_once('.') {
                Some((pkg, t)) => format!("{pkg}.(*{t}).{name}"),
                None => format!("(*{elem}).{name}"),
            },
            None => format!("{t}.{name}"),
        }
    }

    /// Results, then perhaps a receiver, then the params.
    fn wrapper_frame(&mut self, sig: &FuncTy, first: Option<Ty>) {
        let params: Vec<Ty> = first
            .into_iter()
            .chain(sig.params.iter().copied())
            .collect();
        self.declare_frame(&sig.results, &[], &params, &[]);
    }

    /// Calls what was found in the value at `place` with the function's own params (behind its first one), and returns
    /// what it returns.
    fn forward(&mut self, place: Place, ty: Ty, found: &Found, targs: &[Ty], sig: &FuncTy) {
        let results = self.f.result_slots;
        let n_params: u32 = sig.params.iter().map(|&t| self.slots_of(t)).sum();
        let own = self.f.slots.next - n_params;
        let (place, at) = self.walk_path(place, ty, found);
        match found.what {
            What::Method { recv, obj, ptr } => {
                let inst = self.method_inst(recv, obj, targs);
                self.f.value_method = !ptr && found.path.is_empty() && ty != recv;
                let recv_ty = if ptr { self.tys.pointer(recv) } else { recv };
                let n = self.slots_of(recv_ty);
                let base = self
                    .f
                    .slots
                    .alloc(FRAME_HEADER as u32 + results + n + n_params);
                let to = base + FRAME_HEADER + results as Slot;
                self.recv_from(place, at, recv, ptr, to);
                self.mov_slots(to + n as Slot, own as Slot, n_params);
                self.call_inst(base, inst);
                self.mov_slots(FRAME_HEADER, base + FRAME_HEADER, results);
            }
            What::Abstract { iface, method } => {
                let mark = self.f.slots.next;
                let v = self.load_from(place, at, mark);
                let sel = self.iface_selector(iface, method, true);
                let base = self
                    .f
                    .slots
                    .alloc(FRAME_HEADER as u32 + results + 1 + n_params);
                let to = base + FRAME_HEADER + results as Slot;
                self.mov_slots(to + 1, own as Slot, n_params);
                self.ins(ins::CallIface(base, v, sel));
                self.mov_slots(FRAME_HEADER, base + FRAME_HEADER, results);
            }
            What::Field(_) => {}
        }
        self.ins(ins::Ret());
    }

    fn call_inst(&mut self, base: Slot, inst: FuncInst) {
        if self.is_native(inst.obj) {
            let name = self.native_name(inst.obj);
            let n = self.native_idx(&name);
            self.ins(ins::CallNative(base, n));
        } else {
            let f = self.func_of(inst);
            self.ins(ins::Call(base, f));
        }
    }

    fn native_wrapper(&mut self, inst: FuncInst) {
        let sig = self.inst_sig(&inst);
        let sig = self.func_ty(sig);
        let recv = self.inst_recv(&inst);
        self.wrapper_frame(&sig, recv);
        self.f.name = self.func_name(&inst);
        let n = self.f.param_slots;
        let results = self.f.result_slots;
        let base = self.f.slots.alloc(FRAME_HEADER as u32 + results + n);
        self.mov_slots(
            base + FRAME_HEADER + results as Slot,
            FRAME_HEADER + results as Slot,
            n,
        );
        self.call_inst(base, inst);
        self.mov_slots(FRAME_HEADER, base + FRAME_HEADER, results);
        self.ins(ins::Ret());
    }

    fn bound_wrapper(&mut self, inst: FuncInst, recv: Ty) {
        let sig = self.inst_sig(&inst);
        let sig = self.func_ty(sig);
        self.wrapper_frame(&sig, None);
        self.f.name = format!("{}-fm", self.func_name(&inst));
        let n = self.slots_of(recv);
        let (results, params) = (self.f.result_slots, self.f.param_slots);
        let base = self
            .f
            .slots
            .alloc(FRAME_HEADER as u32 + results + n + params);
        let to = base + FRAME_HEADER + results as Slot;
        match n {
            0 => {}
            1 => self.ins(ins::LoadCap(to, 0)),
            n => self.ins(ins::LoadCapN(to, 0, n as u16)),
        }
        if self.is_far(recv) {
            // Each call has a receiver of its own.
            self.load(Place::Mem { base: to, off: 0 }, recv, to);
        }
        self.mov_slots(to + n as Slot, FRAME_HEADER + results as Slot, params);
        self.call_inst(base, inst);
        self.mov_slots(FRAME_HEADER, base + FRAME_HEADER, results);
        self.ins(ins::Ret());
    }

    fn builtin_wrapper(&mut self, b: BuiltinId, tys: &[Ty]) {
        self.f.name = format!("runtime.{}", b.name());
        self.declare_frame(&[], &[], tys, &[]);
        let p = FRAME_HEADER;
        match b {
            BuiltinId::Close => self.ins(ins::Close(p)),
            BuiltinId::Panic => self.ins(ins::Panic(p)),
            BuiltinId::Delete => {
                let t = self.type_idx(tys[0]);
                self.ins(ins::MapDelete(p, p + 1, t, 0));
            }
            BuiltinId::Clear => match self.under_kind(tys[0]) {
                TyKind::Map(..) => {
                    let t = self.type_idx(tys[0]);
                    self.ins(ins::MapClear(p, t, 0));
                }
                _ => {
                    let elem = self.slice_elem(tys[0]);
                    let t = self.type_idx(elem);
                    self.ins(ins::ClearSlice(p, t, 0));
                }
            },
            BuiltinId::Copy => {
                let elem = self.slice_elem(tys[0]);
                let t = self.type_idx(elem);
                let n = self.f.slots.alloc(1);
                self.ins(ins::Copy(n, p, p + 3, t, 0));
            }
            BuiltinId::Print | BuiltinId::Println => {
                let mut values = Vec::new();
                let mut at = p;
                for &t in tys {
                    values.push((t, at));
                    at += self.slots_of(t) as Slot;
                }
                self.print_slots(b == BuiltinId::Println, &values);
            }
            // The VM takes it for a call by the function that deferred it.
            BuiltinId::Recover => {
                let dst = self.f.slots.alloc(2);
                self.ins(ins::Recover(dst));
            }
            _ => {}
        }
        self.ins(ins::Ret());
    }

    /// The function that a method table holds for a method of values of type `ty`: it takes the data word of an interface.
    pub fn entry_func(&mut self, ty: Ty, found: &Found) -> FuncIdx {
        if let What::Method { recv, obj, ptr } = found.what
            && found.path.is_empty()
        {
            let is_ptr = ty != recv;
            // The data word is the receiver: a pointer, or a value of one slot.
            let fits = if ptr {
                is_ptr
            } else {
                !is_ptr && self.layout(ty).size <= 8 && self.class(ty) != Class::Zero
            };
            if fits {
                let inst = self.method_inst(recv, obj, &[]);
                return self.value_func(inst);
            }
        }
        self.wrapper(Wrapper::Entry {
            ty,
            found: found.clone(),
        })
    }
}
