// Package texts embeds files of its own folder.
package texts

import _ "embed"

//go:embed "greeting text.txt"
var Greeting string

// Length is initialised after what it needs.
var Length = len(Greeting)
