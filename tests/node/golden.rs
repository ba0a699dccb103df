//! What Node did: the recording in `tests/data/golden.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::long;

#[derive(Deserialize)]
struct Recording {
    scenarios: Vec<Scenario>,
}

/// One server, one connection to it, and what became of both.
#[derive(Deserialize)]
pub(crate) struct Scenario {
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) title: String,
    #[serde(rename = "request")]
    pub(crate) steps: Vec<Step>,
    response: BTreeMap<String, String>,
    connection_fate: BTreeMap<String, String>,
    events: Vec<String>,
    timeline: Vec<Moment>,
    /// What v26 did, where it is not what v20 did.
    #[serde(default)]
    node26: BTreeMap<String, Newer>,
    node26_events: Option<Vec<String>>,
    /// Why the fate of the connection is a matter of luck.
    pub(crate) racy: Option<String>,
}

/// What the client does next. Waits (`quiet`, `sleep`) are the recorder's: the replay waits for what is to come.
#[derive(Deserialize, Default)]
#[serde(default)]
pub(crate) struct Step {
    send: Option<String>,
    pub(crate) ctl: Option<Control>,
    wait_close: Option<u64>,
    connect: u8,
    fin: u8,
    rst: u8,
}

/// What is done to the server.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Control {
    Close,
    All,
}

#[derive(Deserialize)]
struct Moment {
    sent: Option<String>,
    #[serde(default)]
    received: String,
}

#[derive(Deserialize)]
struct Newer {
    response: String,
    fate: String,
}

/// What came of a scenario, in one version of Node.
pub(crate) struct Outcome {
    pub(crate) bytes: Vec<u8>,
    pub(crate) fate: String,
    pub(crate) events: Vec<String>,
}

impl Step {
    pub(crate) fn bytes(&self, scenario: &str) -> Option<Vec<u8>> {
        let text = self.send.as_deref()?;
        Some(latin1(&long::request(scenario, text)))
    }

    pub(crate) fn connects(&self) -> bool {
        self.connect == 1
    }

    pub(crate) fn waits(&self) -> bool {
        self.wait_close.is_some()
    }

    pub(crate) fn finishes(&self) -> bool {
        self.fin == 1
    }

    pub(crate) fn resets(&self) -> bool {
        self.rst == 1
    }
}

impl Scenario {
    /// What came of it: in v20, and in v26 where that differs. Every scenario has one connection at most.
    pub(crate) fn outcomes(&self) -> Vec<Outcome> {
        let first = |map: &BTreeMap<String, String>| map.get("0").cloned().unwrap_or_default();
        let mut outcomes = vec![Outcome {
            bytes: latin1(&long::answer(&first(&self.response))),
            fate: first(&self.connection_fate),
            events: self.events.clone(),
        }];
        if let Some(newer) = self.node26.get("0") {
            let events = self.node26_events.as_ref().unwrap_or(&self.events);
            outcomes.push(Outcome {
                bytes: latin1(&newer.response),
                fate: newer.fate.clone(),
                events: events.clone(),
            });
        }
        outcomes
    }

    /// Whether its client sends a CONNECT.
    pub(crate) fn connects(&self) -> bool {
        self.name.starts_with("connect-") && self.group == "upgrade"
    }

    /// What had come from Node after each thing that was sent.
    pub(crate) fn received(&self) -> Vec<Vec<u8>> {
        let mut all = String::new();
        let mut received = Vec::new();
        for moment in &self.timeline {
            all.push_str(&long::answer(&moment.received));
            if moment.sent.is_some() {
                received.push(latin1(&all));
            }
        }
        received
    }
}

/// The recording writes a byte as the character of that number.
fn latin1(text: &str) -> Vec<u8> {
    text.chars()
        .map(|char| u8::try_from(char).expect("a byte"))
        .collect()
}

pub(crate) fn scenarios() -> Vec<Scenario> {
    let recording: Recording =
        serde_json::from_str(include_str!("../data/golden.json")).expect("the recording");
    recording.scenarios
}
