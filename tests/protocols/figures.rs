//! The cost of hostile clients, in memory and processor time, printed as the table of docs/http2.md.
//!
//! ```sh
//! cargo test -p onward-tests --test protocols figures -- --ignored --nocapture
//! ```

use std::fs;
use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use onward::http;
use onward::prelude::*;

use crate::frames::{
    CONTINUATION, END_HEADERS, END_STREAM, GET, HEADERS, PING, PRIORITY, RST_STREAM, SETTINGS,
    frame,
};

const TIME: Duration = Duration::from_secs(2);
/// The number of idle connections. Each takes two open files of this process.
const IDLE: u32 = 400;
const FLAGS: u8 = END_HEADERS | END_STREAM;
/// The payload of SETTINGS that sets `SETTINGS_INITIAL_WINDOW_SIZE` to 0.
const ZERO_WINDOW: &[u8] = &[0, 4, 0, 0, 0, 0];

/// Serves in a separate thread. Returns the file with the processor time of that thread.
fn serve() -> (SocketAddr, PathBuf) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let (sender, task) = std::sync::mpsc::channel();
    thread::spawn(move || {
        sender.send(fs::read_link("/proc/thread-self")).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        runtime
            .unwrap()
            .block_on(http::create_server(handler).listen(listener))
    });
    let task = task.recv().unwrap().unwrap();
    (addr, PathBuf::from("/proc").join(task).join("schedstat"))
}

/// Sends an endless response, or a short one.
async fn handler(req: Request, mut res: Response) -> Result<()> {
    if req.url == "/short" {
        res.send("hello");
        return Ok(());
    }
    loop {
        res.write(vec![b'a'; 16 * 1024]).await?;
    }
}

fn connect(addr: SocketAddr, settings: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(addr).unwrap();
    stream
        .write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
        .unwrap();
    stream.write_all(&frame(SETTINGS, 0, 0, settings)).unwrap();
    stream
}

/// Measures how long an ordinary client waits for its response.
fn ordinary(addr: SocketAddr) -> Duration {
    let start = Instant::now();
    let mut stream = TcpStream::connect(addr).unwrap();
    stream
        .write_all(b"GET /short HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.ends_with("hello"), "{response}");
    start.elapsed()
}

/// Returns the memory of this process, with its clients, in KiB.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn processor_time(file: &PathBuf) -> Duration {
    let text = fs::read_to_string(file).unwrap();
    Duration::from_nanos(text.split(' ').next().unwrap().parse().unwrap())
}

/// Discards what has arrived. Returns `false` once the server has closed the connection.
fn drain(stream: &mut TcpStream, most: usize) -> bool {
    stream.set_nonblocking(true).unwrap();
    let mut buffer = vec![0; most];
    let open = match stream.read(&mut buffer) {
        Ok(read) => read > 0,
        Err(error) => error.kind() == ErrorKind::WouldBlock,
    };
    stream.set_nonblocking(false).unwrap();
    open
}

/// Sends frames as fast as the server takes them. Returns how many were sent.
fn flood(addr: SocketAddr, next: impl Fn(u32) -> Vec<u8>) -> u32 {
    let (start, mut sent) = (Instant::now(), 0);
    let mut stream = connect(addr, &[]);
    while start.elapsed() < TIME {
        let frames: Vec<u8> = (sent..sent + 100).flat_map(&next).collect();
        if stream.write_all(&frames).is_err() || !drain(&mut stream, 64 * 1024) {
            break;
        }
        sent += 100;
    }
    sent
}

/// Opens 1,000 streams on ten connections. Returns how many there are.
fn streams(addr: SocketAddr, settings: &[u8], read: usize) -> u32 {
    let start = Instant::now();
    let mut connections: Vec<_> = (0..10).map(|_| connect(addr, settings)).collect();
    for stream in &mut connections {
        let heads = (0..100).flat_map(|number| frame(HEADERS, FLAGS, 2 * number + 1, GET));
        stream.write_all(&heads.collect::<Vec<u8>>()).unwrap();
    }
    while start.elapsed() < TIME {
        thread::sleep(Duration::from_millis(50));
        if read > 0 {
            assert!(connections.iter_mut().all(|stream| drain(stream, read)));
        }
    }
    1000
}

/// Opens connections with one request each, which stay idle. Returns how many there are.
fn idle(addr: SocketAddr) -> u32 {
    let short = [&[0x82, 0x86, 0x04, 6][..], b"/short", &[1, 1, b'a']].concat();
    let mut connections = Vec::new();
    for _ in 0..IDLE {
        let mut stream = connect(addr, &[]);
        stream.write_all(&frame(HEADERS, FLAGS, 1, &short)).unwrap();
        connections.push(stream);
    }
    thread::sleep(TIME);
    assert!(connections.iter_mut().all(|stream| drain(stream, 1024)));
    IDLE
}

fn print(what: &str, attack: impl FnOnce(SocketAddr) -> u32 + Send + 'static) {
    let (addr, file) = serve();
    ordinary(addr);
    let (memory_before, time_before) = (memory(), processor_time(&file));
    let attack = thread::spawn(move || attack(addr));
    let (mut peak, mut slowest) = (0, Duration::ZERO);
    while !attack.is_finished() {
        peak = peak.max(memory().saturating_sub(memory_before));
        slowest = slowest.max(ordinary(addr));
        thread::sleep(Duration::from_millis(20));
    }
    let (count, time) = (attack.join().unwrap(), processor_time(&file) - time_before);
    let (mib, ms) = (peak as f64 / 1024.0, slowest.as_secs_f64() * 1e3);
    println!(
        "| {what} | {count} | {:.2} s | {mib:.1} MiB | {ms:.0} ms |",
        time.as_secs_f64()
    );
}

#[test]
#[ignore = "prints figures"]
fn figures() {
    println!(
        "| client | frames, streams or connections | processor time | memory | slowest ordinary response |"
    );
    println!("| --- | --- | --- | --- | --- |");
    let stream = |number| 2 * number + 1;
    print("idle connections", idle);
    print("rapid reset", move |addr| {
        flood(addr, |number| {
            let request = frame(HEADERS, FLAGS, stream(number), GET);
            [request, frame(RST_STREAM, 0, stream(number), &[0, 0, 0, 8])].concat()
        })
    });
    print("endless CONTINUATION frames", |addr| {
        flood(addr, |number| match number {
            0 => frame(HEADERS, END_STREAM, 1, GET),
            _ => frame(CONTINUATION, 0, 1, &[]),
        })
    });
    print("SETTINGS", |addr| {
        flood(addr, |_| frame(SETTINGS, 0, 0, &[]))
    });
    print("PING", |addr| flood(addr, |_| frame(PING, 0, 0, &[0; 8])));
    print("PRIORITY", move |addr| {
        flood(addr, |number| {
            frame(PRIORITY, 0, stream(number), &[0, 0, 0, 0, 1])
        })
    });
    print("window of zero", |addr| streams(addr, ZERO_WINDOW, 0));
    print("no reading", |addr| streams(addr, &[], 0));
    print("slow reading", |addr| streams(addr, &[], 16));
}
