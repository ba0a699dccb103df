//! Sets and reads the headers of a response.

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{Response, ResponseStage};
use crate::error::Error;
use crate::http::headers::IntoHeaderValues;
use crate::http::headers::lazy_map;
#[cfg(feature = "files")]
use crate::http::headers::vary::add_vary;

impl Response {
    /// Sets a header and replaces existing headers with the same name.
    ///
    /// A value is text, bytes, a number or a [`HeaderValue`]; an array sets one header line for each of its elements
    /// ([`IntoHeaderValues`]), and an empty array removes the header. If the name or a value is invalid, for example
    /// because it contains a line break, the response is replaced by a 500 and
    /// [`event::Error`](crate::http::event::Error) is emitted. If the headers are already written, the call has no
    /// effect and is also reported as [`event::Error`](crate::http::event::Error). Node.js: `setHeader`, which throws
    /// in these cases.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-request-id", 7);
    /// res.set_header(http::header::CACHE_CONTROL, "no-store");
    /// res.set_header("set-cookie", ["a=1", "b=2"]);
    /// assert_eq!(res.get_header("x-request-id").unwrap(), "7");
    /// ```
    ///
    /// A constant name or value is checked at compile time:
    ///
    /// ```
    /// use onward::http::{HeaderName, HeaderValue};
    /// use onward::prelude::*;
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
            values.for_each_value(&mut |value| field.add(value));
            let set = field.end();
            self.unless_rejected(set);
        }
        self
    }

    /// Adds a header and keeps existing headers with the same name.
    ///
    /// An invalid header, or a call after the headers are written, is handled as by [`set_header`](Self::set_header).
    /// Node.js: `appendHeader`.
    ///
    /// # Examples
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
            values.for_each_value(&mut |value| field.add(value));
            let added = field.end();
            self.unless_rejected(added);
        }
        self
    }

    /// Removes all values of a header and returns the first one.
    ///
    /// If the headers are already written, the call has no effect and returns `None`. Node.js: `removeHeader`, which
    /// returns nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("x-a", "1");
    /// assert_eq!(res.remove_header("x-a").unwrap(), "1");
    /// ```
    pub fn remove_header(&mut self, name: impl http::header::AsHeaderName) -> Option<HeaderValue> {
        match self.stage {
            ResponseStage::Open => self.headers.remove(name),
            _ => None,
        }
    }

    /// Declares that the response depends on a header of the request.
    #[cfg(feature = "files")]
    pub(crate) fn add_vary(&mut self, name: &HeaderName) {
        if self.stage == ResponseStage::Open {
            add_vary(&mut self.headers, name);
        }
    }

    /// Removes headers, unless they are already written.
    pub(crate) fn unset(&mut self, names: &[HeaderName]) {
        if self.stage == ResponseStage::Open {
            for name in names {
                lazy_map::unset(&mut self.headers, name.clone());
            }
        }
    }

    /// Returns the first value of a header that was set.
    ///
    /// Node.js: `getHeader`, which returns all values of a repeated header.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(Response::new().get_header("etag").is_none());
    /// ```
    pub fn get_header(&self, name: impl http::header::AsHeaderName) -> Option<&HeaderValue> {
        self.headers.get(name)
    }

    /// Returns whether a header was set.
    ///
    /// Node.js: `hasHeader`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// assert!(!Response::new().has_header("etag"));
    /// ```
    pub fn has_header(&self, name: impl http::header::AsHeaderName) -> bool {
        self.headers.contains_key(name)
    }

    /// Returns the names of the headers that were set, each once, in lowercase.
    ///
    /// Node.js: `getHeaderNames`.
    ///
    /// # Examples
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

    /// Returns all headers that were set.
    ///
    /// Headers that the server adds, such as `date` and `content-length`, are not included. Node.js: `getHeaders`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("etag", "\"7\"");
    /// assert_eq!(res.headers().len(), 1);
    /// ```
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Sets the headers of a response from another crate. `vary` and `set-cookie`, to which several parts of a program
    /// contribute, are appended.
    pub(crate) fn merge_headers(&mut self, mut headers: HeaderMap) {
        if self.stage != ResponseStage::Open {
            return self.report_late("headers were set");
        }
        // The server determines the framing of the body itself.
        headers.remove(header::TRANSFER_ENCODING);
        if !self.headers.has_headers() {
            self.headers = headers.into();
            return;
        }
        for name in headers.keys() {
            if !matches!(*name, header::VARY | header::SET_COOKIE) {
                lazy_map::unset(&mut self.headers, name.clone());
            }
        }
        for (name, value) in &headers {
            lazy_map::append(&mut self.headers, name.clone(), value.clone());
        }
    }

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
        self.report_late(&format!("the header `{name}` was set"));
    }
}

/// A writer that adds the values of one header to a map.
struct Field<'a> {
    headers: &'a mut HeaderMap,
    name: HeaderName,
    /// Whether the next value replaces existing ones.
    replaces: bool,
    /// The error of the first invalid value.
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
                lazy_map::append(self.headers, self.name.clone(), value);
            }
            Err(error) => drop(self.invalid.get_or_insert(error)),
        }
    }

    /// Fails if a value was invalid.
    fn end(self) -> Result<(), Error> {
        let invalid = self.invalid.map(|source| {
            let what = format!("invalid value of the header `{}`", self.name);
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(source)
        });
        if self.replaces {
            // No value has replaced the existing ones, so they are removed.
            lazy_map::unset(self.headers, self.name);
        }
        invalid.map_or(Ok(()), Err)
    }
}

/// Sets a header in a map, replacing existing headers with the same name.
pub(crate) fn set<N, V>(headers: &mut HeaderMap, name: N, values: V) -> Result<(), Error>
where
    N: TryInto<HeaderName, Error: Into<http::Error>>,
    V: IntoHeaderValues,
{
    let mut field = Field::new(headers, header_name(name)?);
    field.replaces = true;
    values.for_each_value(&mut |value| field.add(value));
    field.end()
}

/// Adds a header to a map.
pub(crate) fn add<N, V>(headers: &mut HeaderMap, name: N, values: V) -> Result<(), Error>
where
    N: TryInto<HeaderName, Error: Into<http::Error>>,
    V: IntoHeaderValues,
{
    let mut field = Field::new(headers, header_name(name)?);
    values.for_each_value(&mut |value| field.add(value));
    field.end()
}

fn header_name<N>(name: N) -> Result<HeaderName, Error>
where
    N: TryInto<HeaderName, Error: Into<http::Error>>,
{
    name.try_into().map_err(|error| invalid_name(error.into()))
}

fn invalid_name(source: http::Error) -> Error {
    let what = "invalid header name";
    Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(source)
}
