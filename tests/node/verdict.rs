//! Reads `tests/data/node.verdicts`, which states how each scenario compares with Node.

use crate::golden::Outcome;
use crate::observed::Observed;

/// The result of comparing a scenario with Node, as the file states it.
pub(crate) struct Verdict {
    pub(crate) scenario: String,
    pub(crate) kind: Kind,
    /// The reason for the difference.
    pub(crate) reason: String,
    /// The data received on the connection, and how it ends, if that differs from Node.
    response: Vec<String>,
    /// The events, if they differ from Node.
    events: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Same,
    Different,
}

impl Verdict {
    fn new(kind: Kind, scenario: &str) -> Self {
        Self {
            scenario: scenario.to_owned(),
            kind,
            reason: String::new(),
            response: Vec::new(),
            events: Vec::new(),
        }
    }

    /// Returns the accepted outcomes: those of Node, or the one in the file.
    pub(crate) fn expected(&self, outcomes: &[Outcome], to_connect: bool) -> Vec<Observed> {
        let nodes = outcomes
            .iter()
            .map(|outcome| Observed::of(outcome, to_connect));
        match self.kind {
            Kind::Same => nodes.collect(),
            Kind::Different => nodes.take(1).map(|node| self.replace(node)).collect(),
        }
    }

    fn replace(&self, node: Observed) -> Observed {
        let lines = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect();
        let (response, fate) = match self.response.split_last() {
            Some((fate, response)) => (lines(response), fate.clone()),
            None => (node.response, node.fate),
        };
        let events = match self.events.is_empty() {
            true => node.events,
            false => lines(&self.events),
        };
        Observed {
            response,
            fate,
            events,
        }
    }

    /// Returns whether a difference can be observed. Some programs are written differently but behave in the same way.
    pub(crate) fn shows(&self) -> bool {
        !self.response.is_empty() || !self.events.is_empty()
    }
}

/// Reads all verdicts.
pub(crate) fn verdicts() -> Vec<Verdict> {
    let mut verdicts = Vec::<Verdict>::new();
    for line in include_str!("../data/node.verdicts").lines() {
        let (word, rest) = line.split_once(' ').unwrap_or_default();
        match word {
            "same" => verdicts.push(Verdict::new(Kind::Same, rest)),
            "different" => verdicts.push(Verdict::new(Kind::Different, rest)),
            "" if !rest.is_empty() => {
                let verdict = verdicts.last_mut().expect("a verdict above");
                let line = rest.trim_start();
                match line.split_at_checked(2) {
                    Some(("| ", line)) => verdict.response.push(line.to_owned()),
                    Some((": ", line)) => verdict.events.push(line.to_owned()),
                    _ => verdict.reason = line.to_owned(),
                }
            }
            "" | "#" => {}
            word => panic!("`{word}` is not a verdict"),
        }
    }
    verdicts
}
