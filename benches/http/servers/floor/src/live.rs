//! A server of events without HTTP and without a runtime: for each event and follower, it calls `send` and does nothing
//! else.

use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

const FOLLOWED: &[u8] =
    b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
const SOLD: &[u8] = b"2f\r\nevent: Sold\ndata: {\"product\":\"lamp\",\"left\":7}\n\n\r\n";
const DONE: &[u8] = b"HTTP/1.1 204 No Content\r\n\r\n";

type Followers = Arc<Mutex<Vec<TcpStream>>>;

fn main() -> io::Result<()> {
    let listener = TcpListener::bind(app::address())?;
    let followers = Followers::default();
    loop {
        let (mut stream, _) = listener.accept()?;
        stream.set_nodelay(true)?;
        match request(&mut stream)? {
            b'G' => {
                stream.write_all(FOLLOWED)?;
                stream.set_nonblocking(true)?;
                followers.lock().expect("no panic").push(stream);
            }
            b'P' => {
                let followers = Arc::clone(&followers);
                std::thread::spawn(move || sell(stream, &followers));
            }
            _ => {}
        }
    }
}

/// Reads a request and returns the first byte of its method, or 0 at the end of the stream.
fn request(stream: &mut TcpStream) -> io::Result<u8> {
    let mut buffer = [0; 1024];
    Ok(match stream.read(&mut buffer)? {
        0 => 0,
        _ => buffer[0],
    })
}

/// Sends an event for each request on this connection. The first request has already been read.
fn sell(mut seller: TcpStream, followers: &Followers) -> io::Result<()> {
    loop {
        for mut follower in followers.lock().expect("no panic").iter() {
            // A follower that does not read misses the event.
            let _ = follower.write(SOLD);
        }
        seller.write_all(DONE)?;
        if request(&mut seller)? != b'P' {
            return Ok(());
        }
    }
}
