//! Time zones from the system's database: TZif files and the rules at their ends. (RFC 8536; Go: time/zoneinfo*.go)

use super::civil;
use std::sync::{Mutex, OnceLock};

/// A kind of time that a zone has: its abbreviation and distance from UTC.
#[derive(Debug, Clone)]
pub struct Kind {
    pub name: String,
    pub offset: i64,
    pub dst: bool,
}

/// A time zone.
#[derive(Debug)]
pub struct Zone {
    kinds: Vec<Kind>,
    /// When a kind begins.
    changes: Vec<(i64, u8)>,
    /// What holds behind the last change.
    rule: Option<Rule>,
}

/// The kind of time at some moment, and from when until when it is sure to hold.
pub struct Found<'a> {
    pub name: &'a str,
    pub offset: i64,
    pub start: i64,
    pub end: i64,
    pub dst: bool,
}

const ALPHA: i64 = i64::MIN;
const OMEGA: i64 = i64::MAX;

impl Zone {
    /// UTC, for a missing or unreadable file.
    fn utc() -> Zone {
        Zone {
            kinds: vec![Kind {
                name: "UTC".to_owned(),
                offset: 0,
                dst: false,
            }],
            changes: Vec::new(),
            rule: None,
        }
    }

    pub fn lookup(&self, sec: i64) -> Found<'_> {
        let i = self.changes.partition_point(|c| c.0 <= sec);
        let end = self.changes.get(i).map_or(OMEGA, |c| c.0);
        let (kind, start) = match i {
            0 => (&self.kinds[self.first_kind()], ALPHA),
            _ => (
                &self.kinds[self.changes[i - 1].1 as usize],
                self.changes[i - 1].0,
            ),
        };
        if i > 0
            && i == self.changes.len()
            && let Some(rule) = &self.rule
        {
            return rule.lookup(start, sec);
        }
        Found {
            name: &kind.name,
            offset: kind.offset,
            start,
            end,
            dst: kind.dst,
        }
    }

    /// The kind before the first change.
    fn first_kind(&self) -> usize {
        if self.changes.iter().all(|c| c.1 != 0) {
            return 0;
        }
        let standard = |i: &usize| !self.kinds[*i].dst;
        let first = self.changes[0].1 as usize;
        if self.kinds[first].dst
            && let Some(i) = (0..first).rev().find(standard)
        {
            return i;
        }
        (0..self.kinds.len()).find(standard).unwrap_or(0)
    }

    /// The offset that an abbreviation stands for, at a time by that zone's clock if possible.
    pub fn offset_of(&self, name: &str, local: i64) -> Option<i64> {
        let mut named = self.kinds.iter().filter(|k| k.name == name);
        named
            .clone()
            .map(|k| self.lookup(local - k.offset))
            .find(|f| f.name == name)
            .map(|f| f.offset)
            .or_else(|| named.next().map(|k| k.offset))
    }

    /// Reads the contents of a TZif file.
    pub fn parse(data: &[u8]) -> Option<Zone> {
        let mut r = Reader(data);
        let (version, mut counts) = header(&mut r)?;
        let mut time_size = 4;
        if version >= 2 {
            // The first part is for old readers.
            let [utc, std, leap, changes, kinds, chars] = counts;
            r.take(changes * 5 + kinds * 6 + chars + leap * 8 + std + utc)?;
            counts = header(&mut r)?.1;
            time_size = 8;
        }
        let [utc, std, leap, changes, kinds, chars] = counts;
        let times = r.take(changes * time_size)?;
        let indices = r.take(changes)?;
        let infos = r.take(kinds * 6)?;
        let names = r.take(chars)?;
        r.take(leap * (time_size + 4) + std + utc)?;
        let rule = r.0.strip_prefix(b"\n").and_then(|rest| {
            let end = rest.iter().position(|&c| c == b'\n')?;
            Rule::parse(std::str::from_utf8(&rest[..end]).ok()?)
        });
        let kinds: Option<Vec<Kind>> = infos
            .chunks_exact(6)
            .map(|info| {
                let name = names.get(info[5] as usize..)?;
                let end = name.iter().position(|&c| c == 0).unwrap_or(name.len());
                Some(Kind {
                    name: String::from_utf8_lossy(&name[..end]).into_owned(),
                    offset: big_endian(&info[..4]),
                    dst: info[4] != 0,
                })
            })
            .collect();
        let kinds = kinds.filter(|k| !k.is_empty())?;
        let times = times.chunks_exact(time_size).map(big_endian);
        let changes: Vec<(i64, u8)> = times.zip(indices.iter().copied()).collect();
        changes
            .iter()
            .all(|c| (c.1 as usize) < kinds.len())
            .then_some(Zone {
                kinds,
                changes,
                rule,
            })
    }
}

