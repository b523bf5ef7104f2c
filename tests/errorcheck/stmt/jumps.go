package main

func labels() {
	goto undefined // ERROR `label undefined not defined`
	break undefined // ERROR `break label not defined: undefined`
	continue undefined // ERROR `continue label not defined: undefined`
unused: // ERROR `label unused defined and not used`
	for {
		break unused2 // ERROR `break label not defined: unused2`
	}
used:
	for {
		continue used
	}
twice:
	for {
		break twice
	}
twice: // ERROR `label twice already defined at .*\.go:15:1`
	for {
		break twice // ERROR `invalid break label twice`
	}
block:
	{
		break block // ERROR `invalid break label block`
		continue block // ERROR `invalid continue label block`
	}
cond:
	if true {
		break cond // ERROR `invalid break label cond`
	}
sw:
	switch {
	case true:
		continue sw // ERROR `invalid continue label sw`
	case false:
		break sw
	}
outer:
	for {
		func() {
			break outer // ERROR `break label not defined: outer`
		}()
		break outer
	}
	for {
		break cond // ERROR `invalid break label cond`
	}
}

func over() {
	goto done // ERROR `goto done jumps over declaration of x at .*\.go:53:4`
	x := 1
	_ = x
done:
	goto next // ERROR `goto next jumps over declaration of y at .*\.go:57:6`
	var y, z int
	_, _ = y, z
next:
	goto fine
	{
		w := 1
		_ = w
	}
fine:
}

func into() {
	goto inside // ERROR `goto inside jumps into block starting at .*\.go:70:2`
	{
	inside:
	}
	goto loop // ERROR `goto loop jumps into block starting at .*\.go:74:6`
	for {
	loop:
	}
	if true {
		goto other // ERROR `goto other jumps into block starting at .*\.go:79:9`
	} else {
	other:
	}
	switch {
	case true:
		goto there // ERROR `goto there jumps into block starting at .*\.go:85:2`
	case false:
	there:
	}
}

func plain() {
	break // ERROR `break is not in a loop, switch, or select`
	continue // ERROR `continue is not in a loop`
	if true {
		break // ERROR `break is not in a loop, switch, or select`
	}
	{
		continue // ERROR `continue is not in a loop`
	}
	switch {
	case true:
		continue // ERROR `continue is not in a loop`
	}
	for {
		func() {
			break // ERROR `break is not in a loop, switch, or select`
		}()
	}
	select {
	default:
		break
		continue // ERROR `continue is not in a loop`
	}
	defer func() { continue }() // ERROR `continue is not in a loop`
}

func falls(x any) {
	fallthrough // ERROR `fallthrough statement out of place`
	switch {
	case true:
		fallthrough
	case false:
		if true {
			fallthrough // ERROR `fallthrough statement out of place`
		}
		fallthrough // ERROR `fallthrough statement out of place`
		println()
	case true && true:
		fallthrough // ERROR `cannot fallthrough final case in switch`
	}
	switch x.(type) {
	case int:
		fallthrough // ERROR `cannot fallthrough in type switch`
	default:
	}
	for {
		fallthrough // ERROR `fallthrough statement out of place`
	}
	select {
	default:
		fallthrough // ERROR `fallthrough statement out of place`
	}
}

func main() {
main: // ERROR `label main defined and not used`
	labels()
_:
_:
	goto _ // ERROR `label _ not defined`
}
