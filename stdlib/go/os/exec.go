package os

import (
	"errors"
	"internal/poll"
	"internal/sys"
	"sync"
	"syscall"
	"time"
)

// Process is a process.
type Process struct {
	Pid  int
	mu   sync.RWMutex // held for writing while the process is taken from the system's list
	done bool
}

// ProcAttr is what a new process starts with.
type ProcAttr struct {
	Dir   string // the current directory; empty: ours
	Env   []string
	Files []*File // descriptors 0, 1, 2…; nil: closed
	Sys   *syscall.SysProcAttr
}

// ProcessState is how a process ended.
type ProcessState struct {
	pid    int
	status syscall.WaitStatus
	usage  [3]int64
}

// FindProcess returns a process by its number, whether it exists or not.
func FindProcess(pid int) (*Process, error) { return &Process{Pid: pid}, nil }

// StartProcess starts a program with arguments, of which the first is its name.
func StartProcess(name string, argv []string, attr *ProcAttr) (*Process, error) {
	if attr == nil {
		attr = &ProcAttr{}
	}
	var attrs syscall.SysProcAttr
	if attr.Sys != nil {
		attrs = *attr.Sys
	}
	if attr.Dir != "" {
		// The system would not say what is missing.
		if _, err := Stat(attr.Dir); err != nil {
			e := err.(*PathError)
			e.Op = "chdir"
			return nil, e
		}
	}
	env := attr.Env
	if env == nil {
		env = Environ()
	}
	var fds []int
	for _, f := range attr.Files {
		fd := -1
		if f != nil {
			fd = int(f.Fd())
		}
		fds = append(fds, fd)
	}
	flags := 0
	if attrs.Setsid {
		flags |= 1
	}
	if attrs.Setpgid {
		flags |= 2
	}
	pid := 0
	if attrs.Chroot != "" || attrs.Credential != nil || attrs.Setctty || attrs.Foreground || attrs.Ptrace {
		pid = -int(syscall.ENOTSUP)
	} else {
		pid = sys.Spawn(name, argv, env, attr.Dir, fds, flags, attrs.Pgid)
	}
	if pid < 0 {
		return nil, &PathError{Op: "fork/exec", Path: name, Err: syscall.Errno(-pid)}
	}
	return &Process{Pid: pid}, nil
}

// Wait waits until the process ends, and takes it from the system's list. It must be a child of ours.
func (p *Process) Wait() (*ProcessState, error) {
	if p.Pid <= 0 {
		return nil, syscall.EINVAL
	}
	p.mu.RLock()
	done := p.done
	p.mu.RUnlock()
	if done {
		return nil, NewSyscallError("wait", syscall.ECHILD)
	}
	// Without blocking a thread, where the system can watch processes.
	if fd := sys.PidfdOpen(p.Pid); fd >= 0 {
		var pfd poll.FD
		pfd.Sysfd = fd
		if poll.SetNonblock(fd, true) == nil && pfd.Init() == nil {
			pfd.WaitRead()
			pfd.Close()
		} else {
			sys.Close(fd)
		}
	}
	state := &ProcessState{pid: p.Pid}
	p.mu.Lock()
	defer p.mu.Unlock()
	for {
		pid, status := sys.Wait4(p.Pid, 0, &state.usage)
		if pid >= 0 {
			state.status = syscall.WaitStatus(status)
			p.done = true
			return state, nil
		}
		if pid != -int(syscall.EINTR) {
			return nil, NewSyscallError("wait", syscall.Errno(-pid))
		}
	}
}

// Signal sends a signal to the process.
func (p *Process) Signal(sig Signal) error {
	if p.Pid == -1 {
		p.mu.RLock()
		defer p.mu.RUnlock()
		if p.done {
			return ErrProcessDone
		}
		return errors.New("os: process already released")
	}
	if p.Pid <= 0 {
		return errors.New("os: process not initialized")
	}
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.done {
		return ErrProcessDone
	}
	s, ok := sig.(syscall.Signal)
	if !ok {
		return errors.New("os: unsupported signal type")
	}
	err := syscall.Kill(p.Pid, s)
	if err == syscall.ESRCH {
		return ErrProcessDone
	}
	return err
}

// Kill ends the process.
func (p *Process) Kill() error { return p.Signal(Kill) }

// Release forgets the process.
func (p *Process) Release() error {
	p.Pid = -1
	return nil
}

// WithHandle calls f with a descriptor of the process, which stays the same process while f runs.
func (p *Process) WithHandle(f func(handle uintptr)) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.done {
		return ErrProcessDone
	}
	fd := sys.PidfdOpen(p.Pid)
	if fd < 0 {
		return ErrNoHandle
	}
	defer sys.Close(fd)
	f(uintptr(fd))
	return nil
}

// Pid returns the process's number.
func (p *ProcessState) Pid() int { return p.pid }

// Exited reports whether the process ended by itself.
func (p *ProcessState) Exited() bool { return p.status.Exited() }

// Success reports whether its status was 0.
func (p *ProcessState) Success() bool { return p.status.ExitStatus() == 0 }

// ExitCode returns its status, -1 if it did not end by itself.
func (p *ProcessState) ExitCode() int {
	if p == nil {
		return -1
	}
	return p.status.ExitStatus()
}

// Sys returns the syscall.WaitStatus.
func (p *ProcessState) Sys() any { return p.status }

// SysUsage returns a *syscall.Rusage.
func (p *ProcessState) SysUsage() any {
	u := new(syscall.Rusage)
	u.Utime = syscall.NsecToTimeval(1000 * p.usage[0])
	u.Stime = syscall.NsecToTimeval(1000 * p.usage[1])
	u.Maxrss = p.usage[2]
	return u
}

// UserTime returns how long the process computed.
func (p *ProcessState) UserTime() time.Duration { return time.Duration(p.usage[0]) * time.Microsecond }

// SystemTime returns how long the system worked for it.
func (p *ProcessState) SystemTime() time.Duration {
	return time.Duration(p.usage[1]) * time.Microsecond
}

// String tells the status or the signal.
func (p *ProcessState) String() string {
	if p == nil {
		return "<nil>"
	}
	s := ""
	switch w := p.status; {
	case w.Exited():
		s = "exit status " + itoa(w.ExitStatus())
	case w.Signaled():
		s = "signal: " + w.Signal().String()
	case w.Stopped():
		s = "stop signal: " + w.StopSignal().String()
	case w.Continued():
		s = "continued"
	}
	if p.status.CoreDump() {
		s += " (core dumped)"
	}
	return s
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}
