// Bounds of unsigned types are printed as what they are; equal keys of maps are replaced by the newer.
package main

import (
	"fmt"
	"math"
	"unsafe"
)

func try(f func()) {
	defer func() { fmt.Println(recover()) }()
	f()
}

func main() {
	s, str, a := make([]int, 3), "abc", [3]int{}
	u, p, i := uint64(math.MaxUint64), uintptr(1<<63), -1
	try(func() { _ = s[u] })
	try(func() { _ = str[u] })
	try(func() { _ = a[p] })
	try(func() { s[p]++ })
	try(func() { _ = s[i] })
	try(func() { _ = s[u:] })
	try(func() { _ = s[:u] })
	try(func() { _ = s[1:u:3] })
	try(func() { _ = s[1:2:u] })
	try(func() { _ = s[u:i:i] })
	try(func() { _ = str[u:] })
	try(func() { _ = str[:p] })
	try(func() { _ = a[u:2] })
	try(func() { _ = a[i:2] })
	m := map[string]int{}
	k1, k2 := string([]byte("key")), string([]byte("key"))
	m[k1], m[k2] = 1, 2
	for k := range m {
		fmt.Println(unsafe.StringData(k) == unsafe.StringData(k2), m[k])
	}
	f := map[float64]int{0: 1}
	f[math.Copysign(0, -1)] = 2
	for k, v := range f {
		fmt.Println(1/k, v)
	}
}
