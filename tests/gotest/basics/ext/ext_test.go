package ext_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"example.org/basics/calc"
	"example.org/basics/ext"
)

var update = flag.Bool("update", false, "a flag of the test program's own")

func TestMain(m *testing.M) {
	flag.Parse()
	fmt.Println("before", *update, flag.Args())
	code := m.Run()
	fmt.Println("after", code)
	os.Exit(code)
}

func TestSecret(t *testing.T) {
	if ext.Secret() != "secret" || calc.Add(1, 1) != 2 {
		t.Fail()
	}
}
