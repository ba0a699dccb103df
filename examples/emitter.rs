//! An emitter without a server: a logger that emits an event for each message.
//!
//! `cargo run --example emitter`

use onward::events::Emitter;

onward::events! {
    /// The events of a logger.
    LoggerEvents {
        /// A message was logged.
        MessageLogged(Message),
    }
}

struct Message {
    id: u32,
    url: String,
}

#[derive(Default)]
struct Logger {
    events: Emitter<LoggerEvents>,
}

impl Logger {
    fn log(&self, message: &str) {
        println!("{message}");
        let url = "http://mylogger.io/log".to_owned();
        self.events.emit(MessageLogged, &Message { id: 1, url });
    }
}

fn main() {
    let logger = Logger::default();

    // `MessagedLogged` does not compile: rustc suggests `MessageLogged`.
    logger.events.on(MessageLogged, |message| {
        println!(
            "listener called: message {} is at {}",
            message.id, message.url
        );
    });

    logger.log("hello");
}
