// Package structs has types that say how a struct is laid out.
package structs

// HostLayout, as the type of a field named _ at a struct's beginning, asks for the layout that C has there. Layouts are
// that already.
type HostLayout struct {
	_ hostLayout
}

type hostLayout struct{}
