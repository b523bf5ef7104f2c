package util

func name() string { return "linux" }
