//! The names and methods that need the feature `serde`: without the feature, using one of them is a compile error that
//! names the feature.

use std::future::Ready;

use crate::contract::FromBody;
use crate::error::Failure;
use crate::habits::never;
use crate::http::{Body, Request, Response, Sent, Url};
use crate::reply::Reply;

/// The bound of every item in this module, which is never satisfied.
#[diagnostic::on_unimplemented(
    message = "this needs the feature `serde` of `onward`",
    label = "add `\"serde\"` to the `features` of `onward` in Cargo.toml"
)]
pub trait FeatureSerde {}

/// JSON.
#[doc(hidden)]
#[derive(Debug)]
pub struct Json<T>(pub T);

/// A form.
#[doc(hidden)]
#[derive(Debug)]
pub struct Form<T>(pub T);

impl<T> Reply for Json<T>
where
    for<'never> (): FeatureSerde,
{
    fn reply(self, _: Response) -> Sent {
        never()
    }
}

impl<T> FromBody for Json<T>
where
    for<'never> (): FeatureSerde,
{
    async fn from_body(_: Body) -> Result<Self, Failure> {
        never()
    }
}

impl<T> FromBody for Form<T>
where
    for<'never> (): FeatureSerde,
{
    async fn from_body(_: Body) -> Result<Self, Failure> {
        never()
    }
}

macro_rules! methods {
    ($type:ty { $(fn $method:ident<T>($($argument:tt)*) -> $returns:ty;)+ }) => {
        #[doc(hidden)]
        impl $type {$(
            pub fn $method<T>($($argument)*) -> $returns
            where
                for<'never> (): FeatureSerde,
            {
                never()
            }
        )+}
    };
}

methods!(Url {
    fn query<T>(&self, _: &str) -> Result<T, Failure>;
    fn query_or<T>(&self, _: &str, _: impl FnOnce() -> T) -> Result<T, Failure>;
    fn query_rest<T>(&self, _: &[&str]) -> Result<T, Failure>;
    fn query_as<T>(&self) -> Result<T, Failure>;
});
methods!(Body {
    fn json<T>(self) -> Ready<Result<T, Failure>>;
    fn form<T>(self) -> Ready<Result<T, Failure>>;
});
methods!(Request {
    fn json<T>(self, _: &T) -> Self;
});
methods!(Sent {
    fn json<T>(&self) -> T;
});

/// The macro `json!`.
#[doc(hidden)]
#[macro_export]
macro_rules! json {
    ($($value:tt)*) => {
        ::core::compile_error!(
            "`json!` needs the feature `serde` of `onward`: add `\"serde\"` to its `features` in Cargo.toml"
        )
    };
}
