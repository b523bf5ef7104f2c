package net

import (
	"io"
	"os"
	"sync"
	"time"
)

// Pipe returns two connected ends in memory, without a buffer: each Write waits for the Reads that take it.
func Pipe() (Conn, Conn) {
	ab, ba := newHalf(), newHalf()
	a := &pipe{out: ab, in: ba}
	b := &pipe{out: ba, in: ab}
	return a, b
}

// half is one direction.
type half struct {
	data     chan []byte
	taken    chan int // how much of it was read
	wr       sync.Mutex
	readEnd  chan struct{} // closed when the reader has gone
	writeEnd chan struct{}
	once     [2]sync.Once
}

func newHalf() *half {
	return &half{
		data: make(chan []byte), taken: make(chan int),
		readEnd: make(chan struct{}), writeEnd: make(chan struct{}),
	}
}

// pipe is one end.
type pipe struct {
	out, in     *half
	read, write pipeDeadline
}

// pipeDeadline is a channel that is closed when the time has come.
type pipeDeadline struct {
	mu    sync.Mutex
	timer *time.Timer
	over  chan struct{}
}

func (d *pipeDeadline) wait() chan struct{} {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.over == nil {
		d.over = make(chan struct{})
	}
	return d.over
}

func (d *pipeDeadline) set(t time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.over == nil {
		d.over = make(chan struct{})
	}
	if d.timer != nil && !d.timer.Stop() {
		<-d.over // it is just being closed
	}
	d.timer = nil
	closed := isClosed(d.over)
	if t.IsZero() {
		if closed {
			d.over = make(chan struct{})
		}
		return
	}
	if left := time.Until(t); left > 0 {
		if closed {
			d.over = make(chan struct{})
		}
		over := d.over
		d.timer = time.AfterFunc(left, func() { close(over) })
	} else if !closed {
		close(d.over)
	}
}

func isClosed(c chan struct{}) bool {
	select {
	case <-c:
		return true
	default:
		return false
	}
}

type pipeAddr struct{}

func (pipeAddr) Network() string { return "pipe" }
func (pipeAddr) String() string  { return "pipe" }

func (*pipe) LocalAddr() Addr  { return pipeAddr{} }
func (*pipe) RemoteAddr() Addr { return pipeAddr{} }

func (p *pipe) Read(b []byte) (int, error) {
	n, err := p.doRead(b)
	if err != nil && err != io.EOF && err != io.ErrClosedPipe {
		err = &OpError{Op: "read", Net: "pipe", Err: err}
	}
	return n, err
}

func (p *pipe) doRead(b []byte) (int, error) {
	over := p.read.wait()
	switch {
	case isClosed(p.in.readEnd):
		return 0, io.ErrClosedPipe
	case isClosed(p.in.writeEnd):
		return 0, io.EOF
	case isClosed(over):
		return 0, os.ErrDeadlineExceeded
	}
	select {
	case data := <-p.in.data:
		n := copy(b, data)
		p.in.taken <- n
		return n, nil
	case <-p.in.readEnd:
		return 0, io.ErrClosedPipe
	case <-p.in.writeEnd:
		return 0, io.EOF
	case <-over:
		return 0, os.ErrDeadlineExceeded
	}
}

func (p *pipe) Write(b []byte) (int, error) {
	n, err := p.doWrite(b)
	if err != nil && err != io.ErrClosedPipe {
		err = &OpError{Op: "write", Net: "pipe", Err: err}
	}
	return n, err
}

func (p *pipe) doWrite(b []byte) (n int, err error) {
	over := p.write.wait()
	switch {
	case isClosed(p.out.writeEnd), isClosed(p.out.readEnd):
		return 0, io.ErrClosedPipe
	case isClosed(over):
		return 0, os.ErrDeadlineExceeded
	}
	p.out.wr.Lock()
	defer p.out.wr.Unlock()
	for once := true; once || len(b) > 0; once = false {
		select {
		case p.out.data <- b:
			m := <-p.out.taken
			b = b[m:]
			n += m
		case <-p.out.writeEnd:
			return n, io.ErrClosedPipe
		case <-p.out.readEnd:
			return n, io.ErrClosedPipe
		case <-over:
			return n, os.ErrDeadlineExceeded
		}
	}
	return n, nil
}

func (p *pipe) Close() error {
	p.in.once[0].Do(func() { close(p.in.readEnd) })
	p.out.once[1].Do(func() { close(p.out.writeEnd) })
	return nil
}

func (p *pipe) closed() bool { return isClosed(p.in.readEnd) || isClosed(p.in.writeEnd) }

func (p *pipe) SetDeadline(t time.Time) error {
	if p.closed() {
		return io.ErrClosedPipe
	}
	p.read.set(t)
	p.write.set(t)
	return nil
}

func (p *pipe) SetReadDeadline(t time.Time) error {
	if p.closed() {
		return io.ErrClosedPipe
	}
	p.read.set(t)
	return nil
}

func (p *pipe) SetWriteDeadline(t time.Time) error {
	if p.closed() {
		return io.ErrClosedPipe
	}
	p.write.set(t)
	return nil
}
