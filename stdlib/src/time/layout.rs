//! Times as text and back, by example layouts: `2006-01-02 15:04:05`. (Go: time/format.go)

use super::civil;

/// A part of a layout that stands for a part of the time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part {
    Year2,
    Year,
    MonthShort,
    MonthLong,
    Month,
    Month2,
    WeekdayShort,
    WeekdayLong,
    Day,
    DayPadded,
    Day2,
    YearDayPadded,
    YearDay3,
    Hour24,
    Hour12,
    Hour12Two,
    Minute,
    Minute2,
    Second,
    Second2,
    PmUpper,
    PmLower,
    ZoneName,
    Offset(Offset),
    /// So many digits, with this separator; trailing zeros are dropped or not.
    Fraction {
        digits: usize,
        separator: u8,
        trim: bool,
    },
}

/// How an offset from UTC is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Offset {
    /// UTC is `Z`.
    z: bool,
    colon: bool,
    minutes: bool,
    seconds: bool,
}

/// The next part of a layout: where it begins, what it is, where it ends.
fn next_part(layout: &[u8]) -> Option<(usize, Part, usize)> {
    let lower = |i: usize| layout.get(i).is_some_and(u8::is_ascii_lowercase);
    let digit = |i: usize| layout.get(i).is_some_and(u8::is_ascii_digit);
    for i in 0..layout.len() {
        let rest = &layout[i..];
        let begins = |s: &str| rest.starts_with(s.as_bytes());
        let found = match rest[0] {
            b'J' if begins("January") => (Part::MonthLong, 7),
            b'J' if begins("Jan") && !lower(i + 3) => (Part::MonthShort, 3),
            b'M' if begins("Monday") => (Part::WeekdayLong, 6),
            b'M' if begins("Mon") && !lower(i + 3) => (Part::WeekdayShort, 3),
            b'M' if begins("MST") => (Part::ZoneName, 3),
            b'0' => match rest.get(1) {
                Some(b'1') => (Part::Month2, 2),
                Some(b'2') => (Part::Day2, 2),
                Some(b'3') => (Part::Hour12Two, 2),
                Some(b'4') => (Part::Minute2, 2),
                Some(b'5') => (Part::Second2, 2),
                Some(b'6') => (Part::Year2, 2),
                _ if begins("002") => (Part::YearDay3, 3),
                _ => continue,
            },
            b'1' if begins("15") => (Part::Hour24, 2),
            b'1' => (Part::Month, 1),
            b'2' if begins("2006") => (Part::Year, 4),
            b'2' => (Part::Day, 1),
            // The underscore is text there.
            b'_' if begins("_2006") => return Some((i + 1, Part::Year, i + 5)),
            b'_' if begins("_2") => (Part::DayPadded, 2),
            b'_' if begins("__2") => (Part::YearDayPadded, 3),
            b'3' => (Part::Hour12, 1),
            b'4' => (Part::Minute, 1),
            b'5' => (Part::Second, 1),
            b'P' if begins("PM") => (Part::PmUpper, 2),
            b'p' if begins("pm") => (Part::PmLower, 2),
            c @ (b'-' | b'Z') => {
                let offset = |colon, minutes, seconds| {
                    let z = c == b'Z';
                    Part::Offset(Offset {
                        z,
                        colon,
                        minutes,
                        seconds,
                    })
                };
                let after = &rest[1..];
                if after.starts_with(b"070000") {
                    (offset(false, true, true), 7)
                } else if after.starts_with(b"07:00:00") {
                    (offset(true, true, true), 9)
                } else if after.starts_with(b"0700") {
                    (offset(false, true, false), 5)
                } else if after.starts_with(b"07:00") {
                    (offset(true, true, false), 6)
                } else if after.starts_with(b"07") {
                    (offset(false, false, false), 3)
                } else {
                    continue;
                }
            }
            separator @ (b'.' | b',') => match rest.get(1) {
                Some(&c @ (b'0' | b'9')) => {
                    let digits = rest[1..].iter().take_while(|&&x| x == c).count();
                    if digit(i + 1 + digits) {
                        continue;
                    }
                    let trim = c == b'9';
                    (
                        Part::Fraction {
                            digits,
                            separator,
                            trim,
                        },
                        1 + digits,
                    )
                }
                _ => continue,
            },
            _ => continue,
        };
        return Some((i, found.0, i + found.1));
    }
    None
}

