//! The traits that a payload must implement to be carried.

use serde_core::Serialize;
use serde_core::de::DeserializeOwned;

/// A payload that a bridge can send: it implements [`Serialize`].
///
/// This trait exists for its error message; generic code may use `Serialize` instead.
/// Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::bridge::{Bridge, Encode};
/// use onward::events::{Event, EventSet};
///
/// fn send<Set, E>(bridge: &Bridge, event: E, payload: &E::Payload) -> bool
/// where
///     Set: EventSet,
///     E: Event<Set, Payload: Encode>,
/// {
///     bridge.emit(event, payload)
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "the payload `{Self}` does not implement `serde::Serialize`, so a bridge cannot send this event",
    label = "this event cannot be sent",
    note = "add `#[derive(serde::Serialize)]` to the payload `{Self}`"
)]
pub trait Encode: Serialize {}

#[diagnostic::do_not_recommend]
impl<P: ?Sized + Serialize> Encode for P {}

/// A payload that a bridge can receive: its owned form, `Box<Self>`, implements
/// [`Deserialize`](serde_core::Deserialize).
///
/// For a sized payload, it suffices that the type itself implements `Deserialize`; `str` and `[T]` are received as
/// `Box<str>` and `Box<[T]>`. This trait exists for its error message. Node.js: no counterpart.
///
/// # Examples
///
/// ```
/// use onward::bridge::Decode;
///
/// fn receives<P: ?Sized + Decode>() {}
///
/// receives::<(u32, String)>();
/// receives::<str>();
/// receives::<[u8]>();
/// ```
#[diagnostic::on_unimplemented(
    message = "the payload `{Self}` does not implement `serde::Deserialize` in its owned form, so a bridge cannot receive this event",
    label = "this event cannot be received",
    note = "add `#[derive(serde::Deserialize)]` to the payload `{Self}`; it must not borrow from its input"
)]
pub trait Decode {
    #[doc(hidden)]
    fn decode(json: &[u8]) -> Result<Box<Self>, serde_json::Error>;
}

#[diagnostic::do_not_recommend]
impl<P: ?Sized> Decode for P
where
    Box<P>: DeserializeOwned,
{
    fn decode(json: &[u8]) -> Result<Box<Self>, serde_json::Error> {
        serde_json::from_slice(json)
    }
}
