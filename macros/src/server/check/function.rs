//! Rules about the function under `#[server]`.

mod extractor;

pub(crate) use extractor::is_extractor;

use crate::errors::Errors;
use crate::messages;
use crate::server::model::Server;
use extractor::check_extractors;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{FnArg, GenericArgument, Pat, PathArguments, ReturnType, Signature, Type};

/// Returns whether the function can be a server. Every rule is checked even if an earlier one is violated.
pub(super) fn check_function(server: &Server, errors: &mut Errors) -> bool {
    let sig = &server.function.sig;
    let rules = [
        check_no_self(sig, errors),
        check_arguments(server, errors),
        check_extractors(sig, errors),
        check_async(sig, errors),
        check_not_const_or_extern(sig, errors),
        check_once(server, errors),
        is_foreign(sig) || check_return_type(sig, errors),
    ];
    rules.into_iter().all(|holds| holds)
}

/// Checks that the function is async.
///
/// ```text
/// #[server]
/// fn shop(req: Request, res: Response) -> Result { … }
/// ```
fn check_async(sig: &Signature, errors: &mut Errors) -> bool {
    if sig.asyncness.is_none() {
        errors.push(
            sig.fn_token.span(),
            messages::not_async(&sig.ident.to_string()),
        );
    }
    sig.asyncness.is_some()
}

/// Checks that the function is a free function: the macro adds a type of the same name next to it, which an `impl`
/// cannot contain.
///
/// ```text
/// impl Shop {
///     #[server]
///     async fn shop(&self, req: Request, res: Response) -> Result { … }
/// }
/// ```
fn check_no_self(sig: &Signature, errors: &mut Errors) -> bool {
    let receiver = sig.receiver();
    if let Some(receiver) = receiver {
        errors.push(receiver.self_token.span(), messages::takes_self());
    }
    receiver.is_none()
}

/// Checks that the request comes first and the response second, both by value and with plain names.
///
/// ```text
/// #[server]
/// async fn shop(db: Db) -> Result { … }
/// ```
fn check_arguments(server: &Server, errors: &mut Errors) -> bool {
    let sig = &server.function.sig;
    if sig.receiver().is_some() {
        return true;
    }
    let types: Vec<&Type> = sig.inputs.iter().filter_map(argument_type).collect();
    let name = sig.ident.to_string();
    let wrong = match types.as_slice() {
        [] | [_] => Some(sig.ident.span()),
        [first, ..] if is_reference_to(first, "Request") => Some(first.span()),
        [_, second, ..] if is_reference_to(second, "Response") => Some(second.span()),
        [first, second, ..] if is_named(first, "Response") || is_named(second, "Request") => {
            Some(first.span())
        }
        [_, _, others @ ..] => others
            .iter()
            .find(|other| is_named(other, "Request") || is_named(other, "Response"))
            .map(|other| other.span()),
    };
    if let Some(span) = wrong {
        errors.push(span, messages::arguments(&name));
        return false;
    }
    if let Some((span, text)) = types.iter().take(2).find_map(|ty| with_generics(ty)) {
        errors.push(span, messages::generic_argument(&text));
        return false;
    }
    if let Some((span, message)) = same_name(sig).or_else(|| unsized_argument(sig)) {
        errors.push(span, message);
        return false;
    }
    if server.arguments.is_none() {
        errors.push(sig.inputs.span(), messages::argument_patterns(&name));
        return false;
    }
    true
}

/// Reports `res: Request, res: Response`.
fn same_name(sig: &Signature) -> Option<(Span, String)> {
    let mut names: Vec<&Ident> = Vec::new();
    for argument in sig.inputs.iter() {
        let FnArg::Typed(argument) = argument else {
            continue;
        };
        let Pat::Ident(pattern) = &*argument.pat else {
            continue;
        };
        if names.contains(&&pattern.ident) {
            let name = pattern.ident.to_string();
            return Some((pattern.ident.span(), messages::same_argument(&name)));
        }
        names.push(&pattern.ident);
    }
    None
}

/// Reports `name: str` and `clock: dyn Clock`.
fn unsized_argument(sig: &Signature) -> Option<(Span, String)> {
    let ty = argument_type(sig.inputs.iter().find(|it| is_unsized(it))?)?;
    let text = messages::source_text(&ty.to_token_stream());
    Some((ty.span(), messages::unsized_argument(&text)))
}

pub(crate) fn is_unsized(argument: &FnArg) -> bool {
    match argument_type(argument) {
        Some(Type::Path(path)) => path.path.is_ident("str"),
        Some(Type::TraitObject(_) | Type::Slice(_)) => true,
        _ => false,
    }
}

/// Reports a type argument on the request or the response: `Request<Body>`, as in hyper.
fn with_generics(ty: &Type) -> Option<(Span, String)> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let is_one = last.ident == "Request" || last.ident == "Response";
    let is_generic = matches!(last.arguments, PathArguments::AngleBracketed(_));
    (is_one && is_generic).then(|| (ty.span(), last.ident.to_string()))
}

/// Returns whether the function has neither a request nor a response. Such a function is probably meant for another
/// framework's `#[server]`, so a message about its return type would mislead.
fn is_foreign(sig: &Signature) -> bool {
    let mut types = sig.inputs.iter().filter_map(argument_type);
    !types.any(|ty| {
        let ty = match ty {
            Type::Reference(reference) => &reference.elem,
            ty => ty,
        };
        is_named(ty, "Request") || is_named(ty, "Response")
    })
}

fn argument_type(argument: &FnArg) -> Option<&Type> {
    match argument {
        FnArg::Typed(typed) => Some(&typed.ty),
        FnArg::Receiver(_) => None,
    }
}

