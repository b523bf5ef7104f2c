// Package quick looks for inputs that break a property, among random ones.
package quick

import (
	"flag"
	"fmt"
	"math"
	"math/rand"
	"reflect"
	"strings"
)

var defaultMaxCount *int = flag.Int("quickchecks", 100, "The default number of iterations for each check")

// Generator is implemented by types that make random values of their own.
type Generator interface {
	// Generate returns a random value of the type that has the method; size hints at how large it may be.
	Generate(rand *rand.Rand, size int) reflect.Value
}

// How large generated values are, and how deep.
const complexSize = 50

// Value returns a random value of a type; no channels, functions that are not nil, or interfaces.
func Value(t reflect.Type, rand *rand.Rand) (value reflect.Value, ok bool) {
	return sizedValue(t, rand, complexSize)
}

func randFloat32(rand *rand.Rand) float32 {
	f := rand.Float64() * math.MaxFloat32
	if rand.Int()&1 == 1 {
		f = -f
	}
	return float32(f)
}

func randFloat64(rand *rand.Rand) float64 {
	f := rand.Float64() * math.MaxFloat64
	if rand.Int()&1 == 1 {
		f = -f
	}
	return f
}

func randInt64(rand *rand.Rand) int64 { return int64(rand.Uint64()) }

func sizedValue(t reflect.Type, rand *rand.Rand, size int) (reflect.Value, bool) {
	if g, ok := reflect.Zero(t).Interface().(Generator); ok {
		return g.Generate(rand, size), true
	}
	none := reflect.Value{}
	v := reflect.New(t).Elem()
	switch t.Kind() {
	case reflect.Bool:
		v.SetBool(rand.Int()&1 == 0)
	case reflect.Float32:
		v.SetFloat(float64(randFloat32(rand)))
	case reflect.Float64:
		v.SetFloat(randFloat64(rand))
	case reflect.Complex64:
		v.SetComplex(complex(float64(randFloat32(rand)), float64(randFloat32(rand))))
	case reflect.Complex128:
		v.SetComplex(complex(randFloat64(rand), randFloat64(rand)))
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		v.SetInt(randInt64(rand))
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		v.SetUint(uint64(randInt64(rand)))
	case reflect.String:
		runes := make([]rune, rand.Intn(complexSize))
		for i := range runes {
			runes[i] = rune(rand.Intn(0x10ffff))
		}
		v.SetString(string(runes))
	case reflect.Map:
		n := rand.Intn(size)
		v.Set(reflect.MakeMap(t))
		for range n {
			key, ok1 := sizedValue(t.Key(), rand, size)
			value, ok2 := sizedValue(t.Elem(), rand, size)
			if !ok1 || !ok2 {
				return none, false
			}
			v.SetMapIndex(key, value)
		}
	case reflect.Pointer:
		if rand.Intn(size) == 0 {
			return v, true // nil
		}
		elem, ok := sizedValue(t.Elem(), rand, size)
		if !ok {
			return none, false
		}
		v.Set(reflect.New(t.Elem()))
		v.Elem().Set(elem)
	case reflect.Slice:
		n := rand.Intn(size)
		left := size - n
		v.Set(reflect.MakeSlice(t, n, n))
		for i := range n {
			elem, ok := sizedValue(t.Elem(), rand, left)
			if !ok {
				return none, false
			}
			v.Index(i).Set(elem)
		}
	case reflect.Array:
		for i := range v.Len() {
			elem, ok := sizedValue(t.Elem(), rand, size)
			if !ok {
				return none, false
			}
			v.Index(i).Set(elem)
		}
	case reflect.Struct:
		n := v.NumField()
		left := size
		if n > 0 {
			left = max(size/n, 1)
		}
		for i := range n {
			elem, ok := sizedValue(t.Field(i).Type, rand, left)
			if !ok {
				return none, false
			}
			v.Field(i).Set(elem)
		}
	default:
		return none, false
	}
	return v, true
}

