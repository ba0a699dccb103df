//! The output of a connection that waits for the source of a response body. The source may write to this output
//! directly, so the connection's task need not be woken.

use std::sync::{Arc, OnceLock};

use bytes::Bytes;

/// A part that many bodies have in common. It is encoded once for all of them.
#[derive(Debug)]
pub(crate) struct SharedPart {
    data: Bytes,
    encoded: OnceLock<Bytes>,
}

impl SharedPart {
    pub(crate) fn new(data: Bytes) -> Self {
        Self {
            data,
            encoded: OnceLock::new(),
        }
    }

    pub(crate) fn data(&self) -> &Bytes {
        &self.data
    }

    /// Returns the part with its transfer coding, which `encode` adds when it is first needed.
    pub(crate) fn encoded(&self, encode: impl FnOnce(&Bytes) -> Bytes) -> &Bytes {
        self.encoded.get_or_init(|| encode(&self.data))
    }
}

/// The result of writing to an [`Outlet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// The operating system has the whole part.
    Whole,
    /// The connection sends the rest of the part once its task is woken.
    Partly,
    /// The connection's task is running or has other output, or the operating system accepts nothing.
    Nothing,
}

/// An output that writes to a connection whose task waits.
pub(crate) trait Outlet: Send + Sync {
    /// Writes the next part of the body. It does not block.
    fn write(&self, part: &SharedPart) -> Written;
}

/// A body that can write to an [`Outlet`]. The connection still polls the body for each part that was not written
/// to the outlet.
pub(crate) trait Feed {
    fn set_outlet(&mut self, outlet: Arc<dyn Outlet>);
}
