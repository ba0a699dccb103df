//! Encoders of response bodies, which run between the handler and the protocol.
//!
//! Invariants:
//!
//! 1. A whole body is encoded at once, and its encoded length is declared.
//! 2. The encoder of a streamed body is flushed whenever the handler waits, so no output is delayed.
//! 3. An encoder that fails or panics aborts the response, or replaces it with a 500 if its headers were not sent.
//! 4. Encoders run without a lock being held.

use std::io;

pub(crate) mod encoded_body;

/// An encoder, which transforms a response body before it is sent; the argument of
/// [`encode_body`](crate::http::OutgoingHead::encode_body).
///
/// Each method appends to `out`, whose content is then sent. `finish` is called once, at the end.
/// Node.js: a `stream.Transform`, such as those of `zlib`.
///
/// # Errors
///
/// An error aborts the response, or replaces it with a 500 if its headers were not sent, and is emitted as
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
    /// Encodes a chunk of the body. The encoder may buffer its output until [`flush`](Self::flush).
    ///
    /// # Errors
    ///
    /// - Any error if the chunk cannot be encoded.
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()>;

    /// Appends all buffered output, so that the client can decode every chunk so far. Appends nothing by default.
    ///
    /// # Errors
    ///
    /// - Any error if the output cannot be encoded.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::Encoder;
    /// use std::io;
    ///
    /// /// Sends complete lines only.
    /// struct Lines(Vec<u8>);
    ///
    /// impl Encoder for Lines {
    ///     fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    ///         self.0.extend_from_slice(chunk);
    ///         let end = self.0.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    ///         out.extend(self.0.drain(..end));
    ///         Ok(())
    ///     }
    ///
    ///     fn flush(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
    ///         out.append(&mut self.0);
    ///         Ok(())
    ///     }
    /// }
    /// ```
    fn flush(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }

    /// Appends all buffered output and the end of the body. Appends nothing by default.
    ///
    /// # Errors
    ///
    /// - Any error if the output cannot be encoded.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http::Encoder;
    /// use std::io;
    ///
    /// /// Sends complete lines only.
    /// struct Lines(Vec<u8>);
    ///
    /// impl Encoder for Lines {
    ///     fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
    ///         self.0.extend_from_slice(chunk);
    ///         let end = self.0.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
    ///         out.extend(self.0.drain(..end));
    ///         Ok(())
    ///     }
    ///
    ///     fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
    ///         out.append(&mut self.0);
    ///         Ok(())
    ///     }
    /// }
    /// ```
    fn finish(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        Ok(())
    }
}

/// Two encoders; the second encodes the output of the first.
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
