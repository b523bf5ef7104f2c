//! What checking found out about each node of the tree: the checker's result. (Go: types2.Info)
//!
//! Tables indexed by [`NodeId`], so that a fact costs a store when it is found and a load when it is asked for. Everything is
//! final once the package (or, in a library package, the function) is checked: constants have been given their final types.
//!
//! Type parameters are still there in generic bodies; the code generator substitutes them.
//! Knows nothing of: how facts are found.

use minigo_syntax::ast::{Expr, Ident, NodeId};

use super::constant::Value;
use super::object::ObjId;
use super::operand::Mode;
use super::scope::IdSet;
use super::types::{TypeId, TypeList, Types, define_id};

define_id!(
    /// A constant's value in [`Info`].
    ConstId
);

/// What an expression is.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct TypeAndValue {
    /// How it may be used.
    pub mode: Mode,
    /// Its type. A comma-ok expression that was asked for both values has a tuple of two; a call without results has the
    /// empty tuple; `nil` has the type it is used as.
    pub ty: TypeId,
    /// A constant's value.
    pub val: Option<ConstId>,
}

/// How `x.f` selects.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub enum SelectionKind {
    /// A struct's field.
    FieldVal,
    /// A method with `x` as its receiver.
    MethodVal,
    /// A method of a type, with the receiver as its first parameter.
    MethodExpr,
}

/// What `x.f` means, unless it is a name of a package.
#[derive(Clone, Debug)]
pub struct Selection {
    /// What is selected.
    pub kind: SelectionKind,
    /// The type of `x` (or `x` itself, for a method expression).
    pub recv: TypeId,
    /// The field or method.
    pub obj: ObjId,
    /// The embedded fields to go through, by their places, and last the place of the field among the struct's fields, or
    /// of the method among the methods of the defined type or interface.
    pub index: Box<[u32]>,
    /// Whether a pointer is followed on the way.
    pub indirect: bool,
}

/// How a generic function or type was instantiated.
#[derive(Copy, Clone, Debug)]
pub struct InstanceInfo {
    /// The type arguments, inferred ones included.
    pub targs: TypeList,
    /// The instantiated type.
    pub ty: TypeId,
}

/// What is known about the type of an untyped expression before it is final.
#[derive(Copy, Clone, Debug)]
pub struct Untyped {
    /// Whether it is the left operand of a shift whose check waits for its type.
    pub is_lhs: bool,
    /// Its mode.
    pub mode: Mode,
    /// An untyped basic type.
    pub ty: TypeId,
    /// A constant's value.
    pub val: Option<ConstId>,
}

/// One initialisation of package variables: `a = f()`, or `a, b = g()`.
#[derive(Clone, Debug)]
pub struct Initializer<'a> {
    /// The variables on the left.
    pub lhs: Vec<ObjId>,
    /// The expression.
    pub rhs: &'a Expr,
}

#[derive(Copy, Clone, Default)]
struct Record {
    ty: Option<TypeId>,
    val: Option<ConstId>,
    /// Index + 1 of a selection (selectors) or an instance (identifiers).
    extra: u32,
    mode: ModeByte,
    flags: u8,
}

#[derive(Copy, Clone)]
struct ModeByte(Mode);

impl Default for ModeByte {
    fn default() -> Self {
        ModeByte(Mode::Invalid)
    }
}

const IS_LHS: u8 = 1;
const IS_PANIC: u8 = 2;

/// The facts about all nodes of a program.
#[derive(Default)]
pub struct Info {
    records: Vec<Record>,
    uses: Vec<Option<ObjId>>,
    defs: Vec<Option<ObjId>>,
    consts: Vec<Value>,
    selections: Vec<Selection>,
    instances: Vec<InstanceInfo>,
    /// The bodies of loops whose variables all iterations share.
    shared_loops: IdSet<NodeId>,
}

fn at<T: Copy + Default>(table: &mut Vec<T>, id: NodeId) -> &mut T {
    let i = id.index();
    if i >= table.len() {
        table.resize((i + 1).max(table.len() * 3 / 2), T::default());
    }
    &mut table[i]
}

impl Info {
    fn rec(&self, id: NodeId) -> Record {
        self.records.get(id.index()).copied().unwrap_or_default()
    }

    /// What an expression is; `None` if it was never reached, or is wrong.
    pub fn get(&self, id: NodeId) -> Option<TypeAndValue> {
        let r = self.rec(id);
        r.ty.map(|ty| TypeAndValue {
            mode: r.mode.0,
            ty,
            val: r.val,
        })
    }

    /// The type of an expression, the invalid type if it has none.
    pub fn ty(&self, id: NodeId) -> TypeId {
        self.rec(id).ty.unwrap_or(Types::INVALID)
    }

    /// The value of a constant expression.
    pub fn const_val(&self, id: NodeId) -> Option<&Value> {
        self.rec(id).val.map(|v| &self.consts[v.index()])
    }

