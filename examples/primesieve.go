// Primesieve prints the first primes with one goroutine for each prime found so far,
// every one of them filtering its multiples out of the stream.
package main

import "fmt"

// generate sends 2, 3, 4, … to ch until nobody listens any more.
func generate(ch chan<- int, done <-chan struct{}) {
	for i := 2; ; i++ {
		select {
		case ch <- i:
		case <-done:
			return
		}
	}
}

// filter copies the values of in to out, except those divisible by prime.
func filter(in <-chan int, out chan<- int, prime int, done <-chan struct{}) {
	for {
		select {
		case i := <-in:
			if i%prime == 0 {
				continue
			}
			select {
			case out <- i:
			case <-done:
				return
			}
		case <-done:
			return
		}
	}
}

func primes(n int) []int {
	done := make(chan struct{})
	defer close(done)

	ch := make(chan int)
	go generate(ch, done)
	var found []int
	for len(found) < n {
		prime := <-ch
		found = append(found, prime)
		next := make(chan int)
		go filter(ch, next, prime, done)
		ch = next
	}
	return found
}

func main() {
	list := primes(40)
	for i, p := range list {
		sep := " "
		if i%10 == 9 {
			sep = "\n"
		}
		fmt.Printf("%4d%s", p, sep)
	}
}

// Output:
//    2    3    5    7   11   13   17   19   23   29
//   31   37   41   43   47   53   59   61   67   71
//   73   79   83   89   97  101  103  107  109  113
//  127  131  137  139  149  151  157  163  167  173
