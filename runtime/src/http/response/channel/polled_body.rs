//! Ends a response with a body that the protocol polls: see [`ForeignBody`].

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use http_body::Frame;

use super::protocol_side::{PolledFrame, ResponseAborted};
use super::{DeliveryState, HandlerState, ResponseChannel, wake};
use crate::error::{Error, Failure};
use crate::http::foreign_body::ForeignBody;
use crate::http::headers::lazy_map;
use crate::http::outlet::Outlet;
use crate::http::sync::lock;

impl ResponseChannel {
    /// Ends the body with a source that the protocol polls. The head has already been fixed.
    pub(crate) fn end_with_source(&self, source: ForeignBody) {
        let mut state = lock(&self.state);
        state.handler = HandlerState::Ended;
        let unsent = match state.is_unread() || !state.has_body() {
            true => Some(source),
            false => state.source.replace(source),
        };
        let is_detached = state.delivery == DeliveryState::Detached;
        let hook_code = state.hook_code().filter(|_| is_detached);
        wake(state.protocol.take(), state);
        drop(unsent);
        if let Some(code) = hook_code {
            self.finished.store(true, Ordering::Release);
            (code.end_detached)(self);
        }
    }

    /// Polls the source and keeps it unless it has ended.
    pub(super) fn poll_source(
        &self,
        source: ForeignBody,
        cx: &mut Context<'_>,
    ) -> PolledFrame<ResponseAborted> {
        let frame = ready!(self.poll_frame_of(source, cx));
        Poll::Ready(frame.map(|frame| {
            frame.map_err(|mut error| {
                lock(&self.state).aborted = true;
                // Other errors are caused by the request, for example if its truncated body is sent back.
                if error.status().is_server_error() {
                    self.report(&mut error);
                }
                ResponseAborted
            })
        }))
    }

    fn poll_frame_of(&self, mut source: ForeignBody, cx: &mut Context<'_>) -> PolledFrame<Error> {
        let Poll::Ready(frame) = source.poll_frame(cx) else {
            self.keep(source);
            return Poll::Pending;
        };
        let frame = match frame {
            None => return Poll::Ready(self.length_mismatch().map(Err)),
            Some(Err(error)) => return Poll::Ready(Some(Err(failed(error)))),
            Some(Ok(frame)) => frame,
        };
        let result = match frame.into_trailers() {
            Ok(trailers) => match self.length_mismatch() {
                Some(mismatch) => Err(mismatch),
                None => Ok(Frame::trailers(self.with_own_trailers(trailers))),
            },
            Err(frame) => self.count(&frame, source).map(|()| frame),
        };
        Poll::Ready(Some(result))
    }

    /// Gives the source an outlet if the source uses one, its parts reach the client unchanged, and nothing is sent
    /// before them.
    pub(crate) fn connect_source<O: Outlet + 'static>(
        &self,
        new: impl FnOnce() -> Arc<O>,
    ) -> Option<Arc<O>> {
        let mut state = lock(&self.state);
        if state.is_encoded() || state.body.len() > 0 {
            return None;
        }
        let mut source = state.source.take()?;
        drop(state);
        let outlet = source.as_feed().map(|feed| {
            let outlet = new();
            feed.set_outlet(Arc::clone(&outlet) as Arc<dyn Outlet>);
            outlet
        });
        self.keep(source);
        outlet
    }

    /// Counts bytes that the source wrote to its outlet.
    pub(crate) fn add_written(&self, bytes: u64) {
        lock(&self.state).written += bytes;
    }

    fn length_mismatch(&self) -> Option<Error> {
        lock(&self.state).length_mismatch()
    }

    /// Checks a part against the declared length. Releases the source if nothing follows.
    fn count(&self, frame: &Frame<Bytes>, source: ForeignBody) -> Result<(), Error> {
        let is_last = source.is_end_stream();
        let mut state = lock(&self.state);
        state.written += frame.data_ref().map_or(0, Bytes::len) as u64;
        let mismatch = state.length_mismatch();
        let is_too_long = state.declared_length < Some(state.written);
        drop(state);
        match mismatch {
            Some(error) if is_too_long => return Err(error),
            None if is_last => drop(source),
            // A body that is too short is detected at its end.
            _ => self.keep(source),
        }
        Ok(())
    }

    /// Puts the source back, unless the protocol has stopped reading the body in the meantime.
    fn keep(&self, source: ForeignBody) {
        let mut state = lock(&self.state);
        if !state.is_unread() {
            state.source = Some(source);
        }
    }

    /// Adds the trailers that the handler set before it ended the response.
    fn with_own_trailers(&self, mut trailers: HeaderMap) -> HeaderMap {
        let own = lock(&self.state).trailers.take();
        for (name, value) in own.as_deref().into_iter().flatten() {
            lazy_map::append(&mut trailers, name.clone(), value.clone());
        }
        trailers
    }
}

/// Methods that read a response back, for tests.
impl ResponseChannel {
    /// Moves the data of the source into the body. Is ready at the end of the source.
    pub(crate) fn poll_collect(&self, cx: &mut Context<'_>) -> Poll<Result<(), Error>> {
        loop {
            let mut state = lock(&self.state);
            if state.delivery != DeliveryState::Detached || state.handler != HandlerState::Ended {
                return Poll::Ready(Ok(()));
            }
            if state.aborted {
                let what = "an earlier read of the response body failed";
                return Poll::Ready(Err(Error::new(StatusCode::INTERNAL_SERVER_ERROR, what)));
            }
            let source = state.source.take();
            drop(state);
            let frame = match source {
                Some(source) => ready!(self.poll_frame_of(source, cx)),
                None => None,
            };
            let frame = match frame {
                Some(Ok(frame)) => frame,
                Some(Err(error)) => {
                    lock(&self.state).aborted = true;
                    return Poll::Ready(Err(error));
                }
                None => {
                    self.finish_detached();
                    return Poll::Ready(Ok(()));
                }
            };
            let mut state = lock(&self.state);
            match frame.into_data() {
                Ok(data) => state.body.push(data),
                Err(frame) => state.trailers = frame.into_trailers().ok().map(Box::new).into(),
            }
        }
    }

    fn finish_detached(&self) {
        if !self.finished.swap(true, Ordering::AcqRel) {
            self.emit_end();
        }
    }
}

/// Returns the error of a body that failed. A status below 500, such as that of a request body that could not be read,
/// is kept.
#[cold]
fn failed(error: Error) -> Error {
    match error.status() {
        status if status.is_server_error() => {
            let what = "the response body failed";
            Error::new(StatusCode::INTERNAL_SERVER_ERROR, what).with_source(Failure::from(error))
        }
        _ => error,
    }
}
