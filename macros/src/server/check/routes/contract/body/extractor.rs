//! An extractor of another framework in place of the body.

use crate::messages;
use crate::server::ast::Body;
use crate::server::model::{Route, Server};
use crate::server::primitive::is_primitive;
use crate::tokens::first_span;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{GenericArgument, Pat, PathArguments, Type};

/// Reports an extractor. Its route would be an error anyway, because the method has no body, or because the variable
/// has the name of a parameter.
///
/// ```text
/// route!("/users/{id}" (Path(id): Path<u32>) => …);
/// route!("/users/{id}" (id: u32) => …);
/// route!("/users" (Query(page): Query<u32>) => …);
/// route!("/users" (State(db): State<Db>) => …);
/// ```
pub(super) fn extractor(server: &Server, route: &Route, body: &Body) -> Option<(Span, String)> {
    let variables = body.variables();
    let is_param = |name: &Ident| route.params.iter().any(|param| param.ident == *name);
    let same = variables.iter().find(|name| is_param(name));
    let has_no_body = route.written_methods.iter().all(|it| it == "GET");
    if same.is_none() && !has_no_body {
        return None;
    }
    let text = |tokens: &dyn ToTokens| messages::source_text(&tokens.to_token_stream());
    let (kind, inner) = type_of(&body.ty)?;
    let written = format!("({}: {})", text(&body.pattern), text(&body.ty));
    let name = match &body.pattern {
        Pat::TupleStruct(tuple) => text(tuple.elems.first()?),
        pattern => text(pattern),
    };
    let ty = inner.map_or_else(|| "Type".to_owned(), |ty| text(ty));
    let help = match kind.as_str() {
        _ if is_primitive(&kind) || kind == "String" => {
            messages::parameter_type_in_path(&same?.to_string(), &kind)
        }
        "Path" | "PathParams" | "Param" | "Params" => messages::parameter_type_in_path(&name, &ty),
        "Query" | "QueryParams" => messages::query_in_path(&name, &ty),
        "State" | "Data" | "Extension" | "Depends" => {
            let function = server.function.sig.ident.to_string();
            messages::state_as_argument(&function, &name, &ty)
        }
        "TypedHeader" | "Header" | "HeaderMap" | "ConnectInfo" | "CookieJar" | "Cookies"
        | "WebSocketUpgrade" => messages::extractor_help(&kind, &name, "Type")?,
        _ => return None,
    };
    let message = messages::extractor_as_body(&written, &help);
    Some((first_span(&body.pattern), message))
}

/// Returns `Path` and `u32` for `web::Path<u32>`.
fn type_of(ty: &Type) -> Option<(String, Option<&Type>)> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let inner = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => arguments.args.first(),
        _ => None,
    };
    let inner = match inner {
        Some(GenericArgument::Type(ty)) => Some(ty),
        _ => None,
    };
    Some((last.ident.to_string(), inner))
}
