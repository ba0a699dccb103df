//! Sending a response through a reference, which other frameworks allow.

use crate::http::response::{Response, Sent};

#[diagnostic::on_unimplemented(
    message = "a response is sent by value, and this is a reference to it",
    label = "cannot be called on a reference to a `Response`",
    note = "take the response by value: `async fn name(res: Response) -> Sent`, and pass `res`",
    note = "or return the reply in place of sending it: `async fn name(…) -> (StatusCode, &'static str)`"
)]
pub trait OwnedResponse {}

/// Methods of references, which are found before those of [`Response`] that take it by value.
pub trait ResponseReference: Sized {
    #[doc(hidden)]
    fn send(self, _: impl Sized) -> Sent
    where
        for<'never> (): OwnedResponse,
    {
        crate::habits::never()
    }

    #[doc(hidden)]
    fn end(self) -> Sent
    where
        for<'never> (): OwnedResponse,
    {
        crate::habits::never()
    }

    #[doc(hidden)]
    fn end_with(self, _: impl Sized) -> Sent
    where
        for<'never> (): OwnedResponse,
    {
        crate::habits::never()
    }
}

impl ResponseReference for &mut Response {}
impl ResponseReference for &Response {}
