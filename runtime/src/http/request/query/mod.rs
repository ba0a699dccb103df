//! Deserializes query strings and forms with serde: `page=2&tag=new&tag=big`.
//!
//! In a query, an empty parameter (`?page=`) counts as missing unless its type can be read from empty text, because
//! browsers send empty parameters for inputs that are not filled in.

mod fields;
mod reason;
#[cfg(test)]
mod tests;
mod values;

use std::borrow::Cow;

use serde_core::de::DeserializeOwned;

use self::fields::FormFields;
pub(crate) use self::reason::Reason;
pub(crate) use self::values::Values;
use crate::error::Failure;

/// Deserializes the parameter `name` of a query string.
#[inline]
pub(crate) fn parameter<T: DeserializeOwned>(query: &str, name: &str) -> Result<T, Failure> {
    read::<T>(values(query, name)).map_err(|reason| parameter_failure(name, &reason))
}

/// Deserializes the parameter `name` of a query string, or returns the result of `missing` if the parameter is missing.
#[inline]
pub(crate) fn parameter_or<T: DeserializeOwned>(
    query: &str,
    name: &str,
    missing: impl FnOnce() -> T,
) -> Result<T, Failure> {
    let values = values(query, name);
    if values.is_empty() {
        return Ok(missing());
    }
    match read(values) {
        Ok(value) => Ok(value),
        Err(Reason::Missing) => Ok(missing()),
        Err(reason) => Err(parameter_failure(name, &reason)),
    }
}

/// Deserializes the parameters of a query string that are not in `named` into a struct or a map.
#[inline]
pub(crate) fn rest<T: DeserializeOwned>(query: &str, named: &[&str]) -> Result<T, Failure> {
    /// The maximum number of empty fields that count as missing. It limits the work, because each of them requires
    /// another attempt.
    const MAX_EMPTY: usize = 32;
    let mut fields = FormFields::parse(query.as_bytes(), "query", named)?;
    let mut attempts = 0;
    loop {
        let reason = match T::deserialize(fields.clone()) {
            Ok(value) => return Ok(value),
            Err(reason) => reason,
        };
        attempts += 1;
        if let Reason::Field(name, _) = &reason
            && attempts <= MAX_EMPTY
            && fields.drop_empty(name)
        {
            continue;
        }
        return Err(match reason {
            Reason::Field(name, reason) => parameter_failure(&name, &reason),
            reason => Failure::new(reason.status(), format!("invalid query: {reason}")),
        });
    }
}

/// Deserializes all fields of a form.
#[inline]
pub(crate) fn form<T: DeserializeOwned>(form: &[u8]) -> Result<T, Failure> {
    let fields = FormFields::parse(form, "form", &[])?;
    T::deserialize(fields.into_map()).map_err(Reason::into_form_failure)
}

/// Returns whether a parameter of this type is required.
#[inline]
pub(crate) fn is_required<T: DeserializeOwned>() -> bool {
    T::deserialize(Values(Vec::new())).is_err()
}

/// Returns whether a query without parameters cannot be read as this type.
#[inline]
pub(crate) fn is_rest_required<T: DeserializeOwned>() -> bool {
    rest::<T>("", &[]).is_err()
}

/// Returns the values of all parameters with this name.
#[inline]
fn values<'a>(query: &'a str, name: &str) -> Vec<Cow<'a, str>> {
    let parameters = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
    parameters.map(|(_, value)| value).collect()
}

#[inline]
fn read<T: DeserializeOwned>(values: Vec<Cow<'_, str>>) -> Result<T, Reason> {
    let given = values.iter().filter(|value| !value.is_empty());
    let given: Option<Vec<_>> =
        (given.clone().count() < values.len()).then(|| given.cloned().collect());
    let read = match (T::deserialize(Values(values)), given) {
        (Err(_), Some(given)) => T::deserialize(Values(given)),
        (read, _) => read,
    };
    read.map_err(|reason| reason.with_pointer_size::<T>())
}

#[inline]
fn parameter_failure(name: &str, reason: &Reason) -> Failure {
    let message = match reason {
        Reason::Missing => format!("query parameter `{name}` is missing"),
        reason => format!("query parameter `{name}`: {reason}"),
    };
    Failure::new(reason.status(), message).with_field(name)
}
