// Package ext has internal and external tests, and a TestMain.
package ext

var secret = "secret"