// Config says how a check is done; the zero value is a good one.
type Config struct {
	MaxCount      int                               // how many inputs are tried; 0: MaxCountScale times the default
	MaxCountScale float64                           // 0 stands for 1
	Rand          *rand.Rand                        // nil: a source of its own
	Values        func([]reflect.Value, *rand.Rand) // makes the arguments; nil: Value does
}

var defaultConfig Config

func (c *Config) rand() *rand.Rand {
	if c.Rand == nil {
		return rand.New(rand.NewSource(rand.Int63()))
	}
	return c.Rand
}

func (c *Config) maxCount() int {
	switch {
	case c.MaxCount != 0:
		return c.MaxCount
	case c.MaxCountScale != 0:
		return int(c.MaxCountScale * float64(*defaultMaxCount))
	}
	return *defaultMaxCount
}

// SetupError says that a check was asked for wrongly.
type SetupError string

func (s SetupError) Error() string { return string(s) }

// CheckError has the input that broke a property.
type CheckError struct {
	Count int
	In    []any
}

func (s *CheckError) Error() string {
	return fmt.Sprintf("#%d: failed on input %s", s.Count, toString(s.In))
}

// CheckEqualError has the input for which two functions differ, and their results.
type CheckEqualError struct {
	CheckError
	Out1 []any
	Out2 []any
}

func (s *CheckEqualError) Error() string {
	return fmt.Sprintf("#%d: failed on input %s. Output 1: %s. Output 2: %s", s.Count, toString(s.In), toString(s.Out1), toString(s.Out2))
}

// Check calls f, which returns a bool, with random arguments and returns a *CheckError for the first that make it false.
func Check(f any, config *Config) error {
	if config == nil {
		config = &defaultConfig
	}
	fn := reflect.ValueOf(f)
	t := fn.Type()
	if fn.Kind() != reflect.Func {
		return SetupError("argument is not a function")
	}
	if t.NumOut() != 1 {
		return SetupError("function does not return one value")
	}
	if t.Out(0).Kind() != reflect.Bool {
		return SetupError("function does not return a bool")
	}
	args := make([]reflect.Value, t.NumIn())
	rand := config.rand()
	for i := range config.maxCount() {
		if err := arguments(args, t, config, rand); err != nil {
			return err
		}
		if !fn.Call(args)[0].Bool() {
			return &CheckError{i + 1, interfaces(args)}
		}
	}
	return nil
}

// CheckEqual calls both functions with the same random arguments and returns a *CheckEqualError for the first for which
// their results differ.
func CheckEqual(f, g any, config *Config) error {
	if config == nil {
		config = &defaultConfig
	}
	x, y := reflect.ValueOf(f), reflect.ValueOf(g)
	if x.Kind() != reflect.Func {
		return SetupError("f is not a function")
	}
	if y.Kind() != reflect.Func {
		return SetupError("g is not a function")
	}
	if x.Type() != y.Type() {
		return SetupError("functions have different types")
	}
	args := make([]reflect.Value, x.Type().NumIn())
	rand := config.rand()
	for i := range config.maxCount() {
		if err := arguments(args, x.Type(), config, rand); err != nil {
			return err
		}
		xs, ys := interfaces(x.Call(args)), interfaces(y.Call(args))
		if !reflect.DeepEqual(xs, ys) {
			return &CheckEqualError{CheckError{i + 1, interfaces(args)}, xs, ys}
		}
	}
	return nil
}

func arguments(args []reflect.Value, t reflect.Type, config *Config, rand *rand.Rand) error {
	if config.Values != nil {
		config.Values(args, rand)
		return nil
	}
	for i := range args {
		v, ok := Value(t.In(i), rand)
		if !ok {
			return SetupError(fmt.Sprintf("cannot create arbitrary value of type %s for argument %d", t.In(i), i))
		}
		args[i] = v
	}
	return nil
}

func interfaces(values []reflect.Value) []any {
	all := make([]any, len(values))
	for i, v := range values {
		all[i] = v.Interface()
	}
	return all
}

func toString(values []any) string {
	all := make([]string, len(values))
	for i, v := range values {
		all[i] = fmt.Sprintf("%#v", v)
	}
	return strings.Join(all, ", ")
}
