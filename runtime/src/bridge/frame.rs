//! The messages that replicas exchange through an engine.
//!
//! A frame is a line with the format, the replica, its epoch, its last sequence number and its state (`open` or
//! `closed`), followed by any number of events. Each event is a line with its set, name, schema version, sequence
//! number and length, then the payload as JSON and a line feed.
//!
//! ```text
//! onward/1 web-1 5f3c9a01b2d4e687 42 open
//! ShopEvents Sold 1 42 11
//! {"shoes":1}
//! ```

use std::io::Write as _;
use std::ops::Range;

use bytes::Bytes;

use super::outbox::Queued;

const FORMAT: &str = "onward/1";

/// An upper bound on the length of a line, with ample room for the names in it.
const MAX_LINE: usize = 1024;

/// An upper bound on the length of the first line.
pub(super) const FIRST_LINE: usize = 256;

/// An upper bound on the bytes that an event adds to a frame, in addition to its name and its payload.
pub(super) const NUMBERS: usize = 64;

/// An upper bound on the length of a frame with one event, without its payload.
pub(super) const OVERHEAD: usize = FIRST_LINE + MAX_LINE + NUMBERS;

/// Returns the replica and its epoch, as they are written in frames: `web-1 5f3c9a01b2d4e687`.
pub(super) fn identity(replica: &str, epoch: u64) -> String {
    format!("{replica} {epoch:016x}")
}

/// Writes a frame. `tip` is the last sequence number that was assigned before the events of later frames.
pub(super) fn write(identity: &str, tip: u64, is_closed: bool, events: &[Queued]) -> Bytes {
    let sizes = events
        .iter()
        .map(|it| it.payload.len() + it.name.len() + NUMBERS);
    let state = if is_closed { "closed" } else { "open" };
    let mut frame = Vec::with_capacity(FIRST_LINE + sizes.sum::<usize>());
    // Writing to a `Vec` cannot fail.
    let _ = writeln!(frame, "{FORMAT} {identity} {tip} {state}");
    let mut decimal = itoa::Buffer::new();
    for event in events {
        frame.extend_from_slice(event.name.as_bytes());
        let length = event.payload.len() as u64;
        for number in [u64::from(event.version), event.sequence, length] {
            frame.push(b' ');
            frame.extend_from_slice(decimal.format(number).as_bytes());
        }
        frame.push(b'\n');
        frame.extend_from_slice(&event.payload);
        frame.push(b'\n');
    }
    frame.into()
}

/// Returns whether a frame that [`write`] created contains events.
pub(super) fn has_events(frame: &[u8]) -> bool {
    memchr::memchr(b'\n', frame).is_some_and(|end| end + 1 < frame.len())
}

/// A frame whose first line is valid.
pub(super) struct Frame<'a> {
    /// The replica and its epoch.
    pub(super) identity: &'a str,
    pub(super) tip: u64,
    pub(super) is_closed: bool,
    bytes: &'a [u8],
    position: usize,
}

/// A received event.
pub(super) struct ReceivedEvent<'a> {
    /// The set and the event: `ShopEvents Sold`.
    pub(super) name: &'a str,
    pub(super) version: u32,
    pub(super) sequence: u64,
    /// The range of the payload in the frame.
    pub(super) payload: Range<usize>,
}

impl<'a> Frame<'a> {
    /// Returns `None` if the bytes are not a frame.
    pub(super) fn parse(bytes: &'a [u8]) -> Option<Self> {
        let line = line(bytes)?;
        let rest = line.strip_prefix(FORMAT)?.strip_prefix(' ')?;
        let (rest, state) = rest.rsplit_once(' ')?;
        let (identity, tip) = rest.rsplit_once(' ')?;
        identity.split_once(' ')?;
        Some(Self {
            identity,
            tip: tip.parse().ok()?,
            is_closed: match state {
                "open" => false,
                "closed" => true,
                _ => return None,
            },
            bytes,
            position: line.len() + 1,
        })
    }

    /// Returns the name of the replica.
    pub(super) fn replica(&self) -> &'a str {
        replica(self.identity)
    }

    fn read(&mut self) -> Option<ReceivedEvent<'a>> {
        let line = line(self.bytes.get(self.position..)?)?;
        let mut fields = line.rsplitn(4, ' ');
        let length: usize = fields.next()?.parse().ok()?;
        let sequence = fields.next()?.parse().ok()?;
        let version = fields.next()?.parse().ok()?;
        let name = fields.next()?;
        let start = self.position + line.len() + 1;
        let end = start.checked_add(length)?;
        if self.bytes.get(end) != Some(&b'\n') {
            return None;
        }
        self.position = end + 1;
        Some(ReceivedEvent {
            name,
            version,
            sequence,
            payload: start..end,
        })
    }
}

impl<'a> Iterator for Frame<'a> {
    /// `None` if the rest of the frame is malformed.
    type Item = Option<ReceivedEvent<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.position >= self.bytes.len() {
            return None;
        }
        let event = self.read();
        if event.is_none() {
            self.position = self.bytes.len();
        }
        Some(event)
    }
}

/// Returns the name of a replica, from its identity.
pub(super) fn replica(identity: &str) -> &str {
    identity.split(' ').next().unwrap_or_default()
}

fn line(bytes: &[u8]) -> Option<&str> {
    let end = memchr::memchr(b'\n', &bytes[..bytes.len().min(MAX_LINE)])?;
    std::str::from_utf8(&bytes[..end]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn queued(sequence: u64, payload: &str) -> Queued {
        Queued {
            name: "ShopEvents Sold".into(),
            version: 3,
            sequence,
            payload: payload.as_bytes().into(),
            stored: None,
        }
    }

    #[test]
    fn a_frame_is_read_as_written() {
        let bytes = write(
            &identity("web-1", 255),
            9,
            true,
            &[queued(7, "{\n}"), queued(8, "")],
        );
        assert!(has_events(&bytes));
        assert!(!has_events(&write(&identity("web-1", 255), 9, true, &[])));
        let mut frame = Frame::parse(&bytes).unwrap();
        assert_eq!(frame.identity, "web-1 00000000000000ff");
        assert_eq!(
            (frame.replica(), frame.tip, frame.is_closed),
            ("web-1", 9, true)
        );
        let first = frame.next().unwrap().unwrap();
        assert_eq!(
            (first.name, first.version, first.sequence),
            ("ShopEvents Sold", 3, 7)
        );
        assert_eq!(&bytes[first.payload], b"{\n}");
        let second = frame.next().unwrap().unwrap();
        assert_eq!((second.sequence, second.payload.len()), (8, 0));
        assert!(frame.next().is_none());
    }

    /// Reading arbitrary bytes from the engine neither panics nor returns a payload outside of the frame.
    #[test]
    fn a_changed_frame_is_read_or_rejected() {
        let whole = write(&identity("web-1", 1), 2, false, &[queued(1, "[1,2]")]);
        for position in 0..whole.len() {
            for byte in [0, b' ', b'\n', b'9', 0xff] {
                let mut bytes = whole.to_vec();
                bytes[position] = byte;
                for end in [position, bytes.len()] {
                    let events = Frame::parse(&bytes[..end]).into_iter().flatten();
                    for event in events.flatten() {
                        assert!(event.payload.end <= end);
                    }
                }
            }
        }
        assert!(Frame::parse(b"onward/2 a 1 2 open\n").is_none());
    }
}
