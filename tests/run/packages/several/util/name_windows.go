package util

func name() string { return "win" }
