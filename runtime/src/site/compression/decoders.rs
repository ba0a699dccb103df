//! The decoders of `decompress`. Each call of `read` returns a limited amount of output, whatever the input is.

use std::io::{self, BufRead, ErrorKind, Read};

use brotli::Decompressor as BrotliDecoder;
use bytes::{Buf, Bytes};
use flate2::bufread::MultiGzDecoder;
use zstd::stream::read::Decoder as ZstdDecoder;

use super::coding::Coding;
use crate::http::BodyDecoder;

const BROTLI_BUFFER: usize = 4096;

/// The binary logarithm of the largest window in bytes: 8 MiB, the most that RFC 9659 allows. A frame could otherwise
/// demand 128 MiB.
const ZSTD_WINDOW: u32 = 23;

pub(super) enum Decompressor {
    Gzip(Box<MultiGzDecoder<Feed>>),
    Brotli(Box<BrotliDecoder<Feed>>),
    Zstd(Box<ZstdDecoder<'static, Feed>>),
}

impl Decompressor {
    pub(super) fn new(coding: Coding) -> io::Result<Self> {
        let feed = Feed::default();
        Ok(match coding {
            Coding::Gzip => Self::Gzip(Box::new(MultiGzDecoder::new(feed))),
            Coding::Brotli => Self::Brotli(Box::new(BrotliDecoder::new(feed, BROTLI_BUFFER))),
            Coding::Zstd => {
                let mut decoder = ZstdDecoder::with_buffer(feed)?;
                decoder.window_log_max(ZSTD_WINDOW)?;
                Self::Zstd(Box::new(decoder))
            }
        })
    }

    fn source(&mut self) -> &mut Feed {
        match self {
            Self::Gzip(decoder) => decoder.get_mut(),
            Self::Brotli(decoder) => decoder.get_mut(),
            Self::Zstd(decoder) => decoder.get_mut(),
        }
    }
}

impl BodyDecoder for Decompressor {
    fn feed(&mut self, input: Bytes) {
        self.source().input = input;
    }

    fn end(&mut self) {
        self.source().is_ended = true;
    }

    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Gzip(decoder) => decoder.read(out),
            Self::Brotli(decoder) => decoder.read(out),
            Self::Zstd(decoder) => decoder.read(out),
        }
    }
}

/// The input of a decoder. The decoders keep their state if it returns `WouldBlock`.
#[derive(Default)]
pub(super) struct Feed {
    input: Bytes,
    is_ended: bool,
}

impl Read for Feed {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let len = self.fill_buf()?.read(out)?;
        self.consume(len);
        Ok(len)
    }
}

impl BufRead for Feed {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        match self.input.is_empty() && !self.is_ended {
            true => Err(ErrorKind::WouldBlock.into()),
            false => Ok(&self.input),
        }
    }

    fn consume(&mut self, len: usize) {
        self.input.advance(len);
    }
}
