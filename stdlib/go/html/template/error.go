package template

import (
	"fmt"
	"text/template/parse"
)

// An Error is a template whose actions cannot be escaped.
type Error struct {
	ErrorCode   ErrorCode
	Node        parse.Node // may be nil
	Name        string     // of the template
	Line        int        // or 0
	Description string
}

// An ErrorCode is a kind of error.
type ErrorCode int

const (
	OK                   ErrorCode = iota
	ErrAmbigContext                // an address of which it is not known whether its query has begun
	ErrBadHTML                     // a tag or attribute that is wrong, such as an = or " in an unquoted value
	ErrBranchEnd                   // branches that end in different contexts
	ErrEndContext                  // a template that does not end in text
	ErrNoSuchTemplate              // a template that is not defined
	ErrOutputContext               // a template that uses itself, and whose end cannot be found out
	ErrPartialCharset              // a [ without ] in an expression of JavaScript
	ErrPartialEscape               // a \ at the end of a text
	ErrRangeLoopReentry            // a loop whose body ends in another context than it begins with
	ErrSlashAmbig                  // a / that may be a division or an expression
	ErrPredefinedEscaper           // html or urlquery in a pipeline where they do not suit
	ErrJSTemplate                  // no longer used
)

func (e *Error) Error() string {
	switch {
	case e.Node != nil:
		loc, _ := (*parse.Tree)(nil).ErrorContext(e.Node)
		return fmt.Sprintf("html/template:%s: %s", loc, e.Description)
	case e.Line != 0:
		return fmt.Sprintf("html/template:%s:%d: %s", e.Name, e.Line, e.Description)
	case e.Name != "":
		return fmt.Sprintf("html/template:%s: %s", e.Name, e.Description)
	}
	return "html/template: " + e.Description
}

// failed is the context behind an error.
func failed(code ErrorCode, n parse.Node, line int, format string, args ...any) context {
	return context{state: inError, err: &Error{code, n, "", line, fmt.Sprintf(format, args...)}}
}
