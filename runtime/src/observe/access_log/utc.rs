//! Formats points in time, in UTC.

use std::fmt::Write;
use std::time::{Duration, SystemTime};

const MONTHS: [(&str, u64); 12] = [
    ("Jan", 31),
    ("Feb", 28),
    ("Mar", 31),
    ("Apr", 30),
    ("May", 31),
    ("Jun", 30),
    ("Jul", 31),
    ("Aug", 31),
    ("Sep", 30),
    ("Oct", 31),
    ("Nov", 30),
    ("Dec", 31),
];

const DAY: u64 = 24 * 60 * 60;

/// A date and a time of day in UTC.
pub(super) struct Utc {
    year: u64,
    /// The month, counted from 0.
    month: usize,
    /// The day of the month, counted from 1.
    day: u64,
    hour: u64,
    minute: u64,
    second: u64,
    millisecond: u32,
}

impl Utc {
    /// Converts a time. A time before 1970 counts as the beginning of 1970.
    #[inline]
    pub(super) fn of(time: SystemTime) -> Self {
        let since_epoch = time.duration_since(SystemTime::UNIX_EPOCH);
        let since_epoch = since_epoch.unwrap_or(Duration::ZERO);
        let seconds = since_epoch.as_secs();
        let (year, month, day) = date(seconds / DAY);
        Self {
            year,
            month,
            day,
            hour: seconds % DAY / 3_600,
            minute: seconds / 60 % 60,
            second: seconds % 60,
            millisecond: since_epoch.subsec_millis(),
        }
    }

    /// Appends `29/Nov/2026:18:14:03 +0000`.
    #[inline]
    pub(super) fn write_common(&self, line: &mut String) {
        let (day, month, year) = (self.day, MONTHS[self.month].0, self.year);
        let (hour, minute, second) = (self.hour, self.minute, self.second);
        // Writing to a `String` cannot fail.
        let _ = write!(
            line,
            "{day:02}/{month}/{year:04}:{hour:02}:{minute:02}:{second:02} +0000"
        );
    }

    /// Appends `2026-11-29T18:14:03.250Z` (RFC 3339).
    #[inline]
    pub(super) fn write_rfc3339(&self, line: &mut String) {
        let (year, month, day) = (self.year, self.month + 1, self.day);
        let (hour, minute, second) = (self.hour, self.minute, self.second);
        let millisecond = self.millisecond;
        let _ = write!(
            line,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millisecond:03}Z"
        );
    }
}

/// Returns the year, the month and the day of the date that is this number of days after January 1, 1970.
#[inline]
fn date(mut days: u64) -> (u64, usize, u64) {
    let mut year = 1970;
    while days >= 365 + leap_day(year) {
        days -= 365 + leap_day(year);
        year += 1;
    }
    let mut month = 0;
    while month < 11 && days >= days_of(month, year) {
        days -= days_of(month, year);
        month += 1;
    }
    (year, month, days + 1)
}

#[inline]
fn days_of(month: usize, year: u64) -> u64 {
    match month {
        1 => MONTHS[1].1 + leap_day(year),
        _ => MONTHS[month].1,
    }
}

/// Returns the number of leap days in a year.
#[inline]
fn leap_day(year: u64) -> u64 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    u64::from(is_leap)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_formats_follow_their_standards() {
        for (milliseconds, common, rfc3339) in [
            (0, "01/Jan/1970:00:00:00 +0000", "1970-01-01T00:00:00.000Z"),
            (
                951_782_400_000,
                "29/Feb/2000:00:00:00 +0000",
                "2000-02-29T00:00:00.000Z",
            ),
            (
                1_709_251_199_999,
                "29/Feb/2024:23:59:59 +0000",
                "2024-02-29T23:59:59.999Z",
            ),
            (
                1_795_976_043_250,
                "29/Nov/2026:18:14:03 +0000",
                "2026-11-29T18:14:03.250Z",
            ),
            (
                4_107_542_399_000,
                "28/Feb/2100:23:59:59 +0000",
                "2100-02-28T23:59:59.000Z",
            ),
            (
                4_107_542_400_000,
                "01/Mar/2100:00:00:00 +0000",
                "2100-03-01T00:00:00.000Z",
            ),
        ] {
            let time = SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds);
            let (mut first, mut second) = (String::new(), String::new());
            Utc::of(time).write_common(&mut first);
            Utc::of(time).write_rfc3339(&mut second);
            assert_eq!((first.as_str(), second.as_str()), (common, rfc3339));
        }
    }

    #[test]
    fn the_common_format_agrees_with_httpdate() {
        for day in 0..60_000_u64 {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(day * DAY + day % DAY);
            let mut line = String::new();
            Utc::of(time).write_common(&mut line);
            let date = httpdate::fmt_http_date(time);
            let (day, month, year) = (&date[5..7], &date[8..11], &date[12..16]);
            let expected = format!("{day}/{month}/{year}:{} +0000", &date[17..25]);
            assert_eq!(line, expected);
        }
    }

    #[test]
    fn a_time_before_1970_becomes_the_beginning_of_1970() {
        let mut line = String::new();
        Utc::of(SystemTime::UNIX_EPOCH - Duration::from_secs(9)).write_rfc3339(&mut line);
        assert_eq!(line, "1970-01-01T00:00:00.000Z");
    }
}
