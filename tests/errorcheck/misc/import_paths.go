// Import paths that no package can have.
package main

import _ "unicode//utf8" // ERROR `malformed import path "unicode//utf8": double slash`
import _ "unicode/"      // ERROR `malformed import path "unicode/": trailing slash`
import _ "fmt/../os"     // ERROR `malformed import path "fmt/../os": invalid path element ".."`

func main() {}
