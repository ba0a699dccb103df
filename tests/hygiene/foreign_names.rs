//! Names that a program declares keep their meaning, even if other frameworks use the same names.

use onward::prelude::*;

mod helpers {
    pub(super) fn redirect(to: impl Into<String>) -> String {
        to.into()
    }

    pub(super) struct Status(u16);

    impl Status {
        pub(super) const NOT_FOUND: u16 = 404;

        pub(super) const fn new(status: u16) -> Self {
            Self(status)
        }

        pub(super) fn text(&self, text: u16) -> String {
            assert_eq!(self.0, 204);
            text.to_string()
        }
    }

    pub(super) mod reply {
        pub(crate) fn json<const N: usize>(value: [u32; N]) -> String {
            format!("{value:?}")
        }
    }
}

mod glob {
    use super::helpers::*;
    use onward::prelude::*;

    #[server]
    pub(super) async fn site(req: Request, res: Response) -> Result {
        route!("/redirect" => redirect("to"));
        route!("/status" => Status::new(204).text(Status::NOT_FOUND));
        route!("/reply" => reply::json([1, 2]));
    }
}

use helpers::redirect as next;

const fn abort<T: Send>(value: T) -> T {
    value
}

#[server]
async fn site(req: Request, res: Response, render: fn(u32) -> String) -> Result {
    let jsonify = |number: u32| format!("[{number}]");
    route!("/next" => next("next"));
    route!("/abort" => abort("abort"));
    route!("/closure" => jsonify(7));
    route!("/argument" => render(7));
    route!("/method" => ["a", "b"].into_iter().next());
    route!("/inner" => {
        fn get(number: u32) -> String {
            number.to_string()
        }
        get(7)
    });
}

#[tokio::test]
async fn names_of_the_program_keep_their_meaning() {
    let text = async |url| {
        glob::site(Request::get(url), Response::new())
            .await
            .map(|it| it.text())
    };
    assert_eq!(text("/redirect").await.unwrap(), "to");
    assert_eq!(text("/status").await.unwrap(), "404");
    assert_eq!(text("/reply").await.unwrap(), "[1, 2]");
    let render = |number: u32| format!("<{number}>");
    let text = async |url| {
        site(Request::get(url), Response::new(), render)
            .await
            .map(|it| it.text())
    };
    assert_eq!(text("/next").await.unwrap(), "next");
    assert_eq!(text("/abort").await.unwrap(), "abort");
    assert_eq!(text("/closure").await.unwrap(), "[7]");
    assert_eq!(text("/argument").await.unwrap(), "<7>");
    assert_eq!(text("/method").await.unwrap(), "a");
    assert_eq!(text("/inner").await.unwrap(), "7");
}

#[tokio::test]
async fn names_of_an_enclosing_function_keep_their_meaning() {
    fn redirect(to: &str) -> String {
        to.to_owned()
    }

    #[server]
    async fn local(req: Request, res: Response) -> Result {
        route!("/" => redirect("local"));
    }

    let sent = local(Request::get("/"), Response::new()).await.unwrap();
    assert_eq!(sent.text(), "local");
}

#[tokio::test]
async fn a_server_imported_in_the_body_can_be_mounted() {
    #[server]
    async fn outer(req: Request, res: Response) -> Result {
        use glob::site as inner;
        route!(mount "/inner" => inner(req, res).await);
    }

    let sent = outer(Request::get("/inner/redirect"), Response::new())
        .await
        .unwrap();
    assert_eq!(sent.text(), "to");
}

/// The generated URL functions have parameters with these names.
#[server]
async fn underscores(req: Request, res: Response) -> Result {
    route!("/{_id}" as item => "item");
}

#[tokio::test]
async fn underscores_are_valid_in_urls() {
    assert_eq!(underscores::item(7), "/7");
    let sent = underscores(Request::get("/7"), Response::new())
        .await
        .unwrap();
    assert_eq!(sent.text(), "item");
}