/// Returns whether the path of a type ends with this name.
pub(super) fn is_named(ty: &Type, name: &str) -> bool {
    let Type::Path(path) = ty else {
        return false;
    };
    let last = path.path.segments.last();
    last.is_some_and(|segment| segment.ident == name)
}

fn is_reference_to(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Reference(reference) if is_named(&reference.elem, name))
}

/// Checks that the function is neither `const` nor `extern`.
///
/// ```text
/// #[server]
/// const async extern "C" fn shop(…) { … }
/// ```
fn check_not_const_or_extern(sig: &Signature, errors: &mut Errors) -> bool {
    let constness = sig.constness.map(|token| (token.span(), "const"));
    let abi = sig.abi.as_ref();
    let word = constness.or(abi.map(|abi| (abi.extern_token.span(), "extern")));
    if let Some((span, word)) = word {
        errors.push(span, messages::unsupported_qualifier(word));
    }
    word.is_none()
}

/// Checks that `#[server]` is applied only once.
///
/// ```text
/// #[server]
/// #[server]
/// async fn shop(…) -> Result { … }
/// ```
fn check_once(server: &Server, errors: &mut Errors) -> bool {
    let mut attrs = server.function.attrs.iter();
    let again = attrs.find(|attr| {
        let last = attr.path().segments.last();
        last.is_some_and(|segment| segment.ident == "server")
    });
    if let Some(again) = again {
        errors.push(again.path().span(), messages::duplicate_server());
    }
    again.is_none()
}

/// Checks that the function returns a `Result` of `Sent`. Type aliases can have any name, so only types that are
/// certainly wrong are rejected.
///
/// ```text
/// #[server]
/// async fn shop(req: Request, res: Response) -> String { … }
/// ```
fn check_return_type(sig: &Signature, errors: &mut Errors) -> bool {
    let ReturnType::Type(_, ty) = &sig.output else {
        return true;
    };
    // `fn … -> impl Future` is reported as a missing `async`.
    let is_future = matches!(&**ty, Type::ImplTrait(_)) && sig.asyncness.is_none();
    if is_future {
        return true;
    }
    let text = messages::source_text(&ty.to_token_stream());
    if !may_be_result(ty) {
        errors.push(ty.span(), messages::return_type(&text));
        return false;
    }
    let value = result_of(ty).filter(|value| !may_be_sent(value));
    if let Some(value) = value {
        errors.push(value.span(), messages::result_of(&text));
        return false;
    }
    if let Some((span, error)) = foreign_error(ty) {
        errors.push(span, messages::foreign_error(&text, &error));
        return false;
    }
    true
}

/// Finds an error type that cannot implement `Reply` and `From<Failure>`, because neither the type nor the traits are
/// the user's own.
///
/// ```text
/// async fn shop(req: Request, res: Response) -> anyhow::Result<Sent> { … }
/// async fn shop(req: Request, res: Response) -> Result<Sent, Box<dyn Error>> { … }
/// ```
fn foreign_error(ty: &Type) -> Option<(Span, String)> {
    let Type::Path(path) = ty else {
        return None;
    };
    let segments: Vec<String> = path
        .path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let krate = match segments.as_slice() {
        [krate, last] if last == "Result" => Some(krate.as_str()),
        [std, io, last] if std == "std" && last == "Result" => Some(io.as_str()),
        _ => None,
    };
    let alias = krate.filter(|krate| ["anyhow", "eyre", "io"].contains(krate));
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return alias.map(|krate| (ty.span(), format!("{krate}::Error")));
    };
    match arguments.args.iter().nth(1) {
        Some(GenericArgument::Type(error)) => {
            let text = messages::source_text(&error.to_token_stream());
            is_of_std(error).then(|| (error.span(), text))
        }
        _ => alias.map(|krate| (ty.span(), format!("{krate}::Error"))),
    }
}

/// Returns whether an error type is certainly one of the standard library, or a common one of another crate.
fn is_of_std(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => {
            matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"))
        }
        Type::Tuple(unit) => unit.elems.is_empty(),
        Type::Path(path) => {
            let text = messages::source_text(&path.to_token_stream());
            let usual = [
                "String",
                "anyhow::Error",
                "eyre::Report",
                "io::Error",
                "std::io::Error",
            ];
            usual.contains(&text.as_str()) || text.starts_with("Box<dyn ")
        }
        _ => false,
    }
}

/// Returns whether a type may be the return type of a server or an alias of it.
pub(crate) fn may_be_returned(ty: &Type) -> bool {
    may_be_result(ty) && result_of(ty).is_none_or(may_be_sent)
}

fn may_be_result(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            !NO_RESULTS.contains(&name.as_str())
        }),
        Type::Macro(_) | Type::Verbatim(_) => true,
        _ => false,
    }
}

/// Returns `T` of `Result<T>` and `Result<T, E>`.
fn result_of(ty: &Type) -> Option<&Type> {
    let Type::Path(path) = ty else {
        return None;
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(value) if last.ident == "Result" => Some(value),
        _ => None,
    }
}

/// Returns whether a type may be `Sent` or an alias of it.
fn may_be_sent(ty: &Type) -> bool {
    match ty {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| {
            let name = last.ident.to_string();
            name == "Sent" || !NO_RESULTS.contains(&name.as_str())
        }),
        Type::Macro(_) | Type::Verbatim(_) => true,
        _ => false,
    }
}

/// Types that are not `Result`s, most of which handlers of other frameworks return.
const NO_RESULTS: [&str; 14] = [
    "String",
    "str",
    "Response",
    "Sent",
    "Option",
    "Json",
    "Html",
    "StatusCode",
    "Request",
    "Vec",
    "Box",
    "HttpResponse",
    "Self",
    "bool",
];
