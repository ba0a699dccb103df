//! The contents of the braces of a query parameter.

use super::super::foreign_syntax::{identifier_like, is_identifier, is_keyword, rust_type};
use super::QueryParam;
use super::split::default_sign;
use crate::messages;
use crate::server::primitive::is_primitive;

/// Reads `{name: Type}`, `{name: Type = default}` or `{name..: Type}`.
pub(super) fn read_parameter(braces: &str) -> Result<QueryParam, String> {
    let inside = braces[1..braces.len() - 1].trim();
    let (declared, default) = match default_sign(inside) {
        Some(at) => (inside[..at].trim(), Some(inside[at + 1..].trim())),
        None => (inside, None),
    };
    let (name, ty) = match split_type(declared) {
        Some((name, ty)) => (name.trim(), Some(ty.trim())),
        None => (declared, None),
    };
    let (name, all) = rest_name(name);
    name_error(name, ty, braces)?;
    let Some(ty) = ty else {
        return Err(match default {
            _ if all => messages::untyped_query_rest(name),
            Some(default) => messages::default_without_type(name, type_of(default), default),
            None => messages::untyped_query(name),
        });
    };
    if ty.is_empty() {
        return Err(messages::query_type_missing(name));
    }
    type_error(name, ty, braces)?;
    if let Some(default) = default {
        if all {
            return Err(messages::query_rest_with_default(name, ty));
        }
        if default.is_empty() {
            return Err(messages::missing_default(name, ty));
        }
    }
    Ok(QueryParam {
        name: name.to_owned(),
        key: if all {
            String::new()
        } else {
            name.trim_start_matches("r#").to_owned()
        },
        ty: ty.to_owned(),
        default: default.map(str::to_owned),
        all,
    })
}

/// Splits at the first colon, unless it begins a `::`.
fn split_type(declared: &str) -> Option<(&str, &str)> {
    let colon = declared.find(':')?;
    let (name, ty) = (&declared[..colon], &declared[colon + 1..]);
    (!ty.starts_with(':')).then_some((name, ty))
}

/// Removes the `..` of `name..`, and returns whether there was one.
fn rest_name(name: &str) -> (&str, bool) {
    match name.strip_suffix("..") {
        Some(name) => (name.trim_end_matches('.').trim_end(), true),
        None => (name, false),
    }
}

fn name_error(name: &str, ty: Option<&str>, braces: &str) -> Result<(), String> {
    let example = ty.filter(|ty| !ty.is_empty()).unwrap_or("String");
    if let Some(plain) = name
        .strip_suffix('?')
        .map(str::trim)
        .filter(|it| is_identifier(it))
    {
        return Err(messages::optional_query(braces, plain, example));
    }
    if let Some(plain) = name.strip_prefix(['.', '*', '&']) {
        let plain = plain.trim_start_matches(['.', '*']).trim();
        let plain = if is_identifier(plain) { plain } else { "rest" };
        let ty = ty.filter(|ty| !ty.is_empty()).unwrap_or("Filter");
        return Err(messages::translated(
            braces,
            &format!("{{{plain}..: {ty}}}"),
        ));
    }
    if let Some(plain) = name.strip_prefix("mut ").filter(|it| is_identifier(it)) {
        return Err(messages::translated(
            braces,
            &format!("{{{plain}: {example}}}"),
        ));
    }
    if name.is_empty() {
        return Err(messages::empty_query_name(example));
    }
    if name == "_" {
        return Err(messages::underscore_query(example));
    }
    if is_keyword(name) {
        return Err(messages::keyword_query(name));
    }
    if let Some((first, second)) = name.split_once(char::is_whitespace)
        && is_identifier(first)
        && is_identifier(second.trim())
        && ty.is_none()
    {
        let (name, ty) = match first.starts_with(char::is_uppercase) || is_primitive(first) {
            true => (second.trim(), first),
            false => (first, second.trim()),
        };
        return Err(messages::translated(braces, &format!("{{{name}: {ty}}}")));
    }
    if !is_identifier(name) {
        return Err(messages::query_name(name, &identifier_like(name)));
    }
    Ok(())
}

/// Reports a type from another language: `{page: int}`, `{page: u32?}`, `{page: Optional<u32>}`, `{page: string}`.
fn type_error(name: &str, ty: &str, braces: &str) -> Result<(), String> {
    if let Some(plain) = ty.strip_suffix('?') {
        return Err(messages::optional_query(braces, name, plain.trim()));
    }
    let inner = |open: &str, close: &str| ty.strip_prefix(open)?.strip_suffix(close);
    if let Some(plain) = inner("Optional<", ">").or_else(|| inner("Maybe<", ">")) {
        return Err(messages::optional_query(braces, name, plain));
    }
    let ours = match ty {
        "string" | "text" | "str" => "String",
        "boolean" => "bool",
        "long" => "i64",
        _ => match rust_type(ty) {
            Some(ours) => ours,
            None => return Ok(()),
        },
    };
    Err(messages::translated(braces, &format!("{{{name}: {ours}}}")))
}

/// Guesses the type of a parameter from its default.
fn type_of(default: &str) -> &'static str {
    match default {
        "true" | "false" => "bool",
        text if text.starts_with('"') => "String",
        text if text.starts_with('-') => "i32",
        text if text.contains('.') => "f64",
        _ => "u32",
    }
}
