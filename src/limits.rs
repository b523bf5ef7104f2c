//! Durations and sizes as flags have them.

use std::time::Duration;

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
