//! Sizes of types, as gc has them on 64-bit machines. (Go: types2/gcsizes.go)
//!
//! The one place that knows them: `unsafe.Sizeof` is a constant, and what the code generator lays out must agree with it.
//! Sizes that do not fit 63 bits are negative.

use minigo_syntax::codes::Code;
use minigo_syntax::source::Span;

use super::{Basic, Checker, StructId, Type, TypeId};

const WORD: i64 = 8;

impl<'a> Checker<'a> {
    /// The alignment of a type.
    pub fn align_of(&mut self, t: TypeId) -> i64 {
        match self.under_type(t) {
            Type::Array { elem, .. } => self.align_of(elem),
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                if fields.is_empty() && self.is_align64(t) {
                    return 8;
                }
                (0..fields.len())
                    .map(|i| {
                        let f = self.objs.ty(self.types.obj(fields, i));
                        self.align_of(f)
                    })
                    .max()
                    .unwrap_or(1)
            }
            Type::Basic(b) => match b {
                Basic::Complex64 => 4,
                Basic::Complex128 | Basic::String => WORD,
                _ => basic_size(b).clamp(1, WORD),
            },
            _ => WORD,
        }
    }

    /// The marker that gives the 64-bit types of sync/atomic their alignment.
    fn is_align64(&self, t: TypeId) -> bool {
        let Some(n) = self.as_named(t) else {
            return false;
        };
        let obj = &self.objs[self.types.named_obj(n)];
        obj.name.as_str() == "align64"
            && obj.pkg.is_some_and(|p| {
                matches!(
                    self.pkg(p).path.as_str(),
                    "sync/atomic" | "internal/runtime/atomic"
                )
            })
    }

    /// The offsets of a struct's fields; negative where they are too large.
    pub fn offsets_of(&mut self, s: StructId) -> Vec<i64> {
        let fields = self.types[s].fields;
        let mut offsets = Vec::with_capacity(fields.len());
        let mut offset: i64 = 0;
        for i in 0..fields.len() {
            let f = self.objs.ty(self.types.obj(fields, i));
            let (align, size) = (self.align_of(f), self.size_of(f));
            let at = if offset < 0 {
                -1
            } else {
                round_up(offset, align)
            };
            offsets.push(at);
            offset = if at < 0 || size < 0 {
                -1
            } else {
                at.checked_add(size).unwrap_or(-1)
            };
        }
        offsets
    }

    /// The size of a type in bytes; negative if it is too large.
    pub fn size_of(&mut self, t: TypeId) -> i64 {
        match self.under_type(t) {
            Type::Basic(b) => basic_size(b),
            Type::Array { elem, len } => {
                if len <= 0 {
                    return 0;
                }
                let size = self.size_of(elem);
                if size < 0 {
                    -1
                } else {
                    size.checked_mul(len).unwrap_or(-1)
                }
            }
            Type::Slice { .. } => 3 * WORD,
            Type::Struct(s) => {
                let fields = self.types[s].fields;
                if fields.is_empty() {
                    return 0;
                }
                let offsets = self.offsets_of(s);
                let offset = offsets[offsets.len() - 1];
                let last = self.objs.ty(self.types.obj(fields, fields.len() - 1));
                let mut size = self.size_of(last);
                if offset < 0 || size < 0 {
                    return -1;
                }
                // A pointer to a field of no size at the end must not point behind the struct.
                if offset > 0 && size == 0 {
                    size = 1;
                }
                let align = self.align_of(t);
                offset
                    .checked_add(size)
                    .map_or(-1, |end| round_up(end, align))
            }
            Type::Interface(_) => 2 * WORD,
            _ => WORD,
        }
    }
}

impl<'a> Checker<'a> {
    /// Reports types that no memory could hold, and channels of elements that would be copied too slowly. (Go:
    /// cmd/compile/internal/types/size.go; gc names the declaration where we name the type.)
    pub(crate) fn too_large_types(&mut self) {
        const MAX_SIZE: i64 = 1 << 50;
        const MAX_ELEM: i64 = 1 << 16;
        for (span, t) in std::mem::take(&mut self.sized) {
            if self.has_var_size(t) {
                continue;
            }
            match self.types.get(t) {
                Type::Array { .. } => {
                    let size = self.size_of(t);
                    if !(0..MAX_SIZE).contains(&size) {
                        let msg = format!("type {} larger than address space", self.tstr(t));
                        self.error(span, Code::TypeTooLarge, msg);
                    }
                }
                Type::Chan { elem, .. }
                    if !self.has_var_size(elem) && self.size_of(elem) >= MAX_ELEM =>
                {
                    let msg = "channel element type too large (>64kB)";
                    self.error(span, Code::TypeTooLarge, msg);
                }
                _ => {}
            }
        }
        self.too_large_frames();
    }

    /// Reports functions whose params and results take more than a stack can have. (Go: cmd/compile/internal/ssagen, pgen.go,
    /// which knows of local variables as well.)
    fn too_large_frames(&mut self) {
        const MAX_FRAME: i64 = 1 << 30;
        let frames = std::mem::take(&mut self.frames);
        if self.has_errors {
            return;
        }
        for (pos, sig) in frames {
            let s = &self.types[sig];
            let (recv, params, results) = (s.recv, s.params, s.results);
            let mut vars: Vec<_> = recv.into_iter().collect();
            vars.extend((0..params.len()).map(|i| self.types.obj(params, i)));
            let first_result = vars.len();
            vars.extend((0..results.len()).map(|i| self.types.obj(results, i)));
            let mut args: i64 = 0;
            for (i, &v) in vars.iter().enumerate() {
                let t = self.objs.ty(v);
                if self.has_var_size(t) {
                    args = 0;
                    break;
                }
                let align = if i == first_result {
                    WORD
                } else {
                    self.align_of(t)
                };
                args = round_up(args, align).saturating_add(self.size_of(t));
            }
            if args >= MAX_FRAME {
                let mb = args >> 20;
                let msg = format!("stack frame too large (>1GB): 0 MB locals + {mb} MB args");
                self.error(Span::new(pos, pos), Code::TypeTooLarge, msg);
            }
        }
    }
}

fn basic_size(b: Basic) -> i64 {
    match b {
        Basic::Bool | Basic::Int8 | Basic::Uint8 => 1,
        Basic::Int16 | Basic::Uint16 => 2,
        Basic::Int32 | Basic::Uint32 | Basic::Float32 => 4,
        Basic::Complex128 | Basic::String => 16,
        _ => 8,
    }
}

/// The next multiple of `align`; negative if there is none.
fn round_up(n: i64, align: i64) -> i64 {
    n.checked_add(align - 1).map_or(-1, |n| n / align * align)
}
