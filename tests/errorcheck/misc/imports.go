package main

import (
	"errors" // ERROR `"errors" imported and not used`
	"fmt"
	str "strings" // ERROR `"strings" imported as str and not used`
	. "iter" // ERROR `"iter" imported and not used`
	_ "os"
	"unsafe" // ERROR `"unsafe" imported and not used`
	"errors" // ERROR `errors redeclared in this block` `"errors" imported and not used`
)

func main() {
	fmt.Println("a")
	fmt := 1
	_ = fmt
	strings.ToUpper("a") // ERROR `undefined: strings`
}
