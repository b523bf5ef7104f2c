package time

import "errors"

// Layouts for [Time.Format] and [Parse]: how Mon Jan 2 15:04:05 MST 2006 would be written.
const (
	Layout      = "01/02 03:04:05PM '06 -0700"
	ANSIC       = "Mon Jan _2 15:04:05 2006"
	UnixDate    = "Mon Jan _2 15:04:05 MST 2006"
	RubyDate    = "Mon Jan 02 15:04:05 -0700 2006"
	RFC822      = "02 Jan 06 15:04 MST"
	RFC822Z     = "02 Jan 06 15:04 -0700"
	RFC850      = "Monday, 02-Jan-06 15:04:05 MST"
	RFC1123     = "Mon, 02 Jan 2006 15:04:05 MST"
	RFC1123Z    = "Mon, 02 Jan 2006 15:04:05 -0700"
	RFC3339     = "2006-01-02T15:04:05Z07:00"
	RFC3339Nano = "2006-01-02T15:04:05.999999999Z07:00"
	Kitchen     = "3:04PM"
	Stamp       = "Jan _2 15:04:05"
	StampMilli  = "Jan _2 15:04:05.000"
	StampMicro  = "Jan _2 15:04:05.000000"
	StampNano   = "Jan _2 15:04:05.000000000"
	DateTime    = "2006-01-02 15:04:05"
	DateOnly    = "2006-01-02"
	TimeOnly    = "15:04:05"
)

func formatTime(layout string, local, nsec int64, offset int, zone string) string
func appendTime(b []byte, layout string, local, nsec int64, offset int, zone string) []byte

// quote returns s in quotation marks, what is not printable ASCII as \x and two digits.
func quote(s string) string

// Format returns t as a layout says.
func (t Time) Format(layout string) string {
	zone, offset := t.Zone()
	return formatTime(layout, t.Unix()+int64(offset), t.nsec(), offset, zone)
}

// AppendFormat appends what Format returns.
func (t Time) AppendFormat(b []byte, layout string) []byte {
	zone, offset := t.Zone()
	return appendTime(b, layout, t.Unix()+int64(offset), t.nsec(), offset, zone)
}

// String returns t as in 2006-01-02 15:04:05.999999999 -0700 MST, with the monotonic clock's reading behind.
func (t Time) String() string {
	s := t.Format("2006-01-02 15:04:05.999999999 -0700 MST")
	if t.wall&hasMonotonic == 0 {
		return s
	}
	sign, m := "+", uint64(t.ext)
	if t.ext < 0 {
		sign, m = "-", -m
	}
	b := append([]byte(s), " m="+sign...)
	b = appendInt(b, m/1e9)
	n := len(b)
	b = appendInt(b, m%1e9+1e9) // nine digits behind a 1, which the point replaces
	b[n] = '.'
	return string(b)
}

func appendInt(b []byte, n uint64) []byte {
	if n >= 10 {
		b = appendInt(b, n/10)
	}
	return append(b, byte('0'+n%10))
}

// GoString returns t in Go syntax.
func (t Time) GoString() string {
	y, m, d := t.Date()
	b := []byte("time.Date(")
	if y < 0 {
		b = append(b, '-')
		y = -y
	}
	b = appendInt(b, uint64(y))
	b = append(b, ", time."+m.String()...)
	s := t.secondOfDay()
	for _, n := range [...]int{d, s / 3600, s / 60 % 60, s % 60, t.Nanosecond()} {
		b = appendInt(append(b, ", "...), uint64(n))
	}
	switch t.Location() {
	case UTC:
		b = append(b, ", time.UTC)"...)
	case Local:
		b = append(b, ", time.Local)"...)
	default:
		b = append(b, ", time.Location("+quote(t.loc.name)+"))"...)
	}
	return string(b)
}

// ParseError is a text that does not fit its layout.
type ParseError struct {
	Layout     string
	Value      string
	LayoutElem string
	ValueElem  string
	Message    string
}

func (e *ParseError) Error() string {
	if e.Message != "" {
		return "parsing time " + quote(e.Value) + e.Message
	}
	return "parsing time " + quote(e.Value) + " as " + quote(e.Layout) + ": cannot parse " + quote(e.ValueElem) + " as " + quote(e.LayoutElem)
}

// parsed is what a native found in a text; see stdlib/src/time.rs.
type parsed struct {
	date                           [7]int // year to nanosecond
	zone                           int
	offset                         int
	zoneName                       string
	layoutElem, valueElem, message string
}

const (
	zoneUTC = 1 + iota
	zoneOffset
	zoneNamed
)

func parseTime(layout, value string, p *parsed) bool

// Parse reads a time as a layout says. Without a zone in the text it is UTC. A zone's abbreviation that is not known
// locally gives a zone of that name without an offset.
func Parse(layout, value string) (Time, error) { return parse(layout, value, UTC, Local) }

// ParseInLocation is like [Parse], but takes loc for the text's zone, and knows its abbreviations.
func ParseInLocation(layout, value string, loc *Location) (Time, error) {
	return parse(layout, value, loc, loc)
}

