//! What is seen of a scenario.

use std::fmt;

use crate::answer::{self, Message};
use crate::golden::Outcome;
use crate::told;

/// What came over the connection, how it ended, and what was told.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) answer: String,
    pub(crate) fate: String,
    pub(crate) events: String,
}

impl Seen {
    /// What was seen in Node.
    pub(crate) fn of(outcome: &Outcome, to_connect: bool) -> Self {
        let ended = outcome.fate != "kept";
        let messages = answer::messages(&outcome.bytes, to_connect, ended);
        let messages: Vec<_> = messages
            .into_iter()
            .map(Message::without_default_persistence)
            .collect();
        Self {
            answer: answer::told(&messages),
            fate: outcome.fate.clone(),
            events: told::by_object(&outcome.events),
        }
    }

    /// How many messages are complete.
    pub(crate) fn messages(&self) -> usize {
        let begins = |line: &&str| line.starts_with("HTTP/") || line.starts_with("bytes ");
        let cut = self
            .answer
            .lines()
            .filter(|line| line.contains(", cut "))
            .count();
        self.answer.lines().filter(begins).count() - cut
    }
}

/// In the notation of `node.verdicts`.
impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.answer.lines() {
            writeln!(f, "  | {line}")?;
        }
        writeln!(f, "  | {}", self.fate)?;
        for line in self.events.lines() {
            writeln!(f, "  : {line}")?;
        }
        Ok(())
    }
}
