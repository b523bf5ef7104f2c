// exit: 2
// A panic while panicking prints both; a repanicked one says so.
package main

func main() {
	defer func() {
		panic("second")
	}()
	defer func() {
		r := recover()
		panic(r)
	}()
	panic("first")
}
