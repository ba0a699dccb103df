use std::io::{Read, Write};

pub(crate) const ALL: [&str; 3] = ["gzip", "br", "zstd"];

pub(crate) fn decode(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    match coding {
        "gzip" => flate2::read::GzDecoder::new(bytes).read_to_end(&mut decoded),
        "br" => brotli::Decompressor::new(bytes, 4096).read_to_end(&mut decoded),
        "zstd" => zstd::stream::read::Decoder::new(bytes)
            .unwrap()
            .read_to_end(&mut decoded),
        other => panic!("{other}"),
    }
    .unwrap();
    decoded
}

/// Decodes as many bytes as possible of an incomplete body.
pub(crate) fn decode_part(coding: &str, bytes: &[u8]) -> Vec<u8> {
    let mut decoded = Vec::new();
    let mut part = [0; 4096];
    let mut reader: Box<dyn Read + '_> = match coding {
        "gzip" => Box::new(flate2::read::GzDecoder::new(bytes)),
        "br" => Box::new(brotli::Decompressor::new(bytes, 4096)),
        "zstd" => Box::new(zstd::stream::read::Decoder::new(bytes).unwrap()),
        other => panic!("{other}"),
    };
    while let Ok(len @ 1..) = reader.read(&mut part) {
        decoded.extend_from_slice(&part[..len]);
    }
    decoded
}

pub(crate) fn encode(coding: &str, bytes: &[u8]) -> Vec<u8> {
    match coding {
        "gzip" => {
            let level = flate2::Compression::best();
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), level);
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap()
        }
        "br" => {
            let mut encoder = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
            encoder.write_all(bytes).unwrap();
            encoder.into_inner()
        }
        "zstd" => zstd::stream::encode_all(bytes, 3).unwrap(),
        other => panic!("{other}"),
    }
}

/// Pseudorandom numbers, the same in each run.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % end
    }

    /// Generates a body of random compressibility, split into random chunks.
    pub(crate) fn chunks(&mut self) -> Vec<Vec<u8>> {
        let alphabet = 1 + self.below(256);
        let chunks = self.below(8);
        let longest = [1, 30, 3000, 70_000][self.below(40).min(3).max(self.below(3))];
        (0..chunks)
            .map(|_| {
                let len = self.below(longest);
                (0..len)
                    .map(|_| u8::try_from(self.below(alphabet)).unwrap())
                    .collect()
            })
            .collect()
    }
}
