//! The decoders of `decompress`. The output of each call is limited, regardless of its input.

use std::io::{self, Write};

use brotli::DecompressorWriter;
use flate2::write::MultiGzDecoder;
use zstd::stream::raw::{DParameter, Decoder as ZstdDecoder, Operation};

use super::coding::Coding;
use crate::http::{BodyDecoder, DecodeError};

const BROTLI_BUFFER: usize = 4096;

/// The logarithm of the largest window, in bytes: 8 MiB, which RFC 9659 allows. A frame could otherwise demand 128 MiB.
const ZSTD_WINDOW: u32 = 23;

const ZSTD_BUFFER: usize = 16 * 1024;

pub(super) enum Decompressor {
    Gzip(Box<MultiGzDecoder<Sink>>),
    Brotli(Box<DecompressorWriter<Sink>>),
    Zstd {
        decoder: ZstdDecoder<'static>,
        sink: Sink,
        /// The input ended with a frame.
        is_at_end: bool,
    },
}

impl Decompressor {
    pub(super) fn new(coding: Coding) -> io::Result<Self> {
        let sink = Sink::default();
        Ok(match coding {
            Coding::Gzip => Self::Gzip(Box::new(MultiGzDecoder::new(sink))),
            Coding::Brotli => Self::Brotli(Box::new(DecompressorWriter::new(sink, BROTLI_BUFFER))),
            Coding::Zstd => {
                let mut decoder = ZstdDecoder::new()?;
                decoder.set_parameter(DParameter::WindowLogMax(ZSTD_WINDOW))?;
                Self::Zstd {
                    decoder,
                    sink,
                    is_at_end: false,
                }
            }
        })
    }

    fn sink(&mut self) -> &mut Sink {
        match self {
            Self::Gzip(decoder) => decoder.get_mut(),
            Self::Brotli(decoder) => decoder.get_mut(),
            Self::Zstd { sink, .. } => sink,
        }
    }

    fn write(&mut self, input: &[u8]) -> io::Result<()> {
        match self {
            Self::Gzip(decoder) => decoder.write_all(input),
            Self::Brotli(decoder) => decoder.write_all(input),
            Self::Zstd {
                decoder,
                sink,
                is_at_end,
            } => decode_zstd(decoder, sink, is_at_end, input),
        }
    }

    fn close(&mut self) -> io::Result<()> {
        match self {
            Self::Gzip(decoder) => decoder.try_finish(),
            Self::Brotli(decoder) => decoder.close(),
            Self::Zstd { is_at_end, .. } => match is_at_end {
                true => Ok(()),
                false => Err(io::ErrorKind::UnexpectedEof.into()),
            },
        }
    }

    /// Calls the decoder and takes its output.
    fn run(
        &mut self,
        out: &mut Vec<u8>,
        max: usize,
        call: impl FnOnce(&mut Self) -> io::Result<()>,
    ) -> Result<(), DecodeError> {
        self.sink().max = max;
        let result = call(self);
        let sink = self.sink();
        out.append(&mut sink.bytes);
        match result {
            Ok(()) => Ok(()),
            Err(_) if sink.is_full => Err(DecodeError::TooLong),
            Err(_) => Err(DecodeError::Malformed),
        }
    }
}

fn decode_zstd(
    decoder: &mut ZstdDecoder<'static>,
    sink: &mut Sink,
    is_at_end: &mut bool,
    mut input: &[u8],
) -> io::Result<()> {
    let mut buffer = [0; ZSTD_BUFFER];
    loop {
        let status = decoder.run_on_buffers(input, &mut buffer)?;
        input = &input[status.bytes_read..];
        sink.write_all(&buffer[..status.bytes_written])?;
        // If the buffer is full, there may be more output.
        let has_more = status.bytes_written == buffer.len();
        *is_at_end = status.remaining == 0;
        if input.is_empty() && !has_more {
            return Ok(());
        }
        if *is_at_end && !input.is_empty() {
            decoder.reinit()?;
        } else if status.bytes_read == 0 && status.bytes_written == 0 {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

impl BodyDecoder for Decompressor {
    fn decode(&mut self, input: &[u8], out: &mut Vec<u8>, max: usize) -> Result<(), DecodeError> {
        self.run(out, max, |decoder| decoder.write(input))
    }

    fn finish(&mut self, out: &mut Vec<u8>, max: usize) -> Result<(), DecodeError> {
        self.run(out, max, Self::close)
    }
}

/// Collects bytes up to a limit.
#[derive(Default)]
pub(super) struct Sink {
    bytes: Vec<u8>,
    max: usize,
    is_full: bool,
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.max {
            self.is_full = true;
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
