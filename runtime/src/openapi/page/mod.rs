//! The API page: the routes, a form for requests to them, and the events of the server, in one page inside the binary.
//!
//! `page.html`, `page.css` and `page.js` are its files. The HTML contains no inline scripts or styles, so that the page
//! works under a strict content security policy, and nothing is loaded from other hosts.

mod watch;

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

use crate::error::{Failure, Result};
use crate::http::{Request, Response, Sent, Server, header};
use crate::live::Live;
use crate::openapi::OpenApi;
use crate::reply::{Html, Reply};
use crate::routes::RouteInfo;

/// The number of stored events, which a page receives when it reconnects.
const EVENTS: usize = 256;

/// The page of an API, for development: the routes with their docs, a form that sends requests to each of them, and the
/// events of the server as they happen.
///
/// Nothing serves the page unless a route mounts [`api_page`](fn@api_page). The page shows the URLs, addresses and
/// errors of all requests once [`watch`](Self::watch) is called: in production, mount it below the statement that
/// authenticates. Clones share the document and the events. Node.js: no counterpart; Fastify: `@fastify/swagger-ui`.
///
/// # Examples
///
/// ```
/// use onward::http;
/// use onward::openapi::{ApiPage, api_page};
/// use onward::prelude::*;
///
/// #[server]
/// async fn shop(req: Request, res: Response, page: ApiPage) -> Result {
///     /// Says hello.
///     route!("/" -> &'static str => "hello");
///     route!(mount "/api" => api_page(req, res, page).await);
/// }
///
/// let page = ApiPage::new(shop::ROUTES);
/// let mounted = page.clone();
/// let server = http::create_server(move |req, res| shop(req, res, mounted.clone()));
/// page.watch(&server);
/// # assert_eq!(server.listener_count(event::Finish), 1);
/// ```
#[derive(Clone)]
pub struct ApiPage {
    documents: Arc<Documents>,
    live: Live,
}

/// The documents as JSON.
struct Documents {
    v3_1: Bytes,
    v3_0: Bytes,
}

impl ApiPage {
    /// Creates the page for the `ROUTES` of a server. The routes of the page are not listed.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::ApiPage;
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/" -> &'static str => "hello");
    /// }
    ///
    /// let page = ApiPage::new(shop::ROUTES);
    /// # drop(page);
    /// ```
    pub fn new(routes: &[RouteInfo]) -> Self {
        Self::of(&OpenApi::new(routes))
    }

    /// Creates the page for a document.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::openapi::{ApiPage, OpenApi};
    /// use onward::prelude::*;
    ///
    /// #[server]
    /// async fn shop(req: Request, res: Response) -> Result {
    ///     route!("/" -> &'static str => "hello");
    /// }
    ///
    /// let page = ApiPage::of(&OpenApi::new(shop::ROUTES).title("The shop"));
    /// # drop(page);
    /// ```
    pub fn of(document: &OpenApi) -> Self {
        let documents = Documents {
            v3_1: document.to_string().into(),
            v3_0: document.v3_0().to_string().into(),
        };
        Self {
            documents: Arc::new(documents),
            live: Live::new(EVENTS),
        }
    }

    /// Shows the connections, requests and errors of a server on the page.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::http;
    /// use onward::openapi::ApiPage;
    /// use onward::prelude::*;
    ///
    /// let server = http::create_server(|_req, res| async move { res.send("hello") });
    /// ApiPage::new(&[]).watch(&server);
    /// assert_eq!(server.listener_count(event::Finish), 1);
    /// ```
    pub fn watch(&self, server: &Server) {
        watch::watch(server, &self.live);
    }
}

impl fmt::Debug for ApiPage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiPage").finish_non_exhaustive()
    }
}

/// The server of an [`ApiPage`]: mount it with `route!(mount "/api" => api_page(req, res, page).await)`.
///
/// # Errors
///
/// - `404 Not Found` if the page has no file at the path.
/// - `405 Method Not Allowed` if the page has a file at the path but the method is not GET, HEAD or OPTIONS.
///
/// # Examples
///
/// ```
/// use onward::openapi::{ApiPage, api_page};
/// use onward::prelude::*;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<()> {
/// let page = ApiPage::new(&[]);
/// let sent = api_page(Request::get("/openapi.json"), Response::new(), page).await?;
/// assert_eq!(sent.json::<serde_json::Value>()["openapi"], "3.1.1");
/// # Ok(())
/// # }
/// ```
#[crate::server(crate = crate)]
pub async fn api_page(req: Request, mut res: Response, page: ApiPage) -> Result<Sent, Failure> {
    res.set_header(header::CACHE_CONTROL, "no-cache");

    #[doc(hidden)]
    route!("/" => Html(html(&req)));
    #[doc(hidden)]
    route!("/page.css" => File("text/css; charset=utf-8", include_bytes!("page.css").as_slice().into()));
    #[doc(hidden)]
    route!("/page.js" => File("text/javascript; charset=utf-8", include_bytes!("page.js").as_slice().into()));
    #[doc(hidden)]
    route!("/openapi.json" => File("application/json", page.documents.v3_1.clone()));
    #[doc(hidden)]
    route!("/openapi-3.0.json" => File("application/json", page.documents.v3_0.clone()));
    #[doc(hidden)]
    route!("/live" => page.live.follow(&req));
}

/// Returns the page, with the path at which it is mounted.
fn html(req: &Request) -> String {
    let base = req.url.original().path().trim_end_matches('/');
    let base = base
        .replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;");
    include_str!("page.html").replace("{base}", &base)
}

/// A file of the page: its content type and its text.
struct File(&'static str, Bytes);

impl Reply for File {
    fn reply(self, mut res: Response) -> Sent {
        res.set_header(header::CONTENT_TYPE, self.0);
        res.send(self.1)
    }
}
