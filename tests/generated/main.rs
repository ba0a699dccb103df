//! Random tables of routes, compiled as users would compile them, and compared with a reference that tries the routes
//! from first to last.
//!
//! `tables.rs` is written by `source.rs` and checked in. After a change to the tables, rewrite it:
//!
//! ```sh
//! ONWARD_WRITE_TABLES=1 cargo test -p onward-tests --test generated the_source_is_up_to_date
//! ```

mod random;
mod reference;
mod request;
mod source;
mod table;
#[rustfmt::skip]
mod tables;

use onward::prelude::*;
use random::Random;
use reference::Decision;
use request::Asked;
use std::collections::BTreeMap;
use table::Table;

const REQUESTS: usize = 1000;

#[test]
fn the_source_is_up_to_date() {
    let fresh = source::write(&table::all());
    if std::env::var_os("ONWARD_WRITE_TABLES").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/generated/tables.rs");
        std::fs::write(path, &fresh).expect("the source can be written");
        return;
    }
    assert!(
        fresh == include_str!("tables.rs"),
        "tables.rs is not up to date: see main.rs"
    );
}

#[tokio::test]
async fn the_servers_match_as_the_reference_does() {
    let mut kinds = BTreeMap::new();
    let mut rows: Vec<usize> = Vec::new();
    for table in table::all() {
        let mut random = Random::new(table.seed ^ 0xa5);
        let mut reached = vec![0; table.rows.len()];
        for _ in 0..REQUESTS {
            let asked = request::random(&mut random, &table);
            let expected = reference::ask(&table, &asked);
            assert_eq!(
                respond(&table, &asked).await,
                expected.to_string(),
                "{asked} in\n{table}"
            );
            *kinds.entry(expected.kind()).or_insert(0_usize) += 1;
            if let Decision::Route { row, .. } = expected {
                reached[row] += 1;
            }
        }
        let present = table
            .rows
            .iter()
            .zip(reached)
            .filter(|(row, _)| row.is_present());
        rows.extend(present.map(|(_, reached)| reached));
    }
    let missed = rows.iter().filter(|reached| **reached == 0).count();
    assert!(
        rows.len() > 400 && missed < 30,
        "{missed} of {} routes have not been reached",
        rows.len()
    );
    let seldom: Vec<_> = kinds.iter().filter(|(_, count)| **count < 30).collect();
    assert!(
        kinds.len() == 8 && seldom.is_empty(),
        "every kind of response should occur often: {kinds:?}"
    );
}

/// The random requests detect each of five kinds of changes to a table.
#[test]
fn the_requests_detect_a_wrong_order() {
    let wrong: [fn(&Table) -> Table; 5] = [
        |table| Table {
            rows: table.rows.iter().rev().cloned().collect(),
            ..table.clone()
        },
        |table| table.with_rows(|row| row.guard = None),
        |table| table.with_rows(|row| row.cfg = None),
        |table| table.with_rows(|row| row.path = row.path.replace(": Odd", "")),
        |table| table.with_rows(|row| row.methods.retain(|name| *name != "HEAD")),
    ];
    for wrong in wrong {
        let differs = table::all().iter().any(|table| {
            let mut random = Random::new(table.seed ^ 0xa5);
            let wrong = wrong(table);
            (0..REQUESTS).any(|_| {
                let asked = request::random(&mut random, table);
                reference::ask(table, &asked).to_string()
                    != reference::ask(&wrong, &asked).to_string()
            })
        });
        assert!(differs);
    }
}

/// Returns the server's response as text, in the format of the reference.
async fn respond(table: &Table, asked: &Asked) -> String {
    let method = asked.method.parse().expect("a method");
    let mut req = Request::with_method(method, &asked.url());
    if asked.yes {
        req = req.header("yes", "1");
    }
    match tables::respond(table.number, req, Response::new()).await {
        Ok(sent) => {
            let header = |name| {
                sent.header(name)
                    .map(|value| format!("{value:?}").replace('"', ""))
            };
            let place = header("allow").or_else(|| header("location"));
            let status = Some(sent.status_code().as_str().to_owned());
            let words = [status, place, Some(sent.text())].into_iter().flatten();
            let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
            words.join(" ")
        }
        Err(error) if error.status() == StatusCode::BAD_REQUEST => "400".to_owned(),
        Err(error) => format!("{} {}", error.status().as_str(), error.message())
            .trim_end()
            .to_owned(),
    }
}
