// exit: 2
package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

type list []string

func (l *list) String() string     { return strings.Join(*l, ",") }
func (l *list) Set(s string) error { *l = append(*l, s); return nil }

type zp struct{ p *int }

func (z *zp) String() string   { return fmt.Sprint(*z.p) }
func (z *zp) Set(string) error { return nil }

func set(name string) *flag.FlagSet {
	fs := flag.NewFlagSet(name, flag.ContinueOnError)
	fs.SetOutput(os.Stdout)
	fs.Bool("b", false, "a bool")
	fs.Bool("bool2", true, "bool two\nsecond line")
	fs.Int("n", 7, "number of `things`")
	fs.Int64("i64", -1, "")
	fs.Uint("u", 0, "unsigned")
	fs.Uint64("u64", 1<<63, "big")
	fs.String("s", "", "text")
	fs.String("str", "de\"f", "text with default")
	fs.Float64("f", 1.5, "float")
	fs.Duration("d", time.Second, "duration")
	fs.Duration("d0", 0, "duration")
	var l list
	fs.Var(&l, "list", "a list")
	x := 3
	fs.Var(&zp{&x}, "zp", "panics")
	fs.Func("fn", "call", func(s string) error {
		if s == "bad" {
			return errors.New("bad thing")
		}
		fmt.Println("fn", s)
		return nil
	})
	fs.BoolFunc("bf", "bool call", func(s string) error {
		fmt.Println("bf", s)
		if s == "no" {
			return errors.New("refused")
		}
		return nil
	})
	var ip net.IP
	fs.TextVar(&ip, "ip", net.IPv4(1, 2, 3, 4), "an ip")
	return fs
}

func main() {
	for _, args := range [][]string{
		{}, {"-b", "-n", "3", "rest", "-s"}, {"--b=false", "-n=0x10", "--", "-x"}, {"-b=maybe"}, {"-n", "abc"}, {"-n=99999999999999999999"},
		{"-u=-1"}, {"-f=x"}, {"-f=1e999"}, {"-d=5"}, {"-d", "1h3m"}, {"-s"}, {"-zzz"}, {"---b"}, {"-=x"}, {"-h"}, {"-help"}, {"-list=a", "-list", "b"}, {"-fn=ok", "-fn=bad"},
		{"-bf", "-bf=yes", "-bf=no"}, {"-ip=9.9.9.9"}, {"-ip=nope"}, {"-"}, {"--"}, {"-i64", "0b101", "-u64=0o17", "x"}, {"-str="},
	} {
		fs := set("prog")
		fmt.Println("ARGS", args)
		err := fs.Parse(args)
		fmt.Println("->", err, fs.NFlag(), fs.NArg(), fs.Args(), fs.Arg(0), fs.Arg(5), fs.Parsed())
		fs.Visit(func(f *flag.Flag) { fmt.Printf("  %s=%v (%T) def %q\n", f.Name, f.Value, f.Value, f.DefValue) })
	}
	fs := set("")
	fs.Usage = nil
	fmt.Println(fs.Parse([]string{"-q"}))
	fs.VisitAll(func(f *flag.Flag) {
		if g, ok := f.Value.(flag.Getter); ok {
			fmt.Printf("%s %v %T\n", f.Name, g.Get(), g.Get())
		}
	})
	fmt.Println(fs.Set("n", "4"), fs.Set("nope", "4"), fs.Set("n", "x"), fs.Lookup("n").Value, fs.Lookup("zz"))
	for _, f := range []func(){
		func() { fs.Int("n", 1, "again") },
		func() { fs.Int("-n", 1, "again") },
		func() { fs.Int("a=n", 1, "again") },
		func() { fs.TextVar(nil, "n", nil, "") },
		func() { set("named").Bool("b", true, "") },
		func() { f := set("pan"); f.Init("pan", flag.PanicOnError); f.Parse([]string{"-x"}) },
	} {
		func() {
			defer func() { fmt.Println("recovered:", recover()) }()
			f()
		}()
	}
	flag.Int("count", 3, "how many")
	flag.CommandLine.SetOutput(os.Stdout)
	os.Args = []string{"cmd", "-count=x"}
	flag.Parse()
}
