//! Package time: the clock, the calendar, layouts, zones, timers.

mod civil;
mod layout;
mod zone;

use crate::util::append_bytes;
use layout::Moment;
use minigo_runtime::nondet::{nanotime, program_nanotime, walltime};
use minigo_runtime::time::{Timer, new_timer, time_sleep, timer_reset, timer_stop};
use minigo_runtime::{Hchan, chansend};
use minigo_vm::native;
use minigo_vm::native::{G, GoSlice, GoStr, NativeRet, NativeTable, new_string, spawn, wait};
use std::sync::OnceLock;

/// time.Time in memory. See time/time.go.
#[repr(C)]
struct Time {
    wall: u64,
    ext: i64,
    loc: u64,
}

const HAS_MONOTONIC: u64 = 1 << 63;
/// From 1885-01-01 to 1970-01-01 in seconds.
const WALL_TO_UNIX: i64 = 2_682_288_000;

/// The monotonic clock's reading that counts as 1.
fn start() -> i64 {
    static START: OnceLock<i64> = OnceLock::new();
    *START.get_or_init(|| nanotime() - 1)
}

fn now() -> (u64, i64) {
    let (sec, nsec) = walltime();
    let mono = nanotime() - start();
    let wall = HAS_MONOTONIC | ((sec + WALL_TO_UNIX) as u64) << 30 | nsec as u64;
    (wall, mono)
}

/// What a channel timer carries: time.ticket.
#[repr(C)]
struct Ticket {
    chan: *mut Hchan,
    loc: u64,
}

/// Sends the time on the timer's channel, unless nobody took the last one.
unsafe fn send_time(arg: *mut u8, _seq: usize, delta: i64) {
    // SAFETY: the timer keeps its ticket alive; the value is copied before we return.
    unsafe {
        let ticket = &*arg.cast::<Ticket>();
        let (wall, ext) = now();
        // It says when the timer was due, not when somebody got round to it.
        let ns = (wall & ((1 << 30) - 1)) as i64 - delta;
        let sec = ((wall << 1 >> 31) as i64) + ns.div_euclid(1_000_000_000);
        let time = Time {
            wall: HAS_MONOTONIC | (sec as u64) << 30 | ns.rem_euclid(1_000_000_000) as u64,
            ext: ext - delta,
            loc: ticket.loc,
        };
        let _ = chansend(
            std::ptr::null_mut(),
            ticket.chan,
            (&raw const time).cast(),
            false,
        );
    }
}

/// Starts the function of an AfterFunc in a goroutine.
unsafe fn start_func(arg: *mut u8, _seq: usize, _delta: i64) {
    // SAFETY: the timer keeps the func value alive until the goroutine has it.
    unsafe { spawn(std::ptr::null_mut(), arg.cast()) }
}

fn due(ns: i64) -> i64 {
    nanotime().saturating_add(ns.max(0))
}

/// time.parsed in memory: what was read, or what is wrong.
#[repr(C)]
struct Parsed {
    date: [i64; 7],
    /// 0 none, 1 UTC, 2 offset, 3 only a name.
    zone: i64,
    offset: i64,
    zone_name: GoStr,
    layout_elem: GoStr,
    value_elem: GoStr,
    message: GoStr,
}

/// A part of a Go string as a Go string.
fn part(bytes: &[u8]) -> GoStr {
    GoStr {
        ptr: bytes.as_ptr(),
        len: bytes.len() as i64,
    }
}

fn moment<'a>(local: i64, nanosecond: i64, offset: i64, zone: &'a [u8]) -> Moment<'a> {
    Moment {
        local,
        nanosecond,
        offset,
        zone,
    }
}

