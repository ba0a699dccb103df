//! Hello world: what a newcomer waits for.

use crate::app::Framework;
use crate::cost::Cost;
use crate::crates::{Crate, Profile};
use crate::report::{row, with_ratio};

const ONWARD: &str = r#"use onward::prelude::*;

#[server]
async fn hello(req: Request, res: Response) -> Result {
    route!("/" => "hello");
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    http::create_server(hello).listen(3000).await
}
"#;

const AXUM: &str = r#"use axum::{Router, routing::get};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let app = Router::new().route("/", get(|| async { "hello" }));
    let listener = tokio::net::TcpListener::bind(("0.0.0.0", 3000)).await?;
    axum::serve(listener, app).await
}
"#;

struct Figures {
    crates: f64,
    debug_cpu: f64,
    release_cpu: f64,
    megabytes: f64,
}

pub(crate) fn measure() {
    let [ours, axum] = Framework::BOTH.map(figures);
    println!("| hello world | onward | axum |");
    println!("|---|---|---|");
    let rows = [
        ("crates compiled for it", [ours.crates, axum.crates], 0),
        (
            "clean debug build, CPU s",
            [ours.debug_cpu, axum.debug_cpu],
            1,
        ),
        (
            "clean release build, CPU s",
            [ours.release_cpu, axum.release_cpu],
            1,
        ),
        (
            "stripped release binary, MB",
            [ours.megabytes, axum.megabytes],
            2,
        ),
    ];
    for (what, [ours, axum], digits) in rows {
        row(&[
            what.to_owned(),
            with_ratio(ours, ours, digits),
            with_ratio(axum, ours, digits),
        ]);
    }
}

fn figures(framework: Framework) -> Figures {
    let it = Crate::new("hello", framework);
    it.write(match framework {
        Framework::Onward => ONWARD,
        Framework::Axum => AXUM,
    });
    it.fetch();
    it.clean();
    let [debug_cpu, release_cpu] = Profile::BOTH.map(|profile| {
        let before = Cost::of_children().cpu_seconds;
        it.build(profile, None);
        Cost::of_children().cpu_seconds - before
    });
    Figures {
        crates: it.dependencies() as f64,
        debug_cpu,
        release_cpu,
        megabytes: it.size(Profile::Release) as f64 / 1e6,
    }
}
