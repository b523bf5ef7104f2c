//! What a program may use, as flags say it. The bounds themselves are the runtime's.

use crate::options::Parsed;
use minigo_runtime::limits::Limits;
use std::time::Duration;

/// What the flags say; `-timeout` only where it is a bound.
pub fn limits(parsed: &Parsed) -> Result<Limits, String> {
    let wrong = |name: &str, text: &str, want: &str| {
        format!("invalid value {text:?} for flag -{name}: want {want}\n")
    };
    let bytes = |name: &str| -> Result<Option<u64>, String> {
        let Some(text) = parsed.value(name) else {
            return Ok(None);
        };
        let bytes =
            size(text).ok_or_else(|| wrong(name, text, "a size such as 500KB, 64MB or 1GB"))?;
        Ok(Some(bytes))
    };
    let mut limits = Limits {
        memory: bytes("max-memory")?.map(|n| usize::try_from(n).unwrap_or(usize::MAX)),
        output: bytes("max-output")?,
        ..Limits::default()
    };
    if let Some(text) = parsed.value("max-goroutines") {
        let n = text.parse().ok().filter(|&n: &usize| n > 0);
        limits.goroutines =
            Some(n.ok_or_else(|| wrong("max-goroutines", text, "a positive number"))?);
    }
    if let Some(text) = parsed.value("timeout")
        && parsed.command.name != "test"
    {
        let d = duration(text)
            .ok_or_else(|| wrong("timeout", text, "a duration such as 500ms, 10s or 2m"))?;
        limits.time = Some(d).filter(|d| !d.is_zero());
    }
    Ok(limits)
}

/// The bounds as one text, for another process of ours.
pub fn to_text(l: &Limits) -> String {
    let n = |v: Option<u64>| v.map(|v| v.to_string()).unwrap_or_default();
    let (memory, goroutines) = (l.memory.map(|v| v as u64), l.goroutines.map(|v| v as u64));
    format!("{} {} {}", n(memory), n(goroutines), n(l.output))
}

/// The other way round.
pub fn from_text(text: &str) -> Limits {
    let mut values = text.split(' ').map(|v| v.parse().ok());
    let mut next = || values.next().flatten();
    Limits {
        memory: next().map(|v: u64| v as usize),
        goroutines: next().map(|v| v as usize),
        output: next(),
        time: None,
    }
}

/// A number of bytes: `1000`, `64KB`, `64MiB`, `1.5G`; all units are powers of 1024.
fn size(text: &str) -> Option<u64> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let number: f64 = text[..digits].parse().ok()?;
    let shift = match text[digits..].trim_start().to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        "T" | "TB" | "TIB" => 40,
        _ => return None,
    };
    let bytes = number * (1u64 << shift) as f64;
    (1.0..9e18).contains(&bytes).then_some(bytes as u64)
}

/// A duration in Go's notation: `1.5s`, `2m30s`, `500ms`, or `0`.
pub fn duration(text: &str) -> Option<Duration> {
    if text == "0" {
        return Some(Duration::ZERO);
    }
    let mut rest = text;
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
        let number: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let units = [
            ("ns", 1e-9),
            ("us", 1e-6),
            ("µs", 1e-6),
            ("ms", 1e-3),
            ("s", 1.0),
            ("m", 60.0),
            ("h", 3600.0),
        ];
        let (unit, scale) = units.iter().find(|(unit, _)| rest.starts_with(unit))?;
        rest = &rest[unit.len()..];
        total += number * scale;
    }
    (!text.is_empty()).then(|| Duration::try_from_secs_f64(total).ok())?
}

/// A duration in Go's notation.
pub fn show_duration(d: Duration) -> String {
    let secs = d.as_secs();
    let (h, m, s) = (secs / 3600, secs / 60 % 60, secs % 60);
    let fraction = format!(".{:09}", d.subsec_nanos());
    let fraction = fraction.trim_end_matches('0').trim_end_matches('.');
    match (h, m) {
        (0, 0) if secs == 0 && !d.is_zero() => {
            let (n, unit) = match d.subsec_nanos() {
                n @ 1_000_000.. => (f64::from(n) / 1e6, "ms"),
                n @ 1000.. => (f64::from(n) / 1e3, "µs"),
                n => (f64::from(n), "ns"),
            };
            format!("{n}{unit}")
        }
        (0, 0) => format!("{s}{fraction}s"),
        (0, m) => format!("{m}m{s}{fraction}s"),
        (h, m) => format!("{h}h{m}m{s}{fraction}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("1000"), Some(1000));
        assert_eq!(size("64KB"), Some(64 << 10));
        assert_eq!(size("1.5GiB"), Some(3 << 29));
        for wrong in ["", "0", "-1", "10XB", "MB", "1e3"] {
            assert_eq!(size(wrong), None, "{wrong}");
        }
        let limits = Limits {
            memory: Some(7),
            output: Some(9),
            ..Limits::default()
        };
        let back = from_text(&to_text(&limits));
        assert_eq!(
            (back.memory, back.goroutines, back.output),
            (Some(7), None, Some(9))
        );
    }

    #[test]
    fn durations_are_gos() {
        let ms = |text| duration(text).map(|d| d.as_millis());
        assert_eq!(ms("1.5s"), Some(1500));
        assert_eq!(ms("2m30s"), Some(150_000));
        assert_eq!(ms("0"), Some(0));
        for wrong in ["", "5", "1x", "s", "-1s", "1..s"] {
            assert_eq!(duration(wrong), None, "{wrong}");
        }
        for text in ["10m0s", "1h0m5s", "1.5s", "20ms", "1.5ms", "0s"] {
            assert_eq!(show_duration(duration(text).unwrap()), text);
        }
    }
}
