//! The ids of sessions.

use std::fmt::{self, Write as _};

use super::store::StoreError;

/// The number of random bytes in an id: 192 bits.
const BYTES: usize = 24;

/// The id of a session: 192 random bits, as 48 hexadecimal digits.
///
/// A store uses an id only as a key.
///
/// # Examples
///
/// [`Sessions`](super::Sessions) passes ids to a store:
///
/// ```
/// use onward::sessions::SessionId;
///
/// fn key(id: &SessionId) -> String {
///     format!("session:{}", id.as_str())
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SessionId(String);

impl SessionId {
    /// Creates an id from the operating system's random bytes.
    pub(super) fn random() -> Result<Self, StoreError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes)?;
        let mut id = String::with_capacity(2 * BYTES);
        for byte in bytes {
            write!(id, "{byte:02x}")?;
        }
        Ok(Self(id))
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let is_digit = |it: u8| matches!(it, b'0'..=b'9' | b'a'..=b'f');
        let is_id = text.len() == 2 * BYTES && text.bytes().all(is_digit);
        is_id.then(|| Self(text.to_owned()))
    }

    /// Returns the id as text, which is a secret: it gives access to the session.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::sessions::SessionId;
    ///
    /// /// Returns the first digits, which are enough to find a session in a log.
    /// fn for_log(id: &SessionId) -> &str {
    ///     &id.as_str()[..8]
    /// }
    /// # let _ = for_log;
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SessionId {
    /// The output does not contain the id, which is a secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionId(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_random() {
        let ids: HashSet<SessionId> = (0..10_000)
            .map(|_| SessionId::random().expect("random bytes"))
            .collect();
        assert_eq!(ids.len(), 10_000);
        // In each position, all digits occur about equally often.
        for place in 0..2 * BYTES {
            let mut count = [0_u32; 256];
            for id in &ids {
                count[usize::from(id.0.as_bytes()[place])] += 1;
            }
            for digit in b"0123456789abcdef" {
                let count = count[usize::from(*digit)];
                assert!((450..800).contains(&count), "{digit} at {place}: {count}");
            }
        }
    }

    #[test]
    fn only_ids_are_parsed() {
        let id = SessionId::random().expect("random bytes");
        assert_eq!(SessionId::parse(id.as_str()), Some(id.clone()));
        let long = format!("{}0", id.as_str());
        for text in [
            "",
            "0",
            &long,
            &long[..47],
            &"g".repeat(48),
            &"A".repeat(48),
        ] {
            assert_eq!(SessionId::parse(text), None);
        }
        assert_eq!(format!("{id:?}"), "SessionId(…)");
    }
}
