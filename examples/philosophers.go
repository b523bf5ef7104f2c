// Philosophers lets five of them dine without deadlock: everybody picks up
// the fork with the lower number first.
package main

import (
	"fmt"
	"sync"
	"sync/atomic"
)

type fork struct {
	sync.Mutex
	uses int
}

type philosopher struct {
	name        string
	left, right *fork
	meals       int
}

var eating, most atomic.Int32

func (p *philosopher) dine(rounds int, wg *sync.WaitGroup) {
	defer wg.Done()
	for range rounds {
		p.eat()
	}
}

func (p *philosopher) eat() {
	p.left.Lock()
	defer p.left.Unlock()
	p.right.Lock()
	defer p.right.Unlock()

	n := eating.Add(1)
	for {
		old := most.Load()
		if n <= old || most.CompareAndSwap(old, n) {
			break
		}
	}
	p.left.uses++
	p.right.uses++
	p.meals++
	eating.Add(-1)
}

func main() {
	names := []string{"Aristotle", "Descartes", "Kant", "Plato", "Spinoza"}
	forks := make([]*fork, len(names))
	for i := range forks {
		forks[i] = new(fork)
	}
	table := make([]*philosopher, len(names))
	for i, name := range names {
		a, b := i, (i+1)%len(names)
		if a > b {
			a, b = b, a
		}
		table[i] = &philosopher{name: name, left: forks[a], right: forks[b]}
	}

	var wg sync.WaitGroup
	for _, p := range table {
		wg.Add(1)
		go p.dine(1000, &wg)
	}
	wg.Wait()

	uses := 0
	for _, p := range table {
		fmt.Printf("%-10s ate %d times\n", p.name, p.meals)
	}
	for _, f := range forks {
		uses += f.uses
	}
	fmt.Println("forks used", uses, "times, never more than two at table eating:", most.Load() <= 2)
}

// Output:
// Aristotle  ate 1000 times
// Descartes  ate 1000 times
// Kant       ate 1000 times
// Plato      ate 1000 times
// Spinoza    ate 1000 times
// forks used 10000 times, never more than two at table eating: true
