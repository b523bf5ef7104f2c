// What a program no longer needs goes back to the system in the background, without a second collection.
package main

import (
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

const MB = 1 << 20

// resident says how much of the process is in memory.
func resident() int {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		panic(err)
	}
	_, after, _ := strings.Cut(string(status), "VmRSS:")
	n, err := strconv.Atoi(strings.Fields(after)[0])
	if err != nil {
		panic(err)
	}
	return n << 10
}

var all [][]byte

func fill(mb int) {
	for range mb {
		b := make([]byte, MB)
		for i := 0; i < MB; i += 4096 {
			b[i] = 1
		}
		all = append(all, b)
	}
}

// within polls for what happens in the background.
func within(f func() bool) bool {
	for range 1200 {
		if f() {
			return true
		}
		time.Sleep(50 * time.Millisecond)
	}
	return false
}

func stats() (m runtime.MemStats) {
	runtime.ReadMemStats(&m)
	return m
}

func main() {
	before := resident()
	fill(120)
	peak := resident()
	fmt.Println("all of it is there:", peak > before+110*MB, all[7][0])
	all = nil
	runtime.GC()
	fmt.Println("most goes back:", within(func() bool { return resident() < peak-100*MB }))
	m := stats()
	fmt.Println("the figures say so:", m.HeapReleased > 90*MB, m.HeapReleased <= m.HeapIdle, m.HeapIdle <= m.HeapSys)

	// What went back is there again when it is needed, and reads as zeros.
	fill(60)
	sum := 0
	for _, b := range all {
		for i := 0; i < MB; i += 1024 {
			sum += int(b[i])
		}
	}
	fmt.Println("used again:", sum, resident() > before+50*MB)
	all = nil

	// On request: everything, at once.
	debug.FreeOSMemory()
	m = stats()
	fmt.Println("all at once:", m.HeapIdle-m.HeapReleased < 8*MB, resident() < peak-100*MB)

	// A limit below what is held is a goal, too.
	debug.SetGCPercent(-1)
	fill(60)
	high := resident()
	all = nil
	runtime.GC()
	debug.SetMemoryLimit(20 * MB)
	fmt.Println("down to the limit:", within(func() bool { return resident() < high-30*MB }))
}
