// Lru is a cache that forgets what was not used for longest.
package main

import (
	"container/list"
	"fmt"
	"strings"
)

type entry struct {
	key   string
	value any
}

type cache struct {
	limit        int
	order        *list.List // front = most recently used
	items        map[string]*list.Element
	onEvict      func(key string, value any)
	hits, misses int
}

func newCache(limit int, onEvict func(string, any)) *cache {
	return &cache{limit: limit, order: list.New(), items: make(map[string]*list.Element), onEvict: onEvict}
}

func (c *cache) get(key string) (value any, ok bool) {
	e, ok := c.items[key]
	if !ok {
		c.misses++
		return nil, false
	}
	c.hits++
	c.order.MoveToFront(e)
	return e.Value.(*entry).value, true
}

func (c *cache) put(key string, value any) {
	if e, ok := c.items[key]; ok {
		e.Value.(*entry).value = value
		c.order.MoveToFront(e)
		return
	}
	c.items[key] = c.order.PushFront(&entry{key, value})
	for c.order.Len() > c.limit {
		c.evict()
	}
}

func (c *cache) evict() {
	last := c.order.Back()
	old := c.order.Remove(last).(*entry)
	delete(c.items, old.key)
	if c.onEvict != nil {
		c.onEvict(old.key, old.value)
	}
}

func (c *cache) String() string {
	var keys []string
	for e := c.order.Front(); e != nil; e = e.Next() {
		keys = append(keys, fmt.Sprintf("%s=%v", e.Value.(*entry).key, e.Value.(*entry).value))
	}
	return "[" + strings.Join(keys, " ") + "]"
}

// memo makes a slow function fast with a cache.
func memo(c *cache, f func(int) int) func(int) int {
	return func(n int) int {
		key := fmt.Sprint(n)
		if v, ok := c.get(key); ok {
			return v.(int)
		}
		v := f(n)
		c.put(key, v)
		return v
	}
}

func main() {
	var evicted []string
	c := newCache(4, func(key string, _ any) { evicted = append(evicted, key) })
	for i, word := range strings.Fields("to be or not to be that is the question") {
		if _, ok := c.get(word); !ok {
			c.put(word, i)
		}
	}
	fmt.Println(c)
	fmt.Println("evicted:", evicted)
	fmt.Printf("%d hits, %d misses\n", c.hits, c.misses)

	small := newCache(4, nil)
	var fib func(int) int
	calls := 0
	fib = memo(small, func(n int) int {
		calls++
		if n < 2 {
			return n
		}
		return fib(n-1) + fib(n-2)
	})
	fmt.Println("fib(80) =", fib(80), "with", calls, "calls")
	fmt.Println(small)
}

// Output:
// [question=9 the=8 is=7 that=6]
// evicted: [or not to be]
// 2 hits, 8 misses
// fib(80) = 23416728348467685 with 81 calls
// [80=23416728348467685 78=8944394323791464 79=14472334024676221 77=5527939700884757]
