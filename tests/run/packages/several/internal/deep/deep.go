package deep

var X = f()

func f() int { println("deep init"); return 41 }
