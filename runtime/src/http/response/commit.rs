//! Writes the headers of a response, completes the response, or replaces it with an error response.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, header};

use super::{Response, ResponseStage, Sent};
use crate::error::Error;
use crate::http::headers::IntoHeaderValues;
use crate::http::headers::vary::add_vary;
use crate::http::response::channel::WriteRejected;
use crate::http::response::content_type::ContentType;
use crate::http::response::head::ResponseHead;
use crate::reply::Reply;

impl Response {
    /// Returns whether the headers are written.
    ///
    /// The status and the headers cannot be changed afterward. Node.js: `headersSent`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write("hello");
    /// assert!(res.headers_sent());
    /// ```
    pub fn headers_sent(&self) -> bool {
        self.stage != ResponseStage::Open
    }

    /// Sets the status and further headers, and writes all headers that have been set.
    ///
    /// Each header replaces earlier ones with the same name. If the headers are already written, the call has no
    /// effect, and the status and each header are reported as [`event::Error`](crate::http::event::Error). Node.js:
    /// `writeHead`, which throws in that case.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write_head(StatusCode::FOUND, [("location", "/products")]);
    /// assert_eq!(res.end().header("location").unwrap(), "/products");
    /// ```
    pub fn write_head<N, V>(
        &mut self,
        status: StatusCode,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        match self.stage {
            ResponseStage::Open => self.status_code = status,
            _ => self.report_late("the status was set by `write_head`"),
        }
        for (name, value) in headers {
            self.set_header(name, value);
        }
        self.flush_headers();
        self
    }

    /// Writes the headers that have been set so far.
    ///
    /// They are sent as soon as the handler waits. If they are already written, the call has no effect. Node.js:
    /// `flushHeaders`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.set_header("content-type", "text/event-stream");
    /// res.flush_headers();
    /// assert!(res.headers_sent());
    /// ```
    pub fn flush_headers(&mut self) -> &mut Self {
        if self.stage == ResponseStage::Open {
            self.begin();
        }
        self
    }

    /// Completes the response with this body, whose type is `content_type` unless the handler set another one.
    pub(crate) fn end_as(self, content_type: ContentType, body: Bytes) -> Sent {
        let is_set = self.headers.has_headers() && self.has_header(header::CONTENT_TYPE);
        self.complete((!is_set).then_some(content_type), body)
    }

    /// Handles the drop of a response that has not ended, or whose error was not sent.
    #[cold]
    pub(super) fn finish_on_drop(&mut self) {
        // An invalid header promises a 500. After a panic, the server responds as for any panic.
        if self.stage == ResponseStage::Open && !std::thread::panicking() && self.is_rejected() {
            return;
        }
        if let Some(mut error) = self.deferred_error.take() {
            self.report(&mut error);
        }
        match self.stage {
            ResponseStage::Open => {
                let head = self.bare_head();
                self.channel.on_dropped(Some(head));
            }
            ResponseStage::Writing => {
                self.report_late_changes();
                self.channel.on_dropped(None);
            }
            ResponseStage::Ended => {}
        }
    }

    pub(super) fn complete(mut self, content_type: Option<ContentType>, last: Bytes) -> Sent {
        let ended = if self.stage == ResponseStage::Open && !self.is_rejected() {
            let head = self.take_head(content_type);
            head.and_then(|head| self.channel.end_whole(head, last))
        } else if self.stage == ResponseStage::Writing {
            self.report_late_changes();
            self.channel.end(last)
        } else {
            Ok(())
        };
        self.record(ended, ResponseStage::Ended);
        Sent::new(Arc::clone(&self.channel))
    }

    /// Reports fields that were assigned, without effect, after the headers were written.
    pub(super) fn report_late_changes(&self) {
        if self.status_code != self.channel.handler_status() {
            self.report_late("`status_code` was set");
        }
        // Writing the headers sets the field to `None`, so the field contains a value only if one was assigned later.
        if self.status_message.is_some() {
            self.report_late("`status_message` was set");
        }
    }

    #[cold]
    pub(super) fn report_late(&self, what: &str) {
        let late = format!("{what} after the headers were written");
        self.report(&mut Error::new(StatusCode::INTERNAL_SERVER_ERROR, late));
    }

