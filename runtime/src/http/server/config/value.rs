//! The value of an option.

use std::fmt;
use std::time::Duration;

use serde_core::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::error::OptionsError;

/// A value as it was written.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    /// The value of an environment variable, which may represent any type.
    Variable(String),
    Number(u64),
    Flag(bool),
    List(Vec<String>),
    /// A value that no option accepts.
    Other(String),
}

/// The units of times, in milliseconds.
const TIMES: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

/// The units of sizes, in bytes.
const SIZES: [(&str, u64); 7] = [
    ("B", 1),
    ("kB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

impl Value {
    /// Returns whether the value disables a limit.
    pub(super) fn is_off(&self) -> bool {
        self.text() == Some("off")
    }

    pub(super) fn time(&self) -> Result<Duration, OptionsError> {
        let millis = self.text().and_then(|text| with_unit(text, &TIMES));
        let time = millis.map(Duration::from_millis);
        time.ok_or_else(|| self.unexpected("a time such as `30s`"))
    }

    pub(super) fn size(&self) -> Result<usize, OptionsError> {
        let bytes = match self.number() {
            Some(bytes) => Some(bytes),
            None => self.text().and_then(|text| with_unit(text, &SIZES)),
        };
        let size = bytes.and_then(|bytes| usize::try_from(bytes).ok());
        size.ok_or_else(|| self.unexpected("a size such as `64KiB`"))
    }

    pub(super) fn count<T: TryFrom<u64>>(&self) -> Result<T, OptionsError> {
        let count = self.number().and_then(|number| T::try_from(number).ok());
        count.ok_or_else(|| self.unexpected("a number such as `100`"))
    }

    pub(super) fn flag(&self) -> Result<bool, OptionsError> {
        match self {
            Self::Flag(flag) => Ok(*flag),
            Self::Variable(text) if text == "true" => Ok(true),
            Self::Variable(text) if text == "false" => Ok(false),
            _ => Err(self.unexpected("`true` or `false`")),
        }
    }

    pub(super) fn list(&self) -> Result<Vec<String>, OptionsError> {
        match self {
            Self::List(items) => Ok(items.clone()),
            Self::Variable(text) if text.is_empty() => Ok(Vec::new()),
            Self::Variable(text) => Ok(text.split(',').map(|it| it.trim().to_owned()).collect()),
            _ => Err(self.unexpected("a list of networks such as `10.0.0.0/8`")),
        }
    }

    /// Returns permissions that are written in octal digits.
    #[cfg(unix)]
    pub(super) fn mode(&self) -> Result<u32, OptionsError> {
        let is_octal = |text: &&str| text.bytes().all(|it| it.is_ascii_digit());
        let mode = self.text().filter(is_octal);
        let mode = mode.and_then(|text| u32::from_str_radix(text, 8).ok());
        mode.filter(|mode| *mode <= 0o777)
            .ok_or_else(|| self.unexpected("permissions such as `\"660\"`"))
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Variable(text) => Some(text),
            _ => None,
        }
    }

    fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Variable(text) => digits(text),
            _ => None,
        }
    }

    fn unexpected(&self, expected: &str) -> OptionsError {
        OptionsError::new(format!("expected {expected}, found {self}"))
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) | Self::Variable(text) => write!(f, "`{text}`"),
            Self::Number(number) => write!(f, "`{number}`"),
            Self::Flag(flag) => write!(f, "`{flag}`"),
            Self::List(_) => f.write_str("a list"),
            Self::Other(what) => f.write_str(what),
        }
    }
}

/// Parses a number and a unit, without anything between them.
fn with_unit(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let end = text.bytes().position(|it| !it.is_ascii_digit())?;
    let (number, unit) = text.split_at_checked(end)?;
    let (_, factor) = units.iter().find(|(name, _)| *name == unit)?;
    digits(number)?.checked_mul(*factor)
}

/// Parses digits. Unlike `parse`, it does not accept a sign.
fn digits(text: &str) -> Option<u64> {
    let is_number = text.bytes().all(|it| it.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

/// A visitor that accepts every value, so that the error can name the key.
struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the value of an option")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Flag(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(match u64::try_from(value) {
            Ok(value) => Value::Number(value),
            Err(_) => Value::Other(format!("`{value}`")),
        })
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Other(format!("`{value}`")))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other("nothing".to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Some(Vec::new());
        while let Some(item) = items.next_element()? {
            match (item, &mut list) {
                (Value::Text(text), Some(list)) => list.push(text),
                _ => list = None,
            }
        }
        let other = || Value::Other("a list of other values".to_owned());
        Ok(list.map_or_else(other, Value::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a table".to_owned()))
    }
}
