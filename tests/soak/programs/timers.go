// Timers are set, stopped and reset by everybody at once: what was stopped in time never fires, all others do, once.
package main

import (
	"context"
	"fmt"
	"math/rand"
	"os"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	var fired, stopped, made atomic.Int64
	var wg, calls sync.WaitGroup
	for g := range 16 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r := rand.New(rand.NewSource(int64(g)))
			for range 20 * rounds {
				d := time.Duration(r.Intn(300)) * time.Microsecond
				switch r.Intn(5) {
				case 0:
					made.Add(1)
					calls.Add(1)
					t := time.AfterFunc(d, func() { fired.Add(1); calls.Done() })
					time.Sleep(time.Duration(r.Intn(200)) * time.Microsecond)
					if t.Stop() {
						stopped.Add(1)
						calls.Done()
					}
				case 1:
					t := time.NewTimer(time.Hour)
					t.Reset(d)
					at := <-t.C
					if t.Stop() || at.IsZero() {
						panic("it has fired")
					}
				case 2:
					t := time.NewTimer(d)
					time.Sleep(100 * time.Microsecond)
					t.Stop()
					select {
					case <-t.C:
						panic("a stale value")
					default:
					}
				case 3:
					ctx, cancel := context.WithTimeout(context.Background(), d)
					inner, cancel2 := context.WithCancel(ctx)
					<-inner.Done()
					cancel2()
					cancel()
				case 4:
					tick := time.NewTicker(d + time.Microsecond)
					<-tick.C
					<-tick.C
					tick.Stop()
				}
			}
		}()
	}
	wg.Wait()
	calls.Wait()
	if fired.Load()+stopped.Load() != made.Load() {
		panic(fmt.Sprint(fired.Load(), stopped.Load(), made.Load()))
	}
	fmt.Println("ok")
}
