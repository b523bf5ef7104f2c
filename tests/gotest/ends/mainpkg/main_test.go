package main

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
)

type local struct{}

func TestAnswer(t *testing.T) {
	if answer() != 42 || fmt.Sprintf("%T", local{}) != "main.local" {
		t.Errorf("%T", local{})
	}
}

// A test program may start itself again.
func TestAgain(t *testing.T) {
	if os.Getenv("AGAIN") != "" {
		fmt.Println("in the child")
		os.Exit(7)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestAgain$")
	cmd.Env = append(os.Environ(), "AGAIN=1")
	out, err := cmd.CombinedOutput()
	if e, ok := err.(*exec.ExitError); !ok || e.ExitCode() != 7 || string(out) != "in the child\n" {
		t.Errorf("%v %q", err, out)
	}
}
