//! Hello world as the documentation of each framework teaches it, and its `[dependencies]`.

use compile::Framework;

pub(crate) struct Peer {
    /// The name of the framework on the command line.
    pub(crate) key: &'static str,
    pub(crate) title: &'static str,
    pub(crate) dependencies: String,
    pub(crate) hello: &'static str,
}

const TOKIO: &str =
    "tokio = { version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }\n";

/// Returns all frameworks. The others are compared with the first one.
pub(crate) fn all() -> Vec<Peer> {
    let with_tokio = |dependencies: &str| format!("{dependencies}\n{TOKIO}");
    let peer = |key, title, dependencies, hello| Peer {
        key,
        title,
        dependencies,
        hello,
    };
    let [onward, axum] = Framework::BOTH.map(Framework::dependencies);
    let onward_http1 = onward.replacen(" }", ", default-features = false }", 1);
    let with_http2 = "axum = { version = \"0.8\", features = [\"http2\"] }";
    let axum_http2 = axum.replacen("axum = \"0.8\"", with_http2, 1);
    let hyper = "hyper = { version = \"1\", features = [\"http1\", \"server\"] }\n\
                 hyper-util = { version = \"0.1\", features = [\"tokio\"] }\n\
                 http-body-util = \"0.1\"";
    let warp = "warp = { version = \"0.4\", features = [\"server\"] }";
    let ntex = "ntex = { version = \"3\", features = [\"tokio\"] }\n".to_owned();
    vec![
        peer(
            "onward",
            "**onward**",
            onward,
            include_str!("../hello/onward.rs"),
        ),
        peer(
            "onward-http1",
            "**onward**, without default features",
            onward_http1,
            include_str!("../hello/onward.rs"),
        ),
        peer(
            "hyper",
            "hyper",
            with_tokio(hyper),
            include_str!("../hello/hyper.rs"),
        ),
        peer(
            "xitca",
            "xitca-web",
            "xitca-web = \"0.8\"\n".to_owned(),
            include_str!("../hello/xitca.rs"),
        ),
        peer("axum", "axum", axum, include_str!("../hello/axum.rs")),
        peer(
            "axum-http2",
            "axum with `http2`",
            axum_http2,
            include_str!("../hello/axum.rs"),
        ),
        peer(
            "warp",
            "warp",
            with_tokio(warp),
            include_str!("../hello/warp.rs"),
        ),
        peer(
            "poem",
            "poem",
            with_tokio("poem = \"3\""),
            include_str!("../hello/poem.rs"),
        ),
        peer("ntex", "ntex", ntex, include_str!("../hello/ntex.rs")),
        peer(
            "rocket",
            "rocket",
            "rocket = \"0.5\"\n".to_owned(),
            include_str!("../hello/rocket.rs"),
        ),
        peer(
            "actix",
            "actix-web",
            "actix-web = \"4\"\n".to_owned(),
            include_str!("../hello/actix.rs"),
        ),
        peer(
            "salvo",
            "salvo",
            with_tokio("salvo = \"1\""),
            include_str!("../hello/salvo.rs"),
        ),
    ]
}
