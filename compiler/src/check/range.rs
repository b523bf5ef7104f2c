//! Range clauses. (Go: types2/range.go)
