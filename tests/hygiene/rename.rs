//! A crate that uses onward under a different name. `json!` finds it through the `extern crate` at the crate root; if
//! `onward` itself is not a dependency, that line is `extern crate renamed as onward;`.

use renamed::prelude::*;

#[server(crate = renamed)]
async fn relative(req: Request, res: Response) {
    route!("/{name}" => name.to_uppercase());
}

#[server(crate = ::onward, trailing_slash = ignore)]
async fn absolute(req: Request, res: Response) {
    route!("/{name}" => json!({ "name": name }));
}

#[server(crate = crate::renamed)]
async fn inside(req: Request, res: Response) {
    route!("/{name}" if name.len() > 1 => name.to_uppercase());
}

#[server(crate = renamed)]
async fn mounting(req: Request, res: Response) {
    route!(unmatched);
    route!(mount "/relative" as at => relative(req, res).await);
    route!(mount "/absolute" if true => absolute(req, res).await);
}

#[tokio::test]
async fn onward_may_have_another_name() {
    let sent = relative(Request::get("/x"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("X"),
        "relative"
    );
    let sent = absolute(Request::get("/x/"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some(r#"{"name":"x"}"#),
        "absolute"
    );
    let sent = mounting(Request::get("/relative/x"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("X"),
        "mounted"
    );
    assert_eq!(mounting::at("/x"), "/relative/x", "a URL");
    let sent = inside(Request::get("/xy"), Response::new()).await;
    assert_eq!(
        sent.map(|sent| sent.text()).ok().as_deref(),
        Some("XY"),
        "inside"
    );
}
