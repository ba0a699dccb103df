//! The span of a request: what is inside it, what is recorded, and when it ends.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use onward::http;
use onward::http::Server;
use onward::observe::{Tracing, request_id};
use onward::prelude::*;
use tokio::sync::mpsc;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

use crate::client::{get, get_http2, request, send};
use crate::gate::Gate;
use crate::served::{Served, serve, soon};

type Fields = BTreeMap<&'static str, String>;

/// An event in a span, or the end of a span.
#[derive(Debug)]
enum Trace {
    /// A message, and the fields of the request's span in which it was emitted.
    Message(String, Option<Fields>),
    /// The span of a request has ended.
    End(Fields),
}

struct Recorder(mpsc::UnboundedSender<Trace>);

struct FieldVisitor<'a>(&'a mut Fields);

impl Visit for FieldVisitor<'_> {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name(), value.to_owned());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name(), format!("{value:?}"));
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Recorder {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, cx: Context<'_, S>) {
        let mut fields = Fields::new();
        attributes.record(&mut FieldVisitor(&mut fields));
        cx.span(id).unwrap().extensions_mut().insert(fields);
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, cx: Context<'_, S>) {
        let span = cx.span(id).unwrap();
        let mut extensions = span.extensions_mut();
        values.record(&mut FieldVisitor(extensions.get_mut().unwrap()));
    }

    fn on_event(&self, event: &Event<'_>, cx: Context<'_, S>) {
        let mut fields = Fields::new();
        event.record(&mut FieldVisitor(&mut fields));
        let span = cx.event_span(event);
        let request = span.and_then(|span| span.extensions().get::<Fields>().cloned());
        let is_ours = event.metadata().target().starts_with("observe");
        if let Some(message) = fields.remove("message").filter(|_| is_ours) {
            let _ = self.0.send(Trace::Message(message, request));
        }
    }

    fn on_close(&self, id: Id, cx: Context<'_, S>) {
        let span = cx.span(&id).unwrap();
        if span.metadata().target() == "onward::request" {
            let fields = span.extensions_mut().remove::<Fields>().unwrap();
            let _ = self.0.send(Trace::End(fields));
        }
    }
}

/// A server whose requests have spans, and the messages and ends of those spans.
struct Traced {
    served: Served,
    traces: mpsc::UnboundedReceiver<Trace>,
    _subscriber: tracing::subscriber::DefaultGuard,
}

impl Traced {
    fn new(server: Server) -> Self {
        Self::with(server, Tracing::new())
    }

    fn with(server: Server, tracing: Tracing) -> Self {
        let (sender, traces) = mpsc::unbounded_channel();
        let subscriber = tracing_subscriber::registry().with(Recorder(sender));
        let subscriber = tracing::subscriber::set_default(subscriber);
        tracing.observe(&server);
        Self {
            served: serve(server),
            traces,
            _subscriber: subscriber,
        }
    }

    async fn next(&mut self) -> Trace {
        soon("a trace", self.traces.recv()).await.unwrap()
    }

    async fn message(&mut self) -> (String, Option<Fields>) {
        match self.next().await {
            Trace::Message(message, request) => (message, request),
            Trace::End(fields) => panic!("ended: {fields:?}"),
        }
    }

    async fn end(&mut self) -> Fields {
        match self.next().await {
            Trace::End(fields) => fields,
            Trace::Message(message, _) => panic!("{message}"),
        }
    }
}

#[tokio::test]
async fn handlers_and_listeners_run_inside_the_span() {
    let server = http::create_server(|req, mut res| {
        tracing::info!("called");
        async move {
            request_id(&req, &mut res);
            tracing::info!("polled");
            tokio::task::yield_now().await;
            tracing::info!("polled again");
            res.before_head(|_| tracing::info!("hook"));
            res.before_head_async(|head| async move {
                tokio::task::yield_now().await;
                tracing::info!("async hook");
                Ok(head)
            });
            res.send("hello")
        }
    });
    server.on(event::Request, |_| tracing::info!("request"));
    server.on(event::Finish, |_| tracing::info!("finish"));
    let mut traced = Traced::new(server);
    let ids: [(&str, &[u8]); 1] = [("x-request-id", b"4711")];
    for version in [1, 2] {
        match version {
            1 => drop(send(traced.served.addr, request("GET", "/a", &ids)).await),
            _ => drop(get_http2(traced.served.addr, "GET", "/a", &ids).await),
        }
        for (expected, has_id) in [
            ("request", false),
            ("called", false),
            ("polled", true),
            ("polled again", true),
            ("async hook", true),
            ("hook", true),
            ("finish", true),
        ] {
            let (message, request) = traced.message().await;
            let request = request.unwrap();
            assert_eq!(message, expected);
            assert_eq!(request["url.path"], "/a");
            assert_eq!(request.contains_key("request_id"), has_id, "{message}");
        }
        assert_eq!(traced.end().await["http.response.status_code"], "200");
        // Outside of requests, there is no span.
        tracing::info!("outside");
        assert_eq!(traced.message().await, ("outside".to_owned(), None));
    }
}

