//! Two mebibytes of hostile input for each parser, compared with two mebibytes of ordinary input for the same parser.
//!
//! Hostile input makes a parser do as much work per byte as its limits allow: the shortest elements, escapes only, an
//! error at the end. The ratio compares the processor times.

use crate::{WHOLE, exchange, get, post};
use page::{Page, Table};
use std::path::Path;

/// The approximate size of every input, in bytes.
const SIZE: usize = 2 << 20;

/// The size of a request target, just below the longest that is accepted. Requests with targets are repeated up to
/// [`SIZE`].
const TARGET: usize = 64_000;

/// A ratio of processor times above this one is reported as too high.
const LIMIT: f64 = 3.0;

const ROUNDS: usize = 41;

type Input = fn() -> Vec<u8>;

struct Pair {
    parser: &'static str,
    ordinary: Input,
    hostile: &'static [(&'static str, Input)],
}

const PAIRS: [Pair; 7] = [
    Pair {
        parser: "headers",
        ordinary: || {
            get(
                "/headers",
                &numbered(4_000, |n| format!("x-{n}: {}\r\n", "a".repeat(500))),
            )
        },
        hostile: &[
            ("23,000 names", || {
                get(
                    "/headers",
                    &numbered(23_000, |n| format!("x-{n}: {}\r\n", "a".repeat(78))),
                )
            }),
            ("one name 23,000 times", || {
                get(
                    "/headers",
                    &numbered(23_000, |_| format!("x: {}\r\n", "a".repeat(86))),
                )
            }),
        ],
    },
    Pair {
        parser: "path",
        ordinary: || targets("/rest", "/documents", ""),
        hostile: &[
            ("one-letter segments", || targets("/rest", "/a", "")),
            ("only escapes", || targets("/rest/", "%41", "")),
            ("escaped slashes", || targets("/rest/a", "%2Fa", "")),
            ("separators", || targets("/parts/a", "-", ".b")),
        ],
    },
    Pair {
        parser: "query",
        ordinary: || targets("/query?a=1", "&search=the+sea", ""),
        hostile: &[
            ("one-letter names", || targets("/query?a=1", "&b", "")),
            ("one name", || targets("/query?a=1", "&a=2", "")),
            ("only escapes", || targets("/query?a=1&b=", "%41", "")),
            ("escaped names", || targets("/query?a=1", "&%41", "")),
        ],
    },
    Pair {
        parser: "form",
        ordinary: || {
            post(
                "/form",
                &numbered(9_900, |n| format!("{n}={}&", "a+".repeat(103))),
            )
        },
        hostile: &[
            ("only escapes", || {
                post("/form", &format!("a={}", filled("%41")))
            }),
            ("many fields", || {
                post(
                    "/form",
                    &numbered(9_900, |n| format!("{n}={}&", "%41".repeat(68))),
                )
            }),
            ("too many fields", || {
                post("/form", &numbered(300_000, |n| format!("{n}&")))
            }),
        ],
    },
    Pair {
        parser: "JSON",
        ordinary: || {
            post(
                "/value",
                &format!("[1{}]", filled(r#",{"name":"bread","price":340}"#)),
            )
        },
        hostile: &[
            ("empty arrays", || {
                post("/value", &format!("[1{}]", filled(",[]")))
            }),
            ("empty texts", || {
                post("/value", &format!("[1{}]", filled(r#","""#)))
            }),
            ("only escapes", || {
                post("/value", &format!("[\"{}\"]", filled(r"\u0041")))
            }),
            ("members", || {
                post(
                    "/value",
                    &format!(
                        "{{{}}}",
                        numbered(220_000, |n| format!("\"{n}\":0,")).trim_end_matches(',')
                    ),
                )
            }),
            ("an error at the end", || {
                post("/value", &format!("[1{}", filled(",1")))
            }),
            ("lines, then an error", || {
                post("/value", &format!("[1{}", filled("\n")))
            }),
        ],
    },
    Pair {
        parser: "numbers in JSON",
        ordinary: || post("/json", &format!("[1{}]", filled(",1234567"))),
        hostile: &[
            ("one digit", || {
                post("/json", &format!("[1{}]", filled(",1")))
            }),
            ("leading space", || {
                post("/json", &format!("[1{}]", filled(", 1")))
            }),
            ("a long number", || {
                post("/json", &format!("[1{}]", filled("1")))
            }),
        ],
    },
    Pair {
        parser: "chunks",
        ordinary: || chunks(64),
        hostile: &[
            ("one byte per chunk", || chunks(1)),
            ("extensions", || chunked("1;a=b;c=d\r\na\r\n")),
            ("leading zeros of sizes", || {
                chunked("000000000001\r\na\r\n")
            }),
        ],
    },
];

/// Repeats `unit` up to the size.
fn filled(unit: &str) -> String {
    unit.repeat(SIZE / unit.len())
}

/// Concatenates `unit` for each number, up to the size.
fn numbered(count: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0..count {
        let unit = unit(number);
        if text.len() + unit.len() > SIZE {
            break;
        }
        text.push_str(&unit);
    }
    text
}

/// Returns requests whose targets are `begin`, `unit` up to the size of a target, and `end`.
fn targets(begin: &str, unit: &str, end: &str) -> Vec<u8> {
    let units = unit.repeat(TARGET / unit.len());
    get(&format!("{begin}{units}{end}"), "").repeat(SIZE / TARGET)
}

fn chunks(length: usize) -> Vec<u8> {
    chunked(&format!("{length:x}\r\n{}\r\n", "a".repeat(length)))
}

fn chunked(unit: &str) -> Vec<u8> {
    let head = "POST /chunks HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n";
    format!("{head}{}0\r\n\r\n", filled(unit)).into_bytes()
}

/// Returns the minimum of several rounds for each input, in ms, and the status of its response. The inputs take turns,
/// because the speed of the machine varies.
async fn least(inputs: &[Vec<u8>]) -> Vec<(f64, String)> {
    let mut all = vec![(f64::MAX, String::new()); inputs.len()];
    for _ in 0..ROUNDS {
        for (input, (least, status)) in inputs.iter().zip(&mut all) {
            let (took, response) = exchange(input, WHOLE).await;
            *least = least.min(took.as_secs_f64() * 1e3);
            *status = response.chars().skip("HTTP/1.1 ".len()).take(3).collect();
        }
    }
    all
}

/// Prints the table, and puts it into the page beside the folder `write_to`, if there is one. Returns whether no ratio
/// is above the limit.
pub(crate) async fn measure(write_to: Option<&Path>) -> bool {
    let mut table = Table::new(["parser", "input", "status", "ms", "ratio"]);
    let mut holds = true;
    for pair in PAIRS {
        let hostile = pair.hostile.iter().map(|(_, input)| input());
        let inputs: Vec<Vec<u8>> = [(pair.ordinary)()].into_iter().chain(hostile).collect();
        let times = least(&inputs).await;
        let ordinary = times[0].0;
        let names = ["ordinary"]
            .into_iter()
            .chain(pair.hostile.iter().map(|it| it.0));
        for (at, (name, (time, status))) in names.zip(times).enumerate() {
            let ratio = time / ordinary;
            let written = format!("{ratio:.1}");
            table.row([
                pair.parser.to_owned(),
                name.to_owned(),
                status,
                format!("{time:.1}"),
                if at == 0 { String::new() } else { written },
            ]);
            holds &= ratio <= LIMIT;
        }
    }
    println!(
        "Processor time of 2 MiB of input, compared with 2 MiB of ordinary input for the same parser:\n\n{table}"
    );
    if let Some(folder) = write_to {
        let page = Page::beside(folder).expect("the page is next to the folder");
        page.put("hostile", &table)
            .expect("the page can be written to");
    }
    if !holds {
        eprintln!("a ratio above {LIMIT} is too high");
    }
    holds
}