native! {
    fn go_now(gp) -> (u64, i64) {
        program_nanotime();
        now()
    }
    fn mono_now(gp) -> i64 { program_nanotime() - start() }
    fn civil_date(gp, local: i64) -> (i64, i64, i64, i64) {
        let (y, m, d) = civil::date(local.div_euclid(86_400));
        (y, m, d, civil::day_of_year(y, m, d))
    }
    /// Seconds since 1970 of a date whose parts may be out of their ranges, and the nanoseconds.
    fn date_seconds(gp, p: *const [i64; 7]) -> (i64, i64) {
        let [year, month, day, hour, minute, second, nanosecond] = *p;
        let year = year.wrapping_add((month - 1).div_euclid(12));
        let month = (month - 1).rem_euclid(12) + 1;
        let second = second.wrapping_add(nanosecond.div_euclid(1_000_000_000));
        let of_day = hour.wrapping_mul(3600).wrapping_add(minute.wrapping_mul(60)).wrapping_add(second);
        let days = civil::days(year, month, 1).wrapping_add(day - 1);
        (days.wrapping_mul(86_400).wrapping_add(of_day), nanosecond.rem_euclid(1_000_000_000))
    }
    fn format_time(gp, layout: GoStr, local: i64, ns: i64, offset: i64, zone: GoStr) -> GoStr {
        let mut out = Vec::with_capacity(40);
        layout::format(&mut out, layout.bytes(), &moment(local, ns, offset, zone.bytes()));
        new_string(gp, &out)
    }
    fn append_time(gp, b: GoSlice, layout: GoStr, local: i64, ns: i64, offset: i64, zone: GoStr) -> GoSlice {
        let mut out = Vec::with_capacity(40);
        layout::format(&mut out, layout.bytes(), &moment(local, ns, offset, zone.bytes()));
        append_bytes(gp, b, &out)
    }
    fn parse_time(gp, layout: GoStr, value: GoStr, to: *mut Parsed) -> bool {
        match layout::parse(layout.bytes(), value.bytes()) {
            Ok(p) => {
                (*to).date = [p.year, p.month, p.day, p.hour, p.minute, p.second, p.nanosecond];
                (*to).zone_name = part(p.zone_name);
                ((*to).zone, (*to).offset) = match p.zone {
                    layout::Zone::None => (0, 0),
                    layout::Zone::Utc => (1, 0),
                    layout::Zone::Offset(o) => (2, o),
                    layout::Zone::Named => (3, 0),
                };
                true
            }
            Err(fault) => {
                (*to).layout_elem = part(fault.layout_elem);
                (*to).value_elem = part(fault.value_elem);
                (*to).message = new_string(gp, fault.message.as_bytes());
                false
            }
        }
    }
    fn go_quote(gp, s: GoStr) -> GoStr { new_string(gp, layout::quote(s.bytes()).as_bytes()) }
    fn duration_text(gp, d: i64) -> GoStr { new_string(gp, layout::duration(d).as_bytes()) }
    fn parse_duration(gp, s: GoStr) -> (i64, GoStr) {
        match layout::parse_duration(s.bytes()) {
            Ok(d) => (d, GoStr::EMPTY),
            Err(text) => (0, new_string(gp, text.as_bytes())),
        }
    }
    fn month_name(gp, m: i64) -> GoStr {
        match m {
            1..=12 => GoStr::from_static(civil::MONTHS[m as usize - 1]),
            _ => new_string(gp, format!("%!Month({})", m as u64).as_bytes()),
        }
    }
    fn weekday_name(gp, d: i64) -> GoStr {
        match d {
            0..=6 => GoStr::from_static(civil::WEEKDAYS[d as usize]),
            _ => new_string(gp, format!("%!Weekday({})", d as u64).as_bytes()),
        }
    }
    /// The zone -1 is the local one.
    fn zone_lookup(gp, zone: i64, sec: i64) -> (GoStr, i64, i64, i64, bool) {
        let zone = if zone < 0 { &zone::local().1 } else { zone::get(zone as usize) };
        let f = zone.lookup(sec);
        (part(f.name.as_bytes()), f.offset, f.start, f.end, f.dst)
    }
    fn zone_offset_of(gp, zone: i64, name: GoStr, local: i64) -> (i64, bool) {
        let zone = if zone < 0 { &zone::local().1 } else { zone::get(zone as usize) };
        match zone.offset_of(&name.text(), local) {
            Some(offset) => (offset, true),
            None => (0, false),
        }
    }
    fn local_name(gp) -> GoStr { part(zone::local().0.as_bytes()) }
    fn load_zone(gp, name: GoStr) -> i64 { zone::load(&name.text()).map_or(-1, |z| zone::add(z) as i64) }
    fn parse_zone(gp, data: GoSlice) -> i64 {
        zone::Zone::parse(data.bytes()).map_or(-1, |z| zone::add(z) as i64)
    }
    fn timer_for_chan(gp, ticket: *mut Ticket, d: i64, period: i64) -> *mut Timer {
        let t = new_timer(gp, send_time, ticket.cast(), (*ticket).chan);
        timer_reset(t, due(d), period, 0);
        t
    }
    fn timer_for_func(gp, f: *mut u8, d: i64) -> *mut Timer {
        let t = new_timer(gp, start_func, f, std::ptr::null_mut());
        timer_reset(t, due(d), 0, 0);
        t
    }
    fn go_timer_reset(gp, t: *mut Timer, d: i64, period: i64) -> bool { timer_reset(t, due(d), period, 0) }
    fn go_timer_stop(gp, t: *mut Timer) -> bool { timer_stop(t) }
}

/// Go: func Sleep(d Duration)
unsafe extern "C" fn sleep(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: the only slot is the duration.
    unsafe { wait(gp, args, time_sleep(gp, *args as i64), None) }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("time.Duration.String", duration_text),
    ("time.Month.String", month_name),
    ("time.Sleep", sleep),
    ("time.Weekday.String", weekday_name),
    ("time.appendTime", append_time),
    ("time.civil", civil_date),
    ("time.dateSeconds", date_seconds),
    ("time.formatTime", format_time),
    ("time.loadZone", load_zone),
    ("time.localName", local_name),
    ("time.monoNow", mono_now),
    ("time.now", go_now),
    ("time.parseDuration", parse_duration),
    ("time.parseTime", parse_time),
    ("time.parseZone", parse_zone),
    ("time.quote", go_quote),
    ("time.timerForChan", timer_for_chan),
    ("time.timerForFunc", timer_for_func),
    ("time.timerReset", go_timer_reset),
    ("time.timerStop", go_timer_stop),
    ("time.zoneLookup", zone_lookup),
    ("time.zoneOffsetOf", zone_offset_of),
];
