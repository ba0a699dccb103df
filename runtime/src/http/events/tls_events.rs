//! The events that the feature `tls` adds to a server.

use super::FailedHandshake;
use super::server_events::ServerEvents;

crate::events! {
    pub for ServerEvents {
        /// The TLS handshake of a client failed, or was not completed in time. The connection is closed.
        ///
        /// Scanners, and clients that do not trust the certificate, often cause this event, so nothing is printed if
        /// there is no listener. Needs the feature `tls`. Node.js: `tlsClientError`.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::TlsClientError, |failed| println!("{failed}"));
        /// # assert_eq!(server.listener_count(event::TlsClientError), 1);
        /// ```
        TlsClientError(FailedHandshake),
        /// The certificates of the server were read again, and are used for new connections.
        ///
        /// If they cannot be read, [`Error`](crate::http::event::Error) is emitted instead. Needs the feature `tls`.
        /// Node.js: no counterpart.
        ///
        /// # Examples
        ///
        /// ```
        /// use onward::http;
        /// use onward::prelude::*;
        ///
        /// # let server = http::create_server(|_req, res| async move { res.send("hello") });
        /// server.on(event::TlsReload, |_| println!("the certificates were reloaded"));
        /// # assert_eq!(server.listener_count(event::TlsReload), 1);
        /// ```
        TlsReload,
    }
}
