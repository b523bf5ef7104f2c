//! Unification. (Go: types2/unify.go)
