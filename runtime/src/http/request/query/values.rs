//! A deserializer for the values of one name.

use std::borrow::Cow;

use serde_core::de::value::SeqDeserializer;
use serde_core::de::{Deserializer, IntoDeserializer, Visitor};

use super::reason::Reason;

/// All values of one parameter or field.
#[derive(Clone)]
pub(crate) struct Values<'a>(pub(super) Vec<Cow<'a, str>>);

impl<'a> Values<'a> {
    #[cfg(feature = "multipart")]
    #[inline]
    pub(crate) fn one(value: Cow<'a, str>) -> Self {
        Self(vec![value])
    }

    #[inline]
    fn first(self) -> Result<Cow<'a, str>, Reason> {
        self.0.into_iter().next().ok_or(Reason::Missing)
    }
}

impl<'de> IntoDeserializer<'de, Reason> for Values<'_> {
    type Deserializer = Self;

    #[inline]
    fn into_deserializer(self) -> Self {
        self
    }
}

/// Parses values with `FromStr`. The error message quotes the text.
macro_rules! parsed {
    ($($deserialize:ident $context:ident $ty:ident $what:literal,)+) => {$(
        #[inline]
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

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        match self.first()? {
            Cow::Borrowed(text) => visitor.visit_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        if self.0.is_empty() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    #[inline]
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let each = self.0.into_iter().map(|value| Values(vec![value]));
        visitor.visit_seq(SeqDeserializer::new(each))
    }

    #[inline]
    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_seq(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_newtype_struct(self)
    }

    #[inline]
    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_enum(self.first()?.into_deserializer())
    }

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        _visitor: V,
    ) -> Result<V::Value, Reason> {
        Err(Reason::Unreadable)
    }

    #[inline]
    fn deserialize_map<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Reason> {
        Err(Reason::Unreadable)
    }

    serde_core::forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct tuple_struct identifier ignored_any
    }
}