    /// A recorded value.
    pub fn value(&self, id: ConstId) -> &Value {
        &self.consts[id.index()]
    }

    /// The object that an identifier denotes where it is used.
    pub fn use_of(&self, id: NodeId) -> Option<ObjId> {
        self.uses.get(id.index()).copied().flatten()
    }

    /// The object that an identifier declares. For other nodes the object they declare without a name: a clause of a type
    /// switch its variable, an import its package name, an unnamed parameter or receiver (a field) its variable.
    pub fn def_of(&self, id: NodeId) -> Option<ObjId> {
        self.defs.get(id.index()).copied().flatten()
    }

    /// The object that an identifier declares or denotes.
    pub fn obj_of(&self, ident: Ident) -> Option<ObjId> {
        self.def_of(ident.id).or_else(|| self.use_of(ident.id))
    }

    /// What a selector expression means; `None` for a name of a package.
    pub fn selection(&self, id: NodeId) -> Option<&Selection> {
        let r = self.rec(id);
        self.selections.get((r.extra as usize).checked_sub(1)?)
    }

    /// How the generic function or type that an identifier denotes is instantiated here.
    pub fn instance(&self, id: NodeId) -> Option<InstanceInfo> {
        let r = self.rec(id);
        self.instances
            .get((r.extra as usize).checked_sub(1)?)
            .copied()
    }

    /// Whether a call is one of the predeclared `panic`.
    pub fn is_panic(&self, call: NodeId) -> bool {
        self.rec(call).flags & IS_PANIC != 0
    }

    /// Whether the iterations of the loop with that body share its variables, as before Go 1.22. Such a variable of a range
    /// is also recorded as if the range assigned to it.
    pub fn shares_loop_vars(&self, body: NodeId) -> bool {
        !self.shared_loops.is_empty() && self.shared_loops.contains(&body)
    }

    // ---- recording

    /// Records that the iterations of the loop with that body share its variables.
    pub fn set_shared_loop_vars(&mut self, body: NodeId) {
        self.shared_loops.insert(body);
    }

    /// Records an expression's type and value.
    pub fn record(&mut self, id: NodeId, mode: Mode, ty: TypeId, val: &Value) {
        let val = match val {
            Value::Unknown => None,
            _ => Some(self.keep(val)),
        };
        let r = at(&mut self.records, id);
        r.mode = ModeByte(mode);
        r.ty = Some(ty);
        r.val = val;
    }

    fn keep(&mut self, val: &Value) -> ConstId {
        self.consts.push(val.clone());
        ConstId::new(self.consts.len() - 1)
    }

    /// Changes an expression's type and leaves the rest.
    pub fn set_ty(&mut self, id: NodeId, ty: TypeId) {
        at(&mut self.records, id).ty = Some(ty);
    }

    /// Changes a constant expression's value and leaves the rest.
    pub fn set_val(&mut self, id: NodeId, val: &Value) {
        let val = Some(self.keep(val));
        at(&mut self.records, id).val = val;
    }

    /// What is known about an expression whose type is not final yet; `None` if it is typed, or unknown.
    pub fn untyped(&self, id: NodeId) -> Option<Untyped> {
        let r = self.rec(id);
        let ty =
            r.ty.filter(|&t| t >= Types::UNTYPED_BOOL && t <= Types::UNTYPED_NIL)?;
        Some(Untyped {
            is_lhs: r.flags & IS_LHS != 0,
            mode: r.mode.0,
            ty,
            val: r.val,
        })
    }

    /// Marks an untyped expression as the left operand of a shift that waits for its type, or no longer so.
    pub fn set_is_lhs(&mut self, id: NodeId, is_lhs: bool) {
        let r = at(&mut self.records, id);
        r.flags = if is_lhs {
            r.flags | IS_LHS
        } else {
            r.flags & !IS_LHS
        };
    }

    /// Marks a call of the predeclared `panic`, which ends a statement list.
    pub fn set_panic(&mut self, call: NodeId) {
        at(&mut self.records, call).flags |= IS_PANIC;
    }

    /// Records what an identifier, or a node that declares without a name, declares.
    pub fn record_def(&mut self, id: NodeId, obj: ObjId) {
        *at(&mut self.defs, id) = Some(obj);
    }

    /// Records what an identifier denotes.
    pub fn record_use(&mut self, id: NodeId, obj: ObjId) {
        *at(&mut self.uses, id) = Some(obj);
    }

    /// Records what a selector expression means.
    pub fn record_selection(&mut self, id: NodeId, selection: Selection) {
        self.selections.push(selection);
        at(&mut self.records, id).extra = self.selections.len() as u32;
    }

    /// Records how a generic function or type is instantiated at an identifier.
    pub fn record_instance(&mut self, id: NodeId, instance: InstanceInfo) {
        self.instances.push(instance);
        at(&mut self.records, id).extra = self.instances.len() as u32;
    }
}
