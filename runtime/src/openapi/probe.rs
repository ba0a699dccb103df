//! Detects what is known about a type: method resolution tries a receiver before the value to which it refers, so the
//! first of several implementations that applies is used. No bound is needed, so every type can be in a route.

use std::marker::PhantomData;

use schemars::JsonSchema;

use super::builtin::Shape;
use super::{Describe, Description};
use crate::error::Result;
use crate::http::Sent;

/// A stand-in for a type, without a value of that type.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> Probe<T> {
    /// The value on which the methods of the traits are called.
    pub const NEW: Self = Self(PhantomData);
}

/// A single value whose type has a schema.
pub trait ValueKnown {
    /// Describes the type.
    fn __onward_value(&self, description: &mut Description<'_>);
}

impl<T: JsonSchema + ?Sized> ValueKnown for &Probe<T> {
    fn __onward_value(&self, description: &mut Description<'_>) {
        description.value::<T>();
    }
}

/// A single value of any other type.
pub trait ValueUnknown {
    /// Does nothing.
    fn __onward_value(&self, _: &mut Description<'_>) {}
}

impl<T: ?Sized> ValueUnknown for Probe<T> {}

/// A body or a reply that is described.
pub trait ContentKnown {
    /// Describes the type.
    fn __onward_content(&self, description: &mut Description<'_>);
}

impl<T: Describe> ContentKnown for &&Probe<T> {
    fn __onward_content(&self, description: &mut Description<'_>) {
        T::describe(description);
    }
}

/// A body or a reply with a known content type, but without a schema.
pub trait ContentShaped {
    /// Describes the type.
    fn __onward_content(&self, description: &mut Description<'_>);
}

impl<T: Shape> ContentShaped for &Probe<T> {
    fn __onward_content(&self, description: &mut Description<'_>) {
        T::shape(description);
    }
}

/// A body or a reply of any other type.
pub trait ContentUnknown {
    /// Does nothing.
    fn __onward_content(&self, _: &mut Description<'_>) {}
}

impl<T: ?Sized> ContentUnknown for Probe<T> {}

/// The return type of a server whose error type is described.
pub trait OutputKnown {
    /// Describes the error type.
    fn __onward_error(&self, description: &mut Description<'_>);
}

impl<E: Describe> OutputKnown for &Probe<Result<Sent, E>> {
    fn __onward_error(&self, description: &mut Description<'_>) {
        E::describe(description);
    }
}

/// Any other return type.
pub trait OutputUnknown {
    /// Does nothing.
    fn __onward_error(&self, _: &mut Description<'_>) {}
}

impl<T: ?Sized> OutputUnknown for Probe<T> {}

/// Describes a body or a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! __content {
    ($text:literal) => {
        $crate::__private::RouteType::new($text)
    };
    ($text:literal, $ty:ty) => {
        $crate::__private::RouteType::new($text).described(|description| {
            #[allow(unused_imports, reason = "one of them applies")]
            use $crate::__private::known::{
                ContentKnown as _, ContentShaped as _, ContentUnknown as _,
            };
            (&&&$crate::__private::known::Probe::<$ty>::NEW).__onward_content(description)
        })
    };
}

/// Describes the type of a single value.
#[doc(hidden)]
#[macro_export]
macro_rules! __parameter_type {
    ($text:literal, $ty:ty) => {
        $crate::__private::RouteType::new($text).described(|description| {
            #[allow(unused_imports, reason = "one of them applies")]
            use $crate::__private::known::{ValueKnown as _, ValueUnknown as _};
            (&&$crate::__private::known::Probe::<$ty>::NEW).__onward_value(description)
        })
    };
}

/// Describes a server.
#[doc(hidden)]
#[macro_export]
macro_rules! __server_info {
    ($name:literal, $docs:literal, ($($output:ty)?), [$($security:expr),*], $handles_all:literal) => {
        $crate::__private::ServerInfo::new($name, $docs, ::core::module_path!())
            .package(
                ::core::option_env!("CARGO_PKG_VERSION"),
                ::core::option_env!("CARGO_PKG_LICENSE"),
            )
            $(.error(|description| {
                #[allow(unused_imports, reason = "one of them applies")]
                use $crate::__private::known::{OutputKnown as _, OutputUnknown as _};
                (&&$crate::__private::known::Probe::<$output>::NEW).__onward_error(description)
            }))?
            .security(const { &[$($security),*] })
            .handles_all($handles_all)
    };
}
