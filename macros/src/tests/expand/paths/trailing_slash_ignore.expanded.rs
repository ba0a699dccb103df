#[allow(clippy::unused_async)]
async fn files(request: Request, response: Response) -> ::onward::Result {
    type __Route<'p> = files<'p>;
    let __path = ::onward::__private::own_path(&request.url)?;
    let __route = __Route::decide(
        &request.method,
        ::onward::__private::without_trailing_slash(&__path),
    );
    if let __Route::FilesRest { rest } = __route {
        let rest = __path.rest(rest);
        ::onward::__private::matched(&response, "/files/{rest..}");
        return ::onward::__private::reply(rest.len().to_string(), response);
    }
    match __route {
        __Route::Unmatched(unmatched) => {
            ::onward::__private::unmatched(unmatched, response)
        }
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `files`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum files<'p> {
    FilesRest { rest: &'p ::core::primitive::str },
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl<'p> files<'p> {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::{rest, route};
        #[allow(unused_imports)]
        use route as _;
        &[route(&["GET"], "/files/{rest..}", 3).params(&[rest("rest")])]
    };
    #[doc(hidden)]
    const SLASH: ::onward::__private::Slash = ::onward::__private::Slash::Ignore;
    fn decide(method: &::onward::__private::Method, path: &'p str) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix("/files") {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::FilesRest { rest: path },
                    _ => allow |= Allow::GET,
                }
            } else if let Some(path) = path.strip_prefix('/') {
                match *method {
                    Method::GET | Method::HEAD => return Self::FilesRest { rest: path },
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
