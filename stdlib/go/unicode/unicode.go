// Package unicode knows the properties of code points, by Unicode 17.0.0.
package unicode

const (
	MaxRune         = '\U0010FFFF'
	ReplacementChar = '\uFFFD'
	MaxASCII        = '\u007F'
	MaxLatin1       = '\u00FF'

	// Version is the edition of the Unicode standard that the tables come from.
	Version = "17.0.0"
)

// Indices into a [CaseRange]'s Delta, and cases for [To].
const (
	UpperCase = iota
	LowerCase
	TitleCase
	MaxCase
)

// UpperLower as a delta means that upper and lower case alternate.
const UpperLower = MaxRune + 1

// IsLetter reports whether r is a letter (category L).
func IsLetter(r rune) bool

// IsDigit reports whether r is a decimal digit (category Nd).
func IsDigit(r rune) bool

// IsNumber reports whether r is a number (category N).
func IsNumber(r rune) bool

// IsUpper reports whether r is an upper case letter.
func IsUpper(r rune) bool

// IsLower reports whether r is a lower case letter.
func IsLower(r rune) bool

// IsTitle reports whether r is a title case letter.
func IsTitle(r rune) bool

// IsSpace reports whether r is white space (property White_Space).
func IsSpace(r rune) bool

// IsControl reports whether r is a control character (category Cc).
func IsControl(r rune) bool

// IsGraphic reports whether r is graphic: a letter, mark, number, punctuation, symbol or space (Zs).
func IsGraphic(r rune) bool

// IsPrint is like [IsGraphic], but the only space is U+0020.
func IsPrint(r rune) bool

// IsPunct reports whether r is punctuation (category P).
func IsPunct(r rune) bool

// IsSymbol reports whether r is a symbol (category S).
func IsSymbol(r rune) bool

// IsMark reports whether r is a mark (category M).
func IsMark(r rune) bool

// To maps r to a case: [UpperCase], [LowerCase] or [TitleCase].
func To(_case int, r rune) rune

// ToUpper maps r to upper case.
func ToUpper(r rune) rune

// ToLower maps r to lower case.
func ToLower(r rune) rune

// ToTitle maps r to title case.
func ToTitle(r rune) rune

// SimpleFold returns the next code point that equals r under simple case folding, in a cycle.
func SimpleFold(r rune) rune

// RangeTable is a set of code points: sorted ranges without overlap, those above 0xFFFF in R32.
type RangeTable struct {
	R16         []Range16
	R32         []Range32
	LatinOffset int // number of ranges in R16 with Hi <= MaxLatin1
}

// Range16 is the code points from Lo to Hi in steps of Stride.
type Range16 struct {
	Lo     uint16
	Hi     uint16
	Stride uint16
}

// Range32 is the code points from Lo to Hi in steps of Stride.
type Range32 struct {
	Lo     uint32
	Hi     uint32
	Stride uint32
}

// Is reports whether r is in the table.
func Is(rangeTab *RangeTable, r rune) bool

// In reports whether r is in one of the tables.
func In(r rune, ranges ...*RangeTable) bool { return IsOneOf(ranges, r) }

// IsOneOf reports whether r is in one of the tables. [In] is nicer.
func IsOneOf(ranges []*RangeTable, r rune) bool {
	for _, t := range ranges {
		if Is(t, r) {
			return true
		}
	}
	return false
}

// CaseRange maps the code points from Lo to Hi to other cases by adding a delta.
type CaseRange struct {
	Lo    uint32
	Hi    uint32
	Delta d
}

type d [MaxCase]rune

// SpecialCase is the case mapping of a language: it goes before the general one.
type SpecialCase []CaseRange

func (special SpecialCase) to(_case int, r rune) rune {
	for _, c := range special {
		if rune(c.Lo) <= r && r <= rune(c.Hi) {
			delta := c.Delta[_case]
			if delta > MaxRune {
				return rune(c.Lo) + (r-rune(c.Lo))&^1 | rune(_case&1)
			}
			return r + delta
		}
	}
	return To(_case, r)
}

// ToUpper maps r to upper case.
func (special SpecialCase) ToUpper(r rune) rune { return special.to(UpperCase, r) }

// ToTitle maps r to title case.
func (special SpecialCase) ToTitle(r rune) rune { return special.to(TitleCase, r) }

// ToLower maps r to lower case.
func (special SpecialCase) ToLower(r rune) rune { return special.to(LowerCase, r) }

// TurkishCase has the dotless and the dotted i.
var TurkishCase = SpecialCase{
	{0x49, 0x49, d{0, 0x131 - 0x49, 0}},
	{0x69, 0x69, d{0x130 - 0x69, 0, 0x130 - 0x69}},
	{0x130, 0x130, d{0, 0x69 - 0x130, 0}},
	{0x131, 0x131, d{0x49 - 0x131, 0, 0x49 - 0x131}},
}

// AzeriCase is [TurkishCase].
var AzeriCase = TurkishCase

// CaseRanges is the case mapping of all letters.
var CaseRanges = caseRanges()

func caseRanges() []CaseRange {
	n := numbers("CaseRanges")
	c := make([]CaseRange, 0, len(n)/5)
	for ; len(n) > 0; n = n[5:] {
		c = append(c, CaseRange{uint32(n[0]), uint32(n[1]), d{n[2], n[3], n[4]}})
	}
	return c
}

// Tables by name.
var (
	Categories      = tables("Categories")
	Scripts         = tables("Scripts")
	Properties      = tables("Properties")
	FoldCategory    = tables("FoldCategory") // what case folding adds to categories
	FoldScript      = tables("FoldScript")   // what case folding adds to scripts
	CategoryAliases = aliases()              // long and standard names of categories
)

// GraphicRanges is what [IsGraphic] says.
var GraphicRanges = []*RangeTable{L, M, N, P, S, Zs}

// PrintRanges is what [IsPrint] says, apart from U+0020.
var PrintRanges = []*RangeTable{L, M, N, P, S}

// numbers returns the (lo, hi, stride) of a table, or what else is known by that name.
func numbers(name string) []rune

// names lists what belongs to a group of tables.
func names(group string) []string

var made map[string]*RangeTable

// table makes the table of that name, once.
func table(name string) *RangeTable {
	t := made[name]
	if t != nil {
		return t
	}
	t = new(RangeTable)
	for n := numbers(name); len(n) > 0; n = n[3:] {
		if n[1] < 0x10000 {
			t.R16 = append(t.R16, Range16{uint16(n[0]), uint16(n[1]), uint16(n[2])})
			if n[1] <= MaxLatin1 {
				t.LatinOffset++
			}
		} else {
			t.R32 = append(t.R32, Range32{uint32(n[0]), uint32(n[1]), uint32(n[2])})
		}
	}
	if made == nil {
		made = make(map[string]*RangeTable)
	}
	made[name] = t
	return t
}

func tables(group string) map[string]*RangeTable {
	m := make(map[string]*RangeTable)
	for _, n := range names(group) {
		if group[0] == 'F' {
			m[n] = table("Fold" + n)
		} else {
			m[n] = table(n)
		}
	}
	return m
}

func aliases() map[string]string {
	m := make(map[string]string)
	a := names("CategoryAliases")
	for i := 0; i < len(a); i += 2 {
		m[a[i]] = a[i+1]
	}
	return m
}
