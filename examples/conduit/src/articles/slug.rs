//! The part of a URL that names an article.

/// Returns the words of a title, in lowercase and separated by `-`. Letters and digits of all scripts are kept.
pub fn slug(title: &str) -> String {
    let lowercase = title.to_lowercase();
    let words = lowercase
        .split(|it: char| !it.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let slug = words.collect::<Vec<_>>().join("-");
    match slug.as_str() {
        "" => "article".to_owned(),
        // `/articles/feed` is another route.
        "feed" => "feed-article".to_owned(),
        _ => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_consists_of_the_words_of_a_title() {
        assert_eq!(
            slug("How to train -- your Dragon?"),
            "how-to-train-your-dragon"
        );
        assert_eq!(slug("Über Café №7"), "über-café-7");
        assert_eq!(slug("…"), "article");
        assert_eq!(slug("Feed!"), "feed-article");
    }
}
