use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;

use bytes::Bytes;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{HttpClient, HttpError};
use opentelemetry_otlp::{Protocol, SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::trace::{SdkTracerProvider, Tracer};
use serde_json::Value;

/// A collector for OpenTelemetry's protocol over HTTP, with JSON.
pub(crate) struct Collector {
    addr: SocketAddr,
    received: mpsc::Receiver<Value>,
}

/// A span as the collector received it.
#[derive(Clone, Debug)]
pub(crate) struct Span {
    pub(crate) name: String,
    pub(crate) kind: Value,
    pub(crate) trace_id: String,
    pub(crate) span_id: String,
    pub(crate) parent_id: String,
    pub(crate) status: Value,
    pub(crate) attributes: BTreeMap<String, Value>,
    pub(crate) events: Vec<String>,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let addr = listener.local_addr().unwrap();
        let (sender, received) = mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &sender);
            }
        });
        Self { addr, received }
    }

    /// Returns a provider and a tracer that export spans to the collector.
    pub(crate) fn exporter(&self) -> (SdkTracerProvider, Tracer) {
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Client)
            .with_protocol(Protocol::HttpJson)
            .with_endpoint(format!("http://{}/v1/traces", self.addr))
            .build()
            .unwrap();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .build();
        let tracer = provider.tracer("shop");
        (provider, tracer)
    }

    /// Returns the spans that were received.
    pub(crate) fn spans(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        while let Ok(export) = self.received.try_recv() {
            for resource in list(&export["resourceSpans"]) {
                for scope in list(&resource["scopeSpans"]) {
                    spans.extend(list(&scope["spans"]).iter().map(Span::read));
                }
            }
        }
        spans
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

impl Span {
    fn read(span: &Value) -> Self {
        let attributes = list(&span["attributes"]).iter().map(|pair| {
            let value = pair["value"].as_object().unwrap();
            (text(&pair["key"]), value.values().next().unwrap().clone())
        });
        let events = list(&span["events"]).iter();
        Self {
            name: text(&span["name"]),
            kind: span["kind"].clone(),
            trace_id: text(&span["traceId"]),
            span_id: text(&span["spanId"]),
            parent_id: text(&span["parentSpanId"]),
            status: span["status"].clone(),
            attributes: attributes.collect(),
            events: events.map(|event| text(&event["name"])).collect(),
        }
    }

    /// Returns an attribute as text: 64-bit numbers are text in JSON.
    pub(crate) fn attribute(&self, name: &str) -> &str {
        let value = self.attributes.get(name);
        let value = value.unwrap_or_else(|| panic!("no {name} in {:?}", self.attributes));
        value.as_str().unwrap()
    }
}

/// Receives an export.
fn serve(stream: TcpStream, received: &mpsc::Sender<Value>) {
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    // If sending fails, the test has ended.
    let _ = received.send(serde_json::from_slice(&body).unwrap());
    let response = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{}";
    reader.get_mut().write_all(response.as_bytes()).unwrap();
}

/// The HTTP client of the exporter, which calls it in a separate thread.
#[derive(Debug)]
struct Client;

#[async_trait::async_trait]
impl HttpClient for Client {
    async fn send_bytes(
        &self,
        request: http::Request<Bytes>,
    ) -> Result<http::Response<Bytes>, HttpError> {
        let request = request.map(|body| body.to_vec());
        let response = ureq::Agent::new_with_defaults().run(request)?;
        let (head, mut body) = response.into_parts();
        Ok(http::Response::from_parts(head, body.read_to_vec()?.into()))
    }
}
