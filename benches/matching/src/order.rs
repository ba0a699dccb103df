//! The order of requests.

/// Returns all of the requests in the order of the table, which is repeated.
pub(crate) fn in_order(requests: usize, lookups: usize) -> Vec<u32> {
    (0..requests as u32).cycle().take(lookups).collect()
}

/// Returns a sequence without a pattern to learn. Each `seed` gives a different sequence, and each round gets its own
/// seed, so that a branch predictor does not benefit from the previous round.
pub(crate) fn random(requests: usize, lookups: usize, seed: u64) -> Vec<u32> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed + 1);
    let draw = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        ((state >> 33) % requests as u64) as u32
    };
    std::iter::repeat_with(draw).take(lookups).collect()
}

/// Returns all of the requests in a shuffled order that is repeated.
pub(crate) fn shuffled(requests: usize, lookups: usize) -> Vec<u32> {
    let mut all: Vec<u32> = (0..requests as u32).collect();
    for (at, other) in random(requests, requests, 0).into_iter().enumerate() {
        all.swap(at, other as usize);
    }
    all.into_iter().cycle().take(lookups).collect()
}

/// Returns at most `most` of the requests, evenly spread.
pub(crate) fn spread(requests: usize, most: usize) -> Vec<u32> {
    let count = requests.min(most);
    (0..count)
        .map(|index| (index * requests / count) as u32)
        .collect()
}
