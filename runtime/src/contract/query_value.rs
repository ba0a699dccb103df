//! Serializes the parameters of a query with serde.

use std::fmt::{self, Display};

use serde_core::ser::{self, Impossible, Serialize, Serializer};

use super::url::UrlWithQuery;

/// The reason why a value cannot be written into a query.
#[derive(Debug)]
pub(super) struct Unwritable(String);

impl Display for Unwritable {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwritable {}

impl ser::Error for Unwritable {
    #[inline]
    fn custom<T: Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// A serializer that passes each value of one parameter to its function: no value for `None`, and one for each item of
/// a list.
pub(super) struct ValueWriter<'a>(pub(super) &'a mut dyn FnMut(&str));

const VARIANT: &str = "a variant with fields is not a single value";
const FIELDS: &str = "the value is neither a struct nor a map";

/// Writes values with `Display`.
macro_rules! displayed {
    ($($method:ident $ty:ty,)+) => {$(
        #[inline]
        fn $method(self, value: $ty) -> Result<(), Unwritable> {
            (self.0)(&value.to_string());
            Ok(())
        }
    )+};
}

/// Rejects the kinds of values that the serializer does not accept.
macro_rules! rejected {
    ($($method:ident($($argument:ty),*) -> $ok:ident, $what:expr;)+) => {$(
        #[inline]
        fn $method(self, $(_: $argument),*) -> Result<Self::$ok, Unwritable> {
            Err(Unwritable($what.to_owned()))
        }
    )+};
}

impl Serializer for ValueWriter<'_> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Impossible<(), Unwritable>;
    type SerializeStruct = Impossible<(), Unwritable>;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    displayed! {
        serialize_bool bool,
        serialize_i8 i8, serialize_i16 i16, serialize_i32 i32, serialize_i64 i64, serialize_i128 i128,
        serialize_u8 u8, serialize_u16 u16, serialize_u32 u32, serialize_u64 u64, serialize_u128 u128,
        serialize_f32 f32, serialize_f64 f64, serialize_char char, serialize_str &str,
    }

    rejected! {
        serialize_bytes(&[u8]) -> Ok, "bytes are not a single value";
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant, VARIANT;
        serialize_map(Option<usize>) -> SerializeMap, "a map is not a single value";
        serialize_struct(&'static str, usize) -> SerializeStruct, "a struct is not a single value";
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant, VARIANT;
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Unwritable> {
        Ok(())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Unwritable> {
        self.serialize_str("")
    }

    #[inline]
    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Unwritable> {
        self.serialize_str("")
    }

    #[inline]
    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Unwritable> {
        self.serialize_str(variant)
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<(), Unwritable> {
        Err(Unwritable(VARIANT.to_owned()))
    }

    #[inline]
    fn serialize_seq(self, _len: Option<usize>) -> Result<Self, Unwritable> {
        Ok(self)
    }

    #[inline]
    fn serialize_tuple(self, _len: usize) -> Result<Self, Unwritable> {
        Ok(self)
    }

    #[inline]
    fn serialize_tuple_struct(self, _name: &'static str, _len: usize) -> Result<Self, Unwritable> {
        Ok(self)
    }
}

macro_rules! items {
    ($($interface:ident $method:ident,)+) => {$(
        impl ser::$interface for ValueWriter<'_> {
            type Ok = ();
            type Error = Unwritable;

            #[inline]
            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
                value.serialize(ValueWriter(&mut *self.0))
            }

            #[inline]
            fn end(self) -> Result<(), Unwritable> {
                Ok(())
            }
        }
    )+};
}

items! {
    SerializeSeq serialize_element,
    SerializeTuple serialize_element,
    SerializeTupleStruct serialize_field,
}

/// A serializer that writes the fields of a struct or the entries of a map as parameters, and nothing for `None`.
pub(super) struct FieldWriter<'a> {
    url: &'a mut UrlWithQuery,
    /// The key of the entry whose value is next.
    key: String,
}

impl<'a> FieldWriter<'a> {
    #[inline]
    pub(super) fn new(url: &'a mut UrlWithQuery) -> Self {
        Self {
            url,
            key: String::new(),
        }
    }
}

impl Serializer for FieldWriter<'_> {
    type Ok = ();
    type Error = Unwritable;
    type SerializeSeq = Impossible<(), Unwritable>;
    type SerializeTuple = Impossible<(), Unwritable>;
    type SerializeTupleStruct = Impossible<(), Unwritable>;
    type SerializeTupleVariant = Impossible<(), Unwritable>;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Unwritable>;

    rejected! {
        serialize_bool(bool) -> Ok, FIELDS;
        serialize_i8(i8) -> Ok, FIELDS;
        serialize_i16(i16) -> Ok, FIELDS;
        serialize_i32(i32) -> Ok, FIELDS;
        serialize_i64(i64) -> Ok, FIELDS;
        serialize_u8(u8) -> Ok, FIELDS;
        serialize_u16(u16) -> Ok, FIELDS;
        serialize_u32(u32) -> Ok, FIELDS;
        serialize_u64(u64) -> Ok, FIELDS;
        serialize_f32(f32) -> Ok, FIELDS;
        serialize_f64(f64) -> Ok, FIELDS;
        serialize_char(char) -> Ok, FIELDS;
        serialize_str(&str) -> Ok, FIELDS;
        serialize_bytes(&[u8]) -> Ok, FIELDS;
        serialize_unit_variant(&'static str, u32, &'static str) -> Ok, FIELDS;
        serialize_seq(Option<usize>) -> SerializeSeq, FIELDS;
        serialize_tuple(usize) -> SerializeTuple, FIELDS;
        serialize_tuple_struct(&'static str, usize) -> SerializeTupleStruct, FIELDS;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> SerializeTupleVariant, VARIANT;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> SerializeStructVariant, VARIANT;
    }

    #[inline]
    fn serialize_none(self) -> Result<(), Unwritable> {
        Ok(())
    }

    #[inline]
    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_unit(self) -> Result<(), Unwritable> {
        Ok(())
    }

    #[inline]
    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Unwritable> {
        Ok(())
    }

    #[inline]
    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        value.serialize(self)
    }

    #[inline]
    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<(), Unwritable> {
        Err(Unwritable(VARIANT.to_owned()))
    }

    #[inline]
    fn serialize_map(self, _len: Option<usize>) -> Result<Self, Unwritable> {
        Ok(self)
    }

    #[inline]
    fn serialize_struct(self, _name: &'static str, _len: usize) -> Result<Self, Unwritable> {
        Ok(self)
    }
}

impl ser::SerializeStruct for FieldWriter<'_> {
    type Ok = ();
    type Error = Unwritable;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Unwritable> {
        value.serialize(ValueWriter(&mut |value| self.url.push(key, value)))
    }

    #[inline]
    fn end(self) -> Result<(), Unwritable> {
        Ok(())
    }
}

impl ser::SerializeMap for FieldWriter<'_> {
    type Ok = ();
    type Error = Unwritable;

    /// Stores the key, which must be text or a value that has a text form, such as a number.
    #[inline]
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Unwritable> {
        key.serialize(ValueWriter(&mut |key| key.clone_into(&mut self.key)))
    }

    #[inline]
    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritable> {
        value.serialize(ValueWriter(&mut |value| self.url.push(&self.key, value)))
    }

    #[inline]
    fn end(self) -> Result<(), Unwritable> {
        Ok(())
    }
}
