//! Reads the fields and files of a form into a struct.

use std::borrow::Cow;
use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;

use serde_core::de::value::{MapAccessDeserializer, SeqDeserializer};
use serde_core::de::{
    self, Deserialize, DeserializeOwned, DeserializeSeed, Deserializer, Error as _,
    IntoDeserializer, MapAccess, Visitor,
};

use super::TempFile;
use crate::error::Failure;
use crate::http::query::{Reason, Values};

/// The name by which this deserializer recognizes a [`TempFile`]. Other deserializers ignore it.
const TEMP_FILE: &str = "$onward::multipart::TempFile";

thread_local! {
    /// The file that is being deserialized. It is passed in this variable, because serde can pass only values of its
    /// data model.
    static FILE: Cell<Option<TempFile>> = const { Cell::new(None) };
}

/// A part of a form that has been read.
pub(super) enum FormValue {
    Text(String),
    File(TempFile),
}

pub(super) fn deserialize<T: DeserializeOwned>(
    values: Vec<(String, FormValue)>,
) -> Result<T, Failure> {
    let mut fields: Vec<(String, FieldValues)> = Vec::new();
    let mut index = HashMap::new();
    for (name, value) in values {
        let place = *index.entry(name.clone()).or_insert(fields.len());
        match fields.get_mut(place) {
            Some((_, known)) => known.0.push(value),
            None => fields.push((name, FieldValues(vec![value]))),
        }
    }
    let fields = Fields {
        fields: fields.into_iter(),
        current: None,
    };
    T::deserialize(MapAccessDeserializer::new(fields)).map_err(|reason| reason.into_form_failure())
}

struct Fields {
    fields: std::vec::IntoIter<(String, FieldValues)>,
    current: Option<(String, FieldValues)>,
}

impl<'de> MapAccess<'de> for Fields {
    type Error = Reason;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Reason> {
        self.current = self.fields.next();
        let Some((name, _)) = &self.current else {
            return Ok(None);
        };
        seed.deserialize(text(name.clone())).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Reason> {
        let (name, values) = self
            .current
            .take()
            .ok_or_else(|| Reason::custom("a value without a name"))?;
        let value = seed.deserialize(values);
        value.map_err(|reason| reason.of_field(&name))
    }
}

/// All values of one name, at least one.
struct FieldValues(Vec<FormValue>);

fn text(value: String) -> Values<'static> {
    Values::one(Cow::Owned(value))
}

impl FieldValues {
    fn first(self) -> Result<FormValue, Reason> {
        let first = self.0.into_iter().next();
        first.ok_or_else(|| Reason::custom("a value is missing"))
    }

    fn text(self) -> Result<Values<'static>, Reason> {
        match self.first()? {
            FormValue::Text(value) => Ok(text(value)),
            FormValue::File(_) => Err(Reason::custom("expected text, found a file")),
        }
    }
}

impl<'de> IntoDeserializer<'de, Reason> for FieldValues {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! as_text {
    ($($deserialize:ident)+) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
            self.text()?.$deserialize(visitor)
        }
    )+};
}

impl<'de> Deserializer<'de> for FieldValues {
    type Error = Reason;

    as_text! {
        deserialize_any deserialize_bool deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier deserialize_map
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_f32 deserialize_f64
    }

    /// Ignores the value without reading it as text, because a field that the struct does not have may be a file.
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        if name != TEMP_FILE {
            return visitor.visit_newtype_struct(self);
        }
        match self.first()? {
            FormValue::Text(_) => Err(Reason::custom("expected a file, found text")),
            FormValue::File(file) => {
                FILE.set(Some(file));
                let taken = visitor.visit_unit();
                FILE.take();
                taken
            }
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Reason> {
        let each = self.0.into_iter().map(|value| Self(vec![value]));
        visitor.visit_seq(SeqDeserializer::new(each))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _len: usize,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.text()?.deserialize_unit_struct(name, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.text()?.deserialize_struct(name, fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Reason> {
        self.text()?.deserialize_enum(name, variants, visitor)
    }
}

impl<'de> Deserialize<'de> for TempFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(TEMP_FILE, TempFileVisitor)
    }
}

struct TempFileVisitor;

impl Visitor<'_> for TempFileVisitor {
    type Value = TempFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file of a multipart form")
    }

    fn visit_unit<E: de::Error>(self) -> Result<TempFile, E> {
        FILE.take()
            .ok_or_else(|| E::custom("a file can be read only from a multipart form"))
    }
}