/// A moment in a time zone.
pub struct Moment<'a> {
    /// Seconds since 1970 by the zone's clock.
    pub local: i64,
    pub nanosecond: i64,
    pub offset: i64,
    /// The zone's abbreviation, or nothing.
    pub zone: &'a [u8],
}

/// A number of at least `width` digits.
fn number(out: &mut Vec<u8>, n: i64, width: usize) {
    if n < 0 {
        out.push(b'-');
    }
    out.extend(format!("{:0width$}", n.unsigned_abs()).bytes());
}

/// Appends a time as a layout says.
pub fn format(out: &mut Vec<u8>, mut layout: &[u8], t: &Moment) {
    let days = t.local.div_euclid(86_400);
    let second_of_day = t.local.rem_euclid(86_400);
    let (year, month, day) = civil::date(days);
    let (hour, minute, second) = (
        second_of_day / 3600,
        second_of_day / 60 % 60,
        second_of_day % 60,
    );
    let month_name = civil::MONTHS[month as usize - 1].as_bytes();
    let weekday_name = civil::WEEKDAYS[civil::weekday(days) as usize].as_bytes();
    while let Some((start, part, end)) = next_part(layout) {
        out.extend(&layout[..start]);
        layout = &layout[end..];
        match part {
            Part::Year2 => number(out, year.abs() % 100, 2),
            Part::Year => number(out, year, 4),
            Part::MonthShort => out.extend(&month_name[..3]),
            Part::MonthLong => out.extend(month_name),
            Part::Month => number(out, month, 0),
            Part::Month2 => number(out, month, 2),
            Part::WeekdayShort => out.extend(&weekday_name[..3]),
            Part::WeekdayLong => out.extend(weekday_name),
            Part::Day => number(out, day, 0),
            Part::DayPadded => out.extend(format!("{day:2}").bytes()),
            Part::Day2 => number(out, day, 2),
            Part::YearDayPadded => {
                out.extend(format!("{:3}", civil::day_of_year(year, month, day)).bytes())
            }
            Part::YearDay3 => number(out, civil::day_of_year(year, month, day), 3),
            Part::Hour24 => number(out, hour, 2),
            Part::Hour12 => number(out, (hour + 11) % 12 + 1, 0),
            Part::Hour12Two => number(out, (hour + 11) % 12 + 1, 2),
            Part::Minute => number(out, minute, 0),
            Part::Minute2 => number(out, minute, 2),
            Part::Second => number(out, second, 0),
            Part::Second2 => number(out, second, 2),
            Part::PmUpper => out.extend(if hour >= 12 { b"PM" } else { b"AM" }),
            Part::PmLower => out.extend(if hour >= 12 { b"pm" } else { b"am" }),
            Part::Offset(o) if o.z && t.offset == 0 => out.push(b'Z'),
            Part::Offset(o) => offset(out, t.offset, o),
            Part::ZoneName if t.zone.is_empty() => {
                let o = Offset {
                    z: false,
                    colon: false,
                    minutes: true,
                    seconds: false,
                };
                offset(out, t.offset, o);
            }
            Part::ZoneName => out.extend(t.zone),
            Part::Fraction {
                digits,
                separator,
                trim,
            } => {
                let text = format!("{:09}", t.nanosecond);
                let mut text = &text.as_bytes()[..digits.min(9)];
                if trim {
                    while let [rest @ .., b'0'] = text {
                        text = rest;
                    }
                    if text.is_empty() {
                        continue;
                    }
                }
                out.push(separator);
                out.extend(text);
            }
        }
    }
    out.extend(layout);
}

