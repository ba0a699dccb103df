//! The servers of the recording, written with Onward: by group, each by the name of its scenario.

use onward::http::Server;
use onward::prelude::*;

use crate::golden::Scenario;
use crate::told::Told;

mod body;
mod failure;
mod keepalive;
mod lifecycle;
mod malformed;
mod response;
mod timeout;
mod upgrade;

/// The server of a scenario.
pub(crate) fn server(scenario: &Scenario, told: &Told) -> Server {
    let name = scenario.name.as_str();
    match scenario.group.as_str() {
        "response" => response::server(name, told),
        "failure" => failure::server(name, told),
        "keepalive" => keepalive::server(name, told),
        "body" => body::server(name, told),
        "malformed" => malformed::server(name, told),
        "url" => malformed::url_server(name, told),
        "timeout" => timeout::server(name, told),
        "upgrade" => upgrade::server(name, told),
        "lifecycle" => lifecycle::server(name, told),
        group => panic!("a new group: {group}"),
    }
}

/// `X` of the recording.
async fn x(_req: Request, res: Response) -> Sent {
    res.end_with("x")
}

async fn hello(_req: Request, mut res: Response) -> Sent {
    res.write("hello");
    res.end()
}

/// `url` of the recording.
async fn url(req: Request, res: Response) -> Sent {
    res.end_with(req.url.to_string())
}

/// `echo` of the recording.
async fn echo(req: Request, res: Response) -> Result {
    let body = req.body.bytes().await?;
    Ok(res.end_with(body))
}
