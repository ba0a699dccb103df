//! `urls = Name`: the function may have the name of a module, a struct or an import.

use onward::prelude::*;
use users::users;

mod users {
    use onward::prelude::*;

    #[server(urls = UserUrls)]
    pub(crate) async fn users(req: Request, res: Response) -> Result {
        route!("/" => format!("see {}", UserUrls::user("ada")));
        route!("/{name}" as user if name != "me" => name.to_owned());
        route!("/{name}" => format!("{name}!"));
    }
}

mod shop {
    pub(crate) const NAME: &str = "shop";
}

#[server(urls = ShopUrls, trailing_slash = redirect)]
async fn shop(req: Request, res: Response) -> Result {
    route!("/" => shop::NAME);
    route!("/products/{id: u32}" as product => format!("product {id}"));
}

#[tokio::test]
async fn the_type_may_have_another_name() {
    let ask = async |url| users(Request::get(url), Response::new()).await;
    assert_eq!(ask("/").await.expect("a route").text(), "see /ada");
    assert_eq!(ask("/me").await.expect("a route").text(), "me!");
    assert_eq!(users::UserUrls::ROUTES.len(), 3);
    let url = ShopUrls::product(7);
    let sent = shop(Request::get(&url), Response::new()).await;
    assert_eq!(sent.expect("a route").text(), "product 7");
    let sent = shop(Request::get("/"), Response::new()).await;
    assert_eq!(sent.expect("a route").text(), "shop");
}
