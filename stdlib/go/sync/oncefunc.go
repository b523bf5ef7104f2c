package sync

// once1 runs a function once and remembers how it ended.
type once1 struct {
	once  Once
	valid bool // f has returned
	p     any  // what it panicked with
}

func (o *once1) do(f func()) {
	o.once.Do(func() {
		defer func() {
			if !o.valid {
				o.p = recover()
				panic(o.p)
			}
		}()
		f()
		o.valid = true
	})
	if !o.valid {
		panic(o.p)
	}
}

// OnceFunc returns a function that calls f the first time only. If f panics, so does every call.
func OnceFunc(f func()) func() {
	o := new(once1)
	return func() {
		o.do(func() {
			g := f
			f = nil // can be collected
			g()
		})
	}
}

// OnceValue returns a function that calls f the first time and returns its result every time.
func OnceValue[T any](f func() T) func() T {
	o := new(once1)
	var r T
	return func() T {
		o.do(func() {
			g := f
			f = nil
			r = g()
		})
		return r
	}
}

// OnceValues is [OnceValue] for two results.
func OnceValues[T1, T2 any](f func() (T1, T2)) func() (T1, T2) {
	o := new(once1)
	var r1 T1
	var r2 T2
	return func() (T1, T2) {
		o.do(func() {
			g := f
			f = nil
			r1, r2 = g()
		})
		return r1, r2
	}
}