fn offset(out: &mut Vec<u8>, seconds: i64, o: Offset) {
    // A part of a minute does not make the sign.
    let minutes = seconds / 60;
    let (sign, seconds) = if minutes < 0 {
        (b'-', -seconds)
    } else {
        (b'+', seconds)
    };
    let minutes = minutes.abs();
    out.push(sign);
    number(out, minutes / 60, 2);
    if o.minutes {
        if o.colon {
            out.push(b':');
        }
        number(out, minutes % 60, 2);
    }
    if o.seconds {
        if o.colon {
            out.push(b':');
        }
        number(out, seconds % 60, 2);
    }
}

/// What a text says of the time zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Zone {
    None,
    Utc,
    /// Offset in seconds, and perhaps a name.
    Offset(i64),
    /// Only a name.
    Named,
}

/// A text that was understood.
#[derive(Debug)]
pub struct Parsed<'a> {
    pub year: i64,
    pub month: i64,
    pub day: i64,
    pub hour: i64,
    pub minute: i64,
    pub second: i64,
    pub nanosecond: i64,
    pub zone: Zone,
    pub zone_name: &'a [u8],
}

/// A text that was not: time.ParseError.
#[derive(Debug)]
pub struct Fault<'a> {
    pub layout_elem: &'a [u8],
    pub value_elem: &'a [u8],
    pub message: String,
}

/// What can be wrong with one part.
enum Wrong {
    Bad,
    Range(&'static str),
}

type Step<T> = Result<T, Wrong>;

fn is_digit(s: &[u8], i: usize) -> bool {
    s.get(i).is_some_and(u8::is_ascii_digit)
}

/// One or two digits.
fn two(s: &[u8], both: bool) -> Step<(i64, &[u8])> {
    match (is_digit(s, 0), is_digit(s, 1)) {
        (true, true) => Ok(((s[0] - b'0') as i64 * 10 + (s[1] - b'0') as i64, &s[2..])),
        (true, false) if !both => Ok(((s[0] - b'0') as i64, &s[1..])),
        _ => Err(Wrong::Bad),
    }
}

/// A whole signed number.
fn whole(s: &[u8]) -> Step<i64> {
    std::str::from_utf8(s)
        .ok()
        .and_then(|s| s.parse().ok())
        .ok_or(Wrong::Bad)
}

fn split(s: &[u8], n: usize) -> Step<(&[u8], &[u8])> {
    s.split_at_checked(n).ok_or(Wrong::Bad)
}

/// The fraction of a second in the first `n` bytes, separator included.
fn fraction(s: &[u8], n: usize) -> Step<i64> {
    if !matches!(s[0], b'.' | b',') {
        return Err(Wrong::Bad);
    }
    let n = n.min(10);
    let ns = whole(&s[1..n])?;
    if ns < 0 {
        return Err(Wrong::Range("fractional second"));
    }
    Ok(ns * 10i64.pow(10 - n as u32))
}

fn name<'a>(names: &[&str], short: bool, s: &'a [u8]) -> Step<(i64, &'a [u8])> {
    for (i, n) in names.iter().enumerate() {
        let n = if short {
            &n.as_bytes()[..3]
        } else {
            n.as_bytes()
        };
        if s.get(..n.len()).is_some_and(|p| p.eq_ignore_ascii_case(n)) {
            return Ok((i as i64, &s[n.len()..]));
        }
    }
    Err(Wrong::Bad)
}

fn within(n: i64, least: i64, most: i64, what: &'static str) -> Step<i64> {
    match (least..=most).contains(&n) {
        true => Ok(n),
        false => Err(Wrong::Range(what)),
    }
}