func parse(layout, value string, fallback, local *Location) (Time, error) {
	var p parsed
	if !parseTime(layout, value, &p) {
		return Time{}, &ParseError{layout, value, p.layoutElem, p.valueElem, p.message}
	}
	d := &p.date
	switch p.zone {
	case 0:
		return Date(d[0], Month(d[1]), d[2], d[3], d[4], d[5], d[6], fallback), nil
	case zoneUTC:
		return Date(d[0], Month(d[1]), d[2], d[3], d[4], d[5], d[6], UTC), nil
	}
	t := Date(d[0], Month(d[1]), d[2], d[3], d[4], d[5], d[6], UTC)
	name := string([]byte(p.zoneName))
	if p.zone == zoneOffset {
		t.addSec(-int64(p.offset))
		n, offset, _, _, _ := local.lookup(t.Unix())
		if offset == p.offset && (name == "" || n == name) {
			t.setLoc(local)
		} else {
			t.setLoc(FixedZone(name, p.offset))
		}
		return t, nil
	}
	if offset, ok := local.offsetOf(name, t.Unix()); ok {
		t.addSec(-int64(offset))
		t.setLoc(local)
		return t, nil
	}
	offset := 0
	if len(name) > 3 && name[:3] == "GMT" {
		for _, c := range name[4:] {
			offset = offset*10 + int(c-'0')
		}
		if offset *= 3600; name[3] == '-' {
			offset = -offset
		}
	}
	t.setLoc(FixedZone(name, offset))
	return t, nil
}

// appendRFC3339 appends t if it can be written so.
func (t *Time) appendRFC3339(b []byte) ([]byte, error) {
	n := len(b)
	b = t.AppendFormat(b, RFC3339Nano)
	if b[n+4] != '-' {
		return nil, errors.New("year outside of range [0,9999]")
	}
	if b[len(b)-1] != 'Z' {
		if c := b[len(b)-6]; '0' <= c && c <= '9' || 10*(b[len(b)-5]-'0')+(b[len(b)-4]-'0') >= 24 {
			return nil, errors.New("timezone hour outside of range [0,23]")
		}
	}
	return b, nil
}

// parseRFC3339 is stricter than Parse.
func parseRFC3339(s string) (Time, error) {
	t, err := Parse(RFC3339, s)
	if err != nil {
		return Time{}, err
	}
	two := func(s string) byte { return 10*(s[0]-'0') + (s[1] - '0') }
	n := len(s)
	switch {
	case s[len("2006-01-02T")+1] == ':':
		return Time{}, &ParseError{RFC3339, s, "15", s[len("2006-01-02T"):][:1], ""}
	case s[len("2006-01-02T15:04:05")] == ',':
		return Time{}, &ParseError{RFC3339, s, ".", ",", ""}
	case s[n-1] == 'Z':
	case two(s[n-len("07:00"):]) >= 24:
		return Time{}, &ParseError{RFC3339, s, "Z07:00", s[n-len("Z07:00"):], ": timezone hour out of range"}
	case two(s[n-len("00"):]) >= 60:
		return Time{}, &ParseError{RFC3339, s, "Z07:00", s[n-len("Z07:00"):], ": timezone minute out of range"}
	}
	return t, nil
}

func (t Time) appendText(b []byte, who string) ([]byte, error) {
	b, err := t.appendRFC3339(b)
	if err != nil {
		return nil, errors.New(who + err.Error())
	}
	return b, nil
}

// AppendText implements encoding.TextAppender, in RFC 3339.
func (t Time) AppendText(b []byte) ([]byte, error) { return t.appendText(b, "Time.AppendText: ") }

// MarshalText implements encoding.TextMarshaler.
func (t Time) MarshalText() ([]byte, error) { return t.appendText(nil, "Time.MarshalText: ") }

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *Time) UnmarshalText(data []byte) error {
	var err error
	*t, err = parseRFC3339(string(data))
	return err
}

// MarshalJSON implements json.Marshaler.
func (t Time) MarshalJSON() ([]byte, error) {
	b, err := t.appendText([]byte{'"'}, "Time.MarshalJSON: ")
	if err != nil {
		return nil, err
	}
	return append(b, '"'), nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (t *Time) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		return nil
	}
	if len(data) < 2 || data[0] != '"' || data[len(data)-1] != '"' {
		return errors.New("Time.UnmarshalJSON: input is not a JSON string")
	}
	return t.UnmarshalText(data[1 : len(data)-1])
}

// AppendBinary implements encoding.BinaryAppender.
func (t Time) AppendBinary(b []byte) ([]byte, error) {
	minutes, seconds, version := -1, 0, byte(1)
	if t.Location() != UTC {
		_, offset := t.Zone()
		if seconds = offset % 60; seconds != 0 {
			version = 2
		}
		minutes = offset / 60
		if minutes < -32768 || minutes == -1 || minutes > 32767 {
			return b, errors.New("Time.MarshalBinary: unexpected zone offset")
		}
	}
	b = append(b, version)
	for shift := 56; shift >= 0; shift -= 8 {
		b = append(b, byte(t.sec()>>shift))
	}
	for shift := 24; shift >= 0; shift -= 8 {
		b = append(b, byte(t.nsec()>>shift))
	}
	b = append(b, byte(minutes>>8), byte(minutes))
	if version == 2 {
		b = append(b, byte(seconds))
	}
	return b, nil
}