#[tokio::test]
async fn a_handler_that_continues_after_its_response_is_inside_the_span() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            res.send("hello");
            gate.pass().await;
            tracing::info!("after the response");
        }
    });
    let mut traced = Traced::new(server);
    for version in [1, 2] {
        match version {
            1 => drop(get(traced.served.addr, "/a").await),
            _ => drop(get_http2(traced.served.addr, "GET", "/a", &[]).await),
        }
        gate.reached().await;
        gate.open();
        let (message, request) = traced.message().await;
        assert_eq!(message, "after the response");
        assert_eq!(request.unwrap()["url.path"], "/a");
        assert_eq!(traced.end().await["http.response.body.size"], "5");
    }
}

/// A value that logs a message when it is dropped.
struct LogsDrop;

impl Drop for LogsDrop {
    fn drop(&mut self) {
        tracing::info!("dropped");
    }
}

#[tokio::test]
async fn a_dropped_handler_is_dropped_inside_the_span() {
    let gate = Gate::default();
    let inside = gate.clone();
    let server = http::create_server(move |_req, res| {
        let gate = inside.clone();
        async move {
            let _guard = LogsDrop;
            gate.pass().await;
            res.send("hello")
        }
    });
    let mut traced = Traced::new(server);
    let client = tokio::spawn(get(traced.served.addr, "/a"));
    gate.reached().await;
    client.abort();
    let mut has_ended = false;
    let mut was_dropped = false;
    while !(has_ended && was_dropped) {
        match traced.next().await {
            Trace::Message(message, request) => {
                assert_eq!(message, "dropped");
                assert_eq!(request.unwrap()["url.path"], "/a");
                was_dropped = true;
            }
            Trace::End(fields) => {
                assert_eq!(fields["error.type"], "client_disconnected");
                assert!(!fields.contains_key("http.response.status_code"));
                assert!(!fields.contains_key("otel.status_code"));
                has_ended = true;
            }
        }
    }
}

#[tokio::test]
async fn a_panic_is_recorded_and_ends_the_span() {
    let server = http::create_server(|_req, res: Response| async move {
        assert!(res.status_code == StatusCode::CREATED, "on purpose");
    });
    let mut traced = Traced::new(server);
    for _ in 0..2 {
        get(traced.served.addr, "/").await;
        let fields = traced.end().await;
        assert_eq!(fields["error.type"], "500");
        assert_eq!(fields["otel.status_code"], "ERROR");
        assert!(fields["otel.status_description"].contains("on purpose"));
    }
}

#[tokio::test]
async fn a_function_of_the_program_that_panics_changes_nothing() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    let tracing = Tracing::new()
        .on_start(|_, _| panic!("on purpose"))
        .on_finish(|_, _| panic!("on purpose"));
    let mut traced = Traced::with(server, tracing);
    for _ in 0..2 {
        assert!(get(traced.served.addr, "/a").await.ends_with("hello"));
        assert_eq!(traced.end().await["url.path"], "/a");
    }
}

#[tokio::test]
async fn a_clone_of_a_finished_request_does_not_keep_the_span() {
    let kept = Arc::new(Mutex::new(Vec::new()));
    let keep = Arc::clone(&kept);
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    server.on(event::Finish, move |finished| {
        keep.lock().unwrap().push(finished.clone())
    });
    let mut traced = Traced::new(server);
    get(traced.served.addr, "/a").await;
    traced.end().await;
    assert_eq!(kept.lock().unwrap().len(), 1);
}

#[tokio::test]
async fn a_second_call_has_no_effect() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    Tracing::new().observe(&server);
    let mut traced = Traced::new(server);
    assert_eq!(traced.served.server.listener_count(event::Finish), 1);
    get(traced.served.addr, "/a").await;
    assert_eq!(traced.end().await["url.path"], "/a");
}

#[tokio::test]
async fn a_server_without_a_subscriber_responds() {
    let server = http::create_server(|_req, res| async move { res.send("hello") });
    Tracing::new().observe(&server);
    let served = serve(server);
    assert!(get(served.addr, "/").await.ends_with("hello"));
}

/// The lines of the default subscriber.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn text_of_clients_cannot_end_a_line() {
    let written = Written::default();
    let writer = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    let _subscriber = tracing::subscriber::set_default(subscriber);
    let server = http::create_server(|req, mut res| async move {
        request_id(&req, &mut res);
        tracing::info!("handled");
        res.send("hello")
    });
    Tracing::new().observe(&server);
    let served = serve(server);
    let hostile: &[u8] = b"a\"\\\t\x9b31m\xff\xc2\x85\xe2\x80\xa8";
    let headers = [
        ("user-agent", hostile),
        ("x-request-id", hostile),
        ("traceparent", hostile),
        ("x-forwarded-for", hostile),
    ];
    send(
        served.addr,
        request("GET", "/%0a%1b%5b31m?a=%0d\\", &headers),
    )
    .await;
    let text = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert_eq!(text.matches('\n').count(), 1, "{text}");
    assert!(text.contains("handled"), "{text}");
    let is_visible = |character: char| (' '..='~').contains(&character) || character == '\u{fffd}';
    assert!(text.trim_end().chars().all(is_visible), "{text:?}");
}
