//! Interim answers (1xx), ahead of the answer itself.

use http::{HeaderMap, HeaderName, StatusCode};

use super::Response;
use super::headers;
use crate::error::Error;
use crate::http::headers::IntoHeaderValues;

impl Response {
    /// Tells a client that waits with its body (`expect: 100-continue`) to send it. Node: `writeContinue`.
    ///
    /// It is seldom needed: reading the body does it. It goes out at once, as all interim answers do, and not at all
    /// to an HTTP/1.0 client, which would not know what it is. Once the head of the answer is out, the call is
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
        self.inform(b"HTTP/1.1 100 Continue\r\n\r\n", true)
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
        self.inform(b"HTTP/1.1 102 Processing\r\n\r\n", false)
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
        let mut head = b"HTTP/1.1 103 Early Hints\r\n".to_vec();
        for (name, values) in headers {
            let mut fields = HeaderMap::new();
            if let Err(error) = headers::add(&mut fields, name, values) {
                self.refuse(error);
                return self;
            }
            for (name, value) in &fields {
                for part in [name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
                    head.extend_from_slice(part);
                }
            }
        }
        head.extend_from_slice(b"\r\n");
        self.inform(&head, false)
    }

    fn inform(&mut self, interim: &[u8], asks: bool) -> &mut Self {
        if !self.exchange.inform(interim, asks) {
            let what = "an interim answer was written after the head of the answer";
            self.report(&Error::new(StatusCode::INTERNAL_SERVER_ERROR, what));
        }
        self
    }
}
