//! Measures TLS: how many handshakes, and how many requests, a server completes per second of its processor time.
//!
//! Each handshake is a full one, of TLS 1.3 with a certificate for ECDSA with P-256: the clients do not resume
//! sessions.

mod certificate;
mod client;
mod handshakes;

use crate::contender;
use crate::cores::Cores;
use crate::http2;
use crate::load::{Batch, Load, Pace, Until};
use crate::options::Options;
use crate::requests::Kind;
use crate::rounds;
use crate::server::Server;
use crate::tables::{Named, Report};
use crate::{Entry, answer, built};
use client::Client;
use rustls::crypto::aws_lc_rs::kx_group::{X25519, X25519MLKEM768};
use std::io;
use std::time::Duration;

const COLUMNS: [&str; 4] = [
    "handshakes, X25519",
    "handshakes, X25519MLKEM768",
    "requests, HTTP/1.1",
    "requests, HTTP/2",
];

const CONNECTIONS: usize = 64;

const HTTP2: http2::Shape = http2::Shape {
    connections: 64,
    streams: 8,
};

pub(crate) fn measure(options: &Options, cores: Cores, report: &mut Report) -> io::Result<()> {
    let folder = certificate::folder()?;
    let clients = [
        Client::new(&folder, X25519)?,
        Client::new(&folder, X25519MLKEM768)?,
    ];
    let chosen = contender::tls().into_iter();
    let mut entries = built(chosen.filter(|it| options.takes(it)), |_| Ok(()));
    for entry in &mut entries {
        entry.program.words.push(folder.clone().into());
    }
    let costs = rounds::least(&entries, options, |entry| {
        take_turn(entry, &clients, options.seconds, cores)
    });
    let rates: Vec<_> = costs
        .iter()
        .map(|costs| costs.map(|cost| 1e6 / cost))
        .collect();
    report.add(vec![Named {
        place: "tls",
        heading: "TLS: handshakes and requests per second of the server's processor time:"
            .to_owned(),
        table: rounds::table(&entries, &COLUMNS, &rates),
    }])
}

/// Measures the user and system time of the server per handshake and per request, in µs.
fn take_turn(
    entry: &Entry,
    clients: &[Client; 2],
    seconds: f64,
    cores: Cores,
) -> io::Result<[f64; 4]> {
    let server = Server::start(&entry.program, cores)?;
    let [classical, hybrid] = clients;
    Ok([
        handshakes::cost(&server, classical, seconds)?,
        handshakes::cost(&server, hybrid, seconds)?,
        requests(&server, classical, seconds)?,
        http2(&server, seconds),
    ])
}

fn requests(server: &Server, client: &Client, seconds: f64) -> io::Result<f64> {
    let kind = Kind::all()[0];
    let mut first = client.connect(server.address)?;
    let batch = Batch {
        requests: 1,
        bytes: kind.bytes(),
        begins: b"HTTP/1.1 200".to_vec(),
        answers: answer::ask(&mut first, &kind.bytes(), &kind.expected())?,
    };
    let streams = (0..CONNECTIONS).map(|_| client.connect(server.address)?.nonblocking());
    let mut load = Load::over(streams.collect::<io::Result<_>>()?, batch)?;
    let time = Duration::from_secs_f64(seconds);
    load.run(Until::After(time / 4), Pace::AtOnce)?;
    let before = server.cpu_time()?;
    let done = load.run(Until::After(time), Pace::AtOnce)?;
    let cpu = server.cpu_time()?.saturating_sub(before);
    Ok(cpu.as_secs_f64() * 1e6 / done.requests as f64)
}

/// Measures the cost of a request over HTTP/2. Returns NaN if h2load is missing or fails, so that the other columns are
/// still measured.
fn http2(server: &Server, seconds: f64) -> f64 {
    let requests = (seconds * http2::REQUESTS) as u32;
    http2::cost(server, "https", HTTP2, requests).unwrap_or_else(|why| {
        eprintln!("HTTP/2: {why}");
        f64::NAN
    })
}
