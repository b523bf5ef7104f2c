package os

import (
	"errors"
	"internal/testlog"
	"syscall"
)

// Args is the program's name and its arguments.
var Args = args()

func args() []string

// Exit ends the process at once, with a status. Deferred functions are not called.
func Exit(code int) {
	if code == 0 && testlog.PanicOnExit0() {
		panic("unexpected call to os.Exit(0) during test")
	}
	syscall.Exit(code)
}

func Getpid() int  { return syscall.Getpid() }
func Getppid() int { return syscall.Getppid() }
func Getuid() int  { return syscall.Getuid() }
func Geteuid() int { return syscall.Geteuid() }
func Getgid() int  { return syscall.Getgid() }
func Getegid() int { return syscall.Getegid() }

// Getgroups returns the groups of the process's user.
func Getgroups() ([]int, error) { return groups(), nil }

func groups() []int

// Getpagesize returns the size of a memory page.
func Getpagesize() int { return syscall.Getpagesize() }

// Getenv returns the value of a variable, or nothing.
func Getenv(key string) string {
	v, _ := syscall.Getenv(key)
	return v
}

// LookupEnv returns the value of a variable, and whether it is set.
func LookupEnv(key string) (string, bool) { return syscall.Getenv(key) }

// Setenv sets a variable.
func Setenv(key, value string) error { return NewSyscallError("setenv", syscall.Setenv(key, value)) }

// Unsetenv deletes a variable.
func Unsetenv(key string) error { return syscall.Unsetenv(key) }

// Clearenv deletes all variables.
func Clearenv() { syscall.Clearenv() }

// Environ returns all variables as key=value.
func Environ() []string { return syscall.Environ() }

// ExpandEnv replaces $var and ${var} by values of variables.
func ExpandEnv(s string) string { return Expand(s, Getenv) }

// Expand replaces $var and ${var} by what mapping returns.
func Expand(s string, mapping func(string) string) string {
	var b []byte
	last := 0
	for i := 0; i < len(s)-1; i++ {
		if s[i] != '$' {
			continue
		}
		b = append(b, s[last:i]...)
		name, n := varName(s[i+1:])
		switch {
		case name == "" && n == 0: // a lone $
			b = append(b, '$')
		case name != "":
			b = append(b, mapping(name)...)
		}
		i += n
		last = i + 1
	}
	if last == 0 {
		return s
	}
	return string(b) + s[last:]
}

func special(c byte) bool {
	switch c {
	case '*', '#', '$', '@', '!', '?', '-':
		return true
	}
	return '0' <= c && c <= '9'
}

func wordChar(c byte) bool {
	return c == '_' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// varName returns the name behind a $ and the length of what names it. A bad ${ is swallowed: no name, some length.
func varName(s string) (name string, n int) {
	switch {
	case s[0] == '{':
		if len(s) > 2 && special(s[1]) && s[2] == '}' {
			return s[1:2], 3
		}
		for i := 1; i < len(s); i++ {
			if s[i] == '}' {
				if i == 1 {
					return "", 2
				}
				return s[1:i], i + 1
			}
		}
		return "", 1
	case special(s[0]):
		return s[0:1], 1
	}
	for n < len(s) && wordChar(s[n]) {
		n++
	}
	return s[:n], n
}

func getwd() (dir string, err syscall.Errno)

// Getwd returns the current directory.
func Getwd() (dir string, err error) {
	if pwd := Getenv("PWD"); pwd != "" && pwd[0] == '/' {
		a, err1 := Stat(".")
		b, err2 := Stat(pwd)
		if err1 == nil && err2 == nil && SameFile(a, b) {
			return pwd, nil
		}
	}
	dir, e := getwd()
	if e != 0 {
		return "", NewSyscallError("getwd", e)
	}
	return dir, nil
}

func executable() string

// Executable returns the path of the program that runs.
func Executable() (string, error) { return executable(), nil }

func hostname() string

// Hostname returns the system's name.
func Hostname() (name string, err error) { return hostname(), nil }

// UserHomeDir returns $HOME.
func UserHomeDir() (string, error) {
	if dir := Getenv("HOME"); dir != "" {
		return dir, nil
	}
	return "", errors.New("$HOME is not defined")
}

func userDir(variable, sub string) (string, error) {
	if dir := Getenv(variable); dir != "" {
		if dir[0] != '/' {
			return "", errors.New("path in $" + variable + " is relative")
		}
		return dir, nil
	}
	home := Getenv("HOME")
	if home == "" {
		return "", errors.New("neither $" + variable + " nor $HOME are defined")
	}
	return home + sub, nil
}

// UserCacheDir returns where a user's caches are.
func UserCacheDir() (string, error) { return userDir("XDG_CACHE_HOME", "/.cache") }

// UserConfigDir returns where a user's settings are.
func UserConfigDir() (string, error) { return userDir("XDG_CONFIG_HOME", "/.config") }

// Signal is a signal of the system.
type Signal interface {
	String() string
	Signal() // marks signals
}

// Signals that all systems have.
var (
	Interrupt Signal = syscall.SIGINT
	Kill      Signal = syscall.SIGKILL
)
