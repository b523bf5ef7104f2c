// Package context carries cancellation, deadlines and request values from call to call.
package context

import (
	"errors"
	"sync"
	"time"
)

// A Context is cancelled, expires, and holds values. Its methods may be called by several goroutines at once.
type Context interface {
	Deadline() (deadline time.Time, ok bool)
	Done() <-chan struct{}
	Err() error
	Value(key any) any
}

// CancelFunc tells an operation to stop; later calls do nothing.
type CancelFunc func()

// CancelCauseFunc is a [CancelFunc] that says why.
type CancelCauseFunc func(cause error)

// Canceled is the error of a context that was cancelled.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is the error of a context whose deadline has passed.
var DeadlineExceeded error = deadlineExceeded{}

type deadlineExceeded struct{}

func (deadlineExceeded) Error() string   { return "context deadline exceeded" }
func (deadlineExceeded) Timeout() bool   { return true }
func (deadlineExceeded) Temporary() bool { return true }

// never is a context that ends never; what it is called is all that is in it.
type never struct{ name string }

func (*never) Deadline() (deadline time.Time, ok bool) { return }
func (*never) Done() <-chan struct{}                   { return nil }
func (*never) Err() error                              { return nil }
func (*never) Value(key any) any                       { return nil }
func (n *never) String() string                        { return n.name }

var (
	background = &never{"context.Background"}
	todo       = &never{"context.TODO"}
)

// Background returns the root of all contexts.
func Background() Context { return background }

// TODO returns a context for where it is not yet clear which one to use.
func TODO() Context { return todo }

// name returns what a context is called in the names of its children.
func name(c Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return typeName(c)
}

func typeName(v any) string

// child is what must be told when its parent ends.
type child interface {
	cancel(detach bool, err, cause error)
}

// cancelKey is the key under which a cancelContext finds itself.
var cancelKey int

type cancelContext struct {
	Context // the parent

	mu       sync.Mutex
	done     chan struct{} // made on demand
	children map[child]struct{}
	err      error // nil until it has ended
	cause    error
}

// closed is the Done channel of contexts that ended before anybody asked.
var closed = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

func (c *cancelContext) Value(key any) any {
	if key == &cancelKey {
		return c
	}
	return value(c.Context, key)
}

func (c *cancelContext) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
	}
	return c.done
}

func (c *cancelContext) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

func (c *cancelContext) String() string { return name(c.Context) + ".WithCancel" }

func (c *cancelContext) cancel(detach bool, err, cause error) {
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	if c.err != nil {
		c.mu.Unlock()
		return
	}
	c.err, c.cause = err, cause
	if c.done == nil {
		c.done = closed
	} else {
		close(c.done)
	}
	children := c.children
	c.children = nil
	for k := range children {
		k.cancel(false, err, cause)
	}
	c.mu.Unlock()
	if detach {
		remove(c.Context, c)
	}
}

// ancestor finds the cancelContext that ends parent, unless something else with a Done of its own lies between.
func ancestor(parent Context) (*cancelContext, bool) {
	done := parent.Done()
	if done == nil || done == closed {
		return nil, false
	}
	p, ok := parent.Value(&cancelKey).(*cancelContext)
	if !ok {
		return nil, false
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p, p.done == done
}

func remove(parent Context, k child) {
	if s, ok := parent.(stopper); ok {
		s.stop()
		return
	}
	if p, ok := ancestor(parent); ok {
		p.mu.Lock()
		delete(p.children, k)
		p.mu.Unlock()
	}
}

// stopper is the parent of a context that hangs on a foreign one through its AfterFunc method.
type stopper struct {
	Context
	stop func() bool
}

// propagate makes k end when parent does. c is the part of k that holds the parent.
func (c *cancelContext) propagate(parent Context, k child) {
	c.Context = parent
	done := parent.Done()
	if done == nil {
		return
	}
	select {
	case <-done:
		k.cancel(false, parent.Err(), Cause(parent))
		return
	default:
	}
	if p, ok := ancestor(parent); ok {
		p.mu.Lock()
		if p.err != nil {
			err, cause := p.err, p.cause
			p.mu.Unlock()
			k.cancel(false, err, cause)
			return
		}
		if p.children == nil {
			p.children = make(map[child]struct{})
		}
		p.children[k] = struct{}{}
		p.mu.Unlock()
		return
	}
	if a, ok := parent.(interface{ AfterFunc(func()) func() bool }); ok {
		c.mu.Lock()
		stop := a.AfterFunc(func() { k.cancel(false, parent.Err(), Cause(parent)) })
		c.Context = stopper{parent, stop}
		c.mu.Unlock()
		return
	}
	go func() {
		select {
		case <-done:
			k.cancel(false, parent.Err(), Cause(parent))
		case <-c.Done():
		}
	}()
}

func withCancel(parent Context) *cancelContext {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	c := &cancelContext{}
	c.propagate(parent, c)
	return c
}

// WithCancel returns a context that ends with parent, or when cancel is called.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := withCancel(parent)
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithCancelCause is [WithCancel] with a reason, which [Cause] returns.
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := withCancel(parent)
	return c, func(cause error) { c.cancel(true, Canceled, cause) }
}

