//! Counts what it costs to declare the query, the body and the reply of a route, compared with the same code written
//! manually.
//!
//! ```text
//! contract                           counts, prints the table
//! contract --write ../docs/performance   also puts it into ../docs/performance.md
//! contract sample <form> <request>   what runs under callgrind, started by the program itself
//! ```

mod servers;

use onward::prelude::*;
use page::{Page, Table, number, with_ratio};
use std::env;

/// The number of requests that are counted.
const SAMPLE: usize = 1000;
/// The number of warm-up requests, which are not counted.
const WARM_UP: usize = 10;

const REQUESTS: [&str; 4] = [
    "a query",
    "a query without its parameters",
    "a typed reply",
    "a body",
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Declared,
    ByHand,
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        [] => println!("{}", measure()),
        ["--write", folder] => {
            let page = Page::beside(folder.as_ref()).expect("the page is next to the folder");
            let table = measure();
            println!("{table}");
            page.put("contract", &table)
                .expect("the page can be written to");
        }
        ["sample", form, request] => {
            let form = match form {
                "declared" => Form::Declared,
                _ => Form::ByHand,
            };
            sample(form, request.parse().expect("the index of a request"));
        }
        _ => eprintln!("usage: contract [--write FOLDER]"),
    }
}

fn measure() -> Table {
    let mut table = Table::new([
        "request",
        "declared: instructions",
        "allocations",
        "manual: instructions",
        "allocations",
    ]);
    for (index, name) in REQUESTS.iter().enumerate() {
        verify(index);
        let count = |form| {
            instructions(form, index)
                .inspect_err(|why| eprintln!("no instructions: {why}"))
                .unwrap_or(f64::NAN)
        };
        let [declared, by_hand] = [Form::Declared, Form::ByHand].map(count);
        table.row([
            (*name).to_owned(),
            number(declared),
            allocations(Form::Declared, index).to_string(),
            with_ratio(by_hand, declared),
            allocations(Form::ByHand, index).to_string(),
        ]);
    }
    table
}

fn request(index: usize) -> Request {
    match index {
        0 => Request::get("/products?page=3&search=cups"),
        1 => Request::get("/products"),
        2 => Request::get("/products/7"),
        _ => Request::post("/products").body(r#"{"name":"cups","left":3}"#),
    }
}

/// Verifies that both forms send the same response.
fn verify(index: usize) {
    let sent = |form| {
        let sent = pollster::block_on(handle(form, request(index), Response::new()));
        let sent = sent.expect("the request is valid");
        (sent.status_code(), sent.text().to_owned())
    };
    assert_eq!(
        sent(Form::Declared),
        sent(Form::ByHand),
        "{}",
        REQUESTS[index]
    );
}

async fn handle(form: Form, req: Request, res: Response) -> Result {
    match form {
        Form::Declared => servers::declared(req, res).await,
        Form::ByHand => servers::by_hand(req, res).await,
    }
}

fn requests(index: usize, count: usize) -> Vec<(Request, Response)> {
    (0..count)
        .map(|_| (request(index), Response::new()))
        .collect()
}

/// Handles the requests and keeps the responses, so that only handling is counted.
#[inline(never)]
fn handle_all(form: Form, requests: Vec<(Request, Response)>) -> Vec<Result> {
    let handled = requests.into_iter();
    handled
        .map(|(req, res)| pollster::block_on(handle(form, req, res)))
        .collect()
}

/// Counts the heap allocations per request.
fn allocations(form: Form, index: usize) -> f64 {
    handle_all(form, requests(index, WARM_UP));
    let requests = requests(index, SAMPLE);
    let mut sent = Vec::new();
    let counted = allocation_counter::measure(|| sent = handle_all(form, requests));
    // The list of the results causes one more allocation, which `floor` removes.
    (counted.count_total as f64 / SAMPLE as f64).floor()
}

/// Counts the instructions per request.
fn instructions(form: Form, index: usize) -> std::result::Result<f64, String> {
    let form = match form {
        Form::Declared => "declared",
        Form::ByHand => "by-hand",
    };
    let total = measure::instructions("*handle_all*", &["sample", form, &index.to_string()])?;
    Ok(total / SAMPLE as f64)
}

/// Does the work that is counted, in the child process that runs under callgrind.
fn sample(form: Form, index: usize) {
    drop(handle_all(form, requests(index, SAMPLE)));
}
