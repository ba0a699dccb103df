#[allow(clippy::unused_async)]
async fn site(req: Request, res: Response) -> Result {
    type __Route<'p> = site<'p>;
    let __path = ::onward::__private::own_path(&req.url)?;
    let __route = __Route::decide(&req.method, &__path);
    if let __Route::AEdit { a } = __route {
        ::onward::__private::matched(&res, "/{a: u8}/edit");
        return ::onward::__private::reply(a.to_string(), res);
    }
    if let __Route::MeEdit = __route {
        ::onward::__private::matched(&res, "/me/edit");
        return ::onward::__private::reply("me", res);
    }
    if let __Route::FileJson { file } = __route {
        let file = __path.decode(file);
        ::onward::__private::matched(&res, "/{file}.json");
        return ::onward::__private::reply(file.to_owned(), res);
    }
    if let __Route::User { user } = __route {
        let user = __path.decode(user);
        ::onward::__private::matched(&res, "/@{user}");
        return ::onward::__private::reply(user.to_owned(), res);
    }
    if let __Route::AnyEdit { any } = __route {
        let any = __path.decode(any);
        ::onward::__private::matched(&res, "/{any}/edit");
        return ::onward::__private::reply(any.to_owned(), res);
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `site`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum site<'p> {
    AEdit { a: u8 },
    MeEdit,
    FileJson { file: &'p ::core::primitive::str },
    User { user: &'p ::core::primitive::str },
    AnyEdit { any: &'p ::core::primitive::str },
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl<'p> site<'p> {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::{route, text, typed};
        #[allow(unused_imports)]
        use route as _;
        &[
            route(&["GET"], "/{a: u8}/edit", 3).params(&[typed("a", "u8")]),
            route(&["GET"], "/me/edit", 4),
            route(&["GET"], "/{file}.json", 5).params(&[text("file")]),
            route(&["GET"], "/@{user}", 6).params(&[text("user")]),
            route(&["GET"], "/{any}/edit", 7).params(&[text("any")]),
        ]
    };
    fn decide(method: &::onward::__private::Method, path: &'p str) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{
            Allow, Method, Unmatched, ending, last_segment, parse, segment,
        };
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if let Some((p1, path)) = segment(path) {
                if path == "/edit" && let Some(a) = parse(p1) {
                    match *method {
                        Method::GET | Method::HEAD => return Self::AEdit { a },
                        _ => allow |= Allow::GET,
                    }
                }
                if let Some(file) = ending(p1, ".json") && path.is_empty() {
                    match *method {
                        Method::GET | Method::HEAD => return Self::FileJson { file },
                        _ => allow |= Allow::GET,
                    }
                }
            }
            if path == "me/edit" {
                match *method {
                    Method::GET | Method::HEAD => return Self::MeEdit,
                    _ => allow |= Allow::GET,
                }
            } else if let Some(path) = path.strip_prefix('@')
                && let Some(user) = last_segment(path)
            {
                match *method {
                    Method::GET | Method::HEAD => return Self::User { user },
                    _ => allow |= Allow::GET,
                }
            }
            if let Some((any, path)) = segment(path) && path == "/edit" {
                match *method {
                    Method::GET | Method::HEAD => return Self::AnyEdit { any },
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
