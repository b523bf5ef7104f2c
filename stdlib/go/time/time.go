// Package time is about moments, durations and time zones.
package time

import (
	"errors"
	"unsafe"
)

// Duration is a span of time in nanoseconds, up to some 290 years.
type Duration int64

const (
	Nanosecond  Duration = 1
	Microsecond          = 1000 * Nanosecond
	Millisecond          = 1000 * Microsecond
	Second               = 1000 * Millisecond
	Minute               = 60 * Second
	Hour                 = 60 * Minute
)

const (
	minDuration Duration = -1 << 63
	maxDuration Duration = 1<<63 - 1
)

// String returns d as in 1h15m30.918s.
func (d Duration) String() string

// Nanoseconds returns d in nanoseconds.
func (d Duration) Nanoseconds() int64 { return int64(d) }

// Microseconds returns d in microseconds.
func (d Duration) Microseconds() int64 { return int64(d) / 1e3 }

// Milliseconds returns d in milliseconds.
func (d Duration) Milliseconds() int64 { return int64(d) / 1e6 }

// Seconds returns d in seconds.
func (d Duration) Seconds() float64 { return float64(d/Second) + float64(d%Second)/1e9 }

// Minutes returns d in minutes.
func (d Duration) Minutes() float64 { return float64(d/Minute) + float64(d%Minute)/(60*1e9) }

// Hours returns d in hours.
func (d Duration) Hours() float64 { return float64(d/Hour) + float64(d%Hour)/(60*60*1e9) }

// Truncate rounds d toward zero to a multiple of m.
func (d Duration) Truncate(m Duration) Duration {
	if m <= 0 {
		return d
	}
	return d - d%m
}

func lessThanHalf(x, y Duration) bool { return uint64(x)+uint64(x) < uint64(y) }

// Round rounds d to the nearest multiple of m, halves away from zero.
func (d Duration) Round(m Duration) Duration {
	if m <= 0 {
		return d
	}
	r := d % m
	if d < 0 {
		if r = -r; lessThanHalf(r, m) {
			return d + r
		}
		if x := d - m + r; x < d {
			return x
		}
		return minDuration
	}
	if lessThanHalf(r, m) {
		return d - r
	}
	if x := d + m - r; x > d {
		return x
	}
	return maxDuration
}

// Abs returns d without its sign.
func (d Duration) Abs() Duration {
	switch {
	case d >= 0:
		return d
	case d == minDuration:
		return maxDuration
	}
	return -d
}

func parseDuration(s string) (d Duration, fault string)

// ParseDuration reads a duration as in "300ms", "-1.5h" or "2h45m". Units: ns, us (or µs), ms, s, m, h.
func ParseDuration(s string) (Duration, error) {
	d, fault := parseDuration(s)
	if fault != "" {
		return 0, errors.New("time: " + fault + " " + quote(s))
	}
	return d, nil
}

// Month is a month; January is 1.
type Month int

const (
	January Month = 1 + iota
	February
	March
	April
	May
	June
	July
	August
	September
	October
	November
	December
)

// String returns the month's name.
func (m Month) String() string

// Weekday is a day of the week; Sunday is 0.
type Weekday int

const (
	Sunday Weekday = iota
	Monday
	Tuesday
	Wednesday
	Thursday
	Friday
	Saturday
)

// String returns the day's name.
func (d Weekday) String() string

// Time is a moment, to the nanosecond. Its zero value is January 1 of year 1, 00:00:00 UTC. Compare with [Time.Equal];
// == compares the zone and the monotonic clock's reading, too.
type Time struct {
	// Nanoseconds in the lower 30 bits. With hasMonotonic, seconds since 1885 in the next 33 bits, and ext is the
	// monotonic clock's reading; else ext is seconds since year 1.
	wall uint64
	ext  int64
	loc  *Location // nil: UTC
}

const (
	hasMonotonic = 1 << 63
	nsecMask     = 1<<30 - 1

	yearOneToUnix  = 62135596800
	yearOneTo1885  = 59453308800
	maxWallSeconds = 1<<33 - 1
)

func now() (wall uint64, ext int64)
func monoNow() int64

// Now returns the current time in the local zone.
func Now() Time {
	wall, ext := now()
	return Time{wall, ext, Local}
}

// Unix returns the time of so many seconds and nanoseconds since January 1, 1970 UTC, in the local zone.
func Unix(sec int64, nsec int64) Time {
	if nsec < 0 || nsec >= 1e9 {
		n := nsec / 1e9
		sec += n
		if nsec -= n * 1e9; nsec < 0 {
			nsec += 1e9
			sec--
		}
	}
	return Time{uint64(nsec), sec + yearOneToUnix, Local}
}

