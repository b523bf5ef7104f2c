package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"time"
)

type lv struct{ n int }

func (l lv) LogValue() slog.Value {
	return slog.GroupValue(slog.Int("n", l.n), slog.String("s", "x y"))
}

type loop struct{}

func (l loop) LogValue() slog.Value { return slog.AnyValue(l) }

type panicky struct{}

func (p *panicky) String() string { panic("oh") }

type tm struct{ s string }

func (t tm) MarshalText() ([]byte, error) {
	if t.s == "" {
		return nil, errors.New("empty")
	}
	return []byte(t.s), nil
}

type pt struct {
	X, Y int
	s    string
}

func try(f func()) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Println("panic:", r)
		}
	}()
	f()
}

func main() {
	noTime := func(groups []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey && len(groups) == 0 {
			return slog.Attr{}
		}
		if a.Key == "secret" {
			return slog.String("secret", fmt.Sprint("***", groups))
		}
		if a.Key == slog.SourceKey {
			s := a.Value.Any().(*slog.Source)
			s.File = filepath.Base(s.File)
		}
		return a
	}
	ctx := context.Background()
	for _, h := range []func(*slog.HandlerOptions) slog.Handler{
		func(o *slog.HandlerOptions) slog.Handler { return slog.NewTextHandler(os.Stdout, o) },
		func(o *slog.HandlerOptions) slog.Handler { return slog.NewJSONHandler(os.Stdout, o) },
		func(o *slog.HandlerOptions) slog.Handler {
			return slog.NewMultiHandler(slog.NewJSONHandler(os.Stdout, o), slog.NewTextHandler(os.Stdout, o), slog.DiscardHandler)
		},
	} {
		l := slog.New(h(&slog.HandlerOptions{ReplaceAttr: noTime, Level: slog.LevelDebug - 1}))
		l.Info("hello", "a", 1, "b", "two words", "c", 3.5, "d", true, "e", nil, "f", []int{1, 2}, "g", map[string]int{"z": 1, "a": 2})
		l.Debug("debug msg", slog.Group("g", "x", 1, slog.Group("h", "y", 2)), "dur", time.Second*90, "time", time.Date(2020, 1, 2, 3, 4, 5, 678900000, time.UTC))
		l.Warn("odd", "key")
		l.Error("bad", 5, "x", errors.New("an error"), "err", errors.New("err text"))
		l.Log(ctx, slog.LevelError+3, "level+3")
		l.Log(ctx, slog.LevelDebug-1, "level-1")
		l.Log(ctx, slog.LevelDebug-2, "not shown")
		l.LogAttrs(ctx, slog.LevelInfo, "attrs", slog.Any("lv", lv{3}), slog.Any("loop", loop{}), slog.Any("nilp", (*panicky)(nil)), slog.Any("p", &panicky{}), slog.Any("tm", tm{"a=b"}), slog.Any("tme", tm{}), slog.Any("pt", pt{1, 2, "q"}), slog.Any("bytes", []byte("by\x00tes")))
		l.Info("quotes \"q\" = \n\t\x01 \u2028 é \xff <b>&", "k=ey", `back\slash`, "k y", "", "emoji", "😀", "nbsp", "a\u00a0b")
		l.Info("nums", "nan", math.Inf(1), "u", uint8(3), "i", int64(math.MinInt64), "f32", float32(0.1), "big", 1e21, "uptr", uintptr(7), "c", 1+2i)
		g := l.With("w", 1).WithGroup("grp").With("in", 2, "secret", "s").WithGroup("deep")
		g.Info("grouped", "q", 1, "secret", 2)
		g.Info("none")
		g.WithGroup("empty").Info("e")
		g.With(slog.Group("")).Info("inl", slog.Group("", slog.Int("inlined", 1)), slog.Group("eg"))
		l.WithGroup("only").Info("no attrs")
		l.WithGroup("only").Info("empty group", slog.Group("x"))
		l.WithGroup("a").With("b", 1).Info("x")
		l.With().Info("same")
		l.Info("level", "lvl", slog.LevelWarn, "lvar", new(slog.LevelVar), "kind", slog.KindGroup)
		if err := l.Handler().Handle(ctx, slog.NewRecord(time.Time{}, slog.LevelInfo, "zero time", 0)); err != nil {
			fmt.Println(err)
		}
		fmt.Println(l.Enabled(ctx, slog.LevelDebug), l.Enabled(nil, slog.LevelDebug-3))
		src := slog.New(h(&slog.HandlerOptions{ReplaceAttr: noTime, AddSource: true}))
		src.Info("with source")
		src.With("x", 1).WithGroup("g").Error("again", "y", 2)
		func() { src.InfoContext(ctx, "closure") }()
		no := slog.New(h(&slog.HandlerOptions{ReplaceAttr: func(g []string, a slog.Attr) slog.Attr { return slog.Attr{} }}))
		no.Info("nothing", "a", 1, slog.Group("g", "b", 2))
		no.WithGroup("g").With("x", 1).Info("nothing", "a", 1, slog.Group("g", "b", 2))
	}
	tt := time.Date(2021, 2, 3, 4, 5, 6, 789999999, time.FixedZone("X", 3600))
	for _, h := range []slog.Handler{slog.NewTextHandler(os.Stdout, nil), slog.NewJSONHandler(os.Stdout, nil)} {
		r := slog.NewRecord(tt, slog.LevelWarn, "m", 0)
		r.Add("t", tt, slog.Time("z", time.Time{}), "far", time.Date(9999, 1, 1, 0, 0, 0, 1, time.UTC), "d", time.Duration(5))
		fmt.Println(h.Handle(ctx, r), h.Enabled(ctx, slog.LevelDebug), r.NumAttrs(), r.Source())
		r.Attrs(func(a slog.Attr) bool { fmt.Println(a, a.Value.Kind()); return a.Key != "z" })
	}
	for _, l := range []slog.Level{-10, -4, -1, 0, 3, 4, 7, 8, 20} {
		b, err := l.MarshalJSON()
		fmt.Println(l, string(b), err)
	}
	var l slog.Level
	for _, s := range []string{"info", "WARN+2", "Error-1", "x", "debug+x", ""} {
		fmt.Println(l.UnmarshalText([]byte(s)), l)
	}
	fmt.Println(l.UnmarshalJSON([]byte(`"error"`)), l, l.UnmarshalJSON([]byte(`x`)))
	vals := []slog.Value{slog.AnyValue("s"), slog.AnyValue(1), slog.AnyValue(2.5), slog.AnyValue(nil), slog.AnyValue(true), slog.AnyValue(time.Minute), slog.AnyValue(tt), slog.AnyValue([]slog.Attr{slog.Int("a", 1)}), slog.AnyValue(lv{1}), slog.AnyValue(slog.KindBool), slog.AnyValue(uint(3)), slog.AnyValue(pt{})}
	for _, v := range vals {
		fmt.Println(v, v.Kind(), v.Any(), v.Resolve(), v.Equal(v), v.Equal(vals[0]))
		try(func() { v.Int64() })
		try(func() { v.Group() })
		try(func() { v.Bool() })
	}
	try(func() { slog.New(nil) })
	fmt.Println(slog.Kind(99), slog.Any("k", 1).Equal(slog.Int("k", 1)), slog.GroupAttrs("g", slog.Int("x", 1)))
	log.SetOutput(os.Stdout)
	log.SetFlags(log.Lshortfile)
	slog.Info("default", "a", 1, slog.Group("g", "b", "c d"))
	slog.Debug("hidden")
	slog.With("x", 1).WithGroup("g").Warn("with", "y", 2)
	fmt.Println(slog.SetLogLoggerLevel(slog.LevelDebug))
	slog.Debug("shown")
	var buf bytes.Buffer
	slog.SetDefault(slog.New(slog.NewTextHandler(&buf, &slog.HandlerOptions{ReplaceAttr: noTime, Level: slog.LevelDebug, AddSource: true})))
	log.Print("through log")
	log.Printf("through %d", 5)
	slog.Info("direct")
	fmt.Print(buf.String())
	ll := slog.NewLogLogger(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{ReplaceAttr: noTime, AddSource: true}), slog.LevelError)
	ll.Println("line", 1)
	ll.Printf("line %d", 2)
}
