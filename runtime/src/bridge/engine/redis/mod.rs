//! Redis Streams.

mod position;

use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use redis::aio::MultiplexedConnection;
use redis::{AsyncConnectionConfig, Client, Cmd, RedisError, Value, cmd};

use self::position::{EntryId, Position, StreamInfo};
use super::sealed::Split;
use super::{EngineError, Inbound, Outbound, Received, Resumed};

/// How long to wait for a connection, and for a response in addition to the time that the command itself waits.
const TIMEOUT: Duration = Duration::from_secs(5);

/// How long a read waits for frames, in milliseconds.
const BLOCK: u64 = 1000;

/// The maximum number of frames per read.
const COUNT: usize = 64;

/// The maximum length of a frame, in bytes. Redis accepts strings of up to 512 MiB, but one of that length would block
/// Redis for a long time.
const MAX_FRAME: usize = 64 * 1024 * 1024;

/// An engine that uses one stream of Redis 7 or newer, or of a compatible server such as Valkey.
///
/// Each message of a replica is an entry of the stream and contains up to 256 events. After it reconnects, a replica
/// reads the entries after the last one that it received. If some of them were removed because the stream exceeded
/// [`max_len`](Self::max_len), or if the server lost data, the replica emits [`Gap`](crate::bridge::Gap).
///
/// With `appendonly yes`, a server that is killed loses nothing that was confirmed; after a power failure, it may lose
/// the writes of the last second, unless `appendfsync always` is set. Leave `maxmemory-policy` at `noeviction`.
/// Node.js: no counterpart; Socket.IO: `@socket.io/redis-streams-adapter`.
///
/// # Examples
///
/// ```no_run
/// use onward::bridge::{Bridge, EngineError, RedisStreams};
/// use onward::events::Emitter;
///
/// onward::events! { ShopEvents { Sold(u32) } }
///
/// # #[tokio::main]
/// # async fn main() -> Result<(), EngineError> {
/// let shop: Emitter<ShopEvents> = Emitter::new();
/// let engine = RedisStreams::connect("redis://127.0.0.1/").await?.stream("shop:events").await?;
/// let bridge = Bridge::over(engine.max_len(100_000)).carry(&shop, Sold);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct RedisStreams {
    client: Client,
    stream: String,
    max_len: usize,
    position: Position,
}

impl RedisStreams {
    /// Connects to the server at a URL: `redis://user:password@host:port/database`, or `redis+unix:///path?db=1` for a
    /// Unix socket.
    ///
    /// # Errors
    ///
    /// - [`EngineError`] if the URL is not valid, if the server cannot be reached within 5 s, or for another reason
    ///   that [`stream`](Self::stream) lists, since the default stream is looked up.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::bridge::{Bridge, EngineError, RedisStreams};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), EngineError> {
    /// let bridge = Bridge::over(RedisStreams::connect("redis://127.0.0.1/").await?);
    /// # Ok(())
    /// # }
    /// ```
    pub async fn connect(url: &str) -> Result<Self, EngineError> {
        let engine = Self {
            client: Client::open(url)?,
            stream: String::new(),
            max_len: 10_000,
            position: Position::default(),
        };
        engine.stream("onward:bridge").await
    }

    /// Sets the key of the stream. Default: `onward:bridge`.
    ///
    /// # Errors
    ///
    /// - [`EngineError`] if the server cannot be reached, if the key holds something other than a stream, or if the
    ///   stream exists and the server is older than Redis 7.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::bridge::{EngineError, RedisStreams};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), EngineError> {
    /// let engine = RedisStreams::connect("redis://127.0.0.1/").await?.stream("shop:events").await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn stream(mut self, key: &str) -> Result<Self, EngineError> {
        key.clone_into(&mut self.stream);
        let mut connection = connect(&self.client).await?;
        let info = read_info(&mut connection, key).await?;
        self.position = info.map(|it| it.end()).unwrap_or_default();
        Ok(self)
    }

    /// Sets how many messages the stream keeps, approximately. Default: 10,000.
    ///
    /// This limit determines how long a replica may be cut off without a [`Gap`](crate::bridge::Gap), and how much
    /// memory Redis needs. A message contains up to 256 events; a heartbeat is a message without events.
    ///
    /// # Examples
    ///
    /// ```no_run
    /// use onward::bridge::{EngineError, RedisStreams};
    ///
    /// # #[tokio::main]
    /// # async fn main() -> Result<(), EngineError> {
    /// let engine = RedisStreams::connect("redis://127.0.0.1/").await?.max_len(100_000);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn max_len(mut self, messages: usize) -> Self {
        self.max_len = messages.max(1);
        self
    }
}

async fn connect(client: &Client) -> Result<MultiplexedConnection, RedisError> {
    let config = AsyncConnectionConfig::new()
        .set_connection_timeout(Some(TIMEOUT))
        .set_response_timeout(Some(TIMEOUT + Duration::from_millis(BLOCK)));
    client
        .get_multiplexed_async_connection_with_config(&config)
        .await
}

