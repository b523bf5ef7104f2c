// A small server that speaks the Redis protocol: strings, counters, lists, sets and hashes in memory, with expiry and
// pipelining. Started with an address it serves redis-cli and redis-benchmark:
//
//	minigo run examples/redis.go 127.0.0.1:6399
//	redis-cli -p 6399
//
// Without one it talks to itself for a moment.
package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"sort"
	"strconv"
	"strings"
	"sync"
	"time"
)

// ---- the store ----

// value is what a key has: exactly one of the fields is in use.
type value struct {
	str     []byte
	list    *deque
	set     map[string]struct{}
	hash    map[string][]byte
	expires time.Time // zero: never
}

func (v *value) kind() string {
	switch {
	case v.list != nil:
		return "list"
	case v.set != nil:
		return "set"
	case v.hash != nil:
		return "hash"
	}
	return "string"
}

// deque is a list that grows at both ends: a ring.
type deque struct {
	ring  [][]byte
	first int
	n     int
}

func (d *deque) at(i int) *[]byte { return &d.ring[(d.first+i)&(len(d.ring)-1)] }

func (d *deque) grow() {
	if d.n < len(d.ring) {
		return
	}
	bigger := make([][]byte, max(8, 2*len(d.ring)))
	for i := range d.n {
		bigger[i] = *d.at(i)
	}
	d.ring, d.first = bigger, 0
}

func (d *deque) pushFront(b []byte) {
	d.grow()
	d.first = (d.first - 1) & (len(d.ring) - 1)
	d.n++
	*d.at(0) = b
}

func (d *deque) pushBack(b []byte) {
	d.grow()
	d.n++
	*d.at(d.n - 1) = b
}

func (d *deque) popFront() []byte {
	b := *d.at(0)
	*d.at(0) = nil
	d.first = (d.first + 1) & (len(d.ring) - 1)
	d.n--
	return b
}

func (d *deque) popBack() []byte {
	b := *d.at(d.n - 1)
	*d.at(d.n - 1) = nil
	d.n--
	return b
}

// store is all keys, under one lock: commands are short.
type store struct {
	mu   sync.Mutex
	keys map[string]*value
}

// get returns a key's value, nil if there is none. The lock is held.
func (s *store) get(key []byte) *value {
	v := s.keys[string(key)]
	if v != nil && !v.expires.IsZero() && !time.Now().Before(v.expires) {
		delete(s.keys, string(key))
		return nil
	}
	return v
}

var (
	errWrongType = errors.New("WRONGTYPE Operation against a key holding the wrong kind of value")
	errNotInt    = errors.New("ERR value is not an integer or out of range")
	errSyntax    = errors.New("ERR syntax error")
)

// getKind is like get; a value of another kind is an error.
func (s *store) getKind(key []byte, kind string) (*value, error) {
	v := s.get(key)
	if v != nil && v.kind() != kind {
		return nil, errWrongType
	}
	return v, nil
}

// make returns a key's value of a kind, which is created if there is none.
func (s *store) make(key []byte, kind string) (*value, error) {
	v, err := s.getKind(key, kind)
	if v != nil || err != nil {
		return v, err
	}
	v = &value{}
	switch kind {
	case "list":
		v.list = &deque{}
	case "set":
		v.set = map[string]struct{}{}
	case "hash":
		v.hash = map[string][]byte{}
	}
	s.keys[string(key)] = v
	return v, nil
}

// ---- the protocol ----

// client is one connection.
type client struct {
	s    *store
	conn net.Conn
	in   []byte // what was read: in[at:end] is still to be looked at
	at   int
	end  int
	args [][]byte // of the command, parts of in
	out  []byte   // answers, until no further command is waiting
	quit bool
}

var errProtocol = errors.New("ERR Protocol error")

// number reads the line with a length at b[i:], and returns where the next begins; 0: the line is not all there.
func number(b []byte, i int) (n, next int, err error) {
	for start := i; i < len(b); i++ {
		d := b[i]
		if d == '\r' {
			if i+1 == len(b) {
				return 0, 0, nil
			}
			if b[i+1] != '\n' || i == start {
				return 0, 0, errProtocol
			}
			return n, i + 2, nil
		}
		if d < '0' || d > '9' || n > 512<<20 {
			return 0, 0, errProtocol
		}
		n = 10*n + int(d-'0')
	}
	return 0, 0, nil
}

