// Pubsub is a hub: one goroutine owns all state and serves subscriptions, messages and
// cancellations through a select.
package main

import (
	"fmt"
	"sort"
	"strings"
	"sync"
)

type message struct {
	topic, text string
}

type subscriber struct {
	name   string
	prefix string
	inbox  chan message
}

type hub struct {
	join, leave chan *subscriber
	publish     chan message
	count       chan int
	quit        chan struct{}
	wg          sync.WaitGroup
}

func newHub() *hub {
	h := &hub{
		join:    make(chan *subscriber),
		leave:   make(chan *subscriber),
		publish: make(chan message),
		count:   make(chan int),
		quit:    make(chan struct{}),
	}
	h.wg.Add(1)
	go h.run()
	return h
}

func (h *hub) run() {
	defer h.wg.Done()
	subs := make(map[*subscriber]bool)
	for {
		select {
		case s := <-h.join:
			subs[s] = true
		case s := <-h.leave:
			if subs[s] {
				delete(subs, s)
				close(s.inbox)
			}
		case m := <-h.publish:
			for s := range subs {
				if !strings.HasPrefix(m.topic, s.prefix) {
					continue
				}
				select {
				case s.inbox <- m:
				default:
					fmt.Println(s.name, "is too slow for", m.text)
				}
			}
		case h.count <- len(subs):
		case <-h.quit:
			for s := range subs {
				close(s.inbox)
			}
			return
		}
	}
}

func (h *hub) subscribe(name, prefix string, room int) *subscriber {
	s := &subscriber{name, prefix, make(chan message, room)}
	h.join <- s
	return s
}

func (h *hub) stop() {
	close(h.quit)
	h.wg.Wait()
}

func main() {
	h := newHub()
	all := h.subscribe("all", "", 10)
	sport := h.subscribe("sport", "sport.", 10)
	slow := h.subscribe("slow", "sport.", 1)
	gone := h.subscribe("gone", "", 10)
	fmt.Println(<-h.count, "subscribers")
	h.leave <- gone
	fmt.Println(<-h.count, "subscribers")

	for i, topic := range []string{"sport.chess", "weather", "sport.go", "news.sport"} {
		h.publish <- message{topic, fmt.Sprintf("%s #%d", topic, i)}
	}
	h.stop()

	var lines []string
	for _, s := range []*subscriber{all, sport, slow, gone} {
		n := 0
		for m := range s.inbox {
			n++
			lines = append(lines, fmt.Sprintf("%-5s got %s", s.name, m.text))
		}
		lines = append(lines, fmt.Sprintf("%-5s got %d in all", s.name, n))
	}
	sort.Strings(lines)
	fmt.Println(strings.Join(lines, "\n"))
}

// Output:
// 4 subscribers
// 3 subscribers
// slow is too slow for sport.go #2
// all   got 4 in all
// all   got news.sport #3
// all   got sport.chess #0
// all   got sport.go #2
// all   got weather #1
// gone  got 0 in all
// slow  got 1 in all
// slow  got sport.chess #0
// sport got 2 in all
// sport got sport.chess #0
// sport got sport.go #2
