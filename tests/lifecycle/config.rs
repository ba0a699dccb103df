//! The options of a server, read from text and from variables.

use onward::http::{self, ServerOptions};
use onward::prelude::*;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{serve, soon};

fn toml(text: &str) -> Result<ServerOptions, String> {
    toml::from_str(text).map_err(|error| error.message().to_owned())
}

fn variable(name: &str, value: &str) -> Result<ServerOptions, String> {
    ServerOptions::from_vars("APP", [(name, value)]).map_err(|error| error.to_string())
}

async fn response(addr: std::net::SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    soon("the end", stream.read_to_string(&mut response))
        .await
        .unwrap();
    response
}

fn post(length: usize) -> String {
    let body = "x".repeat(length);
    format!(
        "POST / HTTP/1.1\r\nhost: a\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

#[tokio::test]
async fn options_from_a_file_apply_and_variables_override_them() {
    let file =
        toml("max_body_size = '1KiB'\nmax_headers = 3\nkeep_alive_timeout = '50ms'").unwrap();
    let variables = [
        ("APP_MAX_BODY_SIZE", "2kB"),
        ("APPLE", "1"),
        ("PATH", "/bin"),
    ];
    let variables = ServerOptions::from_vars("APP", variables).unwrap();
    let server = http::create_server(|req, res| async move {
        let body = req.body.bytes().await?;
        Ok::<_, Error>(res.send(body.len().to_string()))
    });
    let served = serve(server.options(&file).options(&variables));
    for (length, status) in [(2000, "200"), (2001, "413")] {
        let response = response(served.addr, &post(length)).await;
        assert_eq!(response.get(9..12), Some(status), "{response}");
    }
    let many = "GET / HTTP/1.1\r\nhost: a\r\nx-a: 1\r\nx-b: 2\r\nx-c: 3\r\n\r\n";
    let rejected = response(served.addr, many).await;
    assert!(rejected.starts_with("HTTP/1.1 431"), "{rejected}");
    // The server closes the idle connection.
    let idle = response(served.addr, "GET / HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(idle.starts_with("HTTP/1.1 200"), "{idle}");
}

#[test]
fn every_kind_of_value_is_read() {
    let all = r#"
        max_header_size = "64KiB"
        max_drain_size = 0
        max_unsent = "1GiB"
        headers_timeout = "1h"
        request_timeout = "off"
        idle_timeout = "1d"
        max_connections = 10_000
        max_requests_per_socket = "off"
        require_host_header = false
        trust_proxy = ["127.0.0.1", "10.0.0.0/8", "unix"]
        backlog = 4096
        unix_mode = "660"
        close_delay = "5m"
        threads = 2
    "#;
    let options = toml(all).unwrap();
    assert_eq!(format!("{options:?}").matches('"').count(), 2 * 14);
    let as_variables = [
        ("APP_MAX_HEADER_SIZE", "65536"),
        ("APP_MAX_CONNECTIONS", "10000"),
        ("APP_MAX_CONNECTIONS_PER_ADDRESS", "off"),
        ("APP_REQUIRE_HOST_HEADER", "false"),
        ("APP_TRUST_PROXY", "127.0.0.1, 10.0.0.0/8,unix"),
        ("APP_PROXY_PROTOCOL", ""),
        ("APP_SHED_LATENCY", "20ms"),
    ];
    let options = ServerOptions::from_vars("APP", as_variables).unwrap();
    let server = http::create_server(|_req, res| async move { res.end() });
    drop(server.options(&options));
    let json = r#"{"max_body_size": "10MB", "allow_half_open": true}"#;
    serde_json::from_str::<ServerOptions>(json).unwrap();
    toml("").unwrap();
}

#[test]
fn errors_name_the_key() {
    let cases = [
        (
            "max_connection = 1",
            "max_connection: unknown option, did you mean `max_connections`?",
        ),
        ("paint = 'red'", "paint: unknown option"),
        (
            "max_body_size = '64 KiB'",
            "max_body_size: expected a size such as `64KiB`, found `64 KiB`",
        ),
        (
            "max_body_size = -1",
            "max_body_size: expected a size such as `64KiB`, found `-1`",
        ),
        (
            "max_body_size = 1.5",
            "max_body_size: expected a size such as `64KiB`, found `1.5`",
        ),
        (
            "max_body_size = 'off'",
            "max_body_size: expected a size such as `64KiB`, found `off`",
        ),
        (
            "max_unsent = '99999999999GiB'",
            "max_unsent: expected a size such as `64KiB`, found `99999999999GiB`",
        ),
        (
            "idle_timeout = 30",
            "idle_timeout: expected a time such as `30s`, found `30`",
        ),
        (
            "idle_timeout = '30'",
            "idle_timeout: expected a time such as `30s`, found `30`",
        ),
        (
            "idle_timeout = '-3s'",
            "idle_timeout: expected a time such as `30s`, found `-3s`",
        ),
        (
            "idle_timeout = '30€'",
            "idle_timeout: expected a time such as `30s`, found `30€`",
        ),
        (
            "idle_timeout = {}",
            "idle_timeout: expected a time such as `30s`, found a table",
        ),
        (
            "max_connections = '10'",
            "max_connections: expected a number such as `100`, found `10`",
        ),
        (
            "backlog = 5000000000",
            "backlog: expected a number such as `100`, found `5000000000`",
        ),
        (
            "tcp_no_delay = 'yes'",
            "tcp_no_delay: expected `true` or `false`, found `yes`",
        ),
        (
            "trust_proxy = '10.0.0.0/8'",
            "trust_proxy: expected a list of networks such as `10.0.0.0/8`, found `10.0.0.0/8`",
        ),
        (
            "trust_proxy = [1]",
            "trust_proxy: expected a list of networks such as `10.0.0.0/8`, found a list of other values",
        ),
        (
            "trust_proxy = ['10.0.0.0/99']",
            "trust_proxy: `10.0.0.0/99` is not a network: use an address, `address/prefix` or `unix`",
        ),
        (
            "unix_mode = '888'",
            "unix_mode: expected permissions such as `\"660\"`, found `888`",
        ),
        (
            "unix_mode = 660",
            "unix_mode: expected permissions such as `\"660\"`, found `660`",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(toml(text).unwrap_err(), expected, "{text}");
    }
    let not_a_table = serde_json::from_str::<ServerOptions>("[]").unwrap_err();
    assert!(
        not_a_table
            .to_string()
            .contains("a table of server options")
    );
    let twice = r#"{"threads": 1, "threads": 2}"#;
    let twice = serde_json::from_str::<ServerOptions>(twice).unwrap_err();
    assert!(
        twice
            .to_string()
            .starts_with("threads: the option is set twice"),
        "{twice}"
    );
}

#[test]
fn errors_name_the_variable() {
    let error = variable("APP_MAX_CONNECTION", "1").unwrap_err();
    assert_eq!(
        error,
        "APP_MAX_CONNECTION: unknown option, did you mean `max_connections`?"
    );
    let error = variable("APP_TCP_NO_DELAY", "1").unwrap_err();
    assert_eq!(
        error,
        "APP_TCP_NO_DELAY: expected `true` or `false`, found `1`"
    );
    let error = variable("APP_MAX_HEADERS", "+1").unwrap_err();
    assert_eq!(
        error,
        "APP_MAX_HEADERS: expected a number such as `100`, found `+1`"
    );
    variable("APP_", "1").unwrap_err();
    let long = variable(&format!("APP_{}", "A".repeat(1_000_000)), "1").unwrap_err();
    assert!(long.ends_with(": unknown option"));
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        let value = std::ffi::OsString::from_vec(vec![0xff]);
        let error = ServerOptions::from_vars("APP", [("APP_THREADS", value)]).unwrap_err();
        assert_eq!(error.to_string(), "APP_THREADS: the value is not UTF-8");
    }
}

/// Every option of a server has a key, except those that take a function.
#[test]
fn every_option_has_a_key() {
    const CODE: [&str; 1] = ["exempt_requests"];
    let sources = concat!(
        include_str!("../../runtime/src/http/server/options.rs"),
        include_str!("../../runtime/src/http/server/overload.rs"),
        include_str!("../../runtime/src/http/server/proxies.rs"),
        include_str!("../../runtime/src/http/server/socket_options.rs"),
    );
    let names = sources
        .split("    pub fn ")
        .skip(1)
        .filter_map(|it| it.split(['(', '<']).next());
    let names: Vec<&str> = names.filter(|name| !CODE.contains(name)).collect();
    assert!(names.len() >= 28, "{names:?}");
    for name in names {
        // No option accepts a table.
        let error = toml(&format!("{name} = {{}}")).unwrap_err();
        assert!(!error.contains("unknown option"), "{error}");
    }
}

/// A second `close` ends the delay.
#[tokio::test]
async fn a_delay_from_a_file_applies() {
    let server = http::create_server(|_req, res| async move { res.end() });
    let served = serve(server.options(&toml("close_delay = '1h'").unwrap()));
    let request = "GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n";
    assert!(response(served.addr, request).await.contains("200"));
    served.server.close();
    assert!(response(served.addr, request).await.contains("200"));
    assert!(served.server.listening());
    served.server.close();
    served.closed().await;
}
