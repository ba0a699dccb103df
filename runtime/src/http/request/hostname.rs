//! The name of the host that a client addressed.

use std::borrow::Cow;

use super::Request;

impl Request {
    /// Returns the host of the request in lowercase, without the port.
    ///
    /// It is read from the `host` header, which also contains the authority of an HTTP/2 request or of a target in
    /// absolute form. An IPv6 address is in brackets. The result is empty if the request has no `host`, which
    /// HTTP/1.0 allows. A proxy must forward the client's `host`. Node.js: no counterpart; Express: `req.hostname`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn hosts(req: Request, res: Response) -> Result {
    ///     route!(mount "/" if req.hostname() == "admin.shop.example" => admin(req, res).await);
    ///     route!("/" => "the shop");
    /// }
    ///
    /// #[server]
    /// async fn admin(req: Request, res: Response) -> Result {
    ///     route!("/" => "the administration");
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<()> {
    /// let req = Request::get("/").header("host", "Admin.shop.example:8080");
    /// assert_eq!(hosts(req, Response::new()).await?.text(), "the administration");
    /// # Ok(())
    /// # }
    /// ```
    pub fn hostname(&self) -> Cow<'_, str> {
        let host = self.headers.get("host").and_then(|it| it.to_str().ok());
        let host = without_port(host.unwrap_or_default());
        match host.bytes().any(|it| it.is_ascii_uppercase()) {
            true => Cow::Owned(host.to_ascii_lowercase()),
            false => Cow::Borrowed(host),
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        // The colons of an IPv6 address are inside its brackets.
        Some((name, port)) if !port.contains(']') => name,
        _ => host,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_and_the_case_are_ignored() {
        for (host, expected) in [
            ("shop.example", "shop.example"),
            ("shop.example:80", "shop.example"),
            ("SHOP.example:", "shop.example"),
            ("192.0.2.7:8080", "192.0.2.7"),
            ("[2001:DB8::7]:80", "[2001:db8::7]"),
            ("[::1]", "[::1]"),
            ("", ""),
        ] {
            let req = Request::get("/").header("host", host);
            assert_eq!(req.hostname(), expected, "{host}");
        }
        assert_eq!(Request::get("/").hostname(), "");
    }
}
