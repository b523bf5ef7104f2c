//! The contract between compiler and VM: instructions, programs, type descriptors, line tables.
