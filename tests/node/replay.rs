//! A scenario, played again.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use onward::http::Server;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::answer::{self, Message};
use crate::golden::{Control, Scenario, Step};
use crate::seen::Seen;
use crate::servers;
use crate::told::{self, Told};

/// What should come does come; a test that hangs should end.
const HANGS: Duration = Duration::from_secs(5);

/// What should not come would have come by then.
const NOTHING: Duration = Duration::from_millis(150);

/// Plays it, and tells what was seen. What is expected is what is waited for.
pub(crate) async fn replay(scenario: &Scenario, expected: &[Seen]) -> Seen {
    let told = Told::default();
    let server = servers::server(scenario, &told);
    // It is bound here, so that a client may connect at once.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let mut client = Client::new(listener.local_addr().unwrap(), scenario.connects());
    tokio::spawn(server.clone().listen(listener));
    while !server.listening() {
        tokio::task::yield_now().await;
    }
    let messages = expected[0].messages();
    let mut received = scenario.received().into_iter();
    for step in &scenario.steps {
        client.step(scenario, step, &server, &told).await;
        if step.bytes(&scenario.name).is_some() {
            let received = received.next().unwrap_or_default();
            client.until(client.count(&received).min(messages)).await;
        }
    }
    client.until(messages).await;
    client.end(&expected[0].fate).await;
    let complete = |lines: &[String]| {
        let events = told::by_object(lines);
        expected.iter().any(|expected| expected.events == events)
    };
    // If they never are as expected, the comparison says so.
    let _ = timeout(HANGS / 5, told.until(complete)).await;
    Seen {
        answer: answer::told(&client.messages()),
        fate: client.fate().to_owned(),
        events: told::by_object(&told.lines()),
    }
}

struct Client {
    at: SocketAddr,
    stream: Option<TcpStream>,
    received: Vec<u8>,
    sent: u64,
    fate: Option<&'static str>,
    /// Whether it sends a CONNECT.
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

    async fn step(&mut self, scenario: &Scenario, step: &Step, server: &Server, told: &Told) {
        if step.connects() {
            self.connect().await;
            let accepted = |lines: &[String]| !lines.is_empty();
            let _ = timeout(HANGS, told.until(accepted)).await;
        }
        if let Some(bytes) = step.bytes(&scenario.name) {
            self.send(&bytes).await;
        } else if !step.waits() {
            self.arrived(told).await;
        } else {
            self.nothing().await;
        }
        match step.ctl {
            Some(Control::Close) => server.close(),
            Some(Control::All) => server.close_all_connections(),
            None => {}
        }
        if step.ctl.is_some() {
            told.do_it();
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
        // The server need not take it.
        let _ = timeout(HANGS, stream.write_all(bytes)).await;
    }

    /// Waits until the server has read all that was sent.
    async fn arrived(&self, told: &Told) {
        let begin = Instant::now();
        while told.bytes_read() < self.sent && begin.elapsed() < HANGS {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    }

    fn reset(&mut self) {
        let stream = self.stream.take().unwrap();
        stream.set_zero_linger().unwrap();
        self.fate = Some("client-reset");
    }

    fn count(&self, bytes: &[u8]) -> usize {
        let messages = answer::messages(bytes, self.to_connect, self.fate.is_some());
        messages.iter().filter(|message| message.complete).count()
    }

    fn messages(&self) -> Vec<Message> {
        answer::messages(&self.received, self.to_connect, self.fate.is_some())
    }

    /// Reads until so many messages are complete, or the connection ends.
    async fn until(&mut self, messages: usize) {
        let reading = async { while self.count(&self.received) < messages && self.read().await {} };
        let _ = timeout(HANGS, reading).await;
    }

    /// Reads what should not come.
    async fn nothing(&mut self) {
        let _ = timeout(NOTHING, async { while self.read().await {} }).await;
    }

    async fn end(&mut self, fate: &str) {
        if fate == "kept" {
            self.nothing().await;
        } else {
            let _ = timeout(HANGS, async { while self.read().await {} }).await;
        }
        self.leave();
    }

    /// Where the server has ended the connection, so does the client.
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
