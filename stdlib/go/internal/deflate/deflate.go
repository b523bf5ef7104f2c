// Package deflate is the native part of the packages that compress by the DEFLATE format.
package deflate

// Window is where a decoder writes, again and again from the beginning: matches reach back that far.
const Window = 32768

// NewState returns the state of a decoder.
func NewState() []byte

// Statuses of Inflate.
const (
	Failed   = -1
	Done     = 0
	NeedsIn  = 1
	NeedsOut = 2
)

// Inflate decodes from in into window, from pos on. more says that in is not all there is.
func Inflate(state, in, window []byte, pos int, more bool) (status, consumed, produced int)

// Deflate encodes data as blocks: from -2 (Huffman codes only) over 0 (none) to 9 (best). If they are not the final
// ones, they end at a byte's border.
func Deflate(level int, data []byte, final bool) []byte
