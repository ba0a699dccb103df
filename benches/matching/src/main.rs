//! Measures how long it takes to find the route of a request: Onward compared with run-time routers.
//!
//! ```text
//! matching           verifies, measures, prints the table
//! matching --write ../docs/performance   also puts it into ../docs/performance.md, and redraws its plots
//! matching check     verifies only
//! matching learnt    how much the branch predictor speeds up requests in order
//! matching sample …  what runs under callgrind, started by the program itself
//! ```

mod contender;
mod count;
mod generated;
mod learnt;
mod order;
mod peers;
mod reference;
mod report;
mod requests;
mod router;
mod table;
mod time;
mod verify;

use contender::{CONTENDERS, tables};
use count::Set;
use page::Page;
use report::{Figures, Row};
use requests::{Request, hits, misses};
use router::AnyRouter;
use std::env;
use std::path::Path;
use table::Table;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => println!("\n{}", measure()),
        ["--write", folder] => write(folder.as_ref()),
        ["check"] => check(),
        ["learnt"] => println!("\n{}", learnt()),
        ["sample", table, router, set] => sample(table, router, set),
        _ => eprintln!("usage: matching [check | learnt | --write FOLDER]"),
    }
}

fn routers(index: usize, table: &Table) -> Vec<Box<dyn AnyRouter>> {
    let all = CONTENDERS
        .iter()
        .map(|contender| contender.router(index, table));
    all.collect()
}

fn check() {
    for (index, table) in tables().iter().enumerate() {
        let routers = routers(index, table);
        let requests = [hits(table), misses(table)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        for (contender, router) in CONTENDERS.iter().zip(&routers) {
            verify::verify(table.name, contender.name, router.as_ref(), &requests);
        }
        println!(
            "{}: {} requests, {} routers",
            table.name,
            requests.len(),
            routers.len()
        );
    }
}

fn write(folder: &Path) {
    // The page is checked before the measurement, which takes a long time.
    let page = Page::beside(folder).expect("the page is next to the folder");
    let table = measure();
    println!("\n{table}");
    page.put("matching", &table)
        .and_then(|()| page::redraw(folder))
        .expect("the page can be written to");
}

fn measure() -> page::Table {
    check();
    let mut report = page::Table::new(report::HEAD);
    for (index, table) in tables().iter().enumerate() {
        let routers = routers(index, table);
        let hits = figures(index, Set::Hits, &routers, &hits(table));
        let misses = figures(index, Set::Misses, &routers, &misses(table));
        let rows = CONTENDERS.iter().zip(hits.into_iter().zip(misses));
        let rows = rows.map(|(contender, (hits, misses))| Row {
            table: table.name,
            router: contender.name,
            hits,
            misses,
        });
        report::add(&mut report, &rows.collect::<Vec<_>>());
    }
    report
}

/// Compares Onward with a router that stores its routes as data and runs the same code for every route.
fn learnt() -> page::Table {
    let mut report = learnt::report();
    for (index, table) in tables().iter().enumerate() {
        let requests = hits(table);
        for contender in [&CONTENDERS[0], &CONTENDERS[3]] {
            let router = contender.router(index, table);
            learnt::add(
                &mut report,
                table.name,
                contender.name,
                router.as_ref(),
                &requests,
            );
        }
    }
    report
}

/// Measures each router with one set of requests.
fn figures(
    table: usize,
    set: Set,
    routers: &[Box<dyn AnyRouter>],
    requests: &[Request],
) -> Vec<Figures> {
    let times = time::time(routers, requests);
    let all = routers.iter().zip(times).enumerate();
    let all = all.map(|(index, (router, [in_order, random]))| Figures {
        in_order,
        random,
        allocations: count::allocations(router.as_ref(), requests),
        instructions: count::instructions(table, index, set, requests.len())
            .inspect_err(|why| eprintln!("no instructions: {why}"))
            .ok(),
    });
    all.collect()
}

fn sample(table: &str, router: &str, set: &str) {
    let index = table.parse().expect("the index of a table");
    let router: usize = router.parse().expect("the index of a router");
    let table: &Table = &tables()[index];
    let requests = if set == "hits" {
        hits(table)
    } else {
        misses(table)
    };
    let router = CONTENDERS[router].router(index, table);
    count::sample(router.as_ref(), &requests);
}
