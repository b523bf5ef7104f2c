package ext

// Secret is seen by external tests.
func Secret() string { return secret }
