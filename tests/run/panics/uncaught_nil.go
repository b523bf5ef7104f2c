// exit: 2
package main

type node struct{ next *node }

func main() {
	var n *node
	n = n.next
}
