//! Rules about the function under `#[server]`.

use crate::errors::Errors;
use crate::messages;
use crate::model::Server;
use syn::spanned::Spanned;
use syn::{FnArg, Signature, Type};

/// Whether the function can be a server; every rule is checked all the same.
pub(super) fn check_function(server: &Server, errors: &mut Errors) -> bool {
    let sig = &server.function.sig;
    let rules = [
        check_no_self(sig, errors),
        check_arguments(server, errors),
        check_async(sig, errors),
        check_not_const_or_extern(sig, errors),
    ];
    rules.into_iter().all(|holds| holds)
}

/// A server awaits: it is an `async fn`.
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

/// A server is a free function: beside it the macro puts a type of the same name, which an `impl`
/// cannot hold.
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

/// The request comes first and the response second, by value and under a name of their own.
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
    if server.arguments.is_none() {
        errors.push(sig.inputs.span(), messages::argument_patterns(&name));
        return false;
    }
    true
}

fn argument_type(argument: &FnArg) -> Option<&Type> {
    match argument {
        FnArg::Typed(typed) => Some(&typed.ty),
        FnArg::Receiver(_) => None,
    }
}

fn is_named(ty: &Type, name: &str) -> bool {
    match ty {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|segment| segment.ident == name),
        _ => false,
    }
}

fn is_reference_to(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Reference(reference) if is_named(&reference.elem, name))
}

/// ```text
/// #[server]
/// const async extern "C" fn shop(…) { … }
/// ```
fn check_not_const_or_extern(sig: &Signature, errors: &mut Errors) -> bool {
    let constness = sig.constness.map(|token| (token.span(), "const"));
    let abi = sig.abi.as_ref();
    let word = constness.or(abi.map(|abi| (abi.extern_token.span(), "extern")));
    if let Some((span, word)) = word {
        errors.push(span, messages::unfit_qualifier(word));
    }
    word.is_none()
}
