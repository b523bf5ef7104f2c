// Functions whose params and results are more than a stack can hold.
package main

type half [1 << 29]byte

func one(a half) {}

func two(a, b half) int { return int(a[0] + b[1]) } // ERROR "stack frame too large \(>1GB\): 0 MB locals \+ 1024 MB args"

func (h half) method(b *half) (r half) { return } // ERROR "stack frame too large"

func pointers(a, b *half, c func(half, half)) {}

var literal = func(a half) (x int, b, c half) { return } // ERROR "stack frame too large \(>1GB\): 0 MB locals \+ 1536 MB args"

func main() { one(half{}) }
