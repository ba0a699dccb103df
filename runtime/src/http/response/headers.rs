//! The headers of an answer.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::{Response, ResponseStage};
use crate::error::Error;
use crate::http::headers::IntoHeaderValues;
use crate::http::headers::lazy_map;

impl Response {
    /// Sets a header, in place of others of that name. Node: `setHeader`.
    ///
    /// The value is text, a number or a `HeaderValue`; several of them make as many headers ([`IntoHeaderValues`]). If name
    /// or value cannot be a header (a value from outside may hold a line break), the answer becomes a 500, and
    /// [`event::Error`](crate::http::event::Error) says which header it was. After the head is written the call changes
    /// nothing and is reported likewise.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-request-id", 7);
    /// res.set_header(http::header::CACHE_CONTROL, "no-store");
    /// res.set_header("set-cookie", ["a=1", "b=2"]);
    /// assert_eq!(res.get_header("x-request-id").unwrap(), "7");
    /// ```
    ///
    /// A name that is a constant (`http::header::…`, or `HeaderName::from_static` in a `const`) is checked by the
    /// compiler and costs nothing to set, and so is a value that is one (`HeaderValue::from_static`).
    ///
    /// ```
    /// use onward::prelude::*;
    /// use onward::http::{HeaderName, HeaderValue};
    ///
    /// const VERSION: HeaderName = HeaderName::from_static("x-version");
    /// const ONE: HeaderValue = HeaderValue::from_static("1");
    ///
    /// let mut res = Response::new();
    /// res.set_header(VERSION, ONE);
    /// assert!(res.has_header("x-version"));
    /// ```
    pub fn set_header<N, V>(&mut self, name: N, values: V) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        if let Some(name) = self.settable(header_name(name)) {
            let mut field = Field::new(&mut self.headers, name);
            field.replaces = true;
            values.each(&mut |value| field.add(value));
            let set = field.end();
            self.unless_rejected(set);
        }
        self
    }

    /// Adds a header, beside others of that name. Node: `appendHeader`. A header that is not valid is treated as
    /// [`set_header`](Self::set_header) does.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.append_header("set-cookie", "a=1");
    /// res.append_header("set-cookie", "b=2");
    /// assert_eq!(res.headers().get_all("set-cookie").iter().count(), 2);
    /// ```
    pub fn append_header<N, V>(&mut self, name: N, values: V) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        if let Some(name) = self.settable(header_name(name)) {
            let mut field = Field::new(&mut self.headers, name);
            values.each(&mut |value| field.add(value));
            let added = field.end();
            self.unless_rejected(added);
        }
        self
    }

    /// Removes a header and returns its (first) value. Node: `removeHeader`. After the head is written it changes
    /// nothing.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-a", "1");
    /// assert_eq!(res.remove_header("x-a").unwrap(), "1");
    /// assert!(!res.has_header("x-a"));
    /// ```
    pub fn remove_header(&mut self, name: impl http::header::AsHeaderName) -> Option<HeaderValue> {
        match self.stage {
            ResponseStage::Open => self.headers.remove(name),
            _ => None,
        }
    }

    /// Removes headers.
    pub(crate) fn unset(&mut self, names: &[HeaderName]) {
        if self.stage == ResponseStage::Open {
            for name in names {
                lazy_map::unset(&mut self.headers, name.clone());
            }
        }
    }

    /// The (first) value of a header that was set. Node: `getHeader`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().get_header("etag").is_none());
    /// ```
    pub fn get_header(&self, name: impl http::header::AsHeaderName) -> Option<&HeaderValue> {
        self.headers.get(name)
    }

    /// Whether a header was set. Node: `hasHeader`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(!Response::new().has_header("etag"));
    /// ```
    pub fn has_header(&self, name: impl http::header::AsHeaderName) -> bool {
        self.headers.contains_key(name)
    }

    /// The names of the headers that were set, each once, in lower case. Node: `getHeaderNames`.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("ETag", "\"7\"");
    /// res.append_header("vary", "accept").append_header("vary", "origin");
    /// assert!(res.header_names().eq(["etag", "vary"]));
    /// ```
    pub fn header_names(&self) -> impl Iterator<Item = &str> {
        self.headers.keys().map(HeaderName::as_str)
    }

    /// All headers that were set. Node: `getHeaders`. What the connection adds (`date`, `content-length`, …) is not
    /// among them.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().headers().is_empty());
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The name, unless it is none or headers cannot be set any more.
    fn settable(&mut self, name: Result<HeaderName, Error>) -> Option<HeaderName> {
        match name {
            Ok(name) if self.stage == ResponseStage::Open => Some(name),
            Ok(name) => {
                self.late(&name);
                None
            }
            Err(error) => {
                self.reject(error);
                None
            }
        }
    }

    pub(crate) fn unless_rejected(&mut self, set: Result<(), Error>) {
        if let Err(error) = set {
            self.reject(error);
        }
    }

    fn late(&self, name: &HeaderName) {
        let late = format!("the header `{name}` was set after the head had been written");
        self.report(&Error::new(StatusCode::INTERNAL_SERVER_ERROR, late));
    }
}

/// Adds the values of one header to a map, one after the other.
struct Field<'a> {
    headers: &'a mut HeaderMap,
    name: HeaderName,
    /// The next value goes in place of those that are there.
    replaces: bool,
    /// Why the first one that is not valid is not.
    invalid: Option<http::Error>,
}

impl<'a> Field<'a> {
    fn new(headers: &'a mut HeaderMap, name: HeaderName) -> Self {
        Self {
            headers,
            name,
            replaces: false,
            invalid: None,
        }
    }

    fn add(&mut self, value: Result<HeaderValue, http::Error>) {
        match value {
            Ok(value) if std::mem::take(&mut self.replaces) => {
                lazy_map::set(self.headers, self.name.clone(), value);
            }
            Ok(value) => {
                self.headers.append(self.name.clone(), value);
            }
            Err(error) => drop(self.invalid.get_or_insert(error)),
        }
    }

    /// Says which header was not valid.
    fn end(self) -> Result<(), Error> {
        let invalid = self.invalid.map(|source| {
            let what = format!("the value of the header `{}` is not valid", self.name);
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(source)
        });
        if self.replaces {
            // There was no value.
            lazy_map::unset(self.headers, self.name);
        }
        invalid.map_or(Ok(()), Err)
    }
}

/// Adds a header to a map.
pub(crate) fn add<N, V>(headers: &mut HeaderMap, name: N, values: V) -> Result<(), Error>
where
    N: TryInto<HeaderName, Error: Into<http::Error>>,
    V: IntoHeaderValues,
{
    let mut field = Field::new(headers, header_name(name)?);
    values.each(&mut |value| field.add(value));
    field.end()
}

fn header_name<N>(name: N) -> Result<HeaderName, Error>
where
    N: TryInto<HeaderName, Error: Into<http::Error>>,
{
    name.try_into().map_err(|error| invalid_name(error.into()))
}

fn invalid_name(source: http::Error) -> Error {
    let what = "a header's name is not valid";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(source)
}
