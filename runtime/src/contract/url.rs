//! Writes values into the query of a URL, in the form in which routes read them.

use serde_core::Serialize;

use super::query_value::{FieldWriter, ValueWriter};

/// A URL under construction, to which the parameters of a query are added one by one.
#[derive(Debug)]
pub struct UrlWithQuery {
    url: String,
    has_query: bool,
}

/// The bound of the query parameters of a named route: serde's `Serialize`, with its own error message.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written into the query of a URL",
    label = "the name adds a function that formats the URL of the route",
    note = "add `#[derive(serde::Serialize)]` to the type (serde with its feature `derive`), or remove the name of the \
            route"
)]
pub trait IntoQuery: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize> IntoQuery for T {}

#[doc(hidden)]
impl UrlWithQuery {
    /// Creates a URL from the path.
    #[inline]
    pub fn new(path: impl Into<String>) -> Self {
        Self {
            url: path.into(),
            has_query: false,
        }
    }

    /// Adds a parameter once, not at all for `None`, or once for each item of a list.
    ///
    /// # Panics
    ///
    /// Panics if the value is neither a single value nor a list of single values, for example if it is a struct or a
    /// map. Such a parameter cannot be read from a query either.
    #[must_use]
    #[inline]
    pub fn with<T: IntoQuery>(mut self, key: &str, value: &T) -> Self {
        let mut push = |value: &str| self.push(key, value);
        if let Err(error) = value.serialize(ValueWriter(&mut push)) {
            panic!("query parameter `{key}` cannot be written into a URL: {error}");
        }
        self
    }

    /// Adds a parameter, or nothing for `None`.
    #[must_use]
    #[inline]
    pub fn maybe<T: IntoQuery>(self, key: &str, value: impl Into<Option<T>>) -> Self {
        match value.into() {
            Some(value) => self.with(key, &value),
            None => self,
        }
    }

    /// Adds each field of a struct, or each entry of a map. Adds nothing for `None`.
    ///
    /// # Panics
    ///
    /// Panics if a field is itself a struct or a map, or if the value is neither, for example a number or a list.
    #[must_use]
    #[inline]
    pub fn all<T: IntoQuery>(mut self, fields: &T) -> Self {
        if let Err(error) = fields.serialize(FieldWriter::new(&mut self)) {
            panic!("the fields cannot be written into the query of a URL: {error}");
        }
        self
    }

    /// Returns the URL.
    #[must_use]
    #[inline]
    pub fn finish(self) -> String {
        self.url
    }

    #[inline]
    pub(super) fn push(&mut self, key: &str, value: &str) {
        self.url.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.url
            .extend(form_urlencoded::byte_serialize(key.as_bytes()));
        self.url.push('=');
        self.url
            .extend(form_urlencoded::byte_serialize(value.as_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use super::*;

    #[derive(Serialize)]
    enum Sort {
        #[serde(rename = "name")]
        Name,
    }

    #[derive(Serialize)]
    struct Filter {
        max: Option<u32>,
        min: Option<i128>,
        tag: Vec<&'static str>,
        price: f64,
        sort: Sort,
    }

    #[test]
    fn parameters_are_encoded_and_a_none_is_omitted() {
        let url = UrlWithQuery::new("/products")
            .maybe::<u32>("page", 2)
            .maybe::<u32>("size", None)
            .with("search", &Some("a b&c=é"))
            .with("no", &None::<u8>)
            .with("tag", &["x", "y"])
            .with("sort", &Sort::Name)
            .with("pair", &(1, 'é'))
            .with("yes", &true)
            .finish();
        let expected = "/products?page=2&search=a+b%26c%3D%C3%A9&tag=x&tag=y&sort=name&pair=1&pair=%C3%A9&yes=true";
        assert_eq!(url, expected);
        assert_eq!(UrlWithQuery::new("/").with("a", &None::<u8>).finish(), "/");
    }

    #[test]
    fn fields_are_written_one_by_one() {
        let filter = Filter {
            max: None,
            min: Some(i128::MIN),
            tag: vec!["a", "b"],
            price: 1.5,
            sort: Sort::Name,
        };
        let url = UrlWithQuery::new("/").all(&filter).finish();
        let min = i128::MIN;
        assert_eq!(url, format!("/?min={min}&tag=a&tag=b&price=1.5&sort=name"));
        let map = BTreeMap::from([(7, "x"), (8, "y z")]);
        assert_eq!(UrlWithQuery::new("/").all(&map).finish(), "/?7=x&8=y+z");
        assert_eq!(UrlWithQuery::new("/").all(&None::<Filter>).finish(), "/");
    }

    #[test]
    #[should_panic(expected = "query parameter `map` cannot be written into a URL")]
    fn a_map_as_one_parameter_is_not_left_out_silently() {
        let _ = UrlWithQuery::new("/").with("map", &BTreeMap::from([(1, 2)]));
    }
}
