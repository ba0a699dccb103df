//! The head of an answer, until it is fixed.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;
use http::StatusCode;

use super::{Response, ResponseStage};
use crate::error::Error;
use crate::http::response::channel::WriteRejected;
use crate::http::response::content_type::ContentType;
use crate::http::response::head::ResponseHead;
use crate::reply::Reply;

impl Response {
    /// Tells the listeners of an error.
    pub(crate) fn report(&self, error: &Error) {
        self.channel.report(error);
    }

    /// Remembers why the answer cannot be given as it is meant. The first reason is told.
    pub(crate) fn reject(&mut self, error: Error) {
        if self.stage == ResponseStage::Open {
            self.deferred_error.get_or_insert(error);
        } else {
            self.report(&error);
        }
    }

    /// Writes the head.
    pub(crate) fn begin(&mut self) {
        if self.is_rejected() {
            return;
        }
        // A copy, so that `headers` still answers; most streamed answers have few.
        let headers = self.headers.clone();
        let begun = match self.take_head(None) {
            Ok(head) => self.channel.begin(head),
            Err(refused) => Err(refused),
        };
        self.headers = headers;
        self.record(begun, ResponseStage::Writing);
    }

    /// Goes on, or gives the reason for not doing so as the answer, and that is complete then.
    #[inline]
    pub(super) fn record(&mut self, result: Result<(), WriteRejected>, stage: ResponseStage) {
        self.stage = match result {
            Ok(()) => stage,
            Err(refused) => self.give_up(refused),
        };
    }

    #[cold]
    fn give_up(&self, refused: WriteRejected) -> ResponseStage {
        if let WriteRejected::BeforeHead(error, head) = refused {
            drop(error.reply(Self::resume(Arc::clone(&self.channel), *head)));
        }
        ResponseStage::Ended
    }

    /// Whether the answer as it is meant cannot be given. It is a 500 then, and complete.
    #[inline]
    pub(crate) fn is_rejected(&mut self) -> bool {
        let fine = self.deferred_error.is_none() && !self.status_code.is_informational();
        !fine && self.reject_all()
    }

    #[cold]
    fn reject_all(&mut self) -> bool {
        let Some(refusal) = self.deferred_error.take().or_else(|| self.not_final()) else {
            return false;
        };
        let head = Box::new(self.bare_head());
        self.record(
            Err(WriteRejected::BeforeHead(refusal, head)),
            ResponseStage::Ended,
        );
        true
    }

    /// A status below 200 announces an answer and is none.
    fn not_final(&self) -> Option<Error> {
        let status = self.status_code;
        status.is_informational().then(|| {
            let what = format!("{status} cannot be the status of an answer");
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)
        })
    }

    #[inline]
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

    /// The head with the standard's words for its status.
    pub(crate) fn bare_head(&mut self) -> ResponseHead {
        ResponseHead {
            status: self.status_code,
            reason: None,
            content_type: None,
            headers: std::mem::take(&mut self.headers),
            undated: !self.send_date,
        }
    }
}

/// A reason phrase has the bytes that a header value may have (RFC 9112, 4).
#[cold]
fn reason(message: Cow<'static, str>) -> Result<Box<HeaderValue>, Error> {
    let message = match message {
        Cow::Borrowed(message) => Bytes::from_static(message.as_bytes()),
        Cow::Owned(message) => Bytes::from(message),
    };
    HeaderValue::from_maybe_shared(message)
        .map(Box::new)
        .map_err(|error| {
            let what = "the status message is not valid";
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(error)
        })
}
