// os/exec and os/signal in the corners: WaitDelay, Cancel, misuse and its errors, statuses, readers and writers that fail.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

func main() {
	// WaitDelay
	c := exec.Command("sh", "-c", "sleep 3 & echo started")
	var buf bytes.Buffer
	c.Stdout = &buf
	c.WaitDelay = 50 * time.Millisecond
	t := time.Now()
	err := c.Run()
	fmt.Println(err, errors.Is(err, exec.ErrWaitDelay), time.Since(t) < 2*time.Second, buf.String())
	// Cancel hook
	ctx, cancel := context.WithCancel(context.Background())
	c = exec.CommandContext(ctx, "sh", "-c", "trap 'echo term; exit 7' TERM; echo ready; while :; do sleep 0.01; done")
	c.Cancel = func() error { return c.Process.Signal(syscall.SIGTERM) }
	out, _ := c.StdoutPipe()
	fmt.Println(c.Start())
	b := make([]byte, 10)
	n, _ := out.Read(b)
	fmt.Printf("%q\n", b[:n])
	cancel()
	rest, _ := io.ReadAll(out)
	err = c.Wait()
	fmt.Printf("%q %v %v\n", rest, err, errors.Is(err, context.Canceled))
	// Already done
	err = exec.CommandContext(ctx, "true").Run()
	fmt.Println(err)
	// Cancel with ErrProcessDone
	ctx, cancel = context.WithCancel(context.Background())
	c = exec.CommandContext(ctx, "sleep", "5")
	c.Cancel = func() error { c.Process.Kill(); return errors.New("my cancel") }
	c.Start()
	cancel()
	fmt.Println(c.Wait())
	// misuse
	c = exec.Command("true")
	fmt.Println(c.Wait())
	c.Start()
	fmt.Println(c.Start())
	c.Wait()
	_, err = c.StdinPipe()
	fmt.Println(err)
	_, err = c.StdoutPipe()
	fmt.Println(err)
	c = exec.Command("true")
	c.Stdout = &buf
	_, err = c.Output()
	fmt.Println(err)
	_, err = c.CombinedOutput()
	fmt.Println(err)
	_, err = c.StdoutPipe()
	fmt.Println(err)
	c = &exec.Cmd{}
	fmt.Println(c.Run())
	fmt.Println(exec.CommandContext(context.Background(), "true").Run())
	func() {
		defer func() { fmt.Println(recover()) }()
		exec.CommandContext(nil, "true")
	}()
	// errors
	dir, _ := os.MkdirTemp("", "ex")
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "plain")
	os.WriteFile(file, []byte("hello"), 0644)
	err = exec.Command(file).Run()
	fmt.Println(strings.ReplaceAll(err.Error(), dir, "DIR"), errors.Is(err, os.ErrPermission))
	os.Chmod(file, 0755)
	err = exec.Command(file).Run()
	fmt.Println(strings.ReplaceAll(fmt.Sprint(err), dir, "DIR"))
	err = exec.Command(dir).Run()
	fmt.Println(strings.ReplaceAll(fmt.Sprint(err), dir, "DIR"))
	_, err = exec.LookPath(file)
	fmt.Println(err)
	_, err = exec.LookPath(dir)
	fmt.Println(strings.ReplaceAll(fmt.Sprint(err), dir, "DIR"))
	_, err = exec.LookPath("no/such")
	var ee *exec.Error
	fmt.Println(err, errors.As(err, &ee), ee.Name, ee.Err)
	os.Setenv("PATH", "")
	_, err = exec.LookPath("ls")
	fmt.Println(err)
	os.Setenv("PATH", ".:/bin:/usr/bin")
	wd, _ := os.Getwd()
	os.Chdir(dir)
	_, err = exec.LookPath("plain")
	fmt.Println(err, errors.Is(err, exec.ErrDot))
	err = exec.Command("plain").Run()
	fmt.Println(err)
	os.Chdir(wd)
	// statuses
	for _, s := range []string{"exit 0", "exit 255", "kill -9 $$", "kill -SEGV $$", "kill -TERM $$"} {
		c := exec.Command("sh", "-c", s)
		err := c.Run()
		ps := c.ProcessState
		fmt.Println(s, err, ps.ExitCode(), ps.Success(), ps.Exited(), ps)
		_ = ps.UserTime()
		_ = ps.SysUsage().(*syscall.Rusage)
	}
	// stdin variants
	c = exec.Command("cat")
	f, _ := os.Open(file)
	c.Stdin = f
	o, err := c.Output()
	fmt.Printf("%q %v\n", o, err)
	c = exec.Command("head", "-c", "3")
	c.Stdin = strings.NewReader(strings.Repeat("x", 1<<20))
	o, err = c.Output()
	fmt.Printf("%q %v\n", o, err)
	c = exec.Command("cat")
	c.Stdin = io.MultiReader(strings.NewReader("a"), errR{})
	o, err = c.Output()
	fmt.Printf("%q %v\n", o, err)
	c = exec.Command("sh", "-c", "echo out; echo err >&2")
	c.Stdout, c.Stderr = &buf, &buf
	buf.Reset()
	fmt.Println(c.Run(), buf.Len())
	c = exec.Command("sh", "-c", "echo long output; sleep 0.1; echo more")
	c.Stdout = errW{}
	fmt.Println(c.Run())
	c = exec.Command("env")
	c.Env = []string{}
	o, err = c.Output()
	fmt.Printf("%q %v\n", o, err)
	c = exec.Command("sh", "-c", "echo $A-$PWD")
	c.Env = append(c.Environ(), "A=1", "A=2", "bad")
	c.Dir = "/"
	o, err = c.Output()
	fmt.Printf("%q %v\n", o, err)
	c = exec.Command("printenv", "PWD")
	c.Dir = "/usr"
	o, err = c.Output()
	fmt.Printf("%q %v\n", o, err)
	c = exec.Command("echo", "nul\x00byte")
	fmt.Println(c.Run())
	c = exec.Command("sh", "-c", "ps -o pgid= -p $$ | tr -d ' '")
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	o, err = c.Output()
	fmt.Println(strings.TrimSpace(string(o)) == fmt.Sprint(c.Process.Pid), err)
	// large stderr is cut
	_, err = exec.Command("sh", "-c", "head -c 100000 /dev/zero | tr '\\0' x >&2; exit 1").Output()
	var xe *exec.ExitError
	errors.As(err, &xe)
	fmt.Println(len(xe.Stderr) < 70000, strings.Contains(string(xe.Stderr), "omitting"))
	// processes
	p, err := os.FindProcess(os.Getpid())
	fmt.Println(p.Pid == os.Getpid(), err, p.Signal(syscall.Signal(0)))
	p, err = os.FindProcess(99999999)
	fmt.Println(err)
	if p != nil {
		fmt.Println(p.Signal(syscall.Signal(0)))
	}
	c = exec.Command("sleep", "10")
	c.Start()
	p, _ = os.FindProcess(c.Process.Pid)
	fmt.Println(p.Kill())
	fmt.Println(c.Wait())
	fmt.Println(p.Signal(syscall.SIGTERM))
	fmt.Println(c.Process.Release(), c.Process.Signal(syscall.SIGTERM))
	_, err = os.StartProcess("/no/such", []string{"x"}, &os.ProcAttr{})
	fmt.Println(err)
	fmt.Println(c.String(), c.Args, c.Path)
	// signals
	ch := make(chan os.Signal, 1)
	signal.Notify(ch, syscall.SIGUSR1)
	for range 10 {
		syscall.Kill(os.Getpid(), syscall.SIGUSR1)
		<-ch
	}
	d := make(chan os.Signal, 1)
	signal.Notify(d, syscall.SIGUSR1, syscall.SIGUSR2)
	syscall.Kill(os.Getpid(), syscall.SIGUSR1)
	fmt.Println(<-ch, <-d)
	signal.Stop(ch)
	syscall.Kill(os.Getpid(), syscall.SIGUSR2)
	fmt.Println(<-d, len(ch))
	signal.Reset(syscall.SIGUSR1)
	func() {
		defer func() { fmt.Println(recover()) }()
		signal.Notify(nil)
	}()
	sctx, stop := signal.NotifyContext(context.WithValue(context.Background(), "k", 1), syscall.SIGUSR2)
	fmt.Println(sctx)
	stop()
	<-sctx.Done()
	fmt.Println(sctx.Err(), context.Cause(sctx))
	for _, s := range []syscall.Signal{1, 2, 3, 9, 11, 15, 17, 19, 28, 40, 99} {
		fmt.Print(s, " ")
	}
	fmt.Println(os.Interrupt, os.Kill)
	// pipes
	r, w, _ := os.Pipe()
	go func() { time.Sleep(5 * time.Millisecond); r.Close() }()
	_, err = r.Read(b)
	fmt.Println(err)
	for err = nil; err == nil; { // the pipe is closed by whoever of the two lets go of it last
		_, err = w.Write([]byte("x"))
	}
	fmt.Println(err, errors.Is(err, syscall.EPIPE))
	w.Close()
	r, w, _ = os.Pipe()
	w.SetWriteDeadline(time.Now().Add(20 * time.Millisecond))
	n, err = w.Write(make([]byte, 1<<20))
	fmt.Println(n > 0, err, errors.Is(err, os.ErrDeadlineExceeded))
}

type errR struct{}

func (errR) Read([]byte) (int, error) { return 0, errors.New("bad reader") }

type errW struct{}

func (errW) Write([]byte) (int, error) { return 0, errors.New("bad writer") }
