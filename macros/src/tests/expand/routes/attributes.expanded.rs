/// Docs stay on the function.
#[allow(clippy::unused_async)]
async fn site(req: Request, res: Response) -> Result {
    type __Route = site;
    let __path = ::onward::__private::own_path(&req.url)?;
    let __method = ::core::clone::Clone::clone(&req.method);
    let mut __route = __Route::decide(&__method, &__path, 0);
    #[cfg(feature = "pages")]
    if let __Route::Page { id } = __route {
        ::onward::__private::matched(&res, "/pages/{id: u32}");
        return ::onward::__private::reply(id.to_string(), res);
    }
    #[allow(clippy::unit_arg)]
    if let __Route::PostPagesId { id } = __route {
        if id > 7 {
            ::onward::__private::matched(&res, "/pages/{id: u32}");
            return ::onward::__private::reply(drop(id), res);
        }
        __route = __Route::decide(&__method, &__path, 2);
    }
    if let __Route::Unfinished = __route {
        todo!()
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `site`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum site {
    #[cfg(feature = "pages")]
    Page { id: u32 },
    PostPagesId { id: u32 },
    Unfinished,
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl site {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        #[allow(unused_imports)]
        use ::onward::__private::{route, typed};
        #[allow(unused_imports)]
        use route as _;
        &[
            #[cfg(feature = "pages")]
            route(&["GET"], "/pages/{id: u32}", 8)
                .params(&[typed("id", "u32")])
                .named("page")
                .documented("One page.\n\nIn a few words."),
            route(&["POST"], "/pages/{id: u32}", 10).params(&[typed("id", "u32")]),
            route(&["GET"], "/unfinished", 11),
        ]
    };
    #[cfg(feature = "pages")]
    /// Returns the URL of `/pages/{id: u32}`, percent-encoded.
    #[must_use]
    fn page(id: u32) -> ::std::string::String {
        ::std::format!("/pages/{}", ::onward::__private::encode(& id))
    }
    #[allow(unreachable_code, unused_imports, unused_mut, unused_variables)]
    fn decide(method: &::onward::__private::Method, path: &str, skip: usize) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched, last_segment, parse};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if let Some(path) = path.strip_prefix("pages/")
                && let Some(id) = last_segment(path)
            {
                #[cfg(feature = "pages")]
                if let Some(id) = parse(id) {
                    match *method {
                        Method::GET | Method::HEAD => return Self::Page { id },
                        _ => allow |= Allow::GET,
                    }
                }
                if let Some(id) = parse(id) {
                    match *method {
                        Method::POST if skip <= 1 => return Self::PostPagesId { id },
                        _ => allow |= Allow::POST,
                    }
                }
            } else if path == "unfinished" {
                match *method {
                    Method::GET | Method::HEAD => return Self::Unfinished,
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
