//! Functions for the text of messages.

use proc_macro2::TokenStream;

/// Returns tokens as a user would write them, truncated if there are many.
pub(crate) fn source_text(tokens: &TokenStream) -> String {
    short(&written(tokens))
}

/// Returns tokens as a user would write them.
pub(crate) fn written(tokens: &TokenStream) -> String {
    let text = tokens.to_string();
    let tight = [
        (" < ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (":: ", "::"),
        ("! (", "!("),
        ("& ", "&"),
        (" .", "."),
        (" ,", ","),
        (" : ", ": "),
        (" [", "["),
        (" ::<", "::<"),
        ("> (", ">("),
        ("(* ", "(*"),
        (", * ", ", *"),
        ("= * ", "= *"),
    ];
    let text = tight
        .iter()
        .fold(text, |text, (wide, tight)| text.replace(wide, tight));
    match text.strip_prefix("* ") {
        Some(place) => format!("*{place}"),
        None => text,
    }
}

/// Returns the text, or only its first 80 characters and `…` if it is longer.
pub(super) fn short(text: &str) -> String {
    const LONG: usize = 80;
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Returns the edit distance between two words: the least number of changes, each of which replaces, adds or removes a
/// letter, or swaps two neighbors.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_typo_is_one_letter_or_two_swapped() {
        let typos = [
            ("GTE", "GET"),
            ("POTS", "POST"),
            ("PSOT", "POST"),
            ("DELET", "DELETE"),
        ];
        for (typo, word) in typos {
            assert_eq!(distance(typo, word), 1, "{typo}");
        }
        assert_eq!(distance("GET", "PUT"), 2);
        assert_eq!(distance("", "GET"), 3);
    }
}
