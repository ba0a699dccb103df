//! Random bytes after a handshake: the server sends valid frames, closes at most once, and ends.
//!
//! `FUZZ_SECONDS=600 cargo test -p onward-tests --test websocket -- random` runs for ten minutes, with different cases.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, Instant};

use onward::websocket::WebSocketOptions;

use crate::client::{BINARY, CLOSE, Client, FIN, PONG, TEXT, echo, frame};

const CASES: usize = 2000;

/// A xorshift generator: with a fixed seed, the cases are the same in every run.
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }

    fn bytes(&mut self, max: u64) -> Vec<u8> {
        let len = self.next(max);
        (0..len).map(|_| self.next(256) as u8).collect()
    }

    /// Returns mostly valid frames.
    fn frame(&mut self) -> Vec<u8> {
        let opcodes = [0x00, 0x01, 0x02, FIN, 0x81, 0x82, 0x88, 0x89, 0x8a];
        let mut first = opcodes[self.next(9) as usize];
        if self.next(20) == 0 {
            first ^= 1 << self.next(8);
        }
        let payload = match self.next(3) {
            0 => self.bytes(200),
            1 => b"text \xc3\xa9".to_vec(),
            _ => vec![b'a'; self.next(130) as usize],
        };
        let mut frame = frame(first, &payload);
        if self.next(20) == 0 {
            let at = self.next(frame.len() as u64) as usize;
            frame[at] ^= 1 << self.next(8);
        }
        frame
    }
}

#[tokio::test]
async fn random_frames_get_valid_frames() {
    let server = echo(WebSocketOptions::new().max_message_size(1000));
    let seconds = std::env::var("FUZZ_SECONDS").ok();
    let end = seconds.map(|it| Instant::now() + Duration::from_secs(it.parse().unwrap()));
    let mut random = Random(match end {
        Some(_) => RandomState::new().build_hasher().finish() | 1,
        None => 0x9e37_79b9_7f4a_7c15,
    });
    for case in 0.. {
        if end.map_or(case == CASES, |end| Instant::now() > end) {
            println!("{case} cases");
            break;
        }
        let mut sent = Vec::new();
        for _ in 0..random.next(8) {
            sent.extend(random.frame());
        }
        if random.next(4) == 0 {
            sent.extend(random.bytes(40));
        }
        let mut client = Client::in_memory(&server).await;
        let at = random.next(sent.len() as u64 + 1) as usize;
        client.send(&sent[..at]).await;
        tokio::task::yield_now().await;
        client.send(&sent[at..]).await;
        tokio::io::AsyncWriteExt::shutdown(&mut client.0)
            .await
            .unwrap();
        let frames = client.rest().await;
        let closes = frames.iter().filter(|(first, _)| *first == CLOSE).count();
        assert!(closes <= 1, "case {case}: {frames:?}");
        for (index, (first, payload)) in frames.iter().enumerate() {
            match *first {
                TEXT => assert!(str::from_utf8(payload).is_ok(), "case {case}"),
                BINARY | PONG => {}
                CLOSE => assert_eq!(index + 1, frames.len(), "case {case}: {frames:?}"),
                other => panic!("case {case}: {other:x}"),
            }
        }
    }
}
