//! The position of a replica in the stream, and its comparison with the content of the stream.

use std::collections::HashMap;
use std::fmt;

use redis::{FromRedisValue, Value};

use crate::bridge::engine::Resumed;

/// The last entry that was received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Position {
    pub(super) id: EntryId,
    /// The number of entries that were ever added, up to and including this one.
    pub(super) count: u64,
}

/// A time in milliseconds, and the sequence number of the entry among those with that time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntryId(u64, u64);

/// The data that Redis reports about the stream.
pub(super) struct StreamInfo {
    last: EntryId,
    /// The number of entries that were ever added.
    added: u64,
    length: u64,
}

impl StreamInfo {
    pub(super) fn from_fields(fields: &HashMap<String, Value>) -> Option<Self> {
        let number = |name| u64::from_redis_value_ref(fields.get(name)?).ok();
        let last = String::from_redis_value_ref(fields.get("last-generated-id")?).ok()?;
        Some(Self {
            last: EntryId::parse(&last)?,
            added: number("entries-added")?,
            length: number("length")?,
        })
    }

    pub(super) fn end(&self) -> Position {
        Position {
            id: self.last,
            count: self.added,
        }
    }
}

impl Position {
    /// Compares the position with the stream. If the stream is a different one, the position is reset to the beginning
    /// of that stream.
    pub(super) fn check(&mut self, info: Option<&StreamInfo>) -> Resumed {
        let (is_same, unread, length) = match info {
            Some(info) => {
                let is_same = info.last >= self.id && info.added >= self.count;
                (is_same, info.added.saturating_sub(self.count), info.length)
            }
            None => (*self == Self::default(), 0, 0),
        };
        if !is_same {
            *self = Self {
                id: EntryId::default(),
                count: info.map_or(0, |it| it.added.saturating_sub(it.length)),
            };
            return Resumed::MayHaveMissed;
        }
        if unread > length {
            // Counts the removed entries, so that they are reported only once.
            self.count += unread - length;
            return Resumed::MayHaveMissed;
        }
        Resumed::Complete
    }
}

impl EntryId {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (time, number) = text.split_once('-')?;
        Some(Self(time.parse().ok()?, number.parse().ok()?))
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.0, self.1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(time: u64, count: u64) -> Position {
        Position {
            id: EntryId(time, 0),
            count,
        }
    }

    fn info(time: u64, added: u64, length: u64) -> StreamInfo {
        StreamInfo {
            last: EntryId(time, 0),
            added,
            length,
        }
    }

    #[test]
    fn removed_entries_are_detected_if_they_were_not_read() {
        let mut read = position(5, 5);
        assert_eq!(read.check(Some(&info(5, 5, 0))), Resumed::Complete);
        assert_eq!(read.check(Some(&info(9, 9, 4))), Resumed::Complete);
        assert_eq!(read.check(Some(&info(9, 9, 3))), Resumed::MayHaveMissed);
        assert_eq!(read, position(5, 6));
        assert_eq!(
            read.check(Some(&info(9, 9, 3))),
            Resumed::Complete,
            "reported once"
        );
    }

    #[test]
    fn a_stream_that_lost_entries_is_read_from_its_beginning() {
        let mut read = position(5, 5);
        assert_eq!(read.check(Some(&info(4, 4, 3))), Resumed::MayHaveMissed);
        assert_eq!(read, position(0, 1));
        let mut read = position(5, 5);
        assert_eq!(read.check(None), Resumed::MayHaveMissed);
        assert_eq!(read, Position::default());
        assert_eq!(
            read.check(None),
            Resumed::Complete,
            "there is still no stream"
        );
        assert_eq!(read.check(Some(&info(1, 1, 1))), Resumed::Complete);
    }
}