// Cause returns why c ended: what the first cancel said, else c.Err().
func Cause(c Context) error {
	if cc, ok := c.Value(&cancelKey).(*cancelContext); ok {
		cc.mu.Lock()
		cause := cc.cause
		cc.mu.Unlock()
		if cause != nil {
			return cause
		}
	}
	return c.Err()
}

type deadlineContext struct {
	cancelContext
	timer    *time.Timer // under mu
	deadline time.Time
}

func (c *deadlineContext) Deadline() (time.Time, bool) { return c.deadline, true }

func (c *deadlineContext) String() string {
	return name(c.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

func (c *deadlineContext) cancel(detach bool, err, cause error) {
	c.cancelContext.cancel(false, err, cause)
	if detach {
		remove(c.Context, c)
	}
	c.mu.Lock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
	c.mu.Unlock()
}

// WithDeadline returns a context that ends with parent, at d, or when cancel is called.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

// WithDeadlineCause is [WithDeadline] with the reason for ending at d.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if cur, ok := parent.Deadline(); ok && cur.Before(d) {
		return WithCancel(parent) // ends earlier anyway
	}
	c := &deadlineContext{deadline: d}
	c.propagate(parent, c)
	left := time.Until(d)
	if left <= 0 {
		c.cancel(true, DeadlineExceeded, cause)
		return c, func() { c.cancel(false, Canceled, nil) }
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err == nil {
		c.timer = time.AfterFunc(left, func() { c.cancel(true, DeadlineExceeded, cause) })
	}
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithTimeout is [WithDeadline] from now on.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

// WithTimeoutCause is [WithTimeout] with the reason for ending then.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

// AfterFunc runs f in a goroutine of its own when ctx has ended. stop prevents that, and reports whether it did.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &afterContext{f: f}
	a.propagate(ctx, a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.cancel(true, Canceled, nil)
		}
		return stopped
	}
}

type afterContext struct {
	cancelContext
	once sync.Once // either runs f or stops it
	f    func()
}

func (a *afterContext) cancel(detach bool, err, cause error) {
	a.cancelContext.cancel(false, err, cause)
	if detach {
		remove(a.Context, a)
	}
	a.once.Do(func() { go a.f() })
}

type valueContext struct {
	Context
	key, val any
}

// WithValue returns a context in which key has the value val. key must be comparable, and of a type of its own.
func WithValue(parent Context, key, val any) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if key == nil {
		panic("nil key")
	}
	if !comparable_(key) {
		panic("key is not comparable")
	}
	return &valueContext{parent, key, val}
}

func comparable_(v any) (ok bool) {
	defer func() { ok = recover() == nil }()
	_ = v == v
	return true
}

func (c *valueContext) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return value(c.Context, key)
}

func (c *valueContext) String() string {
	return name(c.Context) + ".WithValue(" + brief(c.key) + ", " + brief(c.val) + ")"
}

// brief describes a key or value without package fmt.
func brief(v any) string {
	switch s := v.(type) {
	case interface{ String() string }:
		return s.String()
	case string:
		return s
	case nil:
		return "<nil>"
	}
	return typeName(v)
}

// value walks up through the known kinds of contexts without recursion.
func value(c Context, key any) any {
	for {
		switch ctx := c.(type) {
		case *valueContext:
			if key == ctx.key {
				return ctx.val
			}
			c = ctx.Context
		case *cancelContext:
			if key == &cancelKey {
				return ctx
			}
			c = ctx.Context
		case *deadlineContext:
			if key == &cancelKey {
				return &ctx.cancelContext
			}
			c = ctx.Context
		case *afterContext:
			if key == &cancelKey {
				return &ctx.cancelContext
			}
			c = ctx.Context
		case withoutCancel:
			if key == &cancelKey {
				return nil // it ends with nobody
			}
			c = ctx.parent
		case *never:
			return nil
		default:
			return c.Value(key)
		}
	}
}

type withoutCancel struct{ parent Context }

// WithoutCancel returns a context with parent's values that does not end with parent.
func WithoutCancel(parent Context) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return withoutCancel{parent}
}

func (withoutCancel) Deadline() (deadline time.Time, ok bool) { return }
func (withoutCancel) Done() <-chan struct{}                   { return nil }
func (withoutCancel) Err() error                              { return nil }
func (c withoutCancel) Value(key any) any                     { return value(c, key) }
func (c withoutCancel) String() string                        { return name(c.parent) + ".WithoutCancel" }
