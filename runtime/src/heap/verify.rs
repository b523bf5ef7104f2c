//! Walking the whole heap and checking what the other files promise. (`MINIGO_DEBUG=gcverify=1`)
//!
//! Called after marking, before anything is swept, with the world stopped and the caches flushed: mark bits say what
//! lives, free bits what was free before.

use super::sizeclasses::*;
use super::span::Span;
use super::{Heap, WORD, lock};

impl Heap {
    /// Checks the heap. Returns the first thing that is wrong.
    pub(super) fn verify_marked(&self) -> Result<(), String> {
        if let Some(fault) = lock(&self.pages).alloc.check() {
            return Err(fault);
        }
        let mut bytes = 0;
        for (span_class, central) in self.central.iter().enumerate() {
            for span in lock(central).all() {
                // SAFETY: the world is stopped, and spans on lists are live.
                bytes += unsafe { self.verify_span(span, span_class)? };
            }
        }
        let live = self.live.load(super::Relaxed);
        if bytes != live {
            return Err(format!("{bytes} bytes are allocated, but {live} counted"));
        }
        Ok(())
    }

    /// Returns the bytes of its allocated objects.
    ///
    /// # Safety
    /// As in [`Heap::verify_marked`].
    unsafe fn verify_span(&self, span: *mut Span, span_class: usize) -> Result<usize, String> {
        // SAFETY: as the caller promises.
        let s = unsafe { &*span };
        let fault = |what: String| Err(format!("span {:#x} of class {span_class}: {what}", s.base));
        let arena = self.arena();
        if s.span_class as usize != span_class {
            return fault(format!("its class is {}", s.span_class));
        }
        if span_class > 1 && s.elem_size != class_to_size(span_class >> 1) {
            return fault(format!("elements of {} bytes", s.elem_size));
        }
        if (s.nelems as usize * s.elem_size) > s.npages as usize * PAGE_SIZE {
            return fault("objects do not fit".into());
        }
        let first = arena.page_of(s.base);
        for p in first..first + s.npages as usize {
            if arena.span_of(arena.page_addr(p)) != span {
                return fault("the page table disagrees".into());
            }
            if !lock(&self.pages).alloc.is_used(p) {
                return fault("its pages are free".into());
            }
        }
        let mut allocated = 0;
        for i in 0..s.nelems as usize {
            let addr = s.addr_of(i);
            if arena.find_object(addr) != Some((span, i))
                || arena.find_object(addr + s.elem_size - 1) != Some((span, i))
            {
                return fault(format!("object {i} is not found by its address"));
            }
            // SAFETY: as the caller promises.
            let (free, marked) = unsafe { (Span::is_free(span, i), Span::is_marked(span, i)) };
            if free && marked {
                return fault(format!("object {i} is free and marked"));
            }
            allocated += usize::from(!free);
            if marked && !s.noscan() {
                // SAFETY: as the caller promises.
                unsafe { self.verify_object(s, addr) }?;
            }
        }
        Ok(allocated * s.elem_size)
    }

    /// Every pointer in a marked object leads to a marked object, or to none.
    ///
    /// # Safety
    /// As in [`Heap::verify_marked`].
    unsafe fn verify_object(&self, s: &Span, addr: usize) -> Result<(), String> {
        let arena = self.arena();
        let words = if s.size_class() == 0 {
            s.large_size / WORD
        } else {
            s.elem_size / WORD
        };
        for w in 0..words {
            let at = addr + w * WORD;
            // SAFETY: as the caller promises.
            let is_pointer = unsafe {
                if s.size_class() == 0 {
                    let ty = &*s.large_type;
                    let word = (w * WORD % ty.size) / WORD;
                    word < ty.ptrdata / WORD && *ty.mask.add(word / 64) >> (word % 64) & 1 != 0
                } else {
                    *arena.bits_word(at) >> (at / WORD % 64) & 1 != 0
                }
            };
            if !is_pointer {
                continue;
            }
            // SAFETY: a word of a live object.
            let v = unsafe { *(at as *const usize) };
            if let Some((target, i)) = arena.find_object(v) {
                // SAFETY: as the caller promises.
                let ok = unsafe { Span::is_marked(target, i) || Span::is_free(target, i) };
                if !ok {
                    return Err(format!(
                        "object {addr:#x} is marked; its word {w} points to {v:#x}, which is not"
                    ));
                }
            }
        }
        Ok(())
    }
}
