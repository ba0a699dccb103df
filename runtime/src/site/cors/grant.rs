//! The headers of responses to other origins.

use http::{HeaderName, HeaderValue, Method, StatusCode, header};

use super::{Cors, Origins};
use crate::http::{OutgoingHead, Request};

/// The methods that a preflight allows if the response to it does not list them in `allow`.
const METHODS: &str = "GET, HEAD, PUT, PATCH, POST, DELETE";

/// The permissions of the origin of a request.
pub(super) struct Grant {
    /// The value of `access-control-allow-origin`, if the origin is allowed.
    origin: Option<HeaderValue>,
    preflight: Option<Preflight>,
    varies: bool,
    cors: Cors,
}

impl Grant {
    #[inline]
    pub(super) fn new(req: &Request, cors: Cors) -> Self {
        Self {
            origin: cors.allowed(req.headers.get("origin")),
            preflight: Preflight::of(req, &cors),
            varies: !matches!(cors.origins, Origins::Any),
            cors,
        }
    }

    #[inline]
    pub(super) fn apply(self, head: &mut OutgoingHead) {
        if self.varies {
            head.add_vary(&header::ORIGIN);
        }
        let allow = head.get_header(header::ALLOW).cloned();
        if self.preflight.is_some() {
            head.add_vary(&header::ACCESS_CONTROL_REQUEST_HEADERS);
            head.status_code = StatusCode::NO_CONTENT;
            head.replace_body("");
        }
        let Some(origin) = self.origin else {
            return;
        };
        head.set_header(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        if self.cors.credentials {
            head.set_header(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, "true");
        }
        match self.preflight {
            Some(preflight) => preflight.apply(&self.cors, allow, head),
            None => set(
                head,
                header::ACCESS_CONTROL_EXPOSE_HEADERS,
                self.cors.exposed.as_deref(),
            ),
        }
    }
}

/// A request that asks whether the browser may send another request.
struct Preflight {
    /// The headers that a page wants to send.
    headers: Option<HeaderValue>,
}

impl Preflight {
    #[inline]
    fn of(req: &Request, cors: &Cors) -> Option<Self> {
        let asks = |name: HeaderName| req.headers.contains_key(name);
        let is_preflight = req.method == Method::OPTIONS
            && asks(header::ORIGIN)
            && asks(header::ACCESS_CONTROL_REQUEST_METHOD);
        is_preflight.then(|| Self {
            headers: match cors.headers {
                Some(_) => None,
                None => {
                    let asked = req.headers.get(header::ACCESS_CONTROL_REQUEST_HEADERS);
                    asked.cloned()
                }
            },
        })
    }

    #[inline]
    fn apply(self, cors: &Cors, allow: Option<HeaderValue>, head: &mut OutgoingHead) {
        let methods = match (cors.methods.as_deref(), allow) {
            (Some(methods), _) => HeaderValue::try_from(methods).ok(),
            (None, Some(allow)) => Some(allow),
            (None, None) => Some(HeaderValue::from_static(METHODS)),
        };
        if let Some(methods) = methods {
            head.set_header(header::ACCESS_CONTROL_ALLOW_METHODS, methods);
        }
        let headers = header::ACCESS_CONTROL_ALLOW_HEADERS;
        match self.headers {
            Some(asked) => {
                head.set_header(headers, asked);
            }
            None => set(head, headers, cors.headers.as_deref()),
        }
        if let Some(age) = cors.max_age {
            head.set_header(header::ACCESS_CONTROL_MAX_AGE, age.as_secs());
        }
    }
}

#[inline]
fn set(head: &mut OutgoingHead, name: HeaderName, value: Option<&str>) {
    if let Some(value) = value.filter(|value| !value.is_empty()) {
        head.set_header(name, value);
    }
}
