//! Embedding facade.
