//! actix-web with TLS through rustls.

use actix_web::{App, HttpServer, get};
use app::HELLO;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use std::io::{self, Error};

#[actix_web::main]
async fn main() -> io::Result<()> {
    HttpServer::new(|| App::new().service(hello))
        .workers(1)
        .tcp_nodelay(true)
        .bind_rustls_0_23(app::address(), config()?)?
        .run()
        .await
}

fn config() -> io::Result<ServerConfig> {
    let (certificate, key) = app::certificate();
    let certificate = CertificateDer::from_pem_file(certificate).map_err(Error::other)?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(Error::other)?;
    ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .map_err(Error::other)
}

#[get("/")]
async fn hello() -> &'static str {
    HELLO
}
