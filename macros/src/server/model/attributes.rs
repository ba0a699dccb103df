//! The attributes of a `route!`.

use crate::errors::Errors;
use crate::messages;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

/// Doc comments go into `ROUTES`, `#[cfg]` applies to all code generated for the route, and lint levels apply to its
/// `if`.
#[derive(Default)]
pub(crate) struct RouteAttributes {
    pub(crate) docs: String,
    /// `#[doc(hidden)]`: OpenAPI documents do not list the route.
    pub(crate) is_hidden: bool,
    pub(crate) cfgs: Vec<Attribute>,
    pub(crate) lints: Vec<Attribute>,
}

impl RouteAttributes {
    pub(super) fn lower(attrs: Vec<Attribute>, errors: &mut Errors) -> Self {
        let mut lowered = Self::default();
        for attr in attrs {
            let name = attr.path().get_ident().map(ToString::to_string);
            match name.as_deref() {
                Some("doc") => lowered.add_doc(&attr),
                Some("cfg") => lowered.cfgs.push(attr),
                Some("allow" | "warn" | "deny" | "expect" | "forbid") => lowered.lints.push(attr),
                _ => errors.push(attr.path().span(), messages::route_attribute()),
            }
        }
        lowered
    }

    /// Returns the predicate in `#[cfg(…)]`; `all(…)` for several.
    pub(crate) fn condition(&self) -> Option<TokenStream> {
        let conditions = self.cfgs.iter().filter_map(|cfg| match &cfg.meta {
            Meta::List(list) => Some(list.tokens.clone()),
            _ => None,
        });
        let conditions: Vec<TokenStream> = conditions.collect();
        match conditions.as_slice() {
            [] => None,
            [alone] => Some(alone.clone()),
            several => Some(quote!(all(#(#several),*))),
        }
    }

    /// Returns the conditions under which the route is compiled, for comparison.
    pub(crate) fn conditions(&self) -> Vec<String> {
        let text = |cfg: &Attribute| cfg.meta.to_token_stream().to_string();
        self.cfgs.iter().map(text).collect()
    }

    pub(crate) fn add_doc(&mut self, attr: &Attribute) {
        let meta = match &attr.meta {
            Meta::NameValue(meta) => meta,
            Meta::List(list) => {
                self.is_hidden |= list.tokens.to_string() == "hidden";
                return;
            }
            Meta::Path(_) => return,
        };
        if let Expr::Lit(ExprLit {
            lit: Lit::Str(text),
            ..
        }) = &meta.value
        {
            if !self.docs.is_empty() {
                self.docs.push('\n');
            }
            let text = text.value();
            self.docs.push_str(text.strip_prefix(' ').unwrap_or(&text));
        }
    }
}
