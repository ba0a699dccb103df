//! The reasons why a query or a form cannot be deserialized.

use std::fmt;

use http::StatusCode;
use serde_core::de;

use crate::error::Failure;

/// The reason why a value cannot be deserialized.
#[derive(Debug)]
pub(crate) enum Reason {
    Missing,
    Wrong(String),
    /// The program requests a type that cannot be read from a single value.
    Unreadable,
    /// The field with that name is missing or invalid.
    Field(String, Box<Reason>),
}

impl Reason {
    /// Converts the reason to the failure of a form.
    #[inline]
    pub(crate) fn into_form_failure(self) -> Failure {
        let failure = Failure::new(self.status(), format!("invalid form: {self}"));
        match self {
            Self::Field(name, _) => failure.with_field(name),
            _ => failure,
        }
    }

    /// Returns the status of the error: 500 for a type that cannot be read, because that is not the client's fault.
    #[inline]
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Field(_, reason) => reason.status(),
            Self::Missing | Self::Wrong(_) => StatusCode::BAD_REQUEST,
        }
    }

    /// Makes the message name the type that the program requests: serde reads a `usize` as a `u64` and an `isize` as an
    /// `i64`.
    #[inline]
    pub(super) fn with_pointer_size<T>(self) -> Self {
        let Self::Wrong(reason) = self else {
            return self;
        };
        let is_word = |char: char| char.is_alphanumeric() || char == '_';
        let mut words = std::any::type_name::<T>().split(|char| !is_word(char));
        let named = words.find_map(|word| match word {
            "usize" => Some(reason.replace("of type u64", "of type usize")),
            "isize" => Some(reason.replace("of type i64", "of type isize")),
            _ => None,
        });
        Self::Wrong(named.unwrap_or(reason))
    }

    #[inline]
    pub(crate) fn of_field(self, name: &str) -> Self {
        match self {
            Self::Field(..) => self,
            reason => Self::Field(name.to_owned(), Box::new(reason)),
        }
    }
}

impl fmt::Display for Reason {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("a value is missing"),
            Self::Wrong(reason) => f.write_str(reason),
            Self::Unreadable => f.write_str(
                "a struct or a map cannot be read from a single value; read its fields one by one",
            ),
            Self::Field(name, reason) => match **reason {
                Self::Missing => write!(f, "missing field `{name}`"),
                ref reason => write!(f, "field `{name}`: {reason}"),
            },
        }
    }
}

impl std::error::Error for Reason {}

impl de::Error for Reason {
    #[inline]
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Wrong(message.to_string())
    }

    #[inline]
    fn missing_field(field: &'static str) -> Self {
        Self::Missing.of_field(field)
    }
}
