//! The `date` header of responses, which is formatted at most once a second.

use std::time::{SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use http::HeaderValue;

#[derive(Debug)]
pub(super) struct DateValue {
    /// The time of `value`, in seconds since the Unix epoch.
    second: u64,
    value: HeaderValue,
}

impl Default for DateValue {
    fn default() -> Self {
        Self {
            second: 0,
            value: HeaderValue::from_static(""),
        }
    }
}

impl DateValue {
    pub(super) fn get(&mut self) -> HeaderValue {
        let now = SystemTime::now();
        let second = now.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        if self.second != second {
            self.second = second;
            let text = Bytes::from(httpdate::fmt_http_date(now));
            self.value =
                HeaderValue::from_maybe_shared(text).unwrap_or(HeaderValue::from_static(""));
        }
        self.value.clone()
    }
}
