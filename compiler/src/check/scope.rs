//! Scopes: nested tables from names to objects. (Go: types2/scope.go)
//!
//! A scope with few names keeps them in a list; the ninth name builds a table beside it. The order of insertion is kept.
//! Declaring happens when the checker reaches the declaration, so an object is found only where it is in scope.
//!
//! Knows nothing of: objects' kinds, errors.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::{Index, IndexMut};

use minigo_syntax::source::{Pos, Span};
use minigo_syntax::symbol::Symbol;

use super::object::{ObjId, ScopeId};

/// One scope.
#[derive(Debug, Default)]
pub struct Scope {
    /// The enclosing scope; `None` for the universe.
    pub parent: Option<ScopeId>,
    /// The text it covers, for messages and tools.
    pub span: Span,
    /// Whether it is a function's outermost scope.
    pub is_func: bool,
    elems: Vec<(Symbol, ObjId)>,
    table: Option<HashMap<Symbol, ObjId, SymbolHasher>>,
}

/// Up to here a linear search is the faster one.
const LINEAR: usize = 8;

impl Scope {
    /// The object that this scope itself declares under a name.
    #[inline]
    pub fn lookup(&self, name: Symbol) -> Option<ObjId> {
        match &self.table {
            None => self.elems.iter().find(|e| e.0 == name).map(|e| e.1),
            Some(table) => table.get(&name).copied(),
        }
    }

    /// Declares an object; gives back the one that is declared already, if any, and changes nothing then.
    pub fn insert(&mut self, name: Symbol, obj: ObjId) -> Option<ObjId> {
        if let Some(alt) = self.lookup(name) {
            return Some(alt);
        }
        self.elems.push((name, obj));
        match &mut self.table {
            Some(table) => {
                table.insert(name, obj);
            }
            None if self.elems.len() > LINEAR => {
                self.table = Some(self.elems.iter().copied().collect())
            }
            None => {}
        }
        None
    }

    /// Puts an object in the place of an earlier one of the same name: what a later input of an interactive session does.
    pub fn replace(&mut self, name: Symbol, obj: ObjId) {
        match self.elems.iter_mut().find(|e| e.0 == name) {
            None => {
                self.insert(name, obj);
            }
            Some(elem) => {
                elem.1 = obj;
                if let Some(table) = &mut self.table {
                    table.insert(name, obj);
                }
            }
        }
    }

    /// Forgets a name.
    pub fn remove(&mut self, name: Symbol) {
        self.elems.retain(|e| e.0 != name);
        if let Some(table) = &mut self.table {
            table.remove(&name);
        }
    }

    /// All names and objects in the order of declaration.
    pub fn elems(&self) -> &[(Symbol, ObjId)] {
        &self.elems
    }
}

/// All scopes of a program.
#[derive(Debug, Default)]
pub struct Scopes {
    scopes: Vec<Scope>,
}

impl Scopes {
    /// Opens a scope inside another.
    pub fn add(&mut self, parent: Option<ScopeId>, span: Span) -> ScopeId {
        self.scopes.push(Scope {
            parent,
            span,
            ..Scope::default()
        });
        ScopeId::new(self.scopes.len() - 1)
    }

    /// How many there are; handles below this are valid.
    pub fn len(&self) -> usize {
        self.scopes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.scopes.is_empty()
    }

    /// The innermost object of that name seen from `scope`, and the scope that has it.
    #[inline]
    pub fn lookup_parent(&self, scope: ScopeId, name: Symbol) -> Option<(ScopeId, ObjId)> {
        let mut next = Some(scope);
        while let Some(s) = next {
            if let Some(obj) = self[s].lookup(name) {
                return Some((s, obj));
            }
            next = self[s].parent;
        }
        None
    }

    /// The start of a scope's text.
    pub fn pos(&self, scope: ScopeId) -> Pos {
        self[scope].span.lo
    }
}

impl Index<ScopeId> for Scopes {
    type Output = Scope;
    #[inline]
    fn index(&self, id: ScopeId) -> &Scope {
        &self.scopes[id.index()]
    }
}

impl IndexMut<ScopeId> for Scopes {
    #[inline]
    fn index_mut(&mut self, id: ScopeId) -> &mut Scope {
        &mut self.scopes[id.index()]
    }
}

/// Hashes handles and symbols: one multiplication, since they are dense numbers already.
#[derive(Default, Clone, Copy, Debug)]
pub struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &b in bytes {
            self.write_u32(u32::from(b));
        }
    }
    fn write_u32(&mut self, n: u32) {
        self.0 = (self.0.rotate_left(5) ^ u64::from(n)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn write_usize(&mut self, n: usize) {
        self.write_u32(n as u32);
    }
    fn write_u64(&mut self, n: u64) {
        self.write_u32(n as u32);
        self.write_u32((n >> 32) as u32);
    }
}

/// The `BuildHasher` of tables keyed by handles and symbols.
pub type SymbolHasher = BuildHasherDefault<IdHasher>;
/// A table keyed by handles or symbols.
pub type IdMap<K, V> = HashMap<K, V, SymbolHasher>;
/// A set of handles or symbols.
pub type IdSet<K> = std::collections::HashSet<K, SymbolHasher>;
