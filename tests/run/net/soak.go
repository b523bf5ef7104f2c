// Sockets of all kinds, HTTP and processes under load, with peers that come, go and misbehave; afterwards no descriptor, no
// goroutine and no memory is missing. Two seconds, or as long as the environment says:
//
//	SOAK=10m minigo run tests/run/net/soak.go
package main

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// descriptors counts the open files.
func descriptors() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return 0
	}
	return len(list)
}

// resident is how much memory the process has, in MiB.
func resident() int {
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	pages, _ := strconv.Atoi(strings.Fields(string(b))[1])
	return pages * 4096 >> 20
}

// pattern is what is sent, so that it can be checked.
func pattern(n int) []byte {
	b := make([]byte, n)
	x := byte(n)
	for i := range b {
		b[i] = x
		x = x*5 + 1
	}
	return b
}

func echo(c net.Conn) {
	defer c.Close()
	io.Copy(c, c)
}

func serve(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go echo(c)
	}
}

// talk exchanges messages with an echo server, and ends in one of several ways.
func talk(network, addr string, r *rand.Rand) error {
	c, err := net.DialTimeout(network, addr, time.Minute)
	if err != nil {
		return err
	}
	defer c.Close()
	for range 1 + r.IntN(5) {
		out := pattern(1 + r.IntN(1<<(1+r.IntN(16))))
		sent := make(chan error, 1)
		go func() {
			_, err := c.Write(out)
			sent <- err
		}()
		in := make([]byte, len(out))
		if _, err := io.ReadFull(c, in); err != nil {
			return fmt.Errorf("read: %w", err)
		}
		if err := <-sent; err != nil {
			return fmt.Errorf("write: %w", err)
		}
		if string(in) != string(out) {
			return fmt.Errorf("%d bytes came back changed", len(out))
		}
	}
	switch r.IntN(5) {
	case 0: // a reset
		if t, ok := c.(*net.TCPConn); ok {
			t.SetLinger(0)
			t.Write([]byte("lost"))
		}
	case 1: // half closed
		if t, ok := c.(interface{ CloseWrite() error }); ok {
			c.Write([]byte("last words"))
			t.CloseWrite()
			if b, err := io.ReadAll(c); string(b) != "last words" || err != nil {
				return fmt.Errorf("half closed: %q %v", b, err)
			}
		}
	case 2: // closed under a read
		time.AfterFunc(time.Duration(r.IntN(2000))*time.Microsecond, func() { c.Close() })
		if n, err := c.Read(make([]byte, 1)); n != 0 || err == nil {
			return fmt.Errorf("closed under a read: %d %v", n, err)
		}
	case 3: // deadlines
		c.SetReadDeadline(time.Now().Add(time.Duration(r.IntN(2000)) * time.Microsecond))
		if n, err := c.Read(make([]byte, 1)); n != 0 || !os.IsTimeout(err) {
			return fmt.Errorf("deadline: %d %v", n, err)
		}
	}
	return nil
}

func datagrams(r *rand.Rand) error {
	a, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	defer a.Close()
	c, err := net.Dial("udp", a.LocalAddr().String())
	if err != nil {
		return err
	}
	defer c.Close()
	b := make([]byte, 2000)
	for range 5 {
		out := pattern(r.IntN(1000))
		c.Write(out)
		n, from, err := a.ReadFrom(b)
		if err != nil || string(b[:n]) != string(out) {
			return fmt.Errorf("datagram: %d of %d, %v", n, len(out), err)
		}
		a.WriteTo(b[:n], from)
		if n, err = c.Read(b); err != nil || n != len(out) {
			return fmt.Errorf("datagram back: %d of %d, %v", n, len(out), err)
		}
	}
	return nil
}