// UnixMilli is [Unix] for milliseconds.
func UnixMilli(msec int64) Time { return Unix(msec/1e3, (msec%1e3)*1e6) }

// UnixMicro is [Unix] for microseconds.
func UnixMicro(usec int64) Time { return Unix(usec/1e6, (usec%1e6)*1e3) }

// dateSeconds returns seconds since 1970 and nanoseconds of year, month, day, hour, minute, second, nanosecond, none of
// which needs to be in its range.
func dateSeconds(p *[7]int) (sec int64, nsec int64)

// Date returns the time of a date and clock in a zone. Values out of range are carried over: October 32 is November 1.
func Date(year int, month Month, day, hour, min, sec, nsec int, loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Date")
	}
	unix, ns := dateSeconds(&[7]int{year, int(month), day, hour, min, sec, nsec})
	// The offset is that of the moment in UTC, which depends on the offset.
	_, offset, start, end, _ := loc.lookup(unix)
	if offset != 0 {
		if utc := unix - int64(offset); utc < start || utc >= end {
			_, offset, _, _, _ = loc.lookup(utc)
		}
		unix -= int64(offset)
	}
	t := Time{uint64(ns), unix + yearOneToUnix, nil}
	t.setLoc(loc)
	return t
}

func (t *Time) nsec() int64 { return int64(t.wall & nsecMask) }

// sec returns seconds since year 1.
func (t *Time) sec() int64 {
	if t.wall&hasMonotonic != 0 {
		return yearOneTo1885 + int64(t.wall<<1>>31)
	}
	return t.ext
}

func (t *Time) addSec(d int64) {
	if t.wall&hasMonotonic != 0 {
		if s := int64(t.wall<<1>>31) + d; 0 <= s && s <= maxWallSeconds {
			t.wall = t.wall&nsecMask | uint64(s)<<30 | hasMonotonic
			return
		}
		t.stripMono()
	}
	sum := t.ext + d
	switch {
	case (sum > t.ext) == (d > 0):
		t.ext = sum
	case d > 0:
		t.ext = 1<<63 - 1
	default:
		t.ext = -(1<<63 - 1)
	}
}

func (t *Time) stripMono() {
	if t.wall&hasMonotonic != 0 {
		t.ext = t.sec()
		t.wall &= nsecMask
	}
}

func (t *Time) setLoc(loc *Location) {
	if loc == &utcLoc {
		loc = nil
	}
	t.stripMono()
	t.loc = loc
}

// IsZero reports whether t is the zero time.
func (t Time) IsZero() bool { return t.wall == 0 && t.ext == 0 }

// Compare returns -1, 0 or +1 as t is before u, the same or after it.
func (t Time) Compare(u Time) int {
	a, b := t.ext, u.ext
	if t.wall&u.wall&hasMonotonic == 0 {
		if a, b = t.sec(), u.sec(); a == b {
			a, b = t.nsec(), u.nsec()
		}
	}
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// After reports whether t is after u.
func (t Time) After(u Time) bool { return t.Compare(u) > 0 }

// Before reports whether t is before u.
func (t Time) Before(u Time) bool { return t.Compare(u) < 0 }

// Equal reports whether t and u are the same moment, whatever their zones.
func (t Time) Equal(u Time) bool { return t.Compare(u) == 0 }

// Add returns t+d.
func (t Time) Add(d Duration) Time {
	sec := int64(d / 1e9)
	ns := t.nsec() + int64(d%1e9)
	if ns >= 1e9 {
		sec++
		ns -= 1e9
	} else if ns < 0 {
		sec--
		ns += 1e9
	}
	t.wall = t.wall&^nsecMask | uint64(ns)
	t.addSec(sec)
	if t.wall&hasMonotonic != 0 {
		e := t.ext + int64(d)
		if d < 0 && e > t.ext || d > 0 && e < t.ext {
			t.stripMono()
		} else {
			t.ext = e
		}
	}
	return t
}

// Sub returns t-u, or the nearest duration there is.
func (t Time) Sub(u Time) Duration {
	if t.wall&u.wall&hasMonotonic != 0 {
		d := Duration(t.ext - u.ext)
		if d < 0 && t.ext > u.ext {
			return maxDuration
		}
		if d > 0 && t.ext < u.ext {
			return minDuration
		}
		return d
	}
	d := Duration(t.sec()-u.sec())*Second + Duration(t.nsec()-u.nsec())
	switch {
	case u.Add(d).Equal(t):
		return d
	case t.Before(u):
		return minDuration
	}
	return maxDuration
}

// Since returns the time since t.
func Since(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return Duration(monoNow() - t.ext)
	}
	return Now().Sub(t)
}