fn big_endian(bytes: &[u8]) -> i64 {
    let first = bytes[0] as i8 as i64;
    bytes[1..].iter().fold(first, |n, &b| n << 8 | b as i64)
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(n)?;
        self.0 = rest;
        Some(head)
    }
}

/// Version and six counts.
fn header(r: &mut Reader) -> Option<(u8, [usize; 6])> {
    if r.take(4)? != b"TZif" {
        return None;
    }
    let version = match r.take(16)?[0] {
        0 => 1,
        v => v.checked_sub(b'0')?,
    };
    let counts = r.take(24)?;
    let mut n = [0; 6];
    for (i, c) in counts.chunks_exact(4).enumerate() {
        n[i] = usize::try_from(big_endian(c)).ok()?;
    }
    Some((version, n))
}

/// A rule for all years: `CET-1CEST,M3.5.0,M10.5.0/3`.
#[derive(Debug)]
struct Rule {
    std: Kind,
    dst: Option<(Kind, Change, Change)>,
}

/// The day and second at which a year's summer time begins or ends.
#[derive(Debug)]
struct Change {
    day: Day,
    second: i64,
}

#[derive(Debug)]
enum Day {
    /// 1 to 365, without leap days.
    Julian(i64),
    /// 0 to 365.
    OfYear(i64),
    /// The n-th (5: last) weekday of a month.
    OfMonth(i64, i64, i64),
}

impl Rule {
    fn parse(s: &str) -> Option<Rule> {
        let mut r = RuleReader(s);
        let std = Kind {
            name: r.name()?,
            offset: -r.offset()?,
            dst: false,
        };
        if r.0.is_empty() || r.0.starts_with(',') {
            return Some(Rule { std, dst: None });
        }
        let name = r.name()?;
        let offset = match r.0.is_empty() || r.0.starts_with(',') {
            true => std.offset + 3600,
            false => -r.offset()?,
        };
        if r.0.is_empty() {
            r.0 = ",M3.2.0,M11.1.0";
        }
        r.skip([',', ';'])?;
        let start = r.change()?;
        r.skip([',', ','])?;
        let end = r.change()?;
        if !r.0.is_empty() {
            return None;
        }
        let dst = Kind {
            name,
            offset,
            dst: true,
        };
        Some(Rule {
            std,
            dst: Some((dst, start, end)),
        })
    }

    fn lookup(&self, last_change: i64, sec: i64) -> Found<'_> {
        let found = |kind: &'_ Kind, start, end| (kind.offset, kind.dst, start, end);
        let (mut a, mut b) = (&self.std, &self.std);
        let (offset, dst, start, end) = match &self.dst {
            None => found(&self.std, last_change, OMEGA),
            Some((summer, start, end)) => {
                let (year, ..) = civil::date(sec.div_euclid(86_400));
                let new_year = civil::days(year, 1, 1) * 86_400;
                let second = sec - new_year;
                let mut from = start.second_of_year(year, self.std.offset);
                let mut to = end.second_of_year(year, summer.offset);
                b = summer;
                if to < from {
                    (from, to) = (to, from);
                    (a, b) = (b, a);
                }
                if second < from {
                    b = a;
                    found(a, new_year, from + new_year)
                } else if second >= to {
                    b = a;
                    found(a, to + new_year, new_year + 365 * 86_400)
                } else {
                    found(b, from + new_year, to + new_year)
                }
            }
        };
        Found {
            name: &b.name,
            offset,
            start,
            end,
            dst,
        }
    }
}

impl Change {
    /// In UTC, counted from the start of the year, for a clock with that offset.
    fn second_of_year(&self, year: i64, offset: i64) -> i64 {
        let day = match self.day {
            Day::Julian(n) => n - 1 + (civil::is_leap(year) && n >= 60) as i64,
            Day::OfYear(n) => n,
            Day::OfMonth(month, week, weekday) => {
                let first = civil::days(year, month, 1);
                let mut day = (weekday - civil::weekday(first)).rem_euclid(7);
                for _ in 1..week {
                    if day + 7 >= civil::days_in(year, month) {
                        break;
                    }
                    day += 7;
                }
                first + day - civil::days(year, 1, 1)
            }
        };
        day * 86_400 + self.second - offset
    }
}

struct RuleReader<'a>(&'a str);

