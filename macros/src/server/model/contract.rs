//! The query, the body and the reply of a route.

use crate::messages;
use crate::server::ast::Body;
use crate::server::pattern::QueryParam;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::{Expr, Ident, LitStr, Type};

/// The declarations of a route, which are empty if it declares none.
#[derive(Default)]
pub(crate) struct Contract {
    pub(crate) query: Vec<Query>,
    pub(crate) body: Option<Box<Body>>,
    /// The type of the reply.
    pub(crate) reply: Option<Box<Type>>,
}

impl Contract {
    pub(crate) fn is_empty(&self) -> bool {
        self.query.is_empty() && self.body.is_none() && self.reply.is_none()
    }

    /// Returns the variables of the query and of the body.
    pub(crate) fn variables(&self) -> Vec<Ident> {
        let mut variables = Vec::new();
        for query in &self.query {
            variables.push(query.ident.clone());
        }
        if let Some(body) = &self.body {
            variables.extend(body.variables());
        }
        variables
    }

    pub(crate) fn types(&self) -> Vec<&Type> {
        let mut types = Vec::new();
        for query in &self.query {
            types.push(&query.ty);
        }
        if let Some(body) = &self.body {
            types.push(&body.ty);
        }
        types.extend(self.reply.as_deref());
        types
    }
}

/// A parameter of the query, which is a local variable in the expression after `=>`.
pub(crate) struct Query {
    pub(crate) ident: Ident,
    pub(crate) key: String,
    pub(crate) ty: Type,
    /// The type as written.
    pub(crate) text: String,
    pub(crate) default: Option<DefaultValue>,
    /// Whether the parameter reads all keys that no other parameter reads.
    pub(crate) all: bool,
}

/// The default of a parameter: `= 1`.
pub(crate) struct DefaultValue {
    pub(crate) expr: Expr,
    pub(crate) tokens: TokenStream,
    /// The default as written.
    pub(crate) text: String,
}

impl Query {
    /// Parses the type and the default. Their tokens have the span of the whole literal.
    pub(super) fn lower(param: &QueryParam, span: Span) -> Result<Self, String> {
        let (name, text) = (&param.name, &param.ty);
        let parsed = |text: &str| LitStr::new(text, span);
        let not_a_type = |_| messages::query_not_a_type(name, text);
        let ty = parsed(text).parse::<Type>().map_err(not_a_type)?;
        let not_constant = |default: &str| messages::default_not_constant(name, text, default);
        let default = param.default.as_deref().map(|default| {
            let expr = parsed(default).parse::<Expr>();
            let expr = expr.map_err(|_| not_constant(default))?;
            let tokens = expr.to_token_stream();
            let text = default.to_owned();
            Ok::<_, String>(DefaultValue { expr, tokens, text })
        });
        let ident = parsed(name).parse::<Ident>();
        Ok(Self {
            ident: ident.map_err(|_| messages::query_name(name, "name"))?,
            key: param.key.clone(),
            ty,
            text: text.clone(),
            default: default.transpose()?,
            all: param.all,
        })
    }

    /// Returns the type in `Option<…>`, if the type is an `Option`.
    pub(crate) fn optional(&self) -> Option<&Type> {
        argument(&self.ty, "Option")
    }

    pub(crate) fn is_list(&self) -> bool {
        argument(&self.ty, "Vec").is_some()
    }
}

/// Returns the argument of a type with the given name: `T` in `Option<T>`.
pub(crate) fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        syn::GenericArgument::Type(ty) if last.ident == name && arguments.args.len() == 1 => {
            Some(ty)
        }
        _ => None,
    }
}
