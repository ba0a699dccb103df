//! The query of a request as values.

use crate::error::Failure;
use crate::http::request::deserializable::Deserializable;
use crate::http::request::query;
use crate::http::request::url::Url;

impl Url {
    /// Parses a query parameter.
    ///
    /// `T` is any type that serde deserializes from text: a number, `bool`, `String`, an enum of unit variants, or your
    /// own type. `Option<T>` is `None` if the parameter is missing, `Vec<T>` collects all its values, and any other
    /// type uses the first one. An empty value, as in `?page=`, counts as missing unless `T` can be read from empty
    /// text. Both names and values are decoded. Node.js: `new URL(req.url, base).searchParams.get(name)`; Express:
    /// `req.query`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the parameter is missing or is not a valid `T`. The message names the parameter.
    /// - `500 Internal Server Error` if `T` is a struct or a map, which cannot be read from a single value. Read the
    ///   fields one by one.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?page=2&tag=new&tag=big").url;
    /// let (page, tags): (u32, Vec<String>) = (url.query("page")?, url.query("tag")?);
    /// assert_eq!((page, tags.len()), (2, 2));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A value that does not parse:
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let error = Request::get("/products?page=two").url.query::<u32>("page").unwrap_err();
    /// assert_eq!(error.message(), "query parameter `page`: `two` is not a number of type u32");
    /// ```
    pub fn query<T: Deserializable>(&self, name: &str) -> Result<T, Failure> {
        query::parameter(self.query_string().unwrap_or_default(), name)
    }

    /// Parses a query parameter, or returns the result of `missing` if the parameter is missing.
    ///
    /// `T` is any type that [`query`](Self::query) accepts. Node.js: `searchParams.get(name) ?? missing`.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if the parameter is not a valid `T`. The message names the parameter.
    /// - `500 Internal Server Error` if `T` is a struct or a map.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?page=2").url;
    /// assert_eq!(url.query_or("page", || 1)?, 2);
    /// assert_eq!(url.query_or("size", || 20)?, 20);
    /// # Ok(())
    /// # }
    /// ```
    pub fn query_or<T: Deserializable>(
        &self,
        name: &str,
        missing: impl FnOnce() -> T,
    ) -> Result<T, Failure> {
        query::parameter_or(self.query_string().unwrap_or_default(), name, missing)
    }

    /// Parses the query parameters that are not in `named` into a struct or a map.
    ///
    /// Each parameter is read as [`query_as`](Self::query_as) reads it. A struct ignores parameters that are not among
    /// its fields, even with serde's `deny_unknown_fields`; `Option<T>` is `None` if there are no parameters. Node.js:
    /// `Object.fromEntries(searchParams)`, which keeps the last value of each name.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if a field is missing or invalid. The message names the parameter.
    /// - The other errors of [`query_as`](Self::query_as).
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::collections::HashMap;
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?page=2&color=red&size=7").url;
    /// let filter: HashMap<String, String> = url.query_rest(&["page"])?;
    /// assert_eq!((filter.len(), filter["color"].as_str()), (2, "red"));
    /// # Ok(())
    /// # }
    /// ```
    pub fn query_rest<T: Deserializable>(&self, named: &[&str]) -> Result<T, Failure> {
        query::rest(self.query_string().unwrap_or_default(), named)
    }

    /// Deserializes the whole query into a struct or a map: [`query_rest`](Self::query_rest) without names.
    ///
    /// Each field is read as [`query`](Self::query) reads it: an `Option` may be missing, and a `Vec` collects all
    /// values. Parameters without a field are ignored. serde's attributes set defaults and other names; for example,
    /// a `Vec` that may be missing needs `#[serde(default)]`. Node.js: no counterpart; Express: `req.query`, which is
    /// text.
    ///
    /// # Errors
    ///
    /// - `400 Bad Request` if a parameter is missing or invalid. The message names the parameter.
    /// - `413 Content Too Large` if there are more than 10,000 distinct parameters.
    /// - `500 Internal Server Error` if a field is a struct or a map.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Filter {
    ///     #[serde(default)]
    ///     page: u32,
    ///     #[serde(default)]
    ///     tag: Vec<String>,
    ///     search: Option<String>,
    /// }
    ///
    /// # fn main() -> Result<()> {
    /// let url = Request::get("/products?tag=new&tag=big&utm_source=mail").url;
    /// let filter: Filter = url.query_as()?;
    /// assert_eq!((filter.page, filter.tag.len(), filter.search), (0, 2, None));
    ///
    /// let error = Request::get("/products?tag=a&page=two").url.query_as::<Filter>().err().unwrap();
    /// assert_eq!(error.message(), "query parameter `page`: `two` is not a number of type u32");
    /// # Ok(())
    /// # }
    /// ```
    pub fn query_as<T: Deserializable>(&self) -> Result<T, Failure> {
        self.query_rest(&[])
    }
}
