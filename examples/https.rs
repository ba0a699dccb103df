//! A server with TLS: `cargo run --example https 127.0.0.1:8443 cert.pem key.pem`, then
//! `curl -ik https://127.0.0.1:8443`.
//!
//! A certificate for tests:
//!
//! ```sh
//! openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj /CN=localhost \
//!     -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout key.pem -out cert.pem
//! ```

use std::time::Duration;

use onward::http::{self, Tls};
use onward::prelude::*;
use onward::{readiness, security_headers};

#[server]
async fn site(req: Request, mut res: Response) -> Result {
    security_headers(&mut res);
    route!("/" => "hello");
    route!("/livez" => "alive");
    route!("/readyz" => readiness(&req));
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let mut files = std::env::args().skip(2);
    let certificate = files.next().unwrap_or_else(|| "cert.pem".to_owned());
    let key = files.next().unwrap_or_else(|| "key.pem".to_owned());
    let server = http::create_server(site)
        .tls(Tls::pem(certificate, key)?)
        .close_delay(Duration::from_secs(1))
        .close_on_signal(Duration::from_secs(10));
    server.on(event::Listening, |at| println!("Listening on {at}"));
    server.on(event::TlsClientError, |failed| eprintln!("{failed}"));
    server.on(event::TlsReload, |_| println!("new certificates"));
    server.listen(onward_examples::address()).await
}
