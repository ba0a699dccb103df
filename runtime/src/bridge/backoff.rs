//! The pauses between attempts to connect.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use tokio::time::sleep;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(2);

/// Growing pauses with jitter, so that replicas that lost the connection at the same time do not all reconnect at once.
pub(super) struct Backoff(Duration);

impl Backoff {
    pub(super) fn new() -> Self {
        Self(FIRST)
    }

    pub(super) fn reset(&mut self) {
        self.0 = FIRST;
    }

    pub(super) async fn wait(&mut self) {
        sleep(self.next(random())).await;
    }

    /// Returns a time between half of the current pause and the whole pause, and doubles the pause up to [`LONGEST`].
    fn next(&mut self, random: u64) -> Duration {
        let pause = self.0;
        self.0 = (2 * pause).min(LONGEST);
        // The cast is lossless, because the remainder is less than 1000.
        pause / 2 + pause / 2 * (random % 1000) as u32 / 1000
    }
}

pub(super) fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_a_bound() {
        let mut backoff = Backoff::new();
        assert_eq!(backoff.next(0), FIRST / 2);
        assert!(backoff.next(999) > FIRST && backoff.0 == 4 * FIRST);
        for _ in 0..20 {
            let pause = backoff.next(random());
            assert!(pause >= FIRST && pause <= LONGEST);
        }
        assert_eq!(backoff.next(0), LONGEST / 2);
    }
}
