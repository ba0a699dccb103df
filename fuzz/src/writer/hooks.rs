//! Hooks that change the response, fail, panic or never complete, between witnesses: hooks that must always be called.

use std::future::pending;
use std::io;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use onward::http::Encoder;
use onward::prelude::*;

/// The action of a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hook {
    /// Leaves the head unchanged.
    Pass,
    /// Returns the head unchanged, after being pending once.
    PassLater,
    /// Encodes the body as itself, and holds the output back until it is flushed.
    Encode,
    Status(u16),
    Header(&'static str, &'static str),
    /// Replaces the body with one of this length.
    Replace(usize),
    Panic,
    PanicLater,
    PanicOnDrop,
    Fail,
    Never,
    /// Adds an encoder that fails at this call.
    FailingEncoder(usize),
    PanickingEncoder(usize),
}

impl Hook {
    /// Returns whether the response is the one that the handler wrote.
    pub(crate) fn keeps_response(self) -> bool {
        matches!(self, Self::Pass | Self::PassLater | Self::Encode)
    }

    /// Returns whether the response must become a 500, unless another hook changes the status again.
    pub(crate) fn fails(self) -> bool {
        matches!(
            self,
            Self::Panic | Self::PanicLater | Self::PanicOnDrop | Self::Fail | Self::Never
        )
    }

    pub(crate) fn is_failing_encoder(self) -> bool {
        matches!(self, Self::FailingEncoder(_) | Self::PanickingEncoder(_))
    }

    /// Returns whether the hook may set a status that differs from the failure's.
    pub(crate) fn changes_status(self) -> bool {
        matches!(self, Self::Status(_))
    }

    pub(crate) fn add(self, res: &mut Response) {
        match self {
            Self::Pass => res.before_head(|_| {}),
            Self::PassLater => res.before_head_async(|head| async {
                tokio::task::yield_now().await;
                Ok(head)
            }),
            Self::Encode => res.before_head(|head| {
                head.encode_body(Buffering::default());
            }),
            Self::Status(status) => res.before_head(move |head| {
                head.status_code = StatusCode::from_u16(status).expect("three digits");
            }),
            Self::Header(name, value) => res.before_head(move |head| {
                head.append_header(name, value);
            }),
            Self::Replace(len) => res.before_head(move |head| {
                head.replace_body(vec![b'r'; len]);
            }),
            Self::Panic => res.before_head(|_| resume_unwind(Box::new("a hook"))),
            Self::PanicLater => res.before_head_async(|_| async {
                tokio::task::yield_now().await;
                resume_unwind(Box::new("a hook"))
            }),
            Self::PanicOnDrop => res.before_head_async(|_| {
                let bomb = Bomb;
                async move {
                    let _bomb = &bomb;
                    pending().await
                }
            }),
            Self::Fail => res.before_head_async(|_| async {
                tokio::task::yield_now().await;
                Err(Error::from(io::Error::other("a hook")))
            }),
            Self::Never => res.before_head_async(|_| pending()),
            Self::FailingEncoder(call) | Self::PanickingEncoder(call) => {
                let panics = matches!(self, Self::PanickingEncoder(_));
                res.before_head(move |head| {
                    head.encode_body(Failing { call, panics });
                })
            }
        };
    }
}

/// Adds a hook that must always be called. It counts its calls and marks the response.
pub(crate) fn add_witness(calls: &Arc<AtomicUsize>, res: &mut Response) {
    let calls = Arc::clone(calls);
    res.before_head(move |head| {
        calls.fetch_add(1, Ordering::Relaxed);
        head.append_header("x-witness", "1");
    });
}

/// A value that panics when it is dropped, unless the thread is panicking already.
struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            resume_unwind(Box::new("a dropped hook"));
        }
    }
}

#[derive(Default)]
struct Buffering(Vec<u8>);

impl Encoder for Buffering {
    fn encode(&mut self, chunk: &[u8], _out: &mut Vec<u8>) -> io::Result<()> {
        self.0.extend_from_slice(chunk);
        Ok(())
    }

    fn flush(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        out.append(&mut self.0);
        Ok(())
    }

    fn finish(&mut self, out: &mut Vec<u8>) -> io::Result<()> {
        self.flush(out)
    }
}

struct Failing {
    /// The remaining calls before the encoder fails.
    call: usize,
    panics: bool,
}

impl Failing {
    fn next(&mut self) -> io::Result<()> {
        match self.call.checked_sub(1) {
            Some(call) => {
                self.call = call;
                Ok(())
            }
            None if self.panics => resume_unwind(Box::new("an encoder")),
            None => Err(io::Error::other("an encoder")),
        }
    }
}

impl Encoder for Failing {
    fn encode(&mut self, chunk: &[u8], out: &mut Vec<u8>) -> io::Result<()> {
        out.extend_from_slice(chunk);
        self.next()
    }

    fn flush(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        self.next()
    }

    fn finish(&mut self, _out: &mut Vec<u8>) -> io::Result<()> {
        self.next()
    }
}
