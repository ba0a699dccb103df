//! Rules for the fields of bodies.

use crate::error::ConduitError;
use serde::{Deserialize, Deserializer};

/// Checks that a text is not blank.
pub fn required(field: &'static str, text: &str) -> Result<(), ConduitError> {
    match text.trim() {
        "" => Err(ConduitError::invalid(field, "can't be blank")),
        _ => Ok(()),
    }
}

/// Checks that a password is not blank and has at least 8 characters, as NIST SP 800-63B, 5.1.1.2, requires.
pub fn password(text: &str) -> Result<(), ConduitError> {
    required("password", text)?;
    match text.chars().count() {
        8.. => Ok(()),
        _ => Err(ConduitError::invalid(
            "password",
            "is too short (minimum is 8 characters)",
        )),
    }
}

/// Reads a field of a change as a `T`, so that `null` is allowed only if `T` is an `Option`. The field also needs
/// serde's attribute `default`, so that a missing field is `None`.
pub fn change<'de, T, D>(field: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(field).map(Some)
}
