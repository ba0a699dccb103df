//! The fields of a form or of a query, as a deserializer.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use http::StatusCode;
use serde_core::de::value::MapAccessDeserializer;
use serde_core::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::reason::Reason;
use super::values::Values;
use crate::error::Failure;

/// The maximum number of distinct fields of a form or a query.
const MAX_FIELDS: usize = 10_000;

/// The names with all their values, in the order of their first occurrence.
#[derive(Clone)]
pub(super) struct FormFields<'a>(Vec<(Cow<'a, str>, Values<'a>)>);

impl<'a> FormFields<'a> {
    /// Reads all fields except those in `except`. `what` names the text in an error message.
    #[inline]
    pub(super) fn parse(text: &'a [u8], what: &str, except: &[&str]) -> Result<Self, Failure> {
        let mut fields: Vec<(Cow<'_, str>, Values<'_>)> = Vec::new();
        let mut index: HashMap<Cow<'_, str>, usize> = HashMap::new();
        let all = form_urlencoded::parse(text);
        for (name, value) in all.filter(|(name, _)| !except.contains(&name.as_ref())) {
            match index.entry(name) {
                Entry::Occupied(known) => fields[*known.get()].1.0.push(value),
                Entry::Vacant(new) if fields.len() < MAX_FIELDS => {
                    fields.push((new.key().clone(), Values(vec![value])));
                    new.insert(fields.len() - 1);
                }
                Entry::Vacant(_) => {
                    let what = format!("the {what} has more than {MAX_FIELDS} fields");
                    return Err(Failure::new(StatusCode::PAYLOAD_TOO_LARGE, what));
                }
            }
        }
        Ok(Self(fields))
    }

    /// Removes the empty values of a field. Returns whether there were any.
    #[inline]
    pub(super) fn drop_empty(&mut self, name: &str) -> bool {
        let Some(at) = self.0.iter().position(|(known, _)| known == name) else {
            return false;
        };
        let values = &mut self.0[at].1.0;
        let before = values.len();
        values.retain(|value| !value.is_empty());
        let dropped = values.len() < before;
        if values.is_empty() {
            self.0.remove(at);
        }
        dropped
    }

    #[inline]
    pub(super) fn into_map(self) -> MapAccessDeserializer<FormFieldAccess<'a>> {
        MapAccessDeserializer::new(FormFieldAccess {
            fields: self.0.into_iter(),
            current: None,
        })
    }
}

/// A struct receives only the parameters that have the names of its fields, so that `deny_unknown_fields` does not
/// reject a parameter that a link or a cache has added.
impl<'de> Deserializer<'de> for FormFields<'_> {
    type Error = Reason;

    #[inline]
    fn deserialize_struct<V: Visitor<'de>>(
        mut self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.0.retain(|(name, _)| fields.contains(&name.as_ref()));
        visitor.visit_map(FormFieldAccess {
            fields: self.0.into_iter(),
            current: None,
        })
    }

    #[inline]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        self.into_map().deserialize_any(visitor)
    }

    /// Deserializes an `Option<T>`, which is `None` if there are no fields.
    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        if self.0.is_empty() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        visitor.visit_newtype_struct(self)
    }

    serde_core::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// The fields as the entries of a map. An error names the field in which it occurs.
pub(super) struct FormFieldAccess<'a> {
    fields: std::vec::IntoIter<(Cow<'a, str>, Values<'a>)>,
    current: Option<(Cow<'a, str>, Values<'a>)>,
}

impl<'de> MapAccess<'de> for FormFieldAccess<'_> {
    type Error = Reason;

    #[inline]
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

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Reason> {
        let (name, values) = self.current.take().ok_or(Reason::Missing)?;
        let value = seed.deserialize(values);
        value.map_err(|reason| reason.of_field(&name))
    }

    #[inline]
    fn size_hint(&self) -> Option<usize> {
        Some(self.fields.len())
    }
}
