//! The descriptions of the types of this crate.

use std::borrow::Cow;

use bytes::Bytes;
use http::StatusCode;
use schemars::JsonSchema;

use super::describe::{Describe, Description, HasSchema};
use crate::contract::{Accepted, Created, Form, NoContent};
use crate::error::{Error, Failure};
use crate::http::Body;
use crate::json::JsonText;
use crate::live::Follow;
use crate::reply::{Html, Json};
use crate::site::Redirect;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// The status and the content type of a type, regardless of whether the types inside it have a schema.
pub trait Shape {
    /// Describes the type without schemas.
    fn shape(description: &mut Description<'_>);
}

/// Implements `Shape` and `Describe` for types without parameters, whose two descriptions are equal.
macro_rules! described {
    ($($ty:ty: |$description:ident| $describe:expr;)+) => {$(
        impl Shape for $ty {
            fn shape($description: &mut Description<'_>) {
                $describe;
            }
        }

        impl Describe for $ty {
            fn describe(description: &mut Description<'_>) {
                Self::shape(description);
            }
        }
    )+};
}

fn text(description: &mut Description<'_>) {
    description.is_limited = true;
    description.is_parsed = true;
    description.content::<str>(TEXT);
}

fn bytes(description: &mut Description<'_>) {
    description.is_limited = true;
    description.opaque(BYTES);
}

described! {
    String: |it| text(it);
    &'static str: |it| text(it);
    Cow<'static, str>: |it| text(it);
    Vec<u8>: |it| bytes(it);
    &'static [u8]: |it| bytes(it);
    Bytes: |it| bytes(it);
    Body: |it| it.opaque("*/*");
    JsonText: |it| it.opaque(JSON);
    serde_json::Value: |it| it.opaque(JSON);
    NoContent: |it| it.at(StatusCode::NO_CONTENT, "", Description::empty);
    (): |it| it.empty();
    Follow: |it| it.opaque("text/event-stream");
    Error: |it| it.failures::<Problem>();
    Failure: |it| it.failures::<Problem>();
    Problem: |it| it.content::<ProblemDetails>("application/problem+json");
    Redirect: |it| redirect(it);
}

#[cfg(feature = "multipart")]
described! {
    crate::multipart::Multipart: |it| multipart(it);
}

#[cfg(feature = "multipart")]
fn multipart(description: &mut Description<'_>) {
    description.is_limited = true;
    description.is_parsed = true;
    description.is_exclusive = true;
    description.opaque("multipart/form-data");
}

/// Describes a redirect, whose status depends on the value.
fn redirect(description: &mut Description<'_>) {
    for status in [
        StatusCode::MOVED_PERMANENTLY,
        StatusCode::FOUND,
        StatusCode::SEE_OTHER,
        StatusCode::TEMPORARY_REDIRECT,
        StatusCode::PERMANENT_REDIRECT,
    ] {
        description.at(status, "A redirect to another URL.", Description::empty);
    }
}

impl<T> Shape for Html<T> {
    fn shape(description: &mut Description<'_>) {
        description.content::<str>("text/html; charset=utf-8");
    }
}

impl<T> Describe for Html<T> {
    fn describe(description: &mut Description<'_>) {
        Self::shape(description);
    }
}

macro_rules! serialized {
    ($($name:ident: $media_type:expr,)+) => {$(
        impl<T> Shape for $name<T> {
            fn shape(description: &mut Description<'_>) {
                parsed(description);
                description.opaque($media_type);
            }
        }

        impl<T: HasSchema> Describe for $name<T> {
            fn describe(description: &mut Description<'_>) {
                parsed(description);
                description.content::<T>($media_type);
            }
        }
    )+};
}

serialized! {
    Json: JSON,
    Form: FORM,
}

fn parsed(description: &mut Description<'_>) {
    description.is_limited = true;
    description.is_parsed = true;
    description.is_exclusive = true;
}

macro_rules! with_status {
    ($($name:ident: $status:ident,)+) => {$(
        impl<R: Shape> Shape for $name<R> {
            fn shape(description: &mut Description<'_>) {
                description.at(StatusCode::$status, "", R::shape);
            }
        }

        impl<R: Describe> Describe for $name<R> {
            fn describe(description: &mut Description<'_>) {
                description.at(StatusCode::$status, "", R::describe);
            }
        }
    )+};
}

with_status! {
    Created: CREATED,
    Accepted: ACCEPTED,
}

impl<R: Shape> Shape for Option<R> {
    fn shape(description: &mut Description<'_>) {
        description.is_optional = true;
        R::shape(description);
    }
}

impl<R: Describe> Describe for Option<R> {
    fn describe(description: &mut Description<'_>) {
        description.is_optional = true;
        R::describe(description);
    }
}

/// The error type declares its own responses. A `StatusCode` or a pair with a status declares none.
impl<R: Describe, E: Describe> Describe for Result<R, E> {
    fn describe(description: &mut Description<'_>) {
        R::describe(description);
        E::describe(description);
    }
}

impl<R: Shape, E> Shape for Result<R, E> {
    fn shape(description: &mut Description<'_>) {
        R::shape(description);
    }
}

/// The body of a failure.
#[derive(Debug)]
pub(crate) struct Problem;

/// A problem document (RFC 9457).
#[derive(Debug)]
struct ProblemDetails;

impl JsonSchema for ProblemDetails {
    fn schema_name() -> Cow<'static, str> {
        "Problem".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A problem document (RFC 9457).",
            "type": "object",
            "properties": {
                "type": { "type": "string" },
                "title": { "type": "string", "description": "The name of the status." },
                "status": { "type": "integer", "minimum": 400, "maximum": 599 },
                "detail": { "type": "string", "description": "What is wrong with the request." },
            },
            "required": ["type", "title", "status"],
        })
    }
}
