//! The chat: members, history, and what a client gets after a restart.

use std::io::{Read, Write};
use std::net::TcpStream;

use serde_json::{Value, json};

use crate::program::Program;
use crate::shop::File;

/// A client without a browser.
struct Member(TcpStream);

impl Member {
    fn join(chat: &Program, name: &str, after: i64) -> Self {
        let mut stream = TcpStream::connect(chat.addr()).expect("a connection");
        let request = format!(
            "GET /rooms/tea?name={name}&after={after} HTTP/1.1\r\nhost: a\r\nconnection: upgrade\r\nupgrade: websocket\r\n\
             sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        stream
            .write_all(request.as_bytes())
            .expect("the request is sent");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a response");
            head.extend(byte);
        }
        assert!(head.starts_with(b"HTTP/1.1 101 "), "{name}");
        Self(stream)
    }

    fn post(&mut self, nonce: &str, text: &str) {
        let text = json!({ "nonce": nonce, "text": text }).to_string();
        let len = u8::try_from(text.len()).expect("a short message");
        assert!(len < 126);
        // The mask is zero.
        let mut frame = vec![0x81, 0x80 | len, 0, 0, 0, 0];
        frame.extend(text.as_bytes());
        self.0.write_all(&frame).expect("the frame is sent");
    }

    fn receive(&mut self) -> Value {
        let mut head = [0; 2];
        self.0.read_exact(&mut head).expect("a frame");
        assert_eq!(head[0], 0x81, "text");
        let mut len = usize::from(head[1]);
        if len == 126 {
            let mut long = [0; 2];
            self.0.read_exact(&mut long).expect("a length");
            len = u16::from_be_bytes(long).into();
        }
        let mut payload = vec![0; len];
        self.0.read_exact(&mut payload).expect("a payload");
        serde_json::from_slice(&payload).expect("JSON")
    }

    /// Receives the next message: its id, author and text.
    fn message(&mut self) -> (i64, String, String) {
        loop {
            let value = self.receive();
            if value["type"] == "message" {
                let text = |name: &str| value[name].as_str().expect("text").to_owned();
                return (
                    value["id"].as_i64().expect("an id"),
                    text("name"),
                    text("text"),
                );
            }
        }
    }

    /// Waits until exactly these members are present.
    fn until_present(&mut self, names: &[&str]) {
        while self.receive() != json!({ "type": "presence", "names": names }) {}
    }
}

fn message(id: i64, name: &str, text: &str) -> (i64, String, String) {
    (id, name.to_owned(), text.to_owned())
}

#[test]
fn members_see_each_other_and_each_message_once_through_a_restart() {
    let file = File::new("chat");
    let chat = Program::serve("chat", &[file.path()]);
    let mut ada = Member::join(&chat, "ada", 0);
    let mut bob = Member::join(&chat, "bob", 0);
    ada.until_present(&["ada", "bob"]);
    ada.post("n1", "hello");
    assert_eq!(ada.message(), message(1, "ada", "hello"));
    assert_eq!(bob.message(), message(1, "ada", "hello"));
    bob.post("n1", "hi");
    assert_eq!(ada.message(), message(2, "bob", "hi"));
    drop(bob);
    ada.until_present(&["ada"]);
    drop(chat);

    let chat = Program::serve("chat", &[file.path()]);
    let mut ada = Member::join(&chat, "ada", 1);
    // This message is sent again, as by a client that does not know whether the server received it.
    ada.post("n1", "hello");
    ada.post("n2", "new");
    assert_eq!(ada.message(), message(2, "bob", "hi"));
    // A message that is ignored may use up an id.
    let (new, name, text) = ada.message();
    assert!(
        new > 2 && name == "ada" && text == "new",
        "{new} {name} {text}"
    );
    let mut bob = Member::join(&chat, "bob", 0);
    let history: Vec<_> = (0..3).map(|_| bob.message().0).collect();
    assert_eq!(history, [1, 2, new]);
}

#[test]
fn the_page_is_served_and_requests_without_a_websocket_are_rejected() {
    let chat = Program::serve("chat", &[":memory:"]);
    assert!(chat.get("/").body.contains("new WebSocket"));
    assert_eq!(chat.get("/rooms/tea?name=ada").status, 426);
    assert_eq!(chat.get("/rooms/tea").status, 400);
    let long = "x".repeat(41);
    assert_eq!(chat.get(&format!("/rooms/{long}?name=ada")).status, 400);
}

#[test]
fn a_member_gets_every_message_that_it_missed() {
    let chat = Program::serve("chat", &[":memory:"]);
    let mut ada = Member::join(&chat, "ada", 0);
    for number in 1..=350 {
        ada.post(&format!("n{number}"), "hello");
    }
    // The last message is received when all of them are stored.
    while ada.message().0 < 350 {}
    let mut bob = Member::join(&chat, "bob", 3);
    let missed: Vec<i64> = (4..=350).map(|_| bob.message().0).collect();
    assert!(missed.into_iter().eq(4..=350));
    // A new member gets the last messages.
    let mut eve = Member::join(&chat, "eve", 0);
    assert_eq!(eve.message().0, 251);
}
