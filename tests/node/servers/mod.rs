//! The servers of the recording, written with Onward and grouped as in the recording. Each is found by the name of its
//! scenario.

use onward::http::Server;
use onward::prelude::*;

use crate::event_log::EventLog;
use crate::golden::Scenario;

mod body;
mod failure;
mod keepalive;
mod lifecycle;
mod malformed;
mod response;
mod timeout;
mod upgrade;

/// Creates the server of a scenario.
pub(crate) fn server(scenario: &Scenario, events: &EventLog) -> Server {
    let name = scenario.name.as_str();
    match scenario.group.as_str() {
        "response" => response::server(name, events),
        "failure" => failure::server(name, events),
        "keepalive" => keepalive::server(name, events),
        "body" => body::server(name, events),
        "malformed" => malformed::server(name, events),
        "url" => malformed::url_server(name, events),
        "timeout" => timeout::server(name, events),
        "upgrade" => upgrade::server(name, events),
        "lifecycle" => lifecycle::server(name, events),
        group => panic!("a new group: {group}"),
    }
}

/// The server `X` of the recording.
async fn x(_req: Request, res: Response) -> Sent {
    res.end_with("x")
}

async fn hello(_req: Request, mut res: Response) -> Sent {
    res.write("hello");
    res.end()
}

/// The server `url` of the recording.
async fn url(req: Request, res: Response) -> Sent {
    res.end_with(req.url.to_string())
}

/// The server `echo` of the recording.
async fn echo(req: Request, res: Response) -> Result {
    let body = req.body.bytes().await?;
    Ok(res.end_with(body))
}
