//! Formats numbers for readers.

/// Formats a number with up to three significant digits (`4.04`, `12.2`, `999`), or, from 1,000 on, as a whole number
/// with thousands separators (`18,219`).
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "n/a".to_owned();
    }
    if value.abs() >= 1000.0 {
        return thousands(value);
    }
    let digits = match value.abs() {
        size if size < 9.995 => 2,
        size if size < 99.95 => 1,
        _ => 0,
    };
    let text = format!("{value:.digits$}");
    if text
        .trim_start_matches('-')
        .trim_matches(['0', '.'])
        .is_empty()
    {
        return "0".to_owned();
    }
    text
}

fn thousands(value: f64) -> String {
    let digits = format!("{:.0}", value.abs());
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if value < 0.0 {
        format!("-{text}")
    } else {
        text
    }
}

/// Formats a number and its ratio to `ours`, if the ratio is finite: `29.0 (3.7×)`.
pub fn with_ratio(value: f64, ours: f64) -> String {
    if value.is_nan() {
        return "n/a".to_owned();
    }
    let ratio = value / ours;
    if !ratio.is_finite() {
        return number(value);
    }
    let digits = match ratio {
        ratio if ratio < 2.0 => 2,
        ratio if ratio < 10.0 => 1,
        _ => 0,
    };
    format!("{} ({ratio:.digits$}×)", number(value))
}

#[cfg(test)]
mod tests {
    use super::{number, with_ratio};

    #[test]
    fn numbers_have_up_to_three_significant_digits() {
        let all = [0.0, 0.26, 4.036, 12.24, 76.4, 999.4, 18219.0, 1_234_567.0];
        let formatted = all.map(number);
        assert_eq!(
            formatted,
            [
                "0",
                "0.26",
                "4.04",
                "12.2",
                "76.4",
                "999",
                "18,219",
                "1,234,567"
            ]
        );
    }

    #[test]
    fn a_ratio_to_zero_is_omitted() {
        assert_eq!(with_ratio(3.0, 0.0), "3.00");
        assert_eq!(with_ratio(5.0, 4.0), "5.00 (1.25×)");
        assert_eq!(with_ratio(f64::NAN, 4.0), "n/a");
    }
}
