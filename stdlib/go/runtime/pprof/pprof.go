// Package pprof writes profiles. What runs here is not sampled: CPU, block, mutex and heap profiles say so, and are
// otherwise empty. The goroutine profile and profiles of a program's own are complete. All are written as text.
package pprof

import (
	"context"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// Profile is a collection of stacks, each with what stands there.
type Profile struct {
	name  string
	mu    sync.Mutex
	m     map[any][]uintptr
	count func() int
	write func(io.Writer, int) error
}

var profiles struct {
	mu sync.Mutex
	m  map[string]*Profile
}

func lockProfiles() {
	profiles.mu.Lock()
	if profiles.m == nil {
		none := func() int { return 0 }
		profiles.m = map[string]*Profile{
			"goroutine":     {name: "goroutine", count: runtime.NumGoroutine, write: writeGoroutines},
			"goroutineleak": {name: "goroutineleak", count: none},
			"threadcreate":  {name: "threadcreate", count: none},
			"heap":          {name: "heap", count: none, write: writeHeap},
			"allocs":        {name: "allocs", count: none, write: writeHeap},
			"block":         {name: "block", count: none},
			"mutex":         {name: "mutex", count: none},
		}
	}
}

// NewProfile makes a profile, and panics if there is one of that name.
func NewProfile(name string) *Profile {
	lockProfiles()
	defer profiles.mu.Unlock()
	if name == "" {
		panic("pprof: NewProfile with empty name")
	}
	if profiles.m[name] != nil {
		panic("pprof: NewProfile name already in use: " + name)
	}
	p := &Profile{name: name, m: map[any][]uintptr{}}
	profiles.m[name] = p
	return p
}

// Lookup returns the profile of that name, or nil.
func Lookup(name string) *Profile {
	lockProfiles()
	defer profiles.mu.Unlock()
	return profiles.m[name]
}

// Profiles returns all profiles by name.
func Profiles() []*Profile {
	lockProfiles()
	defer profiles.mu.Unlock()
	return slices.SortedFunc(maps.Values(profiles.m), func(a, b *Profile) int { return strings.Compare(a.name, b.name) })
}

// Name returns the profile's name.
func (p *Profile) Name() string { return p.name }

// Count returns how many stacks there are.
func (p *Profile) Count() int {
	if p.count != nil {
		return p.count()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.m)
}

// Add adds the calling stack, of which skip calls are left out.
func (p *Profile) Add(value any, skip int) {
	if p.name == "" {
		panic("pprof: use of uninitialized Profile")
	}
	if p.m == nil {
		panic("pprof: Add called on built-in Profile " + p.name)
	}
	stack := make([]uintptr, 32)
	stack = stack[:runtime.Callers(skip+1, stack)]
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.m[value] != nil {
		panic("pprof: Profile.Add of duplicate value")
	}
	p.m[value] = stack
}

// Remove removes what was added with that value.
func (p *Profile) Remove(value any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.m, value)
}

// WriteTo writes the profile as text, whatever debug is.
func (p *Profile) WriteTo(w io.Writer, debug int) error {
	if p.name == "" {
		panic("pprof: use of zero Profile")
	}
	if p.write != nil {
		return p.write(w, debug)
	}
	if p.count != nil {
		_, err := fmt.Fprintf(w, "%s profile: total 0\n", p.name)
		return err
	}
	p.mu.Lock()
	stacks := slices.Collect(maps.Values(p.m))
	p.mu.Unlock()
	return writeStacks(w, p.name, stacks)
}

