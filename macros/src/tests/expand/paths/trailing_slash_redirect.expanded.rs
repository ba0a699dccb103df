#[allow(clippy::unused_async)]
async fn users(req: Request, res: Response) -> my::onward::Result {
    type __Route = users;
    let __path = my::onward::__private::own_path(&req.url)?;
    let __method = ::core::clone::Clone::clone(&req.method);
    let __route = __Route::decide(&__method, &__path);
    if let __Route::Users = __route {
        my::onward::__private::matched(&res, "/users");
        return my::onward::__private::reply("users", res);
    }
    if let __Route::Unmatched(unmatched) = __route && unmatched.is_unknown() {
        let other = my::onward::__private::other_slash(&__path);
        if !::core::matches!(
            __Route::decide(& __method, & other), __Route::Unmatched(_)
        ) {
            return my::onward::__private::redirect(&__path, res);
        }
    }
    match __route {
        __Route::Unmatched(unmatched) => my::onward::__private::unmatched(unmatched, res),
        _ => my::onward::__private::not_found(),
    }
}
/// The routes of `users`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum users {
    Users,
    Unmatched(my::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl users {
    /// Every route in the order written.
    const ROUTES: &'static [my::onward::RouteInfo] = {
        use my::onward::__private::route;
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/users", 3)]
    };
    #[doc(hidden)]
    const SLASH: my::onward::__private::Slash = my::onward::__private::Slash::Redirect;
    fn decide(method: &my::onward::__private::Method, path: &str) -> Self {
        use my::onward::__private::{Allow, Method, Unmatched};
        let mut allow = Allow::NONE;
        if path == "/users" {
            match *method {
                Method::GET | Method::HEAD => return Self::Users,
                _ => allow |= Allow::GET,
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