/// Returns what Redis reports about the stream, or `None` if the stream does not exist.
async fn read_info(
    connection: &mut MultiplexedConnection,
    key: &str,
) -> Result<Option<StreamInfo>, EngineError> {
    let mut command = cmd("XINFO");
    command.arg("STREAM").arg(key);
    let result: Result<HashMap<String, Value>, _> = command.query_async(connection).await;
    match result {
        Ok(fields) => match StreamInfo::from_fields(&fields) {
            Some(info) => Ok(Some(info)),
            None => Err(EngineError::new("bridges need Redis 7 or newer")),
        },
        Err(error) if error.to_string().contains("no such key") => Ok(None),
        Err(error) => Err(error.into()),
    }
}

impl From<RedisError> for EngineError {
    fn from(error: RedisError) -> Self {
        Self::new(error)
    }
}

impl fmt::Debug for RedisStreams {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStreams")
            .field("stream", &self.stream)
            .field("max_len", &self.max_len)
            .finish_non_exhaustive()
    }
}

impl Split for RedisStreams {
    type Outbound = RedisOutbound;
    type Inbound = RedisInbound;

    fn split(self) -> (RedisOutbound, RedisInbound) {
        let outbound = RedisOutbound {
            client: self.client.clone(),
            stream: self.stream.clone(),
            max_len: self.max_len,
            connection: None,
        };
        let inbound = RedisInbound {
            client: self.client,
            stream: self.stream,
            position: self.position,
            connection: None,
            is_behind: false,
        };
        (outbound, inbound)
    }
}

pub struct RedisOutbound {
    client: Client,
    stream: String,
    max_len: usize,
    connection: Option<MultiplexedConnection>,
}

impl RedisOutbound {
    fn add(&self, frame: &Bytes) -> Cmd {
        let mut command = cmd("XADD");
        command.arg(&self.stream).arg("MAXLEN").arg("~");
        command
            .arg(self.max_len)
            .arg("*")
            .arg("frame")
            .arg(&**frame);
        command
    }
}

impl Outbound for RedisOutbound {
    fn max_frame(&self) -> usize {
        MAX_FRAME
    }

    async fn send(&mut self, frame: &Bytes) -> Result<(), EngineError> {
        // The connection is put back only after a successful call.
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => connect(&self.client).await?,
        };
        let _id: String = self.add(frame).query_async(&mut connection).await?;
        self.connection = Some(connection);
        Ok(())
    }
}

pub struct RedisInbound {
    client: Client,
    stream: String,
    position: Position,
    connection: Option<MultiplexedConnection>,
    /// Whether the last read might not have reached the end of the stream.
    is_behind: bool,
}

/// Streams, their entries, and the fields of the entries.
type Read = Option<Vec<(String, Vec<(String, Vec<Vec<u8>>)>)>>;

impl RedisInbound {
    async fn check(
        &mut self,
        connection: &mut MultiplexedConnection,
    ) -> Result<Resumed, EngineError> {
        let info = read_info(connection, &self.stream).await?;
        Ok(self.position.check(info.as_ref()))
    }

    async fn read(
        &mut self,
        connection: &mut MultiplexedConnection,
    ) -> Result<Received, EngineError> {
        let resumed = match self.is_behind {
            true => self.check(connection).await?,
            false => Resumed::Complete,
        };
        let mut command = cmd("XREAD");
        command.arg("COUNT").arg(COUNT).arg("BLOCK").arg(BLOCK);
        command
            .arg("STREAMS")
            .arg(&self.stream)
            .arg(self.position.id.to_string());
        let read: Read = command.query_async(connection).await?;
        let mut frames = Vec::new();
        for (id, mut fields) in read.into_iter().flatten().flat_map(|it| it.1) {
            self.position.id = EntryId::parse(&id).unwrap_or(self.position.id);
            self.position.count += 1;
            // A frame is the value of the only field of its entry. An entry that another program has added may have
            // several fields.
            frames.push(fields.pop().unwrap_or_default().into());
        }
        self.is_behind = frames.len() == COUNT;
        Ok(Received {
            frames,
            resumed,
            is_complete: !self.is_behind,
        })
    }
}

impl Inbound for RedisInbound {
    async fn connect(&mut self) -> Result<Resumed, EngineError> {
        let mut connection = connect(&self.client).await?;
        let resumed = self.check(&mut connection).await?;
        self.connection = Some(connection);
        Ok(resumed)
    }

    async fn receive(&mut self) -> Result<Received, EngineError> {
        let Some(mut connection) = self.connection.take() else {
            return Err(EngineError::new("not connected"));
        };
        let received = self.read(&mut connection).await?;
        self.connection = Some(connection);
        Ok(received)
    }
}