// Until returns the time until t.
func Until(t Time) Duration {
	if t.wall&hasMonotonic != 0 {
		return Duration(t.ext - monoNow())
	}
	return t.Sub(Now())
}

// AddDate returns t with years, months and days added, carried over as in [Date].
func (t Time) AddDate(years int, months int, days int) Time {
	year, month, day := t.Date()
	hour, min, sec := t.Clock()
	return Date(year+years, month+Month(months), day+days, hour, min, sec, t.Nanosecond(), t.Location())
}

// civil returns the date of a second since 1970.
func civil(local int64) (year, month, day, yday int)

// local returns the seconds since 1970 by the zone's clock.
func (t *Time) local() int64 {
	sec := t.sec() - yearOneToUnix
	if t.loc != nil {
		_, offset, _, _, _ := t.loc.lookup(sec)
		sec += int64(offset)
	}
	return sec
}

func (t *Time) secondOfDay() int {
	s := t.local() % 86400
	if s < 0 {
		s += 86400
	}
	return int(s)
}

// Date returns year, month and day.
func (t Time) Date() (year int, month Month, day int) {
	y, m, d, _ := civil(t.local())
	return y, Month(m), d
}

// Year returns the year.
func (t Time) Year() int {
	y, _, _, _ := civil(t.local())
	return y
}

// Month returns the month.
func (t Time) Month() Month {
	_, m, _, _ := civil(t.local())
	return Month(m)
}

// Day returns the day of the month.
func (t Time) Day() int {
	_, _, d, _ := civil(t.local())
	return d
}

