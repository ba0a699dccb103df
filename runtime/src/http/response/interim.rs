//! Interim responses (1xx), sent before the response itself.

use http::{HeaderMap, HeaderName, StatusCode};

use super::Response;
use super::headers;
use crate::error::Error;
use crate::http::headers::IntoHeaderValues;

/// A 1xx response: what HTTP/1.1 may send before the response itself.
#[derive(Debug)]
pub(crate) struct InterimResponse {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
}

impl Response {
    /// Tells a client that waits with its body (`expect: 100-continue`) to send it. Node: `writeContinue`.
    ///
    /// It is seldom needed: reading the body does it. It goes out at once, as all interim answers do, and not at all
    /// to an HTTP/1.0 client, which would not know what it is, nor with HTTP/2, where hyper does not send any. Once the head of the answer is out, the call is
    /// reported and sends nothing.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// async fn upload(req: Request, mut res: Response) -> Result {
    ///     res.write_continue();
    ///     let bytes = req.body.bytes().await?;
    ///     Ok(res.send(format!("{} bytes", bytes.len())))
    /// }
    /// ```
    pub fn write_continue(&mut self) -> &mut Self {
        self.inform(StatusCode::CONTINUE, HeaderMap::new())
    }

    /// Tells the client that the answer takes a while. Node: `writeProcessing`. See
    /// [`write_continue`](Self::write_continue).
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

    /// Tells the client what it is going to need, before the answer is ready. Node: `writeEarlyHints`. See
    /// [`write_continue`](Self::write_continue). A header that is not valid is treated as
    /// [`set_header`](Self::set_header) does, and no hints are sent.
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// let mut res = Response::new();
    /// res.write_early_hints([("link", "</shop.css>; rel=preload; as=style")]);
    /// let sent = res.send(Html("<p>shop"));
    /// assert!(sent.header("link").is_none(), "hints are no headers of the answer");
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
        if !self.channel.inform(InterimResponse { status, headers }) {
            let what = "an interim response was written after the response headers";
            self.report(&Error::new(StatusCode::INTERNAL_SERVER_ERROR, what));
        }
        self
    }
}
