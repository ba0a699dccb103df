//! The recording of Node in `tests/data/golden.json`.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::long;

#[derive(Deserialize)]
struct Recording {
    scenarios: Vec<Scenario>,
}

/// One server, one connection to it, and their outcome.
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
    /// The outcome in v26, if it differs from v20.
    #[serde(default)]
    node26: BTreeMap<String, Newer>,
    node26_events: Option<Vec<String>>,
    /// The reason, if the end of the connection depends on timing.
    pub(crate) racy: Option<String>,
}

/// A step of the client. The replay ignores the recorder's waits (`quiet`, `sleep`) and waits for the expected data
/// instead.
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

/// A call to a method of the server.
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

/// The outcome of a scenario in one version of Node.
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
    /// Returns the outcome in v20, and that in v26 if it differs. Every scenario has at most one connection.
    pub(crate) fn outcomes(&self) -> Vec<Outcome> {
        let first = |map: &BTreeMap<String, String>| map.get("0").cloned().unwrap_or_default();
        let mut outcomes = vec![Outcome {
            bytes: latin1(&long::response(&first(&self.response))),
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

    /// Returns whether the client sends a CONNECT.
    pub(crate) fn connects(&self) -> bool {
        self.name.starts_with("connect-") && self.group == "upgrade"
    }

    /// Returns the data received from Node after each step that sends.
    pub(crate) fn received(&self) -> Vec<Vec<u8>> {
        let mut all = String::new();
        let mut received = Vec::new();
        for moment in &self.timeline {
            all.push_str(&long::response(&moment.received));
            if moment.sent.is_some() {
                received.push(latin1(&all));
            }
        }
        received
    }
}

/// Decodes text of the recording, which writes each byte as the character with that code point.
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