func web(client *http.Client, url string, r *rand.Rand) error {
	out := pattern(r.IntN(1 << (1 + r.IntN(16))))
	var body io.Reader = strings.NewReader(string(out))
	if r.IntN(2) == 0 {
		body = io.LimitReader(body, int64(len(out))) // of unknown length
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	path := "/echo"
	if r.IntN(10) == 0 {
		path = "/slow"
		time.AfterFunc(time.Duration(r.IntN(2000))*time.Microsecond, cancel)
	}
	req := must(http.NewRequestWithContext(ctx, "POST", url+path, body))
	resp, err := client.Do(req)
	if path == "/slow" {
		if err == nil {
			resp.Body.Close()
			return fmt.Errorf("a request was answered that should not be")
		}
		return nil
	}
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if r.IntN(10) == 0 {
		return nil // not interested
	}
	in, err := io.ReadAll(resp.Body)
	if err != nil || string(in) != string(out) {
		return fmt.Errorf("http: %d of %d bytes, %v", len(in), len(out), err)
	}
	return nil
}

func process() error {
	cmd := exec.Command("cat")
	cmd.Stdin = strings.NewReader("through a process")
	out, err := cmd.Output()
	if err != nil || string(out) != "through a process" {
		return fmt.Errorf("process: %q %v", out, err)
	}
	return nil
}

func pipes(r *rand.Rand) error {
	from, to, err := os.Pipe()
	if err != nil {
		return err
	}
	out := pattern(r.IntN(200_000))
	go func() {
		to.Write(out)
		to.Close()
	}()
	in, err := io.ReadAll(from)
	from.Close()
	if err != nil || string(in) != string(out) {
		return fmt.Errorf("pipe: %d of %d bytes, %v", len(in), len(out), err)
	}
	return nil
}

func main() {
	length := 2 * time.Second
	if s := os.Getenv("SOAK"); s != "" {
		length = must(time.ParseDuration(s))
	}
	verbose := length > time.Minute
	process() // the first of each kind leaves something for the following ones
	dir := must(os.MkdirTemp("", "soak"))
	defer os.RemoveAll(dir)
	warm := must(net.Listen("tcp", "127.0.0.1:0"))
	warm.Close()
	files, goroutines := descriptors(), runtime.NumGoroutine()

	tcp := must(net.Listen("tcp", "127.0.0.1:0"))
	unix := must(net.Listen("unix", filepath.Join(dir, "s")))
	go serve(tcp)
	go serve(unix)
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow" {
			io.Copy(io.Discard, r.Body)
			<-r.Context().Done()
			return
		}
		b, err := io.ReadAll(r.Body)
		if err == nil {
			w.Write(b)
		}
	})}
	hl := must(net.Listen("tcp", "127.0.0.1:0"))
	go server.Serve(hl)
	transport := &http.Transport{MaxIdleConnsPerHost: 4}
	client := &http.Client{Transport: transport}

	var done atomic.Int64
	var wg sync.WaitGroup
	var failed atomic.Bool
	end := time.Now().Add(length)
	for i := range 16 {
		wg.Go(func() {
			r := rand.New(rand.NewPCG(uint64(i), 1))
			for time.Now().Before(end) && !failed.Load() {
				var err error
				switch k := r.IntN(100); {
				case k < 40:
					err = talk("tcp", tcp.Addr().String(), r)
				case k < 55:
					err = talk("unix", unix.Addr().String(), r)
				case k < 65:
					err = datagrams(r)
				case k < 90:
					err = web(client, "http://"+hl.Addr().String(), r)
				case k < 99:
					err = pipes(r)
				default:
					err = process()
				}
				if err != nil {
					fmt.Println(err)
					failed.Store(true)
				}
				done.Add(1)
			}
		})
	}
	middle := 0
	stop := make(chan bool)
	watched := make(chan bool)
	go func() {
		defer close(watched)
		for {
			select {
			case <-stop:
				return
			case <-time.After(length / 20):
				left := time.Until(end)
				if middle == 0 && left < length/2 {
					middle = resident()
				}
				if verbose {
					fmt.Fprintln(os.Stderr, left.Round(time.Second), "left:", done.Load(), "exchanges,", descriptors(), "descriptors,",
						runtime.NumGoroutine(), "goroutines,", resident(), "MiB")
				}
			}
		}
	}()
	wg.Wait()
	close(stop)
	<-watched
	last := resident()
	transport.CloseIdleConnections()
	tcp.Close()
	unix.Close()
	if err := server.Shutdown(context.Background()); err != nil {
		fmt.Println(err)
	}
	// What is under way ends soon.
	for range 2000 {
		if descriptors() <= files && runtime.NumGoroutine() <= goroutines {
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	fmt.Println("exchanges:", done.Load() > 10)
	fmt.Println("descriptors left behind:", max(0, descriptors()-files))
	fmt.Println("goroutines left behind:", max(0, runtime.NumGoroutine()-goroutines))
	fmt.Println("memory grows:", middle > 0 && last > middle+middle/2+50)
	if verbose {
		fmt.Fprintln(os.Stderr, done.Load(), "exchanges; MiB in the middle and at the end:", middle, last)
	}
}
