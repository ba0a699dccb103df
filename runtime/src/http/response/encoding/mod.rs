//! Encoders of bodies on their way from the handler to the protocol.
//!
//! Invariants:
//!
//! 1. A body that is whole is encoded at once and declares the length of what is sent.
//! 2. A streamed body is flushed whenever the handler has nothing more to send for now: nothing is held back.
//! 3. An encoder that fails or panics aborts the response, or replaces it by a 500 if its headers are not sent.
//! 4. Encoders run without a lock.

use std::io;

pub(crate) mod encoded_body;

/// Transforms a body on its way out, as compression does; the argument of
/// [`OutgoingHead::encode_body`](crate::http::OutgoingHead::encode_body).
///
/// Each method appends to `out`. After `encode` and `flush`, what is in `out` is sent. `finish` is called once, at the end.
/// Node.js: a `stream.Transform`, such as those of `zlib`.
///
/// # Errors
///
/// An error aborts the response, or replaces it by a 500 if its headers are not sent. Either is emitted as
/// [`event::Error`](crate::http::event::Error).
///
/// # Examples
///
/// ```
/// use onward::http::Encoder;
/// use onward::prelude::*;
/// use std::io;
///
/// struct Rot13;
///
/// impl Encoder for Rot13 {
///     fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
///         out.extend(chunk.iter().map(|byte| match byte {
///             b'a'..=b'z' => b'a' + (byte - b'a' + 13) % 26,
///             other => *other,
///         }));
///         Ok(())
///     }
/// }
///
/// let mut res = Response::new();
/// res.before_head(|head| {
///     head.encode_body(Rot13);
/// });
/// assert_eq!(res.send("hello").text(), "uryyb");
/// ```
pub trait Encoder: Send + 'static {
    /// Encodes a part of the body. It may keep any of it until [`flush`](Self::flush).
    ///
    /// # Errors
    ///
    /// - Any error if the part cannot be encoded.
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()>;

    /// Appends everything that was kept, so that the client can decode all of the body so far. By default nothing.
    ///
    /// # Errors
    ///
    /// - Any error if it cannot be encoded.
    fn flush(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// Appends everything that was kept, and what ends the body. By default nothing.
    ///
    /// # Errors
    ///
    /// - Any error if it cannot be encoded.
    fn finish(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }
}

/// One encoder after another.
pub(crate) struct Chain {
    pub(crate) first: Box<dyn Encoder>,
    pub(crate) second: Box<dyn Encoder>,
}

impl Chain {
    fn pass(&mut self, between: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        match between {
            [] => Ok(()),
            between => self.second.encode(between, out),
        }
    }
}

impl Encoder for Chain {
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        let mut between = Vec::new();
        self.first.encode(chunk, &mut between)?;
        self.pass(&between, out)
    }

    fn flush(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let mut between = Vec::new();
        self.first.flush(&mut between)?;
        self.pass(&between, out)?;
        self.second.flush(out)
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        let mut between = Vec::new();
        self.first.finish(&mut between)?;
        self.pass(&between, out)?;
        self.second.finish(out)
    }
}