// parse reads the command that b begins with into args, and returns its length; 0: it is not all there.
func (c *client) parse(b []byte) (length int, err error) {
	c.args = c.args[:0]
	if len(b) == 0 {
		return 0, nil
	}
	if b[0] != '*' {
		// inline: words on a line
		i := bytes.IndexByte(b, '\n')
		if i < 0 && len(b) > 64<<10 {
			return 0, errProtocol
		}
		c.args = append(c.args, bytes.Fields(b[:i+1])...)
		return i + 1, nil
	}
	n, i, err := number(b, 1)
	if i == 0 {
		return 0, err
	}
	if n > 1<<20 {
		return 0, errProtocol
	}
	for range n {
		if i == len(b) {
			return 0, nil
		}
		if b[i] != '$' {
			return 0, errProtocol
		}
		size, start, err := number(b, i+1)
		if start == 0 {
			return 0, err
		}
		i = start + size + 2
		if size > 512<<20 {
			return 0, errProtocol
		}
		if i > len(b) {
			return 0, nil
		}
		c.args = append(c.args, b[start:start+size:start+size])
	}
	return i, nil
}

// read reads the next command into args, after sending the answers if it has to wait.
func (c *client) read() error {
	for {
		n, err := c.parse(c.in[c.at:c.end])
		if n > 0 || err != nil {
			c.at += n
			return err
		}
		if err := c.flush(); err != nil {
			return err
		}
		copy(c.in, c.in[c.at:c.end])
		c.at, c.end = 0, c.end-c.at
		if c.end == len(c.in) {
			c.in = append(c.in, make([]byte, max(16<<10, len(c.in)))...)
		}
		n, err = c.conn.Read(c.in[c.end:])
		if c.end += n; n == 0 && err != nil {
			return err
		}
	}
}

func (c *client) raw(text string) { c.out = append(c.out, text...) }

func (c *client) line(kind byte, text string) {
	c.out = append(append(append(c.out, kind), text...), '\r', '\n')
}

func (c *client) ok()            { c.raw("+OK\r\n") }
func (c *client) null()          { c.raw("$-1\r\n") }
func (c *client) fail(err error) { c.line('-', err.Error()) }
func (c *client) integer(n int)  { c.header(':', n) }
func (c *client) array(n int)    { c.header('*', n) }

func (c *client) text(s string) {
	c.header('$', len(s))
	c.out = append(append(c.out, s...), '\r', '\n')
}

func (c *client) flag(yes bool) {
	if yes {
		c.raw(":1\r\n")
	} else {
		c.raw(":0\r\n")
	}
}

func (c *client) header(kind byte, n int) {
	c.out = append(strconv.AppendInt(append(c.out, kind), int64(n), 10), '\r', '\n')
}

func (c *client) bulk(b []byte) {
	if b == nil {
		c.null()
		return
	}
	c.header('$', len(b))
	c.out = append(append(c.out, b...), '\r', '\n')
}

// flush sends the answers.
func (c *client) flush() error {
	if len(c.out) == 0 {
		return nil
	}
	_, err := c.conn.Write(c.out)
	c.out = c.out[:0]
	return err
}

// serve answers commands until the client goes. Answers are sent when no further command is waiting: never while the
// store is locked.
func (c *client) serve() error {
	for !c.quit {
		if len(c.out) > 64<<10 {
			if err := c.flush(); err != nil {
				return err
			}
		}
		if err := c.read(); err != nil {
			if err == errProtocol {
				c.fail(err)
				c.flush()
			}
			return err
		}
		if len(c.args) > 0 {
			c.run()
		}
	}
	return c.flush()
}

// command is one entry of the table.
type command struct {
	min int // arguments with the name; the most, below zero: any number
	max int
	run func(c *client, args [][]byte) error
}

var commands map[string]command

// upper makes a name upper case in place, without allocating.
func upper(b []byte) []byte {
	for i, x := range b {
		if 'a' <= x && x <= 'z' {
			b[i] = x - 'a' + 'A'
		}
	}
	return b
}

