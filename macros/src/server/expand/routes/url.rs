//! `shop::product(7)`: the URL of a route that has a name.

use crate::server::expand::contract::url as query;
use crate::server::expand::names::GeneratedNames;
use crate::server::model::{Param, Route, Server};
use crate::server::pattern::{Pattern, SegmentPart};
use crate::server::recovery;
use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use std::fmt::Write;

pub(super) fn expand_urls(server: &Server, names: &GeneratedNames) -> TokenStream {
    let mut urls = TokenStream::new();
    for route in &server.routes {
        urls.extend(expand_url(route, server, names));
    }
    for url in recovery::expand_urls(server) {
        urls.extend(url);
    }
    urls
}

/// Expands the URL function of a route with a name:
///
/// ```text
/// /// Returns the URL of `/products/{id: u32}`, percent-encoded.
/// fn product(id: u32) -> String {
///     ::std::format!("/products/{}", ::onward::__private::encode(&id))
/// }
/// ```
fn expand_url(route: &Route, server: &Server, names: &GeneratedNames) -> Option<TokenStream> {
    let name = route.name.as_ref()?;
    let private = &names.private;
    let vis = &server.function.vis;
    let cfgs = &route.attributes.cfgs;
    let path = route.path.value();
    let docs = match route.mount {
        Some(_) => {
            format!(
                " Returns the full URL for a URL of the server mounted at `{path}`, percent-encoded."
            )
        }
        None => format!(" Returns the URL of `{path}`, percent-encoded."),
    };
    let inner = route
        .mount
        .as_ref()
        .map(|_| Ident::new("inner_url", Span::mixed_site()));
    let value = expand_value(route, name.span(), inner.as_ref(), private);
    let inner =
        inner.map(|inner| quote!(#inner: impl ::core::convert::AsRef<::core::primitive::str>));
    let mut arguments: Vec<TokenStream> = route.params.iter().map(expand_argument).collect();
    arguments.extend(query::expand_arguments(route));
    arguments.extend(inner);
    let has_underscore = |param: &Param| param.ident.to_string().starts_with('_');
    let allow = route.params.iter().any(has_underscore);
    let allow = allow.then(|| quote!(#[allow(clippy::used_underscore_binding)]));
    Some(quote! {
        #(#cfgs)*
        #allow
        #[doc = #docs]
        #[must_use]
        #vis fn #name(#(#arguments),*) -> ::std::string::String {
            #value
        }
    })
}

/// Expands the body of the function. At `span`, rustc reports that a type cannot be displayed.
fn expand_value(
    route: &Route,
    span: Span,
    inner: Option<&Ident>,
    private: &TokenStream,
) -> TokenStream {
    let format = format_string(&route.pattern);
    let values = route.params.iter().map(|param| {
        let mut ident = param.ident.clone();
        ident.set_span(ident.span().located_at(span));
        let encode = Ident::new(param.extent.encoder(), span);
        quote_spanned!(span=> #private::#encode(&#ident))
    });
    let has_query = !route.contract.query.is_empty();
    let value = match (route.params.is_empty(), has_query) {
        (true, false) => quote!(::std::string::String::from(#format)),
        (true, true) => quote!(#format),
        (false, _) => quote!(::std::format!(#format, #(#values),*)),
    };
    let value = if has_query {
        query::expand_url(&value, route, span, private)
    } else {
        value
    };
    match (inner, route.params.is_empty()) {
        (None, _) => value,
        (Some(inner), true) => quote!(#private::join(#format, #inner.as_ref())),
        (Some(inner), false) => quote!(#private::join(&#value, #inner.as_ref())),
    }
}

fn expand_argument(param: &Param) -> TokenStream {
    let ident = &param.ident;
    match &param.ty {
        Some(ty) => quote!(#ident: #ty),
        None => quote!(#ident: impl ::core::fmt::Display),
    }
}

/// Returns the format string `/products/{}`: percent-encoded text with `{}` for each parameter.
fn format_string(pattern: &Pattern) -> String {
    let is_written = |part: &SegmentPart<'_>| match part {
        SegmentPart::Text(_) => true,
        SegmentPart::Param(param) => param.extent.is_written(),
    };
    let mut format = String::new();
    for segment in &pattern.segments {
        if !segment.parts().all(|part| is_written(&part)) {
            continue;
        }
        format.push('/');
        for part in segment.parts() {
            match part {
                SegmentPart::Text(text) => format.push_str(&encode(text)),
                SegmentPart::Param(_) => format.push_str("{}"),
            }
        }
    }
    if format.is_empty() {
        return "/".to_owned();
    }
    format
}

/// Percent-encodes everything except RFC 3986's `pchar`.
fn encode(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