/// The length of a zone's abbreviation.
fn zone_name(s: &[u8]) -> Step<usize> {
    let signed = |s: &[u8]| {
        let digits = s[1..].iter().take_while(|c| c.is_ascii_digit()).count();
        let hours = std::str::from_utf8(&s[1..1 + digits])
            .ok()
            .and_then(|d| d.parse::<i64>().ok());
        match (s[0], hours) {
            (b'+' | b'-', Some(0..=23)) => 1 + digits,
            _ => 0,
        }
    };
    if s.len() < 3 {
        return Err(Wrong::Bad);
    }
    if s.starts_with(b"ChST") || s.starts_with(b"MeST") {
        return Ok(4);
    }
    if let Some(rest) = s.strip_prefix(b"GMT") {
        return Ok(3 + if rest.is_empty() { 0 } else { signed(rest) });
    }
    if matches!(s[0], b'+' | b'-') {
        return match signed(s) {
            0 => Err(Wrong::Bad),
            n => Ok(n),
        };
    }
    match s
        .iter()
        .take(6)
        .take_while(|c| c.is_ascii_uppercase())
        .count()
    {
        5 if s[4] == b'T' => Ok(5),
        4 if s[3] == b'T' || s.starts_with(b"WITA") => Ok(4),
        3 => Ok(3),
        _ => Err(Wrong::Bad),
    }
}

/// Matches the text between parts; a run of spaces matches any other. The rest, or where it differs.
fn skip<'a>(mut value: &'a [u8], mut text: &[u8]) -> Result<&'a [u8], &'a [u8]> {
    let spaces = |s: &[u8]| s.iter().take_while(|&&c| c == b' ').count();
    while let [c, rest @ ..] = text {
        if *c == b' ' {
            if value.first().is_some_and(|&v| v != b' ') {
                return Err(value);
            }
            text = &text[spaces(text)..];
            value = &value[spaces(value)..];
        } else if value.first() == Some(c) {
            text = rest;
            value = &value[1..];
        } else {
            return Err(value);
        }
    }
    Ok(value)
}

/// What is read so far. Month and day are `None` until they are.
#[derive(Default)]
struct Reading<'a> {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    am: bool,
    pm: bool,
    utc: bool,
    offset: Option<i64>,
    zone_name: &'a [u8],
}