func (c *client) run() {
	cmd, ok := commands[string(upper(c.args[0]))]
	switch {
	case !ok:
		c.line('-', fmt.Sprintf("ERR unknown command '%s'", strings.ToLower(string(c.args[0]))))
	case len(c.args) < cmd.min || cmd.max >= 0 && len(c.args) > cmd.max:
		c.line('-', fmt.Sprintf("ERR wrong number of arguments for '%s' command", strings.ToLower(string(c.args[0]))))
	default:
		c.s.mu.Lock()
		err := cmd.run(c, c.args)
		c.s.mu.Unlock()
		if err != nil {
			c.fail(err)
		}
	}
}

// ---- the commands; the lock is held ----

func clone(b []byte) []byte { return append([]byte{}, b...) }

func integer(b []byte) (int, error) {
	n, err := strconv.Atoi(string(b))
	if err != nil {
		return 0, errNotInt
	}
	return n, nil
}

func set(c *client, args [][]byte) error {
	var expires time.Time
	var nx, xx, get bool
	for i := 3; i < len(args); i++ {
		switch word := string(upper(args[i])); word {
		case "NX":
			nx = true
		case "XX":
			xx = true
		case "GET":
			get = true
		case "EX", "PX":
			i++
			if i == len(args) {
				return errSyntax
			}
			n, err := integer(args[i])
			if err != nil {
				return err
			}
			if n <= 0 {
				return errors.New("ERR invalid expire time in 'set' command")
			}
			unit := time.Second
			if word == "PX" {
				unit = time.Millisecond
			}
			expires = time.Now().Add(time.Duration(n) * unit)
		default:
			return errSyntax
		}
	}
	old := c.s.get(args[1])
	if nx && old != nil || xx && old == nil || nx && xx {
		c.null()
		return nil
	}
	if old != nil && old.kind() == "string" && !get {
		// The old value's memory serves again.
		old.str = append(old.str[:0], args[2]...)
		old.expires = expires
	} else {
		c.s.keys[string(args[1])] = &value{str: clone(args[2]), expires: expires}
	}
	switch {
	case !get:
		c.ok()
	case old == nil:
		c.null()
	default:
		c.bulk(old.str)
	}
	return nil
}

func get(c *client, args [][]byte) error {
	v, err := c.s.getKind(args[1], "string")
	switch {
	case err != nil:
		return err
	case v == nil:
		c.null()
	default:
		c.bulk(v.str)
	}
	return nil
}

func (c *client) add(key []byte, by int) error {
	v, err := c.s.make(key, "string")
	if err != nil {
		return err
	}
	n := 0
	if len(v.str) > 0 {
		if n, err = integer(v.str); err != nil {
			return err
		}
	}
	if by > 0 && n+by < n || by < 0 && n+by > n {
		return errors.New("ERR increment or decrement would overflow")
	}
	n += by
	v.str = strconv.AppendInt(v.str[:0], int64(n), 10)
	c.integer(n)
	return nil
}

func push(front bool) func(c *client, args [][]byte) error {
	return func(c *client, args [][]byte) error {
		v, err := c.s.make(args[1], "list")
		if err != nil {
			return err
		}
		for _, a := range args[2:] {
			if front {
				v.list.pushFront(clone(a))
			} else {
				v.list.pushBack(clone(a))
			}
		}
		c.integer(v.list.n)
		return nil
	}
}

func pop(front bool) func(c *client, args [][]byte) error {
	return func(c *client, args [][]byte) error {
		v, err := c.s.getKind(args[1], "list")
		switch {
		case err != nil:
			return err
		case v == nil:
			c.null()
			return nil
		case front:
			c.bulk(v.list.popFront())
		default:
			c.bulk(v.list.popBack())
		}
		if v.list.n == 0 {
			delete(c.s.keys, string(args[1]))
		}
		return nil
	}
}

func lrange(c *client, args [][]byte) error {
	v, err := c.s.getKind(args[1], "list")
	if err != nil {
		return err
	}
	from, err := integer(args[2])
	if err != nil {
		return err
	}
	to, err := integer(args[3])
	if err != nil {
		return err
	}
	if v == nil {
		c.array(0)
		return nil
	}
	n := v.list.n
	if from < 0 {
		from = max(0, n+from)
	}
	if to < 0 {
		to = n + to
	}
	to = min(to, n-1)
	if from > to {
		c.array(0)
		return nil
	}
	c.array(to - from + 1)
	for i := from; i <= to; i++ {
		c.bulk(*v.list.at(i))
	}
	return nil
}

