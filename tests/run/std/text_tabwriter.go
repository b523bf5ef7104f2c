package main

import (
	"errors"
	"fmt"
	"os"
	"text/tabwriter"
)

type bad struct{}

func (bad) Write(b []byte) (int, error) { return 0, errors.New("no room") }

type worse struct{}

func (worse) Write(b []byte) (int, error) { panic("cannot write") }

func main() {
	texts := []string{
		"a\tb\tc\naaa\tbbbb\tc\n\tx\ty\n", "a\tb\n\nlong cell\tb\t\n", "é\tü\tz\nabc\td\te\n",
		"a\vb\vc\n\v\vd\n\v\ve\n", "<b>x</b>\t&amp;\ty\nlonger\tz\ty\n", "\xff\t\xff\tx\nabcdef\ty\n",
		"a\tb\fcc\td\n", "no tabs at all\n", "tail\twithout newline", "1\t2\t3\n10\t20\t30\n100\t200\t300\n", "",
		"a|b\t|c\n\t\tindent\n\t\tx\ty\n", "\xffunfinished\tx",
	}
	for _, cfg := range []struct {
		min, tab, pad int
		ch            byte
		flags         uint
	}{{0, 8, 1, ' ', 0}, {8, 8, 0, '\t', 0}, {5, 0, 2, '.', tabwriter.AlignRight | tabwriter.Debug}, {0, 4, 1, '\t', tabwriter.AlignRight},
		{0, 8, 1, '-', tabwriter.FilterHTML | tabwriter.StripEscape}, {0, 8, 0, ' ', tabwriter.DiscardEmptyColumns | tabwriter.Debug}, {4, 4, 1, '*', tabwriter.TabIndent}, {0, 0, 0, '\t', 0}} {
		for _, t := range texts {
			w := tabwriter.NewWriter(os.Stdout, cfg.min, cfg.tab, cfg.pad, cfg.ch, cfg.flags)
			n, err := fmt.Fprint(w, t)
			fmt.Println("#", n, err)
			fmt.Println(w.Flush())
			w = w.Init(os.Stdout, cfg.min, cfg.tab, cfg.pad, cfg.ch, cfg.flags)
			for i := range len(t) {
				w.Write([]byte(t[i : i+1]))
			}
			w.Flush()
		}
	}
	w := tabwriter.NewWriter(bad{}, 0, 8, 1, ' ', 0)
	fmt.Println(w.Write([]byte("a\tb\nplain\nx")))
	fmt.Println(w.Flush())
	for i := range 3 {
		func() {
			defer func() { fmt.Println(recover()) }()
			w := tabwriter.NewWriter(worse{}, 0, 8, 1, ' ', 0)
			switch i {
			case 0:
				w.Write([]byte("a\n\n"))
			case 1:
				w.Write([]byte("a"))
				w.Flush()
			case 2:
				tabwriter.NewWriter(worse{}, -1, 8, 1, ' ', 0)
			}
		}()
	}
}