impl<'a> Reading<'a> {
    /// Reads one part; `layout` is what follows it.
    fn part(&mut self, part: Part, layout: &[u8], v: &'a [u8], rest: &mut &'a [u8]) -> Step<()> {
        *rest = v;
        match part {
            Part::Year2 => {
                let (y, tail) = split(v, 2)?;
                *rest = tail;
                let y = whole(y)?;
                self.year = y + if y >= 69 { 1900 } else { 2000 };
            }
            Part::Year => {
                if v.len() < 4 || !is_digit(v, 0) {
                    return Err(Wrong::Bad);
                }
                *rest = &v[4..];
                self.year = whole(&v[..4])?;
            }
            Part::MonthShort | Part::MonthLong => {
                let (m, tail) = name(&civil::MONTHS, part == Part::MonthShort, v)?;
                *rest = tail;
                self.month = Some(m + 1);
            }
            Part::Month | Part::Month2 => {
                let (m, tail) = two(v, part == Part::Month2)?;
                *rest = tail;
                self.month = Some(within(m, 1, 12, "month")?);
            }
            Part::WeekdayShort | Part::WeekdayLong => {
                *rest = name(&civil::WEEKDAYS, part == Part::WeekdayShort, v)?.1;
            }
            Part::Day | Part::DayPadded | Part::Day2 => {
                let v = match v {
                    [b' ', tail @ ..] if part == Part::DayPadded => tail,
                    _ => v,
                };
                let (d, tail) = two(v, part == Part::Day2)?;
                *rest = tail;
                self.day = Some(d);
            }
            Part::YearDayPadded | Part::YearDay3 => {
                let mut v = v;
                for _ in 0..2 {
                    if let ([b' ', tail @ ..], Part::YearDayPadded) = (v, part) {
                        v = tail;
                    }
                }
                let digits = v.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
                if digits == 0 || part == Part::YearDay3 && digits != 3 {
                    return Err(Wrong::Bad);
                }
                *rest = &v[digits..];
                self.year_day = Some(whole(&v[..digits])?);
            }
            Part::Hour24 => {
                let (h, tail) = two(v, false)?;
                *rest = tail;
                self.hour = within(h, 0, 23, "hour")?;
            }
            Part::Hour12 | Part::Hour12Two => {
                let (h, tail) = two(v, part == Part::Hour12Two)?;
                *rest = tail;
                self.hour = within(h, 0, 12, "hour")?;
            }
            Part::Minute | Part::Minute2 => {
                let (m, tail) = two(v, part == Part::Minute2)?;
                *rest = tail;
                self.minute = within(m, 0, 59, "minute")?;
            }
            Part::Second | Part::Second2 => {
                let (s, tail) = two(v, part == Part::Second2)?;
                *rest = tail;
                self.second = within(s, 0, 59, "second")?;
                // A fraction may follow although the layout has none.
                if tail.len() >= 2 && matches!(tail[0], b'.' | b',') && is_digit(tail, 1) {
                    if let Some((_, Part::Fraction { .. }, _)) = next_part(layout) {
                        return Ok(());
                    }
                    let n = 1 + tail[1..].iter().take_while(|c| c.is_ascii_digit()).count();
                    *rest = &tail[n..];
                    self.nanosecond = fraction(tail, n)?;
                }
            }
            Part::PmUpper | Part::PmLower => {
                let (p, tail) = split(v, 2)?;
                *rest = tail;
                match (p, part) {
                    (b"PM", Part::PmUpper) | (b"pm", Part::PmLower) => self.pm = true,
                    (b"AM", Part::PmUpper) | (b"am", Part::PmLower) => self.am = true,
                    _ => return Err(Wrong::Bad),
                }
            }
            Part::Offset(o) if o.z && v.first() == Some(&b'Z') => {
                *rest = &v[1..];
                self.utc = true;
            }
            Part::Offset(o) => self.offset(o, v, rest)?,
            Part::ZoneName if v.starts_with(b"UTC") => {
                *rest = &v[3..];
                self.utc = true;
            }
            Part::ZoneName => {
                let n = zone_name(v)?;
                (self.zone_name, *rest) = v.split_at(n);
            }
            Part::Fraction {
                digits,
                trim: false,
                ..
            } => {
                let n = 1 + digits;
                if v.len() < n {
                    return Err(Wrong::Bad);
                }
                *rest = &v[n..];
                self.nanosecond = fraction(v, n)?;
            }
            Part::Fraction { .. } => {
                if v.len() < 2 || !matches!(v[0], b'.' | b',') || !is_digit(v, 1) {
                    return Ok(()); // left out
                }
                let n = 1 + v[1..].iter().take_while(|c| c.is_ascii_digit()).count();
                *rest = &v[n..];
                self.nanosecond = fraction(v, n)?;
            }
        }
        Ok(())
    }