func expire(unit time.Duration) func(c *client, args [][]byte) error {
	return func(c *client, args [][]byte) error {
		n, err := integer(args[2])
		if err != nil {
			return err
		}
		v := c.s.get(args[1])
		if v != nil {
			v.expires = time.Now().Add(time.Duration(n) * unit)
		}
		c.flag(v != nil)
		return nil
	}
}

func init() {
	commands = map[string]command{
		"PING": {1, 2, func(c *client, args [][]byte) error {
			if len(args) == 2 {
				c.bulk(args[1])
			} else {
				c.raw("+PONG\r\n")
			}
			return nil
		}},
		"ECHO":    {2, 2, func(c *client, args [][]byte) error { c.bulk(args[1]); return nil }},
		"QUIT":    {1, -1, func(c *client, args [][]byte) error { c.quit = true; c.ok(); return nil }},
		"SELECT":  {2, 2, func(c *client, args [][]byte) error { c.ok(); return nil }},
		"CLIENT":  {2, -1, func(c *client, args [][]byte) error { c.ok(); return nil }},
		"COMMAND": {1, -1, func(c *client, args [][]byte) error { c.array(0); return nil }},
		"CONFIG": {2, -1, func(c *client, args [][]byte) error {
			if string(upper(args[1])) != "GET" {
				return errors.New("ERR only CONFIG GET is known")
			}
			known := map[string]string{"save": "", "appendonly": "no", "maxmemory": "0"}
			var found []string
			for _, a := range args[2:] {
				if v, ok := known[strings.ToLower(string(a))]; ok {
					found = append(found, string(a), v)
				}
			}
			c.array(len(found))
			for _, f := range found {
				c.text(f)
			}
			return nil
		}},
		"INFO": {1, -1, func(c *client, args [][]byte) error {
			c.text("# Server\r\nredis_version:7.0.0\r\n# Keyspace\r\ndb0:keys=" + strconv.Itoa(len(c.s.keys)) + "\r\n")
			return nil
		}},
		"DBSIZE":   {1, 1, func(c *client, args [][]byte) error { c.integer(len(c.s.keys)); return nil }},
		"FLUSHALL": {1, 2, func(c *client, args [][]byte) error { clear(c.s.keys); c.ok(); return nil }},
		"FLUSHDB":  {1, 2, func(c *client, args [][]byte) error { clear(c.s.keys); c.ok(); return nil }},
		"KEYS": {2, 2, func(c *client, args [][]byte) error {
			prefix, star := strings.CutSuffix(string(args[1]), "*")
			var found []string
			for k := range c.s.keys {
				if c.s.get([]byte(k)) != nil && (k == prefix || star && strings.HasPrefix(k, prefix)) {
					found = append(found, k)
				}
			}
			sort.Strings(found)
			c.array(len(found))
			for _, k := range found {
				c.text(k)
			}
			return nil
		}},
		"TYPE": {2, 2, func(c *client, args [][]byte) error {
			kind := "none"
			if v := c.s.get(args[1]); v != nil {
				kind = v.kind()
			}
			c.line('+', kind)
			return nil
		}},
		"DEL": {2, -1, func(c *client, args [][]byte) error {
			n := 0
			for _, k := range args[1:] {
				if c.s.get(k) != nil {
					delete(c.s.keys, string(k))
					n++
				}
			}
			c.integer(n)
			return nil
		}},
		"EXISTS": {2, -1, func(c *client, args [][]byte) error {
			n := 0
			for _, k := range args[1:] {
				if c.s.get(k) != nil {
					n++
				}
			}
			c.integer(n)
			return nil
		}},
		"EXPIRE":  {3, 3, expire(time.Second)},
		"PEXPIRE": {3, 3, expire(time.Millisecond)},
		"TTL": {2, 2, func(c *client, args [][]byte) error {
			switch v := c.s.get(args[1]); {
			case v == nil:
				c.integer(-2)
			case v.expires.IsZero():
				c.integer(-1)
			default:
				c.integer(int(time.Until(v.expires).Round(time.Second) / time.Second))
			}
			return nil
		}},

		"SET": {3, -1, set},
		"GET": {2, 2, get},
		"SETNX": {3, 3, func(c *client, args [][]byte) error {
			free := c.s.get(args[1]) == nil
			if free {
				c.s.keys[string(args[1])] = &value{str: clone(args[2])}
			}
			c.flag(free)
			return nil
		}},
		"MSET": {3, -1, func(c *client, args [][]byte) error {
			if len(args)%2 == 0 {
				return errors.New("ERR wrong number of arguments for 'mset' command")
			}
			for i := 1; i < len(args); i += 2 {
				c.s.keys[string(args[i])] = &value{str: clone(args[i+1])}
			}
			c.ok()
			return nil
		}},
		"MGET": {2, -1, func(c *client, args [][]byte) error {
			c.array(len(args) - 1)
			for _, k := range args[1:] {
				if v, _ := c.s.getKind(k, "string"); v != nil {
					c.bulk(v.str)
				} else {
					c.null()
				}
			}
			return nil
		}},
		"APPEND": {3, 3, func(c *client, args [][]byte) error {
			v, err := c.s.make(args[1], "string")
			if err == nil {
				v.str = append(v.str, args[2]...)
				c.integer(len(v.str))
			}
			return err
		}},
		"STRLEN": {2, 2, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "string")
			if err != nil {
				return err
			}
			if v == nil {
				v = &value{}
			}
			c.integer(len(v.str))
			return nil
		}},
		"INCR": {2, 2, func(c *client, args [][]byte) error { return c.add(args[1], 1) }},
		"DECR": {2, 2, func(c *client, args [][]byte) error { return c.add(args[1], -1) }},
		"INCRBY": {3, 3, func(c *client, args [][]byte) error {
			n, err := integer(args[2])
			if err != nil {
				return err
			}
			return c.add(args[1], n)
		}},

		"LPUSH":  {3, -1, push(true)},
		"RPUSH":  {3, -1, push(false)},
		"LPOP":   {2, 2, pop(true)},
		"RPOP":   {2, 2, pop(false)},
		"LRANGE": {4, 4, lrange},
		"LLEN": {2, 2, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "list")
			if err != nil {
				return err
			}
			if v == nil {
				c.integer(0)
			} else {
				c.integer(v.list.n)
			}
			return nil
		}},

		"SADD": {3, -1, func(c *client, args [][]byte) error {
			v, err := c.s.make(args[1], "set")
			if err != nil {
				return err
			}
			before := len(v.set)
			for _, a := range args[2:] {
				v.set[string(a)] = struct{}{}
			}
			c.integer(len(v.set) - before)
			return nil
		}},
		"SISMEMBER": {3, 3, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "set")
			if err != nil {
				return err
			}
			in := false
			if v != nil {
				_, in = v.set[string(args[2])]
			}
			c.flag(in)
			return nil
		}},
		"SCARD": {2, 2, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "set")
			if err != nil {
				return err
			}
			if v == nil {
				v = &value{}
			}
			c.integer(len(v.set))
			return nil
		}},
		"SPOP": {2, 2, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "set")
			if err != nil {
				return err
			}
			if v == nil {
				c.null()
				return nil
			}
			for member := range v.set {
				delete(v.set, member)
				c.text(member)
				break
			}
			if len(v.set) == 0 {
				delete(c.s.keys, string(args[1]))
			}
			return nil
		}},

		"HSET": {4, -1, func(c *client, args [][]byte) error {
			if len(args)%2 != 0 {
				return errors.New("ERR wrong number of arguments for 'hset' command")
			}
			v, err := c.s.make(args[1], "hash")
			if err != nil {
				return err
			}
			before := len(v.hash)
			for i := 2; i < len(args); i += 2 {
				v.hash[string(args[i])] = clone(args[i+1])
			}
			c.integer(len(v.hash) - before)
			return nil
		}},
		"HGET": {3, 3, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "hash")
			if err != nil {
				return err
			}
			if v == nil {
				c.null()
				return nil
			}
			c.bulk(v.hash[string(args[2])])
			return nil
		}},
		"HGETALL": {2, 2, func(c *client, args [][]byte) error {
			v, err := c.s.getKind(args[1], "hash")
			if err != nil {
				return err
			}
			if v == nil {
				v = &value{}
			}
			fields := make([]string, 0, len(v.hash))
			for f := range v.hash {
				fields = append(fields, f)
			}
			sort.Strings(fields)
			c.array(2 * len(fields))
			for _, f := range fields {
				c.text(f)
				c.bulk(v.hash[f])
			}
			return nil
		}},
	}
}

