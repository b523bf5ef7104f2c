// Package log writes lines about what a program does, with the time in front.
package log

import (
	"fmt"
	"internal/logout"
	"io"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// What stands in front of a line.
const (
	Ldate         = 1 << iota // the date: 2009/01/23
	Ltime                     // the time: 01:23:23
	Lmicroseconds             // with microseconds: 01:23:23.123123
	Llongfile                 // file and line: /a/b/c/d.go:23
	Lshortfile                // d.go:23
	LUTC                      // in UTC
	Lmsgprefix                // the prefix in front of the message, not of the line
	LstdFlags     = Ldate | Ltime
)

// Logger writes lines to a writer. Several goroutines may use it at the same time.
type Logger struct {
	mu      sync.Mutex
	out     io.Writer
	prefix  atomic.Pointer[string]
	flags   atomic.Int32
	discard atomic.Bool
}

// New returns a Logger.
func New(out io.Writer, prefix string, flag int) *Logger {
	l := new(Logger)
	l.SetOutput(out)
	l.SetPrefix(prefix)
	l.SetFlags(flag)
	return l
}

var std = New(os.Stderr, "", LstdFlags)

func init() {
	logout.Default = func(pc uintptr, data []byte) error {
		return std.output(pc, 0, func(b []byte) []byte { return append(b, data...) })
	}
}

// Default returns the Logger of the package's functions.
func Default() *Logger { return std }

// SetOutput sets where lines go.
func (l *Logger) SetOutput(w io.Writer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.out = w
	l.discard.Store(w == io.Discard)
}

// Writer returns where lines go.
func (l *Logger) Writer() io.Writer {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out
}

// Prefix returns the prefix.
func (l *Logger) Prefix() string {
	if p := l.prefix.Load(); p != nil {
		return *p
	}
	return ""
}

// SetPrefix sets the prefix.
func (l *Logger) SetPrefix(prefix string) { l.prefix.Store(&prefix) }

// Flags returns what stands in front of a line.
func (l *Logger) Flags() int { return int(l.flags.Load()) }

// SetFlags sets what stands in front of a line.
func (l *Logger) SetFlags(flag int) { l.flags.Store(int32(flag)) }

// pad appends a number with leading zeros.
func pad(b []byte, n, width int) []byte {
	var d [20]byte
	i := len(d)
	for n >= 10 || width > 1 {
		width--
		i--
		d[i] = byte('0' + n%10)
		n /= 10
	}
	i--
	d[i] = byte('0' + n)
	return append(b, d[i:]...)
}

// output writes a line. Its place is that of a pc, if there is one, or of a caller.
func (l *Logger) output(pc uintptr, depth int, add func(b []byte) []byte) error {
	if l.discard.Load() {
		return nil
	}
	now := time.Now()
	flag, prefix := l.Flags(), l.Prefix()
	b := make([]byte, 0, 128)
	if flag&Lmsgprefix == 0 {
		b = append(b, prefix...)
	}
	if flag&(Ldate|Ltime|Lmicroseconds) != 0 {
		if flag&LUTC != 0 {
			now = now.UTC()
		}
		if flag&Ldate != 0 {
			year, month, day := now.Date()
			b = append(pad(b, year, 4), '/')
			b = append(pad(b, int(month), 2), '/')
			b = append(pad(b, day, 2), ' ')
		}
		if flag&(Ltime|Lmicroseconds) != 0 {
			hour, min, sec := now.Clock()
			b = append(pad(b, hour, 2), ':')
			b = append(pad(b, min, 2), ':')
			b = pad(b, sec, 2)
			if flag&Lmicroseconds != 0 {
				b = pad(append(b, '.'), now.Nanosecond()/1e3, 6)
			}
			b = append(b, ' ')
		}
	}
	if flag&(Lshortfile|Llongfile) != 0 {
		_, file, line, ok := runtime.Caller(depth)
		if pc != 0 {
			f, _ := runtime.CallersFrames([]uintptr{pc}).Next()
			file, line, ok = f.File, f.Line, f.File != ""
		}
		if !ok {
			file, line = "???", 0
		}
		if flag&Lshortfile != 0 {
			for i := len(file) - 1; i > 0; i-- {
				if file[i] == '/' {
					file = file[i+1:]
					break
				}
			}
		}
		b = append(append(b, file...), ':')
		b = append(pad(b, line, -1), ": "...)
	}
	if flag&Lmsgprefix != 0 {
		b = append(b, prefix...)
	}
	b = add(b)
	if b[len(b)-1] != '\n' {
		b = append(b, '\n')
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	_, err := l.out.Write(b)
	return err
}

// Output writes a line; calldepth says whose file and line are shown.
func (l *Logger) Output(calldepth int, s string) error {
	return l.output(0, calldepth+1, func(b []byte) []byte { return append(b, s...) })
}

func (l *Logger) print(args []any) {
	l.output(0, 3, func(b []byte) []byte { return fmt.Append(b, args...) })
}

func (l *Logger) println(args []any) {
	l.output(0, 3, func(b []byte) []byte { return fmt.Appendln(b, args...) })
}

func (l *Logger) printf(format string, args []any) {
	l.output(0, 3, func(b []byte) []byte { return fmt.Appendf(b, format, args...) })
}

func (l *Logger) Print(v ...any)                 { l.print(v) }
func (l *Logger) Println(v ...any)               { l.println(v) }
func (l *Logger) Printf(format string, v ...any) { l.printf(format, v) }

// Fatal writes a line and ends the process with status 1.
func (l *Logger) Fatal(v ...any) {
	l.print(v)
	os.Exit(1)
}

// Fatalf is Printf and the end of the process with status 1.
func (l *Logger) Fatalf(format string, v ...any) {
	l.printf(format, v)
	os.Exit(1)
}

// Fatalln is Println and the end of the process with status 1.
func (l *Logger) Fatalln(v ...any) {
	l.println(v)
	os.Exit(1)
}

// Panic writes a line and panics with it.
func (l *Logger) Panic(v ...any) {
	l.print(v)
	panic(fmt.Sprint(v...))
}

// Panicf writes a line and panics with it.
func (l *Logger) Panicf(format string, v ...any) {
	l.printf(format, v)
	panic(fmt.Sprintf(format, v...))
}

// Panicln writes a line and panics with it.
func (l *Logger) Panicln(v ...any) {
	l.println(v)
	panic(fmt.Sprintln(v...))
}

func SetOutput(w io.Writer)   { std.SetOutput(w) }
func Flags() int              { return std.Flags() }
func SetFlags(flag int)       { std.SetFlags(flag) }
func Prefix() string          { return std.Prefix() }
func SetPrefix(prefix string) { std.SetPrefix(prefix) }
func Writer() io.Writer       { return std.Writer() }

func Print(v ...any)                 { std.print(v) }
func Println(v ...any)               { std.println(v) }
func Printf(format string, v ...any) { std.printf(format, v) }

// Fatal writes a line and ends the process with status 1.
func Fatal(v ...any) {
	std.print(v)
	os.Exit(1)
}

// Fatalf is Printf and the end of the process with status 1.
func Fatalf(format string, v ...any) {
	std.printf(format, v)
	os.Exit(1)
}

// Fatalln is Println and the end of the process with status 1.
func Fatalln(v ...any) {
	std.println(v)
	os.Exit(1)
}

// Panic writes a line and panics with it.
func Panic(v ...any) {
	std.print(v)
	panic(fmt.Sprint(v...))
}

// Panicf writes a line and panics with it.
func Panicf(format string, v ...any) {
	std.printf(format, v)
	panic(fmt.Sprintf(format, v...))
}

// Panicln writes a line and panics with it.
func Panicln(v ...any) {
	std.println(v)
	panic(fmt.Sprintln(v...))
}

// Output writes a line; calldepth says whose file and line are shown.
func Output(calldepth int, s string) error {
	return std.output(0, calldepth+1, func(b []byte) []byte { return append(b, s...) })
}
