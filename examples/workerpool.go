// Workerpool hands jobs to a fixed number of workers and puts their results back in order.
package main

import (
	"errors"
	"fmt"
	"sync"
	"time"
)

type job struct {
	id, n int
}

type outcome struct {
	job    job
	steps  int
	err    error
	worker int
}

var errTooLong = errors.New("no end in sight")

// collatz counts the steps from n down to 1.
func collatz(n, limit int) (int, error) {
	steps := 0
	for n != 1 {
		if steps == limit {
			return steps, fmt.Errorf("collatz(%d): %w", n, errTooLong)
		}
		if n%2 == 0 {
			n /= 2
		} else {
			n = 3*n + 1
		}
		steps++
	}
	return steps, nil
}

func worker(id int, jobs <-chan job, out chan<- outcome, wg *sync.WaitGroup) {
	defer wg.Done()
	for j := range jobs {
		steps, err := collatz(j.n, 200)
		time.Sleep(time.Millisecond) // pretend that it is hard
		out <- outcome{j, steps, err, id}
	}
}

func main() {
	const workers = 4
	numbers := []int{1, 7, 27, 97, 871, 6171, 77031, 837799, 12, 19}

	jobs := make(chan job)
	out := make(chan outcome, workers)
	var wg sync.WaitGroup
	for id := range workers {
		wg.Add(1)
		go worker(id, jobs, out, &wg)
	}
	go func() {
		for i, n := range numbers {
			jobs <- job{i, n}
		}
		close(jobs)
		wg.Wait()
		close(out)
	}()

	results := make([]outcome, len(numbers))
	busy := make(map[int]int)
	for o := range out {
		results[o.job.id] = o
		busy[o.worker]++
	}
	for _, r := range results {
		switch {
		case errors.Is(r.err, errTooLong):
			fmt.Printf("%6d: gave up after %d steps\n", r.job.n, r.steps)
		case r.err != nil:
			fmt.Printf("%6d: %v\n", r.job.n, r.err)
		default:
			fmt.Printf("%6d: %d steps\n", r.job.n, r.steps)
		}
	}
	done := 0
	for _, n := range busy {
		done += n
	}
	fmt.Println(done, "jobs done by at most", workers, "workers:", len(busy) <= workers)
}

// Output:
//      1: 0 steps
//      7: 16 steps
//     27: 111 steps
//     97: 118 steps
//    871: 178 steps
//   6171: gave up after 200 steps
//  77031: gave up after 200 steps
// 837799: gave up after 200 steps
//     12: 9 steps
//     19: 20 steps
// 10 jobs done by at most 4 workers: true
