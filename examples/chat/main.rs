//! A chat: rooms, their members, history, and clients that resume after a lost connection or a restart.
//!
//! ```text
//! cargo run --example chat [ADDRESS] [DATABASE] [REDIS]
//! ```
//!
//! The defaults are port 3000, the file `chat.db` (`:memory:` uses no file), and no Redis server. With the URL of a
//! Redis server, replicas of the chat that use the same database show new messages at once. The following command
//! starts Redis, two replicas, and nginx in front of them on port 8080:
//!
//! ```text
//! examples/chat/replicas
//! ```

#![allow(
    unreachable_pub,
    reason = "nothing outside of a program can use its items"
)]

mod presence;
mod room;
mod store;

use std::time::Duration;

use onward::bridge::{Memory, RedisStreams};
use onward::http;
use onward::prelude::*;
use onward::websocket::{WebSocket, WebSocketOptions};
use room::Rooms;
use serde::Deserialize;
use store::{MAX_NAME, Store};

/// The maximum size of a message from a client, in bytes.
const MAX_MESSAGE: usize = 16 * 1024;

#[server]
async fn chat(req: Request, mut res: Response, rooms: Rooms) -> Result {
    res.set_header("cache-control", "no-store");

    /// The page. It connects to a room below.
    route!("/" as index => Html(include_str!("page.html")));

    /// A room, as a WebSocket. `after` is the id of the last message that the client has.
    route!("/rooms/{room}" as room => {
        let visit = Visit {
            room: checked("room", room.to_owned())?,
            name: checked("name", req.url.query("name")?)?,
            after: req.url.query::<Option<i64>>("after")?.filter(|id| *id > 0),
        };
        WebSocketOptions::new()
            .max_message_size(MAX_MESSAGE)
            .ping_interval(Duration::from_secs(10))
            .accept(&req, res, |socket| visit_room(socket, visit, rooms))?
    });
}

struct Visit {
    room: String,
    name: String,
    after: Option<i64>,
}

/// A message from a client.
#[derive(Deserialize)]
struct Post {
    /// The client reuses the nonce when it sends a message again because it does not know whether the server received
    /// the message.
    nonce: String,
    text: String,
}

fn checked(what: &str, text: String) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > MAX_NAME {
        let message = format!("`{what}` must have 1 to {MAX_NAME} characters");
        return Err(Failure::bad_request(message));
    }
    Ok(text.to_owned())
}

async fn visit_room(mut socket: WebSocket, visit: Visit, rooms: Rooms) -> Result<()> {
    let Visit { room, name, after } = visit;
    let member = socket.sender();
    let after = rooms.catch_up(&room, after, &mut socket).await?;
    // The member leaves the room when this value is dropped.
    let _guest = rooms.join(&room, &name, after, &member).await?;
    while let Some(message) = socket.next().await {
        match message?.to::<Post>() {
            Ok(post) => rooms.post(&room, &name, post.nonce, post.text).await?,
            Err(error) => eprintln!("{name} sent an invalid message: {error}"),
        }
    }
    Ok(())
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(2);
    let database = arguments.next().unwrap_or_else(|| "chat.db".to_owned());
    let store = Store::open(&database).map_err(std::io::Error::other)?;
    let rooms = match arguments.next() {
        Some(url) => {
            let engine = RedisStreams::connect(&url).await;
            Rooms::new(store, engine.map_err(std::io::Error::other)?)
        }
        None => Rooms::new(store, Memory::new()),
    };

    let of_server = rooms.clone();
    let server = http::create_server(move |req, res| chat(req, res, of_server.clone()))
        .close_on_signal(Duration::from_secs(3));
    server.on(event::Error, |error| eprintln!("{error:?}"));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.listen(onward_examples::address()).await?;
    rooms.close().await;
    Ok(())
}
