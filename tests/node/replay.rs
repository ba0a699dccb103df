//! Replays a scenario.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use onward::http::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::event_log::{self, EventLog};
use crate::golden::{Control, Scenario, Step};
use crate::messages::{self, Message};
use crate::observed::Observed;
use crate::servers;

/// The maximum time to wait for expected data. At the end of a scenario, expected events get a fifth of it.
const PATIENCE: Duration = Duration::from_secs(5);

/// The time to wait for unexpected data and events.
const SILENCE: Duration = Duration::from_millis(150);

/// Replays a scenario, and returns the outcome. Waits until the outcome is as expected, or until a timeout.
pub(crate) async fn replay(scenario: &Scenario, expected: &[Observed]) -> Observed {
    let log = EventLog::default();
    let server = servers::server(scenario, &log);
    // The listener is bound here, so that the client can connect immediately.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = Client::new(listener.local_addr().unwrap(), scenario.connects());
    tokio::spawn(server.clone().listen(listener));
    while !server.listening() {
        tokio::task::yield_now().await;
    }
    let messages = expected[0].messages();
    let mut received = scenario.received().into_iter();
    for step in &scenario.steps {
        client.step(scenario, step, &server, &log).await;
        if step.bytes(&scenario.name).is_some() {
            let received = received.next().unwrap_or_default();
            client.until(client.count(&received).min(messages)).await;
        }
    }
    client.until(messages).await;
    client.end(&expected[0].fate).await;
    let complete = |lines: &[String]| {
        let events = event_log::by_object(lines);
        expected.iter().any(|expected| expected.events == events)
    };
    // If the expected events are not emitted, the comparison fails.
    let _ = timeout(PATIENCE / 5, log.until(complete)).await;
    Observed {
        response: messages::text(&client.messages()),
        fate: client.fate().to_owned(),
        events: event_log::by_object(&log.lines()),
    }
}

struct Client {
    at: SocketAddr,
    stream: Option<TcpStream>,
    received: Vec<u8>,
    sent: u64,
    fate: Option<&'static str>,
    /// Whether the client sends a CONNECT.
    to_connect: bool,
}

impl Client {
    fn new(at: SocketAddr, to_connect: bool) -> Self {
        Self {
            at,
            stream: None,
            received: Vec::new(),
            sent: 0,
            fate: None,
            to_connect,
        }
    }

    async fn step(&mut self, scenario: &Scenario, step: &Step, server: &Server, log: &EventLog) {
        if step.connects() {
            self.connect().await;
            let accepted = |lines: &[String]| !lines.is_empty();
            let _ = timeout(PATIENCE, log.until(accepted)).await;
        }
        if let Some(bytes) = step.bytes(&scenario.name) {
            self.send(&bytes).await;
        } else if !step.waits() {
            self.arrived(log).await;
        } else {
            self.nothing().await;
        }
        match step.ctl {
            Some(Control::Close) => server.close(),
            Some(Control::All) => server.close_all_connections(),
            None => {}
        }
        if step.ctl.is_some() {
            log.set_controlled();
        }
        if step.finishes() {
            self.stream.as_mut().unwrap().shutdown().await.unwrap();
        }
        if step.resets() {
            self.reset();
        }
    }

    fn fate(&self) -> &'static str {
        match (&self.stream, self.fate) {
            (_, Some(fate)) => fate,
            (Some(_), None) => "kept",
            (None, None) => "",
        }
    }

    async fn connect(&mut self) {
        self.stream = Some(TcpStream::connect(self.at).await.unwrap());
    }

    async fn send(&mut self, bytes: &[u8]) {
        if self.stream.is_none() {
            self.connect().await;
        }
        self.sent += bytes.len() as u64;
        let stream = self.stream.as_mut().unwrap();
        // The server might not read all of the bytes.
        let _ = timeout(PATIENCE, stream.write_all(bytes)).await;
    }

    /// Waits until the server has read everything that was sent.
    async fn arrived(&self, log: &EventLog) {
        let begin = Instant::now();
        while log.bytes_read() < self.sent && begin.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    fn reset(&mut self) {
        let stream = self.stream.take().unwrap();
        stream.set_zero_linger().unwrap();
        self.fate = Some("client-reset");
    }

    fn count(&self, bytes: &[u8]) -> usize {
        let messages = messages::parse(bytes, self.to_connect, self.fate.is_some());
        messages.iter().filter(|message| message.complete).count()
    }

    fn messages(&self) -> Vec<Message> {
        messages::parse(&self.received, self.to_connect, self.fate.is_some())
    }

    /// Reads until this number of messages is complete, or the connection ends.
    async fn until(&mut self, messages: usize) {
        let reading = async { while self.count(&self.received) < messages && self.read().await {} };
        let _ = timeout(PATIENCE, reading).await;
    }

    /// Reads unexpected data.
    async fn nothing(&mut self) {
        let _ = timeout(SILENCE, async { while self.read().await {} }).await;
    }

    async fn end(&mut self, fate: &str) {
        if fate == "kept" {
            self.nothing().await;
        } else {
            let _ = timeout(PATIENCE, async { while self.read().await {} }).await;
        }
        self.leave();
    }

    /// Closes the client's end if the server has closed the connection.
    fn leave(&mut self) {
        if self.fate.is_some() {
            self.stream = None;
        }
    }

    async fn read(&mut self) -> bool {
        let Some(stream) = self.stream.as_mut().filter(|_| self.fate.is_none()) else {
            return false;
        };
        let read = stream.read_buf(&mut self.received).await;
        self.fate = match read {
            Ok(0) => Some("closed"),
            Ok(_) => None,
            Err(_) => Some("reset"),
        };
        self.fate.is_none()
    }
}
