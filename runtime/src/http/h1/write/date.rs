//! The `date` line of responses, which is formatted at most once a second.

use std::io::Write;
use std::time::{SystemTime, UNIX_EPOCH};

use httpdate::HttpDate;

/// The length of `date: Sun, 06 Nov 1994 08:49:37 GMT` with its CRLF.
const LEN: usize = 37;

#[derive(Debug)]
pub(crate) struct DateLine {
    /// The time that the line shows, in seconds since the Unix epoch.
    second: u64,
    line: [u8; LEN],
    /// Whether the clock has been read since the last call to [`expire`](Self::expire).
    is_current: bool,
}

impl Default for DateLine {
    fn default() -> Self {
        Self {
            second: 0,
            line: [0; LEN],
            is_current: false,
        }
    }
}

impl DateLine {
    /// Returns the line. The clock is read at most once between two calls to [`expire`](Self::expire).
    #[inline]
    pub(crate) fn get(&mut self) -> &[u8] {
        if !self.is_current {
            self.read_clock();
        }
        &self.line
    }

    /// Makes the next call to [`get`](Self::get) read the clock.
    #[inline]
    pub(crate) fn expire(&mut self) {
        self.is_current = false;
    }

    fn read_clock(&mut self) {
        let now = SystemTime::now();
        let second = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        self.is_current = true;
        if second != self.second {
            self.second = second;
            self.format(now);
        }
    }

    #[cold]
    fn format(&mut self, now: SystemTime) {
        let written = write!(&mut self.line[..], "date: {}\r\n", HttpDate::from(now));
        debug_assert!(written.is_ok(), "an HTTP date has a fixed length");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_a_date_of_this_second() {
        let mut date = DateLine::default();
        let line = String::from_utf8(date.get().to_vec()).expect("text");
        let text = line
            .strip_prefix("date: ")
            .and_then(|it| it.strip_suffix("\r\n"));
        let then = httpdate::parse_http_date(text.expect("a line")).expect("a date");
        let age = SystemTime::now()
            .duration_since(then)
            .expect("not in the future");
        assert!(age.as_secs() < 60);
    }
}
