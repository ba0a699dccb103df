#[allow(clippy::unused_async)]
async fn site(req: Request, res: Response) -> Result {
    type __Route = site;
    let __route = __Route::decide(&req.method, &::onward::__private::path(&req.url)?);
    if let __Route::About = __route {
        ::onward::__private::matched(&res, "/about");
        return ::onward::__private::reply("about", res);
    }
    Ok(res.send(format!("{} is unknown", req.url)))
}
/// The routes of `site`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum site {
    About,
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl site {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::route;
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/about", 3)]
    };
    #[doc(hidden)]
    const HANDLES_ALL: ::core::primitive::bool = true;
    fn decide(method: &::onward::__private::Method, path: &str) -> Self {
        use ::onward::__private::{Allow, Method, Unmatched};
        let mut allow = Allow::NONE;
        if path == "/about" {
            match *method {
                Method::GET | Method::HEAD => return Self::About,
                _ => allow |= Allow::GET,
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
