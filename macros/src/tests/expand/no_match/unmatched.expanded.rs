#[allow(clippy::unused_async)]
async fn site(req: Request, res: Response) -> Result {
    type __Route = site;
    let __route = __Route::decide(&req.method, &::onward::__private::path(&req.url)?);
    if let __Route::About = __route {
        ::onward::__private::matched(&res, "/about");
        return ::onward::__private::reply("about", res);
    }
    if let __Route::Unmatched(_) = __route {
        return ::onward::__private::reply((StatusCode::NOT_FOUND, "no such page"), res);
    }
    let user = authenticate(&req)?;
    if let __Route::Inbox = __route {
        ::onward::__private::matched(&res, "/inbox");
        return ::onward::__private::reply(inbox(user), res);
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `site`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum site {
    About,
    Inbox,
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl site {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::route;
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/about", 3), route(&["GET"], "/inbox", 6)]
    };
    #[doc(hidden)]
    const HANDLES_ALL: ::core::primitive::bool = true;
    fn decide(method: &::onward::__private::Method, path: &str) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if path == "about" {
                match *method {
                    Method::GET | Method::HEAD => return Self::About,
                    _ => allow |= Allow::GET,
                }
            } else if path == "inbox" {
                match *method {
                    Method::GET | Method::HEAD => return Self::Inbox,
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
