//! Every kind of import of `route!` counts as used, although `#[server]` removes the calls.

use onward::http::{Request, Response};

/// `route!` is imported by name, next to the function.
mod by_name {
    use onward::http::{Request, Response};
    use onward::{Result, route, server};

    #[server]
    pub(super) async fn shop(req: Request, res: Response) -> Result {
        route!("/" => "by name");
    }
}

/// `route!` is called by its path.
mod by_path {
    use onward::http::{Request, Response};
    use onward::server;

    #[server]
    pub(super) async fn shop(req: Request, res: Response) {
        onward::route!("/" => "by path");
        ::onward::route!("/x" => "x");
        onward::route!("/y" => "y");
    }
}

/// `route!` is called by a path that starts with another name of the crate.
mod by_other_name {
    use onward::http::{Request, Response};
    use onward::{self as o, server};

    #[server]
    pub(super) async fn shop(req: Request, res: Response) {
        o::route!("/" => "by other name");
    }
}

/// `route!` is imported in the function itself.
mod in_the_body {
    use onward::http::{Request, Response};
    use onward::server;

    #[server]
    pub(super) async fn shop(req: Request, res: Response) {
        use onward::route;
        route!("/" => "in the body");
    }

    #[server]
    pub(super) async fn renamed(req: Request, res: Response) {
        use onward as here;
        here::route!("/" => "in the body, renamed");
    }
}

/// `route!` is imported above a function that contains the server.
mod around {
    use onward::{Result, route, server};

    pub(super) async fn shop(path: &str) -> Result {
        use onward::http::{Request, Response};
        #[server]
        async fn shop(req: Request, res: Response) -> Result {
            route!("/" => "around");
        }
        shop(Request::get(path), Response::new()).await
    }
}

/// There is no import, because the attribute needs none.
mod without {
    use onward::http::{Request, Response};
    use onward::server;

    #[server]
    pub(super) async fn shop(req: Request, res: Response) {
        route!("/" => "without");
    }
}

/// A macro of the same name is in scope.
mod own_macro {
    use onward::http::{Request, Response};
    use onward::server;

    macro_rules! route {
        ($text:literal) => {
            concat!("own ", $text)
        };
    }
    pub(super) const OWN: &str = route!("macro");

    #[server]
    pub(super) async fn shop(req: Request, res: Response) {
        route!("/" => OWN);
    }
}

#[tokio::test]
async fn every_import_counts_as_used() {
    let ask = || (Request::get("/"), Response::new());
    let text = |result: onward::Result| result.map_or_else(|it| it.to_string(), |it| it.text());
    let (req, res) = ask();
    assert_eq!(text(by_name::shop(req, res).await), "by name", "a name");
    let (req, res) = ask();
    assert_eq!(text(by_path::shop(req, res).await), "by path", "a path");
    let (req, res) = ask();
    let sent = by_other_name::shop(req, res).await;
    assert_eq!(text(sent), "by other name", "another name");
    let (req, res) = ask();
    let sent = in_the_body::shop(req, res).await;
    assert_eq!(text(sent), "in the body", "an import in the body");
    let (req, res) = ask();
    let sent = in_the_body::renamed(req, res).await;
    assert_eq!(text(sent), "in the body, renamed", "a renamed crate");
    assert_eq!(
        text(around::shop("/").await),
        "around",
        "an enclosing function"
    );
    let (req, res) = ask();
    assert_eq!(text(without::shop(req, res).await), "without", "no import");
    let (req, res) = ask();
    assert_eq!(
        text(own_macro::shop(req, res).await),
        "own macro",
        "a macro"
    );
}

/// The prelude is imported next to the crate `http`.
mod http_crate {
    use onward::prelude::*;

    #[server]
    pub(super) async fn extensions(req: Request, res: Response) -> Result {
        route!("/" => http::Extensions::new().len().to_string());
    }
}

#[tokio::test]
async fn the_prelude_does_not_hide_the_crate_http() {
    let sent = http_crate::extensions(Request::get("/"), Response::new()).await;
    let text = sent.map(|sent| sent.text());
    assert_eq!(text.ok().as_deref(), Some("0"), "a type of the crate http");
}
