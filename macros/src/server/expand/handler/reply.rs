//! The code for the expression after `=>`.

use super::Handler;
use super::item_reply::checked_item;
use super::value_place::{at_value, wrapped};
use crate::server::model::Reply;
use crate::tokens::mapped;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{quote, quote_spanned};
use syn::{Expr, ReturnType, Type};

impl Handler<'_> {
    pub(super) fn expand_return(&self, reply: &Reply) -> TokenStream {
        let value = self.expand_value(reply);
        if reply.diverges {
            value
        } else {
            quote!(return #value;)
        }
    }

    /// Expands the `return` of a value whose type is declared. rustc reports a value of a different type at the
    /// expression, and a type that is not a reply at the span of [`Self::place`]. For an expression that does not
    /// parse, see [`Self::expand_unfinished`]: the name of the variable is one character shorter, because of the
    /// parenthesis.
    ///
    /// ```ignore
    /// let reply: Json<Product> = …;
    /// return ::onward::__private::reply(reply, res);
    /// ```
    pub(super) fn expand_typed_return(&self, reply: &Reply, ty: &Type) -> TokenStream {
        let tokens = &without_lint(reply);
        if reply.diverges {
            return quote!(let _: #ty = #tokens;);
        }
        let (span, private) = self.place(reply);
        let response = &self.arguments.response;
        let name = if reply.is_unfinished() {
            "part"
        } else {
            "reply"
        };
        let variable = Ident::new(name, Span::mixed_site().located_at(reply.arrow));
        let value = if reply.is_unfinished() {
            let mut group = Group::new(Delimiter::Parenthesis, reply.tokens.clone());
            let last = reply.tokens.clone().into_iter().last();
            let last = last.map_or_else(Span::call_site, |token| token.span());
            group.set_span(Span::call_site().located_at(last));
            quote!(#group)
        } else {
            quote!(#tokens)
        };
        let sent = quote_spanned!(span=> #private::reply(#variable, #response));
        quote! {
            let #variable: #ty = #value;
            return #sent;
        }
    }

    /// Returns the span at which rustc reports that the value is not a reply: the route's own arrow. If the signature
    /// has its own error type, all routes use the span of the handler (see [`super::arrow_span`]) instead, so that a
    /// missing conversion is reported once and not for every route.
    fn place(&self, reply: &Reply) -> (Span, TokenStream) {
        if self.own_error {
            return (self.span, self.private.clone());
        }
        let span = Span::call_site().located_at(reply.arrow);
        let private = match self.server.options.krate {
            Some(_) => self.names.private.clone(),
            None => located(&self.names.private, span),
        };
        (span, private)
    }

    pub(super) fn expand_value(&self, reply: &Reply) -> TokenStream {
        let (span, private) = self.place(reply);
        let response = &self.arguments.response;
        if reply.is_unfinished() {
            return self.expand_unfinished(reply);
        }
        let tokens = &at_value(reply, without_lint(reply));
        if reply.diverges {
            quote!(#tokens)
        } else if reply.sends {
            quote_spanned!(span=> #private::sent(#tokens))
        } else {
            let item = checked_item(reply, self.server, &private);
            let tokens = item.as_ref().unwrap_or(tokens);
            quote_spanned!(span=> #private::reply(#tokens, #response))
        }
    }

    /// Puts an expression that does not parse in parentheses, so that rustc's parser recovers after them.
    ///
    /// The expression is preceded by as many characters as a complete one: `draft` is as long as `reply`, and `half` as
    /// long as `sent`. rust-analyzer compares this expansion by offset with the expansion for an identifier typed at
    /// the cursor.
    fn expand_unfinished(&self, reply: &Reply) -> TokenStream {
        let (span, private) = self.place(reply);
        let last = reply.tokens.clone().into_iter().last();
        let tokens = wrapped(reply.tokens.clone(), None);
        let mut argument = Group::new(Delimiter::Parenthesis, tokens);
        argument.set_span(last.map_or_else(Span::call_site, |token| token.span()));
        if reply.sends {
            quote_spanned!(span=> #private::half #argument)
        } else {
            quote_spanned!(span=> #private::draft #argument)
        }
    }
}

/// Gives the braces around a reply a span of the macro: `{ "a" }` and `("a")` are valid replies, but rustc would
/// otherwise report the braces as unnecessary around an argument.
fn without_lint(reply: &Reply) -> TokenStream {
    let is_wrapped = match reply.expr.as_deref() {
        Some(Expr::Paren(_)) => true,
        Some(Expr::Block(block)) => block.label.is_none() && block.block.stmts.len() == 1,
        _ => false,
    };
    if !is_wrapped {
        return reply.tokens.clone();
    }
    let mut tokens = reply.tokens.clone().into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(group)), None) => {
            let mut ours = Group::new(group.delimiter(), group.stream());
            ours.set_span(Span::call_site().located_at(group.span()));
            quote!(#ours)
        }
        _ => reply.tokens.clone(),
    }
}

/// Returns whether the return type is anything but plain `Result`.
pub(super) fn has_own_error(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else {
        return false;
    };
    let last = match &**ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    last.is_none_or(|last| last.ident != "Result" || !last.arguments.is_none())
}

/// Returns the tokens with unchanged hygiene, at a different location.
pub(super) fn located(tokens: &TokenStream, span: Span) -> TokenStream {
    mapped(tokens.clone(), &mut |mut token| {
        token.set_span(token.span().located_at(span));
        token
    })
}
