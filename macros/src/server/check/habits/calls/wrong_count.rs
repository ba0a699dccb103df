//! The number of arguments of the response's methods.

use crate::http::status;
use crate::messages;
use proc_macro2::{Ident, Span};
use quote::ToTokens;
use syn::{ExprMethodCall, LitStr};

/// Reports a call with the wrong number of arguments.
///
/// ```text
/// res.send(404, "none")
/// res.send()
/// res.set_header("x-a: 1")
/// res.write_head(200)
/// ```
pub(super) fn wrong_count(call: &ExprMethodCall, response: &Ident) -> Option<(Span, String)> {
    let arguments: Vec<String> = call
        .args
        .iter()
        .map(|argument| messages::source_text(&argument.to_token_stream()))
        .collect();
    let method = call.method.to_string();
    let help = match (method.as_str(), arguments.as_slice()) {
        ("send", []) => format!("use `{response}.end()` for an empty body"),
        ("send", [first, second]) => {
            let pair = match (status::of(first), status::of(second)) {
                (Some(status), _) => format!("({status}, {second})"),
                (None, Some(status)) => format!("({status}, {first})"),
                (None, None) => first.clone(),
            };
            format!("use `{response}.send({pair})`")
        }
        ("set_header" | "append_header", [pair]) => {
            let arguments = header_line(pair).unwrap_or_else(|| "name, value".to_owned());
            format!(
                "use `{response}.{method}({arguments})`: the name and the value are two arguments, found `{pair}`"
            )
        }
        ("set_header" | "append_header", [name, value, ..]) if arguments.len() > 2 => {
            format!("use `{response}.{method}({name}, {value})`")
        }
        ("write_head", [status]) => {
            let status = status::of(status).unwrap_or_else(|| status.clone());
            format!("use `{response}.status_code = {status};`")
        }
        ("write", [chunk, ..]) if arguments.len() > 1 => {
            format!("use `{response}.write({chunk})`: text is always UTF-8")
        }
        _ => return None,
    };
    let message = messages::wrong_count(&method, arguments.len(), &help);
    Some((call.method.span(), message))
}

/// Returns `"location", "/login"` for `"Location: /login"`.
fn header_line(literal: &str) -> Option<String> {
    let line = syn::parse_str::<LitStr>(literal).ok()?.value();
    let (name, value) = line.split_once(':')?;
    Some(format!("{:?}, {:?}", name.to_lowercase(), value.trim()))
}