// YearDay returns the day of the year, from 1.
func (t Time) YearDay() int {
	_, _, _, yd := civil(t.local())
	return yd
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Weekday returns the day of the week.
func (t Time) Weekday() Weekday {
	d := floorDiv(t.local(), 86400)
	return Weekday(d + 4 - 7*floorDiv(d+4, 7))
}

// ISOWeek returns the year and week by ISO 8601. Week 1 has January 4 in it.
func (t Time) ISOWeek() (year, week int) {
	// A week belongs to the year of its Thursday.
	local := t.local()
	weekday := (t.Weekday() + 6) % 7
	y, _, _, yd := civil(local + int64(Thursday-1-weekday)*86400)
	return y, (yd-1)/7 + 1
}

// Clock returns hour, minute and second.
func (t Time) Clock() (hour, min, sec int) {
	s := t.secondOfDay()
	return s / 3600, s / 60 % 60, s % 60
}

// Hour returns the hour.
func (t Time) Hour() int { return t.secondOfDay() / 3600 }

// Minute returns the minute.
func (t Time) Minute() int { return t.secondOfDay() / 60 % 60 }

// Second returns the second.
func (t Time) Second() int { return t.secondOfDay() % 60 }

// Nanosecond returns the nanosecond within the second.
func (t Time) Nanosecond() int { return int(t.nsec()) }

// Unix returns seconds since January 1, 1970 UTC.
func (t Time) Unix() int64 { return t.sec() - yearOneToUnix }

// UnixMilli returns milliseconds since January 1, 1970 UTC.
func (t Time) UnixMilli() int64 { return t.Unix()*1e3 + t.nsec()/1e6 }

// UnixMicro returns microseconds since January 1, 1970 UTC.
func (t Time) UnixMicro() int64 { return t.Unix()*1e6 + t.nsec()/1e3 }

// UnixNano returns nanoseconds since January 1, 1970 UTC, for the years 1678 to 2262.
func (t Time) UnixNano() int64 { return t.Unix()*1e9 + t.nsec() }

// UTC returns t in UTC.
func (t Time) UTC() Time {
	t.setLoc(&utcLoc)
	return t
}

// Local returns t in the local zone.
func (t Time) Local() Time {
	t.setLoc(Local)
	return t
}

// In returns t in a zone.
func (t Time) In(loc *Location) Time {
	if loc == nil {
		panic("time: missing Location in call to Time.In")
	}
	t.setLoc(loc)
	return t
}

// Location returns t's zone.
func (t Time) Location() *Location {
	if t.loc == nil {
		return UTC
	}
	return t.loc
}

// Zone returns the abbreviation and the offset in seconds east of UTC of the zone at that time.
func (t Time) Zone() (name string, offset int) {
	name, offset, _, _, _ = t.loc.lookup(t.Unix())
	return name, offset
}

// ZoneBounds returns when the zone's current offset began and ends; a zero time if it always did or will.
func (t Time) ZoneBounds() (start, end Time) {
	_, _, from, to, _ := t.loc.lookup(t.Unix())
	if from != alpha {
		start = Unix(from, 0)
		start.setLoc(t.loc)
	}
	if to != omega {
		end = Unix(to, 0)
		end.setLoc(t.loc)
	}
	return start, end
}

// IsDST reports whether summer time holds.
func (t Time) IsDST() bool {
	_, _, _, _, dst := t.loc.lookup(t.Unix())
	return dst
}

// rest returns the time since year 1 modulo d.
func (t *Time) rest(d Duration) Duration {
	sec, ns, neg := t.sec(), t.nsec(), false
	if sec < 0 {
		neg = true
		sec, ns = -sec, -ns
		if ns < 0 {
			ns += 1e9
			sec--
		}
	}
	var r Duration
	if d%Second == 0 {
		r = Duration(sec%int64(d/Second))*Second + Duration(ns)
	} else {
		// (sec*1e9 + ns) % d in steps that do not overflow.
		m := uint64(d)
		for bit := 62; bit >= 0; bit-- {
			if r += r; uint64(r) >= m {
				r -= d
			}
			if sec>>bit&1 != 0 {
				if r += Duration(1e9 % m); uint64(r) >= m {
					r -= d
				}
			}
		}
		if r += Duration(uint64(ns) % m); uint64(r) >= m {
			r -= d
		}
	}
	if neg && r != 0 {
		r = d - r
	}
	return r
}

// Truncate rounds t down to a multiple of d since the zero time.
func (t Time) Truncate(d Duration) Time {
	t.stripMono()
	if d <= 0 {
		return t
	}
	return t.Add(-t.rest(d))
}

// Round rounds t to the nearest multiple of d since the zero time, halves up.
func (t Time) Round(d Duration) Time {
	t.stripMono()
	if d <= 0 {
		return t
	}
	r := t.rest(d)
	if lessThanHalf(r, d) {
		return t.Add(-r)
	}
	return t.Add(d - r)
}

// ---- waiting ----

// Sleep pauses the goroutine for at least d.
func Sleep(d Duration)

// ticket is what a channel timer carries; see stdlib/src/time.rs.
type ticket struct {
	c   chan Time
	loc *Location
}

func timerForChan(t *ticket, d, period Duration) unsafe.Pointer
func timerForFunc(f func(), d Duration) unsafe.Pointer
func timerReset(t unsafe.Pointer, d, period Duration) bool
func timerStop(t unsafe.Pointer) bool

// Timer is a single event. When it fires, the time is sent on C, or a function is called.
type Timer struct {
	C <-chan Time
	t unsafe.Pointer
}

// NewTimer returns a Timer that fires after d.
func NewTimer(d Duration) *Timer {
	c := make(chan Time, 1)
	return &Timer{c, timerForChan(&ticket{c, Local}, d, 0)}
}

// AfterFunc returns a Timer that calls f in its own goroutine after d.
func AfterFunc(d Duration, f func()) *Timer { return &Timer{nil, timerForFunc(f, d)} }

// Stop keeps the Timer from firing. True: it would have fired.
func (t *Timer) Stop() bool {
	if t.t == nil {
		panic("time: Stop called on uninitialized Timer")
	}
	return timerStop(t.t)
}

// Reset makes the Timer fire after d from now. True: it was running.
func (t *Timer) Reset(d Duration) bool {
	if t.t == nil {
		panic("time: Reset called on uninitialized Timer")
	}
	return timerReset(t.t, d, 0)
}

// After returns a channel on which the time is sent after d.
func After(d Duration) <-chan Time { return NewTimer(d).C }

// Ticker sends the time on C again and again.
type Ticker struct {
	C <-chan Time
	t unsafe.Pointer
}

// NewTicker returns a Ticker with the interval d, which must be positive. It drops ticks for slow receivers.
func NewTicker(d Duration) *Ticker {
	if d <= 0 {
		panic("non-positive interval for NewTicker")
	}
	c := make(chan Time, 1)
	return &Ticker{c, timerForChan(&ticket{c, Local}, d, d)}
}

// Stop stops the Ticker. C is not closed.
func (t *Ticker) Stop() {
	if t.t != nil {
		timerStop(t.t)
	}
}

// Reset sets the interval; the next tick comes after d.
func (t *Ticker) Reset(d Duration) {
	if d <= 0 {
		panic("non-positive interval for Ticker.Reset")
	}
	if t.t == nil {
		panic("time: Reset called on uninitialized Ticker")
	}
	timerReset(t.t, d, d)
}

// Tick returns the channel of a Ticker; nil if d is not positive.
func Tick(d Duration) <-chan Time {
	if d <= 0 {
		return nil
	}
	return NewTicker(d).C
}
