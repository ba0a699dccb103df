use onward::http::Server;
use onward::prelude::*;

use crate::told::Told;

pub(super) fn server(name: &str, told: &Told) -> Server {
    match name {
        "throw-sync" => told.serve(|_req, _res| -> std::future::Ready<()> { panic!("boom") }),
        "throw-async-capture" => told.serve(|_req, mut res| async move {
            res.set_header("X-Secret", "1");
            Err::<(), _>(boom())
        }),
        "throw-async-capture-late" => told.serve(|_req, mut res| async move {
            res.write("a").await?;
            tokio::task::yield_now().await;
            Err::<(), _>(boom())
        }),
        "throw-second-listener-skipped" => {
            let log = told.clone();
            let server = told.serve(move |_req, res| {
                log.log("  second");
                async move { res.end_with("2") }
            });
            server.on(event::Request, |_| panic!("boom"));
            server
        }
        _ => panic!("a new scenario: {name}"),
    }
}

fn boom() -> Error {
    std::io::Error::other("boom").into()
}
