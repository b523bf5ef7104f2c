// Life runs Conway's Game of Life on a torus, each generation computed by several goroutines.
package main

import (
	"bytes"
	"fmt"
	"sync"
)

const width, height = 24, 10

type field [height][width]bool

func (f *field) set(rows ...string) {
	for y, row := range rows {
		for x, c := range row {
			f[y+1][x+1] = c == '#'
		}
	}
}

func (f *field) neighbours(x, y int) (n int) {
	for dy := -1; dy <= 1; dy++ {
		for dx := -1; dx <= 1; dx++ {
			if (dx != 0 || dy != 0) && f[(y+dy+height)%height][(x+dx+width)%width] {
				n++
			}
		}
	}
	return n
}

func (f *field) next(x, y int) bool {
	n := f.neighbours(x, y)
	return n == 3 || n == 2 && f[y][x]
}

type life struct {
	now, then *field
	born      int
}

func (l *life) step() {
	var wg sync.WaitGroup
	for y := range l.now {
		wg.Add(1)
		go func(row *[width]bool) {
			defer wg.Done()
			for x := range row {
				row[x] = l.now.next(x, y)
			}
		}(&l.then[y])
	}
	wg.Wait()
	l.now, l.then = l.then, l.now
	l.born++
}

func (l *life) String() string {
	var b bytes.Buffer
	for _, row := range l.now {
		for _, alive := range row {
			c := byte('.')
			if alive {
				c = '#'
			}
			b.WriteByte(c)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func alive(f field) (n int) { // by value: an array is copied
	for _, row := range f {
		for _, a := range row {
			if a {
				n++
			}
		}
	}
	return
}

func main() {
	l := &life{now: new(field), then: new(field)}
	l.now.set(".#.", "..#", "###")
	start := *l.now
	for range 24 {
		l.step()
	}
	fmt.Print(l)
	fmt.Println("generation", l.born, "alive", alive(*l.now), "moved", *l.now != start)
	for range 456 {
		l.step()
	}
	fmt.Println("back after", l.born, "generations:", *l.now == start)
}

// Output:
// ........................
// ........................
// ........................
// ........................
// ........................
// ........................
// ........................
// ........#...............
// .........#..............
// .......###..............
// generation 24 alive 5 moved true
// back after 480 generations: true