// ---- the server ----

func serve(l net.Listener, s *store) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go func() {
			defer conn.Close()
			c := &client{s: s, conn: conn}
			if err := c.serve(); err != nil && err != io.EOF && !errors.Is(err, net.ErrClosed) {
				fmt.Fprintln(os.Stderr, conn.RemoteAddr(), err)
			}
		}()
	}
}

// demo talks to the server as redis-cli would.
func demo(addr string) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer conn.Close()
	r := bufio.NewReader(conn)
	var show func(indent string)
	show = func(indent string) {
		line, err := r.ReadString('\n')
		if err != nil {
			fmt.Println(err)
			return
		}
		line = strings.TrimSpace(line)
		n, _ := strconv.Atoi(line[1:])
		switch {
		case line[0] == '$' && n >= 0:
			b := make([]byte, n+2)
			io.ReadFull(r, b)
			fmt.Printf("%s%q\n", indent, b[:n])
		case line[0] == '*':
			fmt.Printf("%s%d of:\n", indent, n)
			for range n {
				show(indent + "  ")
			}
		default:
			fmt.Println(indent + line)
		}
	}
	for _, cmd := range []string{
		"PING", "set greeting hello", "get greeting", "append greeting !", "get nothing", "incr hits", "incrby hits 41",
		"incr greeting", "mset a 1 b 2", "mget a b c", "exists a b c a", "del a b", "rpush list x y z", "lpush list w",
		"lrange list 0 -1", "rpop list", "get list", "hset h f 1 g 2", "hgetall h", "sadd s one two one", "scard s",
		"set short lived PX 1", "type h", "nonsense", "get", "CONFIG GET save",
	} {
		fmt.Println(">", cmd)
		fmt.Fprintf(conn, "%s\r\n", cmd)
		show("")
	}
	time.Sleep(5 * time.Millisecond)
	// Several commands at once: the answers come together.
	io.WriteString(conn, "*2\r\n$3\r\nGET\r\n$5\r\nshort\r\n*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nECHO\r\n$3\r\n\r\n!\r\nQUIT\r\n")
	for range 4 {
		show("pipelined: ")
	}
	_, err = r.ReadByte()
	fmt.Println(err)
}

