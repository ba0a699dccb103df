//! The error of `emit_confirmed`.

use std::fmt;

/// The error of [`Bridge::emit_confirmed`](super::Bridge::emit_confirmed): the engine has not confirmed the event.
///
/// # Examples
///
/// ```
/// use onward::bridge::{Bridge, EmitError, Memory};
/// use onward::events::Emitter;
/// use std::time::Duration;
///
/// onward::events! { ShopEvents { Sold(u32) } }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let shop: Emitter<ShopEvents> = Emitter::new();
/// let bridge = Bridge::over(Memory::new()).carry(&shop, Sold);
/// bridge.close(Duration::from_secs(1)).await;
/// let result = bridge.emit_confirmed(Sold, &7).await;
/// assert!(matches!(result, Err(EmitError::Closed)));
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum EmitError {
    /// The payload cannot be serialized.
    Encode(serde_json::Error),
    /// The payload exceeds the engine's maximum message size.
    TooLarge,
    /// The bridge does not carry the event.
    NotCarried,
    /// The bridge is closed. If it was closed during the call, the event may have been stored.
    Closed,
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Encode(_) => "the payload cannot be serialized",
            Self::TooLarge => "the payload is too large for the engine",
            Self::NotCarried => "the bridge does not carry this event",
            Self::Closed => "the bridge is closed",
        })
    }
}

impl std::error::Error for EmitError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Encode(error) => Some(error),
            _ => None,
        }
    }
}
