// What descriptors make ready is shared out: a busy waker does not keep it from the other processor, and two that become
// ready together run side by side.
package main

import (
	"fmt"
	"io"
	"net"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

type conn interface {
	io.Reader
	io.Writer
	io.Closer
}

func tcp(l net.Listener) (conn, conn) {
	a, err := net.Dial("tcp", l.Addr().String())
	check(err)
	b, err := l.Accept()
	check(err)
	return a, b
}

func pipe() (conn, conn) {
	r, w, err := os.Pipe()
	check(err)
	return w, r
}

// The writer never waits: only somebody else can serve the reader.
func busyWaker(name string, w, r conn) {
	var served atomic.Int64
	done := make(chan bool)
	go func() {
		defer close(done)
		buf := make([]byte, 16)
		for {
			n, err := r.Read(buf)
			if err != nil {
				return
			}
			served.Add(int64(n))
		}
	}()
	for i := int64(1); i <= 50; i++ {
		_, err := w.Write([]byte{byte(i)})
		check(err)
		for served.Load() != i {
		}
	}
	check(w.Close())
	<-done
	check(r.Close())
	fmt.Println(name, "served", served.Load())
}

// Each reader, once woken, runs on until the other has been woken, too.
func together(l net.Listener) {
	const rounds = 50
	var met [rounds]atomic.Int64
	var ends [2][2]conn
	for i := range ends {
		ends[i][0], ends[i][1] = tcp(l)
	}
	var wg sync.WaitGroup
	next := make(chan bool, len(ends))
	for _, e := range ends {
		wg.Go(func() {
			buf := make([]byte, 16)
			for i := range rounds {
				_, err := io.ReadFull(e[1], buf[:1])
				check(err)
				met[i].Add(1)
				for met[i].Load() != int64(len(ends)) {
				}
				next <- true
			}
		})
	}
	for range rounds {
		for _, e := range ends {
			_, err := e[0].Write([]byte{1})
			check(err)
		}
		for range ends {
			<-next
		}
	}
	wg.Wait()
	for _, e := range ends {
		check(e[0].Close())
		check(e[1].Close())
	}
	fmt.Println("together", rounds)
}

// Many connections, both halves here: every round trip of every one arrives.
func exchange(l net.Listener, conns, trips int) {
	var wg sync.WaitGroup
	var bytes atomic.Int64
	for range conns {
		a, b := tcp(l)
		wg.Go(func() {
			_, err := io.Copy(b, b)
			check(err)
			check(b.Close())
		})
		wg.Go(func() {
			buf := make([]byte, 64)
			for range trips {
				_, err := a.Write(buf)
				check(err)
				n, err := io.ReadFull(a, buf)
				check(err)
				bytes.Add(int64(n))
			}
			check(a.Close())
		})
	}
	wg.Wait()
	fmt.Println("exchanged", bytes.Load())
}

func main() {
	runtime.GOMAXPROCS(2)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	a, b := tcp(l)
	busyWaker("tcp", a, b)
	w, r := pipe()
	busyWaker("pipe", w, r)
	together(l)
	for _, procs := range []int{1, 2, 3, 8} {
		runtime.GOMAXPROCS(procs)
		exchange(l, 32, 30)
	}
	check(l.Close())
}
