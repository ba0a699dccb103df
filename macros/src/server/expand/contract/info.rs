//! The entries of `ROUTES` for a query, a body and a reply.

use crate::messages;
use crate::server::model::{DefaultValue, Query, Route, Server, generic_in, inner_item, names};
use crate::tokens::{mapped, with_contents};
use proc_macro2::{Ident, Punct, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, Lit, Type};

/// Expands `.query(&[…]).body(…).replies(…)`.
pub(in super::super) fn expand_contract(
    route: &Route,
    server: &Server,
    private: &TokenStream,
) -> TokenStream {
    let contract = &route.contract;
    let query = contract.query.iter();
    let query = query.map(|query| expand_query(query, server, private));
    let query = (!contract.query.is_empty()).then(|| quote!(.query(&[#(#query),*])));
    let content = |ty: &Type| expand_content(ty, server, private);
    let body = contract.body.as_ref().map(|body| content(&body.ty));
    let body = body.map(|body| quote!(.body(#body)));
    let reply = contract.reply.as_deref().map(content);
    let reply = reply.map(|reply| quote!(.replies(#reply)));
    quote!(#query #body #reply)
}

fn expand_query(query: &Query, server: &Server, private: &TokenStream) -> TokenStream {
    let name = query.ident.to_string();
    let name = name.trim_start_matches("r#");
    let text = &query.text;
    let ty = outer_type(&query.ty, server);
    let is_known = ty.is_some();
    let dots = (query.all && is_known).then(|| quote!(..));
    let ty = ty.map(|ty| quote!(, #ty));
    let key = (!query.all && query.key != name).then(|| {
        let key = &query.key;
        quote!(.key(#key))
    });
    let default = query.default.as_ref().map(|default| {
        let text = &default.text;
        let value = default_value(query, default, private);
        let value = is_known.then(|| quote!(#ty, #value));
        quote!(.or(#private::default_value!(#text #value)))
    });
    quote!(#private::parameter!(#dots #name, #text #ty) #key #default)
}

/// Returns the value of a default. Text is a `&str` regardless of the type of the parameter, and a constant may be a
/// `&str` as well.
pub(super) fn default_value(
    query: &Query,
    default: &DefaultValue,
    private: &TokenStream,
) -> TokenStream {
    let value = &default.tokens;
    let is_text = matches!(&default.expr, Expr::Lit(literal) if matches!(literal.lit, Lit::Str(_)));
    let is_constant = matches!(default.expr, Expr::Path(_));
    if !is_text && !is_constant {
        return quote!(#value);
    }
    // The span at which rustc reports that a value cannot be the default.
    let span = Span::call_site().located_at(query.ident.span());
    let default = Ident::new("default", span);
    quote!(#private::#default(#value))
}

fn expand_content(ty: &Type, server: &Server, private: &TokenStream) -> TokenStream {
    let text = messages::written(&ty.to_token_stream());
    let ty = outer_type(ty, server).map(|ty| quote!(, #ty));
    quote!(#private::content!(#text #ty))
}

/// Returns the type as code outside of the function can name it, without lifetimes of the function; `None` if it uses
/// generic parameters or items of the function.
pub(in super::super) fn outer_type(ty: &Type, server: &Server) -> Option<TokenStream> {
    let tokens = ty.to_token_stream();
    let is_inner = names(&tokens, "Self")
        || names(&tokens, "impl")
        || generic_in(server, &tokens).is_some()
        || inner_item(server, &tokens).is_some();
    (!is_inner).then(|| elided(tokens))
}

/// Replaces lifetimes with `'_`, except for `'static`.
fn elided(tokens: TokenStream) -> TokenStream {
    let mut after_quote = false;
    mapped(tokens, &mut |token| {
        let is_lifetime = std::mem::replace(&mut after_quote, is_quote(&token));
        match token {
            TokenTree::Ident(name) if is_lifetime && name != "static" => {
                TokenTree::Ident(Ident::new("_", name.span()))
            }
            TokenTree::Group(group) => with_contents(&group, elided(group.stream())),
            token => token,
        }
    })
}

fn is_quote(token: &TokenTree) -> bool {
    let is_quote = |sign: &Punct| sign.as_char() == '\'';
    matches!(token, TokenTree::Punct(sign) if is_quote(sign))
}
