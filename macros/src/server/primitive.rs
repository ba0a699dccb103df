//! The primitive types, and the ranges of the integer types.

/// Returns whether the word is the name of a primitive type.
pub(crate) fn is_primitive(word: &str) -> bool {
    let bits = word.strip_prefix(['u', 'i', 'f']).unwrap_or_default();
    let is_number = !bits.is_empty() && bits.chars().all(|it| it.is_ascii_digit());
    is_number || matches!(word, "bool" | "char" | "usize" | "isize")
}

/// Returns whether the text is an integer of a type with this many bits: digits, after a `-` if the type is signed.
/// This function replaces `parse`, whose code rustc would compile for each of the ten types.
pub(crate) fn fits(text: &str, is_signed: bool, bits: u32) -> bool {
    let magnitude = text.strip_prefix('-');
    let digits = magnitude.unwrap_or(text);
    let Ok(value) = digits.parse::<u128>() else {
        return false;
    };
    let max = u128::MAX >> (128 - bits + u32::from(is_signed));
    match magnitude {
        None => value <= max,
        Some(_) => is_signed && value <= max + 1,
    }
}

/// Returns whether the digits are written like `7`, and not like `007`, `+7` or `-0`: each integer has one spelling.
pub(crate) fn is_canonical(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    text == "0" || !digits.starts_with(['0', '+'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_not_a_primitive_type() {
        for word in ["u8", "i128", "f64", "bool", "char", "usize"] {
            assert!(is_primitive(word), "{word}");
        }
        for word in ["u", "i", "f", "", "u8x", "String"] {
            assert!(!is_primitive(word), "{word}");
        }
    }

    #[test]
    fn the_limits_of_each_type_fit_and_their_neighbors_do_not() {
        for (is_signed, bits, min, max, below, above) in [
            (false, 8, "0", "255", "-1", "256"),
            (true, 8, "-128", "127", "-129", "128"),
            (false, 16, "0", "65535", "-0", "65536"),
            (
                true,
                64,
                "-9223372036854775808",
                "9223372036854775807",
                "-9223372036854775809",
                "9223372036854775808",
            ),
            (
                false,
                128,
                "0",
                "340282366920938463463374607431768211455",
                "",
                "340282366920938463463374607431768211456",
            ),
            (
                true,
                128,
                "-170141183460469231731687303715884105728",
                "170141183460469231731687303715884105727",
                "-",
                "170141183460469231731687303715884105728",
            ),
        ] {
            assert!(fits(min, is_signed, bits), "{min}");
            assert!(fits(max, is_signed, bits), "{max}");
            assert!(!fits(below, is_signed, bits), "{below}");
            assert!(!fits(above, is_signed, bits), "{above}");
        }
    }

    #[test]
    fn canonical_integers_have_one_spelling() {
        for text in ["0", "7", "10", "-7"] {
            assert!(is_canonical(text), "{text}");
        }
        for text in ["00", "007", "+7", "-0", "-07"] {
            assert!(!is_canonical(text), "{text}");
        }
    }
}