// writeStacks writes equal stacks together, the most frequent first.
func writeStacks(w io.Writer, name string, stacks [][]uintptr) error {
	counts := map[string]int{}
	for _, s := range stacks {
		text := ""
		for _, pc := range s {
			text += fmt.Sprintf(" %#x", pc)
		}
		text += "\n"
		frames := runtime.CallersFrames(s)
		for more := len(s) > 0; more; {
			var f runtime.Frame
			f, more = frames.Next()
			text += fmt.Sprintf("#\t%#x\t%s+%#x\t%s:%d\n", f.PC, f.Function, f.PC-f.Entry, f.File, f.Line)
		}
		counts[text]++
	}
	_, err := fmt.Fprintf(w, "%s profile: total %d\n", name, len(stacks))
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		if d := counts[b] - counts[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for _, k := range keys {
		if err == nil {
			_, err = fmt.Fprintf(w, "%d @%s\n", counts[k], k)
		}
	}
	return err
}

func writeGoroutines(w io.Writer, debug int) error {
	for n := 1 << 16; ; n *= 2 {
		buf := make([]byte, n)
		if m := runtime.Stack(buf, true); m < n {
			if debug < 2 {
				if _, err := fmt.Fprintf(w, "goroutine profile: total %d\n", runtime.NumGoroutine()); err != nil {
					return err
				}
			}
			_, err := w.Write(buf[:m])
			return err
		}
	}
}

func writeHeap(w io.Writer, debug int) error {
	var s runtime.MemStats
	runtime.ReadMemStats(&s)
	_, err := fmt.Fprintf(w, "heap profile: 0: 0 [0: 0] @ heap/%d\n\n# runtime.MemStats\n# Alloc = %d\n# TotalAlloc = %d\n"+
		"# Sys = %d\n# Mallocs = %d\n# Frees = %d\n# HeapAlloc = %d\n# HeapSys = %d\n# HeapIdle = %d\n# HeapInuse = %d\n"+
		"# HeapReleased = %d\n# HeapObjects = %d\n# NextGC = %d\n# NumGC = %d\n", 2*runtime.MemProfileRate, s.Alloc,
		s.TotalAlloc, s.Sys, s.Mallocs, s.Frees, s.HeapAlloc, s.HeapSys, s.HeapIdle, s.HeapInuse, s.HeapReleased,
		s.HeapObjects, s.NextGC, s.NumGC)
	return err
}

// WriteHeapProfile writes the profile "heap".
func WriteHeapProfile(w io.Writer) error { return writeHeap(w, 0) }

var cpu struct {
	sync.Mutex
	on bool
}

// StartCPUProfile notes that a profile was asked for. Nothing is written: there are no samples.
func StartCPUProfile(w io.Writer) error {
	cpu.Lock()
	defer cpu.Unlock()
	if cpu.on {
		return fmt.Errorf("cpu profiling already in use")
	}
	cpu.on = true
	return nil
}

// StopCPUProfile ends what StartCPUProfile began.
func StopCPUProfile() {
	cpu.Lock()
	defer cpu.Unlock()
	cpu.on = false
}

// LabelSet is a set of labels.
type LabelSet struct{ list []label }

type label struct{ key, value string }

type labelKey struct{}

// Labels makes a set of keys and values, the later of the same key counting.
func Labels(args ...string) LabelSet {
	if len(args)%2 != 0 {
		panic("uneven number of arguments to pprof.Labels")
	}
	var s LabelSet
	for ; len(args) > 0; args = args[2:] {
		s = s.with(LabelSet{[]label{{args[0], args[1]}}})
	}
	return s
}

func (s LabelSet) with(t LabelSet) LabelSet {
	list := slices.DeleteFunc(slices.Clone(s.list), func(l label) bool {
		return slices.ContainsFunc(t.list, func(n label) bool { return n.key == l.key })
	})
	list = append(list, t.list...)
	slices.SortFunc(list, func(a, b label) int { return strings.Compare(a.key, b.key) })
	return LabelSet{list}
}

func labelsOf(ctx context.Context) LabelSet {
	s, _ := ctx.Value(labelKey{}).(LabelSet)
	return s
}

// WithLabels returns a context with labels in addition to those that it has.
func WithLabels(ctx context.Context, labels LabelSet) context.Context {
	return context.WithValue(ctx, labelKey{}, labelsOf(ctx).with(labels))
}

// Label returns the value of a label of a context.
func Label(ctx context.Context, key string) (string, bool) {
	for _, l := range labelsOf(ctx).list {
		if l.key == key {
			return l.value, true
		}
	}
	return "", false
}

// ForLabels calls f for each label of a context until it returns false.
func ForLabels(ctx context.Context, f func(key, value string) bool) {
	for _, l := range labelsOf(ctx).list {
		if !f(l.key, l.value) {
			break
		}
	}
}

// SetGoroutineLabels has no effect: there are no samples that would show them.
func SetGoroutineLabels(ctx context.Context) {}

// Do calls f with a context that has labels.
func Do(ctx context.Context, labels LabelSet, f func(context.Context)) { f(WithLabels(ctx, labels)) }
