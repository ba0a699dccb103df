//! Spans in OpenTelemetry: what a collector receives.

use onward::http;
use onward::http::{FinishedRequest, Server};
use onward::observe::{TraceParent, Tracing, request_id};
use onward::prelude::*;
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
use serde_json::Value;
use tokio::sync::mpsc;
use tracing::Instrument;
use tracing_opentelemetry::OpenTelemetrySpanExt;
use tracing_subscriber::layer::SubscriberExt;

use crate::client::{get_http2, request, send};
use crate::collector::{Collector, Span};
use crate::served::{Served, serve, soon};

#[server]
async fn shop(req: Request, mut res: Response) -> Result {
    request_id(&req, &mut res);
    route!("/" => "hello");
    route!("/error" => Err::<&str, _>(std::io::Error::other("disk full"))?);
    route!(mount "/admin" => admin(req, res).await);
}

#[server]
async fn admin(req: Request, res: Response) -> Result {
    route!("/users/{id: u32}" => {
        tracing::info!("loading a user");
        load(id).instrument(tracing::info_span!("load")).await
    });
}

async fn load(id: u32) -> String {
    tokio::task::yield_now().await;
    tracing::info!("loaded");
    format!("user {id}")
}

/// Makes the spans of a server belong to the trace of the client and have the name of their route. The guide contains
/// the two functions that are passed to [`Tracing`] here.
fn observe(server: &Server) {
    let tracing = Tracing::new().on_start(set_parent).on_finish(set_name);
    tracing.observe(server);
}

fn set_parent(span: &tracing::Span, req: &Request) {
    if let Some(parent) = TraceParent::of(&req.headers) {
        let context = SpanContext::new(
            TraceId::from_bytes(parent.trace_id),
            SpanId::from_bytes(parent.parent_id),
            TraceFlags::new(parent.flags),
            true,
            TraceState::default(),
        );
        // `set_parent` fails if the span is filtered out.
        let _ = span.set_parent(Context::new().with_remote_span_context(context));
    }
}

fn set_name(span: &tracing::Span, finished: &FinishedRequest) {
    if let Some(route) = finished.route {
        let name = format!("{} {route}", finished.method);
        span.context().span().update_name(name);
    }
}

/// A server whose spans are exported to a collector.
struct Exported {
    served: Served,
    finished: mpsc::UnboundedReceiver<()>,
    collector: Collector,
    provider: opentelemetry_sdk::trace::SdkTracerProvider,
    _subscriber: tracing::subscriber::DefaultGuard,
}

impl Exported {
    fn new() -> Self {
        let collector = Collector::start();
        let (provider, tracer) = collector.exporter();
        let layer = tracing_opentelemetry::layer().with_tracer(tracer);
        let subscriber = tracing_subscriber::registry().with(layer);
        // The whole test runs on this thread.
        let subscriber = tracing::subscriber::set_default(subscriber);
        let server = http::create_server(shop);
        observe(&server);
        let (sender, finished) = mpsc::unbounded_channel();
        server.on(event::Finish, move |_| sender.send(()).unwrap());
        Self {
            served: serve(server),
            finished,
            collector,
            provider,
            _subscriber: subscriber,
        }
    }

    /// Waits for the end of a request and returns its spans.
    async fn spans(&mut self) -> Vec<Span> {
        soon("the end of the request", self.finished.recv())
            .await
            .unwrap();
        self.provider.force_flush().unwrap();
        self.collector.spans()
    }
}

fn named<'s>(spans: &'s [Span], name: &str) -> &'s Span {
    let found = spans.iter().find(|span| span.name == name);
    found.unwrap_or_else(|| panic!("no span {name}: {spans:?}"))
}

const PARENT: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

