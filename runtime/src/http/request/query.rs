//! Deserializes query strings and forms with serde: `page=2&tag=new&tag=big`.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;

use http::StatusCode;
use serde::de::value::{MapAccessDeserializer, SeqDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, Visitor,
};

use crate::error::Failure;

/// The maximum number of distinct fields of a form.
const MAX_FIELDS: usize = 10_000;

/// Deserializes the parameter `name` of a query string.
pub(crate) fn parameter<T: DeserializeOwned>(query: &str, name: &str) -> Result<T, Failure> {
    let values = form_urlencoded::parse(query.as_bytes())
        .filter(|(key, _)| key == name)
        .map(|(_, value)| value)
        .collect();
    T::deserialize(Values(values)).map_err(|reason| invalid_parameter(name, &reason))
}

fn invalid_parameter(name: &str, reason: &Reason) -> Failure {
    let message = match reason {
        Reason::Missing => format!("query parameter `{name}` is missing"),
        reason => format!("query parameter `{name}`: {reason}"),
    };
    Failure::new(reason.status(), message).with_field(name)
}

/// Deserializes all parameters of a query string.
pub(crate) fn all<T: DeserializeOwned>(query: &str) -> Result<T, Failure> {
    let fields = FormFields::parse(query.as_bytes(), "query")?;
    T::deserialize(MapAccessDeserializer::new(fields)).map_err(|reason| match reason {
        Reason::Field(name, reason) => invalid_parameter(&name, &reason),
        reason => Failure::new(reason.status(), format!("invalid query: {reason}")),
    })
}

/// Deserializes all fields of a form.
pub(crate) fn form<T: DeserializeOwned>(form: &[u8]) -> Result<T, Failure> {
    let fields = FormFields::parse(form, "form")?;
    T::deserialize(MapAccessDeserializer::new(fields)).map_err(|reason| {
        let failure = Failure::new(reason.status(), format!("invalid form: {reason}"));
        match reason {
            Reason::Field(name, _) => failure.with_field(name),
            _ => failure,
        }
    })
}

/// Why a value cannot be deserialized.
#[derive(Debug)]
enum Reason {
    Missing,
    Wrong(String),
    /// The program requests a type that no text can have.
    Unreadable,
    /// The field with that name is missing or invalid.
    Field(String, Box<Reason>),
}

impl Reason {
    /// A type that cannot be read is not the client's error.
    fn status(&self) -> StatusCode {
        match self {
            Self::Unreadable => StatusCode::INTERNAL_SERVER_ERROR,
            Self::Field(_, reason) => reason.status(),
            Self::Missing | Self::Wrong(_) => StatusCode::BAD_REQUEST,
        }
    }

    fn of_field(self, name: &str) -> Self {
        match self {
            Self::Field(..) => self,
            reason => Self::Field(name.to_owned(), Box::new(reason)),
        }
    }
}

impl fmt::Display for Reason {
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
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Wrong(message.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing.of_field(field)
    }
}

/// The fields of a form. An error names the field that it occurs in.
struct FormFields<'a> {
    fields: std::vec::IntoIter<(Cow<'a, str>, Values<'a>)>,
    current: Option<(Cow<'a, str>, Values<'a>)>,
}

impl<'a> FormFields<'a> {
    /// `what` names the text in an error message.
    fn parse(text: &'a [u8], what: &str) -> Result<Self, Failure> {
        let mut fields: Vec<(Cow<'_, str>, Values<'_>)> = Vec::new();
        let mut index: HashMap<Cow<'_, str>, usize> = HashMap::new();
        for (name, value) in form_urlencoded::parse(text) {
            match index.entry(name) {
                Entry::Occupied(known) => fields[*known.get()].1.0.push(value),
                Entry::Vacant(new) if fields.len() < MAX_FIELDS => {
                    fields.push((new.key().clone(), Values(vec![value])));
                    new.insert(fields.len() - 1);
                }
                Entry::Vacant(_) => {
                    let message = format!("the {what} has more than {MAX_FIELDS} fields");
                    return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, message));
                }
            }
        }
        Ok(Self {
            fields: fields.into_iter(),
            current: None,
        })
    }
}

impl<'de> MapAccess<'de> for FormFields<'_> {
    type Error = Reason;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Reason> {
        self.current = self.fields.next();
        let Some((name, _)) = &self.current else {
            return Ok(None);
        };
        seed.deserialize(Values(vec![name.clone()])).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Reason> {
        let (name, values) = self.current.take().ok_or(Reason::Missing)?;
        let value = seed.deserialize(values);
        value.map_err(|reason| reason.of_field(&name))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.fields.len())
    }
}

/// All values of one parameter or field.
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

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Reason> {
        Err(Reason::Unreadable)
    }

    fn deserialize_map<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Reason> {
        Err(Reason::Unreadable)
    }

    serde::forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
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

    #[derive(Debug, serde::Deserialize)]
    struct Page {
        #[expect(dead_code, reason = "only its type matters")]
        a: Option<u32>,
        #[expect(dead_code, reason = "only its type matters")]
        b: u8,
    }

    #[test]
    fn an_invalid_field_of_a_form_is_named() {
        let failure = |text: &str| {
            let failure = form::<Page>(text.as_bytes()).expect_err("an invalid form");
            let field = failure.field().map(str::to_owned);
            (
                failure.status().as_u16(),
                failure.message().to_owned(),
                field,
            )
        };
        let cases = [
            ("a=&b=1", "field `a`: `` is not a number of type u32", "a"),
            ("b=300", "field `b`: `300` is not a number of type u8", "b"),
            ("a=1", "missing field `b`", "b"),
        ];
        for (text, message, field) in cases {
            let message = format!("invalid form: {message}");
            assert_eq!(failure(text), (400, message, Some(field.to_owned())));
        }
    }

    #[test]
    fn a_struct_cannot_be_read_from_one_value() {
        for query in ["page=1", "page="] {
            let failure = parameter::<Page>(query, "page").expect_err("a struct");
            assert_eq!(failure.status(), StatusCode::INTERNAL_SERVER_ERROR);
            assert!(failure.message().contains("a struct or a map"), "{failure}");
        }
        assert!(parameter::<HashMap<String, String>>("page=1", "page").is_err());
    }

    #[test]
    fn a_form_deserializes_into_a_map() {
        let form = form::<HashMap<String, Vec<u8>>>(b"a=1&b=2&a=3").expect("a valid form");
        assert_eq!(form["a"], [1, 3]);
        assert_eq!(form["b"], [2]);
    }
}