    /// Emits the server's `Error` event, or prints the error if there is no server.
    pub(crate) fn report(&self, error: &mut Error) {
        self.channel.report(error);
    }

    /// Records an error that prevents the response from being sent as written, or reports it if the headers are already
    /// written. Only the first error is recorded.
    pub(crate) fn reject(&mut self, mut error: Error) {
        if self.stage == ResponseStage::Open {
            self.deferred_error.get_or_insert(error);
        } else {
            self.report(&mut error);
        }
    }

    /// Writes the headers.
    pub(crate) fn begin(&mut self) {
        if self.is_rejected() {
            return;
        }
        // The response keeps a copy for `get_header`; most streamed responses have few headers.
        let headers = self.headers.clone();
        let begun = match self.take_head(None) {
            Ok(head) => self.channel.begin(head),
            Err(rejected) => Err(rejected),
        };
        self.headers = headers;
        self.record(begun, ResponseStage::Writing);
    }

    /// Moves to `stage`, or ends the response if the result is an error. If nothing was sent, the error becomes the
    /// response.
    #[inline]
    pub(super) fn record(&mut self, result: Result<(), WriteRejected>, stage: ResponseStage) {
        self.stage = match result {
            Ok(()) => stage,
            Err(rejected) => self.give_up(rejected),
        };
    }

    #[cold]
    fn give_up(&self, rejected: WriteRejected) -> ResponseStage {
        if let WriteRejected::BeforeHead(error, head) = rejected {
            drop(error.reply(Self::resume(Arc::clone(&self.channel), *head)));
        }
        ResponseStage::Ended
    }

    /// Returns whether the response cannot be sent as written. If so, completes the response with a 500.
    #[inline]
    pub(crate) fn is_rejected(&mut self) -> bool {
        let fine = self.deferred_error.is_none() && !self.status_code.is_informational();
        !fine && self.reject_all()
    }

    #[cold]
    fn reject_all(&mut self) -> bool {
        let Some(error) = self.deferred_error.take().or_else(|| self.not_final()) else {
            return false;
        };
        let head = Box::new(self.bare_head());
        self.record(
            Err(WriteRejected::BeforeHead(error, head)),
            ResponseStage::Ended,
        );
        true
    }

    /// Returns an error for a 1xx status, which is not the status of a final response.
    fn not_final(&self) -> Option<Error> {
        let status = self.status_code;
        status.is_informational().then(|| {
            let what = format!("{status} is not the status of a final response");
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
        })
    }

    #[inline(always)]
    pub(crate) fn take_head(
        &mut self,
        content_type: Option<ContentType>,
    ) -> Result<ResponseHead, WriteRejected> {
        let reason = match self.status_message.take() {
            None => None,
            Some(message) => match reason(message) {
                Ok(reason) => Some(reason),
                Err(error) => {
                    return Err(WriteRejected::BeforeHead(error, Box::new(self.bare_head())));
                }
            },
        };
        Ok(ResponseHead {
            reason,
            content_type,
            ..self.bare_head()
        })
    }

    /// Moves the status and the headers into a head with the standard reason phrase.
    pub(crate) fn bare_head(&mut self) -> ResponseHead {
        if self.channel.request.origin.is_negotiated() {
            add_vary(&mut self.headers, &header::ACCEPT);
        }
        ResponseHead {
            status: self.status_code,
            reason: None,
            content_type: None,
            headers: std::mem::take(&mut self.headers),
            undated: !self.send_date,
        }
    }
}

/// Converts a reason phrase, which may contain the same bytes as a header value (RFC 9112, 4).
#[cold]
fn reason(message: Cow<'static, str>) -> Result<Box<HeaderValue>, Error> {
    let message = match message {
        Cow::Borrowed(message) => Bytes::from_static(message.as_bytes()),
        Cow::Owned(message) => Bytes::from(message),
    };
    HeaderValue::from_maybe_shared(message)
        .map(Box::new)
        .map_err(|error| {
            let what = "invalid status message";
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
        })
}
