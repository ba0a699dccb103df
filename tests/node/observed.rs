//! The part of a scenario's outcome that is compared.

use std::fmt;

use crate::event_log;
use crate::golden::Outcome;
use crate::messages::{self, Message};

/// The data received on the connection, how it ended, and which events were emitted.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Observed {
    pub(crate) response: String,
    pub(crate) fate: String,
    pub(crate) events: String,
}

impl Observed {
    /// Returns the compared part of an outcome in Node.
    pub(crate) fn of(outcome: &Outcome, to_connect: bool) -> Self {
        let ended = outcome.fate != "kept";
        let messages = messages::parse(&outcome.bytes, to_connect, ended);
        let messages: Vec<_> = messages
            .into_iter()
            .map(Message::without_default_persistence)
            .collect();
        Self {
            response: messages::text(&messages),
            fate: outcome.fate.clone(),
            events: event_log::by_object(&outcome.events),
        }
    }

    /// Returns the number of complete messages.
    pub(crate) fn messages(&self) -> usize {
        let begins = |line: &&str| line.starts_with("HTTP/") || line.starts_with("bytes ");
        let incomplete = self
            .response
            .lines()
            .filter(|line| line.contains(", truncated "))
            .count();
        self.response.lines().filter(begins).count() - incomplete
    }
}

/// Writes the outcome in the notation of `node.verdicts`.
impl fmt::Display for Observed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.response.lines() {
            writeln!(f, "  | {line}")?;
        }
        writeln!(f, "  | {}", self.fate)?;
        for line in self.events.lines() {
            writeln!(f, "  : {line}")?;
        }
        Ok(())
    }
}
