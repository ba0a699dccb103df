#[allow(clippy::unused_async)]
async fn products(req: Request, res: Response) -> Result {
    type __Route = products;
    let __route = __Route::decide(&req.method, &::onward::__private::path(&req.url)?);
    if let __Route::Root = __route {
        ::onward::__private::matched(&res, "/");
        return ::onward::__private::reply("hello", res);
    }
    if let __Route::Products = __route {
        ::onward::__private::matched(&res, "/products");
        return ::onward::__private::reply(json!["shoes", "lipstick", "cups"], res);
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `products`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum products {
    Root,
    Products,
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl products {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::route;
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/", 3), route(&["GET"], "/products", 4)]
    };
    fn decide(method: &::onward::__private::Method, path: &str) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::Root,
                    _ => allow |= Allow::GET,
                }
            } else if path == "products" {
                match *method {
                    Method::GET | Method::HEAD => return Self::Products,
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
