// Package context carries deadlines, cancellation and values of a request to all that work on it.
package context

import (
	"errors"
	"sync"
	"time"
)

// Context is the state of a request. Its methods may be called by any goroutine.
type Context interface {
	// Deadline returns when work should end, if there is such a time.
	Deadline() (deadline time.Time, ok bool)
	// Done returns a channel that is closed when work should end; nil if that never happens.
	Done() <-chan struct{}
	// Err says why Done is closed, nil if it is not: [Canceled] or [DeadlineExceeded].
	Err() error
	// Value returns the value for a key, or nil.
	Value(key any) any
}

// Canceled is the error of a canceled context.
var Canceled = errors.New("context canceled")

// DeadlineExceeded is the error of a context whose time is over.
var DeadlineExceeded error = deadlineExceededError{}

type deadlineExceededError struct{}

func (deadlineExceededError) Error() string   { return "context deadline exceeded" }
func (deadlineExceededError) Timeout() bool   { return true }
func (deadlineExceededError) Temporary() bool { return true }

type emptyCtx struct{}

func (emptyCtx) Deadline() (deadline time.Time, ok bool) { return deadline, false }
func (emptyCtx) Done() <-chan struct{}                   { return nil }
func (emptyCtx) Err() error                              { return nil }
func (emptyCtx) Value(key any) any                       { return nil }

type backgroundCtx struct{ emptyCtx }

func (backgroundCtx) String() string { return "context.Background" }

type todoCtx struct{ emptyCtx }

func (todoCtx) String() string { return "context.TODO" }

// Background returns the root of all contexts.
func Background() Context { return backgroundCtx{} }

// TODO returns a context for where it is not clear yet which one to use.
func TODO() Context { return todoCtx{} }

// CancelFunc cancels a context. After the first call it does nothing.
type CancelFunc func()

// CancelCauseFunc cancels a context and says why.
type CancelCauseFunc func(cause error)

// WithCancel returns a child of parent that can be canceled.
func WithCancel(parent Context) (ctx Context, cancel CancelFunc) {
	c := withCancel(parent)
	return c, func() { c.cancel(true, Canceled, nil) }
}

// WithCancelCause is like [WithCancel] with a cause for [Cause].
func WithCancelCause(parent Context) (ctx Context, cancel CancelCauseFunc) {
	c := withCancel(parent)
	return c, func(cause error) { c.cancel(true, Canceled, cause) }
}

func withCancel(parent Context) *cancelCtx {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	c := new(cancelCtx)
	c.attach(parent, c)
	return c
}

// Cause returns why c was canceled: what was said then, or else c.Err().
func Cause(c Context) error {
	err := c.Err()
	if err == nil {
		return nil
	}
	if cc, ok := c.Value(&cancelCtxKey).(*cancelCtx); ok {
		cc.mu.Lock()
		defer cc.mu.Unlock()
		if cc.cause != nil {
			return cc.cause
		}
	}
	return err
}

// canceler is a context that its parent can cancel.
type canceler interface {
	cancel(detach bool, err, cause error)
	Done() <-chan struct{}
}

// cancelCtxKey is the key for which a context gives the nearest cancelCtx.
var cancelCtxKey int

var closedChan = func() chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}()

type cancelCtx struct {
	Context

	mu       sync.Mutex
	done     chan struct{} // made when asked for
	children map[canceler]struct{}
	err      error // set when canceled
	cause    error
}

func (c *cancelCtx) Value(key any) any {
	if key == &cancelCtxKey {
		return c
	}
	return value(c.Context, key)
}

func (c *cancelCtx) Done() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.done == nil {
		c.done = make(chan struct{})
	}
	return c.done
}

func (c *cancelCtx) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.err
}

// nearest returns the cancelCtx that parent's Done belongs to, if it is one of ours.
func nearest(parent Context) (*cancelCtx, bool) {
	done := parent.Done()
	if done == nil || done == closedChan {
		return nil, false
	}
	p, ok := parent.Value(&cancelCtxKey).(*cancelCtx)
	if !ok || p.Done() != done {
		return nil, false
	}
	return p, true
}

// stopCtx is a parent that knows how to call a function when it is canceled.
type stopCtx struct {
	Context
	stop func() bool
}

// attach makes child, whose cancelCtx is c, end with parent.
func (c *cancelCtx) attach(parent Context, child canceler) {
	c.Context = parent
	done := parent.Done()
	if done == nil {
		return
	}
	select {
	case <-done:
		child.cancel(false, parent.Err(), Cause(parent))
		return
	default:
	}
	if p, ok := nearest(parent); ok {
		p.mu.Lock()
		err, cause := p.err, p.cause
		if err == nil {
			if p.children == nil {
				p.children = make(map[canceler]struct{})
			}
			p.children[child] = struct{}{}
		}
		p.mu.Unlock()
		if err != nil {
			child.cancel(false, err, cause)
		}
		return
	}
	if a, ok := parent.(interface{ AfterFunc(func()) func() bool }); ok {
		c.mu.Lock()
		defer c.mu.Unlock()
		stop := a.AfterFunc(func() { child.cancel(false, parent.Err(), Cause(parent)) })
		c.Context = stopCtx{parent, stop}
		return
	}
	go func() {
		select {
		case <-done:
			child.cancel(false, parent.Err(), Cause(parent))
		case <-child.Done():
		}
	}()
}