impl RuleReader<'_> {
    fn skip(&mut self, any: [char; 2]) -> Option<()> {
        self.0 = self.0.strip_prefix(any)?;
        Some(())
    }

    fn name(&mut self) -> Option<String> {
        let (name, rest) = match self.0.strip_prefix('<') {
            Some(quoted) => quoted.split_once('>')?,
            None => {
                let stop = |c: char| c.is_ascii_digit() || matches!(c, ',' | '-' | '+');
                self.0.split_at(self.0.find(stop).unwrap_or(self.0.len()))
            }
        };
        if name.len() < 3 && !self.0.starts_with('<') {
            return None;
        }
        self.0 = rest;
        Some(name.to_owned())
    }

    fn number(&mut self, least: i64, most: i64) -> Option<i64> {
        let end = self
            .0
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(self.0.len());
        let n = self.0[..end]
            .parse()
            .ok()
            .filter(|n| (least..=most).contains(n))?;
        self.0 = &self.0[end..];
        Some(n)
    }

    /// `[+-]h[h[h]][:mm[:ss]]` in seconds.
    fn offset(&mut self) -> Option<i64> {
        let negative = self.0.starts_with('-');
        self.0 = self.0.strip_prefix(['-', '+']).unwrap_or(self.0);
        let mut n = self.number(0, 24 * 7)? * 3600;
        for unit in [60, 1] {
            if let Some(rest) = self.0.strip_prefix(':') {
                self.0 = rest;
                n += self.number(0, 59)? * unit;
            }
        }
        Some(if negative { -n } else { n })
    }

    fn change(&mut self) -> Option<Change> {
        let day = if let Some(rest) = self.0.strip_prefix('J') {
            self.0 = rest;
            Day::Julian(self.number(1, 365)?)
        } else if let Some(rest) = self.0.strip_prefix('M') {
            self.0 = rest;
            let month = self.number(1, 12)?;
            self.skip(['.', '.'])?;
            let week = self.number(1, 5)?;
            self.skip(['.', '.'])?;
            Day::OfMonth(month, week, self.number(0, 6)?)
        } else {
            Day::OfYear(self.number(0, 365)?)
        };
        let second = match self.0.strip_prefix('/') {
            Some(rest) => {
                self.0 = rest;
                self.offset()?
            }
            None => 2 * 3600,
        };
        Some(Change { day, second })
    }
}

// ---- the zones of the process ----

/// Zones that were loaded; Go code knows them by number.
static ZONES: Mutex<Vec<&'static Zone>> = Mutex::new(Vec::new());

/// Keeps a zone and gives it a number.
pub fn add(zone: Zone) -> usize {
    let mut zones = ZONES.lock().unwrap_or_else(|e| e.into_inner());
    zones.push(Box::leak(Box::new(zone)));
    zones.len() - 1
}

/// The zone with that number.
pub fn get(n: usize) -> &'static Zone {
    ZONES.lock().unwrap_or_else(|e| e.into_inner())[n]
}

/// Reads a zone by its name in the database.
pub fn load(name: &str) -> Option<Zone> {
    let extra = std::env::var("ZONEINFO").ok();
    let folders = [
        "/usr/share/zoneinfo",
        "/usr/share/lib/zoneinfo",
        "/usr/lib/locale/TZ",
        "/etc/zoneinfo",
    ];
    extra
        .iter()
        .map(String::as_str)
        .chain(folders)
        .filter_map(|folder| std::fs::read(format!("{folder}/{name}")).ok())
        .find_map(|data| Zone::parse(&data))
}

/// The zone that `$TZ` or else the system says, and its name.
pub fn local() -> &'static (String, Zone) {
    static LOCAL: OnceLock<(String, Zone)> = OnceLock::new();
    LOCAL.get_or_init(|| {
        let read = |path: &str| std::fs::read(path).ok().and_then(|data| Zone::parse(&data));
        let found = match std::env::var("TZ") {
            // A seeded run is the same on any machine.
            Err(_) if minigo_runtime::nondet::seeded() => None,
            Err(_) => read("/etc/localtime").map(|z| ("Local".to_owned(), z)),
            Ok(tz) => {
                let tz = tz.strip_prefix(':').unwrap_or(&tz).to_owned();
                match tz.as_str() {
                    "" | "UTC" => None,
                    path if path.starts_with('/') => {
                        let name = if path == "/etc/localtime" {
                            "Local"
                        } else {
                            path
                        };
                        read(path).map(|z| (name.to_owned(), z))
                    }
                    name => load(name).map(|z| (name.to_owned(), z)),
                }
            }
        };
        found.unwrap_or_else(|| ("UTC".to_owned(), Zone::utc()))
    })
}
