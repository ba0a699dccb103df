//! axum with TLS through axum-server, which uses rustls.

use app::HELLO;
use axum::Router;
use axum::routing::get;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let router = Router::new().route("/", get(async || HELLO));
    let (certificate, key) = app::certificate();
    let config = RustlsConfig::from_pem_file(certificate, key).await?;
    let acceptor = RustlsAcceptor::new(config).acceptor(NoDelayAcceptor::new());
    axum_server::bind(app::address())
        .acceptor(acceptor)
        .serve(router.into_make_service())
        .await
}
