//! Deserializes query strings and forms with serde: `page=2&tag=new&tag=big`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use http::StatusCode;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeOwned, Deserializer, IntoDeserializer, Visitor};

use crate::error::Failure;

/// The most distinct fields of a form.
const MAX_FIELDS: usize = 10_000;

/// Deserializes the parameter `name` of a query string.
pub(crate) fn parameter<T: DeserializeOwned>(query: &str, name: &str) -> Result<T, Failure> {
    let values = form_urlencoded::parse(query.as_bytes())
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value)
        .collect();
    T::deserialize(Values(values)).map_err(|reason| {
        let message = match reason {
            Reason::Missing => format!("query parameter `{name}` is missing"),
            Reason::Wrong(reason) => format!("query parameter `{name}`: {reason}"),
        };
        Failure::bad_request(message).with_field(name)
    })
}

/// Deserializes all fields of a form.
pub(crate) fn form<T: DeserializeOwned>(form: &[u8]) -> Result<T, Failure> {
    let mut fields: Vec<(Cow<'_, str>, Values<'_>)> = Vec::new();
    let mut index: HashMap<Cow<'_, str>, usize> = HashMap::new();
    for (name, value) in form_urlencoded::parse(form) {
        match index.entry(name) {
            Entry::Occupied(known) => fields[*known.get()].1.0.push(value),
            Entry::Vacant(new) if fields.len() < MAX_FIELDS => {
                fields.push((new.key().clone(), Values(vec![value])));
                new.insert(fields.len() - 1);
            }
            Entry::Vacant(_) => {
                let what = format!("the form has more than {MAX_FIELDS} fields");
                return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, what));
            }
        }
    }
    T::deserialize(MapDeserializer::new(fields.into_iter()))
        .map_err(|reason| Failure::bad_request(format!("invalid form: {reason}")))
}

/// Why a value cannot be deserialized.
#[derive(Debug)]
enum Reason {
    Missing,
    Wrong(String),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("a value is missing"),
            Self::Wrong(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Reason {}

impl de::Error for Reason {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Wrong(message.to_string())
    }
}

/// All values of one name.
struct Values<'a>(Vec<Cow<'a, str>>);

impl<'a> Values<'a> {
    fn first(self) -> Result<Cow<'a, str>, Reason> {
        self.0.into_iter().next().ok_or(Reason::Missing)
    }
}

impl<'de> IntoDeserializer<'de, Reason> for Values<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Parses numbers with `FromStr`, with an error message that quotes the text.
macro_rules! parsed {
    ($($deserialize:ident $context:ident $ty:ident $what:literal,)+) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
            let text = self.first()?;
            match text.parse::<$ty>() {
                Ok(value) => visitor.$context(value),
                Err(_) => Err(Reason::Wrong(format!("`{text}` is not {}", $what))),
            }
        }
    )+};
}

impl<'de> Deserializer<'de> for Values<'_> {
    type Error = Reason;

    parsed! {
        deserialize_bool visit_bool bool "`true` or `false`",
        deserialize_u8 visit_u8 u8 "a number of type u8",
        deserialize_u16 visit_u16 u16 "a number of type u16",
        deserialize_u32 visit_u32 u32 "a number of type u32",
        deserialize_u64 visit_u64 u64 "a number of type u64",
        deserialize_u128 visit_u128 u128 "a number of type u128",
        deserialize_i8 visit_i8 i8 "a number of type i8",
        deserialize_i16 visit_i16 i16 "a number of type i16",
        deserialize_i32 visit_i32 i32 "a number of type i32",
        deserialize_i64 visit_i64 i64 "a number of type i64",
        deserialize_i128 visit_i128 i128 "a number of type i128",
        deserialize_f32 visit_f32 f32 "a number",
        deserialize_f64 visit_f64 f64 "a number",
        deserialize_char visit_char char "a single character",
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        match self.first()? {
            Cow::Borrowed(text) => visitor.visit_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        if self.0.is_empty() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let each = self.0.into_iter().map(|value| Values(vec![value]));
        visitor.visit_seq(SeqDeserializer::new(each))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_enum(self.first()?.into_deserializer())
    }

    serde::forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;
    use std::net::IpAddr;

    use super::*;

    fn reason<T: DeserializeOwned + fmt::Debug>(query: &str, name: &str) -> String {
        parameter::<T>(query, name)
            .expect_err("an invalid parameter")
            .message()
            .to_owned()
    }

    #[test]
    fn values_are_percent_decoded() {
        assert_eq!(
            parameter::<String>("q=a+b%26c&q=second", "q")
                .ok()
                .as_deref(),
            Some("a b&c")
        );
        assert_eq!(parameter::<i64>("n=-7", "n").ok(), Some(-7));
        assert_eq!(parameter::<bool>("n=true", "n").ok(), Some(true));
        assert_eq!(parameter::<char>("n=%C3%A9", "n").ok(), Some('é'));
        assert_eq!(
            parameter::<IpAddr>("n=::1", "n").ok(),
            Some(IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1]))
        );
    }

    #[test]
    fn a_missing_parameter_is_none_or_an_error() {
        assert_eq!(parameter::<Option<u8>>("a=1", "b").ok(), Some(None));
        assert_eq!(parameter::<Option<u8>>("b=1", "b").ok(), Some(Some(1)));
        assert_eq!(parameter::<Vec<u8>>("a=1", "b").ok(), Some(vec![]));
        assert_eq!(reason::<u8>("a=1", "b"), "query parameter `b` is missing");
    }

    #[test]
    fn an_invalid_value_is_quoted_in_the_error() {
        assert_eq!(
            reason::<u8>("b=300", "b"),
            "query parameter `b`: `300` is not a number of type u8"
        );
        assert_eq!(
            reason::<Option<u8>>("b=", "b"),
            "query parameter `b`: `` is not a number of type u8"
        );
        assert_eq!(
            reason::<bool>("b=yes", "b"),
            "query parameter `b`: `yes` is not `true` or `false`"
        );
        assert_eq!(
            reason::<Vec<u8>>("b=1&b=x", "b"),
            "query parameter `b`: `x` is not a number of type u8"
        );
    }

    #[test]
    fn a_form_deserializes_into_a_map() {
        let form = form::<HashMap<String, Vec<u8>>>(b"a=1&b=2&a=3").expect("a valid form");
        assert_eq!(form["a"], [1, 3]);
        assert_eq!(form["b"], [2]);
    }
}
