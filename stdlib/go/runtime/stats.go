package runtime

import "unsafe"

// MemStats is what the allocator and the collector have done.
type MemStats struct {
	Alloc         uint64 // bytes of live heap objects, and of those not yet swept
	TotalAlloc    uint64 // bytes allocated for heap objects, ever
	Sys           uint64 // bytes from the system
	Lookups       uint64
	Mallocs       uint64 // heap objects allocated, ever
	Frees         uint64 // heap objects freed, ever
	HeapAlloc     uint64 // the same as Alloc
	HeapSys       uint64
	HeapIdle      uint64
	HeapInuse     uint64
	HeapReleased  uint64
	HeapObjects   uint64 // heap objects alive
	StackInuse    uint64
	StackSys      uint64
	MSpanInuse    uint64
	MSpanSys      uint64
	MCacheInuse   uint64
	MCacheSys     uint64
	BuckHashSys   uint64
	GCSys         uint64
	OtherSys      uint64
	NextGC        uint64 // size of the heap that starts the next collection
	LastGC        uint64 // when the last one ended, in nanoseconds since 1970
	PauseTotalNs  uint64
	PauseNs       [256]uint64
	PauseEnd      [256]uint64
	NumGC         uint32
	NumForcedGC   uint32
	GCCPUFraction float64
	EnableGC      bool
	DebugGC       bool
	BySize        [61]struct {
		Size    uint32
		Mallocs uint64
		Frees   uint64
	}
}

// memStats fills the fields up to PauseTotalNs, and returns NumGC and NumForcedGC.
func memStats(s *[24]uint64) (numGC, numForced uint64)

// ReadMemStats fills m. It allocates nothing itself.
func ReadMemStats(m *MemStats) {
	clear(m.PauseNs[:])
	clear(m.PauseEnd[:])
	clear(m.BySize[:])
	n, forced := memStats((*[24]uint64)(unsafe.Pointer(m)))
	m.NumGC, m.NumForcedGC = uint32(n), uint32(forced)
	m.GCCPUFraction, m.EnableGC, m.DebugGC = 0, true, false
}

// MemProfileRate is how often an allocation would be sampled. There are no profiles here.
var MemProfileRate int = 512 * 1024

// StackRecord is the calls under way at some moment.
type StackRecord struct {
	Stack0 [32]uintptr // ends at the first 0
}

// Stack returns the addresses.
func (r *StackRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

func untilZero(s []uintptr) []uintptr {
	for i, pc := range s {
		if pc == 0 {
			return s[:i]
		}
	}
	return s
}

// MemProfileRecord is what was allocated at one place.
type MemProfileRecord struct {
	AllocBytes, FreeBytes     int64
	AllocObjects, FreeObjects int64
	Stack0                    [32]uintptr
}

// InUseBytes returns the bytes allocated and not freed.
func (r *MemProfileRecord) InUseBytes() int64 { return r.AllocBytes - r.FreeBytes }

// InUseObjects returns the objects allocated and not freed.
func (r *MemProfileRecord) InUseObjects() int64 { return r.AllocObjects - r.FreeObjects }

// Stack returns the addresses.
func (r *MemProfileRecord) Stack() []uintptr { return untilZero(r.Stack0[:]) }

// BlockProfileRecord is the blocking at one place.
type BlockProfileRecord struct {
	Count  int64
	Cycles int64
	StackRecord
}

// Profiles are not taken: all of them are empty.

func MemProfile(p []MemProfileRecord, inuseZero bool) (n int, ok bool) { return 0, true }
func BlockProfile(p []BlockProfileRecord) (n int, ok bool)             { return 0, true }
func MutexProfile(p []BlockProfileRecord) (n int, ok bool)             { return 0, true }
func ThreadCreateProfile(p []StackRecord) (n int, ok bool)             { return 0, true }
func GoroutineProfile(p []StackRecord) (n int, ok bool)                { return NumGoroutine(), false }
func SetBlockProfileRate(rate int)                                     {}
func SetMutexProfileFraction(rate int) int                             { return 0 }
func SetCPUProfileRate(hz int)                                         {}
