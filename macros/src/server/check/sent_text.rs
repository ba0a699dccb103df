//! Text that is sent as is, but that other frameworks would understand as something else.

mod placeholder;

use self::placeholder::Variables;
use super::branches::values;
use super::variable::is_variable;
use super::warnings::Warnings;
use crate::messages;
use crate::server::model::{Server, Walk, names};
use proc_macro2::Ident;
use syn::visit::Visit;
use syn::{Expr, Lit, LitStr};

/// Warns about a reply that other frameworks would not send as text.
///
/// ```text
/// route!("/old" => "redirect:/new");
/// route!("/" => "index.html");
/// route!("/" => "<h1>hello</h1>");
/// route!("/data" => "{\"ok\": true}");
/// route!(_ => "404 not found");
/// ```
pub(super) fn check_texts(server: &Server, warnings: &mut Warnings) {
    let Some(arguments) = &server.arguments else {
        return;
    };
    let above = used_above(server, &arguments.response);
    let mut variables = Variables::default();
    for reply in server.replies() {
        let Some(expr) = reply.expr.as_deref() else {
            continue;
        };
        let mut texts = Vec::new();
        for value in values(expr) {
            collect(value, &arguments.response, &mut texts);
        }
        let mut used = used(expr, &arguments.response);
        used.header |= above.header;
        used.status |= above.status;
        for (text, is_formatted) in texts {
            let placeholder = match is_formatted {
                true => None,
                false => variables.placeholder_in(&text, server),
            };
            if let Some(message) = placeholder {
                warnings.push(text.span(), message);
                continue;
            }
            let Some(kind) = kind(&text.value()) else {
                continue;
            };
            // The program sets the content type or the status itself.
            let is_set = match kind {
                Kind::Html | Kind::Json => used.header,
                Kind::Status => used.status,
                Kind::Redirect | Kind::File => false,
            };
            if !is_set {
                warnings.push(text.span(), message(&text.value(), kind));
            }
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Redirect,
    File,
    Html,
    Json,
    Status,
}

/// Collects the texts that are replies, and whether they are formatted: `"text"`, `format!("text")` and
/// `res.send("text")`.
fn collect(value: &Expr, response: &Ident, texts: &mut Vec<(LitStr, bool)>) {
    match value {
        Expr::Lit(literal) => {
            if let Lit::Str(text) = &literal.lit {
                texts.push((text.clone(), false));
            }
        }
        Expr::Macro(call) if call.mac.path.is_ident("format") => {
            let text = call.mac.tokens.clone().into_iter().next();
            let text = text.and_then(|text| syn::parse2::<LitStr>(text.into()).ok());
            let text = text.map(|text| {
                let value = text.value().replace("{{", "{").replace("}}", "}");
                (LitStr::new(&value, text.span()), true)
            });
            texts.extend(text);
        }
        Expr::MethodCall(call) => {
            let is_response = is_variable(&call.receiver, response);
            let converts = ["to_string", "to_owned", "into"];
            if is_response && call.method == "send" {
                call.args.iter().for_each(|it| collect(it, response, texts));
            } else if converts.iter().any(|it| call.method == it) {
                collect(&call.receiver, response, texts);
            }
        }
        _ => {}
    }
}

fn kind(text: &str) -> Option<Kind> {
    let lower = text.trim().to_lowercase();
    let after = lower
        .strip_prefix("redirect:")
        .or_else(|| lower.strip_prefix("forward:"));
    if after.is_some_and(|url| url.trim().starts_with('/') || url.trim().starts_with("http")) {
        return Some(Kind::Redirect);
    }
    if is_file(&lower) {
        return Some(Kind::File);
    }
    if is_html(&lower) {
        return Some(Kind::Html);
    }
    let is_object = lower.starts_with("{\"") && lower.ends_with('}') && lower.contains("\":");
    if is_object || lower.starts_with("[{\"") && lower.ends_with("}]") {
        return Some(Kind::Json);
    }
    is_failure(&lower).then_some(Kind::Status)
}

/// Returns whether the text is the name of a file: `index.html` or `views/home.ejs`.
fn is_file(text: &str) -> bool {
    const EXTENSIONS: [&str; 14] = [
        ".html",
        ".htm",
        ".ejs",
        ".hbs",
        ".pug",
        ".jade",
        ".jsp",
        ".erb",
        ".twig",
        ".jinja",
        ".jinja2",
        ".mustache",
        ".njk",
        ".tera",
    ];
    let is_path = text
        .chars()
        .all(|char| char.is_alphanumeric() || "/._-".contains(char));
    is_path
        && EXTENSIONS.iter().any(|it| {
            text.strip_suffix(it)
                .is_some_and(|name| name.ends_with(char::is_alphanumeric))
        })
}

fn is_html(text: &str) -> bool {
    const TAGS: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<h1",
        "<h2",
        "<h3",
        "<p>",
        "<p ",
        "<div",
        "<form",
        "<ul",
        "<body",
        "<table",
    ];
    text.ends_with('>') && TAGS.iter().any(|tag| text.starts_with(tag))
}

/// Returns whether the text is that of a failure: `404`, `404 not found` or `Not Found`.
fn is_failure(text: &str) -> bool {
    const REASONS: [&str; 7] = [
        "not found",
        "page not found",
        "unauthorized",
        "forbidden",
        "bad request",
        "internal server error",
        "method not allowed",
    ];
    let text = text.trim_end_matches(['!', '.']);
    let (number, reason) = match text.split_at_checked(3) {
        Some((number, reason)) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            (Some(number), reason.trim_start_matches([' ', ':', '-']))
        }
        _ => (None, text),
    };
    let is_error = number.is_some_and(|number| number.starts_with(['4', '5']));
    REASONS.contains(&reason) || is_error && reason.is_empty()
}

fn message(text: &str, kind: Kind) -> String {
    match kind {
        Kind::Redirect => messages::redirect_as_text(text),
        Kind::File => messages::file_as_text(text),
        Kind::Html => messages::html_as_text(),
        Kind::Json => messages::json_as_text(),
        Kind::Status => messages::status_as_text(text),
    }
}

/// What a reply sets on the response.
struct Used {
    header: bool,
    status: bool,
}

/// Returns what the statements between the routes may set.
fn used_above(server: &Server, response: &Ident) -> Used {
    let uses = |name: &str| server.statements().any(|code| names(code, name));
    let is_used = uses(&response.to_string());
    Used {
        header: is_used && uses("set_header"),
        status: is_used && uses("status_code"),
    }
}

fn used(expr: &Expr, response: &Ident) -> Used {
    let mut used = Used {
        header: false,
        status: false,
    };
    Walk::Exprs(&mut |expr| {
        match expr {
            Expr::MethodCall(call) => {
                let setters = ["set_header", "append_header", "write_head"];
                used.header |= setters.iter().any(|it| call.method == it);
                used.status |= call.method == "write_head";
            }
            Expr::Field(field) => {
                let is_status =
                    matches!(&field.member, syn::Member::Named(name) if name == "status_code");
                used.status |= is_status;
            }
            // A function that takes the response may set anything.
            Expr::Reference(reference) => {
                let is_response = is_variable(&reference.expr, response);
                used.header |= is_response;
                used.status |= is_response;
            }
            _ => {}
        }
        true
    })
    .visit_expr(expr);
    used
}
