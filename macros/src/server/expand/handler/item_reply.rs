//! The name of a function as the expression after `=>`, as in `route!("/" => index)`. The macro cannot see what the
//! name refers to, so the value is passed through a function with a bound that every reply satisfies, and whose message
//! explains that a function is not a reply.

use crate::messages;
use crate::server::model::{Reply, Route, Server, names};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Expr;

/// Returns the call that passes the value through, if the expression may be the name of a function.
pub(super) fn checked_item(
    reply: &Reply,
    server: &Server,
    private: &TokenStream,
) -> Option<TokenStream> {
    let mut routes = server.routes.iter();
    let route = routes.find(|route| std::ptr::eq(&route.reply, reply));
    let name = item(reply, route, server)?;
    let message = messages::function_name_as_reply(&name.to_string());
    let path = route.map_or("/path", |route| route.path_text.as_str());
    let help = messages::called_function(&name.to_string(), path);
    // Braces are placeholders in this attribute.
    let help = help.replace("{", "{{").replace("}", "}}");
    let span = Span::mixed_site().located_at(name.span());
    let check = Ident::new("reply", span);
    Some(quote_spanned! {span=> {
        #[diagnostic::on_unimplemented(message = #message, label = "a reply is a value", note = #help)]
        trait Called: #private::Reply {}
        #[diagnostic::do_not_recommend]
        impl<R: #private::Reply> Called for R {}
        fn #check<R: Called>(value: R) -> impl #private::Reply {
            value
        }
        #check(#name)
    }})
}

/// Returns the name, if it is lowercase and the function does not declare it.
fn item<'a>(reply: &'a Reply, route: Option<&Route>, server: &Server) -> Option<&'a Ident> {
    let Expr::Path(path) = reply.expr.as_deref()? else {
        return None;
    };
    let name = path.path.get_ident().filter(|_| path.attrs.is_empty())?;
    let text = name.to_string();
    let is_declared = names(&server.function.sig.to_token_stream(), &text)
        || route.is_some_and(|route| {
            let variables = route.contract.variables();
            route.params.iter().any(|param| param.ident == text)
                || variables.iter().any(|it| *it == text)
        })
        || server.statements().any(|code| names(code, &text));
    let is_function = text.starts_with(|first: char| first.is_ascii_lowercase());
    (is_function && !is_declared).then_some(name)
}
