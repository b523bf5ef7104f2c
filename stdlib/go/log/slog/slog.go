// Package slog logs events with a message, a level, and keys with values, through handlers that programs choose.
package slog

import (
	"bytes"
	"context"
	"internal/logout"
	"log"
	"runtime"
	"sync/atomic"
	"time"
)

var defaultLogger atomic.Pointer[Logger]

var logLoggerLevel LevelVar

func init() {
	output := func(pc uintptr, data []byte) error { return logout.Default(pc, data) }
	defaultLogger.Store(New(&defaultHandler{newWriter(nil, nil, false), output}))
}

// SetLogLoggerLevel sets the least level that goes to package log before SetDefault, and the level of what comes from
// package log behind it.
func SetLogLoggerLevel(level Level) (oldLevel Level) {
	oldLevel = logLoggerLevel.Level()
	logLoggerLevel.Set(level)
	return
}

// Default returns the Logger of the package's functions.
func Default() *Logger { return defaultLogger.Load() }

// SetDefault sets the Logger of the package's functions. What package log writes goes to its Handler too.
func SetDefault(l *Logger) {
	defaultLogger.Store(l)
	if _, ok := l.Handler().(*defaultHandler); !ok {
		capture := log.Flags()&(log.Lshortfile|log.Llongfile) != 0
		log.SetOutput(&handlerWriter{l.Handler(), &logLoggerLevel, capture})
		log.SetFlags(0)
	}
}

// handlerWriter makes Records of what a log.Logger writes.
type handlerWriter struct {
	h       Handler
	level   Leveler
	capture bool // where it was logged
}

func (w *handlerWriter) Write(buf []byte) (int, error) {
	level := w.level.Level()
	if !w.h.Enabled(context.Background(), level) {
		return 0, nil
	}
	var pcs [1]uintptr
	if w.capture {
		runtime.Callers(5, pcs[:])
	}
	text := string(bytes.TrimSuffix(buf, []byte{'\n'}))
	return len(buf), w.h.Handle(context.Background(), NewRecord(time.Now(), level, text, pcs[0]))
}

// NewLogLogger returns a log.Logger that makes Records of that level.
func NewLogLogger(h Handler, level Level) *log.Logger {
	return log.New(&handlerWriter{h, level, true}, "", 0)
}

// Logger makes Records and hands them to its Handler.
type Logger struct{ handler Handler }

// New returns a Logger.
func New(h Handler) *Logger {
	if h == nil {
		panic("nil Handler")
	}
	return &Logger{h}
}

// Handler returns the Handler.
func (l *Logger) Handler() Handler { return l.handler }

// With returns a Logger that adds Attrs, given as to Log, to each Record.
func (l *Logger) With(args ...any) *Logger {
	if len(args) == 0 {
		return l
	}
	return &Logger{l.handler.WithAttrs(attrs(args))}
}

// WithGroup returns a Logger that puts all Attrs into a group.
func (l *Logger) WithGroup(name string) *Logger {
	if name == "" {
		return l
	}
	return &Logger{l.handler.WithGroup(name)}
}

// With is Logger.With of the default Logger.
func With(args ...any) *Logger { return Default().With(args...) }

// Enabled reports whether something of that level is handled.
func (l *Logger) Enabled(ctx context.Context, level Level) bool {
	if ctx == nil {
		ctx = context.Background()
	}
	return l.handler.Enabled(ctx, level)
}

// log is called by exported functions alone, whose caller is where it was logged.
func (l *Logger) log(ctx context.Context, level Level, msg string, args []any, attrs []Attr) {
	if ctx == nil {
		ctx = context.Background()
	}
	if !l.Enabled(ctx, level) {
		return
	}
	var pcs [1]uintptr
	runtime.Callers(3, pcs[:])
	r := NewRecord(time.Now(), level, msg, pcs[0])
	r.Add(args...)
	r.AddAttrs(attrs...)
	l.handler.Handle(ctx, r)
}

// Log logs an event. args are Attrs, or keys followed by values.
func (l *Logger) Log(ctx context.Context, level Level, msg string, args ...any) {
	l.log(ctx, level, msg, args, nil)
}

// LogAttrs logs an event with Attrs.
func (l *Logger) LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	l.log(ctx, level, msg, nil, attrs)
}

// Log is Logger.Log of the default Logger.
func Log(ctx context.Context, level Level, msg string, args ...any) {
	Default().log(ctx, level, msg, args, nil)
}

// LogAttrs is Logger.LogAttrs of the default Logger.
func LogAttrs(ctx context.Context, level Level, msg string, attrs ...Attr) {
	Default().log(ctx, level, msg, nil, attrs)
}

// Debug logs at LevelDebug.
func (l *Logger) Debug(msg string, args ...any) {
	l.log(context.Background(), LevelDebug, msg, args, nil)
}

// DebugContext logs at LevelDebug.
func (l *Logger) DebugContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelDebug, msg, args, nil)
}

// Debug logs at LevelDebug.
func Debug(msg string, args ...any) {
	Default().log(context.Background(), LevelDebug, msg, args, nil)
}

// DebugContext logs at LevelDebug.
func DebugContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelDebug, msg, args, nil)
}

// Info logs at LevelInfo.
func (l *Logger) Info(msg string, args ...any) {
	l.log(context.Background(), LevelInfo, msg, args, nil)
}

// InfoContext logs at LevelInfo.
func (l *Logger) InfoContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelInfo, msg, args, nil)
}

// Info logs at LevelInfo.
func Info(msg string, args ...any) {
	Default().log(context.Background(), LevelInfo, msg, args, nil)
}

// InfoContext logs at LevelInfo.
func InfoContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelInfo, msg, args, nil)
}

// Warn logs at LevelWarn.
func (l *Logger) Warn(msg string, args ...any) {
	l.log(context.Background(), LevelWarn, msg, args, nil)
}

// WarnContext logs at LevelWarn.
func (l *Logger) WarnContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelWarn, msg, args, nil)
}

// Warn logs at LevelWarn.
func Warn(msg string, args ...any) {
	Default().log(context.Background(), LevelWarn, msg, args, nil)
}

// WarnContext logs at LevelWarn.
func WarnContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelWarn, msg, args, nil)
}

// Error logs at LevelError.
func (l *Logger) Error(msg string, args ...any) {
	l.log(context.Background(), LevelError, msg, args, nil)
}

// ErrorContext logs at LevelError.
func (l *Logger) ErrorContext(ctx context.Context, msg string, args ...any) {
	l.log(ctx, LevelError, msg, args, nil)
}

// Error logs at LevelError.
func Error(msg string, args ...any) {
	Default().log(context.Background(), LevelError, msg, args, nil)
}

// ErrorContext logs at LevelError.
func ErrorContext(ctx context.Context, msg string, args ...any) {
	Default().log(ctx, LevelError, msg, args, nil)
}
