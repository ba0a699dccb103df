//! NATS, without JetStream.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};
use std::time::Duration;

use async_nats::{Client, ConnectOptions, Event, Subscriber};
use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::watch;
use tokio::time::{Instant, timeout, timeout_at};

use super::sealed::Split;
use super::{EngineError, Inbound, Outbound, Received, Resumed};
use crate::bridge::backoff;

/// How long to wait for a connection, and for a confirmation.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How long to wait for frames.
const WAIT: Duration = Duration::from_secs(1);

/// The interval between pings. If two pings are unanswered when the third is due, the connection is closed.
const PING: Duration = Duration::from_secs(2);

/// The longest pause before an attempt to connect, in milliseconds.
const LONGEST_PAUSE: u64 = 2000;

/// The maximum number of frames that the client buffers; it discards further frames.
const BUFFERED: usize = 4096;

/// The maximum number of frames that are received at once.
const COUNT: usize = 64;

/// An engine that uses one subject of a NATS server, without JetStream.
///
/// The server stores nothing. A replica that is cut off misses what other replicas emit in the meantime, and emits
/// [`Gap`](crate::bridge::Gap) once it has reconnected. [`emit_confirmed`](crate::bridge::Bridge::emit_confirmed) waits
/// until the server has received the event. Node.js: no counterpart; Socket.IO: `@socket.io/redis-adapter` has the same
/// guarantees.
///
/// # Examples
///
/// ```no_run
/// use onward::bridge::{Bridge, EngineError, Nats};
/// use onward::events::Emitter;
///
/// onward::events! { ShopEvents { Sold(u32) } }
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), EngineError> {
/// let shop: Emitter<ShopEvents> = Emitter::new();
/// let engine = Nats::connect("nats://127.0.0.1").await?.subject("shop.events").await?;
/// let bridge = Bridge::over(engine).carry(&shop, Sold);
/// # Ok(())
/// # }
/// ```
pub struct Nats {
    client: Client,
    subject: String,
    frames: Subscriber,
    state: watch::Receiver<State>,
}

/// The state of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    is_connected: bool,
    /// How many times the connection was lost.
    disconnections: u64,
    /// How many times the client has discarded frames.
    overflows: u64,
}

impl Nats {
    /// Connects to the server at a URL: `nats://user:password@host:port`, or `tls://host:port`.
    ///
    /// # Errors
    ///
    /// - [`EngineError`] if the URL is not valid, or if the server cannot be reached within 5 s.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::bridge::{Bridge, EngineError, Nats};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), EngineError> {
    /// let bridge = Bridge::over(Nats::connect("nats://127.0.0.1").await?);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(url: &str) -> Result<Self, EngineError> {
        let (sender, state) = watch::channel(State {
            is_connected: true,
            disconnections: 0,
            overflows: 0,
        });
        let options = ConnectOptions::new()
            .connection_timeout(TIMEOUT)
            .ping_interval(PING)
            .subscription_capacity(BUFFERED)
            .max_reconnects(None)
            .reconnect_delay_callback(pause)
            .event_callback(move |event| {
                sender.send_modify(|state| state.change(&event));
                async {}
            });
        let client = options.connect(url).await.map_err(EngineError::new)?;
        let subject = "onward.bridge".to_owned();
        let frames = subscribe(&client, &subject).await?;
        Ok(Self {
            client,
            subject,
            frames,
            state,
        })
    }

    /// Sets the subject. Default: `onward.bridge`.
    ///
    /// # Errors
    ///
    /// - [`EngineError`] if the subject is not valid, or if the server does not respond within 5 s.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::bridge::{EngineError, Nats};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), EngineError> {
    /// let engine = Nats::connect("nats://127.0.0.1").await?.subject("shop.events").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn subject(mut self, subject: &str) -> Result<Self, EngineError> {
        self.frames = subscribe(&self.client, subject).await?;
        subject.clone_into(&mut self.subject);
        Ok(self)
    }
}

/// Subscribes, and waits until the server has received the subscription.
async fn subscribe(client: &Client, subject: &str) -> Result<Subscriber, EngineError> {
    let subject = subject.to_owned();
    let frames = client.subscribe(subject).await.map_err(EngineError::new)?;
    let mut echo = Echo::new(client).await?;
    echo.wait(client, Instant::now() + TIMEOUT).await?;
    Ok(frames)
}

/// Returns how long to wait before an attempt to connect.
fn pause(attempts: usize) -> Duration {
    let longest = (50_u64 << attempts.min(6)).min(LONGEST_PAUSE);
    Duration::from_millis(longest / 2 + backoff::random() % (longest / 2))
}

impl State {
    fn change(&mut self, event: &Event) {
        match event {
            Event::Connected => self.is_connected = true,
            Event::Disconnected | Event::Closed => {
                self.is_connected = false;
                self.disconnections += 1;
            }
            Event::SlowConsumer(_) => self.overflows += 1,
            _ => {}
        }
    }
}

fn disconnected() -> EngineError {
    EngineError::new("the connection to the NATS server is lost")
}

/// Waits until the client, which connects automatically, is connected.
async fn connected(state: &mut watch::Receiver<State>) -> Result<State, EngineError> {
    match timeout(TIMEOUT, state.wait_for(|it| it.is_connected)).await {
        Ok(Ok(state)) => Ok(*state),
        _ => Err(disconnected()),
    }
}

