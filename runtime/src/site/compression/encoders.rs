//! The encoders of `compress`.

use std::io::{self, Write};

use brotli::CompressorWriter;
use flate2::Compression;
use flate2::write::GzEncoder;
use zstd::stream::write::Encoder as ZstdEncoder;

use super::coding::Coding;
use crate::http::Encoder;

/// The quality level: about as fast as the defaults of the other codings, with output of about the same size. The
/// highest level, 11, is meant for files that are compressed once.
const BROTLI_QUALITY: u32 = 4;

/// The binary logarithm of the window in bytes: 256 KiB. A larger one needs more memory for each stream.
const BROTLI_WINDOW: u32 = 18;

const BROTLI_BUFFER: usize = 4096;

const ZSTD_LEVEL: i32 = 3;

/// The same window as for brotli: with the default, each stream would need megabytes.
const ZSTD_WINDOW: u32 = 18;

pub(super) enum Compressor {
    Gzip(GzEncoder<Vec<u8>>),
    /// `None` once the output is finished.
    Brotli(Option<Box<CompressorWriter<Vec<u8>>>>),
    Zstd(ZstdEncoder<'static, Vec<u8>>),
}

impl Compressor {
    pub(super) fn new(coding: Coding) -> io::Result<Self> {
        Ok(match coding {
            Coding::Gzip => Self::Gzip(GzEncoder::new(Vec::new(), Compression::default())),
            Coding::Brotli => Self::Brotli(Some(Box::new(CompressorWriter::new(
                Vec::new(),
                BROTLI_BUFFER,
                BROTLI_QUALITY,
                BROTLI_WINDOW,
            )))),
            Coding::Zstd => {
                let mut encoder = ZstdEncoder::new(Vec::new(), ZSTD_LEVEL)?;
                encoder.window_log(ZSTD_WINDOW)?;
                Self::Zstd(encoder)
            }
        })
    }

    fn take(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::Gzip(encoder) => out.append(encoder.get_mut()),
            Self::Brotli(Some(encoder)) => out.append(encoder.get_mut()),
            Self::Brotli(None) => {}
            Self::Zstd(encoder) => out.append(encoder.get_mut()),
        }
    }
}

impl Encoder for Compressor {
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Gzip(encoder) => encoder.write_all(chunk)?,
            Self::Brotli(Some(encoder)) => encoder.write_all(chunk)?,
            Self::Brotli(None) => {}
            Self::Zstd(encoder) => encoder.write_all(chunk)?,
        }
        self.take(out);
        Ok(())
    }

    fn flush(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Gzip(encoder) => encoder.flush()?,
            Self::Brotli(Some(encoder)) => encoder.flush()?,
            Self::Brotli(None) => {}
            Self::Zstd(encoder) => encoder.flush()?,
        }
        self.take(out);
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Gzip(encoder) => encoder.try_finish()?,
            Self::Brotli(encoder) => {
                if let Some(encoder) = encoder.take() {
                    out.append(&mut encoder.into_inner());
                }
            }
            Self::Zstd(encoder) => encoder.do_finish()?,
        }
        self.take(out);
        Ok(())
    }
}
