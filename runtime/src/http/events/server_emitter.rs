//! The emitter of a server, which its connections and their exchanges share.

use std::io;
use std::ops::Deref;

use http::StatusCode;

use super::server_events::ServerEvents;
use crate::error::Error;
use crate::events::Emitter;
use crate::http::error_reporter::ReportError;
use crate::http::response::events::Finish;
use crate::http::socket::events;

#[derive(Debug)]
pub(crate) struct ServerEmitter(Emitter<ServerEvents>);

impl ServerEmitter {
    pub(crate) fn new() -> Self {
        Self(Emitter::new())
    }

    /// Returns whether the routes and errors of requests are recorded, which is the case if a listener receives them.
    #[inline]
    pub(crate) fn watches_requests(&self) -> bool {
        self.0.has_listeners(Finish) || self.0.has_listeners(events::Error)
    }

    /// Emits an error that the caller also returns. The error is not printed if there is no listener.
    pub(crate) fn report_io(&self, error: &io::Error) {
        let source = io::Error::new(error.kind(), error.to_string());
        let error = Error::new(StatusCode::SERVICE_UNAVAILABLE, "").with_source(source);
        self.0.emit(events::Error, &error);
    }
}

impl ReportError for ServerEmitter {
    /// Emits the error, or prints it if there is no listener.
    fn report(&self, error: &Error) {
        if !self.0.emit(events::Error, error) {
            eprintln!("{error}");
        }
    }
}

impl Deref for ServerEmitter {
    type Target = Emitter<ServerEvents>;

    fn deref(&self) -> &Emitter<ServerEvents> {
        &self.0
    }
}
