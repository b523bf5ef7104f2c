// Package metrics reads figures of the runtime by name. It has those that the runtime counts.
package metrics

import (
	"runtime"
	"slices"
)

// ValueKind is what a Value is.
type ValueKind int

const (
	KindBad ValueKind = iota // there is no metric of that name
	KindUint64
	KindFloat64
	KindFloat64Histogram
)

// Value is a metric's value.
type Value struct {
	kind   ValueKind
	scalar uint64
}

// Kind returns what the value is.
func (v Value) Kind() ValueKind { return v.kind }

// Uint64 returns the value, and panics if it is of another kind.
func (v Value) Uint64() uint64 {
	if v.kind != KindUint64 {
		panic("called Uint64 on non-uint64 metric value")
	}
	return v.scalar
}

// Float64 returns the value, and panics if it is of another kind.
func (v Value) Float64() float64 { panic("called Float64 on non-float64 metric value") }

// Float64Histogram returns the value, and panics if it is of another kind.
func (v Value) Float64Histogram() *Float64Histogram {
	panic("called Float64Histogram on non-Float64Histogram metric value")
}

// Float64Histogram counts in buckets.
type Float64Histogram struct {
	Counts  []uint64
	Buckets []float64 // borders: one more than counts
}

// Description describes a metric.
type Description struct {
	Name        string
	Description string
	Kind        ValueKind
	Cumulative  bool
}

// Sample is a metric's name, and its value when Read was called.
type Sample struct {
	Name  string
	Value Value
}

type metric struct {
	Description
	read func(m *runtime.MemStats) uint64
}

var all = []metric{
	{Description{"/gc/cycles/forced:gc-cycles", "Collections that the program asked for.", KindUint64, true},
		func(m *runtime.MemStats) uint64 { return uint64(m.NumForcedGC) }},
	{Description{"/gc/cycles/total:gc-cycles", "Collections.", KindUint64, true},
		func(m *runtime.MemStats) uint64 { return uint64(m.NumGC) }},
	{Description{"/gc/heap/allocs:bytes", "Bytes allocated.", KindUint64, true},
		func(m *runtime.MemStats) uint64 { return m.TotalAlloc }},
	{Description{"/gc/heap/allocs:objects", "Objects allocated.", KindUint64, true},
		func(m *runtime.MemStats) uint64 { return m.Mallocs }},
	{Description{"/gc/heap/frees:objects", "Objects freed.", KindUint64, true},
		func(m *runtime.MemStats) uint64 { return m.Frees }},
	{Description{"/gc/heap/goal:bytes", "Size of the heap that starts the next collection.", KindUint64, false},
		func(m *runtime.MemStats) uint64 { return m.NextGC }},
	{Description{"/gc/heap/objects:objects", "Objects alive, or not swept yet.", KindUint64, false},
		func(m *runtime.MemStats) uint64 { return m.HeapObjects }},
	{Description{"/memory/classes/heap/objects:bytes", "Bytes of objects alive, or not swept yet.", KindUint64, false},
		func(m *runtime.MemStats) uint64 { return m.HeapAlloc }},
	{Description{"/memory/classes/heap/released:bytes", "Bytes given back to the system.", KindUint64, false},
		func(m *runtime.MemStats) uint64 { return m.HeapReleased }},
	{Description{"/memory/classes/heap/stacks:bytes", "Bytes of stacks.", KindUint64, false},
		func(m *runtime.MemStats) uint64 { return m.StackInuse }},
	{Description{"/memory/classes/total:bytes", "Bytes from the system.", KindUint64, false},
		func(m *runtime.MemStats) uint64 { return m.Sys }},
	{Description{"/sched/gomaxprocs:threads", "GOMAXPROCS.", KindUint64, false},
		func(*runtime.MemStats) uint64 { return uint64(runtime.GOMAXPROCS(0)) }},
	{Description{"/sched/goroutines:goroutines", "Goroutines alive.", KindUint64, false},
		func(*runtime.MemStats) uint64 { return uint64(runtime.NumGoroutine()) }},
}

// All describes all metrics, by name.
func All() []Description {
	list := make([]Description, len(all))
	for i, m := range all {
		list[i] = m.Description
	}
	return list
}

// Read fills in the values; those of unknown names get KindBad.
func Read(m []Sample) {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	for i := range m {
		m[i].Value = Value{}
		if j := slices.IndexFunc(all, func(d metric) bool { return d.Name == m[i].Name }); j >= 0 {
			m[i].Value = Value{KindUint64, all[j].read(&stats)}
		}
	}
}
