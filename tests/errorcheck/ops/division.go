package main

const zero = 0

func main() {
	i, f, c, u := 1, 1.0, 1i, uint(1)
	_ = i / 0 // ERROR `invalid operation: division by zero`
	_ = i % 0 // ERROR `invalid operation: division by zero`
	_ = i / zero // ERROR `invalid operation: division by zero`
	_ = 1 / 0 // ERROR `invalid operation: division by zero`
	_ = 1 % zero // ERROR `invalid operation: division by zero`
	_ = 1.0 / 0 // ERROR `invalid operation: division by zero`
	_ = 1.0 / 0.0 // ERROR `invalid operation: division by zero`
	_ = 1 / 0.0 // ERROR `invalid operation: division by zero`
	_ = 1i / 0 // ERROR `invalid operation: division by zero`
	_ = f / 0
	_ = c / 0
	_ = u / 0 // ERROR `invalid operation: division by zero`
	_ = u % (1 - 1) // ERROR `invalid operation: division by zero`
	_ = i / (zero * 5) // ERROR `invalid operation: division by zero`
	_ = 'a' / 0 // ERROR `invalid operation: division by zero`
	_ = uint8(1) / uint8(0) // ERROR `invalid operation: division by zero`
	i /= 0 // ERROR `invalid operation: division by zero`
	i %= zero // ERROR `invalid operation: division by zero`
	f /= 0
}
