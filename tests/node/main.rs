//! Replays scenarios that were recorded with Node's `http` against the same servers written with Onward.

#![expect(clippy::unwrap_used, reason = "a panic fails the test")]

mod document;
mod event_log;
mod golden;
mod long;
mod messages;
mod observed;
mod replay;
mod servers;
mod verdict;

use std::collections::HashSet;

use tokio::task::JoinSet;

use crate::golden::Scenario;
use crate::replay::replay;
use crate::verdict::{Verdict, verdicts};

/// Replays all scenarios of a group concurrently, and fails with those that differ from the expected outcome.
async fn replays(group: &str) {
    let mut replays = JoinSet::new();
    for (scenario, verdict) in with_verdicts() {
        if scenario.group == group {
            replays.spawn(replayed(scenario, verdict));
        }
    }
    let wrong: String = replays.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Replays a scenario. Returns the differences from the expected outcome.
async fn replayed(scenario: Scenario, verdict: Verdict) -> Option<String> {
    let expected = verdict.expected(&scenario.outcomes(), scenario.connects());
    let mut observed = replay(&scenario, &expected).await;
    if let Some(why) = &scenario.racy {
        assert!(why.contains("closed or reset"));
        observed.fate = expected[0].fate.clone();
    }
    if expected.contains(&observed) {
        return None;
    }
    let expected: String = expected.iter().map(|it| format!("{it}")).collect();
    let Scenario { name, title, .. } = scenario;
    Some(format!(
        "{name}: {title}\n{observed}expected:\n{expected}\n"
    ))
}

fn with_verdicts() -> impl Iterator<Item = (Scenario, Verdict)> {
    golden::scenarios().into_iter().zip(verdicts())
}

#[test]
fn every_scenario_has_one_verdict() {
    let scenarios = golden::scenarios();
    let verdicts = verdicts();
    assert_eq!((scenarios.len(), verdicts.len()), (143, 143));
    let mut names = HashSet::new();
    for (scenario, verdict) in with_verdicts() {
        assert_eq!(
            scenario.name, verdict.scenario,
            "verdicts are in the order of the recording"
        );
        assert!(names.insert(scenario.name));
    }
}

/// A reason must be removed together with its difference.
#[test]
fn different_scenarios_differ() {
    for (scenario, verdict) in with_verdicts() {
        let same = verdict.kind == verdict::Kind::Same;
        assert_eq!(same, verdict.reason.is_empty(), "{}", scenario.name);
        assert!(!(same && verdict.shows()), "{}", scenario.name);
        if verdict.shows() {
            let expected = verdict.expected(&scenario.outcomes(), scenario.connects());
            for outcome in scenario.outcomes() {
                let node = observed::Observed::of(&outcome, scenario.connects());
                assert!(!expected.contains(&node), "{} is the same", scenario.name);
            }
        }
    }
}

#[tokio::test]
async fn responses() {
    replays("response").await;
}

#[tokio::test]
async fn failures() {
    replays("failure").await;
}

#[tokio::test]
async fn kept_connections() {
    replays("keepalive").await;
}

#[tokio::test]
async fn bodies() {
    replays("body").await;
}

#[tokio::test]
async fn malformed_requests() {
    replays("malformed").await;
}

#[tokio::test]
async fn urls() {
    replays("url").await;
}

#[tokio::test]
async fn timeouts() {
    replays("timeout").await;
}

#[tokio::test]
async fn upgrades() {
    replays("upgrade").await;
}

#[tokio::test]
async fn life_cycles() {
    replays("lifecycle").await;
}