#[tokio::test]
async fn the_spans_of_a_mounted_request_have_the_names_of_the_conventions() {
    let mut exported = Exported::new();
    let headers: [(&str, &[u8]); 3] = [
        ("traceparent", PARENT.as_bytes()),
        ("user-agent", b"curl/8"),
        ("x-request-id", b"4711"),
    ];
    let target = "/admin/users/7?page=2&sig=secret";
    let response = send(exported.served.addr, request("GET", target, &headers)).await;
    assert!(response.ends_with("user 7"));
    let spans = exported.spans().await;
    assert_eq!(spans.len(), 2, "{spans:?}");
    let span = named(&spans, "GET /admin/users/{id: u32}");
    // `SPAN_KIND_SERVER`
    assert_eq!(span.kind, 2);
    assert_eq!(span.trace_id, "0af7651916cd43dd8448eb211c80319c");
    assert_eq!(span.parent_id, "b7ad6b7169203331");
    for (name, value) in [
        ("http.request.method", "GET"),
        ("http.response.status_code", "200"),
        ("http.route", "/admin/users/{id: u32}"),
        ("url.scheme", "http"),
        ("url.path", "/admin/users/7"),
        ("url.query", "page=2&sig=REDACTED"),
        ("server.address", "shop.example"),
        ("server.port", "8080"),
        ("network.protocol.version", "1.1"),
        ("network.peer.address", "127.0.0.1"),
        ("client.address", "127.0.0.1"),
        ("user_agent.original", "curl/8"),
        ("http.request.body.size", "0"),
        ("http.response.body.size", "6"),
        ("request_id", "4711"),
    ] {
        assert_eq!(span.attribute(name), value, "{name}");
    }
    assert!(span.attributes.contains_key("network.peer.port"));
    assert!(!span.attributes.contains_key("error.type"));
    assert!(!span.attributes.contains_key("http.request.method_original"));
    assert_eq!(span.events, ["loading a user"]);
    // The spans of the handler are inside the span of the request.
    let inner = named(&spans, "load");
    assert_eq!(
        (&inner.trace_id, &inner.parent_id),
        (&span.trace_id, &span.span_id)
    );
    assert_eq!(inner.events, ["loaded"]);
}

#[tokio::test]
async fn a_request_without_a_trace_begins_one() {
    let mut exported = Exported::new();
    for parent in [
        "",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "\"; drop",
    ] {
        let headers = [("traceparent", parent.as_bytes())];
        send(exported.served.addr, request("GET", "/", &headers)).await;
        let spans = exported.spans().await;
        let span = named(&spans, "GET /");
        assert_eq!(span.trace_id.len(), 32);
        assert_eq!(span.parent_id, "");
    }
}

#[tokio::test]
async fn an_error_is_the_status_of_the_span() {
    let mut exported = Exported::new();
    send(exported.served.addr, request("GET", "/error", &[])).await;
    let spans = exported.spans().await;
    let span = named(&spans, "GET /error");
    assert_eq!(span.attribute("error.type"), "500");
    // `STATUS_CODE_ERROR`
    assert_eq!(span.status["code"], 2);
    assert_eq!(
        span.status["message"],
        "500 Internal Server Error: disk full"
    );
    send(exported.served.addr, request("GET", "/missing", &[])).await;
    let spans = exported.spans().await;
    let span = named(&spans, "GET");
    assert_eq!(span.attribute("http.response.status_code"), "404");
    assert!(!span.attributes.contains_key("http.route"));
    assert_eq!(span.status.get("code").unwrap_or(&Value::from(0)), 0);
}

#[tokio::test]
async fn an_unknown_method_has_a_common_name() {
    let mut exported = Exported::new();
    send(exported.served.addr, request("BREW", "/", &[])).await;
    let spans = exported.spans().await;
    let span = &spans[0];
    assert_eq!(span.attribute("http.request.method"), "_OTHER");
    assert_eq!(span.attribute("http.request.method_original"), "BREW");
    assert_eq!(span.name, "_OTHER");
}

#[tokio::test]
async fn requests_of_http2_have_spans() {
    let mut exported = Exported::new();
    let headers: [(&str, &[u8]); 1] = [("traceparent", PARENT.as_bytes())];
    get_http2(exported.served.addr, "GET", "/admin/users/7", &headers).await;
    let spans = exported.spans().await;
    let span = named(&spans, "GET /admin/users/{id: u32}");
    assert_eq!(span.parent_id, "b7ad6b7169203331");
    assert_eq!(span.events, ["loading a user"]);
    assert_eq!(span.attribute("network.protocol.version"), "2");
    assert_eq!(span.attribute("server.address"), "shop.example");
    assert_eq!(named(&spans, "load").parent_id, span.span_id);
}