/// Waits for `work`. Returns `None` if the connection is lost first.
async fn while_connected<T>(
    mut state: watch::Receiver<State>,
    disconnections: u64,
    work: impl Future<Output = T>,
) -> Option<T> {
    let lost = async {
        drop(
            state
                .wait_for(|it| it.disconnections != disconnections)
                .await,
        )
    };
    let (mut lost, mut work) = (pin!(lost), pin!(work));
    poll_fn(|cx| match lost.as_mut().poll(cx) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(cx).map(Some),
    })
    .await
}

impl fmt::Debug for Nats {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nats")
            .field("subject", &self.subject)
            .finish_non_exhaustive()
    }
}

impl Split for Nats {
    type Outbound = NatsOutbound;
    type Inbound = NatsInbound;

    fn split(self) -> (NatsOutbound, NatsInbound) {
        let seen = *self.state.borrow();
        let inbound = NatsInbound {
            frames: self.frames,
            state: self.state.clone(),
            seen,
        };
        let outbound = NatsOutbound {
            client: self.client,
            subject: self.subject,
            state: self.state,
            echo: None,
        };
        (outbound, inbound)
    }
}

/// Messages that a client sends to itself. The server handles the messages of a connection in order, so receiving one
/// of them confirms all messages that were sent before it.
struct Echo {
    subject: String,
    returned: Subscriber,
    last: u64,
}

impl Echo {
    async fn new(client: &Client) -> Result<Self, EngineError> {
        let subject = client.new_inbox();
        let returned = client.subscribe(subject.clone()).await;
        Ok(Self {
            subject,
            returned: returned.map_err(EngineError::new)?,
            last: 0,
        })
    }

    async fn wait(&mut self, client: &Client, deadline: Instant) -> Result<(), EngineError> {
        self.last += 1;
        let number = self.last.to_be_bytes();
        let sent = client.publish(self.subject.clone(), number.to_vec().into());
        sent.await.map_err(EngineError::new)?;
        loop {
            let returned = timeout_at(deadline, next(&mut self.returned)).await;
            match returned {
                Ok(Some(message)) if *message.payload == number => return Ok(()),
                // An earlier call sent this message and stopped waiting for it.
                Ok(Some(_)) => {}
                Ok(None) => return Err(disconnected()),
                Err(_) => return Err(EngineError::new("the NATS server does not respond")),
            }
        }
    }
}

async fn next(messages: &mut Subscriber) -> Option<async_nats::Message> {
    poll_fn(|cx| Pin::new(&mut *messages).poll_next(cx)).await
}

pub struct NatsOutbound {
    client: Client,
    subject: String,
    state: watch::Receiver<State>,
    /// `None` before the first frame, and after a call that was canceled.
    echo: Option<Echo>,
}

impl NatsOutbound {
    async fn publish(&mut self, frame: &Bytes) -> Result<(), EngineError> {
        let deadline = Instant::now() + TIMEOUT;
        let mut echo = match self.echo.take() {
            Some(echo) => echo,
            None => Echo::new(&self.client).await?,
        };
        let sent = self.client.publish(self.subject.clone(), frame.clone());
        let result = match sent.await {
            Ok(()) => echo.wait(&self.client, deadline).await,
            Err(error) => Err(EngineError::new(error)),
        };
        self.echo = Some(echo);
        result
    }
}

impl Outbound for NatsOutbound {
    fn max_frame(&self) -> usize {
        self.client.max_payload()
    }

    async fn send(&mut self, frame: &Bytes) -> Result<(), EngineError> {
        // Without a connection, the client would buffer the frame, and buffer it again with each attempt.
        let disconnections = connected(&mut self.state).await?.disconnections;
        let state = self.state.clone();
        let published = while_connected(state, disconnections, self.publish(frame)).await;
        published.unwrap_or_else(|| Err(disconnected()))
    }
}

pub struct NatsInbound {
    frames: Subscriber,
    state: watch::Receiver<State>,
    /// The state when it was last compared.
    seen: State,
}

impl NatsInbound {
    /// Waits up to [`WAIT`] for a frame, and takes the available frames, at most [`COUNT`]. Returns `None` if the
    /// client is closed.
    async fn read(&mut self) -> Option<Vec<Bytes>> {
        let mut frames = Vec::new();
        match timeout(WAIT, next(&mut self.frames)).await {
            Ok(first) => frames.push(first?.payload),
            Err(_) => return Some(frames),
        }
        let mut cx = Context::from_waker(std::task::Waker::noop());
        while frames.len() < COUNT {
            match Pin::new(&mut self.frames).poll_next(&mut cx) {
                Poll::Ready(Some(message)) => frames.push(message.payload),
                _ => break,
            }
        }
        Some(frames)
    }
}

impl Inbound for NatsInbound {
    async fn connect(&mut self) -> Result<Resumed, EngineError> {
        let state = connected(&mut self.state).await?;
        let resumed = match state.disconnections == self.seen.disconnections {
            true => Resumed::Complete,
            false => Resumed::MayHaveMissed,
        };
        self.seen = state;
        Ok(resumed)
    }

    async fn receive(&mut self) -> Result<Received, EngineError> {
        let disconnections = self.seen.disconnections;
        let state = self.state.clone();
        let read = while_connected(state, disconnections, self.read()).await;
        let frames = read.flatten().ok_or_else(disconnected)?;
        let overflows = self.state.borrow().overflows;
        let resumed = match overflows == std::mem::replace(&mut self.seen.overflows, overflows) {
            true => Resumed::Complete,
            false => Resumed::MayHaveMissed,
        };
        Ok(Received {
            is_complete: frames.len() < COUNT,
            frames,
            resumed,
        })
    }
}