    fn offset(&mut self, o: Offset, v: &'a [u8], rest: &mut &'a [u8]) -> Step<()> {
        let n = match (o.seconds, o.minutes, o.colon) {
            (true, _, true) => 9,
            (true, _, false) => 7,
            (_, true, true) => 6,
            (_, true, false) => 5,
            _ => 3,
        };
        let (text, tail) = split(v, n)?;
        if o.colon && (text[3] != b':' || n == 9 && text[6] != b':') {
            return Err(Wrong::Bad);
        }
        *rest = tail;
        let gap = o.colon as usize;
        let field = |i: usize| {
            text.get(i..i + 2)
                .map_or(Ok(0), |s| two(s, true).map(|t| t.0))
        };
        // What can be read is checked even if something else cannot.
        let (mut fields, mut bad) = ([0; 3], false);
        for (n, at) in [(0, 1), (1, 3 + gap), (2, 5 + 2 * gap)] {
            match field(at) {
                Ok(v) if !bad => fields[n] = v,
                _ => bad = true,
            }
        }
        let [h, m, s] = fields;
        within(s, 0, 60, "time zone offset second")?;
        within(m, 0, 60, "time zone offset minute")?;
        within(h, 0, 24, "time zone offset hour")?;
        if bad {
            return Err(Wrong::Bad);
        }
        let total = (h * 60 + m) * 60 + s;
        self.offset = Some(match text[0] {
            b'+' => total,
            b'-' => -total,
            _ => return Err(Wrong::Bad),
        });
        Ok(())
    }
}

/// Reads a time as a layout says.
pub fn parse<'a>(layout: &'a [u8], value: &'a [u8]) -> Result<Parsed<'a>, Fault<'a>> {
    let fault = |layout_elem: &'a [u8], value_elem: &'a [u8], message: String| Fault {
        layout_elem,
        value_elem,
        message,
    };
    let mut r = Reading::default();
    let (mut l, mut v) = (layout, value);
    loop {
        let next = next_part(l);
        let text = next.map_or(l, |n| &l[..n.0]);
        v = skip(v, text).map_err(|at| fault(text, at, String::new()))?;
        let Some((start, part, end)) = next else {
            if !v.is_empty() {
                return Err(fault(b"", v, format!(": extra text: {}", quote(v))));
            }
            break;
        };
        let elem = &l[start..end];
        l = &l[end..];
        let hold = v;
        match r.part(part, l, hold, &mut v) {
            Ok(()) => {}
            Err(Wrong::Range(what)) => {
                return Err(fault(elem, v, format!(": {what} out of range")));
            }
            Err(Wrong::Bad) => return Err(fault(elem, hold, String::new())),
        }
    }
    if r.pm && r.hour < 12 {
        r.hour += 12;
    } else if r.am && r.hour == 12 {
        r.hour = 0;
    }
    let wrong = |what: &str| Err(fault(b"", v, format!(": {what}")));
    if let Some(yday) = r.year_day {
        if yday < 1 || yday > 365 + civil::is_leap(r.year) as i64 {
            return wrong("day-of-year out of range");
        }
        let (_, m, d) = civil::date(civil::days(r.year, 1, yday));
        if r.month.is_some_and(|x| x != m) {
            return wrong("day-of-year does not match month");
        }
        if r.day.is_some_and(|x| x != d) {
            return wrong("day-of-year does not match day");
        }
        (r.month, r.day) = (Some(m), Some(d));
    }
    let (month, day) = (r.month.unwrap_or(1), r.day.unwrap_or(1));
    if day < 1 || day > civil::days_in(r.year, month) {
        return wrong("day out of range");
    }
    Ok(Parsed {
        year: r.year,
        month,
        day,
        hour: r.hour,
        minute: r.minute,
        second: r.second,
        nanosecond: r.nanosecond,
        zone: match (r.utc, r.offset) {
            (true, _) => Zone::Utc,
            (_, Some(offset)) if offset != -1 => Zone::Offset(offset),
            _ if !r.zone_name.is_empty() => Zone::Named,
            _ => Zone::None,
        },
        zone_name: r.zone_name,
    })
}

/// A text in quotation marks as package time has it: all that is not printable ASCII as bytes in hexadecimal.
pub fn quote(s: &[u8]) -> String {
    let mut out = String::from("\"");
    for &c in s {
        match c {
            b'"' | b'\\' => out.extend(['\\', c as char]),
            b' '..=b'\x7f' => out.push(c as char),
            _ => out.push_str(&format!("\\x{c:02x}")),
        }
    }
    out.push('"');
    out
}