// detach makes parent forget child.
func detach(parent Context, child canceler) {
	if s, ok := parent.(stopCtx); ok {
		s.stop()
		return
	}
	if p, ok := nearest(parent); ok {
		p.mu.Lock()
		delete(p.children, child)
		p.mu.Unlock()
	}
}

func (c *cancelCtx) cancel(fromParent bool, err, cause error) {
	c.end(err, cause)
	if fromParent {
		detach(c.Context, c)
	}
}

// end closes Done and cancels the children. False: that was done before.
func (c *cancelCtx) end(err, cause error) bool {
	if cause == nil {
		cause = err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.err != nil {
		return false
	}
	c.err, c.cause = err, cause
	if c.done == nil {
		c.done = closedChan
	} else {
		close(c.done)
	}
	for child := range c.children {
		child.cancel(false, err, cause)
	}
	c.children = nil
	return true
}

// AfterFunc calls f in its own goroutine when ctx is done, at once if it is. stop keeps it from that; true: it did.
func AfterFunc(ctx Context, f func()) (stop func() bool) {
	a := &afterFuncCtx{f: f}
	a.cancelCtx.attach(ctx, a)
	return func() bool {
		stopped := false
		a.once.Do(func() { stopped = true })
		if stopped {
			a.cancel(true, Canceled, nil)
		}
		return stopped
	}
}

type afterFuncCtx struct {
	cancelCtx
	once sync.Once // f is started, or kept from it
	f    func()
}

func (a *afterFuncCtx) cancel(fromParent bool, err, cause error) {
	a.end(err, cause)
	if fromParent {
		detach(a.Context, a)
	}
	a.once.Do(func() { go a.f() })
}

// WithoutCancel returns a child of parent that is not canceled with it.
func WithoutCancel(parent Context) Context {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	return withoutCancelCtx{parent}
}

type withoutCancelCtx struct {
	c Context
}

func (withoutCancelCtx) Deadline() (deadline time.Time, ok bool) { return deadline, false }
func (withoutCancelCtx) Done() <-chan struct{}                   { return nil }
func (withoutCancelCtx) Err() error                              { return nil }
func (c withoutCancelCtx) Value(key any) any                     { return value(c, key) }

// WithDeadline returns a child of parent that is canceled at d at the latest.
func WithDeadline(parent Context, d time.Time) (Context, CancelFunc) {
	return WithDeadlineCause(parent, d, nil)
}

// WithDeadlineCause is like [WithDeadline] with a cause for [Cause] when the time is over.
func WithDeadlineCause(parent Context, d time.Time, cause error) (Context, CancelFunc) {
	if parent == nil {
		panic("cannot create context from nil parent")
	}
	if cur, ok := parent.Deadline(); ok && cur.Before(d) {
		return WithCancel(parent) // it ends earlier anyway
	}
	c := &timerCtx{deadline: d}
	c.cancelCtx.attach(parent, c)
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

type timerCtx struct {
	cancelCtx
	timer *time.Timer // under mu

	deadline time.Time
}

func (c *timerCtx) Deadline() (deadline time.Time, ok bool) { return c.deadline, true }

func (c *timerCtx) cancel(fromParent bool, err, cause error) {
	c.end(err, cause)
	if fromParent {
		detach(c.Context, c)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.timer != nil {
		c.timer.Stop()
		c.timer = nil
	}
}

// WithTimeout is [WithDeadline] for a time from now.
func WithTimeout(parent Context, timeout time.Duration) (Context, CancelFunc) {
	return WithDeadline(parent, time.Now().Add(timeout))
}

// WithTimeoutCause is [WithDeadlineCause] for a time from now.
func WithTimeoutCause(parent Context, timeout time.Duration, cause error) (Context, CancelFunc) {
	return WithDeadlineCause(parent, time.Now().Add(timeout), cause)
}

// comparable_ reports whether v can be compared.
func comparable_(v any) bool

// typeName returns the type of v as %T prints it.
func typeName(v any) string

// WithValue returns a child of parent with a value for a key. Keys of types of their own do not collide.
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
	return &valueCtx{parent, key, val}
}

type valueCtx struct {
	Context
	key, val any
}

func (c *valueCtx) Value(key any) any {
	if c.key == key {
		return c.val
	}
	return value(c.Context, key)
}

// value looks a key up without recursion where it can.
func value(c Context, key any) any {
	for {
		switch ctx := c.(type) {
		case *valueCtx:
			if key == ctx.key {
				return ctx.val
			}
			c = ctx.Context
		case *cancelCtx:
			if key == &cancelCtxKey {
				return ctx
			}
			c = ctx.Context
		case *timerCtx:
			if key == &cancelCtxKey {
				return &ctx.cancelCtx
			}
			c = ctx.Context
		case withoutCancelCtx:
			if key == &cancelCtxKey {
				return nil
			}
			c = ctx.c
		case backgroundCtx, todoCtx:
			return nil
		default:
			return c.Value(key)
		}
	}
}

func name(c Context) string {
	if s, ok := c.(interface{ String() string }); ok {
		return s.String()
	}
	return typeName(c)
}

func text(v any) string {
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

func (c *cancelCtx) String() string       { return name(c.Context) + ".WithCancel" }
func (c withoutCancelCtx) String() string { return name(c.c) + ".WithoutCancel" }

func (c *timerCtx) String() string {
	return name(c.Context) + ".WithDeadline(" + c.deadline.String() + " [" + time.Until(c.deadline).String() + "])"
}

func (c *valueCtx) String() string {
	return name(c.Context) + ".WithValue(" + text(c.key) + ", " + text(c.val) + ")"
}
