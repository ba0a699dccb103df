//! Rules about arguments that are extractors of other frameworks.

use crate::errors::Errors;
use crate::messages;
use proc_macro2::Span;
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{FnArg, GenericArgument, Pat, PatType, PathArguments, PathSegment, Signature, Type};

/// Checks that no argument is an extractor: the arguments after the response are state, not parts of the request.
///
/// ```text
/// async fn shop(req: Request, res: Response, Path(id): Path<u32>) -> Result { … }
/// async fn shop(req: Request, res: Response, db: web::Data<Db>) -> Result { … }
/// async fn shop(req: Request, res: Response, next: Next) -> Result { … }
/// ```
pub(super) fn check_extractors(sig: &Signature, errors: &mut Errors) -> bool {
    let mut holds = true;
    for argument in sig.inputs.iter().skip(2) {
        if let FnArg::Typed(typed) = argument
            && let Some((span, message)) = extractor(typed)
        {
            errors.push(span, message);
            holds = false;
        }
    }
    holds
}

/// Returns whether an argument is one that [`check_extractors`] reports.
pub(crate) fn is_extractor(argument: &FnArg) -> bool {
    matches!(argument, FnArg::Typed(typed) if extractor(typed).is_some())
}

/// Reports an argument of another framework: `Path(name): Path<Type>`, `name: web::Path<Type>`, `next: Next`.
/// User-defined types with these names are not written this way.
fn extractor(typed: &PatType) -> Option<(Span, String)> {
    let ty = match &*typed.ty {
        Type::Reference(reference) => &reference.elem,
        ty => ty,
    };
    let Type::Path(ty) = ty else {
        return None;
    };
    let mut segments = ty.path.segments.iter().rev();
    let last = segments.next()?;
    let kind = last.ident.to_string();
    let text = messages::source_text(&ty.to_token_stream());
    let name = match &*typed.pat {
        Pat::TupleStruct(pat) if pat.elems.len() == 1 => {
            let same = pat
                .path
                .segments
                .last()
                .is_some_and(|it| it.ident == last.ident);
            messages::source_text(&pat.elems.first().filter(|_| same)?.to_token_stream())
        }
        Pat::Ident(name) if kind == "Next" && name.ident == "next" => {
            return Some((ty.span(), messages::next_argument()));
        }
        Pat::Ident(name) => {
            let is_web = segments.next().is_some_and(|module| module.ident == "web");
            let is_usual = EXTRACTORS.contains(&kind.as_str());
            let name = name.ident.to_string();
            let is_named = NAMED.contains(&(name.as_str(), kind.as_str()));
            (is_web || is_usual || is_named).then_some(name)?
        }
        _ => return None,
    };
    let inner = generic(last).map(|ty| messages::source_text(&ty.to_token_stream()));
    let inner = inner.unwrap_or_else(|| "Type".to_owned());
    let help = messages::extractor_help(&kind, &name, &inner)?;
    Some((ty.span(), messages::extractor(&text, &help)))
}

/// Types that count as extractors regardless of the name of the argument.
const EXTRACTORS: [&str; 11] = [
    "Depends",
    "Inject",
    "TypedHeader",
    "ConnectInfo",
    "OriginalUri",
    "MatchedPath",
    "WebSocketUpgrade",
    "BackgroundTasks",
    "HttpRequest",
    "ServiceRequest",
    "CookieJar",
];

/// Types that may also be state. They count as extractors only if the argument has the name listed with the type.
const NAMED: [(&str, &str); 9] = [
    ("headers", "HeaderMap"),
    ("headers", "Headers"),
    ("cookies", "Cookies"),
    ("body", "Bytes"),
    ("payload", "Payload"),
    ("multipart", "Multipart"),
    ("uri", "Uri"),
    ("method", "Method"),
    ("host", "Host"),
];

fn generic(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}
