// exit: 2
// stress: none (collecting at every step of a million frames takes minutes)
package main

func f(n int) int { return f(n+1) + 1 }

func main() { println(f(0)) }
