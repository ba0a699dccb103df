use onward::http::Server;
use onward::prelude::*;

use crate::event_log::EventLog;

pub(super) fn server(name: &str, events: &EventLog) -> Server {
    match name {
        "throw-sync" => events.serve(|_req, _res| -> std::future::Ready<()> { panic!("boom") }),
        "throw-async-capture" => events.serve(|_req, mut res| async move {
            res.set_header("X-Secret", "1");
            Err::<(), _>(boom())
        }),
        "throw-async-capture-late" => events.serve(|_req, mut res| async move {
            res.write("a").await?;
            tokio::task::yield_now().await;
            Err::<(), _>(boom())
        }),
        "throw-second-listener-skipped" => {
            let log = events.clone();
            let server = events.serve(move |_req, res| {
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
