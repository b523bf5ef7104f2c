package main

import (
	"fmt"
	"os"
	"syscall"
	"unsafe"
)

func main() {
	b, err := syscall.Mmap(-1, 0, 8192, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	fmt.Println(len(b), err)
	b[5000] = 7
	x := b[5000]
	fmt.Println(x, syscall.Mprotect(b, syscall.PROT_READ), syscall.Munmap(b[:10]), syscall.Munmap(b), syscall.Munmap(b))
	_, err = syscall.Mmap(99, 0, 100, syscall.PROT_READ, syscall.MAP_SHARED)
	fmt.Println(err)
	pid, _, e := syscall.Syscall(syscall.SYS_GETPID, 0, 0, 0)
	fmt.Println(int(pid) == os.Getpid(), e, e == 0)
	_, _, e = syscall.RawSyscall(syscall.SYS_CLOSE, 999, 0, 0)
	fmt.Println(e, e == syscall.EBADF)
	msg := []byte("written\n")
	n, _, e := syscall.Syscall(syscall.SYS_WRITE, 1, uintptr(unsafe.Pointer(&msg[0])), uintptr(len(msg)))
	fmt.Println(n, e)
	var st syscall.Stat_t
	fmt.Println(syscall.Stat("/nope", &st), syscall.Stat("/", &st), st.Mode&syscall.S_IFMT == syscall.S_IFDIR)
	dir, _ := os.MkdirTemp("", "sc")
	defer os.RemoveAll(dir)
	f := dir + "/f"
	fd, err := syscall.Open(f, syscall.O_RDWR|syscall.O_CREAT, 0o644)
	fmt.Println(fd > 2, err)
	fmt.Println(syscall.Write(fd, []byte("hello world")))
	fmt.Println(syscall.Seek(fd, 6, 0))
	buf := make([]byte, 5)
	fmt.Println(syscall.Read(fd, buf))
	fmt.Println(syscall.Pread(fd, buf, 0))
	fmt.Println(string(buf), syscall.Fstat(fd, &st), st.Size, syscall.Ftruncate(fd, 3), syscall.Fchmod(fd, 0o600))
	m, err := syscall.Mmap(fd, 0, 3, syscall.PROT_READ, syscall.MAP_SHARED)
	fmt.Println(len(m), string(m), err)
	fmt.Println(syscall.Munmap(m))
	fmt.Println(syscall.Close(fd), syscall.Rename(f, f+"2"), syscall.Access(f, 0), syscall.Access(f+"2", 4), syscall.Symlink("x", f), syscall.Unlink(f), syscall.Mkdir(dir+"/d", 0o700), syscall.Rmdir(dir+"/d"))
	var u syscall.Utsname
	fmt.Println(syscall.Uname(&u), u.Sysname[0] == 'L')
	var fs syscall.Statfs_t
	fmt.Println(syscall.Statfs("/", &fs), fs.Blocks > 0)
	var si syscall.Sysinfo_t
	fmt.Println(syscall.Sysinfo(&si), si.Totalram > 0, unsafe.Sizeof(si), unsafe.Sizeof(fs))
	var ru syscall.Rusage
	fmt.Println(syscall.Getrusage(syscall.RUSAGE_SELF, &ru), ru.Maxrss > 0)
	wd, err := syscall.Getwd()
	wd2, _ := os.Getwd()
	fmt.Println(wd == wd2, err, syscall.Getpgrp() > 0, syscall.Gettid() > 0)
	_, err = syscall.BytePtrFromString("a\x00b")
	fmt.Println(err, syscall.NsecToTimespec(-1), syscall.NsecToTimespec(1500000000))
	fmt.Println(syscall.Chdir("/nope"), syscall.Chmod("a\x00", 0))
}
