//! Generated code that lets a server mount others, and lets others mount it.
//!
//! ```text
//! /// Returns every route, with those of mounted servers in place of the mounts.
//! fn routes() -> &'static RouteTable { … }
//! fn unmatched(&self, method: &Method, path: &str) -> Option<Unmatched> {
//!     match *self {
//!         Self::Unmatched(unmatched) => Some(unmatched),
//!         Self::Admin { __allow, .. } => …,       // asks the mounted server
//!         _ => None,
//!     }
//! }
//! ```

use super::names::GeneratedNames;
use crate::server::ast::TrailingSlash;
use crate::server::model::{Mount, Route, Server, Tail, names};
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{Block, Item, Path, PathArguments, Stmt};

/// Returns the name of the variant's field for the methods of the routes above the mount.
pub(super) fn allow_field() -> Ident {
    Ident::new("__allow", Span::call_site())
}

/// Returns the number of segments in the path of a mount.
pub(super) fn segments(route: &Route) -> Literal {
    Literal::usize_unsuffixed(route.pattern.split_tail().0.len())
}

/// Expands an import of the type of a mounted server. If the path names something else, a
/// stand-in of the runtime is imported.
pub(super) fn expand_import(
    mount: &Mount,
    server: &Server,
    names: &GeneratedNames,
) -> Option<TokenStream> {
    let private = &names.private;
    let path = without_arguments(mount.server.as_ref()?);
    let imports = imports_in_body(server, &path);
    // If nothing has this name, rustc reports only the call in the handler, not this import as well.
    let name = path.get_ident().map(|name| {
        let name = Ident::new(&name.to_string(), Span::mixed_site());
        quote! {
            #[allow(unused_imports)]
            use #private::name as #name;
        }
    });
    let name = name.filter(|_| imports.is_empty());
    // The span at which rustc reports that there is no such function.
    let span = Span::call_site().located_at(path.span());
    let import = quote_spanned!(span=> use #path as __MountedServer;);
    Some(quote! {
        #imports
        #name
        #[allow(unused_imports)]
        use #private::mounted::*;
        #[allow(unused_imports)]
        #import
    })
}

/// Returns the imports in the body of the function that the path may begin with.
fn imports_in_body(server: &Server, path: &Path) -> TokenStream {
    let first = path.segments.first().map(|first| first.ident.to_string());
    let mut imports = TokenStream::new();
    for code in server.statements() {
        let statements = Block::parse_within.parse2(code.clone());
        for statement in statements.unwrap_or_default() {
            if let Stmt::Item(Item::Use(import)) = statement
                && let import = import.to_token_stream()
                && first.as_ref().is_some_and(|first| names(&import, first))
            {
                imports.extend(quote!(#[allow(unused_imports)] #import));
            }
        }
    }
    imports
}

/// Removes the generic arguments, which `use` does not accept.
fn without_arguments(path: &Path) -> Path {
    let mut path = path.clone();
    for segment in &mut path.segments {
        segment.arguments = PathArguments::None;
    }
    path
}

/// Expands the table of all routes, for a server that mounts others or that has a route with a query, a body or a reply
/// type.
pub(super) fn expand_table(server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    let GeneratedNames { krate, private, .. } = names;
    let vis = &server.function.vis;
    server.has_table().then(|| {
        quote! {
            /// Returns every route, with those of mounted servers in place of the mounts.
            #[must_use]
            #vis fn routes() -> &'static #krate::RouteTable {
                static ROUTES: #private::Flattened = #private::Flattened::new();
                ROUTES.of(Self::ROUTES)
            }
        }
    })
}

/// Expands `unmatched`, which exists only in a server that mounts others.
pub(super) fn expand_mounting(server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    if !server.mounts() {
        return None;
    }
    let private = &names.private;
    let vis = &server.function.vis;
    let routes = server.routes.iter().enumerate();
    let arms = routes.filter_map(|(index, route)| expand_arm(server, route, index, names));
    Some(quote! {
        #[doc(hidden)]
        #[must_use]
        #vis fn unmatched(
            &self,
            method: &#private::Method,
            path: &::core::primitive::str,
        ) -> ::core::option::Option<#private::Unmatched> {
            match *self {
                Self::Unmatched(unmatched) => ::core::option::Option::Some(unmatched),
                #(#arms)*
                _ => ::core::option::Option::None,
            }
        }
    })
}

/// Expands the arm of a mount, which uses the decision of the mounted server. If a guard may fail, the routes below the
/// mount are considered as well.
fn expand_arm(
    server: &Server,
    route: &Route,
    index: usize,
    names: &GeneratedNames,
) -> Option<TokenStream> {
    let mount = route.mount.as_ref()?;
    let import = expand_import(mount, server, names)?;
    let GeneratedNames { private, urls, .. } = names;
    // The span at which rustc reports that the function is not a server. The tokens inside it keep a different span,
    // because editors would otherwise resolve the user's name to them.
    let mut mark = Group::new(Delimiter::Parenthesis, quote!(__MountedServer::IS_SERVER,));
    mark.set_span(mount.server.span());
    let (variant, cfgs) = (&route.variant, &route.attributes.cfgs);
    let (segments, allow) = (segments(route), allow_field());
    let next = route.guard.is_some().then(|| {
        let skip = Literal::usize_unsuffixed(index + 1);
        let path = match server.options.trailing_slash {
            TrailingSlash::Ignore => quote!(#private::without_trailing_slash(path)),
            TrailingSlash::Strict | TrailingSlash::Redirect => quote!(path),
        };
        quote! {
            .and_then(|unmatched| {
                let next = #urls::decide(method, #path, #skip).unmatched(method, path)?;
                ::core::option::Option::Some(unmatched.or(next))
            })
        }
    });
    Some(quote! {
        #(#cfgs)*
        Self::#variant { #allow, .. } => {
            #import
            use #private::Mountable as _;
            #private::require_server(#mark);
            #private::unmatched_by!(__MountedServer, method, path, #segments, #allow) #next
        }
    })
}

/// Expands the properties that another server needs to mount this one, if they differ from the runtime's defaults.
pub(super) fn expand_mountable(server: &Server, names: &GeneratedNames) -> TokenStream {
    let private = &names.private;
    let vis = &server.function.vis;
    let slash = match server.options.trailing_slash {
        TrailingSlash::Strict => None,
        TrailingSlash::Ignore => Some(quote!(Ignore)),
        TrailingSlash::Redirect => Some(quote!(Redirect)),
    };
    let slash = slash.map(|slash| {
        quote! {
            #[doc(hidden)]
            #vis const SLASH: #private::Slash = #private::Slash::#slash;
        }
    });
    let handles_all = expand_handles_all(server).map(|cfgs| {
        quote! {
            #[doc(hidden)]
            #cfgs
            #vis const HANDLES_ALL: ::core::primitive::bool = true;
        }
    });
    quote!(#slash #handles_all)
}

/// Returns the conditions under which the user's code handles every request that no route matches; `None` if it never
/// does.
pub(super) fn expand_handles_all(server: &Server) -> Option<TokenStream> {
    let unmatched = server.unmatched.iter().filter(|it| it.reply.is_some());
    let unmatched = unmatched.map(|it| &it.attributes);
    let fallbacks = server.fallbacks.iter().map(|it| &it.attributes);
    match server.tail {
        Tail::Expression => Some(TokenStream::new()),
        Tail::Fallback | Tail::Unmatched => unmatched.chain(fallbacks).next().map(|attributes| {
            let cfgs = &attributes.cfgs;
            quote!(#(#cfgs)*)
        }),
    }
}
