//! What Node's `http` was seen to do, scenario by scenario, against the same server written here.

#![expect(
    clippy::unwrap_used,
    reason = "here a panic is how a failure is told, and its line says what failed"
)]

mod answer;
mod document;
mod golden;
mod long;
mod replay;
mod seen;
mod servers;
mod told;
mod verdict;

use std::collections::HashSet;

use tokio::task::JoinSet;

use crate::golden::Scenario;
use crate::replay::replay;
use crate::verdict::{Verdict, verdicts};

/// Replays the scenarios of a group, all at once, and tells of those that came out otherwise than they should.
async fn replays(group: &str) {
    let mut replays = JoinSet::new();
    for (scenario, verdict) in judged() {
        if scenario.group == group {
            replays.spawn(replayed(scenario, verdict));
        }
    }
    let wrong: String = replays.join_all().await.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// What is wrong with it.
async fn replayed(scenario: Scenario, verdict: Verdict) -> Option<String> {
    let expected = verdict.expected(&scenario.outcomes(), scenario.connects());
    let mut seen = replay(&scenario, &expected).await;
    if let Some(why) = &scenario.racy {
        assert!(why.contains("closed or reset"));
        seen.fate = expected[0].fate.clone();
    }
    if expected.contains(&seen) {
        return None;
    }
    let expected: String = expected.iter().map(|it| format!("{it}")).collect();
    let Scenario { name, title, .. } = scenario;
    Some(format!("{name}: {title}\n{seen}expected:\n{expected}\n"))
}

fn judged() -> impl Iterator<Item = (Scenario, Verdict)> {
    golden::scenarios().into_iter().zip(verdicts())
}

#[test]
fn every_scenario_has_one_verdict() {
    let scenarios = golden::scenarios();
    let verdicts = verdicts();
    assert_eq!((scenarios.len(), verdicts.len()), (143, 143));
    let mut names = HashSet::new();
    for (scenario, verdict) in judged() {
        assert_eq!(
            scenario.name, verdict.scenario,
            "they stand in the order of the recording"
        );
        assert!(names.insert(scenario.name));
    }
}

/// A reason that has gone stale is no reason.
#[test]
fn what_is_called_different_is() {
    for (scenario, verdict) in judged() {
        let same = verdict.kind == verdict::Kind::Same;
        assert_eq!(same, verdict.reason.is_empty(), "{}", scenario.name);
        assert!(!(same && verdict.shows()), "{}", scenario.name);
        if verdict.shows() {
            let ours = verdict.expected(&scenario.outcomes(), scenario.connects());
            for outcome in scenario.outcomes() {
                let node = seen::Seen::of(&outcome, scenario.connects());
                assert!(!ours.contains(&node), "{} is the same", scenario.name);
            }
        }
    }
}

#[tokio::test]
#[ignore = "five of them wait for the runtime"]
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
