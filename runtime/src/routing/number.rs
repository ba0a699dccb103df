//! Checks how a number in a path is written: an integer has only one accepted form.

use std::any::TypeId;
use std::num::NonZero;

/// Returns whether `text` is an accepted spelling of its value as a `T`, which is always true if `T` is not a number of
/// the standard library. An integer has only one; a float may have more digits than necessary.
///
/// `FromStr` of the standard library also accepts `007` and `+7` for 7: several URLs for one resource, which caches and
/// access rules treat as different resources.
#[inline]
pub(super) fn has_one_spelling<T: 'static>(text: &str) -> bool {
    match kind_of::<T>() {
        Kind::Integer => is_canonical_integer(text),
        Kind::Float => is_decimal(text),
        Kind::Other => true,
    }
}

enum Kind {
    Integer,
    Float,
    Other,
}

/// Returns the kind of a type. The comparisons are evaluated at compile time.
#[inline]
fn kind_of<T: 'static>() -> Kind {
    macro_rules! is_one_of {
        ($($ty:ty),*) => {
            $(TypeId::of::<T>() == TypeId::of::<$ty>()
                || TypeId::of::<T>() == TypeId::of::<NonZero<$ty>>())||*
        };
    }
    if is_one_of!(
        u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize
    ) {
        Kind::Integer
    } else if TypeId::of::<T>() == TypeId::of::<f32>() || TypeId::of::<T>() == TypeId::of::<f64>() {
        Kind::Float
    } else {
        Kind::Other
    }
}

/// Returns whether `text` is `0`, or digits without a leading zero after an optional `-`. Parsing checks the digits.
fn is_canonical_integer(text: &str) -> bool {
    match text.as_bytes() {
        [b'+', ..] | [b'-', b'0', ..] => false,
        [b'0', rest @ ..] => rest.is_empty(),
        _ => true,
    }
}

/// Returns whether `text` is an optional `-`, an integer without leading zeros and an optional fraction, as `Display`
/// writes finite numbers.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
    is_digits(whole) && !has_leading_zero && fraction.is_none_or(is_digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_have_no_plus_and_no_leading_zeros() {
        for text in ["0", "7", "70", "-7", "-70"] {
            assert!(has_one_spelling::<i32>(text), "{text}");
        }
        for text in ["+7", "007", "00", "-0", "-07", "+0"] {
            assert!(!has_one_spelling::<i32>(text), "{text}");
            assert!(!has_one_spelling::<NonZero<u128>>(text), "{text}");
        }
    }

    #[test]
    fn floats_are_decimal() {
        for value in [0.0, -0.0, 1.5, -20.25, 1e-7, 1e300] {
            assert!(has_one_spelling::<f64>(&f64::to_string(&value)), "{value}");
        }
        for text in [
            "+1.5", "01.5", ".5", "5.", "1e3", "inf", "NaN", "-", "-.5", "",
        ] {
            assert!(!has_one_spelling::<f32>(text), "{text}");
        }
    }

    #[test]
    fn other_types_are_not_restricted() {
        for text in ["007", "+7"] {
            assert!(has_one_spelling::<String>(text));
            assert!(has_one_spelling::<char>(text));
        }
    }
}
