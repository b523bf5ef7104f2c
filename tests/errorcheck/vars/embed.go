// Files in the program: types that hold none, and too many for one text.
package p

import _ "embed"

//go:embed embed.go
var number int // ERROR "go:embed cannot apply to var of type int"

//go:embed embed.go
var list []string // ERROR "go:embed cannot apply to var of type \[\]string"

//go:embed *.go
var text string // ERROR "invalid go:embed: multiple files for type string"