/// Go: Duration.String
pub fn duration(ns: i64) -> String {
    let u = ns.unsigned_abs();
    let sign = if ns < 0 { "-" } else { "" };
    let scaled = |unit: u64, digits: usize| {
        let (int, frac) = (u / unit, u % unit);
        if frac == 0 {
            return int.to_string();
        }
        format!("{int}.{frac:0digits$}")
            .trim_end_matches('0')
            .to_owned()
    };
    match u {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{u}ns"),
        1_000..1_000_000 => format!("{sign}{}µs", scaled(1_000, 3)),
        1_000_000..1_000_000_000 => format!("{sign}{}ms", scaled(1_000_000, 6)),
        _ => {
            let minutes = u / 60_000_000_000;
            let (s, frac) = (u / 1_000_000_000 % 60, u % 1_000_000_000);
            let mut seconds = s.to_string();
            if frac != 0 {
                seconds = format!("{s}.{frac:09}").trim_end_matches('0').to_owned();
            }
            match minutes {
                0 => format!("{sign}{seconds}s"),
                1..60 => format!("{sign}{minutes}m{seconds}s"),
                _ => format!("{sign}{}h{}m{seconds}s", minutes / 60, minutes % 60),
            }
        }
    }
}

/// Go: ParseDuration. The error's text lacks `time: ` and the quoted duration.
pub fn parse_duration(text: &[u8]) -> Result<i64, String> {
    let invalid = || "invalid duration".to_owned();
    let (negative, mut s) = match text {
        [b'+', rest @ ..] => (false, rest),
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if s == b"0" {
        return Ok(0);
    }
    if s.is_empty() {
        return Err(invalid());
    }
    let mut total = 0u64;
    while !s.is_empty() {
        let digits = s.iter().take_while(|c| c.is_ascii_digit()).count();
        let mut v = 0u64;
        for c in &s[..digits] {
            if v > (1 << 63) / 10 {
                return Err(invalid());
            }
            v = v * 10 + (c - b'0') as u64;
            if v > 1 << 63 {
                return Err(invalid());
            }
        }
        s = &s[digits..];
        let (mut f, mut scale, mut post) = (0u64, 1f64, 0);
        if let [b'.', rest @ ..] = s {
            post = rest.iter().take_while(|c| c.is_ascii_digit()).count();
            let mut overflow = false;
            for c in &rest[..post] {
                overflow |= f > i64::MAX as u64 / 10;
                if overflow {
                    continue;
                }
                let next = f * 10 + (c - b'0') as u64;
                if next > 1 << 63 {
                    overflow = true;
                    continue;
                }
                f = next;
                scale *= 10.0;
            }
            s = &rest[post..];
        }
        if digits == 0 && post == 0 {
            return Err(invalid());
        }
        let n = s
            .iter()
            .take_while(|&&c| c != b'.' && !c.is_ascii_digit())
            .count();
        if n == 0 {
            return Err("missing unit in duration".to_owned());
        }
        let unit: u64 = match std::str::from_utf8(&s[..n]) {
            Ok("ns") => 1,
            Ok("us" | "µs" | "μs") => 1_000,
            Ok("ms") => 1_000_000,
            Ok("s") => 1_000_000_000,
            Ok("m") => 60_000_000_000,
            Ok("h") => 3_600_000_000_000,
            _ => return Err(format!("unknown unit {} in duration", quote(&s[..n]))),
        };
        s = &s[n..];
        if v > (1 << 63) / unit {
            return Err(invalid());
        }
        v *= unit;
        if f > 0 {
            v += (f as f64 * (unit as f64 / scale)) as u64;
            if v > 1 << 63 {
                return Err(invalid());
            }
        }
        total += v;
        if total > 1 << 63 {
            return Err(invalid());
        }
    }
    match negative {
        true => Ok((total as i64).wrapping_neg()),
        false => i64::try_from(total).map_err(|_| invalid()),
    }
}
