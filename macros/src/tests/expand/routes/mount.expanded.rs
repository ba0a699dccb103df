pub(crate) async fn shop(req: Request, res: Response, store: Store) -> Result {
    type __Route = shop;
    let __path = ::onward::__private::own_path(&req.url)?;
    let __method = ::core::clone::Clone::clone(&req.method);
    let mut __route = __Route::decide(&__method, &__path, 0);
    if let __Route::Root = __route {
        ::onward::__private::matched(&res, "/");
        return ::onward::__private::reply("shop", res);
    }
    if let __Route::AdminStatus = __route {
        ::onward::__private::matched(&res, "/admin/status");
        return ::onward::__private::reply("up", res);
    }
    if let ::core::option::Option::Some(unmatched) = __route
        .unmatched(&__method, &__path)
    {
        return ::onward::__private::unmatched_below(unmatched, &__path, res);
    }
    let user = authenticate(&req)?;
    if let __Route::Admin { __allow } = __route {
        let (req, res) = ::onward::__private::mount(req, res, (1, "/admin"), __allow);
        return ::onward::__private::sent(admin::admin(req, res, store, user).await);
    }
    if let __Route::MountShopsId { id, __allow } = __route {
        if id > 0 {
            let (req, res) = ::onward::__private::mount(
                req,
                res,
                (2, "/shops/{id: u32}"),
                __allow,
            );
            return ::onward::__private::sent(branch(req, res, id).await?);
        }
        __route = __Route::decide(&__method, &__path, 4);
    }
    if let __Route::ShopsIdOpen { id } = __route {
        ::onward::__private::matched(&res, "/shops/{id: u32}/open");
        return ::onward::__private::reply(opened(id), res);
    }
    match __route {
        __Route::Unmatched(unmatched) => ::onward::__private::unmatched(unmatched, res),
        _ => ::onward::__private::not_found(),
    }
}
/// The routes of `shop`: a variant for each, and functions that return their URLs.
#[allow(dead_code, missing_docs, non_camel_case_types, private_interfaces)]
pub(crate) enum shop {
    Root,
    AdminStatus,
    Admin { __allow: ::onward::__private::Allow },
    MountShopsId { id: u32, __allow: ::onward::__private::Allow },
    ShopsIdOpen { id: u32 },
    Unmatched(::onward::__private::Unmatched),
}
#[allow(dead_code)]
impl shop {
    /// Every route in the order written.
    pub(crate) const ROUTES: &'static [::onward::RouteInfo] = {
        use ::onward::__private::{route, typed};
        #[allow(unused_imports)]
        use route as _;
        &[
            route(&["GET"], "/", 3),
            route(&["GET"], "/admin/status", 4),
            route(&["ANY"], "/admin", 7)
                .named("admin")
                .mounting({
                    #[allow(unused_imports)]
                    use ::onward::__private::mounted::*;
                    #[allow(unused_imports)]
                    use admin::admin as __MountedServer;
                    __MountedServer::ROUTES
                }),
            route(&["ANY"], "/shops/{id: u32}", 8)
                .params(&[typed("id", "u32")])
                .mounting({
                    #[allow(unused_imports)]
                    use ::onward::__private::name as branch;
                    #[allow(unused_imports)]
                    use ::onward::__private::mounted::*;
                    #[allow(unused_imports)]
                    use branch as __MountedServer;
                    __MountedServer::ROUTES
                }),
            route(&["GET"], "/shops/{id: u32}/open", 9).params(&[typed("id", "u32")]),
        ]
    };
    /// Returns the full URL for a URL of the server mounted at `/admin`, percent-encoded.
    #[must_use]
    pub(crate) fn admin(
        inner_url: impl ::core::convert::AsRef<::core::primitive::str>,
    ) -> ::std::string::String {
        ::onward::__private::join("/admin", inner_url.as_ref())
    }
    /// Returns every route, with those of mounted servers in place of the mounts.
    #[must_use]
    pub(crate) fn routes() -> &'static ::onward::RouteTable {
        static ROUTES: ::onward::__private::Flattened = ::onward::__private::Flattened::new();
        ROUTES.of(Self::ROUTES)
    }
    #[doc(hidden)]
    #[must_use]
    pub(crate) fn unmatched(
        &self,
        method: &::onward::__private::Method,
        path: &::core::primitive::str,
    ) -> ::core::option::Option<::onward::__private::Unmatched> {
        match *self {
            Self::Unmatched(unmatched) => ::core::option::Option::Some(unmatched),
            Self::Admin { __allow, .. } => {
                #[allow(unused_imports)]
                use ::onward::__private::mounted::*;
                #[allow(unused_imports)]
                use admin::admin as __MountedServer;
                use ::onward::__private::Mountable as _;
                ::onward::__private::require_server((__MountedServer::IS_SERVER,));
                ::onward::__private::unmatched_by!(
                    __MountedServer, method, path, 1, __allow
                )
            }
            Self::MountShopsId { __allow, .. } => {
                #[allow(unused_imports)]
                use ::onward::__private::name as branch;
                #[allow(unused_imports)]
                use ::onward::__private::mounted::*;
                #[allow(unused_imports)]
                use branch as __MountedServer;
                use ::onward::__private::Mountable as _;
                ::onward::__private::require_server((__MountedServer::IS_SERVER,));
                ::onward::__private::unmatched_by!(
                    __MountedServer, method, path, 2, __allow
                )
                    .and_then(|unmatched| {
                        let next = shop::decide(method, path, 4)
                            .unmatched(method, path)?;
                        ::core::option::Option::Some(unmatched.or(next))
                    })
            }
            _ => ::core::option::Option::None,
        }
    }
    #[doc(hidden)]
    #[must_use]
    pub(crate) fn decide(
        method: &::onward::__private::Method,
        path: &str,
        skip: usize,
    ) -> Self {
        use ::core::option::Option::Some;
        use ::onward::__private::{Allow, Method, Unmatched, parse, segment};
        let mut allow = Allow::NONE;
        if let Some(path) = path.strip_prefix('/') {
            if path.is_empty() {
                match *method {
                    Method::GET | Method::HEAD => return Self::Root,
                    _ => allow |= Allow::GET,
                }
            } else if let Some(path) = path.strip_prefix("admin") {
                if path.is_empty() {
                    return Self::Admin { __allow: allow };
                } else if let Some(path) = path.strip_prefix('/') {
                    if path == "status" {
                        match *method {
                            Method::GET | Method::HEAD => return Self::AdminStatus,
                            _ => allow |= Allow::GET,
                        }
                    }
                    return Self::Admin { __allow: allow };
                }
            } else if let Some(path) = path.strip_prefix("shops/")
                && let Some((id, path)) = segment(path)
            {
                if path.is_empty() && let Some(id) = parse(id) && skip <= 3 {
                    return Self::MountShopsId {
                        id,
                        __allow: allow,
                    };
                } else if let Some(path) = path.strip_prefix('/') {
                    if let Some(id) = parse(id) && skip <= 3 {
                        return Self::MountShopsId {
                            id,
                            __allow: allow,
                        };
                    }
                    if path == "open" && let Some(id) = parse(id) {
                        match *method {
                            Method::GET | Method::HEAD => return Self::ShopsIdOpen { id },
                            _ => allow |= Allow::GET,
                        }
                    }
                }
            }
        }
        Self::Unmatched(Unmatched::new(method, path, allow))
    }
}
