// sort, slices-free helpers, bytes, bufio, errors, unicode, utf8, bits, containers, time, rand.
package main

import (
	"bufio"
	"bytes"
	"container/heap"
	"container/list"
	"errors"
	"fmt"
	"io"
	"math"
	"math/bits"
	"math/rand"
	"os"
	"sort"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

type byLen []string

func (b byLen) Len() int           { return len(b) }
func (b byLen) Less(i, j int) bool { return len(b[i]) < len(b[j]) }
func (b byLen) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type pq []int

func (p pq) Len() int           { return len(p) }
func (p pq) Less(i, j int) bool { return p[i] < p[j] }
func (p pq) Swap(i, j int)      { p[i], p[j] = p[j], p[i] }
func (p *pq) Push(x any)        { *p = append(*p, x.(int)) }
func (p *pq) Pop() any {
	old := *p
	x := old[len(old)-1]
	*p = old[:len(old)-1]
	return x
}

type upper struct{ r io.Reader }

func (u upper) Read(p []byte) (int, error) {
	n, err := u.r.Read(p)
	copy(p, bytes.ToUpper(p[:n]))
	return n, err
}

func main() {
	words := strings.Fields("pear fig banana kiwi apple date")
	sort.Sort(byLen(words))
	sort.Stable(sort.Reverse(byLen(words)))
	fmt.Println(words)
	sort.Strings(words)
	fmt.Println(words, sort.SearchStrings(words, "date"), sort.IsSorted(byLen(words)))
	nums := rand.New(rand.NewSource(1)).Perm(1000)
	sort.Ints(nums)
	fmt.Println(nums[0], nums[999], sort.IntsAreSorted(nums), sort.SearchInts(nums, 500))
	people := []struct {
		n string
		a int
	}{{"A", 3}, {"B", 1}, {"C", 3}, {"D", 2}}
	sort.SliceStable(people, func(i, j int) bool { return people[i].a < people[j].a })
	fmt.Println(people, sort.Search(100, func(i int) bool { return i*i >= 50 }))

	h := &pq{5, 2, 8}
	heap.Init(h)
	heap.Push(h, 1)
	for h.Len() > 0 {
		fmt.Print(heap.Pop(h), " ")
	}
	l := list.New()
	e := l.PushBack(2)
	l.PushFront(1)
	l.InsertAfter(3, e)
	for x := l.Front(); x != nil; x = x.Next() {
		fmt.Print(x.Value, " ")
	}
	fmt.Println(l.Len())

	var buf bytes.Buffer
	buf.WriteString("line one\nline two\n\nlast")
	sc := bufio.NewScanner(&buf)
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	sc = bufio.NewScanner(strings.NewReader("split these words"))
	sc.Split(bufio.ScanWords)
	n := 0
	for sc.Scan() {
		n++
	}
	fmt.Println(n, sc.Err())
	rd := bufio.NewReader(upper{strings.NewReader("read this\nand that")})
	s, err := rd.ReadString('\n')
	r, size, _ := rd.ReadRune()
	rd.UnreadRune()
	pk, _ := rd.Peek(3)
	rest, err2 := io.ReadAll(rd)
	fmt.Printf("%q %v %c %d %s %s %v\n", s, err, r, size, pk, rest, err2)
	w := bufio.NewWriter(os.Stdout)
	fmt.Fprintf(w, "buffered %d ", 1)
	w.WriteByte('b')
	w.WriteRune('世')
	fmt.Fprintln(w, w.Buffered())
	w.Flush()
	fmt.Println(bytes.Equal([]byte("a"), []byte("a")), bytes.Index([]byte("chicken"), []byte("ken")), string(bytes.TrimSpace([]byte(" x "))), bytes.Split([]byte("a b"), []byte(" ")), string(bytes.Join([][]byte{[]byte("x"), []byte("y")}, []byte("+"))))
	pr, pw := io.Pipe()
	go func() { fmt.Fprint(pw, "through a pipe"); pw.Close() }()
	all, _ := io.ReadAll(io.TeeReader(io.LimitReader(pr, 9), io.Discard))
	fmt.Println(string(all))
	var sb strings.Builder
	m, err := io.Copy(io.MultiWriter(&sb, io.Discard), io.MultiReader(strings.NewReader("ab"), strings.NewReader("cd")))
	fmt.Println(m, err, sb.String())
	_, err = io.ReadFull(strings.NewReader("ab"), make([]byte, 3))
	fmt.Println(err, err == io.ErrUnexpectedEOF)

	e1 := errors.New("one")
	j := errors.Join(e1, nil, errors.New("two"))
	fmt.Println(j, errors.Is(j, e1), errors.Join(nil) == nil)
	fmt.Println(unicode.IsLetter('é'), unicode.IsUpper('É'), unicode.IsDigit('٣'), unicode.IsSpace('\u2003'), unicode.ToUpper('ß'), string(unicode.ToLower('Σ')), unicode.IsPunct('!'), unicode.Is(unicode.Han, '世'), unicode.In('я', unicode.Cyrillic, unicode.Latin), unicode.IsControl('\n'), unicode.IsSymbol('+'), unicode.IsPrint('\u00ad'))
	fmt.Println(utf8.RuneCountInString("héllo"), utf8.ValidString("a\xff"), utf8.RuneLen('世'), utf8.AppendRune(nil, 'é'), utf8.FullRune([]byte{0xe4}), utf8.RuneError)
	rr, sz := utf8.DecodeLastRuneInString("añ")
	fmt.Println(rr, sz, bits.OnesCount(255), bits.LeadingZeros64(1), bits.TrailingZeros(8), bits.Len(1023), bits.Reverse8(1), bits.RotateLeft32(1, 31))
	hi, lo := bits.Mul64(1<<63, 6)
	fmt.Println(hi, lo, math.Sqrt(2), math.Floor(-1.5), math.Ceil(1.2), math.Trunc(-1.7), math.Round(2.5), math.RoundToEven(2.5), math.Mod(7, -3), math.Pow(2, 0.5), math.Hypot(3, 4), math.Cbrt(27), math.IsNaN(math.NaN()), math.Float64bits(1.5), math.Signbit(-0.0))
	fmt.Println(math.Sin(1), math.Cos(1), math.Tan(1), math.Asin(0.5), math.Acos(0.5), math.Atan(1), math.Atan2(-1, -1), math.Sinh(1), math.Exp(1), math.Exp2(3.5), math.Log(10), math.Log2(10), math.Log10(2), math.Log1p(1e-10), math.Expm1(1e-10), math.Gamma(5.5), math.Erf(0.3))
	fr, ex := math.Frexp(10)
	ip, fp := math.Modf(-3.25)
	fmt.Println(fr, ex, math.Ldexp(0.5, 5), ip, fp, math.MaxInt32, math.Inf(-1), math.Max(1, math.NaN()), math.Min(-0.0, 0), math.Dim(5, 3), math.Abs(-2), math.Copysign(3, -1), math.FMA(2, 3, 4), math.Remainder(5, 3))

	rng := rand.New(rand.NewSource(42))
	fmt.Println(rng.Intn(100), rng.Int63(), rng.Float64(), rng.Perm(5), rng.Int31n(10), rng.Uint32(), rng.NormFloat64(), rng.ExpFloat64())
	rng.Shuffle(5, func(i, j int) { words[i], words[j] = words[j], words[i] })
	fmt.Println(words)

	d := 3*time.Hour + 25*time.Minute + 45*time.Second + 500*time.Millisecond
	fmt.Println(d, d.Hours(), d.Round(time.Minute), d.Truncate(time.Hour), time.Duration(1), time.Duration(1500), -d, time.Duration(0), d.Milliseconds())
	t := time.Date(2024, time.February, 29, 13, 4, 5, 67_000_000, time.UTC)
	fmt.Println(t, t.Weekday(), t.YearDay(), t.Unix(), t.Add(24*time.Hour).Format(time.RFC3339), t.AddDate(1, 0, 0).Format("2006-01-02"), t.Month(), t.Truncate(time.Hour).Format(time.Kitchen))
	fmt.Println(t.Format("Mon Jan _2 15:04:05.000 2006"), t.Format("02/01/06 03:04PM"), t.Format(time.RFC1123Z), t.Format("2006-002"), t.Format(time.StampMicro))
	p, err := time.Parse("2006-01-02 15:04:05 -0700", "2023-12-25 08:30:00 +0530")
	fmt.Println(p, err, p.UTC(), t.Sub(p.UTC()), t.After(p), p.Before(t), t.Equal(t.In(time.FixedZone("X", 3600))))
	_, err = time.Parse(time.RFC3339, "2023-13-01T00:00:00Z")
	fmt.Println(err)
	dur, err := time.ParseDuration("1h15m30.918s")
	_, err2 = time.ParseDuration("3x")
	fmt.Println(dur, err, err2, time.Unix(1e9, 5).UTC(), time.UnixMilli(1234567890123).UTC().Format(time.RFC3339Nano), time.Time{}.IsZero(), time.Time{})
	y, wk := t.ISOWeek()
	fmt.Println(y, wk, time.Since(time.Now()) < time.Hour, time.March.String(), time.Saturday)

	dir, _ := os.MkdirTemp("", "minigo")
	defer os.RemoveAll(dir)
	name := dir + "/f.txt"
	fmt.Println(os.WriteFile(name, []byte("content\nmore"), 0o600))
	data, err := os.ReadFile(name)
	fmt.Println(string(data), err)
	f, _ := os.OpenFile(name, os.O_APPEND|os.O_WRONLY, 0)
	f.WriteString("!")
	f.Close()
	st, _ := os.Stat(name)
	fmt.Println(st.Size(), st.Name(), st.IsDir(), st.Mode())
	_, err = os.Open(dir + "/nope")
	var pe *os.PathError
	fmt.Println(errors.Is(err, os.ErrNotExist), os.IsNotExist(err), errors.As(err, &pe), pe.Op, pe.Err)
	fmt.Println(f.Close() != nil, os.Getenv("NO_SUCH_VAR") == "", len(os.Args))
	os.Setenv("MINIGO_X", "y")
	v, ok := os.LookupEnv("MINIGO_X")
	fmt.Println(v, ok, os.ExpandEnv("$MINIGO_X-${MINIGO_X}"))
	ents, _ := os.ReadDir(dir)
	fmt.Println(len(ents), ents[0].Name(), os.Remove(name), os.Remove(name) != nil, os.Rename(dir+"/a", dir+"/b") != nil)
}
