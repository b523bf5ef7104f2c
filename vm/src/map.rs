//! Go maps.

/// What a map type's operations need to know, precomputed by the loader.
pub struct MapType {
    pub(crate) entry_size: usize,
}
