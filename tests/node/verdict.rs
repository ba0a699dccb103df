//! How each scenario compares: `tests/data/node.verdicts`, read.

use crate::golden::Outcome;
use crate::seen::Seen;

/// What becomes of a scenario here.
pub(crate) struct Verdict {
    pub(crate) scenario: String,
    pub(crate) kind: Kind,
    /// Why it is otherwise.
    pub(crate) reason: String,
    /// What comes over the connection here, and how it ends, where that is not as in Node.
    answer: Vec<String>,
    /// What is told here, where that is not as in Node.
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
            answer: Vec::new(),
            events: Vec::new(),
        }
    }

    /// What may be seen here: Node's own outcomes, or ours.
    pub(crate) fn expected(&self, outcomes: &[Outcome], to_connect: bool) -> Vec<Seen> {
        let nodes = outcomes.iter().map(|outcome| Seen::of(outcome, to_connect));
        match self.kind {
            Kind::Same => nodes.collect(),
            Kind::Different => nodes.take(1).map(|node| self.ours(node)).collect(),
        }
    }

    fn ours(&self, node: Seen) -> Seen {
        let lines = |lines: &[String]| lines.iter().map(|line| format!("{line}\n")).collect();
        let (answer, fate) = match self.answer.split_last() {
            Some((fate, answer)) => (lines(answer), fate.clone()),
            None => (node.answer, node.fate),
        };
        let events = match self.events.is_empty() {
            true => node.events,
            false => lines(&self.events),
        };
        Seen {
            answer,
            fate,
            events,
        }
    }

    /// Whether it shows: some programs are written otherwise, and then do the same.
    pub(crate) fn shows(&self) -> bool {
        !self.answer.is_empty() || !self.events.is_empty()
    }
}

/// All verdicts.
pub(crate) fn verdicts() -> Vec<Verdict> {
    let mut verdicts = Vec::<Verdict>::new();
    for line in include_str!("../data/node.verdicts").lines() {
        let (word, rest) = line.split_once(' ').unwrap_or_default();
        match word {
            "same" => verdicts.push(Verdict::new(Kind::Same, rest)),
            "different" => verdicts.push(Verdict::new(Kind::Different, rest)),
            "" if !rest.is_empty() => {
                let verdict = verdicts.last_mut().expect("whose it is");
                let line = rest.trim_start();
                match line.split_at_checked(2) {
                    Some(("| ", line)) => verdict.answer.push(line.to_owned()),
                    Some((": ", line)) => verdict.events.push(line.to_owned()),
                    _ => verdict.reason = line.to_owned(),
                }
            }
            "" | "#" => {}
            word => panic!("`{word}` is no verdict"),
        }
    }
    verdicts
}
