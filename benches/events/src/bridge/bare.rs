//! Sends and receives events with the Redis client, used directly.

use crate::contender::Program;
use crate::replica::Meter;
use crate::{BATCH, Result, Sale, sale};
use redis::aio::MultiplexedConnection;
use redis::{Client, Pipeline, cmd, pipe};

const STREAM: &str = "sales";

/// The name of the replica that sends.
const SENDER: &str = "web-1";

/// The maximum number of entries per read, if each contains a batch.
const COUNT: u64 = 64;

async fn connect(url: &str) -> Result<MultiplexedConnection> {
    let client = Client::open(url)?;
    Ok(client.get_multiplexed_async_connection().await?)
}

fn add(pipe: &mut Pipeline, json: &[u8]) {
    let command = pipe.cmd("XADD").arg(STREAM).arg("MAXLEN").arg("~");
    command.arg(1_000_000).arg("*").arg("from").arg(SENDER);
    command.arg("json").arg(json).ignore();
}

pub(crate) async fn send(program: Program, url: &str, events: u64) -> Result {
    let mut connection = connect(url).await?;
    // A replica also receives what it has sent itself, and ignores it.
    let mut reader = Reader::new(program, url).await?;
    tokio::spawn(async move {
        while let Ok(entries) = reader.read().await {
            assert!(entries.iter().all(|entry| entry.from == SENDER));
        }
    });
    let meter = Meter::start(events);
    let batch = if program == Program::Single { 1 } else { BATCH };
    for first in (0..events).step_by(batch as usize) {
        let sales = (first..(first + batch).min(events)).map(sale);
        let mut pipe = pipe();
        if program == Program::Batched {
            add(&mut pipe, &serde_json::to_vec(&sales.collect::<Vec<_>>())?);
        } else {
            for sale in sales {
                add(&mut pipe, &serde_json::to_vec(&sale)?);
            }
        }
        let () = pipe.query_async(&mut connection).await?;
        for number in first..(first + batch).min(events) {
            meter.count(number + 1);
        }
    }
    Ok(())
}

/// Streams, their entries, and the fields of each entry.
type Read = Option<Vec<(String, Vec<(String, (String, String, String, Vec<u8>))>)>>;

struct Reader {
    connection: MultiplexedConnection,
    last: String,
    count: u64,
}

struct Entry {
    from: String,
    json: Vec<u8>,
}

impl Reader {
    async fn new(program: Program, url: &str) -> Result<Self> {
        Ok(Self {
            connection: connect(url).await?,
            last: "0-0".to_owned(),
            count: if program == Program::Batched {
                COUNT
            } else {
                BATCH
            },
        })
    }

    async fn read(&mut self) -> Result<Vec<Entry>> {
        let mut command = cmd("XREAD");
        command.arg("COUNT").arg(self.count).arg("BLOCK").arg(100);
        command.arg("STREAMS").arg(STREAM).arg(&self.last);
        let read: Read = command.query_async(&mut self.connection).await?;
        let mut entries = Vec::new();
        for (id, (_, from, _, json)) in read.into_iter().flatten().flat_map(|(_, it)| it) {
            entries.push(Entry { from, json });
            self.last = id;
        }
        Ok(entries)
    }
}

pub(crate) async fn receive(program: Program, url: &str, events: u64) -> Result {
    let mut reader = Reader::new(program, url).await?;
    let meter = Meter::start(events);
    let mut received = 0;
    let mut handle = |sale: Sale| {
        assert_eq!(sale.number, received);
        received += 1;
        meter.count(received);
        received < events
    };
    let mut is_open = true;
    while is_open {
        for Entry { json, .. } in reader.read().await? {
            if program == Program::Batched {
                let sales: Vec<Sale> = serde_json::from_slice(&json)?;
                is_open = sales.into_iter().all(&mut handle);
            } else {
                is_open = handle(serde_json::from_slice(&json)?);
            }
        }
    }
    Ok(())
}
