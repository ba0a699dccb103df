//! The servers that are compared.

use std::ffi::OsString;
use std::path::PathBuf;

pub(crate) struct Contender {
    /// The name of the server on the command line.
    pub(crate) key: String,
    pub(crate) title: String,
    pub(crate) source: Source,
    /// Whether only instructions and allocations are counted, without measuring times.
    pub(crate) counted_only: bool,
}

pub(crate) enum Source {
    /// A program of a package of this workspace, and the dependency whose version is shown; `peer` is empty if there is
    /// none.
    Rust {
        package: &'static str,
        program: &'static str,
        peer: &'static str,
    },
    /// A file in `node/`, and the npm package whose version is shown.
    Node {
        file: &'static str,
        peer: Option<&'static str>,
    },
    /// A program that is already built.
    Program(PathBuf),
}

/// The command that starts a server. The address to listen on is added as the last argument.
pub(crate) struct Program {
    pub(crate) words: Vec<OsString>,
    pub(crate) version: String,
    /// Whether the program has a just-in-time compiler, which needs time to warm up and which valgrind cannot follow.
    pub(crate) compiles_itself: bool,
}

/// Returns the servers that run the app. The others are compared with the first one.
pub(crate) fn all() -> Vec<Contender> {
    vec![
        onward("onward", "**onward**, tokio's runtime", "serve-onward"),
        onward(
            "onward-run",
            "**onward**, a thread per core",
            "serve-onward-run",
        ),
        Contender {
            counted_only: true,
            source: Source::Rust {
                package: "serve-onward-1000",
                program: "serve-onward-1000",
                peer: "",
            },
            ..onward("onward-1000", "**onward**, 1,000 more routes", "")
        },
        rust("floor", "floor: tokio, canned bytes", "serve-floor", ""),
        rust("hyper", "hyper", "serve-hyper", "hyper"),
        Contender {
            source: Source::Rust {
                package: "serve-hyper",
                program: "serve-hyper-untimed",
                peer: "",
            },
            ..rust("hyper-untimed", "bare hyper, no time limits", "", "")
        },
        Contender {
            source: Source::Rust {
                package: "serve-hyper",
                program: "serve-hyper-least",
                peer: "",
            },
            ..rust("hyper-least", "bare hyper at its least", "", "")
        },
        rust("axum", "axum", "serve-axum", "axum"),
        rust("actix", "actix-web", "serve-actix", "actix-web"),
        rust("ntex", "ntex", "serve-ntex", "ntex"),
        rust("warp", "warp", "serve-warp", "warp"),
        rust("xitca", "xitca-web", "serve-xitca", "xitca-web"),
        rust("poem", "poem", "serve-poem", "poem"),
        rust("salvo", "salvo", "serve-salvo", "salvo"),
        rust("rocket", "rocket", "serve-rocket", "rocket"),
        node("node", "Node's http", "http.mjs", None),
        node("express", "Express", "express.mjs", Some("express")),
        node("fastify", "Fastify", "fastify.mjs", Some("fastify")),
    ]
}

/// Returns the servers that support HTTP/2. The others are compared with the first one.
pub(crate) fn http2() -> Vec<Contender> {
    vec![
        onward("onward", "**onward**, tokio's runtime", "serve-onward"),
        onward(
            "onward-run",
            "**onward**, a thread per core",
            "serve-onward-run",
        ),
        rust("hyper", "hyper", "serve-hyper-http2", "hyper"),
        rust("axum", "axum", "serve-axum-http2", "axum"),
        rust("actix", "actix-web", "serve-actix-http2", "actix-web"),
        node("node", "Node's http2", "http2.mjs", None),
    ]
}

/// Returns the file servers. The others are compared with the first one.
pub(crate) fn files() -> Vec<Contender> {
    vec![
        rust("onward", "**onward**, `Files`", "serve-onward-files", ""),
        rust(
            "axum",
            "axum, tower-http's `ServeDir`",
            "serve-axum-files",
            "tower-http",
        ),
    ]
}

/// Returns the servers with TLS. The others are compared with the first one.
pub(crate) fn tls() -> Vec<Contender> {
    vec![
        rust("onward", "**onward**", "serve-onward-tls", ""),
        rust("axum", "axum, axum-server", "serve-axum-tls", "axum-server"),
        rust("actix", "actix-web", "serve-actix-tls", "actix-web"),
    ]
}

/// Returns the servers that echo WebSocket messages. The others are compared with the first one.
pub(crate) fn websocket() -> Vec<Contender> {
    vec![
        rust("onward", "**onward**", "serve-onward-live", ""),
        rust("axum", "axum", "serve-axum-live", "axum"),
        rust("actix", "actix-web", "serve-actix-live", "actix-web"),
        node("node", "Node, ws", "websocket.mjs", Some("ws")),
    ]
}

/// Returns the servers that send an event to many followers. The others are compared with the first one.
pub(crate) fn fan_out() -> Vec<Contender> {
    let mut all = websocket();
    all.truncate(2);
    all.push(Contender {
        source: Source::Rust {
            package: "serve-floor",
            program: "serve-floor-live",
            peer: "",
        },
        ..rust("floor", "floor: `send` for each follower", "", "")
    });
    all
}

fn onward(key: &str, title: &str, program: &'static str) -> Contender {
    Contender {
        source: Source::Rust {
            package: "serve-onward",
            program,
            peer: "",
        },
        ..rust(key, title, "", "")
    }
}

fn rust(key: &str, title: &str, package: &'static str, peer: &'static str) -> Contender {
    Contender {
        key: key.to_owned(),
        title: title.to_owned(),
        source: Source::Rust {
            package,
            program: package,
            peer,
        },
        counted_only: false,
    }
}

fn node(key: &str, title: &str, file: &'static str, peer: Option<&'static str>) -> Contender {
    Contender {
        key: key.to_owned(),
        title: title.to_owned(),
        source: Source::Node { file, peer },
        counted_only: false,
    }
}
