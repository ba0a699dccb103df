//! The values that a header can be set to.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue};

/// A value, or several values, of a header.
///
/// It is implemented for text, bytes, integers, [`HeaderValue`] and [`HeaderName`], and for arrays, slices and `Vec`s
/// of these, which set one header line for each element. Node.js: a string, a number or an array of strings.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
///
/// let mut res = Response::new();
/// res.set_header("content-length", 0);
/// res.set_header("set-cookie", ["a=1", "b=2"]);
/// assert_eq!(res.headers().len(), 3);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a header value",
    label = "not a header value",
    note = "use text, a number or a `HeaderValue`, or an array or a `Vec` of these"
)]
pub trait IntoHeaderValues {
    #[doc(hidden)]
    fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>));
}

macro_rules! values {
    ($($value:ty),+ $(,)?) => {$(
        impl IntoHeaderValues for $value {
            fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>)) {
                take(HeaderValue::try_from(self).map_err(http::Error::from));
            }
        }
    )+};
}

values!(
    &str,
    &String,
    String,
    &[u8],
    u16,
    i16,
    u32,
    i32,
    u64,
    i64,
    usize,
    isize
);

macro_rules! sure_values {
    ($($value:ty),+ $(,)?) => {$(
        impl IntoHeaderValues for $value {
            fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>)) {
                take(Ok(self.into()));
            }
        }
    )+};
}

sure_values!(HeaderValue, &HeaderValue, HeaderName);

impl IntoHeaderValues for Cow<'_, str> {
    fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>)) {
        match self {
            Cow::Borrowed(text) => text.for_each_value(take),
            Cow::Owned(text) => text.for_each_value(take),
        }
    }
}

impl<V: IntoHeaderValues, const N: usize> IntoHeaderValues for [V; N] {
    fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>)) {
        for value in self {
            value.for_each_value(take);
        }
    }
}

impl<V: IntoHeaderValues> IntoHeaderValues for Vec<V> {
    fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>)) {
        for value in self {
            value.for_each_value(take);
        }
    }
}

impl<V: IntoHeaderValues + Clone> IntoHeaderValues for &[V] {
    fn for_each_value(self, take: &mut dyn FnMut(Result<HeaderValue, http::Error>)) {
        for value in self {
            value.clone().for_each_value(take);
        }
    }
}
