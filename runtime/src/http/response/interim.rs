//! Interim responses (1xx), sent before the response itself.

use http::{HeaderMap, HeaderName, StatusCode};

use super::Response;
use super::headers;
use crate::error::Error;
use crate::http::headers::IntoHeaderValues;
use crate::http::headers::lazy_map::LazyHeaderMap;

/// A 1xx response.
#[derive(Debug)]
pub(crate) struct InterimResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: LazyHeaderMap,
}

impl Response {
    /// Sends a 100 (Continue), which asks a client that sent `expect: 100-continue` for the body.
    ///
    /// Reading the body sends a pending 100 automatically, so this call is rarely needed. The 100 is sent before the
    /// response, as soon as the handler waits. An HTTP/1.0 client gets no interim response, and neither does an HTTP/2
    /// client. Once the headers of the response are sent, the call has no effect and is reported as
    /// [`event::Error`](crate::http::event::Error). Node.js: `writeContinue`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn upload(req: Request, mut res: Response) -> Result {
    ///     res.write_continue();
    ///     let bytes = req.body.bytes().await?;
    ///     Ok(res.send(format!("{} bytes", bytes.len())))
    /// }
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let sent = upload(Request::post("/").body("hello"), Response::new()).await?;
    /// assert_eq!(sent.text(), "5 bytes");
    /// # Ok(())
    /// # }
    /// ```
    pub fn write_continue(&mut self) -> &mut Self {
        self.inform(StatusCode::CONTINUE, HeaderMap::new())
    }

    /// Sends a 102 (Processing), which informs the client that the request is still being handled.
    ///
    /// It is sent like the 100 of [`write_continue`](Self::write_continue). Node.js: `writeProcessing`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write_processing();
    /// assert_eq!(res.end().status_code(), StatusCode::OK);
    /// ```
    pub fn write_processing(&mut self) -> &mut Self {
        self.inform(StatusCode::PROCESSING, HeaderMap::new())
    }

    /// Sends a 103 (Early Hints), whose headers let the client load resources before the response is ready.
    ///
    /// It is sent like the 100 of [`write_continue`](Self::write_continue). If a header is invalid, no hints are sent,
    /// and the response is replaced by a 500, as by [`set_header`](Self::set_header). At most 100 interim responses are
    /// queued for a client that does not read them; further ones are discarded. Headers that frame a body or concern
    /// the connection, such as `content-length`, are left out. Node.js: `writeEarlyHints`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write_early_hints([("link", "</shop.css>; rel=preload; as=style")]);
    /// let sent = res.send(Html("<p>shop"));
    /// assert!(sent.header("link").is_none(), "hints are not headers of the response");
    /// ```
    pub fn write_early_hints<N, V>(
        &mut self,
        headers: impl IntoIterator<Item = (N, V)>,
    ) -> &mut Self
    where
        N: TryInto<HeaderName, Error: Into<http::Error>>,
        V: IntoHeaderValues,
    {
        let mut fields = HeaderMap::new();
        for (name, values) in headers {
            if let Err(error) = headers::add(&mut fields, name, values) {
                self.reject(error);
                return self;
            }
        }
        self.inform(StatusCode::EARLY_HINTS, fields)
    }

    fn inform(&mut self, status: StatusCode, headers: HeaderMap) -> &mut Self {
        let headers = headers.into();
        if !self.channel.inform(InterimResponse { status, headers }) {
            let what = "an interim response was written after the headers were sent";
            self.report(&mut Error::new(StatusCode::INTERNAL_SERVER_ERROR, what));
        }
        self
    }
}
