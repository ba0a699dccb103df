async fn shop(mut req: Request, mut res: Response, db: Db) -> Result {
    type __Route = shop;
    let __path = ::onward::__private::own_path(&req.url)?;
    let __method = ::core::clone::Clone::clone(&req.method);
    let mut __route = __Route::decide(&__method, &__path, 0);
    if let __Route::Products = __route {
        ::onward::__private::matched(&res, "/products");
        let page: u32 = req.url.query_or("page", || 1)?;
        let search: Option<String> = req.url.query("search")?;
        let reply: Json<Vec<Product>> = Json(db.list(page, search).await?);
        return ::onward::__private::reply(reply, res);
    }
    if let __Route::Product { id } = __route {
        ::onward::__private::matched(&res, "/products/{id: u32}");
        let reply: Option<Json<Product>> = db.find(id).await?.map(Json);
        return ::onward::__private::reply(reply, res);
    }
    if let __Route::PostProducts = __route {
        if is_admin(&req) {
            ::onward::__private::matched(&res, "/products");
            let Json(new): Json<NewProduct> = req.take_body().read().await?;
            let reply: Created<Json<Product>> = Created(Json(db.insert(new).await?));
            return ::onward::__private::reply(reply, res);
        }
        __route = __Route::decide(&__method, &__path, 3);
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `shop`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
enum shop {
    Products,
    Product { id: u32 },
    PostProducts,
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl shop {
    /// Every route in the order written.
    const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::{route, typed};
        #[allow(unused_imports)]
        use route as _;
        &[
            route(&["GET"], "/products", 4)
                .query(
                    &[
                        ::onward::__private::parameter!("page", "u32", u32)
                            .or(::onward::__private::default_value!("1", u32, 1)),
                        ::onward::__private::parameter!(
                            "search", "Option<String>", Option < String >
                        ),
                    ],
                )
                .replies(
                    ::onward::__private::content!(
                        "Json<Vec<Product>>", Json < Vec < Product > >
                    ),
                )
                .named("products")
                .documented("The products, by name."),
            route(&["GET"], "/products/{id: u32}", 6)
                .params(&[typed("id", "u32")])
                .replies(
                    ::onward::__private::content!(
                        "Option<Json<Product>>", Option < Json < Product > >
                    ),
                )
                .named("product"),
            route(&["POST"], "/products", 7)
                .body(
                    ::onward::__private::content!(
                        "Json<NewProduct>", Json < NewProduct >
                    ),
                )
                .replies(
                    ::onward::__private::content!(
                        "Created<Json<Product>>", Created < Json < Product > >
                    ),
                ),
        ]
    };
    /// Returns the URL of `/products?{page: u32 = 1}&{search: Option<String>}`, percent-encoded.
    #[must_use]
    fn products(
        page: impl ::core::convert::Into<::core::option::Option<u32>>,
        search: impl ::core::convert::Into<::core::option::Option<String>>,
    ) -> ::std::string::String {
        ::onward::__private::Url::new("/products")
            .maybe::<u32>("page", page)
            .maybe::<String>("search", search)
            .finish()
    }
    /// Returns the URL of `/products/{id: u32}`, percent-encoded.
    #[must_use]
    fn product(id: u32) -> ::std::string::String {
        ::std::format!("/products/{}", ::onward::__private::encode(& id))
    }
    /// Returns every route, with those of mounted servers in place of the mounts.
    #[must_use]
    fn routes() -> &'static ::onward::RouteTable {
        static ROUTES: ::onward::__private::Flattened = ::onward::__private::Flattened::new();
        ROUTES.of(Self::ROUTES)
    }
    fn decide(method: &::onward::__private::Method, path: &str, skip: usize) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched, last_segment, parse};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix("/products") {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::Products,
                    Method::POST if skip <= 2 => return Self::PostProducts,
                    _ => allow |= Allow::GET | Allow::POST,
                }
            } else if let Some(path) = path.strip_prefix('/')
                && let Some(id) = last_segment(path) && let Some(id) = parse(id)
            {
                match *method {
                    Method::GET | Method::HEAD => return Self::Product { id },
                    _ => allow |= Allow::GET,
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