func main() {
	addr := "127.0.0.1:0"
	if len(os.Args) > 1 {
		addr = os.Args[1]
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	s := &store{keys: map[string]*value{}}
	if len(os.Args) == 1 {
		go serve(l, s)
		demo(l.Addr().String())
		l.Close()
		return
	}
	fmt.Println("listening at", l.Addr())
	go func() {
		stop := make(chan os.Signal, 1)
		signal.Notify(stop, os.Interrupt)
		<-stop
		l.Close()
	}()
	if err := serve(l, s); !errors.Is(err, net.ErrClosed) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// Output:
// > PING
// +PONG
// > set greeting hello
// +OK
// > get greeting
// "hello"
// > append greeting !
// :6
// > get nothing
// $-1
// > incr hits
// :1
// > incrby hits 41
// :42
// > incr greeting
// -ERR value is not an integer or out of range
// > mset a 1 b 2
// +OK
// > mget a b c
// 3 of:
//   "1"
//   "2"
//   $-1
// > exists a b c a
// :3
// > del a b
// :2
// > rpush list x y z
// :3
// > lpush list w
// :4
// > lrange list 0 -1
// 4 of:
//   "w"
//   "x"
//   "y"
//   "z"
// > rpop list
// "z"
// > get list
// -WRONGTYPE Operation against a key holding the wrong kind of value
// > hset h f 1 g 2
// :2
// > hgetall h
// 4 of:
//   "f"
//   "1"
//   "g"
//   "2"
// > sadd s one two one
// :2
// > scard s
// :2
// > set short lived PX 1
// +OK
// > type h
// +hash
// > nonsense
// -ERR unknown command 'nonsense'
// > get
// -ERR wrong number of arguments for 'get' command
// > CONFIG GET save
// 2 of:
//   "save"
//   ""
// pipelined: $-1
// pipelined: +PONG
// pipelined: "\r\n!"
// pipelined: +OK
// EOF
