package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"time"
)

func main() {
	out, err := exec.Command("echo", "hello", "world").Output()
	fmt.Printf("%q %v\n", out, err)
	c := exec.Command("sh", "-c", "cat; echo err >&2; exit 3")
	c.Stdin = strings.NewReader("from stdin\n")
	out, err = c.CombinedOutput()
	fmt.Printf("%q %v\n", out, err)
	var ee *exec.ExitError
	fmt.Println(errors.As(err, &ee), ee.ExitCode(), ee.Success(), ee.Exited())
	_, err = exec.Command("sh", "-c", "echo oops >&2; exit 1").Output()
	errors.As(err, &ee)
	fmt.Printf("%v %q\n", err, ee.Stderr)
	_, err = exec.Command("no-such-program-here").Output()
	fmt.Println(err, errors.Is(err, exec.ErrNotFound))
	err = exec.Command("/no/such/program").Run()
	fmt.Println(err, errors.Is(err, os.ErrNotExist))
	c = exec.Command("pwd")
	c.Dir = "/usr"
	out, err = c.Output()
	fmt.Printf("%q %v\n", out, err)
	c = exec.Command("pwd")
	c.Dir = "/nonexistent"
	fmt.Println(c.Run())
	c = exec.Command("sh", "-c", "echo $FOO $BAR")
	c.Env = []string{"FOO=1", "BAR=2", "FOO=3"}
	out, err = c.Output()
	fmt.Printf("%q %v\n", out, err)

	c = exec.Command("cat")
	in, _ := c.StdinPipe()
	so, _ := c.StdoutPipe()
	fmt.Println(c.Start())
	go func() {
		for i := range 3 {
			fmt.Fprintln(in, "line", i)
		}
		in.Close()
	}()
	b, err := io.ReadAll(so)
	fmt.Printf("%q %v\n", b, err)
	fmt.Println(c.Wait(), c.ProcessState, c.ProcessState.Pid() == c.Process.Pid)
	fmt.Println(c.Wait())

	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Millisecond)
	defer cancel()
	start := time.Now()
	err = exec.CommandContext(ctx, "sleep", "10").Run()
	fmt.Println(err, time.Since(start) < 5*time.Second, ctx.Err())
	c = exec.Command("sleep", "10")
	c.Start()
	fmt.Println(c.Process.Signal(syscall.SIGTERM))
	err = c.Wait()
	ws := c.ProcessState.Sys().(syscall.WaitStatus)
	fmt.Println(err, ws.Signaled(), ws.Signal(), c.ProcessState.ExitCode())
	fmt.Println(c.Process.Kill())
	// many at once
	res := make(chan string)
	for i := range 20 {
		go func() {
			var buf bytes.Buffer
			c := exec.Command("sh", "-c", fmt.Sprintf("echo %d", i*i))
			c.Stdout = &buf
			if err := c.Run(); err != nil {
				res <- err.Error()
				return
			}
			res <- strings.TrimSpace(buf.String())
		}()
	}
	sum := 0
	for range 20 {
		var n int
		fmt.Sscan(<-res, &n)
		sum += n
	}
	fmt.Println(sum)
	r, w, _ := os.Pipe()
	c = exec.Command("sh", "-c", "echo extra >&3")
	c.ExtraFiles = []*os.File{w}
	fmt.Println(c.Run())
	w.Close()
	b, err = io.ReadAll(r)
	fmt.Printf("%q %v\n", b, err)
	fmt.Println(exec.Command("ls", "-l", "a b").String() != "", exec.Command("/bin/ls", "x"))
	p, err := os.StartProcess("/bin/true", []string{"true"}, &os.ProcAttr{})
	fmt.Println(err)
	st, err := p.Wait()
	fmt.Println(st, err)
	_, err = p.Wait()
	fmt.Println(err)
	_, err = exec.LookPath("./nothere")
	fmt.Println(err)
	// a child's SIGPIPE is the default one
	out, err = exec.Command("sh", "-c", "yes | head -1").Output()
	fmt.Printf("%q %v\n", out, err)
}
