//! The chunks of a body.

use bytes::Bytes;

/// What [`Response::write`](crate::http::response::Response::write) and
/// [`Response::end_with`](crate::http::response::Response::end_with) take: text or bytes.
///
/// It is implemented for every type that converts into `Bytes`: `&'static str`, `String`, `&'static [u8]`, `Vec<u8>` and `Bytes`
/// itself. Its purpose is a clear error message if a type does not qualify.
/// Node.js: the argument `chunk` of `write` and `end`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let mut res = Response::new();
/// res.write("7 is ");
/// res.write(7.to_string());
/// assert_eq!(res.end().text(), "7 is 7");
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as a chunk of a body",
    label = "neither text nor bytes",
    note = "use `.to_string()` for a number, and `.to_vec()` or `.to_owned()` for data that is borrowed",
    note = "use `res.send(reply)` in place of `write` and `end` for JSON and other replies"
)]
pub trait IntoChunk {
    /// Returns the data.
    #[doc(hidden)]
    fn into_chunk(self) -> Bytes;
}

#[diagnostic::do_not_recommend]
impl<T: Into<Bytes>> IntoChunk for T {
    fn into_chunk(self) -> Bytes {
        self.into()
    }
}
