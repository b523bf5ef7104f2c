// Package reflectlite is the small part of package reflect that packages below it use; here it is that package.
package reflectlite

import "reflect"

// Value is reflect's.
type Value = reflect.Value

// Type is reflect's.
type Type = reflect.Type

// ValueOf is reflect's.
func ValueOf(i any) Value { return reflect.ValueOf(i) }

// TypeOf is reflect's.
func TypeOf(i any) Type { return reflect.TypeOf(i) }

// Swapper is reflect's.
func Swapper(slice any) func(i, j int) { return reflect.Swapper(slice) }
