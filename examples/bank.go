// Bank moves money between accounts from many goroutines and shows that none is lost.
package main

import (
	"errors"
	"fmt"
	"math/rand"
	"sync"
)

type cents int64

func (c cents) String() string {
	sign := ""
	if c < 0 {
		sign, c = "-", -c
	}
	return fmt.Sprintf("%s$%d.%02d", sign, c/100, c%100)
}

type account struct {
	mu      sync.Mutex
	id      int
	owner   string
	balance cents
}

type insufficientError struct {
	account       *account
	needed, found cents
}

func (e *insufficientError) Error() string {
	return fmt.Sprintf("%s has %v, needs %v", e.account.owner, e.found, e.needed)
}

var errSame = errors.New("transfer to the same account")

type bank struct {
	accounts []*account

	mu       sync.RWMutex
	attempts map[string]int
}

func (b *bank) open(owner string, balance cents) *account {
	a := &account{id: len(b.accounts), owner: owner, balance: balance}
	b.accounts = append(b.accounts, a)
	return a
}

func (b *bank) note(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.attempts[what]++
}

// transfer locks both accounts in the order of their numbers, so that two
// transfers in opposite directions cannot wait for each other.
func (b *bank) transfer(from, to *account, amount cents) (err error) {
	defer func() {
		if err == nil {
			b.note("done")
		} else {
			b.note("refused")
		}
	}()
	if from == to {
		return errSame
	}
	first, second := from, to
	if first.id > second.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()

	if from.balance < amount {
		return &insufficientError{from, amount, from.balance}
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

func (b *bank) total() (sum cents) {
	for _, a := range b.accounts {
		a.mu.Lock()
		sum += a.balance
		a.mu.Unlock()
	}
	return sum
}

func main() {
	b := &bank{attempts: make(map[string]int)}
	ann := b.open("Ann", 100_00)
	bob := b.open("Bob", 50_50)
	for _, owner := range []string{"Cid", "Dee", "Eve"} {
		b.open(owner, 75_25)
	}
	before := b.total()

	var poor *insufficientError
	if err := b.transfer(bob, ann, 1000_00); errors.As(err, &poor) {
		fmt.Println("refused:", err)
	}
	fmt.Println("refused:", b.transfer(ann, ann, 1))

	var wg sync.WaitGroup
	for worker := range 8 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			rng := rand.New(rand.NewSource(int64(worker)))
			for range 500 {
				from := b.accounts[rng.Intn(len(b.accounts))]
				to := b.accounts[rng.Intn(len(b.accounts))]
				b.transfer(from, to, cents(rng.Intn(30_00)))
			}
		}()
	}
	wg.Wait()

	after := b.total()
	fmt.Println("before", before, "after", after)
	fmt.Println("attempts", b.attempts["done"]+b.attempts["refused"])
	for _, a := range b.accounts {
		if a.balance < 0 {
			fmt.Println(a.owner, "is in debt:", a.balance)
		}
	}
	fmt.Println(cents(-5), cents(-12345))
}

// Output:
// refused: Bob has $50.50, needs $1000.00
// refused: transfer to the same account
// before $376.25 after $376.25
// attempts 4002
// -$0.05 -$123.45
