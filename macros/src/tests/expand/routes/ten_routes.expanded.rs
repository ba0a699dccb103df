#[allow(clippy::cognitive_complexity, clippy::too_many_lines)]
pub async fn shop(req: Request, mut res: Response, db: Db) -> Result {
    type __Route<'p> = shop<'p>;
    let __path = ::onward::__private::own_path(&req.url)?;
    let __method = ::core::clone::Clone::clone(&req.method);
    let mut __route = __Route::decide(&__method, &__path, 0);
    if let __Route::Root = __route {
        ::onward::__private::matched(&res, "/");
        return ::onward::__private::reply("hello", res);
    }
    if let __Route::Products = __route {
        ::onward::__private::matched(&res, "/products");
        return ::onward::__private::reply(Json(db.products().await?), res);
    }
    if let __Route::Product { id } = __route {
        ::onward::__private::matched(&res, "/products/{id: u32}");
        return ::onward::__private::reply(db.product(id).await?.map(Json), res);
    }
    if let __Route::PostProducts = __route {
        ::onward::__private::matched(&res, "/products");
        return ::onward::__private::reply(
            {
                let new: NewProduct = req.body.json().await?;
                (StatusCode::CREATED, Json(db.insert(new).await?))
            },
            res,
        );
    }
    if let __Route::UsersName { name } = __route {
        let name = __path.decode(name);
        ::onward::__private::matched(&res, "/users/{name}");
        return ::onward::__private::reply(format!("hello {name}"), res);
    }
    if let __Route::FilesPath { path } = __route {
        let path = __path.rest(path);
        ::onward::__private::matched(&res, "/files/{path..}");
        return ::onward::__private::reply(db.file(path).await?, res);
    }
    let user = authenticate(&req, &db).await?;
    if let __Route::PutPatchProductsId { id } = __route {
        ::onward::__private::matched(&res, "/products/{id: u32}");
        return ::onward::__private::reply(
            db.update(id, req.body.json().await?).await?.map(Json),
            res,
        );
    }
    if let __Route::DeleteProductsId { id } = __route {
        if user.is_admin {
            ::onward::__private::matched(&res, "/products/{id: u32}");
            return ::onward::__private::reply(db.delete(id).await?, res);
        }
        __route = __Route::decide(&__method, &__path, 8);
    }
    if let __Route::YearMonthCsv { year, month } = __route {
        ::onward::__private::matched(&res, "/{year: u16}-{month: u8}.csv");
        return ::onward::__private::reply(db.report(year, month).await?, res);
    }
    if let __Route::AnyAdminRest { rest } = __route {
        let rest = __path.rest(rest);
        ::onward::__private::matched(&res, "/admin/{rest..}");
        return ::onward::__private::sent(admin(req.at(rest), res, db).await);
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `shop`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
pub enum shop<'p> {
    Root,
    Products,
    Product { id: u32 },
    PostProducts,
    UsersName { name: &'p ::core::primitive::str },
    FilesPath { path: &'p ::core::primitive::str },
    PutPatchProductsId { id: u32 },
    DeleteProductsId { id: u32 },
    YearMonthCsv { year: u16, month: u8 },
    AnyAdminRest { rest: &'p ::core::primitive::str },
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl<'p> shop<'p> {
    /// Every route in the order written.
    pub const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::{rest, route, text, typed};
        #[allow(unused_imports)]
        use route as _;
        &[
            route(&["GET"], "/", 3),
            route(&["GET"], "/products", 4),
            route(&["GET"], "/products/{id: u32}", 5)
                .params(&[typed("id", "u32")])
                .named("product"),
            route(&["POST"], "/products", 6),
            route(&["GET"], "/users/{name}", 10).params(&[text("name")]),
            route(&["GET"], "/files/{path..}", 11).params(&[rest("path")]),
            route(&["PUT", "PATCH"], "/products/{id: u32}", 13)
                .params(&[typed("id", "u32")]),
            route(&["DELETE"], "/products/{id: u32}", 14).params(&[typed("id", "u32")]),
            route(&["GET"], "/{year: u16}-{month: u8}.csv", 15)
                .params(&[typed("year", "u16"), typed("month", "u8")]),
            route(&["ANY"], "/admin/{rest..}", 16).params(&[rest("rest")]),
        ]
    };
    /// Returns the URL of `/products/{id: u32}`, percent-encoded.
    #[must_use]
    pub fn product(id: u32) -> ::std::string::String {
        ::std::format!("/products/{}", ::onward::__private::encode(& id))
    }
    #[doc(hidden)]
    #[must_use]
    pub fn decide(
        method: &::onward::__private::Method,
        path: &'p str,
        skip: usize,
    ) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{
            Allow, Method, Unmatched, before, ending, last_segment, parse,
        };
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::Root,
                    _ => allow |= Allow::GET,
                }
            } else if let Some(path) = path.strip_prefix("products") {
                if path.is_empty() {
                    match *method {
                        Method::GET | Method::HEAD => return Self::Products,
                        Method::POST => return Self::PostProducts,
                        _ => allow |= Allow::GET | Allow::POST,
                    }
                } else if let Some(path) = path.strip_prefix('/')
                    && let Some(id) = last_segment(path) && let Some(id) = parse(id)
                {
                    match *method {
                        Method::GET | Method::HEAD => return Self::Product { id },
                        Method::PUT | Method::PATCH => {
                            return Self::PutPatchProductsId { id };
                        }
                        Method::DELETE if skip <= 7 => {
                            return Self::DeleteProductsId { id };
                        }
                        _ => {
                            allow
                                |= Allow::GET | Allow::PUT | Allow::PATCH | Allow::DELETE;
                        }
                    }
                }
            } else if let Some(path) = path.strip_prefix("users/")
                && let Some(name) = last_segment(path)
            {
                match *method {
                    Method::GET | Method::HEAD => return Self::UsersName { name },
                    _ => allow |= Allow::GET,
                }
            } else if let Some(path) = path.strip_prefix("files/") {
                match *method {
                    Method::GET | Method::HEAD => return Self::FilesPath { path },
                    _ => allow |= Allow::GET,
                }
            } else if let Some(path) = path.strip_prefix("admin/") {
                return Self::AnyAdminRest { rest: path };
            }
            if let Some(year) = last_segment(path)
                && let Some((year, month)) = before(year, "-")
                && let Some(month) = ending(month, ".csv")
                && let Some(year) = parse(year) && let Some(month) = parse(month)
            {
                match *method {
                    Method::GET | Method::HEAD => {
                        return Self::YearMonthCsv { year, month };
                    }
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
