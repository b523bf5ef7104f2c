//! The calendar: days since 1970-01-01 and dates of the proleptic Gregorian calendar.

/// Year, month and day of a day. The year begins in March here, so that the leap day is its last.
pub fn date(days: i64) -> (i64, i64, i64) {
    let z = days as i128 + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * m + 2) / 5 + 1;
    let month = if m < 10 { m + 3 } else { m - 9 };
    let year = era * 400 + year_of_era + (month <= 2) as i128;
    (year as i64, month as i64, day as i64)
}

/// The day of a date; `month` is 1 to 12, `day` any number.
pub fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = year as i128 - (month <= 2) as i128;
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let m = (month as i128 + 9) % 12;
    let day_of_year = (153 * m + 2) / 5;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    (era * 146_097 + day_of_era - 719_468 + day as i128 - 1) as i64
}

pub fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

pub fn days_in(year: i64, month: i64) -> i64 {
    match month {
        2 => 28 + is_leap(year) as i64,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// 1 to 366.
pub fn day_of_year(year: i64, month: i64, day: i64) -> i64 {
    days(year, month, day) - days(year, 1, 1) + 1
}

/// 0 is Sunday.
pub fn weekday(days: i64) -> i64 {
    (days + 4).rem_euclid(7)
}

pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

pub const WEEKDAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
