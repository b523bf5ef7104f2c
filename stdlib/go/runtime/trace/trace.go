// Package trace is for marking what a program does in its execution trace. Traces are not written here: Start says so,
// and everything else does what it does when there is no trace.
package trace

import (
	"context"
	"errors"
	"io"
	"time"
)

var errNone = errors.New("execution traces are not supported")

// Start fails: there are no traces.
func Start(w io.Writer) error { return errNone }

// Stop does nothing.
func Stop() {}

// IsEnabled reports whether there is a trace.
func IsEnabled() bool { return false }

// Task is something that the program has to do.
type Task struct{}

// NewTask begins a task.
func NewTask(pctx context.Context, taskType string) (ctx context.Context, task *Task) {
	return pctx, &Task{}
}

// End ends the task.
func (t *Task) End() {}

// Log notes a message.
func Log(ctx context.Context, category, message string) {}

// Logf notes a message.
func Logf(ctx context.Context, category, format string, args ...any) {}

// WithRegion calls fn.
func WithRegion(ctx context.Context, regionType string, fn func()) { fn() }

// Region is a part of a goroutine's work.
type Region struct{}

var noRegion = &Region{}

// StartRegion begins a region.
func StartRegion(ctx context.Context, regionType string) *Region { return noRegion }

// End ends the region.
func (r *Region) End() {}

// FlightRecorder would keep the latest part of a trace.
type FlightRecorder struct{}

// FlightRecorderConfig says how much is kept.
type FlightRecorderConfig struct {
	MinAge   time.Duration
	MaxBytes uint64
}

// NewFlightRecorder returns a recorder.
func NewFlightRecorder(cfg FlightRecorderConfig) *FlightRecorder { return &FlightRecorder{} }

// Start fails: there are no traces.
func (fr *FlightRecorder) Start() error { return errNone }

// Stop does nothing.
func (fr *FlightRecorder) Stop() {}

// Enabled reports whether something is recorded.
func (fr *FlightRecorder) Enabled() bool { return false }

// WriteTo fails.
func (fr *FlightRecorder) WriteTo(w io.Writer) (n int64, err error) {
	return 0, errors.New("flight recorder is not enabled")
}
