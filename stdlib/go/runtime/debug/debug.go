// Package debug sets up the collector and prints stacks.
package debug

import (
	"os"
	"runtime"
	"sync/atomic"
	"time"
)

// SetGCPercent sets by how much the heap may grow until the next collection; negative: no collections. It returns the old setting.
func SetGCPercent(percent int) int

// SetMemoryLimit sets the size in bytes at which collections become frequent; negative: only asks. It returns the old setting.
func SetMemoryLimit(limit int64) int64

// Settings that are kept, but have no effect: the limits are fixed here.
var (
	maxStack   atomic.Int64
	maxThreads atomic.Int64
)

func init() {
	maxStack.Store(1000000000)
	maxThreads.Store(10000)
}

// SetMaxStack sets the largest stack of a goroutine in bytes, and returns the old setting.
func SetMaxStack(bytes int) int { return int(maxStack.Swap(int64(bytes))) }

// SetMaxThreads sets how many threads there may be, and returns the old setting.
func SetMaxThreads(threads int) int { return int(maxThreads.Swap(int64(threads))) }

// SetPanicOnFault says whether an access of this goroutine to memory that is not there is a panic rather than the end of
// the program. It returns the old setting.
func SetPanicOnFault(enabled bool) bool

// SetTraceback says how much a panic that nobody recovers shows: with "all" and more, every goroutine.
func SetTraceback(level string)

// FreeOSMemory collects garbage and gives memory back to the system.
func FreeOSMemory()

// GCStats is about the latest collections.
type GCStats struct {
	LastGC         time.Time
	NumGC          int64
	PauseTotal     time.Duration
	Pause          []time.Duration
	PauseEnd       []time.Time
	PauseQuantiles []time.Duration
}

// ReadGCStats fills stats.
func ReadGCStats(stats *GCStats) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	stats.LastGC = time.Unix(0, int64(m.LastGC))
	stats.NumGC = int64(m.NumGC)
	stats.PauseTotal = time.Duration(m.PauseTotalNs)
}

// Stack returns a traceback of the calling goroutine.
func Stack() []byte {
	buf := make([]byte, 1024)
	for {
		n := runtime.Stack(buf, false)
		if n < len(buf) {
			return buf[:n]
		}
		buf = make([]byte, 2*len(buf))
	}
}

// PrintStack prints the calling goroutine's traceback to standard error.
func PrintStack() { os.Stderr.Write(Stack()) }