// MarshalBinary implements encoding.BinaryMarshaler.
func (t Time) MarshalBinary() ([]byte, error) {
	b, err := t.AppendBinary(nil)
	if err != nil {
		return nil, err
	}
	return b, nil
}

// UnmarshalBinary implements encoding.BinaryUnmarshaler.
func (t *Time) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		return errors.New("Time.UnmarshalBinary: no data")
	}
	version := data[0]
	if version != 1 && version != 2 {
		return errors.New("Time.UnmarshalBinary: unsupported version")
	}
	if len(data) != 14+int(version) {
		return errors.New("Time.UnmarshalBinary: invalid length")
	}
	var sec, nsec int64
	for _, c := range data[1:9] {
		sec = sec<<8 | int64(c)
	}
	for _, c := range data[9:13] {
		nsec = nsec<<8 | int64(c)
	}
	offset := int(int16(data[13])<<8|int16(data[14])) * 60
	if version == 2 {
		offset += int(int8(data[15]))
	}
	*t = Time{wall: uint64(nsec), ext: sec}
	if offset == -60 {
		t.setLoc(UTC)
	} else if _, here, _, _, _ := Local.lookup(t.Unix()); offset == here {
		t.setLoc(Local)
	} else {
		t.setLoc(FixedZone("", offset))
	}
	return nil
}

// GobEncode implements gob.GobEncoder.
func (t Time) GobEncode() ([]byte, error) { return t.MarshalBinary() }

// GobDecode implements gob.GobDecoder.
func (t *Time) GobDecode(data []byte) error { return t.UnmarshalBinary(data) }

// ---- zones ----

// Location is a time zone.
type Location struct {
	name   string
	kind   int
	number int // of a zone from the database
	offset int // of a fixed one
}

const (
	kindUTC = iota
	kindLocal
	kindFixed
	kindLoaded
)

const (
	alpha = -1 << 63  // the beginning of time
	omega = 1<<63 - 1 // the end of time
)

var (
	utcLoc   = Location{name: "UTC"}
	localLoc = Location{name: "Local", kind: kindLocal}

	// UTC is Universal Coordinated Time.
	UTC *Location = &utcLoc
	// Local is the zone of the system, or of $TZ.
	Local *Location = &localLoc
)

func zoneLookup(zone int, sec int64) (name string, offset int, start, end int64, dst bool)
func zoneOffsetOf(zone int, name string, local int64) (offset int, ok bool)
func localName() string
func loadZone(name string) int
func parseZone(data []byte) int

// lookup returns what holds at a second since 1970, and from when until when.
func (l *Location) lookup(sec int64) (name string, offset int, start, end int64, dst bool) {
	if l != nil {
		switch l.kind {
		case kindLocal:
			return zoneLookup(-1, sec)
		case kindFixed:
			return l.name, l.offset, alpha, omega, false
		case kindLoaded:
			return zoneLookup(l.number, sec)
		}
	}
	return "UTC", 0, alpha, omega, false
}

// offsetOf returns the offset that an abbreviation stands for.
func (l *Location) offsetOf(name string, local int64) (offset int, ok bool) {
	switch l.kind {
	case kindLocal:
		return zoneOffsetOf(-1, name, local)
	case kindFixed:
		return l.offset, l.name == name
	case kindLoaded:
		return zoneOffsetOf(l.number, name, local)
	}
	return 0, name == "UTC"
}

// String returns the zone's name.
func (l *Location) String() string {
	switch {
	case l == nil:
		return "UTC"
	case l.kind == kindLocal:
		return localName()
	}
	return l.name
}

// FixedZone returns a zone with a name and an offset in seconds east of UTC.
func FixedZone(name string, offset int) *Location {
	return &Location{name: name, kind: kindFixed, offset: offset}
}

// LoadLocation returns a zone of the system's database; "" and "UTC" are UTC, "Local" is Local.
func LoadLocation(name string) (*Location, error) {
	if name == "" || name == "UTC" {
		return UTC, nil
	}
	if name == "Local" {
		return Local, nil
	}
	for i := range name {
		if name[i] == '\\' || name[i] == '.' && i+1 < len(name) && name[i+1] == '.' || i == 0 && name[0] == '/' {
			return nil, errors.New("time: invalid location name")
		}
	}
	if n := loadZone(name); n >= 0 {
		return &Location{name: name, kind: kindLoaded, number: n}, nil
	}
	return nil, errors.New("unknown time zone " + name)
}

// LoadLocationFromTZData returns a zone from the contents of a file of the database.
func LoadLocationFromTZData(name string, data []byte) (*Location, error) {
	if n := parseZone(data); n >= 0 {
		return &Location{name: name, kind: kindLoaded, number: n}, nil
	}
	return nil, errors.New("malformed time zone information")
}
