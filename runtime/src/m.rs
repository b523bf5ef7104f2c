//! M: a thread of the scheduler.

#[repr(C)]
pub struct M {
    pub id: i64,
}
