package template

import (
	"fmt"
	"slices"
	"strings"
	"text/template/parse"
)

// A context is where in a page an action stands.
type context struct {
	state   state
	delim   delim   // what the attribute's value ends with
	urlPart urlPart // of an address
	slash   slash   // what a / would mean in JavaScript
	braces  []int   // of each ${ in a template literal that is open, how many { are open in it
	attr    attr
	element element
	n       parse.Node // where a loop was left
	err     *Error
}

func (c context) String() string {
	var err error
	if c.err != nil {
		err = c.err
	}
	return fmt.Sprintf("{%v %v %v %v %v %v %v %v}", c.state, c.delim, c.urlPart, c.slash, c.braces, c.attr, c.element, err)
}

func (c context) same(d context) bool {
	return c.state == d.state && c.delim == d.delim && c.urlPart == d.urlPart && c.slash == d.slash &&
		slices.Equal(c.braces, d.braces) && c.attr == d.attr && c.element == d.element && c.err == d.err
}

// mangle returns the name of a template in this context.
func (c context) mangle(name string) string {
	if c.state == inText {
		return name
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s$htmltemplate_%v", name, c.state)
	if c.delim != delimNone {
		fmt.Fprintf(&b, "_%v", c.delim)
	}
	if c.urlPart != urlNone {
		fmt.Fprintf(&b, "_%v", c.urlPart)
	}
	if c.slash != slashRegexp {
		fmt.Fprintf(&b, "_%v", c.slash)
	}
	if c.braces != nil {
		fmt.Fprintf(&b, "_jsBraceDepth(%v)", c.braces)
	}
	if c.attr != attrNone {
		fmt.Fprintf(&b, "_%v", c.attr)
	}
	if c.element != elementNone {
		fmt.Fprintf(&b, "_%v", c.element)
	}
	return b.String()
}

func (c context) clone() context {
	c.braces = slices.Clone(c.braces)
	return c
}

// A state is a part of HTML, or of a language in it.
type state uint8

const (
	inText        state = iota // between tags
	inTag                      // where an attribute may begin
	inAttrName                 // in an attribute's name
	afterName                  // behind it
	beforeValue                // behind the =
	inHTMLComment              // <!-- -->
	inRCDATA                   // in textarea or title
	inAttr                     // in a value that is text
	inURL                      // in a value that is an address
	inSrcset                   // in a value that is a list of addresses
	inJS
	inJSDouble       // "…"
	inJSSingle       // '…'
	inJSTemplate     // `…`
	inJSRegexp       // /…/
	inJSBlockComment // /* */
	inJSLineComment  // //
	inJSOpenComment  // <!-- in JavaScript
	inJSCloseComment // --> in JavaScript
	inCSS
	inCSSDouble       // "…"
	inCSSSingle       // '…'
	inCSSDoubleURL    // url("…")
	inCSSSingleURL    // url('…')
	inCSSURL          // url(…)
	inCSSBlockComment // /* */
	inCSSLineComment  // //
	inError
	inMetaContent    // the attribute content of meta
	inMetaContentURL // an address in it
	inDead           // behind a break or continue
)

var stateNames = [...]string{"stateText", "stateTag", "stateAttrName", "stateAfterName", "stateBeforeValue",
	"stateHTMLCmt", "stateRCDATA", "stateAttr", "stateURL", "stateSrcset", "stateJS", "stateJSDqStr", "stateJSSqStr",
	"stateJSTmplLit", "stateJSRegexp", "stateJSBlockCmt", "stateJSLineCmt", "stateJSHTMLOpenCmt",
	"stateJSHTMLCloseCmt", "stateCSS", "stateCSSDqStr", "stateCSSSqStr", "stateCSSDqURL", "stateCSSSqURL",
	"stateCSSURL", "stateCSSBlockCmt", "stateCSSLineCmt", "stateError", "stateMetaContent", "stateMetaContentURL",
	"stateDead"}

func (s state) String() string { return stateNames[s] }

func (s state) isComment() bool {
	switch s {
	case inHTMLComment, inJSBlockComment, inJSLineComment, inJSOpenComment, inJSCloseComment, inCSSBlockComment, inCSSLineComment:
		return true
	}
	return false
}

// isLiteral: in a string or expression of JavaScript.
func (s state) isLiteral() bool { return inJSDouble <= s && s <= inJSRegexp }

func (s state) isTag() bool { return inTag <= s && s <= beforeValue || s == inAttr }

// A delim is what the value of an attribute ends with.
type delim uint8

const (
	delimNone delim = iota
	delimDouble
	delimSingle
	delimSpace // it has no quotes
)

func (d delim) String() string {
	return [...]string{"delimNone", "delimDoubleQuote", "delimSingleQuote", "delimSpaceOrTagEnd"}[d]
}

var delimEnds = [...]string{delimDouble: `"`, delimSingle: "'", delimSpace: " \t\n\f\r>"}

// A urlPart is a part of an address.
type urlPart uint8

const (
	urlNone    urlPart = iota // at its beginning
	urlPath                   // in front of the query
	urlQuery                  // in the query or fragment
	urlUnknown                // before and behind it
)

func (u urlPart) String() string {
	return [...]string{"urlPartNone", "urlPartPreQuery", "urlPartQueryOrFrag", "urlPartUnknown"}[u]
}

// A slash is what a / means.
type slash uint8

const (
	slashRegexp slash = iota
	slashDivide
	slashUnknown
)

func (s slash) String() string {
	return [...]string{"jsCtxRegexp", "jsCtxDivOp", "jsCtxUnknown"}[s]
}

// An element is one whose body, or attributes, are special.
type element uint8

const (
	elementNone element = iota
	elementScript
	elementStyle
	elementTextarea
	elementTitle
	elementMeta
)

func (e element) String() string {
	return [...]string{"elementNone", "elementScript", "elementStyle", "elementTextarea", "elementTitle", "elementMeta"}[e]
}

var elements = map[string]element{"script": elementScript, "style": elementStyle, "textarea": elementTextarea,
	"title": elementTitle, "meta": elementMeta}

// elementNames are what their ends are searched for by.
var elementNames = [...]string{elementScript: "script", elementStyle: "style", elementTextarea: "textarea",
	elementTitle: "title", elementMeta: ""}

// contents are the states in the bodies of elements.
var contents = [...]state{elementNone: inText, elementScript: inJS, elementStyle: inCSS, elementTextarea: inRCDATA,
	elementTitle: inRCDATA, elementMeta: inText}

// An attr is a kind of attribute.
type attr uint8

const (
	attrNone attr = iota
	attrScript
	attrScriptType
	attrStyle
	attrURL
	attrSrcset
	attrMetaContent
)

func (a attr) String() string {
	return [...]string{"attrNone", "attrScript", "attrScriptType", "attrStyle", "attrURL", "attrSrcset", "attrMetaContent"}[a]
}

// values are the states at the beginnings of values.
var values = [...]state{attrNone: inAttr, attrScript: inJS, attrScriptType: inAttr, attrStyle: inCSS, attrURL: inURL,
	attrSrcset: inSrcset, attrMetaContent: inMetaContent}

// A contentType is what a string is known to be.
type contentType uint8

const (
	plainType contentType = iota
	cssType
	htmlType
	htmlAttrType
	jsType
	jsStrType
	urlType
	srcsetType
	unsafeType // an attribute that changes what others mean
)

// attrTypes are the attributes that are not plain.
var attrTypes = func() map[string]contentType {
	m := map[string]contentType{"srcdoc": htmlType, "srcset": srcsetType, "style": cssType}
	for _, name := range strings.Fields(`accept-charset async challenge charset content crossorigin defer enctype form
		formenctype formmethod formnovalidate http-equiv keytype language method novalidate pattern rel sandbox type value`) {
		m[name] = unsafeType
	}
	for _, name := range strings.Fields(`action archive background cite classid codebase data formaction href icon longdesc
		manifest poster profile src usemap xmlns`) {
		m[name] = urlType
	}
	for _, name := range strings.Fields(`accept alt autocomplete autofocus autoplay border checked class cols colspan
		contenteditable contextmenu controls coords datetime default dir dirname disabled draggable dropzone for formtarget
		headers height hidden high hreflang id ismap kind label lang list loop low max maxlength media mediagroup min multiple
		name open optimum placeholder preload pubdate radiogroup readonly required reversed rows rowspan spellcheck scope
		scoped seamless selected shape size sizes span srclang start step tabindex target title width wrap`) {
		m[name] = plainType
	}
	return m
}()

// attrType returns what the value of an attribute is, by its name in small letters.
func attrType(name string) contentType {
	if rest, ok := strings.CutPrefix(name, "data-"); ok {
		name = rest // such attributes tend to be copied to the ones they are named for
	} else if prefix, rest, ok := strings.Cut(name, ":"); ok {
		if prefix == "xmlns" {
			return urlType
		}
		name = rest
	}
	t, ok := attrTypes[name]
	switch {
	case ok:
		return t
	case strings.HasPrefix(name, "on"):
		return jsType
	case strings.Contains(name, "src") || strings.Contains(name, "uri") || strings.Contains(name, "url"):
		return urlType
	}
	return plainType
}
